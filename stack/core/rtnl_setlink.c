/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtnl_setlink.c - changes of a link that exists: `ip link set`
 *
 * mirrors net/core/rtnetlink.c (do_setlink() and what it calls)
 * CONTROL
 */
#include <errno.h>
#include <linux/if.h>

#include "core/rtnetlink.h"
#include "core/xalloc.h"
#include "drivers/drivers.h"
#include "ipv4/inetdevice.h"
#include "netlink/nlattr.h"

#define GSO_MAX_SIZE 524280 /* 8 * 65535: what `ip -d link` shows as tso_max_size */

/* The shape of a link's attributes, in requests; ifla_policy in net/core/rtnetlink.c */
const struct nla_policy rtnl_ifla_policy[IFLA_MAX + 1] = {
	[IFLA_IFNAME] = { .type = NLA_STRING, .len = IFNAMSIZ - 1 },
	[IFLA_ADDRESS] = { .type = NLA_BINARY, .len = 32 },
	[IFLA_BROADCAST] = { .type = NLA_BINARY, .len = 32 },
	[IFLA_MAP] = { .len = sizeof(struct rtnl_link_ifmap) },
	[IFLA_MTU] = { .type = NLA_U32 },
	[IFLA_LINK] = { .type = NLA_U32 },
	[IFLA_MASTER] = { .type = NLA_U32 },
	[IFLA_CARRIER] = { .type = NLA_U8 },
	[IFLA_TXQLEN] = { .type = NLA_U32 },
	[IFLA_WEIGHT] = { .type = NLA_U32 },
	[IFLA_OPERSTATE] = { .type = NLA_U8 },
	[IFLA_LINKMODE] = { .type = NLA_U8 },
	[IFLA_LINKINFO] = { .type = NLA_NESTED },
	[IFLA_NET_NS_PID] = { .type = NLA_U32 },
	[IFLA_NET_NS_FD] = { .type = NLA_U32 },
	[IFLA_IFALIAS] = { .type = NLA_BINARY, .len = IFALIASZ - 1 },
	[IFLA_VFINFO_LIST] = { .type = NLA_NESTED },
	[IFLA_VF_PORTS] = { .type = NLA_NESTED },
	[IFLA_PORT_SELF] = { .type = NLA_NESTED },
	[IFLA_AF_SPEC] = { .type = NLA_NESTED },
	[IFLA_EXT_MASK] = { .type = NLA_U32 },
	[IFLA_PROMISCUITY] = { .type = NLA_U32 },
	[IFLA_NUM_TX_QUEUES] = { .type = NLA_U32 },
	[IFLA_NUM_RX_QUEUES] = { .type = NLA_U32 },
	[IFLA_GSO_MAX_SEGS] = { .type = NLA_U32 },
	[IFLA_GSO_MAX_SIZE] = { .type = NLA_U32 },
	[IFLA_PHYS_PORT_ID] = { .type = NLA_BINARY, .len = 32 },
	[IFLA_CARRIER_CHANGES] = { .type = NLA_U32 },
	[IFLA_PHYS_SWITCH_ID] = { .type = NLA_BINARY, .len = 32 },
	[IFLA_LINK_NETNSID] = { .type = NLA_S32 },
	[IFLA_PROTO_DOWN] = { .type = NLA_U8 },
	[IFLA_XDP] = { .type = NLA_NESTED },
	[IFLA_EVENT] = { .type = NLA_U32 },
	[IFLA_GROUP] = { .type = NLA_U32 },
	[IFLA_TARGET_NETNSID] = { .type = NLA_S32 },
	[IFLA_CARRIER_UP_COUNT] = { .type = NLA_U32 },
	[IFLA_CARRIER_DOWN_COUNT] = { .type = NLA_U32 },
	[IFLA_MIN_MTU] = { .type = NLA_U32 },
	[IFLA_MAX_MTU] = { .type = NLA_U32 },
	[IFLA_PROP_LIST] = { .type = NLA_NESTED },
	[IFLA_ALT_IFNAME] = { .type = NLA_STRING, .len = 127 },
	[IFLA_PERM_ADDRESS] = { .type = NLA_REJECT },
	[IFLA_PROTO_DOWN_REASON] = { .type = NLA_NESTED },
	[IFLA_NEW_IFINDEX] = { .type = NLA_U32, .min = 1 },
	[IFLA_PARENT_DEV_NAME] = { .type = NLA_NUL_STRING },
	[IFLA_GRO_MAX_SIZE] = { .type = NLA_U32 },
	[IFLA_TSO_MAX_SIZE] = { .type = NLA_REJECT },
	[IFLA_TSO_MAX_SEGS] = { .type = NLA_REJECT },
	[IFLA_ALLMULTI] = { .type = NLA_REJECT },
};

/**
 * rtnl_validate_linkmsg() - Does a request make sense for a device?
 * @dev: device, NULL for one that does not exist yet
 * @tb: IFLA_* of the request
 * @extack: takes the kernel's sentence
 *
 * Return: 0 or -errno.
 */
int rtnl_validate_linkmsg(const struct net_device *dev, const struct nlattr **tb,
			  struct ng_extack *extack)
{
	const struct nlattr *af;
	size_t left;
	int err;

	if (dev && tb[IFLA_ADDRESS] && nla_len(tb[IFLA_ADDRESS]) < dev->addr_len)
		return -EINVAL;
	if (dev && tb[IFLA_BROADCAST] && nla_len(tb[IFLA_BROADCAST]) < dev->addr_len)
		return -EINVAL;
	if (tb[IFLA_GSO_MAX_SIZE] && nla_get_u32(tb[IFLA_GSO_MAX_SIZE]) > GSO_MAX_SIZE) {
		NG_SET_ERR_MSG(extack, "too big gso_max_size");
		return -EINVAL;
	}
	if (!tb[IFLA_AF_SPEC])
		return 0;
	nla_for_each_nested(af, tb[IFLA_AF_SPEC], left) {
		if (nla_type(af) != AF_INET)
			return -EAFNOSUPPORT;
		err = inet_validate_link_af(dev, af, extack);
		if (err)
			return err;
	}
	return 0;
}

/**
 * rtnl_dev_combine_flags() - The flags a device gets by a request.
 * @dev: device
 * @ifm: ifi_change says which of ifi_flags count; 0: all
 *
 * Return: IFF_*.
 */
uint32_t rtnl_dev_combine_flags(const struct net_device *dev, const struct ifinfomsg *ifm)
{
	uint32_t now = (dev->flags & ~(uint32_t)(IFF_PROMISC | IFF_ALLMULTI)) |
		       (dev->gflags & (IFF_PROMISC | IFF_ALLMULTI));

	if (!ifm->ifi_change)
		return ifm->ifi_flags;
	return (ifm->ifi_flags & ifm->ifi_change) | (now & ~ifm->ifi_change);
}

/**
 * rtnl_set_operstate() - The administrator's word on a link's state.
 * @dev: device
 * @transition: IF_OPER_UP, IF_OPER_DORMANT or IF_OPER_TESTING; others change nothing
 */
void rtnl_set_operstate(struct net_device *dev, uint8_t transition)
{
	uint8_t state = dev->operstate;

	if (transition == IF_OPER_UP &&
	    (state == IF_OPER_DORMANT || state == IF_OPER_TESTING || state == IF_OPER_UNKNOWN))
		state = IF_OPER_UP;
	else if ((transition == IF_OPER_DORMANT || transition == IF_OPER_TESTING) &&
		 (state == IF_OPER_UP || state == IF_OPER_UNKNOWN))
		state = transition;
	if (state == dev->operstate)
		return;
	dev->operstate = state;
	netif_state_change(dev);
}

/**
 * rtnl_do_set_master() - Puts a device under another, or takes it out.
 * @dev: device
 * @ifindex: of the new master; 0: none
 * @extack: takes the kernel's sentence
 *
 * Return: 0 or -errno.
 */
int rtnl_do_set_master(struct net_device *dev, int ifindex, struct ng_extack *extack)
{
	struct net_device *upper = dev->master;
	int err;

	if (upper) {
		if (upper->ifindex == ifindex)
			return 0;
		if (!upper->ops->ndo_del_slave)
			return -EOPNOTSUPP;
		err = upper->ops->ndo_del_slave(upper, dev);
		if (err)
			return err;
	}
	if (!ifindex)
		return 0;
	upper = dev_get_by_index(dev->net, ifindex);
	if (!upper)
		return -EINVAL;
	if (!upper->ops->ndo_add_slave)
		return -EOPNOTSUPP;
	return upper->ops->ndo_add_slave(upper, dev, extack);
}

static int set_netns(struct nl_request *req, struct net_device *dev, const struct nlattr **tb,
		     const char *pat)
{
	struct net *net;
	int err;

	if (!tb[IFLA_NET_NS_PID] && !tb[IFLA_NET_NS_FD] && !tb[IFLA_TARGET_NETNSID])
		return 0;
	net = rtnl_link_get_net(dev->net, tb, &err);
	if (!net)
		return err;
	err = dev_change_net_namespace(dev, net, pat, req->extack);
	put_net(net);
	return err;
}

/* Address, MTU, group, name, alias, broadcast: in the kernel's order */
static int set_identity(struct net_device *dev, const struct nlattr **tb, const char *name,
			bool *notify, struct ng_extack *extack)
{
	int err = 0;

	if (tb[IFLA_MAP])
		return -EOPNOTSUPP;
	if (tb[IFLA_ADDRESS])
		err = dev_set_mac_address(dev, nla_data(tb[IFLA_ADDRESS]), extack);
	if (!err && tb[IFLA_MTU])
		err = dev_set_mtu(dev, nla_get_u32(tb[IFLA_MTU]), extack);
	if (err)
		return err;
	if (tb[IFLA_GROUP]) {
		dev->group = nla_get_u32(tb[IFLA_GROUP]);
		*notify = true;
	}
	if (name) {
		err = dev_change_name(dev, name);
		if (err)
			return err;
	}
	if (tb[IFLA_IFALIAS]) {
		char alias[IFALIASZ];

		nla_strscpy(alias, tb[IFLA_IFALIAS], sizeof(alias));
		free(dev->ifalias);
		dev->ifalias = *alias ? xstrdup(alias) : NULL;
		*notify = true;
	}
	if (tb[IFLA_BROADCAST]) {
		memcpy(dev->broadcast, nla_data(tb[IFLA_BROADCAST]), dev->addr_len);
		call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
	}
	return 0;
}

/* Only dummy lets the administrator pull the plug. */
static int set_carrier(struct net_device *dev, bool on)
{
	if (dev->rtnl_link_ops != &dummy_link_ops)
		return -EOPNOTSUPP;
	if (on)
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
	return 0;
}

/* What has no meaning for any kind of device there is */
static int set_unsupported(const struct nlattr **tb, struct ng_extack *extack)
{
	if (tb[IFLA_PROTO_DOWN] || tb[IFLA_PROTO_DOWN_REASON]) {
		NG_SET_ERR_MSG(extack, "Protodown not supported by device");
		return -EOPNOTSUPP;
	}
	if (tb[IFLA_VFINFO_LIST] || tb[IFLA_VF_PORTS] || tb[IFLA_PORT_SELF] || tb[IFLA_XDP] ||
	    tb[IFLA_GSO_MAX_SIZE] || tb[IFLA_GSO_MAX_SEGS] || tb[IFLA_GRO_MAX_SIZE])
		return -EOPNOTSUPP;
	return 0;
}

static int set_rest(struct net_device *dev, const struct nlattr **tb, bool *notify,
		    struct ng_extack *extack)
{
	const struct nlattr *af;
	size_t left;
	int err = 0;

	if (tb[IFLA_MASTER])
		err = rtnl_do_set_master(dev, (int)nla_get_u32(tb[IFLA_MASTER]), extack);
	if (!err && tb[IFLA_CARRIER])
		err = set_carrier(dev, nla_get_u8(tb[IFLA_CARRIER]));
	if (err)
		return err;
	if (tb[IFLA_TXQLEN] && dev->tx_queue_len != nla_get_u32(tb[IFLA_TXQLEN])) {
		dev->tx_queue_len = nla_get_u32(tb[IFLA_TXQLEN]);
		rtmsg_ifinfo(RTM_NEWLINK, dev, 0);
	}
	if (tb[IFLA_OPERSTATE])
		rtnl_set_operstate(dev, nla_get_u8(tb[IFLA_OPERSTATE]));
	if (tb[IFLA_LINKMODE]) {
		dev->link_mode = nla_get_u8(tb[IFLA_LINKMODE]);
		*notify = true;
	}
	if (tb[IFLA_AF_SPEC]) {
		nla_for_each_nested(af, tb[IFLA_AF_SPEC], left) {
			err = inet_set_link_af(dev, af);
			if (err)
				return err;
			*notify = true;
		}
	}
	return set_unsupported(tb, extack);
}

/**
 * rtnl_do_setlink() - Applies a request to a device, step by step; what is done stays done.
 * @req: request; its header has flags
 * @dev: device
 * @tb: IFLA_* of the request
 * @notify: something that listeners are told of was already changed
 *
 * Return: 0 or -errno of the first step that failed.
 */
int rtnl_do_setlink(struct nl_request *req, struct net_device *dev, const struct nlattr **tb,
		    bool notify)
{
	char ifname[IFNAMSIZ] = "";
	struct ifinfomsg ifm;
	int err;

	memcpy(&ifm, nlmsg_data(req->nlh), sizeof(ifm));
	err = rtnl_validate_linkmsg(dev, tb, req->extack);
	if (err)
		return err;
	if (tb[IFLA_IFNAME])
		nla_strscpy(ifname, tb[IFLA_IFNAME], sizeof(ifname));
	err = set_netns(req, dev, tb, ifname[0] ? ifname : NULL);
	if (!err)
		err = set_identity(dev, tb, ifm.ifi_index > 0 && ifname[0] ? ifname : NULL, &notify,
				   req->extack);
	if (!err && (ifm.ifi_flags || ifm.ifi_change))
		err = dev_change_flags(dev, rtnl_dev_combine_flags(dev, &ifm), req->extack);
	if (!err)
		err = set_rest(dev, tb, &notify, req->extack);
	if (notify)
		netif_state_change(dev); /* a bridge looks at its port again, too */
	return err;
}
