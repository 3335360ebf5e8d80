/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route_show.c - the routing table as route and netstat -r print it
 *
 * mirrors net-tools' lib/inet_gr.c; reads /proc/net/route
 */
#include "nt.h"

#include "../lib/lines.h"

#include <linux/route.h>
#include <stdio.h>
#include <string.h>

struct route_line {
	char iface[17];
	char dest[NT_HOST_LEN];
	char gate[NT_HOST_LEN];
	char mask[NT_HOST_LEN];
	char flags[32];
	unsigned int iflags;
	int refcnt, use, metric, mss, window, irtt;
};

/* The letters, in net-tools' order; "!" wipes out what stands before it. */
static void decode_flags(struct route_line *r)
{
	static const struct {
		unsigned int bit;
		char letter;
	} letters[] = {
		{ RTF_HOST, 'H' },     { RTF_REINSTATE, 'R' }, { RTF_DYNAMIC, 'D' },
		{ RTF_MODIFIED, 'M' }, { 0x00010000, 'd' },    { 0x00020000, 'a' },
		{ 0x00040000, 'c' },   { 0x00200000, 'o' },    { 0x00400000, 'e' },
		{ 0x01000000, 'c' },   { 0x02000000, 'f' },    { 0x04000000, 'p' },
		{ 0x80000000, 'l' },   { RTF_MTU, 'u' },       { RTF_WINDOW, 'w' },
		{ RTF_IRTT, 'i' },     { 0x0400, 'n' },
	};
	size_t n = 0;
	size_t i;

	if (r->iflags & RTF_REJECT) {
		r->flags[n++] = '!';
	} else {
		r->flags[n++] = 'U';
		if (r->iflags & RTF_GATEWAY)
			r->flags[n++] = 'G';
	}
	for (i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (r->iflags & letters[i].bit)
			r->flags[n++] = letters[i].letter;
	}
	r->flags[n] = '\0';
}

static void print_line(struct ng_out *out, const struct route_line *r, int ext)
{
	bool reject = r->iflags & RTF_REJECT;

	ng_printf(out, "%-15s %-15s %-15s %-5s ", r->dest, reject ? "-" : r->gate, r->mask,
		  r->flags);
	if (ext == 1 && reject)
		ng_printf(out, "%-6d -  %7d -\n", r->metric, r->use);
	else if (ext == 1)
		ng_printf(out, "%-6d %-2d %7d %s\n", r->metric, r->refcnt, r->use, r->iface);
	else if (ext == 2 && reject)
		ng_puts(out, "    - -          - -\n");
	else if (ext == 2)
		ng_printf(out, "%5d %-5d %6d %s\n", r->mss, r->window, r->irtt, r->iface);
	else if (reject)
		ng_printf(out, "%-6d -  %7d -        -     -      -\n", r->metric, r->use);
	else
		ng_printf(out, "%-6d %-3d %6d %-6.6s   %-5d %-6d %d\n", r->metric, r->refcnt,
			  r->use, r->iface, r->mss, r->window, r->irtt);
}

static bool parse_line(const char *line, struct route_line *r, __be32 ret_addr[3])
{
	unsigned int a[3];
	int i;

	if (sscanf(line, "%16s %x %x %X %d %d %d %x %d %d %d", r->iface, &a[0], &a[1], &r->iflags,
		   &r->refcnt, &r->use, &r->metric, &a[2], &r->mss, &r->window, &r->irtt) < 10)
		return false;
	for (i = 0; i < 3; i++)
		ret_addr[i] = (ng_force __be32)a[i];
	return r->iflags & RTF_UP;
}

/**
 * nt_print_fib() - Print the routing table.
 * @task: the program
 * @ext: 1 as route, 2 as netstat -r, 3 both; 0 the title only
 * @numeric: no names
 *
 * Return: 0, or 1 when the kernel has no table to show (a namespace that never had a route).
 */
int nt_print_fib(struct ng_task *task, int ext, bool numeric)
{
	static const char *const titles[] = {
		"",
		"Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n",
		"Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n",
		("Destination     Gateway         Genmask         Flags Metric Ref    Use Iface    "
		 "MSS   Window irtt\n"),
	};
	unsigned int flags = numeric ? 1 : 0;
	struct ng_out *out = ng_stdout(task);
	struct ng_lines in;
	char line[1024];
	int err;

	err = ng_lines_open(&in, task, "/proc/net/route");
	if (err) {
		nt_perror(task, "/proc/net/route", err);
		ng_puts(out, "INET (IPv4) not configured in this system.\n");
		return 1;
	}
	ng_puts(out, "Kernel IP routing table\n");
	ng_puts(out, titles[ext]);
	if (!ng_lines_next(&in, line, sizeof(line))) {
		ng_lines_close(&in);
		return 1;
	}
	while (ng_lines_next(&in, line, sizeof(line))) {
		struct route_line r = { 0 };
		__be32 addr[3];

		if (!parse_line(line, &r, addr) || !ext)
			continue;
		nt_name(task, r.dest, sizeof(r.dest), addr[0],
			flags | NT_DEFAULT | (r.iflags & RTF_HOST ? NT_HOST : 0), addr[2]);
		nt_name(task, r.gate, sizeof(r.gate), addr[1], flags | NT_HOST, NT_SOME_MASK);
		nt_name(task, r.mask, sizeof(r.mask), addr[2], 1, 0);
		r.dest[15] = r.gate[15] = r.mask[15] = '\0';
		decode_flags(&r);
		print_line(out, &r, ext);
	}
	ng_lines_close(&in);
	return 0;
}
