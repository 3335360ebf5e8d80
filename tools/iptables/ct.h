/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ct.h - a flow of the connection tracking table, as ctnetlink tells it
 */
#ifndef TOOLS_IPTABLES_CT_H
#define TOOLS_IPTABLES_CT_H

#include "xt.h"

#include <linux/netfilter/nfnetlink_conntrack.h>
#include <netglass/netlink.h>

struct ct_tuple {
	__be32 src;
	__be32 dst;
	uint8_t proto;
	uint16_t sport; /* host order; the id of ICMP */
	uint16_t dport;
	uint8_t type;
	uint8_t code;
	uint64_t packets;
	uint64_t bytes;
	bool has_counters;
};

struct ct_flow {
	struct ct_tuple orig;
	struct ct_tuple reply;
	uint32_t status;
	uint32_t timeout;
	bool has_timeout;
	uint32_t mark;
	bool has_mark;
	uint32_t use;
	uint32_t id;
	uint16_t zone;
	bool has_state;
	uint8_t state; /* of TCP */
	const struct nlmsghdr *nlh;
};

enum ct_field {
	CT_SRC = 1 << 0,
	CT_DST = 1 << 1,
	CT_REPLY_SRC = 1 << 2,
	CT_REPLY_DST = 1 << 3,
	CT_PROTO = 1 << 4,
	CT_SPORT = 1 << 5,
	CT_DPORT = 1 << 6,
	CT_REPLY_SPORT = 1 << 7,
	CT_REPLY_DPORT = 1 << 8,
	CT_STATE = 1 << 9,
	CT_TYPE = 1 << 10,
	CT_CODE = 1 << 11,
	CT_ICMP_ID = 1 << 12,
	CT_MARK = 1 << 13,
	CT_STATUS = 1 << 14,
	CT_SRC_NAT = 1 << 15,
	CT_DST_NAT = 1 << 16,
	CT_ANY_NAT = 1 << 17,
	CT_FAMILY = 1 << 18,
	CT_ZONE = 1 << 19,
};

/* What a flow must be like; only fields of @set count. */
struct ct_filter {
	uint32_t set;
	struct ct_flow want;
	__be32 mask[4]; /* of src, dst, reply src, reply dst */
	uint32_t mark_mask;
	uint32_t status_mask;
	__be32 snat; /* 0: any */
	__be32 dnat;
};

#define CT_SHOW_EXTENDED 1
#define CT_SHOW_ID 2

/* ct_flow.c */
bool ct_parse(const struct nlmsghdr *nlh, struct ct_flow *f);
bool ct_matches(const struct ct_filter *want, const struct ct_flow *f);
const char *ct_proto_name(uint8_t proto);
int ct_proto_number(const char *name);
int ct_state_number(const char *name);
size_t ct_line(char *buf, size_t cap, const struct ct_flow *f, unsigned int how);
void ct_put_tuple(struct nl_buf *b, uint16_t type, const struct ct_tuple *t);

#endif
