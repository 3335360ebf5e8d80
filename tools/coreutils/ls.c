/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ls.c - ls
 *
 * On a pipe or file ls prints a name per line; columns of a terminal are not modelled.
 */
#include "stat.h"
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#define BATCH 16

int ls_main(struct ng_task *task, int argc, char **argv);

enum { SORT_NAME, SORT_TIME, SORT_SIZE, SORT_NONE };

struct entry {
	char *name;
	char *path;
	struct ng_stat st;
};

struct ls {
	struct ng_task *task;
	bool all, almost_all, directory, slash, classify, reverse;
	bool table, human, inode, numeric, no_owner, no_group, follow;
	int sort;
	struct entry *ents;
	size_t n, cap;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static int by_time(const void *a, const void *b)
{
	int64_t x = ((const struct entry *)a)->st.mtime_ns,
		y = ((const struct entry *)b)->st.mtime_ns;

	return x != y ? (x < y ? 1 : -1) : by_name(a, b);
}

static int by_size(const void *a, const void *b)
{
	uint64_t x = ((const struct entry *)a)->st.size, y = ((const struct entry *)b)->st.size;

	return x != y ? (x < y ? 1 : -1) : by_name(a, b);
}

static int by_string(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add(struct ls *l, const char *name, const char *dir)
{
	size_t size = strlen(name) + (dir ? strlen(dir) + 2 : 1);
	struct entry e = { .name = ng_task_strdup(l->task, name) };

	e.path = ng_task_alloc(l->task, size);
	snprintf(e.path, size, "%s%s%s", dir ? dir : "",
		 dir && *dir && dir[strlen(dir) - 1] != '/' ? "/" : "", name);
	if ((!l->follow || ng_sys_stat(l->task, e.path, &e.st) < 0) &&
	    ng_sys_lstat(l->task, e.path, &e.st) < 0)
		return;
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;

		l->ents = ng_task_realloc(l->task, l->ents, l->cap * sizeof(*l->ents),
					  cap * sizeof(*l->ents));
		l->cap = cap;
	}
	l->ents[l->n++] = e;
}

/* 1536 is "1.5K" */
static void size_text(const struct ls *l, uint64_t size, char *buf, size_t len)
{
	static const char units[] = "KMGT";
	uint64_t unit = 1024;
	size_t u = 0;

	if (!l->human || size < 1024) {
		snprintf(buf, len, "%llu", (unsigned long long)size);
		return;
	}
	while (size / unit >= 1024 && u + 1 < sizeof(units) - 1) {
		unit *= 1024;
		u++;
	}
	/* rounded up, one decimal below ten */
	if ((size * 10 + unit - 1) / unit < 100)
		snprintf(buf, len, "%llu.%llu%c",
			 (unsigned long long)((size * 10 + unit - 1) / unit / 10),
			 (unsigned long long)((size * 10 + unit - 1) / unit % 10), units[u]);
	else
		snprintf(buf, len, "%llu%c", (unsigned long long)((size + unit - 1) / unit),
			 units[u]);
}

/* half a year and older: the year instead of the hour */
static void time_text(const struct ls *l, int64_t ns, char *buf, size_t len)
{
	const int64_t half_year = INT64_C(31556952) / 2 * NSEC_PER_SEC;
	int64_t now = ng_sys_clock_realtime(l->task);
	time_t seconds = (time_t)(ns / NSEC_PER_SEC);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	if (ns > now || now - ns > half_year)
		strftime(buf, len, "%b %e  %Y", &tm);
	else
		strftime(buf, len, "%b %e %H:%M", &tm);
}

static void put_row(const struct ls *l, const struct entry *e, const int width[2])
{
	struct ng_out *out = ng_stdout(l->task);
	const char *owner = l->numeric ? "0" : "root";
	char mode[11], size[32], when[32];

	cu_mode_text(e->st.mode, mode);
	size_text(l, e->st.size, size, sizeof(size));
	time_text(l, e->st.mtime_ns, when, sizeof(when));
	ng_printf(out, "%s %*u ", mode, width[0], e->st.nlink);
	if (!l->no_owner)
		ng_printf(out, "%s ", owner);
	if (!l->no_group)
		ng_printf(out, "%s ", owner);
	ng_printf(out, "%*s %s ", width[1], size, when);
}

static char mark(const struct ls *l, const struct ng_stat *st)
{
	if (S_ISDIR(st->mode))
		return l->slash || l->classify ? '/' : 0;
	if (!l->classify)
		return 0;
	return S_ISLNK(st->mode)		      ? (l->table ? 0 : '@')
	       : S_ISFIFO(st->mode)		      ? '|'
	       : S_ISSOCK(st->mode)		      ? '='
	       : S_ISREG(st->mode) && st->mode & 0111 ? '*'
						      : 0;
}

static void put_name(const struct ls *l, const struct entry *e)
{
	struct ng_out *out = ng_stdout(l->task);
	char target[1024];
	char m = mark(l, &e->st);
	int n;

	ng_puts(out, e->name);
	if (l->table && S_ISLNK(e->st.mode)) {
		n = ng_sys_readlink(l->task, e->path, target, sizeof(target));
		if (n >= 0)
			ng_printf(out, " -> %.*s", n, target);
	}
	if (m)
		ng_putc(out, m);
	ng_putc(out, '\n');
}

static void show(struct ls *l, bool total)
{
	int (*const order[])(const void *, const void *) = { by_name, by_time, by_size };
	int width[3] = { 1, 1, 1 };
	uint64_t blocks = 0;
	char text[32];

	if (l->n && l->sort != SORT_NONE)
		qsort(l->ents, l->n, sizeof(*l->ents), order[l->sort]);
	for (size_t i = 0; i < l->n; i++) {
		const struct ng_stat *st = &l->ents[i].st;
		int n = snprintf(text, sizeof(text), "%u", st->nlink);

		width[0] = n > width[0] ? n : width[0];
		size_text(l, st->size, text, sizeof(text));
		width[1] = (int)strlen(text) > width[1] ? (int)strlen(text) : width[1];
		n = snprintf(text, sizeof(text), "%llu", (unsigned long long)st->ino);
		width[2] = n > width[2] ? n : width[2];
		blocks += st->blocks / 2;
	}
	if (l->table && total) {
		size_text(l, l->human ? blocks * 1024 : blocks, text, sizeof(text));
		ng_printf(ng_stdout(l->task), "total %s\n", text);
	}
	for (size_t i = 0; i < l->n; i++) {
		const struct entry *e = &l->ents[l->reverse ? l->n - 1 - i : i];

		if (l->inode)
			ng_printf(ng_stdout(l->task), "%*llu ", width[2],
				  (unsigned long long)e->st.ino);
		if (l->table)
			put_row(l, e, width);
		put_name(l, e);
	}
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
		add(l, ".", path);
		add(l, "..", path);
	}
	while ((n = ng_sys_getdents(l->task, fd, ents, BATCH)) > 0) {
		for (int i = 0; i < n; i++) {
			if (ents[i].name[0] != '.' || l->all || l->almost_all)
				add(l, ents[i].name, path);
		}
	}
	ng_sys_close(l->task, fd);
	show(l, true);
	return 0;
}

static int list(struct ls *l, int n, char **paths)
{
	char **folders = ng_task_alloc(l->task, (size_t)(n + 1) * sizeof(*folders));
	int nfolders = 0, status = 0;
	bool files;

	for (int i = 0; i < n; i++) {
		struct ng_stat st;
		/* with -l a link on the command line is shown, not followed */
		int err = !l->follow && (l->table || l->directory)
				  ? ng_sys_lstat(l->task, paths[i], &st)
				  : ng_sys_stat(l->task, paths[i], &st);

		if (err == -ENOENT && !l->table)
			err = ng_sys_lstat(l->task, paths[i], &st);
		if (err < 0) {
			prog_error(l->task, "ls", -err, "cannot access '%s'", paths[i]);
			status = 2;
		} else if (S_ISDIR(st.mode) && !l->directory) {
			folders[nfolders++] = paths[i];
		} else {
			add(l, paths[i], NULL);
		}
	}
	files = l->n > 0;
	if (files)
		show(l, false);
	qsort(folders, (size_t)nfolders, sizeof(*folders), by_string);
	for (int i = 0; i < nfolders; i++) {
		if (n > 1)
			ng_printf(ng_stdout(l->task), "%s%s:\n", files || i ? "\n" : "",
				  folders[i]);
		status |= list_folder(l, folders[i]);
	}
	return status;
}

static bool take_option(struct ls *l, int c)
{
	switch (c) {
	case '1':
	case 'C':
		return c == '1';
	case 'g':
		l->no_owner = true;
		l->table = true;
		return true;
	case 'o':
		l->no_group = true;
		l->table = true;
		return true;
	case 'n':
		l->numeric = true;
		l->table = true;
		return true;
	case 't':
		l->sort = SORT_TIME;
		return true;
	case 'S':
		l->sort = SORT_SIZE;
		return true;
	case 'U':
		l->sort = SORT_NONE;
		return true;
	default:
		break;
	}
	if (!strchr("aAdFhilprL", c))
		return false;
	l->all |= c == 'a';
	l->almost_all |= c == 'A';
	l->directory |= c == 'd';
	l->follow |= c == 'L';
	l->classify |= c == 'F';
	l->human |= c == 'h';
	l->inode |= c == 'i';
	l->table |= c == 'l';
	l->slash |= c == 'p';
	l->reverse |= c == 'r';
	return true;
}

/**
 * ls_main() - ls [-1aAdFghilLnoprStU] [path ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int ls_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "all", 0, 'a' },
						    { "almost-all", 0, 'A' },
						    { "dereference", 0, 'L' },
						    { "directory", 0, 'd' },
						    { "reverse", 0, 'r' },
						    { "color", 2, 1002 },
						    { "human-readable", 0, 'h' },
						    { "inode", 0, 'i' },
						    { "numeric-uid-gid", 0, 'n' },
						    { "help", 0, 1000 },
						    { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	struct ls l = { .task = task };
	char here[] = ".", *dot[] = { here, NULL };
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "abcdfghiklmnopqrstuvw:xABCDFGHI:LNQRST:UXZ1",
				   options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 2);
		if (c == 1002 && (!st.optarg || strcmp(st.optarg, "always")))
			continue;
		if (c >= 1000 || !take_option(&l, c))
			return ng_not_modelled(task, "ls %s", argv[st.optind - 1]);
	}
	if (st.optind == argc)
		return list(&l, 1, dot);
	return list(&l, argc - st.optind, argv + st.optind);
}
