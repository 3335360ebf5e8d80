/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_meta.c - what is known of a packet beside its bytes: device, mark, protocol, length
 *
 * mirrors net/netfilter/nft_meta.c
 * PATH (eval) and CONTROL
 */
#include <errno.h>
#include <linux/if.h>

#include "core/netdevice.h"
#include "core/sock.h"
#include "netfilter/nf_tables.h"

struct nft_meta {
	uint8_t key; /* NFT_META_* */
	uint8_t reg;
	bool set;
};

/* bytes a key fills; 0: not known here */
static uint32_t nft_meta_len(uint32_t key)
{
	switch (key) {
	case NFT_META_PROTOCOL:
	case NFT_META_IIFTYPE:
	case NFT_META_OIFTYPE:
		return 2;
	case NFT_META_NFPROTO:
	case NFT_META_L4PROTO:
	case NFT_META_PKTTYPE:
	case NFT_META_NFTRACE:
		return 1;
	case NFT_META_IIFNAME:
	case NFT_META_OIFNAME:
		return IFNAMSIZ;
	case NFT_META_LEN:
	case NFT_META_PRIORITY:
	case NFT_META_MARK:
	case NFT_META_IIF:
	case NFT_META_OIF:
	case NFT_META_SKUID:
	case NFT_META_SKGID:
	case NFT_META_CPU:
	case NFT_META_IIFGROUP:
	case NFT_META_OIFGROUP:
		return 4;
	default:
		return 0;
	}
}

static int nft_meta_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			 const struct nft_expr_pick *pick)
{
	const struct nlattr *const *tb = pick->tb;
	struct nft_meta *priv = nft_expr_priv(expr);
	uint32_t key, len;

	(void)ctx;
	if (!tb[NFTA_META_KEY] || (tb[NFTA_META_DREG] && tb[NFTA_META_SREG]))
		return -EINVAL;
	key = nla_be32(tb[NFTA_META_KEY]);
	len = nft_meta_len(key);
	if (!len)
		return -EOPNOTSUPP;
	priv->key = (uint8_t)key;
	if (tb[NFTA_META_DREG])
		return nft_parse_register_store(tb[NFTA_META_DREG], &priv->reg, len);
	if (!tb[NFTA_META_SREG])
		return -EINVAL;
	if (key != NFT_META_MARK && key != NFT_META_PRIORITY && key != NFT_META_NFTRACE)
		return -EOPNOTSUPP;
	priv->set = true;
	return nft_parse_register_load(tb[NFTA_META_SREG], &priv->reg, len);
}

static void nft_meta_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_meta *priv = nft_expr_priv(expr);

	nla_put_h32(buf, NFTA_META_KEY, priv->key);
	nft_dump_register(buf, priv->set ? NFTA_META_SREG : NFTA_META_DREG, priv->reg);
}

static void nft_meta_store_ifname(uint32_t *dest, const struct net_device *dev)
{
	if (dev)
		memcpy(dest, dev->name, IFNAMSIZ);
	else
		memset(dest, 0, IFNAMSIZ);
}

static void nft_meta_set_eval(const struct nft_meta *priv, const struct nft_regs *regs,
			      struct sk_buff *skb)
{
	if (priv->key == NFT_META_MARK)
		skb->mark = regs->data[priv->reg];
	else if (priv->key == NFT_META_NFTRACE)
		skb->nf_trace = regs->data[priv->reg] & 0xff;
	else
		skb->priority = regs->data[priv->reg];
}

static uint32_t nft_be16_word(__be16 v)
{
	return (ng_force uint16_t)v;
}

/* false: the packet has no such thing */
static bool nft_meta_get(const struct nft_meta *priv, uint32_t *dest, const struct nft_pktinfo *pkt)
{
	const struct net_device *in = pkt->state->in;
	const struct net_device *out = pkt->state->out;
	const struct sk_buff *skb = pkt->skb;

	switch (priv->key) {
	case NFT_META_LEN:
		*dest = skb_len(skb);
		return true;
	case NFT_META_PROTOCOL:
		*dest = nft_be16_word(skb->protocol);
		return true;
	case NFT_META_NFPROTO:
		*dest = pkt->state->pf;
		return true;
	case NFT_META_L4PROTO:
		*dest = pkt->tprot;
		return true;
	case NFT_META_NFTRACE:
		*dest = skb->nf_trace;
		return true;
	case NFT_META_PKTTYPE:
		*dest = skb->pkt_type;
		return true;
	case NFT_META_PRIORITY:
		*dest = skb->priority;
		return true;
	case NFT_META_MARK:
		*dest = skb->mark;
		return true;
	case NFT_META_CPU:
		*dest = 0;
		return true;
	case NFT_META_IIF:
		*dest = in ? (uint32_t)in->ifindex : 0;
		return true;
	case NFT_META_OIF:
		*dest = out ? (uint32_t)out->ifindex : 0;
		return true;
	case NFT_META_IIFTYPE:
		*dest = in ? in->type : 0;
		return in;
	case NFT_META_OIFTYPE:
		*dest = out ? out->type : 0;
		return out;
	case NFT_META_IIFGROUP:
		*dest = in ? in->group : 0;
		return in;
	case NFT_META_OIFGROUP:
		*dest = out ? out->group : 0;
		return out;
	case NFT_META_SKUID:
	case NFT_META_SKGID:
		*dest = 0; /* every task is root */
		return skb->sk && sock_has_file(skb->sk);
	default:
		return false;
	}
}

static void nft_meta_eval(struct nft_expr *expr, struct nft_regs *regs,
			  const struct nft_pktinfo *pkt)
{
	const struct nft_meta *priv = nft_expr_priv(expr);
	uint32_t *dest = &regs->data[priv->reg];

	if (priv->set)
		nft_meta_set_eval(priv, regs, pkt->skb);
	else if (priv->key == NFT_META_IIFNAME)
		nft_meta_store_ifname(dest, pkt->state->in);
	else if (priv->key == NFT_META_OIFNAME)
		nft_meta_store_ifname(dest, pkt->state->out);
	else if (!nft_meta_get(priv, dest, pkt))
		nft_break(regs);
}

/**
 * nft_meta_loads_l4proto - Does an expression load the transport protocol?
 * @expr: any expression
 * @ret_reg: into which register
 *
 * Return: true when it does, and does nothing else.
 */
bool nft_meta_loads_l4proto(const struct nft_expr *expr, uint8_t *ret_reg)
{
	const struct nft_meta *priv = nft_expr_priv(expr);

	if (expr->ops != &nft_meta_ops || priv->set || priv->key != NFT_META_L4PROTO)
		return false;
	*ret_reg = priv->reg;
	return true;
}

const struct nft_expr_ops nft_meta_ops = {
	.name = "meta",
	.size = sizeof(struct nft_meta),
	.maxattr = NFTA_META_MAX,
	.init = nft_meta_init,
	.dump = nft_meta_dump,
	.eval = nft_meta_eval,
};
