/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace.c - who listens, and the head of each event
 *
 * netglass's own; the points are those of Linux's tracepoints and more.
 * PATH (leaf). Nothing here runs while nobody listens.
 */
#include "core/trace.h"

#include "core/net_namespace.h"
#include "core/task.h"
#include "core/vsprintf.h"
#include "core/xalloc.h"

struct ng_trace_listener {
	struct ng_trace_listener *next;
	ng_trace_fn fn;
	void *arg;
};

/* How many copies and fragments a packet has had; open addressing by id. */
struct ng_trace_copies {
	uint64_t id; /* 0: free */
	uint32_t copies, fragments;
};

/**
 * ng_world_trace() - Adds a listener
 * @world: the world
 * @fn: called with each event
 * @arg: its first argument
 */
void ng_world_trace(struct ng_world *world, ng_trace_fn fn, void *arg)
{
	struct ng_trace_listener *new = xzalloc(sizeof(*new)), **at;

	if (!world->trace)
		world->trace = xzalloc(sizeof(*world->trace));
	new->fn = fn;
	new->arg = arg;
	for (at = &world->trace->listeners; *at; at = &(*at)->next)
		;
	*at = new;
	world->watched = true;
}

/**
 * trace_free() - Nobody listens any more
 * @world: the world
 */
void trace_free(struct ng_world *world)
{
	struct ng_trace *trace = world->trace;

	if (!trace)
		return;
	world->trace = NULL;
	while (trace->listeners) {
		struct ng_trace_listener *next = trace->listeners->next;

		free(trace->listeners);
		trace->listeners = next;
	}
	free(trace->copies);
	free(trace);
}

static struct ng_trace_copies *copies_slot(struct ng_trace_copies *all, uint32_t max, uint64_t id)
{
	uint32_t i = (uint32_t)((id * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (max - 1);

	while (all[i].id && all[i].id != id)
		i = (i + 1) & (max - 1);
	return &all[i];
}

static struct ng_trace_copies *copies_of(struct ng_trace *trace, uint64_t id)
{
	struct ng_trace_copies *slot;
	uint32_t i, max;

	if (trace->nr_copies * 2 >= trace->max_copies) {
		struct ng_trace_copies *old = trace->copies;

		max = trace->max_copies ? trace->max_copies * 2 : 64;
		trace->copies = xzalloc(max * sizeof(*trace->copies));
		for (i = 0; i < trace->max_copies; i++)
			if (old[i].id)
				*copies_slot(trace->copies, max, old[i].id) = old[i];
		trace->max_copies = max;
		free(old);
	}
	slot = copies_slot(trace->copies, trace->max_copies, id);
	if (!slot->id) {
		slot->id = id;
		trace->nr_copies++;
	}
	return slot;
}

/**
 * trace_name_copy() - Gives a packet that goes its own way a name: 7 becomes 7.1
 * @skb: the copy
 */
void trace_name_copy(struct sk_buff *skb)
{
	skb->copy = ++copies_of(skb->world->trace, skb->id)->copies;
}

/**
 * trace_name_fragment() - Gives a fragment its name: 7 becomes 7a
 * @skb: the fragment
 */
void trace_name_fragment(struct sk_buff *skb)
{
	skb->fragment = ++copies_of(skb->world->trace, skb->id)->fragments;
}

/* a, b, ... z, aa, ab, ... */
static size_t put_letters(char *buf, size_t size, uint32_t n)
{
	char letters[8];
	size_t i = sizeof(letters), len;

	for (; n && i; n = (n - 1) / 26)
		letters[--i] = (char)('a' + (n - 1) % 26);
	len = sizeof(letters) - i;
	ng_assert(len < size);
	memcpy(buf, letters + i, len);
	return len;
}

static struct ng_packet packet_named(uint64_t id, uint32_t fragment, uint32_t copy)
{
	struct ng_packet p = { .id = id, .copy = copy, .fragment = fragment };
	size_t n;

	if (!id)
		return p;
	n = (size_t)scnprintf(p.name, sizeof(p.name), "%llu", (unsigned long long)id);
	n += put_letters(p.name + n, sizeof(p.name) - n, fragment);
	if (copy)
		n += (size_t)scnprintf(p.name + n, sizeof(p.name) - n, ".%u", copy);
	p.name[n] = '\0';
	return p;
}

/**
 * trace_packet() - A packet's name
 * @skb: borrowed; NULL: no packet
 *
 * Return: its id and its name.
 */
struct ng_packet trace_packet(const struct sk_buff *skb)
{
	if (!skb)
		return (struct ng_packet){ 0 };
	return packet_named(skb->id, skb->fragment, skb->copy);
}

static void put_netns(struct ng_trace_event *ev, const struct net *net)
{
	if (!net)
		return;
	ev->netns = net->name;
	ev->netns_id = net->inum;
}

static void put_dev(struct ng_trace_event *ev, const struct net_device *dev)
{
	if (!dev)
		return;
	put_netns(ev, dev->net);
	ev->dev = dev->name;
	ev->ifindex = dev->ifindex;
	ev->dev_id = dev->id;
}

static int32_t offset_in(const struct sk_buff *skb, uint32_t header, const uint8_t *from)
{
	const uint8_t *at = skb->head + header;

	return header && at >= from && at <= skb->tail ? (int32_t)(at - from) : -1;
}

/* The frame from its outermost header on, wherever data points now. */
static void put_frame(struct ng_trace_event *ev, const struct sk_buff *skb)
{
	const uint8_t *from = skb->data;
	const uint8_t *mac = skb->head + skb->mac_header, *net = skb->head + skb->network_header;

	if (skb->network_header && net < from)
		from = net;
	if (skb->mac_header && mac < from)
		from = mac;
	ev->frame = from;
	ev->frame_len = (uint32_t)(skb->tail - from);
	ev->mac_at = offset_in(skb, skb->mac_header, from);
	ev->net_at = offset_in(skb, skb->network_header, from);
	ev->transport_at = offset_in(skb, skb->transport_header, from);
	if (ev->net_at < 0 && ev->mac_at >= 0 && ev->frame_len >= (uint32_t)ev->mac_at + ETH_HLEN)
		ev->net_at = ev->mac_at + ETH_HLEN;
	if (ev->mac_at >= 0 && ev->mac_at == ev->net_at) /* what ip_mc_output() gives back to us */
		ev->mac_at = -1;
	if (ev->transport_at <= ev->net_at)
		ev->transport_at = -1;
}

static void put_skb(struct ng_trace_event *ev, const struct sk_buff *skb)
{
	ev->packet = trace_packet(skb);
	ev->cause = (enum ng_trace_cause)skb->cause_kind;
	ev->cause_of = packet_named(skb->cause, 0, 0);
	ev->origin = skb->origin;
	put_frame(ev, skb);
}

static void emit(struct ng_trace_event *ev, struct ng_world *world)
{
	struct ng_trace_listener *l;

	if (world->trace->muted || (world->trace->ending && ev->kind != NG_TRACE_DROP))
		return;
	ev->nr = ++world->trace->nr_events;
	ev->t_ns = world_now(world);
	if (world->current)
		ev->command = world->current->origin;
	if (!ev->frame)
		ev->mac_at = ev->net_at = ev->transport_at = -1;
	for (l = world->trace->listeners; l; l = l->next)
		l->fn(l->arg, ev);
}

/**
 * trace_emit_skb() - A step of a packet on a device
 * @ev: kind and fields are set
 * @skb: borrowed
 * @dev: where, or NULL
 */
void trace_emit_skb(struct ng_trace_event *ev, const struct sk_buff *skb,
		    const struct net_device *dev)
{
	put_skb(ev, skb);
	put_dev(ev, dev);
	emit(ev, skb->world);
}

/**
 * trace_emit_skb_net() - A step of a packet that is on no device
 * @ev: kind and fields are set
 * @skb: borrowed
 * @net: in which namespace, or NULL
 */
void trace_emit_skb_net(struct ng_trace_event *ev, struct sk_buff *skb, const struct net *net)
{
	put_skb(ev, skb);
	put_netns(ev, net);
	emit(ev, skb->world);
}

/**
 * trace_emit_dev() - A step on a device
 * @ev: kind and fields are set
 * @dev: where
 */
void trace_emit_dev(struct ng_trace_event *ev, const struct net_device *dev)
{
	put_dev(ev, dev);
	emit(ev, dev->world);
}

/**
 * trace_emit_net() - A step in a namespace
 * @ev: kind and fields are set
 * @net: where
 */
void trace_emit_net(struct ng_trace_event *ev, const struct net *net)
{
	put_netns(ev, net);
	emit(ev, net->world);
}

/**
 * trace_copy_at() - A copy goes its own way: trace_copy()
 * @copy: gets its name
 * @of: what it is a copy of
 * @dev: where
 * @why: flood, loopback, duplicate
 * @file: where in the source
 * @func: where in the source
 */
void trace_copy_at(struct sk_buff *copy, const struct sk_buff *of, const struct net_device *dev,
		   const char *why, const char *file, const char *func)
{
	trace_name_copy(copy);
	trace_skb_from(copy, dev, file, func, COPY, copy, .of = trace_packet(of), .why = why);
}
