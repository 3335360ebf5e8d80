/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_rtnl.c - requests for routes: RTM_NEWROUTE, RTM_DELROUTE, SIOCADDRT, SIOCDELRT
 *
 * mirrors the middle of net/ipv4/fib_frontend.c
 *
 * CONTROL
 */
#include <errno.h>
#include <linux/in.h>
#include <linux/route.h>
#include <linux/sockios.h>

#include "core/rtnetlink.h"
#include "ipv4/fib.h"

static int refuse(struct nl_request *req, const char *msg)
{
	NG_SET_ERR_MSG(req->extack, msg);
	return -EINVAL;
}

/* lengths the kernel's policy asks for */
static int rtm_ipv4_validate(struct nl_request *req, const struct nlattr **tb)
{
	static const uint8_t min_len[RTA_MAX + 1] = {
		[RTA_DST] = 4,	   [RTA_SRC] = 4,     [RTA_IIF] = 4,
		[RTA_OIF] = 4,	   [RTA_GATEWAY] = 4, [RTA_PRIORITY] = 4,
		[RTA_PREFSRC] = 4, [RTA_FLOW] = 4,    [RTA_TABLE] = 4,
		[RTA_MARK] = 4,	   [RTA_UID] = 4,     [RTA_MULTIPATH] = sizeof(struct rtnexthop),
		[RTA_NH_ID] = 4,
	};

	if (nlmsg_parse(req->nlh, sizeof(struct rtmsg), tb, RTA_MAX) &&
	    req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(struct rtmsg)))
		return -EINVAL;
	for (int i = 1; i <= RTA_MAX; i++) {
		if (!tb[i] || nla_len(tb[i]) >= min_len[i])
			continue;
		NG_SET_ERR_MSG(req->extack, "Attribute failed policy validation");
		return -ERANGE;
	}
	return 0;
}

static int fib_gw_from_via(struct nl_request *req, struct fib_config *cfg, const struct nlattr *nla)
{
	const struct rtvia *via = nla_data(nla);

	if (nla_len(nla) < offsetof(struct rtvia, rtvia_addr))
		return refuse(req, "Invalid attribute length for RTA_VIA");
	if (via->rtvia_family == AF_INET6)
		return refuse(req, "IPv6 support not enabled in kernel");
	if (via->rtvia_family != AF_INET)
		return refuse(req, "Unsupported address family in RTA_VIA");
	if (nla_len(nla) - offsetof(struct rtvia, rtvia_addr) != sizeof(__be32))
		return refuse(req, "Invalid IPv4 address in RTA_VIA");
	memcpy(&cfg->fc_gw4, via->rtvia_addr, sizeof(__be32));
	cfg->fc_has_gw = true;
	return 0;
}

static int rtm_attrs_to_fib_config(struct nl_request *req, struct fib_config *cfg,
				   const struct nlattr **tb)
{
	int err;

	if (tb[RTA_DST])
		cfg->fc_dst = nla_get_be32(tb[RTA_DST]);
	if (tb[RTA_OIF])
		cfg->fc_oif = (int)nla_get_u32(tb[RTA_OIF]);
	if (tb[RTA_GATEWAY]) {
		cfg->fc_gw4 = nla_get_be32(tb[RTA_GATEWAY]);
		cfg->fc_has_gw = cfg->fc_gw4 != 0;
	}
	if (tb[RTA_VIA]) {
		err = fib_gw_from_via(req, cfg, tb[RTA_VIA]);
		if (err)
			return err;
	}
	if (tb[RTA_PRIORITY])
		cfg->fc_priority = nla_get_u32(tb[RTA_PRIORITY]);
	if (tb[RTA_PREFSRC])
		cfg->fc_prefsrc = nla_get_be32(tb[RTA_PREFSRC]);
	cfg->fc_mx = tb[RTA_METRICS];
	if (tb[RTA_MULTIPATH]) {
		cfg->fc_mp = nla_data(tb[RTA_MULTIPATH]);
		cfg->fc_mp_len = nla_len(tb[RTA_MULTIPATH]);
	}
	if (tb[RTA_FLOW])
		cfg->fc_flow = nla_get_u32(tb[RTA_FLOW]);
	if (tb[RTA_TABLE])
		cfg->fc_table = nla_get_u32(tb[RTA_TABLE]);
	return 0;
}

static int rtm_to_fib_config(struct nl_request *req, struct fib_config *cfg)
{
	const struct rtmsg *rtm = nlmsg_data(req->nlh);
	const struct nlattr *tb[RTA_MAX + 1];
	int err;

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*rtm)))
		return -EINVAL;
	err = rtm_ipv4_validate(req, tb);
	if (err)
		return err;
	if (rtm->rtm_tos & 3)
		return refuse(req, "Invalid dsfield (tos): ECN bits must be 0");
	*cfg = (struct fib_config){
		.fc_tos = rtm->rtm_tos,
		.fc_dst_len = rtm->rtm_dst_len,
		.fc_table = rtm->rtm_table,
		.fc_protocol = rtm->rtm_protocol,
		.fc_scope = rtm->rtm_scope,
		.fc_type = rtm->rtm_type,
		.fc_flags = rtm->rtm_flags,
		.fc_nlflags = req->nlh->nlmsg_flags,
		.net = req->net,
		.req = req,
		.origin = req->origin,
	};
	if (cfg->fc_type > RTN_MAX)
		return refuse(req, "Invalid route type");
	err = rtm_attrs_to_fib_config(req, cfg, tb);
	if (err)
		return err;
	if (cfg->fc_dst_len > 32)
		return refuse(req, "Invalid prefix length");
	if (cfg->fc_dst_len < 32 && (be32_to_cpu(cfg->fc_dst) << cfg->fc_dst_len))
		return refuse(req, "Invalid prefix for given prefix length");
	if (tb[RTA_NH_ID] && nla_get_u32(tb[RTA_NH_ID])) {
		if (cfg->fc_oif || cfg->fc_has_gw || tb[RTA_ENCAP] || cfg->fc_mp)
			return refuse(
				req, "Nexthop specification and nexthop id are mutually exclusive");
		return refuse(req, "Nexthop id does not exist");
	}
	if (tb[RTA_GATEWAY] && tb[RTA_VIA])
		return refuse(req, "Nexthop configuration can not contain both GATEWAY and VIA");
	if (tb[RTA_ENCAP])
		return -EOPNOTSUPP;
	if (!cfg->fc_table)
		cfg->fc_table = RT_TABLE_MAIN;
	return 0;
}

/**
 * inet_rtm_newroute() - Answers RTM_NEWROUTE
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int inet_rtm_newroute(struct nl_request *req)
{
	struct fib_config cfg;
	int err = rtm_to_fib_config(req, &cfg);

	if (err < 0)
		return err;
	err = fib_table_insert(fib_new_table(req->net, cfg.fc_table), &cfg, req->extack);
	if (!err && cfg.fc_type == RTN_LOCAL)
		req->net->ipv4->fib_has_custom_local_routes = true;
	return err;
}

/**
 * inet_rtm_delroute() - Answers RTM_DELROUTE
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int inet_rtm_delroute(struct nl_request *req)
{
	struct fib_config cfg;
	struct fib_table *tb;
	int err = rtm_to_fib_config(req, &cfg);

	if (err < 0)
		return err;
	tb = fib_get_table(req->net, cfg.fc_table);
	if (!tb) {
		NG_SET_ERR_MSG(req->extack, "FIB table does not exist");
		return -ESRCH;
	}
	return fib_table_delete(tb, &cfg, req->extack);
}

static __be32 sk_extract_addr(const struct sockaddr *sa)
{
	__be32 addr;

	memcpy(&addr, (const uint8_t *)sa + offsetof(struct sockaddr_in, sin_addr), sizeof(addr));
	return addr;
}

static bool bad_mask(__be32 mask, __be32 addr)
{
	uint32_t hmask = ~be32_to_cpu(mask);

	return (addr & ~mask) || (hmask & (hmask + 1));
}

static int rtentry_dst(const struct rtentry *rt, struct fib_config *cfg)
{
	__be32 mask = sk_extract_addr(&rt->rt_genmask);

	if (rt->rt_dst.sa_family != AF_INET)
		return -EAFNOSUPPORT;
	cfg->fc_dst = sk_extract_addr(&rt->rt_dst);
	cfg->fc_dst_len = 32;
	if (rt->rt_flags & RTF_HOST)
		return 0;
	if (rt->rt_genmask.sa_family != AF_INET && (mask || rt->rt_genmask.sa_family))
		return -EAFNOSUPPORT;
	if (bad_mask(mask, cfg->fc_dst))
		return -EINVAL;
	cfg->fc_dst_len = (uint8_t)__builtin_popcount(be32_to_cpu(mask));
	return 0;
}

static int rtentry_dev(struct net *net, const struct rtentry *rt, struct fib_config *cfg)
{
	char name[IFNAMSIZ] = "", label[IFNAMSIZ];
	const struct net_device *dev;
	const struct in_device *in_dev;
	const struct in_ifaddr *ifa;
	char *colon;

	strncpy(name, rt->rt_dev, IFNAMSIZ - 1);
	memcpy(label, name, sizeof(label));
	colon = strchr(name, ':');
	if (colon)
		*colon = '\0';
	dev = dev_get_by_name(net, name);
	if (!dev)
		return -ENODEV;
	cfg->fc_oif = dev->ifindex;
	if (!colon)
		return 0;
	in_dev = in_dev_get(dev);
	if (!in_dev)
		return -ENODEV;
	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		if (strcmp(ifa->ifa_label, label) == 0) {
			cfg->fc_prefsrc = ifa->ifa_local;
			return 0;
		}
	}
	return -ENODEV;
}

static void rtentry_metrics(const struct rtentry *rt, struct fib_config *cfg, uint32_t *metrics)
{
	if (rt->rt_flags & RTF_MTU)
		metrics[RTAX_ADVMSS - 1] = (uint32_t)rt->rt_mtu - 40;
	if (rt->rt_flags & RTF_WINDOW)
		metrics[RTAX_WINDOW - 1] = (uint32_t)rt->rt_window;
	if (rt->rt_flags & RTF_IRTT)
		metrics[RTAX_RTT - 1] = (uint32_t)rt->rt_irtt << 3;
	cfg->fc_metrics = metrics;
}

static int rtentry_to_fib_config(struct net *net, unsigned long cmd, const struct rtentry *rt,
				 struct fib_config *cfg)
{
	__be32 gw = sk_extract_addr(&rt->rt_gateway);
	int err = rtentry_dst(rt, cfg);

	if (err)
		return err;
	if (cmd != SIOCDELRT) {
		cfg->fc_nlflags = NLM_F_CREATE;
		cfg->fc_protocol = RTPROT_BOOT;
	}
	if (rt->rt_metric)
		cfg->fc_priority = (uint32_t)rt->rt_metric - 1;
	if (rt->rt_flags & RTF_REJECT) {
		cfg->fc_scope = RT_SCOPE_HOST;
		cfg->fc_type = RTN_UNREACHABLE;
		return 0;
	}
	cfg->fc_scope = RT_SCOPE_NOWHERE;
	cfg->fc_type = RTN_UNICAST;
	if (rt->rt_dev) {
		err = rtentry_dev(net, rt, cfg);
		if (err)
			return err;
	}
	if (rt->rt_gateway.sa_family == AF_INET && gw) {
		cfg->fc_gw4 = gw;
		cfg->fc_has_gw = true;
		if ((rt->rt_flags & RTF_GATEWAY) &&
		    inet_addr_type_table(net, gw, cfg->fc_table) == RTN_UNICAST)
			cfg->fc_scope = RT_SCOPE_UNIVERSE;
	}
	if (cmd == SIOCDELRT)
		return 0;
	if ((rt->rt_flags & RTF_GATEWAY) && !cfg->fc_has_gw)
		return -EINVAL;
	if (cfg->fc_scope == RT_SCOPE_NOWHERE)
		cfg->fc_scope = RT_SCOPE_LINK;
	return 0;
}

/**
 * ip_rt_ioctl() - Answers SIOCADDRT and SIOCDELRT
 * @task: who asks; gives the origin
 * @net: the namespace
 * @request: which
 * @arg: struct rtentry
 *
 * Return: 0 or -errno.
 */
int ip_rt_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg)
{
	struct fib_config cfg = { .net = net, .fc_table = RT_TABLE_MAIN };
	uint32_t metrics[RTAX_MAX] = { 0 };
	const struct rtentry *rt = arg;
	struct fib_table *tb;
	int err;

	if (request != SIOCADDRT && request != SIOCDELRT)
		return -EINVAL;
	if (task)
		cfg.origin = ng_task_origin(task);
	err = rtentry_to_fib_config(net, request, rt, &cfg);
	if (err)
		return err;
	if (request == SIOCDELRT) {
		tb = fib_get_table(net, cfg.fc_table);
		return tb ? fib_table_delete(tb, &cfg, NULL) : -ESRCH;
	}
	if (!(rt->rt_flags & RTF_REJECT))
		rtentry_metrics(rt, &cfg, metrics);
	return fib_table_insert(fib_new_table(net, cfg.fc_table), &cfg, NULL);
}
