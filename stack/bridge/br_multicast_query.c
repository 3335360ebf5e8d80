/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast_query.c - the bridge asks who is in which group
 *
 * mirrors net/bridge/br_multicast.c, the querier                  CONTROL
 *
 * A querier asks each port when it starts to forward, mcast_startup_query_count times every
 * mcast_startup_query_interval, then every mcast_query_interval; and of one group, on the port a
 * station left it on. RFC 2236, 3 and 8; RFC 3376, 4.1.
 */
#include <linux/igmp.h>
#include <linux/in.h>
#include <linux/ip.h>

#include "bridge/br_private.h"
#include "core/trace.h"
#include "ipv4/inetdevice.h"

#define IGMP_TIMER_SCALE 10 /* codes are tenths of a second */
#define IP_RA_HLEN 24	    /* an IP header with the Router Alert option; RFC 2113 */
#define INADDR_ALLHOSTS_GROUP 0xe0000001U

/* Which sources of @pg are asked for: those that end after the last member query time, or before */
static bool src_asked(const struct br_query *q, const struct net_bridge_group_src *src)
{
	const struct net_bridge *br = q->br;
	int64_t lmqt = br_jiffies(br) + br_multicast_lmqt(br);

	return q->over_lmqt == (src->timer.expires > lmqt) && src->src_query_rexmit_cnt > 0;
}

static size_t query_sources(const struct br_query *q)
{
	const struct net_bridge_group_src *src;
	size_t n = 0;

	list_for_each_entry(src, &q->pg->src_list, node)
		n += src_asked(q, src);
	return n;
}

static uint8_t query_code(const struct net_bridge *br, __be32 group)
{
	int64_t interval =
		group ? br->multicast_last_member_interval : br->multicast_query_response_interval;

	return (uint8_t)(interval / (BR_HZ / IGMP_TIMER_SCALE));
}

static void fill_query(struct br_query *q, uint8_t *msg, size_t len)
{
	struct igmphdr *ih = (struct igmphdr *)(void *)msg;
	struct igmpv3_query *ih3 = (struct igmpv3_query *)(void *)msg;
	struct net_bridge_group_src *src;
	uint16_t n = 0;

	memset(msg, 0, len);
	ih->type = IGMP_HOST_MEMBERSHIP_QUERY;
	ih->code = query_code(q->br, q->group);
	ih->group = q->group;
	if (q->br->multicast_igmp_version == 3) {
		ih3->qqic = (uint8_t)(q->br->multicast_query_interval / BR_HZ);
		ih3->suppress = q->sflag;
		ih3->qrv = 2;
		if (q->pg && q->with_srcs) {
			list_for_each_entry(src, &q->pg->src_list, node) {
				if (!src_asked(q, src))
					continue;
				memcpy(msg + sizeof(*ih3) + 4U * n++, &src->src, 4);
				src->src_query_rexmit_cnt--;
				if (src->src_query_rexmit_cnt)
					q->need_rexmit = true;
			}
		}
		ih3->nsrcs = cpu_to_be16(n);
	}
	ih->csum = ip_compute_csum(msg, len);
}

static void fill_ip(const struct net_bridge *br, uint8_t *ip, size_t igmp_len, __be32 dst)
{
	struct iphdr *iph = (struct iphdr *)(void *)ip;

	memset(ip, 0, IP_RA_HLEN);
	iph->version = 4;
	iph->ihl = IP_RA_HLEN / 4;
	iph->tos = 0xc0;
	iph->tot_len = cpu_to_be16((uint16_t)(IP_RA_HLEN + igmp_len));
	iph->frag_off = cpu_to_be16(0x4000);
	iph->ttl = 1;
	iph->protocol = IPPROTO_IGMP;
	iph->saddr =
		br->multicast_query_use_ifaddr ? inet_select_addr(br->dev, 0, RT_SCOPE_LINK) : 0;
	iph->daddr = dst;
	ip[sizeof(*iph)] = IPOPT_RA;
	ip[sizeof(*iph) + 1] = 4;
	iph->check = ip_fast_csum(iph, iph->ihl);
}

/* RFC 1112, 6.4 */
static void ip_eth_mc_map(__be32 group, uint8_t *addr)
{
	uint32_t low = be32_to_cpu(group) & 0x7fffffU;

	addr[0] = 0x01;
	addr[1] = 0x00;
	addr[2] = 0x5e;
	addr[3] = (uint8_t)(low >> 16);
	addr[4] = (uint8_t)(low >> 8);
	addr[5] = (uint8_t)low;
}

/* NULL: nothing to ask, or it does not fit */
static struct sk_buff *br_ip4_multicast_alloc_query(struct br_query *q)
{
	struct net_bridge *br = q->br;
	__be32 dst = q->dst ? q->dst : cpu_to_be32(INADDR_ALLHOSTS_GROUP);
	bool v3 = br->multicast_igmp_version == 3;
	size_t len = v3 ? sizeof(struct igmpv3_query) : sizeof(struct igmphdr);
	struct sk_buff *skb;
	struct ethhdr *eth;
	uint8_t *at;

	if (v3 && q->pg && q->with_srcs) {
		size_t n = query_sources(q);

		if (!n)
			return NULL;
		len += 4 * n;
	}
	if (ETH_HLEN + IP_RA_HLEN + len > br->dev->mtu ||
	    (q->pg && ETH_HLEN + IP_RA_HLEN + len > q->pg->port->dev->mtu))
		return NULL;
	skb = alloc_skb(br->dev->world, SKB_HEADROOM, (uint32_t)(IP_RA_HLEN + len));
	at = skb_put(skb, (uint32_t)(IP_RA_HLEN + len));
	fill_ip(br, at, len, dst);
	fill_query(q, at + IP_RA_HLEN, len);
	skb_reset_network_header(skb);
	eth = skb_push(skb, ETH_HLEN);
	skb_reset_mac_header(skb);
	ip_eth_mc_map(dst, eth->h_dest);
	memcpy(eth->h_source, br->dev->dev_addr, ETH_ALEN);
	eth->h_proto = cpu_to_be16(ETH_P_IP);
	skb_pull(skb, ETH_HLEN);
	skb->protocol = cpu_to_be16(ETH_P_IP);
	skb->dev = br->dev;
	skb->origin = br->dev->origin;
	if (br->mcast.packet)
		skb_set_cause(skb, br->mcast.packet, NG_CAUSE_ANSWER);
	return skb;
}

/**
 * __br_multicast_send_query() - Sends one query
 * @q: which; its need_rexmit says then whether there is more to ask later
 *
 * Out of a port, or, when it names none, to the bridge's own host.
 */
void __br_multicast_send_query(struct br_query *q)
{
	struct net_bridge *br = q->br;
	struct sk_buff *skb;

	if (!br_multicast_ctx_should_use(br, q->port))
		return;
	q->over_lmqt = q->sflag;
	for (;;) {
		skb = br_ip4_multicast_alloc_query(q);
		if (!skb)
			return;
		if (!q->port) {
			br->mcast.ip4_querier.addr = ip_hdr(skb)->saddr;
			trace_skb(skb, BORN, born, .who = "igmp", .why = "query");
			netif_rx(skb);
			return;
		}
		skb->dev = q->port->dev;
		trace_skb(skb, BORN, born, .who = "igmp", .why = "query");
		br_dev_queue_push_xmit(skb);
		if (!q->over_lmqt || !q->with_srcs || !q->sflag)
			return;
		q->over_lmqt = false;
	}
}

/* A general query is due, on a port or for the host (@port NULL). */
static void br_multicast_send_query(struct net_bridge *br, struct net_bridge_port *port,
				    struct bridge_mcast_own_query *own)
{
	struct br_query q = { .br = br, .port = port };
	bool startup;

	if (!br_multicast_ctx_should_use(br, port) || !br->multicast_enabled ||
	    !br->multicast_querier || br_mcast_timer_pending(&br->mcast.ip4_other_query.timer))
		return;
	if (!port && br->mcast.ip4_querier.port_ifidx)
		br->mcast.ip4_querier = (struct bridge_mcast_querier){ 0 };
	__br_multicast_send_query(&q);
	startup = own->startup_sent < br->multicast_startup_query_count;
	br_mcast_timer_mod(br, &own->timer,
			   br_jiffies(br) + (startup ? br->multicast_startup_query_interval
						     : br->multicast_query_interval));
}

static void br_ip4_multicast_query_expired(struct sim_timer *timer)
{
	struct net_bridge *br =
		container_of(timer, struct net_bridge, mcast.ip4_own_query.timer.timer);
	struct bridge_mcast_own_query *own = &br->mcast.ip4_own_query;

	if (own->startup_sent < br->multicast_startup_query_count)
		own->startup_sent++;
	br_multicast_send_query(br, NULL, own);
}

static void br_ip4_multicast_port_query_expired(struct sim_timer *timer)
{
	struct net_bridge_port *p = container_of(timer, struct net_bridge_port,
						 multicast_ctx.ip4_own_query.timer.timer);
	struct bridge_mcast_own_query *own = &p->multicast_ctx.ip4_own_query;

	if (p->state == BR_STATE_DISABLED || p->state == BR_STATE_BLOCKING)
		return;
	if (own->startup_sent < p->br->multicast_startup_query_count)
		own->startup_sent++;
	br_multicast_send_query(p->br, p, own);
}

/* Does the bridge ask, and nobody else? */
static bool br_multicast_own_querier(const struct net_bridge *br)
{
	return br->multicast_querier && br->multicast_enabled &&
	       !br_mcast_timer_pending(&br->mcast.ip4_other_query.timer);
}

/**
 * br_multicast_port_group_rexmit() - Asks once more for a group, or for some of its sources
 * @timer: rexmit_timer of a membership
 */
void br_multicast_port_group_rexmit(struct sim_timer *timer)
{
	struct net_bridge_port_group *pg =
		container_of(timer, struct net_bridge_port_group, rexmit_timer.timer);
	struct net_bridge *br = pg->port->br;
	struct br_query q = { .br = br, .port = pg->port, .pg = pg };

	if (!netif_running(br->dev) || !br_multicast_own_querier(br))
		return;
	q.dst = q.group = pg->addr.dst.ip4;
	if (pg->grp_query_rexmit_cnt) {
		pg->grp_query_rexmit_cnt--;
		q.sflag = true;
		__br_multicast_send_query(&q);
		q.sflag = false;
	}
	q.with_srcs = true;
	__br_multicast_send_query(&q);
	if (pg->grp_query_rexmit_cnt || q.need_rexmit)
		br_mcast_timer_mod(br, &pg->rexmit_timer,
				   br_jiffies(br) + br->multicast_last_member_interval);
}

/* ---- the start ---- */

/* Unlike Linux the timer of a bridge that does not ask is not set: nothing would come of it. */
static void br_multicast_enable(struct net_bridge *br, struct bridge_mcast_own_query *own)
{
	own->startup_sent = 0;
	if (br->multicast_querier)
		br_mcast_timer_mod(br, &own->timer, br_jiffies(br));
}

/**
 * br_multicast_open_query() - The host of the bridge is asked from the next tick on
 * @br: the bridge
 */
void br_multicast_open_query(struct net_bridge *br)
{
	br->mcast.ip4_own_query.startup_sent = 0;
	if (br->multicast_enabled)
		br_multicast_enable(br, &br->mcast.ip4_own_query);
}

/**
 * br_multicast_start_querier() - All are asked from the next tick on
 * @br: the bridge
 */
void br_multicast_start_querier(struct net_bridge *br)
{
	struct net_bridge_port *p;

	br_multicast_open_query(br);
	list_for_each_entry(p, &br->port_list, list) {
		if (p->state != BR_STATE_DISABLED && p->state != BR_STATE_BLOCKING)
			br_multicast_enable(br, &p->multicast_ctx.ip4_own_query);
	}
}

/**
 * br_multicast_enable_port() - A port may forward: it is asked, and is a router's if told so
 * @p: the port
 */
void br_multicast_enable_port(struct net_bridge_port *p)
{
	if (!p->br->multicast_enabled || !netif_running(p->br->dev))
		return;
	br_multicast_enable(p->br, &p->multicast_ctx.ip4_own_query);
	if (p->multicast_router == MDB_RTR_TYPE_PERM)
		br_multicast_add_router(p, true);
}

/**
 * br_multicast_flush_port() - A port is no longer in any group
 * @p: the port
 * @permanent: nor in those a command put it in for ever
 */
void br_multicast_flush_port(struct net_bridge_port *p, bool permanent)
{
	struct list_head *list = &p->multicast_ctx.mglist;
	struct list_head *at = list->next;

	while (at != list) {
		struct net_bridge_port_group *pg =
			list_entry(at, struct net_bridge_port_group, mglist);

		if (!permanent && (pg->flags & MDB_PG_FLAGS_PERMANENT)) {
			at = at->next;
			continue;
		}
		br_multicast_find_del_pg(p->br, pg);
		at = list->next; /* others may have gone with it */
	}
}

/**
 * br_multicast_disable_port() - A port is down, or snooping is switched off
 * @p: the port
 */
void br_multicast_disable_port(struct net_bridge_port *p)
{
	br_multicast_flush_port(p, false);
	br_mcast_timer_del(p->br, &p->multicast_ctx.ip4_own_query.timer);
	br_multicast_del_router(p, true);
}

static void br_ip4_multicast_querier_expired(struct sim_timer *timer)
{
	struct net_bridge *br =
		container_of(timer, struct net_bridge, mcast.ip4_other_query.timer.timer);

	if (netif_running(br->dev) && br->multicast_enabled)
		br_multicast_start_querier(br);
}

static void br_multicast_query_delay_expired(struct sim_timer *timer)
{
	(void)timer;
}

/**
 * br_multicast_query_init() - The timers of a new bridge
 * @br: the bridge
 */
void br_multicast_query_init(struct net_bridge *br)
{
	br->mcast.ip4_own_query.timer.timer.fn = br_ip4_multicast_query_expired;
	br->mcast.ip4_other_query.timer.timer.fn = br_ip4_multicast_querier_expired;
	br->mcast.ip4_other_query.delay_timer.timer.fn = br_multicast_query_delay_expired;
}

/**
 * br_multicast_port_query_init() - The timer of a new port
 * @p: the port
 */
void br_multicast_port_query_init(struct net_bridge_port *p)
{
	p->multicast_ctx.ip4_own_query.timer.timer.fn = br_ip4_multicast_port_query_expired;
}
