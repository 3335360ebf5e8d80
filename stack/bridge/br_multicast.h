/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast.h - groups, who is in them, who asks: IGMP snooping
 *
 * mirrors the multicast half of net/bridge/br_private.h
 *
 * A group (struct net_bridge_mdb_entry) has a list of ports (struct net_bridge_port_group), in
 * which the port with the higher number comes first, as router ports do. What is taken out is
 * freed by br_multicast_gc() later, so that nobody holds a freed one.
 */
#ifndef STACK_BRIDGE_BR_MULTICAST_H
#define STACK_BRIDGE_BR_MULTICAST_H

#include <linux/if_bridge.h>
#include <linux/in6.h>

#include "core/list.h"
#include "core/netdevice.h"
#include "core/skbuff.h"
#include "core/world.h"
#include "sim.h"

struct net_bridge;
struct net_bridge_port;

/* flags of a port's membership */
#define MDB_PG_FLAGS_PERMANENT 0x01U
#define MDB_PG_FLAGS_FAST_LEAVE 0x04U
#define MDB_PG_FLAGS_STAR_EXCL 0x08U
#define MDB_PG_FLAGS_BLOCKED 0x10U

/* which sources a membership wants; IGMPv3's filter modes */
#define MCAST_EXCLUDE 0
#define MCAST_INCLUDE 1

#define BR_MULTICAST_DEFAULT_HASH_MAX 4096U
#define BR_MDB_HASH_BITS 8
#define PG_SRC_ENT_LIMIT 32U
#define BR_MCAST_DEFAULT_EHT_HOSTS_LIMIT 512U

/* A timer that remembers, in jiffies, what it was set to: what is shown does not know the wheel. */
struct br_mcast_timer {
	struct sim_timer timer;
	int64_t expires;
};

/* Which group; compared with memcmp(), so unused bytes are 0. */
struct br_ip {
	__be16 proto; /* ETH_P_IP, ETH_P_IPV6, 0: the group is an Ethernet address */
	uint16_t vid;
	union {
		__be32 ip4;
		struct in6_addr ip6;
	} src;
	union {
		__be32 ip4;
		struct in6_addr ip6;
		uint8_t mac_addr[ETH_ALEN];
	} dst;
};

/* what a shorter address leaves of its union is zero */
static inline bool br_ip_equal(const struct br_ip *a, const struct br_ip *b)
{
	return a->proto == b->proto && a->vid == b->vid &&
	       !memcmp(&a->src.ip6, &b->src.ip6, sizeof(a->src.ip6)) &&
	       !memcmp(&a->dst.ip6, &b->dst.ip6, sizeof(a->dst.ip6));
}

struct net_bridge_mcast_gc {
	struct net_bridge_mcast_gc *next;
};

struct net_bridge_mdb_entry {
	struct net_bridge_mcast_gc gc; /* first */
	struct hlist_node hash;
	struct list_head list; /* br->mdb_list, newest first: the order of a dump */
	struct net_bridge *br;
	struct net_bridge_port_group *ports;
	struct br_ip addr;
	bool host_joined;
	bool gone;
	struct br_mcast_timer timer; /* of the host's membership; and of an empty group's end */
};

struct net_bridge_port_group {
	struct net_bridge_mcast_gc gc; /* first */
	struct net_bridge_port_group *next;
	struct list_head mglist; /* port->mglist, newest first */
	struct net_bridge_port *port;
	struct br_ip addr;
	uint8_t eth_addr[ETH_ALEN]; /* of the station, where multicast_to_unicast counts them */
	uint8_t flags;
	uint8_t filter_mode;
	uint8_t rt_protocol;
	uint8_t grp_query_rexmit_cnt;
	bool gone;
	uint32_t src_ents;
	struct list_head src_list;  /* newest first */
	struct list_head eht_hosts; /* br_multicast_eht.c */
	struct list_head eht_sets;
	struct br_mcast_timer timer;
	struct br_mcast_timer rexmit_timer;
	struct ng_origin origin;
	uint64_t packet; /* the report it is known from; 0: a command said so */
};

/* IGMPv3: a source a port's stations want, or do not want */
#define BR_SGRP_F_DELETE 0x01U
#define BR_SGRP_F_SEND 0x02U
#define BR_SGRP_F_INSTALLED 0x04U
struct net_bridge_group_src {
	struct net_bridge_mcast_gc gc; /* first */
	struct list_head node;	       /* pg->src_list */
	struct net_bridge_port_group *pg;
	struct br_mcast_timer timer;
	__be32 src;
	uint8_t flags;
	uint8_t src_query_rexmit_cnt;
	bool gone;
};

/* a general query is due */
struct bridge_mcast_own_query {
	struct br_mcast_timer timer;
	uint32_t startup_sent;
};

/* somebody else asks */
struct bridge_mcast_other_query {
	struct br_mcast_timer timer;
	struct br_mcast_timer delay_timer; /* until the answers to the first query are in */
};

struct bridge_mcast_querier {
	__be32 addr;
	int port_ifidx;
};

/* struct net_bridge_mcast: what the bridge knows, but for its parameters */
struct net_bridge_mcast {
	struct list_head mdb_list;
	struct list_head ip4_mc_router_list;
	struct hlist_head *mdb_hash; /* NULL until there is a group */
	uint32_t mdb_count;
	struct net_bridge_mcast_gc *gc;
	struct br_mcast_timer ip4_mc_router_timer; /* the host is a router */
	struct bridge_mcast_own_query ip4_own_query;
	struct bridge_mcast_other_query ip4_other_query;
	struct bridge_mcast_querier ip4_querier;
	/* who causes what happens now */
	struct ng_origin origin;
	uint64_t packet;
};

struct net_bridge_mcast_port {
	struct list_head mglist;
	struct list_head ip4_rlist; /* in ip4_mc_router_list if ip4_router */
	bool ip4_router;
	bool ip6_router; /* a command said so; nothing is learned from IPv6 */
	struct br_mcast_timer ip4_mc_router_timer;
	struct br_mcast_timer ip6_mc_router_timer;
	struct bridge_mcast_own_query ip4_own_query;
	uint32_t n_groups;
	uint32_t n_eht_hosts;
};

/* an IGMP message, checked: ip_mc_check_igmp() */
struct br_igmp {
	const struct iphdr *iph;
	const uint8_t *data;
	size_t len; /* by the IP header */
};

/* whom a message is from */
struct br_snoop {
	struct net_bridge *br;
	struct net_bridge_port *port; /* NULL: the bridge's own host */
	const uint8_t *src;
	__be32 h_addr;
	uint16_t vid;
};

/* a record of an IGMPv3 report, about one membership */
struct br_src_rec {
	struct net_bridge *br;
	struct net_bridge_port_group *pg;
	__be32 h_addr; /* the station */
	uint8_t type;
	const uint8_t *srcs;
	uint32_t nsrcs;
	uint32_t to_send;
	bool changed;
};

static inline __be32 br_src_rec_src(const struct br_src_rec *r, uint32_t i)
{
	__be32 addr;

	memcpy(&addr, r->srcs + 4U * i, sizeof(addr));
	return addr;
}

/* a query to be sent */
struct br_query {
	struct net_bridge *br;
	struct net_bridge_port *port;	  /* NULL: to the bridge's own host */
	struct net_bridge_port_group *pg; /* whose sources are asked for, or NULL */
	__be32 dst;			  /* 0: all hosts */
	__be32 group;			  /* 0: a general query */
	bool with_srcs;
	bool sflag; /* "suppress router-side processing" */
	bool over_lmqt;
	bool need_rexmit;
};

static inline bool br_mcast_timer_pending(const struct br_mcast_timer *t)
{
	return sim_timer_pending(&t->timer);
}

static inline bool br_multicast_is_star_g(const struct br_ip *ip)
{
	static const struct in6_addr any;

	return ip->proto && !memcmp(&ip->src, &any, sizeof(any));
}

static inline bool br_group_is_l2(const struct br_ip *ip)
{
	return ip->proto == 0;
}

/* br_multicast_group.c: TABLE */
void br_mcast_timer_mod(struct net_bridge *br, struct br_mcast_timer *t, int64_t expires);
void br_mcast_timer_del(struct net_bridge *br, struct br_mcast_timer *t);
uint32_t br_mcast_timer_value(const struct net_bridge *br, const struct br_mcast_timer *t);
void br_mcast_gc_add(struct net_bridge *br, struct net_bridge_mcast_gc *gc);
void br_multicast_gc(struct net_bridge *br);
struct net_bridge_mdb_entry *br_mdb_ip_get(const struct net_bridge *br, const struct br_ip *group);
struct net_bridge_mdb_entry *br_multicast_new_group(struct net_bridge *br,
						    const struct br_ip *group);
struct br_pg_new {
	const uint8_t *src; /* the station; NULL: all */
	uint8_t flags;
	uint8_t filter_mode;
	uint8_t rt_protocol;
};
struct net_bridge_port_group *br_multicast_new_port_group(struct net_bridge_mdb_entry *mp,
							  struct net_bridge_port *port,
							  struct net_bridge_port_group **pp,
							  const struct br_pg_new *how);
bool br_port_group_equal(const struct net_bridge_port_group *pg, const struct net_bridge_port *port,
			 const uint8_t *src);
struct net_bridge_port_group *br_multicast_find_port(const struct net_bridge_mdb_entry *mp,
						     const struct net_bridge_port *port,
						     const uint8_t *src);
bool br_multicast_ctx_should_use(const struct net_bridge *br, const struct net_bridge_port *port);
int br_multicast_add_group(struct net_bridge *br, struct net_bridge_port *port,
			   const struct br_ip *group, const struct br_pg_new *how, bool igmpv2,
			   struct net_bridge_port_group **ret_pg);
void br_multicast_host_join(struct net_bridge_mdb_entry *mp, bool notify);
void br_multicast_host_leave(struct net_bridge_mdb_entry *mp, bool notify);
void br_multicast_find_del_pg(struct net_bridge *br, struct net_bridge_port_group *pg);
void br_multicast_del_pg(struct net_bridge_mdb_entry *mp, struct net_bridge_port_group **pp);

void __br_multicast_del_pg(struct net_bridge_mdb_entry *mp, struct net_bridge_port_group **pp,
			   bool sg_del_exclude_ports);
void br_multicast_group_src_free(struct net_bridge *br, struct net_bridge_group_src *src);
void br_multicast_dev_del(struct net_bridge *br);

/* br_multicast_src.c, br_multicast_igmp3.c: TABLE */
void br_multicast_del_group_src(struct net_bridge_group_src *src, bool fastleave);
void br_multicast_star_g_handle_mode(struct net_bridge_port_group *pg, uint8_t filter_mode);
void br_multicast_sg_del_exclude_ports(struct net_bridge_mdb_entry *sgmp);
void br_multicast_sg_add_exclude_ports(struct net_bridge_mdb_entry *star_mp,
				       struct net_bridge_port_group *sg);
void br_multicast_star_g_host_state(struct net_bridge_mdb_entry *star_mp);
void br_multicast_fwd_src_handle(struct net_bridge_group_src *src);
struct net_bridge_group_src *br_multicast_find_group_src(const struct net_bridge_port_group *pg,
							 __be32 addr);
struct net_bridge_group_src *br_multicast_new_group_src(struct net_bridge_port_group *pg,
							__be32 addr);
struct igmpv3_grec;
void br_multicast_igmp3_record(const struct br_snoop *s, struct net_bridge_mdb_entry *mp,
			       const struct igmpv3_grec *grec);

/* br_multicast_eht.c: TABLE */
void br_multicast_eht_clean_sets(struct net_bridge_port_group *pg);
bool br_multicast_eht_handle(const struct br_src_rec *r);
bool br_multicast_eht_should_del_pg(const struct net_bridge_port_group *pg);

/* br_multicast.c: PATH; looks at a frame and keeps it, 0 or -errno: drop it */
int br_multicast_rcv(struct net_bridge *br, struct net_bridge_port *port, struct sk_buff *skb);
struct net_bridge_mdb_entry *br_mdb_get(const struct net_bridge *br, const struct sk_buff *skb);
bool br_multicast_querier_exists(const struct net_bridge *br, const struct sk_buff *skb,
				 const struct net_bridge_mdb_entry *mdb);
bool br_multicast_is_router(const struct net_bridge *br);

/* br_multicast_query.c */
void br_multicast_query_init(struct net_bridge *br);
void br_multicast_port_query_init(struct net_bridge_port *p);
void br_multicast_port_group_rexmit(struct sim_timer *timer);
void __br_multicast_send_query(struct br_query *q);
void br_multicast_start_querier(struct net_bridge *br);
void br_multicast_open_query(struct net_bridge *br);
void br_multicast_enable_port(struct net_bridge_port *p);
void br_multicast_disable_port(struct net_bridge_port *p);
void br_multicast_flush_port(struct net_bridge_port *p, bool permanent);

/* br_multicast_if.c */
void br_multicast_add_router(struct net_bridge_port *p, bool ipv6);
void br_multicast_del_router(struct net_bridge_port *p, bool timers);
void br_ip4_multicast_mark_router(struct net_bridge *br, struct net_bridge_port *p);
void br_multicast_init(struct net_bridge *br);
void br_multicast_add_port(struct net_bridge_port *p);
void br_multicast_del_port(struct net_bridge_port *p);
void br_multicast_dev_open(struct net_bridge *br);
void br_multicast_dev_stop(struct net_bridge *br);
void br_multicast_stop(struct net_bridge *br);
int br_multicast_set_router(struct net_bridge *br, unsigned long val);
int br_multicast_set_port_router(struct net_bridge_port *p, unsigned long val);
int br_multicast_toggle(struct net_bridge *br, bool on);
int br_multicast_set_querier(struct net_bridge *br, bool on);
int br_multicast_set_query_intvl(struct net_bridge *br, uint64_t clock);
int br_multicast_set_startup_query_intvl(struct net_bridge *br, uint64_t clock);
int br_multicast_set_igmp_version(struct net_bridge *br, unsigned long val);

/* br_mdb.c */
void br_mdb_notify(struct net_bridge_mdb_entry *mp, const struct net_bridge_port_group *pg,
		   int type);
void br_rtr_notify(const struct net_bridge_port *p, int type);

#endif
