/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * users.c - which processes have a socket open
 *
 * mirrors user_ent_hash_build() in misc/ss.c of iproute2 6.1: /proc/PID/fd says what each descriptor is
 */
#include "../lib/lines.h"
#include "ss.h"

#include <fcntl.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIR_CHUNK = 16 };

struct ss_user {
	struct ss_user *next;
	uint32_t ino;
	int pid, fd;
	char comm[20];
};

static void add_user(struct ss *s, uint32_t ino, int pid, int fd)
{
	struct ss_user *u = ng_task_alloc(s->task, sizeof(*u));
	char path[64], text[256] = "";
	char *open, *close;

	*u = (struct ss_user){ .next = s->users, .ino = ino, .pid = pid, .fd = fd };
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	ng_read_file(s->task, path, text, sizeof(text));
	open = strchr(text, '(');
	close = strrchr(text, ')');
	if (open && close)
		snprintf(u->comm, sizeof(u->comm), "%.*s", (int)(close - open - 1), open + 1);
	s->users = u;
}

static void load_process(struct ss *s, int pid)
{
	struct ng_dirent ents[DIR_CHUNK];
	char path[64], link[64];
	int fd, n;

	snprintf(path, sizeof(path), "/proc/%d/fd/", pid);
	fd = ng_sys_open(s->task, path, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		return;
	while ((n = ng_sys_getdents(s->task, fd, ents, DIR_CHUNK)) > 0) {
		for (int i = 0; i < n; i++) {
			int len;

			snprintf(path, sizeof(path), "/proc/%d/fd/%.16s", pid, ents[i].name);
			len = ng_sys_readlink(s->task, path, link, sizeof(link) - 1);
			if (len <= 8)
				continue;
			link[len] = '\0';
			if (!strncmp(link, "socket:[", 8))
				add_user(s, (uint32_t)strtoul(link + 8, NULL, 10), pid,
					 atoi(ents[i].name));
		}
	}
	ng_sys_close(s->task, fd);
}

/**
 * ss_users_load() - Reads /proc once
 * @s: the run
 */
void ss_users_load(struct ss *s)
{
	struct ng_dirent ents[DIR_CHUNK];
	int fd = ng_sys_open(s->task, "/proc/", O_RDONLY | O_DIRECTORY, 0), n;

	if (fd < 0)
		return;
	while ((n = ng_sys_getdents(s->task, fd, ents, DIR_CHUNK)) > 0) {
		for (int i = 0; i < n; i++) {
			char *end;
			long pid = strtol(ents[i].name, &end, 10);

			if (pid > 0 && !*end)
				load_process(s, (int)pid);
		}
	}
	ng_sys_close(s->task, fd);
}

/**
 * ss_print_users() - The processes that have the socket, the last one found first
 * @s: the run
 * @ino: of the socket; 0: nobody's
 */
void ss_print_users(struct ss *s, uint32_t ino)
{
	bool any = false;

	for (const struct ss_user *u = s->users; u && ino; u = u->next) {
		if (u->ino != ino)
			continue;
		ss_out(s, any ? ",(\"%s\",pid=%d,fd=%d)" : " users:((\"%s\",pid=%d,fd=%d)", u->comm,
		       u->pid, u->fd);
		any = true;
	}
	if (any)
		ss_out(s, ")");
}
