/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_iprange.c - -m iprange: from one address to another
 *
 * Mirrors iptables/extensions/libxt_iprange.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter.h>
#include <linux/netfilter/xt_iprange.h>

enum { O_SRC, O_DST };

static const struct xt_opt opts[] = {
	{ .name = "src-range", .id = O_SRC, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = "dst-range", .id = O_DST, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = NULL },
};

static _Noreturn void bad_value(struct xt_call *c, const char *s)
{
	xt_error(c->x, PARAMETER_PROBLEM, "%s: Bad value for \"--%s\" option: \"%s\"", "iprange",
		 c->opt->name, s);
}

static void parse_range(struct xt_call *c, __be32 *lo, __be32 *hi)
{
	char *s = ng_task_strdup(c->x->task, c->arg);
	char *dash = strchr(s, '-');

	if (dash)
		*dash = '\0';
	if (!xt_numeric_addr(s, lo))
		bad_value(c, s);
	if (!xt_numeric_addr(dash ? dash + 1 : s, hi))
		bad_value(c, dash + 1);
	if (be32_to_cpu(*lo) > be32_to_cpu(*hi))
		ng_printf(c->x->err, "xt_iprange: range %s-%s is reversed and will never match\n",
			  s, dash + 1);
}

static void parse(struct xt_call *c)
{
	struct xt_iprange_mtinfo *info = c->info;

	xt_option_parse(c);
	if (c->opt->id == O_SRC) {
		parse_range(c, &info->src_min.ip, &info->src_max.ip);
		info->flags |= IPRANGE_SRC | (c->invert ? IPRANGE_SRC_INV : 0);
	} else {
		parse_range(c, &info->dst_min.ip, &info->dst_max.ip);
		info->flags |= IPRANGE_DST | (c->invert ? IPRANGE_DST_INV : 0);
	}
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM,
			 "iprange match: You must specify `--src-range' or `--dst-range'");
}

static void put_range(struct ng_out *out, __be32 lo, __be32 hi)
{
	ng_putc(out, ' ');
	xt_print_addr(out, lo);
	ng_putc(out, '-');
	xt_print_addr(out, hi);
}

static void print(struct xt_show *s)
{
	const struct xt_iprange_mtinfo *info = s->info;

	if (info->flags & IPRANGE_SRC) {
		ng_printf(s->out, " source IP range%s",
			  (info->flags & IPRANGE_SRC_INV) ? " !" : "");
		put_range(s->out, info->src_min.ip, info->src_max.ip);
	}
	if (info->flags & IPRANGE_DST) {
		ng_printf(s->out, " destination IP range%s",
			  (info->flags & IPRANGE_DST_INV) ? " !" : "");
		put_range(s->out, info->dst_min.ip, info->dst_max.ip);
	}
}

static void save(struct xt_show *s)
{
	const struct xt_iprange_mtinfo *info = s->info;

	if (info->flags & IPRANGE_SRC) {
		ng_printf(s->out, "%s --src-range", (info->flags & IPRANGE_SRC_INV) ? " !" : "");
		put_range(s->out, info->src_min.ip, info->src_max.ip);
	}
	if (info->flags & IPRANGE_DST) {
		ng_printf(s->out, "%s --dst-range", (info->flags & IPRANGE_DST_INV) ? " !" : "");
		put_range(s->out, info->dst_min.ip, info->dst_max.ip);
	}
}

const struct xt_ext libxt_iprange = {
	.name = "iprange",
	.rev = 1,
	.size = sizeof(struct xt_iprange_mtinfo),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
