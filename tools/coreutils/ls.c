/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ls.c - ls, names only
 *
 * On a pipe or file ls prints a name per line; columns of a terminal and -l are not modelled.
 */
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#define BATCH 16

int ls_main(struct ng_task *task, int argc, char **argv);

struct ls {
	struct ng_task *task;
	bool all, almost_all, directory, slash, reverse, unsorted;
	char **names;
	size_t n, cap;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add(struct ls *l, const char *name, bool folder)
{
	size_t len = strlen(name);
	char *s = ng_task_alloc(l->task, len + 2);

	memcpy(s, name, len);
	if (folder && l->slash)
		s[len] = '/';
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;

		l->names = ng_task_realloc(l->task, l->names, l->cap * sizeof(*l->names),
					   cap * sizeof(*l->names));
		l->cap = cap;
	}
	l->names[l->n++] = s;
}

static void show(struct ls *l)
{
	if (l->n && !l->unsorted)
		qsort(l->names, l->n, sizeof(*l->names), by_name);
	for (size_t i = 0; i < l->n; i++)
		ng_printf(ng_stdout(l->task), "%s\n", l->names[l->reverse ? l->n - 1 - i : i]);
	l->n = 0;
}

static int list_folder(struct ls *l, const char *path)
{
	struct ng_dirent *ents = ng_task_alloc(l->task, BATCH * sizeof(*ents));
	int fd = ng_sys_open(l->task, path, O_RDONLY | O_DIRECTORY, 0), n;

	if (fd < 0) {
		prog_error(l->task, "ls", -fd, "cannot open directory '%s'", path);
		return 2;
	}
	if (l->all) {
		add(l, ".", true);
		add(l, "..", true);
	}
	while ((n = ng_sys_getdents(l->task, fd, ents, BATCH)) > 0) {
		for (int i = 0; i < n; i++) {
			if (ents[i].name[0] != '.' || l->all || l->almost_all)
				add(l, ents[i].name, S_ISDIR(ents[i].mode));
		}
	}
	ng_sys_close(l->task, fd);
	show(l);
	return 0;
}

static int list(struct ls *l, int n, char **paths)
{
	char **folders = ng_task_alloc(l->task, (size_t)(n + 1) * sizeof(*folders));
	int nfolders = 0, status = 0;
	bool files;

	for (int i = 0; i < n; i++) {
		struct ng_stat st;
		int err = ng_sys_stat(l->task, paths[i], &st);

		if (err < 0) {
			prog_error(l->task, "ls", -err, "cannot access '%s'", paths[i]);
			status = 2;
		} else if (S_ISDIR(st.mode) && !l->directory) {
			folders[nfolders++] = paths[i];
		} else {
			add(l, paths[i], S_ISDIR(st.mode));
		}
	}
	files = l->n > 0;
	show(l);
	qsort(folders, (size_t)nfolders, sizeof(*folders), by_name);
	for (int i = 0; i < nfolders; i++) {
		if (n > 1)
			ng_printf(ng_stdout(l->task), "%s%s:\n", files || i ? "\n" : "",
				  folders[i]);
		status |= list_folder(l, folders[i]);
	}
	return status;
}

/**
 * ls_main() - ls [-1aAdprU] [path ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int ls_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "all", 0, 'a' },	 { "almost-all", 0, 'A' },
		{ "directory", 0, 'd' }, { "reverse", 0, 'r' },
		{ "color", 2, 1002 },	 { "help", 0, 1000 },
		{ "version", 0, 1001 },	 { NULL, 0, 0 }
	};
	struct ng_getopt st = { .task = task };
	struct ls l = { .task = task };
	char here[] = ".", *dot[] = { here, NULL };
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "1aAdprUlhtSRFincgoqsuxCXvZ", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 2);
		if (c == 1002 && (!st.optarg || strcmp(st.optarg, "always")))
			continue;
		if (c >= 1000 || !strchr("1aAdprU", c))
			return ng_not_modelled(task, "ls %s", argv[st.optind - 1]);
		l.all |= c == 'a';
		l.almost_all |= c == 'A';
		l.directory |= c == 'd';
		l.slash |= c == 'p';
		l.reverse |= c == 'r';
		l.unsorted |= c == 'U';
	}
	if (st.optind == argc)
		return list(&l, 1, dot);
	return list(&l, argc - st.optind, argv + st.optind);
}
