/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_ns.c - network namespaces by their names in /run/netns
 *
 * mirrors iproute2's lib/namespace.c
 */
#include "ipr.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <sys/mount.h>

#define NETNS_ETC_DIR "/etc/netns"

/* Files of /etc/netns/NAME replace those of /etc. */
static void bind_etc(struct ipr *c, const char *name)
{
	const char *dir = ipr_strf(c, "%s/%s", NETNS_ETC_DIR, name);
	struct ng_dirent *ents;
	const char *from;
	const char *to;
	int fd;
	int rc;
	int n;
	int i;

	fd = ng_sys_open(c->task, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (fd < 0)
		return;
	ents = ng_task_alloc(c->task, 16 * sizeof(*ents));
	while ((n = ng_sys_getdents(c->task, fd, ents, 16)) > 0) {
		for (i = 0; i < n; i++) {
			from = ipr_strf(c, "%s/%s", dir, ents[i].name);
			to = ipr_strf(c, "/etc/%s", ents[i].name);
			rc = ng_sys_mount(c->task, from, to, "none", MS_BIND);
			if (rc < 0)
				ng_printf(c->err, "Bind %s -> %s failed: %s\n", from, to,
					  ng_strerror(-rc));
		}
	}
	ng_sys_close(c->task, fd);
}

/**
 * netns_path() - The file that stands for a namespace
 * @c: the run
 * @name: its name
 *
 * Return: NETNS_RUN_DIR/name.
 */
const char *netns_path(struct ipr *c, const char *name)
{
	static const char dir[] = NETNS_RUN_DIR "/";
	size_t len = strlen(name);
	char *path = ng_task_alloc_buffer(c->task, sizeof(dir) + len);

	memcpy(path, dir, sizeof(dir) - 1);
	memcpy(path + sizeof(dir) - 1, name, len + 1);
	return path;
}

/**
 * netns_switch() - Moves the program into a namespace, with its own /sys
 * @c: the run
 * @name: name in /run/netns
 *
 * Return: 0, or -1 after a message.
 */
int netns_switch(struct ipr *c, const char *name)
{
	int fd;
	int rc;

	fd = ng_sys_open(c->task, netns_path(c, name), O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0) {
		ng_printf(c->err, "Cannot open network namespace \"%s\": %s\n", name,
			  ng_strerror(-fd));
		return -1;
	}
	rc = ng_sys_setns(c->task, fd, CLONE_NEWNET);
	ng_sys_close(c->task, fd);
	if (rc < 0) {
		ng_printf(c->err, "setting the network namespace \"%s\" failed: %s\n", name,
			  ng_strerror(-rc));
		return -1;
	}
	rc = ng_sys_unshare(c->task, CLONE_NEWNS);
	if (rc < 0) {
		ng_printf(c->err, "unshare failed: %s\n", ng_strerror(-rc));
		return -1;
	}
	rc = ng_sys_mount(c->task, "", "/", "none", MS_SLAVE | MS_REC);
	if (rc < 0) {
		ng_printf(c->err, "\"mount --make-rslave /\" failed: %s\n", ng_strerror(-rc));
		return -1;
	}
	ng_sys_umount2(c->task, "/sys", MNT_DETACH);
	rc = ng_sys_mount(c->task, name, "/sys", "sysfs", 0);
	if (rc < 0) {
		ng_printf(c->err, "mount of /sys failed: %s\n", ng_strerror(-rc));
		return -1;
	}
	bind_etc(c, name);
	return 0;
}

/**
 * netns_get_fd() - Opens a namespace
 * @c: the run
 * @name: name in /run/netns, or a path
 *
 * Return: a descriptor or -errno.
 */
int netns_get_fd(struct ipr *c, const char *name)
{
	if (!strchr(name, '/'))
		name = netns_path(c, name);
	return ng_sys_open(c->task, name, O_RDONLY, 0);
}

/**
 * netns_foreach() - Calls a function for each name in /run/netns
 * @c: the run
 * @fn: stops the walk by returning non-zero; NULL only looks whether the folder is there
 * @arg: given to it
 *
 * Return: 0, or -1 when there is no such folder.
 */
int netns_foreach(struct ipr *c, ipr_netns_fn fn, void *arg)
{
	struct ng_dirent *ents;
	unsigned int len = 0;
	unsigned int cap = 64;
	unsigned int i;
	int fd;
	int n;

	fd = ng_sys_open(c->task, NETNS_RUN_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (!fn) {
		ng_sys_close(c->task, fd);
		return 0;
	}
	ents = ng_task_alloc(c->task, cap * sizeof(*ents));
	while ((n = ng_sys_getdents(c->task, fd, ents + len, cap - len)) > 0) {
		len += (unsigned int)n;
		if (len == cap) {
			ents = ng_task_realloc(c->task, ents, cap * sizeof(*ents),
					       2 * cap * sizeof(*ents));
			cap *= 2;
		}
	}
	for (i = 0; i < len; i++) {
		if (fn(c, ents[i].name, arg))
			break;
	}
	ng_sys_close(c->task, fd);
	return 0;
}
