/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_plain.c - matches that need nothing but the IP header and bytes: comment, ttl, length,
 * iprange, string, tos, dscp, ecn
 *
 * mirrors net/netfilter/xt_comment.c, xt_hl.c, xt_length.c, xt_iprange.c, xt_string.c, xt_dscp.c,
 * xt_ecn.c
 * PATH
 */
#include <errno.h>
#include <linux/netfilter/xt_comment.h>
#include <linux/netfilter/xt_dscp.h>
#include <linux/netfilter/xt_ecn.h>
#include <linux/netfilter/xt_iprange.h>
#include <linux/netfilter/xt_length.h>
#include <linux/netfilter/xt_string.h>
#include <linux/netfilter_ipv4/ipt_ttl.h>
#include <linux/ip.h>
#include <linux/tcp.h>

#include "netfilter/x_tables.h"

static bool comment_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	(void)skb;
	(void)par;
	return true;
}

static bool ttl_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct ipt_ttl_info *info = par->info;
	uint8_t ttl = ip_hdr(skb)->ttl;

	switch (info->mode) {
	case IPT_TTL_EQ:
		return ttl == info->ttl;
	case IPT_TTL_NE:
		return ttl != info->ttl;
	case IPT_TTL_LT:
		return ttl < info->ttl;
	default:
		return ttl > info->ttl;
	}
}

static int ttl_mt_check(const struct xt_check *par)
{
	const struct ipt_ttl_info *info = par->info;

	return info->mode > IPT_TTL_GT ? -EINVAL : 0;
}

static bool length_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_length_info *info = par->info;
	uint16_t len = be16_to_cpu(ip_hdr(skb)->tot_len);

	return (len >= info->min && len <= info->max) != info->invert;
}

static bool in_range(__be32 addr, const union nf_inet_addr *min, const union nf_inet_addr *max)
{
	uint32_t a = be32_to_cpu(addr);

	return a >= be32_to_cpu(min->ip) && a <= be32_to_cpu(max->ip);
}

static bool iprange_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_iprange_mtinfo *info = par->info;
	const struct iphdr *iph = ip_hdr(skb);

	if ((info->flags & IPRANGE_SRC) && in_range(iph->saddr, &info->src_min, &info->src_max) ==
						   !!(info->flags & IPRANGE_SRC_INV))
		return false;
	if ((info->flags & IPRANGE_DST) && in_range(iph->daddr, &info->dst_min, &info->dst_max) ==
						   !!(info->flags & IPRANGE_DST_INV))
		return false;
	return true;
}

static uint8_t lower(uint8_t c, bool fold)
{
	return fold && c >= 'A' && c <= 'Z' ? (uint8_t)(c + 'a' - 'A') : c;
}

static bool string_at(const uint8_t *p, const struct xt_string_info *info, bool fold)
{
	unsigned int i;

	for (i = 0; i < info->patlen; i++) {
		if (lower(p[i], fold) != lower((uint8_t)info->pattern[i], fold))
			return false;
	}
	return true;
}

static bool string_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_string_info *info = par->info;
	bool invert = info->u.v1.flags & XT_STRING_FLAG_INVERT;
	bool fold = info->u.v1.flags & XT_STRING_FLAG_IGNORECASE;
	const uint8_t *data = skb_network_header(skb);
	uint32_t len = (uint32_t)(skb->tail - data);
	uint32_t at;

	/* the whole string lies before `to` */
	if (len > info->to_offset)
		len = info->to_offset;
	for (at = info->from_offset; at + info->patlen <= len; at++) {
		if (string_at(data + at, info, fold))
			return !invert;
	}
	return invert;
}

static int string_mt_check(const struct xt_check *par)
{
	const struct xt_string_info *info = par->info;

	if (info->from_offset > info->to_offset ||
	    info->algo[XT_STRING_MAX_ALGO_NAME_SIZE - 1] != '\0' || info->patlen == 0 ||
	    info->patlen > XT_STRING_MAX_PATTERN_SIZE)
		return -EINVAL;
	if (info->u.v1.flags & ~(XT_STRING_FLAG_IGNORECASE | XT_STRING_FLAG_INVERT))
		return -EINVAL;
	/* fsm takes a list of its own tokens, which no text of iptables is */
	if (!strcmp(info->algo, "fsm"))
		return -EINVAL;
	return strcmp(info->algo, "bm") && strcmp(info->algo, "kmp") ? -ENOENT : 0;
}

static bool dscp_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_dscp_info *info = par->info;

	return (ip_hdr(skb)->tos >> XT_DSCP_SHIFT == info->dscp) != !!info->invert;
}

static int dscp_mt_check(const struct xt_check *par)
{
	const struct xt_dscp_info *info = par->info;

	return info->dscp > XT_DSCP_MAX ? -EDOM : 0;
}

static bool tos_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_tos_match_info *info = par->info;

	return ((ip_hdr(skb)->tos & info->tos_mask) == info->tos_value) != !!info->invert;
}

static bool ecn_tcp(const struct sk_buff *skb, struct xt_action_param *par,
		    const struct xt_ecn_info *info)
{
	const struct tcphdr *th = xt_peek(skb, par->thoff, sizeof(*th));

	if (!th)
		return false;
	if ((info->operation & XT_ECN_OP_MATCH_ECE) &&
	    th->ece == !!(info->invert & XT_ECN_OP_MATCH_ECE))
		return false;
	return !(info->operation & XT_ECN_OP_MATCH_CWR) ||
	       th->cwr != !!(info->invert & XT_ECN_OP_MATCH_CWR);
}

static bool ecn_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_ecn_info *info = par->info;
	const struct iphdr *iph = ip_hdr(skb);

	if (info->operation & XT_ECN_OP_MATCH_IP &&
	    ((iph->tos & XT_ECN_IP_MASK) == info->ip_ect) == !!(info->invert & XT_ECN_OP_MATCH_IP))
		return false;
	if (info->operation & (XT_ECN_OP_MATCH_ECE | XT_ECN_OP_MATCH_CWR))
		return ecn_tcp(skb, par, info);
	return true;
}

static int ecn_mt_check(const struct xt_check *par)
{
	const struct xt_ecn_info *info = par->info;

	if ((info->operation & XT_ECN_OP_MATCH_MASK) || info->invert & XT_ECN_OP_MATCH_MASK)
		return -EINVAL;
	if ((info->operation & (XT_ECN_OP_MATCH_ECE | XT_ECN_OP_MATCH_CWR)) &&
	    (par->proto != IPPROTO_TCP || par->proto_inverted)) {
		xt_info(par, "xt_ecn: cannot match TCP bits for non-tcp packets");
		return -EINVAL;
	}
	return 0;
}

static const struct xt_ext matches[] = {
	{ .name = "comment", .size = sizeof(struct xt_comment_info), .match = comment_mt },
	{ .name = "ttl",
	  .size = sizeof(struct ipt_ttl_info),
	  .check = ttl_mt_check,
	  .match = ttl_mt },
	{ .name = "length", .size = sizeof(struct xt_length_info), .match = length_mt },
	{ .name = "iprange",
	  .revision = 1,
	  .size = sizeof(struct xt_iprange_mtinfo),
	  .match = iprange_mt },
	{ .name = "string",
	  .revision = 1,
	  .size = sizeof(struct xt_string_info),
	  .usersize = offsetof(struct xt_string_info, config),
	  .check = string_mt_check,
	  .match = string_mt },
	{ .name = "dscp",
	  .size = sizeof(struct xt_dscp_info),
	  .check = dscp_mt_check,
	  .match = dscp_mt },
	{ .name = "tos", .revision = 1, .size = sizeof(struct xt_tos_match_info), .match = tos_mt },
	{ .name = "ecn",
	  .size = sizeof(struct xt_ecn_info),
	  .check = ecn_mt_check,
	  .match = ecn_mt },
};

const struct xt_ext_row xt_plain_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
