/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * programs_real.c - the one program of frames_real, for tests/hostsys; drop reasons from the kernel's trace
 *
 * FRAMES_TRACE names a folder of /sys/kernel/tracing/instances where skb:kfree_skb is on (root only).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../tools/lib/program.h"
#include "frames.h"

#define REASONS 200

struct tally {
	char name[64];
	unsigned int n;
};

static void count(struct tally *t, const char *name, size_t len)
{
	while (t->n && (strncmp(t->name, name, len) || t->name[len]))
		t++;
	snprintf(t->name, sizeof(t->name), "%.*s", (int)len, name);
	t->n++;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct tally *)a)->name, ((const struct tally *)b)->name);
}

void frames_drops(struct ng_task *task, frames_tell tell, void *arg)
{
	static char buf[1 << 20];
	static int fd = -2;
	struct tally tallies[REASONS] = { 0 };
	size_t len = 0, k = 0;
	ssize_t n;
	char path[256];

	(void)task;
	if (fd == -2) {
		snprintf(path, sizeof(path), "%s/trace_pipe",
			 getenv("FRAMES_TRACE") ? getenv("FRAMES_TRACE") : "/none");
		fd = open(path, O_RDONLY | O_NONBLOCK);
	}
	while (fd >= 0 && (n = read(fd, buf + len, sizeof(buf) - 1 - len)) > 0)
		len += (size_t)n;
	buf[len] = '\0';
	for (char *p = buf; (p = strstr(p, "reason: ")); p += k) {
		p += strlen("reason: ");
		k = strcspn(p, " \n");
		count(tallies, p, k);
	}
	for (k = 0; tallies[k].n; k++)
		;
	qsort(tallies, k, sizeof(tallies[0]), by_name);
	for (size_t i = 0; i < k; i++)
		tell(arg, tallies[i].name, tallies[i].n);
}

const struct ng_program ng_programs[] = {
	{ "/usr/bin/frames", frames_main },
	{ 0 },
};
