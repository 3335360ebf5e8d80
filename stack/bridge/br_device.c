/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_device.c - the bridge as a device of its host
 *
 * mirrors net/bridge/br_device.c                                 PATH
 *
 *	br_dev_xmit
 *	  br_nf_dev_xmit		br_netfilter_hooks.c
 *	  br_multicast_rcv		br_multicast.c
 *	  br_multicast_flood		br_forward.c
 *	  br_flood			br_forward.c
 *	  br_forward			br_forward.c
 */
#include <linux/netdevice.h>

#include "bridge/br_private.h"
#include "core/rtnetlink.h"
#include "ethtool/ethtool.h"

/* Allowed even where no station can have them: IEEE 802.1D, table 7-10 */
static const uint8_t br_group_address[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x00 };

static void br_dev_xmit_multicast(struct net_bridge *br, struct sk_buff *skb)
{
	const struct net_bridge_mdb_entry *mdst;

	if (br_multicast_rcv(br, NULL, skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_INGRESS);
		return;
	}
	mdst = br_mdb_get(br, skb);
	if ((mdst || BR_INPUT_SKB_CB(skb)->mrouters_only) &&
	    br_multicast_querier_exists(br, skb, mdst))
		br_multicast_flood(br, mdst, skb, false, true);
	else
		br_flood(br, skb, BR_PKT_MULTICAST, false, true);
}

/**
 * br_dev_xmit() - A frame of the host itself leaves through the bridge
 * @skb: frame, data at the Ethernet header; consumed
 * @dev: the bridge
 *
 * Return: NET_XMIT_SUCCESS, whatever became of it.
 */
int br_dev_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct net_bridge *br = br_priv(dev);
	struct net_bridge_fdb_entry *dst;
	const uint8_t *dest;

	memset(skb->cb, 0, sizeof(struct br_input_skb_cb));
	if (skb->nf_bridge && br_nf_dev_xmit(skb))
		return NET_XMIT_SUCCESS;
	if (!skb_peek_hdr(skb, ETH_HLEN)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
		return NET_XMIT_SUCCESS;
	}

	dev->stats.tx_packets++;
	dev->stats.tx_bytes += skb_len(skb);
	BR_INPUT_SKB_CB(skb)->brdev = dev;
	skb_reset_mac_header(skb);
	skb_pull(skb, ETH_HLEN);

	if (!br_allowed_ingress(br, br->vlgrp, skb)) {
		kfree_skb_reason(skb, SKB_DROP_REASON_BRIDGE_INGRESS);
		return NET_XMIT_SUCCESS;
	}
	if (br->neigh_suppress_enabled && eth_hdr(skb)->h_proto == cpu_to_be16(ETH_P_ARP))
		br_do_proxy_suppress_arp(skb, br, NULL);

	dest = eth_hdr(skb)->h_dest;
	if (is_broadcast_ether_addr(dest)) {
		br_flood(br, skb, BR_PKT_BROADCAST, false, true);
		return NET_XMIT_SUCCESS;
	}
	if (is_multicast_ether_addr(dest)) {
		br_dev_xmit_multicast(br, skb);
		return NET_XMIT_SUCCESS;
	}
	dst = br_fdb_find(br, dest, BR_INPUT_SKB_CB(skb)->vid);
	if (!dst) {
		br_flood(br, skb, BR_PKT_UNICAST, false, true);
		return NET_XMIT_SUCCESS;
	}
	br_forward(dst->dst, skb, false, true);
	return NET_XMIT_SUCCESS;
}

static int br_dev_init(struct net_device *dev)
{
	br_fdb_hash_init(br_priv(dev));
	return 0;
}

static void br_dev_uninit(struct net_device *dev)
{
	br_multicast_dev_del(br_priv(dev));
	br_fdb_hash_fini(br_priv(dev));
	free(br_priv(dev)->vlgrp);
	br_priv(dev)->vlgrp = NULL;
}

static int br_dev_open(struct net_device *dev)
{
	br_stp_enable_bridge(br_priv(dev));
	br_multicast_dev_open(br_priv(dev));
	return 0;
}

static int br_dev_stop(struct net_device *dev)
{
	br_stp_disable_bridge(br_priv(dev));
	br_multicast_dev_stop(br_priv(dev));
	return 0;
}

static int br_change_mtu(struct net_device *dev, uint32_t mtu)
{
	struct net_bridge *br = br_priv(dev);

	dev->mtu = mtu;
	br->mtu_set_by_user = true; /* br_mtu_auto_adjust() takes it back */
	br->fake_rtable.rt_pmtu = mtu;
	return 0;
}

static int br_set_mac_address(struct net_device *dev, const uint8_t *addr)
{
	if (!is_valid_ether_addr(addr))
		return -EADDRNOTAVAIL;
	if (!dev->registered)
		return -EBUSY;
	if (!ether_addr_equal(dev->dev_addr, addr))
		br_stp_change_bridge_id(br_priv(dev), addr);
	return 0;
}

static int br_do_ioctl(struct net_device *dev, void *ifr, unsigned long cmd)
{
	return br_dev_siocdevprivate(dev, ifr, cmd);
}

#define BR_COMMON_FEATURES \
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA | NETIF_F_GSO_MASK | NETIF_F_HW_CSUM)

static netdev_features_t br_fix_features(struct net_device *dev, netdev_features_t features)
{
	return br_features_recompute(br_priv(dev), features);
}

/* as fast as the fastest port that runs */
static int br_get_link_settings(struct net_device *dev, struct ethtool_link *link)
{
	const struct net_bridge *br = br_priv(dev);
	const struct net_bridge_port *p;
	struct ethtool_link port;

	link->speed = (uint32_t)SPEED_UNKNOWN;
	link->duplex = DUPLEX_UNKNOWN;
	link->port = PORT_OTHER;
	list_for_each_entry(p, &br->port_list, list) {
		if (!netif_running(p->dev) || !netif_oper_up(p->dev) ||
		    __ethtool_get_link_settings(p->dev, &port) ||
		    port.speed == (uint32_t)SPEED_UNKNOWN)
			continue;
		if (link->speed == (uint32_t)SPEED_UNKNOWN || link->speed < port.speed)
			link->speed = port.speed;
	}
	return 0;
}

static const struct ethtool_ops br_ethtool_ops = {
	.driver = "bridge",
	.version = "2.3",
	.fw_version = "N/A",
	.bus_info = "N/A",
	.get_link = true,
	.get_link_settings = br_get_link_settings,
};

static const struct net_device_ops br_netdev_ops = {
	.ndo_fix_features = br_fix_features,
	.ndo_init = br_dev_init,
	.ndo_uninit = br_dev_uninit,
	.ndo_open = br_dev_open,
	.ndo_stop = br_dev_stop,
	.ndo_start_xmit = br_dev_xmit,
	.ndo_set_mac_address = br_set_mac_address,
	.ndo_change_mtu = br_change_mtu,
	.ndo_add_slave = br_add_if,
	.ndo_del_slave = br_del_if,
	.ndo_do_ioctl = br_do_ioctl,
};

/**
 * br_dev_setup() - A new bridge with the kernel's defaults and a random address
 * @dev: a new device with room for a struct net_bridge
 */
void br_dev_setup(struct net_device *dev)
{
	struct net_bridge *br = br_priv(dev);

	ether_setup(dev);
	eth_hw_addr_random(dev);
	dev->ops = &br_netdev_ops;
	dev->priv_flag_bridge = true;
	dev->netns_immutable = true;
	dev->tso_max_size = 65536; /* until a port brings its own */
	netdev_set_features(dev,
			    BR_COMMON_FEATURES | NETIF_F_SOFT_FEATURES | NETIF_F_HW_VLAN_CTAG_TX |
				    NETIF_F_HW_VLAN_STAG_TX,
			    BR_COMMON_FEATURES | NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX);
	dev->vlan_features = BR_COMMON_FEATURES;
	dev->ethtool_ops = &br_ethtool_ops;
	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = ETH_MAX_MTU;

	br->dev = dev;
	INIT_LIST_HEAD(&br->port_list);
	br->bridge_id.prio[0] = 0x80;
	memcpy(br->group_addr, br_group_address, ETH_ALEN);
	br->stp_enabled = BR_NO_STP;
	br->group_fwd_mask_required = 0;
	br->designated_root = br->bridge_id;
	br->bridge_max_age = br->max_age = 20 * BR_HZ;
	br->bridge_hello_time = br->hello_time = 2 * BR_HZ;
	br->bridge_forward_delay = br->forward_delay = 15 * BR_HZ;
	br->bridge_ageing_time = br->ageing_time = 300 * BR_HZ; /* BR_DEFAULT_AGEING_TIME */
	br_netfilter_rtable_init(br);
	br_stp_timer_init(br);
	br_multicast_init(br);
}

static int br_dev_newlink(struct net *src_net, struct net_device *dev, const struct nlattr **tb,
			  const struct nlattr *data, struct ng_extack *extack)
{
	int err;

	(void)src_net;
	err = register_netdevice(dev);
	if (err)
		return err;
	if (tb[IFLA_ADDRESS])
		br_stp_change_bridge_id(br_priv(dev), nla_data(tb[IFLA_ADDRESS]));
	err = br_changelink(dev, data, extack);
	if (err) {
		dev->refs++; /* out of the world, but the caller frees it */
		br_dev_delete(dev);
		dev->refs--;
	}
	return err;
}

const struct rtnl_link_ops br_link_ops = {
	.kind = "bridge",
	.priv_size = sizeof(struct net_bridge),
	.setup = br_dev_setup,
	.newlink = br_dev_newlink,
	.changelink = br_changelink,
	.dellink = br_dev_delete,
	.fill_info = br_fill_info,
	.slave_changelink = br_port_slave_changelink,
	.fill_slave_info = br_port_fill_slave_info,
};
