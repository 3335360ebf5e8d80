/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_cong.c - how much may be on its way: slow start, Reno, and the choice of CUBIC
 *
 * mirrors net/ipv4/tcp_cong.c and the window half of tcp_output.c
 *
 * PATH (leaf)
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

static const char *const ca_names[TCP_CA_COUNT] = { "reno", "cubic" };

/**
 * tcp_ca_name() - What decides a socket's congestion window
 * @tp: the socket
 *
 * Return: its name.
 */
const char *tcp_ca_name(const struct tcp_sock *tp)
{
	return ca_names[tp->ca];
}

/**
 * tcp_ca_name_of() - A congestion control's name
 * @ca: TCP_CA_*
 *
 * Return: the name.
 */
const char *tcp_ca_name_of(int ca)
{
	return ca_names[ca];
}

/**
 * tcp_ca_find() - Is there a congestion control of this name?
 * @name: not terminated
 * @len: its bytes
 *
 * Return: TCP_CA_* or -ENOENT.
 */
int tcp_ca_find(const char *name, size_t len)
{
	for (int i = 0; i < TCP_CA_COUNT; i++) {
		if (strlen(ca_names[i]) == len && !memcmp(ca_names[i], name, len))
			return i;
	}
	return -ENOENT;
}

/**
 * tcp_ca_dst_init() - The route may name another congestion control
 * @tp: a connection that begins
 * @rt: the way to its peer, or NULL
 */
void tcp_ca_dst_init(struct tcp_sock *tp, const struct rtable *rt)
{
	uint32_t key = dst_metric(rt, RTAX_CC_ALGO);

	if (!key)
		return;
	tp->ca = (uint8_t)(key - 1);
	tp->ca_dst_locked = dst_metric_locked(rt, RTAX_CC_ALGO);
}

/**
 * tcp_slow_start() - One segment more for each that arrived, up to the threshold
 * @tp: who sends
 * @acked: segments acknowledged
 *
 * Return: those left over when the threshold is reached.
 */
uint32_t tcp_slow_start(struct tcp_sock *tp, uint32_t acked)
{
	uint32_t n;

	if (!tcp_in_slow_start(tp))
		return acked;
	n = tcp_u32_min(acked, tp->snd_ssthresh - tp->snd_cwnd);
	tp->snd_cwnd += n;
	return acked - n;
}

/**
 * tcp_cong_avoid_ai() - One segment more for each @w that arrived
 * @tp: who sends
 * @w: segments
 * @acked: segments acknowledged
 */
void tcp_cong_avoid_ai(struct tcp_sock *tp, uint32_t w, uint32_t acked)
{
	if (tp->snd_cwnd_cnt >= w) {
		tp->snd_cwnd_cnt = 0;
		tp->snd_cwnd++;
	}
	tp->snd_cwnd_cnt += acked;
	if (tp->snd_cwnd_cnt >= w) {
		uint32_t delta = tp->snd_cwnd_cnt / w;

		tp->snd_cwnd_cnt -= delta * w;
		tp->snd_cwnd += delta;
	}
}

static bool is_cwnd_limited(const struct tcp_sock *tp)
{
	if (tp->is_cwnd_limited)
		return true;
	/* in slow start half of it used is enough to go on */
	return tcp_in_slow_start(tp) && tp->snd_cwnd < 2 * tp->max_packets_out;
}

/**
 * tcp_cong_avoid() - Segments arrived: more may be on their way
 * @tp: who sends
 * @acked: segments acknowledged
 */
void tcp_cong_avoid(struct tcp_sock *tp, uint32_t acked)
{
	tp->snd_cwnd_stamp_ns = tcp_now(tp);
	if (!is_cwnd_limited(tp))
		return;
	if (tp->ca == TCP_CA_CUBIC) {
		cubic_cong_avoid(tp, acked);
		return;
	}
	acked = tcp_slow_start(tp, acked);
	if (acked)
		tcp_cong_avoid_ai(tp, tp->snd_cwnd, acked);
}

/**
 * tcp_ca_ssthresh() - A loss: less may be on its way
 * @tp: who sends
 *
 * Return: segments, at least 2.
 */
uint32_t tcp_ca_ssthresh(struct tcp_sock *tp)
{
	return tp->ca == TCP_CA_CUBIC ? cubic_ssthresh(tp) : tcp_u32_max(tp->snd_cwnd >> 1, 2);
}

/**
 * tcp_ca_reset() - A time-out: what was learned of the way is void
 * @tp: who sends
 */
void tcp_ca_reset(struct tcp_sock *tp)
{
	cubic_reset(tp);
}

/**
 * tcp_ca_acked() - A round trip was measured
 * @tp: who sends
 * @rtt_ns: how long
 */
void tcp_ca_acked(struct tcp_sock *tp, int64_t rtt_ns)
{
	if (tp->ca == TCP_CA_CUBIC)
		cubic_acked(tp, rtt_ns);
}

/**
 * tcp_ca_tx_start() - The first segment after everything was acknowledged
 * @tp: who sends
 * @idle_ns: since the last one
 */
void tcp_ca_tx_start(struct tcp_sock *tp, int64_t idle_ns)
{
	if (tp->ca == TCP_CA_CUBIC)
		cubic_tx_start(tp, idle_ns);
}

/* The program never used it up: it shrinks towards what was used. As tcp_cwnd_application_limited() */
static void cwnd_application_limited(struct tcp_sock *tp)
{
	uint32_t used = tcp_u32_max(tp->snd_cwnd_used, tcp_init_cwnd(tp));

	if (tp->ca_state == TCP_CA_Open && !tp->inet.sk.dead) {
		if (used < tp->snd_cwnd) {
			tp->snd_ssthresh = tcp_u32_max(tp->snd_ssthresh,
						       (tp->snd_cwnd >> 1) + (tp->snd_cwnd >> 2));
			tp->snd_cwnd = (tp->snd_cwnd + used) >> 1;
		}
		tp->snd_cwnd_used = 0;
	}
	tp->snd_cwnd_stamp_ns = tcp_now(tp);
}

/**
 * tcp_cwnd_validate() - Was it cwnd that kept us from sending more? Only then may it grow
 * @tp: who sends
 * @limited: at this moment
 */
void tcp_cwnd_validate(struct tcp_sock *tp, bool limited)
{
	if (!before(tp->snd_una, tp->max_packets_seq) || limited ||
	    (!tp->is_cwnd_limited && tp->packets_out > tp->max_packets_out)) {
		tp->is_cwnd_limited = limited;
		tp->max_packets_out = tp->packets_out;
		tp->max_packets_seq = tp->snd_nxt;
	}
	if (is_cwnd_limited(tp)) {
		tp->snd_cwnd_used = 0;
		tp->snd_cwnd_stamp_ns = tcp_now(tp);
		return;
	}
	tp->snd_cwnd_used = tcp_u32_max(tp->snd_cwnd_used, tp->packets_out);
	if (list_empty(&tp->write_queue) && tp->nospace &&
	    (TCPF(tp->state) & (TCPF(TCP_ESTABLISHED) | TCPF(TCP_CLOSE_WAIT))))
		tcp_chrono_start(tp, TCP_CHRONO_SNDBUF_LIMITED);
	if (tcp_ns(tp)->sysctl_tcp_slow_start_after_idle &&
	    tcp_now(tp) - tp->snd_cwnd_stamp_ns >= tp->rto_ns)
		cwnd_application_limited(tp);
}

/* Nothing was sent for longer than the timeout: carefully again */
static void cwnd_restart(struct tcp_sock *tp, int64_t idle_ns)
{
	uint32_t restart = tcp_u32_min(tcp_init_cwnd(tp), tp->snd_cwnd), cwnd = tp->snd_cwnd;

	tp->snd_ssthresh = tcp_u32_max(tp->snd_ssthresh, (cwnd >> 1) + (cwnd >> 2));
	for (idle_ns -= tp->rto_ns; idle_ns > 0 && cwnd > restart; idle_ns -= tp->rto_ns)
		cwnd >>= 1;
	tp->snd_cwnd = tcp_u32_max(cwnd, restart);
	tp->snd_cwnd_stamp_ns = tcp_now(tp);
	tp->snd_cwnd_used = 0;
}

/**
 * tcp_slow_start_after_idle_check() - Something will be sent: after how long a pause?
 * @tp: who sends
 */
void tcp_slow_start_after_idle_check(struct tcp_sock *tp)
{
	int64_t idle = tcp_now(tp) - tp->lsndtime_ns;

	if (tcp_ns(tp)->sysctl_tcp_slow_start_after_idle && !tp->packets_out && idle > tp->rto_ns)
		cwnd_restart(tp, idle);
}
