/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mutants.c - lies on purpose, for tests/parity/mutants: does `netglass validate` see each of them?
 *
 * CONTROL. Empty unless built with -Dc_args=-DNG_MUTANTS.
 */
#include "core/mutants.h"

#ifdef NG_MUTANTS
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "core/world.h"

#define ROOM 256 /* more than the longest frame of the tests grows */

enum kind {
	ANY,
	IP,
	ARP,
	ARP_REQUEST,
	ARP_REPLY,
	ECHO,
	ECHO_REQUEST,
	ECHO_REPLY,
	UNREACHABLE,
};

/* What is done with the frame besides a change of its bytes. */
struct lie {
	int copies;
	int64_t later_ns;
	int longer;
	unsigned int dir;
};

#define TWICE lie.copies = 2
#define LOST lie.copies = 0
#define LATER(ms) lie.later_ns = (ms)*INT64_C(1000000)
#define SHORTER(n) lie.longer = -(n)
#define LONGER(n) lie.longer = (n)
#define TURNED lie.dir = dir == PACKET_OUTGOING ? PACKET_HOST : PACKET_OUTGOING

#define NFT(msg) (NFNL_SUBSYS_NFTABLES << 8 | (msg))
#define NFT_RULE NFT(NFT_MSG_NEWRULE)
#define NFT_COUNTER NFT(NFT_MSG_NEWRULE)
#define NFT_CHAIN NFT(NFT_MSG_NEWCHAIN)
#define CONNTRACK (NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW)

static bool is_kind(enum kind kind, const uint8_t *p, size_t len)
{
	bool ip = len >= 34 && p[12] == 8 && p[13] == 0;
	bool arp = len >= 42 && p[12] == 8 && p[13] == 6;

	switch (kind) {
	case ANY:
		return len >= 34;
	case IP:
		return ip;
	case ARP:
		return arp;
	case ARP_REQUEST:
		return arp && p[21] == 1;
	case ARP_REPLY:
		return arp && p[21] == 2;
	case ECHO:
		return ip && len >= 42 && p[23] == 1 && (p[34] == 0 || p[34] == 8);
	case ECHO_REQUEST:
		return ip && len >= 42 && p[23] == 1 && p[34] == 8;
	case ECHO_REPLY:
		return ip && len >= 42 && p[23] == 1 && p[34] == 0;
	case UNREACHABLE:
		return ip && len >= 62 && p[23] == 1 && p[34] == 3;
	}
	return false;
}

static void put_sum(uint8_t *at, const uint8_t *p, size_t n)
{
	uint32_t sum = 0;

	at[0] = 0;
	at[1] = 0;
	for (size_t i = 0; i < n; i++)
		sum += (uint32_t)p[i] << (i & 1 ? 0 : 8);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	at[0] = (uint8_t)(~sum >> 8);
	at[1] = (uint8_t)~sum;
}

/* IP and ICMP checksums as they should be. */
static void fix(uint8_t *p, size_t len)
{
	put_sum(p + 24, p + 14, 20);
	if (p[23] == 1)
		put_sum(p + 36, p + 34, len - 34);
}

static struct lie tell(struct ng_world *world, unsigned int dir, uint8_t *p, size_t len)
{
	struct lie lie = { .copies = 1, .dir = dir };
	uint8_t *ip = p + 14, *arp = p + 14, *l4 = p + 34;

	(void)ip;
	(void)arp;
	(void)l4;
	switch (world->mutant) {
#define FRAME(number, kind, what, then)                               \
	case number:                                                  \
		if (is_kind(kind, p, len) && ++world->mutants == 2) { \
			what;                                         \
			then;                                         \
		}                                                     \
		break;
#define MESSAGE(number, type, what)
#include "core/mutants.def"
#undef FRAME
#undef MESSAGE
	default:
		break;
	}
	return lie;
}

void mutant_capture(struct ng_world *world, struct capture_file *file, int64_t time_ns,
		    unsigned int dir, const void *frame, size_t len)
{
	uint8_t copy[65536 + ROOM] = { 0 };
	struct lie lie;

	if (len > 65536) {
		capture_frame(file, time_ns, dir, frame, len);
		return;
	}
	memcpy(copy, frame, len);
	lie = tell(world, dir, copy, len);
	for (int i = 0; i < lie.copies; i++)
		capture_frame(file, time_ns + lie.later_ns, lie.dir, copy,
			      (size_t)((int64_t)len + lie.longer));
}

/* Changes the last byte of attribute @type behind a family header of @hdr bytes; 0: no such attribute. */
static void change_attr(uint8_t *m, size_t len, size_t hdr, unsigned int type, uint8_t by)
{
	size_t at = NLMSG_ALIGN(hdr);

	while (at + 4 <= len) {
		struct nlattr a;

		memcpy(&a, m + at, sizeof(a));
		if (a.nla_len < 4 || at + a.nla_len > len)
			return;
		if ((a.nla_type & NLA_TYPE_MASK) == type) {
			/* a string ends in a zero: the byte before it */
			m[at + a.nla_len - (type == 3 && hdr == 16 ? 2 : 1)] ^= by;
			return;
		}
		at += NLA_ALIGN(a.nla_len);
	}
}

/* A rule's counter: the name, then a nest with bytes (1) and packets (2), 8 bytes each, network order. */
static void change_counter(uint8_t *m, size_t len, unsigned int type)
{
	static const uint8_t name[] = "counter";
	uint8_t *at = memmem(m, len, name, sizeof(name));

	for (at = at ? at + sizeof(name) : NULL; at && at + 12 <= m + len; at++) {
		if (at[0] == 12 && at[1] == 0 && at[2] == type && at[3] == 0) {
			at[11]++;
			return;
		}
	}
}

/* Returns false when the message is to be kept back. */
static bool lie_about(struct ng_world *world, struct nlmsghdr *nlh)
{
	uint8_t *m = (uint8_t *)NLMSG_DATA(nlh);
	size_t len = nlh->nlmsg_len - NLMSG_HDRLEN;
	bool kept = true;

	switch (world->mutant) {
#define DROP kept = false
#define ATTR(hdr, type, by) change_attr(m, len, hdr, type, by)
#define COUNT(type) change_counter(m, len, type)
#define FRAME(number, kind, what, then)
#define MESSAGE(number, type, what)              \
	case number:                             \
		if (nlh->nlmsg_type == (type)) { \
			what;                    \
		}                                \
		break;
#include "core/mutants.def"
	default:
		break;
	}
	return kept;
}

void mutant_messages(struct ng_world *world, const struct nl_buf *buf)
{
	struct nl_buf *b = (struct nl_buf *)(uintptr_t)buf;
	size_t at = 0;

	while (world->mutant && at + NLMSG_HDRLEN <= b->len) {
		struct nlmsghdr *nlh = (struct nlmsghdr *)(void *)(b->data + at);
		size_t len = NLMSG_ALIGN(nlh->nlmsg_len);

		if (lie_about(world, nlh)) {
			at += len;
			continue;
		}
		memmove(b->data + at, b->data + at + len, b->len - at - len);
		b->len -= len;
	}
}

void ng_world_mutant(struct ng_world *world, unsigned int number)
{
	world->mutant = number;
	world->mutants = 0;
}
#endif
