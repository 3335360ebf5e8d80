/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ladder.c - packets as a ladder: one lifeline for each interface they meet
 *
 * A message goes from the device a frame left by to the device it came in by; what a host decides
 * stands beside its lifeline.
 */
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "explain.h"

/* pixels */
#define PAGE 800 /* the names are said again */
#define LANE 260
#define LEFT 130
#define TOP 60
#define LINE 13
#define GAP 12

#define WRAP 36 /* characters that fit between two lifelines */
#define MANY 10 /* lifelines: more than a page shows; then copies nobody wanted are left out */

struct rung {
	const struct ng_trace_event *ev;
	unsigned int from, to; /* lanes; the same: a note */
	char *text;
	bool lost;
};

struct ladder {
	GPtrArray *lanes;      /* char *: "NS/IFNAME", not escaped */
	GArray *rungs;	       /* struct rung */
	unsigned int left_out; /* copies */
};

static char *lane_name(const char *ns, const char *dev)
{
	return g_strdup_printf("%s/%s", ns ? ns : "?", dev ? dev : "");
}

static unsigned int lane_of(struct ladder *l, const char *ns, const char *dev)
{
	g_autofree char *name = lane_name(ns, dev);

	for (unsigned int i = 0; i < l->lanes->len; i++)
		if (!strcmp(g_ptr_array_index(l->lanes, i), name))
			return i;
	g_ptr_array_add(l->lanes, g_steal_pointer(&name));
	return l->lanes->len - 1;
}

static void add(struct ladder *l, const struct ng_trace_event *ev, unsigned int from,
		unsigned int to, char *text)
{
	struct rung r = { .ev = ev, .from = from, .to = to, .text = text };

	r.lost = ev->kind == NG_TRACE_DROP;
	g_array_append_val(l->rungs, r);
}

static bool is_note(const struct ng_trace_event *ev)
{
	switch (ev->kind) {
	case NG_TRACE_NAT:
	case NG_TRACE_NEIGH_WAIT:
	case NG_TRACE_ICMP_ERROR:
		return true;
	case NG_TRACE_DROP:
		return !ev->drop.delivered && ev->drop.reason != SKB_DROP_REASON_OTHERHOST;
	case NG_TRACE_DELIVER:
		return !g_strcmp0(ev->deliver.to, "socket");
	default:
		return false;
	}
}

static char *note_of(struct explain *x, const struct ng_trace_event *ev)
{
	struct step *s = is_note(ev) ? step_of(x, packet_get(x, ev->packet.id), ev) : NULL;
	char *text = s ? s->text : NULL;

	g_free(s);
	return text;
}

static void add_event(struct explain *x, struct ladder *l, const struct ng_trace_event *ev)
{
	g_autofree char *what = NULL, *note = NULL;
	unsigned int lane;

	if (ev->kind == NG_TRACE_DEV_OUT && ev->dev_out.peer) {
		what = packet_line(ev);
		lane = lane_of(l, ev->netns, ev->dev);
		add(l, ev, lane, lane_of(l, ev->dev_out.peer_netns, ev->dev_out.peer),
		    g_strdup_printf("%s: %s", ev->packet.name, what));
		return;
	}
	note = note_of(x, ev);
	if (!note || !ev->netns)
		return;
	if (ev->dev) {
		lane = lane_of(l, ev->netns, ev->dev);
	} else {
		/* on no device: the first of the namespace that was met */
		g_autofree char *prefix = lane_name(ev->netns, "");

		for (lane = 0; lane < l->lanes->len; lane++)
			if (g_str_has_prefix(g_ptr_array_index(l->lanes, lane), prefix))
				break;
		if (lane == l->lanes->len)
			lane = lane_of(l, ev->netns, "");
	}
	add(l, ev, lane, lane, g_strdup_printf("%s: %s", ev->packet.name, note));
}

static int by_number(const void *a, const void *b)
{
	const struct ng_trace_event *const *x = a, *const *y = b;

	return (*x)->nr < (*y)->nr ? -1 : (*x)->nr > (*y)->nr;
}

/* Names of flood copies that came to somebody they were not for. */
static GHashTable *unwanted(GPtrArray *events)
{
	GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned int i = 0; i < events->len; i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(events, i);
		bool asked = ev->kind == NG_TRACE_ARP && !g_strcmp0(ev->arp.op, "request");
		bool ignored =
			(asked && (!g_strcmp0(ev->arp.decision, "ignore") ||
				   !g_strcmp0(ev->arp.decision, "note"))) ||
			(ev->kind == NG_TRACE_DROP && ev->drop.reason == SKB_DROP_REASON_OTHERHOST);

		if (ignored && ev->packet.copy)
			g_hash_table_add(names, (char *)(uintptr_t)ev->packet.name);
	}
	return names;
}

static void ladder_empty(struct ladder *l)
{
	for (unsigned int i = 0; i < l->rungs->len; i++)
		g_free(g_array_index(l->rungs, struct rung, i).text);
	g_array_unref(l->rungs);
	g_ptr_array_unref(l->lanes);
}

static void add_events(struct explain *x, struct ladder *l, GPtrArray *events, GHashTable *but)
{
	l->lanes = g_ptr_array_new_with_free_func(g_free);
	l->rungs = g_array_new(FALSE, FALSE, sizeof(struct rung));
	l->left_out = but ? g_hash_table_size(but) : 0;
	for (unsigned int i = 0; i < events->len; i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(events, i);

		if (!but || !g_hash_table_contains(but, ev->packet.name))
			add_event(x, l, ev);
	}
}

static void ladder_fill(struct explain *x, struct ladder *l, GPtrArray *packets)
{
	g_autoptr(GPtrArray) events = g_ptr_array_new();
	g_autoptr(GHashTable) but = NULL;

	for (unsigned int i = 0; i < packets->len; i++) {
		const struct packet *p = g_ptr_array_index(packets, i);

		for (unsigned int k = 0; k < p->events->len; k++)
			g_ptr_array_add(events, g_ptr_array_index(p->events, k));
	}
	g_ptr_array_sort(events, by_number);
	add_events(x, l, events, NULL);
	if (l->lanes->len <= MANY)
		return;
	but = unwanted(events);
	ladder_empty(l);
	add_events(x, l, events, but);
}

/* "" or what is not shown; to be freed. */
static char *left_out_words(const struct ladder *l)
{
	return l->left_out ? g_strdup_printf("left out: %u copies of floods that came to somebody "
					     "they were not for",
					     l->left_out)
			   : g_strdup("");
}

/**
 * ladder_mermaid() - A Mermaid sequence diagram
 * @x: the run
 * @packets: struct packet *
 * @out: gets it
 */
void ladder_mermaid(struct explain *x, GPtrArray *packets, GString *out)
{
	g_autofree char *less = NULL;
	struct ladder l;

	ladder_fill(x, &l, packets);
	less = left_out_words(&l);
	g_string_append(out, "sequenceDiagram\n");
	for (unsigned int i = 0; i < l.lanes->len; i++) {
		g_autofree char *name = text_escape_mermaid(g_ptr_array_index(l.lanes, i));

		g_string_append_printf(out, "    participant p%u as %s\n", i, name);
	}
	for (unsigned int i = 0; i < l.rungs->len; i++) {
		const struct rung *r = &g_array_index(l.rungs, struct rung, i);
		g_autofree char *text = text_escape_mermaid(r->text);

		if (r->from != r->to)
			g_string_append_printf(out, "    p%u->>p%u: %s\n", r->from, r->to, text);
		else
			g_string_append_printf(out, "    Note over p%u: %s\n", r->from, text);
	}
	if (*less && l.lanes->len)
		g_string_append_printf(out, "    Note over p0: %s\n", less);
	ladder_empty(&l);
}

/* @text between words on lines of at most WRAP characters; printable ASCII. */
static GPtrArray *wrap(const char *text)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *printable = text_printable(text);
	g_auto(GStrv) words = g_strsplit(printable, " ", -1);
	GString *line = g_string_new(NULL);

	for (size_t i = 0; words[i]; i++) {
		if (line->len && line->len + 1 + strlen(words[i]) > WRAP) {
			g_ptr_array_add(lines, g_strndup(line->str, line->len));
			g_string_truncate(line, 0);
		}
		if (line->len)
			g_string_append_c(line, ' ');
		g_string_append(line, words[i]);
		while (line->len > WRAP) {
			g_ptr_array_add(lines, g_strndup(line->str, WRAP));
			g_string_erase(line, 0, WRAP);
		}
	}
	g_ptr_array_add(lines, g_string_free(line, FALSE));
	return lines;
}

/* Lines that end above @bottom. */
static void svg_lines(GString *out, unsigned int x, unsigned int bottom, const char *how,
		      GPtrArray *lines)
{
	for (unsigned int i = 0; i < lines->len; i++) {
		g_autofree char *safe = g_markup_escape_text(g_ptr_array_index(lines, i), -1);

		g_string_append_printf(out, "<text x=\"%u\" y=\"%u\" %s>%s</text>\n", x,
				       bottom - (lines->len - 1 - i) * LINE, how, safe);
	}
}

static void svg_arrow(GString *out, unsigned int from, unsigned int to, unsigned int y)
{
	g_string_append_printf(out,
			       "<line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\" stroke=\"#222\" "
			       "marker-end=\"url(#a)\"/>\n",
			       LEFT + from * LANE, y, LEFT + to * LANE, y);
}

/* One rung below @y; where the next begins. */
static unsigned int svg_rung(GString *out, const struct rung *r, unsigned int y)
{
	unsigned int left = MIN(r->from, r->to), span = MAX(r->from, r->to) - left;
	g_autoptr(GPtrArray) lines = wrap(r->text);

	y += lines->len * LINE + GAP;
	if (r->from != r->to) {
		svg_arrow(out, r->from, r->to, y + 4);
		svg_lines(out, LEFT + left * LANE + span * LANE / 2, y - 2,
			  "text-anchor=\"middle\"", lines);
		return y + 4;
	}
	g_string_append_printf(out, "<circle cx=\"%u\" cy=\"%u\" r=\"4\" fill=\"%s\"/>\n",
			       LEFT + r->from * LANE, y - 4, r->lost ? "#b00" : "#555");
	svg_lines(out, LEFT + r->from * LANE + 9, y,
		  r->lost ? "font-weight=\"bold\"" : "font-style=\"italic\"", lines);
	return y;
}

/* The lanes' names, their last lines above @y. */
static void svg_names(GString *out, const struct ladder *l, unsigned int y)
{
	for (unsigned int i = 0; i < l->lanes->len; i++) {
		g_autoptr(GPtrArray) name = wrap(g_ptr_array_index(l->lanes, i));

		svg_lines(out, LEFT + i * LANE, y, "text-anchor=\"middle\" font-weight=\"bold\"",
			  name);
	}
}

/**
 * ladder_svg() - The ladder as a picture
 * @x: the run
 * @packets: struct packet *
 * @out: gets it
 */
void ladder_svg(struct explain *x, GPtrArray *packets, GString *out)
{
	g_autoptr(GString) body = g_string_new(NULL);
	unsigned int width, y = TOP, named = TOP;
	struct ladder l;

	ladder_fill(x, &l, packets);
	for (unsigned int i = 0; i < l.rungs->len; i++) {
		if (y - named > PAGE) {
			y += 2 * LINE + GAP;
			svg_names(body, &l, y);
			named = y;
		}
		y = svg_rung(body, &g_array_index(l.rungs, struct rung, i), y);
	}
	y += 2 * GAP;
	/* a note of the last lane wants room on its right */
	width = LEFT + MAX(l.lanes->len, 1) * LANE;
	g_string_append_printf(
		out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
		"viewBox=\"0 0 %u %u\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\">\n"
		"<title>The way of the packets, interface by interface</title>\n"
		"<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" "
		"markerWidth=\"8\" "
		"markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#222\"/>"
		"</marker></defs>\n"
		"<style>text{paint-order:stroke;stroke:#fff;stroke-width:3px}</style>\n<rect "
		"width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
		width, y, width, y);
	for (unsigned int i = 0; i < l.lanes->len; i++) {
		unsigned int at = LEFT + i * LANE;

		g_string_append_printf(out,
				       "<line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\" "
				       "stroke=\"#999\" stroke-dasharray=\"3 3\"/>\n",
				       at, TOP, at, y - GAP);
	}
	svg_names(out, &l, TOP - GAP);
	if (l.left_out) {
		g_autofree char *less = left_out_words(&l);

		g_string_append_printf(out, "<text x=\"9\" y=\"%d\">%s</text>\n", LINE + GAP, less);
	}
	g_string_append_printf(out, "%s</svg>\n", body->str);
	ladder_empty(&l);
}
