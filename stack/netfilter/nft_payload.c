/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_payload.c - loads header bytes into registers, and masks them
 *
 * mirrors net/netfilter/nft_payload.c, nft_bitwise.c
 * PATH (nft_fast.h evaluates) and CONTROL
 */
#include <errno.h>

#include "netfilter/nft_fast.h"

static int nft_payload_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			    const struct nft_expr_pick *pick)
{
	struct nft_payload *priv = nft_expr_priv(expr);
	uint32_t base;
	int err;

	(void)ctx;
	/* Unlike Linux: nothing is written to packets this way (NFTA_PAYLOAD_SREG). */
	if (pick->tb[NFTA_PAYLOAD_SREG])
		return -EOPNOTSUPP;
	if (!pick->tb[NFTA_PAYLOAD_BASE] || !pick->tb[NFTA_PAYLOAD_OFFSET] ||
	    !pick->tb[NFTA_PAYLOAD_LEN] || !pick->tb[NFTA_PAYLOAD_DREG])
		return -EINVAL;
	base = nla_be32(pick->tb[NFTA_PAYLOAD_BASE]);
	if (base > NFT_PAYLOAD_TRANSPORT_HEADER)
		return -EOPNOTSUPP;
	err = nft_parse_u32_check(pick->tb[NFTA_PAYLOAD_OFFSET], UINT8_MAX, &priv->offset);
	if (!err)
		err = nft_parse_u32_check(pick->tb[NFTA_PAYLOAD_LEN], UINT8_MAX, &priv->len);
	if (err)
		return err;
	if (priv->len == 0 || priv->len > 16)
		return -EINVAL;
	priv->base = (uint8_t)base;
	return nft_parse_register_store(pick->tb[NFTA_PAYLOAD_DREG], &priv->dreg, priv->len);
}

static void nft_payload_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_payload *priv = nft_expr_priv(expr);

	nft_dump_register(buf, NFTA_PAYLOAD_DREG, priv->dreg);
	nla_put_h32(buf, NFTA_PAYLOAD_BASE, priv->base);
	nla_put_h32(buf, NFTA_PAYLOAD_OFFSET, priv->offset);
	nla_put_h32(buf, NFTA_PAYLOAD_LEN, priv->len);
}

const struct nft_expr_ops nft_payload_ops = {
	.name = "payload",
	.size = sizeof(struct nft_payload),
	.maxattr = NFTA_PAYLOAD_MAX,
	.init = nft_payload_init,
	.dump = nft_payload_dump,
};

static int nft_bitwise_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			    const struct nft_expr_pick *pick)
{
	const struct nlattr *const *tb = pick->tb;
	struct nft_bitwise *priv = nft_expr_priv(expr);
	uint32_t len, mask_len, xor_len;
	int err;

	(void)ctx;
	if (!tb[NFTA_BITWISE_SREG] || !tb[NFTA_BITWISE_DREG] || !tb[NFTA_BITWISE_LEN])
		return -EINVAL;
	/* Unlike Linux: masks only, no shifts. */
	if (tb[NFTA_BITWISE_OP] && nla_be32(tb[NFTA_BITWISE_OP]) != NFT_BITWISE_BOOL)
		return -EOPNOTSUPP;
	if (tb[NFTA_BITWISE_DATA] || !tb[NFTA_BITWISE_MASK] || !tb[NFTA_BITWISE_XOR])
		return -EINVAL;
	err = nft_parse_u32_check(tb[NFTA_BITWISE_LEN], UINT8_MAX, &len);
	if (!err)
		err = nft_parse_register_load(tb[NFTA_BITWISE_SREG], &priv->sreg, len);
	if (!err)
		err = nft_parse_register_store(tb[NFTA_BITWISE_DREG], &priv->dreg, len);
	if (!err)
		err = nft_data_value(tb[NFTA_BITWISE_MASK], priv->mask, 16, &mask_len);
	if (!err)
		err = nft_data_value(tb[NFTA_BITWISE_XOR], priv->xor, 16, &xor_len);
	if (!err && (mask_len != len || xor_len != len))
		err = -EINVAL;
	priv->len = (uint8_t)len;
	return err;
}

static void nft_bitwise_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_bitwise *priv = nft_expr_priv(expr);

	nft_dump_register(buf, NFTA_BITWISE_SREG, priv->sreg);
	nft_dump_register(buf, NFTA_BITWISE_DREG, priv->dreg);
	nla_put_h32(buf, NFTA_BITWISE_LEN, priv->len);
	nla_put_h32(buf, NFTA_BITWISE_OP, NFT_BITWISE_BOOL);
	nft_data_value_dump(buf, NFTA_BITWISE_MASK, priv->mask, priv->len);
	nft_data_value_dump(buf, NFTA_BITWISE_XOR, priv->xor, priv->len);
}

const struct nft_expr_ops nft_bitwise_ops = {
	.name = "bitwise",
	.size = sizeof(struct nft_bitwise),
	.maxattr = NFTA_BITWISE_MAX,
	.init = nft_bitwise_init,
	.dump = nft_bitwise_dump,
};
