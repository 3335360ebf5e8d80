/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * svg.c - the network as a picture: a table for each namespace, cables beside them
 *
 * Text is monospaced, so its width is known and nothing is cut. Each cable has
 * a column of its own: lines may cross, they never lie on each other.
 */
#include "topo.h"

#include <string.h>

#include "../lib/escape.h"

#define CHAR_W 8.0 /* of 13 px monospace fonts: 7.8 at most */
#define ROW_H 24.0
#define HEAD_H 28.0
#define GAP 18.0
#define PAD 14.0
#define COLUMN_W 16.0
#define INDENT 24.0

struct sizes {
	double name_w, state_w, box_w, width, height;
	double *y; /* middle of each row */
};

static char *details(const struct topo_if *dev)
{
	g_autofree char *what = topo_if_what(dev);
	g_autofree char *addrs = topo_if_addrs(dev);

	return g_strconcat(what, *what && *addrs ? ", " : "", addrs, NULL);
}

static double text_w(const char *s)
{
	return (double)strlen(s) * CHAR_W;
}

static void measure(const struct topo *t, struct sizes *z)
{
	double y = PAD + HEAD_H, details_w = 0, lane_w = 0;

	for (unsigned int n = 0; n < t->lanes->len; n++) {
		const struct topo_lane *lane = g_ptr_array_index(t->lanes, n);
		g_autofree char *lane_name = text_escape(lane->name);

		lane_w = MAX(lane_w, text_w(lane_name) + 4 * PAD);
		y += HEAD_H;
		for (unsigned int i = 0; i < lane->ifs->len; i++) {
			const struct topo_if *dev = g_ptr_array_index(lane->ifs, i);
			g_autofree char *name = text_escape(dev->name);
			g_autofree char *state = topo_if_state(dev);
			g_autofree char *text = details(dev);

			z->name_w = MAX(z->name_w, text_w(name) + dev->depth * INDENT);
			z->state_w = MAX(z->state_w, text_w(state));
			details_w = MAX(details_w, text_w(text));
			z->y[dev->row] = y + ROW_H / 2;
			y += ROW_H;
		}
		y += GAP;
	}
	z->box_w = MAX(lane_w, z->name_w + z->state_w + details_w + 5 * PAD);
	z->height = y + PAD;
	z->width = PAD + z->box_w + COLUMN_W * (t->nr_columns + 1) + PAD;
}

static const char *accent(const char *name)
{
	static const struct {
		const char *name, *colour;
	} colours[] = { { "red", "#c62828" },	 { "green", "#2e7d32" },   { "blue", "#1565c0" },
			{ "yellow", "#f9a825" }, { "magenta", "#ad1457" }, { "cyan", "#00838f" } };

	for (size_t i = 0; i < G_N_ELEMENTS(colours); i++) {
		if (!strcmp(colours[i].name, name))
			return colours[i].colour;
	}
	return "#546e7a";
}

static void put_text(GString *s, double x, double y, const char *class, const char *text)
{
	g_autofree char *safe = text_escape_xml(text);

	g_string_append_printf(s, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>\n", x, y,
			       class, safe);
}

static void put_if(GString *s, const struct topo_if *dev, const struct sizes *z)
{
	double y = z->y[dev->row], x = PAD * 2;
	g_autofree char *state = topo_if_state(dev);
	g_autofree char *text = details(dev);

	if (dev->master && dev->depth)
		g_string_append_printf(s, "<path class=\"port\" d=\"M%.1f %.1fV%.1fH%.1f\"/>\n",
				       x + 6, z->y[dev->master->row] + ROW_H / 2 - 6, y,
				       x + INDENT - 4);
	put_text(s, x + dev->depth * INDENT, y + 4.5, "name", dev->name);
	x += z->name_w + PAD;
	put_text(s, x, y + 4.5, topo_if_works(dev) ? "up" : "down", state);
	x += z->state_w + PAD;
	put_text(s, x, y + 4.5, "addr", text);
}

static void put_lane(GString *s, const struct topo_lane *lane, const struct sizes *z, double *y)
{
	double height = HEAD_H + lane->ifs->len * ROW_H;

	g_string_append_printf(s,
			       "<rect class=\"lane\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
			       "height=\"%.1f\"/>\n"
			       "<rect x=\"%.1f\" y=\"%.1f\" width=\"5\" height=\"%.1f\" "
			       "fill=\"%s\"/>\n",
			       PAD, *y, z->box_w, height + 4, PAD, *y, height + 4,
			       accent(lane->name));
	put_text(s, PAD * 2, *y + HEAD_H / 2 + 5, "head", lane->name);
	for (unsigned int i = 0; i < lane->ifs->len; i++)
		put_if(s, g_ptr_array_index(lane->ifs, i), z);
	*y += height + GAP;
}

static void put_wire(GString *s, const struct topo_wire *w, const struct sizes *z)
{
	double x0 = PAD + z->box_w, x = x0 + COLUMN_W * (w->column + 1);
	double y0 = z->y[w->from->row], y1 = z->y[w->to->row];
	bool works = topo_if_works(w->from) && topo_if_works(w->to);
	g_autofree char *from = topo_if_full_name(w->from);
	g_autofree char *to = topo_if_full_name(w->to);
	g_autofree char *safe_from = text_escape_xml(from);
	g_autofree char *safe_to = text_escape_xml(to);

	g_string_append_printf(s,
			       "<g><title>cable: %s - %s%s</title>"
			       "<path class=\"wire%s\" d=\"M%.1f %.1fH%.1fV%.1fH%.1f\"/>"
			       "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>"
			       "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/></g>\n",
			       safe_from, safe_to, works ? "" : " (does not work now)",
			       works ? "" : " dead", x0, y0, x, y1, x0, x0, y0, x0, y1);
}

static void put_head(GString *s, const struct topo *t, const struct sizes *z)
{
	g_autofree char *title = text_escape_xml(t->title);

	g_string_append_printf(
		s,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
		"viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"t d\">\n"
		"<title id=\"t\">%s</title>\n<desc id=\"d\">%u network namespaces, %u cables; "
		"each box is a namespace, each row an interface with its state and "
		"addresses</desc>\n"
		"<style>\n"
		"text{font:13px 'DejaVu Sans Mono',Menlo,Consolas,'Courier New',monospace;"
		"fill:#1a1a1a;white-space:pre}\n"
		".head{font-weight:bold}.up{fill:#1b5e20}.down{fill:#b71c1c;font-weight:bold}\n"
		".lane{fill:#fafafa;stroke:#90a4ae}\n"
		".wire{fill:none;stroke:#37474f;stroke-width:2}.dead{stroke-dasharray:5 4}\n"
		".port{fill:none;stroke:#90a4ae;stroke-width:1.5}circle{fill:#37474f}\n"
		"</style>\n"
		"<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
		z->width, z->height, z->width, z->height, title, t->lanes->len, t->wires->len);
}

/**
 * topo_svg() - The network as a picture
 * @t: arranged
 *
 * Return: to be freed.
 */
char *topo_svg(const struct topo *t)
{
	g_autofree double *ys = g_new0(double, t->nr_rows + 1);
	struct sizes z = { .y = ys };
	GString *s = g_string_new(NULL);
	double y = PAD + HEAD_H;

	measure(t, &z);
	z.width = MAX(z.width, text_w(t->title) + 2 * PAD);
	put_head(s, t, &z);
	put_text(s, PAD, PAD + 12, "head", t->title);
	for (unsigned int i = 0; i < t->lanes->len; i++)
		put_lane(s, g_ptr_array_index(t->lanes, i), &z, &y);
	for (unsigned int i = 0; i < t->wires->len; i++)
		put_wire(s, g_ptr_array_index(t->wires, i), &z);
	g_string_append(s, "</svg>\n");
	return g_string_free(s, FALSE);
}
