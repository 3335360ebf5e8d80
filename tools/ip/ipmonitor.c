/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipmonitor.c - the object "monitor": what changes, as it changes
 *
 * mirrors iproute2's ip/ipmonitor.c
 *
 * Not modelled: files written by rtmon, all-nsid; prefixes, multicast routes,
 * next hops and statistics never change here.
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/net_namespace.h>

#define GROUP(g) (UINT64_C(1) << ((g)-1))

enum {
	L_LINK = 1,
	L_ADDR = 2,
	L_ROUTE = 4,
	L_MROUTE = 8,
	L_PREFIX = 16,
	L_NEIGH = 32,
	L_NETCONF = 64,
	L_RULE = 128,
	L_NSID = 256,
	L_NEXTHOP = 512,
	L_STATS = 1024
};

static const struct {
	const char *word;
	int what;
	uint64_t any, inet, inet6, mpls; /* groups: of each family */
} objects[] = {
	{ "link", L_LINK, GROUP(RTNLGRP_LINK), 0, 0, 0 },
	{ "address", L_ADDR, 0, GROUP(RTNLGRP_IPV4_IFADDR), GROUP(RTNLGRP_IPV6_IFADDR), 0 },
	{ "route", L_ROUTE, 0, GROUP(RTNLGRP_IPV4_ROUTE), GROUP(RTNLGRP_IPV6_ROUTE),
	  GROUP(RTNLGRP_MPLS_ROUTE) },
	{ "mroute", L_MROUTE, 0, GROUP(RTNLGRP_IPV4_MROUTE), GROUP(RTNLGRP_IPV6_MROUTE), 0 },
	{ "prefix", L_PREFIX, 0, 0, GROUP(RTNLGRP_IPV6_PREFIX), 0 },
	{ "neigh", L_NEIGH, GROUP(RTNLGRP_NEIGH), 0, 0, 0 },
	{ "netconf", L_NETCONF, 0, GROUP(RTNLGRP_IPV4_NETCONF), GROUP(RTNLGRP_IPV6_NETCONF),
	  GROUP(RTNLGRP_MPLS_NETCONF) },
	{ "rule", L_RULE, 0, GROUP(RTNLGRP_IPV4_RULE), GROUP(RTNLGRP_IPV6_RULE), 0 },
	{ "nsid", L_NSID, GROUP(RTNLGRP_NSID), 0, 0, 0 },
	{ "nexthop", L_NEXTHOP, GROUP(RTNLGRP_NEXTHOP), 0, 0, 0 },
	{ "stats", L_STATS, GROUP(36 /* RTNLGRP_STATS */), 0, 0, 0 },
};

#define NR_OBJECTS (sizeof(objects) / sizeof(objects[0]))

struct monitor {
	bool label;
	unsigned int ifindex;
	struct ip_filter addr;
};

static void print_headers(struct ipr *c, const struct monitor *m, const char *label)
{
	if (c->timestamp)
		ipr_print_timestamp(c);
	if (m->label)
		ng_puts(c->out, label);
}

static int hear_rest(struct ipr *c, const struct monitor *m, const struct nlmsghdr *n)
{
	switch (n->nlmsg_type) {
	case RTM_NEWNEIGH:
	case RTM_DELNEIGH:
	case RTM_GETNEIGH:
		print_headers(c, m, "[NEIGH]");
		ipneigh_monitor(c, n, m->ifindex);
		return 0;
	case RTM_NEWRULE:
	case RTM_DELRULE:
		print_headers(c, m, "[RULE]");
		iprule_print(c, n);
		return 0;
	case RTM_NEWNETCONF:
	case RTM_DELNETCONF:
		print_headers(c, m, "[NETCONF]");
		ipnetconf_monitor(c, n, m->ifindex);
		return 0;
	case RTM_NEWNSID:
	case RTM_DELNSID:
		print_headers(c, m, "[NSID]");
		ipnsid_monitor(c, n);
		return 0;
	case NLMSG_NOOP:
	case NLMSG_ERROR:
	case NLMSG_DONE:
	case RTM_NEWQDISC:
	case RTM_DELQDISC:
		return 0;
	default:
		ng_printf(c->err,
			  "Unknown message: type=0x%08x(%d) flags=0x%08x(%d) len=0x%08x(%d)\n",
			  n->nlmsg_type, n->nlmsg_type, n->nlmsg_flags, n->nlmsg_flags,
			  n->nlmsg_len, n->nlmsg_len);
		return 0;
	}
}

static int hear(struct ipr *c, const struct nlmsghdr *n)
{
	struct monitor *m = c->filter;
	struct route_filter routes = { .tb = 0 };
	const struct nlattr *tb[RTA_MAX + 1];

	switch (n->nlmsg_type) {
	case RTM_NEWROUTE:
	case RTM_DELROUTE:
		print_headers(c, m, "[ROUTE]");
		routes.oif = m->ifindex;
		routes.oifmask = m->ifindex ? -1 : 0;
		routes.mdst.bitlen = -1;
		routes.msrc.bitlen = -1;
		c->filter = &routes;
		if (nlmsg_parse(n, sizeof(struct rtmsg), tb, RTA_MAX) >= 0 &&
		    filter_nlmsg(c, n, tb, 0))
			print_route(c, n);
		c->filter = m;
		return 0;
	case RTM_NEWLINK:
	case RTM_DELLINK:
		ll_remember_index(n, c);
		print_headers(c, m, "[LINK]");
		print_linkinfo(c, n, &m->addr, false);
		return 0;
	case RTM_NEWADDR:
	case RTM_DELADDR:
		print_headers(c, m, "[ADDR]");
		print_addrinfo(c, n, &m->addr);
		return 0;
	default:
		return hear_rest(c, m, n);
	}
}

static uint64_t groups_of(const struct ipr *c, int wanted)
{
	uint64_t groups = 0;

	for (size_t i = 0; i < NR_OBJECTS; i++) {
		if (!(wanted & objects[i].what))
			continue;
		groups |= objects[i].any;
		if (!c->family || c->family == AF_INET)
			groups |= objects[i].inet;
		if (!c->family || c->family == AF_INET6)
			groups |= objects[i].inet6;
		if (!c->family || c->family == AF_MPLS)
			groups |= objects[i].mpls;
	}
	return groups;
}

/* The object under the cursor, 0 when it is none. */
static int object_word(const char *w)
{
	for (size_t i = 0; i < NR_OBJECTS; i++) {
		if (matches(w, objects[i].word))
			return objects[i].what;
	}
	return 0;
}

/**
 * do_ipmonitor() - ip monitor [OBJECT...] [label] [dev DEV]
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int do_ipmonitor(struct ipr *c)
{
	struct monitor *m = ng_task_alloc(c->task, sizeof(*m));
	const char *dev = NULL;
	int wanted = 0;
	int what;

	m->addr = (struct ip_filter){ .oneline = 1, .group = -1 };
	for (; c->argc > 0; next_arg_fwd(c)) {
		const char *w = c->argv[0];

		if (matches(w, "file"))
			return ip_not_modelled(c, "monitor file");
		if (matches(w, "label"))
			m->label = true;
		else if ((what = object_word(w)) != 0)
			wanted |= what;
		else if (is_word(w, "all"))
			m->label = true;
		else if (matches(w, "all-nsid"))
			return ip_not_modelled(c, "monitor all-nsid");
		else if (matches(w, "help"))
			ip_usage_exit(c, ip_monitor_usage);
		else if (is_word(w, "dev"))
			dev = next_arg(c);
		else {
			ng_printf(c->err, "Argument \"%s\" is unknown, try \"ip monitor help\".\n",
				  w);
			ipr_exit(c, 255);
		}
	}
	if (!wanted)
		wanted = L_LINK | L_ADDR | L_ROUTE | L_MROUTE | L_PREFIX | L_NEIGH | L_NETCONF |
			 L_RULE | L_NSID | L_NEXTHOP | L_STATS;
	ipr_listen_open(c, groups_of(c, wanted));
	ll_init_map(c);
	netns_map_init(c);
	if (dev) {
		m->ifindex = ll_name_to_index(c, dev);
		if (!m->ifindex)
			invarg(c, "Device does not exist\n", dev);
		m->addr.ifindex = m->ifindex;
	}
	c->filter = m;
	return ipr_listen(c, hear) < 0 ? -2 : 0;
}
