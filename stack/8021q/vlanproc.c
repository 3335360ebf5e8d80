/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vlanproc.c - /proc/net/vlan
 *
 * mirrors net/8021q/vlanproc.c
 * CONTROL
 */
#include "8021q/vlan.h"
#include "core/net_namespace.h"
#include "core/vsprintf.h"

#define PRIV_FLAGS 0x81001U /* IFF_802_1Q_VLAN, IFF_UNICAST_FLT, IFF_NO_QUEUE */

/**
 * vlan_proc_config_show() - /proc/net/vlan/config
 * @net: whose VLAN devices
 * @m: the text
 *
 * Return: 0.
 */
int vlan_proc_config_show(const struct net *net, struct seq_file *m)
{
	const struct net_device *dev;

	seq_printf(m, "VLAN Dev name\t | VLAN ID\nName-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD\n");
	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (is_vlan_dev(dev))
			seq_printf(m, "%-15s| %d  | %s\n", dev->name, vlan_dev_priv(dev)->vlan_id,
				   vlan_dev_priv(dev)->real_dev->name);
	}
	return 0;
}

/**
 * vlan_proc_dev_show() - /proc/net/vlan/NAME
 * @dev: the VLAN device
 * @m: the text
 *
 * Return: 0.
 */
int vlan_proc_dev_show(const struct net_device *dev, struct seq_file *m)
{
	const struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	const uint32_t *map = vlan->ingress_priority_map;
	const struct vlan_priority *p;

	seq_printf(m, "%s  VID: %d\t REORDER_HDR: %d  dev->priv_flags: %x\n", dev->name,
		   vlan->vlan_id, (int)(vlan->flags & 1), PRIV_FLAGS);
	seq_printf(m, "%30s %12llu\n", "total frames received",
		   (unsigned long long)dev->stats.rx_packets);
	seq_printf(m, "%30s %12llu\n", "total bytes received",
		   (unsigned long long)dev->stats.rx_bytes);
	seq_printf(m, "%30s %12llu\n", "Broadcast/Multicast Rcvd",
		   (unsigned long long)dev->stats.multicast);
	seq_printf(m, "\n%30s %12llu\n", "total frames transmitted",
		   (unsigned long long)dev->stats.tx_packets);
	seq_printf(m, "%30s %12llu\n", "total bytes transmitted",
		   (unsigned long long)dev->stats.tx_bytes);
	seq_printf(m, "Device: %s", vlan->real_dev->name);
	seq_printf(m,
		   "\nINGRESS priority mappings: 0:%u  1:%u  2:%u  3:%u  4:%u  5:%u  6:%u 7:%u\n",
		   map[0], map[1], map[2], map[3], map[4], map[5], map[6], map[7]);
	seq_printf(m, " EGRESS priority mappings: ");
	for (p = vlan->egress; p; p = p->next)
		seq_printf(m, "%u:%d ", p->priority, p->vlan_qos >> VLAN_PRIO_SHIFT & 7);
	seq_printf(m, "\n");
	return 0;
}
