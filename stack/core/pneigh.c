/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pneigh.c - addresses answered for on others' behalf, and requests that wait for the answer
 *
 * mirrors net/core/neighbour.c (proxy part)
 * TABLE
 */
#include <errno.h>

#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/xalloc.h"
#include "ipv4/inetdevice.h"

/* A queued request keeps the moment of its answer in skb->cb[NEIGH_CB_SCHED]. */
#define NEIGH_CB_SCHED 1

static struct pneigh_entry *pneigh_find(const struct net *net, __be32 key,
					const struct net_device *dev, bool exact)
{
	struct pneigh_entry *pn;

	list_for_each_entry(pn, &net->neigh->pneigh_list, list) {
		if (pn->key == key && (pn->dev == dev || (!exact && !pn->dev)))
			return pn;
	}
	return NULL;
}

/**
 * pneigh_lookup() - Is an address answered for?
 * @net: namespace
 * @key: IPv4 address, network order
 * @dev: the device asked on; NULL finds only an entry for all devices
 *
 * Return: borrowed, or NULL.
 */
struct pneigh_entry *pneigh_lookup(struct net *net, __be32 key, const struct net_device *dev)
{
	return pneigh_find(net, key, dev, false);
}

/**
 * pneigh_create() - `ip neigh add proxy`.
 * @net: namespace
 * @key: IPv4 address, network order
 * @dev: device, or NULL: all
 *
 * Return: the entry, the existing one if there is one.
 */
struct pneigh_entry *pneigh_create(struct net *net, __be32 key, struct net_device *dev)
{
	struct pneigh_entry *pn = pneigh_find(net, key, dev, false);

	if (pn)
		return pn;
	pn = xzalloc(sizeof(*pn));
	pn->key = key;
	pn->dev = dev;
	list_add_tail(&pn->list, &net->neigh->pneigh_list);
	return pn;
}

/**
 * pneigh_delete() - `ip neigh del proxy`.
 * @net: namespace
 * @key: IPv4 address, network order
 * @dev: device, or NULL
 *
 * Return: 0 or -ENOENT.
 */
int pneigh_delete(struct net *net, __be32 key, const struct net_device *dev)
{
	struct pneigh_entry *pn = pneigh_find(net, key, dev, true);

	if (!pn)
		return -ENOENT;
	list_del(&pn->list);
	free(pn);
	return 0;
}

static void proxy_queue_purge(struct netns_neigh *nn, const struct net_device *dev)
{
	struct sk_buff *skb, *next;

	list_for_each_entry_safe(skb, next, &nn->proxy_queue.list, list) {
		if (dev && skb->dev != dev)
			continue;
		skb_unlink(&nn->proxy_queue, skb);
		if (skb->dev->arp_parms)
			skb->dev->arp_parms->proxy_qlen_used--;
		kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_DEAD);
	}
}

/**
 * pneigh_ifdown() - A device goes: its proxy entries and waiting requests go with it.
 * @dev: device
 * @only_queue: lost carrier only: the entries stay
 */
void pneigh_ifdown(struct net_device *dev, bool only_queue)
{
	struct netns_neigh *nn = dev->net->neigh;
	struct pneigh_entry *pn, *next;

	list_for_each_entry_safe(pn, next, &nn->pneigh_list, list) {
		if (only_queue || pn->dev != dev)
			continue;
		list_del(&pn->list);
		free(pn);
	}
	proxy_queue_purge(nn, dev);
}

/* As neigh_proxy_process(): answers what is due, in the order of arrival. */
static void neigh_proxy_process(struct sim_timer *timer)
{
	struct netns_neigh *nn = container_of(timer, struct netns_neigh, proxy_timer);
	struct ng_world *world = nn->net->world;
	int64_t now = world_now(world);
	int64_t next_ns = INT64_MAX;
	struct sk_buff *skb, *n;

	list_for_each_entry_safe(skb, n, &nn->proxy_queue.list, list) {
		int64_t due = (int64_t)skb->cb[NEIGH_CB_SCHED];

		if (due > now) {
			next_ns = due < next_ns ? due : next_ns;
			continue;
		}
		skb_unlink(&nn->proxy_queue, skb);
		neigh_parms_of(skb->dev)->proxy_qlen_used--;
		if (netif_running(skb->dev))
			arp_redo(skb);
		else
			kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
	}
	if (next_ns != INT64_MAX)
		sim_timer_mod(&world->sim, &nn->proxy_timer, timer_wheel_due(now, next_ns));
}

/**
 * pneigh_enqueue() - A request for a proxied address is answered after a random delay.
 * @p: of the device it came in on
 * @skb: the request, ARP header at data; consumed
 *
 * The delay lets the true owner answer first.
 */
void pneigh_enqueue(struct neigh_parms *p, struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;
	struct netns_neigh *nn = dev->net->neigh;
	struct ng_world *world = dev->world;
	int64_t now = world_now(world);
	uint32_t ticks = (uint32_t)(p->proxy_delay_ns / TICK_NSEC);
	int64_t due = now;

	if (p->proxy_qlen_used > p->proxy_qlen) {
		kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_QUEUEFULL);
		return;
	}
	if (ticks)
		due += TICK_NSEC * world_random_below(world, RNG_PROXY, dev->id, skb->id, ticks);
	skb->cb[NEIGH_CB_SCHED] = (uint64_t)due;
	skb_dst_drop(skb);
	skb_queue_tail(&nn->proxy_queue, skb);
	p->proxy_qlen_used++;

	due = timer_wheel_due(now, due);
	if (sim_timer_pending(&nn->proxy_timer) && nn->proxy_timer.due_ns < due)
		due = nn->proxy_timer.due_ns;
	sim_timer_mod(&world->sim, &nn->proxy_timer, due);
}

/**
 * pneigh_net_init() - The proxy part of a new namespace.
 * @nn: what it keeps
 */
void pneigh_net_init(struct netns_neigh *nn)
{
	nn->proxy_timer.fn = neigh_proxy_process;
}

/**
 * pneigh_net_exit() - Frees the proxy part of a namespace.
 * @nn: what it keeps
 */
void pneigh_net_exit(struct netns_neigh *nn)
{
	struct pneigh_entry *pn, *next;

	proxy_queue_purge(nn, NULL);
	sim_timer_del(&nn->net->world->sim, &nn->proxy_timer);
	list_for_each_entry_safe(pn, next, &nn->pneigh_list, list) {
		list_del(&pn->list);
		free(pn);
	}
}
