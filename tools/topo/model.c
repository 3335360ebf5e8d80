/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model.c - the network as objects, and where each stands in the drawing
 */
#include "topo.h"

#include <linux/if.h>
#include <linux/if_bridge.h>
#include <string.h>

#include "../lib/escape.h"

static void if_free(void *p)
{
	struct topo_if *i = p;

	g_free(i->name);
	g_free(i->kind);
	g_free(i->mac);
	g_ptr_array_unref(i->addrs);
	g_free(i);
}

static void lane_free(void *p)
{
	struct topo_lane *lane = p;

	g_free(lane->name);
	g_ptr_array_unref(lane->ifs);
	g_hash_table_unref(lane->nsid);
	g_free(lane);
}

/**
 * topo_new() - An empty network
 * @title: of the drawing
 *
 * Return: the network, topo_free() it.
 */
struct topo *topo_new(const char *title)
{
	struct topo *t = g_new0(struct topo, 1);

	t->title = g_strdup(title);
	t->lanes = g_ptr_array_new_with_free_func(lane_free);
	t->wires = g_ptr_array_new_with_free_func(g_free);
	return t;
}

/**
 * topo_free() - Forgets it
 * @t: or NULL
 */
void topo_free(struct topo *t)
{
	if (!t)
		return;
	g_ptr_array_unref(t->wires);
	g_ptr_array_unref(t->lanes);
	g_free(t->title);
	g_free(t);
}

/**
 * topo_lane_add() - One more namespace
 * @t: the network
 * @name: as people call it
 * @ino: its number
 *
 * Return: the lane.
 */
struct topo_lane *topo_lane_add(struct topo *t, const char *name, uint64_t ino)
{
	struct topo_lane *lane = g_new0(struct topo_lane, 1);

	lane->name = g_strdup(name);
	lane->ino = ino;
	lane->ifs = g_ptr_array_new_with_free_func(if_free);
	lane->nsid = g_hash_table_new(g_direct_hash, g_direct_equal);
	g_ptr_array_add(t->lanes, lane);
	return lane;
}

/**
 * topo_if_add() - One more interface
 * @lane: where
 * @name: its name
 * @ifindex: its number
 *
 * Return: the interface.
 */
struct topo_if *topo_if_add(struct topo_lane *lane, const char *name, int ifindex)
{
	struct topo_if *i = g_new0(struct topo_if, 1);

	i->lane = lane;
	i->name = g_strdup(name);
	i->ifindex = ifindex;
	i->addrs = g_ptr_array_new_with_free_func(g_free);
	i->link_nsid = -1;
	i->port_state = -1;
	g_ptr_array_add(lane->ifs, i);
	return i;
}

static struct topo_if *if_find(const struct topo_lane *lane, int ifindex)
{
	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		struct topo_if *found = g_ptr_array_index(lane->ifs, i);

		if (found->ifindex == ifindex)
			return found;
	}
	return NULL;
}

static const struct topo_lane *lane_of_link(const struct topo *t, const struct topo_if *i)
{
	unsigned int at;

	if (i->link_nsid < 0)
		return i->lane;
	at = GPOINTER_TO_UINT(g_hash_table_lookup(i->lane->nsid, GINT_TO_POINTER(i->link_nsid)));
	return at ? g_ptr_array_index(t->lanes, at - 1) : NULL;
}

static void connect_if(const struct topo *t, struct topo_if *i)
{
	const struct topo_lane *lane;

	if (i->master_index)
		i->master = if_find(i->lane, i->master_index);
	if (!i->has_link)
		return;
	lane = lane_of_link(t, i);
	if (lane)
		i->peer = if_find(lane, i->link);
	if (i->peer == i)
		i->peer = NULL;
}

/* Ports come right behind what they are ports of. */
static void order_lane(struct topo_lane *lane)
{
	GPtrArray *ordered = g_ptr_array_new_with_free_func(if_free);

	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		struct topo_if *top = g_ptr_array_index(lane->ifs, i);

		if (top->master)
			continue;
		g_ptr_array_add(ordered, top);
		for (unsigned int k = 0; k < lane->ifs->len; k++) {
			struct topo_if *port = g_ptr_array_index(lane->ifs, k);

			if (port->master != top)
				continue;
			port->depth = 1;
			g_ptr_array_add(ordered, port);
		}
	}
	/* a port of a port: behind all others */
	for (unsigned int i = 0; i < lane->ifs->len; i++) {
		struct topo_if *rest = g_ptr_array_index(lane->ifs, i);

		if (!g_ptr_array_find(ordered, rest, NULL))
			g_ptr_array_add(ordered, rest);
	}
	g_ptr_array_set_free_func(lane->ifs, NULL);
	g_ptr_array_unref(lane->ifs);
	lane->ifs = ordered;
}

/**
 * topo_if_is_cable() - Is it one end of a cable whose other end is here too?
 * @i: the interface
 */
bool topo_if_is_cable(const struct topo_if *i)
{
	return i->peer && i->peer->peer == i;
}

static void add_wire(struct topo *t, struct topo_if *a, struct topo_if *b)
{
	struct topo_wire *w = g_new0(struct topo_wire, 1);

	w->from = a->row < b->row ? a : b;
	w->to = a->row < b->row ? b : a;
	g_ptr_array_add(t->wires, w);
}

static int shorter_first(const void *a, const void *b)
{
	const struct topo_wire *x = *(struct topo_wire *const *)a;
	const struct topo_wire *y = *(struct topo_wire *const *)b;
	unsigned int dx = x->to->row - x->from->row, dy = y->to->row - y->from->row;

	return dx != dy ? (dx < dy ? -1 : 1) : x->from->row < y->from->row ? -1 : 1;
}

/* Two cables in one column never meet: at least one row lies between them. */
static bool column_is_free(const struct topo *t, unsigned int upto, const struct topo_wire *w,
			   unsigned int column)
{
	for (unsigned int i = 0; i < upto; i++) {
		const struct topo_wire *o = g_ptr_array_index(t->wires, i);

		if (o->column == column && o->from->row <= w->to->row && w->from->row <= o->to->row)
			return false;
	}
	return true;
}

static void give_columns(struct topo *t)
{
	g_ptr_array_sort(t->wires, shorter_first);
	for (unsigned int i = 0; i < t->wires->len; i++) {
		struct topo_wire *w = g_ptr_array_index(t->wires, i);

		while (!column_is_free(t, i, w, w->column))
			w->column++;
		if (w->column >= t->nr_columns)
			t->nr_columns = w->column + 1;
	}
}

/**
 * topo_arrange() - Who belongs to whom, and where each stands
 * @t: all read in
 */
void topo_arrange(struct topo *t)
{
	for (unsigned int n = 0; n < t->lanes->len; n++) {
		struct topo_lane *lane = g_ptr_array_index(t->lanes, n);

		for (unsigned int i = 0; i < lane->ifs->len; i++)
			connect_if(t, g_ptr_array_index(lane->ifs, i));
		order_lane(lane);
		for (unsigned int i = 0; i < lane->ifs->len; i++)
			((struct topo_if *)g_ptr_array_index(lane->ifs, i))->row = t->nr_rows++;
	}
	for (unsigned int n = 0; n < t->lanes->len; n++) {
		struct topo_lane *lane = g_ptr_array_index(t->lanes, n);

		for (unsigned int i = 0; i < lane->ifs->len; i++) {
			struct topo_if *one = g_ptr_array_index(lane->ifs, i);

			/* once, from its upper end */
			if (topo_if_is_cable(one) && one->row < one->peer->row)
				add_wire(t, one, one->peer);
		}
	}
	give_columns(t);
}

/**
 * topo_if_works() - Can it carry a frame?
 * @i: the interface
 */
bool topo_if_works(const struct topo_if *i)
{
	return i->flags & IFF_UP && i->carrier &&
	       (i->port_state < 0 || i->port_state == BR_STATE_FORWARDING);
}

static const char *port_word(int state)
{
	static const char *const words[] = { "disabled", "listening", "learning", "forwarding",
					     "blocking" };

	return state >= 0 && (size_t)state < G_N_ELEMENTS(words) ? words[state] : "?";
}

/**
 * topo_if_state() - The state in a word
 * @i: the interface
 *
 * Return: to be freed.
 */
char *topo_if_state(const struct topo_if *i)
{
	if (!(i->flags & IFF_UP))
		return g_strdup("DOWN");
	if (!i->carrier)
		return g_strdup("NO-CARRIER");
	if (i->port_state >= 0 && i->port_state != BR_STATE_FORWARDING)
		return g_strdup_printf("up %s", port_word(i->port_state));
	return g_strdup("up");
}

/**
 * topo_if_addrs() - The addresses in a row
 * @i: the interface
 *
 * Return: to be freed.
 */
char *topo_if_addrs(const struct topo_if *i)
{
	GString *s = g_string_new(NULL);

	for (unsigned int n = 0; n < i->addrs->len; n++)
		g_string_append_printf(s, "%s%s", n ? ", " : "",
				       (const char *)g_ptr_array_index(i->addrs, n));
	return g_string_free(s, FALSE);
}

/**
 * topo_if_full_name() - Namespace and interface
 * @i: the interface
 *
 * Return: to be freed; printable.
 */
char *topo_if_full_name(const struct topo_if *i)
{
	g_autofree char *lane = text_escape(i->lane->name);
	g_autofree char *name = text_escape(i->name);

	return g_strdup_printf("%s/%s", lane, name);
}

/**
 * topo_if_what() - What kind of thing it is
 * @i: the interface
 *
 * Return: to be freed; "" for a cable's end and for lo.
 */
char *topo_if_what(const struct topo_if *i)
{
	if (i->vlan && i->peer) {
		g_autofree char *below = text_escape(i->peer->name);

		return g_strdup_printf("vlan %u on %s", i->vlan, below);
	}
	if (!i->kind || !strcmp(i->kind, "veth"))
		return g_strdup("");
	return text_escape(i->kind);
}
