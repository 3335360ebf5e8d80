/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nlattr.c - attributes against a policy
 *
 * mirrors lib/nlattr.c
 * CONTROL
 */
#include "netlink/nlattr.h"

#include <errno.h>

#include "core/netdevice.h"

/* 0, -ERANGE, or -EINVAL */
static int validate_string(const struct nla_policy *pt, const struct nlattr *nla, size_t len)
{
	const char *s = nla_data(nla);

	if (pt->type == NLA_NUL_STRING) {
		if (!memchr(s, '\0', pt->len && pt->len + 1U < len ? pt->len + 1U : len))
			return -EINVAL;
		return 0;
	}
	if (len < 1)
		return -ERANGE;
	if (pt->len && s[len - 1] == '\0')
		len--;
	return pt->len && len > pt->len ? -ERANGE : 0;
}

static int validate_nla(const struct nla_policy *pt, const struct nlattr *nla)
{
	static const uint8_t minlen[NLA_REJECT + 1] = {
		[NLA_U8] = 1,  [NLA_U16] = 2, [NLA_U32] = 4,
		[NLA_U64] = 8, [NLA_S32] = 4, [NLA_MSECS] = 8,
	};
	size_t len = nla_len(nla);

	switch ((enum nla_policy_type)pt->type) {
	case NLA_REJECT:
		return -EINVAL;
	case NLA_FLAG:
		return len > 0 ? -ERANGE : 0;
	case NLA_STRING:
	case NLA_NUL_STRING:
		return validate_string(pt, nla, len);
	case NLA_BINARY:
		return pt->len && len > pt->len ? -ERANGE : 0;
	case NLA_NESTED:
		return len != 0 && len < NLA_HDRLEN ? -ERANGE : 0;
	case NLA_ANY:
		return len < pt->len ? -ERANGE : 0;
	case NLA_U32:
		if (len >= 4 && pt->mask && (nla_get_u32(nla) & ~pt->mask))
			return -EINVAL;
		if (len >= 4 && nla_get_u32(nla) < pt->min)
			return -ERANGE;
		return len < 4 ? -ERANGE : 0;
	case NLA_U8:
	case NLA_U16:
	case NLA_U64:
	case NLA_S32:
	case NLA_MSECS:
		break;
	}
	return len < minlen[pt->type] ? -ERANGE : 0;
}

static int parse_attrs(const struct nlattr **tb, int max, const void *head, size_t len,
		       const struct nla_policy *policy, bool strict, struct ng_extack *extack)
{
	const struct nlattr *pos;
	size_t left;
	int err;

	memset(tb, 0, sizeof(*tb) * (size_t)(max + 1));
	nla_for_each(pos, head, len, left) {
		int type = nla_type(pos);

		if (type == 0 || type > max) {
			if (!strict)
				continue;
			NG_SET_ERR_MSG(extack, "Unknown attribute type");
			return -EINVAL;
		}
		err = policy ? validate_nla(&policy[type], pos) : 0;
		if (err) {
			NG_SET_ERR_MSG(extack, policy[type].type == NLA_U32 && policy[type].mask &&
							       err == -EINVAL
						       ? "reserved bit set"
						       : "Attribute failed policy validation");
			if (extack)
				extack->bad_attr = pos;
			return err;
		}
		tb[type] = pos;
	}
	if (left && strict) {
		NG_SET_ERR_MSG(extack, "bytes leftover after parsing attributes");
		return -EINVAL;
	}
	return 0;
}

/**
 * nla_parse_deprecated() - Reads a row of attributes, leniently.
 * @tb: gets max + 1 pointers
 * @max: highest type known; others are skipped
 * @head: first attribute
 * @len: bytes
 * @policy: max + 1 entries, or NULL
 * @extack: takes the kernel's sentence
 *
 * Return: 0, -ERANGE or -EINVAL.
 */
int nla_parse_deprecated(const struct nlattr **tb, int max, const void *head, size_t len,
			 const struct nla_policy *policy, struct ng_extack *extack)
{
	return parse_attrs(tb, max, head, len, policy, false, extack);
}

/**
 * nla_parse_nested_deprecated() - As nla_parse_deprecated() for what is inside @nla.
 * @tb: gets max + 1 pointers
 * @max: highest type known
 * @nla: nest
 * @policy: max + 1 entries, or NULL
 * @extack: takes the kernel's sentence
 *
 * Return: 0, -ERANGE or -EINVAL.
 */
int nla_parse_nested_deprecated(const struct nlattr **tb, int max, const struct nlattr *nla,
				const struct nla_policy *policy, struct ng_extack *extack)
{
	return parse_attrs(tb, max, nla_data(nla), nla_len(nla), policy, false, extack);
}

static int parse_msg(const struct nlmsghdr *nlh, size_t hdrlen, const struct nlattr **tb, int max,
		     const struct nla_policy *policy, struct ng_extack *extack, bool strict)
{
	size_t off = NLMSG_HDRLEN + NLMSG_ALIGN(hdrlen);

	if (nlh->nlmsg_len < NLMSG_HDRLEN + hdrlen) {
		NG_SET_ERR_MSG(extack, "Invalid header length");
		return -EINVAL;
	}
	if (off > nlh->nlmsg_len)
		off = nlh->nlmsg_len;
	return parse_attrs(tb, max, (const uint8_t *)nlh + off, nlh->nlmsg_len - off, policy,
			   strict, extack);
}

/**
 * nlmsg_parse_deprecated() - The attributes of a message, leniently.
 * @nlh: message
 * @hdrlen: bytes of the family header
 * @tb: gets max + 1 pointers
 * @max: highest type known
 * @policy: max + 1 entries, or NULL
 * @extack: takes the kernel's sentence
 *
 * Return: 0, -ERANGE or -EINVAL.
 */
int nlmsg_parse_deprecated(const struct nlmsghdr *nlh, size_t hdrlen, const struct nlattr **tb,
			   int max, const struct nla_policy *policy, struct ng_extack *extack)
{
	return parse_msg(nlh, hdrlen, tb, max, policy, extack, false);
}

/**
 * nlmsg_parse_deprecated_strict() - As nlmsg_parse_deprecated(); nothing unknown is let through.
 * @nlh: message
 * @hdrlen: bytes of the family header
 * @tb: gets max + 1 pointers
 * @max: highest type known
 * @policy: max + 1 entries, or NULL
 * @extack: takes the kernel's sentence
 *
 * Return: 0, -ERANGE or -EINVAL.
 */
int nlmsg_parse_deprecated_strict(const struct nlmsghdr *nlh, size_t hdrlen,
				  const struct nlattr **tb, int max,
				  const struct nla_policy *policy, struct ng_extack *extack)
{
	return parse_msg(nlh, hdrlen, tb, max, policy, extack, true);
}
