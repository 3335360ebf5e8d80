/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft_expr.c - expressions by name, registers, data attributes
 *
 * mirrors net/netfilter/nf_tables_api.c (expressions, registers, nft_data)
 * CONTROL
 */
#include <errno.h>

#include "core/xalloc.h"
#include "netfilter/nf_tables.h"

static const struct nft_expr_ops *const nft_exprs[] = {
	&nft_bitwise_ops, &nft_cmp_ops,	  &nft_counter_ops, &nft_immediate_ops,
	&nft_limit_ops,	  &nft_log_ops,	  &nft_match_ops,   &nft_meta_ops,
	&nft_payload_ops, &nft_range_ops, &nft_target_ops,
};

/**
 * nft_expr_parse - Reads one NFTA_LIST_ELEM of a rule
 * @nla: the attribute
 * @pick: filled in; its attributes point into the message
 *
 * Return: 0, -EINVAL, -ENOENT for an expression (or an extension) that does not exist.
 */
int nft_expr_parse(const struct nlattr *nla, struct nft_expr_pick *pick)
{
	const struct nlattr *tb[NFTA_EXPR_MAX + 1];
	char name[32];
	unsigned int i;

	if (nla_parse_nested(tb, NFTA_EXPR_MAX, nla) < 0 || !tb[NFTA_EXPR_NAME])
		return -EINVAL;
	nla_strscpy(name, tb[NFTA_EXPR_NAME], sizeof(name));
	for (i = 0; i < sizeof(nft_exprs) / sizeof(nft_exprs[0]); i++) {
		if (!strcmp(nft_exprs[i]->name, name))
			break;
	}
	if (i == sizeof(nft_exprs) / sizeof(nft_exprs[0]))
		return -ENOENT;
	memset(pick, 0, sizeof(*pick));
	pick->ops = nft_exprs[i];
	pick->size = pick->ops->size;
	if (tb[NFTA_EXPR_DATA] &&
	    nla_parse_nested(pick->tb, pick->ops->maxattr, tb[NFTA_EXPR_DATA]) < 0)
		return -EINVAL;
	return pick->ops->select ? pick->ops->select(pick) : 0;
}

/**
 * nft_expr_dump - Writes an expression as an NFTA_LIST_ELEM
 * @buf: goes here
 * @expr: the expression
 */
void nft_expr_dump(struct nl_buf *buf, const struct nft_expr *expr)
{
	size_t elem = nla_nest_start(buf, NFTA_LIST_ELEM);
	size_t data;

	nla_put_string(buf, NFTA_EXPR_NAME, expr->ops->name);
	data = nla_nest_start(buf, NFTA_EXPR_DATA);
	expr->ops->dump(buf, expr);
	nla_nest_end(buf, data);
	nla_nest_end(buf, elem);
}

static int nft_parse_register(const struct nlattr *nla, uint32_t *ret_reg)
{
	uint32_t reg;

	if (!nla)
		return -EINVAL;
	reg = nla_be32(nla);
	if (reg <= NFT_REG_4)
		*ret_reg = reg * NFT_REG_SIZE / NFT_REG32_SIZE;
	else if (reg >= NFT_REG32_00 && reg <= NFT_REG32_15)
		*ret_reg = reg + NFT_REG_SIZE / NFT_REG32_SIZE - NFT_REG32_00;
	else
		return -ERANGE;
	return 0;
}

static int nft_register_fits(uint32_t reg, uint32_t len)
{
	if (reg < NFT_REG_1 * NFT_REG_SIZE / NFT_REG32_SIZE || len == 0)
		return -EINVAL;
	if (reg * NFT_REG32_SIZE + len > NFT_REG32_NUM * NFT_REG32_SIZE)
		return -ERANGE;
	return 0;
}

/**
 * nft_parse_register_load - The register an expression reads
 * @nla: NFTA_*_SREG, may be NULL
 * @ret_reg: index of its first word
 * @len: bytes read
 *
 * Return: 0, -EINVAL, -ERANGE.
 */
int nft_parse_register_load(const struct nlattr *nla, uint8_t *ret_reg, uint32_t len)
{
	uint32_t reg;
	int err = nft_parse_register(nla, &reg);

	if (!err)
		err = nft_register_fits(reg, len);
	if (!err)
		*ret_reg = (uint8_t)reg;
	return err;
}

/**
 * nft_parse_register_store - The register an expression writes a value to
 * @nla: NFTA_*_DREG, may be NULL
 * @ret_reg: index of its first word
 * @len: bytes written
 *
 * Return: 0, -EINVAL (the verdict register takes no values), -ERANGE.
 */
int nft_parse_register_store(const struct nlattr *nla, uint8_t *ret_reg, uint32_t len)
{
	return nft_parse_register_load(nla, ret_reg, len);
}

/**
 * nft_dump_register - Writes a register's number as user space knows it
 * @buf: goes here
 * @type: attribute
 * @reg: index of its first word
 */
void nft_dump_register(struct nl_buf *buf, uint16_t type, uint8_t reg)
{
	const uint32_t words = NFT_REG_SIZE / NFT_REG32_SIZE;

	nla_put_h32(buf, type, reg % words == 0 ? reg / words : reg - words + NFT_REG32_00);
}

/**
 * nft_data_value - Reads NFTA_DATA_VALUE
 * @nla: the attribute that holds it, may be NULL
 * @dst: @max bytes, zeroed
 * @max: room
 * @ret_len: bytes read
 *
 * Return: 0, -EINVAL, -EOVERFLOW when it does not fit.
 */
int nft_data_value(const struct nlattr *nla, void *dst, uint32_t max, uint32_t *ret_len)
{
	const struct nlattr *tb[NFTA_DATA_MAX + 1];
	size_t len;

	if (!nla || nla_parse_nested(tb, NFTA_DATA_MAX, nla) < 0 || !tb[NFTA_DATA_VALUE])
		return -EINVAL;
	len = nla_len(tb[NFTA_DATA_VALUE]);
	if (len == 0)
		return -EINVAL;
	if (len > max)
		return -EOVERFLOW;
	memcpy(dst, nla_data(tb[NFTA_DATA_VALUE]), len);
	*ret_len = (uint32_t)len;
	return 0;
}

/**
 * nft_data_value_dump - Writes a value inside an attribute
 * @buf: goes here
 * @type: the outer attribute
 * @data: the value
 * @len: its bytes
 */
void nft_data_value_dump(struct nl_buf *buf, uint16_t type, const void *data, uint32_t len)
{
	size_t nest = nla_nest_start(buf, type);

	nla_put(buf, NFTA_DATA_VALUE, len, data);
	nla_nest_end(buf, nest);
}

/**
 * nft_parse_u32_check - A be32 attribute with an upper bound
 * @nla: the attribute
 * @max: largest value allowed
 * @ret: the value
 *
 * Return: 0 or -ERANGE.
 */
int nft_parse_u32_check(const struct nlattr *nla, uint32_t max, uint32_t *ret)
{
	uint32_t v = nla_be32(nla);

	if (v > max)
		return -ERANGE;
	*ret = v;
	return 0;
}
