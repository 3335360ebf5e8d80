/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack.h - flows: what one packet says about those that came before
 */
#ifndef STACK_NETFILTER_NF_CONNTRACK_H
#define STACK_NETFILTER_NF_CONNTRACK_H

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nf_conntrack_tuple_common.h>

#include "netfilter/netfilter.h"

struct nl_request;
struct seq_file;

#ifndef IP_CT_UNTRACKED
#define IP_CT_UNTRACKED 7
#endif

/* One direction of a flow. ICMP: src_all is the id, dst_all's bytes are type and code. */
struct nf_conntrack_tuple {
	__be32 src, dst;
	__be16 src_all, dst_all; /* ports */
	uint8_t protonum;
	uint8_t dir;   /* IP_CT_DIR_*; not part of a comparison */
	uint16_t zone; /* in this direction */
};

struct nf_conntrack_tuple_hash {
	struct hlist_node node;
	struct nf_conntrack_tuple tuple;
};

struct ip_ct_tcp_state {
	uint32_t td_end;    /* seq + len of what this side sent */
	uint32_t td_maxend; /* ack + window of the other side */
	uint32_t td_maxwin;
	uint32_t td_maxack;
	uint8_t td_scale;
	uint8_t flags; /* IP_CT_TCP_FLAG_* */
};

struct ip_ct_tcp {
	struct ip_ct_tcp_state seen[2];
	uint8_t state; /* enum tcp_conntrack */
	uint8_t last_dir, retrans, last_index;
	uint8_t last_wscale, last_flags;
	uint16_t last_win;
	uint32_t last_seq, last_ack, last_end;
};

struct nf_conn {
	struct nf_conntrack_tuple_hash tuplehash[IP_CT_DIR_MAX];
	struct list_head list; /* netns_ct->all, in order of creation */
	struct hlist_node
		nat_bysource; /* by the source of the first packet, when NAT looked at it */
	struct netns_ct *netct;
	int64_t timeout_ns; /* when it dies; before it is confirmed: how long it will live */
	uint32_t refs;	    /* the table, and packets */
	uint32_t status;    /* IPS_* */
	uint32_t mark;
	uint32_t id;
	int32_t masq_index; /* device of a MASQUERADE, 0: none */
	uint16_t ctmask;    /* IPCT_* bits somebody may hear of */
	uint16_t cached;    /* IPCT_* bits nobody was told of yet */
	bool acct, timestamp;
	struct {
		uint64_t packets, bytes;
	} counter[IP_CT_DIR_MAX]; /* with acct */
	int64_t start_ns;	  /* since 1970, with timestamp */
	struct ng_origin origin;
	struct ng_origin nat_origin[2]; /* rules that bound source, destination; while traced */
	union {
		struct ip_ct_tcp tcp;
		int64_t stream_ns; /* udp: from then on it is a stream */
	} proto;
};

_Static_assert(sizeof(struct nf_conn) <= 320, "a flow is small");

/*
 * /proc/sys/net/netfilter/nf_conntrack_*, timeouts in seconds; those of IPv6, GRE and SCTP are
 * only kept
 */
enum nf_ct_sysctl {
	NF_CT_SYSCTL_ACCT,
	NF_CT_SYSCTL_CHECKSUM,
	NF_CT_SYSCTL_COUNT,
	NF_CT_SYSCTL_EVENTS,
	NF_CT_SYSCTL_FRAG6_HIGH,
	NF_CT_SYSCTL_FRAG6_LOW,
	NF_CT_SYSCTL_FRAG6_TIMEOUT,
	NF_CT_SYSCTL_GENERIC_TIMEOUT,
	NF_CT_SYSCTL_GRE_TIMEOUT,
	NF_CT_SYSCTL_GRE_TIMEOUT_STREAM,
	NF_CT_SYSCTL_ICMP_TIMEOUT,
	NF_CT_SYSCTL_ICMPV6_TIMEOUT,
	NF_CT_SYSCTL_LOG_INVALID,
	NF_CT_SYSCTL_SCTP_CLOSED,
	NF_CT_SYSCTL_SCTP_COOKIE_ECHOED,
	NF_CT_SYSCTL_SCTP_COOKIE_WAIT,
	NF_CT_SYSCTL_SCTP_ESTABLISHED,
	NF_CT_SYSCTL_SCTP_HEARTBEAT_SENT,
	NF_CT_SYSCTL_SCTP_SHUTDOWN_ACK_SENT,
	NF_CT_SYSCTL_SCTP_SHUTDOWN_RECD,
	NF_CT_SYSCTL_SCTP_SHUTDOWN_SENT,
	NF_CT_SYSCTL_TCP_LIBERAL,
	NF_CT_SYSCTL_TCP_IGNORE_INVALID_RST,
	NF_CT_SYSCTL_TCP_LOOSE,
	NF_CT_SYSCTL_TCP_MAX_RETRANS,
	NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE,
	NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE_WAIT,
	NF_CT_SYSCTL_TCP_TIMEOUT_ESTABLISHED,
	NF_CT_SYSCTL_TCP_TIMEOUT_FIN_WAIT,
	NF_CT_SYSCTL_TCP_TIMEOUT_LAST_ACK,
	NF_CT_SYSCTL_TCP_TIMEOUT_RETRANS,
	NF_CT_SYSCTL_TCP_TIMEOUT_SYN_RECV,
	NF_CT_SYSCTL_TCP_TIMEOUT_SYN_SENT,
	NF_CT_SYSCTL_TCP_TIMEOUT_TIME_WAIT,
	NF_CT_SYSCTL_TCP_TIMEOUT_UNACK,
	NF_CT_SYSCTL_TIMESTAMP,
	NF_CT_SYSCTL_UDP_TIMEOUT,
	NF_CT_SYSCTL_UDP_TIMEOUT_STREAM,
	NF_CT_SYSCTL_NR,
};

struct netns_ct {
	struct ng_world *world;
	struct net *net; /* NULL: the namespace is gone, packets still hold flows */
	uint32_t users;	 /* rules that need it */
	bool hooked;
	struct nf_hook_ops ops[6];

	struct hlist_head *hash;
	struct hlist_head *nat_bysource; /* as many heads */
	uint32_t hash_size;		 /* a power of two */
	uint32_t nr_confirmed;
	uint32_t nr_alive; /* also those only packets hold */
	uint32_t next_id;
	uint32_t event_portid; /* who deletes or changes a flow just now; 0: a packet */
	uint64_t nat_draws;    /* random ports drawn so far */
	struct list_head all;  /* confirmed, oldest first */
	struct list_head free;
	struct nf_ct_slab *slabs;
	struct netns_nat *nat; /* NULL until the first chain of type nat */
	int sysctl[NF_CT_SYSCTL_NR];
	struct nf_ct_stats {
		uint32_t found, invalid, insert, insert_failed, drop, early_drop, error,
			search_restart, clashres;
	} stats;
};

static inline struct nf_conn *nf_ct_tuplehash_to_ctrack(const struct nf_conntrack_tuple_hash *h)
{
	const struct nf_conntrack_tuple_hash *first = h - h->tuple.dir;

	return container_of((struct nf_conntrack_tuple_hash *)(uintptr_t)first, struct nf_conn,
			    tuplehash[0]);
}

static inline struct nf_conn *nf_ct_get(const struct sk_buff *skb,
					enum ip_conntrack_info *ret_ctinfo)
{
	*ret_ctinfo = (enum ip_conntrack_info)skb->nfctinfo;
	return skb->nfct;
}

static inline bool nf_ct_tuple_equal(const struct nf_conntrack_tuple *a,
				     const struct nf_conntrack_tuple *b)
{
	return a->src == b->src && a->dst == b->dst && a->src_all == b->src_all &&
	       a->dst_all == b->dst_all && a->protonum == b->protonum && a->zone == b->zone;
}

static inline bool nf_ct_is_confirmed(const struct nf_conn *ct)
{
	return ct->status & IPS_CONFIRMED;
}

/* nf_conntrack_core.c: PATH */
unsigned int nf_conntrack_in(struct sk_buff *skb, const struct nf_hook_state *state);
unsigned int nf_conntrack_confirm(struct sk_buff *skb);
void nf_ct_set(struct sk_buff *skb, struct nf_conn *ct,
	       unsigned int ctinfo); /* takes over a reference */
void nf_ct_refresh(struct nf_conn *ct, int64_t timeout_ns);
void nf_ct_acct(struct nf_conn *ct, unsigned int dir, uint32_t len);

/* nf_conntrack_table.c: TABLE */
struct netns_ct *nf_ct_pernet(struct net *net);
void nf_ct_netns_get(struct net *net);
void nf_ct_netns_put(struct net *net);
struct nf_conn *nf_conntrack_alloc(struct net *net, const struct nf_conntrack_tuple *orig,
				   const struct nf_conntrack_tuple *repl);
struct nf_conntrack_tuple_hash *nf_conntrack_find(struct netns_ct *netct,
						  const struct nf_conntrack_tuple *tuple);
bool nf_conntrack_tuple_taken(const struct nf_conntrack_tuple *tuple,
			      const struct nf_conn *ignored);
void nf_conntrack_hash_insert(struct nf_conn *ct);
void nf_ct_delete(struct nf_conn *ct);
/* the flows whose first packet had the source of @tuple, newest first */
struct nf_conntrack_tuple_hash *nf_conntrack_find_skb(const struct sk_buff *skb,
						      struct netns_ct *netct,
						      struct nf_conntrack_tuple *tuple);
struct hlist_head *nf_ct_bysource_head(const struct netns_ct *netct,
				       const struct nf_conntrack_tuple *tuple);
void nf_ct_bysource_insert(struct nf_conn *ct);
/* deletes what has died of age: whoever shows or counts calls it first */
void nf_ct_gc(struct netns_ct *netct);
/* deletes each confirmed flow for which @iter says true; the number deleted */
unsigned int nf_ct_iterate_cleanup(struct net *net, bool (*iter)(struct nf_conn *ct, void *arg),
				   void *arg);
bool nf_ct_get_tuple(const struct sk_buff *skb, uint32_t nhoff, uint32_t dataoff, uint8_t protonum,
		     struct nf_conntrack_tuple *tuple);
void nf_ct_invert_tuple(struct nf_conntrack_tuple *inverse, const struct nf_conntrack_tuple *orig);
void nf_conntrack_sysctl_defaults(struct netns_ct *netct);
void nf_conntrack_init(struct ng_world *world);

static inline int64_t nf_ct_timeout(const struct netns_ct *netct, enum nf_ct_sysctl which)
{
	return netct->sysctl[which] * NSEC_PER_SEC;
}

/*
 * nf_conntrack_proto_*.c: NF_ACCEPT; NF_DROP; 0 - NF_ACCEPT: invalid, let it pass untracked;
 * -NF_REPEAT: look again
 */
#define NF_CT_INVALID (-NF_ACCEPT)
struct nf_ct_packet {
	struct nf_conn *ct;
	struct sk_buff *skb;
	uint32_t dataoff; /* of the transport header, from the network header */
	enum ip_conntrack_info ctinfo;
	const struct nf_hook_state *state;
};
void nf_ct_refresh_acct(const struct nf_ct_packet *pkt, int64_t timeout_ns);
int nf_conntrack_icmp_packet(const struct nf_ct_packet *pkt);
int nf_conntrack_udp_packet(const struct nf_ct_packet *pkt);
int nf_conntrack_generic_packet(const struct nf_ct_packet *pkt);
int nf_conntrack_tcp_packet(const struct nf_ct_packet *pkt);
int nf_conntrack_icmpv4_error(struct sk_buff *skb, uint32_t dataoff,
			      const struct nf_hook_state *state);
bool icmp_invert_tuple(struct nf_conntrack_tuple *inverse, const struct nf_conntrack_tuple *orig);
void nf_ct_set_closing(struct nf_conn *ct);
const char *nf_ct_tcp_state_name(unsigned int state);
/* true when the checksum is right, or known to be, or not there yet */
bool nf_ip_checksum_ok(const struct sk_buff *skb, uint32_t dataoff, uint8_t protocol);

/* nf_conntrack_ecache.c */
uint16_t nf_ct_ecache_mask(const struct netns_ct *netct, uint16_t ctmask);
void nf_ct_event(const struct nf_conn *ct, uint32_t events);
void nf_ct_deliver_cached_events(struct nf_conn *ct);

/* nf_defrag_ipv4.c */
unsigned int ipv4_conntrack_defrag(void *priv, struct sk_buff *skb,
				   const struct nf_hook_state *state);

/* nf_conntrack_standalone.c */
void nf_conntrack_seq_show(struct net *net, struct seq_file *m); /* /proc/net/nf_conntrack */

/* nf_conntrack_trace.c: while somebody listens */
const char *nf_ct_state_name(unsigned int ctinfo);
void nf_ct_trace_skb(struct sk_buff *skb, struct net *net, const char *what, const char *func);
void nf_ct_trace_destroy(const struct nf_conn *ct);

/* nf_conntrack_netlink.c: CONTROL */
int ctnetlink_get_conntrack(struct nl_request *req);
int ctnetlink_new_conntrack(struct nl_request *req);
int ctnetlink_del_conntrack(struct nl_request *req);
int ctnetlink_stat_ct(struct nl_request *req);
int ctnetlink_stat_ct_cpu(struct nl_request *req);

#endif
