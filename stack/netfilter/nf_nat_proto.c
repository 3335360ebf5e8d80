/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_nat_proto.c - rewrites headers, their checksums, and the packets quoted in ICMP errors
 *
 * mirrors net/netfilter/nf_nat_proto.c
 * PATH
 *
 *	nf_hook_slow() [core.c]
 *	  nf_nat_ipv4_pre_routing(), _local_in(), _out(), _local_fn()
 *	    nf_nat_icmp_reply_translation(): errors
 *	    nf_nat_inet_fn() [nf_nat_core.c]
 *	      nf_nat_packet(): everything else
 */
#include <linux/icmp.h>
#include <linux/in.h>
#include <linux/rtnetlink.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "core/trace.h"
#include "core/xalloc.h"
#include "ipv4/ip.h"
#include "netfilter/nf_nat.h"
#include "netfilter/x_tables.h"

/* the chains of type nat of a namespace, and our own hooks while there are any */
struct netns_nat {
	unsigned int users;
	struct nf_hook_ops ops[4];
	struct list_head chains[NF_INET_NUMHOOKS];
};

static __sum16 csum_inverted(__sum16 sum)
{
	return (ng_force __sum16)(uint16_t) ~(ng_force uint16_t)sum;
}

/* A transport checksum: the pseudo header counts even when the rest is filled in later. */
static void nat_csum_replace4(__sum16 *check, __be32 from, __be32 to, bool partial)
{
	if (partial)
		*check = csum_inverted(*check);
	csum_replace4(check, from, to);
	if (partial)
		*check = csum_inverted(*check);
}

static void nat_csum_replace2(__sum16 *check, __be16 from, __be16 to, bool partial)
{
	if (!partial)
		csum_replace2(check, from, to);
}

struct nf_nat_change {
	__be32 from_ip, to_ip;
	__be16 to_port;
	enum nf_nat_manip_type manip;
	bool partial;
};

static void tcp_manip_pkt(struct tcphdr *th, uint32_t room, const struct nf_nat_change *chg)
{
	__be16 *port = chg->manip == NF_NAT_MANIP_SRC ? &th->source : &th->dest;
	__be16 old = *port;

	*port = chg->to_port;
	/* an ICMP error quotes but 8 bytes: no checksum there */
	if (room < sizeof(*th))
		return;
	nat_csum_replace4(&th->check, chg->from_ip, chg->to_ip, chg->partial);
	nat_csum_replace2(&th->check, old, chg->to_port, chg->partial);
}

static void udp_manip_pkt(struct udphdr *uh, const struct nf_nat_change *chg)
{
	__be16 *port = chg->manip == NF_NAT_MANIP_SRC ? &uh->source : &uh->dest;
	__be16 old = *port;

	*port = chg->to_port;
	if (!uh->check && !chg->partial)
		return;
	nat_csum_replace4(&uh->check, chg->from_ip, chg->to_ip, chg->partial);
	nat_csum_replace2(&uh->check, old, chg->to_port, chg->partial);
	if (!uh->check && !chg->partial)
		uh->check = (ng_force __sum16)0xffff;
}

static void icmp_manip_pkt(struct icmphdr *ih, __be16 id, const struct nf_nat_change *chg)
{
	switch (ih->type) {
	case ICMP_ECHO:
	case ICMP_ECHOREPLY:
	case ICMP_TIMESTAMP:
	case ICMP_TIMESTAMPREPLY:
	case ICMP_INFO_REQUEST:
	case ICMP_INFO_REPLY:
	case ICMP_ADDRESS:
	case ICMP_ADDRESSREPLY:
		break;
	default:
		return;
	}
	nat_csum_replace2(&ih->checksum, ih->un.echo.id, id, chg->partial);
	ih->un.echo.id = id;
}

/* 8 bytes of transport header must be there, or it is left alone; false: too short */
static bool l4proto_manip_pkt(struct sk_buff *skb, uint32_t off, uint8_t protocol,
			      const struct nf_conntrack_tuple *target, struct nf_nat_change *chg)
{
	uint8_t *hdr = xt_peek(skb, off, 8);
	uint32_t room;

	switch (protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_ICMP:
		break;
	default:
		return true;
	}
	if (!hdr)
		return false;
	room = (uint32_t)(skb->tail - hdr);
	chg->to_port = chg->manip == NF_NAT_MANIP_SRC ? target->src_all : target->dst_all;
	if (protocol == IPPROTO_TCP)
		tcp_manip_pkt((struct tcphdr *)(void *)hdr, room, chg);
	else if (protocol == IPPROTO_ICMP)
		icmp_manip_pkt((struct icmphdr *)(void *)hdr, target->src_all, chg);
	else
		udp_manip_pkt((struct udphdr *)(void *)hdr, chg);
	return true;
}

/* Makes the packet whose IP header is at @off look like @target. false: too short. */
static bool nf_nat_ipv4_manip_pkt(struct sk_buff *skb, uint32_t off,
				  const struct nf_conntrack_tuple *target,
				  enum nf_nat_manip_type manip)
{
	struct nf_nat_change chg = { .manip = manip,
				     .partial = off == 0 && skb->ip_summed == CHECKSUM_PARTIAL };
	struct iphdr *iph;
	__be32 *ip;

	iph = xt_peek(skb, off, sizeof(*iph));
	if (!iph)
		return false;
	ip = manip == NF_NAT_MANIP_SRC ? &iph->saddr : &iph->daddr;
	chg.from_ip = *ip;
	chg.to_ip = manip == NF_NAT_MANIP_SRC ? target->src : target->dst;
	if (!l4proto_manip_pkt(skb, off + iph->ihl * 4U, iph->protocol, target, &chg))
		return false;
	csum_replace4(&iph->check, chg.from_ip, chg.to_ip);
	*ip = chg.to_ip;
	return true;
}

/* The same, told to who listens. */
static bool nat_told(struct sk_buff *skb, struct nf_conn *ct, enum ip_conntrack_info ctinfo,
		     uint32_t off, const struct nf_conntrack_tuple *target,
		     enum nf_nat_manip_type manip)
{
	struct nf_nat_note note;

	if (!trace_on(skb->world))
		return nf_nat_ipv4_manip_pkt(skb, off, target, manip);
	nf_nat_trace_before(&note, skb, off, manip);
	if (!nf_nat_ipv4_manip_pkt(skb, off, target, manip))
		return false;
	nf_nat_trace_after(&note, skb, ct, ctinfo);
	return true;
}

static uint32_t nf_nat_statusbit(enum nf_nat_manip_type manip, unsigned int dir)
{
	bool src = manip == NF_NAT_MANIP_SRC;

	/* what the flow's start has in its source, its answers have in their destination */
	if (dir == IP_CT_DIR_REPLY)
		src = !src;
	return src ? IPS_SRC_NAT : IPS_DST_NAT;
}

/**
 * nf_nat_packet - Rewrites a packet as its flow says
 * @ct: the flow
 * @ctinfo: the packet's place in it
 * @hooknum: where it is
 * @skb: the packet
 *
 * Return: NF_ACCEPT, or NF_DROP when it is too short.
 */
unsigned int nf_nat_packet(struct nf_conn *ct, enum ip_conntrack_info ctinfo, unsigned int hooknum,
			   struct sk_buff *skb)
{
	enum nf_nat_manip_type manip = HOOK2MANIP(hooknum);
	unsigned int dir = CTINFO2DIR(ctinfo);
	struct nf_conntrack_tuple target;

	if (!(ct->status & nf_nat_statusbit(manip, dir)))
		return NF_ACCEPT;
	/* it must look like the inverse of what comes the other way */
	nf_ct_invert_tuple(&target, &ct->tuplehash[!dir].tuple);
	skb_ensure_writable(skb, 0);
	return nat_told(skb, ct, ctinfo, 0, &target, manip) ? NF_ACCEPT : NF_DROP;
}

/* An error: the quoted packet is changed back, then the outer header. false: drop it. */
static bool nf_nat_icmp_reply_translation(struct sk_buff *skb, struct nf_conn *ct,
					  enum ip_conntrack_info ctinfo, unsigned int hooknum)
{
	enum nf_nat_manip_type manip = HOOK2MANIP(hooknum);
	uint32_t hdrlen = ip_hdr(skb)->ihl * 4U;
	unsigned int dir = CTINFO2DIR(ctinfo);
	struct nf_conntrack_tuple target;
	struct icmphdr *ih;

	ih = xt_peek(skb, hdrlen, sizeof(*ih) + sizeof(struct iphdr));
	if (!ih || !nf_ip_checksum_ok(skb, hdrlen, IPPROTO_ICMP))
		return false;
	/* a redirect names a gateway on this side of the translation */
	if (ih->type == ICMP_REDIRECT &&
	    ((ct->status & IPS_NAT_DONE_MASK) != IPS_NAT_DONE_MASK || (ct->status & IPS_NAT_MASK)))
		return false;
	if (!(ct->status & nf_nat_statusbit(manip, dir)))
		return true;
	skb_ensure_writable(skb, 0);
	if (!nat_told(skb, ct, ctinfo, hdrlen + (uint32_t)sizeof(*ih), &ct->tuplehash[!dir].tuple,
		      manip == NF_NAT_MANIP_SRC ? NF_NAT_MANIP_DST : NF_NAT_MANIP_SRC))
		return false;
	ih = xt_peek(skb, hdrlen, sizeof(*ih));
	ih->checksum = 0;
	ih->checksum = ip_compute_csum(ih, (size_t)(skb->tail - (uint8_t *)ih));
	nf_ct_invert_tuple(&target, &ct->tuplehash[!dir].tuple);
	return nat_told(skb, ct, ctinfo, 0, &target, manip);
}

static unsigned int nf_nat_ipv4_fn(void *priv, struct sk_buff *skb,
				   const struct nf_hook_state *state)
{
	struct netns_nat *nat = priv;
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	if (!ct)
		return NF_ACCEPT;
	if ((ctinfo == IP_CT_RELATED || ctinfo == IP_CT_RELATED_REPLY) &&
	    ip_hdr(skb)->protocol == IPPROTO_ICMP)
		return nf_nat_icmp_reply_translation(skb, ct, ctinfo, state->hook) ? NF_ACCEPT
										   : NF_DROP;
	return nf_nat_inet_fn(&nat->chains[state->hook], skb, state);
}

static unsigned int nf_nat_ipv4_pre_routing(void *priv, struct sk_buff *skb,
					    const struct nf_hook_state *state)
{
	__be32 daddr = ip_hdr(skb)->daddr;
	unsigned int ret = nf_nat_ipv4_fn(priv, skb, state);

	if (ret == NF_ACCEPT && daddr != ip_hdr(skb)->daddr)
		skb_dst_drop(skb);
	return ret;
}

static unsigned int nf_nat_ipv4_local_in(void *priv, struct sk_buff *skb,
					 const struct nf_hook_state *state)
{
	__be32 saddr = ip_hdr(skb)->saddr;
	unsigned int ret = nf_nat_ipv4_fn(priv, skb, state);

	if (ret == NF_ACCEPT && saddr != ip_hdr(skb)->saddr)
		skb_orphan(skb);
	return ret;
}

static unsigned int nf_nat_ipv4_local_fn(void *priv, struct sk_buff *skb,
					 const struct nf_hook_state *state)
{
	unsigned int ret = nf_nat_ipv4_fn(priv, skb, state);
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	unsigned int dir;
	int err;

	if (ret != NF_ACCEPT || !ct)
		return ret;
	dir = CTINFO2DIR(ctinfo);
	if (ct->tuplehash[dir].tuple.dst == ct->tuplehash[!dir].tuple.src)
		return ret;
	err = ip_route_me_harder(state->net, skb, RTN_UNSPEC);
	return err < 0 ? (unsigned int)NF_DROP_ERR(err) : ret;
}

static struct netns_nat *nf_nat_pernet(struct net *net)
{
	static const struct {
		nf_hookfn hook;
		uint8_t hooknum;
		int priority;
	} hooks[4] = {
		{ nf_nat_ipv4_pre_routing, NF_INET_PRE_ROUTING, NF_IP_PRI_NAT_DST },
		{ nf_nat_ipv4_fn, NF_INET_POST_ROUTING, NF_IP_PRI_NAT_SRC },
		{ nf_nat_ipv4_local_fn, NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST },
		{ nf_nat_ipv4_local_in, NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC },
	};
	struct netns_ct *netct = nf_ct_pernet(net);
	struct netns_nat *nat = netct->nat;
	unsigned int i;

	if (nat)
		return nat;
	nat = xzalloc(sizeof(*nat));
	for (i = 0; i < NF_INET_NUMHOOKS; i++)
		INIT_LIST_HEAD(&nat->chains[i]);
	for (i = 0; i < 4; i++)
		nat->ops[i] = (struct nf_hook_ops){ .hook = hooks[i].hook,
						    .priv = nat,
						    .pf = NFPROTO_IPV4,
						    .hooknum = hooks[i].hooknum,
						    .priority = hooks[i].priority };
	netct->nat = nat;
	return nat;
}

/**
 * nf_nat_ipv4_register_fn - A chain of type nat: it is walked by first packets only
 * @net: the namespace
 * @ops: hook number, priority and the chain; the first one brings the translation hooks
 */
void nf_nat_ipv4_register_fn(struct net *net, struct nf_hook_ops *ops)
{
	struct netns_nat *nat = nf_nat_pernet(net);
	unsigned int i;

	nf_hook_insert(&nat->chains[ops->hooknum], ops);
	if (nat->users++)
		return;
	for (i = 0; i < 4; i++)
		nf_register_net_hook(net, &nat->ops[i]);
}

/**
 * nf_nat_ipv4_unregister_fn - A chain of type nat is gone
 * @net: the namespace
 * @ops: as it was registered
 */
void nf_nat_ipv4_unregister_fn(struct net *net, struct nf_hook_ops *ops)
{
	struct netns_nat *nat = nf_nat_pernet(net);
	unsigned int i;

	list_del(&ops->list);
	if (--nat->users)
		return;
	for (i = 0; i < 4; i++)
		nf_unregister_net_hook(net, &nat->ops[i]);
}
