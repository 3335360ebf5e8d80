/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ioctl.c - SIOCETHTOOL: the older door, for what has no message
 *
 * mirrors net/ethtool/ioctl.c
 *
 * The driver's name, statistics and link are answered. What no device here can do (registers, EEPROM,
 * self tests, flow steering, blinking lights) is refused as their drivers refuse it.
 *
 * CONTROL
 */
#include <errno.h>
#include <linux/if.h>

#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/vsprintf.h"
#include "ethtool/ethtool.h"

#define UTS_RELEASE "6.18.0"

static int get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	const struct ethtool_ops *ops = dev->ethtool_ops;
	const char *driver = ops ? ops->driver : NULL;

	if (!driver && dev->rtnl_link_ops)
		driver = dev->rtnl_link_ops->kind;
	if (!driver)
		return -EOPNOTSUPP;
	memset(info, 0, sizeof(*info));
	info->cmd = ETHTOOL_GDRVINFO;
	scnprintf(info->driver, sizeof(info->driver), "%s", driver);
	scnprintf(info->version, sizeof(info->version), "%s",
		  ops && ops->version ? ops->version : UTS_RELEASE);
	if (ops && ops->fw_version)
		scnprintf(info->fw_version, sizeof(info->fw_version), "%s", ops->fw_version);
	if (ops && ops->bus_info)
		scnprintf(info->bus_info, sizeof(info->bus_info), "%s", ops->bus_info);
	if (ops && ops->get_stats_count)
		info->n_stats = ops->get_stats_count(dev);
	return 0;
}

static uint32_t nr_stats(const struct net_device *dev)
{
	const struct ethtool_ops *ops = dev->ethtool_ops;

	return ops && ops->get_stats_count ? ops->get_stats_count(dev) : 0;
}

/* Of all sets of strings only that of statistics is asked for here. */
static int get_sset_info(struct net_device *dev, struct ethtool_sset_info *info)
{
	uint64_t stats = UINT64_C(1) << ETH_SS_STATS;
	bool has = (info->sset_mask & stats) && nr_stats(dev);

	if (has)
		info->data[0] = nr_stats(dev);
	info->sset_mask = has ? stats : 0;
	return 0;
}

static int get_strings(struct net_device *dev, struct ethtool_gstrings *gs)
{
	if (gs->string_set != ETH_SS_STATS || !nr_stats(dev))
		return -EOPNOTSUPP;
	gs->len = nr_stats(dev);
	dev->ethtool_ops->get_strings(dev, (char(*)[ETH_GSTRING_LEN])(void *)gs->data);
	return 0;
}

static int get_stats(struct net_device *dev, struct ethtool_stats *stats)
{
	if (!nr_stats(dev))
		return -EOPNOTSUPP;
	stats->n_stats = nr_stats(dev);
	dev->ethtool_ops->get_stats(dev, (uint64_t *)stats->data);
	return 0;
}

static int get_link(struct net_device *dev, struct ethtool_value *value)
{
	int link = __ethtool_get_link(dev);

	if (link < 0)
		return link;
	value->data = (uint32_t)link;
	return 0;
}

/**
 * dev_ethtool() - One SIOCETHTOOL request
 * @net: of the asking socket
 * @arg: struct ifreq, its ifr_data at a structure that begins with the command
 *
 * Return: 0 or -errno.
 */
int dev_ethtool(struct net *net, void *arg)
{
	struct ifreq *ifr = arg;
	struct net_device *dev;
	void *data = ifr->ifr_data;
	uint32_t cmd;

	ifr->ifr_name[IFNAMSIZ - 1] = '\0';
	dev = dev_get_by_name(net, ifr->ifr_name);
	if (!dev)
		return -ENODEV;
	if (!data)
		return -EFAULT;
	memcpy(&cmd, data, sizeof(cmd));
	switch (cmd) {
	case ETHTOOL_GDRVINFO:
		return get_drvinfo(dev, data);
	case ETHTOOL_GSSET_INFO:
		return get_sset_info(dev, data);
	case ETHTOOL_GSTRINGS:
		return get_strings(dev, data);
	case ETHTOOL_GSTATS:
		return get_stats(dev, data);
	case ETHTOOL_GLINK:
		return get_link(dev, data);
	}
	return -EOPNOTSUPP;
}
