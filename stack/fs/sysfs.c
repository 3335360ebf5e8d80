/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysfs.c - /sys/class/net: devices as files
 *
 * mirrors net/core/net-sysfs.c and net/bridge/br_sysfs_{br,if}.c
 * TABLE. The bridge's tables of attributes are in bridge/.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/netdevice.h>
#include <string.h>

#include "bridge/bridge.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "fs/inode.h"

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

static int operstate_show(struct dyn_node *node, struct seq_file *m)
{
	static const char *const names[] = { "unknown", "notpresent", "down", "lowerlayerdown",
					     "testing", "dormant",    "up" };

	seq_printf(m, "%s\n",
		   netif_running(node->dev) || node->dev->operstate == IF_OPER_UNKNOWN
			   ? names[netif_running(node->dev) ? node->dev->operstate : IF_OPER_DOWN]
			   : "down");
	return 0;
}

static int carrier_show(struct dyn_node *node, struct seq_file *m)
{
	if (!netif_running(node->dev))
		return -EINVAL;
	seq_printf(m, "%d\n", netif_carrier_ok(node->dev));
	return 0;
}

static int flags_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "0x%x\n", node->dev->flags);
	return 0;
}

static int type_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%d\n", node->dev->type);
	return 0;
}

static int ifindex_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%d\n", node->dev->ifindex);
	return 0;
}

static int iflink_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%d\n", dev_get_iflink(node->dev));
	return 0;
}

static int mtu_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%u\n", node->dev->mtu);
	return 0;
}

static int txqlen_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%u\n", node->dev->tx_queue_len);
	return 0;
}

static int group_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%u\n", node->dev->group);
	return 0;
}

static int addr_len_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%u\n", node->dev->addr_len);
	return 0;
}

static int addr_assign_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%u\n", node->dev->addr_assign_type);
	return 0;
}

static int parse_u32(const char *text, size_t len, uint32_t *ret)
{
	uint64_t v = 0;
	size_t i;

	while (len && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	for (i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9' || v > UINT32_MAX)
			return -EINVAL;
		v = v * 10 + (uint64_t)(text[i] - '0');
	}
	if (!len || v > UINT32_MAX)
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

typedef int (*show_fn)(struct dyn_node *node, struct seq_file *m);
typedef int (*store_fn)(struct dyn_node *node, const char *text, size_t len);

static const struct {
	const char *name;
	show_fn show;
	store_fn store;
} dev_attrs[] = {
	{ "addr_assign_type", addr_assign_show, NULL },
	{ "addr_len", addr_len_show, NULL },
	{ "address", address_show, NULL },
	{ "broadcast", broadcast_show, NULL },
	{ "carrier", carrier_show, NULL },
	{ "flags", flags_show, NULL },
	{ "ifindex", ifindex_show, NULL },
	{ "iflink", iflink_show, NULL },
	{ "mtu", mtu_show, mtu_store },
	{ "netdev_group", group_show, NULL },
	{ "operstate", operstate_show, NULL },
	{ "tx_queue_len", txqlen_show, txqlen_store },
	{ "type", type_show, NULL },
};

#define STAT(field)                                              \
	{                                                        \
#field, offsetof(struct net_device_stats, field) \
	}

static const struct {
	const char *name;
	size_t offset;
} stat_attrs[] = {
	STAT(collisions), STAT(multicast),  STAT(rx_bytes),   STAT(rx_dropped),
	STAT(rx_errors),  STAT(rx_packets), STAT(tx_bytes),   STAT(tx_carrier_errors),
	STAT(tx_dropped), STAT(tx_errors),  STAT(tx_packets),
};

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static int stat_show(struct dyn_node *node, struct seq_file *m)
{
	const uint8_t *stats = (const uint8_t *)&node->dev->stats;

	seq_printf(m, "%llu\n",
		   (unsigned long long)*(const uint64_t *)(const void *)(stats + node->index));
	return 0;
}

static void stat_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	size_t i;

	(void)node;
	for (i = 0; i < ARRAY_SIZE(stat_attrs); i++)
		emit(arg, stat_attrs[i].name, S_IFREG | 0444);
}

static void dev_list_files(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(dev_attrs); i++)
		emit(arg, dev_attrs[i].name, S_IFREG | 0444);
	emit(arg, "statistics", S_IFDIR | 0755);
	if (node->dev->priv_flag_bridge) {
		emit(arg, "bridge", S_IFDIR | 0755);
		emit(arg, "brforward", S_IFREG | 0444);
		emit(arg, "brif", S_IFDIR | 0755);
	}
	if (node->dev->br_port) {
		emit(arg, "brport", S_IFDIR | 0755);
		emit(arg, "master", S_IFLNK | 0777);
	}
}

static void brif_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct net_device *dev;

	list_for_each_entry(dev, &node->net->dev_base_head, dev_list) {
		if (dev->master == node->dev)
			emit(arg, dev->name, S_IFLNK | 0777);
	}
}

static void br_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const char *name;
	uint32_t mode;
	size_t i;

	for (i = 0; (name = br_sysfs_attr(node->port, i, &mode)); i++)
		emit(arg, name, S_IFREG | mode);
}

static int br_show(struct dyn_node *node, struct seq_file *m)
{
	char text[64];
	int err = br_sysfs_show(node->dev, node->port, (size_t)node->index, text, sizeof(text));

	if (err < 0)
		return err;
	seq_printf(m, "%s", text);
	return 0;
}

static int br_store(struct dyn_node *node, const char *text, size_t len)
{
	char copy[64];

	scnprintf(copy, sizeof(copy), "%.*s", (int)len, text);
	return br_sysfs_store(node->dev, node->port, (size_t)node->index, copy);
}

/* bridge/ATTR, brport/ATTR; @port: the second */
static int br_lookup(const char *rest, bool port, struct dyn_node *ret_node)
{
	const char *name;
	uint32_t mode;
	size_t i;

	ret_node->port = port;
	if (!*rest) {
		dyn_dir(ret_node, br_list);
		return 0;
	}
	for (i = 0; (name = br_sysfs_attr(port, i, &mode)); i++) {
		if (strcmp(name, rest))
			continue;
		ret_node->index = (long)i;
		ret_node->mode = S_IFREG | mode;
		ret_node->show = br_show;
		ret_node->store = mode & 0200 ? br_store : NULL;
		return 0;
	}
	return -ENOENT;
}

static int brforward_show(struct dyn_node *node, struct seq_file *m)
{
	uint8_t part[1024];
	int n;

	while ((n = br_sysfs_forward(node->dev, part, sizeof(part), m->len)) > 0)
		seq_write(m, part, (size_t)n);
	return n;
}

static int link_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "/sys/class/net/%s", node->path);
	return 0;
}

static int make_link(struct dyn_node *node, const char *to)
{
	scnprintf(node->path, sizeof(node->path), "%s", to);
	node->mode = S_IFLNK | 0777;
	node->show = link_show;
	return 0;
}

static int stat_lookup(const char *rest, struct dyn_node *ret_node)
{
	size_t i;

	if (!*rest) {
		dyn_dir(ret_node, stat_list);
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(stat_attrs); i++) {
		if (strcmp(rest, stat_attrs[i].name))
			continue;
		ret_node->mode = S_IFREG | 0444;
		ret_node->index = (long)stat_attrs[i].offset;
		ret_node->show = stat_show;
		return 0;
	}
	return -ENOENT;
}

/* "FOLDER" or "FOLDER/rest": true and the rest */
static bool below(const char *path, const char *folder, const char **ret_rest)
{
	size_t n = strlen(folder);

	if (strncmp(path, folder, n) || (path[n] && path[n] != '/'))
		return false;
	*ret_rest = path[n] ? path + n + 1 : "";
	return true;
}

static int dev_lookup(const char *rest, struct dyn_node *ret_node)
{
	struct net_device *dev = ret_node->dev;
	const struct net_device *port;
	const char *r;
	size_t i;

	if (!*rest) {
		dyn_dir(ret_node, dev_list_files);
		return 0;
	}
	if (below(rest, "statistics", &r))
		return stat_lookup(r, ret_node);
	if (below(rest, "bridge", &r) && dev->priv_flag_bridge)
		return br_lookup(r, false, ret_node);
	if (below(rest, "brport", &r) && dev->br_port)
		return br_lookup(r, true, ret_node);
	if (below(rest, "brif", &r) && dev->priv_flag_bridge) {
		if (!*r) {
			dyn_dir(ret_node, brif_list);
			return 0;
		}
		/* brif/PORT/ATTR is PORT/brport/ATTR */
		for (i = strcspn(r, "/"); i; i = 0) {
			char name[IFNAMSIZ];

			scnprintf(name, sizeof(name), "%.*s", (int)i, r);
			port = dev_get_by_name(ret_node->net, name);
			if (!port || port->master != dev)
				return -ENOENT;
			ret_node->dev = (struct net_device *)(uintptr_t)port;
			return br_lookup(r[i] ? r + i + 1 : "", true, ret_node);
		}
	}
	if (!strcmp(rest, "brforward") && dev->priv_flag_bridge) {
		ret_node->mode = S_IFREG | 0444;
		ret_node->show = brforward_show;
		return 0;
	}
	if (!strcmp(rest, "master") && dev->master)
		return make_link(ret_node, dev->master->name);
	for (i = 0; i < ARRAY_SIZE(dev_attrs); i++) {
		if (strcmp(rest, dev_attrs[i].name))
			continue;
		ret_node->mode = S_IFREG | (dev_attrs[i].store ? 0644 : 0444);
		ret_node->show = dev_attrs[i].show;
		ret_node->store = dev_attrs[i].store;
		return 0;
	}
	return -ENOENT;
}

static void net_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct net_device *dev;

	list_for_each_entry(dev, &node->net->dev_base_head, dev_list)
		emit(arg, dev->name, S_IFLNK | 0777);
}

static void class_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	emit(arg, node->index ? "net" : "class", S_IFDIR | 0755);
}

/**
 * sysfs_lookup() - What is at /sys/REST
 * @task: who looks; the devices are its namespace's
 * @rest: the path
 * @ret_node: filled
 *
 * Return: 0 or -ENOENT.
 */
int sysfs_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node)
{
	char name[IFNAMSIZ];
	const char *r;
	size_t n;

	ret_node->net = task->net;
	ret_node->create_err = -EPERM;
	if (!*rest || !strcmp(rest, "class")) {
		ret_node->index = *rest != '\0';
		dyn_dir(ret_node, class_list);
		return 0;
	}
	if (!below(rest, "class/net", &r))
		return -ENOENT;
	if (!*r) {
		dyn_dir(ret_node, net_list);
		return 0;
	}
	n = strcspn(r, "/");
	if (n >= sizeof(name))
		return -ENOENT;
	scnprintf(name, sizeof(name), "%.*s", (int)n, r);
	ret_node->dev = dev_get_by_name(task->net, name);
	if (!ret_node->dev)
		return -ENOENT;
	return dev_lookup(r[n] ? r + n + 1 : "", ret_node);
}
