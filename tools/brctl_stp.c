/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brctl_stp.c - `brctl showstp`: the spanning tree as /sys/class/net tells it
 *
 * mirrors br_dump_info() of bridge-utils 1.7.1. As there, the bridge's own
 * times are those in use.
 */
#include "brctl.h"

#include "lib/lines.h"
#include "lib/prog.h"

#include <stdlib.h>
#include <string.h>

enum { HZ_USER = 100 };

struct folder {
	struct brctl *b;
	const char *dev;
	const char *name; /* "bridge" or "brport" */
};

static void read_text(const struct folder *f, const char *file, char *buf, size_t len)
{
	brctl_read(f->b, f->dev, f->name, file, buf, len);
}

static int read_int(const struct folder *f, const char *file)
{
	char buf[32];

	read_text(f, file, buf, sizeof(buf));
	return (int)strtol(buf, NULL, 0);
}

static void put_id(const struct folder *f, const char *title, const char *file)
{
	char id[64];

	read_text(f, file, id, sizeof(id));
	ng_printf(f->b->out, " %s%s", title, id);
}

static void put_time(const struct folder *f, const char *title, const char *file)
{
	int v = read_int(f, file);

	ng_printf(f->b->out, "%s%4i.%.2i", title, v / HZ_USER, v % HZ_USER);
}

static const char *state_name(int state)
{
	static const char *const names[] = { "disabled", "listening", "learning", "forwarding",
					     "blocking" };

	return state >= 0 && state < 5 ? names[state] : "<INVALID STATE>";
}

static void show_port(struct brctl *b, const char *name)
{
	const struct folder f = { b, name, "brport" };

	ng_printf(b->out, "%s (%d)\n", name, read_int(&f, "port_no"));
	ng_printf(b->out, " port id\t\t%.4x", (unsigned int)read_int(&f, "port_id"));
	ng_printf(b->out, "\t\t\tstate\t\t%15s\n", state_name(read_int(&f, "state")));
	put_id(&f, "designated root\t", "designated_root");
	ng_printf(b->out, "\tpath cost\t\t%4i\n", read_int(&f, "path_cost"));
	put_id(&f, "designated bridge\t", "designated_bridge");
	put_time(&f, "\tmessage age timer\t", "message_age_timer");
	ng_printf(b->out, "\n designated port\t%.4x",
		  (unsigned int)read_int(&f, "designated_port"));
	put_time(&f, "\t\t\tforward delay timer\t", "forward_delay_timer");
	ng_printf(b->out, "\n designated cost\t%4i", read_int(&f, "designated_cost"));
	put_time(&f, "\t\t\thold timer\t\t", "hold_timer");
	ng_puts(b->out, "\n flags\t\t\t");
	if (read_int(&f, "config_pending"))
		ng_puts(b->out, "CONFIG_PENDING ");
	if (read_int(&f, "change_ack"))
		ng_puts(b->out, "TOPOLOGY_CHANGE_ACK ");
	ng_putc(b->out, '\n');
	if (read_int(&f, "hairpin_mode"))
		ng_printf(b->out, " hairpin mode\t\t%4i\n", 1);
	ng_putc(b->out, '\n');
}

static void show_bridge(struct brctl *b, const char *name)
{
	const struct folder f = { b, name, "bridge" };

	ng_printf(b->out, "%s\n", name);
	put_id(&f, "bridge id\t\t", "bridge_id");
	ng_putc(b->out, '\n');
	put_id(&f, "designated root\t", "root_id");
	ng_printf(b->out, "\n root port\t\t%4i\t\t\tpath cost\t\t%4i\n", read_int(&f, "root_port"),
		  read_int(&f, "root_path_cost"));
	put_time(&f, " max age\t\t", "max_age");
	put_time(&f, "\t\t\tbridge max age\t\t", "max_age");
	put_time(&f, "\n hello time\t\t", "hello_time");
	put_time(&f, "\t\t\tbridge hello time\t", "hello_time");
	put_time(&f, "\n forward delay\t\t", "forward_delay");
	put_time(&f, "\t\t\tbridge forward delay\t", "forward_delay");
	put_time(&f, "\n ageing time\t\t", "ageing_time");
	put_time(&f, "\n hello timer\t\t", "hello_timer");
	put_time(&f, "\t\t\ttcn timer\t\t", "tcn_timer");
	put_time(&f, "\n topology change timer\t", "topology_change_timer");
	put_time(&f, "\t\t\tgc timer\t\t", "gc_timer");
	ng_puts(b->out, "\n flags\t\t\t");
	if (read_int(&f, "topology_change"))
		ng_puts(b->out, "TOPOLOGY_CHANGE ");
	if (read_int(&f, "topology_change_detected"))
		ng_puts(b->out, "TOPOLOGY_CHANGE_DETECTED ");
	ng_puts(b->out, "\n\n\n");
}

/**
 * brctl_showstp() - brctl showstp BRIDGE
 * @b: the run
 * @argv: the command's words
 *
 * Return: exit status.
 */
int brctl_showstp(struct brctl *b, char **argv)
{
	char **ports;
	size_t n, i;

	if (!brctl_is_bridge(b, argv[1])) {
		brctl_no_bridge(b, argv[1]);
		return 1;
	}
	show_bridge(b, argv[1]);
	ports = ng_task_alloc(b->task, BRCTL_NAMES_MAX * sizeof(*ports));
	n = brctl_ports(b, argv[1], ports);
	for (i = 0; i < n; i++)
		show_port(b, ports[i]);
	return 0;
}
