/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prog.c - what small programs share: leaving, error lines, numbers
 */
#include "prog.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <stdlib.h>

/**
 * prog_exit() - End the program from any depth.
 * @task: the program
 * @status: its exit status
 */
void prog_exit(struct ng_task *task, int status)
{
	ng_flush(ng_stdout(task));
	ng_sys_exit(task, status);
}

/**
 * prog_error() - Write an error line as error(3) does.
 * @task: the program
 * @name: what the line begins with
 * @errnum: an errno (positive) whose words end the line, or 0
 * @fmt: the text
 */
void prog_error(struct ng_task *task, const char *name, int errnum, const char *fmt, ...)
{
	struct ng_out *err = ng_stderr(task);
	va_list ap;

	ng_flush(ng_stdout(task));
	ng_printf(err, "%s: ", name);
	va_start(ap, fmt);
	ng_vprintf(err, fmt, ap);
	va_end(ap);
	if (errnum)
		ng_printf(err, ": %s", ng_strerror(errnum));
	ng_putc(err, '\n');
}

/**
 * prog_strtol() - Read a number that is the whole of a string.
 * @s: the string
 * @base: as for strtol(3)
 * @ret_val: the number
 *
 * Return: whether it was one.
 */
bool prog_strtol(const char *s, int base, long *ret_val)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(s, &end, base);
	if (end == s || *end || errno)
		return false;
	*ret_val = v;
	return true;
}
