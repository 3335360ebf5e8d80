/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * paths.c - which, readlink, realpath, nproc, clear: where things are
 */
#include "util.h"

#include <errno.h>
#include <sys/stat.h>

#define LINKS_MAX 40
#define PATH_LEN 4096

int clear_main(struct ng_task *task, int argc, char **argv);
int nproc_main(struct ng_task *task, int argc, char **argv);
int readlink_main(struct ng_task *task, int argc, char **argv);
int realpath_main(struct ng_task *task, int argc, char **argv);
int which_main(struct ng_task *task, int argc, char **argv);

static bool runnable(struct ng_task *task, const char *path)
{
	struct ng_stat st;

	return ng_sys_stat(task, path, &st) >= 0 && S_ISREG(st.mode) && st.mode & 0111;
}

static bool which_one(struct ng_task *task, const char *name, bool all)
{
	const char *path = ng_task_getenv(task, "PATH");
	bool found = false;
	char full[PATH_LEN];

	if (strchr(name, '/')) {
		if (!runnable(task, name))
			return false;
		ng_printf(ng_stdout(task), "%s\n", name);
		return true;
	}
	for (path = path ? path : ""; *path && (all || !found);) {
		size_t n = strcspn(path, ":");

		if (n + strlen(name) + 3 < sizeof(full)) {
			memcpy(full, n ? path : ".", n ? n : 1);
			full[n ? n : 1] = '\0';
			strcat(full, "/");
			strcat(full, name);
			if (runnable(task, full)) {
				ng_printf(ng_stdout(task), "%s\n", full);
				found = true;
			}
		}
		path += n + (path[n] == ':');
	}
	return found;
}

/**
 * which_main() - which [-a] name ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 when all were found, 1 when not, 2 for a bad option.
 */
int which_main(struct ng_task *task, int argc, char **argv)
{
	bool all = false;
	int i = 1, status;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		if (!strcmp(argv[i], "--")) {
			i++;
			break;
		}
		for (const char *c = argv[i] + 1; *c; c++) {
			if (*c != 'a') {
				ng_printf(ng_stderr(task), "Illegal option -%c\n", *c);
				ng_puts(ng_stdout(task), "Usage: /usr/bin/which [-a] args\n");
				return 2;
			}
			all = true;
		}
	}
	status = i == argc;
	for (; i < argc; i++)
		status |= !which_one(task, argv[i], all);
	return status;
}

/**
 * nproc_main() - nproc [--all]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status. The world's machine has one processor.
 */
int nproc_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "all", 0, 'a' },
						    { "ignore", 1, 'i' },
						    { "help", 0, 1000 },
						    { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c != 'a')
			return ng_not_modelled(task, "nproc %s", argv[st.optind - 1]);
	}
	if (st.optind < argc) {
		prog_error(task, "nproc", 0, "extra operand '%s'", argv[st.optind]);
		return cu_try_help(task, argv[0], 1);
	}
	ng_puts(ng_stdout(task), "1\n");
	return 0;
}

/* What must be there. */
enum must { MUST_ALL, MUST_BUT_LAST, MUST_NOTHING };

struct walk {
	struct ng_task *task;
	enum must must;
	bool keep_links;
	char done[PATH_LEN]; /* without a "/" at its end */
	char todo[PATH_LEN];
};

static int walk_step(struct walk *w, const char *name, bool last, int *links)
{
	size_t len = strlen(w->done);
	char link[PATH_LEN], rest[PATH_LEN];
	struct ng_stat st;
	int n;

	if (len + strlen(name) + 2 > sizeof(w->done))
		return -ENAMETOOLONG;
	strcat(strcat(w->done, "/"), name);
	n = w->keep_links ? -EINVAL : ng_sys_readlink(w->task, w->done, link, sizeof(link) - 1);
	if (n >= 0) {
		if (++*links > LINKS_MAX)
			return -ELOOP;
		link[n] = '\0';
		if ((size_t)n + strlen(w->todo) + 2 > sizeof(rest))
			return -ENAMETOOLONG;
		strcpy(rest, w->todo);
		strcpy(w->todo, link);
		if (*rest)
			strcat(strcat(w->todo, "/"), rest);
		w->done[link[0] == '/' ? 0 : len] = '\0';
		return 0;
	}
	if (w->must == MUST_NOTHING)
		return 0;
	n = ng_sys_stat(w->task, w->done, &st);
	if (n < 0)
		return last && w->must == MUST_BUT_LAST && n == -ENOENT ? 0 : n;
	return !last && !S_ISDIR(st.mode) ? -ENOTDIR : 0;
}

/* The path without links, "." and ".."; 0 or -errno */
static int canonical(struct walk *w, const char *path)
{
	int links = 0, err = 0;

	if (!*path)
		return -ENOENT;
	if (strlen(path) >= sizeof(w->todo))
		return -ENAMETOOLONG;
	w->done[0] = '\0';
	if (*path != '/') {
		err = ng_sys_getcwd(w->task, w->done, sizeof(w->done));
		if (err < 0)
			return err;
		if (!strcmp(w->done, "/"))
			w->done[0] = '\0';
	}
	strcpy(w->todo, path);
	while (err >= 0 && *w->todo) {
		size_t skip = strspn(w->todo, "/"), n = strcspn(w->todo + skip, "/");
		char name[256];

		if (n >= sizeof(name))
			return -ENAMETOOLONG;
		memcpy(name, w->todo + skip, n);
		name[n] = '\0';
		memmove(w->todo, w->todo + skip + n, strlen(w->todo + skip + n) + 1);
		if (!n || !strcmp(name, "."))
			continue;
		if (!strcmp(name, "..")) {
			char *slash = strrchr(w->done, '/');

			if (slash)
				*slash = '\0';
			continue;
		}
		err = walk_step(w, name, w->todo[strspn(w->todo, "/")] == '\0', &links);
	}
	if (!w->done[0])
		strcpy(w->done, "/");
	return err < 0 ? err : 0;
}

static int missing_operand(struct ng_task *task, const char *name)
{
	prog_error(task, name, 0, "missing operand");
	return cu_try_help(task, name, 1);
}

/**
 * readlink_main() - readlink [-efmnqsv] file ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int readlink_main(struct ng_task *task, int argc, char **argv)
{
	struct walk *w = ng_task_alloc(task, sizeof(*w));
	struct ng_getopt st = { .task = task };
	bool canon = false, newline = true, verbose = false;
	int c, err, status = 0;

	w->task = task;
	while ((c = ng_getopt_long(&st, argc, argv, "efmnqsvz", NULL)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'z')
			return ng_not_modelled(task, "readlink -z");
		if (c == 'e' || c == 'f' || c == 'm') {
			canon = true;
			w->must = c == 'e' ? MUST_ALL : c == 'f' ? MUST_BUT_LAST : MUST_NOTHING;
		}
		newline &= c != 'n';
		verbose = c == 'v' || (verbose && c != 'q' && c != 's');
	}
	if (st.optind == argc)
		return missing_operand(task, "readlink");
	if (argc - st.optind > 1 && !newline) {
		prog_error(task, "readlink", 0, "ignoring --no-newline with multiple arguments");
		newline = true;
	}
	for (; st.optind < argc; st.optind++) {
		const char *path = argv[st.optind];

		err = canon ? canonical(w, path)
			    : ng_sys_readlink(task, path, w->done, sizeof(w->done) - 1);
		if (err < 0) {
			status = 1;
			if (verbose)
				prog_error(task, "readlink", -err, "%s", path);
			continue;
		}
		if (!canon)
			w->done[err] = '\0';
		ng_printf(ng_stdout(task), "%s%s", w->done, newline ? "\n" : "");
	}
	return status;
}

/**
 * realpath_main() - realpath [-emqs] file ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int realpath_main(struct ng_task *task, int argc, char **argv)
{
	struct walk *w = ng_task_alloc(task, sizeof(*w));
	struct ng_getopt st = { .task = task };
	bool quiet = false;
	int c, err, status = 0;

	w->task = task;
	w->must = MUST_BUT_LAST;
	while ((c = ng_getopt_long(&st, argc, argv, "emqszLP", NULL)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'z' || c == 'L')
			return ng_not_modelled(task, "realpath -%c", c);
		if (c == 'e' || c == 'm')
			w->must = c == 'e' ? MUST_ALL : MUST_NOTHING;
		quiet |= c == 'q';
		w->keep_links |= c == 's';
	}
	if (st.optind == argc)
		return missing_operand(task, "realpath");
	for (; st.optind < argc; st.optind++) {
		err = canonical(w, argv[st.optind]);
		if (err >= 0) {
			ng_printf(ng_stdout(task), "%s\n", w->done);
			continue;
		}
		status = 1;
		if (!quiet)
			prog_error(task, "realpath", -err, "%s", argv[st.optind]);
	}
	return status;
}

/**
 * clear_main() - clear
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 for a terminal that cannot.
 */
int clear_main(struct ng_task *task, int argc, char **argv)
{
	const char *term = ng_task_getenv(task, "TERM");

	if (argc > 1)
		return ng_not_modelled(task, "clear %s", argv[1]);
	if (!term || !*term) {
		ng_puts(ng_stderr(task), "TERM environment variable not set.\n");
		return 1;
	}
	if (!strcmp(term, "dumb"))
		return 1;
	if (strncmp(term, "xterm", 5))
		return ng_not_modelled(task, "clear on a terminal of type %s", term);
	ng_puts(ng_stdout(task), "\033[H\033[2J\033[3J");
	return 0;
}
