/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysctl_more.c - settings of TCP, and those that nothing modelled depends on
 *
 * A kernel has them, so `sysctl` shows them and a value written is the value read;
 * those of the second table change nothing else here.
 *
 * mirrors the tables of net/ipv4/sysctl_net_ipv4.c, net/core/sysctl_net_core.c
 * CONTROL
 */
#include <limits.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/vsprintf.h"
#include "core/world.h"
#include "fs/sysctl.h"
#include "ipv4/netns_ipv4.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define TCP_N(name_, n_, min_, max_)                                                            \
	{                                                                                       \
		.name = #name_, .offset = offsetof(struct netns_ipv4, sysctl_##name_), .n = n_, \
		.min = min_, .max = max_                                                        \
	}
#define TCP(name_, min_, max_) TCP_N(name_, 1, min_, max_)

static const struct ctl_row tcp_rows[] = {
	TCP(tcp_abort_on_overflow, 0, 255),
	TCP(tcp_challenge_ack_limit, INT_MIN, INT_MAX),
	TCP(tcp_comp_sack_delay_ns, INT_MIN, INT_MAX),
	TCP(tcp_comp_sack_nr, 0, 255),
	TCP(tcp_dsack, 0, 255),
	TCP(tcp_early_retrans, 0, 4),
	{ .name = "tcp_ecn",
	  .offset = offsetof(struct netns_ipv4, sysctl_tcp_ecn),
	  .n = 1,
	  .min = 0,
	  .max = 5,
	  .partly = true, /* 3 to 5: accurate ECN */
	  .from = 0,
	  .to = 2 },
	TCP(tcp_ecn_fallback, 0, 255),
	TCP(tcp_fin_timeout, 0, INT_MAX),
	TCP(tcp_frto, 0, 255),
	TCP(tcp_invalid_ratelimit, INT_MIN, INT_MAX),
	TCP(tcp_keepalive_intvl, 0, INT_MAX),
	TCP(tcp_keepalive_probes, 0, 255),
	TCP(tcp_keepalive_time, 0, INT_MAX),
	TCP(tcp_max_reordering, INT_MIN, INT_MAX),
	TCP(tcp_max_syn_backlog, INT_MIN, INT_MAX),
	TCP(tcp_max_tw_buckets, INT_MIN, INT_MAX),
	TCP(tcp_min_snd_mss, 48, 65535),
	TCP(tcp_moderate_rcvbuf, 0, 255),
	TCP(tcp_orphan_retries, 0, 255),
	TCP(tcp_pacing_ca_ratio, 0, 1000),
	TCP(tcp_pacing_ss_ratio, 0, 1000),
	TCP(tcp_pingpong_thresh, 1, 255),
	TCP(tcp_recovery, 0, 255),
	TCP(tcp_reordering, INT_MIN, INT_MAX),
	TCP(tcp_retrans_collapse, 0, 255),
	TCP(tcp_retries1, 0, 255),
	TCP(tcp_retries2, 0, 255),
	TCP(tcp_rfc1337, 0, 255),
	TCP_N(tcp_rmem, 3, 1, INT_MAX),
	TCP(tcp_rto_max_ms, 1000, 120000),
	TCP(tcp_rto_min_us, 1, INT_MAX),
	TCP(tcp_sack, 0, 255),
	TCP(tcp_slow_start_after_idle, 0, 255),
	TCP(tcp_stdurg, 0, 255),
	TCP(tcp_syn_linear_timeouts, 0, 127),
	TCP(tcp_synack_retries, 0, 255),
	TCP(tcp_syncookies, 0, 255),
	TCP(tcp_thin_linear_timeouts, 0, 255),
	TCP(tcp_timestamps, 0, 255),
	TCP(tcp_tw_reuse, 0, 2),
	TCP(tcp_tw_reuse_delay, 1, INT_MAX),
	TCP(tcp_window_scaling, 0, 255),
	TCP_N(tcp_wmem, 3, 1, INT_MAX),
};

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
	IP("fib_multipath_hash_fields", 7, 1, 255),	 /* of fib_multipath_hash_policy 3 */
	IP("fib_notify_on_flag_change", 0, 0, 2),
	IP("igmp_max_msf", 10, INT_MIN, INT_MAX),
	ONLY_DEFAULT("ip_autobind_reuse", 0, 0, 1),
	IP("nexthop_compat_mode", 1, 0, 1),
	IP("raw_l3mdev_accept", 1, 0, 1),
	SWITCH("adv_win_scale", 1),
	ONLY_DEFAULT("tcp_app_win", 31, 0, 255),
	SWITCH("autocorking", 1), /* nothing of ours waits below TCP */
	IP("tcp_base_mss", 1024, INT_MIN, INT_MAX),
	SWITCH("early_demux", 1), /* a short cut */
	SWITCH("fack", 0),
	IP("tcp_fastopen", 1, INT_MIN, INT_MAX),
	ONLY_DEFAULT("tcp_limit_output_bytes", 4194304, INT_MIN, INT_MAX),
	ONLY_DEFAULT("tcp_min_rtt_wlen", 300, 0, 86400),
	IP("tcp_min_tso_segs", 2, 1, 255),
	ONLY_DEFAULT("tcp_mtu_probing", 0, 0, 255),
	SWITCH("no_metrics_save", 0), /* README: always as with 1 */
	SWITCH("no_ssthresh_metrics_save", 1),
	IP("tcp_probe_interval", 600, 0, INT_MAX),
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

_Static_assert(ARRAY_SIZE(kept_rows) <= SYSCTL_KEPT_MAX, "one int each");

static bool in_folder(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return !strncmp(path, folder, n) && !strchr(path + n, '/');
}

/**
 * sysctl_more_init() - The values a namespace begins with
 * @ipv4: its IPv4 part
 */
void sysctl_more_init(struct netns_ipv4 *ipv4)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kept_rows); i++)
		ipv4->sysctl_kept[i] = kept_rows[i].dflt;
}

static void walk_core(struct net *net, bool (*visit)(void *arg, const struct ctl *ctl), void *arg,
		      bool *stopped)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(core_rows) && !*stopped; i++) {
		struct ctl ctl = { .kind = CTL_INT,
				   .row = &core_rows[i],
				   .net = net,
				   .readonly = net != net->world->init_net,
				   .data = (uint8_t *)net->world + core_rows[i].offset };

		scnprintf(ctl.path, sizeof(ctl.path), "net/core/%s", core_rows[i].name);
		*stopped = visit(arg, &ctl);
	}
}

/**
 * sysctl_more_walk() - Visits these settings of one folder
 * @net: the namespace
 * @folder: its path, with a '/' at the end
 * @visit: called with each; true ends the walk
 * @arg: for @visit
 * @stopped: whether the walk has ended
 */
void sysctl_more_walk(struct net *net, const char *folder,
		      bool (*visit)(void *arg, const struct ctl *ctl), void *arg, bool *stopped)
{
	bool tcp = !strcmp(folder, "net/ipv4/");
	size_t i;

	for (i = 0; tcp && i < ARRAY_SIZE(tcp_rows) && !*stopped; i++) {
		struct ctl ctl = { .kind = CTL_INT,
				   .row = &tcp_rows[i],
				   .net = net,
				   .data = (uint8_t *)net->ipv4 + tcp_rows[i].offset };

		scnprintf(ctl.path, sizeof(ctl.path), "net/ipv4/%s", tcp_rows[i].name);
		*stopped = visit(arg, &ctl);
	}
	if (!strcmp(folder, "net/core/"))
		walk_core(net, visit, arg, stopped);
	for (i = 0; i < ARRAY_SIZE(kept_rows) && !*stopped; i++) {
		struct ctl ctl = { .kind = CTL_INT,
				   .row = &kept_rows[i].row,
				   .net = net,
				   .data = &net->ipv4->sysctl_kept[i] };

		if (!in_folder(kept_rows[i].row.name, folder))
			continue;
		scnprintf(ctl.path, sizeof(ctl.path), "%s", kept_rows[i].row.name);
		*stopped = visit(arg, &ctl);
	}
}
