/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dmesg.c - print the kernel's log
 *
 * mirrors util-linux 2.38's sys-utils/dmesg.c for the plain listing, -t, -x
 * and -r; one read of /dev/kmsg is one record "PRIO,SEQ,USEC,FLAGS;TEXT".
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
#include <string.h>

enum { RECORD_MAX = 8192 };

struct dmesg {
	struct ng_out *out;
	bool no_time, raw, decode;
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

static void print_record(const struct dmesg *d, char *record)
{
	static const char facilities[][9] = { "kern", "user",	"mail", "daemon",
					      "auth", "syslog", "lpr",	"news" };
	static const char levels[][7] = { "emerg", "alert",  "crit", "err",
					  "warn",  "notice", "info", "debug" };
	char *text = strchr(record, ';');
	unsigned long prio = strtoul(record, &record, 10);
	unsigned long long us = 0;
	const char *comma = strchr(record + (*record == ','), ',');

	if (!text)
		return;
	text++;
	text[strcspn(text, "\n")] = '\0';
	unescape(text);
	if (comma)
		us = strtoull(comma + 1, NULL, 10);
	if (d->raw)
		ng_printf(d->out, "<%lu>", prio);
	else if (d->decode)
		ng_printf(d->out, "%-6s:%-6s: ", facilities[prio >> 3 & 7], levels[prio & 7]);
	if (!d->no_time)
		ng_printf(d->out, "[%5llu.%06llu] ", us / 1000000, us % 1000000);
	ng_printf(d->out, "%s\n", text);
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
	struct dmesg d = { .out = ng_stdout(task) };
	struct ng_getopt opt = { 0 };
	char *record = ng_task_alloc(task, RECORD_MAX);
	ssize_t n;
	int ch, fd;

	while ((ch = ng_getopt_long(&opt, argc, argv, "trx", NULL)) != -1) {
		if (ch == '?')
			return ng_not_modelled(task, "dmesg with options other than -t -r -x");
		d.no_time |= ch == 't';
		d.raw |= ch == 'r';
		d.decode |= ch == 'x';
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
