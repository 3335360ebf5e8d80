/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_dump.c - routes as messages and as rows of /proc/net/route
 *
 * mirrors fib_dump_info() of net/ipv4/fib_semantics.c, inet_dump_fib() of
 * fib_frontend.c, fib_route_seq_show() of fib_trie.c
 *
 * CONTROL
 */
#include <errno.h>
#include <linux/route.h>

#include "core/rtnetlink.h"
#include "ipv4/fib_trie.h"

static uint8_t fib_nexthop_flags(const struct fib_nh *nh)
{
	uint8_t flags = nh->fib_nh_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN | RTNH_F_ONLINK);

	if ((flags & RTNH_F_LINKDOWN) && ip_ignore_linkdown(nh->fib_nh_dev))
		flags |= RTNH_F_DEAD;
	return flags;
}

static void fib_add_nexthop(struct nl_buf *buf, const struct fib_nh *nh)
{
	size_t at = buf->len;
	struct rtnexthop *rtnh = nl_buf_put(buf, sizeof(*rtnh));

	rtnh->rtnh_hops = (uint8_t)(nh->fib_nh_weight - 1);
	rtnh->rtnh_ifindex = nh->fib_nh_dev ? nh->fib_nh_dev->ifindex : 0;
	rtnh->rtnh_flags = fib_nexthop_flags(nh);
	if (nh->fib_nh_has_gw)
		nla_put_be32(buf, RTA_GATEWAY, nh->fib_nh_gw4);
	if (nh->nh_tclassid)
		nla_put_u32(buf, RTA_FLOW, nh->nh_tclassid);
	rtnh = (struct rtnexthop *)(void *)(buf->data + at);
	rtnh->rtnh_len = (uint16_t)(buf->len - at);
}

/**
 * fib_dump_info() - Writes a route after its header was begun
 * @buf: the message
 * @rtm_at: its zeroed struct rtmsg, valid until the next put
 * @fri: the route
 *
 * As fib_dump_info(); the caller ends the message.
 */
void fib_dump_info(struct nl_buf *buf, void *rtm_at, const struct fib_rt_info *fri)
{
	const struct fib_info *fi = fri->fi;
	const struct fib_nh *nh = &fi->fib_nh[0];
	struct rtmsg *rtm = rtm_at;

	rtm->rtm_family = AF_INET;
	rtm->rtm_dst_len = fri->dst_len;
	rtm->rtm_tos = fri->tos;
	rtm->rtm_table = fri->tb_id < 256 ? (uint8_t)fri->tb_id : RT_TABLE_COMPAT;
	rtm->rtm_type = fri->type;
	rtm->rtm_flags = fi->fib_nhs == 1 ? fib_nexthop_flags(nh) : fi->fib_flags;
	rtm->rtm_scope = fi->fib_scope;
	rtm->rtm_protocol = fi->fib_protocol;

	nla_put_u32(buf, RTA_TABLE, fri->tb_id);
	if (fri->dst_len)
		nla_put_be32(buf, RTA_DST, fri->dst);
	if (fi->fib_priority)
		nla_put_u32(buf, RTA_PRIORITY, fi->fib_priority);
	rtnetlink_put_metrics(buf, fi->metrics);
	if (fi->fib_prefsrc)
		nla_put_be32(buf, RTA_PREFSRC, fi->fib_prefsrc);
	if (fi->fib_nhs == 1) {
		if (nh->fib_nh_has_gw)
			nla_put_be32(buf, RTA_GATEWAY, nh->fib_nh_gw4);
		if (nh->fib_nh_dev)
			nla_put_u32(buf, RTA_OIF, (uint32_t)nh->fib_nh_dev->ifindex);
		if (nh->nh_tclassid)
			nla_put_u32(buf, RTA_FLOW, nh->nh_tclassid);
	} else {
		size_t nest = nla_nest_start(buf, RTA_MULTIPATH);

		for (int i = 0; i < fi->fib_nhs; i++)
			fib_add_nexthop(buf, &fi->fib_nh[i]);
		nla_nest_end(buf, nest);
	}
}

/**
 * rtmsg_fib() - Tells the listeners of RTNLGRP_IPV4_ROUTE, and who asked, about a route
 * @event: RTM_NEWROUTE or RTM_DELROUTE
 * @fri: the route
 * @req: the request that did it, NULL: none
 * @nlm_flags: NLM_F_* of the message
 */
void rtmsg_fib(int event, const struct fib_rt_info *fri, const struct nl_request *req,
	       uint16_t nlm_flags)
{
	struct net *net = fri->fi->net;
	struct nl_buf buf = { 0 };
	void *rtm;

	if (!nlmsg_notice_wanted(net, NETLINK_ROUTE, RTNLGRP_IPV4_ROUTE, req))
		return;
	rtm = nlmsg_notice_begin(&buf, req, (uint16_t)event, nlm_flags, sizeof(struct rtmsg));
	fib_dump_info(&buf, rtm, fri);
	nlmsg_end(&buf);
	nlmsg_notify(net, NETLINK_ROUTE, RTNLGRP_IPV4_ROUTE, &buf, req);
	nl_buf_fini(&buf);
}

struct fib_dump_filter {
	uint32_t table_id, flags;
	uint8_t protocol, rt_type;
	const struct net_device *dev;
	bool set, exceptions, routes;
};

static void fib_table_dump(struct nl_request *req, struct fib_table *tb,
			   const struct fib_dump_filter *filter)
{
	struct fib_walk at = { 0 };

	while (fib_table_next(tb, &at)) {
		const struct fib_alias *fa = at.fa;
		const struct fib_info *fi = fa->fa_info;
		struct fib_rt_info fri = { .fi = fi,
					   .tb_id = tb->tb_id,
					   .dst = cpu_to_be32(at.key),
					   .dst_len = at.prefixlen,
					   .tos = fa->fa_tos,
					   .type = fa->fa_type };

		if ((filter->rt_type && fa->fa_type != filter->rt_type) ||
		    (filter->protocol && fi->fib_protocol != filter->protocol) ||
		    (filter->dev && !fib_info_nh_uses_dev(fi, filter->dev)))
			continue;
		if (filter->routes) {
			fib_dump_info(&req->reply,
				      nl_reply_begin(req, RTM_NEWROUTE, 0, sizeof(struct rtmsg)),
				      &fri);
			nlmsg_end(&req->reply);
		}
		if (filter->exceptions)
			fib_dump_info_fnhe(req, tb->tb_id, fi);
	}
}

static int ip_valid_fib_dump_req(struct nl_request *req, struct fib_dump_filter *filter)
{
	const struct rtmsg *rtm = nlmsg_data(req->nlh);
	const struct nlattr *tb[RTA_MAX + 1];

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*rtm))) {
		NG_SET_ERR_MSG(req->extack, "Invalid header for FIB dump request");
		return -EINVAL;
	}
	if (rtm->rtm_dst_len || rtm->rtm_src_len || rtm->rtm_tos || rtm->rtm_scope) {
		NG_SET_ERR_MSG(req->extack, "Invalid values in header for FIB dump request");
		return -EINVAL;
	}
	if (rtm->rtm_flags & ~(unsigned int)(RTM_F_CLONED | RTM_F_PREFIX)) {
		NG_SET_ERR_MSG(req->extack, "Invalid flags for FIB dump request");
		return -EINVAL;
	}
	filter->routes = !(rtm->rtm_flags & RTM_F_CLONED);
	filter->exceptions = !filter->routes;
	filter->flags = rtm->rtm_flags;
	filter->protocol = rtm->rtm_protocol;
	filter->rt_type = rtm->rtm_type;
	filter->table_id = rtm->rtm_table;
	nlmsg_parse(req->nlh, sizeof(*rtm), tb, RTA_MAX);
	for (int i = 0; i <= RTA_MAX; i++) {
		if (!tb[i])
			continue;
		if (i == RTA_TABLE) {
			filter->table_id = nla_get_u32(tb[i]);
		} else if (i == RTA_OIF) {
			filter->dev = dev_get_by_index(req->net, (int)nla_get_u32(tb[i]));
			if (!filter->dev)
				return -ENODEV;
		} else {
			NG_SET_ERR_MSG(req->extack, "Unsupported attribute in dump request");
			return -EINVAL;
		}
	}
	req->dump_filtered = filter->flags || filter->protocol || filter->rt_type ||
			     filter->table_id || filter->dev;
	return 0;
}

/**
 * inet_dump_fib() - Answers RTM_GETROUTE with NLM_F_DUMP
 * @req: the request
 *
 * Return: 0 or -errno. As inet_dump_fib().
 */
int inet_dump_fib(struct nl_request *req)
{
	struct fib_dump_filter filter = { .routes = true, .exceptions = true };
	struct fib_table *tb;
	int err;

	if (req->nlk && req->nlk->strict_chk) {
		err = ip_valid_fib_dump_req(req, &filter);
		if (err < 0)
			return err;
	} else if (req->nlh->nlmsg_len >= NLMSG_LENGTH(sizeof(struct rtmsg))) {
		filter.flags = ((const struct rtmsg *)nlmsg_data(req->nlh))->rtm_flags;
		filter.flags &= RTM_F_PREFIX | RTM_F_CLONED;
	}
	if (filter.flags & RTM_F_PREFIX)
		return 0;
	if (filter.table_id) {
		tb = fib_get_table(req->net, filter.table_id);
		if (!tb) {
			NG_SET_ERR_MSG(req->extack, "ipv4: FIB table does not exist");
			return -ENOENT;
		}
		fib_table_dump(req, tb, &filter);
		return 0;
	}
	list_for_each_entry(tb, &req->net->ipv4->fib_tables, list)
		fib_table_dump(req, tb, &filter);
	return 0;
}

static uint32_t fib_flag_trans(uint8_t type, uint8_t plen, const struct fib_info *fi)
{
	uint32_t flags = RTF_UP;

	if (type == RTN_UNREACHABLE || type == RTN_PROHIBIT)
		flags |= RTF_REJECT;
	if (fi->fib_nh[0].fib_nh_gw4)
		flags |= RTF_GATEWAY;
	if (plen == 32)
		flags |= RTF_HOST;
	return flags;
}

/**
 * fib_route_seq() - The rows of /proc/net/route
 * @net: the namespace
 * @emit: called with each row, in the file's order
 * @arg: for @emit
 */
void fib_route_seq(struct net *net, void (*emit)(void *arg, const struct fib_seq_row *row),
		   void *arg)
{
	struct fib_table *tb = fib_get_table(net, RT_TABLE_MAIN);
	struct fib_walk at = { 0 };

	while (tb && fib_table_next(tb, &at)) {
		const struct fib_info *fi = at.fa->fa_info;
		const struct fib_nh *nh = &fi->fib_nh[0];
		uint32_t advmss = fi->metrics[RTAX_ADVMSS - 1];
		struct fib_seq_row row = {
			.ifname = nh->fib_nh_dev ? nh->fib_nh_dev->name : "*",
			.dst = cpu_to_be32(at.key),
			.gateway = nh->fib_nh_gw4,
			.mask = inet_make_mask(at.prefixlen),
			.flags = fib_flag_trans(at.fa->fa_type, at.prefixlen, fi),
			.metric = fi->fib_priority,
			.mtu = advmss ? advmss + 40 : 0,
			.window = fi->metrics[RTAX_WINDOW - 1],
			.irtt = fi->metrics[RTAX_RTT - 1] >> 3,
		};

		if (at.fa->fa_type != RTN_BROADCAST && at.fa->fa_type != RTN_MULTICAST)
			emit(arg, &row);
	}
}
