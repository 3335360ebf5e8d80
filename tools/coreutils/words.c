/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.c - programs that only look at their words: true false echo printf test [ seq yes basename dirname
 */
#include "util.h"

#include "../sh/format.h"
#include "../sh/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SEQ_MAX 10000000.0

int basename_main(struct ng_task *task, int argc, char **argv);
int dirname_main(struct ng_task *task, int argc, char **argv);
int echo_main(struct ng_task *task, int argc, char **argv);
int false_main(struct ng_task *task, int argc, char **argv);
int printf_main(struct ng_task *task, int argc, char **argv);
int seq_main(struct ng_task *task, int argc, char **argv);
int test_main(struct ng_task *task, int argc, char **argv);
int true_main(struct ng_task *task, int argc, char **argv);
int yes_main(struct ng_task *task, int argc, char **argv);

static void free_pool(void *arg)
{
	sh_pool_fini(arg);
}

static struct sh_pool *new_pool(struct ng_task *task)
{
	struct sh_pool *pool = ng_task_alloc(task, sizeof(*pool));

	ng_task_defer(task, free_pool, pool);
	return pool;
}

/**
 * true_main() - true
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0.
 */
int true_main(struct ng_task *task, int argc, char **argv)
{
	(void)task;
	(void)argc;
	(void)argv;
	return 0;
}

/**
 * false_main() - false
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1.
 */
int false_main(struct ng_task *task, int argc, char **argv)
{
	(void)task;
	(void)argc;
	(void)argv;
	return 1;
}

/**
 * echo_main() - echo [-neE] [word ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0.
 */
int echo_main(struct ng_task *task, int argc, char **argv)
{
	struct sh_buf b = { .pool = new_pool(task) };
	bool newline = true, escapes = false;
	int i = 1;

	for (; i < argc && argv[i][0] == '-' && argv[i][1] &&
	       strspn(argv[i] + 1, "neE") == strlen(argv[i] + 1);
	     i++) {
		for (const char *c = argv[i] + 1; *c; c++) {
			newline &= *c != 'n';
			escapes = *c == 'n' ? escapes : *c == 'e';
		}
	}
	for (int first = i; i < argc && newline + 1; i++) {
		if (i > first)
			sh_buf_putc(&b, ' ');
		if (!escapes) {
			sh_buf_puts(&b, argv[i]);
		} else if (!ng_unescape(&b, argv[i], NG_ESCAPE_ECHO)) {
			newline = false;
			break;
		}
	}
	if (newline)
		sh_buf_putc(&b, '\n');
	ng_puts(ng_stdout(task), sh_buf_str(&b));
	return 0;
}

static void format_error(void *ctx, enum ng_format_error what, const char *arg)
{
	struct ng_task *task = ctx;

	if (what == NG_FORMAT_NUMBER)
		prog_error(task, "printf", 0, "'%s': expected a numeric value", arg);
	else
		prog_error(task, "printf", 0, "%%%s: invalid conversion specification", arg);
}

/**
 * printf_main() - printf format [word ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 after a mistake.
 */
int printf_main(struct ng_task *task, int argc, char **argv)
{
	struct sh_buf b = { .pool = new_pool(task) };
	int at = 1, status;

	if (at < argc && !strcmp(argv[at], "--"))
		at++;
	if (at >= argc) {
		prog_error(task, "printf", 0, "missing operand");
		return cu_try_help(task, argv[0], 1);
	}
	status = ng_format(&b, argv[at], argv + at + 1, NG_FORMAT_BASH, format_error, task);
	ng_write(ng_stdout(task), sh_buf_str(&b), b.len);
	return status;
}

/**
 * test_main() - test and [
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 true, 1 false, 2 an error.
 */
int test_main(struct ng_task *task, int argc, char **argv)
{
	const char *arg = NULL, *error = NULL;
	bool bracket = argv[0][strlen(argv[0]) - 1] == '[';
	int status;

	if (bracket && (argc < 2 || strcmp(argv[argc - 1], "]"))) {
		prog_error(task, argv[0], 0, "missing ']'");
		return 2;
	}
	status = ng_test_args(task, argc - 1 - bracket, argv + 1, &arg, &error);
	if (status != 2)
		return status;
	if (arg && !strcmp(error, "integer expression expected"))
		prog_error(task, argv[0], 0, "invalid integer '%s'", arg);
	else if (arg && !strcmp(error, "unary operator expected"))
		prog_error(task, argv[0], 0, "missing argument after '%s'",
			   argv[argc - 1 - bracket]);
	else if (arg)
		prog_error(task, argv[0], 0, "'%s': %s", arg, error);
	else
		prog_error(task, argv[0], 0, "extra argument '%s'", argv[argc - 1 - bracket]);
	return 2;
}

static int decimals(const char *s)
{
	const char *dot = strchr(s, '.');

	return dot ? (int)strlen(dot + 1) : 0;
}

static bool is_real(const char *s, double *ret)
{
	char *end;

	*ret = strtod(s, &end);
	return end != s && !*end && isfinite(*ret);
}

struct seq {
	double first, step, last;
	const char *separator;
	int places, width;
};

static int seq_operands(struct ng_task *task, struct seq *s, int n, char **v)
{
	double x[3] = { 1, 1, 0 };

	for (int i = 0; i < n; i++) {
		double *at = n == 1 ? &x[2] : n == 2 && i == 1 ? &x[2] : &x[i];

		if (!is_real(v[i], at)) {
			prog_error(task, "seq", 0, "invalid floating point argument: '%s'", v[i]);
			return cu_try_help(task, "seq", 1);
		}
		if (i < n - 1 && decimals(v[i]) > s->places)
			s->places = decimals(v[i]);
	}
	s->first = x[0];
	s->step = x[1];
	s->last = x[2];
	if (s->step == 0) {
		prog_error(task, "seq", 0, "invalid Zero increment value: '%s'", v[1]);
		return cu_try_help(task, "seq", 1);
	}
	return 0;
}

/**
 * seq_main() - seq [-w] [-s text] [first [step]] last
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int seq_main(struct ng_task *task, int argc, char **argv)
{
	struct seq s = { .separator = "\n" };
	struct ng_out *out = ng_stdout(task);
	bool equal = false;
	int at = 1, err;
	double n;

	for (;
	     at < argc && argv[at][0] == '-' && argv[at][1] && !strchr("0123456789.", argv[at][1]);
	     at++) {
		if (!strcmp(argv[at], "-w"))
			equal = true;
		else if (!strcmp(argv[at], "-s") && at + 1 < argc)
			s.separator = argv[++at];
		else if (!strncmp(argv[at], "-s", 2) && argv[at][2])
			s.separator = argv[at] + 2;
		else
			return ng_not_modelled(task, "seq %s", argv[at]);
	}
	if (at == argc) {
		prog_error(task, "seq", 0, "missing operand");
		return cu_try_help(task, "seq", 1);
	}
	if (argc - at > 3) {
		prog_error(task, "seq", 0, "extra operand '%s'", argv[at + 3]);
		return cu_try_help(task, "seq", 1);
	}
	err = seq_operands(task, &s, argc - at, argv + at);
	if (err)
		return err;
	n = (s.last - s.first) / s.step + 1e-9;
	if (n > SEQ_MAX)
		return ng_not_modelled(task, "seq with more than %.0f numbers", SEQ_MAX);
	n = n < 0 ? -1 : (double)(int64_t)n;
	if (equal) {
		int a = snprintf(NULL, 0, "%.*f", s.places, s.first),
		    b = snprintf(NULL, 0, "%.*f", s.places, s.last);

		s.width = a > b ? a : b;
	}
	for (double i = 0; i <= n; i++) {
		if (i)
			ng_puts(out, s.separator);
		ng_printf(out, "%0*.*f", s.width, s.places, s.first + i * s.step);
	}
	if (n >= 0)
		ng_putc(out, '\n');
	return 0;
}

#define YES_BLOCK 4096

/**
 * yes_main() - yes [word ...], until nobody reads any more
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 when it cannot be written.
 */
int yes_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_out *out = ng_stdout(task);
	size_t len = 0, line, room = 2;
	char *block;

	for (int i = 1; i < argc; i++)
		room += strlen(argv[i]) + 1;
	block = ng_task_alloc(task, room + YES_BLOCK);
	for (int i = 1; i < argc; i++) {
		memcpy(block + len, argv[i], strlen(argv[i]));
		len += strlen(argv[i]);
		block[len++] = i + 1 < argc ? ' ' : '\n';
	}
	if (argc < 2) {
		memcpy(block, "y\n", 2);
		len = 2;
	}
	for (line = len; len < YES_BLOCK; len += line)
		memcpy(block + len, block, line);
	while (!ng_out_error(out))
		ng_write(out, block, len);
	prog_error(task, "yes", -ng_out_error(out), "standard output");
	return 1;
}

/**
 * basename_main() - basename path [suffix]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int basename_main(struct ng_task *task, int argc, char **argv)
{
	int at = cu_no_options(task, argc, argv, "+");
	size_t n;
	char *s;

	if (at < 0)
		return -1 - at;
	if (at == argc || argc - at > 2) {
		prog_error(task, "basename", 0,
			   at == argc ? "missing operand" : "extra operand '%s'",
			   at == argc ? "" : argv[at + 2]);
		return cu_try_help(task, "basename", 1);
	}
	s = ng_task_strdup(task, argv[at]);
	for (n = strlen(s); n > 1 && s[n - 1] == '/'; n--)
		s[n - 1] = '\0';
	if (strrchr(s, '/') && s[1])
		s = strrchr(s, '/') + 1;
	n = strlen(s);
	if (at + 1 < argc && strlen(argv[at + 1]) < n &&
	    !strcmp(s + n - strlen(argv[at + 1]), argv[at + 1]))
		s[n - strlen(argv[at + 1])] = '\0';
	ng_printf(ng_stdout(task), "%s\n", s);
	return 0;
}

/**
 * dirname_main() - dirname path ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int dirname_main(struct ng_task *task, int argc, char **argv)
{
	int at = cu_no_options(task, argc, argv, "");

	if (at < 0)
		return -1 - at;
	if (at == argc) {
		prog_error(task, "dirname", 0, "missing operand");
		return cu_try_help(task, "dirname", 1);
	}
	for (; at < argc; at++) {
		size_t n = strlen(argv[at]);

		while (n > 1 && argv[at][n - 1] == '/')
			n--;
		while (n && argv[at][n - 1] != '/')
			n--;
		while (n > 1 && argv[at][n - 1] == '/')
			n--;
		ng_printf(ng_stdout(task), "%.*s\n", n ? (int)n : 1, n ? argv[at] : ".");
	}
	return 0;
}
