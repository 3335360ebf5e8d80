/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vlan_core.c - frames with a tag
 *
 * mirrors net/8021q/vlan_core.c and the tag helpers of net/core/skbuff.c
 * PATH. As in Linux with devices that can handle tags (veth and bridges do),
 * a tag travels beside the frame: skb->vlan_tci. Captures and packet sockets
 * see it inside.
 *   netif_receive_skb
 *     skb_vlan_untag               a tag inside goes beside
 *     vlan_do_receive              the VLAN device's frame from here on
 */
#include <linux/if.h>
#include <linux/if_packet.h>
#include <string.h>

#include "8021q/vlan.h"

/**
 * vlan_do_receive() - Gives a tagged frame to its VLAN device
 * @skb: has a tag; data is behind the MAC header; consumed when it is gone
 *
 * Return: VLAN_TAKEN: it is the VLAN device's now; VLAN_PASS: no such device; VLAN_GONE: dropped.
 */
enum vlan_result vlan_do_receive(struct sk_buff *skb)
{
	struct net_device *dev =
		vlan_find_dev(skb->dev, skb->vlan_proto, skb->vlan_tci & VLAN_VID_MASK);
	const struct vlan_dev_priv *vlan;

	if (!dev)
		return VLAN_PASS;
	if (!(dev->flags & IFF_UP)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
		return VLAN_GONE;
	}
	vlan = vlan_dev_priv(dev);
	skb->dev = dev;
	/* a VLAN device may have a MAC address of its own */
	if (skb->pkt_type == PACKET_OTHERHOST &&
	    ether_addr_equal(eth_hdr(skb)->h_dest, dev->dev_addr))
		skb->pkt_type = PACKET_HOST;
	skb->priority = vlan->ingress_priority_map[skb->vlan_tci >> VLAN_PRIO_SHIFT & 7];
	/* without REORDER_HDR taps see the tag, unless a bridge has the device */
	if (!(vlan->flags & VLAN_FLAG_REORDER_HDR) && !dev->br_port)
		skb->vlan_shown = true;
	skb->vlan_present = false;
	dev->stats.rx_packets++;
	dev->stats.rx_bytes += skb_len(skb);
	if (skb->pkt_type == PACKET_MULTICAST)
		dev->stats.multicast++;
	return VLAN_TAKEN;
}

/**
 * skb_vlan_untag() - Takes a tag out of a received frame
 * @skb: its protocol is ETH_P_8021Q or ETH_P_8021AD; data is behind the MAC header
 *
 * Return: false when the frame ends too early; it is still the caller's.
 */
bool skb_vlan_untag(struct sk_buff *skb)
{
	const uint8_t *tag = skb_peek_hdr(skb, VLAN_HLEN);
	uint8_t *mac;

	if (!tag)
		return false;
	skb->vlan_proto = skb->protocol;
	skb->vlan_tci = (uint16_t)(tag[0] << 8 | tag[1]);
	skb->vlan_present = true;
	skb_ensure_writable(skb, ETH_HLEN);
	skb_pull(skb, VLAN_HLEN);
	mac = skb->data - ETH_HLEN;
	memmove(mac, mac - VLAN_HLEN, (size_t)2 * ETH_ALEN);
	skb->mac_header = (uint32_t)(mac - skb->head);
	skb->protocol = be16_to_cpu(eth_hdr(skb)->h_proto) >= ETH_P_802_3_MIN
				? eth_hdr(skb)->h_proto
				: cpu_to_be16(ETH_P_802_2);
	return true;
}

/**
 * vlan_push_inside() - Puts the tag into the frame
 * @skb: has a tag; data is at the MAC header
 */
void vlan_push_inside(struct sk_buff *skb)
{
	uint8_t *mac;

	skb_ensure_writable(skb, VLAN_HLEN);
	mac = skb_push(skb, VLAN_HLEN);
	memmove(mac, mac + VLAN_HLEN, (size_t)2 * ETH_ALEN);
	memcpy(mac + 2 * ETH_ALEN, &skb->vlan_proto, sizeof(skb->vlan_proto));
	mac[14] = (uint8_t)(skb->vlan_tci >> 8);
	mac[15] = (uint8_t)skb->vlan_tci;
	skb->protocol = skb->vlan_proto;
	skb->vlan_present = false;
	skb_reset_mac_header(skb);
}

/**
 * vlan_inline_copy() - A copy of a frame with its tag inside, for who looks on
 * @skb: borrowed; its MAC header is set
 *
 * Return: the copy.
 */
struct sk_buff *vlan_inline_copy(const struct sk_buff *skb)
{
	struct sk_buff *copy = skb_clone(skb);
	uint32_t behind = (uint32_t)(copy->data - (uint8_t *)skb_mac_header(copy));

	skb_push(copy, behind);
	vlan_push_inside(copy);
	skb_pull(copy, behind);
	copy->vlan_shown = false;
	return copy;
}
