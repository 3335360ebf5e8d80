/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * graph.c - the network for those who draw it: Graphviz, Mermaid
 */
#include "topo.h"

#include <linux/if.h>

#include "../lib/escape.h"

typedef char *(*escape_fn)(const char *s);

/* "veth-red / 192.168.15.1/24 / up" with @eol between. */
static char *label(const struct topo_if *dev, escape_fn escape, const char *eol)
{
	g_autofree char *name = escape(dev->name);
	g_autofree char *state = topo_if_state(dev);
	g_autofree char *what = topo_if_what(dev);
	GString *s = g_string_new(name);

	if (*what) {
		g_autofree char *safe = escape(what);

		g_string_append_printf(s, "%s%s", eol, safe);
	}
	for (unsigned int i = 0; i < dev->addrs->len; i++)
		g_string_append_printf(s, "%s%s", eol,
				       (const char *)g_ptr_array_index(dev->addrs, i));
	g_string_append_printf(s, "%s%s", eol, state);
	return g_string_free(s, FALSE);
}

static char *join_label(const struct topo_if *a, const struct topo_if *b)
{
	bool works = a->flags & IFF_UP && b->flags & IFF_UP;

	return g_strdup(works ? "" : "DOWN");
}

static void dot_lane(GString *s, const struct topo_lane *lane, unsigned int n)
{
	g_autofree char *name = text_escape_dot(lane->name);

	g_string_append_printf(s, "\tsubgraph cluster_%u {\n\t\tlabel=\"%s\";\n", n, name);
	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		const struct topo_if *dev = g_ptr_array_index(lane->ifs, i);
		g_autofree char *text = label(dev, text_escape_dot, "\\n");

		g_string_append_printf(s, "\t\ti%u [label=\"%s\"%s];\n", dev->row, text,
				       topo_if_works(dev) ? "" : ", style=dashed");
	}
	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		const struct topo_if *dev = g_ptr_array_index(lane->ifs, i);

		if (dev->master)
			g_string_append_printf(s, "\t\ti%u -- i%u [label=\"port\"];\n", dev->row,
					       dev->master->row);
		if (dev->peer && !topo_if_is_cable(dev))
			g_string_append_printf(s, "\t\ti%u -- i%u [label=\"on\", style=dotted];\n",
					       dev->row, dev->peer->row);
	}
	g_string_append(s, "\t}\n");
}

/**
 * topo_dot() - For Graphviz: dot -Tsvg
 * @t: arranged
 *
 * Return: to be freed.
 */
char *topo_dot(const struct topo *t)
{
	g_autofree char *title = text_escape_dot(t->title);
	GString *s = g_string_new(NULL);

	g_string_append_printf(s, "graph netglass {\n\tlabel=\"%s\";\n\tlabelloc=t;\n", title);
	g_string_append(s, "\trankdir=LR;\n\tnode [shape=box, fontname=\"monospace\"];\n");
	for (unsigned int i = 0; i < t->lanes->len; i++)
		dot_lane(s, g_ptr_array_index(t->lanes, i), i);
	for (unsigned int i = 0; i < t->wires->len; i++) {
		const struct topo_wire *w = g_ptr_array_index(t->wires, i);
		g_autofree char *text = join_label(w->from, w->to);

		g_string_append_printf(s, "\ti%u -- i%u [label=\"%s\", penwidth=2%s];\n",
				       w->from->row, w->to->row, text,
				       *text ? ", style=dashed" : "");
	}
	g_string_append(s, "}\n");
	return g_string_free(s, FALSE);
}

static void mermaid_lane(GString *s, const struct topo_lane *lane, unsigned int n)
{
	g_autofree char *name = text_escape_mermaid(lane->name);

	g_string_append_printf(s, "  subgraph ns%u[\"%s\"]\n", n, name);
	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		const struct topo_if *dev = g_ptr_array_index(lane->ifs, i);
		g_autofree char *text = label(dev, text_escape_mermaid, "<br/>");

		g_string_append_printf(s, "    i%u[\"%s\"]\n", dev->row, text);
	}
	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		const struct topo_if *dev = g_ptr_array_index(lane->ifs, i);

		if (dev->master)
			g_string_append_printf(s, "    i%u ---|port| i%u\n", dev->row,
					       dev->master->row);
		if (dev->peer && !topo_if_is_cable(dev))
			g_string_append_printf(s, "    i%u -.-|on| i%u\n", dev->row,
					       dev->peer->row);
	}
	g_string_append(s, "  end\n");
}

/**
 * topo_mermaid() - For Markdown
 * @t: arranged
 *
 * Return: to be freed.
 */
char *topo_mermaid(const struct topo *t)
{
	GString *s = g_string_new("flowchart LR\n");

	for (unsigned int i = 0; i < t->lanes->len; i++)
		mermaid_lane(s, g_ptr_array_index(t->lanes, i), i);
	for (unsigned int i = 0; i < t->wires->len; i++) {
		const struct topo_wire *w = g_ptr_array_index(t->wires, i);
		g_autofree char *text = join_label(w->from, w->to);

		if (*text)
			g_string_append_printf(s, "  i%u -.-|%s| i%u\n", w->from->row, text,
					       w->to->row);
		else
			g_string_append_printf(s, "  i%u === i%u\n", w->from->row, w->to->row);
	}
	return g_string_free(s, FALSE);
}
