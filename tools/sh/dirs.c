/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dirs.c - pushd, popd, dirs: the stack of folders, the current one on top
 */
#include "builtin.h"

#include "../lib/program.h"

#include <stdlib.h>
#include <string.h>

static const char *here(const struct sh *sh)
{
	const char *pwd = sh_var_get(sh, "PWD");

	return pwd ? pwd : "";
}

static void push(struct sh *sh, const char *path)
{
	struct sh_dir *d = sh_xalloc(sizeof(*d));

	d->path = sh_xstrdup(path);
	d->below = sh->dirs;
	sh->dirs = d;
}

static void drop(struct sh *sh)
{
	struct sh_dir *d = sh->dirs;

	sh->dirs = d->below;
	free(d->path);
	free(d);
}

/**
 * sh_dirs_free() - Forgets the stack
 * @sh: the shell
 */
void sh_dirs_free(struct sh *sh)
{
	while (sh->dirs)
		drop(sh);
}

/**
 * sh_dirs_copy() - A subshell gets a stack of its own
 * @to: the copy
 * @from: the shell
 */
void sh_dirs_copy(struct sh *to, const struct sh *from)
{
	struct sh_dir **tail = &to->dirs;

	to->dirs = NULL;
	for (const struct sh_dir *d = from->dirs; d; d = d->below) {
		*tail = sh_xalloc(sizeof(**tail));
		(*tail)->path = sh_xstrdup(d->path);
		tail = &(*tail)->below;
	}
}

/* The home folder is ~ unless @full. */
static void put(struct sh *sh, const char *path, bool full)
{
	const char *home = sh_var_get(sh, "HOME");
	size_t n = home ? strlen(home) : 0;

	if (!full && n > 1 && !strncmp(path, home, n) && (!path[n] || path[n] == '/'))
		ng_printf(sh->out, "~%s", path + n);
	else
		ng_puts(sh->out, path);
}

static void show(struct sh *sh, bool full, char how)
{
	const struct sh_dir *d = sh->dirs;
	const char *path = here(sh);

	for (int i = 0; path; i++) {
		if (how == 'v')
			ng_printf(sh->out, "%2d  ", i);
		put(sh, path, full);
		path = d ? d->path : NULL;
		ng_putc(sh->out, how || !path ? '\n' : ' ');
		d = d ? d->below : NULL;
	}
}

static int go(struct sh *sh, const char *name, const char *path)
{
	char *argv[] = { sh_pool_strdup(&sh->pool, name), sh_pool_strdup(&sh->pool, "--"),
			 sh_pool_strdup(&sh->pool, path), NULL };

	return sh_bi_cd(sh, 3, argv);
}

static bool is_rotation(const char *w)
{
	return (w[0] == '+' || w[0] == '-') && w[1];
}

/**
 * sh_bi_pushd() - pushd [dir]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_pushd(struct sh *sh, int argc, char **argv)
{
	const char *to = argc > 1 ? argv[1] : sh->dirs ? sh->dirs->path : NULL;
	char *old = sh_pool_strdup(&sh->pool, here(sh));
	int status;

	if (!to)
		return sh_builtin_error(sh, argv[0], "no other directory");
	if (argc > 1 && is_rotation(to))
		return ng_not_modelled(sh->task, "sh: pushd %s", to);
	if (argc > 2)
		return sh_builtin_error(sh, argv[0], "too many arguments");
	status = go(sh, argv[0], to);
	if (status)
		return status;
	if (argc == 1)
		drop(sh);
	push(sh, old);
	show(sh, false, 0);
	return 0;
}

/**
 * sh_bi_popd() - popd
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_popd(struct sh *sh, int argc, char **argv)
{
	int status;

	if (argc > 1)
		return ng_not_modelled(sh->task, "sh: popd %s", argv[1]);
	if (!sh->dirs)
		return sh_builtin_error(sh, argv[0], "directory stack empty");
	status = go(sh, argv[0], sh->dirs->path);
	if (status)
		return status;
	drop(sh);
	show(sh, false, 0);
	return 0;
}

/**
 * sh_bi_dirs() - dirs [-clpv]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_dirs(struct sh *sh, int argc, char **argv)
{
	bool full = false;
	char how = 0;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-c")) {
			sh_dirs_free(sh);
			return 0;
		}
		if (!strcmp(argv[i], "-l"))
			full = true;
		else if (!strcmp(argv[i], "-p") || !strcmp(argv[i], "-v"))
			how = argv[i][1];
		else
			return ng_not_modelled(sh->task, "sh: dirs %s", argv[i]);
	}
	show(sh, full, how);
	return 0;
}
