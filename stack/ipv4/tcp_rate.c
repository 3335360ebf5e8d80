/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_rate.c - how fast data arrives, as `ss -i` tells
 *
 * mirrors net/ipv4/tcp_rate.c, and tcp_chrono_start() and its like in tcp_output.c
 *
 * PATH (leaf)
 */
#include "core/jiffies.h"
#include "ipv4/tcp_ack.h"

/**
 * tcp_rate_skb_sent() - A segment goes out: remembers what had arrived by then
 * @tp: who sends
 * @cb: its part in the queue
 */
void tcp_rate_skb_sent(struct tcp_sock *tp, struct tcp_skb_cb *cb)
{
	if (!tp->packets_out) {
		tp->first_tx_mstamp_ns = cb->when_ns;
		tp->delivered_mstamp_ns = cb->when_ns;
	}
	cb->first_tx_ns = tp->first_tx_mstamp_ns;
	cb->delivered_ns = tp->delivered_mstamp_ns;
	cb->delivered = tp->delivered;
	cb->app_limited = tp->app_limited != 0;
}

/**
 * tcp_rate_skb_delivered() - A segment arrived
 * @tp: who sent it
 * @cb: its part in the queue
 * @st: takes what was remembered with the one sent last
 */
void tcp_rate_skb_delivered(struct tcp_sock *tp, struct tcp_skb_cb *cb, struct ack_state *st)
{
	if (cb->delivered_ns <= 0)
		return; /* a SYN, or counted when its block came */
	if (!st->rate_valid || cb->when_ns > tp->first_tx_mstamp_ns ||
	    (cb->when_ns == tp->first_tx_mstamp_ns && after(cb->end_seq, st->rate_last_end_seq))) {
		st->rate_valid = true;
		st->rate_prior_delivered = cb->delivered;
		st->rate_prior_mstamp_ns = cb->delivered_ns;
		st->rate_app_limited = cb->app_limited;
		st->rate_is_retrans = cb->sacked & (TCPCB_RETRANS | TCPCB_EVER_RETRANS);
		st->rate_last_end_seq = cb->end_seq;
		tp->first_tx_mstamp_ns = cb->when_ns;
		st->rate_interval_ns = cb->when_ns - cb->first_tx_ns;
	}
	if (cb->sacked & TCPCB_SACKED)
		cb->delivered_ns = -1;
}

/**
 * tcp_rate_gen() - An ACK makes a sample of the rate
 * @tp: who sends
 * @delivered: segments that arrived
 * @reneg: the peer forgot what it had: no sample
 * @st: what was remembered
 */
void tcp_rate_gen(struct tcp_sock *tp, uint32_t delivered, bool reneg, struct ack_state *st)
{
	uint32_t n = tp->delivered - st->rate_prior_delivered;
	int64_t interval;

	if (tp->app_limited && after(tp->delivered, tp->app_limited))
		tp->app_limited = 0;
	if (delivered)
		tp->delivered_mstamp_ns = tcp_now(tp);
	if (!st->rate_valid || reneg)
		return;
	interval = tcp_i64_max(st->rate_interval_ns, tcp_now(tp) - st->rate_prior_mstamp_ns);
	if (interval < tp->min_rtt_ns)
		return;
	if (!st->rate_app_limited || (uint64_t)n * (uint64_t)tp->rate_interval_ns >=
					     (uint64_t)tp->rate_delivered * (uint64_t)interval) {
		tp->rate_delivered = n;
		tp->rate_interval_ns = interval;
		tp->rate_app_limited = st->rate_app_limited;
	}
}

/**
 * tcp_rate_check_app_limited() - A program writes: was it the program that kept us from sending?
 * @tp: who sends
 */
void tcp_rate_check_app_limited(struct tcp_sock *tp)
{
	uint32_t n = tp->delivered + tcp_packets_in_flight(tp);

	if (tp->write_seq - tp->snd_nxt < tp->mss_cache &&
	    tcp_packets_in_flight(tp) < tp->snd_cwnd && tp->lost_out <= tp->retrans_out)
		tp->app_limited = n ? n : 1;
}

static int64_t chrono_now(const struct tcp_sock *tp)
{
	return tcp_now(tp) / TICK_NSEC;
}

static void tcp_chrono_set(struct tcp_sock *tp, enum tcp_chrono type)
{
	int64_t now = chrono_now(tp);

	tp->chrono_stat[tp->chrono_type] += now - tp->chrono_start;
	tp->chrono_start = now;
	tp->chrono_type = type;
}

/**
 * tcp_chrono_start() - From now on sending waits for something
 * @tp: who sends
 * @type: counts unless something larger does already
 */
void tcp_chrono_start(struct tcp_sock *tp, enum tcp_chrono type)
{
	if (type > tp->chrono_type)
		tcp_chrono_set(tp, type);
}

/**
 * tcp_chrono_stop() - It waits for it no longer
 * @tp: who sends
 * @type: what
 */
void tcp_chrono_stop(struct tcp_sock *tp, enum tcp_chrono type)
{
	if (list_empty(&tp->rtx_queue) && list_empty(&tp->write_queue))
		tcp_chrono_set(tp, TCP_CHRONO_UNSPEC);
	else if (type == tp->chrono_type)
		tcp_chrono_set(tp, TCP_CHRONO_BUSY);
}

/**
 * tcp_chrono_info() - How long sending was busy, and with what
 * @tp: who sends
 * @info: filled, in microseconds
 */
void tcp_chrono_info(const struct tcp_sock *tp, struct tcp_info *info)
{
	uint64_t us[TCP_CHRONO_SNDBUF_LIMITED + 1];
	unsigned int i;

	for (i = TCP_CHRONO_BUSY; i <= TCP_CHRONO_SNDBUF_LIMITED; i++) {
		int64_t n = tp->chrono_stat[i];

		if (i == tp->chrono_type)
			n += chrono_now(tp) - tp->chrono_start;
		us[i] = (uint64_t)n * TICK_NSEC / 1000;
		info->tcpi_busy_time += us[i];
	}
	info->tcpi_rwnd_limited = us[TCP_CHRONO_RWND_LIMITED];
	info->tcpi_sndbuf_limited = us[TCP_CHRONO_SNDBUF_LIMITED];
}
