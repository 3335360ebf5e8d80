/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * datagram.c - how raw, UDP and ping sockets find their way and send
 *
 * mirrors net/ipv4/datagram.c and the socket half of net/ipv4/ip_output.c
 *
 * PATH
 *
 *	ip_socket_route()		ip_route_output_flow()
 *	ip_socket_send()		ip_build_and_send()
 */
#include <errno.h>
#include <asm/ioctls.h>
#include <linux/sockios.h>

#include "core/task.h"
#include "core/world.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"

/**
 * ipcm_init_sk() - What the socket wants of each message
 * @ipc: filled
 * @inet: the socket
 */
void ipcm_init_sk(struct ipcm_cookie *ipc, const struct inet_sock *inet)
{
	*ipc = (struct ipcm_cookie){
		.addr = inet->inet_saddr,
		.oif = inet->sk.bound_dev_if,
		.tos = -1,
		.protocol = (uint8_t)inet->inet_num,
		.mark = inet->sk.mark,
		.priority = inet->sk.priority,
	};
}

static int cmsg_int(const struct cmsghdr *cmsg, int *ret)
{
	*ret = 0;
	if (cmsg->cmsg_len == CMSG_LEN(1))
		*ret = *CMSG_DATA(cmsg);
	else if (cmsg->cmsg_len >= CMSG_LEN(sizeof(int)))
		memcpy(ret, CMSG_DATA(cmsg), sizeof(int));
	else
		return -EINVAL;
	return 0;
}

static int ip_cmsg_one(const struct cmsghdr *cmsg, struct ipcm_cookie *ipc)
{
	struct in_pktinfo info;
	int v, err;

	switch (cmsg->cmsg_type) {
	case IP_RETOPTS:
		return cmsg->cmsg_len == CMSG_LEN(0) ? 0 : -EINVAL;
	case IP_PKTINFO:
		if (cmsg->cmsg_len != CMSG_LEN(sizeof(info)))
			return -EINVAL;
		memcpy(&info, CMSG_DATA(cmsg), sizeof(info));
		if (info.ipi_ifindex)
			ipc->oif = info.ipi_ifindex;
		ipc->addr = info.ipi_spec_dst.s_addr;
		return 0;
	case IP_TTL:
		err = cmsg_int(cmsg, &v);
		if (err || v < 1 || v > 255)
			return -EINVAL;
		ipc->ttl = (int16_t)v;
		return 0;
	case IP_TOS:
		err = cmsg_int(cmsg, &v);
		if (err || v < 0 || v > 255)
			return -EINVAL;
		ipc->tos = (int16_t)v;
		return 0;
	}
	return -EINVAL;
}

/**
 * ip_cmsg_send() - What one message wants, in its control messages
 * @sk: the socket
 * @msg: the message
 * @ipc: begun by ipcm_init_sk()
 *
 * Return: 0 or -EINVAL.
 */
int ip_cmsg_send(struct sock *sk, const struct msghdr *msg, struct ipcm_cookie *ipc)
{
	struct msghdr m = *msg;

	(void)sk;
	if (!msg->msg_control || !msg->msg_controllen)
		return 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
		int err = 0;

		if (c->cmsg_len < sizeof(*c))
			return -EINVAL;
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_MARK &&
		    c->cmsg_len == CMSG_LEN(4))
			memcpy(&ipc->mark, CMSG_DATA(c), 4);
		else if (c->cmsg_level == SOL_SOCKET)
			err = -EINVAL;
		else if (c->cmsg_level == IPPROTO_IP)
			err = ip_cmsg_one(c, ipc);
		if (err)
			return err;
	}
	return 0;
}

/**
 * ip_mc_send_defaults() - IP_MULTICAST_IF and IP_UNICAST_IF
 * @inet: the socket
 * @ipc: gets a device
 * @daddr: where the message goes
 * @saddr: gets a source for groups
 */
void ip_mc_send_defaults(const struct inet_sock *inet, struct ipcm_cookie *ipc, __be32 daddr,
			 __be32 *saddr)
{
	if (ipv4_is_multicast(daddr)) {
		if (!ipc->oif)
			ipc->oif = inet->mc_index;
		if (!*saddr)
			*saddr = inet->mc_addr;
	} else if (!ipc->oif) {
		ipc->oif = inet->uc_index;
	}
}

/* What the socket and the message say about the way */
static void ip_socket_flow(const struct inet_sock *inet, const struct ipcm_cookie *ipc,
			   struct flowi4 *fl4, int msg_flags)
{
	fl4->oif = ipc->oif;
	fl4->mark = ipc->mark;
	fl4->tos = ipc->tos >= 0 ? (uint8_t)ipc->tos : inet->tos;
	if (inet->sk.dontroute || (msg_flags & MSG_DONTROUTE))
		fl4->scope = RT_SCOPE_LINK;
	if (inet->transparent || inet->hdrincl)
		fl4->flags |= FLOWI_FLAG_ANYSRC;
}

/* 0, or -EACCES and the route is given back: a broadcast needs SO_BROADCAST */
static int ip_broadcast_allowed(const struct inet_sock *inet, struct rtable *rt)
{
	if (!(rt->rt_flags & RTCF_BROADCAST) || inet->sk.broadcast)
		return 0;
	dst_release(&rt->dst);
	return -EACCES;
}

/**
 * ip_socket_route() - The route of a message
 * @inet: the socket
 * @ipc: what the message wants
 * @fl4: addresses, ports and protocol are given; the rest is filled in
 * @msg_flags: MSG_DONTROUTE: on the link only
 * @ret_rt: the route, counted
 *
 * Return: 0, the errors of ip_route_output_flow(), or -EACCES: a broadcast without SO_BROADCAST.
 */
int ip_socket_route(struct inet_sock *inet, const struct ipcm_cookie *ipc, struct flowi4 *fl4,
		    int msg_flags, struct rtable **ret_rt)
{
	int err;

	ip_socket_flow(inet, ipc, fl4, msg_flags);
	err = ip_route_output_flow(inet->sk.net, fl4, &inet->sk, ret_rt);
	return err ? err : ip_broadcast_allowed(inet, *ret_rt);
}

/**
 * ip_check_size() - May this much be sent at all?
 * @inet: the socket
 * @fl4: the flow
 * @rt: its route
 * @len: bytes behind the IP header
 *
 * Return: 0, or -EMSGSIZE with an entry in the error queue: IP_MTU_DISCOVER forbids to cut it up.
 */
int ip_check_size(struct inet_sock *inet, const struct flowi4 *fl4, const struct rtable *rt,
		  size_t len)
{
	uint32_t mtu =
		inet->pmtudisc < IP_PMTUDISC_PROBE ? ip_dst_mtu(rt, false) : rt->dst.dev->mtu;
	uint32_t max = ip_sk_ignore_df(inet) ? 0xffff : mtu;

	if (inet->opt)
		len += inet->opt->len;
	if (len + sizeof(struct iphdr) <= max)
		return 0;
	ip_local_error(&inet->sk, EMSGSIZE, fl4->daddr, inet->inet_dport,
		       mtu - (inet->opt ? inet->opt->len : 0));
	return -EMSGSIZE;
}

/* What a message takes of the send buffer, all its fragments; *ret_last: the last of them */
static uint32_t ip_message_truesize(uint32_t len, uint32_t hlen, uint32_t mtu, uint32_t *ret_last)
{
	uint32_t room = mtu > hlen + 8 ? mtu - hlen : 8;
	uint32_t piece = room & ~7U, n = 0;

	if (len > room)
		n = (len - room + piece - 1) / piece;
	*ret_last = skb_truesize(len - n * piece + hlen);
	return n * skb_truesize(piece + hlen) + *ret_last;
}

/**
 * ip_socket_skb() - Room for a message
 * @task: who sends: gives the origin
 * @inet: the socket
 * @rt: the route of the message
 * @len: bytes behind the IP header
 * @flags: MSG_DONTWAIT
 * @ret_err: the errors of sock_wait_send(), or -ENOBUFS: twice the send buffer is full
 *
 * As __ip_append_data(): what begins with a header of the protocol's own waits for its turn; a raw
 * socket never waits, nor do further fragments.
 *
 * Return: an empty packet owned by the socket, or NULL.
 */
struct sk_buff *ip_socket_skb(struct ng_task *task, struct inet_sock *inet, const struct rtable *rt,
			      size_t len, int flags, int *ret_err)
{
	struct sock *sk = &inet->sk;
	bool waits = sk->type != SOCK_RAW || inet->hdrincl;
	uint32_t hlen = inet->hdrincl ? 0 : 20U + (inet->opt ? inet->opt->len : 0);
	uint32_t mtu =
		inet->pmtudisc < IP_PMTUDISC_PROBE ? ip_dst_mtu(rt, false) : rt->dst.dev->mtu;
	uint32_t last, all = ip_message_truesize((uint32_t)len, hlen, mtu, &last);
	struct sk_buff *skb;

	*ret_err = waits ? sock_wait_send(task, sk, flags) : 0;
	if (!*ret_err && (!waits || all != last) &&
	    (uint64_t)sk->wmem + all - last >= 2ULL * sk->sndbuf)
		*ret_err = -ENOBUFS;
	if (*ret_err) {
		mib_inc(sk->net, Ip_OutDiscards);
		return NULL;
	}
	skb = alloc_skb(sk->world, SKB_HEADROOM, (uint32_t)len);
	skb->origin = task ? task->origin : sk->origin;
	skb_set_owner(skb, sk, all);
	return skb;
}

/**
 * ip_dont_fragment() - Does a socket's packet that fits say DF?
 * @inet: the socket
 * @rt: the packet's route
 *
 * Return: true if so. As ip_dont_fragment().
 */
bool ip_dont_fragment(const struct inet_sock *inet, const struct rtable *rt)
{
	return inet->pmtudisc == IP_PMTUDISC_DO ||
	       (inet->pmtudisc == IP_PMTUDISC_WANT && !ip_mtu_locked(rt));
}

/**
 * ip_socket_send() - Sends a message
 * @inet: the socket
 * @ipc: what the message wants
 * @fl4: the flow
 * @rt: its route; stays the caller's
 * @skb: consumed; data at the transport header
 *
 * Return: 0 or -errno. -ENOBUFS only with IP_RECVERR: as udp_send_skb() and raw_sendmsg().
 */
int ip_socket_send(struct inet_sock *inet, const struct ipcm_cookie *ipc, const struct flowi4 *fl4,
		   struct rtable *rt, struct sk_buff *skb)
{
	struct ip_send how = {
		.sk = &inet->sk,
		.rt = rt,
		.saddr = fl4->saddr,
		.daddr = fl4->daddr,
		.tos = ipc->tos >= 0 ? (uint8_t)ipc->tos : inet->tos,
		.protocol = ipc->protocol,
		.mark = ipc->mark,
		.priority = ipc->priority,
		.opt = inet->opt,
	};
	uint32_t optlen = inet->opt ? inet->opt->len : 0;
	bool fits = skb_len(skb) + sizeof(struct iphdr) + optlen <= ip_dst_mtu(rt, false);
	int err;

	how.df = inet->pmtudisc == IP_PMTUDISC_DO || inet->pmtudisc == IP_PMTUDISC_PROBE ||
		 (fits && ip_dont_fragment(inet, rt));
	if (ipc->ttl)
		how.ttl = (uint8_t)ipc->ttl;
	else if (rt->rt_type == RTN_MULTICAST)
		how.ttl = inet->mc_ttl;
	else if (inet->uc_ttl >= 0)
		how.ttl = (uint8_t)inet->uc_ttl;
	else if (dst_metric(rt, RTAX_HOPLIMIT))
		how.ttl = (uint8_t)dst_metric(rt, RTAX_HOPLIMIT);
	else
		how.ttl = (uint8_t)inet->sk.net->ipv4->sysctl_ip_default_ttl;
	skb->ignore_df = ip_sk_ignore_df(inet);
	err = ip_build_and_send(skb, &how);
	return err == -ENOBUFS && !inet->recverr ? 0 : err;
}

/**
 * ip4_datagram_connect() - Fixes the other end, and chooses our own address
 * @sk: the socket
 * @usin: the other end
 * @addrlen: its bytes
 *
 * Return: 0 or -errno. As __ip4_datagram_connect().
 */
int ip4_datagram_connect(struct sock *sk, const struct sockaddr_in *usin, uint32_t addrlen)
{
	struct inet_sock *inet = inet_sk(sk);
	struct ipcm_cookie ipc;
	struct rtable *rt;
	struct flowi4 fl4;
	int err;

	if (addrlen < sizeof(*usin))
		return -EINVAL;
	if (usin->sin_family != AF_INET)
		return -EAFNOSUPPORT;
	ipcm_init_sk(&ipc, inet);
	fl4 = (struct flowi4){ .daddr = usin->sin_addr.s_addr,
			       .saddr = inet->inet_saddr,
			       .proto = (uint8_t)sk->protocol,
			       .sport = inet->inet_sport,
			       .dport = usin->sin_port };
	ip_mc_send_defaults(inet, &ipc, fl4.daddr, &fl4.saddr);
	ip_socket_flow(inet, &ipc, &fl4, 0);
	err = ip_route_connect(sk->net, &fl4, sk, &rt);
	if (err == -ENETUNREACH)
		mib_inc(sk->net, Ip_OutNoRoutes);
	if (!err)
		err = ip_broadcast_allowed(inet, rt);
	if (err)
		return err;
	if (!inet->inet_saddr)
		inet->inet_saddr = fl4.saddr;
	if (!inet->inet_rcv_saddr)
		inet->inet_rcv_saddr = fl4.saddr;
	inet->inet_daddr = fl4.daddr;
	inet->inet_dport = usin->sin_port;
	inet->connected = true;
	dst_release(&rt->dst);
	return 0;
}

/**
 * ip4_datagram_disconnect() - connect() to AF_UNSPEC: any other end again
 * @inet: the socket
 */
void ip4_datagram_disconnect(struct inet_sock *inet)
{
	inet->connected = false;
	inet->inet_daddr = 0;
	inet->inet_dport = 0;
	inet->sk.bound_dev_if = 0;
	if (!inet->bindaddr_lock) {
		inet->inet_rcv_saddr = 0;
		inet->inet_saddr = 0;
	}
}

/**
 * inet_datagram_ioctl() - SIOCINQ and SIOCOUTQ
 * @task: who asks
 * @sk: the socket
 * @request: which
 * @arg: an int
 *
 * Return: 0, or -ENOTTY: dev_ioctl() may know it.
 */
int inet_datagram_ioctl(struct ng_task *task, struct sock *sk, unsigned long request, void *arg)
{
	const struct sk_buff *skb = skb_queue_first(&sk->receive_queue);
	int v = 0;

	(void)task;
	if (request != SIOCINQ && request != SIOCOUTQ)
		return -ENOTTY;
	if (request == SIOCINQ && skb)
		v = (int)skb_len(skb);
	memcpy(arg, &v, sizeof(v));
	return 0;
}
