/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bridge.h - what the rest of the stack knows of bridges
 */
#ifndef STACK_BRIDGE_BRIDGE_H
#define STACK_BRIDGE_BRIDGE_H

#include "core/net_namespace.h"
#include "core/netdevice.h"

struct ng_task;

extern const struct rtnl_link_ops br_link_ops;
void br_device_event(enum netdev_event event, struct net_device *dev);
int br_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg);
/* per namespace /proc/sys/net/bridge/bridge-nf-*: 6 values, br_netfilter_hooks.c */
enum brnf_sysctl {
	BRNF_CALL_ARPTABLES,
	BRNF_CALL_IP6TABLES,
	BRNF_CALL_IPTABLES,
	BRNF_FILTER_PPPOE_TAGGED,
	BRNF_FILTER_VLAN_TAGGED,
	BRNF_PASS_VLAN_INPUT_DEV,
	BRNF_MAX
};
int *brnf_sysctl(struct net *net, enum brnf_sysctl which);
void br_net_exit(struct net *net);
struct nf_bridge_info *nf_bridge_clone(const struct nf_bridge_info *info);
void nf_bridge_free(struct nf_bridge_info *info);

/*
 * br_sysfs.c: the files of /sys/class/net/BR/bridge (port false) and /sys/class/net/PORT/brport
 * (port true), by number from 0. Values are text with a newline.
 */
const char *br_sysfs_attr(bool port, size_t index,
			  uint32_t *ret_mode); /* name, NULL after the last */
int br_sysfs_show(struct net_device *dev, bool port, size_t index, char *buf,
		  size_t size); /* bytes or -errno */
int br_sysfs_store(struct net_device *dev, bool port, size_t index,
		   const char *text); /* 0 or -errno */
/* BR/brforward, binary: records of struct __fdb_entry; bytes or -errno */
int br_sysfs_forward(struct net_device *dev, void *buf, size_t size, uint64_t offset);
struct net_device *br_port_by_index(const struct net_device *dev,
				    size_t index); /* brif/: oldest first */

#endif
