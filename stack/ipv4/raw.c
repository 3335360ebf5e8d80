/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * raw.c - raw sockets: ping's
 *
 * mirrors net/ipv4/raw.c
 *
 * PATH
 *
 *	raw_sendmsg()			ip_socket_route()
 *	  raw_send_hdrinc()		the program wrote the IP header: ip_local_out()
 *	  ip_socket_send()		datagram.c
 *	raw_local_deliver()
 *	  raw_rcv()			to the program
 *	raw_icmp_error()
 *	  raw_err()
 */
#include <errno.h>

#include "core/task.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"
#include "netfilter/netfilter.h"

#define SOL_RAW_LEVEL 255
#define ICMP_FILTER_OPT 1

static bool raw_v4_match(const struct inet_sock *inet, int num, __be32 raddr, __be32 laddr, int dif)
{
	return inet->inet_num == num && !(inet->inet_daddr && inet->inet_daddr != raddr) &&
	       !(inet->inet_rcv_saddr && inet->inet_rcv_saddr != laddr) &&
	       !(inet->sk.bound_dev_if && inet->sk.bound_dev_if != dif);
}

static bool icmp_filtered(const struct inet_sock *inet, const struct sk_buff *skb)
{
	const struct icmphdr *icmph = skb_peek_hdr(skb, sizeof(*icmph));

	return !icmph || (icmph->type < 32 && (inet->icmp_filter & (1U << icmph->type)));
}

/* consumes @skb, data at the transport header */
static void raw_rcv(struct inet_sock *inet, struct sk_buff *skb)
{
	skb->data = skb_network_header(skb);
	ip_queue_rcv_skb(&inet->sk, skb);
}

/**
 * raw_local_deliver() - Copies of a packet to the raw sockets that want it
 * @skb: borrowed; data at the transport header
 * @protocol: of the IP header
 *
 * Return: true: at least one socket matched.
 */
bool raw_local_deliver(struct sk_buff *skb, int protocol)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct inet_sock *inet;
	bool delivered = false;

	list_for_each_entry(inet, &skb->dev->net->ipv4->raw_socks, node) {
		if (!raw_v4_match(inet, protocol, iph->saddr, iph->daddr, inet_iif(skb)))
			continue;
		delivered = true;
		if (protocol == IPPROTO_ICMP && icmp_filtered(inet, skb))
			continue;
		if (ip_mc_sf_allow(inet, iph->daddr, skb->dev->ifindex))
			raw_rcv(inet, skb_clone(skb));
	}
	return delivered;
}

static void raw_err(struct inet_sock *inet, struct sk_buff *skb, uint32_t info)
{
	const struct icmphdr *icmph = skb_transport_header(skb);
	const struct iphdr *iph = (const void *)skb->data;
	bool hard;
	int err;

	if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED) {
		ipv4_update_pmtu(skb, inet->sk.net, info, &inet->sk);
	} else if (icmph->type == ICMP_REDIRECT) {
		ipv4_redirect(skb, inet->sk.net, &inet->sk);
		return;
	}
	if (!inet->recverr && !inet->connected)
		return;
	err = icmp_to_errno(inet, icmph->type, icmph->code, &hard);
	if (!err)
		return;
	if (inet->recverr)
		ip_icmp_error(&inet->sk, skb, err, 0, info,
			      skb->data + (inet->hdrincl ? 0 : iph->ihl * 4));
	if (inet->recverr || hard)
		sk_error_report(&inet->sk, err);
}

/**
 * raw_icmp_error() - An ICMP error about a packet that raw sockets may have sent
 * @skb: the error, data at the quoted header; borrowed
 * @protocol: of the quoted header
 * @info: MTU or the like, host order
 */
void raw_icmp_error(struct sk_buff *skb, int protocol, uint32_t info)
{
	const struct iphdr *iph = (const void *)skb->data;
	struct inet_sock *inet;

	list_for_each_entry(inet, &skb->dev->net->ipv4->raw_socks, node)
		if (raw_v4_match(inet, protocol, iph->daddr, iph->saddr, skb->dev->ifindex))
			raw_err(inet, skb, info);
}

/* The program wrote the IP header itself; @rt stays the caller's. As raw_send_hdrinc(). */
static int raw_send_hdrinc(struct inet_sock *inet, struct sk_buff *skb, struct rtable *rt,
			   const struct flowi4 *fl4, const struct ipcm_cookie *ipc)
{
	uint32_t len = skb_len(skb);
	struct iphdr *iph = skb_peek_hdr(skb, sizeof(*iph));
	int err = -EINVAL;

	if (len > rt->dst.dev->mtu) {
		ip_local_error(&inet->sk, EMSGSIZE, fl4->daddr, inet->inet_dport, rt->dst.dev->mtu);
		err = -EMSGSIZE;
		goto drop;
	}
	if (!iph || iph->ihl * 4U > len || iph->ihl < 5)
		goto drop;
	skb->written = true;
	skb_reset_network_header(skb);
	skb->transport_header = skb->network_header + iph->ihl * 4U;
	skb->mark = ipc->mark;
	skb->priority = ipc->priority;
	*IPCB(skb) = (struct inet_skb_parm){ 0 };
	if (!iph->saddr)
		iph->saddr = fl4->saddr;
	if (!iph->id)
		iph->id = ip_select_ident(inet->sk.net, iph->daddr, iph->saddr, iph->protocol, 1);
	skb_dst_set(skb, dst_hold(&rt->dst));
	if (iph->protocol == IPPROTO_ICMP && iph->ihl * 4U < len)
		icmp_out_count(inet->sk.net, *(const uint8_t *)skb_transport_header(skb));
	err = ip_local_out(inet->sk.net, &inet->sk, skb);
	return err == -ENOBUFS && !inet->recverr ? 0 : err;
drop:
	kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_BIG);
	return err;
}

static int raw_dest(const struct inet_sock *inet, const struct msghdr *msg, __be32 *ret)
{
	struct sockaddr_in sin;

	if (!msg->msg_namelen) {
		*ret = inet->inet_daddr;
		return inet->connected ? 0 : -EDESTADDRREQ;
	}
	if (msg->msg_namelen < sizeof(sin))
		return -EINVAL;
	memcpy(&sin, msg->msg_name, sizeof(sin));
	if (sin.sin_family != AF_INET && sin.sin_family != AF_UNSPEC)
		return -EAFNOSUPPORT;
	*ret = sin.sin_addr.s_addr;
	return 0;
}

static ssize_t raw_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			   size_t len, int flags)
{
	struct inet_sock *inet = inet_sk(sk);
	struct ipcm_cookie ipc;
	struct sk_buff *skb;
	struct rtable *rt;
	struct flowi4 fl4;
	__be32 daddr, saddr;
	int err;

	if (len > 0xffff)
		return -EMSGSIZE;
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	err = raw_dest(inet, msg, &daddr);
	if (err)
		return err;
	ipcm_init_sk(&ipc, inet);
	err = ip_cmsg_send(sk, msg, &ipc);
	if (err)
		return err;
	saddr = ipc.addr;
	ip_mc_send_defaults(inet, &ipc, daddr, &saddr);
	fl4 = (struct flowi4){ .daddr = daddr,
			       .saddr = saddr,
			       .proto = inet->hdrincl ? IPPROTO_RAW : (uint8_t)sk->protocol };
	if (inet->hdrincl)
		fl4.flags = FLOWI_FLAG_KNOWN_NH;
	/* raw_probe_proto_opt() reads type and code for the flow before a route is asked */
	if (!inet->hdrincl && sk->protocol == IPPROTO_ICMP && len < 2)
		return -EFAULT;
	err = ip_socket_route(inet, &ipc, &fl4, flags, &rt);
	if (err)
		return err;
	err = inet->hdrincl ? 0 : ip_check_size(inet, &fl4, rt, len);
	skb = err ? NULL : ip_socket_skb(task, inet, rt, len, flags, &err);
	if (!skb) {
		dst_release(&rt->dst);
		return err == -ENOBUFS && inet->hdrincl && !inet->recverr ? 0 : err;
	}
	copy_from_iov(skb_put(skb, (uint32_t)len), msg, 0, len);
	err = inet->hdrincl ? raw_send_hdrinc(inet, skb, rt, &fl4, &ipc)
			    : ip_socket_send(inet, &ipc, &fl4, rt, skb);
	dst_release(&rt->dst);
	return err ? err : (ssize_t)len;
}

static ssize_t raw_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags)
{
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	return ip_recv_datagram(task, sk, msg, flags, false);
}

static int raw_bind(struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct sockaddr_in sin;

	return inet_sk(sk)->connected ? -EINVAL : inet_bind_addr(inet_sk(sk), addr, addrlen, &sin);
}

static int raw_connect(struct ng_task *task, struct sock *sk, const void *addr, uint32_t addrlen)
{
	const struct sockaddr_in *sin = addr;

	(void)task;
	if (addrlen < sizeof(sin->sin_family))
		return -EINVAL;
	if (sin->sin_family != AF_UNSPEC)
		return ip4_datagram_connect(sk, sin, addrlen);
	ip4_datagram_disconnect(inet_sk(sk));
	return 0;
}

static int raw_setsockopt(struct sock *sk, int level, int name, const void *val, uint32_t len)
{
	if (level != SOL_RAW_LEVEL)
		return inet_setsockopt(sk, level, name, val, len);
	if (name != ICMP_FILTER_OPT)
		return -ENOPROTOOPT;
	if (inet_sk(sk)->inet_num != IPPROTO_ICMP)
		return -EOPNOTSUPP;
	memcpy(&inet_sk(sk)->icmp_filter, val, len < 4 ? len : 4);
	return 0;
}

static int raw_getsockopt(struct sock *sk, int level, int name, void *val, uint32_t *len)
{
	if (level != SOL_RAW_LEVEL)
		return inet_getsockopt(sk, level, name, val, len);
	if (name != ICMP_FILTER_OPT)
		return -ENOPROTOOPT;
	if (inet_sk(sk)->inet_num != IPPROTO_ICMP)
		return -EOPNOTSUPP;
	if (*len > 4)
		*len = 4;
	memcpy(val, &inet_sk(sk)->icmp_filter, *len);
	return 0;
}

static void raw_release(struct sock *sk)
{
	inet_release_common(inet_sk(sk));
}

/**
 * raw_init_sock() - A raw socket hears from now on
 * @inet: a new socket
 *
 * Return: 0.
 */
int raw_init_sock(struct inet_sock *inet)
{
	list_add(&inet->node, &inet->sk.net->ipv4->raw_socks);
	return 0;
}

const struct proto_ops raw_ops = {
	.bind = raw_bind,
	.connect = raw_connect,
	.getname = inet_getname,
	.shutdown = inet_shutdown,
	.setsockopt = raw_setsockopt,
	.getsockopt = raw_getsockopt,
	.sendmsg = raw_sendmsg,
	.recvmsg = raw_recvmsg,
	.ioctl = inet_datagram_ioctl,
	.release = raw_release,
};
