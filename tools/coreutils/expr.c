/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expr.c - expr: arithmetic and strings of the old shell
 *
 * mirrors coreutils 9.1's expr, with numbers of 64 bits
 *   or -> and -> compare -> sum -> product -> match -> word
 */
#include "util.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>

int expr_main(struct ng_task *task, int argc, char **argv);

struct expr {
	struct ng_task *task;
	char **v; /* what is left, ended by NULL */
	int depth;
};

#define DEPTH_MAX 100

static const char *or_(struct expr *e);

static bool next_is(struct expr *e, const char *word)
{
	if (!e->v[0] || strcmp(e->v[0], word) != 0)
		return false;
	e->v++;
	return true;
}

static _Noreturn void die(struct expr *e, const char *fmt, const char *arg)
{
	prog_error(e->task, "expr", 0, "%s%s%s%s", fmt, arg ? " '" : "", arg ? arg : "",
		   arg ? "'" : "");
	prog_exit(e->task, 2);
}

static void need(struct expr *e)
{
	if (!e->v[0])
		die(e, "syntax error: missing argument after", e->v[-1]);
}

static bool number(const char *s, long long *ret)
{
	const char *digits = *s == '-' ? s + 1 : s;

	if (!*digits || strspn(digits, "0123456789") != strlen(digits))
		return false;
	*ret = strtoll(s, NULL, 10);
	return true;
}

static bool is_null(const char *s)
{
	long long n;

	return !*s || (number(s, &n) && n == 0);
}

static const char *text_of(struct expr *e, long long n)
{
	char *s = ng_task_alloc(e->task, 24);

	snprintf(s, 24, "%lld", n);
	return s;
}

static void free_regex(void *re)
{
	regfree(re);
}

/* S : REGEX, anchored: what \( \) holds, or how much matches */
static const char *match(struct expr *e, const char *s, const char *pattern)
{
	regex_t *re = ng_task_alloc(e->task, sizeof(*re));
	size_t len = strlen(pattern) + 2;
	char *anchored = ng_task_alloc(e->task, len);
	regmatch_t m[2];

	snprintf(anchored, len, "%s%s", *pattern == '^' ? "" : "^", pattern);
	if (regcomp(re, anchored, 0))
		die(e, "Invalid regular expression", NULL);
	ng_task_defer(e->task, free_regex, re);
	if (regexec(re, s, 2, m, 0))
		return re->re_nsub ? "" : "0";
	if (!re->re_nsub)
		return text_of(e, m[0].rm_eo);
	return m[1].rm_so < 0 ? ""
			      : ng_task_strndup(e->task, s + m[1].rm_so,
						(size_t)(m[1].rm_eo - m[1].rm_so));
}

static const char *substr(struct expr *e, const char *s, const char *from, const char *count)
{
	long long at, n, len = (long long)strlen(s);

	if (!number(from, &at) || !number(count, &n) || at < 1 || n < 1 || at > len)
		return "";
	if (n > len - at + 1)
		n = len - at + 1;
	return ng_task_strndup(e->task, s + at - 1, (size_t)n);
}

static const char *word(struct expr *e)
{
	const char *s, *a, *b;

	need(e);
	if (++e->depth > DEPTH_MAX)
		die(e, "too deep", NULL);
	if (next_is(e, "+")) {
		need(e);
		s = *e->v++;
	} else if (next_is(e, "length")) {
		s = text_of(e, (long long)strlen(word(e)));
	} else if (next_is(e, "match")) {
		a = word(e);
		s = match(e, a, word(e));
	} else if (next_is(e, "index")) {
		a = word(e);
		b = word(e);
		s = text_of(e, a[strcspn(a, b)] ? (long long)strcspn(a, b) + 1 : 0);
	} else if (next_is(e, "substr")) {
		s = word(e);
		a = word(e);
		s = substr(e, s, a, word(e));
	} else if (next_is(e, "(")) {
		s = or_(e);
		if (!e->v[0])
			die(e, "syntax error: expecting ')' after", e->v[-1]);
		if (!next_is(e, ")"))
			die(e, "syntax error: expecting ')' instead of", e->v[0]);
	} else if (!strcmp(e->v[0], ")")) {
		die(e, "syntax error: unexpected ')'", NULL);
	} else {
		s = *e->v++;
	}
	e->depth--;
	return s;
}

static const char *matching(struct expr *e)
{
	const char *s = word(e);

	while (next_is(e, ":"))
		s = match(e, s, word(e));
	return s;
}

static const char *calculate(struct expr *e, const char *l, char op, const char *r)
{
	long long a, b, n = 0;

	if (!number(l, &a) || !number(r, &b))
		die(e, "non-integer argument", NULL);
	if ((op == '/' || op == '%') && !b)
		die(e, "division by zero", NULL);
	if ((op == '/' || op == '%') && b == -1) {
		n = op == '/' ? (long long)(0 - (unsigned long long)a) : 0;
		return text_of(e, n);
	}
	switch (op) {
	case '*':
		n = (long long)((unsigned long long)a * (unsigned long long)b);
		break;
	case '/':
		n = a / b;
		break;
	case '%':
		n = a % b;
		break;
	case '+':
		n = (long long)((unsigned long long)a + (unsigned long long)b);
		break;
	default:
		n = (long long)((unsigned long long)a - (unsigned long long)b);
		break;
	}
	return text_of(e, n);
}

static const char *product(struct expr *e)
{
	const char *s = matching(e);

	for (;;) {
		char op = e->v[0] && !e->v[0][1] ? e->v[0][0] : 0;

		if (op != '*' && op != '/' && op != '%')
			return s;
		e->v++;
		s = calculate(e, s, op, matching(e));
	}
}

static const char *sum(struct expr *e)
{
	const char *s = product(e);

	for (;;) {
		char op = e->v[0] && !e->v[0][1] ? e->v[0][0] : 0;

		if (op != '+' && op != '-')
			return s;
		e->v++;
		s = calculate(e, s, op, product(e));
	}
}

static const char *compare(struct expr *e)
{
	static const char *const ops[] = { "<", "<=", "=", "==", "!=", ">=", ">" };
	const char *s = sum(e), *r;
	long long a, b;
	int order;
	size_t i;

	for (;;) {
		for (i = 0; i < 7 && !next_is(e, ops[i]); i++)
			;
		if (i == 7)
			return s;
		r = sum(e);
		if (number(s, &a) && number(r, &b))
			order = a < b ? -1 : a > b;
		else
			order = strcmp(s, r);
		switch (i) {
		case 0:
			order = order < 0;
			break;
		case 1:
			order = order <= 0;
			break;
		case 2:
		case 3:
			order = order == 0;
			break;
		case 4:
			order = order != 0;
			break;
		case 5:
			order = order >= 0;
			break;
		default:
			order = order > 0;
			break;
		}
		s = order ? "1" : "0";
	}
}

static const char *and_(struct expr *e)
{
	const char *s = compare(e);

	while (next_is(e, "&")) {
		const char *r = compare(e);

		if (is_null(s) || is_null(r))
			s = "0";
	}
	return s;
}

static const char *or_(struct expr *e)
{
	const char *s = and_(e);

	while (next_is(e, "|")) {
		const char *r = and_(e);

		if (is_null(s))
			s = is_null(r) ? "0" : r;
	}
	return s;
}

/**
 * expr_main() - expr word ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 when the result is null or 0, 2 for a syntax error.
 */
int expr_main(struct ng_task *task, int argc, char **argv)
{
	struct expr e = { .task = task, .v = argv + 1 };
	const char *s;

	if (argc > 1 && !strcmp(argv[1], "--"))
		e.v++;
	if (!e.v[0]) {
		prog_error(task, "expr", 0, "missing operand");
		return cu_try_help(task, "expr", 2);
	}
	s = or_(&e);
	if (e.v[0]) {
		prog_error(task, "expr", 0, "syntax error: unexpected argument '%s'", e.v[0]);
		return 2;
	}
	ng_printf(ng_stdout(task), "%s\n", s);
	return is_null(s);
}
