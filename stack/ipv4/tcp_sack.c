/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_sack.c - what arrived out of order: SACK blocks, duplicates told by DSACK, reordering
 *
 * mirrors the SACK part of net/ipv4/tcp_input.c; without SACK duplicate ACKs are counted instead
 *
 * PATH
 *
 *	tcp_sacktag_write_queue()
 *	  check_dsack()			what we sent needlessly
 *	  sackblock_valid()
 *	  sacktag_walk()		marks what arrived; tcp_rack_advance()
 *	  tcp_check_sack_reordering()
 */
#include "ipv4/tcp_ack.h"

/*
 * A block that can be true: of what is on its way; one that tells of a duplicate may also lie below,
 * as far as undoing needs it. As tcp_is_sackblock_valid().
 */
static bool sackblock_valid(const struct tcp_sock *tp, bool dsack, const struct tcp_sack_block *b)
{
	if (after(b->end, tp->snd_nxt) || !before(b->start, b->end))
		return false;
	if (!before(b->start, tp->snd_nxt))
		return false;
	if (after(b->start, tp->snd_una))
		return true;
	if (!dsack || !tp->undo_marker)
		return false;
	if (after(b->end, tp->snd_una))
		return false;
	if (!before(b->start, tp->undo_marker))
		return true;
	if (!after(b->end, tp->undo_marker))
		return false;
	return !before(b->start, b->end - tp->max_window);
}

/**
 * tcp_check_sack_reordering() - Something arrived later than what was sent behind it
 * @tp: who sends
 * @low_seq: where that began
 * @by_time: a timestamp told
 */
void tcp_check_sack_reordering(struct tcp_sock *tp, uint32_t low_seq, bool by_time)
{
	uint32_t fack = tcp_highest_sack_seq(tp), mss = tp->mss_cache, metric;

	if (!before(low_seq, fack))
		return;
	metric = fack - low_seq;
	if (mss && metric > tp->reordering * mss)
		tp->reordering = tcp_u32_min((metric + mss - 1) / mss,
					     (uint32_t)tcp_ns(tp)->sysctl_tcp_max_reordering);
	tp->reord_seen++;
	if (by_time)
		mib_inc(tp->inet.sk.net, TcpExt_TCPTSReorder);
	else
		mib_inc(tp->inet.sk.net, TcpExt_TCPSACKReorder);
}

/* The peer got something twice: how many segments, 0 when that cannot be ours. As tcp_dsack_seen() */
static uint32_t dsack_seen(struct tcp_sock *tp, const struct tcp_sack_block *b,
			   struct ack_state *st)
{
	uint32_t len = b->end - b->start, dup = 1;

	if (!before(b->start, b->end) || len > tp->max_window)
		return 0;
	if (len > tp->mss_cache)
		dup = (len + tp->mss_cache - 1) / tp->mss_cache;
	else if (tp->tlp_high_seq && tp->tlp_high_seq == b->end)
		st->flag |= FLAG_DSACK_TLP;
	tp->dsack_dups += dup;
	if (tp->dsack_dups > tp->total_retrans)
		return 0;
	if (tp->reord_seen && !(st->flag & FLAG_DSACK_TLP))
		tp->rack_dsack_seen = true;
	st->flag |= FLAG_DSACKING_ACK;
	st->sack_delivered += dup;
	return dup;
}

/* Is the first block about a duplicate? As tcp_check_dsack() */
static bool check_dsack(struct tcp_sock *tp, const struct tcp_options *opt, uint32_t ack_seq,
			struct ack_state *st)
{
	const struct tcp_sack_block *b = opt->sacks;
	struct net *net = tp->inet.sk.net;
	uint32_t dup;

	if (before(b[0].start, ack_seq)) {
		mib_inc(net, TcpExt_TCPDSACKRecv);
	} else if (opt->num_sacks > 1) {
		if (after(b[0].end, b[1].end) || before(b[0].start, b[1].start))
			return false;
		mib_inc(net, TcpExt_TCPDSACKOfoRecv);
	} else {
		return false;
	}
	dup = dsack_seen(tp, &b[0], st);
	if (!dup) {
		mib_inc(net, TcpExt_TCPDSACKIgnoredDubious);
		return false;
	}
	mib_add(net, TcpExt_TCPDSACKRecvSegs, dup);
	if (tp->undo_marker && tp->undo_retrans > 0 && !after(b[0].end, st->prior_una) &&
	    after(b[0].end, tp->undo_marker))
		tp->undo_retrans =
			tp->undo_retrans > (int32_t)dup ? tp->undo_retrans - (int32_t)dup : 0;
	return true;
}

/* A segment that a block covers arrived. As tcp_sacktag_one() */
static void sacktag_new(struct tcp_sock *tp, struct tcp_skb_cb *cb, struct ack_state *st)
{
	tcp_rack_advance(tp, cb);
	if (cb->sacked & TCPCB_RETRANS) {
		/* not counted as lost: the second copy is still on its way */
		if (cb->sacked & TCPCB_LOST) {
			cb->sacked &= (uint8_t) ~(TCPCB_LOST | TCPCB_RETRANS);
			tp->lost_out--;
			tp->retrans_out--;
		}
	} else {
		if (!(cb->sacked & TCPCB_EVER_RETRANS)) {
			if (before(cb->seq, tcp_highest_sack_seq(tp)) && before(cb->seq, st->reord))
				st->reord = cb->seq;
			if (!after(cb->end_seq, tp->high_seq))
				st->flag |= FLAG_ORIG_SACK_ACKED;
			if (st->first_sackt_ns < 0)
				st->first_sackt_ns = cb->when_ns;
			st->last_sackt_ns = cb->when_ns;
		}
		if (cb->sacked & TCPCB_LOST) {
			cb->sacked &= (uint8_t)~TCPCB_LOST;
			tp->lost_out--;
		}
	}
	cb->sacked |= TCPCB_SACKED;
	st->flag |= FLAG_DATA_SACKED;
	if (!tp->sacked_out || after(cb->end_seq, tp->highest_sack))
		tp->highest_sack = cb->end_seq;
	tp->sacked_out++;
	st->sack_delivered++;
}

static void sacktag_walk(struct tcp_sock *tp, const struct tcp_sack_block *b, bool dup,
			 struct ack_state *st)
{
	struct sk_buff *skb;

	list_for_each_entry(skb, &tp->rtx_queue, list) {
		struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

		if (!before(cb->seq, b->end))
			return;
		if (before(cb->seq, b->start) || after(cb->end_seq, b->end))
			continue;
		if (dup && (cb->sacked & (TCPCB_RETRANS | TCPCB_EVER_RETRANS))) {
			if (tp->undo_marker && tp->undo_retrans > 0 &&
			    after(cb->end_seq, tp->undo_marker))
				tp->undo_retrans--;
			if ((cb->sacked & TCPCB_SACKED) && before(cb->seq, st->reord))
				st->reord = cb->seq;
		}
		if (after(cb->end_seq, tp->snd_una) && !(cb->sacked & TCPCB_SACKED)) {
			sacktag_new(tp, cb, st);
			tcp_rate_skb_delivered(tp, cb, st);
		}
		if (dup && (cb->sacked & TCPCB_RETRANS)) {
			cb->sacked &= (uint8_t)~TCPCB_RETRANS;
			tp->retrans_out--;
		}
	}
}

/* counts a block that cannot be */
static void sack_ignored(struct tcp_sock *tp, bool dsack)
{
	struct net *net = tp->inet.sk.net;

	if (!dsack)
		mib_inc(net, TcpExt_TCPSACKDiscard);
	else if (tp->undo_marker)
		mib_inc(net, TcpExt_TCPDSACKIgnoredOld);
	else
		mib_inc(net, TcpExt_TCPDSACKIgnoredNoUndo);
}

/**
 * tcp_sacktag_write_queue() - Reads the SACK blocks of a segment
 * @tp: who sent what they tell of
 * @skb: borrowed; data at the TCP header
 * @st: takes what they say
 */
void tcp_sacktag_write_queue(struct tcp_sock *tp, const struct sk_buff *skb, struct ack_state *st)
{
	uint32_t ack_seq = TCP_SKB_CB(skb)->ack_seq;
	struct tcp_options opt;
	bool found_dsack;

	st->reord = tp->snd_nxt;
	tcp_parse_options((const void *)skb->data, &opt, true);
	if (!opt.num_sacks)
		return;
	found_dsack = check_dsack(tp, &opt, ack_seq, st);
	if (before(ack_seq, st->prior_una - tp->max_window) || !tp->packets_out)
		return;
	for (unsigned int i = 0; i < opt.num_sacks; i++) {
		const struct tcp_sack_block *b = &opt.sacks[i];
		bool dup = !i && found_dsack;

		if (!sackblock_valid(tp, dup, b)) {
			if (dup || ack_seq == tp->snd_una || after(b->end, tp->snd_una))
				sack_ignored(tp, dup);
		} else if (after(b->end, st->prior_una)) {
			sacktag_walk(tp, b, dup, st);
		}
	}
	if (tp->ca_state != TCP_CA_Loss || tp->undo_marker)
		tcp_check_sack_reordering(tp, st->reord, false);
}

/* ---- no SACK: each duplicate ACK says that one segment arrived */

static bool limit_reno_sacked(struct tcp_sock *tp)
{
	uint32_t holes = tcp_u32_min(tcp_u32_max(tp->lost_out, 1), tp->packets_out);

	if (tp->sacked_out + holes <= tp->packets_out)
		return false;
	tp->sacked_out = tp->packets_out - holes;
	return true;
}

/**
 * tcp_limit_reno_sacked() - Not more can have arrived than was sent
 * @tp: who sends
 */
void tcp_limit_reno_sacked(struct tcp_sock *tp)
{
	limit_reno_sacked(tp);
}

/* more duplicates than holes explain: reordering */
static void check_reno_reordering(struct tcp_sock *tp, uint32_t addend)
{
	if (!limit_reno_sacked(tp))
		return;
	tp->reordering = tcp_u32_min(tp->packets_out + addend,
				     (uint32_t)tcp_ns(tp)->sysctl_tcp_max_reordering);
	tp->reord_seen++;
	mib_inc(tp->inet.sk.net, TcpExt_TCPRenoReorder);
}

/**
 * tcp_add_reno_sack() - A duplicate ACK came
 * @tp: who sends
 * @num_dupack: how many
 * @ece: with congestion told
 */
void tcp_add_reno_sack(struct tcp_sock *tp, int num_dupack, bool ece)
{
	uint32_t prior = tp->sacked_out;

	if (!num_dupack)
		return;
	tp->sacked_out += (uint32_t)num_dupack;
	check_reno_reordering(tp, 0);
	if (tp->sacked_out > prior)
		tcp_count_delivered(tp, tp->sacked_out - prior, ece);
}

/**
 * tcp_remove_reno_sacks() - What was counted as arrived is acknowledged now
 * @tp: who sends
 * @acked: segments
 * @ece: with congestion told
 */
void tcp_remove_reno_sacks(struct tcp_sock *tp, uint32_t acked, bool ece)
{
	if (acked) {
		int32_t n = (int32_t)(acked - tp->sacked_out);

		tcp_count_delivered(tp, n > 1 ? (uint32_t)n : 1, ece);
		tp->sacked_out = acked - 1 >= tp->sacked_out ? 0 : tp->sacked_out - (acked - 1);
	}
	check_reno_reordering(tp, acked);
}
