/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * net_namespace.c - network namespaces, and what they call each other
 *
 * mirrors net/core/net_namespace.c
 * TABLE and CONTROL.
 */
#include "core/net_namespace.h"

#include <errno.h>
#include <linux/net_namespace.h>

#include "bridge/bridge.h"
#include "core/config_trace.h"
#include "core/neighbour.h"
#include "core/rtnetlink.h"
#include "core/task.h"
#include "core/vsprintf.h"
#include "core/xalloc.h"
#include "drivers/drivers.h"
#include "ipv4/inetdevice.h"
#include "ipv4/ip.h"
#include "ipv4/route.h"
#include "netfilter/netfilter.h"
#include "netlink/af_netlink.h"

#define NET_INUM_BASE 0xf0000000U /* PROC_DYNAMIC_FIRST: where the kernel's numbers begin */
#define NET_CLEANUP_DELAY (10 * NSEC_PER_MSEC) /* cleanup_net() runs from a work queue */

static void net_free(struct net *net);

static void cleanup_net(struct sim_timer *timer)
{
	net_free(container_of(timer, struct net, cleanup_timer));
}

/**
 * copy_net_ns() - A new namespace: lo, down, and every default
 * @world: its world
 *
 * Return: the namespace with one reference.
 */
struct net *copy_net_ns(struct ng_world *world)
{
	struct net *net = xzalloc(sizeof(*net));

	net->world = world;
	net->refs = 1;
	net->inum = NET_INUM_BASE + world->nr_nets++;
	scnprintf(net->name, sizeof(net->name), "netns%u", world->nr_nets - 1);
	net->cleanup_timer.fn = cleanup_net;
	INIT_LIST_HEAD(&net->dev_base_head);
	INIT_LIST_HEAD(&net->nsids);
	INIT_LIST_HEAD(&net->nsids_of_it);
	INIT_LIST_HEAD(&net->socks);
	list_add_tail(&net->list, &world->net_list);
	neigh_net_init(net);
	inet_net_init(net);
	net->loopback_dev = loopback_net_init(net);
	return net;
}

static void free_nsid(struct net_nsid *id)
{
	list_del(&id->list);
	list_del(&id->named);
	id->net->nr_nsids--;
	id->peer->nr_nsids_of_it--;
	free(id);
}

/* rtnl_net_notifyid() */
static void notify_nsid(struct net *net, uint16_t type, int id)
{
	struct nl_buf buf = { 0 };

	if (!netlink_has_listeners(net, NETLINK_ROUTE, RTNLGRP_NSID))
		return;
	nlmsg_put(&buf, 0, 0, type, 0, sizeof(struct rtgenmsg));
	nla_put_u32(&buf, NETNSA_NSID, (uint32_t)id);
	nlmsg_end(&buf);
	netlink_broadcast(net, NETLINK_ROUTE, RTNLGRP_NSID, &buf);
	nl_buf_fini(&buf);
}

static void forget_nsids(struct net *net)
{
	struct net_nsid *id, *n;

	list_for_each_entry_safe(id, n, &net->nsids, list)
		free_nsid(id);
	list_for_each_entry_safe(id, n, &net->nsids_of_it, named) {
		notify_nsid(id->net, RTM_DELNSID, id->id);
		free_nsid(id);
	}
}

static void net_free(struct net *net)
{
	struct net_device *dev;

	sim_timer_del(&net->world->sim, &net->cleanup_timer);
	list_del(&net->list);
	net->dying = true;
	if (trace_on(net->world))
		trace_netns(net, "del");
	forget_nsids(net);
	/* the youngest first: a bridge's ports may be older or younger than it, a veth takes its peer along */
	while (!list_empty(&net->dev_base_head)) {
		dev = list_last_entry(&net->dev_base_head, struct net_device, dev_list);
		if (dev->rtnl_link_ops && dev->rtnl_link_ops->dellink)
			dev->rtnl_link_ops->dellink(dev);
		else
			unregister_netdevice(dev);
	}
	nf_nft_net_exit(net);
	nf_ct_net_exit(net);
	nf_net_exit(net);
	br_net_exit(net);
	neigh_net_exit(net);
	inet_net_exit(net);
	free(net->dev_hash);
	free(net);
}

/**
 * put_net() - Gives a reference back; the last one ends the namespace a little later
 * @net: the namespace
 */
void put_net(struct net *net)
{
	if (--net->refs || net->world->ending)
		return;
	net->dying = true;
	sim_timer_mod(&net->world->sim, &net->cleanup_timer,
		      world_now(net->world) + NET_CLEANUP_DELAY);
}

/**
 * net_free_all() - Ends every namespace, youngest first
 * @world: the world, its tasks gone
 */
void net_free_all(struct ng_world *world)
{
	while (!list_empty(&world->net_list))
		net_free(list_last_entry(&world->net_list, struct net, list));
}

/**
 * peernet2id() - What a namespace calls another
 * @net: who speaks
 * @peer: of whom
 *
 * Return: the id, or NETNSA_NSID_NOT_ASSIGNED.
 */
int peernet2id(const struct net *net, const struct net *peer)
{
	const struct net_nsid *id;

	/* the host knows many, each of them only the host: look where there is less */
	if (peer->nr_nsids_of_it < net->nr_nsids) {
		list_for_each_entry(id, &peer->nsids_of_it, named) {
			if (id->net == net)
				return id->id;
		}
		return NETNSA_NSID_NOT_ASSIGNED;
	}
	list_for_each_entry(id, &net->nsids, list) {
		if (id->peer == peer)
			return id->id;
	}
	return NETNSA_NSID_NOT_ASSIGNED;
}

/* The list stays in the order of the numbers. */
static void add_nsid(struct net *net, struct net *peer, int want)
{
	struct net_nsid *before;
	struct net_nsid *id = xzalloc(sizeof(*id));

	id->net = net;
	id->peer = peer;
	id->id = want;
	list_add_tail(&id->named, &peer->nsids_of_it);
	net->nr_nsids++;
	peer->nr_nsids_of_it++;
	list_for_each_entry_reverse(before, &net->nsids, list) {
		if (before->id < want)
			break;
	}
	list_add(&id->list, &before->list);
	notify_nsid(net, RTM_NEWNSID, want);
}

/* The lowest: behind the last one when there is no gap. */
static int free_nsid_number(const struct net *net)
{
	const struct net_nsid *e;
	int id = 0;

	if (!list_empty(&net->nsids)) {
		e = list_last_entry(&net->nsids, struct net_nsid, list);
		if (e->id + 1 == (int)net->nr_nsids)
			return e->id + 1;
	}
	list_for_each_entry(e, &net->nsids, list) {
		if (e->id > id)
			break;
		id = e->id + 1;
	}
	return id;
}

/**
 * peernet2id_alloc() - What a namespace calls another; a free number if it has none yet
 * @net: who speaks
 * @peer: of whom
 *
 * Return: the id, or NETNSA_NSID_NOT_ASSIGNED when @peer is on its way out.
 */
int peernet2id_alloc(struct net *net, struct net *peer)
{
	int id = peernet2id(net, peer);

	if (id >= 0)
		return id;
	if (net->dying || peer->dying)
		return NETNSA_NSID_NOT_ASSIGNED;
	id = free_nsid_number(net);
	add_nsid(net, peer, id);
	return id;
}

/**
 * get_net_ns_by_id() - The namespace that goes by a number
 * @net: whose numbers
 * @id: the number
 *
 * Return: the namespace, borrowed, or NULL.
 */
struct net *get_net_ns_by_id(const struct net *net, int id)
{
	const struct net_nsid *e;

	list_for_each_entry(e, &net->nsids, list) {
		if (e->id == id)
			return e->peer;
	}
	return NULL;
}

/**
 * get_net_ns_by_fd() - The namespace an open file names
 * @task: whose descriptor
 * @fd: of a /run/netns file
 * @ret_err: -EBADF or -EINVAL
 *
 * Return: the namespace with a new reference, or NULL.
 */
struct net *get_net_ns_by_fd(struct ng_task *task, int fd, int *ret_err)
{
	struct ng_file *file = task ? task_file(task, fd) : NULL;
	struct net *net = file ? vfs_file_net(file) : NULL;

	if (!net) {
		*ret_err = file ? -EINVAL : -EBADF;
		return NULL;
	}
	return get_net(net);
}

/**
 * get_net_ns_by_pid() - The namespace a process lives in
 * @task: whose view of process numbers
 * @pid: the process
 * @ret_err: -ESRCH
 *
 * Return: the namespace with a new reference, or NULL.
 */
struct net *get_net_ns_by_pid(struct ng_task *task, int pid, int *ret_err)
{
	struct ng_task *of = task ? find_task_by_vpid(task, pid) : NULL;

	if (!of || !of->net) {
		*ret_err = -ESRCH;
		return NULL;
	}
	return get_net(of->net);
}

/* The namespace a request names with NETNSA_FD or NETNSA_PID: a new reference, or NULL and *ret_err */
static struct net *nsid_request_peer(struct nl_request *req, const struct nlattr **tb, int *ret_err)
{
	struct net *peer;

	if (!tb[NETNSA_PID] && !tb[NETNSA_FD]) {
		NG_SET_ERR_MSG(req->extack, "Peer netns reference is missing");
		*ret_err = -EINVAL;
		return NULL;
	}
	peer = tb[NETNSA_PID]
		       ? get_net_ns_by_pid(req->task, (int)nla_get_u32(tb[NETNSA_PID]), ret_err)
		       : get_net_ns_by_fd(req->task, (int)nla_get_u32(tb[NETNSA_FD]), ret_err);
	if (!peer)
		NG_SET_ERR_MSG(req->extack, "Peer netns reference is invalid");
	return peer;
}

/**
 * rtnl_net_newid() - RTM_NEWNSID: gives a namespace a number
 * @req: NETNSA_NSID, and NETNSA_FD or NETNSA_PID
 *
 * Return: 0, -EEXIST, -EINVAL ...
 */
int rtnl_net_newid(struct nl_request *req)
{
	const struct nlattr *tb[NETNSA_MAX + 1];
	struct net *peer;
	int err = 0;
	int id;

	if (nlmsg_parse(req->nlh, sizeof(struct rtgenmsg), tb, NETNSA_MAX) || !tb[NETNSA_NSID]) {
		NG_SET_ERR_MSG(req->extack, "nsid is missing");
		return -EINVAL;
	}
	id = (int)nla_get_u32(tb[NETNSA_NSID]);
	peer = nsid_request_peer(req, tb, &err);
	if (!peer)
		return err;
	if (peernet2id(req->net, peer) >= 0) {
		NG_SET_ERR_MSG(req->extack, "Peer netns already has a nsid assigned");
		err = -EEXIST;
	} else if (id >= 0 && get_net_ns_by_id(req->net, id)) {
		NG_SET_ERR_MSG(req->extack, "The specified nsid is already used");
		err = -EEXIST;
	} else if (id >= 0) {
		add_nsid(req->net, peer, id);
	} else {
		peernet2id_alloc(req->net, peer);
	}
	put_net(peer);
	return err;
}

/* @other: the peer, where @id is not the number the requester's namespace has for it */
static void fill_nsid(struct nl_request *req, int id, struct net *other)
{
	struct rtgenmsg *rth = nl_reply_begin(req, RTM_NEWNSID, 0, sizeof(*rth));

	rth->rtgen_family = AF_UNSPEC;
	nla_put_u32(&req->reply, NETNSA_NSID, (uint32_t)id);
	if (other)
		nla_put_u32(&req->reply, NETNSA_CURRENT_NSID,
			    (uint32_t)peernet2id(req->net, other));
	nlmsg_end(&req->reply);
}

/**
 * rtnl_net_getid() - RTM_GETNSID: the number of a namespace
 * @req: NETNSA_FD, NETNSA_PID or NETNSA_NSID
 *
 * Return: 0 with one RTM_NEWNSID (-1: none), -ENOENT for an unknown number.
 */
int rtnl_net_getid(struct nl_request *req)
{
	const struct nlattr *tb[NETNSA_MAX + 1];
	struct net *peer;
	int err = 0;

	if (nlmsg_parse(req->nlh, sizeof(struct rtgenmsg), tb, NETNSA_MAX))
		return -EINVAL;
	if (tb[NETNSA_NSID]) {
		int id = (int)nla_get_u32(tb[NETNSA_NSID]);

		peer = get_net_ns_by_id(req->net, id);
		if (!peer) {
			NG_SET_ERR_MSG(req->extack, "Peer netns reference is invalid");
			return -ENOENT;
		}
		fill_nsid(req, id, NULL);
		return 0;
	}
	peer = nsid_request_peer(req, tb, &err);
	if (!peer)
		return err;
	fill_nsid(req, peernet2id(req->net, peer), NULL);
	put_net(peer);
	return 0;
}

/**
 * rtnl_net_dumpid() - RTM_GETNSID dump: every number, in order
 * @req: the request; NETNSA_TARGET_NSID: the numbers as seen from that one
 *
 * Return: 0 or -EINVAL.
 */
int rtnl_net_dumpid(struct nl_request *req)
{
	const struct nlattr *tb[NETNSA_MAX + 1];
	struct net *net = req->net;
	const struct net_nsid *e;

	if (nlmsg_parse(req->nlh, sizeof(struct rtgenmsg), tb, NETNSA_MAX))
		return -EINVAL;
	if (tb[NETNSA_TARGET_NSID]) {
		net = get_net_ns_by_id(net, (int)nla_get_u32(tb[NETNSA_TARGET_NSID]));
		if (!net) {
			NG_SET_ERR_MSG(req->extack, "Invalid target network namespace id");
			return -EINVAL;
		}
	}
	list_for_each_entry(e, &net->nsids, list)
		fill_nsid(req, e->id, net == req->net ? NULL : e->peer);
	return 0;
}
