/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * neigh_table.c - the ARP table of a namespace: find, make, remove, collect
 *
 * mirrors net/core/neighbour.c (the tables)
 * TABLE
 *
 * Unlike Linux: one table per namespace, so the thresholds count per namespace; and the
 * collector's timer runs only while there are at least gc_thresh1 entries (below that it does
 * nothing in Linux either).
 */
#include <errno.h>
#include <linux/rtnetlink.h>

#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/xalloc.h"
#include "ipv4/inetdevice.h"

#define NEIGH_HASH_MIN 16U /* buckets; grows by doubling */

/* Defaults of arp_tbl in net/ipv4/arp.c; `ip ntable show` prints them. */
static const struct neigh_parms neigh_parms_initial = {
	.base_reachable_time_ns = 30 * NSEC_PER_SEC,
	.retrans_time_ns = 1 * NSEC_PER_SEC,
	.gc_staletime_ns = 60 * NSEC_PER_SEC,
	.delay_probe_time_ns = 5 * NSEC_PER_SEC,
	.interval_probe_time_ns = 5 * NSEC_PER_SEC,
	.locktime_ns = 1 * NSEC_PER_SEC,
	.proxy_delay_ns = 800 * NSEC_PER_MSEC,
	.anycast_delay_ns = 1 * NSEC_PER_SEC,
	.queue_len_bytes = 212992, /* SK_WMEM_MAX */
	.ucast_probes = 3,
	.mcast_probes = 3,
	.proxy_qlen = 64,
};

static struct neigh_table *arp_tbl(const struct net_device *dev)
{
	return dev->net->arp_tbl;
}

static uint32_t arp_hash(const struct neigh_table *tbl, __be32 key, const struct net_device *dev)
{
	uint64_t h = ((ng_force uint32_t)key ^ (uint32_t)dev->ifindex * 0x9e3779b1U) *
		     UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)(h >> 32) & (tbl->nr_buckets - 1);
}

static struct neighbour *neigh_find(const struct neigh_table *tbl, __be32 key,
				    const struct net_device *dev)
{
	struct neighbour *n;

	hlist_for_each_entry(n, &tbl->buckets[arp_hash(tbl, key, dev)], hash) {
		if (n->key == key && n->dev == dev)
			return n;
	}
	return NULL;
}

/* What a packet's next hop is looked up by: devices with one peer have one entry. */
static __be32 arp_key(const struct net_device *dev, __be32 key)
{
	return dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT) ? 0 : key;
}

/**
 * neigh_lookup() - The entry of an address.
 * @dev: device
 * @key: IPv4 address, network order
 *
 * Return: a reference, or NULL.
 */
struct neighbour *neigh_lookup(struct net_device *dev, __be32 key)
{
	struct neighbour *n = neigh_find(arp_tbl(dev), arp_key(dev, key), dev);

	if (n)
		n->refs++;
	return n;
}

static void neigh_hash_grow(struct neigh_table *tbl)
{
	struct neighbour *n;

	free(tbl->buckets);
	tbl->nr_buckets *= 2;
	tbl->buckets = xzalloc(tbl->nr_buckets * sizeof(*tbl->buckets));
	list_for_each_entry(n, &tbl->list, list)
		hlist_add_head(&n->hash, &tbl->buckets[arp_hash(tbl, n->key, n->dev)]);
}

static bool neigh_may_collect(const struct neighbour *n)
{
	return !(n->nud_state & NUD_PERMANENT) && !(n->flags & NTF_EXT_LEARNED);
}

static void neigh_free(struct neighbour *n)
{
	skb_queue_purge(&n->arp_queue, SKB_DROP_REASON_NEIGH_DEAD);
	n->parms->nr_neighbours--;
	free(n);
}

/**
 * neigh_release() - Gives a reference back.
 * @n: entry
 */
void neigh_release(struct neighbour *n)
{
	if (--n->refs == 0)
		neigh_free(n);
}

/**
 * neigh_remove_one() - Takes an entry out of the table.
 * @n: entry; gone after this unless the caller holds a reference. What waited in its queue dies.
 */
void neigh_remove_one(struct neighbour *n)
{
	struct neigh_table *tbl = arp_tbl(n->dev);

	if (n->dead)
		return;
	n->dead = true;
	hlist_del(&n->hash);
	list_del(&n->list);
	tbl->entries--;
	if (neigh_may_collect(n))
		tbl->gc_entries--;
	sim_timer_del(&n->dev->world->sim, &n->timer);
	skb_queue_purge(&n->arp_queue, SKB_DROP_REASON_NEIGH_DEAD);
	n->arp_queue_len_bytes = 0;
	neigh_notify(n, RTM_DELNEIGH);
	neigh_release(n);
}

/**
 * neigh_update_gc_list() - An entry's state or flags changed: may it be collected now?
 * @n: entry
 * @was_exempt: it could not be before
 */
void neigh_update_gc_list(struct neighbour *n, bool was_exempt)
{
	bool exempt = !neigh_may_collect(n);

	if (n->dead || exempt == was_exempt)
		return;
	if (exempt)
		arp_tbl(n->dev)->gc_entries--;
	else
		arp_tbl(n->dev)->gc_entries++;
}

/* As neigh_forced_gc(): the number of entries removed. */
static uint32_t neigh_forced_gc(struct neigh_table *tbl)
{
	int64_t now = world_now(tbl->net->world);
	int max_clean = (int)tbl->gc_entries - tbl->gc_thresh2;
	struct neighbour *n, *next;
	int shrunk = 0;

	list_for_each_entry_safe(n, next, &tbl->list, list) {
		if (n->refs != 1 || !neigh_may_collect(n))
			continue;
		if (n->nud_state != NUD_FAILED && n->nud_state != NUD_NOARP &&
		    !ipv4_is_multicast(n->key) && now - n->updated_ns <= 5 * NSEC_PER_SEC)
			continue;
		neigh_remove_one(n);
		if (++shrunk >= max_clean)
			break;
	}
	tbl->last_flush_ns = now;
	return (uint32_t)shrunk;
}

static bool neigh_table_has_room(struct neigh_table *tbl)
{
	int64_t now = world_now(tbl->net->world);
	int entries = (int)tbl->gc_entries;

	if (entries < tbl->gc_thresh3 &&
	    (entries < tbl->gc_thresh2 || now <= tbl->last_flush_ns + 5 * NSEC_PER_SEC))
		return true;
	if (neigh_forced_gc(tbl) || entries < tbl->gc_thresh3)
		return true;
	if (net_ratelimit(tbl->net->world))
		printk(tbl->net->world, LOGLEVEL_INFO,
		       "neighbour: arp_cache: neighbor table overflow!");
	return false;
}

static void neigh_gc_arm(struct neigh_table *tbl)
{
	struct ng_world *world = tbl->net->world;

	if ((int)tbl->entries < tbl->gc_thresh1 || sim_timer_pending(&tbl->gc_timer))
		return;
	sim_timer_mod(&world->sim, &tbl->gc_timer,
		      timer_wheel_due(world_now(world),
				      world_now(world) + tbl->parms.base_reachable_time_ns / 2));
}

/* As neigh_periodic_work(): what was not used for gc_staletime goes. */
static void neigh_periodic_work(struct sim_timer *timer)
{
	struct neigh_table *tbl = container_of(timer, struct neigh_table, gc_timer);
	int64_t now = world_now(tbl->net->world);
	struct neighbour *n, *next;

	if ((int)tbl->entries < tbl->gc_thresh1)
		return;
	list_for_each_entry_safe(n, next, &tbl->list, list) {
		if ((n->nud_state & (NUD_PERMANENT | NUD_IN_TIMER)) ||
		    (n->flags & NTF_EXT_LEARNED) || n->refs != 1)
			continue;
		if (n->used_ns < n->confirmed_ns)
			n->used_ns = n->confirmed_ns;
		if (n->nud_state == NUD_FAILED || now - n->used_ns >= n->parms->gc_staletime_ns)
			neigh_remove_one(n);
	}
	neigh_gc_arm(tbl);
}

static void neigh_managed_work(struct sim_timer *timer)
{
	struct neigh_table *tbl = container_of(timer, struct neigh_table, managed_timer);
	struct neighbour *n, *next;

	list_for_each_entry_safe(n, next, &tbl->list, list) {
		if (n->flags & NTF_MANAGED)
			neigh_event_send(n, NULL);
	}
	neigh_update_managed(tbl);
}

/**
 * neigh_update_managed() - Starts the timer that keeps managed entries alive, if there are any.
 * @tbl: table
 */
void neigh_update_managed(struct neigh_table *tbl)
{
	struct ng_world *world = tbl->net->world;
	struct neighbour *n;

	if (sim_timer_pending(&tbl->managed_timer))
		return;
	list_for_each_entry(n, &tbl->list, list) {
		if (!(n->flags & NTF_MANAGED))
			continue;
		sim_timer_mod(
			&world->sim, &tbl->managed_timer,
			timer_wheel_due(world_now(world),
					world_now(world) + tbl->parms.interval_probe_time_ns));
		return;
	}
}

/**
 * __neigh_create() - Makes the entry of an address.
 * @dev: device
 * @key: IPv4 address, network order
 * @flags: NTF_EXT_LEARNED, NTF_MANAGED
 * @exempt_from_gc: does not count against the limit
 *
 * Return: a reference; NULL when the table is full or the device has no IPv4.
 */
struct neighbour *__neigh_create(struct net_device *dev, __be32 key, uint32_t flags,
				 bool exempt_from_gc)
{
	struct neigh_table *tbl = arp_tbl(dev);
	int64_t now = world_now(dev->world);
	struct neighbour *n;

	key = arp_key(dev, key);
	n = neigh_find(tbl, key, dev);
	if (n) {
		n->refs++;
		return n;
	}
	if (!dev->ip_ptr || (!exempt_from_gc && !neigh_table_has_room(tbl)))
		return NULL;

	n = xzalloc(sizeof(*n));
	n->dev = dev;
	n->key = key;
	n->flags = flags;
	n->refs = 2; /* the table's and the caller's */
	n->parms = neigh_parms_of(dev);
	n->parms->nr_neighbours++;
	n->used_ns = n->updated_ns = now;
	n->confirmed_ns = now - 2 * n->parms->base_reachable_time_ns;
	n->timer.fn = neigh_timer_handler;
	skb_queue_head_init(&n->arp_queue);
	arp_constructor(n);

	hlist_add_head(&n->hash, &tbl->buckets[arp_hash(tbl, key, dev)]);
	list_add_tail(&n->list, &tbl->list);
	if (neigh_may_collect(n))
		tbl->gc_entries++;
	if (++tbl->entries > tbl->nr_buckets)
		neigh_hash_grow(tbl);
	neigh_gc_arm(tbl);
	return n;
}

/**
 * neigh_create() - Makes the entry of an address a packet is to be sent to.
 * @dev: device
 * @key: IPv4 address, network order
 *
 * Return: a reference; NULL when the table is full or the device has no IPv4.
 */
struct neighbour *neigh_create(struct net_device *dev, __be32 key)
{
	return __neigh_create(dev, key, 0, false);
}

static void neigh_flush_dev(struct net_device *dev, bool skip_perm)
{
	struct neighbour *n, *next;

	list_for_each_entry_safe(n, next, &arp_tbl(dev)->list, list) {
		if (n->dev != dev)
			continue;
		if (skip_perm && ((n->nud_state & NUD_PERMANENT) || (n->flags & NTF_EXT_LEARNED)))
			continue;
		neigh_remove_one(n);
	}
}

/**
 * neigh_changeaddr() - A device got another MAC address: what it knows may be wrong.
 * @dev: device
 */
void neigh_changeaddr(struct net_device *dev)
{
	neigh_flush_dev(dev, false);
}

/**
 * neigh_carrier_down() - A device lost its carrier; entries somebody set stay.
 * @dev: device
 */
void neigh_carrier_down(struct net_device *dev)
{
	neigh_flush_dev(dev, true);
	pneigh_ifdown(dev, true);
}

/**
 * neigh_ifdown() - A device goes down or away: all its entries go.
 * @dev: device
 */
void neigh_ifdown(struct net_device *dev)
{
	neigh_flush_dev(dev, false);
	pneigh_ifdown(dev, false);
}

/**
 * neigh_reachable_time() - How long a confirmation holds.
 * @p: of the device
 * @world: time and chance
 *
 * Drawn from 0.5 to 1.5 of base_reachable_time, and again every 300 s or when the base changes
 * (RFC 4861, 6.3.2; as neigh_rand_reach_time()).
 *
 * Return: nanoseconds.
 */
int64_t neigh_reachable_time(struct neigh_parms *p, struct ng_world *world)
{
	int64_t now = world_now(world);
	uint32_t ticks = (uint32_t)(p->base_reachable_time_ns / TICK_NSEC);
	uint64_t key = p->dev ? p->dev->id : UINT64_MAX;

	if (now < p->random_until_ns && p->random_base_ns == p->base_reachable_time_ns)
		return p->reachable_time_ns;
	p->random_base_ns = p->base_reachable_time_ns;
	p->random_until_ns = now + 300 * NSEC_PER_SEC;
	p->reachable_time_ns = 0;
	if (ticks)
		p->reachable_time_ns =
			TICK_NSEC * (ticks / 2 + world_random_below(world, RNG_NEIGH, key,
								    p->nr_random, ticks));
	p->nr_random++;
	return p->reachable_time_ns;
}

/**
 * neigh_parms_default_of() - net.ipv4.neigh.default of a namespace.
 * @net: namespace
 *
 * Return: never NULL.
 */
struct neigh_parms *neigh_parms_default_of(struct net *net)
{
	return &net->arp_tbl->parms;
}

/**
 * neigh_parms_of() - net.ipv4.neigh.DEV, made on first use from the defaults.
 * @dev: device
 *
 * Return: never NULL.
 */
struct neigh_parms *neigh_parms_of(struct net_device *dev)
{
	struct neigh_table *tbl = arp_tbl(dev);
	struct neigh_parms *p = dev->arp_parms;

	if (p)
		return p;
	p = xmemdup(&tbl->parms, sizeof(*p));
	p->dev = dev;
	p->nr_neighbours = 0;
	p->nr_random = 0;
	p->random_until_ns = 0;
	p->proxy_qlen_used = 0;
	p->set = 0;
	list_add(&p->list, &tbl->parms_list);
	dev->arp_parms = p;
	neigh_reachable_time(p, dev->world);
	return p;
}

/**
 * neigh_parms_release() - A device leaves IPv4: its entries and parameters go.
 * @dev: device
 */
void neigh_parms_release(struct net_device *dev)
{
	if (!dev->arp_parms)
		return;
	neigh_ifdown(dev);
	list_del(&dev->arp_parms->list);
	free(dev->arp_parms);
	dev->arp_parms = NULL;
}

/**
 * neigh_net_init() - Makes a namespace's ARP table.
 * @net: namespace
 */
void neigh_net_init(struct net *net)
{
	struct neigh_table *tbl = xzalloc(sizeof(*tbl));

	tbl->net = net;
	tbl->nr_buckets = NEIGH_HASH_MIN;
	tbl->buckets = xzalloc(tbl->nr_buckets * sizeof(*tbl->buckets));
	INIT_LIST_HEAD(&tbl->list);
	INIT_LIST_HEAD(&tbl->pneigh_list);
	INIT_LIST_HEAD(&tbl->parms_list);
	skb_queue_head_init(&tbl->proxy_queue);
	tbl->parms = neigh_parms_initial;
	tbl->gc_thresh1 = 128; /* arp_tbl in net/ipv4/arp.c */
	tbl->gc_thresh2 = 512;
	tbl->gc_thresh3 = 1024;
	tbl->gc_interval_ns = 30 * NSEC_PER_SEC;
	tbl->last_flush_ns = world_now(net->world);
	tbl->gc_timer.fn = neigh_periodic_work;
	tbl->managed_timer.fn = neigh_managed_work;
	pneigh_net_init(tbl);
	net->arp_tbl = tbl;
	neigh_reachable_time(&tbl->parms, net->world);
}

/**
 * neigh_net_exit() - Frees a namespace's ARP table; its devices are gone already.
 * @net: namespace
 */
void neigh_net_exit(struct net *net)
{
	struct neigh_table *tbl = net->arp_tbl;
	struct neighbour *n, *next;

	if (!tbl)
		return;
	list_for_each_entry_safe(n, next, &tbl->list, list)
		neigh_remove_one(n);
	pneigh_net_exit(tbl);
	sim_timer_del(&net->world->sim, &tbl->gc_timer);
	sim_timer_del(&net->world->sim, &tbl->managed_timer);
	free(tbl->buckets);
	free(tbl);
	net->arp_tbl = NULL;
}
