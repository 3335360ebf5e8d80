/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink.h - what the files of the ethtool family share
 */
#ifndef STACK_ETHTOOL_NETLINK_H
#define STACK_ETHTOOL_NETLINK_H

#include <linux/ethtool_netlink.h>

#include "ethtool/ethtool.h"
#include "netlink/genetlink.h"

struct ethnl_header {
	struct net_device *dev; /* NULL: none was named, and none is needed */
	uint32_t flags;		/* ETHTOOL_FLAG_* */
};

/* How a set of up to 64 bits goes into a message; @mask NULL: a plain list */
struct ethnl_bitset {
	uint16_t type;
	uint32_t size;
	uint64_t value;
	const uint64_t *mask;
	const char *const *names;
};

int ethnl_parse_header(struct nl_request *req, struct ethnl_header *hdr);
void ethnl_reply_header(struct nl_request *req, uint8_t cmd, const struct net_device *dev);
void ethnl_put_bitset(struct nl_buf *b, const struct ethnl_bitset *set, bool compact);
int ethnl_parse_bitset(struct nl_request *req, const struct nlattr *nest, uint64_t *ret_value,
		       uint64_t *ret_mask);

/* One device's answer, put into req->reply; -EOPNOTSUPP: it has none. */
int ethnl_fill_linkinfo(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_fill_linkmodes(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_fill_linkstate(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_fill_tsinfo(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_fill_channels(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_fill_features(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_set_channels(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_set_features(struct nl_request *req, const struct ethnl_header *hdr);
int ethnl_fill_strset(struct nl_request *req, const struct ethnl_header *hdr);

#endif
