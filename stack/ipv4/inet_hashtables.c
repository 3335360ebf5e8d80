/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inet_hashtables.c - which TCP socket: by four-tuple, by listening port; and who has a port
 *
 * mirrors net/ipv4/inet_hashtables.c and net/ipv4/inet_connection_sock.c
 *
 * TABLE
 */
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_hashinfo() - The tables of a namespace; made with its first socket
 * @net: the namespace
 *
 * Return: borrowed.
 */
struct tcp_hashinfo *tcp_hashinfo(struct net *net)
{
	struct tcp_hashinfo *h = net->ipv4->tcp;

	if (h)
		return h;
	h = xzalloc(sizeof(*h));
	for (unsigned int i = 0; i < TCP_BHASH_SIZE; i++) {
		INIT_LIST_HEAD(&h->bind[i]);
		INIT_LIST_HEAD(&h->tw_bind[i]);
	}
	for (unsigned int i = 0; i < TCP_LHASH_SIZE; i++)
		INIT_LIST_HEAD(&h->listen[i]);
	INIT_LIST_HEAD(&h->timewaits);
	net->ipv4->tcp = h;
	return h;
}

/**
 * tcp_tuple_hash() - Chance that belongs to one pair of addresses and ports
 * @net: the namespace
 * @key: the four-tuple
 * @n: which of its numbers: 0 the initial sequence number, 1 the timestamp offset, 2 the first port
 *
 * Return: 64 bits.
 */
uint64_t tcp_tuple_hash(struct net *net, const struct tcp_hash_node *key, uint64_t n)
{
	uint64_t addrs = (uint64_t)be32_to_cpu(key->saddr) << 32 | be32_to_cpu(key->daddr);
	uint64_t ports = (uint64_t)be16_to_cpu(key->sport) << 16 | be16_to_cpu(key->dport);

	return rng_hash(net->world->config.seed, RNG_ISN, addrs, ports | n << 32);
}

static struct hlist_head *ehash_slot(struct net *net, const struct tcp_hash_node *n)
{
	uint64_t h = (uint64_t)(ng_force uint32_t)n->saddr * 0x9e3779b97f4a7c15U;

	h = (h ^ (ng_force uint32_t)n->daddr) * 0xff51afd7ed558ccdU;
	h = (h ^ ((uint64_t)(ng_force uint16_t)n->sport << 16 | (ng_force uint16_t)n->dport)) *
	    0xc4ceb9fe1a85ec53U;
	return &tcp_hashinfo(net)->ehash[(h >> 40) % TCP_EHASH_SIZE];
}

/**
 * tcp_ehash_add() - From now on segments of this four-tuple find @n
 * @net: the namespace
 * @n: filled in
 */
void tcp_ehash_add(struct net *net, struct tcp_hash_node *n)
{
	hlist_add_head(&n->node, ehash_slot(net, n));
}

/**
 * tcp_ehash_del() - No longer; not being there is fine
 * @n: what was added
 */
void tcp_ehash_del(struct tcp_hash_node *n)
{
	hlist_del(&n->node);
}

/**
 * tcp_ehash_find() - Who has this four-tuple
 * @net: the namespace
 * @key: the four-tuple, ours first
 *
 * Return: a socket, request or TIME_WAIT, or NULL.
 */
struct tcp_hash_node *tcp_ehash_find(struct net *net, const struct tcp_hash_node *key)
{
	struct tcp_hash_node *n;

	if (!net->ipv4->tcp)
		return NULL;
	hlist_for_each_entry(n, ehash_slot(net, key), node) {
		if (n->dport == key->dport && n->daddr == key->daddr && n->sport == key->sport &&
		    n->saddr == key->saddr)
			return n;
	}
	return NULL;
}

/**
 * tcp_lookup_listener() - Who listens
 * @net: the namespace
 * @daddr: the segment's destination
 * @dport: and port
 * @dif: the device it came in on
 *
 * Return: the socket bound most narrowly, or NULL.
 */
struct tcp_sock *tcp_lookup_listener(struct net *net, __be32 daddr, __be16 dport, int dif)
{
	uint16_t port = be16_to_cpu(dport);
	struct tcp_sock *tp, *best = NULL;
	int best_score = -1;

	if (!net->ipv4->tcp)
		return NULL;
	list_for_each_entry(tp, &net->ipv4->tcp->listen[port % TCP_LHASH_SIZE], listen_node) {
		const struct inet_sock *inet = &tp->inet;
		int score = 1;

		if (inet->inet_num != port ||
		    (inet->inet_rcv_saddr && inet->inet_rcv_saddr != daddr) ||
		    (inet->sk.bound_dev_if && inet->sk.bound_dev_if != dif))
			continue;
		score += (inet->inet_rcv_saddr ? 2 : 0) + (inet->sk.bound_dev_if ? 1 : 0);
		if (score > best_score) {
			best = tp;
			best_score = score;
		}
	}
	return best;
}

/**
 * tcp_bind_add() - The socket has its port
 * @tp: inet_num is set
 */
void tcp_bind_add(struct tcp_sock *tp)
{
	struct tcp_hashinfo *h = tcp_hashinfo(tp->inet.sk.net);

	list_del(&tp->bind_node);
	list_add_tail(&tp->bind_node, &h->bind[tp->inet.inet_num % TCP_BHASH_SIZE]);
}

static bool same_addr(__be32 a, __be32 b)
{
	return !a || !b || a == b;
}

static bool same_dev(int a, int b)
{
	return !a || !b || a == b;
}

/* may @tp not have @port? As inet_csk_bind_conflict(); @reuse: SO_REUSEADDR counts */
static bool bind_conflict(struct tcp_sock *tp, uint16_t port, bool reuse)
{
	struct tcp_hashinfo *h = tcp_hashinfo(tp->inet.sk.net);
	const struct sock *sk = &tp->inet.sk;
	const struct tcp_timewait_sock *tw;
	const struct tcp_sock *o;

	list_for_each_entry(o, &h->bind[port % TCP_BHASH_SIZE], bind_node) {
		const struct sock *osk = &o->inet.sk;

		if (o == tp || o->inet.inet_num != port ||
		    !same_dev(osk->bound_dev_if, sk->bound_dev_if) ||
		    !same_addr(o->inet.inet_rcv_saddr, tp->inet.inet_rcv_saddr))
			continue;
		if (reuse && sk->reuse && osk->reuse && o->state != TCP_LISTEN)
			continue;
		if (sk->reuseport && osk->reuseport)
			continue;
		return true;
	}
	if (reuse && sk->reuse)
		return false;
	list_for_each_entry(tw, &h->tw_bind[port % TCP_BHASH_SIZE], bind_node) {
		if (tw->num == port && same_addr(tw->hash.saddr, tp->inet.inet_rcv_saddr))
			return true;
	}
	return false;
}

/**
 * tcp_listen_conflict() - Does another socket listen where @tp wants to?
 * @tp: bound
 */
bool tcp_listen_conflict(struct tcp_sock *tp)
{
	return bind_conflict(tp, tp->inet.inet_num, true);
}

/**
 * tcp_get_port() - bind()
 * @tp: not bound yet; its address is set
 * @port: the port wanted, 0: any
 *
 * Return: 0 or -EADDRINUSE.
 */
int tcp_get_port(struct tcp_sock *tp, uint16_t port)
{
	struct netns_ipv4 *ipv4 = tcp_ns(tp);
	uint32_t low = (uint32_t)ipv4->sysctl_ip_local_port_range[0];
	uint32_t range = (uint32_t)ipv4->sysctl_ip_local_port_range[1] - low + 1, first;

	if (port && bind_conflict(tp, port, true))
		return -EADDRINUSE;
	if (!port) {
		first = world_random_below(
			tp->inet.sk.world, RNG_PORT, tp->inet.sk.net->inum,
			tcp_hashinfo(tp->inet.sk.net)->nr_connects++ | 1ULL << 40, range);
		/* odd ones first: the even ones are for connect() */
		for (uint32_t i = 0; i < range * 2 && !port; i += 2) {
			uint32_t at = (first & ~1U) + i + (i < range ? 1 : 0);
			uint16_t try = (uint16_t)(low + at % range);

			if (!inet_is_local_reserved_port(ipv4, try) &&
			    !bind_conflict(tp, try, false))
				port = try;
		}
		if (!port)
			return -EADDRINUSE;
	}
	tp->inet.inet_num = port;
	tp->inet.inet_sport = cpu_to_be16(port);
	tp->was_bound = true;
	tcp_bind_add(tp);
	return 0;
}

/* has somebody bound this port by name? Such ports are not for connect() */
static bool port_is_bound(struct net *net, uint16_t port)
{
	const struct tcp_sock *o;

	list_for_each_entry(o, &tcp_hashinfo(net)->bind[port % TCP_BHASH_SIZE], bind_node) {
		if (o->inet.inet_num == port && o->was_bound)
			return true;
	}
	return false;
}

/**
 * tcp_hash_connect() - Gives a connecting socket its port and makes it findable
 * @tp: addresses and the other port are set; its own port may be
 *
 * Return: 0 or -EADDRNOTAVAIL. As inet_hash_connect(): even offsets first.
 */
int tcp_hash_connect(struct tcp_sock *tp)
{
	struct net *net = tp->inet.sk.net;
	uint32_t low = (uint32_t)net->ipv4->sysctl_ip_local_port_range[0];
	uint32_t range = (uint32_t)net->ipv4->sysctl_ip_local_port_range[1] - low + 1;
	struct tcp_hash_node *n = &tp->hash;
	uint32_t first;

	n->kind = TCP_HASH_SOCK;
	n->saddr = tp->inet.inet_saddr;
	n->daddr = tp->inet.inet_daddr;
	n->dport = tp->inet.inet_dport;
	if (tp->inet.inet_num) {
		n->sport = tp->inet.inet_sport;
		if (tcp_ehash_find(net, n))
			return -EADDRNOTAVAIL;
		tcp_ehash_add(net, n);
		return 0;
	}
	first = world_random_below(net->world, RNG_PORT, tcp_tuple_hash(net, n, 2),
				   tcp_hashinfo(net)->nr_connects++, range);
	for (uint32_t i = 0; i < range * 2; i += 2) {
		uint32_t at = (first & ~1U) + i + (i < range ? 0 : 1);
		uint16_t port = (uint16_t)(low + at % range);

		n->sport = cpu_to_be16(port);
		if (inet_is_local_reserved_port(net->ipv4, port) || port_is_bound(net, port) ||
		    tcp_ehash_find(net, n))
			continue;
		tp->inet.inet_num = port;
		tp->inet.inet_sport = n->sport;
		tcp_bind_add(tp);
		tcp_ehash_add(net, n);
		return 0;
	}
	n->sport = 0;
	return -EADDRNOTAVAIL;
}

/**
 * tcp_net_exit() - Frees what connections left behind
 * @net: a dying namespace; no file names its sockets any more
 */
void tcp_net_exit(struct net *net)
{
	struct tcp_hashinfo *h = net->ipv4->tcp;

	while (!list_empty(&net->ipv4->tcp_socks)) {
		struct inet_sock *inet =
			list_first_entry(&net->ipv4->tcp_socks, struct inet_sock, node);
		struct tcp_sock *tp = tcp_sk(&inet->sk);

		tcp_set_state(tp, TCP_CLOSE);
		tcp_destroy_sock(tp);
	}
	if (!h)
		return;
	while (!list_empty(&h->timewaits))
		tcp_timewait_free(list_first_entry(&h->timewaits, struct tcp_timewait_sock, list));
	free(h);
	net->ipv4->tcp = NULL;
}
