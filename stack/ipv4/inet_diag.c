/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inet_diag.c - lists of IPv4 sockets, for ss and /proc/net
 *
 * mirrors net/ipv4/inet_diag.c, tcp_diag.c and udp_diag.c
 *
 * Sockets of one kind are listed oldest first (UDP: by port). Linux goes by its hash tables, whose
 * order is chance.
 *
 * CONTROL
 */
#include "ipv4/inet_diag.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>

#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

static int64_t timer_left(const struct sock *sk, const struct sim_timer *timer)
{
	int64_t left = timer->due_ns - world_now(sk->world);

	return left < 0 ? 0 : left;
}

static void row_timer(struct inet_row *row, const struct tcp_sock *tp)
{
	row->retrans = tp->retransmits;
	row->probes = tp->probes_out ? tp->probes_out : tp->keepalive_probes_out;
	if (tp->pending != TCP_TIME_NONE) {
		row->timer = tp->pending == TCP_TIME_PROBE0 ? INET_TIMER_PROBE : INET_TIMER_RETRANS;
		row->expires_ns = timer_left(&tp->inet.sk, &tp->rtx_timer);
	} else if (sim_timer_pending(&tp->keepalive_timer)) {
		row->timer = INET_TIMER_KEEPALIVE;
		row->expires_ns = timer_left(&tp->inet.sk, &tp->keepalive_timer);
	}
}

static void row_of_inet(struct inet_row *row, const struct inet_sock *inet)
{
	*row = (struct inet_row){
		.sk = &inet->sk,
		.saddr = inet->inet_rcv_saddr,
		.daddr = inet->inet_daddr,
		.sport = inet->inet_sport,
		.dport = inet->inet_dport,
		.num = inet->inet_num,
		.ifindex = inet->sk.bound_dev_if,
		.state = inet->inet_daddr ? TCP_ESTABLISHED : TCP_CLOSE,
		.rqueue = inet->sk.rmem,
		.ino = inet->sk.ino,
		.mark = inet->sk.mark,
	};
}

static void row_of_tcp(struct inet_row *row, const struct tcp_sock *tp)
{
	row_of_inet(row, &tp->inet);
	row->tp = tp;
	row->state = tp->state;
	row->rqueue = tp->rcv_nxt - tp->copied_seq;
	row->wqueue = tp->write_seq - tp->snd_una;
	if (tp->state == TCP_LISTEN) {
		row->rqueue = tp->accept_backlog;
		row->wqueue = tp->max_ack_backlog;
		return;
	}
	row_timer(row, tp);
}

static void requests_of(const struct tcp_sock *listener, inet_row_fn fn, void *arg)
{
	const struct tcp_request_sock *req;

	list_for_each_entry(req, &listener->syn_queue, list) {
		struct inet_row row = {
			.saddr = req->hash.saddr,
			.daddr = req->hash.daddr,
			.sport = req->hash.sport,
			.dport = req->hash.dport,
			.num = listener->inet.inet_num,
			.state = TCP_SYN_RECV,
			.timer = INET_TIMER_RETRANS,
			.expires_ns = timer_left(&listener->inet.sk, &req->timer),
			.retrans = req->num_retrans,
			.mark = req->mark,
		};

		fn(arg, &row);
	}
}

static void timewaits(struct net *net, inet_row_fn fn, void *arg)
{
	const struct tcp_timewait_sock *tw;

	if (!net->ipv4->tcp)
		return;
	list_for_each_entry(tw, &net->ipv4->tcp->timewaits, list) {
		int64_t left = tw->expires_ns - world_now(net->world);
		struct inet_row row = {
			.saddr = tw->hash.saddr,
			.daddr = tw->hash.daddr,
			.sport = tw->hash.sport,
			.dport = tw->hash.dport,
			.num = tw->num,
			.state = tw->substate,
			.timer = INET_TIMER_TIMEWAIT,
			.expires_ns = left < 0 ? 0 : left,
		};

		fn(arg, &row);
	}
}

static void tcp_rows(struct net *net, inet_row_fn fn, void *arg)
{
	const struct inet_sock *inet;
	struct inet_row row;

	list_for_each_entry(inet, &net->ipv4->tcp_socks, node) {
		if (tcp_sk(&inet->sk)->state != TCP_LISTEN)
			continue;
		row_of_tcp(&row, tcp_sk(&inet->sk));
		fn(arg, &row);
	}
	list_for_each_entry(inet, &net->ipv4->tcp_socks, node) {
		const struct tcp_sock *tp = tcp_sk(&inet->sk);

		if (tp->state == TCP_LISTEN)
			requests_of(tp, fn, arg);
		/* a socket that never got a port is in no table */
		if (tp->state == TCP_LISTEN || tp->state == TCP_CLOSE)
			continue;
		row_of_tcp(&row, tp);
		fn(arg, &row);
	}
	timewaits(net, fn, arg);
}

static bool is_inet(const struct sock *sk, int type, int protocol)
{
	return sk->family == AF_INET && sk->type == type && (!protocol || sk->protocol == protocol);
}

/* by port, then oldest first */
static void udp_rows(struct net *net, inet_row_fn fn, void *arg)
{
	uint32_t port = 0;

	while (port < 65536) {
		uint32_t next = 65536;
		struct inet_row row;
		struct sock *sk;

		list_for_each_entry(sk, &net->socks, net_node) {
			const struct inet_sock *inet = inet_sk(sk);

			if (!is_inet(sk, SOCK_DGRAM, IPPROTO_UDP) || !inet->inet_num)
				continue;
			if (inet->inet_num == port) {
				row_of_inet(&row, inet);
				fn(arg, &row);
			} else if (inet->inet_num > port && inet->inet_num < next) {
				next = inet->inet_num;
			}
		}
		port = next;
	}
}

static void raw_rows(struct net *net, inet_row_fn fn, void *arg)
{
	const struct inet_sock *inet;
	struct inet_row row;

	list_for_each_entry(inet, &net->ipv4->raw_socks, node) {
		row_of_inet(&row, inet);
		row.sport = cpu_to_be16(inet->inet_num);
		fn(arg, &row);
	}
}

/**
 * inet_rows() - Tells of every socket of a protocol
 * @net: the namespace
 * @protocol: IPPROTO_TCP, IPPROTO_UDP or IPPROTO_RAW
 * @fn: called for each
 * @arg: its first argument
 */
void inet_rows(struct net *net, int protocol, inet_row_fn fn, void *arg)
{
	if (protocol == IPPROTO_TCP)
		tcp_rows(net, fn, arg);
	else if (protocol == IPPROTO_UDP)
		udp_rows(net, fn, arg);
	else if (protocol == IPPROTO_RAW)
		raw_rows(net, fn, arg);
}

/**
 * inet_count_sockets() - How many of each kind: /proc/net/sockstat
 * @net: the namespace
 * @ret: filled
 */
void inet_count_sockets(struct net *net, struct inet_counts *ret)
{
	const struct inet_sock *inet;
	struct sock *sk;

	memset(ret, 0, sizeof(*ret));
	list_for_each_entry(inet, &net->ipv4->tcp_socks, node) {
		const struct tcp_sock *tp = tcp_sk(&inet->sk);

		ret->tcp_alloc++;
		ret->tcp_inuse += tp->state != TCP_CLOSE;
		ret->tcp_orphan += tp->inet.sk.orphan;
	}
	if (net->ipv4->tcp)
		ret->tcp_tw = net->ipv4->tcp->nr_timewaits;
	list_for_each_entry(inet, &net->ipv4->raw_socks, node)
		ret->raw_inuse++;
	list_for_each_entry(sk, &net->socks, net_node)
		ret->udp_inuse += is_inet(sk, SOCK_DGRAM, IPPROTO_UDP) && inet_sk(sk)->inet_num;
}

/**
 * sock_gen_cookie() - A number that no other socket of the world has or had
 * @sk: the socket
 *
 * Return: the number; the first asker makes it.
 */
uint64_t sock_gen_cookie(const struct sock *sk)
{
	struct sock *w = (struct sock *)(uintptr_t)sk;

	if (!w->cookie)
		w->cookie = ++w->world->nr_sock_cookies;
	return w->cookie;
}

struct dump {
	struct nl_request *req;
	const struct inet_diag_req_v2 *r;
};

static void fill_meminfo(struct nl_buf *b, const struct inet_row *row, uint8_t ext)
{
	uint32_t wmem = row->tp ? row->tp->wmem : 0;
	uint32_t mem[SK_MEMINFO_VARS] = {
		[SK_MEMINFO_RMEM_ALLOC] = row->sk->rmem, [SK_MEMINFO_RCVBUF] = row->sk->rcvbuf,
		[SK_MEMINFO_SNDBUF] = row->sk->sndbuf,	 [SK_MEMINFO_WMEM_QUEUED] = wmem,
		[SK_MEMINFO_DROPS] = row->sk->drops,
	};
	struct inet_diag_meminfo min = { .idiag_rmem = row->sk->rmem, .idiag_wmem = wmem };

	if (ext & (1U << (INET_DIAG_MEMINFO - 1)))
		nla_put(b, INET_DIAG_MEMINFO, sizeof(min), &min);
	if (ext & (1U << (INET_DIAG_SKMEMINFO - 1)))
		nla_put(b, INET_DIAG_SKMEMINFO, sizeof(mem), mem);
}

static void fill_sockopt(struct nl_buf *b, const struct inet_sock *inet)
{
	struct inet_diag_sockopt opt = {
		.recverr = inet->recverr,
		.is_icsk = inet->is_icsk,
		.freebind = inet->freebind,
		.hdrincl = inet->hdrincl,
		.mc_loop = inet->mc_loop,
		.transparent = inet->transparent,
		.mc_all = inet->mc_all,
		.nodefrag = inet->nodefrag,
	};

	nla_put(b, INET_DIAG_SOCKOPT, sizeof(opt), &opt);
}

/* As inet_diag_msg_attrs_fill() and inet_sk_diag_fill() */
static void fill_attrs(struct nl_buf *b, const struct inet_row *row, uint8_t ext)
{
	const struct inet_sock *inet = inet_sk(row->sk);

	nla_put_u8(b, INET_DIAG_SHUTDOWN, row->sk->shutdown);
	if (ext & (1U << (INET_DIAG_TOS - 1)))
		nla_put_u8(b, INET_DIAG_TOS, inet->tos);
	nla_put_u32(b, INET_DIAG_MARK, row->sk->mark);
	if (ext & (1U << (INET_DIAG_CLASS_ID - 1)))
		nla_put_u32(b, INET_DIAG_CLASS_ID, row->sk->priority);
	nla_put_u64(b, INET_DIAG_CGROUP_ID, 1);
	fill_sockopt(b, inet);
	fill_meminfo(b, row, ext);
	if (!row->tp)
		return;
	if (ext & (1U << (INET_DIAG_INFO - 1))) {
		struct tcp_info info;

		tcp_get_info(row->tp, &info);
		nla_put(b, INET_DIAG_INFO, sizeof(info), &info);
	}
	if (ext & (1U << (INET_DIAG_CONG - 1)))
		nla_put_string(b, INET_DIAG_CONG, tcp_ca_name(row->tp));
}

static bool row_wanted(const struct inet_row *row, const struct inet_diag_req_v2 *r)
{
	if (!(r->idiag_states & (1U << row->state)))
		return false;
	if (r->id.idiag_sport && r->id.idiag_sport != row->sport)
		return false;
	if (r->id.idiag_dport && r->id.idiag_dport != row->dport)
		return false;
	return !r->id.idiag_if || (int)r->id.idiag_if == row->ifindex;
}

static void dump_row(void *arg, const struct inet_row *row)
{
	struct dump *d = arg;
	struct inet_diag_msg *m;
	uint64_t cookie;

	if (!row_wanted(row, d->r))
		return;
	m = nl_reply_begin(d->req, SOCK_DIAG_BY_FAMILY, 0, sizeof(*m));
	m->idiag_family = AF_INET;
	m->idiag_state = row->state;
	m->idiag_timer = (uint8_t)row->timer;
	m->idiag_retrans =
		(uint8_t)(row->timer == INET_TIMER_PROBE || row->timer == INET_TIMER_KEEPALIVE
				  ? row->probes
				  : row->retrans);
	m->idiag_expires = (uint32_t)(row->expires_ns / NSEC_PER_MSEC);
	m->id.idiag_sport = row->sport;
	m->id.idiag_dport = row->dport;
	m->id.idiag_src[0] = row->saddr;
	m->id.idiag_dst[0] = row->daddr;
	m->id.idiag_if = (uint32_t)row->ifindex;
	cookie = row->sk ? sock_gen_cookie(row->sk) : 0;
	m->id.idiag_cookie[0] = (uint32_t)cookie;
	m->id.idiag_cookie[1] = (uint32_t)(cookie >> 32);
	m->idiag_rqueue = row->rqueue;
	m->idiag_wqueue = row->wqueue;
	m->idiag_inode = (uint32_t)row->ino;
	if (row->sk)
		fill_attrs(&d->req->reply, row, d->r->idiag_ext);
	nlmsg_end(&d->req->reply);
}

/**
 * inet_diag_rcv() - SOCK_DIAG_BY_FAMILY for AF_INET or AF_INET6
 * @req: the request
 *
 * Return: 0, -EINVAL, or -ENOENT for a protocol that has no lists here.
 */
int inet_diag_rcv(struct nl_request *req)
{
	const struct inet_diag_req_v2 *r = NLMSG_DATA(req->nlh);
	struct dump d = { .req = req, .r = r };

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*r)) || !req->dump)
		return -EINVAL;
	if (r->sdiag_protocol != IPPROTO_TCP && r->sdiag_protocol != IPPROTO_UDP)
		return -ENOENT;
	if (r->sdiag_family == AF_INET)
		inet_rows(req->net, r->sdiag_protocol, dump_row, &d);
	return 0;
}
