/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_compile.c - makes the row of rules that packets walk
 *
 * As nf_tables_commit_chain_prepare() in net/netfilter/nf_tables_api.c copies rules into a blob.
 * CONTROL
 *
 * The first comparisons of a rule with fixed places of the IP header (addresses,
 * protocol) are lifted out of it into its row. A packet that fails them never
 * touches the rule; one that passes goes through the rule from its beginning, so
 * counters and verdicts are those of the rule alone.
 */
#include <linux/ip.h>

#include "core/xalloc.h"
#include "netfilter/nft_fast.h"

/* bytes a word of the IP header may begin at */
#define NFT_LAST_WORD (sizeof(struct iphdr) - sizeof(uint32_t))

/* a comparison as three expressions write it: load, maybe mask, compare */
struct nft_lift {
	uint32_t offset, len; /* in the IP header */
	uint8_t reg;
	uint32_t mask;
};

static bool nft_lift_load(const struct nft_expr *expr, struct nft_lift *lift)
{
	const struct nft_payload *payload = nft_expr_priv(expr);

	if (nft_meta_loads_l4proto(expr, &lift->reg)) {
		lift->offset = offsetof(struct iphdr, protocol);
		lift->len = 1;
	} else if (expr->ops == &nft_payload_ops && payload->base == NFT_PAYLOAD_NETWORK_HEADER) {
		lift->offset = payload->offset;
		lift->len = payload->len;
		lift->reg = payload->dreg;
	} else {
		return false;
	}
	if (lift->len > 4 || lift->offset + lift->len > sizeof(struct iphdr))
		return false;
	lift->mask = lift->len == 4 ? UINT32_MAX : (UINT32_C(1) << (lift->len * 8)) - 1;
	return true;
}

/* Reads one comparison from @expr on; what follows it, NULL when there is none to lift. */
static struct nft_expr *nft_lift_one(const struct nft_rule *rule, struct nft_expr *expr,
				     struct nft_row *row, unsigned int n)
{
	const struct nft_bitwise *bitwise;
	const struct nft_cmp_expr *cmp;
	struct nft_lift lift;
	unsigned int shift;

	if (expr >= nft_expr_end(rule) || !nft_lift_load(expr, &lift))
		return NULL;
	expr = nft_expr_next(expr);
	if (expr < nft_expr_end(rule) && expr->ops == &nft_bitwise_ops) {
		bitwise = nft_expr_priv(expr);
		if (bitwise->sreg != lift.reg || bitwise->dreg != lift.reg ||
		    bitwise->len != lift.len || bitwise->xor [0])
			return NULL;
		lift.mask &= bitwise->mask[0];
		expr = nft_expr_next(expr);
	}
	if (expr >= nft_expr_end(rule) || expr->ops != &nft_cmp_ops)
		return NULL;
	cmp = nft_expr_priv(expr);
	if (cmp->sreg != lift.reg || cmp->len != lift.len || cmp->op > NFT_CMP_NEQ)
		return NULL;
	row->offset[n] = (uint8_t)(lift.offset < NFT_LAST_WORD ? lift.offset : NFT_LAST_WORD);
	shift = (lift.offset - row->offset[n]) * 8;
	row->test[n].mask = lift.mask << shift;
	row->test[n].value = cmp->data[0] << shift;
	row->invert[n] = cmp->op == NFT_CMP_NEQ;
	return nft_expr_next(expr);
}

/* The stricter test first: most packets fail it, and then the other is not made. */
static void nft_row_order(struct nft_row *row)
{
	struct nft_word_test test = row->test[0];
	uint8_t offset = row->offset[0];
	bool invert = row->invert[0];

	if (row->invert[1] ||
	    __builtin_popcount(row->test[1].mask) <= __builtin_popcount(test.mask))
		return;
	row->test[0] = row->test[1];
	row->offset[0] = row->offset[1];
	row->invert[0] = row->invert[1];
	row->test[1] = test;
	row->offset[1] = offset;
	row->invert[1] = invert;
}

static void nft_row_init(struct nft_row *row, struct nft_rule *rule)
{
	struct nft_expr *expr = nft_expr_first(rule);
	unsigned int n;

	row->rule = rule;
	for (n = 0; n < 2 && expr; n++)
		expr = nft_lift_one(rule, expr, row, n);
	nft_row_order(row);
}

/**
 * nft_chain_compile - Makes the row of rules that packets walk
 * @chain: the chain; dead rules are left out
 */
void nft_chain_compile(struct nft_chain *chain)
{
	struct nft_rule *rule;
	size_t n = 0;

	list_for_each_entry(rule, &chain->rules, list)
		n++;
	free(chain->rows);
	chain->rows = xzalloc((n + 1) * sizeof(*chain->rows));
	n = 0;
	list_for_each_entry(rule, &chain->rules, list) {
		if (!rule->dead)
			nft_row_init(&chain->rows[n++], rule);
	}
	chain->dirty = false;
}
