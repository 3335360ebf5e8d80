/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysfs_dev.c - the files of one device: attributes, statistics/, queues/, power/
 *
 * mirrors net/core/net-sysfs.c
 * TABLE
 */
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/netdevice.h>
#include <stdlib.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/task.h"
#include "core/xalloc.h"
#include "ethtool/ethtool.h"
#include "fs/inode.h"
#include "fs/sysfs.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

typedef int (*show_fn)(struct dyn_node *node, struct seq_file *m);
typedef int (*store_fn)(struct dyn_node *node, const char *text, size_t len);

struct sysfs_attr {
	const char *name;
	show_fn show;
	store_fn store;
};

/* ---- what is read */

static int show_number(struct seq_file *m, unsigned long long v)
{
	seq_printf(m, "%llu\n", v);
	return 0;
}

#define SHOW(name, value)                                                 \
	static int name##_show(struct dyn_node *node, struct seq_file *m) \
	{                                                                 \
		const struct net_device *dev = node->dev;                 \
                                                                          \
		return show_number(m, value);                             \
	}
/* what a device that is down does not say */
#define SHOW_UP(name, value)                                                 \
	static int name##_show(struct dyn_node *node, struct seq_file *m)    \
	{                                                                    \
		const struct net_device *dev = node->dev;                    \
                                                                             \
		return netif_running(dev) ? show_number(m, value) : -EINVAL; \
	}

SHOW(addr_assign, dev->addr_assign_type)
SHOW(addr_len, dev->addr_len)
SHOW_UP(carrier, netif_carrier_ok(dev))
SHOW(carrier_changes, dev->carrier_up_count + dev->carrier_down_count)
SHOW(carrier_down, dev->carrier_down_count)
SHOW(carrier_up, dev->carrier_up_count)
SHOW_UP(dormant, dev->operstate == IF_OPER_DORMANT)
SHOW(group, dev->group)
SHOW(ifindex, (unsigned int)dev->ifindex)
SHOW(iflink, (unsigned int)dev_get_iflink(dev))
SHOW(link_mode, dev->link_mode)
SHOW(mtu, dev->mtu)
SHOW_UP(testing, dev->operstate == IF_OPER_TESTING)
SHOW(txqlen, dev->tx_queue_len)
SHOW(type, dev->type)

static int zero_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	return show_number(m, 0);
}

static int dev_id_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "0x0\n");
	return 0;
}

static int address_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%pM\n", (const void *)node->dev->dev_addr);
	return 0;
}

static int broadcast_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%pM\n", (const void *)node->dev->broadcast);
	return 0;
}

static int flags_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "0x%x\n", node->dev->flags);
	return 0;
}

static int ifalias_show(struct dyn_node *node, struct seq_file *m)
{
	if (node->dev->ifalias)
		seq_printf(m, "%s\n", node->dev->ifalias);
	return 0;
}

static int name_assign_show(struct dyn_node *node, struct seq_file *m)
{
	return node->dev->name_assign_type ? show_number(m, node->dev->name_assign_type) : -EINVAL;
}

static int operstate_show(struct dyn_node *node, struct seq_file *m)
{
	static const char *const names[] = { "unknown", "notpresent", "down", "lowerlayerdown",
					     "testing", "dormant",    "up" };

	seq_printf(m, "%s\n", netif_running(node->dev) ? names[node->dev->operstate] : "down");
	return 0;
}

static int link_settings(struct net_device *dev, struct ethtool_link *ret_link)
{
	if (!netif_running(dev) || __ethtool_get_link_settings(dev, ret_link))
		return -EINVAL;
	return 0;
}

static int speed_show(struct dyn_node *node, struct seq_file *m)
{
	struct ethtool_link link = { 0 };
	int err = link_settings(node->dev, &link);

	if (!err)
		seq_printf(m, "%d\n", (int)link.speed);
	return err;
}

static int duplex_show(struct dyn_node *node, struct seq_file *m)
{
	struct ethtool_link link = { 0 };
	int err = link_settings(node->dev, &link);

	if (!err)
		seq_printf(m, "%s\n",
			   link.duplex == DUPLEX_FULL	? "full"
			   : link.duplex == DUPLEX_HALF ? "half"
							: "unknown");
	return err;
}

static int uevent_show(struct dyn_node *node, struct seq_file *m)
{
	const struct rtnl_link_ops *ops = node->dev->rtnl_link_ops;

	if (ops && (!strcmp(ops->kind, "bridge") || !strcmp(ops->kind, "vlan")))
		seq_printf(m, "DEVTYPE=%s\n", ops->kind);
	seq_printf(m, "INTERFACE=%s\nIFINDEX=%d\n", node->dev->name, node->dev->ifindex);
	return 0;
}

/* ---- what is written */

/* As kstrtoul() with base 0. */
static int parse_u32(const char *text, size_t len, uint32_t *ret)
{
	char copy[32];
	unsigned long v;
	char *end;

	while (len && (text[len - 1] == '\n' || !text[len - 1]))
		len--;
	if (!len || len >= sizeof(copy) || text[0] < '0' || text[0] > '9')
		return -EINVAL;
	scnprintf(copy, sizeof(copy), "%.*s", (int)len, text);
	v = strtoul(copy, &end, 0);
	if (*end || v > UINT32_MAX)
		return -EINVAL;
	*ret = (uint32_t)v;
	return 0;
}

static int mtu_store(struct dyn_node *node, const char *text, size_t len)
{
	uint32_t v;
	int err = parse_u32(text, len, &v);

	return err ? err : dev_set_mtu(node->dev, v, NULL);
}

static int txqlen_store(struct dyn_node *node, const char *text, size_t len)
{
	return parse_u32(text, len, &node->dev->tx_queue_len);
}

static int group_store(struct dyn_node *node, const char *text, size_t len)
{
	return parse_u32(text, len, &node->dev->group);
}

static int flags_store(struct dyn_node *node, const char *text, size_t len)
{
	uint32_t v;
	int err = parse_u32(text, len, &v);

	return err ? err : dev_change_flags(node->dev, v, NULL);
}

static int ifalias_store(struct dyn_node *node, const char *text, size_t len)
{
	struct net_device *dev = node->dev;
	char alias[IFALIASZ];

	while (len && (text[len - 1] == '\n' || !text[len - 1]))
		len--;
	if (len >= sizeof(alias))
		return -EINVAL;
	scnprintf(alias, sizeof(alias), "%.*s", (int)len, text);
	free(dev->ifalias);
	dev->ifalias = len ? xstrdup(alias) : NULL;
	netif_state_change(dev);
	return 0;
}

static int uevent_store(struct dyn_node *node, const char *text, size_t len)
{
	static const char *const actions[] = { "add",	 "remove",  "change", "move",
					       "online", "offline", "bind",   "unbind" };

	(void)node;
	while (len && (text[len - 1] == '\n' || !text[len - 1]))
		len--;
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		if (len == strlen(actions[i]) && !memcmp(text, actions[i], len))
			return 0; /* nobody listens */
	}
	return -EINVAL;
}

/* no driver here lets itself be told */
static int refuse_store(struct dyn_node *node, const char *text, size_t len)
{
	(void)node;
	(void)text;
	(void)len;
	return -EOPNOTSUPP;
}

/* Linux would take it; nothing here works with it */
static int unmodelled_store(struct dyn_node *node, const char *text, size_t len)
{
	(void)node;
	(void)text;
	(void)len;
	return -NG_ENOTSUPP;
}

/* ---- tables */

static const struct sysfs_attr dev_attrs[] = {
	{ "addr_assign_type", addr_assign_show, NULL },
	{ "addr_len", addr_len_show, NULL },
	{ "address", address_show, NULL },
	{ "broadcast", broadcast_show, NULL },
	{ "carrier", carrier_show, refuse_store },
	{ "carrier_changes", carrier_changes_show, NULL },
	{ "carrier_down_count", carrier_down_show, NULL },
	{ "carrier_up_count", carrier_up_show, NULL },
	{ "dev_id", dev_id_show, NULL },
	{ "dev_port", zero_show, NULL },
	{ "dormant", dormant_show, NULL },
	{ "duplex", duplex_show, NULL },
	{ "flags", flags_show, flags_store },
	{ "gro_flush_timeout", zero_show, unmodelled_store },
	{ "ifalias", ifalias_show, ifalias_store },
	{ "ifindex", ifindex_show, NULL },
	{ "iflink", iflink_show, NULL },
	{ "link_mode", link_mode_show, NULL },
	{ "mtu", mtu_show, mtu_store },
	{ "name_assign_type", name_assign_show, NULL },
	{ "napi_defer_hard_irqs", zero_show, unmodelled_store },
	{ "netdev_group", group_show, group_store },
	{ "operstate", operstate_show, NULL },
	{ "proto_down", zero_show, refuse_store },
	{ "speed", speed_show, NULL },
	{ "testing", testing_show, NULL },
	{ "threaded", zero_show, unmodelled_store },
	{ "tx_queue_len", txqlen_show, txqlen_store },
	{ "type", type_show, NULL },
	{ "uevent", uevent_show, uevent_store },
};

#define STAT(field)                                              \
	{                                                        \
#field, offsetof(struct net_device_stats, field) \
	}
#define NEVER(name)       \
	{                 \
#name, -1 \
	}

static const struct {
	const char *name;
	long offset; /* -1: nothing here counts it */
} stat_attrs[] = {
	STAT(collisions),	  STAT(multicast),
	STAT(rx_bytes),		  NEVER(rx_compressed),
	NEVER(rx_crc_errors),	  STAT(rx_dropped),
	STAT(rx_errors),	  NEVER(rx_fifo_errors),
	NEVER(rx_frame_errors),	  NEVER(rx_length_errors),
	NEVER(rx_missed_errors),  NEVER(rx_nohandler),
	NEVER(rx_over_errors),	  STAT(rx_packets),
	NEVER(tx_aborted_errors), STAT(tx_bytes),
	STAT(tx_carrier_errors),  NEVER(tx_compressed),
	STAT(tx_dropped),	  STAT(tx_errors),
	NEVER(tx_fifo_errors),	  NEVER(tx_heartbeat_errors),
	STAT(tx_packets),	  NEVER(tx_window_errors),
};

static int stat_show(struct dyn_node *node, struct seq_file *m)
{
	const uint8_t *stats = (const uint8_t *)&node->dev->stats;

	return show_number(
		m, node->index < 0 ? 0 : *(const uint64_t *)(const void *)(stats + node->index));
}

/* queues/rx-N/, queues/tx-N/: nothing is steered */
static int multiqueue_show(struct dyn_node *node, struct seq_file *m)
{
	return rtnl_num_queues(node->dev, node->dev->num_tx_queues) > 1 ? show_number(m, 0)
									: -ENOENT;
}

static const struct sysfs_attr rx_queue_attrs[] = {
	{ "rps_cpus", zero_show, unmodelled_store },
	{ "rps_flow_cnt", zero_show, unmodelled_store },
};

static const struct sysfs_attr tx_queue_attrs[] = {
	{ "traffic_class", multiqueue_show, NULL },
	{ "tx_maxrate", zero_show, refuse_store },
	{ "tx_timeout", zero_show, NULL },
	{ "xps_cpus", multiqueue_show, unmodelled_store },
	{ "xps_rxqs", zero_show, unmodelled_store },
};

static int power_delay_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	(void)m;
	return -EIO;
}

static int power_control_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "auto\n");
	return 0;
}

static int power_status_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "unsupported\n");
	return 0;
}

static const struct sysfs_attr power_attrs[] = {
	{ "autosuspend_delay_ms", power_delay_show, unmodelled_store },
	{ "control", power_control_show, unmodelled_store },
	{ "runtime_active_time", zero_show, NULL },
	{ "runtime_status", power_status_show, NULL },
	{ "runtime_suspended_time", zero_show, NULL },
};

/* ---- look-up and listing */

static uint32_t attr_mode(const struct sysfs_attr *a)
{
	return S_IFREG | (a->store ? 0644 : 0444);
}

static int attr_lookup(const struct sysfs_attr *attrs, size_t n, const char *name,
		       struct dyn_node *ret_node)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(name, attrs[i].name))
			continue;
		ret_node->mode = attr_mode(&attrs[i]);
		ret_node->show = attrs[i].show;
		ret_node->store = attrs[i].store;
		return 0;
	}
	return -ENOENT;
}

static void attr_list(const struct sysfs_attr *attrs, size_t n, dyn_emit_fn emit, void *arg)
{
	for (size_t i = 0; i < n; i++)
		emit(arg, attrs[i].name, attr_mode(&attrs[i]));
}

static void power_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	(void)node;
	attr_list(power_attrs, ARRAY_SIZE(power_attrs), emit, arg);
}

static void rx_queue_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	(void)node;
	attr_list(rx_queue_attrs, ARRAY_SIZE(rx_queue_attrs), emit, arg);
}

static void tx_queue_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	(void)node;
	attr_list(tx_queue_attrs, ARRAY_SIZE(tx_queue_attrs), emit, arg);
}

static void stat_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	(void)node;
	for (size_t i = 0; i < ARRAY_SIZE(stat_attrs); i++)
		emit(arg, stat_attrs[i].name, S_IFREG | 0444);
}

static uint32_t queues_in_use(uint32_t real)
{
	return real ? real : 1;
}

static void queues_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	char name[16];

	for (uint32_t i = 0; i < queues_in_use(node->dev->real_num_rx_queues); i++) {
		scnprintf(name, sizeof(name), "rx-%u", i);
		emit(arg, name, S_IFDIR | 0755);
	}
	for (uint32_t i = 0; i < queues_in_use(node->dev->real_num_tx_queues); i++) {
		scnprintf(name, sizeof(name), "tx-%u", i);
		emit(arg, name, S_IFDIR | 0755);
	}
}

static int stat_lookup(const char *rest, struct dyn_node *ret_node)
{
	if (!*rest)
		return sysfs_dir(ret_node, stat_list, SYSFS_STATISTICS, 2);
	for (size_t i = 0; i < ARRAY_SIZE(stat_attrs); i++) {
		if (strcmp(rest, stat_attrs[i].name))
			continue;
		ret_node->mode = S_IFREG | 0444;
		ret_node->index = stat_attrs[i].offset;
		ret_node->show = stat_show;
		return 0;
	}
	return -ENOENT;
}

static int queue_lookup(const char *rest, struct dyn_node *ret_node)
{
	const struct net_device *dev = ret_node->dev;
	bool rx = *rest == 'r';
	uint32_t n = queues_in_use(rx ? dev->real_num_rx_queues : dev->real_num_tx_queues);
	size_t len = strcspn(rest, "/");
	uint32_t nr;

	if (!*rest)
		return sysfs_dir(ret_node, queues_list, SYSFS_QUEUES,
				 2 + queues_in_use(dev->real_num_rx_queues) +
					 queues_in_use(dev->real_num_tx_queues));
	if (len < 4 || memcmp(rest, rx ? "rx-" : "tx-", 3) || (rest[3] == '0' && len > 4) ||
	    parse_u32(rest + 3, len - 3, &nr) || nr >= n)
		return -ENOENT;
	if (!rest[len]) {
		sysfs_dir(ret_node, rx ? rx_queue_list : tx_queue_list, SYSFS_QUEUES, 2);
		ret_node->ino += (uint64_t)(nr + 1) << (rx ? 32 : 48);
		return 0;
	}
	return rx ? attr_lookup(rx_queue_attrs, ARRAY_SIZE(rx_queue_attrs), rest + len + 1,
				ret_node)
		  : attr_lookup(tx_queue_attrs, ARRAY_SIZE(tx_queue_attrs), rest + len + 1,
				ret_node);
}

/**
 * sysfs_dev_lookup() - What every device has
 * @rest: the path below the device's folder, not ""
 * @ret_node: its dev is set; filled
 *
 * Return: 0 or -ENOENT.
 */
int sysfs_dev_lookup(const char *rest, struct dyn_node *ret_node)
{
	const char *r;

	if (sysfs_below(rest, "statistics", &r))
		return stat_lookup(r, ret_node);
	if (sysfs_below(rest, "queues", &r))
		return queue_lookup(r, ret_node);
	if (sysfs_below(rest, "power", &r))
		return *r ? attr_lookup(power_attrs, ARRAY_SIZE(power_attrs), r, ret_node)
			  : sysfs_dir(ret_node, power_list, SYSFS_POWER, 2);
	return attr_lookup(dev_attrs, ARRAY_SIZE(dev_attrs), rest, ret_node);
}

/**
 * sysfs_dev_list() - The names of what every device has
 * @emit: takes one
 * @arg: its first argument
 */
void sysfs_dev_list(dyn_emit_fn emit, void *arg)
{
	attr_list(dev_attrs, ARRAY_SIZE(dev_attrs), emit, arg);
	emit(arg, "power", S_IFDIR | 0755);
	emit(arg, "queues", S_IFDIR | 0755);
	emit(arg, "statistics", S_IFDIR | 0755);
}
