/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast_src.c - IGMPv3: which sources of a group a port wants
 *
 * mirrors net/bridge/br_multicast.c, source lists                 TABLE
 *
 * For each wanted (or refused) source of a group there is a group of its own, (S,G), so that a
 * frame finds its ports with one look. A port that wants all but some sources is in each of the
 * group's (S,G)s that it does not refuse: MDB_PG_FLAGS_STAR_EXCL. RFC 3376, 6.
 */
#include <linux/rtnetlink.h>

#include "bridge/br_private.h"
#include "ipv4/inetdevice.h"

static const struct br_pg_new sg_how = { .filter_mode = MCAST_INCLUDE,
					 .rt_protocol = RTPROT_KERNEL };

static struct net_bridge_port_group *br_sg_port_find(const struct net_bridge *br,
						     const struct br_ip *sg_ip,
						     const struct net_bridge_port *port)
{
	struct net_bridge_mdb_entry *mp = br_mdb_ip_get(br, sg_ip);
	struct net_bridge_port_group *pg;

	for (pg = mp ? mp->ports : NULL; pg; pg = pg->next) {
		if (pg->port == port)
			return pg;
	}
	return NULL;
}

/* @port gets (S,G) because it wants all of G. */
static void fwd_add_star_excl(struct net_bridge_port *port, const struct br_ip *sg_ip,
			      const uint8_t *eth_addr)
{
	struct br_pg_new how = sg_how;
	struct net_bridge_port_group *pg;

	if (br_sg_port_find(port->br, sg_ip, port))
		return;
	how.src = eth_addr;
	if (!br_multicast_add_group(port->br, port, sg_ip, &how, false, &pg) && pg &&
	    pg->rt_protocol == RTPROT_KERNEL)
		pg->flags |= MDB_PG_FLAGS_STAR_EXCL;
}

static void fwd_del_star_excl(const struct net_bridge_port *port, const struct br_ip *sg_ip)
{
	struct net_bridge_port_group *pg = br_sg_port_find(port->br, sg_ip, port);

	if (pg && (pg->flags & MDB_PG_FLAGS_STAR_EXCL) && pg->rt_protocol == RTPROT_KERNEL)
		br_multicast_find_del_pg(port->br, pg);
}

/**
 * br_multicast_star_g_handle_mode() - A port wants all of a group, or no longer: its (S,G)s follow
 * @pg: membership in the group
 * @filter_mode: what it is now
 */
void br_multicast_star_g_handle_mode(struct net_bridge_port_group *pg, uint8_t filter_mode)
{
	const struct net_bridge_mdb_entry *mp = br_mdb_ip_get(pg->port->br, &pg->addr);
	const struct net_bridge_port_group *other;
	const struct net_bridge_group_src *src;
	struct br_ip sg_ip = pg->addr;

	for (other = mp ? mp->ports : NULL; other; other = other->next) {
		if (other == pg)
			continue;
		list_for_each_entry(src, &other->src_list, node) {
			if (!(src->flags & BR_SGRP_F_INSTALLED))
				continue;
			sg_ip.src.ip4 = src->src;
			if (filter_mode == MCAST_INCLUDE)
				fwd_del_star_excl(pg->port, &sg_ip);
			else
				fwd_add_star_excl(pg->port, &sg_ip, pg->eth_addr);
		}
	}
}

/**
 * br_multicast_star_g_host_state() - The host is in a group, or left: so it is with its (S,G)s
 * @star_mp: the group
 */
void br_multicast_star_g_host_state(struct net_bridge_mdb_entry *star_mp)
{
	const struct net_bridge_port_group *pg;
	const struct net_bridge_group_src *src;
	struct br_ip sg_ip = star_mp->addr;

	for (pg = star_mp->ports; pg; pg = pg->next) {
		list_for_each_entry(src, &pg->src_list, node) {
			struct net_bridge_mdb_entry *sg_mp;

			if (!(src->flags & BR_SGRP_F_INSTALLED))
				continue;
			sg_ip.src.ip4 = src->src;
			sg_mp = br_mdb_ip_get(star_mp->br, &sg_ip);
			if (sg_mp)
				sg_mp->host_joined = star_mp->host_joined;
		}
	}
}

/**
 * br_multicast_sg_del_exclude_ports() - Nobody wants this source by name: (S,G) need not be
 * @sgmp: the (S,G)
 */
void br_multicast_sg_del_exclude_ports(struct net_bridge_mdb_entry *sgmp)
{
	struct net_bridge_port_group **pp;

	for (pp = &sgmp->ports; *pp; pp = &(*pp)->next) {
		if (!((*pp)->flags & (MDB_PG_FLAGS_STAR_EXCL | MDB_PG_FLAGS_PERMANENT)))
			return;
	}
	sgmp->host_joined = false;
	for (pp = &sgmp->ports; *pp;) {
		if (!((*pp)->flags & MDB_PG_FLAGS_PERMANENT))
			__br_multicast_del_pg(sgmp, pp, false);
		else
			pp = &(*pp)->next;
	}
}

/**
 * br_multicast_sg_add_exclude_ports() - A new (S,G): who wants all of G wants it too
 * @star_mp: G
 * @sg: the membership that made it
 */
void br_multicast_sg_add_exclude_ports(struct net_bridge_mdb_entry *star_mp,
				       struct net_bridge_port_group *sg)
{
	struct net_bridge_mdb_entry *sg_mp = br_mdb_ip_get(star_mp->br, &sg->addr);
	struct net_bridge_port_group *pg;

	if (star_mp->host_joined && sg_mp)
		sg_mp->host_joined = true;
	for (pg = star_mp->ports; pg; pg = pg->next) {
		if (pg != sg && pg->filter_mode != MCAST_INCLUDE)
			fwd_add_star_excl(pg->port, &sg->addr, sg->eth_addr);
	}
}

static struct br_ip sg_of(const struct net_bridge_group_src *src)
{
	struct br_ip ip = src->pg->addr;

	ip.src.ip4 = src->src;
	return ip;
}

static void br_multicast_fwd_src_add(struct net_bridge_group_src *src)
{
	struct net_bridge_port *port = src->pg->port;
	struct br_ip sg_ip = sg_of(src);
	struct br_pg_new how = sg_how;
	struct net_bridge_mdb_entry *star_mp;
	struct net_bridge_port_group *sg;

	if (src->flags & BR_SGRP_F_INSTALLED)
		return;
	how.src = src->pg->eth_addr;
	if (!br_mcast_timer_pending(&src->timer))
		how.flags = MDB_PG_FLAGS_BLOCKED;
	if (br_multicast_add_group(port->br, port, &sg_ip, &how, false, &sg) || !sg)
		return;
	src->flags |= BR_SGRP_F_INSTALLED;
	sg->flags &= (uint8_t)~MDB_PG_FLAGS_STAR_EXCL;
	if (sg->rt_protocol != RTPROT_KERNEL && (sg->flags & MDB_PG_FLAGS_PERMANENT))
		return;
	br_mcast_timer_del(port->br, &sg->timer); /* the source's own timer counts now */
	star_mp = br_mdb_ip_get(port->br, &src->pg->addr);
	if (star_mp)
		br_multicast_sg_add_exclude_ports(star_mp, sg);
}

static void br_multicast_fwd_src_remove(struct net_bridge_group_src *src, bool fastleave)
{
	struct net_bridge_port_group *pg = src->pg;
	struct br_ip sg_ip = sg_of(src);
	struct net_bridge_mdb_entry *mp = br_mdb_ip_get(pg->port->br, &sg_ip);
	struct net_bridge_port_group **pp;

	if (!mp)
		return;
	for (pp = &mp->ports; *pp; pp = &(*pp)->next) {
		if (!br_port_group_equal(*pp, pg->port, pg->eth_addr))
			continue;
		if ((*pp)->rt_protocol != RTPROT_KERNEL && ((*pp)->flags & MDB_PG_FLAGS_PERMANENT))
			break;
		if (fastleave)
			(*pp)->flags |= MDB_PG_FLAGS_FAST_LEAVE;
		br_multicast_del_pg(mp, pp);
		break;
	}
	src->flags &= (uint8_t)~BR_SGRP_F_INSTALLED;
}

/**
 * br_multicast_fwd_src_handle() - (S,G) exists, and forwards as long as the source's timer runs
 * @src: the source
 */
void br_multicast_fwd_src_handle(struct net_bridge_group_src *src)
{
	struct net_bridge *br = src->pg->port->br;
	struct br_ip sg_ip = sg_of(src);
	struct net_bridge_port_group *sg;
	uint8_t old;

	br_multicast_fwd_src_add(src);
	sg = br_sg_port_find(br, &sg_ip, src->pg->port);
	if (!sg || (sg->flags & MDB_PG_FLAGS_PERMANENT))
		return;
	old = sg->flags;
	if (br_mcast_timer_pending(&src->timer))
		sg->flags &= (uint8_t)~MDB_PG_FLAGS_BLOCKED;
	else
		sg->flags |= MDB_PG_FLAGS_BLOCKED;
	if (old != sg->flags)
		br_mdb_notify(br_mdb_ip_get(br, &sg_ip), sg, RTM_NEWMDB);
}

/**
 * br_multicast_del_group_src() - A source is no longer wanted, or refused, by name
 * @src: the source
 * @fastleave: at once
 */
void br_multicast_del_group_src(struct net_bridge_group_src *src, bool fastleave)
{
	br_multicast_fwd_src_remove(src, fastleave);
	br_multicast_group_src_free(src->pg->port->br, src);
}

static void br_multicast_group_src_expired(struct sim_timer *timer)
{
	struct net_bridge_group_src *src =
		container_of(timer, struct net_bridge_group_src, timer.timer);
	struct net_bridge_port_group *pg = src->pg;
	struct net_bridge *br = pg->port->br;

	if (!netif_running(br->dev))
		return;
	br_multicast_gc(br);
	if (pg->filter_mode != MCAST_INCLUDE) {
		br_multicast_fwd_src_handle(src);
		return;
	}
	br_multicast_del_group_src(src, false);
	if (list_empty(&pg->src_list))
		br_multicast_find_del_pg(br, pg);
}

/**
 * br_multicast_find_group_src() - Finds a source of a membership
 * @pg: the membership
 * @addr: the source
 *
 * Return: the source or NULL.
 */
struct net_bridge_group_src *br_multicast_find_group_src(const struct net_bridge_port_group *pg,
							 __be32 addr)
{
	struct net_bridge_group_src *src;

	list_for_each_entry(src, &pg->src_list, node) {
		if (src->src == addr)
			return src;
	}
	return NULL;
}

/**
 * br_multicast_new_group_src() - One more source
 * @pg: the membership
 * @addr: the source
 *
 * Return: the source; NULL: there are too many, or no station has such an address.
 */
struct net_bridge_group_src *br_multicast_new_group_src(struct net_bridge_port_group *pg,
							__be32 addr)
{
	struct net_bridge_group_src *src;

	if (pg->src_ents >= PG_SRC_ENT_LIMIT || ipv4_is_zeronet(addr) || ipv4_is_multicast(addr))
		return NULL;
	src = xzalloc(sizeof(*src));
	src->pg = pg;
	src->src = addr;
	src->timer.timer.fn = br_multicast_group_src_expired;
	list_add(&src->node, &pg->src_list);
	pg->src_ents++;
	return src;
}
