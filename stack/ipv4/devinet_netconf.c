/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devinet_netconf.c - RTM_GETNETCONF: conf/ values as messages
 *
 * mirrors net/ipv4/devinet.c (netconf part)
 * CONTROL
 */
#include <errno.h>
#include <linux/netconf.h>

#include "core/rtnetlink.h"
#include "ipv4/devinet.h"

static const struct {
	int type, index;
} netconf_values[] = {
	{ NETCONFA_FORWARDING, IPV4_DEVCONF_FORWARDING },
	{ NETCONFA_RP_FILTER, IPV4_DEVCONF_RP_FILTER },
	{ NETCONFA_MC_FORWARDING, IPV4_DEVCONF_MC_FORWARDING },
	{ NETCONFA_BC_FORWARDING, IPV4_DEVCONF_BC_FORWARDING },
	{ NETCONFA_PROXY_NEIGH, IPV4_DEVCONF_PROXY_ARP },
	{ NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN, IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN },
};

static void inet_netconf_fill_devconf(struct nl_buf *buf, struct netconfmsg *ncm, int ifindex,
				      const struct ipv4_devconf *devconf, int type)
{
	ncm->ncm_family = AF_INET;
	nla_put_u32(buf, NETCONFA_IFINDEX, (uint32_t)ifindex);
	for (size_t i = 0; devconf && i < sizeof(netconf_values) / sizeof(netconf_values[0]); i++) {
		if (type == NETCONFA_ALL || type == netconf_values[i].type)
			nla_put_u32(buf, (uint16_t)netconf_values[i].type,
				    (uint32_t)devconf->data[netconf_values[i].index - 1]);
	}
	nlmsg_end(buf);
}

/**
 * inet_netconf_notify_devconf() - Tells listeners that conf/ values changed.
 * @net: namespace
 * @event: RTM_NEWNETCONF or RTM_DELNETCONF
 * @type: NETCONFA_*, or NETCONFA_ALL
 * @ifindex: device, NETCONFA_IFINDEX_ALL or _DEFAULT
 * @devconf: the values, NULL when they are gone
 */
void inet_netconf_notify_devconf(struct net *net, int event, int type, int ifindex,
				 const struct ipv4_devconf *devconf)
{
	struct nl_buf buf = { 0 };

	if (!netlink_has_listeners(net, NETLINK_ROUTE, RTNLGRP_IPV4_NETCONF))
		return;
	inet_netconf_fill_devconf(
		&buf, nlmsg_put(&buf, 0, 0, (uint16_t)event, 0, sizeof(struct netconfmsg)), ifindex,
		devconf, type);
	netlink_broadcast(net, NETLINK_ROUTE, RTNLGRP_IPV4_NETCONF, &buf);
	nl_buf_fini(&buf);
}

/**
 * devinet_conf_changed() - Tells listeners of a value written below /proc/sys/net/ipv4/conf
 * @net: namespace
 * @cnf: of a device, `all` or `default`
 * @index: IPV4_DEVCONF_*
 *
 * A new conf/all/forwarding tells of itself in inet_forward_change().
 */
void devinet_conf_changed(struct net *net, const struct ipv4_devconf *cnf, int index)
{
	struct net_device *dev;
	int ifindex = NETCONFA_IFINDEX_DEFAULT;
	int type;

	switch (index) {
	case IPV4_DEVCONF_FORWARDING:
		if (cnf == &net->ipv4->devconf_all)
			return;
		type = NETCONFA_FORWARDING;
		break;
	case IPV4_DEVCONF_RP_FILTER:
		type = NETCONFA_RP_FILTER;
		break;
	case IPV4_DEVCONF_PROXY_ARP:
		type = NETCONFA_PROXY_NEIGH;
		break;
	case IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN:
		type = NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN;
		break;
	default:
		return;
	}
	if (cnf == &net->ipv4->devconf_all) {
		ifindex = NETCONFA_IFINDEX_ALL;
	} else if (cnf != &net->ipv4->devconf_dflt) {
		list_for_each_entry(dev, &net->dev_base_head, dev_list) {
			if (dev->ip_ptr && &dev->ip_ptr->cnf == cnf)
				ifindex = dev->ifindex;
		}
	}
	inet_netconf_notify_devconf(net, RTM_NEWNETCONF, type, ifindex, cnf);
}

static void netconf_reply(struct nl_request *req, int ifindex, const struct ipv4_devconf *devconf)
{
	inet_netconf_fill_devconf(&req->reply,
				  nl_reply_begin(req, RTM_NEWNETCONF, 0, sizeof(struct netconfmsg)),
				  ifindex, devconf, NETCONFA_ALL);
}

/**
 * inet_netconf_get_devconf() - RTM_GETNETCONF of one device, `all` or `default`.
 * @req: request
 *
 * Return: 0 or -EINVAL.
 */
int inet_netconf_get_devconf(struct nl_request *req)
{
	const struct nlattr *tb[NETCONFA_MAX + 1];
	const struct net_device *dev;
	int ifindex;

	if (nlmsg_parse(req->nlh, sizeof(struct netconfmsg), tb, NETCONFA_MAX) ||
	    !tb[NETCONFA_IFINDEX])
		return -EINVAL;
	ifindex = (int)nla_get_u32(tb[NETCONFA_IFINDEX]);
	if (ifindex == NETCONFA_IFINDEX_ALL) {
		netconf_reply(req, ifindex, &req->net->ipv4->devconf_all);
	} else if (ifindex == NETCONFA_IFINDEX_DEFAULT) {
		netconf_reply(req, ifindex, &req->net->ipv4->devconf_dflt);
	} else {
		dev = dev_get_by_index(req->net, ifindex);
		if (!dev || !dev->ip_ptr)
			return -EINVAL;
		netconf_reply(req, ifindex, &dev->ip_ptr->cnf);
	}
	return 0;
}

/**
 * inet_netconf_dump_devconf() - RTM_GETNETCONF: devices by index, then `all` and `default`.
 * @req: request
 *
 * Return: 0.
 */
int inet_netconf_dump_devconf(struct nl_request *req)
{
	const struct net_device *dev = NULL;

	while ((dev = netdev_next_by_index(req->net, dev))) {
		if (dev->ip_ptr)
			netconf_reply(req, dev->ifindex, &dev->ip_ptr->cnf);
	}
	netconf_reply(req, NETCONFA_IFINDEX_ALL, &req->net->ipv4->devconf_all);
	netconf_reply(req, NETCONFA_IFINDEX_DEFAULT, &req->net->ipv4->devconf_dflt);
	return 0;
}
