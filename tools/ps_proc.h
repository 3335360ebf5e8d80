/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ps_proc.h - a process as ps sees it, and the columns it can print
 */
#ifndef TOOLS_PS_PROC_H
#define TOOLS_PS_PROC_H

#include <netglass/out.h>
#include <netglass/types.h>

/* Longer command lines are cut, as procps does. */
#define PS_ARGS_MAX (128 * 1024)

struct ng_task;

struct ps_proc {
	struct ps_proc *next;
	int pid, ppid, pgrp, sid, tty, tpgid;
	int nice, prio, nlwp;
	unsigned int uid;
	char state;
	char comm[64];
	char *args;
	unsigned long long ticks; /* of CPU, 100 a second */
	int64_t start_ns;	  /* after boot */
	unsigned long vsz_kb, rss_kb;
};

struct ps_column;

/* Finds a column by its name of -o; NULL: there is none. */
const struct ps_column *ps_column_find(const char *name);
const char *ps_column_header(const struct ps_column *col);
int ps_column_width(const struct ps_column *col);
bool ps_column_left(const struct ps_column *col);
void ps_column_format(const struct ps_column *col, struct ng_task *task, const struct ps_proc *p,
		      char *buf, size_t len);
/* Every process of /proc by pid, or NULL. */
struct ps_proc *ps_read_all(struct ng_task *task);

#endif
