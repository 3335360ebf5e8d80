/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * link.c - link, speed, queues and time stamps by message
 *
 * mirrors net/ethtool/linkinfo.c, linkmodes.c, linkstate.c, tsinfo.c and channels.c
 *
 * CONTROL
 */
#include <errno.h>
#include <linux/net_tstamp.h>

#include "ethtool/netlink.h"

enum {
	LINK_MODES = 121,	      /* of Linux 6.18 */
	LINKMODES_RATE_MATCHING = 10, /* ETHTOOL_A_LINKMODES_RATE_MATCHING */
	TIMESTAMPS = 19,
};

/**
 * ethnl_fill_linkinfo() - ETHTOOL_MSG_LINKINFO_GET
 * @req: request
 * @hdr: device
 *
 * Return: 0 or -EOPNOTSUPP.
 */
int ethnl_fill_linkinfo(struct nl_request *req, const struct ethnl_header *hdr)
{
	struct nl_buf *b = &req->reply;
	struct ethtool_link link;
	int err = __ethtool_get_link_settings(hdr->dev, &link);

	if (err)
		return err;
	ethnl_reply_header(req, ETHTOOL_MSG_LINKINFO_GET_REPLY, hdr->dev);
	nla_put_u8(b, ETHTOOL_A_LINKINFO_PORT, link.port);
	nla_put_u8(b, ETHTOOL_A_LINKINFO_PHYADDR, 0);
	nla_put_u8(b, ETHTOOL_A_LINKINFO_TP_MDIX, ETH_TP_MDI_INVALID);
	nla_put_u8(b, ETHTOOL_A_LINKINFO_TP_MDIX_CTRL, ETH_TP_MDI_INVALID);
	nla_put_u8(b, ETHTOOL_A_LINKINFO_TRANSCEIVER, XCVR_INTERNAL);
	nlmsg_end(b);
	return 0;
}

/**
 * ethnl_fill_linkmodes() - ETHTOOL_MSG_LINKMODES_GET
 * @req: request
 * @hdr: device
 *
 * Return: 0 or -EOPNOTSUPP.
 */
int ethnl_fill_linkmodes(struct nl_request *req, const struct ethnl_header *hdr)
{
	static const uint64_t none;
	const struct ethnl_bitset ours = { .type = ETHTOOL_A_LINKMODES_OURS,
					   .size = LINK_MODES,
					   .mask = &none };
	struct nl_buf *b = &req->reply;
	struct ethtool_link link;
	int err = __ethtool_get_link_settings(hdr->dev, &link);

	if (err)
		return err;
	ethnl_reply_header(req, ETHTOOL_MSG_LINKMODES_GET_REPLY, hdr->dev);
	nla_put_u8(b, ETHTOOL_A_LINKMODES_AUTONEG, AUTONEG_DISABLE);
	ethnl_put_bitset(b, &ours, false);
	nla_put_u32(b, ETHTOOL_A_LINKMODES_SPEED, link.speed);
	nla_put_u8(b, ETHTOOL_A_LINKMODES_DUPLEX, link.duplex);
	nla_put_u8(b, LINKMODES_RATE_MATCHING, 0);
	nlmsg_end(b);
	return 0;
}

/**
 * ethnl_fill_linkstate() - ETHTOOL_MSG_LINKSTATE_GET
 * @req: request
 * @hdr: device
 *
 * Return: 0.
 */
int ethnl_fill_linkstate(struct nl_request *req, const struct ethnl_header *hdr)
{
	int link = __ethtool_get_link(hdr->dev);

	ethnl_reply_header(req, ETHTOOL_MSG_LINKSTATE_GET_REPLY, hdr->dev);
	if (link >= 0)
		nla_put_u8(&req->reply, ETHTOOL_A_LINKSTATE_LINK, (uint8_t)link);
	nlmsg_end(&req->reply);
	return 0;
}

/**
 * ethnl_fill_tsinfo() - ETHTOOL_MSG_TSINFO_GET
 * @req: request
 * @hdr: device
 *
 * Return: 0.
 */
int ethnl_fill_tsinfo(struct nl_request *req, const struct ethnl_header *hdr)
{
	static const char *const names[TIMESTAMPS] = {
		[1] = "software-transmit",
		[3] = "software-receive",
		[4] = "software-system-clock",
	};
	const struct ethtool_ops *ops = hdr->dev->ethtool_ops;
	struct ethnl_bitset stamps = { .type = ETHTOOL_A_TSINFO_TIMESTAMPING,
				       .size = TIMESTAMPS,
				       .names = names };

	stamps.value = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
	if (ops && ops->tx_timestamps)
		stamps.value |= SOF_TIMESTAMPING_TX_SOFTWARE;
	ethnl_reply_header(req, ETHTOOL_MSG_TSINFO_GET_REPLY, hdr->dev);
	ethnl_put_bitset(&req->reply, &stamps, hdr->flags & ETHTOOL_FLAG_COMPACT_BITSETS);
	nlmsg_end(&req->reply);
	return 0;
}

static int get_channels(struct net_device *dev, struct ethtool_channels *ch)
{
	memset(ch, 0, sizeof(*ch));
	if (!dev->ethtool_ops || !dev->ethtool_ops->get_channels)
		return -EOPNOTSUPP;
	dev->ethtool_ops->get_channels(dev, ch);
	return 0;
}

/**
 * ethnl_fill_channels() - ETHTOOL_MSG_CHANNELS_GET
 * @req: request
 * @hdr: device
 *
 * Return: 0 or -EOPNOTSUPP.
 */
int ethnl_fill_channels(struct nl_request *req, const struct ethnl_header *hdr)
{
	struct nl_buf *b = &req->reply;
	struct ethtool_channels ch;
	int err = get_channels(hdr->dev, &ch);

	if (err)
		return err;
	ethnl_reply_header(req, ETHTOOL_MSG_CHANNELS_GET_REPLY, hdr->dev);
	nla_put_u32(b, ETHTOOL_A_CHANNELS_RX_MAX, ch.max_rx);
	nla_put_u32(b, ETHTOOL_A_CHANNELS_RX_COUNT, ch.rx_count);
	nla_put_u32(b, ETHTOOL_A_CHANNELS_TX_MAX, ch.max_tx);
	nla_put_u32(b, ETHTOOL_A_CHANNELS_TX_COUNT, ch.tx_count);
	nlmsg_end(b);
	return 0;
}

struct wish {
	const struct nlattr *nla;
	uint32_t *value;
	uint32_t max;
};

static int refuse(struct nl_request *req, const struct nlattr *at, const char *why)
{
	req->extack->bad_attr = at;
	NG_SET_ERR_MSG(req->extack, why);
	return -EINVAL;
}

/**
 * ethnl_set_channels() - ETHTOOL_MSG_CHANNELS_SET
 * @req: request
 * @hdr: device
 *
 * Return: 0 or -errno.
 */
int ethnl_set_channels(struct nl_request *req, const struct ethnl_header *hdr)
{
	const struct nlattr *tb[ETHTOOL_A_CHANNELS_MAX + 1];
	struct ethtool_channels ch;
	int err = get_channels(hdr->dev, &ch);
	bool changed = false;

	if (!err)
		err = nlmsg_parse(req->nlh, GENL_HDRLEN, tb, ETHTOOL_A_CHANNELS_MAX);
	if (err)
		return err;
	struct wish wishes[] = {
		{ tb[ETHTOOL_A_CHANNELS_RX_COUNT], &ch.rx_count, ch.max_rx },
		{ tb[ETHTOOL_A_CHANNELS_TX_COUNT], &ch.tx_count, ch.max_tx },
		{ tb[ETHTOOL_A_CHANNELS_OTHER_COUNT], &ch.other_count, ch.max_other },
		{ tb[ETHTOOL_A_CHANNELS_COMBINED_COUNT], &ch.combined_count, ch.max_combined },
	};

	for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		if (!wishes[i].nla || nla_get_u32(wishes[i].nla) == *wishes[i].value)
			continue;
		*wishes[i].value = nla_get_u32(wishes[i].nla);
		changed = true;
	}
	if (!changed)
		return 0;
	for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		if (*wishes[i].value > wishes[i].max)
			return refuse(req, wishes[i].nla,
				      "requested channel count exceeds maximum");
	}
	if (!ch.combined_count && (!ch.rx_count || !ch.tx_count))
		return refuse(req, ch.rx_count ? wishes[1].nla : wishes[0].nla,
			      "requested channel counts would result in no RX or TX channel being "
			      "configured");
	return hdr->dev->ethtool_ops->set_channels(hdr->dev, &ch);
}
