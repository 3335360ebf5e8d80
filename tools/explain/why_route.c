/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_route.c - findings: routes there and back, gateways, metrics
 */
#include <string.h>

#include "../texts/near.h"
#include "why_route.h"

/**
 * route_forwards() - Does a namespace pass packets on?
 * @w: the search
 * @ns: namespace
 *
 * Return: whether ip_forward is on there.
 */
bool route_forwards(const struct why *w, const char *ns)
{
	return why_sysctl_on(w->world, ns, "net.ipv4.ip_forward");
}

/**
 * route_dest_words() - A route in words: "10.0.0.0/8 via 10.1.0.1 metric 5"
 * @w: the search
 * @r: the route
 *
 * Return: borrowed from @w.
 */
const char *route_dest_words(struct why *w, const struct why_route *r)
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

/**
 * route_setter() - Who made a route
 * @w: the search
 * @r: the route
 *
 * Return: the statement's number; 0: nobody, it came with an address.
 */
unsigned int route_setter(struct why *w, const struct why_route *r)
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

/**
 * route_each_gateway() - Every neighbour of a namespace that could lead to a target
 * @w: the search
 * @ns: who asks
 * @t: the target
 * @f: given to @one
 * @one: called with the gateway's address
 */
void route_each_gateway(struct why *w, const char *ns, const struct target *t,
			struct why_finding *f,
			void (*one)(struct why *, const char *, const struct target *,
				    struct why_finding *, const struct why_addr *))
{
	for (int pass = 0; pass < 2; pass++) {
		for (unsigned int i = 0; i < w->world->addrs->len; i++) {
			const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
			bool good = route_forwards(w, a->dev->ns) ||
				    (t->ns && !strcmp(t->ns, a->dev->ns));
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

/**
 * route_net_words() - The network of a target, as a prefix
 * @w: the search
 * @t: the target
 *
 * Return: borrowed from @w.
 */
const char *route_net_words(struct why *w, const struct target *t)
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
		w, f,
		why_str(w, "%s route add %s via %s", ip, route_net_words(w, t), WHY_IP(gw->addr)));
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
				in, route_net_words(w, t), a->dev->name));
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
		text = text_replace_word(st->text, old, route_net_words(w, t));
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
		route_each_gateway(w, f->ns, t, f, other_gateway);
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
				WHY_IP(t->addr), why_ns_name(ns), route_net_words(w, t)));
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
	route_each_gateway(w, ns, t, f, add_routes);
	why_elsewhere(w, f, route_words);
	if (t->back && is_private(w->flow.dst) && why_addr_in(w->world, ns, w->flow.dst))
		hide_source(w, t, f);
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
		if (!r && (!t->back || why_addr_in(w->world, ns, w->flow.dst) ||
			   route_forwards(w, ns) || !why_owner(w->world, w->flow.dst, NULL)))
			missing(w, ns, t);
		else if (!r)
			continue;
		else if (!is_local(r) || !r->kernel)
			why_route_wrong(w, r, t);
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
				WHY_IP(w->flow.dst), WHY_IP(r->src), route_dest_words(w, r),
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
