/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.h - netlink traffic as lines of text, for the recorder and the test
 *
 *	> 14000000...           a request: its bytes; sequence numbers, port ids and padding are zeroed
 *	< 16: 1 2 3             a message of the answer: its type, and the types of its attributes
 *	< error -17             an acknowledgement or a refusal
 */
#ifndef TESTS_GOLDEN_REQUESTS_FORMAT_H
#define TESTS_GOLDEN_REQUESTS_FORMAT_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define FORMAT_ATTRS 256

/* Debian's iptables leaves what was in memory between its attributes. */
static inline void format_zero_padding(uint8_t *p, size_t len)
{
	struct nlattr a;

	for (size_t at = 0; at + sizeof(a) <= len; at += NLA_ALIGN(a.nla_len)) {
		memcpy(&a, p + at, sizeof(a));
		if (a.nla_len < sizeof(a) || (size_t)NLA_ALIGN(a.nla_len) > len - at)
			break;
		memset(p + at + a.nla_len, 0, (size_t)NLA_ALIGN(a.nla_len) - a.nla_len);
	}
}

/* @data is changed */
static inline void format_request(FILE *f, uint8_t *data, size_t len, int netfilter)
{
	struct nlmsghdr h;

	for (size_t at = 0; at + sizeof(h) <= len; at += NLMSG_ALIGN(h.nlmsg_len)) {
		memcpy(&h, data + at, sizeof(h));
		memset(data + at + offsetof(struct nlmsghdr, nlmsg_seq), 0, 8);
		if (h.nlmsg_len < sizeof(h) || h.nlmsg_len > len - at)
			break;
		if (netfilter && h.nlmsg_len > NLMSG_HDRLEN + 4)
			format_zero_padding(data + at + NLMSG_HDRLEN + 4,
					    h.nlmsg_len - NLMSG_HDRLEN - 4);
	}
	fputs("> ", f);
	for (size_t i = 0; i < len; i++)
		fprintf(f, "%02x", data[i]);
	fputc('\n', f);
}

/* bytes of the family's header; @netfilter: nfnetlink */
static inline size_t format_header(uint16_t type, int netfilter)
{
	static const uint8_t rtnl[] = { 16, 8, 12, 12, 12 }; /* link, addr, route, neigh, rule */
	unsigned int kind = (type - RTM_BASE) / 4U;

	if (netfilter)
		return 4;
	return kind < sizeof(rtnl) ? rtnl[kind] : 4; /* struct rtgenmsg, padded */
}

static inline void format_attrs(FILE *f, const uint8_t *p, size_t len)
{
	uint8_t seen[FORMAT_ATTRS] = { 0 };
	struct nlattr a;

	for (size_t at = 0; at + sizeof(a) <= len; at += NLA_ALIGN(a.nla_len)) {
		memcpy(&a, p + at, sizeof(a));
		if (a.nla_len < sizeof(a))
			break;
		seen[(a.nla_type & NLA_TYPE_MASK) % FORMAT_ATTRS] = 1;
	}
	for (int i = 0; i < FORMAT_ATTRS; i++) {
		if (seen[i])
			fprintf(f, " %d", i);
	}
}

static inline void format_reply(FILE *f, const uint8_t *data, size_t len, int netfilter)
{
	struct nlmsghdr h;

	for (size_t at = 0; at + sizeof(h) <= len; at += NLMSG_ALIGN(h.nlmsg_len)) {
		size_t hdr;
		int err;

		memcpy(&h, data + at, sizeof(h));
		if (h.nlmsg_len < sizeof(h) || h.nlmsg_len > len - at)
			break;
		if (h.nlmsg_type == NLMSG_ERROR) {
			memcpy(&err, data + at + NLMSG_HDRLEN, sizeof(err));
			fprintf(f, "< error %d\n", err);
			continue;
		}
		fprintf(f, "< %u:", h.nlmsg_type);
		hdr = NLMSG_HDRLEN + format_header(h.nlmsg_type, netfilter);
		if (h.nlmsg_type >= NLMSG_MIN_TYPE && h.nlmsg_len > hdr)
			format_attrs(f, data + at + hdr, h.nlmsg_len - hdr);
		fputc('\n', f);
	}
}

#endif
