/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_ack.c - acknowledgements: what arrived, what was lost, how long it took
 *
 * mirrors the ACK half of net/ipv4/tcp_input.c and net/ipv4/tcp_recovery.c
 *
 * A segment counts as lost when one sent later arrived and either three did or recovery runs
 * already (RACK with the classic threshold); without SACK, after three duplicates (NewReno).
 * Unlike Linux: a needless time-out is not undone (no F-RTO, no Eifel).
 *
 * PATH
 *
 *	tcp_ack()
 *	  tcp_sacktag_write_queue()
 *	  tcp_clean_rtx_queue()		tcp_rtt_sample()
 *	  tcp_fastretrans_alert()
 *	    tcp_mark_lost()
 *	    tcp_enter_recovery()
 *	  tcp_cong_avoid()		tcp_cong.c
 *	  tcp_xmit_recovery()		tcp_retransmit_skb()
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

struct ack_state {
	uint32_t prior_una, prior_packets, acked, newly_sacked, newly_lost;
	int64_t seq_rtt_ns;
	bool data_acked, syn_acked, retrans_acked, dsack, partial;
	bool win_update, dup;
};

/**
 * tcp_clear_retrans() - Nothing is lost, nothing sent again
 * @tp: the connection
 */
void tcp_clear_retrans(struct tcp_sock *tp)
{
	tp->retrans_out = 0;
	tp->lost_out = 0;
	tp->sacked_out = 0;
	tp->retrans_stamp_ns = 0;
}

/**
 * tcp_rtt_sample() - A round trip was measured: RFC 6298, and the kernel's floor of 200 ms
 * @tp: the connection
 * @rtt_ns: how long
 */
void tcp_rtt_sample(struct tcp_sock *tp, int64_t rtt_ns)
{
	if (rtt_ns < 1000)
		rtt_ns = 1000;
	if (!tp->min_rtt_ns || rtt_ns < tp->min_rtt_ns)
		tp->min_rtt_ns = rtt_ns;
	if (!tp->srtt_ns) {
		tp->srtt_ns = rtt_ns;
		tp->mdev_ns = rtt_ns / 2;
	} else {
		int64_t d = rtt_ns - tp->srtt_ns;

		tp->srtt_ns += d / 8;
		if (d < 0)
			d = -d;
		tp->mdev_ns += (d - tp->mdev_ns) / 4;
	}
	tp->rttvar_ns = tcp_i64_max(tp->mdev_ns * 4, TCP_RTO_MIN);
	tp->rto_ns = tcp_i64_min(tp->srtt_ns + tp->rttvar_ns, TCP_RTO_MAX);
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
		rto = tcp_i64_max(left, 1000000);
	}
	tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, rto);
}

/* A segment arrived, and what was sent before it may be missing. As tcp_rack_advance() */
void tcp_rack_advance(struct tcp_sock *tp, const struct sk_buff *skb)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	/* the answer may belong to the first sending */
	if ((cb->sacked & TCPCB_EVER_RETRANS) && tcp_now(tp) - cb->when_ns < tp->min_rtt_ns)
		return;
	if (cb->when_ns > tp->rack_mstamp_ns ||
	    (cb->when_ns == tp->rack_mstamp_ns && after(cb->end_seq, tp->rack_end_seq))) {
		tp->rack_mstamp_ns = cb->when_ns;
		tp->rack_end_seq = cb->end_seq;
	}
}

static bool sent_before_rack(const struct tcp_sock *tp, const struct tcp_skb_cb *cb)
{
	return cb->when_ns < tp->rack_mstamp_ns ||
	       (cb->when_ns == tp->rack_mstamp_ns && before(cb->end_seq, tp->rack_end_seq));
}

static void mark_skb_lost(struct tcp_sock *tp, struct tcp_skb_cb *cb)
{
	if (cb->sacked & TCPCB_RETRANS) {
		cb->sacked &= (uint8_t)~TCPCB_RETRANS;
		tp->retrans_out--;
	}
	if (!(cb->sacked & TCPCB_LOST)) {
		cb->sacked |= TCPCB_LOST;
		tp->lost_out++;
	}
}

/* a block that can be true: within what we sent. As tcp_is_sackblock_valid() */
static bool sackblock_valid(const struct tcp_sock *tp, const struct tcp_sack_block *b)
{
	return before(b->start, b->end) && !after(b->end, tp->snd_nxt) &&
	       after(b->end, tp->snd_una);
}

static bool is_dsack(const struct tcp_options *opt, uint32_t ack_seq)
{
	const struct tcp_sack_block *b = opt->sacks;

	if (before(b[0].start, ack_seq))
		return true;
	return opt->num_sacks > 1 && !after(b[0].end, b[1].end) && !before(b[0].start, b[1].start);
}

static void sacktag_block(struct tcp_sock *tp, const struct tcp_sack_block *b, struct ack_state *st)
{
	struct sk_buff *skb;

	list_for_each_entry(skb, &tp->rtx_queue, list) {
		struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

		if (!before(cb->seq, b->end))
			return;
		if ((cb->sacked & TCPCB_SACKED) || before(cb->seq, b->start) ||
		    after(cb->end_seq, b->end))
			continue;
		/* after a time-out the answer may have been late for reasons of its own */
		if (!(cb->sacked & (TCPCB_EVER_RETRANS | TCPCB_LOST)) && st->seq_rtt_ns < 0)
			st->seq_rtt_ns = tcp_now(tp) - cb->when_ns;
		if (cb->sacked & TCPCB_RETRANS)
			tp->retrans_out--;
		if (cb->sacked & TCPCB_LOST)
			tp->lost_out--;
		cb->sacked &= (uint8_t) ~(TCPCB_RETRANS | TCPCB_LOST);
		cb->sacked |= TCPCB_SACKED;
		tp->sacked_out++;
		st->newly_sacked++;
		tcp_rack_advance(tp, skb);
	}
}

static void tcp_sacktag_write_queue(struct tcp_sock *tp, const struct sk_buff *skb,
				    struct ack_state *st)
{
	const struct tcphdr *th = (const void *)skb->data;
	struct tcp_options opt;

	if (th->doff == 8 && tp->tstamp_ok)
		return; /* timestamps only */
	tcp_parse_options(th, &opt, true);
	for (unsigned int i = 0; i < opt.num_sacks; i++) {
		if (i == 0 && is_dsack(&opt, TCP_SKB_CB(skb)->ack_seq)) {
			st->dsack = true;
			continue;
		}
		if (sackblock_valid(tp, &opt.sacks[i]))
			sacktag_block(tp, &opt.sacks[i], st);
	}
}

/* an ACK in the middle of a segment: what it covers is gone */
static void tcp_trim_head(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t n = tp->snd_una - cb->seq;

	if (n >= skb_len(skb))
		return;
	skb_pull(skb, n);
	cb->seq += n;
}

static void forget_segment(struct tcp_sock *tp, struct sk_buff *skb)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	if (cb->sacked & TCPCB_SACKED)
		tp->sacked_out--;
	if (cb->sacked & TCPCB_RETRANS)
		tp->retrans_out--;
	if (cb->sacked & TCPCB_LOST)
		tp->lost_out--;
	tp->packets_out--;
	tcp_free_queued(tp, skb);
}

static void tcp_clean_rtx_queue(struct tcp_sock *tp, struct ack_state *st)
{
	int64_t now = tcp_now(tp), last = -1;
	struct sk_buff *skb;

	while ((skb = tcp_queue_head(&tp->rtx_queue))) {
		struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

		if (after(cb->end_seq, tp->snd_una)) {
			if (after(tp->snd_una, cb->seq)) {
				tcp_trim_head(tp, skb);
				st->partial = true;
			}
			break;
		}
		if (cb->sacked & TCPCB_EVER_RETRANS)
			st->retrans_acked = true;
		else if (!(cb->sacked & (TCPCB_SACKED | TCPCB_LOST)))
			last = now - cb->when_ns;
		if (cb->flags & TCPHDR_SYN) {
			st->syn_acked = true;
			tp->retrans_stamp_ns = 0;
		} else {
			st->data_acked = true;
		}
		if (!(cb->sacked & TCPCB_SACKED))
			tcp_rack_advance(tp, skb);
		st->acked++;
		forget_segment(tp, skb);
	}
	/* Karn: what was sent twice measures nothing, but a timestamp does */
	if (last >= 0 && !st->retrans_acked) {
		st->seq_rtt_ns = last;
	} else if (st->acked && st->seq_rtt_ns < 0 && tp->saw_tstamp && tp->rcv_tsecr) {
		uint32_t ms = (uint32_t)(now / NSEC_PER_MSEC) - tp->rcv_tsecr;

		if (ms < 1U << 20)
			st->seq_rtt_ns = tcp_i64_max(ms, 1) * NSEC_PER_MSEC;
	}
}

/* Counts duplicates as arrived segments when the peer tells no blocks. As tcp_add_reno_sack() */
static void reno_sack(struct tcp_sock *tp, const struct ack_state *st)
{
	struct sk_buff *skb;

	if (st->dup && tp->sacked_out + 1 < tp->packets_out)
		tp->sacked_out++;
	if (st->acked) {
		uint32_t n = st->acked > 1 ? st->acked - 1 : 0;

		tp->sacked_out = tp->sacked_out > n ? tp->sacked_out - n : 0;
	}
	if (tp->sacked_out > tp->packets_out)
		tp->sacked_out = tp->packets_out;
	skb = tcp_queue_head(&tp->rtx_queue);
	if (skb && (tp->ca_state >= TCP_CA_Recovery || tp->sacked_out >= TCP_REORDERING) &&
	    (st->acked || tp->sacked_out >= TCP_REORDERING) &&
	    !(TCP_SKB_CB(skb)->sacked & (TCPCB_LOST | TCPCB_RETRANS))) {
		mark_skb_lost(tp, TCP_SKB_CB(skb));
		if (tp->sacked_out + tp->lost_out > tp->packets_out)
			tp->sacked_out = tp->packets_out - tp->lost_out;
	}
}

/* What was sent before something that arrived, and did not. @force: reordering had its time */
static uint32_t tcp_mark_lost(struct tcp_sock *tp, bool force)
{
	struct sk_buff *skb;
	uint32_t n = 0;

	if (!force && tp->sacked_out < TCP_REORDERING && tp->ca_state < TCP_CA_Recovery)
		return 0;
	list_for_each_entry(skb, &tp->rtx_queue, list) {
		struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

		if (cb->sacked & TCPCB_SACKED)
			continue;
		if ((cb->sacked & TCPCB_LOST) && !(cb->sacked & TCPCB_RETRANS))
			continue;
		if (!sent_before_rack(tp, cb)) {
			if (!(cb->sacked & TCPCB_EVER_RETRANS))
				break;
			continue;
		}
		mark_skb_lost(tp, cb);
		n++;
	}
	return n;
}

static void tcp_enter_recovery(struct tcp_sock *tp)
{
	tp->high_seq = tp->snd_nxt;
	tp->tlp_high_seq = 0;
	tp->prior_cwnd = tp->snd_cwnd;
	tp->prr_delivered = 0;
	tp->prr_out = 0;
	tp->snd_cwnd_cnt = 0;
	tp->prior_ssthresh = tp->snd_ssthresh;
	tp->snd_ssthresh = tcp_ca_ssthresh(tp);
	tp->ca_state = TCP_CA_Recovery;
}

/* Proportional rate reduction: RFC 6937 */
static void tcp_cwnd_reduction(struct tcp_sock *tp, uint32_t delivered, uint32_t newly_lost)
{
	int32_t flight = (int32_t)tcp_packets_in_flight(tp),
		delta = (int32_t)tp->snd_ssthresh - flight, n;

	tp->prr_delivered += delivered;
	if (delta < 0) {
		uint64_t dividend =
			(uint64_t)tp->snd_ssthresh * tp->prr_delivered + tp->prior_cwnd - 1;

		n = (int32_t)(dividend / tp->prior_cwnd) - (int32_t)tp->prr_out;
	} else {
		n = (int32_t)tp->prr_delivered - (int32_t)tp->prr_out;
		if (n < (int32_t)delivered)
			n = (int32_t)delivered;
		if (!newly_lost)
			n++;
		if (n > delta)
			n = delta;
	}
	if (n < (tp->prr_out ? 0 : 1))
		n = tp->prr_out ? 0 : 1;
	tp->snd_cwnd = (uint32_t)(flight + n);
	if (!tp->snd_cwnd)
		tp->snd_cwnd = 1;
}

static void tcp_end_recovery(struct tcp_sock *tp)
{
	if (tp->ca_state == TCP_CA_Recovery && tp->snd_ssthresh < TCP_MAX_SEGMENTS_ACKED)
		tp->snd_cwnd = tp->snd_ssthresh;
	tp->ca_state = TCP_CA_Open;
	tp->retrans_stamp_ns = 0;
}

static void tcp_fastretrans_alert(struct tcp_sock *tp, struct ack_state *st)
{
	if (tp->ca_state >= TCP_CA_Recovery && !before(tp->snd_una, tp->high_seq) &&
	    (tp->snd_una != tp->high_seq || tp->sack_ok || tp->ca_state == TCP_CA_Loss ||
	     st->acked))
		tcp_end_recovery(tp);
	if (!tp->sack_ok)
		reno_sack(tp, st);
	else
		st->newly_lost = tcp_mark_lost(tp, false);
	if (tp->ca_state < TCP_CA_Recovery) {
		if (tp->lost_out)
			tcp_enter_recovery(tp);
		else
			tp->ca_state = tp->sacked_out ? TCP_CA_Disorder : TCP_CA_Open;
	}
	if (tp->ca_state == TCP_CA_Recovery)
		tcp_cwnd_reduction(tp, st->acked + st->newly_sacked, st->newly_lost);
	else if (st->acked && (tp->ca_state == TCP_CA_Open || tp->ca_state == TCP_CA_Loss))
		tcp_cong_avoid(tp, st->acked);
	/* one or two arrived out of order: a moment's patience, then the hole counts as a loss */
	if (tp->ca_state == TCP_CA_Disorder && tp->sack_ok && tp->packets_out && tp->min_rtt_ns)
		tcp_reset_xmit_timer(tp, TCP_TIME_REO,
				     tcp_i64_max(tp->min_rtt_ns / 4, NSEC_PER_MSEC));
}

/**
 * tcp_rack_reo_timeout() - Patience is over: what is missing is lost
 * @tp: the connection
 */
void tcp_rack_reo_timeout(struct tcp_sock *tp)
{
	uint32_t n = tcp_mark_lost(tp, true);

	if (n && tp->ca_state < TCP_CA_Recovery) {
		tcp_enter_recovery(tp);
		tcp_cwnd_reduction(tp, 1, n);
	}
	tcp_xmit_recovery(tp);
	if (tp->pending == TCP_TIME_NONE)
		tcp_rearm_rto(tp);
}

/**
 * tcp_xmit_recovery() - Sends again what is lost, as far as cwnd allows
 * @tp: the connection
 */
void tcp_xmit_recovery(struct tcp_sock *tp)
{
	struct sk_buff *skb, *next;

	if (!tp->lost_out || tp->retrans_out >= tp->lost_out)
		return;
	list_for_each_entry_safe(skb, next, &tp->rtx_queue, list) {
		struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

		if (tcp_packets_in_flight(tp) >= tp->snd_cwnd)
			break;
		if (!(cb->sacked & TCPCB_LOST) || (cb->sacked & (TCPCB_SACKED | TCPCB_RETRANS)))
			continue;
		if (tcp_retransmit_skb(tp, skb))
			break;
		if (tp->ca_state == TCP_CA_Recovery)
			tp->prr_out++;
		if (skb == tcp_queue_head(&tp->rtx_queue) && tp->pending != TCP_TIME_REO)
			tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, tp->rto_ns);
	}
}

/**
 * tcp_enter_loss() - Nothing came for the whole time-out: everything unanswered is lost
 * @tp: the connection
 */
void tcp_enter_loss(struct tcp_sock *tp)
{
	struct sk_buff *skb;

	if (tp->ca_state < TCP_CA_Recovery || !after(tp->high_seq, tp->snd_una) ||
	    (tp->ca_state == TCP_CA_Loss && !tp->retransmits)) {
		tp->prior_ssthresh = tp->snd_ssthresh;
		tp->snd_ssthresh = tcp_ca_ssthresh(tp);
	}
	if (!tp->sack_ok)
		tp->sacked_out = 0;
	list_for_each_entry(skb, &tp->rtx_queue, list)
		if (!(TCP_SKB_CB(skb)->sacked & TCPCB_SACKED))
			mark_skb_lost(tp, TCP_SKB_CB(skb));
	tp->snd_cwnd = tcp_packets_in_flight(tp) + 1;
	tp->snd_cwnd_cnt = 0;
	tp->is_cwnd_limited = true;
	tp->ca_state = TCP_CA_Loss;
	tcp_ca_reset(tp);
	tp->high_seq = tp->snd_nxt;
	tp->tlp_high_seq = 0;
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
	if (wnd > tp->max_window) {
		tp->max_window = wnd;
		if (tp->pmtu)
			tcp_sync_mss(tp, tp->pmtu);
	}
}

static bool may_update_window(const struct tcp_sock *tp, uint32_t ack, uint32_t seq, uint32_t wnd)
{
	return after(ack, tp->snd_una) || after(seq, tp->snd_wl1) ||
	       (seq == tp->snd_wl1 && (wnd > tp->snd_wnd || !wnd));
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
		int64_t when = tcp_i64_max(tp->rto_ns, TCP_RTO_MIN) << tcp_u32_min(tp->backoff, 16);

		tcp_reset_xmit_timer(tp, TCP_TIME_PROBE0, tcp_i64_min(when, TCP_RTO_MAX));
	}
}

/* The way to the peer works: no need to ask for its address again. As sk_dst_confirm(). */
static void tcp_confirm(struct tcp_sock *tp)
{
	tp->inet.sk.dst_pending_confirm = true;
}

static void tcp_process_tlp_ack(struct tcp_sock *tp, uint32_t ack)
{
	if (tp->tlp_high_seq && !before(ack, tp->tlp_high_seq))
		tp->tlp_high_seq = 0;
}

static void tcp_grow_sndbuf(struct tcp_sock *tp)
{
	uint32_t want = 2 * tcp_u32_max(tp->snd_cwnd, TCP_INIT_CWND) * 2304;

	if (tp->inet.sk.sndbuf != tp->sndbuf_auto || want <= tp->inet.sk.sndbuf)
		return;
	tp->inet.sk.sndbuf = tcp_u32_min(want, (uint32_t)tcp_ns(tp)->sysctl_tcp_wmem[2]);
	tp->sndbuf_auto = tp->inet.sk.sndbuf;
}

static void tcp_ack_done(struct tcp_sock *tp, struct ack_state *st)
{
	if (st->acked || st->partial) {
		tp->retransmits = 0;
		tp->backoff = 0;
		tcp_confirm(tp);
	}
	if (st->seq_rtt_ns >= 0)
		tcp_rtt_sample(tp, st->seq_rtt_ns);
	if (st->seq_rtt_ns >= 0 && st->acked)
		tcp_ca_acked(tp, st->seq_rtt_ns);
	if (st->acked || st->partial) {
		if (tp->packets_out) {
			tp->pending = TCP_TIME_NONE; /* from now */
			tcp_rearm_rto(tp);
		} else {
			tcp_clear_xmit_timer(tp);
		}
		tcp_grow_sndbuf(tp);
	}
	tcp_process_tlp_ack(tp, tp->snd_una);
	if (tp->state != TCP_SYN_SENT && tp->state != TCP_SYN_RECV)
		tcp_fastretrans_alert(tp, st);
	if (tp->ca_state == TCP_CA_Open && st->acked && tp->packets_out)
		tcp_schedule_loss_probe(tp);
	tcp_xmit_recovery(tp);
	if (st->acked && tcp_stream_memory_free(tp))
		wake_up(&tp->inet.sk.wait);
}

/**
 * tcp_ack() - What a segment acknowledges
 * @tp: the connection
 * @skb: borrowed; data at the TCP header, cb filled in
 *
 * Return: 1: fine; 0: an old one; -1: of something never sent: the segment dies.
 */
int tcp_ack(struct tcp_sock *tp, const struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	struct ack_state st = { .prior_una = tp->snd_una,
				.prior_packets = tp->packets_out,
				.seq_rtt_ns = -1 };
	uint32_t ack = cb->ack_seq, wnd = be16_to_cpu(th->window);

	if (before(ack, tp->snd_una)) {
		uint32_t max = tcp_u32_max(tp->max_window, 1);

		if (before(ack, tp->snd_una - max)) {
			tcp_send_challenge_ack(tp);
			return -1;
		}
		if (tp->sack_ok) {
			tcp_sacktag_write_queue(tp, skb, &st);
			if (st.newly_sacked)
				tcp_ack_done(tp, &st);
		}
		return 0;
	}
	if (after(ack, tp->snd_nxt))
		return -1;
	if (!th->syn)
		wnd <<= tp->snd_wscale;
	tp->inet.sk.err_soft = 0;
	tp->probes_out = 0;
	tp->keepalive_probes_out = 0;
	tp->rcv_tstamp_ns = tcp_now(tp);
	if (may_update_window(tp, ack, cb->seq, wnd)) {
		st.win_update = wnd != tp->snd_wnd;
		tcp_update_wl_and_wnd(tp, cb->seq, wnd);
	}
	tp->bytes_acked += ack - tp->snd_una;
	tp->snd_una = ack;
	if (!st.prior_packets) {
		tcp_ack_probe(tp);
		return 1;
	}
	if (tp->sack_ok)
		tcp_sacktag_write_queue(tp, skb, &st);
	st.dup = ack == st.prior_una && cb->seq == cb->end_seq && !st.win_update;
	tcp_clean_rtx_queue(tp, &st);
	tcp_ack_done(tp, &st);
	if (!tp->packets_out)
		tcp_ack_probe(tp);
	return 1;
}
