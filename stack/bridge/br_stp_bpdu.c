/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_stp_bpdu.c - the messages of the spanning tree, written and read
 *
 * mirrors net/bridge/br_stp_bpdu.c                               PATH
 *
 *	br_send_config_bpdu
 *	  br_send_bpdu
 *	    dev_queue_xmit		core/dev.c
 *	br_stp_rcv
 *	  br_received_config_bpdu	br_stp.c
 *	  br_received_tcn_bpdu		br_stp.c
 */
#include "bridge/br_private.h"
#include "core/trace.h"

#define STP_HZ 256 /* unit of the times in a BPDU */
#define LLC_HLEN 3
#define LLC_SAP_BSPAN 0x42
#define LLC_UI 0x03
#define CONFIG_LEN 35
#define TCN_LEN 4

#define BPDU_TYPE_CONFIG 0x00
#define BPDU_TYPE_TCN 0x80

static void br_send_bpdu(struct net_bridge_port *p, const uint8_t *bpdu, uint32_t len)
{
	struct sk_buff *skb = alloc_skb(p->dev->world, SKB_HEADROOM, LLC_HLEN + len);
	uint8_t *llc = skb_put(skb, LLC_HLEN + len);
	struct ethhdr *eth;

	llc[0] = LLC_SAP_BSPAN;
	llc[1] = LLC_SAP_BSPAN;
	llc[2] = LLC_UI;
	memcpy(llc + LLC_HLEN, bpdu, len);
	skb_reset_network_header(skb);
	eth = skb_push(skb, ETH_HLEN);
	memcpy(eth->h_dest, p->br->group_addr, ETH_ALEN);
	memcpy(eth->h_source, p->dev->dev_addr, ETH_ALEN);
	eth->h_proto = cpu_to_be16((uint16_t)(LLC_HLEN + len));
	skb_reset_mac_header(skb);
	skb->dev = p->dev;
	skb->protocol = cpu_to_be16(ETH_P_802_2);
	skb->origin = p->br->dev->origin;
	if (p->br->bpdu)
		skb_set_cause(skb, p->br->bpdu, NG_CAUSE_ANSWER);
	trace_skb(skb, BORN, born, .who = "stp", .why = "send");
	dev_queue_xmit(skb);
}

static uint8_t *put_be16(uint8_t *to, uint32_t v)
{
	to[0] = (uint8_t)(v >> 8);
	to[1] = (uint8_t)v;
	return to + 2;
}

static uint8_t *put_ticks(uint8_t *to, uint32_t jiffies)
{
	return put_be16(to, STP_HZ * jiffies / BR_HZ);
}

static uint32_t get_be16(const uint8_t *from)
{
	return (uint32_t)from[0] << 8 | from[1];
}

static uint32_t get_ticks(const uint8_t *from)
{
	return (get_be16(from) * BR_HZ + STP_HZ - 1) / STP_HZ;
}

/**
 * br_send_config_bpdu() - Sends a configuration message out of a port
 * @p: the port
 * @bpdu: what it says; 802.1D, 9.3.1
 */
void br_send_config_bpdu(struct net_bridge_port *p, const struct br_config_bpdu *bpdu)
{
	uint8_t buf[CONFIG_LEN] = { 0, 0, 0, BPDU_TYPE_CONFIG };
	uint8_t *at = buf + 5;

	if (p->br->stp_enabled != BR_KERNEL_STP)
		return;
	buf[4] = (uint8_t)((bpdu->topology_change ? 0x01 : 0) |
			   (bpdu->topology_change_ack ? 0x80 : 0));
	memcpy(at, &bpdu->root, sizeof(bpdu->root));
	at = put_be16(at + sizeof(bpdu->root), bpdu->root_path_cost >> 16);
	at = put_be16(at, bpdu->root_path_cost);
	memcpy(at, &bpdu->bridge_id, sizeof(bpdu->bridge_id));
	at = put_be16(at + sizeof(bpdu->bridge_id), bpdu->port_id);
	at = put_ticks(at, bpdu->message_age);
	at = put_ticks(at, bpdu->max_age);
	at = put_ticks(at, bpdu->hello_time);
	put_ticks(at, bpdu->forward_delay);
	br_send_bpdu(p, buf, sizeof(buf));
}

/**
 * br_send_tcn_bpdu() - Tells the bridge towards the root that the topology changed
 * @p: the root port
 */
void br_send_tcn_bpdu(struct net_bridge_port *p)
{
	static const uint8_t buf[TCN_LEN] = { 0, 0, 0, BPDU_TYPE_TCN };

	if (p->br->stp_enabled == BR_KERNEL_STP)
		br_send_bpdu(p, buf, sizeof(buf));
}

static bool br_parse_config(const uint8_t *buf, struct br_config_bpdu *bpdu)
{
	bpdu->topology_change = buf[4] & 0x01;
	bpdu->topology_change_ack = buf[4] & 0x80;
	memcpy(&bpdu->root, buf + 5, sizeof(bpdu->root));
	bpdu->root_path_cost = get_be16(buf + 13) << 16 | get_be16(buf + 15);
	memcpy(&bpdu->bridge_id, buf + 17, sizeof(bpdu->bridge_id));
	bpdu->port_id = (uint16_t)get_be16(buf + 25);
	bpdu->message_age = get_ticks(buf + 27);
	bpdu->max_age = get_ticks(buf + 29);
	bpdu->hello_time = get_ticks(buf + 31);
	bpdu->forward_delay = get_ticks(buf + 33);
	return bpdu->message_age <= bpdu->max_age;
}

static TRACE_COLD void trace_config(struct sk_buff *skb, const struct br_config_bpdu *bpdu)
{
	const struct bridge_id *root = &bpdu->root, *sender = &bpdu->bridge_id;

	trace_skb_from(skb, skb->dev, NG_FILE, "br_stp_rcv", BPDU, bpdu,
		       .bridge = br_port_get(skb->dev)->br->dev->name, .what = "config",
		       .root_prio = get_be16(root->prio), .root = root->addr,
		       .cost = bpdu->root_path_cost, .sender_prio = get_be16(sender->prio),
		       .sender = sender->addr, .port = bpdu->port_id,
		       .topology_change = bpdu->topology_change);
}

static bool br_take_config(struct net_bridge_port *p, struct sk_buff *skb, const uint8_t *buf)
{
	struct br_config_bpdu bpdu;

	if (!skb_peek_hdr(skb, LLC_HLEN + CONFIG_LEN) || !br_parse_config(buf, &bpdu))
		return false;
	if (trace_on(skb->world))
		trace_config(skb, &bpdu);
	p->br->bpdu = skb->id;
	br_received_config_bpdu(p, &bpdu);
	p->br->bpdu = 0;
	return true;
}

static void br_take_tcn(struct net_bridge_port *p, struct sk_buff *skb)
{
	trace_skb(skb, BPDU, bpdu, .bridge = p->br->dev->name, .what = "topology change",
		  .topology_change = true);
	p->br->bpdu = skb->id;
	br_received_tcn_bpdu(p);
	p->br->bpdu = 0;
}

/**
 * br_stp_rcv() - Takes a BPDU that came in on a port
 * @skb: frame, data at the LLC header; consumed
 *
 * Unlike Linux: called by br_handle_frame(), not by LLC behind the port.
 */
void br_stp_rcv(struct sk_buff *skb)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_BRIDGE_INGRESS;
	struct net_bridge_port *p = br_port_get(skb->dev);
	const uint8_t *llc = skb_peek_hdr(skb, LLC_HLEN + TCN_LEN);
	const uint8_t *buf;

	if (!llc || llc[0] != LLC_SAP_BSPAN || llc[1] != LLC_SAP_BSPAN || llc[2] != LLC_UI) {
		reason = SKB_DROP_REASON_UNHANDLED_PROTO;
		goto drop;
	}
	buf = llc + LLC_HLEN;
	if (buf[0] || buf[1] || buf[2])
		goto drop;
	if (p->br->stp_enabled != BR_KERNEL_STP || !(p->br->dev->flags & IFF_UP) ||
	    p->state == BR_STATE_DISABLED)
		goto drop;
	if (!ether_addr_equal(eth_hdr(skb)->h_dest, p->br->group_addr))
		goto drop;
	if (p->flags & BR_BPDU_GUARD) {
		br_stp_disable_port(p);
		goto drop;
	}
	if (buf[3] == BPDU_TYPE_CONFIG) {
		if (!br_take_config(p, skb, buf))
			goto drop;
	} else if (buf[3] == BPDU_TYPE_TCN) {
		br_take_tcn(p, skb);
	} else {
		goto drop; /* of a newer protocol */
	}
	consume_skb(skb);
	return;

drop:
	kfree_skb_reason(skb, reason);
}
