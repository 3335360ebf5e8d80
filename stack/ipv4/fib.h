/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib.h - the forwarding information base, as its own files see it
 *
 * mirrors include/net/ip_fib.h, include/net/nexthop.h and net/ipv4/fib_lookup.h
 */
#ifndef STACK_IPV4_FIB_H
#define STACK_IPV4_FIB_H

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <netglass/task.h>
#include <netglass/types.h>

#include "core/list.h"
#include "core/netdevice.h"
#include "ipv4/inetdevice.h"
#include "ipv4/route.h"

struct fib_info;
struct fib_leaf;
struct fib_trie;
struct nl_buf;
struct nl_request;
struct nlattr;
struct tnode;

/* What a request for a route says, whoever makes it: RTM_NEWROUTE, SIOCADDRT, an address. */
struct fib_config {
	uint8_t fc_dst_len, fc_tos, fc_protocol, fc_scope, fc_type;
	uint32_t fc_table;
	__be32 fc_dst;
	bool fc_has_gw;
	__be32 fc_gw4;
	int fc_oif;
	uint32_t fc_flags;
	uint32_t fc_priority;
	__be32 fc_prefsrc;
	const struct nlattr *fc_mx;    /* RTA_METRICS or NULL */
	const uint32_t *fc_metrics;    /* the same as values [0, RTAX_MAX), or NULL */
	const struct rtnexthop *fc_mp; /* RTA_MULTIPATH */
	size_t fc_mp_len;
	uint32_t fc_flow;
	uint16_t fc_nlflags;
	struct net *net;
	const struct nl_request *req; /* NULL: not from netlink */
	struct ng_origin origin;
};

/* A PMTU or a gateway learned for one destination behind a nexthop. */
struct fib_nh_exception {
	struct list_head list;
	uint32_t genid;
	__be32 daddr, gw;
	uint32_t pmtu;
	bool mtu_locked;
	int64_t expires_ns; /* 0: never */
	struct rtable *rth_input, *rth_output;
};

struct fib_nh {
	struct net_device *fib_nh_dev; /* borrowed: NETDEV_UNREGISTER clears the table first */
	struct fib_info *nh_parent;
	int fib_nh_oif;
	uint32_t fib_nh_flags; /* RTNH_F_* */
	uint8_t fib_nh_scope;
	bool fib_nh_has_gw;
	__be32 fib_nh_gw4;
	int fib_nh_weight;
	int32_t fib_nh_upper_bound;
	uint32_t nh_tclassid;
	__be32 nh_saddr;
	uint32_t nh_saddr_genid;
	struct rtable *rth_output, *rth_input; /* counted */
	struct list_head exceptions;
};

/* What routes share: nexthops and everything but destination, TOS and type. */
struct fib_info {
	struct list_head list; /* net->ipv4->fib_info_list, newest first */
	struct hlist_node fib_hash;
	struct net *net;
	uint32_t treeref; /* routes */
	uint32_t clntref; /* routes as a whole count one, and results in flight */
	uint32_t fib_flags;
	bool fib_dead;
	bool pfsrc_removed;
	uint8_t fib_protocol, fib_scope, fib_type;
	__be32 fib_prefsrc;
	uint32_t fib_tb_id;
	uint32_t fib_priority;
	uint32_t metrics[RTAX_MAX]; /* RTAX_MTU at [RTAX_MTU - 1] */
	int fib_nhs;
	struct fib_nh fib_nh[];
};

/* One routing table. `local` and `main` share a trie until the first rule is changed. */
struct fib_table {
	struct list_head list; /* net->ipv4->fib_tables: in dump order */
	struct net *net;
	uint32_t tb_id;
	int tb_num_default;
	struct fib_trie *trie;
};

/* fib_table_next(): a route, and how to go on from it */
struct fib_walk {
	const struct fib_alias *fa;
	uint32_t key; /* host order */
	uint8_t prefixlen;
	bool started;
	struct tnode *tn;
};

struct fib_result {
	__be32 prefix;
	uint8_t prefixlen, nh_sel, type, scope, tos;
	struct fib_nh *nhc;
	struct fib_info *fi;
	struct fib_table *table;
	const uint64_t *slot;	     /* fib_result_leaf() */
	struct fib_leaf *leaf;	     /* NULL: @slot leads to it */
	const struct fib_alias *fa;  /* NULL: the first of the leaf, if there is one */
	const struct fib_rule *rule; /* NULL: there are only the three of the beginning */
};

/* what the route says of the way: RTAX_@metric, 0: nothing. @rt may be NULL */
static inline uint32_t dst_metric(const struct rtable *rt, unsigned int metric)
{
	return rt && rt->fi ? rt->fi->metrics[metric - 1] : 0;
}

/* `lock` in front of it: nothing that is learned replaces it */
static inline bool dst_metric_locked(const struct rtable *rt, unsigned int metric)
{
	return dst_metric(rt, RTAX_LOCK) & (1U << metric);
}

#define FIB_RES_DEV(res) ((res)->nhc->fib_nh_dev)
#define FIB_RES_OIF(res) ((res)->nhc->fib_nh_oif)

/* the bits of a TOS octet that a flow keeps, and those a route's `tos` is compared with */
#define INET_DSCP_MASK 0xfc
#define IPTOS_RT_MASK 0x1c

#define FIB_LOOKUP_IGNORE_LINKSTATE 2

struct fib_rule;
struct fib_prop {
	int error;
	uint8_t scope;
};
extern const struct fib_prop fib_props[RTN_MAX + 1];

struct fib_rule {
	struct list_head list;
	int iifindex, oifindex; /* -1: no such device now */
	uint32_t mark, mark_mask, flags, table;
	uint8_t action, proto, ip_proto, tos;
	bool l3mdev;   /* the table of the VRF a packet belongs to */
	__be64 tun_id; /* of packets out of a tunnel, and none of ours is; 0: any */
	uint32_t target;
	struct fib_rule *ctarget;
	uint32_t pref;
	int suppress_ifgroup, suppress_prefixlen;
	char iifname[IFNAMSIZ], oifname[IFNAMSIZ];
	struct fib_rule_port_range sport_range, dport_range;
	struct fib_rule_uid_range uid_range;
	uint8_t src_len, dst_len;
	__be32 src, srcmask, dst, dstmask;
	uint32_t tclassid;
	struct ng_origin origin;
};

/* fib_trie.c */
int fib_table_insert(struct fib_table *tb, const struct fib_config *cfg, struct ng_extack *extack);
int fib_table_delete(struct fib_table *tb, const struct fib_config *cfg, struct ng_extack *extack);

/* fib_trie_lookup.c */
int fib_table_lookup(struct fib_table *tb, const struct flowi4 *flp, struct fib_result *res,
		     int fib_flags);

/* fib_trie_walk.c */
struct fib_table *fib_table_alloc(struct net *net, uint32_t id, struct fib_table *alias);
void fib_table_free(struct fib_table *tb);
bool fib_table_next(const struct fib_table *tb, struct fib_walk *at);
int fib_table_flush(struct fib_table *tb, bool flush_all);
void fib_trie_unmerge(struct fib_table *tb, struct fib_table *main);

/* fib_frontend.c */
struct fib_table *fib_get_table(struct net *net, uint32_t id);
struct fib_table *fib_new_table(struct net *net, uint32_t id);
void fib_unmerge(struct net *net);
int fib_lookup(struct net *net, const struct flowi4 *fl4, struct fib_result *res, int flags);
unsigned int inet_addr_type_table(struct net *net, __be32 addr, uint32_t tb_id);
void fib_flush(struct net *net);
struct net_device *fib_dev_find(struct net *net, __be32 addr);
int __fib_validate_source(struct sk_buff *skb, __be32 src, __be32 dst, uint8_t tos, int oif,
			  struct net_device *dev);

/* fib_ifaddr.c */
void fib_add_ifaddr(struct in_ifaddr *ifa);
void fib_del_ifaddr(struct in_ifaddr *ifa, struct in_ifaddr *iprim);

/* fib_semantics.c */
struct fib_info *fib_create_info(const struct fib_config *cfg, struct ng_extack *extack,
				 int *ret_err);
void fib_release_info(struct fib_info *fi);
void fib_info_put(struct fib_info *fi);
int fib_nh_match(const struct fib_config *cfg, const struct fib_info *fi, struct ng_extack *extack);
bool fib_metrics_match(const struct fib_config *cfg, const struct fib_info *fi);
bool fib_info_nh_uses_dev(const struct fib_info *fi, const struct net_device *dev);

/* fib_nexthop.c */
int fib_check_nh(struct net *net, struct fib_nh *nh, uint32_t table, uint8_t scope,
		 struct ng_extack *extack);
int fib_sync_down_dev(struct net_device *dev, enum netdev_event event, bool force);
int fib_sync_down_addr(struct net_device *dev, __be32 local);
int fib_sync_up(struct net_device *dev, uint32_t nh_flags);
void fib_sync_mtu(struct net_device *dev, uint32_t orig_mtu);
void fib_rebalance(struct fib_info *fi);
void fib_select_path(struct net *net, struct fib_result *res, struct flowi4 *fl4,
		     const struct sk_buff *skb);
void fib_select_multipath(struct fib_result *res, uint32_t hash, __be32 saddr);
uint32_t fib_multipath_hash(struct net *net, const struct flowi4 *fl4, const struct sk_buff *skb);
__be32 fib_result_prefsrc(struct net *net, const struct fib_result *res);
__be32 fib_info_update_nhc_saddr(struct net *net, struct fib_nh *nh, uint8_t scope);
bool ip_ignore_linkdown(const struct net_device *dev);
int ip_fib_check_default(struct net *net, __be32 gw, const struct net_device *dev);

/* fib_dump.c */
struct fib_rt_info {
	const struct fib_info *fi;
	uint32_t tb_id;
	__be32 dst;
	uint8_t dst_len, tos, type;
};
void fib_dump_info(struct nl_buf *buf, void *rtm, const struct fib_rt_info *fri);
uint32_t tcp_ca_key(const struct nlattr *nla);
void rtnetlink_put_metrics(struct nl_buf *buf, const uint32_t *metrics);
void rtmsg_fib(int event, const struct fib_rt_info *fri, const struct nl_request *req,
	       uint16_t nlm_flags);
int ip_metrics_convert(const struct nlattr *mx, uint32_t *metrics, struct ng_extack *extack);

/* fib_rules.c */
void fib_rules_init(struct net *net);
void fib_rules_exit(struct net *net);
int fib_rules_lookup(struct net *net, const struct flowi4 *fl4, struct fib_result *res, int flags);
void fib_rules_event(enum netdev_event event, struct net_device *dev);

/* route_exception.c */
struct fib_nh_exception *__find_exception(struct fib_nh *nh, __be32 daddr);

/* Is something special known of this destination behind a nexthop? NULL: no. */
static inline struct fib_nh_exception *find_exception(struct fib_nh *nh, __be32 daddr)
{
	return list_empty(&nh->exceptions) ? NULL : __find_exception(nh, daddr);
}
void fill_route_from_fnhe(struct rtable *rt, const struct fib_nh_exception *fnhe);
void fnhe_flush_all(struct fib_nh *nh);
void fib_dump_info_fnhe(struct nl_request *req, uint32_t table_id, const struct fib_info *fi);
void fib_nhc_update_mtu(struct fib_nh *nh, uint32_t new_mtu, uint32_t orig);

/* route.c */
struct rtable *rt_alloc(struct net *net, struct net_device *dev, uint32_t flags, uint8_t type);
void rt_cache_put(struct rtable **prt);	 /* drops a remembered route */
void rt_cache_kill(struct rtable **prt); /* ... that must not be used any more */

/* May a remembered route (or NULL) still be used? */
static inline bool rt_cache_valid(const struct rtable *rt)
{
	return rt && !rt->obsolete && rt->rt_genid == rt->net->ipv4->rt_genid;
}
void rt_set_nexthop(struct rtable *rt, const struct fib_result *res, struct fib_nh_exception *fnhe,
		    bool use_fi, bool do_cache);
void rt_flush_dev(struct net_device *dev);
void rt_net_init(struct net *net);
void rt_net_exit(struct net *net);
int ip_route_output_key(struct net *net, struct flowi4 *fl4, const struct sk_buff *skb,
			struct fib_result *res, struct rtable **ret_rt);
enum skb_drop_reason ip_route_input_res(struct sk_buff *skb, const struct flowi4 *key,
					struct net_device *dev, struct fib_result *res,
					int *ret_err);

/* inetpeer.c */
struct inet_peer {
	struct list_head list;
	__be32 addr;
	int64_t rate_tokens, rate_last; /* milliseconds: the jiffies of a kernel with HZ=1000 */
	uint32_t n_redirects;
};
struct inet_peer *inet_getpeer_v4(struct net *net, __be32 addr);
bool inet_peer_xrlim_allow(struct net *net, struct inet_peer *peer, int64_t timeout_ms);
void inet_peers_free(struct net *net);

#endif
