/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_u32.c - matches u32, time, rpfilter, helper
 *
 * mirrors net/netfilter/xt_u32.c, xt_time.c, xt_helper.c, net/ipv4/netfilter/ipt_rpfilter.c
 * PATH
 */
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/netfilter/xt_helper.h>
#include <linux/netfilter/xt_rpfilter.h>
#include <linux/netfilter/xt_time.h>
#include <linux/netfilter/xt_u32.h>

#include "core/netdevice.h"
#include "core/world.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "ipv4/route.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

#define DAY 86400

/* The word at @pos of the packet from the network header on; false when it ends before. */
static bool u32_word(const struct sk_buff *skb, uint64_t pos, uint32_t *ret)
{
	const uint8_t *p;

	if (pos + 4 > skb_len(skb))
		return false;
	p = xt_peek(skb, (uint32_t)pos, 4);
	if (!p)
		return false;
	*ret = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	return true;
}

static bool u32_location(const struct xt_u32_test *ct, const struct sk_buff *skb, uint32_t *val)
{
	uint64_t at = 0;
	unsigned int i;

	if (!u32_word(skb, ct->location[0].number, val))
		return false;
	for (i = 1; i < ct->nnums; i++) {
		uint32_t number = ct->location[i].number;

		switch (ct->location[i].nextop) {
		case XT_U32_AND:
			*val &= number;
			break;
		/* a shift by 32 or more counts modulo 32, as on x86 */
		case XT_U32_LEFTSH:
			*val <<= number & 31;
			break;
		case XT_U32_RIGHTSH:
			*val >>= number & 31;
			break;
		default:
			at += *val;
			if (at > UINT32_MAX || !u32_word(skb, at + number, val))
				return false;
			break;
		}
	}
	return true;
}

static bool u32_match_it(const struct xt_u32 *data, const struct sk_buff *skb)
{
	unsigned int test, i;
	uint32_t val;

	for (test = 0; test < data->ntests; test++) {
		const struct xt_u32_test *ct = &data->tests[test];

		if (!u32_location(ct, skb, &val))
			return false;
		for (i = 0; i < ct->nvalues; i++) {
			if (ct->value[i].min <= val && val <= ct->value[i].max)
				break;
		}
		if (i >= ct->nvalues)
			return false;
	}
	return true;
}

static bool u32_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_u32 *data = par->info;

	return u32_match_it(data, skb) != !!data->invert;
}

static int u32_mt_check(const struct xt_check *par)
{
	const struct xt_u32 *data = par->info;
	unsigned int i, j;

	if (data->ntests > XT_U32_MAXSIZE + 1)
		return -EINVAL;
	for (i = 0; i < data->ntests; i++) {
		const struct xt_u32_test *ct = &data->tests[i];

		if (ct->nnums > XT_U32_MAXSIZE + 1 || ct->nvalues > XT_U32_MAXSIZE + 1)
			return -EINVAL;
		for (j = 1; j < ct->nnums; j++) {
			if (ct->location[j].nextop > XT_U32_AT)
				return -EINVAL;
		}
	}
	return 0;
}

/* Which day of its month, from 1, a day since 1970 is. */
static unsigned int monthday(int64_t days)
{
	int64_t z = days + 719468; /* since the first of March of year 0 */
	int64_t doe = z % 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t month = (5 * doy + 2) / 153;

	return (unsigned int)(doy - (153 * month + 2) / 5) + 1;
}

static bool time_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_time_info *info = par->info;
	int64_t stamp = world_realtime(par->hook->net->world) / NSEC_PER_SEC;
	uint32_t daytime = (uint32_t)(stamp % DAY);
	int64_t days;

	(void)skb;
	/* the kernel's own time zone is UTC */
	if (stamp < (int64_t)info->date_start || stamp > (int64_t)info->date_stop)
		return false;
	if (info->daytime_start < info->daytime_stop) {
		if (daytime < info->daytime_start || daytime > info->daytime_stop)
			return false;
	} else {
		if (daytime < info->daytime_start && daytime > info->daytime_stop)
			return false;
		/* the hours after midnight belong to the day before */
		if ((info->flags & XT_TIME_CONTIGUOUS) && daytime <= info->daytime_stop)
			stamp -= DAY;
	}
	days = stamp / DAY;
	/* day 0 was a Thursday; Monday is 1, Sunday 7 */
	if (!(info->weekdays_match & (1U << ((days + 3) % 7 + 1))))
		return false;
	return info->monthdays_match == XT_TIME_ALL_MONTHDAYS ||
	       (info->monthdays_match & (UINT32_C(1) << monthday(days)));
}

static int time_mt_check(const struct xt_check *par)
{
	const struct xt_time_info *info = par->info;

	if (info->daytime_start > XT_TIME_MAX_DAYTIME || info->daytime_stop > XT_TIME_MAX_DAYTIME)
		return -EDOM;
	if (info->flags & ~XT_TIME_ALL_FLAGS)
		return -EINVAL;
	if ((info->flags & XT_TIME_CONTIGUOUS) && info->daytime_start < info->daytime_stop)
		return -EINVAL;
	return 0;
}

static bool rpfilter_lookup_reverse(struct net *net, const struct flowi4 *fl4,
				    const struct net_device *dev, uint8_t flags)
{
	struct fib_result res;

	if (fib_lookup(net, fl4, &res, FIB_LOOKUP_IGNORE_LINKSTATE) != 0)
		return false;
	if (res.type != RTN_UNICAST &&
	    (res.type != RTN_LOCAL || !(flags & XT_RPFILTER_ACCEPT_LOCAL)))
		return false;
	return fib_info_nh_uses_dev(res.fi, dev) || (flags & XT_RPFILTER_LOOSE);
}

static bool rpfilter_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_rpfilter_info *info = par->info;
	const struct net_device *in = par->hook->in;
	const struct iphdr *iph = ip_hdr(skb);
	bool invert = info->flags & XT_RPFILTER_INVERT;
	struct flowi4 flow = { .iif = par->hook->net->loopback_dev->ifindex };

	if (skb->pkt_type == PACKET_LOOPBACK || (in->flags & IFF_LOOPBACK))
		return !invert;
	if (ipv4_is_zeronet(iph->saddr) &&
	    (ipv4_is_lbcast(iph->daddr) || ipv4_is_local_multicast(iph->daddr)))
		return !invert;
	flow.daddr = iph->saddr;
	if (!ipv4_is_multicast(iph->daddr) && !ipv4_is_lbcast(iph->daddr) &&
	    !ipv4_is_zeronet(iph->daddr))
		flow.saddr = iph->daddr;
	flow.mark = (info->flags & XT_RPFILTER_VALID_MARK) ? skb->mark : 0;
	flow.tos = iph->tos & INET_DSCP_MASK;
	return rpfilter_lookup_reverse(par->hook->net, &flow, in, info->flags) != invert;
}

static int rpfilter_check(const struct xt_check *par)
{
	const struct xt_rpfilter_info *info = par->info;

	if (info->flags & ~(XT_RPFILTER_LOOSE | XT_RPFILTER_VALID_MARK | XT_RPFILTER_ACCEPT_LOCAL |
			    XT_RPFILTER_INVERT))
		return -EINVAL;
	if (strcmp(par->table, "mangle") != 0 && strcmp(par->table, "raw") != 0)
		return -EINVAL;
	return 0;
}

/* There are no helpers: no flow has one. */
static bool helper_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_helper_info *info = par->info;

	(void)skb;
	return info->invert;
}

static int helper_mt_check(const struct xt_check *par)
{
	nf_ct_netns_get(par->net);
	return 0;
}

static void helper_mt_destroy(const struct xt_check *par)
{
	nf_ct_netns_put(par->net);
}

static const struct xt_ext matches[] = {
	{ .name = "u32", .size = sizeof(struct xt_u32), .check = u32_mt_check, .match = u32_mt },
	{ .name = "time",
	  .size = sizeof(struct xt_time_info),
	  .check = time_mt_check,
	  .match = time_mt },
	{ .name = "rpfilter",
	  .size = sizeof(struct xt_rpfilter_info),
	  .check = rpfilter_check,
	  .match = rpfilter_mt,
	  .hooks = XT_HOOK(PRE_ROUTING) },
	{ .name = "helper",
	  .size = sizeof(struct xt_helper_info),
	  .check = helper_mt_check,
	  .destroy = helper_mt_destroy,
	  .match = helper_mt },
};

const struct xt_ext_row xt_u32_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
