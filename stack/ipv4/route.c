/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route.c - address in, route out: what we send ourselves
 *
 * mirrors net/ipv4/route.c; what comes in is route_input.c
 *
 * PATH: a leaf. Asks the FIB and hands out a struct rtable; each nexthop
 * remembers the last one made for it.
 *
 *	ip_route_output_flow()
 *	  ip_route_output_key()		checks, source address
 *	    fib_lookup(), fib_select_path()
 *	    mkroute_output()
 */
#include <errno.h>
#include <linux/if.h>

#include "core/trace.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "ipv4/route_trace.h"

#define IP_MAX_MTU 0xffffU

/* the last reference is gone: back into the pool */
static void rt_release(struct dst_entry *dst)
{
	struct rtable *rt = (struct rtable *)(void *)dst;

	fib_info_put(rt->fi);
	rt->fi = NULL;
	list_del(&rt->live);
	if (!rt->net) {
		free(rt);
		return;
	}
	rt->next_free = rt->net->ipv4->rt_free;
	rt->net->ipv4->rt_free = rt;
}

/**
 * rt_alloc() - Makes a route
 * @net: its namespace
 * @dev: where it leaves (lo for what stays); borrowed
 * @flags: RTCF_*
 * @type: RTN_*
 *
 * Return: a route with one reference; out to ip_output(), and what is RTCF_LOCAL comes in again.
 */
struct rtable *rt_alloc(struct net *net, struct net_device *dev, uint32_t flags, uint8_t type)
{
	struct rtable *rt = net->ipv4->rt_free;

	if (rt) {
		net->ipv4->rt_free = rt->next_free;
		memset(rt, 0, sizeof(*rt));
	} else {
		rt = xzalloc(sizeof(*rt));
	}
	rt->dst.refs = 1;
	rt->dst.dev = dev;
	rt->dst.release = rt_release;
	rt->dst.output = DST_OUTPUT;
	rt->dst.input = flags & RTCF_LOCAL ? DST_LOCAL_IN : DST_DISCARD;
	rt->net = net;
	rt->rt_flags = flags;
	rt->rt_type = type;
	rt->rt_genid = net->ipv4->rt_genid;
	rt->rt_made_ns = world_now(net->world);
	list_add(&rt->live, &net->ipv4->rt_live);
	return rt;
}

/**
 * rt_cache_put() - Forgets a remembered route
 * @prt: where it is remembered; NULL inside is fine
 */
void rt_cache_put(struct rtable **prt)
{
	struct rtable *rt = *prt;

	*prt = NULL;
	if (rt)
		dst_release(&rt->dst);
}

/**
 * rt_cache_kill() - Forgets a remembered route, whose nexthop or exception is gone
 * @prt: where it is remembered; NULL inside is fine
 *
 * As dst_dev_put(): packets that wait with it for a neighbour still go when he answers. When he does
 * not, nobody is told: Linux sends the error in the first namespace, where nobody waits for it.
 */
void rt_cache_kill(struct rtable **prt)
{
	if (*prt)
		(*prt)->dead = (*prt)->obsolete = true;
	rt_cache_put(prt);
}

/**
 * rt_cache_flush() - Something changed: every remembered route is stale
 * @net: the namespace
 */
void rt_cache_flush(struct net *net)
{
	net->ipv4->rt_genid++;
}

/**
 * rt_flush_dev() - A device goes: packets still on their way to it will be dropped
 * @dev: the device
 */
void rt_flush_dev(struct net_device *dev)
{
	struct rtable *rt;

	list_for_each_entry(rt, &dev->net->ipv4->rt_live, live) {
		if (rt->dst.dev != dev)
			continue;
		rt->dst.dev = dev == dev->net->loopback_dev ? NULL : dev->net->loopback_dev;
		rt->dst.input = DST_DISCARD;
		rt->dst.output = DST_DISCARD;
		rt->obsolete = true;
	}
}

/**
 * rt_net_init() - No routes yet
 * @net: a new namespace
 */
void rt_net_init(struct net *net)
{
	INIT_LIST_HEAD(&net->ipv4->rt_live);
	net->ipv4->rt_free = NULL;
}

/**
 * rt_net_exit() - Empties the pool; routes still held are freed by their last holder
 * @net: a dying namespace
 */
void rt_net_exit(struct net *net)
{
	struct rtable *rt, *next;

	list_for_each_entry_safe(rt, next, &net->ipv4->rt_live, live) {
		list_del(&rt->live);
		fib_info_put(rt->fi);
		rt->fi = NULL;
		rt->net = NULL;
		rt->dst.dev = NULL;
		rt->dst.input = DST_DISCARD;
		rt->dst.output = DST_DISCARD;
	}
	for (rt = net->ipv4->rt_free; rt; rt = next) {
		next = rt->next_free;
		free(rt);
	}
	net->ipv4->rt_free = NULL;
}

/**
 * ip_mtu_locked() - May no router's word change how large a packet this route takes?
 * @rt: the route
 *
 * Return: true if it was given as `mtu lock`, or learned below min_pmtu.
 */
bool ip_mtu_locked(const struct rtable *rt)
{
	return rt->rt_mtu_locked || dst_metric_locked(rt, RTAX_MTU);
}

/**
 * ip_dst_mtu() - How large a packet this route takes
 * @rt: the route
 * @forwarding: the packet is not our own: learned values do not count
 *
 * Return: bytes. As ip_dst_mtu_maybe_forward().
 */
uint32_t ip_dst_mtu(const struct rtable *rt, bool forwarding)
{
	uint32_t mtu = 0;

	if (rt->rt_pmtu && world_now(rt->net->world) < rt->rt_expires_ns &&
	    (!forwarding || rt->net->ipv4->sysctl_ip_fwd_use_pmtu || ip_mtu_locked(rt)))
		mtu = rt->rt_pmtu;
	else
		mtu = dst_metric(rt, RTAX_MTU);
	if (!mtu) {
		mtu = rt->dst.dev->mtu;
		if (mtu > 576 && rt->rt_uses_gateway && ip_mtu_locked(rt))
			mtu = 576;
	}
	return mtu < IP_MAX_MTU ? mtu : IP_MAX_MTU;
}

/**
 * rt_set_nexthop() - Gateway and metrics of a route
 * @rt: the route
 * @res: the FIB's answer
 * @fnhe: what is known of the destination, or NULL
 * @use_fi: the nexthop counts; else the destination is on the link
 * @do_cache: let the nexthop (or the exception) remember the route
 */
void rt_set_nexthop(struct rtable *rt, const struct fib_result *res, struct fib_nh_exception *fnhe,
		    bool use_fi, bool do_cache)
{
	struct fib_nh *nh = res->nhc;
	struct rtable **prt;

	rt->rt_table = res->table ? res->table->tb_id : 0;
	rt->rt_prefixlen = res->prefixlen;
	rt->rt_scope = res->scope;
	if (!use_fi)
		return;
	if (nh->fib_nh_has_gw && nh->fib_nh_scope == RT_SCOPE_LINK) {
		rt->rt_uses_gateway = true;
		rt->rt_gw4 = nh->fib_nh_gw4;
	}
	rt->fi = res->fi;
	rt->fi->clntref++;
	if (fnhe)
		fill_route_from_fnhe(rt, fnhe);
	if (!do_cache)
		return;
	if (rt->rt_is_input)
		prt = fnhe ? &fnhe->rth_input : &nh->rth_input;
	else
		prt = fnhe ? &fnhe->rth_output : &nh->rth_output;
	if (fnhe)
		rt_cache_kill(prt);
	else
		rt_cache_put(prt);
	dst_hold(&rt->dst);
	*prt = rt;
}

static uint32_t output_flags(const struct flowi4 *fl4, const struct in_device *in_dev, uint8_t type,
			     uint32_t flags)
{
	if (in_dev->dev->flags & IFF_LOOPBACK)
		flags |= RTCF_LOCAL;
	if (type == RTN_BROADCAST) {
		flags |= RTCF_BROADCAST | RTCF_LOCAL;
	} else if (type == RTN_MULTICAST) {
		flags |= RTCF_MULTICAST | RTCF_LOCAL;
		if (!ip_check_mc(in_dev, fl4->daddr))
			flags &= ~(uint32_t)RTCF_LOCAL;
	}
	return flags;
}

/* As __mkroute_output(). */
static int mkroute_output(struct fib_result *res, const struct flowi4 *fl4, int orig_oif,
			  struct net_device *dev_out, uint32_t flags, struct rtable **ret_rt)
{
	struct in_device *in_dev = in_dev_get(dev_out);
	struct fib_nh_exception *fnhe = NULL;
	bool use_fi = res->fi != NULL, do_cache = true;
	uint8_t type = res->type;
	struct rtable *rth;

	if (!in_dev)
		return -EINVAL;
	if (ipv4_is_loopback(fl4->saddr) && !(dev_out->flags & IFF_LOOPBACK) &&
	    !IN_DEV_ROUTE_LOCALNET(in_dev))
		return -EINVAL;
	if (ipv4_is_lbcast(fl4->daddr)) {
		type = RTN_BROADCAST;
		use_fi = false; /* no gateway for it */
	} else if (ipv4_is_multicast(fl4->daddr)) {
		type = RTN_MULTICAST;
	} else if (ipv4_is_zeronet(fl4->daddr)) {
		return -EINVAL;
	}
	flags = output_flags(fl4, in_dev, type, flags);
	if (type == RTN_MULTICAST) {
		do_cache = !(flags & RTCF_LOCAL);
		/* the default route serves for groups, but not its gateway */
		if (use_fi && res->prefixlen < 4)
			use_fi = false;
	} else if (type == RTN_LOCAL && orig_oif && orig_oif != dev_out->ifindex) {
		do_cache = false; /* it must remember which device was meant */
	}
	do_cache &= use_fi;
	if (use_fi) {
		struct fib_nh *nh = res->nhc;

		fnhe = find_exception(nh, fl4->daddr);
		if (do_cache && !fnhe && (fl4->flags & FLOWI_FLAG_KNOWN_NH) &&
		    !(nh->fib_nh_has_gw && nh->fib_nh_scope == RT_SCOPE_LINK))
			do_cache = false;
		rth = fnhe ? fnhe->rth_output : nh->rth_output;
		if (do_cache && rt_cache_valid(rth)) {
			dst_hold(&rth->dst);
			*ret_rt = rth;
			return 0;
		}
	}
	rth = rt_alloc(dev_out->net, dev_out, flags, type);
	rth->rt_iif = orig_oif;
	rth->rt_src = fl4->saddr;
	if ((flags & (RTCF_BROADCAST | RTCF_MULTICAST)) && (flags & RTCF_LOCAL) &&
	    !(dev_out->flags & IFF_LOOPBACK))
		rth->dst.output = DST_MC_OUTPUT;
	rt_set_nexthop(rth, res, fnhe, use_fi, do_cache);
	*ret_rt = rth;
	return 0;
}

/* The source given with a flow: 0 go on, 1 *ret_dev is the way, else -errno. */
static int output_check_saddr(struct net *net, const struct flowi4 *fl4,
			      struct net_device **ret_dev)
{
	if (ipv4_is_multicast(fl4->saddr) || ipv4_is_lbcast(fl4->saddr) ||
	    ipv4_is_zeronet(fl4->saddr))
		return -EINVAL;
	if (fl4->oif == 0 && (ipv4_is_multicast(fl4->daddr) || ipv4_is_lbcast(fl4->daddr))) {
		*ret_dev = fib_dev_find(net, fl4->saddr);
		return *ret_dev ? 1 : -ENETUNREACH;
	}
	if (!(fl4->flags & FLOWI_FLAG_ANYSRC) && !fib_dev_find(net, fl4->saddr))
		return -ENETUNREACH;
	return 0;
}

/* The device given with a flow: 0 go on, 1 *ret_dev is the way, else -errno. */
static int output_check_oif(struct net *net, struct flowi4 *fl4, struct net_device **ret_dev)
{
	struct net_device *dev_out = dev_get_by_index(net, fl4->oif);

	if (!dev_out)
		return -ENODEV;
	if (!(dev_out->flags & IFF_UP) || !in_dev_get(dev_out))
		return -ENETUNREACH;
	*ret_dev = dev_out;
	if (ipv4_is_local_multicast(fl4->daddr) || ipv4_is_lbcast(fl4->daddr) ||
	    fl4->proto == IPPROTO_IGMP) {
		if (!fl4->saddr)
			fl4->saddr = inet_select_addr(dev_out, 0, RT_SCOPE_LINK);
		return 1;
	}
	if (!fl4->saddr) {
		if (ipv4_is_multicast(fl4->daddr))
			fl4->saddr = inet_select_addr(dev_out, 0, fl4->scope);
		else if (!fl4->daddr)
			fl4->saddr = inet_select_addr(dev_out, 0, RT_SCOPE_HOST);
	}
	return 0;
}

static int output_local(struct net *net, struct flowi4 *fl4, struct fib_result *res,
			struct rtable **ret_rt)
{
	struct net_device *lo = net->loopback_dev;

	if (!fl4->saddr)
		fl4->saddr = res->fi->fib_prefsrc ? res->fi->fib_prefsrc : fl4->daddr;
	fl4->oif = lo->ifindex;
	return mkroute_output(res, fl4, FIB_RES_OIF(res), lo, RTCF_LOCAL, ret_rt);
}

/**
 * ip_route_output_key() - The route of a packet of ours
 * @net: the namespace
 * @fl4: the flow; saddr, daddr and oif are filled in
 * @skb: the packet if there is one, for the multipath hash
 * @res: what the FIB said; table NULL when it was not asked or had no answer
 * @ret_rt: the route, counted
 *
 * Return: 0 or -errno. As ip_route_output_key_hash_rcu().
 */
int ip_route_output_key(struct net *net, struct flowi4 *fl4, const struct sk_buff *skb,
			struct fib_result *res, struct rtable **ret_rt)
{
	struct net_device *dev_out = NULL;
	int orig_oif = fl4->oif, err;

	*res = (struct fib_result){ .type = RTN_UNSPEC };
	if (fl4->saddr) {
		err = output_check_saddr(net, fl4, &dev_out);
		if (err < 0)
			return err;
		if (err) {
			fl4->oif = dev_out->ifindex;
			return mkroute_output(res, fl4, orig_oif, dev_out, 0, ret_rt);
		}
	}
	if (fl4->oif) {
		err = output_check_oif(net, fl4, &dev_out);
		if (err < 0)
			return err;
		if (err)
			return mkroute_output(res, fl4, orig_oif, dev_out, 0, ret_rt);
	}
	if (!fl4->daddr) {
		if (!fl4->saddr)
			fl4->saddr = cpu_to_be32(INADDR_LOOPBACK);
		fl4->daddr = fl4->saddr;
		fl4->oif = net->loopback_dev->ifindex;
		res->type = RTN_LOCAL;
		return mkroute_output(res, fl4, orig_oif, net->loopback_dev, RTCF_LOCAL, ret_rt);
	}

	err = fib_lookup(net, fl4, res, 0);
	if (err) {
		res->fi = NULL;
		res->table = NULL;
		if (!fl4->oif)
			return err;
		/* the device was named: then the destination is on its link */
		if (!fl4->saddr)
			fl4->saddr = inet_select_addr(dev_out, 0, RT_SCOPE_LINK);
		res->type = RTN_UNICAST;
		return mkroute_output(res, fl4, orig_oif, dev_out, 0, ret_rt);
	}
	if (res->type == RTN_LOCAL)
		return output_local(net, fl4, res, ret_rt);
	fib_select_path(net, res, fl4, skb);
	return mkroute_output(res, fl4, orig_oif, FIB_RES_DEV(res), 0, ret_rt);
}

/**
 * ip_route_output_flow() - The route of a packet of ours, for whoever only wants to send
 * @net: the namespace
 * @fl4: the flow; saddr, daddr and, when proto is set, oif are filled in
 * @sk: the sender, or NULL
 * @ret_rt: the route, counted
 *
 * Return: 0, -ENETUNREACH, -EHOSTUNREACH, -EACCES, -EINVAL or -ENODEV.
 */
int ip_route_output_flow(struct net *net, struct flowi4 *fl4, const struct sock *sk,
			 struct rtable **ret_rt)
{
	struct fib_result res;
	int err;

	(void)sk;
	fl4->iif = net->loopback_dev->ifindex;
	fl4->tos &= INET_DSCP_MASK;
	err = ip_route_output_key(net, fl4, NULL, &res, ret_rt);
	if (err) {
		if (trace_on(net->world))
			__trace_no_route(net, fl4, err);
		return err;
	}
	if (fl4->proto)
		fl4->oif = (*ret_rt)->dst.dev->ifindex;
	return 0;
}

/**
 * ip_route_connect() - The route of a socket that fixes its other end
 * @net: the namespace
 * @fl4: the flow
 * @sk: the sender
 * @ret_rt: the route, counted
 *
 * Without a source yet, a first lookup chooses one; the rules are then asked again with it.
 *
 * Return: as ip_route_output_flow().
 */
int ip_route_connect(struct net *net, struct flowi4 *fl4, const struct sock *sk,
		     struct rtable **ret_rt)
{
	struct flowi4 first = *fl4;
	struct fib_result res;
	struct rtable *rt;

	first.iif = net->loopback_dev->ifindex;
	first.tos &= INET_DSCP_MASK;
	if ((!fl4->daddr || !fl4->saddr) && !ip_route_output_key(net, &first, NULL, &res, &rt)) {
		dst_release(&rt->dst);
		fl4->saddr = first.saddr;
		fl4->daddr = first.daddr;
	}
	return ip_route_output_flow(net, fl4, sk, ret_rt);
}
