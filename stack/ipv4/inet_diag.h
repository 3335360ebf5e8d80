/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inet_diag.h - every IPv4 socket of a namespace as one row: what ss asks for and /proc/net shows
 */
#ifndef STACK_IPV4_INET_DIAG_H
#define STACK_IPV4_INET_DIAG_H

#include "netlink/af_netlink.h"

struct tcp_sock;

enum inet_row_timer {
	INET_TIMER_OFF,
	INET_TIMER_RETRANS,
	INET_TIMER_KEEPALIVE,
	INET_TIMER_TIMEWAIT,
	INET_TIMER_PROBE,
};

struct inet_row {
	const struct sock *sk;	   /* NULL: a request or a TIME_WAIT */
	const struct tcp_sock *tp; /* NULL: not a TCP socket */
	__be32 saddr, daddr;
	__be16 sport, dport;
	uint16_t num; /* local port; of a raw socket its protocol */
	uint8_t state;
	int ifindex;
	uint32_t rqueue, wqueue;
	enum inet_row_timer timer;
	int64_t expires_ns; /* from now */
	uint32_t retrans, probes;
	uint64_t ino;
	uint32_t mark;
};

typedef void (*inet_row_fn)(void *arg, const struct inet_row *row);

/* @protocol: IPPROTO_TCP, IPPROTO_UDP or IPPROTO_RAW. TCP: listeners, then connections, then TIME_WAITs */
void inet_rows(struct net *net, int protocol, inet_row_fn fn, void *arg);

struct inet_counts {
	uint32_t tcp_inuse, tcp_orphan, tcp_tw, tcp_alloc, udp_inuse, raw_inuse;
};
void inet_count_sockets(struct net *net, struct inet_counts *ret);

/* One SOCK_DIAG_BY_FAMILY request for AF_INET or AF_INET6: 0 or -errno */
int inet_diag_rcv(struct nl_request *req);

/* a socket's number in ss -e; given when somebody first asks */
uint64_t sock_gen_cookie(const struct sock *sk);

#endif
