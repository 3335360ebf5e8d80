/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_near.c - rules that should have accepted the packet that a filter dropped: why they did not
 *
 * From the trace of the symptom as it is: which condition of each rule said no, what the packet has.
 */
#include <stdlib.h>
#include <string.h>

#include "../trace/tracelog.h"
#include "explain.h"
#include "why_filter.h"

#define TOLD_MAX 2

static bool is_there(const struct ng_trace_event *ev, const struct why_finding *f)
{
	const char *ns = !ev->netns || !strcmp(ev->netns, "host") ? "" : ev->netns;

	return ev->command.line && !strcmp(ns, f->ns);
}

/* The last packet that died in this chain; 0: none. */
static uint64_t victim(const struct why *w, const struct why_finding *f)
{
	const struct tracelog *log = w->path->log;
	uint64_t said_drop = 0, dead = 0;

	for (size_t i = 0; i < tracelog_length(log); i++) {
		const struct ng_trace_event *ev = tracelog_at(log, i);

		if (ev->command.line < w->path->from_line || !is_there(ev, f))
			continue;
		if (ev->kind == NG_TRACE_VERDICT && !g_strcmp0(ev->verdict.verdict, "DROP") &&
		    !g_strcmp0(ev->verdict.chain, f->chain))
			said_drop = ev->packet.id;
		else if (ev->kind == NG_TRACE_DROP && ev->packet.id == said_drop)
			dead = said_drop;
	}
	return dead;
}

static const struct why_fwrule *rule_of(const struct why *w, const struct why_finding *f,
					const struct ng_trace_rule *r)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *fw = g_ptr_array_index(w->world->fwrules, i);

		if (!strcmp(fw->ns, f->ns) && !strcmp(fw->table, r->table) &&
		    !strcmp(fw->chain, r->chain) && (unsigned int)fw->number == r->number)
			return fw;
	}
	return NULL;
}

/* Two options of a line change places, or one becomes the other; NULL: neither is there. */
static char *swapped(const char *text, const char *a, const char *b)
{
	g_autofree char *one = text_replace_word(text, a, "\1");
	g_autofree char *two = text_replace_word(one, b, a);

	return strcmp(two, text) != 0 ? text_replace_word(two, "\1", b) : NULL;
}

/**
 * why_turn_round() - The edits for a rule that was written the wrong way round
 * @w: the question
 * @f: for this finding
 * @id: the rule's statement; its options change places
 */
void why_turn_round(struct why *w, struct why_finding *f, unsigned int id)
{
	static const char *const pairs[][2] = { { "-i", "-o" },
						{ "-s", "-d" },
						{ "--dport", "--sport" } };
	const struct stmt *st = why_stmt(w, id);

	for (unsigned int i = 0; st && i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *text = swapped(st->text, pairs[i][0], pairs[i][1]);
		struct repair *r = text ? why_edit_replace(w, f, id, text) : NULL;

		if (!r)
			continue;
		r->what = g_strdup_printf("Line %u has %s and %s the wrong way round.", st->line,
					  pairs[i][0], pairs[i][1]);
		/* before the edits that only add */
		g_ptr_array_insert(f->edits, 0,
				   g_ptr_array_steal_index(f->edits, f->edits->len - 1));
	}
}

/* The rule with what the packet has in the place of what it wants; a list of ports gets one more. */
static void adopt(struct why *w, struct why_finding *f, unsigned int id, const char *broke,
		  const char *has)
{
	static const char *const options[] = { "-i",	  "-o",	     "-s",	 "-d",	     "-p",
					       "--dport", "--sport", "--dports", "--sports", NULL };
	const struct stmt *st = why_stmt(w, id);
	g_auto(GStrv) words = g_strsplit(broke, " ", -1);
	g_autofree char *old = NULL;
	g_autofree char *text = NULL;

	if (!st || g_strv_length(words) != 2 || !g_strv_contains(options, words[0]))
		return;
	/* a port the client's kernel took is another the next time */
	if (strstr(words[0], "port") && atoi(has) >= 32768 && atoi(has) != w->flow.port)
		return;
	old = g_str_has_suffix(words[1], "/32") ? g_strndup(words[1], strlen(words[1]) - 3)
						: g_strdup(words[1]);
	text = text_replace_word(st->text, old,
				 g_str_has_suffix(words[0], "ports") ? why_str(w, "%s,%s", old, has)
								     : has);
	if (why_edit_replace(w, f, id, text))
		g_ptr_array_insert(f->edits, 0,
				   g_ptr_array_steal_index(f->edits, f->edits->len - 1));
}

/* br_netfilter: a rule names a port, and the packet's device is the bridge. */
static const char *bridge_hint(struct why *w, const char *ns, const char *broke, const char *has)
{
	const char *name = strlen(broke) > 3 ? broke + 3 : "";
	const struct why_dev *d = why_dev_find(w->world, ns, name);

	if (!d || strcmp(d->master, has) != 0 || strncmp(broke, "-", 1) != 0)
		return "";
	return why_str(w, " (%s is a port: -i and -o of a bridged packet name the bridge)", name);
}

/* What the packet has is not what it was sent with. */
static const char *rewritten_hint(struct why *w, const struct ng_trace_event *at, const char *has)
{
	const struct tracelog *log = w->path->log;

	for (size_t i = 0; i < tracelog_length(log); i++) {
		const struct ng_trace_event *ev = tracelog_at(log, i);
		const struct ng_trace_nat *n = &ev->nat;
		unsigned int id;

		if (ev == at)
			break;
		if (ev->kind != NG_TRACE_NAT || ev->packet.id != at->packet.id || n->reply ||
		    strcmp(WHY_IP(be32_to_cpu(n->new_addr)), has) != 0)
			continue;
		id = why_stmt_at(w, n->rule_origin.line);
		return why_str(
			w, " (NAT%s in %s made that of %s)", why_at(w, id),
			why_ns_name(!ev->netns || !strcmp(ev->netns, "host") ? "" : ev->netns),
			WHY_IP(be32_to_cpu(n->old_addr)));
	}
	return "";
}

static void one_miss(struct why *w, struct why_finding *f, struct rulewords *words,
		     const struct ng_trace_event *ev)
{
	const struct why_fwrule *fw = rule_of(w, f, &ev->rule);
	struct rule_text t = rulewords_of(words, &ev->rule);
	g_autofree char *has = t.broke ? rule_actual(t.broke, ev) : NULL;
	unsigned int id;

	if (!fw || !t.broke || strcmp(fw_word(fw, "-j"), "ACCEPT") != 0)
		return;
	id = why_stmt_at(w, ev->rule.rule_origin.line);
	if (!has) {
		f->cause = why_str(w, "%s ACCEPT rule %d%s does not match: it wants %s.", f->cause,
				   fw->number, why_at(w, id), t.broke);
		return;
	}
	f->cause = why_str(w,
			   "%s ACCEPT rule %d%s does not match: it wants %s, the packet has "
			   "%s%s%s.",
			   f->cause, fw->number, why_at(w, id), t.broke, has,
			   bridge_hint(w, f->ns, t.broke, has), rewritten_hint(w, ev, has));
	adopt(w, f, id, t.broke, has);
	why_turn_round(w, f, id);
}

/* "-g": the rules behind it are not seen any more. */
static void gone_to(struct why *w, struct why_finding *f, const struct ng_trace_event *ev)
{
	unsigned int id = why_stmt_at(w, ev->verdict.verdict_origin.line);

	if (f->number || g_strcmp0(ev->verdict.verdict, "GOTO") != 0 || !is_there(ev, f) ||
	    g_strcmp0(ev->verdict.chain, f->chain) != 0)
		return;
	f->cause = why_str(w,
			   "%s Rule %u%s goes to chain %s for good (-g): at its end comes the "
			   "policy, and the rules behind rule %u are never reached.",
			   f->cause, ev->verdict.number, why_at(w, id), ev->verdict.target,
			   ev->verdict.number);
}

static void misses_of(struct why *w, struct why_finding *f, struct rulewords *words)
{
	const struct tracelog *log = w->path->log;
	uint64_t packet = victim(w, f);
	unsigned int told = 0;

	for (size_t i = 0; packet && i < tracelog_length(log) && told < TOLD_MAX; i++) {
		const struct ng_trace_event *ev = tracelog_at(log, i);
		const char *was = f->cause;

		if (ev->kind == NG_TRACE_VERDICT && ev->packet.id == packet)
			gone_to(w, f, ev);
		if (ev->kind != NG_TRACE_RULE || ev->rule.matched || ev->packet.id != packet ||
		    strcmp(ev->rule.chain, f->chain) != 0 || !is_there(ev, f))
			continue;
		one_miss(w, f, words, ev);
		told += f->cause != was;
	}
}

/**
 * why_near_misses() - Says of findings that packets have shown why rules before did not accept
 * @w: the question
 */
void why_near_misses(struct why *w)
{
	struct rulewords *words = NULL;

	for (unsigned int i = 0; i < w->findings->len; i++) {
		struct why_finding *f = g_ptr_array_index(w->findings, i);

		if (strcmp(f->topic, "filter") != 0 || !f->shown || !f->chain || !w->path->log)
			continue;
		if (!words)
			words = rulewords_new();
		misses_of(w, f, words);
	}
	rulewords_free(words);
}

/**
 * why_real_source() - The source address the symptom's packets had when they left
 * @w: the question
 *
 * Return: host order; 0: none left.
 */
uint32_t why_real_source(const struct why *w)
{
	const struct tracelog *log = w->path->log;

	for (size_t i = 0; log && i < tracelog_length(log); i++) {
		const struct ng_trace_event *ev = tracelog_at(log, i);
		const char *ns = !ev->netns || !strcmp(ev->netns, "host") ? "" : ev->netns;
		const uint8_t *ip;
		uint32_t a[2];

		if (ev->kind != NG_TRACE_DEV_OUT || ev->command.line < w->path->from_line ||
		    strcmp(ns, w->flow.ns) != 0 || ev->net_at < 14 ||
		    ev->frame_len < (uint32_t)ev->net_at + 20)
			continue;
		ip = ev->frame + ev->net_at;
		if (ip[0] >> 4 != 4 || ip[-2] != 8 || ip[-1])
			continue;
		for (int k = 0; k < 2; k++)
			a[k] = (uint32_t)ip[12 + 4 * k] << 24 | (uint32_t)ip[13 + 4 * k] << 16 |
			       (uint32_t)ip[14 + 4 * k] << 8 | ip[15 + 4 * k];
		if (a[1] == w->flow.dst)
			return a[0];
	}
	return 0;
}
