/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spans.c - commands in inline code
 */
#include <string.h>

#include "read.h"
#include "words.h"

#define MENTION_LINES 12

/* Does the author want it typed? @before: the sentence up to it; @after: behind it. */
static bool span_is_meant(const char *before, size_t len, const char *span, const char *after)
{
	g_autofree char *text = g_ascii_strdown(before, (gssize)len);
	g_auto(GStrv) words = NULL;
	unsigned int n;
	const char *last;

	g_strstrip(text);
	words = g_strsplit_set(text, " \t", -1);
	n = g_strv_length(words);
	last = n ? words[n - 1] : "";
	for (unsigned int i = n > 3 ? n - 3 : 0; i < n; i++) {
		if (*words[i] && word_in("unlike not never don't without avoid than", words[i],
					 strlen(words[i])))
			return false;
	}
	if (g_str_has_suffix(text, "instead of") || g_str_has_prefix(after, " instead"))
		return false;
	if (strpbrk(span, " \t"))
		return true;
	return !*last ||
	       word_in("run type enter execute try issue do use and: then", last, strlen(last));
}

static void take_span(struct reader *r, unsigned int at, const char *span)
{
	struct text_command *c = NULL;
	const char *text = span;

	if (prompt_skip(&text) == PROMPT_NONE)
		text = span;
	if (shell_effect(text) != SHELL_SAME || judge_command(text, JUDGE_CODE) == JUDGE_YES)
		c = read_add(r, at, text, NULL);
	if (c)
		c->span = true;
}

/**
 * read_spans() - Takes the commands in `inline code`
 * @r: the reader
 * @at: the line
 * @s: its text
 */
void read_spans(struct reader *r, unsigned int at, const char *s)
{
	const char *start = s + list_marker(s);

	while ((s = strchr(s, '`'))) {
		size_t ticks = strspn(s, "`");
		g_autofree char *fence = g_strndup(s, ticks);
		const char *end = strstr(s + ticks, fence);
		g_autofree char *span = NULL;

		if (!end)
			break;
		span = g_strstrip(g_strndup(s + ticks, (size_t)(end - s) - ticks));
		if (span_is_meant(start, s > start ? (size_t)(s - start) : 0, span, end + ticks))
			take_span(r, at, span);
		s = end + ticks;
	}
}

/* Is the command also one of the block that begins with command @from, going @step? */
static bool stands_in_block(const struct text *t, const struct text_command *c, unsigned int from,
			    int step)
{
	unsigned int block = 0;

	for (unsigned int i = from; i < t->commands->len; i += (unsigned int)step) {
		const struct text_command *other = g_ptr_array_index(t->commands, i);
		unsigned int far =
			other->line > c->line ? other->line - c->line : c->line - other->line;

		if (other->span && !block)
			continue;
		if (block ? other->block != block : far > MENTION_LINES)
			return false;
		block = other->block;
		if (!other->span && !strcmp(other->text, c->text))
			return true;
	}
	return false;
}

/**
 * text_drop_mentions() - Drops inline code that only speaks of a command of the block beside it
 * @t: with its commands
 *
 * "With `ip netns add red` we make the first:", and then the block with this command.
 */
void text_drop_mentions(struct text *t)
{
	for (unsigned int i = 0; i < t->commands->len;) {
		const struct text_command *c = g_ptr_array_index(t->commands, i);
		const char *line = g_ptr_array_index(t->lines, c->line - 1);

		if (c->span && c->shell == SHELL_SAME && !strstr(line, "again") &&
		    (stands_in_block(t, c, i + 1, 1) || stands_in_block(t, c, i - 1, -1)))
			g_ptr_array_remove_index(t->commands, i);
		else
			i++;
	}
}
