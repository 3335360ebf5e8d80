/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc_sysctl.c - /proc/sys: every value, by path
 *
 * mirrors fs/proc/proc_sysctl.c; the tables are those of net/ipv4/{devinet,sysctl_net_ipv4,neighbour}.c,
 * net/core/sysctl_net_core.c and net/bridge/br_netfilter_hooks.c
 * TABLE. The tree is walked as a flat list of paths, in a fixed order: nothing
 * is stored per namespace but the values themselves.
 */
#include <errno.h>
#include <string.h>

#include "bridge/bridge.h"
#include "core/config_trace.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"
#include "fs/sysctl.h"
#include "ipv4/devinet.h"
#include "ipv4/inetdevice.h"
#include "ipv4/route.h"

/* a value in struct netns_ipv4 */
#define IPV4(name_, field, min_, max_)                                                            \
	{                                                                                         \
		.name = name_, .offset = offsetof(struct netns_ipv4, field), .n = 1, .min = min_, \
		.max = max_                                                                       \
	}

static const struct ctl_row ipv4_rows[] = {
	IPV4("fib_multipath_hash_policy", sysctl_fib_multipath_hash_policy, 0, 3),
	IPV4("fib_multipath_use_neigh", sysctl_fib_multipath_use_neigh, 0, 1),
	IPV4("fwmark_reflect", sysctl_fwmark_reflect, 0, 255),
	IPV4("icmp_echo_enable_probe", sysctl_icmp_echo_enable_probe, 0, 1),
	IPV4("icmp_echo_ignore_all", sysctl_icmp_echo_ignore_all, 0, 1),
	IPV4("icmp_echo_ignore_broadcasts", sysctl_icmp_echo_ignore_broadcasts, 0, 1),
	IPV4("icmp_errors_use_inbound_ifaddr", sysctl_icmp_errors_use_inbound_ifaddr, 0, 1),
	IPV4("icmp_ignore_bogus_error_responses", sysctl_icmp_ignore_bogus_error_responses, 0, 1),
	IPV4("icmp_msgs_burst", sysctl_icmp_msgs_burst, 0, INT32_MAX),
	IPV4("icmp_msgs_per_sec", sysctl_icmp_msgs_per_sec, 0, INT32_MAX),
	IPV4("icmp_ratelimit", sysctl_icmp_ratelimit, INT32_MIN, INT32_MAX),
	IPV4("icmp_ratemask", sysctl_icmp_ratemask, INT32_MIN, INT32_MAX),
	IPV4("igmp_link_local_mcast_reports", sysctl_igmp_link_local_mcast_reports, 0, 255),
	IPV4("igmp_max_memberships", sysctl_igmp_max_memberships, INT32_MIN, INT32_MAX),
	IPV4("igmp_qrv", sysctl_igmp_qrv, 1, INT32_MAX),
	IPV4("ip_default_ttl", sysctl_ip_default_ttl, 1, 255),
	IPV4("ip_dynaddr", sysctl_ip_dynaddr, 0, 255),
	IPV4("ip_early_demux", sysctl_ip_early_demux, 0, 255),
	IPV4("ip_forward_update_priority", sysctl_ip_fwd_update_priority, 0, 1),
	IPV4("ip_forward_use_pmtu", sysctl_ip_fwd_use_pmtu, 0, 255),
	{ .name = "ip_local_port_range",
	  .offset = offsetof(struct netns_ipv4, sysctl_ip_local_port_range),
	  .n = 2,
	  .min = 1,
	  .max = 65535,
	  .ordered = true },
	IPV4("ip_no_pmtu_disc", sysctl_ip_no_pmtu_disc, 0, 3),
	IPV4("ip_nonlocal_bind", sysctl_ip_nonlocal_bind, 0, 255),
	IPV4("ip_unprivileged_port_start", sysctl_ip_unprivileged_port_start, 0, 65535),
	IPV4("ipfrag_high_thresh", sysctl_ipfrag_high_thresh, 0, INT32_MAX),
	IPV4("ipfrag_low_thresh", sysctl_ipfrag_low_thresh, 0, INT32_MAX),
	IPV4("ipfrag_max_dist", sysctl_ipfrag_max_dist, 0, INT32_MAX),
	IPV4("ipfrag_time", sysctl_ipfrag_time, INT32_MIN, INT32_MAX),
	{ .name = "ping_group_range",
	  .offset = offsetof(struct netns_ipv4, sysctl_ping_group_range),
	  .n = 2,
	  .min = 0,
	  .max = INT32_MAX },
	IPV4("tcp_abort_on_overflow", sysctl_tcp_abort_on_overflow, 0, 255),
	IPV4("tcp_dsack", sysctl_tcp_dsack, 0, 255),
	IPV4("tcp_early_retrans", sysctl_tcp_early_retrans, 0, 4),
	IPV4("tcp_fin_timeout", sysctl_tcp_fin_timeout, INT32_MIN, INT32_MAX),
	IPV4("tcp_keepalive_intvl", sysctl_tcp_keepalive_intvl, INT32_MIN, INT32_MAX),
	IPV4("tcp_keepalive_probes", sysctl_tcp_keepalive_probes, 0, 255),
	IPV4("tcp_keepalive_time", sysctl_tcp_keepalive_time, INT32_MIN, INT32_MAX),
	IPV4("tcp_max_syn_backlog", sysctl_tcp_max_syn_backlog, INT32_MIN, INT32_MAX),
	IPV4("tcp_max_tw_buckets", sysctl_tcp_max_tw_buckets, INT32_MIN, INT32_MAX),
	IPV4("tcp_moderate_rcvbuf", sysctl_tcp_moderate_rcvbuf, 0, 255),
	IPV4("tcp_orphan_retries", sysctl_tcp_orphan_retries, 0, 255),
	IPV4("tcp_retries1", sysctl_tcp_retries1, 0, 255),
	IPV4("tcp_retries2", sysctl_tcp_retries2, 0, 255),
	IPV4("tcp_rfc1337", sysctl_tcp_rfc1337, 0, 255),
	{ .name = "tcp_rmem",
	  .offset = offsetof(struct netns_ipv4, sysctl_tcp_rmem),
	  .n = 3,
	  .min = 1,
	  .max = INT32_MAX },
	IPV4("tcp_sack", sysctl_tcp_sack, 0, 255),
	IPV4("tcp_slow_start_after_idle", sysctl_tcp_slow_start_after_idle, 0, 255),
	IPV4("tcp_syn_linear_timeouts", sysctl_tcp_syn_linear_timeouts, 0, 127),
	IPV4("tcp_syn_retries", sysctl_tcp_syn_retries, 1, 127),
	IPV4("tcp_synack_retries", sysctl_tcp_synack_retries, 0, 255),
	IPV4("tcp_timestamps", sysctl_tcp_timestamps, 0, 255),
	IPV4("tcp_window_scaling", sysctl_tcp_window_scaling, 0, 255),
	{ .name = "tcp_wmem",
	  .offset = offsetof(struct netns_ipv4, sysctl_tcp_wmem),
	  .n = 3,
	  .min = 1,
	  .max = INT32_MAX },
	IPV4("udp_early_demux", sysctl_udp_early_demux, 0, 255),
};

static const struct ctl_row core_rows[] = {
	IPV4("somaxconn", sysctl_somaxconn, 0, INT32_MAX),
};

static const struct ctl_row route_rows[] = {
	IPV4("min_pmtu", sysctl_min_pmtu, 68, INT32_MAX),
	IPV4("mtu_expires", sysctl_mtu_expires, INT32_MIN, INT32_MAX),
};

/* conf/NAME/: in the kernel's own spelling */
static const struct {
	const char *name;
	int index; /* IPV4_DEVCONF_* */
} conf_rows[] = {
	{ "accept_local", IPV4_DEVCONF_ACCEPT_LOCAL },
	{ "accept_redirects", IPV4_DEVCONF_ACCEPT_REDIRECTS },
	{ "accept_source_route", IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE },
	{ "arp_accept", IPV4_DEVCONF_ARP_ACCEPT },
	{ "arp_announce", IPV4_DEVCONF_ARP_ANNOUNCE },
	{ "arp_evict_nocarrier", IPV4_DEVCONF_ARP_EVICT_NOCARRIER },
	{ "arp_filter", IPV4_DEVCONF_ARPFILTER },
	{ "arp_ignore", IPV4_DEVCONF_ARP_IGNORE },
	{ "arp_notify", IPV4_DEVCONF_ARP_NOTIFY },
	{ "bc_forwarding", IPV4_DEVCONF_BC_FORWARDING },
	{ "bootp_relay", IPV4_DEVCONF_BOOTP_RELAY },
	{ "disable_policy", IPV4_DEVCONF_NOPOLICY },
	{ "disable_xfrm", IPV4_DEVCONF_NOXFRM },
	{ "drop_gratuitous_arp", IPV4_DEVCONF_DROP_GRATUITOUS_ARP },
	{ "drop_unicast_in_l2_multicast", IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST },
	{ "force_igmp_version", IPV4_DEVCONF_FORCE_IGMP_VERSION },
	{ "forwarding", IPV4_DEVCONF_FORWARDING },
	{ "igmpv2_unsolicited_report_interval", IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL },
	{ "igmpv3_unsolicited_report_interval", IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL },
	{ "ignore_routes_with_linkdown", IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN },
	{ "log_martians", IPV4_DEVCONF_LOG_MARTIANS },
	{ "mc_forwarding", IPV4_DEVCONF_MC_FORWARDING },
	{ "medium_id", IPV4_DEVCONF_MEDIUM_ID },
	{ "promote_secondaries", IPV4_DEVCONF_PROMOTE_SECONDARIES },
	{ "proxy_arp", IPV4_DEVCONF_PROXY_ARP },
	{ "proxy_arp_pvlan", IPV4_DEVCONF_PROXY_ARP_PVLAN },
	{ "route_localnet", IPV4_DEVCONF_ROUTE_LOCALNET },
	{ "rp_filter", IPV4_DEVCONF_RP_FILTER },
	{ "secure_redirects", IPV4_DEVCONF_SECURE_REDIRECTS },
	{ "send_redirects", IPV4_DEVCONF_SEND_REDIRECTS },
	{ "shared_media", IPV4_DEVCONF_SHARED_MEDIA },
	{ "src_valid_mark", IPV4_DEVCONF_SRC_VMARK },
	{ "tag", IPV4_DEVCONF_TAG },
};

#define NEIGH_NS(name_, field, unit_, bit_)                                                     \
	{                                                                                       \
		.name = name_, .offset = offsetof(struct neigh_parms, field), .unit_ns = unit_, \
		.ndtpa = bit_                                                                   \
	}
#define NEIGH_U32(name_, field, bit_)                                                       \
	{                                                                                   \
		.name = name_, .offset = offsetof(struct neigh_parms, field), .ndtpa = bit_ \
	}
#define UNRES_PACKET 2090 /* SKB_TRUESIZE() of a full Ethernet frame */
#define USER_HZ_NS (NSEC_PER_SEC / 100)

static const struct {
	const char *name;
	size_t offset;
	int64_t unit_ns; /* 0: a plain uint32_t */
	int ndtpa;	 /* NDTPA_* of the value, for the mark that it was set */
} neigh_rows[] = {
	NEIGH_NS("anycast_delay", anycast_delay_ns, USER_HZ_NS, NDTPA_ANYCAST_DELAY),
	NEIGH_U32("app_solicit", app_probes, NDTPA_APP_PROBES),
	NEIGH_NS("base_reachable_time", base_reachable_time_ns, NSEC_PER_SEC,
		 NDTPA_BASE_REACHABLE_TIME),
	NEIGH_NS("base_reachable_time_ms", base_reachable_time_ns, NSEC_PER_MSEC,
		 NDTPA_BASE_REACHABLE_TIME),
	NEIGH_NS("delay_first_probe_time", delay_probe_time_ns, NSEC_PER_SEC,
		 NDTPA_DELAY_PROBE_TIME),
	NEIGH_NS("gc_stale_time", gc_staletime_ns, NSEC_PER_SEC, NDTPA_GC_STALETIME),
	NEIGH_NS("interval_probe_time_ms", interval_probe_time_ns, NSEC_PER_MSEC,
		 NDTPA_INTERVAL_PROBE_TIME_MS),
	NEIGH_NS("locktime", locktime_ns, USER_HZ_NS, NDTPA_LOCKTIME),
	NEIGH_U32("mcast_resolicit", mcast_reprobes, NDTPA_MCAST_REPROBES),
	NEIGH_U32("mcast_solicit", mcast_probes, NDTPA_MCAST_PROBES),
	NEIGH_NS("proxy_delay", proxy_delay_ns, USER_HZ_NS, NDTPA_PROXY_DELAY),
	NEIGH_U32("proxy_qlen", proxy_qlen, NDTPA_PROXY_QLEN),
	NEIGH_NS("retrans_time", retrans_time_ns, USER_HZ_NS, NDTPA_RETRANS_TIME),
	NEIGH_NS("retrans_time_ms", retrans_time_ns, NSEC_PER_MSEC, NDTPA_RETRANS_TIME),
	NEIGH_U32("ucast_solicit", ucast_probes, NDTPA_UCAST_PROBES),
	NEIGH_U32("unres_qlen_bytes", queue_len_bytes, NDTPA_QUEUE_LENBYTES),
};

static const char *const brnf_names[BRNF_MAX] = {
	[BRNF_CALL_ARPTABLES] = "bridge-nf-call-arptables",
	[BRNF_CALL_IP6TABLES] = "bridge-nf-call-ip6tables",
	[BRNF_CALL_IPTABLES] = "bridge-nf-call-iptables",
	[BRNF_FILTER_PPPOE_TAGGED] = "bridge-nf-filter-pppoe-tagged",
	[BRNF_FILTER_VLAN_TAGGED] = "bridge-nf-filter-vlan-tagged",
	[BRNF_PASS_VLAN_INPUT_DEV] = "bridge-nf-pass-vlan-input-dev",
};

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* ---- the walk */

struct ctl_walk {
	struct net *net;
	bool (*visit)(void *arg, const struct ctl *ctl); /* true: stop */
	void *arg;
	bool stopped;
};

static void visit(struct ctl_walk *w, struct ctl *ctl)
{
	ctl->net = w->net;
	if (!w->stopped)
		w->stopped = w->visit(w->arg, ctl);
}

static void walk_rows(struct ctl_walk *w, const char *folder, const struct ctl_row *rows, size_t n,
		      void *base)
{
	size_t i;

	for (i = 0; i < n && !w->stopped; i++) {
		struct ctl ctl = { .kind = CTL_INT,
				   .row = &rows[i],
				   .data = (uint8_t *)base + rows[i].offset };

		scnprintf(ctl.path, sizeof(ctl.path), "%s%s", folder, rows[i].name);
		visit(w, &ctl);
	}
}

static void walk_conf(struct ctl_walk *w, const char *ifname, struct ipv4_devconf *cnf,
		      struct net_device *dev)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(conf_rows) && !w->stopped; i++) {
		struct ctl ctl = { .kind = CTL_CONF,
				   .data = &cnf->data[conf_rows[i].index - 1],
				   .dev = dev,
				   .cnf = cnf,
				   .index = conf_rows[i].index };

		scnprintf(ctl.path, sizeof(ctl.path), "net/ipv4/conf/%s/%s", ifname,
			  conf_rows[i].name);
		visit(w, &ctl);
	}
}

static void walk_neigh(struct ctl_walk *w, const char *ifname, struct net_device *dev)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(neigh_rows) && !w->stopped; i++) {
		struct ctl ctl = { .kind = neigh_rows[i].unit_ns ? CTL_NS : CTL_U32,
				   .dev = dev,
				   .is_neigh = true,
				   .offset = neigh_rows[i].offset,
				   .unit_ns = neigh_rows[i].unit_ns,
				   .index = neigh_rows[i].ndtpa };

		scnprintf(ctl.path, sizeof(ctl.path), "net/ipv4/neigh/%s/%s", ifname,
			  neigh_rows[i].name);
		visit(w, &ctl);
	}
	if (!w->stopped) {
		struct ctl ctl = { .kind = CTL_QLEN,
				   .dev = dev,
				   .is_neigh = true,
				   .offset = offsetof(struct neigh_parms, queue_len_bytes),
				   .index = NDTPA_QUEUE_LENBYTES };

		scnprintf(ctl.path, sizeof(ctl.path), "net/ipv4/neigh/%s/unres_qlen", ifname);
		visit(w, &ctl);
	}
}

static void walk_text(struct ctl_walk *w, const char *path, const char *text)
{
	struct ctl ctl = { .kind = CTL_TEXT, .text = text };

	scnprintf(ctl.path, sizeof(ctl.path), "%s", path);
	visit(w, &ctl);
}

static void walk_devices(struct ctl_walk *w)
{
	struct netns_ipv4 *ipv4 = w->net->ipv4;
	struct net_device *dev;
	char path[64];

	walk_conf(w, "all", &ipv4->devconf_all, NULL);
	walk_conf(w, "default", &ipv4->devconf_dflt, NULL);
	list_for_each_entry(dev, &w->net->dev_base_head, dev_list) {
		if (in_dev_get(dev))
			walk_conf(w, dev->name, &in_dev_get(dev)->cnf, dev);
	}
	walk_neigh(w, "default", NULL);
	list_for_each_entry(dev, &w->net->dev_base_head, dev_list)
		walk_neigh(w, dev->name, dev);

	/* IPv6 is off: it reads so, and may be written */
	walk_text(w, "net/ipv6/conf/all/disable_ipv6", "1");
	walk_text(w, "net/ipv6/conf/default/disable_ipv6", "1");
	list_for_each_entry(dev, &w->net->dev_base_head, dev_list) {
		scnprintf(path, sizeof(path), "net/ipv6/conf/%s/disable_ipv6", dev->name);
		walk_text(w, path, "1");
	}
}

static void walk_more(struct ctl_walk *w, const char *folder)
{
	sysctl_more_walk(w->net, folder, w->visit, w->arg, &w->stopped);
}

static void walk(struct ctl_walk *w)
{
	struct netns_ipv4 *ipv4 = w->net->ipv4;
	struct ctl forward = { .kind = CTL_FORWARD,
			       .data = &IPV4_DEVCONF(ipv4->devconf_all, FORWARDING),
			       .path = "net/ipv4/ip_forward" };
	struct ctl flush = { .kind = CTL_FLUSH, .path = "net/ipv4/route/flush" };
	struct ctl cong[] = {
		{ .kind = CTL_ITSELF,
		  .path = "net/ipv4/tcp_allowed_congestion_control",
		  .text = "reno cubic" },
		{ .kind = CTL_ITSELF,
		  .path = "net/ipv4/tcp_available_congestion_control",
		  .text = "reno cubic" },
		{ .kind = CTL_TCP_CA,
		  .path = "net/ipv4/tcp_congestion_control",
		  .data = &ipv4->sysctl_tcp_congestion_control },
	};
	struct ctl hostname = { .kind = CTL_HOSTNAME, .path = "kernel/hostname" };
	size_t i;

	visit(w, &hostname);
	walk_text(w, "kernel/osrelease", "6.18.0");
	walk_text(w, "kernel/ostype", "Linux");
	for (i = 0; i < BRNF_MAX; i++) {
		struct ctl ctl = { .kind = CTL_INT,
				   .truth = true, /* as brnf_sysctl_call_tables() */
				   .data = brnf_sysctl(w->net, (enum brnf_sysctl)i) };

		scnprintf(ctl.path, sizeof(ctl.path), "net/bridge/%s", brnf_names[i]);
		visit(w, &ctl);
	}
	walk_more(w, "net/core/");
	walk_rows(w, "net/core/", core_rows, ARRAY_SIZE(core_rows), ipv4);
	visit(w, &forward);
	walk_rows(w, "net/ipv4/", ipv4_rows, ARRAY_SIZE(ipv4_rows), ipv4);
	walk_more(w, "net/ipv4/");
	for (i = 0; i < ARRAY_SIZE(cong); i++)
		visit(w, &cong[i]);
	walk_rows(w, "net/ipv4/route/", route_rows, ARRAY_SIZE(route_rows), ipv4);
	walk_more(w, "net/ipv4/route/");
	visit(w, &flush);
	walk_devices(w);
	nf_conntrack_sysctl_walk(w->net, w->visit, w->arg, &w->stopped);
	walk_more(w, "net/unix/");
}

/* ---- one value */

static const void *neigh_data(const struct ctl *ctl)
{
	const struct neigh_parms *p = ctl->dev && ctl->dev->arp_parms
					      ? ctl->dev->arp_parms
					      : neigh_parms_default_of(ctl->net);

	return (const uint8_t *)p + ctl->offset;
}

static int ctl_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ctl *ctl = &node->ctl;
	const int *v = ctl->data;
	int i, n;

	switch (ctl->kind) {
	case CTL_INT:
	case CTL_CONF:
	case CTL_FORWARD:
		n = ctl->row ? ctl->row->n : 1;
		for (i = 0; i < n; i++)
			seq_printf(m, i ? "\t%d" : "%d", v[i]);
		break;
	case CTL_CONST:
		seq_printf(m, "%d", ctl->index);
		break;
	case CTL_NS:
		seq_printf(m, "%lld",
			   (long long)(*(const int64_t *)neigh_data(ctl) / ctl->unit_ns));
		break;
	case CTL_U32:
		seq_printf(m, "%u",
			   *(const uint32_t *)(ctl->is_neigh ? neigh_data(ctl) : ctl->data));
		break;
	case CTL_QLEN:
		seq_printf(m, "%u", *(const uint32_t *)neigh_data(ctl) / UNRES_PACKET);
		break;
	case CTL_FLUSH:
		return -EACCES;
	case CTL_ITSELF:
	case CTL_TEXT:
		seq_printf(m, "%s", ctl->text);
		break;
	case CTL_TCP_CA:
		seq_printf(m, "%s", tcp_ca_name_of(*v));
		break;
	case CTL_HOSTNAME:
		seq_printf(m, "%s", node->task->ns[NS_UTS]->nodename);
		break;
	}
	seq_printf(m, "\n");
	return 0;
}

/* Up to @max numbers out of a text, as proc_dointvec(): -EINVAL for anything else. */
static int parse_numbers(const char *text, size_t len, int64_t *ret, int max)
{
	size_t i = 0;
	int n = 0;

	for (;;) {
		bool neg = false;
		int64_t v = 0;
		size_t start;

		while (i < len && strchr(" \t\n", text[i]) && text[i])
			i++;
		if (i >= len || n == max)
			return n;
		if (text[i] == '-') {
			neg = true;
			i++;
		}
		for (start = i; i < len && text[i] >= '0' && text[i] <= '9'; i++) {
			v = v * 10 + (text[i] - '0');
			if (v > INT64_C(1) << 40)
				return -EINVAL;
		}
		if (i == start || (i < len && !strchr(" \t\n", text[i])))
			return -EINVAL;
		ret[n++] = neg ? -v : v;
	}
}

static int store_ints(const struct ctl *ctl, const int64_t *v, int n)
{
	int64_t min = ctl->row ? ctl->row->min : INT32_MIN;
	int64_t max = ctl->row ? ctl->row->max : INT32_MAX;
	int *to = ctl->data;
	int i;

	for (i = 0; i < n; i++) {
		if (v[i] < min || v[i] > max)
			return -EINVAL;
	}
	if (ctl->row && ctl->row->partly && (v[0] < ctl->row->from || v[0] > ctl->row->to))
		return -NG_ENOTSUPP;
	/* a local port range: no smaller end, and none of the ports that need privilege */
	if (ctl->row && ctl->row->ordered &&
	    (v[n - 1] < v[0] || v[0] < ctl->net->ipv4->sysctl_ip_unprivileged_port_start))
		return -EINVAL;
	for (i = 0; i < n; i++)
		to[i] = ctl->truth ? v[i] != 0 : (int)v[i];
	return 0;
}

/* net/ipv4/devinet.c: devinet_conf_proc() and devinet_sysctl_forward() */
static int store_conf(const struct ctl *ctl, int64_t v)
{
	struct netns_ipv4 *ipv4 = ctl->net->ipv4;
	int *to = ctl->data;
	int old = *to;

	if (v < INT32_MIN || v > INT32_MAX)
		return -EINVAL;
	*to = (int)v;
	if (ctl->cnf)
		ctl->cnf->set |= UINT64_C(1) << (ctl->index - 1);
	if (ctl->kind == CTL_FORWARD ||
	    (ctl->index == IPV4_DEVCONF_FORWARDING && ctl->cnf == &ipv4->devconf_all)) {
		if (old != *to)
			inet_forward_change(ctl->net);
	} else if (ctl->cnf == &ipv4->devconf_dflt && ctl->index != IPV4_DEVCONF_FORWARDING) {
		devinet_copy_dflt_conf(ctl->net, ctl->index);
	}
	if (old != *to && ctl->cnf)
		devinet_conf_changed(ctl->net, ctl->cnf, ctl->index);
	rt_cache_flush(ctl->net);
	return 0;
}

static void set_neigh_value(const struct ctl *ctl, struct neigh_parms *p, int64_t v)
{
	uint8_t *to = (uint8_t *)p + ctl->offset;

	if (ctl->kind == CTL_NS)
		*(int64_t *)(void *)to = v * ctl->unit_ns;
	else if (ctl->kind == CTL_QLEN)
		*(uint32_t *)(void *)to = (uint32_t)v * UNRES_PACKET;
	else
		*(uint32_t *)(void *)to = (uint32_t)v;
}

/* net/core/neighbour.c: neigh_proc_update(); `default` reaches the devices whose own value was never set */
static int store_neigh(const struct ctl *ctl, int64_t v)
{
	uint64_t bit = UINT64_C(1) << ctl->index;
	struct neigh_parms *p;

	if (v < 0 || v > INT32_MAX)
		return -EINVAL;
	if (ctl->dev) {
		p = neigh_parms_of(ctl->dev);
		p->set |= bit;
		set_neigh_value(ctl, p, v);
		return 0;
	}
	set_neigh_value(ctl, neigh_parms_default_of(ctl->net), v);
	list_for_each_entry(p, &ctl->net->arp_tbl->parms_list, list) {
		if (!(p->set & bit))
			set_neigh_value(ctl, p, v);
	}
	return 0;
}

static int store_value(struct dyn_node *node, const char *text, size_t len)
{
	const struct ctl *ctl = &node->ctl;
	int64_t v[3];
	int n;

	if (ctl->kind == CTL_TEXT || ctl->kind == CTL_CONST)
		return 0;
	if (ctl->kind == CTL_ITSELF) {
		while (len && (text[len - 1] == '\n' || !text[len - 1]))
			len--;
		return len == strlen(ctl->text) && !memcmp(text, ctl->text, len) ? 0 : -ENOENT;
	}
	if (ctl->kind == CTL_TCP_CA) {
		while (len && (text[len - 1] == '\n' || text[len - 1] == ' ' || !text[len - 1]))
			len--;
		n = tcp_ca_find(text, len);
		if (n >= 0)
			*(int *)ctl->data = n;
		return n < 0 ? n : 0;
	}
	if (ctl->kind == CTL_HOSTNAME) {
		while (len && (text[len - 1] == '\n' || !text[len - 1]))
			len--;
		struct ns_plain *uts = node->task->ns[NS_UTS];

		scnprintf(uts->nodename, sizeof(uts->nodename), "%.*s", (int)len, text);
		return 0;
	}
	n = parse_numbers(text, len, v, ctl->row ? ctl->row->n : 1);
	if (n <= 0)
		return n || !len ? n : -EINVAL;
	if (ctl->kind == CTL_FLUSH) {
		rt_cache_flush(ctl->net);
		ctl->net->ipv4->fnhe_genid++;
		return 0;
	}
	if (ctl->kind == CTL_INT || (ctl->kind == CTL_U32 && !ctl->is_neigh))
		return store_ints(ctl, v, n);
	if (ctl->is_neigh)
		return store_neigh(ctl, v[0]);
	return store_conf(ctl, v[0]);
}

static int ctl_store(struct dyn_node *node, const char *text, size_t len)
{
	struct seq_file old = { 0 }, new = { 0 };
	int err;

	if (!trace_on(node->ctl.net->world))
		return store_value(node, text, len);
	ctl_show(node, &old);
	err = store_value(node, text, len);
	ctl_show(node, &new);
	if (!err)
		trace_sysctl(node->ctl.net, node->path, &old, &new);
	free(old.buf);
	free(new.buf);
	return err;
}

/* ---- look-up and listing */

static uint32_t ctl_mode(const struct ctl *ctl)
{
	return ctl->kind == CTL_CONST || ctl->readonly ? 0444
	       : ctl->kind == CTL_FLUSH		       ? 0200
						       : 0644;
}

struct finder {
	const char *path;
	size_t len;
	struct ctl *ret;
	bool is_dir;
};

static bool find_path(void *arg, const struct ctl *ctl)
{
	struct finder *f = arg;

	if (strncmp(ctl->path, f->path, f->len) && f->len)
		return false;
	if (f->len == 0 || ctl->path[f->len] == '/') {
		f->is_dir = true;
		return true;
	}
	if (ctl->path[f->len])
		return false;
	*f->ret = *ctl;
	return true;
}

struct lister {
	const char *folder;
	size_t len;
	char last[96];
	dyn_emit_fn emit;
	void *arg;
};

static bool list_path(void *arg, const struct ctl *ctl)
{
	struct lister *l = arg;
	const char *rest;
	size_t n;

	if (l->len && (strncmp(ctl->path, l->folder, l->len) || ctl->path[l->len] != '/'))
		return false;
	rest = ctl->path + (l->len ? l->len + 1 : 0);
	n = strcspn(rest, "/");
	/* entries of one folder stand together in the walk, so the last name is enough to see repeats */
	if (strlen(l->last) == n && !memcmp(l->last, rest, n))
		return false;
	scnprintf(l->last, sizeof(l->last), "%.*s", (int)n, rest);
	l->emit(l->arg, l->last, rest[n] ? S_IFDIR | 0555 : S_IFREG | ctl_mode(ctl));
	return false;
}

static void ctl_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	struct lister l = {
		.folder = node->path, .len = strlen(node->path), .emit = emit, .arg = arg
	};
	struct ctl_walk w = { .net = node->net, .visit = list_path, .arg = &l };

	walk(&w);
}

/**
 * proc_sys_lookup() - What is at /proc/sys/REST
 * @task: who looks; the values are its namespace's
 * @rest: the path
 * @ret_node: filled
 *
 * Return: 0 or -ENOENT.
 */
int proc_sys_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node)
{
	struct finder f = { .path = rest, .len = strlen(rest) };
	struct ctl_walk w = { .net = task->net, .visit = find_path, .arg = &f };

	if (f.len >= sizeof(ret_node->path))
		return -ENOENT;
	f.ret = &ret_node->ctl;
	walk(&w);
	if (!w.stopped)
		return -ENOENT;
	ret_node->net = task->net;
	memcpy(ret_node->path, rest, f.len + 1);
	if (f.is_dir) {
		dyn_dir(ret_node, ctl_list);
		return 0;
	}
	ret_node->mode = S_IFREG | ctl_mode(&ret_node->ctl);
	ret_node->show = ctl_show;
	ret_node->store = ret_node->mode & 0200 ? ctl_store : NULL;
	return 0;
}
