/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cd.c - cd and pwd: the folder the shell is in, by the name it went there with
 *
 * sh_cwd_begin()       what $PWD says when that is true, else the kernel's name
 * sh_bi_cd()
 *   in_cdpath()        $CDPATH
 *   go()
 *     logical()        . and .. taken out of the text: a link's name stays
 */
#include "builtin.h"

#include <stdlib.h>
#include <string.h>

#define PATH_ROOM 4096

static char *kernel_name(struct sh *sh)
{
	char *cwd = sh_pool_alloc(&sh->pool, PATH_ROOM);
	int err = ng_sys_getcwd(sh->task, cwd, PATH_ROOM);

	return err < 0 ? NULL : cwd;
}

static bool same_folder(struct sh *sh, const char *a, const char *b)
{
	struct ng_stat x, y;

	return ng_sys_stat(sh->task, a, &x) >= 0 && ng_sys_stat(sh->task, b, &y) >= 0 &&
	       x.dev == y.dev && x.ino == y.ino;
}

static void set_cwd(struct sh *sh, const char *path)
{
	char *old = sh->cwd;

	sh->cwd = sh_xstrdup(path);
	free(old);
}

/**
 * sh_cwd_begin() - Where the shell is when it starts
 * @sh: the shell
 */
void sh_cwd_begin(struct sh *sh)
{
	const char *pwd = sh_var_get(sh, "PWD");

	if (!pwd || *pwd != '/' || !same_folder(sh, pwd, "."))
		pwd = kernel_name(sh);
	set_cwd(sh, pwd);
	if (!pwd)
		return;
	sh_var_set(sh, "PWD", pwd);
	sh_var_make(sh, "PWD")->flags |= SH_VAR_EXPORT;
}

/* @dir seen from the folder at hand, without . and ..; bash wants what stands before a .. to be there. */
static char *logical(struct sh *sh, const char *dir)
{
	char *out, *end;
	struct ng_stat st;

	if (*dir != '/' && !sh->cwd)
		return NULL;
	out = *dir == '/'
		      ? sh_pool_strdup(&sh->pool, dir)
		      : sh_pool_printf(&sh->pool, "%s%s%s", sh->cwd, sh->cwd[1] ? "/" : "", dir);
	dir = sh_pool_strdup(&sh->pool, out);
	end = out + 1 + (dir[1] == '/' && dir[2] != '/');
	for (dir += strspn(dir, "/"); *dir; dir += strspn(dir, "/")) {
		size_t n = strcspn(dir, "/");

		if (n == 2 && !memcmp(dir, "..", 2)) {
			*end = '\0';
			if (!sh->dash && (ng_sys_stat(sh->task, out, &st) < 0))
				return NULL;
			while (end > out + 1 && *--end != '/')
				;
		} else if (n != 1 || *dir != '.') {
			if (end[-1] != '/')
				*end++ = '/';
			memmove(end, dir, n);
			end += n;
		}
		dir += n;
	}
	*end = '\0';
	return out;
}

static void moved(struct sh *sh, const char *path)
{
	const char *old = sh_var_get(sh, "PWD");

	if (old)
		sh_var_set(sh, "OLDPWD", old);
	sh_var_make(sh, "OLDPWD")->flags |= SH_VAR_EXPORT;
	set_cwd(sh, path);
	if (path)
		sh_var_set(sh, "PWD", path);
}

static int go(struct sh *sh, const char *dir, bool physical)
{
	char *path = physical ? NULL : logical(sh, dir);
	int err = path ? ng_sys_chdir(sh->task, path) : -1;

	if (err < 0) {
		err = ng_sys_chdir(sh->task, dir);
		path = err < 0 ? NULL : kernel_name(sh);
	}
	if (err >= 0)
		moved(sh, path);
	return err;
}

/* Where $CDPATH finds it, or @dir. */
static const char *in_cdpath(struct sh *sh, const char *dir, bool *ret_show)
{
	const char *at = sh_var_get(sh, "CDPATH");
	size_t first = strcspn(dir, "/");
	struct ng_stat st;

	*ret_show = false;
	if (!at || !*dir || *dir == '/' || (first <= 2 && !memcmp(dir, "..", first)))
		return dir;
	for (;;) {
		size_t n = strcspn(at, ":");
		char *full = sh_pool_printf(&sh->pool, "%.*s%s%s", (int)n, at,
					    n && at[n - 1] != '/' ? "/" : "", dir);

		if (ng_sys_stat(sh->task, full, &st) >= 0 && (st.mode & 0170000) == 0040000) {
			*ret_show = n > 0;
			return full;
		}
		if (!at[n])
			return dir;
		at += n + 1;
	}
}

/* The folder cd was given, or the one it means; NULL: there is none, and *@ret is the status. */
static const char *target(struct sh *sh, const char *name, const char *arg, bool *ret_show,
			  int *ret)
{
	const char *dir = arg ? arg : sh_var_get(sh, "HOME");

	*ret_show = false;
	*ret = 0;
	if (!dir && !sh->dash)
		*ret = sh_builtin_error(sh, name, "HOME not set");
	if (!arg || strcmp(arg, "-") != 0)
		return dir ? in_cdpath(sh, dir, ret_show) : NULL;
	dir = sh_var_get(sh, "OLDPWD");
	*ret_show = true;
	if (!dir && sh->dash)
		return sh->cwd;
	if (!dir)
		*ret = sh_builtin_error(sh, name, "OLDPWD not set");
	return dir;
}

/**
 * sh_bi_cd() - cd [-LP] [folder]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_cd(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	bool physical = false, show;
	const char *dir;
	int c, err;

	while ((c = sh_option(sh, &o, argc, argv, sh->dash ? "LP" : "LPe@")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		if (c == 'L' || c == 'P')
			physical = c == 'P';
	}
	if (o.at + 1 < argc && !sh->dash)
		return sh_builtin_error(sh, argv[0], "too many arguments");
	dir = target(sh, argv[0], o.at < argc ? argv[o.at] : NULL, &show, &c);
	if (!dir)
		return c;
	err = *dir ? go(sh, dir, physical) : 0;
	if (err < 0 && sh->dash)
		return sh_builtin_error(sh, argv[0], "can't cd to %s", dir);
	if (err < 0)
		return sh_builtin_error(sh, argv[0], "%s: %s", dir, ng_strerror(-err));
	if (show)
		ng_printf(sh->out, "%s\n", sh->cwd ? sh->cwd : dir);
	return 0;
}

/**
 * sh_bi_pwd() - pwd [-LP]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_pwd(struct sh *sh, int argc, char **argv)
{
	char *cwd = sh_pool_alloc(&sh->pool, PATH_ROOM);
	struct sh_opts o = { 0 };
	bool physical = false;
	int c;

	while ((c = sh_option(sh, &o, argc, argv, "LP")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		physical = c == 'P';
	}
	if (sh->cwd && !physical) {
		ng_printf(sh->out, "%s\n", sh->cwd);
		return 0;
	}
	c = ng_sys_getcwd(sh->task, cwd, PATH_ROOM);
	if (c < 0)
		return sh_builtin_error(sh, argv[0],
					"error retrieving current directory: getcwd: %s",
					ng_strerror(-c));
	ng_printf(sh->out, "%s\n", cwd);
	return 0;
}
