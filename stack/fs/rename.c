/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rename.c - links, other names, permissions, sizes
 *
 * mirrors fs/{namei,open,attr}.c, as far as they are needed
 * CONTROL.
 */
#include <errno.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"

#define FILE_SIZE_MAX (INT64_C(256) * 1024 * 1024)

/**
 * vfs_symlink() - Makes a link
 * @task: whose view
 * @target: where it points; need not exist
 * @path: its name
 *
 * Return: 0, -EEXIST, -ENOENT ...
 */
int vfs_symlink(struct ng_task *task, const char *target, const char *path)
{
	struct inode *dir, *link;
	char name[256];
	struct path p;
	int err = path_lookup(task, path, false, &p);

	if (!err)
		return -EEXIST;
	if (err != -ENOENT)
		return err;
	if (!*target)
		return -ENOENT;
	err = path_parent(task, path, &dir, name, sizeof(name));
	if (err)
		return err;
	link = inode_new(task->world, dir, name, S_IFLNK | 0777);
	link->size = strlen(target);
	link->data = xmemdup(target, link->size + 1);
	link->cap = link->size + 1;
	if (!path_lookup(task, path, true, &p)) {
		const struct ns_ref *ref = p.is_dyn ? &p.dyn.ns : &p.inode->mounted_ns;

		if (ref->inum)
			name_netns(link, ref->net);
	}
	return 0;
}

static bool is_below(const struct inode *inode, const struct inode *dir)
{
	for (; inode; inode = inode->parent) {
		if (inode == dir)
			return true;
	}
	return false;
}

/**
 * vfs_rename() - Gives a file or folder another name
 * @task: whose view
 * @from: what
 * @to: the new name; what has it goes
 *
 * Return: 0, -ENOENT, -EISDIR, -ENOTDIR, -ENOTEMPTY, -EINVAL (into itself), -EXDEV, -EBUSY ...
 */
int vfs_rename(struct ng_task *task, const char *from, const char *to)
{
	struct inode *dir;
	struct path p, old;
	char name[256];
	int err = path_lookup(task, from, false, &p);

	if (!err && p.is_dyn)
		err = -EXDEV;
	if (!err && (p.inode == task->world->root || p.inode->dyn_lookup || p.under ||
		     p.inode->is_mount || p.inode->mounted_ns.inum))
		err = -EBUSY;
	if (err)
		return err;
	err = path_parent(task, to, &dir, name, sizeof(name));
	if (err)
		return err == -EEXIST ? -EBUSY : err;
	if (is_below(dir, p.inode))
		return -EINVAL;
	err = path_lookup(task, to, false, &old);
	if (!err) {
		if (old.inode == p.inode)
			return 0;
		err = S_ISDIR(p.inode->mode) ? vfs_rmdir(task, to) : vfs_unlink(task, to);
	} else if (err == -ENOENT) {
		err = 0;
	}
	if (!err)
		inode_move(p.inode, dir, name);
	return err;
}

/**
 * vfs_chmod() - Changes permissions
 * @task: whose view
 * @path: what
 * @mode: permissions
 *
 * Return: 0, -ENOENT, -EPERM (in /proc) ...
 */
int vfs_chmod(struct ng_task *task, const char *path, uint32_t mode)
{
	struct path p;
	int err = path_lookup(task, path, true, &p);

	if (err)
		return err;
	if (p.is_dyn)
		return -EPERM;
	p.inode->mode = (p.inode->mode & S_IFMT) | (mode & 07777);
	return 0;
}

/**
 * vfs_ftruncate() - Cuts or stretches an open file
 * @file: the file
 * @size: what it shall be
 *
 * Return: 0, -EINVAL or -EFBIG.
 */
int vfs_ftruncate(struct ng_file *file, int64_t size)
{
	struct inode *inode = file->inode;

	if (file->ops != &ramfs_file_ops || size < 0)
		return -EINVAL;
	if (size > FILE_SIZE_MAX)
		return -EFBIG;
	if ((size_t)size > inode->cap) {
		inode->data = xrealloc(inode->data, (size_t)size);
		inode->cap = (size_t)size;
	}
	if ((size_t)size > inode->size)
		memset(inode->data + inode->size, 0, (size_t)size - inode->size);
	inode->size = (size_t)size;
	inode->mtime_ns = world_realtime(file->world);
	return 0;
}
