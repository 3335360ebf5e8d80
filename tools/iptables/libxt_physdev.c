/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_physdev.c - -m physdev: the port of a bridge
 *
 * Mirrors iptables/extensions/libxt_physdev.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_physdev.h>

enum { O_IN, O_OUT, O_IS_IN, O_IS_OUT, O_BRIDGED };

#define OPT(n, i, t)                                               \
	{                                                          \
		.name = n, .id = i, .type = t, .flags = XTO_INVERT \
	}

static const struct xt_opt opts[] = {
	OPT("physdev-in", O_IN, XTT_STRING),
	OPT("physdev-out", O_OUT, XTT_STRING),
	OPT("physdev-is-in", O_IS_IN, XTT_NONE),
	OPT("physdev-is-out", O_IS_OUT, XTT_NONE),
	OPT("physdev-is-bridged", O_BRIDGED, XTT_NONE),
	{ .name = NULL },
};

static const uint8_t bits[] = { XT_PHYSDEV_OP_IN, XT_PHYSDEV_OP_OUT, XT_PHYSDEV_OP_ISIN,
				XT_PHYSDEV_OP_ISOUT, XT_PHYSDEV_OP_BRIDGED };

static void parse(struct xt_call *c)
{
	struct xt_physdev_info *info = c->info;

	xt_option_parse(c);
	if (c->opt->id == O_IN)
		xt_parse_interface(c->x, c->arg, info->physindev, (unsigned char *)info->in_mask);
	else if (c->opt->id == O_OUT)
		xt_parse_interface(c->x, c->arg, info->physoutdev, (unsigned char *)info->out_mask);
	info->bitmask |= bits[c->opt->id];
	if (c->invert)
		info->invert |= bits[c->opt->id];
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM, "PHYSDEV: no physdev option specified");
}

static void put(struct xt_show *s, const struct xt_physdev_info *info, uint8_t bit,
		const char *word, const char *dev)
{
	if (!(info->bitmask & bit))
		return;
	ng_printf(s->out, "%s --physdev-%s", (info->invert & bit) ? " !" : "", word);
	if (dev)
		ng_printf(s->out, " %s", dev);
}

static void save(struct xt_show *s)
{
	const struct xt_physdev_info *info = s->info;

	put(s, info, XT_PHYSDEV_OP_ISIN, "is-in", NULL);
	put(s, info, XT_PHYSDEV_OP_IN, "in", info->physindev);
	put(s, info, XT_PHYSDEV_OP_ISOUT, "is-out", NULL);
	put(s, info, XT_PHYSDEV_OP_OUT, "out", info->physoutdev);
	put(s, info, XT_PHYSDEV_OP_BRIDGED, "is-bridged", NULL);
}

static void print(struct xt_show *s)
{
	ng_puts(s->out, " PHYSDEV match");
	save(s);
}

const struct xt_ext libxt_physdev = {
	.name = "physdev",
	.size = sizeof(struct xt_physdev_info),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
