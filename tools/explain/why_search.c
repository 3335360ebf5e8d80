/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_search.c - which finding is the cause: the one whose edit cures
 *
 *	why_search
 *	 ├ find_all		why_find_*(): in order of how they are believed
 *	 ├ try_all		each edit in a world of its own
 *	 ├ several		two findings together when none alone cures
 *	 └ choose
 */
#include <string.h>

#include "why.h"

/**
 * why_find_all() - What the state of the machine suggests
 * @w: the question; its findings are filled
 */
void why_find_all(struct why *w)
{
	if (why_find_loops(w))
		return;
	why_find_places(w);
	if (!w->depth)
		why_find_setup(w);
	why_find_links(w);
	why_find_addresses(w);
	why_find_rules(w);
	why_find_routes(w);
	why_find_nat(w);
	why_find_tried(w);
	why_find_unpublished(w);
	why_find_conntrack(w);
	why_find_filter(w);
	why_find_services(w);
	why_find_neighbours(w);
	why_find_qdiscs(w);
	why_find_fdb(w);
	why_find_mtu(w);
	why_find_sysctls(w);
	why_find_bridges(w);
	why_evidence(w);
	why_near_misses(w);
}

static void try_finding(struct why *w, struct why_finding *f)
{
	for (unsigned int i = 0; i < f->edits->len && !why_out_of_budget(w); i++) {
		struct repair *r = g_ptr_array_index(f->edits, i);

		switch (why_try(w, w->script, r)) {
		case WHY_CURES:
			g_ptr_array_add(f->cures, r);
			break;
		case WHY_CHANGES:
			f->changes = true;
			if (!f->changer)
				f->changer = r;
			break;
		default:
			break;
		}
	}
}

/**
 * why_try_findings() - Tries the edits of findings
 * @w: the question
 * @from: the first finding
 *
 * Return: one of them cures.
 */
bool why_try_findings(struct why *w, unsigned int from)
{
	bool any = false;

	for (unsigned int i = from; i < w->findings->len; i++) {
		struct why_finding *f = g_ptr_array_index(w->findings, i);

		try_finding(w, f);
		any |= f->cures->len > 0;
	}
	return any;
}

static struct repair *without_edit(const struct repair *r, unsigned int skip)
{
	struct repair *copy = repair_new(NULL);

	for (unsigned int i = 0; i < r->edits->len; i++) {
		const struct edit *e = g_ptr_array_index(r->edits, i);
		struct edit *new;

		if (i == skip)
			continue;
		repair_edit(copy, e->kind, e->id, e->text);
		new = g_ptr_array_index(copy->edits, copy->edits->len - 1);
		new->other = e->other;
		new->status = e->status;
	}
	return copy;
}

/**
 * why_minimise() - Leaves out what is not needed
 * @w: the question
 * @r: the edits, fewer afterwards
 */
void why_minimise(struct why *w, struct repair *r)
{
	for (unsigned int i = r->edits->len; i-- > 0 && r->edits->len > 1;) {
		struct repair *less = without_edit(r, i);

		if (why_try(w, w->script, less) == WHY_CURES)
			g_ptr_array_remove_index(r->edits, i);
		repair_free(less);
	}
}

/**
 * why_joined() - Two repairs in one
 * @a: the first
 * @b: the second
 *
 * Return: a copy of both.
 */
struct repair *why_joined(const struct repair *a, const struct repair *b)
{
	struct repair *both = without_edit(a, ~0u);

	for (unsigned int i = 0; i < b->edits->len; i++) {
		const struct edit *e = g_ptr_array_index(b->edits, i);
		struct edit *new;

		repair_edit(both, e->kind, e->id, e->text);
		new = g_ptr_array_index(both->edits, both->edits->len - 1);
		new->other = e->other;
		new->status = e->status;
	}
	return both;
}

/* The edit that takes a cause away altogether: its line deleted, a policy opened; else the last. */
static struct repair *strongest(const struct why_finding *f)
{
	for (unsigned int i = 0; i < f->edits->len; i++) {
		struct repair *r = g_ptr_array_index(f->edits, i);
		const struct edit *e = g_ptr_array_index(r->edits, 0);

		if (e->kind == EDIT_DELETE && r->edits->len == 1)
			return r;
	}
	return g_ptr_array_index(f->edits, f->edits->len - 1);
}

/* The edit of a finding to try together with others. */
static struct repair *best_edit(const struct why_finding *f, unsigned int n)
{
	if (f->changer && !n)
		return f->changer;
	if (n == 1 && f->edits->len > 3)
		return strongest(f);
	return n < f->edits->len ? g_ptr_array_index(f->edits, n) : NULL;
}

static bool try_two(struct why *w, struct why_answer *a, struct why_finding *x,
		    struct why_finding *y, unsigned int n)
{
	struct repair *p = best_edit(x, n / 2);
	struct repair *q = best_edit(y, n % 2);
	struct repair *both;

	if (!p || !q || (x->topic == y->topic && x->ns == y->ns && x->id == y->id))
		return false;
	both = why_joined(p, q);
	if (why_try(w, w->script, both) != WHY_CURES) {
		repair_free(both);
		return false;
	}
	g_ptr_array_add(a->causes, y->shown && !x->shown ? y : x);
	g_ptr_array_add(a->causes, y->shown && !x->shown ? x : y);
	a->both = both;
	why_minimise(w, both);
	return true;
}

/* Two findings together: those that change something are tried first. */
static bool several(struct why *w, struct why_answer *a)
{
	g_autoptr(GPtrArray) order = g_ptr_array_new();

	for (int pass = 0; pass < 2; pass++) {
		for (unsigned int i = 0; i < w->findings->len; i++) {
			struct why_finding *f = g_ptr_array_index(w->findings, i);

			if (f->edits->len && f->rank < RANK_TEXT && f->changes == !pass)
				g_ptr_array_add(order, f);
		}
	}
	for (unsigned int sum = 1; sum < 2 * order->len; sum++) {
		for (unsigned int i = 0; i < order->len && 2 * i < sum; i++) {
			unsigned int k = sum - i;

			for (unsigned int n = 0; k < order->len && n < 4; n++) {
				if (why_out_of_budget(w))
					return false;
				if (try_two(w, a, g_ptr_array_index(order, i),
					    g_ptr_array_index(order, k), n))
					return true;
			}
		}
	}
	return false;
}

static unsigned int smallest(const struct why_finding *f)
{
	unsigned int n = ~0u;

	for (unsigned int i = 0; i < f->cures->len; i++)
		n = MIN(n, ((struct repair *)g_ptr_array_index(f->cures, i))->edits->len);
	return n;
}

/* A packet that died there is better than any guess. */
static int belief(const struct why_finding *f)
{
	return f->shown && f->rank > RANK_CONFLICT && f->rank < RANK_TEXT ? RANK_CONFLICT
									  : (int)f->rank;
}

static bool better(const struct why_finding *a, const struct why_finding *b)
{
	if (!b)
		return true;
	if (belief(a) != belief(b))
		return belief(a) < belief(b);
	if (a->shown != b->shown)
		return a->shown;
	return a->rank == RANK_SETUP && smallest(a) < smallest(b);
}

static bool same_edits(const struct repair *a, const struct repair *b)
{
	if (a->edits->len != b->edits->len)
		return false;
	for (unsigned int i = 0; i < a->edits->len; i++) {
		const struct edit *x = g_ptr_array_index(a->edits, i);
		bool found = false;

		for (unsigned int k = 0; k < b->edits->len && !found; k++) {
			const struct edit *y = g_ptr_array_index(b->edits, k);

			found = x->kind == y->kind && x->id == y->id &&
				!g_strcmp0(x->text, y->text);
		}
		if (!found)
			return false;
	}
	return true;
}

static bool has_fix(const struct why_answer *a, const struct repair *r)
{
	for (unsigned int i = 0; i < a->fixes->len; i++) {
		if (same_edits(g_ptr_array_index(a->fixes, i), r))
			return true;
	}
	return false;
}

static void add_fixes(struct why *w, struct why_answer *a, const struct why_finding *f)
{
	for (unsigned int n = 1; n < 6; n++) {
		for (unsigned int i = 0; i < f->cures->len && a->fixes->len < WHY_FIXES_MAX; i++) {
			struct repair *r = g_ptr_array_index(f->cures, i);

			if (r->edits->len == n && !has_fix(a, r))
				g_ptr_array_add(a->fixes, r);
		}
	}
	(void)w;
}

static void choose(struct why *w, struct why_answer *a)
{
	struct why_finding *first = NULL;

	for (unsigned int i = 0; i < w->findings->len; i++) {
		struct why_finding *f = g_ptr_array_index(w->findings, i);

		for (unsigned int k = 0; k < f->cures->len; k++)
			why_minimise(w, g_ptr_array_index(f->cures, k));
		if (f->cures->len && better(f, first))
			first = f;
	}
	if (!first)
		return;
	g_ptr_array_add(a->causes, first);
	a->before = !*first->cause; /* several commands that failed */
	add_fixes(w, a, first);
	for (unsigned int i = 0; i < w->findings->len; i++) {
		const struct why_finding *f = g_ptr_array_index(w->findings, i);

		if (f != first && f->rank <= RANK_ROUNDABOUT && strcmp(f->topic, "owner") != 0 &&
		    strcmp(f->topic, "source") != 0)
			add_fixes(w, a, f);
	}
}

/* What is left when every command that failed is repaired. */
static bool behind_setup(struct why *w, struct why_answer *a)
{
	struct repair *all = NULL;

	for (unsigned int i = 0; i < w->findings->len; i++) {
		const struct why_finding *f = g_ptr_array_index(w->findings, i);

		if (!strcmp(f->topic, "setup") && f->edits->len &&
		    (!all || ((struct repair *)g_ptr_array_index(f->edits, 0))->edits->len >
				     all->edits->len))
			all = g_ptr_array_index(f->edits, 0);
	}
	return all && why_deeper(w, a, all, NULL);
}

#define CHANGES_MAX 5

/**
 * why_behind_changes() - An edit lets the packets get further: what stops them there?
 * @w: the question
 * @a: the answer, filled when something is found
 * @which: edits where a packet has died, the others, or first these and then those
 */
bool why_behind_changes(struct why *w, struct why_answer *a, enum why_which which)
{
	unsigned int n = w->depth ? CHANGES_MAX - 2 : 0;

	for (int pass = which == WHY_NOT_SHOWN; pass <= (which != WHY_SHOWN); pass++) {
		for (unsigned int i = 0; i < w->findings->len && n < CHANGES_MAX; i++) {
			struct why_finding *f = g_ptr_array_index(w->findings, i);

			if (!f->changer || f->rank >= RANK_TEXT || f->shown != !pass)
				continue;
			n++;
			if (why_deeper(w, a, f->changer, f))
				return true;
		}
	}
	return false;
}

/* The destination is outside of this script's world, and no address in it looks like it. */
static bool nobody_there(const struct why *w, bool setup)
{
	if (!w->flow.known || w->flow.broadcast || why_owner(w->world, w->flow.dst, NULL))
		return false;
	for (unsigned int i = 0; i < w->findings->len; i++) {
		const struct why_finding *f = g_ptr_array_index(w->findings, i);

		if (!strcmp(f->topic, "owner") || !strcmp(f->topic, "lost") ||
		    (setup && !strcmp(f->topic, "setup")))
			return false;
	}
	return true;
}

/**
 * why_search() - Finds the cause and its cures
 * @w: the question
 * @a: the answer, filled
 */
void why_search(struct why *w, struct why_answer *a)
{
	unsigned int n;
	bool any, more;

	a->fixes = g_ptr_array_new();
	a->causes = g_ptr_array_new();
	a->deeper = g_ptr_array_new_with_free_func(why_deeper_free);
	why_find_all(w);
	any = why_try_findings(w, 0);
	if (!any && why_outside(w))
		return;
	if (!any) {
		n = w->findings->len;
		why_find_lines(w);
		any = why_try_findings(w, n);
	}
	if (!any && w->flow.ttl) {
		n = w->findings->len;
		why_find_command(w);
		any = why_try_findings(w, n);
	}
	if (!any && nobody_there(w, true))
		return;
	more = !any && !nobody_there(w, false);
	if (more) {
		n = w->findings->len;
		why_find_words(w);
		any = why_try_findings(w, n);
	}
	if ((!any && behind_setup(w, a)) ||
	    (!any && more &&
	     (why_behind_changes(w, a, WHY_SHOWN) || several(w, a) ||
	      why_behind_changes(w, a, WHY_NOT_SHOWN)))) {
		g_ptr_array_add(a->fixes, a->both);
		return;
	}
	if (!any && !more)
		return;
	if (!any) {
		n = w->findings->len;
		why_find_command(w);
		why_try_findings(w, n);
	}
	choose(w, a);
}
