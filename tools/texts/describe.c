/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * describe.c - a repair in one line
 */
#include "describe.h"

#include <string.h>

static char *place(const struct stmt *st)
{
	return st->line ? g_strdup_printf("line %u", st->line) : g_strdup("the line added");
}

static bool same_words(char **a, char **b)
{
	unsigned int n = g_strv_length(a);

	if (n != g_strv_length(b))
		return false;
	for (char **w = a; *w; w++) {
		if (!g_strv_contains((const char *const *)b, *w))
			return false;
	}
	return true;
}

static void put_sep(GString *s)
{
	if (s->len)
		g_string_append(s, ", ");
}

/* Words put in at one place: "add dev before cab-l"; false: it is not that. */
static bool describe_added(GString *s, char **a, char **b)
{
	unsigned int na = g_strv_length(a), nb = g_strv_length(b);
	unsigned int head = 0, tail = 0;
	g_autofree char *more = NULL;
	char *keep;

	while (head < na && head < nb && !strcmp(a[head], b[head]))
		head++;
	while (tail < na - head && tail < nb - head && !strcmp(a[na - 1 - tail], b[nb - 1 - tail]))
		tail++;
	if (nb <= na || head + tail != na)
		return false;
	keep = b[nb - tail];
	b[nb - tail] = NULL;
	more = g_strjoinv(" ", b + head);
	b[nb - tail] = keep;
	g_string_append_printf(s, "add %s%s%s", more, tail ? " before " : "", tail ? keep : "");
	return true;
}

/* "veth -> veth-red, and add -j MASQUERADE"; false: they differ in another way. */
static bool describe_words(GString *s, char **a, char **b)
{
	unsigned int n = g_strv_length(a);
	unsigned int changed = 0;

	if (g_strv_length(b) < n)
		return false;
	for (unsigned int i = 0; i < n; i++) {
		if (!strcmp(a[i], b[i]))
			continue;
		put_sep(s);
		g_string_append_printf(s, "%s -> %s", a[i], b[i]);
		changed++;
	}
	if (changed > 2)
		return false;
	if (b[n]) {
		g_autofree char *more = g_strjoinv(" ", b + n);

		g_string_append_printf(s, "%sadd %s", changed ? ", and " : "", more);
	}
	return true;
}

static char *describe_replace(const char *old, const char *text)
{
	g_auto(GStrv) a = stmt_words(old);
	g_auto(GStrv) b = stmt_words(text);
	g_autoptr(GString) s = g_string_new(NULL);

	if (same_words(a, b))
		return g_strdup_printf("another order: %s", text);
	if (describe_added(s, a, b) || describe_words(s, a, b))
		return g_strdup(s->str);
	return g_strdup_printf("write %s", text);
}

static char *describe_edit(const struct edit *e, const struct script *s)
{
	const struct stmt *st = script_find(s, e->id, NULL);
	const struct stmt *other = e->other ? script_find(s, e->other, NULL) : NULL;
	g_autofree char *at = st ? place(st) : g_strdup("?");
	g_autofree char *from = other ? place(other) : NULL;
	g_autofree char *how = NULL;

	switch (e->kind) {
	case EDIT_REPLACE:
		how = describe_replace(st ? st->text : "", e->text);
		return g_strdup_printf("%s: %s", at, how);
	case EDIT_INSERT:
		return g_strdup_printf("add before %s: %s", at, e->text);
	case EDIT_MOVE:
		return g_strdup_printf("move %s to before %s: %s", from, at,
				       other ? other->text : "");
	case EDIT_DELETE:
		return g_strdup_printf("%s: leave it out", at);
	case EDIT_EXPECT:
		return g_strdup_printf("%s: declare it, #@ expect rc=%d", at, e->status);
	}
	return NULL;
}

/* What is done to the same effect in several lines is said once: "lines 92, 165: a -> b" */
static char *describe_same(const struct repair *r, const struct script *s, unsigned int first)
{
	const struct edit *e = g_ptr_array_index(r->edits, first);
	const struct stmt *st = script_find(s, e->id, NULL);
	g_autofree char *how = st ? describe_replace(st->text, e->text) : g_strdup("");
	GString *out = g_string_new(NULL);
	unsigned int n = 0;

	for (unsigned int i = 0; i < r->edits->len; i++) {
		const struct edit *other = g_ptr_array_index(r->edits, i);
		const struct stmt *there = script_find(s, other->id, NULL);
		g_autofree char *same = NULL;

		if (other->kind != EDIT_REPLACE || !there || !there->line)
			continue;
		same = describe_replace(there->text, other->text);
		if (strcmp(same, how) != 0)
			continue;
		if (i < first) {
			g_string_free(out, TRUE);
			return NULL;
		}
		g_string_append_printf(out, "%s%u", n++ ? ", " : "", there->line);
	}
	if (n < 2) {
		g_string_free(out, TRUE);
		return describe_edit(e, s);
	}
	g_string_prepend(out, "lines ");
	g_string_append_printf(out, ": %s", how);
	return g_string_free(out, FALSE);
}

/**
 * repair_describe() - What a repair does, in one line
 * @r: the repair
 * @s: the script as it is before
 *
 * Return: the line, to be freed.
 */
char *repair_describe(const struct repair *r, const struct script *s)
{
	GString *out = g_string_new(NULL);

	for (unsigned int i = 0; i < r->edits->len; i++) {
		const struct edit *e = g_ptr_array_index(r->edits, i);
		g_autofree char *one =
			e->kind == EDIT_REPLACE ? describe_same(r, s, i) : describe_edit(e, s);

		if (one)
			g_string_append_printf(out, "%s%s", out->len ? "; " : "", one);
	}
	return g_string_free(out, FALSE);
}
