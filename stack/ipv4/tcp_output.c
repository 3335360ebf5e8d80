/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_output.c - segments on their way out
 *
 * mirrors net/ipv4/tcp_output.c
 *
 * A queued segment keeps its bytes; what goes on the wire is a copy with headers of its own. No
 * segment is larger than the MSS: as Linux sends with gso and tso off.
 *
 * PATH
 *
 *	tcp_write_xmit()		what window, cwnd and Nagle allow
 *	  tcp_transmit_skb()
 *	    tcp_v4_send()		tcp_ipv4.c: ip_build_and_send()
 *	tcp_retransmit.c		what is sent again
 *	tcp_send_ack(), tcp_send_fin(), tcp_send_active_reset(), tcp_write_wakeup()
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_alloc_queued() - A segment for the send queue
 * @tp: who sends
 * @room: bytes of payload it may grow to
 *
 * Return: empty; counted in wmem. tcp_free_queued() ends it.
 */
struct sk_buff *tcp_alloc_queued(struct tcp_sock *tp, uint32_t room)
{
	struct sk_buff *skb = alloc_skb_message(tp->inet.sk.world,
						SKB_HEADROOM + MAX_TCP_OPTION_SPACE + 20, room);

	skb->origin = tp->inet.sk.origin;
	*TCP_SKB_CB(skb) = (struct tcp_skb_cb){ .seq = tp->write_seq, .end_seq = tp->write_seq };
	tp->wmem += TCP_SKB_OVERHEAD;
	tcp_mem_charge(tp, TCP_SKB_OVERHEAD);
	return skb;
}

/**
 * tcp_free_queued() - A segment of ours is no longer needed
 * @tp: who sent
 * @skb: in a queue; consumed
 */
void tcp_free_queued(struct tcp_sock *tp, struct sk_buff *skb)
{
	list_del(&skb->list);
	tp->wmem -= TCP_SKB_OVERHEAD + skb_len(skb);
	tcp_mem_uncharge(tp, TCP_SKB_OVERHEAD + skb_len(skb));
	consume_skb(skb);
}

static uint16_t tcp_select_window(struct tcp_sock *tp)
{
	uint32_t cur = tcp_receive_window(tp), new, unit = 1U << tp->rcv_wscale;

	if (tp->ack_pending & ACK_NOMEM) {
		/* there was no room for what came: the peer shall stop */
		tp->pred = false;
		tp->rcv_wnd = 0;
		tp->rcv_wup = tp->rcv_nxt;
		return 0;
	}
	new = __tcp_select_window(tp);
	/* never take back what was promised */
	if (new < cur)
		new = (cur + unit - 1) & ~(unit - 1);
	new = tcp_u32_min(new, 65535U << tp->rcv_wscale);
	tp->rcv_wnd = new;
	tp->rcv_wup = tp->rcv_nxt;
	return (uint16_t)(new >> tp->rcv_wscale);
}

static void tcp_out_init(const struct tcp_sock *tp, struct tcp_out *out, uint32_t seq,
			 uint8_t flags)
{
	out->saddr = tp->inet.inet_saddr;
	out->daddr = tp->inet.inet_daddr;
	out->sport = tp->inet.inet_sport;
	out->dport = tp->inet.inet_dport;
	out->seq = seq;
	out->flags = flags;
	out->ack = flags & TCPHDR_ACK ? tp->rcv_nxt : 0;
	out->nr_opt = 0;
	out->urg_ptr = 0;
	out->ect = false;
}

/* How much before what was sent is urgent, in the header. As in __tcp_transmit_skb() */
static void tcp_out_urg(const struct tcp_sock *tp, struct tcp_out *out)
{
	if (tp->snd_up == tp->snd_una || !before(out->seq, tp->snd_up))
		return;
	if (before(tp->snd_up, out->seq + 0x10000)) {
		out->urg_ptr = (uint16_t)(tp->snd_up - out->seq);
		out->flags |= TCPHDR_URG;
	} else if (after(out->seq + 0xffff, tp->snd_nxt)) {
		out->urg_ptr = 0xffff;
		out->flags |= TCPHDR_URG;
	}
}

/* Marks of ECN on a segment that is no SYN: RFC 3168, 6.1. As tcp_ecn_send() */
static void tcp_ecn_send(struct tcp_sock *tp, struct tcp_out *out, uint32_t len)
{
	if (!(tp->ecn_flags & TCP_ECN_OK))
		return;
	/* new data only: never what is sent again, never a bare ACK */
	if (len && !before(out->seq, tp->snd_nxt)) {
		out->ect = true;
		if (tp->ecn_flags & TCP_ECN_QUEUE_CWR) {
			tp->ecn_flags &= (uint8_t)~TCP_ECN_QUEUE_CWR;
			out->flags |= TCPHDR_CWR;
		}
	}
	if (tp->ecn_flags & TCP_ECN_DEMAND_CWR)
		out->flags |= TCPHDR_ECE;
}

/* What follows from sending data. As tcp_event_data_sent() */
static void tcp_event_data_sent(struct tcp_sock *tp)
{
	int64_t now = tcp_now(tp);

	if (!tcp_packets_in_flight(tp))
		tcp_ca_tx_start(tp, now - tp->lsndtime_ns);
	tp->lsndtime_ns = now;
	/* an answer to what came just before: both sides talk */
	if (now - tp->ack_lrcvtime_ns < tp->ack_ato_ns && tp->ack_pingpong < UINT8_MAX)
		tp->ack_pingpong++;
}

/* Sends @skb (payload only; consumed): headers, accounting, timers of the receiving side. */
static int tcp_transmit(struct tcp_sock *tp, struct sk_buff *skb, uint32_t seq, uint8_t flags)
{
	struct rtable *rt = tcp_route(tp);
	uint32_t len = skb_len(skb);
	struct tcp_out out;

	if (!rt) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_OUTNOROUTES);
		return -EHOSTUNREACH;
	}
	tcp_out_init(tp, &out, seq, flags);
	if (flags & TCPHDR_SYN) {
		tcp_syn_out(tp, &out);
	} else {
		out.window = flags & TCPHDR_RST ? 0 : tcp_select_window(tp);
		if (flags & TCPHDR_RST)
			out.window = (uint16_t)(tcp_receive_window(tp) >> tp->rcv_wscale);
		tcp_put_options(tp, &out);
		tcp_out_urg(tp, &out);
		tcp_ecn_send(tp, &out, len);
	}
	if (flags & TCPHDR_ACK) {
		/* everything so far is acknowledged */
		if (tp->ack_quick)
			tp->ack_quick--;
		tp->ack_pending = 0;
		sim_timer_del(&tp->inet.sk.world->sim, &tp->delack_timer);
	}
	if (len) {
		tcp_event_data_sent(tp);
		tp->bytes_sent += len;
		tp->data_segs_out++;
	}
	tp->segs_out++;
	if (after(seq + len + !!(flags & TCPHDR_SYN) + !!(flags & TCPHDR_FIN), tp->snd_nxt) ||
	    (!len && !(flags & (TCPHDR_SYN | TCPHDR_FIN))))
		mib_inc(tp->inet.sk.net, Tcp_OutSegs);
	if (!skb->cause && tp->rx_cause)
		skb_set_cause(skb, tp->rx_cause, NG_CAUSE_REPLY);
	skb->dst_pending_confirm = tp->inet.sk.dst_pending_confirm;
	tp->inet.sk.dst_pending_confirm = false;
	return tcp_v4_send(tp->inet.sk.net, tp, rt, &out, skb);
}

static struct sk_buff *tcp_bare_skb(struct tcp_sock *tp)
{
	struct sk_buff *skb =
		alloc_skb(tp->inet.sk.world, SKB_HEADROOM + MAX_TCP_OPTION_SPACE + 20, 0);

	skb->origin = tp->inet.sk.origin;
	return skb;
}

/**
 * tcp_transmit_skb() - Puts a copy of a queued segment on the wire
 * @tp: who sends
 * @skb: stays in its queue
 *
 * Return: 0 or -errno.
 */
int tcp_transmit_skb(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	struct sk_buff *copy = skb_copy(skb, SKB_HEADROOM + MAX_TCP_OPTION_SPACE + 20);

	INIT_LIST_HEAD(&copy->list);
	memset(copy->cb, 0, sizeof(copy->cb));
	/* each time on the wire is a packet of its own; the queue remembers the first */
	copy->id = ++tp->inet.sk.world->next_skb_id;
	if (cb->sacked & TCPCB_EVER_RETRANS)
		skb_set_cause(copy, skb->cause, NG_CAUSE_AGAIN);
	else
		skb->cause = copy->id;
	cb->when_ns = tcp_now(tp);
	return tcp_transmit(tp, copy, cb->seq, cb->flags);
}

/**
 * tcp_sync_mss() - The path takes packets of this size
 * @tp: who sends
 * @pmtu: bytes with the IP header
 *
 * Return: the MSS: bytes of payload.
 */
uint32_t tcp_sync_mss(struct tcp_sock *tp, uint32_t pmtu)
{
	uint32_t mss = pmtu - 40, opt = tp->tstamp_ok ? 12 : 0, cutoff;

	if (mss > tp->rx_mss_clamp)
		mss = tp->rx_mss_clamp;
	mss = tcp_u32_max(mss, TCP_MIN_SND_MSS) - opt;
	/* half the peer's window at most */
	cutoff = tp->max_window > TCP_MSS_DEFAULT ? tp->max_window / 2 : tp->max_window;
	if (cutoff && mss > cutoff)
		mss = tcp_u32_max(cutoff, 68 - 20 - opt);
	tp->pmtu = pmtu;
	tp->mss_cache = mss;
	return mss;
}

/**
 * tcp_current_mss() - The MSS of a segment sent now
 * @tp: who sends
 *
 * Return: bytes: less while SACK blocks go along, and when the route's MTU changed.
 */
uint32_t tcp_current_mss(struct tcp_sock *tp)
{
	struct rtable *rt = tcp_route(tp);
	uint32_t mss = tp->mss_cache, n = tcp_nr_sack_blocks(tp);

	if (rt) {
		uint32_t mtu = ip_dst_mtu(rt, false);

		if (mtu != tp->pmtu)
			mss = tcp_sync_mss(tp, mtu);
	}
	return n ? mss - (4 + 8 * n) : mss;
}

/**
 * tcp_fragment() - Cuts a queued segment in two
 * @tp: who sends
 * @q: its queue
 * @skb: keeps the first @len bytes
 * @len: less than it has
 *
 * Return: 0.
 */
int tcp_fragment(struct tcp_sock *tp, struct list_head *q, struct sk_buff *skb, uint32_t len)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb), *ncb;
	uint32_t rest = skb_len(skb) - len;
	struct sk_buff *n = tcp_alloc_queued(tp, rest);

	ncb = TCP_SKB_CB(n);
	*ncb = *cb;
	n->origin = skb->origin;
	memcpy(skb_put(n, rest), skb->data + len, rest);
	skb_trim(skb, len);
	ncb->seq = cb->seq + len;
	cb->end_seq = ncb->seq;
	cb->flags &= (uint8_t) ~(TCPHDR_FIN | TCPHDR_PSH);
	list_add(&n->list, &skb->list);
	if (q == &tp->rtx_queue) {
		tp->packets_out++;
		if (ncb->sacked & TCPCB_SACKED)
			tp->sacked_out++;
		if (ncb->sacked & TCPCB_LOST)
			tp->lost_out++;
		if (ncb->sacked & TCPCB_RETRANS)
			tp->retrans_out++;
	}
	return 0;
}

/* may a short segment go although others are unanswered? Minshall's variant of Nagle's rule */
static bool tcp_nagle_test(const struct tcp_sock *tp, const struct sk_buff *skb, uint32_t mss,
			   int nonagle)
{
	if (nonagle & TCP_NAGLE_PUSH)
		return true;
	if (TCP_SKB_CB(skb)->flags & TCPHDR_FIN)
		return true;
	if (skb_len(skb) >= mss)
		return true;
	if (nonagle & TCP_NAGLE_CORK)
		return false;
	return (nonagle & TCP_NAGLE_OFF) || !tp->packets_out ||
	       !(after(tp->snd_sml, tp->snd_una) && !after(tp->snd_sml, tp->snd_nxt));
}

static void tcp_event_new_data_sent(struct tcp_sock *tp, struct sk_buff *skb)
{
	uint32_t prior = tp->packets_out;

	tp->snd_nxt = TCP_SKB_CB(skb)->end_seq;
	mib_inc(tp->inet.sk.net, TcpExt_TCPOrigDataSent);
	list_del(&skb->list);
	list_add_tail(&skb->list, &tp->rtx_queue);
	tp->packets_out++;
	if (!prior || tp->pending == TCP_TIME_LOSS_PROBE || tp->pending == TCP_TIME_PROBE0)
		tcp_rearm_rto(tp);
}

/**
 * tcp_write_xmit() - Sends what may be sent
 * @tp: who sends
 * @nonagle: TCP_NAGLE_* for the last segment
 * @push_one: 0; 1: one segment; 2: one segment whatever cwnd says (a probe of a lost tail)
 */
void tcp_write_xmit(struct tcp_sock *tp, int nonagle, int push_one)
{
	uint32_t mss = tcp_current_mss(tp), sent = 0;
	bool limited = false, rwnd_limited = false;
	struct sk_buff *skb;

	while ((skb = tcp_queue_head(&tp->write_queue))) {
		uint32_t len = skb_len(skb), end;
		bool last = skb->list.next == &tp->write_queue;

		if (push_one != 2 && tcp_packets_in_flight(tp) >= tp->snd_cwnd) {
			limited = true;
			break;
		}
		end = len > mss ? TCP_SKB_CB(skb)->seq + mss : TCP_SKB_CB(skb)->end_seq;
		rwnd_limited = after(end, tcp_wnd_end(tp));
		if (rwnd_limited)
			break;
		if (!tcp_nagle_test(tp, skb, mss, last ? nonagle : TCP_NAGLE_PUSH))
			break;
		if (len > mss)
			tcp_fragment(tp, &tp->write_queue, skb, mss);
		tcp_transmit_skb(tp, skb);
		tcp_rate_skb_sent(tp, TCP_SKB_CB(skb));
		tcp_event_new_data_sent(tp, skb);
		if (skb_len(skb) < mss)
			tp->snd_sml = TCP_SKB_CB(skb)->end_seq;
		sent++;
		if (push_one)
			break;
	}
	if (rwnd_limited)
		tcp_chrono_start(tp, TCP_CHRONO_RWND_LIMITED);
	else
		tcp_chrono_stop(tp, TCP_CHRONO_RWND_LIMITED);
	if (sent) {
		if (tp->ca_state == TCP_CA_Recovery || tp->ca_state == TCP_CA_CWR)
			tp->prr_out += sent;
		if (push_one != 2)
			tcp_schedule_loss_probe(tp, false);
		tcp_cwnd_validate(tp, limited || tcp_packets_in_flight(tp) >= tp->snd_cwnd);
	}
}

/**
 * tcp_push_pending_frames() - Sends what may be sent, and sees to it that the rest goes some time
 * @tp: who sends
 */
void tcp_push_pending_frames(struct tcp_sock *tp)
{
	if (list_empty(&tp->write_queue) || tp->state == TCP_CLOSE)
		return;
	tcp_write_xmit(tp, tp->nonagle, 0);
	tcp_check_probe_timer(tp);
}

/**
 * tcp_send_ack() - A segment without data
 * @tp: who sends
 */
void tcp_send_ack(struct tcp_sock *tp)
{
	if (tp->state == TCP_CLOSE)
		return;
	tcp_transmit(tp, tcp_bare_skb(tp), tp->snd_nxt, TCPHDR_ACK);
}

/**
 * tcp_send_delayed_ack() - An answer within 40 ms, unless data goes first
 * @tp: who sends
 */
void tcp_send_delayed_ack(struct tcp_sock *tp)
{
	int64_t ato = tp->ack_ato_ns, now = tcp_now(tp), due;

	if (ato > TCP_DELACK_MIN) {
		int64_t max = tcp_in_pingpong(tp) || (tp->ack_pending & ACK_PUSHED)
				      ? TCP_DELACK_MAX
				      : NSEC_PER_SEC / 2;

		if (tp->srtt_ns)
			max = tcp_i64_min(max, tcp_i64_max(tp->srtt_ns, TCP_DELACK_MIN));
		ato = tcp_i64_min(ato, max);
	}
	ato = tcp_i64_min(ato, tcp_delack_max(tp));
	due = tcp_wheel(now, ato);
	if (sim_timer_pending(&tp->delack_timer)) {
		if (tp->delack_timer.due_ns <= now + (ato >> 2)) {
			tcp_send_ack(tp);
			return;
		}
		due = tcp_i64_min(due, tp->delack_timer.due_ns);
	}
	tp->ack_pending |= ACK_SCHED | ACK_TIMER;
	sim_timer_mod(&tp->inet.sk.world->sim, &tp->delack_timer, due);
}

/**
 * tcp_send_fin() - No more data will come
 * @tp: who sends
 */
void tcp_send_fin(struct tcp_sock *tp)
{
	struct sk_buff *tail = tcp_queue_tail(&tp->write_queue);

	if (tail) {
		TCP_SKB_CB(tail)->flags |= TCPHDR_FIN;
		TCP_SKB_CB(tail)->end_seq++;
		tp->write_seq++;
	} else {
		tail = tcp_alloc_queued(tp, 0);
		TCP_SKB_CB(tail)->flags = TCPHDR_ACK | TCPHDR_FIN;
		TCP_SKB_CB(tail)->end_seq++;
		tp->write_seq++;
		list_add_tail(&tail->list, &tp->write_queue);
		tcp_chrono_start(tp, TCP_CHRONO_BUSY);
	}
	if (list_empty(&tp->write_queue) || tp->state == TCP_CLOSE)
		return;
	tcp_write_xmit(tp, TCP_NAGLE_OFF, 0);
	tcp_check_probe_timer(tp);
}

/**
 * tcp_send_active_reset() - The connection ends at once
 * @tp: who sends
 */
void tcp_send_active_reset(struct tcp_sock *tp)
{
	uint32_t seq = before(tcp_wnd_end(tp), tp->snd_nxt) ? tcp_wnd_end(tp) : tp->snd_nxt;

	mib_inc(tp->inet.sk.net, Tcp_OutRsts);
	tcp_transmit(tp, tcp_bare_skb(tp), seq, TCPHDR_ACK | TCPHDR_RST);
}

/* A segment that only asks for an answer: an old number. */
static int tcp_xmit_probe_skb(struct tcp_sock *tp, int mib)
{
	tp->inet.sk.net->ipv4->mib.v[mib]++;
	return tcp_transmit(tp, tcp_bare_skb(tp), tp->snd_una - 1, TCPHDR_ACK);
}

/**
 * tcp_write_wakeup() - Makes the peer tell its window: some data if it fits, or a probe
 * @tp: who sends
 * @mib: what counts a probe
 *
 * Return: 0 or -errno.
 */
int tcp_write_wakeup(struct tcp_sock *tp, int mib)
{
	struct sk_buff *skb = tcp_queue_head(&tp->write_queue);
	uint32_t mss, seg;
	int err;

	if (tp->state == TCP_CLOSE)
		return -1;
	if (!skb || !before(TCP_SKB_CB(skb)->seq, tcp_wnd_end(tp)))
		return tcp_xmit_probe_skb(tp, mib);
	mss = tcp_current_mss(tp);
	seg = tcp_u32_min(tcp_wnd_end(tp) - TCP_SKB_CB(skb)->seq, mss);
	if (seg < skb_len(skb)) {
		TCP_SKB_CB(skb)->flags |= TCPHDR_PSH;
		tcp_fragment(tp, &tp->write_queue, skb, seg);
	}
	TCP_SKB_CB(skb)->flags |= TCPHDR_PSH;
	if (before(tp->pushed_seq, TCP_SKB_CB(skb)->end_seq))
		tp->pushed_seq = TCP_SKB_CB(skb)->end_seq;
	err = tcp_transmit_skb(tp, skb);
	if (!err) {
		tcp_rate_skb_sent(tp, TCP_SKB_CB(skb));
		tcp_event_new_data_sent(tp, skb);
	}
	return err;
}

/**
 * tcp_probe0_when() - How long until a shut window is asked for again
 * @tp: who sends
 *
 * Return: ns: doubled each time.
 */
int64_t tcp_probe0_when(const struct tcp_sock *tp)
{
	int64_t when = tcp_i64_max(tp->rto_ns, tcp_rto_min(tp)) << tcp_u32_min(tp->backoff, 16);

	return tcp_i64_min(when, tcp_rto_max(tp));
}

/**
 * tcp_send_probe0() - The window is shut: asks again, less and less often
 * @tp: who sends
 */
void tcp_send_probe0(struct tcp_sock *tp)
{
	int err = tcp_write_wakeup(tp, MIB_TcpExt_TCPWinProbe);
	int64_t timeout;

	if (tp->packets_out || list_empty(&tp->write_queue)) {
		tp->probes_out = 0;
		tp->backoff = 0;
		tp->probes_tstamp_ns = 0;
		return;
	}
	tp->probes_out++;
	if (err <= 0) {
		if (tp->backoff < tcp_ns(tp)->sysctl_tcp_retries2)
			tp->backoff++;
		timeout = tcp_probe0_when(tp);
	} else {
		timeout = NSEC_PER_SEC / 2;
	}
	tcp_reset_xmit_timer(tp, TCP_TIME_PROBE0, timeout);
}

/**
 * tcp_send_synack() - Both ends sent a SYN at the same time: ours again, with an ACK
 * @tp: in TCP_SYN_SENT, its SYN first in the retransmit queue
 */
void tcp_send_synack(struct tcp_sock *tp)
{
	struct sk_buff *skb = tcp_queue_head(&tp->rtx_queue);

	if (!skb || !(TCP_SKB_CB(skb)->flags & TCPHDR_SYN))
		return;
	TCP_SKB_CB(skb)->flags &= (uint8_t) ~(TCPHDR_ECE | TCPHDR_CWR);
	TCP_SKB_CB(skb)->flags |= TCPHDR_ACK;
	if (tp->ecn_flags & TCP_ECN_OK)
		TCP_SKB_CB(skb)->flags |= TCPHDR_ECE;
	tcp_transmit_skb(tp, skb);
}

/**
 * tcp_connect_init() - What a connecting socket begins with
 * @tp: addresses, ports and route are known
 */
void tcp_connect_init(struct tcp_sock *tp)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(tp);
	struct rtable *rt = tcp_route(tp);
	struct tcp_initial_window window;

	tcp_ca_dst_init(tp, rt);
	tp->rx_mss_clamp = tp->user_mss ? tp->user_mss : 65535;
	tp->max_window = 0;
	tp->tstamp_ok = ipv4->sysctl_tcp_timestamps;
	tcp_sync_mss(tp, rt ? ip_dst_mtu(rt, false) : 1500);
	tp->advmss = rt ? tcp_dst_advmss(rt) : TCP_MSS_DEFAULT;
	if (tp->user_mss && tp->user_mss < tp->advmss)
		tp->advmss = tp->user_mss;
	tcp_initialize_rcv_mss(tp);
	tcp_select_initial_window(tp, rt, tp->advmss, ipv4->sysctl_tcp_window_scaling, &window);
	tp->rcv_wnd = window.rcv_wnd;
	tp->window_clamp = window.window_clamp;
	tp->rcv_wscale = window.rcv_wscale;
	tp->rcv_ssthresh = tp->rcv_wnd;
	tp->snd_wnd = 0;
	tp->snd_una = tp->write_seq;
	tp->snd_sml = tp->write_seq;
	tp->snd_up = tp->write_seq;
	tp->snd_nxt = tp->write_seq;
	tp->rcv_nxt = 0;
	tp->rcv_wup = 0;
	tp->copied_seq = 0;
	tp->rto_ns = TCP_TIMEOUT_INIT;
	tp->retransmits = 0;
	tcp_clear_retrans(tp);
}

/**
 * tcp_connect() - Sends the SYN
 * @tp: in TCP_SYN_SENT
 */
void tcp_connect(struct tcp_sock *tp)
{
	struct sk_buff *skb;

	tcp_connect_init(tp);
	mib_inc(tp->inet.sk.net, Tcp_ActiveOpens);
	mib_inc(tp->inet.sk.net, Tcp_OutSegs);
	skb = tcp_alloc_queued(tp, 0);
	TCP_SKB_CB(skb)->flags = TCPHDR_SYN;
	tp->ecn_flags = 0;
	if (tcp_ns(tp)->sysctl_tcp_ecn == 1 || tcp_dst_ecn(tp->rt)) {
		TCP_SKB_CB(skb)->flags |= TCPHDR_ECE | TCPHDR_CWR;
		tp->ecn_flags = TCP_ECN_OK;
	}
	TCP_SKB_CB(skb)->end_seq++;
	tp->write_seq++;
	tp->snd_nxt = tp->write_seq;
	tp->pushed_seq = tp->write_seq;
	list_add_tail(&skb->list, &tp->rtx_queue);
	tcp_rate_skb_sent(tp, TCP_SKB_CB(skb));
	tp->packets_out++;
	tp->retrans_stamp_ns = tcp_now(tp);
	tcp_transmit_skb(tp, skb);
	tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, tp->rto_ns);
}
