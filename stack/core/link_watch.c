/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * link_watch.c - carrier changes become operational states, in batches
 *
 * mirrors net/core/link_watch.c and the activation half of net/sched/sch_generic.c
 * CONTROL. One list for the world. Urgent events run at the next scheduling
 * point, the others in one batch, at most one batch a second.
 */
#include <linux/if.h>

#include "core/net_namespace.h"
#include "core/netdevice.h"
#include "core/world.h"
#include "sched/sch_netem.h"

static uint8_t default_operstate(const struct net_device *dev)
{
	const struct net_device *lower;
	int iflink;

	if (netif_carrier_ok(dev))
		return IF_OPER_UP;
	iflink = dev_get_iflink(dev);
	if (iflink == dev->ifindex)
		return IF_OPER_DOWN;
	/* By number, in this namespace: a stranger with that number counts, as in Linux. */
	lower = dev_get_by_index(dev->net, iflink);
	if (!lower)
		return IF_OPER_DOWN;
	return netif_carrier_ok(lower) ? IF_OPER_DOWN : IF_OPER_LOWERLAYERDOWN;
}

/**
 * rfc2863_policy() - Sets the operational state from the carrier (RFC 2863)
 * @dev: the device
 */
void rfc2863_policy(struct net_device *dev)
{
	uint8_t operstate = default_operstate(dev);

	if (operstate == dev->operstate)
		return;
	if (dev->link_mode == IF_LINK_MODE_DORMANT && operstate == IF_OPER_UP)
		operstate = IF_OPER_DORMANT;
	dev->operstate = operstate;
}

/**
 * netif_oper_up() - May the device carry packets, as its state word says?
 * @dev: the device
 *
 * Return: true for UP and UNKNOWN.
 */
bool netif_oper_up(const struct net_device *dev)
{
	return dev->operstate == IF_OPER_UP || dev->operstate == IF_OPER_UNKNOWN;
}

/**
 * dev_activate() - Lets packets through when there is carrier
 * @dev: a device that is up
 */
void dev_activate(struct net_device *dev)
{
	dev->qdisc_sleeping = QDISC_NOQUEUE;
	if (netif_carrier_ok(dev))
		dev->qdisc = QDISC_NOQUEUE;
}

/**
 * dev_deactivate() - Every packet to the device is dropped from now on
 * @dev: the device
 */
void dev_deactivate(struct net_device *dev)
{
	dev->qdisc = QDISC_NOOP;
	if (dev->root_qdisc)
		netem_reset(dev->root_qdisc);
}

static bool is_urgent(const struct net_device *dev)
{
	if (!netif_running(dev))
		return false;
	if (dev->ifindex != dev_get_iflink(dev))
		return true;
	return netif_carrier_ok(dev) && dev->qdisc != dev->qdisc_sleeping;
}

static void linkwatch_do_dev(struct net_device *dev)
{
	dev->linkwatch_pending = false;
	rfc2863_policy(dev);
	if (!(dev->flags & IFF_UP))
		return;
	if (netif_carrier_ok(dev))
		dev_activate(dev);
	else
		dev_deactivate(dev);
	netif_state_change(dev);
}

static void schedule(struct ng_world *world, bool urgent)
{
	int64_t due = world->linkwatch_next_ns;

	if (urgent) {
		if (!world->linkwatch_work_queued) {
			world->linkwatch_work_queued = true;
			sim_queue(&world->sim, &world->linkwatch_work);
		}
		return;
	}
	if (world->linkwatch_work_queued || sim_timer_pending(&world->linkwatch_timer))
		return;
	if (due < world_now(world) || due > world_now(world) + NSEC_PER_SEC)
		due = world_now(world);
	sim_timer_mod(&world->sim, &world->linkwatch_timer, due);
}

static void run_list(struct ng_world *world, bool urgent_only)
{
	struct list_head todo;
	struct net_device *dev;

	if (!urgent_only)
		world->linkwatch_next_ns = world_now(world) + NSEC_PER_SEC;
	else if (world->linkwatch_next_ns > world_now(world) + NSEC_PER_SEC)
		world->linkwatch_next_ns = world_now(world);

	INIT_LIST_HEAD(&todo);
	while (!list_empty(&world->linkwatch_list)) {
		dev = list_first_entry(&world->linkwatch_list, struct net_device, linkwatch_node);
		list_del(&dev->linkwatch_node);
		list_add_tail(&dev->linkwatch_node, &todo);
	}
	while (!list_empty(&todo)) {
		dev = list_first_entry(&todo, struct net_device, linkwatch_node);
		list_del(&dev->linkwatch_node);
		if (urgent_only && !is_urgent(dev))
			list_add_tail(&dev->linkwatch_node, &world->linkwatch_list);
		else
			linkwatch_do_dev(dev);
	}
	if (!list_empty(&world->linkwatch_list))
		schedule(world, false);
}

static void run(struct ng_world *world)
{
	run_list(world, world->linkwatch_next_ns > world_now(world));
}

static void linkwatch_timer_fn(struct sim_timer *timer)
{
	run(container_of(timer, struct ng_world, linkwatch_timer));
}

#define MAX_WAIT 64 /* elements of the run queue */

static void linkwatch_work_fn(struct sim_work *work)
{
	struct ng_world *world = container_of(work, struct ng_world, linkwatch_work);

	/* as a work queue: after the packets under way and what they cause; they cannot starve it */
	if (!sim_queue_empty(&world->sim) && world->linkwatch_waited++ < MAX_WAIT) {
		sim_queue(&world->sim, work);
		return;
	}
	world->linkwatch_waited = 0;
	world->linkwatch_work_queued = false;
	sim_timer_del(&world->sim, &world->linkwatch_timer);
	run(world);
}

/**
 * linkwatch_init() - An empty list
 * @world: the world
 */
void linkwatch_init(struct ng_world *world)
{
	INIT_LIST_HEAD(&world->linkwatch_list);
	world->linkwatch_next_ns = NSEC_PER_SEC; /* as if a link had just changed, booting */
	world->linkwatch_timer.fn = linkwatch_timer_fn;
	world->linkwatch_work.fn = linkwatch_work_fn;
}

/**
 * linkwatch_fire_event() - The carrier of a device may have changed
 * @dev: the device
 */
void linkwatch_fire_event(struct net_device *dev)
{
	bool urgent = is_urgent(dev);

	if (!dev->linkwatch_pending) {
		dev->linkwatch_pending = true;
		list_add_tail(&dev->linkwatch_node, &dev->world->linkwatch_list);
	} else if (!urgent) {
		return;
	}
	schedule(dev->world, urgent);
}

/**
 * linkwatch_sync_dev() - Does at once what waits for a device
 * @dev: the device
 */
void linkwatch_sync_dev(struct net_device *dev)
{
	if (!dev->linkwatch_pending)
		return;
	list_del(&dev->linkwatch_node);
	linkwatch_do_dev(dev);
}

/**
 * netif_carrier_on() - The driver sees a signal
 * @dev: the device
 */
void netif_carrier_on(struct net_device *dev)
{
	if (!dev->nocarrier)
		return;
	dev->nocarrier = false;
	if (!dev->registered)
		return;
	dev->carrier_up_count++;
	linkwatch_fire_event(dev);
}

/**
 * netif_carrier_off() - The driver sees no signal
 * @dev: the device
 */
void netif_carrier_off(struct net_device *dev)
{
	if (dev->nocarrier)
		return;
	dev->nocarrier = true;
	if (!dev->registered)
		return;
	dev->carrier_down_count++;
	linkwatch_fire_event(dev);
}
