/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_route.c - findings: routes there and back, gateways, metrics
 */
#include <string.h>

#include "../texts/near.h"
#include "why.h"

struct target {
	uint32_t addr;
	int len;	/* of its network */
	const char *ns; /* who has it; NULL: nobody */
	bool back;	/* the reply's */
};

static bool forwards(const struct why *w, const char *ns)
{
	return why_sysctl_on(w->world, ns, "net.ipv4.ip_forward");
}

static const char *dest_words(struct why *w, const struct why_route *r)
{
	const char *to = r->len ? why_str(w, "%s/%d", WHY_IP(r->dst), r->len) : "default";

	if (r->len == 32)
		to = why_str(w, "%s", WHY_IP(r->dst));
	if (r->has_gateway)
		to = why_str(w, "%s via %s", to, WHY_IP(r->gateway));
	else if (*r->dev)
		to = why_str(w, "%s dev %s", to, r->dev);
	return r->metric ? why_str(w, "%s metric %d", to, r->metric) : to;
}

static unsigned int route_setter(struct why *w, const struct why_route *r)
{
	g_autofree char *dst = g_strdup(WHY_IP(r->dst));
	g_autofree char *gw = g_strdup(WHY_IP(r->gateway));
	const char *const words[] = { r->len	       ? dst
				      : r->has_gateway ? gw
						       : "default",
				      r->has_gateway ? gw
				      : *r->dev	     ? r->dev
						     : dst,
				      NULL };
	const char *const typed[] = { r->type, r->len ? dst : "default", NULL };
	char full[24];
	const char *const prefixed[] = { full, r->has_gateway ? gw : full, NULL };
	unsigned int id;

	if (r->kernel)
		return 0;
	g_snprintf(full, sizeof(full), "%s/%d", dst, r->len);
	if (strcmp(r->type, "unicast") != 0)
		id = why_setter(w, r->ns, typed);
	else
		id = why_setter(w, r->ns, words);
	return id ? id : why_setter(w, r->ns, prefixed);
}

/* Calls @one for every address of another namespace that @ns could use as a gateway. */
static void each_gateway(struct why *w, const char *ns, const struct target *t,
			 struct why_finding *f,
			 void (*one)(struct why *, const char *, const struct target *,
				     struct why_finding *, const struct why_addr *))
{
	for (int pass = 0; pass < 2; pass++) {
		for (unsigned int i = 0; i < w->world->addrs->len; i++) {
			const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
			bool good =
				forwards(w, a->dev->ns) || (t->ns && !strcmp(t->ns, a->dev->ns));
			bool near = false;

			if (!strcmp(a->dev->ns, ns) || !strcmp(a->dev->name, "lo") ||
			    good != (pass == 0))
				continue;
			for (unsigned int k = 0; k < w->world->addrs->len && !near; k++) {
				const struct why_addr *mine = g_ptr_array_index(w->world->addrs, k);

				near = !strcmp(mine->dev->ns, ns) &&
				       mine->dev->segment == a->dev->segment &&
				       !((mine->addr ^ a->addr) & why_mask(mine->len));
			}
			if (near && a->addr != t->addr)
				one(w, ns, t, f, a);
		}
	}
}

static const char *net_words(struct why *w, const struct target *t)
{
	return why_str(w, "%s/%d", WHY_IP(t->addr & why_mask(t->len)), t->len);
}

/* The line that names a gateway, with another. */
static void other_gateway(struct why *w, const char *ns, const struct target *t,
			  struct why_finding *f, const struct why_addr *gw)
{
	const struct stmt *st = why_stmt(w, f->id);
	g_auto(GStrv) words = stmt_words(st->text);

	(void)ns;
	(void)t;
	for (char **p = words; *p; p++) {
		g_autofree char *text =
			!strcmp(*p, "via") && p[1]
				? text_replace_word(st->text, p[1], WHY_IP(gw->addr))
				: NULL;

		if (text)
			why_edit_replace(w, f, st->id, text);
	}
}

static void add_routes(struct why *w, const char *ns, const struct target *t, struct why_finding *f,
		       const struct why_addr *gw)
{
	const char *ip = why_ip(w, ns);

	if (!why_lookup(w->world, ns, 0x08080808, 0))
		why_edit_insert(w, f,
				why_str(w, "%s route add default via %s", ip, WHY_IP(gw->addr)));
	why_edit_insert(
		w, f, why_str(w, "%s route add %s via %s", ip, net_words(w, t), WHY_IP(gw->addr)));
	why_edit_insert(
		w, f, why_str(w, "%s route add %s via %s", ip, WHY_IP(t->addr), WHY_IP(gw->addr)));
}

/* Replies need no way back to a private address when the router hides it. */
static void hide_source(struct why *w, const struct target *t, struct why_finding *f)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		const char *in = why_exec_in(w, a->dev->ns);
		const struct why_route *out;

		if (((a->addr ^ t->addr) & why_mask(a->len)) || a->addr == t->addr ||
		    a->len == 32 || !strcmp(a->dev->ns, w->flow.ns))
			continue;
		out = why_lookup(w->world, a->dev->ns, w->flow.dst, 0);
		if (!out || !*out->dev || !strcmp(out->dev, a->dev->name))
			continue;
		why_edit_insert(
			w, f,
			why_str(w, "%siptables -t nat -A POSTROUTING -s %s ! -o %s -j MASQUERADE",
				in, net_words(w, t), a->dev->name));
		why_edit_insert(w, f,
				why_str(w, "%siptables -t nat -A POSTROUTING -o %s -j MASQUERADE",
					in, out->dev));
	}
}

static bool is_private(uint32_t a)
{
	return a >> 24 == 10 || a >> 20 == 0xac1 || a >> 16 == 0xc0a8;
}

/* A route the namespace has instead: to a network that nobody is in. */
static void other_prefix(struct why *w, struct why_finding *f, const char *ns,
			 const struct target *t)
{
	for (unsigned int i = 0; i < w->world->routes->len; i++) {
		const struct why_route *r = g_ptr_array_index(w->world->routes, i);
		const struct stmt *st;
		g_autofree char *old = NULL;
		g_autofree char *text = NULL;
		bool used = false;

		if (strcmp(r->ns, ns) != 0 || r->kernel || !r->len || strcmp(r->table, "main") != 0)
			continue;
		for (unsigned int k = 0; k < w->world->addrs->len && !used; k++) {
			const struct why_addr *a = g_ptr_array_index(w->world->addrs, k);

			used = !((a->addr ^ r->dst) & why_mask(r->len));
		}
		st = used ? NULL : why_stmt(w, route_setter(w, r));
		if (!st)
			continue;
		f->id = st->id;
		f->cause = why_str(
			w,
			"%s has no route to %s: its route of line %u is to %s/%d, and nobody is "
			"there.",
			why_ns_name(ns), WHY_IP(t->addr), st->line, WHY_IP(r->dst), r->len);
		old = g_strdup_printf("%s/%d", WHY_IP(r->dst), r->len);
		text = text_replace_word(st->text, old, net_words(w, t));
		why_edit_replace(w, f, st->id, text);
		return;
	}
}

/* A line of this namespace that should have added the route, and failed: its gateway is not near. */
static void failed_route(struct why *w, struct why_finding *f, const struct target *t)
{
	for (unsigned int i = 0; i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		const struct outcome *o = replay_at(w->first, i);
		g_auto(GStrv) words = stmt_words(st->text);
		const char *ns = words_namespace(words);
		const char *via = NULL;

		for (char **p = words; *p; p++)
			via = !strcmp(*p, "via") ? p[1] : via;
		if (!o->status || !via || strcmp(ns ? ns : "", f->ns) != 0 ||
		    !strstr(st->text, "route"))
			continue;
		f->id = st->id;
		f->cause = why_str(
			w,
			"%s has no route to %s: line %u should have added one, and failed "
			"(\"%.*s\"). Its gateway %s is not on any network of %s.",
			why_ns_name(f->ns), WHY_IP(t->addr), st->line,
			(int)strcspn(o->err->str, "\n"), o->err->str, via, why_ns_name(f->ns));
		each_gateway(w, f->ns, t, f, other_gateway);
		return;
	}
}

static void missing(struct why *w, const char *ns, const struct target *t)
{
	static const char *const route_words[] = { "route", "add", NULL };
	struct why_finding *f;

	if (t->back)
		f = why_finding(
			w, RANK_MISSING, "route",
			why_str(w,
				"the reply finds no way back: requests come with source %s, "
				"and %s has no route to %s (no default gateway either). No "
				"NAT (SNAT, MASQUERADE) on the way hides that source address.",
				WHY_IP(t->addr), why_ns_name(ns), net_words(w, t)));
	else
		f = why_finding(w, RANK_MISSING, "route",
				why_str(w,
					"%s has no route to %s: no line adds one, and there is no "
					"default gateway.",
					why_ns_name(ns), WHY_IP(t->addr)));
	f->ns = ns;
	if (!t->back)
		other_prefix(w, f, ns, t);
	failed_route(w, f, t);
	if (t->back && !is_private(w->flow.dst))
		hide_source(w, t, f);
	each_gateway(w, ns, t, f, add_routes);
	why_elsewhere(w, f, route_words);
	if (t->back && is_private(w->flow.dst) && why_addr_in(w->world, ns, w->flow.dst))
		hide_source(w, t, f);
}

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
				why_str(w, "%s route add %s via %s", ip, net_words(w, t),
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
			why_ns_name(r->ns), WHY_IP(t->addr), dest_words(w, r), round);
	if (!strcmp(r->type, "local"))
		return why_str(
			w,
			"the local route %s in %s%s makes it take packets to %s for its own: "
			"they go no further.",
			dest_words(w, r), why_ns_name(r->ns), why_at(w, route_setter(w, r)),
			WHY_IP(t->addr));
	if (strcmp(r->type, "unicast") != 0)
		return why_str(w, "the %s route %s in %s%s kills packets to %s.", r->type,
			       dest_words(w, r), why_ns_name(r->ns), why_at(w, route_setter(w, r)),
			       WHY_IP(t->addr));
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
			why_ns_name(r->ns), dest_words(w, r), why_at(w, route_setter(w, r)),
			dest_words(w, lost), why_at(w, route_setter(w, lost)));
	if (off_link(w, r, t))
		return why_str(
			w,
			"%s takes %s for a neighbour on %s (route %s%s), but it is not on that "
			"wire: it is in %s, behind a router. %s",
			why_ns_name(r->ns), WHY_IP(t->addr), r->dev, dest_words(w, r),
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
	if (gw && !forwards(w, gw->dev->ns) && t->ns && strcmp(t->ns, gw->dev->ns) != 0)
		return why_str(
			w,
			"the route of %s to %s%s points to the gateway %s, that is %s: a plain "
			"host that does not forward (ip_forward 0), no router.",
			why_ns_name(r->ns), WHY_IP(t->addr), why_at(w, route_setter(w, r)),
			WHY_IP(r->gateway), why_ns_name(gw->dev->ns));
	*rank = RANK_ROUNDABOUT;
	return why_str(w, "the route %s of %s%s does not lead to %s%s.", dest_words(w, r),
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

static void wrong(struct why *w, const struct why_route *r, const struct target *t)
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
	each_gateway(w, r->ns, t, f, change_gateway);
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
				dest_words(w, r),
				strcmp(r->table, "main") != 0 ? why_str(w, " table %s", r->table)
							      : ""));
	if (!r->has_gateway)
		other_devices(w, f, r, t);
}

static bool is_local(const struct why_route *r)
{
	return !strcmp(r->type, "local") || !strcmp(r->type, "broadcast");
}

static void one_target(struct why *w, const struct target *t)
{
	for (unsigned int i = 0; i < w->world->namespaces->len; i++) {
		const char *ns = g_ptr_array_index(w->world->namespaces, i);
		const struct why_route *r;

		if (why_addr_in(w->world, ns, t->addr))
			continue;
		r = why_lookup(w->world, ns, t->addr, t->back ? w->flow.dst : w->flow.src);
		if (!r && (!t->back || why_addr_in(w->world, ns, w->flow.dst) || forwards(w, ns) ||
			   !why_owner(w->world, w->flow.dst, NULL)))
			missing(w, ns, t);
		else if (!r)
			continue;
		else if (!is_local(r) || !r->kernel)
			wrong(w, r, t);
	}
}

static void add_target(struct why *w, uint32_t addr, bool back, int len)
{
	const struct why_addr *a = why_owner(w->world, addr, NULL);
	struct target t = { .addr = addr, .back = back, .len = a ? a->len : len };

	if (t.len == 32)
		t.len = 24;
	t.ns = a ? a->dev->ns : NULL;
	one_target(w, &t);
}

/* A route a line added that is not there any more: its device was down for a while. */
static void lost_routes(struct why *w)
{
	for (unsigned int i = 0; i < w->execs->len; i++) {
		const struct why_exec *e = g_ptr_array_index(w->execs, i);
		const char *down = NULL;
		struct why_finding *f;
		const char *cmd;

		if (!e->id || e->id == w->symptom || !strstr(e->line, "route add") ||
		    !g_str_has_suffix(e->words[0], "ip"))
			continue;
		for (unsigned int k = i + 1; k < w->execs->len && !down; k++) {
			const struct why_exec *o = g_ptr_array_index(w->execs, k);

			if (strcmp(o->ns, e->ns) != 0 || !o->id || o->id == w->symptom)
				continue;
			if (text_has_word(o->line, "down"))
				down = why_str(
					w,
					"line %u (%s) removed it: a link that goes down loses "
					"its routes, and only connected ones come back",
					why_line(w, o->id), o->line);
			else if (strstr(o->line, "route del") || strstr(o->line, "route flush") ||
				 strstr(o->line, "addr flush") || strstr(o->line, "addr del"))
				down = why_str(w, "line %u (%s) removed it", why_line(w, o->id),
					       o->line);
		}
		if (!down)
			continue;
		f = why_finding(
			w, RANK_CONFLICT, "lost",
			why_str(w, "%s has no such route any more: line %u added \"%s\", but %s.",
				why_ns_name(e->ns), why_line(w, e->id), e->line, down));
		f->id = e->id;
		f->ns = e->ns;
		cmd = *e->ns ? why_str(w, "ip -n %s%s", e->ns, e->line + strlen(e->words[0]))
			     : e->line;
		why_edit_insert(w, f, cmd);
	}
}

/* The source was chosen by a route's words: whoever answers must find it. */
static void named_source(struct why *w)
{
	const struct why_route *r = why_lookup(w->world, w->flow.ns, w->flow.dst, 0);
	const struct stmt *st;
	g_autofree char *old = NULL;
	g_auto(GStrv) parts = NULL;
	g_autofree char *text = NULL;
	struct why_finding *f;

	if (!r || r->kernel || !r->src || r->src != w->flow.src)
		return;
	st = why_stmt(w, route_setter(w, r));
	f = why_finding(w, RANK_SET, "route",
			why_str(w,
				"packets to %s leave with the source %s, because the route %s of "
				"%s%s says \"src\": replies to that address do not come back.",
				WHY_IP(w->flow.dst), WHY_IP(r->src), dest_words(w, r),
				why_ns_name(r->ns), why_at(w, st ? st->id : 0)));
	f->ns = r->ns;
	f->id = st ? st->id : 0;
	f->shown = true;
	if (!st)
		return;
	old = g_strdup_printf(" src %s", WHY_IP(r->src));
	parts = g_strsplit(st->text, old, 2);
	text = g_strjoinv("", parts);
	why_edit_replace(w, f, st->id, text);
	why_edit_delete(w, f, st->id);
}

/**
 * why_find_routes() - Routes to the destination and back to the source
 * @w: the question
 */
void why_find_routes(struct why *w)
{
	if (!w->flow.known)
		return;
	lost_routes(w);
	named_source(w);
	if (!w->flow.broadcast)
		add_target(w, w->flow.dst, false, 24);
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		uint32_t to;

		for (char **p = r->words; p[0] && p[1]; p++) {
			g_autofree char *plain = g_strndup(p[1], strcspn(p[1], ":"));

			if (!strcmp(*p, "--to-destination") && is_ipv4(plain, &to, NULL))
				add_target(w, to, false, 24);
		}
	}
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (w->flow.src && why_addr_in(w->world, w->flow.ns, w->flow.src)
			    ? a->addr == w->flow.src
			    : !strcmp(a->dev->ns, w->flow.ns) && strcmp(a->dev->name, "lo") != 0)
			add_target(w, a->addr, true, a->len);
	}
}
