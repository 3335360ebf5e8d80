/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * loopback.c - lo
 *
 * mirrors drivers/net/loopback.c
 * PATH
 *   loopback_xmit => netif_rx        an event on the same host
 */
#include <linux/if.h>
#include <linux/netdevice.h>

#include "core/net_namespace.h"
#include "core/xalloc.h"
#include "drivers/drivers.h"
#include "ethtool/ethtool.h"

#define LOOPBACK_MTU 65536U

static int loopback_xmit(struct sk_buff *skb, struct net_device *dev)
{
	uint32_t len;

	skb_orphan(skb);
	skb->pkt_type = PACKET_HOST;
	skb->protocol = eth_type_trans(skb, dev);
	len = skb_len(skb); /* unlike other devices lo does not count the link header */
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += len;
	dev->stats.rx_packets++;
	dev->stats.rx_bytes += len;
	netif_rx(skb);
	return NET_XMIT_SUCCESS;
}

static int loopback_set_mac_address(struct net_device *dev, const uint8_t *addr)
{
	memcpy(dev->dev_addr, addr, ETH_ALEN);
	return 0;
}

static const struct net_device_ops loopback_ops = {
	.ndo_start_xmit = loopback_xmit,
	.ndo_set_mac_address = loopback_set_mac_address,
};

#define LO_FEATURES                                                                                \
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE | NETIF_F_HW_CSUM | NETIF_F_RXCSUM | \
	 NETIF_F_SCTP_CRC | NETIF_F_HIGHDMA | NETIF_F_LOOPBACK | NETIF_F_VLAN_CHALLENGED)

static const struct ethtool_ops loopback_ethtool_ops = {
	.get_link = true,
	.tx_timestamps = true,
};

/**
 * loopback_net_init() - lo of a new namespace
 * @net: the namespace, with its IPv4 part made
 *
 * Return: the device, registered and down.
 */
struct net_device *loopback_net_init(struct net *net)
{
	struct net_device *dev = alloc_netdev(net, "lo", 0);

	dev->name_assign_type = NET_NAME_PREDICTABLE;
	dev->mtu = LOOPBACK_MTU;
	dev->hard_header_len = ETH_HLEN;
	dev->addr_len = ETH_ALEN;
	dev->type = ARPHRD_LOOPBACK;
	dev->flags = IFF_LOOPBACK;
	dev->tx_queue_len = 1000;
	dev->netns_immutable = true;
	dev->ops = &loopback_ops;
	dev->ethtool_ops = &loopback_ethtool_ops;
	netdev_set_features(dev, LO_FEATURES | NETIF_F_SOFT_FEATURES, NETIF_F_GSO_SOFTWARE);
	ng_assert(!register_netdevice(dev));
	return dev;
}
