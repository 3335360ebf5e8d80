/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_if.c - ports join and leave; what happens to a port's device
 *
 * mirrors net/bridge/br_if.c and br_device_event() of net/bridge/br.c
 *                                                                CONTROL
 */
#include <linux/if.h>

#include "bridge/br_private.h"
#include "core/rtnetlink.h"
#include "ethtool/ethtool.h"

/* a veth says it runs at 10 Gbit/s; who says nothing counts as 10 Mbit/s */
#define BR_COST_10G 2
#define BR_COST_10M 100

static uint32_t port_cost(struct net_device *dev)
{
	struct ethtool_link link;

	return !__ethtool_get_link_settings(dev, &link) && link.speed == SPEED_10000 ? BR_COST_10G
										     : BR_COST_10M;
}

static bool port_has_link(const struct net_device *dev)
{
	return netif_running(dev) && netif_oper_up(dev);
}

/**
 * br_port_carrier_check() - A port's link came or went
 * @p: the port
 *
 * Return: true when listeners were told of the port already.
 */
bool br_port_carrier_check(struct net_bridge_port *p)
{
	if (!(p->flags & BR_ADMIN_COST) && port_has_link(p->dev))
		p->path_cost = port_cost(p->dev);
	if (!netif_running(p->br->dev))
		return false;
	if (port_has_link(p->dev)) {
		if (p->state != BR_STATE_DISABLED)
			return false;
		br_stp_enable_port(p);
	} else {
		if (p->state == BR_STATE_DISABLED)
			return false;
		br_stp_disable_port(p);
	}
	return true;
}

/**
 * br_recalculate_neigh_suppress_enabled() - Does any port want ARP answered for it?
 * @br: the bridge
 */
void br_recalculate_neigh_suppress_enabled(struct net_bridge *br)
{
	const struct net_bridge_port *p;

	br->neigh_suppress_enabled = false;
	list_for_each_entry(p, &br->port_list, list) {
		if (p->flags & BR_NEIGH_SUPPRESS)
			br->neigh_suppress_enabled = true;
	}
}

/**
 * nbp_backup_change() - Names the port that takes over when this one has no link
 * @p: the port
 * @backup_dev: device of another port of the same bridge, or NULL for none
 *
 * Return: 0, -ENOENT (not a port) or -EINVAL (another bridge's, or itself).
 */
int nbp_backup_change(struct net_bridge_port *p, struct net_device *backup_dev)
{
	struct net_bridge_port *backup = NULL;

	if (backup_dev) {
		backup = br_port_get(backup_dev);
		if (!backup)
			return -ENOENT;
		if (backup->br != p->br)
			return -EINVAL;
	}
	if (p == backup)
		return -EINVAL;
	p->backup_port = backup;
	return 0;
}

static void nbp_backup_clear(struct net_bridge_port *p)
{
	struct net_bridge_port *other;

	list_for_each_entry(other, &p->br->port_list, list) {
		if (other->backup_port == p)
			other->backup_port = NULL;
	}
}

/* At the end of the world the bridge goes too: its tables need not be kept right. */
static void list_del_port(struct net_bridge_port *p)
{
	struct net_bridge *br = p->br;

	if (br->dev->world->ending) {
		list_del(&p->list);
		return;
	}
	br_stp_disable_port(p);
	br_ifinfo_notify(RTM_DELLINK, p->br, p);
	list_del(&p->list);
	br_fdb_delete_by_port(br, p, true);
	nbp_backup_clear(p);
	br_recalculate_neigh_suppress_enabled(br);
}

static void del_nbp(struct net_bridge_port *p)
{
	struct net_bridge *br = p->br;
	struct net_device *dev = p->dev;

	dev_set_allmulti(dev, -1);
	dev_set_promiscuity(dev, -1);
	list_del_port(p);
	br_multicast_del_port(p);
	br_vlan_port_fini(p);
	dev->master = NULL;
	dev->rx_handler = NULL;
	dev->br_port = NULL;
	call_netdevice_notifiers(NETDEV_CHANGEUPPER, dev);
	br_timer_del(br, &p->message_age_timer);
	br_timer_del(br, &p->forward_delay_timer);
	br_timer_del(br, &p->hold_timer);
	free(p);
}

/* The lowest free number from 1, or -EXFULL. */
static int find_portno(const struct net_bridge *br)
{
	uint64_t inuse[BR_MAX_PORTS / 64] = { 1 };
	const struct net_bridge_port *p;

	list_for_each_entry(p, &br->port_list, list)
		inuse[p->port_no / 64] |= UINT64_C(1) << p->port_no % 64;
	for (int i = 0; i < BR_MAX_PORTS / 64; i++) {
		if (~inuse[i])
			return i * 64 + __builtin_ctzll(~inuse[i]);
	}
	return -EXFULL;
}

static struct net_bridge_port *new_nbp(struct net_bridge *br, struct net_device *dev, int *ret_err)
{
	struct net_bridge_port *p;
	int port_no = find_portno(br);

	if (port_no < 0) {
		*ret_err = port_no;
		return NULL;
	}
	p = xzalloc(sizeof(*p));
	p->br = br;
	p->dev = dev;
	p->origin = dev->origin;
	p->path_cost = port_cost(dev);
	p->priority = 0x8000 >> BR_PORT_BITS;
	p->port_no = (uint16_t)port_no;
	p->flags = BR_LEARNING | BR_FLOOD | BR_MCAST_FLOOD | BR_BCAST_FLOOD;
	br_multicast_add_port(p);
	br_init_port(p);
	br_set_state(p, BR_STATE_DISABLED);
	br_stp_port_timer_init(p);
	return p;
}

/**
 * br_add_bridge() - Makes a bridge: brctl addbr
 * @net: where
 * @name: its name
 * @origin: whose doing it is
 *
 * Return: 0 or -errno of register_netdevice().
 */
int br_add_bridge(struct net *net, const char *name, const struct ng_origin *origin)
{
	struct net_device *dev = alloc_netdev(net, name, sizeof(struct net_bridge));
	int err;

	br_dev_setup(dev);
	dev->rtnl_link_ops = &br_link_ops;
	dev->origin = *origin;
	err = register_netdevice(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/**
 * br_dev_delete() - Removes a bridge; its ports stay, free
 * @dev: the bridge
 */
void br_dev_delete(struct net_device *dev)
{
	struct net_bridge *br = br_priv(dev);
	struct net_bridge_port *p, *n;

	list_for_each_entry_safe(p, n, &br->port_list, list)
		del_nbp(p);
	br_fdb_delete_by_port(br, NULL, true);
	br_timer_del(br, &br->hello_timer);
	br_timer_del(br, &br->topology_change_timer);
	br_timer_del(br, &br->tcn_timer);
	unregister_netdevice(dev);
}

/**
 * br_del_bridge() - Removes a bridge: brctl delbr
 * @net: where
 * @name: its name
 *
 * Return: 0, -ENXIO (no such device), -EPERM (no bridge) or -EBUSY (still up).
 */
int br_del_bridge(struct net *net, const char *name)
{
	struct net_device *dev = dev_get_by_name(net, name);

	if (!dev)
		return -ENXIO;
	if (!dev->priv_flag_bridge)
		return -EPERM;
	if (dev->flags & IFF_UP)
		return -EBUSY;
	br_dev_delete(dev);
	return 0;
}

/**
 * br_mtu_auto_adjust() - The bridge's MTU follows the smallest of its ports, unless a user set it
 * @br: the bridge
 */
void br_mtu_auto_adjust(struct net_bridge *br)
{
	const struct net_bridge_port *p;
	uint32_t mtu = 0;

	if (br->mtu_set_by_user)
		return;
	list_for_each_entry(p, &br->port_list, list) {
		if (!mtu || p->dev->mtu < mtu)
			mtu = p->dev->mtu;
	}
	dev_set_mtu(br->dev, mtu ? mtu : ETH_DATA_LEN, NULL);
	br->mtu_set_by_user = false;
}

static int br_add_if_check(const struct net_device *dev, struct ng_extack *extack)
{
	if ((dev->flags & IFF_LOOPBACK) || dev->type != ARPHRD_ETHER || dev->addr_len != ETH_ALEN ||
	    !is_valid_ether_addr(dev->dev_addr))
		return -EINVAL;
	if (dev->priv_flag_bridge) {
		NG_SET_ERR_MSG(extack, "Can not enslave a bridge to a bridge");
		return -ELOOP;
	}
	return dev->master ? -EBUSY : 0;
}

/**
 * br_add_if() - Makes a device a port
 * @brdev: the bridge
 * @dev: the device
 * @extack: for the reason of a refusal, or NULL
 *
 * Return: 0, -EINVAL (not Ethernet), -ELOOP (a bridge), -EBUSY (a port already) or -EXFULL.
 */
int br_add_if(struct net_device *brdev, struct net_device *dev, struct ng_extack *extack)
{
	struct net_bridge *br = br_priv(brdev);
	struct net_bridge_port *p;
	bool changed_addr;
	int err = br_add_if_check(dev, extack);

	if (err)
		return err;
	p = new_nbp(br, dev, &err);
	if (!p)
		return err;

	dev_set_allmulti(dev, 1);
	dev->rx_handler = br_handle_frame;
	dev->br_port = p;
	dev->master = brdev;
	call_netdevice_notifiers(NETDEV_CHANGEUPPER, dev);
	list_add(&p->list, &br->port_list);
	/* without VLAN filtering each port hears everything: br_manage_promisc() */
	dev_set_promiscuity(dev, 1);
	netdev_update_features(brdev);
	br_fdb_add_local(br, p, dev->dev_addr, 0);
	if (br->vlgrp)
		br_vlan_port_init(p);

	changed_addr = br_stp_recalculate_bridge_id(br);
	if (port_has_link(dev) && (brdev->flags & IFF_UP))
		br_stp_enable_port(p);
	br_ifinfo_notify(RTM_NEWLINK, p->br, p);
	if (changed_addr)
		call_netdevice_notifiers(NETDEV_CHANGEADDR, brdev);
	brdev->tso_max_size = 0;
	br_mtu_auto_adjust(br);
	return 0;
}

/**
 * br_del_if() - Takes a port away
 * @brdev: the bridge
 * @dev: the port's device
 *
 * Return: 0, or -EINVAL when it is no port of this bridge.
 */
int br_del_if(struct net_device *brdev, struct net_device *dev)
{
	struct net_bridge *br = br_priv(brdev);
	struct net_bridge_port *p = br_port_get(dev);

	if (!p || p->br != br)
		return -EINVAL;
	del_nbp(p);
	if (brdev->world->ending)
		return 0;
	br_mtu_auto_adjust(br);
	if (br_stp_recalculate_bridge_id(br))
		call_netdevice_notifiers(NETDEV_CHANGEADDR, brdev);
	netdev_update_features(brdev);
	return 0;
}

static void br_port_changeaddr(struct net_bridge_port *p)
{
	struct net_device *brdev = p->br->dev;

	br_fdb_changeaddr(p, p->dev->dev_addr);
	if (br_stp_recalculate_bridge_id(p->br))
		call_netdevice_notifiers(NETDEV_CHANGEADDR, brdev);
}

/* true: listeners were told of the port already */
static bool br_port_event(enum netdev_event event, struct net_bridge_port *p)
{
	switch (event) {
	case NETDEV_CHANGEMTU:
		br_mtu_auto_adjust(p->br);
		return true;
	case NETDEV_CHANGEADDR:
		br_port_changeaddr(p);
		return false;
	case NETDEV_CHANGE:
		return br_port_carrier_check(p);
	case NETDEV_DOWN:
		if (!(p->br->dev->flags & IFF_UP) || p->dev->world->ending)
			return false;
		br_stp_disable_port(p);
		return true;
	case NETDEV_UP:
		if (!netif_running(p->br->dev) || !netif_oper_up(p->dev))
			return false;
		br_stp_enable_port(p);
		return true;
	case NETDEV_UNREGISTER:
		br_del_if(p->br->dev, p->dev);
		return true;
	case NETDEV_FEAT_CHANGE:
		netdev_update_features(p->br->dev);
		return true;
	case NETDEV_REGISTER:
	case NETDEV_GOING_DOWN:
	case NETDEV_CHANGENAME:
	case NETDEV_CHANGEUPPER:
	case NETDEV_MOVED:
		return true;
	}
	return true;
}

/**
 * br_features_recompute() - What a bridge can do with its ports
 * @br: bridge
 * @features: what it could with none
 *
 * Return: what it can.
 */
netdev_features_t br_features_recompute(const struct net_bridge *br, netdev_features_t features)
{
	netdev_features_t mask = features;
	const struct net_bridge_port *p;

	if (list_empty(&br->port_list))
		return features;
	features &= ~NETIF_F_ONE_FOR_ALL;
	list_for_each_entry(p, &br->port_list, list)
		features = netdev_increment_features(features, p->dev->features, mask);
	return netdev_increment_features(features, NETIF_F_ALL_TSO, mask);
}

/**
 * br_device_event() - Something happened to a device: is it a bridge or a port?
 * @event: what
 * @dev: the device
 */
void br_device_event(enum netdev_event event, struct net_device *dev)
{
	struct net_bridge_port *p = br_port_get(dev);

	if (dev->priv_flag_bridge && event == NETDEV_REGISTER)
		br_fdb_change_mac_address(br_priv(dev), dev->dev_addr);
	if (p && !br_port_event(event, p))
		br_ifinfo_notify(RTM_NEWLINK, p->br, p);
}
