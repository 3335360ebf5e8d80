/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netdev_features.c - which features of a device are on
 *
 * mirrors netdev_fix_features() and its neighbours in net/core/dev.c
 *
 * Of all features only tx-checksum-ip-generic and tx-vlan-hw-insert are seen in packets here: frames are
 * never bigger than the MTU, so there is nothing to segment or to merge.
 *
 * CONTROL
 */
#include <linux/if.h>

#include "core/net_namespace.h"

/* What one feature needs of others; as netdev_fix_features(). */
static netdev_features_t netdev_fix_features(netdev_features_t features)
{
	bool hw_csum = !!(features & NETIF_F_HW_CSUM);

	if (!(features & NETIF_F_SG))
		features &= ~(NETIF_F_ALL_TSO | NETIF_F_GSO);
	if (!hw_csum && !(features & NETIF_F_IP_CSUM))
		features &= ~(NETIF_F_TSO | NETIF_F_TSO_ECN);
	if (!hw_csum && !(features & NETIF_F_IPV6_CSUM))
		features &= ~NETIF_F_TSO6;
	if (!(features & NETIF_F_TSO))
		features &= ~NETIF_F_TSO_MANGLEID;
	if ((features & NETIF_F_ALL_TSO) == NETIF_F_TSO_ECN)
		features &= ~NETIF_F_TSO_ECN;
	if (!hw_csum && (features & (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM)) !=
				(NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM))
		features &= ~NETIF_F_GSO_UDP_L4;
	return features;
}

/**
 * netdev_increment_features() - What a device above several can do, one more of them counted
 * @all: what it could without
 * @one: what this one can
 * @mask: what matters
 *
 * Return: the new @all.
 */
netdev_features_t netdev_increment_features(netdev_features_t all, netdev_features_t one,
					    netdev_features_t mask)
{
	if (mask & NETIF_F_HW_CSUM)
		mask |= NETIF_F_CSUM_MASK;
	mask |= NETIF_F_VLAN_CHALLENGED;
	all |= one & (NETIF_F_ONE_FOR_ALL | NETIF_F_CSUM_MASK) & mask;
	all &= one | ~NETIF_F_ALL_FOR_ALL;
	if (all & NETIF_F_HW_CSUM)
		all &= ~(NETIF_F_CSUM_MASK & ~NETIF_F_HW_CSUM);
	return all;
}

/**
 * netdev_intersect_features() - What both can do
 * @f1: one
 * @f2: the other; a general checksum contains that of IPv4 and of IPv6
 *
 * Return: the features.
 */
netdev_features_t netdev_intersect_features(netdev_features_t f1, netdev_features_t f2)
{
	if ((f1 ^ f2) & NETIF_F_HW_CSUM) {
		if (f1 & NETIF_F_HW_CSUM)
			f1 |= NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM;
		else
			f2 |= NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM;
	}
	return f1 & f2;
}

/**
 * netdev_set_features() - What a new device begins with
 * @dev: device, not registered yet
 * @features: on
 * @hw: may be switched by the user, besides what every device may
 */
void netdev_set_features(struct net_device *dev, netdev_features_t features, netdev_features_t hw)
{
	dev->features = features;
	dev->hw_features = hw | NETIF_F_SOFT_FEATURES | NETIF_F_SOFT_FEATURES_OFF;
	if (!(dev->flags & IFF_LOOPBACK))
		dev->hw_features |= NETIF_F_NOCACHE_COPY;
	dev->wanted_features = dev->features & dev->hw_features;
}

/**
 * netdev_update_features() - The user's wishes, or a device below, have changed
 * @dev: device; listeners are told when something is different now
 */
void netdev_update_features(struct net_device *dev)
{
	netdev_features_t old = dev->features;
	netdev_features_t features = (old & ~dev->hw_features) | dev->wanted_features;

	if (dev->ops->ndo_fix_features)
		features = dev->ops->ndo_fix_features(dev, features);
	features = netdev_fix_features(features);
	if (features == old)
		return;
	dev->features = features;
	call_netdevice_notifiers(NETDEV_FEAT_CHANGE, dev);
}
