/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vlan_dev.c - the VLAN device: frames get their tag here
 *
 * mirrors net/8021q/vlan_dev.c
 * PATH
 *   vlan_dev_hard_start_xmit -> dev_queue_xmit of the device below
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <string.h>

#include "8021q/vlan.h"
#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/xalloc.h"
#include "ethtool/ethtool.h"

static uint16_t egress_qos(const struct vlan_dev_priv *vlan, uint32_t priority)
{
	const struct vlan_priority *p;

	for (p = vlan->egress; p; p = p->next) {
		if (p->priority == priority)
			return p->vlan_qos;
	}
	return 0;
}

static int vlan_dev_hard_start_xmit(struct sk_buff *skb, struct net_device *dev)
{
	const struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	uint32_t len = skb_len(skb);
	int rc;

	skb->vlan_proto = vlan->vlan_proto;
	skb->vlan_tci = (uint16_t)(vlan->vlan_id | egress_qos(vlan, skb->priority));
	skb->vlan_present = true;
	skb->dev = vlan->real_dev;
	rc = dev_queue_xmit(skb);
	if (rc == NET_XMIT_SUCCESS || rc == NET_XMIT_CN) {
		dev->stats.tx_packets++;
		dev->stats.tx_bytes += len;
	} else {
		dev->stats.tx_dropped++;
	}
	return rc;
}

static void lend_rx_flags(struct net_device *dev, int inc)
{
	struct net_device *real_dev = vlan_dev_priv(dev)->real_dev;

	if (dev->flags & IFF_ALLMULTI)
		dev_set_allmulti(real_dev, inc);
	if (dev->flags & IFF_PROMISC)
		dev_set_promiscuity(real_dev, inc);
}

static int vlan_dev_open(struct net_device *dev)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	const struct net_device *real_dev = vlan->real_dev;

	if (!(real_dev->flags & IFF_UP) && !(vlan->flags & VLAN_FLAG_LOOSE_BINDING))
		return -ENETDOWN;
	if (dev->addr_assign_type == NET_ADDR_STOLEN)
		memcpy(dev->dev_addr, real_dev->dev_addr, ETH_ALEN);
	lend_rx_flags(dev, 1);
	memcpy(vlan->real_dev_addr, real_dev->dev_addr, ETH_ALEN);
	if (netif_carrier_ok(real_dev))
		netif_carrier_on(dev);
	return 0;
}

static int vlan_dev_stop(struct net_device *dev)
{
	lend_rx_flags(dev, -1);
	netif_carrier_off(dev);
	return 0;
}

static void vlan_dev_change_rx_flags(struct net_device *dev, uint32_t changed)
{
	struct net_device *real_dev = vlan_dev_priv(dev)->real_dev;

	if (!(dev->flags & IFF_UP))
		return;
	if (changed & IFF_ALLMULTI)
		dev_set_allmulti(real_dev, dev->flags & IFF_ALLMULTI ? 1 : -1);
	if (changed & IFF_PROMISC)
		dev_set_promiscuity(real_dev, dev->flags & IFF_PROMISC ? 1 : -1);
}

static int vlan_dev_set_mac_address(struct net_device *dev, const uint8_t *addr)
{
	if (!is_valid_ether_addr(addr))
		return -EADDRNOTAVAIL;
	memcpy(dev->dev_addr, addr, ETH_ALEN);
	return 0;
}

static int vlan_dev_change_mtu(struct net_device *dev, uint32_t mtu)
{
	if (mtu > vlan_dev_priv(dev)->real_dev->mtu)
		return -ERANGE;
	dev->mtu = mtu;
	return 0;
}

static int vlan_dev_get_iflink(const struct net_device *dev)
{
	return vlan_dev_priv(dev)->real_dev->ifindex;
}

static struct net *vlan_dev_get_link_net(const struct net_device *dev)
{
	return vlan_dev_priv(dev)->real_dev->net;
}

/* all a VLAN device could do; what it does is what the one below lets it */
#define VLAN_FEATURES                                                               \
	(NETIF_F_HW_CSUM | NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE |   \
	 NETIF_F_GSO_ENCAP_ALL | NETIF_F_HIGHDMA | NETIF_F_SCTP_CRC | NETIF_F_FSO | \
	 NETIF_F_FCOE_CRC)

static netdev_features_t vlan_dev_fix_features(struct net_device *dev, netdev_features_t features)
{
	const struct net_device *real_dev = vlan_dev_priv(dev)->real_dev;
	netdev_features_t old = features, lower;

	lower = netdev_intersect_features(real_dev->vlan_features | NETIF_F_RXCSUM,
					  real_dev->features);
	if (lower & (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM))
		lower |= NETIF_F_HW_CSUM;
	features = netdev_intersect_features(features, lower);
	return features | (old & (NETIF_F_SOFT_FEATURES | NETIF_F_GSO_SOFTWARE));
}

static int vlan_get_link_settings(struct net_device *dev, struct ethtool_link *link)
{
	return __ethtool_get_link_settings(vlan_dev_priv(dev)->real_dev, link);
}

static const struct ethtool_ops vlan_ethtool_ops = {
	.driver = "802.1Q VLAN Support",
	.version = "1.8",
	.fw_version = "N/A",
	.get_link = true,
	.get_link_settings = vlan_get_link_settings,
};

static const struct net_device_ops vlan_netdev_ops = {
	.ndo_fix_features = vlan_dev_fix_features,
	.ndo_open = vlan_dev_open,
	.ndo_stop = vlan_dev_stop,
	.ndo_start_xmit = vlan_dev_hard_start_xmit,
	.ndo_set_mac_address = vlan_dev_set_mac_address,
	.ndo_change_mtu = vlan_dev_change_mtu,
	.ndo_change_rx_flags = vlan_dev_change_rx_flags,
	.ndo_get_iflink = vlan_dev_get_iflink,
	.ndo_get_link_net = vlan_dev_get_link_net,
};

/**
 * vlan_setup() - What all VLAN devices begin with
 * @dev: a new device
 */
void vlan_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->ops = &vlan_netdev_ops;
	dev->ethtool_ops = &vlan_ethtool_ops;
	dev->min_mtu = 0;
	dev->max_mtu = ETH_MAX_MTU;
	memset(dev->broadcast, 0, ETH_ALEN);
}

/**
 * vlan_dev_init() - Takes over what the device below has
 * @dev: about to be registered
 */
void vlan_dev_init(struct net_device *dev)
{
	const struct net_device *real_dev = vlan_dev_priv(dev)->real_dev;

	dev->nocarrier = true;
	dev->flags = real_dev->flags &
		     ~(uint32_t)(IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_MASTER | IFF_SLAVE);
	if (netif_carrier_ok(real_dev))
		dev->nocarrier = false;
	if (is_zero_ether_addr(dev->dev_addr)) {
		memcpy(dev->dev_addr, real_dev->dev_addr, ETH_ALEN);
		dev->addr_assign_type = NET_ADDR_STOLEN;
	}
	if (is_zero_ether_addr(dev->broadcast))
		memcpy(dev->broadcast, real_dev->broadcast, ETH_ALEN);
	dev->hard_header_len = real_dev->hard_header_len;
	netdev_set_features(dev, VLAN_FEATURES | NETIF_F_SOFT_FEATURES, VLAN_FEATURES);
	dev->features = vlan_dev_fix_features(dev, dev->features);
	dev->vlan_features = real_dev->vlan_features;
}

/**
 * vlan_dev_change_flags() - Sets VLAN_FLAG_*
 * @dev: the VLAN device
 * @flags: new values
 * @mask: which
 *
 * Return: 0, -EINVAL for a flag there is not.
 */
int vlan_dev_change_flags(struct net_device *dev, uint32_t flags, uint32_t mask)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);

	if (mask & ~(uint32_t)(VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP | VLAN_FLAG_LOOSE_BINDING |
			       VLAN_FLAG_MVRP | VLAN_FLAG_BRIDGE_BINDING))
		return -EINVAL;
	vlan->flags = (vlan->flags & ~mask) | (flags & mask);
	return 0;
}

/**
 * vlan_dev_set_egress_priority() - Which priority bits a packet's priority gives
 * @dev: the VLAN device
 * @priority: of the packet
 * @qos: 0 to 7
 */
void vlan_dev_set_egress_priority(struct net_device *dev, uint32_t priority, uint32_t qos)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	struct vlan_priority **p = &vlan->egress;

	while (*p && (*p)->priority != priority)
		p = &(*p)->next;
	if (!*p) {
		*p = xzalloc(sizeof(**p));
		(*p)->priority = priority;
	}
	(*p)->vlan_qos = (uint16_t)(qos << VLAN_PRIO_SHIFT & 0xe000);
}

/**
 * vlan_dev_free() - Forgets the priorities
 * @dev: a VLAN device that goes
 */
void vlan_dev_free(struct net_device *dev)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	struct vlan_priority *p, *next;

	for (p = vlan->egress; p; p = next) {
		next = p->next;
		free(p);
	}
	vlan->egress = NULL;
}
