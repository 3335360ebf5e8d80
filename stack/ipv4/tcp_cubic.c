/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_cubic.c - how much may be on its way: CUBIC (RFC 9438) with HyStart
 *
 * mirrors net/ipv4/tcp_cubic.c
 *
 * After a loss the window grows as a cubic function of the time since then, flat around the
 * size at which it happened. Slow start ends early when answers come back in one long train or
 * round trips get longer. Whole numbers only; time is counted in 1/1024 s.
 *
 * PATH (leaf)
 */
#include "ipv4/tcp.h"

#define BETA_SCALE 1024U
#define BETA 717U /* 0.7: what is left of the window after a loss */
#define CUBIC_HZ 10
#define CUBE_RTT_SCALE 410U /* 0.4, the growth constant, times 1024 */
#define CUBE_FACTOR ((UINT64_C(1) << (10 + 3 * CUBIC_HZ)) / CUBE_RTT_SCALE)
#define RENO_SCALE (8U * (BETA_SCALE + BETA) / 3U / (BETA_SCALE - BETA))

#define HYSTART_LOW_WINDOW 16U
#define HYSTART_MIN_SAMPLES 8U
#define HYSTART_ACK_DELTA_NS (2 * NSEC_PER_MSEC)
#define HYSTART_DELAY_MIN_NS (4 * NSEC_PER_MSEC)
#define HYSTART_DELAY_MAX_NS (16 * NSEC_PER_MSEC)
#define GSO_MAX_SIZE INT64_C(65536)

/* the largest whole number whose cube is not greater */
static uint32_t cubic_root(uint64_t a)
{
	uint64_t lo = 0, hi = 1U << 21;

	while (lo + 1 < hi) {
		uint64_t mid = (lo + hi) / 2;

		if (mid * mid * mid <= a)
			lo = mid;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

/**
 * cubic_reset() - Nothing is known of the way
 * @tp: who sends
 */
void cubic_reset(struct tcp_sock *tp)
{
	memset(&tp->cubic, 0, sizeof(tp->cubic));
}

/* where the cubic curve will be one round trip from now */
static uint32_t cubic_target(const struct tcp_cubic *ca, int64_t now)
{
	uint64_t t = (uint64_t)(now - ca->epoch_ns + ca->delay_min_ns) * 1024U / NSEC_PER_SEC;
	uint64_t offs = t < ca->k ? ca->k - t : t - ca->k;
	uint32_t delta;

	if (offs > 1U << 16) /* a minute: the cube would no longer fit */
		offs = 1U << 16;
	delta = (uint32_t)(CUBE_RTT_SCALE * offs * offs * offs >> (10 + 3 * CUBIC_HZ));
	return t < ca->k ? ca->origin - delta : ca->origin + delta;
}

/* after how many acknowledged segments the window grows by one. As bictcp_update() */
static void cubic_update(struct tcp_sock *tp, uint32_t acked)
{
	struct tcp_cubic *ca = &tp->cubic;
	uint32_t cwnd = tp->snd_cwnd, target, delta;
	int64_t now = tcp_now(tp);

	ca->ack_cnt += acked;
	if (ca->last_cwnd == cwnd && now - ca->last_ns <= NSEC_PER_SEC / 32)
		return;
	ca->last_cwnd = cwnd;
	ca->last_ns = now;
	if (!ca->epoch_ns) {
		ca->epoch_ns = now;
		ca->ack_cnt = acked;
		ca->reno_cwnd = cwnd;
		ca->k = ca->last_max <= cwnd ? 0 : cubic_root(CUBE_FACTOR * (ca->last_max - cwnd));
		ca->origin = tcp_u32_max(ca->last_max, cwnd);
	}
	target = cubic_target(ca, now);
	ca->cnt = target > cwnd ? cwnd / (target - cwnd) : 100 * cwnd;
	if (!ca->last_max && ca->cnt > 20)
		ca->cnt = 20;
	/* never slower than Reno would be */
	delta = (cwnd * RENO_SCALE) >> 3;
	while (ca->ack_cnt > delta) {
		ca->ack_cnt -= delta;
		ca->reno_cwnd++;
	}
	if (ca->reno_cwnd > cwnd)
		ca->cnt = tcp_u32_min(ca->cnt, cwnd / (ca->reno_cwnd - cwnd));
	ca->cnt = tcp_u32_max(ca->cnt, 2);
}

/**
 * cubic_cong_avoid() - Segments arrived: more may be on their way
 * @tp: who sends, limited by its window
 * @acked: segments acknowledged
 */
void cubic_cong_avoid(struct tcp_sock *tp, uint32_t acked)
{
	acked = tcp_slow_start(tp, acked);
	if (!acked)
		return;
	cubic_update(tp, acked);
	tcp_cong_avoid_ai(tp, tp->cubic.cnt, acked);
}

/**
 * cubic_ssthresh() - A loss: seven tenths of the window
 * @tp: who sends
 *
 * Return: segments, at least 2.
 */
uint32_t cubic_ssthresh(struct tcp_sock *tp)
{
	struct tcp_cubic *ca = &tp->cubic;
	uint32_t cwnd = tp->snd_cwnd;

	ca->epoch_ns = 0;
	/* less than last time: somebody else came along, leave room */
	ca->last_max = cwnd < ca->last_max ? cwnd * (BETA_SCALE + BETA) / (2 * BETA_SCALE) : cwnd;
	return tcp_u32_max(cwnd * BETA / BETA_SCALE, 2);
}

/**
 * cubic_tx_start() - Sending goes on after a pause: the pause does not count
 * @tp: who sends
 * @idle_ns: how long it was
 */
void cubic_tx_start(struct tcp_sock *tp, int64_t idle_ns)
{
	if (tp->cubic.epoch_ns && idle_ns > 0)
		tp->cubic.epoch_ns += tcp_i64_min(idle_ns, tcp_now(tp) - tp->cubic.epoch_ns);
}

static void hystart_reset(struct tcp_sock *tp)
{
	struct tcp_cubic *ca = &tp->cubic;

	ca->round_start_ns = tcp_now(tp);
	ca->last_ack_ns = ca->round_start_ns;
	ca->end_seq = tp->snd_nxt;
	ca->curr_rtt_ns = INT64_MAX;
	ca->samples = 0;
}

/* how long one aggregate may take at the current rate: answers come that late for no reason of the way's */
static int64_t hystart_ack_delay(const struct tcp_sock *tp)
{
	int64_t bytes = 2 * (int64_t)tp->mss_cache * tp->snd_cwnd;

	if (!tp->srtt_ns || !bytes)
		return 0;
	return tcp_i64_min(NSEC_PER_MSEC, GSO_MAX_SIZE * 4 * tp->srtt_ns / bytes);
}

static void hystart_update(struct tcp_sock *tp, int64_t delay_ns)
{
	struct tcp_cubic *ca = &tp->cubic;
	int64_t now = tcp_now(tp);

	if (after(tp->snd_una, ca->end_seq))
		hystart_reset(tp);
	if (now - ca->last_ack_ns <= HYSTART_ACK_DELTA_NS) {
		ca->last_ack_ns = now;
		if (now - ca->round_start_ns > (ca->delay_min_ns + hystart_ack_delay(tp)) / 2)
			ca->found = true;
	}
	if (ca->curr_rtt_ns > delay_ns)
		ca->curr_rtt_ns = delay_ns;
	if (ca->samples < HYSTART_MIN_SAMPLES) {
		ca->samples++;
	} else {
		int64_t slack = tcp_i64_min(ca->delay_min_ns / 8, HYSTART_DELAY_MAX_NS);

		slack = tcp_i64_max(slack, HYSTART_DELAY_MIN_NS);
		if (ca->curr_rtt_ns > ca->delay_min_ns + slack)
			ca->found = true;
	}
	if (ca->found)
		tp->snd_ssthresh = tp->snd_cwnd;
}

/**
 * cubic_acked() - A round trip was measured
 * @tp: who sends
 * @rtt_ns: how long
 */
void cubic_acked(struct tcp_sock *tp, int64_t rtt_ns)
{
	struct tcp_cubic *ca = &tp->cubic;

	/* right after a loss the queues say nothing of the way */
	if (ca->epoch_ns && tcp_now(tp) - ca->epoch_ns < NSEC_PER_SEC)
		return;
	if (!ca->delay_min_ns || ca->delay_min_ns > rtt_ns)
		ca->delay_min_ns = rtt_ns;
	if (!ca->end_seq)
		hystart_reset(tp);
	if (!ca->found && tcp_in_slow_start(tp) && tp->snd_cwnd >= HYSTART_LOW_WINDOW)
		hystart_update(tp, rtt_ns);
}
