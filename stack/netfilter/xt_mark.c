/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_mark.c - targets that change what is known of a packet, not its bytes: MARK, CLASSIFY,
 * TRACE, LOG, NFLOG
 *
 * mirrors net/netfilter/xt_mark.c, xt_CLASSIFY.c, xt_TRACE.c, xt_LOG.c, xt_NFLOG.c
 * PATH
 */
#include <errno.h>
#include <linux/netfilter/xt_CLASSIFY.h>
#include <linux/netfilter/xt_LOG.h>
#include <linux/netfilter/xt_NFLOG.h>
#include <linux/netfilter/xt_mark.h>

#include "netfilter/nf_log.h"
#include "netfilter/x_tables.h"

static unsigned int mark_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_mark_tginfo2 *info = par->info;

	skb->mark = (skb->mark & ~info->mask) ^ info->mark;
	return XT_CONTINUE;
}

static unsigned int classify_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_classify_target_info *info = par->info;

	skb->priority = info->priority;
	return XT_CONTINUE;
}

static unsigned int trace_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	(void)par;
	skb->nf_trace = true;
	return XT_CONTINUE;
}

static unsigned int log_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_log_info *info = par->info;

	nf_log_packet(skb, par->hook, info->prefix, info->level, info->logflags);
	return XT_CONTINUE;
}

static int log_tg_check(const struct xt_check *par)
{
	const struct xt_log_info *info = par->info;

	if (info->level >= 8 || info->prefix[sizeof(info->prefix) - 1] != '\0')
		return -EINVAL;
	return 0;
}

/*
 * Nobody listens to a group. iptables 1.8.9 asks for this target and then sends the expression
 * `log`.
 */
static unsigned int nflog_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	(void)skb;
	(void)par;
	return XT_CONTINUE;
}

static int nflog_tg_check(const struct xt_check *par)
{
	const struct xt_nflog_info *info = par->info;

	if ((info->flags & ~XT_NFLOG_MASK) || info->prefix[sizeof(info->prefix) - 1] != '\0')
		return -EINVAL;
	return 0;
}

static const struct xt_ext targets[] = {
	{ .name = "MARK",
	  .revision = 2,
	  .size = sizeof(struct xt_mark_tginfo2),
	  .target = mark_tg },
	{ .name = "CLASSIFY",
	  .size = sizeof(struct xt_classify_target_info),
	  .target = classify_tg,
	  .hooks = XT_HOOK(LOCAL_OUT) | XT_HOOK(FORWARD) | XT_HOOK(POST_ROUTING) },
	{ .name = "TRACE", .target = trace_tg },
	{ .name = "NFLOG",
	  .size = sizeof(struct xt_nflog_info),
	  .check = nflog_tg_check,
	  .target = nflog_tg },
	{ .name = "LOG",
	  .size = sizeof(struct xt_log_info),
	  .check = log_tg_check,
	  .target = log_tg },
};

const struct xt_ext_row xt_mark_targets = { targets, sizeof(targets) / sizeof(targets[0]) };
