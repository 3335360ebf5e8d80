/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_rule.c - rules: made from expressions, found, replaced, deleted
 *
 * mirrors net/netfilter/nf_tables_api.c (rules)
 * CONTROL
 */
#include <errno.h>

#include "core/xalloc.h"
#include "netfilter/nf_tables.h"

static struct nft_rule *nft_rule_find(const struct nft_chain *chain, uint64_t handle)
{
	struct nft_rule *rule;

	list_for_each_entry(rule, &chain->rules, list) {
		if (rule->handle == handle && !rule->dead)
			return rule;
	}
	return NULL;
}

/**
 * nft_rule_lookup - Finds a rule of a chain
 * @chain: the chain
 * @nla: be64 handle, may be NULL
 *
 * Return: NULL when there is none.
 */
struct nft_rule *nft_rule_lookup(const struct nft_chain *chain, const struct nlattr *nla)
{
	return nla ? nft_rule_find(chain, nla_be64(nla)) : NULL;
}

static struct nft_rule *nft_rule_lookup_byid(struct net *net, const struct nft_chain *chain,
					     const struct nlattr *nla)
{
	struct nft_trans *trans;

	list_for_each_entry(trans, &nft_pernet(net)->commit_list, list) {
		if (trans->type == NFT_TRANS_NEWRULE && trans->chain == chain &&
		    trans->id == nla_be32(nla) && !trans->rule->dead)
			return trans->rule;
	}
	return NULL;
}

/**
 * nft_rule_deactivate - The rule no longer counts: what it jumps to is used once less
 * @rule: the rule
 */
void nft_rule_deactivate(struct nft_rule *rule)
{
	struct nft_expr *expr;

	nft_rule_for_each_expr(expr, rule)
	{
		if (expr->ready && expr->ops->deactivate)
			expr->ops->deactivate(expr);
	}
}

/**
 * nft_rule_activate - Takes nft_rule_deactivate() back
 * @rule: the rule
 */
void nft_rule_activate(struct nft_rule *rule)
{
	struct nft_expr *expr;

	nft_rule_for_each_expr(expr, rule)
	{
		if (expr->ready && expr->ops->activate)
			expr->ops->activate(expr);
	}
}

/**
 * nft_rule_free - Frees a deactivated rule that no list names any more
 * @rule: may be half made; may be NULL
 */
void nft_rule_free(struct nft_rule *rule)
{
	struct nft_expr *expr;

	if (!rule)
		return;
	nft_rule_for_each_expr(expr, rule)
	{
		struct nft_ctx ctx = { .net = rule->chain->table->net,
				       .table = rule->chain->table,
				       .chain = rule->chain };

		if (expr->ready && expr->ops->destroy)
			expr->ops->destroy(&ctx, expr);
	}
	free(rule->udata);
	free(rule);
}

/**
 * nft_delrule - Marks a rule dead, to be freed when the batch is committed
 * @rule: the rule
 */
void nft_delrule(struct nft_rule *rule)
{
	struct nft_chain *chain = rule->chain;

	nft_trans_add(chain->table->net, NFT_TRANS_DELRULE, chain->table, chain, rule);
	rule->dead = true;
	chain->use--;
	chain->dirty = true;
	nft_rule_deactivate(rule);
}

/**
 * nft_delrule_by_chain - Marks all rules of a chain dead
 * @chain: the chain
 */
void nft_delrule_by_chain(struct nft_chain *chain)
{
	struct nft_rule *rule;

	list_for_each_entry(rule, &chain->rules, list) {
		if (!rule->dead)
			nft_delrule(rule);
	}
}

/* the expressions of a message: 0 and how many, and how many bytes */
static int nft_rule_parse_exprs(const struct nlattr *nla, struct nft_expr_pick *picks,
				unsigned int *ret_nr, uint32_t *ret_size)
{
	const struct nlattr *pos;
	unsigned int n = 0;
	size_t left;
	uint32_t size = 0;
	int err;

	if (nla) {
		nla_for_each_nested(pos, nla, left) {
			if (nla_type(pos) != NFTA_LIST_ELEM || n == NFT_RULE_MAXEXPRS)
				return -EINVAL;
			err = nft_expr_parse(pos, &picks[n]);
			if (err < 0)
				return err;
			size += (uint32_t)((sizeof(struct nft_expr) + picks[n].size + 7) &
					   ~(size_t)7);
			n++;
		}
	}
	/* dlen has 12 bits */
	if (size >= 1 << 12)
		return -EFBIG;
	*ret_nr = n;
	*ret_size = size;
	return 0;
}

static int nft_rule_init_exprs(const struct nft_ctx *ctx, struct nft_rule *rule,
			       const struct nft_expr_pick *picks, unsigned int nr)
{
	struct nft_expr *expr = nft_expr_first(rule);
	unsigned int i;
	int err;

	for (i = 0; i < nr; i++) {
		expr->ops = picks[i].ops;
		expr->size = (uint32_t)((sizeof(*expr) + picks[i].size + 7) & ~(size_t)7);
		rule->dlen += expr->size;
		rule->nr_exprs++;
		err = expr->ops->init(ctx, expr, &picks[i]);
		if (err < 0)
			return err;
		expr->ready = true;
		if (expr->ops->validate &&
		    nft_pernet(ctx->net)->validate_state == NFT_VALIDATE_SKIP)
			nft_pernet(ctx->net)->validate_state = NFT_VALIDATE_NEED;
		expr = nft_expr_next(expr);
	}
	return 0;
}

static int nft_rule_build(const struct nft_ctx *ctx, const struct nlattr *const tb[],
			  struct nft_rule **ret_rule)
{
	struct nft_expr_pick *picks = xzalloc(sizeof(*picks) * NFT_RULE_MAXEXPRS);
	struct nft_rule *rule;
	unsigned int nr;
	uint32_t size;
	int err;

	err = nft_rule_parse_exprs(tb[NFTA_RULE_EXPRESSIONS], picks, &nr, &size);
	if (err < 0)
		goto out;
	rule = xzalloc(sizeof(*rule) + size);
	rule->chain = ctx->chain;
	INIT_LIST_HEAD(&rule->list);
	if (tb[NFTA_RULE_USERDATA] && nla_len(tb[NFTA_RULE_USERDATA])) {
		rule->udlen = (uint16_t)nla_len(tb[NFTA_RULE_USERDATA]);
		rule->udata = xmemdup(nla_data(tb[NFTA_RULE_USERDATA]), rule->udlen);
	}
	err = nft_rule_init_exprs(ctx, rule, picks, nr);
	if (err < 0) {
		nft_rule_deactivate(rule);
		nft_rule_free(rule);
		goto out;
	}
	*ret_rule = rule;
out:
	free(picks);
	return err;
}

/* the rule a new one replaces or stands beside; *ret_handle: the new one's number */
static int nft_newrule_place(struct nl_request *req, const struct nft_ctx *ctx,
			     const struct nlattr *const tb[], struct nft_rule **ret_old,
			     uint64_t *ret_handle)
{
	uint16_t flags = req->nlh->nlmsg_flags;

	*ret_old = NULL;
	if (tb[NFTA_RULE_HANDLE]) {
		*ret_old = nft_rule_lookup(ctx->chain, tb[NFTA_RULE_HANDLE]);
		if (!*ret_old)
			return -ENOENT;
		if (flags & NLM_F_EXCL)
			return -EEXIST;
		if (!(flags & NLM_F_REPLACE))
			return -EOPNOTSUPP;
		*ret_handle = nla_be64(tb[NFTA_RULE_HANDLE]);
		return 0;
	}
	if (!(flags & NLM_F_CREATE) || (flags & NLM_F_REPLACE))
		return -EINVAL;
	*ret_handle = ++ctx->table->hgenerator;
	if (tb[NFTA_RULE_POSITION])
		*ret_old = nft_rule_lookup(ctx->chain, tb[NFTA_RULE_POSITION]);
	else if (tb[NFTA_RULE_POSITION_ID])
		*ret_old = nft_rule_lookup_byid(req->net, ctx->chain, tb[NFTA_RULE_POSITION_ID]);
	else
		return 0;
	return *ret_old ? 0 : -ENOENT;
}

/* puts @rule where the message's flags say, as nf_tables_newrule() does */
static void nft_rule_link(struct nft_rule *rule, struct nft_rule *old, uint16_t flags)
{
	if (flags & NLM_F_REPLACE)
		list_add_tail(&rule->list, &old->list);
	else if (flags & NLM_F_APPEND && old)
		list_add(&rule->list, &old->list);
	else if (flags & NLM_F_APPEND)
		list_add_tail(&rule->list, &rule->chain->rules);
	else if (old)
		list_add_tail(&rule->list, &old->list);
	else
		list_add(&rule->list, &rule->chain->rules);
}

static int nft_rule_ctx(struct nl_request *req, const struct nlattr *const tb[],
			struct nft_ctx *ctx)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	int err;

	*ctx = (struct nft_ctx){ .net = req->net };
	ctx->table = nft_table_lookup(req->net, tb[NFTA_RULE_TABLE], nfmsg->nfgen_family, &err);
	if (!ctx->table)
		return err;
	if (tb[NFTA_RULE_CHAIN])
		ctx->chain = nft_chain_lookup(ctx->table, tb[NFTA_RULE_CHAIN]);
	else if (tb[NFTA_RULE_CHAIN_ID])
		ctx->chain = nft_chain_lookup_byid(req->net, ctx->table, tb[NFTA_RULE_CHAIN_ID]);
	else
		return -EINVAL;
	return ctx->chain ? 0 : -ENOENT;
}

/**
 * nf_tables_newrule - NFT_MSG_NEWRULE, in a batch: appends, inserts or replaces
 * @req: the message
 *
 * Return: 0, -ENOENT (chain, rule, expression), -EINVAL, -EOPNOTSUPP, what an expression said,
 * or, on the
 * second way through a batch that failed, -EMLINK and the like for the rule to blame.
 */
int nf_tables_newrule(struct nl_request *req)
{
	const struct nlattr *tb[NFTA_RULE_MAX + 1];
	struct nft_rule *rule, *old;
	struct nft_trans *trans;
	struct nft_ctx ctx;
	uint64_t handle;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(struct nfgenmsg), tb, NFTA_RULE_MAX) < 0)
		return -EINVAL;
	err = nft_rule_ctx(req, tb, &ctx);
	if (err)
		return err;
	err = nft_newrule_place(req, &ctx, tb, &old, &handle);
	if (err)
		return err;
	ctx.compat = tb[NFTA_RULE_COMPAT];
	err = nft_rule_build(&ctx, tb, &rule);
	if (err)
		return err;
	rule->handle = handle;
	rule->origin = req->origin;
	ctx.chain->use++;
	ctx.chain->dirty = true;
	if (req->nlh->nlmsg_flags & NLM_F_REPLACE)
		nft_delrule(old);
	trans = nft_trans_add(req->net, NFT_TRANS_NEWRULE, ctx.table, ctx.chain, rule);
	if (tb[NFTA_RULE_ID])
		trans->id = nla_be32(tb[NFTA_RULE_ID]);
	nft_rule_link(rule, old, req->nlh->nlmsg_flags);
	if (nft_pernet(req->net)->validate_state == NFT_VALIDATE_DO)
		return nft_table_validate(ctx.table);
	return 0;
}

/**
 * nf_tables_delrule - NFT_MSG_DELRULE, in a batch: one rule, all of a chain, or all of a table
 * @req: the message
 *
 * Return: 0 or -ENOENT.
 */
int nf_tables_delrule(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_RULE_MAX + 1];
	struct nft_chain *chain;
	struct nft_table *table;
	struct nft_rule *rule;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_RULE_MAX) < 0)
		return -EINVAL;
	table = nft_table_lookup(req->net, tb[NFTA_RULE_TABLE], nfmsg->nfgen_family, &err);
	if (!table)
		return err;
	if (!tb[NFTA_RULE_CHAIN]) {
		list_for_each_entry(chain, &table->chains, list) {
			if (!chain->dead)
				nft_delrule_by_chain(chain);
		}
		return 0;
	}
	chain = nft_chain_lookup(table, tb[NFTA_RULE_CHAIN]);
	if (!chain)
		return -ENOENT;
	if (!tb[NFTA_RULE_HANDLE] && !tb[NFTA_RULE_ID]) {
		nft_delrule_by_chain(chain);
		return 0;
	}
	if (tb[NFTA_RULE_HANDLE])
		rule = nft_rule_lookup(chain, tb[NFTA_RULE_HANDLE]);
	else
		rule = nft_rule_lookup_byid(req->net, chain, tb[NFTA_RULE_ID]);
	if (!rule)
		return -ENOENT;
	nft_delrule(rule);
	return 0;
}
