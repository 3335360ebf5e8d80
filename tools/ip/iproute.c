/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iproute.c - the object "route": add, del, change, append, replace
 *
 * mirrors iproute2's ip/iproute.c. iproute_list.c shows, flushes and gets.
 */
#include "ip_common.h"
#include "usage.h"

struct route_args {
	struct nl_buf b;
	struct nl_buf mx; /* the metrics, until their attribute is closed */
	uint32_t mxlock;
	struct rtmsg *r;
	const char *dev;
	bool gw_ok;
	bool dst_ok;
	bool nhs_ok;
	bool nhid_ok;
	bool scope_ok;
	bool table_ok;
};

static _Noreturn void route_usage(struct ipr *c)
{
	ip_usage_exit(c, ip_route_usage);
}

static void set_family(struct route_args *a, const struct inet_prefix *p)
{
	if (a->r->rtm_family == AF_UNSPEC)
		a->r->rtm_family = (uint8_t)p->family;
}

static void value_invalid(struct ipr *c, const char *key)
{
	invarg(c, ipr_strf(c, "\"%s\" value is invalid\n", key), c->argv[0]);
}

/* [FAMILY] ADDRESS behind "via", into RTA_GATEWAY or RTA_VIA */
static void parse_via(struct ipr *c, struct nl_buf *b, struct rtmsg *r)
{
	struct inet_prefix addr;
	int family = read_family(next_arg(c));
	uint8_t via[18] = { 0 };

	if (family == AF_UNSPEC)
		family = r->rtm_family;
	else
		next_arg(c);
	get_addr(c, &addr, c->argv[0], family);
	if (r->rtm_family == AF_UNSPEC)
		r->rtm_family = (uint8_t)addr.family;
	if (addr.family == r->rtm_family) {
		addattr_l(b, RTA_GATEWAY, addr.data, addr.bytelen);
	} else {
		memcpy(via, &addr.family, 2);
		memcpy(via + 2, addr.data, addr.bytelen);
		addattr_l(b, RTA_VIA, via, 2U + addr.bytelen);
	}
}

static uint32_t get_realms(struct ipr *c)
{
	char *arg = ng_task_strdup(c->task, next_arg(c));
	char *slash = strchr(arg, '/');
	uint32_t from = 0;
	uint32_t to;

	if (slash) {
		*slash = '\0';
		if (rtnl_rtrealm_a2n(c, &from, arg))
			invarg(c, "\"realm\" value is invalid\n", c->argv[0]);
		arg = slash + 1;
	}
	if (rtnl_rtrealm_a2n(c, &to, arg))
		invarg(c, "\"realm\" value is invalid\n", c->argv[0]);
	return from << 16 | to;
}

/* Metrics that are plain numbers, in the order in which an abbreviation is tried. */
static bool parse_metric(struct ipr *c, struct route_args *a)
{
	static const struct {
		const char *word;
		int mx;
		bool exact;
		int shift; /* times: units of the kernel, 1 << shift; -1: a number */
	} rows[] = {
		{ "mtu", RTAX_MTU, true, -1 },
		{ "hoplimit", RTAX_HOPLIMIT, true, -1 },
		{ "advmss", RTAX_ADVMSS, true, -1 },
		{ "reordering", RTAX_REORDERING, false, -1 },
		{ "rtt", RTAX_RTT, true, 3 },
		{ "rto_min", RTAX_RTO_MIN, true, 0 },
		{ "window", RTAX_WINDOW, false, -1 },
		{ "cwnd", RTAX_CWND, false, -1 },
		{ "initcwnd", RTAX_INITCWND, false, -1 },
		{ "initrwnd", RTAX_INITRWND, false, -1 },
		{ "quickack", RTAX_QUICKACK, false, -1 },
		{ "rttvar", RTAX_RTTVAR, false, 2 },
		{ "ssthresh", RTAX_SSTHRESH, false, -1 },
		{ "fastopen_no_cookie", RTAX_FASTOPEN_NO_COOKIE, false, -1 },
	};
	bool lockable;
	unsigned int v;
	int raw = 1;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].exact ? is_word(c->argv[0], rows[i].word)
				  : matches(c->argv[0], rows[i].word))
			break;
	}
	if (i == sizeof(rows) / sizeof(rows[0]))
		return false;
	lockable = rows[i].mx != RTAX_RTO_MIN && rows[i].mx != RTAX_INITCWND &&
		   rows[i].mx != RTAX_INITRWND && rows[i].mx != RTAX_QUICKACK &&
		   rows[i].mx != RTAX_FASTOPEN_NO_COOKIE;
	next_arg(c);
	if (lockable && is_word(c->argv[0], "lock")) {
		a->mxlock |= 1U << rows[i].mx;
		next_arg(c);
	}
	if (rows[i].mx == RTAX_RTO_MIN)
		a->mxlock |= 1U << RTAX_RTO_MIN;
	if (rows[i].shift >= 0 ? get_time_rtt(&v, c->argv[0], &raw)
			       : get_unsigned(&v, c->argv[0], 0))
		value_invalid(c, rows[i].word);
	if (rows[i].mx == RTAX_HOPLIMIT && v > 255)
		value_invalid(c, rows[i].word);
	if ((rows[i].mx == RTAX_QUICKACK || rows[i].mx == RTAX_FASTOPEN_NO_COOKIE) && v > 1)
		invarg(c, ipr_strf(c, "\"%s\" value should be 0 or 1\n", rows[i].word), c->argv[0]);
	addattr32(&a->mx, (uint16_t)rows[i].mx, raw || rows[i].shift < 0 ? v : v << rows[i].shift);
	return true;
}

static bool parse_metric_word(struct ipr *c, struct route_args *a)
{
	if (matches(c->argv[0], "features")) {
		next_arg(c);
		if (!is_word(c->argv[0], "ecn"))
			invarg(c, "\"features\" value not valid\n", c->argv[0]);
		addattr32(&a->mx, RTAX_FEATURES, RTAX_FEATURE_ECN);
	} else if (matches(c->argv[0], "congctl")) {
		next_arg(c);
		if (is_word(c->argv[0], "lock")) {
			a->mxlock |= 1U << RTAX_CC_ALGO;
			next_arg(c);
		}
		addattr_l(&a->mx, RTAX_CC_ALGO, c->argv[0], strlen(c->argv[0]));
	} else {
		return false;
	}
	return true;
}

static void parse_table(struct ipr *c, struct route_args *a)
{
	uint32_t id;

	if (rtnl_rttable_a2n(c, &id, next_arg(c)))
		value_invalid(c, "table");
	if (id < 256) {
		a->r->rtm_table = (uint8_t)id;
	} else {
		a->r->rtm_table = RT_TABLE_UNSPEC;
		addattr32(&a->b, RTA_TABLE, id);
	}
	a->table_ok = true;
}

static void parse_dst(struct ipr *c, struct route_args *a)
{
	struct inet_prefix dst;
	int type;

	if (is_word(c->argv[0], "to"))
		next_arg(c);
	if ((c->argv[0][0] < '0' || c->argv[0][0] > '9') &&
	    rtnl_rtntype_a2n(&type, c->argv[0]) == 0) {
		next_arg(c);
		a->r->rtm_type = (uint8_t)type;
	}
	if (matches(c->argv[0], "help"))
		route_usage(c);
	if (a->dst_ok)
		duparg2(c, "to", c->argv[0]);
	get_prefix(c, &dst, c->argv[0], a->r->rtm_family);
	set_family(a, &dst);
	a->r->rtm_dst_len = (uint8_t)dst.bitlen;
	a->dst_ok = true;
	if (dst.bytelen)
		addattr_l(&a->b, RTA_DST, dst.data, dst.bytelen);
}

static void parse_pref(struct ipr *c, struct route_args *a)
{
	uint8_t v;

	next_arg(c);
	if (is_word(c->argv[0], "low"))
		v = 3;
	else if (is_word(c->argv[0], "medium"))
		v = 0;
	else if (is_word(c->argv[0], "high"))
		v = 1;
	else if (get_u8(&v, c->argv[0], 0))
		value_invalid(c, "pref");
	addattr8(&a->b, RTA_PREF, v);
}

static void parse_addr(struct ipr *c, struct route_args *a, bool prefsrc)
{
	struct inet_prefix addr;

	next_arg(c);
	if (prefsrc)
		get_addr(c, &addr, c->argv[0], a->r->rtm_family);
	else
		get_prefix(c, &addr, c->argv[0], a->r->rtm_family);
	set_family(a, &addr);
	if (addr.bytelen)
		addattr_l(&a->b, prefsrc ? RTA_PREFSRC : RTA_SRC, addr.data, addr.bytelen);
	if (!prefsrc)
		a->r->rtm_src_len = (uint8_t)addr.bitlen;
}

static uint32_t get_num(struct ipr *c, const char *key)
{
	uint32_t v;

	if (get_u32(&v, next_arg(c), 0))
		value_invalid(c, key);
	return v;
}

/* The second half of the keywords. */
static void parse_more(struct ipr *c, struct route_args *a)
{
	const char *w = c->argv[0];
	uint32_t v;

	if (matches(w, "realms")) {
		addattr32(&a->b, RTA_FLOW, get_realms(c));
	} else if (is_word(w, "onlink")) {
		a->r->rtm_flags |= RTNH_F_ONLINK;
	} else if (is_word(w, "nhid")) {
		addattr32(&a->b, RTA_NH_ID, get_num(c, "id"));
		a->nhid_ok = true;
	} else if (matches(w, "protocol")) {
		if (rtnl_rtprot_a2n(c, &v, next_arg(c)))
			value_invalid(c, "protocol");
		a->r->rtm_protocol = (uint8_t)v;
	} else if (matches(w, "table")) {
		parse_table(c, a);
	} else if (is_word(w, "dev") || is_word(w, "oif")) {
		a->dev = next_arg(c);
	} else if (matches(w, "pref")) {
		parse_pref(c, a);
	} else if (is_word(w, "encap") || is_word(w, "as") || is_word(w, "vrf") ||
		   is_word(w, "ttl-propagate")) {
		ipr_exit(c, -ip_not_modelled(c, ipr_strf(c, "route add %s", w)));
	} else {
		parse_dst(c, a);
	}
}

/* One keyword and its value; true: the next hops follow. */
static bool parse_word(struct ipr *c, struct route_args *a)
{
	const char *w = c->argv[0];
	uint32_t v;

	if (is_word(w, "src")) {
		parse_addr(c, a, true);
	} else if (is_word(w, "via")) {
		if (a->gw_ok)
			invarg(c, "use nexthop syntax to specify multiple via\n", w);
		a->gw_ok = true;
		parse_via(c, &a->b, a->r);
	} else if (is_word(w, "from")) {
		parse_addr(c, a, false);
	} else if (is_word(w, "tos") || matches(w, "dsfield")) {
		if (rtnl_dsfield_a2n(c, &v, next_arg(c)))
			value_invalid(c, "tos");
		a->r->rtm_tos = (uint8_t)v;
	} else if (is_word(w, "expires")) {
		addattr32(&a->b, RTA_EXPIRES, get_num(c, "expires"));
	} else if (matches(w, "metric") || matches(w, "priority") || is_word(w, "preference")) {
		addattr32(&a->b, RTA_PRIORITY, get_num(c, "metric"));
	} else if (is_word(w, "scope")) {
		if (rtnl_rtscope_a2n(c, &v, next_arg(c)))
			invarg(c, "invalid \"scope\" value\n", c->argv[0]);
		a->r->rtm_scope = (uint8_t)v;
		a->scope_ok = true;
	} else if (parse_metric(c, a) || parse_metric_word(c, a)) {
		return false;
	} else if (is_word(w, "nexthop")) {
		a->nhs_ok = true;
		return true;
	} else {
		parse_more(c, a);
	}
	return false;
}

/* One "nexthop ..."; the cursor is at that word. */
static int parse_nexthop(struct ipr *c, struct route_args *a)
{
	struct nl_buf *b = &a->b;
	size_t at = b->len;
	struct rtnexthop nh = { 0 };
	unsigned int v;

	nl_buf_put(b, sizeof(nh));
	for (next_arg_fwd(c); c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "via")) {
			parse_via(c, b, a->r);
		} else if (is_word(c->argv[0], "dev")) {
			nh.rtnh_ifindex = (int)ll_name_to_index(c, next_arg(c));
			if (!nh.rtnh_ifindex)
				return nodev(c, c->argv[0]);
		} else if (is_word(c->argv[0], "weight")) {
			if (get_unsigned(&v, next_arg(c), 0) || v == 0 || v > 256)
				invarg(c, "\"weight\" is invalid\n", c->argv[0]);
			nh.rtnh_hops = (uint8_t)(v - 1);
		} else if (is_word(c->argv[0], "onlink")) {
			nh.rtnh_flags |= RTNH_F_ONLINK;
		} else if (matches(c->argv[0], "realms")) {
			addattr32(b, RTA_FLOW, get_realms(c));
		} else {
			break;
		}
	}
	nh.rtnh_len = (uint16_t)(b->len - at);
	memcpy(b->data + at, &nh, sizeof(nh));
	return 0;
}

static void parse_nexthops(struct ipr *c, struct route_args *a)
{
	size_t nest = nla_nest_start(&a->b, RTA_MULTIPATH);

	while (c->argc > 0) {
		if (!is_word(c->argv[0], "nexthop")) {
			ng_printf(
				c->err,
				"Error: \"nexthop\" or end of line is expected instead of \"%s\"\n",
				c->argv[0]);
			ipr_exit(c, 255);
		}
		if (c->argc <= 1) {
			ng_printf(c->err, "Error: unexpected end of line after \"nexthop\"\n");
			ipr_exit(c, 255);
		}
		if (a->b.len + 256 > a->b.cap || parse_nexthop(c, a)) {
			ng_printf(c->err, "Error: cannot parse nexthop\n");
			ipr_exit(c, 255);
		}
	}
	nla_nest_end(&a->b, nest);
}

static void default_table_and_scope(struct route_args *a, bool del)
{
	struct rtmsg *r = a->r;
	uint8_t type = r->rtm_type;

	if (!a->table_ok &&
	    (type == RTN_LOCAL || type == RTN_BROADCAST || type == RTN_NAT || type == RTN_ANYCAST))
		r->rtm_table = RT_TABLE_LOCAL;
	if (a->scope_ok)
		return;
	if (r->rtm_family == AF_INET6)
		r->rtm_scope = RT_SCOPE_UNIVERSE;
	else if (type == RTN_LOCAL || type == RTN_NAT)
		r->rtm_scope = RT_SCOPE_HOST;
	else if (type == RTN_BROADCAST || type == RTN_MULTICAST || type == RTN_ANYCAST)
		r->rtm_scope = RT_SCOPE_LINK;
	else if (type == RTN_UNICAST || type == RTN_UNSPEC) {
		if (del)
			r->rtm_scope = RT_SCOPE_NOWHERE;
		else if (!a->gw_ok && !a->nhs_ok && !a->nhid_ok)
			r->rtm_scope = RT_SCOPE_LINK;
	}
}

static void echo_route(struct ipr *c, const struct nlmsghdr *n)
{
	struct route_filter f = { .tb = 0 };
	void *saved = c->filter;

	c->filter = &f;
	print_route(c, n);
	c->filter = saved;
}

static int iproute_modify(struct ipr *c, uint16_t cmd, uint16_t flags)
{
	bool del = cmd == RTM_DELROUTE;
	struct route_args a = { 0 };
	unsigned int idx;
	size_t nest;

	rtnl_req(c->task, &a.mx, 0, 0, 0);
	a.mx.len = 0;
	a.r = rtnl_req(c->task, &a.b, cmd, (uint16_t)(NLM_F_REQUEST | flags), sizeof(*a.r));
	a.r->rtm_family = (uint8_t)c->family;
	a.r->rtm_table = RT_TABLE_MAIN;
	a.r->rtm_scope = del ? RT_SCOPE_NOWHERE : RT_SCOPE_UNIVERSE;
	a.r->rtm_protocol = del ? RTPROT_UNSPEC : RTPROT_BOOT;
	a.r->rtm_type = del ? RTN_UNSPEC : RTN_UNICAST;
	for (; c->argc > 0; next_arg_fwd(c)) {
		if (parse_word(c, &a))
			break;
	}
	if (!a.dst_ok)
		route_usage(c);
	if (a.dev) {
		idx = ll_name_to_index(c, a.dev);
		if (!idx)
			return nodev(c, a.dev);
		addattr32(&a.b, RTA_OIF, idx);
	}
	if (a.mx.len) {
		if (a.mxlock)
			addattr32(&a.mx, RTAX_LOCK, a.mxlock);
		nest = nla_nest_start(&a.b, RTA_METRICS);
		memcpy(nl_buf_put(&a.b, a.mx.len), a.mx.data, a.mx.len);
		nla_nest_end(&a.b, nest);
	}
	ng_task_free(c->task, a.mx.data);
	if (a.nhs_ok)
		parse_nexthops(c, &a);
	if (a.r->rtm_family == AF_UNSPEC)
		a.r->rtm_family = AF_INET;
	default_table_and_scope(&a, del);
	return ip_talk(c, &a.b, echo_route);
}

/**
 * do_iproute() - The object "route"
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int do_iproute(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "list";

	if (c->argc > 0)
		next_arg_fwd(c);
	if (matches(w, "list") || matches(w, "show") || matches(w, "lst"))
		return iproute_list_flush(c, IP_LIST);
	if (matches(w, "get"))
		return iproute_get(c);
	if (matches(w, "add"))
		return iproute_modify(c, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	if (matches(w, "change") || is_word(w, "chg"))
		return iproute_modify(c, RTM_NEWROUTE, NLM_F_REPLACE);
	if (matches(w, "replace"))
		return iproute_modify(c, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE);
	if (matches(w, "prepend"))
		return iproute_modify(c, RTM_NEWROUTE, NLM_F_CREATE);
	if (matches(w, "append"))
		return iproute_modify(c, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_APPEND);
	if (matches(w, "test"))
		return iproute_modify(c, RTM_NEWROUTE, NLM_F_EXCL);
	if (matches(w, "delete"))
		return iproute_modify(c, RTM_DELROUTE, 0);
	if (matches(w, "flush"))
		return iproute_list_flush(c, IP_FLUSH);
	if (matches(w, "save"))
		return iproute_list_flush(c, IP_SAVE);
	if (matches(w, "restore"))
		return iproute_restore(c);
	if (matches(w, "showdump"))
		return iproute_showdump(c);
	if (matches(w, "help"))
		route_usage(c);
	prev_arg(c);
	ip_unknown_command(c, "route");
}
