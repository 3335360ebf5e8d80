/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expr.c - nf_tables expressions to netlink attributes and back
 *
 * The order of attributes is libnftnl's. CONTROL.
 *
 * nft_put_rule()
 *   put_expr() -> put_cmp() put_immediate() ...
 * nft_get_rule()
 *   get_expr() -> get_cmp() get_immediate() ...
 */
#include "nft.h"

#include <linux/netfilter/nf_tables_compat.h>

static void put_be32(struct nl_buf *b, uint16_t type, uint32_t v)
{
	nla_put_be32(b, type, cpu_to_be32(v));
}

static void put_be64(struct nl_buf *b, uint16_t type, uint64_t v)
{
	nla_put_be64(b, type, cpu_to_be64(v));
}

static void put_value(struct nl_buf *b, uint16_t type, const uint8_t *data, uint32_t len)
{
	size_t nest = nla_nest_start(b, type | NLA_F_NESTED);

	nla_put(b, NFTA_DATA_VALUE, len, data);
	nla_nest_end(b, nest);
}

static void put_meta(struct nl_buf *b, const struct nft_expr *e)
{
	put_be32(b, NFTA_META_KEY, e->key);
	if (e->dreg)
		put_be32(b, NFTA_META_DREG, e->dreg);
	if (e->sreg)
		put_be32(b, NFTA_META_SREG, e->sreg);
}

static void put_payload(struct nl_buf *b, const struct nft_expr *e)
{
	put_be32(b, NFTA_PAYLOAD_DREG, e->dreg);
	put_be32(b, NFTA_PAYLOAD_BASE, e->key);
	put_be32(b, NFTA_PAYLOAD_OFFSET, e->off);
	put_be32(b, NFTA_PAYLOAD_LEN, e->len);
}

static void put_bitwise(struct nl_buf *b, const struct nft_expr *e)
{
	put_be32(b, NFTA_BITWISE_SREG, e->sreg);
	put_be32(b, NFTA_BITWISE_DREG, e->dreg);
	if (e->has_op)
		put_be32(b, NFTA_BITWISE_OP, e->key);
	put_be32(b, NFTA_BITWISE_LEN, e->len);
	put_value(b, NFTA_BITWISE_MASK, e->data, e->len);
	put_value(b, NFTA_BITWISE_XOR, e->data2, e->len);
}

static void put_immediate(struct nl_buf *b, const struct nft_expr *e)
{
	size_t nest;
	size_t in;

	put_be32(b, NFTA_IMMEDIATE_DREG, e->dreg);
	if (!e->has_verdict) {
		put_value(b, NFTA_IMMEDIATE_DATA, e->data, e->len);
		return;
	}
	nest = nla_nest_start(b, NFTA_IMMEDIATE_DATA | NLA_F_NESTED);
	in = nla_nest_start(b, NFTA_DATA_VERDICT | NLA_F_NESTED);
	put_be32(b, NFTA_VERDICT_CODE, (uint32_t)e->verdict);
	if (e->chain)
		nla_put_string(b, NFTA_VERDICT_CHAIN, e->chain);
	nla_nest_end(b, in);
	nla_nest_end(b, nest);
}

static void put_limit(struct nl_buf *b, const struct nft_expr *e)
{
	put_be64(b, NFTA_LIMIT_RATE, e->n[0]);
	put_be64(b, NFTA_LIMIT_UNIT, e->n[1]);
	put_be32(b, NFTA_LIMIT_BURST, e->burst);
	put_be32(b, NFTA_LIMIT_TYPE, e->type);
	put_be32(b, NFTA_LIMIT_FLAGS, e->flags);
}

static void put_log(struct nl_buf *b, const struct nft_expr *e)
{
	if (e->name)
		nla_put_string(b, NFTA_LOG_PREFIX, e->name);
	nla_put_be16(b, NFTA_LOG_GROUP, cpu_to_be16((uint16_t)e->n[0]));
	if (e->has_op)
		put_be32(b, NFTA_LOG_SNAPLEN, e->len);
	if (e->n[1])
		nla_put_be16(b, NFTA_LOG_QTHRESHOLD, cpu_to_be16((uint16_t)e->n[1]));
}

static const char *const kind_names[] = {
	[E_PAYLOAD] = "payload", [E_CMP] = "cmp",	  [E_META] = "meta",
	[E_BITWISE] = "bitwise", [E_COUNTER] = "counter", [E_IMMEDIATE] = "immediate",
	[E_RANGE] = "range",	 [E_MATCH] = "match",	  [E_TARGET] = "target",
	[E_LIMIT] = "limit",	 [E_LOG] = "log",
};

static void put_expr(struct nl_buf *b, const struct nft_expr *e)
{
	size_t nest = nla_nest_start(b, NFTA_LIST_ELEM | NLA_F_NESTED);
	size_t data;

	nla_put_string(b, NFTA_EXPR_NAME, kind_names[e->kind]);
	data = nla_nest_start(b, NFTA_EXPR_DATA | NLA_F_NESTED);
	switch (e->kind) {
	case E_PAYLOAD:
		put_payload(b, e);
		break;
	case E_CMP:
		put_be32(b, NFTA_CMP_SREG, e->sreg);
		put_be32(b, NFTA_CMP_OP, e->key);
		put_value(b, NFTA_CMP_DATA, e->data, e->len);
		break;
	case E_META:
		put_meta(b, e);
		break;
	case E_BITWISE:
		put_bitwise(b, e);
		break;
	case E_COUNTER:
		put_be64(b, NFTA_COUNTER_BYTES, e->n[1]);
		put_be64(b, NFTA_COUNTER_PACKETS, e->n[0]);
		break;
	case E_IMMEDIATE:
		put_immediate(b, e);
		break;
	case E_RANGE:
		put_be32(b, NFTA_RANGE_SREG, e->sreg);
		put_be32(b, NFTA_RANGE_OP, e->key);
		put_value(b, NFTA_RANGE_FROM_DATA, e->data, e->len);
		put_value(b, NFTA_RANGE_TO_DATA, e->data2, e->len);
		break;
	case E_MATCH:
	case E_TARGET:
		/* both families of attributes have the same numbers */
		nla_put_string(b, NFTA_MATCH_NAME, e->name);
		put_be32(b, NFTA_MATCH_REV, e->rev);
		nla_put(b, NFTA_MATCH_INFO, e->len, e->info);
		break;
	case E_LIMIT:
		put_limit(b, e);
		break;
	case E_LOG:
		put_log(b, e);
		break;
	case E_OTHER:
		break;
	}
	nla_nest_end(b, data);
	nla_nest_end(b, nest);
}

/**
 * nft_put_rule() - Writes the attributes of a rule behind its table and chain
 * @b: where
 * @r: the rule
 */
void nft_put_rule(struct nl_buf *b, const struct nft_rule *r)
{
	const struct nft_expr *e;
	size_t nest;

	if (r->handle)
		put_be64(b, NFTA_RULE_HANDLE, r->handle);
	if (r->has_pos)
		put_be64(b, NFTA_RULE_POSITION, r->pos);
	if (r->exprs) {
		nest = nla_nest_start(b, NFTA_RULE_EXPRESSIONS | NLA_F_NESTED);
		for (e = r->exprs; e; e = e->next) {
			if (e->kind != E_OTHER)
				put_expr(b, e);
		}
		nla_nest_end(b, nest);
	}
	if (r->has_compat) {
		nest = nla_nest_start(b, NFTA_RULE_COMPAT | NLA_F_NESTED);
		put_be32(b, NFTA_RULE_COMPAT_PROTO, r->compat_proto);
		put_be32(b, NFTA_RULE_COMPAT_FLAGS, r->compat_flags);
		nla_nest_end(b, nest);
	}
}

/**
 * nft_rule_new() - An empty rule
 * @x: the program
 *
 * Return: the rule.
 */
struct nft_rule *nft_rule_new(struct ipt *x)
{
	struct nft_rule *r = ng_task_alloc(x->task, sizeof(*r));

	r->tail = &r->exprs;
	return r;
}

/**
 * nft_expr_add() - A new expression behind the others of a rule
 * @x: the program
 * @r: the rule
 * @kind: its kind
 *
 * Return: the expression.
 */
struct nft_expr *nft_expr_add(struct ipt *x, struct nft_rule *r, enum nft_kind kind)
{
	struct nft_expr *e = ng_task_alloc(x->task, sizeof(*e));

	e->kind = kind;
	*r->tail = e;
	r->tail = &e->next;
	return e;
}

/* ---- reading ---- */

static uint32_t get_be32(const struct nlattr *nla)
{
	return nla ? be32_to_cpu(nla_get_be32(nla)) : 0;
}

static uint64_t get_be64(const struct nlattr *nla)
{
	return nla ? be64_to_cpu((ng_force __be64)nla_get_u64(nla)) : 0;
}

static uint32_t get_value(const struct nlattr *nla, uint8_t data[32])
{
	const struct nlattr *tb[NFTA_DATA_MAX + 1];
	size_t n;

	if (!nla || nla_parse_nested(tb, NFTA_DATA_MAX, nla) || !tb[NFTA_DATA_VALUE])
		return 0;
	n = nla_len(tb[NFTA_DATA_VALUE]);
	if (n > 32)
		n = 32;
	memcpy(data, nla_data(tb[NFTA_DATA_VALUE]), n);
	return (uint32_t)n;
}

static char *get_string(struct ipt *x, const struct nlattr *nla)
{
	return nla ? ng_task_strndup(x->task, nla_data(nla), nla_len(nla)) : NULL;
}

static void get_immediate(struct ipt *x, struct nft_expr *e, const struct nlattr **tb)
{
	const struct nlattr *d[NFTA_DATA_MAX + 1];
	const struct nlattr *v[NFTA_VERDICT_MAX + 1];

	e->dreg = get_be32(tb[NFTA_IMMEDIATE_DREG]);
	if (!tb[NFTA_IMMEDIATE_DATA] || nla_parse_nested(d, NFTA_DATA_MAX, tb[NFTA_IMMEDIATE_DATA]))
		return;
	if (!d[NFTA_DATA_VERDICT]) {
		e->len = get_value(tb[NFTA_IMMEDIATE_DATA], e->data);
		return;
	}
	if (nla_parse_nested(v, NFTA_VERDICT_MAX, d[NFTA_DATA_VERDICT]))
		return;
	e->has_verdict = true;
	e->verdict = (int32_t)get_be32(v[NFTA_VERDICT_CODE]);
	e->chain = get_string(x, v[NFTA_VERDICT_CHAIN]);
}

static void get_xt(struct ipt *x, struct nft_expr *e, const struct nlattr **tb)
{
	size_t n = tb[NFTA_MATCH_INFO] ? nla_len(tb[NFTA_MATCH_INFO]) : 0;
	uint8_t *info = ng_task_alloc(x->task, XT_MAX_INFO);

	e->name = get_string(x, tb[NFTA_MATCH_NAME]);
	if (!e->name)
		e->name = "";
	e->rev = get_be32(tb[NFTA_MATCH_REV]);
	e->len = (uint32_t)(n > XT_MAX_INFO ? XT_MAX_INFO : n);
	if (n)
		memcpy(info, nla_data(tb[NFTA_MATCH_INFO]), e->len);
	e->info = info;
}

static void get_fields(struct ipt *x, struct nft_expr *e, const struct nlattr **tb)
{
	switch (e->kind) {
	case E_PAYLOAD:
		e->dreg = get_be32(tb[NFTA_PAYLOAD_DREG]);
		e->key = get_be32(tb[NFTA_PAYLOAD_BASE]);
		e->off = get_be32(tb[NFTA_PAYLOAD_OFFSET]);
		e->len = get_be32(tb[NFTA_PAYLOAD_LEN]);
		break;
	case E_CMP:
		e->sreg = get_be32(tb[NFTA_CMP_SREG]);
		e->key = get_be32(tb[NFTA_CMP_OP]);
		e->len = get_value(tb[NFTA_CMP_DATA], e->data);
		break;
	case E_META:
		e->key = get_be32(tb[NFTA_META_KEY]);
		e->dreg = get_be32(tb[NFTA_META_DREG]);
		e->sreg = get_be32(tb[NFTA_META_SREG]);
		break;
	case E_BITWISE:
		e->sreg = get_be32(tb[NFTA_BITWISE_SREG]);
		e->dreg = get_be32(tb[NFTA_BITWISE_DREG]);
		e->has_op = tb[NFTA_BITWISE_OP];
		e->key = get_be32(tb[NFTA_BITWISE_OP]);
		e->len = get_value(tb[NFTA_BITWISE_MASK], e->data);
		get_value(tb[NFTA_BITWISE_XOR], e->data2);
		break;
	case E_COUNTER:
		e->n[1] = get_be64(tb[NFTA_COUNTER_BYTES]);
		e->n[0] = get_be64(tb[NFTA_COUNTER_PACKETS]);
		break;
	case E_IMMEDIATE:
		get_immediate(x, e, tb);
		break;
	case E_RANGE:
		e->sreg = get_be32(tb[NFTA_RANGE_SREG]);
		e->key = get_be32(tb[NFTA_RANGE_OP]);
		e->len = get_value(tb[NFTA_RANGE_FROM_DATA], e->data);
		get_value(tb[NFTA_RANGE_TO_DATA], e->data2);
		break;
	case E_MATCH:
	case E_TARGET:
		get_xt(x, e, tb);
		break;
	case E_LIMIT:
		e->n[0] = get_be64(tb[NFTA_LIMIT_RATE]);
		e->n[1] = get_be64(tb[NFTA_LIMIT_UNIT]);
		e->burst = get_be32(tb[NFTA_LIMIT_BURST]);
		e->type = get_be32(tb[NFTA_LIMIT_TYPE]);
		e->flags = get_be32(tb[NFTA_LIMIT_FLAGS]);
		break;
	case E_LOG:
		e->name = get_string(x, tb[NFTA_LOG_PREFIX]);
		e->n[0] = tb[NFTA_LOG_GROUP] ? be16_to_cpu(nla_get_be16(tb[NFTA_LOG_GROUP])) : 0;
		e->has_op = tb[NFTA_LOG_SNAPLEN];
		e->len = get_be32(tb[NFTA_LOG_SNAPLEN]);
		if (tb[NFTA_LOG_QTHRESHOLD])
			e->n[1] = be16_to_cpu(nla_get_be16(tb[NFTA_LOG_QTHRESHOLD]));
		break;
	case E_OTHER:
		break;
	}
}

#define MAX_ATTR 10

static void get_expr(struct ipt *x, struct nft_rule *r, const struct nlattr *nla)
{
	const struct nlattr *ex[NFTA_EXPR_MAX + 1];
	const struct nlattr *tb[MAX_ATTR + 1];
	enum nft_kind kind = E_OTHER;
	unsigned int i;
	char name[32];

	if (nla_parse_nested(ex, NFTA_EXPR_MAX, nla) || !ex[NFTA_EXPR_NAME])
		return;
	nla_strscpy(name, ex[NFTA_EXPR_NAME], sizeof(name));
	for (i = 0; i < E_OTHER; i++) {
		if (!strcmp(kind_names[i], name))
			kind = (enum nft_kind)i;
	}
	memset(tb, 0, sizeof(tb));
	if (ex[NFTA_EXPR_DATA])
		nla_parse_nested(tb, MAX_ATTR, ex[NFTA_EXPR_DATA]);
	get_fields(x, nft_expr_add(x, r, kind), tb);
}

/**
 * nft_get_rule() - Reads a NEWRULE message
 * @x: the program
 * @nlh: the message
 *
 * Return: the rule, or NULL for a broken message.
 */
struct nft_rule *nft_get_rule(struct ipt *x, const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[NFTA_RULE_MAX + 1];
	const struct nlattr *pos;
	struct nft_rule *r;
	size_t left;

	if (nlmsg_parse(nlh, sizeof(struct nfgenmsg), tb, NFTA_RULE_MAX))
		return NULL;
	r = nft_rule_new(x);
	r->handle = get_be64(tb[NFTA_RULE_HANDLE]);
	if (tb[NFTA_RULE_POSITION]) {
		r->has_pos = true;
		r->pos = get_be64(tb[NFTA_RULE_POSITION]);
	}
	if (tb[NFTA_RULE_EXPRESSIONS]) {
		nla_for_each_nested(pos, tb[NFTA_RULE_EXPRESSIONS], left)
			get_expr(x, r, pos);
	}
	return r;
}
