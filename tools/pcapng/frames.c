/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames.c - which event is told with which frame
 *
 * An event belongs to the last frame of its packet that existed; before there
 * was one, to the first. A copy goes on where its original was seen last. A packet
 * that never was on a wire is told with the frames it caused (the ARP questions
 * asked for it) or was caused by.
 */
#include "frames.h"

#include <string.h>

/* What is known of a packet: by name, "7.1". */
struct known {
	GPtrArray *early; /* events before its first frame; NULL */
	int last;	  /* index of its last frame, -1: none */
	int cause;	  /* last frame of what it was caused by, -1 */
	int effect;	  /* last frame of what it caused, -1 */
};

static void known_free(void *p)
{
	struct known *k = p;

	if (k->early)
		g_ptr_array_unref(k->early);
	g_free(k);
}

static struct known *known_get(GHashTable *all, const char *name)
{
	struct known *k = g_hash_table_lookup(all, name);

	if (!k) {
		k = g_new0(struct known, 1);
		k->last = k->cause = k->effect = -1;
		g_hash_table_insert(all, g_strdup(name), k);
	}
	return k;
}

/* Does it say something about what became of the packet? */
static bool is_told(const struct ng_trace_event *ev)
{
	switch (ev->kind) {
	case NG_TRACE_BORN:
	case NG_TRACE_COPY:
	case NG_TRACE_ROUTE:
	case NG_TRACE_SOURCE:
	case NG_TRACE_RULE:
	case NG_TRACE_VERDICT:
	case NG_TRACE_NAT_BIND:
	case NG_TRACE_NAT:
	case NG_TRACE_NEIGH_WAIT:
	case NG_TRACE_ARP:
	case NG_TRACE_LEARN:
	case NG_TRACE_BRIDGE:
	case NG_TRACE_BRIDGE_SKIP:
	case NG_TRACE_TTL:
	case NG_TRACE_FRAGMENT:
	case NG_TRACE_REASM:
	case NG_TRACE_ICMP_ERROR:
	case NG_TRACE_DELIVER:
	case NG_TRACE_DROP:
	case NG_TRACE_BPDU:
	case NG_TRACE_IGMP:
		return true;
	default:
		return false;
	}
}

static struct frame *frame_at(struct frames *f, int i)
{
	return i < 0 ? NULL : &g_array_index(f->list, struct frame, i);
}

static void tell(struct frame *f, const struct ng_trace_event *ev)
{
	if (!f->then)
		f->then = g_ptr_array_new();
	g_ptr_array_add(f->then, (void *)(uintptr_t)ev);
	if (ev->kind == NG_TRACE_DROP)
		f->drops++;
}

static void add_frame(struct frames *f, GHashTable *all, struct known *k,
		      const struct ng_trace_event *ev)
{
	struct frame new = { .ev = ev, .before = g_steal_pointer(&k->early) };

	k->last = (int)f->list->len;
	if (ev->cause_of.id)
		known_get(all, ev->cause_of.name)->effect = k->last;
	g_array_append_val(f->list, new);
}

static void add_event(struct frames *f, GHashTable *all, const struct ng_trace_event *ev)
{
	struct known *k;
	struct frame *at;

	if (!ev->packet.id)
		return;
	k = known_get(all, ev->packet.name);
	if (ev->kind == NG_TRACE_COPY)
		k->last = known_get(all, ev->copy.of.name)->last;
	if (ev->kind == NG_TRACE_FRAGMENT)
		k->last = known_get(all, ev->fragment.of.name)->last;
	if (ev->cause_of.id && k->cause < 0)
		k->cause = known_get(all, ev->cause_of.name)->last;
	if (ev->kind == NG_TRACE_DEV_OUT || ev->kind == NG_TRACE_DEV_IN) {
		if (ev->kind == NG_TRACE_DEV_OUT ? ev->dev_out.captured : ev->dev_in.captured)
			add_frame(f, all, k, ev);
		return;
	}
	if (!is_told(ev))
		return;
	at = frame_at(f, k->last);
	if (!at && ev->kind == NG_TRACE_DROP)
		at = frame_at(f, k->effect >= 0 ? k->effect : k->cause);
	if (at) {
		tell(at, ev);
	} else if (ev->kind == NG_TRACE_DROP) {
		g_ptr_array_add(f->unseen, (void *)(uintptr_t)ev);
	} else {
		if (!k->early)
			k->early = g_ptr_array_new();
		g_ptr_array_add(k->early, (void *)(uintptr_t)ev);
	}
}

/**
 * frames_new() - The frames of a run
 * @log: its events; borrowed
 *
 * Return: the frames, frames_free() them.
 */
struct frames *frames_new(const struct tracelog *log)
{
	g_autoptr(GHashTable) all =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, known_free);
	struct frames *f = g_new0(struct frames, 1);

	f->list = g_array_new(FALSE, TRUE, sizeof(struct frame));
	f->unseen = g_ptr_array_new();
	for (size_t i = 0; i < tracelog_length(log); i++)
		add_event(f, all, tracelog_at(log, i));
	return f;
}

/**
 * frames_free() - Forgets them
 * @f: or NULL
 */
void frames_free(struct frames *f)
{
	if (!f)
		return;
	for (unsigned int i = 0; i < f->list->len; i++) {
		struct frame *one = frame_at(f, (int)i);

		g_clear_pointer(&one->before, g_ptr_array_unref);
		g_clear_pointer(&one->then, g_ptr_array_unref);
	}
	g_array_free(f->list, TRUE);
	g_ptr_array_unref(f->unseen);
	g_free(f);
}
