/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_trans.c - a batch takes effect as a whole or not at all
 *
 * mirrors net/netfilter/nf_tables_api.c (nf_tables_commit, nf_tables_abort)
 * CONTROL
 *
 * Each step was already done to the lists when it was asked for. Commit frees
 * what was deleted and compiles the chains that changed; abort undoes the
 * steps, last one first.
 */
#include <errno.h>

#include "core/task.h"
#include "core/trace.h"
#include "core/xalloc.h"
#include "netfilter/nf_tables.h"

/**
 * nft_trans_add - Writes down a step of the batch in hand
 * @net: the namespace
 * @type: what was done
 * @table: to which table
 * @chain: chain, or NULL
 * @rule: rule, or NULL
 *
 * Return: the step, for the caller to fill in more.
 */
struct nft_trans *nft_trans_add(struct net *net, enum nft_trans_type type, struct nft_table *table,
				struct nft_chain *chain, struct nft_rule *rule)
{
	struct nft_trans *trans = xzalloc(sizeof(*trans));

	trans->type = type;
	trans->table = table;
	trans->chain = chain;
	trans->rule = rule;
	trans->policy = -1;
	list_add_tail(&trans->list, &nft_pernet(net)->commit_list);
	return trans;
}

static void nft_trans_free(struct nft_trans *trans)
{
	list_del(&trans->list);
	free(trans->name);
	free(trans);
}

/**
 * nf_tables_valid_genid - Was the batch made from what is true now?
 * @net: the namespace
 * @genid: generation the sender saw, 0: it does not care
 *
 * Return: false: the batch gets -ERESTART.
 */
bool nf_tables_valid_genid(struct net *net, uint32_t genid)
{
	return genid == 0 || nft_pernet(net)->base_seq == genid;
}

static int nf_tables_validate(struct net *net)
{
	struct netns_nft *nft = nft_pernet(net);
	struct nft_table *table;

	if (nft->validate_state == NFT_VALIDATE_SKIP)
		return 0;
	nft->validate_state = NFT_VALIDATE_DO;
	list_for_each_entry(table, &nft->tables, list) {
		if (nft_table_validate(table) < 0)
			return -EAGAIN;
	}
	nft->validate_state = NFT_VALIDATE_SKIP;
	return 0;
}

static void nft_commit_updchain(struct nft_trans *trans)
{
	struct nft_chain *chain = trans->chain;

	if (trans->has_stats) {
		chain->has_stats = true;
		chain->pkts = trans->pkts;
		chain->bytes = trans->bytes;
	}
	if (trans->policy >= 0)
		chain->policy = (uint8_t)trans->policy;
	if (trans->policy >= 0 && chain->table->net->world->current)
		chain->policy_origin = chain->table->net->world->current->origin;
	if (trans->name) {
		free(chain->name);
		chain->name = trans->name;
		trans->name = NULL;
	}
}

static void nft_commit_one(struct nft_trans *trans)
{
	switch (trans->type) {
	case NFT_TRANS_UPDCHAIN:
		nft_commit_updchain(trans);
		break;
	case NFT_TRANS_DELCHAIN:
		list_del(&trans->chain->list);
		nft_chain_unregister_hook(trans->chain);
		nft_chain_free(trans->chain);
		break;
	case NFT_TRANS_DELRULE:
		list_del(&trans->rule->list);
		nft_rule_free(trans->rule);
		break;
	case NFT_TRANS_DELTABLE:
		list_del(&trans->table->list);
		nft_table_free(trans->table);
		break;
	case NFT_TRANS_NEWTABLE:
	case NFT_TRANS_NEWCHAIN:
	case NFT_TRANS_NEWRULE:
	case NFT_TRANS_NONE:
		break;
	}
}

static void nft_compile_dirty(struct netns_nft *nft)
{
	struct nft_trans *trans;

	list_for_each_entry(trans, &nft->commit_list, list) {
		if (trans->chain && trans->chain->dirty)
			nft_chain_compile(trans->chain);
	}
}

/**
 * nf_tables_commit - Makes every step of the batch final
 * @net: the namespace
 *
 * Return: 0, -EAGAIN when a chain that packets reach runs in a circle or has a rule where it may
 * not be:
 * abort, then go through the batch again to find the message to blame.
 */
int nf_tables_commit(struct net *net)
{
	struct netns_nft *nft = nft_pernet(net);
	struct nft_trans *trans, *next;

	if (list_empty(&nft->commit_list)) {
		nft->validate_state = NFT_VALIDATE_SKIP;
		return 0;
	}
	if (nf_tables_validate(net) < 0)
		return -EAGAIN;
	nft_compile_dirty(nft);
	list_for_each_entry_safe(trans, next, &nft->commit_list, list) {
		if (trace_on(net->world))
			nft_trace_commit(net, trans);
		nft_commit_one(trans);
		nft_trans_free(trans);
	}
	while (++nft->base_seq == 0)
		;
	return 0;
}

static void nft_abort_one(struct nft_trans *trans)
{
	switch (trans->type) {
	case NFT_TRANS_NEWTABLE:
		list_del(&trans->table->list);
		nft_table_free(trans->table);
		break;
	case NFT_TRANS_DELTABLE:
		trans->table->dead = false;
		break;
	case NFT_TRANS_NEWCHAIN:
		trans->table->use--;
		list_del(&trans->chain->list);
		nft_chain_unregister_hook(trans->chain);
		nft_chain_free(trans->chain);
		break;
	case NFT_TRANS_DELCHAIN:
		trans->table->use++;
		trans->chain->dead = false;
		break;
	case NFT_TRANS_NEWRULE:
		trans->chain->use--;
		nft_rule_deactivate(trans->rule);
		list_del(&trans->rule->list);
		nft_rule_free(trans->rule);
		break;
	case NFT_TRANS_DELRULE:
		trans->chain->use++;
		trans->rule->dead = false;
		nft_rule_activate(trans->rule);
		break;
	case NFT_TRANS_UPDCHAIN:
	case NFT_TRANS_NONE:
		break;
	}
}

/**
 * nf_tables_abort - Takes back every step of the batch, last one first
 * @net: the namespace
 */
void nf_tables_abort(struct net *net)
{
	struct netns_nft *nft = nft_pernet(net);

	while (!list_empty(&nft->commit_list)) {
		struct nft_trans *trans =
			list_last_entry(&nft->commit_list, struct nft_trans, list);

		nft_abort_one(trans);
		nft_trans_free(trans);
	}
}
