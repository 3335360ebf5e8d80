/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_nat_masquerade.c - translation to the address a device has at the moment: MASQUERADE and
 * REDIRECT
 *
 * mirrors net/netfilter/nf_nat_masquerade.c, nf_nat_redirect.c
 * PATH, and CONTROL for events
 */
#include <linux/rtnetlink.h>

#include "core/netdevice.h"
#include "ipv4/inetdevice.h"
#include "ipv4/ip.h"
#include "netfilter/nf_nat.h"

/**
 * nf_nat_masquerade_ipv4 - The flow gets the address of the device it leaves by
 * @skb: its first packet, routed
 * @range: ports
 * @out: the device
 *
 * Return: NF_ACCEPT, or NF_DROP when the device has no address.
 */
unsigned int nf_nat_masquerade_ipv4(struct sk_buff *skb, const struct nf_nat_range4 *range,
				    const struct net_device *out)
{
	struct nf_nat_range4 to = *range;
	struct nf_conn *ct = skb->nfct;
	__be32 src;

	/* DHCP before there is an address */
	if (ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.src == 0)
		return NF_ACCEPT;
	src = inet_select_addr(out, rt_nexthop(skb_rtable(skb), ip_hdr(skb)->daddr),
			       RT_SCOPE_UNIVERSE);
	if (!src)
		return NF_DROP;
	ct->masq_index = out->ifindex;
	to.flags |= NF_NAT_RANGE_MAP_IPS;
	to.min_ip = src;
	to.max_ip = src;
	return nf_nat_setup_info(ct, &to, NF_NAT_MANIP_SRC);
}

/**
 * nf_nat_redirect_ipv4 - The flow is led to this machine
 * @skb: its first packet
 * @range: ports
 * @hooknum: PREROUTING: to the first address of the device it came by; OUTPUT: to 127.0.0.1
 *
 * Return: NF_ACCEPT, or NF_DROP when the device has no address.
 */
unsigned int nf_nat_redirect_ipv4(struct sk_buff *skb, const struct nf_nat_range4 *range,
				  unsigned int hooknum)
{
	struct nf_nat_range4 to = *range;
	const struct in_device *in_dev;
	const struct in_ifaddr *ifa;
	__be32 dst = 0;

	if (hooknum == NF_INET_LOCAL_OUT) {
		dst = cpu_to_be32(0x7f000001);
	} else {
		in_dev = in_dev_get(skb->dev);
		if (in_dev && !list_empty(&in_dev->ifa_list)) {
			ifa = list_first_entry(&in_dev->ifa_list, struct in_ifaddr, list);
			dst = ifa->ifa_local;
		}
		if (!dst)
			return NF_DROP;
	}
	to.flags |= NF_NAT_RANGE_MAP_IPS;
	to.min_ip = dst;
	to.max_ip = dst;
	return nf_nat_setup_info(skb->nfct, &to, NF_NAT_MANIP_DST);
}

struct masq_match {
	int ifindex;
	__be32 addr; /* 0: any */
};

static bool masq_cmp(struct nf_conn *ct, void *arg)
{
	const struct masq_match *m = arg;

	return ct->masq_index == m->ifindex &&
	       (!m->addr || ct->tuplehash[IP_CT_DIR_REPLY].tuple.dst == m->addr);
}

/**
 * masq_device_event - A device going down takes its masqueraded flows with it
 * @event: what happened
 * @dev: to which device
 */
void masq_device_event(enum netdev_event event, struct net_device *dev)
{
	struct masq_match m = { .ifindex = dev->ifindex };

	if (event == NETDEV_DOWN)
		nf_ct_iterate_cleanup(dev->net, masq_cmp, &m);
}

/**
 * masq_inet_event - An address that goes takes the flows masqueraded to it with it
 * @ifa: the address
 */
void masq_inet_event(struct in_ifaddr *ifa)
{
	struct net_device *dev = ifa->ifa_dev->dev;
	struct masq_match m = { .ifindex = dev->ifindex, .addr = ifa->ifa_address };

	/* the device is going: its own event did this */
	if (!ifa->ifa_dev->dead)
		nf_ct_iterate_cleanup(dev->net, masq_cmp, &m);
}
