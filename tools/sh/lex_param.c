/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lex_param.c - what a dollar sign begins: $x ${x...} $(...) $((...)), and `...`
 *
 * sh_read_dollar()
 *   read_arith()
 *   read_command()
 *   read_braces()
 *     read_name(), read_op()
 */
#include "parser.h"

#include <string.h>

/**
 * sh_name_start() - May a name begin with this?
 * @c: character or -1
 *
 * Return: true for a letter and _.
 */
bool sh_name_start(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/**
 * sh_name_char() - May a name contain this?
 * @c: character or -1
 *
 * Return: true for a letter, a digit and _.
 */
bool sh_name_char(int c)
{
	return sh_name_start(c) || (c >= '0' && c <= '9');
}

static bool is_special(int c)
{
	return c > 0 && strchr("@*#?-$!", c);
}

/* $(...), <(...): the list inside is parsed at once, with a token of its own. */
static void read_command(struct sh_parser *p, struct sh_part *part)
{
	struct sh_token tok = p->tok;
	bool have = p->have_tok, array_ok = p->array_ok;
	size_t tok_end = p->tok_end, start;
	struct sh_redir *pending = p->pending, **pending_tail = p->pending_tail;

	sh_adv(p);
	sh_adv(p);
	start = p->pos;
	p->have_tok = false;
	p->pending = NULL;
	p->pending_tail = &p->pending;
	if (sh_enter(p)) {
		sh_skip_newlines(p);
		if (sh_token(p)->type != TOK_RPAREN && !(p->dash && sh_list_ends(p)))
			part->node = sh_parse_list(p, true);
		if (!p->failed && sh_token(p)->type == TOK_EOF && !p->dash)
			sh_fail_eof(p, 0, ')');
		else if (!p->failed && sh_token(p)->type != TOK_RPAREN)
			sh_expected(p, ")");
	}
	sh_leave(p);
	if (!p->failed)
		part->text = sh_raw(p, start, p->pos - 1);
	p->pending = pending;
	p->pending_tail = pending_tail;
	p->tok = tok;
	p->have_tok = have;
	p->array_ok = array_ok;
	p->tok_end = tok_end;
}

/* $((...)), or false, nothing taken, when it is a command after all: $((a);b). */
static bool read_arith(struct sh_parser *p, struct sh_part ***tail, bool quoted)
{
	size_t pos = p->pos, line_start = p->line_start;
	unsigned int line = p->line;
	struct sh_part **before = *tail, *part;
	struct sh_word *w;

	sh_adv(p);
	sh_adv(p);
	sh_adv(p);
	w = sh_read_word(p, MODE_ARITH);
	if (!p->failed && sh_cur(p) == -1)
		sh_fail_eof(p, line, ')');
	if (p->failed)
		return true;
	if (sh_cur(p) == ')' && sh_peek(p, 1) == ')') {
		sh_adv(p);
		sh_adv(p);
		part = sh_add_part(p, tail, SH_PART_ARITH, quoted);
		part->arg = w;
		return true;
	}
	*tail = before;
	*before = NULL;
	p->pos = pos;
	p->line = line;
	p->line_start = line_start;
	return false;
}

static const struct {
	const char *text;
	enum sh_param_op op;
	bool colon;
} ops[] = {
	/* longest first; the first DASH_OPS are dash's */
	{ ":-", SH_OP_MINUS, true },	     { ":=", SH_OP_ASSIGN, true },
	{ ":?", SH_OP_ERROR, true },	     { ":+", SH_OP_PLUS, true },
	{ "-", SH_OP_MINUS, false },	     { "=", SH_OP_ASSIGN, false },
	{ "?", SH_OP_ERROR, false },	     { "+", SH_OP_PLUS, false },
	{ "##", SH_OP_PREFIX_LONG, false },  { "#", SH_OP_PREFIX, false },
	{ "%%", SH_OP_SUFFIX_LONG, false },  { "%", SH_OP_SUFFIX, false },
	{ "//", SH_OP_REPLACE_ALL, false },  { "/#", SH_OP_REPLACE_HEAD, false },
	{ "/%", SH_OP_REPLACE_TAIL, false }, { "/", SH_OP_REPLACE, false },
	{ "^^", SH_OP_UPPER_ALL, false },    { "^", SH_OP_UPPER, false },
	{ ",,", SH_OP_LOWER_ALL, false },    { ",", SH_OP_LOWER, false },
	{ "@Q", SH_OP_QUOTE, false },	     { "@U", SH_OP_AT_UPPER, false },
	{ "@u", SH_OP_AT_UPPER_1, false },   { "@L", SH_OP_AT_LOWER, false },
	{ ":", SH_OP_SUBSTRING, false },
};

#define DASH_OPS 12

static void read_op_args(struct sh_parser *p, struct sh_part *part, bool in_dquote)
{
	switch ((int)part->op) {
	case SH_OP_MINUS:
	case SH_OP_ASSIGN:
	case SH_OP_ERROR:
	case SH_OP_PLUS:
		part->arg = sh_read_word(p, in_dquote ? MODE_BRACE_DQ : MODE_BRACE);
		break;
	case SH_OP_SUBSTRING:
		part->arg = sh_read_word(p, MODE_OFFSET);
		if (sh_cur(p) == ':') {
			sh_adv(p);
			part->arg2 = sh_read_word(p, MODE_BRACE);
		}
		break;
	case SH_OP_REPLACE:
	case SH_OP_REPLACE_ALL:
	case SH_OP_REPLACE_HEAD:
	case SH_OP_REPLACE_TAIL:
		part->arg = sh_read_word(p, MODE_PATTERN);
		if (sh_cur(p) == '/') {
			sh_adv(p);
			part->arg2 = sh_read_word(p, MODE_BRACE);
		}
		break;
	default:
		part->arg = sh_read_word(p, MODE_BRACE);
	}
}

static void read_op(struct sh_parser *p, struct sh_part *part, bool in_dquote)
{
	for (size_t i = 0; i < (p->dash ? DASH_OPS : sizeof(ops) / sizeof(ops[0])); i++) {
		size_t n = 0;

		while (ops[i].text[n] && sh_peek(p, n) == ops[i].text[n])
			n++;
		if (ops[i].text[n])
			continue;
		while (n--)
			sh_adv(p);
		part->op = ops[i].op;
		part->colon = ops[i].colon;
		read_op_args(p, part, in_dquote);
		return;
	}
}

/* The name in ${...}; false: there is none. */
static bool read_name(struct sh_parser *p, struct sh_part *part)
{
	size_t start = p->pos;
	int c = sh_cur(p);

	if (sh_name_start(c)) {
		while (sh_name_char(sh_cur(p)))
			sh_adv(p);
	} else if (c >= '0' && c <= '9') {
		while (sh_cur(p) >= '0' && sh_cur(p) <= '9')
			sh_adv(p);
	} else if (is_special(c)) {
		sh_adv(p);
	} else {
		return false;
	}
	part->text = sh_raw(p, start, p->pos);
	part->len = p->pos - start;
	if (sh_cur(p) == '[' && sh_name_start(c) && !p->dash) {
		sh_adv(p);
		part->index = sh_read_word(p, MODE_INDEX);
		if (sh_cur(p) == ']')
			sh_adv(p);
	}
	return true;
}

/* ${!prefix*} and ${!a[@]} */
static void read_indirect_op(struct sh_parser *p, struct sh_part *part)
{
	if ((sh_cur(p) == '*' || sh_cur(p) == '@') && sh_peek(p, 1) == '}') {
		sh_adv(p);
		part->indirect = false;
		part->op = SH_OP_NAMES;
	} else if (part->index &&
		   (!strcmp(part->index->text, "@") || !strcmp(part->index->text, "*"))) {
		part->indirect = false;
		part->op = SH_OP_KEYS;
	}
}

static void read_braces(struct sh_parser *p, struct sh_part ***tail, bool quoted, bool in_dquote)
{
	struct sh_part *part = sh_add_part(p, tail, SH_PART_PARAM, quoted);
	unsigned int line = p->line;
	size_t start = p->pos;
	bool ok = true;
	int c;

	sh_adv(p);
	sh_adv(p);
	c = sh_cur(p);
	if (c == '#' && sh_peek(p, 1) != '}' &&
	    (sh_name_char(sh_peek(p, 1)) || is_special(sh_peek(p, 1)))) {
		sh_adv(p);
		ok = read_name(p, part);
		part->op = SH_OP_LENGTH;
	} else {
		if (c == '!' && !p->dash &&
		    (sh_name_char(sh_peek(p, 1)) || is_special(sh_peek(p, 1)))) {
			sh_adv(p);
			part->indirect = true;
		}
		ok = read_name(p, part);
		if (ok && part->indirect)
			read_indirect_op(p, part);
		if (ok && part->op == SH_OP_NONE && sh_cur(p) != '}')
			read_op(p, part, in_dquote);
	}
	if (sh_cur(p) != '}') {
		/* the rest up to the brace is read only to know how long the mistake is */
		(void)sh_read_word(p, MODE_BRACE);
		ok = false;
	}
	if (sh_cur(p) == -1) {
		sh_fail_eof(p, line, '}');
		return;
	}
	sh_adv(p);
	if (!ok) {
		part->type = SH_PART_BAD;
		part->text = sh_raw(p, start, p->pos);
	}
}

/**
 * sh_read_process() - Reads <(...) or >(...)
 * @p: the parser, on the < or >
 * @tail: where to hang the part
 */
void sh_read_process(struct sh_parser *p, struct sh_part ***tail)
{
	struct sh_part *part = sh_add_part(p, tail, SH_PART_PROCESS, true);

	part->output = sh_cur(p) == '>';
	read_command(p, part);
}

/**
 * sh_read_dollar() - Reads what a $ begins
 * @p: the parser, on the $
 * @tail: where to hang the part
 * @mode: what is around it
 * @quoted: inside quotes
 */
void sh_read_dollar(struct sh_parser *p, struct sh_part ***tail, enum sh_mode mode, bool quoted)
{
	bool in_dquote = mode == MODE_DQUOTE || mode == MODE_BRACE_DQ || mode == MODE_HERE;
	int c = sh_peek(p, 1);
	struct sh_part *part;

	if (c == '(') {
		if (sh_peek(p, 2) != '(' || !read_arith(p, tail, quoted))
			read_command(p, sh_add_part(p, tail, SH_PART_CMD, quoted));
		return;
	}
	if (c == '{') {
		read_braces(p, tail, quoted, in_dquote);
		return;
	}
	if (c == '"' && !in_dquote && !p->dash) {
		/* $"...": a text to be translated; in the C locale, "..." */
		sh_adv(p);
		return;
	}
	part = sh_add_part(p, tail, SH_PART_PARAM, quoted);
	sh_adv(p);
	if (sh_name_start(c) || is_special(c) || (c >= '0' && c <= '9')) {
		size_t start = p->pos;

		sh_adv(p);
		while (sh_name_start(c) && sh_name_char(sh_cur(p)))
			sh_adv(p);
		part->text = sh_raw(p, start, p->pos);
		part->len = p->pos - start;
		return;
	}
	part->type = SH_PART_TEXT;
	part->text = "$";
	part->len = 1;
}

/**
 * sh_read_backquote() - Reads `...`
 * @p: the parser, on the first quote
 * @tail: where to hang the part
 * @quoted: inside quotes
 * @in_dquote: inside "...", where \" means "
 *
 * The text is kept, without its backslashes, and parsed when it runs.
 */
void sh_read_backquote(struct sh_parser *p, struct sh_part ***tail, bool quoted, bool in_dquote)
{
	struct sh_part *part = sh_add_part(p, tail, SH_PART_BQUOTE, quoted);
	struct sh_buf text = { .pool = p->pool };
	unsigned int line = p->line;

	sh_adv(p);
	while (sh_cur(p) != '`') {
		int c = sh_cur(p), d = sh_peek(p, 1);

		if (c == -1) {
			sh_fail_eof(p, line, '`');
			return;
		}
		if (c == '\\' && (d == '$' || d == '`' || d == '\\' || (d == '"' && in_dquote))) {
			sh_adv(p);
			c = d;
		}
		sh_buf_putc(&text, (char)c);
		sh_adv(p);
	}
	sh_adv(p);
	part->text = sh_buf_str(&text);
	part->len = text.len;
	if (p->dash)
		sh_dash_backquote(p, part);
}
