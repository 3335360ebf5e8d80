/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_counter.c - counts, limits, and hands packets to a logger
 *
 * mirrors net/netfilter/nft_counter.c, nft_limit.c, nft_log.c
 * PATH (eval) and CONTROL
 */
#include <errno.h>

#include "core/world.h"
#include "core/xalloc.h"
#include "netfilter/nft_fast.h"

/* what iptables means by no --limit-burst */
#define NFT_LIMIT_PKT_BURST_DEFAULT 5

static int nft_counter_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			    const struct nft_expr_pick *pick)
{
	struct nft_counter *priv = nft_expr_priv(expr);

	(void)ctx;
	if (pick->tb[NFTA_COUNTER_PACKETS])
		priv->packets = nla_be64(pick->tb[NFTA_COUNTER_PACKETS]);
	if (pick->tb[NFTA_COUNTER_BYTES])
		priv->bytes = nla_be64(pick->tb[NFTA_COUNTER_BYTES]);
	return 0;
}

static void nft_counter_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_counter *priv = nft_expr_priv(expr);

	nla_put_h64(buf, NFTA_COUNTER_BYTES, priv->bytes);
	nla_put_h64(buf, NFTA_COUNTER_PACKETS, priv->packets);
}

static void nft_counter_reset(struct nft_expr *expr)
{
	struct nft_counter *priv = nft_expr_priv(expr);

	priv->bytes = 0;
	priv->packets = 0;
}

static void nft_counter_eval(struct nft_expr *expr, struct nft_regs *regs,
			     const struct nft_pktinfo *pkt)
{
	struct nft_counter *priv = nft_expr_priv(expr);

	(void)regs;
	priv->packets++;
	priv->bytes += skb_len(pkt->skb);
}

const struct nft_expr_ops nft_counter_ops = {
	.name = "counter",
	.size = sizeof(struct nft_counter),
	.maxattr = NFTA_COUNTER_MAX,
	.init = nft_counter_init,
	.dump = nft_counter_dump,
	.reset = nft_counter_reset,
	.eval = nft_counter_eval,
};

/* A bucket of time: a packet costs nsecs/rate, the bucket holds burst packets. */
struct nft_limit {
	int64_t last_ns;
	uint64_t tokens, tokens_max; /* nanoseconds */
	uint64_t rate, nsecs;
	uint32_t burst;
	uint32_t type; /* NFT_LIMIT_PKTS, NFT_LIMIT_PKT_BYTES */
	bool invert;
};

static int nft_limit_tokens(struct nft_limit *priv)
{
	uint64_t v;

	if (priv->type == NFT_LIMIT_PKTS) {
		if (__builtin_mul_overflow(priv->nsecs / priv->rate, priv->burst, &v))
			return -EOVERFLOW;
	} else {
		if (__builtin_mul_overflow(priv->nsecs, priv->rate + priv->burst, &v))
			return -EOVERFLOW;
		v /= priv->rate;
	}
	priv->tokens = v;
	priv->tokens_max = v;
	return 0;
}

static int nft_limit_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			  const struct nft_expr_pick *pick)
{
	const struct nlattr *const *tb = pick->tb;
	struct nft_limit *priv = nft_expr_priv(expr);
	uint32_t flags = 0;

	if (!tb[NFTA_LIMIT_RATE] || !tb[NFTA_LIMIT_UNIT])
		return -EINVAL;
	priv->rate = nla_be64(tb[NFTA_LIMIT_RATE]);
	if (priv->rate == 0)
		return -EINVAL;
	if (__builtin_mul_overflow(nla_be64(tb[NFTA_LIMIT_UNIT]), (uint64_t)NSEC_PER_SEC,
				   &priv->nsecs))
		return -EOVERFLOW;
	if (tb[NFTA_LIMIT_BURST])
		priv->burst = nla_be32(tb[NFTA_LIMIT_BURST]);
	priv->type = tb[NFTA_LIMIT_TYPE] ? nla_be32(tb[NFTA_LIMIT_TYPE]) : NFT_LIMIT_PKTS;
	if (priv->type > NFT_LIMIT_PKT_BYTES)
		return -EOPNOTSUPP;
	if (priv->type == NFT_LIMIT_PKTS && priv->burst == 0)
		priv->burst = NFT_LIMIT_PKT_BURST_DEFAULT;
	if (tb[NFTA_LIMIT_FLAGS])
		flags = nla_be32(tb[NFTA_LIMIT_FLAGS]);
	if (flags & ~(uint32_t)NFT_LIMIT_F_INV)
		return -EOPNOTSUPP;
	priv->invert = flags & NFT_LIMIT_F_INV;
	priv->last_ns = world_now(ctx->net->world);
	return nft_limit_tokens(priv);
}

static void nft_limit_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_limit *priv = nft_expr_priv(expr);

	nla_put_h64(buf, NFTA_LIMIT_RATE, priv->rate);
	nla_put_h64(buf, NFTA_LIMIT_UNIT, priv->nsecs / (uint64_t)NSEC_PER_SEC);
	nla_put_h32(buf, NFTA_LIMIT_BURST, priv->burst);
	nla_put_h32(buf, NFTA_LIMIT_TYPE, priv->type);
	nla_put_h32(buf, NFTA_LIMIT_FLAGS, priv->invert ? NFT_LIMIT_F_INV : 0);
}

static void nft_limit_eval(struct nft_expr *expr, struct nft_regs *regs,
			   const struct nft_pktinfo *pkt)
{
	struct nft_limit *priv = nft_expr_priv(expr);
	int64_t now = world_now(pkt->state->net->world);
	uint64_t tokens = priv->tokens + (uint64_t)(now - priv->last_ns);
	uint64_t cost = priv->nsecs / priv->rate;
	bool within;

	if (priv->type == NFT_LIMIT_PKT_BYTES)
		cost = priv->nsecs * skb_len(pkt->skb) / priv->rate;
	if (tokens > priv->tokens_max)
		tokens = priv->tokens_max;
	priv->last_ns = now;
	within = tokens >= cost;
	priv->tokens = within ? tokens - cost : tokens;
	if (within == priv->invert)
		nft_break(regs);
}

const struct nft_expr_ops nft_limit_ops = {
	.name = "limit",
	.size = sizeof(struct nft_limit),
	.maxattr = NFTA_LIMIT_FLAGS,
	.init = nft_limit_init,
	.dump = nft_limit_dump,
	.eval = nft_limit_eval,
};

/* NFLOG: a group number and a prefix, for a program that listens. */
struct nft_log {
	char *prefix;
	uint32_t snaplen;
	__be16 group, qthreshold;
	bool has_snaplen;
};

static int nft_log_init(const struct nft_ctx *ctx, struct nft_expr *expr,
			const struct nft_expr_pick *pick)
{
	const struct nlattr *const *tb = pick->tb;
	struct nft_log *priv = nft_expr_priv(expr);
	char prefix[128];

	(void)ctx;
	if (tb[NFTA_LOG_GROUP] && (tb[NFTA_LOG_LEVEL] || tb[NFTA_LOG_FLAGS]))
		return -EINVAL;
	/* Unlike Linux: only NFLOG; iptables' LOG comes as a target. */
	if (!tb[NFTA_LOG_GROUP])
		return -EOPNOTSUPP;
	if (tb[NFTA_LOG_PREFIX]) {
		if (nla_len(tb[NFTA_LOG_PREFIX]) > sizeof(prefix))
			return -ERANGE;
		nla_strscpy(prefix, tb[NFTA_LOG_PREFIX], sizeof(prefix));
		priv->prefix = xstrdup(prefix);
	}
	priv->group = nla_get_be16(tb[NFTA_LOG_GROUP]);
	if (tb[NFTA_LOG_SNAPLEN]) {
		priv->has_snaplen = true;
		priv->snaplen = nla_be32(tb[NFTA_LOG_SNAPLEN]);
	}
	if (tb[NFTA_LOG_QTHRESHOLD])
		priv->qthreshold = nla_get_be16(tb[NFTA_LOG_QTHRESHOLD]);
	return 0;
}

static void nft_log_destroy(const struct nft_ctx *ctx, struct nft_expr *expr)
{
	struct nft_log *priv = nft_expr_priv(expr);

	(void)ctx;
	free(priv->prefix);
}

static void nft_log_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	const struct nft_log *priv = nft_expr_priv(expr);

	if (priv->prefix)
		nla_put_string(buf, NFTA_LOG_PREFIX, priv->prefix);
	nla_put_be16(buf, NFTA_LOG_GROUP, priv->group);
	if (priv->has_snaplen)
		nla_put_h32(buf, NFTA_LOG_SNAPLEN, priv->snaplen);
	if (priv->qthreshold)
		nla_put_be16(buf, NFTA_LOG_QTHRESHOLD, priv->qthreshold);
}

/* Nobody can listen to a group here, so the packet just goes on, as on a machine without ulogd. */
static void nft_log_eval(struct nft_expr *expr, struct nft_regs *regs,
			 const struct nft_pktinfo *pkt)
{
	(void)expr;
	(void)regs;
	(void)pkt;
}

const struct nft_expr_ops nft_log_ops = {
	.name = "log",
	.size = sizeof(struct nft_log),
	.maxattr = NFTA_LOG_MAX,
	.init = nft_log_init,
	.destroy = nft_log_destroy,
	.dump = nft_log_dump,
	.eval = nft_log_eval,
};
