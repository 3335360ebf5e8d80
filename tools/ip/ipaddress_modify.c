/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipaddress_modify.c - ip address add, change, replace, delete
 *
 * mirrors ipaddr_modify() of iproute2's ip/ipaddress.c
 */
#include "ip_common.h"
#include "ipaddress.h"
#include "usage.h"

enum { BRD_NONE, BRD_GIVEN, BRD_ONES, BRD_ZEROS };

struct addr_args {
	struct nl_buf b;
	struct inet_prefix lcl;
	struct inet_prefix peer;
	const char *lcl_arg;
	const char *dev;
	const char *valid_arg;
	const char *preferred_arg;
	uint32_t valid_lft;
	uint32_t preferred_lft;
	uint32_t flags;
	int brd;
	bool anycast;
	bool scoped;
};

static struct ifaddrmsg *req_ifa(struct addr_args *a)
{
	return nlmsg_data((struct nlmsghdr *)(void *)a->b.data);
}

static void set_family(struct addr_args *a, const struct inet_prefix *p)
{
	if (req_ifa(a)->ifa_family == AF_UNSPEC)
		req_ifa(a)->ifa_family = (uint8_t)p->family;
}

static void parse_peer(struct ipr *c, struct addr_args *a)
{
	const char *arg = next_arg(c);

	if (a->peer.bytelen)
		duparg(c, "peer", arg);
	get_prefix(c, &a->peer, arg, req_ifa(a)->ifa_family);
	set_family(a, &a->peer);
	addattr_l(&a->b, IFA_ADDRESS, a->peer.data, a->peer.bytelen);
	req_ifa(a)->ifa_prefixlen = (uint8_t)a->peer.bitlen;
}

static void parse_broadcast(struct ipr *c, struct addr_args *a)
{
	const char *arg = next_arg(c);
	struct inet_prefix addr;

	if (a->brd)
		duparg(c, "broadcast", arg);
	if (is_word(arg, "+")) {
		a->brd = BRD_ONES;
	} else if (is_word(arg, "-")) {
		a->brd = BRD_ZEROS;
	} else {
		get_addr(c, &addr, arg, req_ifa(a)->ifa_family);
		set_family(a, &addr);
		addattr_l(&a->b, IFA_BROADCAST, addr.data, addr.bytelen);
		a->brd = BRD_GIVEN;
	}
}

static void parse_anycast(struct ipr *c, struct addr_args *a)
{
	const char *arg = next_arg(c);
	struct inet_prefix addr;

	if (a->anycast)
		duparg(c, "anycast", arg);
	get_addr(c, &addr, arg, req_ifa(a)->ifa_family);
	set_family(a, &addr);
	addattr_l(&a->b, IFA_ANYCAST, addr.data, addr.bytelen);
	a->anycast = true;
}

static void parse_lifetime(struct ipr *c, const char *key, const char **arg, uint32_t *lft)
{
	if (*arg)
		duparg(c, key, c->argv[0]);
	*arg = next_arg(c);
	if (is_word(*arg, "forever"))
		*lft = 0xffffffff;
	else if (get_u32(lft, *arg, 0))
		invarg(c, ipr_strf(c, "%s value", key), *arg);
}

static void parse_local(struct ipr *c, struct addr_args *a)
{
	if (is_word(c->argv[0], "local"))
		next_arg(c);
	if (matches(c->argv[0], "help")) {
		ng_puts(c->err, ip_addr_usage);
		ip_usage_exit(c, ip_types_usage);
	}
	if (a->lcl.bytelen)
		duparg2(c, "local", c->argv[0]);
	a->lcl_arg = c->argv[0];
	get_prefix(c, &a->lcl, c->argv[0], req_ifa(a)->ifa_family);
	set_family(a, &a->lcl);
	addattr_l(&a->b, IFA_LOCAL, a->lcl.data, a->lcl.bytelen);
}

static void parse_scope(struct ipr *c, struct addr_args *a)
{
	uint32_t scope;

	if (rtnl_rtscope_a2n(c, &scope, next_arg(c)))
		invarg(c, "invalid scope value.", c->argv[0]);
	req_ifa(a)->ifa_scope = (uint8_t)scope;
	a->scoped = true;
}

static void parse_metric(struct ipr *c, struct addr_args *a)
{
	uint32_t metric;

	if (get_u32(&metric, next_arg(c), 0))
		invarg(c, "\"metric\" value is invalid\n", c->argv[0]);
	addattr32(&a->b, IFA_RT_PRIORITY, metric);
}

static void parse_flag(struct ipr *c, struct addr_args *a, const struct ifa_flag *flag)
{
	if (flag->readonly)
		ng_printf(c->err, "Warning: %s option is not mutable from userspace\n", flag->name);
	else if (flag->family == AF_INET6 && req_ifa(a)->ifa_family != AF_INET6)
		ng_printf(c->err, "Warning: %s option can be set only for IPv6 addresses\n",
			  flag->name);
	else
		a->flags |= flag->mask;
}

static void parse_word(struct ipr *c, struct addr_args *a)
{
	const struct ifa_flag *flag;
	const char *w = c->argv[0];

	if (is_word(w, "peer") || is_word(w, "remote"))
		parse_peer(c, a);
	else if (matches(w, "broadcast") || is_word(w, "brd"))
		parse_broadcast(c, a);
	else if (is_word(w, "anycast"))
		parse_anycast(c, a);
	else if (is_word(w, "scope"))
		parse_scope(c, a);
	else if (is_word(w, "dev"))
		a->dev = next_arg(c);
	else if (is_word(w, "label"))
		addattrstrz(&a->b, IFA_LABEL, next_arg(c));
	else if (matches(w, "metric") || matches(w, "priority") || matches(w, "preference"))
		parse_metric(c, a);
	else if (matches(w, "valid_lft"))
		parse_lifetime(c, "valid_lft", &a->valid_arg, &a->valid_lft);
	else if (matches(w, "preferred_lft"))
		parse_lifetime(c, "preferred_lft", &a->preferred_arg, &a->preferred_lft);
	else if ((flag = ifa_flag_by_name(w)))
		parse_flag(c, a, flag);
	else
		parse_local(c, a);
}

/* "broadcast +" and "broadcast -": the host bits all ones, all zeros */
static int add_computed_broadcast(struct ipr *c, struct addr_args *a)
{
	uint32_t host;
	uint32_t v;

	if (req_ifa(a)->ifa_family != AF_INET) {
		ng_printf(c->err, "Broadcast can be set only for IPv4 addresses\n");
		return -1;
	}
	if (a->peer.bitlen > 30)
		return 0;
	memcpy(&v, a->peer.data, 4);
	host = __builtin_bswap32(a->peer.bitlen ? 0xffffffffU >> a->peer.bitlen : 0xffffffffU);
	v = a->brd == BRD_ONES ? v | host : v & ~host;
	addattr_l(&a->b, IFA_BROADCAST, &v, 4);
	return 0;
}

static int add_lifetimes(struct ipr *c, struct addr_args *a)
{
	struct ifa_cacheinfo ci = { .ifa_prefered = a->preferred_lft, .ifa_valid = a->valid_lft };

	if (!a->valid_lft) {
		ng_printf(c->err, "valid_lft is zero\n");
		return -1;
	}
	if (a->valid_lft < a->preferred_lft) {
		ng_printf(c->err, "preferred_lft is greater than valid_lft\n");
		return -1;
	}
	addattr_l(&a->b, IFA_CACHEINFO, &ci, sizeof(ci));
	return 0;
}

static void warn_wildcard(struct ipr *c, const struct addr_args *a)
{
	ng_printf(c->err,
		  "Warning: Executing wildcard deletion to stay compatible with old scripts.\n"
		  "         Explicitly specify the prefix length (%s/%d) to avoid this warning.\n"
		  "         This special behaviour is likely to disappear in further releases,\n"
		  "         fix your scripts!\n",
		  a->lcl_arg, a->lcl.bytelen * 8);
}

static uint8_t default_scope(const struct inet_prefix *lcl)
{
	if (lcl->family == AF_INET && lcl->bytelen >= 1 && lcl->data[0] == 127)
		return RT_SCOPE_HOST;
	return RT_SCOPE_UNIVERSE;
}

static int finish(struct ipr *c, struct addr_args *a, bool del)
{
	struct ifaddrmsg *ifa = req_ifa(a);
	bool had_peer = a->peer.bytelen;

	if (a->flags <= 0xff)
		ifa->ifa_flags = (uint8_t)a->flags;
	else
		addattr32(&a->b, IFA_FLAGS, a->flags);
	if (!a->dev) {
		ng_printf(c->err, "Not enough information: \"dev\" argument is required.\n");
		return -1;
	}
	if (!had_peer && a->lcl.bytelen) {
		if (del && a->lcl.family == AF_INET && !(a->lcl.flags & PREFIXLEN_SPECIFIED)) {
			warn_wildcard(c, a);
		} else {
			a->peer = a->lcl;
			addattr_l(&a->b, IFA_ADDRESS, a->lcl.data, a->lcl.bytelen);
		}
	}
	if (ifa->ifa_prefixlen == 0)
		ifa->ifa_prefixlen = (uint8_t)a->lcl.bitlen;
	if (a->brd >= BRD_ONES && !del && add_computed_broadcast(c, a))
		return -1;
	if (!a->scoped && !del)
		ifa->ifa_scope = default_scope(&a->lcl);
	ifa->ifa_index = ll_name_to_index(c, a->dev);
	if (!ifa->ifa_index)
		return nodev(c, a->dev);
	if ((a->valid_arg || a->preferred_arg) && add_lifetimes(c, a))
		return -1;
	if (a->flags & IFA_F_MCAUTOJOIN && (a->lcl.data[0] & 0xf0) != 0xe0) {
		ng_printf(c->err, "autojoin needs multicast address\n");
		return -1;
	}
	return 0;
}

static void echo_addr(struct ipr *c, const struct nlmsghdr *n)
{
	struct ip_filter f = { .oneline = 1, .group = -1 };

	print_addrinfo(c, n, &f);
}

/**
 * ipaddr_modify() - Adds, changes or removes an address
 * @c: the run; the cursor is behind the command
 * @cmd: RTM_NEWADDR or RTM_DELADDR
 * @flags: NLM_F_...
 *
 * Return: 0, -1 or -2 (the kernel refused).
 */
int ipaddr_modify(struct ipr *c, uint16_t cmd, uint16_t flags)
{
	struct addr_args a = { .valid_lft = 0xffffffff, .preferred_lft = 0xffffffff };
	struct ifaddrmsg *ifa;

	ifa = rtnl_req(c->task, &a.b, cmd, (uint16_t)(NLM_F_REQUEST | flags), sizeof(*ifa));
	ifa->ifa_family = (uint8_t)c->family;
	for (; c->argc > 0; next_arg_fwd(c))
		parse_word(c, &a);
	if (finish(c, &a, cmd == RTM_DELADDR))
		return -1;
	return ip_talk(c, &a.b, echo_addr);
}
