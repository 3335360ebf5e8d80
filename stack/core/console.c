/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * console.c - the terminal of the world: what the first task's descriptors 0, 1 and 2 are
 *
 * netglass's own; reads give whole lines, as a tty in canonical mode does.
 * CONTROL.
 */
#include "core/console.h"

#include <errno.h>
#include <poll.h>

#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"

struct console {
	struct wait_queue_head wait;
	uint8_t *data; /* lines nobody has read */
	size_t len;
	bool ended; /* ^D: the next read gives nothing, once */
	int reader; /* pid of the task that waited last */
};

/**
 * console_init() - A terminal nobody types at
 * @world: the world
 */
void console_init(struct ng_world *world)
{
	world->console = xzalloc(sizeof(*world->console));
	init_waitqueue_head(&world->console->wait);
}

/**
 * console_free() - Takes the terminal away
 * @world: the world, without tasks
 */
void console_free(struct ng_world *world)
{
	free(world->console->data);
	free(world->console);
}

/**
 * console_is_awaited() - Does a task wait for a line?
 * @world: the world
 *
 * Return: true when only a line, or time, can let it go on.
 */
bool console_is_awaited(const struct ng_world *world)
{
	return world->config.console_asks && !list_empty(&world->console->wait.list);
}

/* Bytes up to the end of the first line. */
static size_t line_len(const struct console *con, size_t max)
{
	const uint8_t *end = memchr(con->data, '\n', con->len);
	size_t len = end ? (size_t)(end - con->data) + 1 : con->len;

	return len < max ? len : max;
}

static ssize_t console_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	struct console *con = task->world->console;

	(void)file;
	if (!task->world->config.console_asks)
		return 0;
	while (!con->len) {
		if (con->ended) {
			con->ended = false;
			return 0;
		}
		con->reader = task->nr[0];
		if (task_wait_on(task, &con->wait, -1) == -EINTR)
			return -EINTR;
	}
	len = line_len(con, len);
	memcpy(buf, con->data, len);
	con->len -= len;
	memmove(con->data, con->data + len, con->len);
	return (ssize_t)len;
}

static ssize_t console_write(struct ng_task *task, struct ng_file *file, const void *buf,
			     size_t len)
{
	const struct ng_world_config *config = &file->world->config;

	(void)task;
	if (config->console)
		config->console(config->session, (int)(intptr_t)file->priv, buf, len);
	return (ssize_t)len;
}

static int console_poll(struct ng_file *file, struct wait_queue_head **ret_wq)
{
	struct console *con = file->world->console;

	if (!file->world->config.console_asks)
		return POLLIN | POLLOUT;
	*ret_wq = &con->wait;
	return POLLOUT | (con->len || con->ended ? POLLIN : 0);
}

const struct file_operations console_file_ops = {
	.read = console_read,
	.write = console_write,
	.poll = console_poll,
};

/**
 * ng_world_input() - Somebody types at the console
 * @world: after NG_STOP_INPUT
 * @buf: lines, copied
 * @len: bytes; 0: the end, for one reader
 */
void ng_world_input(struct ng_world *world, const char *buf, size_t len)
{
	struct console *con = world->console;

	if (!len) {
		con->ended = true;
	} else {
		con->data = xrealloc(con->data, con->len + len);
		memcpy(con->data + con->len, buf, len);
		con->len += len;
	}
	wake_up(&con->wait);
}

/**
 * ng_world_reader() - Who waits for what is typed
 * @world: after NG_STOP_INPUT
 *
 * Return: the pid of the task that waited last, 0: none yet.
 */
int ng_world_reader(const struct ng_world *world)
{
	return world->console->reader;
}
