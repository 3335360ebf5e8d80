/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vlan.c - which VLAN devices a device carries, and how they follow it
 *
 * mirrors net/8021q/vlan.c
 * TABLE, CONTROL
 */
#include "8021q/vlan.h"

#include <errno.h>
#include <linux/if.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/xalloc.h"
#include "ipv4/inetdevice.h"

static unsigned int proto_index(__be16 proto)
{
	return proto == cpu_to_be16(ETH_P_8021AD);
}

/**
 * vlan_find_dev() - The VLAN device for a tag
 * @real_dev: where the frame came in
 * @proto: of the tag: ETH_P_8021Q or ETH_P_8021AD
 * @vid: its number
 *
 * Return: borrowed, or NULL.
 */
struct net_device *vlan_find_dev(const struct net_device *real_dev, __be16 proto, uint16_t vid)
{
	const struct vlan_group *grp = real_dev->vlan_info;

	return grp ? grp->dev[proto_index(proto)][vid] : NULL;
}

/**
 * vlan_transfer_operstate() - A VLAN device has the carrier of the device below
 * @real_dev: the device below
 * @dev: the VLAN device
 */
void vlan_transfer_operstate(const struct net_device *real_dev, struct net_device *dev)
{
	if (netif_carrier_ok(real_dev))
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
}

/**
 * register_vlan_dev() - Puts a VLAN device above another
 * @dev: knows its real_dev, protocol and number
 *
 * Return: 0 or -errno.
 */
int register_vlan_dev(struct net_device *dev)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	struct net_device *real_dev = vlan->real_dev;
	int err;

	vlan_dev_init(dev);
	err = register_netdevice(dev);
	if (err)
		return err;
	vlan_transfer_operstate(real_dev, dev);
	linkwatch_fire_event(dev); /* operstate is looked at anew */
	if (!real_dev->vlan_info)
		real_dev->vlan_info = xzalloc(sizeof(*real_dev->vlan_info));
	real_dev->vlan_info->dev[proto_index(vlan->vlan_proto)][vlan->vlan_id] = dev;
	real_dev->vlan_info->nr++;
	return 0;
}

/**
 * unregister_vlan_dev() - Takes a VLAN device away
 * @dev: freed
 */
void unregister_vlan_dev(struct net_device *dev)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	struct vlan_group *grp = vlan->real_dev->vlan_info;

	dev_close(dev);
	if (grp && grp->dev[proto_index(vlan->vlan_proto)][vlan->vlan_id] == dev) {
		grp->dev[proto_index(vlan->vlan_proto)][vlan->vlan_id] = NULL;
		if (!--grp->nr) {
			vlan->real_dev->vlan_info = NULL;
			free(grp);
		}
	}
	vlan_dev_free(dev);
	unregister_netdevice(dev);
}

/* A device below got another MAC address: VLAN devices that have no own one follow. */
static void sync_address(const struct net_device *real_dev, struct net_device *dev)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);

	if (ether_addr_equal(vlan->real_dev_addr, real_dev->dev_addr))
		return;
	if (dev->addr_assign_type == NET_ADDR_STOLEN) {
		memcpy(dev->dev_addr, real_dev->dev_addr, ETH_ALEN);
		call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
	}
	memcpy(vlan->real_dev_addr, real_dev->dev_addr, ETH_ALEN);
}

static void follow_up(const struct net_device *real_dev, struct net_device *dev)
{
	if (dev->flags & IFF_UP)
		return;
	if (!(vlan_dev_priv(dev)->flags & VLAN_FLAG_LOOSE_BINDING))
		dev_change_flags(dev, dev_get_flags(dev) | IFF_UP, NULL);
	vlan_transfer_operstate(real_dev, dev);
}

static void follow_down(const struct net_device *real_dev, struct net_device *dev)
{
	if (!(dev->flags & IFF_UP))
		return;
	if (!(vlan_dev_priv(dev)->flags & VLAN_FLAG_LOOSE_BINDING))
		dev_close(dev);
	vlan_transfer_operstate(real_dev, dev);
}

static void follow(enum netdev_event event, struct net_device *real_dev, struct net_device *dev)
{
	switch (event) {
	case NETDEV_UP:
		follow_up(real_dev, dev);
		break;
	case NETDEV_DOWN:
		follow_down(real_dev, dev);
		break;
	case NETDEV_CHANGE:
		vlan_transfer_operstate(real_dev, dev);
		break;
	case NETDEV_CHANGEADDR:
		if (dev->flags & IFF_UP)
			sync_address(real_dev, dev);
		break;
	case NETDEV_FEAT_CHANGE:
		netdev_update_features(dev);
		break;
	case NETDEV_CHANGEMTU:
		if (dev->mtu > real_dev->mtu)
			dev_set_mtu(dev, real_dev->mtu, NULL);
		break;
	case NETDEV_UNREGISTER:
		if (!real_dev->moves_to)
			unregister_vlan_dev(dev);
		break;
	case NETDEV_REGISTER:
	case NETDEV_GOING_DOWN:
	case NETDEV_CHANGENAME:
	case NETDEV_CHANGEUPPER:
	case NETDEV_MOVED:
		break;
	}
}

/**
 * vlan_device_event() - Something happened to a device that may carry VLANs
 * @event: what
 * @dev: to which
 */
void vlan_device_event(enum netdev_event event, struct net_device *dev)
{
	for (unsigned int p = 0; dev->vlan_info && p < 2; p++) {
		for (unsigned int vid = 0; dev->vlan_info && vid < VLAN_N_VID; vid++) {
			struct net_device *vlan = dev->vlan_info->dev[p][vid];

			if (vlan)
				follow(event, dev, vlan);
		}
	}
}
