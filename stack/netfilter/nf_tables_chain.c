/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_chain.c - chains: base chains hang on a hook, the others are jumped to
 *
 * mirrors net/netfilter/nf_tables_api.c (chains) and nft_chain_{filter,nat,route}.c
 * CONTROL
 */
#include <errno.h>

#include "core/xalloc.h"
#include "netfilter/nf_tables.h"
#include "netfilter/nf_nat.h"

#define NFT_HOOK(h) (1U << NF_INET_##h)

static const struct {
	const char *name;
	uint32_t hook_mask;
} nft_chain_types[] = {
	[NFT_CHAIN_T_FILTER] = { "filter", NFT_HOOK(PRE_ROUTING) | NFT_HOOK(LOCAL_IN) |
						   NFT_HOOK(FORWARD) | NFT_HOOK(LOCAL_OUT) |
						   NFT_HOOK(POST_ROUTING) },
	[NFT_CHAIN_T_ROUTE] = { "route", NFT_HOOK(LOCAL_OUT) },
	[NFT_CHAIN_T_NAT] = { "nat", NFT_HOOK(PRE_ROUTING) | NFT_HOOK(LOCAL_IN) |
					     NFT_HOOK(LOCAL_OUT) | NFT_HOOK(POST_ROUTING) },
};

/* what NFTA_CHAIN_HOOK and NFTA_CHAIN_TYPE say */
struct nft_chain_hook {
	uint32_t num;
	int32_t priority;
	enum nft_chain_type type;
};

/**
 * nft_chain_type_name - The word for a chain type
 * @type: the type
 *
 * Return: "filter", "route" or "nat".
 */
const char *nft_chain_type_name(enum nft_chain_type type)
{
	return nft_chain_types[type].name;
}

/**
 * nft_chain_lookup - Finds a chain of a table by name
 * @table: the table
 * @nla: its name, may be NULL
 *
 * Return: NULL when there is none.
 */
struct nft_chain *nft_chain_lookup(const struct nft_table *table, const struct nlattr *nla)
{
	char name[NFT_CHAIN_MAXNAMELEN];
	struct nft_chain *chain;

	if (!nla)
		return NULL;
	nla_strscpy(name, nla, sizeof(name));
	list_for_each_entry(chain, &table->chains, list) {
		if (!chain->dead && !strcmp(chain->name, name))
			return chain;
	}
	return NULL;
}

static struct nft_chain *nft_chain_lookup_byhandle(const struct nft_table *table, uint64_t handle)
{
	struct nft_chain *chain;

	list_for_each_entry(chain, &table->chains, list) {
		if (!chain->dead && chain->handle == handle)
			return chain;
	}
	return NULL;
}

/**
 * nft_chain_lookup_byid - Finds a chain made in the batch in hand
 * @net: the namespace
 * @table: its table
 * @nla: NFTA_CHAIN_ID it was made with
 *
 * Return: NULL when there is none.
 */
struct nft_chain *nft_chain_lookup_byid(struct net *net, const struct nft_table *table,
					const struct nlattr *nla)
{
	struct nft_trans *trans;

	list_for_each_entry(trans, &nft_pernet(net)->commit_list, list) {
		if (trans->type == NFT_TRANS_NEWCHAIN && trans->table == table &&
		    trans->id == nla_be32(nla) && !trans->chain->dead)
			return trans->chain;
	}
	return NULL;
}

static int nft_chain_parse_hook(const struct nlattr *const tb[], struct nft_chain_hook *hook)
{
	const struct nlattr *ha[NFTA_HOOK_MAX + 1];
	char type[16];
	unsigned int i;

	if (nla_parse_nested(ha, NFTA_HOOK_MAX, tb[NFTA_CHAIN_HOOK]) < 0)
		return -EINVAL;
	if (!ha[NFTA_HOOK_HOOKNUM] || !ha[NFTA_HOOK_PRIORITY])
		return -EINVAL;
	hook->num = nla_be32(ha[NFTA_HOOK_HOOKNUM]);
	hook->priority = (int32_t)nla_be32(ha[NFTA_HOOK_PRIORITY]);
	hook->type = NFT_CHAIN_T_FILTER;
	if (tb[NFTA_CHAIN_TYPE]) {
		nla_strscpy(type, tb[NFTA_CHAIN_TYPE], sizeof(type));
		for (i = 0; i <= NFT_CHAIN_T_NAT; i++) {
			if (!strcmp(type, nft_chain_types[i].name))
				break;
		}
		if (i > NFT_CHAIN_T_NAT)
			return -ENOENT;
		hook->type = (enum nft_chain_type)i;
	}
	if (hook->num >= NF_INET_NUMHOOKS ||
	    !(nft_chain_types[hook->type].hook_mask & (1U << hook->num)))
		return -EOPNOTSUPP;
	if (hook->type == NFT_CHAIN_T_NAT && hook->priority <= NF_IP_PRI_CONNTRACK)
		return -EOPNOTSUPP;
	if (ha[NFTA_HOOK_DEV])
		return -EOPNOTSUPP;
	return 0;
}

static int nft_chain_parse_counters(const struct nlattr *nla, uint64_t *ret_pkts,
				    uint64_t *ret_bytes)
{
	const struct nlattr *tb[NFTA_COUNTER_MAX + 1];

	if (nla_parse_nested(tb, NFTA_COUNTER_MAX, nla) < 0)
		return -EINVAL;
	if (!tb[NFTA_COUNTER_BYTES] || !tb[NFTA_COUNTER_PACKETS])
		return -EINVAL;
	*ret_pkts = nla_be64(tb[NFTA_COUNTER_PACKETS]);
	*ret_bytes = nla_be64(tb[NFTA_COUNTER_BYTES]);
	return 0;
}

static void nft_chain_register_hook(struct nft_chain *chain, const struct nft_chain_hook *hook)
{
	struct nf_hook_ops *ops = &chain->ops;

	chain->flags |= NFT_CHAIN_BASE;
	chain->type = hook->type;
	ops->pf = NFPROTO_IPV4;
	ops->hooknum = (uint8_t)hook->num;
	ops->priority = hook->priority;
	ops->priv = chain;
	ops->hook = hook->type == NFT_CHAIN_T_ROUTE ? nft_route_hook : nft_do_chain_ipv4;
	if (hook->type == NFT_CHAIN_T_NAT)
		nf_nat_ipv4_register_fn(chain->table->net, ops);
	else
		nf_register_net_hook(chain->table->net, ops);
}

/**
 * nft_chain_unregister_hook - Takes a base chain off its hook
 * @chain: any chain; one without hook stays as it is
 */
void nft_chain_unregister_hook(struct nft_chain *chain)
{
	if (!nft_is_base_chain(chain))
		return;
	if (chain->type == NFT_CHAIN_T_NAT)
		nf_nat_ipv4_unregister_fn(chain->table->net, &chain->ops);
	else
		nf_unregister_net_hook(chain->table->net, &chain->ops);
}

static int nf_tables_addchain(struct nl_request *req, struct nft_table *table,
			      const struct nlattr *const tb[], uint8_t policy, uint32_t flags)
{
	struct nft_chain_hook hook;
	uint64_t pkts = 0, bytes = 0;
	char name[NFT_CHAIN_MAXNAMELEN];
	struct nft_chain *chain;
	struct nft_trans *trans;
	int err;

	if (tb[NFTA_CHAIN_HOOK]) {
		err = nft_chain_parse_hook(tb, &hook);
		if (!err && tb[NFTA_CHAIN_COUNTERS])
			err = nft_chain_parse_counters(tb[NFTA_CHAIN_COUNTERS], &pkts, &bytes);
		if (err)
			return err;
	} else if (flags & NFT_CHAIN_BASE) {
		return -EINVAL;
	}
	if (!tb[NFTA_CHAIN_NAME])
		return -EINVAL;
	chain = xzalloc(sizeof(*chain));
	chain->table = table;
	chain->flags = flags;
	INIT_LIST_HEAD(&chain->rules);
	chain->handle = ++table->hgenerator;
	nla_strscpy(name, tb[NFTA_CHAIN_NAME], sizeof(name));
	chain->name = xstrdup(name);
	chain->origin = req->origin;
	chain->policy = policy;
	if (tb[NFTA_CHAIN_USERDATA]) {
		chain->udlen = (uint16_t)nla_len(tb[NFTA_CHAIN_USERDATA]);
		chain->udata = xmemdup(nla_data(tb[NFTA_CHAIN_USERDATA]), chain->udlen);
	}
	nft_chain_compile(chain);
	table->use++;
	list_add_tail(&chain->list, &table->chains);
	trans = nft_trans_add(req->net, NFT_TRANS_NEWCHAIN, table, chain, NULL);
	if (tb[NFTA_CHAIN_ID])
		trans->id = nla_be32(tb[NFTA_CHAIN_ID]);
	if (tb[NFTA_CHAIN_HOOK]) {
		chain->has_stats = tb[NFTA_CHAIN_COUNTERS];
		chain->pkts = pkts;
		chain->bytes = bytes;
		nft_chain_register_hook(chain, &hook);
	}
	return 0;
}

static bool nft_rename_pending(struct net *net, const struct nft_table *table, const char *name)
{
	struct nft_trans *trans;

	list_for_each_entry(trans, &nft_pernet(net)->commit_list, list) {
		if (trans->type == NFT_TRANS_UPDCHAIN && trans->table == table && trans->name &&
		    !strcmp(trans->name, name))
			return true;
	}
	return false;
}

static int nft_updchain_check_hook(const struct nft_chain *chain, const struct nlattr *const tb[])
{
	struct nft_chain_hook hook;
	int err;

	if (!nft_is_base_chain(chain))
		return -EEXIST;
	err = nft_chain_parse_hook(tb, &hook);
	if (err)
		return err;
	if (chain->type != hook.type || chain->ops.hooknum != hook.num ||
	    chain->ops.priority != hook.priority)
		return -EEXIST;
	return 0;
}

static int nf_tables_updchain(struct nl_request *req, struct nft_chain *chain,
			      const struct nlattr *const tb[], uint8_t policy, uint32_t flags)
{
	bool rename = tb[NFTA_CHAIN_HANDLE] && tb[NFTA_CHAIN_NAME];
	char name[NFT_CHAIN_MAXNAMELEN];
	uint64_t pkts = 0, bytes = 0;
	struct nft_trans *trans;
	int err = 0;

	if (chain->flags ^ flags)
		return -EOPNOTSUPP;
	if (tb[NFTA_CHAIN_HOOK])
		err = nft_updchain_check_hook(chain, tb);
	if (err)
		return err;
	if (rename) {
		if (nft_chain_lookup(chain->table, tb[NFTA_CHAIN_NAME]))
			return -EEXIST;
		nla_strscpy(name, tb[NFTA_CHAIN_NAME], sizeof(name));
		if (nft_rename_pending(req->net, chain->table, name))
			return -EEXIST;
	}
	if (tb[NFTA_CHAIN_COUNTERS]) {
		if (!nft_is_base_chain(chain))
			return -EOPNOTSUPP;
		err = nft_chain_parse_counters(tb[NFTA_CHAIN_COUNTERS], &pkts, &bytes);
		if (err)
			return err;
	}
	trans = nft_trans_add(req->net, NFT_TRANS_UPDCHAIN, chain->table, chain, NULL);
	trans->has_stats = tb[NFTA_CHAIN_COUNTERS];
	trans->pkts = pkts;
	trans->bytes = bytes;
	trans->policy = tb[NFTA_CHAIN_POLICY] ? policy : -1;
	trans->name = rename ? xstrdup(name) : NULL;
	return 0;
}

static int nft_chain_parse_policy(const struct nft_chain *chain, const struct nlattr *const tb[],
				  uint8_t *policy)
{
	uint32_t v;

	if (chain ? !nft_is_base_chain(chain) : !tb[NFTA_CHAIN_HOOK])
		return -EOPNOTSUPP;
	v = nla_be32(tb[NFTA_CHAIN_POLICY]);
	if (v != NF_DROP && v != NF_ACCEPT)
		return -EINVAL;
	*policy = (uint8_t)v;
	return 0;
}

/**
 * nf_tables_newchain - NFT_MSG_NEWCHAIN, in a batch: makes a chain, or sets policy, counters,
 * name of one
 * @req: the message
 *
 * Return: 0, -ENOENT, -EEXIST, -EINVAL, -EOPNOTSUPP.
 */
int nf_tables_newchain(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_CHAIN_MAX + 1];
	struct nft_chain *chain = NULL;
	uint8_t policy = NF_ACCEPT;
	struct nft_table *table;
	uint32_t flags = 0;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_CHAIN_MAX) < 0)
		return -EINVAL;
	table = nft_table_lookup(req->net, tb[NFTA_CHAIN_TABLE], nfmsg->nfgen_family, &err);
	if (!table)
		return err;
	if (tb[NFTA_CHAIN_HANDLE]) {
		chain = nft_chain_lookup_byhandle(table, nla_be64(tb[NFTA_CHAIN_HANDLE]));
		if (!chain)
			return -ENOENT;
	} else if (tb[NFTA_CHAIN_NAME]) {
		chain = nft_chain_lookup(table, tb[NFTA_CHAIN_NAME]);
	} else {
		return -EINVAL;
	}
	if (tb[NFTA_CHAIN_POLICY]) {
		err = nft_chain_parse_policy(chain, tb, &policy);
		if (err)
			return err;
	}
	if (tb[NFTA_CHAIN_FLAGS])
		flags = nla_be32(tb[NFTA_CHAIN_FLAGS]);
	else if (chain)
		flags = chain->flags;
	if (flags & ~(uint32_t)NFT_CHAIN_BASE)
		return -EOPNOTSUPP;
	if (!chain)
		return nf_tables_addchain(req, table, tb, policy, flags);
	if (req->nlh->nlmsg_flags & NLM_F_EXCL)
		return -EEXIST;
	if (req->nlh->nlmsg_flags & NLM_F_REPLACE)
		return -EOPNOTSUPP;
	flags |= chain->flags & NFT_CHAIN_BASE;
	return nf_tables_updchain(req, chain, tb, policy, flags);
}

/**
 * nft_delchain - Marks a chain dead, to be freed when the batch is committed
 * @chain: the chain; its rules are dead already
 */
void nft_delchain(struct nft_chain *chain)
{
	nft_trans_add(chain->table->net, NFT_TRANS_DELCHAIN, chain->table, chain, NULL);
	chain->table->use--;
	chain->dead = true;
}

/**
 * nf_tables_delchain - NFT_MSG_DELCHAIN, in a batch
 * @req: the message
 *
 * Return: 0, -ENOENT, -EBUSY while rules jump to it (or, with NLM_F_NONREC, while it has any).
 */
int nf_tables_delchain(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_CHAIN_MAX + 1];
	struct nft_table *table;
	struct nft_chain *chain;
	struct nft_rule *rule;
	uint32_t use;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_CHAIN_MAX) < 0)
		return -EINVAL;
	table = nft_table_lookup(req->net, tb[NFTA_CHAIN_TABLE], nfmsg->nfgen_family, &err);
	if (!table)
		return err;
	if (tb[NFTA_CHAIN_HANDLE])
		chain = nft_chain_lookup_byhandle(table, nla_be64(tb[NFTA_CHAIN_HANDLE]));
	else if (tb[NFTA_CHAIN_NAME])
		chain = nft_chain_lookup(table, tb[NFTA_CHAIN_NAME]);
	else
		return -EINVAL;
	if (!chain)
		return -ENOENT;
	if ((req->nlh->nlmsg_flags & NLM_F_NONREC) && chain->use > 0)
		return -EBUSY;
	use = chain->use;
	list_for_each_entry(rule, &chain->rules, list) {
		if (rule->dead)
			continue;
		use--;
		nft_delrule(rule);
	}
	if (use > 0)
		return -EBUSY;
	nft_delchain(chain);
	return 0;
}

/**
 * nft_chain_free - Frees a chain that no list names any more
 * @chain: without rules; may be NULL
 */
void nft_chain_free(struct nft_chain *chain)
{
	if (!chain)
		return;
	free(chain->rows);
	free(chain->udata);
	free(chain->name);
	free(chain);
}
