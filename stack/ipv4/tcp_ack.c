/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_ack.c - acknowledgements: what arrived and how long it took
 *
 * mirrors tcp_ack() and what it calls in net/ipv4/tcp_input.c
 *
 * PATH
 *
 *	tcp_ack()
 *	  ack_update_window()
 *	  tcp_sacktag_write_queue()	tcp_sack.c
 *	  tcp_clean_rtx_queue()		what is acknowledged is freed; tcp_ack_update_rtt()
 *	  tcp_process_tlp_ack()
 *	  tcp_fastretrans_alert()	tcp_fastretrans.c, when the ACK is not quite ordinary
 *	  tcp_cong_control()		tcp_cong.c
 *	  tcp_xmit_recovery()		tcp_xmit_retransmit_queue()
 */
#include "ipv4/tcp_ack.h"

/**
 * tcp_clear_retrans() - Nothing is lost, nothing sent again
 * @tp: the connection
 */
void tcp_clear_retrans(struct tcp_sock *tp)
{
	tp->retrans_out = 0;
	tp->lost_out = 0;
	tp->sacked_out = 0;
	tp->undo_marker = 0;
	tp->undo_retrans = -1;
	tp->retrans_stamp_ns = 0;
}

/* RFC 6298 as Linux has it: the variance falls slowly, once a round trip. As tcp_rtt_estimator() */
static void rtt_estimator(struct tcp_sock *tp, int64_t rtt)
{
	const int64_t floor = tcp_rto_min(tp);
	int64_t m = rtt - tp->srtt_ns;

	if (!tp->srtt_ns) {
		tp->srtt_ns = rtt;
		tp->mdev_ns = 2 * rtt; /* four times the deviation */
		tp->rttvar_ns = tcp_i64_max(tp->mdev_ns, floor);
		tp->mdev_max_ns = tp->rttvar_ns;
		tp->rtt_seq = tp->snd_nxt;
		return;
	}
	tp->srtt_ns += m / 8;
	if (m < 0) {
		m = -m - tp->mdev_ns / 4;
		if (m > 0)
			m /= 8;
	} else {
		m -= tp->mdev_ns / 4;
	}
	tp->mdev_ns += m;
	if (tp->mdev_ns > tp->mdev_max_ns) {
		tp->mdev_max_ns = tp->mdev_ns;
		tp->rttvar_ns = tcp_i64_max(tp->rttvar_ns, tp->mdev_max_ns);
	}
	if (after(tp->snd_una, tp->rtt_seq)) {
		if (tp->mdev_max_ns < tp->rttvar_ns)
			tp->rttvar_ns -= (tp->rttvar_ns - tp->mdev_max_ns) / 4;
		tp->rtt_seq = tp->snd_nxt;
		tp->mdev_max_ns = floor;
	}
}

/**
 * tcp_rtt_sample() - A round trip was measured: the time-out follows
 * @tp: the connection
 * @rtt_ns: how long
 */
void tcp_rtt_sample(struct tcp_sock *tp, int64_t rtt_ns)
{
	rtt_estimator(tp, tcp_i64_max(rtt_ns, 1000));
	tp->rto_ns = tcp_i64_min(tcp_ticks(tp->srtt_ns + tp->rttvar_ns), tcp_rto_max(tp));
}

/* The shortest round trip. @maybe_delayed: the peer may have waited with its ACK */
static void update_rtt_min(struct tcp_sock *tp, int64_t rtt_ns, bool maybe_delayed)
{
	rtt_ns = tcp_i64_max(rtt_ns, 1000);
	if (maybe_delayed && tp->min_rtt_ns && rtt_ns > tp->min_rtt_ns)
		return;
	if (!tp->min_rtt_ns || rtt_ns < tp->min_rtt_ns)
		tp->min_rtt_ns = rtt_ns;
}

/**
 * tcp_synack_rtt_meas() - The handshake was the first round trip
 * @tp: the connection
 * @rtt_ns: how long
 */
void tcp_synack_rtt_meas(struct tcp_sock *tp, int64_t rtt_ns)
{
	update_rtt_min(tp, rtt_ns, false);
	tcp_rtt_sample(tp, rtt_ns);
}

/**
 * tcp_rearm_rto() - Something is unanswered: waits from now, or from when it was sent
 * @tp: the connection
 */
void tcp_rearm_rto(struct tcp_sock *tp)
{
	struct sk_buff *head = tcp_queue_head(&tp->rtx_queue);
	int64_t rto = tp->rto_ns, left;

	if (!head || !tp->packets_out) {
		tcp_clear_xmit_timer(tp);
		return;
	}
	if (tp->pending == TCP_TIME_REO || tp->pending == TCP_TIME_LOSS_PROBE) {
		left = TCP_SKB_CB(head)->when_ns + rto - tcp_now(tp);
		rto = tcp_i64_max(left, NSEC_PER_MSEC);
	}
	tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, rto);
}

/* What is acknowledged says how long it took; true: a round trip was measured */
static bool tcp_ack_update_rtt(struct tcp_sock *tp, struct ack_state *st, int64_t seq_rtt,
			       int64_t sack_rtt, int64_t ca_rtt)
{
	if (seq_rtt < 0)
		seq_rtt = sack_rtt;
	/* Karn: what was sent twice measures nothing, but a timestamp does */
	if (seq_rtt < 0 && tp->saw_tstamp && tp->rcv_tsecr && (st->flag & FLAG_ACKED)) {
		uint32_t ms = (uint32_t)(tcp_now(tp) / NSEC_PER_MSEC) - tp->rcv_tsecr;

		if (ms < INT32_MAX / 1000) {
			seq_rtt = (ms ? ms : 1) * NSEC_PER_MSEC;
			ca_rtt = seq_rtt;
		}
	}
	st->rtt_ns = ca_rtt;
	if (seq_rtt < 0)
		return false;
	update_rtt_min(tp, ca_rtt, st->flag & FLAG_ACK_MAYBE_DELAYED);
	tcp_rtt_sample(tp, seq_rtt);
	tp->backoff = 0;
	return true;
}

/* what the walk over acknowledged segments found */
struct cleaned {
	uint32_t acked, reord;
	int64_t first_ns,
		last_ns; /* when the first and the last were sent; -1: all were sent twice */
};

/* One segment is acknowledged: takes it out of all counts. */
static void forget_segment(struct tcp_sock *tp, struct sk_buff *skb, struct ack_state *st,
			   struct cleaned *c)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint8_t sacked = cb->sacked;

	if (sacked & (TCPCB_RETRANS | TCPCB_EVER_RETRANS)) {
		if (sacked & TCPCB_RETRANS)
			tp->retrans_out--;
		st->flag |= FLAG_RETRANS_DATA_ACKED;
	} else if (!(sacked & TCPCB_SACKED)) {
		c->last_ns = cb->when_ns;
		if (c->first_ns < 0)
			c->first_ns = c->last_ns;
		if (before(cb->seq, c->reord))
			c->reord = cb->seq;
		if (!after(cb->end_seq, tp->high_seq))
			st->flag |= FLAG_ORIG_SACK_ACKED;
	}
	if (sacked & TCPCB_SACKED) {
		tp->sacked_out--;
	} else if (tp->sack_ok) {
		tcp_count_delivered(tp, 1, st->flag & FLAG_ECE);
		if (!(sacked & (TCPCB_RETRANS | TCPCB_EVER_RETRANS)) ||
		    !tcp_tsopt_ecr_before(tp, cb->when_ns))
			tcp_rack_advance(tp, cb);
	}
	if (sacked & TCPCB_LOST)
		tp->lost_out--;
	tp->packets_out--;
	c->acked++;
	tcp_rate_skb_delivered(tp, cb, st);
	if (cb->flags & TCPHDR_SYN) {
		st->flag |= FLAG_SYN_ACKED;
		tp->retrans_stamp_ns = 0;
	} else {
		st->flag |= FLAG_DATA_ACKED;
	}
	tcp_free_queued(tp, skb);
}

/* Everything below snd_una is no longer needed. */
static void tcp_clean_rtx_queue(struct tcp_sock *tp, struct ack_state *st, uint32_t prior_fack)
{
	struct cleaned c = { .reord = tp->snd_nxt, .first_ns = -1, .last_ns = -1 };
	int64_t now = tcp_now(tp), seq_rtt = -1, ca_rtt = -1, sack_rtt = -1;
	uint32_t prior_sacked = tp->sacked_out;
	struct sk_buff *skb;
	bool rtt_update;

	while ((skb = tcp_queue_head(&tp->rtx_queue)) &&
	       !after(TCP_SKB_CB(skb)->end_seq, tp->snd_una))
		forget_segment(tp, skb, st, &c);
	if (!skb)
		tcp_chrono_stop(tp, TCP_CHRONO_BUSY);
	if (!before(tp->snd_up, st->prior_una) && !after(tp->snd_up, tp->snd_una))
		tp->snd_up = tp->snd_una;
	if (skb && (TCP_SKB_CB(skb)->sacked & TCPCB_SACKED))
		st->flag |= FLAG_SACK_RENEGING;
	if (c.first_ns >= 0 && !(st->flag & FLAG_RETRANS_DATA_ACKED)) {
		seq_rtt = now - c.first_ns;
		ca_rtt = now - c.last_ns;
		if (c.acked == 1 && !prior_sacked && tp->snd_una - st->prior_una < tp->mss_cache &&
		    st->rate_prior_delivered + 1 == tp->delivered &&
		    !(st->flag & (FLAG_CA_ALERT | FLAG_SYN_ACKED)))
			st->flag |= FLAG_ACK_MAYBE_DELAYED;
	}
	if (st->first_sackt_ns >= 0) {
		sack_rtt = now - st->first_sackt_ns;
		ca_rtt = now - st->last_sackt_ns;
	}
	rtt_update = tcp_ack_update_rtt(tp, st, seq_rtt, sack_rtt, ca_rtt);
	if (st->flag & FLAG_ACKED) {
		st->flag |= FLAG_SET_XMIT_TIMER;
		if (!tp->sack_ok) {
			tcp_remove_reno_sacks(tp, c.acked, st->flag & FLAG_ECE);
			if (st->flag & FLAG_RETRANS_DATA_ACKED)
				st->flag &= ~(uint32_t)FLAG_ORIG_SACK_ACKED;
		} else if (before(c.reord, prior_fack)) {
			tcp_check_sack_reordering(tp, c.reord, false);
		}
		tcp_confirm(tp);
	} else if (skb && rtt_update && sack_rtt >= 0 &&
		   sack_rtt > now - TCP_SKB_CB(skb)->when_ns) {
		st->flag |= FLAG_SET_XMIT_TIMER;
	}
	if (st->rtt_ns >= 0)
		tcp_ca_acked(tp, st->rtt_ns);
}

/* The answer to a probe of a lost tail: was the tail lost? As tcp_process_tlp_ack() */
static void tcp_process_tlp_ack(struct tcp_sock *tp, uint32_t ack, uint32_t flag)
{
	if (before(ack, tp->tlp_high_seq))
		return;
	if (!tp->tlp_retrans || (flag & FLAG_DSACK_TLP)) {
		tp->tlp_high_seq = 0;
	} else if (after(ack, tp->tlp_high_seq)) {
		tcp_init_cwnd_reduction(tp);
		tp->ca_state = TCP_CA_CWR;
		tcp_end_cwnd_reduction(tp);
		tcp_try_keep_open(tp);
		mib_inc(tp->inet.sk.net, TcpExt_TCPLossProbeRecovery);
	} else if (!(flag & (FLAG_SND_UNA_ADVANCED | FLAG_NOT_DUP | FLAG_DATA_SACKED))) {
		tp->tlp_high_seq = 0;
	}
}

/* Less or more on its way, as far as the ACK allows */
static void tcp_cong_control(struct tcp_sock *tp, uint32_t delivered, uint32_t lost, uint32_t flag)
{
	bool forward = tp->reordering > (uint32_t)tcp_ns(tp)->sysctl_tcp_reordering
			       ? flag & FLAG_FORWARD_PROGRESS
			       : flag & FLAG_DATA_ACKED;

	if (tcp_in_cwnd_reduction(tp))
		tcp_cwnd_reduction(tp, delivered, lost, flag);
	else if (forward)
		tcp_cong_avoid(tp, delivered);
}

static void tcp_xmit_recovery(struct tcp_sock *tp, int rexmit)
{
	if (rexmit == REXMIT_NONE || tp->state == TCP_SYN_SENT)
		return;
	if (rexmit == REXMIT_NEW) {
		if (!list_empty(&tp->write_queue)) {
			tcp_write_xmit(tp, TCP_NAGLE_OFF, 0);
			tcp_check_probe_timer(tp);
		}
		if (after(tp->snd_nxt, tp->high_seq))
			return;
		tp->frto = false;
	}
	tcp_xmit_retransmit_queue(tp);
}

/**
 * tcp_update_wl_and_wnd() - The peer tells its window
 * @tp: the connection
 * @seq: of the segment that told
 * @wnd: bytes
 */
void tcp_update_wl_and_wnd(struct tcp_sock *tp, uint32_t seq, uint32_t wnd)
{
	tp->snd_wl1 = seq;
	if (tp->snd_wnd == wnd)
		return;
	tp->snd_wnd = wnd;
	tcp_fast_path_check(tp);
	if (!list_empty(&tp->write_queue))
		tcp_slow_start_after_idle_check(tp);
	if (wnd > tp->max_window) {
		tp->max_window = wnd;
		if (tp->pmtu)
			tcp_sync_mss(tp, tp->pmtu);
	}
}

/**
 * tcp_may_update_window() - Is what a segment says of the window newer than what is known?
 * @tp: the connection
 * @ack: what it acknowledges
 * @seq: its number
 * @wnd: its window, scaled
 *
 * Return: true: yes.
 */
bool tcp_may_update_window(const struct tcp_sock *tp, uint32_t ack, uint32_t seq, uint32_t wnd)
{
	return after(ack, tp->snd_una) || after(seq, tp->snd_wl1) ||
	       (seq == tp->snd_wl1 && (wnd > tp->snd_wnd || !wnd));
}

static void ack_update_window(struct tcp_sock *tp, const struct sk_buff *skb, struct ack_state *st)
{
	const struct tcphdr *th = (const void *)skb->data;
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t wnd = be16_to_cpu(th->window);

	if (!th->syn)
		wnd <<= tp->snd_wscale;
	if (tcp_may_update_window(tp, cb->ack_seq, cb->seq, wnd)) {
		st->flag |= FLAG_WIN_UPDATE;
		tcp_update_wl_and_wnd(tp, cb->seq, wnd);
	}
	tp->bytes_acked += cb->ack_seq - tp->snd_una;
	tp->snd_una = cb->ack_seq;
}

/* A window opened, or shut for good: the probing timer */
static void tcp_ack_probe(struct tcp_sock *tp)
{
	struct sk_buff *head = tcp_queue_head(&tp->write_queue);

	if (!head)
		return;
	if (!after(TCP_SKB_CB(head)->end_seq, tcp_wnd_end(tp))) {
		tp->backoff = 0;
		tp->probes_tstamp_ns = 0;
		if (tp->pending == TCP_TIME_PROBE0)
			tcp_clear_xmit_timer(tp);
	} else {
		tcp_reset_xmit_timer(tp, TCP_TIME_PROBE0, tcp_probe0_when(tp));
	}
}

static void tcp_grow_sndbuf(struct tcp_sock *tp)
{
	uint32_t nr = tcp_u32_max(tcp_u32_max(tp->snd_cwnd, TCP_INIT_CWND), tp->reordering + 1);
	uint32_t want = 2 * nr * 2304;

	if (tp->inet.sk.sndbuf != tp->sndbuf_auto || want <= tp->inet.sk.sndbuf)
		return;
	tp->inet.sk.sndbuf = tcp_u32_min(want, (uint32_t)tcp_ns(tp)->sysctl_tcp_wmem[2]);
	tp->sndbuf_auto = tp->inet.sk.sndbuf;
}

/* an ACK of something old: its blocks may still be news. As old_ack: in tcp_ack() */
static int tcp_old_ack(struct tcp_sock *tp, const struct sk_buff *skb, struct ack_state *st)
{
	uint32_t max = (uint32_t)tcp_i64_min(tp->max_window, (int64_t)tp->bytes_acked);
	uint32_t prior = tp->delivered;

	if (before(TCP_SKB_CB(skb)->ack_seq, tp->snd_una - max)) {
		if (!(st->flag & FLAG_NO_CHALLENGE_ACK))
			tcp_send_challenge_ack(tp);
		return -1;
	}
	if (tp->has_sack) {
		tcp_sacktag_write_queue(tp, skb, st);
		if (st->sack_delivered)
			tcp_count_delivered(tp, st->sack_delivered, false);
		tcp_fastretrans_alert(tp, st);
		mib_add(tp->inet.sk.net, TcpExt_TCPDelivered, tp->delivered - prior);
		tcp_xmit_recovery(tp, st->rexmit);
	}
	return 0;
}

/* Nothing was on its way: a window may have opened. */
static int tcp_ack_no_queue(struct tcp_sock *tp, uint32_t ack, struct ack_state *st,
			    uint32_t prior_delivered)
{
	if (st->flag & FLAG_DSACKING_ACK) {
		tcp_fastretrans_alert(tp, st);
		mib_add(tp->inet.sk.net, TcpExt_TCPDelivered, tp->delivered - prior_delivered);
	}
	tcp_ack_probe(tp);
	if (tp->tlp_high_seq)
		tcp_process_tlp_ack(tp, ack, st->flag);
	return 1;
}

/* What the segment says beside its number: window, blocks, congestion */
static void tcp_ack_slow(struct tcp_sock *tp, const struct sk_buff *skb, struct ack_state *st)
{
	const struct tcphdr *th = (const void *)skb->data;
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	if (cb->seq != cb->end_seq)
		st->flag |= FLAG_DATA;
	else
		mib_inc(tp->inet.sk.net, TcpExt_TCPPureAcks);
	ack_update_window(tp, skb, st);
	if (tp->has_sack)
		tcp_sacktag_write_queue(tp, skb, st);
	if (th->ece && !th->syn && (tp->ecn_flags & TCP_ECN_OK))
		st->flag |= FLAG_ECE;
	if (st->sack_delivered)
		tcp_count_delivered(tp, st->sack_delivered, st->flag & FLAG_ECE);
}

/* after the queue was cleaned: losses, the timer, cwnd, what is sent now */
static void tcp_ack_finish(struct tcp_sock *tp, uint32_t ack, struct ack_state *st,
			   uint32_t delivered, uint32_t lost)
{
	struct net *net = tp->inet.sk.net;
	bool reneg = tp->is_sack_reneg;

	tcp_rack_update_reo_wnd(tp, st);
	if (tp->tlp_high_seq)
		tcp_process_tlp_ack(tp, ack, st->flag);
	if (!(st->flag & FLAG_NOT_DUP) || (st->flag & FLAG_CA_ALERT) ||
	    tp->ca_state != TCP_CA_Open) {
		if (!(st->flag & (FLAG_SND_UNA_ADVANCED | FLAG_NOT_DUP | FLAG_DSACKING_ACK)))
			st->num_dupack = 1;
		tcp_fastretrans_alert(tp, st);
	}
	if ((st->flag & FLAG_SET_XMIT_TIMER) && !tcp_schedule_loss_probe(tp, true))
		tcp_rearm_rto(tp);
	if ((st->flag & FLAG_FORWARD_PROGRESS) || !(st->flag & FLAG_NOT_DUP))
		tcp_confirm(tp);
	delivered = tp->delivered - delivered;
	mib_add(net, TcpExt_TCPDelivered, delivered);
	if (st->flag & FLAG_ECE)
		mib_add(net, TcpExt_TCPDeliveredCE, delivered);
	tcp_rate_gen(tp, delivered, reneg, st);
	tcp_cong_control(tp, delivered, tp->lost - lost, st->flag);
	tcp_xmit_recovery(tp, st->rexmit);
}

/**
 * tcp_ack() - What a segment acknowledges
 * @tp: the connection
 * @skb: borrowed; data at the TCP header, cb filled in
 * @flag: FLAG_SLOWPATH unless the header is as foreseen; FLAG_NO_CHALLENGE_ACK
 *
 * Return: 1: fine; 0: an old one; -1: of something never sent: the segment dies.
 */
int tcp_ack(struct tcp_sock *tp, const struct sk_buff *skb, uint32_t flag)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	struct ack_state st = { .prior_una = tp->snd_una,
				.flag = flag,
				.first_sackt_ns = -1,
				.last_sackt_ns = -1,
				.rtt_ns = -1 };
	uint32_t ack = cb->ack_seq, delivered = tp->delivered, lost = tp->lost;
	uint32_t prior_packets = tp->packets_out, prior_fack;

	if (before(ack, tp->snd_una))
		return tcp_old_ack(tp, skb, &st);
	if (after(ack, tp->snd_nxt)) {
		if (!(flag & FLAG_NO_CHALLENGE_ACK))
			tcp_send_challenge_ack(tp);
		return -1;
	}
	if (after(ack, tp->snd_una)) {
		st.flag |= FLAG_SND_UNA_ADVANCED;
		tp->retransmits = 0;
	}
	prior_fack = tp->sack_ok ? tcp_highest_sack_seq(tp) : tp->snd_una;
	if (tp->tstamp_ok)
		tcp_replace_ts_recent(tp, cb->seq);
	if ((st.flag & (FLAG_SLOWPATH | FLAG_SND_UNA_ADVANCED)) == FLAG_SND_UNA_ADVANCED) {
		tp->snd_wl1 = cb->seq;
		tp->bytes_acked += ack - tp->snd_una;
		tp->snd_una = ack;
		st.flag |= FLAG_WIN_UPDATE;
		mib_inc(tp->inet.sk.net, TcpExt_TCPHPAcks);
	} else {
		tcp_ack_slow(tp, skb, &st);
	}
	tp->inet.sk.err_soft = 0;
	tp->probes_out = 0;
	tp->keepalive_probes_out = 0;
	tp->rcv_tstamp_ns = tcp_now(tp);
	if (!prior_packets)
		return tcp_ack_no_queue(tp, ack, &st, delivered);
	tcp_clean_rtx_queue(tp, &st, prior_fack);
	tcp_ack_finish(tp, ack, &st, delivered, lost);
	return 1;
}

/**
 * tcp_check_space() - After a segment: room for a writer?
 * @tp: the connection
 */
void tcp_check_space(struct tcp_sock *tp)
{
	tcp_grow_sndbuf(tp);
	if (!tcp_stream_memory_free(tp))
		return;
	if (tp->nospace) {
		tp->nospace = false;
		tcp_chrono_stop(tp, TCP_CHRONO_SNDBUF_LIMITED);
	}
	wake_up(&tp->inet.sk.wait);
}
