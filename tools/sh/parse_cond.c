/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse_cond.c - [[ expression ]]
 *
 * sh_parse_cond()
 *   cond_or()
 *     cond_and()
 *       cond_term()
 */
#include "parser.h"

#include <string.h>

static struct sh_cond *cond_or(struct sh_parser *p);

static struct sh_cond *cond_new(struct sh_parser *p, enum sh_cond_type type)
{
	struct sh_cond *c = sh_pool_alloc(p->pool, sizeof(*c));

	c->type = type;
	c->op = "";
	return c;
}

static const char *token_text(struct sh_parser *p)
{
	const struct sh_token *t = sh_token(p);

	return t->type == TOK_NEWLINE ? "newline" : sh_raw(p, t->start, p->tok_end);
}

/* @fmt names the token at hand once; "" says nothing at all, as bash does when an operand is missing. */
#define cond_fail(p, ...)                                           \
	do {                                                        \
		if (sh_token(p)->type == TOK_EOF && !(p)->failed)   \
			sh_unexpected(p);                           \
		else                                                \
			sh_fail(p, sh_token(p)->line, __VA_ARGS__); \
		(p)->keeps_status = true;                           \
	} while (0)

static bool is_word(struct sh_parser *p)
{
	return sh_token(p)->type == TOK_WORD && strcmp(p->tok.word->text, "]]");
}

static bool is_unary(const char *s)
{
	return s[0] == '-' && s[1] && !s[2] && strchr("abcdefghknoprstuvwxzGLNORS", s[1]);
}

static bool binary_op(struct sh_parser *p, const char **ret_op)
{
	static const char *const ops[] = { "=",	  "==",	 "!=",	"=~",  "-eq", "-ne", "-lt",
					   "-le", "-gt", "-ge", "-nt", "-ot", "-ef" };
	const struct sh_token *t = sh_token(p);

	if (t->type == TOK_LESS || t->type == TOK_GREAT) {
		*ret_op = t->type == TOK_LESS ? "<" : ">";
		return true;
	}
	for (size_t i = 0; t->type == TOK_WORD && i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (!strcmp(t->word->text, ops[i])) {
			*ret_op = ops[i];
			return true;
		}
	}
	return false;
}

/* The right side of =~ is read as a whole: ( and | belong to it. */
static struct sh_word *regex_word(struct sh_parser *p)
{
	struct sh_word *w;

	while (sh_cur(p) == ' ' || sh_cur(p) == '\t')
		sh_adv(p);
	w = sh_read_word(p, MODE_REGEX);
	p->have_tok = false;
	return w;
}

static struct sh_cond *cond_word(struct sh_parser *p)
{
	struct sh_word *w = sh_token(p)->word;
	const char *op;
	struct sh_cond *c;

	sh_next_token(p);
	if (is_unary(w->text) && !binary_op(p, &op)) {
		c = cond_new(p, SH_COND_UNARY);
		c->op = w->text;
		c->left = sh_token(p)->word;
		if (!is_word(p))
			cond_fail(p, "unexpected argument `%s' to conditional unary operator",
				  token_text(p));
		sh_next_token(p);
		return c;
	}
	c = cond_new(p, SH_COND_BINARY);
	c->left = w;
	if (!binary_op(p, &c->op)) {
		enum sh_tok t = sh_token(p)->type;

		if (is_word(p))
			cond_fail(p, "conditional binary operator expected");
		else if (t != TOK_WORD && t != TOK_AND && t != TOK_OR && t != TOK_RPAREN)
			cond_fail(p, "unexpected token `%s', conditional binary operator expected",
				  token_text(p));
		c->type = SH_COND_UNARY;
		c->op = "-n";
		return c;
	}
	if (!strcmp(c->op, "=~")) {
		p->have_tok = false;
		c->right = regex_word(p);
		return c;
	}
	sh_next_token(p);
	p->pattern = strchr("=!", *c->op) != NULL;
	sh_token(p);
	p->pattern = false;
	if (!is_word(p))
		cond_fail(p, "unexpected argument `%s' to conditional binary operator",
			  token_text(p));
	c->right = p->tok.word;
	sh_next_token(p);
	return c;
}

static struct sh_cond *cond_term(struct sh_parser *p)
{
	struct sh_cond *c = NULL;

	sh_skip_newlines(p);
	if (!sh_enter(p)) {
		sh_leave(p);
		return NULL;
	}
	if (sh_is_reserved(p, "!")) {
		sh_next_token(p);
		c = cond_new(p, SH_COND_NOT);
		c->a = cond_term(p);
	} else if (sh_token(p)->type == TOK_LPAREN) {
		sh_next_token(p);
		c = cond_new(p, SH_COND_PAREN);
		c->a = cond_or(p);
		if (!p->failed && sh_token(p)->type != TOK_RPAREN)
			cond_fail(p, "unexpected token `%s', expected `)'", token_text(p));
		sh_next_token(p);
	} else if (is_word(p)) {
		c = cond_word(p);
	} else if (sh_token(p)->type == TOK_WORD) {
		cond_fail(p, "%s", "");
	} else {
		cond_fail(p, "unexpected token `%s' in conditional command", token_text(p));
	}
	sh_skip_newlines(p);
	sh_leave(p);
	return p->failed ? NULL : c;
}

static struct sh_cond *cond_and(struct sh_parser *p)
{
	struct sh_cond *left = cond_term(p);

	while (left && sh_token(p)->type == TOK_AND) {
		struct sh_cond *c = cond_new(p, SH_COND_AND);

		sh_next_token(p);
		c->a = left;
		c->b = cond_term(p);
		left = c->b ? c : NULL;
	}
	return left;
}

static struct sh_cond *cond_or(struct sh_parser *p)
{
	struct sh_cond *left = cond_and(p);

	while (left && sh_token(p)->type == TOK_OR) {
		struct sh_cond *c = cond_new(p, SH_COND_OR);

		sh_next_token(p);
		c->a = left;
		c->b = cond_and(p);
		left = c->b ? c : NULL;
	}
	return left;
}

/**
 * sh_parse_cond() - [[ ... ]]
 * @p: the parser, [[ at hand
 *
 * Return: the command; NULL after an error.
 */
struct sh_node *sh_parse_cond(struct sh_parser *p)
{
	struct sh_node *node = sh_node_new(p, SH_COND);

	sh_next_token(p);
	node->cond = cond_or(p);
	if (!node->cond)
		return NULL;
	if (is_word(p)) {
		cond_fail(p, "syntax error in conditional expression");
		return NULL;
	}
	if (!sh_is_reserved(p, "]]")) {
		cond_fail(p, "syntax error in conditional expression: unexpected token `%s'",
			  token_text(p));
		return NULL;
	}
	sh_next_token(p);
	return node;
}
