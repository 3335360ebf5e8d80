/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * comment.c - what is told of a frame: a sentence for people, a line for machines
 */
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "../trace/traceline.h"
#include "frames.h"

/* A verdict people need not hear of: a chain's policy that accepts, a rule that was told as it matched. */
static bool is_dull(const struct ng_trace_event *ev)
{
	return ev->kind == NG_TRACE_VERDICT && ev->verdict.verdict &&
	       !strcmp(ev->verdict.verdict, "ACCEPT");
}

/* What only the line for machines has, or neither. */
static bool is_untold(const struct ng_trace_event *ev)
{
	return is_dull(ev) || ev->kind == NG_TRACE_NAT_BIND ||
	       (ev->kind == NG_TRACE_RULE && !ev->rule.matched);
}

static void put_events(GString *s, const char *head, const GPtrArray *events, const struct frame *f,
		       const struct trace_words *words)
{
	bool any = false;

	for (unsigned int i = 0; events && i < events->len; i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(events, i);
		g_autofree char *text = NULL;

		if (is_untold(ev))
			continue;
		text = trace_line(ev, words);
		g_string_append(s, any ? "; " : head);
		if (strcmp(ev->packet.name, f->ev->packet.name) != 0)
			g_string_append_printf(s, "[packet %s] ", ev->packet.name);
		if (g_strcmp0(ev->netns, f->ev->netns) != 0 && ev->netns) {
			g_autofree char *where = text_escape(ev->netns);

			g_string_append_printf(s, "in %s: ", where);
		}
		g_string_append(s, text);
		any = true;
	}
	if (any)
		g_string_append_c(s, '.');
}

/**
 * frame_sentence() - The comment for people
 * @f: the frame
 * @words: how things are called
 *
 * Return: to be freed.
 */
char *frame_sentence(const struct frame *f, const struct trace_words *words)
{
	g_autofree char *where = trace_where(f->ev);
	g_autofree char *packet = packet_line(f->ev);
	GString *s = g_string_new(NULL);

	g_string_append_printf(s, "Packet %s %s %s: %s", f->ev->packet.name,
			       f->ev->kind == NG_TRACE_DEV_OUT ? "leaves" : "enters", where,
			       packet);
	if (f->ev->cause != NG_CAUSE_NONE && f->ev->cause_of.id)
		g_string_append_printf(s, " (%s packet %s)", ng_trace_cause_words(f->ev->cause),
				       f->ev->cause_of.name);
	g_string_append_c(s, '.');
	put_events(s, " Before: ", f->before, f, words);
	put_events(s, " Then: ", f->then, f, words);
	return g_string_free(s, FALSE);
}

/* One word: blanks too are told as \xNN. */
static void put_word(GString *s, const char *key, const char *value)
{
	g_autofree char *safe = text_escape(value ? value : "");

	g_string_append_printf(s, " %s=", key);
	for (const char *p = safe; *p; p++) {
		if (*p == ' ')
			g_string_append(s, "\\x20");
		else
			g_string_append_c(s, *p);
	}
}

/* @bound: what the rule did to the flow, when its verdict only says ACCEPT */
static void put_verdict(GString *s, const struct ng_trace_event *ev, const char *bound)
{
	const struct ng_trace_verdict *v = &ev->verdict;

	if (is_dull(ev) && (v->policy || !v->number))
		return;
	put_word(s, "at", v->hook);
	if (v->number && !v->policy) {
		g_autofree char *rule = g_strdup_printf("%s/%s/%u", v->table ? v->table : "",
							v->chain ? v->chain : "", v->number);

		put_word(s, "rule", rule);
	}
	put_word(s, "verdict", bound ? bound : v->target && *v->target ? v->target : v->verdict);
}

static void put_facts(GString *s, const GPtrArray *events)
{
	const char *bound = NULL;

	for (unsigned int i = 0; events && i < events->len; i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(events, i);

		if (ev->kind == NG_TRACE_NAT_BIND)
			bound = ev->nat_bind.field && !strcmp(ev->nat_bind.field, "source")
					? "SNAT"
					: "DNAT";
		else if (ev->kind == NG_TRACE_VERDICT) {
			put_verdict(s, ev, bound);
			bound = NULL;
		} else if (ev->kind == NG_TRACE_DROP)
			g_string_append_printf(s, " drop=%s drop_ev=%" G_GUINT64_FORMAT,
					       ng_drop_reason_name(ev->drop.reason), ev->nr);
		else if (ev->kind == NG_TRACE_NAT)
			put_word(s, ev->nat.reply ? "unnat" : "nat", ev->nat.field);
	}
}

/**
 * frame_machine_line() - The comment for machines
 * @f: the frame
 * @words: how things are called
 *
 * Return: to be freed.
 */
char *frame_machine_line(const struct frame *f, const struct trace_words *words)
{
	const struct ng_trace_event *ev = f->ev;
	unsigned int line = ev->origin.line && words->line_of
				    ? words->line_of(words->line_arg, ev->origin.line)
				    : ev->origin.line;
	GString *s = g_string_new("ng:");

	g_string_append_printf(s, " ev=%" G_GUINT64_FORMAT " pkt=%s", ev->nr, ev->packet.name);
	put_word(s, "ns", ev->netns);
	put_word(s, "if", ev->dev);
	put_word(s, "dir", ev->kind == NG_TRACE_DEV_OUT ? "out" : "in");
	if (ev->cause_of.id)
		put_word(s, "cause", ev->cause_of.name);
	put_facts(s, f->before);
	put_facts(s, f->then);
	if (line)
		g_string_append_printf(s, " line=%u", line);
	return g_string_free(s, FALSE);
}
