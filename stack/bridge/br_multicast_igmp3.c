/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast_igmp3.c - what the records of an IGMPv3 report change
 *
 * mirrors net/bridge/br_multicast.c, the state table             TABLE
 *
 * Only where mcast_igmp_version is 3. The comments are the table of RFC 3376, 6.4: A, B, X, Y are
 * sets of sources; of a port in mode EXCLUDE, X still has timers that run and Y has not.
 */
#include <linux/igmp.h>
#include <linux/rtnetlink.h>

#include "bridge/br_private.h"

static void flag_all(const struct br_src_rec *r, uint8_t clear, uint8_t set)
{
	struct net_bridge_group_src *src;

	list_for_each_entry(src, &r->pg->src_list, node)
		src->flags = (uint8_t)((src->flags & ~clear) | set);
}

static bool delete_marked(struct net_bridge_port_group *pg)
{
	struct net_bridge_group_src *src, *n;
	bool any = false;

	list_for_each_entry_safe(src, n, &pg->src_list, node) {
		if (src->flags & BR_SGRP_F_DELETE) {
			br_multicast_del_group_src(src, false);
			any = true;
		}
	}
	return any;
}

static void src_mod_timer(struct net_bridge_group_src *src, int64_t expires)
{
	br_mcast_timer_mod(src->pg->port->br, &src->timer, expires);
	br_multicast_fwd_src_handle(src);
}

static int64_t gmi(const struct br_src_rec *r)
{
	return br_jiffies(r->br) + r->br->multicast_membership_interval;
}

static bool own_querier(const struct net_bridge *br)
{
	return br->multicast_querier && !br_mcast_timer_pending(&br->mcast.ip4_other_query.timer);
}

static void rexmit_soon(const struct br_src_rec *r)
{
	int64_t lmi = br_jiffies(r->br) + r->br->multicast_last_member_interval;

	if (!br_mcast_timer_pending(&r->pg->rexmit_timer) || r->pg->rexmit_timer.expires > lmi)
		br_mcast_timer_mod(r->br, &r->pg->rexmit_timer, lmi);
}

/* Q(G, marked): shortens their time and asks */
static void query_marked_and_rexmit(const struct br_src_rec *r)
{
	struct br_query q = {
		.br = r->br, .port = r->pg->port, .pg = r->pg, .with_srcs = true, .sflag = true
	};
	int64_t lmqt = br_jiffies(r->br) + br_multicast_lmqt(r->br);
	struct net_bridge_group_src *src;

	if (!netif_running(r->br->dev) || !r->br->multicast_enabled)
		return;
	list_for_each_entry(src, &r->pg->src_list, node) {
		if (!(src->flags & BR_SGRP_F_SEND))
			continue;
		src->flags &= (uint8_t)~BR_SGRP_F_SEND;
		if (src->timer.expires <= lmqt)
			continue;
		if (own_querier(r->br))
			src->src_query_rexmit_cnt = (uint8_t)r->br->multicast_last_member_count;
		src_mod_timer(src, lmqt);
	}
	if (!own_querier(r->br))
		return;
	q.dst = q.group = r->pg->addr.dst.ip4;
	__br_multicast_send_query(&q);
	rexmit_soon(r);
}

/* Q(G) */
static void send_query_and_rexmit(const struct br_src_rec *r)
{
	int64_t lmqt = br_jiffies(r->br) + br_multicast_lmqt(r->br);
	struct net_bridge_port_group *pg = r->pg;
	struct br_query q = { .br = r->br, .port = pg->port, .pg = pg };

	if (!netif_running(r->br->dev) || !r->br->multicast_enabled)
		return;
	if (own_querier(r->br)) {
		pg->grp_query_rexmit_cnt = (uint8_t)(r->br->multicast_last_member_count - 1);
		q.dst = q.group = pg->addr.dst.ip4;
		__br_multicast_send_query(&q);
		rexmit_soon(r);
	}
	if (pg->filter_mode == MCAST_EXCLUDE &&
	    (!br_mcast_timer_pending(&pg->timer) || pg->timer.expires > lmqt))
		br_mcast_timer_mod(r->br, &pg->timer, lmqt);
}

static struct net_bridge_group_src *find_or_new(struct br_src_rec *r, uint32_t i)
{
	struct net_bridge_group_src *src = br_multicast_find_group_src(r->pg, br_src_rec_src(r, i));

	if (!src) {
		src = br_multicast_new_group_src(r->pg, br_src_rec_src(r, i));
		r->changed |= src != NULL;
	}
	return src;
}

/*
 * INCLUDE (A)    IS_IN (B), ALLOW (B)   INCLUDE (A+B)       (B)=GMI
 * EXCLUDE (X,Y)  ALLOW (A)              EXCLUDE (X+A,Y-A)   (A)=GMI
 */
static void rec_isinc_allow(struct br_src_rec *r)
{
	for (uint32_t i = 0; i < r->nsrcs; i++) {
		struct net_bridge_group_src *src = find_or_new(r, i);

		if (src)
			src_mod_timer(src, gmi(r));
	}
	r->changed |= br_multicast_eht_handle(r);
}

/* INCLUDE (A)  IS_EX (B)  EXCLUDE (A*B,B-A)  (B-A)=0, delete (A-B), group timer=GMI
 * INCLUDE (A)  TO_EX (B)  the same           and send Q(G,A*B) */
static void rec_exclude_from_include(struct br_src_rec *r, bool to)
{
	flag_all(r, BR_SGRP_F_SEND, BR_SGRP_F_DELETE);
	for (uint32_t i = 0; i < r->nsrcs; i++) {
		struct net_bridge_group_src *src =
			br_multicast_find_group_src(r->pg, br_src_rec_src(r, i));

		if (src) {
			src->flags &= (uint8_t)~BR_SGRP_F_DELETE;
			if (to)
				src->flags |= BR_SGRP_F_SEND;
			r->to_send += to;
		} else {
			src = br_multicast_new_group_src(r->pg, br_src_rec_src(r, i));
		}
		if (src)
			br_multicast_fwd_src_handle(src);
	}
	br_multicast_eht_handle(r);
	delete_marked(r->pg);
	if (r->to_send)
		query_marked_and_rexmit(r);
	br_multicast_star_g_handle_mode(r->pg, MCAST_EXCLUDE);
	r->changed = true;
}

/* EXCLUDE (X,Y)  IS_EX (A)  EXCLUDE (A-Y,Y*A)  (A-X-Y)=GMI, delete (X-A) (Y-A)
 * EXCLUDE (X,Y)  TO_EX (A)  the same           (A-X-Y)=group timer, and send Q(G,A-Y) */
static void rec_exclude_from_exclude(struct br_src_rec *r, bool to)
{
	flag_all(r, BR_SGRP_F_SEND, BR_SGRP_F_DELETE);
	for (uint32_t i = 0; i < r->nsrcs; i++) {
		struct net_bridge_group_src *src =
			br_multicast_find_group_src(r->pg, br_src_rec_src(r, i));

		if (src) {
			src->flags &= (uint8_t)~BR_SGRP_F_DELETE;
		} else {
			src = find_or_new(r, i);
			if (src)
				src_mod_timer(src, to ? r->pg->timer.expires : gmi(r));
		}
		if (to && src && br_mcast_timer_pending(&src->timer)) {
			src->flags |= BR_SGRP_F_SEND;
			r->to_send++;
		}
	}
	r->changed |= br_multicast_eht_handle(r);
	r->changed |= delete_marked(r->pg);
	if (r->to_send)
		query_marked_and_rexmit(r);
}

static void rec_exclude(struct br_src_rec *r, bool to)
{
	if (r->pg->filter_mode == MCAST_INCLUDE)
		rec_exclude_from_include(r, to);
	else
		rec_exclude_from_exclude(r, to);
	r->pg->filter_mode = MCAST_EXCLUDE;
	br_mcast_timer_mod(r->br, &r->pg->timer, gmi(r));
}

/* Nobody is left: who listens was told. */
static void del_pg(struct br_src_rec *r, bool fastleave)
{
	if (fastleave)
		r->pg->flags |= MDB_PG_FLAGS_FAST_LEAVE;
	br_multicast_find_del_pg(r->br, r->pg);
	r->changed = false;
}

/* INCLUDE (A)    TO_IN (B)  INCLUDE (A+B)      (B)=GMI, send Q(G,A-B)
 * EXCLUDE (X,Y)  TO_IN (A)  EXCLUDE (X+A,Y-A)  (A)=GMI, send Q(G,X-A) Q(G) */
static void rec_toin(struct br_src_rec *r)
{
	bool exclude = r->pg->filter_mode == MCAST_EXCLUDE;
	struct net_bridge_group_src *src;

	r->to_send = r->pg->src_ents;
	list_for_each_entry(src, &r->pg->src_list, node) {
		if (!exclude || br_mcast_timer_pending(&src->timer))
			src->flags |= BR_SGRP_F_SEND;
	}
	for (uint32_t i = 0; i < r->nsrcs; i++) {
		src = br_multicast_find_group_src(r->pg, br_src_rec_src(r, i));
		if (src && (!exclude || br_mcast_timer_pending(&src->timer))) {
			src->flags &= (uint8_t)~BR_SGRP_F_SEND;
			r->to_send--;
		}
		if (!src)
			src = find_or_new(r, i);
		if (src)
			src_mod_timer(src, gmi(r));
	}
	r->changed |= br_multicast_eht_handle(r);
	if (r->to_send)
		query_marked_and_rexmit(r);
	if (exclude)
		send_query_and_rexmit(r);
	if (br_multicast_eht_should_del_pg(r->pg))
		del_pg(r, true);
}

/* INCLUDE (A)    BLOCK (B)  INCLUDE (A)            send Q(G,A*B)
 * EXCLUDE (X,Y)  BLOCK (A)  EXCLUDE (X+(A-Y),Y)    (A-X-Y)=group timer, send Q(G,A-Y) */
static void rec_block(struct br_src_rec *r)
{
	bool exclude = r->pg->filter_mode == MCAST_EXCLUDE;

	flag_all(r, BR_SGRP_F_SEND, 0);
	for (uint32_t i = 0; i < r->nsrcs; i++) {
		struct net_bridge_group_src *src =
			br_multicast_find_group_src(r->pg, br_src_rec_src(r, i));

		if (!src && exclude) {
			src = find_or_new(r, i);
			if (src)
				src_mod_timer(src, r->pg->timer.expires);
		}
		if (src && (!exclude || br_mcast_timer_pending(&src->timer))) {
			src->flags |= BR_SGRP_F_SEND;
			r->to_send++;
		}
	}
	r->changed |= br_multicast_eht_handle(r);
	if (r->to_send)
		query_marked_and_rexmit(r);
	if (br_multicast_eht_should_del_pg(r->pg))
		del_pg(r, true);
	else if (!exclude && list_empty(&r->pg->src_list))
		del_pg(r, false);
}

/**
 * br_multicast_igmp3_record() - One record of an IGMPv3 report, on a port of a version 3 bridge
 * @s: who reported
 * @mp: the group, or NULL
 * @grec: the record, whole
 */
void br_multicast_igmp3_record(const struct br_snoop *s, struct net_bridge_mdb_entry *mp,
			       const struct igmpv3_grec *grec)
{
	struct br_src_rec r = { .br = s->br,
				.pg = mp ? br_multicast_find_port(mp, s->port, s->src) : NULL,
				.h_addr = s->h_addr,
				.type = grec->grec_type,
				.srcs = (const uint8_t *)grec + sizeof(*grec),
				.nsrcs = be16_to_cpu(grec->grec_nsrcs) };

	if (!r.pg || (r.pg->flags & MDB_PG_FLAGS_PERMANENT))
		return;
	switch (grec->grec_type) {
	case IGMPV3_ALLOW_NEW_SOURCES:
	case IGMPV3_MODE_IS_INCLUDE:
		rec_isinc_allow(&r);
		break;
	case IGMPV3_MODE_IS_EXCLUDE:
		rec_exclude(&r, false);
		break;
	case IGMPV3_CHANGE_TO_INCLUDE:
		rec_toin(&r);
		break;
	case IGMPV3_CHANGE_TO_EXCLUDE:
		rec_exclude(&r, true);
		break;
	case IGMPV3_BLOCK_OLD_SOURCES:
		rec_block(&r);
		break;
	default:
		break;
	}
	if (r.changed)
		br_mdb_notify(mp, r.pg, RTM_NEWMDB);
}
