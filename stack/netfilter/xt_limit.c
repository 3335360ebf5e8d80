/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_limit.c - matches that remember: limit, statistic, quota
 *
 * mirrors net/netfilter/xt_limit.c, xt_statistic.c, xt_quota.c
 * PATH
 */
#include <errno.h>
#include <linux/netfilter/xt_limit.h>
#include <linux/netfilter/xt_quota.h>
#include <linux/netfilter/xt_statistic.h>

#include "core/world.h"
#include "netfilter/nf_tables.h"
#include "netfilter/x_tables.h"

/*
 * As in the kernel with HZ = 1000: 32 credits a jiffy, so that one packet a day still fits 32
 * bits.
 */
#define CREDITS_PER_JIFFY 32U

struct limit_state {
	int64_t prev; /* jiffies */
	uint32_t credit, credit_cap, cost;
};

static uint32_t user2credits(uint32_t user)
{
	if (user > UINT32_MAX / (XT_HZ * CREDITS_PER_JIFFY))
		return (user / XT_LIMIT_SCALE) * XT_HZ * CREDITS_PER_JIFFY;
	return (user * XT_HZ * CREDITS_PER_JIFFY) / XT_LIMIT_SCALE;
}

static bool limit_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	struct limit_state *st = par->state;
	int64_t now = xt_jiffies(par->hook->net);
	uint64_t credit = st->credit + (uint64_t)(now - st->prev) * CREDITS_PER_JIFFY;
	bool ok;

	(void)skb;
	st->prev = now;
	if (credit > st->credit_cap)
		credit = st->credit_cap;
	ok = credit >= st->cost;
	st->credit = (uint32_t)(ok ? credit - st->cost : credit);
	return ok;
}

static int limit_mt_check(const struct xt_check *par)
{
	const struct xt_rateinfo *r = par->info;
	struct limit_state *st = par->state;

	if (r->burst == 0 || user2credits(r->avg * r->burst) < user2credits(r->avg))
		return -ERANGE;
	st->prev = xt_jiffies(par->net);
	st->credit = user2credits(r->avg * r->burst);
	st->credit_cap = st->credit;
	st->cost = user2credits(r->avg);
	return 0;
}

struct statistic_state {
	uint64_t rule; /* number of this rule among those with chance */
	uint64_t draws;
	uint32_t count;
};

static bool statistic_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_statistic_info *info = par->info;
	struct statistic_state *st = par->state;
	bool ret = info->flags & XT_STATISTIC_INVERT;

	(void)skb;
	if (info->mode == XT_STATISTIC_MODE_RANDOM) {
		uint32_t draw = world_random_below(par->hook->net->world, RNG_STATISTIC,
						   (uint64_t)par->hook->net->inum << 32 | st->rule,
						   st->draws++, UINT32_C(1) << 31);

		return draw < info->u.random.probability ? !ret : ret;
	}
	st->count = st->count == info->u.nth.every ? 0 : st->count + 1;
	return st->count == 0 ? !ret : ret;
}

static int statistic_mt_check(const struct xt_check *par)
{
	const struct xt_statistic_info *info = par->info;
	struct statistic_state *st = par->state;

	if (info->mode > XT_STATISTIC_MODE_MAX || info->flags & ~XT_STATISTIC_MASK)
		return -EINVAL;
	st->rule = nft_pernet(par->net)->nr_statistic++;
	st->count = info->u.nth.count;
	return 0;
}

struct quota_state {
	uint64_t quota; /* bytes left */
};

static bool quota_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_quota_info *info = par->info;
	struct quota_state *st = par->state;
	bool ret = info->flags & XT_QUOTA_INVERT;

	if (st->quota >= skb_len(skb)) {
		st->quota -= skb_len(skb);
		return !ret;
	}
	/* not enough for this packet: it is used up for good */
	st->quota = 0;
	return ret;
}

static int quota_mt_check(const struct xt_check *par)
{
	const struct xt_quota_info *info = par->info;
	struct quota_state *st = par->state;

	if (info->flags & ~XT_QUOTA_MASK)
		return -EINVAL;
	st->quota = info->quota;
	return 0;
}

static const struct xt_ext matches[] = {
	{ .name = "limit",
	  .size = sizeof(struct xt_rateinfo),
	  .usersize = offsetof(struct xt_rateinfo, prev),
	  .statesize = sizeof(struct limit_state),
	  .check = limit_mt_check,
	  .match = limit_mt },
	{ .name = "statistic",
	  .size = sizeof(struct xt_statistic_info),
	  .usersize = offsetof(struct xt_statistic_info, master),
	  .statesize = sizeof(struct statistic_state),
	  .check = statistic_mt_check,
	  .match = statistic_mt },
	{ .name = "quota",
	  .size = sizeof(struct xt_quota_info),
	  .usersize = offsetof(struct xt_quota_info, master),
	  .statesize = sizeof(struct quota_state),
	  .check = quota_mt_check,
	  .match = quota_mt },
};

const struct xt_ext_row xt_limit_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
