/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dash_test.c - test and [ as dash reads them
 *
 * sh_dash_test()
 *   or_expr() -> and_expr() -> not_expr() -> primary()
 */
#include "builtin.h"
#include "dash.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 100

enum kind { END, OPERAND, UNARY, BINARY, AND, OR, NOT, OPEN, CLOSE };

struct test {
	struct sh *sh;
	const char *name;
	char **at; /* the word looked at; NULL at the end */
	enum kind kind;
	int depth;
	bool failed;
};

static bool fail(struct test *t, const char *arg, const char *what)
{
	if (!t->failed)
		sh_builtin_error(t->sh, t->name, "%s%s%s", arg, *arg ? ": " : "", what);
	t->failed = true;
	return false;
}

static bool is_binary(const char *s)
{
	static const char *const ops[] = { "=",	  "!=",	 "<",	">",   "-eq", "-ne", "-lt",
					   "-le", "-gt", "-ge", "-nt", "-ot", "-ef" };

	for (size_t i = 0; s && i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (!strcmp(s, ops[i]))
			return true;
	}
	return false;
}

/* What the word is by its text alone. */
static enum kind by_text(const char *s)
{
	if (is_binary(s))
		return BINARY;
	if (s[0] == '-' && s[1] && !s[2] && strchr("rwxefdcbpugkstznhOGLS", s[1]))
		return UNARY;
	if (!strcmp(s, "-a"))
		return AND;
	if (!strcmp(s, "-o"))
		return OR;
	if (!strcmp(s, "!"))
		return NOT;
	if (!strcmp(s, "("))
		return OPEN;
	return !strcmp(s, ")") ? CLOSE : OPERAND;
}

/* What the word is where it stands: an operator without what it needs is an operand. */
static enum kind look(struct test *t, char **at)
{
	t->at = at;
	if (!*at)
		return t->kind = END;
	t->kind = by_text(*at);
	if (t->kind == UNARY && (!at[1] || (at[2] && is_binary(at[1]))))
		t->kind = OPERAND;
	if (t->kind == OPEN && !at[1])
		t->kind = OPERAND;
	return t->kind;
}

static int64_t number(struct test *t, const char *s)
{
	int64_t n = 0;
	char *end;

	errno = 0;
	n = strtoll(s, &end, 10);
	end += strspn(end, " \t\n");
	if (end == s || *end || errno)
		fail(t, "", sh_pool_printf(&t->sh->pool, "Illegal number: %s", s));
	return n;
}

static bool binary(struct test *t, const char *a, const char *op, const char *b)
{
	int64_t x;

	if (!strcmp(op, "="))
		return !strcmp(a, b);
	if (!strcmp(op, "!="))
		return strcmp(a, b);
	if (*op == '<')
		return strcmp(a, b) < 0;
	if (*op == '>')
		return strcmp(a, b) > 0;
	if (!strcmp(op, "-nt") || !strcmp(op, "-ot") || !strcmp(op, "-ef")) {
		/* both must be there */
		return ng_test_unary(t->sh->task, 'e', a) && ng_test_unary(t->sh->task, 'e', b) &&
		       ng_test_files(t->sh->task, op, a, b);
	}
	x = number(t, a);
	return !t->failed && ng_test_numbers(op, x, number(t, b));
}

static bool or_expr(struct test *t);

static bool parenthesis(struct test *t)
{
	bool value;

	if (look(t, t->at + 1) == CLOSE)
		return false;
	value = or_expr(t);
	if (!t->failed && (!*t->at || look(t, t->at + 1) != CLOSE))
		return fail(t, "", "closing paren expected");
	return value;
}

/* Leaves the last word of it at hand. */
static bool primary(struct test *t)
{
	char **at = t->at;

	if (t->failed || t->kind == END)
		return false;
	if (t->kind == OPEN)
		return parenthesis(t);
	if (t->kind == UNARY) {
		t->at = at + 1;
		if (at[0][1] == 't') {
			int64_t fd = number(t, at[1]);

			return !t->failed && ng_sys_isatty(t->sh->task, (int)fd) == 1;
		}
		return ng_test_unary(t->sh->task, at[0][1], at[1]);
	}
	if (is_binary(at[1])) {
		if (!at[2])
			return fail(t, at[1], "argument expected");
		t->at = at + 2;
		return binary(t, at[0], at[1], at[2]);
	}
	return **at;
}

static bool not_expr(struct test *t)
{
	bool value;

	if (t->kind != NOT)
		return primary(t);
	if (++t->depth > DEPTH_MAX)
		return fail(t, "", "too many arguments");
	if (t->at[1])
		look(t, t->at + 1);
	else
		t->kind = END;
	value = !not_expr(t);
	t->depth--;
	return value;
}

/* Is the next word this one? Then the word behind it is at hand. */
static bool take(struct test *t, enum kind kind)
{
	char **at = t->at;

	if (t->failed || !*at || !at[1] || look(t, at + 1) != kind) {
		t->at = at;
		return false;
	}
	look(t, at + 2);
	return true;
}

static bool and_expr(struct test *t)
{
	bool value = not_expr(t);

	while (take(t, AND))
		value = not_expr(t) && value;
	return value;
}

static bool or_expr(struct test *t)
{
	bool value;

	if (++t->depth > DEPTH_MAX)
		return fail(t, "", "too many arguments");
	value = and_expr(t);
	while (take(t, OR))
		value = and_expr(t) || value;
	t->depth--;
	return value;
}

/**
 * sh_dash_test() - test and [
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 true, 1 false, 2 an error.
 */
int sh_dash_test(struct sh *sh, int argc, char **argv)
{
	struct test t = { .sh = sh, .name = argv[0] };
	char **at = argv + 1;
	bool value, not = false, plain = false;
	int n = argc - 1;

	if (argv[0][0] == '[') {
		if (strcmp(argv[argc - 1], "]") != 0 || argc == 1)
			return sh_builtin_error(sh, argv[0], "missing `]'");
		argv[argc - 1] = NULL;
		n--;
	}
	/* three and four words are read by their number first */
	while ((n == 3 || n == 4) && !plain) {
		plain = n == 3 && is_binary(at[1]);
		if (plain)
			break;
		if (!strcmp(at[0], "(") && !strcmp(at[n - 1], ")")) {
			at[n - 1] = NULL;
			at++;
			break;
		}
		if (strcmp(at[0], "!") != 0)
			break;
		not = true;
		at++;
		n--;
	}
	if (!n || !*at)
		return !not ;
	look(&t, at);
	if (plain)
		t.kind = OPERAND;
	value = or_expr(&t) != not ;
	if (!t.failed && *t.at && t.at[1])
		fail(&t, t.at[0], "unexpected operator");
	return t.failed ? 2 : !value;
}
