/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dev.c - the pivot: every frame goes out and comes in here
 *
 * mirrors the packet half of net/core/dev.c
 * PATH
 *   dev_queue_xmit
 *     dev_tap                    captures and packet sockets see it
 *     ndo_start_xmit             veth_xmit, loopback_xmit, br_dev_xmit
 *   netif_rx                     onto the backlog: an event
 *     netif_receive_event
 *       netif_receive_skb
 *         dev_tap
 *         receive_vlan             vlan_do_receive: a VLAN device takes over
 *         rx_handler             br_handle_frame
 *         arp_rcv, ip_rcv
 */
#include <errno.h>
#include <linux/if.h>

#include "8021q/vlan.h"
#include "capture.h"
#include "core/net_namespace.h"
#include "core/netdevice.h"
#include "core/trace.h"
#include "core/vsprintf.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/inetdevice.h"
#include "ipv4/ip.h"
#include "packet/af_packet.h"
#include "sched/sch_netem.h"

#define XMIT_RECURSION_LIMIT 8 /* include/linux/netdevice.h */

/* When a frame is seen. Who sorts frames by that gets no two alike: they are in the order they were stamped in. */
static TRACE_COLD int64_t frame_stamp(struct ng_world *world)
{
	int64_t now_ns = world_now(world);

	if (!world->capture || !capture_by_arrival(world->capture))
		return now_ns;
	world->stamp_ns = now_ns > world->stamp_ns ? now_ns : world->stamp_ns + 1;
	return world->stamp_ns;
}

/* A function is told when a frame came to the machine, also where a bridge passes it up. */
static TRACE_COLD void capture_frame_of(struct sk_buff *skb, struct net_device *dev,
					unsigned int dir)
{
	struct ng_world *world = dev->world;
	bool arrived =
		dir != PACKET_OUTGOING && skb->tstamp_ns && capture_by_arrival(world->capture);
	int64_t now_ns = arrived ? skb->tstamp_ns : frame_stamp(world);
	const uint8_t *frame = skb_mac_header(skb);

	if (!dev->capture) {
		char name[sizeof(dev->net->name) + IFNAMSIZ + 1];

		scnprintf(name, sizeof(name), "%s-%s", dev->net->name, dev->name);
		dev->capture = capture_file_get(world->capture, name);
	}
	mutant_capture(world, dev->capture, world->config.epoch_ns + now_ns, dir, frame,
		       (size_t)(skb->tail - frame));
}

static TRACE_COLD void trace_frame(struct sk_buff *skb, struct net_device *dev, bool outgoing,
				   bool captured)
{
	struct ng_trace_event ev = { .file = NG_FILE };
	const struct net *peer_net =
		dev->ops->ndo_get_link_net ? dev->ops->ndo_get_link_net(dev) : NULL;
	const struct net_device *peer =
		peer_net ? dev_get_by_index(peer_net, dev_get_iflink(dev)) : NULL;

	ev.kind = outgoing ? NG_TRACE_DEV_OUT : NG_TRACE_DEV_IN;
	ev.func = outgoing ? "dev_queue_xmit" : "netif_rx";
	ev.dev_out.captured = captured;
	if (peer) {
		ev.dev_out.peer = peer->name;
		ev.dev_out.peer_netns = peer_net->name;
	}
	trace_emit_skb(&ev, skb, dev);
}

/*
 * Captures and listeners see a whole frame: with its transport checksum. What lo is given, and the
 * copy of its own broadcast that a host hears, are not in a capture, nor what a namespace sends
 * that has lost its name.
 */
static __attribute__((noinline)) void watch_skb(struct sk_buff *skb, struct net_device *dev,
						bool outgoing)
{
	bool captured =
		!(outgoing ? !!(dev->flags & IFF_LOOPBACK) : skb->pkt_type == PACKET_LOOPBACK) &&
		!dev->net->unnamed;
	struct sk_buff *copy = NULL;

	if (skb->vlan_present || skb->vlan_shown)
		copy = vlan_inline_copy(skb);
	else if (skb->ip_summed == CHECKSUM_PARTIAL)
		copy = skb_clone(skb);
	if (copy && copy->ip_summed == CHECKSUM_PARTIAL)
		skb_checksum_help(copy);
	if (captured && dev->world->capture)
		capture_frame_of(copy ? copy : skb, dev,
				 outgoing ? PACKET_OUTGOING : skb->pkt_type);
	if (trace_on(dev->world))
		trace_frame(copy ? copy : skb, dev, outgoing, captured);
	consume_skb(copy);
}

/* Packet sockets see a tag inside the frame, as libpcap shows it. */
static void tap_sockets(struct sk_buff *skb, struct net_device *dev, bool outgoing)
{
	struct sk_buff *copy;

	if (!skb->vlan_present && !skb->vlan_shown) {
		packet_tap(skb, dev, outgoing);
		return;
	}
	copy = vlan_inline_copy(skb);
	packet_tap(copy, dev, outgoing);
	consume_skb(copy);
}

/* Lets captures and packet sockets look at a frame; its MAC header is set. */
static inline void dev_tap(struct sk_buff *skb, struct net_device *dev, bool outgoing)
{
	if (dev->world->watched)
		watch_skb(skb, dev, outgoing);
	if (dev->net->nr_packet_socks && (outgoing || skb->pkt_type != PACKET_LOOPBACK))
		tap_sockets(skb, dev, outgoing);
}

static void netif_receive_skb_core(struct sk_buff *skb);

/**
 * dev_queue_xmit() - Hands a frame to its device
 * @skb: consumed; dev is set, data is at the MAC header
 *
 * A device that is not active has the noop qdisc: the frame is dropped and the
 * sender hears of congestion.
 *
 * Return: NET_XMIT_* or -ENETDOWN.
 */
int dev_queue_xmit(struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;

	skb_reset_mac_header(skb);
	if (dev->qdisc == QDISC_NOOP) {
		dev->stats.tx_dropped++;
		kfree_skb_reason(skb, SKB_DROP_REASON_QDISC_DROP);
		return NET_XMIT_CN;
	}
	if (dev->root_qdisc)
		return netem_enqueue(dev->root_qdisc, skb);
	return dev_hard_start_xmit(skb, dev);
}

/* May the tag travel beside the frame? */
static bool vlan_hw_offload_capable(const struct net_device *dev, __be16 proto)
{
	return dev->features & (proto == cpu_to_be16(ETH_P_8021Q) ? NETIF_F_HW_VLAN_CTAG_TX
								  : NETIF_F_HW_VLAN_STAG_TX);
}

/**
 * dev_hard_start_xmit() - A frame goes to the driver, past any queue
 * @skb: consumed
 * @dev: its device
 *
 * Return: NET_XMIT_* or -ENETDOWN.
 */
int dev_hard_start_xmit(struct sk_buff *skb, struct net_device *dev)
{
	int rc;

	if (!(dev->flags & IFF_UP) || dev->xmit_depth >= XMIT_RECURSION_LIMIT) {
		dev->stats.tx_dropped++;
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
		return -ENETDOWN;
	}

	if (skb->vlan_present && !vlan_hw_offload_capable(dev, skb->vlan_proto))
		vlan_push_inside(skb); /* validate_xmit_vlan() */
	if (skb->ip_summed == CHECKSUM_PARTIAL && !(dev->features & NETIF_F_HW_CSUM))
		skb_checksum_help(skb);
	dev_tap(skb, dev, true);
	dev->xmit_depth++;
	rc = dev->ops->ndo_start_xmit(skb, dev);
	dev->xmit_depth--;
	return rc;
}

/* The other end: a new event, on an empty stack. */
static void netif_receive_event(struct sim_work *work)
{
	struct sk_buff *skb = container_of(work, struct sk_buff, work);
	struct net_device *dev = skb->dev;

	dev->refs--;
	if (dev->dying) {
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
		if (!dev->refs)
			free_netdev(dev);
		return;
	}
	skb_reset_network_header(skb);
	if (dev->net->nr_packet_socks && skb->pkt_type != PACKET_LOOPBACK)
		tap_sockets(skb, dev, false);
	netif_receive_skb_core(skb);
}

/**
 * netif_rx() - Puts a received frame on the backlog
 * @skb: consumed; eth_type_trans() was called
 */
void netif_rx(struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;

	if (!netif_running(dev)) {
		dev->stats.rx_dropped++;
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
		return;
	}
	/* frames carry the time they were put here: net_timestamp_check() with netdev_tstamp_prequeue */
	if (dev->net->nr_packet_socks || dev->world->watched)
		skb->tstamp_ns = frame_stamp(dev->world);
	if (dev->world->watched)
		watch_skb(skb, dev, false);
	dev->refs++;
	skb->work.fn = netif_receive_event;
	sim_queue(&dev->world->sim, &skb->work);
}

/**
 * netif_receive_skb() - A frame has arrived on a device
 * @skb: consumed; data is behind the MAC header
 */
void netif_receive_skb(struct sk_buff *skb)
{
	skb_reset_network_header(skb);
	dev_tap(skb, skb->dev, false);
	netif_receive_skb_core(skb);
}

static bool is_vlan_proto(__be16 proto)
{
	return proto == cpu_to_be16(ETH_P_8021Q) || proto == cpu_to_be16(ETH_P_8021AD);
}

/* Takes tags off for as long as there are VLAN devices for them; false: the frame is gone. */
static __attribute__((noinline)) bool receive_vlan(struct sk_buff *skb)
{
	for (;;) {
		enum vlan_result result;

		if (!skb->vlan_present && is_vlan_proto(skb->protocol) && !skb_vlan_untag(skb)) {
			kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
			return false;
		}
		if (!skb->vlan_present)
			return true;
		result = vlan_do_receive(skb);
		if (result != VLAN_TAKEN)
			return result == VLAN_PASS;
		skb->skb_iif = skb->dev->ifindex;
		skb_reset_network_header(skb);
		dev_tap(skb, skb->dev, false);
		skb->vlan_shown = false;
	}
}

/* Neither IPv4 nor ARP. Only a frame that nobody waits for counts as dropped. */
static void receive_other(struct sk_buff *skb)
{
	switch (be16_to_cpu(skb->protocol)) {
	case ETH_P_IPV6:
		kfree_skb_reason(skb, SKB_DROP_REASON_IPV6DISABLED);
		return;
	case ETH_P_802_2: /* the LLC of bridges takes them */
		kfree_skb_reason(skb, SKB_DROP_REASON_UNHANDLED_PROTO);
		return;
	}
	skb->dev->stats.rx_dropped++;
	kfree_skb_reason(skb, SKB_DROP_REASON_UNHANDLED_PROTO);
}

/* Seen by all taps: on to the bridge or the protocol. */
static void netif_receive_skb_core(struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;

	skb->skb_iif = dev->ifindex;
	if (skb->vlan_present || is_vlan_proto(skb->protocol)) {
		if (!receive_vlan(skb))
			return;
		dev = skb->dev;
	}
	skb_reset_network_header(skb);
	skb_reset_transport_header(skb);
	if (dev->rx_handler && dev->rx_handler(skb) == RX_HANDLER_CONSUMED)
		return;
	if (skb->vlan_present) {
		/* no VLAN device wants it: not for this host, unless it only has a priority */
		if (skb->vlan_tci & VLAN_VID_MASK)
			skb->pkt_type = PACKET_OTHERHOST;
		skb->vlan_present = false;
	}
	if (dev->net->nr_packet_socks)
		packet_deliver(skb, dev);

	switch (be16_to_cpu(skb->protocol)) {
	case ETH_P_IP:
		ip_rcv(skb, dev);
		return;
	case ETH_P_ARP:
		arp_rcv(skb);
		return;
	}
	receive_other(skb);
}

/**
 * eth_type_trans() - Takes the Ethernet header off a received frame
 * @skb: at least ETH_HLEN long, data at the MAC header
 * @dev: the device it came in on; becomes skb->dev
 *
 * Sets mac_header and pkt_type.
 *
 * Return: the protocol for skb->protocol; ETH_P_802_2 for a length field.
 */
__be16 eth_type_trans(struct sk_buff *skb, struct net_device *dev)
{
	const struct ethhdr *eth;

	skb->dev = dev;
	skb_reset_mac_header(skb);
	eth = skb_mac_header(skb);
	skb_pull(skb, ETH_HLEN);
	if (!ether_addr_equal(eth->h_dest, dev->dev_addr)) {
		if (!is_multicast_ether_addr(eth->h_dest))
			skb->pkt_type = PACKET_OTHERHOST;
		else if (ether_addr_equal(eth->h_dest, dev->broadcast))
			skb->pkt_type = PACKET_BROADCAST;
		else
			skb->pkt_type = PACKET_MULTICAST;
	}
	if (be16_to_cpu(eth->h_proto) >= ETH_P_802_3_MIN)
		return eth->h_proto;
	/* IPX without LLC, so they say */
	if (skb_len(skb) >= 2 && skb->data[0] == 0xff && skb->data[1] == 0xff)
		return cpu_to_be16(ETH_P_802_3);
	return cpu_to_be16(ETH_P_802_2);
}

/**
 * dev_hard_header() - Puts an Ethernet header in front
 * @skb: writable room is made; data is then at the MAC header
 * @dev: the device that will send it
 * @type: EtherType, host order
 * @daddr: destination; NULL only on loopback and NOARP devices (zeros)
 * @saddr: source, NULL: the device's
 *
 * Return: 0.
 */
int dev_hard_header(struct sk_buff *skb, struct net_device *dev, uint16_t type, const void *daddr,
		    const void *saddr)
{
	struct ethhdr *eth;

	skb_ensure_writable(skb, ETH_HLEN);
	eth = skb_push(skb, ETH_HLEN);
	eth->h_proto = cpu_to_be16(type);
	memcpy(eth->h_source, saddr ? saddr : dev->dev_addr, ETH_ALEN);
	if (daddr)
		memcpy(eth->h_dest, daddr, ETH_ALEN);
	else
		memset(eth->h_dest, 0, ETH_ALEN);
	skb_reset_mac_header(skb);
	return 0;
}

/**
 * backlog_purge() - Drops the frames that wait, when the world ends
 * @world: the world
 *
 * Everything else on the queue belongs to somebody and is only forgotten.
 */
void backlog_purge(struct ng_world *world)
{
	struct sim_work *work = world->sim.head;

	world->sim.head = NULL;
	world->sim.tail = &world->sim.head;
	while (work) {
		struct sim_work *next = work->next;

		if (work->fn == netif_receive_event) {
			struct sk_buff *skb = container_of(work, struct sk_buff, work);
			struct net_device *dev = skb->dev;

			kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
			if (--dev->refs == 0 && dev->dying)
				free_netdev(dev);
		}
		work = next;
	}
}
