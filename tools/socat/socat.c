/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * socat.c - socat [OPTIONS] ADDRESS ADDRESS
 *
 * mirrors socat 1.7.4.4: the command line
 */
#include "socat.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINGER_NS INT64_C(500000000)

enum { ARGS_MAX = 64, LINE_MAX_BYTES = 16384 };

int socat_main(struct ng_task *task, int argc, char **argv);

/**
 * so_die() - An error as socat's log has it; ends the program
 * @s: the run
 * @fmt: text
 */
_Noreturn void so_die(struct socat *s, const char *fmt, ...)
{
	time_t now = (time_t)(ng_sys_clock_realtime(s->task) / NSEC_PER_SEC);
	struct ng_out *err = ng_stderr(s->task);
	struct tm tm;
	va_list ap;

	gmtime_r(&now, &tm);
	ng_printf(err, "%04d/%02d/%02d %02d:%02d:%02d socat[%d] E ", tm.tm_year + 1900,
		  tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		  ng_sys_getpid(s->task));
	va_start(ap, fmt);
	ng_vprintf(err, fmt, ap);
	va_end(ap);
	ng_putc(err, '\n');
	prog_exit(s->task, 1);
}

static int64_t seconds(struct socat *s, const char *text)
{
	char *end;
	double v = strtod(text, &end);

	if (end == text || *end)
		so_die(s, "strtod(\"%s\"): trailing garbage", text);
	return (int64_t)(v * (double)NSEC_PER_SEC);
}

/* Words that begin with '-' and are longer; the first other one ends them. */
static int read_options(struct socat *s, int argc, char **argv)
{
	int at = 1;

	for (; at < argc && argv[at][0] == '-' && argv[at][1]; at++) {
		const char *o = argv[at] + 1;

		if (!strcmp(o, "u"))
			s->right = true;
		else if (!strcmp(o, "U"))
			s->left = true;
		else if (!strcmp(o, "4") || !strcmp(o, "d"))
			continue;
		else if ((*o == 't' || *o == 'T') && (o[1] || at + 1 < argc))
			*(*o == 't' ? &s->linger_ns : &s->timeout_ns) =
				seconds(s, o[1] ? o + 1 : argv[++at]);
		else
			prog_exit(s->task, ng_not_modelled(s->task, "socat -%s", o));
	}
	return at;
}

static int read_line(struct socat *s, int argc, char **argv)
{
	int at;

	s->linger_ns = LINGER_NS;
	s->timeout_ns = -1;
	at = read_options(s, argc, argv);
	if (argc - at != 2)
		so_die(s, "exactly 2 addresses required (there are %d); use option \"-h\" for help",
		       argc - at);
	so_parse_addr(s, &s->addr[0], argv[at]);
	so_parse_addr(s, &s->addr[1], argv[at + 1]);
	if (s->addr[1].fork)
		return ng_not_modelled(s->task, "socat with a second address that forks");
	return 0;
}

/**
 * so_session() - A forked child: what came in, and the second address
 * @task: the child; it has its parent's command line
 * @fd: what came in
 *
 * Return: the status.
 */
int so_session(struct ng_task *task, int fd)
{
	char *line = ng_task_alloc(task, LINE_MAX_BYTES), *argv[ARGS_MAX];
	struct socat s = { .task = task };
	int in = ng_sys_open(task, "/proc/self/cmdline", O_RDONLY, 0), argc = 0, status;
	ssize_t n = ng_sys_read(task, in, line, LINE_MAX_BYTES - 1);

	ng_sys_close(task, in);
	for (ssize_t i = 0; i < n && argc < ARGS_MAX; i += (ssize_t)strlen(line + i) + 1)
		argv[argc++] = line + i;
	status = read_line(&s, argc, argv);
	if (status)
		return status;
	s.end[0] = (struct so_end){ .in = fd, .out = fd, .socket = true };
	so_open(&s, 1);
	so_transfer(&s);
	return 0;
}

/**
 * socat_main() - socat [OPTIONS] ADDRESS ADDRESS
 * @task: the process
 * @argc: words
 * @argv: they
 *
 * Return: the status.
 */
int socat_main(struct ng_task *task, int argc, char **argv)
{
	struct socat s = { .task = task };
	int fds[2], status = read_line(&s, argc, argv);

	if (status)
		return status;
	/* a pair of descriptors of its own, for signals: messages name the numbers behind it */
	ng_sys_pipe(task, fds);
	so_open(&s, 0);
	so_open(&s, 1);
	so_transfer(&s);
	return 0;
}
