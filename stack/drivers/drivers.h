/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drivers.h - the kinds of devices
 */
#ifndef STACK_DRIVERS_DRIVERS_H
#define STACK_DRIVERS_DRIVERS_H

#include "core/netdevice.h"

extern const struct rtnl_link_ops veth_link_ops;
extern const struct rtnl_link_ops dummy_link_ops;
/* lo of a new namespace, down */
struct net_device *loopback_net_init(struct net *net);

#endif
