/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_forward.c - IPv4 packets that pass through
 *
 * mirrors net/ipv4/ip_forward.c
 *
 * PATH
 *
 *	ip_forward()
 *	  [FORWARD]
 *	  ip_forward_finish()
 *	    dst_output()		ip_output.c
 */
#include "core/trace.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "netfilter/netfilter.h"

static bool ip_exceeds_mtu(const struct sk_buff *skb, uint32_t mtu)
{
	if (skb_len(skb) <= mtu || !(ip_hdr(skb)->frag_off & cpu_to_be16(IP_DF)))
		return false;
	/* what was defragmented here fits if its largest fragment did */
	if (IPCB(skb)->frag_max_size > mtu)
		return true;
	return !skb->ignore_df;
}

static void ip_decrease_ttl(struct iphdr *iph)
{
	uint32_t check = (ng_force uint16_t)iph->check;

	check += (ng_force uint16_t)cpu_to_be16(0x0100);
	iph->check = (ng_force __sum16)(uint16_t)(check + (check >= 0xffff));
	iph->ttl--;
}

/* include/net/route.h: ip_tos2prio, by the TOS field's four bits */
static uint32_t rt_tos2priority(uint8_t tos)
{
	static const uint8_t ip_tos2prio[16] = { 0, 0, 0, 0, 2, 2, 2, 2, 6, 6, 6, 6, 4, 4, 4, 4 };

	return ip_tos2prio[(tos & 0x1e) >> 1];
}

static int ip_forward_finish(struct sk_buff *skb)
{
	skb->tstamp_ns = 0;
	if (ip_hdr(skb)->ihl > 5)
		ip_forward_options(skb);
	return dst_output(skb);
}

/**
 * ip_forward() - The packet is for somebody behind us
 * @skb: consumed; data at the IP header, its route leads out
 */
void ip_forward(struct sk_buff *skb)
{
	struct rtable *rt = skb_rtable(skb);
	struct net *net = rt->net;
	uint32_t mtu;

	if (skb->pkt_type != PACKET_HOST) {
		kfree_skb_reason(skb, SKB_DROP_REASON_UNICAST_IN_L2_MULTICAST);
		return;
	}
	if (ip_hdr(skb)->ttl <= 1) {
		mib_inc(net, Ip_InHdrErrors);
		icmp_send(skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0);
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INHDR);
		return;
	}
	mib_inc(net, Ip_ForwDatagrams);
	IPCB(skb)->flags |= IPSKB_FORWARDED;
	mtu = ip_dst_mtu(rt, true);
	if (ip_exceeds_mtu(skb, mtu)) {
		mib_inc(net, Ip_FragFails);
		icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, cpu_to_be32(mtu));
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_BIG);
		return;
	}
	skb_ensure_writable(skb, ETH_HLEN);
	ip_decrease_ttl(ip_hdr(skb));
	trace_skb(skb, TTL, ttl, .old = ip_hdr(skb)->ttl + 1U, .new = ip_hdr(skb)->ttl);
	if (IPCB(skb)->flags & IPSKB_DOREDIRECT)
		ip_rt_send_redirect(skb);
	if (net->ipv4->sysctl_ip_fwd_update_priority)
		skb->priority = rt_tos2priority(ip_hdr(skb)->tos);
	nf_hook(NF_INET_FORWARD, skb, net, NULL, skb->dev, rt->dst.dev, ip_forward_finish);
}
