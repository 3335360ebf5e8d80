/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libnetlink.h - asking the kernel over a netlink socket
 *
 * For programs (ip, bridge, arping...). One handle is one socket; a request is
 * a struct nl_buf whose memory belongs to the task.
 */
#ifndef TOOLS_LIB_LIBNETLINK_H
#define TOOLS_LIB_LIBNETLINK_H

#include <linux/rtnetlink.h>
#include <netglass/netlink.h>
#include <netglass/task.h>

struct rtnl_handle {
	struct ng_task *task;
	int fd;
	uint32_t pid; /* our netlink port, from getsockname() */
	uint32_t seq;
	uint32_t dump; /* sequence number of the dump under way */
	uint8_t *buf;
	size_t buflen;
	bool quiet;   /* refusals of a dump are not printed */
	bool none_ok; /* a dump of what is not there (ENOENT) is empty */
};

/* Looks at one message of an answer; < 0 ends the dump with that result. */
typedef int (*rtnl_filter_t)(const struct nlmsghdr *n, void *arg);

int rtnl_open(struct rtnl_handle *rth, struct ng_task *task, int protocol);
int rtnl_open_groups(struct rtnl_handle *rth, struct ng_task *task, int protocol, uint32_t groups);
void rtnl_close(struct rtnl_handle *rth);
void rtnl_set_strict_dump(struct rtnl_handle *rth);

void *rtnl_req(struct ng_task *task, struct nl_buf *b, uint16_t type, uint16_t flags,
	       size_t hdrlen);
int addattr_l(struct nl_buf *b, uint16_t type, const void *data, size_t len);
int addattr8(struct nl_buf *b, uint16_t type, uint8_t v);
int addattr16(struct nl_buf *b, uint16_t type, uint16_t v);
int addattr32(struct nl_buf *b, uint16_t type, uint32_t v);
int addattrstrz(struct nl_buf *b, uint16_t type, const char *s);

int rtnl_send(struct rtnl_handle *rth, struct nl_buf *b);
int rtnl_talk(struct rtnl_handle *rth, struct nl_buf *b, struct nlmsghdr **ret_answer);
int rtnl_talk_echo(struct rtnl_handle *rth, struct nl_buf *b, struct nlmsghdr **ret_answer);
int rtnl_talk_quiet(struct rtnl_handle *rth, struct nl_buf *b, struct nlmsghdr **ret_answer);
int rtnl_dump_request(struct rtnl_handle *rth, struct nl_buf *b);
int rtnl_dump_request_padded(struct rtnl_handle *rth, struct nl_buf *b, size_t pad);
int rtnl_send_check(struct rtnl_handle *rth, struct nl_buf *b);
int rtnl_dump_filter(struct rtnl_handle *rth, rtnl_filter_t filter, void *arg);
int rtnl_read_ack(struct rtnl_handle *rth);

#endif
