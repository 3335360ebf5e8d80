/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_fast.h - private data of the expressions that nft_do_chain() evaluates in line
 */
#ifndef STACK_NETFILTER_NFT_FAST_H
#define STACK_NETFILTER_NFT_FAST_H

#include "netfilter/nf_tables.h"

struct nft_cmp_expr {
	uint32_t data[8]; /* value, zero-padded */
	uint32_t mask;	  /* of the first word, when len <= 4 */
	uint8_t sreg;
	uint8_t len;
	uint8_t op; /* NFT_CMP_* */
};

struct nft_payload {
	uint32_t offset;
	uint32_t len;
	uint8_t base; /* NFT_PAYLOAD_* */
	uint8_t dreg;
};

struct nft_bitwise {
	uint32_t mask[8], xor[8];
	uint8_t sreg, dreg;
	uint8_t len;
};

struct nft_counter {
	uint64_t packets, bytes;
};

struct nft_immediate {
	struct nft_verdict verdict;
	uint32_t data[8];
	uint32_t len; /* 0: a verdict */
	uint8_t dreg;
};

/* Equality is decided on words; order needs bytes, as memcmp() in the kernel. */
static inline void nft_cmp_eval(const struct nft_cmp_expr *priv, struct nft_regs *regs)
{
	const uint32_t *reg = &regs->data[priv->sreg];
	bool ok;
	int d;

	if (priv->len <= 4 && priv->op <= NFT_CMP_NEQ) {
		ok = ((reg[0] & priv->mask) == priv->data[0]) == (priv->op == NFT_CMP_EQ);
		if (!ok)
			nft_break(regs);
		return;
	}
	d = memcmp(reg, priv->data, priv->len);
	switch (priv->op) {
	case NFT_CMP_EQ:
		ok = d == 0;
		break;
	case NFT_CMP_NEQ:
		ok = d != 0;
		break;
	case NFT_CMP_LT:
		ok = d < 0;
		break;
	case NFT_CMP_LTE:
		ok = d <= 0;
		break;
	case NFT_CMP_GT:
		ok = d > 0;
		break;
	default:
		ok = d >= 0;
		break;
	}
	if (!ok)
		nft_break(regs);
}

static inline void nft_bitwise_eval(const struct nft_bitwise *priv, struct nft_regs *regs)
{
	unsigned int i;

	for (i = 0; i < (priv->len + 3U) / 4; i++)
		regs->data[priv->dreg + i] =
			(regs->data[priv->sreg + i] & priv->mask[i]) ^ priv->xor [i];
}

/* Bytes of the network or transport header into a register; NFT_BREAK when they are not there. */
static inline void nft_payload_eval(const struct nft_payload *priv, struct nft_regs *regs,
				    const struct nft_pktinfo *pkt)
{
	uint32_t *dest = &regs->data[priv->dreg];
	const uint8_t *from = (const uint8_t *)pkt->iph;

	if (priv->base == NFT_PAYLOAD_TRANSPORT_HEADER) {
		if (pkt->fragoff) {
			nft_break(regs);
			return;
		}
		from += pkt->thoff;
	} else if (priv->base == NFT_PAYLOAD_LL_HEADER) {
		from = skb_mac_header(pkt->skb);
	}
	from += priv->offset;
	if (from + priv->len > pkt->skb->tail || from < pkt->skb->head) {
		nft_break(regs);
		return;
	}
	if (priv->len == 4) {
		memcpy(dest, from, 4);
		return;
	}
	dest[(priv->len - 1) / 4] = 0;
	memcpy(dest, from, priv->len);
}

/* One expression; the commonest without a call through a pointer. */
static inline void nft_expr_eval(struct nft_expr *expr, struct nft_regs *regs,
				 const struct nft_pktinfo *pkt)
{
	if (expr->ops == &nft_payload_ops)
		nft_payload_eval(nft_expr_priv(expr), regs, pkt);
	else if (expr->ops == &nft_cmp_ops)
		nft_cmp_eval(nft_expr_priv(expr), regs);
	else if (expr->ops == &nft_bitwise_ops)
		nft_bitwise_eval(nft_expr_priv(expr), regs);
	else
		expr->ops->eval(expr, regs, pkt);
}

#endif
