/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * link.c - ln -s, chmod, mktemp, truncate
 */
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int chmod_main(struct ng_task *task, int argc, char **argv);
int ln_main(struct ng_task *task, int argc, char **argv);
int mktemp_main(struct ng_task *task, int argc, char **argv);
int truncate_main(struct ng_task *task, int argc, char **argv);

struct ln {
	struct ng_task *task;
	bool force, no_dereference, verbose, no_directory;
};

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static int ln_one(const struct ln *l, const char *target, const char *name)
{
	struct ng_stat st;
	int err;

	err = ng_sys_symlink(l->task, target, name);
	if (err == -EEXIST && l->force && ng_sys_lstat(l->task, name, &st) >= 0) {
		if (S_ISDIR(st.mode)) {
			prog_error(l->task, "ln", 0, "%s: cannot overwrite directory", name);
			return 1;
		}
		ng_sys_unlink(l->task, name);
		err = ng_sys_symlink(l->task, target, name);
	}
	if (err) {
		prog_error(l->task, "ln", -err, "failed to create symbolic link '%s'", name);
		return 1;
	}
	if (l->verbose)
		ng_printf(ng_stdout(l->task), "'%s' -> '%s'\n", name, target);
	return 0;
}

static bool is_folder(const struct ln *l, const char *path)
{
	struct ng_stat st;

	if (l->no_directory)
		return false;
	return (l->no_dereference ? ng_sys_lstat(l->task, path, &st)
				  : ng_sys_stat(l->task, path, &st)) >= 0 &&
	       S_ISDIR(st.mode);
}

static int ln_all(const struct ln *l, int n, char **words)
{
	const char *dir = words[n - 1];
	int status = 0;

	if (n == 1)
		return ln_one(l, words[0], last_part(words[0]));
	if (n == 2 && !is_folder(l, dir))
		return ln_one(l, words[0], dir);
	if (!is_folder(l, dir)) {
		struct ng_stat st;
		int err = ng_sys_stat(l->task, dir, &st);

		prog_error(l->task, "ln", err < 0 ? -err : ENOTDIR, "target '%s'", dir);
		return 1;
	}
	for (int i = 0; i + 1 < n; i++) {
		const char *base = last_part(words[i]);
		size_t size = strlen(dir) + strlen(base) + 2;
		char *path = ng_task_alloc(l->task, size);

		snprintf(path, size, "%s%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", base);
		status |= ln_one(l, words[i], path);
	}
	return status;
}

/**
 * ln_main() - ln -s [-fnvT] target ... name
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status. Hard links are not modelled.
 */
int ln_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "symbolic", 0, 's' },	      { "force", 0, 'f' },
		{ "no-dereference", 0, 'n' }, { "no-target-directory", 0, 'T' },
		{ "verbose", 0, 'v' },	      { "help", 0, 1000 },
		{ "version", 0, 1001 },	      { NULL, 0, 0 }
	};
	struct ng_getopt st = { .task = task };
	struct ln l = { .task = task };
	bool symbolic = false;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "sfnTvbdFiLPrS:t:", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c >= 1000 || !strchr("sfnTv", c))
			return ng_not_modelled(task, "ln %s", argv[st.optind - 1]);
		symbolic |= c == 's';
		l.force |= c == 'f';
		l.no_dereference |= c == 'n';
		l.no_directory |= c == 'T';
		l.verbose |= c == 'v';
	}
	if (st.optind == argc) {
		prog_error(task, "ln", 0, "missing file operand");
		return cu_try_help(task, "ln", 1);
	}
	if (!symbolic)
		return ng_not_modelled(task, "ln without -s");
	return ln_all(&l, argc - st.optind, argv + st.optind);
}

/* "u+x,go-w" or "755": false when it is neither. */
static bool apply_mode(const char *text, uint32_t old, bool folder, uint32_t *ret)
{
	uint32_t mode = old & 07777;
	char *end;

	if (*text >= '0' && *text <= '7') {
		*ret = (uint32_t)strtoul(text, &end, 8);
		return !*end && *ret <= 07777;
	}
	for (;;) {
		uint32_t who = 0, bits = 0;
		bool all = false;
		char op;

		for (; *text && strchr("ugoa", *text); text++)
			who |= *text == 'u'   ? 04700
			       : *text == 'g' ? 02070
			       : *text == 'o' ? 01007
					      : 07777;
		if (!who) {
			who = 07777;
			all = true;
		}
		op = *text++;
		if (op != '+' && op != '-' && op != '=')
			return false;
		for (; *text && strchr("rwxXst", *text); text++) {
			bits |= *text == 'r'   ? 0444
				: *text == 'w' ? 0222
				: *text == 'x' ? 0111
				: *text == 'X' ? (folder || old & 0111 ? 0111 : 0)
				: *text == 's' ? 06000
					       : 01000;
		}
		bits &= who & (all ? ~022U : ~0U);
		mode = op == '+' ? mode | bits : op == '-' ? mode & ~bits : (mode & ~who) | bits;
		*ret = mode;
		if (!*text)
			return true;
		if (*text++ != ',')
			return false;
	}
}

/**
 * chmod_main() - chmod mode file ...
 * @task: the program
 * @argc: number of words
 * @argv: the words; a mode may begin with '-'
 *
 * Return: the status. Everybody is root: permissions other than x stop nobody.
 */
int chmod_main(struct ng_task *task, int argc, char **argv)
{
	int i = 1, status = 0;
	const char *text;
	uint32_t mode;

	while (i < argc && argv[i][0] == '-' && strchr("-Rcfv", argv[i][1]) && argv[i][1]) {
		if (strcmp(argv[i], "--") != 0)
			return ng_not_modelled(task, "chmod %s", argv[i]);
		i++;
		break;
	}
	if (i >= argc) {
		prog_error(task, "chmod", 0, "missing operand");
		return cu_try_help(task, "chmod", 1);
	}
	text = argv[i++];
	if (!apply_mode(text, 0, false, &mode)) {
		prog_error(task, "chmod", 0, "invalid mode: '%s'", text);
		return cu_try_help(task, "chmod", 1);
	}
	if (i == argc) {
		prog_error(task, "chmod", 0, "missing operand after '%s'", text);
		return cu_try_help(task, "chmod", 1);
	}
	for (; i < argc; i++) {
		struct ng_stat st;
		int err = ng_sys_stat(task, argv[i], &st);

		if (err < 0) {
			prog_error(task, "chmod", -err, "cannot access '%s'", argv[i]);
			status = 1;
			continue;
		}
		apply_mode(text, st.mode, S_ISDIR(st.mode), &mode);
		err = ng_sys_chmod(task, argv[i], mode);
		if (err < 0) {
			prog_error(task, "chmod", -err, "changing permissions of '%s'", argv[i]);
			status = 1;
		}
	}
	return status;
}

static void fill_x(struct ng_task *task, char *x, size_t n)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	uint8_t chance[64];

	ng_sys_getrandom(task, chance, n < sizeof(chance) ? n : sizeof(chance));
	for (size_t i = 0; i < n; i++)
		x[i] = letters[chance[i % sizeof(chance)] % (sizeof(letters) - 1)];
}

struct mktemp {
	struct ng_task *task;
	bool folder, dry, quiet, in_tmp;
	const char *dir, *suffix;
};

static int make_temp(const struct mktemp *m, const char *template)
{
	const char *kind = m->folder ? "directory" : "file";
	size_t size = strlen(template) + (m->dir ? strlen(m->dir) : 0) + strlen(m->suffix) + 2;
	char *path = ng_task_alloc(m->task, size);
	size_t start, end;
	int err;

	snprintf(path, size, "%s%s%s", m->dir ? m->dir : "", m->dir ? "/" : "", template);
	for (end = strlen(path); end && path[end - 1] != 'X';)
		end--;
	for (start = end; start && path[start - 1] == 'X';)
		start--;
	if (end - start < 3 || (*m->suffix && path[end])) {
		if (!m->quiet)
			prog_error(m->task, "mktemp", 0, "too few X's in template '%s'", template);
		return 1;
	}
	memmove(path + strlen(path), m->suffix, strlen(m->suffix) + 1);
	fill_x(m->task, path + start, end - start);
	if (m->dry) {
		err = 0;
	} else if (m->folder) {
		err = ng_sys_mkdir(m->task, path, 0700);
	} else {
		err = ng_sys_open(m->task, path, O_RDWR | O_CREAT | O_EXCL, 0600);
		if (err >= 0)
			ng_sys_close(m->task, err);
	}
	if (err < 0) {
		memset(path + start, 'X', end - start);
		if (!m->quiet)
			prog_error(m->task, "mktemp", -err, "failed to create %s via template '%s'",
				   kind, path);
		return 1;
	}
	ng_printf(ng_stdout(m->task), "%s\n", path);
	return 0;
}

/**
 * mktemp_main() - mktemp [-dqtu] [-p folder] [--suffix=S] [template]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int mktemp_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "directory", 0, 'd' }, { "quiet", 0, 'q' },
						    { "dry-run", 0, 'u' },   { "suffix", 1, 's' },
						    { "tmpdir", 2, 'p' },    { NULL, 0, 0 } };
	struct mktemp m = { .task = task, .suffix = "" };
	struct ng_getopt st = { .task = task };
	const char *tmp = ng_task_getenv(task, "TMPDIR");
	int c;

	tmp = tmp && *tmp ? tmp : "/tmp";
	while ((c = ng_getopt_long(&st, argc, argv, "dqtup:", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		m.folder |= c == 'd';
		m.quiet |= c == 'q';
		m.dry |= c == 'u';
		if (c == 't' && !m.dir)
			m.dir = tmp;
		if (c == 'p')
			m.dir = st.optarg && *st.optarg ? st.optarg : tmp;
		if (c == 's')
			m.suffix = st.optarg;
	}
	if (argc - st.optind > 1) {
		prog_error(task, "mktemp", 0, "too many templates");
		return cu_try_help(task, "mktemp", 1);
	}
	if (st.optind < argc)
		return make_temp(&m, argv[st.optind]);
	m.dir = m.dir ? m.dir : tmp;
	return make_temp(&m, "tmp.XXXXXXXXXX");
}

/* "10", "4K", "+1M": bytes; false when it is no size */
static bool read_size(const char *s, int64_t *ret)
{
	static const char units[] = "KMG";
	char *end;
	long long n = strtoll(s, &end, 10);

	if (end == s)
		return false;
	for (size_t i = 0; i < 3 && *end; i++) {
		if (*end == units[i]) {
			bool decimal = end[1] == 'B';

			for (size_t k = 0; k <= i; k++)
				n *= decimal ? 1000 : 1024;
			end += decimal ? 2 : 1;
			break;
		}
	}
	*ret = n;
	return !*end;
}

/**
 * truncate_main() - truncate [-c] -s size file ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int truncate_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "size", 1, 's' },
						    { "no-create", 0, 'c' },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	bool create = true, has_size = false;
	int c, status = 0;
	int64_t size = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "s:cor:", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'o' || c == 'r' || (c == 's' && strchr("+-<>/%", *st.optarg)))
			return ng_not_modelled(task, "truncate %s", argv[st.optind - 1]);
		create &= c != 'c';
		if (c == 's' && !read_size(st.optarg, &size)) {
			prog_error(task, "truncate", 0, "Invalid number: '%s'", st.optarg);
			return 1;
		}
		has_size |= c == 's';
	}
	if (!has_size || st.optind == argc) {
		prog_error(task, "truncate", 0,
			   has_size ? "missing file operand"
				    : "you must specify either '--size' or '--reference'");
		return cu_try_help(task, "truncate", 1);
	}
	for (; st.optind < argc; st.optind++) {
		int fd =
			ng_sys_open(task, argv[st.optind], O_WRONLY | (create ? O_CREAT : 0), 0666);
		int err = fd < 0 ? fd : ng_sys_ftruncate(task, fd, size);

		if (fd >= 0)
			ng_sys_close(task, fd);
		if (err < 0 && (create || err != -ENOENT)) {
			prog_error(task, "truncate", -err, "cannot open '%s' for writing",
				   argv[st.optind]);
			status = 1;
		}
	}
	return status;
}
