/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * close.h - the end of a program's standard output
 */
#ifndef TOOLS_LIB_CLOSE_H
#define TOOLS_LIB_CLOSE_H

struct ng_task;

int close_stdout(struct ng_task *task, const char *path, const char *name, int status);

#endif
