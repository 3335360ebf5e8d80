/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * neigh_netlink.c - `ip neigh`: RTM_NEWNEIGH, RTM_DELNEIGH, RTM_GETNEIGH
 *
 * mirrors net/core/neighbour.c (rtnetlink part)
 * CONTROL
 */
#include <errno.h>

#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/rtnetlink.h"

#define NTF_EXT_MASK (NTF_EXT_MANAGED)

static const struct nla_policy nda_policy[NDA_MAX + 1] = {
	[NDA_DST] = { .type = NLA_BINARY, .len = 32 },
	[NDA_LLADDR] = { .type = NLA_BINARY, .len = 32 },
	[NDA_CACHEINFO] = { .len = sizeof(struct nda_cacheinfo) },
	[NDA_PROBES] = { .type = NLA_U32 },
	[NDA_VLAN] = { .type = NLA_U16 },
	[NDA_PORT] = { .type = NLA_U16 },
	[NDA_VNI] = { .type = NLA_U32 },
	[NDA_IFINDEX] = { .type = NLA_U32 },
	[NDA_MASTER] = { .type = NLA_U32 },
	[NDA_PROTOCOL] = { .type = NLA_U8 },
	[NDA_NH_ID] = { .type = NLA_U32 },
	[NDA_FLAGS_EXT] = { .type = NLA_U32, .mask = NTF_EXT_MASK },
	[NDA_FDB_EXT_ATTRS] = { .type = NLA_NESTED },
};

static void neigh_fill_info(struct nl_buf *b, struct ndmsg *ndm, const struct neighbour *n)
{
	int64_t now = world_now(n->dev->world);
	struct nda_cacheinfo ci = {
		.ndm_confirmed = ns_to_clock_t(now - n->confirmed_ns),
		.ndm_used = ns_to_clock_t(now - n->used_ns),
		.ndm_updated = ns_to_clock_t(now - n->updated_ns),
		.ndm_refcnt = n->refs - 1,
	};

	ndm->ndm_family = AF_INET;
	ndm->ndm_ifindex = n->dev->ifindex;
	ndm->ndm_state = n->nud_state;
	ndm->ndm_flags = (uint8_t)n->flags;
	ndm->ndm_type = n->type;
	nla_put_be32(b, NDA_DST, n->key);
	if (n->nud_state & NUD_VALID)
		nla_put(b, NDA_LLADDR, n->dev->addr_len, n->ha);
	if (sim_timer_pending(&n->timer))
		ci.ndm_refcnt++; /* Linux: the timer holds one */
	nla_put_u32(b, NDA_PROBES, n->probes);
	nla_put(b, NDA_CACHEINFO, sizeof(ci), &ci);
	if (n->protocol)
		nla_put_u8(b, NDA_PROTOCOL, n->protocol);
	if (n->flags >> NTF_EXT_SHIFT)
		nla_put_u32(b, NDA_FLAGS_EXT, n->flags >> NTF_EXT_SHIFT);
	nlmsg_end(b);
}

static void pneigh_fill_info(struct nl_buf *b, struct ndmsg *ndm, const struct pneigh_entry *pn)
{
	ndm->ndm_family = AF_INET;
	ndm->ndm_ifindex = pn->dev ? pn->dev->ifindex : 0;
	ndm->ndm_flags = (uint8_t)(pn->flags | NTF_PROXY);
	ndm->ndm_type = RTN_UNICAST;
	nla_put_be32(b, NDA_DST, pn->key);
	if (pn->protocol)
		nla_put_u8(b, NDA_PROTOCOL, pn->protocol);
	if (pn->flags >> NTF_EXT_SHIFT)
		nla_put_u32(b, NDA_FLAGS_EXT, pn->flags >> NTF_EXT_SHIFT);
	nlmsg_end(b);
}

/**
 * neigh_notify() - Tells listeners (`ip monitor neigh`) of an entry.
 * @n: entry
 * @type: RTM_NEWNEIGH or RTM_DELNEIGH
 */
void neigh_notify(struct neighbour *n, int type)
{
	struct net *net = n->dev->net;
	struct nl_buf buf = { 0 };

	if (!netlink_has_listeners(net, NETLINK_ROUTE, RTNLGRP_NEIGH))
		return;
	neigh_fill_info(&buf, nlmsg_put(&buf, 0, 0, (uint16_t)type, 0, sizeof(struct ndmsg)), n);
	netlink_broadcast(net, NETLINK_ROUTE, RTNLGRP_NEIGH, &buf);
	nl_buf_fini(&buf);
}

struct neigh_dump_filter {
	int master, dev;
	bool proxy;
};

static bool neigh_filtered(const struct net_device *dev, const struct neigh_dump_filter *f)
{
	const struct net_device *master = dev ? dev->master : NULL;

	if (f->dev && (!dev || dev->ifindex != f->dev))
		return true;
	if (f->master == -1)
		return master;
	return f->master && (!master || master->ifindex != f->master);
}

static int neigh_dump_refuse(struct nl_request *req, const char *why)
{
	NG_SET_ERR_MSG(req->extack, why);
	return -EINVAL;
}

static int neigh_valid_dump_req(struct nl_request *req, bool strict, struct neigh_dump_filter *f)
{
	const struct nlattr *tb[NDA_MAX + 1];
	const struct ndmsg *ndm = nlmsg_data(req->nlh);
	bool whole = req->nlh->nlmsg_len >= NLMSG_HDRLEN + sizeof(*ndm);
	int err;

	f->proxy = whole && ndm->ndm_flags == NTF_PROXY;
	if (strict) {
		if (!whole)
			return neigh_dump_refuse(req, "Invalid header for neighbor dump request");
		if (ndm->ndm_pad1 || ndm->ndm_pad2 || ndm->ndm_ifindex || ndm->ndm_state ||
		    ndm->ndm_type)
			return neigh_dump_refuse(
				req, "Invalid values in header for neighbor dump request");
		if (ndm->ndm_flags & ~NTF_PROXY)
			return neigh_dump_refuse(
				req, "Invalid flags in header for neighbor dump request");
		err = nlmsg_parse_deprecated_strict(req->nlh, sizeof(*ndm), tb, NDA_MAX, nda_policy,
						    req->extack);
	} else {
		err = nlmsg_parse_deprecated(req->nlh, sizeof(*ndm), tb, NDA_MAX, nda_policy,
					     req->extack);
	}
	for (int i = 0; !err && i <= NDA_MAX; i++) {
		if (!tb[i])
			continue;
		if (i == NDA_IFINDEX)
			f->dev = (int)nla_get_u32(tb[i]);
		else if (i == NDA_MASTER)
			f->master = (int)nla_get_u32(tb[i]);
		else if (strict)
			err = neigh_dump_refuse(req,
						"Unsupported attribute in neighbor dump request");
	}
	return err;
}

/**
 * neigh_dump_info() - RTM_GETNEIGH: all neighbours, or with NTF_PROXY all proxied addresses.
 * @req: request
 *
 * Oldest first. Unlike Linux, whose order is that of a hash with a random key.
 *
 * Return: 0 or -EINVAL.
 */
int neigh_dump_info(struct nl_request *req)
{
	uint8_t family = ((const struct rtgenmsg *)nlmsg_data(req->nlh))->rtgen_family;
	bool strict = req->nlk && req->nlk->strict_chk;
	struct neigh_dump_filter f = { 0 };
	const struct pneigh_entry *pn;
	const struct neighbour *n;
	int err;

	err = neigh_valid_dump_req(req, strict, &f);
	if (err && strict)
		return err;
	if (family && family != AF_INET)
		return 0;
	req->dump_filtered = f.dev || f.master;
	if (f.proxy) {
		list_for_each_entry(pn, &req->net->neigh->pneigh_list, list) {
			if (!neigh_filtered(pn->dev, &f))
				pneigh_fill_info(
					&req->reply,
					nl_reply_begin(req, RTM_NEWNEIGH, 0, sizeof(struct ndmsg)),
					pn);
		}
		return 0;
	}
	list_for_each_entry(n, &req->net->neigh->list, list) {
		if (!neigh_filtered(n->dev, &f))
			neigh_fill_info(&req->reply,
					nl_reply_begin(req, RTM_NEWNEIGH, 0, sizeof(struct ndmsg)),
					n);
	}
	return 0;
}

/* Header and address of RTM_GETNEIGH for one entry */
static int neigh_valid_get_req(struct nl_request *req, struct ndmsg *ndm, const struct nlattr **dst)
{
	const struct nlattr *tb[NDA_MAX + 1];
	int err;

	if (req->nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(*ndm))
		return neigh_dump_refuse(req, "Invalid header for neighbor get request");
	memcpy(ndm, nlmsg_data(req->nlh), sizeof(*ndm));
	if (ndm->ndm_pad1 || ndm->ndm_pad2 || ndm->ndm_state || ndm->ndm_type)
		return neigh_dump_refuse(req, "Invalid values in header for neighbor get request");
	if (ndm->ndm_flags & ~NTF_PROXY)
		return neigh_dump_refuse(req, "Invalid flags in header for neighbor get request");
	err = nlmsg_parse_deprecated_strict(req->nlh, sizeof(*ndm), tb, NDA_MAX, nda_policy,
					    req->extack);
	if (err)
		return err;
	if (ndm->ndm_family != AF_INET) {
		NG_SET_ERR_MSG(req->extack,
			       "Unsupported family in header for neighbor get request");
		return -EAFNOSUPPORT;
	}
	for (int i = 0; i <= NDA_MAX; i++) {
		if (tb[i] && i != NDA_DST)
			return -EINVAL;
	}
	if (!tb[NDA_DST])
		return -EINVAL;
	if (nla_len(tb[NDA_DST]) != sizeof(__be32))
		return neigh_dump_refuse(req, "Invalid network address in neighbor get request");
	*dst = tb[NDA_DST];
	return 0;
}

/**
 * neigh_get() - RTM_GETNEIGH of one entry.
 * @req: request
 *
 * Return: 0 or -errno with the kernel's sentence.
 */
int neigh_get(struct nl_request *req)
{
	struct net_device *dev = NULL;
	const struct pneigh_entry *pn;
	const struct nlattr *dst;
	struct neighbour *n;
	struct ndmsg ndm;
	int err;

	err = neigh_valid_get_req(req, &ndm, &dst);
	if (err)
		return err;
	if (ndm.ndm_ifindex) {
		dev = dev_get_by_index(req->net, ndm.ndm_ifindex);
		if (!dev) {
			NG_SET_ERR_MSG(req->extack, "Unknown device ifindex");
			return -ENODEV;
		}
	}
	if (ndm.ndm_flags & NTF_PROXY) {
		pn = pneigh_lookup(req->net, nla_get_be32(dst), dev);
		if (!pn) {
			NG_SET_ERR_MSG(req->extack, "Proxy neighbour entry not found");
			return -ENOENT;
		}
		pneigh_fill_info(&req->reply, nl_reply_begin(req, RTM_NEWNEIGH, 0, sizeof(ndm)),
				 pn);
		return 0;
	}
	if (!dev)
		return neigh_dump_refuse(req, "No device specified");
	n = neigh_lookup(dev, nla_get_be32(dst));
	if (!n) {
		NG_SET_ERR_MSG(req->extack, "Neighbour entry not found");
		return -ENOENT;
	}
	neigh_release(n);
	neigh_fill_info(&req->reply, nl_reply_begin(req, RTM_NEWNEIGH, 0, sizeof(ndm)), n);
	return 0;
}

/* What RTM_NEWNEIGH and RTM_DELNEIGH have in common */
struct neigh_request {
	const struct nlattr *tb[NDA_MAX + 1];
	struct ndmsg ndm;
	struct net_device *dev;
	__be32 key;
	uint32_t flags;
};

static int neigh_parse(struct nl_request *req, struct neigh_request *nr, bool add)
{
	int err = nlmsg_parse_deprecated(req->nlh, sizeof(nr->ndm), nr->tb, NDA_MAX, nda_policy,
					 req->extack);

	if (err)
		return err;
	if (!nr->tb[NDA_DST])
		return neigh_dump_refuse(req, "Network address not specified");
	memcpy(&nr->ndm, nlmsg_data(req->nlh), sizeof(nr->ndm));
	nr->flags = nr->ndm.ndm_flags;
	if (nr->tb[NDA_FLAGS_EXT])
		nr->flags |= nla_get_u32(nr->tb[NDA_FLAGS_EXT]) << NTF_EXT_SHIFT;
	nr->dev = NULL;
	if (nr->ndm.ndm_ifindex) {
		nr->dev = dev_get_by_index(req->net, nr->ndm.ndm_ifindex);
		if (!nr->dev)
			return -ENODEV;
		if (add && nr->tb[NDA_LLADDR] && nla_len(nr->tb[NDA_LLADDR]) < nr->dev->addr_len)
			return neigh_dump_refuse(req, "Invalid link address");
	}
	if (nr->ndm.ndm_family != AF_INET)
		return -EAFNOSUPPORT;
	if (nla_len(nr->tb[NDA_DST]) < sizeof(nr->key))
		return neigh_dump_refuse(req, "Invalid network address");
	nr->key = nla_get_be32(nr->tb[NDA_DST]);
	return 0;
}

/**
 * neigh_delete() - RTM_DELNEIGH: `ip neigh del`.
 * @req: request
 *
 * Return: 0 or -errno with the kernel's sentence.
 */
int neigh_delete(struct nl_request *req)
{
	struct neigh_request nr;
	struct neighbour *n;
	int err;

	err = neigh_parse(req, &nr, false);
	if (err)
		return err;
	if (nr.flags & NTF_PROXY)
		return pneigh_delete(req->net, nr.key, nr.dev);
	if (!nr.dev)
		return -EINVAL;
	n = neigh_lookup(nr.dev, nr.key);
	if (!n)
		return -ENOENT;
	err = __neigh_update(n, NULL, NUD_FAILED, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN,
			     NULL, req->extack);
	neigh_remove_one(n);
	neigh_release(n);
	return err;
}

static int pneigh_add(struct nl_request *req, const struct neigh_request *nr)
{
	struct pneigh_entry *pn;

	if (nr->flags & NTF_MANAGED)
		return neigh_dump_refuse(req, "Invalid NTF_* flag combination");
	pn = pneigh_create(req->net, nr->key, nr->dev);
	pn->flags = nr->flags;
	if (nr->tb[NDA_PROTOCOL])
		pn->protocol = nla_get_u8(nr->tb[NDA_PROTOCOL]);
	pn->origin = req->origin;
	return 0;
}

/* The entry a request is about, made when it asks for that; a reference in *ret */
static int neigh_add_find(struct nl_request *req, const struct neigh_request *nr, uint32_t *update,
			  struct neighbour **ret)
{
	bool permanent = nr->ndm.ndm_state & NUD_PERMANENT;
	struct neighbour *n = neigh_lookup(nr->dev, nr->key);

	if (n) {
		if (req->nlh->nlmsg_flags & NLM_F_EXCL) {
			neigh_release(n);
			return -EEXIST;
		}
		if (!(req->nlh->nlmsg_flags & NLM_F_REPLACE))
			*update &= ~(uint32_t)NEIGH_UPDATE_F_OVERRIDE;
		*ret = n;
		return 0;
	}
	if (!(req->nlh->nlmsg_flags & NLM_F_CREATE))
		return -ENOENT;
	if (permanent && (nr->flags & NTF_MANAGED))
		return neigh_dump_refuse(req, "Invalid NTF_* flag for permanent entry");
	n = __neigh_create(nr->dev, nr->key, nr->flags & (NTF_EXT_LEARNED | NTF_MANAGED),
			   permanent || (nr->flags & NTF_EXT_LEARNED));
	if (!n)
		return -ENOBUFS;
	*ret = n;
	return 0;
}

/**
 * neigh_add() - RTM_NEWNEIGH: `ip neigh add`, `replace`, `change`.
 * @req: request
 *
 * Return: 0 or -errno with the kernel's sentence.
 */
int neigh_add(struct nl_request *req)
{
	uint32_t update = NEIGH_UPDATE_F_ADMIN | NEIGH_UPDATE_F_OVERRIDE;
	struct neigh_request nr;
	struct neighbour *n;
	int err;

	err = neigh_parse(req, &nr, true);
	if (err)
		return err;
	if (nr.flags & NTF_PROXY)
		return pneigh_add(req, &nr);
	if (!nr.dev)
		return neigh_dump_refuse(req, "Device not specified");
	err = neigh_add_find(req, &nr, &update, &n);
	if (err)
		return err;

	n->origin = req->origin;
	if (nr.tb[NDA_PROTOCOL])
		n->protocol = nla_get_u8(nr.tb[NDA_PROTOCOL]);
	n->flags = (n->flags & ~(uint32_t)NTF_ROUTER) | (nr.flags & NTF_ROUTER);
	if (nr.flags & NTF_EXT_LEARNED)
		update |= NEIGH_UPDATE_F_EXT_LEARNED;
	if (nr.flags & NTF_MANAGED)
		update |= NEIGH_UPDATE_F_MANAGED;
	if (nr.flags & NTF_USE)
		update |= NEIGH_UPDATE_F_USE;
	err = __neigh_update(n, nr.tb[NDA_LLADDR] ? nla_data(nr.tb[NDA_LLADDR]) : NULL,
			     (uint8_t)nr.ndm.ndm_state, update, NULL, req->extack);
	if (!err && (nr.flags & (NTF_USE | NTF_MANAGED)))
		neigh_event_send(n, NULL);
	neigh_release(n);
	return err;
}
