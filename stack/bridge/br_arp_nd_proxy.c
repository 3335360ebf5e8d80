/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_arp_nd_proxy.c - the bridge answers ARP for stations it knows: proxy_arp, neigh_suppress
 *
 * mirrors net/bridge/br_arp_nd_proxy.c                           PATH
 *
 *	br_do_proxy_suppress_arp
 *	  br_arp_send
 *	    dev_queue_xmit		core/dev.c
 */
#include <linux/if.h>

#include "bridge/br_private.h"
#include "core/neighbour.h"
#include "core/trace.h"
#include "ipv4/inetdevice.h"

/* RFC 826 for IPv4 on Ethernet */
struct arp_eth {
	struct arphdr hdr;
	uint8_t sha[ETH_ALEN];
	__be32 sip;
	uint8_t tha[ETH_ALEN];
	__be32 tip;
} __attribute__((packed));
_Static_assert(sizeof(struct arp_eth) == 28, "RFC 826");

static void br_arp_send(struct net_bridge *br, const struct net_bridge_port *p,
			const struct arp_eth *req, const uint8_t *sha)
{
	struct sk_buff *skb = alloc_skb(br->dev->world, SKB_HEADROOM, sizeof(*req));
	struct arp_eth *arp = skb_put(skb, sizeof(*arp));
	struct ethhdr *eth;

	*arp = *req;
	arp->hdr.ar_op = cpu_to_be16(ARPOP_REPLY);
	memcpy(arp->sha, sha, ETH_ALEN);
	arp->sip = req->tip;
	memcpy(arp->tha, req->sha, ETH_ALEN);
	arp->tip = req->sip;
	skb_reset_network_header(skb);
	eth = skb_push(skb, ETH_HLEN);
	memcpy(eth->h_dest, req->sha, ETH_ALEN);
	memcpy(eth->h_source, sha, ETH_ALEN);
	eth->h_proto = cpu_to_be16(ETH_P_ARP);
	skb_reset_mac_header(skb);
	skb->protocol = cpu_to_be16(ETH_P_ARP);
	skb->origin = br->dev->origin;
	trace_skb_at(skb, p ? p->dev : br->dev, BORN, born, .who = "arp", .why = "answer");
	if (p) {
		skb->dev = p->dev;
		dev_queue_xmit(skb);
		return;
	}
	skb->dev = br->dev;
	skb_pull(skb, ETH_HLEN);
	skb->ip_summed = CHECKSUM_UNNECESSARY;
	skb->pkt_type = PACKET_HOST;
	netif_rx(skb);
}

static bool br_is_local_ip(const struct net_device *dev, __be32 ip)
{
	return dev->ip_ptr && inet_dev_addr_type(dev->net, dev, ip) == RTN_LOCAL;
}

/* Answers when a port asks for it; what is known is not flooded to suppressed ports in any case. */
static void br_answer_for(struct sk_buff *skb, struct net_bridge *br,
			  const struct net_bridge_port *p, const struct neighbour *n)
{
	const struct net_bridge_fdb_entry *f = br_fdb_find(br, n->ha, BR_INPUT_SKB_CB(skb)->vid);
	const struct net_bridge_port *dst = f ? f->dst : NULL;
	bool replied = false;

	if (!f)
		return;
	if ((p && (p->flags & BR_PROXYARP)) ||
	    (dst && (dst->flags & (BR_PROXYARP_WIFI | BR_NEIGH_SUPPRESS)))) {
		br_arp_send(br, p, skb_peek_hdr(skb, sizeof(struct arp_eth)), n->ha);
		replied = true;
	}
	if (replied || br->neigh_suppress_enabled)
		BR_INPUT_SKB_CB(skb)->proxyarp_replied = true;
}

/**
 * br_do_proxy_suppress_arp() - Answers an ARP request in the name of a known station
 * @skb: the request, data at the ARP header; borrowed, marked when answered
 * @br: the bridge
 * @p: the port it came in on, NULL: from the host itself
 */
void br_do_proxy_suppress_arp(struct sk_buff *skb, struct net_bridge *br,
			      const struct net_bridge_port *p)
{
	const struct arp_eth *arp = skb_peek_hdr(skb, sizeof(*arp));
	struct neighbour *n;

	if (!arp || (br->dev->flags & IFF_NOARP) || arp->hdr.ar_pro != cpu_to_be16(ETH_P_IP) ||
	    arp->hdr.ar_hln != ETH_ALEN || arp->hdr.ar_pln != sizeof(__be32))
		return;
	if (ipv4_is_loopback(arp->tip) || ipv4_is_multicast(arp->tip))
		return;
	if (br->neigh_suppress_enabled) {
		if (p && (p->flags & BR_NEIGH_SUPPRESS))
			return;
		if (arp->sip == arp->tip && arp->hdr.ar_op != cpu_to_be16(ARPOP_RREQUEST) &&
		    arp->hdr.ar_op != cpu_to_be16(ARPOP_RREPLY)) {
			/* announcements do not go to suppressed ports */
			BR_INPUT_SKB_CB(skb)->proxyarp_replied = true;
			return;
		}
	}
	if (arp->hdr.ar_op != cpu_to_be16(ARPOP_REQUEST))
		return;
	if (br->neigh_suppress_enabled && p && br_is_local_ip(br->dev, arp->tip)) {
		BR_INPUT_SKB_CB(skb)->proxyarp_replied = true;
		return;
	}
	n = neigh_lookup(br->dev, arp->tip);
	if (!n)
		return;
	if (n->nud_state & NUD_VALID)
		br_answer_for(skb, br, p, n);
	neigh_release(n);
}
