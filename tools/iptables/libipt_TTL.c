/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libipt_TTL.c - -j TTL: change the time to live
 *
 * Mirrors iptables/extensions/libipt_TTL.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter_ipv4/ipt_TTL.h>

enum { O_SET, O_DEC, O_INC };

#define F_ANY (1u << O_SET | 1u << O_DEC | 1u << O_INC)

#define OPT(n, i, m)                                                                       \
	{                                                                                  \
		.name = n, .id = i, .type = XTT_U8, .min = m, .excl = F_ANY & ~(1u << (i)) \
	}

static const struct xt_opt opts[] = {
	OPT("ttl-set", O_SET, 0),
	OPT("ttl-dec", O_DEC, 1),
	OPT("ttl-inc", O_INC, 1),
	{ .name = NULL },
};

static void parse(struct xt_call *c)
{
	static const uint8_t modes[] = { IPT_TTL_SET, IPT_TTL_DEC, IPT_TTL_INC };
	struct ipt_TTL_info *info = c->info;

	xt_option_parse(c);
	info->mode = modes[c->opt->id];
	info->ttl = (uint8_t)c->val.u;
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & F_ANY))
		xt_error(x, PARAMETER_PROBLEM, "TTL: You must specify an action");
}

static void print(struct xt_show *s)
{
	static const char *const words[] = { "set to", "increment by", "decrement by" };
	const struct ipt_TTL_info *info = s->info;

	if (info->mode < 3)
		ng_printf(s->out, " TTL %s %u", words[info->mode], info->ttl);
}

static void save(struct xt_show *s)
{
	static const char *const words[] = { "set", "inc", "dec" };
	const struct ipt_TTL_info *info = s->info;

	if (info->mode < 3)
		ng_printf(s->out, " --ttl-%s %u", words[info->mode], info->ttl);
}

const struct xt_ext libipt_TTL = {
	.name = "TTL",
	.target = true,
	.size = sizeof(struct ipt_TTL_info),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
