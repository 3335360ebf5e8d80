/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * getopt.h - getopt_long() whose state is the caller's
 *
 * Same order, same permutation and same messages as glibc's, so that a
 * program's own words for a bad option come out right.
 */
#ifndef TOOLS_LIB_GETOPT_H
#define TOOLS_LIB_GETOPT_H

struct ng_task;

struct ng_option {
	const char *name; /* NULL ends the table */
	int has_arg;	  /* 0 none, 1 required, 2 optional */
	int val;
};

struct ng_getopt {
	struct ng_task *task; /* messages go to its standard error; NULL: silent */
	int optind;	      /* start with 0 */
	int optopt;
	const char *optarg;
	/* private */
	const char *next;
	int first_nonopt;
	int last_nonopt;
	int ordering;
};

/*
 * As getopt_long(3): the option's val, '?' for a bad one, ':' for a missing argument when @shortopts begins
 * with ':', -1 at the end. @longopts may be NULL.
 */
int ng_getopt_long(struct ng_getopt *st, int argc, char **argv, const char *shortopts,
		   const struct ng_option *longopts);

#endif
