/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exec.c - becoming another program, as util-linux's programs do
 */
#include "exec.h"

#include "prog.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>

/* A text without a program of its own goes to the shell. */
static int exec_one(struct ng_task *task, const char *path, char *const argv[])
{
	int err = ng_sys_execve(task, path, argv, ng_task_environ(task));
	char **sh;
	size_t n;

	if (err != -ENOEXEC)
		return err;
	for (n = 0; argv[n]; n++)
		;
	sh = ng_task_alloc(task, (n + 2) * sizeof(*sh));
	sh[0] = ng_task_strdup(task, "/bin/sh");
	sh[1] = ng_task_strdup(task, path);
	if (n)
		memcpy(sh + 2, argv + 1, (n - 1) * sizeof(*sh));
	return ng_sys_execve(task, "/bin/sh", sh, ng_task_environ(task));
}

/**
 * exec_path() - Tries each folder of $PATH
 * @task: the program
 * @file: what to run
 * @argv: its arguments
 *
 * Return: -errno; it does not return when the program starts.
 */
int exec_path(struct ng_task *task, const char *file, char *const argv[])
{
	const char *path = ng_task_getenv(task, "PATH");
	char full[512];
	int worst = -ENOENT;
	int err;

	if (strchr(file, '/'))
		return exec_one(task, file, argv);
	if (!path)
		path = "/bin:/usr/bin";
	while (*path) {
		size_t n = strcspn(path, ":");

		snprintf(full, sizeof(full), "%.*s/%s", (int)n, path, file);
		err = exec_one(task, full, argv);
		if (err != -ENOENT && err != -ENOTDIR)
			worst = err;
		path += n + (path[n] == ':');
	}
	return worst;
}

/**
 * exec_or_shell() - Becomes a program, or the user's shell
 * @task: the program
 * @name: its name, for the error line
 * @argv: what to run; empty: the shell
 */
void exec_or_shell(struct ng_task *task, const char *name, char **argv)
{
	const char *file = argv[0];
	char *shell[2] = { NULL, NULL };
	char dash[64];
	int err;

	ng_flush(ng_stdout(task));
	if (file) {
		err = exec_path(task, file, argv);
	} else {
		file = ng_task_getenv(task, "SHELL");
		if (!file || !*file)
			file = "/bin/sh";
		snprintf(dash, sizeof(dash), "-%s",
			 strrchr(file, '/') ? strrchr(file, '/') + 1 : file);
		shell[0] = dash;
		err = ng_sys_execve(task, file, shell, ng_task_environ(task));
	}
	prog_error(task, name, -err, "failed to execute %s", file);
	prog_exit(task, err == -ENOENT ? 127 : 126);
}

/**
 * wait_child() - Waits for a child to end
 * @task: the parent
 * @name: its name, for the error line
 * @pid: the child
 * @ret_sig: the signal that killed it, or 0
 *
 * Return: its exit status.
 */
int wait_child(struct ng_task *task, const char *name, int pid, int *ret_sig)
{
	int status = 0;

	do {
		status = 0;
		pid = ng_sys_wait4(task, pid, &status, 0);
	} while (pid == -EINTR);
	if (pid < 0)
		prog_die(task, 1, name, -pid, "waitpid failed");
	*ret_sig = status & 0x7f;
	return status >> 8 & 0xff;
}
