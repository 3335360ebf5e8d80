/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_sockglue.c - the IPPROTO_IP options of a socket
 *
 * mirrors net/ipv4/ip_sockglue.c; error queue and control messages are in ip_errqueue.c
 *
 * CONTROL
 */
#include <errno.h>
#include <linux/if.h>

#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"

static int get_int(const void *val, uint32_t len, int *ret)
{
	*ret = 0;
	if (len >= sizeof(int))
		memcpy(ret, val, sizeof(int));
	else if (len >= 1)
		*ret = *(const uint8_t *)val;
	return 0;
}

static void set_cmsg_flag(struct inet_sock *inet, uint32_t flag, int on)
{
	inet->cmsg_flags = on ? inet->cmsg_flags | flag : inet->cmsg_flags & ~flag;
}

/* struct ip_mreqn, or the older ip_mreq without a device's number */
static int parse_mreq(const void *val, uint32_t len, struct ip_mreqn *ret)
{
	memset(ret, 0, sizeof(*ret));
	if (len < sizeof(struct ip_mreq))
		return -EINVAL;
	memcpy(ret, val, len < sizeof(*ret) ? sizeof(struct ip_mreq) : sizeof(*ret));
	return 0;
}

static int set_membership(struct inet_sock *inet, bool join, const void *val, uint32_t len)
{
	struct ip_mreqn mreq;
	int err = inet->is_icsk ? -EPROTO : parse_mreq(val, len, &mreq);

	if (err)
		return err;
	return join ? ip_mc_join_group(inet->sk.net, &inet->mc_list, &mreq)
		    : ip_mc_leave_group(inet->sk.net, &inet->mc_list, &mreq);
}

/* struct group_req: the same for any family */
static int set_mcast_group(struct inet_sock *inet, bool join, const void *val, uint32_t len)
{
	struct ip_mreqn mreq = { .imr_ifindex = 0 };
	struct group_req req;
	struct sockaddr_in sin;

	if (inet->is_icsk)
		return -EPROTO;
	if (len < sizeof(req))
		return -EINVAL;
	memcpy(&req, val, sizeof(req));
	memcpy(&sin, &req.gr_group, sizeof(sin));
	if (sin.sin_family != AF_INET)
		return -EINVAL;
	mreq.imr_multiaddr = sin.sin_addr;
	mreq.imr_ifindex = (int)req.gr_interface;
	return join ? ip_mc_join_group(inet->sk.net, &inet->mc_list, &mreq)
		    : ip_mc_leave_group(inet->sk.net, &inet->mc_list, &mreq);
}

static int set_multicast_if(struct inet_sock *inet, const void *val, uint32_t len)
{
	struct ip_mreqn mreq = { .imr_ifindex = 0 };
	const struct net_device *dev;

	if (len >= sizeof(struct ip_mreq)) {
		int err = parse_mreq(val, len, &mreq);

		if (err)
			return err;
	} else if (len >= sizeof(struct in_addr)) {
		memcpy(&mreq.imr_address, val, sizeof(struct in_addr));
	} else {
		return -EINVAL;
	}
	if (!mreq.imr_ifindex) {
		if (!mreq.imr_address.s_addr) {
			inet->mc_index = 0;
			inet->mc_addr = 0;
			return 0;
		}
		dev = ip_dev_find(inet->sk.net, mreq.imr_address.s_addr);
		mreq.imr_ifindex = dev ? dev->ifindex : 0;
	} else {
		dev = dev_get_by_index(inet->sk.net, mreq.imr_ifindex);
	}
	if (!dev)
		return -EADDRNOTAVAIL;
	if (inet->sk.bound_dev_if && mreq.imr_ifindex != inet->sk.bound_dev_if)
		return -EINVAL;
	inet->mc_index = mreq.imr_ifindex;
	inet->mc_addr = mreq.imr_address.s_addr;
	return 0;
}

static void set_tos(struct inet_sock *inet, int v)
{
	static const uint8_t tos2prio[16] = { 0, 0, 0, 0, 2, 2, 2, 2, 6, 6, 6, 6, 4, 4, 4, 4 };

	inet->tos = (uint8_t)v;
	inet->sk.priority = tos2prio[(v & 0x1e) >> 1];
}

/* Options that only switch something; true: done. */
static bool set_flag(struct inet_sock *inet, int name, int v)
{
	switch (name) {
	case IP_PKTINFO:
		set_cmsg_flag(inet, IP_CMSG_PKTINFO, v);
		return true;
	case IP_RECVTTL:
		set_cmsg_flag(inet, IP_CMSG_TTL, v);
		return true;
	case IP_RECVTOS:
		set_cmsg_flag(inet, IP_CMSG_TOS, v);
		return true;
	case IP_RECVOPTS:
		set_cmsg_flag(inet, IP_CMSG_RECVOPTS, v);
		return true;
	case IP_RETOPTS:
		set_cmsg_flag(inet, IP_CMSG_RETOPTS, v);
		return true;
	case IP_RECVORIGDSTADDR:
		set_cmsg_flag(inet, IP_CMSG_ORIGDSTADDR, v);
		return true;
	case IP_FREEBIND:
		inet->freebind = v;
		return true;
	case IP_TRANSPARENT:
		inet->transparent = v;
		return true;
	case IP_MULTICAST_LOOP:
		inet->mc_loop = v;
		return true;
	case IP_NODEFRAG:
		inet->nodefrag = v;
		return true;
	case IP_BIND_ADDRESS_NO_PORT:
	case IP_RECVERR_RFC4884:
	case IP_CHECKSUM:
		return true;
	case IP_RECVERR:
		inet->recverr = v;
		if (!v)
			skb_queue_purge(&inet->sk.error_queue, SKB_DROP_REASON_PKT_CONSUMED);
		return true;
	}
	return false;
}

static int set_options(struct inet_sock *inet, const void *val, uint32_t len)
{
	struct ip_options opt;
	int err = ip_options_get(inet->sk.net, &opt, val, len);

	if (err)
		return err;
	if (opt.st.srr) /* a source route: not followed, so not begun */
		return -EINVAL;
	if (!inet->opt)
		inet->opt = xzalloc(sizeof(*inet->opt));
	*inet->opt = opt;
	return 0;
}

/**
 * ip_setsockopt() - IPPROTO_IP options
 * @sk: the socket
 * @name: IP_*
 * @val: the value
 * @len: its bytes
 *
 * Return: 0, -EINVAL, or -ENOPROTOOPT: no such option.
 */
int ip_setsockopt(struct sock *sk, int name, const void *val, uint32_t len)
{
	struct inet_sock *inet = inet_sk(sk);
	int v;

	get_int(val, len, &v);
	if (set_flag(inet, name, v))
		return 0;
	switch (name) {
	case IP_OPTIONS:
		return set_options(inet, val, len);
	case IP_TOS:
		set_tos(inet, v);
		return 0;
	case IP_TTL:
		if (len < 1 || (v != -1 && (v < 1 || v > 255)))
			return -EINVAL;
		inet->uc_ttl = (int16_t)v;
		return 0;
	case IP_MINTTL:
		if (len < 1 || v < 0 || v > 255)
			return -EINVAL;
		inet->min_ttl = (uint8_t)v;
		return 0;
	case IP_HDRINCL:
		if (sk->type != SOCK_RAW)
			return -ENOPROTOOPT;
		inet->hdrincl = v;
		return 0;
	case IP_MTU_DISCOVER:
		if (v < IP_PMTUDISC_DONT || v > IP_PMTUDISC_OMIT)
			return -EINVAL;
		inet->pmtudisc = (uint8_t)v;
		return 0;
	case IP_MULTICAST_TTL:
		if (sk->type == SOCK_STREAM || len < 1 || v < -1 || v > 255)
			return -EINVAL;
		inet->mc_ttl = v == -1 ? 1 : (uint8_t)v;
		return 0;
	case IP_MULTICAST_ALL:
		if (len < 1 || (v != 0 && v != 1))
			return -EINVAL;
		inet->mc_all = v;
		return 0;
	case IP_MULTICAST_IF:
		return sk->type == SOCK_STREAM ? -EINVAL : set_multicast_if(inet, val, len);
	case IP_UNICAST_IF:
		inet->uc_index = (int)be32_to_cpu((ng_force __be32)(uint32_t)v);
		return inet->uc_index && !dev_get_by_index(sk->net, inet->uc_index) ? -EADDRNOTAVAIL
										    : 0;
	case IP_ADD_MEMBERSHIP:
	case IP_DROP_MEMBERSHIP:
		return set_membership(inet, name == IP_ADD_MEMBERSHIP, val, len);
	case MCAST_JOIN_GROUP:
	case MCAST_LEAVE_GROUP:
		return set_mcast_group(inet, name == MCAST_JOIN_GROUP, val, len);
	case IP_ADD_SOURCE_MEMBERSHIP:
	case IP_DROP_SOURCE_MEMBERSHIP:
	case IP_BLOCK_SOURCE:
	case IP_UNBLOCK_SOURCE:
	case IP_MSFILTER:
	case MCAST_JOIN_SOURCE_GROUP:
	case MCAST_LEAVE_SOURCE_GROUP:
	case MCAST_BLOCK_SOURCE:
	case MCAST_UNBLOCK_SOURCE:
	case MCAST_MSFILTER:
		return -NG_ENOTSUPP; /* source filters */
	}
	return -ENOPROTOOPT;
}

/**
 * getsockopt_int() - Hands out an int, or its first byte when there is room for no more
 * @val: where to
 * @len: room; set to what was written
 * @v: the value
 *
 * Return: 0 or -EINVAL.
 */
int getsockopt_int(void *val, uint32_t *len, int v)
{
	if ((int)*len < 0)
		return -EINVAL;
	if (*len < sizeof(int) && *len > 0 && v >= 0 && v <= 255) {
		*(uint8_t *)val = (uint8_t)v;
		*len = 1;
		return 0;
	}
	if (*len > sizeof(int))
		*len = sizeof(int);
	memcpy(val, &v, *len);
	return 0;
}

static int get_mtu(const struct inet_sock *inet, void *val, uint32_t *len)
{
	struct flowi4 fl4 = { .daddr = inet->inet_daddr,
			      .saddr = inet->inet_saddr,
			      .oif = inet->sk.bound_dev_if,
			      .mark = inet->sk.mark,
			      .tos = inet->tos };
	struct rtable *rt;
	uint32_t mtu;

	if (!inet->inet_daddr || ip_route_output_flow(inet->sk.net, &fl4, &inet->sk, &rt))
		return -ENOTCONN;
	mtu = ip_dst_mtu(rt, false);
	dst_release(&rt->dst);
	return getsockopt_int(val, len, (int)mtu);
}

/* Options that are one number; -1: none of them. */
static int get_flag(const struct inet_sock *inet, int name)
{
	switch (name) {
	case IP_PKTINFO:
		return !!(inet->cmsg_flags & IP_CMSG_PKTINFO);
	case IP_RECVTTL:
		return !!(inet->cmsg_flags & IP_CMSG_TTL);
	case IP_RECVTOS:
		return !!(inet->cmsg_flags & IP_CMSG_TOS);
	case IP_RECVOPTS:
		return !!(inet->cmsg_flags & IP_CMSG_RECVOPTS);
	case IP_RETOPTS:
		return !!(inet->cmsg_flags & IP_CMSG_RETOPTS);
	case IP_RECVORIGDSTADDR:
		return !!(inet->cmsg_flags & IP_CMSG_ORIGDSTADDR);
	case IP_TOS:
		return inet->tos;
	case IP_TTL:
		return inet->uc_ttl < 0 ? inet->sk.net->ipv4->sysctl_ip_default_ttl : inet->uc_ttl;
	case IP_MINTTL:
		return inet->min_ttl;
	case IP_HDRINCL:
		return inet->hdrincl;
	case IP_NODEFRAG:
		return inet->nodefrag;
	case IP_MTU_DISCOVER:
		return inet->pmtudisc;
	case IP_RECVERR:
		return inet->recverr;
	case IP_MULTICAST_TTL:
		return inet->mc_ttl;
	case IP_MULTICAST_LOOP:
		return inet->mc_loop;
	case IP_MULTICAST_ALL:
		return inet->mc_all;
	case IP_FREEBIND:
		return inet->freebind;
	case IP_TRANSPARENT:
		return inet->transparent;
	case IP_BIND_ADDRESS_NO_PORT:
		return 0;
	}
	return -1;
}

/**
 * ip_getsockopt() - IPPROTO_IP options
 * @sk: the socket
 * @name: IP_*
 * @val: where to
 * @len: room; set to what was written
 *
 * Return: 0, -ENOTCONN (IP_MTU), or -ENOPROTOOPT.
 */
int ip_getsockopt(struct sock *sk, int name, void *val, uint32_t *len)
{
	const struct inet_sock *inet = inet_sk(sk);
	int v = get_flag(inet, name);

	if (v >= 0)
		return getsockopt_int(val, len, v);
	switch (name) {
	case IP_OPTIONS:
		if (!inet->opt || *len > inet->opt->len)
			*len = inet->opt ? inet->opt->len : 0;
		if (*len)
			memcpy(val, inet->opt->data, *len);
		return 0;
	case IP_MTU:
		return get_mtu(inet, val, len);
	case IP_MULTICAST_IF:
		if (*len > sizeof(inet->mc_addr))
			*len = sizeof(inet->mc_addr);
		memcpy(val, &inet->mc_addr, *len);
		return 0;
	case IP_UNICAST_IF:
		return getsockopt_int(
			val, len, (int)(ng_force uint32_t)cpu_to_be32((uint32_t)inet->uc_index));
	}
	return -ENOPROTOOPT;
}
