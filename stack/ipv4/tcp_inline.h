/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_inline.h - what is small and asked for everywhere; the middle of tcp.h
 *
 * mirrors include/net/tcp.h
 */
#ifndef STACK_IPV4_TCP_INLINE_H
#define STACK_IPV4_TCP_INLINE_H

#include "ipv4/tcp.h"

static inline struct tcp_sock *tcp_sk(const struct sock *sk)
{
	return (struct tcp_sock *)(uintptr_t)sk;
}

static inline struct sock *tcp_sock_sk(struct tcp_sock *tp)
{
	return &tp->inet.sk;
}

static inline struct netns_ipv4 *tcp_ns(const struct tcp_sock *tp)
{
	return tp->inet.sk.net->ipv4;
}

static inline int64_t tcp_now(const struct tcp_sock *tp)
{
	return world_now(tp->inet.sk.world);
}

static inline bool before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}
#define after(a, b) before(b, a)

static inline uint32_t tcp_u32_min(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static inline uint32_t tcp_u32_max(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static inline int64_t tcp_i64_min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static inline int64_t tcp_i64_max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* what a segment costs in a socket's buffers beside its bytes: measured, SO_MEMINFO */
#define MAX_SKB_FRAGS 17
#define TCP_SKB_OVERHEAD 832U

/* the kernel buys memory by pages: what is left of them decides between fast and slow path */
static inline void tcp_mem_charge(struct tcp_sock *tp, uint32_t n)
{
	if (tp->forward_alloc < n)
		tp->forward_alloc += (n - tp->forward_alloc + 4095) & ~4095U;
	tp->forward_alloc -= n;
}

static inline void tcp_mem_uncharge(struct tcp_sock *tp, uint32_t n)
{
	tp->forward_alloc = (tp->forward_alloc + n) % 4096;
}

static inline uint32_t tcp_packets_in_flight(const struct tcp_sock *tp)
{
	return tp->packets_out - tp->sacked_out - tp->lost_out + tp->retrans_out;
}

static inline uint32_t tcp_wnd_end(const struct tcp_sock *tp)
{
	return tp->snd_una + tp->snd_wnd;
}

/* how much of the window told to the peer is left */
static inline uint32_t tcp_receive_window(const struct tcp_sock *tp)
{
	int32_t win = (int32_t)(tp->rcv_wup + tp->rcv_wnd - tp->rcv_nxt);

	return win < 0 ? 0 : (uint32_t)win;
}

/* how much of a buffer is payload, the rest is for the cost of keeping segments */
static inline uint32_t tcp_win_from_space(const struct tcp_sock *tp, int64_t space)
{
	return space <= 0 ? 0 : (uint32_t)(space * tp->scaling_ratio >> 8);
}

static inline void tcp_rmem_charge(struct tcp_sock *tp, struct sk_buff *skb)
{
	tp->inet.sk.rmem += TCP_SKB_CB(skb)->truesize;
	tcp_mem_charge(tp, TCP_SKB_CB(skb)->truesize);
}

static inline void tcp_rmem_uncharge(struct tcp_sock *tp, const struct sk_buff *skb)
{
	tp->inet.sk.rmem -= TCP_SKB_CB(skb)->truesize;
	tcp_mem_uncharge(tp, TCP_SKB_CB(skb)->truesize);
}

/* a segment that came for nothing: `ss -m` counts it. As tcp_drop_reason() */
static inline void tcp_drop_reason(struct tcp_sock *tp, struct sk_buff *skb,
				   enum skb_drop_reason reason)
{
	tp->inet.sk.drops++;
	kfree_skb_reason(skb, reason);
}

static inline uint32_t tcp_full_space(const struct tcp_sock *tp)
{
	return tcp_win_from_space(tp, tp->inet.sk.rcvbuf);
}

static inline uint32_t tcp_space(const struct tcp_sock *tp)
{
	return tcp_win_from_space(tp, (int64_t)tp->inet.sk.rcvbuf - tp->inet.sk.rmem);
}

static inline struct sk_buff *tcp_queue_head(const struct list_head *q)
{
	return list_empty(q) ? NULL : list_first_entry(q, struct sk_buff, list);
}

static inline struct sk_buff *tcp_queue_tail(const struct list_head *q)
{
	return list_empty(q) ? NULL : list_last_entry(q, struct sk_buff, list);
}

static inline uint32_t tcp_ts_now(const struct tcp_sock *tp)
{
	return (uint32_t)(tcp_now(tp) / NSEC_PER_MSEC) + tp->ts_off;
}

/* a time-out is a whole number of ticks */
static inline int64_t tcp_ticks(int64_t ns)
{
	return (ns + TCP_TICK - 1) / TCP_TICK * TCP_TICK;
}

/* a route's `rto_min' is always locked */
static inline int64_t tcp_rto_min(const struct tcp_sock *tp)
{
	if (dst_metric_locked(tp->rt, RTAX_RTO_MIN))
		return dst_metric(tp->rt, RTAX_RTO_MIN) * NSEC_PER_MSEC;
	return tcp_ns(tp)->sysctl_tcp_rto_min_us * INT64_C(1000);
}

/* an ACK may not come so late that the peer, of the same mind, sends again */
static inline int64_t tcp_delack_max(const struct tcp_sock *tp)
{
	int64_t max = tcp_ticks(tcp_rto_min(tp));

	max = (max > 2 * TCP_TICK ? max : 2 * TCP_TICK) - TCP_TICK;
	return max < TCP_DELACK_MAX ? max : TCP_DELACK_MAX;
}

/* the route asks for ECN whatever the sysctl says */
static inline bool tcp_dst_ecn(const struct rtable *rt)
{
	return dst_metric(rt, RTAX_FEATURES) & RTAX_FEATURE_ECN;
}

/* segments that may be sent before anything was acknowledged */
static inline uint32_t tcp_init_cwnd(const struct tcp_sock *tp)
{
	uint32_t cwnd = dst_metric(tp->rt, RTAX_INITCWND);

	return cwnd ? cwnd : TCP_INIT_CWND;
}

static inline int64_t tcp_rto_max(const struct tcp_sock *tp)
{
	return tcp_ns(tp)->sysctl_tcp_rto_max_ms * NSEC_PER_MSEC;
}

/* both sides talk: an ACK may wait for data to take it along */
static inline bool tcp_in_pingpong(const struct tcp_sock *tp)
{
	return tp->ack_pingpong >= tcp_ns(tp)->sysctl_tcp_pingpong_thresh;
}

/* an ACK at once, without waiting for more */
static inline bool tcp_in_quickack_mode(const struct tcp_sock *tp)
{
	return dst_metric(tp->rt, RTAX_QUICKACK) || (tp->ack_quick && !tcp_in_pingpong(tp));
}

/* The way to the peer works: no need to ask for its address again. As sk_dst_confirm(). */
static inline void tcp_confirm(struct tcp_sock *tp)
{
	tp->inet.sk.dst_pending_confirm = true;
}

static inline bool tcp_in_slow_start(const struct tcp_sock *tp)
{
	return tp->snd_cwnd < tp->snd_ssthresh;
}

#endif
