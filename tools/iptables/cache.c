/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cache.c - what the kernel has: tables, chains, rules, as far as commands ask
 *
 * Mirrors the requests of iptables/nft-cache.c. TABLE.
 *
 * nft_cache_build()
 *   fetch_tables() fetch_chains() fetch_sets() fetch_rules()
 */
#include "nft.h"

#include <errno.h>
#include <linux/netfilter.h>

static const struct nft_builtin_chain filter_chains[] = {
	{ "INPUT", "filter", 0, NF_INET_LOCAL_IN },
	{ "FORWARD", "filter", 0, NF_INET_FORWARD },
	{ "OUTPUT", "filter", 0, NF_INET_LOCAL_OUT },
};

static const struct nft_builtin_chain nat_chains[] = {
	{ "PREROUTING", "nat", -100, NF_INET_PRE_ROUTING },
	{ "INPUT", "nat", 100, NF_INET_LOCAL_IN },
	{ "POSTROUTING", "nat", 100, NF_INET_POST_ROUTING },
	{ "OUTPUT", "nat", -100, NF_INET_LOCAL_OUT },
};

static const struct nft_builtin_chain mangle_chains[] = {
	{ "PREROUTING", "filter", -150, NF_INET_PRE_ROUTING },
	{ "INPUT", "filter", -150, NF_INET_LOCAL_IN },
	{ "FORWARD", "filter", -150, NF_INET_FORWARD },
	{ "OUTPUT", "route", -150, NF_INET_LOCAL_OUT },
	{ "POSTROUTING", "filter", -150, NF_INET_POST_ROUTING },
};

static const struct nft_builtin_chain raw_chains[] = {
	{ "PREROUTING", "filter", -300, NF_INET_PRE_ROUTING },
	{ "OUTPUT", "filter", -300, NF_INET_LOCAL_OUT },
};

static const struct nft_builtin_chain security_chains[] = {
	{ "INPUT", "filter", 150, NF_INET_LOCAL_IN },
	{ "FORWARD", "filter", 150, NF_INET_FORWARD },
	{ "OUTPUT", "filter", 150, NF_INET_LOCAL_OUT },
};

/* in the order iptables-save prints them */
const struct nft_builtin_table nft_builtin_tables[NFT_TABLES] = {
	{ "mangle", mangle_chains, 5 }, { "security", security_chains, 3 },
	{ "raw", raw_chains, 2 },	{ "filter", filter_chains, 3 },
	{ "nat", nat_chains, 4 },
};

/**
 * nft_table_index() - The place of a table among the five
 * @name: its name
 *
 * Return: the index, or -1.
 */
int nft_table_index(const char *name)
{
	int i;

	for (i = 0; i < NFT_TABLES; i++) {
		if (!strcmp(nft_builtin_tables[i].name, name))
			return i;
	}
	return -1;
}

/**
 * nft_table_find() - A table of the cache
 * @h: the handle
 * @name: its name
 *
 * Return: the table, whether it exists in the kernel or not; NULL for an unknown name.
 */
struct nft_table *nft_table_find(struct nft_handle *h, const char *name)
{
	int i = nft_table_index(name);

	return i < 0 ? NULL : &h->tables[i];
}

/**
 * nft_builtin_find() - A built-in chain of a table
 * @t: the table
 * @chain: its name
 *
 * Return: it, or NULL.
 */
const struct nft_builtin_chain *nft_builtin_find(const struct nft_builtin_table *t,
						 const char *chain)
{
	unsigned int i;

	for (i = 0; i < t->nchains; i++) {
		if (!strcmp(t->chains[i].name, chain))
			return &t->chains[i];
	}
	return NULL;
}

/**
 * nft_next_chain() - Walks the chains of a table: built-in ones by hook, then the others
 * @t: the table
 * @prev: the one before, NULL to begin
 *
 * Return: the next, or NULL.
 */
struct nft_chain *nft_next_chain(struct nft_table *t, struct nft_chain *prev)
{
	unsigned int i = 0;

	if (prev && !prev->has_hook)
		return prev->next;
	if (prev)
		i = prev->hook + 1;
	for (; i < NFT_HOOKS; i++) {
		if (t->base[i])
			return t->base[i];
	}
	return t->chains;
}

/**
 * nft_chain_find() - A chain of the cache
 * @h: the handle
 * @table: its table
 * @chain: its name
 *
 * Return: the chain, or NULL.
 */
struct nft_chain *nft_chain_find(struct nft_handle *h, const char *table, const char *chain)
{
	struct nft_table *t = nft_table_find(h, table);
	struct nft_chain *c;

	for (c = t ? nft_next_chain(t, NULL) : NULL; c; c = nft_next_chain(t, c)) {
		if (!strcmp(c->name, chain))
			return c;
	}
	return NULL;
}

/**
 * nft_chain_forget() - Takes a chain out of the cache
 * @t: its table
 * @c: the chain
 */
void nft_chain_forget(struct nft_table *t, struct nft_chain *c)
{
	struct nft_chain **p;

	if (c->has_hook) {
		t->base[c->hook] = NULL;
		return;
	}
	for (p = &t->chains; *p; p = &(*p)->next) {
		if (*p == c) {
			*p = c->next;
			return;
		}
	}
}

/**
 * nft_sort_chains() - Puts the users' chains into the order of their names
 * @t: the table
 */
void nft_sort_chains(struct nft_table *t)
{
	struct nft_chain *sorted = NULL;
	struct nft_chain *c = t->chains;

	while (c) {
		struct nft_chain *next = c->next;
		struct nft_chain **p = &sorted;

		while (*p && strcmp((*p)->name, c->name) <= 0)
			p = &(*p)->next;
		c->next = *p;
		*p = c;
		c = next;
	}
	t->chains = sorted;
}

/**
 * nft_chain_new() - Puts a chain into the cache
 * @h: the handle
 * @t: its table
 * @b: the built-in chain it is, or NULL
 * @name: its name
 *
 * Return: the chain; a built-in one with policy ACCEPT.
 */
struct nft_chain *nft_chain_new(struct nft_handle *h, struct nft_table *t,
				const struct nft_builtin_chain *b, const char *name)
{
	struct nft_chain *c = ng_task_alloc(h->x->task, sizeof(*c));
	struct nft_chain **p = &t->chains;

	memcpy(c->name, name, strnlen(name, sizeof(c->name) - 1));
	if (b) {
		c->has_hook = true;
		c->hook = b->hook;
		c->prio = b->prio;
		memcpy(c->type, b->type, strlen(b->type));
		c->has_policy = true;
		c->policy = NF_ACCEPT;
		t->base[b->hook] = c;
		return c;
	}
	while (*p)
		p = &(*p)->next;
	*p = c;
	return c;
}

/**
 * nft_fake_chains() - Adds to the cache the built-in chains the kernel lacks
 * @h: the handle
 * @table: the table
 */
void nft_fake_chains(struct nft_handle *h, const char *table)
{
	struct nft_table *t = nft_table_find(h, table);
	unsigned int i;

	for (i = 0; i < t->builtin->nchains; i++) {
		const struct nft_builtin_chain *b = &t->builtin->chains[i];

		if (!t->base[b->hook])
			nft_chain_new(h, t, b, b->name)->fake = true;
	}
}

static void want_name(struct nft_handle *h, const char *name)
{
	unsigned int i;
	unsigned int at = h->nwant;

	for (i = 0; i < h->nwant; i++) {
		int cmp = strcmp(h->want[i], name);

		if (cmp == 0)
			return;
		if (cmp > 0 && at == h->nwant)
			at = i;
	}
	h->want = ng_task_realloc(h->x->task, h->want, h->nwant * sizeof(*h->want),
				  (h->nwant + 1) * sizeof(*h->want));
	memmove(&h->want[at + 1], &h->want[at], (h->nwant - at) * sizeof(*h->want));
	h->want[at] = name;
	h->nwant++;
}

/**
 * nft_want() - A command says what it must know
 * @h: the handle
 * @level: how much
 * @table: the table
 * @chain: the chain, NULL: all of them
 * @jumpto: a second chain, or NULL
 */
void nft_want(struct nft_handle *h, enum nft_level level, const char *table, const char *chain,
	      const char *jumpto)
{
	int t = nft_table_index(table);
	unsigned int i;

	if (level > h->level)
		h->level = level;
	if (h->want_table == -2)
		h->want_table = t;
	else if (h->want_table != t)
		h->want_table = -1;
	if (level < NFT_CL_CHAINS)
		return;
	if (!chain || h->want_table == -1) {
		h->want_all = true;
		return;
	}
	for (i = 0; t >= 0 && i < nft_builtin_tables[t].nchains; i++)
		want_name(h, nft_builtin_tables[t].chains[i].name);
	want_name(h, chain);
	if (jumpto && *jumpto)
		want_name(h, jumpto);
}

/**
 * nft_want_everything() - All tables, chains and rules
 * @h: the handle
 */
void nft_want_everything(struct nft_handle *h)
{
	h->level = NFT_CL_RULES;
	h->want_table = -1;
	h->want_all = true;
}

static void on_table(struct nft_handle *h, const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *tb[NFTA_TABLE_MAX + 1];
	struct nft_table *t;
	char name[64];

	(void)arg;
	if (nlmsg_parse(nlh, sizeof(struct nfgenmsg), tb, NFTA_TABLE_MAX) || !tb[NFTA_TABLE_NAME])
		return;
	nla_strscpy(name, tb[NFTA_TABLE_NAME], sizeof(name));
	t = nft_table_find(h, name);
	if (t)
		t->exists = true;
}

static void fetch_tables(struct nft_handle *h)
{
	struct nl_buf b = { 0 };

	nft_msg(h, &b, NFT_MSG_GETTABLE, NLM_F_DUMP, AF_INET);
	nlmsg_end(&b);
	nft_talk(h, &b, on_table, NULL);
	nl_buf_fini(&b);
}

static void chain_fields(struct nft_chain *c, const struct nlattr **tb)
{
	const struct nlattr *in[NFTA_COUNTER_MAX + 1];

	if (tb[NFTA_CHAIN_POLICY]) {
		c->has_policy = true;
		c->policy = be32_to_cpu(nla_get_be32(tb[NFTA_CHAIN_POLICY]));
	}
	if (tb[NFTA_CHAIN_TYPE])
		nla_strscpy(c->type, tb[NFTA_CHAIN_TYPE], sizeof(c->type));
	if (tb[NFTA_CHAIN_USE]) {
		c->has_use = true;
		c->use = be32_to_cpu(nla_get_be32(tb[NFTA_CHAIN_USE]));
	}
	if (tb[NFTA_CHAIN_FLAGS]) {
		c->has_flags = true;
		c->flags = be32_to_cpu(nla_get_be32(tb[NFTA_CHAIN_FLAGS]));
	}
	if (tb[NFTA_CHAIN_HANDLE]) {
		c->has_handle = true;
		c->handle = be64_to_cpu((ng_force __be64)nla_get_u64(tb[NFTA_CHAIN_HANDLE]));
	}
	if (tb[NFTA_CHAIN_COUNTERS] &&
	    !nla_parse_nested(in, NFTA_COUNTER_MAX, tb[NFTA_CHAIN_COUNTERS])) {
		c->has_counters = true;
		if (in[NFTA_COUNTER_PACKETS])
			c->cnt[0] =
				be64_to_cpu((ng_force __be64)nla_get_u64(in[NFTA_COUNTER_PACKETS]));
		if (in[NFTA_COUNTER_BYTES])
			c->cnt[1] =
				be64_to_cpu((ng_force __be64)nla_get_u64(in[NFTA_COUNTER_BYTES]));
	}
}

static void on_chain(struct nft_handle *h, const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *tb[NFTA_CHAIN_MAX + 1];
	const struct nlattr *hk[NFTA_HOOK_MAX + 1];
	const struct nft_builtin_chain *b = NULL;
	struct nft_table *t;
	char name[64];

	(void)arg;
	if (nlmsg_parse(nlh, sizeof(struct nfgenmsg), tb, NFTA_CHAIN_MAX) ||
	    !tb[NFTA_CHAIN_TABLE] || !tb[NFTA_CHAIN_NAME])
		return;
	nla_strscpy(name, tb[NFTA_CHAIN_TABLE], sizeof(name));
	t = nft_table_find(h, name);
	if (!t || (h->want_table >= 0 && t != &h->tables[h->want_table]))
		return;
	nla_strscpy(name, tb[NFTA_CHAIN_NAME], sizeof(name));
	if (tb[NFTA_CHAIN_HOOK] && !nla_parse_nested(hk, NFTA_HOOK_MAX, tb[NFTA_CHAIN_HOOK])) {
		b = nft_builtin_find(t->builtin, name);
		if (!b || !hk[NFTA_HOOK_HOOKNUM] ||
		    be32_to_cpu(nla_get_be32(hk[NFTA_HOOK_HOOKNUM])) != b->hook) {
			t->foreign = true;
			return;
		}
	}
	chain_fields(nft_chain_new(h, t, b, name), tb);
}

static void fetch_chains(struct nft_handle *h)
{
	struct nl_buf b = { 0 };
	unsigned int i;

	if (h->want_all) {
		nft_msg(h, &b, NFT_MSG_GETCHAIN, NLM_F_DUMP, AF_INET);
		nlmsg_end(&b);
		nft_talk(h, &b, on_chain, NULL);
		nl_buf_fini(&b);
		return;
	}
	for (i = 0; i < h->nwant; i++) {
		nft_msg(h, &b, NFT_MSG_GETCHAIN, NLM_F_ACK, AF_INET);
		nla_put_string(&b, NFTA_CHAIN_TABLE, nft_builtin_tables[h->want_table].name);
		nla_put_string(&b, NFTA_CHAIN_NAME, h->want[i]);
		nlmsg_end(&b);
		nft_talk(h, &b, on_chain, NULL);
		nl_buf_fini(&b);
	}
}

static void fetch_sets(struct nft_handle *h)
{
	struct nl_buf b = { 0 };

	nft_msg(h, &b, NFT_MSG_GETSET, NLM_F_DUMP, AF_INET);
	if (h->want_table >= 0)
		nla_put_string(&b, NFTA_SET_TABLE, nft_builtin_tables[h->want_table].name);
	nlmsg_end(&b);
	nft_talk(h, &b, NULL, NULL);
	nl_buf_fini(&b);
}

/* -vv: what the kernel has */
static void debug_rule(struct nft_handle *h, const struct nlmsghdr *nlh, const struct nft_rule *r)
{
	const struct nlattr *tb[NFTA_RULE_MAX + 1];
	char table[32] = "", chain[32] = "";

	if (!h->debug || nlmsg_parse(nlh, sizeof(struct nfgenmsg), tb, NFTA_RULE_MAX))
		return;
	if (tb[NFTA_RULE_TABLE])
		nla_strscpy(table, tb[NFTA_RULE_TABLE], sizeof(table));
	if (tb[NFTA_RULE_CHAIN])
		nla_strscpy(chain, tb[NFTA_RULE_CHAIN], sizeof(chain));
	nft_debug_rule(h, table, chain, r);
	nft_debug_flush(h);
}

static void on_rule(struct nft_handle *h, const struct nlmsghdr *nlh, void *arg)
{
	struct nft_rule ***tail = arg;
	struct nft_rule *r = nft_get_rule(h->x, nlh);

	if (!r)
		return;
	debug_rule(h, nlh, r);
	**tail = r;
	*tail = &r->next;
}

static void fetch_rules(struct nft_handle *h)
{
	unsigned int i;

	for (i = 0; i < NFT_TABLES; i++) {
		struct nft_table *t = &h->tables[i];
		struct nft_chain *c;

		for (c = nft_next_chain(t, NULL); c; c = nft_next_chain(t, c)) {
			struct nl_buf b = { 0 };
			struct nft_rule **tail = &c->rules;

			nft_msg(h, &b, NFT_MSG_GETRULE, NLM_F_DUMP, AF_INET);
			nla_put_string(&b, NFTA_RULE_TABLE, t->builtin->name);
			nla_put_string(&b, NFTA_RULE_CHAIN, c->name);
			nlmsg_end(&b);
			nft_talk(h, &b, on_rule, &tail);
			nl_buf_fini(&b);
		}
	}
}

/**
 * nft_cache_drop() - Forgets what was read
 * @h: the handle
 */
void nft_cache_drop(struct nft_handle *h)
{
	unsigned int i;

	for (i = 0; i < NFT_TABLES; i++) {
		memset(&h->tables[i], 0, sizeof(h->tables[i]));
		h->tables[i].builtin = &nft_builtin_tables[i];
	}
	h->cached = false;
}

/**
 * nft_want_nothing() - The commands are done: the next ones begin anew
 * @h: the handle
 */
void nft_want_nothing(struct nft_handle *h)
{
	h->level = NFT_CL_NONE;
	h->want_table = -2;
	h->want_all = false;
	h->nwant = 0;
	h->no_chains = false;
}

/**
 * nft_cache_build() - Reads what the commands want to know
 * @h: the handle
 *
 * Begins again when the rules change under it.
 */
void nft_cache_build(struct nft_handle *h)
{
	if (h->cached)
		return;
	for (;;) {
		h->genid = nft_genid(h);
		if (h->level >= NFT_CL_TABLES)
			fetch_tables(h);
		if (h->level >= NFT_CL_CHAINS && !h->no_chains)
			fetch_chains(h);
		if (h->level >= NFT_CL_SETS && !h->no_chains)
			fetch_sets(h);
		if (h->level >= NFT_CL_RULES && !h->no_chains)
			fetch_rules(h);
		if (h->genid == nft_genid(h))
			break;
		nft_cache_drop(h);
	}
	h->cached = true;
}
