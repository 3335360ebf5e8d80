/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inetdevice.h - the addresses of a device: net/ipv4/devinet.c
 */
#ifndef STACK_IPV4_INETDEVICE_H
#define STACK_IPV4_INETDEVICE_H

#include <linux/if_addr.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <netglass/types.h>

#include "core/list.h"
#include "core/net_namespace.h"
#include "ipv4/netns_ipv4.h"

struct ng_task;

struct in_ifaddr {
	struct list_head list;	/* in_device->ifa_list: the kernel's order */
	struct hlist_node hash; /* all local addresses of the namespace */
	struct in_device *ifa_dev;
	__be32 ifa_local, ifa_address, ifa_mask, ifa_broadcast;
	uint8_t ifa_scope, ifa_prefixlen, ifa_proto;
	uint32_t ifa_flags; /* IFA_F_SECONDARY, IFA_F_PERMANENT ... */
	uint32_t ifa_rt_priority;
	uint32_t ifa_valid_lft, ifa_preferred_lft; /* seconds, 0xffffffff: for ever */
	int64_t ifa_cstamp_ns, ifa_tstamp_ns;
	char ifa_label[IFNAMSIZ];
	struct sim_timer timer;
	struct ng_origin origin;
};

struct in_device {
	struct net_device *dev;
	bool dead;
	bool noarp; /* IFF_NOARP as the neighbours know it */
	struct list_head ifa_list;
	struct ipv4_devconf cnf;

	/* igmp*.c; what is counted in jiffies is a tick of HZ */
	struct list_head mc_list; /* ip_mc_list, newest first */
	struct list_head mc_tomb; /* groups left, until that was reported often enough */
	int64_t mr_v1_seen;	  /* a querier of old is believed in until then, jiffies; 0: none */
	int64_t mr_v2_seen;
	int64_t mr_gq_expires; /* jiffies */
	int mr_maxdelay;       /* jiffies: to answer a general query */
	int mr_qi;	       /* jiffies: Query Interval */
	int mr_qri;	       /* jiffies: Query Response Interval */
	uint8_t mr_qrv;	       /* Query Robustness Variable; 0: igmp_qrv */
	bool mr_gq_running;
	uint8_t mr_ifc_count; /* reports of changes still to be sent */
	uint64_t mr_chance;   /* index into the stream of chance */
	struct sim_timer mr_gq_timer;
	struct sim_timer mr_ifc_timer;
};

/* a sysctl that is on when `all` or the device says so / the larger of both / this device's alone */
#define IN_DEV_CONF_GET(in_dev, attr) IPV4_DEVCONF((in_dev)->cnf, attr)
#define IN_DEV_ALL(in_dev, attr) IPV4_DEVCONF((in_dev)->dev->net->ipv4->devconf_all, attr)
#define IN_DEV_ORCONF(in_dev, attr) (IN_DEV_ALL(in_dev, attr) || IN_DEV_CONF_GET(in_dev, attr))
#define IN_DEV_ANDCONF(in_dev, attr) (IN_DEV_ALL(in_dev, attr) && IN_DEV_CONF_GET(in_dev, attr))
#define IN_DEV_MAXCONF(in_dev, attr)                                                         \
	(IN_DEV_ALL(in_dev, attr) > IN_DEV_CONF_GET(in_dev, attr) ? IN_DEV_ALL(in_dev, attr) \
								  : IN_DEV_CONF_GET(in_dev, attr))
#define IN_DEV_FORWARD(in_dev) IN_DEV_CONF_GET(in_dev, FORWARDING)
#define IN_DEV_RPFILTER(in_dev) IN_DEV_MAXCONF(in_dev, RP_FILTER)
#define IN_DEV_LOG_MARTIANS(in_dev) IN_DEV_ORCONF(in_dev, LOG_MARTIANS)
#define IN_DEV_PROXY_ARP(in_dev) IN_DEV_ORCONF(in_dev, PROXY_ARP)
#define IN_DEV_ROUTE_LOCALNET(in_dev) IN_DEV_ORCONF(in_dev, ROUTE_LOCALNET)
#define IN_DEV_TX_REDIRECTS(in_dev) IN_DEV_ORCONF(in_dev, SEND_REDIRECTS)
#define IN_DEV_ARPFILTER(in_dev) IN_DEV_ORCONF(in_dev, ARPFILTER)
#define IN_DEV_ARP_ACCEPT(in_dev) IN_DEV_MAXCONF(in_dev, ARP_ACCEPT)
#define IN_DEV_ARP_ANNOUNCE(in_dev) IN_DEV_MAXCONF(in_dev, ARP_ANNOUNCE)
#define IN_DEV_ARP_IGNORE(in_dev) IN_DEV_MAXCONF(in_dev, ARP_IGNORE)
#define IN_DEV_ARP_NOTIFY(in_dev) IN_DEV_MAXCONF(in_dev, ARP_NOTIFY)
#define IN_DEV_PROMOTE_SECONDARIES(in_dev) IN_DEV_ORCONF(in_dev, PROMOTE_SECONDARIES)
#define IN_DEV_IGNORE_ROUTES_WITH_LINKDOWN(in_dev) \
	IN_DEV_ORCONF(in_dev, IGNORE_ROUTES_WITH_LINKDOWN)
#define IN_DEV_BFORWARD(in_dev) IN_DEV_ANDCONF(in_dev, BC_FORWARDING)

static inline struct in_device *in_dev_get(const struct net_device *dev)
{
	return dev->ip_ptr;
}

static inline __be32 inet_make_mask(int len)
{
	return len ? cpu_to_be32(~UINT32_C(0) << (32 - len)) : 0;
}

static inline bool inet_ifa_match(__be32 addr, const struct in_ifaddr *ifa)
{
	return !((addr ^ ifa->ifa_address) & ifa->ifa_mask);
}

static inline bool ipv4_is_multicast(__be32 a)
{
	return (a & cpu_to_be32(0xf0000000)) == cpu_to_be32(0xe0000000);
}

static inline bool ipv4_is_lbcast(__be32 a)
{
	return a == cpu_to_be32(0xffffffff);
}

static inline bool ipv4_is_loopback(__be32 a)
{
	return (a & cpu_to_be32(0xff000000)) == cpu_to_be32(0x7f000000);
}

/* since 5.3 only 0.0.0.0 itself: the rest of 0/8 is ordinary */
static inline bool ipv4_is_zeronet(__be32 a)
{
	return a == 0;
}

static inline bool ipv4_is_local_multicast(__be32 a)
{
	return (a & cpu_to_be32(0xffffff00)) == cpu_to_be32(0xe0000000);
}

/* devinet.c */
void inet_net_init(struct net *net); /* makes net->ipv4 with every default */
void inet_net_exit(struct net *net);
int inetdev_event(enum netdev_event event, struct net_device *dev);
bool inet_addr_onlink(const struct in_device *in_dev, __be32 a, __be32 b);
__be32 inet_select_addr(const struct net_device *dev, __be32 dst, int scope);
__be32 inet_confirm_addr(struct net *net, struct in_device *in_dev, __be32 dst, __be32 local,
			 int scope);
struct in_ifaddr *inet_ifa_byprefix(struct in_device *in_dev, __be32 prefix, __be32 mask);
struct net_device *ip_dev_find(struct net *net, __be32 addr); /* the device that owns it; NULL */
/* SIOCGIFADDR SIOCSIFADDR SIOCGIFNETMASK ... SIOCSIFFLAGS; SIOCGIFCONF */
int devinet_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg);
/* after a write to conf/all|default|DEV/forwarding or ip_forward: spreads it */
void inet_forward_change(struct net *net);
void devinet_copy_dflt_conf(struct net *net, int index); /* of data[]: IPV4_DEVCONF_* - 1 */

/* arp.c */
void arp_rcv(struct sk_buff *skb);
void arp_send(int type, struct net_device *dev, __be32 dest_ip, __be32 src_ip,
	      const uint8_t *dest_hw, const uint8_t *src_hw, const uint8_t *target_hw);
struct neighbour;
void arp_constructor(struct neighbour *neigh); /* what an address is tells how it is reached */
void arp_redo(struct sk_buff *skb);	       /* consumes: a proxied request, its delay over */
void arp_solicit(struct neighbour *neigh, struct sk_buff *skb); /* borrows @skb, may be NULL */
int arp_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg);
void arp_ifdown(struct net_device *dev);
void arp_netdev_event(enum netdev_event event, struct net_device *dev);
void arp_mc_map(__be32 addr, uint8_t *haddr); /* 01:00:5e + 23 bits */
int arp_invalidate(struct net_device *dev, __be32 ip, bool force);
/* /proc/net/arp, one row per call of @emit: neighbours oldest first, then proxied addresses */
struct arp_seq_row {
	const char *ifname;
	__be32 ip;
	uint16_t hatype;
	uint32_t flags; /* ATF_* */
	uint8_t ha[ETH_ALEN];
};
void arp_seq(struct net *net, void (*emit)(void *arg, const struct arp_seq_row *row), void *arg);

/* one per group and device: in_device->mc_list, newest first; or left: in_device->mc_tomb */
struct ip_mc_list {
	struct list_head list;
	struct in_device *interface;
	__be32 multiaddr;
	uint32_t users;
	bool loaded;		 /* its MAC is on the device's list */
	bool tm_running;	 /* a report is due */
	bool reporter;		 /* the last report of the group on this link was ours */
	uint8_t crcount;	 /* IGMPv3: reports of the change still to be sent */
	uint8_t unsolicit_count; /* IGMPv1, v2: reports of the join still to be sent */
	int64_t expires;	 /* jiffies */
	struct sim_timer timer;
	struct ng_origin origin; /* the line that joined or left */
};

/* igmp.c: groups joined; their MACs filter frames */
void ip_mc_init_dev(struct in_device *in_dev);
void ip_mc_up(struct in_device *in_dev);
void ip_mc_down(struct in_device *in_dev);
void ip_mc_inc_group(struct in_device *in_dev, __be32 addr);
void ip_mc_dec_group(struct in_device *in_dev, __be32 addr);
void ip_mc_destroy_dev(struct in_device *in_dev);
bool ip_check_mc(const struct in_device *in_dev, __be32 addr);
/* /proc/net/igmp: one row per device and one per group */
struct igmp_mc_row {
	const struct net_device *dev;
	unsigned int count;
	const char *querier;	     /* "V1" "V2" "V3" */
	const struct ip_mc_list *im; /* NULL: the device's row */
	int64_t timer;		     /* hundredths of a second */
};
void igmp_mc_seq(struct net *net, void (*emit)(void *arg, const struct igmp_mc_row *row),
		 void *arg);
/* igmp_sock.c: @mc_list is a socket's; 0 or -errno */
struct ip_mreqn;
int ip_mc_join_group(struct net *net, struct list_head *mc_list, struct ip_mreqn *imr);
int ip_mc_leave_group(struct net *net, struct list_head *mc_list, struct ip_mreqn *imr);
void ip_mc_drop_list(struct net *net, struct list_head *mc_list);

#endif
