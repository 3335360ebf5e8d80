/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * namei.c - what tasks do with paths
 *
 * mirrors fs/{namei,open,stat,namespace}.c, as far as they are needed
 * CONTROL. Of mounts the world knows: a namespace bound to a file (that is
 * what /run/netns/NAME is; seen in every mount namespace), /proc of a pid
 * namespace, a file or folder bound over another in one mount namespace, and
 * marks that satisfy `ip netns`.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>

#include "core/config_trace.h"
#include "core/console.h"
#include "core/kmsg.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"

#define UMASK 022U /* of every process */

/**
 * name_netns() - Calls a namespace by the name of a file
 * @file: in /run/netns
 * @net: the namespace, may be NULL
 */
void name_netns(const struct inode *file, struct net *net)
{
	/* the first name it gets in /run/netns is what reports call it */
	if (net && file->parent && !strcmp(file->parent->name, "netns") && !net->named) {
		net->named = true;
		scnprintf(net->name, sizeof(net->name), "%s", file->name);
		if (trace_on(net->world))
			trace_netns(net, "add");
	}
}

/* Captures of a namespace end with the name they go by: another may get it. */
static void unname_netns(const struct inode *file)
{
	struct net *net = file->mounted_ns.net;

	if (net && net->named && !strcmp(net->name, file->name))
		net->unnamed = true;
}

static struct ng_file *open_inode(struct ng_world *world, struct inode *inode, int flags)
{
	struct ng_file *file;

	if (inode->mounted_ns.inum)
		return nsfs_open(world, &inode->mounted_ns, flags);
	if (inode->dev_ops)
		return file_new(world, inode->dev_ops, inode->dev_priv, flags);
	file = file_new(world, S_ISDIR(inode->mode) ? &ramfs_dir_ops : &ramfs_file_ops, NULL,
			flags);
	file->inode = inode;
	inode->refs++;
	if ((flags & O_TRUNC) && S_ISREG(inode->mode))
		inode->size = 0;
	return file;
}

static int create(struct ng_task *task, const char *path, uint32_t mode, struct inode **ret_inode)
{
	char name[256];
	struct inode *dir;
	int err = path_parent(task, path, &dir, name, sizeof(name));

	if (err)
		return err;
	if (!strcmp(name, ".") || !strcmp(name, ".."))
		return -EISDIR;
	*ret_inode = inode_new(task->world, dir, name, S_IFREG | (mode & 07777 & ~UMASK));
	return 0;
}

/* What follows @begin in @path, NULL: it does not begin so. */
static const char *after(const char *path, const char *begin)
{
	while (*begin && *path == *begin) {
		path++;
		begin++;
	}
	return *begin ? NULL : path;
}

/* /dev/stdin, /dev/fd/N, /proc/self/fd/N: the number, or -1 */
static int named_descriptor(const char *path)
{
	static const char *const std[] = { "stdin", "stdout", "stderr" };
	const char *in_dev = after(path, "/dev/");
	const char *digits = in_dev ? after(in_dev, "fd/") : after(path, "/proc/self/fd/");
	int fd = 0;

	for (int i = 0; in_dev && i < 3; i++) {
		if (!strcmp(in_dev, std[i]))
			return i;
	}
	if (!digits || !*digits || strlen(digits) > 4)
		return -1;
	for (; *digits; digits++) {
		if (*digits < '0' || *digits > '9')
			return -1;
		fd = fd * 10 + (*digits - '0');
	}
	return fd;
}

/**
 * vfs_open() - Opens a path
 * @task: whose view
 * @path: the path
 * @flags: O_*
 * @mode: permissions of a file made by O_CREAT
 * @ret_file: one reference
 *
 * Return: 0 or -errno.
 */
int vfs_open(struct ng_task *task, const char *path, int flags, uint32_t mode,
	     struct ng_file **ret_file)
{
	bool writes = (flags & O_ACCMODE) != O_RDONLY;
	struct inode *inode;
	struct path p;
	size_t len = strlen(path);
	int fd = named_descriptor(path);
	int err;

	/* Unlike Linux: the same open file, not the file opened again. */
	if (fd >= 0) {
		*ret_file = task_file(task, fd);
		if (!*ret_file)
			return -ENOENT;
		file_get(*ret_file);
		return 0;
	}
	err = path_lookup(task, path, true, &p);
	if (err == -ENOENT && (flags & O_CREAT)) {
		if (len && path[len - 1] == '/')
			return -EISDIR;
		err = create(task, path, mode, &inode);
		if (err == -EEXIST)
			err = -EISDIR;
		if (err == -EPERM)
			err = -EACCES;
		if (!err)
			*ret_file = open_inode(task->world, inode, flags);
		return err;
	}
	if (err)
		return err;
	if ((flags & O_CREAT) && (flags & O_EXCL))
		return -EEXIST;
	if (p.is_dyn && p.dyn.absent)
		return -NG_ENOTMODELLED;
	if (p.is_dyn) {
		if (S_ISDIR(p.dyn.mode) && writes)
			return -EISDIR;
		if (S_ISREG(p.dyn.mode) && (flags & O_DIRECTORY))
			return -ENOTDIR;
		if (writes && !p.dyn.store)
			return -EACCES;
		*ret_file = p.dyn.ns.inum ? nsfs_open(task->world, &p.dyn.ns, flags)
					  : dyn_open(task->world, &p.dyn, flags);
		return 0;
	}
	if (S_ISDIR(p.inode->mode) && (writes || (flags & O_CREAT)))
		return -EISDIR;
	if (!S_ISDIR(p.inode->mode) && (flags & O_DIRECTORY))
		return -ENOTDIR;
	if (writes && p.inode->program)
		return -ETXTBSY;
	*ret_file = open_inode(task->world, p.inode, flags);
	return 0;
}

static void fill_ns_stat(const struct ns_ref *ref, struct ng_stat *ret_st)
{
	*ret_st = (struct ng_stat){
		.dev = 4 /* nsfs */, .ino = ref->inum, .mode = S_IFREG | 0444, .nlink = 1
	};
}

static void fill_stat(const struct inode *inode, struct ng_stat *ret_st)
{
	*ret_st = (struct ng_stat){ .dev = 1,
				    .ino = inode->ino,
				    .mode = inode->mode,
				    .size = inode->size,
				    .nlink = 1,
				    .mtime_ns = inode->mtime_ns };
	if (S_ISDIR(inode->mode)) {
		const struct inode *c;

		ret_st->nlink = 2;
		ret_st->size = 4096; /* a block of ext4 */
		list_for_each_entry(c, &inode->children, siblings)
			ret_st->nlink += S_ISDIR(c->mode);
	}
	if (S_ISREG(inode->mode) || S_ISDIR(inode->mode)) /* on a disk of 4 KiB blocks */
		ret_st->blocks = (ret_st->size + 4095) / 4096 * 8;
	if (inode->mounted_ns.inum)
		fill_ns_stat(&inode->mounted_ns, ret_st);
}

static void fill_dyn_stat(const struct dyn_node *node, struct ng_stat *ret_st)
{
	*ret_st = (struct ng_stat){ .dev = 5,
				    .ino = node->ino,
				    .mode = node->mode,
				    .nlink = S_ISDIR(node->mode) ? (node->nlink ? node->nlink : 2)
								 : 1,
				    .size = S_ISREG(node->mode) ? node->size : 0,
				    .mtime_ns = world_realtime(node->task->world) };
	if (node->ns.inum)
		fill_ns_stat(&node->ns, ret_st);
}

/**
 * vfs_stat() - What a path leads to
 * @task: whose view
 * @path: the path
 * @follow: a link at its end too
 * @ret_st: filled
 *
 * Return: 0 or -errno.
 */
int vfs_stat(struct ng_task *task, const char *path, bool follow, struct ng_stat *ret_st)
{
	int fd = follow ? named_descriptor(path) : -1;
	struct path p;
	int err;

	if (fd >= 0) {
		struct ng_file *file = task_file(task, fd);

		if (file)
			vfs_fstat(file, ret_st);
		return file ? 0 : -ENOENT;
	}
	err = path_lookup(task, path, follow, &p);
	if (err)
		return err;
	if (p.is_dyn)
		fill_dyn_stat(&p.dyn, ret_st);
	if (p.is_dyn && p.dyn.ns.inum && !follow)
		ret_st->mode = S_IFLNK | 0777;
	if (!p.is_dyn)
		fill_stat(p.inode, ret_st);
	return 0;
}

/**
 * vfs_fstat() - What an open file is
 * @file: the file
 * @ret_st: filled
 */
void vfs_fstat(struct ng_file *file, struct ng_stat *ret_st)
{
	const struct ns_ref *ref = vfs_file_ns(file);

	if (ref)
		fill_ns_stat(ref, ret_st);
	else if (file->inode)
		fill_stat(file->inode, ret_st);
	else if (file->ops == &dyn_file_ops || file->ops == &dyn_dir_ops)
		fill_dyn_stat(file->priv, ret_st);
	else
		*ret_st = (struct ng_stat){ .dev = 6,
					    .mode = (file->ops == &socket_file_ops    ? S_IFSOCK
						     : file->ops == &console_file_ops ? S_IFCHR
										      : S_IFIFO) |
						    0600 };
}

/**
 * vfs_mkdir() - Makes a folder
 * @task: whose view
 * @path: the path
 * @mode: permissions
 *
 * Return: 0, -EEXIST, -ENOENT, -ENOTDIR, -EPERM ...
 */
int vfs_mkdir(struct ng_task *task, const char *path, uint32_t mode)
{
	char name[256];
	struct inode *dir;
	struct path p;
	int err = path_lookup(task, path, false, &p);

	if (!err)
		return -EEXIST;
	if (err != -ENOENT)
		return err;
	err = path_parent(task, path, &dir, name, sizeof(name));
	if (err)
		return err;
	inode_new(task->world, dir, name, S_IFDIR | (mode & 07777 & ~UMASK));
	return 0;
}

static int remove_entry(struct ng_task *task, const char *path, bool folder)
{
	struct path p;
	int err = path_lookup(task, path, false, &p);

	if (err)
		return err;
	if (p.is_dyn)
		return folder && !S_ISDIR(p.dyn.mode) ? -ENOTDIR : -EPERM;
	if (S_ISDIR(p.inode->mode) != folder)
		return folder ? -ENOTDIR : -EISDIR;
	if (p.under || p.inode->mounted_ns.inum)
		return -EBUSY;
	if (!list_empty(&p.inode->children))
		return -ENOTEMPTY;
	if (p.inode == task->world->root || p.inode->dyn_lookup || (folder && p.inode->is_mount))
		return -EBUSY;
	mnt_detach(task->world, p.inode);
	inode_detach(p.inode);
	p.inode->parent = NULL;
	inode_put(p.inode);
	return 0;
}

/** vfs_rmdir() - Removes an empty folder; 0 or -errno */
int vfs_rmdir(struct ng_task *task, const char *path)
{
	return remove_entry(task, path, true);
}

/** vfs_unlink() - Removes a file, and what is mounted on it; 0 or -errno */
int vfs_unlink(struct ng_task *task, const char *path)
{
	return remove_entry(task, path, false);
}

/**
 * vfs_readlink() - Where a link points
 * @task: whose view
 * @path: the link
 * @buf: where to; not terminated
 * @len: its room
 *
 * Return: bytes, -EINVAL (no link) or -errno.
 */
int vfs_readlink(struct ng_task *task, const char *path, char *buf, size_t len)
{
	struct seq_file m = { 0 };
	struct path p;
	int err = path_lookup(task, path, false, &p);

	if (err)
		return err;
	if (p.is_dyn && p.dyn.absent)
		return -NG_ENOTMODELLED;
	if (p.is_dyn && p.dyn.ns.inum)
		seq_printf(&m, "%s:[%u]", ns_names[p.dyn.ns.kind], p.dyn.ns.inum);
	else if (p.is_dyn && S_ISLNK(p.dyn.mode) && p.dyn.show)
		p.dyn.show(&p.dyn, &m);
	else if (!p.is_dyn && S_ISLNK(p.inode->mode))
		seq_write(&m, p.inode->data, p.inode->size);
	else
		return -EINVAL;
	if (len > m.len)
		len = m.len;
	if (len)
		memcpy(buf, m.buf, len);
	free(m.buf);
	return (int)len;
}

/* The path of a folder without links in it. False: it does not begin at the root. */
static bool inode_path(const struct ng_world *world, const struct inode *inode, struct seq_file *m)
{
	const struct inode *up[64];
	size_t n = 0;

	for (; inode != world->root; inode = inode->parent) {
		if (!inode || n == sizeof(up) / sizeof(up[0]))
			return false;
		up[n++] = inode;
	}
	if (!n)
		seq_write(m, "/", 1);
	while (n--)
		seq_printf(m, "/%s", up[n]->name);
	return true;
}

/**
 * vfs_chdir() - Changes the working folder
 * @task: whose
 * @path: the path
 *
 * Return: 0, -ENOTDIR or -errno.
 */
int vfs_chdir(struct ng_task *task, const char *path)
{
	struct seq_file m = { 0 };
	struct path p;
	const char *s;
	int err = path_lookup(task, path, true, &p);

	if (err)
		return err;
	if (p.is_dyn ? !S_ISDIR(p.dyn.mode) : !S_ISDIR(p.inode->mode))
		return -ENOTDIR;
	if (!p.is_dyn && inode_path(task->world, p.inode, &m)) {
		seq_write(&m, "", 1);
		free(task->cwd);
		task->cwd = m.buf;
		return 0;
	}
	/* below /proc and /sys there is only the text; ".." is taken away */
	if (*path != '/' && strcmp(task->cwd, "/"))
		seq_printf(&m, "%s", task->cwd);
	for (s = path; *s;) {
		size_t n = strcspn(s, "/");

		if (n == 2 && !memcmp(s, "..", 2)) {
			while (m.len && m.buf[m.len - 1] != '/')
				m.len--;
			if (m.len)
				m.len--;
		} else if (n && !(n == 1 && *s == '.')) {
			seq_write(&m, "/", 1);
			seq_write(&m, s, n);
		}
		s += n;
		s += strspn(s, "/");
	}
	if (!m.len)
		seq_write(&m, "/", 1);
	seq_write(&m, "", 1);
	free(task->cwd);
	task->cwd = m.buf;
	return 0;
}

static int bind_mount(struct ng_task *task, const char *source, struct path *target)
{
	const struct ns_ref *ref;
	struct path src;
	int err = path_lookup(task, source, true, &src);

	if (err)
		return err;
	if (target->is_dyn)
		return -EINVAL;
	ref = src.is_dyn ? &src.dyn.ns : &src.inode->mounted_ns;
	if (ref->inum) {
		if (S_ISDIR(target->inode->mode))
			return -ENOTDIR;
		ns_ref_get(ref);
		ns_ref_put(&target->inode->mounted_ns);
		target->inode->mounted_ns = *ref;
		name_netns(target->inode, ref->net);
		return 0;
	}
	if (src.is_dyn)
		return -EPERM;
	if (src.inode == target->inode) {
		target->inode->is_mount = true;
		return 0;
	}
	if (S_ISDIR(src.inode->mode) != S_ISDIR(target->inode->mode))
		return -ENOTDIR;
	mnt_bind(task->ns[NS_MNT], src.inode, target->under ? target->under : target->inode);
	return 0;
}

/**
 * vfs_mount() - Mounts what the world knows
 * @task: whose view
 * @source: path or device
 * @target: path
 * @fstype: NULL or its name
 * @flags: MS_*
 *
 * Return: 0, -ENOENT, -EINVAL (no mount point), -ENODEV (unknown kind), -EPERM.
 */
int vfs_mount(struct ng_task *task, const char *source, const char *target, const char *fstype,
	      unsigned long flags)
{
	struct path p;
	int err = path_lookup(task, target, true, &p);

	if (err)
		return err;
	if (flags & MS_BIND)
		return bind_mount(task, source, &p);
	if (flags & (MS_SHARED | MS_SLAVE | MS_PRIVATE | MS_UNBINDABLE)) {
		bool mounted = p.is_dyn || p.inode == task->world->root || p.inode->is_mount ||
			       p.inode->mounted_ns.inum;

		return mounted ? 0 : -EINVAL;
	}
	if (fstype && !strcmp(fstype, "proc") && p.is_dyn) {
		task->ns[NS_MNT]->proc_pid_ns = task->pid_ns;
		return 0;
	}
	if (fstype && !strcmp(fstype, "sysfs") && p.is_dyn)
		return 0; /* /sys always shows the caller's namespace */
	if (fstype && !strcmp(fstype, "tmpfs") && !p.is_dyn && S_ISDIR(p.inode->mode)) {
		struct inode *root = inode_new(task->world, NULL, p.inode->name, S_IFDIR | 01777);

		root->parent = p.inode->parent;
		root->is_mount = true;
		mnt_bind(task->ns[NS_MNT], root, p.under ? p.under : p.inode);
		inode_put(root);
		return 0;
	}
	return fstype && (!strcmp(fstype, "proc") || !strcmp(fstype, "sysfs") ||
			  !strcmp(fstype, "tmpfs"))
		       ? -EPERM
		       : -ENODEV;
}

/**
 * vfs_umount() - Takes a mount away
 * @task: whose view
 * @target: path
 * @flags: MNT_*
 *
 * Return: 0, -ENOENT, or -EINVAL (nothing mounted there).
 */
int vfs_umount(struct ng_task *task, const char *target, int flags)
{
	struct path p;
	int err = path_lookup(task, target, true, &p);

	(void)flags;
	if (err)
		return err;
	if (p.is_dyn)
		return 0;
	if (p.inode->mounted_ns.inum) {
		unname_netns(p.inode);
		ns_ref_put(&p.inode->mounted_ns);
		memset(&p.inode->mounted_ns, 0, sizeof(p.inode->mounted_ns));
		return 0;
	}
	if (p.under && mnt_unbind(task->ns[NS_MNT], p.under))
		return 0;
	if (!p.inode->is_mount)
		return -EINVAL;
	p.inode->is_mount = false;
	return 0;
}

/**
 * vfs_program() - The program at a path
 * @task: whose view
 * @path: the path
 * @ret_program: what vfs_add_program() left there
 *
 * Return: 0, -ENOENT, -EACCES (not executable, a folder) or -ENOEXEC (no program of ours).
 */
int vfs_program(struct ng_task *task, const char *path, const void **ret_program)
{
	struct path p;
	int err = path_lookup(task, path, true, &p);

	if (err)
		return err;
	if (p.is_dyn || !S_ISREG(p.inode->mode) || !(p.inode->mode & 0111))
		return -EACCES;
	if (!p.inode->program)
		return -ENOEXEC;
	*ret_program = p.inode->program;
	return 0;
}
