/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_api.c - tables: made, found and deleted by messages
 *
 * mirrors net/netfilter/nf_tables_api.c (tables)
 * CONTROL
 */
#include <errno.h>

#include "core/xalloc.h"
#include "netfilter/nf_tables.h"

#define NFT_TABLE_F_KNOWN (NFT_TABLE_F_DORMANT | NFT_TABLE_F_OWNER | 0x4U)

/**
 * nft_pernet - The nf_tables part of a namespace, made on first use
 * @net: the namespace
 *
 * Return: never NULL.
 */
struct netns_nft *nft_pernet(struct net *net)
{
	if (!net->nft) {
		net->nft = xzalloc(sizeof(*net->nft));
		INIT_LIST_HEAD(&net->nft->tables);
		INIT_LIST_HEAD(&net->nft->commit_list);
		INIT_LIST_HEAD(&net->nft->recent_tables);
		INIT_LIST_HEAD(&net->nft->hashlimit_tables);
		net->nft->base_seq = 1;
	}
	return net->nft;
}

/**
 * nft_table_lookup - Finds a table by its name
 * @net: the namespace
 * @nla: NFTA_*_TABLE, may be NULL
 * @family: NFPROTO_*
 * @ret_err: -EINVAL without a name, -ENOENT
 *
 * Return: the table, or NULL and *ret_err.
 */
struct nft_table *nft_table_lookup(struct net *net, const struct nlattr *nla, uint8_t family,
				   int *ret_err)
{
	char name[NFT_TABLE_MAXNAMELEN];
	struct nft_table *table;

	*ret_err = -EINVAL;
	if (!nla)
		return NULL;
	nla_strscpy(name, nla, sizeof(name));
	list_for_each_entry(table, &nft_pernet(net)->tables, list) {
		if (!table->dead && table->family == family && !strcmp(table->name, name))
			return table;
	}
	*ret_err = -ENOENT;
	return NULL;
}

static int nf_tables_updtable(struct net *net, struct nft_table *table, const struct nlattr *flags)
{
	uint32_t v;

	if (!flags)
		return 0;
	v = nla_be32(flags);
	if (v & ~NFT_TABLE_F_KNOWN)
		return -EINVAL;
	if (v == table->flags)
		return 0;
	/* Unlike Linux: a table cannot be put to sleep. */
	(void)net;
	return -EOPNOTSUPP;
}

static struct nft_table *nft_table_new(struct nl_request *req, const struct nlattr *const tb[],
				       uint8_t family)
{
	struct netns_nft *nft = nft_pernet(req->net);
	struct nft_table *table = xzalloc(sizeof(*table));
	char name[NFT_TABLE_MAXNAMELEN];

	nla_strscpy(name, tb[NFTA_TABLE_NAME], sizeof(name));
	INIT_LIST_HEAD(&table->chains);
	table->net = req->net;
	table->name = xstrdup(name);
	table->family = family;
	table->handle = ++nft->table_handle;
	table->origin = req->origin;
	if (tb[NFTA_TABLE_USERDATA]) {
		table->udlen = (uint16_t)nla_len(tb[NFTA_TABLE_USERDATA]);
		table->udata = xmemdup(nla_data(tb[NFTA_TABLE_USERDATA]), table->udlen);
	}
	list_add_tail(&table->list, &nft->tables);
	return table;
}

/**
 * nf_tables_newtable - NFT_MSG_NEWTABLE, in a batch
 * @req: the message
 *
 * Return: 0, -EAFNOSUPPORT for a family without tables, -EEXIST, -EINVAL, -EOPNOTSUPP.
 */
int nf_tables_newtable(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_TABLE_MAX + 1];
	struct nft_table *table;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_TABLE_MAX) < 0)
		return -EINVAL;
	/* Unlike Linux: IPv4 only. */
	if (nfmsg->nfgen_family != NFPROTO_IPV4)
		return -EOPNOTSUPP;
	table = nft_table_lookup(req->net, tb[NFTA_TABLE_NAME], nfmsg->nfgen_family, &err);
	if (table) {
		if (req->nlh->nlmsg_flags & NLM_F_EXCL)
			return -EEXIST;
		if (req->nlh->nlmsg_flags & NLM_F_REPLACE)
			return -EOPNOTSUPP;
		return nf_tables_updtable(req->net, table, tb[NFTA_TABLE_FLAGS]);
	}
	if (err != -ENOENT)
		return err;
	if (tb[NFTA_TABLE_FLAGS] && nla_be32(tb[NFTA_TABLE_FLAGS]))
		return -EOPNOTSUPP;
	table = nft_table_new(req, tb, nfmsg->nfgen_family);
	nft_trans_add(req->net, NFT_TRANS_NEWTABLE, table, NULL, NULL);
	return 0;
}

static void nft_flush_table(struct nft_table *table)
{
	struct nft_chain *chain;

	list_for_each_entry(chain, &table->chains, list) {
		if (!chain->dead)
			nft_delrule_by_chain(chain);
	}
	list_for_each_entry(chain, &table->chains, list) {
		if (!chain->dead)
			nft_delchain(chain);
	}
	nft_trans_add(table->net, NFT_TRANS_DELTABLE, table, NULL, NULL);
	table->dead = true;
}

static struct nft_table *nft_table_lookup_byhandle(struct net *net, uint64_t handle, uint8_t family)
{
	struct nft_table *table;

	list_for_each_entry(table, &nft_pernet(net)->tables, list) {
		if (!table->dead && table->family == family && table->handle == handle)
			return table;
	}
	return NULL;
}

/**
 * nf_tables_deltable - NFT_MSG_DELTABLE, in a batch: one table, or all of a family
 * @req: the message
 *
 * Return: 0, -ENOENT, -EBUSY when NLM_F_NONREC was asked and the table is in use.
 */
int nf_tables_deltable(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_TABLE_MAX + 1];
	struct nft_table *table;
	int err = -ENOENT;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_TABLE_MAX) < 0)
		return -EINVAL;
	if (nfmsg->nfgen_family == NFPROTO_UNSPEC ||
	    (!tb[NFTA_TABLE_NAME] && !tb[NFTA_TABLE_HANDLE])) {
		list_for_each_entry(table, &nft_pernet(req->net)->tables, list) {
			if (!table->dead &&
			    (!nfmsg->nfgen_family || table->family == nfmsg->nfgen_family))
				nft_flush_table(table);
		}
		return 0;
	}
	if (tb[NFTA_TABLE_HANDLE])
		table = nft_table_lookup_byhandle(req->net, nla_be64(tb[NFTA_TABLE_HANDLE]),
						  nfmsg->nfgen_family);
	else
		table = nft_table_lookup(req->net, tb[NFTA_TABLE_NAME], nfmsg->nfgen_family, &err);
	if (!table)
		return err;
	if ((req->nlh->nlmsg_flags & NLM_F_NONREC) && table->use > 0)
		return -EBUSY;
	nft_flush_table(table);
	return 0;
}

/**
 * nft_table_free - Frees a table that no list names any more
 * @table: without chains; may be NULL
 */
void nft_table_free(struct nft_table *table)
{
	if (!table)
		return;
	free(table->udata);
	free(table->name);
	free(table);
}

/**
 * nf_nft_net_exit - Frees every table of a dying namespace
 * @net: the namespace
 */
void nf_nft_net_exit(struct net *net)
{
	struct nft_table *table;

	if (!net->nft)
		return;
	list_for_each_entry(table, &net->nft->tables, list)
		nft_flush_table(table);
	nf_tables_commit(net);
	free(net->nft);
	net->nft = NULL;
}
