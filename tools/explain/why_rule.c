/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_rule.c - findings: rules, and tables that are empty
 */
#include <string.h>

#include "why.h"

static bool is_standard(const char *table)
{
	return !strcmp(table, "main") || !strcmp(table, "local") || !strcmp(table, "default");
}

static unsigned int table_len(const struct why *w, const char *ns, const char *table)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < w->world->routes->len; i++) {
		const struct why_route *r = g_ptr_array_index(w->world->routes, i);

		n += !strcmp(r->ns, ns) && !strcmp(r->table, table);
	}
	return n;
}

static const char *rule_words(struct why *w, const struct why_rule *r)
{
	const char *s = r->src_len ? why_str(w, "from %s", WHY_IP(r->src)) : "from all";

	if (r->src_len && r->src_len < 32)
		s = why_str(w, "%s/%d", s, r->src_len);
	if (r->dst_len)
		s = why_str(w, "%s to %s/%d", s, WHY_IP(r->dst), r->dst_len);
	if (*r->iif)
		s = why_str(w, "%s iif %s", s, r->iif);
	if (*r->tos)
		s = why_str(w, "%s tos %s", s, r->tos);
	if (*r->mark)
		s = why_str(w, "%s fwmark %s", s, r->mark);
	return s;
}

static unsigned int rule_setter(const struct why *w, const struct why_rule *r)
{
	g_autofree char *src = g_strdup(WHY_IP(r->src));
	const char *const by_table[] = { "rule", *r->table ? r->table : r->action, NULL };
	const char *const by_src[] = { "rule", src, NULL };
	unsigned int id = why_setter(w, r->ns, by_table);

	return id ? id : why_setter(w, r->ns, by_src);
}

/* The route that was meant for this table, in another one. */
static void other_tables(struct why *w, struct why_finding *f, const struct why_rule *rule)
{
	for (unsigned int i = 0; i < w->world->routes->len; i++) {
		const struct why_route *r = g_ptr_array_index(w->world->routes, i);
		const char *const words[] = { "route", r->table, NULL };
		const struct stmt *st;
		unsigned int id;

		if (strcmp(r->ns, rule->ns) != 0 || is_standard(r->table) ||
		    !strcmp(r->table, rule->table))
			continue;
		id = why_setter(w, r->ns, words);
		st = why_stmt(w, id);
		f->cause = why_str(w, "%s The route %s was put into table %s instead%s.", f->cause,
				   r->len ? WHY_IP(r->dst) : "default", r->table, why_at(w, id));
		if (st) {
			g_autofree char *text = text_replace_word(st->text, r->table, rule->table);

			why_edit_replace(w, f, id, text);
			f->id = id;
		}
		st = why_stmt(w, rule_setter(w, rule));
		if (st) {
			g_autofree char *text = text_replace_word(st->text, rule->table, r->table);

			why_edit_replace(w, f, st->id, text);
		}
		break;
	}
}

static void add_default(struct why *w, struct why_finding *f, const struct why_rule *rule)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		bool near = false;

		for (unsigned int k = 0; k < w->world->addrs->len && !near; k++) {
			const struct why_addr *mine = g_ptr_array_index(w->world->addrs, k);

			near = !strcmp(mine->dev->ns, rule->ns) &&
			       mine->dev->segment == a->dev->segment &&
			       !((mine->addr ^ a->addr) & why_mask(mine->len));
		}
		if (!near || !strcmp(a->dev->ns, rule->ns))
			continue;
		why_edit_insert(w, f,
				why_str(w, "%s route add default via %s table %s",
					why_ip(w, rule->ns), WHY_IP(a->addr), rule->table));
		why_edit_insert(w, f,
				why_str(w, "%s route add default via %s", why_ip(w, rule->ns),
					WHY_IP(a->addr)));
	}
}

static void del_rule(struct why *w, struct why_finding *f, const struct why_rule *r)
{
	why_edit_delete(w, f, f->id);
	why_edit_insert(w, f, why_str(w, "%s rule del priority %d", why_ip(w, r->ns), r->priority));
}

static void one_rule(struct why *w, const struct why_rule *r)
{
	unsigned int id = rule_setter(w, r);
	struct why_finding *f;

	if (*r->table && !table_len(w, r->ns, r->table)) {
		f = why_finding(
			w, RANK_CONFLICT, "rule",
			why_str(w,
				"the rule \"%s lookup %s\" in %s%s looks into table %s, and "
				"that table is empty.",
				rule_words(w, r), r->table, why_ns_name(r->ns), why_at(w, id),
				r->table));
		f->id = id;
		f->ns = r->ns;
		other_tables(w, f, r);
		add_default(w, f, r);
	} else {
		f = why_finding(w, RANK_SET, "rule",
				why_str(w,
					"the rule \"%s %s%s\" (priority %d) in %s%s sends these "
					"packets another "
					"way than the main table would.",
					rule_words(w, r), *r->table ? "lookup " : "",
					*r->table ? r->table : r->action, r->priority,
					why_ns_name(r->ns), why_at(w, id)));
		f->id = id;
		f->ns = r->ns;
	}
	if (id || r->priority)
		del_rule(w, f, r);
}

/* A table with routes that no rule looks into. */
static void unused_tables(struct why *w)
{
	for (unsigned int i = 0; i < w->world->routes->len; i++) {
		const struct why_route *r = g_ptr_array_index(w->world->routes, i);
		const char *const words[] = { "route", r->table, NULL };
		bool used = is_standard(r->table);
		struct why_finding *f;

		for (unsigned int k = 0; k < w->world->rules->len && !used; k++) {
			const struct why_rule *rule = g_ptr_array_index(w->world->rules, k);

			used = !strcmp(rule->ns, r->ns) && !strcmp(rule->table, r->table);
		}
		if (used)
			continue;
		f = why_finding(
			w, RANK_CONFLICT, "rule",
			why_str(w,
				"no rule of %s looks into table %s: its routes are never used%s.",
				why_ns_name(r->ns), r->table,
				why_at(w, why_setter(w, r->ns, words))));
		f->id = why_setter(w, r->ns, words);
		f->ns = r->ns;
		why_edit_insert(w, f,
				why_str(w, "%s rule add table %s", why_ip(w, r->ns), r->table));
		if (why_stmt(w, f->id)) {
			g_autofree char *old = g_strdup_printf(" table %s", r->table);
			g_auto(GStrv) parts = g_strsplit(why_stmt(w, f->id)->text, old, 2);
			g_autofree char *text = g_strjoinv("", parts);

			why_edit_replace(w, f, f->id, text);
		}
	}
}

/**
 * why_find_rules() - Rules and their tables
 * @w: the question
 */
void why_find_rules(struct why *w)
{
	for (unsigned int i = 0; i < w->world->rules->len; i++) {
		const struct why_rule *r = g_ptr_array_index(w->world->rules, i);

		if (!is_standard(r->table))
			one_rule(w, r);
	}
	unused_tables(w);
}
