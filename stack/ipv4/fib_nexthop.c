/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_nexthop.c - nexthops: are they valid, are they alive, which of several
 *
 * mirrors the second half of net/ipv4/fib_semantics.c
 *
 * TABLE
 */
#include <errno.h>
#include <linux/if.h>

#include "core/neighbour.h"
#include "core/world.h"
#include "ipv4/fib_trie.h"
#include "ipv4/ip.h"

/**
 * ip_ignore_linkdown() - Are routes through a device without carrier to be passed over?
 * @dev: the device, may be NULL
 */
bool ip_ignore_linkdown(const struct net_device *dev)
{
	const struct in_device *in_dev = dev ? in_dev_get(dev) : NULL;

	return in_dev && IN_DEV_IGNORE_ROUTES_WITH_LINKDOWN(in_dev);
}

static int fib_check_nh_onlink(struct net *net, struct fib_nh *nh, uint8_t scope,
			       struct ng_extack *extack)
{
	struct net_device *dev;

	if (scope >= RT_SCOPE_LINK) {
		NG_SET_ERR_MSG(extack, "Nexthop has invalid scope");
		return -EINVAL;
	}
	dev = dev_get_by_index(net, nh->fib_nh_oif);
	if (!dev) {
		NG_SET_ERR_MSG(extack, "Nexthop device required for onlink");
		return -ENODEV;
	}
	if (!(dev->flags & IFF_UP)) {
		NG_SET_ERR_MSG(extack, "Nexthop device is not up");
		return -ENETDOWN;
	}
	if (inet_addr_type(net, nh->fib_nh_gw4) != RTN_UNICAST) {
		NG_SET_ERR_MSG(extack, "Nexthop has invalid gateway");
		return -EINVAL;
	}
	if (!netif_carrier_ok(dev))
		nh->fib_nh_flags |= RTNH_F_LINKDOWN;
	nh->fib_nh_dev = dev;
	nh->fib_nh_scope = RT_SCOPE_LINK;
	return 0;
}

static int fib_check_nh_v4_gw(struct net *net, struct fib_nh *nh, uint32_t table, uint8_t scope,
			      struct ng_extack *extack)
{
	struct fib_table *tbl = NULL;
	struct fib_result res = { .type = RTN_UNSPEC };
	struct flowi4 fl4 = {
		.daddr = nh->fib_nh_gw4,
		.scope = (uint8_t)(scope + 1),
		.oif = nh->fib_nh_oif,
		.iif = net->loopback_dev->ifindex,
	};
	int err = -1;

	if (nh->fib_nh_flags & RTNH_F_ONLINK)
		return fib_check_nh_onlink(net, nh, scope, extack);
	if (fl4.scope < RT_SCOPE_LINK)
		fl4.scope = RT_SCOPE_LINK;
	if (table && table != RT_TABLE_MAIN)
		tbl = fib_get_table(net, table);
	if (tbl)
		err = fib_table_lookup(tbl, &fl4, &res, FIB_LOOKUP_IGNORE_LINKSTATE);
	/* the gateway's own route may be in another table than the new route */
	if (err)
		err = fib_lookup(net, &fl4, &res, FIB_LOOKUP_IGNORE_LINKSTATE);
	if (err) {
		NG_SET_ERR_MSG(extack, "Nexthop has invalid gateway");
		return err;
	}
	if (res.type != RTN_UNICAST && res.type != RTN_LOCAL) {
		NG_SET_ERR_MSG(extack, "Nexthop has invalid gateway");
		return -EINVAL;
	}
	nh->fib_nh_scope = res.scope;
	nh->fib_nh_oif = FIB_RES_OIF(&res);
	nh->fib_nh_dev = FIB_RES_DEV(&res);
	if (!nh->fib_nh_dev) {
		NG_SET_ERR_MSG(extack, "No egress device for nexthop gateway");
		return -EINVAL;
	}
	if (!netif_carrier_ok(nh->fib_nh_dev))
		nh->fib_nh_flags |= RTNH_F_LINKDOWN;
	return nh->fib_nh_dev->flags & IFF_UP ? 0 : -ENETDOWN;
}

static int fib_check_nh_nongw(struct net *net, struct fib_nh *nh, struct ng_extack *extack)
{
	struct net_device *dev;

	if (nh->fib_nh_flags & (RTNH_F_PERVASIVE | RTNH_F_ONLINK)) {
		NG_SET_ERR_MSG(extack,
			       "Invalid flags for nexthop - PERVASIVE and ONLINK can not be set");
		return -EINVAL;
	}
	dev = dev_get_by_index(net, nh->fib_nh_oif);
	if (!dev || !in_dev_get(dev))
		return -ENODEV;
	if (!(dev->flags & IFF_UP)) {
		NG_SET_ERR_MSG(extack, "Device for nexthop is not up");
		return -ENETDOWN;
	}
	nh->fib_nh_dev = dev;
	nh->fib_nh_scope = RT_SCOPE_HOST;
	if (!netif_carrier_ok(dev))
		nh->fib_nh_flags |= RTNH_F_LINKDOWN;
	return 0;
}

/**
 * fib_check_nh() - Finds the device of a nexthop, and whether the gateway can be reached through it
 * @net: the namespace
 * @nh: the nexthop: oif, gateway and flags are given; device, scope and LINKDOWN are filled in
 * @table: the table the route goes into
 * @scope: the route's scope
 * @extack: the kernel's sentence on refusal, or NULL
 *
 * Return: 0 or -errno. As fib_check_nh().
 */
int fib_check_nh(struct net *net, struct fib_nh *nh, uint32_t table, uint8_t scope,
		 struct ng_extack *extack)
{
	if (nh->fib_nh_has_gw)
		return fib_check_nh_v4_gw(net, nh, table, scope, extack);
	return fib_check_nh_nongw(net, nh, extack);
}

/**
 * fib_rebalance() - Shares the 31 bits of the multipath hash among the living nexthops, by weight
 * @fi: a route's info
 */
void fib_rebalance(struct fib_info *fi)
{
	int64_t total = 0, w = 0;

	if (fi->fib_nhs < 2)
		return;
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < fi->fib_nhs; i++) {
			struct fib_nh *nh = &fi->fib_nh[i];
			bool out = (nh->fib_nh_flags & RTNH_F_DEAD) ||
				   ((nh->fib_nh_flags & RTNH_F_LINKDOWN) &&
				    ip_ignore_linkdown(nh->fib_nh_dev));

			if (pass == 0) {
				total += out ? 0 : nh->fib_nh_weight;
			} else if (out || !total) {
				nh->fib_nh_upper_bound = -1;
			} else {
				w += nh->fib_nh_weight;
				nh->fib_nh_upper_bound =
					(int32_t)(((w << 31) + total / 2) / total - 1);
			}
		}
	}
}

/**
 * fib_sync_down_addr() - A local address has gone: routes that prefer it as source are dead
 * @dev: the device that had it
 * @local: the address
 *
 * Return: how many infos died; the caller flushes.
 */
int fib_sync_down_addr(struct net_device *dev, __be32 local)
{
	struct fib_info *fi;
	int ret = 0;

	if (!local)
		return 0;
	list_for_each_entry(fi, &dev->net->ipv4->fib_info_list, list) {
		if (fi->fib_tb_id != RT_TABLE_MAIN || fi->fib_prefsrc != local)
			continue;
		fi->fib_flags |= RTNH_F_DEAD;
		fi->pfsrc_removed = true;
		ret++;
	}
	return ret;
}

/* marks the nexthops of @fi through @dev; how many of all are dead */
static int fib_nhs_down(struct fib_info *fi, const struct net_device *dev, enum netdev_event event,
			int scope)
{
	int dead = 0;

	for (int i = 0; i < fi->fib_nhs; i++) {
		struct fib_nh *nh = &fi->fib_nh[i];

		if (nh->fib_nh_flags & RTNH_F_DEAD) {
			dead++;
		} else if (nh->fib_nh_dev == dev && nh->fib_nh_scope != scope) {
			if (event != NETDEV_CHANGE)
				nh->fib_nh_flags |= RTNH_F_DEAD;
			nh->fib_nh_flags |= RTNH_F_LINKDOWN;
			dead++;
		}
		if (event == NETDEV_UNREGISTER && nh->fib_nh_dev == dev)
			return fi->fib_nhs;
	}
	return dead;
}

/**
 * fib_sync_down_dev() - A device went down, lost its carrier, its last address, or its life
 * @dev: the device
 * @event: NETDEV_DOWN, NETDEV_UNREGISTER (nexthops die) or NETDEV_CHANGE (they are linkdown)
 * @force: local routes too
 *
 * Return: how many infos have no nexthop left; the caller flushes.
 */
int fib_sync_down_dev(struct net_device *dev, enum netdev_event event, bool force)
{
	int scope = force ? -1 : RT_SCOPE_NOWHERE;
	struct fib_info *fi;
	int ret = 0;

	list_for_each_entry(fi, &dev->net->ipv4->fib_info_list, list) {
		if (!fib_info_nh_uses_dev(fi, dev))
			continue;
		if (fib_nhs_down(fi, dev, event, scope) == fi->fib_nhs) {
			if (event != NETDEV_CHANGE)
				fi->fib_flags |= RTNH_F_DEAD;
			fi->fib_flags |= RTNH_F_LINKDOWN;
			ret++;
		}
		fib_rebalance(fi);
	}
	return ret;
}

/**
 * fib_sync_up() - A device is up again, or has its carrier back
 * @dev: the device
 * @nh_flags: RTNH_F_DEAD or RTNH_F_LINKDOWN, to be taken away
 *
 * Return: how many infos live again. Routes already removed do not come back.
 */
int fib_sync_up(struct net_device *dev, uint32_t nh_flags)
{
	struct fib_info *fi;
	int ret = 0;

	if (!(dev->flags & IFF_UP))
		return 0;
	if ((nh_flags & RTNH_F_DEAD) && (dev_get_flags(dev) & (IFF_RUNNING | IFF_LOWER_UP)))
		nh_flags |= RTNH_F_LINKDOWN;

	list_for_each_entry(fi, &dev->net->ipv4->fib_info_list, list) {
		int alive = 0;

		if (!fib_info_nh_uses_dev(fi, dev))
			continue;
		for (int i = 0; i < fi->fib_nhs; i++) {
			struct fib_nh *nh = &fi->fib_nh[i];

			if (!(nh->fib_nh_flags & nh_flags)) {
				alive++;
				continue;
			}
			if (nh->fib_nh_dev != dev || !in_dev_get(dev))
				continue;
			alive++;
			nh->fib_nh_flags &= ~nh_flags;
		}
		if (alive) {
			fi->fib_flags &= ~nh_flags;
			ret++;
		}
		fib_rebalance(fi);
	}
	return ret;
}

/**
 * fib_sync_mtu() - The MTU of a first hop changed: learned PMTUs follow
 * @dev: the device, with its new MTU
 * @orig_mtu: the old one, 0 when not known
 */
void fib_sync_mtu(struct net_device *dev, uint32_t orig_mtu)
{
	struct fib_info *fi;

	list_for_each_entry(fi, &dev->net->ipv4->fib_info_list, list)
		for (int i = 0; i < fi->fib_nhs; i++)
			if (fi->fib_nh[i].fib_nh_dev == dev)
				fib_nhc_update_mtu(&fi->fib_nh[i], dev->mtu, orig_mtu);
}

/**
 * ip_fib_check_default() - Is this the gateway of some route?
 * @net: the namespace
 * @gw: its address
 * @dev: the device it is behind
 *
 * Return: 0 it is, -1 not.
 */
int ip_fib_check_default(struct net *net, __be32 gw, const struct net_device *dev)
{
	const struct fib_info *fi;

	list_for_each_entry(fi, &net->ipv4->fib_info_list, list)
		for (int i = 0; i < fi->fib_nhs; i++) {
			const struct fib_nh *nh = &fi->fib_nh[i];

			if (nh->fib_nh_dev == dev && nh->fib_nh_gw4 == gw &&
			    !(nh->fib_nh_flags & RTNH_F_DEAD))
				return 0;
		}
	return -1;
}

/**
 * fib_info_update_nhc_saddr() - Chooses and remembers the source address for a nexthop
 * @net: the namespace
 * @nh: the nexthop
 * @scope: the route's scope
 *
 * Return: the address, 0 if the device has none.
 */
__be32 fib_info_update_nhc_saddr(struct net *net, struct fib_nh *nh, uint8_t scope)
{
	nh->nh_saddr = inet_select_addr(nh->fib_nh_dev, nh->fib_nh_gw4, scope);
	nh->nh_saddr_genid = net->ipv4->dev_addr_genid;
	return nh->nh_saddr;
}

/**
 * fib_result_prefsrc() - The source address a route asks for
 * @net: the namespace
 * @res: a look-up's answer
 */
__be32 fib_result_prefsrc(struct net *net, const struct fib_result *res)
{
	if (res->fi->fib_prefsrc)
		return res->fi->fib_prefsrc;
	if (res->nhc->nh_saddr_genid == net->ipv4->dev_addr_genid)
		return res->nhc->nh_saddr;
	return fib_info_update_nhc_saddr(net, res->nhc, res->fi->fib_scope);
}

static bool fib_good_nh(const struct fib_nh *nh)
{
	uint8_t state = NUD_REACHABLE;

	if (nh->fib_nh_scope == RT_SCOPE_LINK) {
		struct neighbour *n = neigh_lookup(nh->fib_nh_dev, nh->fib_nh_gw4);

		if (n) {
			state = n->nud_state;
			neigh_release(n);
		}
	}
	return state & NUD_VALID;
}

/* the innermost addresses and, when the policy wants them, ports */
static void multipath_keys(const struct sk_buff *skb, struct flowi4 *key, bool l4)
{
	const uint8_t *at = skb_network_header(skb), *end = skb->tail;
	const struct iphdr *iph = (const void *)at;
	const struct icmphdr *icmph = (const void *)(at + iph->ihl * 4);
	const __be16 *ports = (const void *)icmph;

	key->saddr = iph->saddr;
	key->daddr = iph->daddr;
	key->proto = iph->protocol;
	if (iph->frag_off & cpu_to_be16(IP_OFFSET))
		return;
	if (l4) {
		if ((iph->protocol == IPPROTO_TCP || iph->protocol == IPPROTO_UDP) &&
		    (const uint8_t *)(ports + 2) <= end) {
			key->sport = ports[0];
			key->dport = ports[1];
		}
		return;
	}
	/* so that errors take the way of the flow they are about */
	if (iph->protocol != IPPROTO_ICMP || (const uint8_t *)(icmph + 1) + sizeof(*iph) > end)
		return;
	if (icmph->type != ICMP_DEST_UNREACH && icmph->type != ICMP_SOURCE_QUENCH &&
	    icmph->type != ICMP_REDIRECT && icmph->type != ICMP_TIME_EXCEEDED &&
	    icmph->type != ICMP_PARAMETERPROB)
		return;
	iph = (const void *)(icmph + 1);
	key->saddr = iph->saddr;
	key->daddr = iph->daddr;
}

/**
 * fib_multipath_hash() - Which of several ways a flow takes
 * @net: the namespace; its fib_multipath_hash_policy is 0 (addresses) or 1 (ports too)
 * @fl4: the flow when there is no packet
 * @skb: the packet, or NULL
 *
 * Return: 31 bits, from a stream of chance of its own: Linux seeds its hash at boot.
 */
uint32_t fib_multipath_hash(struct net *net, const struct flowi4 *fl4, const struct sk_buff *skb)
{
	bool l4 = net->ipv4->sysctl_fib_multipath_hash_policy == 1;
	struct flowi4 key = { 0 };
	uint64_t ports;

	if (skb)
		multipath_keys(skb, &key, l4);
	else
		key = *fl4;
	ports = l4 ? ((uint64_t)be16_to_cpu(key.sport) << 24) |
				((uint64_t)be16_to_cpu(key.dport) << 8) | key.proto
		   : 0;
	return (uint32_t)(rng_hash(net->world->config.seed, RNG_HASH,
				   ((uint64_t)be32_to_cpu(key.saddr) << 32) |
					   be32_to_cpu(key.daddr),
				   ports) >>
			  33);
}

/**
 * fib_select_multipath() - Takes the nexthop whose share holds the hash
 * @res: a look-up's answer with several nexthops; nhc and nh_sel are set
 * @hash: 31 bits
 * @saddr: the source address if already known: a nexthop that would choose it is preferred; 0: none
 */
void fib_select_multipath(struct fib_result *res, uint32_t hash, __be32 saddr)
{
	struct fib_info *fi = res->fi;
	bool use_neigh = fi->net->ipv4->sysctl_fib_multipath_use_neigh;
	int best = -1;

	for (int i = 0; i < fi->fib_nhs; i++) {
		struct fib_nh *nh = &fi->fib_nh[i];
		int score = 0;

		if (nh->fib_nh_upper_bound == -1 || (use_neigh && !fib_good_nh(nh)))
			continue;
		if (saddr && nh->nh_saddr == saddr)
			score += 2;
		if ((int64_t)hash <= nh->fib_nh_upper_bound)
			score++;
		if (score <= best)
			continue;
		best = score;
		res->nh_sel = (uint8_t)i;
		res->nhc = nh;
		if (score == 3 || (!saddr && score == 1))
			return;
	}
}

/* is the gateway of @fi dead, as far as the neighbour table knows? */
static bool fib_detect_death(struct fib_info *fi, int order, struct fib_info **last_resort,
			     int *last_idx, int dflt)
{
	struct neighbour *n = neigh_lookup(fi->fib_nh[0].fib_nh_dev, fi->fib_nh[0].fib_nh_gw4);
	uint8_t state;

	if (!n)
		return false;
	state = n->nud_state;
	neigh_release(n);
	if (state == NUD_REACHABLE || ((state & NUD_VALID) && order != dflt))
		return false;
	if ((state & NUD_VALID) || (*last_idx < 0 && order > dflt && state != NUD_INCOMPLETE)) {
		*last_resort = fi;
		*last_idx = order;
	}
	return true;
}

static void fib_result_assign(struct fib_result *res, struct fib_info *fi)
{
	res->fi = fi;
	res->nhc = &fi->fib_nh[0];
}

/* several default routes of one metric: the first whose gateway lives. As fib_select_default(). */
static void fib_select_default(const struct flowi4 *fl4, struct fib_result *res)
{
	struct fib_info *fi = NULL, *last_resort = NULL;
	struct fib_alias *fa1 = NULL;
	uint32_t last_prio = res->fi->fib_priority;
	int order = -1, last_idx = -1;
	uint8_t last_tos = 0;

	for (struct fib_alias *fa = fib_result_leaf(res)->first; fa; fa = fa->next) {
		struct fib_info *next_fi = fa->fa_info;

		if (fa->fa_slen != FIB_KEYLENGTH || fa->tb_id != res->table->tb_id)
			continue;
		if (fa->fa_tos && fa->fa_tos != (fl4->tos & IPTOS_RT_MASK))
			continue;
		if (next_fi->fib_priority > last_prio && fa->fa_tos == last_tos) {
			if (last_tos)
				continue;
			break;
		}
		if (next_fi->fib_flags & RTNH_F_DEAD)
			continue;
		last_tos = fa->fa_tos;
		last_prio = next_fi->fib_priority;
		if (next_fi->fib_scope != res->scope || fa->fa_type != RTN_UNICAST)
			continue;
		if (!next_fi->fib_nh[0].fib_nh_has_gw ||
		    next_fi->fib_nh[0].fib_nh_scope != RT_SCOPE_LINK)
			continue;
		fa->fa_state |= FA_S_ACCESSED;
		if (!fi) {
			if (next_fi != res->fi)
				break;
			fa1 = fa;
		} else if (!fib_detect_death(fi, order, &last_resort, &last_idx, fa1->fa_default)) {
			fib_result_assign(res, fi);
			fa1->fa_default = (int16_t)order;
			return;
		}
		fi = next_fi;
		order++;
	}
	if (order <= 0 || !fi) {
		if (fa1)
			fa1->fa_default = -1;
		return;
	}
	if (!fib_detect_death(fi, order, &last_resort, &last_idx, fa1->fa_default)) {
		fib_result_assign(res, fi);
		fa1->fa_default = (int16_t)order;
		return;
	}
	if (last_idx >= 0)
		fib_result_assign(res, last_resort);
	fa1->fa_default = (int16_t)last_idx;
}

/**
 * fib_select_path() - Chooses among nexthops, and the source address
 * @net: the namespace
 * @res: a look-up's answer; may get another nexthop
 * @fl4: the flow; its saddr is filled in when 0
 * @skb: the packet, or NULL
 */
void fib_select_path(struct net *net, struct fib_result *res, struct flowi4 *fl4,
		     const struct sk_buff *skb)
{
	if (!fl4->oif) {
		if (res->fi->fib_nhs > 1)
			fib_select_multipath(res, fib_multipath_hash(net, fl4, skb), fl4->saddr);
		else if (!res->prefixlen && res->table->tb_num_default > 1 &&
			 res->type == RTN_UNICAST)
			fib_select_default(fl4, res);
	}
	if (!fl4->saddr)
		fl4->saddr = fib_result_prefsrc(net, res);
}
