/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_nat.c - targets SNAT, DNAT, MASQUERADE, REDIRECT, NETMAP
 *
 * mirrors net/netfilter/xt_nat.c, xt_MASQUERADE.c, xt_REDIRECT.c, xt_NETMAP.c
 * PATH
 *
 * Each such rule keeps connection tracking switched on in its namespace.
 */
#include <errno.h>

#include "ipv4/ip.h"
#include "netfilter/nf_nat.h"
#include "netfilter/x_tables.h"

static int xt_nat_check_v0(const struct xt_check *par)
{
	const struct nf_nat_ipv4_multi_range_compat *mr = par->info;

	if (mr->rangesize != 1)
		return -EINVAL;
	nf_ct_netns_get(par->net);
	return 0;
}

static int xt_nat_check(const struct xt_check *par)
{
	nf_ct_netns_get(par->net);
	return 0;
}

static int masquerade_tg_check(const struct xt_check *par)
{
	const struct nf_nat_ipv4_multi_range_compat *mr = par->info;

	if (mr->range[0].flags & NF_NAT_RANGE_MAP_IPS)
		return -EINVAL;
	return xt_nat_check_v0(par);
}

static int netmap_tg_check(const struct xt_check *par)
{
	const struct nf_nat_ipv4_multi_range_compat *mr = par->info;

	if (!(mr->range[0].flags & NF_NAT_RANGE_MAP_IPS))
		return -EINVAL;
	return xt_nat_check_v0(par);
}

static void xt_nat_destroy(const struct xt_check *par)
{
	nf_ct_netns_put(par->net);
}

static struct nf_nat_range4 range_v0(const struct xt_action_param *par)
{
	const struct nf_nat_ipv4_multi_range_compat *mr = par->info;
	const struct nf_nat_ipv4_range *r = &mr->range[0];

	return (struct nf_nat_range4){ .flags = r->flags,
				       .min_ip = r->min_ip,
				       .max_ip = r->max_ip,
				       .min_all = r->min.all,
				       .max_all = r->max.all };
}

static struct nf_nat_range4 range_v1(const struct xt_action_param *par)
{
	const struct nf_nat_range *r = par->info;

	return (struct nf_nat_range4){ .flags = r->flags,
				       .min_ip = r->min_addr.ip,
				       .max_ip = r->max_addr.ip,
				       .min_all = r->min_proto.all,
				       .max_all = r->max_proto.all };
}

static struct nf_nat_range4 range_v2(const struct xt_action_param *par)
{
	const struct nf_nat_range2 *r = par->info;

	return (struct nf_nat_range4){ .flags = r->flags,
				       .min_ip = r->min_addr.ip,
				       .max_ip = r->max_addr.ip,
				       .min_all = r->min_proto.all,
				       .max_all = r->max_proto.all,
				       .base_all = r->base_proto.all };
}

static unsigned int xt_nat_setup(struct sk_buff *skb, const struct nf_nat_range4 *range,
				 enum nf_nat_manip_type manip)
{
	return skb->nfct ? nf_nat_setup_info(skb->nfct, range, manip) : NF_ACCEPT;
}

#define NAT_TARGET(name, version, manip)                                           \
	static unsigned int name(struct sk_buff *skb, struct xt_action_param *par) \
	{                                                                          \
		struct nf_nat_range4 range = range_##version(par);                 \
                                                                                   \
		return xt_nat_setup(skb, &range, manip);                           \
	}

NAT_TARGET(snat_tg_v0, v0, NF_NAT_MANIP_SRC)
NAT_TARGET(snat_tg_v1, v1, NF_NAT_MANIP_SRC)
NAT_TARGET(snat_tg_v2, v2, NF_NAT_MANIP_SRC)
NAT_TARGET(dnat_tg_v0, v0, NF_NAT_MANIP_DST)
NAT_TARGET(dnat_tg_v1, v1, NF_NAT_MANIP_DST)
NAT_TARGET(dnat_tg_v2, v2, NF_NAT_MANIP_DST)

static unsigned int masquerade_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	struct nf_nat_range4 range = range_v0(par);

	return skb->nfct ? nf_nat_masquerade_ipv4(skb, &range, par->hook->out) : NF_ACCEPT;
}

static unsigned int redirect_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	struct nf_nat_range4 range = range_v0(par);

	return skb->nfct ? nf_nat_redirect_ipv4(skb, &range, par->hook->hook) : NF_ACCEPT;
}

static unsigned int netmap_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	struct nf_nat_range4 range = range_v0(par);
	enum nf_nat_manip_type manip = HOOK2MANIP(par->hook->hook);
	const struct iphdr *iph = ip_hdr(skb);
	__be32 mask = ~(range.min_ip ^ range.max_ip);
	__be32 ip = (manip == NF_NAT_MANIP_SRC ? iph->saddr : iph->daddr) & ~mask;

	ip |= range.min_ip & mask;
	range.flags |= NF_NAT_RANGE_MAP_IPS;
	range.min_ip = ip;
	range.max_ip = ip;
	return xt_nat_setup(skb, &range, manip);
}

#define SNAT_HOOKS (XT_HOOK(POST_ROUTING) | XT_HOOK(LOCAL_IN))
#define DNAT_HOOKS (XT_HOOK(PRE_ROUTING) | XT_HOOK(LOCAL_OUT))

#define NAT_EXT(ext_name, rev, type, check_fn, tg, where)                                       \
	{                                                                                       \
		.name = ext_name, .revision = rev, .any_family = (rev) > 0,                     \
		.size = sizeof(struct type), .table = "nat", .hooks = where, .check = check_fn, \
		.destroy = xt_nat_destroy, .target = tg                                         \
	}

static const struct xt_ext targets[] = {
	NAT_EXT("SNAT", 0, nf_nat_ipv4_multi_range_compat, xt_nat_check_v0, snat_tg_v0, SNAT_HOOKS),
	NAT_EXT("SNAT", 1, nf_nat_range, xt_nat_check, snat_tg_v1, SNAT_HOOKS),
	NAT_EXT("SNAT", 2, nf_nat_range2, xt_nat_check, snat_tg_v2, SNAT_HOOKS),
	NAT_EXT("DNAT", 0, nf_nat_ipv4_multi_range_compat, xt_nat_check_v0, dnat_tg_v0, DNAT_HOOKS),
	NAT_EXT("DNAT", 1, nf_nat_range, xt_nat_check, dnat_tg_v1, DNAT_HOOKS),
	NAT_EXT("DNAT", 2, nf_nat_range2, xt_nat_check, dnat_tg_v2, DNAT_HOOKS),
	NAT_EXT("MASQUERADE", 0, nf_nat_ipv4_multi_range_compat, masquerade_tg_check, masquerade_tg,
		XT_HOOK(POST_ROUTING)),
	NAT_EXT("REDIRECT", 0, nf_nat_ipv4_multi_range_compat, masquerade_tg_check, redirect_tg,
		DNAT_HOOKS),
	NAT_EXT("NETMAP", 0, nf_nat_ipv4_multi_range_compat, netmap_tg_check, netmap_tg,
		SNAT_HOOKS | DNAT_HOOKS),
};

const struct xt_ext_row xt_nat_targets = { targets, sizeof(targets) / sizeof(targets[0]) };
