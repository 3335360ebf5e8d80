/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flow.c - break, continue, return, exit, eval, ., exec
 */
#include "builtin.h"
#include "dash.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/**
 * sh_bi_break() - break and continue
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_break(struct sh *sh, int argc, char **argv)
{
	int64_t n = 1;

	if (sh->dash && argc > 1 && (!sh_dash_number(sh, argv[1], &n) || !n)) {
		if (!sh->raised)
			sh_builtin_error(sh, argv[0], "Illegal number: %s", argv[1]);
		return 2;
	}
	if (!sh->loops && sh->dash)
		return 0;
	if (!sh->loops) {
		sh_builtin_error(sh, argv[0],
				 "only meaningful in a `for', `while', or `until' loop");
		return 0;
	}
	if (argc > 1 && !sh_number(argv[1], &n)) {
		sh_builtin_error(sh, argv[0], "%s: numeric argument required", argv[1]);
		sh->jump = SH_JUMP_EXIT;
		sh->status = 128;
		return 128;
	}
	if (argc > 2 && !sh->dash) {
		sh_builtin_error(sh, argv[0], "too many arguments");
		n = sh->loops;
	} else if (n < 1) {
		sh_builtin_error(sh, argv[0], "%s: loop count out of range", argv[1]);
		sh->jump = SH_JUMP_BREAK;
		sh->jump_levels = sh->loops;
		return 1;
	}
	sh->jump = argv[0][0] == 'b' ? SH_JUMP_BREAK : SH_JUMP_CONTINUE;
	sh->jump_levels = n < sh->loops ? (int)n : sh->loops;
	return 0;
}

static int leave(struct sh *sh, int argc, char **argv, enum sh_jump jump)
{
	bool before = sh->in_trap && jump == SH_JUMP_EXIT && sh->before_trap >= 0;
	int64_t n = before ? sh->before_trap : sh->status;
	int at = argc > 1 && !strcmp(argv[1], "--") ? 2 : 1;

	if (sh->dash && argc > 1 && !sh_dash_number(sh, argv[1], &n))
		return 2;
	if (!sh->dash && argc > at && !sh_number(argv[at], &n)) {
		sh_builtin_error(sh, argv[0], "%s: numeric argument required", argv[at]);
		n = 2;
	} else if (argc > at + 1 && !sh->dash) {
		return sh_builtin_error(sh, argv[0], "too many arguments");
	}
	sh->jump = jump;
	sh->before_return = sh->status;
	sh->status = (int)(sh->dash ? n : n & 0xff);
	return sh->status;
}

/**
 * sh_bi_return() - return [n]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_return(struct sh *sh, int argc, char **argv)
{
	if (!sh->in_function && !sh->in_source && sh->dash)
		return leave(sh, argc, argv, SH_JUMP_EXIT);
	if (!sh->in_function && !sh->in_source) {
		sh_builtin_error(sh, argv[0],
				 "can only `return' from a function or sourced script");
		return 2;
	}
	return leave(sh, argc, argv, SH_JUMP_RETURN);
}

/**
 * sh_bi_exit() - exit [n]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_exit(struct sh *sh, int argc, char **argv)
{
	return leave(sh, argc, argv, SH_JUMP_EXIT);
}

/**
 * sh_bi_eval() - eval words
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status of the last command.
 */
int sh_bi_eval(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	struct sh_buf text = { .pool = &sh->pool };

	o.at = 1;
	if (!sh->dash && sh_option(sh, &o, argc, argv, ""))
		return SH_STATUS_USAGE;
	for (int i = o.at; i < argc; i++) {
		if (i > o.at)
			sh_buf_putc(&text, ' ');
		sh_buf_puts(&text, argv[i]);
	}
	return sh_run_text(sh, sh_buf_str(&text), "eval");
}

static char *find_source(struct sh *sh, const char *name)
{
	const char *path = sh_var_get(sh, "PATH");
	struct ng_stat st;

	while (!strchr(name, '/') && path && *path) {
		size_t n = strcspn(path, ":");
		char *full =
			sh_pool_printf(&sh->pool, "%.*s%s%s", (int)n, path, n ? "/" : "", name);

		if (ng_sys_stat(sh->task, full, &st) >= 0 && S_ISREG(st.mode))
			return full;
		path += n + (path[n] == ':');
	}
	return sh_pool_strdup(&sh->pool, name);
}

/* As dash: no arguments for the file, and its name in front of messages. */
static int dash_source(struct sh *sh, int argc, char **argv)
{
	const char *doing = sh->doing, *name;
	bool in_source = sh->in_source;
	int fd, status;

	if (argc < 2)
		return 0;
	name = find_source(sh, argv[1]);
	if (!strchr(name, '/'))
		return sh_builtin_error(sh, argv[0], "%s: not found", name);
	fd = ng_sys_open(sh->task, name, O_RDONLY, 0);
	if (fd == -NG_ENOTMODELLED)
		return 3; /* that was said */
	if (fd < 0) {
		sh_dash_open_error(sh, name, fd, false);
		sh_dash_raise(sh);
		return 2;
	}
	sh->doing = name;
	sh->in_source = true;
	status = sh_run_fd(sh, fd);
	sh->in_source = in_source;
	sh->doing = doing;
	return sh_returned(sh, status);
}

/**
 * sh_bi_source() - . file [arguments]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status of the last command.
 */
int sh_bi_source(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	const char *name = sh->name;
	unsigned int line = sh->line;
	bool in_source = sh->in_source;
	struct ng_stat st;
	char *path;
	int fd, status;

	if (sh->dash)
		return dash_source(sh, argc, argv);
	if (sh_option(sh, &o, argc, argv, ""))
		return SH_STATUS_USAGE;
	if (o.at >= argc) {
		sh_builtin_error(sh, argv[0], "filename argument required");
		return sh_usage(sh, argv[0]);
	}
	path = find_source(sh, argv[o.at]);
	fd = ng_sys_open(sh->task, path, O_RDONLY, 0);
	if (fd >= 0 && ng_sys_fstat(sh->task, fd, &st) >= 0 && S_ISDIR(st.mode)) {
		ng_sys_close(sh->task, fd);
		return sh_builtin_error(sh, argv[0], "%s: is a directory", argv[o.at]);
	}
	if (fd == -NG_ENOTMODELLED)
		return 3; /* that was said */
	if (fd < 0) {
		sh_error(sh, "%s: %s", argv[o.at], ng_strerror(-fd));
		return 1;
	}
	if (argc > o.at + 1)
		sh_params_push(sh, argc - o.at - 1, argv + o.at + 1);
	sh_calls_push(sh, "source", path);
	sh->name = path;
	sh->in_source = true;
	sh->trace_depth++;
	status = sh_run_fd(sh, fd);
	sh->trace_depth--;
	sh_calls_pop(sh);
	sh->in_source = in_source;
	sh->name = name;
	sh->line = line;
	status = sh_returned(sh, status);
	if (argc > o.at + 1)
		sh_params_pop(sh);
	return status;
}

/**
 * sh_bi_exec() - exec [command]; its redirections are done and stay
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 without a command; else only on failure, and the shell ends.
 */
int sh_bi_exec(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	const char *name = NULL;
	int c, status;

	o.at = 1;
	while (!sh->dash && (c = sh_option(sh, &o, argc, argv, "cla:")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		if (c == 'a')
			name = o.arg;
	}
	if (o.at >= argc)
		return 0;
	if (name) {
		char *path = sh_find_program(sh, argv[o.at]);

		argv[o.at] = sh_pool_strdup(&sh->pool, name);
		if (path) {
			ng_flush(sh->out);
			ng_sys_execve(sh->task, path, argv + o.at, sh_environ(sh));
		}
	}
	status = sh_exec_program(sh, argv + o.at, "exec");
	sh->jump = SH_JUMP_EXIT;
	sh->status = status;
	return status;
}
