/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list.c - -L and -S
 *
 * Mirrors iptables/nft.c (nft_rule_list, nft_rule_list_save). CONTROL.
 */
#include "nft.h"

#include <linux/netfilter.h>

/**
 * nft_policy_word() - The policy of a chain
 * @c: the chain
 *
 * Return: "ACCEPT", "DROP", or NULL for a user's chain.
 */
const char *nft_policy_word(const struct nft_chain *c)
{
	if (!c->has_hook)
		return NULL;
	return c->policy == NF_DROP ? "DROP" : "ACCEPT";
}

static bool chain_compatible(struct nft_handle *h, struct nft_chain *c)
{
	const struct nft_expr *e;
	struct nft_rule *r;

	(void)h;
	for (r = c->rules; r; r = r->next) {
		for (e = r->exprs; e; e = e->next) {
			if (e->kind == E_OTHER)
				return false;
		}
	}
	return true;
}

/**
 * nft_assert_compatible() - Ends the program when iptables did not make what it should print
 * @h: the handle
 * @table: the table
 * @chain: the chain, NULL: all of them
 */
void nft_assert_compatible(struct nft_handle *h, const char *table, const char *chain)
{
	struct nft_table *t = nft_table_find(h, table);
	struct nft_chain *c;
	bool ok = true;

	if (chain) {
		c = nft_chain_find(h, table, chain);
		ok = c && chain_compatible(h, c);
	} else {
		for (c = nft_next_chain(t, NULL); c; c = nft_next_chain(t, c))
			ok &= chain_compatible(h, c);
	}
	if (ok && t->foreign)
		ng_printf(h->x->out,
			  "# Table `%s' contains incompatible base-chains, use 'nft' tool to list "
			  "them.\n",
			  table);
	if (ok)
		return;
	xt_error(h->x, OTHER_PROBLEM, "%s%s%stable `%s' is incompatible, use 'nft' tool.",
		 chain ? "chain `" : "", chain ? chain : "", chain ? "' in " : "", table);
}

static void list_rules(struct nft_handle *h, struct nft_chain *ch, unsigned int only,
		       unsigned int format)
{
	struct nft_rule *r;
	unsigned int num = 0;

	for (r = ch->rules; r; r = r->next) {
		num++;
		if (!only || only == num)
			ipt_print_rule(h->x, nft_words(h->x, r), num, format);
	}
}

/* The kernel counts the rules of a chain as users of it too. */
static int references(const struct nft_chain *ch)
{
	const struct nft_rule *r;
	int refs = (int)ch->use;

	for (r = ch->rules; r; r = r->next)
		refs--;
	return refs;
}

static void list_chain(struct nft_handle *h, struct nft_chain *ch, const struct nft_cmd *c)
{
	if (!c->rulenum)
		ipt_print_header(h->x, ch->name, nft_policy_word(ch), ch->cnt, references(ch),
				 c->format);
	list_rules(h, ch, c->rulenum, c->format);
}

/**
 * nft_do_list() - -L
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_list(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);
	struct nft_chain *ch;
	bool first = true;

	nft_fake_chains(h, c->table);
	nft_assert_compatible(h, c->table, c->chain);
	if (c->chain) {
		list_chain(h, nft_chain_find(h, c->table, c->chain), c);
		return true;
	}
	nft_sort_chains(t);
	for (ch = nft_next_chain(t, NULL); ch; ch = nft_next_chain(t, ch)) {
		if (!first)
			ng_putc(h->x->out, '\n');
		first = false;
		list_chain(h, ch, c);
	}
	return true;
}

static void save_chain(struct nft_handle *h, const struct nft_chain *ch, bool counters)
{
	const char *policy = nft_policy_word(ch);

	if (!policy) {
		ng_printf(h->x->out, "-N %s\n", ch->name);
		return;
	}
	ng_printf(h->x->out, "-P %s %s", ch->name, policy);
	if (counters)
		ng_printf(h->x->out, " -c %llu %llu", (unsigned long long)ch->cnt[0],
			  (unsigned long long)ch->cnt[1]);
	ng_putc(h->x->out, '\n');
}

static void save_rules(struct nft_handle *h, struct nft_chain *ch, const struct nft_cmd *c)
{
	struct nft_rule *r;
	unsigned int num = 0;

	for (r = ch->rules; r; r = r->next) {
		num++;
		if (c->rulenum && c->rulenum != num)
			continue;
		ng_printf(h->x->out, "-A %s", ch->name);
		ipt_save_rule(h->x, nft_words(h->x, r), c->format);
	}
}

/**
 * nft_do_save() - -S
 * @h: the handle
 * @c: the command
 *
 * Return: whether it could be.
 */
bool nft_do_save(struct nft_handle *h, const struct nft_cmd *c)
{
	struct nft_table *t = nft_table_find(h, c->table);
	bool counters = c->format & FMT_C_COUNTS;
	struct nft_chain *ch;

	nft_fake_chains(h, c->table);
	nft_assert_compatible(h, c->table, c->chain);
	if (c->chain) {
		ch = nft_chain_find(h, c->table, c->chain);
		if (!c->rulenum)
			save_chain(h, ch, counters);
		save_rules(h, ch, c);
		return true;
	}
	nft_sort_chains(t);
	for (ch = nft_next_chain(t, NULL); ch; ch = nft_next_chain(t, ch))
		save_chain(h, ch, counters);
	for (ch = nft_next_chain(t, NULL); ch; ch = nft_next_chain(t, ch))
		save_rules(h, ch, c);
	return true;
}
