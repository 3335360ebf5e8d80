/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grep_perl.c - grep -P
 *
 * mirrors pcresearch.c of GNU grep: one pattern, -w and -x become part of it
 */
#include "grep_perl.h"

#include "util.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

struct grep_perl {
	GRegex *re;
};

/* PCRE2's own words where GLib has others. */
static const struct {
	int code;
	const char *text;
} words[] = {
	{ G_REGEX_ERROR_UNMATCHED_PARENTHESIS, "missing closing parenthesis" },
	{ G_REGEX_ERROR_NOTHING_TO_REPEAT, "quantifier does not follow a repeatable item" },
	{ G_REGEX_ERROR_UNTERMINATED_CHARACTER_CLASS, "missing terminating ] for character class" },
	{ G_REGEX_ERROR_VARIABLE_LENGTH_LOOKBEHIND, "lookbehind assertion is not fixed length" },
	{ G_REGEX_ERROR_STRAY_BACKSLASH, "\\ at end of pattern" },
	{ G_REGEX_ERROR_UNRECOGNIZED_CHARACTER, "unrecognized character after (? or (?-" },
	{ G_REGEX_ERROR_RANGE_OUT_OF_ORDER, "range out of order in character class" },
	{ G_REGEX_ERROR_QUANTIFIERS_OUT_OF_ORDER, "numbers out of order in {} quantifier" },
};

static void forget(void *arg)
{
	struct grep_perl *gp = arg;

	g_clear_pointer(&gp->re, g_regex_unref);
}

/**
 * grep_perl_compile() - Reads a pattern
 * @task: the program; the pattern goes with it
 * @text: what was given
 * @icase: -i
 * @before: what goes before it, for -w and -x; may be ""
 * @after: what goes behind it
 *
 * Return: the pattern, or NULL after a message.
 */
struct grep_perl *grep_perl_compile(struct ng_task *task, const char *text, bool icase,
				    const char *before, const char *after)
{
	struct grep_perl *gp = ng_task_alloc(task, sizeof(*gp));
	size_t len = strlen(text) + strlen(before) + strlen(after) + 1;
	char *whole = ng_task_alloc(task, len);
	g_autoptr(GError) error = NULL;
	const char *what;
	size_t i;

	snprintf(whole, len, "%s%s%s", before, text, after);
	ng_task_defer(task, forget, gp);
	gp->re = g_regex_new(whole, G_REGEX_RAW | (icase ? G_REGEX_CASELESS : 0), 0, &error);
	if (gp->re)
		return gp;
	what = error->message;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (words[i].code == error->code)
			what = words[i].text;
	}
	prog_error(task, "grep", 0, "%s", what);
	return NULL;
}

/**
 * grep_perl_match() - Finds the first match in a line
 * @gp: the pattern
 * @line: the line
 * @len: its bytes
 * @from: where to begin; what stands before is looked back at
 * @m: where it is
 *
 * Return: whether there is one.
 */
bool grep_perl_match(const struct grep_perl *gp, const char *line, size_t len, size_t from,
		     regmatch_t *m)
{
	g_autoptr(GMatchInfo) info = NULL;
	int start, end;

	if (!g_regex_match_full(gp->re, line, (gssize)len, (int)from, 0, &info, NULL) ||
	    !g_match_info_fetch_pos(info, 0, &start, &end))
		return false;
	m->rm_so = start;
	m->rm_eo = end;
	return true;
}
