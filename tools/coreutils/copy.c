/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * copy.c - cp of files, mv
 */
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#define PATH_LEN 4096

int cp_main(struct ng_task *task, int argc, char **argv);
int mv_main(struct ng_task *task, int argc, char **argv);

struct copy {
	struct ng_task *task;
	const char *name; /* cp, mv */
	bool move, recursive, verbose, no_clobber, no_target_dir;
	const char *target_dir;
};

static int refuse(const struct copy *c, int err, const char *what, const char *path)
{
	prog_error(c->task, c->name, -err, "%s '%s'", what, path);
	return 1;
}

static int copy_bytes(const struct copy *c, const char *from, const char *to, uint32_t mode)
{
	char buf[4096];
	int in = ng_sys_open(c->task, from, O_RDONLY | O_CLOEXEC, 0), out, status = 0;
	ssize_t n;

	if (in < 0)
		return refuse(c, in, "cannot open", from);
	out = ng_sys_open(c->task, to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode & 0777);
	if (out < 0) {
		ng_sys_close(c->task, in);
		if (out == -EISDIR)
			out = -ENOTDIR; /* "dir/" that is not there */
		if (!c->move)
			return refuse(c, out, "cannot create regular file", to);
		prog_error(c->task, c->name, -out, "cannot move '%s' to '%s'", from, to);
		return 1;
	}
	while ((n = ng_sys_read(c->task, in, buf, sizeof(buf))) > 0) {
		for (ssize_t at = 0; at < n && !status;) {
			ssize_t w = ng_sys_write(c->task, out, buf + at, (size_t)(n - at));

			if (w <= 0)
				status = refuse(c, (int)w, "error writing", to);
			else
				at += w;
		}
		if (status)
			break;
	}
	if (n < 0)
		status = refuse(c, (int)n, "error reading", from);
	ng_sys_close(c->task, in);
	ng_sys_close(c->task, out);
	return status;
}

/* what is said of a rename() that was refused */
static int move_refused(const struct copy *c, int err, const char *from, const char *to)
{
	if (err == -EINVAL)
		prog_error(c->task, c->name, 0,
			   "cannot move '%s' to a subdirectory of itself, '%s'", from, to);
	else
		prog_error(c->task, c->name, -err, "cannot move '%s' to '%s'", from, to);
	return 1;
}

static int move_bytes(const struct copy *c, const char *from, const char *to, uint32_t mode)
{
	int err = copy_bytes(c, from, to, mode), gone;

	if (err)
		return err;
	gone = ng_sys_unlink(c->task, from);
	return gone < 0 ? refuse(c, gone, "cannot remove", from) : 0;
}

static int move_one(const struct copy *c, const char *from, const char *to)
{
	struct ng_stat st, there;
	int err = ng_sys_lstat(c->task, from, &st);
	size_t len = strlen(to);
	bool exists;

	if (err < 0)
		return refuse(c, err, "cannot stat", from);
	exists = ng_sys_lstat(c->task, to, &there) >= 0;
	if (exists && there.dev == st.dev && there.ino == st.ino) {
		prog_error(c->task, c->name, 0, "'%s' and '%s' are the same file", from, to);
		return 1;
	}
	if (exists && c->no_clobber)
		return 0;
	if (exists && S_ISDIR(there.mode) != S_ISDIR(st.mode)) {
		if (S_ISDIR(there.mode))
			prog_error(c->task, c->name, 0,
				   "cannot overwrite directory '%s' with non-directory", to);
		else
			prog_error(c->task, c->name, 0,
				   "cannot overwrite non-directory '%s' with directory '%s'", to,
				   from);
		return 1;
	}
	/* "dir/" that is not there */
	if (!exists && !S_ISDIR(st.mode) && len && to[len - 1] == '/')
		return move_refused(c, -ENOTDIR, from, to);
	err = ng_sys_rename(c->task, from, to);
	if (err == -EXDEV && S_ISREG(st.mode))
		err = move_bytes(c, from, to, st.mode);
	else if (err)
		err = move_refused(c, err, from, to);
	if (!err && c->verbose)
		ng_printf(ng_stdout(c->task), "renamed '%s' -> '%s'\n", from, to);
	return err;
}

static int copy_one(const struct copy *c, const char *from, const char *to)
{
	struct ng_stat st, there;
	int err = ng_sys_stat(c->task, from, &st);
	bool exists;

	if (err < 0)
		return refuse(c, err, "cannot stat", from);
	if (S_ISDIR(st.mode) && !c->recursive) {
		prog_error(c->task, c->name, 0, "-r not specified; omitting directory '%s'", from);
		return 1;
	}
	if (S_ISDIR(st.mode))
		return ng_not_modelled(c->task, "%s of directories", c->name);
	exists = ng_sys_stat(c->task, to, &there) >= 0;
	if (exists && there.dev == st.dev && there.ino == st.ino) {
		prog_error(c->task, c->name, 0, "'%s' and '%s' are the same file", from, to);
		return 1;
	}
	if (exists && S_ISDIR(there.mode)) {
		prog_error(c->task, c->name, 0,
			   "cannot overwrite directory '%s' with non-directory '%s'", to, from);
		return 1;
	}
	if (exists && c->no_clobber)
		return 0;
	err = copy_bytes(c, from, to, st.mode);
	if (!err && c->verbose)
		ng_printf(ng_stdout(c->task), "'%s' -> '%s'\n", from, to);
	return err;
}

static int copy_into(const struct copy *c, const char *from, const char *dir)
{
	char to[PATH_LEN];
	size_t n = strlen(from), d = strlen(dir), at;

	while (n > 1 && from[n - 1] == '/')
		n--;
	for (at = n; at && from[at - 1] != '/'; at--)
		;
	if (d + n - at + 2 > sizeof(to))
		return refuse(c, -ENAMETOOLONG, "cannot stat", from);
	memcpy(to, dir, d);
	if (!d || dir[d - 1] != '/')
		to[d++] = '/';
	memcpy(to + d, from + at, n - at);
	to[d + n - at] = '\0';
	return c->move ? move_one(c, from, to) : copy_one(c, from, to);
}

static int options(struct copy *c, struct ng_getopt *st, int argc, char **argv)
{
	static const struct ng_option longs[] = {
		{ "force", 0, 'f' },   { "recursive", 0, 'r' },	 { "archive", 0, 'a' },
		{ "verbose", 0, 'v' }, { "no-clobber", 0, 'n' }, { "target-directory", 1, 't' },
		{ "help", 0, 1000 },   { "version", 0, 1001 },	 { NULL, 0, 0 }
	};
	int o;

	while ((o = ng_getopt_long(st, argc, argv,
				   c->move ? "bfinuvTt:S:Z" : "abdfiHlLnpPrRsS:t:TuvxZ", longs)) !=
	       -1) {
		if (o == '?')
			return cu_try_help(c->task, argv[0], 1);
		if (!strchr("frRavntTp", o) || o >= 1000)
			return ng_not_modelled(c->task, "%s %s", c->name, argv[st->optind - 1]);
		c->recursive |= o == 'r' || o == 'R' || o == 'a';
		c->verbose |= o == 'v';
		c->no_clobber |= o == 'n';
		c->no_target_dir |= o == 'T';
		if (o == 't')
			c->target_dir = st->optarg;
	}
	return 0;
}

static int run(struct copy *c, int argc, char **argv)
{
	struct ng_getopt st = { .task = c->task };
	struct ng_stat info;
	int status = options(c, &st, argc, argv), err;
	const char *last;

	if (status)
		return status;
	if (st.optind == argc)
		prog_error(c->task, c->name, 0, "missing file operand");
	else if (!c->target_dir && st.optind + 1 == argc)
		prog_error(c->task, c->name, 0, "missing destination file operand after '%s'",
			   argv[st.optind]);
	if (st.optind == argc || (!c->target_dir && st.optind + 1 == argc))
		return cu_try_help(c->task, c->name, 1);
	last = c->target_dir ? c->target_dir : argv[--argc];
	err = c->no_target_dir ? -ENOTDIR : ng_sys_stat(c->task, last, &info);
	if (err >= 0 && !S_ISDIR(info.mode))
		err = -ENOTDIR;
	if (err < 0 && !c->target_dir && st.optind + 1 == argc)
		return c->move ? move_one(c, argv[st.optind], last)
			       : copy_one(c, argv[st.optind], last);
	if (err < 0) {
		prog_error(c->task, c->name, -err,
			   c->target_dir ? "target directory '%s'" : "target '%s'", last);
		return 1;
	}
	for (; st.optind < argc; st.optind++)
		status |= copy_into(c, argv[st.optind], last);
	return status;
}

/**
 * cp_main() - cp [-afnprvT] [-t dir] file ... target
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status. Directories are not modelled.
 */
int cp_main(struct ng_task *task, int argc, char **argv)
{
	struct copy c = { .task = task, .name = "cp" };

	return run(&c, argc, argv);
}

/**
 * mv_main() - mv [-fnvT] [-t dir] file ... target
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status. Directories are not modelled.
 */
int mv_main(struct ng_task *task, int argc, char **argv)
{
	struct copy c = { .task = task, .name = "mv", .move = true };

	return run(&c, argc, argv);
}
