/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtnl_link.c - links come, change and go: RTM_NEWLINK, RTM_SETLINK, RTM_DELLINK
 *
 * mirrors net/core/rtnetlink.c
 * CONTROL
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/netdevice.h>
#include <linux/veth.h>

#include "bridge/bridge.h"
#include "8021q/vlan.h"
#include "core/rtnetlink.h"
#include "core/task.h"
#include "core/vsprintf.h"
#include "drivers/drivers.h"
#include "netlink/nlattr.h"

/* What `ip link add type KIND` means and to whom */
struct newlink {
	const struct nlattr *tb[IFLA_MAX + 1];
	const struct nlattr *info[IFLA_INFO_MAX + 1];
	const struct rtnl_link_ops *ops;
	struct ifinfomsg ifm;
};

/**
 * rtnl_link_ops_get() - The kind of a device, by name.
 * @kind: "veth", "bridge", "dummy"
 *
 * Return: NULL: there is no such kind.
 */
const struct rtnl_link_ops *rtnl_link_ops_get(const char *kind)
{
	static const struct rtnl_link_ops *const link_ops[] = {
		&veth_link_ops,
		&br_link_ops,
		&dummy_link_ops,
		&vlan_link_ops,
	};

	for (size_t i = 0; i < sizeof(link_ops) / sizeof(link_ops[0]); i++) {
		if (!strcmp(link_ops[i]->kind, kind))
			return link_ops[i];
	}
	return NULL;
}

/**
 * rtnl_link_get_net() - The namespace a request names for a link.
 * @src_net: when it names none
 * @tb: IFLA_* of the request
 * @ret_err: -errno when there is none
 *
 * Return: a reference, or NULL.
 */
struct net *rtnl_link_get_net(struct net *src_net, const struct nlattr **tb, int *ret_err)
{
	struct ng_task *task = src_net->world->current;
	struct net *net = src_net;

	*ret_err = 0;
	if (tb[IFLA_NET_NS_PID])
		return get_net_ns_by_pid(task, (int)nla_get_u32(tb[IFLA_NET_NS_PID]), ret_err);
	if (tb[IFLA_NET_NS_FD])
		return get_net_ns_by_fd(task, (int)nla_get_u32(tb[IFLA_NET_NS_FD]), ret_err);
	if (tb[IFLA_TARGET_NETNSID])
		net = get_net_ns_by_id(src_net, (int)nla_get_u32(tb[IFLA_TARGET_NETNSID]));
	if (!net) {
		*ret_err = -EINVAL;
		return NULL;
	}
	return get_net(net);
}

static int rtnl_ensure_unique_netns(const struct nlattr **tb, struct ng_extack *extack)
{
	if (!!tb[IFLA_NET_NS_PID] + !!tb[IFLA_NET_NS_FD] + !!tb[IFLA_TARGET_NETNSID] <= 1)
		return 0;
	NG_SET_ERR_MSG(extack, "multiple netns identifying attributes specified");
	return -EINVAL;
}

/**
 * rtnl_parse_link() - The header and the attributes of a request about a link
 * @req: request
 * @ifm: gets the header
 * @tb: gets IFLA_*
 *
 * Return: 0 or -errno.
 */
int rtnl_parse_link(struct nl_request *req, struct ifinfomsg *ifm, const struct nlattr **tb)
{
	int err = nlmsg_parse_deprecated(req->nlh, sizeof(*ifm), tb, IFLA_MAX, rtnl_ifla_policy,
					 req->extack);

	if (err)
		return err;
	memcpy(ifm, nlmsg_data(req->nlh), sizeof(*ifm));
	return rtnl_ensure_unique_netns(tb, req->extack);
}

/**
 * rtnl_dev_get() - The link a request is about
 * @net: where to look
 * @ifm: its header: an index, if not 0
 * @tb: its attributes: a name
 *
 * Return: the device, borrowed, or NULL.
 */
struct net_device *rtnl_dev_get(const struct net *net, const struct ifinfomsg *ifm,
				const struct nlattr **tb)
{
	char name[ALTIFNAMSIZ];

	if (ifm->ifi_index > 0)
		return dev_get_by_index(net, ifm->ifi_index);
	if (!tb[IFLA_IFNAME] && !tb[IFLA_ALT_IFNAME])
		return NULL;
	nla_strscpy(name, tb[IFLA_IFNAME] ? tb[IFLA_IFNAME] : tb[IFLA_ALT_IFNAME], sizeof(name));
	return dev_get_by_name(net, name);
}

/* As veth_validate(), br_validate(), dummy_validate() */
static int rtnl_validate_kind(const struct rtnl_link_ops *ops, const struct nlattr **tb)
{
	uint32_t mtu;

	if (tb[IFLA_ADDRESS]) {
		if (nla_len(tb[IFLA_ADDRESS]) != ETH_ALEN)
			return -EINVAL;
		if (!is_valid_ether_addr(nla_data(tb[IFLA_ADDRESS])))
			return -EADDRNOTAVAIL;
	}
	if (tb[IFLA_MTU] && ops == &veth_link_ops) {
		mtu = nla_get_u32(tb[IFLA_MTU]);
		if (mtu < ETH_MIN_MTU || mtu > ETH_MAX_MTU)
			return -EINVAL;
	}
	return 0;
}

/* The other end of a veth is checked with the request, before anything is made. */
static int rtnl_validate_peer(const struct newlink *nl, struct ng_extack *extack)
{
	const struct nlattr *tb[VETH_INFO_MAX + 1], *peer[IFLA_MAX + 1];
	int err;

	if (nl->ops != &veth_link_ops || !nl->info[IFLA_INFO_DATA])
		return 0;
	nla_parse_nested_deprecated(tb, VETH_INFO_MAX, nl->info[IFLA_INFO_DATA], NULL, NULL);
	if (!tb[VETH_INFO_PEER])
		return 0;
	err = rtnl_nla_parse_ifinfomsg(peer, tb[VETH_INFO_PEER], extack);
	if (!err)
		err = rtnl_ensure_unique_netns(peer, extack);
	return err ? err : rtnl_validate_kind(nl->ops, peer);
}

static bool rtnl_bad_queues(const struct nlattr *nla)
{
	return nla && (nla_get_u32(nla) < 1 || nla_get_u32(nla) > 4096);
}

/* The attributes that may be given with a new link, apart from its MTU */
static void rtnl_apply_link(struct net_device *dev, const struct nlattr **tb)
{
	if (tb[IFLA_ADDRESS]) {
		memcpy(dev->dev_addr, nla_data(tb[IFLA_ADDRESS]), ETH_ALEN);
		dev->addr_assign_type = 3; /* NET_ADDR_SET */
	}
	if (tb[IFLA_BROADCAST])
		memcpy(dev->broadcast, nla_data(tb[IFLA_BROADCAST]), ETH_ALEN);
	if (tb[IFLA_TXQLEN])
		dev->tx_queue_len = nla_get_u32(tb[IFLA_TXQLEN]);
	if (tb[IFLA_OPERSTATE])
		rtnl_set_operstate(dev, nla_get_u8(tb[IFLA_OPERSTATE]));
	if (tb[IFLA_LINKMODE])
		dev->link_mode = nla_get_u8(tb[IFLA_LINKMODE]);
	if (tb[IFLA_GROUP])
		dev->group = nla_get_u32(tb[IFLA_GROUP]);
	if (tb[IFLA_NUM_TX_QUEUES])
		dev->num_tx_queues = nla_get_u32(tb[IFLA_NUM_TX_QUEUES]);
	if (tb[IFLA_NUM_RX_QUEUES])
		dev->num_rx_queues = nla_get_u32(tb[IFLA_NUM_RX_QUEUES]);
}

/**
 * rtnl_create_link() - A new device with the attributes asked for, not registered yet.
 * @net: where it will live
 * @name: may have a "%d"
 * @ops: its kind
 * @tb: IFLA_*
 * @extack: takes the kernel's sentence
 *
 * Return: NULL when the request was wrong: -EINVAL.
 */
struct net_device *rtnl_create_link(struct net *net, const char *name,
				    const struct rtnl_link_ops *ops, const struct nlattr **tb,
				    struct ng_extack *extack)
{
	struct net_device *dev;
	uint32_t mtu;

	if (rtnl_bad_queues(tb[IFLA_NUM_TX_QUEUES])) {
		NG_SET_ERR_MSG(extack, "Invalid number of transmit queues");
		return NULL;
	}
	if (rtnl_bad_queues(tb[IFLA_NUM_RX_QUEUES])) {
		NG_SET_ERR_MSG(extack, "Invalid number of receive queues");
		return NULL;
	}
	dev = alloc_netdev(net, name, ops->priv_size);
	dev->rtnl_link_ops = ops;
	dev->name_assign_type = tb[IFLA_IFNAME] ? NET_NAME_USER : NET_NAME_ENUM;
	dev->rtnl_initializing = true;
	ops->setup(dev);
	if (rtnl_validate_linkmsg(dev, tb, extack))
		goto out_free;
	if (tb[IFLA_MTU]) {
		mtu = nla_get_u32(tb[IFLA_MTU]);
		if ((int32_t)mtu < 0 || mtu < dev->min_mtu) {
			NG_SET_ERR_MSG(extack, "mtu less than device minimum");
			goto out_free;
		}
		if (dev->max_mtu && mtu > dev->max_mtu) {
			NG_SET_ERR_MSG(extack, "mtu greater than device maximum");
			goto out_free;
		}
		dev->mtu = mtu;
	}
	rtnl_apply_link(dev, tb);
	return dev;

out_free:
	free_netdev(dev);
	return NULL;
}

/**
 * rtnl_configure_link() - A new link is registered: its flags, and listeners hear of it.
 * @dev: device
 * @ifm: header of the request, NULL: no flags
 *
 * Return: 0 or what bringing it up said.
 */
int rtnl_configure_link(struct net_device *dev, const struct ifinfomsg *ifm)
{
	uint32_t old = dev->flags;
	int err = 0;

	if (ifm && (ifm->ifi_flags || ifm->ifi_change))
		err = dev_change_flags(dev, rtnl_dev_combine_flags(dev, ifm), NULL);
	if (err)
		return err;
	/* one notice: the change of flags has told them */
	if (dev->rtnl_initializing && dev->flags == old)
		rtmsg_ifinfo(RTM_NEWLINK, dev, ~0U);
	dev->rtnl_initializing = false;
	return 0;
}

static void rtnl_undo_link(struct net_device *dev)
{
	if (dev->rtnl_link_ops->dellink)
		dev->rtnl_link_ops->dellink(dev);
	else
		unregister_netdevice(dev);
}

/* Registers @dev, then does what needs it registered. @dev is gone on failure. */
static int rtnl_newlink_register(struct nl_request *req, struct newlink *nl, struct net_device *dev,
				 struct net *link_net, struct net *dest_net)
{
	char name[IFNAMSIZ];
	int err;

	if (nl->ops->newlink)
		err = nl->ops->newlink(link_net ? link_net : req->net, dev, nl->tb,
				       nl->info[IFLA_INFO_DATA], req->extack);
	else
		err = register_netdevice(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	dev->req = req;
	err = rtnl_configure_link(dev, &nl->ifm);
	dev->req = NULL;
	if (!err && link_net) {
		memcpy(name, dev->name, sizeof(name));
		err = dev_change_net_namespace(dev, dest_net, name, req->extack);
	}
	if (!err && nl->tb[IFLA_MASTER])
		err = rtnl_do_set_master(dev, (int)nla_get_u32(nl->tb[IFLA_MASTER]), req->extack);
	if (err)
		rtnl_undo_link(dev);
	return err;
}

static int rtnl_newlink_create(struct nl_request *req, struct newlink *nl)
{
	struct net *dest_net, *link_net = NULL;
	struct net_device *dev;
	char ifname[IFNAMSIZ];
	int err;

	if (nl->tb[IFLA_IFNAME])
		nla_strscpy(ifname, nl->tb[IFLA_IFNAME], sizeof(ifname));
	else
		scnprintf(ifname, sizeof(ifname), "%s%%d", nl->ops->kind);
	dest_net = rtnl_link_get_net(req->net, nl->tb, &err);
	if (!dest_net)
		return err;
	if (nl->tb[IFLA_LINK_NETNSID]) {
		link_net = get_net_ns_by_id(dest_net, (int)nla_get_u32(nl->tb[IFLA_LINK_NETNSID]));
		if (!link_net) {
			NG_SET_ERR_MSG(req->extack, "Unknown network namespace id");
			put_net(dest_net);
			return -EINVAL;
		}
	}
	dev = rtnl_create_link(link_net ? link_net : dest_net, ifname, nl->ops, nl->tb,
			       req->extack);
	if (dev) {
		dev->ifindex = nl->ifm.ifi_index;
		dev->origin = req->origin;
		err = rtnl_newlink_register(req, nl, dev, link_net, dest_net);
	} else {
		err = -EINVAL;
	}
	put_net(dest_net);
	return err;
}

/* The device is there: the kind's own settings, then the general ones. */
static int rtnl_changelink(struct nl_request *req, struct newlink *nl, struct net_device *dev)
{
	const struct rtnl_link_ops *m_ops = dev->master ? dev->master->rtnl_link_ops : NULL;
	uint16_t flags = req->nlh->nlmsg_flags;
	bool notify = false;
	int err;

	if (flags & NLM_F_EXCL)
		return -EEXIST;
	if (flags & NLM_F_REPLACE)
		return -EOPNOTSUPP;
	if (nl->info[IFLA_INFO_DATA]) {
		if (!nl->ops || nl->ops != dev->rtnl_link_ops || !nl->ops->changelink)
			return -EOPNOTSUPP;
		err = nl->ops->changelink(dev, nl->info[IFLA_INFO_DATA], req->extack);
		if (err)
			return err;
		notify = true;
	}
	if (nl->info[IFLA_INFO_SLAVE_DATA]) {
		if (!m_ops || !m_ops->slave_changelink)
			return -EOPNOTSUPP;
		err = m_ops->slave_changelink(dev->master, dev, nl->info[IFLA_INFO_SLAVE_DATA],
					      req->extack);
		if (err)
			return err;
		notify = true;
	}
	return rtnl_do_setlink(req, dev, nl->tb, notify);
}

static int rtnl_group_changelink(struct nl_request *req, struct newlink *nl)
{
	uint32_t group = nla_get_u32(nl->tb[IFLA_GROUP]);
	struct net_device *dev, *next;
	int err;

	list_for_each_entry_safe(dev, next, &req->net->dev_base_head, dev_list) {
		if (dev->group != group)
			continue;
		err = rtnl_do_setlink(req, dev, nl->tb, false);
		if (err)
			return err;
	}
	return 0;
}

static int rtnl_parse_kind(struct newlink *nl, struct ng_extack *extack)
{
	static const struct nla_policy policy[IFLA_INFO_MAX + 1] = {
		[IFLA_INFO_KIND] = { .type = NLA_STRING },
		[IFLA_INFO_DATA] = { .type = NLA_NESTED },
		[IFLA_INFO_SLAVE_KIND] = { .type = NLA_STRING },
		[IFLA_INFO_SLAVE_DATA] = { .type = NLA_NESTED },
	};
	char kind[56] = ""; /* MODULE_NAME_LEN */
	int err;

	if (nl->tb[IFLA_LINKINFO]) {
		err = nla_parse_nested_deprecated(nl->info, IFLA_INFO_MAX, nl->tb[IFLA_LINKINFO],
						  policy, NULL);
		if (err)
			return err;
	}
	if (nl->info[IFLA_INFO_KIND])
		nla_strscpy(kind, nl->info[IFLA_INFO_KIND], sizeof(kind));
	nl->ops = kind[0] ? rtnl_link_ops_get(kind) : NULL;
	if (!nl->ops)
		return 0;
	err = rtnl_validate_kind(nl->ops, nl->tb);
	return err ? err : rtnl_validate_peer(nl, extack);
}

/* Is it there already? A new one (NLM_F_EXCL) only counts where it is to live. */
static int rtnl_newlink_find(struct nl_request *req, struct newlink *nl,
			     struct net_device **ret_dev)
{
	const uint16_t is_new = NLM_F_CREATE | NLM_F_EXCL;
	struct net *net;
	int err;

	if ((req->nlh->nlmsg_flags & is_new) != is_new) {
		*ret_dev = rtnl_dev_get(req->net, &nl->ifm, nl->tb);
		return 0;
	}
	net = rtnl_link_get_net(req->net, nl->tb, &err);
	if (!net)
		return err;
	*ret_dev = rtnl_dev_get(net, &nl->ifm, nl->tb);
	put_net(net);
	return 0;
}

/**
 * rtnl_newlink() - RTM_NEWLINK: makes a link, or changes one that is there.
 * @req: request
 *
 * Return: 0 or -errno with the kernel's sentence; -ENODEV for an empty request.
 */
int rtnl_newlink(struct nl_request *req)
{
	struct newlink nl = { .ops = NULL };
	struct net_device *dev = NULL;
	int err;

	err = rtnl_parse_link(req, &nl.ifm, nl.tb);
	if (err)
		return err;
	if (nl.ifm.ifi_index < 0) {
		NG_SET_ERR_MSG(req->extack, "ifindex can't be negative");
		return -EINVAL;
	}
	err = rtnl_newlink_find(req, &nl, &dev);
	if (!err)
		err = rtnl_parse_kind(&nl, req->extack);
	if (err)
		return err;
	if (dev)
		return rtnl_changelink(req, &nl, dev);

	if (!(req->nlh->nlmsg_flags & NLM_F_CREATE)) {
		if (nl.ifm.ifi_index > 0 || nl.tb[IFLA_IFNAME] || nl.tb[IFLA_ALT_IFNAME])
			return -ENODEV;
		return nl.tb[IFLA_GROUP] ? rtnl_group_changelink(req, &nl) : -ENODEV;
	}
	if (nl.tb[IFLA_MAP] || nl.tb[IFLA_PROTINFO])
		return -EOPNOTSUPP;
	if (!nl.ops) {
		NG_SET_ERR_MSG(req->extack, "Unknown device type");
		return -EOPNOTSUPP;
	}
	return rtnl_newlink_create(req, &nl);
}

/**
 * rtnl_setlink() - RTM_SETLINK: changes a link.
 * @req: request
 *
 * Return: 0 or -errno.
 */
int rtnl_setlink(struct nl_request *req)
{
	const struct nlattr *tb[IFLA_MAX + 1];
	struct net_device *dev;
	struct ifinfomsg ifm;
	int err;

	err = rtnl_parse_link(req, &ifm, tb);
	if (err)
		return err;
	if (ifm.ifi_index <= 0 && !tb[IFLA_IFNAME] && !tb[IFLA_ALT_IFNAME])
		return -EINVAL;
	dev = rtnl_dev_get(req->net, &ifm, tb);
	return dev ? rtnl_do_setlink(req, dev, tb, false) : -ENODEV;
}

static int rtnl_group_dellink(struct net *net, uint32_t group)
{
	struct net_device *dev;
	bool found = false;

	if (!group)
		return -EPERM;
	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (dev->group != group)
			continue;
		found = true;
		if (!dev->rtnl_link_ops || !dev->rtnl_link_ops->dellink)
			return -EOPNOTSUPP;
	}
	if (!found)
		return -ENODEV;
again:
	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (dev->group == group) {
			dev->rtnl_link_ops->dellink(dev); /* maybe a peer too: start over */
			goto again;
		}
	}
	return 0;
}

/**
 * rtnl_dellink() - RTM_DELLINK: a link goes, or a whole group.
 * @req: request
 *
 * Return: 0 or -errno.
 */
int rtnl_dellink(struct nl_request *req)
{
	const struct nlattr *tb[IFLA_MAX + 1];
	struct net_device *dev;
	struct ifinfomsg ifm;
	int err;

	err = rtnl_parse_link(req, &ifm, tb);
	if (err)
		return err;
	if (ifm.ifi_index <= 0 && !tb[IFLA_IFNAME] && !tb[IFLA_ALT_IFNAME])
		return tb[IFLA_GROUP] ? rtnl_group_dellink(req->net, nla_get_u32(tb[IFLA_GROUP]))
				      : -EINVAL;
	dev = rtnl_dev_get(req->net, &ifm, tb);
	if (!dev)
		return -ENODEV;
	if (!dev->rtnl_link_ops || !dev->rtnl_link_ops->dellink)
		return -EOPNOTSUPP;
	dev->req = req;
	dev->rtnl_link_ops->dellink(dev);
	return 0;
}
