/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_ipv4.c - where TCP meets IPv4: segments in, segments out, connect(), ICMP errors
 *
 * mirrors net/ipv4/tcp_ipv4.c
 *
 * PATH
 *
 *	tcp_v4_rcv()
 *	  tcp_timewait_rcv()		tcp_minisocks.c
 *	  tcp_check_req()
 *	  tcp_v4_do_rcv()
 *	    tcp_rcv_established()	tcp_input.c
 *	    tcp_conn_request()		a SYN to a listening socket
 *	    tcp_rcv_state_process()
 *	  tcp_v4_send_reset()		nobody: RST
 *	tcp_v4_send()			ip_build_and_send()
 *	tcp_v4_err()			icmp.c calls it
 */
#include "core/jiffies.h"
#include "core/neighbour.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_dst_advmss() - What we tell the peer to send at most
 * @rt: the way to it
 *
 * Return: bytes of payload.
 */
uint32_t tcp_dst_advmss(const struct rtable *rt)
{
	uint32_t adv = dst_metric(rt, RTAX_ADVMSS), mtu = ip_dst_mtu(rt, false);

	if (!adv)
		adv = mtu > 40 + 256 ? mtu - 40 : 256;
	return tcp_u32_min(adv, 65535 - 40);
}

/**
 * tcp_route() - The way to the peer
 * @tp: addresses and ports are known
 *
 * Return: borrowed from the socket, or NULL.
 */
struct rtable *tcp_route(struct tcp_sock *tp)
{
	struct sock *sk = &tp->inet.sk;
	struct flowi4 fl4 = { .daddr = tp->inet.inet_daddr,
			      .saddr = tp->inet.inet_saddr,
			      .sport = tp->inet.inet_sport,
			      .dport = tp->inet.inet_dport,
			      .proto = IPPROTO_TCP,
			      .oif = sk->bound_dev_if,
			      .mark = sk->mark,
			      .tos = tp->inet.tos };
	struct rtable *rt;

	if (tp->rt && rt_cache_valid(tp->rt))
		return tp->rt;
	if (tp->rt)
		dst_release(&tp->rt->dst);
	tp->rt = NULL;
	if (tp->inet.transparent)
		fl4.flags |= FLOWI_FLAG_ANYSRC;
	if (ip_route_output_flow(sk->net, &fl4, sk, &rt))
		return NULL;
	tp->rt = rt;
	return rt;
}

/**
 * tcp_v4_send() - Writes the TCP header and sends
 * @net: the namespace
 * @tp: who sends, or NULL: no socket
 * @rt: the way; borrowed
 * @out: the header
 * @skb: consumed; payload only, with room in front
 *
 * Return: 0 or -errno.
 */
int tcp_v4_send(struct net *net, struct tcp_sock *tp, struct rtable *rt, const struct tcp_out *out,
		struct sk_buff *skb)
{
	uint32_t hlen = sizeof(struct tcphdr) + out->nr_opt;
	struct tcphdr *th = skb_push(skb, hlen);
	struct ip_send how = {
		.rt = rt,
		.saddr = out->saddr,
		.daddr = out->daddr,
		.protocol = IPPROTO_TCP,
		.ttl = (uint8_t)net->ipv4->sysctl_ip_default_ttl,
		.tos = out->tos,
		.df = true,
	};

	_Static_assert(offsetof(struct tcphdr, window) == 14, "flags are the byte before");

	memset(th, 0, sizeof(*th));
	th->source = out->sport;
	th->dest = out->dport;
	th->seq = cpu_to_be32(out->seq);
	th->ack_seq = cpu_to_be32(out->ack);
	th->doff = hlen / 4;
	((uint8_t *)th)[13] = out->flags;
	th->urg_ptr = cpu_to_be16(out->urg_ptr);
	th->window = cpu_to_be16(out->window);
	memcpy(th + 1, out->opt, out->nr_opt);
	th->check = ~csum_tcpudp_magic(out->saddr, out->daddr, skb_len(skb), IPPROTO_TCP, 0);
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = (uint16_t)(skb->data - skb->head);
	skb->csum_offset = offsetof(struct tcphdr, check);
	how.mark = skb->mark;
	if (tp) {
		how.sk = &tp->inet.sk;
		how.tos = tp->inet.tos | (out->ect ? 2 : 0); /* ECT(0) */
		how.mark = tp->inet.sk.mark;
		how.priority = tp->inet.sk.priority;
		how.df = ip_dont_fragment(&tp->inet, rt);
		if (tp->inet.uc_ttl >= 0)
			how.ttl = (uint8_t)tp->inet.uc_ttl;
		else if (dst_metric(rt, RTAX_HOPLIMIT))
			how.ttl = (uint8_t)dst_metric(rt, RTAX_HOPLIMIT);
		if (!++tp->inet_id)
			tp->inet_id = 1;
		how.id = tp->inet_id;
	}
	return ip_build_and_send(skb, &how);
}

/**
 * tcp_v4_send_reset() - Answers a segment with a RST, as RFC 9293, 3.10.7.1 says
 * @skb: data at the TCP header; stays the caller's
 * @th: the header
 * @tp: whose segment it was, which pays for the answer; or NULL
 * @owner: whose answer it is without one
 */
void tcp_v4_send_reset(struct sk_buff *skb, const struct tcphdr *th, struct tcp_sock *tp,
		       enum skb_owner owner)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct net *net = skb->dev->net;
	struct flowi4 fl4 = { .daddr = iph->saddr,
			      .saddr = iph->daddr,
			      .tos = iph->tos & INET_DSCP_MASK,
			      .proto = IPPROTO_TCP,
			      .mark = ip4_reply_mark(net, skb),
			      .sport = th->dest,
			      .dport = th->source };
	struct tcp_out out = { .saddr = iph->daddr,
			       .daddr = iph->saddr,
			       .sport = th->dest,
			       .dport = th->source,
			       .tos = iph->tos,
			       .flags = TCPHDR_RST };
	struct sk_buff *nskb;
	struct rtable *rt;

	/* never a reset for a reset */
	if (th->rst || (skb->dst && skb_rtable(skb)->rt_type != RTN_LOCAL))
		return;
	/* counted whether or not there is a way */
	mib_inc(net, Tcp_OutSegs);
	mib_inc(net, Tcp_OutRsts);
	if (ip_route_output_flow(net, &fl4, NULL, &rt))
		return;
	nskb = alloc_skb(skb->world, SKB_HEADROOM, sizeof(struct tcphdr));
	skb_put(nskb, sizeof(struct tcphdr));
	nskb->data = nskb->tail;
	nskb->mark = fl4.mark;
	nskb->owner = owner;
	if (tp)
		skb_set_owner(nskb, &tp->inet.sk, 0);
	skb_set_cause(nskb, skb->id, NG_CAUSE_RESET);
	nskb->origin = skb->origin;
	if (th->ack) {
		out.seq = be32_to_cpu(th->ack_seq);
	} else {
		out.flags |= TCPHDR_ACK;
		out.ack = be32_to_cpu(th->seq) + th->syn + th->fin + skb_len(skb) - th->doff * 4U;
	}
	tcp_v4_send(net, NULL, rt, &out, nskb);
	dst_release(&rt->dst);
}

/* consumes; data at the TCP header */
static void tcp_v4_do_rcv(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct tcphdr *th = (void *)skb->data;

	tp->segs_in++;
	tp->rx_cause = skb->id;
	if (tp->state == TCP_ESTABLISHED) {
		tcp_rcv_established(tp, skb);
		return;
	}
	if (tp->state == TCP_LISTEN) {
		if (th->ack) {
			if (!th->syn && !th->rst && tcp_cookie_ack(tp, skb))
				return;
			tcp_v4_send_reset(skb, th, tp, SKB_OWNER_NONE);
			kfree_skb_reason(skb, SKB_DROP_REASON_TCP_FLAGS);
		} else if (th->rst) {
			tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_RESET);
		} else if (th->syn && !th->fin) {
			tcp_conn_request(tp, skb);
		} else {
			tcp_drop_reason(tp, skb, SKB_DROP_REASON_TCP_FLAGS);
		}
		return;
	}
	sock_hold(&tp->inet.sk); /* an orphan may end with this segment */
	if (tcp_rcv_state_process(tp, skb)) {
		tcp_v4_send_reset(skb, th, tp, SKB_OWNER_NONE);
		kfree_skb_reason(skb, SKB_DROP_REASON_TCP_RESET);
	}
	sock_put(&tp->inet.sk);
}

/* 0: a segment. As tcp_v4_rcv(): which of the broken ones count is not what one would think. */
static enum skb_drop_reason tcp_v4_check(struct sk_buff *skb, const struct tcphdr *th)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct net *net = skb->dev->net;

	if (skb->pkt_type != PACKET_HOST)
		return SKB_DROP_REASON_OTHERHOST;
	mib_inc(net, Tcp_InSegs);
	if (!th)
		return SKB_DROP_REASON_PKT_TOO_SMALL;
	if (th->doff < sizeof(*th) / 4) {
		mib_inc(net, Tcp_InErrs);
		return SKB_DROP_REASON_PKT_TOO_SMALL;
	}
	if (skb_len(skb) < th->doff * 4U)
		return SKB_DROP_REASON_PKT_TOO_SMALL;
	if (skb->ip_summed == CHECKSUM_NONE &&
	    csum_tcpudp_magic(iph->saddr, iph->daddr, skb_len(skb), IPPROTO_TCP,
			      csum_partial(th, skb_len(skb), 0))) {
		mib_inc(net, Tcp_InCsumErrors);
		mib_inc(net, Tcp_InErrs);
		return SKB_DROP_REASON_TCP_CSUM;
	}
	return 0;
}

static void tcp_v4_fill_cb(struct sk_buff *skb, const struct tcphdr *th)
{
	struct tcp_skb_cb *cb = TCP_SKB_CB(skb);

	cb->seq = be32_to_cpu(th->seq);
	cb->end_seq = cb->seq + th->syn + th->fin + skb_len(skb) - th->doff * 4U;
	cb->ack_seq = be32_to_cpu(th->ack_seq);
	cb->flags = ((const uint8_t *)th)[13];
	cb->sacked = 0;
	cb->truesize = TCP_SKB_OVERHEAD + cb->end_seq - cb->seq;
	cb->joined = false;
	cb->ip_ecn = ip_hdr(skb)->tos & 3;
}

static bool tcp_v4_accepts(const struct tcp_sock *tp, const struct sk_buff *skb)
{
	if (tp->inet.sk.bound_dev_if && tp->inet.sk.bound_dev_if != inet_iif(skb))
		return false;
	return !tp->inet.min_ttl || ip_hdr(skb)->ttl >= tp->inet.min_ttl;
}

/**
 * tcp_v4_rcv() - A TCP segment for us
 * @skb: consumed; data at the TCP header
 */
void tcp_v4_rcv(struct sk_buff *skb)
{
	const struct tcphdr *th = skb_peek_hdr(skb, sizeof(*th));
	const struct iphdr *iph = ip_hdr(skb);
	enum skb_drop_reason reason = tcp_v4_check(skb, th);
	struct net *net = skb->dev->net;
	struct tcp_hash_node *n, key;
	struct tcp_sock *tp = NULL;

	if (reason) {
		kfree_skb_reason(skb, reason);
		return;
	}
	key = (struct tcp_hash_node){
		.saddr = iph->daddr, .daddr = iph->saddr, .sport = th->dest, .dport = th->source
	};
	tcp_v4_fill_cb(skb, th);
	n = tcp_ehash_find(net, &key);
	if (n && n->kind == TCP_HASH_TW) {
		tcp_timewait_rcv(container_of(n, struct tcp_timewait_sock, hash), skb);
		return;
	}
	if (n && n->kind == TCP_HASH_REQ) {
		tcp_check_req(container_of(n, struct tcp_request_sock, hash), skb);
		return;
	}
	if (n)
		tp = container_of(n, struct tcp_sock, hash);
	else
		tp = tcp_lookup_listener(net, iph->daddr, th->dest, inet_iif(skb));
	if (tp && tcp_v4_accepts(tp, skb)) {
		tcp_v4_do_rcv(tp, skb);
		return;
	}
	tcp_v4_send_reset(skb, th, NULL, SKB_OWNER_KERNEL);
	kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
}

/* The path takes less than we thought: smaller segments, and again what was too large. */
static void tcp_v4_mtu_reduced(struct tcp_sock *tp, struct sk_buff *skb, uint32_t mtu)
{
	if (TCPF(tp->state) & (TCPF(TCP_LISTEN) | TCPF(TCP_CLOSE)))
		return;
	ipv4_update_pmtu(skb, tp->inet.sk.net, mtu, &tp->inet.sk);
	if (tp->rt)
		dst_release(&tp->rt->dst);
	tp->rt = NULL;
	if (!tcp_route(tp))
		return;
	mtu = ip_dst_mtu(tp->rt, false);
	if (tp->inet.pmtudisc != IP_PMTUDISC_DONT && tp->pmtu > mtu) {
		tcp_sync_mss(tp, mtu);
		tcp_simple_retransmit(tp);
	}
}

/* an error about a SYN or a SYN-ACK */
static void tcp_v4_err_opening(struct tcp_sock *tp, int err)
{
	if (tp->owned_by_user) {
		tp->inet.sk.err_soft = err;
		tp->soft_seen = true;
		return;
	}
	tp->inet.sk.err = err;
	wake_up(&tp->inet.sk.wait);
	tcp_done(tp);
}

static void tcp_v4_err_sock(struct tcp_sock *tp, struct sk_buff *skb, uint32_t info, uint32_t seq)
{
	const struct icmphdr *icmph = skb_transport_header(skb);
	bool hard;
	int err;

	if (tp->owned_by_user &&
	    !(icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED))
		mib_inc(tp->inet.sk.net, TcpExt_LockDroppedIcmps);
	if (tp->state != TCP_LISTEN && (before(seq, tp->snd_una) || after(seq, tp->snd_nxt))) {
		mib_inc(tp->inet.sk.net, TcpExt_OutOfWindowIcmps);
		return;
	}
	if (icmph->type == ICMP_REDIRECT) {
		if (!tp->owned_by_user)
			ipv4_redirect(skb, tp->inet.sk.net, &tp->inet.sk);
		return;
	}
	if (icmph->type == ICMP_SOURCE_QUENCH || icmph->type == ICMP_ECHOREPLY)
		return;
	if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED) {
		tcp_v4_mtu_reduced(tp, skb, info);
		return;
	}
	err = icmp_to_errno(&tp->inet, icmph->type, icmph->code, &hard);
	if (!err || tp->state == TCP_LISTEN)
		return;
	if (TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV)))
		tcp_v4_err_opening(tp, err);
	else if (tp->inet.recverr && !tp->owned_by_user)
		sk_error_report(&tp->inet.sk, err);
	else
		tp->inet.sk.err_soft = err;
}

/**
 * tcp_v4_err() - An ICMP error about a TCP segment of ours
 * @skb: the error, data at the quoted header; borrowed
 * @info: MTU or the like, host order
 */
void tcp_v4_err(struct sk_buff *skb, uint32_t info)
{
	const struct iphdr *iph = (const void *)skb->data;
	const struct tcphdr *th = skb_peek_at(skb, iph->ihl * 4U, 8);
	struct tcp_hash_node *n, key;
	uint32_t seq;

	if (!th)
		return;
	key = (struct tcp_hash_node){
		.saddr = iph->saddr, .daddr = iph->daddr, .sport = th->source, .dport = th->dest
	};
	n = tcp_ehash_find(skb->dev->net, &key);
	if (!n)
		mib_inc(skb->dev->net, Icmp_InErrors);
	if (!n || n->kind == TCP_HASH_TW)
		return;
	seq = be32_to_cpu(th->seq);
	if (n->kind == TCP_HASH_REQ) {
		struct tcp_request_sock *req = container_of(n, struct tcp_request_sock, hash);
		const struct icmphdr *icmph = skb_transport_header(skb);

		if (seq == req->snt_isn && icmph->type == ICMP_DEST_UNREACH &&
		    icmph->code != ICMP_FRAG_NEEDED)
			tcp_reqsk_free(req);
		return;
	}
	tcp_v4_err_sock(container_of(n, struct tcp_sock, hash), skb, info, seq);
}

/* Chooses source address and route of a connect(); 0 or -errno */
static int tcp_v4_connect_route(struct tcp_sock *tp, const struct sockaddr_in *usin)
{
	struct sock *sk = &tp->inet.sk;
	struct flowi4 fl4 = { .daddr = usin->sin_addr.s_addr,
			      .saddr = tp->inet.inet_saddr,
			      .proto = IPPROTO_TCP,
			      .sport = tp->inet.inet_sport,
			      .dport = usin->sin_port,
			      .oif = sk->bound_dev_if,
			      .mark = sk->mark,
			      .tos = tp->inet.tos };
	struct rtable *rt;
	int err;

	if (sk->dontroute)
		fl4.scope = RT_SCOPE_LINK;
	if (tp->inet.transparent)
		fl4.flags |= FLOWI_FLAG_ANYSRC;
	err = ip_route_connect(sk->net, &fl4, sk, &rt);
	if (err == -ENETUNREACH)
		mib_inc(sk->net, Ip_OutNoRoutes);
	if (err)
		return err;
	if (rt->rt_flags & (RTCF_MULTICAST | RTCF_BROADCAST)) {
		dst_release(&rt->dst);
		return -ENETUNREACH;
	}
	if (!tp->inet.inet_saddr) {
		tp->inet.inet_saddr = fl4.saddr;
		tp->inet.inet_rcv_saddr = fl4.saddr;
	}
	tp->inet.inet_daddr = fl4.daddr;
	tp->inet.inet_dport = usin->sin_port;
	if (tp->rt)
		dst_release(&tp->rt->dst);
	tp->rt = rt;
	return 0;
}

static void tcp_v4_forget_peer(struct tcp_sock *tp)
{
	tcp_set_state(tp, TCP_CLOSE);
	tp->inet.inet_dport = 0;
	tp->inet.inet_daddr = 0;
	if (!tp->inet.bindaddr_lock) {
		tp->inet.inet_saddr = 0;
		tp->inet.inet_rcv_saddr = 0;
	}
}

static int tcp_v4_start(struct tcp_sock *tp, const struct sockaddr_in *usin)
{
	struct net *net = tp->inet.sk.net;
	uint64_t isn;
	int err = tcp_v4_connect_route(tp, usin);

	if (err)
		return err;
	tcp_set_state(tp, TCP_SYN_SENT);
	err = tcp_hash_connect(tp);
	if (err) {
		tcp_v4_forget_peer(tp);
		return err;
	}
	isn = tcp_tuple_hash(net, &tp->hash, 0);
	tp->write_seq = (uint32_t)isn + (uint32_t)(tcp_now(tp) >> 6);
	tp->snd_isn = tp->write_seq;
	tp->ts_off = (uint32_t)tcp_tuple_hash(net, &tp->hash, 1);
	tp->inet_id = (uint16_t)(isn >> 32);
	tp->inet.sk.err = 0;
	tp->inet.sk.err_soft = 0;
	tp->soft_seen = false;
	tp->rx_cause = 0;
	/* what comes back while connect() runs finds the socket busy: ICMP errors are only noted */
	tp->owned_by_user = true;
	tcp_connect(tp);
	sim_run_queue(&net->world->sim);
	tp->owned_by_user = false;
	return 0;
}

static int tcp_v4_wait_connect(struct ng_task *task, struct tcp_sock *tp)
{
	struct sock *sk = &tp->inet.sk;
	int64_t deadline = jiffies_deadline(tcp_now(tp), sk->sndtimeo_ns);

	while (TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))) {
		int64_t left = -1;

		if (sk->nonblock)
			return -EINPROGRESS;
		if (deadline >= 0) {
			left = jiffies_left(tcp_now(tp), deadline);
			if (left <= 0)
				return -EINPROGRESS;
		}
		if (task_wait_on(task, &sk->wait, left) == -EINTR)
			return -EINTR;
	}
	if (tp->state != TCP_CLOSE)
		return 0;
	tcp_v4_forget_peer(tp);
	return tcp_error_take(sk, -ECONNABORTED);
}

/**
 * tcp_v4_connect() - connect()
 * @task: who calls
 * @sk: the socket
 * @addr: struct sockaddr_in
 * @addrlen: its bytes
 *
 * Return: 0 or -errno.
 */
int tcp_v4_connect(struct ng_task *task, struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct sockaddr_in sin;
	int err;

	if (addrlen < sizeof(sin.sin_family))
		return -EINVAL;
	memset(&sin, 0, sizeof(sin));
	memcpy(&sin, addr, addrlen < sizeof(sin) ? addrlen : sizeof(sin));
	if (sin.sin_family == AF_UNSPEC)
		return tcp_disconnect(tp);
	switch (tp->state) {
	case TCP_CLOSE:
		if (tp->inet.connected && sk->err)
			return tcp_error_take(sk, -ECONNABORTED);
		break;
	case TCP_SYN_SENT:
	case TCP_SYN_RECV:
		if (sk->nonblock)
			return -EALREADY;
		err = tcp_v4_wait_connect(task, tp);
		return err;
	default:
		return -EISCONN;
	}
	if (addrlen < sizeof(sin))
		return -EINVAL;
	if (sin.sin_family != AF_INET)
		return -EAFNOSUPPORT;
	sk->origin = task->origin;
	err = tcp_v4_start(tp, &sin);
	if (err)
		return err;
	return tcp_v4_wait_connect(task, tp);
}
