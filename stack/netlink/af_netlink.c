/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * af_netlink.c - netlink sockets: requests in, replies, errors and notices out
 *
 * mirrors net/netlink/af_netlink.c
 * CONTROL. A request is answered inside sendmsg(): its replies lie in the
 * socket's queue when that returns.
 */
#include "netlink/af_netlink.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "netlink/genetlink.h"

#define DATAGRAM_MAX \
	((size_t)16384) /* a dump's datagrams: NLMSG_GOODSIZE and up to 16 KiB for a large reader */
#define SOL_NETLINK_LEVEL 270
#define SPARE_REPLY_MAX 65536U
#define FEW_BYTES 1024 /* most requests are shorter */

#define nlk_sk(sock) ((struct netlink_sock *)(void *)(sock))

static struct sk_buff *datagram(struct netlink_sock *nlk, const void *data, size_t len)
{
	struct sk_buff *skb = alloc_skb_message(nlk->sk.world, 0, (uint32_t)len);

	memcpy(skb_put(skb, (uint32_t)len), data, len);
	return skb;
}

/* An answer always arrives: Linux stops a dump at a full buffer and goes on when it was read. */
static void netlink_sendskb(struct netlink_sock *nlk, const void *data, size_t len)
{
	struct sk_buff *skb = datagram(nlk, data, len);

	skb->cb[0] = 0;
	sock_queue_tail(&nlk->sk, skb);
}

/* A notice that finds no room is lost, and the reader is told so with ENOBUFS. */
static void netlink_broadcast_deliver(struct netlink_sock *nlk, const struct nl_buf *buf,
				      uint32_t group)
{
	struct sk_buff *skb = datagram(nlk, buf->data, buf->len);

	skb->cb[0] = group;
	if (sock_queue_rcv_skb(&nlk->sk, skb) < 0)
		sk_error_report(&nlk->sk, ENOBUFS);
}

/**
 * netlink_unicast() - Sends messages to a socket, cut into datagrams between messages
 * @nlk: the receiver
 * @buf: whole messages; may be empty
 */
void netlink_unicast(struct netlink_sock *nlk, const struct nl_buf *buf)
{
	size_t start = 0;
	size_t at = 0;

	mutant_messages(nlk->sk.world, buf);
	while (at < buf->len) {
		const struct nlmsghdr *nlh =
			(const struct nlmsghdr *)(const void *)(buf->data + at);
		size_t len = NLMSG_ALIGN(nlh->nlmsg_len);

		if (at > start && at + len - start > DATAGRAM_MAX) {
			netlink_sendskb(nlk, buf->data + start, at - start);
			start = at;
		}
		at += len;
	}
	if (at > start)
		netlink_sendskb(nlk, buf->data + start, at - start);
}

/* The memory of the last answer serves for the next. */
static struct nl_buf reply_new(struct ng_world *world)
{
	struct nl_buf b = { .data = world->spare_reply, .cap = world->spare_reply_size };

	world->spare_reply = NULL;
	world->spare_reply_size = 0;
	return b;
}

static void reply_free(struct ng_world *world, struct nl_buf *b)
{
	if (world->spare_reply || b->cap > SPARE_REPLY_MAX) {
		nl_buf_fini(b);
		return;
	}
	world->spare_reply = b->data;
	world->spare_reply_size = b->cap;
}

/**
 * netlink_ack() - Says how a request ended
 * @nlk: the asker
 * @nlh: the request
 * @err: 0 or -errno
 * @extack: the kernel's sentence; may be NULL
 *
 * The request is quoted: its header only, when it succeeded or the asker wants
 * short errors (NETLINK_CAP_ACK).
 */
void netlink_ack(struct netlink_sock *nlk, const struct nlmsghdr *nlh, int err,
		 const struct ng_extack *extack)
{
	bool tlvs = extack && nlk->ext_ack && (extack->msg || (err && extack->bad_attr));
	bool capped = !err || nlk->cap_ack;
	struct nl_buf buf = reply_new(nlk->sk.world);
	struct nlmsgerr *e;
	size_t quote = capped ? 0 : nlh->nlmsg_len - sizeof(*nlh);

	e = nlmsg_put(&buf, nlk->portid, nlh->nlmsg_seq, NLMSG_ERROR,
		      (uint16_t)((capped ? NLM_F_CAPPED : 0) | (tlvs ? NLM_F_ACK_TLVS : 0)),
		      sizeof(*e) + quote);
	e->error = err;
	memcpy(&e->msg, nlh, sizeof(*nlh) + quote);
	if (tlvs && extack->msg)
		nla_put_string(&buf, NLMSGERR_ATTR_MSG, extack->msg);
	if (tlvs && err && extack->bad_attr)
		nla_put_u32(&buf, NLMSGERR_ATTR_OFFS,
			    (uint32_t)((const uint8_t *)extack->bad_attr - (const uint8_t *)nlh));
	nlmsg_end(&buf);
	netlink_unicast(nlk, &buf);
	reply_free(nlk->sk.world, &buf);
}

/**
 * nl_reply_begin() - Starts a reply message
 * @req: the request; the message is built in its reply buffer
 * @type: nlmsg_type
 * @flags: NLM_F_MULTI is added in dumps
 * @hdrlen: bytes of the family header
 *
 * Return: the family header, zeroed, valid until the next attribute.
 */
void *nl_reply_begin(struct nl_request *req, uint16_t type, uint16_t flags, size_t hdrlen)
{
	if (req->dump)
		flags |= NLM_F_MULTI | (req->dump_filtered ? NLM_F_DUMP_FILTERED : 0);
	return nlmsg_put(&req->reply, req->nlk ? req->nlk->portid : 0,
			 req->nlh ? req->nlh->nlmsg_seq : 0, type, flags, hdrlen);
}

/**
 * netlink_answer() - Has a request handled and sends what comes of it
 * @req: the request
 * @handler: fills the reply
 */
void netlink_answer(struct nl_request *req, int (*handler)(struct nl_request *req))
{
	struct ng_extack extack = { 0 };
	int err;

	req->extack = &extack;
	req->reply = reply_new(req->net->world);
	req->dump = (req->nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	err = handler(req);
	/* a dump that was begun says at its end what went wrong */
	if (req->dump && (!err || (req->nlk->sk.protocol == NETLINK_ROUTE && err != -EOPNOTSUPP))) {
		bool tlvs = err && req->nlk->ext_ack && extack.msg;
		int32_t *ret =
			nl_reply_begin(req, NLMSG_DONE, tlvs ? NLM_F_ACK_TLVS : 0, sizeof(*ret));

		*ret = err;
		if (tlvs)
			nla_put_string(&req->reply, NLMSGERR_ATTR_MSG, extack.msg);
		nlmsg_end(&req->reply);
		err = 0;
	}
	if (req->dump || !err)
		netlink_unicast(req->nlk, &req->reply);
	reply_free(req->net->world, &req->reply);
	if (err || (!req->dump && (req->nlh->nlmsg_flags & NLM_F_ACK)))
		netlink_ack(req->nlk, req->nlh, err, &extack);
}

static bool is_dump_request(const struct nlmsghdr *nlh)
{
	/* the same bits mean something else in NEW and DEL requests */
	return (nlh->nlmsg_type & 3) == 2 && (nlh->nlmsg_flags & NLM_F_DUMP);
}

static int route_handler(struct nl_request *req)
{
	req->dump = is_dump_request(req->nlh);
	return rtnetlink_rcv_msg(req);
}

/* As netlink_rcv_skb(): one datagram may hold several requests. */
static void route_rcv(struct netlink_sock *nlk, struct ng_task *task, const uint8_t *data,
		      size_t len)
{
	while (len >= NLMSG_HDRLEN) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(const void *)data;
		size_t step;

		if (nlh->nlmsg_len < NLMSG_HDRLEN || nlh->nlmsg_len > len)
			return;
		if ((nlh->nlmsg_flags & NLM_F_REQUEST) && nlh->nlmsg_type >= NLMSG_MIN_TYPE) {
			struct nl_request req = { .task = task,
						  .net = nlk->sk.net,
						  .nlk = nlk,
						  .nlh = nlh,
						  .origin = task->origin };

			if (nlk->sk.protocol == NETLINK_SOCK_DIAG)
				sock_diag_rcv(&req);
			else if (nlk->sk.protocol == NETLINK_GENERIC)
				genl_rcv(&req);
			else
				netlink_answer(&req, route_handler);
		} else if (nlh->nlmsg_flags & NLM_F_ACK) {
			netlink_ack(nlk, nlh, 0, NULL);
		}
		step = NLMSG_ALIGN(nlh->nlmsg_len);
		if (step > len)
			step = len;
		data += step;
		len -= step;
	}
}

static ssize_t netlink_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			       size_t len, int flags)
{
	struct netlink_sock *nlk = nlk_sk(sk);
	const struct sockaddr_nl *to = msg->msg_name;
	_Alignas(struct nlmsghdr) uint8_t few[FEW_BYTES];
	uint8_t *copy = few;

	(void)flags;
	if (to && msg->msg_namelen >= sizeof(*to) && to->nl_pid)
		return -ECONNREFUSED;
	if (len > sk->sndbuf)
		return -EMSGSIZE;
	if (len + NLMSG_HDRLEN > sizeof(few))
		copy = xrealloc(NULL, len + NLMSG_HDRLEN);
	copy_from_iov(copy, msg, 0, len);
	memset(copy + len, 0, NLMSG_HDRLEN);
	if (sk->protocol == NETLINK_NETFILTER)
		nfnetlink_rcv(nlk, task, copy, len);
	else
		route_rcv(nlk, task, copy, len);
	if (copy != few)
		free(copy);
	return (ssize_t)len;
}

static ssize_t netlink_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags)
{
	struct sockaddr_nl *from = msg->msg_name;
	struct cmsg_out cmsg = { .msg = msg };
	struct sk_buff *skb;
	size_t len, copied;
	int err;

	skb = skb_recv_datagram(task, sk, flags, &err);
	if (!skb)
		return err;
	len = skb_len(skb);
	copied = copy_to_iov(msg, skb->data, len);
	if (from && msg->msg_namelen >= sizeof(*from)) {
		memset(from, 0, sizeof(*from));
		from->nl_family = AF_NETLINK;
		from->nl_groups = skb->cb[0] ? UINT32_C(1) << (skb->cb[0] - 1) : 0;
		msg->msg_namelen = sizeof(*from);
	}
	if (nlk_sk(sk)->pktinfo) {
		struct nl_pktinfo info = { .group = (uint32_t)skb->cb[0] };

		put_cmsg(&cmsg, SOL_NETLINK_LEVEL, NETLINK_PKTINFO, &info, sizeof(info));
	}
	put_cmsg_done(&cmsg);
	consume_skb(skb);
	return (ssize_t)(flags & MSG_TRUNC ? len : copied);
}

static bool portid_in_use(const struct netlink_sock *self, uint32_t portid)
{
	const struct sock *sk;

	list_for_each_entry(sk, &self->sk.net->socks, net_node) {
		const struct netlink_sock *nlk = (const struct netlink_sock *)(const void *)sk;

		if (sk->family == AF_NETLINK && sk->protocol == self->sk.protocol && nlk != self &&
		    nlk->portid == portid)
			return true;
	}
	return false;
}

/* The first socket of a process gets its pid, the next ones numbers from -4097 down, as netlink_autobind(). */
static void autobind(struct netlink_sock *nlk)
{
	const struct ng_task *task = nlk->sk.world->current;
	uint32_t portid = task ? (uint32_t)task->nr[0] : 1;
	int32_t rover = -4097;

	while (portid_in_use(nlk, portid))
		portid = (uint32_t)rover--;
	nlk->portid = portid;
}

static int netlink_bind(struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct netlink_sock *nlk = nlk_sk(sk);
	struct sockaddr_nl sa;

	if (addrlen < sizeof(sa))
		return -EINVAL;
	memcpy(&sa, addr, sizeof(sa));
	if (sa.nl_family != AF_NETLINK)
		return -EINVAL;
	if (nlk->portid && sa.nl_pid && sa.nl_pid != nlk->portid)
		return -EINVAL;
	if (!nlk->portid && sa.nl_pid) {
		if (portid_in_use(nlk, sa.nl_pid))
			return -EADDRINUSE;
		nlk->portid = sa.nl_pid;
	} else if (!nlk->portid) {
		autobind(nlk);
	}
	nlk->groups = sa.nl_groups;
	return 0;
}

static int netlink_connect(struct ng_task *task, struct sock *sk, const void *addr,
			   uint32_t addrlen)
{
	(void)task;
	(void)addr;
	if (addrlen < sizeof(struct sockaddr_nl))
		return -EINVAL;
	if (!nlk_sk(sk)->portid)
		autobind(nlk_sk(sk));
	return 0;
}

static int netlink_getname(struct sock *sk, void *addr, uint32_t *addrlen, bool peer)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };

	if (!peer) {
		sa.nl_pid = nlk_sk(sk)->portid;
		sa.nl_groups = nlk_sk(sk)->groups;
	}
	memcpy(addr, &sa, *addrlen < sizeof(sa) ? *addrlen : sizeof(sa));
	*addrlen = sizeof(sa);
	return 0;
}

static int netlink_setsockopt(struct sock *sk, int level, int name, const void *val, uint32_t len)
{
	struct netlink_sock *nlk = nlk_sk(sk);
	uint32_t v = 0;

	if (level != SOL_NETLINK_LEVEL)
		return -ENOPROTOOPT;
	if (len < sizeof(v))
		return -EINVAL;
	memcpy(&v, val, sizeof(v));
	switch (name) {
	case NETLINK_EXT_ACK:
		nlk->ext_ack = v;
		return 0;
	case NETLINK_CAP_ACK:
		nlk->cap_ack = v;
		return 0;
	case NETLINK_GET_STRICT_CHK:
		nlk->strict_chk = v;
		return 0;
	case NETLINK_PKTINFO:
		nlk->pktinfo = v;
		return 0;
	case NETLINK_NO_ENOBUFS:
	case NETLINK_BROADCAST_ERROR:
	case NETLINK_LISTEN_ALL_NSID:
		return 0;
	case NETLINK_ADD_MEMBERSHIP:
	case NETLINK_DROP_MEMBERSHIP:
		if (v == 0 || v > 32)
			return -EINVAL;
		if (name == NETLINK_ADD_MEMBERSHIP)
			nlk->groups |= UINT32_C(1) << (v - 1);
		else
			nlk->groups &= ~(UINT32_C(1) << (v - 1));
		return 0;
	}
	return -ENOPROTOOPT;
}

static const struct proto_ops netlink_ops = {
	.bind = netlink_bind,
	.connect = netlink_connect,
	.getname = netlink_getname,
	.setsockopt = netlink_setsockopt,
	.sendmsg = netlink_sendmsg,
	.recvmsg = netlink_recvmsg,
};

/**
 * netlink_create() - A netlink socket
 * @net: whose tables it speaks of
 * @type: SOCK_RAW or SOCK_DGRAM
 * @protocol: NETLINK_ROUTE, NETLINK_NETFILTER, NETLINK_SOCK_DIAG or NETLINK_GENERIC
 * @ret_sk: the socket
 *
 * Return: 0, -ESOCKTNOSUPPORT or -EPROTONOSUPPORT.
 */
int netlink_create(struct net *net, int type, int protocol, struct sock **ret_sk)
{
	struct netlink_sock *nlk;

	if (type != SOCK_RAW && type != SOCK_DGRAM)
		return -ESOCKTNOSUPPORT;
	if (protocol != NETLINK_ROUTE && protocol != NETLINK_NETFILTER &&
	    protocol != NETLINK_SOCK_DIAG && protocol != NETLINK_GENERIC)
		return -EPROTONOSUPPORT;
	nlk = xzalloc(sizeof(*nlk));
	sock_init_data(&nlk->sk, net, AF_NETLINK, type, protocol);
	nlk->sk.ops = &netlink_ops;
	*ret_sk = &nlk->sk;
	return 0;
}

/**
 * netlink_has_listeners() - Does anybody want a notice?
 * @net: of which namespace
 * @protocol: NETLINK_*
 * @group: from 1
 *
 * Return: true if so.
 */
bool netlink_has_listeners(const struct net *net, int protocol, uint32_t group)
{
	const struct sock *sk;

	list_for_each_entry(sk, &net->socks, net_node) {
		const struct netlink_sock *nlk = (const struct netlink_sock *)(const void *)sk;

		if (sk->family == AF_NETLINK && sk->protocol == protocol &&
		    (nlk->groups & (UINT32_C(1) << (group - 1))))
			return true;
	}
	return false;
}

static void broadcast_but(struct net *net, int protocol, uint32_t group, const struct nl_buf *buf,
			  const struct netlink_sock *but)
{
	struct sock *sk;

	list_for_each_entry(sk, &net->socks, net_node) {
		if (sk->family == AF_NETLINK && sk->protocol == protocol && nlk_sk(sk) != but &&
		    (nlk_sk(sk)->groups & (UINT32_C(1) << (group - 1))))
			netlink_broadcast_deliver(nlk_sk(sk), buf, group);
	}
}

/**
 * netlink_broadcast() - A notice for everybody who listens
 * @net: in which namespace
 * @protocol: NETLINK_*
 * @group: from 1
 * @buf: whole messages
 */
void netlink_broadcast(struct net *net, int protocol, uint32_t group, const struct nl_buf *buf)
{
	broadcast_but(net, protocol, group, buf, NULL);
}

static bool nlmsg_report(const struct nl_request *req)
{
	return req && req->nlk && req->nlh->nlmsg_flags & NLM_F_ECHO;
}

/**
 * nlmsg_notice_wanted() - Does anybody want a notice of what a request has done?
 * @net: of which namespace
 * @protocol: NETLINK_*
 * @group: from 1
 * @req: the request, NULL: none
 *
 * Return: true if so.
 */
bool nlmsg_notice_wanted(const struct net *net, int protocol, uint32_t group,
			 const struct nl_request *req)
{
	return nlmsg_report(req) || netlink_has_listeners(net, protocol, group);
}

/**
 * nlmsg_notice_begin() - Starts a notice of what a request has done
 * @buf: where
 * @req: the request, NULL: none
 * @type: RTM_*
 * @flags: NLM_F_*
 * @hdrlen: bytes of family header
 *
 * Return: the family header, zeroed.
 */
void *nlmsg_notice_begin(struct nl_buf *buf, const struct nl_request *req, uint16_t type,
			 uint16_t flags, size_t hdrlen)
{
	return nlmsg_put(buf, req && req->nlk ? req->nlk->portid : 0, req ? req->nlh->nlmsg_seq : 0,
			 type, flags, hdrlen);
}

/**
 * nlmsg_notify() - A notice for everybody who listens, and for who asked to hear of it
 * @net: in which namespace
 * @protocol: NETLINK_*
 * @group: from 1
 * @buf: whole messages
 * @req: the request that did it, NULL: none
 */
void nlmsg_notify(struct net *net, int protocol, uint32_t group, const struct nl_buf *buf,
		  const struct nl_request *req)
{
	broadcast_but(net, protocol, group, buf, nlmsg_report(req) ? req->nlk : NULL);
	if (nlmsg_report(req))
		netlink_unicast(req->nlk, buf);
}
