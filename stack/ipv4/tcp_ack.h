/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_ack.h - what one acknowledgement told, as its handlers pass it on
 *
 * mirrors the FLAG_* of net/ipv4/tcp_input.c, struct tcp_sacktag_state and struct rate_sample
 */
#ifndef STACK_IPV4_TCP_ACK_H
#define STACK_IPV4_TCP_ACK_H

#include "ipv4/fib.h"
#include "ipv4/tcp.h"

#define TCP_RACK_RECOVERY_THRESH 16U /* recoveries that a larger patience lasts */

enum {
	FLAG_DATA = 0x01,		/* data came along */
	FLAG_WIN_UPDATE = 0x02,		/* the window changed */
	FLAG_DATA_ACKED = 0x04,		/* new data was acknowledged */
	FLAG_RETRANS_DATA_ACKED = 0x08, /* some of it was sent again */
	FLAG_SYN_ACKED = 0x10,
	FLAG_DATA_SACKED = 0x20, /* new blocks */
	FLAG_ECE = 0x40,
	FLAG_LOST_RETRANS = 0x80, /* what was sent again is lost again */
	FLAG_SLOWPATH = 0x100,
	FLAG_ORIG_SACK_ACKED = 0x200, /* what was sent only once, before the loss, arrived */
	FLAG_SND_UNA_ADVANCED = 0x400,
	FLAG_DSACKING_ACK = 0x800,
	FLAG_SET_XMIT_TIMER = 0x1000,
	FLAG_SACK_RENEGING = 0x2000,
	FLAG_DSACK_TLP = 0x4000,
	FLAG_ACK_MAYBE_DELAYED = 0x8000,
	FLAG_NO_CHALLENGE_ACK = 0x10000,

	FLAG_ACKED = FLAG_DATA_ACKED | FLAG_SYN_ACKED,
	FLAG_NOT_DUP = FLAG_DATA | FLAG_WIN_UPDATE | FLAG_ACKED,
	FLAG_CA_ALERT = FLAG_DATA_SACKED | FLAG_ECE | FLAG_DSACKING_ACK,
	FLAG_FORWARD_PROGRESS = FLAG_ACKED | FLAG_DATA_SACKED,
};

/* what is sent when all is decided */
enum { REXMIT_NONE, REXMIT_LOST, REXMIT_NEW };

struct ack_state {
	uint32_t flag;
	uint32_t prior_una;
	int num_dupack;
	int rexmit;
	/* SACK */
	uint32_t reord; /* the lowest sequence that arrived after a higher one */
	uint32_t sack_delivered;
	int64_t first_sackt_ns,
		last_sackt_ns; /* when the earliest and the latest were sent; -1: none */
	/* rate */
	bool rate_valid, rate_app_limited, rate_is_retrans;
	uint32_t rate_prior_delivered, rate_last_end_seq;
	int64_t rate_prior_mstamp_ns, rate_interval_ns;
	int64_t rtt_ns; /* of what was delivered last; -1: unknown */
};

/* tcp_sack.c */
void tcp_sacktag_write_queue(struct tcp_sock *tp, const struct sk_buff *skb, struct ack_state *st);
void tcp_check_sack_reordering(struct tcp_sock *tp, uint32_t low_seq, bool by_time);
void tcp_add_reno_sack(struct tcp_sock *tp, int num_dupack, bool ece);
void tcp_remove_reno_sacks(struct tcp_sock *tp, uint32_t acked, bool ece);
void tcp_limit_reno_sacked(struct tcp_sock *tp);
/* tcp_recovery.c */
void tcp_rack_advance(struct tcp_sock *tp, const struct tcp_skb_cb *cb);
bool tcp_rack_mark_lost(struct tcp_sock *tp);
void tcp_rack_update_reo_wnd(struct tcp_sock *tp, const struct ack_state *st);
void tcp_newreno_mark_lost(struct tcp_sock *tp, bool snd_una_advanced);
void tcp_mark_skb_lost(struct tcp_sock *tp, struct sk_buff *skb);
int64_t tcp_rack_skb_timeout(const struct tcp_sock *tp, const struct tcp_skb_cb *cb,
			     int64_t reo_wnd_ns);
/* tcp_fastretrans.c */
void tcp_fastretrans_alert(struct tcp_sock *tp, struct ack_state *st);
void tcp_init_cwnd_reduction(struct tcp_sock *tp);
void tcp_end_cwnd_reduction(struct tcp_sock *tp);
void tcp_cwnd_reduction(struct tcp_sock *tp, uint32_t delivered, uint32_t newly_lost,
			uint32_t flag);
void tcp_try_keep_open(struct tcp_sock *tp);
void tcp_enter_recovery(struct tcp_sock *tp, bool ece);
/* tcp_rate.c */
void tcp_rate_skb_delivered(struct tcp_sock *tp, struct tcp_skb_cb *cb, struct ack_state *st);
void tcp_rate_gen(struct tcp_sock *tp, uint32_t delivered, bool reneg, struct ack_state *st);

/* so much arrived */
static inline void tcp_count_delivered(struct tcp_sock *tp, uint32_t n, bool ece)
{
	tp->delivered += n;
	if (ece)
		tp->delivered_ce += n;
}

/* was @when before what the peer's answer echoes? Then it answers an earlier sending. */
static inline bool tcp_tsopt_ecr_before(const struct tcp_sock *tp, int64_t when_ns)
{
	return tp->saw_tstamp && tp->rcv_tsecr &&
	       before(tp->rcv_tsecr, (uint32_t)(when_ns / NSEC_PER_MSEC));
}

static inline bool tcp_in_cwnd_reduction(const struct tcp_sock *tp)
{
	return tp->ca_state == TCP_CA_CWR || tp->ca_state == TCP_CA_Recovery;
}

/* where the highest block ends */
static inline uint32_t tcp_highest_sack_seq(const struct tcp_sock *tp)
{
	return tp->sacked_out ? tp->highest_sack : tp->snd_una;
}

#endif
