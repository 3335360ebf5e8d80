/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie_walk.c - tables as a whole: making, walking, flushing, and parting `local` from `main`
 *
 * mirrors leaf_walk_rcu(), fib_table_flush(), fib_trie_unmerge() and fib_table_flush_external() of
 * net/ipv4/fib_trie.c
 *
 * TABLE
 */
#include "core/config_trace.h"
#include "ipv4/fib_trie.h"

/**
 * fib_table_alloc() - Makes an empty table
 * @net: its namespace
 * @id: RT_TABLE_*
 * @alias: the table whose trie it shares, or NULL
 *
 * Return: the table; free it with fib_table_free().
 */
struct fib_table *fib_table_alloc(struct net *net, uint32_t id, struct fib_table *alias)
{
	struct fib_table *tb = xzalloc(sizeof(*tb));

	tb->net = net;
	tb->tb_id = id;
	tb->trie = alias ? alias->trie : fib_trie_new();
	if (alias)
		tb->trie->users++;
	INIT_LIST_HEAD(&tb->list);
	return tb;
}

/**
 * leaf_walk() - The next leaf, upwards
 * @tn: first the root, later what the last call left there
 * @key: the smallest address wanted
 *
 * Return: the leaf with the smallest address that is not below @key, or NULL.
 */
struct fib_leaf *leaf_walk(struct tnode **tn, uint32_t key)
{
	struct tnode *pn = *tn;
	uint64_t cindex, slot;

	for (;;) {
		cindex = key > pn->key ? get_cindex(key, pn) : 0;
		if (cindex >> pn->bits)
			break;
		slot = pn->child[cindex++];
		if (slot_is_leaf(slot) && slot_leaf(slot)->key >= key)
			goto found;
		if (!slot_is_tnode(slot))
			break;
		pn = slot_tnode(slot);
	}
	while (!is_trie_root(pn)) {
		if (cindex >> pn->bits) {
			uint32_t pkey = pn->key;

			pn = pn->parent;
			cindex = get_cindex(pkey, pn) + 1;
			continue;
		}
		slot = pn->child[cindex++];
		if (slot_is_leaf(slot))
			goto found;
		if (slot_is_tnode(slot)) {
			pn = slot_tnode(slot);
			cindex = 0;
		}
	}
	*tn = pn;
	return NULL;
found:
	*tn = pn;
	return slot_leaf(slot);
}

/**
 * fib_table_next() - Walks a table's routes in the order of a dump
 * @tb: the table
 * @at: zeroed, then the last answer; the table must not change between
 *
 * Return: false when there are no more. By address, then the longest prefix first.
 */
bool fib_table_next(const struct fib_table *tb, struct fib_walk *at)
{
	const struct fib_alias *fa = at->fa ? at->fa->next : NULL;

	if (!at->tn)
		at->tn = tb->trie->root;
	for (;;) {
		const struct fib_leaf *l;

		for (; fa; fa = fa->next) {
			if (fa->tb_id != tb->tb_id)
				continue;
			at->fa = fa;
			at->prefixlen = (uint8_t)(FIB_KEYLENGTH - fa->fa_slen);
			return true;
		}
		if (at->started && at->key == UINT32_MAX)
			return false;
		l = leaf_walk(&at->tn, at->started ? at->key + 1 : 0);
		if (!l)
			return false;
		at->started = true;
		at->key = l->key;
		fa = l->first;
	}
}

static void fib_notify_flush(const struct fib_table *tb, const struct fib_leaf *l,
			     const struct fib_alias *fa)
{
	struct fib_rt_info fri = { .fi = fa->fa_info,
				   .tb_id = tb->tb_id,
				   .dst = cpu_to_be32(l->key),
				   .dst_len = (uint8_t)(FIB_KEYLENGTH - fa->fa_slen),
				   .tos = fa->fa_tos,
				   .type = fa->fa_type };

	if (trace_on(tb->net->world))
		trace_route_set(tb, "del", fa, fri.dst, fri.dst_len);
	if (fa->fa_info->pfsrc_removed)
		rtmsg_fib(RTM_DELROUTE, &fri, NULL, 0);
}

/* What a walk backwards through the trie takes out. */
struct fib_cut {
	struct fib_table *tb;
	bool external;	/* the other table's routes, without their infos: they were copied */
	bool flush_all; /* ours; otherwise only the dead ones */
	int found;
};

/* true: taken out */
static bool fib_cut_alias(struct fib_cut *cut, struct fib_leaf *l, struct fib_alias *fa)
{
	struct fib_info *fi = fa->fa_info;

	if ((fa->tb_id == cut->tb->tb_id) == cut->external)
		return false;
	if (!cut->external) {
		if (!cut->flush_all && !(fi->fib_flags & RTNH_F_DEAD))
			return false;
		fib_notify_flush(cut->tb, l, fa);
	}
	fib_alias_unlink(l, fa);
	if (!cut->external)
		fib_release_info(fi);
	cut->found++;
	return true;
}

static void fib_cut_leaf(struct fib_cut *cut, struct tnode *pn, uint32_t i)
{
	struct fib_trie *t = cut->tb->trie;
	struct fib_leaf *l = slot_leaf(pn->child[i]);
	struct fib_alias *fa, *next;
	unsigned int slen = 0;

	fib_leaf_settle(l, pn);
	for (fa = l->first; fa; fa = next) {
		unsigned int fa_slen = fa->fa_slen;

		next = fa->next;
		if (!fib_cut_alias(cut, l, fa))
			slen = fa_slen;
	}
	l->slen = (uint8_t)slen;
	if (l->first)
		fib_leaf_describe(t, l, pn);
	else
		fib_leaf_remove(t, l, pn);
}

/* Linux walks backwards here, and resizes each node when it leaves it. */
static void fib_cut_run(struct fib_cut *cut)
{
	const struct fib_trie *t = cut->tb->trie;
	struct tnode *pn = t->root;
	uint64_t cindex = 1;

	for (;;) {
		uint64_t slot;

		if (!cindex--) {
			uint32_t pkey = pn->key;

			if (is_trie_root(pn))
				return;
			if (pn->slen > pn->pos)
				update_suffix(pn);
			pn = resize(pn);
			cindex = get_cindex(pkey, pn);
			continue;
		}
		slot = pn->child[cindex];
		if (slot_is_tnode(slot)) {
			pn = slot_tnode(slot);
			cindex = child_length(pn);
		} else if (slot) {
			fib_cut_leaf(cut, pn, (uint32_t)cindex);
		}
	}
}

/**
 * fib_table_flush() - Removes the routes whose nexthops are dead
 * @tb: the table
 * @flush_all: remove every route
 *
 * Return: how many went. As fib_table_flush().
 */
int fib_table_flush(struct fib_table *tb, bool flush_all)
{
	struct fib_cut cut = { .tb = tb, .flush_all = flush_all };

	fib_cut_run(&cut);
	return cut.found;
}

/**
 * fib_table_free() - Frees a table and its routes
 * @tb: the table, off every list
 */
void fib_table_free(struct fib_table *tb)
{
	fib_table_flush(tb, true);
	fib_trie_put(tb->trie);
	free(tb);
}

/**
 * fib_trie_unmerge() - Gives `local` a trie of its own with a copy of its routes
 * @tb: the table `local`
 * @main: the table `main`, which may share its trie with it
 *
 * As fib_trie_unmerge() and fib_table_flush_external(). Nothing happens when they are apart.
 */
void fib_trie_unmerge(struct fib_table *tb, struct fib_table *main)
{
	struct fib_cut cut = { .tb = main, .external = true };
	const struct fib_table view = *tb; /* the old one */
	struct fib_walk at = { 0 };

	if (view.trie->users == 1)
		return;
	view.trie->users--;
	tb->trie = fib_trie_new();
	tb->tb_num_default = 0; /* Linux makes a new table */
	while (fib_table_next(&view, &at)) {
		struct tnode *tp;

		fib_find_node(tb->trie, &tp, at.key);
		fib_insert_alias(tb->trie, tp, at.key, at.fa, NULL);
	}
	fib_cut_run(&cut);
}
