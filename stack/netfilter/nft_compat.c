/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_compat.c - expressions `match` and `target`: iptables' extensions inside nf_tables rules
 *
 * mirrors net/netfilter/nft_compat.c
 * PATH (eval) and CONTROL
 */
#include <errno.h>
#include <linux/netfilter/nf_tables_compat.h>

#include "netfilter/nf_tables.h"
#include "netfilter/x_tables.h"

/* private data: this, then info (ext->size, aligned), then state */
struct nft_xt {
	const struct xt_ext *ext;
	uint32_t info_size;
	uint32_t pad;
};

static void *nft_xt_info(const struct nft_xt *priv)
{
	return (uint8_t *)(uintptr_t)priv + sizeof(*priv);
}

static void *nft_xt_state(const struct nft_xt *priv)
{
	return priv->ext->statesize ? (uint8_t *)nft_xt_info(priv) + priv->info_size : NULL;
}

static int nft_xt_select(struct nft_expr_pick *pick, bool target)
{
	const struct nlattr *info = pick->tb[NFTA_MATCH_INFO];
	char name[XT_EXTENSION_MAXNAMELEN];
	uint32_t rev;

	/* NFTA_TARGET_* have the same numbers. */
	if (!pick->tb[NFTA_MATCH_NAME] || !pick->tb[NFTA_MATCH_REV] || !info)
		return -EINVAL;
	nla_strscpy(name, pick->tb[NFTA_MATCH_NAME], sizeof(name));
	rev = nla_be32(pick->tb[NFTA_MATCH_REV]);
	if (rev > UINT8_MAX)
		return -ERANGE;
	pick->ext = target ? xt_find_target(name, (uint8_t)rev) : xt_find_match(name, (uint8_t)rev);
	if (!pick->ext)
		return -ENOENT;
	if (pick->ext->size > nla_len(info))
		return -EINVAL;
	pick->size = sizeof(struct nft_xt) + XT_ALIGN(nla_len(info)) + pick->ext->statesize;
	return 0;
}

static int nft_match_select(struct nft_expr_pick *pick)
{
	return nft_xt_select(pick, false);
}

static int nft_target_select(struct nft_expr_pick *pick)
{
	return nft_xt_select(pick, true);
}

static int nft_parse_compat(const struct nlattr *nla, struct xt_check *par)
{
	const struct nlattr *tb[NFTA_RULE_COMPAT_MAX + 1];
	uint32_t flags, proto;

	if (nla_parse_nested(tb, NFTA_RULE_COMPAT_MAX, nla) < 0)
		return -EINVAL;
	if (!tb[NFTA_RULE_COMPAT_PROTO] || !tb[NFTA_RULE_COMPAT_FLAGS])
		return -EINVAL;
	flags = nla_be32(tb[NFTA_RULE_COMPAT_FLAGS]);
	proto = nla_be32(tb[NFTA_RULE_COMPAT_PROTO]);
	if ((flags & ~(uint32_t)NFT_RULE_COMPAT_F_MASK) || proto > UINT16_MAX)
		return -EINVAL;
	par->proto_inverted = flags & NFT_RULE_COMPAT_F_INV;
	par->proto = (uint16_t)proto;
	return 0;
}

static void nft_xt_check_param(const struct nft_ctx *ctx, const struct nft_xt *priv,
			       struct xt_check *par)
{
	*par = (struct xt_check){
		.net = ctx->net,
		.table = ctx->table->name,
		.info = nft_xt_info(priv),
		.state = nft_xt_state(priv),
	};
	if (nft_is_base_chain(ctx->chain))
		par->hook_mask = 1U << ctx->chain->ops.hooknum;
}

static int nft_xt_init(const struct nft_ctx *ctx, struct nft_expr *expr,
		       const struct nft_expr_pick *pick)
{
	const struct nlattr *info = pick->tb[NFTA_MATCH_INFO];
	struct nft_xt *priv = nft_expr_priv(expr);
	struct xt_check par;
	int err;

	priv->ext = pick->ext;
	priv->info_size = (uint32_t)XT_ALIGN(nla_len(info));
	memcpy(nft_xt_info(priv), nla_data(info), pick->ext->size);
	nft_xt_check_param(ctx, priv, &par);
	if (ctx->compat) {
		err = nft_parse_compat(ctx->compat, &par);
		if (err)
			return err;
	}
	return xt_check(priv->ext, &par, priv->info_size);
}

static void nft_xt_destroy(const struct nft_ctx *ctx, struct nft_expr *expr)
{
	struct nft_xt *priv = nft_expr_priv(expr);
	struct xt_check par;

	if (!priv->ext->destroy)
		return;
	nft_xt_check_param(ctx, priv, &par);
	priv->ext->destroy(&par);
}

static int nft_xt_validate(const struct nft_ctx *ctx, const struct nft_expr *expr)
{
	const struct nft_xt *priv = nft_expr_priv(expr);
	const struct xt_ext *ext = priv->ext;

	if (!nft_is_base_chain(ctx->chain))
		return 0;
	if (ext->hooks && !(ext->hooks & (1U << ctx->chain->ops.hooknum)))
		return -EINVAL;
	/* an extension of the nat table needs a chain of that type */
	if (ext->table && !strcmp(ext->table, "nat") && ctx->chain->type != NFT_CHAIN_T_NAT)
		return -EINVAL;
	return 0;
}

static void nft_xt_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_xt *priv = nft_expr_priv(expr);
	uint32_t shown = priv->ext->usersize ? priv->ext->usersize : priv->ext->size;
	void *p;

	nla_put_string(buf, NFTA_MATCH_NAME, priv->ext->name);
	nla_put_h32(buf, NFTA_MATCH_REV, priv->ext->revision);
	p = nla_reserve(buf, NFTA_MATCH_INFO, XT_ALIGN(priv->ext->size));
	memcpy(p, nft_xt_info(priv), shown);
}

static void nft_compat_set_par(struct xt_action_param *par, const struct nft_pktinfo *pkt,
			       const struct nft_xt *priv)
{
	par->ext = priv->ext;
	par->info = nft_xt_info(priv);
	par->state = nft_xt_state(priv);
	par->hook = pkt->state;
	par->thoff = pkt->thoff;
	par->fragoff = pkt->fragoff;
	par->hotdrop = false;
}

static void nft_match_eval(struct nft_expr *expr, struct nft_regs *regs,
			   const struct nft_pktinfo *pkt)
{
	const struct nft_xt *priv = nft_expr_priv(expr);
	struct xt_action_param par;
	bool ok;

	nft_compat_set_par(&par, pkt, priv);
	ok = priv->ext->match(pkt->skb, &par);
	if (par.hotdrop)
		regs->verdict.code = NF_DROP;
	else if (!ok)
		nft_break(regs);
}

static void nft_target_eval(struct nft_expr *expr, struct nft_regs *regs,
			    const struct nft_pktinfo *pkt)
{
	const struct nft_xt *priv = nft_expr_priv(expr);
	struct xt_action_param par;
	unsigned int ret;

	nft_compat_set_par(&par, pkt, priv);
	ret = priv->ext->target(pkt->skb, &par);
	if (par.hotdrop)
		ret = NF_DROP;
	regs->verdict.code = ret == XT_CONTINUE ? NFT_CONTINUE : (int32_t)ret;
}

const struct nft_expr_ops nft_match_ops = {
	.name = "match",
	.maxattr = NFTA_MATCH_MAX,
	.select = nft_match_select,
	.init = nft_xt_init,
	.destroy = nft_xt_destroy,
	.validate = nft_xt_validate,
	.dump = nft_xt_dump,
	.eval = nft_match_eval,
};

const struct nft_expr_ops nft_target_ops = {
	.name = "target",
	.maxattr = NFTA_TARGET_MAX,
	.select = nft_target_select,
	.init = nft_xt_init,
	.destroy = nft_xt_destroy,
	.validate = nft_xt_validate,
	.dump = nft_xt_dump,
	.eval = nft_target_eval,
};

/**
 * nfnl_compat_get - NFNL_MSG_COMPAT_GET: does an extension exist in a revision?
 * @req: the message
 *
 * The answer names the newest revision. Return: 0, -ENOENT (not even the name), -EPROTONOSUPPORT,
 * -EINVAL.
 */
int nfnl_compat_get(struct nl_request *req)
{
	const struct nlattr *tb[NFTA_COMPAT_MAX + 1];
	char name[XT_EXTENSION_MAXNAMELEN];
	struct nfgenmsg *nfmsg;
	uint32_t rev, target;
	uint8_t family;
	int best;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_COMPAT_MAX) < 0)
		return -EINVAL;
	if (!tb[NFTA_COMPAT_NAME] || !tb[NFTA_COMPAT_REV] || !tb[NFTA_COMPAT_TYPE])
		return -EINVAL;
	nla_strscpy(name, tb[NFTA_COMPAT_NAME], sizeof(name));
	rev = nla_be32(tb[NFTA_COMPAT_REV]);
	target = nla_be32(tb[NFTA_COMPAT_TYPE]);
	nfmsg = nlmsg_data(req->nlh);
	family = nfmsg->nfgen_family;
	/* Unlike Linux: IPv4 only. */
	if (family != NFPROTO_IPV4)
		return -EINVAL;
	best = xt_find_revision(name, (uint8_t)rev, target == 1);
	if (best < 0)
		return best;
	nfmsg = nl_reply_begin(req, NFNL_SUBSYS_NFT_COMPAT << 8 | NFNL_MSG_COMPAT_GET, NLM_F_MULTI,
			       sizeof(*nfmsg));
	nfmsg->nfgen_family = family;
	nla_put_string(&req->reply, NFTA_COMPAT_NAME, name);
	nla_put_h32(&req->reply, NFTA_COMPAT_REV, (uint32_t)best);
	nla_put_h32(&req->reply, NFTA_COMPAT_TYPE, target);
	nlmsg_end(&req->reply);
	return 0;
}
