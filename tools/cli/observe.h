/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * observe.h - running a command in a world that stands still
 */
#ifndef TOOLS_CLI_OBSERVE_H
#define TOOLS_CLI_OBSERVE_H

#include <netglass/types.h>

struct ng_task;

/* look_fn of scene.h: runs `sh -c command` in a namespace; @arg is one of these. */
struct observe {
	uint64_t netns_id; /* inode number of the namespace; 0: the host's */
	const char *command;
	int status; /* set: exit status; -1: there is no such namespace */
};

int observe_run(struct ng_task *task, void *arg);

#endif
