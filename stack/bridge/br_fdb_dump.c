/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_fdb_dump.c - the forwarding table asked for: bridge fdb get, show
 *
 * mirrors br_fdb_dump() and br_fdb_get() of net/bridge/br_fdb.c and
 * rtnl_fdb_get(), rtnl_fdb_dump() of net/core/rtnetlink.c        CONTROL
 */
#include <linux/neighbour.h>

#include "bridge/br_private.h"
#include "core/rtnetlink.h"

struct fdb_get {
	const struct nlattr *tb[NDA_MAX + 1];
	const struct ndmsg *ndm;
	const uint8_t *addr;
	uint16_t vid;
};

/* As valid_fdb_get_strict(): what a get may carry. */
static int fdb_get_check(struct nl_request *req, struct fdb_get *r)
{
	if (nlmsg_parse(req->nlh, sizeof(*r->ndm), r->tb, NDA_MAX)) {
		NG_SET_ERR_MSG(req->extack, "Invalid header for fdb get request");
		return -EINVAL;
	}
	r->ndm = nlmsg_data(req->nlh);
	if (r->ndm->ndm_state || r->ndm->ndm_type) {
		NG_SET_ERR_MSG(req->extack, "Invalid values in header for fdb get request");
		return -EINVAL;
	}
	if (r->ndm->ndm_flags & ~(NTF_MASTER | NTF_SELF)) {
		NG_SET_ERR_MSG(req->extack, "Invalid flags in header for fdb get request");
		return -EINVAL;
	}
	if (!r->tb[NDA_LLADDR] || nla_len(r->tb[NDA_LLADDR]) != ETH_ALEN) {
		NG_SET_ERR_MSG(req->extack, r->tb[NDA_LLADDR]
						    ? "Invalid address in fdb get request"
						    : "Missing lookup address for fdb get request");
		return -EINVAL;
	}
	r->addr = nla_data(r->tb[NDA_LLADDR]);
	r->vid = 0;
	return br_fdb_vid_parse(r->tb[NDA_VLAN], &r->vid, req->extack);
}

static int fdb_get_refuse(struct nl_request *req, int err, const char *text)
{
	NG_SET_ERR_MSG(req->extack, text);
	return err;
}

/* The bridge to look in; NULL and *ret_err */
static struct net_device *fdb_get_bridge(struct nl_request *req, const struct fdb_get *r,
					 int *ret_err)
{
	struct net_device *dev = NULL, *br_dev = NULL;
	int ifindex = r->ndm->ndm_ifindex;

	if (ifindex) {
		dev = dev_get_by_index(req->net, ifindex);
		if (!dev) {
			*ret_err = fdb_get_refuse(req, -ENODEV, "Unknown device ifindex");
			return NULL;
		}
	}
	if (r->tb[NDA_MASTER]) {
		br_dev = dev_get_by_index(req->net, (int)nla_get_u32(r->tb[NDA_MASTER]));
		if (dev)
			*ret_err = fdb_get_refuse(req, -EINVAL,
						  "Master and device are mutually exclusive");
		else if (!br_dev)
			*ret_err = fdb_get_refuse(req, -EINVAL, "Invalid master ifindex");
		if (dev || !br_dev)
			return NULL;
	} else if (!dev) {
		*ret_err = fdb_get_refuse(req, -ENODEV, "No device specified");
		return NULL;
	} else if (!r->ndm->ndm_flags || (r->ndm->ndm_flags & NTF_MASTER)) {
		if (!br_port_get(dev)) {
			*ret_err = fdb_get_refuse(req, -EINVAL, "Device is not a bridge port");
			return NULL;
		}
		br_dev = dev->master;
	} else {
		br_dev = dev;
	}
	if (!br_dev->priv_flag_bridge) {
		*ret_err = fdb_get_refuse(req, -EOPNOTSUPP,
					  "Fdb get operation not supported by device");
		return NULL;
	}
	return br_dev;
}

/**
 * rtnl_fdb_get() - RTM_GETNEIGH for PF_BRIDGE without dump: bridge fdb get
 * @req: the request; the entry goes into its reply
 *
 * Return: 0 or -errno.
 */
int rtnl_fdb_get(struct nl_request *req)
{
	struct net_bridge_fdb_entry *f;
	struct net_device *br_dev;
	struct fdb_get r;
	struct ndmsg *ndm;
	int err = fdb_get_check(req, &r);

	if (err)
		return err;
	br_dev = fdb_get_bridge(req, &r, &err);
	if (!br_dev)
		return err;
	f = br_fdb_find(br_priv(br_dev), r.addr, r.vid);
	if (!f) {
		NG_SET_ERR_MSG(req->extack, "Fdb entry not found");
		return -ENOENT;
	}
	ndm = nl_reply_begin(req, RTM_NEWNEIGH, 0, sizeof(*ndm));
	br_fdb_fill_info(&req->reply, ndm, br_priv(br_dev), f);
	return 0;
}

static void fdb_dump_self(struct nl_request *req, const struct net_device *dev)
{
	const struct netdev_hw_addr *ha;

	if (dev->type != ARPHRD_ETHER)
		return;
	/* unicast addresses first: the kernel keeps two lists */
	for (int multicast = 0; multicast < 2; multicast++) {
		list_for_each_entry(ha, &dev->mc_list, list) {
			struct ndmsg *ndm;

			if (is_multicast_ether_addr(ha->addr) != (multicast == 1))
				continue;
			ndm = nl_reply_begin(req, RTM_NEWNEIGH, 0, sizeof(*ndm));
			br_fdb_fill_self(&req->reply, ndm, dev, ha->addr);
		}
	}
}

static void fdb_dump_entries(struct nl_request *req, const struct net_bridge *br,
			     const struct net_bridge_port *p)
{
	const struct net_bridge_fdb_entry *f;

	list_for_each_entry(f, &br->fdb_list, list) {
		struct ndmsg *ndm;

		if (f->dst != p)
			continue;
		ndm = nl_reply_begin(req, RTM_NEWNEIGH, 0, sizeof(*ndm));
		br_fdb_fill_info(&req->reply, ndm, br, f);
	}
}

/* One device: what its master knows of it, its own addresses, what it knows as a bridge. */
static void fdb_dump_dev(struct nl_request *req, struct net_device *dev)
{
	if (br_port_get(dev))
		fdb_dump_entries(req, br_port_get(dev)->br, br_port_get(dev));
	fdb_dump_self(req, dev);
	if (dev->priv_flag_bridge)
		fdb_dump_entries(req, br_priv(dev), NULL);
}

static int fdb_dump_filter(const struct nl_request *req, int *br_idx, int *port_idx)
{
	const struct nlattr *tb[NDA_MAX + 1];
	size_t len = req->nlh->nlmsg_len - NLMSG_HDRLEN;

	if (req->nlk && req->nlk->strict_chk) {
		const struct ndmsg *ndm = nlmsg_data(req->nlh);

		if (nlmsg_parse(req->nlh, sizeof(*ndm), tb, NDA_MAX))
			return -EINVAL;
		*port_idx = ndm->ndm_ifindex;
		if (tb[NDA_IFINDEX])
			*port_idx = (int)nla_get_u32(tb[NDA_IFINDEX]);
		if (tb[NDA_MASTER])
			*br_idx = (int)nla_get_u32(tb[NDA_MASTER]);
		return 0;
	}
	/* old senders: a struct ifinfomsg, or a bare struct ndmsg, which filters nothing */
	if (len == sizeof(struct ndmsg) ||
	    len == sizeof(struct ndmsg) + NLA_HDRLEN + sizeof(uint32_t))
		return 0;
	{
		const struct ifinfomsg *ifm = nlmsg_data(req->nlh);

		if (nlmsg_parse(req->nlh, sizeof(*ifm), tb, IFLA_MASTER))
			return -EINVAL;
		*port_idx = ifm->ifi_index;
		if (tb[IFLA_MASTER])
			*br_idx = (int)nla_get_u32(tb[IFLA_MASTER]);
	}
	return 0;
}

/**
 * rtnl_fdb_dump() - RTM_GETNEIGH dump for PF_BRIDGE: bridge fdb show
 * @req: the request; devices go into its reply by index
 *
 * Return: 0 or -errno.
 */
int rtnl_fdb_dump(struct nl_request *req)
{
	struct net_device *br_dev = NULL, *dev = NULL;
	int br_idx = 0, port_idx = 0;
	int err = fdb_dump_filter(req, &br_idx, &port_idx);

	if (err)
		return err;
	if (br_idx) {
		br_dev = dev_get_by_index(req->net, br_idx);
		if (!br_dev)
			return -ENODEV;
	}
	while ((dev = netdev_next_by_index(req->net, dev))) {
		if (port_idx && dev->ifindex != port_idx)
			continue;
		if (br_idx) {
			if (dev != br_dev && !br_port_get(dev))
				continue;
			if (br_dev != dev->master && !dev->priv_flag_bridge)
				continue;
		}
		fdb_dump_dev(req, dev);
	}
	return 0;
}
