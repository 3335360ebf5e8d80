/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast_eht.c - IGMPv3 on a fast-leave port: which station wants which source
 *
 * mirrors net/bridge/br_multicast_eht.c                           TABLE
 *
 * Only so can a port leave a group, or a source, at once: when the last station that wanted it
 * says so. A set has the stations that named one source; source 0.0.0.0 is for those that want
 * all but some.
 */
#include <linux/igmp.h>

#include "bridge/br_private.h"

/* a station in a membership */
struct eht_host {
	struct net_bridge_mcast_gc gc; /* first */
	struct list_head node;	       /* pg->eht_hosts */
	struct list_head entries;
	__be32 addr;
	uint8_t filter_mode;
	uint32_t num_entries;
};

struct eht_set {
	struct net_bridge_mcast_gc gc; /* first */
	struct list_head node;	       /* pg->eht_sets */
	struct list_head entries;
	struct net_bridge_port_group *pg;
	__be32 src;
	struct br_mcast_timer timer;
};

/* a station in a set */
struct eht_entry {
	struct net_bridge_mcast_gc gc; /* first */
	struct list_head set_node;
	struct list_head host_node;
	struct eht_set *set;
	struct eht_host *host;
	bool zero_src;
	struct br_mcast_timer timer;
};

static struct eht_host *host_find(const struct net_bridge_port_group *pg, __be32 addr)
{
	struct eht_host *host;

	list_for_each_entry(host, &pg->eht_hosts, node) {
		if (host->addr == addr)
			return host;
	}
	return NULL;
}

static struct eht_set *set_find(const struct net_bridge_port_group *pg, __be32 src)
{
	struct eht_set *set;

	list_for_each_entry(set, &pg->eht_sets, node) {
		if (set->src == src)
			return set;
	}
	return NULL;
}

static struct eht_entry *entry_find(const struct eht_set *set, const struct eht_host *host)
{
	struct eht_entry *e;

	list_for_each_entry(e, &set->entries, set_node) {
		if (e->host == host)
			return e;
	}
	return NULL;
}

static void host_destroy(struct net_bridge_port_group *pg, struct eht_host *host)
{
	list_del(&host->node);
	pg->port->multicast_ctx.n_eht_hosts--;
	br_mcast_gc_add(pg->port->br, &host->gc);
}

static void entry_del(struct net_bridge_port_group *pg, struct eht_entry *e)
{
	list_del(&e->set_node);
	list_del(&e->host_node);
	br_mcast_timer_del(pg->port->br, &e->timer);
	br_mcast_gc_add(pg->port->br, &e->gc);
	if (!e->zero_src)
		e->host->num_entries--;
	if (list_empty(&e->host->entries))
		host_destroy(pg, e->host);
}

static void set_del(struct net_bridge_port_group *pg, struct eht_set *set)
{
	while (!list_empty(&set->entries))
		entry_del(pg, list_first_entry(&set->entries, struct eht_entry, set_node));
	list_del(&set->node);
	br_mcast_timer_del(pg->port->br, &set->timer);
	br_mcast_gc_add(pg->port->br, &set->gc);
}

/**
 * br_multicast_eht_clean_sets() - A membership ends
 * @pg: the membership
 */
void br_multicast_eht_clean_sets(struct net_bridge_port_group *pg)
{
	while (!list_empty(&pg->eht_sets))
		set_del(pg, list_first_entry(&pg->eht_sets, struct eht_set, node));
}

/* Return: it was the last of its set. */
static bool entry_remove(struct net_bridge_port_group *pg, struct eht_entry *e)
{
	struct eht_set *set = e->set;

	entry_del(pg, e);
	if (!list_empty(&set->entries))
		return false;
	set_del(pg, set);
	return true;
}

static void set_expired(struct sim_timer *timer)
{
	struct eht_set *set = container_of(timer, struct eht_set, timer.timer);

	set_del(set->pg, set);
}

static void entry_expired(struct sim_timer *timer)
{
	struct eht_entry *e = container_of(timer, struct eht_entry, timer.timer);

	entry_remove(e->set->pg, e);
}

static struct eht_set *set_get(struct net_bridge_port_group *pg, __be32 src)
{
	struct eht_set *set = set_find(pg, src);

	if (set)
		return set;
	set = xzalloc(sizeof(*set));
	set->pg = pg;
	set->src = src;
	set->timer.timer.fn = set_expired;
	INIT_LIST_HEAD(&set->entries);
	list_add_tail(&set->node, &pg->eht_sets);
	return set;
}

static struct eht_host *host_get(struct net_bridge_port_group *pg, __be32 addr, uint8_t mode)
{
	struct eht_host *host = host_find(pg, addr);

	if (host || pg->port->multicast_ctx.n_eht_hosts >= BR_MCAST_DEFAULT_EHT_HOSTS_LIMIT)
		return host;
	host = xzalloc(sizeof(*host));
	host->addr = addr;
	host->filter_mode = mode;
	INIT_LIST_HEAD(&host->entries);
	list_add_tail(&host->node, &pg->eht_hosts);
	pg->port->multicast_ctx.n_eht_hosts++;
	return host;
}

static struct eht_entry *entry_get(struct eht_set *set, struct eht_host *host, bool zero_src)
{
	struct eht_entry *e = entry_find(set, host);

	if (e || (!zero_src && host->num_entries >= PG_SRC_ENT_LIMIT))
		return e;
	e = xzalloc(sizeof(*e));
	e->set = set;
	e->host = host;
	e->zero_src = zero_src;
	e->timer.timer.fn = entry_expired;
	list_add_tail(&e->set_node, &set->entries);
	list_add(&e->host_node, &host->entries);
	host->num_entries += !zero_src;
	return e;
}

static void entry_create(const struct br_src_rec *r, __be32 src, uint8_t mode, bool zero_src)
{
	int64_t due = br_jiffies(r->br) + r->br->multicast_membership_interval;
	struct eht_entry *e = NULL;
	struct eht_host *host;
	struct eht_set *set;

	if (!zero_src && !src)
		return;
	set = set_get(r->pg, src);
	host = host_get(r->pg, r->h_addr, mode);
	if (host)
		e = entry_get(set, host, zero_src);
	if (e) {
		br_mcast_timer_mod(r->br, &e->timer, due);
		br_mcast_timer_mod(r->br, &set->timer, due);
		return;
	}
	if (host && list_empty(&host->entries))
		host_destroy(r->pg, host);
	if (list_empty(&set->entries))
		set_del(r->pg, set);
}

static void create_entries(const struct br_src_rec *r, uint8_t mode)
{
	for (uint32_t i = 0; i < r->nsrcs; i++)
		entry_create(r, br_src_rec_src(r, i), mode, false);
}

/* The station no longer names these; a source nobody names goes. */
static bool del_entries(const struct br_src_rec *r)
{
	bool changed = false;

	for (uint32_t i = 0; i < r->nsrcs; i++) {
		struct eht_host *host = host_find(r->pg, r->h_addr);
		struct eht_set *set = set_find(r->pg, br_src_rec_src(r, i));
		struct eht_entry *e = set && host ? entry_find(set, host) : NULL;
		struct net_bridge_group_src *src;

		if (!e || !entry_remove(r->pg, e))
			continue;
		src = br_multicast_find_group_src(r->pg, br_src_rec_src(r, i));
		if (!src)
			continue;
		br_multicast_del_group_src(src, true);
		changed = true;
	}
	return changed;
}

static uint8_t host_mode(const struct br_src_rec *r)
{
	const struct eht_host *host = host_find(r->pg, r->h_addr);

	return host ? host->filter_mode : MCAST_INCLUDE;
}

static void del_host(const struct br_src_rec *r)
{
	struct eht_host *host;

	while ((host = host_find(r->pg, r->h_addr)))
		entry_remove(r->pg, list_first_entry(&host->entries, struct eht_entry, host_node));
}

/* Sources without a set go; those asked for once more end with the question. */
static bool flush_sources(const struct br_src_rec *r, uint8_t mode, bool to_report)
{
	struct net_bridge_group_src *src, *n;
	bool changed = false;

	list_for_each_entry_safe(src, n, &r->pg->src_list, node) {
		struct eht_set *set = set_find(r->pg, src->src);

		if (!set) {
			br_multicast_del_group_src(src, true);
			changed = true;
		} else if ((src->flags & BR_SGRP_F_SEND) && mode == MCAST_INCLUDE && to_report) {
			br_mcast_timer_mod(r->br, &set->timer,
					   br_jiffies(r->br) + br_multicast_lmqt(r->br));
		}
	}
	return changed;
}

static bool inc_exc(const struct br_src_rec *r, uint8_t mode, bool to_report)
{
	bool flush = to_report || host_mode(r) != mode;
	bool changed = false;
	struct eht_host *host;
	struct eht_set *zero;
	struct eht_entry *e;

	if (flush)
		del_host(r);
	create_entries(r, mode);
	if (flush)
		changed = flush_sources(r, mode, to_report);
	host = host_find(r->pg, r->h_addr);
	if (host)
		host->filter_mode = mode;
	if (mode == MCAST_EXCLUDE) {
		entry_create(r, 0, MCAST_EXCLUDE, true);
		return changed;
	}
	zero = set_find(r->pg, 0);
	e = zero && host ? entry_find(zero, host) : NULL;
	if (e)
		entry_remove(r->pg, e);
	return changed;
}

/**
 * br_multicast_eht_handle() - A record changed a membership: notes whose wish it was
 * @r: the record; its group's sources are up to date
 *
 * Return: sources went.
 */
bool br_multicast_eht_handle(const struct br_src_rec *r)
{
	if (!(r->pg->port->flags & BR_MULTICAST_FAST_LEAVE))
		return false;
	switch (r->type) {
	case IGMPV3_ALLOW_NEW_SOURCES:
		if (host_mode(r) == MCAST_INCLUDE)
			create_entries(r, MCAST_INCLUDE);
		else
			del_entries(r);
		return false;
	case IGMPV3_BLOCK_OLD_SOURCES:
		if (host_mode(r) == MCAST_INCLUDE)
			return del_entries(r);
		create_entries(r, MCAST_EXCLUDE);
		return false;
	case IGMPV3_CHANGE_TO_INCLUDE:
	case IGMPV3_MODE_IS_INCLUDE:
		return inc_exc(r, MCAST_INCLUDE, r->type == IGMPV3_CHANGE_TO_INCLUDE);
	default:
		return inc_exc(r, MCAST_EXCLUDE, r->type == IGMPV3_CHANGE_TO_EXCLUDE);
	}
}

/**
 * br_multicast_eht_should_del_pg() - Did the last station leave?
 * @pg: the membership
 *
 * Return: it did, and the port leaves at once.
 */
bool br_multicast_eht_should_del_pg(const struct net_bridge_port_group *pg)
{
	return (pg->port->flags & BR_MULTICAST_FAST_LEAVE) && list_empty(&pg->eht_hosts);
}
