/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * igmp.c - the IPv4 groups a device has joined, and so the MACs it listens to
 *
 * mirrors net/ipv4/igmp.c (membership; RFC 1112)
 * TABLE
 *
 * Unlike Linux: no reports are sent and no queries answered.
 */
#include "core/xalloc.h"
#include "ipv4/inetdevice.h"

#define IGMP_ALL_HOSTS cpu_to_be32(0xe0000001) /* 224.0.0.1 */

static struct ip_mc_list *ip_mc_find(const struct in_device *in_dev, __be32 addr)
{
	struct ip_mc_list *im;

	list_for_each_entry(im, &in_dev->mc_list, list) {
		if (im->multiaddr == addr)
			return im;
	}
	return NULL;
}

static void igmp_group_added(struct in_device *in_dev, struct ip_mc_list *im)
{
	uint8_t mac[ETH_ALEN];

	if (im->loaded || in_dev->dev->type != ARPHRD_ETHER)
		return;
	im->loaded = true;
	arp_mc_map(im->multiaddr, mac);
	dev_mc_add(in_dev->dev, mac);
}

static void igmp_group_dropped(struct in_device *in_dev, struct ip_mc_list *im)
{
	uint8_t mac[ETH_ALEN];

	if (!im->loaded)
		return;
	im->loaded = false;
	arp_mc_map(im->multiaddr, mac);
	dev_mc_del(in_dev->dev, mac);
}

/**
 * ip_mc_inc_group() - Joins a group on a device.
 * @in_dev: device
 * @addr: group, network order
 */
void ip_mc_inc_group(struct in_device *in_dev, __be32 addr)
{
	struct ip_mc_list *im = ip_mc_find(in_dev, addr);

	if (im) {
		im->users++;
		return;
	}
	im = xzalloc(sizeof(*im));
	im->multiaddr = addr;
	im->users = 1;
	list_add(&im->list, &in_dev->mc_list);
	igmp_group_added(in_dev, im);
}

/**
 * ip_mc_dec_group() - Leaves a group on a device.
 * @in_dev: device
 * @addr: group, network order
 */
void ip_mc_dec_group(struct in_device *in_dev, __be32 addr)
{
	struct ip_mc_list *im = ip_mc_find(in_dev, addr);

	if (!im || --im->users)
		return;
	igmp_group_dropped(in_dev, im);
	list_del(&im->list);
	free(im);
}

/**
 * ip_mc_up() - A device comes up: joins 224.0.0.1 and loads the groups joined before.
 * @in_dev: device
 */
void ip_mc_up(struct in_device *in_dev)
{
	struct ip_mc_list *im;

	ip_mc_inc_group(in_dev, IGMP_ALL_HOSTS);
	list_for_each_entry(im, &in_dev->mc_list, list)
		igmp_group_added(in_dev, im);
}

/**
 * ip_mc_down() - A device goes down: its groups are kept, but not listened to.
 * @in_dev: device
 */
void ip_mc_down(struct in_device *in_dev)
{
	struct ip_mc_list *im;

	list_for_each_entry(im, &in_dev->mc_list, list)
		igmp_group_dropped(in_dev, im);
	ip_mc_dec_group(in_dev, IGMP_ALL_HOSTS);
}

/**
 * ip_mc_destroy_dev() - A device leaves IPv4: leaves every group.
 * @in_dev: device
 */
void ip_mc_destroy_dev(struct in_device *in_dev)
{
	struct ip_mc_list *im, *next;

	list_for_each_entry_safe(im, next, &in_dev->mc_list, list) {
		igmp_group_dropped(in_dev, im);
		list_del(&im->list);
		free(im);
	}
}

/**
 * ip_check_mc() - Does a device listen to a group?
 * @in_dev: device
 * @addr: group, network order
 *
 * Return: yes or no.
 */
bool ip_check_mc(const struct in_device *in_dev, __be32 addr)
{
	return ip_mc_find(in_dev, addr) != NULL;
}
