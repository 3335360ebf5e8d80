/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * find.c - find
 *
 * mirrors GNU findutils 4.9's find
 *
 * find_main()
 *   find_parse()        find_parse.c
 *   visit()             each path, and what is below it
 *     eval()
 */
#include "find.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define DEPTH_MAX 100

int find_main(struct ng_task *task, int argc, char **argv);

static char type_letter(uint32_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return 'd';
	case S_IFLNK:
		return 'l';
	case S_IFBLK:
		return 'b';
	case S_IFCHR:
		return 'c';
	case S_IFIFO:
		return 'p';
	case S_IFSOCK:
		return 's';
	}
	return 'f';
}

/* The last part of a path, slashes at its end apart; *ret_len bytes. */
static const char *base_name(const char *path, int *ret_len)
{
	size_t end = strlen(path), start;

	while (end > 1 && path[end - 1] == '/')
		end--;
	for (start = end; start > 0 && path[start - 1] != '/'; start--)
		;
	if (start == end)
		start = 0;
	*ret_len = (int)(end - start);
	return path + start;
}

static bool is_empty(struct find *f)
{
	char **names = NULL;
	size_t n = 0;

	if (S_ISREG(f->st.mode))
		return f->st.size == 0;
	return S_ISDIR(f->st.mode) && cu_list_folder(f->task, f->path, &names, &n) == 0 && !n;
}

static char *replace(struct find *f, const char *word)
{
	size_t len = strlen(word) + 1;
	char *out, *to;

	for (const char *p = word; (p = strstr(p, "{}")) != NULL; p += 2)
		len += strlen(f->path);
	out = to = ng_task_alloc(f->task, len);
	while (*word) {
		if (!strncmp(word, "{}", 2)) {
			strcpy(to, f->path);
			to += strlen(to);
			word += 2;
		} else {
			*to++ = *word++;
		}
	}
	*to = '\0';
	return out;
}

static bool run(struct find *f, char **argv)
{
	struct ng_spawn how = { .pgid = -1 };
	char *program = cu_find_program(f->task, ng_task_getenv(f->task, "PATH"), argv[0]);
	int pid, st;

	ng_flush(f->out);
	pid = ng_sys_spawn(f->task, program, argv, &how);
	if (pid < 0) {
		prog_error(f->task, "find", -pid, "'%s'", argv[0]);
		return false;
	}
	while (ng_sys_wait4(f->task, pid, &st, 0) == -EINTR)
		;
	return WIFEXITED(st) && WEXITSTATUS(st) == 0;
}

static bool exec_one(struct find *f, const struct find_expr *e)
{
	char **argv = ng_task_alloc(f->task, (size_t)(e->argc + 1) * sizeof(*argv));

	for (int i = 0; i < e->argc; i++)
		argv[i] = replace(f, e->argv[i]);
	return run(f, argv);
}

static bool gather(struct find *f, struct find_expr *e)
{
	e->paths = ng_task_realloc(f->task, e->paths, e->npaths * sizeof(*e->paths),
				   (e->npaths + 1) * sizeof(*e->paths));
	e->paths[e->npaths++] = ng_task_strdup(f->task, f->path);
	return true;
}

/* The programs of -exec ... {} + */
static void run_gathered(struct find *f, const struct find_expr *e)
{
	char **argv;

	if (!e)
		return;
	run_gathered(f, e->a);
	run_gathered(f, e->b);
	if (e->type != FIND_EXEC || !e->npaths)
		return;
	argv = ng_task_alloc(f->task, ((size_t)e->argc + e->npaths + 1) * sizeof(*argv));
	memcpy(argv, e->argv, (size_t)e->argc * sizeof(*argv));
	memcpy(argv + e->argc, e->paths, e->npaths * sizeof(*argv));
	if (!run(f, argv))
		f->status = 1;
}

static bool delete_it(struct find *f)
{
	int err;

	if (!strcmp(f->path, "."))
		return true;
	err = S_ISDIR(f->st.mode) ? ng_sys_rmdir(f->task, f->path)
				  : ng_sys_unlink(f->task, f->path);
	if (err >= 0)
		return true;
	prog_error(f->task, "find", -err, "cannot delete '%s'", f->path);
	f->status = 1;
	return false;
}

static void print_directive(struct find *f, char c)
{
	const char *below = f->path + strlen(f->start);
	const char *slash;
	int len;
	const char *name = base_name(f->path, &len);
	char target[4096] = "";

	switch (c) {
	case 'p':
		ng_puts(f->out, f->path);
		break;
	case 'f':
		ng_puts(f->out, name);
		break;
	case 'h':
		slash = strrchr(f->path, '/');
		ng_printf(f->out, "%.*s", slash ? (int)(slash - f->path) : 1,
			  slash ? f->path : ".");
		break;
	case 'P':
		ng_puts(f->out, below + (*below == '/'));
		break;
	case 'H':
		ng_puts(f->out, f->start);
		break;
	case 'd':
		ng_printf(f->out, "%d", f->level);
		break;
	case 's':
		ng_printf(f->out, "%llu", (unsigned long long)f->st.size);
		break;
	case 'y':
		ng_putc(f->out, type_letter(f->st.mode));
		break;
	case 'm':
		ng_printf(f->out, "%o", f->st.mode & 07777);
		break;
	case 'l':
		if (S_ISLNK(f->st.mode))
			ng_sys_readlink(f->task, f->path, target, sizeof(target) - 1);
		ng_puts(f->out, target);
		break;
	case '%':
		ng_putc(f->out, '%');
		break;
	default:
		prog_exit(f->task, ng_not_modelled(f->task, "find -printf %%%c", c));
	}
}

static void print_format(struct find *f, const char *s)
{
	static const char from[] = "abfnrtv0\\";
	static const char to[] = "\a\b\f\n\r\t\v\0\\";

	for (; *s; s++) {
		const char *at = s[0] == '\\' && s[1] ? strchr(from, s[1]) : NULL;

		if (at) {
			ng_putc(f->out, to[at - from]);
			s++;
		} else if (s[0] == '%' && s[1]) {
			print_directive(f, *++s);
		} else {
			ng_putc(f->out, *s);
		}
	}
}

static bool eval(struct find *f, struct find_expr *e)
{
	int len, flags = e->fold ? FNM_CASEFOLD : 0;
	const char *name;

	switch (e->type) {
	case FIND_AND:
		return eval(f, e->a) && !f->quit && eval(f, e->b);
	case FIND_OR:
		return eval(f, e->a) || (!f->quit && eval(f, e->b));
	case FIND_NOT:
		return !eval(f, e->a);
	case FIND_TRUE:
		return true;
	case FIND_FALSE:
		return false;
	case FIND_NAME:
		name = base_name(f->path, &len);
		name = name[len] ? ng_task_strndup(f->task, name, (size_t)len) : name;
		return fnmatch(e->text, name, flags) == 0;
	case FIND_PATH:
		return fnmatch(e->text, f->path, flags) == 0;
	case FIND_TYPE:
		return strchr(e->text, type_letter(f->st.mode));
	case FIND_EMPTY:
		return is_empty(f);
	case FIND_NEWER:
		return f->st.mtime_ns > e->n;
	case FIND_PRINT:
		ng_puts(f->out, f->path);
		ng_putc(f->out, *e->text);
		return true;
	case FIND_PRINTF:
		print_format(f, e->text);
		return true;
	case FIND_EXEC:
		return e->many ? gather(f, e) : exec_one(f, e);
	case FIND_DELETE:
		return delete_it(f);
	case FIND_PRUNE:
		f->pruned = true;
		return true;
	case FIND_QUIT:
		f->quit = true;
		return true;
	}
	return false;
}

static void eval_at(struct find *f, const char *path, int level, const struct ng_stat *st)
{
	f->path = path;
	f->level = level;
	f->st = *st;
	f->pruned = false;
	if (level >= f->min_depth)
		eval(f, f->expr);
}

/* the folders above the one that is looked at */
struct find_above {
	const struct find_above *up;
	const char *path;
	uint64_t dev, ino;
};

/* A link may lead back to a folder it lies in: it is not followed again. */
static bool loops(struct find *f, const char *path, const struct ng_stat *st,
		  const struct find_above *up)
{
	for (; f->follow && S_ISDIR(st->mode) && st->ino && up; up = up->up) {
		if (up->ino != st->ino || up->dev != st->dev)
			continue;
		ng_flush(f->out);
		prog_error(f->task, "find", 0,
			   "File system loop detected; '%s' is part of the same file system loop "
			   "as '%s'.",
			   path, up->path);
		f->status = 1;
		return true;
	}
	return false;
}

static void visit(struct find *f, const char *path, int level, const struct find_above *up)
{
	struct find_above here = { .up = up, .path = path };
	char **names = NULL;
	struct ng_stat st;
	size_t n = 0;
	int err = f->follow ? ng_sys_stat(f->task, path, &st) : -ENOENT;

	if (err < 0)
		err = ng_sys_lstat(f->task, path, &st);
	if (err < 0) {
		prog_error(f->task, "find", -err, "'%s'", path);
		f->status = 1;
		return;
	}
	here.dev = st.dev;
	here.ino = st.ino;
	if (loops(f, path, &st, up))
		return;
	if (!f->depth_first) {
		eval_at(f, path, level, &st);
		if (f->pruned)
			return;
	}
	if (level >= DEPTH_MAX && S_ISDIR(st.mode) && level < f->max_depth) {
		if (!f->deep_said)
			f->status =
				ng_not_modelled(f->task, "find: folders deeper than %d", DEPTH_MAX);
		f->deep_said = true;
	} else if (!f->quit && S_ISDIR(st.mode) && level < f->max_depth) {
		err = cu_list_folder(f->task, path, &names, &n);
		if (err < 0) {
			prog_error(f->task, "find", -err, "'%s'", path);
			f->status = 1;
		}
		for (size_t i = 0; i < n && !f->quit; i++)
			visit(f, names[i], level + 1, &here);
		for (size_t i = 0; i < n; i++)
			ng_task_free(f->task, names[i]);
		ng_task_free(f->task, names);
	}
	if (f->depth_first && !f->quit)
		eval_at(f, path, level, &st);
}

static bool begins_expression(const char *w)
{
	return (w[0] == '-' && w[1]) || !strcmp(w, "(") || !strcmp(w, "!");
}

/**
 * find_main() - find [-HLP] [path ...] [expression]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, or 1 when something could not be looked at.
 */
int find_main(struct ng_task *task, int argc, char **argv)
{
	static char here[] = ".";
	struct find f = { .task = task, .out = ng_stdout(task), .max_depth = INT32_MAX };
	char *only[] = { here };
	char **paths;
	int npaths = 0, at = 1;

	for (; at < argc && argv[at][0] == '-' && argv[at][1] && strchr("HLP", argv[at][1]) &&
	       !argv[at][2];
	     at++)
		f.follow = argv[at][1] == 'L';
	paths = argv + at;
	while (at < argc && !begins_expression(argv[at])) {
		at++;
		npaths++;
	}
	f.argv = argv + at;
	f.argc = argc - at;
	f.expr = find_parse(&f);
	if (!npaths) {
		paths = only;
		npaths = 1;
	}
	for (int i = 0; i < npaths && !f.quit; i++) {
		f.start = paths[i];
		visit(&f, paths[i], 0, NULL);
	}
	run_gathered(&f, f.expr);
	ng_flush(f.out);
	return f.status;
}
