/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dev_ioctl.c - the older door to devices: SIOC* on any socket
 *
 * mirrors net/core/dev_ioctl.c and inet_ioctl() of net/ipv4/af_inet.c
 * CONTROL.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/sockios.h>

#include "bridge/bridge.h"
#include "core/net_namespace.h"
#include "core/sock.h"
#include "core/task.h"
#include "ethtool/ethtool.h"
#include "ipv4/inetdevice.h"
#include "ipv4/route.h"

static struct net_device *ifr_dev(const struct net *net, struct ifreq *ifr)
{
	struct net_device *dev;
	char *colon;

	ifr->ifr_name[IFNAMSIZ - 1] = '\0';
	colon = strchr(ifr->ifr_name, ':');
	if (colon)
		*colon = '\0'; /* an alias means its device here */
	dev = dev_get_by_name(net, ifr->ifr_name);
	if (colon)
		*colon = ':';
	return dev;
}

static int get_ioctl(struct net_device *dev, struct ifreq *ifr, unsigned long request)
{
	switch (request) {
	case SIOCGIFFLAGS:
		ifr->ifr_flags = (short)dev_get_flags(dev);
		return 0;
	case SIOCGIFINDEX:
		ifr->ifr_ifindex = dev->ifindex;
		return 0;
	case SIOCGIFMTU:
		ifr->ifr_mtu = (int)dev->mtu;
		return 0;
	case SIOCGIFMETRIC:
		ifr->ifr_metric = 0;
		return 0;
	case SIOCGIFTXQLEN:
		ifr->ifr_qlen = (int)dev->tx_queue_len;
		return 0;
	case SIOCGIFHWADDR:
		memset(&ifr->ifr_hwaddr, 0, sizeof(ifr->ifr_hwaddr));
		ifr->ifr_hwaddr.sa_family = dev->type;
		memcpy(ifr->ifr_hwaddr.sa_data, dev->dev_addr, ETH_ALEN);
		return 0;
	case SIOCGIFMAP:
		memset(&ifr->ifr_map, 0, sizeof(ifr->ifr_map));
		return 0;
	}
	return -ENOTTY;
}

static int set_ioctl(struct net_device *dev, struct ifreq *ifr, unsigned long request)
{
	switch (request) {
	case SIOCSIFMTU:
		return dev_set_mtu(dev, (uint32_t)ifr->ifr_mtu, NULL);
	case SIOCSIFTXQLEN:
		if (ifr->ifr_qlen < 0)
			return -EINVAL;
		dev->tx_queue_len = (uint32_t)ifr->ifr_qlen;
		return 0;
	case SIOCSIFHWADDR:
		if (ifr->ifr_hwaddr.sa_family != dev->type)
			return -EINVAL;
		return dev_set_mac_address(dev, (const uint8_t *)ifr->ifr_hwaddr.sa_data, NULL);
	case SIOCADDMULTI:
	case SIOCDELMULTI:
		if (ifr->ifr_hwaddr.sa_family != AF_UNSPEC || dev->flags & IFF_LOOPBACK)
			return -EINVAL;
		if (request == SIOCDELMULTI)
			return dev_mc_del_global(dev, (const uint8_t *)ifr->ifr_hwaddr.sa_data);
		dev_mc_add_global(dev, (const uint8_t *)ifr->ifr_hwaddr.sa_data);
		return 0;
	case SIOCSIFNAME:
		ifr->ifr_newname[IFNAMSIZ - 1] = '\0';
		return dev_change_name(dev, ifr->ifr_newname);
	case SIOCSIFMAP:
		return -EOPNOTSUPP; /* no virtual device has ndo_set_config */
	}
	return -ENOTTY;
}

static int device_ioctl(struct net *net, unsigned long request, struct ifreq *ifr)
{
	struct net_device *dev = ifr_dev(net, ifr);
	int err;

	if (!dev)
		return -ENODEV;
	err = get_ioctl(dev, ifr, request);
	if (err == -ENOTTY)
		err = set_ioctl(dev, ifr, request);
	return err;
}

/**
 * dev_ioctl() - SIOC* requests that every socket takes
 * @task: the asker
 * @net: of the socket
 * @request: SIOC*
 * @arg: struct ifreq, ifconf, rtentry, arpreq ... as the request says
 *
 * Return: 0 or -errno; -ENOTTY for what is not known.
 */
int dev_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg)
{
	switch (request) {
	case SIOCGIFNAME: {
		struct ifreq *ifr = arg;
		const struct net_device *dev = dev_get_by_index(net, ifr->ifr_ifindex);

		if (!dev)
			return -ENODEV;
		memcpy(ifr->ifr_name, dev->name, IFNAMSIZ);
		return 0;
	}
	case SIOCGIFFLAGS:
	case SIOCGIFINDEX:
	case SIOCGIFMTU:
	case SIOCGIFMETRIC:
	case SIOCGIFTXQLEN:
	case SIOCGIFHWADDR:
	case SIOCGIFMAP:
	case SIOCSIFMTU:
	case SIOCSIFTXQLEN:
	case SIOCSIFHWADDR:
	case SIOCADDMULTI:
	case SIOCDELMULTI:
	case SIOCSIFNAME:
	case SIOCSIFMAP:
		return device_ioctl(net, request, arg);
	case SIOCADDRT:
	case SIOCDELRT:
		return ip_rt_ioctl(task, net, request, arg);
	case SIOCSARP:
	case SIOCGARP:
	case SIOCDARP:
		return arp_ioctl(task, net, request, arg);
	case SIOCETHTOOL:
		return dev_ethtool(net, arg);
	case SIOCGIFBR:
	case SIOCSIFBR:
	case SIOCBRADDBR:
	case SIOCBRDELBR:
	case SIOCBRADDIF:
	case SIOCBRDELIF:
		return br_ioctl(task, net, request, arg);
	}
	if (request >= SIOCDEVPRIVATE && request <= SIOCDEVPRIVATE + 15)
		return br_ioctl(task, net, request, arg);
	return devinet_ioctl(task, net, request, arg);
}
