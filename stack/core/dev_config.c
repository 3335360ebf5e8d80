/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dev_config.c - what a user changes about a device: up and down, flags, MTU, MAC address
 *
 * mirrors dev_open() to dev_set_mac_address() of net/core/dev.c
 * CONTROL.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/netdevice.h>

#include "core/net_namespace.h"
#include "core/netdevice.h"
#include "core/rtnetlink.h"
#include "core/vsprintf.h"
#include "core/world.h"

/**
 * netif_state_change() - Tells that carrier or state changed, if the device is up
 * @dev: the device
 */
void netif_state_change(struct net_device *dev)
{
	if (dev->flags & IFF_UP)
		call_netdevice_notifiers(NETDEV_CHANGE, dev);
}

/**
 * dev_open() - Brings a device up
 * @dev: the device; one that is up stays so
 * @extack: may be NULL
 *
 * Return: 0 or what ndo_open said.
 */
int dev_open(struct net_device *dev, struct ng_extack *extack)
{
	int err = 0;

	(void)extack;
	if (dev->flags & IFF_UP)
		return 0;
	dev->running = true;
	if (dev->ops->ndo_open)
		err = dev->ops->ndo_open(dev);
	if (err) {
		dev->running = false;
		return err;
	}
	dev->flags |= IFF_UP;
	dev_set_rx_mode(dev);
	dev_activate(dev);
	call_netdevice_notifiers(NETDEV_UP, dev);
	return 0;
}

/**
 * dev_close() - Takes a device down
 * @dev: the device; one that is down stays so
 */
void dev_close(struct net_device *dev)
{
	if (!(dev->flags & IFF_UP))
		return;
	call_netdevice_notifiers(NETDEV_GOING_DOWN, dev);
	dev->running = false;
	dev_deactivate(dev);
	if (dev->ops->ndo_stop)
		dev->ops->ndo_stop(dev);
	dev->flags &= ~(uint32_t)IFF_UP;
	call_netdevice_notifiers(NETDEV_DOWN, dev);
}

/**
 * dev_get_flags() - The flags as user space sees them
 * @dev: the device
 *
 * Return: IFF_* with IFF_RUNNING and IFF_LOWER_UP.
 */
uint32_t dev_get_flags(const struct net_device *dev)
{
	uint32_t flags =
		dev->flags & ~(uint32_t)(IFF_PROMISC | IFF_ALLMULTI | IFF_RUNNING | IFF_LOWER_UP);

	flags |= dev->gflags & (IFF_PROMISC | IFF_ALLMULTI);
	if (netif_running(dev)) {
		if (netif_oper_up(dev))
			flags |= IFF_RUNNING;
		if (netif_carrier_ok(dev))
			flags |= IFF_LOWER_UP;
	}
	return flags;
}

static void set_counted_flag(struct net_device *dev, uint32_t *count, uint32_t flag, int inc)
{
	uint32_t old = dev->flags;

	*count += (uint32_t)inc;
	if (*count)
		dev->flags |= flag;
	else
		dev->flags &= ~flag;
	if (old != dev->flags && dev->ops->ndo_change_rx_flags)
		dev->ops->ndo_change_rx_flags(dev, flag);
}

/**
 * dev_set_promiscuity() - Counts who wants every frame
 * @dev: the device
 * @inc: 1 or -1
 */
void dev_set_promiscuity(struct net_device *dev, int inc)
{
	uint32_t old = dev->flags;

	set_counted_flag(dev, &dev->promiscuity, IFF_PROMISC, inc);
	if (old != dev->flags)
		rtmsg_ifinfo(RTM_NEWLINK, dev, IFF_PROMISC);
	if (old != dev->flags)
		printk(dev->world, LOGLEVEL_INFO, "%s: %s promiscuous mode", dev->name,
		       dev->flags & IFF_PROMISC ? "entered" : "left");
}

/**
 * dev_set_allmulti() - Counts who wants every multicast frame
 * @dev: the device
 * @inc: 1 or -1
 */
void dev_set_allmulti(struct net_device *dev, int inc)
{
	uint32_t old = dev->flags;

	set_counted_flag(dev, &dev->allmulti, IFF_ALLMULTI, inc);
	if (old != dev->flags)
		printk(dev->world, LOGLEVEL_INFO, "%s: %s allmulticast mode", dev->name,
		       dev->flags & IFF_ALLMULTI ? "entered" : "left");
}

/**
 * dev_change_flags() - Sets the flags a user may set
 * @dev: the device
 * @flags: wanted: IFF_UP, IFF_NOARP, IFF_MULTICAST, IFF_PROMISC, IFF_ALLMULTI, IFF_DEBUG ...
 * @extack: may be NULL
 *
 * Return: 0 or what dev_open() said.
 */
int dev_change_flags(struct net_device *dev, uint32_t flags, struct ng_extack *extack)
{
	const uint32_t settable = IFF_DEBUG | IFF_NOTRAILERS | IFF_NOARP | IFF_DYNAMIC |
				  IFF_MULTICAST | IFF_PORTSEL | IFF_AUTOMEDIA;
	const uint32_t kept = IFF_UP | IFF_VOLATILE | IFF_PROMISC | IFF_ALLMULTI;
	uint32_t old = dev->flags;
	int err = 0;

	dev->flags = (flags & settable) | (dev->flags & kept);
	if ((old ^ dev->flags) & IFF_MULTICAST && dev->ops->ndo_change_rx_flags)
		dev->ops->ndo_change_rx_flags(dev, IFF_MULTICAST);

	if ((dev->flags ^ flags) & IFF_UP) {
		if (flags & IFF_UP)
			err = dev_open(dev, extack);
		else
			dev_close(dev);
	}
	if ((flags ^ dev->gflags) & IFF_PROMISC) {
		dev->gflags ^= IFF_PROMISC;
		dev_set_promiscuity(dev, flags & IFF_PROMISC ? 1 : -1);
	}
	if ((flags ^ dev->gflags) & IFF_ALLMULTI) {
		dev->gflags ^= IFF_ALLMULTI;
		dev_set_allmulti(dev, flags & IFF_ALLMULTI ? 1 : -1);
		rtmsg_ifinfo(RTM_NEWLINK, dev, IFF_ALLMULTI);
	}
	if ((old ^ dev->flags) & ~(uint32_t)(IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_VOLATILE))
		netif_state_change(dev);
	return err;
}

/**
 * dev_set_mtu() - Changes the largest payload
 * @dev: the device
 * @mtu: bytes
 * @extack: says what is wrong with it
 *
 * Return: 0 or -EINVAL.
 */
int dev_set_mtu(struct net_device *dev, uint32_t mtu, struct ng_extack *extack)
{
	int err = 0;

	if (mtu == dev->mtu)
		return 0;
	if ((int32_t)mtu < 0 || mtu < dev->min_mtu) {
		NG_SET_ERR_MSG(extack, "mtu less than device minimum");
		return -EINVAL;
	}
	if (dev->max_mtu && mtu > dev->max_mtu) {
		NG_SET_ERR_MSG(extack, "mtu greater than device maximum");
		return -EINVAL;
	}
	if (dev->ops->ndo_change_mtu)
		err = dev->ops->ndo_change_mtu(dev, mtu);
	else
		dev->mtu = mtu;
	if (!err)
		call_netdevice_notifiers(NETDEV_CHANGEMTU, dev);
	return err;
}

/**
 * dev_set_mac_address() - Changes the link-layer address
 * @dev: the device
 * @addr: six bytes
 * @extack: may be NULL
 *
 * Return: 0, -EOPNOTSUPP, or what the driver said (-EADDRNOTAVAIL).
 */
int dev_set_mac_address(struct net_device *dev, const uint8_t *addr, struct ng_extack *extack)
{
	int err;

	(void)extack;
	if (!dev->ops->ndo_set_mac_address)
		return -EOPNOTSUPP;
	err = dev->ops->ndo_set_mac_address(dev, addr);
	if (err)
		return err;
	dev->addr_assign_type = NET_ADDR_SET;
	call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
	return 0;
}
