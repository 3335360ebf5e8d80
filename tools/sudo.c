/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sudo.c - accepted and not needed: everybody is root here
 *
 * Runs the command behind it. Says once in a run that it can be left out.
 */
#include <errno.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>

#include "coreutils/util.h"
#include "lib/prog.h"
#include "lib/program.h"
#include "lib/session.h"

/* Options without an argument that change nothing here; -u and -g take a name. */
#define PLAIN "AbEHknPSs"

int sudo_main(struct ng_task *task, int argc, char **argv);

static void note(struct ng_task *task)
{
	struct ng_session *session = ng_task_session(task);

	if (!session || session->sudo_noted)
		return;
	session->sudo_noted = true;
	ng_puts(ng_stderr(task),
		"netglass: note: sudo is not needed, every command runs as root\n");
}

/**
 * sudo_main() - sudo [-nEH...] [-u root] [NAME=VALUE...] COMMAND [ARG...]
 * @task: the running one
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 when there is no such command, else it does not return.
 */
int sudo_main(struct ng_task *task, int argc, char **argv)
{
	const char *path;
	int at = 1;
	int err;

	note(task);
	for (; at < argc && argv[at][0] == '-'; at++) {
		const char *o = argv[at] + 1;

		if (!strcmp(o, "-")) {
			at++;
			break;
		}
		if ((!strcmp(o, "u") || !strcmp(o, "g")) && at + 1 < argc &&
		    !strcmp(argv[at + 1], "root"))
			at++;
		else if (!*o || o[strspn(o, PLAIN)])
			return ng_not_modelled(task, "sudo %s", argv[at]);
	}
	if (at < argc && strchr(argv[at], '='))
		return ng_not_modelled(task, "sudo %s", argv[at]);
	if (at >= argc) {
		ng_puts(ng_stderr(task), "usage: sudo -h | -K | -k | -V\n");
		return 1;
	}
	path = cu_find_program(task, ng_task_getenv(task, "PATH"), argv[at]);
	err = ng_sys_execve(task, path ? path : argv[at], argv + at, NULL);
	if (err == -ENOENT)
		ng_printf(ng_stderr(task), "sudo: %s: command not found\n", argv[at]);
	else
		prog_error(task, "sudo", -err, "unable to execute %s", argv[at]);
	return 1;
}
