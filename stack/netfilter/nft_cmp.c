/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_cmp.c - compares registers with a value, or with a range of values
 *
 * mirrors net/netfilter/nft_cmp.c, nft_range.c
 * PATH (eval) and CONTROL
 */
#include <errno.h>

#include "netfilter/nft_fast.h"

struct nft_range_expr {
	uint32_t from[4], to[4];
	uint8_t sreg;
	uint8_t len;
	uint8_t op; /* NFT_RANGE_* */
};

static int nft_cmp_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			const struct nft_expr_pick *pick)
{
	struct nft_cmp_expr *priv = nft_expr_priv(expr);
	uint32_t len, op;
	int err;

	(void)ctx;
	if (!pick->tb[NFTA_CMP_SREG] || !pick->tb[NFTA_CMP_OP] || !pick->tb[NFTA_CMP_DATA])
		return -EINVAL;
	op = nla_be32(pick->tb[NFTA_CMP_OP]);
	if (op > NFT_CMP_GTE)
		return -EINVAL;
	err = nft_data_value(pick->tb[NFTA_CMP_DATA], priv->data, 16, &len);
	if (!err)
		err = nft_parse_register_load(pick->tb[NFTA_CMP_SREG], &priv->sreg, len);
	priv->op = (uint8_t)op;
	priv->len = (uint8_t)len;
	priv->mask = len >= 4 ? UINT32_MAX : (UINT32_C(1) << (len * 8)) - 1;
	return err;
}

static void nft_cmp_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_cmp_expr *priv = nft_expr_priv(expr);

	nft_dump_register(buf, NFTA_CMP_SREG, priv->sreg);
	nla_put_h32(buf, NFTA_CMP_OP, priv->op);
	nft_data_value_dump(buf, NFTA_CMP_DATA, priv->data, priv->len);
}

const struct nft_expr_ops nft_cmp_ops = {
	.name = "cmp",
	.size = sizeof(struct nft_cmp_expr),
	.maxattr = NFTA_CMP_MAX,
	.init = nft_cmp_init,
	.dump = nft_cmp_dump,
};

static int nft_range_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			  const struct nft_expr_pick *pick)
{
	struct nft_range_expr *priv = nft_expr_priv(expr);
	uint32_t from_len, to_len, op;
	int err;

	(void)ctx;
	if (!pick->tb[NFTA_RANGE_SREG] || !pick->tb[NFTA_RANGE_OP] ||
	    !pick->tb[NFTA_RANGE_FROM_DATA] || !pick->tb[NFTA_RANGE_TO_DATA])
		return -EINVAL;
	err = nft_data_value(pick->tb[NFTA_RANGE_FROM_DATA], priv->from, sizeof(priv->from),
			     &from_len);
	if (!err)
		err = nft_data_value(pick->tb[NFTA_RANGE_TO_DATA], priv->to, sizeof(priv->to),
				     &to_len);
	if (err)
		return err;
	if (from_len != to_len)
		return -EINVAL;
	err = nft_parse_u32_check(pick->tb[NFTA_RANGE_OP], UINT8_MAX, &op);
	if (err)
		return err;
	if (op > NFT_RANGE_NEQ)
		return -EINVAL;
	priv->op = (uint8_t)op;
	priv->len = (uint8_t)from_len;
	return nft_parse_register_load(pick->tb[NFTA_RANGE_SREG], &priv->sreg, from_len);
}

static void nft_range_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_range_expr *priv = nft_expr_priv(expr);

	nft_dump_register(buf, NFTA_RANGE_SREG, priv->sreg);
	nla_put_h32(buf, NFTA_RANGE_OP, priv->op);
	nft_data_value_dump(buf, NFTA_RANGE_FROM_DATA, priv->from, priv->len);
	nft_data_value_dump(buf, NFTA_RANGE_TO_DATA, priv->to, priv->len);
}

static void nft_range_eval(struct nft_expr *expr, struct nft_regs *regs,
			   const struct nft_pktinfo *pkt)
{
	const struct nft_range_expr *priv = nft_expr_priv(expr);
	const uint32_t *reg = &regs->data[priv->sreg];
	bool in = memcmp(reg, priv->from, priv->len) >= 0 && memcmp(reg, priv->to, priv->len) <= 0;

	(void)pkt;
	if (in != (priv->op == NFT_RANGE_EQ))
		nft_break(regs);
}

const struct nft_expr_ops nft_range_ops = {
	.name = "range",
	.size = sizeof(struct nft_range_expr),
	.maxattr = NFTA_RANGE_MAX,
	.init = nft_range_init,
	.dump = nft_range_dump,
	.eval = nft_range_eval,
};
