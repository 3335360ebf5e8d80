/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glob.c - file names for a pattern, from the world's file system
 */
#include "sh.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 16
#define DEPTH_MAX 32
#define MATCH_MAX 100000

struct glob {
	struct sh *sh;
	struct sh_args *args;
	int found;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in a folder that match, sorted. */
static void list_matches(struct sh *sh, const char *dir, const char *pattern, struct sh_args *ret)
{
	struct ng_dirent *ents = sh_pool_alloc(&sh->pool, BATCH * sizeof(*ents));
	int fd = ng_sys_open(sh->task, *dir ? dir : ".", O_RDONLY | O_DIRECTORY, 0);
	int n;

	if (fd < 0)
		return;
	while ((n = ng_sys_getdents(sh->task, fd, ents, BATCH)) > 0) {
		for (int i = 0; i < n; i++) {
			if (ents[i].name[0] == '.' && pattern[0] != '.')
				continue;
			if (sh_match(sh, pattern, ents[i].name, strlen(ents[i].name)) &&
			    ret->n < MATCH_MAX)
				sh_args_add(ret, sh_pool_strdup(&sh->pool, ents[i].name));
		}
	}
	ng_sys_close(sh->task, fd);
	if (ret->n)
		qsort(ret->v, (size_t)ret->n, sizeof(*ret->v), by_name);
}

static void glob_from(struct glob *g, const char *dir, const char *pattern, int depth)
{
	struct sh_pool *pool = &g->sh->pool;
	size_t n = strcspn(pattern, "/"), slashes;
	struct sh_args names = { .pool = pool };
	struct ng_stat st;
	char *head;

	slashes = strspn(pattern + n, "/");
	head = sh_pool_strndup(pool, pattern, n);
	if (depth > DEPTH_MAX || g->found >= MATCH_MAX)
		return;
	if (!sh_has_glob(head) && !(g->sh->extglob && sh_has_group(head)))
		sh_args_add(&names, sh_unescape(pool, head));
	else
		list_matches(g->sh, dir, head, &names);
	for (int i = 0; i < names.n; i++) {
		char *path = sh_pool_printf(pool, "%s%s%.*s", dir, names.v[i], (int)slashes,
					    pattern + n);

		if (pattern[n + slashes]) {
			glob_from(g, path, pattern + n + slashes, depth + 1);
		} else if (ng_sys_stat(g->sh->task, path, &st) >= 0) {
			sh_args_add(g->args, path);
			g->found++;
		}
	}
}

/**
 * sh_glob() - Adds the names of the files a pattern matches
 * @sh: the shell
 * @pattern: with backslashes before what was quoted
 * @args: where to add them, sorted
 *
 * Return: how many.
 */
int sh_glob(struct sh *sh, const char *pattern, struct sh_args *args)
{
	struct glob g = { sh, args, 0 };
	size_t slashes = strspn(pattern, "/");

	glob_from(&g, sh_pool_strndup(&sh->pool, pattern, slashes), pattern + slashes, 0);
	return g.found;
}
