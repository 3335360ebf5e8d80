/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route_exception.c - what ICMP taught us of single destinations: smaller MTUs, better gateways
 *
 * mirrors the nexthop exceptions (fnhe) of net/ipv4/route.c
 *
 * TABLE
 */
#include <errno.h>

#include "core/neighbour.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"

/* RT_GC_TIMEOUT: how long a redirect is believed */
#define REDIRECT_LIFE_NS (300 * NSEC_PER_SEC)

static int64_t nh_now(const struct fib_nh *nh)
{
	return world_now(nh->nh_parent->net->world);
}

static void fnhe_free(struct fib_nh_exception *fnhe)
{
	list_del(&fnhe->list);
	rt_cache_kill(&fnhe->rth_input);
	rt_cache_kill(&fnhe->rth_output);
	free(fnhe);
}

/**
 * fnhe_flush_all() - Forgets everything learned behind a nexthop
 * @nh: the nexthop
 */
void fnhe_flush_all(struct fib_nh *nh)
{
	struct fib_nh_exception *fnhe, *next;

	list_for_each_entry_safe(fnhe, next, &nh->exceptions, list)
		fnhe_free(fnhe);
}

/**
 * __find_exception() - find_exception() of a nexthop that has some
 * @nh: the nexthop its route uses
 * @daddr: the destination
 *
 * Return: the exception, or NULL; an expired one is removed.
 */
struct fib_nh_exception *__find_exception(struct fib_nh *nh, __be32 daddr)
{
	struct fib_nh_exception *fnhe;

	list_for_each_entry(fnhe, &nh->exceptions, list) {
		if (fnhe->daddr != daddr)
			continue;
		if (fnhe->expires_ns && nh_now(nh) > fnhe->expires_ns) {
			fnhe_free(fnhe);
			return NULL;
		}
		if (fnhe->genid != nh->nh_parent->net->ipv4->fnhe_genid) {
			fnhe_free(fnhe);
			return NULL;
		}
		return fnhe;
	}
	return NULL;
}

/**
 * fill_route_from_fnhe() - Lets a route follow an exception
 * @rt: the route
 * @fnhe: the exception
 */
void fill_route_from_fnhe(struct rtable *rt, const struct fib_nh_exception *fnhe)
{
	rt->rt_pmtu = fnhe->pmtu;
	rt->rt_mtu_locked = fnhe->mtu_locked;
	rt->rt_expires_ns = fnhe->expires_ns;
	if (fnhe->gw) {
		rt->rt_flags |= RTCF_REDIRECTED;
		rt->rt_uses_gateway = true;
		rt->rt_gw4 = fnhe->gw;
	}
}

static void fnhe_new(struct fib_nh *nh, __be32 daddr, __be32 gw, uint32_t pmtu, bool lock,
		     int64_t expires_ns)
{
	struct fib_nh_exception *fnhe = xzalloc(sizeof(*fnhe));

	fnhe->genid = nh->nh_parent->net->ipv4->fnhe_genid;
	fnhe->daddr = daddr;
	fnhe->gw = gw;
	fnhe->pmtu = pmtu;
	fnhe->mtu_locked = lock;
	fnhe->expires_ns = expires_ns;
	list_add(&fnhe->list, &nh->exceptions);
	/* whoever remembers the ordinary route must look again */
	if (nh->rth_input)
		nh->rth_input->obsolete = true;
	if (nh->rth_output)
		nh->rth_output->obsolete = true;
}

static void update_or_create_fnhe(struct fib_nh *nh, __be32 daddr, __be32 gw, uint32_t pmtu,
				  bool lock, int64_t life_ns)
{
	struct fib_nh_exception *fnhe = find_exception(nh, daddr);
	int64_t expires_ns = nh_now(nh) + life_ns;

	if (!fnhe) {
		fnhe_new(nh, daddr, gw, pmtu, lock, expires_ns);
		return;
	}
	if (gw)
		fnhe->gw = gw;
	if (pmtu) {
		fnhe->pmtu = pmtu;
		fnhe->mtu_locked = lock;
	}
	fnhe->expires_ns = expires_ns;
	if (fnhe->rth_input)
		fill_route_from_fnhe(fnhe->rth_input, fnhe);
	if (fnhe->rth_output)
		fill_route_from_fnhe(fnhe->rth_output, fnhe);
}

/**
 * fib_nhc_update_mtu() - The MTU of the first hop changed
 * @nh: the nexthop
 * @new_mtu: the device's MTU
 * @orig: what it was, 0 when not known
 *
 * A PMTU that the first hop set follows it up; one that is larger goes down with it.
 */
void fib_nhc_update_mtu(struct fib_nh *nh, uint32_t new_mtu, uint32_t orig)
{
	struct fib_nh_exception *fnhe;

	list_for_each_entry(fnhe, &nh->exceptions, list) {
		if (fnhe->mtu_locked) {
			if (new_mtu <= fnhe->pmtu) {
				fnhe->pmtu = new_mtu;
				fnhe->mtu_locked = false;
			}
		} else if (new_mtu < fnhe->pmtu || orig == fnhe->pmtu) {
			fnhe->pmtu = new_mtu;
		}
	}
}

/**
 * ip_rt_update_pmtu() - The path of a flow takes smaller packets only
 * @rt: the flow's route
 * @flow: the flow
 * @mtu: what a router said, bytes
 *
 * As __ip_rt_update_pmtu(): remembered for mtu_expires seconds behind the route's nexthop.
 */
void ip_rt_update_pmtu(struct rtable *rt, const struct flowi4 *flow, uint32_t mtu)
{
	struct netns_ipv4 *ipv4 = rt->net->ipv4;
	uint32_t old_mtu = ip_dst_mtu(rt, false), min_pmtu = (uint32_t)ipv4->sysctl_min_pmtu;
	int64_t life_ns = ipv4->sysctl_mtu_expires * NSEC_PER_SEC;
	struct flowi4 fl4 = *flow;
	struct fib_result res;
	bool lock = false;

	if (ip_mtu_locked(rt) || old_mtu < mtu)
		return;
	if (mtu < min_pmtu) {
		lock = true;
		mtu = old_mtu < min_pmtu ? old_mtu : min_pmtu;
	}
	if (rt->rt_pmtu == mtu && !lock &&
	    world_now(rt->net->world) < rt->rt_expires_ns - life_ns / 2)
		return;
	if (fib_lookup(rt->net, &fl4, &res, 0))
		return;
	fib_select_path(rt->net, &res, &fl4, NULL);
	if (res.fi->fib_nhs == 1) {
		update_or_create_fnhe(res.nhc, fl4.daddr, 0, mtu, lock, life_ns);
		return;
	}
	for (int i = 0; i < res.fi->fib_nhs; i++)
		update_or_create_fnhe(&res.fi->fib_nh[i], fl4.daddr, 0, mtu, lock, life_ns);
}

/* the flow a quoted packet belongs to */
static void build_flow_key(struct flowi4 *fl4, struct net *net, const struct sk_buff *skb,
			   const struct sock *sk)
{
	const struct iphdr *iph = (const void *)skb->data;

	*fl4 = (struct flowi4){
		.iif = net->loopback_dev->ifindex,
		.oif = sk ? sk->bound_dev_if : 0,
		.mark = sk ? sk->mark : 0,
		.tos = iph->tos & INET_DSCP_MASK,
		.proto = iph->protocol,
		.daddr = iph->daddr,
		.saddr = iph->saddr,
	};
}

/**
 * ipv4_update_pmtu() - Takes in "fragmentation needed"
 * @skb: the ICMP error, data at the quoted header; borrowed
 * @net: the namespace
 * @mtu: the MTU it names
 * @sk: the socket whose packet it was, or NULL
 */
void ipv4_update_pmtu(struct sk_buff *skb, struct net *net, uint32_t mtu, const struct sock *sk)
{
	struct rtable *rt;
	struct flowi4 fl4;

	build_flow_key(&fl4, net, skb, sk);
	if (ip_route_output_flow(net, &fl4, sk, &rt))
		return;
	build_flow_key(&fl4, net, skb, sk);
	ip_rt_update_pmtu(rt, &fl4, mtu);
	dst_release(&rt->dst);
}

static bool redirect_acceptable(struct in_device *in_dev, __be32 old_gw, __be32 new_gw)
{
	struct net *net = in_dev->dev->net;
	bool rx = IN_DEV_FORWARD(in_dev) ? IN_DEV_ANDCONF(in_dev, ACCEPT_REDIRECTS)
					 : IN_DEV_ORCONF(in_dev, ACCEPT_REDIRECTS);

	if (new_gw == old_gw || !rx || ipv4_is_multicast(new_gw) || ipv4_is_lbcast(new_gw) ||
	    ipv4_is_zeronet(new_gw))
		return false;
	if (IN_DEV_ORCONF(in_dev, SHARED_MEDIA))
		return inet_addr_type(net, new_gw) == RTN_UNICAST;
	if (!inet_addr_onlink(in_dev, new_gw, old_gw))
		return false;
	return !IN_DEV_ORCONF(in_dev, SECURE_REDIRECTS) ||
	       !ip_fib_check_default(net, new_gw, in_dev->dev);
}

/* As __ip_do_redirect(). */
static void do_redirect(struct rtable *rt, struct sk_buff *skb, struct flowi4 *fl4)
{
	const struct icmphdr *icmph = skb_transport_header(skb);
	__be32 new_gw = icmph->un.gateway, old_gw = ip_hdr(skb)->saddr;
	const struct iphdr *quoted = (const void *)skb->data;
	struct in_device *in_dev = in_dev_get(skb->dev);
	struct fib_result res;
	struct neighbour *n;

	if ((icmph->code & 7) > ICMP_REDIR_HOSTTOS || !rt->rt_uses_gateway || rt->rt_gw4 != old_gw)
		return;
	if (!in_dev)
		return;
	if (!redirect_acceptable(in_dev, old_gw, new_gw)) {
		if (IN_DEV_LOG_MARTIANS(in_dev) && net_ratelimit(rt->net->world))
			printk(rt->net->world, LOGLEVEL_INFO,
			       "IPv4: Redirect from %pI4 on %s about %pI4 ignored\n"
			       "  Advised path = %pI4 -> %pI4",
			       (const void *)&old_gw, skb->dev->name, (const void *)&new_gw,
			       (const void *)&quoted->saddr, (const void *)&quoted->daddr);
		return;
	}
	n = neigh_lookup(rt->dst.dev, new_gw);
	if (!n)
		n = neigh_create(rt->dst.dev, new_gw);
	if (!n)
		return;
	if (!(n->nud_state & NUD_VALID)) {
		/* first see whether it exists */
		__neigh_event_send(n, NULL);
	} else {
		if (fib_lookup(rt->net, fl4, &res, 0) == 0) {
			fib_select_path(rt->net, &res, fl4, NULL);
			update_or_create_fnhe(res.nhc, fl4->daddr, new_gw, 0, false,
					      REDIRECT_LIFE_NS);
		}
		rt->obsolete = true;
	}
	neigh_release(n);
}

/**
 * ipv4_redirect() - Takes in an ICMP redirect
 * @skb: the redirect, data at the quoted header; borrowed
 * @net: the namespace
 * @sk: the socket whose packet it was, or NULL
 */
void ipv4_redirect(struct sk_buff *skb, struct net *net, const struct sock *sk)
{
	struct rtable *rt;
	struct flowi4 fl4;

	build_flow_key(&fl4, net, skb, sk);
	if (ip_route_output_flow(net, &fl4, sk, &rt))
		return;
	build_flow_key(&fl4, net, skb, sk);
	do_redirect(rt, skb, &fl4);
	dst_release(&rt->dst);
}
