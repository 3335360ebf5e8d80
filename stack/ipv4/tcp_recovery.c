/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_recovery.c - which segments count as lost: RACK (RFC 8985), or NewReno without SACK
 *
 * mirrors net/ipv4/tcp_recovery.c
 *
 * A segment is lost when one sent later arrived and a round trip and the patience for reordering
 * have passed since it was sent. Until reordering was seen, three that arrived end the patience.
 *
 * PATH
 *
 *	tcp_rack_mark_lost()
 *	  detect_loss()			tcp_mark_skb_lost()
 *	tcp_rack_reo_timeout()		the patience is over: tcp_xmit_retransmit_queue()
 */
#include "ipv4/tcp_ack.h"

/**
 * tcp_mark_skb_lost() - A segment counts as lost
 * @tp: who sent it
 * @skb: in the retransmit queue
 */
void tcp_mark_skb_lost(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	if (cb->sacked & TCPCB_SACKED)
		return;
	if (!(cb->sacked & TCPCB_LOST)) {
		cb->sacked |= TCPCB_LOST;
		tp->lost_out++;
		tp->lost++;
	} else if (cb->sacked & TCPCB_RETRANS) {
		cb->sacked &= (uint8_t)~TCPCB_RETRANS;
		tp->retrans_out--;
		tp->lost++;
		mib_inc(tp->inet.sk.net, TcpExt_TCPLostRetransmit);
	}
}

/* how long reordering may last */
static int64_t rack_reo_wnd(const struct tcp_sock *tp)
{
	if (!tp->reord_seen) {
		if (tp->ca_state >= TCP_CA_Recovery)
			return 0;
		if (tp->sacked_out >= tp->reordering &&
		    !(tcp_ns(tp)->sysctl_tcp_recovery & TCP_RACK_NO_DUPTHRESH))
			return 0;
	}
	return tcp_i64_min((tp->min_rtt_ns >> 2) * tp->rack_reo_wnd_steps, tp->srtt_ns);
}

/**
 * tcp_rack_skb_timeout() - How long until a segment counts as lost
 * @tp: who sent it
 * @cb: its part in the queue
 * @reo_wnd_ns: patience with reordering
 *
 * Return: ns; 0 or less: it is.
 */
int64_t tcp_rack_skb_timeout(const struct tcp_sock *tp, const struct tcp_skb_cb *cb,
			     int64_t reo_wnd_ns)
{
	return tp->rack_rtt_ns + reo_wnd_ns - (tcp_now(tp) - cb->when_ns);
}

/* was (@t1, @seq1) sent after (@t2, @seq2)? */
static bool sent_after(int64_t t1, int64_t t2, uint32_t seq1, uint32_t seq2)
{
	return t1 > t2 || (t1 == t2 && after(seq1, seq2));
}

/*
 * Marks what is lost; the longest time some other must still wait. Segments sent once stand in the
 * order in which they were sent.
 */
static int64_t detect_loss(struct tcp_sock *tp)
{
	int64_t reo_wnd = rack_reo_wnd(tp), timeout = 0;
	struct sk_buff *skb;

	list_for_each_entry(skb, &tp->rtx_queue, list) {
		struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
		int64_t left;

		if (cb->sacked & TCPCB_SACKED)
			continue;
		if ((cb->sacked & TCPCB_LOST) && !(cb->sacked & TCPCB_RETRANS))
			continue;
		if (!sent_after(tp->rack_mstamp_ns, cb->when_ns, tp->rack_end_seq, cb->end_seq)) {
			if (!(cb->sacked & TCPCB_EVER_RETRANS))
				break;
			continue;
		}
		left = tcp_rack_skb_timeout(tp, cb, reo_wnd);
		if (left <= 0)
			tcp_mark_skb_lost(tp, skb);
		else
			timeout = tcp_i64_max(timeout, left);
	}
	return timeout;
}

/**
 * tcp_rack_mark_lost() - Something arrived: what sent before it is lost?
 * @tp: who sends
 *
 * Return: true: a timer was set for the rest.
 */
bool tcp_rack_mark_lost(struct tcp_sock *tp)
{
	int64_t timeout;

	if (!tp->rack_advanced)
		return false;
	tp->rack_advanced = false;
	timeout = detect_loss(tp);
	if (timeout)
		tcp_reset_xmit_timer(tp, TCP_TIME_REO,
				     tcp_i64_min(timeout + TCP_TIMEOUT_MIN, tp->rto_ns));
	return timeout;
}

/**
 * tcp_rack_advance() - A segment arrived
 * @tp: who sent it
 * @cb: its part in the queue, as it was before it arrived
 */
void tcp_rack_advance(struct tcp_sock *tp, const struct tcp_skb_cb *cb)
{
	int64_t rtt = tcp_now(tp) - cb->when_ns;

	/* too soon for the second sending: the first one arrived */
	if (rtt < tp->min_rtt_ns && (cb->sacked & (TCPCB_RETRANS | TCPCB_EVER_RETRANS)))
		return;
	tp->rack_advanced = true;
	tp->rack_rtt_ns = rtt;
	if (sent_after(cb->when_ns, tp->rack_mstamp_ns, cb->end_seq, tp->rack_end_seq)) {
		tp->rack_mstamp_ns = cb->when_ns;
		tp->rack_end_seq = cb->end_seq;
	}
}

/**
 * tcp_rack_reo_timeout() - Patience is over: what is missing is lost
 * @tp: who sends
 */
void tcp_rack_reo_timeout(struct tcp_sock *tp)
{
	uint32_t prior = tcp_packets_in_flight(tp), lost = tp->lost;

	detect_loss(tp);
	if (prior != tcp_packets_in_flight(tp)) {
		if (tp->ca_state != TCP_CA_Recovery) {
			tcp_enter_recovery(tp, false);
			tcp_cwnd_reduction(tp, 1, tp->lost - lost, 0);
		}
		tcp_xmit_retransmit_queue(tp);
	}
	if (tp->pending != TCP_TIME_RETRANS)
		tcp_rearm_rto(tp);
}

/**
 * tcp_rack_update_reo_wnd() - A needless repetition was told: more patience for a while
 * @tp: who sends
 * @st: what the ACK told
 */
void tcp_rack_update_reo_wnd(struct tcp_sock *tp, const struct ack_state *st)
{
	if ((tcp_ns(tp)->sysctl_tcp_recovery & TCP_RACK_STATIC_REO_WND) || !st->rate_valid)
		return;
	if (before(st->rate_prior_delivered, tp->rack_last_delivered))
		tp->rack_dsack_seen = false;
	if (tp->rack_dsack_seen) {
		tp->rack_reo_wnd_steps = (uint8_t)tcp_u32_min(0xff, tp->rack_reo_wnd_steps + 1U);
		tp->rack_dsack_seen = false;
		tp->rack_last_delivered = tp->delivered;
		tp->rack_reo_wnd_persist = TCP_RACK_RECOVERY_THRESH;
	} else if (!tp->rack_reo_wnd_persist) {
		tp->rack_reo_wnd_steps = 1;
	}
}

/**
 * tcp_newreno_mark_lost() - Without SACK: three duplicates, or a partial ACK, mean the first is lost
 * @tp: who sends
 * @snd_una_advanced: new data was acknowledged
 */
void tcp_newreno_mark_lost(struct tcp_sock *tp, bool snd_una_advanced)
{
	struct sk_buff *skb = tcp_queue_head(&tp->rtx_queue);

	if (!(tp->ca_state < TCP_CA_Recovery && tp->sacked_out >= tp->reordering) &&
	    !(tp->ca_state == TCP_CA_Recovery && snd_una_advanced))
		return;
	if (!(TCP_SKB_CB(skb)->sacked & TCPCB_LOST))
		tcp_mark_skb_lost(tp, skb);
}
