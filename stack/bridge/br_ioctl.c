/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_ioctl.c - the old way to talk to bridges: brctl
 *
 * mirrors net/bridge/br_ioctl.c                                  CONTROL
 */
#include <linux/if.h>
#include <linux/sockios.h>

#include "bridge/br_private.h"
#include "core/task.h"

#define BR_IOCTL_MAX_BRIDGES 2048
#define BR_IOCTL_PAGE 4096U

static int add_del_if(struct net_device *brdev, int ifindex, bool add)
{
	struct net_device *dev = dev_get_by_index(brdev->net, ifindex);

	if (!dev)
		return -EINVAL;
	return add ? br_add_if(brdev, dev, NULL) : br_del_if(brdev, dev);
}

static void get_bridge_info(struct net_bridge *br, struct __bridge_info *b)
{
	memset(b, 0, sizeof(*b));
	memcpy(&b->designated_root, &br->designated_root, sizeof(br->designated_root));
	memcpy(&b->bridge_id, &br->bridge_id, sizeof(br->bridge_id));
	b->root_path_cost = br->root_path_cost;
	b->max_age = jiffies_to_clock_t(br->max_age);
	b->hello_time = jiffies_to_clock_t(br->hello_time);
	/* these three are jiffies in Linux as well */
	b->forward_delay = br->forward_delay;
	b->bridge_max_age = br->bridge_max_age;
	b->bridge_hello_time = br->bridge_hello_time;
	b->bridge_forward_delay = jiffies_to_clock_t(br->bridge_forward_delay);
	b->topology_change = br->topology_change;
	b->topology_change_detected = br->topology_change_detected;
	b->root_port = (uint8_t)br->root_port;
	b->stp_enabled = br->stp_enabled != BR_NO_STP;
	b->ageing_time = jiffies_to_clock_t(br->ageing_time);
	b->hello_timer_value = br_timer_value(br, &br->hello_timer);
	b->tcn_timer_value = br_timer_value(br, &br->tcn_timer);
	b->topology_change_timer_value = br_timer_value(br, &br->topology_change_timer);
	b->gc_timer_value = br_fdb_gc_timer_value(br);
}

static int get_port_list(const struct net_bridge *br, int *indices, int num)
{
	const struct net_bridge_port *p;

	if (num < 0)
		return -EINVAL;
	if (num == 0)
		num = 256;
	if (num > BR_MAX_PORTS)
		num = BR_MAX_PORTS;
	memset(indices, 0, (size_t)num * sizeof(*indices));
	list_for_each_entry(p, &br->port_list, list) {
		if (p->port_no < num)
			indices[p->port_no] = p->dev->ifindex;
	}
	return num;
}

static int get_port_info(const struct net_bridge *br, uint16_t port_no, struct __port_info *info)
{
	const struct net_bridge_port *p = br_get_port(br, port_no);

	if (!p)
		return -EINVAL;
	memset(info, 0, sizeof(*info));
	memcpy(&info->designated_root, &p->designated_root, sizeof(p->designated_root));
	memcpy(&info->designated_bridge, &p->designated_bridge, sizeof(p->designated_bridge));
	info->port_id = p->port_id;
	info->designated_port = p->designated_port;
	info->path_cost = p->path_cost;
	info->designated_cost = p->designated_cost;
	info->state = p->state;
	info->top_change_ack = p->topology_change_ack;
	info->config_pending = p->config_pending;
	info->message_age_timer_value = br_timer_value(br, &p->message_age_timer);
	info->forward_delay_timer_value = br_timer_value(br, &p->forward_delay_timer);
	info->hold_timer_value = br_timer_value(br, &p->hold_timer);
	return 0;
}

static int set_port(struct net_bridge *br, const unsigned long *args)
{
	struct net_bridge_port *p = br_get_port(br, (uint16_t)args[1]);
	int err;

	if (!p)
		return -EINVAL;
	if (args[0] == BRCTL_SET_PORT_PRIORITY)
		err = br_stp_set_port_priority(p, (uint32_t)args[2]);
	else
		err = br_stp_set_path_cost(p, (uint32_t)args[2]);
	if (!err)
		br_ifinfo_notify(RTM_NEWLINK, p->br, p);
	return err;
}

static int set_bridge(struct net_bridge *br, const unsigned long *args)
{
	switch (args[0]) {
	case BRCTL_SET_BRIDGE_FORWARD_DELAY:
		return br_set_forward_delay(br, args[1]);
	case BRCTL_SET_BRIDGE_HELLO_TIME:
		return br_set_hello_time(br, args[1]);
	case BRCTL_SET_BRIDGE_MAX_AGE:
		return br_set_max_age(br, args[1]);
	case BRCTL_SET_AGEING_TIME:
		return br_set_ageing_time(br, args[1]);
	case BRCTL_SET_BRIDGE_STP_STATE:
		return br_stp_set_enabled(br, args[1]);
	case BRCTL_SET_BRIDGE_PRIORITY:
		br_stp_set_bridge_priority(br, (uint16_t)args[1]);
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

/**
 * br_dev_siocdevprivate() - SIOCDEVPRIVATE on a bridge: brctl's calls before netlink
 * @dev: the bridge
 * @ifr: struct ifreq; ifr_data is four unsigned longs: call, and its arguments
 * @cmd: the request
 *
 * Return: what the call returns, or -errno.
 */
int br_dev_siocdevprivate(struct net_device *dev, void *ifr, unsigned long cmd)
{
	const struct ifreq *rq = ifr;
	struct net_bridge *br = br_priv(dev);
	unsigned long args[4];
	uint32_t maxnum;
	void *argp;

	if (!rq->ifr_data)
		return -EFAULT;
	if (cmd != SIOCDEVPRIVATE)
		return -EOPNOTSUPP;
	memcpy(args, rq->ifr_data, sizeof(args));
	argp = (void *)(uintptr_t)args[1];
	switch (args[0]) {
	case BRCTL_ADD_IF:
	case BRCTL_DEL_IF:
		return add_del_if(dev, (int)args[1], args[0] == BRCTL_ADD_IF);
	case BRCTL_GET_BRIDGE_INFO:
		get_bridge_info(br, argp);
		return 0;
	case BRCTL_GET_PORT_LIST:
		return get_port_list(br, argp, (int)args[2]);
	case BRCTL_GET_PORT_INFO:
		return get_port_info(br, (uint16_t)args[2], argp);
	case BRCTL_GET_FDB_ENTRIES:
		maxnum = BR_IOCTL_PAGE / sizeof(struct __fdb_entry);
		if (args[2] < maxnum)
			maxnum = (uint32_t)args[2];
		return br_fdb_fillbuf(br, argp, maxnum, (uint32_t)args[3]);
	case BRCTL_SET_PORT_PRIORITY:
	case BRCTL_SET_PATH_COST:
		return set_port(br, args);
	default:
		return set_bridge(br, args);
	}
}

static int get_bridge_ifindices(const struct net *net, int *indices, int num)
{
	const struct net_device *dev;
	int i = 0;

	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (i >= num)
			break;
		if (dev->priv_flag_bridge)
			indices[i++] = dev->ifindex;
	}
	return i;
}

static int add_del_bridge(struct net *net, const char *arg, bool add,
			  const struct ng_origin *origin)
{
	char name[IFNAMSIZ];

	memcpy(name, arg, IFNAMSIZ);
	name[IFNAMSIZ - 1] = '\0';
	return add ? br_add_bridge(net, name, origin) : br_del_bridge(net, name);
}

static int old_deviceless(struct net *net, const void *data, const struct ng_origin *origin)
{
	unsigned long args[3];

	memcpy(args, data, sizeof(args));
	switch (args[0]) {
	case BRCTL_GET_VERSION:
		return BRCTL_VERSION;
	case BRCTL_GET_BRIDGES:
		if (args[2] >= BR_IOCTL_MAX_BRIDGES)
			return -ENOMEM;
		return get_bridge_ifindices(net, (int *)(uintptr_t)args[1], (int)args[2]);
	case BRCTL_ADD_BRIDGE:
	case BRCTL_DEL_BRIDGE:
		return add_del_bridge(net, (const char *)(uintptr_t)args[1],
				      args[0] == BRCTL_ADD_BRIDGE, origin);
	default:
		return -EOPNOTSUPP;
	}
}

static int bridge_port_ioctl(struct net *net, const struct ifreq *ifr, bool add)
{
	struct net_device *dev;
	char name[IFNAMSIZ];
	char *colon;

	memcpy(name, ifr->ifr_name, IFNAMSIZ);
	name[IFNAMSIZ - 1] = '\0';
	colon = strchr(name, ':');
	if (colon)
		*colon = '\0';
	dev = dev_get_by_name(net, name);
	if (!dev)
		return -ENODEV;
	if (!dev->priv_flag_bridge)
		return -EOPNOTSUPP;
	return add_del_if(dev, ifr->ifr_ifindex, add);
}

static int dev_private_ioctl(struct net *net, struct ifreq *ifr, unsigned long request)
{
	struct net_device *dev;
	char name[IFNAMSIZ];

	memcpy(name, ifr->ifr_name, IFNAMSIZ);
	name[IFNAMSIZ - 1] = '\0';
	dev = dev_get_by_name(net, name);
	if (!dev)
		return -ENODEV;
	return dev->ops->ndo_do_ioctl ? dev->ops->ndo_do_ioctl(dev, ifr, request) : -EOPNOTSUPP;
}

/**
 * br_ioctl() - The bridge's requests on any socket: SIOCBR*, SIOCGIFBR, SIOCDEVPRIVATE ...
 * @task: who asks
 * @net: the socket's namespace
 * @request: which
 * @arg: a name, a struct ifreq, or three unsigned longs
 *
 * Return: what the call returns, or -errno.
 */
int br_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg)
{
	static const struct ng_origin nobody;
	const struct ng_origin *origin = task ? &task->origin : &nobody;

	switch (request) {
	case SIOCGIFBR:
	case SIOCSIFBR:
		return old_deviceless(net, arg, origin);
	case SIOCBRADDBR:
	case SIOCBRDELBR:
		return add_del_bridge(net, arg, request == SIOCBRADDBR, origin);
	case SIOCBRADDIF:
	case SIOCBRDELIF:
		return bridge_port_ioctl(net, arg, request == SIOCBRADDIF);
	default:
		return dev_private_ioctl(net, arg, request);
	}
}
