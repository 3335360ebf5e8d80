/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * veth.c - a cable: what goes in at one end comes out at the other
 *
 * mirrors drivers/net/veth.c
 * PATH
 *   veth_xmit => netif_rx            an event: the next host, an empty stack
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/veth.h>
#include <netglass/netlink.h>

#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/vsprintf.h"
#include "core/xalloc.h"
#include "drivers/drivers.h"
#include "ethtool/ethtool.h"

#define VETH_FEATURES                                                                          \
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HW_CSUM | NETIF_F_RXCSUM | NETIF_F_SCTP_CRC | \
	 NETIF_F_HIGHDMA | NETIF_F_GSO_SOFTWARE | NETIF_F_GSO_ENCAP_ALL | NETIF_F_VLAN_OFFLOADS)

struct veth_priv {
	struct net_device *peer; /* NULL once one end goes */
};

static struct veth_priv *veth_priv(const struct net_device *dev)
{
	return dev->priv;
}

/* May @skb, a whole frame, go in at @rcv? As is_skb_forwardable(). */
static bool veth_can_receive(const struct sk_buff *skb, const struct net_device *rcv)
{
	const uint32_t vlan_hlen = 4;

	return (rcv->flags & IFF_UP) && skb_len(skb) <= rcv->mtu + rcv->hard_header_len + vlan_hlen;
}

static int veth_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct net_device *rcv = veth_priv(dev)->peer;
	uint32_t len = skb_len(skb);
	bool xnet;

	if (!rcv || len < ETH_HLEN) {
		dev->stats.tx_dropped++;
		kfree_skb_reason(skb, SKB_DROP_REASON_DEV_READY);
		return NET_XMIT_DROP;
	}
	if (!veth_can_receive(skb, rcv)) {
		rcv->stats.rx_dropped++;
		dev->stats.tx_dropped++;
		kfree_skb_reason(skb, rcv->flags & IFF_UP ? SKB_DROP_REASON_PKT_TOO_BIG
							  : SKB_DROP_REASON_DEV_READY);
		return NET_XMIT_DROP;
	}

	xnet = dev->net != rcv->net;
	skb_reset_for_netns(skb);
	if (xnet)
		skb->mark = 0;
	skb->protocol = eth_type_trans(skb, rcv);
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += len;
	rcv->stats.rx_packets++;
	rcv->stats.rx_bytes += len;
	netif_rx(skb);
	return NET_XMIT_SUCCESS;
}

static int veth_open(struct net_device *dev)
{
	struct net_device *peer = veth_priv(dev)->peer;

	if (!peer)
		return -ENOTCONN;
	if (peer->flags & IFF_UP) {
		netif_carrier_on(dev);
		netif_carrier_on(peer);
	}
	return 0;
}

static int veth_close(struct net_device *dev)
{
	struct net_device *peer = veth_priv(dev)->peer;

	netif_carrier_off(dev);
	if (peer)
		netif_carrier_off(peer);
	return 0;
}

static int veth_get_iflink(const struct net_device *dev)
{
	const struct net_device *peer = veth_priv(dev)->peer;

	return peer ? peer->ifindex : 0;
}

static struct net *veth_get_link_net(const struct net_device *dev)
{
	const struct net_device *peer = veth_priv(dev)->peer;

	return peer ? peer->net : dev->net;
}

static int eth_mac_addr(struct net_device *dev, const uint8_t *addr)
{
	if (!is_valid_ether_addr(addr))
		return -EADDRNOTAVAIL;
	memcpy(dev->dev_addr, addr, ETH_ALEN);
	return 0;
}

enum { VETH_QUEUES = 2, VETH_RQ_STATS = 7, VETH_TQ_STATS = 2 };

static uint32_t num_queues(uint32_t given)
{
	return given ? given : VETH_QUEUES;
}

static uint32_t in_use(uint32_t queues)
{
	return queues ? queues : 1;
}

static int veth_get_link_settings(struct net_device *dev, struct ethtool_link *link)
{
	(void)dev;
	link->speed = SPEED_10000;
	link->duplex = DUPLEX_FULL;
	link->port = PORT_TP;
	return 0;
}

static void veth_get_channels(struct net_device *dev, struct ethtool_channels *ch)
{
	ch->max_rx = num_queues(dev->num_rx_queues);
	ch->max_tx = num_queues(dev->num_tx_queues);
	ch->rx_count = in_use(dev->real_num_rx_queues);
	ch->tx_count = in_use(dev->real_num_tx_queues);
}

static int veth_set_channels(struct net_device *dev, const struct ethtool_channels *ch)
{
	if (!veth_priv(dev)->peer)
		return -ENOTCONN;
	dev->real_num_rx_queues = ch->rx_count;
	dev->real_num_tx_queues = ch->tx_count;
	return 0;
}

static uint32_t veth_stats_count(const struct net_device *dev)
{
	return 1 + VETH_RQ_STATS * in_use(dev->real_num_rx_queues) +
	       VETH_TQ_STATS * in_use(dev->real_num_tx_queues);
}

/* the peer's number first; the rest counts XDP's frames, of which there are none */
static void veth_get_strings(const struct net_device *dev, char (*names)[ETH_GSTRING_LEN])
{
	static const char *const rq[VETH_RQ_STATS] = { "xdp_packets",  "xdp_bytes", "drops",
						       "xdp_redirect", "xdp_drops", "xdp_tx",
						       "xdp_tx_errors" };
	static const char *const tq[VETH_TQ_STATS] = { "xdp_xmit", "xdp_xmit_errors" };

	memset(names, 0, veth_stats_count(dev) * sizeof(*names));
	scnprintf(*names++, ETH_GSTRING_LEN, "peer_ifindex");
	for (uint32_t q = 0; q < in_use(dev->real_num_rx_queues); q++) {
		for (size_t i = 0; i < VETH_RQ_STATS; i++)
			scnprintf(*names++, ETH_GSTRING_LEN, "rx_queue_%u_%s", q, rq[i]);
	}
	for (uint32_t q = 0; q < in_use(dev->real_num_tx_queues); q++) {
		for (size_t i = 0; i < VETH_TQ_STATS; i++)
			scnprintf(*names++, ETH_GSTRING_LEN, "tx_queue_%u_%s", q, tq[i]);
	}
}

static void veth_get_stats(const struct net_device *dev, uint64_t *values)
{
	memset(values, 0, veth_stats_count(dev) * sizeof(*values));
	values[0] = (uint64_t)veth_get_iflink(dev);
}

static const struct ethtool_ops veth_ethtool_ops = {
	.driver = "veth",
	.version = "1.0",
	.get_link = true,
	.tx_timestamps = true,
	.get_link_settings = veth_get_link_settings,
	.get_channels = veth_get_channels,
	.set_channels = veth_set_channels,
	.get_stats_count = veth_stats_count,
	.get_strings = veth_get_strings,
	.get_stats = veth_get_stats,
};

static const struct net_device_ops veth_ops = {
	.ndo_open = veth_open,
	.ndo_stop = veth_close,
	.ndo_start_xmit = veth_xmit,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_get_iflink = veth_get_iflink,
	.ndo_get_link_net = veth_get_link_net,
};

static void veth_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->ops = &veth_ops;
	dev->ethtool_ops = &veth_ethtool_ops;
	netdev_set_features(dev, VETH_FEATURES | NETIF_F_GSO, VETH_FEATURES);
	dev->vlan_features = VETH_FEATURES & ~NETIF_F_VLAN_OFFLOADS;
	dev->max_mtu = ETH_MAX_MTU;
}

/* The namespace the peer shall live in: a new reference. NULL and *ret_err */
static struct net *peer_net(struct net *src_net, struct ng_task *task, const struct nlattr **tb,
			    int *ret_err)
{
	if (tb[IFLA_NET_NS_PID])
		return get_net_ns_by_pid(task, (int)nla_get_u32(tb[IFLA_NET_NS_PID]), ret_err);
	if (tb[IFLA_NET_NS_FD])
		return get_net_ns_by_fd(task, (int)nla_get_u32(tb[IFLA_NET_NS_FD]), ret_err);
	return get_net(src_net);
}

/* What VETH_INFO_PEER says: an ifinfomsg and attributes. Without it the ends are twins. */
static int parse_peer(const struct nlattr *data, const struct nlattr **ret_tb,
		      const struct ifinfomsg **ret_ifm)
{
	const struct nlattr *info[VETH_INFO_MAX + 1];
	const struct nlattr *peer;

	memset(ret_tb, 0, sizeof(*ret_tb) * (IFLA_MAX + 1));
	*ret_ifm = NULL;
	if (!data)
		return 0;
	if (nla_parse_nested(info, VETH_INFO_MAX, data))
		return -EINVAL;
	peer = info[VETH_INFO_PEER];
	if (!peer)
		return 0;
	if (nla_len(peer) < sizeof(struct ifinfomsg))
		return -EINVAL;
	*ret_ifm = nla_data(peer);
	return nla_parse(ret_tb, IFLA_MAX,
			 (const uint8_t *)nla_data(peer) + sizeof(struct ifinfomsg),
			 nla_len(peer) - sizeof(struct ifinfomsg));
}

static int veth_newlink(struct net *src_net, struct net_device *dev, const struct nlattr **tb,
			const struct nlattr *data, struct ng_extack *extack)
{
	const struct nlattr *peer_tb[IFLA_MAX + 1];
	const struct ifinfomsg *ifm;
	char name[IFNAMSIZ] = "veth%d";
	struct net_device *peer;
	struct net *net;
	int err;

	err = parse_peer(data, peer_tb, &ifm);
	if (err)
		return err;
	if (!ifm)
		memcpy(peer_tb, tb, sizeof(peer_tb)); /* twins but for name and address */
	else if (peer_tb[IFLA_IFNAME])
		nla_strscpy(name, peer_tb[IFLA_IFNAME], sizeof(name));
	net = peer_net(src_net, src_net->world->current, peer_tb, &err);
	if (!net)
		return err;
	peer = rtnl_create_link(net, name, &veth_link_ops, peer_tb, extack);
	put_net(net);
	if (!peer)
		return -EINVAL;
	if (!ifm || !peer_tb[IFLA_ADDRESS])
		eth_hw_addr_random(peer);
	if (ifm && ifm->ifi_index > 0)
		peer->ifindex = ifm->ifi_index;
	peer->origin = dev->origin;

	/* The peer first: it has the lower index. */
	err = register_netdevice(peer);
	if (err) {
		free_netdev(peer);
		return err;
	}
	netif_carrier_off(peer);
	/* Before the two know each other: a peer wanted up at once is refused, as in Linux. */
	err = rtnl_configure_link(peer, ifm);
	if (err) {
		unregister_netdevice(peer);
		return err;
	}
	if (!tb[IFLA_ADDRESS])
		eth_hw_addr_random(dev);
	err = register_netdevice(dev);
	if (err) {
		unregister_netdevice(peer);
		return err;
	}
	netif_carrier_off(dev);
	veth_priv(dev)->peer = peer;
	veth_priv(peer)->peer = dev;
	/* veth_init_queues(): all that were asked for, for both as the first one's say */
	peer->real_num_tx_queues = tb[IFLA_NUM_TX_QUEUES] ? num_queues(peer->num_tx_queues) : 0;
	peer->real_num_rx_queues = tb[IFLA_NUM_RX_QUEUES] ? num_queues(peer->num_rx_queues) : 0;
	dev->real_num_tx_queues = dev->num_tx_queues;
	dev->real_num_rx_queues = dev->num_rx_queues;
	return 0;
}

static void veth_dellink(struct net_device *dev)
{
	struct net_device *peer = veth_priv(dev)->peer;

	veth_priv(dev)->peer = NULL;
	if (peer)
		veth_priv(peer)->peer = NULL;
	/* unregister_netdevice_many(): both are down before either goes */
	dev_close(dev);
	if (peer)
		dev_close(peer);
	unregister_netdevice(dev);
	if (peer)
		unregister_netdevice(peer);
}

const struct rtnl_link_ops veth_link_ops = {
	.kind = "veth",
	.priv_size = sizeof(struct veth_priv),
	.setup = veth_setup,
	.newlink = veth_newlink,
	.dellink = veth_dellink,
};
