/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie_resize.c - the nodes of a trie, and how they grow, shrink and vanish
 *
 * mirrors resize(), inflate(), halve(), collapse() and update_suffix() of net/ipv4/fib_trie.c. The
 * shape is visible in /proc/net/fib_trie: every step and every threshold is Linux's.
 * Unlike Linux: no node of 32 bits, whose counts would wrap.
 *
 * TABLE
 */
#include "ipv4/fib_trie.h"

#define MAX_WORK 10 /* doublings, or else halvings, of one node at a time */

/* percent of children in use; the node at the top may be emptier */
#define HALVE_THRESHOLD 25
#define INFLATE_THRESHOLD 50
#define HALVE_THRESHOLD_ROOT 15
#define INFLATE_THRESHOLD_ROOT 30

/**
 * fib_trie_new() - Makes an empty trie
 *
 * Return: the trie with one user.
 */
struct fib_trie *fib_trie_new(void)
{
	struct fib_trie *t = xzalloc(sizeof(*t));

	t->users = 1;
	t->root = xzalloc(sizeof(*t->root) + sizeof(t->root->child[0]));
	t->root->pos = FIB_KEYLENGTH;
	t->root->slen = FIB_KEYLENGTH;
	return t;
}

/**
 * fib_trie_put() - A table no longer uses a trie
 * @t: the trie; its last user has removed all routes
 */
void fib_trie_put(struct fib_trie *t)
{
	if (--t->users)
		return;
	ng_assert(!t->nr_leaves);
	free(t->answers);
	free(t->root);
	free(t);
}

/**
 * fib_leaf_new() - Takes a leaf from the trie's store
 * @t: the trie
 * @key: its address
 *
 * Return: the leaf, without routes yet.
 */
struct fib_leaf *fib_leaf_new(struct fib_trie *t, uint32_t key)
{
	struct fib_leaf *l = t->free_leaves;

	if (l) {
		t->free_leaves = l->next_free;
	} else {
		if (!t->nr_chunks || t->nr_taken == FIB_CHUNK_FIRST << (t->nr_chunks - 1)) {
			size_t size = ((size_t)FIB_CHUNK_FIRST << t->nr_chunks) * sizeof(*l);

			ng_assert(t->nr_chunks < FIB_CHUNKS);
			t->chunks[t->nr_chunks++] = xalloc_aligned(sizeof(*l), size);
			t->nr_taken = 0;
		}
		l = &t->chunks[t->nr_chunks - 1][t->nr_taken++];
	}
	memset(l, 0, sizeof(*l));
	l->key = key;
	t->nr_leaves++;
	return l;
}

/**
 * fib_leaf_free() - Gives a leaf back
 * @t: the trie; with its last leaf the store goes too
 * @l: the leaf, no longer in the trie and without routes
 */
void fib_leaf_free(struct fib_trie *t, struct fib_leaf *l)
{
	l->next_free = t->free_leaves;
	t->free_leaves = l;
	if (--t->nr_leaves)
		return;
	while (t->nr_chunks)
		free(t->chunks[--t->nr_chunks]);
	t->free_leaves = NULL;
}

/**
 * tnode_new() - Makes an internal node
 * @key: any address below it
 * @pos: the lowest bit it looks at
 * @bits: how many
 *
 * Return: the node, without children.
 */
struct tnode *tnode_new(uint32_t key, unsigned int pos, unsigned int bits)
{
	unsigned int shift = pos + bits;
	size_t nr = (size_t)1 << bits, nr_hint_bytes = bits < HINT_MIN_BITS ? 0 : nr / 2;
	struct tnode *tn;

	ng_assert(bits && bits < FIB_KEYLENGTH && shift <= FIB_KEYLENGTH);
	tn = xzalloc(sizeof(*tn) + nr * sizeof(tn->child[0]) + nr_hint_bytes);
	tn->key = (uint32_t)((uint64_t)key >> shift << shift);
	tn->pos = (uint8_t)pos;
	tn->bits = (uint8_t)bits;
	tn->slen = (uint8_t)pos;
	tn->empty_children = (uint32_t)nr;
	if (nr_hint_bytes)
		tn->hints = (uint8_t *)&tn->child[nr];
	return tn;
}

/* an internal node right below @tn, with no bits skipped between */
static bool tnode_full(const struct tnode *tn, uint64_t slot)
{
	return slot_is_tnode(slot) && slot_tnode(slot)->pos + slot_tnode(slot)->bits == tn->pos;
}

static unsigned int slot_slen(uint64_t slot)
{
	if (!slot_is_leaf(slot))
		return slot_tnode(slot)->slen;
	return slot & SLOT_MIXED ? slot_leaf(slot)->slen : slot_first_slen(slot);
}

/**
 * take_child() - A child that is about to get another place
 * @tn: the node
 * @i: which child
 *
 * Return: its word, with what only its hint knew.
 */
uint64_t take_child(const struct tnode *tn, uint32_t i)
{
	return tn->child[i] | (tnode_hint(tn, i) & HINT_ACCESSED ? SLOT_ACCESSED : 0);
}

/**
 * set_child() - Sets the word and the hint of a child, the counts of the node are right already
 * @tn: the node
 * @i: which child
 * @slot: its word, as of take_child()
 */
void set_child(struct tnode *tn, uint32_t i, uint64_t slot)
{
	unsigned int hint = tn->hints ? slot_known(slot, tn->pos) : 0;

	if (hint > HINT_MAX)
		hint = 0;
	if (hint && (slot & SLOT_ACCESSED)) {
		hint |= HINT_ACCESSED;
		slot &= ~SLOT_ACCESSED;
	}
	tn->child[i] = slot;
	if (tn->hints) {
		unsigned int shift = i % 2 * 4;

		tn->hints[i / 2] = (uint8_t)((tn->hints[i / 2] & ~(0xfU << shift)) | hint << shift);
	}
}

/**
 * put_child() - Sets a child of a node
 * @tn: the node
 * @i: which child
 * @slot: its new word; an internal node gets @tn as parent
 */
void put_child(struct tnode *tn, uint32_t i, uint64_t slot)
{
	uint64_t old = tn->child[i];

	if (slot_is_tnode(slot))
		slot_tnode(slot)->parent = tn;
	if (!is_trie_root(tn)) {
		tn->empty_children += (uint32_t)(!slot && old) - (uint32_t)(slot && !old);
		tn->full_children += (uint32_t)tnode_full(tn, slot) - (uint32_t)tnode_full(tn, old);
		if (slot && slot_slen(slot) > tn->slen)
			tn->slen = (uint8_t)slot_slen(slot);
	}
	set_child(tn, i, slot);
}

static uint64_t tnode_slot(const struct tnode *tn)
{
	return (uint64_t)(uintptr_t)tn;
}

/* @tn takes the place of @old; what became full by that is looked at again */
static struct tnode *replace(struct tnode *old, struct tnode *tn)
{
	struct tnode *tp = old->parent;

	put_child(tp, (uint32_t)get_cindex(tn->key, tp), tnode_slot(tn));
	free(old);
	for (uint32_t i = child_length(tn); i--;)
		if (tnode_full(tn, tn->child[i]))
			resize(slot_tnode(tn->child[i]));
	return tp;
}

/* two full nodes, each with half of the children of @inode, come below @tn at @i and @i + 1 */
static void inflate_full_child(struct tnode *tn, uint32_t i, struct tnode *inode)
{
	uint32_t half = child_length(inode) / 2;
	struct tnode *node0, *node1;

	if (inode->bits == 1) {
		put_child(tn, i, take_child(inode, 0));
		put_child(tn, i + 1, take_child(inode, 1));
		free(inode);
		return;
	}
	node0 = tnode_new(inode->key, inode->pos, inode->bits - 1U);
	node1 = tnode_new(inode->key | (UINT32_C(1) << tn->pos), inode->pos, inode->bits - 1U);
	for (uint32_t j = 0; j < half; j++) {
		put_child(node0, j, take_child(inode, j));
		put_child(node1, j, take_child(inode, half + j));
	}
	put_child(tn, i, tnode_slot(node0));
	put_child(tn, i + 1, tnode_slot(node1));
	free(inode);
}

/* bit @pos of a key; a leaf is read only when its prefixes are longer than that */
static uint32_t slot_key_bit(uint64_t slot, unsigned int pos)
{
	if (!slot_is_leaf(slot))
		return slot_tnode(slot)->key >> pos & 1;
	return slot_first_slen(slot) > pos ? 0 : slot_leaf(slot)->key >> pos & 1;
}

/* doubles a node: it looks at one more bit */
static struct tnode *inflate(struct tnode *old)
{
	struct tnode *tn = tnode_new(old->key, old->pos - 1U, old->bits + 1U);

	for (uint32_t i = child_length(old); i--;) {
		uint64_t slot = take_child(old, i);

		if (!slot)
			continue;
		if (tnode_full(old, slot))
			inflate_full_child(tn, 2 * i, slot_tnode(slot));
		else
			put_child(tn, 2 * i + slot_key_bit(slot, tn->pos), slot);
	}
	return replace(old, tn);
}

/* halves a node: two children in one place get a node of their own */
static struct tnode *halve(struct tnode *old)
{
	struct tnode *tn = tnode_new(old->key, old->pos + 1U, old->bits - 1U);

	for (uint32_t i = child_length(tn); i--;) {
		uint64_t slot0 = take_child(old, 2 * i), slot1 = take_child(old, 2 * i + 1);
		struct tnode *inode;

		if (!slot0 || !slot1) {
			put_child(tn, i, slot0 ? slot0 : slot1);
			continue;
		}
		inode = tnode_new(old->key | (i << tn->pos), old->pos, 1);
		put_child(inode, 0, slot0);
		put_child(inode, 1, slot1);
		put_child(tn, i, tnode_slot(inode));
	}
	return replace(old, tn);
}

/* a node with one child, or none, gives it its own place */
static struct tnode *collapse(struct tnode *old)
{
	struct tnode *tp = old->parent;
	uint64_t slot = 0;

	for (uint32_t i = child_length(old); !slot && i;)
		slot = take_child(old, --i);
	put_child(tp, (uint32_t)get_cindex(old->key, tp), slot);
	free(old);
	return tp;
}

/**
 * update_suffix() - Finds the shortest prefix below a node again
 * @tn: the node, whose slen may be too large
 *
 * Return: tn->slen, now exact. A prefix of suffix length n can only be at an index that is a
 * multiple of 2^(n - pos): the stride grows with what was found.
 */
unsigned int update_suffix(struct tnode *tn)
{
	unsigned int slen = tn->pos, slen_max = tn->pos + tn->bits - 1U;
	uint64_t stride = 2;

	/* only child 0 can be a prefix as short as the node itself, or shorter */
	if (tn->slen < slen_max)
		slen_max = tn->slen;
	for (uint64_t i = 0; i < child_length(tn); i += stride) {
		uint64_t slot = tn->child[i];
		unsigned int n = slot ? slot_slen(slot) : 0;

		if (n <= slen)
			continue;
		stride <<= n - slen;
		slen = n;
		i &= ~(stride - 1);
		if (slen >= slen_max)
			break;
	}
	tn->slen = (uint8_t)slen;
	return slen;
}

/**
 * node_pull_suffix() - A short prefix went: nodes above may know a smaller slen
 * @tn: the node it was below
 * @slen: what remains there
 */
void node_pull_suffix(struct tnode *tn, unsigned int slen)
{
	while (tn->slen > tn->pos && tn->slen > slen) {
		unsigned int old = tn->slen;

		slen = update_suffix(tn);
		if (slen == old)
			break;
		tn = tn->parent;
	}
}

/**
 * node_push_suffix() - A short prefix came: nodes above must know
 * @tn: the node it will be below
 * @slen: its suffix length
 */
void node_push_suffix(struct tnode *tn, unsigned int slen)
{
	for (; tn->slen < slen; tn = tn->parent)
		tn->slen = (uint8_t)slen;
}

/* would at least the threshold of the children of the doubled node be in use? */
static bool should_inflate(const struct tnode *tp, const struct tnode *tn)
{
	uint64_t length = child_length(tn);
	uint64_t used = length - tn->empty_children + tn->full_children;
	uint64_t threshold = is_trie_root(tp) ? INFLATE_THRESHOLD_ROOT : INFLATE_THRESHOLD;

	return used > 1 && tn->pos && 50 * used >= threshold * length;
}

static bool should_halve(const struct tnode *tp, const struct tnode *tn)
{
	uint64_t length = child_length(tn), used = length - tn->empty_children;
	uint64_t threshold = is_trie_root(tp) ? HALVE_THRESHOLD_ROOT : HALVE_THRESHOLD;

	return used > 1 && tn->bits > 1 && 100 * used < threshold * length;
}

static bool should_collapse(const struct tnode *tn)
{
	return child_length(tn) - tn->empty_children < 2;
}

/**
 * resize() - Gives a node the size that suits the number of its children
 * @tn: the node; do not use it afterwards
 *
 * Return: its parent.
 */
struct tnode *resize(struct tnode *tn)
{
	struct tnode *tp = tn->parent;
	uint64_t *slot = key_slot(tp, tn->key);
	int work = MAX_WORK;

	for (; should_inflate(tp, tn) && work; work--) {
		inflate(tn);
		tn = slot_tnode(*slot);
	}
	if (work != MAX_WORK)
		return tp;
	for (; should_halve(tp, tn) && work; work--) {
		halve(tn);
		tn = slot_tnode(*slot);
	}
	return should_collapse(tn) ? collapse(tn) : tp;
}

/**
 * trie_rebalance() - Resizes a node and all above it
 * @tn: the node; do not use it afterwards
 */
void trie_rebalance(struct tnode *tn)
{
	while (!is_trie_root(tn))
		tn = resize(tn);
}
