/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_validate.c - may the rules be where packets will meet them?
 *
 * mirrors net/netfilter/nf_tables_api.c (nft_chain_validate)
 * CONTROL
 *
 * Each base chain is followed through every jump. A chain deeper than the jump
 * stack is refused, so a circle is refused too, but only when packets can reach
 * it. Targets are asked whether they fit the base chain's hook and table.
 */
#include <errno.h>

#include "netfilter/nf_tables.h"

/* NFT_JUMP_STACK_SIZE in include/net/netfilter/nf_tables.h */
#define NFT_JUMP_STACK_SIZE 16

/**
 * nft_chain_validate - Follows a chain and all it jumps to
 * @ctx: base chain it is reached from, and how deep
 * @chain: the chain
 *
 * Return: 0, -EMLINK when too deep, or what an expression said.
 */
int nft_chain_validate(const struct nft_ctx *ctx, const struct nft_chain *chain)
{
	const struct nft_rule *rule;
	struct nft_expr *expr;
	int err;

	if (ctx->level == NFT_JUMP_STACK_SIZE)
		return -EMLINK;
	list_for_each_entry(rule, &chain->rules, list) {
		if (rule->dead)
			continue;
		nft_rule_for_each_expr(expr, rule)
		{
			if (!expr->ops->validate)
				continue;
			err = expr->ops->validate(ctx, expr);
			if (err < 0)
				return err;
		}
	}
	return 0;
}

/**
 * nft_table_validate - Follows every base chain of a table
 * @table: the table
 *
 * Return: 0 or the first refusal.
 */
int nft_table_validate(const struct nft_table *table)
{
	struct nft_chain *chain;
	int err;

	list_for_each_entry(chain, &table->chains, list) {
		struct nft_ctx ctx = { .net = table->net, .chain = chain };

		if (chain->dead || !nft_is_base_chain(chain))
			continue;
		err = nft_chain_validate(&ctx, chain);
		if (err < 0)
			return err;
	}
	return 0;
}
