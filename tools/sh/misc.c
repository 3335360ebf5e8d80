/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * misc.c - echo, printf, test, type, command, let, umask, times
 */
#include "builtin.h"

#include "../lib/program.h"
#include "format.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/**
 * sh_bi_echo() - echo [-neE] [word ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0.
 */
int sh_bi_echo(struct sh *sh, int argc, char **argv)
{
	struct sh_buf b = { .pool = &sh->pool };
	bool newline = true, escapes = false;
	int i = 1;

	for (; i < argc && argv[i][0] == '-' && argv[i][1] &&
	       strspn(argv[i] + 1, "neE") == strlen(argv[i] + 1);
	     i++) {
		for (const char *c = argv[i] + 1; *c; c++) {
			if (*c == 'n')
				newline = false;
			else
				escapes = *c == 'e';
		}
	}
	for (int first = i; i < argc; i++) {
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
	ng_write(sh->out, b.s ? b.s : "", b.len);
	return 0;
}

static void format_error(void *ctx, enum ng_format_error what, const char *arg)
{
	struct sh *sh = ctx;

	if (what == NG_FORMAT_NUMBER)
		sh_builtin_error(sh, "printf", "%s: invalid number", arg);
	else if (what == NG_FORMAT_LETTER)
		sh_builtin_error(sh, "printf", "`%s': invalid format character", arg);
	else
		sh_builtin_error(sh, "printf", "`%s': missing format character", arg);
}

/**
 * sh_bi_printf() - printf [-v var] format [word ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_printf(struct sh *sh, int argc, char **argv)
{
	struct sh_buf b = { .pool = &sh->pool };
	struct sh_opts o = { 0 };
	const char *var = NULL;
	int c, status;

	while ((c = sh_option(sh, &o, argc, argv, "v:")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		var = o.arg;
	}
	if (o.at >= argc)
		return sh_usage(sh, argv[0]);
	status = ng_format(&b, argv[o.at], argv + o.at + 1, NG_FORMAT_BASH, format_error, sh);
	if (var)
		return sh_var_set(sh, var, sh_buf_str(&b)) ? status : 1;
	ng_write(sh->out, b.s ? b.s : "", b.len);
	return status;
}

/**
 * sh_bi_test() - test and [
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 true, 1 false, 2 an error.
 */
int sh_bi_test(struct sh *sh, int argc, char **argv)
{
	const char *arg = NULL, *error = NULL;
	int status;

	if (argv[0][0] == '[') {
		if (strcmp(argv[argc - 1], "]") || argc == 1) {
			sh_builtin_error(sh, argv[0], "missing `]'");
			return 2;
		}
		argc--;
	}
	if (argc == 3 && !strcmp(argv[1], "-v"))
		return sh_var_get(sh, argv[2]) ? 0 : 1;
	status = ng_test_args(sh->task, argc - 1, argv + 1, &arg, &error);
	if (status == 2 && arg)
		sh_builtin_error(sh, argv[0], "%s: %s", arg, error);
	else if (status == 2)
		sh_builtin_error(sh, argv[0], "%s", error);
	return status;
}

static bool is_keyword(const char *s)
{
	static const char *const words[] = { "if",   "then", "else",	 "elif",  "fi",	   "case",
					     "esac", "for",  "select",	 "while", "until", "do",
					     "done", "in",   "function", "time",  "{",	   "}",
					     "!",    "[[",   "]]",	 "coproc" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(s, words[i]))
			return true;
	}
	return false;
}

/* How type and command describe a name. how: 0 in words, 't' one word, 'v' what would run, 'p' the path. */
static bool describe(struct sh *sh, const char *name, int how)
{
	const struct sh_func *f = sh_func_find(sh, name);
	struct sh_buf b = { .pool = &sh->pool };
	const char *kind = NULL, *words = NULL;
	struct ng_stat st;
	char *path;

	if (is_keyword(name)) {
		kind = "keyword";
		words = "is a shell keyword";
	} else if (f) {
		kind = "function";
		words = "is a function";
	} else if (sh_builtin_find(sh, name)) {
		kind = "builtin";
		words = "is a shell builtin";
	}
	if (kind && how != 'p') {
		if (how)
			ng_printf(sh->out, "%s\n", how == 't' ? kind : name);
		else
			ng_printf(sh->out, "%s %s\n", name, words);
		if (f && !how) {
			sh_print_function(&b, f->name, f->body);
			ng_puts(sh->out, sh_buf_str(&b));
		}
		return true;
	}
	if (kind)
		return true;
	path = sh_find_program(sh, name);
	if (!path || ng_sys_stat(sh->task, path, &st) < 0 || !(st.mode & 0111))
		return false;
	if (how)
		ng_printf(sh->out, "%s\n", how == 't' ? "file" : path);
	else
		ng_printf(sh->out, "%s is %s\n", name, path);
	return true;
}

/**
 * sh_bi_type() - type [-tpP] name ...
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 when a name is unknown.
 */
int sh_bi_type(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, how = 0, status = 0;

	while ((c = sh_option(sh, &o, argc, argv, "afptP")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		if (c == 'a' || c == 'f')
			return ng_not_modelled(sh->task, "sh: type -%c", c);
		how = c == 'P' ? 'p' : c;
	}
	for (; o.at < argc; o.at++) {
		if (describe(sh, argv[o.at], how))
			continue;
		status = 1;
		if (!how)
			sh_builtin_error(sh, argv[0], "%s: not found", argv[o.at]);
	}
	return status;
}

/**
 * sh_bi_command() - command [-vV] name [word ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_command(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, how = 0, status = 1;

	while ((c = sh_option(sh, &o, argc, argv, "pvV")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		how = c == 'p' ? how : c;
	}
	if (o.at >= argc)
		return 0;
	if (!how)
		return sh_exec_args(sh, argc - o.at, argv + o.at, false);
	for (; o.at < argc; o.at++) {
		if (describe(sh, argv[o.at], how == 'v' ? 'v' : 0))
			status = 0;
		else if (how == 'V')
			sh_builtin_error(sh, argv[0], "%s: not found", argv[o.at]);
	}
	return status;
}

/**
 * sh_bi_let() - let expression ...
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 when the last value is 0.
 */
int sh_bi_let(struct sh *sh, int argc, char **argv)
{
	int64_t n = 0;

	if (argc == 1)
		return sh_builtin_error(sh, argv[0], "expression expected");
	for (int i = 1; i < argc; i++) {
		if (!sh_arith(sh, argv[i], "let", &n))
			return 1;
	}
	return n ? 0 : 1;
}

/**
 * sh_bi_umask() - umask: files of the world are made with 022
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status; setting another one is not modelled.
 */
int sh_bi_umask(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, how = 0;

	while ((c = sh_option(sh, &o, argc, argv, sh->dash ? "S" : "pS")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		how = c;
	}
	if (o.at < argc && strtol(argv[o.at], NULL, 8) != 022)
		return ng_not_modelled(sh->task, "sh: umask %s", argv[o.at]);
	if (o.at >= argc)
		ng_printf(sh->out, "%s\n",
			  how == 'S'   ? "u=rwx,g=rx,o=rx"
			  : how == 'p' ? "umask 0022"
				       : "0022");
	return 0;
}

/**
 * sh_bi_times() - times: simulated programs use no processor time
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0.
 */
int sh_bi_times(struct sh *sh, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	ng_puts(sh->out, sh->dash ? "0m0.000000s 0m0.000000s\n0m0.000000s 0m0.000000s\n"
				  : "0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
	return 0;
}
