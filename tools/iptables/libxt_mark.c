/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_mark.c - -m mark and -m connmark: the packet's and the connection's mark
 *
 * Mirrors iptables/extensions/libxt_mark.c and libxt_connmark.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_connmark.h>
#include <linux/netfilter/xt_mark.h>

/* struct xt_connmark_mtinfo1 has the same fields */
_Static_assert(sizeof(struct xt_mark_mtinfo1) == sizeof(struct xt_connmark_mtinfo1),
	       "one parser for both");

static const struct xt_opt opts[] = {
	{ .name = "mark", .id = 0, .type = XTT_MARK, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static void parse(struct xt_call *c)
{
	struct xt_mark_mtinfo1 *info = c->info;

	xt_option_parse(c);
	info->mark = c->val.mark.value;
	info->mask = c->val.mark.mask;
	info->invert = c->invert;
}

static void put_mark(struct ng_out *out, const struct xt_mark_mtinfo1 *info)
{
	if (info->mask != UINT32_MAX)
		ng_printf(out, " 0x%x/0x%x", info->mark, info->mask);
	else
		ng_printf(out, " 0x%x", info->mark);
}

static void print(struct xt_show *s)
{
	const struct xt_mark_mtinfo1 *info = s->info;

	ng_printf(s->out, " mark match%s", info->invert ? " !" : "");
	put_mark(s->out, info);
}

static void connmark_print(struct xt_show *s)
{
	const struct xt_mark_mtinfo1 *info = s->info;

	ng_printf(s->out, " connmark match %s", info->invert ? "!" : "");
	put_mark(s->out, info);
}

static void save(struct xt_show *s)
{
	const struct xt_mark_mtinfo1 *info = s->info;

	ng_printf(s->out, "%s --mark", info->invert ? " !" : "");
	put_mark(s->out, info);
}

const struct xt_ext libxt_mark = {
	.name = "mark",
	.rev = 1,
	.size = sizeof(struct xt_mark_mtinfo1),
	.opts = opts,
	.parse = parse,
	.print = print,
	.save = save,
};

const struct xt_ext libxt_connmark = {
	.name = "connmark",
	.rev = 1,
	.size = sizeof(struct xt_connmark_mtinfo1),
	.opts = opts,
	.parse = parse,
	.print = connmark_print,
	.save = save,
};
