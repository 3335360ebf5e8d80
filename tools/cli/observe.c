/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * observe.c - running a command in a world that stands still
 */
#include "observe.h"

#include <fcntl.h>
#include <glib.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <string.h>
#include <sys/wait.h>

#include "machine.h"

/* Enters the namespace if @path names it. */
static bool enter_if(struct ng_task *task, const char *path, uint64_t ino)
{
	int fd = ng_sys_open(task, path, O_RDONLY, 0);
	struct ng_stat st = { 0 };
	bool entered;

	if (fd < 0)
		return false;
	entered = ng_sys_fstat(task, fd, &st) >= 0 && st.ino == ino &&
		  ng_sys_setns(task, fd, CLONE_NEWNET) >= 0;
	ng_sys_close(task, fd);
	return entered;
}

static bool enter_one_of(struct ng_task *task, const char *dir, const char *file, uint64_t ino)
{
	int fd = ng_sys_open(task, dir, O_RDONLY | O_DIRECTORY, 0);
	struct ng_dirent ent;
	bool entered = false;

	while (fd >= 0 && !entered && ng_sys_getdents(task, fd, &ent, 1) > 0) {
		g_autofree char *path = g_strdup_printf("%s/%s%s", dir, ent.name, file);

		entered = enter_if(task, path, ino);
	}
	if (fd >= 0)
		ng_sys_close(task, fd);
	return entered;
}

/* /proc/sys, /sys and the like show the namespace of whoever mounts them. */
static bool enter(struct ng_task *task, uint64_t ino)
{
	return !ino || enter_one_of(task, "/run/netns", "", ino) ||
	       enter_one_of(task, "/proc", "/ns/net", ino);
}

/**
 * observe_run() - Runs the command
 * @task: a task of the world
 * @arg: the struct observe
 *
 * Return: its exit status.
 */
int observe_run(struct ng_task *task, void *arg)
{
	struct observe *o = arg;
	char *const argv[] = { (char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c",
			       (char *)(uintptr_t)o->command, NULL };
	const struct ng_spawn how = { .envp = machine_environment(), .pgid = -1 };
	int pid, status = 0;

	o->status = -1;
	if (!enter(task, o->netns_id))
		return 1;
	pid = ng_sys_spawn(task, "/bin/sh", argv, &how);
	if (pid < 0)
		return 127;
	ng_sys_wait4(task, pid, &status, 0);
	o->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	return o->status;
}
