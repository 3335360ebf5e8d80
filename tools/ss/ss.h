/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ss.h - what the files of ss share
 */
#ifndef TOOLS_SS_SS_H
#define TOOLS_SS_SS_H

#include "../lib/libnetlink.h"

#include <netglass/out.h>
#include <netglass/task.h>
#include <netglass/types.h>

/* states, by the kernel's numbers */
enum {
	SS_UNKNOWN,
	SS_ESTABLISHED,
	SS_SYN_SENT,
	SS_SYN_RECV,
	SS_FIN_WAIT1,
	SS_FIN_WAIT2,
	SS_TIME_WAIT,
	SS_CLOSE,
	SS_CLOSE_WAIT,
	SS_LAST_ACK,
	SS_LISTEN,
	SS_CLOSING,
	SS_MAX,
};
#define SS_BIT(state) (1U << (state))
#define SS_ALL (SS_BIT(SS_MAX) - 1)
#define SS_CONN   \
	(SS_ALL & \
	 ~(SS_BIT(SS_LISTEN) | SS_BIT(SS_CLOSE) | SS_BIT(SS_TIME_WAIT) | SS_BIT(SS_SYN_RECV)))

/* tables of sockets, in the order they are shown */
enum ss_db {
	DB_NETLINK,
	DB_PACKET_DG,
	DB_PACKET_R,
	DB_UNIX_ST,
	DB_UNIX_DG,
	DB_UNIX_SQ,
	DB_RAW,
	DB_UDP,
	DB_TCP,
	DB_DCCP,
	DB_SCTP,
	DB_VSOCK_ST,
	DB_VSOCK_DG,
	DB_TIPC,
	DB_XDP,
	DB_MPTCP,
	DB_MAX,
};
#define DB_BIT(db) (1U << (db))
#define DB_ALL (DB_BIT(DB_MAX) - 1)
#define DB_PACKET (DB_BIT(DB_PACKET_DG) | DB_BIT(DB_PACKET_R))
#define DB_UNIX (DB_BIT(DB_UNIX_ST) | DB_BIT(DB_UNIX_DG) | DB_BIT(DB_UNIX_SQ))
#define DB_VSOCK (DB_BIT(DB_VSOCK_ST) | DB_BIT(DB_VSOCK_DG))
#define DB_INET                                                                                 \
	(DB_BIT(DB_RAW) | DB_BIT(DB_UDP) | DB_BIT(DB_TCP) | DB_BIT(DB_DCCP) | DB_BIT(DB_SCTP) | \
	 DB_BIT(DB_MPTCP))

enum ss_col {
	COL_NETID,
	COL_STATE,
	COL_RECVQ,
	COL_SENDQ,
	COL_ADDR,
	COL_SERV,
	COL_RADDR,
	COL_RSERV,
	COL_PROC,
	COL_MAX,
};

struct ss_column {
	const char *header;
	const char *ldelim;
	bool right, disabled;
	size_t max_len, width;
};

struct ss_token {
	size_t at, len; /* in ss->text */
	enum ss_col col;
};

struct ss_user; /* users.c */
struct ss_expr; /* filter.c */

struct ss {
	struct ng_task *task;
	struct ng_out *out;
	/* options */
	bool numeric, resolve, timers, extended, memory, info, processes, tos, cgroup, sockopt;
	bool oneline, no_header, summary;
	/* filter */
	uint32_t dbs, states, families; /* families: bit of AF_INET and AF_INET6 */
	bool states_given, family_given, query_given;
	struct ss_expr *expr;
	struct ss_user *users;
	/* what is printed: render.c */
	struct ss_column cols[COL_MAX];
	char *text;
	size_t text_len, text_cap;
	struct ss_token *tokens;
	size_t ntokens, tokens_cap;
	enum ss_col col;
	size_t token_at;
	bool port_range_known;
	unsigned int port_low, port_high;
};

/* one socket */
struct ss_sock {
	int type; /* IPPROTO_* */
	uint8_t state;
	uint32_t rq, wq;
	__be32 laddr, raddr;
	int lport, rport;
	uint32_t ifindex;
	uint32_t ino, uid;
	uint64_t cookie;
	uint32_t mark;
	uint64_t cgroup;
	uint8_t timer, retrans;
	uint32_t timeout_ms;
};

/* render.c */
void ss_columns_init(struct ss *s);
__attribute__((format(printf, 2, 3))) void ss_out(struct ss *s, const char *fmt, ...);
void ss_field(struct ss *s, enum ss_col col);
void ss_header(struct ss *s);
void ss_render(struct ss *s);
/* filter.c: the words after the options */
void ss_parse_filter(struct ss *s, int argc, char **argv);
bool ss_match(struct ss *s, const struct ss_sock *k);
bool ss_parse_state(const char *word, uint32_t *ret_states);
/* show.c */
void ss_show_inet(struct ss *s, int protocol);
void ss_show_raw(struct ss *s);
void ss_show_netlink(struct ss *s);
void ss_show_packet(struct ss *s);
void ss_show_empty(struct ss *s, int family);
const char *ss_state_name(uint8_t state);
/* summary.c */
void ss_print_summary(struct ss *s);
/* print.c */
void ss_print_sock(struct ss *s, const char *netid, const struct ss_sock *k);
void ss_print_addr(struct ss *s, __be32 addr, int port, uint32_t ifindex, int protocol);
void ss_device_name(struct ss *s, uint32_t ifindex, char *name);
void ss_print_details(struct ss *s, const struct ss_sock *k);
void ss_print_timer(struct ss *s, const struct ss_sock *k);
void ss_print_skmem(struct ss *s, const struct nlattr *skmem, const struct nlattr *mem);
/* tcpinfo.c */
struct tcp_info;
void ss_print_tcp_info(struct ss *s, const struct tcp_info *info, const char *cong);
/* users.c */
void ss_users_load(struct ss *s);
void ss_print_users(struct ss *s, uint32_t ino);
/* usage.c */
extern const char ss_usage_text[];

#endif
