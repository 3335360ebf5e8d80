/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prog.h - what small programs share: leaving, error lines, numbers
 */
#ifndef TOOLS_LIB_PROG_H
#define TOOLS_LIB_PROG_H

#include <netglass/out.h>
#include <netglass/types.h>

struct ng_task;

/* Flushes standard output and ends the program. */
_Noreturn void prog_exit(struct ng_task *task, int status);
/* error(3): "NAME: TEXT[: STRERROR]" on standard error; errnum 0: no errno text */
ng_printf_like(4, 5) void prog_error(struct ng_task *task, const char *name, int errnum,
				     const char *fmt, ...);
/* prog_error(), then prog_exit(@status) */
#define prog_die(task, status, name, errnum, ...)            \
	do {                                                 \
		prog_error(task, name, errnum, __VA_ARGS__); \
		prog_exit(task, status);                     \
	} while (0)

/* Is the whole of @s a number strtol() reads in @base? */
bool prog_strtol(const char *s, int base, long *ret_val);

#endif
