/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * packets.c - the packets of a run, and how each ended
 */
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "explain.h"

static void packet_free(void *p)
{
	struct packet *k = p;

	g_ptr_array_unref(k->events);
	g_array_unref(k->caused);
	g_free(k);
}

static struct packet *packet_new(struct explain *x, const struct ng_trace_event *ev)
{
	struct packet *p = g_new0(struct packet, 1);

	p->id = ev->packet.id;
	p->events = g_ptr_array_new();
	p->caused = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	p->first = ev;
	p->cause = ev->cause_of.id;
	p->cause_kind = ev->cause;
	p->line = scene_line(&x->scene, ev->origin.line);
	g_ptr_array_add(x->packets, p);
	g_hash_table_insert(x->by_id, &p->id, p);
	return p;
}

static bool is_final_delivery(const struct ng_trace_event *ev)
{
	/* who listens to a device hears a copy; the packet goes on */
	if (ev->kind == NG_TRACE_DELIVER && !g_strcmp0(ev->deliver.socket, "packet"))
		return false;
	return ev->kind == NG_TRACE_DELIVER || (ev->kind == NG_TRACE_REASM && ev->reasm.complete);
}

static void judge(struct packet *p)
{
	const struct ng_trace_event *drop = NULL, *delivered = NULL, *read = NULL;
	const struct ng_trace_event *last = g_ptr_array_index(p->events, p->events->len - 1);

	for (unsigned int i = 0; i < p->events->len; i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(p->events, i);

		if (is_final_delivery(ev)) {
			delivered = ev;
		} else if (ev->kind == NG_TRACE_ARP) {
			if (!read || strcmp(ev->arp.decision, "note") != 0)
				read = ev;
		} else if (ev->kind == NG_TRACE_BPDU) {
			read = ev;
		} else if (ev->kind == NG_TRACE_IGMP) {
			if (delivered && !strcmp(delivered->packet.name, ev->packet.name))
				delivered = NULL;
			if (strcmp(ev->igmp.result, "own") != 0)
				read = ev;
		} else if (ev->kind == NG_TRACE_DROP && !ev->drop.delivered) {
			/* handed over, and the protocol found nobody who wants it */
			if (delivered && !strcmp(delivered->packet.name, ev->packet.name) &&
			    g_strcmp0(delivered->deliver.to, "socket") != 0)
				delivered = NULL;
			if (!drop || ev->drop.reason != SKB_DROP_REASON_OTHERHOST)
				drop = ev;
		}
	}
	if (delivered)
		p->end = END_DELIVERED;
	else if (read)
		p->end = END_READ;
	else if (drop)
		p->end = END_LOST;
	p->end_event = delivered ? delivered : read ? read : drop;
	if (!p->end_event && last->kind == NG_TRACE_NEIGH_WAIT) {
		p->end = END_WAITING;
		p->end_event = last;
	}
}

static int by_id(const void *a, const void *b)
{
	const struct packet *const *x = a, *const *y = b;

	return (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

/**
 * packets_find() - Sorts the events by packet
 * @x: with its log
 */
void packets_find(struct explain *x)
{
	x->packets = g_ptr_array_new_with_free_func(packet_free);
	x->by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (size_t i = 0; i < x->nr_events; i++) {
		const struct ng_trace_event *ev = tracelog_at(x->log, i);
		struct packet *p;

		if (!ev->packet.id)
			continue;
		p = packet_get(x, ev->packet.id);
		if (!p)
			p = packet_new(x, ev);
		if (ev->packet.copy || ev->packet.fragment)
			p->many = true;
		g_ptr_array_add(p->events, (void *)(uintptr_t)ev);
	}
	g_ptr_array_sort(x->packets, by_id);
	for (unsigned int i = 0; i < x->packets->len; i++) {
		struct packet *p = g_ptr_array_index(x->packets, i);
		struct packet *cause = packet_get(x, p->cause);

		judge(p);
		if (cause)
			g_array_append_val(cause->caused, p->id);
	}
}

/**
 * packet_get() - A packet by its number
 * @x: all
 * @id: the number
 *
 * Return: it, or NULL.
 */
struct packet *packet_get(const struct explain *x, uint64_t id)
{
	return g_hash_table_lookup(x->by_id, &id);
}

/**
 * packet_by_name() - A packet by one of its names
 * @x: all
 * @name: "7", "7.1", "7a"
 *
 * Return: it, or NULL.
 */
struct packet *packet_by_name(const struct explain *x, const char *name)
{
	char *end;
	struct packet *p = packet_get(x, g_ascii_strtoull(name, &end, 10));

	if (!p || !*end)
		return *name ? p : NULL;
	for (unsigned int i = 0; i < p->events->len; i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(p->events, i);

		if (!strcmp(ev->packet.name, name))
			return p;
	}
	return NULL;
}

/**
 * packet_title() - What it is
 * @p: the packet
 *
 * Return: as it first looked, in one line, to be freed.
 */
char *packet_title(const struct packet *p)
{
	for (unsigned int i = 0; i < p->events->len; i++) {
		g_autofree char *line = packet_line(g_ptr_array_index(p->events, i));

		if (*line)
			return g_steal_pointer(&line);
	}
	return g_strdup("frame");
}

/**
 * packet_is_noise() - Is the loss a matter of course?
 * @p: the packet
 *
 * Copies of a flood that others did not want, questions that were not for them, reports of groups
 * where no router is.
 */
bool packet_is_noise(const struct packet *p)
{
	enum skb_drop_reason reason;

	if (p->end != END_LOST)
		return p->end != END_WAITING;
	reason = p->end_event->drop.reason;
	/* a report for routers, where none is */
	if (reason == SKB_DROP_REASON_IP_INVALID_DEST && p->first->kind == NG_TRACE_BORN &&
	    !g_strcmp0(p->first->born.who, "igmp"))
		return true;
	return reason == SKB_DROP_REASON_OTHERHOST || reason == SKB_DROP_REASON_ARP_IGNORED ||
	       reason == SKB_DROP_REASON_UNHANDLED_PROTO;
}

/**
 * packet_end_words() - How it ended
 * @p: the packet
 *
 * Return: a few words, to be freed.
 */
char *packet_end_words(const struct packet *p)
{
	g_autofree char *ns = NULL;

	if (!p->end_event)
		return g_strdup("still on its way");
	ns = text_escape(p->end_event->netns ? p->end_event->netns : "?");
	switch (p->end) {
	case END_DELIVERED:
		return g_strdup_printf("delivered in %s", ns);
	case END_READ:
		return g_strdup_printf("read by %s", ns);
	case END_LOST:
		return g_strdup_printf(packet_is_noise(p) ? "ignored by %s" : "LOST in %s", ns);
	case END_WAITING:
		return g_strdup_printf("waits in %s", ns);
	case END_NONE:
		break;
	}
	return g_strdup("still on its way");
}
