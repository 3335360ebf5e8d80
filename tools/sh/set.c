/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * set.c - set, shift, getopts
 */
#include "builtin.h"
#include "dash.h"

#include "../lib/program.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	char letter;
	size_t at; /* offset of the flag in struct sh; 0: not modelled, and off (or on, see below) */
} options[] = {
	{ "allexport", 'a', offsetof(struct sh, allexport) },
	{ "braceexpand", 'B', 0 },
	{ "emacs", 0, 0 },
	{ "errexit", 'e', offsetof(struct sh, errexit) },
	{ "errtrace", 'E', offsetof(struct sh, errtrace) },
	{ "functrace", 'T', offsetof(struct sh, functrace) },
	{ "hashall", 'h', 0 },
	{ "histexpand", 'H', 0 },
	{ "history", 0, 0 },
	{ "ignoreeof", 0, 0 },
	{ "interactive-comments", 0, 0 },
	{ "keyword", 'k', 0 },
	{ "monitor", 'm', 0 },
	{ "noclobber", 'C', offsetof(struct sh, noclobber) },
	{ "noexec", 'n', offsetof(struct sh, noexec) },
	{ "noglob", 'f', offsetof(struct sh, noglob) },
	{ "nolog", 0, 0 },
	{ "notify", 'b', 0 },
	{ "nounset", 'u', offsetof(struct sh, nounset) },
	{ "onecmd", 't', 0 },
	{ "physical", 'P', 0 },
	{ "pipefail", 0, offsetof(struct sh, pipefail) },
	{ "posix", 0, 0 },
	{ "privileged", 'p', 0 },
	{ "verbose", 'v', offsetof(struct sh, verbose) },
	{ "vi", 0, 0 },
	{ "xtrace", 'x', offsetof(struct sh, xtrace) },
};

#define OPTIONS (sizeof(options) / sizeof(options[0]))

static bool default_on(size_t i)
{
	return !strcmp(options[i].name, "braceexpand") || !strcmp(options[i].name, "hashall") ||
	       !strcmp(options[i].name, "interactive-comments");
}

static bool *flag(struct sh *sh, size_t i)
{
	return (bool *)(void *)((char *)sh + options[i].at);
}

static int change(struct sh *sh, size_t i, bool on)
{
	if (options[i].at) {
		*flag(sh, i) = on;
		return 0;
	}
	/* these change nothing here: hashing, job notices, history */
	if (on == default_on(i) || strchr("hbp", options[i].letter ? options[i].letter : '?'))
		return 0;
	return ng_not_modelled(sh->task, "sh: set %co %s", on ? '-' : '+', options[i].name);
}

/**
 * sh_set_letter() - One letter of set -abc
 * @sh: the shell
 * @letter: the letter
 * @on: - or +
 *
 * Return: false when it is unknown.
 */
bool sh_set_letter(struct sh *sh, char letter, bool on)
{
	if (sh->dash)
		return sh_dash_set_letter(sh, letter, on);
	for (size_t i = 0; i < OPTIONS; i++) {
		if (options[i].letter == letter) {
			change(sh, i, on);
			return true;
		}
	}
	return false;
}

/**
 * sh_set_named() - set -o name
 * @sh: the shell
 * @name: the name
 * @on: - or +
 *
 * Return: the status.
 */
int sh_set_named(struct sh *sh, const char *name, bool on)
{
	if (sh->dash)
		return sh_dash_set_named(sh, name, on);
	for (size_t i = 0; i < OPTIONS; i++) {
		if (!strcmp(options[i].name, name))
			return change(sh, i, on);
	}
	return sh_builtin_error(sh, "set", "%s: invalid option name", name) + 1;
}

static int show_options(struct sh *sh, bool commands)
{
	if (sh->dash)
		return sh_dash_show_options(sh, commands);
	for (size_t i = 0; i < OPTIONS; i++) {
		bool on = options[i].at ? *flag(sh, i) : default_on(i);

		if (commands)
			ng_printf(sh->out, "set %co %s\n", on ? '-' : '+', options[i].name);
		else
			ng_printf(sh->out, "%-15s\t%s\n", options[i].name, on ? "on" : "off");
	}
	return 0;
}

static int show_vars(struct sh *sh)
{
	for (size_t i = 0; i < sh->nvars; i++) {
		const struct sh_var *var = sh->vars[i];

		if (var->flags & SH_VAR_ARRAY || !var->value)
			continue;
		if (sh->dash) {
			ng_printf(sh->out, "%s=%s\n", var->name,
				  sh_dash_quote(&sh->pool, var->value));
			continue;
		}
		ng_printf(sh->out, "%s=%s\n", var->name,
			  *var->value ? sh_quote(&sh->pool, var->value, false) : "");
	}
	return 0;
}

/**
 * sh_bi_set() - set [-+abc] [-+o name] [--] [word ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_set(struct sh *sh, int argc, char **argv)
{
	int at = 1, status = 0;
	bool on;

	if (argc == 1)
		return show_vars(sh);
	for (; at < argc && (argv[at][0] == '-' || argv[at][0] == '+') && argv[at][1]; at++) {
		on = argv[at][0] == '-';
		if (!strcmp(argv[at], "--")) {
			sh_params_set(sh, argc - at - 1, argv + at + 1);
			return 0;
		}
		for (const char *c = argv[at] + 1; *c; c++) {
			if (*c == 'o' && at + 1 >= argc)
				return show_options(sh, !on);
			if (*c == 'o') {
				status = sh_set_named(sh, argv[++at], on);
				if (status)
					return status;
				break;
			}
			if (sh_set_letter(sh, *c, on))
				continue;
			if (sh->dash)
				return 2; /* that was said */
			sh_builtin_error(sh, argv[0], "%c%c: invalid option", on ? '-' : '+', *c);
			return sh_usage(sh, argv[0]);
		}
	}
	if (at < argc && !strcmp(argv[at], "-")) {
		sh->xtrace = sh->verbose = false;
		at++;
		if (at >= argc)
			return 0;
	}
	if (at < argc)
		sh_params_set(sh, argc - at, argv + at);
	return 0;
}

/**
 * sh_bi_shift() - shift [n]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1, silently, when there are not so many parameters.
 */
int sh_bi_shift(struct sh *sh, int argc, char **argv)
{
	int64_t n = 1;

	if (sh->dash && argc > 1 && !sh_dash_number(sh, argv[1], &n))
		return 2;
	if (argc > 1 && !sh_number(argv[1], &n))
		return sh_builtin_error(sh, argv[0], "%s: numeric argument required", argv[1]);
	if (argc > 2 && !sh->dash)
		return sh_builtin_error(sh, argv[0], "too many arguments");
	if (n < 0)
		return sh_builtin_error(sh, argv[0], "%s: shift count out of range", argv[1]);
	if (n > sh->params->n)
		return sh->dash ? sh_builtin_error(sh, argv[0], "can't shift that many") : 1;
	sh_params_set(sh, sh->params->n - (int)n, sh->params->v + n);
	return 0;
}

struct getopts {
	struct sh *sh;
	const char *letters;
	int argc;
	char **argv;
	int64_t ind;
};

static int getopts_result(struct getopts *g, const char *name, char c, const char *arg)
{
	char value[2] = { c, '\0' };
	struct sh *sh = g->sh;

	sh_var_set(sh, "OPTIND", sh_pool_printf(&sh->pool, "%lld", (long long)g->ind));
	if (arg)
		sh_var_set(sh, "OPTARG", arg);
	else
		sh_var_unset(sh, "OPTARG");
	return sh_var_set(sh, name, value) ? 0 : 1;
}

/* The letter between bash's words, or dash's. */
static void getopts_error(const struct getopts *g, const char *bash, const char *dash,
			  const char *letter, const char *behind)
{
	if (g->sh->dash)
		ng_printf(g->sh->err, "%s%s%s\n", dash, letter, behind);
	else
		ng_printf(g->sh->err, "%s: %s%s\n", g->sh->arg0, bash, letter);
}

static int getopts_next(struct getopts *g, const char *name)
{
	struct sh_params *p = g->sh->params;
	bool silent = *g->letters == ':';
	const char *word, *known, *refused;
	char letter[2] = "";

	if (g->ind > g->argc || g->argv[g->ind - 1][0] != '-' || !g->argv[g->ind - 1][1])
		return -1;
	if (!strcmp(g->argv[g->ind - 1], "--")) {
		g->ind++;
		return -1;
	}
	refused = sh_var_get(g->sh, "OPTERR");
	word = g->argv[g->ind - 1];
	if (p->getopts_at < 1 || p->getopts_at >= (int)strlen(word))
		p->getopts_at = 1;
	letter[0] = word[p->getopts_at++];
	known = letter[0] == ':' ? NULL : strchr(g->letters, letter[0]);
	if (!known || known[1] != ':') {
		if (!word[p->getopts_at]) {
			g->ind++;
			p->getopts_at = 0;
		}
		if (known)
			return getopts_result(g, name, letter[0], NULL);
		if (!silent && !(refused && *refused == '0'))
			getopts_error(g, "illegal option -- ", "Illegal option -", letter, "");
		return getopts_result(g, name, '?', silent ? letter : NULL);
	}
	g->ind++;
	known = word + p->getopts_at;
	p->getopts_at = 0;
	if (*known)
		return getopts_result(g, name, letter[0], known);
	if (g->ind <= g->argc)
		return g->ind++, getopts_result(g, name, letter[0], g->argv[g->ind - 2]);
	if (silent)
		return getopts_result(g, name, ':', letter);
	getopts_error(g, "option requires an argument -- ", "No arg for -", letter, " option");
	return getopts_result(g, name, '?', NULL);
}

/**
 * sh_bi_getopts() - getopts letters name [word ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 while there are options.
 */
int sh_bi_getopts(struct sh *sh, int argc, char **argv)
{
	struct getopts g = { .sh = sh, .ind = 1 };
	const char *ind = sh_var_get(sh, "OPTIND");
	int status;

	if (argc < 3 && sh->dash)
		return sh_builtin_error(sh, argv[0], "Usage: getopts optstring var [arg...]");
	if (argc < 3)
		return sh_usage(sh, argv[0]);
	if (sh->dash && !sh_is_name(argv[2]))
		return sh_builtin_error(sh, argv[0], "%s: bad variable name", argv[2]);
	g.letters = argv[1];
	g.argc = argc > 3 ? argc - 3 : sh->params->n;
	g.argv = argc > 3 ? argv + 3 : sh->params->v;
	if (!ind || !sh_number(ind, &g.ind) || g.ind < 1)
		g.ind = 1;
	ng_flush(sh->out);
	status = getopts_next(&g, argv[2]);
	if (status >= 0)
		return status;
	sh->params->getopts_at = 0;
	getopts_result(&g, argv[2], '?', NULL);
	return 1;
}
