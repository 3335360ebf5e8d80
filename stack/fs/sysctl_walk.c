/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysctl_walk.c - /proc/sys as a flat list of paths: devices, neighbours, bridges
 *
 * mirrors the tables of net/ipv4/devinet.c, net/core/neighbour.c and net/bridge/br_netfilter_hooks.c
 * TABLE. Nothing is stored per namespace but the values themselves.
 */
#include <string.h>

#include "bridge/bridge.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/vsprintf.h"
#include "core/world.h"
#include "fs/sysctl.h"
#include "ipv4/devinet.h"
#include "ipv4/inetdevice.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

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

#define NEIGH_NS(name_, field, type_, bit_)                                                  \
	{                                                                                    \
		.row = { .name = name_, .type = type_, .n = 1 },                             \
		.offset = offsetof(struct neigh_parms, field), .kind = CTL_NS, .ndtpa = bit_ \
	}
#define NEIGH_U32(name_, field, bit_)                                                         \
	{                                                                                     \
		.row = { .name = name_, .n = 1, .max = INT32_MAX },                           \
		.offset = offsetof(struct neigh_parms, field), .kind = CTL_U32, .ndtpa = bit_ \
	}
/* unres_qlen counts packets of SKB_TRUESIZE() of a full Ethernet frame */
#define UNRES_QLEN_MAX (INT32_MAX / UNRES_PACKET)

static const struct {
	struct ctl_row row;
	size_t offset;
	enum ctl_kind kind;
	int ndtpa; /* NDTPA_* of the value, for the mark that it was set */
} neigh_rows[] = {
	NEIGH_NS("anycast_delay", anycast_delay_ns, CTL_USER_HZ, NDTPA_ANYCAST_DELAY),
	NEIGH_U32("app_solicit", app_probes, NDTPA_APP_PROBES),
	NEIGH_NS("base_reachable_time", base_reachable_time_ns, CTL_SECONDS,
		 NDTPA_BASE_REACHABLE_TIME),
	NEIGH_NS("base_reachable_time_ms", base_reachable_time_ns, CTL_MSECS,
		 NDTPA_BASE_REACHABLE_TIME),
	NEIGH_NS("delay_first_probe_time", delay_probe_time_ns, CTL_SECONDS,
		 NDTPA_DELAY_PROBE_TIME),
	NEIGH_NS("gc_stale_time", gc_staletime_ns, CTL_SECONDS, NDTPA_GC_STALETIME),
	{ .row = { .name = "interval_probe_time_ms", .type = CTL_MSECS, .n = 1, .min = 1 },
	  .offset = offsetof(struct neigh_parms, interval_probe_time_ns),
	  .kind = CTL_NS,
	  .ndtpa = NDTPA_INTERVAL_PROBE_TIME_MS },
	NEIGH_NS("locktime", locktime_ns, CTL_USER_HZ, NDTPA_LOCKTIME),
	NEIGH_U32("mcast_resolicit", mcast_reprobes, NDTPA_MCAST_REPROBES),
	NEIGH_U32("mcast_solicit", mcast_probes, NDTPA_MCAST_PROBES),
	NEIGH_NS("proxy_delay", proxy_delay_ns, CTL_USER_HZ, NDTPA_PROXY_DELAY),
	NEIGH_U32("proxy_qlen", proxy_qlen, NDTPA_PROXY_QLEN),
	NEIGH_NS("retrans_time", retrans_time_ns, CTL_USER_HZ, NDTPA_RETRANS_TIME),
	NEIGH_NS("retrans_time_ms", retrans_time_ns, CTL_MSECS, NDTPA_RETRANS_TIME),
	NEIGH_U32("ucast_solicit", ucast_probes, NDTPA_UCAST_PROBES),
	{ .row = { .name = "unres_qlen", .n = 1, .max = UNRES_QLEN_MAX },
	  .offset = offsetof(struct neigh_parms, queue_len_bytes),
	  .kind = CTL_QLEN,
	  .ndtpa = NDTPA_QUEUE_LENBYTES },
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

/**
 * sysctl_wanted() - Can the walk be about a folder?
 * @w: the walk
 * @folder: its path, with a '/' at the end
 *
 * Return: false: what is looked for is elsewhere.
 */
bool sysctl_wanted(const struct ctl_walk *w, const char *folder)
{
	size_t n = strlen(folder), under = strlen(w->under);

	return !w->stopped && !memcmp(folder, w->under, n < under ? n : under);
}

/**
 * sysctl_visit() - Shows one value to the visitor, unless the walk has ended
 * @w: the walk
 * @ctl: the value; its namespace is filled in
 */
void sysctl_visit(struct ctl_walk *w, struct ctl *ctl)
{
	ctl->net = w->net;
	if (!w->stopped)
		w->stopped = w->visit(w->arg, ctl);
}

static void walk_conf(struct ctl_walk *w, const char *ifname, struct ipv4_devconf *cnf,
		      struct net_device *dev)
{
	char folder[64];
	size_t i;

	scnprintf(folder, sizeof(folder), "net/ipv4/conf/%s/", ifname);
	if (!sysctl_wanted(w, folder))
		return;
	for (i = 0; i < ARRAY_SIZE(conf_rows) && !w->stopped; i++) {
		struct ctl ctl = { .kind = CTL_CONF,
				   .data = &cnf->data[conf_rows[i].index - 1],
				   .dev = dev,
				   .cnf = cnf,
				   .readonly = conf_rows[i].index == IPV4_DEVCONF_MC_FORWARDING,
				   .index = conf_rows[i].index };

		scnprintf(ctl.path, sizeof(ctl.path), "%s%s", folder, conf_rows[i].name);
		sysctl_visit(w, &ctl);
	}
}

static void walk_neigh(struct ctl_walk *w, const char *ifname, struct net_device *dev)
{
	char folder[64];
	size_t i;

	scnprintf(folder, sizeof(folder), "net/ipv4/neigh/%s/", ifname);
	if (!sysctl_wanted(w, folder))
		return;
	for (i = 0; i < ARRAY_SIZE(neigh_rows) && !w->stopped; i++) {
		struct ctl ctl = { .kind = neigh_rows[i].kind,
				   .row = &neigh_rows[i].row,
				   .dev = dev,
				   .is_neigh = true,
				   .offset = neigh_rows[i].offset,
				   .index = neigh_rows[i].ndtpa };

		scnprintf(ctl.path, sizeof(ctl.path), "%s%s", folder, neigh_rows[i].row.name);
		sysctl_visit(w, &ctl);
	}
}

/* what is the machine's, and so in the host's namespace alone */
static void walk_neigh_table(struct ctl_walk *w)
{
	static const struct ctl_row thresh = { .n = 1, .max = INT32_MAX };
	static const struct ctl_row interval = { .type = CTL_SECONDS, .n = 1 };
	struct neigh_table *tbl = w->net->world->arp_tbl;
	struct ctl rows[] = {
		{ .path = "net/ipv4/neigh/default/gc_interval",
		  .kind = CTL_NS,
		  .row = &interval,
		  .data = &tbl->gc_interval_ns },
		{ .path = "net/ipv4/neigh/default/gc_thresh1",
		  .row = &thresh,
		  .data = &tbl->gc_thresh1 },
		{ .path = "net/ipv4/neigh/default/gc_thresh2",
		  .row = &thresh,
		  .data = &tbl->gc_thresh2 },
		{ .path = "net/ipv4/neigh/default/gc_thresh3",
		  .row = &thresh,
		  .data = &tbl->gc_thresh3 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		sysctl_visit(w, &rows[i]);
}

static void walk_text(struct ctl_walk *w, const char *path, const char *text)
{
	struct ctl ctl = { .kind = CTL_TEXT, .text = text };

	scnprintf(ctl.path, sizeof(ctl.path), "%s", path);
	sysctl_visit(w, &ctl);
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
	if (w->net == w->net->world->init_net) {
		walk_neigh(w, "default", NULL);
		walk_neigh_table(w);
	}
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

/**
 * sysctl_walk() - Visits the values of a namespace, in a fixed order
 * @w: the walk
 */
void sysctl_walk(struct ctl_walk *w)
{
	struct netns_ipv4 *ipv4 = w->net->ipv4;
	struct ctl forward = { .kind = CTL_FORWARD,
			       .data = &IPV4_DEVCONF(ipv4->devconf_all, FORWARDING),
			       .path = "net/ipv4/ip_forward" };
	struct ctl ports = { .kind = CTL_PORTS,
			     .data = &ipv4->local_reserved_ports,
			     .path = "net/ipv4/ip_local_reserved_ports" };
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

	sysctl_visit(w, &hostname);
	walk_text(w, "kernel/osrelease", "6.18.0");
	walk_text(w, "kernel/ostype", "Linux");
	for (i = 0; i < BRNF_MAX; i++) {
		struct ctl ctl = { .kind = CTL_NUMBER,
				   .truth = true, /* as brnf_sysctl_call_tables() */
				   .data = brnf_sysctl(w->net, (enum brnf_sysctl)i) };

		scnprintf(ctl.path, sizeof(ctl.path), "net/bridge/%s", brnf_names[i]);
		sysctl_visit(w, &ctl);
	}
	sysctl_tables_walk(w);
	sysctl_visit(w, &forward);
	for (i = 0; i < ARRAY_SIZE(cong); i++)
		sysctl_visit(w, &cong[i]);
	sysctl_visit(w, &ports);
	sysctl_visit(w, &flush);
	walk_devices(w);
	nf_conntrack_sysctl_walk(w);
}
