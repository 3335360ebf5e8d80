/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc_net.c - /proc/net: tables as text
 *
 * mirrors fs/proc/proc_net.c, net/core/net-procfs.c and the seq_show() functions of net/ipv4/
 * TABLE.
 */
#include <errno.h>
#include <string.h>

#include "8021q/vlan.h"
#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/task.h"
#include "fs/inode.h"
#include "fs/proc_sock.h"
#include "ipv4/fib.h"
#include "ipv4/inetdevice.h"
#include "ipv4/route.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

#define ROUTE_LINE 127 /* fib_route_seq_show() pads every line to this */

static void arp_row(void *arg, const struct arp_seq_row *row)
{
	struct seq_file *m = arg;
	char ip[16];

	scnprintf(ip, sizeof(ip), "%pI4", (const void *)&row->ip);
	seq_printf(m, "%-16s 0x%-10x0x%-10x%pM     *        %s\n", ip, row->hatype, row->flags,
		   (const void *)row->ha, row->ifname);
}

static int arp_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(
		m,
		"IP address       HW type     Flags       HW address            Mask     Device\n");
	arp_seq(node->net, arp_row, m);
	return 0;
}

static int dev_show(struct dyn_node *node, struct seq_file *m)
{
	const struct net_device *dev = NULL;

	seq_printf(m,
		   "Inter-|   Receive                                                |  Transmit\n"
		   " face |bytes    packets errs drop fifo frame compressed multicast|"
		   "bytes    packets errs drop fifo colls carrier compressed\n");
	/* by index, as for_each_netdev_dump() */
	while ((dev = netdev_next_by_index(node->net, dev))) {
		const struct net_device_stats *s = &dev->stats;

		seq_printf(m, "%6s: %7llu %7llu %4llu %4llu %4u %5u %10u %9llu ", dev->name,
			   (unsigned long long)s->rx_bytes, (unsigned long long)s->rx_packets,
			   (unsigned long long)s->rx_errors, (unsigned long long)s->rx_dropped, 0,
			   0, 0, (unsigned long long)s->multicast);
		seq_printf(m, "%8llu %7llu %4llu %4llu %4u %5llu %7llu %10u\n",
			   (unsigned long long)s->tx_bytes, (unsigned long long)s->tx_packets,
			   (unsigned long long)s->tx_errors, (unsigned long long)s->tx_dropped, 0,
			   (unsigned long long)s->collisions,
			   (unsigned long long)s->tx_carrier_errors, 0);
	}
	return 0;
}

static void route_row(void *arg, const struct fib_seq_row *r)
{
	struct seq_file *m = arg;
	size_t start = m->len;

	seq_printf(m, "%s\t%08X\t%08X\t%04X\t0\t0\t%u\t%08X\t%u\t%u\t%u",
		   r->ifname ? r->ifname : "*", (ng_force uint32_t)r->dst,
		   (ng_force uint32_t)r->gateway, r->flags, r->metric, (ng_force uint32_t)r->mask,
		   r->mtu, r->window, r->irtt);
	seq_pad_to(m, start, ROUTE_LINE);
	seq_printf(m, "\n");
}

static int route_show(struct dyn_node *node, struct seq_file *m)
{
	if (!fib_get_table(node->net, RT_TABLE_MAIN))
		return 0; /* nobody ever had an address or a route here */
	seq_printf(m, "%-127s\n",
		   "Iface\tDestination\tGateway "
		   "\tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT");
	fib_route_seq(node->net, route_row, m);
	return 0;
}

static int fib_trie_show(struct dyn_node *node, struct seq_file *m)
{
	fib_trie_seq(node->net, m);
	return 0;
}

static int fib_triestat_show(struct dyn_node *node, struct seq_file *m)
{
	fib_triestat_seq(node->net, m);
	return 0;
}

static int dev_mcast_show(struct dyn_node *node, struct seq_file *m)
{
	const struct net_device *dev;
	const struct netdev_hw_addr *ha;

	list_for_each_entry(dev, &node->net->dev_base_head, dev_list) {
		list_for_each_entry(ha, &dev->mc_list, list) {
			if (!(ha->addr[0] & 1))
				continue;
			seq_printf(m, "%-4d %-15s %-5d %-5d %02x%02x%02x%02x%02x%02x\n",
				   dev->ifindex, dev->name, (int)ha->refcount, ha->global_use,
				   ha->addr[0], ha->addr[1], ha->addr[2], ha->addr[3], ha->addr[4],
				   ha->addr[5]);
		}
	}
	return 0;
}

/* The kernel prints a group as the number it is in memory. */
static void igmp_emit(void *arg, const struct igmp_mc_row *row)
{
	struct seq_file *m = arg;

	if (!row->im)
		seq_printf(m, "%d\t%-10s: %5u %7s\n", row->dev->ifindex, row->dev->name, row->count,
			   row->querier);
	else
		seq_printf(m, "\t\t\t\t%08X %5d %d:%08llX\t\t%d\n",
			   (ng_force uint32_t)row->im->multiaddr, row->im->users,
			   row->im->tm_running, (unsigned long long)row->timer, row->im->reporter);
}

static int igmp_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n");
	igmp_mc_seq(node->net, igmp_emit, m);
	return 0;
}

/* no socket filters sources */
static int mcfilter_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "Idx Device        MCA        SRC    INC    EXC\n");
	return 0;
}

static int nf_conntrack_show(struct dyn_node *node, struct seq_file *m)
{
	nf_conntrack_seq_show(node->net, m);
	return 0;
}

/* the clock of queueing disciplines: tc counts in 64 ns */
static int psched_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "000003e8 00000040 000f4240 3b9aca00\n");
	return 0;
}

static int empty_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	(void)m;
	return 0;
}

static int recent_show(struct dyn_node *node, struct seq_file *m)
{
	return xt_recent_show(node->net, node->path, m);
}

static int recent_store(struct dyn_node *node, const char *text, size_t len)
{
	return xt_recent_store(node->net, node->path, text, len);
}

static int hashlimit_show(struct dyn_node *node, struct seq_file *m)
{
	return xt_hashlimit_show(node->net, node->path, m);
}

/* Folders with a file for each list of an extension. */
static const struct xt_dir {
	const char *name; /* with its slash */
	uint32_t mode;	  /* of its files */
	void (*list)(struct net *net, void (*emit)(void *arg, const char *name), void *arg);
	int (*find)(struct net *net, const char *name, struct seq_file *m);
	int (*show)(struct dyn_node *node, struct seq_file *m);
	int (*store)(struct dyn_node *node, const char *text, size_t len);
} xt_dirs[] = {
	{ "ipt_hashlimit/", 0444, xt_hashlimit_list, xt_hashlimit_show, hashlimit_show, NULL },
	{ "xt_recent/", 0644, xt_recent_list, xt_recent_show, recent_show, recent_store },
};

#define NR_XT_DIRS (sizeof(xt_dirs) / sizeof(xt_dirs[0]))

struct xt_emit {
	dyn_emit_fn emit;
	void *arg;
	uint32_t mode;
};

static void xt_emit_one(void *arg, const char *name)
{
	const struct xt_emit *e = arg;

	e->emit(e->arg, name, S_IFREG | e->mode);
}

static void xt_dir_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct xt_dir *dir = node->entry;
	struct xt_emit e = { .emit = emit, .arg = arg, .mode = dir->mode };

	dir->list(node->net, xt_emit_one, &e);
}

static int xt_dir_lookup(const char *rest, struct dyn_node *ret_node)
{
	size_t i;

	for (i = 0; i < NR_XT_DIRS; i++) {
		const struct xt_dir *dir = &xt_dirs[i];
		size_t n = strlen(dir->name);

		ret_node->entry = dir;
		if (strlen(rest) == n - 1 && !strncmp(rest, dir->name, n - 1)) {
			dyn_dir(ret_node, xt_dir_list);
			return 0;
		}
		if (strncmp(rest, dir->name, n) || strlen(rest + n) >= sizeof(ret_node->path) ||
		    dir->find(ret_node->net, rest + n, NULL))
			continue;
		scnprintf(ret_node->path, sizeof(ret_node->path), "%s", rest + n);
		ret_node->mode = S_IFREG | dir->mode;
		ret_node->show = dir->show;
		ret_node->store = dir->store;
		return 0;
	}
	return -ENOENT;
}

static void vlan_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct net_device *dev;

	emit(arg, "config", S_IFREG | 0600);
	list_for_each_entry(dev, &node->net->dev_base_head, dev_list) {
		if (is_vlan_dev(dev))
			emit(arg, dev->name, S_IFREG | 0600);
	}
}

static int vlan_config_show(struct dyn_node *node, struct seq_file *m)
{
	return vlan_proc_config_show(node->net, m);
}

static int vlan_dev_show(struct dyn_node *node, struct seq_file *m)
{
	const struct net_device *dev = dev_get_by_index(node->net, (int)node->index);

	return dev && is_vlan_dev(dev) ? vlan_proc_dev_show(dev, m) : 0;
}

/* REST: "", "/config" or "/NAME" */
static int vlan_lookup(const struct net *net, const char *rest, struct dyn_node *ret_node)
{
	const struct net_device *dev;

	if (!*rest) {
		dyn_dir(ret_node, vlan_list);
		return 0;
	}
	ret_node->mode = S_IFREG | 0600;
	ret_node->show = vlan_config_show;
	if (!strcmp(rest, "/config"))
		return 0;
	dev = dev_get_by_name(net, rest + 1);
	if (!dev || !is_vlan_dev(dev))
		return -ENOENT;
	ret_node->index = dev->ifindex;
	ret_node->show = vlan_dev_show;
	return 0;
}

static const struct {
	const char *name;
	int (*show)(struct dyn_node *node, struct seq_file *m);
	bool secret; /* for the owner alone */
} files[] = {
	{ "arp", arp_show, false },
	{ "dev", dev_show, false },
	{ "dev_mcast", dev_mcast_show, false },
	{ "fib_trie", fib_trie_show, false },
	{ "fib_triestat", fib_triestat_show, false },
	{ "if_inet6", empty_show, false },
	{ "igmp", igmp_show, false },
	{ "ip_tables_matches", empty_show, true },
	{ "ip_tables_names", empty_show, true },
	{ "ip_tables_targets", empty_show, true },
	{ "mcfilter", mcfilter_show, false },
	{ "netlink", proc_netlink_show, false },
	{ "netstat", proc_netstat_show, false },
	{ "nf_conntrack", nf_conntrack_show, true },
	{ "nf_conntrack_expect", empty_show, true },
	{ "packet", proc_packet_show, false },
	{ "psched", psched_show, false },
	{ "raw", proc_raw_show, false },
	{ "raw6", proc_udp6_show, false },
	{ "route", route_show, false },
	{ "snmp", proc_snmp_show, false },
	{ "sockstat", proc_sockstat_show, false },
	{ "sockstat6", proc_sockstat6_show, false },
	{ "tcp", proc_tcp_show, false },
	{ "tcp6", proc_tcp6_show, false },
	{ "udp", proc_udp_show, false },
	{ "udp6", proc_udp6_show, false },
	{ "unix", proc_unix_show, false },
};

#define NR_FILES (sizeof(files) / sizeof(files[0]))

static uint32_t file_mode(size_t i)
{
	return files[i].secret ? S_IFREG | 0440 : S_IFREG | 0444;
}

static void net_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	size_t i;

	(void)node;
	for (i = 0; i < NR_FILES; i++)
		emit(arg, files[i].name, file_mode(i));
	emit(arg, "ipt_hashlimit", S_IFDIR | 0555);
	emit(arg, "vlan", S_IFDIR | 0555);
	emit(arg, "xt_recent", S_IFDIR | 0555);
}

/**
 * proc_net_lookup() - What is at /proc/net/REST
 * @task: who looks
 * @net: whose tables
 * @rest: the path
 * @ret_node: filled
 *
 * Return: 0 or -ENOENT.
 */
int proc_net_lookup(struct ng_task *task, struct net *net, const char *rest,
		    struct dyn_node *ret_node)
{
	size_t i;

	(void)task;
	ret_node->net = net;
	if (!*rest) {
		dyn_dir(ret_node, net_list);
		return 0;
	}
	if (!strncmp(rest, "vlan", 4) && (!rest[4] || rest[4] == '/'))
		return vlan_lookup(net, rest + 4, ret_node);
	for (i = 0; i < NR_FILES; i++) {
		if (strcmp(rest, files[i].name))
			continue;
		ret_node->mode = file_mode(i);
		ret_node->show = files[i].show;
		return 0;
	}
	return xt_dir_lookup(rest, ret_node);
}
