/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exec.h - becoming another program, as util-linux's programs do
 */
#ifndef TOOLS_LIB_EXEC_H
#define TOOLS_LIB_EXEC_H

#include <netglass/types.h>

struct ng_task;

/* As execvp(3): returns -errno. */
int exec_path(struct ng_task *task, const char *file, char *const argv[]);
/* @argv, or $SHELL when it is empty; failure: "NAME: failed to execute FILE: ..." and status 127 or 126 */
_Noreturn void exec_or_shell(struct ng_task *task, const char *name, char **argv);
/* Waits for the child @pid: its exit status; *ret_sig is the signal it died of, or 0. */
int wait_child(struct ng_task *task, const char *name, int pid, int *ret_sig);

#endif
