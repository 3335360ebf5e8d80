/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.c - reading a file of the world line by line
 */
#include "lines.h"

#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>

/**
 * ng_lines_open() - Open a text file for reading by lines.
 * @in: the reader, need not be initialised
 * @task: the calling program
 * @path: a file of the world
 *
 * Return: 0 or -errno.
 */
int ng_lines_open(struct ng_lines *in, struct ng_task *task, const char *path)
{
	in->task = task;
	in->pos = 0;
	in->len = 0;
	in->eof = false;
	in->fd = ng_sys_open(task, path, O_RDONLY | O_CLOEXEC, 0);
	return in->fd < 0 ? in->fd : 0;
}

static int next_char(struct ng_lines *in)
{
	ssize_t n;

	if (in->pos == in->len) {
		if (in->eof)
			return -1;
		n = ng_sys_read(in->task, in->fd, in->buf, sizeof(in->buf));
		if (n <= 0) {
			in->eof = true;
			return -1;
		}
		in->pos = 0;
		in->len = (size_t)n;
	}
	return (unsigned char)in->buf[in->pos++];
}

/**
 * ng_lines_next() - Read one line.
 * @in: the reader
 * @line: where it goes, without its newline
 * @size: room there; what does not fit is dropped
 *
 * Return: false at the end of the file.
 */
bool ng_lines_next(struct ng_lines *in, char *line, size_t size)
{
	size_t n = 0;
	bool any = false;
	int c;

	while ((c = next_char(in)) >= 0) {
		any = true;
		if (c == '\n')
			break;
		if (n + 1 < size)
			line[n++] = (char)c;
	}
	line[n] = '\0';
	return any;
}

/**
 * ng_lines_close() - Close the file.
 * @in: the reader
 */
void ng_lines_close(struct ng_lines *in)
{
	if (in->fd >= 0)
		ng_sys_close(in->task, in->fd);
	in->fd = -1;
}

/**
 * ng_read_file() - Read the beginning of a file.
 * @task: the calling program
 * @path: a file of the world
 * @buf: where its text goes, always terminated
 * @size: room there
 *
 * Return: bytes read, or -errno.
 */
int ng_read_file(struct ng_task *task, const char *path, char *buf, size_t size)
{
	int fd = ng_sys_open(task, path, O_RDONLY | O_CLOEXEC, 0);
	size_t len = 0;
	ssize_t n;

	buf[0] = '\0';
	if (fd < 0)
		return fd;
	while (len + 1 < size) {
		n = ng_sys_read(task, fd, buf + len, size - 1 - len);
		if (n < 0) {
			ng_sys_close(task, fd);
			return (int)n;
		}
		if (n == 0)
			break;
		len += (size_t)n;
	}
	buf[len] = '\0';
	ng_sys_close(task, fd);
	return (int)len;
}
