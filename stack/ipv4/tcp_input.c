/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_input.c - what a segment does to a connection: RFC 9293, 3.10.7
 *
 * mirrors net/ipv4/tcp_input.c; acknowledgements are in tcp_ack.c, data in tcp_data.c
 *
 * PATH
 *
 *	tcp_rcv_established()
 *	  tcp_validate_incoming()	tcp_validate.c: PAWS, sequence, RST, SYN
 *	  tcp_ack()			tcp_ack.c
 *	  tcp_data_queue()		tcp_data.c
 *	tcp_rcv_state_process()		the other states
 *	  tcp_rcv_synsent()
 */
#include "ipv4/tcp_ack.h"

static uint32_t get_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void parse_sack(struct tcp_options *opt, const uint8_t *p, unsigned int len)
{
	unsigned int n = len / 8;

	for (unsigned int i = 0; i < n && opt->num_sacks < TCP_MAX_SACKS; i++, p += 8)
		opt->sacks[opt->num_sacks++] =
			(struct tcp_sack_block){ get_u32(p), get_u32(p + 4) };
}

static void parse_one_option(const struct tcphdr *th, struct tcp_options *opt, const uint8_t *p,
			     bool estab)
{
	unsigned int size = p[1];

	switch (p[0]) {
	case TCPOPT_MSS:
		if (size == 4 && th->syn && !estab)
			opt->mss_clamp = (uint16_t)(p[2] << 8 | p[3]);
		break;
	case TCPOPT_WINDOW:
		if (size == 3 && th->syn && !estab) {
			opt->wscale_ok = true;
			opt->snd_wscale = p[2] > TCP_MAX_WSCALE ? TCP_MAX_WSCALE : p[2];
		}
		break;
	case TCPOPT_TIMESTAMP:
		if (size == 10) {
			opt->saw_tstamp = true;
			opt->tsval = get_u32(p + 2);
			opt->tsecr = get_u32(p + 6);
		}
		break;
	case TCPOPT_SACK_PERM:
		if (size == 2 && th->syn && !estab)
			opt->sack_ok = true;
		break;
	case TCPOPT_SACK:
		if (size >= 10 && (size - 2) % 8 == 0)
			parse_sack(opt, p + 2, size - 2);
		break;
	case 19: /* TCPOPT_MD5SIG, which no header of ours has */
		opt->md5 = size == 18;
		break;
	case 34: /* TCPOPT_FASTOPEN */
		opt->fastopen_asked = size == 2 && th->syn && !estab;
		break;
	}
}

/**
 * tcp_parse_options() - Reads the options
 * @th: the header; all of it is there
 * @opt: filled
 * @estab: the connection stands: options of a SYN no longer count
 *
 * Return: true. What is cut short ends the list, as in the kernel.
 */
bool tcp_parse_options(const struct tcphdr *th, struct tcp_options *opt, bool estab)
{
	const uint8_t *p = (const uint8_t *)(th + 1);
	int left = th->doff * 4 - (int)sizeof(*th);

	*opt = (struct tcp_options){ 0 };
	while (left > 0) {
		if (*p == TCPOPT_EOL)
			break;
		if (*p == TCPOPT_NOP) {
			p++;
			left--;
			continue;
		}
		if (left < 2 || p[1] < 2 || p[1] > left)
			break;
		parse_one_option(th, opt, p, estab);
		left -= p[1];
		p += p[1];
	}
	return true;
}

/**
 * tcp_reset() - The peer broke the connection off
 * @tp: the connection; an orphan may be freed
 */
void tcp_reset(struct tcp_sock *tp)
{
	switch (tp->state) {
	case TCP_SYN_SENT:
		tp->inet.sk.err = ECONNREFUSED;
		break;
	case TCP_CLOSE_WAIT:
		tp->inet.sk.err = EPIPE;
		break;
	case TCP_CLOSE:
		return;
	default:
		tp->inet.sk.err = ECONNRESET;
	}
	wake_up(&tp->inet.sk.wait);
	tcp_done(tp);
}

/* reads the options a standing connection cares for */
static void tcp_fast_parse(struct tcp_sock *tp, const struct tcphdr *th)
{
	const uint8_t *p = (const uint8_t *)(th + 1);
	struct tcp_options opt;

	tp->saw_tstamp = false;
	tp->has_sack = false;
	if (th->doff == sizeof(*th) / 4)
		return;
	/* the usual case: nothing but NOP, NOP, timestamps */
	if (tp->tstamp_ok && th->doff == 8 && p[0] == TCPOPT_NOP && p[1] == TCPOPT_NOP &&
	    p[2] == TCPOPT_TIMESTAMP && p[3] == 10) {
		tp->saw_tstamp = true;
		tp->rcv_tsval = get_u32(p + 4);
		tp->rcv_tsecr = get_u32(p + 8) ? get_u32(p + 8) - tp->ts_off : 0;
		return;
	}
	tcp_parse_options(th, &opt, true);
	if (opt.saw_tstamp && tp->tstamp_ok) {
		tp->saw_tstamp = true;
		tp->rcv_tsval = opt.tsval;
		tp->rcv_tsecr = opt.tsecr ? opt.tsecr - tp->ts_off : 0;
	}
	tp->has_sack = tp->sack_ok && opt.num_sacks;
}

/* after the segment: sends what may go now, and the answer */
static void tcp_after_segment(struct tcp_sock *tp)
{
	if (tp->destroyed || tp->state == TCP_CLOSE)
		return;
	tcp_push_pending_frames(tp);
	tcp_check_space(tp);
	tcp_ack_snd_check(tp);
}

/**
 * tcp_fast_path_check() - May the next header be foreseen? Not while something is out of order
 * @tp: the connection
 */
void tcp_fast_path_check(struct tcp_sock *tp)
{
	const struct sock *sk = &tp->inet.sk;

	tp->pred =
		list_empty(&tp->ofo_queue) && tp->rcv_wnd && sk->rmem < sk->rcvbuf && !tp->urg_data;
}

/* the next segment in order, with nothing new in its header. As the test of pred_flags */
static bool header_is_foreseen(const struct tcp_sock *tp, const struct sk_buff *skb,
			       const struct tcphdr *th)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	return tp->pred && (cb->flags & (uint8_t)~TCPHDR_PSH) == TCPHDR_ACK && !tp->has_sack &&
	       th->doff == (tp->tstamp_ok ? 8 : 5) && tp->saw_tstamp == tp->tstamp_ok &&
	       (uint32_t)be16_to_cpu(th->window) << tp->snd_wscale == tp->snd_wnd &&
	       cb->seq == tp->rcv_nxt && !after(cb->ack_seq, tp->snd_nxt) &&
	       (!tp->tstamp_ok || (int32_t)(tp->rcv_tsval - tp->ts_recent) >= 0);
}

/* The fast path; consumes. false: the segment needs a closer look */
static bool tcp_rcv_fast(struct tcp_sock *tp, struct sk_buff *skb, const struct tcphdr *th)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t len = cb->end_seq - cb->seq;

	if (!header_is_foreseen(tp, skb, th))
		return false;
	if (!len) {
		tcp_ack(tp, skb, 0);
		consume_skb(skb);
		tcp_push_pending_frames(tp);
		tcp_check_space(tp);
		return true;
	}
	if (len > tcp_receive_window(tp) || cb->truesize > tp->forward_alloc)
		return false;
	mib_inc(tp->inet.sk.net, TcpExt_TCPHPHits);
	if (cb->ack_seq != tp->snd_una)
		tcp_ack(tp, skb, FLAG_DATA);
	else
		tp->snd_wl1 = cb->seq;
	if (tp->tstamp_ok)
		tcp_replace_ts_recent(tp, cb->seq);
	tcp_data_queue_fast(tp, skb);
	tcp_after_segment(tp);
	return true;
}

/**
 * tcp_rcv_established() - A segment of a connection that stands
 * @tp: the connection
 * @skb: consumed; data at the TCP header
 */
void tcp_rcv_established(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcphdr *th = (void *)skb->data;

	sock_hold(&tp->inet.sk);
	tcp_fast_parse(tp, th);
	if (tcp_rcv_fast(tp, skb, th))
		goto out;
	if (!th->ack && !th->rst && !th->syn) {
		tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_FLAGS);
		goto out;
	}
	if (!tcp_validate_incoming(tp, skb, th))
		goto out;
	if (tcp_ack(tp, skb, FLAG_SLOWPATH) < 0) {
		tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_INVALID_SEQUENCE);
		goto out;
	}
	tcp_rcv_rtt_measure_ts(tp, skb);
	tcp_urg(tp, skb, th);
	tcp_data_queue(tp, skb);
	tcp_after_segment(tp);
out:
	sock_put(&tp->inet.sk);
}

/**
 * tcp_init_buffer_space() - The connection stands: how large its buffers are
 * @tp: the connection
 */
void tcp_init_buffer_space(struct tcp_sock *tp)
{
	uint32_t nr = tcp_u32_max(tcp_u32_max(TCP_INIT_CWND, tp->snd_cwnd), tp->reordering + 1);
	uint32_t want = 2 * nr * 2304, max = tcp_full_space(tp);

	if (tp->inet.sk.sndbuf == tp->sndbuf_auto && want > tp->inet.sk.sndbuf) {
		tp->inet.sk.sndbuf = tcp_u32_min(want, (uint32_t)tcp_ns(tp)->sysctl_tcp_wmem[2]);
		tp->sndbuf_auto = tp->inet.sk.sndbuf;
	}
	tp->rcvq_space.time_ns = tcp_now(tp);
	tp->rcvq_space.seq = tp->copied_seq;
	if (tp->window_clamp >= max)
		tp->window_clamp = max;
	/* room for one segment is kept back */
	if (tp->window_clamp > 2 * tp->advmss && tp->window_clamp + tp->advmss > max)
		tp->window_clamp = tcp_u32_max(2 * tp->advmss, max - tp->advmss);
	tp->rcv_ssthresh = tcp_u32_min(tp->rcv_ssthresh, tp->window_clamp);
	tp->rcvq_space.space =
		tcp_u32_min(tcp_u32_min(tp->rcv_ssthresh, tp->rcv_wnd), TCP_INIT_CWND * tp->advmss);
}

/* The handshake is over: cwnd and the timeout begin anew. As tcp_init_transfer() */
static void tcp_init_transfer(struct tcp_sock *tp)
{
	tcp_confirm(tp); /* tcp_init_metrics() */
	if (!tp->srtt_ns) {
		/* the SYN was sent again: nothing was measured; RFC 6298, 5.7 */
		tp->rttvar_ns = TCP_TIMEOUT_FALLBACK;
		tp->mdev_ns = tp->rttvar_ns;
		tp->mdev_max_ns = tp->rttvar_ns;
		tp->rto_ns = TCP_TIMEOUT_FALLBACK;
	}
	tp->snd_ssthresh = TCP_INFINITE_SSTHRESH; /* lost SYNs say nothing of the way */
	tp->snd_cwnd = tp->total_retrans > 1 && tp->undo_marker ? 1 : tcp_init_cwnd(tp);
	tp->snd_cwnd_stamp_ns = tcp_now(tp);
	tcp_init_buffer_space(tp);
}

/* the answer was to the first SYN: the later ones were needless. As tcp_try_undo_spurious_syn() */
static void undo_spurious_syn(struct tcp_sock *tp)
{
	if (tp->undo_marker && tp->retrans_stamp_ns && tp->saw_tstamp &&
	    (uint32_t)(tp->retrans_stamp_ns / NSEC_PER_MSEC) == tp->rcv_tsecr)
		tp->undo_marker = 0;
}

static void tcp_finish_connect(struct tcp_sock *tp)
{
	tcp_set_state(tp, TCP_ESTABLISHED);
	tp->inet.connected = true;
	tcp_init_transfer(tp);
	tp->lsndtime_ns = tcp_now(tp);
	tp->ack_lrcvtime_ns = tcp_now(tp);
	tp->pred = !tp->snd_wscale;
	if (tp->inet.sk.keepalive)
		tcp_reset_keepalive_timer(tp, tcp_keepalive_time_when(tp));
	wake_up(&tp->inet.sk.wait);
}

/* takes over what the peer's SYN says */
static void tcp_take_syn(struct tcp_sock *tp, const struct sk_buff *skb,
			 const struct tcp_options *opt)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(tp);
	const struct tcphdr *th = (const void *)skb->data;
	uint32_t clamp = opt->mss_clamp ? opt->mss_clamp : TCP_MSS_DEFAULT;

	tp->tstamp_ok = opt->saw_tstamp && ipv4->sysctl_tcp_timestamps;
	tp->sack_ok = opt->sack_ok && ipv4->sysctl_tcp_sack;
	tp->wscale_ok = opt->wscale_ok && ipv4->sysctl_tcp_window_scaling;
	tp->snd_wscale = tp->wscale_ok ? opt->snd_wscale : 0;
	if (!tp->wscale_ok) {
		tp->rcv_wscale = 0;
		tp->window_clamp = tcp_u32_min(tp->window_clamp, 65535);
	}
	if (tp->tstamp_ok) {
		tp->rcv_tsval = opt->tsval;
		tcp_store_ts_recent(tp);
		tp->advmss -= 12;
	}
	if (tp->user_mss && tp->user_mss < clamp)
		clamp = tp->user_mss;
	tp->rx_mss_clamp = clamp;
	tp->irs = TCP_SKB_CB(skb)->seq;
	tp->rcv_nxt = tp->irs + 1;
	tp->rcv_wup = tp->rcv_nxt;
	tp->copied_seq = tp->rcv_nxt;
	tp->snd_wnd = be16_to_cpu(th->window);
	tp->max_window = tp->snd_wnd;
	tp->snd_wl1 = tp->irs;
	tcp_sync_mss(tp, tp->pmtu ? tp->pmtu : 1500);
	tcp_initialize_rcv_mss(tp);
}

/* In SYN_SENT. true: the peer gets a RST (the segment is still the caller's) */
static bool tcp_rcv_synsent(struct tcp_sock *tp, struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	struct tcp_options opt;

	tcp_parse_options(th, &opt, false);
	if (opt.saw_tstamp && opt.tsecr)
		opt.tsecr -= tp->ts_off;
	if (th->ack) {
		if (!after(cb->ack_seq, tp->snd_una) || after(cb->ack_seq, tp->snd_nxt))
			return true;
		if (th->rst) {
			tcp_reset(tp);
			consume_skb(skb);
			return false;
		}
		if (!th->syn)
			goto discard;
		if (!th->ece || th->cwr)
			tp->ecn_flags &= (uint8_t)~TCP_ECN_OK;
		tcp_take_syn(tp, skb, &opt);
		tp->saw_tstamp = opt.saw_tstamp;
		tp->rcv_tsecr = opt.tsecr;
		tp->has_sack = false;
		undo_spurious_syn(tp);
		if (tcp_ack(tp, skb, FLAG_SLOWPATH) < 0)
			goto discard;
		tcp_finish_connect(tp);
		tcp_send_ack(tp);
		/* data in a SYN-ACK is not taken: it comes again */
		consume_skb(skb);
		return false;
	}
	if (th->rst || !th->syn)
		goto discard;
	/* both at once: RFC 9293, figure 7 */
	tcp_set_state(tp, TCP_SYN_RECV);
	tcp_take_syn(tp, skb, &opt);
	if (!th->ece || !th->cwr)
		tp->ecn_flags &= (uint8_t)~TCP_ECN_OK;
	tcp_send_synack(tp);
discard:
	kfree_skb_reason(skb, SKB_DROP_REASON_TCP_FLAGS);
	return false;
}

/* The ACK of our SYN: it stands. */
static void tcp_synrecv_established(struct tcp_sock *tp, const struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;

	tp->delivered++;
	undo_spurious_syn(tp);
	tp->retrans_stamp_ns = 0;
	tcp_init_transfer(tp);
	tcp_set_state(tp, TCP_ESTABLISHED);
	tp->inet.connected = true;
	tp->snd_una = TCP_SKB_CB(skb)->ack_seq;
	tp->snd_wnd = (uint32_t)be16_to_cpu(th->window) << tp->snd_wscale;
	tp->snd_wl1 = TCP_SKB_CB(skb)->seq;
	tp->lsndtime_ns = tcp_now(tp);
	if (tp->max_window < tp->snd_wnd)
		tp->max_window = tp->snd_wnd;
	tcp_sync_mss(tp, tp->pmtu ? tp->pmtu : 1500);
	tcp_initialize_rcv_mss(tp);
	tcp_fast_path_check(tp);
	if (tp->inet.sk.keepalive)
		tcp_reset_keepalive_timer(tp, tcp_keepalive_time_when(tp));
	wake_up(&tp->inet.sk.wait);
}

/* Our FIN is acknowledged. true: the connection is no more */
static bool tcp_fin_acked(struct tcp_sock *tp)
{
	int64_t tmo;

	switch (tp->state) {
	case TCP_FIN_WAIT1:
		tp->inet.sk.shutdown |= 2;
		tcp_set_state(tp, TCP_FIN_WAIT2);
		if (!tp->inet.sk.dead) {
			wake_up(&tp->inet.sk.wait);
			return false;
		}
		if (tp->linger2_s < 0) {
			mib_inc(tp->inet.sk.net, TcpExt_TCPAbortOnData);
			tcp_done(tp);
			return true;
		}
		tmo = tcp_fin_time(tp);
		if (tmo > TCP_TIMEWAIT_LEN) {
			tcp_reset_keepalive_timer(tp, tmo - TCP_TIMEWAIT_LEN);
			return false;
		}
		tcp_time_wait(tp, TCP_FIN_WAIT2, tmo);
		return true;
	case TCP_CLOSING:
		tcp_time_wait(tp, TCP_TIME_WAIT, 0);
		return true;
	case TCP_LAST_ACK:
		tcp_done(tp);
		return true;
	}
	return false;
}

/* data nobody will read: the peer must know */
static bool tcp_data_after_close(const struct tcp_sock *tp, const struct sk_buff *skb,
				 const struct tcphdr *th)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	return (tp->inet.sk.shutdown & 1) && cb->end_seq != cb->seq &&
	       after(cb->end_seq - th->fin, tp->rcv_nxt);
}

/* The tail of tcp_rcv_state_process(): data and FIN; consumes. true: RST (the segment is the caller's) */
static bool tcp_state_data(struct tcp_sock *tp, struct sk_buff *skb, const struct tcphdr *th)
{
	switch (tp->state) {
	case TCP_CLOSE_WAIT:
	case TCP_CLOSING:
	case TCP_LAST_ACK:
		if (!before(TCP_SKB_CB(skb)->seq, tp->rcv_nxt)) {
			tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_OVERWINDOW);
			break;
		}
		tcp_data_queue(tp, skb);
		break;
	case TCP_FIN_WAIT1:
	case TCP_FIN_WAIT2:
		if (tcp_data_after_close(tp, skb, th)) {
			mib_inc(tp->inet.sk.net, TcpExt_TCPAbortOnData);
			tcp_reset(tp);
			return true;
		}
		tcp_data_queue(tp, skb);
		break;
	case TCP_ESTABLISHED:
		tcp_data_queue(tp, skb);
		break;
	default:
		tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_FLAGS);
		return false;
	}
	tcp_after_segment(tp);
	return false;
}

static bool tcp_state_process(struct tcp_sock *tp, struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	int acceptable;

	tcp_fast_parse(tp, th);
	if (!th->ack && !th->rst && !th->syn) {
		tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_FLAGS);
		return false;
	}
	if (!tcp_validate_incoming(tp, skb, th))
		return false;
	acceptable = tcp_ack(tp, skb, FLAG_SLOWPATH | FLAG_NO_CHALLENGE_ACK);
	if (acceptable < 0 || (!acceptable && tp->state == TCP_SYN_RECV)) {
		if (tp->state == TCP_SYN_RECV)
			return true;
		tcp_send_challenge_ack(tp);
		tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_INVALID_SEQUENCE);
		return false;
	}
	if (tp->state == TCP_SYN_RECV)
		tcp_synrecv_established(tp, skb);
	else if (tp->snd_una == tp->write_seq &&
		 (TCPF(tp->state) &
		  (TCPF(TCP_FIN_WAIT1) | TCPF(TCP_CLOSING) | TCPF(TCP_LAST_ACK)))) {
		/* with a FIN or data in the same segment FIN_WAIT1 is left in order */
		bool more = TCP_SKB_CB(skb)->end_seq != TCP_SKB_CB(skb)->seq;

		if (tp->state == TCP_FIN_WAIT1 && more) {
			tp->inet.sk.shutdown |= 2;
			if (tcp_data_after_close(tp, skb, th))
				return tcp_state_data(tp, skb, th);
			tcp_set_state(tp, TCP_FIN_WAIT2);
			if (tp->inet.sk.dead)
				tcp_reset_keepalive_timer(tp, tcp_fin_time(tp));
		} else if (tcp_fin_acked(tp)) {
			consume_skb(skb);
			return false;
		}
	}
	tcp_urg(tp, skb, th);
	return tcp_state_data(tp, skb, th);
}

/**
 * tcp_rcv_state_process() - A segment in any state but ESTABLISHED, LISTEN and TIME_WAIT
 * @tp: the connection; may be freed when nobody else holds it
 * @skb: data at the TCP header; consumed unless true is returned
 *
 * Return: true: answer with a RST.
 */
bool tcp_rcv_state_process(struct tcp_sock *tp, struct sk_buff *skb)
{
	bool rst;

	if (tp->state == TCP_CLOSE) {
		kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
		return false;
	}
	sock_hold(&tp->inet.sk);
	if (tp->state == TCP_SYN_SENT)
		rst = tcp_rcv_synsent(tp, skb);
	else
		rst = tcp_state_process(tp, skb);
	sock_put(&tp->inet.sk);
	return rst;
}
