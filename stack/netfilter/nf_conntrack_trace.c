/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_trace.c - flows and their translation as steps of the trace
 *
 * netglass's own.
 * PATH (leaf). Runs only while somebody listens; looks, and changes nothing but who bound a flow.
 */
#include "core/trace.h"
#include "ipv4/ip.h"
#include "netfilter/nf_nat.h"
#include "netfilter/x_tables.h"

/**
 * nf_ct_state_name() - A packet's place in its flow, as -m conntrack --ctstate has it
 * @ctinfo: enum ip_conntrack_info
 *
 * Return: "ESTABLISHED"
 */
const char *nf_ct_state_name(unsigned int ctinfo)
{
	switch (ctinfo) {
	case IP_CT_ESTABLISHED:
	case IP_CT_ESTABLISHED_REPLY:
		return "ESTABLISHED";
	case IP_CT_RELATED:
	case IP_CT_RELATED_REPLY:
		return "RELATED";
	case IP_CT_NEW:
		return "NEW";
	case IP_CT_UNTRACKED:
		return "UNTRACKED";
	default:
		return "INVALID";
	}
}

static void put_flow(struct ng_trace_ct *t, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *o = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	const struct nf_conntrack_tuple *r = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;

	t->flow = ct->id;
	t->protocol = o->protonum;
	t->orig_src = o->src;
	t->orig_dst = o->dst;
	t->orig_sport = be16_to_cpu(o->src_all);
	t->orig_dport = be16_to_cpu(o->dst_all);
	t->reply_src = r->src;
	t->reply_dst = r->dst;
	t->reply_sport = be16_to_cpu(r->src_all);
	t->reply_dport = be16_to_cpu(r->dst_all);
	if (o->protonum == IPPROTO_TCP)
		t->proto_state = nf_ct_tcp_state_name(ct->proto.tcp.state);
	t->flow_origin = ct->origin;
}

/**
 * nf_ct_trace_skb() - Connection tracking has looked at a packet
 * @skb: borrowed
 * @net: where
 * @what: new, found, invalid, confirmed, full; NULL: find out
 * @func: where in the source
 */
void nf_ct_trace_skb(struct sk_buff *skb, struct net *net, const char *what, const char *func)
{
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	struct ng_trace_event ev = {
		.kind = NG_TRACE_CT,
		.file = "nf_conntrack_core.c",
		.func = func,
	};

	if (ct) {
		put_flow(&ev.ct, ct);
		ev.ct.state = nf_ct_state_name(ctinfo);
		ev.ct.reply = CTINFO2DIR(ctinfo) == IP_CT_DIR_REPLY;
		ev.ct.what = nf_ct_is_confirmed(ct) || ctinfo != IP_CT_NEW ? "found" : "new";
	} else {
		ev.ct.what = skb->nfctinfo == IP_CT_UNTRACKED ? "untracked" : "invalid";
		ev.ct.state = skb->nfctinfo == IP_CT_UNTRACKED ? "UNTRACKED" : "INVALID";
		ev.ct.protocol = ip_hdr(skb)->protocol;
	}
	if (what)
		ev.ct.what = what;
	if (skb->dev && skb->dev->net == net)
		trace_emit_skb(&ev, skb, skb->dev);
	else
		trace_emit_skb_net(&ev, skb, net);
}

/**
 * nf_ct_trace_destroy() - A flow is out of the table
 * @ct: the flow
 */
void nf_ct_trace_destroy(const struct nf_conn *ct)
{
	struct ng_trace_event ev = {
		.kind = NG_TRACE_CT,
		.file = "nf_conntrack_table.c",
		.func = "nf_ct_delete",
		.ct = { .what = "destroyed" },
	};

	put_flow(&ev.ct, ct);
	if (ct->netct->net)
		trace_emit_net(&ev, ct->netct->net);
}

static const char *field_name(enum nf_nat_manip_type manip)
{
	return manip == NF_NAT_MANIP_SRC ? "source" : "destination";
}

/**
 * nf_nat_trace_bind() - One side of a flow was decided
 * @ct: the flow; remembers the rule
 * @was: the flow's tuple before, as packets of its start had it
 * @is: and now
 * @manip: which side
 */
void nf_nat_trace_bind(struct nf_conn *ct, const struct nf_conntrack_tuple *was,
		       const struct nf_conntrack_tuple *is, enum nf_nat_manip_type manip)
{
	bool src = manip == NF_NAT_MANIP_SRC;
	struct ng_trace_event ev = {
		.kind = NG_TRACE_NAT_BIND,
		.file = "nf_nat_core.c",
		.func = "nf_nat_setup_info",
	};

	if (nf_ct_tuple_equal(was, is) || !ct->netct->net)
		return;
	ct->nat_origin[manip] = ct->netct->world->trace->rule_origin;
	ev.nat_bind = (struct ng_trace_nat_bind){
		.flow = ct->id,
		.field = field_name(manip),
		.protocol = was->protonum,
		.old_addr = src ? was->src : was->dst,
		.old_port = be16_to_cpu(src ? was->src_all : was->dst_all),
		.new_addr = src ? is->src : is->dst,
		.new_port = be16_to_cpu(src ? is->src_all : is->dst_all),
		.rule_origin = ct->nat_origin[manip],
	};
	if (ct->netct->world->trace->rule_skb)
		trace_emit_skb_net(&ev, ct->netct->world->trace->rule_skb, ct->netct->net);
	else
		trace_emit_net(&ev, ct->netct->net);
}

/* Address and port (or id) of the packet whose IP header is at @off. */
static void read_end(const struct sk_buff *skb, uint32_t off, enum nf_nat_manip_type manip,
		     __be32 *addr, uint16_t *port)
{
	const struct iphdr *iph = xt_peek(skb, off, sizeof(*iph));
	const uint8_t *l4;
	__be16 p = 0;

	*addr = 0;
	*port = 0;
	if (!iph)
		return;
	*addr = manip == NF_NAT_MANIP_SRC ? iph->saddr : iph->daddr;
	l4 = xt_peek(skb, off + iph->ihl * 4U, 8);
	if (!l4 || (iph->frag_off & cpu_to_be16(IP_OFFSET)))
		return;
	switch (iph->protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		memcpy(&p, l4 + (manip == NF_NAT_MANIP_SRC ? 0 : 2), sizeof(p));
		break;
	case IPPROTO_ICMP:
		memcpy(&p, l4 + 4, sizeof(p));
		break;
	}
	*port = be16_to_cpu(p);
}

/**
 * nf_nat_trace_before() - What a rewrite finds
 * @note: filled in
 * @skb: borrowed
 * @off: of the IP header: 0, or that of a packet quoted by an error
 * @manip: which side is rewritten
 */
void nf_nat_trace_before(struct nf_nat_note *note, const struct sk_buff *skb, uint32_t off,
			 enum nf_nat_manip_type manip)
{
	note->off = off;
	note->manip = manip;
	read_end(skb, off, manip, &note->addr, &note->port);
}

/**
 * nf_nat_trace_after() - A header was rewritten
 * @note: from before
 * @skb: borrowed
 * @ct: its flow
 * @ctinfo: its place in it
 */
void nf_nat_trace_after(const struct nf_nat_note *note, struct sk_buff *skb, struct nf_conn *ct,
			enum ip_conntrack_info ctinfo)
{
	bool reply = CTINFO2DIR(ctinfo) == IP_CT_DIR_REPLY;
	enum nf_nat_manip_type bound = note->manip;
	struct net *net = ct->netct->net;
	struct ng_trace_event ev = {
		.kind = NG_TRACE_NAT,
		.file = "nf_nat_proto.c",
		.func = "nf_nat_packet",
	};
	struct ng_trace_nat *t = &ev.nat;

	/* an answer has in its destination what the start of the flow had in its source */
	if (reply != (note->off != 0))
		bound = bound == NF_NAT_MANIP_SRC ? NF_NAT_MANIP_DST : NF_NAT_MANIP_SRC;
	t->flow = ct->id;
	t->field = field_name(note->manip);
	t->reply = reply;
	t->protocol = ct->tuplehash[0].tuple.protonum;
	t->old_addr = note->addr;
	t->old_port = note->port;
	t->quoted = note->off != 0;
	t->rule_origin = ct->nat_origin[bound];
	read_end(skb, note->off, note->manip, &t->new_addr, &t->new_port);
	if (t->old_addr == t->new_addr && t->old_port == t->new_port)
		return;
	if (skb->dev && skb->dev->net == net)
		trace_emit_skb(&ev, skb, skb->dev);
	else
		trace_emit_skb_net(&ev, skb, net);
}
