/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_minisocks.c - before a connection: requests
 *
 * mirrors the requests of net/ipv4/tcp_minisocks.c and inet_connection_sock.c; TIME_WAIT is in tcp_timewait.c
 *
 * PATH
 *
 *	tcp_conn_request()		a SYN: the answer is sent, nothing but a request is kept
 *	tcp_check_req()			what comes next; the ACK makes a socket
 *	  tcp_create_openreq_child()
 *	    tcp_rcv_state_process()	tcp_input.c
 */
#include "core/vsprintf.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_reqsk_free() - A request ends, answered or not
 * @req: the request
 */
void tcp_reqsk_free(struct tcp_request_sock *req)
{
	if (req->cookie) {
		free(req);
		return;
	}
	sim_timer_del(&req->listener->inet.sk.world->sim, &req->timer);
	tcp_ehash_del(&req->hash);
	list_del(&req->list);
	req->listener->syn_backlog--;
	free(req);
}

static struct rtable *req_route(const struct tcp_request_sock *req)
{
	struct net *net = req->listener->inet.sk.net;
	struct flowi4 fl4 = { .daddr = req->hash.daddr,
			      .saddr = req->hash.saddr,
			      .sport = req->hash.sport,
			      .dport = req->hash.dport,
			      .proto = IPPROTO_TCP,
			      .flags = FLOWI_FLAG_ANYSRC,
			      .tos = req->listener->inet.tos,
			      .oif = req->listener->inet.sk.bound_dev_if,
			      .mark = req->mark };
	struct rtable *rt;

	if (!ip_route_output_flow(net, &fl4, NULL, &rt))
		return rt;
	mib_inc(net, Ip_OutNoRoutes);
	return NULL;
}

/* false: there is no way */
static bool req_send(const struct tcp_request_sock *req, const struct tcp_out *out, uint64_t cause)
{
	struct net *net = req->listener->inet.sk.net;
	struct rtable *rt = req_route(req);
	struct sk_buff *skb;

	if (!rt)
		return false;
	mib_inc(net, Tcp_OutSegs);
	skb = alloc_skb(net->world, SKB_HEADROOM + MAX_TCP_OPTION_SPACE + 20, 0);
	skb->origin = req->listener->inet.sk.origin;
	skb_set_cause(skb, cause, NG_CAUSE_REPLY);
	skb->owner = SKB_OWNER_LISTENER;
	tcp_v4_send(net, NULL, rt, out, skb);
	dst_release(&rt->dst);
	return true;
}

static bool send_synack(const struct tcp_request_sock *req, uint64_t cause)
{
	struct tcp_out out;

	tcp_make_synack(req->listener->inet.sk.net, req, &out);
	return req_send(req, &out, cause);
}

/* As tcp_rtx_synack() */
static void resend_synack(struct tcp_request_sock *req, uint64_t cause)
{
	struct net *net = req->listener->inet.sk.net;

	if (!send_synack(req, cause))
		return;
	mib_inc(net, Tcp_RetransSegs);
	mib_inc(net, TcpExt_TCPSynRetrans);
}

/* an ACK that says where we are, for a segment that does not fit */
static void req_send_ack(const struct tcp_request_sock *req, uint64_t cause)
{
	struct tcp_out out;

	tcp_make_synack(req->listener->inet.sk.net, req, &out);
	out.flags = TCPHDR_ACK;
	out.seq = req->snt_isn + 1;
	out.window = (uint16_t)(req->rcv_wnd >> req->rcv_wscale);
	if (req->opt.tstamp_ok) {
		memmove(out.opt + 2, out.opt + 6, 10);
		out.opt[0] = TCPOPT_NOP;
		out.opt[1] = TCPOPT_NOP;
		out.nr_opt = 12;
	} else {
		out.nr_opt = 0;
	}
	req_send(req, &out, cause);
}

static int64_t req_timeout(const struct tcp_request_sock *req)
{
	return tcp_i64_min(TCP_TIMEOUT_INIT << req->num_timeout, tcp_rto_max(req->listener));
}

static void reqsk_timer(struct sim_timer *timer)
{
	struct tcp_request_sock *req = container_of(timer, struct tcp_request_sock, timer);
	struct tcp_sock *l = req->listener;
	int max = l->syn_retries ? l->syn_retries : tcp_ns(l)->sysctl_tcp_synack_retries;

	mib_inc(l->inet.sk.net, TcpExt_TCPTimeouts);
	if (req->num_timeout >= max) {
		tcp_reqsk_free(req);
		return;
	}
	if (!req->acked) {
		resend_synack(req, 0);
		req->num_retrans++;
	}
	req->num_timeout++;
	sim_timer_mod(&l->inet.sk.world->sim, timer, tcp_wheel(tcp_now(l), req_timeout(req)));
}

/* what we tell the peer of segments and window */
static void req_window(struct tcp_request_sock *req, const struct tcp_sock *l,
		       const struct rtable *rt)
{
	struct tcp_initial_window window;

	req->mss = (uint16_t)tcp_dst_advmss(rt);
	if (l->user_mss && l->user_mss < req->mss)
		req->mss = (uint16_t)l->user_mss;
	tcp_select_initial_window(l, rt, req->mss - (req->opt.tstamp_ok ? 12U : 0),
				  req->opt.wscale_ok, &window);
	req->rcv_wnd = window.rcv_wnd;
	req->window_clamp = window.window_clamp;
	req->rcv_wscale = window.rcv_wscale;
}

static void req_init(struct tcp_request_sock *req, struct tcp_sock *l, struct sk_buff *skb,
		     const struct rtable *rt)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(l);
	struct net *net = l->inet.sk.net;
	const struct tcphdr *th = (const void *)skb->data;

	tcp_parse_options(th, &req->opt, false);
	/* a cookie has no room for options but in timestamps */
	if (req->cookie && !req->opt.saw_tstamp)
		req->opt = (struct tcp_options){ .mss_clamp = req->opt.mss_clamp };
	req->opt.tstamp_ok = req->opt.saw_tstamp && ipv4->sysctl_tcp_timestamps;
	req->opt.sack_ok = req->opt.sack_ok && ipv4->sysctl_tcp_sack;
	req->opt.wscale_ok = req->opt.wscale_ok && ipv4->sysctl_tcp_window_scaling;
	/* RFC 3168, 6.1.1: the SYN itself bears no mark */
	req->ecn_ok = th->ece && th->cwr && (ipv4->sysctl_tcp_ecn || tcp_dst_ecn(rt)) &&
		      (!(ip_hdr(skb)->tos & 3) || th->res1);
	req->ts_recent = req->opt.tstamp_ok ? req->opt.tsval : 0;
	req->rcv_isn = TCP_SKB_CB(skb)->seq;
	req->snt_isn = (uint32_t)tcp_tuple_hash(net, &req->hash, 0) + (uint32_t)(tcp_now(l) >> 6);
	req->ts_off = (uint32_t)tcp_tuple_hash(net, &req->hash, 1);
	if (req->cookie) {
		req->ecn_ok = req->ecn_ok && req->opt.tstamp_ok;
		req->snt_isn = tcp_cookie_isn(net, req);
	}
	req->mark = l->inet.sk.mark;
	req->iif = inet_iif(skb);
	req_window(req, l, rt);
}

/* the kernel's log says it once for each listener */
static void flood_warning(struct tcp_sock *l)
{
	int cookies = tcp_ns(l)->sysctl_tcp_syncookies;

	if (l->synflood_warned || cookies == 2)
		return;
	l->synflood_warned = true;
	if (net_ratelimit(l->inet.sk.world))
		printk(l->inet.sk.world, LOGLEVEL_INFO,
		       "TCP: request_sock_TCP: Possible SYN flooding on port %pI4:%u. %s.",
		       (const void *)&l->inet.inet_rcv_saddr, l->inet.inet_num,
		       cookies ? "Sending cookies" : "Dropping request");
}

/* May another connection be asked for? *ret_cookie: yes, but nothing will be remembered. */
static bool room_for_request(struct tcp_sock *l, bool *ret_cookie)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(l);
	struct net *net = l->inet.sk.net;
	int64_t max = ipv4->sysctl_tcp_max_syn_backlog;

	*ret_cookie = false;
	if (ipv4->sysctl_tcp_syncookies == 2 || l->syn_backlog > l->max_ack_backlog) {
		flood_warning(l);
		if (!ipv4->sysctl_tcp_syncookies) {
			mib_inc(net, TcpExt_TCPReqQFullDrop);
			return false;
		}
		mib_inc(net, TcpExt_TCPReqQFullDoCookies);
		*ret_cookie = true;
	}
	if (l->accept_backlog > l->max_ack_backlog) {
		mib_inc(net, TcpExt_ListenOverflows);
		return false;
	}
	/* without cookies the last quarter is for peers that are known; here nobody is */
	return ipv4->sysctl_tcp_syncookies || max - l->syn_backlog >= max >> 2;
}

static struct tcp_request_sock *req_alloc(struct tcp_sock *l, const struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	const struct tcphdr *th = (const void *)skb->data;
	struct tcp_request_sock *req = xzalloc(sizeof(*req));

	req->listener = l;
	req->timer.fn = reqsk_timer;
	req->hash = (struct tcp_hash_node){ .kind = TCP_HASH_REQ,
					    .saddr = iph->daddr,
					    .daddr = iph->saddr,
					    .sport = th->dest,
					    .dport = th->source };
	req->mark = l->inet.sk.mark;
	return req;
}

/**
 * tcp_conn_request() - A SYN to a listening socket
 * @l: the listener
 * @skb: consumed; data at the TCP header
 */
void tcp_conn_request(struct tcp_sock *l, struct sk_buff *skb)
{
	struct tcp_request_sock *req;
	struct rtable *rt;
	bool cookie;

	if (skb_rtable(skb)->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_FLAGS);
		return;
	}
	if (!room_for_request(l, &cookie)) {
		mib_inc(l->inet.sk.net, TcpExt_ListenDrops);
		l->inet.sk.drops++;
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_LISTEN_OVERFLOW);
		return;
	}
	req = req_alloc(l, skb);
	req->cookie = cookie;
	rt = req_route(req);
	if (!rt) {
		free(req);
		mib_inc(l->inet.sk.net, TcpExt_ListenDrops);
		l->inet.sk.drops++;
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_OUTNOROUTES);
		return;
	}
	req_init(req, l, skb, rt);
	dst_release(&rt->dst);
	if (req->opt.md5) { /* nobody has a key */
		mib_inc(l->inet.sk.net, TcpExt_TCPMD5Unexpected);
		free(req);
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_MD5UNEXPECTED);
		return;
	}
	if (req->opt.fastopen_asked) /* and no cookie is given: tcp_fastopen is off for servers */
		mib_inc(l->inet.sk.net, TcpExt_TCPFastOpenCookieReqd);
	req->snt_synack_ns = tcp_now(l);
	if (!cookie) {
		tcp_ehash_add(l->inet.sk.net, &req->hash);
		list_add_tail(&req->list, &l->syn_queue);
		l->syn_backlog++;
		sim_timer_mod(&l->inet.sk.world->sim, &req->timer,
			      tcp_wheel(tcp_now(l), TCP_TIMEOUT_INIT));
	}
	send_synack(req, skb->id);
	if (cookie) {
		l->synq_overflow_ns = tcp_now(l) + 1;
		free(req);
	}
	consume_skb(skb);
}

/* what a socket made by a listener takes over from it */
static void inherit(struct tcp_sock *tp, const struct tcp_sock *l)
{
	struct sock *sk = &tp->inet.sk;
	const struct sock *lsk = &l->inet.sk;

	sk->ops = lsk->ops;
	sk->rcvbuf = lsk->rcvbuf;
	sk->sndbuf = lsk->sndbuf;
	sk->rcvtimeo_ns = lsk->rcvtimeo_ns;
	sk->sndtimeo_ns = lsk->sndtimeo_ns;
	sk->bound_dev_if = lsk->bound_dev_if;
	sk->mark = lsk->mark;
	sk->priority = lsk->priority;
	sk->reuse = lsk->reuse;
	sk->reuseport = lsk->reuseport;
	sk->keepalive = lsk->keepalive;
	sk->linger = lsk->linger;
	sk->linger_s = lsk->linger_s;
	sk->origin = lsk->origin;
	tp->inet.tos = l->inet.tos;
	tp->inet.uc_ttl = l->inet.uc_ttl;
	tp->inet.min_ttl = l->inet.min_ttl;
	tp->inet.pmtudisc = l->inet.pmtudisc;
	tp->inet.transparent = l->inet.transparent;
	tp->inet.recverr = l->inet.recverr;
	tp->inet.mc_loop = true;
	tp->inet.mc_ttl = 1;
	tp->inet.mc_all = true;
	tp->inet.is_icsk = true;
	tp->rcvbuf_auto = l->rcvbuf_auto;
	tp->ack_lrcvtime_ns = tcp_now(tp);
	tp->segs_in = 1;
	tp->sndbuf_auto = l->sndbuf_auto;
	tp->nonagle = l->nonagle;
	tp->user_mss = l->user_mss;
	tp->keepalive_time_s = l->keepalive_time_s;
	tp->keepalive_intvl_s = l->keepalive_intvl_s;
	tp->keepalive_probes = l->keepalive_probes;
	tp->user_timeout_ms = l->user_timeout_ms;
	tp->linger2_s = l->linger2_s;
	tp->ca_setsockopt = l->ca_setsockopt;
	if (l->ca_setsockopt)
		tp->ca = l->ca;
}

static void child_sequence(struct tcp_sock *tp, const struct tcp_request_sock *req)
{
	tp->irs = req->rcv_isn;
	tp->rcv_nxt = req->rcv_isn + 1;
	tp->rcv_wup = tp->rcv_nxt;
	tp->copied_seq = tp->rcv_nxt;
	tp->snd_isn = req->snt_isn;
	tp->snd_una = req->snt_isn + 1;
	tp->snd_nxt = tp->snd_una;
	tp->write_seq = tp->snd_una;
	tp->pushed_seq = tp->snd_una;
	tp->snd_sml = tp->snd_una;
	tp->snd_up = tp->snd_una;
	tp->snd_wl1 = req->rcv_isn;
	tp->rcv_wnd = req->rcv_wnd;
	tp->rcv_ssthresh = req->rcv_wnd;
	tp->window_clamp = req->window_clamp;
	tp->rcv_wscale = req->rcv_wscale;
	tp->snd_wscale = req->opt.wscale_ok ? req->opt.snd_wscale : 0;
	tp->wscale_ok = req->opt.wscale_ok;
	tp->tstamp_ok = req->opt.tstamp_ok;
	tp->sack_ok = req->opt.sack_ok;
	tp->ts_recent = req->ts_recent;
	tp->ts_recent_stamp_ns = tcp_now(tp);
	tp->ts_off = req->ts_off;
	tp->rx_mss_clamp = req->opt.mss_clamp ? req->opt.mss_clamp : TCP_MSS_DEFAULT;
	if (tp->user_mss && tp->user_mss < tp->rx_mss_clamp)
		tp->rx_mss_clamp = tp->user_mss;
	tp->advmss = req->mss - (tp->tstamp_ok ? 12U : 0);
}

static struct tcp_sock *tcp_create_openreq_child(struct tcp_request_sock *req)
{
	struct tcp_sock *l = req->listener, *tp = xzalloc(sizeof(*tp));
	struct net *net = l->inet.sk.net;
	struct rtable *rt;

	sock_init_data(&tp->inet.sk, net, AF_INET, SOCK_STREAM, IPPROTO_TCP);
	INIT_LIST_HEAD(&tp->inet.mc_list);
	INIT_LIST_HEAD(&tp->inet.node);
	tcp_init_sock(tp);
	inherit(tp, l);
	tp->inet.inet_saddr = req->hash.saddr;
	tp->inet.inet_rcv_saddr = req->hash.saddr;
	tp->inet.inet_daddr = req->hash.daddr;
	tp->inet.inet_sport = req->hash.sport;
	tp->inet.inet_dport = req->hash.dport;
	tp->inet.inet_num = be16_to_cpu(req->hash.sport);
	tp->inet_id = (uint16_t)(tcp_tuple_hash(net, &req->hash, 0) >> 32);
	child_sequence(tp, req);
	rt = tcp_route(tp);
	tcp_ca_dst_init(tp, rt);
	tcp_sync_mss(tp, rt ? ip_dst_mtu(rt, false) : 1500);
	tcp_initialize_rcv_mss(tp);
	tp->state = TCP_SYN_RECV;
	if (!req->num_retrans)
		tcp_synack_rtt_meas(tp, tcp_now(tp) - req->snt_synack_ns);
	if (req->num_timeout) {
		tp->undo_marker = req->snt_isn;
		tp->retrans_stamp_ns = req->snt_synack_ns;
	}
	tp->total_retrans = req->num_retrans;
	tp->ecn_flags = req->ecn_ok ? TCP_ECN_OK : 0;
	tp->hash = (struct tcp_hash_node){ .kind = TCP_HASH_SOCK,
					   .saddr = req->hash.saddr,
					   .daddr = req->hash.daddr,
					   .sport = req->hash.sport,
					   .dport = req->hash.dport };
	tcp_reqsk_free(req);
	mib_inc(net, Tcp_PassiveOpens);
	tcp_ehash_add(net, &tp->hash);
	tcp_bind_add(tp);
	tp->listener = l;
	list_add_tail(&tp->accept_node, &l->accept_queue);
	l->accept_backlog++;
	return tp;
}

/* The segment neither is the SYN again nor kills the request: does it finish the handshake? */
static bool req_acceptable(struct tcp_request_sock *req, struct sk_buff *skb,
			   const struct tcphdr *th, bool paws_reject)
{
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	uint32_t rcv_nxt = req->rcv_isn + 1;

	if (paws_reject || before(cb->end_seq, rcv_nxt) || after(cb->seq, rcv_nxt + req->rcv_wnd)) {
		if (!th->rst &&
		    ((cb->seq != cb->end_seq && !th->syn) ||
		     !tcp_oow_rate_limited(req->listener->inet.sk.net,
					   MIB_TcpExt_TCPACKSkippedSynRecv, &req->last_oow_ack_ns)))
			req_send_ack(req, skb->id);
		if (paws_reject)
			mib_inc(req->listener->inet.sk.net, TcpExt_PAWSEstab);
		return false;
	}
	if (th->rst || th->syn) {
		mib_inc(req->listener->inet.sk.net, TcpExt_EmbryonicRsts);
		mib_inc(req->listener->inet.sk.net, Tcp_AttemptFails);
		if (th->syn)
			tcp_v4_send_reset(skb, th, req->listener, SKB_OWNER_NONE);
		tcp_reqsk_free(req);
		return false;
	}
	return th->ack;
}

/* The handshake is over, but too many connections wait to be accepted. */
static void accept_queue_full(struct tcp_request_sock *req, struct sk_buff *skb,
			      const struct tcphdr *th)
{
	struct tcp_sock *l = req->listener;

	mib_inc(l->inet.sk.net, TcpExt_ListenOverflows);
	req->acked = !tcp_ns(l)->sysctl_tcp_abort_on_overflow;
	if (!req->acked) {
		mib_inc(l->inet.sk.net, TcpExt_EmbryonicRsts);
		tcp_v4_send_reset(skb, th, l, SKB_OWNER_NONE);
		tcp_reqsk_free(req);
	} else {
		mib_inc(l->inet.sk.net, TcpExt_ListenDrops);
		l->inet.sk.drops++;
	}
	kfree_skb_reason(skb, SKB_DROP_REASON_TCP_LISTEN_OVERFLOW);
}

/* The handshake is over: a socket; consumes @skb and @req */
static void req_finish(struct tcp_request_sock *req, struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	struct tcp_sock *l = req->listener, *tp = tcp_create_openreq_child(req);

	tp->inet.sk.awaited = !list_empty(&l->inet.sk.wait.list);
	tp->rx_cause = skb->id;
	tp->segs_in++;
	sock_hold(&tp->inet.sk); /* it may end at once */
	if (tcp_rcv_state_process(tp, skb)) {
		tcp_v4_send_reset(skb, th, tp, SKB_OWNER_NONE);
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_RESET);
	}
	sock_put(&tp->inet.sk);
	wake_up(&l->inet.sk.wait);
}

/**
 * tcp_check_req() - A segment for a connection that is only asked for
 * @req: the request
 * @skb: consumed; data at the TCP header
 */
void tcp_check_req(struct tcp_request_sock *req, struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	const struct tcp_skb_cb *cb = TCP_SKB_CB(skb);
	struct tcp_sock *l = req->listener;
	struct tcp_options opt;
	bool paws = false;

	tcp_parse_options(th, &opt, true);
	if (opt.saw_tstamp && req->opt.tstamp_ok)
		paws = !th->rst && (int32_t)(req->ts_recent - opt.tsval) > 0;
	if (cb->seq == req->rcv_isn && th->syn && !th->ack && !th->rst && !th->fin && !paws) {
		/* again: our answer got lost */
		if (!tcp_oow_rate_limited(l->inet.sk.net, MIB_TcpExt_TCPACKSkippedSynRecv,
					  &req->last_oow_ack_ns)) {
			resend_synack(req, skb->id);
			sim_timer_mod(&l->inet.sk.world->sim, &req->timer,
				      tcp_wheel(tcp_now(l), req_timeout(req)));
		}
		consume_skb(skb);
		return;
	}
	if (th->ack && !th->rst && !th->syn && cb->ack_seq != req->snt_isn + 1) {
		tcp_v4_send_reset(skb, th, l, SKB_OWNER_NONE);
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_RESET);
		return;
	}
	if (!req_acceptable(req, skb, th, paws)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_INVALID_SEQUENCE);
		return;
	}
	if (l->accept_backlog > l->max_ack_backlog) {
		accept_queue_full(req, skb, th);
		return;
	}
	req_finish(req, skb);
}

/**
 * tcp_cookie_ack() - An ACK to a listener that may answer a cookie
 * @l: the listener
 * @skb: data at the TCP header; consumed when it does
 *
 * Return: true: it does.
 */
bool tcp_cookie_ack(struct tcp_sock *l, struct sk_buff *skb)
{
	const struct tcphdr *th = (const void *)skb->data;
	struct net *net = l->inet.sk.net;
	struct tcp_request_sock *req;
	struct rtable *rt;

	/* none was sent lately */
	if (!tcp_ns(l)->sysctl_tcp_syncookies || !th->ack || th->rst || th->syn ||
	    !l->synq_overflow_ns || tcp_now(l) - l->synq_overflow_ns > 120 * NSEC_PER_SEC)
		return false;
	req = req_alloc(l, skb);
	req->cookie = true;
	rt = tcp_cookie_check(net, req, skb) ? req_route(req) : NULL;
	if (!rt) {
		free(req);
		return false;
	}
	req->ecn_ok = req->ecn_ok && (tcp_ns(l)->sysctl_tcp_ecn || tcp_dst_ecn(rt));
	req_window(req, l, rt);
	dst_release(&rt->dst);
	req->num_retrans = 1; /* nobody knows when the answer was sent */
	if (l->accept_backlog > l->max_ack_backlog) {
		free(req);
		mib_inc(net, TcpExt_ListenOverflows);
		mib_inc(net, TcpExt_ListenDrops);
		l->inet.sk.drops++;
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_LISTEN_OVERFLOW);
		return true;
	}
	req_finish(req, skb);
	return true;
}
