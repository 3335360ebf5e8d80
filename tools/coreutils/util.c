/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * util.c - inputs and messages of the small text programs
 */
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#define BUF_SIZE 8192

/**
 * cu_close() - Ends an input
 * @in: the input
 */
void cu_close(struct cu_in *in)
{
	if (in->fd > 0)
		ng_sys_close(in->task, in->fd);
	in->fd = 0;
}

static bool fill(struct cu_in *in)
{
	ssize_t n;

	if (in->eof)
		return false;
	if (in->start) {
		memmove(in->buf, in->buf + in->start, in->end - in->start);
		in->end -= in->start;
		in->start = 0;
	}
	if (in->end + 1 >= in->cap) {
		if (in->cap > CU_LINE_MAX) {
			in->error = -ENOMEM;
			in->eof = true;
			return false;
		}
		in->buf = ng_task_realloc(in->task, in->buf, in->cap, in->cap * 2);
		in->cap *= 2;
	}
	do {
		n = ng_sys_read(in->task, in->fd, in->buf + in->end, in->cap - in->end - 1);
	} while (n == -EINTR);
	if (n <= 0) {
		in->eof = true;
		in->error = (int)n;
		return false;
	}
	in->end += (size_t)n;
	return true;
}

/**
 * cu_open() - Opens an input
 * @in: set up here
 * @task: the program
 * @path: the file, "-" for standard input
 *
 * What cannot be read at all is noticed here: folders, and files of the kernel that refuse.
 * The input is empty then.
 *
 * Return: 0 or -errno.
 */
int cu_open(struct cu_in *in, struct ng_task *task, const char *path)
{
	struct ng_stat st;
	int err = 0;

	*in = (struct cu_in){ .task = task };
	in->cap = BUF_SIZE;
	in->buf = ng_task_alloc(task, in->cap);
	if (strcmp(path, "-")) {
		in->fd = ng_sys_open(task, path, O_RDONLY, 0);
		if (in->fd < 0) {
			in->eof = true;
			return in->fd;
		}
	}
	if (ng_sys_fstat(task, in->fd, &st) < 0)
		return 0;
	if (S_ISDIR(st.mode))
		err = -EISDIR;
	else if (S_ISREG(st.mode) && !fill(in))
		err = in->error;
	if (!err)
		return 0;
	in->eof = true;
	in->unreadable = true;
	cu_close(in);
	return err;
}

/**
 * cu_line_next() - The next line
 * @in: the input
 * @line: set when there is one
 *
 * Return: false at the end.
 */
bool cu_line_next(struct cu_in *in, struct cu_line *line)
{
	size_t looked = 0;

	for (;;) {
		char *s = in->buf + in->start,
		     *nl = memchr(s + looked, '\n', in->end - in->start - looked);

		if (nl) {
			*nl = '\0';
			*line = (struct cu_line){ s, (size_t)(nl - s), true };
			in->start += line->len + 1;
			return true;
		}
		looked = in->end - in->start;
		if (!fill(in))
			break;
	}
	if (in->start == in->end)
		return false;
	in->buf[in->end] = '\0';
	*line = (struct cu_line){ in->buf + in->start, in->end - in->start, false };
	in->start = in->end;
	return true;
}

/**
 * cu_read() - Whatever comes next
 * @in: the input
 * @ret_data: the bytes, valid until the next call
 *
 * Return: how many; 0 at the end.
 */
size_t cu_read(struct cu_in *in, const char **ret_data)
{
	size_t n;

	if (in->start == in->end && !fill(in))
		return 0;
	*ret_data = in->buf + in->start;
	n = in->end - in->start;
	in->start = in->end;
	return n;
}

/**
 * cu_read_all() - Everything that is left
 * @in: the input
 * @ret_len: bytes
 *
 * Return: the text, ended by NUL.
 */
char *cu_read_all(struct cu_in *in, size_t *ret_len)
{
	while (fill(in))
		;
	in->buf[in->end] = '\0';
	*ret_len = in->end - in->start;
	return in->buf + in->start;
}

/**
 * cu_try_help() - The last line of a usage error
 * @task: the program
 * @name: its name
 * @status: what to return
 *
 * Return: @status.
 */
int cu_try_help(struct ng_task *task, const char *name, int status)
{
	ng_printf(ng_stderr(task), "Try '%s --help' for more information.\n", name);
	return status;
}

/**
 * cu_no_options() - Refuses options
 * @task: the program
 * @argc: number of words
 * @argv: the words
 * @letters: short options that are read over; "+" first stops at the first operand
 *
 * Return: the first operand's place, or a negative number: -1 - the status to end with.
 */
int cu_no_options(struct ng_task *task, int argc, char **argv, const char *letters)
{
	static const struct ng_option options[] = { { "help", 0, 1000 },
						    { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, letters, options)) != -1) {
		if (c >= 1000)
			return -1 - ng_not_modelled(task, "%s --%s", argv[0],
						    c == 1000 ? "help" : "version");
		if (c == '?')
			return -1 - cu_try_help(task, argv[0], 1);
	}
	return st.optind;
}

/**
 * cu_number() - Reads a number without a sign
 * @s: the text
 * @ret: the number
 *
 * Return: false when the text is none.
 */
bool cu_number(const char *s, uint64_t *ret)
{
	uint64_t n = 0;

	if (!*s || strspn(s, "0123456789") != strlen(s) || strlen(s) > 18)
		return false;
	for (; *s; s++)
		n = n * 10 + (uint64_t)(*s - '0');
	*ret = n;
	return true;
}

/**
 * cu_find_program() - Looks a command up, as execvp()
 * @task: the program
 * @path: a PATH, or NULL
 * @name: the command
 *
 * Return: its path; the name itself when nothing is there.
 */
char *cu_find_program(struct ng_task *task, const char *path, const char *name)
{
	struct ng_stat st;

	while (!strchr(name, '/') && path && *path) {
		size_t n = strcspn(path, ":");
		char *full = ng_task_alloc(task, n + strlen(name) + 3);

		memcpy(full, path, n);
		strcat(full, n ? "/" : "./");
		strcat(full, name);
		if (ng_sys_stat(task, full, &st) >= 0 && S_ISREG(st.mode) && st.mode & 0111)
			return full;
		path += n + (path[n] == ':');
	}
	return ng_task_strdup(task, name);
}
