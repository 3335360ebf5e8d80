/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_undone.c - findings: what one line gave and another took away again, as the trace tells it
 */
#include <string.h>

#include "../trace/tracelog.h"
#include "why.h"

static const char *ns_of(const struct ng_trace_event *ev)
{
	return !ev->netns || !strcmp(ev->netns, "host") ? "" : ev->netns;
}

/**
 * why_exec_at() - The program that ran when something happened
 * @w: the question
 * @command: of the event
 *
 * Return: the last of that command; NULL: none that is known.
 */
const struct why_exec *why_exec_at(const struct why *w, struct ng_origin command)
{
	for (unsigned int i = w->execs->len; command.line && i-- > 0;) {
		const struct why_exec *e = g_ptr_array_index(w->execs, i);

		if (e->command.script == command.script && e->command.line == command.line &&
		    e->command.command == command.command)
			return e;
	}
	return NULL;
}

/* The statement an event belongs to; 0: none, or the symptom. */
static unsigned int stmt_of(const struct why *w, const struct ng_trace_event *ev)
{
	const struct why_exec *e = why_exec_at(w, ev->command);
	unsigned int id = e && e->id ? e->id : why_stmt_at(w, ev->command.line);

	return id == w->symptom ? 0 : id;
}

/* The last event of a kind and a device before @before that @is likes; NULL: none. */
static const struct ng_trace_event *last_of(const struct why *w, size_t before,
					    bool (*is)(const struct ng_trace_event *ev,
						       const struct ng_trace_event *like),
					    const struct ng_trace_event *like)
{
	while (before-- > 0) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, before);

		if (is(ev, like))
			return ev;
	}
	return NULL;
}

static bool gives_it(const struct ng_trace_event *ev, const struct ng_trace_event *like)
{
	return ev->kind == NG_TRACE_ADDR && !g_strcmp0(ev->addr.what, "add") &&
	       ev->addr.addr == like->addr.addr && ev->dev_id == like->dev_id;
}

static bool is_of_device(const struct ng_trace_event *ev, const struct ng_trace_event *like)
{
	return ev->kind == NG_TRACE_LINK && ev->dev_id == like->dev_id;
}

/* Where the device of an event is now; NULL: it is gone. */
static const struct why_dev *now(const struct why *w, const struct ng_trace_event *ev)
{
	const struct ng_trace_event *last =
		last_of(w, tracelog_length(w->path->log), is_of_device, ev);

	if (!last)
		last = ev;
	return last->dev ? why_dev_find(w->world, ns_of(last), last->dev) : NULL;
}

static bool is_move(const struct why *w, const struct ng_trace_event *del)
{
	for (size_t i = del->nr; i < tracelog_length(w->path->log); i++) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);

		if (ev->command.line != del->command.line ||
		    ev->command.command != del->command.command)
			return false;
		if (ev->kind == NG_TRACE_LINK && ev->dev_id == del->dev_id &&
		    !g_strcmp0(ev->link.what, "netns"))
			return true;
	}
	return false;
}

/* What became of the address, and the line that did it. */
static const char *fate(struct why *w, const struct ng_trace_event *del, unsigned int id)
{
	uint32_t addr = be32_to_cpu(del->addr.addr);
	const struct why_exec *e = why_exec_at(w, del->command);
	const char *line = e ? e->line : why_stmt(w, id)->text;
	unsigned int at = why_line(w, id);

	if (is_move(w, del))
		return why_str(w,
			       "before %s was moved to another namespace (line %u); moving a "
			       "device to another namespace removes its addresses",
			       del->dev, at);
	if (strstr(line, WHY_IP(addr)))
		return why_str(w, "and deleted again in line %u", at);
	if (text_has_word(line, "del"))
		return why_str(w,
			       "and it was a secondary address there: line %u deletes the "
			       "primary, and its secondaries go with it (promote_secondaries "
			       "is 0)",
			       at);
	return why_str(w, "and flushed again in line %u", at);
}

static void device_gone(struct why *w, const struct ng_trace_event *add, unsigned int given,
			unsigned int undone)
{
	struct why_finding *f;

	f = why_finding(w, RANK_CONFLICT, "lost",
			why_str(w,
				"the address %s was given to %s in %s in line %u, but line %u "
				"deleted that device: with one end of a cable the other goes, and "
				"its addresses.",
				WHY_IP(be32_to_cpu(add->addr.addr)), add->dev,
				why_ns_name(ns_of(add)), why_line(w, given), why_line(w, undone)));
	f->id = undone;
	f->ns = why_str(w, "%s", ns_of(add));
	why_edit_delete(w, f, undone);
}

static void lost(struct why *w, const struct ng_trace_event *add, const struct ng_trace_event *del)
{
	uint32_t addr = be32_to_cpu(del->addr.addr);
	unsigned int given = stmt_of(w, add), undone = stmt_of(w, del);
	const struct why_dev *d = now(w, del);
	bool moved = is_move(w, del);
	struct why_finding *f;
	const char *cmd;

	if (!why_stmt(w, given) || !why_stmt(w, undone))
		return;
	if (!d) {
		device_gone(w, add, given, undone);
		return;
	}
	f = why_finding(w, RANK_CONFLICT, "lost",
			why_str(w,
				"the address %s was given to %s in line %u, %s: %s in %s has no "
				"address %s now.",
				WHY_IP(addr), add->dev, why_line(w, given), fate(w, del, undone),
				d->name, why_ns_name(d->ns), WHY_IP(addr)));
	f->ns = d->ns;
	f->id = moved ? given : undone;
	cmd = why_str(w, "%s addr add %s/%u dev %s", why_ip(w, d->ns), WHY_IP(addr),
		      del->addr.prefixlen, d->name);
	if (moved) {
		why_edit_insert(w, f, cmd);
		repair_edit(why_edit_insert(w, f, cmd), EDIT_DELETE, given, NULL);
		why_edit_delete(w, f, undone);
		return;
	}
	why_edit_delete(w, f, undone);
	why_edit_insert(w, f, cmd);
}

/* Those the symptom asks for, or all others: @mine. */
static void lost_addresses(struct why *w, bool mine)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (size_t i = tracelog_length(w->path->log); i-- > 0;) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);
		const struct ng_trace_event *add;
		gpointer key = GUINT_TO_POINTER(ev->kind == NG_TRACE_ADDR ? ev->addr.addr : 0);

		if (ev->kind != NG_TRACE_ADDR || g_strcmp0(ev->addr.what, "del") != 0 ||
		    ev->command.line >= w->path->from_line || g_hash_table_contains(seen, key) ||
		    why_owner(w->world, be32_to_cpu(ev->addr.addr), NULL) ||
		    (be32_to_cpu(ev->addr.addr) == w->flow.dst) != mine)
			continue;
		g_hash_table_add(seen, key);
		add = last_of(w, i, gives_it, ev);
		if (add)
			lost(w, add, ev);
	}
}

static bool table_named(const struct why_world *w, const char *ns, const char *table)
{
	for (unsigned int i = 0; i < w->rules->len; i++) {
		const struct why_rule *r = g_ptr_array_index(w->rules, i);

		if (!strcmp(r->ns, ns) && !strcmp(r->table, table))
			return true;
	}
	return false;
}

/* The two tables everything depends on, and the rules a namespace is born with. */
static void lost_rules(struct why *w)
{
	static const struct {
		const char *name;
		uint32_t table, pref;
	} born[] = { { "main", 254, 32766 }, { "local", 255, 0 } };

	for (size_t i = 0; i < tracelog_length(w->path->log); i++) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);
		unsigned int id;
		struct why_finding *f;

		if (ev->kind != NG_TRACE_RULE_SET || g_strcmp0(ev->rule_set.what, "del") != 0 ||
		    ev->command.line >= w->path->from_line)
			continue;
		for (size_t k = 0; k < G_N_ELEMENTS(born); k++) {
			if (ev->rule_set.table != born[k].table ||
			    table_named(w->world, ns_of(ev), born[k].name))
				continue;
			id = stmt_of(w, ev);
			f = why_finding(w, RANK_CONFLICT, "rule",
					why_str(w,
						"%s has no rule that looks into table %s any more: "
						"%s deleted it (line %u). The routes are there, "
						"and nobody asks for them.",
						why_ns_name(ns_of(ev)), born[k].name,
						"\"ip rule del\"", why_line(w, id)));
			f->id = id;
			f->ns = why_str(w, "%s", ns_of(ev));
			why_edit_delete(w, f, id);
			why_edit_insert(w, f,
					why_str(w, "%s rule add pref %u lookup %s",
						why_ip(w, f->ns), born[k].pref, born[k].name));
		}
	}
}

static bool has_route(const struct why *w, const struct why_addr *a, const char *type)
{
	bool local = !strcmp(type, "local");

	for (unsigned int i = 0; i < w->world->routes->len; i++) {
		const struct why_route *r = g_ptr_array_index(w->world->routes, i);

		if (!strcmp(r->ns, a->dev->ns) && !strcmp(r->type, type) &&
		    (local ? r->len == 32 && r->dst == a->addr
			   : r->len <= a->len && r->len &&
				     !((r->dst ^ a->addr) & why_mask(r->len)) &&
				     !strcmp(r->dev, a->dev->name)))
			return true;
	}
	return false;
}

/* The statement that deleted a route of this address's network or host; 0: none. */
static unsigned int route_deleter(const struct why *w, const struct why_addr *a, bool local)
{
	const int len = local ? 32 : a->len;

	for (size_t i = tracelog_length(w->path->log); i-- > 0;) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);

		if (ev->kind == NG_TRACE_ROUTE_SET && !g_strcmp0(ev->route_set.what, "del") &&
		    ev->command.line < w->path->from_line && !strcmp(ns_of(ev), a->dev->ns) &&
		    ev->route_set.prefixlen == (uint32_t)len &&
		    !((be32_to_cpu(ev->route_set.prefix) ^ a->addr) & why_mask(len)))
			return stmt_of(w, ev);
	}
	return 0;
}

static void no_local_route(struct why *w, const struct why_addr *a)
{
	unsigned int id = route_deleter(w, a, true);
	struct why_finding *f;

	f = why_finding(
		w, RANK_CONFLICT, "route",
		why_str(w,
			"%s in %s has the address %s, but its local route is gone%s: table local "
			"says which packets are for the host itself, so %s takes none for %s.",
			a->dev->name, why_ns_name(a->dev->ns), WHY_IP(a->addr), why_at(w, id),
			why_ns_name(a->dev->ns), WHY_IP(a->addr)));
	f->id = id;
	f->ns = a->dev->ns;
	why_edit_delete(w, f, id);
	why_edit_insert(w, f,
			why_str(w, "%s route add local %s dev %s table local",
				why_ip(w, a->dev->ns), WHY_IP(a->addr), a->dev->name));
}

static void no_connected_route(struct why *w, const struct why_addr *a)
{
	unsigned int id = route_deleter(w, a, false);
	unsigned int set = why_addr_setter(w, a->dev->ns, a->addr, a->len);
	const struct stmt *st = a->no_route ? why_stmt(w, set) : NULL;
	const char *net = why_str(w, "%s/%d", WHY_IP(a->addr & why_mask(a->len)), a->len);
	struct why_finding *f;

	if (!a->no_route && !id)
		return;
	f = why_finding(
		w, RANK_CONFLICT, "route",
		why_str(w,
			"%s in %s has the address %s/%d, but there is no route %s dev %s: %s. Its "
			"neighbours are out of reach.",
			a->dev->name, why_ns_name(a->dev->ns), WHY_IP(a->addr), a->len, net,
			a->dev->name,
			st ? why_str(w, "line %u says noprefixroute", st->line)
			   : why_str(w, "line %u removed it", why_line(w, id))));
	f->id = st ? st->id : id;
	f->ns = a->dev->ns;
	if (st) {
		g_auto(GStrv) parts = g_strsplit(st->text, " noprefixroute", 2);
		g_autofree char *text = g_strjoinv("", parts);

		why_edit_replace(w, f, st->id, text);
	} else {
		why_edit_delete(w, f, id);
	}
	why_edit_insert(
		w, f,
		why_str(w, "%s route add %s dev %s", why_ip(w, a->dev->ns), net, a->dev->name));
}

/* The rules of a chain that one line deleted again. */
static void rules_of(struct why *w, const struct ng_trace_event *del, unsigned int id)
{
	g_autoptr(GString) lines = g_string_new(NULL);
	bool filter = g_strcmp0(del->nft_set.table, "nat") != 0;
	struct why_finding *f;
	struct repair *again = repair_new(NULL);

	for (size_t i = 0; i < tracelog_length(w->path->log); i++) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);
		const struct why_exec *e;

		if (ev->kind != NG_TRACE_NFT_SET || g_strcmp0(ev->nft_set.thing, "rule") != 0 ||
		    g_strcmp0(ev->nft_set.what, "del") != 0 || stmt_of(w, ev) != id ||
		    ev->netns_id != del->netns_id ||
		    g_strcmp0(ev->nft_set.table, del->nft_set.table) != 0 ||
		    g_strcmp0(ev->nft_set.chain, del->nft_set.chain) != 0)
			continue;
		e = why_exec_at(w, ev->nft_set.rule_origin);
		if (!e || !why_stmt(w, e->id) || e->id == id)
			continue;
		g_string_append_printf(lines, "%s%u", lines->len ? ", " : "", why_line(w, e->id));
		repair_edit(again, EDIT_INSERT, w->place, why_stmt(w, e->id)->text);
	}
	if (!lines->len) {
		repair_free(again);
		return;
	}
	f = why_finding(w, filter ? RANK_SET : RANK_CONFLICT, filter ? "filter" : "tried",
			why_str(w,
				"line %u deleted what chain %s%s in %s had: the rule%s of line%s "
				"%s.",
				why_line(w, id), del->nft_set.chain,
				g_strcmp0(del->nft_set.table, "filter") != 0
					? why_str(w, " (table %s)", del->nft_set.table)
					: "",
				why_ns_name(ns_of(del)), again->edits->len > 1 ? "s" : "",
				again->edits->len > 1 ? "s" : "", lines->str));
	f->id = id;
	f->ns = why_str(w, "%s", ns_of(del));
	f->chain = filter ? why_str(w, "%s", del->nft_set.chain) : NULL;
	why_edit_delete(w, f, id);
	g_ptr_array_add(f->edits, again);
}

static void lost_filters(struct why *w)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (size_t i = tracelog_length(w->path->log); i-- > 0;) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);
		unsigned int id;

		if (ev->kind != NG_TRACE_NFT_SET || g_strcmp0(ev->nft_set.what, "del") != 0 ||
		    g_strcmp0(ev->nft_set.thing, "rule") != 0 ||
		    ev->command.line >= w->path->from_line)
			continue;
		id = stmt_of(w, ev);
		if (id &&
		    g_hash_table_add(seen, g_strdup_printf("%u %s %s %s", id, ns_of(ev),
							   ev->nft_set.table, ev->nft_set.chain)))
			rules_of(w, ev, id);
	}
}

/**
 * why_undone_link() - Which line did this to a device?
 * @w: the question
 * @d: the device
 * @what: as the trace calls it: "nomaster"
 *
 * Return: the statement that did it last, or 0.
 */
unsigned int why_undone_link(const struct why *w, const struct why_dev *d, const char *what)
{
	for (size_t i = tracelog_length(w->path->log); i-- > 0;) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);

		if (ev->kind == NG_TRACE_LINK && !g_strcmp0(ev->link.what, what) &&
		    ev->command.line < w->path->from_line && !strcmp(ns_of(ev), d->ns) &&
		    !g_strcmp0(ev->dev, d->name))
			return stmt_of(w, ev);
	}
	return 0;
}

/**
 * why_find_undone() - Addresses, rules and routes that were there once
 * @w: the question
 */
void why_find_undone(struct why *w)
{
	lost_addresses(w, true);
	lost_addresses(w, false);
	lost_rules(w);
	lost_filters(w);
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (!a->dev->up || !strcmp(a->dev->name, "lo"))
			continue;
		if (!has_route(w, a, "local"))
			no_local_route(w, a);
		else if (a->len < 32 && !has_route(w, a, "unicast"))
			no_connected_route(w, a);
	}
}
