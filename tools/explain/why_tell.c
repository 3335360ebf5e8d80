/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_tell.c - the answer: what failed, the cause, the edits that cure it
 */
#include <stdio.h>
#include <string.h>

#include "../lib/escape.h"
#include "why.h"

#define WIDTH 79

/* A text at most WIDTH wide, the first line behind @head, the others indented. */
static void wrap(const char *head, const char *text)
{
	g_autofree char *safe = text_printable(text);
	g_auto(GStrv) words = g_strsplit(safe, " ", -1);
	size_t at = strlen(head), indent = *head == ' ' ? 4 : 2;
	bool first = true;

	fputs(head, stdout);
	for (char **p = words; *p; p++) {
		if (!**p)
			continue;
		if (!first && at + 1 + strlen(*p) > WIDTH) {
			printf("\n%*s", (int)indent, "");
			at = indent;
		} else if (!first || at) {
			putchar(' ');
			at++;
		}
		fputs(*p, stdout);
		at += strlen(*p);
		first = false;
	}
	putchar('\n');
}

/* What a statement said that tells most: its last line of error, or of loss. */
static char *said(const struct outcome *o)
{
	g_auto(GStrv) lines = g_strsplit(o->out->str, "\n", -1);
	const char *best = "";

	for (char **l = lines; *l; l++) {
		if (strstr(*l, "nreach") || strstr(*l, "refused") || strstr(*l, "timed out") ||
		    strstr(*l, "exceeded") || strstr(*l, "filtered") || strstr(*l, "permitted"))
			return g_strstrip(g_strdup(*l));
		if (strstr(*l, "packet loss") || (**l && !strstr(best, "loss")))
			best = *l;
	}
	return g_strstrip(g_strdup(*best ? best : "(it said nothing)"));
}

static const char *first_line(struct why *w, const struct stmt *st)
{
	return why_str(w, "%.*s", (int)strcspn(st->text, "\n"), st->text);
}

static void tell_symptom(struct why *w)
{
	const struct stmt *st = why_stmt(w, w->symptom);
	g_autofree char *text = said(w->outcome);
	g_autofree char *safe = NULL;
	const char *death = why_death(w);

	wrap(why_str(w, "line %u:", st->line), first_line(w, st));
	safe = text_printable(text);
	printf("  status %d: %.*s\n", w->outcome->status, WIDTH - 14, safe);
	if (death)
		wrap("  lost:", death);
}

/* A command, line by line: what a terminal could act on is shown, not done. */
static void put_command(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

	for (char **l = lines; *l; l++) {
		g_autofree char *safe = text_printable(*l);

		printf("%s\n", safe);
	}
}

static void put_edit(const struct why *w, const struct edit *e)
{
	const struct stmt *other = why_stmt(w, e->other);

	switch (e->kind) {
	case EDIT_INSERT:
		printf("insert before line %u: ", why_line(w, e->id));
		put_command(e->text);
		break;
	case EDIT_REPLACE:
		printf("replace line %u with: ", why_line(w, e->id));
		put_command(e->text);
		break;
	case EDIT_DELETE:
		printf("delete line %u\n", why_line(w, e->id));
		break;
	case EDIT_MOVE:
		printf("delete line %u\n", other ? other->line : 0);
		printf("     insert before line %u: ", why_line(w, e->id));
		put_command(other ? other->text : "");
		break;
	case EDIT_EXPECT:
		printf("declare line %u: #@ expect rc=%d\n", why_line(w, e->id), e->status);
		break;
	}
}

static void tell_fix(const struct why *w, const struct repair *r)
{
	for (unsigned int i = 0; i < r->edits->len; i++) {
		fputs(i ? "     " : "fix: ", stdout);
		put_edit(w, g_ptr_array_index(r->edits, i));
	}
}

static void tell_line(struct why *w, const struct why_finding *f)
{
	const struct stmt *st = why_stmt(w, f->id);

	if (st && f->id != w->symptom)
		wrap(why_str(w, "  set by line %u:", st->line), first_line(w, st));
}

/* A line there failed: perhaps that one should have done what is missing. */
static void tell_failed(struct why *w, const struct why_finding *f)
{
	for (unsigned int i = 0; i + 1 < w->script->stmts->len && f->ns; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		const struct outcome *o = replay_at(w->first, i);
		g_auto(GStrv) words = stmt_words(st->text);
		const char *ns = words_namespace(words);
		g_autofree char *safe = NULL;

		if (!st->line || st->deleted || !o->status || !o->err->len || st->id == f->id ||
		    strcmp(ns ? ns : "", f->ns) != 0 || !stmt_is_net(st->text) ||
		    text_has_word(st->text, "ping"))
			continue;
		wrap(why_str(w, "  line %u failed:", st->line), first_line(w, st));
		safe = text_printable(
			why_str(w, "%.*s", (int)strcspn(o->err->str, "\n"), o->err->str));
		printf("    %.*s\n", WIDTH - 4, safe);
	}
}

/* More about the cause that a cure has shown. */
static const char *shown_by_cures(const struct why_finding *f)
{
	for (unsigned int i = 0; i < f->cures->len; i++) {
		const struct repair *r = g_ptr_array_index(f->cures, i);

		if (r->what)
			return r->what;
	}
	return NULL;
}

/* The causes of which a joined repair is made. */
static unsigned int tell_setup(struct why *w, const struct repair *r)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < w->findings->len; i++) {
		const struct why_finding *f = g_ptr_array_index(w->findings, i);
		const struct repair *mine = f->edits->len ? g_ptr_array_index(f->edits, 0) : NULL;
		bool needed = false;

		if (strcmp(f->topic, "setup") != 0 || !*f->cause || !mine)
			continue;
		for (unsigned int k = 0; k < r->edits->len && !needed; k++) {
			const struct edit *a = g_ptr_array_index(r->edits, k);

			for (unsigned int m = 0; m < mine->edits->len; m++) {
				const struct edit *b = g_ptr_array_index(mine->edits, m);

				needed |= a->kind == b->kind && a->id == b->id &&
					  !g_strcmp0(a->text, b->text);
			}
		}
		if (needed)
			wrap(why_str(w, "cause %u:", ++n), f->cause);
	}
	return n;
}

/* A line before it is not modelled: what depends on it cannot be judged. */
static bool tell_limit(struct why *w, const char *head)
{
	for (unsigned int i = 0; i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		const struct outcome *o = replay_at(w->first, i);
		const char *what = strstr(o->out->str, "not modelled: ");

		if (!st->line || !what)
			continue;
		what += strlen("not modelled: ");
		wrap(head,
		     why_str(w,
			     "netglass does not model what line %u does (%.*s), so it cannot judge "
			     "what depends on it; the real kernel may do it.",
			     st->line, (int)strcspn(what, "\n"), what));
		return true;
	}
	return false;
}

/* A name that nothing resolves. */
static bool tell_name(struct why *w)
{
	static const char *const signs[] = { "not known", "resolve", "resolution", NULL };
	bool said = false;

	for (const char *const *s = signs; *s; s++)
		said |= strstr(w->outcome->out->str, *s) != NULL;
	if (!said)
		return false;
	wrap("cause:", why_str(w,
			       "no line of /etc/hosts knows the name %s, and there is no DNS here: "
			       "no server of this script answers such a question.",
			       w->flow.host));
	wrap("no fix:", "use an address, or write the name into /etc/hosts.");
	return true;
}

/* Is a namespace connected to anything? */
static bool has_cable(const struct why *w, const char *ns)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (!strcmp(d->ns, ns) && strcmp(d->name, "lo") != 0)
			return true;
	}
	return false;
}

/* Nothing in a script can cure what is out of it; how far it comes can be told. */
static void tell_outside(struct why *w, const struct why_finding *best)
{
	wrap("cause:", why_str(w,
			       "%s is outside of this script: no namespace of it has the address, "
			       "so nothing here can answer.",
			       WHY_IP(w->flow.dst)));
	if (!has_cable(w, w->flow.ns))
		wrap("  also:",
		     why_str(w, "%s is not connected to anything: it has no device but lo.",
			     why_ns_name(w->flow.ns)));
	else if (best) {
		wrap("  also:", best->cause);
		tell_line(w, best);
	} else {
		wrap("  also:", "within this script the packet goes as far as it can.");
	}
	wrap("no fix:", "a namespace knows only what the script connects it to; ask for an address "
			"of the script.");
}

/* No edit cures it: what is seen all the same. */
static void tell_nothing(struct why *w)
{
	const struct why_finding *best = NULL;

	if (tell_limit(w, "cause:"))
		return;

	for (unsigned int i = 0; i < w->findings->len; i++) {
		const struct why_finding *f = g_ptr_array_index(w->findings, i);

		if ((f->changes || f->shown) && *f->cause && f->rank < RANK_TEXT &&
		    (!best || f->rank < best->rank))
			best = f;
	}
	if (!w->flow.known && w->flow.host && tell_name(w))
		return;
	if (why_outside(w)) {
		tell_outside(w, best);
		return;
	}
	if (w->flow.known && !w->flow.broadcast && w->flow.dst >> 24 != 127 &&
	    !why_owner(w->world, w->flow.dst, NULL))
		wrap("cause:",
		     why_str(w, "nobody in this script has the address %s.", WHY_IP(w->flow.dst)));
	if (best) {
		wrap("cause:",
		     why_str(w, "%s This is not all: no edit alone cures it.", best->cause));
		tell_line(w, best);
	}
	wrap("no fix:", w->out_of_budget ? "the search was stopped, see netglass why --help."
					 : "none of the edits that were tried cures it.");
}

/* Is it another part of a cause before it? */
static bool is_told(const struct why_answer *a, unsigned int n)
{
	const struct why_finding *f = g_ptr_array_index(a->causes, n);

	for (unsigned int i = 0; i < n; i++) {
		const struct why_finding *o = g_ptr_array_index(a->causes, i);

		if (f->id && o->id == f->id && !strcmp(o->topic, f->topic) &&
		    !g_strcmp0(o->ns, f->ns))
			return true;
	}
	return !*f->cause;
}

/* One, or several that are all needed; @n have been told already. */
static void tell_causes(struct why *w, const struct why_answer *a, unsigned int n)
{
	unsigned int all = n;

	for (unsigned int i = 0; i < a->causes->len; i++)
		all += !is_told(a, i);
	for (unsigned int i = 0; i < a->causes->len; i++) {
		const struct why_finding *f = g_ptr_array_index(a->causes, i);
		const char *more = shown_by_cures(f);

		if (is_told(a, i))
			continue;
		wrap(all > 1 ? why_str(w, "cause %u:", ++n) : "cause:",
		     more ? why_str(w, "%s %s", f->cause, more) : f->cause);
		tell_line(w, f);
		tell_failed(w, f);
	}
}

/**
 * why_tell() - Prints the answer
 * @w: the question
 * @a: the answer
 */
void why_tell(struct why *w, const struct why_answer *a)
{
	unsigned int n = 0;

	tell_symptom(w);
	if (!a->causes->len && strstr(w->outcome->out->str, "not modelled: ")) {
		wrap("cause:", "netglass does not model this; the real kernel may do it.");
		return;
	}
	if (!a->causes->len) {
		tell_nothing(w);
		return;
	}
	if (a->before)
		n = tell_setup(w, g_ptr_array_index(a->fixes, 0));
	tell_causes(w, a, n);
	tell_limit(w, "note:");
	for (unsigned int i = 0; i < a->fixes->len; i++)
		tell_fix(w, g_ptr_array_index(a->fixes, i));
}
