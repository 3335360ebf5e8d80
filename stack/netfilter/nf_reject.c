/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_reject.c - target REJECT: drops, and says so to the sender
 *
 * mirrors net/ipv4/netfilter/ipt_REJECT.c, nf_reject_ipv4.c
 * PATH
 *
 *	nft_do_chain() [nf_tables_core.c]
 *	  reject_tg()
 *	    nf_send_unreach() -> icmp_send() [icmp.c]
 *	    nf_send_reset() -> ip_local_out() [ip_output.c], or dev_queue_xmit() for a bridged packet
 */
#include <errno.h>
#include <linux/netfilter_ipv4/ipt_REJECT.h>

#include "core/trace.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

/* A packet that has no route yet (PREROUTING of a bridge) gets that of its answer. */
static bool nf_reject_fill_skb_dst(struct net *net, struct sk_buff *skb)
{
	struct flowi4 fl4 = { .daddr = ip_hdr(skb)->saddr };
	struct rtable *rt;

	if (skb->dst)
		return true;
	if (ip_route_output_flow(net, &fl4, NULL, &rt) < 0)
		return false;
	skb_dst_set(skb, &rt->dst);
	return true;
}

static void nf_send_unreach(struct sk_buff *skb, int code, const struct nf_hook_state *state)
{
	const struct iphdr *iph = ip_hdr(skb);

	if (be16_to_cpu(iph->frag_off) & IP_OFFSET)
		return;
	if (!nf_reject_fill_skb_dst(state->net, skb))
		return;
	if (nf_ip_checksum_ok(skb, iph->ihl * 4U, iph->protocol))
		icmp_send(skb, ICMP_DEST_UNREACH, code, 0);
}

static const struct tcphdr *nf_reject_tcphdr(const struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	const struct tcphdr *th;

	if ((be16_to_cpu(iph->frag_off) & IP_OFFSET) || iph->protocol != IPPROTO_TCP)
		return NULL;
	th = xt_peek(skb, iph->ihl * 4U, sizeof(*th));
	/* no RST for a RST */
	if (!th || th->rst || !nf_ip_checksum_ok(skb, iph->ihl * 4U, IPPROTO_TCP))
		return NULL;
	return th;
}

static void nf_reject_put_iphdr(struct sk_buff *skb, const struct iphdr *oiph, uint8_t ttl)
{
	struct iphdr *iph;

	skb_reset_network_header(skb);
	iph = skb_put(skb, sizeof(*iph));
	memset(iph, 0, sizeof(*iph));
	iph->version = 4;
	iph->ihl = 5;
	iph->frag_off = cpu_to_be16(IP_DF);
	iph->protocol = IPPROTO_TCP;
	iph->saddr = oiph->daddr;
	iph->daddr = oiph->saddr;
	iph->ttl = ttl;
	skb->protocol = cpu_to_be16(ETH_P_IP);
}

static void nf_reject_put_tcphdr(struct sk_buff *skb, const struct sk_buff *oskb,
				 const struct tcphdr *oth)
{
	const struct iphdr *oiph = ip_hdr(oskb);
	uint32_t seg = be16_to_cpu(oiph->tot_len) - oiph->ihl * 4U - oth->doff * 4U;
	struct tcphdr *th;

	skb_reset_transport_header(skb);
	th = skb_put(skb, sizeof(*th));
	memset(th, 0, sizeof(*th));
	th->source = oth->dest;
	th->dest = oth->source;
	th->doff = 5;
	if (oth->ack) {
		th->seq = oth->ack_seq;
	} else {
		th->ack_seq = cpu_to_be32(be32_to_cpu(oth->seq) + oth->syn + oth->fin + seg);
		th->ack = 1;
	}
	th->rst = 1;
	th->check = csum_tcpudp_magic(oiph->daddr, oiph->saddr, sizeof(*th), IPPROTO_TCP,
				      csum_partial(th, sizeof(*th), 0));
	skb->ip_summed = CHECKSUM_UNNECESSARY;
}

/* Back out of the port it came in by, with the MAC address the sender wanted to reach. */
static void nf_send_reset_bridged(struct sk_buff *skb, const struct sk_buff *oskb)
{
	const struct ethhdr *oeth = eth_hdr(oskb);
	struct iphdr *iph = ip_hdr(skb);

	skb->dev = oskb->nf_bridge->physindev;
	iph->tot_len = cpu_to_be16((uint16_t)skb_len(skb));
	ip_send_check(iph);
	if (!skb->dev ||
	    dev_hard_header(skb, skb->dev, ETH_P_IP, oeth->h_source, oeth->h_dest) < 0) {
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_HDR);
		return;
	}
	trace_skb(skb, BORN, born, .who = "netfilter", .why = "reset");
	dev_queue_xmit(skb);
}

static void nf_send_reset(struct sk_buff *oskb, const struct nf_hook_state *state)
{
	const struct tcphdr *oth = nf_reject_tcphdr(oskb);
	struct net *net = state->net;
	struct sk_buff *skb;

	if (!oth || !nf_reject_fill_skb_dst(net, oskb))
		return;
	if (skb_rtable(oskb)->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST))
		return;
	skb = alloc_skb_message(net->world, SKB_HEADROOM,
				sizeof(struct iphdr) + sizeof(struct tcphdr));
	skb_set_cause(skb, oskb->id, NG_CAUSE_RESET);
	skb->origin = oskb->origin;
	skb_dst_set(skb, dst_hold(oskb->dst));
	nf_reject_put_iphdr(skb, ip_hdr(oskb), (uint8_t)net->ipv4->sysctl_ip_default_ttl);
	nf_reject_put_tcphdr(skb, oskb, oth);
	skb->mark = ip4_reply_mark(net, oskb);
	if (ip_route_me_harder(net, skb, RTN_UNSPEC)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_OUTNOROUTES);
		return;
	}
	skb->id = ++net->world->next_skb_id;
	nf_ct_attach(skb, oskb);
	nf_ct_set_closing(oskb->nfct);
	if (oskb->nf_bridge) {
		nf_send_reset_bridged(skb, oskb);
	} else {
		mib_inc(net, Ip_OutRequests);
		ip_local_out(net, skb->sk, skb);
	}
}

static unsigned int reject_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	static const uint8_t codes[] = {
		[IPT_ICMP_NET_UNREACHABLE] = ICMP_NET_UNREACH,
		[IPT_ICMP_HOST_UNREACHABLE] = ICMP_HOST_UNREACH,
		[IPT_ICMP_PROT_UNREACHABLE] = ICMP_PROT_UNREACH,
		[IPT_ICMP_PORT_UNREACHABLE] = ICMP_PORT_UNREACH,
		[IPT_ICMP_NET_PROHIBITED] = ICMP_NET_ANO,
		[IPT_ICMP_HOST_PROHIBITED] = ICMP_HOST_ANO,
		[IPT_ICMP_ADMIN_PROHIBITED] = ICMP_PKT_FILTERED,
	};
	const struct ipt_reject_info *info = par->info;

	if (info->with == IPT_TCP_RESET)
		nf_send_reset(skb, par->hook);
	else if (info->with < sizeof(codes))
		nf_send_unreach(skb, codes[info->with], par->hook);
	return NF_DROP;
}

static int reject_tg_check(const struct xt_check *par)
{
	const struct ipt_reject_info *info = par->info;

	if (info->with == IPT_ICMP_ECHOREPLY)
		return -EINVAL;
	if (info->with == IPT_TCP_RESET && (par->proto != IPPROTO_TCP || par->proto_inverted)) {
		xt_info(par, "ipt_REJECT: TCP_RESET invalid for non-tcp");
		return -EINVAL;
	}
	return 0;
}

static const struct xt_ext targets[] = {
	{ .name = "REJECT",
	  .size = sizeof(struct ipt_reject_info),
	  .table = "filter",
	  .check = reject_tg_check,
	  .target = reject_tg,
	  .hooks = XT_HOOK(LOCAL_IN) | XT_HOOK(FORWARD) | XT_HOOK(LOCAL_OUT) },
};

const struct xt_ext_row xt_reject_targets = { targets, sizeof(targets) / sizeof(targets[0]) };
