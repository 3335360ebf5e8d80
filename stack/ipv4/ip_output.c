/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_output.c - IPv4 packets on their way out
 *
 * mirrors net/ipv4/ip_output.c; ip_route_me_harder() is net/ipv4/netfilter.c
 *
 * PATH
 *
 *	ip_build_and_send()		writes the header
 *	  ip_local_out()
 *	    [OUTPUT]
 *	    dst_output()		forwarded packets come in here
 *	      ip_output()
 *		[POSTROUTING]
 *		ip_finish_output()	ip_do_fragment()
 *		  ip_finish_output2()
 *		    neigh_output()	core/neighbour.c
 *	      ip_mc_output()		groups and broadcasts: a copy comes back
 */
#include <errno.h>
#include <linux/if.h>

#include "core/neighbour.h"
#include "core/trace.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "ipv4/ip_sockglue.h"
#include "ipv4/route_trace.h"
#include "netfilter/netfilter.h"

/**
 * ip_send_check() - Fills in the header checksum
 * @iph: the header
 */
void ip_send_check(struct iphdr *iph)
{
	iph->check = 0;
	iph->check = ip_fast_csum(iph, iph->ihl);
}

/**
 * ip_select_ident() - Numbers a packet that may be fragmented
 * @net: the namespace
 * @daddr: its destination
 * @saddr: its source
 * @proto: its protocol
 * @segs: how many numbers it takes
 *
 * Return: an id that is not 0, larger than the flow's last one (modulo 65536).
 */
__be16 ip_select_ident(struct net *net, __be32 daddr, __be32 saddr, uint8_t proto, uint32_t segs)
{
	uint64_t key = ((uint64_t)be32_to_cpu(daddr) << 32) | be32_to_cpu(saddr);
	struct netns_ipv4 *ipv4 = net->ipv4;
	uint16_t id;

	if (key != ipv4->ip_id_pair || proto != ipv4->ip_id_proto) {
		ipv4->ip_id_pair = key;
		ipv4->ip_id_proto = proto;
		ipv4->ip_id_base =
			(uint16_t)rng_hash(net->world->config.seed, RNG_IP_ID, key, proto);
	}
	id = (uint16_t)(ipv4->ip_id_base + ipv4->ip_id_counter);
	ipv4->ip_id_counter += segs;
	if (!id) {
		ipv4->ip_id_counter++;
		id = 1;
	}
	return cpu_to_be16(id);
}

static int ip_finish_output2(struct sk_buff *skb)
{
	const struct rtable *rt = skb_rtable(skb);
	struct net *net = rt->dst.dev->net;
	int err;

	if (rt->rt_type == RTN_MULTICAST) {
		mib_inc(net, IpExt_OutMcastPkts);
		mib_add(net, IpExt_OutMcastOctets, skb_len(skb));
	} else if (rt->rt_type == RTN_BROADCAST) {
		mib_inc(net, IpExt_OutBcastPkts);
		mib_add(net, IpExt_OutBcastOctets, skb_len(skb));
	}
	mib_inc(net, Ip_OutTransmits);
	mib_add(net, IpExt_OutOctets, skb_len(skb));
	/* the mark stays: over veth, routers on the way take their neighbours for confirmed, too */
	if (skb->dst_pending_confirm)
		neigh_confirm(rt->dst.dev, rt_nexthop(rt, ip_hdr(skb)->daddr));
	err = neigh_output(rt->dst.dev, rt_nexthop(rt, ip_hdr(skb)->daddr), skb);
	return err > 0 ? net_xmit_errno(err) : err;
}

static bool ip_sk_use_pmtu(const struct sock *sk)
{
	return !sk || sk->family != AF_INET || inet_sk(sk)->pmtudisc < IP_PMTUDISC_PROBE;
}

static uint32_t ip_skb_dst_mtu(const struct sk_buff *skb)
{
	const struct rtable *rt = skb_rtable(skb);

	if (ip_sk_use_pmtu(skb->sk))
		return ip_dst_mtu(rt, IPCB(skb)->flags & IPSKB_FORWARDED);
	return rt->dst.dev->mtu < 0xffff ? rt->dst.dev->mtu : 0xffff;
}

static void ip_copy_metadata(struct sk_buff *to, const struct sk_buff *from)
{
	to->id = from->id;
	to->copy = from->copy;
	skb_set_cause(to, from->cause, from->cause_kind);
	to->origin = from->origin;
	to->pkt_type = from->pkt_type;
	to->priority = from->priority;
	to->protocol = from->protocol;
	to->mark = from->mark;
	to->skb_iif = from->skb_iif;
	to->dev = from->dev;
	to->nf_trace = from->nf_trace;
	to->tstamp_ns = from->tstamp_ns;
	if (from->dst)
		skb_dst_set(to, dst_hold(from->dst));
	*IPCB(to) = *IPCB(from);
	if (from->nfct) {
		nf_conntrack_get(from->nfct);
		to->nfct = from->nfct;
		to->nfctinfo = from->nfctinfo;
	}
}

/* One fragment: @len bytes from @offset of the payload. */
static struct sk_buff *ip_frag_next(const struct sk_buff *skb, uint32_t offset, uint32_t len,
				    bool last)
{
	const struct iphdr *from = ip_hdr(skb);
	uint32_t hlen = from->ihl * 4U, at = be16_to_cpu(from->frag_off) & IP_OFFSET;
	struct sk_buff *frag = alloc_skb_message(skb->world, SKB_HEADROOM, hlen + len);
	uint8_t *to = skb_put(frag, hlen + len);
	uint32_t off = at + (offset >> 3);
	struct iphdr *iph;

	ip_copy_metadata(frag, skb);
	if (skb->sk)
		skb_set_owner(frag, skb->sk, skb_truesize(hlen + len));
	memcpy(to, from, hlen);
	memcpy(to + hlen, (const uint8_t *)from + hlen + offset, len);
	skb_reset_network_header(frag);
	frag->transport_header = frag->network_header + hlen;
	iph = ip_hdr(frag);
	/* a bridge does not know of options: they stay as they are */
	if (offset && hlen > sizeof(*iph) && !skb->nf_bridge)
		ip_options_fragment(iph);
	if (IPCB(skb)->flags & IPSKB_FRAG_PMTU)
		off |= IP_DF;
	if (!last || (from->frag_off & cpu_to_be16(IP_MF)))
		off |= IP_MF;
	iph->frag_off = cpu_to_be16((uint16_t)off);
	iph->tot_len = cpu_to_be16((uint16_t)(hlen + len));
	ip_send_check(iph);
	return frag;
}

static TRACE_COLD void trace_fragment(const struct sk_buff *skb, struct sk_buff *frag,
				      uint32_t offset, uint32_t mtu)
{
	const struct iphdr *iph = ip_hdr(frag);

	trace_name_fragment(frag);
	trace_skb_from(frag, skb->dev, NG_FILE, "ip_do_fragment", FRAGMENT, fragment,
		       .of = trace_packet(skb), .offset = offset,
		       .len = skb_len(frag) - iph->ihl * 4U,
		       .more = !!(iph->frag_off & cpu_to_be16(IP_MF)), .mtu = mtu);
}

/**
 * ip_do_fragment() - Cuts a packet up
 * @skb: consumed; data at the IP header
 * @output: called with each fragment (consumed)
 *
 * Return: 0 or the first error of @output. As ip_do_fragment().
 */
int ip_do_fragment(struct sk_buff *skb, int (*output)(struct sk_buff *skb))
{
	uint32_t hlen, left, mtu = ip_skb_dst_mtu(skb), offset = 0;
	struct net *net = skb->dst->dev->net;
	struct sk_buff *frag;
	int err = 0;

	skb_checksum_help(skb);
	if (IPCB(skb)->frag_max_size && IPCB(skb)->frag_max_size < mtu)
		mtu = IPCB(skb)->frag_max_size;
	hlen = ip_hdr(skb)->ihl * 4U;
	left = skb_len(skb) - hlen;
	if (mtu < hlen + 8) {
		mib_inc(net, Ip_FragFails);
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_BIG);
		return -EMSGSIZE;
	}
	mtu -= hlen;
	IPCB(skb)->flags |= IPSKB_FRAG_COMPLETE;
	while (left && !err) {
		uint32_t len = left < mtu ? left : mtu & ~7U;

		if (left == mtu)
			len = left;
		left -= len;
		frag = ip_frag_next(skb, offset, len, left == 0);
		if (trace_on(skb->world))
			trace_fragment(skb, frag, offset, mtu + hlen);
		err = output(frag);
		if (!err)
			mib_inc(net, Ip_FragCreates);
		offset += len;
		/* sent by a task: the other end answers one fragment before the next leaves */
		sim_run_queue(&skb->world->sim);
	}
	net->ipv4->mib.v[err ? MIB_Ip_FragFails : MIB_Ip_FragOKs]++;
	consume_skb(skb);
	return err;
}

static int ip_fragment(struct sk_buff *skb, uint32_t mtu)
{
	if ((ip_hdr(skb)->frag_off & cpu_to_be16(IP_DF)) &&
	    (!skb->ignore_df || (IPCB(skb)->frag_max_size && IPCB(skb)->frag_max_size > mtu))) {
		mib_inc(skb->dst->dev->net, Ip_FragFails);
		icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, cpu_to_be32(mtu));
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_BIG);
		return -EMSGSIZE;
	}
	return ip_do_fragment(skb, ip_finish_output2);
}

static int ip_finish_output(struct sk_buff *skb)
{
	uint32_t mtu = ip_skb_dst_mtu(skb);

	if (skb_len(skb) > mtu || IPCB(skb)->frag_max_size)
		return ip_fragment(skb, mtu);
	return ip_finish_output2(skb);
}

/**
 * ip_output() - A packet to one host, ours or forwarded
 * @skb: consumed; data at the IP header
 *
 * Return: 0 or -errno.
 */
int ip_output(struct sk_buff *skb)
{
	struct net_device *dev = skb->dst->dev, *indev = skb->dev;

	skb->dev = dev;
	skb->protocol = cpu_to_be16(ETH_P_IP);
	if (IPCB(skb)->flags & IPSKB_REROUTED)
		return ip_finish_output(skb);
	return nf_hook(NF_INET_POST_ROUTING, skb, dev->net, skb->sk, indev, dev, ip_finish_output);
}

/* The copy of a group or broadcast packet that we hear ourselves. As dev_loopback_xmit(). */
static int ip_mc_finish_output(struct sk_buff *skb)
{
	skb->data = skb_network_header(skb);
	skb_reset_mac_header(skb);
	skb_orphan(skb);
	skb->pkt_type = PACKET_LOOPBACK;
	if (skb->ip_summed == CHECKSUM_NONE)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
	netif_rx(skb);
	return 0;
}

/**
 * ip_mc_output() - A packet to a group or to everybody: a copy comes back to us
 * @skb: consumed; data at the IP header
 *
 * Return: 0 or -errno.
 */
int ip_mc_output(struct sk_buff *skb)
{
	const struct rtable *rt = skb_rtable(skb);
	struct net_device *dev = rt->dst.dev, *indev = skb->dev;
	bool loop = rt->rt_flags & RTCF_BROADCAST;

	skb->dev = dev;
	skb->protocol = cpu_to_be16(ETH_P_IP);
	if (rt->rt_flags & RTCF_MULTICAST)
		loop = (rt->rt_flags & RTCF_LOCAL) &&
		       (!skb->sk || skb->sk->family != AF_INET || inet_sk(skb->sk)->mc_loop);
	if (loop) {
		struct sk_buff *copy = skb_clone(skb);

		if (trace_on(skb->world))
			trace_copy(copy, skb, dev, "loopback");
		nf_hook(NF_INET_POST_ROUTING, copy, dev->net, NULL, NULL, dev, ip_mc_finish_output);
	}
	if ((rt->rt_flags & RTCF_MULTICAST) && ip_hdr(skb)->ttl == 0) {
		kfree_skb_reason(skb, SKB_DROP_REASON_TTL_EXPIRED);
		return 0;
	}
	if (IPCB(skb)->flags & IPSKB_REROUTED)
		return ip_finish_output(skb);
	return nf_hook(NF_INET_POST_ROUTING, skb, dev->net, skb->sk, indev, dev, ip_finish_output);
}

/**
 * dst_output() - On with a packet whose way out is known
 * @skb: consumed
 *
 * Return: 0 or -errno.
 */
int dst_output(struct sk_buff *skb)
{
	switch ((enum dst_action)skb->dst->output) {
	case DST_OUTPUT:
		return ip_output(skb);
	case DST_MC_OUTPUT:
		return ip_mc_output(skb);
	case DST_LOCAL_IN:
	case DST_FORWARD:
	case DST_ERROR:
	case DST_DISCARD:
		break;
	}
	kfree_skb_reason(skb, SKB_DROP_REASON_IP_OUTNOROUTES);
	return -ENETUNREACH;
}

/**
 * ip_local_out() - A packet of ours is complete
 * @net: the namespace
 * @sk: who sends it, or NULL
 * @skb: consumed; data at the IP header, with its route
 *
 * Return: 0 or -errno: -EPERM when a rule dropped it.
 */
int ip_local_out(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	struct iphdr *iph = ip_hdr(skb);

	iph->tot_len = cpu_to_be16((uint16_t)skb_len(skb));
	ip_send_check(iph);
	skb->protocol = cpu_to_be16(ETH_P_IP);
	if (trace_on(skb->world))
		__trace_born(net, sk, skb);
	return nf_hook(NF_INET_LOCAL_OUT, skb, net, sk, NULL, skb->dst->dev, dst_output);
}

/**
 * ip_build_and_send() - Writes the IP header in front of a payload and sends
 * @skb: consumed; data at the transport header. skb->ignore_df: may be cut up although DF is set
 * @how: addresses, route and the rest
 *
 * Return: 0 or -errno.
 */
int ip_build_and_send(struct sk_buff *skb, const struct ip_send *how)
{
	uint32_t optlen = how->opt ? how->opt->len : 0;
	struct net *net = how->rt->net;
	struct iphdr *iph;
	int err;

	skb_reset_transport_header(skb);
	iph = skb_push(skb, (uint32_t)sizeof(*iph) + optlen);
	skb_reset_network_header(skb);
	iph->version = 4;
	iph->ihl = (5 + optlen / 4) & 0xf;
	iph->tos = how->tos;
	iph->tot_len = 0;
	iph->frag_off = how->df ? cpu_to_be16(IP_DF) : 0;
	iph->ttl = how->ttl;
	iph->protocol = how->protocol;
	iph->check = 0;
	iph->saddr = how->saddr;
	iph->daddr = how->daddr;
	iph->id = cpu_to_be16(how->id);
	if (how->id)
		; /* a TCP socket counts its own */
	else if (!how->df || skb->ignore_df ||
		 (how->sk && how->sk->family == AF_INET && inet_sk(how->sk)->inet_daddr))
		iph->id = ip_select_ident(net, how->daddr, how->saddr, how->protocol, 1);
	*IPCB(skb) = (struct inet_skb_parm){ 0 };
	if (optlen)
		ip_options_build(skb, how->opt, how->rt);
	skb->mark = how->mark;
	skb->priority = how->priority;
	if (how->sk && !skb->sk)
		skb_set_owner(skb, how->sk, 0);
	skb_dst_set(skb, dst_hold(&how->rt->dst));
	mib_inc(net, Ip_OutRequests);
	if (how->protocol == IPPROTO_ICMP) {
		uint8_t type = *(const uint8_t *)skb_transport_header(skb);

		/* the kernel counts its answer to a time stamp as an echo reply (measured) */
		icmp_out_count(net, type == ICMP_TIMESTAMPREPLY ? ICMP_ECHOREPLY : type);
	}
	err = ip_local_out(net, how->sk, skb);
	if (err && !(how->sk && how->protocol == IPPROTO_TCP))
		mib_inc(net, Ip_OutDiscards);
	return err;
}

/**
 * ip_route_me_harder() - A hook changed a packet of ours: find its way again
 * @net: the namespace
 * @skb: the packet; gets another route
 * @addr_type: RTN_* of its source, RTN_UNSPEC: find out
 *
 * Return: 0 or -errno; the packet stays the caller's.
 */
int ip_route_me_harder(struct net *net, struct sk_buff *skb, unsigned int addr_type)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct flowi4 fl4 = {
		.daddr = iph->daddr,
		.saddr = iph->saddr,
		.tos = iph->tos & INET_DSCP_MASK,
		.oif = skb->sk ? skb->sk->bound_dev_if : 0,
		.mark = skb->mark,
	};
	struct rtable *rt;
	int err;

	if (addr_type == RTN_UNSPEC)
		addr_type = inet_addr_type(net, iph->saddr);
	if (addr_type == RTN_LOCAL || addr_type == RTN_UNICAST)
		fl4.flags |= FLOWI_FLAG_ANYSRC;
	else
		fl4.saddr = 0;
	err = ip_route_output_flow(net, &fl4, skb->sk, &rt);
	if (err)
		return err;
	skb_dst_drop(skb);
	skb_dst_set(skb, &rt->dst);
	if (trace_on(skb->world))
		__trace_route_again(net, &fl4, skb);
	return 0;
}
