/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * syscall_file.c - system calls on any open file, and on paths
 *
 * mirrors fs/read_write.c, fs/select.c and fs/file.c, as far as they are needed
 * CONTROL. Each call costs a microsecond, and what it started has run before
 * it returns.
 */
#include <errno.h>
#include <fcntl.h>
#include <netglass/syscall.h>
#include <poll.h>
#include <string.h>

#include "core/console.h"
#include "core/net_namespace.h"
#include "core/sched.h"
#include "core/sock.h"
#include "core/task.h"
#include "core/world.h"

static int poll_once(struct ng_task *task, struct pollfd *fds, unsigned int nfds,
		     struct wait_queue_head **wqs, unsigned int *ret_nr_wqs)
{
	unsigned int i;
	int ready = 0;

	*ret_nr_wqs = 0;
	for (i = 0; i < nfds; i++) {
		struct ng_file *file = task_file(task, fds[i].fd);
		struct wait_queue_head *wq = NULL;
		int mask;

		fds[i].revents = 0;
		if (fds[i].fd < 0)
			continue;
		if (!file)
			mask = POLLNVAL;
		else if (!file->ops->poll)
			mask = (POLLIN | POLLOUT) & fds[i].events;
		else
			mask = file->ops->poll(file, &wq) & (fds[i].events | POLLERR | POLLHUP);
		fds[i].revents = (short)mask;
		ready += mask != 0;
		if (wq)
			wqs[(*ret_nr_wqs)++] = wq;
	}
	return ready;
}

/* how late such a wait may end: as select_estimate_accuracy() */
static int64_t select_slack(int64_t timeout_ns)
{
	int64_t slack = timeout_ns / 1000;

	if (slack > 100 * NSEC_PER_MSEC)
		slack = 100 * NSEC_PER_MSEC;
	return slack > TIMER_SLACK_NS ? slack : TIMER_SLACK_NS;
}

/**
 * ng_sys_poll() - Waits until one of several files is ready
 * @task: the running one
 * @fds: which, and for what; revents is set
 * @nfds: how many, at most 64
 * @timeout_ns: from now; < 0: for ever
 *
 * Return: how many are ready, 0 (time is up), -EINTR or -EINVAL.
 */
int ng_sys_poll(struct ng_task *task, struct pollfd *fds, unsigned int nfds, int64_t timeout_ns)
{
	struct wait_queue_head *wqs[TASK_WAIT_MAX];
	int64_t deadline;
	unsigned int n;
	int ready;

	if (nfds > TASK_WAIT_MAX)
		return -EINVAL;
	syscall_enter(task);
	sim_run_queue(&task->world->sim);
	deadline = world_now(task->world) + timeout_ns;
	if (timeout_ns > 0)
		deadline += select_slack(timeout_ns);
	for (;;) {
		int64_t left = timeout_ns < 0 ? -1 : deadline - world_now(task->world);
		int err;

		ready = poll_once(task, fds, nfds, wqs, &n);
		if (ready || (timeout_ns >= 0 && left <= 0))
			break;
		err = task_wait_on_any(task, wqs, n, left);
		if (err == -EINTR) {
			ready = -EINTR;
			break;
		}
	}
	syscall_exit(task);
	return ready;
}

/* @err of a call that looked at @path, after the program's side has heard of it */
static int task_not_modelled(struct ng_task *task, const char *path, int err)
{
	if (err == -NG_ENOTMODELLED && task->world->config.absent)
		task->world->config.absent(task, path);
	return err;
}

/**
 * ng_sys_open() - Opens a file of the world
 * @task: the running one
 * @path: absolute, or from the working folder
 * @flags: O_*
 * @mode: permissions of a new file
 *
 * Return: a descriptor or -errno.
 */
int ng_sys_open(struct ng_task *task, const char *path, int flags, uint32_t mode)
{
	struct ng_file *file;
	int err;

	syscall_enter(task);
	err = vfs_open(task, path, flags, mode, &file);
	if (!err)
		err = task_install_file(task, file, flags & O_CLOEXEC, 0);
	syscall_exit(task);
	return task_not_modelled(task, path, err);
}

/**
 * ng_sys_close() - Closes a descriptor
 * @task: the running one
 * @fd: the descriptor
 *
 * Return: 0 or -EBADF.
 */
int ng_sys_close(struct ng_task *task, int fd)
{
	struct ng_file *file = task_file(task, fd);

	syscall_enter(task);
	if (file) {
		task->files[fd] = NULL;
		file_put(file);
	}
	syscall_exit(task);
	return file ? 0 : -EBADF;
}

/**
 * ng_sys_read() - Reads
 * @task: the running one
 * @fd: the descriptor
 * @buf: where to
 * @len: its room
 *
 * Return: bytes, 0 at the end, or -errno.
 */
ssize_t ng_sys_read(struct ng_task *task, int fd, void *buf, size_t len)
{
	struct ng_file *file = task_file(task, fd);
	ssize_t n = -EBADF;

	syscall_enter(task);
	if (file && file->ops->read && (file->flags & O_ACCMODE) != O_WRONLY) {
		task->busy_file = file_get(file);
		n = file->ops->read(task, file, buf, len);
		task->busy_file = NULL;
		file_put(file);
	}
	syscall_exit(task);
	return n;
}

/**
 * ng_sys_write() - Writes
 * @task: the running one
 * @fd: the descriptor
 * @buf: bytes
 * @len: how many
 *
 * Return: bytes or -errno.
 */
ssize_t ng_sys_write(struct ng_task *task, int fd, const void *buf, size_t len)
{
	struct ng_file *file = task_file(task, fd);
	ssize_t n = -EBADF;

	syscall_enter(task);
	if (file && file->ops->write && (file->flags & O_ACCMODE) != O_RDONLY) {
		task->busy_file = file_get(file);
		n = file->ops->write(task, file, buf, len);
		task->busy_file = NULL;
		file_put(file);
	}
	syscall_exit(task);
	return n;
}

/**
 * ng_sys_lseek() - Moves the reading and writing position
 * @task: the running one
 * @fd: the descriptor
 * @offset: bytes
 * @whence: SEEK_*
 *
 * Return: the position, -EBADF or -ESPIPE.
 */
int64_t ng_sys_lseek(struct ng_task *task, int fd, int64_t offset, int whence)
{
	struct ng_file *file = task_file(task, fd);
	int64_t r = -EBADF;

	syscall_enter(task);
	if (file)
		r = file->ops->lseek ? file->ops->lseek(file, offset, whence) : -ESPIPE;
	syscall_exit(task);
	return r;
}

/**
 * ng_sys_pipe() - A pipe
 * @task: the running one
 * @ret_fds: reading end, writing end
 *
 * Return: 0 or -EMFILE.
 */
int ng_sys_pipe(struct ng_task *task, int ret_fds[2])
{
	struct ng_file *files[2];

	syscall_enter(task);
	pipe_new(task->world, files);
	ret_fds[0] = task_install_file(task, files[0], false, 0);
	ret_fds[1] = task_install_file(task, files[1], false, 0);
	syscall_exit(task);
	return ret_fds[0] < 0 || ret_fds[1] < 0 ? -EMFILE : 0;
}

/**
 * ng_sys_dup() - A second descriptor for the same open file
 * @task: the running one
 * @fd: the descriptor
 * @min_fd: the new one is no lower
 *
 * Return: the new descriptor, -EBADF or -EMFILE.
 */
int ng_sys_dup(struct ng_task *task, int fd, int min_fd)
{
	struct ng_file *file = task_file(task, fd);
	int r = -EBADF;

	syscall_enter(task);
	if (file)
		r = task_install_file(task, file_get(file), false, min_fd);
	syscall_exit(task);
	return r;
}

/**
 * ng_sys_dup2() - A given descriptor for the same open file
 * @task: the running one
 * @oldfd: the descriptor
 * @newfd: closed first if open
 *
 * Return: @newfd or -EBADF.
 */
int ng_sys_dup2(struct ng_task *task, int oldfd, int newfd)
{
	struct ng_file *file = task_file(task, oldfd);
	struct ng_file *old = task_file(task, newfd);
	int r = -EBADF;

	syscall_enter(task);
	if (file && oldfd == newfd) {
		r = newfd;
	} else if (file && newfd >= 0) {
		file_get(file);
		if (old) {
			task->files[newfd] = NULL;
			file_put(old);
		}
		r = task_install_file(task, file, false, newfd);
	}
	syscall_exit(task);
	return r;
}

/**
 * ng_sys_isatty() - Does a person sit at this descriptor?
 * @task: the running one
 * @fd: the descriptor
 *
 * Return: 1 or 0.
 */
int ng_sys_isatty(struct ng_task *task, int fd)
{
	const struct ng_file *file = task_file(task, fd);

	return file && file->ops == &console_file_ops && task->world->config.console_is_tty;
}

/**
 * ng_sys_fstat() - What an open file is
 * @task: the running one
 * @fd: the descriptor
 * @ret_st: filled
 *
 * Return: 0 or -EBADF.
 */
int ng_sys_fstat(struct ng_task *task, int fd, struct ng_stat *ret_st)
{
	struct ng_file *file = task_file(task, fd);

	syscall_enter(task);
	if (file)
		vfs_fstat(file, ret_st);
	return file ? 0 : -EBADF;
}

/**
 * ng_sys_getdents() - Names in an open folder
 * @task: the running one
 * @fd: the descriptor
 * @ret_ents: filled
 * @max: its room
 *
 * Return: how many, 0 at the end, -EBADF or -ENOTDIR.
 */
int ng_sys_getdents(struct ng_task *task, int fd, struct ng_dirent *ret_ents, unsigned int max)
{
	struct ng_file *file = task_file(task, fd);

	syscall_enter(task);
	if (!file)
		return -EBADF;
	return file->ops->getdents ? file->ops->getdents(task, file, ret_ents, max) : -ENOTDIR;
}

/* One shape for calls on paths. */
#define PATH_CALL(expr)              \
	do {                         \
		int r_;              \
		syscall_enter(task); \
		r_ = (expr);         \
		syscall_exit(task);  \
		return r_;           \
	} while (0)

/** ng_sys_stat() - What a path is; 0 or -errno */
int ng_sys_stat(struct ng_task *task, const char *path, struct ng_stat *ret_st)
{
	PATH_CALL(vfs_stat(task, path, true, ret_st));
}

/** ng_sys_lstat() - What a path is, a link at its end not followed; 0 or -errno */
int ng_sys_lstat(struct ng_task *task, const char *path, struct ng_stat *ret_st)
{
	PATH_CALL(vfs_stat(task, path, false, ret_st));
}

/** ng_sys_rename() - Another name, which may be taken; 0 or -errno */
int ng_sys_rename(struct ng_task *task, const char *from, const char *to)
{
	PATH_CALL(vfs_rename(task, from, to));
}

/** ng_sys_symlink() - Makes a link; 0 or -errno */
int ng_sys_symlink(struct ng_task *task, const char *target, const char *path)
{
	PATH_CALL(vfs_symlink(task, target, path));
}

/** ng_sys_chmod() - Changes permissions; 0 or -errno */
int ng_sys_chmod(struct ng_task *task, const char *path, uint32_t mode)
{
	PATH_CALL(vfs_chmod(task, path, mode));
}

/** ng_sys_ftruncate() - Cuts or stretches an open file; 0 or -errno */
int ng_sys_ftruncate(struct ng_task *task, int fd, int64_t size)
{
	struct ng_file *file = task_file(task, fd);

	PATH_CALL(file ? vfs_ftruncate(file, size) : -EBADF);
}

/** ng_sys_mkdir() - Makes a folder; 0 or -errno */
int ng_sys_mkdir(struct ng_task *task, const char *path, uint32_t mode)
{
	PATH_CALL(vfs_mkdir(task, path, mode));
}

/** ng_sys_rmdir() - Removes an empty folder; 0 or -errno */
int ng_sys_rmdir(struct ng_task *task, const char *path)
{
	PATH_CALL(vfs_rmdir(task, path));
}

/** ng_sys_unlink() - Removes a file; 0 or -errno */
int ng_sys_unlink(struct ng_task *task, const char *path)
{
	PATH_CALL(vfs_unlink(task, path));
}

/** ng_sys_chdir() - Changes the working folder; 0 or -errno */
int ng_sys_chdir(struct ng_task *task, const char *path)
{
	PATH_CALL(vfs_chdir(task, path));
}

/** ng_sys_readlink() - Where a link points; bytes (no NUL) or -errno */
int ng_sys_readlink(struct ng_task *task, const char *path, char *buf, size_t len)
{
	int n;

	syscall_enter(task);
	n = vfs_readlink(task, path, buf, len);
	syscall_exit(task);
	return task_not_modelled(task, path, n);
}

/** ng_sys_mount() - Mounts; what the world knows: see stack/fs; 0 or -errno */
int ng_sys_mount(struct ng_task *task, const char *source, const char *target, const char *fstype,
		 unsigned long flags)
{
	PATH_CALL(vfs_mount(task, source, target, fstype, flags));
}

/** ng_sys_umount2() - Unmounts; 0 or -errno */
int ng_sys_umount2(struct ng_task *task, const char *target, int flags)
{
	PATH_CALL(vfs_umount(task, target, flags));
}

/** ng_sys_getcwd() - The working folder; 0 or -ERANGE */
int ng_sys_getcwd(struct ng_task *task, char *buf, size_t len)
{
	size_t n = strlen(task->cwd) + 1;

	syscall_enter(task);
	if (n > len)
		return -ERANGE;
	memcpy(buf, task->cwd, n);
	return 0;
}
