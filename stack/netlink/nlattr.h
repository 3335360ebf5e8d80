/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nlattr.h - requests whose attributes must have the right shape: lib/nlattr.c
 */
#ifndef STACK_NETLINK_NLATTR_H
#define STACK_NETLINK_NLATTR_H

#include <netglass/netlink.h>

struct ng_extack;

enum nla_policy_type {
	NLA_ANY, /* at least .len bytes */
	NLA_U8,
	NLA_U16,
	NLA_U32,
	NLA_U64,
	NLA_S32,
	NLA_STRING,	/* 1 to .len characters, with or without NUL */
	NLA_NUL_STRING, /* at most .len characters, with NUL */
	NLA_BINARY,	/* at most .len bytes, 0: any */
	NLA_NESTED,
	NLA_MSECS,
	NLA_FLAG,
	NLA_REJECT,
};

struct nla_policy {
	uint8_t type; /* enum nla_policy_type */
	uint16_t len;
	uint32_t mask; /* NLA_U32: the only bits allowed; 0: all */
	uint32_t min;  /* NLA_U32: the smallest allowed */
};

/*
 * Fill tb[0..max]; a violation is -ERANGE or -EINVAL with a sentence. The strict one also
 * refuses unknown types and trailing bytes (requests of sockets with NETLINK_GET_STRICT_CHK).
 */
int nla_parse_deprecated(const struct nlattr **tb, int max, const void *head, size_t len,
			 const struct nla_policy *policy, struct ng_extack *extack);
int nla_parse_nested_deprecated(const struct nlattr **tb, int max, const struct nlattr *nla,
				const struct nla_policy *policy, struct ng_extack *extack);
int nlmsg_parse_deprecated(const struct nlmsghdr *nlh, size_t hdrlen, const struct nlattr **tb,
			   int max, const struct nla_policy *policy, struct ng_extack *extack);
int nlmsg_parse_deprecated_strict(const struct nlmsghdr *nlh, size_t hdrlen,
				  const struct nlattr **tb, int max,
				  const struct nla_policy *policy, struct ng_extack *extack);

#endif
