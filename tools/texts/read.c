/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read.c - reading a text: prompts and plain lines
 *
 *	text_read
 *	 ├ lines_split		lines; fences, <pre>
 *	 ├ blocks_mark		paragraphs; which blocks have prompts
 *	 ├ read_line
 *	 │  ├ take_lines	a command, with the lines it goes on in
 *	 │  ├ take_explained	"ip netns - lists them"
 *	 │  ├ take_announced	"list them: ip netns list"
 *	 │  └ read_spans	`inline code`
 *	 ├ text_drop_mentions	inline code that only names a command
 *	 ├ text_fill_in		<name>
 *	 └ text_enter_shells	lines typed into the shell of a namespace
 */
#include "read.h"

#include <string.h>

#include "words.h"

#define MORE_LINES 200
#define MORE_WORK (8 << 20) /* a text that begins loops and ends none is left alone some day */

static void command_free(gpointer data)
{
	struct text_command *c = data;

	g_free(c->text);
	g_free(c->prompt);
	g_free(c);
}

/**
 * text_free() - Forgets a text
 * @t: or NULL
 */
void text_free(struct text *t)
{
	if (!t)
		return;
	g_ptr_array_unref(t->lines);
	g_ptr_array_unref(t->commands);
	g_free(t);
}

/* "set -e": typed, it would close the reader's shell at the first failure. */
static bool stops_at_errors(const char *text)
{
	return g_str_has_prefix(text, "set -") &&
	       (strstr(text, "errexit") ||
		memchr(text + 5, 'e', strspn(text + 5, "abefhkmnptuvxBCEHPT")));
}

static void note_function(struct reader *r, const char *text)
{
	size_t n;

	if (g_str_has_prefix(text, "function "))
		text += strlen("function ");
	n = strcspn(text, " \t\n(){");
	if (n && text[n + strspn(text + n, " \t")] == '(')
		g_hash_table_add(r->functions, g_strndup(text, n));
}

static bool is_function(const struct reader *r, const char *text)
{
	g_autofree char *first = g_strndup(text, strcspn(text, " \t"));

	return g_hash_table_contains(r->functions, first);
}

/**
 * read_add() - Takes a command
 * @r: the reader
 * @at: the line where it begins
 * @text: the command
 * @prompt: what it had in front, or NULL
 *
 * Return: the command, or NULL: it is left out.
 */
struct text_command *read_add(struct reader *r, unsigned int at, const char *text,
			      const char *prompt)
{
	struct text_command *c;

	if (stops_at_errors(text))
		return NULL;
	c = g_new0(struct text_command, 1);
	c->line = READ_LINE(r, at)->number;
	c->block = READ_LINE(r, at)->block;
	c->text = command_strip(text, &c->sudo);
	c->prompt = g_strdup(prompt);
	c->shell = shell_effect(text);
	g_ptr_array_add(r->t->commands, c);
	note_function(r, c->text);
	return c;
}

/* A command that begins at @at with the text @s. Returns the number of lines it has, 0: none. */
static unsigned int take_lines(struct reader *r, unsigned int at, const char *s,
			       enum judge_where where, const char *prompt)
{
	g_autoptr(GString) text = g_string_new(s);
	bool shell = where != JUDGE_PROSE && shell_effect(s) != SHELL_SAME;
	enum judge j;
	unsigned int n = 1;

	if (where != JUDGE_PROSE && is_function(r, s))
		where = JUDGE_PROMPT;
	j = shell ? JUDGE_YES : judge_command(text->str, where);
	while (j == JUDGE_MORE && n < MORE_LINES && at + n < r->lines->len) {
		const struct line *next = READ_LINE(r, at + n);
		const char *more = next->text;

		if (next->mark || next->block != READ_LINE(r, at)->block ||
		    text->len + strlen(more) > LINE_LOOK || r->work > MORE_WORK)
			return 0;
		if (prompt && g_str_has_prefix(more, "> "))
			more += 2;
		g_string_append_c(text, '\n');
		g_string_append(text, more);
		r->work += text->len;
		j = judge_command(text->str, where);
		n++;
	}
	if (j != JUDGE_YES)
		return 0;
	read_add(r, at, text->str, prompt);
	return n;
}

/* "ip netns: lists them", "ip link -> all interfaces" */
static bool take_explained(struct reader *r, unsigned int at, const char *s, enum judge_where where)
{
	static const char *const marks[] = { ": ",   " - ",  " -- ", " => ",
					     " -> ", " // ", " <- ", " (" };

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		const char *mark = strstr(s, marks[i]);
		g_autofree char *left = NULL;
		const char *right;

		if (!mark)
			continue;
		left = g_strstrip(g_strndup(s, (size_t)(mark - s)));
		right = mark + strlen(marks[i]);
		if (!strchr(left, ' ') || !g_ascii_isalpha(right[strspn(right, " ")]))
			continue;
		if (judge_command(left, where) == JUDGE_YES) {
			read_add(r, at, left, NULL);
			return true;
		}
	}
	return false;
}

/* "Create the bridge: ip link add br0 type bridge" */
static bool take_announced(struct reader *r, unsigned int at, const char *s)
{
	const char *colon = g_strrstr(s, ": ");
	g_autofree char *right = NULL;
	const struct known_word *k;
	bool sudo;

	if (!colon)
		return false;
	right = command_strip(colon + 2, &sudo);
	if (right[strcspn(right, " ")] != ' ' || judge_command(right, JUDGE_PROSE) != JUDGE_YES)
		return false;
	colon = right + strcspn(right, " ");
	right[colon - right] = '\0';
	k = word_program(right);
	right[colon - right] = ' ';
	if (!k || !(k->flags & WORD_NET))
		return false;
	read_add(r, at, right, NULL);
	return true;
}

/* **ip link**: a whole line in bold */
static char *without_stars(const char *s)
{
	size_t n = strspn(s, "*"), len = strlen(s);

	if (!n || n > 3 || len <= 2 * n || strspn(s + len - n, "*") != n || s[n] == ' ')
		return NULL;
	return g_strndup(s + n, len - 2 * n);
}

/* A line without prompt. Returns the number of lines read. */
static unsigned int read_bare(struct reader *r, unsigned int at, const char *s)
{
	const struct block *block = READ_BLOCK(r, READ_LINE(r, at)->block);
	enum judge_where where = block->code ? JUDGE_CODE : JUDGE_PROSE;
	g_autofree char *plain = NULL;
	unsigned int n;

	if (!block->code && strchr(s, '`')) {
		read_spans(r, at, s);
		return 1;
	}
	s += strspn(s, " \t");
	if (*s == '#' || block->prompts)
		return 1;
	s += list_marker(s);
	plain = without_stars(s);
	s = plain ? plain : s;
	n = take_lines(r, at, s, where, NULL);
	if (n || take_explained(r, at, s, where))
		return n ? n : 1;
	if (block->prose && !take_announced(r, at, s) && block->code)
		read_spans(r, at, s);
	return 1;
}

/* Returns the number of lines read. */
static unsigned int read_line(struct reader *r, unsigned int at)
{
	const struct line *line = READ_LINE(r, at);
	const char *s = line->text;
	enum prompt prompt;
	unsigned int n;

	if (line->mark || !*s || strlen(s) > LINE_LOOK)
		return 1;
	prompt = prompt_skip(&s);
	if (prompt == PROMPT_STRONG ||
	    (prompt == PROMPT_HASH && READ_BLOCK(r, line->block)->hash)) {
		g_autofree char *front =
			g_strstrip(g_strndup(line->text, (size_t)(s - line->text)));

		n = take_lines(r, at, s, prompt == PROMPT_STRONG ? JUDGE_PROMPT : JUDGE_CODE,
			       front);
		return n ? n : 1;
	}
	return read_bare(r, at, line->text);
}

/**
 * text_read() - Finds the commands of a text
 * @buf: its bytes
 * @len: how many
 * @ret_why: set when it is no text
 *
 * Return: the text, text_free() it; NULL: see @ret_why.
 */
struct text *text_read(const char *buf, size_t len, const char **ret_why)
{
	struct reader r = { 0 };

	if (memchr(buf, '\0', len)) {
		*ret_why = "a binary file (it holds a NUL byte)";
		return NULL;
	}
	r.t = g_new0(struct text, 1);
	r.t->lines = g_ptr_array_new_with_free_func(g_free);
	r.t->commands = g_ptr_array_new_with_free_func(command_free);
	r.lines = g_array_new(FALSE, TRUE, sizeof(struct line));
	r.blocks = g_array_new(FALSE, TRUE, sizeof(struct block));
	g_array_set_size(r.blocks, 1);
	r.functions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	lines_split(&r, buf, len);
	blocks_mark(&r);
	for (unsigned int i = 0; i < r.lines->len;)
		i += read_line(&r, i);
	text_drop_mentions(r.t);
	text_fill_in(r.t);
	text_enter_shells(r.t);
	for (unsigned int i = 0; i < r.lines->len; i++)
		g_free(READ_LINE(&r, i)->text);
	g_array_unref(r.lines);
	g_array_unref(r.blocks);
	g_hash_table_unref(r.functions);
	return r.t;
}
