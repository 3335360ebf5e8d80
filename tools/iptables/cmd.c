/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd.c - the commands on rules, and carrying out what waits
 *
 * Mirrors iptables/nft.c and nft-cmd.c. CONTROL.
 *
 * nft_commit()
 *   nft_cache_build()
 *   run() -> do_append() do_insert() do_delete() ... nft_do_list() ...
 *   nft_batch_send()
 */
#include "nft.h"

#include <errno.h>

#define FMT_PRINT_RULE (FMT_NOCOUNTS | FMT_OPTIONS | FMT_VIA | FMT_NUMERIC | FMT_NOTABLE)

/**
 * nft_fail() - A command found out that it cannot be
 * @h: the handle
 * @words: why
 * @dmesg: with the hint to look at the kernel's log
 *
 * Return: false.
 */
bool nft_fail(struct nft_handle *h, const char *words, bool dmesg)
{
	h->error = words;
	h->error_dmesg = dmesg;
	return false;
}

/**
 * nft_cmd_add() - Puts a command behind the others
 * @h: the handle
 * @type: what to do
 * @table: in which table
 * @chain: in which chain, or NULL
 *
 * Return: the command, for the rest of its fields.
 */
struct nft_cmd *nft_cmd_add(struct nft_handle *h, enum nft_cmd_type type, const char *table,
			    const char *chain)
{
	struct nft_cmd *c = ng_task_alloc(h->x->task, sizeof(*c));

	c->type = type;
	c->table = table;
	c->chain = chain;
	c->line = h->x->line;
	*h->cmd_tail = c;
	h->cmd_tail = &c->next;
	return c;
}

static struct nft_rule *nth_rule(const struct nft_chain *c, unsigned int n)
{
	struct nft_rule *r = c->rules;

	while (r && --n)
		r = r->next;
	return r;
}

static void link_rule(struct nft_chain *c, struct nft_rule *r, struct nft_rule *before)
{
	struct nft_rule **p = &c->rules;

	while (*p && *p != before)
		p = &(*p)->next;
	r->next = *p;
	*p = r;
}

static void unlink_rule(struct nft_chain *c, const struct nft_rule *r)
{
	struct nft_rule **p = &c->rules;

	while (*p && *p != r)
		p = &(*p)->next;
	if (*p)
		*p = r->next;
}

static void say_rule(struct nft_handle *h, const struct nft_cmd *c)
{
	if (c->verbose || h->verbose)
		ipt_print_rule(h->x, c->rule, 0, FMT_PRINT_RULE);
}

/* A jump must have somewhere to go. */
static void assert_chain(struct nft_handle *h, const struct nft_cmd *c)
{
	const struct nft_table *t = nft_table_find(h, c->table);
	const char *to = c->rule->jumpto;

	if (c->rule->target || !*to || (!(c->rule->ip.flags & IPT_F_GOTO) && xt_is_standard(to)))
		return;
	if (!nft_builtin_find(t->builtin, to) && !nft_chain_find(h, c->table, to))
		xt_error(h->x, PARAMETER_PROBLEM, "Chain '%s' does not exist", to);
}

static bool do_append(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_rule *r = nft_build(h->x, c->rule);
	struct nft_chain *ch;

	nft_builtin_init(h, c->table, c->chain);
	ch = nft_chain_find(h, c->table, c->chain);
	if (!ch)
		return nft_fail(h, NFT_NO_CHAIN, false);
	say_rule(h, c);
	nft_batch_rule(h, "RULE_APPEND", c->table, c->chain, r);
	r->words = c->rule;
	link_rule(ch, r, NULL);
	return true;
}

static bool do_insert(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_rule *at = NULL;
	struct nft_rule *r;
	struct nft_chain *ch;

	nft_builtin_init(h, c->table, c->chain);
	ch = nft_chain_find(h, c->table, c->chain);
	if (!ch)
		return nft_fail(h, NFT_NO_CHAIN, false);
	if (c->rulenum > 1) {
		at = nth_rule(ch, c->rulenum);
		if (!at && nth_rule(ch, c->rulenum - 1))
			return do_append(h, c);
		if (!at)
			return nft_fail(h, "Index of insertion too big", false);
	}
	say_rule(h, c);
	r = nft_build(h->x, c->rule);
	r->has_pos = at;
	r->pos = at ? at->handle : 0;
	nft_batch_rule(h, "RULE_INSERT", c->table, c->chain, r);
	r->words = c->rule;
	link_rule(ch, r, at ? at : ch->rules);
	return true;
}

static bool do_replace(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_chain *ch = nft_chain_find(h, c->table, c->chain);
	struct nft_rule *old = ch ? nth_rule(ch, c->rulenum) : NULL;
	struct nft_rule *r;

	if (!ch)
		return nft_fail(h, NFT_NO_CHAIN, false);
	if (!old)
		return nft_fail(h, "Index of replacement too big", false);
	say_rule(h, c);
	r = nft_build(h->x, c->rule);
	r->handle = old->handle;
	nft_batch_rule(h, "RULE_REPLACE", c->table, c->chain, r);
	r->words = c->rule;
	link_rule(ch, r, old);
	unlink_rule(ch, old);
	return true;
}

static struct nft_rule *find_same(struct nft_handle *h, const struct nft_cmd *c,
				  const struct nft_chain *ch)
{
	struct nft_rule *r;

	for (r = ch ? ch->rules : NULL; r; r = r->next) {
		if (ipt_rule_same(nft_words(h->x, r), c->rule))
			return r;
	}
	return NULL;
}

static bool do_delete(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_chain *ch = nft_chain_find(h, c->table, c->chain);
	struct nft_rule *r = find_same(h, c, ch);

	if (!r)
		return nft_fail(h, NFT_BAD_RULE, false);
	say_rule(h, c);
	nft_batch_rule(h, "RULE_DELETE", c->table, c->chain, r);
	unlink_rule(ch, r);
	return true;
}

static bool do_delete_num(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_chain *ch = nft_chain_find(h, c->table, c->chain);
	struct nft_rule *r = ch ? nth_rule(ch, c->rulenum) : NULL;

	if (!ch)
		return nft_fail(h, NFT_NO_CHAIN, false);
	if (!r)
		return nft_fail(h, "Index of deletion too big", false);
	nft_batch_rule(h, "RULE_DELETE", c->table, c->chain, r);
	unlink_rule(ch, r);
	return true;
}

static bool do_check(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_chain *ch = nft_chain_find(h, c->table, c->chain);

	if (!find_same(h, c, ch))
		return nft_fail(h, NFT_BAD_RULE, false);
	say_rule(h, c);
	return true;
}

static bool run(struct nft_handle *h, const struct nft_cmd *c)
{
	switch (c->type) {
	case NFT_CMD_APPEND:
		assert_chain(h, c);
		return do_append(h, c);
	case NFT_CMD_INSERT:
		assert_chain(h, c);
		return do_insert(h, c);
	case NFT_CMD_REPLACE:
		assert_chain(h, c);
		return do_replace(h, c);
	case NFT_CMD_DELETE:
		assert_chain(h, c);
		return do_delete(h, c);
	case NFT_CMD_DELETE_NUM:
		return do_delete_num(h, c);
	case NFT_CMD_CHECK:
		assert_chain(h, c);
		return do_check(h, c);
	case NFT_CMD_LIST:
		return nft_do_list(h, c);
	case NFT_CMD_SAVE:
		return nft_do_save(h, c);
	case NFT_CMD_FLUSH:
		return nft_do_flush(h, c);
	case NFT_CMD_ZERO:
		return nft_do_zero(h, c);
	case NFT_CMD_ZERO_NUM:
		return nft_do_zero_num(h, c);
	case NFT_CMD_NEW_CHAIN:
		return nft_do_new_chain(h, c);
	case NFT_CMD_DEL_CHAIN:
		return nft_do_del_chain(h, c);
	case NFT_CMD_RENAME:
		return nft_do_rename(h, c);
	case NFT_CMD_POLICY:
		return nft_do_policy(h, c);
	case NFT_CMD_RESTORE_CHAIN:
		return nft_do_restore_chain(h, c);
	case NFT_CMD_TABLE_FLUSH:
		return nft_do_table_flush(h, c);
	}
	return true;
}

/**
 * nft_commit() - Carries out the waiting commands as one transaction
 * @h: the handle
 *
 * Return: whether all could be; if not, h->error says why and nothing was changed.
 */
bool nft_commit(struct nft_handle *h)
{
	const struct nft_cmd *c;

	for (;;) {
		nft_cache_build(h);
		for (c = h->cmds; c; c = c->next) {
			h->cmd_line = c->line;
			if (!run(h, c))
				return false;
		}
		if (nft_batch_send(h) != -ERESTART)
			break;
		nft_cache_drop(h);
	}
	h->cmds = NULL;
	h->cmd_tail = &h->cmds;
	return true;
}
