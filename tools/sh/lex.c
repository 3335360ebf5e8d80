/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lex.c - characters and tokens of the shell language
 *
 * sh_token()
 *   skip_blanks()
 *   read_operator()
 *   sh_read_word()         lex_word.c
 * sh_next_token()
 *   read_heredocs()        after a newline
 */
#include "parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A simulated program's stack has 256 KiB; the interpreter and the system calls need the rest. */
#define STACK_MAX (72 * 1024)
#define BLOCK 8192 /* read at a time */

static bool refill(struct sh_parser *p)
{
	ssize_t n;
	size_t k = 0;

	if (p->eof || !p->read)
		return false;
	if (p->len + BLOCK + 1 > p->cap) {
		p->cap = p->cap ? p->cap * 2 : 2 * BLOCK;
		p->own = sh_xrealloc(p->own, p->cap);
		p->text = p->own;
	}
	p->own[p->len] = '\0';
	n = p->len > SH_TEXT_MAX ? 0 : p->read(p->read_arg, p->own + p->len, BLOCK);
	if (n <= 0) {
		p->eof = true;
		return false;
	}
	for (size_t i = p->len; i < p->len + (size_t)n; i++) {
		if (p->own[i])
			p->own[p->len + k++] = p->own[i];
	}
	p->len += k;
	p->own[p->len] = '\0';
	return k || refill(p);
}

/**
 * sh_peek() - A character further on
 * @p: the parser
 * @ahead: how far
 *
 * Return: the character, -1 at the end of the input.
 */
int sh_peek(struct sh_parser *p, size_t ahead)
{
	while (p->pos + ahead >= p->len) {
		if (!refill(p))
			return -1;
	}
	if (p->failed)
		return -1;
	return (unsigned char)p->text[p->pos + ahead];
}

/**
 * sh_cur() - The character to be read next
 * @p: the parser
 *
 * Return: the character, -1 at the end of the input.
 */
int sh_cur(struct sh_parser *p)
{
	return sh_peek(p, 0);
}

/**
 * sh_adv() - Takes one character
 * @p: the parser
 */
void sh_adv(struct sh_parser *p)
{
	if (sh_cur(p) == '\n') {
		p->line++;
		p->line_start = p->pos + 1;
	} else if (p->pos - p->line_start > SH_LINE_MAX) {
		sh_fail(p, p->line, "line is longer than %d bytes", SH_LINE_MAX);
	}
	p->pos++;
}

/**
 * sh_skip_continuation() - Takes backslash and newline, which join two lines
 * @p: the parser
 */
void sh_skip_continuation(struct sh_parser *p)
{
	while (sh_cur(p) == '\\' && sh_peek(p, 1) == '\n') {
		sh_adv(p);
		sh_adv(p);
	}
}

/**
 * sh_raw() - A piece of the input, without joined line ends
 * @p: the parser
 * @start: offset
 * @end: offset
 *
 * Return: the text in the tree's pool.
 */
char *sh_raw(struct sh_parser *p, size_t start, size_t end)
{
	char *s = sh_pool_strndup(p->pool, p->text + start, end - start);
	char *to = s;

	for (char *from = s; *from; from++) {
		if (from[0] == '\\' && from[1] == '\n')
			from++;
		else
			*to++ = *from;
	}
	*to = '\0';
	return s;
}

/**
 * sh_fail() - Notes the first error
 * @p: the parser
 * @line: line to name
 * @fmt: bash's words
 */
void sh_fail(struct sh_parser *p, unsigned int line, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;

	if (p->failed)
		return;
	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	p->failed = true;
	p->error_line = line;
	p->error = sh_pool_strdup(&p->error_pool, buf);
	p->error_text = NULL;
}

/* bash reads as if the last line had its newline, and stands on the line after it. */
static unsigned int eof_line(const struct sh_parser *p)
{
	return p->line + (p->len && p->text[p->len - 1] != '\n');
}

/**
 * sh_fail_eof() - The input ended inside a quotation
 * @p: the parser
 * @line: where it began; 0: the last line is named
 * @want: the character that is missing
 */
void sh_fail_eof(struct sh_parser *p, unsigned int line, char want)
{
	if (p->dash)
		sh_fail(p, p->line, "Syntax error: %s", sh_dash_eof(want));
	else
		sh_fail(p, line ? line : eof_line(p),
			"unexpected EOF while looking for matching `%c'", want);
}

/**
 * sh_enter() - One level deeper
 * @p: the parser
 *
 * Return: false, with the error noted, when that is too deep. sh_leave() goes back in both cases.
 */
bool sh_enter(struct sh_parser *p)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	p->depth++;
	if (p->depth <= SH_NEST_MAX &&
	    (p->stack > here ? p->stack - here : here - p->stack) < STACK_MAX)
		return true;
	sh_fail(p, p->line, "commands are nested too deeply");
	return false;
}

/**
 * sh_leave() - One level up
 * @p: the parser
 */
void sh_leave(struct sh_parser *p)
{
	p->depth--;
}

static const struct {
	const char *text;
	enum sh_tok type;
} operators[] = {
	/* longest first; the first BASH_ONLY are not dash's */
	{ ";;&", TOK_DSEMI_AMP }, { "<<<", TOK_TLESS },	  { "&>>", TOK_AMPDGREAT },
	{ "|&", TOK_PIPE_AMP },	  { ";&", TOK_SEMI_AMP }, { "&>", TOK_AMPGREAT },
	{ "<<-", TOK_DLESSDASH }, { "&&", TOK_AND },	  { "||", TOK_OR },
	{ ";;", TOK_DSEMI },	  { "<<", TOK_DLESS },	  { ">>", TOK_DGREAT },
	{ "<&", TOK_LESSAND },	  { ">&", TOK_GREATAND }, { "<>", TOK_LESSGREAT },
	{ ">|", TOK_CLOBBER },	  { ";", TOK_SEMI },	  { "&", TOK_AMP },
	{ "|", TOK_PIPE },	  { "(", TOK_LPAREN },	  { ")", TOK_RPAREN },
	{ "<", TOK_LESS },	  { ">", TOK_GREAT },	  { "\n", TOK_NEWLINE },
};

#define BASH_ONLY 6

static bool read_operator(struct sh_parser *p)
{
	for (size_t i = p->dash ? BASH_ONLY : 0; i < sizeof(operators) / sizeof(operators[0]);
	     i++) {
		const char *s = operators[i].text;
		size_t n = 0;

		while (s[n] && sh_peek(p, n) == s[n])
			n++;
		if (s[n])
			continue;
		while (n--)
			sh_adv(p);
		p->tok.type = operators[i].type;
		return true;
	}
	return false;
}

static void skip_blanks(struct sh_parser *p)
{
	for (;;) {
		int c;

		sh_skip_continuation(p);
		c = sh_cur(p);
		if (c == ' ' || c == '\t') {
			sh_adv(p);
		} else if (c == '#') {
			while (c != '\n' && c != -1) {
				sh_adv(p);
				c = sh_cur(p);
			}
		} else {
			return;
		}
	}
}

/**
 * sh_process_starts() - Does <( or >( stand here?
 * @p: the parser
 *
 * Return: true when it does.
 */
bool sh_process_starts(struct sh_parser *p)
{
	int c = sh_cur(p);

	return !p->dash && (c == '<' || c == '>') && sh_peek(p, 1) == '(';
}

static bool io_number(struct sh_parser *p)
{
	size_t n = 0;
	int value = 0;

	while (sh_peek(p, n) >= '0' && sh_peek(p, n) <= '9' && n < (p->dash ? 1 : 5))
		value = value * 10 + sh_peek(p, n++) - '0';
	if (!n || (sh_peek(p, n) != '<' && sh_peek(p, n) != '>'))
		return false;
	while (n--)
		sh_adv(p);
	p->tok.type = TOK_IO_NUMBER;
	p->tok.number = value;
	return true;
}

/**
 * sh_token() - The token at hand
 * @p: the parser
 *
 * Return: the token, read if need be; TOK_EOF after an error.
 */
struct sh_token *sh_token(struct sh_parser *p)
{
	int c;

	if (p->have_tok)
		return &p->tok;
	p->tok = (struct sh_token){ .type = TOK_EOF };
	if (p->failed)
		return &p->tok;
	skip_blanks(p);
	p->tok.start = p->pos;
	p->tok.line = p->line;
	c = sh_cur(p);
	if (c != -1 && (sh_process_starts(p) || (!io_number(p) && !read_operator(p)))) {
		p->tok.type = TOK_WORD;
		p->tok.word = sh_read_word(p, MODE_WORD);
	}
	if (p->failed)
		p->tok.type = TOK_EOF;
	p->tok_end = p->pos;
	p->have_tok = true;
	return &p->tok;
}

static void take_line(struct sh_parser *p, size_t *ret_start, size_t *ret_len)
{
	*ret_start = p->pos;
	while (sh_cur(p) != '\n' && sh_cur(p) != -1)
		sh_adv(p);
	*ret_len = p->pos - *ret_start;
	if (sh_cur(p) == '\n')
		sh_adv(p);
}

/* A line ending in a backslash that is not quoted itself goes on in the next, in an unquoted document. */
static bool goes_on(const char *s, size_t n)
{
	size_t k = 0;

	while (k < n && s[n - 1 - k] == '\\')
		k++;
	return k % 2 == 1;
}

static void read_heredoc(struct sh_parser *p, struct sh_redir *r)
{
	struct sh_buf body = { .pool = p->pool };
	const char *delim = r->target->text;
	bool joined = false;
	unsigned int first = p->line, last;
	size_t start, n;

	for (;;) {
		if (sh_cur(p) == -1) {
			p->here_word = p->dash ? NULL : sh_pool_strdup(&p->error_pool, delim);
			p->here_line = r->line;
			p->here_end = eof_line(p) - 1;
			break;
		}
		take_line(p, &start, &n);
		while (r->strip && !joined && n && p->text[start] == '\t') {
			start++;
			n--;
		}
		if (!joined && n == strlen(delim) && !memcmp(p->text + start, delim, n))
			break;
		sh_buf_put(&body, p->text + start, n);
		joined = !r->quoted && goes_on(p->text + start, n);
		sh_buf_putc(&body, '\n');
		if (body.len > SH_TEXT_MAX)
			sh_fail(p, r->line, "here-document is too long");
	}
	if (r->quoted) {
		struct sh_part **tail;

		r->body = sh_pool_alloc(p->pool, sizeof(*r->body));
		tail = &r->body->parts;
		sh_add_part(p, &tail, SH_PART_TEXT, true);
		r->body->parts->text = sh_buf_str(&body);
		r->body->parts->len = body.len;
	} else {
		last = p->line;
		p->line = p->dash ? first : last;
		r->body = sh_parse_here_body(p, sh_buf_str(&body), body.len);
		p->line = last;
	}
}

/**
 * sh_next_token() - Drops the token at hand
 * @p: the parser
 *
 * Bodies of here-documents are read behind a newline.
 */
void sh_next_token(struct sh_parser *p)
{
	struct sh_redir *r;

	sh_token(p);
	p->have_tok = false;
	if (p->tok.type != TOK_NEWLINE)
		return;
	while ((r = p->pending) != NULL && !p->failed) {
		p->pending = r->next_pending;
		read_heredoc(p, r);
	}
}

/**
 * sh_is_reserved() - Is the token at hand this reserved word?
 * @p: the parser
 * @word: "if", "{", ...
 *
 * Return: true when it is; only asked where reserved words count.
 */
bool sh_is_reserved(struct sh_parser *p, const char *word)
{
	const struct sh_token *t = sh_token(p);

	return t->type == TOK_WORD && t->word->plain && !strcmp(t->word->text, word) &&
	       !(p->dash && !sh_dash_reserved(word));
}

/**
 * sh_unexpected() - The token at hand fits nowhere
 * @p: the parser
 *
 * Notes bash's words: the token, and the line it stands on.
 */
void sh_unexpected(struct sh_parser *p)
{
	const struct sh_token *t = sh_token(p);
	const char *text = t->type == TOK_NEWLINE ? "newline" : sh_raw(p, t->start, p->tok_end);
	size_t start = p->tok_end, end;

	if (p->failed)
		return;
	if (p->dash) {
		sh_fail(p, p->line, "Syntax error: %s unexpected", sh_dash_token(t));
		return;
	}
	if (t->type == TOK_EOF) {
		sh_fail(p, eof_line(p), "syntax error: unexpected end of file");
		return;
	}
	sh_fail(p, t->line, "syntax error near unexpected token `%s'", text);
	if (t->type == TOK_NEWLINE)
		start = t->start;
	while (start && p->text[start - 1] != '\n')
		start--;
	end = start;
	while (end < p->len && p->text[end] != '\n' && end - start < 4000)
		end++;
	p->error_text = sh_pool_strndup(&p->error_pool, p->text + start, end - start);
}

/**
 * sh_expected() - The token at hand is not the one that must follow
 * @p: the parser
 * @want: that one, as it is written
 *
 * Only dash says what it wanted.
 */
void sh_expected(struct sh_parser *p, const char *want)
{
	const char *quote = strcmp(want, "word") != 0 ? "\"" : "";

	if (p->dash && !p->failed)
		sh_fail(p, p->line, "Syntax error: %s unexpected (expecting %s%s%s)",
			sh_dash_token(sh_token(p)), quote, want, quote);
	sh_unexpected(p);
}
