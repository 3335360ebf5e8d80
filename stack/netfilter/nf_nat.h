/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_nat.h - address translation on top of flows
 */
#ifndef STACK_NETFILTER_NF_NAT_H
#define STACK_NETFILTER_NF_NAT_H

#include <linux/netfilter/nf_nat.h>

#include "netfilter/nf_conntrack.h"

enum nf_nat_manip_type { NF_NAT_MANIP_SRC, NF_NAT_MANIP_DST };

/* source is changed on the way out (and after routing to oneself), destination before routing */
static inline enum nf_nat_manip_type HOOK2MANIP(unsigned int hooknum)
{
	return hooknum == NF_INET_POST_ROUTING || hooknum == NF_INET_LOCAL_IN ? NF_NAT_MANIP_SRC
									      : NF_NAT_MANIP_DST;
}

static inline bool nf_nat_initialized(const struct nf_conn *ct, enum nf_nat_manip_type manip)
{
	return ct->status & (manip == NF_NAT_MANIP_SRC ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE);
}

/* a range of addresses and ports, of IPv4 */
struct nf_nat_range4 {
	uint32_t flags; /* NF_NAT_RANGE_* */
	__be32 min_ip, max_ip;
	__be16 min_all, max_all, base_all;
};

/* nf_nat_core.c */
unsigned int nf_nat_setup_info(struct nf_conn *ct, const struct nf_nat_range4 *range,
			       enum nf_nat_manip_type manip);
unsigned int nf_nat_inet_fn(struct list_head *chains, struct sk_buff *skb,
			    const struct nf_hook_state *state);
/* nf_nat_unique.c */
void nf_nat_unique_tuple(struct nf_conntrack_tuple *tuple, const struct nf_conntrack_tuple *orig,
			 const struct nf_nat_range4 *range, struct nf_conn *ct,
			 enum nf_nat_manip_type manip);

/* nf_nat_proto.c */
void nf_nat_ipv4_register_fn(struct net *net, struct nf_hook_ops *ops);
void nf_nat_ipv4_unregister_fn(struct net *net, struct nf_hook_ops *ops);
unsigned int nf_nat_packet(struct nf_conn *ct, enum ip_conntrack_info ctinfo, unsigned int hooknum,
			   struct sk_buff *skb);

/* nf_nat_masquerade.c */
unsigned int nf_nat_masquerade_ipv4(struct sk_buff *skb, const struct nf_nat_range4 *range,
				    const struct net_device *out);
unsigned int nf_nat_redirect_ipv4(struct sk_buff *skb, const struct nf_nat_range4 *range,
				  unsigned int hooknum);

/* nf_conntrack_trace.c: while somebody listens */
struct nf_nat_note {
	uint32_t off;
	enum nf_nat_manip_type manip;
	__be32 addr;
	uint16_t port;
};
void nf_nat_trace_bind(struct nf_conn *ct, const struct nf_conntrack_tuple *was,
		       const struct nf_conntrack_tuple *is, enum nf_nat_manip_type manip);
void nf_nat_trace_before(struct nf_nat_note *note, const struct sk_buff *skb, uint32_t off,
			 enum nf_nat_manip_type manip);
void nf_nat_trace_after(const struct nf_nat_note *note, struct sk_buff *skb, struct nf_conn *ct,
			enum ip_conntrack_info ctinfo);

#endif
