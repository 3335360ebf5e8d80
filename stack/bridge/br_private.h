/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_private.h - what the files of the bridge share
 *
 * mirrors net/bridge/br_private.h and br_private_stp.h
 *
 * Times that a person configures are in jiffies of 4 ms (HZ=250), so that the
 * rounding seen in `ip -d link` and in BPDUs is the kernel's.
 */
#ifndef STACK_BRIDGE_BR_PRIVATE_H
#define STACK_BRIDGE_BR_PRIVATE_H

#include <errno.h>
#include <linux/if_bridge.h>

#include "bridge/br_multicast.h"
#include "bridge/bridge.h"
#include "core/jiffies.h"
#include "core/list.h"
#include "core/net_namespace.h"
#include "core/netdevice.h"
#include "core/skbuff.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/route.h"
#include "netlink/af_netlink.h"

#define BR_HZ HZ
#define BR_TICK_NS TICK_NSEC
#define BR_USER_HZ 100
#define BR_CLOCK_NS (NSEC_PER_SEC / BR_USER_HZ)
#define BR_PORT_BITS 10
#define BR_MAX_PORTS (1 << BR_PORT_BITS)

/* limits of 802.1D, in jiffies */
#define BR_MIN_HELLO_TIME (1U * BR_HZ)
#define BR_MAX_HELLO_TIME (10U * BR_HZ)
#define BR_MIN_FORWARD_DELAY (2U * BR_HZ)
#define BR_MAX_FORWARD_DELAY (30U * BR_HZ)
#define BR_MIN_MAX_AGE (6U * BR_HZ)
#define BR_MAX_MAX_AGE (40U * BR_HZ)
#define BR_MIN_PATH_COST 1U
#define BR_MAX_PATH_COST 65535U
#define BR_MAX_PORT_PRIORITY (0xffffU >> BR_PORT_BITS)
#define BR_HOLD_TIME (1U * BR_HZ)
#define BR_MESSAGE_AGE_INCR 1U /* HZ / 256, at least 1 */

/* group_fwd_mask: pause, LACP and STP frames stay on the link */
#define BR_GROUPFWD_RESTRICTED 0x0007U
#define BR_GROUPFWD_MACPAUSE 0x0002U

/* flags of a port */
#define BR_HAIRPIN_MODE 0x00001U
#define BR_BPDU_GUARD 0x00002U
#define BR_ROOT_BLOCK 0x00004U
#define BR_MULTICAST_FAST_LEAVE 0x00008U
#define BR_ADMIN_COST 0x00010U
#define BR_LEARNING 0x00020U
#define BR_FLOOD 0x00040U
#define BR_MCAST_FLOOD 0x00080U
#define BR_BCAST_FLOOD 0x00100U
#define BR_PROXYARP 0x00200U
#define BR_PROXYARP_WIFI 0x00400U
#define BR_MULTICAST_TO_UNICAST 0x00800U
#define BR_VLAN_TUNNEL 0x01000U
#define BR_NEIGH_SUPPRESS 0x02000U
#define BR_ISOLATED 0x04000U
#define BR_PORT_LOCKED 0x08000U

/* flags of a forwarding entry */
#define BR_FDB_LOCAL 0x001U
#define BR_FDB_STATIC 0x002U
#define BR_FDB_STICKY 0x004U
#define BR_FDB_ADDED_BY_USER 0x008U
#define BR_FDB_ADDED_BY_EXT_LEARN 0x010U
#define BR_FDB_OFFLOADED 0x020U
#define BR_FDB_DYNAMIC_LEARNED 0x040U

enum br_stp { BR_NO_STP, BR_KERNEL_STP };

enum br_pkt_type { BR_PKT_UNICAST, BR_PKT_MULTICAST, BR_PKT_BROADCAST };

/* 8 bytes as in a BPDU: memcmp() is the order of 802.1D */
struct bridge_id {
	uint8_t prio[2];
	uint8_t addr[ETH_ALEN];
};

struct ndmsg;

#define BR_FDB_NO_KEY UINT64_MAX

struct net_bridge_fdb_entry {
	struct hlist_node hash;
	struct list_head list; /* br->fdb_list, newest first: the order of a dump */
	uint64_t key; /* address and VLAN: br_fdb_key(); BR_FDB_NO_KEY when not in the table */
	uint8_t addr[ETH_ALEN];
	uint16_t vid; /* 0: none */
	uint32_t flags;
	struct net_bridge_port *dst; /* NULL: the bridge itself */
	int64_t updated_ns;
	int64_t used_ns;
	struct ng_origin origin;
	uint64_t packet; /* it was learned from; 0: a command said so */
};

struct net_bridge_port {
	struct list_head list; /* br->port_list, newest first */
	struct net_bridge *br;
	struct net_device *dev;
	struct net_bridge_port *backup_port;
	struct net_bridge_fdb_entry *last_source; /* br_fdb_find_cached() */
	struct net_bridge_fdb_entry *last_dest;
	uint32_t flags;
	uint16_t group_fwd_mask;
	uint8_t multicast_router;
	struct net_bridge_mcast_port multicast_ctx;
	struct br_vlan_group *vlgrp; /* NULL as the bridge's */

	/* spanning tree */
	uint8_t priority;
	uint8_t state;
	uint16_t port_no;
	bool topology_change_ack;
	bool config_pending;
	uint16_t port_id;
	uint16_t designated_port;
	struct bridge_id designated_root;
	struct bridge_id designated_bridge;
	uint32_t path_cost;
	uint32_t designated_cost;
	int64_t designated_age; /* jiffies */
	struct sim_timer forward_delay_timer;
	struct sim_timer hold_timer;
	struct sim_timer message_age_timer;
	struct ng_origin origin;
};

struct net_bridge {
	struct net_device *dev;
	struct list_head port_list;
	struct rtable fake_rtable; /* what bridged packets carry through netfilter */

	/* br_fdb.c */
	struct hlist_head *fdb_hash;
	uint32_t fdb_hash_mask;
	uint32_t fdb_count;
	uint32_t fdb_n_learned;
	uint32_t fdb_max_learned;
	struct list_head fdb_list;
	struct list_head fdb_free; /* entries to use again */
	int64_t hold_ns;	   /* hold_time(): how long a learned entry lives */
	struct sim_timer gc_timer;
	int64_t gc_due_ns; /* when the kernel's periodic clean-up would run; 0: never */

	struct br_vlan_group *vlgrp; /* br_vlan.c; NULL until VLANs are spoken of */
	bool vlan_enabled;
	uint16_t default_pvid;

	bool mtu_set_by_user;
	bool group_addr_set;
	bool no_ll_learn;
	bool nf_call_iptables, nf_call_ip6tables, nf_call_arptables;
	bool neigh_suppress_enabled;
	uint16_t group_fwd_mask;
	uint16_t group_fwd_mask_required;
	uint8_t group_addr[ETH_ALEN];

	/* spanning tree */
	struct bridge_id designated_root;
	struct bridge_id bridge_id;
	uint8_t topology_change;
	bool topology_change_detected;
	uint16_t root_port;
	uint64_t bpdu;				    /* the packet that is being read, 0: none */
	int64_t max_age, hello_time, forward_delay; /* jiffies; in use: the root's */
	int64_t ageing_time;
	int64_t bridge_max_age, bridge_hello_time, bridge_forward_delay,
		bridge_ageing_time; /* our own */
	uint32_t root_path_cost;
	enum br_stp stp_enabled;
	struct sim_timer hello_timer;
	struct sim_timer tcn_timer;
	struct sim_timer topology_change_timer;

	/* br_multicast.c; then its parameters */
	struct net_bridge_mcast mcast;
	bool multicast_enabled;
	bool multicast_querier;
	bool multicast_query_use_ifaddr;
	bool multicast_stats_enabled;
	uint8_t multicast_router;
	uint8_t multicast_igmp_version;
	uint8_t multicast_mld_version;
	uint32_t hash_max;
	uint32_t multicast_last_member_count;
	uint32_t multicast_startup_query_count;
	int64_t multicast_last_member_interval; /* jiffies, as the next five */
	int64_t multicast_membership_interval;
	int64_t multicast_querier_interval;
	int64_t multicast_query_interval;
	int64_t multicast_query_response_interval;
	int64_t multicast_startup_query_interval;
};

/* skb->cb while the bridge has the frame */
struct br_input_skb_cb {
	struct net_device *brdev;
	bool src_port_isolated;
	bool promisc;
	bool proxyarp_replied;
	bool vlan_filtered;
	bool mrouters_only; /* of no known group: for multicast routers */
	uint8_t igmp;	    /* the type, when the frame is such a message; 0 */
	uint16_t vid;	    /* the frame's, 0: without VLAN filtering */
};
#define BR_INPUT_SKB_CB(skb) ((struct br_input_skb_cb *)(uintptr_t)(skb)->cb)

struct br_config_bpdu {
	bool topology_change, topology_change_ack;
	struct bridge_id root;
	uint32_t root_path_cost;
	struct bridge_id bridge_id;
	uint16_t port_id;
	uint32_t message_age, max_age, hello_time, forward_delay; /* jiffies */
};

static inline struct net_bridge *br_priv(const struct net_device *dev)
{
	return dev->priv;
}

static inline struct net_bridge_port *br_port_get(const struct net_device *dev)
{
	return dev->br_port;
}

static inline int64_t br_now(const struct net_bridge *br)
{
	return world_now(br->dev->world);
}

static inline int64_t br_jiffies(const struct net_bridge *br)
{
	return br_now(br) / BR_TICK_NS;
}

static inline int64_t br_multicast_lmqt(const struct net_bridge *br)
{
	return (int64_t)br->multicast_last_member_interval * br->multicast_last_member_count;
}

static inline struct net_bridge_port *br_mcast_port(struct net_bridge_mcast_port *ctx)
{
	return container_of(ctx, struct net_bridge_port, multicast_ctx);
}

/* Of what a script may write; farther away than that is never. */
static inline int64_t clock_t_to_jiffies(uint64_t clock)
{
	const uint64_t most = INT64_MAX / BR_TICK_NS / 4;

	return clock < most ? (int64_t)(clock * BR_HZ / BR_USER_HZ) : (int64_t)most;
}

static inline uint64_t jiffies_to_clock_t(int64_t jiffies)
{
	return (uint64_t)jiffies * BR_USER_HZ / BR_HZ;
}

static inline bool br_is_root_bridge(const struct net_bridge *br)
{
	return !memcmp(&br->bridge_id, &br->designated_root, sizeof(br->bridge_id));
}

static inline bool br_is_designated_port(const struct net_bridge_port *p)
{
	return !memcmp(&p->designated_bridge, &p->br->bridge_id, sizeof(p->designated_bridge)) &&
	       p->designated_port == p->port_id;
}

static inline void br_drop_fake_rtable(struct sk_buff *skb, const struct net_bridge *br)
{
	if (skb->dst == &br->fake_rtable.dst)
		skb_dst_drop(skb);
}

/* br_device.c */
int br_dev_xmit(struct sk_buff *skb, struct net_device *dev);
void br_dev_setup(struct net_device *dev);

/* br_if.c */
int br_add_bridge(struct net *net, const char *name, const struct ng_origin *origin);
int br_del_bridge(struct net *net, const char *name);
void br_dev_delete(struct net_device *dev);
netdev_features_t br_features_recompute(const struct net_bridge *br, netdev_features_t features);
int br_add_if(struct net_device *brdev, struct net_device *dev, struct ng_extack *extack);
int br_del_if(struct net_device *brdev, struct net_device *dev);
void br_mtu_auto_adjust(struct net_bridge *br);
bool br_port_carrier_check(struct net_bridge_port *p);
void br_recalculate_neigh_suppress_enabled(struct net_bridge *br);
int nbp_backup_change(struct net_bridge_port *p, struct net_device *backup_dev);

/* br_vlan.c: which VLANs a port, or the bridge itself, is in */
struct br_vlan_group;
struct bridge_vlan_info;
void br_vlan_use(struct net_bridge *br);
void br_vlan_port_init(struct net_bridge_port *p);
void br_vlan_port_fini(struct net_bridge_port *p);
int br_vlan_filter_toggle(struct net_bridge *br, bool on);
int br_vlan_set_default_pvid(struct net_bridge *br, uint16_t pvid);
bool br_vlan_info(struct net_bridge *br, struct net_bridge_port *p, int cmd,
		  const struct bridge_vlan_info *info);
bool br_vlan_has(const struct br_vlan_group *vg, uint16_t vid);
void br_vlan_for_each(const struct br_vlan_group *vg, void (*fn)(void *arg, uint16_t vid),
		      void *arg);
void br_vlan_fill(struct nl_buf *buf, const struct br_vlan_group *vg, bool compressed);
/* of a frame: PATH */
bool br_should_learn(const struct net_bridge_port *p, const struct sk_buff *skb, uint16_t *ret_vid);
bool __br_allowed_ingress(const struct br_vlan_group *vg, struct sk_buff *skb);

/* May a frame come in? Puts it into its VLAN. @vg: of the port, or of the bridge for the host's */
static inline bool br_allowed_ingress(const struct net_bridge *br, const struct br_vlan_group *vg,
				      struct sk_buff *skb)
{
	BR_INPUT_SKB_CB(skb)->vlan_filtered = br->vlan_enabled;
	BR_INPUT_SKB_CB(skb)->vid = 0;
	return !br->vlan_enabled || __br_allowed_ingress(vg, skb);
}

/* May a frame leave here? */
static inline bool br_allowed_egress(const struct br_vlan_group *vg, const struct sk_buff *skb)
{
	const struct br_input_skb_cb *cb = BR_INPUT_SKB_CB(skb);

	return !cb->vlan_filtered || br_vlan_has(vg, cb->vid);
}

bool br_handle_vlan(const struct net_bridge *br, const struct br_vlan_group *vg,
		    struct sk_buff *skb);

/* br_ioctl.c */
int br_dev_siocdevprivate(struct net_device *dev, void *ifr, unsigned long cmd);

/* br_input.c, br_forward.c: PATH; all consume */
enum rx_handler_result br_handle_frame(struct sk_buff *skb);
int br_handle_frame_finish(struct sk_buff *skb);
void br_forward(struct net_bridge_port *to, struct sk_buff *skb, bool local_rcv, bool local_orig);
void br_flood(struct net_bridge *br, struct sk_buff *skb, enum br_pkt_type pkt_type, bool local_rcv,
	      bool local_orig);
int br_dev_queue_push_xmit(struct sk_buff *skb);
int br_forward_finish(struct sk_buff *skb);
void br_multicast_flood(struct net_bridge *br, const struct net_bridge_mdb_entry *mdst,
			struct sk_buff *skb, bool local_rcv, bool local_orig);
/* br_arp_nd_proxy.c: borrows */
void br_do_proxy_suppress_arp(struct sk_buff *skb, struct net_bridge *br,
			      const struct net_bridge_port *p);

/* br_fdb.c: TABLE */
void br_fdb_hash_init(struct net_bridge *br);
void br_fdb_hash_fini(struct net_bridge *br);
struct net_bridge_fdb_entry *br_fdb_find(struct net_bridge *br, const uint8_t *addr, uint16_t vid);

static inline uint64_t br_fdb_key(const uint8_t *addr, uint16_t vid)
{
	uint32_t low;
	uint16_t high;

	memcpy(&low, addr, sizeof(low));
	memcpy(&high, addr + sizeof(low), sizeof(high));
	return low | (uint64_t)high << 32 | (uint64_t)vid << 48;
}

/* As br_fdb_find(), by way of what was found last. Entries live as long as the bridge, so *cache
 * may be stale. */
static inline struct net_bridge_fdb_entry *br_fdb_find_cached(struct net_bridge *br,
							      struct net_bridge_fdb_entry **cache,
							      const uint8_t *addr, uint16_t vid)
{
	struct net_bridge_fdb_entry *f = *cache;

	if (f && f->key == br_fdb_key(addr, vid))
		return f;
	f = br_fdb_find(br, addr, vid);
	*cache = f;
	return f;
}

void br_fdb_update(struct net_bridge_port *source, const uint8_t *addr, uint16_t vid,
		   uint32_t flags, const struct ng_origin *origin, const struct sk_buff *skb);
/* br_trace.c */
void br_trace_moved(const struct net_bridge *br, struct net_bridge_fdb_entry *f,
		    struct net_bridge_port *to, const struct ng_origin *origin);
void br_trace_forget(const struct net_bridge *br, const struct net_bridge_fdb_entry *f);
void br_trace_learn(const struct net_bridge *br, const struct net_bridge_fdb_entry *f,
		    const struct net_bridge_port *old, const struct sk_buff *skb);
void br_trace_forward(const struct net_bridge_port *to, struct sk_buff *skb);
void br_trace_flood(struct net_bridge *br, struct sk_buff *skb, enum br_pkt_type pkt_type,
		    bool (*wanted)(const struct net_bridge_port *p, const struct sk_buff *skb,
				   enum br_pkt_type pkt_type));
void br_trace_multicast(struct net_bridge *br, const struct net_bridge_mdb_entry *mdst,
			struct sk_buff *skb);
void br_trace_up(struct net_bridge *br, struct sk_buff *skb);

struct net_bridge_fdb_entry *br_fdb_create(struct net_bridge *br, struct net_bridge_port *source,
					   const uint8_t *addr, uint16_t vid, uint32_t flags,
					   const struct ng_origin *origin);
void br_fdb_remove(struct net_bridge *br, struct net_bridge_fdb_entry *f);
int br_fdb_add_local(struct net_bridge *br, struct net_bridge_port *source, const uint8_t *addr,
		     uint16_t vid);
void br_fdb_delete_by_vlan(struct net_bridge *br, const struct net_bridge_port *p, uint16_t vid);
void br_fdb_changeaddr(struct net_bridge_port *p, const uint8_t *newaddr);
void br_fdb_change_mac_address(struct net_bridge *br, const uint8_t *newaddr);
void br_fdb_delete_by_port(struct net_bridge *br, const struct net_bridge_port *p, bool do_all);
struct br_fdb_flush {
	uint32_t flags, flags_mask;
	int port_ifindex; /* 0: any */
	uint16_t vlan_id; /* 0: any */
};
void br_fdb_flush(struct net_bridge *br, const struct br_fdb_flush *desc);
bool br_fdb_has_expired(const struct net_bridge *br, const struct net_bridge_fdb_entry *f);
void br_fdb_gc_arm(struct net_bridge *br);
void br_fdb_hold_time_changed(struct net_bridge *br);
void br_fdb_gc_start(struct net_bridge *br, int64_t delay_ns);
void br_fdb_gc_stop(struct net_bridge *br);
uint32_t br_fdb_gc_timer_value(struct net_bridge *br);
int br_fdb_fillbuf(struct net_bridge *br, void *buf, uint32_t maxnum, uint32_t skip);

/* br_fdb_netlink.c, br_fdb_dump.c */
void br_fdb_fill_info(struct nl_buf *buf, struct ndmsg *ndm, const struct net_bridge *br,
		      const struct net_bridge_fdb_entry *f);
void br_fdb_fill_self(struct nl_buf *buf, struct ndmsg *ndm, const struct net_device *dev,
		      const uint8_t *addr);
int br_fdb_vid_parse(const struct nlattr *attr, uint16_t *ret_vid, struct ng_extack *extack);
void br_fdb_notify(const struct net_bridge *br, const struct net_bridge_fdb_entry *f, int type);

/* br_netlink.c, br_netlink_set.c */
void br_ifinfo_notify(int event, const struct net_bridge *br, const struct net_bridge_port *p);
void br_fill_info(struct nl_buf *buf, const struct net_device *dev);
void br_port_fill_slave_info(struct nl_buf *buf, const struct net_device *brdev,
			     const struct net_device *dev);
int br_changelink(struct net_device *dev, const struct nlattr *data, struct ng_extack *extack);
int br_set_group_addr(struct net_bridge *br, const uint8_t *addr);
int br_setport(struct net_bridge_port *p, const struct nlattr **tb, struct ng_extack *extack);
int br_port_slave_changelink(struct net_device *brdev, struct net_device *dev,
			     const struct nlattr *data, struct ng_extack *extack);

/* br_stp.c */
void br_set_state(struct net_bridge_port *p, uint8_t state);
struct net_bridge_port *br_get_port(const struct net_bridge *br, uint16_t port_no);
void br_become_root_bridge(struct net_bridge *br);
void br_become_designated_port(struct net_bridge_port *p);
void br_configuration_update(struct net_bridge *br);
void br_config_bpdu_generation(struct net_bridge *br);
void br_port_state_selection(struct net_bridge *br);
void br_received_config_bpdu(struct net_bridge_port *p, const struct br_config_bpdu *bpdu);
void br_received_tcn_bpdu(struct net_bridge_port *p);
void br_topology_change_detection(struct net_bridge *br);
void br_set_topology_change(struct net_bridge *br, uint8_t val);
void br_transmit_config(struct net_bridge_port *p);
void br_transmit_tcn(struct net_bridge *br);

/* br_stp_if.c */
void br_init_port(struct net_bridge_port *p);
void br_stp_enable_bridge(struct net_bridge *br);
void br_stp_disable_bridge(struct net_bridge *br);
void br_stp_enable_port(struct net_bridge_port *p);
void br_stp_disable_port(struct net_bridge_port *p);
int br_stp_set_enabled(struct net_bridge *br, bool on);
void br_stp_change_bridge_id(struct net_bridge *br, const uint8_t *addr);
bool br_stp_recalculate_bridge_id(struct net_bridge *br);
void br_stp_set_bridge_priority(struct net_bridge *br, uint16_t newprio);
int br_stp_set_port_priority(struct net_bridge_port *p, uint32_t newprio);
int br_stp_set_path_cost(struct net_bridge_port *p, uint32_t path_cost);
int br_set_hello_time(struct net_bridge *br, uint64_t clock);
int br_set_max_age(struct net_bridge *br, uint64_t clock);
int br_set_ageing_time(struct net_bridge *br, uint64_t clock);
int br_set_forward_delay(struct net_bridge *br, uint64_t clock);

/* br_stp_timer.c */
void br_stp_timer_init(struct net_bridge *br);
void br_stp_port_timer_init(struct net_bridge_port *p);
void br_timer_mod(struct net_bridge *br, struct sim_timer *timer, int64_t delay);
void br_timer_mod_rounded(struct net_bridge *br, struct sim_timer *timer, int64_t delay);
void br_timer_del(struct net_bridge *br, struct sim_timer *timer);
uint32_t br_timer_value(const struct net_bridge *br, const struct sim_timer *timer);

/* br_stp_bpdu.c */
void br_send_config_bpdu(struct net_bridge_port *p, const struct br_config_bpdu *bpdu);
void br_send_tcn_bpdu(struct net_bridge_port *p);
void br_stp_rcv(struct sk_buff *skb); /* consumes */

/* br_netfilter_hooks.c: PATH; all consume unless they say no */
struct netns_nf;
bool brnf_pre_routing_wanted(const struct net_bridge *br, const struct sk_buff *skb);
bool brnf_refuses(const struct net_bridge *br, struct sk_buff *skb);
void br_nf_pre_routing(struct sk_buff *skb);
bool br_nf_local_in(struct sk_buff *skb); /* consumes unless true */
/* forwarding of a packet that has a note; false: not IP, nothing done */
bool br_nf_forward(struct sk_buff *skb, struct net_device *indev);
bool br_nf_post_routing(struct sk_buff *skb);
bool br_nf_dev_xmit(struct sk_buff *skb);
void br_netfilter_rtable_init(struct net_bridge *br);
bool brnf_hooked(const struct net *net);

#endif
