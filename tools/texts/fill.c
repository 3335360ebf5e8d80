/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fill.c - <name>: a name in brackets, or a place to fill in?
 *
 * Some authors write real names in angle brackets. When the word inside is
 * used as a name by a command without brackets, the brackets go; else the
 * line is a placeholder and is shown, not run.
 */
#include "read.h"

#include <string.h>

#include "words.h"

#define BRACKETS "<([A-Za-z][A-Za-z0-9_.:-]*(?: [A-Za-z0-9_.:-]+)*)>"

struct fill {
	GRegex *re;
	GHashTable *names;
};

static void collect(GHashTable *names, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t\n;|&'\"=", -1);

	for (char **w = words; *w; w++) {
		if (**w && !word_is_reserved(*w) && **w != '-' && w != words)
			g_hash_table_add(names, g_strdup(*w));
	}
}

static bool all_real(const struct fill *f, const char *text)
{
	g_autoptr(GMatchInfo) match = NULL;

	g_regex_match(f->re, text, 0, &match);
	for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
		g_autofree char *word = g_match_info_fetch(match, 1);

		if (!g_hash_table_contains(f->names, word))
			return false;
	}
	return true;
}

static void fill_in(const struct fill *f, struct text_command *c)
{
	char *text;

	if (!all_real(f, c->text)) {
		c->placeholder = true;
		return;
	}
	text = g_regex_replace(f->re, c->text, -1, 0, "\\1", 0, NULL);
	g_free(c->text);
	c->text = text;
	c->brackets = true;
}

/**
 * text_fill_in() - Decides about all brackets
 * @t: with its commands
 */
void text_fill_in(struct text *t)
{
	struct fill f = {
		.re = g_regex_new(BRACKETS, G_REGEX_RAW, 0, NULL),
		.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};

	for (unsigned int i = 0; i < t->commands->len; i++) {
		struct text_command *c = g_ptr_array_index(t->commands, i);

		if (!g_regex_match(f.re, c->text, 0, NULL))
			collect(f.names, c->text);
	}
	for (unsigned int i = 0; i < t->commands->len; i++) {
		struct text_command *c = g_ptr_array_index(t->commands, i);

		if (g_regex_match(f.re, c->text, 0, NULL))
			fill_in(&f, c);
	}
	g_regex_unref(f.re);
	g_hash_table_unref(f.names);
}
