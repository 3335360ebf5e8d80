/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dev_altname.c - further names of a device: `ip link property`
 *
 * mirrors net/core/dev.c (netdev_name_node_*()) and net/core/rtnetlink.c (rtnl_linkprop())
 * CONTROL
 */
#include <errno.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/netdevice.h"
#include "core/rtnetlink.h"
#include "core/xalloc.h"

struct altname {
	struct list_head list; /* dev->altnames, oldest first */
	char name[ALTIFNAMSIZ];
};

static struct altname *altname_find(const struct net_device *dev, const char *name)
{
	struct altname *a;

	list_for_each_entry(a, &dev->altnames, list) {
		if (!strcmp(a->name, name))
			return a;
	}
	return NULL;
}

/**
 * dev_has_altname() - Is this one of the device's further names?
 * @dev: the device
 * @name: the name
 *
 * Return: true when it is.
 */
bool dev_has_altname(const struct net_device *dev, const char *name)
{
	return altname_find(dev, name) != NULL;
}

/**
 * dev_altname_clash() - Looks for a further name that is in use elsewhere
 * @dev: the device
 * @net: elsewhere
 *
 * Return: that name, or NULL.
 */
const char *dev_altname_clash(const struct net_device *dev, const struct net *net)
{
	const struct altname *a;

	list_for_each_entry(a, &dev->altnames, list) {
		if (dev_get_by_name(net, a->name))
			return a->name;
	}
	return NULL;
}

/**
 * dev_altnames_free() - The device goes
 * @dev: the device
 */
void dev_altnames_free(struct net_device *dev)
{
	struct altname *a, *next;

	list_for_each_entry_safe(a, next, &dev->altnames, list)
		free(a);
	INIT_LIST_HEAD(&dev->altnames);
}

/**
 * rtnl_fill_prop_list() - IFLA_PROP_LIST: the further names
 * @b: the message
 * @dev: the device
 */
void rtnl_fill_prop_list(struct nl_buf *b, const struct net_device *dev)
{
	const struct altname *a;
	size_t list;

	if (list_empty(&dev->altnames))
		return;
	list = nla_nest_start(b, IFLA_PROP_LIST);
	list_for_each_entry(a, &dev->altnames, list)
		nla_put_string(b, IFLA_ALT_IFNAME, a->name);
	nla_nest_end(b, list);
}

static int altname_change(struct net_device *dev, const char *name, bool add)
{
	struct altname *a;

	if (add) {
		if (dev_get_by_name(dev->net, name))
			return -EEXIST;
		a = xzalloc(sizeof(*a));
		memcpy(a->name, name, strlen(name));
		list_add_tail(&a->list, &dev->altnames);
		dev->nr_altnames++;
		dev->net->nr_altnames++;
		return 0;
	}
	a = altname_find(dev, name);
	if (!a)
		return dev_get_by_name(dev->net, name) ? -EINVAL : -ENOENT;
	list_del(&a->list);
	free(a);
	dev->nr_altnames--;
	dev->net->nr_altnames--;
	return 0;
}

/**
 * rtnl_linkprop() - RTM_NEWLINKPROP, RTM_DELLINKPROP: further names come and go
 * @req: request
 *
 * Return: 0, -ENODEV, -EEXIST, -ENOENT, -EINVAL or -ERANGE.
 */
int rtnl_linkprop(struct nl_request *req)
{
	bool changed = false, add = req->nlh->nlmsg_type == RTM_NEWLINKPROP;
	const struct nlattr *tb[IFLA_MAX + 1], *attr;
	char name[ALTIFNAMSIZ];
	struct net_device *dev;
	struct ifinfomsg ifm;
	size_t left;
	int err;

	err = rtnl_parse_link(req, &ifm, tb);
	if (err)
		return err;
	if (ifm.ifi_index <= 0 && !tb[IFLA_IFNAME] && !tb[IFLA_ALT_IFNAME])
		return -EINVAL;
	dev = rtnl_dev_get(req->net, &ifm, tb);
	if (!dev)
		return -ENODEV;
	if (!tb[IFLA_PROP_LIST])
		return 0;
	nla_for_each_nested(attr, tb[IFLA_PROP_LIST], left) {
		if (nla_type(attr) != IFLA_ALT_IFNAME)
			continue;
		if (strnlen(nla_data(attr), nla_len(attr)) >= sizeof(name)) {
			NG_SET_ERR_MSG(req->extack, "Attribute failed policy validation");
			return -ERANGE;
		}
		nla_strscpy(name, attr, sizeof(name));
		err = altname_change(dev, name, add);
		if (err)
			return err;
		changed = true;
	}
	if (changed)
		netif_state_change(dev);
	return 0;
}
