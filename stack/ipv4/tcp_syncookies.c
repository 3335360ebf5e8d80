/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_syncookies.c - a flood of SYNs: what a request would remember goes into the answer's numbers
 *
 * mirrors net/ipv4/syncookies.c
 *
 * The first number tells, by a secret hash, the minute and which of four segment sizes the peer offered;
 * the low bits of the timestamp tell its other options. Without timestamps they are not used.
 *
 * PATH (leaf)
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

#define COOKIE_AGE 2U /* minutes */
#define COOKIE_MASK 0xffffffU
#define COOKIE_TS_WSCALE 0xfU
#define COOKIE_TS_SACK 0x10U
#define COOKIE_TS_ECN 0x20U
#define COOKIE_TS_MASK 0x3fU

#define NR_MSS 4U

static const uint16_t mss_table[NR_MSS] = { 536, 1300, 1440, 1460 };

static uint32_t cookie_hash(struct net *net, const struct tcp_hash_node *key, uint32_t count,
			    uint32_t which)
{
	return (uint32_t)tcp_tuple_hash(net, key, (uint64_t)count << 8 | which);
}

static uint32_t minute(const struct net *net)
{
	return (uint32_t)(world_now(net->world) / (60 * NSEC_PER_SEC));
}

/**
 * tcp_cookie_isn() - The first number of an answer that nobody remembers
 * @net: the namespace
 * @req: the request
 *
 * Return: the number; the request's MSS is what it tells.
 */
uint32_t tcp_cookie_isn(struct net *net, struct tcp_request_sock *req)
{
	uint32_t mss = req->opt.mss_clamp ? req->opt.mss_clamp : TCP_MSS_DEFAULT;
	uint32_t i = NR_MSS - 1, count = minute(net);

	while (i && mss < mss_table[i])
		i--;
	mib_inc(net, TcpExt_SyncookiesSent);
	return cookie_hash(net, &req->hash, 0, 2) + req->rcv_isn + (count << 24) +
	       ((cookie_hash(net, &req->hash, count, 3) + i) & COOKIE_MASK);
}

/**
 * tcp_cookie_ts() - The timestamp that tells the peer's options
 * @req: the request
 * @now_ms: the clock
 *
 * Return: not later than the clock.
 */
uint32_t tcp_cookie_ts(const struct tcp_request_sock *req, uint32_t now_ms)
{
	uint32_t opt = req->opt.wscale_ok ? req->opt.snd_wscale : COOKIE_TS_WSCALE;
	uint32_t ts;

	if (req->opt.sack_ok)
		opt |= COOKIE_TS_SACK;
	if (req->ecn_ok)
		opt |= COOKIE_TS_ECN;
	ts = (now_ms & ~COOKIE_TS_MASK) | opt;
	return ts > now_ms ? ts - COOKIE_TS_MASK - 1 : ts;
}

/* the options come back in the echo; false: they are not ours. As cookie_timestamp_decode() */
static bool decode_timestamp(const struct net *net, struct tcp_request_sock *req)
{
	struct tcp_options *opt = &req->opt;
	uint32_t bits = opt->tsecr - req->ts_off;

	if (!opt->saw_tstamp)
		return true;
	if (!net->ipv4->sysctl_tcp_timestamps)
		return false;
	opt->tstamp_ok = true;
	opt->sack_ok = bits & COOKIE_TS_SACK;
	if (opt->sack_ok && !net->ipv4->sysctl_tcp_sack)
		return false;
	req->ecn_ok = bits & COOKIE_TS_ECN;
	req->ts_recent = opt->tsval;
	if ((bits & COOKIE_TS_WSCALE) == COOKIE_TS_WSCALE)
		return true;
	opt->wscale_ok = true;
	opt->snd_wscale = bits & COOKIE_TS_WSCALE;
	return net->ipv4->sysctl_tcp_window_scaling;
}

/**
 * tcp_cookie_check() - An ACK nobody waits for: does it answer a cookie?
 * @net: the namespace
 * @req: addresses are set; what the cookie remembers is filled in
 * @skb: the ACK; data at the TCP header
 *
 * Return: true: it does.
 */
bool tcp_cookie_check(struct net *net, struct tcp_request_sock *req, const struct sk_buff *skb)
{
	uint32_t cookie = TCP_SKB_CB(skb)->ack_seq - 1, count = minute(net), age, i;

	req->rcv_isn = TCP_SKB_CB(skb)->seq - 1;
	req->snt_isn = cookie;
	req->ts_off = (uint32_t)tcp_tuple_hash(net, &req->hash, 1);
	cookie -= cookie_hash(net, &req->hash, 0, 2) + req->rcv_isn;
	age = (count - (cookie >> 24)) & 0xff;
	i = (cookie - cookie_hash(net, &req->hash, count - age, 3)) & COOKIE_MASK;
	if (age >= COOKIE_AGE || i >= NR_MSS) {
		mib_inc(net, TcpExt_SyncookiesFailed);
		return false;
	}
	mib_inc(net, TcpExt_SyncookiesRecv);
	tcp_parse_options((const void *)skb->data, &req->opt, true);
	req->opt.mss_clamp = mss_table[i];
	return decode_timestamp(net, req);
}
