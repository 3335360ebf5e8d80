/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_immediate.c - a verdict, or a value put into a register
 *
 * mirrors net/netfilter/nft_immediate.c
 * PATH (eval) and CONTROL
 */
#include <errno.h>

#include "netfilter/nft_fast.h"

static bool nft_verdict_has_chain(const struct nft_verdict *verdict)
{
	return verdict->code == NFT_JUMP || verdict->code == NFT_GOTO;
}

static int nft_verdict_init(const struct nft_ctx *ctx, struct nft_verdict *verdict,
			    const struct nlattr *nla)
{
	const struct nlattr *tb[NFTA_VERDICT_MAX + 1];
	struct nft_chain *chain;

	if (nla_parse_nested(tb, NFTA_VERDICT_MAX, nla) < 0 || !tb[NFTA_VERDICT_CODE])
		return -EINVAL;
	verdict->code = (int32_t)nla_be32(tb[NFTA_VERDICT_CODE]);
	switch (verdict->code) {
	case NF_ACCEPT:
	case NF_DROP:
	case NFT_CONTINUE:
	case NFT_BREAK:
	case NFT_RETURN:
		return 0;
	case NFT_JUMP:
	case NFT_GOTO:
		break;
	default:
		return -EINVAL;
	}
	if (tb[NFTA_VERDICT_CHAIN])
		chain = nft_chain_lookup(ctx->table, tb[NFTA_VERDICT_CHAIN]);
	else if (tb[NFTA_VERDICT_CHAIN_ID])
		chain = nft_chain_lookup_byid(ctx->net, ctx->table, tb[NFTA_VERDICT_CHAIN_ID]);
	else
		return -EINVAL;
	if (!chain)
		return -ENOENT;
	if (nft_is_base_chain(chain))
		return -EOPNOTSUPP;
	chain->use++;
	verdict->chain = chain;
	return 0;
}

static int nft_immediate_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			      const struct nft_expr_pick *pick)
{
	const struct nlattr *dreg = pick->tb[NFTA_IMMEDIATE_DREG];
	const struct nlattr *data = pick->tb[NFTA_IMMEDIATE_DATA];
	struct nft_immediate *priv = nft_expr_priv(expr);
	const struct nlattr *tb[NFTA_DATA_MAX + 1];
	int err;

	if (!dreg || !data)
		return -EINVAL;
	if (nla_be32(dreg) != NFT_REG_VERDICT) {
		err = nft_data_value(data, priv->data, 16, &priv->len);
		return err ? err : nft_parse_register_store(dreg, &priv->dreg, priv->len);
	}
	if (nla_parse_nested(tb, NFTA_DATA_MAX, data) < 0 || !tb[NFTA_DATA_VERDICT])
		return -EINVAL;
	return nft_verdict_init(ctx, &priv->verdict, tb[NFTA_DATA_VERDICT]);
}

static void nft_immediate_activate(struct nft_expr *expr)
{
	struct nft_immediate *priv = nft_expr_priv(expr);

	if (nft_verdict_has_chain(&priv->verdict))
		priv->verdict.chain->use++;
}

static void nft_immediate_deactivate(struct nft_expr *expr)
{
	struct nft_immediate *priv = nft_expr_priv(expr);

	if (nft_verdict_has_chain(&priv->verdict))
		priv->verdict.chain->use--;
}

static int nft_immediate_validate(const struct nft_ctx *ctx, const struct nft_expr *expr)
{
	const struct nft_immediate *priv = nft_expr_priv(expr);
	struct nft_ctx deeper = *ctx;

	if (!nft_verdict_has_chain(&priv->verdict))
		return 0;
	deeper.level++;
	return nft_chain_validate(&deeper, priv->verdict.chain);
}

static void nft_immediate_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_immediate *priv = nft_expr_priv(expr);
	size_t data, verdict;

	if (priv->len) {
		nft_dump_register(buf, NFTA_IMMEDIATE_DREG, priv->dreg);
		nft_data_value_dump(buf, NFTA_IMMEDIATE_DATA, priv->data, priv->len);
		return;
	}
	nla_put_h32(buf, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
	data = nla_nest_start(buf, NFTA_IMMEDIATE_DATA);
	verdict = nla_nest_start(buf, NFTA_DATA_VERDICT);
	nla_put_h32(buf, NFTA_VERDICT_CODE, (uint32_t)priv->verdict.code);
	if (nft_verdict_has_chain(&priv->verdict))
		nla_put_string(buf, NFTA_VERDICT_CHAIN, priv->verdict.chain->name);
	nla_nest_end(buf, verdict);
	nla_nest_end(buf, data);
}

static void nft_immediate_eval(struct nft_expr *expr, struct nft_regs *regs,
			       const struct nft_pktinfo *pkt)
{
	const struct nft_immediate *priv = nft_expr_priv(expr);

	(void)pkt;
	if (priv->len)
		memcpy(&regs->data[priv->dreg], priv->data, (priv->len + 3U) & ~3U);
	else
		regs->verdict = priv->verdict;
}

const struct nft_expr_ops nft_immediate_ops = {
	.name = "immediate",
	.size = sizeof(struct nft_immediate),
	.maxattr = NFTA_IMMEDIATE_MAX,
	.init = nft_immediate_init,
	.activate = nft_immediate_activate,
	.deactivate = nft_immediate_deactivate,
	.validate = nft_immediate_validate,
	.dump = nft_immediate_dump,
	.eval = nft_immediate_eval,
};
