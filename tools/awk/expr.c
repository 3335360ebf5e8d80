/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expr.c - expressions of awk, by descent
 *
 * awk_parse_expr()
 *   cond > or > and > in > match > compare > concat > add > mul > unary > power > awk_parse_postfix()
 */
#include "awk.h"

static struct awk_node *unary(struct awk_parser *p);

static struct awk_node *power(struct awk_parser *p)
{
	struct awk_node *l = awk_parse_postfix(p, true);

	if (p->tok != '^')
		return l;
	awk_lex(p);
	return awk_node_binary(p, AWK_POW, l, unary(p));
}

static struct awk_node *unary(struct awk_parser *p)
{
	struct awk_node *e;

	if (p->tok != '!' && p->tok != '-' && p->tok != '+') {
		awk_enter(p);
		e = power(p);
		p->depth--;
		return e;
	}
	e = awk_node_new(p, p->tok == '!' ? AWK_NOT : p->tok == '-' ? AWK_NEG : AWK_UPLUS);
	awk_lex(p);
	awk_enter(p);
	e->a = unary(p);
	p->depth--;
	return e;
}

static struct awk_node *mul(struct awk_parser *p)
{
	struct awk_node *l = unary(p);

	while (p->tok == '*' || p->tok == '/' || p->tok == '%') {
		int op = p->tok == '*' ? AWK_MUL : p->tok == '/' ? AWK_DIV : AWK_MOD;

		awk_lex(p);
		l = awk_node_binary(p, op, l, unary(p));
	}
	return l;
}

static struct awk_node *add(struct awk_parser *p)
{
	struct awk_node *l = mul(p);

	while (p->tok == '+' || p->tok == '-') {
		int op = p->tok == '+' ? AWK_ADD : AWK_SUB;

		awk_lex(p);
		l = awk_node_binary(p, op, l, mul(p));
	}
	return l;
}

static bool begins_operand(int tok)
{
	return tok == T_NUMBER || tok == T_STRING || tok == T_NAME || tok == T_FUNC_NAME ||
	       tok == T_BUILTIN || tok == '$' || tok == '(' || tok == T_INC || tok == T_DEC ||
	       tok == '!';
}

static struct awk_node *concat(struct awk_parser *p)
{
	struct awk_node *l = add(p);

	while (begins_operand(p->tok))
		l = awk_node_binary(p, AWK_CONCAT, l, add(p));
	return l;
}

static int compare_op(const struct awk_parser *p)
{
	switch (p->tok) {
	case '<':
		return AWK_LT;
	case T_LE:
		return AWK_LE;
	case T_EQ:
		return AWK_EQ;
	case T_NE:
		return AWK_NE;
	case T_GE:
		return AWK_GE;
	case '>':
		return p->no_gt ? -1 : AWK_GT;
	}
	return -1;
}

static struct awk_node *compare(struct awk_parser *p)
{
	struct awk_node *l = concat(p);

	for (;;) {
		int op = compare_op(p);

		if (p->tok == '|') {
			struct awk_parser here = *p;

			awk_lex(p);
			if (p->tok != T_GETLINE) {
				*p = here;
				return l;
			}
			l = awk_parse_getline(p, l);
		} else if (op >= 0) {
			awk_lex(p);
			l = awk_node_binary(p, op, l, concat(p));
		} else {
			return l;
		}
	}
}

static struct awk_node *match(struct awk_parser *p)
{
	struct awk_node *l = compare(p);

	while (p->tok == '~' || p->tok == T_NOMATCH) {
		int op = p->tok == '~' ? AWK_MATCH : AWK_NOMATCH;

		awk_lex(p);
		l = awk_node_binary(p, op, l, compare(p));
	}
	return l;
}

static struct awk_node *in(struct awk_parser *p)
{
	struct awk_node *l = match(p);

	while (p->tok == T_IN && !p->no_in) {
		awk_lex(p);
		if (p->tok != T_NAME)
			awk_syntax_error(p);
		l = awk_node_binary(p, AWK_IN, l, awk_parse_symbol(p, p->name, true));
		awk_lex(p);
	}
	return l;
}

static struct awk_node * and (struct awk_parser * p)
{
	struct awk_node *l = in(p);

	while (p->tok == T_AND) {
		awk_lex(p);
		awk_skip_newlines(p);
		l = awk_node_binary(p, AWK_AND, l, in(p));
	}
	return l;
}

static struct awk_node * or (struct awk_parser * p)
{
	struct awk_node *l = and(p);

	while (p->tok == T_OR) {
		awk_lex(p);
		awk_skip_newlines(p);
		l = awk_node_binary(p, AWK_OR, l, and(p));
	}
	return l;
}

/**
 * awk_parse_expr() - An expression
 * @p: the parser
 *
 * Return: its tree.
 */
struct awk_node *awk_parse_expr(struct awk_parser *p)
{
	struct awk_node *e;

	awk_enter(p);
	e = or (p);
	if (p->tok == '?') {
		struct awk_node *c = awk_node_new(p, AWK_COND);

		awk_lex(p);
		awk_skip_newlines(p);
		c->a = e;
		c->b = awk_parse_expr(p);
		awk_skip_newlines(p);
		if (p->tok != ':')
			awk_syntax_error(p);
		awk_lex(p);
		awk_skip_newlines(p);
		c->c = awk_parse_expr(p);
		e = c;
	}
	p->depth--;
	return e;
}
