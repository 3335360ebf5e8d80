/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_netfilter_hooks.c - bridged IPv4 packets meet iptables
 *
 * mirrors net/bridge/br_netfilter_hooks.c                        PATH
 *
 *	br_nf_pre_routing
 *	  [PREROUTING]
 *	    br_nf_pre_routing_finish
 *	      br_handle_frame_finish	br_input.c
 *	      br_nf_pre_routing_finish_bridge
 *	        br_handle_frame_finish	br_input.c
 *	        neigh_output		core/neighbour.c, comes back by br_nf_dev_xmit
 *	br_nf_forward
 *	  [FORWARD]
 *	    br_nf_forward_finish
 *	      br_forward_finish		br_forward.c
 *	br_nf_post_routing
 *	  [POSTROUTING]
 *	    br_nf_dev_queue_xmit
 *	      br_dev_queue_push_xmit	br_forward.c
 *
 * Rules see the bridge as input and output device; the ports are remembered
 * in skb->nf_bridge for -m physdev. Nothing here runs while the namespace has
 * no IPv4 hooks. Unlike Linux: no ebtables, arptables, IPv6, and frames with a
 * VLAN tag are never looked into.
 */
#include <linux/ip.h>

#include "bridge/br_private.h"
#include "core/neighbour.h"
#include "ipv4/inetdevice.h"
#include "ipv4/ip.h"
#include "netfilter/netfilter.h"
#include "netfilter/nf_conntrack.h"

struct netns_brnf {
	int sysctl[BRNF_MAX];
	bool enabled;
	struct nf_hook_ops sabotage;
	uint8_t frag_mac[ETH_HLEN]; /* header of the packet being cut in pieces */
};

/* br_netfilter_sysctl_default() */
static const int brnf_defaults[BRNF_MAX] = {
	[BRNF_CALL_ARPTABLES] = 1,
	[BRNF_CALL_IP6TABLES] = 1,
	[BRNF_CALL_IPTABLES] = 1,
};

static struct netns_brnf *brnf_of(struct net *net)
{
	if (!net->brnf) {
		net->brnf = xzalloc(sizeof(*net->brnf));
		memcpy(net->brnf->sysctl, brnf_defaults, sizeof(brnf_defaults));
	}
	return net->brnf;
}

/**
 * brnf_sysctl() - A value of /proc/sys/net/bridge
 * @net: whose
 * @which: which of them
 *
 * Return: where it is kept, to read or write.
 */
int *brnf_sysctl(struct net *net, enum brnf_sysctl which)
{
	return &brnf_of(net)->sysctl[which];
}

/**
 * br_net_exit() - Frees what bridging hung on a namespace
 * @net: the namespace, its devices gone
 */
void br_net_exit(struct net *net)
{
	if (net->brnf && net->brnf->enabled && net->nf)
		nf_unregister_net_hook(net, &net->brnf->sabotage);
	free(net->brnf);
	net->brnf = NULL;
}

/**
 * nf_bridge_clone() - A copy of the note on a bridged packet
 * @info: the note, or NULL
 *
 * Return: owned by the caller, NULL for NULL.
 */
struct nf_bridge_info *nf_bridge_clone(const struct nf_bridge_info *info)
{
	return info ? xmemdup(info, sizeof(*info)) : NULL;
}

/**
 * nf_bridge_free() - Frees a note
 * @info: may be NULL
 */
void nf_bridge_free(struct nf_bridge_info *info)
{
	free(info);
}

static void nf_bridge_info_free(struct sk_buff *skb)
{
	nf_bridge_free(skb->nf_bridge);
	skb->nf_bridge = NULL;
}

static struct net_device *bridge_parent(const struct net_device *dev)
{
	const struct net_bridge_port *p = br_port_get(dev);

	return p ? p->br->dev : NULL;
}

static void fake_rtable_release(struct dst_entry *dst)
{
	(void)dst; /* lives in the bridge */
}

/**
 * br_netfilter_rtable_init() - The route a bridged packet carries where netfilter wants one
 * @br: a new bridge
 */
void br_netfilter_rtable_init(struct net_bridge *br)
{
	struct rtable *rt = &br->fake_rtable;

	rt->dst.refs = 1;
	rt->dst.dev = br->dev;
	rt->dst.input = DST_DISCARD;
	rt->dst.output = DST_DISCARD;
	rt->dst.release = fake_rtable_release;
	rt->net = br->dev->net;
	rt->rt_type = RTN_UNICAST;
	rt->rt_pmtu = br->dev->mtu;
}

/**
 * brnf_hooked() - Does anything in the namespace look at IPv4 packets?
 * @net: the namespace
 *
 * Return: cheap, and false in a namespace without rules.
 */
bool brnf_hooked(const struct net *net)
{
	static const uint8_t hooks[] = { NF_INET_PRE_ROUTING, NF_INET_FORWARD, NF_INET_POST_ROUTING,
					 NF_INET_LOCAL_IN };

	if (!net->nf)
		return false;
	for (size_t i = 0; i < sizeof(hooks); i++) {
		if (!list_empty(&net->nf->hooks_ipv4[hooks[i]]))
			return true;
	}
	return false;
}

static bool brnf_call_iptables(const struct net_bridge *br)
{
	const struct net *net = br->dev->net;

	return br->nf_call_iptables || !net->brnf || net->brnf->sysctl[BRNF_CALL_IPTABLES];
}

/**
 * brnf_pre_routing_wanted() - Shall this frame go through br_nf_pre_routing()?
 * @br: the bridge it came in on
 * @skb: the frame; borrowed
 *
 * Return: true for IPv4 when bridge-nf-call-iptables is on and somebody looks, or it may be too
 * big for the port it leaves by: that is looked at even where no rule is.
 */
bool brnf_pre_routing_wanted(const struct net_bridge *br, const struct sk_buff *skb)
{
	const struct net *net = br->dev->net;

	/* bridge-nf-filter-vlan-tagged is 0 */
	if (skb->protocol != cpu_to_be16(ETH_P_IP) || skb->vlan_present ||
	    (!brnf_hooked(net) && skb_len(skb) <= br->dev->mtu && !br->mtu_set_by_user))
		return false;
	return brnf_call_iptables(br);
}

static bool br_inhdr_error(struct net *net)
{
	mib_inc(net, Ip_InHdrErrors);
	return false;
}

/* What ip_rcv() would check, and count; takes padding off. */
static bool br_validate_ipv4(struct sk_buff *skb)
{
	const struct iphdr *iph = skb_peek_hdr(skb, sizeof(*iph));
	struct net *net = skb->dev->net;
	uint32_t hlen, len;

	if (!iph || iph->ihl < 5 || iph->version != 4)
		return br_inhdr_error(net);
	hlen = iph->ihl * 4U;
	if (!skb_peek_hdr(skb, hlen))
		return br_inhdr_error(net);
	if (ip_fast_csum(iph, iph->ihl)) {
		mib_inc(net, IpExt_InCsumErrors);
		return br_inhdr_error(net);
	}
	len = be16_to_cpu(iph->tot_len);
	if (skb_len(skb) < len) {
		mib_inc(net, IpExt_InTruncatedPkts);
		return false;
	}
	if (len < hlen)
		return br_inhdr_error(net);
	if (skb_len(skb) > len)
		skb_trim(skb, len);
	*IPCB(skb) = (struct inet_skb_parm){ 0 };
	return true;
}

/**
 * brnf_refuses() - Is this a broken IPv4 packet, and would iptables be asked about it?
 * @br: the bridge it came in on
 * @skb: a frame that a program wrote; what the stack makes is sound. Padding is taken off.
 *
 * Return: true: it must die, as in br_nf_pre_routing().
 */
bool brnf_refuses(const struct net_bridge *br, struct sk_buff *skb)
{
	return skb->protocol == cpu_to_be16(ETH_P_IP) && !skb->vlan_present &&
	       brnf_call_iptables(br) && !br_validate_ipv4(skb);
}

static void brnf_hide_otherhost(struct sk_buff *skb)
{
	if (skb->pkt_type != PACKET_OTHERHOST)
		return;
	skb->pkt_type = PACKET_HOST;
	skb->nf_bridge->pkt_otherhost = true;
}

static void brnf_show_otherhost(struct sk_buff *skb)
{
	if (!skb->nf_bridge->pkt_otherhost)
		return;
	skb->pkt_type = PACKET_OTHERHOST;
	skb->nf_bridge->pkt_otherhost = false;
}

/*
 * The packet was DNATed to a neighbour on the same bridge: give it the
 * neighbour's MAC and go on bridging. Consumes.
 */
static void br_nf_pre_routing_finish_bridge(struct sk_buff *skb)
{
	struct nf_bridge_info *info = skb->nf_bridge;
	struct net_device *brdev = bridge_parent(skb->dev);
	const struct rtable *rt = skb_rtable(skb);
	__be32 nexthop = rt_nexthop(rt, ip_hdr(skb)->daddr);
	struct neighbour *neigh = neigh_lookup(brdev, nexthop);

	skb_ensure_writable(skb, ETH_HLEN);
	if (neigh && (neigh->nud_state & NUD_CONNECTED)) {
		memcpy(eth_hdr(skb)->h_dest, neigh->ha, ETH_ALEN);
		neigh_release(neigh);
		br_handle_frame_finish(skb);
		return;
	}
	if (neigh)
		neigh_release(neigh);
	/* neigh_output() writes a whole header: keep the sender's address and the protocol */
	memcpy(info->neigh_header, eth_hdr(skb)->h_source, sizeof(info->neigh_header));
	info->bridged_dnat = true;
	skb->dev = brdev;
	neigh_output(brdev, nexthop, skb);
}

/**
 * br_nf_dev_xmit() - A DNATed bridged packet comes back from the neighbour layer
 * @skb: frame on the bridge device, data at the Ethernet header; consumed if it is one
 *
 * The sender's own address goes back into the header, then bridging goes on.
 *
 * Return: true when it was one.
 */
bool br_nf_dev_xmit(struct sk_buff *skb)
{
	struct nf_bridge_info *info = skb->nf_bridge;

	if (!info->bridged_dnat)
		return false;
	skb_ensure_writable(skb, 0);
	skb_reset_mac_header(skb);
	skb_pull(skb, ETH_HLEN);
	skb_reset_network_header(skb);
	info->bridged_dnat = false;
	memcpy(eth_hdr(skb)->h_source, info->neigh_header, sizeof(info->neigh_header));
	skb->dev = info->physindev;
	info->physoutdev = NULL;
	br_handle_frame_finish(skb);
	return true;
}

/* Routes a packet whose destination PREROUTING changed; true: it stays on the bridge. */
static bool brnf_dnat_stays(struct sk_buff *skb, struct net_device *brdev, bool *ret_dead)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct flowi4 fl4 = { .daddr = iph->daddr, .tos = iph->tos };
	struct rtable *rt;
	int err = 0;
	enum skb_drop_reason reason =
		ip_route_input(skb, iph->daddr, iph->saddr, iph->tos, brdev, &err);

	*ret_dead = false;
	if (!reason)
		return skb->dst->dev == brdev;

	/* a martian, or forwarding is off: a host may still bridge to a neighbour */
	*ret_dead = true;
	if (err != -EHOSTUNREACH || !brdev->ip_ptr || IN_DEV_FORWARD(brdev->ip_ptr))
		return false;
	if (ip_route_output_flow(brdev->net, &fl4, NULL, &rt))
		return false;
	if (rt->dst.dev != brdev) {
		dst_release(&rt->dst);
		return false;
	}
	skb_dst_drop(skb);
	skb_dst_set(skb, &rt->dst);
	*ret_dead = false;
	return true;
}

static int br_nf_pre_routing_finish(struct sk_buff *skb)
{
	struct nf_bridge_info *info = skb->nf_bridge;
	struct net_device *brdev = skb->dev;
	bool dead;

	info->frag_max_size = IPCB(skb)->frag_max_size;
	brnf_show_otherhost(skb);
	info->in_prerouting = false;
	skb->dev = info->physindev;

	if (ip_hdr(skb)->daddr == info->ipv4_daddr) {
		skb_dst_drop(skb);
		skb_dst_set(skb, dst_hold(&br_priv(brdev)->fake_rtable.dst));
		br_handle_frame_finish(skb);
		return 0;
	}
	skb->dev = brdev;
	if (brnf_dnat_stays(skb, brdev, &dead)) {
		skb->dev = info->physindev;
		br_nf_pre_routing_finish_bridge(skb);
		return 0;
	}
	if (dead) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INADDRERRORS);
		return 0;
	}
	/* to be routed: up to the host, as if the sender had addressed the bridge */
	skb_ensure_writable(skb, ETH_HLEN);
	memcpy(eth_hdr(skb)->h_dest, brdev->dev_addr, ETH_ALEN);
	skb->pkt_type = PACKET_HOST;
	skb->dev = info->physindev;
	br_handle_frame_finish(skb);
	return 0;
}

/* A packet that went through PREROUTING on the bridge does not go there again in ip_rcv(). */
static unsigned int ip_sabotage_in(void *priv, struct sk_buff *skb,
				   const struct nf_hook_state *state)
{
	struct nf_bridge_info *info = skb->nf_bridge;

	(void)priv;
	if (!info || info->sabotage_in_done || info->in_prerouting)
		return NF_ACCEPT;
	info->sabotage_in_done = true;
	state->okfn(skb);
	return NF_STOLEN;
}

static void brnf_enable(struct net *net)
{
	struct netns_brnf *brnf = brnf_of(net);

	if (brnf->enabled)
		return;
	brnf->sabotage.hook = ip_sabotage_in;
	brnf->sabotage.pf = NFPROTO_IPV4;
	brnf->sabotage.hooknum = NF_INET_PRE_ROUTING;
	brnf->sabotage.priority = NF_IP_PRI_FIRST;
	nf_register_net_hook(net, &brnf->sabotage);
	brnf->enabled = true;
}

/**
 * br_nf_pre_routing() - A bridged IPv4 packet goes through PREROUTING
 * @skb: frame, dev is the port, data at the IP header; consumed
 */
void br_nf_pre_routing(struct sk_buff *skb)
{
	struct net_device *indev = skb->dev;
	struct net_device *brdev = bridge_parent(indev);

	if (!br_validate_ipv4(skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INHDR);
		return;
	}
	brnf_enable(brdev->net);
	nf_bridge_info_free(skb);
	skb->nf_bridge = xzalloc(sizeof(*skb->nf_bridge));
	brnf_hide_otherhost(skb);
	skb->nf_bridge->in_prerouting = true;
	skb->nf_bridge->physindev = indev;
	skb->nf_bridge->ipv4_daddr = ip_hdr(skb)->daddr;
	skb->dev = brdev;
	skb_orphan(skb);
	skb->transport_header = skb->network_header + ip_hdr(skb)->ihl * 4U;
	nf_hook(NF_INET_PRE_ROUTING, skb, brdev->net, NULL, brdev, NULL, br_nf_pre_routing_finish);
}

static void br_nf_reset_ct(struct sk_buff *skb)
{
	nf_conntrack_put(skb->nfct);
	skb->nfct = NULL;
	skb->nfctinfo = 0;
}

/**
 * br_nf_local_in() - A bridged packet is about to be handed to the host
 * @skb: dev is the bridge, with a flow; consumed unless true
 *
 * What only a promiscuous bridge picked up must not count in its flow. The flow of a packet that is
 * not for the MAC address of the bridge goes into the table here, whatever INPUT thinks of it: also
 * of one for the address of a port, which ip_rcv() throws away.
 *
 * Return: false when the flow clashed with another.
 */
bool br_nf_local_in(struct sk_buff *skb)
{
	if (BR_INPUT_SKB_CB(skb)->promisc) {
		br_nf_reset_ct(skb);
		return true;
	}
	if (skb->pkt_type == PACKET_HOST || nf_ct_is_confirmed(skb->nfct))
		return true;
	if (skb->nfct->refs != 1) { /* a copy of the packet still has it */
		br_nf_reset_ct(skb);
		return true;
	}
	if (nf_conntrack_confirm(skb) == NF_ACCEPT)
		return true;
	kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
	return false;
}

static int br_nf_forward_finish(struct sk_buff *skb)
{
	skb->nf_bridge->frag_max_size = IPCB(skb)->frag_max_size;
	brnf_show_otherhost(skb);
	return br_forward_finish(skb);
}

/**
 * br_nf_forward() - A bridged IPv4 packet goes through FORWARD
 * @skb: dev is the port to leave by; it has a note; consumed unless false
 * @indev: the port it came in on
 *
 * Return: false when it is no IPv4 packet: the caller goes on with it.
 */
bool br_nf_forward(struct sk_buff *skb, struct net_device *indev)
{
	struct net_device *parent = bridge_parent(skb->dev);

	if (skb->protocol != cpu_to_be16(ETH_P_IP) || skb->vlan_present)
		return false;
	brnf_hide_otherhost(skb);
	if (!br_validate_ipv4(skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INHDR);
		return true;
	}
	IPCB(skb)->frag_max_size = skb->nf_bridge->frag_max_size;
	skb->nf_bridge->physoutdev = skb->dev;
	nf_hook(NF_INET_FORWARD, skb, parent->net, NULL, bridge_parent(indev), parent,
		br_nf_forward_finish);
	return true;
}

static int br_nf_push_frag_xmit(struct sk_buff *skb)
{
	skb_ensure_writable(skb, ETH_HLEN);
	memcpy(skb->data - ETH_HLEN, skb->dev->net->brnf->frag_mac, ETH_HLEN);
	skb->mac_header = (uint32_t)(skb->data - skb->head) - ETH_HLEN;
	nf_bridge_info_free(skb);
	return br_dev_queue_push_xmit(skb);
}

/* Fragments that PREROUTING put together are cut again, not bigger than they came. */
static int br_nf_dev_queue_xmit(struct sk_buff *skb)
{
	struct nf_bridge_info *info = skb->nf_bridge;
	uint32_t mtu = skb->dev->mtu;

	brnf_show_otherhost(skb);
	if (info->frag_max_size && info->frag_max_size < mtu)
		mtu = info->frag_max_size;
	if (skb_len(skb) <= mtu) {
		nf_bridge_info_free(skb);
		return br_dev_queue_push_xmit(skb);
	}
	if (!br_validate_ipv4(skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INHDR);
		return 0;
	}
	IPCB(skb)->frag_max_size = info->frag_max_size;
	if (((ip_hdr(skb)->frag_off & cpu_to_be16(IP_DF)) && !skb->ignore_df) ||
	    info->frag_max_size > bridge_parent(skb->dev)->mtu) { /* that of the fake route */
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_BIG);
		return -EMSGSIZE;
	}
	memcpy(brnf_of(skb->dev->net)->frag_mac, eth_hdr(skb), ETH_HLEN);
	return ip_do_fragment(skb, br_nf_push_frag_xmit);
}

/**
 * br_nf_post_routing() - A bridged IPv4 packet goes through POSTROUTING
 * @skb: dev is the port to leave by; it has a note; consumed unless false
 *
 * Return: false when it was not bridged through FORWARD: the caller goes on with it.
 */
bool br_nf_post_routing(struct sk_buff *skb)
{
	struct net_device *parent = bridge_parent(skb->dev);

	if (!skb->nf_bridge->physoutdev || skb->protocol != cpu_to_be16(ETH_P_IP) ||
	    skb->vlan_present)
		return false;
	brnf_hide_otherhost(skb);
	nf_hook(NF_INET_POST_ROUTING, skb, parent->net, skb->sk, NULL, parent,
		br_nf_dev_queue_xmit);
	return true;
}
