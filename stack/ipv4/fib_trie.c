/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie.c - the routes of a table: insert, delete, longest prefix match
 *
 * mirrors net/ipv4/fib_trie.c; its nodes are fib_trie_resize.c, walks over all of it
 * fib_trie_walk.c, and what /proc/net shows of it fib_trie_proc.c
 *
 * TABLE
 */
#include <errno.h>
#include <netglass/netlink.h>

#include "core/config_trace.h"
#include "ipv4/fib_trie.h"

/**
 * fib_find_node() - Finds the leaf of an address
 * @t: the trie
 * @ret_tp: the node it is below, or would be
 * @key: the address
 *
 * Return: the leaf or NULL.
 */
struct fib_leaf *fib_find_node(const struct fib_trie *t, struct tnode **ret_tp, uint32_t key)
{
	struct tnode *tp = t->root;
	uint64_t slot = tp->child[0];
	struct fib_leaf *l = NULL;

	while (slot_is_tnode(slot)) {
		struct tnode *n = slot_tnode(slot);
		uint64_t index = get_cindex(key, n);

		if (index >> n->bits)
			break;
		tp = n;
		slot = n->child[index];
	}
	if (slot_is_leaf(slot) && slot_leaf(slot)->key == key)
		l = slot_leaf(slot);
	*ret_tp = tp;
	return l;
}

/* the number of the answer that the first route of a leaf is; 0: one of a TOS, or too many */
static unsigned int fib_answer_get(struct fib_trie *t, const struct fib_alias *fa)
{
	unsigned int unused = 0;

	if (fa->fa_tos)
		return 0;
	for (unsigned int i = t->nr_answers; i-- > 1;) {
		struct fib_answer *a = &t->answers[i];

		if (!a->leaves) {
			unused = i;
		} else if (a->fi == fa->fa_info && a->slen == fa->fa_slen &&
			   a->type == fa->fa_type) {
			a->leaves++;
			return i;
		}
	}
	if (!unused) {
		if (t->nr_answers == FIB_ANSWERS)
			return 0;
		unused = t->nr_answers ? t->nr_answers : 1;
		if (!(unused & (unused - 1)))
			t->answers = xrealloc(t->answers, 2 * unused * sizeof(t->answers[0]));
		t->nr_answers = unused + 1;
	}
	t->answers[unused] = (struct fib_answer){ fa->fa_info, fa->fa_slen, fa->fa_type, 1 };
	return unused;
}

static uint64_t fib_leaf_word(struct fib_trie *t, const struct fib_leaf *l)
{
	const struct fib_alias *fa = l->first;
	uint64_t addr = (uint64_t)(uintptr_t)l >> FIB_LEAF_SHIFT;
	uint64_t word = SLOT_LEAF | addr << SLOT_ADDR_SHIFT;

	ng_assert(!(addr >> (64 - SLOT_ADDR_SHIFT)));
	if (l->slen != fa->fa_slen)
		word |= SLOT_MIXED;
	word |= (uint64_t)fa->fa_slen << SLOT_SLEN_SHIFT;
	return word | (uint64_t)fib_answer_get(t, fa) << SLOT_ANSWER_SHIFT;
}

/**
 * fib_leaf_settle() - Before a leaf's routes change: what its word knows goes to the route
 * @l: the leaf
 * @tp: the node above it
 */
void fib_leaf_settle(struct fib_leaf *l, struct tnode *tp)
{
	uint32_t i = (uint32_t)get_cindex(l->key, tp);
	uint64_t slot = take_child(tp, i);

	if (slot & SLOT_ACCESSED)
		l->first->fa_state |= FA_S_ACCESSED;
	set_child(tp, i, slot & ~SLOT_ACCESSED);
}

/**
 * fib_leaf_describe() - After a leaf's routes changed: its word says what the first one is
 * @t: the trie
 * @l: the leaf, not empty
 * @tp: the node above it
 */
void fib_leaf_describe(struct fib_trie *t, struct fib_leaf *l, struct tnode *tp)
{
	uint32_t i = (uint32_t)get_cindex(l->key, tp);
	unsigned int answer = slot_answer(tp->child[i]);

	set_child(tp, i, fib_leaf_word(t, l));
	if (answer)
		t->answers[answer].leaves--;
}

/**
 * fib_leaf_remove() - Takes an empty leaf out of the trie and frees it
 * @t: the trie
 * @l: the leaf
 * @tp: the node above it, to be resized by the caller
 */
void fib_leaf_remove(struct fib_trie *t, struct fib_leaf *l, struct tnode *tp)
{
	uint32_t i = (uint32_t)get_cindex(l->key, tp);
	uint64_t slot = tp->child[i];

	if (slot_answer(slot))
		t->answers[slot_answer(slot)].leaves--;
	put_child(tp, i, 0);
	fib_leaf_free(t, l);
}

/**
 * fib_alias_unlink() - Takes a route off its leaf and frees it, but not its fib_info
 * @l: the leaf; its slen and its word are the caller's
 * @fa: the route
 */
void fib_alias_unlink(struct fib_leaf *l, struct fib_alias *fa)
{
	struct fib_alias **pp = &l->first;

	while (*pp != fa)
		pp = &(*pp)->next;
	*pp = fa->next;
	if (fa == &l->own)
		l->own_used = false;
	else
		free(fa);
}

/* a route without a leaf: it gets one below @tp, and a node for both when the place is taken */
static void fib_insert_node(struct fib_trie *t, struct tnode *tp, uint32_t key,
			    const struct fib_alias *new)
{
	uint32_t i = (uint32_t)get_cindex(key, tp);
	uint64_t other = take_child(tp, i);
	struct fib_leaf *l = fib_leaf_new(t, key);

	l->own = *new;
	l->own.next = NULL;
	l->own_used = true;
	l->first = &l->own;
	l->slen = new->fa_slen;
	if (other) {
		uint32_t okey =
			slot_is_leaf(other) ? slot_leaf(other)->key : slot_tnode(other)->key;
		unsigned int pos = 31U - (unsigned int)__builtin_clz(key ^ okey);
		struct tnode *tn = tnode_new(key, pos, 1);

		put_child(tn, (uint32_t)get_cindex(key, tn) ^ 1, other);
		put_child(tp, i, (uint64_t)(uintptr_t)tn);
		tp = tn;
	}
	node_push_suffix(tp, new->fa_slen);
	put_child(tp, (uint32_t)get_cindex(key, tp), fib_leaf_word(t, l));
	trie_rebalance(tp);
}

/* behind all of its prefix and table, before shorter prefixes */
static struct fib_alias **fib_alias_place(struct fib_leaf *l, const struct fib_alias *new)
{
	struct fib_alias **pp = &l->first;

	for (; *pp; pp = &(*pp)->next) {
		const struct fib_alias *fa = *pp;

		if (new->fa_slen < fa->fa_slen ||
		    (new->fa_slen == fa->fa_slen &&new->tb_id > fa->tb_id))
			break;
	}
	return pp;
}

/**
 * fib_insert_alias() - Puts a route into a trie
 * @t: the trie
 * @tp: what fib_find_node() said of @key
 * @key: the address
 * @new: the route; copied
 * @before: the route it comes before, NULL: behind those of its prefix and table
 */
void fib_insert_alias(struct fib_trie *t, struct tnode *tp, uint32_t key,
		      const struct fib_alias *new, struct fib_alias *before)
{
	uint64_t slot = *key_slot(tp, key);
	struct fib_alias **pp, *fa;
	struct fib_leaf *l;

	if (!slot_is_leaf(slot) || slot_leaf(slot)->key != key) {
		fib_insert_node(t, tp, key, new);
		return;
	}
	l = slot_leaf(slot);
	fib_leaf_settle(l, tp);
	fa = l->own_used ? xzalloc(sizeof(*fa)) : &l->own;
	*fa = *new;
	if (fa == &l->own)
		l->own_used = true;
	pp = before ? &l->first : fib_alias_place(l, new);
	while (before && *pp != before)
		pp = &(*pp)->next;
	fa->next = *pp;
	*pp = fa;
	if (l->slen < new->fa_slen) {
		l->slen = new->fa_slen;
		node_push_suffix(tp, new->fa_slen);
	}
	fib_leaf_describe(t, l, tp);
}

/* a route goes; an emptied leaf goes too, and nodes above get their size */
static void fib_remove_alias(struct fib_trie *t, struct tnode *tp, struct fib_leaf *l,
			     struct fib_alias *fa)
{
	struct fib_alias *last;

	fib_alias_unlink(l, fa);
	if (!l->first) {
		if (tp->slen == l->slen)
			node_pull_suffix(tp, tp->pos);
		fib_leaf_remove(t, l, tp);
		trie_rebalance(tp);
		return;
	}
	for (last = l->first; last->next;)
		last = last->next;
	if (last->fa_slen != l->slen) {
		l->slen = last->fa_slen;
		node_pull_suffix(tp, l->slen);
	}
	fib_leaf_describe(t, l, tp);
}

/* tells the listeners about a route that a request made or removed */
static void fib_notify(const struct fib_table *tb, int event, const struct fib_alias *fa,
		       const struct fib_config *cfg, uint16_t nlm_flags)
{
	struct fib_rt_info fri = { .fi = fa->fa_info,
				   .tb_id = tb->tb_id,
				   .dst = cfg->fc_dst,
				   .dst_len = cfg->fc_dst_len,
				   .tos = fa->fa_tos,
				   .type = fa->fa_type };

	if (trace_on(tb->net->world))
		trace_route_set(tb,
				event == RTM_DELROUTE	    ? "del"
				: nlm_flags & NLM_F_REPLACE ? "replace"
							    : "add",
				fa, cfg->fc_dst, cfg->fc_dst_len);
	rtmsg_fib(event, &fri, cfg->req, nlm_flags);
}

/* is @fa of this prefix and table? */
static bool fib_alias_of(const struct fib_alias *fa, unsigned int slen, uint32_t tb_id)
{
	return fa && fa->fa_slen == slen && fa->tb_id == tb_id;
}

/* the first route with @tos and a metric of @prio or more: an equal one is there or behind */
static struct fib_alias *fib_find_alias(const struct fib_leaf *l, const struct fib_table *tb,
					const struct fib_config *cfg, uint32_t prio)
{
	unsigned int slen = FIB_KEYLENGTH - cfg->fc_dst_len;

	for (struct fib_alias *fa = l->first; fa; fa = fa->next) {
		if (fa->fa_slen < slen || (fa->fa_slen == slen && fa->tb_id > tb->tb_id))
			continue;
		if (!fib_alias_of(fa, slen, tb->tb_id))
			break;
		if (fa->fa_tos > cfg->fc_tos)
			continue;
		if (fa->fa_info->fib_priority >= prio || fa->fa_tos < cfg->fc_tos)
			return fa;
	}
	return NULL;
}

static void fib_alias_fill(struct fib_alias *fa, const struct fib_table *tb,
			   const struct fib_config *cfg, struct fib_info *fi)
{
	fa->fa_info = fi;
	fa->tb_id = tb->tb_id;
	fa->fa_tos = cfg->fc_tos;
	fa->fa_type = cfg->fc_type;
	fa->fa_state = 0;
	fa->fa_slen = (uint8_t)(FIB_KEYLENGTH - cfg->fc_dst_len);
	fa->fa_default = -1;
	fa->origin = cfg->origin;
}

/* Where a request meets the trie. */
struct fib_place {
	struct tnode *tp;
	struct fib_leaf *l;   /* NULL: nobody has this address yet */
	struct fib_alias *fa; /* a new route comes before it, NULL: behind all of its prefix */
};

static void fib_replace_alias(struct fib_table *tb, const struct fib_config *cfg,
			      const struct fib_place *at, struct fib_info *fi, uint16_t nlflags)
{
	struct fib_info *fi_drop = at->fa->fa_info;
	bool accessed;

	fib_leaf_settle(at->l, at->tp);
	accessed = at->fa->fa_state & FA_S_ACCESSED;
	fib_alias_fill(at->fa, tb, cfg, fi);
	fib_leaf_describe(tb->trie, at->l, at->tp);
	fib_notify(tb, RTM_NEWROUTE, at->fa, cfg, nlflags);
	fib_release_info(fi_drop);
	if (accessed)
		rt_cache_flush(tb->net);
}

/*
 * What is to be done about routes with the same prefix, TOS and metric, the first of them at->fa.
 * 1: insert before what at->fa then is; 0 or -errno: that was it, the reference to @fi is used up.
 */
static int fib_insert_equal(struct fib_table *tb, const struct fib_config *cfg,
			    struct fib_place *at, struct fib_info *fi, uint16_t *nlflags)
{
	struct fib_alias *fa = at->fa, *fa_match = NULL;

	if (cfg->fc_nlflags & NLM_F_EXCL) {
		fib_release_info(fi);
		return -EEXIST;
	}
	*nlflags &= (uint16_t)~NLM_F_EXCL;

	for (; fib_alias_of(fa, FIB_KEYLENGTH - cfg->fc_dst_len, tb->tb_id); fa = fa->next) {
		if (fa->fa_tos != cfg->fc_tos || fa->fa_info->fib_priority != fi->fib_priority)
			break;
		if (fa->fa_type == cfg->fc_type && fa->fa_info == fi) {
			fa_match = fa;
			break;
		}
	}

	if (cfg->fc_nlflags & NLM_F_REPLACE) {
		*nlflags |= NLM_F_REPLACE;
		if (fa_match) {
			fib_release_info(fi);
			return at->fa == fa_match ? 0 : -EEXIST;
		}
		fib_replace_alias(tb, cfg, at, fi, *nlflags);
		return 0;
	}
	if (fa_match) {
		fib_release_info(fi);
		return -EEXIST;
	}
	if (cfg->fc_nlflags & NLM_F_APPEND) {
		*nlflags |= NLM_F_APPEND;
		at->fa = fa;
	}
	return 1;
}

/**
 * fib_table_insert() - Adds, appends, replaces or changes a route
 * @tb: the table
 * @cfg: the route; fc_nlflags are the NLM_F_* of the request
 * @extack: the kernel's sentence on refusal, or NULL
 *
 * Return: 0; -EEXIST, -ENOENT (nothing to change) or what fib_create_info() refuses.
 */
int fib_table_insert(struct fib_table *tb, const struct fib_config *cfg, struct ng_extack *extack)
{
	uint32_t key = be32_to_cpu(cfg->fc_dst);
	uint16_t nlflags = NLM_F_EXCL;
	struct fib_place at = { 0 };
	struct fib_alias new = { 0 };
	struct fib_info *fi;
	int err;

	fi = fib_create_info(cfg, extack, &err);
	if (!fi)
		return err;
	at.l = fib_find_node(tb->trie, &at.tp, key);
	if (at.l)
		at.fa = fib_find_alias(at.l, tb, cfg, fi->fib_priority);
	if (at.fa && at.fa->fa_tos == cfg->fc_tos &&
	    at.fa->fa_info->fib_priority == fi->fib_priority) {
		err = fib_insert_equal(tb, cfg, &at, fi, &nlflags);
		if (err <= 0)
			return err;
	}
	if (!(cfg->fc_nlflags & NLM_F_CREATE)) {
		fib_release_info(fi);
		return -ENOENT;
	}
	nlflags |= NLM_F_CREATE;
	fib_alias_fill(&new, tb, cfg, fi);
	fib_insert_alias(tb->trie, at.tp, key, &new, at.fa);
	if (!cfg->fc_dst_len)
		tb->tb_num_default++;
	rt_cache_flush(tb->net);
	fib_notify(tb, RTM_NEWROUTE, &new, cfg, nlflags);
	return 0;
}

static bool fib_delete_matches(const struct fib_alias *fa, const struct fib_config *cfg,
			       struct ng_extack *extack)
{
	const struct fib_info *fi = fa->fa_info;

	return (!cfg->fc_type || fa->fa_type == cfg->fc_type) &&
	       (cfg->fc_scope == RT_SCOPE_NOWHERE || fi->fib_scope == cfg->fc_scope) &&
	       (!cfg->fc_prefsrc || fi->fib_prefsrc == cfg->fc_prefsrc) &&
	       (!cfg->fc_protocol || fi->fib_protocol == cfg->fc_protocol) &&
	       fib_nh_match(cfg, fi, extack) == 0 && fib_metrics_match(cfg, fi);
}

/**
 * fib_table_delete() - Removes the first route that matches what @cfg says
 * @tb: the table
 * @cfg: zero fields match anything
 * @extack: the kernel's sentence on refusal, or NULL
 *
 * Return: 0 or -ESRCH. As fib_table_delete().
 */
int fib_table_delete(struct fib_table *tb, const struct fib_config *cfg, struct ng_extack *extack)
{
	struct tnode *tp;
	struct fib_leaf *l = fib_find_node(tb->trie, &tp, be32_to_cpu(cfg->fc_dst));
	struct fib_alias *fa = l ? fib_find_alias(l, tb, cfg, 0) : NULL;
	struct fib_info *fi;
	bool accessed;

	for (;; fa = fa->next) {
		if (!fib_alias_of(fa, FIB_KEYLENGTH - cfg->fc_dst_len, tb->tb_id) ||
		    fa->fa_tos != cfg->fc_tos)
			return -ESRCH;
		if (fib_delete_matches(fa, cfg, extack))
			break;
	}
	fib_notify(tb, RTM_DELROUTE, fa, cfg, 0);
	if (!cfg->fc_dst_len)
		tb->tb_num_default--;
	fib_leaf_settle(l, tp);
	accessed = fa->fa_state & FA_S_ACCESSED;
	fi = fa->fa_info;
	fib_remove_alias(tb->trie, tp, l, fa);
	if (accessed)
		rt_cache_flush(tb->net);
	fib_release_info(fi);
	return 0;
}
