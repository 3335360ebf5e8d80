/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast.c - what the bridge knows of multicast
 *
 * mirrors net/bridge/br_multicast.c                              CONTROL
 *
 * Unlike Linux: no snooping. Without a querier on the segment Linux floods
 * multicast to every port too, so the frames are the same; becoming a querier
 * is refused as not modelled.
 */
#include "bridge/br_private.h"
#include "core/rtnetlink.h"
#include "ipv4/inetdevice.h"

#define INADDR_ALLSNOOPERS 0xe000006aU /* 224.0.0.106 */

/**
 * br_multicast_init() - The defaults of br_multicast_ctx_init()
 * @br: a new bridge
 */
void br_multicast_init(struct net_bridge *br)
{
	br->multicast_enabled = true;
	br->multicast_router = MDB_RTR_TYPE_TEMP_QUERY;
	br->hash_max = 4096; /* BR_MULTICAST_DEFAULT_HASH_MAX */
	br->multicast_igmp_version = 2;
	br->multicast_mld_version = 1;
	br->multicast_last_member_count = 2;
	br->multicast_startup_query_count = 2;
	br->multicast_last_member_interval = BR_HZ;
	br->multicast_query_response_interval = 10 * BR_HZ;
	br->multicast_startup_query_interval = 125 * BR_HZ / 4;
	br->multicast_query_interval = 125 * BR_HZ;
	br->multicast_querier_interval = 255 * BR_HZ;
	br->multicast_membership_interval = 260 * BR_HZ;
}

/**
 * br_multicast_open() - A bridge that comes up joins the group of all snoopers
 * @br: the bridge
 */
void br_multicast_open(struct net_bridge *br)
{
	if (br->multicast_enabled && br->dev->ip_ptr)
		ip_mc_inc_group(br->dev->ip_ptr, cpu_to_be32(INADDR_ALLSNOOPERS));
}

/**
 * br_multicast_stop() - A bridge that goes down leaves it
 * @br: the bridge
 */
void br_multicast_stop(struct net_bridge *br)
{
	if (br->multicast_enabled && br->dev->ip_ptr)
		ip_mc_dec_group(br->dev->ip_ptr, cpu_to_be32(INADDR_ALLSNOOPERS));
}

/**
 * br_multicast_set_router() - Sets mcast_router of a bridge
 * @router: its value
 * @val: 0 to 2
 *
 * Return: 0 or -EINVAL.
 */
int br_multicast_set_router(uint8_t *router, uint8_t val)
{
	if (val > MDB_RTR_TYPE_PERM)
		return -EINVAL;
	*router = val;
	return 0;
}

/**
 * br_multicast_set_port_router() - Sets mcast_router of a port
 * @p: the port
 * @val: 0 to 3
 *
 * Return: 0 or -EINVAL.
 */
int br_multicast_set_port_router(struct net_bridge_port *p, uint8_t val)
{
	if (val > MDB_RTR_TYPE_TEMP)
		return -EINVAL;
	p->multicast_router = val;
	return 0;
}

/**
 * br_multicast_toggle() - Switches snooping on or off
 * @br: the bridge
 * @on: on
 *
 * Return: 0.
 */
int br_multicast_toggle(struct net_bridge *br, bool on)
{
	if (br->multicast_enabled == on)
		return 0;
	if (!on && netif_running(br->dev))
		br_multicast_stop(br);
	br->multicast_enabled = on;
	if (on && netif_running(br->dev))
		br_multicast_open(br);
	return 0;
}

/**
 * br_multicast_set_querier() - Shall the bridge send IGMP queries?
 * @br: the bridge
 * @on: yes: not modelled
 * @extack: says so
 *
 * Return: 0 or -EOPNOTSUPP.
 */
int br_multicast_set_querier(struct net_bridge *br, bool on, struct ng_extack *extack)
{
	if (on) {
		NG_SET_ERR_MSG(extack, "netglass: not modelled: a bridge as IGMP querier");
		return -EOPNOTSUPP;
	}
	br->multicast_querier = false;
	return 0;
}

static void br_mdb_put_router(struct nl_buf *buf, const struct net_bridge_port *p)
{
	size_t nest = nla_nest_start(buf, MDBA_ROUTER_PORT);
	uint32_t *ifindex = nl_buf_put(buf, sizeof(*ifindex));

	*ifindex = (uint32_t)p->dev->ifindex;
	nla_put_u32(buf, MDBA_ROUTER_PATTR_TIMER, 0);
	nla_put_u8(buf, MDBA_ROUTER_PATTR_TYPE, p->multicast_router);
	nla_put_u32(buf, MDBA_ROUTER_PATTR_INET_TIMER, 0);
	nla_nest_end(buf, nest);
}

static void br_mdb_dump_routers(struct nl_request *req, const struct net_bridge *br)
{
	const struct net_bridge_port *p;
	size_t nest = nla_nest_start(&req->reply, MDBA_ROUTER);
	bool any = false;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->multicast_router != MDB_RTR_TYPE_PERM &&
		    p->multicast_router != MDB_RTR_TYPE_TEMP)
			continue;
		any = true;
		br_mdb_put_router(&req->reply, p);
	}
	if (any)
		nla_nest_end(&req->reply, nest);
	else
		nla_nest_cancel(&req->reply, nest);
}

/**
 * br_mdb_dump() - RTM_GETMDB dump: bridge mdb show
 * @req: the request; one message per bridge goes into its reply
 *
 * Return: 0.
 */
int br_mdb_dump(struct nl_request *req)
{
	const struct br_port_msg *filter = nlmsg_data(req->nlh);
	int ifindex = 0;
	struct net_device *dev;

	if (req->nlh->nlmsg_len >= NLMSG_HDRLEN + sizeof(*filter))
		ifindex = (int)filter->ifindex;
	list_for_each_entry(dev, &req->net->dev_base_head, dev_list) {
		struct br_port_msg *bpm;
		size_t mdb;

		if (!dev->priv_flag_bridge || (ifindex && dev->ifindex != ifindex))
			continue;
		bpm = nl_reply_begin(req, RTM_GETMDB, 0, sizeof(*bpm));
		bpm->ifindex = (uint32_t)dev->ifindex;
		mdb = nla_nest_start(&req->reply, MDBA_MDB);
		nla_nest_end(&req->reply, mdb);
		br_mdb_dump_routers(req, br_priv(dev));
		nlmsg_end(&req->reply);
	}
	return 0;
}
