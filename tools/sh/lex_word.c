/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lex_word.c - words: quoting, and the parts a word is made of
 *
 * sh_read_word()
 *   sh_read_parts()
 *     read_single(), read_ansi(), read_double()
 *     sh_read_dollar(), sh_read_backquote()      lex_param.c
 *   read_array()
 */
#include "parser.h"

#include <string.h>

/* Characters gathered for one TEXT part. */
struct text {
	struct sh_buf buf;
	bool quoted;
	bool any; /* "" counts too */
};

/**
 * sh_add_part() - A new part at the end of a word
 * @p: the parser
 * @tail: where to hang it
 * @type: its type
 * @quoted: inside quotes
 *
 * Return: the part.
 */
struct sh_part *sh_add_part(struct sh_parser *p, struct sh_part ***tail, enum sh_part_type type,
			    bool quoted)
{
	struct sh_part *part = sh_pool_alloc(p->pool, sizeof(*part));

	part->type = type;
	part->quoted = quoted;
	part->text = "";
	**tail = part;
	*tail = &part->next;
	return part;
}

static void flush_text(struct sh_parser *p, struct text *t, struct sh_part ***tail)
{
	struct sh_part *part;

	if (!t->any)
		return;
	part = sh_add_part(p, tail, SH_PART_TEXT, t->quoted);
	part->text = sh_buf_str(&t->buf);
	part->len = t->buf.len;
	*t = (struct text){ .buf.pool = p->pool };
}

static void put_text(struct sh_parser *p, struct text *t, struct sh_part ***tail, int c,
		     bool quoted)
{
	if (t->any && t->quoted != quoted)
		flush_text(p, t, tail);
	t->any = true;
	t->quoted = quoted;
	if (c >= 0)
		sh_buf_putc(&t->buf, (char)c);
}

static void read_single(struct sh_parser *p, struct text *t, struct sh_part ***tail)
{
	unsigned int line = p->line;

	sh_adv(p);
	put_text(p, t, tail, -1, true);
	while (sh_cur(p) != '\'') {
		if (sh_cur(p) == -1) {
			sh_fail_eof(p, line, '\'');
			return;
		}
		put_text(p, t, tail, sh_cur(p), true);
		sh_adv(p);
	}
	sh_adv(p);
}

static int digit_value(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

static int read_number(struct sh_parser *p, int base, int max)
{
	int v = 0;

	while (max-- && digit_value(sh_cur(p)) < base) {
		v = v * base + digit_value(sh_cur(p));
		sh_adv(p);
	}
	return v & 0xff;
}

/* $'...': the part behind a backslash. */
static int read_escape(struct sh_parser *p)
{
	static const char from[] = "abeEfnrtv";
	static const char to[] = "\a\b\033\033\f\n\r\t\v";
	int c = sh_cur(p);
	const char *at = c > 0 ? strchr(from, c) : NULL;

	if (c >= '0' && c <= '7')
		return read_number(p, 8, 3);
	sh_adv(p);
	if (c == 'x')
		return read_number(p, 16, 2);
	return at ? to[at - from] : c;
}

static void read_ansi(struct sh_parser *p, struct text *t, struct sh_part ***tail)
{
	unsigned int line = p->line;

	sh_adv(p);
	sh_adv(p);
	put_text(p, t, tail, -1, true);
	while (sh_cur(p) != '\'') {
		int c = sh_cur(p);

		if (c == -1) {
			sh_fail_eof(p, line, '\'');
			return;
		}
		sh_adv(p);
		if (c == '\\') {
			int before = sh_cur(p);

			c = read_escape(p);
			if (!strchr("abeEfnrtvx01234567\\'\"?", before))
				put_text(p, t, tail, '\\', true);
		}
		if (c > 0)
			put_text(p, t, tail, c, true);
	}
	sh_adv(p);
}

static void read_double(struct sh_parser *p, struct text *t, struct sh_part ***tail)
{
	unsigned int line = p->line;
	struct sh_part **before;

	sh_adv(p);
	flush_text(p, t, tail);
	before = *tail;
	if (sh_enter(p))
		sh_read_parts(p, tail, MODE_DQUOTE, true);
	sh_leave(p);
	if (sh_cur(p) == -1) {
		sh_fail_eof(p, line, '"');
		return;
	}
	sh_adv(p);
	if (*tail == before)
		sh_add_part(p, tail, SH_PART_TEXT, true);
}

/* A backslash and what follows. */
static void read_backslash(struct sh_parser *p, struct text *t, struct sh_part ***tail,
			   enum sh_mode mode, bool quoted)
{
	int c = sh_peek(p, 1);
	bool special;

	if (c == '\n') {
		sh_adv(p);
		sh_adv(p);
		return;
	}
	if (quoted || mode == MODE_HERE || mode == MODE_BRACE_DQ)
		special = c != -1 && strchr(mode == MODE_HERE ? "$`\\" : "$`\\\"", c);
	else
		special = c != -1;
	if (mode == MODE_BRACE_DQ && c == '}')
		special = true;
	sh_adv(p);
	if (special) {
		put_text(p, t, tail, c, true);
		sh_adv(p);
	} else {
		put_text(p, t, tail, '\\', quoted || c == -1);
	}
}

static bool ends(struct sh_parser *p, enum sh_mode mode, int c, int depth)
{
	switch (mode) {
	case MODE_WORD:
		return depth == 0 && strchr(" \t\n;&|<>()", c) && !sh_process_starts(p);
	case MODE_REGEX:
		return strchr(" \t\n", c) && depth == 0;
	case MODE_DQUOTE:
		return c == '"';
	case MODE_BRACE:
	case MODE_BRACE_DQ:
		return c == '}';
	case MODE_PATTERN:
		return c == '/' || c == '}';
	case MODE_OFFSET:
		return (c == ':' && depth == 0) || c == '}';
	case MODE_INDEX:
		return c == ']' && depth == 0;
	case MODE_ARITH:
		return c == ')' && depth == 0 && !(p->dash && sh_peek(p, 1) != ')');
	case MODE_ARITH_SEMI:
		return (c == ')' || c == ';') && depth == 0;
	case MODE_HERE:
		return false;
	}
	return true;
}

static void tilde(struct sh_parser *p, struct sh_part ***tail, bool inside)
{
	size_t n = 1;
	int c;

	while ((c = sh_peek(p, n)) != -1 &&
	       (sh_name_char(c) || (!p->dash && (c == '-' || c == '+'))))
		n++;
	if (c != -1 && !strchr(" \t\n/:;&|<>()", c)) {
		struct sh_part *part = sh_add_part(p, tail, SH_PART_TEXT, false);

		part->text = "~";
		part->len = 1;
	} else {
		struct sh_part *part = sh_add_part(p, tail, SH_PART_TILDE, false);

		part->colon = inside;
		part->text = sh_raw(p, p->pos + 1, p->pos + n);
		part->len = n - 1;
		while (--n)
			sh_adv(p);
	}
	sh_adv(p);
}

/* Quotes do not hide anything inside "..." and here-documents, nor in arithmetic. */
static bool single_quotes_count(enum sh_mode mode, bool quoted)
{
	return !quoted && mode != MODE_DQUOTE && mode != MODE_HERE && mode != MODE_BRACE_DQ &&
	       mode != MODE_ARITH && mode != MODE_ARITH_SEMI;
}

/* ?( *( +( @( !( */
static bool group_starts(struct sh_parser *p)
{
	return (p->extglob || p->pattern) && strchr("?*+@!", sh_cur(p)) && sh_peek(p, 1) == '(';
}

static int depth_change(enum sh_mode mode, int c)
{
	if (mode == MODE_INDEX)
		return c == '[' ? 1 : c == ']' ? -1 : 0;
	if (mode == MODE_ARITH || mode == MODE_ARITH_SEMI || mode == MODE_OFFSET ||
	    mode == MODE_REGEX || mode == MODE_WORD)
		return c == '(' ? 1 : c == ')' ? -1 : 0;
	return 0;
}

/**
 * sh_read_parts() - Reads up to the end of a word or quotation
 * @p: the parser
 * @tail: where to hang the parts
 * @mode: what ends it; the end itself is not taken
 * @quoted: inside "..."
 */
void sh_read_parts(struct sh_parser *p, struct sh_part ***tail, enum sh_mode mode, bool quoted)
{
	struct text t = { .buf.pool = p->pool };
	bool start = mode == MODE_WORD || mode == MODE_BRACE;
	unsigned int line = p->line;
	size_t begin = p->pos;
	int depth = 0;
	int c;

	while ((c = sh_cur(p)) != -1 && !ends(p, mode, c, depth)) {
		if (c == '\\') {
			read_backslash(p, &t, tail, mode, quoted);
		} else if (c == '\'' && single_quotes_count(mode, quoted)) {
			read_single(p, &t, tail);
		} else if (c == '$' && !p->dash && sh_peek(p, 1) == '\'' &&
			   single_quotes_count(mode, quoted)) {
			read_ansi(p, &t, tail);
		} else if (c == '"' && mode != MODE_HERE && !(p->dash && mode == MODE_ARITH)) {
			read_double(p, &t, tail);
		} else if (c == '$') {
			flush_text(p, &t, tail);
			sh_read_dollar(p, tail, mode, quoted);
		} else if (c == '`') {
			flush_text(p, &t, tail);
			sh_read_backquote(p, tail, quoted,
					  mode == MODE_DQUOTE || mode == MODE_BRACE_DQ);
		} else if (mode == MODE_WORD && sh_process_starts(p)) {
			flush_text(p, &t, tail);
			sh_read_process(p, tail);
		} else if (c == '~' && start) {
			flush_text(p, &t, tail);
			tilde(p, tail, p->pos > begin);
		} else {
			if (mode == MODE_WORD && !depth && group_starts(p)) {
				put_text(p, &t, tail, c, quoted);
				sh_adv(p);
				c = '(';
			}
			depth += depth_change(mode, c);
			if (depth < 0 && p->dash)
				depth = 0; /* a ) too many, in dash's $((...)) */
			put_text(p, &t, tail, c, quoted);
			start = mode == MODE_WORD && (c == ':' || c == '=') && t.buf.len &&
				sh_name_start(t.buf.s[0]) && memchr(t.buf.s, '=', t.buf.len);
			sh_adv(p);
			continue;
		}
		start = false;
	}
	if (mode == MODE_WORD && depth)
		sh_fail_eof(p, line, ')');
	flush_text(p, &t, tail);
}

/* Length of "name=", "name+=" or "name[i]=" at the start of the input from @start; 0: none. */
static size_t assign_len(struct sh_parser *p, size_t start)
{
	const char *s = p->text + start;
	size_t max = p->pos - start, n = 0;

	if (!max || !sh_name_start((unsigned char)s[0]))
		return 0;
	while (n < max && sh_name_char((unsigned char)s[n]))
		n++;
	if (n < max && s[n] == '[' && !p->dash) {
		while (n < max && s[n] != ']')
			n++;
		n++;
	}
	if (n < max && s[n] == '+' && !p->dash)
		n++;
	return n < max && s[n] == '=' ? n + 1 : 0;
}

static void read_array(struct sh_parser *p, struct sh_word *w)
{
	struct sh_word **tail = &w->elems;
	unsigned int line = p->line;

	w->array = true;
	sh_adv(p);
	for (;;) {
		int c;

		sh_skip_continuation(p);
		c = sh_cur(p);
		if (c == -1) {
			sh_fail_eof(p, line, ')');
			return;
		}
		if (c == ')') {
			sh_adv(p);
			return;
		}
		if (c == '#') {
			while (sh_cur(p) != '\n' && sh_cur(p) != -1)
				sh_adv(p);
		} else if (c == ' ' || c == '\t' || c == '\n') {
			sh_adv(p);
		} else if (strchr(";&|<>(", c)) {
			p->tok.start = p->pos;
			sh_adv(p);
			p->tok = (struct sh_token){ TOK_SEMI, NULL, 0, p->line, p->tok.start };
			p->tok_end = p->pos;
			p->have_tok = true;
			sh_unexpected(p);
			return;
		} else {
			*tail = sh_read_word(p, MODE_WORD);
			tail = &(*tail)->next;
		}
	}
}

/**
 * sh_read_word() - Reads one word
 * @p: the parser, on its first character
 * @mode: MODE_WORD, or another that ends it elsewhere
 *
 * Return: the word, in the tree's pool.
 */
struct sh_word *sh_read_word(struct sh_parser *p, enum sh_mode mode)
{
	struct sh_word *w = sh_pool_alloc(p->pool, sizeof(*w));
	struct sh_part **tail = &w->parts;
	size_t start = p->pos;

	w->line = p->line;
	if (!sh_enter(p)) {
		sh_leave(p);
		return w;
	}
	sh_read_parts(p, &tail, mode,
		      mode == MODE_BRACE_DQ || mode == MODE_ARITH || mode == MODE_ARITH_SEMI);
	if (mode == MODE_WORD) {
		w->assign = assign_len(p, start) > 0;
		if (w->assign && p->array_ok && !p->dash && sh_cur(p) == '(' &&
		    start + assign_len(p, start) == p->pos)
			read_array(p, w);
	}
	sh_leave(p);
	w->text = sh_raw(p, start, p->pos);
	w->plain = w->parts && !w->parts->next && w->parts->type == SH_PART_TEXT &&
		   !w->parts->quoted && strlen(w->text) == w->parts->len;
	for (const struct sh_part *part = w->parts; part; part = part->next) {
		if (part->type == SH_PART_TEXT && !part->quoted &&
		    memchr(part->text, '{', part->len) && !p->dash)
			w->brace = true;
	}
	return w;
}

/**
 * sh_parse_here_body() - Parts of an unquoted here-document
 * @p: the parser
 * @text: its lines
 * @len: their length
 *
 * Return: a word whose parts are quoted.
 */
struct sh_word *sh_parse_here_body(struct sh_parser *p, const char *text, size_t len)
{
	struct sh_word *w = sh_pool_alloc(p->pool, sizeof(*w));
	struct sh_part **tail = &w->parts;
	struct sh_parser inner = { .text = text,
				   .len = len,
				   .pool = p->pool,
				   .dash = p->dash,
				   .line = p->line,
				   .depth = p->depth,
				   .stack = p->stack };

	w->text = text;
	sh_read_parts(&inner, &tail, MODE_HERE, true);
	if (inner.failed)
		sh_fail(p, p->line, "%s", inner.error);
	sh_pool_fini(&inner.error_pool);
	return w;
}
