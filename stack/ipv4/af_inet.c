/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * af_inet.c - making IPv4 sockets, and what all kinds share
 *
 * mirrors net/ipv4/af_inet.c
 *
 * CONTROL
 */
#include <errno.h>

#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"
#include "ipv4/tcp.h"

struct inet_protosw {
	int type;
	int protocol; /* IPPROTO_IP: any */
	const struct proto_ops *ops;
	int (*init)(struct inet_sock *inet);
	size_t obj_size;
};

static const struct inet_protosw inetsw[] = {
	{ SOCK_STREAM, IPPROTO_TCP, &tcp_ops, tcp_v4_init_sock, sizeof(struct tcp_sock) },
	{ SOCK_DGRAM, IPPROTO_UDP, &udp_ops, udp_init_sock, sizeof(struct inet_sock) },
	{ SOCK_DGRAM, IPPROTO_ICMP, &ping_ops, ping_init_sock, sizeof(struct inet_sock) },
	{ SOCK_RAW, IPPROTO_IP, &raw_ops, raw_init_sock, sizeof(struct inet_sock) },
};

/* The kind of socket for *@protocol, which is set when it was 0; as the search in inet_create() */
static const struct inet_protosw *inet_find_protosw(int type, int *protocol, int *ret_err)
{
	*ret_err = -ESOCKTNOSUPPORT;
	for (size_t i = 0; i < sizeof(inetsw) / sizeof(inetsw[0]); i++) {
		const struct inet_protosw *sw = &inetsw[i];

		if (sw->type != type)
			continue;
		*ret_err = -EPROTONOSUPPORT;
		if (*protocol == sw->protocol) {
			if (*protocol != IPPROTO_IP)
				return sw;
		} else if (*protocol == IPPROTO_IP) {
			*protocol = sw->protocol;
			return sw;
		} else if (sw->protocol == IPPROTO_IP) {
			return sw;
		}
	}
	return NULL;
}

/**
 * inet_create() - Makes an IPv4 socket
 * @net: its namespace
 * @type: SOCK_STREAM, SOCK_DGRAM, SOCK_RAW
 * @protocol: IPPROTO_*, 0: the type's own
 * @ret_sk: the socket, one reference
 *
 * Return: 0, -EINVAL, -ESOCKTNOSUPPORT, -EPROTONOSUPPORT, -EACCES (ping_group_range).
 */
int inet_create(struct net *net, int type, int protocol, struct sock **ret_sk)
{
	const struct inet_protosw *sw;
	struct inet_sock *inet;
	int err;

	if (protocol < 0 || protocol >= IPPROTO_MAX)
		return -EINVAL;
	sw = inet_find_protosw(type, &protocol, &err);
	if (!sw)
		return err;
	inet = xzalloc(sw->obj_size);
	sock_init_data(&inet->sk, net, AF_INET, type, protocol);
	inet->sk.ops = sw->ops;
	inet->uc_ttl = -1;
	inet->mc_loop = true;
	inet->mc_ttl = 1;
	inet->mc_all = true;
	inet->pmtudisc = net->ipv4->sysctl_ip_no_pmtu_disc ? IP_PMTUDISC_DONT : IP_PMTUDISC_WANT;
	INIT_LIST_HEAD(&inet->mc_list);
	INIT_LIST_HEAD(&inet->node);
	if (type == SOCK_RAW) {
		inet->inet_num = (uint16_t)protocol;
		inet->hdrincl = protocol == IPPROTO_RAW;
	}
	err = sw->init(inet);
	if (err) {
		sock_release(&inet->sk);
		return err;
	}
	*ret_sk = &inet->sk;
	return 0;
}

/**
 * inet_release_common() - What every kind gives back when closed
 * @inet: the socket
 */
void inet_release_common(struct inet_sock *inet)
{
	ip_mc_drop_list(inet->sk.net, &inet->mc_list);
	free(inet->opt);
	inet->opt = NULL;
	list_del(&inet->node);
}

/**
 * inet_addr_valid_or_nonlocal() - May a socket be bound to this address?
 * @inet: the socket
 * @addr: the address
 * @type: its RTN_*
 */
bool inet_addr_valid_or_nonlocal(const struct inet_sock *inet, __be32 addr, unsigned int type)
{
	return inet->sk.net->ipv4->sysctl_ip_nonlocal_bind || inet->freebind || inet->transparent ||
	       ipv4_is_zeronet(addr) || type == RTN_LOCAL || type == RTN_MULTICAST ||
	       type == RTN_BROADCAST;
}

/**
 * inet_bind_addr() - Checks and takes the address of a bind()
 * @inet: the socket
 * @addr: struct sockaddr_in
 * @addrlen: its bytes
 * @ret: a copy of it
 *
 * Return: 0, -EINVAL, -EAFNOSUPPORT, -EADDRNOTAVAIL.
 */
int inet_bind_addr(struct inet_sock *inet, const void *addr, uint32_t addrlen,
		   struct sockaddr_in *ret)
{
	unsigned int type;

	if (addrlen < sizeof(*ret))
		return -EINVAL;
	memcpy(ret, addr, sizeof(*ret));
	if (ret->sin_family != AF_INET && (ret->sin_family != AF_UNSPEC || ret->sin_addr.s_addr))
		return -EAFNOSUPPORT;
	type = inet_addr_type(inet->sk.net, ret->sin_addr.s_addr);
	if (!inet_addr_valid_or_nonlocal(inet, ret->sin_addr.s_addr, type))
		return -EADDRNOTAVAIL;
	inet->inet_rcv_saddr = ret->sin_addr.s_addr;
	inet->inet_saddr =
		type == RTN_MULTICAST || type == RTN_BROADCAST ? 0 : ret->sin_addr.s_addr;
	inet->bindaddr_lock = ret->sin_addr.s_addr != 0;
	return 0;
}

/**
 * inet_getname() - getsockname() and getpeername()
 * @sk: the socket
 * @addr: where to
 * @addrlen: room; set to what it takes
 * @peer: the other end
 *
 * Return: 0 or -ENOTCONN.
 */
int inet_getname(struct sock *sk, void *addr, uint32_t *addrlen, bool peer)
{
	const struct inet_sock *inet = inet_sk(sk);
	struct sockaddr_in sin = { .sin_family = AF_INET };

	if (peer) {
		if (!inet->inet_dport)
			return -ENOTCONN;
		sin.sin_port = inet->inet_dport;
		sin.sin_addr.s_addr = inet->inet_daddr;
	} else {
		sin.sin_port = inet->inet_sport;
		sin.sin_addr.s_addr =
			inet->inet_rcv_saddr ? inet->inet_rcv_saddr : inet->inet_saddr;
	}
	memcpy(addr, &sin, *addrlen < sizeof(sin) ? *addrlen : sizeof(sin));
	*addrlen = sizeof(sin);
	return 0;
}

/**
 * inet_shutdown() - shutdown() of a datagram socket
 * @sk: the socket
 * @how: SHUT_RD, SHUT_WR, SHUT_RDWR
 *
 * Return: 0, -EINVAL, or -ENOTCONN (it takes effect all the same).
 */
int inet_shutdown(struct sock *sk, int how)
{
	if (how < SHUT_RD || how > SHUT_RDWR)
		return -EINVAL;
	sk->shutdown |= (uint8_t)(how + 1);
	wake_up(&sk->wait);
	return inet_sk(sk)->connected ? 0 : -ENOTCONN;
}

/**
 * inet_setsockopt() - Options of a socket that has none of its own
 * @sk: the socket
 * @level: SOL_*
 * @name: of the level
 * @val: the value
 * @len: its bytes
 *
 * Return: 0 or -errno.
 */
int inet_setsockopt(struct sock *sk, int level, int name, const void *val, uint32_t len)
{
	if (level == SOL_SOCKET)
		return sock_setsockopt(sk, name, val, len);
	if (level == IPPROTO_IP)
		return ip_setsockopt(sk, name, val, len);
	return -ENOPROTOOPT;
}

/**
 * inet_getsockopt() - Options of a socket that has none of its own
 * @sk: the socket
 * @level: SOL_*
 * @name: of the level
 * @val: where to
 * @len: room; set to what was written
 *
 * Return: 0 or -errno.
 */
int inet_getsockopt(struct sock *sk, int level, int name, void *val, uint32_t *len)
{
	if (level == SOL_SOCKET)
		return sock_getsockopt(sk, name, val, len);
	if (level == IPPROTO_IP)
		return ip_getsockopt(sk, name, val, len);
	return -ENOPROTOOPT;
}
