/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink.c - the ethtool family: who is asked, and which file answers
 *
 * mirrors net/ethtool/netlink.c
 *
 * What no device here can do (pause frames, rings, coalescing, energy saving, error correction, wake on
 * LAN, modules, ...) is refused as their drivers refuse it: -EOPNOTSUPP.
 *
 * CONTROL
 */
#include <errno.h>

#include "core/net_namespace.h"
#include "ethtool/netlink.h"
#include "netlink/nlattr.h"

enum { ETHTOOL_GENL_ID = 0x15, ETHTOOL_GENL_GROUP = 6 }; /* as the measured kernel numbers them */

static int ethnl_doit(struct nl_request *req, const struct genlmsghdr *ghdr);

#define GET (GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP | GENL_CMD_CAP_HASPOL)
#define SET (GENL_UNS_ADMIN_PERM | GENL_CMD_CAP_DO | GENL_CMD_CAP_HASPOL)

/* all of Linux 6.18, by number: message types beyond those of the header are written as numbers */
static const struct genl_op ethtool_ops_list[] = {
	{ ETHTOOL_MSG_STRSET_GET, GET },
	{ ETHTOOL_MSG_LINKINFO_GET, GET },
	{ ETHTOOL_MSG_LINKINFO_SET, SET },
	{ ETHTOOL_MSG_LINKMODES_GET, GET },
	{ ETHTOOL_MSG_LINKMODES_SET, SET },
	{ ETHTOOL_MSG_LINKSTATE_GET, GET },
	{ ETHTOOL_MSG_DEBUG_GET, GET },
	{ ETHTOOL_MSG_DEBUG_SET, SET },
	{ ETHTOOL_MSG_WOL_GET, GET | SET },
	{ ETHTOOL_MSG_WOL_SET, SET },
	{ ETHTOOL_MSG_FEATURES_GET, GET },
	{ ETHTOOL_MSG_FEATURES_SET, SET },
	{ ETHTOOL_MSG_PRIVFLAGS_GET, GET },
	{ ETHTOOL_MSG_PRIVFLAGS_SET, SET },
	{ ETHTOOL_MSG_RINGS_GET, GET },
	{ ETHTOOL_MSG_RINGS_SET, SET },
	{ ETHTOOL_MSG_CHANNELS_GET, GET },
	{ ETHTOOL_MSG_CHANNELS_SET, SET },
	{ ETHTOOL_MSG_COALESCE_GET, GET },
	{ ETHTOOL_MSG_COALESCE_SET, SET },
	{ ETHTOOL_MSG_PAUSE_GET, GET },
	{ ETHTOOL_MSG_PAUSE_SET, SET },
	{ ETHTOOL_MSG_EEE_GET, GET },
	{ ETHTOOL_MSG_EEE_SET, SET },
	{ ETHTOOL_MSG_TSINFO_GET, GET },
	{ ETHTOOL_MSG_CABLE_TEST_ACT, SET },
	{ 27, SET },
	{ 28, GET },
	{ 29, GET },
	{ 30, SET },
	{ 31, GET | SET },
	{ 32, GET },
	{ 33, GET },
	{ 34, GET },
	{ 35, SET },
	{ 36, GET },
	{ 37, SET },
	{ 38, GET },
	{ 39, GET },
	{ 40, SET },
	{ 41, GET },
	{ 42, GET },
	{ 43, SET },
	{ 44, SET },
	{ 45, GET },
	{ 46, GET },
	{ 47, SET },
	{ 48, SET },
	{ 49, SET },
	{ 50, SET },
};

const struct genl_family ethtool_genl_family = {
	.id = ETHTOOL_GENL_ID,
	.name = ETHTOOL_GENL_NAME,
	.version = ETHTOOL_GENL_VERSION,
	.ops = ethtool_ops_list,
	.nr_ops = sizeof(ethtool_ops_list) / sizeof(ethtool_ops_list[0]),
	.group = ETHTOOL_MCGRP_MONITOR_NAME,
	.group_id = ETHTOOL_GENL_GROUP,
	.doit = ethnl_doit,
};

static int refuse(struct nl_request *req, const struct nlattr *at, const char *why, int err)
{
	req->extack->bad_attr = at;
	NG_SET_ERR_MSG(req->extack, why);
	return err;
}

/**
 * ethnl_parse_header() - The device a request is about
 * @req: request; its first attribute is the header, for every kind of message
 * @hdr: filled
 *
 * Return: 0, -EINVAL or -ENODEV with the kernel's sentence.
 */
int ethnl_parse_header(struct nl_request *req, struct ethnl_header *hdr)
{
	const struct nlattr *tb[2], *h[ETHTOOL_A_HEADER_MAX + 1];
	char name[IFNAMSIZ];
	int err;

	memset(hdr, 0, sizeof(*hdr));
	err = nlmsg_parse(req->nlh, GENL_HDRLEN, tb, 1);
	if (err)
		return err;
	if (!tb[1]) {
		NG_SET_ERR_MSG(req->extack, "request header missing");
		return -EINVAL;
	}
	err = nla_parse_nested(h, ETHTOOL_A_HEADER_MAX, tb[1]);
	if (err)
		return err;
	if (h[ETHTOOL_A_HEADER_FLAGS])
		hdr->flags = nla_get_u32(h[ETHTOOL_A_HEADER_FLAGS]);
	if (h[ETHTOOL_A_HEADER_DEV_INDEX]) {
		uint32_t index = nla_get_u32(h[ETHTOOL_A_HEADER_DEV_INDEX]);

		hdr->dev = dev_get_by_index(req->net, (int)index);
		return hdr->dev ? 0
				: refuse(req, h[ETHTOOL_A_HEADER_DEV_INDEX],
					 "no device matches ifindex", -ENODEV);
	}
	if (!h[ETHTOOL_A_HEADER_DEV_NAME])
		return 0;
	nla_strscpy(name, h[ETHTOOL_A_HEADER_DEV_NAME], sizeof(name));
	hdr->dev = dev_get_by_name(req->net, name);
	return hdr->dev ? 0
			: refuse(req, h[ETHTOOL_A_HEADER_DEV_NAME], "no device matches name",
				 -ENODEV);
}

/**
 * ethnl_reply_header() - Begins an answer about a device
 * @req: request
 * @cmd: ETHTOOL_MSG_*_REPLY
 * @dev: device; NULL: an answer about none
 */
void ethnl_reply_header(struct nl_request *req, uint8_t cmd, const struct net_device *dev)
{
	size_t nest;

	genl_reply_begin(req, &ethtool_genl_family, cmd);
	if (!dev)
		return;
	nest = nla_nest_start(&req->reply, 1 | NLA_F_NESTED);
	nla_put_u32(&req->reply, ETHTOOL_A_HEADER_DEV_INDEX, (uint32_t)dev->ifindex);
	nla_put_string(&req->reply, ETHTOOL_A_HEADER_DEV_NAME, dev->name);
	nla_nest_end(&req->reply, nest);
}

static int (*get_handler(uint8_t cmd))(struct nl_request *, const struct ethnl_header *)
{
	switch (cmd) {
	case ETHTOOL_MSG_LINKINFO_GET:
		return ethnl_fill_linkinfo;
	case ETHTOOL_MSG_LINKMODES_GET:
		return ethnl_fill_linkmodes;
	case ETHTOOL_MSG_LINKSTATE_GET:
		return ethnl_fill_linkstate;
	case ETHTOOL_MSG_TSINFO_GET:
		return ethnl_fill_tsinfo;
	case ETHTOOL_MSG_CHANNELS_GET:
		return ethnl_fill_channels;
	case ETHTOOL_MSG_FEATURES_GET:
		return ethnl_fill_features;
	case ETHTOOL_MSG_CHANNELS_SET:
		return ethnl_set_channels;
	case ETHTOOL_MSG_FEATURES_SET:
		return ethnl_set_features;
	}
	return NULL;
}

/* Of each device that has an answer; in the order of their numbers, as the kernel keeps them. */
static int ethnl_dump(struct nl_request *req, struct ethnl_header *hdr,
		      int (*fill)(struct nl_request *, const struct ethnl_header *))
{
	struct net_device *dev;
	int last = 0, next;

	for (;;) {
		next = 0;
		list_for_each_entry(dev, &req->net->dev_base_head, dev_list) {
			if (dev->ifindex > last && (!next || dev->ifindex < next))
				next = dev->ifindex;
		}
		if (!next)
			return 0;
		last = next;
		hdr->dev = dev_get_by_index(req->net, next);
		(void)fill(req, hdr);
	}
}

static int ethnl_doit(struct nl_request *req, const struct genlmsghdr *ghdr)
{
	int (*handler)(struct nl_request *, const struct ethnl_header *) = get_handler(ghdr->cmd);
	struct ethnl_header hdr;
	const struct nlattr *tb[2];
	int err = ethnl_parse_header(req, &hdr);

	if (err)
		return err;
	if (ghdr->cmd == ETHTOOL_MSG_STRSET_GET && !hdr.dev)
		return ethnl_fill_strset(req, &hdr);
	if (req->dump && handler && handler != ethnl_set_channels && handler != ethnl_set_features)
		return ethnl_dump(req, &hdr, handler);
	if (!hdr.dev) {
		nlmsg_parse(req->nlh, GENL_HDRLEN, tb, 1);
		return refuse(req, tb[1], "neither ifindex nor name specified", -EINVAL);
	}
	return handler ? handler(req, &hdr) : -EOPNOTSUPP;
}
