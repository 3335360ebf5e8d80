/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_core.c - tells each packet which flow it belongs to
 *
 * mirrors net/netfilter/nf_conntrack_core.c
 * PATH
 *
 *	nf_hook_slow() [core.c], PREROUTING and OUTPUT
 *	  nf_conntrack_in()
 *	    nf_conntrack_icmpv4_error() [nf_conntrack_proto_icmp.c]: errors are RELATED
 *	    resolve_normal_ct(): finds the flow, or makes one
 *	    nf_conntrack_handle_packet(): state and timeout, nf_conntrack_proto_*.c
 *	nf_hook_slow(), POSTROUTING and INPUT, last of all
 *	  nf_conntrack_confirm(): a new flow that got this far goes into the table
 */
#include <errno.h>
#include <linux/icmp.h>
#include <linux/in.h>

#include "core/trace.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

/**
 * nf_ct_set - Tells a packet its flow
 * @skb: the packet
 * @ct: the flow, or NULL; the packet takes over the caller's reference
 * @ctinfo: IP_CT_*
 */
void nf_ct_set(struct sk_buff *skb, struct nf_conn *ct, unsigned int ctinfo)
{
	skb->nfct = ct;
	skb->nfctinfo = (uint8_t)ctinfo;
}

/**
 * nf_ct_attach - A packet made because of another belongs to the same flow, as RELATED
 * @new_skb: an ICMP error or a RST
 * @skb: its cause
 */
void nf_ct_attach(struct sk_buff *new_skb, const struct sk_buff *skb)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	if (!ct)
		return;
	ctinfo = CTINFO2DIR(ctinfo) == IP_CT_DIR_ORIGINAL ? IP_CT_RELATED_REPLY : IP_CT_RELATED;
	nf_conntrack_put(new_skb->nfct);
	nf_conntrack_get(ct);
	nf_ct_set(new_skb, ct, ctinfo);
}

static bool nf_ct_has_ports(uint8_t protonum)
{
	return protonum == IPPROTO_TCP || protonum == IPPROTO_UDP || protonum == IPPROTO_UDPLITE ||
	       protonum == IPPROTO_SCTP || protonum == IPPROTO_DCCP;
}

/**
 * nf_ct_get_tuple - Reads the tuple of a packet, or of a packet quoted in one
 * @skb: holds it
 * @nhoff: where its IP header is, from the network header
 * @dataoff: where its transport header is
 * @protonum: its protocol
 * @tuple: filled in
 *
 * Return: false when it is too short.
 */
bool nf_ct_get_tuple(const struct sk_buff *skb, uint32_t nhoff, uint32_t dataoff, uint8_t protonum,
		     struct nf_conntrack_tuple *tuple)
{
	const uint8_t *iph = xt_peek(skb, nhoff, sizeof(struct iphdr));
	const uint8_t *p;

	if (!iph)
		return false;
	memset(tuple, 0, sizeof(*tuple));
	memcpy(&tuple->src, iph + offsetof(struct iphdr, saddr), 4);
	memcpy(&tuple->dst, iph + offsetof(struct iphdr, daddr), 4);
	tuple->protonum = protonum;
	if (protonum == IPPROTO_ICMP) {
		p = xt_peek(skb, dataoff, sizeof(struct icmphdr));
		if (!p)
			return false;
		memcpy(&tuple->dst_all, p, 2);
		memcpy(&tuple->src_all, p + 4, 2);
	} else if (nf_ct_has_ports(protonum)) {
		p = xt_peek(skb, dataoff, 4);
		if (!p)
			return false;
		memcpy(&tuple->src_all, p, 2);
		memcpy(&tuple->dst_all, p + 2, 2);
	}
	return true;
}

/**
 * nf_ct_invert_tuple - The tuple of the answer
 * @inverse: filled in
 * @orig: the tuple
 *
 * An ICMP type without answer stays as it is; ask icmp_invert_tuple() where that matters.
 */
void nf_ct_invert_tuple(struct nf_conntrack_tuple *inverse, const struct nf_conntrack_tuple *orig)
{
	*inverse = (struct nf_conntrack_tuple){
		.src = orig->dst,
		.dst = orig->src,
		.src_all = orig->dst_all,
		.dst_all = orig->src_all,
		.protonum = orig->protonum,
		.dir = !orig->dir,
		.zone = orig->zone,
	};
	if (orig->protonum == IPPROTO_ICMP && !icmp_invert_tuple(inverse, orig)) {
		inverse->src_all = orig->src_all;
		inverse->dst_all = orig->dst_all;
	}
}

static struct nf_conn *init_conntrack(struct sk_buff *skb, struct net *net,
				      const struct nf_conntrack_tuple *tuple)
{
	struct nf_conntrack_tuple repl;
	struct nf_conn *ct;

	if (tuple->protonum == IPPROTO_ICMP && !icmp_invert_tuple(&repl, tuple))
		return NULL;
	nf_ct_invert_tuple(&repl, tuple);
	if (skb->nf_zone_dir)
		repl.zone = (skb->nf_zone_dir & 1U << IP_CT_DIR_REPLY) ? skb->nf_zone : 0;
	ct = nf_conntrack_alloc(net, tuple, &repl);
	if (!ct)
		return NULL;
	ct->origin = skb->origin;
	if (skb->nf_zone_dir && skb->nf_ctmask)
		ct->ctmask = nf_ct_ecache_mask(ct->netct, skb->nf_ctmask);
	return ct;
}

/* Sets the packet's flow. Return: 0, also when it has none; -ENOMEM: the table is full. */
static int resolve_normal_ct(struct sk_buff *skb, uint32_t dataoff, struct net *net)
{
	struct netns_ct *netct = nf_ct_pernet(net);
	struct nf_conntrack_tuple_hash *h;
	struct nf_conntrack_tuple tuple, repl;
	struct nf_conn *ct;

	if (!nf_ct_get_tuple(skb, 0, dataoff, ip_hdr(skb)->protocol, &tuple))
		return 0;
	h = nf_conntrack_find_skb(skb, netct, &tuple);
	if (!h) {
		if (tuple.protonum == IPPROTO_ICMP && !icmp_invert_tuple(&repl, &tuple))
			return 0;
		ct = init_conntrack(skb, net, &tuple);
		if (!ct)
			return -ENOMEM;
		nf_ct_set(skb, ct, IP_CT_NEW);
		return 0;
	}
	ct = nf_ct_tuplehash_to_ctrack(h);
	nf_conntrack_get(ct);
	if (h->tuple.dir == IP_CT_DIR_REPLY)
		nf_ct_set(skb, ct, IP_CT_ESTABLISHED_REPLY);
	else if (ct->status & IPS_SEEN_REPLY)
		nf_ct_set(skb, ct, IP_CT_ESTABLISHED);
	else
		nf_ct_set(skb, ct, IP_CT_NEW);
	return 0;
}

static int nf_conntrack_handle_packet(const struct nf_ct_packet *pkt)
{
	switch (pkt->ct->tuplehash[0].tuple.protonum) {
	case IPPROTO_TCP:
		return nf_conntrack_tcp_packet(pkt);
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		return nf_conntrack_udp_packet(pkt);
	case IPPROTO_ICMP:
		return nf_conntrack_icmp_packet(pkt);
	default:
		return nf_conntrack_generic_packet(pkt);
	}
}

static void nf_ct_table_full(struct net *net)
{
	nf_ct_pernet(net)->stats.drop++;
	if (!net_ratelimit(net->world))
		return;
	if (net == net->world->init_net)
		printk(net->world, LOGLEVEL_WARNING,
		       "nf_conntrack: nf_conntrack: table full, dropping packet");
	else
		printk(net->world, LOGLEVEL_WARNING,
		       "nf_conntrack: nf_conntrack: table full in netns %u, dropping packet",
		       net->inum);
}

/* Finds or makes the flow and tells it of the packet. Return: NF_ACCEPT, NF_DROP, or -NF_REPEAT. */
static int nf_conntrack_track(struct sk_buff *skb, uint32_t dataoff,
			      const struct nf_hook_state *state, const char **ret_what)
{
	struct netns_ct *netct = nf_ct_pernet(state->net);
	struct nf_ct_packet pkt = { .skb = skb, .dataoff = dataoff, .state = state };
	int ret;

	if (resolve_normal_ct(skb, dataoff, state->net) < 0) {
		nf_ct_table_full(state->net);
		*ret_what = "full";
		return NF_DROP;
	}
	pkt.ct = nf_ct_get(skb, &pkt.ctinfo);
	if (!pkt.ct) {
		netct->stats.invalid++;
		return NF_ACCEPT;
	}
	ret = nf_conntrack_handle_packet(&pkt);
	if (ret <= 0) {
		nf_ct_set(skb, NULL, 0);
		nf_conntrack_put(pkt.ct);
		if (ret == -NF_REPEAT)
			return ret;
		netct->stats.invalid++;
		return -ret;
	}
	if (pkt.ctinfo == IP_CT_ESTABLISHED_REPLY && !(pkt.ct->status & IPS_SEEN_REPLY)) {
		pkt.ct->status |= IPS_SEEN_REPLY;
		pkt.ct->cached |= 1U << IPCT_REPLY;
	}
	return ret;
}

static unsigned int conntrack_in(struct sk_buff *skb, const struct nf_hook_state *state,
				 const char **ret_what)
{
	const struct iphdr *iph = ip_hdr(skb);
	uint32_t dataoff = iph->ihl * 4U;
	int ret;

	if ((be16_to_cpu(iph->frag_off) & IP_OFFSET) || dataoff > skb_len(skb)) {
		nf_ct_pernet(state->net)->stats.invalid++;
		return NF_ACCEPT;
	}
	if (iph->protocol == IPPROTO_ICMP) {
		if (nf_conntrack_icmpv4_error(skb, dataoff, state) != NF_ACCEPT) {
			nf_ct_pernet(state->net)->stats.invalid++;
			return NF_ACCEPT;
		}
		if (skb->nfct)
			return NF_ACCEPT;
	}
	do {
		ret = nf_conntrack_track(skb, dataoff, state, ret_what);
	} while (ret == -NF_REPEAT);
	return (unsigned int)ret;
}

/**
 * nf_conntrack_in - Tells a packet its flow
 * @skb: the packet, whole
 * @state: PREROUTING or OUTPUT
 *
 * Return: NF_ACCEPT (with or without flow), or NF_DROP.
 */
unsigned int nf_conntrack_in(struct sk_buff *skb, const struct nf_hook_state *state)
{
	const char *what = NULL;
	unsigned int ret;

	/* came over lo and has one already, or a rule said NOTRACK */
	if (skb->nfct || skb->nfctinfo == IP_CT_UNTRACKED)
		return NF_ACCEPT;
	ret = conntrack_in(skb, state, &what);
	skb->nf_zone_dir = 0;
	if (trace_on(skb->world))
		nf_ct_trace_skb(skb, state->net, what, __func__);
	return ret;
}

/**
 * nf_ct_acct - Counts a packet, where the flow is counted
 * @ct: the flow
 * @dir: the packet's direction
 * @len: its length
 *
 * As in Linux whoever believes the packet counts it: one that is let through unjudged is not.
 */
void nf_ct_acct(struct nf_conn *ct, unsigned int dir, uint32_t len)
{
	if (!ct->acct)
		return;
	ct->counter[dir].packets++;
	ct->counter[dir].bytes += len;
}

/**
 * nf_ct_refresh - A flow was heard of: it lives on
 * @ct: the flow
 * @timeout_ns: for how long from now
 *
 * A flow that is not confirmed yet keeps the length; nf_conntrack_confirm() makes a time of it.
 */
void nf_ct_refresh(struct nf_conn *ct, int64_t timeout_ns)
{
	if (ct->status & IPS_FIXED_TIMEOUT)
		return;
	ct->timeout_ns =
		nf_ct_is_confirmed(ct) ? world_now(ct->netct->world) + timeout_ns : timeout_ns;
}

/**
 * nf_ct_refresh_acct - The same, and the packet counts
 * @pkt: packet and flow
 * @timeout_ns: for how long from now
 */
void nf_ct_refresh_acct(const struct nf_ct_packet *pkt, int64_t timeout_ns)
{
	nf_ct_refresh(pkt->ct, timeout_ns);
	nf_ct_acct(pkt->ct, CTINFO2DIR(pkt->ctinfo), skb_len(pkt->skb));
}

/*
 * Another flow took the tuples meanwhile. When it is the same conversation of datagrams, the packet
 * goes with that flow. As nf_ct_resolve_clash(). Return: NF_ACCEPT or NF_DROP.
 */
static unsigned int nf_ct_resolve_clash(struct sk_buff *skb, struct nf_conn *ct,
					struct nf_conntrack_tuple_hash *h)
{
	struct nf_conn *other = h ? nf_ct_tuplehash_to_ctrack(h) : NULL;
	uint8_t protonum = ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.protonum;

	if (other && (protonum == IPPROTO_UDP || protonum == IPPROTO_UDPLITE) &&
	    nf_ct_tuple_equal(&other->tuplehash[0].tuple, &ct->tuplehash[0].tuple) &&
	    nf_ct_tuple_equal(&other->tuplehash[1].tuple, &ct->tuplehash[1].tuple)) {
		nf_conntrack_get(other);
		nf_ct_set(skb, other, skb->nfctinfo);
		nf_conntrack_put(ct);
		other->netct->stats.clashres++;
		return NF_ACCEPT;
	}
	ct->netct->stats.insert_failed++;
	ct->netct->stats.drop++;
	return NF_DROP;
}

/**
 * nf_conntrack_confirm - The first packet of a flow got through: the flow goes into the table
 * @skb: the packet
 *
 * Return: NF_ACCEPT; NF_DROP when another flow answers to one of its tuples.
 */
unsigned int nf_conntrack_confirm(struct sk_buff *skb)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	struct nf_conntrack_tuple_hash *h;

	if (!ct)
		return NF_ACCEPT;
	if (nf_ct_is_confirmed(ct)) {
		if (ct->cached)
			nf_ct_deliver_cached_events(ct);
		return NF_ACCEPT;
	}
	if (CTINFO2DIR(ctinfo) != IP_CT_DIR_ORIGINAL)
		return NF_ACCEPT;
	h = nf_conntrack_find(ct->netct, &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple);
	if (h || nf_conntrack_find(ct->netct, &ct->tuplehash[IP_CT_DIR_REPLY].tuple))
		return nf_ct_resolve_clash(skb, ct, h);
	ct->timeout_ns += world_now(ct->netct->world);
	if (ct->timestamp)
		ct->start_ns = world_realtime(ct->netct->world);
	nf_conntrack_hash_insert(ct);
	ct->cached |= 1U << IPCT_NEW;
	nf_ct_deliver_cached_events(ct);
	if (trace_on(skb->world) && ct->netct->net)
		nf_ct_trace_skb(skb, ct->netct->net, "confirmed", __func__);
	return NF_ACCEPT;
}
