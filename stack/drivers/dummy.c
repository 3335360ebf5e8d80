/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dummy.c - a device that swallows what it is given
 *
 * mirrors drivers/net/dummy.c
 * PATH
 *   dummy_xmit                       the end
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>

#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "drivers/drivers.h"
#include "ethtool/ethtool.h"

static int dummy_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += skb_len(skb);
	kfree_skb_reason(skb, SKB_DROP_REASON_DUMMY_DEVICE);
	return NET_XMIT_SUCCESS;
}

static int dummy_set_mac_address(struct net_device *dev, const uint8_t *addr)
{
	if (!is_valid_ether_addr(addr))
		return -EADDRNOTAVAIL;
	memcpy(dev->dev_addr, addr, ETH_ALEN);
	return 0;
}

static const struct net_device_ops dummy_ops = {
	.ndo_start_xmit = dummy_xmit,
	.ndo_set_mac_address = dummy_set_mac_address,
};

#define DUMMY_FEATURES                                                            \
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE | NETIF_F_HW_CSUM | \
	 NETIF_F_HIGHDMA | NETIF_F_GSO_ENCAP_ALL)

static const struct ethtool_ops dummy_ethtool_ops = {
	.tx_timestamps = true,
};

static void dummy_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->ops = &dummy_ops;
	dev->ethtool_ops = &dummy_ethtool_ops;
	netdev_set_features(dev, DUMMY_FEATURES | NETIF_F_SOFT_FEATURES, DUMMY_FEATURES);
	dev->flags |= IFF_NOARP;
	dev->flags &= ~(uint32_t)IFF_MULTICAST;
	dev->min_mtu = 0;
	dev->max_mtu = 0;
	eth_hw_addr_random(dev);
}

static int dummy_newlink(struct net *src_net, struct net_device *dev, const struct nlattr **tb,
			 const struct nlattr *data, struct ng_extack *extack)
{
	(void)src_net;
	(void)data;
	(void)extack;
	if (tb[IFLA_ADDRESS] && !is_valid_ether_addr(nla_data(tb[IFLA_ADDRESS])))
		return -EADDRNOTAVAIL;
	return register_netdevice(dev);
}

const struct rtnl_link_ops dummy_link_ops = {
	.kind = "dummy",
	.setup = dummy_setup,
	.newlink = dummy_newlink,
	.dellink = unregister_netdevice,
};
