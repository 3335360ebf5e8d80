/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast.c - snooping: what IGMP messages on their way through say
 *
 * mirrors net/bridge/br_multicast.c, what looks at frames         PATH
 *
 *	br_multicast_rcv			from br_input.c, br_device.c
 *	  ip_mc_check_igmp
 *	  br_multicast_add_group		br_multicast_group.c
 *	  br_ip4_multicast_igmp3_report
 *	    br_multicast_igmp3_record		br_multicast_src.c
 *	  br_ip4_multicast_query
 *	  br_ip4_multicast_leave_group
 *	br_mdb_get				who shall have this frame?
 *
 * Looks at a frame and keeps it. RFC 4541. Unlike Linux: no MLD.
 */
#include <linux/igmp.h>
#include <linux/in.h>
#include <linux/ip.h>

#include "bridge/br_private.h"
#include "ipv4/inetdevice.h"

#define IGMP_TIMER_SCALE 10
#define IGMP_MRDISC_ADV 0x30 /* RFC 4286 */
#define INADDR_ALLHOSTS_GROUP 0xe0000001U
#define INADDR_ALLPIM 0xe000000dU      /* 224.0.0.13 */
#define INADDR_ALLSNOOPERS 0xe000006aU /* 224.0.0.106 */
#define PIM_HELLO 0x20		       /* version 2, type 0 */

static bool check_ip(const struct sk_buff *skb, struct br_igmp *m)
{
	const struct iphdr *iph = skb_peek_hdr(skb, sizeof(*iph));
	size_t tot_len, hlen;

	if (!iph || iph->version != 4 || iph->ihl < 5)
		return false;
	hlen = iph->ihl * 4U;
	if (!skb_peek_hdr(skb, hlen) || ip_fast_csum(iph, iph->ihl))
		return false;
	tot_len = be16_to_cpu(iph->tot_len);
	if (skb_len(skb) < tot_len || tot_len < hlen)
		return false;
	m->iph = iph;
	m->data = (const uint8_t *)iph + hlen;
	m->len = tot_len - hlen;
	return true;
}

/* As ip_mc_check_igmp(): 0, -EINVAL (broken), -ENOMSG (IPv4, but not of these) */
static int ip_mc_check_igmp(const struct sk_buff *skb, struct br_igmp *m)
{
	const struct igmphdr *ih;

	if (!check_ip(skb, m))
		return -EINVAL;
	if (m->iph->protocol != IPPROTO_IGMP)
		return -ENOMSG;
	if (m->len < sizeof(*ih) || ip_compute_csum(m->data, m->len))
		return -EINVAL;
	ih = (const struct igmphdr *)(const void *)m->data;
	switch (ih->type) {
	case IGMP_HOST_LEAVE_MESSAGE:
	case IGMP_HOST_MEMBERSHIP_REPORT:
	case IGMPV2_HOST_MEMBERSHIP_REPORT:
	case IGMPV3_HOST_MEMBERSHIP_REPORT:
		return 0;
	case IGMP_HOST_MEMBERSHIP_QUERY:
		if (m->len != sizeof(*ih) && m->len < sizeof(struct igmpv3_query))
			return -EINVAL;
		/* a general query goes to all hosts */
		if (!ih->group && m->iph->daddr != cpu_to_be32(INADDR_ALLHOSTS_GROUP))
			return -EINVAL;
		return 0;
	default:
		return -ENOMSG;
	}
}

static struct br_ip ip4_group(__be32 group, uint16_t vid)
{
	struct br_ip ip;

	memset(&ip, 0, sizeof(ip));
	ip.proto = cpu_to_be16(ETH_P_IP);
	ip.vid = vid;
	ip.dst.ip4 = group;
	return ip;
}

/* The timer of a membership shall run out at @due, not later. */
static void bring_forward(struct net_bridge *br, struct br_mcast_timer *t, int64_t due)
{
	if (!br_mcast_timer_pending(t) || t->expires > due)
		br_mcast_timer_mod(br, t, due);
}

/* ---- reports ---- */

static int br_ip4_multicast_add_group(const struct br_snoop *s, __be32 group, bool igmpv2)
{
	const struct br_pg_new how = { .src = s->src,
				       .filter_mode = igmpv2 ? MCAST_EXCLUDE : MCAST_INCLUDE,
				       .rt_protocol = RTPROT_KERNEL };
	struct br_ip ip = ip4_group(group, s->vid);

	if (ipv4_is_local_multicast(group))
		return 0;
	return br_multicast_add_group(s->br, s->port, &ip, &how, igmpv2, NULL);
}

/* The port is told that nobody may be left: asks, and shortens the wait. */
static void leave_ask(const struct br_snoop *s, struct net_bridge_mdb_entry *mp, int64_t due)
{
	struct br_query q = { .br = s->br, .port = s->port, .group = mp->addr.dst.ip4 };
	struct net_bridge_port_group *pg;

	__br_multicast_send_query(&q);
	br_mcast_timer_mod(s->br,
			   s->port ? &s->port->multicast_ctx.ip4_own_query.timer
				   : &s->br->mcast.ip4_own_query.timer,
			   due);
	if (!s->port)
		return;
	pg = br_multicast_find_port(mp, s->port, s->src);
	if (pg)
		bring_forward(s->br, &pg->timer, due);
}

static void leave_at_once(const struct br_snoop *s, struct net_bridge_mdb_entry *mp)
{
	struct net_bridge_port_group **pp;

	for (pp = &mp->ports; *pp; pp = &(*pp)->next) {
		if (!br_port_group_equal(*pp, s->port, s->src))
			continue;
		if ((*pp)->flags & MDB_PG_FLAGS_PERMANENT)
			return;
		(*pp)->flags |= MDB_PG_FLAGS_FAST_LEAVE;
		br_multicast_del_pg(mp, pp);
		return;
	}
}

static void br_ip4_multicast_leave_group(const struct br_snoop *s, __be32 group)
{
	struct br_ip ip = ip4_group(group, s->vid);
	struct net_bridge *br = s->br;
	int64_t due = br_jiffies(br) + br_multicast_lmqt(br);
	struct net_bridge_port_group *pg;
	struct net_bridge_mdb_entry *mp;

	if (ipv4_is_local_multicast(group) || !br_multicast_ctx_should_use(br, s->port))
		return;
	mp = br_mdb_ip_get(br, &ip);
	if (!mp)
		return;
	if (s->port && (s->port->flags & BR_MULTICAST_FAST_LEAVE)) {
		leave_at_once(s, mp);
		return;
	}
	if (br_mcast_timer_pending(&br->mcast.ip4_other_query.timer))
		return;
	if (br->multicast_querier)
		leave_ask(s, mp, due);
	if (!s->port) {
		if (mp->host_joined)
			bring_forward(br, &mp->timer, due);
		return;
	}
	for (pg = mp->ports; pg; pg = pg->next) {
		if (pg->port == s->port) {
			bring_forward(br, &pg->timer, due);
			return;
		}
	}
}

static bool igmp3_type_known(uint8_t type)
{
	return type >= IGMPV3_MODE_IS_INCLUDE && type <= IGMPV3_BLOCK_OLD_SOURCES;
}

static int igmp3_record(struct br_snoop *s, const struct igmpv3_grec *grec)
{
	bool igmpv2 = s->br->multicast_igmp_version == 2;
	bool v2_like = !s->port || igmpv2;
	int err;

	if (!igmp3_type_known(grec->grec_type))
		return 0;
	if (!grec->grec_nsrcs && (grec->grec_type == IGMPV3_CHANGE_TO_INCLUDE ||
				  grec->grec_type == IGMPV3_MODE_IS_INCLUDE)) {
		if (v2_like) {
			br_ip4_multicast_leave_group(s, grec->grec_mca);
			return 0;
		}
	} else {
		err = br_ip4_multicast_add_group(s, grec->grec_mca, igmpv2);
		if (err)
			return err;
	}
	if (!v2_like && br_multicast_ctx_should_use(s->br, s->port)) {
		struct br_ip ip = ip4_group(grec->grec_mca, s->vid);

		br_multicast_igmp3_record(s, br_mdb_ip_get(s->br, &ip), grec);
	}
	return 0;
}

static int br_ip4_multicast_igmp3_report(struct br_snoop *s, const struct br_igmp *m)
{
	const struct igmpv3_report *ih = (const struct igmpv3_report *)(const void *)m->data;
	size_t at = sizeof(*ih);
	uint16_t n;

	if (m->len < sizeof(*ih))
		return -EINVAL;
	s->h_addr = m->iph->saddr;
	n = be16_to_cpu(ih->ngrec);
	for (uint16_t i = 0; i < n; i++) {
		const struct igmpv3_grec *grec;
		int err;

		if (m->len < at + sizeof(*grec))
			return -EINVAL;
		grec = (const struct igmpv3_grec *)(const void *)(m->data + at);
		at += sizeof(*grec) + 4U * be16_to_cpu(grec->grec_nsrcs);
		if (m->len < at)
			return -EINVAL;
		err = igmp3_record(s, grec);
		if (err)
			return err;
	}
	return 0;
}

/* ---- queries of others ---- */

/* The lowest address asks; an unknown querier is taken when nobody else does. */
static bool br_multicast_select_querier(const struct br_snoop *s, __be32 saddr)
{
	struct bridge_mcast_querier *querier = &s->br->mcast.ip4_querier;

	if (querier->addr && be32_to_cpu(saddr) > be32_to_cpu(querier->addr) &&
	    (br_mcast_timer_pending(&s->br->mcast.ip4_own_query.timer) ||
	     br_mcast_timer_pending(&s->br->mcast.ip4_other_query.timer)))
		return false;
	querier->addr = saddr;
	querier->port_ifidx = s->port ? s->port->dev->ifindex : 0;
	return true;
}

static void general_query(const struct br_snoop *s, __be32 saddr, int64_t max_delay)
{
	struct bridge_mcast_other_query *other = &s->br->mcast.ip4_other_query;
	int64_t now = br_jiffies(s->br);

	if (!br_multicast_select_querier(s, saddr))
		return;
	if (!br_mcast_timer_pending(&other->timer))
		br_mcast_timer_mod(s->br, &other->delay_timer, now + max_delay);
	br_mcast_timer_mod(s->br, &other->timer, now + s->br->multicast_querier_interval);
	br_ip4_multicast_mark_router(s->br, s->port);
}

static void group_query(const struct br_snoop *s, __be32 group, int64_t max_delay)
{
	struct br_ip ip = ip4_group(group, s->vid);
	struct net_bridge *br = s->br;
	struct net_bridge_mdb_entry *mp = br_mdb_ip_get(br, &ip);
	struct net_bridge_port_group *pg;
	int64_t due = br_jiffies(br) + max_delay * br->multicast_last_member_count;

	if (!mp)
		return;
	if (mp->host_joined)
		bring_forward(br, &mp->timer, due);
	for (pg = mp->ports; pg; pg = pg->next) {
		if (br_mcast_timer_pending(&pg->timer) || br->multicast_igmp_version == 2 ||
		    pg->filter_mode == MCAST_EXCLUDE)
			bring_forward(br, &pg->timer, due);
	}
}

/* RFC 3376, 4.1.1: a float from 128 on */
static int64_t igmpv3_mrc(uint8_t code)
{
	return code < 0x80 ? code : (int64_t)(((code & 0xf) | 0x10) << (((code >> 4) & 7) + 3));
}

static void br_ip4_multicast_query(const struct br_snoop *s, const struct br_igmp *m)
{
	const struct igmphdr *ih = (const struct igmphdr *)(const void *)m->data;
	const struct igmpv3_query *ih3 = (const struct igmpv3_query *)(const void *)m->data;
	__be32 group = ih->group;
	int64_t max_delay;

	if (!br_multicast_ctx_should_use(s->br, s->port))
		return;
	if (m->len == sizeof(*ih)) {
		max_delay = ih->code * (BR_HZ / IGMP_TIMER_SCALE);
		if (!max_delay) { /* IGMPv1 */
			max_delay = 10 * BR_HZ;
			group = 0;
		}
	} else {
		if (ih3->nsrcs || (s->br->multicast_igmp_version == 3 && group && ih3->suppress))
			return;
		max_delay = ih3->code ? igmpv3_mrc(ih3->code) * (BR_HZ / IGMP_TIMER_SCALE) : 1;
	}
	if (group)
		group_query(s, group, max_delay);
	else
		general_query(s, m->iph->saddr, max_delay);
}

/* ---- frames ---- */

/* IPv4 multicast that is no report: goes to routers, too; some of it tells where they are. */
static void not_igmp(const struct br_snoop *s, struct sk_buff *skb, const struct br_igmp *m)
{
	if (!ipv4_is_local_multicast(m->iph->daddr)) {
		BR_INPUT_SKB_CB(skb)->mrouters_only = true;
	} else if (m->iph->daddr == cpu_to_be32(INADDR_ALLPIM)) {
		if (m->iph->protocol == IPPROTO_PIM && m->len >= 4 && m->data[0] == PIM_HELLO)
			br_ip4_multicast_mark_router(s->br, s->port);
	} else if (m->iph->daddr == cpu_to_be32(INADDR_ALLSNOOPERS)) {
		if (m->iph->protocol == IPPROTO_IGMP && m->data[0] == IGMP_MRDISC_ADV)
			br_ip4_multicast_mark_router(s->br, s->port);
	}
}

static int br_multicast_ipv4_rcv(struct br_snoop *s, struct sk_buff *skb)
{
	const struct igmphdr *ih;
	struct br_igmp m;
	int err = ip_mc_check_igmp(skb, &m);

	if (err == -ENOMSG) {
		not_igmp(s, skb, &m);
		return 0;
	}
	if (err)
		return err;
	ih = (const struct igmphdr *)(const void *)m.data;
	BR_INPUT_SKB_CB(skb)->igmp = ih->type;
	switch (ih->type) {
	case IGMP_HOST_MEMBERSHIP_REPORT:
	case IGMPV2_HOST_MEMBERSHIP_REPORT:
		BR_INPUT_SKB_CB(skb)->mrouters_only = true;
		err = br_ip4_multicast_add_group(s, ih->group, true);
		break;
	case IGMPV3_HOST_MEMBERSHIP_REPORT:
		err = br_ip4_multicast_igmp3_report(s, &m);
		break;
	case IGMP_HOST_MEMBERSHIP_QUERY:
		br_ip4_multicast_query(s, &m);
		break;
	case IGMP_HOST_LEAVE_MESSAGE:
		br_ip4_multicast_leave_group(s, ih->group);
		break;
	default:
		break;
	}
	return err;
}

/**
 * br_multicast_rcv() - Looks at a multicast frame
 * @br: the bridge
 * @port: it came in on; NULL: the bridge's own host made it
 * @skb: data behind the Ethernet header; kept
 *
 * Return: 0; -errno: it is broken, or the table of groups is full: the frame is to be dropped.
 */
int br_multicast_rcv(struct net_bridge *br, struct net_bridge_port *port, struct sk_buff *skb)
{
	struct br_snoop s = { .br = br,
			      .port = port,
			      .src = eth_hdr(skb)->h_source,
			      .vid = BR_INPUT_SKB_CB(skb)->vid };
	int err;

	BR_INPUT_SKB_CB(skb)->igmp = 0;
	BR_INPUT_SKB_CB(skb)->mrouters_only = false;
	if (!br->multicast_enabled || skb->protocol != cpu_to_be16(ETH_P_IP))
		return 0;
	if (br->mcast.gc)
		br_multicast_gc(br);
	br->mcast.packet = skb->id;
	br->mcast.origin = skb->origin;
	err = br_multicast_ipv4_rcv(&s, skb);
	br->mcast.packet = 0;
	return err;
}

/**
 * br_mdb_get() - The group a frame is for
 * @br: the bridge
 * @skb: a multicast frame br_multicast_rcv() has seen
 *
 * Return: the group; NULL: none known, or the frame is IGMP itself.
 */
struct net_bridge_mdb_entry *br_mdb_get(const struct net_bridge *br, const struct sk_buff *skb)
{
	const struct iphdr *iph = skb_peek_hdr(skb, sizeof(*iph));
	struct net_bridge_mdb_entry *mp;
	struct br_ip ip;

	if (!br->mcast.mdb_count || !br->multicast_enabled || BR_INPUT_SKB_CB(skb)->igmp)
		return NULL;
	memset(&ip, 0, sizeof(ip));
	ip.vid = BR_INPUT_SKB_CB(skb)->vid;
	ip.proto = skb->protocol;
	if (ip.proto == cpu_to_be16(ETH_P_IP)) {
		ip.dst.ip4 = iph->daddr;
		if (br->multicast_igmp_version == 3) {
			ip.src.ip4 = iph->saddr;
			mp = br_mdb_ip_get(br, &ip);
			if (mp)
				return mp;
			ip.src.ip4 = 0;
		}
	} else if (ip.proto == cpu_to_be16(ETH_P_IPV6)) {
		return NULL; /* Unlike Linux: flooded either way, nobody asks with MLD */
	} else {
		ip.proto = 0;
		memcpy(ip.dst.mac_addr, eth_hdr(skb)->h_dest, ETH_ALEN);
	}
	return br_mdb_ip_get(br, &ip);
}

/**
 * br_multicast_querier_exists() - Does somebody ask, and are the answers in?
 * @br: the bridge
 * @skb: a multicast frame
 * @mdb: its group, or NULL
 *
 * Return: a group's frames may be kept to its members.
 */
bool br_multicast_querier_exists(const struct net_bridge *br, const struct sk_buff *skb,
				 const struct net_bridge_mdb_entry *mdb)
{
	const struct bridge_mcast_other_query *other = &br->mcast.ip4_other_query;

	if (eth_hdr(skb)->h_proto == cpu_to_be16(ETH_P_IP))
		return !br_mcast_timer_pending(&other->delay_timer) &&
		       (br->multicast_querier || br_mcast_timer_pending(&other->timer));
	return eth_hdr(skb)->h_proto != cpu_to_be16(ETH_P_IPV6) && mdb &&
	       br_group_is_l2(&mdb->addr);
}

/**
 * br_multicast_is_router() - Is the bridge's own host a multicast router?
 * @br: the bridge
 *
 * Return: it was told so, or a query of the host's told.
 */
bool br_multicast_is_router(const struct net_bridge *br)
{
	return br->multicast_router == MDB_RTR_TYPE_PERM ||
	       (br->multicast_router == MDB_RTR_TYPE_TEMP_QUERY &&
		br_mcast_timer_pending(&br->mcast.ip4_mc_router_timer));
}
