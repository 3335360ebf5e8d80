/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netdev.c - devices: making, finding, naming, moving and removing them
 *
 * mirrors the device half of net/core/dev.c
 * TABLE and CONTROL.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/netdevice.h>

#include "8021q/vlan.h"
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
#include "packet/af_packet.h"

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

#define DEV_HASH_MIN 4U

static struct hlist_head *index_bucket(const struct net *net, int ifindex)
{
	return &net->dev_hash[(uint32_t)ifindex & (net->dev_hash_size - 1)];
}

static struct hlist_head *name_bucket(const struct net *net, const char *name)
{
	uint32_t h = 2166136261U; /* FNV-1a */

	while (*name)
		h = (h ^ (uint8_t)*name++) * 16777619U;
	return &net->dev_hash[net->dev_hash_size + ((h ^ h >> 16) & (net->dev_hash_size - 1))];
}

static void hash_device(struct net_device *dev)
{
	hlist_add_head(&dev->index_hlist, index_bucket(dev->net, dev->ifindex));
	hlist_add_head(&dev->name_hlist, name_bucket(dev->net, dev->name));
}

static void grow_dev_hash(struct net *net)
{
	struct net_device *dev;

	net->dev_hash_size = net->dev_hash_size ? net->dev_hash_size * 4 : DEV_HASH_MIN;
	free(net->dev_hash);
	net->dev_hash = xzalloc(2 * net->dev_hash_size * sizeof(*net->dev_hash));
	list_for_each_entry(dev, &net->dev_base_head, dev_list)
		hash_device(dev);
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

	if (!net->nr_devs)
		return NULL;
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

	if (!net->nr_devs)
		return NULL;
	hlist_for_each_entry(dev, name_bucket(net, name), name_hlist) {
		if (!strcmp(dev->name, name))
			return dev;
	}
	if (!net->nr_altnames)
		return NULL;
	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (dev_has_altname(dev, name))
			return dev;
	}
	return NULL;
}

static void set_name(struct net_device *dev, const char *name)
{
	memcpy(dev->name, name, strlen(name) + 1);
	if (hlist_unhashed(&dev->name_hlist))
		return;
	hlist_del(&dev->name_hlist);
	hlist_add_head(&dev->name_hlist, name_bucket(dev->net, dev->name));
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
		/* folders of conf/ that are there already: devinet_sysctl_dev_name_is_allowed() */
		if (!strcmp(name, "all") || !strcmp(name, "default"))
			return -EINVAL;
		set_name(dev, name);
		return 0;
	}
	if (pct[1] != 'd' || strchr(pct + 2, '%'))
		return -EINVAL;
	for (i = 0; i < 32768; i++) {
		scnprintf(buf, sizeof(buf), "%.*s%d%s", (int)(pct - name), name, i, pct + 2);
		if (strlen(buf) < IFNAMSIZ && !dev_get_by_name(net, buf)) {
			set_name(dev, buf);
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
	bool first;

	if (trace_on(dev->world))
		trace_link(event, dev);
	/* the flag itself (__dev_notify_flags()) or the name, before what follows from it */
	first = event == NETDEV_UP || event == NETDEV_DOWN || event == NETDEV_CHANGENAME;
	if (first)
		rtnetlink_event(event, dev);
	inetdev_event(event, dev);
	fib_netdev_event(event, dev);
	arp_netdev_event(event, dev);
	br_device_event(event, dev);
	masq_device_event(event, dev);
	packet_netdev_event(event, dev);
	if (dev->vlan_info)
		vlan_device_event(event, dev);
	if (!first)
		rtnetlink_event(event, dev);
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
	free(dev->ifalias);
	free(dev->priv);
	free(dev);
}

static void list_netdevice(struct net_device *dev)
{
	struct net *net = dev->net;

	list_add_tail(&dev->dev_list, &net->dev_base_head);
	net->nr_altnames += dev->nr_altnames;
	if (++net->nr_devs > net->dev_hash_size)
		grow_dev_hash(net);
	else
		hash_device(dev);
	net->dev_base_seq++;
}

static void unlist_netdevice(struct net_device *dev)
{
	list_del(&dev->dev_list);
	hlist_del(&dev->index_hlist);
	hlist_del(&dev->name_hlist);
	dev->net->nr_devs--;
	dev->net->nr_altnames -= dev->nr_altnames;
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
	dev->qdisc_sleeping = QDISC_NOOP;
	unlist_netdevice(dev);
	dev->unregistering = true;
	call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
	if (dev->ops->ndo_uninit)
		dev->ops->ndo_uninit(dev);
	neigh_parms_release(dev);
	dev->registered = false;
	free_netdev(dev);
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
	char old[IFNAMSIZ];
	int err;

	if (!strncmp(name, dev->name, IFNAMSIZ))
		return 0;
	memcpy(old, dev->name, sizeof(old));
	err = dev_get_valid_name(dev->net, dev, name);
	if (err)
		return err;
	printk(dev->world, LOGLEVEL_INFO, "%s: renamed from %s%s", dev->name, old,
	       dev->flags & IFF_UP ? " (while UP)" : "");
	dev->name_assign_type = NET_NAME_RENAMED;
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
	dev->moves_to = net;
	dev->moves_to_ifindex =
		dev_get_by_index(net, dev->ifindex) ? net->last_ifindex + 1 : dev->ifindex;
	call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
	dev->moves_to = NULL;
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
