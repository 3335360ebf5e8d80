/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_sockglue.h - what raw.c, udp.c and ping.c share
 *
 * mirrors parts of include/net/ip.h, inet_sock.h and linux/errqueue.h
 */
#ifndef STACK_IPV4_IP_SOCKGLUE_H
#define STACK_IPV4_IP_SOCKGLUE_H

#include <linux/errqueue.h>
#include <sys/socket.h>

#include "ipv4/ip.h"

#define IP_CMSG_PKTINFO 0x001
#define IP_CMSG_TTL 0x002
#define IP_CMSG_TOS 0x004
#define IP_CMSG_RECVOPTS 0x008
#define IP_CMSG_RETOPTS 0x010
#define IP_CMSG_ORIGDSTADDR 0x040
#define IP_CMSG_CHECKSUM 0x080
#define IP_CMSG_RECVFRAGSIZE 0x100

/* skb->cb of a packet in a receive queue: what IP_PKTINFO tells */
struct ip_rx_cb {
	struct inet_skb_parm ip;
	int32_t ifindex;
	__be32 spec_dst;
};
#define IP_RX_CB(skb) ((struct ip_rx_cb *)(uintptr_t)(skb)->cb)

/* skb->cb of a packet in an error queue */
struct sock_exterr_skb {
	struct ip_rx_cb rx;
	struct sock_extended_err ee;
	uint16_t addr_offset; /* from the network header: the address the message reports */
	__be16 port;
};
#define SKB_EXT_ERR(skb) ((struct sock_exterr_skb *)(uintptr_t)(skb)->cb)

/* What one sendmsg() asks for beside its bytes. */
struct ipcm_cookie {
	__be32 addr; /* in: source; out: destination */
	int oif;
	int16_t ttl; /* 0: the socket's */
	int16_t tos; /* -1: the socket's */
	uint8_t protocol;
	uint32_t mark, priority;
};

struct icmp_err {
	int errnum;
	bool fatal;
};
extern const struct icmp_err icmp_err_convert[16];

static inline bool ip_sk_ignore_df(const struct inet_sock *inet)
{
	return inet->pmtudisc < IP_PMTUDISC_DO || inet->pmtudisc == IP_PMTUDISC_OMIT;
}

void ipcm_init_sk(struct ipcm_cookie *ipc, const struct inet_sock *inet);
int ip_cmsg_send(struct sock *sk, const struct msghdr *msg, struct ipcm_cookie *ipc);
/* Which errno an ICMP error means to a socket; *ret_hard: also without IP_RECVERR. 0: nothing */
int icmp_to_errno(const struct inet_sock *inet, int type, int code, bool *ret_hard);
/* IP_MULTICAST_IF and IP_UNICAST_IF: as raw_sendmsg() and udp_sendmsg() begin */
void ip_mc_send_defaults(const struct inet_sock *inet, struct ipcm_cookie *ipc, __be32 daddr,
			 __be32 *saddr);
/* @fl4: addresses, ports and proto are given; @msg_flags: MSG_DONTROUTE. 0 or -errno */
int ip_socket_route(struct inet_sock *inet, const struct ipcm_cookie *ipc, struct flowi4 *fl4,
		    int msg_flags, struct rtable **ret_rt);
/* DF on what fits */
bool ip_dont_fragment(const struct inet_sock *inet, const struct rtable *rt);
/* one datagram with a transport header already in @skb; consumes; checks its size */
int ip_socket_send(struct inet_sock *inet, const struct ipcm_cookie *ipc, const struct flowi4 *fl4,
		   struct rtable *rt, struct sk_buff *skb);
/* may @len bytes behind the IP header be sent at all? -EMSGSIZE, and an entry in the error queue */
int ip_check_size(struct inet_sock *inet, const struct flowi4 *fl4, const struct rtable *rt,
		  size_t len);
struct sk_buff *ip_socket_skb(struct ng_task *task, struct inet_sock *inet, const struct rtable *rt,
			      size_t len, int flags, int *ret_err);
int inet_bind_addr(struct inet_sock *inet, const void *addr, uint32_t addrlen,
		   struct sockaddr_in *ret);
int ip4_datagram_connect(struct sock *sk, const struct sockaddr_in *usin, uint32_t addrlen);
void ip4_datagram_disconnect(struct inet_sock *inet);
void inet_release_common(struct inet_sock *inet);
int inet_getname(struct sock *sk, void *addr, uint32_t *addrlen, bool peer);
int inet_datagram_ioctl(struct ng_task *task, struct sock *sk, unsigned long request, void *arg);
int inet_shutdown(struct sock *sk, int how);
int inet_setsockopt(struct sock *sk, int level, int name, const void *val, uint32_t len);
int inet_getsockopt(struct sock *sk, int level, int name, void *val, uint32_t *len);
bool inet_addr_valid_or_nonlocal(const struct inet_sock *inet, __be32 addr, unsigned int type);
bool ip_mc_sf_allow(const struct inet_sock *inet, __be32 addr, int ifindex);
int getsockopt_int(void *val, uint32_t *len, int v);
void ipv4_pktinfo_prepare(const struct sock *sk, struct sk_buff *skb);
void ip_queue_rcv_skb(struct sock *sk, struct sk_buff *skb);
ssize_t ip_recv_datagram(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags,
			 bool has_ports);
/* timestamps and IP_* control messages of a received packet */
void ip_recv_cmsgs(struct sock *sk, struct msghdr *msg, struct sk_buff *skb);
/* an error the program must hear of before it may send: -errno or 0 */

extern const struct proto_ops tcp_ops;
int raw_init_sock(struct inet_sock *inet);
int udp_init_sock(struct inet_sock *inet);
void udp_net_exit(struct net *net);
int ping_init_sock(struct inet_sock *inet);
int tcp_v4_init_sock(struct inet_sock *inet);
void tcp_net_exit(struct net *net);

#endif
