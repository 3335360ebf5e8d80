/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * skbuff.h - a packet
 *
 * A packet has one owner; passing it consumes it; every packet ends in
 * consume_skb() or kfree_skb_reason(). Functions that only look take a const
 * pointer. Header and bytes come from pools of the world. Bytes may be shared
 * by clones: whoever writes calls skb_ensure_writable() first. Always linear.
 */
#ifndef STACK_CORE_SKBUFF_H
#define STACK_CORE_SKBUFF_H

#include <netglass/drop.h>
#include <netglass/trace.h>
#include <netglass/types.h>
#include <string.h>

#include "core/dst.h"
#include "core/list.h"
#include "sim.h"
#include "poison.h"

struct net;
struct net_device;
struct nf_bridge_info;
struct nf_conn;
struct ng_world;
struct sock;

/* Room for the headers a packet may grow: a multiple of 4, so that IP headers are aligned at NET_IP_ALIGN. */
#define SKB_HEADROOM 64U
#define NET_IP_ALIGN 2U
#define SKB_POOL_SIZE 2048U

/* the source file, without its folders */
#define NG_FILE (__builtin_strrchr("/" __FILE__, '/') + 1)

/* shared bytes */
struct skb_data {
	uint32_t refs;
	uint32_t size; /* of bytes[] */
	struct skb_data *next_free;
	uint64_t pad_;
	uint8_t bytes[];
};

enum {
	CHECKSUM_NONE = 0,	  /* bytes carry a checksum; receivers verify */
	CHECKSUM_UNNECESSARY = 1, /* known good: made in this world and untouched */
	CHECKSUM_PARTIAL =
		3, /* transport checksum not filled in yet: only the pseudo header sum is there */
};

/* whose a packet is that counts for no socket */
enum skb_owner {
	SKB_OWNER_NONE,
	SKB_OWNER_KERNEL,   /* the kernel's own socket, behind which there is no file */
	SKB_OWNER_LISTENER, /* a listening socket: SYN/ACK */
	SKB_OWNER_TIMEWAIT, /* what is left of a connection: no program */
};

struct sk_buff {
	struct sim_work work;  /* backlog */
	struct list_head list; /* a queue: sk_buff_head */
	struct ng_world *world;
	struct skb_data *shared;
	uint8_t *head; /* shared->bytes */
	uint8_t *data;
	uint8_t *tail;
	uint8_t *end;

	struct net_device *dev;
	struct sock *sk;		  /* who sent it; counted, cleared by skb_orphan() */
	struct dst_entry *dst;		  /* counted */
	struct nf_conn *nfct;		  /* counted */
	struct nf_bridge_info *nf_bridge; /* owned; NULL outside bridge netfilter */

	__be16 protocol;   /* ETH_P_... of the frame */
	__be16 vlan_proto; /* of the tag beside the frame: 8021q/vlan_core.c */
	uint16_t vlan_tci;
	bool vlan_present;
	bool vlan_shown;  /* the tag is gone, but who looks on sees it */
	uint8_t pkt_type; /* PACKET_HOST ... <linux/if_packet.h> */
	uint8_t ip_summed;
	uint8_t nfctinfo; /* enum ip_conntrack_info */
	uint8_t owner;	  /* enum skb_owner, while sk is NULL */
	/* what a rule of raw says of the flow to be: a zone, in which directions (bits), its events */
	uint8_t nf_zone_dir; /* 0: no rule spoke */
	uint16_t nf_zone, nf_ctmask;
	bool nf_trace;
	bool ignore_df;
	bool l4_hash;
	bool dst_pending_confirm; /* who sends it on knows that his neighbour is there */
	bool delivered;		  /* in a socket's queue */
	bool written;		  /* by a program or an error of the wire: its headers may lie */
	int32_t skb_iif;	  /* ifindex it came in on */
	uint32_t truesize;	  /* what it takes of the send buffer of sk */
	uint32_t mark;
	uint32_t priority;
	uint16_t csum_start;  /* from head, with CHECKSUM_PARTIAL */
	uint16_t csum_offset; /* from csum_start */
	uint32_t mac_header;  /* offsets from head */
	uint32_t network_header;
	uint32_t transport_header;
	int64_t tstamp_ns;

	/* identity for the story */
	uint64_t id;	    /* for life: clones, NAT and fragments keep it; 0: a message */
	uint64_t cause;	    /* the packet this one answers, 0: none */
	uint8_t cause_kind; /* enum ng_trace_cause */
	uint32_t copy;	    /* 7.1; numbered only while somebody listens */
	uint32_t fragment;  /* 7a */
	struct ng_origin origin;

	/* scratch of the layer that holds it: IPCB, BR_INPUT_SKB_CB, netlink */
	uint64_t cb[8];
};

struct sk_buff_head {
	struct list_head list;
	uint32_t qlen;
	uint32_t bytes;
};

/* skbuff.c */
struct sk_buff *alloc_skb(struct ng_world *world, uint32_t headroom, uint32_t len);
uint32_t skb_truesize(uint32_t len);
struct sk_buff *alloc_skb_message(struct ng_world *world, uint32_t headroom, uint32_t len);
void consume_skb(struct sk_buff *skb);
void kfree_skb_at(struct sk_buff *skb, const struct net *net, enum skb_drop_reason reason,
		  const char *file, const char *func);
#define kfree_skb_reason(skb, reason) kfree_skb_at(skb, NULL, reason, NG_FILE, __func__)
/* of a packet that waits in a namespace and on no device */
#define kfree_skb_in(skb, net, reason) kfree_skb_at(skb, net, reason, NG_FILE, __func__)
struct sk_buff *skb_clone(const struct sk_buff *skb);
struct sk_buff *skb_copy(const struct sk_buff *skb, uint32_t headroom);
void skb_ensure_writable(struct sk_buff *skb, uint32_t headroom);
void skb_reset_for_netns(struct sk_buff *skb); /* as skb_scrub_packet(): crossing a veth */
void skb_checksum_help(struct sk_buff *skb);   /* fills in what CHECKSUM_PARTIAL left open */
void skb_trim(struct sk_buff *skb, uint32_t len);

static inline uint32_t skb_len(const struct sk_buff *skb)
{
	return (uint32_t)(skb->tail - skb->data);
}

static inline uint32_t skb_headroom(const struct sk_buff *skb)
{
	return (uint32_t)(skb->data - skb->head);
}

static inline uint32_t skb_tailroom(const struct sk_buff *skb)
{
	return (uint32_t)(skb->end - skb->tail);
}

/* Forgets the route. */
static inline void skb_dst_drop(struct sk_buff *skb)
{
	dst_release(skb->dst);
	skb->dst = NULL;
}

/* Gives the packet a route; the caller's reference is taken over. */
static inline void skb_dst_set(struct sk_buff *skb, struct dst_entry *dst)
{
	skb_dst_drop(skb);
	skb->dst = dst;
}

static inline void skb_set_cause(struct sk_buff *skb, uint64_t id, uint8_t kind)
{
	skb->cause = id;
	skb->cause_kind = kind;
}

/* sock_wmem.c */
void skb_set_owner(struct sk_buff *skb, struct sock *sk, uint32_t truesize);
void __skb_orphan(struct sk_buff *skb);

/* The sender's socket no longer counts the packet, which stays the caller's. */
static inline void skb_orphan(struct sk_buff *skb)
{
	if (skb->sk)
		__skb_orphan(skb);
}

/* The only way into bytes: NULL when fewer than @len are there. */
static inline void *skb_peek_hdr(const struct sk_buff *skb, size_t len)
{
	return skb_len(skb) >= len ? skb->data : NULL;
}

/* @len bytes at @offset from data, or NULL */
static inline void *skb_peek_at(const struct sk_buff *skb, size_t offset, size_t len)
{
	return offset + len <= skb_len(skb) ? skb->data + offset : NULL;
}

/* Grows at the front; the room must have been reserved. */
static inline void *skb_push(struct sk_buff *skb, uint32_t len)
{
	skb->data -= len;
	return skb->data;
}

/* Takes @len bytes off the front; NULL when they are not there. */
static inline void *skb_pull(struct sk_buff *skb, uint32_t len)
{
	if (skb_len(skb) < len)
		return NULL;
	skb->data += len;
	return skb->data;
}

/* Grows at the end; the room must be there. */
static inline void *skb_put(struct sk_buff *skb, uint32_t len)
{
	uint8_t *p = skb->tail;

	sim_unpoison(p, len);
	skb->tail += len;
	return p;
}

static inline void skb_reset_mac_header(struct sk_buff *skb)
{
	skb->mac_header = (uint32_t)(skb->data - skb->head);
}

static inline void skb_reset_network_header(struct sk_buff *skb)
{
	skb->network_header = (uint32_t)(skb->data - skb->head);
}

static inline void skb_reset_transport_header(struct sk_buff *skb)
{
	skb->transport_header = (uint32_t)(skb->data - skb->head);
}

static inline void *skb_mac_header(const struct sk_buff *skb)
{
	return skb->head + skb->mac_header;
}

static inline void *skb_network_header(const struct sk_buff *skb)
{
	return skb->head + skb->network_header;
}

static inline void *skb_transport_header(const struct sk_buff *skb)
{
	return skb->head + skb->transport_header;
}

/* of a packet whose IP layer was entered: always there, checked by ip_rcv() or made by us */
static inline struct iphdr *ip_hdr(const struct sk_buff *skb)
{
	return skb_network_header(skb);
}

static inline struct ethhdr *eth_hdr(const struct sk_buff *skb)
{
	return skb_mac_header(skb);
}

static inline void skb_queue_head_init(struct sk_buff_head *q)
{
	INIT_LIST_HEAD(&q->list);
	q->qlen = 0;
	q->bytes = 0;
}

static inline void skb_queue_tail(struct sk_buff_head *q, struct sk_buff *skb)
{
	list_add_tail(&skb->list, &q->list);
	q->qlen++;
	q->bytes += skb_len(skb);
}

static inline struct sk_buff *skb_queue_first(const struct sk_buff_head *q)
{
	return list_empty(&q->list) ? NULL : list_first_entry(&q->list, struct sk_buff, list);
}

static inline void skb_unlink(struct sk_buff_head *q, struct sk_buff *skb)
{
	list_del(&skb->list);
	q->qlen--;
	q->bytes -= skb_len(skb);
}

static inline struct sk_buff *skb_dequeue(struct sk_buff_head *q)
{
	struct sk_buff *skb = skb_queue_first(q);

	if (skb)
		skb_unlink(q, skb);
	return skb;
}

void skb_queue_purge_at(struct sk_buff_head *q, const struct net *net, enum skb_drop_reason reason,
			const char *file, const char *func);
#define skb_queue_purge(q, reason) skb_queue_purge_at(q, NULL, reason, NG_FILE, __func__)
#define skb_queue_purge_in(q, net, reason) skb_queue_purge_at(q, net, reason, NG_FILE, __func__)

/* checksum.c: RFC 1071 */
uint32_t csum_partial(const void *data, size_t len, uint32_t sum);
static inline __sum16 csum_fold(uint32_t sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	sum += sum >> 16;
	return (ng_force __sum16)(uint16_t)~sum;
}
/* sums are of 16-bit words as they lie in memory, so results are stored without conversion */
__sum16 ip_compute_csum(const void *data, size_t len);
__sum16
ip_fast_csum(const void *iph,
	     unsigned int ihl); /* ihl: words of 4 bytes; 0 when a received header is right */
uint32_t csum_tcpudp_nofold(__be32 saddr, __be32 daddr, uint32_t len, uint8_t proto, uint32_t sum);
__sum16 csum_tcpudp_magic(__be32 saddr, __be32 daddr, uint32_t len, uint8_t proto, uint32_t sum);
void csum_replace2(__sum16 *sum, __be16 from, __be16 to);
void csum_replace4(__sum16 *sum, __be32 from, __be32 to);

#endif
