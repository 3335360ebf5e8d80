/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route_input.c - address in, route out: what came in; and the errors a router sends
 *
 * mirrors net/ipv4/route.c
 *
 * PATH
 *
 *	ip_route_input()
 *	  ip_route_input_slow()		martians
 *	    fib_lookup(), __fib_validate_source()
 *	    mkroute_input() | local_input()
 *	ip_error()			no route: icmp_send()
 *	ip_rt_send_redirect()		a better gateway: icmp_send()
 *	ipv4_link_failure()		the neighbour is silent: icmp_send()
 */
#include <errno.h>
#include <linux/if.h>

#include "core/trace.h"
#include "core/vsprintf.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "ipv4/route_trace.h"

static enum skb_drop_reason martian_reason(const struct net *net, __be32 saddr, int err)
{
	if (err == -EXDEV)
		return SKB_DROP_REASON_IP_RPFILTER;
	return ip_dev_find((struct net *)(uintptr_t)net, saddr) ? SKB_DROP_REASON_IP_LOCAL_SOURCE
								: SKB_DROP_REASON_IP_INVALID_SOURCE;
}

/* As ip_mkroute_input() and __mkroute_input(): the packet is somebody else's. */
static enum skb_drop_reason mkroute_input(struct sk_buff *skb, struct fib_result *res,
					  struct in_device *in_dev, const struct flowi4 *key,
					  int *ret_err)
{
	bool is_ip = skb->protocol == cpu_to_be16(ETH_P_IP);
	struct fib_nh_exception *fnhe;
	struct in_device *out_dev;
	struct rtable *rth;
	int err;

	if (res->fi->fib_nhs > 1)
		fib_select_multipath(res, fib_multipath_hash(in_dev->dev->net, NULL, skb), 0);
	out_dev = in_dev_get(FIB_RES_DEV(res));
	*ret_err = -EINVAL;
	if (!out_dev)
		return SKB_DROP_REASON_IP_INADDRERRORS;
	err = __fib_validate_source(skb, key->saddr, key->daddr, key->tos, FIB_RES_OIF(res),
				    in_dev->dev);
	if (err < 0) {
		*ret_err = err;
		return martian_reason(in_dev->dev->net, key->saddr, err);
	}
	if (out_dev == in_dev && err && is_ip && IN_DEV_TX_REDIRECTS(out_dev) &&
	    (IN_DEV_ORCONF(out_dev, SHARED_MEDIA) ||
	     inet_addr_onlink(out_dev, key->saddr, res->nhc->fib_nh_gw4)))
		IPCB(skb)->flags |= IPSKB_DOREDIRECT;
	/* ARP asks whether to answer for others: never back to where it came from */
	if (!is_ip && out_dev == in_dev && !IN_DEV_CONF_GET(in_dev, PROXY_ARP_PVLAN))
		return SKB_DROP_REASON_ARP_IGNORED;

	fnhe = find_exception(res->nhc, key->daddr);
	rth = fnhe ? fnhe->rth_input : res->nhc->rth_input;
	if (rt_cache_valid(rth)) {
		dst_hold(&rth->dst);
	} else {
		rth = rt_alloc(in_dev->dev->net, out_dev->dev, 0, res->type);
		rth->rt_is_input = true;
		rth->dst.input = DST_FORWARD;
		rt_set_nexthop(rth, res, fnhe, true, true);
	}
	skb_dst_set(skb, &rth->dst);
	*ret_err = 0;
	return 0;
}

/* The packet is ours, or (@error: positive errno) nobody's. */
static enum skb_drop_reason local_input(struct sk_buff *skb, struct fib_result *res,
					struct net *net, uint32_t flags, bool do_cache, int error)
{
	struct rtable *rth;

	do_cache &= res->fi != NULL;
	if (do_cache && rt_cache_valid(res->nhc->rth_input)) {
		rth = res->nhc->rth_input;
		dst_hold(&rth->dst);
		skb_dst_set(skb, &rth->dst);
		return 0;
	}
	rth = rt_alloc(net, net->loopback_dev, flags | RTCF_LOCAL, res->type);
	rth->rt_is_input = true;
	rth->dst.output = DST_DISCARD;
	if (error) {
		rth->dst.input = DST_ERROR;
		rth->dst.error = (int16_t)error;
		rth->rt_flags &= ~(uint32_t)RTCF_LOCAL;
	}
	if (do_cache) {
		rt_cache_put(&res->nhc->rth_input);
		dst_hold(&rth->dst);
		res->nhc->rth_input = rth;
	}
	rth->rt_table = res->table ? res->table->tb_id : 0;
	rth->rt_prefixlen = res->prefixlen;
	skb_dst_set(skb, &rth->dst);
	return 0;
}

static enum skb_drop_reason brd_input(struct sk_buff *skb, struct fib_result *res,
				      struct in_device *in_dev, const struct flowi4 *key,
				      bool do_cache, int *ret_err)
{
	*ret_err = -EINVAL;
	if (skb->protocol != cpu_to_be16(ETH_P_IP))
		return SKB_DROP_REASON_ARP_IGNORED;
	if (!ipv4_is_zeronet(key->saddr)) {
		enum skb_drop_reason reason;
		int err = fib_validate_source(skb, key->saddr, 0, key->tos, in_dev->dev, &reason);

		if (err < 0) {
			*ret_err = err;
			return reason;
		}
	}
	*ret_err = 0;
	res->type = RTN_BROADCAST;
	return local_input(skb, res, in_dev->dev->net, RTCF_BROADCAST, do_cache, 0);
}

static enum skb_drop_reason no_route(struct sk_buff *skb, struct fib_result *res, struct net *net,
				     int err, int *ret_err)
{
	*ret_err = 0;
	*res = (struct fib_result){ .type = RTN_UNREACHABLE };
	return local_input(skb, res, net, 0, false, -err);
}

/* As ip_route_input_mc(). */
static enum skb_drop_reason mc_input(struct sk_buff *skb, struct in_device *in_dev,
				     const struct flowi4 *key, int *ret_err)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_IP_INVALID_SOURCE;
	struct rtable *rth;

	*ret_err = -EINVAL;
	if (!ip_check_mc(in_dev, key->daddr))
		return SKB_DROP_REASON_IP_INVALID_DEST;
	if (ipv4_is_multicast(key->saddr) || ipv4_is_lbcast(key->saddr) ||
	    skb->protocol != cpu_to_be16(ETH_P_IP))
		return reason;
	if (ipv4_is_loopback(key->saddr) && !IN_DEV_ROUTE_LOCALNET(in_dev))
		return SKB_DROP_REASON_IP_LOCALNET;
	if (ipv4_is_zeronet(key->saddr)) {
		if (!ipv4_is_local_multicast(key->daddr) && ip_hdr(skb)->protocol != IPPROTO_IGMP)
			return reason;
	} else {
		int err = fib_validate_source(skb, key->saddr, 0, key->tos, in_dev->dev, &reason);

		if (err < 0) {
			*ret_err = err;
			return reason;
		}
	}
	rth = rt_alloc(in_dev->dev->net, in_dev->dev->net->loopback_dev,
		       RTCF_MULTICAST | RTCF_LOCAL, RTN_MULTICAST);
	rth->rt_is_input = true;
	rth->dst.output = DST_DISCARD;
	skb_dst_set(skb, &rth->dst);
	*ret_err = 0;
	return 0;
}

/* Sources and destinations no table need be asked about; 0: go on */
static enum skb_drop_reason input_martian(const struct flowi4 *key, const struct in_device *in_dev)
{
	if (ipv4_is_zeronet(key->saddr))
		return SKB_DROP_REASON_IP_INVALID_SOURCE;
	if (ipv4_is_zeronet(key->daddr))
		return SKB_DROP_REASON_IP_INVALID_DEST;
	if ((ipv4_is_loopback(key->daddr) || ipv4_is_loopback(key->saddr)) &&
	    !IN_DEV_ROUTE_LOCALNET(in_dev))
		return SKB_DROP_REASON_IP_LOCALNET;
	return 0;
}

static enum skb_drop_reason ip_route_input_slow(struct sk_buff *skb, const struct flowi4 *key,
						struct net_device *dev, struct in_device *in_dev,
						struct fib_result *res, int *ret_err)
{
	struct net *net = dev->net;
	enum skb_drop_reason reason;
	int err;

	*res = (struct fib_result){ .type = RTN_UNSPEC };
	*ret_err = -EINVAL;
	if (ipv4_is_multicast(key->daddr))
		return mc_input(skb, in_dev, key, ret_err);
	skb_dst_drop(skb);
	if (ipv4_is_multicast(key->saddr) || ipv4_is_lbcast(key->saddr))
		return SKB_DROP_REASON_IP_INVALID_SOURCE;
	if (ipv4_is_lbcast(key->daddr) || (!key->saddr && !key->daddr))
		return brd_input(skb, res, in_dev, key, true, ret_err);
	reason = input_martian(key, in_dev);
	if (reason)
		return reason;

	err = fib_lookup(net, key, res, 0);
	if (err)
		return no_route(skb, res, net, IN_DEV_FORWARD(in_dev) ? err : -EHOSTUNREACH,
				ret_err);
	if (res->type == RTN_BROADCAST) {
		if (IN_DEV_BFORWARD(in_dev))
			return mkroute_input(skb, res, in_dev, key, ret_err);
		return brd_input(skb, res, in_dev, key, !IN_DEV_ALL(in_dev, BC_FORWARDING),
				 ret_err);
	}
	if (res->type == RTN_LOCAL) {
		err = fib_validate_source(skb, key->saddr, key->daddr, key->tos, dev, &reason);
		*ret_err = err < 0 ? err : 0;
		return err < 0 ? reason : local_input(skb, res, net, 0, true, 0);
	}
	if (!IN_DEV_FORWARD(in_dev))
		return no_route(skb, res, net, -EHOSTUNREACH, ret_err);
	if (res->type != RTN_UNICAST)
		return SKB_DROP_REASON_IP_INVALID_DEST;
	return mkroute_input(skb, res, in_dev, key, ret_err);
}

/* log_martians. Of a source that cannot be, all that is known is the frame's header. */
static void log_martian(const struct sk_buff *skb, const struct flowi4 *key,
			const struct net_device *dev, enum skb_drop_reason reason)
{
	bool destination = reason == SKB_DROP_REASON_IP_INVALID_DEST ||
			   (reason == SKB_DROP_REASON_IP_LOCALNET && ipv4_is_loopback(key->daddr));
	const uint8_t *p = skb_mac_header(skb);
	char header[3 * ETH_HLEN + 1];

	if (reason == SKB_DROP_REASON_ARP_IGNORED || ipv4_is_multicast(key->daddr) ||
	    !net_ratelimit(dev->world))
		return;
	if (destination) {
		printk(dev->world, LOGLEVEL_WARNING,
		       "IPv4: martian destination %pI4 from %pI4, dev %s",
		       (const void *)&key->daddr, (const void *)&key->saddr, dev->name);
		return;
	}
	printk(dev->world, LOGLEVEL_WARNING, "IPv4: martian source %pI4 from %pI4, on dev %s",
	       (const void *)&key->daddr, (const void *)&key->saddr, dev->name);
	for (size_t i = 0; i < ETH_HLEN; i++)
		scnprintf(header + 3 * i, sizeof(header) - 3 * i, " %02x", p[i]);
	printk(dev->world, LOGLEVEL_WARNING, "ll header: 00000000:%s", header);
}

/**
 * ip_route_input_res() - The route of a packet that came in
 * @skb: the packet; gets a dst
 * @key: the flow of the packet, as the caller wants it routed; its iif is @dev
 * @dev: where it came in
 * @res: what the FIB said
 * @ret_err: 0 or the -errno of a refusal
 *
 * Return: 0, or the reason the packet must die.
 */
enum skb_drop_reason ip_route_input_res(struct sk_buff *skb, const struct flowi4 *key,
					struct net_device *dev, struct fib_result *res,
					int *ret_err)
{
	struct in_device *in_dev = in_dev_get(dev);
	enum skb_drop_reason reason;

	*ret_err = -EINVAL;
	if (!in_dev)
		return SKB_DROP_REASON_IP_INADDRERRORS;
	reason = ip_route_input_slow(skb, key, dev, in_dev, res, ret_err);
	if (reason && IN_DEV_LOG_MARTIANS(in_dev))
		log_martian(skb, key, dev, reason);
	return reason;
}

static void dissect_ports(const struct sk_buff *skb, struct flowi4 *key)
{
	const struct iphdr *iph = ip_hdr(skb);
	const uint8_t *l4 = (const uint8_t *)iph + iph->ihl * 4;

	key->proto = iph->protocol;
	if (ip_is_fragment(iph) || l4 + 4 > skb->tail)
		return;
	if (iph->protocol != IPPROTO_TCP && iph->protocol != IPPROTO_UDP)
		return;
	memcpy(&key->sport, l4, sizeof(key->sport));
	memcpy(&key->dport, l4 + 2, sizeof(key->dport));
}

static TRACE_COLD enum skb_drop_reason route_input_told(struct sk_buff *skb,
							const struct flowi4 *key,
							struct net_device *dev,
							struct fib_result *res, int *ret_err)
{
	enum skb_drop_reason reason = ip_route_input_res(skb, key, dev, res, ret_err);

	__trace_route_input(skb, key, dev, res, reason, *ret_err);
	return reason;
}

/**
 * ip_route_input() - The route of a packet that came in
 * @skb: the packet (IP, or ARP: shall we answer for others?); gets a dst, maybe an error route
 * @daddr: its destination
 * @saddr: its source
 * @tos: its TOS octet
 * @dev: where it came in
 * @ret_err: 0 or the -errno of a refusal
 *
 * Return: 0, or the reason the packet must die.
 */
enum skb_drop_reason ip_route_input(struct sk_buff *skb, __be32 daddr, __be32 saddr, uint8_t tos,
				    struct net_device *dev, int *ret_err)
{
	struct flowi4 key = { .iif = dev->ifindex,
			      .mark = skb->mark,
			      .tos = tos & INET_DSCP_MASK,
			      .saddr = saddr,
			      .daddr = daddr };
	struct fib_result res;

	if (dev->net->ipv4->fib_has_custom_rules && skb->protocol == cpu_to_be16(ETH_P_IP))
		dissect_ports(skb, &key);
	if (trace_on(dev->world))
		return route_input_told(skb, &key, dev, &res, ret_err);
	return ip_route_input_res(skb, &key, dev, &res, ret_err);
}

/* RFC 1812, 5.2.7.2; ip_rt_redirect_number, _load (HZ/50) and _silence */
#define REDIRECT_NUMBER 9
#define REDIRECT_LOAD_MS 20
#define REDIRECT_SILENCE_MS (REDIRECT_LOAD_MS << (REDIRECT_NUMBER + 1))
/* ip_rt_error_cost (HZ) and ip_rt_error_burst (5 * HZ) */
#define ERROR_COST_MS 1000
#define ERROR_BURST_MS (5 * ERROR_COST_MS)

/**
 * ip_rt_send_redirect() - Tells a host that there is a better gateway on its own link
 * @skb: the packet being forwarded; borrowed
 *
 * With growing pauses, and no longer when the host ignores it. As ip_rt_send_redirect().
 */
void ip_rt_send_redirect(struct sk_buff *skb)
{
	struct rtable *rt = skb_rtable(skb);
	struct in_device *in_dev = in_dev_get(rt->dst.dev);
	int64_t now = world_now(rt->net->world) / NSEC_PER_MSEC;
	struct inet_peer *peer;

	if (!in_dev || !IN_DEV_TX_REDIRECTS(in_dev))
		return;
	peer = inet_getpeer_v4(rt->net, ip_hdr(skb)->saddr);
	if (now > peer->rate_last + REDIRECT_SILENCE_MS) {
		peer->rate_tokens = 0;
		peer->n_redirects = 0;
	}
	if (peer->n_redirects >= REDIRECT_NUMBER) {
		peer->rate_last = now;
		return;
	}
	if (peer->n_redirects == 0 ||
	    now > peer->rate_last + (REDIRECT_LOAD_MS << peer->n_redirects)) {
		__be32 gw = rt_nexthop(rt, ip_hdr(skb)->daddr);

		icmp_send(skb, ICMP_REDIRECT, ICMP_REDIR_HOST, gw);
		peer->rate_last = now;
		peer->n_redirects++;
		if (IN_DEV_LOG_MARTIANS(in_dev) && peer->n_redirects == REDIRECT_NUMBER &&
		    net_ratelimit(skb->world))
			printk(skb->world, LOGLEVEL_WARNING,
			       "IPv4: host %pI4/if%d ignores redirects for %pI4 to %pI4",
			       (const void *)&ip_hdr(skb)->saddr, inet_iif(skb),
			       (const void *)&ip_hdr(skb)->daddr, (const void *)&gw);
	}
}

/**
 * ip_error() - The end of a packet without a way: the sender is told, if we are a router
 * @skb: the packet, with an error route; consumed
 */
void ip_error(struct sk_buff *skb)
{
	enum skb_drop_reason reason = SKB_DROP_REASON_IP_INADDRERRORS;
	const struct rtable *rt = skb_rtable(skb);
	struct in_device *in_dev = in_dev_get(skb->dev);
	int64_t now = world_now(skb->world) / NSEC_PER_MSEC;
	struct inet_peer *peer;
	int code;

	if (rt->dst.error == ENETUNREACH)
		reason = SKB_DROP_REASON_IP_INNOROUTES;
	if (in_dev && rt->dst.error == ENETUNREACH)
		mib_inc(skb->dev->net, IpExt_InNoRoutes);
	if (!in_dev || !IN_DEV_FORWARD(in_dev)) {
		if (in_dev && rt->dst.error == EHOSTUNREACH)
			mib_inc(skb->dev->net, Ip_InAddrErrors);
		goto out;
	}
	switch (rt->dst.error) {
	case EHOSTUNREACH:
		code = ICMP_HOST_UNREACH;
		break;
	case ENETUNREACH:
		code = ICMP_NET_UNREACH;
		break;
	case EACCES:
		code = ICMP_PKT_FILTERED;
		break;
	default:
		goto out; /* a blackhole */
	}
	peer = inet_getpeer_v4(skb->dev->net, ip_hdr(skb)->saddr);
	peer->rate_tokens += now - peer->rate_last;
	if (peer->rate_tokens > ERROR_BURST_MS)
		peer->rate_tokens = ERROR_BURST_MS;
	peer->rate_last = now;
	if (peer->rate_tokens >= ERROR_COST_MS) {
		peer->rate_tokens -= ERROR_COST_MS;
		icmp_send(skb, ICMP_DEST_UNREACH, code, 0);
	}
out:
	kfree_skb_reason(skb, reason);
}

/**
 * ipv4_link_failure() - The next hop does not answer ARP
 * @skb: a packet that waited for it; consumed, after its sender got ICMP host unreachable
 */
void ipv4_link_failure(struct sk_buff *skb)
{
	struct rtable *rt = skb_rtable(skb);

	if (rt) {
		if (!rt->dead && ip_options_compile_again(skb))
			icmp_send(skb, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, 0);
		/* what was learned of this destination may be the trouble */
		if (rt->rt_expires_ns)
			rt->rt_expires_ns = world_now(skb->world);
	}
	kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_FAILED);
}
