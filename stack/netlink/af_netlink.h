/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * af_netlink.h - netlink sockets and the request in hand
 */
#ifndef STACK_NETLINK_AF_NETLINK_H
#define STACK_NETLINK_AF_NETLINK_H

#include <netglass/netlink.h>

#include "core/netdevice.h"
#include "core/sock.h"

struct netlink_sock {
	struct sock sk;
	uint32_t portid;
	uint32_t groups; /* bit n-1: group n */
	bool ext_ack, cap_ack, strict_chk, pktinfo;
};

/*
 * A message being answered. Replies go into @reply (nlmsg_put() with nl_reply_begin(), nlmsg_end()); after
 * the handler returns af_netlink.c cuts them into datagrams and adds NLMSG_DONE (dump) or the ACK/error.
 */
struct nl_request {
	struct ng_task *task; /* NULL: not from a program */
	struct net *net;
	struct netlink_sock *nlk;
	const struct nlmsghdr *nlh;
	struct ng_extack *extack;
	struct nl_buf reply;
	bool dump;	    /* NLM_F_DUMP was asked and is done */
	bool dump_filtered; /* the handler filtered: NLM_F_DUMP_FILTERED goes on each message */
	struct ng_origin origin;
};

/* Starts a reply message with the request's sequence and port; NLM_F_MULTI is added in dumps. */
void *nl_reply_begin(struct nl_request *req, uint16_t type, uint16_t flags, size_t hdrlen);

/* Multicast to every listener of @group in @net; @buf holds whole messages. Cheap when nobody listens. */
bool netlink_has_listeners(const struct net *net, int protocol, uint32_t group);
void netlink_broadcast(struct net *net, int protocol, uint32_t group, const struct nl_buf *buf);

/*
 * A notice of what @req has done; NULL: nobody asked. It has the request's port and sequence number,
 * and who asks with NLM_F_ECHO gets it as an answer.
 */
bool nlmsg_notice_wanted(const struct net *net, int protocol, uint32_t group,
			 const struct nl_request *req);
void *nlmsg_notice_begin(struct nl_buf *buf, const struct nl_request *req, uint16_t type,
			 uint16_t flags, size_t hdrlen);
void nlmsg_notify(struct net *net, int protocol, uint32_t group, const struct nl_buf *buf,
		  const struct nl_request *req);

/* netlink/nfnetlink.c: the whole datagram, since batches span messages */
void nfnetlink_rcv(struct netlink_sock *nlk, struct ng_task *task, const void *data, size_t len);
/* netlink/sock_diag.c */
void sock_diag_rcv(struct nl_request *req);
/* Answers one message: calls @handler, then sends its replies, DONE, ACK or error. */
void netlink_answer(struct nl_request *req, int (*handler)(struct nl_request *req));
/* Sends an error (0: ACK) for @nlh as netlink_ack() does. */
void netlink_ack(struct netlink_sock *nlk, const struct nlmsghdr *nlh, int err,
		 const struct ng_extack *extack);
/* Sends the messages in @buf to the socket. */
void netlink_unicast(struct netlink_sock *nlk, const struct nl_buf *buf);

#endif
