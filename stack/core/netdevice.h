/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netdevice.h - a network device, and the functions of dev.c
 */
#ifndef STACK_CORE_NETDEVICE_H
#define STACK_CORE_NETDEVICE_H

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netglass/types.h>

#include "core/netdev_features.h"
#include "core/list.h"
#include "core/skbuff.h"

struct capture_file;
struct in_device;
struct neigh_parms;
struct net;
struct net_bridge_port;
struct net_device;
struct ethtool_ops;
struct ng_extack;
struct nl_buf;
struct nlattr;

/* Fits every file that needs it: what the kernel says beside an errno (NLMSGERR_ATTR_MSG). */
struct ng_extack {
	const char *msg; /* a constant, or in buf */
	const struct nlattr *bad_attr;
	char buf[128];
};

#define NG_SET_ERR_MSG(extack, text)          \
	do {                                  \
		if (extack)                   \
			(extack)->msg = text; \
	} while (0)

enum netdev_event {
	NETDEV_REGISTER,
	NETDEV_UNREGISTER,
	NETDEV_UP,
	NETDEV_GOING_DOWN,
	NETDEV_DOWN,
	NETDEV_CHANGE, /* carrier or operational state */
	NETDEV_CHANGEMTU,
	NETDEV_CHANGEADDR,
	NETDEV_CHANGENAME,
	NETDEV_CHANGEUPPER,
	NETDEV_MOVED, /* has arrived in another namespace */
	NETDEV_FEAT_CHANGE,
};

enum netdev_qdisc {
	QDISC_NOOP,    /* not active: everything is dropped */
	QDISC_NOQUEUE, /* active: straight to the driver */
};

struct net_device_ops {
	int (*ndo_init)(struct net_device *dev);
	void (*ndo_uninit)(struct net_device *dev);
	int (*ndo_open)(struct net_device *dev);
	int (*ndo_stop)(struct net_device *dev);
	/* consumes @skb; NET_XMIT_SUCCESS or NET_XMIT_DROP */
	int (*ndo_start_xmit)(struct sk_buff *skb, struct net_device *dev);
	int (*ndo_set_mac_address)(struct net_device *dev, const uint8_t *addr);
	int (*ndo_change_mtu)(struct net_device *dev, uint32_t mtu);
	int (*ndo_add_slave)(struct net_device *dev, struct net_device *slave,
			     struct ng_extack *extack);
	int (*ndo_del_slave)(struct net_device *dev, struct net_device *slave);
	void (*ndo_change_rx_flags)(struct net_device *dev, uint32_t changed);
	netdev_features_t (*ndo_fix_features)(struct net_device *dev, netdev_features_t features);
	int (*ndo_get_iflink)(const struct net_device *dev);
	struct net *(*ndo_get_link_net)(const struct net_device *dev); /* where iflink lives */
	int (*ndo_do_ioctl)(struct net_device *dev, void *ifr, unsigned long cmd);
};

/* One per kind of `ip link add type KIND`: net/core/rtnetlink.c */
struct rtnl_link_ops {
	const char *kind;
	size_t priv_size;
	void (*setup)(struct net_device *dev);
	/* registers @dev and what goes with it; @tb: IFLA_*, @data: IFLA_INFO_DATA or NULL */
	int (*newlink)(struct net *src_net, struct net_device *dev, const struct nlattr **tb,
		       const struct nlattr *data, struct ng_extack *extack);
	int (*changelink)(struct net_device *dev, const struct nlattr *data,
			  struct ng_extack *extack);
	void (*dellink)(struct net_device *dev);
	void (*fill_info)(struct nl_buf *buf,
			  const struct net_device *dev); /* inside IFLA_INFO_DATA */
	int (*slave_changelink)(struct net_device *dev, struct net_device *slave,
				const struct nlattr *data, struct ng_extack *extack);
	void (*fill_slave_info)(struct nl_buf *buf, const struct net_device *dev,
				const struct net_device *slave);
};

struct net_device_stats {
	uint64_t rx_packets, rx_bytes, rx_errors, rx_dropped;
	uint64_t tx_packets, tx_bytes, tx_errors, tx_dropped;
	uint64_t multicast, collisions, tx_carrier_errors;
	uint64_t rx_otherhost_dropped; /* IPv4 packets in frames meant for another MAC address */
};

enum rx_handler_result {
	RX_HANDLER_CONSUMED,
	RX_HANDLER_PASS,
};

typedef enum rx_handler_result (*rx_handler_fn)(struct sk_buff *skb);

/* a link-layer multicast address somebody joined */
struct netdev_hw_addr {
	struct list_head list;
	uint8_t addr[ETH_ALEN];
	uint32_t refcount;
	bool global_use;
};

struct net_device {
	char name[IFNAMSIZ];
	int32_t ifindex;
	struct net *net;
	struct ng_world *world;
	uint64_t id; /* creation number in the world */

	uint32_t
		flags; /* IFF_UP IFF_BROADCAST IFF_LOOPBACK IFF_NOARP IFF_PROMISC IFF_MULTICAST IFF_ALLMULTI */
	uint32_t gflags; /* flags the user asked for: IFF_PROMISC, IFF_ALLMULTI */
	uint16_t type;	 /* ARPHRD_ETHER, ARPHRD_LOOPBACK */
	uint8_t addr_len;
	uint8_t addr_assign_type; /* NET_ADDR_PERM, _RANDOM, _STOLEN, _SET */
	uint8_t name_assign_type; /* NET_NAME_*: given, numbered, renamed */
	uint8_t dev_addr[ETH_ALEN];
	uint8_t perm_addr[ETH_ALEN];
	uint8_t broadcast[ETH_ALEN];
	uint16_t hard_header_len;
	uint32_t mtu, min_mtu, max_mtu;
	uint32_t tx_queue_len;
	uint32_t group;
	uint32_t promiscuity;
	uint32_t allmulti;
	bool netns_immutable;	   /* as NETIF_F_NETNS_LOCAL: lo */
	bool no_linkwatch_carrier; /* operstate is UNKNOWN: the driver never speaks of carrier (lo) */
	bool priv_flag_bridge;	   /* is a bridge (IFF_EBRIDGE) */
	bool dying;
	bool registered;
	bool unregistering; /* listeners hear only that it is gone */
	uint32_t refs;	    /* frames on the backlog; the last one frees a device that is gone */

	/* state: __LINK_STATE_* of the kernel, one by one */
	bool running;	/* __LINK_STATE_START */
	bool nocarrier; /* __LINK_STATE_NOCARRIER */
	bool linkwatch_pending;
	uint8_t xmit_depth; /* recursion through stacked devices */
	uint8_t operstate;  /* IF_OPER_* <linux/if.h> */
	uint8_t link_mode;
	struct Qdisc *root_qdisc;	  /* sched/; NULL: none */
	enum netdev_qdisc qdisc;	  /* the active one: what dev_queue_xmit() meets */
	enum netdev_qdisc qdisc_sleeping; /* the attached one: what `ip link` shows */
	uint32_t carrier_up_count, carrier_down_count;

	const struct net_device_ops *ops;
	const struct rtnl_link_ops *rtnl_link_ops;
	struct net *moves_to; /* while listeners hear that it leaves */
	int32_t moves_to_ifindex;
	const struct nl_request *req; /* that makes or removes it, or NULL */
	bool rtnl_initializing; /* RTNL_LINK_INITIALIZING: listeners hear of it when it is configured */
	void *priv;		/* of the driver, priv_size bytes */

	struct net_device *master;    /* upper device: a bridge */
	struct vlan_group *vlan_info; /* VLAN devices above; NULL: none */
	netdev_features_t features, hw_features, wanted_features;
	netdev_features_t vlan_features;       /* what VLAN devices above may use of them */
	const struct ethtool_ops *ethtool_ops; /* NULL: none */
	struct net_bridge_port *br_port;       /* when a port of a bridge */
	rx_handler_fn rx_handler;
	struct in_device *ip_ptr;      /* stack/ipv4/devinet.c */
	struct neigh_parms *arp_parms; /* NULL: as the namespace's default */
	struct list_head mc_list;      /* netdev_hw_addr */
	bool uc_promisc;	       /* promiscuous for the unicast addresses among them */
	struct net_device_stats stats;
	struct capture_file *capture; /* looked up again after a rename or move */

	struct list_head dev_list; /* net->dev_base_head, by creation or arrival */
	struct hlist_node index_hlist, name_hlist;
	struct list_head linkwatch_node;
	struct list_head altnames; /* dev_altname.c */
	uint32_t nr_altnames;
	char *ifalias;		/* `ip link set alias`; NULL: none */
	uint32_t tso_max_size;	/* 0: as large as can be */
	uint32_t num_tx_queues; /* as given at creation; 0: the kind's default */
	uint32_t num_rx_queues;
	uint32_t real_num_tx_queues, real_num_rx_queues; /* in use; 0: one */
	struct ng_origin origin;
};

static inline bool netif_running(const struct net_device *dev)
{
	return dev->running;
}

static inline bool netif_carrier_ok(const struct net_device *dev)
{
	return !dev->nocarrier;
}

bool netif_oper_up(const struct net_device *dev);

/* dev.c: PATH */
int dev_queue_xmit(struct sk_buff *skb); /* consumes; NET_XMIT_* or -errno */
int dev_hard_start_xmit(struct sk_buff *skb, struct net_device *dev); /* the same */
void qdisc_destroy(struct net_device *dev);			      /* sched/sch_api.c */
void netif_rx(
	struct sk_buff *
		skb); /* consumes: onto the backlog; skb->dev is set, data at the MAC header's end */
void netif_receive_skb(struct sk_buff *skb); /* consumes */
void backlog_purge(struct ng_world *world);
__be16 eth_type_trans(struct sk_buff *skb, struct net_device *dev);
/* Makes room and writes an Ethernet header; saddr NULL: the device's own. 0 or -errno. */
int dev_hard_header(struct sk_buff *skb, struct net_device *dev, uint16_t type, const void *daddr,
		    const void *saddr);
#define NET_XMIT_SUCCESS 0
#define NET_XMIT_DROP 1
#define NET_XMIT_CN 2
/* what an IP sender reports for a NET_XMIT_* code: only congestion is no error */
#define net_xmit_errno(e) ((e) != NET_XMIT_CN ? -ENOBUFS : 0)

/* netdev.c: TABLE and CONTROL (the rest of net/core/dev.c) */
struct net_device *alloc_netdev(struct net *net, const char *name, size_t priv_size);
void free_netdev(struct net_device *dev);
/* Gives a name for "%d", an index (dev->ifindex if set and free), checks; -EEXIST, -EINVAL ... */
int register_netdevice(struct net_device *dev);
void unregister_netdevice(struct net_device *dev); /* and frees it */
struct net_device *dev_get_by_name(const struct net *net, const char *name);
bool dev_has_altname(const struct net_device *dev, const char *name);
const char *dev_altname_clash(const struct net_device *dev, const struct net *net);
void dev_altnames_free(struct net_device *dev);
struct net_device *dev_get_by_index(const struct net *net, int ifindex);
bool dev_valid_name(const char *name);
int dev_change_name(struct net_device *dev, const char *name);
/* @pat: name to take there when the own one is in use, or NULL; @new_ifindex 0: keep if free */
int dev_change_net_namespace(struct net_device *dev, struct net *net, const char *pat,
			     struct ng_extack *extack);
int dev_get_iflink(const struct net_device *dev);
void eth_hw_addr_random(struct net_device *dev); /* from the world's MAC stream */
void ether_setup(struct net_device *dev);
void call_netdevice_notifiers(enum netdev_event event, struct net_device *dev);

/* dev_config.c: CONTROL */
int dev_open(struct net_device *dev, struct ng_extack *extack);
void dev_close(struct net_device *dev);
int dev_change_flags(struct net_device *dev, uint32_t flags, struct ng_extack *extack);
uint32_t dev_get_flags(const struct net_device *dev); /* with IFF_RUNNING, LOWER_UP, DORMANT */
int dev_set_mtu(struct net_device *dev, uint32_t mtu, struct ng_extack *extack);
int dev_set_mac_address(struct net_device *dev, const uint8_t *addr, struct ng_extack *extack);
void dev_set_promiscuity(struct net_device *dev, int inc);
void dev_set_allmulti(struct net_device *dev, int inc);
void netif_state_change(struct net_device *dev);

/* dev_addr_lists.c */
void dev_mc_add(struct net_device *dev, const uint8_t *addr);
void dev_mc_del(struct net_device *dev, const uint8_t *addr);
void dev_mc_add_global(struct net_device *dev, const uint8_t *addr);
int dev_mc_del_global(struct net_device *dev, const uint8_t *addr);
void dev_set_rx_mode(struct net_device *dev);

/* link_watch.c */
void netif_carrier_on(struct net_device *dev);
void netif_carrier_off(struct net_device *dev);
void linkwatch_fire_event(struct net_device *dev);
void linkwatch_sync_dev(struct net_device *dev);
void linkwatch_init(struct ng_world *world);
void dev_activate(struct net_device *dev);
void dev_deactivate(struct net_device *dev);
void rfc2863_policy(struct net_device *dev);

static inline bool is_zero_ether_addr(const uint8_t *a)
{
	return !(a[0] | a[1] | a[2] | a[3] | a[4] | a[5]);
}

static inline bool is_multicast_ether_addr(const uint8_t *a)
{
	return a[0] & 1;
}

static inline bool is_broadcast_ether_addr(const uint8_t *a)
{
	return (a[0] & a[1] & a[2] & a[3] & a[4] & a[5]) == 0xff;
}

static inline bool is_valid_ether_addr(const uint8_t *a)
{
	return !is_multicast_ether_addr(a) && !is_zero_ether_addr(a);
}

/* in the order of memcmp(), as a number */
static inline uint64_t ether_addr_to_u64(const uint8_t *addr)
{
	__be16 high;
	__be32 low;

	memcpy(&high, addr, sizeof(high));
	memcpy(&low, addr + sizeof(high), sizeof(low));
	return (uint64_t)be16_to_cpu(high) << 32 | be32_to_cpu(low);
}

static inline bool ether_addr_equal(const uint8_t *a, const uint8_t *b)
{
	return !memcmp(a, b, ETH_ALEN);
}

#endif
