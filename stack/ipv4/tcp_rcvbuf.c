/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_rcvbuf.c - how much may come: the receive buffer, the window, and what both are guessed from
 *
 * mirrors tcp_grow_window(), tcp_rcv_space_adjust() and their like in net/ipv4/tcp_input.c
 *
 * PATH (leaf)
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_initialize_rcv_mss() - A first guess at the size of the peer's segments
 * @tp: the connection
 */
void tcp_initialize_rcv_mss(struct tcp_sock *tp)
{
	uint32_t hint = tcp_u32_min(tp->advmss, tp->mss_cache);

	hint = tcp_u32_min(hint, tp->rcv_wnd / 2);
	hint = tcp_u32_min(hint, TCP_MSS_DEFAULT);
	tp->rcv_mss = tcp_u32_max(hint, TCP_MIN_MSS);
}

static void rcv_rtt_update(struct tcp_sock *tp, int64_t sample, bool by_window)
{
	int64_t old = tp->rcv_rtt_ns;

	if (!sample)
		sample = 1000;
	if (!old)
		tp->rcv_rtt_ns = sample;
	else if (!by_window)
		tp->rcv_rtt_ns = old - old / 8 + sample / 8;
	else
		tp->rcv_rtt_ns = tcp_i64_min(old, sample);
}

/**
 * tcp_rcv_rtt_measure() - Without timestamps a round trip is about what it takes to receive a window
 * @tp: the connection
 */
void tcp_rcv_rtt_measure(struct tcp_sock *tp)
{
	if (tp->rcv_rtt_time_ns) {
		if (before(tp->rcv_nxt, tp->rcv_rtt_seq))
			return;
		rcv_rtt_update(tp, tcp_now(tp) - tp->rcv_rtt_time_ns, true);
	}
	tp->rcv_rtt_seq = tp->rcv_nxt + tp->rcv_wnd;
	tp->rcv_rtt_time_ns = tcp_now(tp);
}

/**
 * tcp_rcv_rtt_measure_ts() - A full segment echoes a timestamp: the receiver's round trip
 * @tp: the connection
 * @skb: the segment
 */
void tcp_rcv_rtt_measure_ts(struct tcp_sock *tp, const struct sk_buff *skb)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t ms;

	if (!tp->saw_tstamp || tp->rcv_tsecr == tp->rcv_rtt_last_tsecr)
		return;
	tp->rcv_rtt_last_tsecr = tp->rcv_tsecr;
	if (cb->end_seq - cb->seq < tp->rcv_mss)
		return;
	ms = (uint32_t)(tcp_now(tp) / NSEC_PER_MSEC) - tp->rcv_tsecr;
	if (ms < INT32_MAX / 1000)
		rcv_rtt_update(tp, (ms ? ms : 1) * NSEC_PER_MSEC, false);
}

static void tcp_set_window_clamp(struct tcp_sock *tp, uint32_t val)
{
	tp->window_clamp = tcp_u32_min(val, 65535U << tp->rcv_wscale);
}

/**
 * tcp_rcvbuf_grow() - A larger buffer: twice what was read in a round trip, and what a sender may add
 * @tp: the connection
 * @space: bytes read
 */
void tcp_rcvbuf_grow(struct tcp_sock *tp, uint32_t space)
{
	uint32_t old = tcp_u32_max(tp->rcvq_space.space, 1);
	struct sock *sk = &tp->inet.sk;
	struct sk_buff *last = tcp_queue_tail(&tp->ofo_queue);
	uint64_t win = 2ULL * space, buf;

	tp->rcvq_space.space = space;
	if (!tcp_ns(tp)->sysctl_tcp_moderate_rcvbuf || sk->rcvbuf != tp->rcvbuf_auto)
		return;
	win += 2 * (win * (space - old) / old);
	if (last)
		win += TCP_SKB_CB(last)->end_seq - tp->rcv_nxt;
	buf = (win << 8) / tp->scaling_ratio;
	if (buf > (uint32_t)tcp_ns(tp)->sysctl_tcp_rmem[2])
		buf = (uint32_t)tcp_ns(tp)->sysctl_tcp_rmem[2];
	if (buf <= sk->rcvbuf)
		return;
	sk->rcvbuf = (uint32_t)buf;
	tp->rcvbuf_auto = sk->rcvbuf;
	tcp_set_window_clamp(tp, tcp_full_space(tp));
}

/* small segments in costly buffers: as long as the window is small against the largest. As __tcp_grow_window() */
static uint32_t grow_by_halves(const struct tcp_sock *tp, uint32_t len, uint32_t truesize)
{
	uint32_t size = tcp_win_from_space(tp, truesize) >> 1;
	uint32_t window = tcp_win_from_space(tp, tcp_ns(tp)->sysctl_tcp_rmem[2]) >> 1;

	while (tp->rcv_ssthresh <= window) {
		if (size <= len)
			return 2 * tp->rcv_mss;
		size >>= 1;
		window >>= 1;
	}
	return 0;
}

/**
 * tcp_grow_window() - A segment came in: the window may open further, up to what the buffer holds
 * @tp: the connection
 * @skb: the segment
 */
void tcp_grow_window(struct tcp_sock *tp, const struct sk_buff *skb)
{
	int64_t room = (int64_t)tcp_u32_min(tp->window_clamp, tcp_space(tp)) - tp->rcv_ssthresh;
	uint32_t len = skb_len(skb), truesize = TCP_SKB_CB(skb)->truesize, incr;

	if (room <= 0)
		return;
	if (tcp_win_from_space(tp, truesize) <= len)
		incr = 2 * tp->advmss;
	else
		incr = grow_by_halves(tp, len, truesize);
	if (!incr)
		return;
	incr = tcp_u32_max(incr, 2 * len);
	tp->rcv_ssthresh += tcp_u32_min((uint32_t)room, incr);
	tp->ack_quick |= 1;
}

/* full segments tell what a buffer really holds */
static void tcp_update_scaling(struct tcp_sock *tp, uint32_t len, uint32_t truesize)
{
	uint32_t ratio = (len << 8) / truesize;

	ratio = ratio ? tcp_u32_min(ratio, 255) : 1;
	if (ratio == tp->scaling_ratio)
		return;
	tp->scaling_ratio = (uint8_t)ratio;
	tcp_set_window_clamp(tp, tcp_full_space(tp));
	if (tp->window_clamp < tp->rcvq_space.space)
		tp->rcvq_space.space = tp->window_clamp;
}

/**
 * tcp_measure_rcv_mss() - How large are the peer's segments?
 * @tp: the connection
 * @skb: one of them
 */
void tcp_measure_rcv_mss(struct tcp_sock *tp, const struct sk_buff *skb)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t last = tp->last_seg_size, len = skb_len(skb), hlen = tp->tstamp_ok ? 32 : 20;

	tp->last_seg_size = 0;
	if (len >= tp->rcv_mss) {
		if (len != tp->rcv_mss)
			tcp_update_scaling(tp, len, cb->truesize);
		tp->rcv_mss = tcp_u32_min(len, tp->advmss);
		if (cb->flags & TCPHDR_PSH)
			tp->ack_pending |= ACK_PUSHED;
		return;
	}
	if (len + hlen >= TCP_MSS_DEFAULT + 20 ||
	    (len + hlen >= TCP_MIN_MSS + 20 &&
	     !(cb->flags & (TCPHDR_FIN | TCPHDR_URG | TCPHDR_SYN | TCPHDR_PSH)))) {
		tp->last_seg_size = len;
		if (len == last) {
			tp->rcv_mss = len;
			return;
		}
	}
	if (tp->ack_pending & ACK_PUSHED)
		tp->ack_pending |= ACK_PUSHED2;
	tp->ack_pending |= ACK_PUSHED;
}

/**
 * tcp_rcv_space_adjust() - The reader keeps up: a larger buffer lets the peer send more
 * @tp: the connection
 */
void tcp_rcv_space_adjust(struct tcp_sock *tp)
{
	int64_t now = tcp_now(tp);
	uint32_t copied = tp->copied_seq - tp->rcvq_space.seq, inq = tp->rcv_nxt - tp->copied_seq;

	if (!tp->rcv_rtt_ns || now - tp->rcvq_space.time_ns < tp->rcv_rtt_ns)
		return;
	if ((int32_t)(copied - inq) > (int32_t)tp->rcvq_space.space)
		tcp_rcvbuf_grow(tp, copied - inq);
	tp->rcvq_space.seq = tp->copied_seq;
	tp->rcvq_space.time_ns = now;
}
