/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_deeper.c - a cause behind a cause: the script is edited, and the question asked again
 */
#include <string.h>

#include "../trace/tracelog.h"
#include "why.h"

/* The same question to an edited script. */
static void ask_again(struct why *sub, const struct why *w, const struct repair *first)
{
	unsigned int last;

	*sub = *w;
	sub->depth = w->depth + 1;
	sub->script = script_copy(w->script);
	repair_apply(first, sub->script);
	sub->execs = g_ptr_array_new_with_free_func(why_exec_free);
	sub->findings = g_ptr_array_new_with_free_func(why_finding_free);
	sub->tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sub->path = why_path_new();
	sub->path->log = tracelog_new();
	sub->first = why_run(sub, sub->script, true, sub->path);
	last = sub->script->stmts->len - 1;
	sub->outcome = replay_at(sub->first, last);
	memset(&sub->flow, 0, sizeof(sub->flow));
	why_read_flow(sub);
	if (!sub->flow.src)
		sub->flow.src = why_real_source(sub);
	sub->world = why_look(sub);
}

static void forget(struct why *sub)
{
	g_ptr_array_unref(sub->execs);
	g_ptr_array_unref(sub->findings);
	g_hash_table_unref(sub->tried);
	why_path_free(sub->path);
	replay_free(sub->first);
	why_world_free(sub->world);
	script_free(sub->script);
}

/**
 * why_deeper_free() - Forgets the question behind a question
 * @deeper: the question
 */
void why_deeper_free(gpointer deeper)
{
	forget(deeper);
	g_free(deeper);
}

/* Only edits of lines somebody can see can be shown. */
static bool can_be_shown(const struct why *w, const struct repair *r)
{
	for (unsigned int i = 0; i < r->edits->len; i++) {
		const struct edit *e = g_ptr_array_index(r->edits, i);

		if (!why_line(w, e->id))
			return false;
	}
	return true;
}

static bool same_lines(const struct repair *a, const struct repair *b)
{
	for (unsigned int i = 0; i < a->edits->len; i++) {
		const struct edit *x = g_ptr_array_index(a->edits, i);

		for (unsigned int k = 0; k < b->edits->len; k++) {
			const struct edit *y = g_ptr_array_index(b->edits, k);

			if (x->id == y->id && x->kind != EDIT_INSERT && y->kind != EDIT_INSERT)
				return true;
		}
	}
	return false;
}

/* The most believed finding whose cure, with the first edit, cures the script as it was. */
static struct why_finding *best(struct why *w, struct why *sub, const struct repair *first,
				struct repair **ret_both)
{
	struct why_finding *found = NULL;

	for (unsigned int i = 0; i < sub->findings->len; i++) {
		struct why_finding *f = g_ptr_array_index(sub->findings, i);

		if (found && f->rank >= found->rank)
			continue;
		for (unsigned int k = 0; k < f->cures->len; k++) {
			struct repair *cure = g_ptr_array_index(f->cures, k);
			struct repair *both;

			if (!can_be_shown(w, cure) || same_lines(first, cure))
				continue;
			both = why_joined(first, cure);
			if (why_try(w, w->script, both) != WHY_CURES) {
				repair_free(both);
				continue;
			}
			repair_free(*ret_both);
			*ret_both = both;
			found = f;
			break;
		}
	}
	return found;
}

#define DEPTH_MAX 4

/* The cause behind, or the causes: @ret_both cures @w's script. */
static bool behind(struct why *w, struct why *sub, struct why_answer *a, const struct repair *first,
		   struct repair **ret_both)
{
	struct why_finding *f = NULL;

	why_find_all(sub);
	if (why_try_findings(sub, 0))
		f = best(w, sub, first, ret_both);
	if (f) {
		g_ptr_array_add(a->causes, f);
		return true;
	}
	if (sub->depth >= DEPTH_MAX || !why_behind_changes(sub, a, WHY_SHOWN_FIRST))
		return false;
	*ret_both = why_joined(first, a->both);
	repair_free(a->both);
	a->both = NULL;
	return can_be_shown(w, *ret_both) && why_try(w, w->script, *ret_both) == WHY_CURES;
}

/**
 * why_deeper() - Edits first, looks anew, and searches there
 * @w: the question
 * @a: the answer; filled when something is found
 * @first: the edit
 * @cause: what it is the cure of; NULL: commands that failed
 *
 * Return: true: found.
 */
bool why_deeper(struct why *w, struct why_answer *a, struct repair *first,
		struct why_finding *cause)
{
	unsigned int n = a->causes->len;
	struct repair *both = NULL;
	struct why *sub;
	bool found;

	if (why_out_of_budget(w))
		return false;
	sub = g_new0(struct why, 1);
	ask_again(sub, w, first);
	if (cause)
		g_ptr_array_add(a->causes, cause);
	found = behind(w, sub, a, first, &both);
	w->runs = sub->runs;
	w->work = sub->work;
	if (!found) {
		g_ptr_array_set_size(a->causes, (int)n);
		repair_free(both);
		why_deeper_free(sub);
		return false;
	}
	why_minimise(w, both);
	g_ptr_array_add(a->deeper, sub);
	a->before |= !cause;
	a->both = both;
	return true;
}
