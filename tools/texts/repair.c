/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair.c - repairs: made, described, carried out
 */
#include <string.h>

#include "causes.h"

static void edit_free(gpointer data)
{
	struct edit *e = data;

	g_free(e->text);
	g_free(e);
}

/**
 * repair_new() - A repair without edits
 * @why: one sentence that explains the mistake; copied
 */
struct repair *repair_new(const char *why)
{
	struct repair *r = g_new0(struct repair, 1);

	r->edits = g_ptr_array_new_with_free_func(edit_free);
	r->why = g_strdup(why);
	return r;
}

/**
 * repair_free() - Forgets it
 * @repair: a struct repair or NULL
 */
void repair_free(gpointer repair)
{
	struct repair *r = repair;

	if (!r)
		return;
	g_ptr_array_unref(r->edits);
	g_free(r->what);
	g_free(r->why);
	g_free(r);
}

/**
 * repair_edit() - One more edit
 * @r: the repair
 * @kind: what to do
 * @id: to which statement
 * @text: the new text; copied; or NULL
 */
void repair_edit(struct repair *r, enum edit_kind kind, unsigned int id, const char *text)
{
	struct edit *e = g_new0(struct edit, 1);

	e->kind = kind;
	e->id = id;
	e->text = g_strdup(text);
	g_ptr_array_add(r->edits, e);
}

static void move(struct script *s, unsigned int other, unsigned int id)
{
	unsigned int from, to;
	struct stmt *st = script_find(s, other, &from);
	gpointer *data = s->stmts->pdata;

	if (!st || !script_find(s, id, &to) || to > from)
		return;
	memmove(data + to + 1, data + to, (from - to) * sizeof(*data));
	data[to] = st;
}

static void apply_edit(const struct edit *e, struct script *s)
{
	unsigned int index;
	struct stmt *st = script_find(s, e->id, &index);

	if (!st)
		return;
	switch (e->kind) {
	case EDIT_REPLACE:
		g_free(st->text);
		st->text = g_strdup(e->text);
		break;
	case EDIT_INSERT:
		script_insert(s, index, e->text);
		break;
	case EDIT_MOVE:
		move(s, e->other, e->id);
		break;
	case EDIT_DELETE:
		st->deleted = true;
		break;
	case EDIT_EXPECT:
		st->expect = e->status;
		g_free(st->note);
		st->note = g_strdup_printf("#@ expect rc=%d", e->status);
		break;
	}
}

/**
 * repair_apply() - Carries it out
 * @r: the repair
 * @s: changed
 */
void repair_apply(const struct repair *r, struct script *s)
{
	for (unsigned int i = 0; i < r->edits->len; i++)
		apply_edit(g_ptr_array_index(r->edits, i), s);
}
