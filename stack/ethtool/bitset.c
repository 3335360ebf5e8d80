/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bitset.c - sets of bits in messages: as words, or bit by bit with their names
 *
 * mirrors net/ethtool/bitset.c
 *
 * CONTROL
 */
#include <errno.h>

#include "ethtool/netlink.h"

enum { BITSET_MAX = 64 };

static void put_bits(struct nl_buf *b, const struct ethnl_bitset *set)
{
	size_t bits = nla_nest_start(b, ETHTOOL_A_BITSET_BITS | NLA_F_NESTED);
	uint64_t shown = set->mask ? *set->mask : set->value;

	for (uint32_t i = 0; i < set->size && i < BITSET_MAX; i++) {
		size_t bit;

		if (!(shown >> i & 1))
			continue;
		bit = nla_nest_start(b, ETHTOOL_A_BITSET_BITS_BIT | NLA_F_NESTED);
		nla_put_u32(b, ETHTOOL_A_BITSET_BIT_INDEX, i);
		if (set->names)
			nla_put_string(b, ETHTOOL_A_BITSET_BIT_NAME, set->names[i]);
		if (set->mask && (set->value >> i & 1))
			nla_put(b, ETHTOOL_A_BITSET_BIT_VALUE, 0, NULL);
		nla_nest_end(b, bit);
	}
	nla_nest_end(b, bits);
}

/**
 * ethnl_put_bitset() - Adds a set of bits
 * @b: message
 * @set: what
 * @compact: as words; else by name
 */
void ethnl_put_bitset(struct nl_buf *b, const struct ethnl_bitset *set, bool compact)
{
	size_t nest = nla_nest_start(b, set->type | NLA_F_NESTED);
	size_t bytes = (size_t)(set->size + 31) / 32 * 4;

	if (!set->mask)
		nla_put(b, ETHTOOL_A_BITSET_NOMASK, 0, NULL);
	nla_put_u32(b, ETHTOOL_A_BITSET_SIZE, set->size);
	if (compact) {
		nla_put(b, ETHTOOL_A_BITSET_VALUE, bytes, &set->value);
		if (set->mask)
			nla_put(b, ETHTOOL_A_BITSET_MASK, bytes, set->mask);
	} else {
		put_bits(b, set);
	}
	nla_nest_end(b, nest);
}

static int bad_bit(struct nl_request *req, const struct nlattr *at, const char *why, int err)
{
	req->extack->bad_attr = at;
	NG_SET_ERR_MSG(req->extack, why);
	return err;
}

static int bit_of(struct nl_request *req, const struct nlattr *bit, uint32_t *ret_at, bool *ret_on)
{
	const struct nlattr *tb[ETHTOOL_A_BITSET_BIT_MAX + 1], *name;
	char text[ETH_GSTRING_LEN];
	int err = nla_parse_nested(tb, ETHTOOL_A_BITSET_BIT_MAX, bit);

	if (err)
		return err;
	*ret_on = tb[ETHTOOL_A_BITSET_BIT_VALUE];
	name = tb[ETHTOOL_A_BITSET_BIT_NAME];
	if (tb[ETHTOOL_A_BITSET_BIT_INDEX]) {
		*ret_at = nla_get_u32(tb[ETHTOOL_A_BITSET_BIT_INDEX]);
		return *ret_at < BITSET_MAX ? 0
					    : bad_bit(req, tb[ETHTOOL_A_BITSET_BIT_INDEX],
						      "bit index too high", -EOPNOTSUPP);
	}
	if (!name)
		return bad_bit(req, bit, "neither bit index nor name specified", -EINVAL);
	nla_strscpy(text, name, sizeof(text));
	for (*ret_at = 0; *ret_at < BITSET_MAX; ++*ret_at) {
		if (text[0] && !strcmp(text, netdev_features_strings[*ret_at]))
			return 0;
	}
	return bad_bit(req, name, "bit name not found", -EOPNOTSUPP);
}

static uint64_t words(const struct nlattr *nla)
{
	uint64_t v = 0;

	memcpy(&v, nla_data(nla), nla_len(nla) < sizeof(v) ? nla_len(nla) : sizeof(v));
	return v;
}

/**
 * ethnl_parse_bitset() - Reads a set of features
 * @req: request
 * @nest: the attribute
 * @ret_value: the bits wanted on
 * @ret_mask: the bits spoken of
 *
 * Return: 0 or -errno.
 */
int ethnl_parse_bitset(struct nl_request *req, const struct nlattr *nest, uint64_t *ret_value,
		       uint64_t *ret_mask)
{
	const struct nlattr *tb[ETHTOOL_A_BITSET_MAX + 1];
	const uint8_t *p;
	size_t left;
	int err = nla_parse_nested(tb, ETHTOOL_A_BITSET_MAX, nest);

	*ret_value = *ret_mask = 0;
	if (err)
		return err;
	if (!tb[ETHTOOL_A_BITSET_BITS]) {
		if (!tb[ETHTOOL_A_BITSET_SIZE] || !tb[ETHTOOL_A_BITSET_VALUE])
			return -EINVAL;
		*ret_value = words(tb[ETHTOOL_A_BITSET_VALUE]);
		*ret_mask =
			tb[ETHTOOL_A_BITSET_MASK] ? words(tb[ETHTOOL_A_BITSET_MASK]) : UINT64_MAX;
		return 0;
	}
	p = nla_data(tb[ETHTOOL_A_BITSET_BITS]);
	left = nla_len(tb[ETHTOOL_A_BITSET_BITS]);
	while (left >= NLA_HDRLEN) {
		const struct nlattr *bit = (const struct nlattr *)(const void *)p;
		size_t step;
		uint32_t at;
		bool on;

		if (!nla_ok(bit, left))
			return -EINVAL;
		err = bit_of(req, bit, &at, &on);
		if (err)
			return err;
		*ret_mask |= UINT64_C(1) << at;
		*ret_value |= (uint64_t)on << at;
		step = NLA_ALIGN(bit->nla_len);
		if (step > left)
			step = left;
		p += step;
		left -= step;
	}
	return 0;
}
