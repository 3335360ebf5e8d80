/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_core.c - walks a packet through the rules of a chain
 *
 * mirrors net/netfilter/nf_tables_core.c, nft_chain_filter.c, nft_chain_route.c
 * PATH
 *
 *	nf_hook_slow() [core.c]
 *	  nft_do_chain_ipv4()
 *	    nft_do_chain(): expressions load registers, compare, count; the last gives the verdict
 *	  nft_route_hook()
 *	    nft_do_chain()
 *	    ip_route_me_harder() [ip_output.c]
 */
#include <errno.h>
#include <linux/rtnetlink.h>

#include "core/trace.h"
#include "ipv4/ip.h"
#include "netfilter/nft_fast.h"

/**
 * nft_set_pktinfo_ipv4 - What expressions need to know of a packet
 * @pkt: filled in
 * @skb: the packet, at its IP header, which was checked
 * @state: where it is
 */
void nft_set_pktinfo_ipv4(struct nft_pktinfo *pkt, struct sk_buff *skb,
			  const struct nf_hook_state *state)
{
	const struct iphdr *iph = ip_hdr(skb);

	pkt->skb = skb;
	pkt->state = state;
	pkt->iph = iph;
	pkt->thoff = iph->ihl * 4U;
	pkt->fragoff = be16_to_cpu(iph->frag_off) & IP_OFFSET;
	pkt->tprot = iph->protocol;
}

/* One rule: NFT_CONTINUE when it said nothing. */
static inline void nft_rule_eval(struct nft_rule *rule, struct nft_regs *regs,
				 const struct nft_pktinfo *pkt)
{
	struct nft_expr *expr;

	regs->verdict.code = NFT_CONTINUE;
	nft_rule_for_each_expr(expr, rule)
	{
		nft_expr_eval(expr, regs, pkt);
		if (regs->verdict.code != NFT_CONTINUE)
			break;
	}
	if (regs->verdict.code == NFT_BREAK)
		regs->verdict.code = NFT_CONTINUE;
}

/* Could the rule match? Most rules of a long chain end here, without a look at the rule. */
static inline bool nft_row_may_match(const struct nft_row *row, const uint8_t *iph)
{
	uint32_t word;

	memcpy(&word, iph + row->offset[0], sizeof(word));
	if (((word & row->test[0].mask) == row->test[0].value) == row->invert[0])
		return false;
	memcpy(&word, iph + row->offset[1], sizeof(word));
	return ((word & row->test[1].mask) == row->test[1].value) != row->invert[1];
}

/*
 * To the next rule that says something; *row is then behind it. NFT_RETURN at the end of the
 * chain.
 */
static inline void nft_walk(const struct nft_row **row, struct nft_regs *regs,
			    struct nft_pktinfo *pkt)
{
	const struct nft_row *r = *row;

	for (; r->rule; r++) {
		if (!nft_row_may_match(r, (const uint8_t *)pkt->iph))
			continue;
		nft_rule_eval(r->rule, regs, pkt);
		/* a target may have moved the packet's bytes; below zero nobody has consumed it */
		if (regs->verdict.code < 0)
			pkt->iph = ip_hdr(pkt->skb);
		if (regs->verdict.code != NFT_CONTINUE) {
			*row = r + 1;
			return;
		}
	}
	*row = r;
	regs->verdict.code = NFT_RETURN;
}

/**
 * nft_do_chain - Walks a base chain and all it jumps to
 * @basechain: where to begin
 * @pkt: the packet; targets may change it, or consume it (NF_STOLEN)
 *
 * Return: NF_ACCEPT, NF_DROP or NF_STOLEN.
 */
unsigned int nft_do_chain(struct nft_chain *basechain, struct nft_pktinfo *pkt)
{
	const struct nft_row *stack[NFT_JUMP_STACK_SIZE];
	const struct nft_row *row = basechain->rows;
	unsigned int depth = 0;
	struct nft_regs regs;

	if (trace_on(pkt->skb->world))
		return nft_do_chain_told(basechain, pkt);
	memset(regs.data, 0, sizeof(regs.data));
	for (;;) {
		nft_walk(&row, &regs, pkt);
		switch (regs.verdict.code) {
		case NFT_JUMP:
			if (depth == NFT_JUMP_STACK_SIZE)
				return NF_DROP;
			stack[depth++] = row;
			row = regs.verdict.chain->rows;
			continue;
		case NFT_GOTO:
			row = regs.verdict.chain->rows;
			continue;
		case NFT_RETURN:
			if (depth == 0)
				break;
			row = stack[--depth];
			continue;
		default:
			return (unsigned int)regs.verdict.code;
		}
		break;
	}
	if (basechain->has_stats) {
		basechain->pkts++;
		basechain->bytes += skb_len(pkt->skb);
	}
	return basechain->policy;
}

/**
 * nft_do_chain_ipv4 - The hook of a chain of type filter or nat
 * @priv: the chain
 * @skb: the packet
 * @state: where it is
 *
 * Return: NF_ACCEPT, NF_DROP or NF_STOLEN.
 */
unsigned int nft_do_chain_ipv4(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct nft_pktinfo pkt;

	nft_set_pktinfo_ipv4(&pkt, skb, state);
	return nft_do_chain(priv, &pkt);
}

/**
 * nft_route_hook - The hook of a chain of type route: mangle's OUTPUT
 * @priv: the chain
 * @skb: the packet; routed anew when its addresses, mark or TOS have changed
 * @state: where it is
 *
 * As nf_route_table_hook4(). Return: NF_ACCEPT, NF_DROP (with an errno) or NF_STOLEN.
 */
unsigned int nft_route_hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct iphdr before = *ip_hdr(skb);
	uint32_t mark = skb->mark;
	struct nft_pktinfo pkt;
	const struct iphdr *iph;
	unsigned int ret;
	int err;

	nft_set_pktinfo_ipv4(&pkt, skb, state);
	ret = nft_do_chain(priv, &pkt);
	if (ret != NF_ACCEPT)
		return ret;
	iph = ip_hdr(skb);
	if (iph->saddr != before.saddr || iph->daddr != before.daddr || skb->mark != mark ||
	    iph->tos != before.tos) {
		err = ip_route_me_harder(state->net, skb, RTN_UNSPEC);
		if (err < 0)
			return NF_DROP_ERR(err);
	}
	return ret;
}
