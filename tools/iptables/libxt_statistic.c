/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_statistic.c - -m statistic: every n-th packet, or by chance
 *
 * Mirrors iptables/extensions/libxt_statistic.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_statistic.h>

enum { O_MODE, O_PROBABILITY, O_EVERY, O_PACKET };

static const struct xt_opt opts[] = {
	{ .name = "mode", .id = O_MODE, .type = XTT_STRING, .flags = XTO_MAND },
	{ .name = "probability",
	  .id = O_PROBABILITY,
	  .type = XTT_DOUBLE,
	  .flags = XTO_INVERT,
	  .max = 1,
	  .excl = 1 << O_EVERY | 1 << O_PACKET },
	{ .name = "every",
	  .id = O_EVERY,
	  .type = XTT_U32,
	  .flags = XTO_INVERT,
	  .min = 1,
	  .also = 1 << O_PACKET,
	  .excl = 1 << O_PROBABILITY },
	{ .name = "packet",
	  .id = O_PACKET,
	  .type = XTT_U32,
	  .also = 1 << O_EVERY,
	  .excl = 1 << O_PROBABILITY },
	{ .name = NULL },
};

static void parse(struct xt_call *c)
{
	struct xt_statistic_info *info = c->info;

	if (c->invert)
		info->flags |= XT_STATISTIC_INVERT;
	xt_option_parse(c);
	switch (c->opt->id) {
	case O_MODE:
		if (!strcmp(c->arg, "random"))
			info->mode = XT_STATISTIC_MODE_RANDOM;
		else if (!strcmp(c->arg, "nth"))
			info->mode = XT_STATISTIC_MODE_NTH;
		else
			xt_error(c->x, PARAMETER_PROBLEM, "Bad mode \"%s\"", c->arg);
		break;
	case O_PROBABILITY:
		info->u.random.probability = (uint32_t)(2147483648.0 * c->val.d + 0.5);
		break;
	case O_EVERY:
		info->u.nth.every = (uint32_t)c->val.u - 1;
		break;
	default:
		info->u.nth.packet = (uint32_t)c->val.u;
		break;
	}
}

static void check(struct ipt *x, void *data, uint32_t flags)
{
	struct xt_statistic_info *info = data;

	if (info->mode == XT_STATISTIC_MODE_RANDOM && !(flags & 1 << O_PROBABILITY))
		xt_error(x, PARAMETER_PROBLEM,
			 "--probability must be specified when using random mode");
	if (info->mode == XT_STATISTIC_MODE_NTH && !(flags & (1 << O_EVERY | 1 << O_PACKET)))
		xt_error(x, PARAMETER_PROBLEM,
			 "--every and --packet must be specified when using nth mode");
	/* every was lowered by one already */
	if (info->u.nth.packet > info->u.nth.every)
		xt_error(x, PARAMETER_PROBLEM, "the --packet p must be 0 <= p <= n-1");
	info->u.nth.count = info->u.nth.every - info->u.nth.packet;
}

static void put(struct ng_out *out, const struct xt_statistic_info *info, const char *prefix)
{
	const char *inv = (info->flags & XT_STATISTIC_INVERT) ? " !" : "";

	if (info->mode == XT_STATISTIC_MODE_RANDOM) {
		ng_printf(out, " %smode random%s %sprobability %.11f", prefix, inv, prefix,
			  1.0 * info->u.random.probability / 2147483648.0);
		return;
	}
	ng_printf(out, " %smode nth%s %severy %u", prefix, inv, prefix, info->u.nth.every + 1);
	if (info->u.nth.packet || *prefix)
		ng_printf(out, " %spacket %u", prefix, info->u.nth.packet);
}

static void print(struct xt_show *s)
{
	ng_puts(s->out, " statistic");
	put(s->out, s->info, "");
}

static void save(struct xt_show *s)
{
	put(s->out, s->info, "--");
}

const struct xt_ext libxt_statistic = {
	.name = "statistic",
	.size = sizeof(struct xt_statistic_info),
	.user_size = offsetof(struct xt_statistic_info, u.nth.count),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
