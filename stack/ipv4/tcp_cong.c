/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_cong.c - how much may be on its way: Reno
 *
 * mirrors the Reno half of net/ipv4/tcp_cong.c and the window half of tcp_output.c
 *
 * Unlike Linux: CUBIC is not there; slow start is the same, growth after a loss is one segment per
 * round trip.
 *
 * PATH (leaf)
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_cong_avoid() - Segments arrived: more may be on their way
 * @tp: who sends
 * @acked: segments acknowledged
 */
void tcp_cong_avoid(struct tcp_sock *tp, uint32_t acked)
{
	if (!tp->is_cwnd_limited)
		return;
	if (tcp_in_slow_start(tp)) {
		uint32_t room = tp->snd_ssthresh - tp->snd_cwnd, n = tcp_u32_min(acked, room);

		tp->snd_cwnd += n;
		acked -= n;
		if (!acked)
			return;
	}
	tp->snd_cwnd_cnt += acked;
	if (tp->snd_cwnd_cnt >= tp->snd_cwnd) {
		tp->snd_cwnd_cnt -= tp->snd_cwnd;
		tp->snd_cwnd++;
	}
}

/**
 * tcp_ca_ssthresh() - A loss: half of what was on its way
 * @tp: who sends
 *
 * Return: segments, at least 2.
 */
uint32_t tcp_ca_ssthresh(struct tcp_sock *tp)
{
	return tcp_u32_max(tp->snd_cwnd >> 1, 2);
}

/**
 * tcp_cwnd_validate() - Was it cwnd that kept us from sending more? Only then may it grow
 * @tp: who sends
 * @is_cwnd_limited: at this moment
 */
void tcp_cwnd_validate(struct tcp_sock *tp, bool is_cwnd_limited)
{
	if (!before(tp->snd_una, tp->max_packets_seq) || is_cwnd_limited ||
	    (!tp->is_cwnd_limited && tp->packets_out > tp->max_packets_out)) {
		tp->is_cwnd_limited = is_cwnd_limited;
		tp->max_packets_out = tp->packets_out;
		tp->max_packets_seq = tp->snd_nxt;
	}
	/* in slow start half of it used is enough to go on */
	if (tcp_in_slow_start(tp) && tp->snd_cwnd < 2 * tp->max_packets_out)
		tp->is_cwnd_limited = true;
}

/**
 * tcp_cwnd_restart() - Nothing was sent for longer than the timeout: carefully again
 * @tp: who sends
 * @idle_ns: for how long
 */
void tcp_cwnd_restart(struct tcp_sock *tp, int64_t idle_ns)
{
	uint32_t restart = tcp_u32_min(TCP_INIT_CWND, tp->snd_cwnd), cwnd = tp->snd_cwnd;

	tp->snd_ssthresh = tcp_u32_max(tp->snd_ssthresh, (cwnd >> 1) + (cwnd >> 2));
	for (idle_ns -= tp->rto_ns; idle_ns > 0 && cwnd > restart; idle_ns -= tp->rto_ns)
		cwnd >>= 1;
	tp->snd_cwnd = tcp_u32_max(cwnd, restart);
	tp->max_packets_out = 0;
	tp->is_cwnd_limited = false;
}
