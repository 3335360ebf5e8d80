/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dash_builtin.c - the table of dash's builtins, and those that are quite unlike bash's
 *
 * echo, printf, type, command -v, alias, hash, set -o
 */
#include "builtin.h"
#include "dash.h"

#include "../lib/program.h"
#include "format.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ALIAS_CHAINS 39 /* of dash's table: it lists them in this order */

static int dash_true(struct sh *sh, int argc, char **argv)
{
	(void)sh;
	(void)argc;
	(void)argv;
	return 0;
}

static int dash_false(struct sh *sh, int argc, char **argv)
{
	(void)sh;
	(void)argc;
	(void)argv;
	return 1;
}

static int dash_not_modelled(struct sh *sh, int argc, char **argv)
{
	(void)argc;
	return ng_not_modelled(sh->task, "sh: %s", argv[0]);
}

/* Backslashes always count, and -n is the only option. */
static int dash_echo(struct sh *sh, int argc, char **argv)
{
	struct sh_buf b = { .pool = &sh->pool };
	bool newline = argc < 2 || strcmp(argv[1], "-n") != 0;
	int first = newline ? 1 : 2;

	for (int i = first; i < argc; i++) {
		if (i > first)
			sh_buf_putc(&b, ' ');
		if (!ng_unescape(&b, argv[i], NG_ESCAPE_DASH)) {
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

	switch (what) {
	case NG_FORMAT_NUMBER:
		sh_error(sh, "%s: expected numeric value", arg);
		break;
	case NG_FORMAT_PARTIAL:
		sh_error(sh, "%s: not completely converted", arg);
		break;
	case NG_FORMAT_RANGE:
		sh_error(sh, "%s: %s", arg, ng_strerror(ERANGE));
		break;
	case NG_FORMAT_LETTER:
		sh_builtin_error(sh, "printf", "%s: invalid directive", arg);
		break;
	case NG_FORMAT_MISSING:
		sh_builtin_error(sh, "printf", "missing format character");
		break;
	}
}

static int dash_printf(struct sh *sh, int argc, char **argv)
{
	struct sh_buf b = { .pool = &sh->pool };
	struct sh_opts o = { 0 };
	int status;

	if (sh_option(sh, &o, argc, argv, ""))
		return 2;
	if (o.at >= argc)
		return sh_builtin_error(sh, argv[0], "usage: printf format [arg ...]");
	status = ng_format(&b, argv[o.at], argv + o.at + 1, NG_FORMAT_DASH, format_error, sh);
	ng_write(sh->out, b.s ? b.s : "", b.len);
	return status;
}

/* What a name stands for: for command -v what would run, else in words. */
static int describe(struct sh *sh, const char *name, bool brief)
{
	const char *alias = sh_alias_value(sh, name);
	struct ng_stat st;
	char *path;

	if (alias && brief)
		ng_printf(sh->out, "alias %s=%s\n", name, sh_dash_quote(&sh->pool, alias));
	else if (alias)
		ng_printf(sh->out, "%s is an alias for %s\n", name, alias);
	else if (brief &&
		 (sh_dash_reserved(name) || sh_func_find(sh, name) || sh_dash_builtin_find(name)))
		ng_printf(sh->out, "%s\n", name);
	else if (sh_dash_reserved(name))
		ng_printf(sh->out, "%s is a shell keyword\n", name);
	else if (sh_func_find(sh, name))
		ng_printf(sh->out, "%s is a shell function\n", name);
	else if (sh_dash_builtin_find(name))
		ng_printf(sh->out, "%s is a %sshell builtin\n", name,
			  sh_dash_special(name) ? "special " : "");
	else if ((path = sh_find_program(sh, name)) != NULL &&
		 ng_sys_stat(sh->task, path, &st) >= 0 &&
		 (strchr(name, '/') || (S_ISREG(st.mode) && st.mode & 0111)))
		ng_printf(sh->out, brief ? "%s\n" : "%s is %s\n", brief ? path : name, path);
	else if (brief)
		return 127;
	else {
		ng_printf(sh->out, "%s: not found\n", name);
		return 127;
	}
	return 0;
}

static int dash_type(struct sh *sh, int argc, char **argv)
{
	int status = 0;

	for (int i = 1; i < argc; i++)
		status |= describe(sh, argv[i], false);
	return status;
}

static int dash_command(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, how = 0;

	while ((c = sh_option(sh, &o, argc, argv, "pvV")) != 0) {
		if (c == '?')
			return 2;
		if (how != 'V' && c != 'p')
			how = c;
	}
	if (o.at >= argc)
		return 0;
	if (how)
		return describe(sh, argv[o.at], how == 'v');
	sh->in_builtin = false;
	sh->doing = NULL;
	c = sh_exec_args(sh, argc - o.at, argv + o.at, false);
	sh->doing = argv[0];
	return c;
}

static unsigned int alias_chain(const char *name)
{
	unsigned int hash = (unsigned int)(unsigned char)*name << 4;

	while (*name)
		hash += (unsigned char)*name++;
	return hash % ALIAS_CHAINS;
}

static int dash_alias(struct sh *sh, int argc, char **argv)
{
	int status = 0;

	for (unsigned int i = 0; argc == 1 && i < ALIAS_CHAINS; i++) {
		for (const struct sh_alias *a = sh->aliases; a; a = a->next) {
			if (alias_chain(a->name) == i)
				ng_printf(sh->out, "%s=%s\n", a->name,
					  sh_dash_quote(&sh->pool, a->value));
		}
	}
	for (int i = 1; i < argc; i++) {
		const char *eq = *argv[i] ? strchr(argv[i] + 1, '=') : NULL, *value;

		if (eq) {
			sh_alias_set(sh,
				     sh_pool_strndup(&sh->pool, argv[i], (size_t)(eq - argv[i])),
				     eq + 1);
			continue;
		}
		value = sh_alias_value(sh, argv[i]);
		if (value) {
			ng_printf(sh->out, "%s=%s\n", argv[i], sh_dash_quote(&sh->pool, value));
			continue;
		}
		ng_flush(sh->out);
		ng_printf(sh->err, "%s: %s not found\n", argv[0], argv[i]);
		status = 1;
	}
	return status;
}

static int dash_unalias(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, status = 0;

	while ((c = sh_option(sh, &o, argc, argv, "a")) != 0) {
		if (c == '?')
			return 2;
		sh_aliases_free(sh);
		return 0;
	}
	for (; o.at < argc; o.at++) {
		if (sh_alias_unset(sh, argv[o.at]))
			continue;
		ng_flush(sh->out);
		ng_printf(sh->err, "%s: %s not found\n", argv[0], argv[o.at]);
		status = 1;
	}
	return status;
}

/* The paths dash remembers are not kept: they cannot be listed. */
static int dash_hash(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, status = 0;

	while ((c = sh_option(sh, &o, argc, argv, "rv")) != 0) {
		if (c == '?')
			return 2;
		if (c == 'r')
			return 0;
	}
	if (o.at >= argc)
		return ng_not_modelled(sh->task, "sh: hash: the list");
	for (; o.at < argc; o.at++) {
		const char *name = argv[o.at];

		if (sh_func_find(sh, name) || sh_dash_builtin_find(name) ||
		    sh_find_program(sh, name))
			continue;
		sh_error(sh, "%s: not found", name);
		status = 1;
	}
	return status;
}

static const struct sh_builtin builtins[] = {
	{ ".", sh_bi_source },
	{ ":", dash_true },
	{ "[", sh_dash_test },
	{ "alias", dash_alias },
	{ "bg", sh_dash_fg },
	{ "break", sh_bi_break },
	{ "cd", sh_bi_cd },
	{ "chdir", sh_bi_cd },
	{ "command", dash_command },
	{ "continue", sh_bi_break },
	{ "echo", dash_echo },
	{ "eval", sh_bi_eval },
	{ "exec", sh_bi_exec },
	{ "exit", sh_bi_exit },
	{ "export", sh_bi_export },
	{ "false", dash_false },
	{ "fg", sh_dash_fg },
	{ "getopts", sh_bi_getopts },
	{ "hash", dash_hash },
	{ "jobs", sh_dash_jobs },
	{ "kill", sh_dash_kill },
	{ "local", sh_bi_local },
	{ "printf", dash_printf },
	{ "pwd", sh_bi_pwd },
	{ "read", sh_bi_read },
	{ "readonly", sh_bi_export },
	{ "return", sh_bi_return },
	{ "set", sh_bi_set },
	{ "shift", sh_bi_shift },
	{ "test", sh_dash_test },
	{ "times", sh_bi_times },
	{ "trap", sh_dash_trap },
	{ "true", dash_true },
	{ "type", dash_type },
	{ "ulimit", dash_not_modelled },
	{ "umask", sh_bi_umask },
	{ "unalias", dash_unalias },
	{ "unset", sh_bi_unset },
	{ "wait", sh_dash_wait },
};

static int by_name(const void *a, const void *b)
{
	return strcmp(a, ((const struct sh_builtin *)b)->name);
}

/**
 * sh_dash_builtin_find() - Looks a builtin of dash up
 * @name: its name
 *
 * Return: the builtin, or NULL.
 */
const struct sh_builtin *sh_dash_builtin_find(const char *name)
{
	return bsearch(name, builtins, sizeof(builtins) / sizeof(builtins[0]), sizeof(builtins[0]),
		       by_name);
}
