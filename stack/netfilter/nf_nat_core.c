/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_nat_core.c - the first packet of a flow decides its translation
 *
 * mirrors net/netfilter/nf_nat_core.c
 * PATH
 *
 *	nf_nat_ipv4_*() [nf_nat_proto.c]
 *	  nf_nat_inet_fn()
 *	    nft_do_chain_ipv4() [nf_tables_core.c]: the nat chains, for the first packet only
 *	      a NAT target -> nf_nat_setup_info() -> nf_nat_unique_tuple() [nf_nat_unique.c]
 *	    nf_nat_packet() [nf_nat_proto.c]: every packet is rewritten
 */
#include "core/trace.h"
#include "netfilter/nf_nat.h"

/**
 * nf_nat_setup_info - Decides how one side of a flow is translated
 * @ct: a flow that is not confirmed yet
 * @range: what it may become
 * @manip: source or destination
 *
 * Return: NF_ACCEPT; NF_DROP when that side was decided before.
 */
unsigned int nf_nat_setup_info(struct nf_conn *ct, const struct nf_nat_range4 *range,
			       enum nf_nat_manip_type manip)
{
	struct nf_conntrack_tuple *reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	struct nf_conntrack_tuple now, then;

	if (nf_ct_is_confirmed(ct))
		return NF_ACCEPT;
	if (nf_nat_initialized(ct, manip))
		return NF_DROP;
	nf_ct_invert_tuple(&now, reply);
	nf_nat_unique_tuple(&then, &now, range, ct, manip);
	if (!nf_ct_tuple_equal(&then, &now)) {
		nf_ct_invert_tuple(reply, &then);
		reply->dir = IP_CT_DIR_REPLY;
		ct->status |= manip == NF_NAT_MANIP_SRC ? IPS_SRC_NAT : IPS_DST_NAT;
	}
	if (trace_on(ct->netct->world))
		nf_nat_trace_bind(ct, &now, &then, manip);
	if (manip == NF_NAT_MANIP_SRC)
		nf_ct_bysource_insert(ct);
	ct->status |= manip == NF_NAT_MANIP_SRC ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE;
	return NF_ACCEPT;
}

/* No rule translates it: it stays as it is, unless its answers would not be unique. */
static unsigned int nf_nat_alloc_null_binding(struct nf_conn *ct, enum nf_nat_manip_type manip)
{
	const struct nf_conntrack_tuple *reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	struct nf_nat_range4 range = { .flags = NF_NAT_RANGE_MAP_IPS };

	range.min_ip = manip == NF_NAT_MANIP_SRC ? reply->dst : reply->src;
	range.max_ip = range.min_ip;
	return nf_nat_setup_info(ct, &range, manip);
}

/* A masqueraded flow now leaves by another device: its address is wrong there. */
static bool nf_nat_oif_changed(const struct nf_conn *ct, enum ip_conntrack_info ctinfo,
			       const struct nf_hook_state *state)
{
	return ct->masq_index && state->hook == NF_INET_POST_ROUTING &&
	       CTINFO2DIR(ctinfo) == IP_CT_DIR_ORIGINAL && ct->masq_index != state->out->ifindex;
}

/**
 * nf_nat_inet_fn - Translates a packet; the first of a flow goes through the nat chains
 * @chains: nat chains of this hook, struct nf_hook_ops
 * @skb: the packet
 * @state: where it is
 *
 * Return: NF_ACCEPT, NF_DROP, or what a chain said.
 */
unsigned int nf_nat_inet_fn(struct list_head *chains, struct sk_buff *skb,
			    const struct nf_hook_state *state)
{
	enum nf_nat_manip_type manip = HOOK2MANIP(state->hook);
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	struct nf_hook_ops *ops;
	unsigned int ret;

	if (!ct)
		return NF_ACCEPT;
	if (ctinfo != IP_CT_ESTABLISHED && ctinfo != IP_CT_ESTABLISHED_REPLY &&
	    !nf_nat_initialized(ct, manip)) {
		list_for_each_entry(ops, chains, list) {
			ret = ops->hook(ops->priv, skb, state);
			if (ret != NF_ACCEPT)
				return ret;
			if (nf_nat_initialized(ct, manip))
				return nf_nat_packet(ct, ctinfo, state->hook, skb);
		}
		ret = nf_nat_alloc_null_binding(ct, manip);
		if (ret != NF_ACCEPT)
			return ret;
	} else if (nf_nat_oif_changed(ct, ctinfo, state)) {
		nf_ct_acct(ct, CTINFO2DIR(ctinfo), skb_len(skb));
		nf_ct_delete(ct);
		return NF_DROP;
	}
	return nf_nat_packet(ct, ctinfo, state->hook, skb);
}
