/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clean.c - lines as they come out of web pages, made plain
 */
#include "texts.h"

#include <string.h>

struct rewrite {
	const char *from;
	const char *to;
};

/* What editors and web pages put for an ASCII sign. A text decoded wrongly once has the last ones. */
static const struct rewrite rewrites[] = {
	{ "\u2018", "'" },
	{ "\u2019", "'" },
	{ "\u201a", "'" },
	{ "\u201b", "'" },
	{ "\u201c", "\"" },
	{ "\u201d", "\"" },
	{ "\u201e", "\"" },
	{ "\u2032", "'" },
	{ "\u00b4", "`" },
	{ "\u2010", "-" },
	{ "\u2011", "-" },
	{ "\u2012", "-" },
	{ "\u2013", "-" },
	{ "\u2212", "-" },
	{ "\u2014", "--" },
	{ "\u2015", "--" },
	{ "\u00a0", " " },
	{ "\u2002", " " },
	{ "\u2003", " " },
	{ "\u2009", " " },
	{ "\u202f", " " },
	{ "\u200b", "" },
	{ "\u200c", "" },
	{ "\u200d", "" },
	{ "\ufeff", "" },
	{ "\u2026", "..." },
	{ "\u00e2\u20ac\u2122", "'" },
	{ "\u00e2\u20ac\u0153", "\"" },
	{ "&lt;", "<" },
	{ "&gt;", ">" },
	{ "&amp;", "&" },
	{ "&quot;", "\"" },
	{ "&#39;", "'" },
	{ "&#x27;", "'" },
	{ "&apos;", "'" },
	{ "&nbsp;", " " },
	{ "&#34;", "\"" },
	{ "&#60;", "<" },
	{ "&#62;", ">" },
	{ "&#38;", "&" },
};

/* A dash in front of a word was two: an editor made one of them. */
static bool is_long_option(const char *line, size_t len, size_t at, const struct rewrite *found)
{
	size_t end = at + strlen(found->from);

	return !strcmp(found->from, "\u2013") && at && strchr(" \t", line[at - 1]) &&
	       end + 1 < len && g_ascii_islower(line[end]) && g_ascii_islower(line[end + 1]);
}

/**
 * text_clean_line() - Makes one line plain
 * @line: its bytes
 * @len: how many
 *
 * Typographic quotes and dashes, odd blanks and HTML entities become what a keyboard gives; blanks at the
 * end go, tabs stay.
 *
 * Return: the line, to be freed.
 */
char *text_clean_line(const char *line, size_t len)
{
	GString *s = g_string_sized_new(len + 1);
	size_t i = 0;

	while (i < len) {
		const struct rewrite *found = NULL;

		if ((unsigned char)line[i] >= 0x80 || line[i] == '&') {
			for (size_t k = 0; k < G_N_ELEMENTS(rewrites) && !found; k++) {
				size_t n = strlen(rewrites[k].from);

				if (n <= len - i && !memcmp(line + i, rewrites[k].from, n))
					found = &rewrites[k];
			}
		}
		if (found) {
			if (is_long_option(line, len, i, found))
				g_string_append_c(s, '-');
			g_string_append(s, found->to);
			i += strlen(found->from);
		} else {
			if (line[i] != '\r')
				g_string_append_c(s, line[i]);
			i++;
		}
	}
	while (s->len && strchr(" \t", s->str[s->len - 1]))
		g_string_truncate(s, s->len - 1);
	return g_string_free(s, FALSE);
}
