/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_fdb_netlink.c - the forwarding table as messages: bridge fdb add, del, get, show
 *
 * mirrors the netlink half of net/bridge/br_fdb.c and rtnl_fdb_*() of
 * net/core/rtnetlink.c                                           CONTROL
 *
 * A request names the master (the bridge's table), the device itself (its
 * list of own addresses), or both.
 */
#include <linux/neighbour.h>

#include "bridge/br_private.h"
#include "core/rtnetlink.h"

/* newer than the system's headers */
#define NG_NDA_FLAGS_EXT 15
#define NG_NDA_NDM_STATE_MASK 16
#define NG_NDA_NDM_FLAGS_MASK 17
#define NG_NLM_F_BULK 0x200
#define NG_NDA_MAX NG_NDA_NDM_FLAGS_MASK

#define FDB_FLUSH_IGNORED_FLAGS (NTF_MASTER | NTF_SELF)
#define FDB_FLUSH_ALLOWED_FLAGS (NTF_USE | NTF_EXT_LEARNED | NTF_STICKY | NTF_OFFLOADED)
#define FDB_FLUSH_ALLOWED_STATES (NUD_PERMANENT | NUD_NOARP)

static uint16_t fdb_to_nud(const struct net_bridge *br, const struct net_bridge_fdb_entry *f)
{
	if (f->flags & BR_FDB_LOCAL)
		return NUD_PERMANENT;
	if (f->flags & BR_FDB_STATIC)
		return NUD_NOARP;
	return br_fdb_has_expired(br, f) ? NUD_STALE : NUD_REACHABLE;
}

/**
 * br_fdb_fill_info() - Ends a message about an entry of a bridge's table
 * @buf: begun with nlmsg_put()
 * @ndm: the message's header
 * @br: the bridge
 * @f: the entry
 */
void br_fdb_fill_info(struct nl_buf *buf, struct ndmsg *ndm, const struct net_bridge *br,
		      const struct net_bridge_fdb_entry *f)
{
	int64_t now = br_now(br);
	struct nda_cacheinfo ci = {
		.ndm_used = (uint32_t)((now - f->used_ns) / BR_CLOCK_NS),
		.ndm_updated = (uint32_t)((now - f->updated_ns) / BR_CLOCK_NS),
	};

	ndm->ndm_family = AF_BRIDGE;
	ndm->ndm_ifindex = f->dst ? f->dst->dev->ifindex : br->dev->ifindex;
	ndm->ndm_state = fdb_to_nud(br, f);
	if (f->flags & BR_FDB_OFFLOADED)
		ndm->ndm_flags |= NTF_OFFLOADED;
	if (f->flags & BR_FDB_ADDED_BY_EXT_LEARN)
		ndm->ndm_flags |= NTF_EXT_LEARNED;
	if (f->flags & BR_FDB_STICKY)
		ndm->ndm_flags |= NTF_STICKY;
	nla_put(buf, NDA_LLADDR, ETH_ALEN, f->addr);
	nla_put_u32(buf, NDA_MASTER, (uint32_t)br->dev->ifindex);
	nla_put_u32(buf, NG_NDA_FLAGS_EXT, 0);
	nla_put(buf, NDA_CACHEINFO, sizeof(ci), &ci);
	if (f->vid)
		nla_put_u16(buf, NDA_VLAN, f->vid);
	nlmsg_end(buf);
}

/**
 * br_fdb_notify() - Tells those who listen for neighbours of an entry
 * @br: the bridge
 * @f: the entry
 * @type: RTM_NEWNEIGH or RTM_DELNEIGH
 */
void br_fdb_notify(const struct net_bridge *br, const struct net_bridge_fdb_entry *f, int type)
{
	struct nl_buf buf = { 0 };
	struct ndmsg *ndm;

	if (!netlink_has_listeners(br->dev->net, NETLINK_ROUTE, RTNLGRP_NEIGH))
		return;
	ndm = nlmsg_put(&buf, 0, 0, (uint16_t)type, 0, sizeof(*ndm));
	br_fdb_fill_info(&buf, ndm, br, f);
	netlink_broadcast(br->dev->net, NETLINK_ROUTE, RTNLGRP_NEIGH, &buf);
	nl_buf_fini(&buf);
}

/**
 * br_fdb_fill_self() - Ends a message about an address a device itself listens to
 * @buf: begun with nlmsg_put()
 * @ndm: the message's header
 * @dev: the device
 * @addr: the address
 */
void br_fdb_fill_self(struct nl_buf *buf, struct ndmsg *ndm, const struct net_device *dev,
		      const uint8_t *addr)
{
	ndm->ndm_family = AF_BRIDGE;
	ndm->ndm_flags = NTF_SELF;
	ndm->ndm_ifindex = dev->ifindex;
	ndm->ndm_state = NUD_PERMANENT;
	nla_put(buf, NDA_LLADDR, ETH_ALEN, addr);
	nlmsg_end(buf);
}

static void fdb_notify_self(struct net_device *dev, const uint8_t *addr, int type)
{
	struct nl_buf buf = { 0 };
	struct ndmsg *ndm;

	if (!netlink_has_listeners(dev->net, NETLINK_ROUTE, RTNLGRP_NEIGH))
		return;
	ndm = nlmsg_put(&buf, 0, 0, (uint16_t)type, 0, sizeof(*ndm));
	br_fdb_fill_self(&buf, ndm, dev, addr);
	netlink_broadcast(dev->net, NETLINK_ROUTE, RTNLGRP_NEIGH, &buf);
	nl_buf_fini(&buf);
}

/* ---- add ---- */

static int fdb_external_learn_add(struct net_bridge *br, struct net_bridge_port *p,
				  const uint8_t *addr, uint16_t vid, const struct ng_origin *origin)
{
	struct net_bridge_fdb_entry *f = br_fdb_find(br, addr, vid);

	if (!f) {
		uint32_t flags = BR_FDB_ADDED_BY_USER | BR_FDB_ADDED_BY_EXT_LEARN;

		f = br_fdb_create(br, p, addr, vid, flags | (p ? 0 : BR_FDB_LOCAL), origin);
		br_trace_learn(br, f, NULL, NULL);
		br_fdb_notify(br, f, RTM_NEWNEIGH);
		return 0;
	}
	f->updated_ns = br_now(br);
	br_trace_moved(br, f, p, origin);
	f->dst = p;
	f->used_ns = f->updated_ns;
	if (f->flags & BR_FDB_DYNAMIC_LEARNED) {
		f->flags &= ~BR_FDB_DYNAMIC_LEARNED;
		br->fdb_n_learned--;
	}
	f->flags |= BR_FDB_ADDED_BY_USER | BR_FDB_ADDED_BY_EXT_LEARN;
	if (!p)
		f->flags |= BR_FDB_LOCAL;
	br_fdb_notify(br, f, RTM_NEWNEIGH);
	return 0;
}

static int fdb_add_check(const struct net_bridge_port *source, const struct ndmsg *ndm)
{
	uint16_t state = ndm->ndm_state;

	if (source && !(state & (NUD_PERMANENT | NUD_NOARP)) &&
	    source->state != BR_STATE_LEARNING && source->state != BR_STATE_FORWARDING)
		return -EPERM;
	if (!source && !(state & NUD_PERMANENT))
		return -EINVAL;
	if ((ndm->ndm_flags & NTF_STICKY) && (state & NUD_PERMANENT))
		return -EINVAL;
	return 0;
}

static int fdb_add_entry(struct net_bridge *br, struct net_bridge_port *source, const uint8_t *addr,
			 uint16_t vid, const struct nl_request *req)
{
	const struct ndmsg *ndm = nlmsg_data(req->nlh);
	struct net_bridge_fdb_entry *f = br_fdb_find(br, addr, vid);
	int err = fdb_add_check(source, ndm);
	uint32_t flags;
	bool modified;

	if (err)
		return err;
	if (!f && !(req->nlh->nlmsg_flags & NLM_F_CREATE))
		return -ENOENT;
	if (f && (req->nlh->nlmsg_flags & NLM_F_EXCL))
		return -EEXIST;

	/* static from the start, so that it is never on the clean-up's list */
	flags = BR_FDB_ADDED_BY_USER | (ndm->ndm_flags & NTF_STICKY ? BR_FDB_STICKY : 0);
	if (ndm->ndm_state & NUD_PERMANENT)
		flags |= BR_FDB_LOCAL | BR_FDB_STATIC;
	else if (ndm->ndm_state & NUD_NOARP)
		flags |= BR_FDB_STATIC;
	if (!f) {
		f = br_fdb_create(br, source, addr, vid, flags, &req->origin);
		br_trace_learn(br, f, NULL, NULL);
		br_fdb_notify(br, f, RTM_NEWNEIGH);
		return 0;
	}

	if (f->flags & BR_FDB_DYNAMIC_LEARNED) {
		f->flags &= ~BR_FDB_DYNAMIC_LEARNED;
		br->fdb_n_learned--;
	}
	modified = f->dst != source || fdb_to_nud(br, f) != ndm->ndm_state ||
		   (f->flags & BR_FDB_STICKY) != (flags & BR_FDB_STICKY);
	br_trace_moved(br, f, source, &req->origin);
	f->dst = source;
	f->flags &= ~(BR_FDB_LOCAL | BR_FDB_STATIC | BR_FDB_STICKY);
	f->flags |= flags;
	f->used_ns = br_now(br);
	if (!(flags & BR_FDB_STATIC))
		br_fdb_gc_arm(br);
	if (modified) {
		f->updated_ns = f->used_ns;
		br_fdb_notify(br, f, RTM_NEWNEIGH);
	}
	return 0;
}

/* As __br_fdb_add(). @p NULL: the bridge itself */
static int fdb_add_one(struct net_bridge *br, struct net_bridge_port *p, const uint8_t *addr,
		       uint16_t vid, const struct nl_request *req)
{
	const struct ndmsg *ndm = nlmsg_data(req->nlh);

	if (ndm->ndm_flags & NTF_USE) {
		if (!p)
			return -EINVAL;
		if (p->state == BR_STATE_LEARNING || p->state == BR_STATE_FORWARDING)
			br_fdb_update(p, addr, vid, BR_FDB_ADDED_BY_USER, &req->origin, NULL);
		return 0;
	}
	if (ndm->ndm_flags & NTF_EXT_LEARNED) {
		if (!p && !(ndm->ndm_state & NUD_PERMANENT)) {
			NG_SET_ERR_MSG(req->extack,
				       "bridge: FDB entry towards bridge must be permanent");
			return -EINVAL;
		}
		return fdb_external_learn_add(br, p, addr, vid, &req->origin);
	}
	return fdb_add_entry(br, p, addr, vid, req);
}

static int br_fdb_add(struct net_device *dev, const uint8_t *addr, uint16_t vid,
		      const struct nl_request *req)
{
	const struct ndmsg *ndm = nlmsg_data(req->nlh);
	struct net_bridge_port *p = dev->priv_flag_bridge ? NULL : br_port_get(dev);
	struct net_bridge *br = p ? p->br : br_priv(dev);
	int err;

	if (!(ndm->ndm_state & (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE)))
		return -EINVAL;
	if (is_zero_ether_addr(addr))
		return -EINVAL;
	if (vid && !br_vlan_has(p ? p->vlgrp : br->vlgrp, vid))
		return -EINVAL; /* no such VLAN on the port */

	err = fdb_add_one(br, p, addr, vid, req);
	/* without a VLAN: in each the port is in, too */
	for (uint16_t v = 1; !err && !vid && v < 4095; v++) {
		if (br_vlan_has(p ? p->vlgrp : br->vlgrp, v))
			err = fdb_add_one(br, p, addr, v, req);
	}
	return err;
}

static const struct netdev_hw_addr *fdb_find_self(const struct net_device *dev, const uint8_t *addr)
{
	const struct netdev_hw_addr *ha;

	list_for_each_entry(ha, &dev->mc_list, list) {
		if (ether_addr_equal(ha->addr, addr))
			return ha;
	}
	return NULL;
}

/* As ndo_dflt_fdb_add(). Unlike Linux: unicast addresses share the list of the multicast ones. */
static int fdb_add_self(struct net_device *dev, const uint8_t *addr, uint16_t vid,
			const struct nl_request *req)
{
	const struct ndmsg *ndm = nlmsg_data(req->nlh);

	if (ndm->ndm_state && !(ndm->ndm_state & NUD_PERMANENT))
		return -EINVAL;
	if (vid)
		return -EINVAL;
	if (fdb_find_self(dev, addr))
		return req->nlh->nlmsg_flags & NLM_F_EXCL ? -EEXIST : 0;
	dev_mc_add(dev, addr);
	return 0;
}

/* What add, delete and flush share: the device, the address, the VLAN. */
struct fdb_req {
	const struct nlattr *tb[NG_NDA_MAX + 1];
	const struct ndmsg *ndm;
	struct net_device *dev;
	const uint8_t *addr;
	uint16_t vid;
};

static int fdb_parse(struct nl_request *req, struct fdb_req *r, bool bulk)
{
	if (nlmsg_parse(req->nlh, sizeof(*r->ndm), r->tb, NG_NDA_MAX))
		return -EINVAL;
	r->ndm = nlmsg_data(req->nlh);
	r->addr = NULL;
	r->vid = 0;
	if (r->ndm->ndm_ifindex == 0) {
		NG_SET_ERR_MSG(req->extack, "invalid ifindex");
		return -EINVAL;
	}
	r->dev = dev_get_by_index(req->net, r->ndm->ndm_ifindex);
	if (!r->dev) {
		NG_SET_ERR_MSG(req->extack, "unknown ifindex");
		return -ENODEV;
	}
	if (!bulk) {
		if (!r->tb[NDA_LLADDR] || nla_len(r->tb[NDA_LLADDR]) != ETH_ALEN) {
			NG_SET_ERR_MSG(req->extack, "invalid address");
			return -EINVAL;
		}
		r->addr = nla_data(r->tb[NDA_LLADDR]);
	}
	return 0;
}

/**
 * br_fdb_vid_parse() - Reads NDA_VLAN
 * @attr: the attribute, or NULL
 * @ret_vid: the VLAN, 0: none
 * @extack: for the reason of a refusal, or NULL
 *
 * Return: 0 or -EINVAL.
 */
int br_fdb_vid_parse(const struct nlattr *attr, uint16_t *ret_vid, struct ng_extack *extack)
{
	uint16_t vid = attr ? nla_get_u16(attr) : 0;

	if (attr && (!vid || vid >= 4095)) {
		NG_SET_ERR_MSG(extack, "invalid vlan id");
		return -EINVAL;
	}
	*ret_vid = vid;
	return 0;
}

/**
 * rtnl_fdb_add() - RTM_NEWNEIGH for PF_BRIDGE: bridge fdb add, append, replace
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int rtnl_fdb_add(struct nl_request *req)
{
	struct fdb_req r;
	uint8_t flags;
	int err = fdb_parse(req, &r, false);

	if (err)
		return err;
	if (r.dev->type != ARPHRD_ETHER) {
		NG_SET_ERR_MSG(req->extack, "FDB add only supported for Ethernet devices");
		return -EINVAL;
	}
	err = br_fdb_vid_parse(r.tb[NDA_VLAN], &r.vid, req->extack);
	if (err)
		return err;

	flags = r.ndm->ndm_flags;
	err = -EOPNOTSUPP;
	if ((!flags || (flags & NTF_MASTER)) && br_port_get(r.dev)) {
		err = br_fdb_add(r.dev, r.addr, r.vid, req);
		if (err)
			return err;
	}
	if (flags & NTF_SELF) {
		if (r.dev->priv_flag_bridge)
			return br_fdb_add(r.dev, r.addr, r.vid, req);
		err = fdb_add_self(r.dev, r.addr, r.vid, req);
		if (!err)
			fdb_notify_self(r.dev, r.addr, RTM_NEWNEIGH);
	}
	return err;
}

/* ---- delete and flush ---- */

static uint32_t ndm_to_fdb_flags(uint16_t state, uint8_t flags)
{
	return (state & NUD_PERMANENT ? BR_FDB_LOCAL : 0) |
	       (state & NUD_NOARP ? BR_FDB_STATIC : 0) |
	       (flags & NTF_USE ? BR_FDB_ADDED_BY_USER : 0) |
	       (flags & NTF_EXT_LEARNED ? BR_FDB_ADDED_BY_EXT_LEARN : 0) |
	       (flags & NTF_OFFLOADED ? BR_FDB_OFFLOADED : 0) |
	       (flags & NTF_STICKY ? BR_FDB_STICKY : 0);
}

static int fdb_flush_check_dev(const struct net_bridge *br, int ifindex, struct ng_extack *extack)
{
	const struct net_device *dev = dev_get_by_index(br->dev->net, ifindex);

	if (!dev) {
		NG_SET_ERR_MSG(extack, "bridge: Unknown flush device ifindex");
		return -ENODEV;
	}
	if (!dev->priv_flag_bridge && !br_port_get(dev)) {
		NG_SET_ERR_MSG(extack, "bridge: Flush device is not a bridge or bridge port");
		return -EINVAL;
	}
	if (dev->priv_flag_bridge && dev != br->dev) {
		NG_SET_ERR_MSG(extack,
			       "bridge: Flush bridge device does not match target bridge device");
		return -EINVAL;
	}
	if (br_port_get(dev) && br_port_get(dev)->br != br) {
		NG_SET_ERR_MSG(extack, "bridge: Port belongs to a different bridge device");
		return -EINVAL;
	}
	return 0;
}

static int br_fdb_delete_bulk(const struct fdb_req *r, struct ng_extack *extack)
{
	uint8_t flags = r->ndm->ndm_flags & (uint8_t)~FDB_FLUSH_IGNORED_FLAGS;
	const struct net_bridge_port *p = br_port_get(r->dev);
	struct net_bridge *br = p ? p->br : br_priv(r->dev);
	struct br_fdb_flush desc = { 0 };

	if (flags & ~FDB_FLUSH_ALLOWED_FLAGS) {
		NG_SET_ERR_MSG(extack, "Unsupported fdb flush ndm flag bits set");
		return -EINVAL;
	}
	if (r->ndm->ndm_state & ~FDB_FLUSH_ALLOWED_STATES) {
		NG_SET_ERR_MSG(extack, "Unsupported fdb flush ndm state bits set");
		return -EINVAL;
	}
	desc.flags = ndm_to_fdb_flags(r->ndm->ndm_state, flags);
	if (r->tb[NG_NDA_NDM_STATE_MASK])
		desc.flags_mask |= ndm_to_fdb_flags(nla_get_u16(r->tb[NG_NDA_NDM_STATE_MASK]), 0);
	if (r->tb[NG_NDA_NDM_FLAGS_MASK])
		desc.flags_mask |= ndm_to_fdb_flags(0, nla_get_u8(r->tb[NG_NDA_NDM_FLAGS_MASK]));
	if (r->tb[NDA_IFINDEX]) {
		int ifindex = (int)nla_get_u32(r->tb[NDA_IFINDEX]);
		int err = fdb_flush_check_dev(br, ifindex, extack);

		if (err)
			return err;
		desc.port_ifindex = ifindex;
	} else if (p) {
		desc.port_ifindex = r->dev->ifindex;
	}
	desc.vlan_id = r->vid;
	br_fdb_flush(br, &desc);
	return 0;
}

static int br_fdb_delete(struct net_device *dev, const uint8_t *addr, uint16_t vid)
{
	struct net_bridge_port *p = dev->priv_flag_bridge ? NULL : br_port_get(dev);
	struct net_bridge *br = p ? p->br : br_priv(dev);
	const struct br_vlan_group *vg = p ? p->vlgrp : br->vlgrp;
	int err = -ENOENT;

	if (vid && !br_vlan_has(vg, vid))
		return -EINVAL;
	/* without a VLAN: in each the port is in, too */
	for (uint16_t v = vid; v < 4095; v++) {
		struct net_bridge_fdb_entry *f = br_fdb_find(br, addr, v);

		if (f && f->dst == p && (v == vid || br_vlan_has(vg, v))) {
			br_fdb_remove(br, f);
			err = 0;
		}
		if (vid || !vg)
			break;
	}
	return err;
}

static int fdb_del_one(const struct fdb_req *r, bool bulk, struct ng_extack *extack)
{
	return bulk ? br_fdb_delete_bulk(r, extack) : br_fdb_delete(r->dev, r->addr, r->vid);
}

static int fdb_del_self(const struct fdb_req *r)
{
	if (!(r->ndm->ndm_state & NUD_PERMANENT))
		return -EINVAL;
	if (!fdb_find_self(r->dev, r->addr))
		return -ENOENT;
	dev_mc_del(r->dev, r->addr);
	fdb_notify_self(r->dev, r->addr, RTM_DELNEIGH);
	return 0;
}

/**
 * rtnl_fdb_del() - RTM_DELNEIGH for PF_BRIDGE: bridge fdb del, flush
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int rtnl_fdb_del(struct nl_request *req)
{
	bool bulk = req->nlh->nlmsg_flags & NG_NLM_F_BULK;
	struct fdb_req r;
	uint8_t flags;
	int err = fdb_parse(req, &r, bulk);

	if (!err && !bulk && r.dev->type != ARPHRD_ETHER) {
		NG_SET_ERR_MSG(req->extack, "FDB delete only supported for Ethernet devices");
		err = -EINVAL;
	}
	if (!err)
		err = br_fdb_vid_parse(r.tb[NDA_VLAN], &r.vid, req->extack);
	if (err)
		return err;

	flags = r.ndm->ndm_flags;
	err = -EOPNOTSUPP;
	if ((!flags || (flags & NTF_MASTER)) && br_port_get(r.dev)) {
		err = fdb_del_one(&r, bulk, req->extack);
		if (err)
			return err;
	}
	if (flags & NTF_SELF) {
		if (r.dev->priv_flag_bridge)
			err = fdb_del_one(&r, bulk, req->extack);
		else
			err = bulk ? -EOPNOTSUPP : fdb_del_self(&r);
	}
	return err;
}
