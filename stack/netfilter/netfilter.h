/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netfilter.h - hooks: the only detours on a packet's way
 */
#ifndef STACK_NETFILTER_NETFILTER_H
#define STACK_NETFILTER_NETFILTER_H

#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <netglass/types.h>

#include "core/net_namespace.h"
#include "core/skbuff.h"

struct sock;

struct nf_hook_state {
	uint8_t hook; /* NF_INET_* */
	uint8_t pf;   /* NFPROTO_IPV4, NFPROTO_BRIDGE, NFPROTO_ARP */
	struct net_device *in, *out;
	struct sock *sk;
	struct net *net;
	/* what happens after all said ACCEPT; consumes */
	int (*okfn)(struct sk_buff *skb);
};

/* NF_ACCEPT, NF_DROP, NF_STOLEN (it consumed the packet). A hook that replaces the packet's bytes does so in place. */
typedef unsigned int (*nf_hookfn)(void *priv, struct sk_buff *skb,
				  const struct nf_hook_state *state);

struct nf_hook_ops {
	struct list_head list; /* by priority, then by age */
	nf_hookfn hook;
	void *priv;
	uint8_t pf;
	uint8_t hooknum;
	int priority; /* NF_IP_PRI_* */
};

/* netns_nf: heads[pf][hook], all empty until something registers */
struct netns_nf {
	struct list_head hooks_ipv4[NF_INET_NUMHOOKS];
	struct list_head hooks_arp[3];
	struct list_head hooks_bridge[NF_INET_NUMHOOKS];
};

void nf_register_net_hook(struct net *net, struct nf_hook_ops *ops);
void nf_unregister_net_hook(struct net *net, struct nf_hook_ops *ops);
void nf_hook_insert(struct list_head *head, struct nf_hook_ops *ops);
void nf_net_exit(struct net *net);
const char *nf_hook_name(uint8_t hook); /* nf_tables_trace.c */
void nf_trace_hook(struct sk_buff *skb, const struct nf_hook_state *state);

/* Walks the hooks from the beginning; then state->okfn(skb). Consumes. 0, -EPERM when dropped, or okfn's result. */
int nf_hook_slow(struct sk_buff *skb, struct nf_hook_state *state);
/* the same from the hooks with a priority above @after: re-entry (br_netfilter) */
int nf_hook_thresh(struct sk_buff *skb, struct nf_hook_state *state, int after);

/* as NF_HOOK(): the common case has no hooks and costs a test */
static inline int nf_hook(uint8_t hook, struct sk_buff *skb, struct net *net, struct sock *sk,
			  struct net_device *in, struct net_device *out,
			  int (*okfn)(struct sk_buff *))
{
	struct nf_hook_state state;

	if (!net->nf || list_empty(&net->nf->hooks_ipv4[hook]))
		return okfn(skb);
	state = (struct nf_hook_state){ .hook = hook,
					.pf = NFPROTO_IPV4,
					.in = in,
					.out = out,
					.sk = sk,
					.net = net,
					.okfn = okfn };
	return nf_hook_slow(skb, &state);
}

/* br_netfilter's note on a bridged packet */
struct nf_bridge_info {
	uint8_t orig_proto;
	bool pkt_otherhost;
	bool in_prerouting;
	bool bridged_dnat;
	bool sabotage_in_done;
	uint16_t frag_max_size;
	struct net_device *physindev;
	struct net_device *physoutdev;
	__be32 ipv4_daddr;
	uint8_t neigh_header[8];
};

/* nf_conntrack_core.c etc., called from outside netfilter */
void nf_conntrack_put(struct nf_conn *ct); /* drops a packet's reference */
void nf_conntrack_get(struct nf_conn *ct);
void nf_ct_attach(struct sk_buff *new_skb,
		  const struct sk_buff *skb); /* an ICMP error belongs to its cause's flow */
void masq_device_event(enum netdev_event event, struct net_device *dev); /* nf_nat_masquerade.c */
struct in_ifaddr;
void masq_inet_event(struct in_ifaddr *ifa);
void nf_nft_net_exit(struct net *net);
void nf_ct_net_exit(struct net *net);

#endif
