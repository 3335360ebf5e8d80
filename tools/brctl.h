/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brctl.h - what the files of brctl share
 */
#ifndef TOOLS_BRCTL_H
#define TOOLS_BRCTL_H

#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdbool.h>
#include <stddef.h>

enum { BRCTL_NAMES_MAX = 1024 };

struct brctl {
	struct ng_task *task;
	struct ng_out *out;
	struct ng_out *err;
	int fd;
};

bool brctl_is_bridge(struct brctl *b, const char *name);
/* Says why it is none: no such device, or another kind */
void brctl_no_bridge(struct brctl *b, const char *name);
/* The ports' names, sorted: at most BRCTL_NAMES_MAX */
size_t brctl_ports(struct brctl *b, const char *bridge, char **names);
/* A file's first line; empty when there is none */
void brctl_read(struct brctl *b, const char *dev, const char *folder, const char *file, char *buf,
		size_t len);
int brctl_showstp(struct brctl *b, char **argv);

#endif
