/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie_lookup.c - longest prefix match
 *
 * mirrors fib_table_lookup() of net/ipv4/fib_trie.c
 *
 * TABLE
 */
#include <errno.h>

#include "ipv4/fib_trie.h"

static bool fib_good_nh(const struct fib_nh *nh, int fib_flags, const struct flowi4 *flp)
{
	if (nh->fib_nh_flags & RTNH_F_DEAD)
		return false;
	if ((nh->fib_nh_flags & RTNH_F_LINKDOWN) && !(fib_flags & FIB_LOOKUP_IGNORE_LINKSTATE) &&
	    ip_ignore_linkdown(nh->fib_nh_dev))
		return false;
	return !flp->oif || flp->oif == nh->fib_nh_oif;
}

/* the first nexthop that this flow may use, -1: none */
static int fib_usable_nh(const struct fib_info *fi, const struct flowi4 *flp, int fib_flags)
{
	if (fi->fib_flags & RTNH_F_DEAD)
		return -1;
	for (int sel = 0; sel < fi->fib_nhs; sel++)
		if (fib_good_nh(&fi->fib_nh[sel], fib_flags, flp))
			return sel;
	return -1;
}

/* 1: none of its routes suits; else 0 or the error of a reject route */
static inline int fib_match_leaf(struct fib_table *tb, struct fib_leaf *l, const struct flowi4 *flp,
				 struct fib_result *res, int fib_flags)
{
	uint32_t differs = be32_to_cpu(flp->daddr) ^ l->key;

	for (struct fib_alias *fa = l->first; fa; fa = fa->next) {
		struct fib_info *fi = fa->fa_info;
		int err = fib_props[fa->fa_type].error, sel;

		if ((uint64_t)differs >> fa->fa_slen || fi->fib_scope < flp->scope)
			continue;
		if (fa->fa_tos && fa->fa_tos != (flp->tos & IPTOS_RT_MASK))
			continue;
		if (!(fa->fa_state & FA_S_ACCESSED))
			fa->fa_state |= FA_S_ACCESSED;
		sel = err < 0 ? 0 : fib_usable_nh(fi, flp, fib_flags);
		if (sel < 0)
			continue;
		if (!err) {
			*res = (struct fib_result){ .fi = fi, .table = tb, .leaf = l };
			res->nhc = &fi->fib_nh[sel];
			res->nh_sel = (uint8_t)sel;
			res->scope = fi->fib_scope;
			res->tos = fa->fa_tos;
		}
		res->type = fa->fa_type;
		res->prefix = cpu_to_be32(l->key);
		res->prefixlen = (uint8_t)(FIB_KEYLENGTH - fa->fa_slen);
		res->fa = fa;
		return err;
	}
	return 1;
}

/* can a prefix at or below @n cover the key, though the bits it compares differ from it? */
static inline bool prefix_mismatch(uint32_t key, const struct tnode *n)
{
	return (key ^ n->key) & (n->key | -n->key);
}

/*
 * The way down ended at @slot: a leaf, a node whose bits differ, or nothing. @pn: the last node
 * above that has prefixes shorter than its own bits. From there on one set bit of the child's index
 * after the other is cleared, then the same with the node above.
 */
static __attribute__((noinline)) int fib_lookup_slow(struct fib_table *tb, const struct flowi4 *flp,
						     struct fib_result *res, int fib_flags,
						     struct tnode *pn, uint64_t slot)
{
	uint32_t key = be32_to_cpu(flp->daddr);
	uint64_t cindex = get_cindex(key, pn);

	for (;;) {
		int err = 1;

		while (slot_is_tnode(slot)) {
			const struct tnode *n = slot_tnode(slot);

			slot = prefix_mismatch(key, n) || n->slen == n->pos ? 0 : n->child[0];
		}
		if (slot)
			err = fib_match_leaf(tb, slot_leaf(slot), flp, res, fib_flags);
		if (err <= 0)
			return err;
		while (!cindex) {
			uint32_t pkey = pn->key;

			if (is_trie_root(pn))
				return -EAGAIN;
			pn = pn->parent;
			cindex = get_cindex(pkey, pn);
		}
		cindex &= cindex - 1;
		slot = pn->child[cindex];
	}
}

static __attribute__((noinline)) void fib_mark_accessed(struct tnode *n, uint32_t index)
{
	if (tnode_hint(n, index))
		n->hints[index / 2] |= (uint8_t)(HINT_ACCESSED << (index % 2 * 4));
	else
		n->child[index] |= SLOT_ACCESSED;
}

/*
 * The answer of a child whose leaf need not be read, if the first nexthop is as good as any; all
 * else is for those who look closer.
 */
static inline bool fib_take_answer(struct fib_table *tb, unsigned int answer,
				   const struct flowi4 *flp, struct fib_result *res)
{
	const struct fib_answer *a = &tb->trie->answers[answer];
	uint32_t key = be32_to_cpu(flp->daddr);
	struct fib_nh *nh = a->fi->fib_nh;

	if (a->fi->fib_scope < flp->scope || fib_props[a->type].error ||
	    ((a->fi->fib_flags | nh->fib_nh_flags) & (RTNH_F_DEAD | RTNH_F_LINKDOWN)) ||
	    (flp->oif && flp->oif != nh->fib_nh_oif))
		return false;
	*res = (struct fib_result){ .fi = a->fi, .table = tb, .nhc = nh };
	res->prefix = cpu_to_be32((uint32_t)((uint64_t)key >> a->slen << a->slen));
	res->prefixlen = (uint8_t)(FIB_KEYLENGTH - a->slen);
	res->type = a->type;
	res->scope = a->fi->fib_scope;
	return true;
}

/**
 * fib_table_lookup() - Longest prefix match
 * @tb: the table
 * @flp: the flow; daddr in network order
 * @res: the answer
 * @fib_flags: FIB_LOOKUP_*
 *
 * Return: 0, the error of a reject route, or -EAGAIN: nothing suits.
 */
int fib_table_lookup(struct fib_table *tb, const struct flowi4 *flp, struct fib_result *res,
		     int fib_flags)
{
	uint32_t key = be32_to_cpu(flp->daddr), index = 0;
	struct tnode *pn = tb->trie->root, *n = pn;
	unsigned int hint = 0, answer;
	uint64_t slot = n->child[0];

	while (slot_is_tnode(slot)) {
		n = slot_tnode(slot);
		index = (key ^ n->key) >> n->pos;
		if (index >> n->bits)
			break;
		/* worth coming back to for a shorter prefix? */
		if (n->slen > n->pos)
			pn = n;
		hint = tnode_hint(n, index);
		if (hint)
			break;
		slot = n->child[index];
	}
	answer = hint ? hint & HINT_MAX : slot_known(slot, n->pos);
	if (answer && fib_take_answer(tb, answer, flp, res)) {
		res->slot = &n->child[index];
		if (!(hint ? hint & HINT_ACCESSED : slot & SLOT_ACCESSED))
			fib_mark_accessed(n, index);
		return 0;
	}
	if (hint)
		slot = n->child[index];
	return fib_lookup_slow(tb, flp, res, fib_flags, pn, slot);
}

/**
 * fib_result_leaf() - The leaf an answer comes from
 * @res: the answer of a look-up; the table has not changed since
 *
 * Return: the leaf, NULL when no route gave the answer.
 */
struct fib_leaf *fib_result_leaf(const struct fib_result *res)
{
	if (res->slot)
		return slot_leaf(*res->slot);
	return res->leaf;
}
