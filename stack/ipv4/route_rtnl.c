/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route_rtnl.c - `ip route get` and `ip route show cache`
 *
 * mirrors inet_rtm_getroute() and rt_fill_info() of net/ipv4/route.c
 *
 * CONTROL
 */
#include <errno.h>

#include "core/rtnetlink.h"
#include "core/world.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"

#define INVALID_UID (~UINT32_C(0))

struct rt_info {
	struct rtable *rt;
	__be32 dst, src;
	uint32_t table_id;
	uint8_t tos;
	const struct flowi4 *fl4; /* NULL: a learned route being dumped */
	uint32_t uid;
	bool redirect;
};

static void put_cacheinfo(struct nl_buf *buf, const struct rtable *rt, int64_t expires_ns)
{
	struct rta_cacheinfo ci = {
		.rta_lastuse = (uint32_t)((world_now(rt->net->world) - rt->rt_made_ns) /
					  (NSEC_PER_SEC / 100)), /* USER_HZ */
		.rta_clntref = rt->dst.refs,
		.rta_expires = (int32_t)(expires_ns / (NSEC_PER_SEC / 100)),
		.rta_error = (uint32_t)(int32_t)rt->dst.error,
	};

	nla_put(buf, RTA_CACHEINFO, sizeof(ci), &ci);
}

/* As rt_fill_info(). */
static void rt_fill_info(struct nl_request *req, const struct rt_info *info)
{
	struct nl_buf *buf = &req->reply;
	const struct rtable *rt = info->rt;
	const struct flowi4 *fl4 = info->fl4;
	int64_t expires = rt->rt_expires_ns ? rt->rt_expires_ns - world_now(rt->net->world) : 0;
	struct rtmsg *r = nl_reply_begin(req, RTM_NEWROUTE, 0, sizeof(*r));
	uint32_t metrics[RTAX_MAX] = { 0 };

	if (expires < 0)
		expires = 0;
	r->rtm_family = AF_INET;
	r->rtm_dst_len = 32;
	r->rtm_src_len = info->src ? 32 : 0;
	r->rtm_tos = info->tos;
	r->rtm_table = info->table_id < 256 ? (uint8_t)info->table_id : RT_TABLE_COMPAT;
	r->rtm_type = rt->rt_type;
	r->rtm_flags = (rt->rt_flags & ~0xffffU) | RTM_F_CLONED;
	if (rt->rt_flags & RTCF_NOTIFY)
		r->rtm_flags |= RTM_F_NOTIFY;
	if (info->redirect)
		r->rtm_flags |= RTCF_DOREDIRECT;

	nla_put_u32(buf, RTA_TABLE, info->table_id);
	nla_put_be32(buf, RTA_DST, info->dst);
	if (info->src)
		nla_put_be32(buf, RTA_SRC, info->src);
	if (rt->dst.dev)
		nla_put_u32(buf, RTA_OIF, (uint32_t)rt->dst.dev->ifindex);
	if (fl4 && !rt->rt_is_input && fl4->saddr != info->src)
		nla_put_be32(buf, RTA_PREFSRC, fl4->saddr);
	if (rt->rt_uses_gateway)
		nla_put_be32(buf, RTA_GATEWAY, rt->rt_gw4);
	if (rt->fi)
		memcpy(metrics, rt->fi->metrics, sizeof(metrics));
	if (rt->rt_pmtu && expires)
		metrics[RTAX_MTU - 1] = rt->rt_pmtu;
	if (rt->rt_mtu_locked && expires)
		metrics[RTAX_LOCK - 1] |= 1U << RTAX_MTU;
	rtnetlink_put_metrics(buf, metrics);
	if (fl4) {
		if (fl4->mark)
			nla_put_u32(buf, RTA_MARK, fl4->mark);
		if (info->uid != INVALID_UID)
			nla_put_u32(buf, RTA_UID, info->uid);
		if (rt->rt_is_input)
			nla_put_u32(buf, RTA_IIF, (uint32_t)fl4->iif);
	}
	put_cacheinfo(buf, rt, expires);
	nlmsg_end(buf);
}

/**
 * fib_dump_info_fnhe() - Dumps what was learned behind the nexthops of a route
 * @req: the dump
 * @table_id: the route's table
 * @fi: its info
 */
void fib_dump_info_fnhe(struct nl_request *req, uint32_t table_id, const struct fib_info *fi)
{
	for (int i = 0; i < fi->fib_nhs; i++) {
		const struct fib_nh *nh = &fi->fib_nh[i];
		const struct fib_nh_exception *fnhe;

		if (nh->fib_nh_flags & RTNH_F_DEAD)
			continue;
		list_for_each_entry(fnhe, &nh->exceptions, list) {
			struct rt_info info = { .rt = fnhe->rth_input ? fnhe->rth_input
								      : fnhe->rth_output,
						.dst = fnhe->daddr,
						.table_id = table_id };

			if (!info.rt || fnhe->genid != fi->net->ipv4->fnhe_genid ||
			    (fnhe->expires_ns && world_now(fi->net->world) > fnhe->expires_ns))
				continue;
			rt_fill_info(req, &info);
		}
	}
}

static int refuse(struct nl_request *req, const char *msg)
{
	NG_SET_ERR_MSG(req->extack, msg);
	return -EINVAL;
}

static int inet_rtm_valid_getroute_req(struct nl_request *req, const struct nlattr **tb)
{
	static const uint32_t allowed = 1U << RTA_IIF | 1U << RTA_OIF | 1U << RTA_SRC |
					1U << RTA_DST | 1U << RTA_IP_PROTO | 1U << RTA_SPORT |
					1U << RTA_DPORT | 1U << RTA_MARK | 1U << RTA_UID;
	const struct rtmsg *rtm = nlmsg_data(req->nlh);

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*rtm)))
		return refuse(req, "ipv4: Invalid header for route get request");
	nlmsg_parse(req->nlh, sizeof(*rtm), tb, RTA_MAX);
	if (!req->nlk || !req->nlk->strict_chk)
		return 0;
	if ((rtm->rtm_src_len && rtm->rtm_src_len != 32) ||
	    (rtm->rtm_dst_len && rtm->rtm_dst_len != 32) || rtm->rtm_table || rtm->rtm_protocol ||
	    rtm->rtm_scope || rtm->rtm_type)
		return refuse(req, "ipv4: Invalid values in header for route get request");
	if (rtm->rtm_flags & ~(unsigned int)(RTM_F_NOTIFY | RTM_F_LOOKUP_TABLE | RTM_F_FIB_MATCH))
		return refuse(req, "ipv4: Unsupported rtm_flags for route get request");
	if ((tb[RTA_SRC] && !rtm->rtm_src_len) || (tb[RTA_DST] && !rtm->rtm_dst_len))
		return refuse(req, "ipv4: rtm_src_len and rtm_dst_len must be 32 for IPv4");
	for (int i = 0; i <= RTA_MAX; i++)
		if (tb[i] && !(allowed & (1U << i)))
			return refuse(req, "ipv4: Unsupported attribute in route get request");
	return 0;
}

static uint32_t get_u32(const struct nlattr *nla)
{
	return nla ? nla_get_u32(nla) : 0;
}

/* a packet that stands for the question */
static struct sk_buff *getroute_build_skb(struct net *net, const struct flowi4 *fl4)
{
	struct sk_buff *skb = alloc_skb_message(net->world, SKB_HEADROOM, sizeof(struct iphdr) + 8);
	struct iphdr *iph = skb_put(skb, sizeof(*iph) + 8);

	memset(iph, 0, sizeof(*iph) + 8);
	skb_reset_network_header(skb);
	skb->protocol = cpu_to_be16(ETH_P_IP);
	iph->version = 4;
	iph->ihl = 5;
	iph->protocol = fl4->proto;
	iph->saddr = fl4->saddr;
	iph->daddr = fl4->daddr;
	memcpy(iph + 1, &fl4->sport, sizeof(fl4->sport));
	memcpy((uint8_t *)(iph + 1) + 2, &fl4->dport, sizeof(fl4->dport));
	skb->mark = fl4->mark;
	return skb;
}

/* The look-up itself; the route is on @skb afterwards. */
static int getroute_lookup(struct net *net, struct flowi4 *fl4, int iif, struct sk_buff *skb,
			   struct fib_result *res)
{
	struct rtable *rt;
	int err;

	if (iif) {
		struct net_device *dev = dev_get_by_index(net, iif);
		/* a packet that comes in has neither oif nor uid */
		const struct flowi4 key = { .iif = iif,
					    .mark = fl4->mark,
					    .tos = fl4->tos,
					    .saddr = fl4->saddr,
					    .daddr = fl4->daddr,
					    .proto = fl4->proto,
					    .sport = fl4->sport,
					    .dport = fl4->dport };

		if (!dev)
			return -ENODEV;
		fl4->iif = iif;
		skb->dev = dev;
		ip_route_input_res(skb, &key, dev, res, &err);
		rt = skb_rtable(skb);
		return !err && rt->dst.error ? -rt->dst.error : err;
	}
	fl4->iif = net->loopback_dev->ifindex;
	skb->dev = net->loopback_dev;
	err = ip_route_output_key(net, fl4, skb, res, &rt);
	if (!err)
		skb_dst_set(skb, &rt->dst);
	return err;
}

static int getroute_fibmatch(struct nl_request *req, const struct fib_result *res,
			     const struct rtable *rt, uint32_t table_id)
{
	struct fib_rt_info fri = { .fi = res->fi,
				   .tb_id = table_id,
				   .dst = res->prefix,
				   .dst_len = res->prefixlen,
				   .tos = res->tos,
				   .type = rt->rt_type };

	if (!res->fi)
		return fib_props[res->type].error ? fib_props[res->type].error : -EHOSTUNREACH;
	fib_dump_info(&req->reply, nl_reply_begin(req, RTM_NEWROUTE, 0, sizeof(struct rtmsg)),
		      &fri);
	nlmsg_end(&req->reply);
	return 0;
}

static int getroute_answer(struct nl_request *req, struct flowi4 *fl4, int iif, uint32_t uid)
{
	const struct rtmsg *rtm = nlmsg_data(req->nlh);
	struct rt_info info = { .dst = fl4->daddr,
				.src = fl4->saddr,
				.table_id = RT_TABLE_MAIN,
				.fl4 = fl4,
				.uid = uid };
	struct sk_buff *skb = getroute_build_skb(req->net, fl4);
	struct fib_result res;
	int err = getroute_lookup(req->net, fl4, iif, skb, &res);

	if (!err) {
		info.rt = skb_rtable(skb);
		info.tos = res.tos;
		info.redirect = IPCB(skb)->flags & IPSKB_DOREDIRECT;
		if (rtm->rtm_flags & RTM_F_NOTIFY)
			info.rt->rt_flags |= RTCF_NOTIFY;
		if (rtm->rtm_flags & RTM_F_LOOKUP_TABLE)
			info.table_id = res.table ? res.table->tb_id : 0;
		if (rtm->rtm_flags & RTM_F_FIB_MATCH)
			err = getroute_fibmatch(req, &res, info.rt, info.table_id);
		else
			rt_fill_info(req, &info);
	}
	consume_skb(skb);
	return err;
}

/**
 * inet_rtm_getroute() - Answers RTM_GETROUTE: which way would this packet go?
 * @req: the request
 *
 * Return: 0 or -errno. As inet_rtm_getroute().
 */
int inet_rtm_getroute(struct nl_request *req)
{
	const struct rtmsg *rtm = nlmsg_data(req->nlh);
	const struct nlattr *tb[RTA_MAX + 1];
	struct flowi4 fl4 = { .proto = IPPROTO_UDP };
	int err = inet_rtm_valid_getroute_req(req, tb);
	int iif;

	if (err < 0)
		return err;
	iif = (int)get_u32(tb[RTA_IIF]);
	fl4.saddr = tb[RTA_SRC] ? nla_get_be32(tb[RTA_SRC]) : 0;
	fl4.daddr = tb[RTA_DST] ? nla_get_be32(tb[RTA_DST]) : 0;
	fl4.tos = rtm->rtm_tos & INET_DSCP_MASK;
	fl4.oif = (int)get_u32(tb[RTA_OIF]);
	fl4.mark = get_u32(tb[RTA_MARK]);
	fl4.uid = get_u32(tb[RTA_UID]);
	if (tb[RTA_IP_PROTO]) {
		fl4.proto = nla_get_u8(tb[RTA_IP_PROTO]);
		if (fl4.proto != IPPROTO_TCP && fl4.proto != IPPROTO_UDP &&
		    fl4.proto != IPPROTO_ICMP) {
			NG_SET_ERR_MSG(req->extack, "Unsupported ip proto");
			return -EOPNOTSUPP;
		}
	}
	if (tb[RTA_SPORT])
		fl4.sport = nla_get_be16(tb[RTA_SPORT]);
	if (tb[RTA_DPORT])
		fl4.dport = nla_get_be16(tb[RTA_DPORT]);
	return getroute_answer(req, &fl4, iif, tb[RTA_UID] || !iif ? fl4.uid : INVALID_UID);
}
