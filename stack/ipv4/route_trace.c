/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route_trace.c - a routing decision as a step of the trace
 *
 * netglass's own.
 * PATH (leaf): runs only while somebody listens; looks, and changes nothing.
 */
#include <sys/socket.h>

#include "core/task.h"
#include "core/trace.h"
#include "ipv4/fib_trie.h"
#include "ipv4/ip.h"
#include "ipv4/ip_sockglue.h"
#include "ipv4/netns_ipv4.h"
#include "ipv4/route_trace.h"

/**
 * rtn_type_name() - The kind of a route or an address
 * @type: RTN_*
 *
 * Return: as iproute2 writes it.
 */
const char *rtn_type_name(uint8_t type)
{
	static const char *const names[] = {
		[RTN_UNSPEC] = "none",
		[RTN_UNICAST] = "unicast",
		[RTN_LOCAL] = "local",
		[RTN_BROADCAST] = "broadcast",
		[RTN_ANYCAST] = "anycast",
		[RTN_MULTICAST] = "multicast",
		[RTN_BLACKHOLE] = "blackhole",
		[RTN_UNREACHABLE] = "unreachable",
		[RTN_PROHIBIT] = "prohibit",
		[RTN_THROW] = "throw",
		[RTN_NAT] = "nat",
		[RTN_XRESOLVE] = "xresolve",
	};

	return type < sizeof(names) / sizeof(names[0]) && names[type] ? names[type] : "other";
}

/**
 * rtprot_name() - Who made a route
 * @protocol: RTPROT_*
 *
 * Return: as iproute2 writes it.
 */
const char *rtprot_name(uint8_t protocol)
{
	switch (protocol) {
	case RTPROT_UNSPEC:
		return "unspec";
	case RTPROT_REDIRECT:
		return "redirect";
	case RTPROT_KERNEL:
		return "kernel";
	case RTPROT_BOOT:
		return "boot";
	case RTPROT_STATIC:
		return "static";
	case RTPROT_DHCP:
		return "dhcp";
	default:
		return "other";
	}
}

/* With the rules of the beginning the table tells which it was. */
static void put_rule(struct ng_trace_route *r, const struct net *net, const struct fib_result *res)
{
	const struct fib_rule *rule;

	if (res->rule) {
		r->rule_pref = res->rule->pref;
		r->rule_origin = res->rule->origin;
		return;
	}
	list_for_each_entry(rule, &net->ipv4->fib_rules, list) {
		if (rule->table != r->table)
			continue;
		r->rule_pref = rule->pref;
		r->rule_origin = rule->origin;
		return;
	}
}

/* A default route may have been replaced by one of its neighbours: fib_select_default() */
static const struct fib_alias *alias_of(const struct fib_result *res)
{
	const struct fib_leaf *l = fib_result_leaf(res);
	const struct fib_alias *first = res->fa || !l ? res->fa : l->first;

	if (!l || !res->fi || first->fa_info == res->fi)
		return first;
	for (const struct fib_alias *fa = l->first; fa; fa = fa->next) {
		if (fa->fa_info == res->fi)
			return fa;
	}
	return first;
}

static void put_route(struct ng_trace_route *r, const struct net *net, const struct fib_result *res)
{
	const struct fib_alias *fa;
	const struct fib_info *fi;

	fa = alias_of(res);
	if (!fa)
		return;
	fi = fa->fa_info;
	r->has_route = true;
	r->table = fi->fib_tb_id;
	r->prefix = res->prefix;
	r->prefixlen = res->prefixlen;
	r->type = rtn_type_name(fa->fa_type);
	r->metric = fi->fib_priority;
	r->protocol = rtprot_name(fi->fib_protocol);
	r->route_origin = fa->origin;
	if (res->nhc) {
		r->has_gateway = res->nhc->fib_nh_has_gw;
		r->gateway = res->nhc->fib_nh_gw4;
	}
	put_rule(r, net, res);
}

/* Why there is no way: the reject route or the rule that says so, if any. */
static void put_refusal(struct ng_trace_route *r, struct net *net, const struct flowi4 *fl4)
{
	struct fib_result res = { .type = RTN_UNSPEC };

	if (fib_lookup(net, fl4, &res, 0) != r->error)
		return;
	put_route(r, net, &res);
	if (res.rule && !alias_of(&res)) {
		r->rule_pref = res.rule->pref;
		r->rule_origin = res.rule->origin;
		r->table = res.rule->table;
	}
}

static const char *dev_name(const struct net *net, int ifindex)
{
	const struct net_device *dev = ifindex ? dev_get_by_index(net, ifindex) : NULL;

	return dev ? dev->name : NULL;
}

static void put_rtable(struct ng_trace_route *r, const struct rtable *rt)
{
	if (rt->dst.dev)
		r->dev = rt->dst.dev->name;
	r->mtu = ip_dst_mtu(rt, false);
	r->exception = rt->rt_pmtu || rt->rt_expires_ns;
	if (rt->rt_uses_gateway) {
		r->has_gateway = true;
		r->gateway = rt->rt_gw4;
	}
}

static const char *output_action(const struct rtable *rt)
{
	if (rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST))
		return "broadcast";
	return rt->rt_flags & RTCF_LOCAL ? "local" : "output";
}

/* The answer of ip_route_output_flow(), found again by what was asked. */
static void put_output(struct ng_trace_route *r, struct net *net, const struct flowi4 *fl4,
		       const struct rtable *rt)
{
	struct fib_result res = { .type = RTN_UNSPEC };

	*r = (struct ng_trace_route){
		.daddr = fl4->daddr,
		.saddr = fl4->saddr,
		.tos = fl4->tos,
		.mark = fl4->mark,
		.oif = dev_name(net, fl4->oif),
		.action = output_action(rt),
	};
	if (fl4->proto == IPPROTO_IGMP && !rt->fi) {
		; /* the device was named: no table is asked */
	} else if (rt->fi && !fib_lookup(net, fl4, &res, 0)) {
		if (res.fi->fib_nhs > 1 || res.fi != rt->fi)
			res.fi = rt->fi;
		put_route(r, net, &res);
	} else if (!rt->fi && (rt->rt_flags & RTCF_LOCAL) && !fib_lookup(net, fl4, &res, 0)) {
		put_route(r, net, &res);
	}
	put_rtable(r, rt);
}

/**
 * __trace_no_route() - There is no way out
 * @net: the namespace
 * @fl4: the flow
 * @err: -errno
 */
void __trace_no_route(struct net *net, const struct flowi4 *fl4, int err)
{
	struct ng_trace_event ev = {
		.kind = NG_TRACE_ROUTE,
		.file = "route.c",
		.func = "ip_route_output_flow",
		.route = { .direction = "out",
			   .daddr = fl4->daddr,
			   .saddr = fl4->saddr,
			   .tos = fl4->tos,
			   .mark = fl4->mark,
			   .oif = dev_name(net, fl4->oif),
			   .action = "error",
			   .error = err },
	};

	put_refusal(&ev.route, net, fl4);
	trace_emit_net(&ev, net);
}

static struct flowi4 flow_of(const struct net *net, const struct sk_buff *skb,
			     const struct sock *sk)
{
	const struct iphdr *iph = ip_hdr(skb);

	return (struct flowi4){
		.daddr = iph->daddr,
		.saddr = iph->saddr,
		.tos = iph->tos & INET_DSCP_MASK,
		.proto = iph->protocol,
		.mark = skb->mark,
		.iif = net->loopback_dev->ifindex,
		.oif = sk ? sk->bound_dev_if : 0,
	};
}

static const char *born_who(const struct sock *sk, const struct sk_buff *skb)
{
	if (sk && sk->type != SOCK_STREAM)
		return "socket";
	switch (ip_hdr(skb)->protocol) {
	case IPPROTO_TCP:
		return "tcp";
	case IPPROTO_ICMP:
		return "icmp";
	case IPPROTO_IGMP:
		return "igmp";
	default:
		return "ip";
	}
}

static const char *born_why(const struct sk_buff *skb)
{
	switch ((enum ng_trace_cause)skb->cause_kind) {
	case NG_CAUSE_NONE:
	case NG_CAUSE_MAX:
		break;
	case NG_CAUSE_REPLY:
	case NG_CAUSE_ANSWER:
		return "answer";
	case NG_CAUSE_ARP:
		return "question";
	case NG_CAUSE_ERROR:
		return "error";
	case NG_CAUSE_RESET:
		return "reset";
	case NG_CAUSE_AGAIN:
		return "again";
	}
	return "send";
}

/**
 * __trace_born() - A packet of ours, its header complete
 * @net: the namespace
 * @sk: who sends it, or NULL
 * @skb: borrowed; with its route
 */
void __trace_born(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	const struct ng_task *task = sk ? trace_sock_task(sk) : NULL;
	struct ng_trace_event ev = {
		.kind = NG_TRACE_BORN,
		.file = "ip_output.c",
		.func = "ip_local_out",
		.born = { .who = born_who(sk, skb), .why = born_why(skb) },
	};
	struct flowi4 fl4 = flow_of(net, skb, sk);

	if (task) {
		ev.born.pid = task->nr[0];
		ev.born.comm = task->comm;
	}
	trace_emit_skb_net(&ev, skb, net);

	ev = (struct ng_trace_event){
		.kind = NG_TRACE_ROUTE,
		.file = "route.c",
		.func = "ip_route_output_flow",
	};
	put_output(&ev.route, net, &fl4, skb_rtable(skb));
	ev.route.direction = "out";
	ev.route.source = fl4.saddr;
	if (sk && sk->family == AF_INET && !inet_sk(sk)->inet_saddr)
		ev.route.saddr = 0;
	trace_emit_skb_net(&ev, skb, net);
}

/**
 * __trace_route_again() - A hook changed a packet of ours; its way was looked up again
 * @net: the namespace
 * @fl4: what was asked
 * @skb: borrowed; with its new route
 */
void __trace_route_again(struct net *net, const struct flowi4 *fl4, struct sk_buff *skb)
{
	struct ng_trace_event ev = {
		.kind = NG_TRACE_ROUTE,
		.file = "ip_output.c",
		.func = "ip_route_me_harder",
	};

	put_output(&ev.route, net, fl4, skb_rtable(skb));
	ev.route.direction = "again";
	ev.route.source = ip_hdr(skb)->saddr;
	trace_emit_skb_net(&ev, skb, net);
}

static const char *source_what(enum skb_drop_reason reason, __be32 daddr)
{
	if (reason == SKB_DROP_REASON_IP_INVALID_DEST && ipv4_is_multicast(daddr))
		return "group not joined";
	if (reason == SKB_DROP_REASON_IP_RPFILTER)
		return "rp_filter";
	if (reason == SKB_DROP_REASON_IP_LOCAL_SOURCE)
		return "own address";
	if (reason == SKB_DROP_REASON_IP_INVALID_SOURCE)
		return "martian source";
	if (reason == SKB_DROP_REASON_IP_INVALID_DEST)
		return "martian destination";
	return reason == SKB_DROP_REASON_IP_LOCALNET ? "loopback address" : NULL;
}

/* A packet that may not come in here: where would an answer go? */
static void trace_source(struct sk_buff *skb, const struct flowi4 *key, struct net_device *dev,
			 enum skb_drop_reason reason)
{
	struct flowi4 back = { .daddr = key->saddr, .saddr = key->daddr, .tos = key->tos };
	const struct in_device *in_dev = in_dev_get(dev);
	struct fib_result res = { .type = RTN_UNSPEC };
	const char *what = source_what(reason, key->daddr), *back_dev = NULL;

	if (!what || !in_dev)
		return;
	back.iif = dev->net->loopback_dev->ifindex;
	if (!fib_lookup(dev->net, &back, &res, 0) && FIB_RES_DEV(&res))
		back_dev = FIB_RES_DEV(&res)->name;
	trace_skb_from(skb, dev, "fib_frontend.c", "fib_validate_source", SOURCE, source,
		       .what = what, .saddr = key->saddr, .daddr = key->daddr,
		       .rp_filter = (uint32_t)IN_DEV_RPFILTER(in_dev), .back_dev = back_dev);
}

static const char *input_action(const struct rtable *rt)
{
	switch ((enum dst_action)rt->dst.input) {
	case DST_LOCAL_IN:
		return rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST) ? "broadcast" : "deliver";
	case DST_FORWARD:
		return "forward";
	case DST_ERROR:
	case DST_OUTPUT:
	case DST_MC_OUTPUT:
	case DST_DISCARD:
		break;
	}
	return "error";
}

/**
 * __trace_route_input() - A packet that came in was given a way, or none
 * @skb: the packet
 * @key: what was asked
 * @dev: where it came in
 * @res: what the FIB said
 * @reason: why it must die, 0: it has a route
 * @err: -errno of a refusal
 */
void __trace_route_input(struct sk_buff *skb, const struct flowi4 *key, struct net_device *dev,
			 const struct fib_result *res, enum skb_drop_reason reason, int err)
{
	const struct rtable *rt = reason ? NULL : skb_rtable(skb);
	struct flowi4 fl4 = *key;
	struct ng_trace_event ev = {
		.kind = NG_TRACE_ROUTE,
		.file = "route_input.c",
		.func = "ip_route_input",
	};
	struct ng_trace_route *r = &ev.route;

	if (reason)
		trace_source(skb, key, dev, reason);
	fl4.iif = dev->ifindex;
	fl4.mark = skb->mark;
	*r = (struct ng_trace_route){
		.direction = "in",
		.daddr = key->daddr,
		.saddr = key->saddr,
		.tos = key->tos,
		.mark = skb->mark,
		.iif = dev->name,
		.action = rt ? input_action(rt) : "refuse",
		.error = rt ? -rt->dst.error : err,
	};
	if (r->error) {
		put_refusal(r, dev->net, &fl4);
	} else {
		put_route(r, dev->net, res);
		put_rtable(r, rt);
	}
	trace_emit_skb(&ev, skb, dev);
}
