/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * neigh_table.c - the machine's ARP table: find, make, remove
 *
 * mirrors net/core/neighbour.c (the tables)
 * TABLE
 *
 * All namespaces share the table and its limits. Each keeps a list of its own entries, so that a dump
 * and a device that goes down need not look at the others'.
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
	return dev->world->arp_tbl;
}

static uint32_t arp_hash(const struct neigh_table *tbl, __be32 key, const struct net_device *dev)
{
	uint64_t h = ((ng_force uint32_t)key ^ (uint32_t)dev->id * ARP_HASH_RND) *
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
	struct neigh_table *tbl = arp_tbl(dev);
	struct neighbour *n = neigh_find(tbl, arp_key(dev, key), dev);

	tbl->stats.ndts_lookups++;
	if (!n)
		return NULL;
	tbl->stats.ndts_hits++;
	n->refs++;
	return n;
}

static void neigh_hash_grow(struct neigh_table *tbl)
{
	struct hlist_head *old = tbl->buckets;
	uint32_t i, nr_old = tbl->nr_buckets;
	struct neighbour *n;

	tbl->nr_buckets *= 2;
	tbl->buckets = xzalloc(tbl->nr_buckets * sizeof(*tbl->buckets));
	for (i = 0; i < nr_old; i++) {
		while (old[i].first) {
			n = container_of(old[i].first, struct neighbour, hash);
			hlist_del(&n->hash);
			hlist_add_head(&n->hash, &tbl->buckets[arp_hash(tbl, n->key, n->dev)]);
		}
	}
	free(old);
	tbl->stats.ndts_hash_grows++;
}

static void neigh_free(struct neighbour *n)
{
	skb_queue_purge(&n->arp_queue, SKB_DROP_REASON_NEIGH_DEAD);
	n->parms->nr_neighbours--;
	arp_tbl(n->dev)->stats.ndts_destroys++;
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
	if (!list_empty(&n->gc_list)) {
		list_del(&n->gc_list);
		tbl->gc_entries--;
	}
	if (!list_empty(&n->managed_list))
		list_del(&n->managed_list);
	sim_timer_del(&n->dev->world->sim, &n->timer);
	skb_queue_purge(&n->arp_queue, SKB_DROP_REASON_NEIGH_DEAD);
	n->arp_queue_len_bytes = 0;
	neigh_notify(n, RTM_DELNEIGH);
	neigh_release(n);
}

/**
 * neigh_update_lists() - An entry's state or flags changed: may it be collected, is it managed?
 * @n: entry
 *
 * As neigh_update_gc_list() and neigh_update_managed_list().
 */
void neigh_update_lists(struct neighbour *n)
{
	struct neigh_table *tbl = arp_tbl(n->dev);
	bool exempt = (n->nud_state & NUD_PERMANENT) || (n->flags & NTF_EXT_LEARNED);

	if (n->dead)
		return;
	if (exempt && !list_empty(&n->gc_list)) {
		list_del(&n->gc_list);
		tbl->gc_entries--;
	} else if (!exempt && list_empty(&n->gc_list)) {
		list_add_tail(&n->gc_list, &tbl->gc_list);
		tbl->gc_entries++;
	}
	if (!(n->flags & NTF_MANAGED)) {
		list_del(&n->managed_list);
	} else if (list_empty(&n->managed_list)) {
		list_add_tail(&n->managed_list, &tbl->managed_list);
		neigh_managed_arm(tbl);
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
	INIT_LIST_HEAD(&n->gc_list);
	INIT_LIST_HEAD(&n->managed_list);
	arp_constructor(n);

	tbl->stats.ndts_allocs++;
	hlist_add_head(&n->hash, &tbl->buckets[arp_hash(tbl, key, dev)]);
	list_add_tail(&n->list, &dev->net->neigh->list);
	if (!exempt_from_gc) {
		list_add_tail(&n->gc_list, &tbl->gc_list);
		tbl->gc_entries++;
	}
	if (flags & NTF_MANAGED) {
		list_add_tail(&n->managed_list, &tbl->managed_list);
		neigh_managed_arm(tbl);
	}
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

	list_for_each_entry_safe(n, next, &dev->net->neigh->list, list) {
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
	p->random_until_ns = now + NEIGH_RANDOM_FOR_NS;
	p->reachable_time_ns = 0;
	if (ticks)
		p->reachable_time_ns =
			TICK_NSEC * (ticks / 2 + world_random_below(world, RNG_NEIGH, key,
								    p->nr_random, ticks));
	p->nr_random++;
	return p->reachable_time_ns;
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
	list_add(&p->list, &dev->net->neigh->parms_list);
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
 * neigh_net_init() - What a namespace keeps of the ARP table.
 * @net: namespace
 */
void neigh_net_init(struct net *net)
{
	struct netns_neigh *nn = xzalloc(sizeof(*nn));

	nn->net = net;
	INIT_LIST_HEAD(&nn->list);
	INIT_LIST_HEAD(&nn->pneigh_list);
	INIT_LIST_HEAD(&nn->parms_list);
	skb_queue_head_init(&nn->proxy_queue);
	pneigh_net_init(nn);
	net->neigh = nn;
}

/**
 * neigh_net_exit() - Removes a namespace's entries; its devices are gone already.
 * @net: namespace
 */
void neigh_net_exit(struct net *net)
{
	struct netns_neigh *nn = net->neigh;
	struct neighbour *n, *next;

	if (!nn)
		return;
	list_for_each_entry_safe(n, next, &nn->list, list)
		neigh_remove_one(n);
	pneigh_net_exit(nn);
	free(nn);
	net->neigh = NULL;
}

/**
 * neigh_init() - Makes the machine's ARP table.
 * @world: machine
 */
void neigh_init(struct ng_world *world)
{
	struct neigh_table *tbl = xzalloc(sizeof(*tbl));

	tbl->world = world;
	tbl->nr_buckets = NEIGH_HASH_MIN;
	tbl->buckets = xzalloc(tbl->nr_buckets * sizeof(*tbl->buckets));
	tbl->parms = neigh_parms_initial;
	neigh_gc_init(tbl);
	world->arp_tbl = tbl;
	neigh_reachable_time(&tbl->parms, world);
}

/**
 * neigh_exit() - Frees the machine's ARP table; its namespaces are gone already.
 * @world: machine
 */
void neigh_exit(struct ng_world *world)
{
	struct neigh_table *tbl = world->arp_tbl;

	sim_timer_del(&world->sim, &tbl->gc_timer);
	sim_timer_del(&world->sim, &tbl->managed_timer);
	free(tbl->buckets);
	free(tbl);
	world->arp_tbl = NULL;
}
