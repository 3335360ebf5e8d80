/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_fastretrans.c - losses and what follows: Open, Disorder, CWR, Recovery, Loss; and taking it back
 *
 * mirrors the state machine of net/ipv4/tcp_input.c: RFC 5681, RFC 6937 (PRR), RFC 5682 (F-RTO),
 * RFC 3522 (Eifel), RFC 3708 (DSACK undo), RFC 3168 (ECN)
 *
 * PATH
 *
 *	tcp_fastretrans_alert()
 *	  try_undo_recovery(), try_undo_partial(), try_undo_dsack()
 *	  process_loss()		F-RTO
 *	  identify_packet_loss()	tcp_recovery.c
 *	  tcp_enter_recovery()
 *	tcp_enter_loss()		tcp_timer.c calls it
 *	tcp_simple_retransmit()		the path takes less
 */
#include "ipv4/tcp_ack.h"

/* was anything sent again that may still be on its way? */
static bool any_retrans_done(const struct tcp_sock *tp)
{
	const struct sk_buff *skb = tcp_queue_head(&tp->rtx_queue);

	return tp->retrans_out || (skb && (TCP_SKB_CB(skb)->sacked & TCPCB_EVER_RETRANS));
}

static void retrans_stamp_cleanup(struct tcp_sock *tp)
{
	if (!any_retrans_done(tp))
		tp->retrans_stamp_ns = 0;
}

static void set_ca_state(struct tcp_sock *tp, enum tcp_ca_state state)
{
	if (state == TCP_CA_Loss)
		tcp_ca_reset(tp);
	tp->ca_state = state;
}

/* the threshold as it was before it is lowered: three quarters of cwnd count too */
static uint32_t current_ssthresh(const struct tcp_sock *tp)
{
	if (tcp_in_cwnd_reduction(tp))
		return tp->snd_ssthresh;
	return tcp_u32_max(tp->snd_ssthresh, (tp->snd_cwnd >> 1) + (tp->snd_cwnd >> 2));
}

/* ---- taking it back */

static void init_undo(struct tcp_sock *tp)
{
	tp->undo_marker = tp->snd_una;
	tp->undo_retrans = (int32_t)tp->retrans_out;
	if (tp->tlp_high_seq && tp->tlp_retrans)
		tp->undo_retrans++;
	if (!tp->undo_retrans)
		tp->undo_retrans = -1;
}

/* the ACK answers what was sent before the first repetition. As tcp_packet_delayed() */
static bool packet_delayed(const struct tcp_sock *tp)
{
	if (tp->retrans_stamp_ns)
		return tcp_tsopt_ecr_before(tp, tp->retrans_stamp_ns);
	if (!tp->sack_ok && !before(tp->snd_una, tp->high_seq))
		return false;
	return tp->state != TCP_SYN_SENT;
}

static bool may_undo(const struct tcp_sock *tp)
{
	return tp->undo_marker && (!tp->undo_retrans || packet_delayed(tp));
}

static void undo_cwnd_reduction(struct tcp_sock *tp, bool unmark_loss)
{
	struct sk_buff *skb;

	if (unmark_loss) {
		list_for_each_entry(skb, &tp->rtx_queue, list)
			TCP_SKB_CB(skb)->sacked &= (uint8_t)~TCPCB_LOST;
		tp->lost_out = 0;
	}
	if (tp->prior_ssthresh) {
		tp->snd_cwnd = tcp_u32_max(tp->snd_cwnd, tp->prior_cwnd);
		if (tp->prior_ssthresh > tp->snd_ssthresh) {
			tp->snd_ssthresh = tp->prior_ssthresh;
			tp->ecn_flags &= (uint8_t)~TCP_ECN_QUEUE_CWR;
		}
	}
	tp->undo_marker = 0;
	tp->rack_advanced = true; /* looks again at what is lost */
}

/* without SACK the old state stays until something above high_seq is acknowledged: RFC 6582 */
static bool non_sack_preventing_reopen(struct tcp_sock *tp)
{
	if (tp->snd_una != tp->high_seq || tp->sack_ok)
		return false;
	retrans_stamp_cleanup(tp);
	return true;
}

static bool try_undo_recovery(struct tcp_sock *tp)
{
	if (may_undo(tp)) {
		undo_cwnd_reduction(tp, false);
		if (tp->ca_state == TCP_CA_Loss)
			mib_inc(tp->inet.sk.net, TcpExt_TCPLossUndo);
		else
			mib_inc(tp->inet.sk.net, TcpExt_TCPFullUndo);
	} else if (tp->rack_reo_wnd_persist) {
		tp->rack_reo_wnd_persist--;
	}
	if (non_sack_preventing_reopen(tp))
		return true;
	set_ca_state(tp, TCP_CA_Open);
	tp->is_sack_reneg = false;
	return false;
}

static bool try_undo_dsack(struct tcp_sock *tp)
{
	if (!tp->undo_marker || tp->undo_retrans)
		return false;
	if (tp->rack_reo_wnd_persist < TCP_RACK_RECOVERY_THRESH)
		tp->rack_reo_wnd_persist++;
	undo_cwnd_reduction(tp, false);
	mib_inc(tp->inet.sk.net, TcpExt_TCPDSACKUndo);
	return true;
}

static bool try_undo_loss(struct tcp_sock *tp, bool frto_undo)
{
	if (!frto_undo && !may_undo(tp))
		return false;
	undo_cwnd_reduction(tp, true);
	mib_inc(tp->inet.sk.net, TcpExt_TCPLossUndo);
	if (frto_undo)
		mib_inc(tp->inet.sk.net, TcpExt_TCPSpuriousRTOs);
	tp->retransmits = 0;
	if (non_sack_preventing_reopen(tp))
		return true;
	if (frto_undo || tp->sack_ok) {
		set_ca_state(tp, TCP_CA_Open);
		tp->is_sack_reneg = false;
	}
	return true;
}

/* A part was acknowledged, and by what was sent first. true: nothing more is marked or sent again */
static bool try_undo_partial(struct tcp_sock *tp, uint32_t prior_una)
{
	if (!tp->undo_marker || !packet_delayed(tp))
		return false;
	tcp_check_sack_reordering(tp, prior_una, true);
	if (tp->retrans_out)
		return true;
	retrans_stamp_cleanup(tp);
	undo_cwnd_reduction(tp, true);
	mib_inc(tp->inet.sk.net, TcpExt_TCPPartialUndo);
	tcp_try_keep_open(tp);
	return false;
}

/* ---- less on its way */

/**
 * tcp_init_cwnd_reduction() - From now on less shall be on its way
 * @tp: who sends
 */
void tcp_init_cwnd_reduction(struct tcp_sock *tp)
{
	tp->high_seq = tp->snd_nxt;
	tp->tlp_high_seq = 0;
	tp->snd_cwnd_cnt = 0;
	tp->prior_cwnd = tp->snd_cwnd;
	tp->prr_delivered = 0;
	tp->prr_out = 0;
	tp->snd_ssthresh = tcp_ca_ssthresh(tp);
	if (tp->ecn_flags & TCP_ECN_OK)
		tp->ecn_flags |= TCP_ECN_QUEUE_CWR;
}

/**
 * tcp_cwnd_reduction() - Proportional rate reduction: RFC 6937
 * @tp: who sends
 * @delivered: segments that arrived
 * @newly_lost: segments now known as lost
 * @flag: FLAG_*
 */
void tcp_cwnd_reduction(struct tcp_sock *tp, uint32_t delivered, uint32_t newly_lost, uint32_t flag)
{
	int32_t flight = (int32_t)tcp_packets_in_flight(tp);
	int32_t delta = (int32_t)tp->snd_ssthresh - flight, n;

	if (!delivered || !tp->prior_cwnd)
		return;
	tp->prr_delivered += delivered;
	if (delta < 0) {
		uint64_t dividend =
			(uint64_t)tp->snd_ssthresh * tp->prr_delivered + tp->prior_cwnd - 1;

		n = (int32_t)(dividend / tp->prior_cwnd) - (int32_t)tp->prr_out;
	} else {
		n = (int32_t)tp->prr_delivered - (int32_t)tp->prr_out;
		if (n < (int32_t)delivered)
			n = (int32_t)delivered;
		if ((flag & FLAG_SND_UNA_ADVANCED) && !newly_lost)
			n++;
		if (n > delta)
			n = delta;
	}
	/* the first repetition goes out at once */
	if (n < (tp->prr_out ? 0 : 1))
		n = tp->prr_out ? 0 : 1;
	tp->snd_cwnd = (uint32_t)(flight + n);
}

/**
 * tcp_end_cwnd_reduction() - As little is on its way as it should be
 * @tp: who sends
 */
void tcp_end_cwnd_reduction(struct tcp_sock *tp)
{
	if (tp->snd_ssthresh < TCP_INFINITE_SSTHRESH &&
	    (tp->ca_state == TCP_CA_CWR || tp->undo_marker))
		tp->snd_cwnd = tp->snd_ssthresh;
}

/* The peer saw a mark of congestion: that is proven, and not taken back. */
static void enter_cwr(struct tcp_sock *tp)
{
	tp->prior_ssthresh = 0;
	if (tp->ca_state >= TCP_CA_CWR)
		return;
	tp->undo_marker = 0;
	tcp_init_cwnd_reduction(tp);
	set_ca_state(tp, TCP_CA_CWR);
}

/**
 * tcp_try_keep_open() - Open, or Disorder while something is missing
 * @tp: who sends
 */
void tcp_try_keep_open(struct tcp_sock *tp)
{
	enum tcp_ca_state state = TCP_CA_Open;

	if (tp->sacked_out + tp->lost_out || any_retrans_done(tp))
		state = TCP_CA_Disorder;
	if (tp->ca_state == state)
		return;
	set_ca_state(tp, state);
	tp->high_seq = tp->snd_nxt;
}

static void try_to_open(struct tcp_sock *tp, uint32_t flag)
{
	retrans_stamp_cleanup(tp);
	if (flag & FLAG_ECE)
		enter_cwr(tp);
	if (tp->ca_state != TCP_CA_CWR)
		tcp_try_keep_open(tp);
}

/**
 * tcp_enter_recovery() - Something is lost: fast recovery begins
 * @tp: who sends
 * @ece: congestion was told as well
 */
void tcp_enter_recovery(struct tcp_sock *tp, bool ece)
{
	retrans_stamp_cleanup(tp);
	if (tp->sack_ok)
		mib_inc(tp->inet.sk.net, TcpExt_TCPSackRecovery);
	else
		mib_inc(tp->inet.sk.net, TcpExt_TCPRenoRecovery);
	tp->prior_ssthresh = 0;
	init_undo(tp);
	if (!tcp_in_cwnd_reduction(tp)) {
		if (!ece)
			tp->prior_ssthresh = current_ssthresh(tp);
		tcp_init_cwnd_reduction(tp);
	}
	set_ca_state(tp, TCP_CA_Recovery);
}

/* ---- a time-out */

static void timeout_mark_lost(struct tcp_sock *tp)
{
	struct sk_buff *skb, *head = tcp_queue_head(&tp->rtx_queue);
	bool reneg = head && (TCP_SKB_CB(head)->sacked & TCPCB_SACKED);

	if (reneg) {
		mib_inc(tp->inet.sk.net, TcpExt_TCPSACKReneging);
		tp->sacked_out = 0;
		tp->is_sack_reneg = true;
	} else if (!tp->sack_ok) {
		tp->sacked_out = 0;
	}
	list_for_each_entry(skb, &tp->rtx_queue, list) {
		struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

		if (reneg)
			cb->sacked &= (uint8_t)~TCPCB_SACKED;
		else if (skb != head && tcp_rack_skb_timeout(tp, cb, 0) > 0)
			continue; /* sent just now */
		tcp_mark_skb_lost(tp, skb);
	}
}

/**
 * tcp_enter_loss() - Nothing came for the whole time-out
 * @tp: who sends
 */
void tcp_enter_loss(struct tcp_sock *tp)
{
	bool new_recovery = tp->ca_state < TCP_CA_Recovery;
	uint32_t reordering = (uint32_t)tcp_ns(tp)->sysctl_tcp_reordering;

	timeout_mark_lost(tp);
	if (tp->ca_state <= TCP_CA_Disorder || !after(tp->high_seq, tp->snd_una) ||
	    (tp->ca_state == TCP_CA_Loss && !tp->retransmits)) {
		tp->prior_ssthresh = current_ssthresh(tp);
		tp->prior_cwnd = tp->snd_cwnd;
		tp->snd_ssthresh = tcp_ca_ssthresh(tp);
		init_undo(tp);
	}
	tp->snd_cwnd = tcp_packets_in_flight(tp) + 1;
	tp->snd_cwnd_cnt = 0;
	if (tp->ca_state <= TCP_CA_Disorder && tp->sacked_out >= reordering)
		tp->reordering = tcp_u32_min(tp->reordering, reordering);
	set_ca_state(tp, TCP_CA_Loss);
	tp->high_seq = tp->snd_nxt;
	tp->tlp_high_seq = 0;
	if (tp->ecn_flags & TCP_ECN_OK)
		tp->ecn_flags |= TCP_ECN_QUEUE_CWR;
	tp->frto = tcp_ns(tp)->sysctl_tcp_frto && (new_recovery || tp->retransmits);
}

/* F-RTO: what was sent only once arrived, or is tried now. true: no more is to be done here */
static bool process_frto(struct tcp_sock *tp, struct ack_state *st, bool recovered)
{
	if ((st->flag & FLAG_ORIG_SACK_ACKED) && try_undo_loss(tp, true))
		return true;
	if (after(tp->snd_nxt, tp->high_seq)) {
		if ((st->flag & FLAG_DATA_SACKED) || st->num_dupack)
			tp->frto = false; /* the loss was real */
	} else if ((st->flag & FLAG_SND_UNA_ADVANCED) && !recovered) {
		tp->high_seq = tp->snd_nxt;
		if (!list_empty(&tp->write_queue) && after(tcp_wnd_end(tp), tp->snd_nxt)) {
			st->rexmit = REXMIT_NEW;
			return true;
		}
		tp->frto = false;
	}
	return false;
}

static void process_loss(struct tcp_sock *tp, struct ack_state *st)
{
	bool recovered = !before(tp->snd_una, tp->high_seq);

	if ((st->flag & FLAG_SND_UNA_ADVANCED) && try_undo_loss(tp, false))
		return;
	if (tp->frto && process_frto(tp, st, recovered))
		return;
	if (recovered) {
		try_undo_recovery(tp);
		return;
	}
	if (!tp->sack_ok) {
		if (after(tp->snd_nxt, tp->high_seq) && st->num_dupack)
			tcp_add_reno_sack(tp, st->num_dupack, st->flag & FLAG_ECE);
		else if (st->flag & FLAG_SND_UNA_ADVANCED)
			tp->sacked_out = 0;
	}
	st->rexmit = REXMIT_LOST;
}

/* ---- each ACK that is not quite ordinary */

static void identify_packet_loss(struct tcp_sock *tp, struct ack_state *st)
{
	uint32_t prior = tp->retrans_out;

	if (list_empty(&tp->rtx_queue))
		return;
	if (!tp->sack_ok) {
		tcp_newreno_mark_lost(tp, st->flag & FLAG_SND_UNA_ADVANCED);
		return;
	}
	if (tcp_rack_mark_lost(tp))
		st->flag &= ~(uint32_t)FLAG_SET_XMIT_TIMER;
	if (prior > tp->retrans_out)
		st->flag |= FLAG_LOST_RETRANS;
}

/* The peer threw away what it said it had: waits a moment for it to come to its senses. */
static bool check_sack_reneging(struct tcp_sock *tp, struct ack_state *st)
{
	if (!(st->flag & FLAG_SACK_RENEGING) || !(st->flag & FLAG_SND_UNA_ADVANCED))
		return false;
	tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS,
			     tcp_i64_max(tp->srtt_ns >> 1, 10 * NSEC_PER_MSEC));
	st->flag &= ~(uint32_t)FLAG_SET_XMIT_TIMER;
	return true;
}

/* Everything of the episode is acknowledged. true: nothing more is to be done */
static bool episode_over(struct tcp_sock *tp)
{
	if (tp->ca_state == TCP_CA_CWR && tp->snd_una != tp->high_seq) {
		tcp_end_cwnd_reduction(tp);
		set_ca_state(tp, TCP_CA_Open);
	} else if (tp->ca_state == TCP_CA_Recovery) {
		if (!tp->sack_ok)
			tp->sacked_out = 0;
		if (try_undo_recovery(tp))
			return true;
		tcp_end_cwnd_reduction(tp);
	}
	return false;
}

/* in Recovery; true: goes on to send again */
static bool alert_recovery(struct tcp_sock *tp, struct ack_state *st)
{
	if (!(st->flag & FLAG_SND_UNA_ADVANCED)) {
		if (!tp->sack_ok)
			tcp_add_reno_sack(tp, st->num_dupack, st->flag & FLAG_ECE);
	} else if (try_undo_partial(tp, st->prior_una)) {
		return false;
	}
	if (try_undo_dsack(tp))
		try_to_open(tp, st->flag);
	identify_packet_loss(tp, st);
	if (tp->ca_state == TCP_CA_Recovery)
		return true;
	if (!tp->lost_out)
		return false;
	/* taken back, and then lost in earnest */
	tcp_enter_recovery(tp, st->flag & FLAG_ECE);
	return true;
}

/* in Open, Disorder, CWR; true: recovery began */
static bool alert_open(struct tcp_sock *tp, struct ack_state *st)
{
	if (!tp->sack_ok) {
		if (st->flag & FLAG_SND_UNA_ADVANCED)
			tp->sacked_out = 0;
		tcp_add_reno_sack(tp, st->num_dupack, st->flag & FLAG_ECE);
	}
	if (tp->ca_state <= TCP_CA_Disorder)
		try_undo_dsack(tp);
	identify_packet_loss(tp, st);
	if (!tp->lost_out) {
		try_to_open(tp, st->flag);
		return false;
	}
	tcp_enter_recovery(tp, st->flag & FLAG_ECE);
	return true;
}

/**
 * tcp_fastretrans_alert() - An ACK that is not quite ordinary, or any while something is lost
 * @tp: who sends
 * @st: what it told; takes what is to be sent
 */
void tcp_fastretrans_alert(struct tcp_sock *tp, struct ack_state *st)
{
	if (!tp->packets_out && tp->sacked_out)
		tp->sacked_out = 0;
	if (st->flag & FLAG_ECE)
		tp->prior_ssthresh = 0;
	if (check_sack_reneging(tp, st))
		return;
	if (tp->ca_state == TCP_CA_Open)
		tp->retrans_stamp_ns = 0;
	else if (!before(tp->snd_una, tp->high_seq) && episode_over(tp))
		return;
	if (tp->ca_state == TCP_CA_Recovery) {
		if (!alert_recovery(tp, st))
			return;
	} else if (tp->ca_state == TCP_CA_Loss) {
		process_loss(tp, st);
		identify_packet_loss(tp, st);
		if (tp->ca_state != TCP_CA_Open && !(st->flag & FLAG_LOST_RETRANS))
			return;
		if (!alert_open(tp, st))
			return;
	} else if (!alert_open(tp, st)) {
		return;
	}
	st->rexmit = REXMIT_LOST;
}

/**
 * tcp_simple_retransmit() - The path takes less than was sent: again in smaller segments, and no congestion
 * @tp: who sends
 */
void tcp_simple_retransmit(struct tcp_sock *tp)
{
	uint32_t mss = tcp_current_mss(tp);
	struct sk_buff *skb;

	list_for_each_entry(skb, &tp->rtx_queue, list)
		if (skb_len(skb) > mss)
			tcp_mark_skb_lost(tp, skb);
	if (!tp->lost_out)
		return;
	if (!tp->sack_ok)
		tcp_limit_reno_sacked(tp);
	if (tp->ca_state != TCP_CA_Loss) {
		tp->high_seq = tp->snd_nxt;
		tp->snd_ssthresh = current_ssthresh(tp);
		tp->prior_ssthresh = 0;
		tp->undo_marker = 0;
		set_ca_state(tp, TCP_CA_Loss);
	}
	tcp_xmit_retransmit_queue(tp);
}
