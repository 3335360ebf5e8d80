/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devinet_dev.c - IPv4 on a device: from its registration to its end; conf/ and the sysctl defaults
 *
 * mirrors net/ipv4/devinet.c (inetdev_event(), devinet_init_net()) and inet_init_net() of af_inet.c
 * CONTROL
 */
#include <errno.h>
#include <linux/icmp.h>
#include <linux/netconf.h>
#include <string.h>

#include "core/neighbour.h"
#include "core/vsprintf.h"
#include "core/xalloc.h"
#include "fs/sysctl.h"
#include "ipv4/devinet.h"
#include "ipv4/route.h"

#define IPV4_MIN_MTU 68 /* RFC 791 */

static bool inetdev_valid_mtu(uint32_t mtu)
{
	return mtu >= IPV4_MIN_MTU;
}

/**
 * ipv4_devconf_setall() - From now on `conf/default` no longer reaches a device.
 * @in_dev: it got an address
 */
void ipv4_devconf_setall(struct in_device *in_dev)
{
	in_dev->cnf.set = ~UINT64_C(0);
	neigh_parms_of(in_dev->dev)->set = ~UINT64_C(0);
}

/**
 * ipv4_devconf_set() - Sets one conf/ value of a device.
 * @in_dev: device
 * @index: IPV4_DEVCONF_*
 * @val: value
 */
void ipv4_devconf_set(struct in_device *in_dev, int index, int val)
{
	in_dev->cnf.set |= UINT64_C(1) << (index - 1);
	in_dev->cnf.data[index - 1] = val;
}

static struct in_device *inetdev_init(struct net_device *dev)
{
	struct in_device *in_dev = xzalloc(sizeof(*in_dev));

	in_dev->dev = dev;
	in_dev->noarp = dev->flags & IFF_NOARP;
	in_dev->cnf = dev->net->ipv4->devconf_dflt;
	INIT_LIST_HEAD(&in_dev->ifa_list);
	ip_mc_init_dev(in_dev);
	neigh_parms_of(dev);
	dev->ip_ptr = in_dev;
	inet_netconf_notify_devconf(dev->net, RTM_NEWNETCONF, NETCONFA_ALL, dev->ifindex,
				    &in_dev->cnf);
	if (dev->flags & IFF_UP)
		ip_mc_up(in_dev);
	return in_dev;
}

static void inetdev_destroy(struct in_device *in_dev)
{
	struct net_device *dev = in_dev->dev;

	in_dev->dead = true;
	ip_mc_destroy_dev(in_dev);
	while (!list_empty(&in_dev->ifa_list))
		inet_del_ifa(list_first_entry(&in_dev->ifa_list, struct in_ifaddr, list), true,
			     NULL);
	dev->ip_ptr = NULL;
	inet_netconf_notify_devconf(dev->net, RTM_DELNETCONF, 0, dev->ifindex, NULL);
	arp_ifdown(dev);
	neigh_parms_release(dev);
	free(in_dev);
}

/* Labels follow a device's name: NAME, NAME:2, NAME:3, or the alias they had. */
static void inetdev_changename(struct net_device *dev, struct in_device *in_dev)
{
	struct in_ifaddr *ifa;
	int named = 0;

	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		char old[IFNAMSIZ], suffix[IFNAMSIZ];
		const char *dot;
		size_t at, len;

		memcpy(old, ifa->ifa_label, IFNAMSIZ);
		memset(ifa->ifa_label, 0, IFNAMSIZ);
		memcpy(ifa->ifa_label, dev->name, strlen(dev->name));
		if (named++ > 0) {
			dot = strchr(old, ':');
			if (!dot) {
				scnprintf(suffix, sizeof(suffix), ":%d", named);
				dot = suffix;
			}
			len = strlen(dot);
			at = strlen(dev->name);
			if (at + len >= IFNAMSIZ)
				at = IFNAMSIZ - len - 1;
			memcpy(ifa->ifa_label + at, dot, len + 1);
		}
		rtmsg_ifa(RTM_NEWADDR, ifa, NULL);
	}
}

static void inetdev_send_gratuitous_arp(struct net_device *dev, struct in_device *in_dev)
{
	const struct in_ifaddr *ifa;

	list_for_each_entry(ifa, &in_dev->ifa_list, list)
		arp_send(ARPOP_REQUEST, dev, ifa->ifa_local, ifa->ifa_local, NULL, dev->dev_addr,
			 NULL);
}

static void inetdev_loopback_addr(struct in_device *in_dev)
{
	struct in_ifaddr *ifa = inet_alloc_ifa(in_dev);

	ifa->ifa_local = ifa->ifa_address = cpu_to_be32(0x7f000001);
	ifa->ifa_prefixlen = 8;
	ifa->ifa_mask = inet_make_mask(8);
	ifa->ifa_scope = RT_SCOPE_HOST;
	memcpy(ifa->ifa_label, in_dev->dev->name, IFNAMSIZ);
	set_ifa_lifetime(ifa, INFINITY_LIFE_TIME, INFINITY_LIFE_TIME);
	ipv4_devconf_setall(in_dev);
	inet_insert_ifa(ifa, NULL, NULL);
}

static void inetdev_up(struct net_device *dev, struct in_device *in_dev)
{
	if (!inetdev_valid_mtu(dev->mtu))
		return;
	if (dev->flags & IFF_LOOPBACK)
		inetdev_loopback_addr(in_dev);
	ip_mc_up(in_dev);
	if (IN_DEV_ARP_NOTIFY(in_dev))
		inetdev_send_gratuitous_arp(dev, in_dev);
}

static void inetdev_appear(enum netdev_event event, struct net_device *dev)
{
	struct in_device *in_dev;

	if (event == NETDEV_REGISTER || event == NETDEV_MOVED) {
		in_dev = inetdev_init(dev);
		if (dev->flags & IFF_LOOPBACK) {
			ipv4_devconf_set(in_dev, IPV4_DEVCONF_NOXFRM, 1);
			ipv4_devconf_set(in_dev, IPV4_DEVCONF_NOPOLICY, 1);
		}
	} else if (event == NETDEV_CHANGEMTU && inetdev_valid_mtu(dev->mtu)) {
		inetdev_init(dev);
	}
}

/**
 * inetdev_event() - A device changed: its IPv4 part follows.
 * @event: what happened
 * @dev: to whom
 *
 * Return: 0.
 */
int inetdev_event(enum netdev_event event, struct net_device *dev)
{
	struct in_device *in_dev = in_dev_get(dev);

	if (!in_dev) {
		inetdev_appear(event, dev);
		return 0;
	}
	switch (event) {
	case NETDEV_UP:
		inetdev_up(dev, in_dev);
		break;
	case NETDEV_CHANGEADDR:
		if (IN_DEV_ARP_NOTIFY(in_dev))
			inetdev_send_gratuitous_arp(dev, in_dev);
		break;
	case NETDEV_DOWN:
		ip_mc_down(in_dev);
		break;
	case NETDEV_CHANGEMTU:
		if (!inetdev_valid_mtu(dev->mtu))
			inetdev_destroy(in_dev);
		break;
	case NETDEV_UNREGISTER:
		inetdev_destroy(in_dev);
		break;
	case NETDEV_CHANGENAME:
		inetdev_changename(dev, in_dev);
		/* its folder in conf/ goes and comes: devinet_sysctl_unregister(), ..._register() */
		inet_netconf_notify_devconf(dev->net, RTM_DELNETCONF, 0, dev->ifindex, NULL);
		inet_netconf_notify_devconf(dev->net, RTM_NEWNETCONF, NETCONFA_ALL, dev->ifindex,
					    &in_dev->cnf);
		break;
	case NETDEV_REGISTER:
	case NETDEV_FEAT_CHANGE:
	case NETDEV_GOING_DOWN:
	case NETDEV_CHANGE:
	case NETDEV_CHANGEUPPER:
	case NETDEV_MOVED:
		break;
	}
	return 0;
}

/**
 * inet_forward_change() - conf/all/forwarding (ip_forward) was given another value: all follow.
 * @net: namespace
 */
void inet_forward_change(struct net *net)
{
	struct netns_ipv4 *ipv4 = net->ipv4;
	int on = IPV4_DEVCONF(ipv4->devconf_all, FORWARDING);
	struct net_device *dev;

	IPV4_DEVCONF(ipv4->devconf_all, ACCEPT_REDIRECTS) = !on;
	IPV4_DEVCONF(ipv4->devconf_dflt, FORWARDING) = on;
	inet_netconf_notify_devconf(net, RTM_NEWNETCONF, NETCONFA_FORWARDING, NETCONFA_IFINDEX_ALL,
				    &ipv4->devconf_all);
	inet_netconf_notify_devconf(net, RTM_NEWNETCONF, NETCONFA_FORWARDING,
				    NETCONFA_IFINDEX_DEFAULT, &ipv4->devconf_dflt);
	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (!dev->ip_ptr)
			continue;
		ipv4_devconf_set(dev->ip_ptr, IPV4_DEVCONF_FORWARDING, on);
		inet_netconf_notify_devconf(net, RTM_NEWNETCONF, NETCONFA_FORWARDING, dev->ifindex,
					    &dev->ip_ptr->cnf);
	}
	rt_cache_flush(net);
}

/**
 * devinet_copy_dflt_conf() - conf/default was written: devices that follow it get the value.
 * @net: namespace
 * @index: of data[]: IPV4_DEVCONF_* - 1
 */
void devinet_copy_dflt_conf(struct net *net, int index)
{
	struct net_device *dev;

	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		struct in_device *in_dev = in_dev_get(dev);

		if (in_dev && !(in_dev->cnf.set & UINT64_C(1) << index))
			in_dev->cnf.data[index] = net->ipv4->devconf_dflt.data[index];
	}
}

/* ipv4_devconf and ipv4_devconf_dflt in net/ipv4/devinet.c */
static void devinet_init_conf(struct netns_ipv4 *ipv4)
{
	struct ipv4_devconf *all = &ipv4->devconf_all;

	IPV4_DEVCONF(*all, ACCEPT_REDIRECTS) = 1;
	IPV4_DEVCONF(*all, SEND_REDIRECTS) = 1;
	IPV4_DEVCONF(*all, SECURE_REDIRECTS) = 1;
	IPV4_DEVCONF(*all, SHARED_MEDIA) = 1;
	IPV4_DEVCONF(*all, IGMPV2_UNSOLICITED_REPORT_INTERVAL) = 10000; /* ms */
	IPV4_DEVCONF(*all, IGMPV3_UNSOLICITED_REPORT_INTERVAL) = 1000;
	IPV4_DEVCONF(*all, ARP_EVICT_NOCARRIER) = 1;
	ipv4->devconf_dflt = *all;
	IPV4_DEVCONF(ipv4->devconf_dflt, ACCEPT_SOURCE_ROUTE) = 1;
}

/* The values a kernel boots with; files as named. */
static void inet_init_sysctls(struct netns_ipv4 *ipv4)
{
	/* icmp.c */
	ipv4->sysctl_icmp_echo_ignore_broadcasts = 1;
	ipv4->sysctl_icmp_ignore_bogus_error_responses = 1;
	ipv4->sysctl_icmp_ratelimit = 1000; /* ms: one error per second and peer */
	ipv4->sysctl_icmp_ratemask = 1 << ICMP_DEST_UNREACH | 1 << ICMP_SOURCE_QUENCH |
				     1 << ICMP_TIME_EXCEEDED | 1 << ICMP_PARAMETERPROB;
	ipv4->sysctl_icmp_msgs_per_sec = 1000;
	ipv4->sysctl_icmp_msgs_burst = 50;
	/* af_inet.c */
	ipv4->sysctl_ip_default_ttl = 64;
	ipv4->sysctl_ip_fwd_update_priority = 1;
	ipv4->sysctl_ip_early_demux = 1;
	ipv4->sysctl_udp_early_demux = 1;
	ipv4->sysctl_ip_local_port_range[0] = 32768;
	ipv4->sysctl_ip_local_port_range[1] = 60999;
	ipv4->sysctl_ip_unprivileged_port_start = 1024;
	ipv4->sysctl_ping_group_range[0] = 1; /* nobody */
	ipv4->sysctl_ping_group_range[1] = 0;
	ipv4->sysctl_igmp_max_memberships = 20;
	ipv4->sysctl_igmp_qrv = 2;
	/* Unlike Linux (1): a bridge that comes up does not report 224.0.0.106 at random moments. */
	ipv4->sysctl_igmp_link_local_mcast_reports = 0;
	/* route.c */
	ipv4->sysctl_min_pmtu = 552;	/* 512 + 20 + 20 */
	ipv4->sysctl_mtu_expires = 600; /* s */
	/* ip_fragment.c */
	ipv4->sysctl_ipfrag_time = 30; /* s */
	ipv4->sysctl_ipfrag_high_thresh = 4 * 1024 * 1024;
	ipv4->sysctl_ipfrag_low_thresh = 3 * 1024 * 1024;
	ipv4->sysctl_ipfrag_max_dist = 64;
	/* tcp_ipv4.c */
	ipv4->sysctl_tcp_syn_retries = 6;
	ipv4->sysctl_tcp_syn_linear_timeouts = 4;
	ipv4->sysctl_tcp_synack_retries = 5;
	ipv4->sysctl_tcp_retries1 = 3;
	ipv4->sysctl_tcp_retries2 = 15;
	ipv4->sysctl_tcp_timestamps = 1;
	ipv4->sysctl_tcp_sack = 1;
	ipv4->sysctl_tcp_dsack = 1;
	ipv4->sysctl_tcp_window_scaling = 1;
	ipv4->sysctl_tcp_fin_timeout = 60;
	ipv4->sysctl_tcp_keepalive_time = 7200;
	ipv4->sysctl_tcp_keepalive_intvl = 75;
	ipv4->sysctl_tcp_keepalive_probes = 9;
	ipv4->sysctl_tcp_max_syn_backlog = 2048;
	ipv4->sysctl_tcp_max_tw_buckets = 131072;
	ipv4->sysctl_tcp_slow_start_after_idle = 1;
	ipv4->sysctl_tcp_early_retrans = 3;
	ipv4->sysctl_tcp_congestion_control = 1; /* cubic */
	ipv4->sysctl_tcp_moderate_rcvbuf = 1;
	ipv4->sysctl_tcp_ecn = 2;
	ipv4->sysctl_tcp_ecn_fallback = 1;
	ipv4->sysctl_tcp_frto = 2;
	ipv4->sysctl_tcp_recovery = 1;
	ipv4->sysctl_tcp_reordering = 3;
	ipv4->sysctl_tcp_max_reordering = 300;
	ipv4->sysctl_tcp_retrans_collapse = 1;
	ipv4->sysctl_tcp_rto_min_us = 200000;
	ipv4->sysctl_tcp_rto_max_ms = 120000;
	ipv4->sysctl_tcp_pingpong_thresh = 1;
	ipv4->sysctl_tcp_invalid_ratelimit = 500; /* ms */
	ipv4->sysctl_tcp_challenge_ack_limit = INT32_MAX;
	ipv4->sysctl_tcp_syncookies = 1;
	ipv4->sysctl_tcp_tw_reuse = 2;		/* on lo only */
	ipv4->sysctl_tcp_tw_reuse_delay = 1000; /* ms */
	ipv4->sysctl_tcp_min_snd_mss = 48;
	ipv4->sysctl_tcp_pacing_ss_ratio = 200;
	ipv4->sysctl_tcp_pacing_ca_ratio = 120;
	ipv4->sysctl_tcp_comp_sack_delay_ns = 1000000;
	ipv4->sysctl_tcp_comp_sack_nr = 44;
	/* measured on the kernel compared with: the largest buffer makes the window scale 10 */
	ipv4->sysctl_tcp_rmem[0] = 4096;
	ipv4->sysctl_tcp_rmem[1] = 131072;
	ipv4->sysctl_tcp_rmem[2] = 33554432;
	ipv4->sysctl_tcp_wmem[0] = 4096;
	ipv4->sysctl_tcp_wmem[1] = 16384;
	ipv4->sysctl_tcp_wmem[2] = 4194304;
	ipv4->sysctl_somaxconn = 4096;
	sysctl_tables_init(ipv4);
}

/**
 * inet_net_init() - Makes the IPv4 part of a namespace.
 * @net: new namespace
 *
 * conf/all and conf/default of any but the first are copies of the first's present values
 * (net.core.devconf_inherit_init_net=0).
 */
void inet_net_init(struct net *net)
{
	const struct net *init_net = net->world->init_net;

	net->ipv4 = xzalloc(sizeof(*net->ipv4));
	devinet_init_conf(net->ipv4);
	inet_init_sysctls(net->ipv4);
	if (init_net && init_net != net && init_net->ipv4) {
		/* the host's choice at that moment, as tcp_sk_init() */
		net->ipv4->sysctl_tcp_congestion_control =
			init_net->ipv4->sysctl_tcp_congestion_control;
		net->ipv4->devconf_all = init_net->ipv4->devconf_all;
		net->ipv4->devconf_dflt = init_net->ipv4->devconf_dflt;
	}
	fib_net_init(net);
}

/**
 * inet_net_exit() - Frees the IPv4 part of a namespace; its devices and sockets are gone already.
 * @net: dying namespace
 */
void inet_net_exit(struct net *net)
{
	if (!net->ipv4)
		return;
	ip_mc_drop_list(net, &net->ipv4->mc_autojoin);
	fib_net_exit(net);
	free(net->ipv4->mib.icmpmsg);
	free(net->ipv4->local_reserved_ports);
	free(net->ipv4);
	net->ipv4 = NULL;
}
