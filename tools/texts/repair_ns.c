/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair_ns.c - a namespace that does not exist
 */
#include <string.h>

#include "near.h"

/* Does the word stand where a namespace is named? */
static bool names_ns(char **words, unsigned int i)
{
	if (!i || !words[i])
		return false;
	if (!strcmp(words[i - 1], "netns"))
		return !g_strv_contains((const char *const[]){ "exec", "add", "del", "delete",
							       "list", "show", "set", "pids",
							       "identify", "monitor", "attach",
							       NULL },
					words[i]);
	if (!strcmp(words[i - 1], "exec") || !strcmp(words[i - 1], "pids"))
		return i > 1 && !strcmp(words[i - 2], "netns");
	return (!strcmp(words[i - 1], "-n") || !strcmp(words[i - 1], "-netns")) && i > 1 &&
	       g_str_has_suffix(words[i - 2], "ip");
}

static bool stmt_names_ns(const struct stmt *st, const char *name)
{
	g_auto(GStrv) words = stmt_words(st->text);

	for (unsigned int i = 0; words[i]; i++) {
		if (!strcmp(words[i], name) && names_ns(words, i))
			return true;
	}
	return false;
}

static bool stmt_adds_ns(const struct stmt *st, const char *name)
{
	g_autofree char *add = g_strdup_printf("netns add %s", name);
	const char *s = strstr(st->text, add);

	return s && (!s[strlen(add)] || strchr(" \t\n;", s[strlen(add)]));
}

static char *why_missing(const struct situation *at, const char *name)
{
	g_autoptr(GString) have = g_string_new(NULL);

	for (unsigned int i = 0; i < at->state->namespaces->len; i++)
		g_string_append_printf(have, "%s\"%s\"", i ? ", " : "",
				       (const char *)g_ptr_array_index(at->state->namespaces, i));
	return have->len ? g_strdup_printf("no namespace \"%s\": only %s %s made", name, have->str,
					   at->state->namespaces->len > 1 ? "were" : "was")
			 : g_strdup_printf("no namespace \"%s\": none was made", name);
}

static void make_it(struct situation *at, const char *name, const char *why)
{
	g_autofree char *text = g_strdup_printf("ip netns add %s", name);
	const struct stmt *first = NULL;

	for (unsigned int i = 0; i <= at->index && !first; i++) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);

		if (stmt_names_ns(st, name))
			first = st;
	}
	for (unsigned int i = at->index + 1; i < at->script->stmts->len && first; i++) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);

		if (stmt_adds_ns(st, name)) {
			struct repair *r = repair_new(why);
			struct edit *e;

			repair_edit(r, EDIT_MOVE, first->id, NULL);
			e = g_ptr_array_index(r->edits, 0);
			e->other = st->id;
			g_ptr_array_add(at->repairs, r);
		}
	}
	if (first)
		repair_insert(at, first->id, text, why);
}

static void write_near(struct situation *at, const char *name, const GPtrArray *near,
		       const char *why)
{
	for (unsigned int i = 0; i < near->len; i++) {
		g_autofree char *text =
			text_replace_word(at->stmt->text, name, g_ptr_array_index(near, i));

		repair_replace(at, text, why);
	}
}

/**
 * repairs_namespace() - Make the namespace, or mean one that exists
 * @at: the situation
 *
 * A name used once that is near an existing one is a slip; one used more often was forgotten.
 */
void repairs_namespace(struct situation *at)
{
	for (unsigned int i = 0; at->words[i]; i++) {
		const char *name = at->words[i];
		g_autofree char *why = NULL;
		g_autoptr(GPtrArray) near = NULL;
		unsigned int uses = 0;

		if (!names_ns(at->words, i) || state_has_ns(at->state, name) || name[0] == '-')
			continue;
		for (unsigned int k = 0; k < at->script->stmts->len; k++)
			uses += stmt_names_ns(g_ptr_array_index(at->script->stmts, k), name);
		why = why_missing(at, name);
		near = names_near(at->state->namespaces, name, 3);
		if (uses > 1 || !near->len)
			make_it(at, name, why);
		write_near(at, name, near, why);
		if (uses <= 1 && near->len)
			make_it(at, name, why);
	}
}
