/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink.h - writing and reading netlink messages, for both sides
 *
 * A struct nl_buf is a growing row of messages. Attributes nest with
 * nla_nest_start() / nla_nest_end(). Reading never trusts a length.
 */
#ifndef NETGLASS_NETLINK_H
#define NETGLASS_NETLINK_H

#include <linux/netlink.h>
#include <netglass/types.h>
#include <stdlib.h>
#include <string.h>

struct nl_buf {
	uint8_t *data; /* malloc'd */
	size_t len;
	size_t cap;
	size_t msg; /* offset of the message being written */
};

static inline void nl_buf_fini(struct nl_buf *b)
{
	free(b->data);
	memset(b, 0, sizeof(*b));
}

/* Room for @len more bytes, zeroed; aborts when memory is gone. */
static inline void *nl_buf_put(struct nl_buf *b, size_t len)
{
	uint8_t *p;

	if (b->len + len > b->cap) {
		size_t cap = b->cap ? b->cap * 4 : 512;

		while (cap < b->len + len)
			cap *= 2;
		p = realloc(b->data, cap);
		if (!p)
			abort();
		b->data = p;
		b->cap = cap;
	}
	p = b->data + b->len;
	memset(p, 0, len);
	b->len += len;
	return p;
}

/* Starts a message; @hdrlen bytes of family header follow, zeroed, and are returned (valid until the next put). */
static inline void *nlmsg_put(struct nl_buf *b, uint32_t pid, uint32_t seq, uint16_t type,
			      uint16_t flags, size_t hdrlen)
{
	struct nlmsghdr *nlh;

	b->msg = b->len;
	nlh = nl_buf_put(b, NLMSG_HDRLEN + NLMSG_ALIGN(hdrlen));
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = flags;
	nlh->nlmsg_seq = seq;
	nlh->nlmsg_pid = pid;
	return (uint8_t *)nlh + NLMSG_HDRLEN;
}

/* Ends the message started last: its length is now true. */
static inline void nlmsg_end(struct nl_buf *b)
{
	struct nlmsghdr *nlh = (struct nlmsghdr *)(void *)(b->data + b->msg);

	nlh->nlmsg_len = (uint32_t)(b->len - b->msg);
}

/* Takes back the message being written. */
static inline void nlmsg_cancel(struct nl_buf *b)
{
	b->len = b->msg;
}

static inline void *nla_reserve(struct nl_buf *b, uint16_t type, size_t len)
{
	struct nlattr *nla = nl_buf_put(b, NLA_ALIGN(NLA_HDRLEN + len));

	nla->nla_len = (uint16_t)(NLA_HDRLEN + len);
	nla->nla_type = type;
	return (uint8_t *)nla + NLA_HDRLEN;
}

static inline void nla_put(struct nl_buf *b, uint16_t type, size_t len, const void *data)
{
	void *p = nla_reserve(b, type, len);

	if (len)
		memcpy(p, data, len);
}

static inline void nla_put_u8(struct nl_buf *b, uint16_t type, uint8_t v)
{
	nla_put(b, type, sizeof(v), &v);
}

static inline void nla_put_u16(struct nl_buf *b, uint16_t type, uint16_t v)
{
	nla_put(b, type, sizeof(v), &v);
}

static inline void nla_put_u32(struct nl_buf *b, uint16_t type, uint32_t v)
{
	nla_put(b, type, sizeof(v), &v);
}

static inline void nla_put_u64(struct nl_buf *b, uint16_t type, uint64_t v)
{
	nla_put(b, type, sizeof(v), &v);
}

static inline void nla_put_be16(struct nl_buf *b, uint16_t type, __be16 v)
{
	nla_put(b, type, sizeof(v), &v);
}

static inline void nla_put_be32(struct nl_buf *b, uint16_t type, __be32 v)
{
	nla_put(b, type, sizeof(v), &v);
}

static inline void nla_put_be64(struct nl_buf *b, uint16_t type, __be64 v)
{
	nla_put(b, type, sizeof(v), &v);
}

/* with its NUL, as nla_put_string() in the kernel */
static inline void nla_put_string(struct nl_buf *b, uint16_t type, const char *s)
{
	nla_put(b, type, strlen(s) + 1, s);
}

/* Returns the offset to give to nla_nest_end(). Set NLA_F_NESTED in @type where the real sender does. */
static inline size_t nla_nest_start(struct nl_buf *b, uint16_t type)
{
	size_t at = b->len;

	nla_reserve(b, type, 0);
	return at;
}

static inline void nla_nest_end(struct nl_buf *b, size_t nest)
{
	struct nlattr *nla = (struct nlattr *)(void *)(b->data + nest);

	nla->nla_len = (uint16_t)(b->len - nest);
}

static inline void nla_nest_cancel(struct nl_buf *b, size_t nest)
{
	b->len = nest;
}

/* reading */

static inline const void *nla_data(const struct nlattr *nla)
{
	return (const uint8_t *)nla + NLA_HDRLEN;
}

static inline size_t nla_len(const struct nlattr *nla)
{
	return (size_t)nla->nla_len - NLA_HDRLEN;
}

static inline uint16_t nla_type(const struct nlattr *nla)
{
	return nla->nla_type & NLA_TYPE_MASK;
}

static inline uint8_t nla_get_u8(const struct nlattr *nla)
{
	return nla_len(nla) ? *(const uint8_t *)nla_data(nla) : 0;
}

static inline uint64_t nla_get_raw(const struct nlattr *nla, size_t size)
{
	uint64_t v = 0;

	memcpy(&v, nla_data(nla), nla_len(nla) < size ? nla_len(nla) : size);
	return v;
}

static inline uint16_t nla_get_u16(const struct nlattr *nla)
{
	return (uint16_t)nla_get_raw(nla, 2);
}

static inline uint32_t nla_get_u32(const struct nlattr *nla)
{
	return (uint32_t)nla_get_raw(nla, 4);
}

static inline uint64_t nla_get_u64(const struct nlattr *nla)
{
	return nla_get_raw(nla, 8);
}

static inline __be16 nla_get_be16(const struct nlattr *nla)
{
	return (ng_force __be16)(uint16_t)nla_get_raw(nla, 2);
}

static inline __be32 nla_get_be32(const struct nlattr *nla)
{
	return (ng_force __be32)(uint32_t)nla_get_raw(nla, 4);
}

/* Copies a string attribute, with or without NUL, cut to fit; @dst is always terminated. */
static inline void nla_strscpy(char *dst, const struct nlattr *nla, size_t size)
{
	size_t n = strnlen(nla_data(nla), nla_len(nla));

	if (n >= size)
		n = size - 1;
	memcpy(dst, nla_data(nla), n);
	dst[n] = '\0';
}

static inline bool nla_ok(const struct nlattr *nla, size_t left)
{
	return left >= sizeof(*nla) && nla->nla_len >= sizeof(*nla) && nla->nla_len <= left;
}

#define nla_for_each(pos, head, len, left)                                                       \
	for (pos = (const struct nlattr *)(const void *)(head), left = (len); nla_ok(pos, left); \
	     left -=                                                                             \
	     (size_t)NLA_ALIGN(pos->nla_len) < left ? (size_t)NLA_ALIGN(pos->nla_len) : left,    \
	    pos = (const struct nlattr *)(const void *)((const uint8_t *)pos +                   \
							NLA_ALIGN(pos->nla_len)))

#define nla_for_each_nested(pos, nla, left) nla_for_each(pos, nla_data(nla), nla_len(nla), left)

/*
 * Fills tb[0..max] with the attributes of a row (NULL where absent, the last one wins). Types above @max are
 * skipped. Returns 0, or -1 when bytes are left that form no attribute.
 */
static inline int nla_parse(const struct nlattr **tb, int max, const void *head, size_t len)
{
	const struct nlattr *pos;
	size_t left;

	memset(tb, 0, sizeof(*tb) * (size_t)(max + 1));
	nla_for_each(pos, head, len, left) {
		if (nla_type(pos) <= max)
			tb[nla_type(pos)] = pos;
	}
	return left ? -1 : 0;
}

static inline int nla_parse_nested(const struct nlattr **tb, int max, const struct nlattr *nla)
{
	return nla_parse(tb, max, nla_data(nla), nla_len(nla));
}

static inline void *nlmsg_data(const struct nlmsghdr *nlh)
{
	return (uint8_t *)(uintptr_t)nlh + NLMSG_HDRLEN;
}

/* Attributes after a family header of @hdrlen bytes; 0 or -1 when the message is too short. */
static inline int nlmsg_parse(const struct nlmsghdr *nlh, size_t hdrlen, const struct nlattr **tb,
			      int max)
{
	size_t off = NLMSG_HDRLEN + NLMSG_ALIGN(hdrlen);

	if (nlh->nlmsg_len < NLMSG_HDRLEN + hdrlen)
		return -1;
	if (nlh->nlmsg_len < off)
		off = nlh->nlmsg_len;
	return nla_parse(tb, max, (const uint8_t *)nlh + off, nlh->nlmsg_len - off);
}

#endif
