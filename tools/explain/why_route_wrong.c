/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_route_wrong.c - findings: a route that leads elsewhere, round in circles, or to nobody
 */
#include <string.h>

#include "../texts/near.h"
#include "why_route.h"

static void change_gateway(struct why *w, const char *ns, const struct target *t,
			   struct why_finding *f, const struct why_addr *gw)
{
	const struct why_route *r = why_lookup(w->world, ns, t->addr, 0);
	const struct stmt *st = why_stmt(w, f->id);
	const char *ip = why_ip(w, ns);
	const char *to;

	if (!r || (r->has_gateway && r->gateway == gw->addr))
		return;
	to = r->len ? why_str(w, "%s/%d", WHY_IP(r->dst), r->len) : "default";
	if (st && r->has_gateway && !r->kernel) {
		g_autofree char *old = g_strdup(WHY_IP(r->gateway));
		g_autofree char *text = text_replace_word(st->text, old, WHY_IP(gw->addr));

		why_edit_replace(w, f, f->id, text);
	}
	if (!r->kernel)
		why_edit_insert(w, f,
				why_str(w, "%s route replace %s via %s", ip, to, WHY_IP(gw->addr)));
	if (!r->kernel)
		why_edit_insert(w, f,
				why_str(w, "%s route replace %s via %s%s", ip, to, WHY_IP(gw->addr),
					r->metric ? why_str(w, " metric %d", r->metric) : ""));
	if (t->len > r->len && t->len < 32)
		why_edit_insert(w, f,
				why_str(w, "%s route add %s via %s", ip, route_net_words(w, t),
					WHY_IP(gw->addr)));
	why_edit_insert(
		w, f, why_str(w, "%s route add %s via %s", ip, WHY_IP(t->addr), WHY_IP(gw->addr)));
}

/* Does the packet come back to where it was? Names of those it goes round between. */
static const char *loop(struct why *w, const char *ns, const struct target *t)
{
	GPtrArray *seen = g_ptr_array_new();
	const char *found = NULL;

	for (int hops = 0; hops < 32 && !found; hops++) {
		const struct why_route *r = why_lookup(w->world, ns, t->addr, 0);
		const struct why_addr *next;

		for (unsigned int i = 0; i < seen->len && !found; i++) {
			if (!strcmp(g_ptr_array_index(seen, i), ns))
				found = why_str(w, "%s and %s", ns,
						(char *)g_ptr_array_index(seen, seen->len - 1));
		}
		next = r && r->has_gateway ? why_owner(w->world, r->gateway, ns) : NULL;
		if (!next || found)
			break;
		g_ptr_array_add(seen, (gpointer)(uintptr_t)ns);
		ns = next->dev->ns;
	}
	g_ptr_array_unref(seen);
	return found;
}

/* Another route to the same prefix that lost by its metric. */
static const struct why_route *loser(const struct why *w, const struct why_route *r)
{
	for (unsigned int i = 0; i < w->world->routes->len; i++) {
		const struct why_route *o = g_ptr_array_index(w->world->routes, i);

		if (o != r && !strcmp(o->ns, r->ns) && !strcmp(o->table, r->table) &&
		    o->dst == r->dst && o->len == r->len && o->metric >= r->metric)
			return o;
	}
	return NULL;
}

static bool is_dummy(const struct why *w, const struct why_route *r)
{
	const struct why_dev *d = why_dev_find(w->world, r->ns, r->dev);

	return d && !strcmp(d->kind, "dummy");
}

/* A route that says "on the link" to something that is elsewhere. */
static bool off_link(const struct why *w, const struct why_route *r, const struct target *t)
{
	const struct why_dev *d = why_dev_find(w->world, r->ns, r->dev);

	return !r->has_gateway && !strcmp(r->type, "unicast") && d && t->ns &&
	       !why_on_segment(w->world, t->ns, d->segment);
}

/* A gateway of a route with several that nobody has; 0: none. */
static uint32_t bad_hop(const struct why *w, const struct why_route *r)
{
	for (int i = 0; i < r->nr_hops; i++) {
		if (!why_owner(w->world, r->hops[i], NULL))
			return r->hops[i];
	}
	return 0;
}

/* The line without the next hop that leads nowhere. */
static void without_hop(struct why *w, struct why_finding *f, uint32_t hop)
{
	const struct stmt *st = why_stmt(w, f->id);
	g_autofree char *expr =
		g_strdup_printf(" nexthop via %s( (dev|weight) [^ ]+)*( onlink)?", WHY_IP(hop));
	g_autoptr(GRegex) re = g_regex_new(expr, G_REGEX_RAW, 0, NULL);
	g_autofree char *text =
		st ? g_regex_replace_literal(re, st->text, -1, 0, "", 0, NULL) : NULL;

	if (text)
		why_edit_replace(w, f, st->id, text);
}

static const char *what_is_wrong(struct why *w, const struct why_route *r, const struct target *t,
				 enum why_rank *rank)
{
	const struct why_addr *gw = r->has_gateway ? why_owner(w->world, r->gateway, NULL) : NULL;
	const char *round = loop(w, r->ns, t);
	const struct why_route *lost = loser(w, r);

	*rank = RANK_CONFLICT;
	if (round)
		return why_str(
			w,
			"a routing loop: %s has no better route to %s than its %s, so the packet "
			"goes round between %s until its TTL is gone.",
			why_ns_name(r->ns), WHY_IP(t->addr), route_dest_words(w, r), round);
	if (!strcmp(r->type, "local"))
		return why_str(
			w,
			"the local route %s in %s%s makes it take packets to %s for its own: "
			"they go no further.",
			route_dest_words(w, r), why_ns_name(r->ns), why_at(w, route_setter(w, r)),
			WHY_IP(t->addr));
	if (strcmp(r->type, "unicast") != 0)
		return why_str(w, "the %s route %s in %s%s kills packets to %s.", r->type,
			       route_dest_words(w, r), why_ns_name(r->ns),
			       why_at(w, route_setter(w, r)), WHY_IP(t->addr));
	if (bad_hop(w, r) && r->nr_hops > 1)
		return why_str(
			w,
			"the route of %s to %s%s has %d next hops, and %s is nobody's address: the "
			"flows that are given to it are lost.",
			why_ns_name(r->ns), WHY_IP(t->addr), why_at(w, route_setter(w, r)),
			r->nr_hops, WHY_IP(bad_hop(w, r)));
	if (lost)
		return why_str(
			w,
			"%s has two routes: %s%s is preferred (lower metric) to %s%s, but cannot "
			"deliver.",
			why_ns_name(r->ns), route_dest_words(w, r), why_at(w, route_setter(w, r)),
			route_dest_words(w, lost), why_at(w, route_setter(w, lost)));
	if (off_link(w, r, t))
		return why_str(
			w,
			"%s takes %s for a neighbour on %s (route %s%s), but it is not on that "
			"wire: it is in %s, behind a router. %s",
			why_ns_name(r->ns), WHY_IP(t->addr), r->dev, route_dest_words(w, r),
			!r->len	    ? ", no gateway"
			: r->kernel ? ", prefix too wide?"
				    : "",
			why_ns_name(t->ns),
			is_dummy(w, r) ? "A dummy device leads nowhere."
				       : "ARP for it stays unanswered.");
	if (r->has_gateway && !gw)
		return why_str(w, "the gateway %s of %s%s is nobody's address: nobody answers ARP.",
			       WHY_IP(r->gateway), why_ns_name(r->ns),
			       why_at(w, route_setter(w, r)));
	if (gw && !strcmp(gw->dev->ns, r->ns))
		return why_str(w, "the gateway %s of %s%s is its own address.", WHY_IP(r->gateway),
			       why_ns_name(r->ns), why_at(w, route_setter(w, r)));
	if (gw && !route_forwards(w, gw->dev->ns) && t->ns && strcmp(t->ns, gw->dev->ns) != 0)
		return why_str(
			w,
			"the route of %s to %s%s points to the gateway %s, that is %s: a plain "
			"host that does not forward (ip_forward 0), no router.",
			why_ns_name(r->ns), WHY_IP(t->addr), why_at(w, route_setter(w, r)),
			WHY_IP(r->gateway), why_ns_name(gw->dev->ns));
	*rank = RANK_ROUNDABOUT;
	return why_str(w, "the route %s of %s%s does not lead to %s%s.", route_dest_words(w, r),
		       why_ns_name(r->ns), why_at(w, route_setter(w, r)), WHY_IP(t->addr),
		       t->back ? ", where the reply has to go" : "");
}

static void other_devices(struct why *w, struct why_finding *f, const struct why_route *r,
			  const struct target *t)
{
	const struct stmt *st = why_stmt(w, f->id);

	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (strcmp(d->ns, r->ns) != 0 || !strcmp(d->name, r->dev) ||
		    !strcmp(d->name, "lo") || *d->master)
			continue;
		if (st && text_has_word(st->text, r->dev)) {
			g_autofree char *text = text_replace_word(st->text, r->dev, d->name);

			why_edit_replace(w, f, f->id, text);
		}
		why_edit_insert(w, f,
				why_str(w, "%s route add %s dev %s", why_ip(w, r->ns),
					WHY_IP(t->addr), d->name));
	}
}

/**
 * why_route_wrong() - A route the packet takes that does not lead there
 * @w: the search
 * @r: the route
 * @t: what it should lead to
 */
void why_route_wrong(struct why *w, const struct why_route *r, const struct target *t)
{
	enum why_rank rank;
	const char *cause = what_is_wrong(w, r, t, &rank);
	struct why_finding *f = why_finding(w, rank, "route", cause);
	const struct why_route *lost = loser(w, r);
	const struct stmt *st;

	f->ns = r->ns;
	f->id = route_setter(w, r);
	if (strcmp(r->type, "unicast") != 0)
		why_edit_delete(w, f, f->id);
	if (r->kernel && why_owner(w->world, r->src, NULL))
		f->id = why_addr_setter(w, r->ns, r->src, r->len);
	if (r->nr_hops > 1 && bad_hop(w, r))
		without_hop(w, f, bad_hop(w, r));
	route_each_gateway(w, r->ns, t, f, change_gateway);
	if (!r->kernel && !strcmp(r->type, "unicast"))
		why_edit_delete(w, f, f->id);
	st = why_stmt(w, f->id);
	if (lost && st && r->metric) {
		g_autofree char *old = g_strdup_printf("metric %d", r->metric);
		const char *new = why_str(w, "metric %d", lost->metric + 100);
		g_autofree char *text = NULL;
		char *at = strstr(st->text, old);

		if (at) {
			text = g_strdup_printf("%.*s%s%s", (int)(at - st->text), st->text, new,
					       at + strlen(old));
			why_edit_replace(w, f, f->id, text);
		}
	}
	if (!r->kernel)
		why_edit_insert(
			w, f,
			why_str(w, "%s route del %s%s%s", why_ip(w, r->ns),
				strcmp(r->type, "unicast") != 0 ? why_str(w, "%s ", r->type) : "",
				route_dest_words(w, r),
				strcmp(r->table, "main") != 0 ? why_str(w, " table %s", r->table)
							      : ""));
	if (!r->has_gateway)
		other_devices(w, f, r, t);
}
