/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_ifaddr.c - the routes an address brings: local, connected, broadcast
 *
 * mirrors fib_magic(), fib_add_ifaddr() and fib_del_ifaddr() of net/ipv4/fib_frontend.c
 *
 * TABLE
 */
#include <linux/if.h>

#include "ipv4/fib.h"

static void fib_magic(int cmd, uint8_t type, __be32 dst, uint8_t dst_len, struct in_ifaddr *ifa,
		      uint32_t priority)
{
	struct net_device *dev = ifa->ifa_dev->dev;
	struct fib_config cfg = {
		.fc_protocol = RTPROT_KERNEL,
		.fc_type = type,
		.fc_dst = dst,
		.fc_dst_len = dst_len,
		.fc_priority = priority,
		.fc_prefsrc = ifa->ifa_local,
		.fc_oif = dev->ifindex,
		.fc_nlflags = NLM_F_CREATE | NLM_F_APPEND,
		.fc_scope = type == RTN_LOCAL ? RT_SCOPE_HOST : RT_SCOPE_LINK,
		.net = dev->net,
		.origin = ifa->origin,
	};
	struct fib_table *tb =
		fib_new_table(dev->net, type == RTN_UNICAST ? RT_TABLE_MAIN : RT_TABLE_LOCAL);

	cfg.fc_table = tb->tb_id;
	if (cmd == RTM_NEWROUTE)
		fib_table_insert(tb, &cfg, NULL);
	else
		fib_table_delete(tb, &cfg, NULL);
}

static uint8_t prefix_route_type(const struct net_device *dev)
{
	return dev->flags & IFF_LOOPBACK ? RTN_LOCAL : RTN_UNICAST;
}

/**
 * fib_add_ifaddr() - Adds the routes of an address
 * @ifa: an address in its device's list
 */
void fib_add_ifaddr(struct in_ifaddr *ifa)
{
	struct in_device *in_dev = ifa->ifa_dev;
	struct net_device *dev = in_dev->dev;
	struct in_ifaddr *prim = ifa;
	__be32 mask = ifa->ifa_mask;
	__be32 prefix = ifa->ifa_address & mask;

	if (ifa->ifa_flags & IFA_F_SECONDARY) {
		prim = inet_ifa_byprefix(in_dev, prefix, mask);
		if (!prim)
			return;
	}
	fib_magic(RTM_NEWROUTE, RTN_LOCAL, ifa->ifa_local, 32, prim, 0);
	if (!(dev->flags & IFF_UP))
		return;

	if (ifa->ifa_broadcast && ifa->ifa_broadcast != cpu_to_be32(0xffffffff)) {
		fib_magic(RTM_NEWROUTE, RTN_BROADCAST, ifa->ifa_broadcast, 32, prim, 0);
		arp_invalidate(dev, ifa->ifa_broadcast, false);
	}
	if (ipv4_is_zeronet(prefix) || (ifa->ifa_flags & IFA_F_SECONDARY) ||
	    (prefix == ifa->ifa_local && ifa->ifa_prefixlen == 32))
		return;
	if (!(ifa->ifa_flags & IFA_F_NOPREFIXROUTE))
		fib_magic(RTM_NEWROUTE, prefix_route_type(dev), prefix, ifa->ifa_prefixlen, prim,
			  ifa->ifa_rt_priority);
	if (ifa->ifa_prefixlen < 31) {
		fib_magic(RTM_NEWROUTE, RTN_BROADCAST, prefix | ~mask, 32, prim, 0);
		arp_invalidate(dev, prefix | ~mask, false);
	}
}

/**
 * fib_modify_prefix_metric() - Gives the connected route of an address another metric
 * @ifa: the address, with its old metric
 * @new_metric: the new one
 */
void fib_modify_prefix_metric(struct in_ifaddr *ifa, uint32_t new_metric)
{
	__be32 prefix = ifa->ifa_address & ifa->ifa_mask;
	struct net_device *dev = ifa->ifa_dev->dev;

	if (!(dev->flags & IFF_UP) || (ifa->ifa_flags & (IFA_F_SECONDARY | IFA_F_NOPREFIXROUTE)) ||
	    ipv4_is_zeronet(prefix) || (prefix == ifa->ifa_local && ifa->ifa_prefixlen == 32))
		return;
	fib_magic(RTM_NEWROUTE, prefix_route_type(dev), prefix, ifa->ifa_prefixlen, ifa,
		  new_metric);
	fib_magic(RTM_DELROUTE, prefix_route_type(dev), prefix, ifa->ifa_prefixlen, ifa,
		  ifa->ifa_rt_priority);
}

enum { LOCAL_OK = 1, BRD_OK = 2, BRD0_OK = 4, BRD1_OK = 8 };

/* The addresses whose routes a dying one may share. */
struct fib_del {
	struct in_device *in_dev;
	struct in_ifaddr *ifa, *iprim, *prim, *prim1;
	__be32 brd, any;
	unsigned int ok; /* routes still needed by another address */
	bool gone, same_prefsrc;
};

/* the primary that the routes of @ifa1 name as source, NULL: @ifa1 does not matter */
static struct in_ifaddr *fib_del_primary(struct fib_del *d, struct in_ifaddr *ifa1)
{
	struct in_ifaddr *prim = d->prim;

	if (!(ifa1->ifa_flags & IFA_F_SECONDARY)) {
		if (prim->ifa_local != ifa1->ifa_local)
			return NULL;
		if (prim != ifa1)
			d->same_prefsrc = true;
		return ifa1;
	}
	if (ifa1->ifa_mask == prim->ifa_mask && inet_ifa_match(ifa1->ifa_address, prim))
		return prim;
	if (!d->same_prefsrc)
		return NULL;
	if (!d->prim1 || ifa1->ifa_mask != d->prim1->ifa_mask ||
	    !inet_ifa_match(ifa1->ifa_address, d->prim1))
		d->prim1 = inet_ifa_byprefix(d->in_dev, ifa1->ifa_address, ifa1->ifa_mask);
	if (!d->prim1 || d->prim1->ifa_local != prim->ifa_local)
		return NULL;
	return d->prim1;
}

static void fib_del_compare(struct fib_del *d, const struct in_ifaddr *ifa1)
{
	const struct in_ifaddr *ifa = d->ifa;
	__be32 brd1 = ifa1->ifa_address | ~ifa1->ifa_mask;
	__be32 any1 = ifa1->ifa_address & ifa1->ifa_mask;

	if (ifa->ifa_local == ifa1->ifa_local)
		d->ok |= LOCAL_OK;
	if (ifa->ifa_broadcast == ifa1->ifa_broadcast)
		d->ok |= BRD_OK;
	if (d->brd == ifa1->ifa_broadcast)
		d->ok |= BRD1_OK;
	if (d->any == ifa1->ifa_broadcast)
		d->ok |= BRD0_OK;
	/* a primary has the broadcasts of its network too */
	if (d->prim1 != ifa1 || ifa1->ifa_prefixlen >= 31 || ipv4_is_zeronet(any1))
		return;
	if (ifa->ifa_broadcast == brd1 || ifa->ifa_broadcast == any1)
		d->ok |= BRD_OK;
	if (d->brd == brd1 || d->brd == any1)
		d->ok |= BRD1_OK;
	if (d->any == brd1 || d->any == any1)
		d->ok |= BRD0_OK;
}

static void fib_del_scan(struct fib_del *d)
{
	struct in_ifaddr *ifa1;

	list_for_each_entry(ifa1, &d->in_dev->ifa_list, list) {
		struct in_ifaddr *prim1;

		if (ifa1 == d->ifa) {
			d->gone = false; /* a promotion keeps it */
			continue;
		}
		if (d->iprim && ifa1->ifa_mask == d->iprim->ifa_mask &&
		    inet_ifa_match(ifa1->ifa_address, d->iprim))
			continue;
		prim1 = fib_del_primary(d, ifa1);
		if (!prim1)
			continue;
		d->prim1 = prim1;
		fib_del_compare(d, ifa1);
	}
}

static void fib_del_local(struct fib_del *d)
{
	struct net_device *dev = d->in_dev->dev;

	fib_magic(RTM_DELROUTE, RTN_LOCAL, d->ifa->ifa_local, 32, d->prim, 0);
	/* really the last: routes that prefer it as source go as well */
	if (d->gone && inet_addr_type(dev->net, d->ifa->ifa_local) != RTN_LOCAL &&
	    fib_sync_down_addr(dev, d->ifa->ifa_local))
		fib_flush(dev->net);
}

/**
 * fib_del_ifaddr() - Removes the routes of an address that no other address needs
 * @ifa: the address, off its device's list (or, while it is promoted, on it)
 * @iprim: on promotion the old primary: addresses of its subnet count as gone; else NULL
 */
void fib_del_ifaddr(struct in_ifaddr *ifa, struct in_ifaddr *iprim)
{
	struct fib_del d = {
		.in_dev = ifa->ifa_dev,
		.ifa = ifa,
		.iprim = iprim,
		.prim = ifa,
		.brd = ifa->ifa_address | ~ifa->ifa_mask,
		.any = ifa->ifa_address & ifa->ifa_mask,
		.gone = true,
	};
	bool subnet = false;

	if (ifa->ifa_flags & IFA_F_SECONDARY) {
		d.prim = inet_ifa_byprefix(d.in_dev, d.any, ifa->ifa_mask);
		if (!d.prim || (iprim && iprim != d.prim))
			return;
	} else if (!ipv4_is_zeronet(d.any) &&
		   (d.any != ifa->ifa_local || ifa->ifa_prefixlen < 32)) {
		if (!(ifa->ifa_flags & IFA_F_NOPREFIXROUTE))
			fib_magic(RTM_DELROUTE, prefix_route_type(d.in_dev->dev), d.any,
				  ifa->ifa_prefixlen, d.prim, 0);
		subnet = true;
	}
	if (!d.in_dev->dead)
		fib_del_scan(&d);

	if (!(d.ok & BRD_OK))
		fib_magic(RTM_DELROUTE, RTN_BROADCAST, ifa->ifa_broadcast, 32, d.prim, 0);
	if (subnet && ifa->ifa_prefixlen < 31) {
		if (!(d.ok & BRD1_OK))
			fib_magic(RTM_DELROUTE, RTN_BROADCAST, d.brd, 32, d.prim, 0);
		if (!(d.ok & BRD0_OK))
			fib_magic(RTM_DELROUTE, RTN_BROADCAST, d.any, 32, d.prim, 0);
	}
	if (!(d.ok & LOCAL_OK))
		fib_del_local(&d);
}
