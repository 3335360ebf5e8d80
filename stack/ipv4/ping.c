/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping.c - echo requests without privilege: SOCK_DGRAM sockets of IPPROTO_ICMP
 *
 * mirrors net/ipv4/ping.c
 *
 * PATH and TABLE
 *
 *	ping_sendmsg()			ip_socket_route(), ip_socket_send()
 *	ping_rcv(), ping_err()		from icmp.c
 */
#include <errno.h>

#include "core/task.h"
#include "core/world.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"

static struct inet_sock *ping_lookup(struct net *net, __be32 daddr, uint16_t ident, int dif)
{
	struct inet_sock *inet;

	list_for_each_entry(inet, &net->ipv4->ping_socks, node)
		if (inet->inet_num == ident &&
		    (!inet->inet_rcv_saddr || inet->inet_rcv_saddr == daddr) &&
		    (!inet->sk.bound_dev_if || inet->sk.bound_dev_if == dif))
			return inet;
	return NULL;
}

static bool ping_ident_in_use(const struct inet_sock *inet, uint16_t ident)
{
	const struct inet_sock *other;

	list_for_each_entry(other, &inet->sk.net->ipv4->ping_socks, node)
		if (other != inet && other->inet_num == ident &&
		    !(other->sk.reuse && inet->sk.reuse))
			return true;
	return false;
}

static int ping_get_port(struct inet_sock *inet, uint16_t ident)
{
	uint32_t first;

	if (ident && ping_ident_in_use(inet, ident))
		return -EADDRINUSE;
	first = world_random_below(inet->sk.world, RNG_PORT,
				   inet->sk.net->inum + (UINT64_C(1) << 32),
				   inet->sk.net->ipv4->icmp_global_count++, 0xffff);
	for (uint32_t i = 0; i < 0xffff && !ident; i++) {
		uint16_t try = (uint16_t)((first + i) % 0xffff + 1);

		if (!ping_ident_in_use(inet, try))
			ident = try;
	}
	if (!ident)
		return -EADDRINUSE;
	inet->inet_num = ident;
	inet->inet_sport = cpu_to_be16(ident);
	if (list_empty(&inet->node))
		list_add(&inet->node, &inet->sk.net->ipv4->ping_socks);
	return 0;
}

/**
 * ping_rcv() - An echo reply
 * @skb: data behind the ICMP header; borrowed
 *
 * Return: true: a ping socket took a copy.
 */
bool ping_rcv(struct sk_buff *skb)
{
	const struct icmphdr *icmph = skb_transport_header(skb);
	struct inet_sock *inet = ping_lookup(skb->dev->net, ip_hdr(skb)->daddr,
					     be16_to_cpu(icmph->un.echo.id), inet_iif(skb));
	struct sk_buff *copy;

	if (!inet)
		return false;
	copy = skb_clone(skb);
	copy->data = skb_transport_header(copy);
	ip_queue_rcv_skb(&inet->sk, copy);
	return true;
}

/**
 * ping_err() - An ICMP error about an echo request of ours
 * @skb: the error, data at the quoted IP header; borrowed
 * @offset: from there to the quoted ICMP header
 * @info: MTU or the like, host order
 */
void ping_err(struct sk_buff *skb, int offset, uint32_t info)
{
	const struct icmphdr *icmph = skb_transport_header(skb);
	const struct icmphdr *inner = (const void *)(skb->data + offset);
	const struct iphdr *iph = (const void *)skb->data;
	struct net *net = skb->dev->net;
	struct inet_sock *inet;
	bool hard;
	int err;

	if (inner->type != ICMP_ECHO)
		return;
	inet = ping_lookup(net, iph->saddr, be16_to_cpu(inner->un.echo.id), inet_iif(skb));
	if (!inet)
		return;
	if (icmph->type == ICMP_REDIRECT) {
		ipv4_redirect(skb, net, &inet->sk);
		err = EREMOTEIO;
		hard = false;
	} else {
		if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED)
			ipv4_update_pmtu(skb, net, info, &inet->sk);
		err = icmp_to_errno(inet, icmph->type, icmph->code, &hard);
	}
	if (!err || (!inet->recverr && (!hard || !inet->connected)))
		return;
	if (inet->recverr)
		ip_icmp_error(&inet->sk, skb, err, 0, info, (const uint8_t *)inner);
	sk_error_report(&inet->sk, err);
}

static int ping_dest(const struct inet_sock *inet, const struct msghdr *msg, __be32 *ret)
{
	struct sockaddr_in sin;

	if (!msg->msg_namelen) {
		*ret = inet->inet_daddr;
		return inet->connected ? 0 : -EDESTADDRREQ;
	}
	if (msg->msg_namelen < sizeof(sin))
		return -EINVAL;
	memcpy(&sin, msg->msg_name, sizeof(sin));
	if (sin.sin_family != AF_INET)
		return -EAFNOSUPPORT;
	*ret = sin.sin_addr.s_addr;
	return 0;
}

static ssize_t ping_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			    size_t len, int flags)
{
	struct inet_sock *inet = inet_sk(sk);
	struct icmphdr icmph, *out;
	struct ipcm_cookie ipc;
	struct sk_buff *skb;
	struct rtable *rt;
	struct flowi4 fl4;
	__be32 daddr, saddr;
	int err;

	if (len > 0xffff)
		return -EMSGSIZE;
	if (len < sizeof(icmph))
		return -EINVAL;
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	copy_from_iov(&icmph, msg, 0, sizeof(icmph));
	if (icmph.type != ICMP_ECHO || icmph.code != 0)
		return -EINVAL;
	err = ping_dest(inet, msg, &daddr);
	if (!err && !inet->inet_num)
		err = ping_get_port(inet, 0);
	if (err)
		return err;
	ipcm_init_sk(&ipc, inet);
	ipc.protocol = IPPROTO_ICMP;
	err = ip_cmsg_send(sk, msg, &ipc);
	if (err)
		return err;
	saddr = ipc.addr;
	ip_mc_send_defaults(inet, &ipc, daddr, &saddr);
	fl4 = (struct flowi4){ .daddr = daddr, .saddr = saddr, .proto = IPPROTO_ICMP };
	err = ip_socket_route(inet, &ipc, &fl4, flags, &rt);
	if (err)
		return err;
	err = ip_check_size(inet, &fl4, rt, len);
	skb = err ? NULL : ip_socket_skb(task, inet, rt, len, flags, &err);
	if (!skb) {
		dst_release(&rt->dst);
		return err;
	}
	out = skb_put(skb, (uint32_t)len);
	copy_from_iov(out, msg, 0, len);
	out->un.echo.id = inet->inet_sport;
	out->checksum = 0;
	out->checksum = ip_compute_csum(out, len);
	err = ip_socket_send(inet, &ipc, &fl4, rt, skb);
	dst_release(&rt->dst);
	return err ? err : (ssize_t)len;
}

static ssize_t ping_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags)
{
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	return ip_recv_datagram(task, sk, msg, flags & ~MSG_TRUNC, false);
}

static int ping_bind(struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct inet_sock *inet = inet_sk(sk);
	struct sockaddr_in sin;
	int err = inet_bind_addr(inet, addr, addrlen, &sin);

	return err ? err : ping_get_port(inet, be16_to_cpu(sin.sin_port));
}

static int ping_connect(struct ng_task *task, struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct inet_sock *inet = inet_sk(sk);
	const struct sockaddr_in *sin = addr;
	int err = 0;

	(void)task;
	if (addrlen < sizeof(sin->sin_family))
		return -EINVAL;
	if (sin->sin_family == AF_UNSPEC) {
		ip4_datagram_disconnect(inet);
		return 0;
	}
	if (!inet->inet_num)
		err = ping_get_port(inet, 0);
	return err ? -EAGAIN : ip4_datagram_connect(sk, sin, addrlen);
}

static void ping_release(struct sock *sk)
{
	inet_release_common(inet_sk(sk));
}

/**
 * ping_init_sock() - May this group ping without privilege?
 * @inet: a new socket
 *
 * Return: 0, or -EACCES: group 0 is not in ping_group_range.
 */
int ping_init_sock(struct inet_sock *inet)
{
	const int *range = inet->sk.net->ipv4->sysctl_ping_group_range;

	return range[0] <= 0 && range[1] >= 0 ? 0 : -EACCES;
}

const struct proto_ops ping_ops = {
	.bind = ping_bind,
	.connect = ping_connect,
	.getname = inet_getname,
	.shutdown = inet_shutdown,
	.setsockopt = inet_setsockopt,
	.getsockopt = inet_getsockopt,
	.sendmsg = ping_sendmsg,
	.recvmsg = ping_recvmsg,
	.ioctl = inet_datagram_ioctl,
	.release = ping_release,
};
