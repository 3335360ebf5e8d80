/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_input.c - a frame came in on a port: learn, then forward, flood or pass up
 *
 * mirrors net/bridge/br_input.c                                  PATH
 *
 *	br_handle_frame			the rx_handler of a port
 *	  br_stp_rcv			br_stp_bpdu.c
 *	  br_nf_pre_routing		br_netfilter_hooks.c
 *	  br_handle_frame_finish
 *	    br_fdb_update		br_fdb.c
 *	    br_multicast_rcv		br_multicast.c
 *	    br_multicast_flood		br_forward.c
 *	    br_forward			br_forward.c
 *	    br_flood			br_forward.c
 *	    br_pass_frame_up
 *	      netif_receive_skb		core/dev.c, now as a frame of the bridge device
 */
#include <linux/if.h>

#include "bridge/br_private.h"
#include "core/trace.h"

/* Is the host in the frame's VLAN, or does somebody capture? Consumes it if not. */
static bool br_pass_vlan_up(struct sk_buff *skb, const struct net_bridge *br)
{
	if (br_handle_vlan(br, br->vlgrp, skb))
		return true;
	kfree_skb_reason(skb, SKB_DROP_REASON_NO_TX_TARGET);
	return false;
}

/* Consumes: the bridge device has received it. */
static void br_pass_frame_up(struct sk_buff *skb, bool promisc)
{
	struct net_device *brdev = BR_INPUT_SKB_CB(skb)->brdev;

	brdev->stats.rx_packets++;
	brdev->stats.rx_bytes += skb_len(skb);
	if (br_priv(brdev)->vlan_enabled && !br_pass_vlan_up(skb, br_priv(brdev)))
		return;
	if (trace_on(brdev->world))
		br_trace_up(br_priv(brdev), skb);
	skb->dev = brdev;
	BR_INPUT_SKB_CB(skb)->promisc = promisc;
	if (skb->nfct && !br_nf_local_in(skb))
		return;
	br_drop_fake_rtable(skb, br_priv(brdev));
	netif_receive_skb(skb);
}

static bool br_port_locked_out(struct net_bridge_port *p, const struct sk_buff *skb)
{
	const struct net_bridge_fdb_entry *src;

	if (!(p->flags & BR_PORT_LOCKED))
		return false;
	src = br_fdb_find(p->br, eth_hdr(skb)->h_source, BR_INPUT_SKB_CB(skb)->vid);
	return !src || src->dst != p || (src->flags & BR_FDB_LOCAL);
}

static enum br_pkt_type br_classify(const uint8_t *dest)
{
	if (!is_multicast_ether_addr(dest))
		return BR_PKT_UNICAST;
	return is_broadcast_ether_addr(dest) ? BR_PKT_BROADCAST : BR_PKT_MULTICAST;
}

/* To the members and the routers if somebody asks who they are, else to all. Consumes. */
static void br_handle_multicast(struct net_bridge *br, struct sk_buff *skb, bool promisc)
{
	const struct net_bridge_mdb_entry *mdst = br_mdb_get(br, skb);
	bool hit = (mdst || BR_INPUT_SKB_CB(skb)->mrouters_only) &&
		   br_multicast_querier_exists(br, skb, mdst);
	bool wanted = !hit || (mdst && mdst->host_joined) || br_multicast_is_router(br);
	bool local_rcv = promisc || wanted;

	br->dev->stats.multicast += wanted;
	if (hit)
		br_multicast_flood(br, mdst, skb, local_rcv, false);
	else
		br_flood(br, skb, BR_PKT_MULTICAST, local_rcv, false);
	if (local_rcv)
		br_pass_frame_up(skb, promisc);
}

/**
 * br_handle_frame_finish() - Decides where a frame goes
 * @skb: frame, dev is the port, data behind the Ethernet header; consumed
 *
 * Copies go to the ports first, the host gets its own last.
 *
 * Return: 0.
 */
int br_handle_frame_finish(struct sk_buff *skb)
{
	struct net_bridge_port *p = br_port_get(skb->dev);
	struct net_bridge_fdb_entry *dst = NULL;
	enum br_pkt_type pkt_type;
	struct net_bridge *br;
	bool promisc, local_rcv;

	if (!p || p->state == BR_STATE_DISABLED) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_PORT_STATE);
		return 0;
	}
	if (!br_allowed_ingress(p->br, p->vlgrp, skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_INGRESS);
		return 0;
	}
	if (br_port_locked_out(p, skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_INGRESS);
		return 0;
	}
	br = p->br;
	if (p->flags & BR_LEARNING)
		br_fdb_update(p, eth_hdr(skb)->h_source, BR_INPUT_SKB_CB(skb)->vid, 0, &skb->origin,
			      skb);
	pkt_type = br_classify(eth_hdr(skb)->h_dest);
	if (pkt_type == BR_PKT_MULTICAST && br_multicast_rcv(br, p, skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_INGRESS);
		return 0;
	}
	if (p->state == BR_STATE_LEARNING) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_PORT_STATE);
		return 0;
	}

	BR_INPUT_SKB_CB(skb)->brdev = br->dev;
	BR_INPUT_SKB_CB(skb)->src_port_isolated = p->flags & BR_ISOLATED;
	BR_INPUT_SKB_CB(skb)->proxyarp_replied = false;
	if (skb->protocol == cpu_to_be16(ETH_P_ARP))
		br_do_proxy_suppress_arp(skb, br, p);

	promisc = br->dev->flags & IFF_PROMISC;
	local_rcv = promisc;
	if (pkt_type == BR_PKT_MULTICAST) {
		br_handle_multicast(br, skb, promisc);
		return 0;
	}
	if (pkt_type == BR_PKT_UNICAST)
		dst = br_fdb_find_cached(br, &p->last_dest, eth_hdr(skb)->h_dest,
					 BR_INPUT_SKB_CB(skb)->vid);
	else
		local_rcv = true;

	if (dst && (dst->flags & BR_FDB_LOCAL)) {
		br_pass_frame_up(skb, false);
		return 0;
	}
	if (dst) {
		dst->used_ns = br_now(br);
		br_forward(dst->dst, skb, local_rcv, false);
	} else {
		br_flood(br, skb, pkt_type, local_rcv, false);
	}
	if (local_rcv)
		br_pass_frame_up(skb, promisc);
	return 0;
}

/* 01:80:c2:00:00:0X: between neighbours, not to be forwarded */
static bool is_link_local_ether_addr(const uint8_t *a)
{
	static const uint8_t base[5] = { 0x01, 0x80, 0xc2, 0x00, 0x00 };

	return !memcmp(a, base, sizeof(base)) && (a[5] & 0xf0) == 0;
}

static void br_handle_local_finish(struct sk_buff *skb)
{
	struct net_bridge_port *p = br_port_get(skb->dev);

	uint16_t vid;

	if ((p->flags & BR_LEARNING) && !p->br->no_ll_learn &&
	    (p->state == BR_STATE_LEARNING || p->state == BR_STATE_FORWARDING) &&
	    br_should_learn(p, skb, &vid))
		br_fdb_update(p, eth_hdr(skb)->h_source, vid, 0, &skb->origin, skb);
}

enum local_verdict { LOCAL_FORWARD, LOCAL_DROP, LOCAL_UP };

/* IEEE 802.1D, table 7-10. */
static enum local_verdict br_link_local_verdict(const struct net_bridge_port *p,
						const uint8_t *dest)
{
	uint16_t mask = p->br->group_fwd_mask_required | p->group_fwd_mask;
	uint16_t bit = (uint16_t)(1U << dest[5]);

	switch (dest[5]) {
	case 0x00: /* bridge group: without STP forwarded, so that others' loop detection works */
		return p->br->stp_enabled == BR_NO_STP || (mask & bit) ? LOCAL_FORWARD : LOCAL_UP;
	case 0x01: /* pause */
		return LOCAL_DROP;
	default:
		return (mask | p->br->group_fwd_mask) & bit ? LOCAL_FORWARD : LOCAL_UP;
	}
}

/* What stays on the link: BPDUs for us, the rest for the port's own protocol handlers. */
static enum rx_handler_result br_handle_link_local(struct sk_buff *skb)
{
	struct net_bridge_port *p = br_port_get(skb->dev);

	br_handle_local_finish(skb);
	if (skb->protocol != cpu_to_be16(ETH_P_802_2) ||
	    !ether_addr_equal(eth_hdr(skb)->h_dest, p->br->group_addr))
		return RX_HANDLER_PASS;
	br_stp_rcv(skb);
	return RX_HANDLER_CONSUMED;
}

/**
 * br_handle_frame() - Takes each frame that comes in on a port
 * @skb: frame, dev is the port, data behind the Ethernet header
 *
 * Return: RX_HANDLER_CONSUMED, or RX_HANDLER_PASS when the port's own host stack shall have it.
 */
enum rx_handler_result br_handle_frame(struct sk_buff *skb)
{
	struct net_bridge_port *p = br_port_get(skb->dev);
	const uint8_t *dest = eth_hdr(skb)->h_dest;

	if (skb->pkt_type == PACKET_LOOPBACK)
		return RX_HANDLER_PASS;
	if (!is_valid_ether_addr(eth_hdr(skb)->h_source)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_MAC_INVALID_SOURCE);
		return RX_HANDLER_CONSUMED;
	}
	memset(skb->cb, 0, sizeof(struct br_input_skb_cb));

	if (is_link_local_ether_addr(dest)) {
		switch (br_link_local_verdict(p, dest)) {
		case LOCAL_DROP:
			kfree_skb_reason(skb, SKB_DROP_REASON_MAC_IEEE_MAC_CONTROL);
			return RX_HANDLER_CONSUMED;
		case LOCAL_UP:
			return br_handle_link_local(skb);
		case LOCAL_FORWARD:
			break;
		}
	}

	if (p->state != BR_STATE_FORWARDING && p->state != BR_STATE_LEARNING) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_PORT_STATE);
		return RX_HANDLER_CONSUMED;
	}
	if (ether_addr_equal(p->br->dev->dev_addr, dest))
		skb->pkt_type = PACKET_HOST;
	if (brnf_pre_routing_wanted(p->br, skb)) {
		br_nf_pre_routing(skb);
		return RX_HANDLER_CONSUMED;
	}
	if (skb->written && brnf_refuses(p->br, skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INHDR);
		return RX_HANDLER_CONSUMED;
	}
	br_handle_frame_finish(skb);
	return RX_HANDLER_CONSUMED;
}
