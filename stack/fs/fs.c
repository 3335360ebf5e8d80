/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fs.c - the machine's disk as it is at power-on
 *
 * CONTROL.
 */
#include <errno.h>
#include <string.h>

#include "core/sched.h"
#include "core/kmsg.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"

static ssize_t null_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	(void)task;
	(void)file;
	(void)buf;
	(void)len;
	return 0;
}

#define ZERO_WORK 512 /* bytes of an endless file that count as a system call */

static ssize_t zero_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	(void)file;
	task_worked(task, len / ZERO_WORK);
	memset(buf, 0, len);
	return (ssize_t)len;
}

static ssize_t null_write(struct ng_task *task, struct ng_file *file, const void *buf, size_t len)
{
	(void)task;
	(void)file;
	(void)buf;
	return (ssize_t)len;
}

static ssize_t full_write(struct ng_task *task, struct ng_file *file, const void *buf, size_t len)
{
	(void)task;
	(void)file;
	(void)buf;
	(void)len;
	return -ENOSPC;
}

static const struct file_operations null_ops = { .read = null_read, .write = null_write };
static const struct file_operations zero_ops = { .read = zero_read, .write = null_write };
static const struct file_operations full_ops = { .read = zero_read, .write = full_write };

/* The folder DIR of an absolute path, made with its parents. */
static struct inode *make_folders(struct ng_world *world, const char *path, const char **ret_last)
{
	struct inode *at = world->root;

	for (;;) {
		struct inode *child;
		size_t n;

		path += strspn(path, "/");
		n = strcspn(path, "/");
		if (!path[n])
			break;
		child = inode_child(at, path, n);
		if (!child) {
			char name[256];

			scnprintf(name, sizeof(name), "%.*s", (int)n, path);
			child = inode_new(world, at, name, S_IFDIR | 0755);
		}
		at = child;
		path += n;
	}
	*ret_last = path;
	return at;
}

static struct inode *make_file(struct ng_world *world, const char *path, uint32_t mode)
{
	const char *last;
	struct inode *dir = make_folders(world, path, &last);
	struct inode *inode = inode_child(dir, last, strlen(last));

	return inode ? inode : inode_new(world, dir, last, mode);
}

static void make_link(struct ng_world *world, const char *path, const char *target)
{
	struct inode *inode = make_file(world, path, S_IFLNK | 0777);

	inode->data = xmemdup(target, strlen(target) + 1);
	inode->size = strlen(target);
}

/**
 * vfs_add_program() - Installs a program
 * @world: the world
 * @path: absolute
 * @program: what exec gets
 *
 * Return: 0.
 */
int vfs_add_program(struct ng_world *world, const char *path, const void *program)
{
	make_file(world, path, S_IFREG | 0755)->program = program;
	return 0;
}

/**
 * vfs_add_file() - Puts a file on the disk
 * @world: the world
 * @path: absolute; an older file of that name is replaced
 * @data: contents, copied
 * @len: bytes
 *
 * Return: 0.
 */
int vfs_add_file(struct ng_world *world, const char *path, const void *data, size_t len)
{
	struct inode *inode = make_file(world, path, S_IFREG | 0644);

	free(inode->data);
	inode->data = xmemdup(data, len);
	inode->size = len;
	inode->cap = len;
	return 0;
}

static void add_device(struct ng_world *world, const char *path, const struct file_operations *ops,
		       void *priv)
{
	struct inode *inode = make_file(world, path, S_IFCHR | 0666);

	inode->dev_ops = ops;
	inode->dev_priv = priv;
}

/**
 * vfs_init() - The disk at power-on
 * @world: the world
 */
void vfs_init(struct ng_world *world)
{
	static const char *const folders[] = { "/tmp/",		 "/root/",    "/run/netns/",
					       "/etc/iproute2/", "/home/",    "/usr/bin/",
					       "/usr/sbin/",	 "/usr/lib/", "/var/tmp/",
					       "/dev/" };
	const char *last;
	size_t i;

	world->root = inode_new(world, NULL, "", S_IFDIR | 0755);
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		make_folders(world, folders[i], &last);
	make_folders(world, "/tmp/", &last)->mode = S_IFDIR | 01777;
	make_folders(world, "/var/tmp/", &last)->mode = S_IFDIR | 01777;
	make_link(world, "/bin", "usr/bin");
	make_link(world, "/sbin", "usr/sbin");
	make_link(world, "/lib", "usr/lib");
	make_link(world, "/var/run", "/run");
	add_device(world, "/dev/null", &null_ops, NULL);
	add_device(world, "/dev/zero", &zero_ops, NULL);
	add_device(world, "/dev/full", &full_ops, NULL);
	add_device(world, "/dev/kmsg", &kmsg_file_ops, kmsg_get(world));
	inode_new(world, world->root, "proc", S_IFDIR | 0555)->dyn_lookup = proc_lookup;
	inode_new(world, world->root, "sys", S_IFDIR | 0555)->dyn_lookup = sysfs_lookup;
}

/**
 * vfs_fini() - Frees the tree
 * @world: the world; no file is open
 */
void vfs_fini(struct ng_world *world)
{
	inode_put(world->root);
	world->root = NULL;
}
