/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_dump.c - answers: generation, tables, chains, rules
 *
 * mirrors net/netfilter/nf_tables_api.c (nf_tables_fill_*, nf_tables_get*)
 * CONTROL
 *
 * Attributes come in the kernel's order. Sets and objects do not exist here:
 * their dumps are empty.
 */
#include <errno.h>

#include "core/task.h"
#include "netfilter/nf_tables.h"

static void nft_msg_begin(struct nl_request *req, uint16_t msg, uint16_t flags, uint8_t family)
{
	struct nfgenmsg *nfmsg;

	nfmsg = nl_reply_begin(req, NFNL_SUBSYS_NFTABLES << 8 | msg, flags, sizeof(*nfmsg));
	nfmsg->nfgen_family = family;
	nfmsg->version = NFNETLINK_V0;
	nfmsg->res_id = cpu_to_be16((uint16_t)nft_pernet(req->net)->base_seq);
}

/**
 * nf_tables_getgen - NFT_MSG_GETGEN: number of the rule set's generation
 * @req: the message
 *
 * Return: 0.
 */
int nf_tables_getgen(struct nl_request *req)
{
	const struct ng_task *task = req->task;

	nft_msg_begin(req, NFT_MSG_NEWGEN, 0, NFPROTO_UNSPEC);
	nla_put_h32(&req->reply, NFTA_GEN_ID, nft_pernet(req->net)->base_seq);
	nla_put_h32(&req->reply, NFTA_GEN_PROC_PID, task ? (uint32_t)task->nr[0] : 0);
	nla_put_string(&req->reply, NFTA_GEN_PROC_NAME, task ? task->comm : "");
	nlmsg_end(&req->reply);
	return 0;
}

static void nf_tables_fill_table_info(struct nl_request *req, const struct nft_table *table)
{
	struct nl_buf *buf = &req->reply;

	nft_msg_begin(req, NFT_MSG_NEWTABLE, 0, table->family);
	nla_put_string(buf, NFTA_TABLE_NAME, table->name);
	nla_put_h32(buf, NFTA_TABLE_USE, table->use);
	nla_put_h64(buf, NFTA_TABLE_HANDLE, table->handle);
	nla_put_h32(buf, NFTA_TABLE_FLAGS, table->flags);
	if (table->udata)
		nla_put(buf, NFTA_TABLE_USERDATA, table->udlen, table->udata);
	nlmsg_end(buf);
}

/**
 * nf_tables_gettable - NFT_MSG_GETTABLE: one or all
 * @req: the message
 *
 * Return: 0, -ENOENT, -EINVAL.
 */
int nf_tables_gettable(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_TABLE_MAX + 1];
	struct nft_table *table;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_TABLE_MAX) < 0)
		return -EINVAL;
	if (req->dump) {
		list_for_each_entry(table, &nft_pernet(req->net)->tables, list) {
			if (!nfmsg->nfgen_family || nfmsg->nfgen_family == table->family)
				nf_tables_fill_table_info(req, table);
		}
		return 0;
	}
	table = nft_table_lookup(req->net, tb[NFTA_TABLE_NAME], nfmsg->nfgen_family, &err);
	if (!table)
		return err;
	nf_tables_fill_table_info(req, table);
	return 0;
}

static void nft_dump_basechain(struct nl_buf *buf, const struct nft_chain *chain)
{
	size_t nest = nla_nest_start(buf, NFTA_CHAIN_HOOK);

	nla_put_h32(buf, NFTA_HOOK_HOOKNUM, chain->ops.hooknum);
	nla_put_h32(buf, NFTA_HOOK_PRIORITY, (uint32_t)chain->ops.priority);
	nla_nest_end(buf, nest);
	nla_put_h32(buf, NFTA_CHAIN_POLICY, chain->policy);
	nla_put_string(buf, NFTA_CHAIN_TYPE, nft_chain_type_name(chain->type));
	if (!chain->has_stats)
		return;
	nest = nla_nest_start(buf, NFTA_CHAIN_COUNTERS);
	nla_put_h64(buf, NFTA_COUNTER_PACKETS, chain->pkts);
	nla_put_h64(buf, NFTA_COUNTER_BYTES, chain->bytes);
	nla_nest_end(buf, nest);
}

static void nf_tables_fill_chain_info(struct nl_request *req, const struct nft_chain *chain)
{
	struct nl_buf *buf = &req->reply;

	nft_msg_begin(req, NFT_MSG_NEWCHAIN, 0, chain->table->family);
	nla_put_string(buf, NFTA_CHAIN_TABLE, chain->table->name);
	nla_put_string(buf, NFTA_CHAIN_NAME, chain->name);
	nla_put_h64(buf, NFTA_CHAIN_HANDLE, chain->handle);
	if (nft_is_base_chain(chain))
		nft_dump_basechain(buf, chain);
	if (chain->flags)
		nla_put_h32(buf, NFTA_CHAIN_FLAGS, chain->flags);
	nla_put_h32(buf, NFTA_CHAIN_USE, chain->use);
	if (chain->udata)
		nla_put(buf, NFTA_CHAIN_USERDATA, chain->udlen, chain->udata);
	nlmsg_end(buf);
}

/**
 * nf_tables_getchain - NFT_MSG_GETCHAIN: one or all
 * @req: the message
 *
 * Return: 0, -ENOENT, -EINVAL.
 */
int nf_tables_getchain(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_CHAIN_MAX + 1];
	struct nft_table *table;
	struct nft_chain *chain;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_CHAIN_MAX) < 0)
		return -EINVAL;
	if (req->dump) {
		list_for_each_entry(table, &nft_pernet(req->net)->tables, list) {
			if (nfmsg->nfgen_family && nfmsg->nfgen_family != table->family)
				continue;
			list_for_each_entry(chain, &table->chains, list)
				nf_tables_fill_chain_info(req, chain);
		}
		return 0;
	}
	table = nft_table_lookup(req->net, tb[NFTA_CHAIN_TABLE], nfmsg->nfgen_family, &err);
	if (!table)
		return err;
	chain = nft_chain_lookup(table, tb[NFTA_CHAIN_NAME]);
	if (!chain)
		return tb[NFTA_CHAIN_NAME] ? -ENOENT : -EINVAL;
	nf_tables_fill_chain_info(req, chain);
	return 0;
}

/**
 * nft_rule_dump() - What a dump says of a rule, without a message around it
 * @buf: gets the attributes
 * @rule: the rule
 */
void nft_rule_dump(struct nl_buf *buf, const struct nft_rule *rule)
{
	struct nft_expr *expr;
	size_t nest;

	nla_put_string(buf, NFTA_RULE_TABLE, rule->chain->table->name);
	nla_put_string(buf, NFTA_RULE_CHAIN, rule->chain->name);
	nla_put_h64(buf, NFTA_RULE_HANDLE, rule->handle);
	nest = nla_nest_start(buf, NFTA_RULE_EXPRESSIONS);
	nft_rule_for_each_expr(expr, rule) nft_expr_dump(buf, expr);
	nla_nest_end(buf, nest);
	if (rule->udata)
		nla_put(buf, NFTA_RULE_USERDATA, rule->udlen, rule->udata);
}

static void nf_tables_fill_rule_info(struct nl_request *req, struct nft_rule *rule,
				     const struct nft_rule *prev, bool reset)
{
	struct nl_buf *buf = &req->reply;
	struct nft_expr *expr;
	size_t nest;

	nft_msg_begin(req, NFT_MSG_NEWRULE, req->dump ? NLM_F_APPEND : 0,
		      rule->chain->table->family);
	nla_put_string(buf, NFTA_RULE_TABLE, rule->chain->table->name);
	nla_put_string(buf, NFTA_RULE_CHAIN, rule->chain->name);
	nla_put_h64(buf, NFTA_RULE_HANDLE, rule->handle);
	if (prev)
		nla_put_h64(buf, NFTA_RULE_POSITION, prev->handle);
	nest = nla_nest_start(buf, NFTA_RULE_EXPRESSIONS);
	nft_rule_for_each_expr(expr, rule)
	{
		nft_expr_dump(buf, expr);
		if (reset && expr->ops->reset)
			expr->ops->reset(expr);
	}
	nla_nest_end(buf, nest);
	if (rule->udata)
		nla_put(buf, NFTA_RULE_USERDATA, rule->udlen, rule->udata);
	nlmsg_end(buf);
}

static void nf_tables_dump_chain_rules(struct nl_request *req, const struct nft_chain *chain,
				       bool reset)
{
	const struct nft_rule *prev = NULL;
	struct nft_rule *rule;

	list_for_each_entry(rule, &chain->rules, list) {
		nf_tables_fill_rule_info(req, rule, prev, reset);
		prev = rule;
	}
}

static void nf_tables_dump_rules(struct nl_request *req, const struct nlattr *const tb[],
				 bool reset)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	char name[NFT_NAME_MAXLEN] = "";
	struct nft_table *table;
	struct nft_chain *chain;

	if (tb[NFTA_RULE_TABLE])
		nla_strscpy(name, tb[NFTA_RULE_TABLE], sizeof(name));
	list_for_each_entry(table, &nft_pernet(req->net)->tables, list) {
		if (nfmsg->nfgen_family && nfmsg->nfgen_family != table->family)
			continue;
		if (tb[NFTA_RULE_TABLE] && strcmp(name, table->name))
			continue;
		if (tb[NFTA_RULE_TABLE] && tb[NFTA_RULE_CHAIN]) {
			chain = nft_chain_lookup(table, tb[NFTA_RULE_CHAIN]);
			if (chain)
				nf_tables_dump_chain_rules(req, chain, reset);
			return;
		}
		list_for_each_entry(chain, &table->chains, list)
			nf_tables_dump_chain_rules(req, chain, reset);
	}
}

static int nft_getrule(struct nl_request *req, bool reset)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_RULE_MAX + 1];
	struct nft_table *table;
	struct nft_chain *chain;
	struct nft_rule *rule;
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_RULE_MAX) < 0)
		return -EINVAL;
	if (req->dump) {
		nf_tables_dump_rules(req, tb, reset);
		return 0;
	}
	table = nft_table_lookup(req->net, tb[NFTA_RULE_TABLE], nfmsg->nfgen_family, &err);
	if (!table)
		return err;
	if (!tb[NFTA_RULE_CHAIN])
		return -EINVAL;
	chain = nft_chain_lookup(table, tb[NFTA_RULE_CHAIN]);
	if (!chain)
		return -ENOENT;
	if (!tb[NFTA_RULE_HANDLE])
		return -EINVAL;
	rule = nft_rule_lookup(chain, tb[NFTA_RULE_HANDLE]);
	if (!rule)
		return -ENOENT;
	nf_tables_fill_rule_info(req, rule, NULL, reset);
	return 0;
}

/**
 * nf_tables_getrule - NFT_MSG_GETRULE: one rule, those of a chain, of a table, or all
 * @req: the message
 *
 * Return: 0, -ENOENT, -EINVAL.
 */
int nf_tables_getrule(struct nl_request *req)
{
	return nft_getrule(req, false);
}

/**
 * nf_tables_getrule_reset - NFT_MSG_GETRULE_RESET: the same, and counters begin anew
 * @req: the message
 *
 * Return: 0, -ENOENT, -EINVAL.
 */
int nf_tables_getrule_reset(struct nl_request *req)
{
	return nft_getrule(req, true);
}

static int nft_get_nothing(struct nl_request *req, uint16_t table_attr)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *tb[NFTA_SET_MAX + 1];
	int err;

	if (nlmsg_parse(req->nlh, sizeof(*nfmsg), tb, NFTA_SET_MAX) < 0)
		return -EINVAL;
	if (tb[table_attr] &&
	    !nft_table_lookup(req->net, tb[table_attr], nfmsg->nfgen_family, &err))
		return err;
	return req->dump ? 0 : -ENOENT;
}

/**
 * nf_tables_getset - NFT_MSG_GETSET: there are none
 * @req: the message
 *
 * Return: 0 for a dump, -ENOENT.
 */
int nf_tables_getset(struct nl_request *req)
{
	return nft_get_nothing(req, NFTA_SET_TABLE);
}

/**
 * nf_tables_getobj - NFT_MSG_GETOBJ: there are none
 * @req: the message
 *
 * Return: 0 for a dump, -ENOENT.
 */
int nf_tables_getobj(struct nl_request *req)
{
	return nft_get_nothing(req, NFTA_OBJ_TABLE);
}
