/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * summary.c - ss -s: how many sockets
 *
 * mirrors get_sockstat() and print_summary() in misc/ss.c of iproute2 6.1
 */
#include "../lib/lines.h"
#include "ss.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counts {
	int used, tcp, orphan, tw, alloc, udp, raw, frag;
};

static int value_after(const char *line, const char *word)
{
	const char *p = strstr(line, word);

	return p ? atoi(p + strlen(word)) : 0;
}

static void read_sockstat(struct ss *s, struct counts *c)
{
	struct ng_lines in;
	char line[256];

	memset(c, 0, sizeof(*c));
	if (ng_lines_open(&in, s->task, "/proc/net/sockstat") < 0)
		return;
	while (ng_lines_next(&in, line, sizeof(line))) {
		if (!strncmp(line, "sockets:", 8))
			c->used = value_after(line, "used ");
		else if (!strncmp(line, "UDP:", 4))
			c->udp = value_after(line, "inuse ");
		else if (!strncmp(line, "RAW:", 4))
			c->raw = value_after(line, "inuse ");
		else if (!strncmp(line, "FRAG:", 5))
			c->frag = value_after(line, "inuse ");
		else if (!strncmp(line, "TCP:", 4)) {
			c->tcp = value_after(line, "inuse ");
			c->orphan = value_after(line, "orphan ");
			c->tw = value_after(line, "tw ");
			c->alloc = value_after(line, "alloc ");
		}
	}
	ng_lines_close(&in);
}

static int current_established(struct ss *s)
{
	struct ng_lines in;
	char line[512];
	int estab = 0;

	if (ng_lines_open(&in, s->task, "/proc/net/snmp") < 0)
		return 0;
	while (ng_lines_next(&in, line, sizeof(line)))
		if (!strncmp(line, "Tcp: ", 5))
			sscanf(line, "Tcp: %*d %*d %*d %*d %*d %*d %*d %*d %d", &estab);
	ng_lines_close(&in);
	return estab;
}

/**
 * ss_print_summary() - ss -s
 * @s: the run
 */
void ss_print_summary(struct ss *s)
{
	struct counts c;

	read_sockstat(s, &c);
	ng_printf(s->out, "Total: %d\n", c.used);
	ng_printf(s->out, "TCP:   %d (estab %d, closed %d, orphaned %d, timewait %d)\n\n",
		  c.alloc + c.tw, current_established(s), c.alloc - (c.tcp - c.tw), c.orphan, c.tw);
	ng_puts(s->out, "Transport Total     IP        IPv6\n");
	ng_printf(s->out, "RAW\t  %-9d %-9d %-9d\n", c.raw, c.raw, 0);
	ng_printf(s->out, "UDP\t  %-9d %-9d %-9d\n", c.udp, c.udp, 0);
	ng_printf(s->out, "TCP\t  %-9d %-9d %-9d\n", c.tcp, c.tcp, 0);
	ng_printf(s->out, "INET\t  %-9d %-9d %-9d\n", c.raw + c.udp + c.tcp, c.raw + c.udp + c.tcp,
		  0);
	ng_printf(s->out, "FRAG\t  %-9d %-9d %-9d\n\n", c.frag, c.frag, 0);
}
