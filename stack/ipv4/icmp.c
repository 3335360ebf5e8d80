/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * icmp.c - ICMP: answering echo requests, sending errors, taking them in
 *
 * mirrors net/ipv4/icmp.c
 *
 * PATH
 *
 *	icmp_rcv()
 *	  icmp_echo()
 *	    icmp_reply()
 *	      icmp_push_reply()		ip_build_and_send()
 *	  icmp_unreach(), icmp_redirect()
 *	    icmp_socket_deliver()	raw_icmp_error(), udp_err(), tcp_v4_err(), ping_err()
 *	  ping_rcv()
 *	icmp_send()
 *	  icmp_push_reply()
 */
#include <errno.h>
#include <linux/if.h>

#include "core/trace.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "ipv4/ip_sockglue.h"
#include "netfilter/netfilter.h"

#define RT_TOS_MASK 0x1e
#define IPTOS_PREC_INTERNETCONTROL 0xc0
/* RFC 7600: the source when we have no address at all, 192.0.0.8 */
#define INADDR_DUMMY_HOST 0xc0000008U
#define MSEC_PER_DAY INT64_C(86400000)

static bool icmp_type_is_error(unsigned int type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH || type == ICMP_REDIRECT ||
	       type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

/* the first message of a namespace */
static __attribute__((noinline, cold)) void icmpmsg_mib_new(struct ipv4_mib *mib)
{
	mib->icmpmsg = xzalloc(sizeof(*mib->icmpmsg));
}

static inline struct icmpmsg_mib *icmpmsg_mib(struct net *net)
{
	if (!net->ipv4->mib.icmpmsg)
		icmpmsg_mib_new(&net->ipv4->mib);
	return net->ipv4->mib.icmpmsg;
}

/**
 * icmp_out_count() - Counts an ICMP message that is sent
 * @net: the namespace
 * @type: its type
 */
void icmp_out_count(struct net *net, uint8_t type)
{
	icmpmsg_mib(net)->out[type]++;
	mib_inc(net, Icmp_OutMsgs);
}

/* icmp_msgs_per_sec and icmp_msgs_burst, for the whole namespace */
static bool icmp_global_allow(struct netns_ipv4 *ipv4, int64_t now_ms)
{
	int64_t delta, incr;

	if (ipv4->icmp_global_credit > 0)
		return true;
	delta = now_ms - ipv4->icmp_global_stamp_ms;
	if (delta > 1000 || !ipv4->icmp_global_stamp_ms)
		delta = 1000;
	incr = ipv4->sysctl_icmp_msgs_per_sec * delta / 1000;
	if (delta < 20 || !incr)
		return false;
	ipv4->icmp_global_stamp_ms = now_ms;
	ipv4->icmp_global_credit += incr;
	if (ipv4->icmp_global_credit > ipv4->sysctl_icmp_msgs_burst)
		ipv4->icmp_global_credit = ipv4->sysctl_icmp_msgs_burst;
	return true;
}

static bool icmpv4_global_allow(struct net *net, int type, int code, bool *ret_limit)
{
	if (type > NR_ICMP_TYPES || (type == ICMP_DEST_UNREACH && code == ICMP_FRAG_NEEDED) ||
	    !((1 << type) & net->ipv4->sysctl_icmp_ratemask))
		return true;
	*ret_limit = true;
	if (icmp_global_allow(net->ipv4, world_now(net->world) / NSEC_PER_MSEC))
		return true;
	mib_inc(net, Icmp_OutRateLimitGlobal);
	return false;
}

static bool icmpv4_xrlim_allow(struct net *net, const struct rtable *rt, __be32 daddr)
{
	bool rc = true;

	if (!(rt->dst.dev->flags & IFF_LOOPBACK))
		rc = inet_peer_xrlim_allow(net, inet_getpeer_v4(net, daddr),
					   net->ipv4->sysctl_icmp_ratelimit);
	/* none, one or two: so that nobody can count our errors */
	if (rc)
		net->ipv4->icmp_global_credit -= world_random_below(
			net->world, RNG_ICMP, net->inum, net->ipv4->icmp_global_count++, 3);
	else
		mib_inc(net, Icmp_OutRateLimitHost);
	return rc;
}

/* What is to be sent: a header, and bytes of the packet that caused it. */
struct icmp_bxm {
	const struct sk_buff *skb; /* the cause */
	const uint8_t *data;
	uint32_t data_len;
	struct icmphdr icmph;
	uint32_t times[3]; /* of a timestamp reply, network order */
	uint32_t head_len;
	struct ip_options opt; /* of the answer */
};

/*
 * Sends an ICMP message. @rt stays the caller's. One at a time, as icmp_xmit_lock(): what happens to it
 * on its way out of this host (a REJECT rule) causes no other.
 */
static void icmp_push_reply(const struct icmp_bxm *param, struct rtable *rt,
			    const struct flowi4 *fl4, uint8_t tos)
{
	const struct sk_buff *cause = param->skb;
	uint32_t len = param->head_len + param->data_len;
	struct sk_buff *skb = alloc_skb(cause->world, SKB_HEADROOM, len);
	uint8_t *p = skb_put(skb, len);
	struct icmphdr *icmph = (struct icmphdr *)(void *)p;
	struct net *net = rt->net;
	const struct ip_send how = {
		.rt = rt,
		.saddr = fl4->saddr,
		.daddr = fl4->daddr,
		.tos = tos,
		.protocol = IPPROTO_ICMP,
		.ttl = (uint8_t)net->ipv4->sysctl_ip_default_ttl,
		.mark = fl4->mark,
		.opt = &param->opt,
	};

	memcpy(p, &param->icmph, sizeof(param->icmph));
	if (param->head_len > sizeof(param->icmph))
		memcpy(p + sizeof(param->icmph), param->times,
		       param->head_len - sizeof(param->icmph));
	memcpy(p + param->head_len, param->data, param->data_len);
	icmph->checksum = 0;
	icmph->checksum = ip_compute_csum(p, len);
	skb_set_cause(skb, cause->id,
		      icmp_type_is_error(param->icmph.type) ? NG_CAUSE_ERROR : NG_CAUSE_REPLY);
	skb->origin = cause->origin;
	skb->ignore_df = true;
	skb->owner = SKB_OWNER_KERNEL;
	if (icmp_type_is_error(param->icmph.type))
		nf_ct_attach(skb, cause);
	net->world->icmp_xmit_busy = true;
	ip_build_and_send(skb, &how);
	net->world->icmp_xmit_busy = false;
}

/**
 * ip4_reply_mark() - The mark of an answer nobody asked a socket for: fwmark_reflect
 * @net: who answers
 * @skb: the packet that is answered; borrowed
 *
 * Return: its mark or 0. As IP4_REPLY_MARK().
 */
uint32_t ip4_reply_mark(const struct net *net, const struct sk_buff *skb)
{
	return net->ipv4->sysctl_fwmark_reflect ? skb->mark : 0;
}

/* As icmp_reply(): to where @skb came from, out of the address it was sent to. */
static void icmp_reply(struct icmp_bxm *param, struct sk_buff *skb)
{
	struct net *net = skb->dev->net;
	struct flowi4 fl4 = {
		.daddr = ip_hdr(skb)->saddr,
		.saddr = fib_compute_spec_dst(skb),
		.tos = ip_hdr(skb)->tos & INET_DSCP_MASK,
		.proto = IPPROTO_ICMP,
		.mark = ip4_reply_mark(net, skb),
	};
	bool limit = false;
	struct rtable *rt;

	if (!ip_options_echo(net, &param->opt, skb) || net->world->icmp_xmit_busy ||
	    !icmpv4_global_allow(net, param->icmph.type, param->icmph.code, &limit))
		return;
	if (ip_route_output_flow(net, &fl4, NULL, &rt))
		return;
	if (!limit || icmpv4_xrlim_allow(net, rt, fl4.daddr))
		icmp_push_reply(param, rt, &fl4, ip_hdr(skb)->tos);
	dst_release(&rt->dst);
}

/* May an error be sent about this packet at all? RFC 1122, 3.2.2 */
static bool icmp_may_send(const struct sk_buff *skb_in, int type)
{
	const struct rtable *rt = skb_rtable(skb_in);
	const struct iphdr *iph = ip_hdr(skb_in);
	const uint8_t *inner = (const uint8_t *)iph + iph->ihl * 4;

	if ((const uint8_t *)(iph + 1) > skb_in->tail || skb_in->pkt_type != PACKET_HOST)
		return false;
	if (rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST))
		return false;
	if (iph->frag_off & cpu_to_be16(IP_OFFSET))
		return false;
	if (icmp_type_is_error((unsigned int)type) && iph->protocol == IPPROTO_ICMP) {
		if (inner >= skb_in->tail || *inner > NR_ICMP_TYPES || icmp_type_is_error(*inner))
			return false;
	}
	return true;
}

static __be32 icmp_source(const struct sk_buff *skb_in, const struct rtable *rt)
{
	struct net_device *dev = NULL;

	if (rt->rt_flags & RTCF_LOCAL)
		return ip_hdr(skb_in)->daddr;
	if (rt->rt_is_input && rt->net->ipv4->sysctl_icmp_errors_use_inbound_ifaddr)
		dev = dev_get_by_index(rt->net, skb_in->skb_iif);
	return dev ? inet_select_addr(dev, ip_hdr(skb_in)->saddr, RT_SCOPE_LINK) : 0;
}

static TRACE_COLD void trace_error(struct sk_buff *skb_in, int type, int code, __be32 info,
				   const char *why_not)
{
	trace_skb_from(skb_in, skb_in->dev, NG_FILE, "icmp_send", ICMP_ERROR, icmp_error,
		       .type = (uint32_t)type, .code = (uint32_t)code, .info = be32_to_cpu(info),
		       .why_not = why_not);
}

/**
 * icmp_send() - Tells a sender what became of its packet
 * @skb_in: the packet, with its route and network header; borrowed
 * @type: ICMP type
 * @code: ICMP code
 * @info: second word of the header: MTU or gateway, network order
 *
 * Quotes as much as fits in 576 bytes, TOS 0xc0. As __icmp_send().
 */
void icmp_send(struct sk_buff *skb_in, int type, int code, __be32 info)
{
	struct rtable *rt_in = skb_rtable(skb_in), *rt;
	const struct iphdr *iph = ip_hdr(skb_in);
	struct icmp_bxm param = { .skb = skb_in,
				  .data = (const uint8_t *)iph,
				  .head_len = sizeof(struct icmphdr) };
	struct flowi4 fl4 = { .proto = IPPROTO_ICMP };
	bool limit = false;
	struct net *net;
	uint32_t room;
	uint8_t tos;

	if (!rt_in || !rt_in->net || rt_in->dead || !icmp_may_send(skb_in, type)) {
		trace_error(skb_in, type, code, info, "no errors about such packets");
		return;
	}
	net = rt_in->net;
	if (net->world->icmp_xmit_busy) {
		trace_error(skb_in, type, code, info, "an ICMP message is being sent");
		return;
	}
	if (!(skb_in->dev && (skb_in->dev->flags & IFF_LOOPBACK)) &&
	    !icmpv4_global_allow(net, type, code, &limit)) {
		trace_error(skb_in, type, code, info, "too many lately");
		return;
	}
	if (!ip_options_echo(net, &param.opt, skb_in))
		return;
	tos = icmp_type_is_error((unsigned int)type)
		      ? (iph->tos & RT_TOS_MASK) | IPTOS_PREC_INTERNETCONTROL
		      : iph->tos;
	param.icmph.type = (uint8_t)type;
	param.icmph.code = (uint8_t)code;
	param.icmph.un.gateway = info;
	fl4.daddr = iph->saddr;
	fl4.saddr = icmp_source(skb_in, rt_in);
	fl4.tos = tos & INET_DSCP_MASK;
	fl4.mark = ip4_reply_mark(net, skb_in);
	if (ip_route_output_flow(net, &fl4, NULL, &rt)) {
		trace_error(skb_in, type, code, info, "no route to the sender");
		return;
	}
	if (limit && !icmpv4_xrlim_allow(net, rt, fl4.daddr)) {
		trace_error(skb_in, type, code, info, "too many to that host lately");
		goto ende;
	}
	room = ip_dst_mtu(rt, false);
	if (room > 576)
		room = 576;
	if (room <= 2 * sizeof(struct iphdr) + sizeof(struct icmphdr))
		goto ende;
	room -= (uint32_t)(sizeof(struct iphdr) + sizeof(struct icmphdr)) + param.opt.len;
	param.data_len = (uint32_t)(skb_in->tail - param.data);
	if (param.data_len > room)
		param.data_len = room;
	if (!fl4.saddr)
		fl4.saddr = cpu_to_be32(INADDR_DUMMY_HOST);
	trace_error(skb_in, type, code, info, NULL);
	icmp_push_reply(&param, rt, &fl4, tos);
ende:
	dst_release(&rt->dst);
}

/* an error about an echo reply that the kernel itself sent. As icmp_err() */
static void icmp_err(struct sk_buff *skb, uint32_t info)
{
	const struct iphdr *iph = (const void *)skb->data;
	const struct icmphdr *inner = (const void *)(skb->data + iph->ihl * 4),
			     *icmph = skb_transport_header(skb);

	if (inner->type != ICMP_ECHOREPLY)
		ping_err(skb, iph->ihl * 4, info);
	else if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED)
		ipv4_update_pmtu(skb, skb->dev->net, info, NULL);
	else if (icmph->type == ICMP_REDIRECT)
		ipv4_redirect(skb, skb->dev->net, NULL);
}

static enum skb_drop_reason icmp_in_error(struct sk_buff *skb, enum skb_drop_reason reason)
{
	mib_inc(skb->dev->net, Icmp_InErrors);
	return reason;
}

/* To the socket whose packet is quoted; data at the quoted header. */
static void icmp_socket_deliver(struct sk_buff *skb, uint32_t info)
{
	const struct iphdr *iph = (const void *)skb->data;

	if (!skb_peek_hdr(skb, iph->ihl * 4U + 8)) {
		mib_inc(skb->dev->net, Icmp_InErrors);
		return;
	}
	if (iph->protocol == IPPROTO_RAW)
		return;
	raw_icmp_error(skb, iph->protocol, info);
	switch (iph->protocol) {
	case IPPROTO_ICMP:
		icmp_err(skb, info);
		break;
	case IPPROTO_UDP:
		udp_err(skb, info);
		break;
	case IPPROTO_TCP:
		tcp_v4_err(skb, info);
		break;
	}
}

static enum skb_drop_reason icmp_unreach(struct sk_buff *skb)
{
	const struct iphdr *iph = skb_peek_hdr(skb, sizeof(*iph));
	const struct icmphdr *icmph = skb_transport_header(skb);
	struct net *net = skb->dev->net;
	uint32_t info = 0;

	if (!iph)
		return icmp_in_error(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
	if (iph->ihl < 5)
		return icmp_in_error(skb, SKB_DROP_REASON_IP_INHDR);
	if (icmph->type == ICMP_DEST_UNREACH) {
		if ((icmph->code & 15) == ICMP_FRAG_NEEDED) {
			int no_pmtu_disc = net->ipv4->sysctl_ip_no_pmtu_disc;

			/* 3: only TCP proves that the message is about a packet of ours */
			if (no_pmtu_disc == 2 ||
			    (no_pmtu_disc == 3 && iph->protocol != IPPROTO_TCP))
				return 0;
			if (no_pmtu_disc == 0 || no_pmtu_disc == 3)
				info = be16_to_cpu(icmph->un.frag.mtu);
		}
		if (icmph->code > NR_ICMP_UNREACH)
			return 0;
	} else if (icmph->type == ICMP_PARAMETERPROB) {
		info = be32_to_cpu(icmph->un.gateway) >> 24;
	} else if (icmph->type == ICMP_TIME_EXCEEDED && icmph->code == ICMP_EXC_FRAGTIME) {
		return 0;
	}
	if (!net->ipv4->sysctl_icmp_ignore_bogus_error_responses &&
	    inet_addr_type(net, iph->daddr) == RTN_BROADCAST)
		return 0;
	icmp_socket_deliver(skb, info);
	return 0;
}

static enum skb_drop_reason icmp_redirect(struct sk_buff *skb)
{
	const struct icmphdr *icmph = skb_transport_header(skb);

	if (!skb_peek_hdr(skb, sizeof(struct iphdr)))
		return icmp_in_error(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
	icmp_socket_deliver(skb, be32_to_cpu(icmph->un.gateway));
	return 0;
}

static enum skb_drop_reason icmp_echo(struct sk_buff *skb)
{
	struct icmp_bxm param = { .skb = skb,
				  .data = skb->data,
				  .data_len = skb_len(skb),
				  .head_len = sizeof(struct icmphdr) };

	if (skb->dev->net->ipv4->sysctl_icmp_echo_ignore_all)
		return SKB_DROP_REASON_INVALID_PROTO;
	memcpy(&param.icmph, skb_transport_header(skb), sizeof(param.icmph));
	param.icmph.type = ICMP_ECHOREPLY;
	icmp_reply(&param, skb);
	return 0;
}

static enum skb_drop_reason icmp_timestamp(struct sk_buff *skb)
{
	struct icmp_bxm param = { .skb = skb, .head_len = sizeof(struct icmphdr) + 12 };
	int64_t now = skb->world->config.epoch_ns + world_now(skb->world);
	__be32 stamp = cpu_to_be32((uint32_t)((now / NSEC_PER_MSEC) % MSEC_PER_DAY));

	if (skb_len(skb) < 4)
		return icmp_in_error(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
	memcpy(&param.icmph, skb_transport_header(skb), sizeof(param.icmph));
	memcpy(&param.times[0], skb->data, 4);
	memcpy(&param.times[1], &stamp, 4);
	memcpy(&param.times[2], &stamp, 4);
	param.icmph.type = ICMP_TIMESTAMPREPLY;
	param.icmph.code = 0;
	param.data = skb->data;
	icmp_reply(&param, skb);
	return 0;
}

static bool icmp_broadcast_ok(const struct sk_buff *skb, const struct icmphdr *icmph)
{
	const struct rtable *rt = skb_rtable(skb);

	if (!(rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) || icmph->type > NR_ICMP_TYPES)
		return true;
	if (icmph->type == ICMP_ECHO || icmph->type == ICMP_TIMESTAMP)
		return !skb->dev->net->ipv4->sysctl_icmp_echo_ignore_broadcasts;
	return icmph->type == ICMP_ADDRESS || icmph->type == ICMP_ADDRESSREPLY;
}

static enum skb_drop_reason icmp_dispatch(struct sk_buff *skb, unsigned int type)
{
	switch (type) {
	case ICMP_ECHOREPLY:
	case ICMP_EXT_ECHOREPLY:
		return ping_rcv(skb) ? 0 : SKB_DROP_REASON_NO_SOCKET;
	case ICMP_DEST_UNREACH:
	case ICMP_SOURCE_QUENCH:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETERPROB:
		return icmp_unreach(skb);
	case ICMP_REDIRECT:
		return icmp_redirect(skb);
	case ICMP_ECHO:
		return icmp_echo(skb);
	case ICMP_TIMESTAMP:
		return icmp_timestamp(skb);
	default:
		return 0;
	}
}

/**
 * icmp_rcv() - An ICMP message for us
 * @skb: consumed; data at the ICMP header
 */
void icmp_rcv(struct sk_buff *skb)
{
	const struct icmphdr *icmph = skb_peek_hdr(skb, sizeof(*icmph));
	enum skb_drop_reason reason = SKB_DROP_REASON_PKT_TOO_SMALL;
	struct net *net = skb->dev->net;

	mib_inc(net, Icmp_InMsgs);
	if (skb->ip_summed == CHECKSUM_NONE && ip_compute_csum(skb->data, skb_len(skb)) != 0) {
		mib_inc(net, Icmp_InCsumErrors);
		reason = SKB_DROP_REASON_ICMP_CSUM;
		goto error;
	}
	if (!icmph)
		goto error;
	skb_pull(skb, sizeof(*icmph));
	icmpmsg_mib(net)->in[icmph->type]++;
	if (icmph->type > NR_ICMP_TYPES && icmph->type != ICMP_EXT_ECHO &&
	    icmph->type != ICMP_EXT_ECHOREPLY) {
		reason = SKB_DROP_REASON_UNHANDLED_PROTO;
		goto error;
	}
	reason = SKB_DROP_REASON_INVALID_PROTO;
	if (!icmp_broadcast_ok(skb, icmph))
		goto error;
	reason = icmp_dispatch(skb, icmph->type);
	if (reason)
		goto drop;
	consume_skb(skb);
	return;
error:
	mib_inc(net, Icmp_InErrors);
drop:
	kfree_skb_reason(skb, reason);
}

/**
 * icmp_net_exit() - Nothing is left behind
 * @net: a dying namespace
 */
void icmp_net_exit(struct net *net)
{
	net->ipv4->icmp_global_credit = 0;
}
