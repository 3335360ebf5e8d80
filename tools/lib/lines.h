/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.h - reading a file of the world line by line
 *
 * For small text files (/etc/hosts, /proc/net/arp). No memory is allocated;
 * the reader lives on the caller's stack.
 */
#ifndef TOOLS_LIB_LINES_H
#define TOOLS_LIB_LINES_H

#include <netglass/types.h>

struct ng_task;

struct ng_lines {
	struct ng_task *task;
	int fd;
	size_t pos;
	size_t len;
	bool eof;
	char buf[1024];
};

int ng_lines_open(struct ng_lines *in, struct ng_task *task, const char *path);
bool ng_lines_next(struct ng_lines *in, char *line, size_t size);
void ng_lines_close(struct ng_lines *in);

/* Whole small file into @buf, always terminated: its length, or -errno. */
int ng_read_file(struct ng_task *task, const char *path, char *buf, size_t size);

#endif
