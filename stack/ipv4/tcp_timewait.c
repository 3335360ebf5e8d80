/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_timewait.c - after a connection: what is left of it answers what still comes
 *
 * mirrors net/ipv4/inet_timewait_sock.c and the TIME_WAIT part of tcp_minisocks.c
 *
 * PATH
 *
 *	tcp_time_wait()
 *	tcp_timewait_rcv()
 */
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_timewait_free() - Its time is over, or its place is needed
 * @tw: freed
 */
void tcp_timewait_free(struct tcp_timewait_sock *tw)
{
	sim_timer_del(&tw->net->world->sim, &tw->timer);
	tcp_ehash_del(&tw->hash);
	list_del(&tw->bind_node);
	list_del(&tw->list);
	tcp_hashinfo(tw->net)->nr_timewaits--;
	free(tw);
}

static void timewait_timer(struct sim_timer *timer)
{
	tcp_timewait_free(container_of(timer, struct tcp_timewait_sock, timer));
}

static void timewait_schedule(struct tcp_timewait_sock *tw, int64_t timeo_ns)
{
	tw->expires_ns = world_now(tw->net->world) + timeo_ns;
	sim_timer_mod(&tw->net->world->sim, &tw->timer, tw->expires_ns);
}

/**
 * tcp_time_wait() - The connection is over but for what may still come
 * @tp: ends here; an orphan may be freed
 * @substate: TCP_TIME_WAIT, or TCP_FIN_WAIT2: the peer's FIN is still awaited
 * @timeo_ns: how long, for TCP_FIN_WAIT2
 */
void tcp_time_wait(struct tcp_sock *tp, uint8_t substate, int64_t timeo_ns)
{
	struct net *net = tp->inet.sk.net;
	struct tcp_hashinfo *h = tcp_hashinfo(net);
	struct tcp_timewait_sock *tw = NULL;

	if (h->nr_timewaits >= (uint32_t)net->ipv4->sysctl_tcp_max_tw_buckets) {
		mib_inc(net, TcpExt_TCPTimeWaitOverflow);
	} else {
		tw = xzalloc(sizeof(*tw));
		tw->net = net;
		tw->timer.fn = timewait_timer;
		tw->substate = substate;
		tw->hash = tp->hash;
		tw->hash.node = (struct hlist_node){ NULL, NULL };
		tw->hash.kind = TCP_HASH_TW;
		tw->num = be16_to_cpu(tp->hash.sport);
		tw->tos = tp->inet.tos;
		tw->rcv_nxt = tp->rcv_nxt;
		tw->snd_nxt = tp->snd_nxt;
		tw->rcv_wnd = tcp_receive_window(tp);
		tw->rcv_wscale = tp->rcv_wscale;
		tw->tstamp_ok = tp->tstamp_ok;
		tw->ts_recent = tp->ts_recent;
		tw->ts_recent_stamp_ns = tp->ts_recent_stamp_ns;
		tw->ts_off = tp->ts_off;
		if (substate == TCP_TIME_WAIT)
			timeo_ns = TCP_TIMEWAIT_LEN;
		tcp_ehash_del(&tp->hash);
		tcp_ehash_add(net, &tw->hash);
		list_add_tail(&tw->bind_node, &h->tw_bind[tw->num % TCP_BHASH_SIZE]);
		list_add_tail(&tw->list, &h->timewaits);
		h->nr_timewaits++;
		if (timeo_ns <= 4 * NSEC_PER_SEC)
			mib_inc(net, TcpExt_TWKilled);
		else
			mib_inc(net, TcpExt_TW);
		timewait_schedule(tw, timeo_ns);
	}
	tcp_done(tp);
}

static void timewait_ack(const struct tcp_timewait_sock *tw, const struct sk_buff *in)
{
	struct flowi4 fl4 = { .daddr = tw->hash.daddr,
			      .saddr = tw->hash.saddr,
			      .sport = tw->hash.sport,
			      .dport = tw->hash.dport,
			      .tos = tw->tos,
			      .proto = IPPROTO_TCP,
			      .mark = ip4_reply_mark(tw->net, in) };
	struct tcp_out out = { .saddr = tw->hash.saddr,
			       .daddr = tw->hash.daddr,
			       .sport = tw->hash.sport,
			       .dport = tw->hash.dport,
			       .tos = tw->tos,
			       .seq = tw->snd_nxt,
			       .ack = tw->rcv_nxt,
			       .flags = TCPHDR_ACK,
			       .window = (uint16_t)(tw->rcv_wnd >> tw->rcv_wscale) };
	uint32_t ts = (uint32_t)(world_now(tw->net->world) / NSEC_PER_MSEC) + tw->ts_off;
	struct sk_buff *skb;
	struct rtable *rt;

	if (ip_route_output_flow(tw->net, &fl4, NULL, &rt))
		return;
	if (tw->tstamp_ok) {
		const __be32 v[2] = { cpu_to_be32(ts), cpu_to_be32(tw->ts_recent) };
		const uint8_t head[4] = { TCPOPT_NOP, TCPOPT_NOP, TCPOPT_TIMESTAMP, 10 };

		memcpy(out.opt, head, sizeof(head));
		memcpy(out.opt + 4, v, sizeof(v));
		out.nr_opt = 12;
	}
	skb = alloc_skb(in->world, SKB_HEADROOM + MAX_TCP_OPTION_SPACE + 20, 0);
	skb->mark = fl4.mark;
	skb->owner = SKB_OWNER_TIMEWAIT;
	skb_set_cause(skb, in->id, NG_CAUSE_REPLY);
	skb->origin = in->origin;
	tcp_v4_send(tw->net, NULL, rt, &out, skb);
	dst_release(&rt->dst);
}

enum tw_verdict { TW_DROP, TW_ACK, TW_RST, TW_SYN, TW_KILL };

static bool tw_in_window(uint32_t seq, uint32_t end_seq, uint32_t s_win, uint32_t e_win)
{
	if (seq == s_win)
		return true;
	if (after(end_seq, s_win) && before(seq, e_win))
		return true;
	return seq == e_win && seq == end_seq;
}

/* As tcp_paws_reject(): a RST is old only within TCP_PAWS_WINDOW of the last timestamp */
static bool tw_paws_reject(const struct tcp_timewait_sock *tw, const struct tcphdr *th,
			   const struct tcp_options *opt)
{
	int64_t age = world_now(tw->net->world) - tw->ts_recent_stamp_ns;

	if (!opt->saw_tstamp || !tw->tstamp_ok || !tw->ts_recent ||
	    (int32_t)(tw->ts_recent - opt->tsval) <= 0 || age >= TCP_PAWS_24DAYS * NSEC_PER_SEC)
		return false;
	return !th->rst || age < TCP_PAWS_WINDOW;
}

static void tw_store_ts_recent(struct tcp_timewait_sock *tw, const struct tcp_options *opt)
{
	if (!opt->saw_tstamp)
		return;
	tw->ts_recent = opt->tsval;
	tw->ts_recent_stamp_ns = world_now(tw->net->world);
}

static enum tw_verdict tw_fin_wait2(struct tcp_timewait_sock *tw, const struct tcp_skb_cb *cb,
				    const struct tcphdr *th, bool paws,
				    const struct tcp_options *opt)
{
	if (paws || !tw_in_window(cb->seq, cb->end_seq, tw->rcv_nxt, tw->rcv_nxt + tw->rcv_wnd))
		return TW_ACK;
	if (th->rst)
		return TW_KILL;
	if (th->syn && !before(cb->seq, tw->rcv_nxt))
		return TW_RST;
	if (!th->ack || !after(cb->end_seq, tw->rcv_nxt) || cb->end_seq == cb->seq)
		return TW_DROP;
	if (!th->fin || cb->end_seq != tw->rcv_nxt + 1)
		return TW_RST;
	tw->substate = TCP_TIME_WAIT;
	tw->rcv_nxt = cb->end_seq;
	tw_store_ts_recent(tw, opt);
	timewait_schedule(tw, TCP_TIMEWAIT_LEN);
	return TW_ACK;
}

static enum tw_verdict tw_time_wait(struct tcp_timewait_sock *tw, const struct tcp_skb_cb *cb,
				    const struct tcphdr *th, bool paws,
				    const struct tcp_options *opt)
{
	if (!paws && cb->seq == tw->rcv_nxt && (cb->seq == cb->end_seq || th->rst)) {
		if (th->rst)
			return tw->net->ipv4->sysctl_tcp_rfc1337 ? TW_DROP : TW_KILL;
		tw_store_ts_recent(tw, opt);
		timewait_schedule(tw, TCP_TIMEWAIT_LEN);
		return TW_DROP;
	}
	if (th->syn && !th->rst && !th->ack && !paws &&
	    (after(cb->seq, tw->rcv_nxt) ||
	     (opt->saw_tstamp && tw->tstamp_ok && (int32_t)(tw->ts_recent - opt->tsval) < 0)))
		return TW_SYN;
	if (th->rst)
		return TW_DROP;
	if (paws || th->ack)
		timewait_schedule(tw, TCP_TIMEWAIT_LEN);
	return TW_ACK;
}

/* a SYN that is newer than everything we know: a new connection in place of the old one */
static void timewait_new_syn(struct tcp_timewait_sock *tw, struct sk_buff *skb)
{
	struct tcp_sock *l =
		tcp_lookup_listener(tw->net, tw->hash.saddr, tw->hash.sport, inet_iif(skb));

	if (!l) {
		timewait_ack(tw, skb);
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_FLAGS);
		return;
	}
	tcp_timewait_free(tw);
	tcp_conn_request(l, skb);
}

/**
 * tcp_timewait_rcv() - A segment for a connection that is over
 * @tw: what is left of it
 * @skb: consumed; data at the TCP header
 */
void tcp_timewait_rcv(struct tcp_timewait_sock *tw, struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	int skipped = MIB_TcpExt_TCPACKSkippedTimeWait;
	struct tcp_options opt;
	enum tw_verdict v;
	bool paws;

	tcp_parse_options(th, &opt, true);
	paws = tw_paws_reject(tw, th, &opt);
	if (paws)
		mib_inc(tw->net, TcpExt_PAWSEstab);
	if (tw->substate == TCP_FIN_WAIT2) {
		skipped = MIB_TcpExt_TCPACKSkippedFinWait2;
		v = tw_fin_wait2(tw, cb, th, paws, &opt);
	} else {
		v = tw_time_wait(tw, cb, th, paws, &opt);
	}
	switch (v) {
	case TW_SYN:
		timewait_new_syn(tw, skb);
		return;
	case TW_ACK:
		if ((cb->seq != cb->end_seq && !th->syn) ||
		    !tcp_oow_rate_limited(tw->net, skipped, &tw->last_oow_ack_ns))
			timewait_ack(tw, skb);
		break;
	case TW_RST:
		tcp_v4_send_reset(skb, th, NULL, SKB_OWNER_TIMEWAIT);
		tcp_timewait_free(tw);
		break;
	case TW_KILL:
		tcp_timewait_free(tw);
		break;
	case TW_DROP:
		break;
	}
	kfree_skb_reason(skb, SKB_DROP_REASON_TCP_OLD_DATA);
}
