/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dev_addr_lists.c - the link-layer groups a device listens to
 *
 * mirrors net/core/dev_addr_lists.c
 * TABLE and CONTROL.
 */
#include <errno.h>
#include <linux/if.h>

#include "core/netdevice.h"
#include "core/xalloc.h"

/**
 * dev_set_rx_mode() - A device that listens to more addresses than its own is promiscuous
 * @dev: the device; nothing is looked at while it is down
 *
 * As __dev_set_rx_mode(): no device here filters unicast addresses.
 */
void dev_set_rx_mode(struct net_device *dev)
{
	const struct netdev_hw_addr *ha;
	bool uc = false;

	if (!(dev->flags & IFF_UP))
		return;
	list_for_each_entry(ha, &dev->mc_list, list) {
		if (!(ha->addr[0] & 1))
			uc = true;
	}
	if (uc == dev->uc_promisc)
		return;
	dev->uc_promisc = uc;
	dev_set_promiscuity(dev, uc ? 1 : -1);
}

/**
 * dev_mc_add() - Joins a link-layer group
 * @dev: the device
 * @addr: the group
 */
void dev_mc_add(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc_list, list) {
		if (ether_addr_equal(ha->addr, addr)) {
			ha->refcount++;
			return;
		}
	}
	ha = xzalloc(sizeof(*ha));
	memcpy(ha->addr, addr, ETH_ALEN);
	ha->refcount = 1;
	list_add_tail(&ha->list, &dev->mc_list);
	dev_set_rx_mode(dev);
}

/**
 * dev_mc_add_global() - Joins a link-layer group for a program (SIOCADDMULTI); once, however often
 * @dev: the device
 * @addr: the group
 */
void dev_mc_add_global(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc_list, list) {
		if (ether_addr_equal(ha->addr, addr) && ha->global_use)
			return;
	}
	dev_mc_add(dev, addr);
	list_for_each_entry(ha, &dev->mc_list, list) {
		if (ether_addr_equal(ha->addr, addr))
			ha->global_use = true;
	}
}

/**
 * dev_mc_del() - Leaves a link-layer group
 * @dev: the device
 * @addr: the group; one never joined changes nothing
 */
void dev_mc_del(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha, *n;

	list_for_each_entry_safe(ha, n, &dev->mc_list, list) {
		if (!ether_addr_equal(ha->addr, addr) || --ha->refcount)
			continue;
		list_del(&ha->list);
		free(ha);
	}
	dev_set_rx_mode(dev);
}

/**
 * dev_mc_del_global() - Takes back dev_mc_add_global() (SIOCDELMULTI)
 * @dev: the device
 * @addr: the group
 *
 * Return: 0 or -ENOENT.
 */
int dev_mc_del_global(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc_list, list) {
		if (!ether_addr_equal(ha->addr, addr) || !ha->global_use)
			continue;
		ha->global_use = false;
		dev_mc_del(dev, addr);
		return 0;
	}
	return -ENOENT;
}
