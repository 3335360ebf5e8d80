/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_addrtype.c - -m addrtype: what kind of address, as routing sees it
 *
 * Mirrors iptables/extensions/libxt_addrtype.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_addrtype.h>
#include <strings.h>

enum { O_SRC, O_DST, O_IN, O_OUT };

static const struct xt_opt opts[] = {
	{ .name = "src-type", .id = O_SRC, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = "dst-type", .id = O_DST, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = "limit-iface-in", .id = O_IN, .type = XTT_NONE, .excl = 1 << O_OUT },
	{ .name = "limit-iface-out", .id = O_OUT, .type = XTT_NONE, .excl = 1 << O_IN },
	{ .name = NULL },
};

static const char *const types[] = { "UNSPEC",	 "UNICAST",   "LOCAL",	   "BROADCAST",
				     "ANYCAST",	 "MULTICAST", "BLACKHOLE", "UNREACHABLE",
				     "PROHIBIT", "THROW",     "NAT",	   "XRESOLVE" };

#define NTYPES (sizeof(types) / sizeof(*types))

static uint16_t parse_types(struct xt_call *c)
{
	const char *s = c->arg;
	uint16_t mask = 0;

	for (;;) {
		size_t n = strcspn(s, ",");
		size_t i;

		for (i = 0; i < NTYPES && (!n || strncasecmp(types[i], s, n)); i++)
			;
		if (i == NTYPES)
			xt_error(c->x, PARAMETER_PROBLEM,
				 s[n] ? "addrtype: bad type `%s'" : "addrtype: bad type \"%s\"", s);
		mask |= (uint16_t)(1u << i);
		if (!s[n])
			return mask;
		s += n + 1;
	}
}

static void parse(struct xt_call *c)
{
	struct xt_addrtype_info_v1 *info = c->info;

	xt_option_parse(c);
	switch (c->opt->id) {
	case O_SRC:
		info->source |= parse_types(c);
		info->flags |= c->invert ? XT_ADDRTYPE_INVERT_SOURCE : 0;
		break;
	case O_DST:
		info->dest |= parse_types(c);
		info->flags |= c->invert ? XT_ADDRTYPE_INVERT_DEST : 0;
		break;
	case O_IN:
		info->flags |= XT_ADDRTYPE_LIMIT_IFACE_IN;
		break;
	default:
		info->flags |= XT_ADDRTYPE_LIMIT_IFACE_OUT;
		break;
	}
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & (1 << O_SRC | 1 << O_DST)))
		xt_error(x, PARAMETER_PROBLEM,
			 "addrtype: you must specify --src-type or --dst-type");
}

static void put_types(struct ng_out *out, uint16_t mask)
{
	const char *sep = "";
	size_t i;

	for (i = 0; i < NTYPES; i++) {
		if (mask & (1u << i)) {
			ng_printf(out, "%s%s", sep, types[i]);
			sep = ",";
		}
	}
}

static void print(struct xt_show *s)
{
	const struct xt_addrtype_info_v1 *info = s->info;

	ng_puts(s->out, " ADDRTYPE match");
	if (info->source) {
		ng_printf(s->out, " src-type %s",
			  (info->flags & XT_ADDRTYPE_INVERT_SOURCE) ? "!" : "");
		put_types(s->out, info->source);
	}
	if (info->dest) {
		ng_printf(s->out, " dst-type %s",
			  (info->flags & XT_ADDRTYPE_INVERT_DEST) ? "!" : "");
		put_types(s->out, info->dest);
	}
	if (info->flags & XT_ADDRTYPE_LIMIT_IFACE_IN)
		ng_puts(s->out, " limit-in");
	if (info->flags & XT_ADDRTYPE_LIMIT_IFACE_OUT)
		ng_puts(s->out, " limit-out");
}

static void save(struct xt_show *s)
{
	const struct xt_addrtype_info_v1 *info = s->info;

	if (info->source) {
		ng_printf(s->out, "%s --src-type ",
			  (info->flags & XT_ADDRTYPE_INVERT_SOURCE) ? " !" : "");
		put_types(s->out, info->source);
	}
	if (info->dest) {
		ng_printf(s->out, "%s --dst-type ",
			  (info->flags & XT_ADDRTYPE_INVERT_DEST) ? " !" : "");
		put_types(s->out, info->dest);
	}
	if (info->flags & XT_ADDRTYPE_LIMIT_IFACE_IN)
		ng_puts(s->out, " --limit-iface-in");
	if (info->flags & XT_ADDRTYPE_LIMIT_IFACE_OUT)
		ng_puts(s->out, " --limit-iface-out");
}

const struct xt_ext libxt_addrtype = {
	.name = "addrtype",
	.rev = 1,
	.size = sizeof(struct xt_addrtype_info_v1),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
