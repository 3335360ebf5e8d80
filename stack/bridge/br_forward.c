/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_forward.c - out of one port, or of all
 *
 * mirrors net/bridge/br_forward.c                                PATH
 *
 *	br_forward
 *	br_flood
 *	br_multicast_flood
 *	  __br_forward
 *	    br_nf_forward		br_netfilter_hooks.c
 *	    br_forward_finish
 *	      br_nf_post_routing	br_netfilter_hooks.c
 *	      br_dev_queue_push_xmit
 *	        dev_queue_xmit		core/dev.c
 */
#include <linux/if.h>

#include "8021q/vlan.h"
#include "bridge/br_private.h"
#include "core/trace.h"

/* Not back where it came from (but for hairpin), only while forwarding, not between isolated ports.
 */
static inline bool should_deliver(const struct net_bridge_port *p, const struct sk_buff *skb)
{
	return ((p->flags & BR_HAIRPIN_MODE) || skb->dev != p->dev) &&
	       p->state == BR_STATE_FORWARDING && br_allowed_egress(p->vlgrp, skb) &&
	       !((p->flags & BR_ISOLATED) && BR_INPUT_SKB_CB(skb)->src_port_isolated);
}

/**
 * br_dev_queue_push_xmit() - Puts the Ethernet header back and sends
 * @skb: data behind the Ethernet header, dev is the port to leave by; consumed
 *
 * Return: 0.
 */
int br_dev_queue_push_xmit(struct sk_buff *skb)
{
	const struct net_device *dev = skb->dev;
	struct net_bridge_port *p = br_port_get(dev);

	skb_push(skb, ETH_HLEN);
	if (!(dev->flags & IFF_UP)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
		return 0;
	}
	/* a frame may carry one tag beyond the MTU: is_skb_forwardable() */
	if (skb_len(skb) > dev->mtu + dev->hard_header_len + VLAN_HLEN) {
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_BIG);
		return 0;
	}
	if (p)
		br_drop_fake_rtable(skb, p->br);
	dev_queue_xmit(skb);
	return 0;
}

/**
 * br_forward_finish() - Netfilter let the frame through FORWARD
 * @skb: dev is the port to leave by; consumed
 *
 * Return: 0.
 */
int br_forward_finish(struct sk_buff *skb)
{
	if (skb->nf_bridge && br_nf_post_routing(skb))
		return 0;
	return br_dev_queue_push_xmit(skb);
}

static inline void __br_forward(const struct net_bridge_port *to, struct sk_buff *skb,
				bool local_orig)
{
	struct net_device *indev = skb->dev;

	if (to->br->vlan_enabled && !br_handle_vlan(to->br, to->vlgrp, skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_NO_TX_TARGET);
		return;
	}
	skb->dev = to->dev;
	if (skb->nf_bridge && !local_orig && br_nf_forward(skb, indev))
		return;
	br_forward_finish(skb);
}

static void deliver_clone(const struct net_bridge_port *to, const struct sk_buff *skb,
			  bool local_orig)
{
	struct sk_buff *copy = skb_clone(skb);

	if (trace_on(skb->world))
		trace_copy(copy, skb, to->dev, "flood");
	__br_forward(to, copy, local_orig);
}

/* The last port of a flood gets the frame itself, unless the caller needs it. */
static void br_flood_last(const struct net_bridge_port *prev, struct sk_buff *skb, bool local_rcv,
			  bool local_orig)
{
	if (!prev) {
		if (!local_rcv)
			kfree_skb_reason(skb, SKB_DROP_REASON_NO_TX_TARGET);
		return;
	}
	if (local_rcv)
		deliver_clone(prev, skb, local_orig);
	else
		__br_forward(prev, skb, local_orig);
}

/**
 * br_forward() - Out of one port
 * @to: the port; NULL: nowhere
 * @skb: the frame; consumed unless @local_rcv
 * @local_rcv: the caller needs the frame itself afterwards
 * @local_orig: the host of the bridge made it
 */
void br_forward(struct net_bridge_port *to, struct sk_buff *skb, bool local_rcv, bool local_orig)
{
	if (to && to->backup_port && (!netif_carrier_ok(to->dev) || !netif_running(to->dev)))
		to = to->backup_port;
	if (trace_on(skb->world))
		br_trace_forward(to, skb);
	if (!to || !should_deliver(to, skb)) {
		if (!local_rcv)
			kfree_skb_reason(skb, SKB_DROP_REASON_NO_TX_TARGET);
		return;
	}
	if (local_rcv)
		deliver_clone(to, skb, local_orig);
	else
		__br_forward(to, skb, local_orig);
}

static bool br_flood_wanted(const struct net_bridge_port *p, const struct sk_buff *skb,
			    enum br_pkt_type pkt_type)
{
	switch (pkt_type) {
	case BR_PKT_UNICAST:
		if (!(p->flags & BR_FLOOD))
			return false;
		break;
	case BR_PKT_MULTICAST:
		if (!(p->flags & BR_MCAST_FLOOD) && skb->dev != p->br->dev)
			return false;
		break;
	case BR_PKT_BROADCAST:
		if (!(p->flags & BR_BCAST_FLOOD) && skb->dev != p->br->dev)
			return false;
		break;
	}
	if (p->flags & BR_PROXYARP)
		return false;
	return !((p->flags & (BR_PROXYARP_WIFI | BR_NEIGH_SUPPRESS)) &&
		 BR_INPUT_SKB_CB(skb)->proxyarp_replied);
}

/* multicast_to_unicast: a copy for one station, by its own address */
static void maybe_deliver_addr(const struct net_bridge_port *to, const struct sk_buff *skb,
			       const uint8_t *addr, bool local_orig)
{
	struct sk_buff *copy;

	/* not back to the station it is from, be it that hairpin is on */
	if (!should_deliver(to, skb) ||
	    (skb->dev == to->dev && ether_addr_equal(eth_hdr(skb)->h_source, addr)))
		return;
	copy = skb_copy(skb, skb_headroom(skb));
	if (!is_broadcast_ether_addr(addr))
		memcpy(eth_hdr(copy)->h_dest, addr, ETH_ALEN);
	if (trace_on(skb->world))
		trace_copy(copy, skb, to->dev, "flood");
	__br_forward(to, copy, local_orig);
}

/* A port in the group: does this frame go there as it is? */
static bool br_member_wanted(const struct net_bridge_port_group *pg, bool allow_mode_include)
{
	return (allow_mode_include || pg->filter_mode != MCAST_INCLUDE) &&
	       !(pg->flags & MDB_PG_FLAGS_BLOCKED);
}

/**
 * br_multicast_flood() - To the ports of a group, and to those with a router behind
 * @br: the bridge
 * @mdst: the group; NULL: routers only
 * @skb: the frame; consumed unless @local_rcv
 * @local_rcv: the caller needs the frame itself afterwards
 * @local_orig: the host of the bridge made it
 *
 * Both lists are by falling port number; a port in both gets one copy.
 */
void br_multicast_flood(struct net_bridge *br, const struct net_bridge_mdb_entry *mdst,
			struct sk_buff *skb, bool local_rcv, bool local_orig)
{
	struct list_head *routers = &br->mcast.ip4_mc_router_list;
	const struct net_bridge_port_group *pg = mdst ? mdst->ports : NULL;
	bool allow_mode_include = !mdst || br->multicast_igmp_version != 3 ||
				  mdst->addr.proto != cpu_to_be16(ETH_P_IP) ||
				  !br_multicast_is_star_g(&mdst->addr);
	const struct net_bridge_port *prev = NULL;
	struct list_head *at = routers->next;

	if (trace_on(skb->world))
		br_trace_multicast(br, mdst, skb);
	while (pg || at != routers) {
		const struct net_bridge_port *rport =
			at == routers ? NULL
				      : br_mcast_port(list_entry(at, struct net_bridge_mcast_port,
								 ip4_rlist));
		const struct net_bridge_port *lport = pg ? pg->port : NULL;
		const struct net_bridge_port *port = rport;
		bool member = lport && (!rport || lport->port_no > rport->port_no);

		if (member) {
			port = lport;
			if (port->flags & BR_MULTICAST_TO_UNICAST)
				maybe_deliver_addr(port, skb, pg->eth_addr, local_orig);
		}
		if (!member || (!(port->flags & BR_MULTICAST_TO_UNICAST) &&
				br_member_wanted(pg, allow_mode_include))) {
			if (should_deliver(port, skb)) {
				if (prev)
					deliver_clone(prev, skb, local_orig);
				prev = port;
			}
		}
		if (lport == port)
			pg = pg->next;
		if (rport == port)
			at = at->next;
	}
	br_flood_last(prev, skb, local_rcv, local_orig);
}

/**
 * br_flood() - Out of every port that may have it, newest port first
 * @br: the bridge
 * @skb: the frame; consumed unless @local_rcv
 * @pkt_type: which flooding flag of the ports counts
 * @local_rcv: the caller needs the frame itself afterwards
 * @local_orig: the host of the bridge made it
 *
 * The last port gets the frame itself, the others clones.
 */
void br_flood(struct net_bridge *br, struct sk_buff *skb, enum br_pkt_type pkt_type, bool local_rcv,
	      bool local_orig)
{
	struct net_bridge_port *prev = NULL;
	struct net_bridge_port *p;

	if (trace_on(skb->world))
		br_trace_flood(br, skb, pkt_type, br_flood_wanted);
	list_for_each_entry(p, &br->port_list, list) {
		if (!br_flood_wanted(p, skb, pkt_type) || !should_deliver(p, skb))
			continue;
		if (prev)
			deliver_clone(prev, skb, local_orig);
		prev = p;
	}
	br_flood_last(prev, skb, local_rcv, local_orig);
}
