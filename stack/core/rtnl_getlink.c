/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtnl_getlink.c - `ip link show`: RTM_GETLINK of one link and of all
 *
 * mirrors net/core/rtnetlink.c (rtnl_getlink(), rtnl_dump_ifinfo())
 * CONTROL
 */
#include <errno.h>

#include "core/rtnetlink.h"

/**
 * netdev_next_by_index() - Goes through a namespace's devices as dumps do.
 * @net: namespace
 * @dev: the last one, NULL at the start
 *
 * Return: the device with the next higher index, or NULL.
 */
struct net_device *netdev_next_by_index(const struct net *net, const struct net_device *dev)
{
	int after = dev ? dev->ifindex : 0;
	struct net_device *pos, *best = NULL;

	if (after < net->last_ifindex) { /* most often the numbers have no holes */
		best = dev_get_by_index(net, after + 1);
		if (best)
			return best;
	}
	list_for_each_entry(pos, &net->dev_base_head, dev_list) {
		if (pos->ifindex > after && (!best || pos->ifindex < best->ifindex))
			best = pos;
	}
	return best;
}

static bool is_strict(const struct nl_request *req)
{
	return req->nlk && req->nlk->strict_chk;
}

/* What a strict request must not say, in its header */
static int valid_header(struct nl_request *req, const char *invalid)
{
	struct ifinfomsg ifm;

	memcpy(&ifm, nlmsg_data(req->nlh), sizeof(ifm));
	if (!ifm.__ifi_pad && !ifm.ifi_type && !ifm.ifi_flags && !ifm.ifi_change)
		return 0;
	NG_SET_ERR_MSG(req->extack, invalid);
	return -EINVAL;
}

static int rtnl_valid_getlink_req(struct nl_request *req, const struct nlattr **tb)
{
	int err;

	if (req->nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(struct ifinfomsg)) {
		NG_SET_ERR_MSG(req->extack, "Invalid header for get link");
		return -EINVAL;
	}
	if (!is_strict(req))
		return nlmsg_parse_deprecated(req->nlh, sizeof(struct ifinfomsg), tb, IFLA_MAX,
					      rtnl_ifla_policy, req->extack);
	err = valid_header(req, "Invalid values in header for get link request");
	if (!err)
		err = nlmsg_parse_deprecated_strict(req->nlh, sizeof(struct ifinfomsg), tb,
						    IFLA_MAX, rtnl_ifla_policy, req->extack);
	for (int i = 0; !err && i <= IFLA_MAX; i++) {
		if (!tb[i] || i == IFLA_IFNAME || i == IFLA_ALT_IFNAME || i == IFLA_EXT_MASK ||
		    i == IFLA_TARGET_NETNSID)
			continue;
		NG_SET_ERR_MSG(req->extack, "Unsupported attribute in get link request");
		err = -EINVAL;
	}
	return err;
}

/**
 * rtnl_getlink() - RTM_GETLINK of one link, by index or name.
 * @req: request
 *
 * Return: 0, -ENODEV or -EINVAL.
 */
int rtnl_getlink(struct nl_request *req)
{
	const struct nlattr *tb[IFLA_MAX + 1];
	struct net *net = req->net;
	struct net_device *dev;
	struct ifinfomsg ifm;
	char name[ALTIFNAMSIZ];
	int err;

	err = rtnl_valid_getlink_req(req, tb);
	if (err)
		return err;
	if (tb[IFLA_TARGET_NETNSID]) {
		net = get_net_ns_by_id(net, (int)nla_get_u32(tb[IFLA_TARGET_NETNSID]));
		if (!net)
			return -EINVAL;
	}
	memcpy(&ifm, nlmsg_data(req->nlh), sizeof(ifm));
	if (ifm.ifi_index > 0) {
		dev = dev_get_by_index(net, ifm.ifi_index);
	} else if (tb[IFLA_IFNAME] || tb[IFLA_ALT_IFNAME]) {
		nla_strscpy(name, tb[IFLA_IFNAME] ? tb[IFLA_IFNAME] : tb[IFLA_ALT_IFNAME],
			    sizeof(name));
		dev = dev_get_by_name(net, name);
	} else {
		return -EINVAL;
	}
	if (!dev)
		return -ENODEV;
	/* what is told is what will be honoured: a carrier change that waits takes effect first */
	linkwatch_sync_dev(dev);
	rtnl_reply_ifinfo(req, dev);
	return 0;
}

/* Which links a dump wants */
struct link_filter {
	struct net *net;
	int master;
	const struct rtnl_link_ops *ops;
};

static void filter_kind(struct link_filter *f, const struct nlattr *linkinfo)
{
	const struct nlattr *info[IFLA_INFO_MAX + 1];
	char kind[56]; /* MODULE_NAME_LEN */

	if (nla_parse_nested(info, IFLA_INFO_MAX, linkinfo) || !info[IFLA_INFO_KIND])
		return;
	nla_strscpy(kind, info[IFLA_INFO_KIND], sizeof(kind));
	f->ops = rtnl_link_ops_get(kind);
}

static int parse_filter(struct nl_request *req, const struct nlattr **tb, struct link_filter *f)
{
	for (int i = 0; i <= IFLA_MAX; i++) {
		if (!tb[i])
			continue;
		switch (i) {
		case IFLA_TARGET_NETNSID:
			f->net = get_net_ns_by_id(req->net, (int)nla_get_u32(tb[i]));
			if (!f->net) {
				NG_SET_ERR_MSG(req->extack, "Invalid target network namespace id");
				return -EINVAL;
			}
			break;
		case IFLA_EXT_MASK:
			break;
		case IFLA_MASTER:
			f->master = (int)nla_get_u32(tb[i]);
			break;
		case IFLA_LINKINFO:
			filter_kind(f, tb[i]);
			break;
		default:
			if (!is_strict(req))
				break;
			NG_SET_ERR_MSG(req->extack, "Unsupported attribute in link dump request");
			return -EINVAL;
		}
	}
	return 0;
}

static int rtnl_valid_dump_ifinfo_req(struct nl_request *req, const struct nlattr **tb)
{
	size_t hdrlen = sizeof(struct ifinfomsg);
	int err;

	if (!is_strict(req)) {
		if (req->nlh->nlmsg_len < NLMSG_HDRLEN + hdrlen)
			hdrlen = sizeof(struct rtgenmsg); /* iproute2 before 3.9 */
		return nlmsg_parse_deprecated(req->nlh, hdrlen, tb, IFLA_MAX, rtnl_ifla_policy,
					      req->extack);
	}
	if (req->nlh->nlmsg_len < NLMSG_HDRLEN + hdrlen) {
		NG_SET_ERR_MSG(req->extack, "Invalid header for link dump");
		return -EINVAL;
	}
	err = valid_header(req, "Invalid values in header for link dump request");
	if (err)
		return err;
	if (((const struct ifinfomsg *)nlmsg_data(req->nlh))->ifi_index) {
		NG_SET_ERR_MSG(req->extack, "Filter by device index not supported for link dumps");
		return -EINVAL;
	}
	return nlmsg_parse_deprecated_strict(req->nlh, hdrlen, tb, IFLA_MAX, rtnl_ifla_policy,
					     req->extack);
}

static bool link_filtered(const struct net_device *dev, const struct link_filter *f)
{
	int master = dev->master ? dev->master->ifindex : 0;

	if (f->ops && dev->rtnl_link_ops != f->ops)
		return true;
	if (f->master == -1) /* those that have none */
		return master != 0;
	return f->master && f->master != master;
}

/**
 * rtnl_dump_ifinfo() - RTM_GETLINK of all links, by index.
 * @req: request; may ask for one kind or one master
 *
 * Return: 0 or -EINVAL.
 */
int rtnl_dump_ifinfo(struct nl_request *req)
{
	struct link_filter f = { .net = req->net };
	const struct nlattr *tb[IFLA_MAX + 1];
	struct net_device *dev = NULL;
	int err;

	err = rtnl_valid_dump_ifinfo_req(req, tb);
	if (err && is_strict(req))
		return err;
	if (!err) {
		err = parse_filter(req, tb, &f);
		if (err)
			return err;
	}
	req->dump_filtered = f.master || f.ops;
	while ((dev = netdev_next_by_index(f.net, dev))) {
		if (!link_filtered(dev, &f))
			rtnl_reply_ifinfo(req, dev);
	}
	return 0;
}
