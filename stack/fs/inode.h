/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inode.h - the world's file tree
 *
 * Plain folders, files, links and programs are inodes. Below a folder with a
 * dyn_lookup the rest of the path is given to that function, which describes
 * what is there in a struct dyn_node: /proc and /sys are made that way, anew
 * at each look, as the calling task sees them.
 */
#ifndef STACK_FS_INODE_H
#define STACK_FS_INODE_H

#include <sys/stat.h>

#include "core/file.h"
#include "core/list.h"
#include "core/nsproxy.h"
#include "core/vsprintf.h"
#include "fs/sysctl.h"

struct dyn_node;
struct net;
struct net_device;
struct ng_task;

typedef void (*dyn_emit_fn)(void *arg, const char *name, uint32_t mode);
/* 0 and *ret_node, or -ENOENT; @rest has no leading or trailing '/', "" is the root itself */
typedef int (*dyn_lookup_fn)(struct ng_task *task, const char *rest, struct dyn_node *ret_node);

struct dyn_node {
	uint32_t mode; /* S_IFDIR, S_IFREG or S_IFLNK, with permissions */
	uint64_t ino;
	int create_err;	      /* what making a new entry in this folder says */
	struct ng_task *task; /* who looks; set before each call */
	struct net *net;
	struct net_device *dev;
	char path[96];	   /* the entry's path or name, for show/list/store */
	struct ctl ctl;	   /* of /proc/sys */
	const void *entry; /* of the table it was found in */
	long index;
	uint32_t links;	      /* followed on the way to it */
	uint32_t size, nlink; /* as stat() has them; 0: 0, and 2 for a folder or 1 */
	bool port;	      /* of a bridge port, not the bridge */
	bool absent;	      /* Linux has it, we do not: it can be seen but not opened */
	int (*show)(struct dyn_node *node, struct seq_file *m);
	int (*store)(struct dyn_node *node, const char *text, size_t len);
	void (*list)(struct dyn_node *node, dyn_emit_fn emit, void *arg);
	const struct ng_file *open_file; /* of /proc/PID/fd/N */
	struct ns_ref ns;		 /* a namespace file (/proc/PID/ns/net) */
};

struct inode {
	struct list_head siblings; /* parent->children, newest first as on tmpfs */
	struct list_head children;
	struct hlist_head *names;	/* of the children, hashed; NULL while they are few */
	uint32_t nr_children, nr_names; /* nr_names: buckets, a power of 2 */
	struct hlist_node name_node;	/* parent->names */
	uint32_t name_hash;
	struct inode *parent;
	char *name;
	uint32_t mode;
	uint64_t ino;
	uint32_t refs; /* the tree, and open files */
	int64_t mtime_ns;
	uint8_t *data; /* file contents, link target (NUL-terminated) */
	size_t size, cap;
	const void *program;
	const struct file_operations *dev_ops; /* /dev files */
	void *dev_priv;
	dyn_lookup_fn dyn_lookup;
	struct ns_ref mounted_ns; /* a namespace bind-mounted here; counted */
	bool is_mount;		  /* something else is */
};

/* what a path leads to: an inode, or a dyn_node below one */
struct path {
	struct inode *inode; /* NULL: only a dyn_node */
	bool is_dyn;
	struct inode *under; /* what the last name is, when something is mounted over it */
	struct dyn_node dyn; /* set when is_dyn */
};

struct inode *inode_new(struct ng_world *world, struct inode *parent, const char *name,
			uint32_t mode);
void inode_put(struct inode *inode);
void inode_detach(struct inode *inode);
void inode_move(struct inode *inode, struct inode *dir, const char *name);
void name_netns(const struct inode *file, struct net *net); /* namei.c */
/* 0 or -ENOENT, -ENOTDIR, -ELOOP, -ENAMETOOLONG */
int path_lookup(struct ng_task *task, const char *name, bool follow, struct path *ret_path);
/* the folder a new name would go into, and the name (in @buf) */
int path_parent(struct ng_task *task, const char *name, struct inode **ret_dir, char *buf,
		size_t size);
struct inode *inode_child(const struct inode *dir, const char *name, size_t len);

extern const struct file_operations ramfs_file_ops, ramfs_dir_ops, dyn_file_ops, dyn_dir_ops,
	nsfs_file_ops;
/* mount.c: files and folders bound over others in one mount namespace */
void mnt_bind(struct ns_plain *ns, struct inode *source, struct inode *target);
bool mnt_unbind(struct ns_plain *ns, const struct inode *target);
void mnt_detach(struct ng_world *world, const struct inode *target);
struct inode *mnt_target(const struct ns_plain *ns, struct inode *inode);
void mnt_copy_binds(struct ns_plain *to, const struct ns_plain *from);
void mnt_free_binds(struct ns_plain *ns);
struct ng_file *dyn_open(struct ng_world *world, const struct dyn_node *node, int flags);
struct ng_file *nsfs_open(struct ng_world *world, const struct ns_ref *ref, int flags);

bool absent_lookup(const char *root, const char *rest, struct dyn_node *node);
int proc_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node);
int proc_net_lookup(struct ng_task *task, struct net *net, const char *rest,
		    struct dyn_node *ret_node);
int proc_sys_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node);
int sysfs_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node);

static inline void dyn_dir(struct dyn_node *node,
			   void (*list)(struct dyn_node *, dyn_emit_fn, void *))
{
	node->mode = S_IFDIR | 0555;
	node->list = list;
}

/* a table of file names, ended by NULL, as a folder's listing */
static inline void dyn_emit_names(const char *const *names, dyn_emit_fn emit, void *arg,
				  uint32_t mode)
{
	for (; *names; names++)
		emit(arg, *names, mode);
}

#endif
