/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * alias.c - alias, unalias, shopt
 *
 * An alias is put into the input when the word of a command is read, as bash
 * does; only after `shopt -s expand_aliases`, as in a script.
 */
#include "builtin.h"
#include "parser.h"

#include "../lib/program.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_ROOM 16384

static struct sh_alias *find(const struct sh *sh, const char *name)
{
	struct sh_alias *a = sh->aliases;

	while (a && strcmp(a->name, name) != 0)
		a = a->next;
	return a;
}

/**
 * sh_alias_value() - What a command's word stands for
 * @arg: the shell
 * @name: the word
 *
 * Return: the text, NULL when it is no alias.
 */
const char *sh_alias_value(void *arg, const char *name)
{
	const struct sh *sh = arg;
	const struct sh_alias *a = sh->expand_aliases ? find(sh, name) : NULL;

	return a ? a->value : NULL;
}

/**
 * sh_alias_set() - Defines an alias
 * @sh: the shell
 * @name: its name
 * @value: what it stands for
 */
void sh_alias_set(struct sh *sh, const char *name, const char *value)
{
	struct sh_alias **tail = &sh->aliases, *a = find(sh, name);

	if (a) {
		free(a->value);
		a->value = sh_xstrdup(value);
		return;
	}
	a = sh_xalloc(sizeof(*a));
	a->name = sh_xstrdup(name);
	a->value = sh_xstrdup(value);
	/* sorted, as they are listed */
	while (*tail && strcmp((*tail)->name, name) < 0)
		tail = &(*tail)->next;
	a->next = *tail;
	*tail = a;
}

/**
 * sh_alias_unset() - Forgets an alias
 * @sh: the shell
 * @name: its name
 *
 * Return: false when there is none of that name.
 */
bool sh_alias_unset(struct sh *sh, const char *name)
{
	struct sh_alias **at = &sh->aliases, *a;

	while (*at && strcmp((*at)->name, name) != 0)
		at = &(*at)->next;
	a = *at;
	if (!a)
		return false;
	*at = a->next;
	free(a->name);
	free(a->value);
	free(a);
	return true;
}

/**
 * sh_aliases_copy() - A subshell has the same
 * @to: the copy
 * @from: the shell
 */
void sh_aliases_copy(struct sh *to, const struct sh *from)
{
	to->aliases = NULL;
	for (const struct sh_alias *a = from->aliases; a; a = a->next)
		sh_alias_set(to, a->name, a->value);
}

/**
 * sh_aliases_free() - Forgets all
 * @sh: the shell
 */
void sh_aliases_free(struct sh *sh)
{
	while (sh->aliases)
		sh_alias_unset(sh, sh->aliases->name);
}

static void show(struct sh *sh, const struct sh_alias *a)
{
	ng_printf(sh->out, "alias %s='", a->name);
	for (const char *s = a->value; *s; s++) {
		if (*s == '\'')
			ng_puts(sh->out, "'\\''");
		else
			ng_putc(sh->out, *s);
	}
	ng_puts(sh->out, "'\n");
}

/**
 * sh_bi_alias() - alias [-p] [name[=value] ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_alias(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, status = 0;
	bool all = false;

	while ((c = sh_option(sh, &o, argc, argv, "p")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		all = true;
	}
	if (all || o.at >= argc) {
		for (const struct sh_alias *a = sh->aliases; a; a = a->next)
			show(sh, a);
	}
	for (; o.at < argc; o.at++) {
		char *word = argv[o.at], *eq = strchr(word + (*word == '='), '=');
		const struct sh_alias *a;

		if (eq) {
			sh_alias_set(sh, sh_pool_strndup(&sh->pool, word, (size_t)(eq - word)),
				     eq + 1);
			continue;
		}
		a = find(sh, word);
		if (a) {
			show(sh, a);
		} else {
			sh_error(sh, "alias: %s: not found", word);
			status = 1;
		}
	}
	return status;
}

/**
 * sh_bi_unalias() - unalias -a, unalias name ...
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_unalias(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, status = 0;

	while ((c = sh_option(sh, &o, argc, argv, "a")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		sh_aliases_free(sh);
		return 0;
	}
	if (o.at >= argc) {
		ng_flush(sh->out);
		ng_puts(ng_stderr(sh->task), "unalias: usage: unalias [-a] name [name ...]\n");
		return SH_STATUS_USAGE;
	}
	for (; o.at < argc; o.at++) {
		if (sh_alias_unset(sh, argv[o.at]))
			continue;
		sh_error(sh, "unalias: %s: not found", argv[o.at]);
		status = 1;
	}
	return status;
}

/* What can be switched; the rest stay as they are, or are not modelled when changed. */
static const struct {
	const char *name;
	size_t offset; /* 0: fixed */
	bool fixed;
} shopts[] = {
	{ "checkwinsize", 0, true },
	{ "expand_aliases", offsetof(struct sh, expand_aliases), false },
	{ "extglob", offsetof(struct sh, extglob), false },
	{ "failglob", 0, false },
	{ "globstar", 0, false },
	{ "dotglob", 0, false },
	{ "inherit_errexit", offsetof(struct sh, inherit_errexit), false },
	{ "lastpipe", 0, false },
	{ "nocaseglob", 0, false },
	{ "nocasematch", 0, false },
	{ "nullglob", offsetof(struct sh, nullglob), false },
	{ "sourcepath", 0, true },
	{ "xpg_echo", 0, false },
};

#define NR_SHOPTS (sizeof(shopts) / sizeof(shopts[0]))

static int one_shopt(struct sh *sh, const char *name, int how, bool quiet)
{
	bool on, *field;
	size_t i;

	for (i = 0; i < NR_SHOPTS && strcmp(shopts[i].name, name) != 0; i++)
		;
	if (i == NR_SHOPTS) {
		sh_error(sh, "shopt: %s: invalid shell option name", name);
		return 1;
	}
	field = shopts[i].offset ? (bool *)((char *)sh + shopts[i].offset) : NULL;
	on = field ? *field : shopts[i].fixed;
	if (how == 's' || how == 'u') {
		if (!field && on != (how == 's'))
			return ng_not_modelled(sh->task, "sh: shopt -%c %s", how, name);
		if (field)
			*field = how == 's';
		return 0;
	}
	if (how == 'p')
		ng_printf(sh->out, "shopt -%c %s\n", on ? 's' : 'u', name);
	else if (!quiet)
		ng_printf(sh->out, "%-15s\t%s\n", name, on ? "on" : "off");
	return !on;
}

/**
 * sh_bi_shopt() - shopt [-s | -u | -p | -q] name ...
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_shopt(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, how = 0, status = 0;
	bool quiet = false;

	while ((c = sh_option(sh, &o, argc, argv, "supqo")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		if (c == 'o')
			return ng_not_modelled(sh->task, "sh: shopt -o");
		if (c == 'q')
			quiet = true;
		else
			how = c;
	}
	if (o.at >= argc)
		return ng_not_modelled(sh->task, "sh: shopt: the list");
	for (; o.at < argc; o.at++) {
		int rc = one_shopt(sh, argv[o.at], how, quiet);

		status = rc ? rc : status;
	}
	return status;
}

/**
 * sh_expand_alias() - Puts what an alias stands for into the input
 * @p: the parser; its token is where a command may begin
 */
void sh_expand_alias(struct sh_parser *p)
{
	const struct sh_token *t = sh_token(p);
	size_t start = t->start, end = p->tok_end, len, i;
	const char *value;
	char *name;

	if (!p->alias || !p->own || t->type != TOK_WORD || t->word->assign || end <= start)
		return;
	name = sh_raw(p, start, end);
	if (!name || strpbrk(name, "'\"\\$`/"))
		return;
	/* not inside what the same alias has put here */
	for (i = 0; i < p->naliases;) {
		if (start >= p->aliases[i].end)
			p->aliases[i] = p->aliases[--p->naliases];
		else
			i++;
	}
	for (i = 0; i < p->naliases; i++) {
		if (!strcmp(p->aliases[i].name, name))
			return;
	}
	value = p->alias(p->alias_arg, name);
	len = value ? strlen(value) : 0;
	if (!value || p->naliases == SH_ALIAS_DEPTH || strlen(name) >= sizeof(p->aliases[0].name) ||
	    p->len + len > SH_TEXT_MAX)
		return;
	if (p->cap < p->len + len + 2)
		p->cap = p->len + len + TEXT_ROOM;
	p->own = sh_xrealloc(p->own, p->cap);
	p->text = p->own;
	memmove(p->own + start + len, p->own + end, p->len - end + 1);
	memcpy(p->own + start, value, len);
	p->len = p->len - (end - start) + len;
	for (i = 0; i < p->naliases; i++)
		p->aliases[i].end += len - (end - start);
	strcpy(p->aliases[p->naliases].name, name);
	p->aliases[p->naliases++].end = start + len;
	p->pos = start;
	p->line = t->line;
	p->have_tok = false;
	sh_expand_alias(p);
	/* after a blank at its end the next word is looked at, too */
	p->alias_next = len && (value[len - 1] == ' ' || value[len - 1] == '\t');
}
