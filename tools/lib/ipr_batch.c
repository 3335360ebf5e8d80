/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_batch.c - commands from a file, one a line (-batch)
 *
 * mirrors do_batch() in iproute2's lib/utils.c
 */
#include "ipr.h"

#include <fcntl.h>
#include <netglass/syscall.h>

#define MAX_ARGS 512

struct reader {
	int fd;
	char *line; /* the last one read */
	size_t cap;
	size_t len;
	size_t at;
	int lineno;
	char buf[4096];
};

static int read_char(struct ipr *c, struct reader *r)
{
	ssize_t n;

	if (r->at == r->len) {
		n = ng_sys_read(c->task, r->fd, r->buf, sizeof(r->buf));
		if (n <= 0)
			return -1;
		r->len = (size_t)n;
		r->at = 0;
	}
	return (unsigned char)r->buf[r->at++];
}

/* A line without its comment, until the next is read; a backslash at the end joins the next one. NULL at the end. */
static char *read_line(struct ipr *c, struct reader *r)
{
	size_t len = 0;
	bool comment = false;
	bool any = false;
	int ch;

	while ((ch = read_char(c, r)) >= 0) {
		any = true;
		if (ch == '\n') {
			r->lineno++;
			if (comment || !len || r->line[len - 1] != '\\')
				break;
			len--;
			continue;
		}
		comment |= ch == '#';
		if (comment)
			continue;
		if (len + 2 > r->cap) {
			r->line = ng_task_realloc(c->task, r->line, r->cap, r->cap * 2);
			r->cap *= 2;
		}
		r->line[len++] = (char)ch;
	}
	r->line[len] = '\0';
	return any ? r->line : NULL;
}

static int make_args(struct ipr *c, char *p, char **argv)
{
	static const char ws[] = " \t\r\n";
	int argc = 0;
	char quote;

	for (p += strspn(p, ws); *p; p += strspn(p, ws)) {
		if (argc >= MAX_ARGS - 1) {
			ng_printf(c->err, "Too many arguments to command\n");
			ipr_exit(c, 1);
		}
		if (*p == '\'' || *p == '"') {
			quote = *p++;
			argv[argc++] = p;
			p = strchr(p, quote);
			if (!p) {
				ng_printf(c->err, "Unterminated quoted string\n");
				ipr_exit(c, 1);
			}
		} else {
			argv[argc++] = p;
			p += strcspn(p, ws);
		}
		if (!*p)
			break;
		*p++ = '\0';
	}
	argv[argc] = NULL;
	return argc;
}

/**
 * do_batch() - Runs each line of a file as a command
 * @c: the run; its cursor is set for each line
 * @file: path, "-" for standard input
 * @run: runs the command under the cursor
 *
 * Return: 0, or 1 when a command failed.
 */
int do_batch(struct ipr *c, const char *file, ipr_cmd_fn run)
{
	struct reader *r = ng_task_alloc(c->task, sizeof(*r));
	char **argv;
	int ret = 0;
	char *line;

	r->fd = 0;
	if (!is_word(file, "-")) {
		r->fd = ng_sys_open(c->task, file, O_RDONLY, 0);
		if (r->fd < 0) {
			ng_printf(c->err, "Cannot open file \"%s\" for reading: %s\n", file,
				  ng_strerror(-r->fd));
			return 1;
		}
	}
	r->cap = 256;
	r->line = ng_task_alloc(c->task, r->cap);
	argv = ng_task_alloc(c->task, MAX_ARGS * sizeof(*argv));
	while ((line = read_line(c, r))) {
		c->argc = make_args(c, line, argv);
		c->argv = argv;
		if (c->argc == 0)
			continue;
		if (run(c)) {
			ng_printf(c->err, "Command failed %s:%d\n", file, r->lineno);
			ret = 1;
			if (!c->force)
				break;
		}
	}
	return ret;
}
