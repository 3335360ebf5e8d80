/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ramfs.c - plain files and folders, generated files, namespace files
 *
 * mirrors fs/ramfs, fs/nsfs.c and fs/seq_file.c, as far as they are needed
 * TABLE.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"

#define FILE_SIZE_MAX ((size_t)256 * 1024 * 1024) /* a script must not eat the machine */

static void ramfs_release(struct ng_file *file)
{
	inode_put(file->inode);
}

static int64_t seek(struct ng_file *file, size_t size, int64_t offset, int whence)
{
	int64_t to = offset;

	if (whence == SEEK_CUR)
		to += file->pos;
	else if (whence == SEEK_END)
		to += (int64_t)size;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (to < 0)
		return -EINVAL;
	file->pos = to;
	return to;
}

static int64_t ramfs_lseek(struct ng_file *file, int64_t offset, int whence)
{
	return seek(file, file->inode->size, offset, whence);
}

static ssize_t read_from(struct ng_file *file, const void *data, size_t size, void *buf, size_t len)
{
	size_t pos = (size_t)file->pos;

	if (pos >= size)
		return 0;
	if (len > size - pos)
		len = size - pos;
	memcpy(buf, (const uint8_t *)data + pos, len);
	file->pos += (int64_t)len;
	return (ssize_t)len;
}

static ssize_t ramfs_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	(void)task;
	return read_from(file, file->inode->data, file->inode->size, buf, len);
}

static ssize_t ramfs_write(struct ng_task *task, struct ng_file *file, const void *buf, size_t len)
{
	struct inode *inode = file->inode;
	size_t pos = file->flags & O_APPEND ? inode->size : (size_t)file->pos;

	(void)task;
	if (pos > FILE_SIZE_MAX || len > FILE_SIZE_MAX - pos)
		return -ENOSPC;
	if (pos + len > inode->cap) {
		size_t cap = (pos + len) * 2;

		inode->data = xrealloc(inode->data, cap);
		memset(inode->data + inode->cap, 0, cap - inode->cap);
		inode->cap = cap;
	}
	if (pos > inode->size)
		memset(inode->data + inode->size, 0, pos - inode->size);
	memcpy(inode->data + pos, buf, len);
	file->pos = (int64_t)(pos + len);
	if (pos + len > inode->size)
		inode->size = pos + len;
	inode->mtime_ns = file->world->config.epoch_ns + world_now(file->world);
	return (ssize_t)len;
}

const struct file_operations ramfs_file_ops = {
	.read = ramfs_read,
	.write = ramfs_write,
	.lseek = ramfs_lseek,
	.release = ramfs_release,
};

struct dents {
	struct ng_dirent *ents;
	unsigned int max, n;
	int64_t skip;
};

static void add_dent(void *arg, const char *name, uint32_t mode)
{
	struct dents *d = arg;

	if (d->skip > 0) {
		d->skip--;
		return;
	}
	if (d->n == d->max)
		return;
	memset(&d->ents[d->n], 0, sizeof(d->ents[d->n]));
	scnprintf(d->ents[d->n].name, sizeof(d->ents[d->n].name), "%s", name);
	d->ents[d->n].mode = mode & S_IFMT;
	d->n++;
}

static int ramfs_getdents(struct ng_task *task, struct ng_file *file, struct ng_dirent *ret,
			  unsigned int max)
{
	struct dents d = { .ents = ret, .max = max, .skip = file->pos };
	const struct inode *c;

	(void)task;
	list_for_each_entry(c, &file->inode->children, siblings) {
		unsigned int before = d.n;

		add_dent(&d, c->name, c->mode);
		if (d.n > before)
			ret[before].ino = c->ino;
	}
	file->pos += d.n;
	return (int)d.n;
}

static ssize_t dir_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	(void)task;
	(void)file;
	(void)buf;
	(void)len;
	return -EISDIR;
}

const struct file_operations ramfs_dir_ops = {
	.read = dir_read,
	.getdents = ramfs_getdents,
	.release = ramfs_release,
};

/* ---- generated files: the text is made at the first read, as it is then */

struct dyn_file {
	struct dyn_node node; /* first: vfs_fstat() reads it */
	struct seq_file text;
	bool made;
};

static ssize_t dyn_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	struct dyn_file *d = file->priv;

	if (!d->node.show)
		return S_ISDIR(d->node.mode) ? -EISDIR : -EINVAL;
	if (!d->made || file->pos == 0) {
		int err;

		d->text.len = 0;
		d->node.task = task;
		err = d->node.show(&d->node, &d->text);
		if (err)
			return err;
		d->made = true;
	}
	return read_from(file, d->text.buf, d->text.len, buf, len);
}

static ssize_t dyn_write(struct ng_task *task, struct ng_file *file, const void *buf, size_t len)
{
	struct dyn_file *d = file->priv;
	int err;

	if (!d->node.store)
		return -EINVAL;
	d->node.task = task;
	err = d->node.store(&d->node, buf, len);
	return err ? err : (ssize_t)len;
}

static int64_t dyn_lseek(struct ng_file *file, int64_t offset, int whence)
{
	return seek(file, 0, offset, whence);
}

static int dyn_getdents(struct ng_task *task, struct ng_file *file, struct ng_dirent *ret,
			unsigned int max)
{
	struct dyn_file *d = file->priv;
	struct dents dents = { .ents = ret, .max = max, .skip = file->pos };

	d->node.task = task;
	if (d->node.list)
		d->node.list(&d->node, add_dent, &dents);
	file->pos += dents.n;
	return (int)dents.n;
}

static void dyn_release(struct ng_file *file)
{
	struct dyn_file *d = file->priv;

	if (d->node.net)
		put_net(d->node.net);
	free(d->text.buf);
	free(d);
}

const struct file_operations dyn_file_ops = {
	.read = dyn_read,
	.write = dyn_write,
	.lseek = dyn_lseek,
	.release = dyn_release,
};

const struct file_operations dyn_dir_ops = {
	.read = dyn_read,
	.getdents = dyn_getdents,
	.release = dyn_release,
};

/**
 * dyn_open() - An open generated file
 * @world: the world
 * @node: copied
 * @flags: O_*
 *
 * Return: one reference.
 */
struct ng_file *dyn_open(struct ng_world *world, const struct dyn_node *node, int flags)
{
	struct dyn_file *d = xzalloc(sizeof(*d));

	d->node = *node;
	if (d->node.net)
		get_net(d->node.net);
	return file_new(world, S_ISDIR(node->mode) ? &dyn_dir_ops : &dyn_file_ops, d, flags);
}

/* ---- namespace files */

static void nsfs_release(struct ng_file *file)
{
	ns_ref_put(file->priv);
	free(file->priv);
}

static ssize_t nsfs_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	(void)task;
	(void)file;
	(void)buf;
	(void)len;
	return -EINVAL;
}

const struct file_operations nsfs_file_ops = {
	.read = nsfs_read,
	.release = nsfs_release,
};

/**
 * nsfs_open() - An open file that stands for a namespace
 * @world: the world
 * @ref: counted by the file
 * @flags: O_*
 *
 * Return: one reference.
 */
struct ng_file *nsfs_open(struct ng_world *world, const struct ns_ref *ref, int flags)
{
	ns_ref_get(ref);
	return file_new(world, &nsfs_file_ops, xmemdup(ref, sizeof(*ref)), flags);
}

/**
 * vfs_file_ns() - The namespace an open file stands for
 * @file: the file
 *
 * Return: borrowed, or NULL.
 */
const struct ns_ref *vfs_file_ns(const struct ng_file *file)
{
	return file->ops == &nsfs_file_ops ? file->priv : NULL;
}

/**
 * vfs_file_net() - The network namespace an open file stands for
 * @file: the file
 *
 * Return: borrowed, or NULL.
 */
struct net *vfs_file_net(const struct ng_file *file)
{
	const struct ns_ref *ref = vfs_file_ns(file);

	return ref ? ref->net : NULL;
}
