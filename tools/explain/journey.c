/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * journey.c - a packet's sentences in order, and what would have saved it
 */
#include <errno.h>
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "explain.h"

#define NEAR_MISSES 3 /* rules that do not match, told at the usual detail */

static void step_free(void *p)
{
	struct step *s = p;

	g_free(s->text);
	g_free(s);
}

/* Is the event on the way of @name: its own, or its original's before the copy was made? */
static bool on_the_way(const struct packet *p, const char *name, const struct ng_trace_event *ev)
{
	const char *from = NULL;
	uint64_t made = 0;

	if (!name || !strcmp(ev->packet.name, name))
		return true;
	for (unsigned int i = 0; i < p->events->len; i++) {
		const struct ng_trace_event *e = g_ptr_array_index(p->events, i);

		if (strcmp(e->packet.name, name) != 0)
			continue;
		if (e->kind == NG_TRACE_COPY)
			from = e->copy.of.name;
		else if (e->kind == NG_TRACE_FRAGMENT)
			from = e->fragment.of.name;
		made = e->nr;
		break;
	}
	return from && ev->nr < made && on_the_way(p, from, ev);
}

/* What a frame looks like is said where it is not what was said before. */
static void tell_looks(const struct packet *p, GPtrArray *steps)
{
	g_autofree char *said = packet_title(p);

	for (unsigned int i = 0; i < steps->len; i++) {
		struct step *s = g_ptr_array_index(steps, i);
		g_autofree char *looks = NULL;

		if (s->ev->kind != NG_TRACE_DEV_OUT && s->ev->kind != NG_TRACE_DEV_IN)
			continue;
		looks = packet_line(s->ev);
		if (strcmp(looks, said) != 0) {
			char *text = g_strdup_printf("%s: %s", s->text, looks);

			g_free(s->text);
			s->text = text;
		}
		g_free(said);
		said = g_steal_pointer(&looks);
	}
}

/* At the usual detail only the first rules of a chain that do not match are told. */
static void thin_out(GPtrArray *steps)
{
	const char *chain = NULL;
	unsigned int missed = 0, hidden = 0;
	struct step *last = NULL;

	for (unsigned int i = 0; i < steps->len; i++) {
		struct step *s = g_ptr_array_index(steps, i);

		if (s->ev->kind != NG_TRACE_RULE || s->ev->rule.matched) {
			chain = NULL;
			continue;
		}
		if (!chain || strcmp(chain, s->ev->rule.chain) != 0) {
			chain = s->ev->rule.chain;
			missed = hidden = 0;
			last = NULL;
		}
		if (++missed <= NEAR_MISSES) {
			last = s;
			continue;
		}
		s->level = 2;
		hidden++;
		if (last && hidden == 1) {
			char *more = g_strdup_printf("%s (-d 2 shows the others that do not match)",
						     last->text);

			g_free(last->text);
			last->text = more;
		}
	}
}

/**
 * journey() - A packet's way, sentence by sentence
 * @x: the run
 * @p: the packet
 * @name: only the way of this copy; NULL: all
 *
 * Return: struct step *, those of x->detail; g_ptr_array_unref() it.
 */
GPtrArray *journey(struct explain *x, const struct packet *p, const char *name)
{
	GPtrArray *steps = g_ptr_array_new_with_free_func(step_free);

	for (unsigned int i = 0; i < p->events->len; i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(p->events, i);
		struct step *s;

		if (!on_the_way(p, name, ev))
			continue;
		s = step_of(x, p, ev);
		if (s)
			g_ptr_array_add(steps, s);
	}
	if (x->detail < 2)
		thin_out(steps);
	tell_looks(p, steps);
	for (unsigned int i = 0; i < steps->len;) {
		const struct step *s = g_ptr_array_index(steps, i);

		if (s->level > x->detail)
			g_ptr_array_remove_index(steps, i);
		else
			i++;
	}
	return steps;
}

static char *in_ns(const struct ng_trace_event *ev, const char *command)
{
	g_autofree char *ns = text_escape(ev->netns ? ev->netns : "host");

	if (!strcmp(ns, "host"))
		return g_strdup(command);
	return g_strdup_printf("ip netns exec %s %s", ns, command);
}

static char *link_up(const struct ng_trace_event *ev, const char *dev)
{
	g_autofree char *safe = text_escape(dev);
	g_autofree char *command = g_strdup_printf("ip link set %s up", safe);

	return in_ns(ev, command);
}

/* The last event of a kind on the packet's way. */
static const struct ng_trace_event *last_of(const struct packet *p, enum ng_trace_kind kind)
{
	for (unsigned int i = p->events->len; i-- > 0;) {
		const struct ng_trace_event *ev = g_ptr_array_index(p->events, i);

		if (ev->kind == kind)
			return ev;
	}
	return NULL;
}

/**
 * journey_fix() - What would have saved a lost packet, when that is sure
 * @x: the run
 * @p: the packet
 *
 * Return: a command, to be freed; NULL: nothing is sure.
 */
char *journey_fix(struct explain *x, const struct packet *p)
{
	const struct ng_trace_event *end = p->end_event, *ev;

	(void)x;
	if (p->end != END_LOST)
		return NULL;
	if (end->drop.reason == SKB_DROP_REASON_IP_INADDRERRORS) {
		ev = last_of(p, NG_TRACE_ROUTE);
		if (ev && ev->route.error == -EHOSTUNREACH && !ev->route.has_route)
			return in_ns(end, "sysctl -w net.ipv4.ip_forward=1");
	}
	if (end->drop.reason == SKB_DROP_REASON_NO_TX_TARGET) {
		ev = last_of(p, NG_TRACE_BRIDGE_SKIP);
		if (ev && !g_strcmp0(ev->bridge_skip.why, "the port is down"))
			return link_up(end, ev->bridge_skip.port);
		ev = last_of(p, NG_TRACE_BRIDGE);
		if (ev && ev->bridge.to && ev->bridge.why &&
		    g_str_has_prefix(ev->bridge.why, "it came in there")) {
			g_autofree char *dev = text_escape(ev->bridge.to);
			g_autofree char *c =
				g_strdup_printf("bridge link set dev %s hairpin on", dev);

			return in_ns(end, c);
		}
	}
	return NULL;
}
