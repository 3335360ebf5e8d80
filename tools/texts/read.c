/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read.c - reading a text: regions, prompts, inline code
 *
 *	text_read
 *	 ├ mark_regions		which lines stand in code blocks
 *	 ├ mark_prompts		which blocks have prompts
 *	 └ read_line
 *	    ├ take_lines	a command, with the lines it goes on in
 *	    ├ take_explained	"ip netns - lists them"
 *	    └ take_spans	`inline code`
 */
#include "read.h"

#include <string.h>

#include "words.h"

#define LINE_LOOK 16384 /* a longer line is no command anybody types */
#define MORE_LINES 200

struct line {
	char *text;
	unsigned int block; /* 0: prose */
	bool mark;	    /* ``` itself */
	bool fence_text;    /* the fence says Markdown, text or nothing */
};

struct block {
	bool prompts; /* only prompted lines are commands */
	bool hash;    /* "# " is a prompt here */
};

struct reader {
	struct text *t;
	struct line *lines;
	unsigned int n;
	struct block *blocks;
	unsigned int n_blocks;
};

static void command_free(gpointer data)
{
	struct text_command *c = data;

	g_free(c->text);
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

static size_t fence_length(const char *s, char *ret_sign)
{
	size_t n = strspn(s, "`");

	*ret_sign = '`';
	if (n < 3) {
		n = strspn(s, "~");
		*ret_sign = '~';
	}
	return n >= 3 && !strchr(s + n, '`') ? n : 0;
}

static bool info_is_text(const char *info)
{
	g_autofree char *word = g_ascii_strdown(info + strspn(info, " "), -1);

	word[strcspn(word, " {,")] = '\0';
	return !*word || word_in("md markdown text txt plain plaintext none", word, strlen(word));
}

static void mark_regions(struct reader *r)
{
	size_t open = 0;
	char sign = 0;
	bool as_text = false;
	bool pre = false;

	for (unsigned int i = 0; i < r->n; i++) {
		struct line *line = &r->lines[i];
		char *s = line->text + strspn(line->text, " \t>");
		char now;
		size_t n = fence_length(s, &now);

		if (open ? n >= open && now == sign && !s[n + strspn(s + n, " ")] : n && !pre) {
			line->mark = true;
			as_text = !open && info_is_text(s + n);
			open = open ? 0 : n;
			sign = now;
			r->n_blocks += open ? 1 : 0;
			continue;
		}
		if (!open && strstr(s, "<pre")) {
			pre = true;
			r->n_blocks++;
		}
		line->block = open || pre ? r->n_blocks : 0;
		line->fence_text = open && as_text;
		if (pre && strstr(s, "</pre>"))
			pre = false;
	}
}

/* Prose is not a block with one habit unless it has prompts of its own. */
static void mark_prompts(struct reader *r)
{
	for (unsigned int b = 0; b <= r->n_blocks; b++) {
		unsigned int strong = 0, hash = 0, hash_other = 0, bare = 0;

		for (unsigned int i = 0; i < r->n; i++) {
			struct line *line = &r->lines[i];
			const char *s = line->text;
			enum prompt prompt;

			if (line->block != b || line->mark || strlen(s) > LINE_LOOK)
				continue;
			prompt = prompt_skip(&s);
			if (prompt == PROMPT_STRONG)
				strong += judge_command(s, JUDGE_PROMPT) != JUDGE_NO;
			else if (prompt == PROMPT_HASH && judge_command(s, JUDGE_CODE) != JUDGE_NO)
				hash++;
			else if (prompt == PROMPT_HASH)
				hash_other++;
			else if (!strong && !bare)
				bare = judge_command(s + list_marker(s),
						     b ? JUDGE_CODE : JUDGE_PROSE) == JUDGE_YES;
		}
		r->blocks[b].hash = hash && hash >= hash_other && (strong || !bare);
		r->blocks[b].prompts = strong || r->blocks[b].hash;
	}
}

static void add(struct reader *r, unsigned int line, const char *text)
{
	struct text_command *c = g_new0(struct text_command, 1);

	c->line = line + 1;
	c->text = command_strip(text, &c->sudo);
	g_ptr_array_add(r->t->commands, c);
}

/* A command that begins at @at with the text @s. Returns the number of lines it has, 0: none. */
static unsigned int take_lines(struct reader *r, unsigned int at, const char *s,
			       enum judge_where where)
{
	g_autoptr(GString) text = g_string_new(s);
	enum judge j = judge_command(text->str, where);
	unsigned int n = 1;

	while (j == JUDGE_MORE && n < MORE_LINES && at + n < r->n) {
		const struct line *next = &r->lines[at + n];
		const char *more = next->text;

		if (next->mark || next->block != r->lines[at].block || strlen(more) > LINE_LOOK)
			return 0;
		if (where == JUDGE_PROMPT && g_str_has_prefix(more, "> "))
			more += 2;
		g_string_append_c(text, '\n');
		g_string_append(text, more);
		j = judge_command(text->str, where);
		n++;
	}
	if (j != JUDGE_YES)
		return 0;
	add(r, at, text->str);
	return n;
}

/* "ip netns: lists them", "ip link -> all interfaces" */
static bool take_explained(struct reader *r, unsigned int at, const char *s, enum judge_where where)
{
	static const char *const marks[] = { ": ", " - ", " -- ", " => ", " -> ", " // ", " (" };

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
			add(r, at, left);
			return true;
		}
	}
	return false;
}

static bool span_is_meant(const char *before, size_t len, const char *span)
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
	if (g_str_has_suffix(text, "instead of"))
		return false;
	if (strpbrk(span, " \t"))
		return true;
	return !*last ||
	       word_in("run type enter execute try issue do use and: then", last, strlen(last));
}

static bool take_spans(struct reader *r, unsigned int at, const char *s)
{
	const char *start = s;
	bool any = false;

	while ((s = strchr(s, '`'))) {
		size_t ticks = strspn(s, "`");
		g_autofree char *fence = g_strndup(s, ticks);
		const char *end = strstr(s + ticks, fence);
		g_autofree char *span = NULL;
		const char *text;

		if (!end)
			break;
		span = g_strstrip(g_strndup(s + ticks, (size_t)(end - s) - ticks));
		text = span;
		if (prompt_skip(&text) == PROMPT_NONE)
			text = span;
		if (span_is_meant(start + list_marker(start),
				  (size_t)(s - start) -
					  MIN(list_marker(start), (size_t)(s - start)),
				  text) &&
		    judge_command(text, JUDGE_CODE) == JUDGE_YES) {
			add(r, at, text);
			any = true;
		}
		s = end + ticks;
	}
	return any;
}

/* Returns the number of lines read. */
static unsigned int read_line(struct reader *r, unsigned int at)
{
	const struct line *line = &r->lines[at];
	const struct block *block = &r->blocks[line->block];
	enum judge_where where = line->block ? JUDGE_CODE : JUDGE_PROSE;
	g_autofree char *bare =
		line->block && strchr(line->text, '<') ? without_tags(line->text) : NULL;
	const char *s = bare ? bare : line->text;
	enum prompt prompt;
	unsigned int n;

	if (line->mark || !*s || strlen(s) > LINE_LOOK)
		return 1;
	prompt = prompt_skip(&s);
	if (prompt == PROMPT_STRONG || (prompt == PROMPT_HASH && block->hash)) {
		n = take_lines(r, at, s, prompt == PROMPT_STRONG ? JUDGE_PROMPT : JUDGE_CODE);
		return n ? n : 1;
	}
	s = bare ? bare : line->text;
	if (!line->block && strchr(s, '`')) {
		take_spans(r, at, s);
		return 1;
	}
	s += strspn(s, " \t");
	if (*s == '#' || (block->prompts && line->block))
		return 1;
	s += list_marker(s);
	n = block->prompts ? 0 : take_lines(r, at, s, where);
	if (!n && !block->prompts && !take_explained(r, at, s, where) && line->fence_text)
		take_spans(r, at, s);
	return n ? n : 1;
}

static void split_lines(struct reader *r, const char *buf, size_t len)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(struct line));
	const char *end = buf + len;

	if (len >= 3 && !memcmp(buf, "\xef\xbb\xbf", 3))
		buf += 3;
	while (buf < end) {
		const char *nl = memchr(buf, '\n', (size_t)(end - buf));
		size_t n = (size_t)((nl ? nl : end) - buf);
		struct line line = { .text = text_clean_line(buf, n) };

		g_array_append_val(lines, line);
		g_ptr_array_add(r->t->lines, line.text);
		buf += n + 1;
	}
	r->n = lines->len;
	r->lines = (struct line *)(void *)g_array_steal(lines, NULL);
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
	split_lines(&r, buf, len);
	mark_regions(&r);
	r.blocks = g_new0(struct block, r.n_blocks + 1);
	mark_prompts(&r);
	for (unsigned int i = 0; i < r.n;)
		i += read_line(&r, i);
	text_fill_in(r.t);
	g_free(r.blocks);
	g_free(r.lines);
	return r.t;
}
