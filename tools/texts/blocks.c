/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * blocks.c - which lines belong together, and what their habit is
 *
 * Fences and <pre> are blocks already. The other lines are cut at blank ones:
 * an indented paragraph is code (Markdown, reStructuredText), unless it is a
 * list; any other is prose.
 */
#include <string.h>

#include "read.h"
#include "words.h"

static unsigned int indent_of(const char *s)
{
	unsigned int n = 0;

	for (; *s == ' ' || *s == '\t'; s++)
		n = *s == '\t' ? (n | 7) + 1 : n + 1;
	return n;
}

static bool announces_code(const char *s)
{
	s += strspn(s, " \t");
	return g_str_has_suffix(s, "::") || g_str_has_prefix(s, ".. code") ||
	       g_str_has_prefix(s, ".. sourcecode") || g_str_has_prefix(s, ".. prompt");
}

static bool is_list(const char *s)
{
	return list_marker(s) > strspn(s, " \t");
}

struct marker {
	struct reader *r;
	const char *before; /* the last line that was not blank */
	unsigned int block; /* of the paragraph; 0: none */
	bool code;
	bool literal; /* behind "::" */
};

static void begin(struct marker *m, const char *s)
{
	unsigned int indent = indent_of(s);
	struct block b = { .prose = true };

	m->literal = indent && (m->literal || (m->before && announces_code(m->before)));
	b.code = (indent >= 4 || m->literal) && !is_list(s) && !strchr(s, '`');
	g_array_append_val(m->r->blocks, b);
	m->block = m->r->blocks->len - 1;
	m->code = b.code;
}

/* Does the paragraph end before this line? */
static bool changes(const struct marker *m, const char *s)
{
	bool deep = indent_of(s) >= 4 || (m->literal && indent_of(s));

	if (m->code)
		return !deep;
	return deep && !is_list(s) && m->before && g_str_has_suffix(m->before, ":");
}

static void mark_paragraphs(struct reader *r)
{
	struct marker m = { .r = r };

	for (unsigned int i = 0; i < r->lines->len; i++) {
		struct line *line = READ_LINE(r, i);
		const char *s = line->text;

		if (line->block || !*s) {
			m.block = 0;
			m.literal = m.literal && !line->block;
			continue;
		}
		if (!m.block || changes(&m, s))
			begin(&m, s);
		line->block = m.block;
		m.before = s;
	}
}

static void count(struct block *b, const char *line)
{
	const char *s = line;
	enum prompt prompt = prompt_skip(&s);

	if (prompt == PROMPT_STRONG)
		b->strong_n +=
			judge_command(s, JUDGE_PROMPT) != JUDGE_NO || shell_effect(s) != SHELL_SAME;
	else if (prompt == PROMPT_HASH && judge_command(s, JUDGE_CODE) != JUDGE_NO)
		b->hash_n++;
	else if (prompt == PROMPT_HASH)
		b->comment_n++;
	else if (!b->strong_n && !b->bare)
		b->bare = judge_command(s + list_marker(s), b->code ? JUDGE_CODE : JUDGE_PROSE) ==
			  JUDGE_YES;
}

static void decide(struct block *b)
{
	b->hash = b->hash_n && b->hash_n >= b->comment_n && (b->strong_n || !b->bare);
	b->prompts = b->strong_n || b->hash;
}

/**
 * blocks_mark() - Gives every line its block, and every block its habit
 * @r: with its lines
 *
 * Prose has one habit throughout as to "# ", which begins a heading there, too; but prompts in one paragraph
 * say nothing about another.
 */
void blocks_mark(struct reader *r)
{
	struct block *all;

	mark_paragraphs(r);
	for (unsigned int i = 0; i < r->lines->len; i++) {
		const struct line *line = READ_LINE(r, i);
		struct block *b = READ_BLOCK(r, line->block);

		if (!line->mark && *line->text && strlen(line->text) <= LINE_LOOK)
			count(b, line->text);
	}
	all = READ_BLOCK(r, 0);
	for (unsigned int i = 1; i < r->blocks->len; i++) {
		const struct block *b = READ_BLOCK(r, i);

		if (!b->code) {
			all->strong_n += b->strong_n;
			all->hash_n += b->hash_n;
			all->comment_n += b->comment_n;
			all->bare |= b->bare;
		}
	}
	decide(all);
	for (unsigned int i = 1; i < r->blocks->len; i++) {
		struct block *b = READ_BLOCK(r, i);

		decide(b);
		if (!b->code)
			b->hash = all->hash;
	}
}
