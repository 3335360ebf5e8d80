/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_tcp.c - -m tcp: ports, flags, one option
 *
 * Mirrors iptables/extensions/libxt_tcp.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_tcpudp.h>
#include <strings.h>

enum { O_SPORT, O_DPORT, O_FLAGS, O_SYN, O_OPTION };

static const struct xt_opt opts[] = {
	{ .name = "source-port", .id = O_SPORT, .type = XTT_STRING },
	{ .name = "sport", .id = O_SPORT, .type = XTT_STRING },
	{ .name = "destination-port", .id = O_DPORT, .type = XTT_STRING },
	{ .name = "dport", .id = O_DPORT, .type = XTT_STRING },
	{ .name = "syn", .id = O_SYN, .type = XTT_NONE },
	{ .name = "tcp-flags", .id = O_FLAGS, .type = XTT_STRING },
	{ .name = "tcp-option", .id = O_OPTION, .type = XTT_STRING },
	{ .name = NULL },
};

static const struct {
	const char *name;
	uint8_t bits;
} flag_names[] = {
	{ "FIN", 0x01 }, { "SYN", 0x02 }, { "RST", 0x04 }, { "PSH", 0x08 },
	{ "ACK", 0x10 }, { "URG", 0x20 }, { "ALL", 0x3f }, { "NONE", 0x00 },
};

#define NFLAGS (sizeof(flag_names) / sizeof(*flag_names))

static void init(void *info)
{
	struct xt_tcp *t = info;

	t->spts[1] = UINT16_MAX;
	t->dpts[1] = UINT16_MAX;
}

static void parse_ports(struct xt_call *c, uint16_t ports[2])
{
	char *s = ng_task_strdup(c->x->task, c->arg);
	char *colon = strchr(s, ':');

	if (!colon) {
		ports[0] = xt_parse_port(c->x, s, "tcp");
		ports[1] = ports[0];
		return;
	}
	*colon = '\0';
	ports[0] = *s ? xt_parse_port(c->x, s, "tcp") : 0;
	ports[1] = colon[1] ? xt_parse_port(c->x, colon + 1, "tcp") : UINT16_MAX;
	if (ports[0] > ports[1])
		xt_error(c->x, PARAMETER_PROBLEM, "invalid portrange (min > max)");
}

static uint8_t parse_flags(struct xt_call *c, const char *list)
{
	char *s = ng_task_strdup(c->x->task, list);
	uint8_t bits = 0;

	while (s) {
		char *comma = strchr(s, ',');
		size_t i;

		if (comma)
			*comma = '\0';
		for (i = 0; i < NFLAGS && strcasecmp(flag_names[i].name, s); i++)
			;
		if (i == NFLAGS)
			xt_error(c->x, PARAMETER_PROBLEM, "Unknown TCP flag `%s'", s);
		bits |= flag_names[i].bits;
		s = comma ? comma + 1 : NULL;
	}
	return bits;
}

static void once(struct xt_call *c, const char *name)
{
	if (*c->flags & (1u << c->opt->id))
		xt_error(c->x, PARAMETER_PROBLEM, "Only one `--%s' allowed", name);
	*c->flags |= 1u << c->opt->id;
}

static void set_flags(struct xt_call *c, uint8_t mask, uint8_t cmp)
{
	struct xt_tcp *t = c->info;

	if (*c->flags & (1u << O_FLAGS))
		xt_error(c->x, PARAMETER_PROBLEM, "Only one of `--syn' or `--tcp-flags'  allowed");
	*c->flags |= 1u << O_FLAGS;
	t->flg_mask = mask;
	t->flg_cmp = cmp;
	if (c->invert)
		t->invflags |= XT_TCP_INV_FLAGS;
}

static void parse_tcp_flags(struct xt_call *c)
{
	uint8_t mask = 0;
	const char *second;

	if (*c->flags & (1u << O_FLAGS))
		set_flags(c, 0, 0);
	second = *c->optind < c->argc ? c->argv[*c->optind] : NULL;
	if (!second || second[0] == '-' || second[0] == '!')
		xt_error(c->x, PARAMETER_PROBLEM, "--tcp-flags requires two args.");
	mask = parse_flags(c, c->arg);
	set_flags(c, mask, parse_flags(c, second));
	++*c->optind;
}

static void parse_option(struct xt_call *c)
{
	struct xt_tcp *t = c->info;
	uint64_t v;

	once(c, "tcp-option");
	if (!xt_strtoul(c->arg, NULL, &v, 1, UINT8_MAX))
		xt_error(c->x, PARAMETER_PROBLEM, "Bad TCP option \"%s\"", c->arg);
	t->option = (uint8_t)v;
	if (c->invert)
		t->invflags |= XT_TCP_INV_OPTION;
}

static void parse(struct xt_call *c)
{
	struct xt_tcp *t = c->info;

	switch (c->opt->id) {
	case O_SPORT:
		once(c, "source-port");
		parse_ports(c, t->spts);
		t->invflags |= c->invert ? XT_TCP_INV_SRCPT : 0;
		break;
	case O_DPORT:
		once(c, "destination-port");
		parse_ports(c, t->dpts);
		t->invflags |= c->invert ? XT_TCP_INV_DSTPT : 0;
		break;
	case O_SYN:
		set_flags(c, 0x17, 0x02);
		break;
	case O_FLAGS:
		parse_tcp_flags(c);
		break;
	default:
		parse_option(c);
		break;
	}
}

static void put_port(struct xt_show *s, uint16_t port)
{
	const char *name = s->numeric ? NULL : ng_service_by_port(s->x->task, port, "tcp");

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

static void put_flags(struct ng_out *out, uint8_t bits)
{
	const char *sep = "";
	size_t i;

	if (!bits)
		ng_puts(out, "NONE");
	for (i = 0; i < 6; i++) {
		if (bits & flag_names[i].bits) {
			ng_printf(out, "%s%s", sep, flag_names[i].name);
			sep = ",";
		}
	}
}

static void print(struct xt_show *s)
{
	const struct xt_tcp *t = s->info;

	ng_puts(s->out, " tcp");
	print_ports(s, "spt", t->spts, t->invflags & XT_TCP_INV_SRCPT);
	print_ports(s, "dpt", t->dpts, t->invflags & XT_TCP_INV_DSTPT);
	if (t->option || (t->invflags & XT_TCP_INV_OPTION))
		ng_printf(s->out, " option=%s%u", (t->invflags & XT_TCP_INV_OPTION) ? "!" : "",
			  t->option);
	if (!t->flg_mask && !(t->invflags & XT_TCP_INV_FLAGS))
		return;
	ng_printf(s->out, " flags:%s", (t->invflags & XT_TCP_INV_FLAGS) ? "!" : "");
	if (s->numeric) {
		ng_printf(s->out, "0x%02X/0x%02X", t->flg_mask, t->flg_cmp);
		return;
	}
	put_flags(s->out, t->flg_mask);
	ng_putc(s->out, '/');
	put_flags(s->out, t->flg_cmp);
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
	const struct xt_tcp *t = s->info;

	save_ports(s->out, "sport", t->spts, t->invflags & XT_TCP_INV_SRCPT);
	save_ports(s->out, "dport", t->dpts, t->invflags & XT_TCP_INV_DSTPT);
	if (t->option || (t->invflags & XT_TCP_INV_OPTION))
		ng_printf(s->out, "%s --tcp-option %u",
			  (t->invflags & XT_TCP_INV_OPTION) ? " !" : "", t->option);
	if (!t->flg_mask && !(t->invflags & XT_TCP_INV_FLAGS))
		return;
	ng_printf(s->out, "%s --tcp-flags ", (t->invflags & XT_TCP_INV_FLAGS) ? " !" : "");
	put_flags(s->out, t->flg_mask);
	ng_putc(s->out, ' ');
	put_flags(s->out, t->flg_cmp);
}

const struct xt_ext libxt_tcp = {
	.name = "tcp",
	.size = sizeof(struct xt_tcp),
	.opts = opts,
	.init = init,
	.parse = parse,
	.print = print,
	.save = save,
};
