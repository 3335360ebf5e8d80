/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_proto_icmp.c - flows of echo and the like, and errors that speak of other flows
 *
 * mirrors net/netfilter/nf_conntrack_proto_icmp.c
 * PATH
 */
#include <linux/icmp.h>
#include <linux/in.h>

#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

#ifndef ICMP_INFO_REQUEST
#define ICMP_INFO_REQUEST 15
#define ICMP_INFO_REPLY 16
#endif

/* 1 more than the type of the answer, 0: has none */
static const uint8_t invmap[] = {
	[ICMP_ECHO] = ICMP_ECHOREPLY + 1,	    [ICMP_ECHOREPLY] = ICMP_ECHO + 1,
	[ICMP_TIMESTAMP] = ICMP_TIMESTAMPREPLY + 1, [ICMP_TIMESTAMPREPLY] = ICMP_TIMESTAMP + 1,
	[ICMP_INFO_REQUEST] = ICMP_INFO_REPLY + 1,  [ICMP_INFO_REPLY] = ICMP_INFO_REQUEST + 1,
	[ICMP_ADDRESS] = ICMP_ADDRESSREPLY + 1,	    [ICMP_ADDRESSREPLY] = ICMP_ADDRESS + 1,
};

static uint8_t tuple_icmp_type(const struct nf_conntrack_tuple *tuple)
{
	uint8_t b[2];

	memcpy(b, &tuple->dst_all, 2);
	return b[0];
}

/**
 * icmp_invert_tuple - The ICMP part of the answer's tuple
 * @inverse: its id, type and code are written
 * @orig: the tuple
 *
 * Return: false, and nothing written, when nothing answers that type.
 */
bool icmp_invert_tuple(struct nf_conntrack_tuple *inverse, const struct nf_conntrack_tuple *orig)
{
	uint8_t b[2];

	memcpy(b, &orig->dst_all, 2);
	if (b[0] >= sizeof(invmap) || !invmap[b[0]])
		return false;
	b[0] = invmap[b[0]] - 1;
	memcpy(&inverse->dst_all, b, 2);
	inverse->src_all = orig->src_all;
	return true;
}

/**
 * nf_conntrack_icmp_packet - An ICMP query or its answer
 * @pkt: packet and flow
 *
 * Return: NF_ACCEPT, NF_CT_INVALID for an answer without a query.
 */
int nf_conntrack_icmp_packet(const struct nf_ct_packet *pkt)
{
	switch (tuple_icmp_type(&pkt->ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple)) {
	case ICMP_ECHO:
	case ICMP_TIMESTAMP:
	case ICMP_INFO_REQUEST:
	case ICMP_ADDRESS:
		break;
	default:
		return NF_CT_INVALID;
	}
	nf_ct_refresh_acct(pkt, nf_ct_timeout(pkt->ct->netct, NF_CT_SYSCTL_ICMP_TIMEOUT));
	return NF_ACCEPT;
}

/* the tuple of the packet quoted at @off; false when too little is quoted */
static bool nf_ct_get_quoted(const struct sk_buff *skb, uint32_t off,
			     struct nf_conntrack_tuple *tuple)
{
	const struct iphdr *p = xt_peek(skb, off, sizeof(*p));
	struct iphdr iph;

	if (!p)
		return false;
	memcpy(&iph, p, sizeof(iph));
	if (iph.ihl < 5 || (be16_to_cpu(iph.frag_off) & IP_OFFSET))
		return false;
	return nf_ct_get_tuple(skb, off, off + iph.ihl * 4U, iph.protocol, tuple);
}

static bool icmp_is_err(uint8_t type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH || type == ICMP_REDIRECT ||
	       type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

/* As nf_conntrack_inet_error(): the quoted packet went the other way. */
static int nf_conntrack_inet_error(struct sk_buff *skb, uint32_t off,
				   const struct nf_hook_state *state)
{
	struct nf_conntrack_tuple quoted, inner, unused;
	struct nf_conntrack_tuple_hash *h;
	struct nf_conn *ct;

	if (!nf_ct_get_quoted(skb, off, &quoted))
		return NF_CT_INVALID;
	if (quoted.protonum == IPPROTO_ICMP && !icmp_invert_tuple(&unused, &quoted))
		return NF_CT_INVALID;
	nf_ct_invert_tuple(&inner, &quoted);
	h = nf_conntrack_find_skb(skb, nf_ct_pernet(state->net), &inner);
	if (!h)
		return NF_CT_INVALID;
	/* an error for somebody who never sent the quoted packet */
	if (h->tuple.dst != ip_hdr(skb)->daddr)
		return NF_CT_INVALID;
	ct = nf_ct_tuplehash_to_ctrack(h);
	nf_conntrack_get(ct);
	nf_ct_set(skb, ct, h->tuple.dir == IP_CT_DIR_REPLY ? IP_CT_RELATED_REPLY : IP_CT_RELATED);
	return NF_ACCEPT;
}

/**
 * nf_conntrack_icmpv4_error - Looks at an ICMP packet before flows are looked up
 * @skb: the packet; an error gets the flow it speaks of
 * @dataoff: of the ICMP header, from the network header
 * @state: where it is
 *
 * Return: NF_ACCEPT, NF_CT_INVALID: it gets no flow.
 */
int nf_conntrack_icmpv4_error(struct sk_buff *skb, uint32_t dataoff,
			      const struct nf_hook_state *state)
{
	const struct icmphdr *ih = xt_peek(skb, dataoff, sizeof(*ih));

	if (!ih)
		return NF_CT_INVALID;
	if (state->hook == NF_INET_PRE_ROUTING &&
	    nf_ct_pernet(state->net)->sysctl[NF_CT_SYSCTL_CHECKSUM] &&
	    !nf_ip_checksum_ok(skb, dataoff, IPPROTO_ICMP))
		return NF_CT_INVALID;
	if (ih->type > NR_ICMP_TYPES)
		return NF_CT_INVALID;
	if (!icmp_is_err(ih->type))
		return NF_ACCEPT;
	return nf_conntrack_inet_error(skb, dataoff + (uint32_t)sizeof(*ih), state);
}
