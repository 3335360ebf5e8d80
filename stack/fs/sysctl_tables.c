/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysctl_tables.c - the numbers of net/ipv4 and net/core: where each lies and what it may be
 *
 * mirrors the tables of net/ipv4/sysctl_net_ipv4.c, net/ipv4/route.c, net/ipv4/ip_fragment.c,
 * net/core/sysctl_net_core.c
 * TABLE
 *
 * Those of the second table nothing modelled depends on: a kernel has them, so `sysctl` shows them and a value
 * written is the value read.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/vsprintf.h"
#include "core/world.h"
#include "fs/sysctl.h"
#include "ipv4/netns_ipv4.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* ipv4_local_port_range(): in order, and none of the ports that need privilege */
static int proc_local_port_range(struct net *net, int64_t *v)
{
	return v[1] < v[0] || v[0] < net->ipv4->sysctl_ip_unprivileged_port_start ? -EINVAL : 0;
}

/* ipv4_privileged_ports() */
static int proc_ipv4_privileged_ports(struct net *net, int64_t *v)
{
	return net->ipv4->sysctl_ip_local_port_range[0] < v[0] ? -EINVAL : 0;
}

/* ipv4_ping_group_range(): no group at all is written 1 0 */
static int proc_ping_group_range(struct net *net, int64_t *v)
{
	(void)net;
	if (v[1] < v[0]) {
		v[0] = 1;
		v[1] = 0;
	}
	return 0;
}

static int proc_tcp_reordering(struct net *net, int64_t *v)
{
	return v[0] > net->ipv4->sysctl_tcp_max_reordering ? -EINVAL : 0;
}

static int proc_ipfrag_high(struct net *net, int64_t *v)
{
	return v[0] < net->ipv4->sysctl_ipfrag_low_thresh ? -EINVAL : 0;
}

static int proc_ipfrag_low(struct net *net, int64_t *v)
{
	return v[0] > net->ipv4->sysctl_ipfrag_high_thresh ? -EINVAL : 0;
}

/* clang-format off */
#define ROW(name_, field_, ...) \
	{ .name = name_, .offset = offsetof(struct netns_ipv4, sysctl_##field_), .n = 1, __VA_ARGS__ }
#define INT(field_, min_, max_, ...) \
	ROW(#field_, field_, .min = min_, .max = max_, ##__VA_ARGS__)
#define INTS(field_, n_, min_, max_, ...) \
	{ .name = #field_, .offset = offsetof(struct netns_ipv4, sysctl_##field_), .n = n_, \
	  .min = min_, .max = max_, ##__VA_ARGS__ }
#define SECONDS(field_) ROW(#field_, field_, .type = CTL_SECONDS)
#define MSECS(field_) ROW(#field_, field_, .type = CTL_MSECS)
#define ULONG(field_, ...) \
	ROW(#field_, field_, .type = CTL_LONG, .min = 0, .max = INT64_MAX, ##__VA_ARGS__)

static const struct ctl_row ipv4_rows[] = {
	INT(fib_multipath_hash_policy, 0, 3),
	INT(fib_multipath_use_neigh, 0, 1),
	INT(fwmark_reflect, 0, 255),
	INT(icmp_echo_enable_probe, 0, 1),
	INT(icmp_echo_ignore_all, 0, 1),
	INT(icmp_echo_ignore_broadcasts, 0, 1),
	INT(icmp_errors_use_inbound_ifaddr, 0, 1),
	INT(icmp_ignore_bogus_error_responses, 0, 1),
	INT(icmp_msgs_burst, 0, INT_MAX),
	INT(icmp_msgs_per_sec, 0, INT_MAX),
	MSECS(icmp_ratelimit),
	INT(icmp_ratemask, INT_MIN, INT_MAX),
	INT(igmp_link_local_mcast_reports, 0, 255),
	INT(igmp_max_memberships, INT_MIN, INT_MAX),
	INT(igmp_qrv, 1, INT_MAX),
	INT(ip_default_ttl, 1, 255),
	INT(ip_dynaddr, 0, 255),
	INT(ip_early_demux, 0, 255),
	ROW("ip_forward_update_priority", ip_fwd_update_priority, .min = 0, .max = 1),
	ROW("ip_forward_use_pmtu", ip_fwd_use_pmtu, .min = 0, .max = 255),
	INTS(ip_local_port_range, 2, 1, 65535, .check = proc_local_port_range),
	INT(ip_no_pmtu_disc, 0, 255),
	INT(ip_nonlocal_bind, 0, 255),
	INT(ip_unprivileged_port_start, 0, 65535, .check = proc_ipv4_privileged_ports),
	ULONG(ipfrag_high_thresh, .check = proc_ipfrag_high),
	ULONG(ipfrag_low_thresh, .check = proc_ipfrag_low),
	INT(ipfrag_max_dist, 0, INT_MAX),
	SECONDS(ipfrag_time),
	INTS(ping_group_range, 2, 0, INT_MAX, .check = proc_ping_group_range),
	INT(tcp_abort_on_overflow, 0, 255),
	INT(tcp_challenge_ack_limit, INT_MIN, INT_MAX),
	ULONG(tcp_comp_sack_delay_ns),
	INT(tcp_comp_sack_nr, 0, 255),
	INT(tcp_dsack, 0, 255),
	INT(tcp_early_retrans, 0, 4),
	INT(tcp_ecn, 0, 5, .partly = true, .from = 0, .to = 2), /* 3 to 5: accurate ECN */
	INT(tcp_ecn_fallback, 0, 1),
	SECONDS(tcp_fin_timeout),
	INT(tcp_frto, 0, 255),
	MSECS(tcp_invalid_ratelimit),
	SECONDS(tcp_keepalive_intvl),
	INT(tcp_keepalive_probes, 0, 255),
	SECONDS(tcp_keepalive_time),
	INT(tcp_max_reordering, 1, INT_MAX),
	INT(tcp_max_syn_backlog, INT_MIN, INT_MAX),
	INT(tcp_max_tw_buckets, INT_MIN, INT_MAX),
	INT(tcp_min_snd_mss, 48, 65535),
	INT(tcp_moderate_rcvbuf, 0, 255),
	INT(tcp_orphan_retries, 0, 255),
	INT(tcp_pacing_ca_ratio, 0, 1000),
	INT(tcp_pacing_ss_ratio, 0, 1000),
	INT(tcp_pingpong_thresh, 1, 255),
	INT(tcp_recovery, 0, 255),
	INT(tcp_reordering, 1, INT_MAX, .check = proc_tcp_reordering),
	INT(tcp_retrans_collapse, 0, 255),
	INT(tcp_retries1, 0, 255),
	INT(tcp_retries2, 0, 255),
	INT(tcp_rfc1337, 0, 255),
	INTS(tcp_rmem, 3, 1, INT_MAX),
	INT(tcp_rto_max_ms, 1000, 120000),
	INT(tcp_rto_min_us, 1, INT_MAX),
	INT(tcp_sack, 0, 255),
	INT(tcp_slow_start_after_idle, 0, 255),
	INT(tcp_stdurg, 0, 255),
	INT(tcp_syn_linear_timeouts, 0, 127),
	INT(tcp_syn_retries, 1, 127),
	INT(tcp_synack_retries, 0, 255),
	INT(tcp_syncookies, 0, 255),
	INT(tcp_thin_linear_timeouts, 0, 255),
	INT(tcp_timestamps, 0, 255),
	INT(tcp_tw_reuse, 0, 2),
	INT(tcp_tw_reuse_delay, 1, 60000),
	INT(tcp_window_scaling, 0, 255),
	INTS(tcp_wmem, 3, 1, INT_MAX),
	INT(udp_early_demux, 0, 255),
};

static const struct ctl_row route_rows[] = {
	INT(min_pmtu, 68, INT_MAX),
	SECONDS(mtu_expires),
};
/* clang-format on */

struct kept {
	struct ctl_row row; /* .name: the whole path */
	int dflt;
};

#define KEEP(path_, dflt_, min_, max_)                                     \
	{                                                                  \
		{ .name = path_, .n = 1, .min = min_, .max = max_ }, dflt_ \
	}
/* of this one only the default does what it should */
#define ONLY_DEFAULT(name_, dflt_, min_, max_) \
	{                                      \
		{ .name = "net/ipv4/" name_,   \
		  .n = 1,                      \
		  .min = min_,                 \
		  .max = max_,                 \
		  .partly = true,              \
		  .from = dflt_,               \
		  .to = dflt_ },               \
			dflt_                  \
	}
#define IP(name_, dflt_, min_, max_) KEEP("net/ipv4/" name_, dflt_, min_, max_)
#define SWITCH(name_, dflt_) IP("tcp_" name_, dflt_, 0, 255)

/*
 * What they are about is not here at all, so no value can be seen: VRFs, nexthop objects, offload flags, Unix
 * sockets, TSO and GSO, probing for MTUs, Fast Open, IGMP reports, the host's memory pressure; or Linux itself
 * looks at them no more (fack, adv_win_scale). The others say why.
 */
static const struct kept kept_rows[] = {
	KEEP("net/core/optmem_max", 131072, 0, INT_MAX), /* no option here is as large */
	KEEP("net/core/txrehash", 1, 0, 1),		 /* a hash no capture shows */
	IP("fib_multipath_hash_fields", 7, 1, 4095),	 /* of fib_multipath_hash_policy 3 */
	IP("fib_notify_on_flag_change", 0, 0, 2),
	IP("igmp_max_msf", 10, INT_MIN, INT_MAX),
	ONLY_DEFAULT("ip_autobind_reuse", 0, 0, 1),
	IP("nexthop_compat_mode", 1, 0, 1),
	IP("raw_l3mdev_accept", 1, 0, 1),
	IP("tcp_adv_win_scale", 1, -31, 31),
	ONLY_DEFAULT("tcp_app_win", 31, 0, 255),
	IP("tcp_autocorking", 1, 0, 1), /* nothing of ours waits below TCP */
	IP("tcp_base_mss", 1024, INT_MIN, INT_MAX),
	SWITCH("early_demux", 1), /* a short cut */
	SWITCH("fack", 0),
	IP("tcp_fastopen", 1, INT_MIN, INT_MAX),
	ONLY_DEFAULT("tcp_limit_output_bytes", 4194304, INT_MIN, INT_MAX),
	ONLY_DEFAULT("tcp_min_rtt_wlen", 300, 0, 86400),
	IP("tcp_min_tso_segs", 2, 1, 255),
	ONLY_DEFAULT("tcp_mtu_probing", 0, 0, 255),
	SWITCH("no_metrics_save", 0), /* README: always as with 1 */
	IP("tcp_no_ssthresh_metrics_save", 1, 0, 1),
	IP("tcp_probe_interval", 600, 0, 17179869),
	IP("tcp_probe_threshold", 8, INT_MIN, INT_MAX),
	ONLY_DEFAULT("tcp_reflect_tos", 0, 0, 255),
	ONLY_DEFAULT("tcp_shrink_window", 0, 0, 255),
	SWITCH("tso_rtt_log", 9),
	SWITCH("tso_win_divisor", 3),
	ONLY_DEFAULT("tcp_workaround_signed_windows", 0, 0, 255),
	IP("udp_l3mdev_accept", 0, 0, 1),
	IP("udp_rmem_min", 4096, 1, INT_MAX),
	IP("udp_wmem_min", 4096, 1, INT_MAX),
	ONLY_DEFAULT("route/min_adv_mss", 256, 0, INT_MAX),
	KEEP("net/unix/max_dgram_qlen", 10, INT_MIN, INT_MAX),
};

/* One for the whole machine; a namespace that is not the host's may read them. */
#define CORE(name_, min_)                                                                    \
	{                                                                                    \
		.name = #name_, .offset = offsetof(struct ng_world, sysctl_##name_), .n = 1, \
		.min = min_, .max = INT_MAX                                                  \
	}

static const struct ctl_row core_rows[] = {
	CORE(rmem_default, 2304),
	CORE(rmem_max, 2304),
	CORE(wmem_default, 4608),
	CORE(wmem_max, 4608),
};

static const struct ctl_row somaxconn_row[] = {
	INT(somaxconn, 0, INT_MAX),
};

_Static_assert(ARRAY_SIZE(kept_rows) <= SYSCTL_KEPT_MAX, "one int each");

/**
 * sysctl_tables_init() - The values a namespace begins with
 * @ipv4: its IPv4 part
 */
void sysctl_tables_init(struct netns_ipv4 *ipv4)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kept_rows); i++)
		ipv4->sysctl_kept[i] = kept_rows[i].dflt;
}

static void walk_rows(struct ctl_walk *w, const char *folder, const struct ctl_row *rows, size_t n,
		      void *base)
{
	bool machine = base == w->net->world;
	size_t i;

	if (!sysctl_wanted(w, folder))
		return;
	for (i = 0; i < n && !w->stopped; i++) {
		struct ctl ctl = { .kind = CTL_NUMBER,
				   .row = &rows[i],
				   .readonly = machine && w->net != w->net->world->init_net,
				   .data = (uint8_t *)base + rows[i].offset };

		scnprintf(ctl.path, sizeof(ctl.path), "%s%s", folder, rows[i].name);
		sysctl_visit(w, &ctl);
	}
}

/**
 * sysctl_tables_walk() - Visits the numbers of net/core, net/ipv4, net/ipv4/route and net/unix
 * @w: the walk
 */
void sysctl_tables_walk(struct ctl_walk *w)
{
	struct netns_ipv4 *ipv4 = w->net->ipv4;
	size_t i;

	walk_rows(w, "net/core/", core_rows, ARRAY_SIZE(core_rows), w->net->world);
	walk_rows(w, "net/core/", somaxconn_row, ARRAY_SIZE(somaxconn_row), ipv4);
	walk_rows(w, "net/ipv4/", ipv4_rows, ARRAY_SIZE(ipv4_rows), ipv4);
	walk_rows(w, "net/ipv4/route/", route_rows, ARRAY_SIZE(route_rows), ipv4);
	for (i = 0; i < ARRAY_SIZE(kept_rows) && !w->stopped; i++) {
		struct ctl ctl = { .kind = CTL_NUMBER,
				   .row = &kept_rows[i].row,
				   .data = &ipv4->sysctl_kept[i] };

		scnprintf(ctl.path, sizeof(ctl.path), "%s", kept_rows[i].row.name);
		sysctl_visit(w, &ctl);
	}
}
