/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libipt_ttl.c - -m ttl: look at the time to live
 *
 * Mirrors iptables/extensions/libipt_ttl.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter_ipv4/ipt_ttl.h>

enum { O_A, O_B, O_C };

#define F_ANY (1u << O_A | 1u << O_B | 1u << O_C)

#define OPT(n, i, f)                                                                         \
	{                                                                                    \
		.name = n, .id = i, .type = XTT_U8, .flags = f, .excl = F_ANY & ~(1u << (i)) \
	}

static const struct xt_opt opts[] = {
	OPT("ttl-lt", O_A, 0),	     OPT("ttl-gt", O_B, 0), OPT("ttl-eq", O_C, XTO_INVERT),
	OPT("ttl", O_C, XTO_INVERT), { .name = NULL },
};

static void parse(struct xt_call *c)
{
	struct ipt_ttl_info *info = c->info;

	xt_option_parse(c);
	info->ttl = (uint8_t)c->val.u;
	if (c->opt->id == O_A)
		info->mode = IPT_TTL_LT;
	else if (c->opt->id == O_B)
		info->mode = IPT_TTL_GT;
	else
		info->mode = c->invert ? IPT_TTL_NE : IPT_TTL_EQ;
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & F_ANY))
		xt_error(x, PARAMETER_PROBLEM,
			 "TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt");
}

static void print(struct xt_show *s)
{
	static const char *const ops[] = { "==", "!=", "<", ">" };
	const struct ipt_ttl_info *info = s->info;

	ng_printf(s->out, " TTL match TTL %s %u", ops[info->mode & 3], info->ttl);
}

static void save(struct xt_show *s)
{
	static const char *const words[] = { " --ttl-eq", " ! --ttl-eq", " --ttl-lt", " --ttl-gt" };
	const struct ipt_ttl_info *info = s->info;

	ng_printf(s->out, "%s %u", words[info->mode & 3], info->ttl);
}

const struct xt_ext libipt_ttl = {
	.name = "ttl",
	.size = sizeof(struct ipt_ttl_info),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
