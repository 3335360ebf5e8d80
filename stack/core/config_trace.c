/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * config_trace.c - changes of state as steps of the trace
 *
 * netglass's own.
 * CONTROL. Runs only while somebody listens; looks, and changes nothing.
 */
#include <linux/if.h>
#include <linux/rtnetlink.h>

#include "core/config_trace.h"
#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/task.h"
#include "core/vsprintf.h"
#include "ethtool/ethtool.h"
#include "ipv4/fib_trie.h"
#include "ipv4/route_trace.h"

static const char *kind_of(const struct net_device *dev)
{
	if (dev->flags & IFF_LOOPBACK)
		return "loopback";
	return dev->rtnl_link_ops ? dev->rtnl_link_ops->kind : NULL;
}

static void emit_link(const struct net_device *dev, const char *what, const char *value)
{
	trace_dev_from(dev, "dev.c", "call_netdevice_notifiers", LINK, link, .what = what,
		       .value = value, .link_kind = kind_of(dev), .flags = dev->flags,
		       .dev_origin = dev->origin);
}

/**
 * trace_link() - Something happened to a device
 * @event: what
 * @dev: to whom
 */
void trace_link(enum netdev_event event, const struct net_device *dev)
{
	char text[32];

	switch (event) {
	case NETDEV_REGISTER:
	case NETDEV_UNREGISTER:
		if (!dev->world->trace->moving)
			emit_link(dev, event == NETDEV_REGISTER ? "add" : "del", NULL);
		return;
	case NETDEV_UP:
		emit_link(dev, "up", NULL);
		return;
	case NETDEV_DOWN:
		emit_link(dev, "down", NULL);
		return;
	case NETDEV_CHANGE:
		emit_link(dev, netif_carrier_ok(dev) ? "carrier" : "no-carrier",
			  netif_oper_up(dev) ? "running" : NULL);
		return;
	case NETDEV_CHANGEMTU:
		scnprintf(text, sizeof(text), "%u", dev->mtu);
		emit_link(dev, "mtu", text);
		return;
	case NETDEV_CHANGEADDR:
		scnprintf(text, sizeof(text), "%pM", (const void *)dev->dev_addr);
		emit_link(dev, "address", text);
		return;
	case NETDEV_CHANGENAME:
		emit_link(dev, "name", dev->name);
		return;
	case NETDEV_CHANGEUPPER:
		emit_link(dev, dev->master ? "master" : "nomaster",
			  dev->master ? dev->master->name : NULL);
		return;
	case NETDEV_GOING_DOWN:
	case NETDEV_MOVED:
	case NETDEV_FEAT_CHANGE: /* trace_features() */
		return;
	}
}

/**
 * trace_features() - Offloads of a device were switched
 * @dev: the device
 * @old: what was on
 */
void trace_features(const struct net_device *dev, netdev_features_t old)
{
	char text[128] = "";
	int len = 0;

	for (int i = 0; i < 64; i++) {
		if (!((dev->features ^ old) >> i & 1))
			continue;
		len += scnprintf(text + len, sizeof(text) - (size_t)len, "%s%s %s", len ? ", " : "",
				 netdev_features_strings[i], dev->features >> i & 1 ? "on" : "off");
	}
	emit_link(dev, "features", text);
}

/**
 * trace_link_move() - A device leaves for another namespace, or has come: one step, not two
 * @dev: the device
 * @from: where it was; NULL: it leaves
 */
void trace_link_move(const struct net_device *dev, const struct net *from)
{
	dev->world->trace->moving = !from;
	if (from)
		emit_link(dev, "netns", from->name);
}

/**
 * trace_addr() - An address was set or removed
 * @event: RTM_NEWADDR or RTM_DELADDR
 * @ifa: the address
 */
void trace_addr(int event, const struct in_ifaddr *ifa)
{
	trace_dev_from(ifa->ifa_dev->dev, "devinet.c", "rtmsg_ifa", ADDR, addr,
		       .what = event == RTM_NEWADDR ? "add" : "del", .addr = ifa->ifa_local,
		       .prefixlen = ifa->ifa_prefixlen, .broadcast = ifa->ifa_broadcast,
		       .label = ifa->ifa_label, .addr_origin = ifa->origin);
}

/**
 * trace_route_set() - A route was made or removed
 * @tb: its table
 * @what: add, replace, del
 * @fa: the route
 * @prefix: its destination
 * @prefixlen: bits of it
 */
void trace_route_set(const struct fib_table *tb, const char *what, const struct fib_alias *fa,
		     __be32 prefix, uint8_t prefixlen)
{
	const struct fib_info *fi = fa->fa_info;
	const struct fib_nh *nh = fi->fib_nhs ? &fi->fib_nh[0] : NULL;
	struct ng_trace_event ev = {
		.kind = NG_TRACE_ROUTE_SET,
		.file = "fib_trie.c",
		.func = what[0] == 'd' ? "fib_table_delete" : "fib_table_insert",
		.route_set = { .what = what,
			       .table = tb->tb_id,
			       .prefix = prefix,
			       .prefixlen = prefixlen,
			       .type = rtn_type_name(fa->fa_type),
			       .metric = fi->fib_priority,
			       .protocol = rtprot_name(fi->fib_protocol),
			       .source = fi->fib_prefsrc,
			       .route_origin = fa->origin },
	};

	if (nh) {
		ev.route_set.has_gateway = nh->fib_nh_has_gw;
		ev.route_set.gateway = nh->fib_nh_gw4;
	}
	if (nh && nh->fib_nh_dev)
		trace_emit_dev(&ev, nh->fib_nh_dev);
	else
		trace_emit_net(&ev, tb->net);
}

/**
 * trace_rule_set() - A routing rule was made or removed
 * @net: where
 * @event: RTM_NEWRULE or RTM_DELRULE
 * @rule: the rule
 */
void trace_rule_set(const struct net *net, int event, const struct fib_rule *rule)
{
	trace_net_from(net, "fib_rules.c", "notify_rule_change", RULE_SET, rule_set,
		       .what = event == RTM_NEWRULE ? "add" : "del", .pref = rule->pref,
		       .table = rule->table, .src = rule->src, .srclen = rule->src_len,
		       .dst = rule->dst, .dstlen = rule->dst_len, .rule_origin = rule->origin);
}

/**
 * trace_sysctl() - A value below /proc/sys was written
 * @net: whose
 * @path: without /proc/sys/
 * @old: the text before, with its newline
 * @value: the text after, with its newline
 */
void trace_sysctl(const struct net *net, const char *path, struct seq_file *old,
		  struct seq_file *value)
{
	struct seq_file *both[] = { old, value };

	for (size_t i = 0; i < 2; i++) {
		seq_write(both[i], "", 1);
		for (char *p = both[i]->buf; *p; p++)
			if (*p == '\n')
				*p = '\0';
	}
	trace_net_from(net, "proc_sysctl.c", "proc_sys_write", SYSCTL, sysctl, .path = path,
		       .value = value->buf, .old = old->buf);
}

/**
 * trace_netns() - A namespace got its name, or is gone
 * @net: the namespace
 * @what: add or del
 */
void trace_netns(const struct net *net, const char *what)
{
	trace_net_from(net, "net_namespace.c", what[0] == 'a' ? "copy_net_ns" : "cleanup_net",
		       NETNS, ns, .what = what);
}

/**
 * trace_exec() - A program starts
 * @task: in which process
 */
void trace_exec(const struct ng_task *task)
{
	trace_net_from(task->net, "exec.c", "do_execve", EXEC, exec, .pid = task->nr[0],
		       .comm = task->comm, .argv = (const char *const *)task->argv);
}

/**
 * trace_exit() - A process ends
 * @task: which
 * @status: as wait(2) has it
 */
void trace_exit(const struct ng_task *task, int status)
{
	trace_net_from(task->net, "exit.c", "do_exit", EXIT, exit, .pid = task->nr[0],
		       .comm = task->comm,
		       .status = status & 0x7f ? 128 + (status & 0x7f) : status >> 8);
}
