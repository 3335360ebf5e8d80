/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netns_ipv4.h - the IPv4 part of a namespace
 */
#ifndef STACK_IPV4_NETNS_IPV4_H
#define STACK_IPV4_NETNS_IPV4_H

#include <linux/ip.h>
#include <netglass/types.h>

#include "core/list.h"
#include "ipv4/snmp.h"

struct fib_table;
struct inet_hashinfo;
struct rtable;
struct tcp_hashinfo;

/* net.ipv4.conf.{all,default,DEV}.*: one int each, by IPV4_DEVCONF_* of <linux/ip.h> minus 1 */
struct ipv4_devconf {
	int data[IPV4_DEVCONF_MAX];
	/* bit n: data[n] was written for this device, `default` no longer reaches it */
	uint64_t set;
};

#define IPV4_DEVCONF(cnf, attr) ((cnf).data[IPV4_DEVCONF_##attr - 1])

#define IN4_ADDR_HSIZE 64
#define SYSCTL_KEPT_MAX 64

struct netns_ipv4 {
	struct ipv4_devconf devconf_all;
	struct ipv4_devconf devconf_dflt;
	struct hlist_head inet_addr_lst[IN4_ADDR_HSIZE]; /* in_ifaddr->hash, by local address */

	struct list_head fib_rules; /* ipv4/fib_rules.c, by priority */
	struct list_head fib_tables;
	bool fib_has_custom_rules;
	uint32_t rt_genid; /* bumped by every change: remembered routes go stale */
	struct list_head fib_info_list;
	struct hlist_head *fib_info_hash;	   /* the same, by what makes them equal */
	uint32_t fib_info_cnt, fib_info_hash_size; /* size: 0 or a power of 2 */
	uint32_t fnhe_genid;	 /* learned PMTUs and redirects of an older one are void */
	uint32_t dev_addr_genid; /* source addresses remembered by nexthops */
	bool fib_has_custom_local_routes;
	struct fib_table *fib_local, *fib_main, *fib_default;
	uint32_t fib_unresolved_rules, fib_goto_rules;
	struct list_head rt_live; /* every struct rtable of the namespace */
	struct rtable *rt_free;	  /* pool */
	int64_t icmp_global_stamp_ms;
	int64_t icmp_global_credit;
	uint64_t icmp_global_count; /* index into the stream of chance */

	/* /proc/sys/net/ipv4/: the kernel's defaults are set by inet_net_init() */
	int sysctl_icmp_echo_ignore_all;
	int sysctl_icmp_echo_enable_probe;
	int sysctl_icmp_echo_ignore_broadcasts;
	int sysctl_icmp_ignore_bogus_error_responses;
	int sysctl_icmp_ratelimit;
	int sysctl_icmp_ratemask;
	int sysctl_icmp_msgs_per_sec;
	int sysctl_icmp_msgs_burst;
	int sysctl_icmp_errors_use_inbound_ifaddr;
	int sysctl_fwmark_reflect;
	int sysctl_ip_default_ttl;
	int sysctl_ip_no_pmtu_disc;
	int sysctl_ip_fwd_use_pmtu;
	int sysctl_ip_fwd_update_priority;
	int sysctl_ip_nonlocal_bind;
	int sysctl_ip_local_port_range[2];
	int sysctl_ip_unprivileged_port_start;
	int sysctl_ip_dynaddr;
	int sysctl_ip_early_demux;
	int sysctl_ping_group_range[2];
	int sysctl_igmp_link_local_mcast_reports;
	int sysctl_igmp_max_memberships;
	int sysctl_igmp_qrv;
	int sysctl_fib_multipath_hash_policy;
	int sysctl_fib_multipath_use_neigh;
	int sysctl_min_pmtu;
	int sysctl_mtu_expires;
	int sysctl_ipfrag_time;
	int64_t sysctl_ipfrag_high_thresh;
	int64_t sysctl_ipfrag_low_thresh;
	int sysctl_ipfrag_max_dist;
	int sysctl_tcp_syn_retries;
	int sysctl_tcp_syn_linear_timeouts;
	int sysctl_tcp_synack_retries;
	int sysctl_tcp_retries1;
	int sysctl_tcp_retries2;
	int sysctl_tcp_orphan_retries;
	int sysctl_tcp_timestamps;
	int sysctl_tcp_sack;
	int sysctl_tcp_dsack;
	int sysctl_tcp_window_scaling;
	int sysctl_tcp_fin_timeout;
	int sysctl_tcp_keepalive_time;
	int sysctl_tcp_keepalive_intvl;
	int sysctl_tcp_keepalive_probes;
	int sysctl_tcp_max_syn_backlog;
	int sysctl_tcp_max_tw_buckets;
	int sysctl_tcp_abort_on_overflow;
	int sysctl_tcp_slow_start_after_idle;
	int sysctl_tcp_early_retrans;
	int sysctl_tcp_congestion_control; /* TCP_CA_* */
	int sysctl_tcp_moderate_rcvbuf;
	int sysctl_tcp_rfc1337;
	int sysctl_tcp_ecn;
	int sysctl_tcp_ecn_fallback;
	int sysctl_tcp_frto;
	int sysctl_tcp_recovery;
	int sysctl_tcp_reordering;
	int sysctl_tcp_max_reordering;
	int sysctl_tcp_retrans_collapse;
	int sysctl_tcp_rto_min_us;
	int sysctl_tcp_rto_max_ms;
	int sysctl_tcp_pingpong_thresh;
	int sysctl_tcp_invalid_ratelimit;
	int sysctl_tcp_challenge_ack_limit;
	int sysctl_tcp_syncookies;
	int sysctl_tcp_tw_reuse;
	int sysctl_tcp_tw_reuse_delay;
	int sysctl_tcp_thin_linear_timeouts;
	int sysctl_tcp_min_snd_mss;
	int sysctl_tcp_stdurg;
	int64_t sysctl_tcp_comp_sack_delay_ns;
	int sysctl_tcp_comp_sack_nr;
	int sysctl_tcp_pacing_ss_ratio;
	int sysctl_tcp_pacing_ca_ratio;
	int sysctl_tcp_rmem[3];
	int sysctl_tcp_wmem[3];
	int sysctl_somaxconn;
	int sysctl_udp_early_demux;
	uint64_t *local_reserved_ports;	  /* 65536 bits; NULL: none */
	int sysctl_kept[SYSCTL_KEPT_MAX]; /* fs/sysctl_tables.c */

	struct list_head mc_autojoin; /* groups joined by addresses: a socket's list, igmp_sock.c */
	struct list_head raw_socks;   /* ipv4/raw.c */
	struct inet_hashinfo *udp;    /* ipv4/udp.c */
	struct list_head ping_socks;  /* ipv4/ping.c */
	struct list_head tcp_socks;   /* every TCP socket but TIME_WAITs, oldest first */
	struct tcp_hashinfo *tcp;     /* ipv4/inet_hashtables.c */
	struct list_head frag_queues; /* ipv4/ip_fragment.c */
	uint64_t frag_mem;	      /* bytes that wait there, as the limit counts */
	struct list_head inet_peers;  /* ICMP rate limits, by address */
	uint64_t ip_id_counter;
	uint64_t ip_id_pair; /* the last two addresses and protocol a number was for */
	uint8_t ip_id_proto;
	uint16_t ip_id_base;	  /* what is added to the counter for them */
	int64_t challenge_second; /* RFC 5961: ACKs sent in this second */
	int challenge_count;
	struct ipv4_mib mib;
};

/* tcp_cong.c: congestion controls by name */
const char *tcp_ca_name_of(int ca);
int tcp_ca_find(const char *name, size_t len);

static inline bool inet_is_local_reserved_port(const struct netns_ipv4 *ipv4, uint16_t port)
{
	return ipv4->local_reserved_ports && ipv4->local_reserved_ports[port / 64] >> port % 64 & 1;
}

#endif
