/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_fragment.c - putting IPv4 packets together again
 *
 * mirrors net/ipv4/ip_fragment.c and inet_fragment.c
 *
 * PATH and TABLE
 *
 *	ip_defrag()
 *	  ip_find()
 *	  ip_frag_queue()
 *	    ip_frag_reasm()		the whole packet
 *	ip_expire()			the rest did not come: icmp_send()
 */
#include <errno.h>

#include "bridge/bridge.h"
#include "core/xalloc.h"
#include "core/trace.h"
#include "ipv4/fib.h"
#include "ipv4/ip.h"

/* skb->cb of a fragment that waits */
struct ipfrag_skb_cb {
	struct inet_skb_parm ip;
	uint32_t offset, len; /* bytes of payload */
};
#define FRAG_CB(skb) ((struct ipfrag_skb_cb *)(uintptr_t)(skb)->cb)

/* A packet of which pieces are here. */
struct ipq {
	struct list_head list;
	struct net *net;
	__be32 saddr, daddr;
	__be16 id;
	uint8_t protocol;
	uint8_t ecn; /* a bit for each codepoint seen */
	enum ip_defrag_users user;
	struct list_head frags; /* by offset */
	uint32_t len, meat;	/* end seen so far; bytes here */
	uint32_t max_size, max_df_size;
	bool first_in, last_in;
	int iif;      /* ifindex of the piece that came last */
	uint32_t mem; /* what it takes of ipfrag_high_thresh */
	struct sim_timer timer;
};

/* @reason 0: the pieces have become part of a packet */
static void ipq_free(struct ipq *qp, enum skb_drop_reason reason)
{
	struct sk_buff *skb, *next;

	sim_timer_del(&qp->net->world->sim, &qp->timer);
	qp->net->ipv4->frag_mem -= qp->mem;
	list_for_each_entry_safe(skb, next, &qp->frags, list) {
		list_del(&skb->list);
		if (reason)
			kfree_skb_in(skb, qp->net, reason);
		else
			consume_skb(skb);
	}
	list_del(&qp->list);
	free(qp);
}

/* RFC 1122, 3.3.2: the sender is told when the first piece is here. As ip_expire(). */
static void ip_expire(struct sim_timer *timer)
{
	struct ipq *qp = container_of(timer, struct ipq, timer);
	struct net_device *dev = dev_get_by_index(qp->net, qp->iif);
	struct sk_buff *head =
		list_empty(&qp->frags) ? NULL : list_first_entry(&qp->frags, struct sk_buff, list);
	int err;

	mib_inc(qp->net, Ip_ReasmFails);
	mib_inc(qp->net, Ip_ReasmTimeout);
	if (head && dev && qp->first_in) {
		const struct iphdr *iph = ip_hdr(head);

		head->dev = dev;
		/* conntrack's queues may hold packets that only pass through */
		if (!ip_route_input(head, iph->daddr, iph->saddr, iph->tos, dev, &err) &&
		    (qp->user == IP_DEFRAG_LOCAL_DELIVER || skb_rtable(head)->rt_type == RTN_LOCAL))
			icmp_send(head, ICMP_TIME_EXCEEDED, ICMP_EXC_FRAGTIME, 0);
	}
	ipq_free(qp, SKB_DROP_REASON_FRAG_REASM_TIMEOUT);
}

#define QUEUE_SIZE 200 /* struct ipq of the kernel */

/* NULL: what waits takes too much memory already, also for a piece of a packet that is known */
static struct ipq *ip_find(struct net *net, const struct iphdr *iph, enum ip_defrag_users user)
{
	struct ipq *qp;

	if (net->ipv4->frag_mem > (uint64_t)net->ipv4->sysctl_ipfrag_high_thresh)
		return NULL;
	list_for_each_entry(qp, &net->ipv4->frag_queues, list)
		if (qp->id == iph->id && qp->saddr == iph->saddr && qp->daddr == iph->daddr &&
		    qp->protocol == iph->protocol && qp->user == user)
			return qp;
	qp = xzalloc(sizeof(*qp));
	qp->net = net;
	qp->id = iph->id;
	qp->saddr = iph->saddr;
	qp->daddr = iph->daddr;
	qp->protocol = iph->protocol;
	qp->user = user;
	qp->mem = QUEUE_SIZE;
	net->ipv4->frag_mem += qp->mem;
	INIT_LIST_HEAD(&qp->frags);
	qp->timer.fn = ip_expire;
	sim_timer_mod(&net->world->sim, &qp->timer,
		      world_now(net->world) + net->ipv4->sysctl_ipfrag_time * NSEC_PER_SEC);
	list_add(&qp->list, &net->ipv4->frag_queues);
	return qp;
}

/* A buffer with all the bytes, and with what is known of the first piece. */
static struct sk_buff *ip_frag_join(const struct ipq *qp, const struct sk_buff *head, uint32_t hlen)
{
	struct sk_buff *skb = alloc_skb_message(head->world, SKB_HEADROOM + NET_IP_ALIGN + ETH_HLEN,
						hlen + qp->len);
	uint8_t *p = skb_put(skb, hlen + qp->len);
	const struct sk_buff *frag;

	skb_reset_network_header(skb);
	skb->mac_header = skb->network_header - ETH_HLEN;
	skb->transport_header = skb->network_header + hlen;
	if (head->mac_header + ETH_HLEN == head->network_header)
		memcpy(p - ETH_HLEN, skb_mac_header(head), ETH_HLEN);
	memcpy(p, ip_hdr(head), hlen);
	list_for_each_entry(frag, &qp->frags, list)
		memcpy(p + hlen + FRAG_CB(frag)->offset,
		       (const uint8_t *)ip_hdr(frag) + ip_hdr(frag)->ihl * 4, FRAG_CB(frag)->len);
	skb->id = head->id;
	skb->copy = head->copy;
	skb_set_cause(skb, head->cause, head->cause_kind);
	skb->origin = head->origin;
	skb->pkt_type = head->pkt_type;
	skb->protocol = head->protocol;
	skb->skb_iif = head->skb_iif;
	skb->mark = head->mark;
	skb->priority = head->priority;
	skb->tstamp_ns = head->tstamp_ns;
	if (head->nf_bridge)
		skb->nf_bridge = nf_bridge_clone(head->nf_bridge);
	*IPCB(skb) = FRAG_CB(head)->ip;
	return skb;
}

#define ECN_INVALID 0xff

/* RFC 3168, 5.3: congestion met by one piece is met by all; pieces must agree on being capable. */
static uint8_t ip_frag_ecn(uint8_t seen)
{
	const uint8_t not_ect = 1 << 0, ce = 1 << 3;

	if ((seen & not_ect) && seen != not_ect)
		return ECN_INVALID;
	return (seen & ce) && seen != ce ? 3 : 0;
}

/* All pieces are here: one packet, with route and device of the piece that came last; frees @qp. */
static struct sk_buff *ip_frag_reasm(struct ipq *qp, const struct sk_buff *last,
				     struct dst_entry *dst, struct net_device *dev)
{
	struct sk_buff *head = list_first_entry(&qp->frags, struct sk_buff, list), *skb;
	uint32_t hlen = ip_hdr(head)->ihl * 4U;
	uint8_t ecn = ip_frag_ecn(qp->ecn);
	struct iphdr *iph;

	if (hlen + qp->len > 65535 || ecn == ECN_INVALID) {
		mib_inc(qp->net, Ip_ReasmFails);
		dst_release(dst);
		ipq_free(qp, ecn == ECN_INVALID ? SKB_DROP_REASON_IP_INHDR
						: SKB_DROP_REASON_PKT_TOO_BIG);
		return NULL;
	}
	mib_inc(qp->net, Ip_ReasmOKs);
	skb = ip_frag_join(qp, head, hlen);
	skb->dev = dev;
	skb->dst = dst;
	IPCB(skb)->frag_max_size =
		(uint16_t)(qp->max_df_size > qp->max_size ? qp->max_df_size : qp->max_size);
	iph = ip_hdr(skb);
	iph->tot_len = cpu_to_be16((uint16_t)(hlen + qp->len));
	iph->frag_off = 0;
	iph->tos |= ecn;
	/* DF on the largest piece: somebody measures the path, keep to that */
	if (qp->max_df_size == qp->max_size) {
		IPCB(skb)->flags |= IPSKB_FRAG_PMTU;
		iph->frag_off = cpu_to_be16(IP_DF);
	}
	ip_send_check(iph);
	trace_skb(skb, REASM, reasm, .complete = true, .have = qp->meat, .len = qp->len,
		  .last = trace_packet(last));
	ipq_free(qp, 0);
	return skb;
}

/* Puts the piece in its place: 0, 1 it is a copy of what is here, -EINVAL it overlaps. */
static int ip_frag_insert(struct ipq *qp, struct sk_buff *skb)
{
	uint32_t start = FRAG_CB(skb)->offset, end = start + FRAG_CB(skb)->len;
	struct sk_buff *at;

	list_for_each_entry_reverse(at, &qp->frags, list) {
		uint32_t at_start = FRAG_CB(at)->offset, at_end = at_start + FRAG_CB(at)->len;

		if (start >= at_start && end <= at_end)
			return 1;
		if (start >= at_end)
			break;
		if (end > at_start)
			return -EINVAL;
	}
	list_add(&skb->list, &at->list);
	return 0;
}

/* Where the packet ends, as this piece knows: false, it contradicts another. */
static bool ip_frag_ends(struct ipq *qp, bool last, uint32_t end)
{
	if (last) {
		if (end < qp->len || (qp->last_in && end != qp->len))
			return false;
		qp->last_in = true;
		qp->len = end;
	} else if (end > qp->len) {
		if (qp->last_in)
			return false;
		qp->len = end;
	}
	return true;
}

/* As ip_frag_queue(); consumes. The whole packet when this was the last piece. */
static struct sk_buff *ip_frag_queue(struct ipq *qp, struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	uint16_t frag_off = be16_to_cpu(iph->frag_off);
	uint32_t hlen = iph->ihl * 4U, offset = (uint32_t)(frag_off & IP_OFFSET) << 3,
		 len = skb_len(skb) - hlen;
	uint32_t mem = skb_truesize(skb_len(skb));
	bool last = !(frag_off & IP_MF);
	struct net_device *dev = skb->dev;
	struct dst_entry *dst;
	int err;

	if (!last)
		len &= ~7U;
	if (!len || !ip_frag_ends(qp, last, offset + len)) {
		mib_inc(qp->net, Ip_ReasmFails);
		kfree_skb_reason(skb, SKB_DROP_REASON_IP_INHDR);
		ipq_free(qp, SKB_DROP_REASON_IP_INHDR);
		return NULL;
	}
	skb_trim(skb, hlen + len);
	FRAG_CB(skb)->offset = offset;
	FRAG_CB(skb)->len = len;
	err = ip_frag_insert(qp, skb);
	if (err) {
		kfree_skb_reason(skb, SKB_DROP_REASON_DUP_FRAG);
		if (err < 0) {
			mib_inc(qp->net, IpExt_ReasmOverlaps);
			mib_inc(qp->net, Ip_ReasmFails);
			ipq_free(qp, SKB_DROP_REASON_DUP_FRAG);
		}
		return NULL;
	}
	qp->meat += len;
	qp->iif = dev ? dev->ifindex : qp->iif;
	qp->ecn |= (uint8_t)(1U << (iph->tos & 3));
	qp->mem += mem;
	qp->net->ipv4->frag_mem += mem;
	if (!offset)
		qp->first_in = true;
	if (hlen + len > qp->max_size)
		qp->max_size = hlen + len;
	if ((frag_off & IP_DF) && hlen + len > qp->max_df_size)
		qp->max_df_size = hlen + len;
	dst = skb->dst;
	skb->dst = NULL;
	skb->dev = NULL;
	skb_orphan(skb);
	if (qp->first_in && qp->last_in && qp->meat == qp->len)
		return ip_frag_reasm(qp, skb, dst, dev);
	trace_skb_at(skb, dev, REASM, reasm, .have = qp->meat, .len = qp->last_in ? qp->len : 0);
	dst_release(dst);
	return NULL;
}

/**
 * ip_defrag() - Takes a piece of a packet
 * @net: the namespace
 * @skb: consumed; data at the IP header
 * @user: whose queue: conntrack and delivery do not mix
 *
 * Return: the whole packet, data at its IP header, or NULL: the piece waits (or died).
 */
struct sk_buff *ip_defrag(struct net *net, struct sk_buff *skb, enum ip_defrag_users user)
{
	struct ipq *qp;

	mib_inc(net, Ip_ReasmReqds);
	qp = ip_find(net, ip_hdr(skb), user);
	if (qp)
		return ip_frag_queue(qp, skb);
	mib_inc(net, Ip_ReasmFails);
	kfree_skb_reason(skb, SKB_DROP_REASON_NOMEM);
	return NULL;
}

/**
 * ip_frag_net_exit() - Drops what waits
 * @net: a dying namespace
 */
void ip_frag_net_exit(struct net *net)
{
	struct ipq *qp, *next;

	list_for_each_entry_safe(qp, next, &net->ipv4->frag_queues, list)
		ipq_free(qp, SKB_DROP_REASON_PKT_CONSUMED);
}
