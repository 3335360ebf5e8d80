/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcpdump.c - shows the packets of a device or a file
 *
 * mirrors tcpdump.c of tcpdump 4.99.3
 *
 * Not modelled: rotating files (-C -G -W), monitor mode, secrets, other protocols than ARP, IPv4, ICMP, UDP,
 * TCP and STP, DNS messages.
 */
#include "tcpdump.h"

#include "../lib/getopt.h"
#include "../lib/prog.h"
#include "../lib/program.h"

#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int tcpdump_main(struct ng_task *task, int argc, char **argv);

enum { OPT_VERSION = 256, OPT_COUNT, OPT_PRINT, OPT_IGNORED };

static const char usage_text[] =
	"tcpdump version 4.99.3\n"
	"libpcap version 1.10.3 (with TPACKET_V3)\n"
	"OpenSSL 3.0.19 27 Jan 2026\n"
	"Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]\n"
	"\t\t[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]\n"
	"\t\t[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]\n"
	"\t\t[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]\n"
	"\t\t[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]\n"
	"\t\t[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]\n"
	"\t\t[ --time-stamp-precision precision ] [ --micro ] [ --nano ]\n"
	"\t\t[ -z postrotate-command ] [ -Z user ] [ expression ]\n";

static const struct ng_option longopts[] = {
	{ "list-interfaces", 0, 'D' },
	{ "help", 0, 'h' },
	{ "interface", 1, 'i' },
	{ "no-promiscuous-mode", 0, 'p' },
	{ "direction", 1, 'Q' },
	{ "snapshot-length", 1, 's' },
	{ "absolute-tcp-sequence-numbers", 0, 'S' },
	{ "packet-buffered", 0, 'U' },
	{ "number", 0, '#' },
	{ "print", 0, OPT_PRINT },
	{ "count", 0, OPT_COUNT },
	{ "version", 0, OPT_VERSION },
	{ "immediate-mode", 0, OPT_IGNORED },
	{ "micro", 0, OPT_IGNORED },
	{ "dont-verify-checksums", 0, 'K' },
	{ NULL, 0, 0 },
};

/**
 * td_error() - "tcpdump: TEXT", and it is over
 * @d: the run
 * @fmt: as printf()
 */
void td_error(struct td *d, const char *fmt, ...)
{
	struct ng_out *err = ng_stderr(d->task);
	va_list ap;

	ng_puts(err, "tcpdump: ");
	va_start(ap, fmt);
	ng_vprintf(err, fmt, ap);
	va_end(ap);
	ng_putc(err, '\n');
	prog_exit(d->task, 1);
}

/**
 * td_handle() - One packet passed the filter
 * @d: the run
 * @p: the packet
 *
 * Return: false: it was the last one.
 */
bool td_handle(struct td *d, const struct td_packet *p)
{
	d->captured++;
	if (d->write_to)
		td_write(d, p);
	if (!d->count_only && (!d->write_to || d->print_too)) {
		td_print(d, p);
		if (d->l || d->U)
			ng_flush(d->out);
	}
	return !d->count || d->captured < (uint64_t)d->count;
}

static _Noreturn void usage(struct td *d, int status)
{
	ng_puts(status ? ng_stderr(d->task) : d->out, usage_text);
	prog_exit(d->task, status);
}

static int64_t parse_count(struct td *d, const char *arg)
{
	char *end;
	long long v = strtoll(arg, &end, 10);

	if (v <= 0 || *end)
		td_error(d, "invalid packet count %s", arg);
	return v;
}

static uint32_t parse_snaplen(struct td *d, const char *arg)
{
	char *end;
	long long v = strtoll(arg, &end, 0);

	if (arg == end || *end || v < 0 || v > TD_SNAPLEN)
		td_error(d, "invalid snaplen %s", arg);
	return v ? (uint32_t)v : TD_SNAPLEN;
}

static void parse_direction(struct td *d, const char *arg)
{
	if (!strcasecmp(arg, "in"))
		d->direction = 1;
	else if (!strcasecmp(arg, "out"))
		d->direction = 2;
	else if (strcasecmp(arg, "inout"))
		td_error(d, "unknown capture direction `%s'", arg);
}

/* options that only count; false: another one */
static bool counting_option(struct td *d, int ch)
{
	switch (ch) {
	case 'n':
		d->n++;
		return true;
	case 't':
		d->t++;
		return true;
	case 'v':
		d->v++;
		return true;
	case 'x':
		d->x++;
		return true;
	case 'X':
		d->X++;
		return true;
	case 'e':
		d->e = true;
		return true;
	case 'q':
		d->q = true;
		return true;
	case 'S':
		d->S = true;
		return true;
	case 'A':
		d->A = true;
		return true;
	case 'l':
		d->l = true;
		return true;
	case 'U':
		d->U = true;
		return true;
	case 'K':
		d->K = true;
		return true;
	case '#':
		d->number = true;
		return true;
	}
	return false;
}

/* -1: go on; else the exit status */
static int option(struct td *d, int ch, const char *arg)
{
	if (counting_option(d, ch))
		return -1;
	switch (ch) {
	case 'c':
		d->count = parse_count(d, arg);
		return -1;
	case 'i':
		d->device = arg;
		return -1;
	case 'r':
		d->read_from = arg;
		return -1;
	case 'w':
		d->write_to = arg;
		return -1;
	case 's':
		d->snaplen = parse_snaplen(d, arg);
		return -1;
	case 'Q':
		parse_direction(d, arg);
		return -1;
	case 'd':
		d->dump_code = true;
		return -1;
	case 'D':
		d->list = true;
		return -1;
	case OPT_COUNT:
		d->count_only = true;
		return -1;
	case OPT_PRINT:
		d->print_too = true;
		return -1;
	case 'p':
		d->not_promiscuous = true;
		return -1;
	case 'B':
	case 'f':
	case 'H':
	case 'j':
	case 'N':
	case 'O':
	case 'u':
	case 'Z':
	case OPT_IGNORED:
		return -1;
	case 'h':
		usage(d, 0);
	case OPT_VERSION:
		ng_write(d->out, usage_text, (size_t)(strstr(usage_text, "Usage") - usage_text));
		return 0;
	case '?':
		usage(d, 1);
	}
	return ng_not_modelled(d->task, "tcpdump -%c", ch);
}

static char *join(struct td *d, int argc, char **argv)
{
	size_t len = 1, n = 0;
	char *s;

	for (int i = 0; i < argc; i++)
		len += strlen(argv[i]) + 1;
	if (!argc)
		return NULL;
	s = ng_task_alloc(d->task, len);
	for (int i = 0; i < argc; i++)
		n += (size_t)snprintf(s + n, len - n, "%s%s", i ? " " : "", argv[i]);
	return s;
}

static void counter(struct td *d, uint64_t n, const char *what)
{
	ng_printf(ng_stderr(d->task), "%llu packet%s %s\n", (unsigned long long)n,
		  n == 1 ? "" : "s", what);
}

static void finish(struct td *d)
{
	if (d->count_only)
		ng_printf(d->out, "%llu packet%s\n", (unsigned long long)d->captured,
			  d->captured == 1 ? "" : "s");
	if (!d->write_to && d->stopped)
		ng_putc(d->out, '\n'); /* whatever was being printed, it ends here */
	ng_flush(d->out);
	if (d->read_from)
		return;
	counter(d, d->captured, "captured");
	counter(d, d->received, "received by filter");
	counter(d, d->dropped, "dropped by kernel");
}

static int run(struct td *d)
{
	struct ng_out *err = ng_stderr(d->task);

	if (d->read_from) {
		td_open_read(d);
		ng_printf(err, "reading from file %s, link-type %s (%s), snapshot length %u\n",
			  d->read_from, td_linktype_name(d->linktype),
			  td_linktype_text(d->linktype), d->snaplen);
		td_compile(d);
	} else {
		td_open_live(d);
	}
	if (d->dump_code) {
		td_dump_code(d);
		return 0;
	}
	if (d->write_to)
		td_open_write(d);
	if (!d->read_from) {
		if (d->any)
			ng_puts(err, "tcpdump: data link type LINUX_SLL2\n");
		if (!d->v && !d->write_to)
			ng_puts(err, "tcpdump: verbose output suppressed, use -v[v]... for full "
				     "protocol decode\n");
		else
			ng_puts(err, "tcpdump: ");
		ng_printf(err, "listening on %s, link-type %s (%s), snapshot length %u bytes\n",
			  d->device, td_linktype_name(d->linktype), td_linktype_text(d->linktype),
			  d->snaplen);
		td_loop_live(d);
	} else {
		td_loop_read(d);
	}
	finish(d);
	return d->failed;
}

/**
 * tcpdump_main() - The program tcpdump.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int tcpdump_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_getopt opt = { .task = task };
	struct td *d = ng_task_alloc(task, sizeof(*d));
	int ch, rc;

	d->task = task;
	d->out = ng_stdout(task);
	d->snaplen = TD_SNAPLEN;
	d->linktype = TD_LINKTYPE_EN10MB;
	while ((ch = ng_getopt_long(&opt, argc, argv,
				    "aAbB:c:C:dDeE:fF:G:hHi:Ij:JKlLm:M:nNOpqQ:r:s:StT:uUvV:w:W:xXy:"
				    "Yz:Z:#",
				    longopts)) != -1) {
		rc = option(d, ch, opt.optarg);
		if (rc >= 0)
			return rc;
	}
	if (d->list) {
		td_list_devices(d);
		return 0;
	}
	d->expr = join(d, argc - opt.optind, argv + opt.optind);
	return run(d);
}
