/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arp_ioctl.c - the table as arp(8) sees it: SIOCSARP, SIOCDARP, SIOCGARP, /proc/net/arp
 *
 * mirrors net/ipv4/arp.c (ioctls and arp_seq_show())
 * CONTROL
 */
#include <errno.h>
#include <linux/if_arp.h>
#include <linux/in.h>
#include <linux/sockios.h>

#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "ipv4/inetdevice.h"
#include "ipv4/route.h"

static __be32 arpreq_ip(const struct sockaddr *sa)
{
	struct sockaddr_in sin;

	memcpy(&sin, sa, sizeof(sin));
	return sin.sin_addr.s_addr;
}

static int arp_req_set_proxy(struct net *net, struct net_device *dev, int on)
{
	if (!dev) {
		IPV4_DEVCONF(net->ipv4->devconf_all, PROXY_ARP) = on;
		return 0;
	}
	if (!dev->ip_ptr)
		return -ENXIO;
	IPV4_DEVCONF(dev->ip_ptr->cnf, PROXY_ARP) = on;
	dev->ip_ptr->cnf.set |= UINT64_C(1) << (IPV4_DEVCONF_PROXY_ARP - 1);
	return 0;
}

static struct net_device *dev_getbyhwaddr(const struct net *net, const struct sockaddr *ha)
{
	struct net_device *dev;

	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		if (dev->type == ha->sa_family &&
		    !memcmp(dev->dev_addr, ha->sa_data, dev->addr_len))
			return dev;
	}
	return NULL;
}

static int arp_req_set_public(struct net *net, const struct arpreq *r, struct net_device *dev)
{
	__be32 mask = arpreq_ip(&r->arp_netmask);

	if (mask && mask != cpu_to_be32(0xffffffff))
		return -EINVAL;
	if (!dev && (r->arp_flags & ATF_COM)) {
		dev = dev_getbyhwaddr(net, &r->arp_ha);
		if (!dev)
			return -ENODEV;
	}
	if (mask) {
		pneigh_create(net, arpreq_ip(&r->arp_pa), dev);
		return 0;
	}
	return arp_req_set_proxy(net, dev, 1);
}

/* The device a route to @ip leaves through, as if it were on the link */
static int arp_req_route(struct net *net, __be32 ip, struct net_device **ret_dev)
{
	struct flowi4 fl4 = { .daddr = ip, .scope = RT_SCOPE_LINK };
	struct rtable *rt;
	int err = ip_route_output_flow(net, &fl4, NULL, &rt);

	if (err)
		return err;
	*ret_dev = rt->dst.dev;
	dst_release(&rt->dst);
	return *ret_dev ? 0 : -EINVAL;
}

static int arp_req_set(struct ng_task *task, struct net *net, struct arpreq *r,
		       struct net_device *dev)
{
	__be32 ip = arpreq_ip(&r->arp_pa);
	uint8_t state = NUD_STALE;
	struct neighbour *n;
	int err;

	if (r->arp_flags & ATF_PUBL)
		return arp_req_set_public(net, r, dev);
	if (r->arp_flags & ATF_PERM) {
		r->arp_flags |= ATF_COM;
		state = NUD_PERMANENT;
	}
	if (!dev) {
		err = arp_req_route(net, ip, &dev);
		if (err)
			return err;
	}
	if (r->arp_ha.sa_family != dev->type)
		return -EINVAL;
	n = neigh_create(dev, ip);
	if (!n)
		return -ENOBUFS;
	if (task)
		n->origin = task->origin;
	err = neigh_update(n, r->arp_flags & ATF_COM ? (const uint8_t *)r->arp_ha.sa_data : NULL,
			   state, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN, NULL);
	neigh_release(n);
	return err;
}

static uint32_t arp_state_to_flags(const struct neighbour *n)
{
	if (n->nud_state & NUD_PERMANENT)
		return ATF_PERM | ATF_COM;
	return n->nud_state & NUD_VALID ? ATF_COM : 0;
}

static int arp_req_get(struct arpreq *r, struct net_device *dev)
{
	struct neighbour *n = neigh_lookup(dev, arpreq_ip(&r->arp_pa));
	int err = -ENXIO;

	if (!n)
		return err;
	if (!(n->nud_state & NUD_NOARP)) {
		memcpy(r->arp_ha.sa_data, n->ha, dev->addr_len);
		r->arp_flags = (int)arp_state_to_flags(n);
		r->arp_ha.sa_family = dev->type;
		memcpy(r->arp_dev, dev->name, sizeof(r->arp_dev));
		err = 0;
	}
	neigh_release(n);
	return err;
}

/**
 * arp_invalidate() - Forgets an address.
 * @dev: device
 * @ip: network order
 * @force: even when it is valid
 *
 * Return: 0; -ENXIO when there is none.
 */
int arp_invalidate(struct net_device *dev, __be32 ip, bool force)
{
	struct neighbour *n = neigh_lookup(dev, ip);
	int err = -ENXIO;

	if (!n)
		return err;
	if ((n->nud_state & NUD_VALID) && !force) {
		neigh_release(n);
		return 0;
	}
	if (n->nud_state & ~NUD_NOARP)
		err = neigh_update(n, NULL, NUD_FAILED,
				   NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN, NULL);
	neigh_remove_one(n);
	neigh_release(n);
	return err;
}

static int arp_req_delete(struct net *net, const struct arpreq *r, struct net_device *dev)
{
	__be32 ip = arpreq_ip(&r->arp_pa);
	__be32 mask = arpreq_ip(&r->arp_netmask);
	int err;

	if (r->arp_flags & ATF_PUBL) {
		if (mask == cpu_to_be32(0xffffffff))
			return pneigh_delete(net, ip, dev);
		return mask ? -EINVAL : arp_req_set_proxy(net, dev, 0);
	}
	if (!dev) {
		err = arp_req_route(net, ip, &dev);
		if (err)
			return err;
	}
	return arp_invalidate(dev, ip, true);
}

/* The device named in the request and its hardware type; -ENODEV, -EINVAL */
static int arp_req_dev(struct net *net, struct arpreq *r, bool get, struct net_device **ret_dev)
{
	struct net_device *dev;

	*ret_dev = NULL;
	if (!r->arp_dev[0])
		return get ? -ENODEV : 0;
	dev = dev_get_by_name(net, r->arp_dev);
	if (!dev)
		return -ENODEV;
	if (!r->arp_ha.sa_family)
		r->arp_ha.sa_family = dev->type;
	if ((r->arp_flags & ATF_COM) && r->arp_ha.sa_family != dev->type)
		return -EINVAL;
	*ret_dev = dev;
	return 0;
}

/**
 * arp_ioctl() - SIOCSARP, SIOCDARP, SIOCGARP.
 * @task: who asks
 * @net: namespace
 * @request: one of the three
 * @arg: struct arpreq, read; written by SIOCGARP
 *
 * Return: 0 or -errno.
 */
int arp_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg)
{
	struct net_device *dev;
	struct arpreq r;
	int err;

	if (request != SIOCSARP && request != SIOCDARP && request != SIOCGARP)
		return -EINVAL;
	memcpy(&r, arg, sizeof(r));
	r.arp_dev[IFNAMSIZ - 1] = '\0';
	if (r.arp_pa.sa_family != AF_INET)
		return -EPFNOSUPPORT;
	if (!(r.arp_flags & ATF_PUBL) && (r.arp_flags & (ATF_NETMASK | ATF_DONTPUB)))
		return -EINVAL;
	if (!(r.arp_flags & ATF_NETMASK))
		memset(r.arp_netmask.sa_data + 2, 0xff, 4);

	err = arp_req_dev(net, &r, request == SIOCGARP, &dev);
	if (err)
		return err;
	if (request == SIOCDARP)
		return arp_req_delete(net, &r, dev);
	if (request == SIOCSARP)
		return arp_req_set(task, net, &r, dev);
	err = arp_req_get(&r, dev);
	if (!err)
		memcpy(arg, &r, sizeof(r));
	return err;
}

/**
 * arp_seq() - The rows of /proc/net/arp.
 * @net: namespace
 * @emit: called for each row: neighbours, oldest first, then proxied addresses
 * @arg: handed to @emit
 *
 * Unlike Linux, whose order is that of a hash with a random key.
 */
void arp_seq(struct net *net, void (*emit)(void *arg, const struct arp_seq_row *row), void *arg)
{
	const struct pneigh_entry *pn;
	const struct neighbour *n;
	struct arp_seq_row row;

	list_for_each_entry(n, &net->neigh->list, list) {
		if (!(n->nud_state & ~NUD_NOARP))
			continue;
		row = (struct arp_seq_row){ .ifname = n->dev->name,
					    .ip = n->key,
					    .hatype = n->dev->type,
					    .flags = arp_state_to_flags(n) };
		memcpy(row.ha, n->ha, ETH_ALEN);
		emit(arg, &row);
	}
	list_for_each_entry(pn, &net->neigh->pneigh_list, list) {
		row = (struct arp_seq_row){ .ifname = pn->dev ? pn->dev->name : "*",
					    .ip = pn->key,
					    .hatype = pn->dev ? pn->dev->type : 0,
					    .flags = ATF_PUBL | ATF_PERM };
		emit(arg, &row);
	}
}
