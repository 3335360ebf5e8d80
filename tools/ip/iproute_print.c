/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iproute_print.c - the lines of ip route show and get
 *
 * mirrors print_route() of iproute2's ip/iproute.c
 */
#include "ip_common.h"

#include <linux/in_route.h>

const char *const route_mx_names[RTAX_MAX + 1] = {
	[RTAX_MTU] = "mtu",	      [RTAX_WINDOW] = "window",
	[RTAX_RTT] = "rtt",	      [RTAX_RTTVAR] = "rttvar",
	[RTAX_SSTHRESH] = "ssthresh", [RTAX_CWND] = "cwnd",
	[RTAX_ADVMSS] = "advmss",     [RTAX_REORDERING] = "reordering",
	[RTAX_HOPLIMIT] = "hoplimit", [RTAX_INITCWND] = "initcwnd",
	[RTAX_FEATURES] = "features", [RTAX_RTO_MIN] = "rto_min",
	[RTAX_INITRWND] = "initrwnd", [RTAX_QUICKACK] = "quickack",
	[RTAX_CC_ALGO] = "congctl",   [RTAX_FASTOPEN_NO_COOKIE] = "fastopen_no_cookie",
};

static bool has_len(const struct inet_prefix *p)
{
	return p->family || p->flags & PREFIXLEN_SPECIFIED;
}

/* A pair of filters over one prefix of the route: "root" is at most, "match" at least this long. */
static bool prefix_wanted(const struct inet_prefix *root, const struct inet_prefix *match,
			  int family, const struct nlattr *nla, uint8_t len)
{
	struct inet_prefix have = { 0 };

	if (root->family && family != root->family)
		return false;
	if (has_len(root) && root->bitlen > len)
		return false;
	if (match->family && family != match->family)
		return false;
	if (has_len(match) && match->bitlen >= 0 && match->bitlen < len)
		return false;
	if (nla && nla_len(nla) <= sizeof(have.data))
		memcpy(have.data, nla_data(nla),
		       (len + 7U) / 8 < nla_len(nla) ? (len + 7U) / 8 : nla_len(nla));
	if (has_len(root) && !addr_matches(&have, root, root->bitlen))
		return false;
	return !has_len(match) || addr_matches(&have, match, len);
}

static bool addr_wanted_in(const struct inet_prefix *want, int family, const struct nlattr *nla)
{
	struct inet_prefix have = { 0 };

	if (!want->family)
		return true;
	if (family != want->family)
		return false;
	if (nla && nla_len(nla) <= sizeof(have.data))
		memcpy(have.data, nla_data(nla), nla_len(nla));
	return addr_matches(&have, want, want->bitlen);
}

static unsigned int u32_or_0(const struct nlattr *nla)
{
	return nla ? nla_get_u32(nla) : 0;
}

static uint32_t table_of(const struct rtmsg *r, const struct nlattr *const *tb)
{
	return tb[RTA_TABLE] ? nla_get_u32(tb[RTA_TABLE]) : r->rtm_table;
}

/**
 * filter_nlmsg() - Does the filter let this route through?
 * @c: the run; c->filter is a struct route_filter
 * @n: RTM_NEWROUTE
 * @tb: its attributes
 * @host_len: bits of an address
 *
 * Return: 1 when it does.
 */
int filter_nlmsg(struct ipr *c, const struct nlmsghdr *n, const struct nlattr *const *tb,
		 int host_len)
{
	const struct route_filter *f = c->filter;
	const struct rtmsg *r = nlmsg_data(n);

	(void)host_len;
	if (c->family != AF_UNSPEC && r->rtm_family != c->family)
		return 0;
	if (!f->any_cloned && f->cloned != !!(r->rtm_flags & RTM_F_CLONED))
		return 0;
	if (f->tb > 0 && (uint32_t)f->tb != table_of(r, tb))
		return 0;
	if ((f->protocol ^ r->rtm_protocol) & f->protocolmask)
		return 0;
	if ((f->scope ^ r->rtm_scope) & f->scopemask)
		return 0;
	if (f->typemask && !(f->typemask & (1 << r->rtm_type)))
		return 0;
	if ((f->tos ^ r->rtm_tos) & f->tosmask)
		return 0;
	if (!prefix_wanted(&f->rdst, &f->mdst, r->rtm_family, tb[RTA_DST], r->rtm_dst_len))
		return 0;
	if (!prefix_wanted(&f->rsrc, &f->msrc, r->rtm_family, tb[RTA_SRC], r->rtm_src_len))
		return 0;
	if (!addr_wanted_in(&f->rvia, r->rtm_family, tb[RTA_GATEWAY]))
		return 0;
	if (!addr_wanted_in(&f->rprefsrc, r->rtm_family, tb[RTA_PREFSRC]))
		return 0;
	if (f->iifmask && u32_or_0(tb[RTA_IIF]) != f->iif)
		return 0;
	if (f->oifmask && u32_or_0(tb[RTA_OIF]) != f->oif)
		return 0;
	if ((u32_or_0(tb[RTA_FLOW]) ^ (uint32_t)f->realm) & (uint32_t)f->realmmask)
		return 0;
	if (f->markmask && (int)u32_or_0(tb[RTA_MARK]) != f->mark)
		return 0;
	return !f->metricmask || u32_or_0(tb[RTA_PRIORITY]) == f->metric;
}

/**
 * print_route_flags() - The flags of a route or a next hop
 * @c: the run
 * @flags: RTNH_F_..., RTM_F_...
 */
void print_route_flags(struct ipr *c, unsigned int flags)
{
	static const struct {
		unsigned int flag;
		const char *name;
	} names[] = {
		{ RTNH_F_DEAD, "dead" },
		{ RTNH_F_ONLINK, "onlink" },
		{ RTNH_F_PERVASIVE, "pervasive" },
		{ RTNH_F_OFFLOAD, "offload" },
		{ RTNH_F_TRAP, "trap" },
		{ RTM_F_NOTIFY, "notify" },
		{ RTNH_F_LINKDOWN, "linkdown" },
		{ RTNH_F_UNRESOLVED, "unresolved" },
		{ RTM_F_OFFLOAD, "rt_offload" },
		{ RTM_F_TRAP, "rt_trap" },
		{ RTM_F_OFFLOAD_FAILED, "rt_offload_failed" },
	};
	size_t i;

	open_json_array(c, PRINT_JSON, "flags");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (flags & names[i].flag)
			print_string(c, PRINT_ANY, NULL, "%s ", names[i].name);
	}
	close_json_array(c, PRINT_JSON, NULL);
}

static void print_gateway(struct ipr *c, int family, const struct nlattr *nla)
{
	const char *gw = format_host_rta(c, family, nla);

	print_string(c, PRINT_FP, NULL, "%s ", "via");
	print_color_string(c, PRINT_ANY, ifa_family_color(family), "gateway", "%s ", gw);
}

static void print_via(struct ipr *c, const struct nlattr *nla)
{
	const struct rtvia *via = nla_data(nla);
	const char *host;

	if (nla_len(nla) < sizeof(*via))
		return;
	host = format_host(c, via->rtvia_family, nla_len(nla) - 2, via->rtvia_addr);
	if (is_json_context(c)) {
		open_json_object(c, "via");
		print_string(c, PRINT_JSON, "family", NULL, family_name(via->rtvia_family));
		print_string(c, PRINT_JSON, "host", NULL, host);
		close_json_object(c);
	} else {
		ng_printf(c->out, "via %s ", family_name(via->rtvia_family));
		print_color_string(c, PRINT_FP, ifa_family_color(via->rtvia_family), NULL, "%s ",
				   host);
	}
}

static void print_dev(struct ipr *c, const char *key, unsigned int idx)
{
	print_string(c, PRINT_FP, NULL, "%s ", key);
	print_color_string(c, PRINT_ANY, COLOR_IFNAME, key, "%s ", ll_index_to_name(c, idx));
}

static void print_realms(struct ipr *c, uint32_t to)
{
	uint32_t from = to >> 16;

	to &= 0xffff;
	open_json_object(c, "flow");
	print_string(c, PRINT_FP, NULL, "%s ", from ? "realms" : "realm");
	if (from)
		print_string(c, PRINT_ANY, "from", "%s/", rtnl_rtrealm_n2a(c, (int)from));
	print_string(c, PRINT_ANY, "to", "%s ", rtnl_rtrealm_n2a(c, (int)to));
	close_json_object(c);
}

static void print_metric(struct ipr *c, int i, const struct nlattr *nla)
{
	const char *name = route_mx_names[i];
	uint32_t v = nla && i != RTAX_CC_ALGO ? nla_get_u32(nla) : 0;
	char algo[64];

	switch (i) {
	case RTAX_FEATURES:
		if (v & RTAX_FEATURE_ECN)
			print_null(c, PRINT_ANY, "ecn", "%s ", "ecn");
		if (v & ~(uint32_t)RTAX_FEATURE_ECN)
			print_0xhex(c, PRINT_ANY, "features", "%#llx ",
				    v & ~(uint32_t)RTAX_FEATURE_ECN);
		break;
	case RTAX_RTT:
	case RTAX_RTTVAR:
	case RTAX_RTO_MIN:
		if (i == RTAX_RTT)
			v /= 8;
		else if (i == RTAX_RTTVAR)
			v /= 4;
		if (v >= 1000 && !is_json_context(c))
			print_float(c, PRINT_ANY, name, "%gs ", v / 1000.0);
		else
			print_uint(c, PRINT_ANY, name, "%ums ", v);
		break;
	case RTAX_CC_ALGO:
		if (nla) {
			nla_strscpy(algo, nla, sizeof(algo));
			print_string(c, PRINT_ANY, "congestion", "%s ", algo);
		}
		break;
	default:
		print_uint(c, PRINT_ANY, name, "%u ", v);
		break;
	}
}

/**
 * route_print_metrics() - The metrics of a route: mtu...
 * @c: the run
 * @nla: RTA_METRICS
 */
void route_print_metrics(struct ipr *c, const struct nlattr *nla)
{
	const struct nlattr *tb[RTAX_MAX + 1];
	uint32_t lock;
	int i;

	open_json_array(c, PRINT_JSON, "metrics");
	open_json_object(c, NULL);
	nla_parse_nested(tb, RTAX_MAX, nla);
	lock = u32_or_0(tb[RTAX_LOCK]);
	for (i = 2; i <= RTAX_MAX; i++) {
		if (!tb[i] && !(lock & (1U << i)))
			continue;
		if (i == RTAX_HOPLIMIT && (int)u32_or_0(tb[i]) == -1)
			continue;
		if (route_mx_names[i])
			print_string(c, PRINT_FP, NULL, "%s ", route_mx_names[i]);
		else
			print_int(c, PRINT_FP, NULL, "metric %d ", i);
		if (lock & (1U << i))
			print_string(c, PRINT_FP, NULL, "%s ", "lock");
		print_metric(c, i, tb[i]);
	}
	close_json_object(c);
	close_json_array(c, PRINT_JSON, NULL);
}

static void print_multipath(struct ipr *c, const struct rtmsg *r, const struct nlattr *mp)
{
	const struct rtnexthop *nh = nla_data(mp);
	const struct nlattr *tb[RTA_MAX + 1];
	size_t len = nla_len(mp);

	open_json_array(c, PRINT_JSON, "nexthops");
	while (len >= sizeof(*nh) && nh->rtnh_len >= sizeof(*nh) && nh->rtnh_len <= len) {
		open_json_object(c, NULL);
		print_string(c, PRINT_FP, NULL, "%s\tnexthop ", c->sl);
		nla_parse(tb, RTA_MAX, nh + 1, nh->rtnh_len - sizeof(*nh));
		if (tb[RTA_GATEWAY])
			print_gateway(c, r->rtm_family, tb[RTA_GATEWAY]);
		if (tb[RTA_VIA])
			print_via(c, tb[RTA_VIA]);
		if (tb[RTA_FLOW])
			print_realms(c, nla_get_u32(tb[RTA_FLOW]));
		print_string(c, PRINT_ANY, "dev", "dev %s ",
			     ll_index_to_name(c, (unsigned int)nh->rtnh_ifindex));
		print_int(c, PRINT_ANY, "weight", "weight %d ", nh->rtnh_hops + 1);
		print_route_flags(c, nh->rtnh_flags);
		close_json_object(c);
		if (NLA_ALIGN(nh->rtnh_len) >= (int)len)
			break;
		len -= (size_t)NLA_ALIGN(nh->rtnh_len);
		nh = (const struct rtnexthop *)(const void *)((const uint8_t *)nh +
							      NLA_ALIGN(nh->rtnh_len));
	}
	close_json_array(c, PRINT_JSON, NULL);
}

static void print_cache(struct ipr *c, const struct rtmsg *r, const struct nlattr *nla)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {
		{ RTCF_LOCAL, "local" },
		{ RTCF_REJECT, "reject" },
		{ RTCF_MULTICAST, "mc" },
		{ RTCF_BROADCAST, "brd" },
		{ RTCF_DNAT, "dst-nat" },
		{ RTCF_SNAT, "src-nat" },
		{ RTCF_MASQ, "masq" },
		{ RTCF_DIRECTDST, "dst-direct" },
		{ RTCF_DIRECTSRC, "src-direct" },
		{ RTCF_REDIRECTED, "redirected" },
		{ RTCF_DOREDIRECT, "redirect" },
		{ RTCF_FAST, "fastroute" },
		{ RTCF_NOTIFY, "notify" },
		{ RTCF_TPROXY, "proxy" },
	};
	uint32_t flags = r->rtm_flags & ~0xffffU;
	struct rta_cacheinfo ci = { 0 };
	size_t i;

	print_string(c, PRINT_FP, NULL, "%s    cache ", c->sl);
	open_json_array(c, PRINT_JSON, "cache");
	if (flags)
		print_string(c, PRINT_FP, NULL, "%s", "<");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!(flags & names[i].flag))
			continue;
		flags &= ~names[i].flag;
		print_string(c, PRINT_ANY, NULL, flags ? "%s," : "%s> ", names[i].name);
	}
	if (flags)
		print_hex(c, PRINT_ANY, "flags", "%x>", flags);
	close_json_array(c, PRINT_JSON, NULL);
	if (!nla)
		return;
	memcpy(&ci, nla_data(nla), nla_len(nla) < sizeof(ci) ? nla_len(nla) : sizeof(ci));
	if (ci.rta_expires)
		print_int(c, PRINT_ANY, "expires", "expires %dsec ", ci.rta_expires / 100);
	if (ci.rta_error)
		print_uint(c, PRINT_ANY, "error", "error %u ", ci.rta_error);
	if (c->stats && ci.rta_clntref)
		print_uint(c, PRINT_ANY, "users", "users %u ", ci.rta_clntref);
	if (c->stats && ci.rta_used)
		print_uint(c, PRINT_ANY, "used", "used %u ", ci.rta_used);
	if (c->stats && ci.rta_lastuse)
		print_uint(c, PRINT_ANY, "age", "age %usec ", ci.rta_lastuse / 100);
}

static void print_dst(struct ipr *c, const struct rtmsg *r, const struct nlattr *const *tb,
		      int host_len)
{
	const char *s;

	if ((r->rtm_type != RTN_UNICAST || c->details) && r->rtm_type)
		print_string(c, PRINT_ANY, "type", "%s ", rtnl_rtntype_n2a(c, r->rtm_type));
	if (tb[RTA_DST]) {
		if (r->rtm_dst_len != host_len)
			s = ipr_strf(c, "%s/%u", rt_addr_n2a_rta(c, r->rtm_family, tb[RTA_DST]),
				     r->rtm_dst_len);
		else
			s = format_host_rta(c, r->rtm_family, tb[RTA_DST]);
	} else {
		s = r->rtm_dst_len ? ipr_strf(c, "0/%d ", r->rtm_dst_len) : "default";
	}
	print_color_string(c, PRINT_ANY, tb[RTA_DST] ? ifa_family_color(r->rtm_family) : COLOR_NONE,
			   "dst", "%s ", s);
	if (tb[RTA_SRC]) {
		if (r->rtm_src_len != host_len)
			s = ipr_strf(c, "%s/%u", rt_addr_n2a_rta(c, r->rtm_family, tb[RTA_SRC]),
				     r->rtm_src_len);
		else
			s = format_host_rta(c, r->rtm_family, tb[RTA_SRC]);
		print_color_string(c, PRINT_ANY, ifa_family_color(r->rtm_family), "from",
				   "from %s ", s);
	} else if (r->rtm_src_len) {
		print_string(c, PRINT_ANY, "from", "from %s ", ipr_strf(c, "0/%u", r->rtm_src_len));
	}
}

/* What a route has that a cached one does not. */
static void print_origin(struct ipr *c, const struct rtmsg *r, const struct nlattr *const *tb,
			 const struct route_filter *f)
{
	uint32_t table = table_of(r, tb);

	if (table && (table != RT_TABLE_MAIN || c->details) && !f->tb)
		print_string(c, PRINT_ANY, "table", "table %s ", rtnl_rttable_n2a(c, table));
	if (r->rtm_flags & RTM_F_CLONED)
		return;
	if ((r->rtm_protocol != RTPROT_BOOT || c->details) && f->protocolmask != -1)
		print_string(c, PRINT_ANY, "protocol", "proto %s ",
			     rtnl_rtprot_n2a(c, r->rtm_protocol));
	if ((r->rtm_scope != RT_SCOPE_UNIVERSE || c->details) && f->scopemask != -1)
		print_string(c, PRINT_ANY, "scope", "scope %s ", rtnl_rtscope_n2a(c, r->rtm_scope));
}

static void print_tail(struct ipr *c, const struct rtmsg *r, const struct nlattr *const *tb,
		       const struct route_filter *f)
{
	static const char *const prefs[] = { "medium", "high", "[2]", "low" };
	uint32_t v;

	if (tb[RTA_MARK] && (v = nla_get_u32(tb[RTA_MARK]))) {
		if (v >= 16)
			print_0xhex(c, PRINT_ANY, "mark", "mark 0x%llx ", v);
		else
			print_uint(c, PRINT_ANY, "mark", "mark %u ", v);
	}
	if (tb[RTA_FLOW] && f->realmmask != -1)
		print_realms(c, nla_get_u32(tb[RTA_FLOW]));
	if (tb[RTA_UID])
		print_uint(c, PRINT_ANY, "uid", "uid %u ", nla_get_u32(tb[RTA_UID]));
	if (r->rtm_flags & RTM_F_CLONED)
		print_cache(c, r, tb[RTA_CACHEINFO]);
	if (tb[RTA_METRICS])
		route_print_metrics(c, tb[RTA_METRICS]);
	if (tb[RTA_IIF] && !f->iifmask)
		print_dev(c, "iif", nla_get_u32(tb[RTA_IIF]));
	if (tb[RTA_PREF])
		print_string(c, PRINT_ANY, "pref", "pref %s", prefs[nla_get_u8(tb[RTA_PREF]) & 3]);
	if (tb[RTA_MULTIPATH])
		print_multipath(c, r, tb[RTA_MULTIPATH]);
}

/**
 * print_route() - One route
 * @c: the run; c->filter is a struct route_filter
 * @n: RTM_NEWROUTE
 *
 * Return: 0, < 0 when the message is broken.
 */
int print_route(struct ipr *c, const struct nlmsghdr *n)
{
	const struct route_filter *f = c->filter;
	const struct rtmsg *r = nlmsg_data(n);
	const struct nlattr *tb[RTA_MAX + 1];
	int host_len = af_bit_len(r->rtm_family);

	if (n->nlmsg_type != RTM_NEWROUTE && n->nlmsg_type != RTM_DELROUTE) {
		ng_printf(c->err, "Not a route: %08x %08x %08x\n", n->nlmsg_len, n->nlmsg_type,
			  n->nlmsg_flags);
		return -1;
	}
	if (nlmsg_parse(n, sizeof(*r), tb, RTA_MAX) < 0)
		return -1;
	open_json_object(c, NULL);
	if (n->nlmsg_type == RTM_DELROUTE)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	print_dst(c, r, tb, host_len);
	if (r->rtm_tos && f->tosmask != -1)
		print_string(c, PRINT_ANY, "tos", "tos %s ", rtnl_dsfield_n2a(c, r->rtm_tos));
	if (tb[RTA_NH_ID])
		print_uint(c, PRINT_ANY, "nhid", "nhid %u ", nla_get_u32(tb[RTA_NH_ID]));
	if (tb[RTA_GATEWAY] && f->rvia.bitlen != host_len)
		print_gateway(c, r->rtm_family, tb[RTA_GATEWAY]);
	if (tb[RTA_VIA] && f->rvia.bitlen != host_len)
		print_via(c, tb[RTA_VIA]);
	if (tb[RTA_OIF] && !f->oifmask)
		print_dev(c, "dev", nla_get_u32(tb[RTA_OIF]));
	print_origin(c, r, tb, f);
	if (tb[RTA_PREFSRC] && f->rprefsrc.bitlen != host_len) {
		print_string(c, PRINT_FP, NULL, "%s ", "src");
		print_color_string(c, PRINT_ANY, ifa_family_color(r->rtm_family), "prefsrc", "%s ",
				   rt_addr_n2a_rta(c, r->rtm_family, tb[RTA_PREFSRC]));
	}
	if (tb[RTA_PRIORITY] && !f->metricmask)
		print_uint(c, PRINT_ANY, "metric", "metric %u ", nla_get_u32(tb[RTA_PRIORITY]));
	print_route_flags(c, r->rtm_flags);
	print_tail(c, r, tb, f);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
	return 0;
}
