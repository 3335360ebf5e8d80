/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * program.c - starting a program, and saying that something is not modelled
 *
 * The world calls ng_program_exec() on the new program's own fiber.
 */
#include "program.h"

#include "close.h"
#include "session.h"

#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdarg.h>
#include <string.h>

#define STATUS_NOT_MODELLED 3

/**
 * ng_program_exec() - Runs a program of the table to its end
 * @task: its task
 * @program: the row of ng_programs[]
 * @argc: number of words
 * @argv: the words
 *
 * What the program wrote is flushed when it returns. A known program without a main is not modelled.
 *
 * Return: the exit status.
 */
int ng_program_exec(struct ng_task *task, const void *program, int argc, char **argv)
{
	const struct ng_program *p = program;
	const char *name = argc ? argv[0] : ""; /* main may move its words */
	int status;

	if (p->main)
		status = p->main(task, argc, argv);
	else
		status = ng_not_modelled(task, "%s", strrchr(p->path, '/') + 1);
	status = close_stdout(task, p->path, name, status);
	return status & 0xff;
}

/**
 * ng_not_modelled() - Says that the real system would do this and the simulated one cannot
 * @task: who asks
 * @fmt: what is missing
 *
 * Marks the session, so that the run exits 3.
 *
 * Return: 3, the status for the program to return.
 */
int ng_not_modelled(struct ng_task *task, const char *fmt, ...)
{
	struct ng_session *session = ng_task_session(task);
	struct ng_out *err = ng_stderr(task);
	va_list ap;

	if (session)
		session->not_modelled = true;
	ng_puts(err, "netglass: not modelled: ");
	va_start(ap, fmt);
	ng_vprintf(err, fmt, ap);
	va_end(ap);
	ng_putc(err, '\n');
	return STATUS_NOT_MODELLED;
}

/**
 * ng_file_not_modelled() - A program asks for what Linux has and the simulated kernel has not
 * @task: the program
 * @path: the file, or what else
 *
 * Ends it with status 3, unless it goes on by itself.
 */
void ng_file_not_modelled(struct ng_task *task, const char *path)
{
	int status = ng_not_modelled(task, "%s", path);

	if (ng_goes_on(task))
		return;
	ng_flush(ng_stdout(task));
	ng_sys_exit(task, status);
}
