/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_data.c - data that came in: in order, out of order, again; and when it is acknowledged
 *
 * mirrors the data half of net/ipv4/tcp_input.c
 *
 * PATH
 *
 *	tcp_data_queue()
 *	  tcp_queue_rcv()		into sk.receive_queue, where tcp_recvmsg() finds it
 *	  tcp_data_queue_ofo()		waits for a hole to be filled
 *	  tcp_fin()
 *	tcp_ack_snd_check()		tcp_send_ack(), tcp_send_delayed_ack()
 *	tcp_rcvbuf.c			how much may come
 */
#include "core/trace.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"
#include "netfilter/netfilter.h"

static void tcp_incr_quickack(struct tcp_sock *tp, uint32_t max)
{
	uint32_t n = tp->rcv_wnd / (2 * tp->rcv_mss);

	if (!n)
		n = 2;
	n = tcp_u32_min(n, max);
	if (n > tp->ack_quick)
		tp->ack_quick = (uint8_t)n;
}

/**
 * tcp_enter_quickack_mode() - Something is wrong: the peer wants to know soon
 * @tp: the connection
 * @max_quickacks: for so many segments
 */
void tcp_enter_quickack_mode(struct tcp_sock *tp, uint32_t max_quickacks)
{
	tcp_incr_quickack(tp, max_quickacks);
	tp->ack_pingpong = 0;
	tp->ack_ato_ns = TCP_ATO_MIN;
}

/* The mark of a router on data that came: told to the peer until it says it sends less. As tcp_ecn_check_ce() */
static void tcp_ecn_check_ce(struct tcp_sock *tp, const struct sk_buff *skb)
{
	if (!(tp->ecn_flags & TCP_ECN_OK))
		return;
	switch (TCP_SKB_CB(skb)->ip_ecn) {
	case 0:
		/* no mark although there were some: probably sent again */
		if (tp->ecn_flags & TCP_ECN_SEEN)
			tcp_enter_quickack_mode(tp, 2);
		break;
	case 3:
		if (!(tp->ecn_flags & TCP_ECN_DEMAND_CWR)) {
			tcp_enter_quickack_mode(tp, 2);
			tp->ecn_flags |= TCP_ECN_DEMAND_CWR;
		}
		tp->ecn_flags |= TCP_ECN_SEEN;
		break;
	default:
		tp->ecn_flags |= TCP_ECN_SEEN;
	}
}

/**
 * tcp_event_data_recv() - Data came: how its ACK is timed
 * @tp: the connection
 * @skb: the data; borrowed
 */
void tcp_event_data_recv(struct tcp_sock *tp, const struct sk_buff *skb)
{
	int64_t now = tcp_now(tp), gap = now - tp->ack_lrcvtime_ns;
	uint32_t len = skb_len(skb);

	tp->ack_pending |= ACK_SCHED;
	tcp_measure_rcv_mss(tp, skb);
	tcp_rcv_rtt_measure(tp);
	if (!tp->ack_ato_ns) {
		tcp_incr_quickack(tp, TCP_MAX_QUICKACKS);
		tp->ack_ato_ns = TCP_ATO_MIN;
	} else if (gap <= TCP_ATO_MIN / 2) {
		tp->ack_ato_ns = (tp->ack_ato_ns >> 1) + TCP_ATO_MIN / 2;
	} else if (gap < tp->ack_ato_ns) {
		tp->ack_ato_ns = tcp_i64_min((tp->ack_ato_ns >> 1) + gap, tp->rto_ns);
	} else if (gap > tp->rto_ns) {
		tcp_incr_quickack(tp, TCP_MAX_QUICKACKS);
	}
	tp->ack_lrcvtime_ns = now;
	tcp_ecn_check_ce(tp, skb);
	if (len >= 128)
		tcp_grow_window(tp, skb);
}

/**
 * tcp_dsack_set() - The peer shall know that this came twice
 * @tp: the connection
 * @seq: from
 * @end_seq: to
 */
void tcp_dsack_set(struct tcp_sock *tp, uint32_t seq, uint32_t end_seq)
{
	if (!tp->sack_ok || !tcp_ns(tp)->sysctl_tcp_dsack)
		return;
	if (before(seq, tp->rcv_nxt))
		mib_inc(tp->inet.sk.net, TcpExt_TCPDSACKOldSent);
	else
		mib_inc(tp->inet.sk.net, TcpExt_TCPDSACKOfoSent);
	tp->dsack = true;
	tp->duplicate_sack = (struct tcp_sack_block){ seq, end_seq };
}

/* one more piece that came twice: told in one block where they touch */
static void tcp_dsack_extend(struct tcp_sock *tp, uint32_t seq, uint32_t end_seq)
{
	struct tcp_sack_block *b = &tp->duplicate_sack;

	if (!tp->dsack) {
		tcp_dsack_set(tp, seq, end_seq);
		return;
	}
	if (after(seq, b->end) || after(b->start, end_seq))
		return;
	if (before(seq, b->start))
		b->start = seq;
	if (after(end_seq, b->end))
		b->end = end_seq;
}

static void sack_block_del(struct tcp_sock *tp, unsigned int i)
{
	tp->num_sacks--;
	for (; i < tp->num_sacks; i++)
		tp->selective_acks[i] = tp->selective_acks[i + 1];
}

/* The blocks told to the peer: the newest first, touching ones joined. */
static void tcp_sack_new(struct tcp_sock *tp, uint32_t seq, uint32_t end_seq)
{
	struct tcp_sack_block b = { seq, end_seq };
	unsigned int i = 0;

	if (!tp->sack_ok)
		return;
	while (i < tp->num_sacks) {
		const struct tcp_sack_block *o = &tp->selective_acks[i];

		if (after(b.start, o->end) || after(o->start, b.end)) {
			i++;
			continue;
		}
		if (before(o->start, b.start))
			b.start = o->start;
		if (after(o->end, b.end))
			b.end = o->end;
		sack_block_del(tp, i);
		i = 0;
	}
	if (tp->num_sacks == TCP_MAX_SACKS) {
		if (tp->compressed_ack)
			tcp_send_ack(tp); /* tells the oldest once more */
		tp->num_sacks--;
	}
	for (i = tp->num_sacks; i > 0; i--)
		tp->selective_acks[i] = tp->selective_acks[i - 1];
	tp->selective_acks[0] = b;
	tp->num_sacks++;
}

static void tcp_sack_remove(struct tcp_sock *tp)
{
	unsigned int i = 0;

	if (list_empty(&tp->ofo_queue)) {
		tp->num_sacks = 0;
		return;
	}
	while (i < tp->num_sacks) {
		if (!before(tp->rcv_nxt, tp->selective_acks[i].start))
			sack_block_del(tp, i);
		else
			i++;
	}
}

/* What a packet no longer needs once it only waits for a reader. */
static void strip(struct sk_buff *skb)
{
	skb_dst_drop(skb);
	if (skb->nfct) {
		nf_conntrack_put(skb->nfct);
		skb->nfct = NULL;
	}
	skb->dev = NULL;
}

/*
 * Linux keeps the pages of up to MAX_SKB_FRAGS segments in one packet once the sender needs the first no
 * more, and then a further one costs its bytes alone. Here @skb joins the packet of @tail: true: its bytes
 * were copied; else it stands in the queue, and what it costs is that of its bytes.
 * As tcp_try_coalesce(), skb_try_coalesce()
 */
static bool tcp_try_coalesce(struct tcp_sock *tp, struct sk_buff *tail, struct sk_buff *skb)
{
	struct tcp_skb_cb *to = TCP_SKB_CB(tail), *cb = TCP_SKB_CB(skb);
	uint32_t len = skb_len(skb);

	if (to->frags >= MAX_SKB_FRAGS || before(tp->rcv_wup, to->head_end))
		return false;
	mib_inc(tp->inet.sk.net, TcpExt_TCPRcvCoalesce);
	cb->truesize = len;
	if (tail->shared->refs == 1 && skb_tailroom(tail) >= len) {
		memcpy(skb_put(tail, len), skb->data, len);
		tcp_rmem_charge(tp, skb);
		tp->inet.sk.receive_queue.bytes += len;
		to->end_seq += len;
		to->truesize += len;
		to->frags++;
		return true;
	}
	cb->joined = true;
	cb->frags = (uint8_t)(to->frags + 1);
	cb->head_end = to->head_end;
	return false;
}

/* Appends data in order; consumes. */
static void tcp_queue_rcv(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct sk_buff_head *q = &tp->inet.sk.receive_queue;
	struct sk_buff *tail =
		list_empty(&q->list) ? NULL : list_last_entry(&q->list, struct sk_buff, list);
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t len = skb_len(skb);

	tp->rcv_nxt = cb->end_seq;
	tp->bytes_received += len;
	if (!len) {
		consume_skb(skb);
		return;
	}
	if (trace_on(tp->inet.sk.world))
		trace_deliver_sock(skb, &tp->inet.sk);
	skb->delivered = true;
	if (tail && tcp_try_coalesce(tp, tail, skb)) {
		consume_skb(skb);
		return;
	}
	strip(skb);
	cb->end_seq = cb->seq + len;
	if (!cb->joined) {
		cb->frags = 1;
		cb->head_end = cb->end_seq;
	}
	tcp_rmem_charge(tp, skb);
	skb_queue_tail(q, skb);
}

/* Cuts off what is here already; false: nothing is left. */
static bool trim_front(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t n;

	if (!before(cb->seq, tp->rcv_nxt))
		return true;
	if (!after(cb->end_seq, tp->rcv_nxt))
		return false;
	n = tcp_u32_min(tp->rcv_nxt - cb->seq, skb_len(skb));
	skb_pull(skb, n);
	cb->seq = tp->rcv_nxt;
	return true;
}

static void ofo_unlink(struct tcp_sock *tp, struct sk_buff *skb)
{
	list_del(&skb->list);
	tcp_rmem_uncharge(tp, skb);
}

/**
 * tcp_ofo_purge() - Forgets what came out of order
 * @tp: the connection
 */
void tcp_ofo_purge(struct tcp_sock *tp)
{
	struct sk_buff *skb;

	while ((skb = tcp_queue_head(&tp->ofo_queue))) {
		ofo_unlink(tp, skb);
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_CONSUMED);
	}
	tp->num_sacks = 0;
}

/* A hole was filled: what waited behind it goes on. true: a FIN was among it */
static bool tcp_ofo_queue(struct tcp_sock *tp)
{
	struct sk_buff *skb;

	while ((skb = tcp_queue_head(&tp->ofo_queue))) {
		bool fin = TCP_SKB_CB(skb)->flags & TCPHDR_FIN;

		if (after(TCP_SKB_CB(skb)->seq, tp->rcv_nxt))
			break;
		ofo_unlink(tp, skb);
		if (!trim_front(tp, skb)) {
			tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_OLD_DATA);
			continue;
		}
		tcp_queue_rcv(tp, skb);
		if (fin)
			return true;
	}
	return false;
}

/* More came than the buffer holds: it grows where it may. As tcp_clamp_window() */
static void tcp_clamp_window(struct tcp_sock *tp)
{
	uint32_t max = (uint32_t)tcp_ns(tp)->sysctl_tcp_rmem[2];
	struct sock *sk = &tp->inet.sk;

	tp->ack_quick = 0;
	if (sk->rcvbuf < max && sk->rcvbuf == tp->rcvbuf_auto) {
		sk->rcvbuf = tcp_u32_min(sk->rmem, max);
		tp->rcvbuf_auto = sk->rcvbuf;
	}
	if (sk->rmem > sk->rcvbuf)
		tp->rcv_ssthresh = tcp_u32_min(tp->window_clamp, 2U * tp->advmss);
}

/* Segments farthest ahead give way to what comes earlier. */
static void tcp_prune_ofo_queue(struct tcp_sock *tp, const struct sk_buff *skb)
{
	struct sock *sk = &tp->inet.sk;
	struct sk_buff *tail;

	while (sk->rmem > sk->rcvbuf && (tail = tcp_queue_tail(&tp->ofo_queue)) &&
	       after(TCP_SKB_CB(tail)->seq, TCP_SKB_CB(skb)->seq)) {
		ofo_unlink(tp, tail);
		mib_inc(sk->net, TcpExt_OfoPruned);
		tcp_drop_reason(tp, tail, SKB_DROP_REASON_TCP_OFO_QUEUE_PRUNE);
		tp->num_sacks = 0; /* what was told may no longer be true */
	}
}

/*
 * Room for one more segment? What is there counts, not what comes. As tcp_try_rmem_schedule().
 * Unlike Linux: no tcp_collapse().
 */
static bool tcp_try_rmem(struct tcp_sock *tp, const struct sk_buff *skb)
{
	struct sock *sk = &tp->inet.sk;

	if (sk->rmem <= sk->rcvbuf)
		return true;
	mib_inc(sk->net, TcpExt_PruneCalled);
	tcp_clamp_window(tp);
	if (sk->rmem <= sk->rcvbuf)
		return true;
	tcp_prune_ofo_queue(tp, skb);
	if (sk->rmem <= sk->rcvbuf)
		return true;
	mib_inc(sk->net, TcpExt_RcvPruned);
	tp->pred = false;
	return false;
}

/* Keeps a segment that came too early; consumes. */
static void tcp_data_queue_ofo(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	struct list_head *at;
	uint32_t seq = cb->seq, end = cb->end_seq;
	struct sk_buff *o;

	tcp_ecn_check_ce(tp, skb);
	tp->pred = false;
	tp->ack_pending |= ACK_SCHED;
	tp->rcv_ooopack++;
	if (!tcp_try_rmem(tp, skb)) {
		mib_inc(tp->inet.sk.net, TcpExt_TCPOFODrop);
		tcp_drop_reason(tp, skb, SKB_DROP_REASON_PROTO_MEM);
		return;
	}
	tcp_measure_rcv_mss(tp, skb);
	mib_inc(tp->inet.sk.net, TcpExt_TCPOFOQueue);
	for (at = tp->ofo_queue.prev; at != &tp->ofo_queue; at = at->prev) {
		o = list_entry(at, struct sk_buff, list);
		if (!after(TCP_SKB_CB(o)->seq, seq))
			break;
	}
	if (at != &tp->ofo_queue) {
		o = list_entry(at, struct sk_buff, list);
		if (!after(end, TCP_SKB_CB(o)->end_seq)) {
			tcp_dsack_set(tp, seq, end);
			mib_inc(tp->inet.sk.net, TcpExt_TCPOFOMerge);
			tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_OLD_DATA);
			return;
		}
		if (before(seq, TCP_SKB_CB(o)->end_seq))
			tcp_dsack_set(tp, seq, TCP_SKB_CB(o)->end_seq);
	}
	strip(skb);
	tcp_rmem_charge(tp, skb);
	list_add(&skb->list, at);
	/* what it covers is no longer needed */
	while (skb->list.next != &tp->ofo_queue) {
		o = list_entry(skb->list.next, struct sk_buff, list);
		if (!after(end, TCP_SKB_CB(o)->seq))
			break;
		if (before(end, TCP_SKB_CB(o)->end_seq)) {
			tcp_dsack_extend(tp, TCP_SKB_CB(o)->seq, end);
			break;
		}
		ofo_unlink(tp, o);
		tcp_dsack_extend(tp, TCP_SKB_CB(o)->seq, TCP_SKB_CB(o)->end_seq);
		mib_inc(tp->inet.sk.net, TcpExt_TCPOFOMerge);
		tcp_drop_reason(tp, o, SKB_DROP_REASON_TCP_OLD_DATA);
	}
	tcp_sack_new(tp, seq, end);
	if (tp->sack_ok)
		tcp_grow_window(tp, skb);
	if (!tp->inet.sk.dead && !tp->listener)
		tcp_rcvbuf_grow(tp, tp->rcvq_space.space);
}

/**
 * tcp_fin() - The peer will send no more, and everything it sent is here
 * @tp: the connection; may be gone afterwards (the caller holds the socket)
 */
void tcp_fin(struct tcp_sock *tp)
{
	tp->ack_pending |= ACK_SCHED;
	tp->inet.sk.shutdown |= 1;
	switch (tp->state) {
	case TCP_SYN_RECV:
	case TCP_ESTABLISHED:
		tcp_set_state(tp, TCP_CLOSE_WAIT);
		tp->ack_pingpong = (uint8_t)tcp_ns(tp)->sysctl_tcp_pingpong_thresh;
		break;
	case TCP_FIN_WAIT1:
		tcp_send_ack(tp);
		tcp_set_state(tp, TCP_CLOSING);
		break;
	case TCP_FIN_WAIT2:
		tcp_ofo_purge(tp);
		tcp_send_ack(tp);
		wake_up(&tp->inet.sk.wait);
		tcp_time_wait(tp, TCP_TIME_WAIT, 0);
		return;
	default:
		return;
	}
	tcp_ofo_purge(tp);
	wake_up(&tp->inet.sk.wait);
}

/* Data that continues what is here; consumes. @foreseen: there is no question of room */
static void tcp_data_in_order(struct tcp_sock *tp, struct sk_buff *skb, bool foreseen)
{
	bool fin = TCP_SKB_CB(skb)->flags & TCPHDR_FIN, had_ofo = !list_empty(&tp->ofo_queue);
	struct sock *sk = &tp->inet.sk;

	if (skb_len(skb)) {
		if (!foreseen && !tcp_try_rmem(tp, skb)) {
			tp->ack_pending |= ACK_SCHED | ACK_NOW | ACK_NOMEM;
			if (sk->receive_queue.qlen) {
				mib_inc(sk->net, TcpExt_TCPRcvQDrop);
				tcp_drop_reason(tp, skb, SKB_DROP_REASON_PROTO_MEM);
				return;
			}
		}
		tcp_event_data_recv(tp, skb);
	}
	tcp_queue_rcv(tp, skb);
	if (!fin && had_ofo) {
		fin = tcp_ofo_queue(tp);
		if (list_empty(&tp->ofo_queue))
			tp->ack_pending |= ACK_NOW;
	}
	if (tp->num_sacks)
		tcp_sack_remove(tp);
	tcp_fast_path_check(tp);
	if (fin)
		tcp_fin(tp);
	if (!sk->dead)
		wake_up(&sk->wait);
}

/**
 * tcp_data_queue() - Takes the data of a segment that may be looked at
 * @tp: the connection
 * @skb: consumed; data at the TCP header
 */
void tcp_data_queue(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	const struct tcphdr *th = (const void *)skb->data;

	if (cb->seq == cb->end_seq) {
		consume_skb(skb);
		return;
	}
	skb_pull(skb, th->doff * 4U);
	tp->dsack = false;
	if (skb_len(skb))
		tp->data_segs_in++;
	if (cb->flags & TCPHDR_CWR) {
		/* the peer sends less now: it may wait for this ACK */
		tp->ecn_flags &= (uint8_t)~TCP_ECN_DEMAND_CWR;
		if (tp->ecn_flags & TCP_ECN_OK)
			tp->ack_pending |= ACK_NOW;
	}
	if (!after(cb->end_seq, tp->rcv_nxt)) {
		/* again: our ACK got lost */
		mib_inc(tp->inet.sk.net, TcpExt_DelayedACKLost);
		tcp_dsack_set(tp, cb->seq, cb->end_seq);
		tcp_enter_quickack_mode(tp, TCP_MAX_QUICKACKS);
		tp->ack_pending |= ACK_SCHED;
		tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_OLD_DATA);
		return;
	}
	if (cb->flags & TCPHDR_SYN) {
		cb->seq++;
		cb->flags &= (uint8_t)~TCPHDR_SYN;
	}
	if (!before(cb->seq, tp->rcv_nxt + tcp_receive_window(tp)) &&
	    (skb_len(skb) || cb->seq != tp->rcv_nxt)) {
		tcp_enter_quickack_mode(tp, TCP_MAX_QUICKACKS);
		tp->ack_pending |= ACK_SCHED;
		if (cb->seq == tp->rcv_nxt)
			mib_inc(tp->inet.sk.net, TcpExt_TCPZeroWindowDrop);
		tcp_drop_reason(tp, skb,
				tcp_receive_window(tp) ? SKB_DROP_REASON_TCP_OVERWINDOW
						       : SKB_DROP_REASON_TCP_ZEROWINDOW);
		return;
	}
	if (after(cb->seq, tp->rcv_nxt)) {
		tcp_data_queue_ofo(tp, skb);
		return;
	}
	if (before(cb->seq, tp->rcv_nxt)) {
		tcp_dsack_set(tp, cb->seq, tp->rcv_nxt);
		if (!tcp_receive_window(tp)) {
			mib_inc(tp->inet.sk.net, TcpExt_TCPZeroWindowDrop);
			tcp_enter_quickack_mode(tp, TCP_MAX_QUICKACKS);
			tp->ack_pending |= ACK_SCHED;
			tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_ZEROWINDOW);
			return;
		}
		trim_front(tp, skb);
	}
	tcp_data_in_order(tp, skb, false);
}

/**
 * tcp_data_queue_fast() - Takes the data of a segment whose header was foreseen
 * @tp: the connection
 * @skb: consumed; data at the TCP header
 */
void tcp_data_queue_fast(struct tcp_sock *tp, struct sk_buff *skb)
{
	skb_pull(skb, ((const struct tcphdr *)skb->data)->doff * 4U);
	tp->dsack = false;
	tp->data_segs_in++;
	tcp_data_in_order(tp, skb, true);
}

/*
 * Something is out of order: three ACKs go at once, those that follow wait a twentieth of a round trip
 * and become one.
 */
static void tcp_compress_ack(struct tcp_sock *tp)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(tp);
	int64_t rtt = tp->rcv_rtt_ns, delay;

	if (!tp->sack_ok || tp->compressed_ack >= (uint32_t)ipv4->sysctl_tcp_comp_sack_nr) {
		tcp_send_ack(tp);
		return;
	}
	if (tp->compressed_ack_rcv_nxt != tp->rcv_nxt) {
		tp->compressed_ack_rcv_nxt = tp->rcv_nxt;
		tp->dup_ack_counter = 0;
	}
	if (tp->dup_ack_counter < 3) {
		tp->dup_ack_counter++;
		tcp_send_ack(tp);
		return;
	}
	tp->compressed_ack++;
	if (sim_timer_pending(&tp->compressed_ack_timer))
		return;
	if (tp->srtt_ns && tp->srtt_ns < rtt)
		rtt = tp->srtt_ns;
	delay = tcp_i64_min(ipv4->sysctl_tcp_comp_sack_delay_ns, rtt / 20);
	sim_timer_mod(&tp->inet.sk.world->sim, &tp->compressed_ack_timer, tcp_now(tp) + delay);
}

/**
 * tcp_ack_snd_check() - Must the segment be answered, now or later?
 * @tp: the connection
 */
void tcp_ack_snd_check(struct tcp_sock *tp)
{
	if (!(tp->ack_pending & ACK_SCHED))
		return;
	if ((tp->rcv_nxt - tp->rcv_wup > tp->rcv_mss && __tcp_select_window(tp) >= tp->rcv_wnd) ||
	    tcp_in_quickack_mode(tp) || (tp->ack_pending & ACK_NOW))
		tcp_send_ack(tp);
	else if (list_empty(&tp->ofo_queue))
		tcp_send_delayed_ack(tp);
	else
		tcp_compress_ack(tp);
}
