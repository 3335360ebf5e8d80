/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_limits.c - netglass limits: what is modelled, and what is not
 *
 * Programs come from the table in tools/programs.c; the rest is kept by hand,
 * area by area, and says less than the README.md of the folder it names.
 */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "../lib/program.h"
#include "cli.h"

struct area {
	const char *name;
	const char *where; /* whose README.md tells more */
	const char *has;
	const char *lacks;
};

static const struct area areas[] = {
	{ "devices", "stack/drivers",
	  "lo, veth, bridge, dummy, VLAN (802.1Q and 802.1ad, from Linux's sources: not compared); "
	  "moves between namespaces, names, MTU, MAC, statistics, features and checksum offload "
	  "(ethtool)",
	  "GVRP, MVRP and bridge_binding of VLAN devices, vxlan, macvlan, ipvlan, bond, team, "
	  "tun/tap, tunnels, wireguard, vrf, real "
	  "hardware; segments bigger than the MTU (ethtool switches "
	  "their offloads, packets stay as they are); queueing "
	  "disciplines (tc) other than netem" },
	{ "bridge", "stack/bridge",
	  "learning, flooding, ageing, port states and flags, STP, hairpin, isolation, "
	  "IGMP snooping and querier (versions 1 to 3), bridge mdb, "
	  "VLAN filtering (from Linux's sources: not compared), br_netfilter (on by default)",
	  "VLAN statistics, tunnels and per-VLAN options, 802.1ad bridges, MLD snooping, MRP, "
	  "CFM, ebtables; br_netfilter sees IPv4 only" },
	{ "neighbours", "stack/core",
	  "ARP with all states and timers, proxy ARP, duplicate address detection by arping, "
	  "thresholds",
	  "IPv6 neighbour discovery" },
	{ "IPv4", "stack/ipv4",
	  "routing tables and rules, multipath, forwarding, TTL, fragments, ICMP errors and their "
	  "limits, path MTU, "
	  "UDP, TCP, raw and ping sockets, rp_filter, groups and IGMP 1 to 3 as a host, the "
	  "sysctls "
	  "of these",
	  "source routes, source filters of groups, multicast routing, nexthop objects, tunnels, "
	  "IPsec; of TCP: "
	  "congestion control other than CUBIC and Reno, pacing by fq, accurate ECN (tcp_ecn 3 to "
	  "5), Fast Open, MTU probing, metrics remembered after a connection, GSO (one segment a "
	  "packet), SIGURG; the files of /proc/net that `ls /proc/net` does not show (opening one "
	  "says so)" },
	{ "IPv6", "stack", "nothing: a machine booted with ipv6.disable=1", "all of it" },
	{ "filter and NAT", "stack/netfilter",
	  "iptables 1.8 over nf_tables: tables raw, mangle, nat, filter, security; user chains, "
	  "counters, policies; nearly all matches and targets of iptables; conntrack for ICMP, "
	  "UDP, "
	  "TCP with zones, accounting, events; SNAT, DNAT, MASQUERADE, REDIRECT, NETMAP",
	  "nft(8), sets, ipset, ip6tables, arptables, ebtables, iptables-legacy, helpers (ftp, "
	  "sip), "
	  "flow tables, a program behind NFQUEUE; matches bpf, cgroup, cluster, connlabel, dccp, "
	  "ipvs, osf, policy, "
	  "sctp, set, socket; targets AUDIT, HMARK, IDLETIMER, SET, SYNPROXY, TCPOPTSTRIP, "
	  "TEE, "
	  "TPROXY" },
	{ "processes", "stack/core",
	  "network, mount, UTS and PID namespaces as ip netns, unshare, nsenter and lsns show "
	  "them; signals",
	  "users other than root (unshare -r makes root of a new network only), IPC and time, "
	  "cgroups, capabilities, memory limits, real time: the clock is "
	  "virtual" },
	{ "the shell", "tools/sh",
	  "bash's language: functions, arrays of both kinds, traps (ERR, DEBUG and RETURN "
	  "too), jobs, here-documents, substitutions, select, extended patterns; sh is dash: "
	  "its grammar, builtins, words and statuses",
	  "history and job control at a prompt, coprocesses, shopt other than "
	  "expand_aliases, extglob, inherit_errexit and nullglob; ulimit, umask other than 022; "
	  "dash: sh -i, the list of hash, `tracked alias` in type" },
	{ "packets", "stack/core", "Ethernet frames as on the wire, one capture per interface",
	  "what real cables do by themselves: links are perfect and fast unless tc qdisc ... netem "
	  "makes them bad" },
};

/* Names of programs, the modelled ones or the others, sorted as the table is. */
static GPtrArray *programs(bool modelled)
{
	GPtrArray *names = g_ptr_array_new();

	for (const struct ng_program *p = ng_programs; p->path; p++) {
		const char *name = strrchr(p->path, '/') + 1;

		if ((p->main != NULL) == modelled &&
		    !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_ptr_array_add(names, (gpointer)(uintptr_t)name);
	}
	return names;
}

/* Words in lines of 78 columns, two blanks in front. */
static void print_wrapped(const char *label, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	size_t column = 78;

	printf("  %s", label);
	column = 2 + strlen(label);
	for (char **w = words; *w; w++) {
		if (column + 1 + strlen(*w) > 78) {
			printf("\n     ");
			column = 5;
		}
		printf(" %s", *w);
		column += 1 + strlen(*w);
	}
	putchar('\n');
}

static void print_programs(const char *title, bool modelled)
{
	g_autoptr(GPtrArray) names = programs(modelled);
	g_autoptr(GString) line = g_string_new(NULL);

	for (unsigned int i = 0; i < names->len; i++)
		g_string_append_printf(line, "%s%s", i ? " " : "",
				       (const char *)g_ptr_array_index(names, i));
	print_wrapped(title, line->str);
}

static void print_text(void)
{
	puts("What netglass models. What it knows of but does not model says so when it is used\n"
	     "(\"netglass: not modelled: ...\", exit status 3); nothing is passed over in "
	     "silence.\n");
	for (size_t i = 0; i < G_N_ELEMENTS(areas); i++) {
		printf("%s (%s/README.md)\n", areas[i].name, areas[i].where);
		print_wrapped("has", areas[i].has);
		print_wrapped("not", areas[i].lacks);
	}
	puts("programs (tools/programs.c)");
	print_programs("has", true);
	print_programs("not", false);
}

static void add_names(JsonBuilder *b, const char *member, bool modelled)
{
	g_autoptr(GPtrArray) names = programs(modelled);

	json_builder_set_member_name(b, member);
	json_builder_begin_array(b);
	for (unsigned int i = 0; i < names->len; i++)
		json_builder_add_string_value(b, g_ptr_array_index(names, i));
	json_builder_end_array(b);
}

static void print_json(void)
{
	g_autoptr(JsonBuilder) b = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *text = NULL;

	json_builder_begin_object(b);
	json_builder_set_member_name(b, "v");
	json_builder_add_int_value(b, 1);
	json_builder_set_member_name(b, "areas");
	json_builder_begin_array(b);
	for (size_t i = 0; i < G_N_ELEMENTS(areas); i++) {
		json_builder_begin_object(b);
		json_builder_set_member_name(b, "name");
		json_builder_add_string_value(b, areas[i].name);
		json_builder_set_member_name(b, "modelled");
		json_builder_add_string_value(b, areas[i].has);
		json_builder_set_member_name(b, "not_modelled");
		json_builder_add_string_value(b, areas[i].lacks);
		json_builder_end_object(b);
	}
	json_builder_end_array(b);
	add_names(b, "programs", true);
	add_names(b, "programs_not_modelled", false);
	json_builder_end_object(b);
	root = json_builder_get_root(b);
	text = json_to_string(root, FALSE);
	puts(text);
}

/**
 * cmd_limits() - The verb
 * @argc: argument count
 * @argv: "limits" and options
 *
 * Return: 0, or 2 after a usage error.
 */
int cmd_limits(int argc, char **argv)
{
	gboolean json = FALSE;
	const GOptionEntry entries[] = {
		{ "json", 0, 0, G_OPTION_ARG_NONE, &json, "For machines", NULL },
		{ 0 },
	};

	if (!cli_parse(cli_verb_find("limits"), entries, &argc, &argv))
		return CLI_USAGE;
	if (argc != 1) {
		cli_error("limits: no arguments are taken (see netglass limits --help)");
		return CLI_USAGE;
	}
	if (json)
		print_json();
	else
		print_text();
	return CLI_OK;
}
