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
#include "core/xalloc.h"
#include "drivers/drivers.h"

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
	dev->hw_vlan = true;
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
