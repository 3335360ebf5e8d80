/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_ipv4.c - TCP without connections: sockets for ioctls, and RST for everybody else
 *
 * mirrors tcp_v4_rcv() and tcp_v4_send_reset() of net/ipv4/tcp_ipv4.c
 *
 * Unlike Linux: no connection is ever made; connect() and listen() say EOPNOTSUPP.
 *
 * PATH
 *
 *	tcp_v4_rcv()
 *	  tcp_v4_send_reset()		ip_build_and_send()
 */
#include <errno.h>

#include "core/task.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"

/* Answers @skb (data at the TCP header) with a RST, as RFC 9293, 3.10.7.1 says. */
static void tcp_v4_send_reset(struct sk_buff *skb, const struct tcphdr *th)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct net *net = skb->dev->net;
	struct flowi4 fl4 = { .daddr = iph->saddr,
			      .saddr = iph->daddr,
			      .tos = iph->tos & INET_DSCP_MASK,
			      .proto = IPPROTO_TCP,
			      .sport = th->dest,
			      .dport = th->source };
	struct ip_send how = { .tos = iph->tos & INET_DSCP_MASK,
			       .protocol = IPPROTO_TCP,
			       .df = true,
			       .ttl = (uint8_t)net->ipv4->sysctl_ip_default_ttl };
	struct sk_buff *nskb;
	struct tcphdr *rep;

	/* never a reset for a reset */
	if (th->rst || skb_rtable(skb)->rt_type != RTN_LOCAL)
		return;
	if (ip_route_output_flow(net, &fl4, NULL, &how.rt))
		return;
	nskb = alloc_skb(skb->world, SKB_HEADROOM, sizeof(*rep));
	nskb->cause = skb->id;
	nskb->origin = skb->origin;
	rep = skb_put(nskb, sizeof(*rep));
	memset(rep, 0, sizeof(*rep));
	rep->source = th->dest;
	rep->dest = th->source;
	rep->doff = sizeof(*rep) / 4;
	rep->rst = 1;
	if (th->ack) {
		rep->seq = th->ack_seq;
	} else {
		rep->ack = 1;
		rep->ack_seq = cpu_to_be32(be32_to_cpu(th->seq) + th->syn + th->fin + skb_len(skb) -
					   th->doff * 4U);
	}
	rep->check = ~csum_tcpudp_magic(fl4.saddr, fl4.daddr, sizeof(*rep), IPPROTO_TCP, 0);
	nskb->ip_summed = CHECKSUM_PARTIAL;
	nskb->csum_start = (uint16_t)(nskb->data - nskb->head);
	nskb->csum_offset = offsetof(struct tcphdr, check);
	how.saddr = fl4.saddr;
	how.daddr = fl4.daddr;
	ip_build_and_send(nskb, &how);
	dst_release(&how.rt->dst);
}

/**
 * tcp_v4_rcv() - A TCP segment for us; nobody listens
 * @skb: consumed; data at the TCP header
 */
void tcp_v4_rcv(struct sk_buff *skb)
{
	const struct tcphdr *th = skb_peek_hdr(skb, sizeof(*th));
	const struct iphdr *iph = ip_hdr(skb);
	enum skb_drop_reason reason = SKB_DROP_REASON_NO_SOCKET;

	if (skb->pkt_type != PACKET_HOST) {
		reason = SKB_DROP_REASON_OTHERHOST;
	} else if (!th || th->doff < sizeof(*th) / 4 || skb_len(skb) < th->doff * 4U) {
		reason = SKB_DROP_REASON_PKT_TOO_SMALL;
	} else if (skb->ip_summed == CHECKSUM_NONE &&
		   csum_tcpudp_magic(iph->saddr, iph->daddr, skb_len(skb), IPPROTO_TCP,
				     csum_partial(th, skb_len(skb), 0))) {
		reason = SKB_DROP_REASON_TCP_CSUM;
	} else {
		tcp_v4_send_reset(skb, th);
	}
	kfree_skb_reason(skb, reason);
}

static int tcp_bind(struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct inet_sock *inet = inet_sk(sk);
	struct sockaddr_in sin;
	int err = inet_bind_addr(inet, addr, addrlen, &sin);

	if (!err) {
		inet->inet_sport = sin.sin_port;
		inet->inet_num = be16_to_cpu(sin.sin_port);
	}
	return err;
}

static int tcp_connect(struct ng_task *task, struct sock *sk, const void *addr, uint32_t addrlen)
{
	(void)task;
	(void)sk;
	(void)addr;
	(void)addrlen;
	return -EOPNOTSUPP;
}

static int tcp_listen(struct sock *sk, int backlog)
{
	(void)sk;
	(void)backlog;
	return -EOPNOTSUPP;
}

static int tcp_shutdown(struct sock *sk, int how)
{
	(void)sk;
	(void)how;
	return -ENOTCONN;
}

static ssize_t tcp_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			   size_t len, int flags)
{
	(void)task;
	(void)sk;
	(void)msg;
	(void)len;
	(void)flags;
	return -EPIPE;
}

static ssize_t tcp_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags)
{
	(void)task;
	(void)sk;
	(void)msg;
	(void)flags;
	return -ENOTCONN;
}

static void tcp_release(struct sock *sk)
{
	inet_release_common(inet_sk(sk));
}

/**
 * tcp_v4_init_sock() - A TCP socket
 * @inet: a new socket
 *
 * Return: 0.
 */
int tcp_v4_init_sock(struct inet_sock *inet)
{
	inet->is_icsk = true;
	list_add(&inet->node, &inet->sk.net->ipv4->tcp_socks);
	return 0;
}

const struct proto_ops tcp_ops = {
	.bind = tcp_bind,
	.connect = tcp_connect,
	.listen = tcp_listen,
	.getname = inet_getname,
	.shutdown = tcp_shutdown,
	.setsockopt = inet_setsockopt,
	.getsockopt = inet_getsockopt,
	.sendmsg = tcp_sendmsg,
	.recvmsg = tcp_recvmsg,
	.release = tcp_release,
};

void tcp_net_exit(struct net *net)
{
	(void)net;
}

void tcp_v4_err(struct sk_buff *skb, uint32_t info)
{
	(void)skb;
	(void)info;
}
