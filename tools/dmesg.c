/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dmesg.c - print the kernel's log
 *
 * mirrors util-linux 2.38's sys-utils/dmesg.c for the plain listing, -t, -T, -x, -r
 * and -l; one read of /dev/kmsg is one record "PRIO,SEQ,USEC,FLAGS;TEXT".
 *
 * Not modelled: every other option.
 */
#include "lib/getopt.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <errno.h>
#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { RECORD_MAX = 8192 };

static const char facilities[][9] = { "kern", "user",	"mail", "daemon",
				      "auth", "syslog", "lpr",	"news" };
static const char levels[][7] = {
	"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"
};

struct dmesg {
	struct ng_task *task;
	struct ng_out *out;
	bool no_time, ctime, raw, decode;
	unsigned int levels; /* -l: bits, 0: all */
};

int dmesg_main(struct ng_task *task, int argc, char **argv);

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The kernel writes what cannot be printed as \xHH. */
static void unescape(char *s)
{
	char *to = s;

	while (*s) {
		if (s[0] == '\\' && s[1] == 'x' && hex(s[2]) >= 0 && hex(s[3]) >= 0) {
			*to++ = (char)(hex(s[2]) << 4 | hex(s[3]));
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
}

/* what stands in front of a record; -> its width */
static int header(const struct dmesg *d, unsigned long prio, unsigned long long us, char *buf,
		  size_t size)
{
	int64_t now = ng_sys_clock_realtime(d->task) - ng_sys_clock_monotonic(d->task);
	time_t when = (time_t)((now + (int64_t)us * 1000) / NSEC_PER_SEC);
	char text[32];
	struct tm tm;
	int n = 0;

	if (d->raw)
		n += snprintf(buf, size, "<%lu>", prio);
	else if (d->decode)
		n += snprintf(buf, size, "%-6s:%-6s: ", facilities[prio >> 3 & 7],
			      levels[prio & 7]);
	if (d->ctime) {
		gmtime_r(&when, &tm);
		strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm);
		n += snprintf(buf + n, size - (size_t)n, "[%s] ", text);
	} else if (!d->no_time) {
		n += snprintf(buf + n, size - (size_t)n, "[%5llu.%06llu] ", us / 1000000,
			      us % 1000000);
	}
	buf[n] = '\0';
	return n;
}

/* a text of several lines stands below itself */
static void print_text(const struct dmesg *d, int indent, const char *head, const char *text)
{
	const char *end;

	ng_puts(d->out, head);
	for (; (end = strchr(text, '\n')); text = end + 1)
		ng_printf(d->out, "%.*s\n%*s", (int)(end - text), text, indent, "");
	ng_printf(d->out, "%s\n", text);
}

static void print_record(const struct dmesg *d, char *record)
{
	char *text = strchr(record, ';');
	unsigned long prio = strtoul(record, &record, 10);
	unsigned long long us = 0;
	char head[96];
	const char *comma = strchr(record + (*record == ','), ',');

	if (!text)
		return;
	text++;
	text[strcspn(text, "\n")] = '\0';
	unescape(text);
	if (comma)
		us = strtoull(comma + 1, NULL, 10);
	if (d->levels && !(d->levels & 1U << (prio & 7)))
		return;
	print_text(d, header(d, prio, us, head, sizeof(head)), head, text);
}

/* "warn,err" */
static void read_levels(struct dmesg *d, const char *list)
{
	for (;;) {
		size_t len = strcspn(list, ","), i = 0;

		while (i < 8 && (strlen(levels[i]) != len || strncmp(levels[i], list, len) != 0))
			i++;
		if (i == 8)
			prog_die(d->task, 1, "dmesg", 0, "unknown level '%s'", list);
		d->levels |= 1U << i;
		if (!list[len])
			return;
		list += len + 1;
	}
}

/**
 * dmesg_main() - The program dmesg.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int dmesg_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option longopts[] = {
		{ "notime", 0, 't' },  { "ctime", 0, 'T' }, { "raw", 0, 'r' },
		{ "decode", 0, 'x' },  { "level", 1, 'l' }, { "kernel", 0, 'k' },
		{ "nopager", 0, 'P' }, { NULL, 0, 0 },
	};
	struct dmesg d = { .task = task, .out = ng_stdout(task) };
	struct ng_getopt opt = { 0 };
	char *record = ng_task_alloc(task, RECORD_MAX);
	ssize_t n;
	int ch, fd;

	while ((ch = ng_getopt_long(&opt, argc, argv, "trxTl:kP", longopts)) != -1) {
		switch (ch) {
		case 't':
			d.no_time = true;
			break;
		case 'T':
			d.ctime = true;
			break;
		case 'r':
			d.raw = true;
			break;
		case 'x':
			d.decode = true;
			break;
		case 'l':
			read_levels(&d, opt.optarg);
			break;
		case 'k':
		case 'P': /* nothing else is there, and there is no pager */
			break;
		default:
			return ng_not_modelled(
				task, "dmesg with options other than -t -T -r -x -l -k -P");
		}
	}
	fd = ng_sys_open(task, "/dev/kmsg", O_RDONLY | O_NONBLOCK, 0);
	if (fd < 0)
		prog_die(task, 1, argv[0], -fd, "read kernel buffer failed");
	while ((n = ng_sys_read(task, fd, record, RECORD_MAX - 1)) > 0 || n == -EPIPE ||
	       n == -EINTR) {
		if (n < 0)
			continue;
		record[n] = '\0';
		print_record(&d, record);
	}
	ng_sys_close(task, fd);
	if (n < 0 && n != -EAGAIN)
		prog_die(task, 1, argv[0], (int)-n, "read kernel buffer failed");
	return 0;
}
