/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * builtin.c - the table of builtins, their usage lines and options
 */
#include "builtin.h"
#include "dash.h"

#include "../lib/program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int bi_true(struct sh *sh, int argc, char **argv)
{
	(void)sh;
	(void)argc;
	(void)argv;
	return 0;
}

static int bi_false(struct sh *sh, int argc, char **argv)
{
	(void)sh;
	(void)argc;
	(void)argv;
	return 1;
}

static int bi_builtin(struct sh *sh, int argc, char **argv)
{
	const struct sh_builtin *b;

	if (argc < 2)
		return 0;
	b = sh_builtin_find(sh, argv[1]);
	if (!b)
		return sh_builtin_error(sh, argv[0], "%s: not a shell builtin", argv[1]);
	return b->fn(sh, argc - 1, argv + 1);
}

/* Known to bash, not to this shell. */
static int bi_not_modelled(struct sh *sh, int argc, char **argv)
{
	(void)argc;
	return ng_not_modelled(sh->task, "sh: %s", argv[0]);
}

/* Only the list of remembered paths, which this shell does not keep. */
static int bi_hash(struct sh *sh, int argc, char **argv)
{
	if (argc == 1)
		ng_puts(sh->out, "hash: hash table empty\n");
	(void)argv;
	return 0;
}

static const struct sh_builtin builtins[] = {
	{ ".", sh_bi_source },
	{ ":", bi_true },
	{ "[", sh_bi_test },
	{ "alias", sh_bi_alias },
	{ "bg", bi_not_modelled },
	{ "bind", bi_not_modelled },
	{ "break", sh_bi_break },
	{ "builtin", bi_builtin },
	{ "caller", sh_bi_caller },
	{ "cd", sh_bi_cd },
	{ "command", sh_bi_command },
	{ "compgen", bi_not_modelled },
	{ "complete", bi_not_modelled },
	{ "continue", sh_bi_break },
	{ "declare", sh_bi_declare },
	{ "dirs", sh_bi_dirs },
	{ "disown", sh_bi_disown },
	{ "echo", sh_bi_echo },
	{ "enable", bi_not_modelled },
	{ "eval", sh_bi_eval },
	{ "exec", sh_bi_exec },
	{ "exit", sh_bi_exit },
	{ "export", sh_bi_export },
	{ "false", bi_false },
	{ "fc", bi_not_modelled },
	{ "fg", bi_not_modelled },
	{ "getopts", sh_bi_getopts },
	{ "hash", bi_hash },
	{ "help", bi_not_modelled },
	{ "history", bi_not_modelled },
	{ "jobs", sh_bi_jobs },
	{ "kill", sh_bi_kill },
	{ "let", sh_bi_let },
	{ "local", sh_bi_local },
	{ "logout", bi_not_modelled },
	{ "mapfile", sh_bi_mapfile },
	{ "popd", sh_bi_popd },
	{ "printf", sh_bi_printf },
	{ "pushd", sh_bi_pushd },
	{ "pwd", sh_bi_pwd },
	{ "read", sh_bi_read },
	{ "readarray", sh_bi_mapfile },
	{ "readonly", sh_bi_export },
	{ "return", sh_bi_return },
	{ "set", sh_bi_set },
	{ "shift", sh_bi_shift },
	{ "shopt", sh_bi_shopt },
	{ "source", sh_bi_source },
	{ "suspend", bi_not_modelled },
	{ "test", sh_bi_test },
	{ "times", sh_bi_times },
	{ "trap", sh_bi_trap },
	{ "true", bi_true },
	{ "type", sh_bi_type },
	{ "typeset", sh_bi_declare },
	{ "ulimit", bi_not_modelled },
	{ "umask", sh_bi_umask },
	{ "unalias", sh_bi_unalias },
	{ "unset", sh_bi_unset },
	{ "wait", sh_bi_wait },
};

static int by_name(const void *a, const void *b)
{
	return strcmp(a, ((const struct sh_builtin *)b)->name);
}

/**
 * sh_builtin_find() - Looks a builtin up
 * @sh: the shell
 * @name: its name
 *
 * Return: the builtin, or NULL.
 */
const struct sh_builtin *sh_builtin_find(const struct sh *sh, const char *name)
{
	if (sh->dash)
		return sh_dash_builtin_find(name);
	return bsearch(name, builtins, sizeof(builtins) / sizeof(builtins[0]), sizeof(builtins[0]),
		       by_name);
}

static const struct {
	const char *name, *text;
} usages[] = {
	{ ".", ". filename [arguments]" },
	{ "caller", "caller [expr]" },
	{ "cd", "cd [-L|[-P [-e]] [-@]] [dir]" },
	{ "command", "command [-pVv] command [arg ...]" },
	{ "declare",
	  "declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]" },
	{ "typeset",
	  "typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]" },
	{ "eval", "eval [arg ...]" },
	{ "exec", "exec [-cl] [-a name] [command [argument ...]] [redirection ...]" },
	{ "export", "export [-fn] [name[=value] ...] or export -p" },
	{ "getopts", "getopts optstring name [arg ...]" },
	{ "jobs", "jobs [-lnprs] [jobspec ...] or jobs -x command [args]" },
	{ "kill",
	  "kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]" },
	{ "local", "local [option] name[=value] ..." },
	{ "mapfile", "mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C "
		     "callback] [-c quantum] "
		     "[array]" },
	{ "printf", "printf [-v var] format [arguments]" },
	{ "pwd", "pwd [-LP]" },
	{ "read", "read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] "
		  "[-t timeout] "
		  "[-u fd] [name ...]" },
	{ "readonly", "readonly [-aAf] [name[=value] ...] or readonly -p" },
	{ "return", "return [n]" },
	{ "set", "set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]" },
	{ "source", "source filename [arguments]" },
	{ "shopt", "shopt [-pqsu] [-o] [optname ...]" },
	{ "alias", "alias [-p] [name[=value] ... ]" },
	{ "unalias", "unalias [-a] name [name ...]" },
	{ "trap", "trap [-lp] [[arg] signal_spec ...]" },
	{ "type", "type [-afptP] name [name ...]" },
	{ "umask", "umask [-p] [-S] [mode]" },
	{ "unset", "unset [-f] [-v] [-n] [name ...]" },
	{ "wait", "wait [-fn] [-p var] [id ...]" },
};

/**
 * sh_usage() - Prints how a builtin is used
 * @sh: the shell
 * @name: the builtin
 *
 * Return: 2.
 */
int sh_usage(struct sh *sh, const char *name)
{
	for (size_t i = 0; !sh->dash && i < sizeof(usages) / sizeof(usages[0]); i++) {
		if (strcmp(usages[i].name, name))
			continue;
		ng_flush(sh->out);
		ng_printf(sh->err, "%s: usage: %s\n", name, usages[i].text);
	}
	return SH_STATUS_USAGE;
}

/**
 * sh_builtin_error() - An error of a builtin
 * @sh: the shell
 * @name: the builtin
 * @fmt: what is wrong
 *
 * Return: 1; in dash the builtin is over and has failed with 2.
 */
int sh_builtin_error(struct sh *sh, const char *name, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;

	if (sh->dash)
		fmt = sh_dash_words(fmt);
	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (!sh->dash) {
		sh_error(sh, "%s: %s", name, buf);
		return 1;
	}
	if (!sh->raised)
		sh_error(sh, "%s", buf);
	sh_dash_raise(sh);
	return 2;
}

/**
 * sh_option() - The next option letter
 * @sh: the shell
 * @o: zeroed before the first call
 * @argc: number of words
 * @argv: the words
 * @letters: those it takes, ':' behind one with an argument
 *
 * Return: the letter; 0 at the end; '?' after an unknown one, which was said with the usage.
 */
int sh_option(struct sh *sh, struct sh_opts *o, int argc, char **argv, const char *letters)
{
	const char *word, *known;
	int c;

	if (!o->at)
		o->at = 1;
	if (!o->pos) {
		if (o->at >= argc || argv[o->at][0] != '-' || !argv[o->at][1])
			return 0;
		if (!strcmp(argv[o->at], "--")) {
			o->at++;
			return 0;
		}
		o->pos = 1;
	}
	word = argv[o->at];
	c = word[o->pos++];
	known = c == ':' ? NULL : strchr(letters, c);
	if (!known) {
		sh_builtin_error(sh, argv[0], "-%c: invalid option", c);
		sh_usage(sh, argv[0]);
		return '?';
	}
	if (known[1] == ':') {
		if (word[o->pos]) {
			o->arg = word + o->pos;
		} else if (++o->at < argc) {
			o->arg = argv[o->at];
		} else {
			sh_builtin_error(sh, argv[0], "-%c: option requires an argument", c);
			sh_usage(sh, argv[0]);
			return '?';
		}
		o->at++;
		o->pos = 0;
	} else if (!word[o->pos]) {
		o->at++;
		o->pos = 0;
	}
	return c;
}

/**
 * sh_number() - Reads a whole decimal number
 * @s: the text
 * @ret: the number
 *
 * Return: false when the text is none.
 */
bool sh_number(const char *s, int64_t *ret)
{
	char *end;

	errno = 0;
	*ret = strtoll(s, &end, 10);
	while (*end == ' ' || *end == '\t')
		end++;
	return end != s && !*end && !errno;
}
