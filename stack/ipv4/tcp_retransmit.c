/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_retransmit.c - segments that are sent again, and probes of a lost tail
 *
 * mirrors the retransmission part of net/ipv4/tcp_output.c
 *
 * PATH
 *
 *	tcp_xmit_retransmit_queue()	what is lost, as far as cwnd allows
 *	  tcp_retransmit_skb()
 *	    __tcp_retransmit_skb()	tcp_transmit_skb(), tcp_output.c
 *	tcp_send_loss_probe()		RFC 8985, 7: the tail again, or something new
 */
#include <string.h>

#include "core/neighbour.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/* Without the part of a segment that arrived already; the rest moves, so that headers lie aligned before it. */
static void trim_head(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t n, len = skb_len(skb);

	if (cb->flags & TCPHDR_SYN) {
		cb->flags &= (uint8_t)~TCPHDR_SYN;
		cb->seq++;
	}
	n = tp->snd_una - cb->seq;
	if (before(tp->snd_una, cb->seq) || n > len)
		return;
	memmove(skb->data, skb->data + n, len - n);
	skb_trim(skb, len - n);
	tp->wmem -= n;
	cb->seq += n;
}

/* The next segment is added to one that is sent again; false: it does not fit. As tcp_collapse_retrans() */
static bool collapse_next(struct tcp_sock *tp, struct sk_buff *skb, struct sk_buff *next)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb), *ncb = TCP_SKB_CB(next);
	uint32_t len = skb_len(next);

	if (skb_tailroom(skb) < len)
		return false;
	memcpy(skb_put(skb, len), next->data, len);
	tp->wmem += len;
	cb->end_seq = ncb->end_seq;
	cb->flags |= ncb->flags;
	cb->sacked |= ncb->sacked & TCPCB_EVER_RETRANS;
	if (ncb->sacked & TCPCB_LOST)
		tp->lost_out--;
	if (ncb->sacked & TCPCB_RETRANS)
		tp->retrans_out--;
	if (!tp->sack_ok && tp->sacked_out)
		tp->sacked_out--;
	tp->packets_out--;
	tcp_free_queued(tp, next);
	return true;
}

/* Small segments are sent again as one. As tcp_retrans_try_collapse() */
static void try_collapse(struct tcp_sock *tp, struct sk_buff *skb, uint32_t space)
{
	if (!tcp_ns(tp)->sysctl_tcp_retrans_collapse || (TCP_SKB_CB(skb)->flags & TCPHDR_SYN))
		return;
	while (skb->list.next != &tp->rtx_queue) {
		struct sk_buff *next = list_entry(skb->list.next, struct sk_buff, list);
		const struct tcp_skb_cb *ncb = TCP_SKB_CB(next);

		if ((ncb->sacked & TCPCB_SACKED) || skb_len(skb) + skb_len(next) > space ||
		    after(ncb->end_seq, tcp_wnd_end(tp)) || !collapse_next(tp, skb, next))
			return;
	}
}

/* As skb_still_in_host_queue(): what was sent waits for a neighbour still */
static bool still_in_host_queue(struct tcp_sock *tp, const struct sk_buff *skb)
{
	const __be32 seq = cpu_to_be32(TCP_SKB_CB(skb)->seq);
	const struct rtable *rt = tcp_route(tp);
	const struct sk_buff *waits;
	struct neighbour *n;
	bool found = false;

	n = rt ? neigh_lookup(rt->dst.dev, rt_nexthop(rt, tp->inet.inet_daddr)) : NULL;
	if (!n)
		return false;
	list_for_each_entry(waits, &n->arp_queue.list, list) {
		const struct tcphdr *th = skb_transport_header(waits);

		if (waits->sk == &tp->inet.sk && th->seq == seq)
			found = true;
	}
	neigh_release(n);
	if (found)
		mib_inc(tp->inet.sk.net, TcpExt_TCPSpuriousRtxHostQueues);
	return found;
}

/* As __tcp_retransmit_skb() */
static int __tcp_retransmit_skb(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	struct net *net = tp->inet.sk.net;
	uint32_t mss, len;
	int32_t room;
	int err;

	if (still_in_host_queue(tp, skb))
		return -EBUSY;
	if (before(cb->seq, tp->snd_una))
		trim_head(tp, skb);
	if (!tcp_route(tp))
		return -EHOSTUNREACH;
	mss = tcp_current_mss(tp);
	room = (int32_t)(tcp_wnd_end(tp) - cb->seq);
	if (room <= 0) {
		if (cb->seq != tp->snd_una)
			return -EAGAIN;
		room = (int32_t)mss; /* asks for the window */
	}
	len = tcp_u32_min(mss, (uint32_t)room);
	if (skb_len(skb) > len)
		tcp_fragment(tp, &tp->rtx_queue, skb, len);
	else if (skb_len(skb) < len)
		try_collapse(tp, skb, len);
	/* RFC 3168, 6.1.1.1: perhaps somebody on the way does not like the marks */
	if ((cb->flags & TCPHDR_SYN_ECN) == TCPHDR_SYN_ECN && tcp_ns(tp)->sysctl_tcp_ecn_fallback) {
		cb->flags &= (uint8_t) ~(TCPHDR_ECE | TCPHDR_CWR);
		tp->ecn_flags &= (uint8_t)~TCP_ECN_OK;
	}
	mib_inc(net, Tcp_RetransSegs);
	if (cb->flags & TCPHDR_SYN)
		mib_inc(net, TcpExt_TCPSynRetrans);
	tp->total_retrans++;
	tp->bytes_retrans += skb_len(skb);
	cb->sacked |= TCPCB_EVER_RETRANS;
	err = tcp_transmit_skb(tp, skb);
	if (err)
		mib_inc(net, TcpExt_TCPRetransFail);
	else
		tcp_rate_skb_sent(tp, cb);
	return err;
}

/**
 * tcp_retransmit_skb() - Sends a segment again
 * @tp: who sends
 * @skb: of the retransmit queue
 *
 * Return: 0, -EBUSY: it has not left yet, -EAGAIN: the window does not allow it, or -errno.
 */
int tcp_retransmit_skb(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	int err = __tcp_retransmit_skb(tp, skb);

	if (!err) {
		if (!(cb->sacked & TCPCB_RETRANS))
			tp->retrans_out++;
		cb->sacked |= TCPCB_RETRANS;
	}
	if (!tp->retrans_stamp_ns)
		tp->retrans_stamp_ns = tcp_now(tp);
	if (tp->undo_retrans < 0)
		tp->undo_retrans = 0;
	tp->undo_retrans++;
	return err;
}

/**
 * tcp_xmit_retransmit_queue() - Sends again what is lost, as far as cwnd allows
 * @tp: who sends
 */
void tcp_xmit_retransmit_queue(struct tcp_sock *tp)
{
	struct sk_buff *head = tcp_queue_head(&tp->rtx_queue);
	struct net *net = tp->inet.sk.net;
	bool rearm = false;

	if (!tp->packets_out)
		return;
	for (struct list_head *at = tp->rtx_queue.next; at != &tp->rtx_queue; at = at->next) {
		struct sk_buff *skb = list_entry(at, struct sk_buff, list);
		uint8_t sacked = TCP_SKB_CB(skb)->sacked;

		if (tcp_packets_in_flight(tp) >= tp->snd_cwnd || tp->retrans_out >= tp->lost_out)
			break;
		if (!(sacked & TCPCB_LOST) || (sacked & (TCPCB_SACKED | TCPCB_RETRANS)))
			continue;
		if (tcp_retransmit_skb(tp, skb))
			break;
		if (tp->ca_state != TCP_CA_Loss)
			mib_inc(net, TcpExt_TCPFastRetrans);
		else
			mib_inc(net, TcpExt_TCPSlowStartRetrans);
		if (tp->ca_state == TCP_CA_CWR || tp->ca_state == TCP_CA_Recovery)
			tp->prr_out++;
		if (skb == head && tp->pending != TCP_TIME_REO)
			rearm = true;
	}
	if (rearm)
		tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, tp->rto_ns);
}

/**
 * tcp_schedule_loss_probe() - If no answer comes soon, the tail is sent again before the long timeout
 * @tp: who sends
 * @advancing_rto: the timeout begins now, not when the first segment was sent
 *
 * Return: true when the timer was set for that.
 */
bool tcp_schedule_loss_probe(struct tcp_sock *tp, bool advancing_rto)
{
	int early = tcp_ns(tp)->sysctl_tcp_early_retrans;
	int64_t timeout = TCP_TIMEOUT_INIT, rto = tp->rto_ns;

	if ((early != 3 && early != 4) || !tp->packets_out || !tp->sack_ok ||
	    (tp->ca_state != TCP_CA_Open && tp->ca_state != TCP_CA_CWR))
		return false;
	if (tp->srtt_ns)
		timeout = 2 * tp->srtt_ns +
			  (tp->packets_out == 1 ? tcp_rto_min(tp) : TCP_TIMEOUT_MIN);
	if (!advancing_rto)
		rto += TCP_SKB_CB(tcp_queue_head(&tp->rtx_queue))->when_ns - tcp_now(tp);
	if (rto > 0)
		timeout = tcp_i64_min(timeout, rto);
	tcp_reset_xmit_timer(tp, TCP_TIME_LOSS_PROBE, timeout);
	return true;
}

/* true: something was sent */
static bool send_probe(struct tcp_sock *tp)
{
	struct sk_buff *skb = tcp_queue_head(&tp->write_queue);
	uint32_t pcount = tp->packets_out, mss = tcp_current_mss(tp);

	if (skb) {
		uint32_t end = TCP_SKB_CB(skb)->end_seq;

		if (skb_len(skb) > mss)
			end = TCP_SKB_CB(skb)->seq + mss;
		if (!after(end, tcp_wnd_end(tp))) {
			tcp_write_xmit(tp, TCP_NAGLE_OFF, 2);
			return tp->packets_out > pcount;
		}
	}
	skb = tcp_queue_tail(&tp->rtx_queue);
	if (!skb || __tcp_retransmit_skb(tp, skb))
		return false;
	tp->tlp_retrans = true;
	return true;
}

/**
 * tcp_send_loss_probe() - The tail again, or something new: whatever makes the peer answer
 * @tp: who sends
 */
void tcp_send_loss_probe(struct tcp_sock *tp)
{
	/* one at a time */
	if (!tp->tlp_high_seq) {
		tp->tlp_retrans = false;
		if (send_probe(tp)) {
			tp->tlp_high_seq = tp->snd_nxt;
			mib_inc(tp->inet.sk.net, TcpExt_TCPLossProbes);
			tp->pending = TCP_TIME_NONE; /* the timeout begins now */
		}
	}
	tcp_rearm_rto(tp);
}
