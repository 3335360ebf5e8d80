/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * program.h - the table of programs
 */
#ifndef TOOLS_LIB_PROGRAM_H
#define TOOLS_LIB_PROGRAM_H

#include <netglass/types.h>

struct ng_task;
struct ng_world;

typedef int (*ng_main_fn)(struct ng_task *task, int argc, char **argv);

struct ng_program {
	const char *path; /* "/usr/sbin/ip" */
	ng_main_fn main;  /* NULL: a program of Debian that is not modelled */
};

/* All of them, ended by path NULL: tools/programs.c. */
extern const struct ng_program ng_programs[];

/* The world's exec callback: sets up output, runs, flushes. */
int ng_program_exec(struct ng_task *task, const void *program, int argc, char **argv);

/*
 * Says "netglass: not modelled: WHAT" on standard error, marks the session so that the run exits 3, and
 * returns 3 for the caller to return.
 */
__attribute__((format(printf, 2, 3))) int ng_not_modelled(struct ng_task *task, const char *fmt,
							  ...);

/* The world's absent callback: the same for a file, and the program ends unless ng_goes_on(). */
void ng_file_not_modelled(struct ng_task *task, const char *path);

#endif
