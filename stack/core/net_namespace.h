/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * net_namespace.h - a network namespace: its devices and every table that hangs off it
 *
 * Counted: tasks, open /run/netns files, mounts and sockets hold it. The last
 * put tears it down a little later, as cleanup_net() does from a work queue.
 */
#ifndef STACK_CORE_NET_NAMESPACE_H
#define STACK_CORE_NET_NAMESPACE_H

#include "core/list.h"
#include "core/netdevice.h"
#include "core/world.h"

struct neigh_table;
struct netns_brnf;
struct netns_ct;
struct netns_ipv4;
struct netns_nf;
struct netns_nft;

struct net_nsid {		/* what this namespace calls another */
	struct list_head list;	/* net->nsids, by number */
	struct list_head named; /* peer->nsids_of_it */
	struct net *net, *peer;
	int id;
};

struct net {
	struct list_head list;
	struct ng_world *world;
	uint32_t refs;
	uint32_t inum; /* "inode number" of the namespace file */
	char name[64]; /* of its first mount in /run/netns; "host" for the first */
	bool dying;
	bool named;   /* has been mounted in /run/netns */
	bool unnamed; /* no longer: its captures have ended */
	struct sim_timer cleanup_timer;

	struct list_head dev_base_head;
	/* netdev.c: dev_hash_size buckets by index, as many by name; grows with the devices */
	struct hlist_head *dev_hash;
	uint32_t dev_hash_size;
	uint32_t nr_devs;
	uint32_t nr_altnames;
	int32_t last_ifindex;
	struct net_device *loopback_dev;
	uint32_t dev_base_seq;
	struct list_head nsids;	      /* what it calls others */
	struct list_head nsids_of_it; /* what others call it */
	uint32_t nr_nsids, nr_nsids_of_it;

	struct list_head socks; /* every socket of this namespace */

	struct netns_ipv4 *ipv4;  /* ipv4/netns_ipv4.h; made with the namespace */
	struct netns_nf *nf;	  /* netfilter/netfilter.h: hook lists; NULL until the first hook */
	struct netns_nft *nft;	  /* netfilter/nf_tables.h; NULL until the first table */
	struct netns_ct *ct;	  /* netfilter/nf_conntrack.h; NULL until conntrack is needed */
	uint32_t nr_packet_socks; /* AF_PACKET sockets that listen here */
	struct netns_brnf *brnf;  /* bridge/: /proc/sys/net/bridge; NULL: the defaults */
	struct netns_neigh *neigh; /* core/neighbour.c; made with the namespace */
};

struct net *copy_net_ns(struct ng_world *world); /* a new one, one reference, lo down */
void net_free_all(struct ng_world *world);
static inline struct net *get_net(struct net *net)
{
	net->refs++;
	return net;
}
void put_net(struct net *net);
/* The id @net has for @peer: NETNSA_NSID_NOT_ASSIGNED (-1) if none; peernet2id_alloc() makes one. */
int peernet2id(const struct net *net, const struct net *peer);
int peernet2id_alloc(struct net *net, struct net *peer);
struct net *get_net_ns_by_id(const struct net *net, int id); /* borrowed */
struct nl_request;
int rtnl_net_newid(struct nl_request *req);
int rtnl_net_getid(struct nl_request *req);
int rtnl_net_dumpid(struct nl_request *req);
struct ng_task;
/* A file descriptor or a pid of @task -> namespace with a new reference; NULL and *ret_err */
struct net *get_net_ns_by_fd(struct ng_task *task, int fd, int *ret_err);
struct net *get_net_ns_by_pid(struct ng_task *task, int pid, int *ret_err);

#endif
