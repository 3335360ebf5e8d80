/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames.h - sends hostile frames to the host and tells what came of each
 */
#ifndef TESTS_FRAMES_H
#define TESTS_FRAMES_H

#include <netglass/task.h>

int frames_main(struct ng_task *task, int argc, char **argv);

/* Why packets died since the last call: tell(arg, name, how often) for each; the kernel's own business. */
typedef void (*frames_tell)(void *arg, const char *reason, unsigned int n);
void frames_drops(struct ng_task *task, frames_tell tell, void *arg);

#endif
