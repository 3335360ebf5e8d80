/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_netlink.c - a bridge and its ports as messages: ip -d link, bridge link
 *
 * mirrors net/bridge/br_netlink.c, the half that tells            CONTROL
 *
 * The order of the attributes is the kernel's (6.18).
 */
#include <linux/if_link.h>

#include "bridge/br_private.h"
#include "core/rtnetlink.h"

/* newer than the system's headers: <linux/if_link.h> of 6.18 */
#define NG_IFLA_BRPORT_LOCKED 39
#define NG_IFLA_BRPORT_MAB 40
#define NG_IFLA_BRPORT_MCAST_N_GROUPS 41
#define NG_IFLA_BRPORT_MCAST_MAX_GROUPS 42
#define NG_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS 43
#define NG_IFLA_BR_FDB_N_LEARNED 48
#define NG_IFLA_BR_FDB_MAX_LEARNED 49
#define BR_BOOLOPT_MASK 0x1f /* the boolean options 6.18 knows */
#define BR_BOOLOPT_NO_LL 0x01
#define RHT_ELASTICITY 16

static void put_flag(struct nl_buf *buf, uint16_t type, const struct net_bridge_port *p,
		     uint32_t flag)
{
	nla_put_u8(buf, type, !!(p->flags & flag));
}

static void br_port_fill_stp(struct nl_buf *buf, const struct net_bridge_port *p)
{
	nla_put(buf, IFLA_BRPORT_ROOT_ID, sizeof(p->designated_root), &p->designated_root);
	nla_put(buf, IFLA_BRPORT_BRIDGE_ID, sizeof(p->designated_bridge), &p->designated_bridge);
	nla_put_u16(buf, IFLA_BRPORT_DESIGNATED_PORT, p->designated_port);
	nla_put_u16(buf, IFLA_BRPORT_DESIGNATED_COST, (uint16_t)p->designated_cost);
	nla_put_u16(buf, IFLA_BRPORT_ID, p->port_id);
	nla_put_u16(buf, IFLA_BRPORT_NO, p->port_no);
	nla_put_u8(buf, IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, p->topology_change_ack);
	nla_put_u8(buf, IFLA_BRPORT_CONFIG_PENDING, p->config_pending);
}

static void br_port_fill_attrs(struct nl_buf *buf, const struct net_bridge_port *p)
{
	nla_put_u8(buf, IFLA_BRPORT_STATE, p->state);
	nla_put_u16(buf, IFLA_BRPORT_PRIORITY, p->priority);
	nla_put_u32(buf, IFLA_BRPORT_COST, p->path_cost);
	put_flag(buf, IFLA_BRPORT_MODE, p, BR_HAIRPIN_MODE);
	put_flag(buf, IFLA_BRPORT_GUARD, p, BR_BPDU_GUARD);
	put_flag(buf, IFLA_BRPORT_PROTECT, p, BR_ROOT_BLOCK);
	put_flag(buf, IFLA_BRPORT_FAST_LEAVE, p, BR_MULTICAST_FAST_LEAVE);
	put_flag(buf, IFLA_BRPORT_MCAST_TO_UCAST, p, BR_MULTICAST_TO_UNICAST);
	put_flag(buf, IFLA_BRPORT_LEARNING, p, BR_LEARNING);
	put_flag(buf, IFLA_BRPORT_UNICAST_FLOOD, p, BR_FLOOD);
	put_flag(buf, IFLA_BRPORT_MCAST_FLOOD, p, BR_MCAST_FLOOD);
	put_flag(buf, IFLA_BRPORT_BCAST_FLOOD, p, BR_BCAST_FLOOD);
	put_flag(buf, IFLA_BRPORT_PROXYARP, p, BR_PROXYARP);
	put_flag(buf, IFLA_BRPORT_PROXYARP_WIFI, p, BR_PROXYARP_WIFI);
	br_port_fill_stp(buf, p);
	put_flag(buf, IFLA_BRPORT_VLAN_TUNNEL, p, BR_VLAN_TUNNEL);
	nla_put_u16(buf, IFLA_BRPORT_GROUP_FWD_MASK, p->group_fwd_mask);
	put_flag(buf, IFLA_BRPORT_NEIGH_SUPPRESS, p, BR_NEIGH_SUPPRESS);
	nla_put_u8(buf, IFLA_BRPORT_MRP_RING_OPEN, 0);
	nla_put_u8(buf, IFLA_BRPORT_MRP_IN_OPEN, 0);
	put_flag(buf, IFLA_BRPORT_ISOLATED, p, BR_ISOLATED);
	put_flag(buf, NG_IFLA_BRPORT_LOCKED, p, BR_PORT_LOCKED);
	nla_put_u8(buf, NG_IFLA_BRPORT_MAB, 0);
	nla_put_u8(buf, NG_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, 0);
	nla_put_u64(buf, IFLA_BRPORT_MESSAGE_AGE_TIMER,
		    br_timer_value(p->br, &p->message_age_timer));
	nla_put_u64(buf, IFLA_BRPORT_FORWARD_DELAY_TIMER,
		    br_timer_value(p->br, &p->forward_delay_timer));
	nla_put_u64(buf, IFLA_BRPORT_HOLD_TIMER, br_timer_value(p->br, &p->hold_timer));
	nla_put_u8(buf, IFLA_BRPORT_MULTICAST_ROUTER, p->multicast_router);
	nla_put_u32(buf, IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, BR_MCAST_DEFAULT_EHT_HOSTS_LIMIT);
	nla_put_u32(buf, IFLA_BRPORT_MCAST_EHT_HOSTS_CNT, p->multicast_ctx.n_eht_hosts);
	nla_put_u32(buf, NG_IFLA_BRPORT_MCAST_N_GROUPS, p->multicast_ctx.n_groups);
	nla_put_u32(buf, NG_IFLA_BRPORT_MCAST_MAX_GROUPS, 0);
	if (p->backup_port)
		nla_put_u32(buf, IFLA_BRPORT_BACKUP_PORT, (uint32_t)p->backup_port->dev->ifindex);
}

/**
 * br_port_fill_slave_info() - IFLA_INFO_SLAVE_DATA of a port
 * @buf: being written
 * @brdev: the bridge
 * @dev: the port's device
 */
void br_port_fill_slave_info(struct nl_buf *buf, const struct net_device *brdev,
			     const struct net_device *dev)
{
	(void)brdev;
	br_port_fill_attrs(buf, br_port_get(dev));
}

static void br_fill_mcast(struct nl_buf *buf, const struct net_bridge *br)
{
	nla_put_u8(buf, IFLA_BR_MCAST_ROUTER, br->multicast_router);
	nla_put_u8(buf, IFLA_BR_MCAST_SNOOPING, br->multicast_enabled);
	nla_put_u8(buf, IFLA_BR_MCAST_QUERY_USE_IFADDR, br->multicast_query_use_ifaddr);
	nla_put_u8(buf, IFLA_BR_MCAST_QUERIER, br->multicast_querier);
	nla_put_u8(buf, IFLA_BR_MCAST_STATS_ENABLED, br->multicast_stats_enabled);
	nla_put_u32(buf, IFLA_BR_MCAST_HASH_ELASTICITY, RHT_ELASTICITY);
	nla_put_u32(buf, IFLA_BR_MCAST_HASH_MAX, br->hash_max);
	nla_put_u32(buf, IFLA_BR_MCAST_LAST_MEMBER_CNT, br->multicast_last_member_count);
	nla_put_u32(buf, IFLA_BR_MCAST_STARTUP_QUERY_CNT, br->multicast_startup_query_count);
	nla_put_u8(buf, IFLA_BR_MCAST_IGMP_VERSION, br->multicast_igmp_version);
	nla_put_u8(buf, IFLA_BR_MCAST_MLD_VERSION, br->multicast_mld_version);
	nla_put_u64(buf, IFLA_BR_MCAST_LAST_MEMBER_INTVL,
		    jiffies_to_clock_t(br->multicast_last_member_interval));
	nla_put_u64(buf, IFLA_BR_MCAST_MEMBERSHIP_INTVL,
		    jiffies_to_clock_t(br->multicast_membership_interval));
	nla_put_u64(buf, IFLA_BR_MCAST_QUERIER_INTVL,
		    jiffies_to_clock_t(br->multicast_querier_interval));
	nla_put_u64(buf, IFLA_BR_MCAST_QUERY_INTVL,
		    jiffies_to_clock_t(br->multicast_query_interval));
	nla_put_u64(buf, IFLA_BR_MCAST_QUERY_RESPONSE_INTVL,
		    jiffies_to_clock_t(br->multicast_query_response_interval));
	nla_put_u64(buf, IFLA_BR_MCAST_STARTUP_QUERY_INTVL,
		    jiffies_to_clock_t(br->multicast_startup_query_interval));
}

/**
 * br_fill_info() - IFLA_INFO_DATA of a bridge
 * @buf: being written
 * @dev: the bridge
 */
void br_fill_info(struct nl_buf *buf, const struct net_device *dev)
{
	struct net_bridge *br = br_priv(dev);
	const struct br_boolopt_multi bm = { br->no_ll_learn ? BR_BOOLOPT_NO_LL : 0,
					     BR_BOOLOPT_MASK };

	nla_put_u64(buf, IFLA_BR_HELLO_TIMER, br_timer_value(br, &br->hello_timer));
	nla_put_u64(buf, IFLA_BR_TCN_TIMER, br_timer_value(br, &br->tcn_timer));
	nla_put_u64(buf, IFLA_BR_TOPOLOGY_CHANGE_TIMER,
		    br_timer_value(br, &br->topology_change_timer));
	nla_put_u64(buf, IFLA_BR_GC_TIMER, br_fdb_gc_timer_value(br));
	nla_put_u32(buf, IFLA_BR_FORWARD_DELAY, jiffies_to_clock_t(br->forward_delay));
	nla_put_u32(buf, IFLA_BR_HELLO_TIME, jiffies_to_clock_t(br->hello_time));
	nla_put_u32(buf, IFLA_BR_MAX_AGE, jiffies_to_clock_t(br->max_age));
	nla_put_u32(buf, IFLA_BR_AGEING_TIME, jiffies_to_clock_t(br->ageing_time));
	nla_put_u32(buf, IFLA_BR_STP_STATE, br->stp_enabled);
	nla_put_u16(buf, IFLA_BR_PRIORITY,
		    (uint16_t)(br->bridge_id.prio[0] << 8 | br->bridge_id.prio[1]));
	nla_put_u8(buf, IFLA_BR_VLAN_FILTERING, br->vlan_enabled);
	nla_put_u16(buf, IFLA_BR_GROUP_FWD_MASK, br->group_fwd_mask);
	nla_put(buf, IFLA_BR_BRIDGE_ID, sizeof(br->bridge_id), &br->bridge_id);
	nla_put(buf, IFLA_BR_ROOT_ID, sizeof(br->designated_root), &br->designated_root);
	nla_put_u16(buf, IFLA_BR_ROOT_PORT, br->root_port);
	nla_put_u32(buf, IFLA_BR_ROOT_PATH_COST, br->root_path_cost);
	nla_put_u8(buf, IFLA_BR_TOPOLOGY_CHANGE, br->topology_change);
	nla_put_u8(buf, IFLA_BR_TOPOLOGY_CHANGE_DETECTED, br->topology_change_detected);
	nla_put(buf, IFLA_BR_GROUP_ADDR, ETH_ALEN, br->group_addr);
	nla_put(buf, IFLA_BR_MULTI_BOOLOPT, sizeof(bm), &bm);
	nla_put_u32(buf, NG_IFLA_BR_FDB_N_LEARNED, br->fdb_n_learned);
	nla_put_u32(buf, NG_IFLA_BR_FDB_MAX_LEARNED, br->fdb_max_learned);
	if (br->vlgrp) {
		nla_put_be16(buf, IFLA_BR_VLAN_PROTOCOL, cpu_to_be16(ETH_P_8021Q));
		nla_put_u16(buf, IFLA_BR_VLAN_DEFAULT_PVID, br->default_pvid);
		nla_put_u8(buf, IFLA_BR_VLAN_STATS_ENABLED, 0);
		nla_put_u8(buf, IFLA_BR_VLAN_STATS_PER_PORT, 0);
	}
	br_fill_mcast(buf, br);
	nla_put_u8(buf, IFLA_BR_NF_CALL_IPTABLES, br->nf_call_iptables);
	nla_put_u8(buf, IFLA_BR_NF_CALL_IP6TABLES, br->nf_call_ip6tables);
	nla_put_u8(buf, IFLA_BR_NF_CALL_ARPTABLES, br->nf_call_arptables);
}

static void br_fill_ifinfo(struct nl_buf *buf, struct ifinfomsg *hdr, struct net_device *dev,
			   bool protinfo)
{
	const struct net_bridge_port *p = br_port_get(dev);
	int iflink = dev_get_iflink(dev);

	hdr->ifi_family = AF_BRIDGE;
	hdr->ifi_type = dev->type;
	hdr->ifi_index = dev->ifindex;
	hdr->ifi_flags = dev_get_flags(dev);
	nla_put_string(buf, IFLA_IFNAME, dev->name);
	nla_put_u32(buf, IFLA_MASTER, (uint32_t)(p ? p->br->dev->ifindex : dev->ifindex));
	nla_put_u32(buf, IFLA_MTU, dev->mtu);
	nla_put_u8(buf, IFLA_OPERSTATE, netif_running(dev) ? dev->operstate : IF_OPER_DOWN);
	if (dev->addr_len)
		nla_put(buf, IFLA_ADDRESS, dev->addr_len, dev->dev_addr);
	if (iflink != dev->ifindex)
		nla_put_u32(buf, IFLA_LINK, (uint32_t)iflink);
	if (p && protinfo) {
		size_t nest = nla_nest_start(buf, IFLA_PROTINFO | NLA_F_NESTED);

		br_port_fill_attrs(buf, p);
		nla_nest_end(buf, nest);
	}
	nlmsg_end(buf);
}

/* IFLA_AF_SPEC, of who is in a VLAN */
static void fill_vlans(struct nl_buf *buf, const struct net_device *dev, uint32_t mask)
{
	const struct br_vlan_group *vg =
		dev->priv_flag_bridge ? br_priv(dev)->vlgrp : br_port_get(dev)->vlgrp;
	size_t nest;

	if (!vg || !(mask & (RTEXT_FILTER_BRVLAN | RTEXT_FILTER_BRVLAN_COMPRESSED)))
		return;
	nest = nla_nest_start(buf, IFLA_AF_SPEC);
	br_vlan_fill(buf, vg, mask & RTEXT_FILTER_BRVLAN_COMPRESSED);
	nla_nest_end(buf, nest);
	nlmsg_end(buf);
}

/**
 * br_ifinfo_notify() - Tells those who listen for links of a port
 * @event: RTM_NEWLINK or RTM_DELLINK
 * @br: the bridge
 * @p: the port; NULL: it is the bridge itself
 */
void br_ifinfo_notify(int event, const struct net_bridge *br, const struct net_bridge_port *p)
{
	struct net_device *dev = p ? p->dev : br->dev;
	struct nl_buf buf = { 0 };
	struct ifinfomsg *hdr;

	if (!netlink_has_listeners(dev->net, NETLINK_ROUTE, RTNLGRP_LINK))
		return;
	hdr = nlmsg_put(&buf, 0, 0, (uint16_t)event, 0, sizeof(*hdr));
	br_fill_ifinfo(&buf, hdr, dev, event == RTM_NEWLINK);
	fill_vlans(&buf, dev, RTEXT_FILTER_BRVLAN_COMPRESSED);
	netlink_broadcast(dev->net, NETLINK_ROUTE, RTNLGRP_LINK, &buf);
	nl_buf_fini(&buf);
}

/**
 * rtnl_bridge_getlink() - RTM_GETLINK dump for PF_BRIDGE: bridge link show, bridge vlan show
 * @req: the request; ports, and bridges when VLANs are asked for, go into its reply
 *
 * Return: 0 or -EINVAL.
 */
int rtnl_bridge_getlink(struct nl_request *req)
{
	const struct nlattr *tb[IFLA_EXT_MASK + 1];
	uint32_t mask = 0;
	struct net_device *dev;

	if (nlmsg_parse(req->nlh, sizeof(struct ifinfomsg), tb, IFLA_EXT_MASK))
		return -EINVAL;
	if (tb[IFLA_EXT_MASK])
		mask = nla_get_u32(tb[IFLA_EXT_MASK]);

	list_for_each_entry(dev, &req->net->dev_base_head, dev_list) {
		bool wanted = br_port_get(dev);
		struct ifinfomsg *hdr;

		if (dev->priv_flag_bridge &&
		    (mask & (RTEXT_FILTER_BRVLAN | RTEXT_FILTER_BRVLAN_COMPRESSED)))
			wanted = true;
		if (!wanted)
			continue;
		hdr = nl_reply_begin(req, RTM_NEWLINK, 0, sizeof(*hdr));
		br_fill_ifinfo(&req->reply, hdr, dev, true);
		fill_vlans(&req->reply, dev, mask);
	}
	return 0;
}
