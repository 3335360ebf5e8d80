/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie.h - the level- and path-compressed trie behind a routing table
 *
 * mirrors the types at the head of net/ipv4/fib_trie.c
 *
 * An internal node looks at `bits` bits of an address from `pos` on and has 2^bits children. Bits
 * that all of its leaves share are skipped. A leaf is one network address with all its prefixes.
 *
 * Unlike Linux a child is not a pointer but a word that, for a leaf, also says what its first route
 * is. In a table of many equal-sized networks the array of words is then the only cold memory a
 * look-up touches, and doubling or halving a node does not touch its leaves.
 */
#ifndef STACK_IPV4_FIB_TRIE_H
#define STACK_IPV4_FIB_TRIE_H

#include "core/xalloc.h"
#include "ipv4/fib.h"

#define FIB_KEYLENGTH 32

/* The word of a child: 0 none; bit 0 clear: the address of a tnode; bit 0 set: a leaf, and */
#define SLOT_LEAF UINT64_C(0x1)
#define SLOT_SIMPLE UINT64_C(0x2)   /* first route: any TOS, and the number of its fib_info fits */
#define SLOT_ACCESSED UINT64_C(0x4) /* a look-up took the first route: FA_S_ACCESSED */
#define SLOT_MIXED UINT64_C(0x8)    /* the last route is shorter than the first */
#define SLOT_TYPE_SHIFT 4	    /* 4 bits, RTN_* of the first route */
#define SLOT_SLEN_SHIFT 8	    /* 6 bits, fa_slen of the first route */
#define SLOT_INFO_SHIFT 14	    /* 22 bits, fib_id of its fib_info */
#define SLOT_INDEX_SHIFT 36	    /* 28 bits, which leaf of the trie */
#define SLOT_INFO_MAX 0x3fffffU
#define SLOT_INDEX_MAX 0xfffffffU

#define FA_S_ACCESSED 0x01

/* One route of a leaf. */
struct fib_alias {
	struct fib_alias *next; /* fa_slen ascending, tb_id and TOS descending, metric ascending */
	struct fib_info *fa_info;
	uint32_t tb_id;				    /* `local` and `main` may share a trie */
	uint8_t fa_tos, fa_type, fa_state, fa_slen; /* fa_slen: 32 minus prefix length */
	int16_t fa_default;
	struct ng_origin origin;
};

/* An address and the routes to it, the longest prefix first; never empty. */
struct fib_leaf {
	uint32_t key;  /* host order; of a free one: the next free one */
	uint8_t slen;  /* the largest fa_slen: that of the last alias */
	bool own_used; /* @own is in the list */
	struct fib_alias *first;
	struct fib_alias own; /* most leaves have only this one: no second allocation */
} __attribute__((aligned(64)));

_Static_assert(sizeof(struct fib_leaf) == 64, "a leaf is one cache line");

struct tnode {
	uint32_t key; /* host order, bits below pos + bits are zero */
	uint8_t pos, bits;
	uint8_t slen; /* no route below is shorter than 32 - slen */
	uint32_t empty_children, full_children;
	struct tnode *parent;
	uint64_t child[];
};

#define FIB_CHUNK_FIRST 8U /* leaves of the first chunk; each further one is twice as large */
#define FIB_CHUNKS 25

struct fib_trie {
	uint32_t users;	    /* tables: `local` and `main` until a rule is changed */
	struct tnode *root; /* above the bits: pos 32, one child */
	struct fib_leaf *chunks[FIB_CHUNKS];
	uint32_t nr_leaves;	/* in use */
	uint32_t nr_taken;	/* ever */
	uint32_t free_leaf_no1; /* first of the free ones plus 1, 0: none */
};

static inline bool is_trie_root(const struct tnode *n)
{
	return n->pos >= FIB_KEYLENGTH;
}

static inline bool slot_is_leaf(uint64_t slot)
{
	return slot & SLOT_LEAF;
}

static inline bool slot_is_tnode(uint64_t slot)
{
	return slot && !(slot & SLOT_LEAF);
}

static inline struct tnode *slot_tnode(uint64_t slot)
{
	return (struct tnode *)(uintptr_t)slot;
}

static inline uint32_t slot_index(uint64_t slot)
{
	return (uint32_t)(slot >> SLOT_INDEX_SHIFT);
}

/* of the first route of a leaf */
static inline unsigned int slot_first_slen(uint64_t slot)
{
	return (unsigned int)(slot >> SLOT_SLEN_SHIFT) & 0x3f;
}

static inline struct fib_leaf *fib_leaf_at(const struct fib_trie *t, uint32_t index)
{
	uint32_t n = index / FIB_CHUNK_FIRST + 1;
	unsigned int chunk = 31U - (unsigned int)__builtin_clz(n);

	return t->chunks[chunk] + (index - ((FIB_CHUNK_FIRST << chunk) - FIB_CHUNK_FIRST));
}

static inline struct fib_leaf *slot_leaf(const struct fib_trie *t, uint64_t slot)
{
	return fib_leaf_at(t, slot_index(slot));
}

/* The index of a key below a node; bits above pos + bits when it does not belong there. */
static inline uint64_t get_cindex(uint32_t key, const struct tnode *n)
{
	return (uint64_t)(key ^ n->key) >> n->pos;
}

static inline uint32_t child_length(const struct tnode *n)
{
	return UINT32_C(1) << n->bits;
}

static inline uint64_t *key_slot(struct tnode *tp, uint32_t key)
{
	return &tp->child[get_cindex(key, tp)];
}

/* fib_trie_resize.c */
struct fib_trie *fib_trie_new(void);
void fib_trie_put(struct fib_trie *t);
uint32_t fib_leaf_new(struct fib_trie *t, uint32_t key);
void fib_leaf_free(struct fib_trie *t, uint32_t index);
struct tnode *tnode_new(uint32_t key, unsigned int pos, unsigned int bits);
void put_child(const struct fib_trie *t, struct tnode *tn, uint32_t i, uint64_t slot);
unsigned int update_suffix(const struct fib_trie *t, struct tnode *tn);
void node_pull_suffix(const struct fib_trie *t, struct tnode *tn, unsigned int slen);
void node_push_suffix(struct tnode *tn, unsigned int slen);
struct tnode *resize(const struct fib_trie *t, struct tnode *tn);
void trie_rebalance(const struct fib_trie *t, struct tnode *tn);

/* fib_trie.c */
struct fib_leaf *fib_find_node(const struct fib_trie *t, struct tnode **ret_tp, uint32_t key);
void fib_insert_alias(struct fib_trie *t, struct tnode *tp, uint32_t key,
		      const struct fib_alias *new, struct fib_alias *before);
void fib_leaf_settle(struct fib_leaf *l, uint64_t *slot);
void fib_leaf_describe(const struct fib_leaf *l, uint64_t *slot);
void fib_alias_unlink(struct fib_leaf *l, struct fib_alias *fa);

/* fib_trie_walk.c */
/* The first leaf with @key or a larger one; *@tn: the root, later what the last call left there. */
struct fib_leaf *leaf_walk(const struct fib_trie *t, struct tnode **tn, uint32_t key);

#endif
