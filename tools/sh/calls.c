/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls.c - who called whom: FUNCNAME, BASH_SOURCE, BASH_LINENO and caller
 *
 * The arrays are ordinary ones, so that a subshell gets a copy of them.
 */
#include "builtin.h"

#include <stdlib.h>
#include <string.h>

static void put_first(struct sh *sh, const char *name, const char *value)
{
	struct sh_var *var = sh_var_find(sh, name);

	for (size_t i = 0; var && i < var->nelems; i++)
		var->elems[i].index++;
	sh_elem_set(sh, name, 0, value, false);
}

static void take_first(struct sh *sh, const char *name)
{
	struct sh_var *var = sh_var_find(sh, name);

	if (!var || !(var->flags & SH_VAR_ARRAY))
		return;
	sh_elem_unset(var, 0);
	for (size_t i = 0; i < var->nelems; i++)
		var->elems[i].index--;
}

/**
 * sh_calls_begin() - The script itself is what runs
 * @sh: the shell
 * @source: its name
 */
void sh_calls_begin(struct sh *sh, const char *source)
{
	if (sh->dash)
		return;
	put_first(sh, "BASH_SOURCE", source);
	put_first(sh, "BASH_LINENO", "0");
}

/**
 * sh_calls_push() - A function or a sourced file begins
 * @sh: the shell
 * @name: the function, or "source"
 * @source: the file it is in
 */
void sh_calls_push(struct sh *sh, const char *name, const char *source)
{
	bool script = sh_var_find(sh, "BASH_SOURCE") != NULL;

	if (sh->dash)
		return;
	if (!sh->nr_calls++ && script)
		put_first(sh, "FUNCNAME", "main");
	put_first(sh, "FUNCNAME", name);
	/* a script on standard input has no name */
	put_first(sh, "BASH_SOURCE", sh->from_c || sh->nr_calls > 1 || script ? source : "main");
	put_first(sh, "BASH_LINENO", sh_pool_printf(&sh->pool, "%u", sh->line));
}

/**
 * sh_calls_pop() - It is over
 * @sh: the shell
 */
void sh_calls_pop(struct sh *sh)
{
	if (sh->dash)
		return;
	take_first(sh, "FUNCNAME");
	take_first(sh, "BASH_SOURCE");
	take_first(sh, "BASH_LINENO");
	if (!--sh->nr_calls)
		sh_var_unset(sh, "FUNCNAME");
}

/**
 * sh_calls_hidden() - Is a variable hidden for now?
 * @sh: the shell
 * @name: its name
 *
 * Return: true for FUNCNAME outside functions, where only caller reads it.
 */
bool sh_calls_hidden(const struct sh *sh, const char *name)
{
	return !sh->func_depth && !strcmp(name, "FUNCNAME");
}

static const char *element(const struct sh *sh, const char *name, int64_t at)
{
	const struct sh_var *var = sh_var_find(sh, name);

	return var ? sh_elem_get(var, at) : NULL;
}

/**
 * sh_bi_caller() - caller [n]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 when nobody called.
 */
int sh_bi_caller(struct sh *sh, int argc, char **argv)
{
	const char *line, *source, *name;
	struct sh_opts o = { 0 };
	int64_t n = 0;

	if (sh_option(sh, &o, argc, argv, ""))
		return SH_STATUS_USAGE;
	if (o.at < argc && !sh_number(argv[o.at], &n)) {
		sh_builtin_error(sh, argv[0], "%s: invalid number", argv[o.at]);
		return sh_usage(sh, argv[0]);
	}
	line = n < 0 ? NULL : element(sh, "BASH_LINENO", n);
	source = n < 0 ? NULL : element(sh, "BASH_SOURCE", n + 1);
	if (o.at >= argc) {
		ng_printf(sh->out, "%s %s\n", line ? line : "0", source ? source : "NULL");
		return 0;
	}
	name = n < 0 ? NULL : element(sh, "FUNCNAME", n + 1);
	if (!line || !source || !name)
		return 1;
	ng_printf(sh->out, "%s %s %s\n", line, name, source);
	return 0;
}
