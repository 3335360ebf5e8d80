/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vlan.h - VLAN devices: a tag on the wire, a device of its own above it
 */
#ifndef STACK_8021Q_VLAN_H
#define STACK_8021Q_VLAN_H

#include <linux/if_ether.h>
#include <linux/if_vlan.h>

#include "core/netdevice.h"
#include "core/skbuff.h"

#define VLAN_HLEN 4U
#define VLAN_VID_MASK 0x0fffU
#define VLAN_N_VID 4096U
#define VLAN_PRIO_SHIFT 13

struct seq_file;

/* What a device that carries VLANs has: dev->vlan_info. */
struct vlan_group {
	struct net_device *dev[2][VLAN_N_VID]; /* of 802.1Q, of 802.1ad */
	unsigned int nr;
};

struct vlan_priority {
	struct vlan_priority *next;
	uint32_t priority;
	uint16_t vlan_qos; /* already shifted */
};

struct vlan_dev_priv {
	struct net_device *real_dev;
	__be16 vlan_proto;
	uint16_t vlan_id;
	uint32_t flags; /* VLAN_FLAG_* */
	uint8_t real_dev_addr[ETH_ALEN];
	uint32_t ingress_priority_map[8];
	struct vlan_priority *egress;
};

extern const struct rtnl_link_ops vlan_link_ops;

static inline bool is_vlan_dev(const struct net_device *dev)
{
	return dev->rtnl_link_ops == &vlan_link_ops;
}

static inline struct vlan_dev_priv *vlan_dev_priv(const struct net_device *dev)
{
	return dev->priv;
}

/* vlan.c */
struct net_device *vlan_find_dev(const struct net_device *real_dev, __be16 proto, uint16_t vid);
int register_vlan_dev(struct net_device *dev);
void unregister_vlan_dev(struct net_device *dev);
void vlan_device_event(enum netdev_event event, struct net_device *dev);
void vlan_transfer_operstate(const struct net_device *real_dev, struct net_device *dev);

/* vlan_core.c: PATH */
enum vlan_result { VLAN_PASS, VLAN_TAKEN, VLAN_GONE };
enum vlan_result vlan_do_receive(struct sk_buff *skb);
bool skb_vlan_untag(struct sk_buff *skb);
void vlan_push_inside(struct sk_buff *skb);
struct sk_buff *vlan_inline_copy(const struct sk_buff *skb);

/* vlan_dev.c */
void vlan_setup(struct net_device *dev);
void vlan_dev_init(struct net_device *dev);
int vlan_dev_change_flags(struct net_device *dev, uint32_t flags, uint32_t mask);
void vlan_dev_set_egress_priority(struct net_device *dev, uint32_t priority, uint32_t qos);
void vlan_dev_free(struct net_device *dev);

/* vlanproc.c */
int vlan_proc_config_show(const struct net *net, struct seq_file *m);
int vlan_proc_dev_show(const struct net_device *dev, struct seq_file *m);

#endif
