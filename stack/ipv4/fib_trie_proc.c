/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie_proc.c - /proc/net/fib_trie and fib_triestat: the tries as text
 *
 * mirrors fib_trie_seq_show() and fib_triestat_seq_show() of net/ipv4/fib_trie.c
 *
 * TABLE
 */
#include "core/vsprintf.h"
#include "ipv4/fib_trie.h"

/* What a 64-bit kernel would need: its own sizes, not ours. */
#define TNODE_SIZE 40 /* rcu_head 16, two counts 8, parent 8, key, pos, bits, slen 8 */
#define LEAF_SIZE 48  /* the same and the head of the list of routes */
#define FIB_ALIAS_SIZE \
	56 /* list 16, info 8, four bytes 4, tb_id 4, default and flags 8, rcu_head 16 */
#define POINTER_SIZE 8

#define MAX_STAT_DEPTH 32

/* Depth first, a node before its children. */
struct fib_trie_iter {
	struct tnode *tnode;
	uint64_t index;
	unsigned int depth;
};

static uint64_t fib_trie_get_first(struct fib_trie_iter *iter, const struct fib_trie *t)
{
	uint64_t slot = t->root->child[0];

	*iter = (struct fib_trie_iter){ .tnode = t->root };
	if (slot_is_tnode(slot))
		*iter = (struct fib_trie_iter){ .tnode = slot_tnode(slot), .depth = 1 };
	return slot;
}

static uint64_t fib_trie_get_next(struct fib_trie_iter *iter)
{
	struct tnode *pn = iter->tnode;
	uint64_t cindex = iter->index;

	while (!is_trie_root(pn)) {
		uint32_t pkey = pn->key;

		while (cindex < child_length(pn)) {
			uint64_t slot = pn->child[cindex++];

			if (!slot)
				continue;
			iter->tnode = pn;
			iter->index = cindex;
			if (slot_is_tnode(slot)) {
				iter->tnode = slot_tnode(slot);
				iter->index = 0;
				iter->depth++;
			}
			return slot;
		}
		pn = pn->parent;
		cindex = get_cindex(pkey, pn) + 1;
		iter->depth--;
	}
	iter->tnode = pn;
	return 0;
}

static void fib_table_print(struct seq_file *m, const struct fib_table *tb)
{
	if (tb->tb_id == RT_TABLE_LOCAL)
		seq_printf(m, "Local:\n");
	else if (tb->tb_id == RT_TABLE_MAIN)
		seq_printf(m, "Main:\n");
	else
		seq_printf(m, "Id %d:\n", (int)tb->tb_id);
}

static void seq_indent(struct seq_file *m, unsigned int n)
{
	while (n--)
		seq_printf(m, "   ");
}

static void rtn_scope_print(struct seq_file *m, uint8_t scope)
{
	const char *name = scope == RT_SCOPE_UNIVERSE  ? "universe"
			   : scope == RT_SCOPE_SITE    ? "site"
			   : scope == RT_SCOPE_LINK    ? "link"
			   : scope == RT_SCOPE_HOST    ? "host"
			   : scope == RT_SCOPE_NOWHERE ? "nowhere"
						       : NULL;

	if (name)
		seq_printf(m, "%s", name);
	else
		seq_printf(m, "scope=%d", scope);
}

static void fib_leaf_print(struct seq_file *m, const struct fib_leaf *l, unsigned int depth)
{
	static const char *const types[] = {
		[RTN_UNSPEC] = "UNSPEC",
		[RTN_UNICAST] = "UNICAST",
		[RTN_LOCAL] = "LOCAL",
		[RTN_BROADCAST] = "BROADCAST",
		[RTN_ANYCAST] = "ANYCAST",
		[RTN_MULTICAST] = "MULTICAST",
		[RTN_BLACKHOLE] = "BLACKHOLE",
		[RTN_UNREACHABLE] = "UNREACHABLE",
		[RTN_PROHIBIT] = "PROHIBIT",
		[RTN_THROW] = "THROW",
		[RTN_NAT] = "NAT",
		[RTN_XRESOLVE] = "XRESOLVE",
	};
	__be32 addr = cpu_to_be32(l->key);

	seq_indent(m, depth);
	seq_printf(m, "  |-- %pI4\n", (const void *)&addr);
	for (const struct fib_alias *fa = l->first; fa; fa = fa->next) {
		seq_indent(m, depth + 1);
		seq_printf(m, "  /%u ", FIB_KEYLENGTH - fa->fa_slen);
		rtn_scope_print(m, fa->fa_info->fib_scope);
		seq_printf(m, " %s", types[fa->fa_type]);
		if (fa->fa_tos)
			seq_printf(m, " tos=%u", fa->fa_tos);
		seq_printf(m, "\n");
	}
}

/**
 * fib_trie_seq() - The text of /proc/net/fib_trie
 * @net: the namespace
 * @m: where to. `main` and `local` show the same trie while they share it.
 */
void fib_trie_seq(const struct net *net, struct seq_file *m)
{
	const struct fib_table *tb;

	list_for_each_entry(tb, &net->ipv4->fib_tables, list) {
		struct fib_trie_iter iter;
		uint64_t slot = fib_trie_get_first(&iter, tb->trie);

		if (slot)
			fib_table_print(m, tb);
		for (; slot; slot = fib_trie_get_next(&iter)) {
			const struct tnode *n = slot_tnode(slot);
			__be32 addr;

			if (slot_is_leaf(slot)) {
				fib_leaf_print(m, slot_leaf(slot), iter.depth);
				continue;
			}
			addr = cpu_to_be32(n->key);
			seq_indent(m, iter.depth - 1);
			seq_printf(m, "  +-- %pI4/%u %u %u %u\n", (const void *)&addr,
				   FIB_KEYLENGTH - n->pos - n->bits, n->bits, n->full_children,
				   n->empty_children);
		}
	}
}

struct trie_stat {
	unsigned int totdepth, maxdepth, tnodes, leaves, nullpointers, prefixes;
	unsigned int nodesizes[MAX_STAT_DEPTH];
};

static void trie_collect_stats(const struct fib_trie *t, struct trie_stat *s)
{
	struct fib_trie_iter iter;
	uint64_t slot;

	for (slot = fib_trie_get_first(&iter, t); slot; slot = fib_trie_get_next(&iter)) {
		if (slot_is_tnode(slot)) {
			s->tnodes++;
			s->nodesizes[slot_tnode(slot)->bits]++;
			s->nullpointers += slot_tnode(slot)->empty_children;
			continue;
		}
		s->leaves++;
		s->totdepth += iter.depth;
		if (iter.depth > s->maxdepth)
			s->maxdepth = iter.depth;
		for (const struct fib_alias *fa = slot_leaf(slot)->first; fa; fa = fa->next)
			s->prefixes++;
	}
}

static void trie_show_stats(struct seq_file *m, const struct trie_stat *s)
{
	unsigned int avdepth = s->leaves ? s->totdepth * 100 / s->leaves : 0;
	unsigned int bytes =
		LEAF_SIZE * s->leaves + FIB_ALIAS_SIZE * s->prefixes + TNODE_SIZE * s->tnodes;
	unsigned int pointers = 0;

	seq_printf(m, "\tAver depth:     %u.%02u\n", avdepth / 100, avdepth % 100);
	seq_printf(m, "\tMax depth:      %u\n", s->maxdepth);
	seq_printf(m, "\tLeaves:         %u\n", s->leaves);
	seq_printf(m, "\tPrefixes:       %u\n", s->prefixes);
	seq_printf(m, "\tInternal nodes: %u\n\t", s->tnodes);
	for (unsigned int i = 1; i < MAX_STAT_DEPTH; i++) {
		if (!s->nodesizes[i])
			continue;
		seq_printf(m, "  %u: %u", i, s->nodesizes[i]);
		pointers += (1U << i) * s->nodesizes[i];
	}
	bytes += POINTER_SIZE * pointers;
	seq_printf(m, "\n\tPointers: %u\n", pointers);
	seq_printf(m, "Null ptrs: %u\n", s->nullpointers);
	seq_printf(m, "Total size: %u  kB\n", (bytes + 1023) / 1024);
}

/**
 * fib_triestat_seq() - The text of /proc/net/fib_triestat
 * @net: the namespace
 * @m: where to. Of a kernel without CONFIG_IP_FIB_TRIE_STATS: no counters.
 */
void fib_triestat_seq(const struct net *net, struct seq_file *m)
{
	const struct fib_table *tb;

	seq_printf(m, "Basic info: size of leaf: %d bytes, size of tnode: %d bytes.\n", LEAF_SIZE,
		   TNODE_SIZE);
	list_for_each_entry(tb, &net->ipv4->fib_tables, list) {
		struct trie_stat stat = { 0 };

		trie_collect_stats(tb->trie, &stat);
		fib_table_print(m, tb);
		trie_show_stats(m, &stat);
	}
}
