/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_NFQUEUE.c - target NFQUEUE: hands packets to a program
 *
 * mirrors net/netfilter/xt_NFQUEUE.c, nf_queue.c
 * PATH
 *
 * Unlike Linux: no program can listen to a queue. As on a machine where none does, the packet is
 * dropped without a word to its sender, or goes on if the rule says bypass.
 */
#include <errno.h>
#include <linux/netfilter/xt_NFQUEUE.h>

#include "core/trace.h"
#include "netfilter/x_tables.h"

static unsigned int nfqueue_drop(struct sk_buff *skb)
{
	kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
	return NF_STOLEN;
}

static unsigned int nfqueue_tg_v0(struct sk_buff *skb, struct xt_action_param *par)
{
	(void)par;
	return nfqueue_drop(skb);
}

/* Revisions 2 and 3: the bypass of one is the lowest flag of the other. */
static unsigned int nfqueue_tg_v3(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_NFQ_info_v3 *info = par->info;

	return info->flags & NFQ_FLAG_BYPASS ? NF_ACCEPT : nfqueue_drop(skb);
}

static int nfqueue_tg_check_v1(const struct xt_check *par)
{
	const struct xt_NFQ_info_v1 *info = par->info;

	if (info->queues_total < 1)
		return -EINVAL;
	return info->queues_total - 1 + info->queuenum > UINT16_MAX ? -ERANGE : 0;
}

static int nfqueue_tg_check_v2(const struct xt_check *par)
{
	const struct xt_NFQ_info_v2 *info = par->info;
	int err = nfqueue_tg_check_v1(par);

	return err ? err : info->bypass > 1 ? -EINVAL : 0;
}

static int nfqueue_tg_check_v3(const struct xt_check *par)
{
	const struct xt_NFQ_info_v3 *info = par->info;
	int err = nfqueue_tg_check_v1(par);

	return err ? err : info->flags & ~NFQ_FLAG_MASK ? -EINVAL : 0;
}

#define NFQUEUE(rev, type, check_fn, fn)                                     \
	{                                                                    \
		.name = "NFQUEUE", .revision = rev, .any_family = true,      \
		.size = sizeof(struct type), .check = check_fn, .target = fn \
	}

static const struct xt_ext targets[] = {
	NFQUEUE(0, xt_NFQ_info, NULL, nfqueue_tg_v0),
	NFQUEUE(1, xt_NFQ_info_v1, nfqueue_tg_check_v1, nfqueue_tg_v0),
	NFQUEUE(2, xt_NFQ_info_v2, nfqueue_tg_check_v2, nfqueue_tg_v3),
	NFQUEUE(3, xt_NFQ_info_v3, nfqueue_tg_check_v3, nfqueue_tg_v3),
};

const struct xt_ext_row xt_nfqueue_targets = { targets, sizeof(targets) / sizeof(targets[0]) };
