/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtnetlink.h - requests on NETLINK_ROUTE, and links: net/core/rtnetlink.c
 */
#ifndef STACK_CORE_RTNETLINK_H
#define STACK_CORE_RTNETLINK_H

#include <linux/rtnetlink.h>
#include <netglass/netlink.h>

#include "core/net_namespace.h"
#include "netlink/af_netlink.h"
#include "netlink/nlattr.h"

/*
 * One request: 0 or -errno (becomes the acknowledgement). A table over nlmsg_type in rtnetlink.c has
 * the handlers of all files; each writes its replies into req->reply.
 */
int rtnetlink_rcv_msg(struct nl_request *req);

/* rtnetlink.c and rtnl_link.c */
int rtnl_newlink(struct nl_request *req);
int rtnl_dellink(struct nl_request *req);
int rtnl_getlink(struct nl_request *req);
int rtnl_dump_ifinfo(struct nl_request *req);
const struct rtnl_link_ops *
rtnl_link_ops_get(const char *kind); /* a fixed table: veth, bridge, dummy */
struct net_device *rtnl_create_link(struct net *net, const char *name,
				    const struct rtnl_link_ops *ops, const struct nlattr **tb,
				    struct ng_extack *extack);
/* Applies IFLA_ADDRESS, IFLA_MTU ... given with a new link */
int rtnl_configure_link(struct net_device *dev, const struct ifinfomsg *ifm);
/* One RTM_NEWLINK/DELLINK into @buf */
void rtnl_fill_ifinfo(struct nl_buf *buf, struct net_device *dev, const struct nl_request *req,
		      int type, uint32_t flags, uint32_t ext_filter_mask);

int rtnl_setlink(struct nl_request *req);
int rtnl_linkprop(struct nl_request *req);
int rtnl_parse_link(struct nl_request *req, struct ifinfomsg *ifm, const struct nlattr **tb);
struct net_device *rtnl_dev_get(const struct net *net, const struct ifinfomsg *ifm,
				const struct nlattr **tb);
void rtnl_fill_prop_list(struct nl_buf *b, const struct net_device *dev);
extern const struct nla_policy rtnl_ifla_policy[]; /* IFLA_MAX + 1 entries */
/* What is in IFLA_INFO_DATA{VETH_INFO_PEER}: tb[0..IFLA_MAX]; 0 or -errno */
int rtnl_nla_parse_ifinfomsg(const struct nlattr **tb, const struct nlattr *peer,
			     struct ng_extack *extack);
/*
 * The namespace IFLA_NET_NS_FD, _PID, IFLA_TARGET_NETNSID name, else @src_net: a reference; NULL,
 * *ret_err. Descriptors and pids are those of the task that runs.
 */
struct net *rtnl_link_get_net(struct net *src_net, const struct nlattr **tb, int *ret_err);
/* rtnl_setlink.c: validate_linkmsg(), do_setlink() */
int rtnl_validate_linkmsg(const struct net_device *dev, const struct nlattr **tb,
			  struct ng_extack *extack);
int rtnl_do_setlink(struct nl_request *req, struct net_device *dev, const struct nlattr **tb,
		    bool notify);
int rtnl_do_set_master(struct net_device *dev, int ifindex, struct ng_extack *extack);
uint32_t rtnl_dev_combine_flags(const struct net_device *dev, const struct ifinfomsg *ifm);
void rtnl_set_operstate(struct net_device *dev, uint8_t transition);
/* Tells `ip monitor`: the whole link, @change: the IFF_* that changed, ~0 for a new one */
void rtmsg_ifinfo(int type, struct net_device *dev, uint32_t change);
void rtmsg_ifinfo_features(struct net_device *dev);
/* last in call_netdevice_notifiers(): links and what listeners are told of them */
void rtnetlink_event(enum netdev_event event, struct net_device *dev);
/* The devices of @net by index, as every dump lists them: NULL starts */
struct net_device *netdev_next_by_index(const struct net *net, const struct net_device *dev);
void rtnl_reply_ifinfo(struct nl_request *req, struct net_device *dev); /* one RTM_NEWLINK */

/* neigh_netlink.c */
int neightbl_set(struct nl_request *req);
int neigh_add(struct nl_request *req);
int neigh_delete(struct nl_request *req);
int neigh_get(struct nl_request *req);
int neigh_dump_info(struct nl_request *req);
int neightbl_dump_info(struct nl_request *req);
/* ipv4/devinet.c */
int inet_rtm_newaddr(struct nl_request *req);
int inet_rtm_deladdr(struct nl_request *req);
int inet_dump_ifaddr(struct nl_request *req);
int inet_netconf_get_devconf(struct nl_request *req);
int inet_netconf_dump_devconf(struct nl_request *req);
/* IFLA_AF_SPEC{AF_INET}: what a link says of its IPv4 part, and changes of it */
void inet_fill_link_af(struct nl_buf *buf, const struct net_device *dev);
int inet_validate_link_af(const struct net_device *dev, const struct nlattr *nla,
			  struct ng_extack *extack);
int inet_set_link_af(struct net_device *dev, const struct nlattr *nla);
/* ipv4/fib_frontend.c, route.c, fib_rules.c */
int inet_rtm_newroute(struct nl_request *req);
int inet_rtm_delroute(struct nl_request *req);
int inet_rtm_getroute(struct nl_request *req);
int inet_dump_fib(struct nl_request *req);
int fib_nl_newrule(struct nl_request *req);
int fib_nl_delrule(struct nl_request *req);
int fib_nl_dumprule(struct nl_request *req);
/* bridge/br_netlink.c, br_fdb.c: PF_BRIDGE messages */
int rtnl_bridge_setlink(struct nl_request *req);
int rtnl_bridge_dellink(struct nl_request *req);
int rtnl_bridge_getlink(struct nl_request *req);
int rtnl_fdb_add(struct nl_request *req);
int rtnl_fdb_del(struct nl_request *req);
int rtnl_fdb_get(struct nl_request *req);
int rtnl_fdb_dump(struct nl_request *req);
int rtnl_mdb_add(struct nl_request *req);
int rtnl_mdb_del(struct nl_request *req);
int br_mdb_dump(struct nl_request *req);

uint32_t rtnl_num_queues(const struct net_device *dev, uint32_t given);

#endif
