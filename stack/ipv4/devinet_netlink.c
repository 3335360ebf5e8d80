/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devinet_netlink.c - `ip addr`: RTM_NEWADDR, RTM_DELADDR, RTM_GETADDR; IPv4's part of a link
 *
 * mirrors net/ipv4/devinet.c (rtnetlink part)
 * CONTROL
 */
#include <errno.h>
#include <linux/in.h>

#include "core/config_trace.h"
#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/rtnetlink.h"
#include "ipv4/devinet.h"
#include "ipv4/route.h"

static const struct nla_policy ifa_ipv4_policy[IFA_MAX + 1] = {
	[IFA_LOCAL] = { .type = NLA_U32 },
	[IFA_ADDRESS] = { .type = NLA_U32 },
	[IFA_BROADCAST] = { .type = NLA_U32 },
	[IFA_LABEL] = { .type = NLA_STRING, .len = IFNAMSIZ - 1 },
	[IFA_CACHEINFO] = { .len = sizeof(struct ifa_cacheinfo) },
	[IFA_FLAGS] = { .type = NLA_U32 },
	[IFA_RT_PRIORITY] = { .type = NLA_U32 },
	[IFA_TARGET_NETNSID] = { .type = NLA_S32 },
	[IFA_PROTO] = { .type = NLA_U8 },
};

static struct in_device *inetdev_by_index(const struct net *net, uint32_t ifindex)
{
	const struct net_device *dev = dev_get_by_index(net, (int)ifindex);

	return dev ? in_dev_get(dev) : NULL;
}

/* What is left of the lifetimes, in seconds */
static void ifa_lifetimes(const struct in_ifaddr *ifa, uint32_t *preferred, uint32_t *valid)
{
	int64_t age = world_now(ifa->ifa_dev->dev->world) - ifa->ifa_tstamp_ns;
	uint32_t tval = (uint32_t)(age / NSEC_PER_SEC);

	*preferred = *valid = INFINITY_LIFE_TIME;
	if (ifa->ifa_flags & IFA_F_PERMANENT)
		return;
	*preferred = ifa->ifa_preferred_lft;
	*valid = ifa->ifa_valid_lft;
	if (*preferred == INFINITY_LIFE_TIME)
		return;
	*preferred = *preferred > tval ? *preferred - tval : 0;
	if (*valid != INFINITY_LIFE_TIME)
		*valid = *valid > tval ? *valid - tval : 0;
}

/* Fills the message whose header is @ifm; @buf is where it lies. */
static void inet_fill_ifaddr(struct nl_buf *buf, struct ifaddrmsg *ifm, const struct in_ifaddr *ifa)
{
	struct ifa_cacheinfo ci = { 0 };

	ifm->ifa_family = AF_INET;
	ifm->ifa_prefixlen = ifa->ifa_prefixlen;
	ifm->ifa_flags = (uint8_t)ifa->ifa_flags;
	ifm->ifa_scope = ifa->ifa_scope;
	ifm->ifa_index = (uint32_t)ifa->ifa_dev->dev->ifindex;

	if (ifa->ifa_address)
		nla_put_be32(buf, IFA_ADDRESS, ifa->ifa_address);
	if (ifa->ifa_local)
		nla_put_be32(buf, IFA_LOCAL, ifa->ifa_local);
	if (ifa->ifa_broadcast)
		nla_put_be32(buf, IFA_BROADCAST, ifa->ifa_broadcast);
	if (ifa->ifa_label[0])
		nla_put_string(buf, IFA_LABEL, ifa->ifa_label);
	if (ifa->ifa_proto)
		nla_put_u8(buf, IFA_PROTO, ifa->ifa_proto);
	nla_put_u32(buf, IFA_FLAGS, ifa->ifa_flags);
	if (ifa->ifa_rt_priority)
		nla_put_u32(buf, IFA_RT_PRIORITY, ifa->ifa_rt_priority);
	ifa_lifetimes(ifa, &ci.ifa_prefered, &ci.ifa_valid);
	ci.cstamp = ns_to_clock_t(ifa->ifa_cstamp_ns);
	ci.tstamp = ns_to_clock_t(ifa->ifa_tstamp_ns);
	nla_put(buf, IFA_CACHEINFO, sizeof(ci), &ci);
	nlmsg_end(buf);
}

/**
 * rtmsg_ifa() - Tells listeners (`ip monitor`), and who asked, of an address.
 * @event: RTM_NEWADDR or RTM_DELADDR
 * @ifa: address
 * @req: the request that did it, NULL: none
 */
void rtmsg_ifa(int event, struct in_ifaddr *ifa, const struct nl_request *req)
{
	struct net *net = ifa->ifa_dev->dev->net;
	struct nl_buf buf = { 0 };

	if (trace_on(net->world))
		trace_addr(event, ifa);
	if (!nlmsg_notice_wanted(net, NETLINK_ROUTE, RTNLGRP_IPV4_IFADDR, req))
		return;
	inet_fill_ifaddr(
		&buf, nlmsg_notice_begin(&buf, req, (uint16_t)event, 0, sizeof(struct ifaddrmsg)),
		ifa);
	nlmsg_notify(net, NETLINK_ROUTE, RTNLGRP_IPV4_IFADDR, &buf, req);
	nl_buf_fini(&buf);
}

static void in_dev_dump_addr(struct nl_request *req, const struct in_device *in_dev)
{
	const struct in_ifaddr *ifa;

	list_for_each_entry(ifa, &in_dev->ifa_list, list)
		inet_fill_ifaddr(&req->reply,
				 nl_reply_begin(req, RTM_NEWADDR, 0, sizeof(struct ifaddrmsg)),
				 ifa);
}

/* A strict request says what it wants in its header: the device's index in *ret_ifindex */
static int inet_valid_dump_ifaddr_req(struct nl_request *req, uint32_t *ret_ifindex)
{
	const struct nlattr *tb[IFA_MAX + 1];
	struct ifaddrmsg ifm;
	int err;

	if (req->nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(ifm)) {
		NG_SET_ERR_MSG(req->extack, "ipv4: Invalid header for address dump request");
		return -EINVAL;
	}
	memcpy(&ifm, nlmsg_data(req->nlh), sizeof(ifm));
	if (ifm.ifa_prefixlen || ifm.ifa_flags || ifm.ifa_scope) {
		NG_SET_ERR_MSG(req->extack,
			       "ipv4: Invalid values in header for address dump request");
		return -EINVAL;
	}
	*ret_ifindex = ifm.ifa_index;
	req->dump_filtered = ifm.ifa_index != 0;
	err = nlmsg_parse_deprecated_strict(req->nlh, sizeof(ifm), tb, IFA_MAX, ifa_ipv4_policy,
					    req->extack);
	for (int i = 0; !err && i <= IFA_MAX; i++) {
		if (!tb[i])
			continue;
		NG_SET_ERR_MSG(req->extack,
			       i == IFA_TARGET_NETNSID
				       ? "ipv4: Invalid target network namespace id"
				       : "ipv4: Unsupported attribute in dump request");
		err = -EINVAL;
	}
	return err;
}

/**
 * inet_dump_ifaddr() - RTM_GETADDR: all addresses, by index of their device.
 * @req: request; a strict one may name one device
 *
 * Return: 0, -ENODEV or -EINVAL.
 */
int inet_dump_ifaddr(struct nl_request *req)
{
	const struct net_device *dev = NULL;
	uint32_t ifindex = 0;
	int err;

	if (req->nlk && req->nlk->strict_chk) {
		err = inet_valid_dump_ifaddr_req(req, &ifindex);
		if (err)
			return err;
	}
	if (ifindex) {
		dev = dev_get_by_index(req->net, (int)ifindex);
		if (!dev)
			return -ENODEV;
		if (dev->ip_ptr)
			in_dev_dump_addr(req, dev->ip_ptr);
		return 0;
	}
	while ((dev = netdev_next_by_index(req->net, dev))) {
		if (dev->ip_ptr)
			in_dev_dump_addr(req, dev->ip_ptr);
	}
	return 0;
}

/* The lifetimes a request gives, else for ever; -EINVAL */
static int inet_lifetimes(const struct nlattr *nla, uint32_t *valid, uint32_t *preferred,
			  struct ng_extack *extack)
{
	struct ifa_cacheinfo ci;

	*valid = *preferred = INFINITY_LIFE_TIME;
	if (!nla)
		return 0;
	memcpy(&ci, nla_data(nla), sizeof(ci));
	if (!ci.ifa_valid || ci.ifa_prefered > ci.ifa_valid) {
		NG_SET_ERR_MSG(extack, "ipv4: address lifetime invalid");
		return -EINVAL;
	}
	*valid = ci.ifa_valid;
	*preferred = ci.ifa_prefered;
	return 0;
}

static struct in_ifaddr *rtm_to_ifaddr(const struct ifaddrmsg *ifm, const struct nlattr **tb,
				       struct in_device *in_dev)
{
	struct in_ifaddr *ifa = inet_alloc_ifa(in_dev);

	ipv4_devconf_setall(in_dev);
	ifa->ifa_prefixlen = ifm->ifa_prefixlen;
	ifa->ifa_mask = inet_make_mask(ifm->ifa_prefixlen);
	ifa->ifa_flags = tb[IFA_FLAGS] ? nla_get_u32(tb[IFA_FLAGS]) : ifm->ifa_flags;
	ifa->ifa_scope = ifm->ifa_scope;
	ifa->ifa_local = nla_get_be32(tb[IFA_LOCAL]);
	ifa->ifa_address = nla_get_be32(tb[IFA_ADDRESS] ? tb[IFA_ADDRESS] : tb[IFA_LOCAL]);
	if (tb[IFA_BROADCAST])
		ifa->ifa_broadcast = nla_get_be32(tb[IFA_BROADCAST]);
	if (tb[IFA_LABEL])
		nla_strscpy(ifa->ifa_label, tb[IFA_LABEL], IFNAMSIZ);
	else
		memcpy(ifa->ifa_label, in_dev->dev->name, IFNAMSIZ);
	if (tb[IFA_RT_PRIORITY])
		ifa->ifa_rt_priority = nla_get_u32(tb[IFA_RT_PRIORITY]);
	if (tb[IFA_PROTO])
		ifa->ifa_proto = nla_get_u8(tb[IFA_PROTO]);
	return ifa;
}

static struct in_ifaddr *find_matching_ifa(const struct in_ifaddr *ifa)
{
	struct in_ifaddr *ifa1;

	if (!ifa->ifa_local)
		return NULL;
	list_for_each_entry(ifa1, &ifa->ifa_dev->ifa_list, list) {
		if (ifa1->ifa_mask == ifa->ifa_mask && inet_ifa_match(ifa1->ifa_address, ifa) &&
		    ifa1->ifa_local == ifa->ifa_local)
			return ifa1;
	}
	return NULL;
}

static int inet_change_ifa(struct nl_request *req, struct in_ifaddr *ifa, struct in_ifaddr *wanted,
			   const uint32_t lifetimes[2])
{
	uint32_t new_metric = wanted->ifa_rt_priority;
	uint8_t new_proto = wanted->ifa_proto;

	inet_free_ifa(wanted);
	if ((req->nlh->nlmsg_flags & NLM_F_EXCL) || !(req->nlh->nlmsg_flags & NLM_F_REPLACE)) {
		NG_SET_ERR_MSG(req->extack, "ipv4: Address already assigned");
		return -EEXIST;
	}
	if (ifa->ifa_rt_priority != new_metric) {
		fib_modify_prefix_metric(ifa, new_metric);
		ifa->ifa_rt_priority = new_metric;
	}
	ifa->ifa_proto = new_proto;
	set_ifa_lifetime(ifa, lifetimes[0], lifetimes[1]);
	rtmsg_ifa(RTM_NEWADDR, ifa, req);
	return 0;
}

/* `autojoin`: a socket of the kernel's own joins or leaves the group the address is */
static int ip_mc_autojoin_config(struct net *net, bool join, const struct in_ifaddr *ifa)
{
	struct ip_mreqn mreq = {
		.imr_multiaddr.s_addr = ifa->ifa_address,
		.imr_ifindex = ifa->ifa_dev->dev->ifindex,
	};

	return join ? ip_mc_join_group(net, &net->ipv4->mc_autojoin, &mreq)
		    : ip_mc_leave_group(net, &net->ipv4->mc_autojoin, &mreq);
}

/* Header and attributes of NEWADDR and DELADDR, and the device */
static int inet_parse_addr(struct nl_request *req, struct ifaddrmsg *ifm, const struct nlattr **tb)
{
	int err = nlmsg_parse_deprecated(req->nlh, sizeof(*ifm), tb, IFA_MAX, ifa_ipv4_policy,
					 req->extack);

	if (!err)
		memcpy(ifm, nlmsg_data(req->nlh), sizeof(*ifm));
	return err;
}

/**
 * inet_rtm_newaddr() - RTM_NEWADDR: `ip addr add`, `replace`, `change`.
 * @req: request
 *
 * Return: 0 or -errno with the kernel's sentence.
 */
int inet_rtm_newaddr(struct nl_request *req)
{
	const struct nlattr *tb[IFA_MAX + 1];
	struct in_ifaddr *ifa, *existing;
	const struct net_device *dev;
	uint32_t lifetimes[2];
	struct ifaddrmsg ifm;
	int err;

	err = inet_parse_addr(req, &ifm, tb);
	if (err)
		return err;
	if (ifm.ifa_prefixlen > 32) {
		NG_SET_ERR_MSG(req->extack, "ipv4: Invalid prefix length");
		return -EINVAL;
	}
	if (!tb[IFA_LOCAL]) {
		NG_SET_ERR_MSG(req->extack, "ipv4: Local address is not supplied");
		return -EINVAL;
	}
	err = inet_lifetimes(tb[IFA_CACHEINFO], &lifetimes[0], &lifetimes[1], req->extack);
	if (err)
		return err;
	dev = dev_get_by_index(req->net, (int)ifm.ifa_index);
	if (!dev) {
		NG_SET_ERR_MSG(req->extack, "ipv4: Device not found");
		return -ENODEV;
	}
	if (!dev->ip_ptr)
		return -ENOBUFS;

	ifa = rtm_to_ifaddr(&ifm, tb, dev->ip_ptr);
	ifa->origin = req->origin;
	existing = find_matching_ifa(ifa);
	if (existing)
		return inet_change_ifa(req, existing, ifa, lifetimes);
	set_ifa_lifetime(ifa, lifetimes[0], lifetimes[1]);
	err = ifa->ifa_flags & IFA_F_MCAUTOJOIN ? ip_mc_autojoin_config(req->net, true, ifa) : 0;
	if (err) {
		NG_SET_ERR_MSG(req->extack, "ipv4: Multicast auto join failed");
		inet_free_ifa(ifa);
		return err;
	}
	return inet_insert_ifa(ifa, req, req->extack);
}

/**
 * inet_rtm_deladdr() - RTM_DELADDR: the first address that fits what is given.
 * @req: request
 *
 * Return: 0 or -errno with the kernel's sentence.
 */
int inet_rtm_deladdr(struct nl_request *req)
{
	const struct nlattr *tb[IFA_MAX + 1];
	struct in_device *in_dev;
	struct ifaddrmsg ifm;
	struct in_ifaddr *ifa;
	char label[IFNAMSIZ];
	int err;

	err = inet_parse_addr(req, &ifm, tb);
	if (err)
		return err;
	in_dev = inetdev_by_index(req->net, ifm.ifa_index);
	if (!in_dev) {
		NG_SET_ERR_MSG(req->extack, "ipv4: Device not found");
		return -ENODEV;
	}
	if (tb[IFA_LABEL])
		nla_strscpy(label, tb[IFA_LABEL], sizeof(label));
	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		if (tb[IFA_LOCAL] && ifa->ifa_local != nla_get_be32(tb[IFA_LOCAL]))
			continue;
		if (tb[IFA_LABEL] && strcmp(label, ifa->ifa_label))
			continue;
		if (tb[IFA_ADDRESS] && (ifm.ifa_prefixlen != ifa->ifa_prefixlen ||
					!inet_ifa_match(nla_get_be32(tb[IFA_ADDRESS]), ifa)))
			continue;
		if (ipv4_is_multicast(ifa->ifa_address))
			ip_mc_autojoin_config(req->net, false, ifa);
		inet_del_ifa(ifa, true, req);
		return 0;
	}
	NG_SET_ERR_MSG(req->extack, "ipv4: Address not found");
	return -EADDRNOTAVAIL;
}

/**
 * inet_fill_link_af() - IFLA_AF_SPEC{AF_INET}: the conf/ values of a device.
 * @buf: in the nest
 * @dev: device with an IPv4 part
 */
void inet_fill_link_af(struct nl_buf *buf, const struct net_device *dev)
{
	nla_put(buf, IFLA_INET_CONF, sizeof(dev->ip_ptr->cnf.data), dev->ip_ptr->cnf.data);
}

/**
 * inet_validate_link_af() - Are these conf/ values such as may be set?
 * @dev: device, NULL for a new one
 * @nla: IFLA_AF_SPEC{AF_INET}
 * @extack: takes the kernel's sentence
 *
 * Return: 0 or -errno.
 */
int inet_validate_link_af(const struct net_device *dev, const struct nlattr *nla,
			  struct ng_extack *extack)
{
	static const struct nla_policy policy[IFLA_INET_MAX + 1] = {
		[IFLA_INET_CONF] = { .type = NLA_NESTED },
	};
	const struct nlattr *tb[IFLA_INET_MAX + 1], *a;
	size_t left;
	int err;

	if (dev && !dev->ip_ptr)
		return -EAFNOSUPPORT;
	err = nla_parse_nested_deprecated(tb, IFLA_INET_MAX, nla, policy, extack);
	if (err || !tb[IFLA_INET_CONF])
		return err;
	nla_for_each_nested(a, tb[IFLA_INET_CONF], left) {
		if (nla_len(a) < 4 || nla_type(a) == 0 || nla_type(a) > IPV4_DEVCONF_MAX)
			return -EINVAL;
	}
	return 0;
}

/**
 * inet_set_link_af() - Sets conf/ values of a device.
 * @dev: device
 * @nla: IFLA_AF_SPEC{AF_INET}, validated
 *
 * Return: 0 or -EAFNOSUPPORT.
 */
int inet_set_link_af(struct net_device *dev, const struct nlattr *nla)
{
	const struct nlattr *tb[IFLA_INET_MAX + 1], *a;
	size_t left;

	if (!dev->ip_ptr)
		return -EAFNOSUPPORT;
	nla_parse_nested_deprecated(tb, IFLA_INET_MAX, nla, NULL, NULL);
	if (!tb[IFLA_INET_CONF])
		return 0;
	nla_for_each_nested(a, tb[IFLA_INET_CONF], left)
		ipv4_devconf_set(dev->ip_ptr, nla_type(a), (int)nla_get_u32(a));
	return 0;
}
