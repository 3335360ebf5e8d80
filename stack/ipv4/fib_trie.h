/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie.h - the level- and path-compressed trie behind a routing table
 *
 * mirrors the types at the head of net/ipv4/fib_trie.c
 *
 * An internal node looks at `bits` bits of an address from `pos` on and has 2^bits children. Bits
 * that all of its leaves share are skipped. A leaf is one network address with all its prefixes.
 *
 * Unlike Linux a child is not a pointer but a word that also names the answer its first route is.
 * Doubling and halving a node does not touch its leaves, and a look-up whose way has compared all
 * bits of the route need not either. A large node has a hint of half a byte for each child besides:
 * in a table of a million networks that is the only cold memory a look-up touches.
 */
#ifndef STACK_IPV4_FIB_TRIE_H
#define STACK_IPV4_FIB_TRIE_H

#include "core/xalloc.h"
#include "ipv4/fib.h"

#define FIB_KEYLENGTH 32

/* The word of a child: 0 none; bit 0 clear: the address of a tnode; bit 0 set: a leaf, and */
#define SLOT_LEAF UINT64_C(0x1)
#define SLOT_MIXED UINT64_C(0x2)    /* the last route is shorter than the first */
#define SLOT_ACCESSED UINT64_C(0x4) /* FA_S_ACCESSED of the first route */
#define SLOT_SLEN_SHIFT 3	    /* 6 bits, fa_slen of the first route */
#define SLOT_ANSWER_SHIFT 9 /* 7 bits, what fib_trie.answers says of the first route, or 0 */
#define SLOT_ADDR_SHIFT 16  /* 48 bits, where the leaf lies, in units of its size */
#define FIB_LEAF_SHIFT 6

#define FIB_ANSWERS 128

/* The hint of a child: 0 look at the word; else the number of an answer, and */
#define HINT_ACCESSED 0x8U /* what SLOT_ACCESSED would say */
#define HINT_MAX 0x7U
#define HINT_MIN_BITS 8 /* of nodes with hints */

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
	uint32_t key;  /* host order */
	uint8_t slen;  /* the largest fa_slen: that of the last alias */
	bool own_used; /* @own is in the list */
	union {
		struct fib_alias *first;
		struct fib_leaf *next_free;
	};
	struct fib_alias own; /* most leaves have only this one: no second allocation */
} __attribute__((aligned(64)));

_Static_assert(sizeof(struct fib_leaf) == 1 << FIB_LEAF_SHIFT, "a leaf is one cache line");

struct tnode {
	uint32_t key; /* host order, bits below pos + bits are zero */
	uint8_t pos, bits;
	uint8_t slen; /* no route below is shorter than 32 - slen */
	uint32_t empty_children, full_children;
	struct tnode *parent;
	uint8_t *hints; /* two children to a byte; NULL: a small node */
	uint64_t child[];
};

/* What first routes of many leaves have in common; of any TOS. */
struct fib_answer {
	struct fib_info *fi;
	uint8_t slen, type;
	uint32_t leaves; /* 0: free */
};

#define FIB_CHUNK_FIRST 8U /* leaves of the first chunk; each further one is twice as large */
#define FIB_CHUNKS 29

struct fib_trie {
	uint32_t users;	    /* tables: `local` and `main` until a rule is changed */
	struct tnode *root; /* above the bits: pos 32, one child */
	struct fib_leaf *chunks[FIB_CHUNKS];
	uint32_t nr_chunks;
	uint32_t nr_taken;  /* of the last chunk, ever */
	uint32_t nr_leaves; /* in use */
	struct fib_leaf *free_leaves;
	uint32_t nr_answers; /* ever; answers[0] is none */
	struct fib_answer *answers;
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

/* of the first route of a leaf */
static inline unsigned int slot_first_slen(uint64_t slot)
{
	return (unsigned int)(slot >> SLOT_SLEN_SHIFT) & 0x3f;
}

static inline unsigned int slot_answer(uint64_t slot)
{
	return (unsigned int)(slot >> SLOT_ANSWER_SHIFT) & (FIB_ANSWERS - 1);
}

static inline struct fib_leaf *slot_leaf(uint64_t slot)
{
	return (struct fib_leaf *)(uintptr_t)(slot >> SLOT_ADDR_SHIFT << FIB_LEAF_SHIFT);
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

/* the number of the answer of a child of a node at @pos, 0: its leaf must be asked */
static inline unsigned int slot_known(uint64_t slot, unsigned int pos)
{
	return slot_is_leaf(slot) && slot_first_slen(slot) >= pos ? slot_answer(slot) : 0;
}

static inline unsigned int tnode_hint(const struct tnode *n, uint32_t i)
{
	return n->hints ? n->hints[i / 2] >> (i % 2 * 4) & 0xfU : 0;
}

/* fib_trie_resize.c */
struct fib_trie *fib_trie_new(void);
void fib_trie_put(struct fib_trie *t);
struct fib_leaf *fib_leaf_new(struct fib_trie *t, uint32_t key);
void fib_leaf_free(struct fib_trie *t, struct fib_leaf *l);
struct tnode *tnode_new(uint32_t key, unsigned int pos, unsigned int bits);
uint64_t take_child(const struct tnode *tn, uint32_t i);
void set_child(struct tnode *tn, uint32_t i, uint64_t slot);
void put_child(struct tnode *tn, uint32_t i, uint64_t slot);
unsigned int update_suffix(struct tnode *tn);
void node_pull_suffix(struct tnode *tn, unsigned int slen);
void node_push_suffix(struct tnode *tn, unsigned int slen);
struct tnode *resize(struct tnode *tn);
void trie_rebalance(struct tnode *tn);

/* fib_trie.c */
struct fib_leaf *fib_find_node(const struct fib_trie *t, struct tnode **ret_tp, uint32_t key);
void fib_insert_alias(struct fib_trie *t, struct tnode *tp, uint32_t key,
		      const struct fib_alias *new, struct fib_alias *before);
void fib_leaf_settle(struct fib_leaf *l, struct tnode *tp);
void fib_leaf_describe(struct fib_trie *t, struct fib_leaf *l, struct tnode *tp);
void fib_leaf_remove(struct fib_trie *t, struct fib_leaf *l, struct tnode *tp);
void fib_alias_unlink(struct fib_leaf *l, struct fib_alias *fa);

/* fib_trie_lookup.c */
struct fib_leaf *fib_result_leaf(const struct fib_result *res);

/* fib_trie_walk.c */
/* The first leaf with @key or a larger one; *@tn: the root, later what the last call left there. */
struct fib_leaf *leaf_walk(struct tnode **tn, uint32_t key);

#endif
