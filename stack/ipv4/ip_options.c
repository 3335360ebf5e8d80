/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_options.c - options of the IP header: record route, timestamps
 *
 * mirrors net/ipv4/ip_options.c (RFC 791, 3.1)
 * TABLE
 *
 * An option's place is its offset from the start of the IP header, 0: it is not there.
 * Unlike Linux: a source route is never followed (accept_source_route is as if off).
 */
#include <errno.h>
#include <string.h>

#include "core/world.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "ipv4/ip_options.h"

#define MSEC_PER_DAY INT64_C(86400000)

static void put_timestamp(struct ng_world *world, uint8_t *at)
{
	int64_t now = world->config.epoch_ns + world_now(world);
	__be32 stamp = cpu_to_be32((uint32_t)((now / NSEC_PER_MSEC) % MSEC_PER_DAY));

	memcpy(at, &stamp, sizeof(stamp));
}

static void put_address(uint8_t *at, __be32 addr)
{
	memcpy(at, &addr, sizeof(addr));
}

/* What the walk over the options knows; @skb NULL: a program wrote them. */
struct opt_walk {
	struct net *net;
	struct sk_buff *skb;
	struct ip_opt_state *st;
	const uint8_t *base; /* where the IP header would begin */
};

/* Results: 0, or one more than the offset (within the option) of the byte that is wrong. */
static int compile_rr(struct opt_walk *w, uint8_t *p, uint32_t optlen)
{
	if (w->st->rr)
		return 1;
	if (optlen < 3)
		return 2;
	if (p[2] < 4 || (p[2] <= optlen && p[2] + 3U > optlen))
		return 3;
	if (p[2] <= optlen) {
		if (w->skb)
			put_address(&p[p[2] - 1], fib_compute_spec_dst(w->skb));
		p[2] = (uint8_t)(p[2] + 4);
		w->st->rr_needaddr = true;
	}
	w->st->rr = (uint8_t)(p - w->base);
	return 0;
}

static int compile_ts_room(struct opt_walk *w, uint8_t *p, uint32_t optlen)
{
	unsigned int kind = p[3] & 0xf;
	uint8_t *slot = &p[p[2] - 1];
	bool stamped = w->skb != NULL;
	__be32 addr;

	if (p[2] + (kind == IPOPT_TS_TSANDADDR || kind == IPOPT_TS_PRESPEC ? 7U : 3U) > optlen)
		return 3;
	switch (kind) {
	case IPOPT_TS_TSONLY:
		p[2] = (uint8_t)(p[2] + 4);
		break;
	case IPOPT_TS_TSANDADDR:
		if (w->skb)
			put_address(slot, fib_compute_spec_dst(w->skb));
		w->st->ts_needaddr = true;
		slot += 4;
		p[2] = (uint8_t)(p[2] + 8);
		break;
	case IPOPT_TS_PRESPEC:
		memcpy(&addr, slot, sizeof(addr));
		if (inet_addr_type(w->net, addr) == RTN_UNICAST)
			return 0; /* somebody else's turn */
		slot += 4;
		p[2] = (uint8_t)(p[2] + 8);
		break;
	default:
		return 0;
	}
	w->st->ts_needtime = true;
	if (stamped)
		put_timestamp(w->net->world, slot);
	return 0;
}

static int compile_ts(struct opt_walk *w, uint8_t *p, uint32_t optlen)
{
	int err;

	if (w->st->ts)
		return 1;
	if (optlen < 4)
		return 2;
	if (p[2] < 5)
		return 3;
	if (p[2] <= optlen) {
		err = compile_ts_room(w, p, optlen);
		if (err)
			return err;
	} else if ((p[3] & 0xf) != IPOPT_TS_PRESPEC) {
		if (p[3] >> 4 == 15)
			return 4;
		if (w->skb) /* one more host found no room */
			p[3] = (uint8_t)(p[3] + 0x10);
	}
	w->st->ts = (uint8_t)(p - w->base);
	return 0;
}

static int compile_one(struct opt_walk *w, uint8_t *p, uint32_t optlen)
{
	switch (p[0]) {
	case IPOPT_RR:
		return compile_rr(w, p, optlen);
	case IPOPT_TS:
		return compile_ts(w, p, optlen);
	case IPOPT_LSRR:
	case IPOPT_SSRR:
		if (w->st->srr)
			return 1;
		if (optlen < 3)
			return 2;
		if (p[2] < 4)
			return 3;
		w->st->srr = (uint8_t)(p - w->base);
		return 0;
	case IPOPT_RA:
		return optlen < 4 ? 2 : 0;
	case IPOPT_CIPSO: /* nobody defined a domain of interpretation, so none is known */
		if (w->st->cipso)
			return 1;
		w->st->cipso = (uint8_t)(p - w->base);
		return optlen < 8 ? 2 : 3;
	}
	return 0;
}

/*
 * Looks through @len bytes of options, fills in what a host on the way must.
 * Return: 0, or the offset from the IP header of the byte that is wrong.
 */
static uint32_t ip_options_compile(struct opt_walk *w, uint8_t *opts, uint32_t len)
{
	uint8_t *p = opts;
	uint32_t left = len, optlen;
	int err;

	w->base = opts - sizeof(struct iphdr);
	while (left) {
		if (*p == IPOPT_END) {
			memset(p, IPOPT_END, left);
			return 0;
		}
		if (*p == IPOPT_NOOP) {
			p++;
			left--;
			continue;
		}
		optlen = left < 2 ? 0 : p[1];
		err = optlen < 2 || optlen > left ? 1 : compile_one(w, p, optlen);
		if (err)
			return (uint32_t)(p - w->base) + (uint32_t)err - 1;
		p += optlen;
		left -= optlen;
	}
	return 0;
}

/**
 * ip_options_get() - Options a program gives: setsockopt(IP_OPTIONS)
 * @net: its namespace
 * @opt: gets them
 * @data: the bytes
 * @len: how many
 *
 * Return: 0 or -EINVAL.
 */
int ip_options_get(struct net *net, struct ip_options *opt, const void *data, uint32_t len)
{
	struct opt_walk w = { .net = net, .st = &opt->st };

	if (len > MAX_IPOPTLEN)
		return -EINVAL;
	*opt = (struct ip_options){ .len = (uint8_t)((len + 3) & ~3U) };
	memcpy(opt->data, data, len);
	return ip_options_compile(&w, opt->data, opt->len) ? -EINVAL : 0;
}

/**
 * ip_rcv_options() - Options of a packet that has come in
 * @skb: the packet, with its route; its header is changed, the checksum only when it is forwarded
 *
 * Return: false: it must die (the sender has been told of a bad one).
 */
bool ip_rcv_options(struct sk_buff *skb)
{
	struct opt_walk w = { .net = skb->dev->net, .skb = skb, .st = &IPCB(skb)->opt };
	struct iphdr *iph;
	uint32_t bad;

	skb_ensure_writable(skb, ETH_HLEN);
	iph = ip_hdr(skb);
	bad = ip_options_compile(&w, (uint8_t *)(iph + 1), iph->ihl * 4U - (uint32_t)sizeof(*iph));
	if (bad) {
		mib_inc(skb->dev->net, Ip_InHdrErrors);
		icmp_send(skb, ICMP_PARAMETERPROB, 0, cpu_to_be32(bad << 24));
		return false;
	}
	return !IPCB(skb)->opt.srr;
}

/**
 * ip_options_compile_again() - Options of a packet that could not be sent: an error will tell of them
 * @skb: the packet, with its route; a record or time stamp gets one entry more, as if it had come in
 *
 * As ipv4_send_dest_unreach().
 *
 * Return: false: something is wrong with them.
 */
bool ip_options_compile_again(struct sk_buff *skb)
{
	struct opt_walk w = { .net = skb_rtable(skb)->net, .skb = skb, .st = &IPCB(skb)->opt };
	struct iphdr *iph;

	if (ip_hdr(skb)->ihl == 5)
		return true;
	skb_ensure_writable(skb, ETH_HLEN);
	iph = ip_hdr(skb);
	memset(w.st, 0, sizeof(*w.st));
	return !ip_options_compile(&w, (uint8_t *)(iph + 1),
				   iph->ihl * 4U - (uint32_t)sizeof(*iph));
}

/* The address of ours on the way out. As ip_rt_get_source(). */
static __be32 out_address(const struct sk_buff *skb, const struct rtable *rt)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct fib_result res;
	struct flowi4 fl4;

	if (!rt->rt_is_input)
		return iph->saddr;
	fl4 = (struct flowi4){ .daddr = iph->daddr,
			       .saddr = iph->saddr,
			       .tos = iph->tos & INET_DSCP_MASK,
			       .oif = rt->dst.dev->ifindex,
			       .iif = skb->dev->ifindex,
			       .mark = skb->mark };
	if (!fib_lookup(rt->net, &fl4, &res, 0))
		return fib_result_prefsrc(rt->net, &res);
	return inet_select_addr(rt->dst.dev, rt_nexthop(rt, iph->daddr), RT_SCOPE_UNIVERSE);
}

/* What the packet's notes say is believed only if the header says it too. */
static bool within(const struct sk_buff *skb, uint32_t at, uint8_t kind)
{
	const uint8_t *raw = skb_network_header(skb);
	uint32_t hlen = ip_hdr(skb)->ihl * 4U;

	return at >= sizeof(struct iphdr) && at + 4 <= hlen && raw[at] == kind &&
	       raw[at + 1] >= 3 && at + raw[at + 1] <= hlen;
}

static void fill_rr(struct sk_buff *skb, const struct rtable *rt)
{
	const struct ip_opt_state *st = &IPCB(skb)->opt;
	uint8_t *raw = skb_network_header(skb);

	if (st->rr_needaddr && within(skb, st->rr, IPOPT_RR) && raw[st->rr + 2] >= 8)
		put_address(raw + st->rr + raw[st->rr + 2] - 5, out_address(skb, rt));
}

/**
 * ip_forward_options() - A forwarded packet's options learn where it leaves
 * @skb: the packet; its header is changed
 */
void ip_forward_options(struct sk_buff *skb)
{
	fill_rr(skb, skb_rtable(skb));
	ip_send_check(ip_hdr(skb));
}

/**
 * ip_options_build() - Puts options behind a new header
 * @skb: the packet; room for them is there, addresses are filled in
 * @opt: the options
 * @rt: its route
 */
void ip_options_build(struct sk_buff *skb, const struct ip_options *opt, const struct rtable *rt)
{
	const struct ip_opt_state *st = &opt->st;
	uint8_t *raw = skb_network_header(skb);

	IPCB(skb)->opt = *st;
	memcpy(raw + sizeof(struct iphdr), opt->data, opt->len);
	fill_rr(skb, rt);
	if (st->ts_needaddr)
		put_address(raw + st->ts + raw[st->ts + 2] - 9, out_address(skb, rt));
	if (st->ts_needtime)
		put_timestamp(skb->world, raw + st->ts + raw[st->ts + 2] - 5);
}

static bool echo_rr(struct ip_options *opt, const struct ip_opt_state *from, const uint8_t *p)
{
	uint8_t *to = opt->data + opt->len;
	uint32_t optlen = p[1], at = p[2];

	if (opt->len + optlen > MAX_IPOPTLEN)
		return false;
	memcpy(to, p, optlen);
	opt->st.rr = (uint8_t)(opt->len + sizeof(struct iphdr));
	if (from->rr_needaddr && at <= optlen) {
		if (at + 3 > optlen)
			return false;
		to[2] = (uint8_t)(at + 4);
		opt->st.rr_needaddr = true;
	}
	opt->len = (uint8_t)(opt->len + optlen);
	return true;
}

static bool echo_ts(struct net *net, struct ip_options *opt, const struct ip_opt_state *from,
		    const uint8_t *p)
{
	uint8_t *to = opt->data + opt->len;
	uint32_t optlen = p[1], at = p[2];
	__be32 addr;

	if (opt->len + optlen > MAX_IPOPTLEN)
		return false;
	memcpy(to, p, optlen);
	opt->st.ts = (uint8_t)(opt->len + sizeof(struct iphdr));
	opt->len = (uint8_t)(opt->len + optlen);
	if (at > optlen)
		return true;
	if (from->ts_needaddr) {
		if (at + 3 > optlen)
			return false;
		opt->st.ts_needaddr = true;
		at += 4;
	}
	if (from->ts_needtime) {
		if (at + 3 > optlen)
			return false;
		if ((to[3] & 0xf) != IPOPT_TS_PRESPEC) {
			opt->st.ts_needtime = true;
			at += 4;
		} else if (at + 7 <= optlen) {
			memcpy(&addr, to + at - 1, sizeof(addr));
			if (inet_addr_type(net, addr) != RTN_UNICAST) {
				opt->st.ts_needtime = true;
				at += 8;
			}
		}
	}
	to[2] = (uint8_t)at;
	return true;
}

/**
 * ip_options_echo() - The options of an answer
 * @net: the namespace
 * @opt: gets them
 * @skb: what is answered
 *
 * Return: false: they do not fit.
 */
bool ip_options_echo(struct net *net, struct ip_options *opt, const struct sk_buff *skb)
{
	const struct ip_opt_state *from = &IPCB(skb)->opt;
	const uint8_t *raw = skb_network_header(skb);

	opt->len = 0;
	opt->st = (struct ip_opt_state){ 0 };
	if (ip_hdr(skb)->ihl == 5)
		return true;
	if (within(skb, from->rr, IPOPT_RR) && !echo_rr(opt, from, raw + from->rr))
		return false;
	if (within(skb, from->ts, IPOPT_TS) && !echo_ts(net, opt, from, raw + from->ts))
		return false;
	if (within(skb, from->cipso, IPOPT_CIPSO)) {
		const uint8_t *p = raw + from->cipso;

		if (opt->len + p[1] > MAX_IPOPTLEN)
			return false;
		memcpy(opt->data + opt->len, p, p[1]);
		opt->st.cipso = (uint8_t)(opt->len + sizeof(struct iphdr));
		opt->len = (uint8_t)(opt->len + p[1]);
	}
	while (opt->len & 3)
		opt->data[opt->len++] = IPOPT_END;
	return true;
}

/**
 * ip_options_fragment() - All fragments but the first carry only the options meant for all
 * @iph: the header of another fragment
 */
void ip_options_fragment(struct iphdr *iph)
{
	uint32_t left = iph->ihl * 4U - (uint32_t)sizeof(*iph), optlen;
	uint8_t *p = (uint8_t *)(iph + 1);

	while (left && *p != IPOPT_END) {
		optlen = *p == IPOPT_NOOP ? 1 : left < 2 ? 0 : p[1];
		if (!optlen || optlen > left)
			return;
		if (!IPOPT_COPIED(*p))
			memset(p, IPOPT_NOOP, optlen);
		p += optlen;
		left -= optlen;
	}
}
