/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_input.c - IPv4 packets that came in
 *
 * mirrors net/ipv4/ip_input.c
 *
 * PATH
 *
 *	ip_rcv()
 *	  ip_rcv_core()			is it a packet at all?
 *	  [PREROUTING]
 *	  ip_rcv_finish()		ip_route_input()
 *	    dst_input()
 *	      ip_local_deliver()	ip_defrag()
 *		[INPUT]
 *		ip_local_deliver_finish()
 *		  raw_local_deliver()
 *		  icmp_rcv() | udp_rcv() | tcp_v4_rcv() | igmp_rcv()
 *	      ip_forward()		ip_forward.c
 *	      ip_error()		route_input.c
 */
#include <errno.h>

#include "core/trace.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "netfilter/netfilter.h"

static enum skb_drop_reason bad_header(struct net *net)
{
	mib_inc(net, Ip_InHdrErrors);
	return SKB_DROP_REASON_IP_INHDR;
}

/* RFC 3168: 0 not capable, 1 and 2 capable, 3 congestion met */
static enum mib_item ecn_counter(uint8_t tos)
{
	static const enum mib_item items[] = { MIB_IpExt_InNoECTPkts, MIB_IpExt_InECT1Pkts,
					       MIB_IpExt_InECT0Pkts, MIB_IpExt_InCEPkts };

	return items[tos & 3];
}

/* Checks the header and cuts link padding off; 0: the packet is good. As ip_rcv_core(). */
static enum skb_drop_reason ip_rcv_core(struct sk_buff *skb)
{
	struct net *net = skb->dev->net;
	const struct iphdr *iph;
	uint32_t len;

	if (skb->pkt_type == PACKET_OTHERHOST) {
		skb->dev->stats.rx_otherhost_dropped++;
		return SKB_DROP_REASON_OTHERHOST;
	}
	mib_inc(net, Ip_InReceives);
	mib_add(net, IpExt_InOctets, skb_len(skb));
	iph = skb_peek_hdr(skb, sizeof(*iph));
	if (!iph || iph->ihl < 5 || iph->version != 4)
		return bad_header(net);
	net->ipv4->mib.v[ecn_counter(iph->tos)]++;
	iph = skb_peek_hdr(skb, iph->ihl * 4U);
	if (!iph)
		return bad_header(net);
	if (ip_fast_csum(iph, iph->ihl) != 0) {
		mib_inc(net, IpExt_InCsumErrors);
		mib_inc(net, Ip_InHdrErrors);
		return SKB_DROP_REASON_IP_CSUM;
	}
	len = be16_to_cpu(iph->tot_len);
	if (skb_len(skb) < len) {
		mib_inc(net, IpExt_InTruncatedPkts);
		return SKB_DROP_REASON_PKT_TOO_SMALL;
	}
	if (len < iph->ihl * 4U)
		return bad_header(net);
	skb_trim(skb, len);
	skb_reset_network_header(skb);
	skb->transport_header = skb->network_header + iph->ihl * 4U;
	*IPCB(skb) = (struct inet_skb_parm){ 0 };
	IPCB(skb)->iif = skb->skb_iif;
	skb_orphan(skb);
	return 0;
}

/**
 * dst_input() - On with a packet whose route is known
 * @skb: consumed
 */
void dst_input(struct sk_buff *skb)
{
	switch ((enum dst_action)skb->dst->input) {
	case DST_LOCAL_IN:
		ip_local_deliver(skb);
		return;
	case DST_FORWARD:
		ip_forward(skb);
		return;
	case DST_ERROR:
		ip_error(skb);
		return;
	case DST_OUTPUT:
	case DST_MC_OUTPUT:
	case DST_DISCARD:
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INNOROUTES);
		return;
	}
}

/* a unicast address in a frame to everybody: the sender is broken, or worse */
static bool drop_unicast_in_l2_multicast(const struct sk_buff *skb)
{
	const struct rtable *rt = skb_rtable(skb);
	const struct in_device *in_dev;

	if (rt->rt_type == RTN_MULTICAST || rt->rt_type == RTN_BROADCAST)
		return false;
	if (skb->pkt_type != PACKET_BROADCAST && skb->pkt_type != PACKET_MULTICAST)
		return false;
	in_dev = in_dev_get(skb->dev);
	return in_dev && IN_DEV_ORCONF(in_dev, DROP_UNICAST_IN_L2_MULTICAST);
}

static void count_group(const struct sk_buff *skb)
{
	struct net *net = skb->dev->net;

	if (skb_rtable(skb)->rt_type == RTN_MULTICAST) {
		mib_inc(net, IpExt_InMcastPkts);
		mib_add(net, IpExt_InMcastOctets, skb_len(skb));
	} else if (skb_rtable(skb)->rt_type == RTN_BROADCAST) {
		mib_inc(net, IpExt_InBcastPkts);
		mib_add(net, IpExt_InBcastOctets, skb_len(skb));
	}
}

static int ip_rcv_finish(struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	int err;

	if (!skb->dst) {
		enum skb_drop_reason reason =
			ip_route_input(skb, iph->daddr, iph->saddr, iph->tos, skb->dev, &err);

		if (reason) {
			if (reason == SKB_DROP_REASON_IP_RPFILTER)
				mib_inc(skb->dev->net, TcpExt_IPReversePathFilter);
			kfree_skb_reason(skb, reason);
			return err;
		}
	}
	count_group(skb);
	if (iph->ihl > 5 && !ip_rcv_options(skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INHDR);
		return -EINVAL;
	}
	if (drop_unicast_in_l2_multicast(skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_UNICAST_IN_L2_MULTICAST);
		return -EINVAL;
	}
	dst_input(skb);
	return 0;
}

/**
 * ip_rcv() - An IPv4 packet has come in
 * @skb: consumed; data at the IP header
 * @dev: where
 */
void ip_rcv(struct sk_buff *skb, struct net_device *dev)
{
	enum skb_drop_reason reason = ip_rcv_core(skb);

	if (reason) {
		kfree_skb_reason(skb, reason);
		return;
	}
	nf_hook(NF_INET_PRE_ROUTING, skb, dev->net, NULL, dev, NULL, ip_rcv_finish);
}

/* the part of the kernel that takes it */
static const char *trace_protocol(uint8_t protocol)
{
	switch (protocol) {
	case IPPROTO_ICMP:
		return "icmp";
	case IPPROTO_UDP:
		return "udp";
	case IPPROTO_TCP:
		return "tcp";
	case IPPROTO_IGMP:
		return "igmp";
	default:
		return "ip";
	}
}

static TRACE_COLD void trace_deliver(struct sk_buff *skb)
{
	trace_skb_from(skb, skb->dev, NG_FILE, "ip_local_deliver_finish", DELIVER, deliver,
		       .to = trace_protocol(ip_hdr(skb)->protocol));
}

static bool has_handler(uint8_t protocol)
{
	return protocol == IPPROTO_ICMP || protocol == IPPROTO_UDP || protocol == IPPROTO_TCP ||
	       protocol == IPPROTO_IGMP || protocol == IPPROTO_UDPLITE || protocol == IPPROTO_PIM;
}

/* Hands the packet to the protocol, data behind the IP header. As ip_protocol_deliver_rcu(). */
static int ip_local_deliver_finish(struct sk_buff *skb)
{
	struct net *net = skb->dev->net;
	uint8_t protocol;
	bool raw;

	skb->data = skb_transport_header(skb);
	if (trace_on(skb->world))
		trace_deliver(skb);
	protocol = ip_hdr(skb)->protocol;
	raw = raw_local_deliver(skb, protocol);
	skb->delivered = raw;
	if (raw || has_handler(protocol))
		mib_inc(net, Ip_InDelivers);
	else
		mib_inc(net, Ip_InUnknownProtos);
	switch (protocol) {
	case IPPROTO_ICMP:
		icmp_rcv(skb);
		return 0;
	case IPPROTO_UDP:
		udp_rcv(skb);
		return 0;
	case IPPROTO_TCP:
		tcp_v4_rcv(skb);
		return 0;
	case IPPROTO_UDPLITE:
		udplite_rcv(skb);
		return 0;
	case IPPROTO_IGMP:
		igmp_rcv(skb);
		return 0;
	case IPPROTO_PIM: /* nobody here routes groups */
		consume_skb(skb);
		return 0;
	}
	if (raw) {
		consume_skb(skb);
		return 0;
	}
	icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, 0);
	kfree_skb_reason(skb, SKB_DROP_REASON_IP_NOPROTO);
	return 0;
}

/**
 * ip_local_deliver() - The packet is for us
 * @skb: consumed; data at the IP header
 */
void ip_local_deliver(struct sk_buff *skb)
{
	struct net *net = skb->dev->net;

	if (ip_is_fragment(ip_hdr(skb))) {
		skb = ip_defrag(net, skb, IP_DEFRAG_LOCAL_DELIVER);
		if (!skb)
			return;
	}
	nf_hook(NF_INET_LOCAL_IN, skb, net, NULL, skb->dev, NULL, ip_local_deliver_finish);
}
