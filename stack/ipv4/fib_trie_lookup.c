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

/* One question. */
struct fib_query {
	struct fib_table *tb;
	const struct flowi4 *flp;
	struct fib_result *res;
	int flags; /* FIB_LOOKUP_* */
	uint32_t key;
};

static bool fib_lookup_good_nh(const struct fib_nh *nh, int fib_flags, const struct flowi4 *flp)
{
	if (nh->fib_nh_flags & RTNH_F_DEAD)
		return false;
	if ((nh->fib_nh_flags & RTNH_F_LINKDOWN) && !(fib_flags & FIB_LOOKUP_IGNORE_LINKSTATE) &&
	    ip_ignore_linkdown(nh->fib_nh_dev))
		return false;
	return !flp->oif || flp->oif == nh->fib_nh_oif;
}

/* the first nexthop that this flow may use, -1: none */
static int fib_usable_nh(const struct fib_query *q, const struct fib_info *fi)
{
	if (fi->fib_flags & RTNH_F_DEAD)
		return -1;
	for (int sel = 0; sel < fi->fib_nhs; sel++)
		if (fib_lookup_good_nh(&fi->fib_nh[sel], q->flags, q->flp))
			return sel;
	return -1;
}

/* 1: none of its routes suits; else 0 or the error of a reject route */
static int fib_match_leaf(const struct fib_query *q, struct fib_leaf *l)
{
	uint32_t differs = q->key ^ l->key;

	for (struct fib_alias *fa = l->first; fa; fa = fa->next) {
		struct fib_info *fi = fa->fa_info;
		int err = fib_props[fa->fa_type].error, sel;

		if ((uint64_t)differs >> fa->fa_slen)
			continue;
		if (fa->fa_tos && fa->fa_tos != (q->flp->tos & IPTOS_RT_MASK))
			continue;
		if (fi->fib_dead || fi->fib_scope < q->flp->scope)
			continue;
		if (!(fa->fa_state & FA_S_ACCESSED))
			fa->fa_state |= FA_S_ACCESSED;
		if (err < 0) {
			q->res->type = fa->fa_type;
			q->res->prefix = cpu_to_be32(l->key);
			q->res->prefixlen = (uint8_t)(FIB_KEYLENGTH - fa->fa_slen);
			q->res->fa = fa;
			return err;
		}
		sel = fib_usable_nh(q, fi);
		if (sel < 0)
			continue;
		*q->res = (struct fib_result){
			.prefix = cpu_to_be32(l->key),
			.prefixlen = (uint8_t)(FIB_KEYLENGTH - fa->fa_slen),
			.nh_sel = (uint8_t)sel,
			.type = fa->fa_type,
			.scope = fi->fib_scope,
			.tos = fa->fa_tos,
			.nhc = &fi->fib_nh[sel],
			.fi = fi,
			.table = q->tb,
			.leaf = l,
			.fa = fa,
		};
		return err;
	}
	return 1;
}

/*
 * The answer when the word of a leaf is enough: its first route is at least as short as what led
 * here has compared, bits [@pos, 32). false: ask the leaf.
 */
static inline bool fib_match_slot(const struct fib_query *q, uint64_t *slot, unsigned int pos)
{
	uint8_t type = (uint8_t)(*slot >> SLOT_TYPE_SHIFT & 0xf);
	unsigned int slen = slot_first_slen(*slot);
	struct fib_info *fi;
	int sel;

	if (!(*slot & SLOT_SIMPLE) || slen < pos || fib_props[type].error)
		return false;
	fi = q->tb->net->ipv4->fib_infos[*slot >> SLOT_INFO_SHIFT & SLOT_INFO_MAX];
	if (fi->fib_dead || fi->fib_scope < q->flp->scope)
		return false;
	sel = fib_usable_nh(q, fi);
	if (sel < 0)
		return false;
	if (!(*slot & SLOT_ACCESSED))
		*slot |= SLOT_ACCESSED;
	*q->res = (struct fib_result){
		.prefix = cpu_to_be32((uint32_t)((uint64_t)q->key >> slen << slen)),
		.prefixlen = (uint8_t)(FIB_KEYLENGTH - slen),
		.nh_sel = (uint8_t)sel,
		.type = type,
		.scope = fi->fib_scope,
		.nhc = &fi->fib_nh[sel],
		.fi = fi,
		.table = q->tb,
		.leaf = slot_leaf(q->tb->trie, *slot),
	};
	return true;
}

/* can a prefix at or below @n cover the key, though the bits it compares differ from it? */
static bool prefix_mismatch(uint32_t key, const struct tnode *n)
{
	return (key ^ n->key) & (n->key | -n->key);
}

/* the leaf that holds the shortest prefixes below @slot, if they may be prefixes of the key */
static struct fib_leaf *fib_first_leaf(const struct fib_query *q, uint64_t slot)
{
	while (slot_is_tnode(slot)) {
		const struct tnode *n = slot_tnode(slot);

		if (prefix_mismatch(q->key, n) || n->slen == n->pos)
			return NULL;
		slot = n->child[0];
	}
	return slot ? slot_leaf(q->tb->trie, slot) : NULL;
}

/*
 * The next leaf that may hold a shorter prefix of the key: from child *@cindex of *@pn on, one set
 * bit of the index after the other is cleared, then the same with the node above.
 */
static struct fib_leaf *fib_backtrack(const struct fib_query *q, struct tnode **pn,
				      uint64_t *cindex)
{
	for (;;) {
		struct fib_leaf *l;

		while (!*cindex) {
			uint32_t pkey = (*pn)->key;

			if (is_trie_root(*pn))
				return NULL;
			*pn = (*pn)->parent;
			*cindex = get_cindex(pkey, *pn);
		}
		*cindex &= *cindex - 1;
		l = fib_first_leaf(q, (*pn)->child[*cindex]);
		if (l)
			return l;
	}
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
	const struct fib_query q = { tb, flp, res, fib_flags, be32_to_cpu(flp->daddr) };
	struct tnode *pn = tb->trie->root;
	uint64_t cindex = 0, *slot = &pn->child[0];
	unsigned int pos = FIB_KEYLENGTH;
	struct fib_leaf *l = NULL;

	while (slot_is_tnode(*slot)) {
		struct tnode *n = slot_tnode(*slot);
		uint64_t index = get_cindex(q.key, n);

		if (index >> n->bits) {
			l = fib_first_leaf(&q, *slot); /* skipped bits differ */
			break;
		}
		/* worth coming back to for a shorter prefix? */
		if (n->slen > n->pos) {
			pn = n;
			cindex = index;
		}
		pos = n->pos;
		slot = &n->child[index];
	}
	if (slot_is_leaf(*slot)) {
		if (fib_match_slot(&q, slot, pos))
			return 0;
		l = slot_leaf(tb->trie, *slot);
	}
	for (; l || (l = fib_backtrack(&q, &pn, &cindex)); l = NULL) {
		int err = fib_match_leaf(&q, l);

		if (err <= 0)
			return err;
	}
	return -EAGAIN;
}
