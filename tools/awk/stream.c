/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream.c - files and commands that print and getline name
 *
 * One stays open under its name until close() or the end. Commands run in `sh -c`.
 */
#include "awk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#define OUT_SIZE 4096
#define STREAM_MAX 64

static struct awk_stream *new_stream(struct awk *a, const char *name, int kind)
{
	struct awk_stream **tail = &a->streams, *st = ng_task_alloc(a->task, sizeof(*st));
	int n = 0;

	for (; *tail; tail = &(*tail)->next)
		n++;
	if (n >= STREAM_MAX)
		prog_exit(a->task,
			  ng_not_modelled(a->task, "awk with more than %d open files", STREAM_MAX));
	st->name = ng_task_strdup(a->task, name);
	st->kind = kind;
	st->in.fd = -1;
	*tail = st;
	return st;
}

/* sh -c @command; its descriptor @its is @fd when that is not negative: it is called /bin/sh then */
static int start(struct awk *a, const char *command, int its, int fd)
{
	char *argv[] = { (char *)(uintptr_t)(fd < 0 ? "sh" : "/bin/sh"), (char *)(uintptr_t) "-c",
			 ng_task_strdup(a->task, command), NULL };
	struct ng_fd_map map[3] = { { 0, 0 }, { 1, 1 }, { 2, 2 } };
	struct ng_spawn how = { .fds = map, .nfds = 3, .pgid = -1 };
	int pid;

	if (fd >= 0)
		map[its].from = fd;
	pid = ng_sys_spawn(a->task, "/bin/sh", argv, &how);
	ng_task_free(a->task, argv[2]);
	return pid;
}

static int wait_for(struct awk *a, int pid)
{
	int status = 0, err;

	do {
		err = ng_sys_wait4(a->task, pid, &status, 0);
	} while (err == -EINTR);
	if (err < 0)
		return -1;
	return status & 0x7f ? 256 + (status & 0x7f) : status >> 8 & 0xff;
}

static struct awk_stream *find(struct awk *a, const char *name, bool out)
{
	for (struct awk_stream *st = a->streams; st; st = st->next) {
		bool is_out = st->kind == '>' || st->kind == '|';

		if (is_out == out && !strcmp(st->name, name))
			return st;
	}
	return NULL;
}

/**
 * awk_stream_out() - What print writes to
 * @a: the program
 * @name: the file or the command
 * @kind: '>', 'A' (at its end) or '|'
 *
 * Return: the stream; one that cannot be opened ends the program.
 */
struct awk_stream *awk_stream_out(struct awk *a, const char *name, int kind)
{
	struct awk_stream *st = find(a, name, true);
	int fds[2], fd;

	if (st)
		return st;
	if (kind == '|') {
		awk_flush_all(a);
		if (ng_sys_pipe(a->task, fds) < 0)
			awk_fatal(a, "cannot open pipe \"%s\" for output", name);
		st = new_stream(a, name, kind);
		st->pid = start(a, name, 0, fds[0]);
		ng_sys_close(a->task, fds[0]);
		st->in.fd = fds[1];
		return st;
	}
	if (!strcmp(name, "/dev/stdout") || !strcmp(name, "-") || !strcmp(name, "/dev/stderr")) {
		st = new_stream(a, name, '>');
		st->std = strcmp(name, "/dev/stderr") != 0;
		st->in.fd = 2;
		return st;
	}
	fd = ng_sys_open(a->task, name,
			 O_WRONLY | O_CREAT | O_CLOEXEC | (kind == 'A' ? O_APPEND : O_TRUNC), 0666);
	if (fd < 0) {
		awk_say(a, "cannot open \"%s\" for output (%s)", name, ng_strerror(-fd));
		awk_flush_all(a);
		prog_exit(a->task, 2);
	}
	st = new_stream(a, name, '>');
	st->in.fd = fd;
	return st;
}

/**
 * awk_stream_in() - What getline reads
 * @a: the program
 * @name: the file or the command
 * @kind: '<' or '|'
 *
 * Return: the stream, or NULL when the file cannot be opened.
 */
struct awk_stream *awk_stream_in(struct awk *a, const char *name, int kind)
{
	struct awk_stream *st = find(a, name, false);
	struct awk_input in;
	int fds[2], pid = 0;

	if (st)
		return st;
	if (kind == '<') {
		if (awk_input_open(a, &in, name) < 0)
			return NULL;
	} else {
		awk_flush_all(a);
		if (ng_sys_pipe(a->task, fds) < 0)
			awk_fatal(a, "cannot open pipe \"%s\" for input", name);
		pid = start(a, name, 1, fds[1]);
		ng_sys_close(a->task, fds[1]);
		in = (struct awk_input){ .fd = fds[0] };
	}
	st = new_stream(a, name, kind == '<' ? '<' : 'r');
	st->in = in;
	st->pid = pid;
	return st;
}

static void write_all(struct awk *a, struct awk_stream *st, const char *s, size_t len)
{
	while (len) {
		ssize_t n = ng_sys_write(a->task, st->in.fd, s, len);

		if (n == -EINTR)
			continue;
		if (n <= 0)
			return;
		s += n;
		len -= (size_t)n;
	}
}

/**
 * awk_stream_flush() - Writes out what is buffered
 * @a: the program
 * @st: a stream written to
 */
void awk_stream_flush(struct awk *a, struct awk_stream *st)
{
	if (st->std)
		ng_flush(a->out);
	else if (st->olen)
		write_all(a, st, st->obuf, st->olen);
	st->olen = 0;
}

/**
 * awk_stream_write() - Puts bytes
 * @a: the program
 * @st: a stream written to
 * @s: the bytes
 * @len: how many
 */
void awk_stream_write(struct awk *a, struct awk_stream *st, const char *s, size_t len)
{
	if (st->std) {
		ng_write(a->out, s, len);
		return;
	}
	if (st->in.fd == 2) {
		write_all(a, st, s, len);
		return;
	}
	if (!st->obuf)
		st->obuf = ng_task_alloc(a->task, OUT_SIZE);
	if (st->olen + len > OUT_SIZE)
		awk_stream_flush(a, st);
	if (len > OUT_SIZE) {
		write_all(a, st, s, len);
		return;
	}
	memcpy(st->obuf + st->olen, s, len);
	st->olen += len;
}

/**
 * awk_flush_all() - Writes out everything that is buffered
 * @a: the program
 */
void awk_flush_all(struct awk *a)
{
	ng_flush(a->out);
	for (struct awk_stream *st = a->streams; st; st = st->next) {
		if (st->kind == '>' || st->kind == '|')
			awk_stream_flush(a, st);
	}
}

static int end_stream(struct awk *a, struct awk_stream *st)
{
	int status = 0;

	if (st->kind == '>' || st->kind == '|') {
		awk_stream_flush(a, st);
		if (st->in.fd > 2)
			ng_sys_close(a->task, st->in.fd);
	} else {
		awk_input_close(a, &st->in);
	}
	if (st->kind == '|' || st->kind == 'r')
		status = st->pid > 0 ? wait_for(a, st->pid) : 127;
	ng_task_free(a->task, st->obuf);
	ng_task_free(a->task, st->name);
	ng_task_free(a->task, st);
	return status;
}

/**
 * awk_stream_close() - close()
 * @a: the program
 * @name: the file or the command
 *
 * Return: the command's status, 0 for a file, -1 when nothing has that name.
 */
int awk_stream_close(struct awk *a, const char *name)
{
	struct awk_stream **at = &a->streams, *st;
	int status = -1;

	while ((st = *at)) {
		if (strcmp(st->name, name)) {
			at = &st->next;
			continue;
		}
		*at = st->next;
		status = end_stream(a, st);
	}
	return status;
}

/**
 * awk_close_all() - Ends all streams, and waits for commands that were written to
 * @a: the program
 */
void awk_close_all(struct awk *a)
{
	struct awk_stream *st;

	while ((st = a->streams)) {
		a->streams = st->next;
		end_stream(a, st);
	}
}

/**
 * awk_system() - system()
 * @a: the program
 * @command: the command
 *
 * Return: its status.
 */
int awk_system(struct awk *a, const char *command)
{
	int pid;

	awk_flush_all(a);
	pid = start(a, command, 0, -1);
	return pid < 0 ? 127 : wait_for(a, pid);
}
