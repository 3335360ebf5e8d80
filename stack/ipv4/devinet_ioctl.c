/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devinet_ioctl.c - addresses as ifconfig(8) sees them
 *
 * mirrors net/ipv4/devinet.c (devinet_ioctl()) and dev_ifconf()
 * CONTROL
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/in.h>
#include <linux/sockios.h>
#include <string.h>

#include "core/task.h"
#include "ipv4/devinet.h"

/* RFC 791, 3.2: the length of a classful network, -1: no unicast address */
static int inet_abc_len(__be32 addr)
{
	uint32_t a = be32_to_cpu(addr);

	if (a == 0 || a == 0xffffffff)
		return 0;
	if (!(a & 0x80000000))
		return 8;
	if ((a & 0xc0000000) == 0x80000000)
		return 16;
	if ((a & 0xe0000000) == 0xc0000000)
		return 24;
	return (a & 0xf0000000) == 0xf0000000 ? 32 : -1;
}

static bool bad_mask(__be32 mask)
{
	uint32_t hole = ~be32_to_cpu(mask);

	return (hole & (hole + 1)) != 0;
}

static void sin_get(const struct ifreq *ifr, struct sockaddr_in *sin)
{
	memcpy(sin, &ifr->ifr_addr, sizeof(*sin));
}

static void sin_put(struct ifreq *ifr, __be32 addr)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_addr.s_addr = addr };

	memcpy(&ifr->ifr_addr, &sin, sizeof(sin));
}

/* The address with the label, and the address asked for if it is there */
static struct in_ifaddr *ioctl_find_ifa(struct in_device *in_dev, const char *label, __be32 addr)
{
	struct in_ifaddr *ifa;

	if (!in_dev)
		return NULL;
	if (addr) {
		list_for_each_entry(ifa, &in_dev->ifa_list, list) {
			if (!strcmp(label, ifa->ifa_label) && ifa->ifa_local == addr)
				return ifa;
		}
	}
	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		if (!strcmp(label, ifa->ifa_label))
			return ifa;
	}
	return NULL;
}

static int ioctl_set_addr(struct net_device *dev, struct in_ifaddr *ifa, const char *label,
			  __be32 addr)
{
	struct in_device *in_dev = in_dev_get(dev);

	if (inet_abc_len(addr) < 0)
		return -EINVAL;
	if (!ifa) {
		if (!in_dev)
			return -ENOBUFS;
		ifa = inet_alloc_ifa(in_dev);
		if (dev->world->current)
			ifa->origin = dev->world->current->origin;
		memcpy(ifa->ifa_label, label, strlen(label));
	} else {
		if (ifa->ifa_local == addr)
			return 0;
		inet_del_ifa(ifa, false, NULL);
		ifa->ifa_broadcast = 0;
		ifa->ifa_scope = 0;
	}
	ifa->ifa_address = ifa->ifa_local = addr;
	if (dev->flags & IFF_POINTOPOINT) {
		ifa->ifa_prefixlen = 32;
		ifa->ifa_mask = inet_make_mask(32);
	} else {
		ifa->ifa_prefixlen = (uint8_t)inet_abc_len(addr);
		ifa->ifa_mask = inet_make_mask(ifa->ifa_prefixlen);
		if ((dev->flags & IFF_BROADCAST) && ifa->ifa_prefixlen < 31)
			ifa->ifa_broadcast = ifa->ifa_address | ~ifa->ifa_mask;
	}
	set_ifa_lifetime(ifa, INFINITY_LIFE_TIME, INFINITY_LIFE_TIME);
	ipv4_devconf_setall(in_dev);
	if (ipv4_is_loopback(ifa->ifa_local))
		ifa->ifa_scope = RT_SCOPE_HOST;
	return inet_insert_ifa(ifa, NULL, NULL);
}

static int ioctl_set_netmask(struct net_device *dev, struct in_ifaddr *ifa, __be32 mask)
{
	__be32 old_mask = ifa->ifa_mask;

	if (bad_mask(mask))
		return -EINVAL;
	if (old_mask == mask)
		return 0;
	inet_del_ifa(ifa, false, NULL);
	ifa->ifa_mask = mask;
	ifa->ifa_prefixlen = (uint8_t)__builtin_popcount((ng_force uint32_t)mask);
	if ((dev->flags & IFF_BROADCAST) && ifa->ifa_prefixlen < 31 &&
	    ifa->ifa_broadcast == (ifa->ifa_local | ~old_mask))
		ifa->ifa_broadcast = ifa->ifa_local | ~mask;
	inet_insert_ifa(ifa, NULL, NULL);
	return 0;
}

static int ioctl_set_other(struct in_ifaddr *ifa, unsigned long request, __be32 addr)
{
	__be32 *field = request == SIOCSIFBRDADDR ? &ifa->ifa_broadcast : &ifa->ifa_address;

	if (*field == addr)
		return 0;
	if (request == SIOCSIFDSTADDR && inet_abc_len(addr) < 0)
		return -EINVAL;
	inet_del_ifa(ifa, false, NULL);
	*field = addr;
	inet_insert_ifa(ifa, NULL, NULL);
	return 0;
}

static int ioctl_get(struct ifreq *ifr, unsigned long request, const struct in_ifaddr *ifa)
{
	switch (request) {
	case SIOCGIFADDR:
		sin_put(ifr, ifa->ifa_local);
		break;
	case SIOCGIFBRDADDR:
		sin_put(ifr, ifa->ifa_broadcast);
		break;
	case SIOCGIFDSTADDR:
		sin_put(ifr, ifa->ifa_address);
		break;
	default:
		sin_put(ifr, ifa->ifa_mask);
		break;
	}
	return 0;
}

/* NAME:N is an address, not a device: down removes it */
static int ioctl_set_flags(struct net_device *dev, struct in_ifaddr *ifa, bool alias, int flags)
{
	if (!alias)
		return dev_change_flags(dev, (uint32_t)(uint16_t)flags, NULL);
	if (!ifa)
		return -EADDRNOTAVAIL;
	if (!(flags & IFF_UP))
		inet_del_ifa(ifa, true, NULL);
	return 0;
}

static int ioctl_ifreq(struct net *net, unsigned long request, struct ifreq *ifr)
{
	bool get = request == SIOCGIFADDR || request == SIOCGIFBRDADDR ||
		   request == SIOCGIFDSTADDR || request == SIOCGIFNETMASK;
	struct net_device *dev;
	struct sockaddr_in sin;
	struct in_ifaddr *ifa;
	char name[IFNAMSIZ];
	char *colon;

	ifr->ifr_name[IFNAMSIZ - 1] = '\0';
	sin_get(ifr, &sin);
	if (!get && request != SIOCSIFFLAGS && sin.sin_family != AF_INET)
		return -EINVAL;
	memcpy(name, ifr->ifr_name, sizeof(name));
	colon = strchr(name, ':');
	if (colon)
		*colon = '\0';
	dev = dev_get_by_name(net, name);
	if (!dev)
		return -ENODEV;
	ifa = ioctl_find_ifa(dev->ip_ptr, ifr->ifr_name,
			     get && sin.sin_family == AF_INET ? sin.sin_addr.s_addr : 0);
	if (!ifa && request != SIOCSIFADDR && request != SIOCSIFFLAGS)
		return -EADDRNOTAVAIL;
	if (get)
		return ioctl_get(ifr, request, ifa);
	switch (request) {
	case SIOCSIFFLAGS:
		return ioctl_set_flags(dev, ifa, colon, ifr->ifr_flags);
	case SIOCSIFADDR:
		return ioctl_set_addr(dev, ifa, ifr->ifr_name, sin.sin_addr.s_addr);
	case SIOCSIFNETMASK:
		return ioctl_set_netmask(dev, ifa, sin.sin_addr.s_addr);
	default:
		return ioctl_set_other(ifa, request, sin.sin_addr.s_addr);
	}
}

/* As dev_ifconf(): only devices with addresses, in the order they came */
static int ioctl_ifconf(struct net *net, struct ifconf *ifc)
{
	const struct net_device *dev;
	const struct in_ifaddr *ifa;
	struct ifreq ifr;
	int done = 0;

	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (!dev->ip_ptr)
			continue;
		list_for_each_entry(ifa, &dev->ip_ptr->ifa_list, list) {
			if (ifc->ifc_buf) {
				if (ifc->ifc_len - done < (int)sizeof(ifr))
					break;
				memset(&ifr, 0, sizeof(ifr));
				memcpy(ifr.ifr_name, ifa->ifa_label, IFNAMSIZ);
				sin_put(&ifr, ifa->ifa_local);
				memcpy(ifc->ifc_buf + done, &ifr, sizeof(ifr));
			}
			done += (int)sizeof(ifr);
		}
	}
	ifc->ifc_len = done;
	return 0;
}

/**
 * devinet_ioctl() - SIOCGIFADDR, SIOCSIFADDR and the like, SIOCSIFFLAGS, SIOCGIFCONF.
 * @task: who asks
 * @net: namespace
 * @request: SIOC*
 * @arg: struct ifreq, or struct ifconf
 *
 * Return: 0 or -errno; -ENOTTY for requests of others.
 */
int devinet_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg)
{
	(void)task;
	switch (request) {
	case SIOCGIFCONF:
		return ioctl_ifconf(net, arg);
	case SIOCGIFADDR:
	case SIOCGIFBRDADDR:
	case SIOCGIFDSTADDR:
	case SIOCGIFNETMASK:
	case SIOCSIFFLAGS:
	case SIOCSIFADDR:
	case SIOCSIFBRDADDR:
	case SIOCSIFDSTADDR:
	case SIOCSIFNETMASK:
		return ioctl_ifreq(net, request, arg);
	default:
		return -ENOTTY;
	}
}
