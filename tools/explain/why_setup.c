/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_setup.c - findings: commands before the symptom that failed (see ../texts/causes.h)
 */
#include <string.h>

#include "why.h"

static struct repair *copy_of(const struct repair *r)
{
	struct repair *copy = repair_new(r->why);

	for (unsigned int i = 0; i < r->edits->len; i++) {
		const struct edit *e = g_ptr_array_index(r->edits, i);
		struct edit *new;

		repair_edit(copy, e->kind, e->id, e->text);
		new = g_ptr_array_index(copy->edits, i);
		new->other = e->other;
		new->status = e->status;
	}
	return copy;
}

static unsigned int first_edited(const struct why *w, const struct repair *r)
{
	for (unsigned int i = 0; i < r->edits->len; i++) {
		const struct edit *e = g_ptr_array_index(r->edits, i);

		if (e->kind != EDIT_INSERT && why_stmt(w, e->id))
			return e->id;
	}
	return 0;
}

static void one_cause(struct why *w, const struct cause *c, struct repair *all)
{
	unsigned int id = c->lines->len ? g_array_index(c->lines, unsigned int, 0) : 0;
	const struct outcome *o = NULL;
	unsigned int index;
	struct why_finding *f;
	const char *more = "";

	if (script_find(w->script, id, &index))
		o = replay_at(w->first, index);
	if (c->lines->len > 1)
		more = why_str(w, " and %u more line%s", c->lines->len - 1,
			       c->lines->len > 2 ? "s" : "");
	f = why_finding(
		w, RANK_SETUP, "setup",
		id == w->symptom ? why_str(w, "%s.", c->why)
		: o ? why_str(w, "line %u%s failed before it (\"%.*s\"): %s%s.", why_line(w, id),
			      more, (int)MIN(strcspn(o->err->str, "\n"), 100), o->err->str, c->why,
			      strstr(c->why, "no namespace")
				      ? "; it is never created (no \"ip netns add\")"
				      : "")
		    : why_str(w, "%s.", c->why));
	f->id = first_edited(w, c->repair);
	g_ptr_array_add(f->edits, copy_of(c->repair));
	for (unsigned int i = 0; i < c->repair->edits->len; i++) {
		const struct edit *e = g_ptr_array_index(c->repair->edits, i);
		struct edit *new;

		repair_edit(all, e->kind, e->id, e->text);
		new = g_ptr_array_index(all->edits, all->edits->len - 1);
		new->other = e->other;
		new->status = e->status;
	}
}

/* The symptom is not to be repaired, but what it asks for tells what was meant. */
static void only_words(struct stmt *st)
{
	char *text = g_strdup_printf("# %.*s", (int)strcspn(st->text, "\n"), st->text);

	g_free(st->text);
	st->text = text;
}

/**
 * why_find_setup() - What failed before the symptom, or the symptom itself when it set something up
 * @w: the question
 */
void why_find_setup(struct why *w)
{
	const struct script_runner runner = { .arg = &w->options, .run = replay_run };
	struct script *s = script_copy(w->script);
	struct repair *all = repair_new(NULL);
	unsigned int usable = 0, failed = 0;
	struct causes *c;

	if (w->flow.prog)
		only_words(g_ptr_array_index(s->stmts, s->stmts->len - 1));
	for (unsigned int i = 0; i < s->stmts->len; i++)
		failed += outcome_failed(s, g_ptr_array_index(s->stmts, i), replay_at(w->first, i));
	if (!failed) {
		script_free(s);
		repair_free(all);
		return;
	}
	c = causes_find(s, &runner);
	w->runs += c->runs;
	w->work += c->work;
	for (unsigned int i = 0; i < c->list->len; i++) {
		const struct cause *cause = g_ptr_array_index(c->list, i);

		if (!cause->repair || cause->meant)
			continue;
		one_cause(w, cause, all);
		usable++;
	}
	if (usable > 1) {
		struct why_finding *f = why_finding(w, RANK_SETUP, "setup", "");

		g_ptr_array_add(f->edits, all);
	} else {
		repair_free(all);
	}
	causes_free(c);
	script_free(s);
}
