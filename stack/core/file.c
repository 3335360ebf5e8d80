/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file.c - open files and pipes
 *
 * mirrors fs/file_table.c and fs/pipe.c, as far as they are needed
 * TABLE.
 */
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"

#define PIPE_SIZE ((size_t)65536) /* PIPE_DEF_BUFFERS pages */

/**
 * file_new() - An open file with one reference
 * @world: its world
 * @ops: what it can do
 * @priv: for @ops
 * @flags: O_*
 *
 * Return: the file.
 */
struct ng_file *file_new(struct ng_world *world, const struct file_operations *ops, void *priv,
			 int flags)
{
	struct ng_file *file = xzalloc(sizeof(*file));

	file->ops = ops;
	file->refs = 1;
	file->flags = flags;
	file->priv = priv;
	file->world = world;
	return file;
}

/**
 * file_put() - Gives a reference back; the last one closes
 * @file: the file
 */
void file_put(struct ng_file *file)
{
	if (--file->refs)
		return;
	if (file->ops->release)
		file->ops->release(file);
	free(file);
}

/* ---- pipes */

struct pipe {
	uint8_t *data;
	size_t start, len;
	unsigned int readers, writers;
	struct wait_queue_head wait;
};

static void pipe_release(struct pipe *pipe)
{
	wake_up(&pipe->wait);
	if (pipe->readers || pipe->writers)
		return;
	free(pipe->data);
	free(pipe);
}

static void pipe_release_reader(struct ng_file *file)
{
	struct pipe *pipe = file->priv;

	pipe->readers--;
	pipe_release(pipe);
}

static void pipe_release_writer(struct ng_file *file)
{
	struct pipe *pipe = file->priv;

	pipe->writers--;
	pipe_release(pipe);
}

static ssize_t pipe_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	struct pipe *pipe = file->priv;
	size_t first;

	while (!pipe->len) {
		if (!pipe->writers)
			return 0;
		if (file->flags & O_NONBLOCK)
			return -EAGAIN;
		if (task_wait_on(task, &pipe->wait, -1) == -EINTR)
			return -EINTR;
	}
	if (len > pipe->len)
		len = pipe->len;
	first = PIPE_SIZE - pipe->start < len ? PIPE_SIZE - pipe->start : len;
	memcpy(buf, pipe->data + pipe->start, first);
	memcpy((uint8_t *)buf + first, pipe->data, len - first);
	pipe->start = (pipe->start + len) % PIPE_SIZE;
	pipe->len -= len;
	wake_up(&pipe->wait);
	return (ssize_t)len;
}

static ssize_t pipe_write(struct ng_task *task, struct ng_file *file, const void *buf, size_t len)
{
	struct pipe *pipe = file->priv;
	const uint8_t *p = buf;
	size_t done = 0;

	while (done < len) {
		size_t room = PIPE_SIZE - pipe->len;
		size_t n = len - done < room ? len - done : room;
		size_t at = (pipe->start + pipe->len) % PIPE_SIZE;
		size_t first = PIPE_SIZE - at < n ? PIPE_SIZE - at : n;

		if (!pipe->readers) {
			if (!((task->sig_handled | task->sig_ignored) & (UINT32_C(1) << SIGPIPE))) {
				task->killed = true;
				task->kill_sig = SIGPIPE;
			}
			return -EPIPE;
		}
		if (!n) {
			if (task_wait_on(task, &pipe->wait, -1) == -EINTR)
				return done ? (ssize_t)done : -EINTR;
			continue;
		}
		memcpy(pipe->data + at, p + done, first);
		memcpy(pipe->data, p + done + first, n - first);
		pipe->len += n;
		done += n;
		wake_up(&pipe->wait);
	}
	return (ssize_t)done;
}

static int pipe_poll_reader(struct ng_file *file, struct wait_queue_head **ret_wq)
{
	struct pipe *pipe = file->priv;

	*ret_wq = &pipe->wait;
	return (pipe->len ? POLLIN : 0) | (pipe->writers ? 0 : POLLHUP);
}

static int pipe_poll_writer(struct ng_file *file, struct wait_queue_head **ret_wq)
{
	struct pipe *pipe = file->priv;

	*ret_wq = &pipe->wait;
	return (pipe->len < PIPE_SIZE ? POLLOUT : 0) | (pipe->readers ? 0 : POLLERR);
}

static const struct file_operations pipe_reader_ops = {
	.read = pipe_read,
	.poll = pipe_poll_reader,
	.release = pipe_release_reader,
};

static const struct file_operations pipe_writer_ops = {
	.write = pipe_write,
	.poll = pipe_poll_writer,
	.release = pipe_release_writer,
};

/**
 * pipe_new() - Two files: what is written to the second is read from the first
 * @world: the world
 * @ret_files: reader, writer
 *
 * Return: 0.
 */
int pipe_new(struct ng_world *world, struct ng_file *ret_files[2])
{
	struct pipe *pipe = xzalloc(sizeof(*pipe));

	pipe->data = xzalloc(PIPE_SIZE);
	pipe->readers = 1;
	pipe->writers = 1;
	init_waitqueue_head(&pipe->wait);
	ret_files[0] = file_new(world, &pipe_reader_ops, pipe, O_RDONLY);
	ret_files[1] = file_new(world, &pipe_writer_ops, pipe, O_WRONLY);
	ret_files[0]->ino = ret_files[1]->ino = SOCK_INODE_BASE + world->nr_sock_inodes++;
	return 0;
}

/**
 * file_is_pipe() - Is it an end of a pipe?
 * @file: an open file
 */
bool file_is_pipe(const struct ng_file *file)
{
	return file->ops == &pipe_reader_ops || file->ops == &pipe_writer_ops;
}
