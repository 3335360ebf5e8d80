/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ethtool.h - what drivers tell of themselves, and the two doors to it
 */
#ifndef STACK_ETHTOOL_ETHTOOL_H
#define STACK_ETHTOOL_ETHTOOL_H

#include <linux/ethtool.h>

#include "core/netdevice.h"

struct genl_family;
struct net;

struct ethtool_link {
	uint32_t speed;
	uint8_t duplex, port;
};

struct ethtool_ops {
	const char *driver, *version, *fw_version, *bus_info; /* driver NULL: the kind of link */
	bool get_link;					      /* says whether it has a link */
	bool tx_timestamps;				      /* in software */
	/* NULL: the device has no link settings (channels, statistics) */
	int (*get_link_settings)(struct net_device *dev, struct ethtool_link *link);
	void (*get_channels)(struct net_device *dev, struct ethtool_channels *ch);
	int (*set_channels)(struct net_device *dev, const struct ethtool_channels *ch);
	uint32_t (*get_stats_count)(const struct net_device *dev);
	void (*get_strings)(const struct net_device *dev, char (*names)[ETH_GSTRING_LEN]);
	void (*get_stats)(const struct net_device *dev, uint64_t *values);
};

/* common.c */
extern const char *const netdev_features_strings[64];
int __ethtool_get_link(struct net_device *dev); /* 1, 0 or -EOPNOTSUPP */
int __ethtool_get_link_settings(struct net_device *dev, struct ethtool_link *link);

/* ioctl.c */
int dev_ethtool(struct net *net, void *arg);

/* netlink.c */
extern const struct genl_family ethtool_genl_family;

#endif
