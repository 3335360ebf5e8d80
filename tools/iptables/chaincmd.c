/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * chaincmd.c - the commands on chains: -F -Z -N -X -E -P, and a restore file's
 *
 * Mirrors iptables/nft.c. CONTROL.
 */
#include "nft.h"

#include <linux/netfilter.h>

/**
 * nft_builtin_init() - Makes the table and its built-in chain when the kernel lacks them
 * @h: the handle
 * @table: the table
 * @chain: the chain; one that is not built in: the table alone; NULL: all built-in ones
 */
void nft_builtin_init(struct nft_handle *h, const char *table, const char *chain)
{
	struct nft_table *t = nft_table_find(h, table);
	unsigned int i;

	/* sent anew for each command of a transaction, as iptables does */
	if (!t->exists)
		nft_batch_table(h, NFT_MSG_NEWTABLE, NLM_F_CREATE, table);
	for (i = 0; i < t->builtin->nchains; i++) {
		const struct nft_builtin_chain *b = &t->builtin->chains[i];

		if ((chain && strcmp(b->name, chain)) || t->base[b->hook])
			continue;
		nft_batch_chain(h, "CHAIN_ADD", NFT_MSG_NEWCHAIN, NLM_F_CREATE, table,
				nft_chain_new(h, t, b, b->name));
	}
}

/**
 * nft_do_flush() - -F
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_flush(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);
	struct nft_chain *ch;

	if (c->chain || c->verbose)
		nft_builtin_init(h, c->table, c->chain);
	else if (!t->exists)
		return true;
	if (c->chain) {
		ch = nft_chain_find(h, c->table, c->chain);
		if (!ch)
			return nft_fail(h, NFT_NO_CHAIN, false);
		if (c->verbose)
			ng_printf(h->x->out, "Flushing chain `%s'\n", c->chain);
		ch->rules = NULL;
		nft_batch_rule(h, "RULE_FLUSH", c->table, c->chain, NULL);
		return true;
	}
	nft_sort_chains(t);
	if (!c->verbose)
		nft_batch_rule(h, "RULE_FLUSH", c->table, NULL, NULL);
	for (ch = nft_next_chain(t, NULL); ch; ch = nft_next_chain(t, ch)) {
		ch->rules = NULL;
		if (c->verbose) {
			ng_printf(h->x->out, "Flushing chain `%s'\n", ch->name);
			nft_batch_rule(h, "RULE_FLUSH", c->table, ch->name, NULL);
		}
	}
	return true;
}

/* A dump does not carry the protocol extensions are checked against; a rule that names one has it sent anew. */
static void add_compat(struct nft_rule *r)
{
	for (const struct nft_expr *e = r->exprs; e && e->next; e = e->next) {
		const struct nft_expr *cmp = e->next;

		if (e->kind != E_META || e->key != NFT_META_L4PROTO || cmp->kind != E_CMP)
			continue;
		r->has_compat = true;
		r->compat_proto = cmp->data[0];
		r->compat_flags = cmp->key == NFT_CMP_NEQ ? 2 : 0;
		return;
	}
}

/* Sends the rule anew with counters at zero. */
static void zero_rule(struct nft_handle *h, const char *table, const char *chain,
		      struct nft_rule *r)
{
	struct nft_expr *e;

	for (e = r->exprs; e; e = e->next) {
		if (e->kind == E_COUNTER)
			break;
	}
	if (!e || (!e->n[0] && !e->n[1]))
		return;
	add_compat(r);
	e->n[0] = 0;
	e->n[1] = 0;
	r->has_pos = false;
	if (r->words) {
		r->words->pcnt = 0;
		r->words->bcnt = 0;
	}
	nft_batch_rule(h, "RULE_REPLACE", table, chain, r);
}

static void zero_chain(struct nft_handle *h, const struct nft_cmd *c, struct nft_chain *ch)
{
	struct nft_rule *r;

	if (c->verbose)
		ng_printf(h->x->out, "Zeroing chain `%s'\n", ch->name);
	if (ch->has_hook) {
		ch->cnt[0] = 0;
		ch->cnt[1] = 0;
		ch->has_counters = true;
		ch->has_handle = false;
		nft_batch_chain(h, "CHAIN_ZERO", NFT_MSG_NEWCHAIN, NLM_F_CREATE, c->table, ch);
	}
	for (r = ch->rules; r; r = r->next)
		zero_rule(h, c->table, ch->name, r);
}

/**
 * nft_do_zero() - -Z
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_zero(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);
	struct nft_chain *ch;

	if (c->chain) {
		ch = nft_chain_find(h, c->table, c->chain);
		if (!ch)
			return nft_fail(h, NFT_NO_CHAIN, false);
		zero_chain(h, c, ch);
		return true;
	}
	if (c->verbose)
		nft_sort_chains(t);
	for (ch = nft_next_chain(t, NULL); ch; ch = nft_next_chain(t, ch))
		zero_chain(h, c, ch);
	return true;
}

/**
 * nft_do_zero_num() - -Z CHAIN NUMBER
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_zero_num(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_chain *ch = nft_chain_find(h, c->table, c->chain);
	unsigned int n = c->rulenum;
	struct ipt_rule *words;
	struct nft_rule *anew;
	struct nft_rule *r;

	if (!ch)
		return nft_fail(h, NFT_BAD_RULE, false);
	for (r = ch->rules; r && --n; r = r->next)
		;
	if (!r)
		return true;
	/* through its words, as iptables does, not by the kernel's own expressions */
	words = nft_words(h->x, r);
	words->pcnt = 0;
	words->bcnt = 0;
	anew = nft_build(h->x, words);
	anew->handle = r->handle;
	nft_batch_rule(h, "RULE_REPLACE", c->table, ch->name, anew);
	return true;
}

static bool chain_exists(struct nft_handle *h, const char *table, const char *chain)
{
	return nft_builtin_find(nft_table_find(h, table)->builtin, chain) ||
	       nft_chain_find(h, table, chain);
}

/**
 * nft_do_new_chain() - -N
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_new_chain(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);

	nft_builtin_init(h, c->table, "");
	if (chain_exists(h, c->table, c->chain))
		return nft_fail(h, "Chain already exists", false);
	nft_batch_chain(h, "CHAIN_USER_ADD", NFT_MSG_NEWCHAIN, NLM_F_EXCL, c->table,
			nft_chain_new(h, t, NULL, c->chain));
	return true;
}

static void del_chain(struct nft_handle *h, const struct nft_cmd *c, struct nft_table *t,
		      struct nft_chain *ch)
{
	if (c->verbose && !ch->has_hook)
		ng_printf(h->x->out, "Deleting chain `%s'\n", ch->name);
	ch->has_handle = false;
	nft_batch_chain(h, "CHAIN_DEL", NFT_MSG_DELCHAIN, NLM_F_NONREC, c->table, ch);
	nft_chain_forget(t, ch);
}

/**
 * nft_do_del_chain() - -X
 * @h: the handle
 * @c: the command
 *
 * Built-in chains without rules and with policy ACCEPT go too.
 *
 * Return: whether it could be.
 */
bool nft_do_del_chain(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);
	struct nft_chain *ch;
	struct nft_chain *next;

	if (c->chain) {
		ch = nft_chain_find(h, c->table, c->chain);
		if (!ch)
			return nft_fail(h, NFT_NO_CHAIN, false);
		if (ch->has_hook && ch->policy != NF_ACCEPT)
			return nft_fail(h, "Directory not empty", false);
		del_chain(h, c, t, ch);
		return true;
	}
	if (c->verbose)
		nft_sort_chains(t);
	for (ch = nft_next_chain(t, NULL); ch; ch = next) {
		next = nft_next_chain(t, ch);
		if (!ch->has_hook || (ch->policy == NF_ACCEPT && !ch->rules))
			del_chain(h, c, t, ch);
	}
	return true;
}

/**
 * nft_do_rename() - -E
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_rename(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_chain *ch;
	struct nft_chain msg = { 0 };

	if (chain_exists(h, c->table, c->arg))
		return nft_fail(h, "File exists", false);
	ch = nft_chain_find(h, c->table, c->chain);
	if (!ch)
		return nft_fail(h, NFT_NO_CHAIN, false);
	memcpy(msg.name, c->arg, strnlen(c->arg, sizeof(msg.name) - 1));
	msg.has_handle = true;
	msg.handle = ch->handle;
	nft_batch_chain(h, "CHAIN_RENAME", NFT_MSG_NEWCHAIN, 0, c->table, &msg);
	memcpy(ch->name, msg.name, sizeof(ch->name));
	return true;
}

/**
 * nft_do_policy() - -P, or a built-in chain of a restore file
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_policy(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);
	const struct nft_builtin_chain *b = nft_builtin_find(t->builtin, c->chain);
	struct nft_chain msg = { .has_hook = true, .has_policy = true };

	if (!strcmp(c->arg, "DROP"))
		msg.policy = NF_DROP;
	else if (!strcmp(c->arg, "ACCEPT"))
		msg.policy = NF_ACCEPT;
	else if (!strcmp(c->arg, "-"))
		msg.has_policy = false;
	else
		return nft_fail(h, "Bad policy name", true);
	nft_builtin_init(h, c->table, c->chain);
	if (!b)
		return nft_fail(h, "Bad built-in chain name", false);
	memcpy(msg.name, b->name, strlen(b->name));
	memcpy(msg.type, b->type, strlen(b->type));
	msg.hook = b->hook;
	msg.prio = b->prio;
	msg.has_counters = c->has_counters;
	msg.cnt[0] = c->cnt[0];
	msg.cnt[1] = c->cnt[1];
	nft_batch_chain(h, "CHAIN_UPDATE", NFT_MSG_NEWCHAIN, h->restore ? NLM_F_CREATE : 0,
			c->table, &msg);
	if (msg.has_policy)
		t->base[b->hook]->policy = msg.policy;
	return true;
}

/**
 * nft_do_restore_chain() - A user's chain of a restore file: made, or emptied
 * @h: the handle
 * @c: the command
 *
 * Return: true.
 */
bool nft_do_restore_chain(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);
	struct nft_chain *ch;

	nft_builtin_init(h, c->table, "");
	ch = nft_chain_find(h, c->table, c->chain);
	if (ch) {
		nft_batch_rule(h, "RULE_FLUSH", c->table, c->chain, NULL);
		ch->rules = NULL;
		return true;
	}
	nft_batch_chain(h, "CHAIN_USER_ADD", NFT_MSG_NEWCHAIN, NLM_F_EXCL, c->table,
			nft_chain_new(h, t, NULL, c->chain));
	return true;
}

static void tell_flush(struct nft_handle *h, const char *table)
{
	struct nft_table *t = nft_table_find(h, table);
	struct nft_chain *ch;

	nft_fake_chains(h, table);
	nft_sort_chains(t);
	for (ch = nft_next_chain(t, NULL); ch; ch = nft_next_chain(t, ch))
		ng_printf(h->x->out, "Flushing chain `%s'\n", ch->name);
	for (ch = nft_next_chain(t, NULL); ch; ch = nft_next_chain(t, ch)) {
		if (!ch->has_hook)
			ng_printf(h->x->out, "Deleting chain `%s'\n", ch->name);
	}
}

/**
 * nft_do_table_flush() - A restore file begins a table: all its chains go
 * @h: the handle
 * @c: the command
 *
 * Return: true.
 */
bool nft_do_table_flush(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);

	/* from here on each rule is told, too */
	h->verbose = c->verbose;
	if (c->verbose)
		tell_flush(h, c->table);

	if (t->exists)
		nft_batch_table(h, NFT_MSG_DELTABLE, 0, c->table);
	memset(t->base, 0, sizeof(t->base));
	t->chains = NULL;
	t->exists = false;
	return true;
}
