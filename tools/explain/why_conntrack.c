/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_conntrack.c - findings: connections tracked before the rules were there
 */
#include <string.h>

#include "why.h"

/* The command that made an entry: the first that spoke to the same address. */
static unsigned int first_speaker(const struct why *w)
{
	for (unsigned int i = 0; i < w->execs->len; i++) {
		const struct why_exec *e = g_ptr_array_index(w->execs, i);

		if (e->id && e->id != w->symptom && w->flow.host && !strcmp(e->ns, w->flow.ns) &&
		    text_has_word(e->line, w->flow.host) && !strstr(e->line, "addr") &&
		    !strstr(e->line, "route"))
			return e->id;
	}
	return 0;
}

/* The first rule that was made after a statement. */
static unsigned int rule_after(const struct why *w, unsigned int id)
{
	bool behind = false;

	for (unsigned int i = 0; i < w->execs->len; i++) {
		const struct why_exec *e = g_ptr_array_index(w->execs, i);

		behind |= e->id == id;
		if (behind && e->id != id && e->id && e->id != w->symptom &&
		    strstr(e->words[0], "iptables"))
			return e->id;
	}
	return 0;
}

/**
 * why_find_conntrack() - Entries made before the rules were
 * @w: the question
 */
void why_find_conntrack(struct why *w)
{
	for (unsigned int i = 0; w->flow.known && i < w->world->flows->len; i++) {
		const struct why_flowentry *e = g_ptr_array_index(w->world->flows, i);
		unsigned int id = first_speaker(w);
		unsigned int rule = id ? rule_after(w, id) : 0;
		g_autofree char *to = g_strdup_printf("dst=%s ", WHY_IP(w->flow.dst));
		struct why_finding *f;
		struct repair *r;

		if (!strstr(e->text, to) || !rule)
			continue;
		f = why_finding(w, RANK_CONFLICT, "conntrack",
				why_str(w,
					"the flow to %s was tracked before the rule of line %u "
					"existed: line %u sent its "
					"first packet, and the old conntrack entry in %s stays. "
					"nat rules are asked only "
					"for the first packet of a flow.",
					WHY_IP(w->flow.dst), why_line(w, rule), why_line(w, id),
					why_ns_name(e->ns)));
		f->id = id;
		f->ns = e->ns;
		why_edit_insert(w, f, why_str(w, "%sconntrack -F", why_exec_in(w, e->ns)));
		r = why_edit_delete(w, f, rule);
		if (r && why_stmt(w, rule))
			repair_edit(r, EDIT_INSERT, id, why_stmt(w, rule)->text);
		why_edit_delete(w, f, id);
		break;
	}
}
