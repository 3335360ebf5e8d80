/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modprobe.c - modprobe: what the simulated kernel has is there already
 *
 * mirrors kmod 30's tools/modprobe.c, as far as it is needed
 *
 * A module of Linux that is modelled loads, and nothing changes: it is built
 * in. One that is not modelled says so.
 */
#include "lib/prog.h"
#include "lib/program.h"

#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>

int modprobe_main(struct ng_task *task, int argc, char **argv);

/* clang-format off */
static const char *const built_in[] = {
	"8021q", "af_packet", "arp_tables", "br_netfilter", "bridge", "dummy", "ip_tables",
	"iptable_filter", "iptable_mangle", "iptable_nat", "iptable_raw", "ipt_MASQUERADE",
	"ipt_REJECT", "ipt_LOG", "ip_conntrack", "llc", "nf_conntrack", "nf_conntrack_ipv4",
	"nf_conntrack_netlink", "nf_defrag_ipv4", "nf_nat", "nf_nat_ipv4", "nf_reject_ipv4",
	"nf_log_syslog", "nf_log_ipv4", "nf_tables", "nfnetlink", "nft_compat", "nft_chain_nat",
	"sch_netem", "stp", "tcp_cubic", "veth", "x_tables", "xt_addrtype", "xt_comment",
	"xt_connlimit", "xt_connmark", "xt_conntrack", "xt_limit", "xt_LOG", "xt_mac", "xt_mark",
	"xt_MASQUERADE", "xt_multiport", "xt_nat", "xt_physdev", "xt_recent", "xt_REDIRECT",
	"xt_state", "xt_statistic", "xt_tcpudp",
};

static const char *const planned[] = {
	"act_mirred", "bonding", "cls_u32", "ebtables", "geneve", "gre", "ifb", "ip6_tables",
	"ip6table_filter", "ip6table_nat", "ip_gre", "ip_set", "ip_tunnel", "ip_vs", "ip_vs_rr",
	"ip_vs_sh", "ip_vs_wrr", "ipip", "ipvlan", "macvlan", "macvtap", "mpls_router",
	"nf_conntrack_ftp", "nf_conntrack_ipv6", "nf_nat_ftp", "openvswitch", "overlay", "sch_fq",
	"sch_htb", "sch_ingress", "sch_sfq", "sch_tbf", "sctp", "sit", "tap", "tcp_bbr", "team",
	"tun", "vhost_net", "vrf", "vxlan", "wireguard", "xt_set",
};
/* clang-format on */

/* '-' and '_' are the same in the name of a module */
static bool same(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		if ((*a == '-' ? '_' : *a) != (*b == '-' ? '_' : *b))
			return false;
	}
	return *a == *b;
}

static bool listed(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (same(list[i], name))
			return true;
	}
	return false;
}

#define LISTED(list, name) listed(list, sizeof(list) / sizeof((list)[0]), name)

static int load(struct ng_task *task, const char *name, bool quiet, bool all)
{
	if (LISTED(built_in, name))
		return 0;
	if (LISTED(planned, name))
		return ng_not_modelled(task, "modprobe %s", name);
	if (!quiet)
		ng_printf(ng_stderr(task),
			  "modprobe: %s: Module %s not found in directory /lib/modules/6.18.0\n",
			  all ? "WARNING" : "FATAL", name);
	return 1;
}

/**
 * modprobe_main() - modprobe [-aqv] module [parameter=value ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int modprobe_main(struct ng_task *task, int argc, char **argv)
{
	bool quiet = false, all = false;
	int i, status = 0;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		const char *w = argv[i];

		if (!strcmp(w, "--all") || !strcmp(w, "--quiet"))
			*(w[2] == 'a' ? &all : &quiet) = true;
		else if (!strcmp(w, "--verbose"))
			continue;
		else if (w[strspn(w + 1, "aqv") + 1])
			return ng_not_modelled(task, "modprobe %s", w);
		all |= w[1] != '-' && strchr(w, 'a');
		quiet |= w[1] != '-' && strchr(w, 'q');
	}
	if (i == argc) {
		ng_puts(ng_stderr(task), "modprobe: ERROR: missing parameters. See -h.\n");
		return 1;
	}
	for (; i < argc; i++) {
		int rc = load(task, argv[i], quiet, all);

		status = rc ? rc : status;
		if (!all)
			break; /* the rest are the module's parameters */
	}
	return status;
}
