/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arith.c - $(( )): bash's integers, 64 bits
 *
 * sh_arith()
 *   eval_text()
 *     comma()
 *       assignment()
 *         ternary()
 *           binary()          by precedence
 *             unary()
 *               primary()
 */
#include "dash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 120

struct arith {
	struct sh *sh;
	const char *text; /* for messages, without blanks in front */
	const char *p;	  /* behind the token at hand */
	const char *last; /* the token an error names */
	const char *who;  /* "((", "let" or NULL */
	bool failed;
	int skip;    /* > 0: evaluated for syntax only */
	int operand; /* > 0: behind an operator, where dash takes no assignment */
	int depth;
};

/* The token at hand: a name with subscript, a number or an operator. */
struct value {
	int64_t n;
	const char *name; /* it can be assigned to */
	int64_t index;
	bool subscript;
};

static int64_t comma(struct arith *a);
static int64_t eval_text(struct sh *sh, const char *text, const char *who, int depth,
			 bool *ret_failed);

static void fail(struct arith *a, const char *what)
{
	if (!a->failed && a->sh->dash)
		sh_error(a->sh, "arithmetic expression: %s: \"%s\"", what, a->text);
	else if (!a->failed)
		sh_error(a->sh, "%s%s%s: %s (error token is \"%s\")", a->who ? a->who : "",
			 a->who ? ": " : "", a->text, what, a->last);
	a->failed = true;
}

static void skip_blanks(struct arith *a)
{
	while (*a->p == ' ' || *a->p == '\t' || *a->p == '\n')
		a->p++;
	if (*a->p)
		a->last = a->p;
}

/* Takes an operator when it is the next, whole one. */
static bool take(struct arith *a, const char *op)
{
	size_t n;

	skip_blanks(a);
	if (a->failed)
		return false;
	for (n = 0; op[n]; n++) {
		if (a->p[n] != op[n])
			return false;
	}
	a->p += n;
	return true;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 36;
	if (c == '@')
		return 62;
	return c == '_' ? 63 : -1;
}

static int64_t bash_number(struct arith *a)
{
	const char *start = a->p, *s = a->p, *hash;
	int64_t v = 0;
	int base = 10;

	while (digit(*s) >= 0 || *s == '#')
		s++;
	hash = memchr(start, '#', (size_t)(s - start));
	if (hash) {
		base = 0;
		for (const char *q = start; q < hash; q++)
			base = base < 1000 ? base * 10 + digit(*q) : base;
		start = hash + 1;
	} else if (start[0] == '0' && (start[1] == 'x' || start[1] == 'X')) {
		base = 16;
		start += 2;
	} else if (start[0] == '0') {
		base = 8;
	}
	if (base < 2 || base > 64) {
		fail(a, "invalid arithmetic base");
		return 0;
	}
	for (; start < s; start++) {
		int d = digit(*start);

		if (base <= 36 && d >= 36 && d < 62)
			d -= 26;
		if (d >= base) {
			fail(a, "value too great for base");
			return 0;
		}
		v = (int64_t)((uint64_t)v * (uint64_t)base + (uint64_t)d);
	}
	a->p = s;
	return v;
}

static int64_t number(struct arith *a)
{
	if (a->sh->dash) {
		char *end;
		int64_t n = strtoll(a->p, &end, 0);

		a->p = end;
		return n;
	}
	return bash_number(a);
}

static const char *read_value(struct arith *a, const struct value *v)
{
	const struct sh_var *var;
	const char *s = sh_var_special(a->sh, v->name, &a->sh->pool);

	if (s)
		return s;
	var = sh_var_find(a->sh, v->name);
	s = var ? (v->subscript ? sh_elem_get(var, v->index) : sh_var_value(var)) : NULL;
	if (!s && a->sh->nounset && !a->sh->dash) {
		sh_error(a->sh, "%s: unbound variable", v->name);
		a->failed = true;
		a->sh->jump = SH_JUMP_EXIT;
		a->sh->status = 1;
	}
	return s;
}

/* In dash a variable holds a number, not an expression. */
static int64_t dash_value(struct arith *a, const char *s)
{
	char *end;
	int64_t n = strtoll(s, &end, 0);

	end += strspn(end, " \t\n");
	if (end == s || *end) {
		sh_error(a->sh, "Illegal number: %s", s);
		a->failed = true;
	}
	return n;
}

static int64_t load(struct arith *a, const struct value *v)
{
	const char *s;

	if (a->skip || a->failed)
		return 0;
	s = read_value(a, v);
	if (!s || !*s)
		return 0;
	if (a->sh->dash)
		return dash_value(a, s);
	return eval_text(a->sh, s, a->who, a->depth + 1, &a->failed);
}

static void store(struct arith *a, const struct value *v, int64_t n)
{
	char text[32];
	bool ok;

	if (a->skip || a->failed)
		return;
	snprintf(text, sizeof(text), "%lld", (long long)n);
	if (v->subscript)
		ok = sh_elem_set(a->sh, v->name, v->index, text, false);
	else
		ok = sh_var_set(a->sh, v->name, text);
	if (!ok)
		a->failed = true;
}

static bool is_assoc(const struct arith *a, const char *name)
{
	const struct sh_var *var = sh_var_find(a->sh, name);

	return var && var->flags & SH_VAR_ASSOC;
}

static void read_name(struct arith *a, struct value *v)
{
	const char *start = a->p;

	while (digit(*a->p) >= 0 && *a->p != '@')
		a->p++;
	v->name = sh_pool_strndup(&a->sh->pool, start, (size_t)(a->p - start));
	if (*a->p != '[' || a->sh->dash)
		return;
	a->p++;
	v->subscript = true;
	if (is_assoc(a, v->name)) {
		const char *key = a->p, *end = strchr(a->p, ']');

		if (!end) {
			fail(a, "bad array subscript");
			return;
		}
		a->p = end + 1;
		if (!a->skip &&
		    !sh_subscript(a->sh, v->name,
				  sh_pool_strndup(&a->sh->pool, key, (size_t)(end - key)), true,
				  &v->index))
			a->failed = true;
		return;
	}
	v->index = comma(a);
	if (!take(a, "]"))
		fail(a, "bad array subscript");
}

/* A name that is not followed by an assignment: its value, with ++ and -- behind it. */
static int64_t postfix(struct arith *a, struct value *v)
{
	int64_t n = load(a, v);

	if (a->sh->dash)
		return n;
	if (take(a, "++"))
		store(a, v, n + 1);
	else if (take(a, "--"))
		store(a, v, n - 1);
	return n;
}

static int64_t assigned(struct arith *a, struct value *v);

static int64_t primary(struct arith *a)
{
	struct value v = { 0 };
	int64_t n;

	skip_blanks(a);
	if (take(a, "(")) {
		int operand = a->operand;

		a->operand = 0;
		n = comma(a);
		a->operand = operand;
		if (!a->failed && !take(a, ")"))
			fail(a, a->sh->dash ? "expecting ')'" : "missing `)'");
		return n;
	}
	if (*a->p >= '0' && *a->p <= '9')
		return number(a);
	if (digit(*a->p) >= 0 && *a->p != '@') {
		read_name(a, &v);
		return assigned(a, &v);
	}
	fail(a, a->sh->dash ? "expecting primary" : "syntax error: operand expected");
	return 0;
}

static int64_t pre_change(struct arith *a, int by)
{
	struct value v = { 0 };
	int64_t n;

	skip_blanks(a);
	if (digit(*a->p) < 10 || *a->p == '@') {
		/* - - 1 and + + 1 */
		n = primary(a);
		return n;
	}
	read_name(a, &v);
	n = load(a, &v) + by;
	store(a, &v, n);
	return n;
}

static int64_t unary(struct arith *a)
{
	int64_t n = 0;

	if (a->failed || ++a->depth > DEPTH_MAX) {
		fail(a, "expression recursion level exceeded");
		return 0;
	}
	if (!a->sh->dash && take(a, "++"))
		n = pre_change(a, 1);
	else if (!a->sh->dash && take(a, "--"))
		n = pre_change(a, -1);
	else if (take(a, "+"))
		n = unary(a);
	else if (take(a, "-"))
		n = (int64_t)(0 - (uint64_t)unary(a));
	else if (take(a, "!"))
		n = !unary(a);
	else if (take(a, "~"))
		n = ~unary(a);
	else
		n = primary(a);
	a->depth--;
	return n;
}

enum op {
	O_OROR,
	O_ANDAND,
	O_OR,
	O_XOR,
	O_AND,
	O_EQ,
	O_NE,
	O_LE,
	O_GE,
	O_LT,
	O_GT,
	O_SHL,
	O_SHR,
	O_ADD,
	O_SUB,
	O_MUL,
	O_DIV,
	O_MOD,
	O_POW
};

static const struct {
	const char *text;
	enum op op;
	int level;
} ops[] = {
	/* longest first */
	{ "||", O_OROR, 1 }, { "&&", O_ANDAND, 2 }, { "==", O_EQ, 6 },	{ "!=", O_NE, 6 },
	{ "<=", O_LE, 7 },   { ">=", O_GE, 7 },	    { "<<", O_SHL, 8 }, { ">>", O_SHR, 8 },
	{ "**", O_POW, 11 }, { "|", O_OR, 3 },	    { "^", O_XOR, 4 },	{ "&", O_AND, 5 },
	{ "<", O_LT, 7 },    { ">", O_GT, 7 },	    { "+", O_ADD, 9 },	{ "-", O_SUB, 9 },
	{ "*", O_MUL, 10 },  { "/", O_DIV, 10 },    { "%", O_MOD, 10 },
};

/* The operator that follows, not taken; -1: none of at least this level, or an assignment. */
static int find_op(struct arith *a, int level)
{
	skip_blanks(a);
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		size_t n;

		if (*a->p != *ops[i].text)
			continue;
		n = strlen(ops[i].text);
		if (ops[i].op == O_POW && a->sh->dash)
			continue;
		if (strncmp(a->p, ops[i].text, n))
			continue;
		if (a->p[n] == '=' && strchr("|^&+-*/%<>", a->p[0]) &&
		    (n == 1 || a->p[0] == '<' || a->p[0] == '>') && ops[i].level != 7)
			return -1;
		return ops[i].level >= level ? (int)i : -1;
	}
	return -1;
}

static int64_t power(struct arith *a, int64_t x, int64_t y)
{
	uint64_t r = 1, b = (uint64_t)x;

	if (y < 0) {
		fail(a, "exponent less than 0");
		return 0;
	}
	for (; y; y >>= 1, b *= b) {
		if (y & 1)
			r *= b;
	}
	return (int64_t)r;
}

static int64_t apply(struct arith *a, enum op op, int64_t x, int64_t y)
{
	switch (op) {
	case O_OROR:
		return x || y;
	case O_ANDAND:
		return x && y;
	case O_OR:
		return x | y;
	case O_XOR:
		return x ^ y;
	case O_AND:
		return x & y;
	case O_EQ:
		return x == y;
	case O_NE:
		return x != y;
	case O_LE:
		return x <= y;
	case O_GE:
		return x >= y;
	case O_LT:
		return x < y;
	case O_GT:
		return x > y;
	case O_SHL:
		return (int64_t)((uint64_t)x << (y & 63));
	case O_SHR:
		return x >> (y & 63);
	case O_ADD:
		return (int64_t)((uint64_t)x + (uint64_t)y);
	case O_SUB:
		return (int64_t)((uint64_t)x - (uint64_t)y);
	case O_MUL:
		return (int64_t)((uint64_t)x * (uint64_t)y);
	case O_POW:
		return a->skip ? 0 : power(a, x, y);
	case O_DIV:
	case O_MOD:
		if (a->skip)
			return 0;
		if (y == 0) {
			fail(a, a->sh->dash ? "division by zero" : "division by 0");
			return 0;
		}
		if (y == -1)
			return op == O_DIV ? (int64_t)(0 - (uint64_t)x) : 0;
		return op == O_DIV ? x / y : x % y;
	}
	return 0;
}

static int64_t binary(struct arith *a, int level)
{
	int64_t x = unary(a), y;
	const char *at;
	int i;

	while (!a->failed && (i = find_op(a, level)) >= 0) {
		bool skip = (ops[i].op == O_OROR && x) || (ops[i].op == O_ANDAND && !x);

		a->p += strlen(ops[i].text);
		skip_blanks(a);
		at = a->p;
		a->skip += skip;
		a->operand++;
		y = binary(a, ops[i].op == O_POW ? ops[i].level : ops[i].level + 1);
		a->skip -= skip;
		a->operand--;
		if (a->failed)
			return 0;
		if ((ops[i].op == O_DIV || ops[i].op == O_MOD) && y == 0 && !a->skip)
			a->last = at;
		x = apply(a, ops[i].op, x, y);
	}
	return x;
}

static int64_t ternary(struct arith *a)
{
	int64_t c = binary(a, 1), x, y;

	if (a->failed || !take(a, "?"))
		return c;
	if (++a->depth > DEPTH_MAX) {
		fail(a, "expression recursion level exceeded");
		return 0;
	}
	a->skip += !c;
	x = comma(a);
	a->skip -= !c;
	if (!take(a, ":")) {
		fail(a, a->sh->dash ? "expecting ':'" : "`:' expected for conditional expression");
		return 0;
	}
	a->skip += !!c;
	y = ternary(a);
	a->skip -= !!c;
	a->depth--;
	return c ? x : y;
}

/* name = x, name += x, ...; or just the name's value. */
static int64_t assigned(struct arith *a, struct value *v)
{
	static const char *const forms[] = { "<<=", ">>=", "+=", "-=", "*=",
					     "/=",  "%=",  "&=", "^=", "|=" };
	static const enum op by[] = { O_SHL, O_SHR, O_ADD, O_SUB, O_MUL,
				      O_DIV, O_MOD, O_AND, O_XOR, O_OR };
	int64_t n, old;

	skip_blanks(a);
	if (a->sh->dash && a->operand)
		return postfix(a, v);
	if (a->p[0] == '=' && a->p[1] != '=') {
		a->p++;
		n = ternary(a);
		store(a, v, n);
		return n;
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (!take(a, forms[i]))
			continue;
		old = load(a, v);
		n = ternary(a);
		n = a->failed ? 0 : apply(a, by[i], old, n);
		store(a, v, n);
		return n;
	}
	return postfix(a, v);
}

static int64_t comma(struct arith *a)
{
	int64_t n = ternary(a);

	while (!a->failed && !a->sh->dash && take(a, ","))
		n = ternary(a);
	return n;
}

static int64_t eval_text(struct sh *sh, const char *text, const char *who, int depth,
			 bool *ret_failed)
{
	struct arith a = { .sh = sh, .p = text, .who = who, .depth = depth };
	int64_t n;

	if (!sh->dash)
		skip_blanks(&a);
	a.text = a.last = a.p;
	if (!*a.p && !sh->dash)
		return 0;
	if (depth > DEPTH_MAX) {
		fail(&a, "expression recursion level exceeded");
		*ret_failed = true;
		return 0;
	}
	n = comma(&a);
	skip_blanks(&a);
	if (!a.failed && *a.p) {
		a.last = a.p;
		if (sh->dash)
			fail(&a, "expecting EOF");
		else if (a.p[0] == '=' && a.p[1] != '=')
			fail(&a, "attempted assignment to non-variable");
		else
			fail(&a, "syntax error in expression");
	}
	*ret_failed |= a.failed;
	return n;
}

/**
 * sh_arith() - Evaluates an expression
 * @sh: the shell
 * @text: the expression, expanded
 * @who: what its messages begin with ("((", "let"), or NULL
 * @ret: the value
 *
 * Return: false after an error, whose words were said.
 */
bool sh_arith(struct sh *sh, const char *text, const char *who, int64_t *ret)
{
	bool failed = false;
	int64_t n = eval_text(sh, text, who, 0, &failed);

	if (!failed)
		*ret = n;
	return !failed;
}
