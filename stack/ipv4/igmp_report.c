/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * igmp_report.c - the IGMP messages a host sends
 *
 * mirrors net/ipv4/igmp.c (RFC 2236 2, RFC 3376 4.2)
 *
 * PATH
 *
 *	igmpv3_send_cr()		what changed
 *	igmpv3_send_report()		what is joined
 *	  add_grec()
 *	    igmpv3_newpack()		ip_route_output_flow()
 *	  igmpv3_sendpack()		ip_local_out()
 *	igmp_send_report()		versions 1 and 2
 *	  ip_local_out()
 */
#include <errno.h>

#include "ipv4/fib.h"
#include "ipv4/igmp.h"
#include "ipv4/ip.h"

#define IPV4_MIN_MTU 68	  /* RFC 791 */
#define TC_PRIO_CONTROL 7 /* <linux/pkt_sched.h> */
#define IGMP_IHLEN (sizeof(struct iphdr) + 4)

/* RFC 3376 4.2.13: an address of the device, else 0.0.0.0 */
static __be32 igmpv3_get_srcaddr(const struct in_device *in_dev, __be32 saddr)
{
	const struct in_ifaddr *ifa;

	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		if (ifa->ifa_local == saddr)
			return saddr;
	}
	return 0;
}

/* An IP header with Router Alert, and room for @size bytes in all; NULL: no way out */
static struct sk_buff *igmp_newpack(struct in_device *in_dev, __be32 daddr, uint32_t size,
				    __be32 *ret_saddr)
{
	static const uint8_t router_alert[4] = { IPOPT_RA, 4, 0, 0 };
	struct net_device *dev = in_dev->dev;
	struct flowi4 fl4 = { .daddr = daddr, .oif = dev->ifindex, .proto = IPPROTO_IGMP };
	struct sk_buff *skb;
	struct rtable *rt;
	struct iphdr *iph;

	if (ip_route_output_flow(dev->net, &fl4, NULL, &rt))
		return NULL;
	*ret_saddr = fl4.saddr;
	skb = alloc_skb(dev->world, SKB_HEADROOM, size);
	skb->priority = TC_PRIO_CONTROL;
	skb_dst_set(skb, &rt->dst);
	skb_reset_network_header(skb);
	iph = skb_put(skb, IGMP_IHLEN);
	*iph = (struct iphdr){
		.version = 4,
		.ihl = IGMP_IHLEN / 4,
		.tos = 0xc0,
		.frag_off = cpu_to_be16(IP_DF),
		.ttl = 1,
		.protocol = IPPROTO_IGMP,
		.saddr = fl4.saddr,
		.daddr = daddr,
	};
	memcpy(iph + 1, router_alert, sizeof(router_alert));
	skb->transport_header = (uint16_t)(skb->network_header + IGMP_IHLEN);
	*IPCB(skb) = (struct inet_skb_parm){ 0 };
	return skb;
}

static struct sk_buff *igmpv3_newpack(struct in_device *in_dev)
{
	struct igmpv3_report *pig;
	struct sk_buff *skb;
	__be32 saddr;

	skb = igmp_newpack(in_dev, IGMP_GROUP_ALL_V3_ROUTERS, in_dev->dev->mtu, &saddr);
	if (!skb)
		return NULL;
	ip_hdr(skb)->saddr = igmpv3_get_srcaddr(in_dev, saddr);
	pig = skb_put(skb, sizeof(*pig));
	memset(pig, 0, sizeof(*pig));
	pig->type = IGMPV3_HOST_MEMBERSHIP_REPORT;
	return skb;
}

static void igmpv3_sendpack(struct in_device *in_dev, struct sk_buff *skb)
{
	struct igmpv3_report *pig = skb_transport_header(skb);
	struct net *net = in_dev->dev->net;

	pig->csum = ip_compute_csum(pig, (size_t)(skb->tail - (uint8_t *)pig));
	mib_inc(net, Ip_OutRequests);
	ip_local_out(net, NULL, skb);
}

/* One more group in the report @skb (NULL: a new one). A full one is sent first. */
static struct sk_buff *add_grec(struct sk_buff *skb, struct ip_mc_list *pmc, uint8_t type)
{
	struct in_device *in_dev = pmc->interface;
	struct igmpv3_report *pih;
	struct igmpv3_grec *pgr;

	if (!igmp_reported(in_dev, pmc->multiaddr) || in_dev->dev->mtu < IPV4_MIN_MTU)
		return skb;
	if (skb && skb_len(skb) + sizeof(*pgr) > in_dev->dev->mtu) {
		igmpv3_sendpack(in_dev, skb);
		skb = NULL;
	}
	if (!skb) {
		skb = igmpv3_newpack(in_dev);
		if (!skb)
			return NULL;
		skb->origin = pmc->origin;
	}
	pgr = skb_put(skb, sizeof(*pgr));
	*pgr = (struct igmpv3_grec){ .grec_type = type, .grec_mca = pmc->multiaddr };
	pih = skb_transport_header(skb);
	pih->ngrec = cpu_to_be16((uint16_t)(be16_to_cpu(pih->ngrec) + 1));
	return skb;
}

/**
 * igmpv3_send_report() - Reports what is joined: the answer to a query
 * @in_dev: device
 * @pmc: the group asked for; NULL: all
 */
void igmpv3_send_report(struct in_device *in_dev, struct ip_mc_list *pmc)
{
	struct sk_buff *skb = NULL;

	if (pmc) {
		skb = add_grec(skb, pmc, IGMPV3_MODE_IS_EXCLUDE);
	} else {
		list_for_each_entry(pmc, &in_dev->mc_list, list)
			skb = add_grec(skb, pmc, IGMPV3_MODE_IS_EXCLUDE);
	}
	if (skb)
		igmpv3_sendpack(in_dev, skb);
}

/**
 * igmpv3_send_cr() - Reports what changed: groups left, groups joined
 * @in_dev: device
 */
void igmpv3_send_cr(struct in_device *in_dev)
{
	struct ip_mc_list *pmc, *next;
	struct sk_buff *skb = NULL;

	list_for_each_entry_safe(pmc, next, &in_dev->mc_tomb, list) {
		if (pmc->crcount) {
			skb = add_grec(skb, pmc, IGMPV3_CHANGE_TO_INCLUDE);
			pmc->crcount--;
		}
		if (pmc->crcount)
			continue;
		list_del(&pmc->list);
		free(pmc);
	}
	list_for_each_entry(pmc, &in_dev->mc_list, list) {
		if (!pmc->crcount)
			continue;
		skb = add_grec(skb, pmc, IGMPV3_CHANGE_TO_EXCLUDE);
		pmc->crcount--;
	}
	if (skb)
		igmpv3_sendpack(in_dev, skb);
}

/**
 * igmp_send_report() - Reports one group in the words of version 1 or 2
 * @in_dev: device
 * @pmc: the group
 * @type: IGMP_HOST_MEMBERSHIP_REPORT, IGMPV2_HOST_MEMBERSHIP_REPORT or IGMP_HOST_LEAVE_MESSAGE
 */
void igmp_send_report(struct in_device *in_dev, struct ip_mc_list *pmc, uint8_t type)
{
	__be32 group = pmc->multiaddr, saddr;
	struct net *net = in_dev->dev->net;
	struct igmphdr *ih;
	struct sk_buff *skb;

	if (!igmp_reported(in_dev, group))
		return;
	skb = igmp_newpack(in_dev, type == IGMP_HOST_LEAVE_MESSAGE ? IGMP_GROUP_ALL_ROUTERS : group,
			   IGMP_IHLEN + sizeof(*ih), &saddr);
	if (!skb)
		return;
	skb->origin = pmc->origin;
	ih = skb_put(skb, sizeof(*ih));
	*ih = (struct igmphdr){ .type = type, .group = group };
	ih->csum = ip_compute_csum(ih, sizeof(*ih));
	mib_inc(net, Ip_OutRequests);
	ip_local_out(net, NULL, skb);
}
