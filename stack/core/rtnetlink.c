/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtnetlink.c - which function answers which message of NETLINK_ROUTE
 *
 * mirrors net/core/rtnetlink.c (rtnetlink_rcv_msg() and the rtnl_register() calls)
 * CONTROL
 *
 *	rtnetlink_rcv_msg
 *	  RTM_*LINK	rtnl_link.c, rtnl_getlink.c, bridge/br_netlink.c
 *	  RTM_*ADDR	ipv4/devinet_netlink.c
 *	  RTM_*ROUTE	ipv4/fib_frontend.c, route.c
 *	  RTM_*RULE	ipv4/fib_rules.c
 *	  RTM_*NEIGH*	neigh_netlink.c, bridge/br_fdb.c
 *	  RTM_*NSID	net_namespace.c
 */
#include "core/rtnetlink.h"

#include <errno.h>
#include <linux/if_bridge.h>

#include "netlink/nlattr.h"
#include "sched/sch_netem.h"

struct rtnl_handler {
	uint16_t type;
	uint8_t family;
	int (*doit)(struct nl_request *req);
	int (*dumpit)(struct nl_request *req);
};

/* IPv6 is off: it has no addresses, routes, rules to list. */
static int dump_nothing(struct nl_request *req)
{
	(void)req;
	return 0;
}

static const struct rtnl_handler rtnl_handlers[] = {
	{ RTM_GETLINK, AF_UNSPEC, rtnl_getlink, rtnl_dump_ifinfo },
	{ RTM_GETLINK, AF_INET6, NULL, dump_nothing },
	{ RTM_NEWLINK, AF_UNSPEC, rtnl_newlink, NULL },
	{ RTM_SETLINK, AF_UNSPEC, rtnl_setlink, NULL },
	{ RTM_DELLINK, AF_UNSPEC, rtnl_dellink, NULL },
	{ RTM_NEWLINKPROP, AF_UNSPEC, rtnl_linkprop, NULL },
	{ RTM_DELLINKPROP, AF_UNSPEC, rtnl_linkprop, NULL },
	{ RTM_GETLINK, AF_BRIDGE, NULL, rtnl_bridge_getlink },
	{ RTM_SETLINK, AF_BRIDGE, rtnl_bridge_setlink, NULL },
	{ RTM_DELLINK, AF_BRIDGE, rtnl_bridge_dellink, NULL },
	{ RTM_NEWADDR, AF_INET, inet_rtm_newaddr, NULL },
	{ RTM_DELADDR, AF_INET, inet_rtm_deladdr, NULL },
	{ RTM_GETADDR, AF_INET, NULL, inet_dump_ifaddr },
	{ RTM_GETADDR, AF_UNSPEC, NULL, inet_dump_ifaddr },
	{ RTM_GETADDR, AF_INET6, NULL, dump_nothing },
	{ RTM_NEWROUTE, AF_INET, inet_rtm_newroute, NULL },
	{ RTM_DELROUTE, AF_INET, inet_rtm_delroute, NULL },
	{ RTM_GETROUTE, AF_INET, inet_rtm_getroute, inet_dump_fib },
	{ RTM_GETROUTE, AF_UNSPEC, NULL, inet_dump_fib },
	{ RTM_GETROUTE, AF_INET6, NULL, dump_nothing },
	{ RTM_NEWRULE, AF_UNSPEC, fib_nl_newrule, NULL },
	{ RTM_DELRULE, AF_UNSPEC, fib_nl_delrule, NULL },
	{ RTM_GETRULE, AF_UNSPEC, NULL, fib_nl_dumprule },
	{ RTM_GETRULE, AF_INET6, NULL, dump_nothing },
	{ RTM_NEWNEIGH, AF_UNSPEC, neigh_add, NULL },
	{ RTM_DELNEIGH, AF_UNSPEC, neigh_delete, NULL },
	{ RTM_GETNEIGH, AF_UNSPEC, neigh_get, neigh_dump_info },
	{ RTM_NEWNEIGH, AF_BRIDGE, rtnl_fdb_add, NULL },
	{ RTM_DELNEIGH, AF_BRIDGE, rtnl_fdb_del, NULL },
	{ RTM_GETNEIGH, AF_BRIDGE, rtnl_fdb_get, rtnl_fdb_dump },
	{ RTM_NEWMDB, AF_BRIDGE, rtnl_mdb_add, NULL },
	{ RTM_DELMDB, AF_BRIDGE, rtnl_mdb_del, NULL },
	{ RTM_GETMDB, AF_BRIDGE, NULL, br_mdb_dump },
	{ RTM_GETNEIGHTBL, AF_UNSPEC, NULL, neightbl_dump_info },
	{ RTM_SETNEIGHTBL, AF_UNSPEC, neightbl_set, NULL },
	{ RTM_NEWQDISC, AF_UNSPEC, tc_modify_qdisc, NULL },
	{ RTM_DELQDISC, AF_UNSPEC, tc_del_qdisc, NULL },
	{ RTM_GETQDISC, AF_UNSPEC, NULL, tc_dump_qdisc },
	{ RTM_NEWNSID, AF_UNSPEC, rtnl_net_newid, NULL },
	{ RTM_GETNSID, AF_UNSPEC, rtnl_net_getid, rtnl_net_dumpid },
	{ RTM_GETNETCONF, AF_UNSPEC, NULL, inet_netconf_dump_devconf },
	{ RTM_GETNETCONF, AF_INET6, NULL, dump_nothing },
	{ RTM_GETNETCONF, AF_INET, inet_netconf_get_devconf, inet_netconf_dump_devconf },
	{ RTM_GETNETCONF, AF_UNSPEC, NULL, inet_netconf_dump_devconf },
	{ RTM_GETNETCONF, AF_INET6, NULL, dump_nothing },
};

static const struct rtnl_handler *rtnl_get_link(uint16_t type, uint8_t family, bool dump)
{
	const struct rtnl_handler *h;

	for (size_t i = 0; i < sizeof(rtnl_handlers) / sizeof(rtnl_handlers[0]); i++) {
		h = &rtnl_handlers[i];
		if (h->type == type && h->family == family && (dump ? h->dumpit : h->doit))
			return h;
	}
	return family == AF_UNSPEC ? NULL : rtnl_get_link(type, AF_UNSPEC, dump);
}

/**
 * rtnetlink_rcv_msg() - Answers one message of NETLINK_ROUTE.
 * @req: the request; replies are written into req->reply
 *
 * Return: 0 or -errno; -EOPNOTSUPP for what nobody answers.
 */
int rtnetlink_rcv_msg(struct nl_request *req)
{
	const struct nlmsghdr *nlh = req->nlh;
	const struct rtnl_handler *h;
	uint8_t family;
	bool dump;

	if (nlh->nlmsg_type > RTM_MAX)
		return -EOPNOTSUPP;
	if (nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(struct rtgenmsg))
		return 0;
	family = ((const struct rtgenmsg *)nlmsg_data(nlh))->rtgen_family;
	dump = (nlh->nlmsg_type & 3) == 2 && (nlh->nlmsg_flags & NLM_F_DUMP);
	h = rtnl_get_link(nlh->nlmsg_type, family, dump);
	if (!h)
		return -EOPNOTSUPP;
	return dump ? h->dumpit(req) : h->doit(req);
}

/**
 * rtnl_nla_parse_ifinfomsg() - Reads the description of a veth's other end.
 * @tb: gets IFLA_MAX + 1 pointers
 * @peer: VETH_INFO_PEER: struct ifinfomsg and attributes
 * @extack: takes the kernel's sentence
 *
 * Return: 0, -ERANGE or -EINVAL.
 */
int rtnl_nla_parse_ifinfomsg(const struct nlattr **tb, const struct nlattr *peer,
			     struct ng_extack *extack)
{
	struct ifinfomsg ifm;

	if (nla_len(peer) < sizeof(ifm))
		return -EINVAL;
	memcpy(&ifm, nla_data(peer), sizeof(ifm));
	if (ifm.ifi_index < 0) {
		NG_SET_ERR_MSG(extack, "ifindex can't be negative");
		return -EINVAL;
	}
	return nla_parse_deprecated(tb, IFLA_MAX, (const uint8_t *)nla_data(peer) + sizeof(ifm),
				    nla_len(peer) - sizeof(ifm), rtnl_ifla_policy, extack);
}
