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
	uint16_t zone; /* of this direction alone */
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
	uint64_t start; /* ns since 1970, 0: not told */
	uint64_t stop;
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
	CT_ZONE_ORIG = 1 << 20,
	CT_ZONE_REPLY = 1 << 21,
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
	uint16_t snat_port; /* -I and -U */
	uint16_t dnat_port;
};

#define CT_SHOW_EXTENDED 1
#define CT_SHOW_ID 2
#define CT_SHOW_TIME 4	/* events: when they were read */
#define CT_SHOW_KTIME 8 /* when the flow began and ended, by the kernel's clock */

#define CT_VERSION "v1.4.7 (conntrack-tools)"
#define CT_NBASE 48

/* the program conntrack */
struct ct {
	struct ng_task *task;
	struct ng_out *out;
	struct ng_out *err;
	struct ipt *x; /* for names and numbers */
	int fd;
	uint32_t seq;
	char cmd;	   /* 0: none */
	const char *table; /* NULL: of flows */
	uint64_t given;	   /* options, by their place in options[] */
	struct ct_filter f;
	bool has_addr;
	bool type_first;    /* --icmp-type before the addresses: what answers it is not known */
	bool mask_given[2]; /* --mask-src, --mask-dst */
	bool id;
	bool zero;
	bool expect; /* the table of expectations */
	bool ipv6;   /* asked for: there are none */
	unsigned int how;
	uint32_t events; /* groups; 0: all */
	unsigned int count;
	int failed;
	struct ng_option opts[CT_NBASE + 8];
	struct nl_buf found; /* flows, held until the trailer's turn */
	struct ng_getopt go;
};

/* ct_help.c */
extern const char ct_usage[];

/* conntrack.c */
_Noreturn void ct_exit(struct ct *c, int status);
_Noreturn __attribute__((format(printf, 2, 3))) void ct_bad(struct ct *c, const char *fmt, ...);

/* ct_check.c */
void ct_check(struct ct *c);

/* ct_query.c */
typedef void (*ct_msg_fn)(struct ct *c, const struct nlmsghdr *nlh);
struct nfgenmsg *ct_begin(struct ct *c, struct nl_buf *b, uint16_t type, uint16_t flags,
			  uint8_t family);
int ct_talk(struct ct *c, struct nl_buf *b, ct_msg_fn fn);
void ct_keep(struct ct *c, const struct nlmsghdr *nlh);
void ct_dump(struct ct *c, uint16_t type);
void ct_show(struct ct *c, const char *done);
int ct_failed(struct ct *c, int err);
int ct_run(struct ct *c);

/* ct_change.c */
int ct_run_create(struct ct *c);
int ct_run_update(struct ct *c);
void ct_put_liberal(struct nl_buf *b, const struct ct *c);

/* ct_event.c */
int ct_run_events(struct ct *c);
int ct_run_stats(struct ct *c);

/* ct_flow.c */
bool ct_parse(const struct nlmsghdr *nlh, struct ct_flow *f);
bool ct_matches(const struct ct_filter *want, const struct ct_flow *f);
const char *ct_proto_name(uint8_t proto);
int ct_proto_number(const char *name);
int ct_state_number(const char *name);
size_t ct_line(char *buf, size_t cap, const struct ct_flow *f, unsigned int how, int64_t now);
void ct_put_tuple(struct nl_buf *b, uint16_t type, const struct ct_tuple *t);

#endif
