/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip.h - the IPv4 path, ICMP, and sockets above it
 */
#ifndef STACK_IPV4_IP_H
#define STACK_IPV4_IP_H

#include <linux/icmp.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "core/net_namespace.h"
#include "core/sock.h"
#include "ipv4/inetdevice.h"
#include "ipv4/ip_options.h"
#include "ipv4/route.h"

/* skb->cb while IP has the packet */
struct inet_skb_parm {
	int32_t iif;
	uint8_t flags;
	uint16_t frag_max_size;
	struct ip_opt_state opt;
};
#define IPCB(skb) ((struct inet_skb_parm *)(uintptr_t)(skb)->cb)
#define IPSKB_FORWARDED 0x01
#define IPSKB_FRAG_COMPLETE 0x08
#define IPSKB_REROUTED 0x10
#define IPSKB_DOREDIRECT 0x20
#define IPSKB_FRAG_PMTU 0x40

#define IP_DF 0x4000
#define IP_MF 0x2000
#define IP_OFFSET 0x1fff

static inline bool ip_is_fragment(const struct iphdr *iph)
{
	return iph->frag_off & cpu_to_be16(IP_MF | IP_OFFSET);
}

struct inet_sock {
	struct sock sk; /* first */
	__be32 inet_saddr, inet_rcv_saddr, inet_daddr;
	__be16 inet_sport, inet_dport;
	uint16_t inet_num;
	uint8_t tos, pmtudisc;
	int16_t uc_ttl; /* -1: the default */
	uint8_t mc_ttl;
	bool mc_loop, recverr, hdrincl, nodefrag, freebind, transparent, is_icsk;
	uint32_t cmsg_flags; /* IP_CMSG_* */
	int mc_index, uc_index;
	__be32 mc_addr;
	struct list_head mc_list; /* groups joined: ip_sockglue.c */
	bool mc_all;
	uint8_t min_ttl;
	bool connected, bindaddr_lock, bindport_lock;
	uint32_t icmp_filter;  /* raw ICMP sockets */
	struct list_head node; /* the protocol's own list */
	void *proto_data;
	struct ip_options *opt; /* IP_OPTIONS, or NULL */
};
#define inet_sk(s) ((struct inet_sock *)(uintptr_t)(s))

/* ip_input.c */
void ip_rcv(struct sk_buff *skb, struct net_device *dev); /* consumes */
void ip_local_deliver(struct sk_buff *skb);		  /* consumes */
/* ip_forward.c */
void ip_forward(struct sk_buff *skb); /* consumes */
/* ip_output.c: all consume; 0 or -errno (NET_XMIT codes turned into errno) */
int ip_local_out(struct net *net, struct sock *sk, struct sk_buff *skb);
int ip_output(struct sk_buff *skb);
int ip_mc_output(struct sk_buff *skb);
void dst_input(struct sk_buff *skb);
int dst_output(struct sk_buff *skb);
/* writes the IP header in front of data and sends: what icmp.c, raw.c, udp.c use */
struct ip_send {
	struct sock *sk;
	struct rtable *rt; /* borrowed */
	__be32 saddr, daddr;
	uint8_t tos, protocol, ttl;
	bool df;
	const struct ip_options *opt; /* or NULL */
	uint16_t id;		      /* 0: chosen here, or 0 when DF allows it */
	uint32_t mark, priority;
};
int ip_build_and_send(struct sk_buff *skb, const struct ip_send *how);
void ip_send_check(struct iphdr *iph);
/* @output is called with each fragment (consumed) */
int ip_do_fragment(struct sk_buff *skb, int (*output)(struct sk_buff *skb));
__be16 ip_select_ident(struct net *net, __be32 daddr, __be32 saddr, uint8_t proto, uint32_t segs);
int ip_route_me_harder(struct net *net, struct sk_buff *skb,
		       unsigned int addr_type); /* after OUTPUT hooks changed it */

/* ip_fragment.c: users keep their queues apart */
enum ip_defrag_users {
	IP_DEFRAG_LOCAL_DELIVER,
	IP_DEFRAG_CONNTRACK_IN,
	IP_DEFRAG_CONNTRACK_OUT,
	IP_DEFRAG_CONNTRACK_BRIDGE_IN,
};
/* The whole packet, or NULL: the fragment waits (or died) and is consumed. */
struct sk_buff *ip_defrag(struct net *net, struct sk_buff *skb, enum ip_defrag_users user);
void ip_frag_net_exit(struct net *net);

/* icmp.c */
void icmp_rcv(struct sk_buff *skb);					 /* consumes */
void icmp_send(struct sk_buff *skb_in, int type, int code, __be32 info); /* borrows @skb_in */
uint32_t ip4_reply_mark(const struct net *net, const struct sk_buff *skb);
void icmp_net_exit(struct net *net);
void icmp_out_count(struct net *net, uint8_t type);
/* route_input.c: the neighbour is silent. Consumes, after ICMP host unreachable to the sender. */
void ipv4_link_failure(struct sk_buff *skb);

/* raw.c, udp.c, tcp.c, igmp_rcv.c, ping.c */
bool raw_local_deliver(struct sk_buff *skb,
		       int protocol); /* borrows; true: some socket took a copy */
void raw_icmp_error(struct sk_buff *skb, int protocol, uint32_t info);
void udp_rcv(struct sk_buff *skb);     /* consumes */
void udplite_rcv(struct sk_buff *skb); /* consumes */
void udp_err(struct sk_buff *skb, uint32_t info);
void tcp_v4_rcv(struct sk_buff *skb); /* consumes */
void igmp_rcv(struct sk_buff *skb);   /* consumes */
void tcp_v4_err(struct sk_buff *skb, uint32_t info);
bool ping_rcv(struct sk_buff *skb);
void ping_err(struct sk_buff *skb, int offset, uint32_t info);
extern const struct proto_ops raw_ops, udp_ops, ping_ops;
/* ip_sockglue.c */
int ip_setsockopt(struct sock *sk, int name, const void *val, uint32_t len);
int ip_getsockopt(struct sock *sk, int name, void *val, uint32_t *len);
void ip_icmp_error(struct sock *sk, struct sk_buff *skb, int err, __be16 port, uint32_t info,
		   const uint8_t *payload);
void ip_local_error(struct sock *sk, int err, __be32 daddr, __be16 port, uint32_t info);
ssize_t ip_recv_error(struct sock *sk, struct msghdr *msg);
void ip_cmsg_recv(struct cmsg_out *out, struct sock *sk, struct sk_buff *skb);

#endif
