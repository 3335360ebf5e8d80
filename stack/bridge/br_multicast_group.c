/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast_group.c - which groups there are, and who is in them
 *
 * mirrors net/bridge/br_multicast.c, the tables                   TABLE
 *
 * A group stays a tick after its last member left, as in Linux.
 */
#include <linux/rtnetlink.h>

#include "bridge/br_private.h"

/**
 * br_mcast_timer_mod() - Sets a timer, running or not
 * @br: its bridge
 * @t: the timer
 * @expires: jiffies; past or now means the next tick
 *
 * Timers of one tick fire as in the kernel's wheel: the one set last goes first.
 */
void br_mcast_timer_mod(struct net_bridge *br, struct br_mcast_timer *t, int64_t expires)
{
	t->expires = expires;
	sim_timer_mod_newest(&br->dev->world->sim, &t->timer,
			     timer_wheel_due(br_now(br), expires * BR_TICK_NS));
}

/**
 * br_mcast_timer_del() - Stops a timer; one that does not run stays as it is
 * @br: its bridge
 * @t: the timer
 */
void br_mcast_timer_del(struct net_bridge *br, struct br_mcast_timer *t)
{
	br_timer_del(br, &t->timer);
}

/**
 * br_mcast_timer_value() - How long a timer still runs
 * @br: its bridge
 * @t: the timer
 *
 * Return: hundredths of a second, 0 when it does not run.
 */
uint32_t br_mcast_timer_value(const struct net_bridge *br, const struct br_mcast_timer *t)
{
	int64_t left = t->expires - br_jiffies(br);

	return br_mcast_timer_pending(t) && left > 0 ? jiffies_to_clock_t(left) : 0;
}

/* ---- what is taken out is freed later ---- */

/**
 * br_mcast_gc_add() - To be freed by br_multicast_gc()
 * @br: the bridge
 * @gc: first member of what was allocated
 */
void br_mcast_gc_add(struct net_bridge *br, struct net_bridge_mcast_gc *gc)
{
	gc->next = br->mcast.gc;
	br->mcast.gc = gc;
}

/**
 * br_multicast_gc() - Frees what was taken out; nobody may hold any of it
 * @br: the bridge
 */
void br_multicast_gc(struct net_bridge *br)
{
	struct net_bridge_mcast_gc *gc = br->mcast.gc;

	br->mcast.gc = NULL;
	while (gc) {
		struct net_bridge_mcast_gc *next = gc->next;

		free(gc); /* the first member of each kind */
		gc = next;
	}
}

/* ---- groups ---- */

static struct hlist_head *mdb_bucket(const struct net_bridge *br, const struct br_ip *group)
{
	const uint32_t *word = (const uint32_t *)(const void *)group;
	uint32_t hash = 0;

	for (size_t i = 0; i < sizeof(*group) / sizeof(*word); i++)
		hash = (hash ^ word[i]) * 0x9e3779b1U;
	return &br->mcast.mdb_hash[hash >> (32 - BR_MDB_HASH_BITS)];
}

/**
 * br_mdb_ip_get() - Finds a group
 * @br: the bridge
 * @group: its key
 *
 * Return: the group or NULL.
 */
struct net_bridge_mdb_entry *br_mdb_ip_get(const struct net_bridge *br, const struct br_ip *group)
{
	struct net_bridge_mdb_entry *mp;

	if (!br->mcast.mdb_count)
		return NULL;
	hlist_for_each_entry(mp, mdb_bucket(br, group), hash) {
		if (br_ip_equal(&mp->addr, group))
			return mp;
	}
	return NULL;
}

static void br_multicast_del_mdb_entry(struct net_bridge_mdb_entry *mp)
{
	struct net_bridge *br = mp->br;

	mp->gone = true;
	hlist_del(&mp->hash);
	list_del(&mp->list);
	br->mcast.mdb_count--;
	br_mcast_timer_del(br, &mp->timer);
	br_mcast_gc_add(br, &mp->gc);
}

static void br_multicast_group_expired(struct sim_timer *timer)
{
	struct net_bridge_mdb_entry *mp =
		container_of(timer, struct net_bridge_mdb_entry, timer.timer);

	if (!netif_running(mp->br->dev))
		return;
	br_multicast_gc(mp->br);
	br_multicast_host_leave(mp, true);
	if (!mp->ports)
		br_multicast_del_mdb_entry(mp);
}

/**
 * br_multicast_new_group() - Finds a group, or makes it
 * @br: the bridge
 * @group: its key
 *
 * When the table is full, snooping is over: as Linux has it, the bridge floods from now on.
 *
 * Return: the group; NULL when there are hash_max of them already.
 */
struct net_bridge_mdb_entry *br_multicast_new_group(struct net_bridge *br,
						    const struct br_ip *group)
{
	struct net_bridge_mdb_entry *mp = br_mdb_ip_get(br, group);

	if (mp)
		return mp;
	if (br->mcast.mdb_count >= br->hash_max) {
		br->multicast_enabled = false;
		return NULL;
	}
	if (!br->mcast.mdb_hash)
		br->mcast.mdb_hash = xzalloc(sizeof(*br->mcast.mdb_hash) << BR_MDB_HASH_BITS);
	mp = xzalloc(sizeof(*mp));
	mp->br = br;
	mp->addr = *group;
	mp->timer.timer.fn = br_multicast_group_expired;
	hlist_add_head(&mp->hash, mdb_bucket(br, group));
	list_add(&mp->list, &br->mcast.mdb_list);
	br->mcast.mdb_count++;
	return mp;
}

/* ---- the host ---- */

/**
 * br_multicast_host_join() - The bridge's own host is in a group, for a membership interval
 * @mp: the group
 * @notify: tell listeners if that is news
 */
void br_multicast_host_join(struct net_bridge_mdb_entry *mp, bool notify)
{
	struct net_bridge *br = mp->br;

	if (!mp->host_joined) {
		mp->host_joined = true;
		if (br_multicast_is_star_g(&mp->addr))
			br_multicast_star_g_host_state(mp);
		if (notify)
			br_mdb_notify(mp, NULL, RTM_NEWMDB);
	}
	if (!br_group_is_l2(&mp->addr))
		br_mcast_timer_mod(br, &mp->timer,
				   br_jiffies(br) + br->multicast_membership_interval);
}

/**
 * br_multicast_host_leave() - The bridge's own host is no longer in a group
 * @mp: the group
 * @notify: tell listeners
 */
void br_multicast_host_leave(struct net_bridge_mdb_entry *mp, bool notify)
{
	if (!mp->host_joined)
		return;
	mp->host_joined = false;
	if (br_multicast_is_star_g(&mp->addr))
		br_multicast_star_g_host_state(mp);
	if (notify)
		br_mdb_notify(mp, NULL, RTM_DELMDB);
}

/* ---- ports in a group ---- */

/**
 * br_port_group_equal() - Is this membership a port's?
 * @pg: the membership
 * @port: the port
 * @src: the station; counts only where multicast_to_unicast is on
 *
 * Return: it is.
 */
bool br_port_group_equal(const struct net_bridge_port_group *pg, const struct net_bridge_port *port,
			 const uint8_t *src)
{
	return pg->port == port &&
	       (!(port->flags & BR_MULTICAST_TO_UNICAST) || ether_addr_equal(src, pg->eth_addr));
}

/**
 * br_multicast_find_port() - Finds the membership of a port
 * @mp: the group
 * @port: the port
 * @src: the station
 *
 * Return: the membership or NULL.
 */
struct net_bridge_port_group *br_multicast_find_port(const struct net_bridge_mdb_entry *mp,
						     const struct net_bridge_port *port,
						     const uint8_t *src)
{
	struct net_bridge_port_group *pg;

	for (pg = mp->ports; pg; pg = pg->next) {
		if (br_port_group_equal(pg, port, src))
			return pg;
	}
	return NULL;
}

/* The membership's time is over: what sources are still wanted by name stay. */
static void br_multicast_port_group_expired(struct sim_timer *timer)
{
	struct net_bridge_port_group *pg =
		container_of(timer, struct net_bridge_port_group, timer.timer);
	struct net_bridge *br = pg->port->br;
	struct net_bridge_group_src *src, *n;
	bool changed = pg->filter_mode == MCAST_EXCLUDE;

	if (!netif_running(br->dev) || pg->flags & MDB_PG_FLAGS_PERMANENT)
		return;
	br_multicast_gc(br);
	pg->filter_mode = MCAST_INCLUDE;
	list_for_each_entry_safe(src, n, &pg->src_list, node) {
		if (!br_mcast_timer_pending(&src->timer)) {
			br_multicast_del_group_src(src, false);
			changed = true;
		}
	}
	if (list_empty(&pg->src_list)) {
		br_multicast_find_del_pg(br, pg);
	} else if (changed) {
		if (br_multicast_is_star_g(&pg->addr))
			br_multicast_star_g_handle_mode(pg, MCAST_INCLUDE);
		br_mdb_notify(br_mdb_ip_get(br, &pg->addr), pg, RTM_NEWMDB);
	}
}

/**
 * br_multicast_new_port_group() - A port is in a group from now on
 * @mp: the group
 * @port: the port
 * @pp: before which membership; the list is by falling port number
 * @how: more of it
 *
 * Return: the membership; nobody is told.
 */
struct net_bridge_port_group *br_multicast_new_port_group(struct net_bridge_mdb_entry *mp,
							  struct net_bridge_port *port,
							  struct net_bridge_port_group **pp,
							  const struct br_pg_new *how)
{
	struct net_bridge_port_group *pg = xzalloc(sizeof(*pg));

	pg->addr = mp->addr;
	pg->port = port;
	pg->flags = how->flags;
	pg->filter_mode = how->filter_mode;
	pg->rt_protocol = how->rt_protocol;
	pg->origin = port->br->mcast.origin;
	pg->packet = port->br->mcast.packet;
	if (how->src)
		memcpy(pg->eth_addr, how->src, ETH_ALEN);
	else
		memset(pg->eth_addr, 0xff, ETH_ALEN);
	INIT_LIST_HEAD(&pg->src_list);
	INIT_LIST_HEAD(&pg->eht_hosts);
	INIT_LIST_HEAD(&pg->eht_sets);
	pg->timer.timer.fn = br_multicast_port_group_expired;
	pg->rexmit_timer.timer.fn = br_multicast_port_group_rexmit;
	list_add(&pg->mglist, &port->multicast_ctx.mglist);
	port->multicast_ctx.n_groups++;
	pg->next = *pp;
	*pp = pg;
	return pg;
}

/**
 * br_multicast_ctx_should_use() - Does snooping count here?
 * @br: the bridge
 * @port: the port; NULL: the bridge's own host
 *
 * Return: the bridge is up, and so is the port.
 */
bool br_multicast_ctx_should_use(const struct net_bridge *br, const struct net_bridge_port *port)
{
	return netif_running(br->dev) && (!port || port->state != BR_STATE_DISABLED);
}

/**
 * br_multicast_add_group() - A station behind a port, or the host, says it is in a group
 * @br: the bridge
 * @port: the port; NULL: the host
 * @group: the group
 * @how: what a new membership shall be
 * @igmpv2: it lives for a membership interval
 * @ret_pg: the membership if it is a port's; or NULL
 *
 * Return: 0, or -E2BIG when the table is full.
 */
int br_multicast_add_group(struct net_bridge *br, struct net_bridge_port *port,
			   const struct br_ip *group, const struct br_pg_new *how, bool igmpv2,
			   struct net_bridge_port_group **ret_pg)
{
	struct net_bridge_port_group **pp, *pg = NULL;
	struct net_bridge_mdb_entry *mp;

	if (ret_pg)
		*ret_pg = NULL;
	if (!br_multicast_ctx_should_use(br, port))
		return 0;
	mp = br_multicast_new_group(br, group);
	if (!mp)
		return -E2BIG;
	if (!port) {
		br_multicast_host_join(mp, true);
		return 0;
	}
	for (pp = &mp->ports; *pp; pp = &(*pp)->next) {
		if (br_port_group_equal(*pp, port, how->src)) {
			pg = *pp;
			break;
		}
		if ((*pp)->port->port_no < port->port_no)
			break;
	}
	if (!pg) {
		pg = br_multicast_new_port_group(mp, port, pp, how);
		br_mdb_notify(mp, pg, RTM_NEWMDB);
	}
	if (igmpv2)
		br_mcast_timer_mod(br, &pg->timer,
				   br_jiffies(br) + br->multicast_membership_interval);
	if (ret_pg)
		*ret_pg = pg;
	return 0;
}

/**
 * __br_multicast_del_pg() - A port is no longer in a group
 * @mp: the group
 * @pp: where the membership hangs
 * @sg_del_exclude_ports: with the last port of a source's group go those that want all sources
 */
void __br_multicast_del_pg(struct net_bridge_mdb_entry *mp, struct net_bridge_port_group **pp,
			   bool sg_del_exclude_ports)
{
	struct net_bridge_port_group *pg = *pp;
	struct net_bridge_group_src *src, *n;
	struct net_bridge *br = mp->br;

	*pp = pg->next;
	pg->gone = true;
	list_del(&pg->mglist);
	pg->port->multicast_ctx.n_groups--;
	br_multicast_eht_clean_sets(pg);
	list_for_each_entry_safe(src, n, &pg->src_list, node)
		br_multicast_del_group_src(src, false);
	br_mdb_notify(mp, pg, RTM_DELMDB);
	if (!br_multicast_is_star_g(&mp->addr)) {
		if (sg_del_exclude_ports)
			br_multicast_sg_del_exclude_ports(mp);
	} else {
		br_multicast_star_g_handle_mode(pg, MCAST_INCLUDE);
	}
	br_mcast_timer_del(br, &pg->timer);
	br_mcast_timer_del(br, &pg->rexmit_timer);
	br_mcast_gc_add(br, &pg->gc);
	if (!mp->ports && !mp->host_joined && netif_running(br->dev))
		br_mcast_timer_mod(br, &mp->timer, br_jiffies(br));
}

/**
 * br_multicast_del_pg() - A port is no longer in a group
 * @mp: the group
 * @pp: where the membership hangs
 */
void br_multicast_del_pg(struct net_bridge_mdb_entry *mp, struct net_bridge_port_group **pp)
{
	__br_multicast_del_pg(mp, pp, true);
}

/**
 * br_multicast_find_del_pg() - The same, when only the membership is at hand
 * @br: the bridge
 * @pg: the membership
 */
void br_multicast_find_del_pg(struct net_bridge *br, struct net_bridge_port_group *pg)
{
	struct net_bridge_mdb_entry *mp;
	struct net_bridge_port_group **pp;

	if (pg->gone)
		return;
	mp = br_mdb_ip_get(br, &pg->addr);
	for (pp = &mp->ports; *pp != pg; pp = &(*pp)->next)
		;
	br_multicast_del_pg(mp, pp);
}

/**
 * br_multicast_group_src_free() - Out of use: freed by br_multicast_gc()
 * @br: the bridge
 * @src: the source
 */
void br_multicast_group_src_free(struct net_bridge *br, struct net_bridge_group_src *src)
{
	src->gone = true;
	list_del(&src->node);
	src->pg->src_ents--;
	br_mcast_timer_del(br, &src->timer);
	br_mcast_gc_add(br, &src->gc);
}

/**
 * br_multicast_dev_del() - The bridge goes; its ports went before
 * @br: the bridge
 */
void br_multicast_dev_del(struct net_bridge *br)
{
	struct net_bridge_mdb_entry *mp, *n;

	list_for_each_entry_safe(mp, n, &br->mcast.mdb_list, list)
		br_multicast_del_mdb_entry(mp);
	br_multicast_stop(br);
	br_multicast_gc(br);
	free(br->mcast.mdb_hash);
	br->mcast.mdb_hash = NULL;
}
