/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file.h - open files, and what blocks on them
 */
#ifndef STACK_CORE_FILE_H
#define STACK_CORE_FILE_H

#include <netglass/syscall.h>
#include <netglass/types.h>

#include "core/list.h"

struct inode;
struct ng_file;
struct ng_task;
struct ng_world;
struct ns_ref;
struct sock;

/* wait.c: a queue of completion callbacks; a sleeping fiber is one kind of waiter */
struct wait_queue_head {
	struct list_head list;
};

struct wait_queue_entry {
	struct list_head list;
	void (*func)(struct wait_queue_entry *entry); /* called by wake_up(); stays queued */
	void *arg;
};

static inline void init_waitqueue_head(struct wait_queue_head *wq)
{
	INIT_LIST_HEAD(&wq->list);
}

static inline void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *e)
{
	list_add_tail(&e->list, &wq->list);
}

static inline void remove_wait_queue(struct wait_queue_entry *e)
{
	list_del(&e->list);
}

static inline void wake_up(struct wait_queue_head *wq)
{
	struct wait_queue_entry *e, *n;

	list_for_each_entry_safe(e, n, &wq->list, list)
		e->func(e);
}

/*
 * Parks the running task until @wq is woken, @timeout_ns (from now; < 0: never) has passed or a handled
 * signal comes. 0 woken, -EAGAIN timed out, -EINTR signal. The caller tests its condition again in a loop.
 */
int task_wait_on_any(struct ng_task *task, struct wait_queue_head **wqs, unsigned int n,
		     int64_t timeout_ns);
int task_wait_on(struct ng_task *task, struct wait_queue_head *wq, int64_t timeout_ns);

#define SOCK_INODE_BASE 20000U /* numbers of sockets and pipes begin here */

struct file_operations {
	ssize_t (*read)(struct ng_task *task, struct ng_file *file, void *buf, size_t len);
	ssize_t (*write)(struct ng_task *task, struct ng_file *file, const void *buf, size_t len);
	/* readiness now (POLLIN ...); *ret_wq is the queue to wait on, NULL: always ready */
	int (*poll)(struct ng_file *file, struct wait_queue_head **ret_wq);
	int (*getdents)(struct ng_task *task, struct ng_file *file, struct ng_dirent *ret,
			unsigned int max);
	int64_t (*lseek)(struct ng_file *file, int64_t offset, int whence);
	void (*release)(struct ng_file *file); /* the last reference is gone */
};

struct ng_file {
	const struct file_operations *ops;
	uint32_t refs;
	int flags; /* O_* */
	int64_t pos;
	void *priv;
	struct inode *inode; /* NULL for sockets, pipes */
	uint64_t ino;	     /* of those */
	struct ng_world *world;
};

struct ng_file *file_new(struct ng_world *world, const struct file_operations *ops, void *priv,
			 int flags);
static inline struct ng_file *file_get(struct ng_file *file)
{
	file->refs++;
	return file;
}
void file_put(struct ng_file *file);

extern const struct file_operations socket_file_ops; /* priv: struct sock */
/* the file of a new socket */
struct ng_file *sock_alloc_file(struct sock *sk, int flags);
bool file_is_pipe(const struct ng_file *file);

/* vfs: stack/fs/namei.c. Paths are looked up from the task's root and working folder. */
struct vfs_program {
	const void *program;
};
int vfs_open(struct ng_task *task, const char *path, int flags, uint32_t mode,
	     struct ng_file **ret_file);
int vfs_stat(struct ng_task *task, const char *path, bool follow, struct ng_stat *ret_st);
void vfs_fstat(struct ng_file *file, struct ng_stat *ret_st);
int vfs_mkdir(struct ng_task *task, const char *path, uint32_t mode);
int vfs_rmdir(struct ng_task *task, const char *path);
int vfs_unlink(struct ng_task *task, const char *path);
int vfs_symlink(struct ng_task *task, const char *target, const char *path);
int vfs_rename(struct ng_task *task, const char *from, const char *to);
int vfs_chmod(struct ng_task *task, const char *path, uint32_t mode);
int vfs_ftruncate(struct ng_file *file, int64_t size);
int vfs_readlink(struct ng_task *task, const char *path, char *buf, size_t len);
int vfs_mount(struct ng_task *task, const char *source, const char *target, const char *fstype,
	      unsigned long flags);
int vfs_umount(struct ng_task *task, const char *target, int flags);
int vfs_chdir(struct ng_task *task, const char *path);
/* The program at @path; -ENOENT, -EACCES (not executable), -ENOEXEC (a file that is no program) */
int vfs_program(struct ng_task *task, const char *path, const void **ret_program);
/* What runs the file at a path: fs/binfmt_script.c */
struct exec_image {
	const void *program;
	char **argv; /* owned; NULL: the caller's arguments */
};
int exec_image_find(struct ng_task *task, const char *path, char *const argv[],
		    struct exec_image *ret);
void exec_image_free(struct exec_image *image);
int vfs_add_program(struct ng_world *world, const char *path, const void *program);
int vfs_add_file(struct ng_world *world, const char *path, const void *data, size_t len);
void vfs_init(struct ng_world *world);
void vfs_fini(struct ng_world *world);
/* The namespace an open file names (a /run/netns file, /proc/PID/ns/...): borrowed, NULL if none */
const struct ns_ref *vfs_file_ns(const struct ng_file *file);
struct net *vfs_file_net(const struct ng_file *file);
int pipe_new(struct ng_world *world, struct ng_file *ret_files[2]);

#endif
