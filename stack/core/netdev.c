/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netdev.c - devices: making, naming, raising, moving and removing them
 *
 * mirrors the device half of net/core/dev.c
 * TABLE and CONTROL.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/netdevice.h>

#include "bridge/bridge.h"
#include "core/config_trace.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/netdevice.h"
#include "core/rtnetlink.h"
#include "core/world.h"
#include "core/vsprintf.h"
#include "core/xalloc.h"
#include "ipv4/inetdevice.h"
#include "ipv4/route.h"
#include "netfilter/netfilter.h"

/**
 * dev_valid_name() - May a device be called so?
 * @name: the name
 *
 * Return: false for "", ".", "..", 16 characters and more, '/', ':' and white space.
 */
bool dev_valid_name(const char *name)
{
	if (!*name || strnlen(name, IFNAMSIZ) == IFNAMSIZ || !strcmp(name, ".") ||
	    !strcmp(name, ".."))
		return false;
	for (; *name; name++) {
		if (*name == '/' || *name == ':' || *name == ' ' ||
		    (*name >= '\t' && *name <= '\r'))
			return false;
	}
	return true;
}

static struct hlist_head *index_bucket(const struct net *net, int ifindex)
{
	return (struct hlist_head *)(uintptr_t)&net
		->dev_index_head[(uint32_t)ifindex % NET_DEV_HASH];
}

/**
 * dev_get_by_index() - Finds a device by number
 * @net: where to look
 * @ifindex: the number
 *
 * Return: the device, borrowed, or NULL.
 */
struct net_device *dev_get_by_index(const struct net *net, int ifindex)
{
	struct net_device *dev;

	hlist_for_each_entry(dev, index_bucket(net, ifindex), index_hlist) {
		if (dev->ifindex == ifindex)
			return dev;
	}
	return NULL;
}

/**
 * dev_get_by_name() - Finds a device by its name, or one of its further names
 * @net: where to look
 * @name: the name
 *
 * Return: the device, borrowed, or NULL.
 */
struct net_device *dev_get_by_name(const struct net *net, const char *name)
{
	struct net_device *dev;

	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (!strcmp(dev->name, name) ||
		    (!list_empty(&dev->altnames) && dev_has_altname(dev, name)))
			return dev;
	}
	return NULL;
}

/* "veth%d" -> the first free number; -EEXIST for a plain name in use */
static int dev_get_valid_name(const struct net *net, struct net_device *dev, const char *name)
{
	const char *pct = strchr(name, '%');
	char buf[IFNAMSIZ + 16];
	int i;

	if (!dev_valid_name(name))
		return -EINVAL;
	if (!pct) {
		if (dev_get_by_name(net, name))
			return -EEXIST;
		scnprintf(dev->name, IFNAMSIZ, "%s", name);
		return 0;
	}
	if (pct[1] != 'd' || strchr(pct + 2, '%'))
		return -EINVAL;
	for (i = 0; i < 32768; i++) {
		scnprintf(buf, sizeof(buf), "%.*s%d%s", (int)(pct - name), name, i, pct + 2);
		if (strlen(buf) < IFNAMSIZ && !dev_get_by_name(net, buf)) {
			memcpy(dev->name, buf, strlen(buf) + 1);
			return 0;
		}
	}
	return -ENFILE;
}

static int dev_new_index(struct net *net)
{
	do {
		if (++net->last_ifindex <= 0)
			net->last_ifindex = 1;
	} while (dev_get_by_index(net, net->last_ifindex));
	return net->last_ifindex;
}

/**
 * call_netdevice_notifiers() - Tells every subsystem what happened to a device
 * @event: what
 * @dev: the device
 *
 * The order is that of the kernel's netdev_chain.
 */
void call_netdevice_notifiers(enum netdev_event event, struct net_device *dev)
{
	if (trace_on(dev->world))
		trace_link(event, dev);
	inetdev_event(event, dev);
	fib_netdev_event(event, dev);
	arp_netdev_event(event, dev);
	br_device_event(event, dev);
	masq_device_event(event, dev);
	rtnetlink_event(event, dev);
}

/**
 * ether_setup() - What all Ethernet-like devices begin with
 * @dev: a new device
 */
void ether_setup(struct net_device *dev)
{
	dev->type = ARPHRD_ETHER;
	dev->hard_header_len = ETH_HLEN;
	dev->mtu = ETH_DATA_LEN;
	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = ETH_DATA_LEN;
	dev->addr_len = ETH_ALEN;
	dev->tx_queue_len = 1000; /* DEFAULT_TX_QUEUE_LEN */
	dev->flags = IFF_BROADCAST | IFF_MULTICAST;
	memset(dev->broadcast, 0xff, ETH_ALEN);
}

/**
 * eth_hw_addr_random() - Gives a device a locally administered address of its own
 * @dev: the device; its creation number decides
 */
void eth_hw_addr_random(struct net_device *dev)
{
	uint64_t h = rng_hash(dev->world->config.seed, RNG_MAC, dev->id, 0);

	memcpy(dev->dev_addr, &h, ETH_ALEN);
	dev->dev_addr[0] = (uint8_t)((dev->dev_addr[0] & 0xfe) | 0x02);
	dev->addr_assign_type = NET_ADDR_RANDOM;
}

/**
 * alloc_netdev() - Memory for a device that is not registered yet
 * @net: where it will live
 * @name: its name, or a pattern with "%d"
 * @priv_size: bytes for the driver at dev->priv
 *
 * Return: the device; free_netdev() or register_netdevice() it.
 */
struct net_device *alloc_netdev(struct net *net, const char *name, size_t priv_size)
{
	struct net_device *dev = xzalloc(sizeof(*dev));

	scnprintf(dev->name, IFNAMSIZ, "%s", name);
	dev->net = net;
	dev->world = net->world;
	dev->id = net->world->nr_devices++;
	dev->priv = priv_size ? xzalloc(priv_size) : NULL;
	dev->operstate = IF_OPER_UNKNOWN;
	INIT_LIST_HEAD(&dev->mc_list);
	INIT_LIST_HEAD(&dev->altnames);
	INIT_LIST_HEAD(&dev->dev_list);
	INIT_LIST_HEAD(&dev->linkwatch_node);
	return dev;
}

/**
 * free_netdev() - Frees a device that is not registered (any more)
 * @dev: the device; it lives on until frames on the backlog have come through
 */
void free_netdev(struct net_device *dev)
{
	struct netdev_hw_addr *ha, *n;

	dev->dying = true;
	if (dev->refs)
		return;
	list_for_each_entry_safe(ha, n, &dev->mc_list, list)
		free(ha);
	dev_altnames_free(dev);
	free(dev->priv);
	free(dev);
}

static void list_netdevice(struct net_device *dev)
{
	struct net *net = dev->net;

	list_add_tail(&dev->dev_list, &net->dev_base_head);
	hlist_add_head(&dev->index_hlist, index_bucket(net, dev->ifindex));
	net->dev_base_seq++;
}

static void unlist_netdevice(struct net_device *dev)
{
	list_del(&dev->dev_list);
	hlist_del(&dev->index_hlist);
	dev->net->dev_base_seq++;
}

/**
 * register_netdevice() - Brings a device into its namespace
 * @dev: from alloc_netdev(), set up; an ifindex asked for must be free
 *
 * Return: 0, -EEXIST, -EINVAL, -EBUSY (index in use), or what ndo_init said.
 */
int register_netdevice(struct net_device *dev)
{
	char wanted[IFNAMSIZ];
	int err;

	memcpy(wanted, dev->name, IFNAMSIZ);
	err = dev_get_valid_name(dev->net, dev, wanted);
	if (err)
		return err;
	if (dev->ifindex && dev_get_by_index(dev->net, dev->ifindex))
		return -EBUSY;
	if (dev->ops->ndo_init) {
		err = dev->ops->ndo_init(dev);
		if (err)
			return err > 0 ? -EIO : err;
	}
	if (!dev->ifindex)
		dev->ifindex = dev_new_index(dev->net);
	memcpy(dev->perm_addr, dev->dev_addr, ETH_ALEN);
	if (!netif_carrier_ok(dev))
		rfc2863_policy(dev);
	dev->registered = true;
	list_netdevice(dev);
	call_netdevice_notifiers(NETDEV_REGISTER, dev);
	return 0;
}

/**
 * unregister_netdevice() - Takes a device out of the world
 * @dev: freed, at the latest with the last frame on its backlog
 */
void unregister_netdevice(struct net_device *dev)
{
	dev_close(dev);
	qdisc_destroy(dev);
	linkwatch_sync_dev(dev);
	unlist_netdevice(dev);
	call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
	if (dev->ops->ndo_uninit)
		dev->ops->ndo_uninit(dev);
	neigh_parms_release(dev);
	dev->registered = false;
	free_netdev(dev);
}

static void dev_set_rx_mode(struct net_device *dev);

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
 * netif_state_change() - Tells that carrier or state changed, if the device is up
 * @dev: the device
 */
void netif_state_change(struct net_device *dev)
{
	if (dev->flags & IFF_UP)
		call_netdevice_notifiers(NETDEV_CHANGE, dev);
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
	char line[96];
	uint32_t old = dev->flags;

	set_counted_flag(dev, &dev->promiscuity, IFF_PROMISC, inc);
	if (old == dev->flags || dev->net != dev->world->init_net)
		return;
	scnprintf(line, sizeof(line), "%s: %s promiscuous mode", dev->name,
		  dev->flags & IFF_PROMISC ? "entered" : "left");
	printk(dev->world, line);
}

/**
 * dev_set_allmulti() - Counts who wants every multicast frame
 * @dev: the device
 * @inc: 1 or -1
 */
void dev_set_allmulti(struct net_device *dev, int inc)
{
	set_counted_flag(dev, &dev->allmulti, IFF_ALLMULTI, inc);
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

/**
 * dev_change_name() - Renames a device
 * @dev: the device, up or down
 * @name: the new name, or a pattern with "%d"
 *
 * Return: 0, -EEXIST or -EINVAL.
 */
int dev_change_name(struct net_device *dev, const char *name)
{
	int err;

	if (!strncmp(name, dev->name, IFNAMSIZ))
		return 0;
	err = dev_get_valid_name(dev->net, dev, name);
	if (err)
		return err;
	dev->capture = NULL;
	call_netdevice_notifiers(NETDEV_CHANGENAME, dev);
	return 0;
}

/**
 * dev_change_net_namespace() - Moves a device
 * @dev: the device; it comes down and loses addresses, routes and master
 * @net: where to
 * @pat: name to take when its own is in use there; NULL: refuse
 * @extack: says why not
 *
 * It keeps its index when that is free there.
 *
 * Return: 0, -EINVAL or -EEXIST.
 */
int dev_change_net_namespace(struct net_device *dev, struct net *net, const char *pat,
			     struct ng_extack *extack)
{
	const char *clash = dev_altname_clash(dev, net);
	const struct net *old_net = dev->net;

	if (dev->net == net)
		return 0;
	if (dev->netns_immutable) {
		NG_SET_ERR_MSG(extack, "The interface netns is immutable");
		return -EINVAL;
	}
	if (dev_get_by_name(net, dev->name)) {
		int err;

		if (!pat) {
			NG_SET_ERR_MSG(
				extack,
				"An interface with the same name exists in the target netns");
			return -EEXIST;
		}
		err = dev_get_valid_name(net, dev, pat);
		if (err) {
			NG_SET_ERR_MSG(extack, "Unable to assign name in target netns");
			return err;
		}
	}
	if (clash) {
		if (extack)
			scnprintf(extack->buf, sizeof(extack->buf),
				  "An interface with the altname %.70s exists in the target netns",
				  clash);
		NG_SET_ERR_MSG(extack, extack->buf);
		return -EEXIST;
	}

	dev_close(dev);
	qdisc_destroy(dev);
	linkwatch_sync_dev(dev);
	if (trace_on(dev->world))
		trace_link_move(dev, NULL);
	unlist_netdevice(dev);
	dev->qdisc_sleeping = QDISC_NOOP;
	call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
	neigh_parms_release(dev);
	peernet2id_alloc(dev->net, net);

	dev->net = net;
	if (dev_get_by_index(net, dev->ifindex))
		dev->ifindex = dev_new_index(net);
	dev->capture = NULL;
	list_netdevice(dev);
	call_netdevice_notifiers(NETDEV_REGISTER, dev);
	if (trace_on(dev->world))
		trace_link_move(dev, old_net);
	return 0;
}

/**
 * dev_get_iflink() - The index of the device this one hangs on
 * @dev: the device
 *
 * Return: a peer's or lower device's index (perhaps of another namespace), or its own.
 */
int dev_get_iflink(const struct net_device *dev)
{
	return dev->ops->ndo_get_iflink ? dev->ops->ndo_get_iflink(dev) : dev->ifindex;
}

/*
 * As __dev_set_rx_mode(): no device here filters unicast addresses, so one that listens to
 * more than its own is promiscuous. Nothing is looked at while it is down.
 */
static void dev_set_rx_mode(struct net_device *dev)
{
	const struct netdev_hw_addr *ha;
	bool uc = false;

	if (!(dev->flags & IFF_UP))
		return;
	list_for_each_entry(ha, &dev->mc_list, list) {
		if (!(ha->addr[0] & 1))
			uc = true;
	}
	if (uc == dev->uc_promisc)
		return;
	dev->uc_promisc = uc;
	dev_set_promiscuity(dev, uc ? 1 : -1);
}

/**
 * dev_mc_add() - Joins a link-layer group
 * @dev: the device
 * @addr: the group
 */
void dev_mc_add(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc_list, list) {
		if (ether_addr_equal(ha->addr, addr)) {
			ha->refcount++;
			return;
		}
	}
	ha = xzalloc(sizeof(*ha));
	memcpy(ha->addr, addr, ETH_ALEN);
	ha->refcount = 1;
	list_add_tail(&ha->list, &dev->mc_list);
	dev_set_rx_mode(dev);
}

/**
 * dev_mc_add_global() - Joins a link-layer group for a program (SIOCADDMULTI); once, however often
 * @dev: the device
 * @addr: the group
 */
void dev_mc_add_global(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc_list, list) {
		if (ether_addr_equal(ha->addr, addr) && ha->global_use)
			return;
	}
	dev_mc_add(dev, addr);
	list_for_each_entry(ha, &dev->mc_list, list) {
		if (ether_addr_equal(ha->addr, addr))
			ha->global_use = true;
	}
}

/**
 * dev_mc_del_global() - Takes back dev_mc_add_global() (SIOCDELMULTI)
 * @dev: the device
 * @addr: the group
 *
 * Return: 0 or -ENOENT.
 */
int dev_mc_del_global(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc_list, list) {
		if (!ether_addr_equal(ha->addr, addr) || !ha->global_use)
			continue;
		ha->global_use = false;
		dev_mc_del(dev, addr);
		return 0;
	}
	return -ENOENT;
}

/**
 * dev_mc_del() - Leaves a link-layer group
 * @dev: the device
 * @addr: the group; one never joined changes nothing
 */
void dev_mc_del(struct net_device *dev, const uint8_t *addr)
{
	struct netdev_hw_addr *ha, *n;

	list_for_each_entry_safe(ha, n, &dev->mc_list, list) {
		if (!ether_addr_equal(ha->addr, addr) || --ha->refcount)
			continue;
		list_del(&ha->list);
		free(ha);
	}
	dev_set_rx_mode(dev);
}
