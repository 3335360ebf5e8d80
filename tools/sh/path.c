/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * path.c - programs: finding, starting, becoming one
 */
#include "dash.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static bool is_program(struct sh *sh, const char *path, bool *ret_exists)
{
	struct ng_stat st;

	if (ng_sys_stat(sh->task, path, &st) < 0 || !S_ISREG(st.mode))
		return false;
	*ret_exists = true;
	return st.mode & 0111;
}

/**
 * sh_find_program() - Looks a command up in $PATH
 * @sh: the shell
 * @name: the command
 *
 * Return: its path in the pool (a file that is no program when nothing better is there), or NULL.
 */
char *sh_find_program(struct sh *sh, const char *name)
{
	const char *path = sh_var_get(sh, "PATH"), *at = path;
	char *second = NULL;

	if (strchr(name, '/') || !path || !*path)
		return sh_pool_strdup(&sh->pool, name);
	while (at && *name) {
		size_t n = strcspn(at, ":");
		char *full = sh_pool_join(&sh->pool, sh_pool_strndup(&sh->pool, at, n),
					  n ? "/" : "./", name);
		bool exists = false;

		if (is_program(sh, full, &exists))
			return full;
		if (exists && !second)
			second = full;
		at = at[n] ? at + n + 1 : NULL;
	}
	return second;
}

/* What a script names behind #!; NULL: nothing. */
static char *interpreter(struct sh *sh, const char *path)
{
	char head[128];
	int fd = ng_sys_open(sh->task, path, O_RDONLY, 0);
	ssize_t n = fd < 0 ? -1 : ng_sys_read(sh->task, fd, head, sizeof(head) - 1);
	size_t blanks;

	if (fd >= 0)
		ng_sys_close(sh->task, fd);
	if (n < 3 || memcmp(head, "#!", 2) != 0)
		return NULL;
	head[n] = '\0';
	blanks = strspn(head + 2, " \t");
	return sh_pool_strndup(&sh->pool, head + 2 + blanks, strcspn(head + 2 + blanks, " \t\n"));
}

/* Says why @path, called @name, cannot be started. Returns the status. */
static int explain(struct sh *sh, const char *path, int err, const char *name)
{
	const char *interp;
	struct ng_stat st;

	if (sh->dash && err != -NG_ENOTMODELLED) {
		int status = sh_dash_exec_error(sh, name, err);

		/* dash has looked at it before it began */
		return strchr(name, '/') ? status : 127;
	}
	if (ng_sys_stat(sh->task, path, &st) < 0)
		st.mode = 0;
	if (S_ISDIR(st.mode))
		err = -EISDIR;
	interp = S_ISREG(st.mode) && st.mode & 0111 ? interpreter(sh, path) : NULL;
	ng_flush(sh->out);
	if (S_ISREG(st.mode) && err == -ENOENT)
		sh_error(sh, "%s: cannot execute: required file not found", path);
	else if (interp)
		ng_printf(sh->err, "%s: %s: %s: bad interpreter: %s\n", sh->name, path, interp,
			  ng_strerror(-err));
	else
		sh_error(sh, "%s: %s", path, ng_strerror(-err));
	return err == -ENOENT ? 127 : 126;
}

static const char *shell_of(const struct sh *sh)
{
	return sh->dash ? "/bin/sh" : "/bin/bash";
}

/* A file without #! is a script for this shell: "/bin/sh path args". */
static char **as_script(struct sh *sh, char *path, char **argv)
{
	struct sh_args args = { .pool = &sh->pool };

	sh_args_add(&args, argv[0]);
	sh_args_add(&args, path);
	for (argv++; *argv; argv++)
		sh_args_add(&args, *argv);
	return args.v;
}

static int not_found(struct sh *sh, const char *name)
{
	if (sh->dash && !*name)
		sh_dash_exec_error(sh, name, -EACCES);
	else
		sh_error(sh, "%s: command not found", name);
	return 127;
}

/* The command "" is looked for like any other, and is never there. */
static char *empty_name(struct sh *sh)
{
	const char *path = sh_var_get(sh, "PATH");

	return path && *path ? NULL : sh_pool_strdup(&sh->pool, "");
}

static bool is_folder(struct sh *sh, const char *path)
{
	struct ng_stat st;

	return strchr(path, '/') && ng_sys_stat(sh->task, path, &st) >= 0 && S_ISDIR(st.mode);
}

/**
 * sh_run_program() - Runs a program and waits for it
 * @sh: the shell
 * @argv: the command line
 *
 * Return: its status; 126 or 127 when it cannot be started.
 */
int sh_run_program(struct sh *sh, char **argv)
{
	char *path = *argv[0] ? sh_find_program(sh, argv[0]) : empty_name(sh);
	struct ng_fd_map *map = sh_pool_alloc(&sh->pool, SH_FD_KEEP * sizeof(*map));
	struct ng_spawn how = { .fds = map, .nfds = sh_fd_map(sh, map, SH_FD_KEEP), .pgid = -1 };
	struct sh_buf text = { .pool = &sh->pool };
	int pid, st;

	if (!path)
		return not_found(sh, argv[0]);
	ng_flush(sh->out);
	how.envp = sh_environ(sh);
	if (is_folder(sh, path))
		return explain(sh, path, -EISDIR, argv[0]);
	pid = ng_sys_spawn(sh->task, path, argv, &how);
	if (pid == -ENOEXEC)
		pid = ng_sys_spawn(sh->task, shell_of(sh), as_script(sh, path, argv), &how);
	if (pid < 0)
		return explain(sh, path, pid, argv[0]);
	st = sh_wait_pid(sh, pid);
	if (WIFSIGNALED(st) && sh->simple)
		sh_print_node(&text, sh->simple);
	sh_tell_signal(sh, pid, st, sh_buf_str(&text));
	return sh_status_code(st);
}

/**
 * sh_exec_program() - Becomes a program
 * @sh: the shell
 * @argv: the command line
 * @who: "exec", when the builtin asked; NULL
 *
 * Return: only on failure, after saying why: the status.
 */
int sh_exec_program(struct sh *sh, char **argv, const char *who)
{
	char *path = sh_find_program(sh, argv[0]);
	int err;

	ng_flush(sh->out);
	if (!path && who) {
		sh_error(sh, "%s%s%s: not found", sh->dash ? "" : who, sh->dash ? "" : ": ",
			 argv[0]);
		return 127;
	}
	if (!path)
		return not_found(sh, argv[0]);
	err = ng_sys_execve(sh->task, path, argv, sh_environ(sh));
	if (err == -ENOEXEC)
		err = ng_sys_execve(sh->task, shell_of(sh), as_script(sh, path, argv),
				    sh_environ(sh));
	if (!who || sh->dash)
		return explain(sh, path, err, argv[0]);
	if (is_folder(sh, path)) {
		err = -EISDIR;
		sh_error(sh, "%s: %s", path, ng_strerror(-err));
	}
	sh_error(sh, "%s: %s: cannot execute: %s", who, path, ng_strerror(-err));
	return err == -ENOENT ? 127 : 126;
}
