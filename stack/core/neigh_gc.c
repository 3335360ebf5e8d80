/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * neigh_gc.c - how many entries the ARP table may hold, which ones go, and those kept alive
 *
 * mirrors net/core/neighbour.c (neigh_forced_gc(), neigh_periodic_work(), neigh_managed_work())
 * TABLE
 *
 * Unlike Linux, the collector's timer runs only while there are at least gc_thresh1 entries: below that
 * it does nothing in Linux either.
 */
#include <linux/rtnetlink.h>

#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "ipv4/inetdevice.h"

/* As neigh_forced_gc(): the number of entries removed. @entries: with the one to be made. */
static int neigh_forced_gc(struct neigh_table *tbl, int entries)
{
	int64_t now = world_now(tbl->world);
	int max_clean = entries - tbl->gc_thresh2;
	struct neighbour *n, *next;
	int shrunk = 0;

	tbl->stats.ndts_forced_gc_runs++;
	list_for_each_entry_safe(n, next, &tbl->gc_list, gc_list) {
		if (n->refs != 1)
			continue;
		if (n->nud_state != NUD_FAILED && n->nud_state != NUD_NOARP &&
		    !ipv4_is_multicast(n->key) && now - n->updated_ns <= 5 * NSEC_PER_SEC)
			continue;
		neigh_remove_one(n);
		if (++shrunk >= max_clean)
			break;
	}
	tbl->last_flush_ns = now;
	return shrunk;
}

/**
 * neigh_table_has_room() - May one more entry be made? Old ones go to make room.
 * @tbl: table
 *
 * Return: false: "neighbor table overflow!".
 */
bool neigh_table_has_room(struct neigh_table *tbl)
{
	int64_t now = world_now(tbl->world);
	int entries = (int)tbl->gc_entries;

	if (entries < tbl->gc_thresh3 &&
	    (entries < tbl->gc_thresh2 || now <= tbl->last_flush_ns + 5 * NSEC_PER_SEC))
		return true;
	if (neigh_forced_gc(tbl, entries + 1) || entries < tbl->gc_thresh3)
		return true;
	if (net_ratelimit(tbl->world))
		printk(tbl->world, LOGLEVEL_INFO, "neighbour: arp_cache: neighbor table overflow!");
	tbl->stats.ndts_table_fulls++;
	return false;
}

/**
 * neigh_gc_arm() - Starts the collector's timer when there are enough entries for it.
 * @tbl: table
 */
void neigh_gc_arm(struct neigh_table *tbl)
{
	int64_t now = world_now(tbl->world);

	if ((int)tbl->entries < tbl->gc_thresh1 || sim_timer_pending(&tbl->gc_timer))
		return;
	sim_timer_mod(&tbl->world->sim, &tbl->gc_timer,
		      timer_wheel_due(now, now + tbl->parms.base_reachable_time_ns / 2));
}

static void neigh_collect(struct neigh_table *tbl, struct netns_neigh *nn)
{
	int64_t now = world_now(tbl->world);
	struct neighbour *n, *next;

	list_for_each_entry_safe(n, next, &nn->list, list) {
		if ((n->nud_state & (NUD_PERMANENT | NUD_IN_TIMER)) ||
		    (n->flags & NTF_EXT_LEARNED) || n->refs != 1)
			continue;
		if (n->used_ns < n->confirmed_ns)
			n->used_ns = n->confirmed_ns;
		if (n->nud_state == NUD_FAILED || now - n->used_ns >= n->parms->gc_staletime_ns)
			neigh_remove_one(n);
	}
}

/* As neigh_periodic_work(): what was not used for gc_staletime goes. */
static void neigh_periodic_work(struct sim_timer *timer)
{
	struct neigh_table *tbl = container_of(timer, struct neigh_table, gc_timer);
	struct net *net;

	if ((int)tbl->entries < tbl->gc_thresh1)
		return;
	list_for_each_entry(net, &tbl->world->net_list, list)
		neigh_collect(tbl, net->neigh);
	neigh_gc_arm(tbl);
}

static void neigh_managed_work(struct sim_timer *timer)
{
	struct neigh_table *tbl = container_of(timer, struct neigh_table, managed_timer);
	struct neighbour *n, *next;

	list_for_each_entry_safe(n, next, &tbl->managed_list, managed_list)
		neigh_event_send(n, NULL);
	neigh_managed_arm(tbl);
}

/**
 * neigh_managed_arm() - Starts the timer that keeps managed entries alive, if there are any.
 * @tbl: table
 */
void neigh_managed_arm(struct neigh_table *tbl)
{
	int64_t now = world_now(tbl->world);

	if (list_empty(&tbl->managed_list) || sim_timer_pending(&tbl->managed_timer))
		return;
	sim_timer_mod(&tbl->world->sim, &tbl->managed_timer,
		      timer_wheel_due(now, now + tbl->parms.interval_probe_time_ns));
}

/**
 * neigh_gc_init() - The limits and the timers of a new table.
 * @tbl: table
 */
void neigh_gc_init(struct neigh_table *tbl)
{
	INIT_LIST_HEAD(&tbl->gc_list);
	INIT_LIST_HEAD(&tbl->managed_list);
	tbl->gc_thresh1 = 128; /* arp_tbl in net/ipv4/arp.c */
	tbl->gc_thresh2 = 512;
	tbl->gc_thresh3 = 1024;
	tbl->gc_interval_ns = 30 * NSEC_PER_SEC;
	tbl->last_flush_ns = world_now(tbl->world);
	tbl->gc_timer.fn = neigh_periodic_work;
	tbl->managed_timer.fn = neigh_managed_work;
}
