/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arp.c - who has this address? tell me his MAC (RFC 826)
 *
 * mirrors net/ipv4/arp.c
 * PATH
 *
 *	arp_rcv				from netif_receive_skb()
 *	  arp_process
 *	    ip_route_input		route.c: is it ours, or one we forward to?
 *	    arp_reply
 *	      dev_queue_xmit		dev.c
 *	    arp_learn -> neigh_update	neighbour.c
 *	    pneigh_enqueue		pneigh.c, comes back through arp_redo()
 *	arp_solicit			from neigh_probe()
 *	  arp_xmit -> dev_queue_xmit
 */
#include <errno.h>
#include <linux/netfilter_arp.h>

#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/trace.h"
#include "ipv4/inetdevice.h"
#include "ipv4/ip.h"
#include "ipv4/route.h"
#include "netfilter/netfilter.h"

/* ARP for IPv4 over Ethernet */
struct arp_packet {
	__be16 ar_hrd;
	__be16 ar_pro;
	uint8_t ar_hln;
	uint8_t ar_pln;
	__be16 ar_op;
	uint8_t ar_sha[ETH_ALEN];
	__be32 ar_sip;
	uint8_t ar_tha[ETH_ALEN];
	__be32 ar_tip;
} __attribute__((packed));
_Static_assert(sizeof(struct arp_packet) == 28, "ARP for IPv4 over Ethernet has 28 bytes");

#define NF_ARP_HOOK_IN 0 /* NF_ARP_IN, NF_ARP_OUT */
#define NF_ARP_HOOK_OUT 1

/* skb->cb[0] of a request that waited in the proxy queue */
#define ARP_CB_ENQUEUED 1

/* What to send; NULL for the usual: broadcast, our own MAC, zeros. */
struct arp_msg {
	uint16_t op;
	__be32 dest_ip, src_ip;
	const uint8_t *dest_hw, *src_hw, *target_hw;
	const struct sk_buff *cause;
};

static int nf_arp_hook(uint8_t hook, struct sk_buff *skb, struct net_device *in,
		       struct net_device *out, int (*okfn)(struct sk_buff *skb))
{
	struct net *net = in ? in->net : out->net;
	struct nf_hook_state state;

	if (!net->nf || list_empty(&net->nf->hooks_arp[hook]))
		return okfn(skb);
	state = (struct nf_hook_state){
		.hook = hook, .pf = NFPROTO_ARP, .in = in, .out = out, .net = net, .okfn = okfn
	};
	return nf_hook_slow(skb, &state);
}

static void arp_xmit(struct net_device *dev, const struct arp_msg *m)
{
	struct arp_packet *arp;
	struct sk_buff *skb;

	if (dev->flags & IFF_NOARP)
		return;
	skb = alloc_skb(dev->world, SKB_HEADROOM, sizeof(*arp));
	skb->dev = dev;
	skb->protocol = cpu_to_be16(ETH_P_ARP);
	if (m->cause) {
		skb_set_cause(skb, m->cause->id,
			      m->op == ARPOP_REPLY ? NG_CAUSE_REPLY : NG_CAUSE_ARP);
		skb->origin = m->cause->origin;
	}
	skb_reset_network_header(skb);
	arp = skb_put(skb, sizeof(*arp));
	memset(arp, 0, sizeof(*arp));
	arp->ar_hrd = cpu_to_be16(dev->type);
	arp->ar_pro = cpu_to_be16(ETH_P_IP);
	arp->ar_hln = ETH_ALEN;
	arp->ar_pln = 4;
	arp->ar_op = cpu_to_be16(m->op);
	memcpy(arp->ar_sha, m->src_hw ? m->src_hw : dev->dev_addr, ETH_ALEN);
	arp->ar_sip = m->src_ip;
	if (m->target_hw)
		memcpy(arp->ar_tha, m->target_hw, ETH_ALEN);
	arp->ar_tip = m->dest_ip;
	dev_hard_header(skb, dev, ETH_P_ARP, m->dest_hw ? m->dest_hw : dev->broadcast, m->src_hw);
	trace_skb(skb, BORN, born, .who = "arp",
		  .why = m->op == ARPOP_REPLY ? "answer" : "question");
	nf_arp_hook(NF_ARP_HOOK_OUT, skb, NULL, dev, dev_queue_xmit);
}

/**
 * arp_send() - Sends an ARP packet.
 * @type: ARPOP_REQUEST or ARPOP_REPLY
 * @dev: where
 * @dest_ip: target protocol address, network order
 * @src_ip: sender protocol address, network order
 * @dest_hw: Ethernet destination, NULL: broadcast
 * @src_hw: sender hardware address, NULL: the device's
 * @target_hw: target hardware address, NULL: zeros
 */
void arp_send(int type, struct net_device *dev, __be32 dest_ip, __be32 src_ip,
	      const uint8_t *dest_hw, const uint8_t *src_hw, const uint8_t *target_hw)
{
	struct arp_msg m = { .op = (uint16_t)type,
			     .dest_ip = dest_ip,
			     .src_ip = src_ip,
			     .dest_hw = dest_hw,
			     .src_hw = src_hw,
			     .target_hw = target_hw };

	arp_xmit(dev, &m);
}

/**
 * arp_mc_map() - The Ethernet address of a multicast group (RFC 1112, 6.4).
 * @addr: group, network order
 * @haddr: gets 6 bytes
 */
void arp_mc_map(__be32 addr, uint8_t *haddr)
{
	uint32_t group = be32_to_cpu(addr);

	haddr[0] = 0x01;
	haddr[1] = 0x00;
	haddr[2] = 0x5e;
	haddr[3] = (group >> 16) & 0x7f;
	haddr[4] = (group >> 8) & 0xff;
	haddr[5] = group & 0xff;
}

/**
 * arp_constructor() - Fills in a new neighbour what its address alone tells.
 * @neigh: new entry with key and device
 *
 * Groups, broadcasts and devices without ARP need no question: NOARP.
 */
void arp_constructor(struct neighbour *neigh)
{
	struct net_device *dev = neigh->dev;

	neigh->type = (uint8_t)inet_addr_type(dev->net, neigh->key);
	if (neigh->type == RTN_MULTICAST) {
		neigh->nud_state = NUD_NOARP;
		arp_mc_map(neigh->key, neigh->ha);
	} else if (dev->flags & (IFF_NOARP | IFF_LOOPBACK)) {
		neigh->nud_state = NUD_NOARP;
		memcpy(neigh->ha, dev->dev_addr, ETH_ALEN);
	} else if (neigh->type == RTN_BROADCAST || (dev->flags & IFF_POINTOPOINT)) {
		neigh->nud_state = NUD_NOARP;
		memcpy(neigh->ha, dev->broadcast, ETH_ALEN);
	}
}

/* The address we ask with; @skb is the packet that waits, or NULL. */
static __be32 arp_solicit_saddr(struct in_device *in_dev, __be32 target, const struct sk_buff *skb)
{
	struct net_device *dev = in_dev->dev;
	__be32 saddr = skb ? ip_hdr(skb)->saddr : 0;
	int announce = IN_DEV_ARP_ANNOUNCE(in_dev);

	if (announce == 2 || !saddr || inet_addr_type(dev->net, saddr) != RTN_LOCAL)
		saddr = 0;
	else if (announce == 1 && !inet_addr_onlink(in_dev, target, saddr))
		saddr = 0;
	return saddr ? saddr : inet_select_addr(dev, target, RT_SCOPE_LINK);
}

/**
 * arp_solicit() - Asks for a neighbour: the old address first, then everybody.
 * @neigh: the entry; its count of probes chooses
 * @skb: borrowed: the packet that waits, or NULL
 */
void arp_solicit(struct neighbour *neigh, struct sk_buff *skb)
{
	struct net_device *dev = neigh->dev;
	struct in_device *in_dev = in_dev_get(dev);
	struct arp_msg m = { .op = ARPOP_REQUEST, .dest_ip = neigh->key, .cause = skb };
	uint8_t dst_hw[ETH_ALEN];

	if (!in_dev)
		return;
	m.src_ip = arp_solicit_saddr(in_dev, neigh->key, skb);
	if (neigh->probes < neigh->parms->ucast_probes) {
		memcpy(dst_hw, neigh->ha, ETH_ALEN);
		m.dest_hw = dst_hw;
	} else if (neigh->probes - neigh->parms->ucast_probes < neigh->parms->app_probes) {
		return; /* a daemon would ask; there is none */
	}
	m.src_hw = dev->dev_addr;
	arp_xmit(dev, &m);
}

/* net.ipv4.conf.*.arp_ignore: true: do not answer */
static bool arp_ignore(struct in_device *in_dev, __be32 sip, __be32 tip)
{
	struct net *net = in_dev->dev->net;

	switch (IN_DEV_ARP_IGNORE(in_dev)) {
	case 1: /* only addresses of this interface */
		return !inet_confirm_addr(net, in_dev, 0, tip, RT_SCOPE_HOST);
	case 2: /* and only for a sender in their subnet */
		return !inet_confirm_addr(net, in_dev, sip, tip, RT_SCOPE_HOST);
	case 3: /* not addresses of scope host */
		return !inet_confirm_addr(net, NULL, 0, tip, RT_SCOPE_LINK);
	case 8:
		return true;
	default:
		return false;
	}
}

/* net.ipv4.conf.*.arp_accept: may an unasked packet of @sip make an entry? */
static bool arp_accept(struct in_device *in_dev, __be32 sip)
{
	switch (IN_DEV_ARP_ACCEPT(in_dev)) {
	case 1:
		return true;
	case 2:
		return inet_confirm_addr(in_dev->dev->net, in_dev, sip, 0, RT_SCOPE_LINK) != 0;
	default:
		return false;
	}
}

/* net.ipv4.conf.*.arp_filter: true: we would not answer @sip out of @dev, so be silent */
static bool arp_filter(__be32 sip, __be32 tip, struct net_device *dev)
{
	struct flowi4 fl4 = { .daddr = sip, .saddr = tip };
	struct rtable *rt;
	bool other;

	if (ip_route_output_flow(dev->net, &fl4, NULL, &rt))
		return true;
	other = rt->dst.dev != dev;
	dst_release(&rt->dst);
	return other;
}

/* proxy_arp: the address lives behind another interface */
static bool arp_fwd_proxy(struct in_device *in_dev, const struct rtable *rt)
{
	const struct in_device *out_dev = in_dev_get(rt->dst.dev);
	int imi, omi = -1;

	if (rt->dst.dev == in_dev->dev || !IN_DEV_PROXY_ARP(in_dev))
		return false;
	imi = IN_DEV_CONF_GET(in_dev, MEDIUM_ID);
	if (imi == 0)
		return true;
	if (imi == -1)
		return false;
	if (out_dev)
		omi = IN_DEV_CONF_GET(out_dev, MEDIUM_ID);
	return omi != imi && omi != -1;
}

/* proxy_arp_pvlan (RFC 3069): the address lives on the same interface, yet they cannot talk */
static bool arp_fwd_pvlan(struct in_device *in_dev, const struct rtable *rt, __be32 sip, __be32 tip)
{
	return rt->dst.dev == in_dev->dev && sip != tip && IN_DEV_ORCONF(in_dev, PROXY_ARP_PVLAN);
}

static void arp_reply(struct net_device *dev, const struct arp_packet *arp,
		      const struct sk_buff *skb)
{
	struct arp_msg m = { .op = ARPOP_REPLY,
			     .dest_ip = arp->ar_sip,
			     .src_ip = arp->ar_tip,
			     .dest_hw = arp->ar_sha,
			     .src_hw = dev->dev_addr,
			     .target_hw = arp->ar_sha,
			     .cause = skb };

	arp_xmit(dev, &m);
}

/* As neigh_event_ns(): who asks us is known from now on, if not for certain. */
static bool arp_event_ns(struct net_device *dev, const struct arp_packet *arp,
			 const struct sk_buff *skb)
{
	struct neighbour *n = neigh_lookup(dev, arp->ar_sip);

	if (!n) {
		n = neigh_create(dev, arp->ar_sip);
		if (!n)
			return false;
		n->origin = skb->origin;
	}
	neigh_update(n, arp->ar_sha, NUD_STALE, NEIGH_UPDATE_F_OVERRIDE, skb);
	neigh_release(n);
	return true;
}

static bool arp_is_garp(struct net_device *dev, int *addr_type, const struct arp_packet *arp)
{
	if (arp->ar_tip != arp->ar_sip)
		return false;
	if (arp->ar_op == cpu_to_be16(ARPOP_REPLY) && !ether_addr_equal(arp->ar_tha, arp->ar_sha))
		return false;
	*addr_type = (int)inet_addr_type(dev->net, arp->ar_sip);
	return *addr_type == RTN_UNICAST;
}

/* What the packet says of its sender goes into an existing entry (with arp_accept, a new one). */
static void arp_learn(struct in_device *in_dev, const struct arp_packet *arp,
		      const struct sk_buff *skb)
{
	struct net_device *dev = in_dev->dev;
	struct neighbour *n = neigh_lookup(dev, arp->ar_sip);
	bool accept = arp_accept(in_dev, arp->ar_sip);
	bool reply = arp->ar_op == cpu_to_be16(ARPOP_REPLY);
	bool garp = false, override;
	int addr_type = -1;

	if (n || accept)
		garp = arp_is_garp(dev, &addr_type, arp);
	if (!n && accept) {
		if (addr_type < 0)
			addr_type = (int)inet_addr_type(dev->net, arp->ar_sip);
		if (garp || (reply && addr_type == RTN_UNICAST)) {
			n = neigh_create(dev, arp->ar_sip);
			if (n)
				n->origin = skb->origin;
		}
	}
	if (!n)
		return;
	/* Of several answers the first wins: locktime, in ticks. Those of one tick count as one moment. */
	override = garp || world_now(dev->world) / TICK_NSEC >
				   n->updated_ns / TICK_NSEC + n->parms->locktime_ns / TICK_NSEC;
	neigh_update(n, arp->ar_sha,
		     reply && skb->pkt_type == PACKET_HOST ? NUD_REACHABLE : NUD_STALE,
		     override ? NEIGH_UPDATE_F_OVERRIDE : 0, skb);
	neigh_release(n);
}

static TRACE_COLD void trace_arp(struct sk_buff *skb, const struct arp_packet *arp,
				 const char *decision, const char *why)
{
	trace_skb_from(skb, skb->dev, NG_FILE, "arp_process", ARP, arp,
		       .op = arp->ar_op == cpu_to_be16(ARPOP_REQUEST) ? "request" : "reply",
		       .decision = decision, .why = why, .sender = arp->ar_sip,
		       .sender_mac = arp->ar_sha, .target = arp->ar_tip);
}

enum arp_verdict { ARP_DONE, ARP_ENQUEUE, ARP_LEARN };

/* A request with a sender address: answer, answer later, or only learn. */
static enum arp_verdict arp_request(struct in_device *in_dev, struct arp_packet *arp,
				    struct sk_buff *skb)
{
	struct net_device *dev = in_dev->dev;
	__be32 sip = arp->ar_sip, tip = arp->ar_tip;
	const struct rtable *rt;
	int err = 0;

	ip_route_input(skb, tip, sip, 0, dev, &err);
	rt = skb_rtable(skb);
	if (err || !rt) {
		trace_arp(skb, arp, "note", "the sender's address is not acceptable here");
		return ARP_LEARN;
	}
	if (rt->rt_type == RTN_LOCAL) {
		if (arp_ignore(in_dev, sip, tip)) {
			trace_arp(skb, arp, "ignore", "arp_ignore");
			return ARP_DONE;
		}
		if (IN_DEV_ARPFILTER(in_dev) && arp_filter(sip, tip, dev)) {
			trace_arp(skb, arp, "ignore", "arp_filter");
			return ARP_DONE;
		}
		trace_arp(skb, arp, "answer", "the address is mine");
		if (arp_event_ns(dev, arp, skb))
			arp_reply(dev, arp, skb);
		return ARP_DONE;
	}
	if (!IN_DEV_FORWARD(in_dev) || rt->rt_type != RTN_UNICAST) {
		trace_arp(skb, arp, "note", "the address is not mine");
		return ARP_LEARN;
	}
	if (!arp_fwd_proxy(in_dev, rt) && !arp_fwd_pvlan(in_dev, rt, sip, tip) &&
	    !(rt->dst.dev != dev && pneigh_lookup(dev->net, tip, dev))) {
		trace_arp(skb, arp, "note", "the address is not mine");
		return ARP_LEARN;
	}

	arp_event_ns(dev, arp, skb);
	if (skb->cb[0] != ARP_CB_ENQUEUED && skb->pkt_type != PACKET_HOST &&
	    neigh_parms_of(dev)->proxy_delay_ns != 0) {
		trace_arp(skb, arp, "later", "proxy_delay");
		return ARP_ENQUEUE;
	}
	trace_arp(skb, arp, "proxy", "I answer for others");
	arp_reply(dev, arp, skb);
	return ARP_DONE;
}

/* Not for IPv4 over Ethernet, or about addresses nobody may ask for */
static bool arp_is_bad(const struct in_device *in_dev, const struct arp_packet *arp)
{
	if (arp->ar_hrd != cpu_to_be16(ARPHRD_ETHER) && arp->ar_hrd != cpu_to_be16(ARPHRD_IEEE802))
		return true;
	if (arp->ar_pro != cpu_to_be16(ETH_P_IP))
		return true;
	if (arp->ar_op != cpu_to_be16(ARPOP_REPLY) && arp->ar_op != cpu_to_be16(ARPOP_REQUEST))
		return true;
	if (ipv4_is_multicast(arp->ar_tip) ||
	    (!IN_DEV_ROUTE_LOCALNET(in_dev) && ipv4_is_loopback(arp->ar_tip)))
		return true;
	return arp->ar_sip == arp->ar_tip && IN_DEV_ORCONF(in_dev, DROP_GRATUITOUS_ARP);
}

static int arp_process(struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;
	struct in_device *in_dev = in_dev_get(dev);
	struct arp_packet arp;
	bool request;

	if (!in_dev || !skb_peek_hdr(skb, sizeof(arp)))
		goto drop;
	memcpy(&arp, skb->data, sizeof(arp));
	if (arp_is_bad(in_dev, &arp))
		goto drop;
	request = arp.ar_op == cpu_to_be16(ARPOP_REQUEST);

	/* RFC 5227: a probe has no sender address; it is answered to 0.0.0.0 and nobody learns. */
	if (arp.ar_sip == 0) {
		if (request && inet_addr_type(dev->net, arp.ar_tip) == RTN_LOCAL &&
		    !arp_ignore(in_dev, arp.ar_sip, arp.ar_tip)) {
			trace_arp(skb, &arp, "answer", "the address is mine");
			arp_reply(dev, &arp, skb);
		} else {
			trace_arp(skb, &arp, "ignore", "a probe for an address that is not mine");
		}
		consume_skb(skb);
		return 0;
	}
	if (!request)
		trace_arp(skb, &arp, "note", "an answer");
	switch (request ? arp_request(in_dev, &arp, skb) : ARP_LEARN) {
	case ARP_ENQUEUE:
		pneigh_enqueue(neigh_parms_of(dev), skb);
		return 0;
	case ARP_LEARN:
		arp_learn(in_dev, &arp, skb);
		break;
	case ARP_DONE:
		break;
	}
	consume_skb(skb);
	return 0;

drop:
	kfree_skb_reason(skb, SKB_DROP_REASON_ARP_INVALID);
	return 0;
}

/**
 * arp_redo() - A proxied request again, its delay over.
 * @skb: consumed
 */
void arp_redo(struct sk_buff *skb)
{
	skb->cb[0] = ARP_CB_ENQUEUED;
	arp_process(skb);
}

/**
 * arp_rcv() - An ARP packet arrives.
 * @skb: ARP header at data; consumed
 */
void arp_rcv(struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;
	const struct arp_packet *arp;

	if ((dev->flags & IFF_NOARP) || skb->pkt_type == PACKET_OTHERHOST ||
	    skb->pkt_type == PACKET_LOOPBACK) {
		kfree_skb_reason(skb, SKB_DROP_REASON_ARP_IGNORED);
		return;
	}
	arp = skb_peek_hdr(skb, sizeof(*arp));
	if (!arp) {
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
		return;
	}
	if (arp->ar_hln != ETH_ALEN || arp->ar_pln != 4) {
		kfree_skb_reason(skb, SKB_DROP_REASON_ARP_INVALID);
		return;
	}
	skb->cb[0] = 0;
	nf_arp_hook(NF_ARP_HOOK_IN, skb, dev, NULL, arp_process);
}

/**
 * arp_netdev_event() - A device changed: entries that may be wrong go.
 * @event: what happened
 * @dev: to whom
 */
void arp_netdev_event(enum netdev_event event, struct net_device *dev)
{
	struct in_device *in_dev = in_dev_get(dev);

	switch ((int)event) {
	case NETDEV_CHANGEADDR:
		neigh_changeaddr(dev);
		rt_cache_flush(dev->net);
		break;
	case NETDEV_CHANGE:
		if (in_dev && in_dev->noarp != !!(dev->flags & IFF_NOARP)) {
			in_dev->noarp = !in_dev->noarp;
			neigh_changeaddr(dev);
		}
		if ((!in_dev || IN_DEV_ANDCONF(in_dev, ARP_EVICT_NOCARRIER)) &&
		    !netif_carrier_ok(dev))
			neigh_carrier_down(dev);
		break;
	default:
		break;
	}
}

/**
 * arp_ifdown() - A device goes down: its entries go.
 * @dev: device
 */
void arp_ifdown(struct net_device *dev)
{
	neigh_ifdown(dev);
}
