/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_validate.c - may a segment be looked at? Timestamp, sequence number, RST, SYN
 *
 * mirrors tcp_validate_incoming() and what it calls in net/ipv4/tcp_input.c: RFC 7323 (PAWS), RFC 5961
 *
 * PATH (leaf)
 */
#include "ipv4/tcp_ack.h"

/**
 * tcp_oow_rate_limited() - Answers to nonsense: at most one in tcp_invalid_ratelimit ms
 * @net: whose settings
 * @mib: what counts those not sent
 * @last_ns: when the last one was sent; 0: never
 *
 * Return: true: not now.
 */
bool tcp_oow_rate_limited(struct net *net, int mib, int64_t *last_ns)
{
	int64_t now = world_now(net->world), min = net->ipv4->sysctl_tcp_invalid_ratelimit;

	if (*last_ns && now - *last_ns < min * NSEC_PER_MSEC) {
		net->ipv4->mib.v[mib]++;
		return true;
	}
	*last_ns = now ? now : 1;
	return false;
}

/* true: a second's worth of challenge ACKs of the namespace is not used up */
static bool challenge_ack_allowed(struct net *net)
{
	struct netns_ipv4 *ipv4 = net->ipv4;
	int64_t second = world_now(net->world) / NSEC_PER_SEC;

	if (ipv4->sysctl_tcp_challenge_ack_limit == INT32_MAX)
		return true;
	if (second != ipv4->challenge_second) {
		ipv4->challenge_second = second;
		ipv4->challenge_count = ipv4->sysctl_tcp_challenge_ack_limit;
	}
	return ipv4->challenge_count-- > 0;
}

/**
 * tcp_send_challenge_ack() - Tells a peer, or somebody who pretends to be it, where we are: RFC 5961
 * @tp: the connection
 */
void tcp_send_challenge_ack(struct tcp_sock *tp)
{
	struct net *net = tp->inet.sk.net;

	if (tcp_oow_rate_limited(net, MIB_TcpExt_TCPACKSkippedChallenge, &tp->last_oow_ack_ns) ||
	    !challenge_ack_allowed(net))
		return;
	mib_inc(net, TcpExt_TCPChallengeACK);
	tcp_send_ack(tp);
}

/**
 * tcp_store_ts_recent() - The timestamp to echo from now on
 * @tp: the connection
 */
void tcp_store_ts_recent(struct tcp_sock *tp)
{
	tp->ts_recent = tp->rcv_tsval;
	tp->ts_recent_stamp_ns = tcp_now(tp);
}

/* Is the timestamp not older than the last one by more than @win? As tcp_paws_check() */
static bool tcp_paws_check(const struct tcp_sock *tp, int32_t win)
{
	if ((int32_t)(tp->ts_recent - tp->rcv_tsval) <= win)
		return true;
	if (tcp_now(tp) - tp->ts_recent_stamp_ns >= TCP_PAWS_24DAYS * NSEC_PER_SEC)
		return true;
	/* some send 0 in the handshake */
	return !tp->ts_recent;
}

/**
 * tcp_replace_ts_recent() - A segment in order brings the timestamp to echo
 * @tp: the connection
 * @seq: of the segment
 */
void tcp_replace_ts_recent(struct tcp_sock *tp, uint32_t seq)
{
	if (tp->saw_tstamp && !after(seq, tp->rcv_wup) && tcp_paws_check(tp, 0))
		tcp_store_ts_recent(tp);
}

enum paws { PAWS_OK, PAWS_REJECT, PAWS_OLD_ACK };

/*
 * A timestamp older than the last one: an old duplicate, unless it is an ACK without news that was
 * overtaken. As tcp_disordered_ack_check()
 */
static enum paws tcp_paws(const struct tcp_sock *tp, const struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t wnd = (uint32_t)be16_to_cpu(th->window) << tp->snd_wscale;

	if (!tp->tstamp_ok || !tp->saw_tstamp || tcp_paws_check(tp, 1))
		return PAWS_OK;
	if (!th->ack || cb->seq != cb->end_seq)
		return PAWS_REJECT;
	if (cb->seq != tp->rcv_nxt)
		return before(cb->seq, tp->rcv_nxt) ? PAWS_OLD_ACK : PAWS_REJECT;
	if (cb->ack_seq != tp->snd_una || tcp_may_update_window(tp, cb->ack_seq, cb->seq, wnd))
		return PAWS_REJECT;
	/* not later than it takes to give up waiting for it */
	if ((int32_t)(tp->ts_recent - tp->rcv_tsval) > tp->rto_ns * 12 / 10 / NSEC_PER_MSEC)
		return PAWS_REJECT;
	return PAWS_OK;
}

/* 0, or why the segment is not in the window. As tcp_sequence() */
static enum skb_drop_reason tcp_sequence(const struct tcp_sock *tp, const struct tcp_skb_cb *cb)
{
	uint32_t end = tp->rcv_nxt + tcp_receive_window(tp);

	if (before(cb->end_seq, tp->rcv_wup))
		return SKB_DROP_REASON_TCP_OLD_SEQUENCE;
	if (after(cb->end_seq, end)) {
		if (after(cb->seq, end))
			return SKB_DROP_REASON_TCP_INVALID_SEQUENCE;
		/* beyond the window only while nothing waits to be read */
		if (tp->inet.sk.receive_queue.qlen)
			return SKB_DROP_REASON_TCP_INVALID_END_SEQUENCE;
	}
	return 0;
}

static void tcp_send_dupack(struct tcp_sock *tp, const struct sk_buff *skb)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	if (cb->end_seq != cb->seq && before(cb->seq, tp->rcv_nxt)) {
		mib_inc(tp->inet.sk.net, TcpExt_DelayedACKLost);
		tcp_enter_quickack_mode(tp, TCP_MAX_QUICKACKS);
		if (tp->sack_ok && tcp_ns(tp)->sysctl_tcp_dsack) {
			uint32_t end = after(cb->end_seq, tp->rcv_nxt) ? tp->rcv_nxt : cb->end_seq;

			tcp_dsack_set(tp, cb->seq, end);
		}
	}
	tcp_send_ack(tp);
}

/* an answer to nonsense: limited when it carries no data */
static void tcp_dupack_limited(struct tcp_sock *tp, const struct sk_buff *skb, int mib)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	if ((cb->seq == cb->end_seq || (cb->flags & TCPHDR_SYN)) &&
	    tcp_oow_rate_limited(tp->inet.sk.net, mib, &tp->last_oow_ack_ns))
		return;
	tcp_send_dupack(tp, skb);
}

/* a RST counts when it is exactly what comes next (RFC 5961), or where a SACK says a hole ends */
static bool rst_is_exact(const struct tcp_sock *tp, uint32_t seq)
{
	uint32_t max;

	if (seq == tp->rcv_nxt)
		return true;
	if (seq == tp->rcv_nxt - 1 &&
	    (TCPF(tp->state) & (TCPF(TCP_CLOSE_WAIT) | TCPF(TCP_LAST_ACK) | TCPF(TCP_CLOSING))))
		return true;
	if (!tp->sack_ok || !tp->num_sacks)
		return false;
	max = tp->selective_acks[0].end;
	for (unsigned int i = 1; i < tp->num_sacks; i++)
		if (after(tp->selective_acks[i].end, max))
			max = tp->selective_acks[i].end;
	return seq == max;
}

/* An old timestamp or a wrong number: answered, unless it is a RST. true: the answer is a challenge */
static bool answer_out_of_window(struct tcp_sock *tp, const struct sk_buff *skb, enum paws paws,
				 enum skb_drop_reason reason)
{
	struct net *net = tp->inet.sk.net;

	if (TCP_SKB_CB(skb)->flags & TCPHDR_SYN)
		return true;
	if (paws == PAWS_OLD_ACK) {
		mib_inc(net, TcpExt_PAWSOldAck);
	} else if (paws) {
		mib_inc(net, TcpExt_PAWSEstab);
		tcp_dupack_limited(tp, skb, MIB_TcpExt_TCPACKSkippedPAWS);
	} else {
		if (reason != SKB_DROP_REASON_TCP_OLD_SEQUENCE)
			mib_inc(net, TcpExt_BeyondWindow);
		tcp_dupack_limited(tp, skb, MIB_TcpExt_TCPACKSkippedSeq);
	}
	return false;
}

/**
 * tcp_validate_incoming() - May the segment be looked at? RFC 9293, 3.10.7.4, first to fourth
 * @tp: the connection; may be over afterwards
 * @skb: consumed unless it may; the answer is sent
 * @th: its header
 *
 * Return: true: it may.
 */
bool tcp_validate_incoming(struct tcp_sock *tp, struct sk_buff *skb, const struct tcphdr *th)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	enum skb_drop_reason reason = tcp_sequence(tp, cb);
	enum paws paws = th->rst ? PAWS_OK : tcp_paws(tp, skb);

	if (!th->rst && (paws || reason)) {
		if (answer_out_of_window(tp, skb, paws, reason))
			goto syn_challenge;
		goto discard;
	}
	if (th->rst) {
		if (rst_is_exact(tp, cb->seq))
			goto reset;
		if (!reason)
			tcp_send_challenge_ack(tp);
		goto discard;
	}
	if (!th->syn)
		return true;
	if (tp->state == TCP_SYN_RECV && th->ack && cb->seq + 1 == tp->rcv_nxt &&
	    cb->seq + 1 == cb->end_seq && cb->ack_seq == tp->snd_nxt)
		return true; /* simultaneous open */
syn_challenge:
	mib_inc(tp->inet.sk.net, TcpExt_TCPSYNChallenge);
	tcp_send_challenge_ack(tp);
discard:
	tcp_drop_reason(tp, skb,
			reason ? reason
			: paws ? SKB_DROP_REASON_TCP_RFC7323_PAWS
			       : SKB_DROP_REASON_TCP_INVALID_SEQUENCE);
	return false;
reset:
	tcp_reset(tp);
	consume_skb(skb);
	return false;
}
