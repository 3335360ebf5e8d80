/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * igmp_sock.c - the groups a socket has joined
 *
 * mirrors net/ipv4/igmp.c (membership of sockets). Addresses with `autojoin` have a socket of the
 * kernel's own: netns_ipv4->mc_autojoin is its list.
 * TABLE
 */
#include <errno.h>

#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/igmp.h"
#include "ipv4/ip_sockglue.h"

struct ip_mc_socklist {
	struct list_head list; /* newest first */
	struct ip_mreqn multi;
};

static struct in_device *inetdev_by_index(const struct net *net, int ifindex)
{
	const struct net_device *dev = dev_get_by_index(net, ifindex);

	return dev ? in_dev_get(dev) : NULL;
}

/* The device that was named, by number or by an address; else the one the group's route leaves by */
static struct in_device *ip_mc_find_dev(struct net *net, struct ip_mreqn *imr)
{
	struct flowi4 fl4 = { .daddr = imr->imr_multiaddr.s_addr };
	struct net_device *dev;
	struct rtable *rt;

	if (imr->imr_ifindex)
		return inetdev_by_index(net, imr->imr_ifindex);
	if (imr->imr_address.s_addr) {
		dev = ip_dev_find(net, imr->imr_address.s_addr);
		if (!dev)
			return NULL;
	} else {
		if (ip_route_output_flow(net, &fl4, NULL, &rt))
			return NULL;
		dev = rt->dst.dev;
		dst_release(&rt->dst);
	}
	imr->imr_ifindex = dev->ifindex;
	return in_dev_get(dev);
}

/**
 * ip_mc_join_group() - A socket joins a group.
 * @net: its namespace
 * @mc_list: its groups
 * @imr: the group, and the device or an address of it; the device is filled in
 *
 * Return: 0, -EINVAL: no group, -ENODEV, -EADDRINUSE: it has joined, or -ENOBUFS:
 * igmp_max_memberships.
 */
int ip_mc_join_group(struct net *net, struct list_head *mc_list, struct ip_mreqn *imr)
{
	struct in_device *in_dev;
	struct ip_mc_socklist *iml;
	int count = 0;

	if (!ipv4_is_multicast(imr->imr_multiaddr.s_addr))
		return -EINVAL;
	in_dev = ip_mc_find_dev(net, imr);
	if (!in_dev)
		return -ENODEV;
	list_for_each_entry(iml, mc_list, list) {
		if (iml->multi.imr_multiaddr.s_addr == imr->imr_multiaddr.s_addr &&
		    iml->multi.imr_ifindex == imr->imr_ifindex)
			return -EADDRINUSE;
		count++;
	}
	if (count >= net->ipv4->sysctl_igmp_max_memberships)
		return -ENOBUFS;
	iml = xzalloc(sizeof(*iml));
	iml->multi = *imr;
	list_add(&iml->list, mc_list);
	ip_mc_inc_group(in_dev, imr->imr_multiaddr.s_addr);
	return 0;
}

static void ip_mc_forget(struct ip_mc_socklist *iml, struct in_device *in_dev)
{
	if (in_dev)
		ip_mc_dec_group(in_dev, iml->multi.imr_multiaddr.s_addr);
	list_del(&iml->list);
	free(iml);
}

/**
 * ip_mc_leave_group() - A socket leaves a group.
 * @net: its namespace
 * @mc_list: its groups
 * @imr: the group, and the device or an address of it
 *
 * Return: 0, -ENODEV, or -EADDRNOTAVAIL: it has not joined.
 */
int ip_mc_leave_group(struct net *net, struct list_head *mc_list, struct ip_mreqn *imr)
{
	struct in_device *in_dev = ip_mc_find_dev(net, imr);
	struct ip_mc_socklist *iml;

	if (!imr->imr_ifindex && !imr->imr_address.s_addr && !in_dev)
		return -ENODEV;
	list_for_each_entry(iml, mc_list, list) {
		if (iml->multi.imr_multiaddr.s_addr != imr->imr_multiaddr.s_addr)
			continue;
		if (imr->imr_ifindex
			    ? iml->multi.imr_ifindex != imr->imr_ifindex
			    : imr->imr_address.s_addr &&
				      imr->imr_address.s_addr != iml->multi.imr_address.s_addr)
			continue;
		ip_mc_forget(iml, in_dev);
		return 0;
	}
	return -EADDRNOTAVAIL;
}

/**
 * ip_mc_drop_list() - Leaves every group of a list
 * @net: namespace
 * @mc_list: the groups of a socket being closed
 */
void ip_mc_drop_list(struct net *net, struct list_head *mc_list)
{
	struct ip_mc_socklist *iml, *next;

	list_for_each_entry_safe(iml, next, mc_list, list)
		ip_mc_forget(iml, inetdev_by_index(net, iml->multi.imr_ifindex));
}

/**
 * ip_mc_sf_allow() - Does the socket want packets to this group?
 * @inet: the socket
 * @addr: destination of the packet
 * @ifindex: where it came in
 *
 * Return: true for what is no group, for groups joined, and (IP_MULTICAST_ALL) for all others.
 */
bool ip_mc_sf_allow(const struct inet_sock *inet, __be32 addr, int ifindex)
{
	const struct ip_mc_socklist *iml;

	if (!ipv4_is_multicast(addr))
		return true;
	list_for_each_entry(iml, &inet->mc_list, list)
		if (iml->multi.imr_multiaddr.s_addr == addr && iml->multi.imr_ifindex == ifindex)
			return true;
	return inet->mc_all;
}
