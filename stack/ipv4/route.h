/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route.h - address in, route out: net/ipv4/route.c and the FIB behind it
 */
#ifndef STACK_IPV4_ROUTE_H
#define STACK_IPV4_ROUTE_H

#include <linux/in_route.h>
#include <linux/rtnetlink.h>
#include <netglass/types.h>

#include "core/dst.h"
#include "core/net_namespace.h"
#include "core/skbuff.h"

struct fib_info;
struct fib_table;
struct in_ifaddr;
struct ng_task;
struct rtentry;
struct seq_file;
struct sock;

struct flowi4 {
	int oif, iif;
	uint32_t mark;
	uint8_t tos, scope, proto, flags; /* flags: FLOWI_FLAG_* */
	__be32 saddr, daddr;
	__be16 sport, dport; /* of the transport, 0 if none; icmp: type, code as ports */
	uint32_t uid;
};

#define FLOWI_FLAG_ANYSRC 0x01
#define FLOWI_FLAG_KNOWN_NH 0x02

struct rtable {
	struct dst_entry dst;  /* first */
	struct list_head live; /* net->ipv4->rt_live */
	struct rtable *next_free;
	struct net *net;
	bool rt_is_input;
	bool obsolete;	 /* a newer exception replaces it: look up again */
	bool dead;	 /* what remembered it is gone: no errors about its packets */
	uint8_t rt_type; /* RTN_* */
	uint8_t rt_scope;
	bool rt_uses_gateway;
	uint32_t rt_flags; /* RTCF_* */
	int rt_iif;
	__be32 rt_gw4;
	__be32 rt_src; /* chosen when it was made; a remembered route is shared: use the flow's */
	uint32_t rt_pmtu; /* learned or configured, 0: device's */
	bool rt_mtu_locked;
	int64_t rt_expires_ns;
	int64_t rt_made_ns; /* rta_lastuse: remembered routes are looked at, not used */
	uint32_t rt_genid;
	uint32_t rt_table;
	struct fib_info *fi;  /* counted, may be NULL */
	uint8_t rt_prefixlen; /* of the route looked up when it was made */
};

/* Output: 0 and a counted route, or -ENETUNREACH, -EHOSTUNREACH, -EACCES ... Fills fl4->saddr. */
int ip_route_output_flow(struct net *net, struct flowi4 *fl4, const struct sock *sk,
			 struct rtable **ret_rt);
int ip_route_connect(struct net *net, struct flowi4 *fl4, const struct sock *sk,
		     struct rtable **ret_rt);
/* Input: sets the packet's dst (maybe an error route). 0, or the reason the packet must die. */
enum skb_drop_reason ip_route_input(struct sk_buff *skb, __be32 daddr, __be32 saddr, uint8_t tos,
				    struct net_device *dev, int *ret_err);
/* RTN_* of an address as seen from the namespace, or from one device */
unsigned int inet_addr_type(struct net *net, __be32 addr);
unsigned int inet_dev_addr_type(struct net *net, const struct net_device *dev, __be32 addr);
/* rp_filter and source checks; <0 refuse. *ret_itag */
int fib_validate_source(struct sk_buff *skb, __be32 src, __be32 dst, uint8_t tos,
			struct net_device *dev, enum skb_drop_reason *ret_reason);
__be32 fib_compute_spec_dst(const struct sk_buff *skb);
uint32_t ip_dst_mtu(const struct rtable *rt, bool forwarding);
bool ip_mtu_locked(const struct rtable *rt);
void ip_rt_update_pmtu(struct rtable *rt, const struct flowi4 *flow, uint32_t mtu);
/* @skb: the ICMP error, data at the quoted header; borrowed. @sk: whose packet it was, or NULL */
void ipv4_update_pmtu(struct sk_buff *skb, struct net *net, uint32_t mtu, const struct sock *sk);
void ipv4_redirect(struct sk_buff *skb, struct net *net, const struct sock *sk);
void ip_rt_send_redirect(struct sk_buff *skb);
void ip_error(struct sk_buff *skb); /* consumes: DST_ERROR */
void rt_cache_flush(struct net *net);

static inline struct rtable *skb_rtable(const struct sk_buff *skb)
{
	return (struct rtable *)(void *)skb->dst;
}

/* The device a packet counts as received on; over lo: the one that has the address */
static inline int inet_iif(const struct sk_buff *skb)
{
	const struct rtable *rt = skb_rtable(skb);

	return rt && rt->rt_iif ? rt->rt_iif : skb->skb_iif;
}

static inline __be32 rt_nexthop(const struct rtable *rt, __be32 daddr)
{
	return rt->rt_uses_gateway ? rt->rt_gw4 : daddr;
}

/* fib_frontend.c */
void fib_net_init(struct net *net);
void fib_net_exit(struct net *net);
void fib_netdev_event(enum netdev_event event, struct net_device *dev);
void fib_inetaddr_add(struct in_ifaddr *ifa);
/* the metric of an address's connected route changes: call before ifa->ifa_rt_priority is set */
void fib_modify_prefix_metric(struct in_ifaddr *ifa, uint32_t new_metric);
void fib_inetaddr_del(struct in_ifaddr *ifa, struct in_ifaddr *primary);
int ip_rt_ioctl(struct ng_task *task, struct net *net, unsigned long request,
		void *arg); /* SIOCADDRT */
/* /proc/net/route, one row per call of @emit, in the file's own order */
struct fib_seq_row {
	const char *ifname;
	__be32 dst, gateway, mask;
	uint32_t flags, metric, mtu, window, irtt;
};
void fib_trie_seq(const struct net *net, struct seq_file *m);
void fib_triestat_seq(const struct net *net, struct seq_file *m);
void fib_route_seq(struct net *net, void (*emit)(void *arg, const struct fib_seq_row *row),
		   void *arg);

#endif
