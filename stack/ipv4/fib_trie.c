/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_trie.c - the routes of one table: insert, delete, longest prefix match
 *
 * mirrors net/ipv4/fib_trie.c in what it answers, not in how: prefixes lie in
 * one hash keyed by (prefix, length), and a look-up tries the lengths in use,
 * longest first. Dumps walk an array sorted on demand.
 *
 * TABLE
 */
#include <errno.h>
#include <netglass/netlink.h>

#include "core/config_trace.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"

#define FIB_MIN_BUCKETS 16U
#define PLEN_BIT(plen) (UINT64_C(1) << (plen))

static inline uint32_t plen_mask(unsigned int plen)
{
	return plen ? ~UINT32_C(0) << (32 - plen) : 0;
}

static inline uint32_t fib_hash(uint32_t key, unsigned int plen, uint32_t nr_buckets)
{
	uint64_t h = ((uint64_t)key + plen) * UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)(h >> 32) & (nr_buckets - 1);
}

/**
 * fib_table_alloc() - Makes an empty table
 * @net: its namespace
 * @id: RT_TABLE_*
 *
 * Return: the table; free it with fib_table_free().
 */
struct fib_table *fib_table_alloc(struct net *net, uint32_t id)
{
	struct fib_table *tb = xzalloc(sizeof(*tb));

	tb->net = net;
	tb->tb_id = id;
	tb->nr_buckets = FIB_MIN_BUCKETS;
	tb->buckets = xzalloc(tb->nr_buckets * sizeof(*tb->buckets));
	INIT_LIST_HEAD(&tb->list);
	return tb;
}

static struct fib_node *fib_find_node(const struct fib_table *tb, uint32_t key, unsigned int plen)
{
	struct fib_node *n = tb->buckets[fib_hash(key, plen, tb->nr_buckets)];

	while (n && (n->key != key || n->plen != plen))
		n = n->next;
	return n;
}

static void fib_table_changed(struct fib_table *tb)
{
	free(tb->sorted);
	tb->sorted = NULL;
}

static void fib_table_grow(struct fib_table *tb)
{
	uint32_t nr = tb->nr_buckets * 2;
	struct fib_node **buckets = xzalloc(nr * sizeof(*buckets));

	for (uint32_t i = 0; i < tb->nr_buckets; i++) {
		struct fib_node *n = tb->buckets[i];

		while (n) {
			struct fib_node *next = n->next;
			uint32_t h = fib_hash(n->key, n->plen, nr);

			n->next = buckets[h];
			buckets[h] = n;
			n = next;
		}
	}
	free(tb->buckets);
	tb->buckets = buckets;
	tb->nr_buckets = nr;
}

static struct fib_node *fib_node_new(struct fib_table *tb, uint32_t key, uint8_t plen)
{
	struct fib_node *n = xzalloc(sizeof(*n));
	uint32_t h;

	if (tb->nr_nodes >= tb->nr_buckets)
		fib_table_grow(tb);
	h = fib_hash(key, plen, tb->nr_buckets);
	n->key = key;
	n->plen = plen;
	INIT_LIST_HEAD(&n->aliases);
	n->next = tb->buckets[h];
	tb->buckets[h] = n;
	tb->nr_nodes++;
	tb->nr_plen[plen]++;
	tb->plen_mask |= PLEN_BIT(plen);
	fib_table_changed(tb);
	return n;
}

static void fib_node_del(struct fib_table *tb, struct fib_node *n)
{
	struct fib_node **pp = &tb->buckets[fib_hash(n->key, n->plen, tb->nr_buckets)];

	while (*pp != n)
		pp = &(*pp)->next;
	*pp = n->next;
	tb->nr_nodes--;
	if (--tb->nr_plen[n->plen] == 0)
		tb->plen_mask &= ~PLEN_BIT(n->plen);
	fib_table_changed(tb);
	free(n);
}

static void fib_remove_alias(struct fib_table *tb, struct fib_node *n, struct fib_alias *fa)
{
	list_del(&fa->fa_list);
	if (!n->plen)
		tb->tb_num_default--;
	if (list_empty(&n->aliases))
		fib_node_del(tb, n);
	fib_release_info(fa->fa_info);
	free(fa);
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

static void fib_notify_flush(const struct fib_table *tb, const struct fib_node *n,
			     const struct fib_alias *fa)
{
	struct fib_rt_info fri = { .fi = fa->fa_info,
				   .tb_id = tb->tb_id,
				   .dst = cpu_to_be32(n->key),
				   .dst_len = n->plen,
				   .tos = fa->fa_tos,
				   .type = fa->fa_type };

	rtmsg_fib(RTM_DELROUTE, &fri, NULL, 0);
}

/* the first route with @tos and a metric of @prio or more: an equal one is there or behind */
static struct fib_alias *fib_find_alias(const struct fib_node *n, uint8_t tos, uint32_t prio)
{
	struct fib_alias *fa;

	list_for_each_entry(fa, &n->aliases, fa_list) {
		if (fa->fa_tos > tos)
			continue;
		if (fa->fa_info->fib_priority >= prio || fa->fa_tos < tos)
			return fa;
	}
	return NULL;
}

static struct fib_alias *fib_alias_new(const struct fib_config *cfg, struct fib_info *fi)
{
	struct fib_alias *fa = xzalloc(sizeof(*fa));

	fa->fa_info = fi;
	fa->fa_tos = cfg->fc_tos;
	fa->fa_type = cfg->fc_type;
	fa->fa_default = -1;
	fa->origin = cfg->origin;
	return fa;
}

static void fib_replace_alias(struct fib_table *tb, const struct fib_config *cfg,
			      struct fib_alias *old, struct fib_info *fi, uint16_t nlflags)
{
	struct fib_alias *fa = fib_alias_new(cfg, fi);
	bool accessed = old->fa_accessed;

	list_add(&fa->fa_list, &old->fa_list);
	list_del(&old->fa_list);
	fib_notify(tb, RTM_NEWROUTE, fa, cfg, nlflags);
	fib_release_info(old->fa_info);
	free(old);
	if (accessed)
		rt_cache_flush(tb->net);
}

/*
 * What is to be done about routes with the same prefix, TOS and metric, the first of them *@pfa.
 * 1: insert before *@pfa (NULL: behind all); 0 or -errno: that was it, the reference to @fi is
 * used up.
 */
static int fib_insert_equal(struct fib_table *tb, const struct fib_config *cfg, struct fib_node *n,
			    struct fib_alias **pfa, struct fib_info *fi, uint16_t *nlflags)
{
	struct fib_alias *fa = *pfa, *fa_first = *pfa, *fa_match = NULL;

	if (cfg->fc_nlflags & NLM_F_EXCL) {
		fib_release_info(fi);
		return -EEXIST;
	}
	*nlflags &= (uint16_t)~NLM_F_EXCL;

	for (; &fa->fa_list != &n->aliases; fa = list_next_entry(fa, fa_list)) {
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
			return fa_first == fa_match ? 0 : -EEXIST;
		}
		fib_replace_alias(tb, cfg, fa_first, fi, *nlflags);
		return 0;
	}
	if (fa_match) {
		fib_release_info(fi);
		return -EEXIST;
	}
	if (cfg->fc_nlflags & NLM_F_APPEND)
		*nlflags |= NLM_F_APPEND;
	else
		fa = fa_first;
	*pfa = &fa->fa_list == &n->aliases ? NULL : fa;
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
	struct fib_alias *fa = NULL, *new_fa;
	struct fib_info *fi;
	struct fib_node *n;
	int err;

	fi = fib_create_info(cfg, extack, &err);
	if (!fi)
		return err;
	n = fib_find_node(tb, key, cfg->fc_dst_len);
	if (n)
		fa = fib_find_alias(n, cfg->fc_tos, fi->fib_priority);
	if (fa && fa->fa_tos == cfg->fc_tos && fa->fa_info->fib_priority == fi->fib_priority) {
		err = fib_insert_equal(tb, cfg, n, &fa, fi, &nlflags);
		if (err <= 0)
			return err;
	}
	if (!(cfg->fc_nlflags & NLM_F_CREATE)) {
		fib_release_info(fi);
		return -ENOENT;
	}
	nlflags |= NLM_F_CREATE;
	if (!n)
		n = fib_node_new(tb, key, cfg->fc_dst_len);
	new_fa = fib_alias_new(cfg, fi);
	if (fa)
		list_add_tail(&new_fa->fa_list, &fa->fa_list);
	else
		list_add_tail(&new_fa->fa_list, &n->aliases);
	if (!cfg->fc_dst_len)
		tb->tb_num_default++;
	rt_cache_flush(tb->net);
	fib_notify(tb, RTM_NEWROUTE, new_fa, cfg, nlflags);
	return 0;
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
	struct fib_node *n = fib_find_node(tb, be32_to_cpu(cfg->fc_dst), cfg->fc_dst_len);
	struct fib_alias *fa = n ? fib_find_alias(n, cfg->fc_tos, 0) : NULL;
	bool accessed;

	if (!fa)
		return -ESRCH;
	for (;; fa = list_next_entry(fa, fa_list)) {
		const struct fib_info *fi;

		if (&fa->fa_list == &n->aliases || fa->fa_tos != cfg->fc_tos)
			return -ESRCH;
		fi = fa->fa_info;
		if ((!cfg->fc_type || fa->fa_type == cfg->fc_type) &&
		    (cfg->fc_scope == RT_SCOPE_NOWHERE || fi->fib_scope == cfg->fc_scope) &&
		    (!cfg->fc_prefsrc || fi->fib_prefsrc == cfg->fc_prefsrc) &&
		    (!cfg->fc_protocol || fi->fib_protocol == cfg->fc_protocol) &&
		    fib_nh_match(cfg, fi, extack) == 0 && fib_metrics_match(cfg, fi))
			break;
	}
	fib_notify(tb, RTM_DELROUTE, fa, cfg, 0);
	accessed = fa->fa_accessed;
	fib_remove_alias(tb, n, fa);
	if (accessed)
		rt_cache_flush(tb->net);
	return 0;
}

static int fib_node_cmp(const void *a, const void *b)
{
	const struct fib_node *x = *(struct fib_node *const *)a, *y = *(struct fib_node *const *)b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (int)y->plen - (int)x->plen;
}

/**
 * fib_table_walk() - All prefixes in the order in which Linux walks its trie
 * @tb: the table
 *
 * Return: nr_nodes pointers by ascending address, the longer prefix first; valid until a change.
 */
struct fib_node *const *fib_table_walk(struct fib_table *tb)
{
	uint32_t at = 0;

	if (tb->sorted)
		return tb->sorted;
	tb->sorted = xzalloc((tb->nr_nodes + 1) * sizeof(*tb->sorted));
	for (uint32_t i = 0; i < tb->nr_buckets; i++)
		for (struct fib_node *n = tb->buckets[i]; n; n = n->next)
			tb->sorted[at++] = n;
	qsort(tb->sorted, tb->nr_nodes, sizeof(*tb->sorted), fib_node_cmp);
	return tb->sorted;
}

static int fib_flush_node(struct fib_table *tb, struct fib_node *n, bool flush_all)
{
	struct fib_alias *fa, *next;
	int found = 0;

	list_for_each_entry_safe(fa, next, &n->aliases, fa_list) {
		bool last = n->aliases.next == n->aliases.prev; /* the node goes with it */
		const struct fib_info *fi = fa->fa_info;

		if (!flush_all && !(fi->fib_flags & RTNH_F_DEAD))
			continue;
		if (trace_on(tb->net->world))
			trace_route_set(tb, "del", fa, cpu_to_be32(n->key), n->plen);
		if (fi->pfsrc_removed)
			fib_notify_flush(tb, n, fa);
		fib_remove_alias(tb, n, fa);
		found++;
		if (last)
			break;
	}
	return found;
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
	struct fib_node **nodes;
	uint32_t nr = tb->nr_nodes;
	int found = 0;

	if (!nr)
		return 0;
	nodes = xmemdup(fib_table_walk(tb), nr * sizeof(struct fib_node *));
	/* Linux walks this one backwards */
	while (nr--)
		found += fib_flush_node(tb, nodes[nr], flush_all);
	free(nodes);
	return found;
}

/**
 * fib_table_free() - Frees a table and its routes
 * @tb: the table, off every list
 */
void fib_table_free(struct fib_table *tb)
{
	fib_table_flush(tb, true);
	free(tb->sorted);
	free(tb->buckets);
	free(tb);
}

static bool fib_lookup_good_nh(const struct fib_nh *nh, int fib_flags, const struct flowi4 *flp)
{
	if (nh->fib_nh_flags & RTNH_F_DEAD)
		return false;
	if ((nh->fib_nh_flags & RTNH_F_LINKDOWN) && !(fib_flags & FIB_LOOKUP_IGNORE_LINKSTATE) &&
	    ip_ignore_linkdown(nh->fib_nh_dev))
		return false;
	return !flp->oif || flp->oif == nh->fib_nh_oif;
}

/* 1: none of these routes suits; else 0 or the error of a reject route */
static int fib_match_node(struct fib_table *tb, struct fib_node *n, const struct flowi4 *flp,
			  struct fib_result *res, int fib_flags)
{
	struct fib_alias *fa;

	list_for_each_entry(fa, &n->aliases, fa_list) {
		struct fib_info *fi = fa->fa_info;
		int err = fib_props[fa->fa_type].error;

		if (fa->fa_tos && fa->fa_tos != (flp->tos & IPTOS_RT_MASK))
			continue;
		if (fi->fib_dead || fi->fib_scope < flp->scope)
			continue;
		fa->fa_accessed = true;
		if (err < 0) {
			res->type = fa->fa_type;
			res->prefix = cpu_to_be32(n->key);
			res->prefixlen = n->plen;
			res->fa = fa;
			return err;
		}
		if (fi->fib_flags & RTNH_F_DEAD)
			continue;
		for (int sel = 0; sel < fi->fib_nhs; sel++) {
			if (!fib_lookup_good_nh(&fi->fib_nh[sel], fib_flags, flp))
				continue;
			*res = (struct fib_result){
				.prefix = cpu_to_be32(n->key),
				.prefixlen = n->plen,
				.nh_sel = (uint8_t)sel,
				.type = fa->fa_type,
				.scope = fi->fib_scope,
				.tos = fa->fa_tos,
				.nhc = &fi->fib_nh[sel],
				.fi = fi,
				.table = tb,
				.node = n,
				.fa = fa,
			};
			return err;
		}
	}
	return 1;
}

/**
 * fib_table_lookup() - Longest prefix match
 * @tb: the table that res->table will name
 * @tb2: a table that answers together with @tb and is asked first at each length, or NULL: Linux
 *	keeps `local` and `main` in one trie until the first change of a rule
 * @flp: the flow; daddr in network order
 * @res: the answer
 * @fib_flags: FIB_LOOKUP_*
 *
 * Return: 0, the error of a reject route, or -EAGAIN: nothing suits.
 */
int fib_table_lookup(struct fib_table *tb, struct fib_table *tb2, const struct flowi4 *flp,
		     struct fib_result *res, int fib_flags)
{
	uint64_t mask = tb->plen_mask | (tb2 ? tb2->plen_mask : 0);
	uint32_t addr = be32_to_cpu(flp->daddr);

	while (mask) {
		unsigned int plen = 63U - (unsigned int)__builtin_clzll(mask);
		uint32_t key = addr & plen_mask(plen);
		struct fib_node *n;
		int err;

		mask &= ~PLEN_BIT(plen);
		if (tb2 && (tb2->plen_mask & PLEN_BIT(plen))) {
			n = fib_find_node(tb2, key, plen);
			err = n ? fib_match_node(tb, n, flp, res, fib_flags) : 1;
			if (err <= 0)
				return err;
		}
		if (tb->plen_mask & PLEN_BIT(plen)) {
			n = fib_find_node(tb, key, plen);
			err = n ? fib_match_node(tb, n, flp, res, fib_flags) : 1;
			if (err <= 0)
				return err;
		}
	}
	return -EAGAIN;
}
