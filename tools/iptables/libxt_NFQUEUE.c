/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_NFQUEUE.c - -j NFQUEUE: to a program that listens
 *
 * Mirrors iptables/extensions/libxt_NFQUEUE.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_NFQUEUE.h>

enum { O_NUM, O_BALANCE, O_BYPASS, O_FANOUT };

static const struct xt_opt opts[] = {
	{ .name = "queue-num", .id = O_NUM, .type = XTT_U16, .excl = 1u << O_BALANCE },
	{ .name = "queue-balance", .id = O_BALANCE, .type = XTT_U16RC, .excl = 1u << O_NUM },
	{ .name = "queue-bypass", .id = O_BYPASS, .type = XTT_NONE },
	{ .name = "queue-cpu-fanout", .id = O_FANOUT, .type = XTT_NONE, .also = 1u << O_BALANCE },
	{ .name = NULL },
};

static void init(void *data)
{
	struct xt_NFQ_info_v3 *info = data;

	info->queues_total = 1;
}

static void parse_balance(struct xt_call *c, struct xt_NFQ_info_v3 *info)
{
	const uint16_t *range = c->val.u16r;

	if (c->nvals != 2)
		xt_error(c->x, PARAMETER_PROBLEM, "Bad range \"%s\"", c->arg);
	if (range[0] >= range[1])
		xt_error(c->x, PARAMETER_PROBLEM, "%u should be less than %u", range[0], range[1]);
	info->queuenum = range[0];
	info->queues_total = (uint16_t)(range[1] - range[0] + 1);
}

static void parse(struct xt_call *c)
{
	struct xt_NFQ_info_v3 *info = c->info;

	xt_option_parse(c);
	switch (c->opt->id) {
	case O_NUM:
		info->queuenum = (uint16_t)c->val.u;
		break;
	case O_BALANCE:
		parse_balance(c, info);
		break;
	case O_BYPASS:
		info->flags |= NFQ_FLAG_BYPASS;
		break;
	default:
		info->flags |= NFQ_FLAG_CPU_FANOUT;
		break;
	}
}

static void print(struct xt_show *s)
{
	const struct xt_NFQ_info_v3 *info = s->info;

	if (info->queues_total > 1)
		ng_printf(s->out, " NFQUEUE balance %u:%u", info->queuenum,
			  info->queuenum + info->queues_total - 1);
	else
		ng_printf(s->out, " NFQUEUE num %u", info->queuenum);
	if (info->flags & NFQ_FLAG_BYPASS)
		ng_puts(s->out, " bypass");
	if (info->flags & NFQ_FLAG_CPU_FANOUT)
		ng_puts(s->out, " cpu-fanout");
}

static void save(struct xt_show *s)
{
	const struct xt_NFQ_info_v3 *info = s->info;

	if (info->queues_total > 1)
		ng_printf(s->out, " --queue-balance %u:%u", info->queuenum,
			  info->queuenum + info->queues_total - 1);
	else
		ng_printf(s->out, " --queue-num %u", info->queuenum);
	if (info->flags & NFQ_FLAG_BYPASS)
		ng_puts(s->out, " --queue-bypass");
	if (info->flags & NFQ_FLAG_CPU_FANOUT)
		ng_puts(s->out, " --queue-cpu-fanout");
}

const struct xt_ext libxt_NFQUEUE = {
	.name = "NFQUEUE",
	.rev = 3,
	.target = true,
	.size = sizeof(struct xt_NFQ_info_v3),
	.opts = opts,
	.init = init,
	.parse = parse,
	.print = print,
	.save = save,
};
