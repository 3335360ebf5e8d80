/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_errqueue.c - what a socket is told beside its data: errors and control messages
 *
 * mirrors the rest of net/ipv4/ip_sockglue.c
 *
 * CONTROL
 */
#include <errno.h>
#include <sys/time.h>

#include "core/filter.h"
#include "core/world.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"

/* RFC 1122: 3.2.2.1, 4.2.3.9; which of them end a connected socket's call */
const struct icmp_err icmp_err_convert[16] = {
	[ICMP_NET_UNREACH] = { ENETUNREACH, false },
	[ICMP_HOST_UNREACH] = { EHOSTUNREACH, false },
	[ICMP_PROT_UNREACH] = { ENOPROTOOPT, true },
	[ICMP_PORT_UNREACH] = { ECONNREFUSED, true },
	[ICMP_FRAG_NEEDED] = { EMSGSIZE, false },
	[ICMP_SR_FAILED] = { EOPNOTSUPP, false },
	[ICMP_NET_UNKNOWN] = { ENETUNREACH, true },
	[ICMP_HOST_UNKNOWN] = { EHOSTDOWN, true },
	[ICMP_HOST_ISOLATED] = { ENONET, true },
	[ICMP_NET_ANO] = { ENETUNREACH, true },
	[ICMP_HOST_ANO] = { EHOSTUNREACH, true },
	[ICMP_NET_UNR_TOS] = { ENETUNREACH, false },
	[ICMP_HOST_UNR_TOS] = { EHOSTUNREACH, false },
	[ICMP_PKT_FILTERED] = { EHOSTUNREACH, true },
	[ICMP_PREC_VIOLATION] = { EHOSTUNREACH, true },
	[ICMP_PREC_CUTOFF] = { EHOSTUNREACH, true },
};

/**
 * icmp_to_errno() - What an ICMP error means to a socket
 * @inet: the socket
 * @type: ICMP type
 * @code: ICMP code
 * @ret_hard: the error counts for a connected socket without IP_RECVERR too
 *
 * Return: positive errno; 0: nothing.
 */
int icmp_to_errno(const struct inet_sock *inet, int type, int code, bool *ret_hard)
{
	*ret_hard = false;
	switch (type) {
	case ICMP_SOURCE_QUENCH:
	case ICMP_REDIRECT:
		return 0;
	case ICMP_PARAMETERPROB:
		*ret_hard = true;
		return EPROTO;
	case ICMP_DEST_UNREACH:
		if (code > NR_ICMP_UNREACH)
			return EHOSTUNREACH;
		*ret_hard = code == ICMP_FRAG_NEEDED ? inet->pmtudisc != IP_PMTUDISC_DONT
						     : icmp_err_convert[code].fatal;
		return icmp_err_convert[code].errnum;
	}
	return EHOSTUNREACH;
}

/**
 * ip_icmp_error() - An ICMP error into the socket's error queue
 * @sk: the socket
 * @skb: the ICMP packet, data at the quoted header, transport header at the ICMP header; borrowed
 * @err: positive errno
 * @port: destination port of the quoted packet
 * @info: MTU or the like, host order
 * @payload: where the quoted payload begins
 */
void ip_icmp_error(struct sock *sk, struct sk_buff *skb, int err, __be16 port, uint32_t info,
		   const uint8_t *payload)
{
	const struct icmphdr *icmph = skb_transport_header(skb);
	struct sk_buff *copy = skb_clone(skb);
	struct sock_exterr_skb *serr = SKB_EXT_ERR(copy);

	serr->rx.ifindex = skb->skb_iif;
	serr->rx.spec_dst = skb->dst ? fib_compute_spec_dst(skb) : 0;
	serr->ee = (struct sock_extended_err){
		.ee_errno = (uint32_t)err,
		.ee_origin = SO_EE_ORIGIN_ICMP,
		.ee_type = icmph->type,
		.ee_code = icmph->code,
		.ee_info = info,
	};
	serr->addr_offset =
		(uint16_t)((const uint8_t *)(icmph + 1) + offsetof(struct iphdr, daddr) -
			   (const uint8_t *)ip_hdr(skb));
	serr->port = port;
	if (!skb_pull(copy, (uint32_t)(payload - copy->data))) {
		kfree_skb_reason(copy, SKB_DROP_REASON_PKT_TOO_SMALL);
		return;
	}
	sock_queue_err_skb(sk, copy);
}

/**
 * ip_local_error() - An error found before anything was sent, into the error queue
 * @sk: the socket; nothing happens without IP_RECVERR
 * @err: positive errno
 * @daddr: where it was to go
 * @port: and to which port
 * @info: the MTU, bytes
 */
void ip_local_error(struct sock *sk, int err, __be32 daddr, __be16 port, uint32_t info)
{
	struct sock_exterr_skb *serr;
	struct sk_buff *skb;
	struct iphdr *iph;

	if (!inet_sk(sk)->recverr)
		return;
	skb = alloc_skb_message(sk->world, 0, sizeof(*iph));
	iph = skb_put(skb, sizeof(*iph));
	memset(iph, 0, sizeof(*iph));
	skb_reset_network_header(skb);
	iph->daddr = daddr;
	skb_pull(skb, sizeof(*iph));
	serr = SKB_EXT_ERR(skb);
	serr->ee = (struct sock_extended_err){
		.ee_errno = (uint32_t)err,
		.ee_origin = SO_EE_ORIGIN_LOCAL,
		.ee_info = info,
	};
	serr->addr_offset = offsetof(struct iphdr, daddr);
	serr->port = port;
	sock_queue_err_skb(sk, skb);
}

static void put_timestamp(struct cmsg_out *out, const struct sock *sk, const struct sk_buff *skb)
{
	int64_t t = sk->world->config.epoch_ns +
		    (skb->tstamp_ns ? skb->tstamp_ns : world_now(sk->world));
	struct timeval tv = { .tv_sec = t / NSEC_PER_SEC,
			      .tv_usec = t % NSEC_PER_SEC / NSEC_PER_USEC };

	if (sk->timestamp)
		put_cmsg(out, SOL_SOCKET, SO_TIMESTAMP, &tv, sizeof(tv));
}

/**
 * ip_cmsg_recv() - The control messages a socket asked for
 * @out: where to
 * @sk: the socket
 * @skb: the packet, from its queue
 */
void ip_cmsg_recv(struct cmsg_out *out, struct sock *sk, struct sk_buff *skb)
{
	uint32_t flags = inet_sk(sk)->cmsg_flags;
	const struct iphdr *iph = ip_hdr(skb);

	if (flags & IP_CMSG_PKTINFO) {
		struct in_pktinfo info = { .ipi_ifindex = IP_RX_CB(skb)->ifindex };

		info.ipi_spec_dst.s_addr = IP_RX_CB(skb)->spec_dst;
		info.ipi_addr.s_addr = iph->daddr;
		put_cmsg(out, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info));
	}
	if (flags & IP_CMSG_TTL) {
		int ttl = iph->ttl;

		put_cmsg(out, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl));
	}
	if (flags & IP_CMSG_TOS)
		put_cmsg(out, IPPROTO_IP, IP_TOS, &iph->tos, 1);
	if (flags & IP_CMSG_ORIGDSTADDR) {
		struct sockaddr_in sin = { .sin_family = AF_INET };
		const uint8_t *l4 = (const uint8_t *)iph + iph->ihl * 4;

		sin.sin_addr.s_addr = iph->daddr;
		if (l4 + 4 <= skb->tail)
			memcpy(&sin.sin_port, l4 + 2, sizeof(sin.sin_port));
		put_cmsg(out, IPPROTO_IP, IP_ORIGDSTADDR, &sin, sizeof(sin));
	}
}

/**
 * ip_recv_cmsgs() - All control messages of a received packet
 * @sk: the socket
 * @msg: the message being filled
 * @skb: the packet
 */
void ip_recv_cmsgs(struct sock *sk, struct msghdr *msg, struct sk_buff *skb)
{
	struct cmsg_out out = { .msg = msg };

	put_timestamp(&out, sk, skb);
	ip_cmsg_recv(&out, sk, skb);
	put_cmsg_done(&out);
}

/* the next error becomes the socket's, or none is left */
static struct sk_buff *sock_dequeue_err_skb(struct sock *sk)
{
	struct sk_buff *skb = skb_dequeue(&sk->error_queue);
	const struct sk_buff *next = skb_queue_first(&sk->error_queue);

	if (!skb)
		return NULL;
	if (next && SKB_EXT_ERR(next)->ee.ee_origin == SO_EE_ORIGIN_ICMP)
		sk_error_report(sk, (int)SKB_EXT_ERR(next)->ee.ee_errno);
	else if (SKB_EXT_ERR(skb)->ee.ee_origin == SO_EE_ORIGIN_ICMP)
		sk->err = 0;
	return skb;
}

/**
 * ip_recv_error() - recvmsg() with MSG_ERRQUEUE
 * @sk: the socket
 * @msg: gets the quoted payload, the destination it went to, and IP_RECVERR
 *
 * Return: bytes of payload, or -EAGAIN.
 */
ssize_t ip_recv_error(struct sock *sk, struct msghdr *msg)
{
	struct {
		struct sock_extended_err ee;
		struct sockaddr_in offender;
	} errhdr;
	struct sk_buff *skb = sock_dequeue_err_skb(sk);
	struct cmsg_out out = { .msg = msg };
	struct sockaddr_in *sin = msg->msg_name;
	const struct sock_exterr_skb *serr;
	size_t copied;

	if (!skb)
		return -EAGAIN;
	serr = SKB_EXT_ERR(skb);
	copied = copy_to_iov(msg, skb->data, skb_len(skb));
	put_timestamp(&out, sk, skb);
	if (sin && msg->msg_namelen >= sizeof(*sin)) {
		memset(sin, 0, sizeof(*sin));
		sin->sin_family = AF_INET;
		memcpy(&sin->sin_addr, (const uint8_t *)skb_network_header(skb) + serr->addr_offset,
		       4);
		sin->sin_port = serr->port;
		msg->msg_namelen = sizeof(*sin);
	}
	memset(&errhdr, 0, sizeof(errhdr));
	errhdr.ee = serr->ee;
	if (serr->ee.ee_origin == SO_EE_ORIGIN_ICMP) {
		errhdr.offender.sin_family = AF_INET;
		errhdr.offender.sin_addr.s_addr = ip_hdr(skb)->saddr;
		ip_cmsg_recv(&out, sk, skb);
	}
	put_cmsg(&out, IPPROTO_IP, IP_RECVERR, &errhdr, sizeof(errhdr));
	put_cmsg_done(&out);
	msg->msg_flags |= MSG_ERRQUEUE;
	consume_skb(skb);
	return (ssize_t)copied;
}

/**
 * ipv4_pktinfo_prepare() - Notes what IP_PKTINFO will tell
 * @sk: the socket
 * @skb: about to be queued; its route is known still
 */
void ipv4_pktinfo_prepare(const struct sock *sk, struct sk_buff *skb)
{
	struct ip_rx_cb *cb = IP_RX_CB(skb);

	if (!(((const struct inet_sock *)sk)->cmsg_flags & IP_CMSG_PKTINFO))
		return;
	cb->ifindex = inet_iif(skb);
	cb->spec_dst = skb_rtable(skb) ? fib_compute_spec_dst(skb) : 0;
}

/**
 * ip_queue_rcv_skb() - A packet for the reader of a raw or ping socket
 * @sk: the socket
 * @skb: consumed
 */
void ip_queue_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	if (sk_filter_trim_cap(sk->filter, skb, 1)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_SOCKET_FILTER);
		return;
	}
	ipv4_pktinfo_prepare(sk, skb);
	sock_queue_rcv_skb(sk, skb);
}

/**
 * ip_recv_datagram() - recvmsg() of raw, UDP and ping sockets
 * @task: the reader
 * @sk: the socket
 * @msg: takes the bytes from data on, whose they are, and control messages
 * @flags: MSG_TRUNC: how long it is counts, not how much fitted
 * @has_ports: the transport header begins with the sender's port
 *
 * Return: bytes or -errno.
 */
ssize_t ip_recv_datagram(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags,
			 bool has_ports)
{
	struct sockaddr_in from = { .sin_family = AF_INET };
	struct sk_buff *skb;
	size_t copied;
	int err;

	if (flags & MSG_ERRQUEUE)
		return ip_recv_error(sk, msg);
	skb = skb_recv_datagram(task, sk, flags, &err);
	if (!skb)
		return err;
	copied = copy_to_iov(msg, skb->data, skb_len(skb));
	if (flags & MSG_TRUNC)
		copied = skb_len(skb);
	if (msg->msg_name && msg->msg_namelen) {
		from.sin_addr.s_addr = ip_hdr(skb)->saddr;
		if (has_ports)
			memcpy(&from.sin_port, skb_transport_header(skb), sizeof(from.sin_port));
		memcpy(msg->msg_name, &from,
		       msg->msg_namelen < sizeof(from) ? msg->msg_namelen : sizeof(from));
		msg->msg_namelen = sizeof(from);
	}
	ip_recv_cmsgs(sk, msg, skb);
	consume_skb(skb);
	return (ssize_t)copied;
}
