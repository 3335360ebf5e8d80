/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_common.h - what the files of ip share
 */
#ifndef TOOLS_IP_IP_COMMON_H
#define TOOLS_IP_IP_COMMON_H

#include "../lib/ipr.h"

#include <linux/if_addr.h>
#include <linux/if_link.h>

/* Objects: the cursor is behind the name. Result: 0, -1 (status 1), -2 (refused), -3 (not modelled) */
int do_ipaddr(struct ipr *c);
int do_iplink(struct ipr *c);
int do_iproute(struct ipr *c);
int do_iprule(struct ipr *c);
int do_ipneigh(struct ipr *c);
int do_ipmaddr(struct ipr *c);
int do_ipnetconf(struct ipr *c);
int do_ipntable(struct ipr *c);
int do_netns(struct ipr *c);
int do_ipmonitor(struct ipr *c);

/* one message for ip monitor */
void ipneigh_monitor(struct ipr *c, const struct nlmsghdr *n, unsigned int ifindex);
void iprule_print(struct ipr *c, const struct nlmsghdr *n);
void ipnetconf_monitor(struct ipr *c, const struct nlmsghdr *n, unsigned int ifindex);
void ipnsid_monitor(struct ipr *c, const struct nlmsghdr *n);

/* ip.c */
int ip_not_modelled(struct ipr *c, const char *what);
_Noreturn void ip_usage_exit(struct ipr *c, const char *page);
_Noreturn void ip_unknown_command(struct ipr *c, const char *object);

/* libnetlink's rtnl_talk() for a change: 0 or -2; with -echo what the kernel tells of it is printed */
int ip_talk(struct ipr *c, struct nl_buf *b,
	    void (*print)(struct ipr *c, const struct nlmsghdr *n));

/* what a list is for */
enum ip_action { IP_LIST, IP_FLUSH, IP_SAVE };

/* ipdump.c */
int ip_dump_begin(struct ipr *c, uint32_t magic);
int ip_dump_write(const struct nlmsghdr *n, void *arg);
int ip_dump_check(struct ipr *c, uint32_t magic, const char *what);
int ip_dump_read(struct ipr *c, int (*fn)(struct ipr *c, struct nlmsghdr *n, void *arg), void *arg);
int ip_restore_one(struct ipr *c, struct nlmsghdr *n);

/* the link's header in a request */
static inline struct ifinfomsg *req_ifi(struct nl_buf *b)
{
	return nlmsg_data((struct nlmsghdr *)(void *)b->data);
}

/* iplink_parse.c */
int iplink_parse(struct ipr *c, struct nl_buf *b, const char **ret_type);

/* iplink.c */
_Noreturn void iplink_usage(struct ipr *c);

/* what a kind of link can do: iplink_kinds[] in iplink_kinds.c */
struct link_kind {
	const char *id;
	/* reads options under the cursor into the open nest; non-zero after a message */
	int (*parse_opt)(struct ipr *c, struct nl_buf *b);
	void (*print_opt)(struct ipr *c, const struct nlattr *data);
	const char *usage;
};

const struct link_kind *get_link_kind(const char *id);
bool link_kind_planned(const char *id);

int bridge_parse_opt(struct ipr *c, struct nl_buf *b);
void bridge_print_opt(struct ipr *c, const struct nlattr *data);
int bridge_slave_parse_opt(struct ipr *c, struct nl_buf *b);
void bridge_slave_print_opt(struct ipr *c, const struct nlattr *data);
int veth_parse_opt(struct ipr *c, struct nl_buf *b);
int vlan_parse_opt(struct ipr *c, struct nl_buf *b);
void vlan_print_opt(struct ipr *c, const struct nlattr *data);
void print_bridge_id(struct ipr *c, const char *key, const char *fmt, const struct nlattr *nla);
void print_timer(struct ipr *c, const char *key, const struct nlattr *nla);
extern const char *const bridge_port_states[5];

/* ipaddress.c */
struct ip_filter {
	int family;
	int oneline;
	bool showqueue;
	struct inet_prefix pfx;
	uint32_t scope;
	uint32_t scopemask;
	uint32_t flags;
	uint32_t flagmask;
	bool up;
	const char *label;
	int flushed;
	struct nl_buf *flushb;
	int master;
	const char *kind;
	const char *slave_kind;
	unsigned int ifindex;
	int group;
};

int ipaddr_list_link(struct ipr *c);
int print_linkinfo(struct ipr *c, const struct nlmsghdr *n, const struct ip_filter *f,
		   bool do_link);
int print_addrinfo(struct ipr *c, const struct nlmsghdr *n, const struct ip_filter *f);

#define ADDR_DUMP_MAGIC 0x47361222

/* ipaddress_restore.c */
int ipaddr_restore(struct ipr *c);
int ipaddr_showdump(struct ipr *c);

/* iplink_stats.c */
void print_stats64(struct ipr *c, const struct nlattr *const *tb);

/* iproute*.c */
int print_route(struct ipr *c, const struct nlmsghdr *n);
#define ROUTE_DUMP_MAGIC 0x45311224

struct route_filter {
	bool save; /* written to a file instead of printed */
	int tb;
	bool cloned;
	bool any_cloned;
	int flushed;
	struct nl_buf *flushb;
	int protocol;
	int protocolmask;
	int scope;
	int scopemask;
	int type;
	int typemask;
	int tos;
	int tosmask;
	unsigned int iif;
	int iifmask;
	unsigned int oif;
	int oifmask;
	int mark;
	int markmask;
	int realm;
	int realmmask;
	uint32_t metric;
	uint32_t metricmask;
	struct inet_prefix rprefsrc;
	struct inet_prefix rvia;
	struct inet_prefix rdst;
	struct inet_prefix mdst;
	struct inet_prefix rsrc;
	struct inet_prefix msrc;
};
int filter_nlmsg(struct ipr *c, const struct nlmsghdr *n, const struct nlattr *const *tb,
		 int host_len);
int iproute_get(struct ipr *c);
struct route_filter *iproute_new_filter(struct ipr *c);
int iproute_list_flush(struct ipr *c, enum ip_action action);
int iproute_restore(struct ipr *c);
int iproute_showdump(struct ipr *c);
void print_route_flags(struct ipr *c, unsigned int flags);
extern const char *const route_mx_names[];
void route_print_metrics(struct ipr *c, const struct nlattr *nla);

/* ipnetns.c */
const char *get_name_from_nsid(struct ipr *c, int nsid);
void netns_map_init(struct ipr *c);
int get_netnsid_from_name(struct ipr *c, const char *name);

#endif
