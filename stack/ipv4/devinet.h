/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devinet.h - between the devinet_*.c files
 */
#ifndef STACK_IPV4_DEVINET_H
#define STACK_IPV4_DEVINET_H

#include "ipv4/inetdevice.h"

#define INFINITY_LIFE_TIME 0xffffffffU

/* devinet.c */
struct in_ifaddr *inet_alloc_ifa(struct in_device *in_dev);
void inet_free_ifa(struct in_ifaddr *ifa);
struct nl_request;
int inet_insert_ifa(struct in_ifaddr *ifa, const struct nl_request *req,
		    struct ng_extack *extack); /* takes @ifa, also when it fails */
void inet_del_ifa(struct in_ifaddr *ifa, bool destroy, const struct nl_request *req);
void set_ifa_lifetime(struct in_ifaddr *ifa, uint32_t valid_lft, uint32_t preferred_lft);

/* devinet_dev.c */
void ipv4_devconf_setall(struct in_device *in_dev);
void ipv4_devconf_set(struct in_device *in_dev, int index, int val);

/* devinet_netlink.c */
void rtmsg_ifa(int event, struct in_ifaddr *ifa, const struct nl_request *req);
void devinet_conf_changed(struct net *net, const struct ipv4_devconf *cnf, int index);
void inet_netconf_notify_devconf(struct net *net, int event, int type, int ifindex,
				 const struct ipv4_devconf *devconf);

#endif
