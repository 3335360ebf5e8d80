/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * neighbour.h - who has which link-layer address: net/core/neighbour.c
 */
#ifndef STACK_CORE_NEIGHBOUR_H
#define STACK_CORE_NEIGHBOUR_H

#include <linux/neighbour.h>
#include <netglass/types.h>

#include "core/list.h"
#include "core/netdevice.h"
#include "core/world.h"
#include "core/skbuff.h"
#include "sim.h"

#define NUD_IN_TIMER (NUD_INCOMPLETE | NUD_REACHABLE | NUD_DELAY | NUD_PROBE)
#define NUD_VALID (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY)
#define NUD_CONNECTED (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE)

/* per device, inherited from the machine's defaults; times in ns */
struct neigh_parms {
	struct list_head list;	 /* netns_neigh->parms_list, newest first */
	struct net_device *dev;	 /* NULL: the machine's defaults */
	uint32_t nr_neighbours;	 /* entries that use it */
	uint32_t nr_random;	 /* times reachable_time_ns was drawn */
	int64_t random_base_ns;	 /* base_reachable_time_ns of the last draw */
	int64_t random_until_ns; /* then it is drawn again */
	uint64_t set; /* bit NDTPA_*: written for this device, `default` no longer reaches it */
	int64_t interval_probe_time_ns;
	uint32_t proxy_qlen_used;
	int64_t base_reachable_time_ns;
	int64_t reachable_time_ns; /* randomised, 0.5 to 1.5 of the base */
	int64_t retrans_time_ns;
	int64_t gc_staletime_ns;
	int64_t delay_probe_time_ns;
	int64_t locktime_ns;
	int64_t proxy_delay_ns;
	int64_t anycast_delay_ns;
	uint32_t queue_len_bytes;
	uint32_t ucast_probes, app_probes, mcast_probes, mcast_reprobes;
	uint32_t proxy_qlen;
};

struct neighbour {
	struct hlist_node hash;	       /* neigh_table->buckets */
	struct list_head list;	       /* netns_neigh->list: for dumps */
	struct list_head gc_list;      /* neigh_table's, or empty: not to be collected */
	struct list_head managed_list; /* neigh_table's, or empty */
	struct net_device *dev;
	uint32_t refs;
	__be32 key;
	uint8_t ha[ETH_ALEN];
	uint8_t nud_state;
	uint8_t type;	/* RTN_UNICAST, RTN_LOCAL, RTN_BROADCAST, RTN_MULTICAST */
	uint32_t flags; /* NTF_*, NTF_EXT_* << NTF_EXT_SHIFT */
	uint8_t protocol;
	bool dead;
	uint32_t probes;
	int64_t confirmed_ns, used_ns, updated_ns;
	struct sk_buff_head arp_queue;
	uint32_t arp_queue_len_bytes; /* of truesize, as the limit counts */
	struct neigh_parms *parms;
	struct sim_timer timer;
	struct ng_origin origin;
	uint64_t packet; /* that told the address; 0: none */
};

struct pneigh_entry {
	struct list_head list;
	__be32 key;
	struct net_device *dev; /* NULL: any */
	uint32_t flags;
	uint8_t protocol;
	struct ng_origin origin;
};

#define NEIGH_RANDOM_FOR_NS (300 * NSEC_PER_SEC) /* how long a drawn reachable_time_ns holds */
#define ARP_HASH_RND 0x9e3779b1U

/* the machine's ARP table: one for all namespaces, as its limits are */
struct neigh_table {
	struct ng_world *world;
	struct hlist_head *buckets;
	uint32_t nr_buckets; /* a power of two */
	uint32_t entries;
	uint32_t gc_entries;	       /* in gc_list */
	struct list_head gc_list;      /* neither permanent nor externally learned, oldest first */
	struct list_head managed_list; /* NTF_MANAGED */
	struct neigh_parms parms;      /* net.ipv4.neigh.default, which only the host has */
	int gc_thresh1, gc_thresh2, gc_thresh3;
	int64_t gc_interval_ns; /* kept; Linux looks at it no more */
	int64_t last_flush_ns;
	struct sim_timer gc_timer;
	struct sim_timer managed_timer;
	struct ndt_stats stats;
};

/* what of it is a namespace's: Linux compares namespaces instead */
struct netns_neigh {
	struct net *net;
	struct list_head list;	      /* neighbour->list, oldest first */
	struct list_head pneigh_list; /* oldest first */
	struct list_head parms_list;
	struct sk_buff_head proxy_queue;
	struct sim_timer proxy_timer;
};

#define NTF_EXT_SHIFT 8 /* NDA_FLAGS_EXT lie above ndm_flags */
#define NTF_MANAGED (NTF_EXT_MANAGED << NTF_EXT_SHIFT)

/* neighbour.c, PATH */
const char *nud_name(uint8_t state);
/* Sends @skb (network header at data) to the neighbour @nexthop, resolving first; consumes. */
int neigh_output(struct net_device *dev, __be32 nexthop, struct sk_buff *skb);
void neigh_confirm(struct net_device *dev, __be32 nexthop);
/* TABLE */
struct neighbour *neigh_lookup(struct net_device *dev, __be32 key); /* a reference, or NULL */
struct neighbour *neigh_create(struct net_device *dev,
			       __be32 key); /* a reference; NULL: table full */
struct neighbour *__neigh_create(struct net_device *dev, __be32 key, uint32_t flags,
				 bool exempt_from_gc);
void neigh_release(struct neighbour *n);
#define NEIGH_UPDATE_F_OVERRIDE 0x1
#define NEIGH_UPDATE_F_WEAK_OVERRIDE 0x2
#define NEIGH_UPDATE_F_USE 0x10000000
#define NEIGH_UPDATE_F_MANAGED 0x20000000
#define NEIGH_UPDATE_F_EXT_LEARNED 0x40000000
#define NEIGH_UPDATE_F_ADMIN 0x80000000
int neigh_update(struct neighbour *n, const uint8_t *lladdr, uint8_t new_state, uint32_t flags,
		 const struct sk_buff *skb);
int __neigh_update(struct neighbour *n, const uint8_t *lladdr, uint8_t new_state, uint32_t flags,
		   const struct sk_buff *skb, struct ng_extack *extack);
int __neigh_event_send(struct neighbour *n, struct sk_buff *skb);
void neigh_timer_handler(struct sim_timer *timer);
/* 0: the link-layer address may be used as it is; 1: @skb was queued or freed */
static inline int neigh_event_send(struct neighbour *n, struct sk_buff *skb)
{
	n->used_ns = world_now(n->dev->world);
	if (n->nud_state & (NUD_CONNECTED | NUD_DELAY | NUD_PROBE))
		return 0;
	return __neigh_event_send(n, skb);
}
int64_t neigh_reachable_time(struct neigh_parms *p, struct ng_world *world);
/* true: the entry is out of the table */
void neigh_remove_one(struct neighbour *n);
void neigh_update_lists(struct neighbour *n);
void neigh_ifdown(struct net_device *dev);
void neigh_carrier_down(struct net_device *dev);
void neigh_changeaddr(struct net_device *dev);
struct pneigh_entry *pneigh_lookup(struct net *net, __be32 key, const struct net_device *dev);
struct pneigh_entry *pneigh_create(struct net *net, __be32 key, struct net_device *dev);
void pneigh_ifdown(struct net_device *dev, bool only_queue);
void pneigh_net_init(struct netns_neigh *nn);
void pneigh_net_exit(struct netns_neigh *nn);
int pneigh_delete(struct net *net, __be32 key, const struct net_device *dev);
void pneigh_enqueue(struct neigh_parms *p,
		    struct sk_buff *skb); /* consumes: arp_process() again, later */
/* neigh_netlink.c */
void neigh_notify(struct neighbour *n, int type);
struct neigh_parms *neigh_parms_of(struct net_device *dev); /* the device's own, made on demand */
/* neigh_gc.c */
bool neigh_table_has_room(struct neigh_table *tbl);
void neigh_gc_arm(struct neigh_table *tbl);
void neigh_managed_arm(struct neigh_table *tbl);
void neigh_gc_init(struct neigh_table *tbl);
/* neigh_table.c */
void neigh_init(struct ng_world *world);
void neigh_exit(struct ng_world *world);
void neigh_net_init(struct net *net);
void neigh_net_exit(struct net *net);
void neigh_parms_release(struct net_device *dev);

#endif
