/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * files.c - mkdir, rmdir, rm, touch
 */
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#define RM_DEPTH 64
#define BATCH 8

int mkdir_main(struct ng_task *task, int argc, char **argv);
int rm_main(struct ng_task *task, int argc, char **argv);
int rmdir_main(struct ng_task *task, int argc, char **argv);
int touch_main(struct ng_task *task, int argc, char **argv);

static int missing(struct ng_task *task, const char *name, const char *what)
{
	prog_error(task, name, 0, "missing %soperand", what);
	return cu_try_help(task, name, 1);
}

/* mkdir -p: all folders on the way */
static int make_parents(struct ng_task *task, const char *path, bool verbose)
{
	char *p = ng_task_strdup(task, path);
	struct ng_stat st;
	int err = 0;

	for (char *s = p + 1;; s++) {
		char c = *s;

		if (c != '/' && c)
			continue;
		*s = '\0';
		err = ng_sys_mkdir(task, p, 0777);
		if (!err && verbose)
			ng_printf(ng_stdout(task), "mkdir: created directory '%s'\n", p);
		if (err == -EEXIST && ng_sys_stat(task, p, &st) >= 0 && S_ISDIR(st.mode))
			err = 0;
		*s = c;
		if (!c || err)
			return err;
	}
}

/**
 * mkdir_main() - mkdir [-pv] folder ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int mkdir_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "parents", 0, 'p' },  { "verbose", 0, 'v' },
						    { "mode", 1, 'm' },	    { "help", 0, 1000 },
						    { "version", 0, 1001 }, { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	bool parents = false, verbose = false;
	int c, status = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "pvm:Z", options)) != -1) {
		if (c >= 1000 || c == 'm' || c == 'Z')
			return ng_not_modelled(task, "mkdir %s", argv[st.optind - 1]);
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		parents |= c == 'p';
		verbose |= c == 'v';
	}
	if (st.optind == argc)
		return missing(task, "mkdir", "");
	for (; st.optind < argc; st.optind++) {
		const char *path = argv[st.optind];
		int err = parents ? make_parents(task, path, verbose)
				  : ng_sys_mkdir(task, path, 0777);

		if (!err && verbose && !parents)
			ng_printf(ng_stdout(task), "mkdir: created directory '%s'\n", path);
		if (err < 0) {
			prog_error(task, "mkdir", -err, "cannot create directory '%s'", path);
			status = 1;
		}
	}
	return status;
}

/**
 * rmdir_main() - rmdir folder ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int rmdir_main(struct ng_task *task, int argc, char **argv)
{
	int at = cu_no_options(task, argc, argv, ""), status = 0;

	if (at < 0)
		return -1 - at;
	if (at == argc)
		return missing(task, "rmdir", "");
	for (; at < argc; at++) {
		int err = ng_sys_rmdir(task, argv[at]);

		if (err < 0) {
			prog_error(task, "rmdir", -err, "failed to remove '%s'", argv[at]);
			status = 1;
		}
	}
	return status;
}

struct rm {
	struct ng_task *task;
	bool force, recursive, dirs, verbose;
};

static int rm_path(struct rm *r, const char *path, int depth);

/**
 * cu_list_folder() - All names in a folder, before it changes under our hands
 * @task: the program
 * @path: the folder
 * @names: grows by their paths
 * @n: how many there are
 *
 * Return: 0 or -errno.
 */
int cu_list_folder(struct ng_task *task, const char *path, char ***names, size_t *n)
{
	struct ng_dirent *ents = ng_task_alloc(task, BATCH * sizeof(*ents));
	int fd = ng_sys_open(task, path, O_RDONLY | O_DIRECTORY, 0), got;

	if (fd < 0)
		return fd;
	while ((got = ng_sys_getdents(task, fd, ents, BATCH)) > 0) {
		*names = ng_task_realloc(task, *names, *n * sizeof(**names),
					 (*n + (size_t)got) * sizeof(**names));
		for (int i = 0; i < got; i++) {
			char *child = ng_task_alloc(task, strlen(path) + strlen(ents[i].name) + 2);

			strcpy(child, path);
			strcat(child, *path && path[strlen(path) - 1] == '/' ? "" : "/");
			strcat(child, ents[i].name);
			(*names)[(*n)++] = child;
		}
	}
	ng_sys_close(task, fd);
	return got;
}

static int rm_folder(struct rm *r, const char *path, int depth)
{
	char **names = NULL;
	size_t n = 0;
	int status = 0, err;

	if (depth > RM_DEPTH)
		return ng_not_modelled(r->task, "rm of folders deeper than %d", RM_DEPTH);
	err = cu_list_folder(r->task, path, &names, &n);
	if (err < 0) {
		prog_error(r->task, "rm", -err, "cannot remove '%s'", path);
		return 1;
	}
	for (size_t i = 0; i < n; i++)
		status |= rm_path(r, names[i], depth + 1);
	err = status ? -ENOTEMPTY : ng_sys_rmdir(r->task, path);
	if (err < 0 && !status)
		prog_error(r->task, "rm", -err, "cannot remove '%s'", path);
	if (!err && r->verbose)
		ng_printf(ng_stdout(r->task), "removed directory '%s'\n", path);
	return err < 0;
}

static int rm_path(struct rm *r, const char *path, int depth)
{
	struct ng_stat st;
	int err = ng_sys_lstat(r->task, path, &st);

	if (err >= 0 && S_ISDIR(st.mode)) {
		if (r->recursive)
			return rm_folder(r, path, depth);
		err = r->dirs ? ng_sys_rmdir(r->task, path) : -EISDIR;
	} else {
		err = ng_sys_unlink(r->task, path);
	}
	if (err == -ENOENT && r->force)
		return 0;
	if (err < 0) {
		prog_error(r->task, "rm", -err, "cannot remove '%s'", path);
		return 1;
	}
	if (r->verbose)
		ng_printf(ng_stdout(r->task), "removed '%s'\n", path);
	return 0;
}

/**
 * rm_main() - rm [-dfrRv] file ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int rm_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "force", 0, 'f' }, { "recursive", 0, 'r' },
						    { "dir", 0, 'd' },	 { "verbose", 0, 'v' },
						    { "help", 0, 1000 }, { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	struct rm r = { .task = task };
	int c, status = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "frRdviI", options)) != -1) {
		if (c >= 1000 || c == 'i' || c == 'I')
			return ng_not_modelled(task, "rm %s", argv[st.optind - 1]);
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		r.force |= c == 'f';
		r.recursive |= c == 'r' || c == 'R';
		r.dirs |= c == 'd';
		r.verbose |= c == 'v';
	}
	if (st.optind == argc)
		return r.force ? 0 : missing(task, "rm", "");
	for (; st.optind < argc; st.optind++)
		status |= rm_path(&r, argv[st.optind], 0);
	return status;
}

/**
 * touch_main() - touch [-c] file ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status. Unlike coreutils: times of files that are there do not change.
 */
int touch_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "no-create", 0, 'c' }, { "help", 0, 1000 }, { "version", 0, 1001 }, { NULL, 0, 0 }
	};
	struct ng_getopt st = { .task = task };
	bool create = true;
	struct ng_stat info;
	int c, status = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "cad:fhmr:t:", options)) != -1) {
		if (c >= 1000 || (c != 'c' && c != '?'))
			return ng_not_modelled(task, "touch %s", argv[st.optind - 1]);
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		create = false;
	}
	if (st.optind == argc)
		return missing(task, "touch", "file ");
	for (; st.optind < argc; st.optind++) {
		const char *path = argv[st.optind];
		int fd;

		if (ng_sys_stat(task, path, &info) >= 0 || !create)
			continue;
		fd = ng_sys_open(task, path, O_WRONLY | O_CREAT, 0666);
		if (fd < 0) {
			prog_error(task, "touch", -fd, "cannot touch '%s'", path);
			status = 1;
		} else {
			ng_sys_close(task, fd);
		}
	}
	return status;
}
