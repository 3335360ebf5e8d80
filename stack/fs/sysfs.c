/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysfs.c - /sys/class/net: the tree of devices and the links between them
 *
 * mirrors net/core/net-sysfs.c and net/bridge/br_sysfs_{br,if}.c
 * TABLE. The files of a device are in sysfs_dev.c, the bridge's tables of attributes in bridge/.
 */
#include <errno.h>
#include <linux/if.h>
#include <string.h>

#include "bridge/bridge.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "fs/sysfs.h"

#define SYSFS_LINKS_MAX 40 /* as MAXSYMLINKS */

static void dev_list_files(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct net_device *dev = node->dev;
	const struct net_device *port;
	char name[IFNAMSIZ + 8];

	sysfs_dev_list(emit, arg);
	emit(arg, "subsystem", S_IFLNK | 0777);
	if (dev->priv_flag_bridge) {
		emit(arg, "bridge", S_IFDIR | 0755);
		emit(arg, "brforward", S_IFREG | 0444);
		emit(arg, "brif", S_IFDIR | 0755);
	}
	list_for_each_entry(port, &dev->net->dev_base_head, dev_list) {
		if (port->master != dev)
			continue;
		scnprintf(name, sizeof(name), "lower_%s", port->name);
		emit(arg, name, S_IFLNK | 0777);
	}
	if (dev->br_port)
		emit(arg, "brport", S_IFDIR | 0755);
	if (dev->master) {
		emit(arg, "master", S_IFLNK | 0777);
		scnprintf(name, sizeof(name), "upper_%s", dev->master->name);
		emit(arg, name, S_IFLNK | 0777);
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
	if (node->port)
		emit(arg, "bridge", S_IFLNK | 0777);
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
	if (!*rest)
		return sysfs_dir(ret_node, br_list, port ? SYSFS_BRPORT : SYSFS_BRIDGE, 2);
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
	seq_printf(m, "%s", node->path);
	return 0;
}

static int make_link(struct dyn_node *node, const char *up, const char *name, const char *below)
{
	scnprintf(node->path, sizeof(node->path), "%s%s%s", up, name, below);
	node->mode = S_IFLNK | 0777;
	node->show = link_show;
	return 0;
}

static int dev_lookup(const char *rest, struct dyn_node *ret_node);

/* "DEVICE" or "DEVICE/rest" */
static struct net_device *device_named(struct net *net, const char *path, const char **ret_rest)
{
	size_t n = strcspn(path, "/");
	char name[IFNAMSIZ];

	if (n >= sizeof(name))
		return NULL;
	scnprintf(name, sizeof(name), "%.*s", (int)n, path);
	*ret_rest = path + n + (path[n] == '/');
	return dev_get_by_name(net, name);
}

/* What lies behind a link to another device's folder. */
static int other_lookup(struct net_device *dev, const char *rest, struct dyn_node *ret_node)
{
	if (++ret_node->links > SYSFS_LINKS_MAX)
		return -ELOOP;
	ret_node->dev = dev;
	return dev_lookup(rest, ret_node);
}

/* "PORT" or "PORT/rest", after @prefix: a port of the bridge */
static struct net_device *port_named(const struct net_device *dev, const char *path,
				     const char *prefix, const char **ret_rest)
{
	size_t skip = strlen(prefix);
	struct net_device *port;

	if (strncmp(path, prefix, skip))
		return NULL;
	port = device_named(dev->net, path + skip, ret_rest);
	return port && port->master == dev ? port : NULL;
}

/* class/net/: a device is a link, and what lies behind it */
static int class_lookup(const char *rest, struct dyn_node *ret_node)
{
	const char *r;
	struct net_device *dev = device_named(ret_node->net, rest, &r);

	if (!dev)
		return -ENOENT;
	return *r ? other_lookup(dev, r, ret_node)
		  : make_link(ret_node, "../../devices/virtual/net/", dev->name, "");
}

/* brport/ of a port */
static int brport_lookup(const char *rest, struct dyn_node *ret_node)
{
	struct net_device *master = ret_node->dev->master;
	const char *r;

	if (!sysfs_below(rest, "bridge", &r))
		return br_lookup(rest, true, ret_node);
	return *r ? other_lookup(master, r, ret_node)
		  : make_link(ret_node, "../../", master->name, "");
}

/* brif/ of a bridge: PORT is a link to ../../PORT/brport */
static int brif_lookup(const char *rest, struct dyn_node *ret_node)
{
	struct net_device *port;
	const char *r;

	if (!*rest)
		return sysfs_dir(ret_node, brif_list, SYSFS_BRIF, 2);
	port = port_named(ret_node->dev, rest, "", &r);
	if (!port)
		return -ENOENT;
	if (!*r)
		return make_link(ret_node, "../../", port->name, "/brport");
	ret_node->dev = port;
	return brport_lookup(r, ret_node);
}

static int upper_lookup(const char *rest, struct dyn_node *ret_node)
{
	struct net_device *master = ret_node->dev->master;
	char upper[IFNAMSIZ + 8];
	const char *r;

	scnprintf(upper, sizeof(upper), "upper_%s", master->name);
	if (!sysfs_below(rest, "master", &r) && !sysfs_below(rest, upper, &r))
		return -ENOENT;
	return *r ? other_lookup(master, r, ret_node)
		  : make_link(ret_node, "../", master->name, "");
}

static int bridge_lookup(const char *rest, struct dyn_node *ret_node)
{
	struct net_device *port;
	const char *r;

	if (sysfs_below(rest, "bridge", &r))
		return br_lookup(r, false, ret_node);
	if (sysfs_below(rest, "brif", &r))
		return brif_lookup(r, ret_node);
	port = port_named(ret_node->dev, rest, "lower_", &r);
	if (port)
		return *r ? other_lookup(port, r, ret_node)
			  : make_link(ret_node, "../", port->name, "");
	if (strcmp(rest, "brforward"))
		return -ENOENT;
	ret_node->mode = S_IFREG | 0444;
	ret_node->show = brforward_show;
	return 0;
}

static int dev_lookup(const char *rest, struct dyn_node *ret_node)
{
	struct net_device *dev = ret_node->dev;
	const char *r;
	int err = -ENOENT;

	if (!*rest)
		return sysfs_dir(ret_node, dev_list_files, SYSFS_DEV,
				 5U + (dev->priv_flag_bridge ? 2 : 0) + (dev->br_port ? 1 : 0));
	if (sysfs_below(rest, "subsystem", &r)) {
		if (*r && ++ret_node->links > SYSFS_LINKS_MAX)
			return -ELOOP;
		return *r ? class_lookup(r, ret_node)
			  : make_link(ret_node, "../../../../class/", "net", "");
	}
	if (dev->br_port && sysfs_below(rest, "brport", &r))
		return brport_lookup(r, ret_node);
	if (dev->priv_flag_bridge)
		err = bridge_lookup(rest, ret_node);
	if (err && dev->master)
		err = upper_lookup(rest, ret_node);
	return err ? sysfs_dev_lookup(rest, ret_node) : 0;
}

static void net_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct net_device *dev;

	list_for_each_entry(dev, &node->net->dev_base_head, dev_list)
		emit(arg, dev->name, S_IFLNK | 0777);
}

static void devices_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct net_device *dev;

	list_for_each_entry(dev, &node->net->dev_base_head, dev_list)
		emit(arg, dev->name, S_IFDIR | 0755);
}

static void names_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	dyn_emit_names(node->entry, emit, arg, S_IFDIR | 0755);
}

/* the folders above those of the devices */
static bool top_lookup(const char *rest, struct dyn_node *ret_node)
{
	static const char *const in_root[] = { "class", "devices", NULL };
	static const char *const in_class[] = { "net", NULL };
	static const char *const in_devices[] = { "virtual", NULL };
	static const struct {
		const char *path;
		const char *const *names;
		enum sysfs_ino ino;
	} tops[] = { { "", in_root, SYSFS_ROOT },
		     { "class", in_class, SYSFS_CLASS },
		     { "devices", in_devices, SYSFS_DEVICES },
		     { "devices/virtual", in_class, SYSFS_VIRTUAL } };

	for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++) {
		if (strcmp(rest, tops[i].path))
			continue;
		ret_node->entry = tops[i].names;
		sysfs_dir(ret_node, names_list, tops[i].ino, 3);
		return true;
	}
	return false;
}

/**
 * sysfs_lookup() - What is at /sys/REST
 * @task: who looks; the devices are its namespace's
 * @rest: the path
 * @ret_node: filled
 *
 * A device is a folder of devices/virtual/net and a link in class/net.
 *
 * Return: 0 or -ENOENT.
 */
int sysfs_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node)
{
	const char *r;

	ret_node->net = task->net;
	ret_node->create_err = -EPERM;
	ret_node->size = 4096; /* of a file */
	if (top_lookup(rest, ret_node))
		return 0;
	if (sysfs_below(rest, "class/net", &r))
		return *r ? class_lookup(r, ret_node)
			  : sysfs_dir(ret_node, net_list, SYSFS_CLASS_NET, 2);
	if (!sysfs_below(rest, "devices/virtual/net", &r))
		return -ENOENT;
	if (!*r)
		return sysfs_dir(ret_node, devices_list, SYSFS_VIRTUAL_NET, 2);
	ret_node->dev = device_named(task->net, r, &r);
	return ret_node->dev ? dev_lookup(r, ret_node) : -ENOENT;
}
