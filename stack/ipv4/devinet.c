/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devinet.c - the IPv4 addresses of devices: order, primary and secondary, choice of a source
 *
 * mirrors net/ipv4/devinet.c (address lists)
 * TABLE
 */
#include "ipv4/devinet.h"

#include <errno.h>

#include "core/jiffies.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/route.h"
#include "netfilter/netfilter.h"

/* What IPv6 means by these bits means nothing here. */
#define IPV6ONLY_FLAGS                                                                            \
	(IFA_F_NODAD | IFA_F_OPTIMISTIC | IFA_F_DADFAILED | IFA_F_HOMEADDRESS | IFA_F_TENTATIVE | \
	 IFA_F_MANAGETEMPADDR | IFA_F_STABLE_PRIVACY)

static struct hlist_head *inet_addr_bucket(struct net *net, __be32 addr)
{
	uint32_t h = (ng_force uint32_t)addr * 0x61c88647U;

	return &net->ipv4->inet_addr_lst[h >> 26];
}
_Static_assert(IN4_ADDR_HSIZE == 64, "the hash gives 6 bits");

static struct ng_world *ifa_world(const struct in_ifaddr *ifa)
{
	return ifa->ifa_dev->dev->world;
}

/**
 * ip_dev_find() - Which device owns an address.
 * @net: namespace
 * @addr: network order
 *
 * Return: the device, borrowed, or NULL.
 */
struct net_device *ip_dev_find(struct net *net, __be32 addr)
{
	const struct in_ifaddr *ifa;
	struct net_device *dev = NULL;

	/* The newest is first in its bucket; the kernel finds that one too. */
	hlist_for_each_entry(ifa, inet_addr_bucket(net, addr), hash) {
		if (ifa->ifa_local == addr) {
			dev = ifa->ifa_dev->dev;
			break;
		}
	}
	return dev;
}

/* As check_lifetime(): a preferred lifetime ends in "deprecated", a valid one in removal. */
static void check_lifetime(struct sim_timer *timer);

static void ifa_arm_lifetime(struct in_ifaddr *ifa)
{
	struct sim *sim = &ifa_world(ifa)->sim;
	uint32_t lft = ifa->ifa_valid_lft;

	sim_timer_del(sim, &ifa->timer);
	if (ifa->ifa_flags & IFA_F_PERMANENT)
		return;
	if (!(ifa->ifa_flags & IFA_F_DEPRECATED) && ifa->ifa_preferred_lft < lft)
		lft = ifa->ifa_preferred_lft;
	ifa->timer.fn = check_lifetime;
	sim_timer_mod(sim, &ifa->timer, ifa->ifa_tstamp_ns + (int64_t)lft * NSEC_PER_SEC);
}

static void check_lifetime(struct sim_timer *timer)
{
	struct in_ifaddr *ifa = container_of(timer, struct in_ifaddr, timer);
	int64_t age = (world_now(ifa_world(ifa)) - ifa->ifa_tstamp_ns) / NSEC_PER_SEC;

	if (age >= ifa->ifa_valid_lft) {
		inet_del_ifa(ifa, true, NULL);
		return;
	}
	ifa->ifa_flags |= IFA_F_DEPRECATED;
	rtmsg_ifa(RTM_NEWADDR, ifa, NULL);
	ifa_arm_lifetime(ifa);
}

/**
 * set_ifa_lifetime() - How long an address holds, from now.
 * @ifa: address
 * @valid_lft: seconds; INFINITY_LIFE_TIME: for ever
 * @preferred_lft: seconds; 0: deprecated at once
 */
void set_ifa_lifetime(struct in_ifaddr *ifa, uint32_t valid_lft, uint32_t preferred_lft)
{
	int64_t now = world_now(ifa_world(ifa));

	ifa->ifa_flags &= ~(uint32_t)(IFA_F_PERMANENT | IFA_F_DEPRECATED);
	ifa->ifa_valid_lft = valid_lft;
	if (valid_lft == INFINITY_LIFE_TIME)
		ifa->ifa_flags |= IFA_F_PERMANENT;
	ifa->ifa_preferred_lft = preferred_lft;
	if (preferred_lft == 0)
		ifa->ifa_flags |= IFA_F_DEPRECATED;
	ifa->ifa_tstamp_ns = now;
	if (!ifa->ifa_cstamp_ns)
		ifa->ifa_cstamp_ns = now;
	if (!hlist_unhashed(&ifa->hash))
		ifa_arm_lifetime(ifa);
}

/**
 * inet_alloc_ifa() - A new address, on no list.
 * @in_dev: where it will belong
 *
 * Return: never NULL.
 */
struct in_ifaddr *inet_alloc_ifa(struct in_device *in_dev)
{
	struct in_ifaddr *ifa = xzalloc(sizeof(*ifa));

	INIT_LIST_HEAD(&ifa->list);
	ifa->ifa_dev = in_dev;
	return ifa;
}

/**
 * inet_free_ifa() - Frees an address that is on no list.
 * @ifa: address
 */
void inet_free_ifa(struct in_ifaddr *ifa)
{
	sim_timer_del(&ifa_world(ifa)->sim, &ifa->timer);
	free(ifa);
}

static void inet_unlink_ifa(struct in_ifaddr *ifa)
{
	list_del(&ifa->list);
	hlist_del(&ifa->hash);
	sim_timer_del(&ifa_world(ifa)->sim, &ifa->timer);
}

/* An address has gone: listeners, routes, NAT entries */
static void inet_notify_del(struct in_ifaddr *ifa, const struct nl_request *req)
{
	rtmsg_ifa(RTM_DELADDR, ifa, req);
	fib_inetaddr_del(ifa, NULL);
	masq_inet_event(ifa);
}

static bool ifa_same_subnet(const struct in_ifaddr *prim, const struct in_ifaddr *ifa)
{
	return prim->ifa_mask == ifa->ifa_mask && inet_ifa_match(prim->ifa_address, ifa);
}

/*
 * A primary goes. Its secondaries go first, or, with promote_secondaries, the first of them is
 * returned; *ret_after is the place it will move to: behind the last primary of at least its scope.
 */
static struct in_ifaddr *inet_del_secondaries(struct in_ifaddr *prim, const struct nl_request *req,
					      struct list_head **ret_after)
{
	struct in_device *in_dev = prim->ifa_dev;
	struct list_head *pos = prim->list.next, *next;

	for (; pos != &in_dev->ifa_list; pos = next) {
		struct in_ifaddr *ifa = list_entry(pos, struct in_ifaddr, list);

		next = pos->next;
		if (!(ifa->ifa_flags & IFA_F_SECONDARY) && prim->ifa_scope <= ifa->ifa_scope)
			*ret_after = &ifa->list;
		if (!(ifa->ifa_flags & IFA_F_SECONDARY) || !ifa_same_subnet(prim, ifa))
			continue;
		if (IN_DEV_PROMOTE_SECONDARIES(in_dev))
			return ifa;
		inet_unlink_ifa(ifa);
		inet_notify_del(ifa, req);
		inet_free_ifa(ifa);
	}
	return NULL;
}

static void inet_promote(struct in_ifaddr *promote, const struct in_ifaddr *prim,
			 struct list_head *after, const struct nl_request *req)
{
	struct in_device *in_dev = promote->ifa_dev;
	struct list_head *next_sec = promote->list.next;
	struct list_head *pos;

	if (promote->list.prev != after) {
		list_del(&promote->list);
		list_add(&promote->list, after);
	}
	promote->ifa_flags &= ~(uint32_t)IFA_F_SECONDARY;
	rtmsg_ifa(RTM_NEWADDR, promote, req);
	fib_inetaddr_add(promote);
	for (pos = next_sec; pos != &in_dev->ifa_list; pos = pos->next) {
		struct in_ifaddr *ifa = list_entry(pos, struct in_ifaddr, list);

		if (ifa_same_subnet(prim, ifa))
			fib_add_ifaddr(ifa);
	}
}

/**
 * inet_del_ifa() - Removes an address, and with a primary its secondaries.
 * @ifa: address on a device's list
 * @destroy: free it too; else it is off the lists and the caller's
 * @req: the request that asks for it, NULL: none
 */
void inet_del_ifa(struct in_ifaddr *ifa, bool destroy, const struct nl_request *req)
{
	struct in_device *in_dev = ifa->ifa_dev;
	struct list_head *after = ifa->list.prev;
	struct in_ifaddr *promote = NULL, *sec;

	if (!in_dev->dead && !(ifa->ifa_flags & IFA_F_SECONDARY))
		promote = inet_del_secondaries(ifa, req, &after);
	/* All routes of the subnet go while the addresses are still listed, and come back later. */
	for (struct list_head *pos = promote ? &promote->list : &in_dev->ifa_list;
	     pos != &in_dev->ifa_list; pos = pos->next) {
		sec = list_entry(pos, struct in_ifaddr, list);
		if (ifa_same_subnet(ifa, sec))
			fib_inetaddr_del(sec, ifa);
	}
	inet_unlink_ifa(ifa);
	inet_notify_del(ifa, req);
	if (promote)
		inet_promote(promote, ifa, after, req);
	if (destroy)
		inet_free_ifa(ifa);
}

/**
 * inet_insert_ifa() - Puts an address on its device's list, behind those it ranks after.
 * @ifa: address, consumed also on failure
 * @req: the request that asks for it, NULL: none
 * @extack: takes the kernel's sentence
 *
 * Return: 0, -EEXIST or -EINVAL.
 */
int inet_insert_ifa(struct in_ifaddr *ifa, const struct nl_request *req, struct ng_extack *extack)
{
	struct in_device *in_dev = ifa->ifa_dev;
	struct list_head *last_primary = &in_dev->ifa_list;
	struct in_ifaddr *ifa1;
	int err = 0;

	if (!ifa->ifa_local)
		goto out_free;
	ifa->ifa_flags &= ~(uint32_t)(IFA_F_SECONDARY | IPV6ONLY_FLAGS);
	list_for_each_entry(ifa1, &in_dev->ifa_list, list) {
		if (!(ifa1->ifa_flags & IFA_F_SECONDARY) && ifa->ifa_scope <= ifa1->ifa_scope)
			last_primary = &ifa1->list;
		if (ifa1->ifa_mask != ifa->ifa_mask || !inet_ifa_match(ifa1->ifa_address, ifa))
			continue;
		if (ifa1->ifa_local == ifa->ifa_local) {
			NG_SET_ERR_MSG(extack, "ipv4: Address already assigned");
			err = -EEXIST;
			goto out_free;
		}
		if (ifa1->ifa_scope != ifa->ifa_scope) {
			NG_SET_ERR_MSG(extack, "ipv4: Invalid scope value");
			err = -EINVAL;
			goto out_free;
		}
		ifa->ifa_flags |= IFA_F_SECONDARY;
	}
	if (ifa->ifa_flags & IFA_F_SECONDARY)
		list_add_tail(&ifa->list, &in_dev->ifa_list);
	else
		list_add(&ifa->list, last_primary);
	hlist_add_head(&ifa->hash, inet_addr_bucket(in_dev->dev->net, ifa->ifa_local));
	ifa_arm_lifetime(ifa);
	rtmsg_ifa(RTM_NEWADDR, ifa, req);
	fib_inetaddr_add(ifa);
	return 0;

out_free:
	inet_free_ifa(ifa);
	return err;
}

/**
 * inet_addr_onlink() - Are two addresses in one subnet of a device?
 * @in_dev: device
 * @a: network order
 * @b: network order; 0: only @a is asked for
 *
 * Return: yes or no.
 */
bool inet_addr_onlink(const struct in_device *in_dev, __be32 a, __be32 b)
{
	const struct in_ifaddr *ifa;

	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		if (inet_ifa_match(a, ifa) && (!b || inet_ifa_match(b, ifa)))
			return true;
	}
	return false;
}

/**
 * inet_ifa_byprefix() - A device's address in a subnet.
 * @in_dev: device
 * @prefix: network order
 * @mask: network order
 *
 * Return: the first, borrowed, or NULL.
 */
struct in_ifaddr *inet_ifa_byprefix(struct in_device *in_dev, __be32 prefix, __be32 mask)
{
	struct in_ifaddr *ifa;

	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		if (ifa->ifa_mask == mask && inet_ifa_match(prefix, ifa))
			return ifa;
	}
	return NULL;
}

static uint8_t localnet_scope(const struct in_device *in_dev)
{
	return IN_DEV_ROUTE_LOCALNET(in_dev) ? RT_SCOPE_LINK : RT_SCOPE_HOST;
}

static __be32 in_dev_select_addr(const struct in_device *in_dev, int scope)
{
	const struct in_ifaddr *ifa;

	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		if (!(ifa->ifa_flags & IFA_F_SECONDARY) && ifa->ifa_scope != RT_SCOPE_LINK &&
		    ifa->ifa_scope <= scope)
			return ifa->ifa_local;
	}
	return 0;
}

/**
 * inet_select_addr() - A source address for packets out of a device.
 * @dev: device
 * @dst: prefer an address in this one's subnet, network order; 0: any
 * @scope: the narrowest scope that will do
 *
 * Return: network order; 0 when there is none anywhere.
 */
__be32 inet_select_addr(const struct net_device *dev, __be32 dst, int scope)
{
	const struct in_device *in_dev = in_dev_get(dev);
	const struct in_ifaddr *ifa;
	const struct net_device *other;
	__be32 addr = 0;

	if (in_dev) {
		uint8_t local = localnet_scope(in_dev);

		list_for_each_entry(ifa, &in_dev->ifa_list, list) {
			if (ifa->ifa_flags & IFA_F_SECONDARY)
				continue;
			if ((ifa->ifa_scope < local ? ifa->ifa_scope : local) > scope)
				continue;
			if (!dst || inet_ifa_match(dst, ifa))
				return ifa->ifa_local;
			if (!addr)
				addr = ifa->ifa_local;
		}
	}
	if (addr)
		return addr;
	list_for_each_entry(other, &dev->net->dev_base_head, dev_list) {
		in_dev = in_dev_get(other);
		addr = in_dev ? in_dev_select_addr(in_dev, scope) : 0;
		if (addr)
			return addr;
	}
	return 0;
}

static __be32 confirm_addr_indev(const struct in_device *in_dev, __be32 dst, __be32 local,
				 int scope)
{
	uint8_t localnet = localnet_scope(in_dev);
	const struct in_ifaddr *ifa;
	bool same = false;
	__be32 addr = 0;

	list_for_each_entry(ifa, &in_dev->ifa_list, list) {
		uint8_t min_scope = ifa->ifa_scope < localnet ? ifa->ifa_scope : localnet;

		if (!addr && (local == ifa->ifa_local || !local) && min_scope <= scope) {
			addr = ifa->ifa_local;
			if (same)
				break;
		}
		if (same)
			continue;
		same = (!local || inet_ifa_match(local, ifa)) && (!dst || inet_ifa_match(dst, ifa));
		if (!same || !addr)
			continue;
		if (local || !dst || inet_ifa_match(addr, ifa))
			break;
		if (min_scope <= scope) {
			addr = ifa->ifa_local;
			break;
		}
		same = false;
	}
	return same ? addr : 0;
}

/**
 * inet_confirm_addr() - Is there a local address like this?
 * @net: namespace
 * @in_dev: only on this device; NULL: on any
 * @dst: only in this one's subnet, network order; 0: any
 * @local: the address, network order; 0: any
 * @scope: the narrowest scope that will do
 *
 * Return: the address, network order, or 0.
 */
__be32 inet_confirm_addr(struct net *net, struct in_device *in_dev, __be32 dst, __be32 local,
			 int scope)
{
	const struct net_device *dev;
	__be32 addr;

	if (in_dev)
		return confirm_addr_indev(in_dev, dst, local, scope);
	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		in_dev = in_dev_get(dev);
		addr = in_dev ? confirm_addr_indev(in_dev, dst, local, scope) : 0;
		if (addr)
			return addr;
	}
	return 0;
}
