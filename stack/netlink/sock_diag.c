/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sock_diag.c - lists of sockets by netlink: what ss asks
 *
 * mirrors net/core/sock_diag.c, net/netlink/diag.c, net/packet/diag.c and net/unix/diag.c
 *
 * There are no Unix sockets: their list is empty. A dump of a family or protocol whose module the
 * measured kernel does not have ends with -ENOENT.
 *
 * CONTROL
 */
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/in.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/world.h"
#include "ipv4/inet_diag.h"
#include "netlink/af_netlink.h"
#include "packet/af_packet.h"

#define TCP_CLOSE_STATE 7

static void fill_mem(struct nl_request *req, uint16_t type, const struct sock *sk)
{
	uint32_t mem[SK_MEMINFO_VARS] = {
		[SK_MEMINFO_RMEM_ALLOC] = sk->rmem,
		[SK_MEMINFO_RCVBUF] = sk->rcvbuf,
		[SK_MEMINFO_SNDBUF] = sk->sndbuf,
		[SK_MEMINFO_DROPS] = sk->drops,
	};

	nla_put(&req->reply, type, sizeof(mem), mem);
}

/* the kernel's own ends, of every namespace: by protocol */
static const uint8_t kernel_socks[] = { NETLINK_ROUTE,		NETLINK_SOCK_DIAG,
					NETLINK_XFRM,		NETLINK_AUDIT,
					NETLINK_FIB_LOOKUP,	NETLINK_NETFILTER,
					NETLINK_KOBJECT_UEVENT, NETLINK_GENERIC };

static void netlink_fill(struct nl_request *req, uint8_t protocol, const struct netlink_sock *nlk)
{
	struct netlink_diag_msg *m;
	uint64_t cookie = nlk ? sock_gen_cookie(&nlk->sk) : 0;

	m = nl_reply_begin(req, SOCK_DIAG_BY_FAMILY, 0, sizeof(*m));
	m->ndiag_family = AF_NETLINK;
	m->ndiag_type = nlk ? (uint8_t)nlk->sk.type : SOCK_DGRAM;
	m->ndiag_protocol = protocol;
	m->ndiag_state = TCP_CLOSE_STATE;
	m->ndiag_portid = nlk ? nlk->portid : 0;
	m->ndiag_ino = nlk ? (uint32_t)nlk->sk.ino : 0;
	m->ndiag_cookie[0] = (uint32_t)cookie;
	if (nlk)
		fill_mem(req, NETLINK_DIAG_MEMINFO, &nlk->sk);
	nlmsg_end(&req->reply);
}

static int netlink_diag(struct nl_request *req)
{
	const struct netlink_diag_req *r = NLMSG_DATA(req->nlh);
	struct sock *sk;

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*r)))
		return -EINVAL;
	for (size_t i = 0; i < sizeof(kernel_socks); i++) {
		if (r->sdiag_protocol != NDIAG_PROTO_ALL && r->sdiag_protocol != kernel_socks[i])
			continue;
		netlink_fill(req, kernel_socks[i], NULL);
		list_for_each_entry(sk, &req->net->socks, net_node) {
			if (sk->family == AF_NETLINK && sk->protocol == kernel_socks[i])
				netlink_fill(req, kernel_socks[i],
					     (const struct netlink_sock *)(const void *)sk);
		}
	}
	return 0;
}

static int packet_diag(struct nl_request *req)
{
	const struct packet_diag_req *r = NLMSG_DATA(req->nlh);
	struct sock *sk;

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*r)))
		return -EINVAL;
	list_for_each_entry(sk, &req->net->socks, net_node) {
		struct packet_diag_info info = { 0 };
		struct packet_diag_msg *m;
		uint64_t cookie;

		if (sk->family != AF_PACKET)
			continue;
		cookie = sock_gen_cookie(sk);
		m = nl_reply_begin(req, SOCK_DIAG_BY_FAMILY, 0, sizeof(*m));
		m->pdiag_family = AF_PACKET;
		m->pdiag_type = (uint8_t)sk->type;
		m->pdiag_num = packet_sock_num(sk, &info.pdi_index);
		m->pdiag_ino = (uint32_t)sk->ino;
		m->pdiag_cookie[0] = (uint32_t)cookie;
		nla_put(&req->reply, PACKET_DIAG_INFO, sizeof(info), &info);
		nla_put_u32(&req->reply, PACKET_DIAG_UID, 0);
		fill_mem(req, PACKET_DIAG_MEMINFO, sk);
		nlmsg_end(&req->reply);
	}
	return 0;
}

/* Only a dump of a protocol without a list ends in its DONE; everything else is an error message. */
static void done_with(struct nl_request *req, int err)
{
	int32_t *ret = nl_reply_begin(req, NLMSG_DONE, 0, sizeof(*ret));

	*ret = err;
	nlmsg_end(&req->reply);
	netlink_unicast(req->nlk, &req->reply);
	nl_buf_fini(&req->reply);
}

static int diag_handler(struct nl_request *req)
{
	const struct sock_diag_req *r = NLMSG_DATA(req->nlh);

	if (req->nlh->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
	    req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*r)))
		return -EINVAL;
	switch (r->sdiag_family) {
	case AF_INET:
	case AF_INET6:
		return inet_diag_rcv(req);
	case AF_NETLINK:
		return netlink_diag(req);
	case AF_PACKET:
		return packet_diag(req);
	case AF_UNIX:
		return 0;
	}
	return -ENOENT;
}

static bool is_inet_dump(const struct nlmsghdr *nlh)
{
	const struct sock_diag_req *r = NLMSG_DATA(nlh);

	return (nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP &&
	       nlh->nlmsg_type == SOCK_DIAG_BY_FAMILY &&
	       nlh->nlmsg_len >= NLMSG_LENGTH(sizeof(struct inet_diag_req_v2)) &&
	       (r->sdiag_family == AF_INET || r->sdiag_family == AF_INET6) &&
	       r->sdiag_protocol != IPPROTO_TCP && r->sdiag_protocol != IPPROTO_UDP;
}

/**
 * sock_diag_rcv() - One message to NETLINK_SOCK_DIAG
 * @req: filled but for what netlink_answer() fills
 */
void sock_diag_rcv(struct nl_request *req)
{
	if (is_inet_dump(req->nlh)) {
		req->dump = true;
		done_with(req, -ENOENT);
		return;
	}
	netlink_answer(req, diag_handler);
}
