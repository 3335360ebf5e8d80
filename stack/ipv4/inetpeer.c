/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inetpeer.c - what we remember of other hosts: how many errors we may send them
 *
 * mirrors net/ipv4/inetpeer.c
 *
 * TABLE
 */
#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"

/* jiffies of a kernel with HZ=1000 */
static int64_t now_ms(const struct net *net)
{
	return world_now(net->world) / NSEC_PER_MSEC;
}

/**
 * inet_getpeer_v4() - Finds or makes the record of a host
 * @net: the namespace
 * @addr: the host's address
 *
 * Return: the record; it lives as long as the namespace.
 */
struct inet_peer *inet_getpeer_v4(struct net *net, __be32 addr)
{
	struct inet_peer *p;

	list_for_each_entry(p, &net->ipv4->inet_peers, list)
		if (p->addr == addr)
			return p;
	p = xzalloc(sizeof(*p));
	p->addr = addr;
	/* 60 s ago: as if it had been silent, so that the first burst passes */
	p->rate_last = now_ms(net) - 60 * 1000;
	list_add(&p->list, &net->ipv4->inet_peers);
	return p;
}

/* 6 errors at once, then one each timeout: XRLIM_BURST_FACTOR in net/ipv4/icmp.c */
#define XRLIM_BURST_FACTOR 6

/**
 * inet_peer_xrlim_allow() - May another error go to this host?
 * @net: the namespace
 * @peer: the host
 * @timeout_ms: time one error costs; 0: no limit
 *
 * Return: true, and one is paid for. As inet_peer_xrlim_allow().
 */
bool inet_peer_xrlim_allow(struct net *net, struct inet_peer *peer, int64_t timeout_ms)
{
	int64_t delta = now_ms(net) - peer->rate_last;
	int64_t token = peer->rate_tokens + delta;
	bool rc = false;

	/* right after ip_error() took its price, what is left is not cut down to our burst */
	if (delta && token > XRLIM_BURST_FACTOR * timeout_ms)
		token = XRLIM_BURST_FACTOR * timeout_ms;
	peer->rate_last += delta;
	if (token >= timeout_ms) {
		token -= timeout_ms;
		rc = true;
	}
	peer->rate_tokens = token;
	return rc;
}

/**
 * inet_peers_free() - Forgets all hosts
 * @net: a dying namespace
 */
void inet_peers_free(struct net *net)
{
	struct inet_peer *p, *next;

	list_for_each_entry_safe(p, next, &net->ipv4->inet_peers, list) {
		list_del(&p->list);
		free(p);
	}
}
