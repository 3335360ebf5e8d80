/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_options.c - what stands in a header: options in Linux's order, and windows
 *
 * mirrors tcp_options_write(), tcp_make_synack() and __tcp_select_window() of net/ipv4/tcp_output.c
 *
 * PATH (leaf)
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

static void put_u16(uint8_t **p, uint32_t v)
{
	*(*p)++ = (uint8_t)(v >> 8);
	*(*p)++ = (uint8_t)v;
}

static void put_u32(uint8_t **p, uint32_t v)
{
	put_u16(p, v >> 16);
	put_u16(p, v & 0xffff);
}

/* NOPs in front of an option that begins 2 bytes into a word */
static void put_nops(uint8_t **p)
{
	*(*p)++ = TCPOPT_NOP;
	*(*p)++ = TCPOPT_NOP;
}

struct syn_options {
	uint32_t mss, tsval, tsecr;
	bool ts, sack, wscale_ok;
	uint8_t wscale;
};

/* in the order of Linux: MSS, SACK permitted, timestamps, window scale */
static void put_syn_options(struct tcp_out *out, const struct syn_options *o)
{
	uint8_t *p = out->opt;

	*p++ = TCPOPT_MSS;
	*p++ = 4;
	put_u16(&p, o->mss);
	if (o->ts) {
		if (o->sack) {
			*p++ = TCPOPT_SACK_PERM;
			*p++ = 2;
		} else {
			put_nops(&p);
		}
		*p++ = TCPOPT_TIMESTAMP;
		*p++ = 10;
		put_u32(&p, o->tsval);
		put_u32(&p, o->tsecr);
	} else if (o->sack) {
		put_nops(&p);
		*p++ = TCPOPT_SACK_PERM;
		*p++ = 2;
	}
	if (o->wscale_ok) {
		*p++ = TCPOPT_NOP;
		*p++ = TCPOPT_WINDOW;
		*p++ = 3;
		*p++ = o->wscale;
	}
	out->nr_opt = (uint8_t)(p - out->opt);
}

/**
 * tcp_nr_sack_blocks() - How many SACK blocks go along now
 * @tp: who sends
 *
 * Return: as many as fit.
 */
uint8_t tcp_nr_sack_blocks(const struct tcp_sock *tp)
{
	unsigned int room = MAX_TCP_OPTION_SPACE - (tp->tstamp_ok ? 12U : 0) - 4;
	unsigned int n = tp->num_sacks + (tp->dsack ? 1U : 0);

	return (uint8_t)tcp_u32_min(n, room / 8);
}

/**
 * tcp_put_options() - Options of any segment but a SYN: timestamps, SACK blocks
 * @tp: who sends
 * @out: filled
 */
void tcp_put_options(struct tcp_sock *tp, struct tcp_out *out)
{
	uint8_t *p = out->opt;
	uint8_t n = tcp_nr_sack_blocks(tp), i = 0;

	if (tp->tstamp_ok) {
		put_nops(&p);
		*p++ = TCPOPT_TIMESTAMP;
		*p++ = 10;
		put_u32(&p, tcp_ts_now(tp));
		put_u32(&p, tp->ts_recent);
	}
	if (n) {
		put_nops(&p);
		*p++ = TCPOPT_SACK;
		*p++ = (uint8_t)(2 + 8 * n);
		if (tp->dsack) {
			put_u32(&p, tp->duplicate_sack.start);
			put_u32(&p, tp->duplicate_sack.end);
			n--;
		}
		for (; i < n; i++) {
			put_u32(&p, tp->selective_acks[i].start);
			put_u32(&p, tp->selective_acks[i].end);
		}
		tp->dsack = false;
	}
	out->nr_opt = (uint8_t)(p - out->opt);
}

/**
 * tcp_syn_out() - Options and window of a SYN of ours
 * @tp: who sends
 * @out: filled; the same when it answers a SYN of the peer (both sent one)
 */
void tcp_syn_out(struct tcp_sock *tp, struct tcp_out *out)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(tp);
	struct syn_options o = {
		.mss = tp->advmss,
		.ts = ipv4->sysctl_tcp_timestamps,
		.sack = ipv4->sysctl_tcp_sack,
		.wscale_ok = ipv4->sysctl_tcp_window_scaling,
		.wscale = tp->rcv_wscale,
		.tsval = tcp_ts_now(tp),
		.tsecr = tp->ts_recent,
	};

	put_syn_options(out, &o);
	out->window = (uint16_t)tcp_u32_min(tp->rcv_wnd, 65535);
}

/**
 * tcp_make_synack() - The answer to a SYN
 * @net: the namespace
 * @req: the request
 * @out: filled
 */
void tcp_make_synack(struct net *net, const struct tcp_request_sock *req, struct tcp_out *out)
{
	struct syn_options o = {
		.mss = req->mss,
		.ts = req->opt.tstamp_ok,
		.sack = req->opt.sack_ok,
		.wscale_ok = req->opt.wscale_ok,
		.wscale = req->rcv_wscale,
		.tsval = (uint32_t)(world_now(net->world) / NSEC_PER_MSEC) + req->ts_off,
		.tsecr = req->ts_recent,
	};

	if (req->cookie)
		o.tsval = tcp_cookie_ts(req, o.tsval - req->ts_off) + req->ts_off;
	*out = (struct tcp_out){
		.saddr = req->hash.saddr,
		.daddr = req->hash.daddr,
		.sport = req->hash.sport,
		.dport = req->hash.dport,
		.seq = req->snt_isn,
		.ack = req->rcv_isn + 1,
		.flags = (uint8_t)(TCPHDR_SYN | TCPHDR_ACK | (req->ecn_ok ? TCPHDR_ECE : 0)),
		.window = (uint16_t)tcp_u32_min(req->rcv_wnd, 65535),
	};
	put_syn_options(out, &o);
}

/**
 * tcp_select_initial_window() - How much may come before anything was read
 * @tp: whose buffer
 * @rt: the way to the peer, or NULL: its `window' and `initrwnd' count
 * @mss: the window is a multiple of it
 * @wscale_ok: scaling will be used
 * @ret: set
 */
void tcp_select_initial_window(const struct tcp_sock *tp, const struct rtable *rt, uint32_t mss,
			       bool wscale_ok, struct tcp_initial_window *ret)
{
	uint32_t space = tcp_full_space(tp), first = dst_metric(rt, RTAX_INITRWND), max;
	uint32_t clamp = tp->window_clamp ? tp->window_clamp : dst_metric(rt, RTAX_WINDOW);
	bool buffer_is_set = tp->inet.sk.rcvbuf != tp->rcvbuf_auto;

	if (buffer_is_set && (!clamp || clamp > space))
		clamp = space;
	if (!clamp)
		clamp = 65535U << TCP_MAX_WSCALE;
	space = tcp_u32_min(space, clamp);
	if (space > mss && mss)
		space -= space % mss;
	ret->rcv_wnd = tcp_u32_min(space, 65535);
	if (first)
		ret->rcv_wnd = tcp_u32_min(ret->rcv_wnd, first * mss);
	ret->rcv_wscale = 0;
	if (wscale_ok) {
		max = tcp_u32_max(space, (uint32_t)tcp_ns(tp)->sysctl_tcp_rmem[2]);
		max = tcp_u32_min(max, clamp);
		while (max > 65535 && ret->rcv_wscale < TCP_MAX_WSCALE) {
			max >>= 1;
			ret->rcv_wscale++;
		}
	}
	ret->window_clamp = tcp_u32_min(65535U << ret->rcv_wscale, clamp);
}

/**
 * __tcp_select_window() - How much may come
 * @tp: whose buffer
 *
 * Return: bytes: avoids silly windows, and never rounds down what is free. As __tcp_select_window().
 */
uint32_t __tcp_select_window(struct tcp_sock *tp)
{
	uint32_t mss = tp->rcv_mss, free_space = tcp_space(tp), allowed = tcp_full_space(tp);
	uint32_t full = tcp_u32_min(tp->window_clamp, allowed), unit = 1U << tp->rcv_wscale, window;

	if (mss > full) {
		mss = full;
		if (!mss)
			return 0;
	}
	if (free_space < full / 2) {
		tp->ack_quick = 0;
		free_space &= ~(unit - 1);
		if (free_space < allowed >> 4 || free_space < mss)
			return 0;
	}
	if (free_space > tp->rcv_ssthresh)
		free_space = tp->rcv_ssthresh;
	if (tp->rcv_wscale)
		return (free_space + unit - 1) & ~(unit - 1);
	window = tp->rcv_wnd;
	if (window + mss <= free_space || window > free_space)
		window = free_space - free_space % mss;
	else if (mss == full && free_space > window + full / 2)
		window = free_space;
	return window;
}
