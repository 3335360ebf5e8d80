/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_mdb.c - bridge mdb: groups and router ports shown, told of, and set by hand
 *
 * mirrors net/bridge/br_mdb.c                                    CONTROL
 */
#include <linux/rtnetlink.h>

#include "bridge/br_private.h"
#include "core/rtnetlink.h"
#include "ipv4/inetdevice.h"

#define VLAN_VID_MASK 0x0fffU

/* ---- telling ---- */

static void fill_srcs(struct nl_buf *buf, const struct net_bridge *br,
		      const struct net_bridge_port_group *pg)
{
	const struct net_bridge_group_src *src;
	size_t nest;

	if (list_empty(&pg->src_list))
		return;
	nest = nla_nest_start(buf, MDBA_MDB_EATTR_SRC_LIST | NLA_F_NESTED);
	list_for_each_entry(src, &pg->src_list, node) {
		size_t one = nla_nest_start(buf, MDBA_MDB_SRCLIST_ENTRY | NLA_F_NESTED);

		nla_put_be32(buf, MDBA_MDB_SRCATTR_ADDRESS, src->src);
		nla_put_u32(buf, MDBA_MDB_SRCATTR_TIMER, br_mcast_timer_value(br, &src->timer));
		nla_nest_end(buf, one);
	}
	nla_nest_end(buf, nest);
}

static uint8_t entry_flags(uint8_t flags)
{
	return (uint8_t)((flags & MDB_PG_FLAGS_FAST_LEAVE ? MDB_FLAGS_FAST_LEAVE : 0) |
			 (flags & MDB_PG_FLAGS_STAR_EXCL ? MDB_FLAGS_STAR_EXCL : 0) |
			 (flags & MDB_PG_FLAGS_BLOCKED ? MDB_FLAGS_BLOCKED : 0));
}

static struct br_mdb_entry entry_of(const struct net_bridge_mdb_entry *mp,
				    const struct net_bridge_port_group *pg)
{
	struct br_mdb_entry e;

	memset(&e, 0, sizeof(e));
	e.ifindex = (uint32_t)(pg ? pg->port->dev : mp->br->dev)->ifindex;
	e.vid = mp->addr.vid;
	e.addr.proto = mp->addr.proto;
	if (pg) {
		e.state = pg->flags & MDB_PG_FLAGS_PERMANENT;
		e.flags = entry_flags(pg->flags);
	}
	if (br_group_is_l2(&mp->addr)) {
		memcpy(e.addr.u.mac_addr, mp->addr.dst.mac_addr, ETH_ALEN);
		e.state = MDB_PERMANENT;
	} else {
		memcpy(&e.addr.u.ip6, &mp->addr.dst.ip6, sizeof(e.addr.u.ip6));
	}
	return e;
}

/* MDBA_MDB_ENTRY_INFO: a port in a group; the host (@pg NULL) */
static void __mdb_fill_info(struct nl_buf *buf, const struct net_bridge_mdb_entry *mp,
			    const struct net_bridge_port_group *pg)
{
	const struct br_mdb_entry e = entry_of(mp, pg);
	size_t nest = nla_nest_start(buf, MDBA_MDB_ENTRY_INFO);
	bool v4 = mp->addr.proto == cpu_to_be16(ETH_P_IP);

	memcpy(nl_buf_put(buf, sizeof(e)), &e, sizeof(e));
	nla_put_u32(buf, MDBA_MDB_EATTR_TIMER,
		    br_mcast_timer_value(mp->br, pg ? &pg->timer : &mp->timer));
	if (mp->addr.proto && !br_multicast_is_star_g(&mp->addr))
		nla_put(buf, MDBA_MDB_EATTR_SOURCE, v4 ? 4 : sizeof(mp->addr.src), &mp->addr.src);
	if (pg) {
		nla_put_u8(buf, MDBA_MDB_EATTR_RTPROT, pg->rt_protocol);
		if (v4 ? mp->br->multicast_igmp_version == 3
		       : mp->addr.proto && mp->br->multicast_mld_version == 2) {
			fill_srcs(buf, mp->br, pg);
			nla_put_u8(buf, MDBA_MDB_EATTR_GROUP_MODE, pg->filter_mode);
		}
	}
	nla_nest_end(buf, nest);
}

static struct br_port_msg *port_msg(struct nl_buf *buf, const struct net_bridge *br, int type)
{
	struct br_port_msg *bpm = nlmsg_put(buf, 0, 0, (uint16_t)type, 0, sizeof(*bpm));

	bpm->family = AF_BRIDGE;
	bpm->ifindex = (uint32_t)br->dev->ifindex;
	return bpm;
}

static void tell(const struct net_bridge *br, struct nl_buf *buf)
{
	nlmsg_end(buf);
	netlink_broadcast(br->dev->net, NETLINK_ROUTE, RTNLGRP_MDB, buf);
	nl_buf_fini(buf);
}

static bool nobody_listens(const struct net_bridge *br)
{
	return !netlink_has_listeners(br->dev->net, NETLINK_ROUTE, RTNLGRP_MDB);
}

/**
 * br_mdb_notify() - Tells those who listen of a port in a group
 * @mp: the group
 * @pg: the port's membership; NULL: the host's
 * @type: RTM_NEWMDB or RTM_DELMDB
 */
void br_mdb_notify(struct net_bridge_mdb_entry *mp, const struct net_bridge_port_group *pg,
		   int type)
{
	struct nl_buf buf = { 0 };
	size_t mdb, entry;

	if (nobody_listens(mp->br))
		return;
	port_msg(&buf, mp->br, type);
	mdb = nla_nest_start(&buf, MDBA_MDB);
	entry = nla_nest_start(&buf, MDBA_MDB_ENTRY);
	__mdb_fill_info(&buf, mp, pg);
	nla_nest_end(&buf, entry);
	nla_nest_end(&buf, mdb);
	tell(mp->br, &buf);
}

/**
 * br_rtr_notify() - Tells those who listen of a router port
 * @p: the port
 * @type: RTM_NEWMDB or RTM_DELMDB
 */
void br_rtr_notify(const struct net_bridge_port *p, int type)
{
	struct nl_buf buf = { 0 };
	size_t router, port;
	uint32_t ifindex = (uint32_t)p->dev->ifindex;

	if (nobody_listens(p->br))
		return;
	port_msg(&buf, p->br, type);
	router = nla_nest_start(&buf, MDBA_ROUTER);
	port = nla_nest_start(&buf, MDBA_ROUTER_PORT);
	memcpy(nl_buf_put(&buf, sizeof(ifindex)), &ifindex, sizeof(ifindex));
	nla_nest_end(&buf, port);
	nla_nest_end(&buf, router);
	tell(p->br, &buf);
}

/* ---- showing ---- */

static void br_rport_fill(struct nl_buf *buf, const struct net_bridge_port *p)
{
	const struct net_bridge_mcast_port *ctx = &p->multicast_ctx;
	uint32_t v4 = br_mcast_timer_value(p->br, &ctx->ip4_mc_router_timer);
	uint32_t v6 = br_mcast_timer_value(p->br, &ctx->ip6_mc_router_timer);
	size_t nest = nla_nest_start(buf, MDBA_ROUTER_PORT);
	uint32_t ifindex = (uint32_t)p->dev->ifindex;

	memcpy(nl_buf_put(buf, sizeof(ifindex)), &ifindex, sizeof(ifindex));
	nla_put_u32(buf, MDBA_ROUTER_PATTR_TIMER, v4 > v6 ? v4 : v6);
	nla_put_u8(buf, MDBA_ROUTER_PATTR_TYPE, p->multicast_router);
	if (ctx->ip4_router)
		nla_put_u32(buf, MDBA_ROUTER_PATTR_INET_TIMER, v4);
	if (ctx->ip6_router)
		nla_put_u32(buf, MDBA_ROUTER_PATTR_INET6_TIMER, v6);
	nla_nest_end(buf, nest);
}

static void br_rports_fill_info(struct nl_buf *buf, const struct net_bridge *br)
{
	const struct net_bridge_port *p;
	bool any = false;
	size_t nest;

	list_for_each_entry(p, &br->port_list, list)
		any |= p->multicast_ctx.ip4_router || p->multicast_ctx.ip6_router;
	if (!any || !br->multicast_router)
		return;
	nest = nla_nest_start(buf, MDBA_ROUTER);
	list_for_each_entry(p, &br->port_list, list) {
		if (p->multicast_ctx.ip4_router || p->multicast_ctx.ip6_router)
			br_rport_fill(buf, p);
	}
	nla_nest_end(buf, nest);
}

static void br_mdb_fill_info(struct nl_buf *buf, const struct net_bridge *br)
{
	const struct net_bridge_mdb_entry *mp;
	size_t mdb = nla_nest_start(buf, MDBA_MDB);

	list_for_each_entry(mp, &br->mcast.mdb_list, list) {
		const struct net_bridge_port_group *pg;
		size_t entry = nla_nest_start(buf, MDBA_MDB_ENTRY);

		if (mp->host_joined)
			__mdb_fill_info(buf, mp, NULL);
		for (pg = mp->ports; pg; pg = pg->next)
			__mdb_fill_info(buf, mp, pg);
		nla_nest_end(buf, entry);
	}
	nla_nest_end(buf, mdb);
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

		if (!dev->priv_flag_bridge || (ifindex && dev->ifindex != ifindex))
			continue;
		bpm = nl_reply_begin(req, RTM_GETMDB, 0, sizeof(*bpm));
		bpm->ifindex = (uint32_t)dev->ifindex;
		br_mdb_fill_info(&req->reply, br_priv(dev));
		br_rports_fill_info(&req->reply, br_priv(dev));
		nlmsg_end(&req->reply);
	}
	return 0;
}

/* ---- setting ---- */

/* a request */
struct mdb_req {
	struct net_bridge *br;
	struct net_bridge_port *port; /* NULL: the host */
	struct br_mdb_entry entry;
	struct br_ip group;
	struct ng_extack *extack;
};

static int refuse(struct ng_extack *extack, const char *text, int err)
{
	NG_SET_ERR_MSG(extack, text);
	return err;
}

/* As rtnl_validate_mdb_entry(): the sentence of a refusal, or NULL */
static const char *entry_refused(const struct br_mdb_entry *e)
{
	static const struct in6_addr all_nodes = { .s6_addr = { 0xff, 0x02, [15] = 1 } };

	if (!e->ifindex)
		return "Zero entry ifindex is not allowed";
	if (e->addr.proto == cpu_to_be16(ETH_P_IP)) {
		if (!ipv4_is_multicast(e->addr.u.ip4) && e->addr.u.ip4)
			return "IPv4 entry group address is not multicast or 0.0.0.0";
		if (ipv4_is_local_multicast(e->addr.u.ip4))
			return "IPv4 entry group address is local multicast";
	} else if (e->addr.proto == cpu_to_be16(ETH_P_IPV6)) {
		if (!memcmp(&e->addr.u.ip6, &all_nodes, sizeof(all_nodes)))
			return "IPv6 entry group address is link-local all nodes";
	} else if (e->addr.proto == 0) {
		if (!is_multicast_ether_addr(e->addr.u.mac_addr))
			return "L2 entry group is not multicast";
	} else {
		return "Unknown entry protocol";
	}
	if (e->state != MDB_PERMANENT && e->state != MDB_TEMPORARY)
		return "Unknown entry state";
	return e->vid >= VLAN_VID_MASK ? "Invalid entry VLAN id" : NULL;
}

/* The source of an (S,G) goes into the key. */
static int parse_source(struct mdb_req *r, const struct nlattr *attr)
{
	__be16 proto = r->entry.addr.proto;

	if (proto == cpu_to_be16(ETH_P_IP)) {
		if (nla_len(attr) != 4)
			return refuse(r->extack, "bridge: IPv4 invalid source address length",
				      -EINVAL);
		if (ipv4_is_multicast(nla_get_be32(attr)))
			return refuse(r->extack,
				      "bridge: IPv4 multicast source address is not allowed",
				      -EINVAL);
		r->group.src.ip4 = nla_get_be32(attr);
		return 0;
	}
	if (proto != cpu_to_be16(ETH_P_IPV6))
		return refuse(r->extack, "bridge: Invalid protocol used with source address",
			      -EINVAL);
	if (nla_len(attr) != sizeof(r->group.src.ip6))
		return refuse(r->extack, "bridge: IPv6 invalid source address length", -EINVAL);
	if (*(const uint8_t *)nla_data(attr) == 0xff)
		return refuse(r->extack, "bridge: IPv6 multicast source address is not allowed",
			      -EINVAL);
	memcpy(&r->group.src.ip6, nla_data(attr), sizeof(r->group.src.ip6));
	return 0;
}

static int parse_group(struct mdb_req *r, const struct nlattr *attrs)
{
	const struct nlattr *tb[MDBE_ATTR_MAX + 1] = { NULL };

	memset(&r->group, 0, sizeof(r->group));
	r->group.vid = r->entry.vid;
	r->group.proto = r->entry.addr.proto;
	if (r->group.proto == cpu_to_be16(ETH_P_IP))
		r->group.dst.ip4 = r->entry.addr.u.ip4;
	else if (r->group.proto)
		r->group.dst.ip6 = r->entry.addr.u.ip6;
	else
		memcpy(r->group.dst.mac_addr, r->entry.addr.u.mac_addr, ETH_ALEN);
	if (attrs && nla_parse_nested(tb, MDBE_ATTR_MAX, attrs))
		return -EINVAL;
	return tb[MDBE_ATTR_SOURCE] ? parse_source(r, tb[MDBE_ATTR_SOURCE]) : 0;
}

static int parse_port(struct nl_request *req, struct mdb_req *r)
{
	struct net_device *dev;

	if (r->entry.ifindex == (uint32_t)r->br->dev->ifindex)
		return 0;
	dev = dev_get_by_index(req->net, (int)r->entry.ifindex);
	if (!dev)
		return refuse(r->extack, "bridge: Port net device doesn't exist", -ENODEV);
	r->port = br_port_get(dev);
	if (!r->port)
		return refuse(r->extack, "bridge: Net device is not a bridge port", -EINVAL);
	if (r->port->br != r->br)
		return refuse(r->extack, "bridge: Port belongs to a different bridge device",
			      -EINVAL);
	return 0;
}

static int br_mdb_parse(struct nl_request *req, struct mdb_req *r)
{
	const struct br_port_msg *bpm = nlmsg_data(req->nlh);
	const struct nlattr *tb[MDBA_SET_ENTRY_MAX + 1];
	struct net_device *dev;
	const char *no;
	int err;

	memset(r, 0, sizeof(*r));
	r->extack = req->extack;
	if (nlmsg_parse(req->nlh, sizeof(*bpm), tb, MDBA_SET_ENTRY_MAX))
		return -EINVAL;
	if (!bpm->ifindex)
		return refuse(r->extack, "Invalid ifindex", -EINVAL);
	if (!tb[MDBA_SET_ENTRY])
		return refuse(r->extack, "Missing MDBA_SET_ENTRY attribute", -EINVAL);
	if (nla_len(tb[MDBA_SET_ENTRY]) != sizeof(r->entry))
		return refuse(r->extack, "Invalid attribute length", -EINVAL);
	memcpy(&r->entry, nla_data(tb[MDBA_SET_ENTRY]), sizeof(r->entry));
	no = entry_refused(&r->entry);
	if (no)
		return refuse(r->extack, no, -EINVAL);
	dev = dev_get_by_index(req->net, (int)bpm->ifindex);
	if (!dev)
		return refuse(r->extack, "Device doesn't exist", -ENODEV);
	if (!dev->priv_flag_bridge)
		return refuse(r->extack, "Device does not support MDB operations", -EOPNOTSUPP);
	r->br = br_priv(dev);
	if (!netif_running(dev))
		return refuse(r->extack, "bridge: Bridge device is not running", -EINVAL);
	if (!r->br->multicast_enabled)
		return refuse(r->extack, "bridge: Bridge's multicast processing is disabled",
			      -EINVAL);
	err = parse_port(req, r);
	if (err)
		return err;
	if (r->entry.addr.proto == cpu_to_be16(ETH_P_IP) && !r->entry.addr.u.ip4)
		return refuse(r->extack, "bridge: IPv4 entry group address 0.0.0.0 is not allowed",
			      -EINVAL);
	return parse_group(r, tb[MDBA_SET_ENTRY_ATTRS]);
}

static int br_mdb_add_host(const struct mdb_req *r, struct net_bridge_mdb_entry *mp)
{
	if (mp->host_joined)
		return refuse(r->extack, "bridge: Group is already joined by host", -EEXIST);
	br_multicast_host_join(mp, false);
	br_mdb_notify(mp, NULL, RTM_NEWMDB);
	return 0;
}

static int br_mdb_add_port(const struct mdb_req *r, struct net_bridge_mdb_entry *mp)
{
	bool star_g = br_multicast_is_star_g(&r->group);
	const struct br_pg_new how = { .flags = r->entry.state == MDB_PERMANENT
							? MDB_PG_FLAGS_PERMANENT
							: 0,
				       .filter_mode = star_g ? MCAST_EXCLUDE : MCAST_INCLUDE,
				       .rt_protocol = RTPROT_STATIC };
	struct net_bridge_port_group **pp, *pg;
	struct net_bridge *br = r->br;
	struct br_ip star = r->group;

	for (pp = &mp->ports; *pp; pp = &(*pp)->next) {
		if ((*pp)->port == r->port)
			return refuse(r->extack,
				      star_g ? "bridge: (*, G) group is already joined by port"
					     : "bridge: (S, G) group is already joined by port",
				      -EEXIST);
		if ((*pp)->port->port_no < r->port->port_no)
			break;
	}
	pg = br_multicast_new_port_group(mp, r->port, pp, &how);
	if (r->entry.state == MDB_TEMPORARY)
		br_mcast_timer_mod(br, &pg->timer,
				   br_jiffies(br) + br->multicast_membership_interval);
	br_mdb_notify(mp, pg, RTM_NEWMDB);
	if (r->group.proto != cpu_to_be16(ETH_P_IP) || br->multicast_igmp_version != 3)
		return 0;
	if (star_g) {
		br_multicast_star_g_handle_mode(pg, MCAST_EXCLUDE);
	} else {
		memset(&star.src, 0, sizeof(star.src));
		mp = br_mdb_ip_get(br, &star);
		if (mp)
			br_multicast_sg_add_exclude_ports(mp, pg);
	}
	return 0;
}

/* As br_mdb_add(): what a group of this kind may not be */
static int br_mdb_add_check(const struct mdb_req *r)
{
	if (!r->port && !br_group_is_l2(&r->group)) {
		if (r->entry.state)
			return refuse(r->extack, "bridge: Flags are not allowed for host groups",
				      -EINVAL);
		if (!br_multicast_is_star_g(&r->group))
			return refuse(r->extack,
				      "bridge: Groups with sources cannot be manually host joined",
				      -EINVAL);
	}
	if (br_group_is_l2(&r->group) && r->entry.state != MDB_PERMANENT)
		return refuse(r->extack, "bridge: Only permanent L2 entries allowed", -EINVAL);
	if (r->port && r->port->state == BR_STATE_DISABLED && r->entry.state != MDB_PERMANENT)
		return refuse(r->extack,
			      "bridge: Port is in disabled state and entry is not permanent",
			      -EINVAL);
	return 0;
}

static int br_mdb_add_group(const struct mdb_req *r)
{
	struct net_bridge_mdb_entry *mp;

	mp = br_multicast_new_group(r->br, &r->group);
	if (!mp)
		return -E2BIG;
	return r->port ? br_mdb_add_port(r, mp) : br_mdb_add_host(r, mp);
}

/* Without a VLAN where VLANs are filtered: in each the port, or the bridge, is in */
static int br_mdb_for_each_vlan(struct mdb_req *r, int (*fn)(const struct mdb_req *r), bool stop)
{
	const struct br_vlan_group *vg = r->port ? r->port->vlgrp : r->br->vlgrp;
	int err = 0;

	if (!r->br->vlan_enabled || !vg || r->entry.vid)
		return fn(r);
	for (uint16_t vid = 1; vid < VLAN_VID_MASK && !(stop && err); vid++) {
		if (!br_vlan_has(vg, vid))
			continue;
		r->group.vid = vid;
		err = fn(r);
	}
	return err;
}

static void begin_change(struct net_bridge *br, const struct nl_request *req)
{
	br_multicast_gc(br);
	br->mcast.origin = req->origin;
	br->mcast.packet = 0;
}

/**
 * rtnl_mdb_add() - RTM_NEWMDB: bridge mdb add
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int rtnl_mdb_add(struct nl_request *req)
{
	struct mdb_req r;
	int err = br_mdb_parse(req, &r);

	if (!err)
		err = br_mdb_add_check(&r);
	if (err)
		return err;
	begin_change(r.br, req);
	return br_mdb_for_each_vlan(&r, br_mdb_add_group, true);
}

static int br_mdb_del_group(const struct mdb_req *r)
{
	struct net_bridge *br = r->br;
	struct net_bridge_port_group **pp;
	struct net_bridge_mdb_entry *mp;

	mp = br_mdb_ip_get(br, &r->group);
	if (!mp)
		return -EINVAL;
	if (!r->port && mp->host_joined) {
		br_multicast_host_leave(mp, false);
		br_mdb_notify(mp, NULL, RTM_DELMDB);
		if (!mp->ports)
			br_mcast_timer_mod(br, &mp->timer, br_jiffies(br));
		return 0;
	}
	for (pp = &mp->ports; *pp; pp = &(*pp)->next) {
		if ((*pp)->port == r->port) {
			br_multicast_del_pg(mp, pp);
			return 0;
		}
	}
	return -EINVAL;
}

/**
 * rtnl_mdb_del() - RTM_DELMDB: bridge mdb del
 * @req: the request
 *
 * Return: 0 or -errno; -EINVAL: there is no such entry.
 */
int rtnl_mdb_del(struct nl_request *req)
{
	struct mdb_req r;
	int err = br_mdb_parse(req, &r);

	if (err)
		return err;
	begin_change(r.br, req);
	return br_mdb_for_each_vlan(&r, br_mdb_del_group, false);
}
