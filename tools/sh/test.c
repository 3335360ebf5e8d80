/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test.c - test and [: the rules by number of arguments, then the grammar
 *
 * ng_test_args()
 *   two(), three(), four()
 *   or_expr() -> and_expr() -> term()
 */
#include "test.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MAX 100
#define PATTERN_MAX 8192

struct test {
	struct ng_task *task;
	int argc;
	char **argv;
	int pos;
	int depth;
	const char *arg;
	const char *error;
};

const char ng_test_unary_letters[] = "abcdefghknoprstuvwxzGLNORS";

/**
 * ng_regex_bounded() - Is a regular expression small enough?
 * @pattern: the expression
 *
 * regcomp() recurses with each parenthesis; a simulated program's stack is small.
 *
 * Return: true when it is.
 */
bool ng_regex_bounded(const char *pattern)
{
	int open = 0;

	for (const char *c = pattern; *c; c++)
		open += *c == '(';
	return open <= DEPTH_MAX && strlen(pattern) <= PATTERN_MAX;
}

/**
 * ng_test_unary() - -f s and the like
 * @task: who asks
 * @letter: the operator
 * @s: its operand
 *
 * Return: true when it holds.
 */
bool ng_test_unary(struct ng_task *task, char letter, const char *s)
{
	struct ng_stat st;
	char link[1];

	switch (letter) {
	case 'n':
		return *s;
	case 'z':
		return !*s;
	case 't':
		return ng_sys_isatty(task, atoi(s)) == 1;
	case 'o':
	case 'v':
		return false;
	case 'h':
	case 'L':
		return ng_sys_readlink(task, s, link, sizeof(link)) >= 0;
	}
	if (ng_sys_stat(task, s, &st) < 0)
		return false;
	switch (letter) {
	case 'b':
		return S_ISBLK(st.mode);
	case 'c':
		return S_ISCHR(st.mode);
	case 'd':
		return S_ISDIR(st.mode);
	case 'f':
		return S_ISREG(st.mode);
	case 'p':
		return S_ISFIFO(st.mode);
	case 'S':
		return S_ISSOCK(st.mode);
	case 's':
		return st.size > 0;
	case 'g':
		return st.mode & S_ISGID;
	case 'u':
		return st.mode & S_ISUID;
	case 'k':
		return st.mode & S_ISVTX;
	case 'x':
		return S_ISDIR(st.mode) || st.mode & 0111;
	case 'N':
		return false;
	}
	return true; /* a e r w O G: root owns and may do all */
}

/**
 * ng_test_numbers() - -eq and the like
 * @op: the operator
 * @a: left
 * @b: right
 *
 * Return: true when it holds.
 */
bool ng_test_numbers(const char *op, int64_t a, int64_t b)
{
	if (!strcmp(op, "-eq"))
		return a == b;
	if (!strcmp(op, "-ne"))
		return a != b;
	if (!strcmp(op, "-lt"))
		return a < b;
	if (!strcmp(op, "-le"))
		return a <= b;
	if (!strcmp(op, "-gt"))
		return a > b;
	return a >= b;
}

/**
 * ng_test_files() - -nt, -ot, -ef
 * @task: who asks
 * @op: the operator
 * @a: a file
 * @b: a file
 *
 * Return: true when it holds.
 */
bool ng_test_files(struct ng_task *task, const char *op, const char *a, const char *b)
{
	struct ng_stat x, y;
	bool has_x = ng_sys_stat(task, a, &x) >= 0, has_y = ng_sys_stat(task, b, &y) >= 0;

	if (!strcmp(op, "-ef"))
		return has_x && has_y && x.dev == y.dev && x.ino == y.ino;
	if (!strcmp(op, "-nt"))
		return has_x && (!has_y || x.mtime_ns > y.mtime_ns);
	return has_y && (!has_x || x.mtime_ns < y.mtime_ns);
}

static bool fail(struct test *t, const char *arg, const char *error)
{
	if (!t->error) {
		t->arg = arg;
		t->error = error;
	}
	return false;
}

static bool is_unary(const char *s)
{
	return s[0] == '-' && s[1] && !s[2] && strchr(ng_test_unary_letters, s[1]);
}

static bool is_binary(const char *s)
{
	static const char *const ops[] = { "=",	  "==",	 "!=",	"<",   ">",   "-eq", "-ne",
					   "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef" };

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (!strcmp(s, ops[i]))
			return true;
	}
	return false;
}

static bool number(struct test *t, const char *s, int64_t *ret)
{
	char *end;

	errno = 0;
	*ret = strtoll(s, &end, 10);
	while (end != s && (*end == ' ' || *end == '\t' || *end == '\n'))
		end++;
	if (end == s || *end || errno)
		return fail(t, s, "integer expression expected");
	return true;
}

static bool binary(struct test *t, const char *a, const char *op, const char *b)
{
	int64_t x, y;

	if (!strcmp(op, "=") || !strcmp(op, "=="))
		return !strcmp(a, b);
	if (!strcmp(op, "!="))
		return strcmp(a, b);
	if (!strcmp(op, "<"))
		return strcmp(a, b) < 0;
	if (!strcmp(op, ">"))
		return strcmp(a, b) > 0;
	if (!strcmp(op, "-nt") || !strcmp(op, "-ot") || !strcmp(op, "-ef"))
		return ng_test_files(t->task, op, a, b);
	return number(t, a, &x) && number(t, b, &y) && ng_test_numbers(op, x, y);
}

static bool or_expr(struct test *t);

static bool term(struct test *t)
{
	char **v = t->argv + t->pos;
	int left = t->argc - t->pos;
	bool value;

	if (left <= 0 || ++t->depth > DEPTH_MAX)
		return fail(t, NULL, left <= 0 ? "argument expected" : "too many arguments");
	if (!strcmp(v[0], "!")) {
		t->pos++;
		value = !term(t);
	} else if (!strcmp(v[0], "(") && !(left >= 3 && is_binary(v[1]))) {
		t->pos++;
		value = or_expr(t);
		if (!t->error && (t->pos >= t->argc || strcmp(t->argv[t->pos], ")")))
			value = fail(t, NULL, "`)' expected");
		t->pos++;
	} else if (left >= 3 && is_binary(v[1])) {
		t->pos += 3;
		value = binary(t, v[0], v[1], v[2]);
	} else if (left >= 2 && is_unary(v[0])) {
		t->pos += 2;
		value = ng_test_unary(t->task, v[0][1], v[1]);
	} else {
		t->pos++;
		value = *v[0];
	}
	t->depth--;
	return value;
}

static bool and_expr(struct test *t)
{
	bool value = term(t);

	while (!t->error && t->pos < t->argc && !strcmp(t->argv[t->pos], "-a")) {
		t->pos++;
		value = term(t) && value;
	}
	return value;
}

static bool or_expr(struct test *t)
{
	bool value = and_expr(t);

	while (!t->error && t->pos < t->argc && !strcmp(t->argv[t->pos], "-o")) {
		t->pos++;
		value = and_expr(t) || value;
	}
	return value;
}

static bool two(struct test *t, char **v)
{
	if (!strcmp(v[0], "!"))
		return !*v[1];
	if (is_unary(v[0]))
		return ng_test_unary(t->task, v[0][1], v[1]);
	return fail(t, v[0], "unary operator expected");
}

static bool three(struct test *t, char **v)
{
	if (is_binary(v[1]))
		return binary(t, v[0], v[1], v[2]);
	if (!strcmp(v[1], "-a"))
		return *v[0] && *v[2];
	if (!strcmp(v[1], "-o"))
		return *v[0] || *v[2];
	if (!strcmp(v[0], "!"))
		return !two(t, v + 1);
	if (!strcmp(v[0], "(") && !strcmp(v[2], ")"))
		return *v[1];
	return fail(t, v[1], "binary operator expected");
}

/**
 * ng_test_args() - Evaluates the arguments of test
 * @task: who asks
 * @argc: how many, without the name and the closing ]
 * @argv: the arguments
 * @ret_arg: set with status 2: the argument the error is about, or NULL
 * @ret_error: set with status 2: bash's words
 *
 * Return: 0 true, 1 false, 2 an error.
 */
int ng_test_args(struct ng_task *task, int argc, char **argv, const char **ret_arg,
		 const char **ret_error)
{
	struct test t = { .task = task, .argc = argc, .argv = argv };
	bool value = false;

	if (argc == 1) {
		value = *argv[0];
	} else if (argc == 2) {
		value = two(&t, argv);
	} else if (argc == 3) {
		value = three(&t, argv);
	} else if (argc == 4 && !strcmp(argv[0], "!")) {
		value = !three(&t, argv + 1);
	} else if (argc == 4 && !strcmp(argv[0], "(") && !strcmp(argv[3], ")")) {
		value = two(&t, argv + 1);
	} else if (argc > 3) {
		value = or_expr(&t);
		if (!t.error && t.pos < argc)
			fail(&t, NULL, "too many arguments");
	}
	if (t.error) {
		*ret_arg = t.arg;
		*ret_error = t.error;
		return 2;
	}
	return value ? 0 : 1;
}
