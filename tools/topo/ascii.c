/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ascii.c - the network as text: a box for each namespace, cables drawn beside them
 *
 * Everything is told by words first: who the other end of a cable is stands in
 * its row. The lines at the right are drawn when there is room for them.
 */
#include "topo.h"

#include <string.h>

#include "../lib/escape.h"

#define NAME_MAX_WIDTH 24
#define MAX_COLUMNS 12 /* of cables that are drawn */
#define CABLE_WIDTH 2

/* One line of the drawing. */
struct line {
	char *text;		   /* padded to the width of the boxes */
	const struct topo_if *dev; /* its cable begins here; NULL */
	unsigned int at, len;	   /* the word that may be coloured */
	const char *colour;
};

struct drawing {
	const struct topo *topo;
	unsigned int width; /* inside of a box */
	unsigned int name_width, state_width;
	GPtrArray *lines;
};

static void line_free(void *p)
{
	struct line *l = p;

	g_free(l->text);
	g_free(l);
}

static struct line *add_line(struct drawing *d, const char *left, const char *text, char fill,
			     const char *right)
{
	struct line *l = g_new0(struct line, 1);
	GString *s = g_string_new(left);

	g_string_append(s, text);
	while (s->len < d->width + 3)
		g_string_append_c(s, fill);
	g_string_append(s, right);
	l->text = g_string_free(s, FALSE);
	g_ptr_array_add(d->lines, l);
	return l;
}

static struct line *add_text(struct drawing *d, const char *text)
{
	return add_line(d, "| ", text, ' ', "|");
}

/* A namespace's own colour, when it is called after one. */
static const char *name_colour(const char *name)
{
	static const struct {
		const char *name, *sgr;
	} colours[] = { { "red", "31" },    { "green", "32" },	 { "blue", "34" },
			{ "yellow", "33" }, { "magenta", "35" }, { "cyan", "36" } };

	for (size_t i = 0; i < G_N_ELEMENTS(colours); i++) {
		if (!strcmp(colours[i].name, name))
			return colours[i].sgr;
	}
	return "1";
}

static void add_title(struct drawing *d, const struct topo_lane *lane)
{
	g_autofree char *name = text_escape(lane->name);
	g_autofree char *first = g_strndup(name, d->width - 4);
	g_autofree char *text = g_strdup_printf(" %s ", first);
	struct line *l = add_line(d, "+--", text, '-', "+");

	l->at = 4;
	l->len = (unsigned int)strlen(first);
	l->colour = name_colour(lane->name);
	for (const char *rest = name + strlen(first); *rest;) {
		g_autofree char *part = g_strndup(rest, d->width);

		add_text(d, part);
		rest += strlen(part);
	}
}

/* What is told of an interface behind its state, in parts that stay together. */
static GPtrArray *parts_of(const struct topo_if *dev)
{
	GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *what = topo_if_what(dev);

	if (*what)
		g_ptr_array_add(parts, g_strdup(what));
	for (unsigned int i = 0; i < dev->addrs->len; i++)
		g_ptr_array_add(parts, g_strdup(g_ptr_array_index(dev->addrs, i)));
	if (topo_if_is_cable(dev)) {
		g_autofree char *peer = topo_if_full_name(dev->peer);

		g_ptr_array_add(parts, g_strdup_printf("<-> %s", peer));
	} else if (dev->kind && !strcmp(dev->kind, "veth")) {
		g_ptr_array_add(parts, g_strdup("<-> ?"));
	}
	return parts;
}

/* Fills lines of @room columns, behind @indent blanks; the first continues @s. */
static void wrap_parts(struct drawing *d, GString *s, unsigned int indent, const GPtrArray *parts)
{
	bool fresh = true;

	for (unsigned int i = 0; i < parts->len; i++) {
		const char *part = g_ptr_array_index(parts, i);

		while (*part) {
			size_t room = d->width > s->len ? d->width - s->len : 0;
			size_t len = strlen(part), gap = fresh ? 0 : 2;

			if (len + gap <= room || (fresh && room >= 8)) {
				size_t take = MIN(len, room - gap);

				g_string_append_printf(s, "%*s%.*s", (int)gap, "", (int)take, part);
				part += take;
				fresh = false;
				continue;
			}
			add_text(d, s->str);
			g_string_printf(s, "%*s", (int)indent, "");
			fresh = true;
		}
	}
	if (!fresh || !parts->len)
		add_text(d, s->str);
}

static void add_if(struct drawing *d, const struct topo_if *dev, bool last_port)
{
	g_autofree char *name = text_escape(dev->name);
	g_autofree char *state = topo_if_state(dev);
	g_autofree char *whole = g_strdup_printf("%s%s",
						 !dev->depth ? ""
						 : last_port ? "`- "
							     : "|- ",
						 name);
	GPtrArray *parts = parts_of(dev);
	unsigned int first = d->lines->len, at;
	GString *s = g_string_new(NULL);
	struct line *l;

	g_string_printf(s, "%-*s", (int)d->name_width, whole);
	if (s->len > d->name_width) {
		add_text(d, s->str);
		g_string_printf(s, "%*s", (int)d->name_width, "");
	}
	at = d->lines->len;
	g_string_append_printf(s, "  %-*s  ", (int)d->state_width, state);
	wrap_parts(d, s, d->name_width + d->state_width + 4, parts);
	l = g_ptr_array_index(d->lines, at);
	l->at = 2 + d->name_width + 2;
	l->len = (unsigned int)strlen(state);
	l->colour = topo_if_works(dev) ? "32" : "31";
	l = g_ptr_array_index(d->lines, first);
	l->dev = dev;
	g_string_free(s, TRUE);
	g_ptr_array_unref(parts);
}

static void measure(struct drawing *d)
{
	d->name_width = 1;
	d->state_width = 2;
	for (unsigned int n = 0; n < d->topo->lanes->len; n++) {
		const struct topo_lane *lane = g_ptr_array_index(d->topo->lanes, n);

		for (unsigned int i = 0; i < lane->ifs->len; i++) {
			const struct topo_if *dev = g_ptr_array_index(lane->ifs, i);
			g_autofree char *name = text_escape(dev->name);
			g_autofree char *state = topo_if_state(dev);
			unsigned int len = (unsigned int)strlen(name) + dev->depth * 3;

			if (len <= NAME_MAX_WIDTH)
				d->name_width = MAX(d->name_width, len);
			d->state_width = MAX(d->state_width, (unsigned int)strlen(state));
		}
	}
}

static void draw_lane(struct drawing *d, const struct topo_lane *lane)
{
	add_title(d, lane);
	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		const struct topo_if *dev = g_ptr_array_index(lane->ifs, i);
		const struct topo_if *next =
			i + 1 < lane->ifs->len ? g_ptr_array_index(lane->ifs, i + 1) : NULL;

		add_if(d, dev, dev->depth && (!next || next->master != dev->master));
	}
	add_line(d, "+--", "", '-', "+");
}

static unsigned int line_of(const struct drawing *d, const struct topo_if *dev)
{
	for (unsigned int i = 0; i < d->lines->len; i++) {
		if (((struct line *)g_ptr_array_index(d->lines, i))->dev == dev)
			return i;
	}
	return 0;
}

/* The cables' side of each line: columns of CABLE_WIDTH, "--+" at an end, "|" between. */
static char **draw_wires(const struct drawing *d, bool draw)
{
	unsigned int width = draw ? d->topo->nr_columns * CABLE_WIDTH + 1 : 0;
	char **side = g_new0(char *, d->lines->len + 1);

	for (unsigned int i = 0; i < d->lines->len; i++)
		side[i] = g_strnfill(width, ' ');
	for (unsigned int n = 0; draw && n < d->topo->wires->len; n++) {
		const struct topo_wire *w = g_ptr_array_index(d->topo->wires, n);
		unsigned int from = line_of(d, w->from), to = line_of(d, w->to);
		unsigned int at = w->column * CABLE_WIDTH + 1;

		for (unsigned int i = from + 1; i < to; i++)
			side[i][at] = '|';
		side[from][at] = '+';
		side[to][at] = '+';
		for (unsigned int x = 0; x < at; x++) {
			side[from][x] = side[from][x] == '|' ? '|' : '-';
			side[to][x] = side[to][x] == '|' ? '|' : '-';
		}
	}
	/* a cable further in that was drawn later lies over what passes it */
	for (unsigned int n = 0; draw && n < d->topo->wires->len; n++) {
		const struct topo_wire *w = g_ptr_array_index(d->topo->wires, n);

		for (unsigned int i = line_of(d, w->from) + 1; i < line_of(d, w->to); i++)
			side[i][w->column * CABLE_WIDTH + 1] = '|';
	}
	return side;
}

static void put_line(GString *out, const struct line *l, const char *side, bool colour)
{
	g_autofree char *text = g_strdup(l->text);
	g_autofree char *whole = NULL;
	size_t len = strlen(text);

	if (*side == '-')
		text[len - 1] = 'o';
	whole = g_strchomp(g_strconcat(text, side, NULL));
	if (colour && l->colour)
		g_string_append_printf(out, "%.*s\033[%sm%.*s\033[0m%s\n", (int)l->at, whole,
				       l->colour, (int)l->len, whole + l->at,
				       whole + l->at + l->len);
	else
		g_string_append_printf(out, "%s\n", whole);
}

/**
 * topo_ascii() - The network as text
 * @t: arranged
 * @width: columns
 * @colour: terminal colours beside the words
 *
 * Return: to be freed.
 */
char *topo_ascii(const struct topo *t, unsigned int width, bool colour)
{
	struct drawing d = { .topo = t };
	bool draw = t->nr_columns && t->nr_columns <= MAX_COLUMNS;
	GString *out = g_string_new(NULL);
	char **side;

	width = CLAMP(width, 60, 120);
	d.width = width - 4 - (draw ? t->nr_columns * CABLE_WIDTH + 1 : 0);
	d.lines = g_ptr_array_new_with_free_func(line_free);
	measure(&d);
	for (unsigned int i = 0; i < t->lanes->len; i++)
		draw_lane(&d, g_ptr_array_index(t->lanes, i));
	side = draw_wires(&d, draw);
	for (unsigned int i = 0; i < d.lines->len; i++)
		put_line(out, g_ptr_array_index(d.lines, i), side[i], colour);
	g_strfreev(side);
	g_ptr_array_unref(d.lines);
	return g_string_free(out, FALSE);
}
