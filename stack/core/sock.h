/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sock.h - what all sockets share: net/core/sock.c and net/socket.c
 */
#ifndef STACK_CORE_SOCK_H
#define STACK_CORE_SOCK_H

#include <sys/socket.h>

#include "core/file.h"
#include "core/list.h"
#include "core/skbuff.h"

struct net;
struct ng_task;
struct sk_filter;
struct sock;

/* A message as a protocol sees it: gathered payload in, where to put the answer out. */
struct proto_ops {
	int (*bind)(struct sock *sk, const void *addr, uint32_t addrlen);
	int (*connect)(struct ng_task *task, struct sock *sk, const void *addr, uint32_t addrlen);
	int (*listen)(struct sock *sk, int backlog);
	int (*accept)(struct ng_task *task, struct sock *sk, struct sock **ret_sk);
	int (*getname)(struct sock *sk, void *addr, uint32_t *addrlen, bool peer);
	int (*shutdown)(struct sock *sk, int how);
	int (*setsockopt)(struct sock *sk, int level, int name, const void *val, uint32_t len);
	int (*getsockopt)(struct sock *sk, int level, int name, void *val, uint32_t *len);
	ssize_t (*sendmsg)(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			   size_t len, int flags);
	ssize_t (*recvmsg)(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags);
	int (*ioctl)(struct ng_task *task, struct sock *sk, unsigned long request, void *arg);
	int (*poll)(struct sock *sk); /* NULL: datagram_poll() */
	void (*set_keepalive)(struct sock *sk, bool on);
	void (*release)(struct sock *sk); /* frees what the protocol hung on it, not @sk itself */
};

/* net.core.{r,w}mem_default and _max of a machine */
#define SK_MEM_DEFAULT 212992
#define SK_MEM_MAX 4194304

struct sock {
	struct list_head net_node; /* net->socks */
	struct ng_world *world;
	struct net *net; /* counted */
	uint16_t family;
	uint16_t type;
	uint16_t protocol;
	const struct proto_ops *ops;

	struct sk_buff_head receive_queue;
	struct sk_buff_head error_queue;
	struct wait_queue_head wait;
	uint32_t rcvbuf, sndbuf; /* bytes, as getsockopt shows them */
	uint32_t rmem, drops;
	uint32_t wmem;			  /* of packets on their way: sock_wmem.c */
	bool wmem_awaited;		  /* somebody waits until there is room in sndbuf */
	int64_t rcvtimeo_ns, sndtimeo_ns; /* < 0: no limit */
	int err;			  /* SO_ERROR: positive errno */
	int err_soft;			  /* TCP: what SO_ERROR tells when there is no err */
	int bound_dev_if;
	uint32_t mark, priority;
	uint8_t shutdown; /* bit 0 RCV, bit 1 SND */
	bool broadcast, reuse, reuseport, dontroute, timestamp, keepalive, debug;
	bool dead;     /* released: packets in flight may still name it */
	bool orphan;   /* TCP: released, and the FIN is sent */
	uint32_t refs; /* the file, and packets that carry it */
	bool nonblock; /* of the file, while connect() and accept() run */
	bool listening;
	bool dst_pending_confirm; /* TCP: the peer has answered; the next packet says so */
	bool linger;		  /* SO_LINGER */
	int linger_s;
	struct sk_filter *filter; /* SO_ATTACH_FILTER: core/filter.c; NULL: none */
	struct ng_origin origin;
	bool awaited;	 /* a connection nobody accepted, but a program waits for it */
	uint64_t ino;	 /* of its file; 0: a connection nobody accepted, or closed */
	uint64_t cookie; /* ipv4/inet_diag.c */
};

/* sock.c */
void sock_init_data(struct sock *sk, struct net *net, int family, int type, int protocol);
void sock_hold(struct sock *sk);
void sock_put(struct sock *sk);
void sock_release(struct sock *sk); /* the file is closed */
uint32_t skb_cost(const struct sk_buff *skb);
/* Queues @skb for the reader, or drops it with SOCKET_RCVBUFF; consumes. 0 or -ENOMEM */
int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb);
void sock_queue_tail(struct sock *sk, struct sk_buff *skb);
int sock_queue_err_skb(struct sock *sk, struct sk_buff *skb);
void sk_error_report(struct sock *sk, int err); /* sets err and wakes */
/* The next packet (MSG_PEEK leaves it), waits unless MSG_DONTWAIT; NULL and -errno in *ret_err */
struct sk_buff *skb_recv_datagram(struct ng_task *task, struct sock *sk, int flags, int *ret_err);
int datagram_poll(struct sock *sk);
size_t iov_length(const struct msghdr *msg);
void copy_from_iov(void *dst, const struct msghdr *msg, size_t offset, size_t len);
/* returns the bytes that fit; sets MSG_TRUNC in msg_flags when some did not */
size_t copy_to_iov(struct msghdr *msg, const void *src, size_t len);
/* Is there a program behind it? As sk->sk_socket->file of Linux. */
static inline bool sock_has_file(const struct sock *sk)
{
	return sk->ino || sk->awaited;
}

/* Did a socket of this namespace send it, a program's or the kernel's own? */
static inline bool skb_sent_by_socket(const struct sk_buff *skb, const struct net *net)
{
	return skb->sk ? skb->sk->net == net : skb->owner != SKB_OWNER_NONE && !skb->skb_iif;
}

/* Appends a control message, MSG_CTRUNC when it does not fit. Call put_cmsg_done() last. */
struct cmsg_out {
	struct msghdr *msg;
	size_t used;
};
void put_cmsg(struct cmsg_out *out, int level, int type, const void *data, size_t len);
void put_cmsg_done(struct cmsg_out *out);
/* SOL_SOCKET options; -ENOPROTOOPT for what no layer knows */
int sock_setsockopt(struct sock *sk, int name, const void *val, uint32_t len);
int sock_getsockopt(struct sock *sk, int name, void *val, uint32_t *len);

/* sock_wmem.c */
int sock_error_take(struct sock *sk);
int sock_wait_send(struct ng_task *task, struct sock *sk, int flags);
bool sock_writeable(struct sock *sk);

/* Makers, one per family: *ret_sk or -errno (-EPROTONOSUPPORT, -ESOCKTNOSUPPORT, -EACCES) */
int inet_create(struct net *net, int type, int protocol, struct sock **ret_sk); /* ipv4/af_inet.c */
int netlink_create(struct net *net, int type, int protocol,
		   struct sock **ret_sk); /* netlink/af_netlink.c */
int packet_create(struct net *net, int type, int protocol,
		  struct sock **ret_sk); /* packet/af_packet.c */
/* ioctls any socket takes: SIOCGIF*, SIOCBR* ...; core/dev_ioctl.c */
int dev_ioctl(struct ng_task *task, struct net *net, unsigned long request, void *arg);

#endif
