/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_frontend.c - the routing tables seen from outside: look-ups, source
 * checks, and the routes that come and go with addresses and devices
 *
 * mirrors net/ipv4/fib_frontend.c
 *
 * TABLE
 */
#include <errno.h>
#include <linux/if.h>

#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"
#include "ipv4/ip_sockglue.h"

/**
 * fib_get_table() - Finds a routing table
 * @net: the namespace
 * @id: its number; 0 is `main`
 *
 * Return: the table or NULL.
 */
struct fib_table *fib_get_table(struct net *net, uint32_t id)
{
	struct fib_table *tb;

	if (!id)
		id = RT_TABLE_MAIN;
	if (id == RT_TABLE_MAIN)
		return net->ipv4->fib_main;
	if (id == RT_TABLE_LOCAL)
		return net->ipv4->fib_local;
	list_for_each_entry(tb, &net->ipv4->fib_tables, list)
		if (tb->tb_id == id)
			return tb;
	return NULL;
}

/**
 * fib_new_table() - Finds a routing table, or makes it
 * @net: the namespace
 * @id: its number; 0 is `main`
 *
 * Return: the table. It stays for the life of the namespace.
 */
struct fib_table *fib_new_table(struct net *net, uint32_t id)
{
	struct netns_ipv4 *ipv4 = net->ipv4;
	struct fib_table *tb = fib_get_table(net, id), *at, *alias = NULL;

	if (tb)
		return tb;
	if (!id)
		id = RT_TABLE_MAIN;
	if (id == RT_TABLE_LOCAL && !ipv4->fib_has_custom_rules)
		alias = fib_new_table(net, RT_TABLE_MAIN);
	tb = fib_table_alloc(net, id, alias);
	if (id == RT_TABLE_LOCAL)
		ipv4->fib_local = tb;
	else if (id == RT_TABLE_MAIN)
		ipv4->fib_main = tb;
	else if (id == RT_TABLE_DEFAULT)
		ipv4->fib_default = tb;
	/* the order of a dump: Linux's 256 chains, each newest first */
	list_for_each_entry(at, &ipv4->fib_tables, list)
		if ((at->tb_id & 255) >= (id & 255))
			break;
	list_add_tail(&tb->list, &at->list);
	return tb;
}

/**
 * fib_unmerge() - A rule is about to change: `local` and `main` answer apart from now on
 * @net: the namespace
 */
void fib_unmerge(struct net *net)
{
	if (net->ipv4->fib_local)
		fib_trie_unmerge(net->ipv4->fib_local, net->ipv4->fib_main);
}

/**
 * fib_lookup() - Finds the route of a flow
 * @net: the namespace
 * @fl4: the flow
 * @res: the answer
 * @flags: FIB_LOOKUP_*
 *
 * Return: 0, -ENETUNREACH, or the error of a reject route or rule. As fib_lookup().
 */
int fib_lookup(struct net *net, const struct flowi4 *fl4, struct fib_result *res, int flags)
{
	const struct netns_ipv4 *ipv4 = net->ipv4;
	struct fib_table *tb = ipv4->fib_main;
	int err = -EAGAIN;

	if (ipv4->fib_has_custom_rules)
		return fib_rules_lookup(net, fl4, res, flags);
	if (ipv4->fib_default) {
		if (tb)
			err = fib_table_lookup(tb, fl4, res, flags);
		if (!err)
			return 0;
		tb = ipv4->fib_default;
	}
	if (tb)
		err = fib_table_lookup(tb, fl4, res, flags);
	return err == -EAGAIN ? -ENETUNREACH : err;
}

static unsigned int inet_addr_type_in(struct net *net, const struct net_device *dev, __be32 addr,
				      uint32_t tb_id)
{
	struct flowi4 fl4 = { .daddr = addr };
	struct fib_table *tb = fib_get_table(net, tb_id);
	struct fib_result res;

	if (ipv4_is_zeronet(addr) || ipv4_is_lbcast(addr))
		return RTN_BROADCAST;
	if (ipv4_is_multicast(addr))
		return RTN_MULTICAST;
	if (!tb)
		return RTN_BROADCAST;
	if (fib_table_lookup(tb, &fl4, &res, 0))
		return RTN_UNICAST;
	if (dev && dev != res.fi->fib_nh[0].fib_nh_dev)
		return RTN_UNICAST;
	return res.type;
}

/**
 * inet_addr_type_table() - RTN_* of an address, as one table says
 * @net: the namespace
 * @addr: network order
 * @tb_id: the table
 */
unsigned int inet_addr_type_table(struct net *net, __be32 addr, uint32_t tb_id)
{
	return inet_addr_type_in(net, NULL, addr, tb_id);
}

/**
 * inet_addr_type() - RTN_* of an address: ours, a broadcast, a group, or somebody's
 * @net: the namespace
 * @addr: network order
 */
unsigned int inet_addr_type(struct net *net, __be32 addr)
{
	return inet_addr_type_in(net, NULL, addr, RT_TABLE_LOCAL);
}

/**
 * inet_dev_addr_type() - The same, where only routes of one device count
 * @net: the namespace
 * @dev: the device, NULL: any
 * @addr: network order
 */
unsigned int inet_dev_addr_type(struct net *net, const struct net_device *dev, __be32 addr)
{
	return inet_addr_type_in(net, dev, addr, RT_TABLE_LOCAL);
}

/**
 * fib_compute_spec_dst() - The address of ours a packet was meant for
 * @skb: a received packet with its route; borrowed
 *
 * Return: its destination, or for a broadcast the address we would answer from.
 */
__be32 fib_compute_spec_dst(const struct sk_buff *skb)
{
	const struct rtable *rt = skb_rtable(skb);
	const struct iphdr *iph = ip_hdr(skb);
	struct net_device *dev = skb->dev;
	struct in_device *in_dev;
	struct fib_result res;
	struct flowi4 fl4;

	if ((rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST | RTCF_LOCAL)) == RTCF_LOCAL)
		return iph->daddr;
	if (ipv4_is_zeronet(iph->saddr))
		return inet_select_addr(dev, iph->saddr, RT_SCOPE_LINK);
	in_dev = in_dev_get(dev);
	fl4 = (struct flowi4){
		.iif = dev->net->loopback_dev->ifindex,
		.daddr = iph->saddr,
		.tos = iph->tos & INET_DSCP_MASK,
		.mark = in_dev && IN_DEV_ORCONF(in_dev, SRC_VMARK) ? skb->mark : 0,
	};
	if (!fib_lookup(dev->net, &fl4, &res, 0))
		return fib_result_prefsrc(dev->net, &res);
	return inet_select_addr(dev, iph->saddr, RT_SCOPE_UNIVERSE);
}

static int validate_source_full(struct sk_buff *skb, __be32 src, __be32 dst, uint8_t tos, int oif,
				struct net_device *dev)
{
	struct in_device *in_dev = in_dev_get(dev);
	int rpf = IN_DEV_RPFILTER(in_dev);
	struct net *net = dev->net;
	struct fib_result res;
	struct flowi4 fl4 = {
		.iif = oif ? oif : net->loopback_dev->ifindex,
		.daddr = src,
		.saddr = dst,
		.tos = tos,
		.mark = IN_DEV_ORCONF(in_dev, SRC_VMARK) ? skb->mark : 0,
	};

	if (fib_lookup(net, &fl4, &res, 0))
		return rpf ? -EXDEV : 0;
	if (res.type != RTN_UNICAST &&
	    (res.type != RTN_LOCAL || !IN_DEV_ORCONF(in_dev, ACCEPT_LOCAL)))
		return -EINVAL;
	if (fib_info_nh_uses_dev(res.fi, dev) ||
	    (res.type == RTN_LOCAL && dev == net->loopback_dev))
		return res.nhc->fib_nh_scope >= RT_SCOPE_HOST;
	if (list_empty(&in_dev->ifa_list))
		return rpf ? -EXDEV : 0;
	if (rpf == 1)
		return -EXDEV;
	fl4.oif = dev->ifindex;
	if (fib_lookup(net, &fl4, &res, FIB_LOOKUP_IGNORE_LINKSTATE) == 0 &&
	    res.type == RTN_UNICAST)
		return res.nhc->fib_nh_scope >= RT_SCOPE_HOST;
	return 0;
}

/**
 * fib_dev_find() - The device that owns an address
 * @net: the namespace
 * @addr: the address; all of 127/8 is lo's, and what a local route covers is that route's
 *
 * Return: the device, borrowed, or NULL. As __ip_dev_find().
 */
struct net_device *fib_dev_find(struct net *net, __be32 addr)
{
	struct net_device *dev = ip_dev_find(net, addr);
	struct flowi4 fl4 = { .daddr = addr };
	struct fib_result res;

	if (dev)
		return dev;
	if (!fib_table_lookup(net->ipv4->fib_local, &fl4, &res, 0) && res.type == RTN_LOCAL)
		return FIB_RES_DEV(&res);
	return NULL;
}

/* an address of some interface, as inet_lookup_ifaddr_rcu() */
static bool is_own_address(struct net *net, __be32 addr)
{
	return ip_dev_find(net, addr) != NULL;
}

/**
 * __fib_validate_source() - May a packet with this source have come in here?
 * @skb: the packet; borrowed
 * @src: its source
 * @dst: its destination, 0 for broadcasts
 * @tos: its TOS bits that routing uses
 * @oif: where it will leave, 0: it stays
 * @dev: where it came in
 *
 * Return: 1 the source is on the link of @dev, 0 it is not (or nobody asked), -EXDEV rp_filter
 * refuses, -EINVAL the source is one of ours or no unicast address. As fib_validate_source().
 */
int __fib_validate_source(struct sk_buff *skb, __be32 src, __be32 dst, uint8_t tos, int oif,
			  struct net_device *dev)
{
	struct in_device *in_dev = in_dev_get(dev);
	struct net *net = dev->net;
	int rpf = IN_DEV_RPFILTER(in_dev);

	if (!rpf && (dev->ifindex != oif || !IN_DEV_TX_REDIRECTS(in_dev))) {
		if (IN_DEV_ORCONF(in_dev, ACCEPT_LOCAL))
			return 0;
		if (!net->ipv4->fib_has_custom_local_routes && !net->ipv4->fib_has_custom_rules)
			return is_own_address(net, src) ? -EINVAL : 0;
	}
	return validate_source_full(skb, src, dst, tos, oif, dev);
}

/**
 * fib_validate_source() - The same for a packet that stays, with the reason of a refusal
 * @skb: the packet; borrowed
 * @src: its source
 * @dst: its destination, 0 for broadcasts
 * @tos: its TOS bits that routing uses
 * @dev: where it came in
 * @ret_reason: set on refusal
 *
 * Return: as __fib_validate_source().
 */
int fib_validate_source(struct sk_buff *skb, __be32 src, __be32 dst, uint8_t tos,
			struct net_device *dev, enum skb_drop_reason *ret_reason)
{
	int err = __fib_validate_source(skb, src, dst, tos, 0, dev);

	if (err == -EXDEV)
		*ret_reason = SKB_DROP_REASON_IP_RPFILTER;
	else if (err < 0)
		*ret_reason = is_own_address(dev->net, src) ? SKB_DROP_REASON_IP_LOCAL_SOURCE
							    : SKB_DROP_REASON_IP_INVALID_SOURCE;
	return err;
}

/**
 * fib_flush() - Removes dead routes from all tables
 * @net: the namespace
 */
void fib_flush(struct net *net)
{
	struct fib_table *tb;
	int flushed = 0;

	list_for_each_entry(tb, &net->ipv4->fib_tables, list)
		flushed += fib_table_flush(tb, false);
	if (flushed)
		rt_cache_flush(net);
}

static void fib_disable_ip(struct net_device *dev, enum netdev_event event, bool force)
{
	if (fib_sync_down_dev(dev, event, force))
		fib_flush(dev->net);
	else
		rt_cache_flush(dev->net);
	arp_ifdown(dev);
}

static void fib_device_up(struct net_device *dev, struct in_device *in_dev)
{
	struct in_ifaddr *ifa;

	list_for_each_entry(ifa, &in_dev->ifa_list, list)
		fib_add_ifaddr(ifa);
	fib_sync_up(dev, RTNH_F_DEAD);
	dev->net->ipv4->dev_addr_genid++;
	rt_cache_flush(dev->net);
}

static void fib_device_change(struct net_device *dev)
{
	if (dev_get_flags(dev) & (IFF_RUNNING | IFF_LOWER_UP))
		fib_sync_up(dev, RTNH_F_LINKDOWN);
	else
		fib_sync_down_dev(dev, NETDEV_CHANGE, false);
	rt_cache_flush(dev->net);
}

/**
 * fib_netdev_event() - A device changed: its routes follow
 * @event: what happened
 * @dev: the device
 */
void fib_netdev_event(enum netdev_event event, struct net_device *dev)
{
	struct in_device *in_dev = in_dev_get(dev);

	fib_rules_event(event, dev);
	if (event == NETDEV_UNREGISTER) {
		fib_disable_ip(dev, event, true);
		rt_flush_dev(dev);
		return;
	}
	if (!in_dev)
		return;
	if (event == NETDEV_UP) {
		fib_device_up(dev, in_dev);
	} else if (event == NETDEV_DOWN) {
		fib_disable_ip(dev, event, false);
	} else if (event == NETDEV_CHANGE) {
		fib_device_change(dev);
	} else if (event == NETDEV_CHANGEMTU) {
		fib_sync_mtu(dev, 0);
		rt_cache_flush(dev->net);
	}
}

/**
 * fib_inetaddr_add() - A device got an address
 * @ifa: the address, already in the device's list
 */
void fib_inetaddr_add(struct in_ifaddr *ifa)
{
	struct net_device *dev = ifa->ifa_dev->dev;

	fib_add_ifaddr(ifa);
	fib_sync_up(dev, RTNH_F_DEAD);
	dev->net->ipv4->dev_addr_genid++;
	rt_cache_flush(dev->net);
}

/**
 * fib_inetaddr_del() - A device lost an address
 * @ifa: the address, no longer in the device's list
 * @primary: for a promotion: treat the addresses of this one's subnet as gone; else NULL
 */
void fib_inetaddr_del(struct in_ifaddr *ifa, struct in_ifaddr *primary)
{
	struct net_device *dev = ifa->ifa_dev->dev;

	fib_del_ifaddr(ifa, primary);
	if (primary)
		return; /* Linux calls fib_del_ifaddr() alone while it promotes */
	dev->net->ipv4->dev_addr_genid++;
	if (list_empty(&ifa->ifa_dev->ifa_list))
		fib_disable_ip(dev, NETDEV_DOWN, true);
	else
		rt_cache_flush(dev->net);
}

/**
 * fib_net_init() - Tables, rules and the lists of the IPv4 files
 * @net: a new namespace whose net->ipv4 exists
 */
void fib_net_init(struct net *net)
{
	struct netns_ipv4 *ipv4 = net->ipv4;

	INIT_LIST_HEAD(&ipv4->fib_tables);
	INIT_LIST_HEAD(&ipv4->fib_info_list);
	INIT_LIST_HEAD(&ipv4->mc_autojoin);
	INIT_LIST_HEAD(&ipv4->raw_socks);
	INIT_LIST_HEAD(&ipv4->ping_socks);
	INIT_LIST_HEAD(&ipv4->tcp_socks);
	INIT_LIST_HEAD(&ipv4->frag_queues);
	INIT_LIST_HEAD(&ipv4->inet_peers);
	ipv4->rt_genid = 1;
	ipv4->fnhe_genid = 1;
	ipv4->dev_addr_genid = 1;
	rt_net_init(net);
	fib_rules_init(net);
}

/**
 * fib_net_exit() - Frees what fib_net_init() made and what came into it
 * @net: a dying namespace, without devices and sockets
 */
void fib_net_exit(struct net *net)
{
	struct fib_table *tb, *next;

	ip_frag_net_exit(net);
	icmp_net_exit(net);
	udp_net_exit(net);
	tcp_net_exit(net);
	fib_rules_exit(net);
	list_for_each_entry_safe(tb, next, &net->ipv4->fib_tables, list) {
		list_del(&tb->list);
		fib_table_free(tb);
	}
	free(net->ipv4->fib_info_hash);
	inet_peers_free(net);
	rt_net_exit(net);
}
