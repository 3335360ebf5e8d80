/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink_mutate.h - changes inside netlink requests: an attribute's length, its type, its bytes
 */
#ifndef TESTS_FUZZ_NETLINK_MUTATE_H
#define TESTS_FUZZ_NETLINK_MUTATE_H

#include <linux/netlink.h>

#include "mutate.h"

#define NETLINK_ATTRS 128

struct netlink_attrs {
	uint32_t at[NETLINK_ATTRS];
	uint32_t n;
};

/* The attributes from @at to @end, and what looks like attributes inside them */
static inline void netlink_find_attrs(struct netlink_attrs *a, const uint8_t *p, size_t at,
				      size_t end, int depth)
{
	struct nlattr nla;

	while (at + sizeof(nla) <= end && a->n < NETLINK_ATTRS) {
		memcpy(&nla, p + at, sizeof(nla));
		if (nla.nla_len < sizeof(nla) || nla.nla_len > end - at)
			return;
		a->at[a->n++] = (uint32_t)at;
		if (depth < 6 && nla.nla_len >= 2 * sizeof(nla))
			netlink_find_attrs(a, p, at + sizeof(nla), at + nla.nla_len, depth + 1);
		at += (size_t)NLA_ALIGN(nla.nla_len);
	}
}

/* bytes of the family's header */
static inline size_t netlink_head(uint16_t type)
{
	static const uint8_t rtnl[] = { 16, 8, 12, 12, 12 }; /* link, addr, route, neigh, rule */
	unsigned int kind = (type - 16U) / 4U;

	if (type >> 8)
		return 4;
	return kind < sizeof(rtnl) ? rtnl[kind] : kind == 5 ? 20 : 4;
}

static inline void netlink_change_attr(struct mutate *m, uint8_t *p)
{
	struct nlattr nla;

	memcpy(&nla, p, sizeof(nla));
	switch (mutate_below(m, 4)) {
	case 0:
		nla.nla_type = (uint16_t)mutate_length(m, nla.nla_type);
		break;
	case 1:
		nla.nla_type ^= NLA_F_NESTED;
		break;
	default:
		nla.nla_len = (uint16_t)mutate_length(m, nla.nla_len);
	}
	memcpy(p, &nla, sizeof(nla));
}

/* In the message of @len bytes at @p, which is the last one of a record when @last */
static inline size_t netlink_change(struct mutate *m, uint8_t *p, size_t len, bool last)
{
	struct netlink_attrs a = { .n = 0 };
	struct nlmsghdr h;
	uint8_t *attr;

	memcpy(&h, p, sizeof(h));
	netlink_find_attrs(&a, p, sizeof(h) + netlink_head(h.nlmsg_type), len, 0);
	attr = a.n ? p + a.at[mutate_below(m, a.n)] : p + sizeof(h);
	switch (mutate_below(m, 8)) {
	case 0: /* its header: flags, type, or the length */
		p[mutate_below(m, 8)] = (uint8_t)mutate_length(m, p[mutate_below(m, 8)]);
		break;
	case 1: /* the family's header */
		if (len > sizeof(h))
			p[sizeof(h) +
			  mutate_below(m, len - sizeof(h) < 16 ? len - sizeof(h) : 16)] =
				(uint8_t)mutate_length(m, 1);
		break;
	case 2: /* cut, with its length right */
		if (!last || len <= sizeof(h))
			break;
		len = sizeof(h) + mutate_below(m, len - sizeof(h));
		h.nlmsg_len = (uint32_t)len;
		memcpy(p, &h, sizeof(h));
		break;
	case 3: /* an attribute's bytes */
		if (a.n && (size_t)(attr - p) + sizeof(struct nlattr) < len)
			attr[4 + mutate_below(m, len - (size_t)(attr - p) - 4)] =
				(uint8_t)mutate_length(m, 0);
		break;
	default:
		if (a.n)
			netlink_change_attr(m, attr);
	}
	return len;
}

static inline size_t netlink_mutate(struct mutate *m, uint8_t *p, size_t len, size_t max)
{
	size_t at[64], n = 0, size[64];
	struct nlmsghdr h;
	uint32_t one;

	for (size_t i = 0; n < 64 && i + sizeof(h) <= len;) {
		memcpy(&h, p + i, sizeof(h));
		if (h.nlmsg_len < sizeof(h) || h.nlmsg_len > len - i)
			break;
		at[n] = i;
		size[n++] = h.nlmsg_len;
		i += NLMSG_ALIGN(h.nlmsg_len);
	}
	if (!n || mutate_below(m, 8) == 0)
		return LLVMFuzzerMutate(p, len, max);
	one = mutate_below(m, n);
	if (one + 1 < n) {
		netlink_change(m, p + at[one], size[one], false);
		return len;
	}
	return at[one] + netlink_change(m, p + at[one], size[one], true);
}

#endif
