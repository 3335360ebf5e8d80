/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * neighbour.c - a packet on its last step: who has the next hop's address, and is he still there
 *
 * mirrors net/core/neighbour.c (state machine, output)
 * PATH
 *
 *	neigh_output				from ip_finish_output2()
 *	  neigh_create				neigh_table.c, first contact
 *	  neigh_resolve_output
 *	    __neigh_event_send			queues the packet while nobody answers
 *	      neigh_probe -> arp_solicit	arp.c
 *	    neigh_connected_output
 *	      dev_hard_header, dev_queue_xmit	dev.c
 *	neigh_timer_handler			retries, REACHABLE -> STALE, PROBE -> FAILED
 *	  neigh_invalidate -> ipv4_link_failure
 *	__neigh_update				an answer, or the administrator
 *	  neigh_flush_arp_queue -> neigh_connected_output
 */
#include "core/neighbour.h"

#include <errno.h>

#include "core/jiffies.h"
#include "core/net_namespace.h"
#include "core/trace.h"
#include "ipv4/inetdevice.h"
#include "ipv4/ip.h"

#define NEIGH_MIN_TIMER_NS (NSEC_PER_SEC / 100) /* HZ/100 */

/**
 * nud_name() - A neighbour's state
 * @state: NUD_*
 *
 * Return: as iproute2 writes it.
 */
const char *nud_name(uint8_t state)
{
	switch (state) {
	case NUD_NONE:
		return "NONE";
	case NUD_INCOMPLETE:
		return "INCOMPLETE";
	case NUD_REACHABLE:
		return "REACHABLE";
	case NUD_STALE:
		return "STALE";
	case NUD_DELAY:
		return "DELAY";
	case NUD_PROBE:
		return "PROBE";
	case NUD_FAILED:
		return "FAILED";
	case NUD_NOARP:
		return "NOARP";
	case NUD_PERMANENT:
		return "PERMANENT";
	default:
		return "OTHER";
	}
}

/* What became of an entry: another state, another address; @skb made it so, or NULL. */
static TRACE_COLD void trace_neigh(const struct neighbour *n, uint8_t old, bool admin,
				   const struct sk_buff *skb)
{
	struct ng_trace_event ev = TRACE_EVENT(
		NG_FILE, "neigh_update", NEIGH, neigh, .addr = n->key, .old = nud_name(old),
		.new = nud_name(n->nud_state), .lladdr = n->nud_state & NUD_VALID ? n->ha : NULL,
		.probes = n->probes, .waiting = n->arp_queue.qlen, .admin = admin,
		.neigh_origin = n->origin, .neigh_packet = n->packet);

	if (skb)
		trace_emit_skb(&ev, skb, n->dev);
	else
		trace_emit_dev(&ev, n->dev);
}

/* @skb: the packet on whose behalf; NULL: a timer's */
static void neigh_enter(struct neighbour *n, uint8_t state, const struct sk_buff *skb)
{
	uint8_t old = n->nud_state;

	n->nud_state = state;
	if (trace_on(n->dev->world))
		trace_neigh(n, old, false, skb);
}

static struct ng_world *neigh_world(const struct neighbour *n)
{
	return n->dev->world;
}

static void neigh_mod_timer(struct neighbour *n, int64_t when_ns)
{
	struct ng_world *world = neigh_world(n);

	sim_timer_mod_newest(&world->sim, &n->timer, timer_wheel_due(world_now(world), when_ns));
}

static void neigh_add_timer(struct neighbour *n, int64_t when_ns)
{
	if (n->used_ns < n->confirmed_ns)
		n->used_ns = n->confirmed_ns;
	neigh_mod_timer(n, when_ns);
}

static void neigh_del_timer(struct neighbour *n)
{
	sim_timer_del(&neigh_world(n)->sim, &n->timer);
}

static int64_t neigh_retrans_time(const struct neighbour *n)
{
	int64_t t = n->parms->retrans_time_ns;

	return t < NEIGH_MIN_TIMER_NS ? NEIGH_MIN_TIMER_NS : t;
}

static uint32_t neigh_max_probes(const struct neighbour *n)
{
	const struct neigh_parms *p = n->parms;

	return p->ucast_probes + p->app_probes +
	       (n->nud_state & NUD_PROBE ? p->mcast_reprobes : p->mcast_probes);
}

static void neigh_purge_arp_queue(struct neighbour *n, enum skb_drop_reason reason)
{
	skb_queue_purge(&n->arp_queue, reason);
	n->arp_queue_len_bytes = 0;
}

/* Nobody answered: each packet that waits is reported to its sender, then dies. */
static void neigh_invalidate(struct neighbour *n)
{
	struct sk_buff *skb;

	neigh_world(n)->arp_tbl->stats.ndts_res_failed++;
	n->updated_ns = world_now(neigh_world(n));
	while (n->nud_state == NUD_FAILED && (skb = skb_dequeue(&n->arp_queue)))
		ipv4_link_failure(skb);
	neigh_purge_arp_queue(n, SKB_DROP_REASON_NEIGH_FAILED);
}

static void neigh_probe(struct neighbour *n)
{
	struct sk_buff *skb = NULL;

	if (!list_empty(&n->arp_queue.list))
		skb = list_last_entry(&n->arp_queue.list, struct sk_buff, list);
	arp_solicit(n, skb);
	n->probes++;
}

/* The next step of an entry in REACHABLE; returns when to look again, 0: never */
static int64_t neigh_timer_reachable(struct neighbour *n, int64_t now, bool *notify)
{
	int64_t until = n->confirmed_ns + neigh_reachable_time(n->parms, neigh_world(n));

	if (now <= until)
		return until;
	n->updated_ns = now;
	if (now <= n->used_ns + n->parms->delay_probe_time_ns) {
		neigh_enter(n, NUD_DELAY, NULL);
		return now + n->parms->delay_probe_time_ns;
	}
	neigh_enter(n, NUD_STALE, NULL);
	*notify = true;
	return 0;
}

static int64_t neigh_timer_delay(struct neighbour *n, int64_t now, bool *notify)
{
	n->updated_ns = now;
	*notify = true;
	if (now <= n->confirmed_ns + n->parms->delay_probe_time_ns) {
		neigh_enter(n, NUD_REACHABLE, NULL);
		return n->confirmed_ns + neigh_reachable_time(n->parms, neigh_world(n));
	}
	n->probes = 0;
	neigh_enter(n, NUD_PROBE, NULL);
	return now + neigh_retrans_time(n);
}

/**
 * neigh_timer_handler() - An entry's timer has fired.
 * @timer: of the entry
 *
 * Asks again, grows suspicious, or gives up. As neigh_timer_handler().
 */
void neigh_timer_handler(struct sim_timer *timer)
{
	struct neighbour *n = container_of(timer, struct neighbour, timer);
	int64_t now = world_now(neigh_world(n));
	int64_t next;
	bool notify = false;

	if (!(n->nud_state & NUD_IN_TIMER))
		return;
	n->refs++;
	if (n->nud_state & NUD_REACHABLE)
		next = neigh_timer_reachable(n, now, &notify);
	else if (n->nud_state & NUD_DELAY)
		next = neigh_timer_delay(n, now, &notify);
	else
		next = now + neigh_retrans_time(n);

	if ((n->nud_state & (NUD_INCOMPLETE | NUD_PROBE)) && n->probes >= neigh_max_probes(n)) {
		neigh_enter(n, NUD_FAILED, NULL);
		notify = true;
		neigh_invalidate(n);
	} else {
		if (n->nud_state & NUD_IN_TIMER) {
			if (next < now + NEIGH_MIN_TIMER_NS)
				next = now + NEIGH_MIN_TIMER_NS;
			neigh_mod_timer(n, next);
		}
		if (n->nud_state & (NUD_INCOMPLETE | NUD_PROBE))
			neigh_probe(n);
	}
	if (notify)
		neigh_notify(n, RTM_NEWNEIGH);
	neigh_release(n);
}

static void neigh_queue_skb(struct neighbour *n, struct sk_buff *skb)
{
	uint32_t size = skb_truesize(skb_len(skb));
	struct sk_buff *old;

	while (n->arp_queue_len_bytes + size > n->parms->queue_len_bytes) {
		old = skb_dequeue(&n->arp_queue);
		if (!old)
			break;
		n->arp_queue_len_bytes -= skb_truesize(skb_len(old));
		kfree_skb_reason(old, SKB_DROP_REASON_NEIGH_QUEUEFULL);
	}
	skb_queue_tail(&n->arp_queue, skb);
	n->arp_queue_len_bytes += size;
	trace_skb_at(skb, n->dev, NEIGH_WAIT, neigh_wait, .addr = n->key,
		     .state = nud_name(n->nud_state), .waiting = n->arp_queue.qlen);
}

/**
 * __neigh_event_send() - Somebody wants to send to a neighbour whose address is not certain.
 * @n: the entry, in none of CONNECTED, DELAY, PROBE
 * @skb: the packet, network header at data; NULL: only start asking
 *
 * Return: 0 when the known address may be used (@skb is still the caller's), 1 when @skb was
 * queued or freed. As __neigh_event_send().
 */
int __neigh_event_send(struct neighbour *n, struct sk_buff *skb)
{
	int64_t now = world_now(neigh_world(n));
	bool probe = false;

	if (n->dead) {
		if (n->nud_state & NUD_STALE)
			return 0;
		if (skb)
			kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_DEAD);
		return 1;
	}
	if (n->nud_state & NUD_STALE) {
		neigh_enter(n, NUD_DELAY, skb);
		n->updated_ns = now;
		neigh_add_timer(n, now + n->parms->delay_probe_time_ns);
		return 0;
	}
	if (!(n->nud_state & NUD_INCOMPLETE)) {
		if (n->parms->mcast_probes + n->parms->app_probes == 0) {
			neigh_enter(n, NUD_FAILED, skb);
			n->updated_ns = now;
			if (skb)
				kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_FAILED);
			return 1;
		}
		n->probes = n->parms->ucast_probes;
		neigh_del_timer(n);
		neigh_enter(n, NUD_INCOMPLETE, skb);
		n->updated_ns = now;
		neigh_add_timer(n, now + neigh_retrans_time(n));
		probe = true;
	}
	if (skb)
		neigh_queue_skb(n, skb);
	if (probe)
		neigh_probe(n);
	return 1;
}

static TRACE_COLD void trace_neigh_use(const struct neighbour *n, struct sk_buff *skb)
{
	trace_skb_from(skb, n->dev, NG_FILE, "neigh_output", NEIGH_USE, neigh_use, .addr = n->key,
		       .lladdr = n->ha, .state = nud_name(n->nud_state), .neigh_origin = n->origin,
		       .neigh_packet = n->packet);
}

static inline int neigh_connected_output(struct neighbour *n, struct sk_buff *skb)
{
	if (trace_on(skb->world))
		trace_neigh_use(n, skb);
	if (dev_hard_header(skb, n->dev, ETH_P_IP, n->ha, NULL) < 0) {
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_HDR);
		return -EINVAL;
	}
	return dev_queue_xmit(skb);
}

static int neigh_resolve_output(struct neighbour *n, struct sk_buff *skb)
{
	if (neigh_event_send(n, skb))
		return 0;
	return neigh_connected_output(n, skb);
}

/**
 * neigh_output() - Sends a packet to a neighbour, resolving his address first.
 * @dev: where to
 * @nexthop: network order
 * @skb: network header at data; consumed: sent, queued until an answer comes, or dead
 *
 * Return: 0, NET_XMIT_* or -errno.
 */
int neigh_output(struct net_device *dev, __be32 nexthop, struct sk_buff *skb)
{
	struct neighbour *n = neigh_lookup(dev, nexthop);
	int err;

	if (!n) {
		n = neigh_create(dev, nexthop);
		if (!n) {
			kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_CREATEFAIL);
			return -ENOBUFS;
		}
		n->origin = skb->origin;
	}
	if (n->nud_state & NUD_CONNECTED)
		err = neigh_connected_output(n, skb);
	else
		err = neigh_resolve_output(n, skb);
	neigh_release(n);
	return err;
}

/**
 * neigh_confirm() - An upper layer had proof that the neighbour receives.
 * @dev: device
 * @nexthop: network order
 */
void neigh_confirm(struct net_device *dev, __be32 nexthop)
{
	struct neighbour *n = neigh_lookup(dev, nexthop);

	if (!n)
		return;
	n->confirmed_ns = world_now(neigh_world(n));
	neigh_release(n);
}

/* What waited for the address goes out in order. */
static void neigh_flush_arp_queue(struct neighbour *n)
{
	struct sk_buff *skb;

	while ((n->nud_state & NUD_VALID) && (skb = skb_dequeue(&n->arp_queue)))
		neigh_resolve_output(n, skb);
	neigh_purge_arp_queue(n, SKB_DROP_REASON_NEIGH_FAILED);
}

static bool neigh_update_flags(struct neighbour *n, uint32_t flags)
{
	uint32_t old = n->flags;

	if (!(flags & NEIGH_UPDATE_F_ADMIN))
		return false;
	n->flags &= ~(uint32_t)(NTF_EXT_LEARNED | NTF_MANAGED);
	if (flags & NEIGH_UPDATE_F_EXT_LEARNED)
		n->flags |= NTF_EXT_LEARNED;
	if (flags & NEIGH_UPDATE_F_MANAGED)
		n->flags |= NTF_MANAGED;
	return old != n->flags;
}

/* NUD_NONE, FAILED, INCOMPLETE: the address is forgotten. Returns whether listeners care. */
static bool neigh_update_invalid(struct neighbour *n, uint8_t new_state, bool admin)
{
	uint8_t old = n->nud_state;

	neigh_del_timer(n);
	n->nud_state = new_state;
	if (new_state != old && trace_on(n->dev->world))
		trace_neigh(n, old, admin, NULL);
	if ((old & (NUD_INCOMPLETE | NUD_PROBE)) && (new_state & NUD_FAILED)) {
		neigh_invalidate(n);
		return true;
	}
	return old & NUD_VALID;
}

/* Enters @new_state; the address is @lladdr (may be n->ha). */
static void neigh_update_valid(struct neighbour *n, const uint8_t *lladdr, uint8_t new_state)
{
	int64_t now = world_now(neigh_world(n));
	uint8_t old = n->nud_state;

	if (new_state != old || lladdr != n->ha)
		n->updated_ns = now;
	if (new_state != old) {
		neigh_del_timer(n);
		if (new_state & NUD_PROBE)
			n->probes = 0;
		if (new_state & NUD_IN_TIMER)
			neigh_add_timer(
				n, now + (new_state & NUD_REACHABLE
						  ? neigh_reachable_time(n->parms, neigh_world(n))
						  : 0));
		n->nud_state = new_state;
	}
	if (lladdr != n->ha) {
		memcpy(n->ha, lladdr, ETH_ALEN);
		if (!(new_state & NUD_CONNECTED))
			n->confirmed_ns = now - 2 * n->parms->base_reachable_time_ns;
	}
}

/* Which address and state hold, given what is known: -EINVAL no address, 1 ignore, 0 go on */
static int neigh_update_choose(struct neighbour *n, const uint8_t **lladdr, uint8_t *new_state,
			       uint32_t flags, struct ng_extack *extack)
{
	uint8_t old = n->nud_state;

	if (!n->dev->addr_len) {
		*lladdr = n->ha;
	} else if (*lladdr) {
		if ((old & NUD_VALID) && ether_addr_equal(*lladdr, n->ha))
			*lladdr = n->ha;
	} else {
		if (!(old & NUD_VALID)) {
			NG_SET_ERR_MSG(extack, "No link layer address given");
			return -EINVAL;
		}
		*lladdr = n->ha;
	}
	if (*new_state & NUD_CONNECTED)
		n->confirmed_ns = world_now(neigh_world(n));
	if (!(old & NUD_VALID))
		return 0;
	if (*lladdr != n->ha && !(flags & NEIGH_UPDATE_F_OVERRIDE)) {
		if (!(flags & NEIGH_UPDATE_F_WEAK_OVERRIDE) || !(old & NUD_CONNECTED))
			return 1;
		*lladdr = n->ha;
		*new_state = NUD_STALE;
	} else if (*lladdr == n->ha && *new_state == NUD_STALE && !(flags & NEIGH_UPDATE_F_ADMIN)) {
		*new_state = old;
	}
	return 0;
}

/**
 * __neigh_update() - News about a neighbour: an ARP packet or an administrator's word.
 * @n: the entry; the caller holds a reference
 * @lladdr: link-layer address, NULL: not said
 * @new_state: NUD_*
 * @flags: NEIGH_UPDATE_F_*
 * @skb: the ARP packet; NULL: a command's words
 * @extack: takes the kernel's sentence, may be NULL
 *
 * Packets that waited are sent, in order, when the address becomes known. As __neigh_update().
 *
 * Return: 0 or -errno.
 */
int __neigh_update(struct neighbour *n, const uint8_t *lladdr, uint8_t new_state, uint32_t flags,
		   const struct sk_buff *skb, struct ng_extack *extack)
{
	uint8_t old = n->nud_state;
	bool notify;
	int err;

	if (n->dead) {
		NG_SET_ERR_MSG(extack, "Neighbor entry is now dead");
		return -EPERM;
	}
	if (!(flags & NEIGH_UPDATE_F_ADMIN) && (old & (NUD_NOARP | NUD_PERMANENT)))
		return -EPERM;

	notify = neigh_update_flags(n, flags);
	if (flags & (NEIGH_UPDATE_F_USE | NEIGH_UPDATE_F_MANAGED)) {
		n->nud_state = old & ~NUD_PERMANENT;
		err = 0;
	} else if (!(new_state & NUD_VALID)) {
		notify |= neigh_update_invalid(n, new_state, flags & NEIGH_UPDATE_F_ADMIN);
		err = 0;
	} else {
		err = neigh_update_choose(n, &lladdr, &new_state, flags, extack);
		if (!err) {
			bool news = new_state != old || lladdr != n->ha;

			notify |= news;
			neigh_update_valid(n, lladdr, new_state);
			if (news)
				n->packet = skb ? skb->id : 0;
			if (news && trace_on(n->dev->world))
				trace_neigh(n, old, flags & NEIGH_UPDATE_F_ADMIN, skb);
			if (new_state != old && !(old & NUD_VALID))
				neigh_flush_arp_queue(n);
		}
		if (err > 0)
			err = 0;
	}
	neigh_update_lists(n);
	if (notify)
		neigh_notify(n, RTM_NEWNEIGH);
	return err;
}

/**
 * neigh_update() - As __neigh_update(), when nobody reads the kernel's sentence.
 * @n: the entry; the caller holds a reference
 * @lladdr: link-layer address, NULL: not said
 * @new_state: NUD_*
 * @flags: NEIGH_UPDATE_F_*
 * @skb: the ARP packet; NULL: a command's words
 *
 * Return: 0 or -errno.
 */
int neigh_update(struct neighbour *n, const uint8_t *lladdr, uint8_t new_state, uint32_t flags,
		 const struct sk_buff *skb)
{
	return __neigh_update(n, lladdr, new_state, flags, skb, NULL);
}
