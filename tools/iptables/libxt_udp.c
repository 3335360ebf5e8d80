/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_udp.c - -m udp: ports
 *
 * Mirrors iptables/extensions/libxt_udp.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_tcpudp.h>

enum { O_SPORT, O_DPORT };

#define PORTS(n, i)                                                         \
	{                                                                   \
		.name = n, .id = i, .type = XTT_PORTRC, .flags = XTO_INVERT \
	}

static const struct xt_opt opts[] = {
	PORTS("source-port", O_SPORT), PORTS("sport", O_SPORT), PORTS("destination-port", O_DPORT),
	PORTS("dport", O_DPORT),       { .name = NULL },
};

static void init(void *info)
{
	struct xt_udp *u = info;

	u->spts[1] = UINT16_MAX;
	u->dpts[1] = UINT16_MAX;
}

static void parse(struct xt_call *c)
{
	static const struct xt_opt once[] = { PORTS("source-port", O_SPORT),
					      PORTS("destination-port", O_DPORT) };
	struct xt_udp *u = c->info;

	c->opt = &once[c->opt->id];
	xt_option_parse(c);
	memcpy(c->opt->id == O_SPORT ? u->spts : u->dpts, c->val.u16r, sizeof(u->spts));
	if (c->invert)
		u->invflags |= c->opt->id == O_SPORT ? XT_UDP_INV_SRCPT : XT_UDP_INV_DSTPT;
}

static void put_port(struct xt_show *s, uint16_t port)
{
	const char *name = s->numeric ? NULL : ng_service_by_port(s->x->task, port, "udp");

	if (name)
		ng_puts(s->out, name);
	else
		ng_printf(s->out, "%u", port);
}

static void print_ports(struct xt_show *s, const char *name, const uint16_t p[2], bool inv)
{
	if (p[0] == 0 && p[1] == UINT16_MAX && !inv)
		return;
	ng_printf(s->out, " %s%s:%s", name, p[0] == p[1] ? "" : "s", inv ? "!" : "");
	put_port(s, p[0]);
	if (p[0] != p[1]) {
		ng_putc(s->out, ':');
		put_port(s, p[1]);
	}
}

static void print(struct xt_show *s)
{
	const struct xt_udp *u = s->info;

	ng_puts(s->out, " udp");
	print_ports(s, "spt", u->spts, u->invflags & XT_UDP_INV_SRCPT);
	print_ports(s, "dpt", u->dpts, u->invflags & XT_UDP_INV_DSTPT);
}

static void save_ports(struct ng_out *out, const char *name, const uint16_t p[2], bool inv)
{
	if (p[0] == 0 && p[1] == UINT16_MAX)
		return;
	ng_printf(out, "%s --%s %u", inv ? " !" : "", name, p[0]);
	if (p[0] != p[1])
		ng_printf(out, ":%u", p[1]);
}

static void save(struct xt_show *s)
{
	const struct xt_udp *u = s->info;

	save_ports(s->out, "sport", u->spts, u->invflags & XT_UDP_INV_SRCPT);
	save_ports(s->out, "dport", u->dpts, u->invflags & XT_UDP_INV_DSTPT);
}

const struct xt_ext libxt_udp = {
	.name = "udp",
	.size = sizeof(struct xt_udp),
	.opts = opts,
	.init = init,
	.parse = parse,
	.print = print,
	.save = save,
};
