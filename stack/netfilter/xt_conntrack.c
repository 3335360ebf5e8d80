/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_conntrack.c - what concerns flows: matches conntrack, state, connmark; targets CONNMARK, CT,
 * NOTRACK
 *
 * mirrors net/netfilter/xt_conntrack.c, xt_state.c, xt_connmark.c, xt_CT.c
 * PATH
 *
 * Each such rule keeps connection tracking switched on in its namespace.
 */
#include <errno.h>
#include <linux/netfilter/xt_CT.h>
#include <linux/netfilter/xt_connmark.h>
#include <linux/netfilter/xt_conntrack.h>
#include <linux/netfilter/xt_state.h>

#include "core/world.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

static int ct_check(const struct xt_check *par)
{
	nf_ct_netns_get(par->net);
	return 0;
}

static void ct_destroy(const struct xt_check *par)
{
	nf_ct_netns_put(par->net);
}

static bool addr_match(__be32 addr, const union nf_inet_addr *want, const union nf_inet_addr *mask)
{
	return ((addr ^ want->ip) & mask->ip) == 0;
}

/* A condition of an option: not asked for, or true unless inverted. */
static bool option_ok(const struct xt_conntrack_mtinfo3 *info, unsigned int flag, bool is)
{
	return !(info->match_flags & flag) || is != !!(info->invert_flags & flag);
}

static bool port_ok(const struct xt_conntrack_mtinfo3 *info, unsigned int flag, __be16 port,
		    uint16_t lo, uint16_t hi)
{
	uint16_t p = be16_to_cpu(port);

	return option_ok(info, flag, p >= lo && p <= hi);
}

static unsigned int conntrack_statebit(const struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	unsigned int bit;

	if (!ct)
		return (unsigned int)ctinfo == IP_CT_UNTRACKED ? XT_CONNTRACK_STATE_UNTRACKED
							       : XT_CONNTRACK_STATE_INVALID;
	bit = XT_CONNTRACK_STATE_BIT(ctinfo);
	if (ct->status & IPS_SRC_NAT)
		bit |= XT_CONNTRACK_STATE_SNAT;
	if (ct->status & IPS_DST_NAT)
		bit |= XT_CONNTRACK_STATE_DNAT;
	return bit;
}

static bool conntrack_addrs_ok(const struct xt_conntrack_mtinfo3 *info, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *o = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	const struct nf_conntrack_tuple *r = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;

	return option_ok(info, XT_CONNTRACK_ORIGSRC,
			 addr_match(o->src, &info->origsrc_addr, &info->origsrc_mask)) &&
	       option_ok(info, XT_CONNTRACK_ORIGDST,
			 addr_match(o->dst, &info->origdst_addr, &info->origdst_mask)) &&
	       option_ok(info, XT_CONNTRACK_REPLSRC,
			 addr_match(r->src, &info->replsrc_addr, &info->replsrc_mask)) &&
	       option_ok(info, XT_CONNTRACK_REPLDST,
			 addr_match(r->dst, &info->repldst_addr, &info->repldst_mask));
}

static bool conntrack_ports_ok(const struct xt_conntrack_mtinfo3 *info, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *o = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	const struct nf_conntrack_tuple *r = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;

	return option_ok(info, XT_CONNTRACK_PROTO, o->protonum == info->l4proto) &&
	       port_ok(info, XT_CONNTRACK_ORIGSRC_PORT, o->src_all, info->origsrc_port,
		       info->origsrc_port_high) &&
	       port_ok(info, XT_CONNTRACK_ORIGDST_PORT, o->dst_all, info->origdst_port,
		       info->origdst_port_high) &&
	       port_ok(info, XT_CONNTRACK_REPLSRC_PORT, r->src_all, info->replsrc_port,
		       info->replsrc_port_high) &&
	       port_ok(info, XT_CONNTRACK_REPLDST_PORT, r->dst_all, info->repldst_port,
		       info->repldst_port_high);
}

static bool conntrack_match(const struct sk_buff *skb, const struct xt_conntrack_mtinfo3 *info)
{
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	int64_t left;

	if (!option_ok(info, XT_CONNTRACK_STATE, info->state_mask & conntrack_statebit(ct, ctinfo)))
		return false;
	if (!ct)
		return info->match_flags & XT_CONNTRACK_STATE;
	if (!option_ok(info, XT_CONNTRACK_DIRECTION, CTINFO2DIR(ctinfo) == IP_CT_DIR_ORIGINAL))
		return false;
	if (!conntrack_addrs_ok(info, ct) || !conntrack_ports_ok(info, ct))
		return false;
	if (!option_ok(info, XT_CONNTRACK_STATUS, info->status_mask & ct->status))
		return false;
	/* nf_ct_expires(): a flow that is not in the table has no time left */
	left = nf_ct_is_confirmed(ct) ? ct->timeout_ns - world_now(ct->netct->world) : 0;
	left /= NSEC_PER_SEC;
	return option_ok(info, XT_CONNTRACK_EXPIRES,
			 left >= info->expires_min && left <= info->expires_max);
}

static bool conntrack_mt_v3(struct sk_buff *skb, struct xt_action_param *par)
{
	return conntrack_match(skb, par->info);
}

/* Revision 2 has single ports in network order. */
static bool conntrack_mt_v2(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_conntrack_mtinfo2 *old = par->info;
	struct xt_conntrack_mtinfo3 info;

	memset(&info, 0, sizeof(info));
	memcpy(&info, old, offsetof(struct xt_conntrack_mtinfo2, expires_min));
	info.expires_min = old->expires_min;
	info.expires_max = old->expires_max;
	info.l4proto = old->l4proto;
	info.origsrc_port = info.origsrc_port_high = be16_to_cpu(old->origsrc_port);
	info.origdst_port = info.origdst_port_high = be16_to_cpu(old->origdst_port);
	info.replsrc_port = info.replsrc_port_high = be16_to_cpu(old->replsrc_port);
	info.repldst_port = info.repldst_port_high = be16_to_cpu(old->repldst_port);
	info.match_flags = old->match_flags;
	info.invert_flags = old->invert_flags;
	info.state_mask = old->state_mask;
	info.status_mask = old->status_mask;
	return conntrack_match(skb, &info);
}

/* Revision 1 has masks of a byte. */
static bool conntrack_mt_v1(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_conntrack_mtinfo1 *old = par->info;
	struct xt_conntrack_mtinfo2 info2;
	struct xt_action_param par2 = *par;

	memcpy(&info2, old, offsetof(struct xt_conntrack_mtinfo1, state_mask));
	info2.state_mask = old->state_mask;
	info2.status_mask = old->status_mask;
	par2.info = &info2;
	return conntrack_mt_v2(skb, &par2);
}

static bool state_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_state_info *info = par->info;
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	if (ct)
		return info->statemask & XT_STATE_BIT(ctinfo);
	return info->statemask &
	       ((unsigned int)ctinfo == IP_CT_UNTRACKED ? XT_STATE_UNTRACKED : XT_STATE_INVALID);
}

static bool connmark_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_connmark_mtinfo1 *info = par->info;

	return skb->nfct && ((skb->nfct->mark & info->mask) == info->mark) != info->invert;
}

static uint32_t shifted(uint32_t v, const struct xt_connmark_tginfo2 *info)
{
	return info->shift_dir == D_SHIFT_RIGHT ? v >> info->shift_bits : v << info->shift_bits;
}

static void ct_set_mark(struct nf_conn *ct, uint32_t mark)
{
	if (ct->mark != mark)
		ct->cached |= 1U << IPCT_MARK;
	ct->mark = mark;
}

static void connmark_do(struct sk_buff *skb, const struct xt_connmark_tginfo2 *info)
{
	struct nf_conn *ct = skb->nfct;

	if (!ct)
		return;
	switch (info->mode) {
	case XT_CONNMARK_SET:
		ct_set_mark(ct, shifted((ct->mark & ~info->ctmask) ^ info->ctmark, info));
		break;
	case XT_CONNMARK_SAVE:
		ct_set_mark(ct,
			    (ct->mark & ~info->ctmask) ^ shifted(skb->mark & info->nfmask, info));
		break;
	case XT_CONNMARK_RESTORE:
		skb->mark = (skb->mark & ~info->nfmask) ^ shifted(ct->mark & info->ctmask, info);
		break;
	default:
		break;
	}
}

static unsigned int connmark_tg_v1(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_connmark_tginfo1 *old = par->info;
	struct xt_connmark_tginfo2 info = { .ctmark = old->ctmark,
					    .ctmask = old->ctmask,
					    .nfmask = old->nfmask,
					    .mode = old->mode };

	connmark_do(skb, &info);
	return XT_CONTINUE;
}

static unsigned int connmark_tg_v2(struct sk_buff *skb, struct xt_action_param *par)
{
	connmark_do(skb, par->info);
	return XT_CONTINUE;
}

static int connmark_tg_check_v2(const struct xt_check *par)
{
	const struct xt_connmark_tginfo2 *info = par->info;

	if (info->shift_dir > D_SHIFT_RIGHT || info->shift_bits >= 32)
		return -EINVAL;
	return ct_check(par);
}

static unsigned int notrack_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	(void)par;
	if (!skb->nfct && skb->nfctinfo != IP_CT_UNTRACKED && !skb->nf_zone_dir)
		nf_ct_set(skb, NULL, IP_CT_UNTRACKED);
	return XT_CONTINUE;
}

#define ZONE_BOTH (1U << IP_CT_DIR_ORIGINAL | 1U << IP_CT_DIR_REPLY)

/* Unlike Linux: helpers and timeout policies of a rule are not known. */
static int ct_tg_check(const struct xt_check *par)
{
	const struct xt_ct_target_info_v1 *info = par->info;

	if (info->flags & ~XT_CT_MASK)
		return -EINVAL;
	if (info->helper[0] || info->timeout[0])
		return -ENOENT;
	return info->flags & XT_CT_NOTRACK ? 0 : ct_check(par);
}

static void ct_tg_destroy(const struct xt_check *par)
{
	const struct xt_ct_target_info_v1 *info = par->info;

	if (!(info->flags & XT_CT_NOTRACK))
		ct_destroy(par);
}

/* What the first such rule says holds for the flow that conntrack will make. */
static unsigned int ct_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_ct_target_info_v1 *info = par->info;
	const unsigned int dirs = XT_CT_ZONE_DIR_ORIG | XT_CT_ZONE_DIR_REPL;

	if (info->flags & XT_CT_NOTRACK)
		return notrack_tg(skb, par);
	if (skb->nfct || skb->nfctinfo == IP_CT_UNTRACKED || skb->nf_zone_dir)
		return XT_CONTINUE;
	skb->nf_zone_dir = ZONE_BOTH;
	if ((info->flags & dirs) == XT_CT_ZONE_DIR_ORIG)
		skb->nf_zone_dir = 1U << IP_CT_DIR_ORIGINAL;
	else if ((info->flags & dirs) == XT_CT_ZONE_DIR_REPL)
		skb->nf_zone_dir = 1U << IP_CT_DIR_REPLY;
	skb->nf_zone = (info->flags & XT_CT_ZONE_MARK) ? (uint16_t)skb->mark : info->zone;
	skb->nf_ctmask = info->ct_events;
	return XT_CONTINUE;
}

#define CT_MATCH(ext_name, rev, type, fn)                                                          \
	{                                                                                          \
		.name = ext_name, .revision = rev, .size = sizeof(struct type), .check = ct_check, \
		.destroy = ct_destroy, .match = fn                                                 \
	}

static const struct xt_ext matches[] = {
	CT_MATCH("conntrack", 1, xt_conntrack_mtinfo1, conntrack_mt_v1),
	CT_MATCH("conntrack", 2, xt_conntrack_mtinfo2, conntrack_mt_v2),
	CT_MATCH("conntrack", 3, xt_conntrack_mtinfo3, conntrack_mt_v3),
	CT_MATCH("state", 0, xt_state_info, state_mt),
	CT_MATCH("connmark", 1, xt_connmark_mtinfo1, connmark_mt),
};

const struct xt_ext_row xt_conntrack_matches = { matches, sizeof(matches) / sizeof(matches[0]) };

static const struct xt_ext targets[] = {
	{ .name = "CONNMARK",
	  .revision = 1,
	  .size = sizeof(struct xt_connmark_tginfo1),
	  .check = ct_check,
	  .destroy = ct_destroy,
	  .target = connmark_tg_v1 },
	{ .name = "CONNMARK",
	  .revision = 2,
	  .size = sizeof(struct xt_connmark_tginfo2),
	  .check = connmark_tg_check_v2,
	  .destroy = ct_destroy,
	  .target = connmark_tg_v2 },
	{ .name = "NOTRACK", .table = "raw", .target = notrack_tg },
	{ .name = "CT",
	  .size = sizeof(struct xt_ct_target_info),
	  .usersize = offsetof(struct xt_ct_target_info, ct),
	  .table = "raw",
	  .check = ct_tg_check,
	  .destroy = ct_tg_destroy,
	  .target = ct_tg },
	{ .name = "CT",
	  .revision = 1,
	  .size = sizeof(struct xt_ct_target_info_v1),
	  .usersize = offsetof(struct xt_ct_target_info, ct),
	  .table = "raw",
	  .check = ct_tg_check,
	  .destroy = ct_tg_destroy,
	  .target = ct_tg },
	{ .name = "CT",
	  .revision = 2,
	  .size = sizeof(struct xt_ct_target_info_v1),
	  .usersize = offsetof(struct xt_ct_target_info, ct),
	  .table = "raw",
	  .check = ct_tg_check,
	  .destroy = ct_tg_destroy,
	  .target = ct_tg },
};

const struct xt_ext_row xt_ct_targets = { targets, sizeof(targets) / sizeof(targets[0]) };
