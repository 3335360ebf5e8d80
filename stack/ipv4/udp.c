/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * udp.c - UDP sockets (RFC 768)
 *
 * mirrors net/ipv4/udp.c
 *
 * PATH and TABLE
 *
 *	udp_sendmsg()			ip_socket_route(), ip_socket_send()
 *	udp_rcv()
 *	  udp_mcast_deliver()		groups and broadcasts: everybody who listens
 *	  udp_lookup()			or the best match; nobody: port unreachable
 *	udp_err()
 */
#include <errno.h>

#include "core/filter.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"

#define UDP_HTABLE_SIZE 64U

/* The sockets of a namespace, by local port. */
struct inet_hashinfo {
	struct list_head slot[UDP_HTABLE_SIZE];
	uint64_t nr_autobinds; /* index into the stream of chance */
};

static struct list_head *udp_slot(struct net *net, uint16_t port)
{
	struct inet_hashinfo *table = net->ipv4->udp;

	if (!table) {
		table = xzalloc(sizeof(*table));
		for (unsigned int i = 0; i < UDP_HTABLE_SIZE; i++)
			INIT_LIST_HEAD(&table->slot[i]);
		net->ipv4->udp = table;
	}
	return &table->slot[port % UDP_HTABLE_SIZE];
}

/**
 * udp_net_exit() - Frees the table
 * @net: a dying namespace, without sockets
 */
void udp_net_exit(struct net *net)
{
	free(net->ipv4->udp);
	net->ipv4->udp = NULL;
}

/* may @inet have @port too? As inet_rcv_saddr_equal() and udp_lib_lport_inuse() */
static bool udp_port_in_use(struct inet_sock *inet, uint16_t port)
{
	const struct inet_sock *other;

	list_for_each_entry(other, udp_slot(inet->sk.net, port), node) {
		if (other == inet || other->inet_num != port)
			continue;
		if (other->sk.reuse && inet->sk.reuse)
			continue;
		if (other->sk.reuseport && inet->sk.reuseport)
			continue;
		if (other->sk.bound_dev_if && inet->sk.bound_dev_if &&
		    other->sk.bound_dev_if != inet->sk.bound_dev_if)
			continue;
		if (!other->inet_rcv_saddr || !inet->inet_rcv_saddr ||
		    other->inet_rcv_saddr == inet->inet_rcv_saddr)
			return true;
	}
	return false;
}

/* @port 0: any free one. 0 or -EADDRINUSE */
static int udp_get_port(struct inet_sock *inet, uint16_t port)
{
	struct netns_ipv4 *ipv4 = inet->sk.net->ipv4;
	int low = ipv4->sysctl_ip_local_port_range[0], high = ipv4->sysctl_ip_local_port_range[1];
	uint32_t range = (uint32_t)(high - low + 1), first;

	if (port) {
		if (udp_port_in_use(inet, port))
			return -EADDRINUSE;
	} else {
		udp_slot(inet->sk.net, 0); /* the table exists from here on */
		first = world_random_below(inet->sk.world, RNG_PORT, inet->sk.net->inum,
					   ipv4->udp->nr_autobinds++, range);
		for (uint32_t i = 0; i < range && !port; i++) {
			uint16_t try = (uint16_t)((uint32_t)low + (first + i) % range);

			if (!inet_is_local_reserved_port(ipv4, try) && !udp_port_in_use(inet, try))
				port = try;
		}
		if (!port)
			return -EADDRINUSE;
	}
	list_del(&inet->node);
	inet->inet_num = port;
	inet->inet_sport = cpu_to_be16(port);
	list_add(&inet->node, udp_slot(inet->sk.net, port));
	return 0;
}

static int udp_autobind(struct inet_sock *inet)
{
	return inet->inet_num ? 0 : udp_get_port(inet, 0) ? -EAGAIN : 0;
}

/* how well @inet fits a packet to @daddr:@dport from @saddr:@sport; -1: not */
static int udp_score(const struct inet_sock *inet, __be32 saddr, __be16 sport, __be32 daddr,
		     uint16_t dport, int dif)
{
	int score = 2;

	if (inet->inet_num != dport || (inet->inet_rcv_saddr && inet->inet_rcv_saddr != daddr))
		return -1;
	if (inet->inet_rcv_saddr)
		score += 16; /* sockets with an address of their own are asked first */
	if (inet->inet_daddr) {
		if (inet->inet_daddr != saddr)
			return -1;
		score += 4;
	}
	if (inet->inet_dport) {
		if (inet->inet_dport != sport)
			return -1;
		score += 4;
	}
	if (inet->sk.bound_dev_if) {
		if (inet->sk.bound_dev_if != dif)
			return -1;
		score += 4;
	}
	return score;
}

static struct inet_sock *udp_lookup(struct net *net, __be32 saddr, __be16 sport, __be32 daddr,
				    __be16 dport, int dif)
{
	struct inet_sock *inet, *best = NULL;
	int best_score = -1;

	if (!net->ipv4->udp)
		return NULL;
	list_for_each_entry(inet, udp_slot(net, be16_to_cpu(dport)), node) {
		int score = udp_score(inet, saddr, sport, daddr, be16_to_cpu(dport), dif);

		if (score > best_score) {
			best = inet;
			best_score = score;
		}
	}
	return best;
}

static bool udp_checksum_ok(const struct sk_buff *skb, const struct udphdr *uh, uint32_t ulen)
{
	const struct iphdr *iph = ip_hdr(skb);

	if (skb->ip_summed != CHECKSUM_NONE || !uh->check)
		return true;
	return csum_tcpudp_magic(iph->saddr, iph->daddr, ulen, IPPROTO_UDP,
				 csum_partial(uh, ulen, 0)) == 0;
}

/* consumes; unlike those of raw sockets a packet must fit, unless it is the only one */
static void udp_queue_rcv_skb(struct inet_sock *inet, struct sk_buff *skb)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_SOCKET_FILTER;
	struct net *net = skb->dev->net;
	struct sock *sk = &inet->sk;

	if (sk_filter_trim_cap(sk->filter, skb, sizeof(struct udphdr)))
		goto drop;
	skb_pull(skb, sizeof(struct udphdr));
	ipv4_pktinfo_prepare(sk, skb);
	if (sk->rmem && sk->rmem + skb_cost(skb) > sk->rcvbuf) {
		reason = SKB_DROP_REASON_SOCKET_RCVBUFF;
		mib_inc(net, Udp_RcvbufErrors);
		goto drop;
	}
	sock_queue_tail(sk, skb);
	return;
drop:
	mib_inc(net, Udp_InErrors);
	sk->drops++;
	kfree_skb_reason(skb, reason);
}

static void udp_mcast_deliver(struct sk_buff *skb, const struct udphdr *uh)
{
	struct net *net = skb->dev->net;
	const struct iphdr *iph = ip_hdr(skb);
	struct inet_sock *inet;
	bool taken = false;

	if (net->ipv4->udp) {
		list_for_each_entry(inet, udp_slot(net, be16_to_cpu(uh->dest)), node) {
			if (udp_score(inet, iph->saddr, uh->source, iph->daddr,
				      be16_to_cpu(uh->dest), skb->dev->ifindex) < 0 ||
			    !ip_mc_sf_allow(inet, iph->daddr, skb->dev->ifindex))
				continue;
			udp_queue_rcv_skb(inet, skb_clone(skb));
			taken = true;
		}
	}
	if (taken) {
		consume_skb(skb);
		return;
	}
	mib_inc(net, Udp_IgnoredMulti);
	kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
}

/**
 * udp_rcv() - A UDP packet for us
 * @skb: consumed; data at the UDP header
 */
void udp_rcv(struct sk_buff *skb)
{
	const struct udphdr *uh = skb_peek_hdr(skb, sizeof(*uh));
	const struct iphdr *iph = ip_hdr(skb);
	struct inet_sock *inet;
	uint32_t ulen;

	ulen = uh ? be16_to_cpu(uh->len) : 0;
	if (ulen > skb_len(skb) || ulen < sizeof(*uh)) {
		mib_inc(skb->dev->net, Udp_InErrors);
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
		return;
	}
	skb_trim(skb, ulen);
	if (!udp_checksum_ok(skb, uh, ulen)) {
		mib_inc(skb->dev->net, Udp_InCsumErrors);
		mib_inc(skb->dev->net, Udp_InErrors);
		kfree_skb_reason(skb, SKB_DROP_REASON_UDP_CSUM);
		return;
	}
	if (skb_rtable(skb)->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) {
		udp_mcast_deliver(skb, uh);
		return;
	}
	inet = udp_lookup(skb->dev->net, iph->saddr, uh->source, iph->daddr, uh->dest,
			  inet_iif(skb));
	if (inet) {
		udp_queue_rcv_skb(inet, skb);
		return;
	}
	mib_inc(skb->dev->net, Udp_NoPorts);
	icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
	kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
}

/**
 * udplite_rcv() - A UDP-Lite packet for us (RFC 3828); no socket speaks it
 * @skb: consumed; data at the header
 */
void udplite_rcv(struct sk_buff *skb)
{
	const struct udphdr *uh = skb_peek_hdr(skb, sizeof(*uh));
	enum skb_drop_reason reason = SKB_DROP_REASON_PKT_TOO_SMALL;
	const struct iphdr *iph = ip_hdr(skb);
	struct net *net = skb->dev->net;
	uint32_t covered = uh ? be16_to_cpu(uh->len) : 0;

	if (uh && !covered)
		covered = skb_len(skb);
	if (!uh || covered < sizeof(*uh) || covered > skb_len(skb))
		goto error;
	if (!uh->check || csum_tcpudp_magic(iph->saddr, iph->daddr, skb_len(skb), IPPROTO_UDPLITE,
					    csum_partial(uh, covered, 0))) {
		mib_inc(net, UdpLite_InCsumErrors);
		reason = SKB_DROP_REASON_UDP_CSUM;
		goto error;
	}
	reason = SKB_DROP_REASON_NO_SOCKET;
	if (skb_rtable(skb)->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) {
		mib_inc(net, UdpLite_IgnoredMulti);
	} else {
		mib_inc(net, UdpLite_NoPorts);
		icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
	}
	kfree_skb_reason(skb, reason);
	return;
error:
	mib_inc(net, UdpLite_InErrors);
	kfree_skb_reason(skb, reason);
}

/**
 * udp_err() - An ICMP error about a UDP packet of ours
 * @skb: the error, data at the quoted header; borrowed
 * @info: MTU or the like, host order
 */
void udp_err(struct sk_buff *skb, uint32_t info)
{
	const struct icmphdr *icmph = skb_transport_header(skb);
	const struct iphdr *iph = (const void *)skb->data;
	const struct udphdr *uh = (const void *)(skb->data + iph->ihl * 4);
	struct net *net = skb->dev->net;
	struct inet_sock *inet =
		udp_lookup(net, iph->daddr, uh->dest, iph->saddr, uh->source, skb->dev->ifindex);
	bool hard;
	int err;

	if (!inet) {
		mib_inc(net, Icmp_InErrors);
		return;
	}
	if (icmph->type == ICMP_REDIRECT) {
		ipv4_redirect(skb, net, &inet->sk);
		return;
	}
	if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED) {
		ipv4_update_pmtu(skb, net, info, &inet->sk);
		if (inet->pmtudisc == IP_PMTUDISC_DONT)
			return;
	}
	err = icmp_to_errno(inet, icmph->type, icmph->code, &hard);
	if (!err || (!inet->recverr && (!hard || !inet->connected)))
		return;
	if (inet->recverr)
		ip_icmp_error(&inet->sk, skb, err, uh->dest, info, (const uint8_t *)(uh + 1));
	sk_error_report(&inet->sk, err);
}

static int udp_dest(const struct inet_sock *inet, const struct msghdr *msg, struct sockaddr_in *ret)
{
	if (!msg->msg_namelen) {
		if (!inet->connected)
			return -EDESTADDRREQ;
		ret->sin_addr.s_addr = inet->inet_daddr;
		ret->sin_port = inet->inet_dport;
		return 0;
	}
	if (msg->msg_namelen < sizeof(*ret))
		return -EINVAL;
	memcpy(ret, msg->msg_name, sizeof(*ret));
	if (ret->sin_family != AF_INET && ret->sin_family != AF_UNSPEC)
		return -EAFNOSUPPORT;
	return ret->sin_port ? 0 : -EINVAL;
}

static void udp_put_header(struct sk_buff *skb, const struct inet_sock *inet,
			   const struct flowi4 *fl4, uint32_t ulen)
{
	struct udphdr *uh = skb_put(skb, sizeof(*uh));

	uh->source = inet->inet_sport;
	uh->dest = fl4->dport;
	uh->len = cpu_to_be16((uint16_t)ulen);
	uh->check = ~csum_tcpudp_magic(fl4->saddr, fl4->daddr, ulen, IPPROTO_UDP, 0);
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = (uint16_t)(skb->data - skb->head);
	skb->csum_offset = offsetof(struct udphdr, check);
}

static ssize_t udp_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			   size_t len, int flags)
{
	struct inet_sock *inet = inet_sk(sk);
	struct sockaddr_in sin = { .sin_family = AF_INET };
	uint32_t ulen = (uint32_t)(len + sizeof(struct udphdr));
	struct ipcm_cookie ipc;
	struct sk_buff *skb;
	struct rtable *rt;
	struct flowi4 fl4;
	__be32 saddr;
	int err;

	if (len > 0xffff)
		return -EMSGSIZE;
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	err = udp_dest(inet, msg, &sin);
	if (!err)
		err = udp_autobind(inet);
	if (err)
		return err;
	ipcm_init_sk(&ipc, inet);
	ipc.protocol = IPPROTO_UDP;
	err = ip_cmsg_send(sk, msg, &ipc);
	if (err)
		return err;
	saddr = ipc.addr;
	ip_mc_send_defaults(inet, &ipc, sin.sin_addr.s_addr, &saddr);
	fl4 = (struct flowi4){ .daddr = sin.sin_addr.s_addr,
			       .saddr = saddr,
			       .proto = IPPROTO_UDP,
			       .sport = inet->inet_sport,
			       .dport = sin.sin_port };
	err = ip_socket_route(inet, &ipc, &fl4, flags, &rt);
	if (err == -ENETUNREACH)
		mib_inc(sk->net, Ip_OutNoRoutes);
	if (err)
		return err;
	err = ip_check_size(inet, &fl4, rt, ulen);
	skb = err ? NULL : ip_socket_skb(task, inet, rt, ulen, flags, &err);
	if (!skb) {
		if (err == -ENOBUFS || err == -EAGAIN)
			mib_inc(sk->net, Udp_SndbufErrors);
		dst_release(&rt->dst);
		return err;
	}
	udp_put_header(skb, inet, &fl4, ulen);
	copy_from_iov(skb_put(skb, (uint32_t)len), msg, 0, len);
	err = ip_socket_send(inet, &ipc, &fl4, rt, skb);
	dst_release(&rt->dst);
	if (!err)
		mib_inc(sk->net, Udp_OutDatagrams);
	return err ? err : (ssize_t)len;
}

static ssize_t udp_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags)
{
	ssize_t n = ip_recv_datagram(task, sk, msg, flags, true);

	if (n >= 0 && !(flags & (MSG_PEEK | MSG_ERRQUEUE)))
		mib_inc(sk->net, Udp_InDatagrams);
	return n;
}

static int udp_bind(struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct inet_sock *inet = inet_sk(sk);
	struct sockaddr_in sin;
	int err;

	if (inet->connected || inet->inet_num)
		return -EINVAL;
	err = inet_bind_addr(inet, addr, addrlen, &sin);
	if (err)
		return err;
	err = udp_get_port(inet, be16_to_cpu(sin.sin_port));
	if (err) {
		inet->inet_saddr = 0;
		inet->inet_rcv_saddr = 0;
		inet->bindaddr_lock = false;
		return err;
	}
	inet->bindport_lock = sin.sin_port != 0;
	return 0;
}

static int udp_connect(struct ng_task *task, struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct inet_sock *inet = inet_sk(sk);
	const struct sockaddr_in *sin = addr;
	int err;

	(void)task;
	if (addrlen < sizeof(sin->sin_family))
		return -EINVAL;
	if (sin->sin_family == AF_UNSPEC) {
		ip4_datagram_disconnect(inet);
		if (!inet->bindport_lock) {
			list_del(&inet->node);
			inet->inet_num = 0;
			inet->inet_sport = 0;
		}
		return 0;
	}
	err = udp_autobind(inet);
	return err ? err : ip4_datagram_connect(sk, sin, addrlen);
}

static void udp_release(struct sock *sk)
{
	inet_release_common(inet_sk(sk));
}

/**
 * udp_init_sock() - A UDP socket has no port yet
 * @inet: a new socket
 *
 * Return: 0.
 */
int udp_init_sock(struct inet_sock *inet)
{
	(void)inet;
	return 0;
}

const struct proto_ops udp_ops = {
	.bind = udp_bind,
	.connect = udp_connect,
	.getname = inet_getname,
	.shutdown = inet_shutdown,
	.setsockopt = inet_setsockopt,
	.getsockopt = inet_getsockopt,
	.sendmsg = udp_sendmsg,
	.recvmsg = udp_recvmsg,
	.ioctl = inet_datagram_ioctl,
	.release = udp_release,
};
