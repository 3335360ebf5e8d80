/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_ct_nlattr.c - a flow as netlink attributes, and back
 *
 * mirrors net/netfilter/nf_conntrack_netlink.c (ctnetlink_dump_*, ctnetlink_parse_*,
 * ctnetlink_change_*)
 * CONTROL
 */
#include <errno.h>
#include <linux/in.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "core/jiffies.h"
#include "core/world.h"
#include "netfilter/nf_ct_nlattr.h"

#define TCP_MAX_WSCALE 14

static void ctnetlink_put_tuple(struct nl_buf *buf, uint16_t type,
				const struct nf_conntrack_tuple *t, uint16_t zone)
{
	size_t nest = nla_nest_start(buf, type | NLA_F_NESTED);
	size_t part = nla_nest_start(buf, CTA_TUPLE_IP | NLA_F_NESTED);
	uint8_t type_code[2];

	nla_put_be32(buf, CTA_IP_V4_SRC, t->src);
	nla_put_be32(buf, CTA_IP_V4_DST, t->dst);
	nla_nest_end(buf, part);
	part = nla_nest_start(buf, CTA_TUPLE_PROTO | NLA_F_NESTED);
	nla_put_u8(buf, CTA_PROTO_NUM, t->protonum);
	switch (t->protonum) {
	case IPPROTO_ICMP:
		memcpy(type_code, &t->dst_all, sizeof(type_code));
		nla_put_be16(buf, CTA_PROTO_ICMP_ID, t->src_all);
		nla_put_u8(buf, CTA_PROTO_ICMP_TYPE, type_code[0]);
		nla_put_u8(buf, CTA_PROTO_ICMP_CODE, type_code[1]);
		break;
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		nla_put_be16(buf, CTA_PROTO_SRC_PORT, t->src_all);
		nla_put_be16(buf, CTA_PROTO_DST_PORT, t->dst_all);
		break;
	default:
		break;
	}
	nla_nest_end(buf, part);
	if (zone)
		nla_put_be16(buf, CTA_TUPLE_ZONE, cpu_to_be16(zone));
	nla_nest_end(buf, nest);
}

static void ctnetlink_put_acct(struct nl_buf *buf, const struct nf_conn *ct)
{
	unsigned int dir;

	for (dir = 0; dir < IP_CT_DIR_MAX; dir++) {
		size_t nest =
			nla_nest_start(buf, (uint16_t)((CTA_COUNTERS_ORIG + dir) | NLA_F_NESTED));

		nla_put_be64(buf, CTA_COUNTERS_PACKETS, cpu_to_be64(ct->counter[dir].packets));
		nla_put_be64(buf, CTA_COUNTERS_BYTES, cpu_to_be64(ct->counter[dir].bytes));
		nla_nest_end(buf, nest);
	}
}

static void ctnetlink_put_timestamp(struct nl_buf *buf, const struct nf_conn *ct)
{
	size_t nest = nla_nest_start(buf, CTA_TIMESTAMP | NLA_F_NESTED);

	nla_put_be64(buf, CTA_TIMESTAMP_START, cpu_to_be64((uint64_t)ct->start_ns));
	if (ct->status & IPS_DYING)
		nla_put_be64(buf, CTA_TIMESTAMP_STOP,
			     cpu_to_be64((uint64_t)world_realtime(ct->netct->world)));
	nla_nest_end(buf, nest);
}

/* Both tuples, and the zone: its own attribute when it holds for both directions. */
static void ctnetlink_put_tuples(struct nl_buf *buf, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	const struct nf_conntrack_tuple *repl = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	bool both = orig->zone == repl->zone;

	ctnetlink_put_tuple(buf, CTA_TUPLE_ORIG, orig, both ? 0 : orig->zone);
	ctnetlink_put_tuple(buf, CTA_TUPLE_REPLY, repl, both ? 0 : repl->zone);
	if (both && orig->zone)
		nla_put_be16(buf, CTA_ZONE, cpu_to_be16(orig->zone));
}

/* @tick: of the clock; an event counts in ticks, as packets that follow each other share one */
static void ctnetlink_put_timeout(struct nl_buf *buf, const struct nf_conn *ct, int64_t tick,
				  bool skip_zero)
{
	int64_t now = world_now(ct->netct->world);
	int64_t left = (ct->timeout_ns / tick - now / tick) * tick / NSEC_PER_SEC;

	if (left > 0 || !skip_zero)
		nla_put_be32(buf, CTA_TIMEOUT, cpu_to_be32(left > 0 ? (uint32_t)left : 0));
}

static void ctnetlink_put_tcp(struct nl_buf *buf, const struct ip_ct_tcp *tcp, bool destroy)
{
	size_t nest = nla_nest_start(buf, CTA_PROTOINFO | NLA_F_NESTED);
	size_t part = nla_nest_start(buf, CTA_PROTOINFO_TCP | NLA_F_NESTED);
	struct nf_ct_tcp_flags flags = { .flags = tcp->seen[0].flags };

	nla_put_u8(buf, CTA_PROTOINFO_TCP_STATE, tcp->state);
	if (destroy) {
		nla_nest_end(buf, part);
		nla_nest_end(buf, nest);
		return;
	}
	nla_put_u8(buf, CTA_PROTOINFO_TCP_WSCALE_ORIGINAL, tcp->seen[0].td_scale);
	nla_put_u8(buf, CTA_PROTOINFO_TCP_WSCALE_REPLY, tcp->seen[1].td_scale);
	nla_put(buf, CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, sizeof(flags), &flags);
	flags.flags = tcp->seen[1].flags;
	nla_put(buf, CTA_PROTOINFO_TCP_FLAGS_REPLY, sizeof(flags), &flags);
	nla_nest_end(buf, part);
	nla_nest_end(buf, nest);
}

/**
 * ctnetlink_put_flow - Writes a flow, attributes in the kernel's order
 * @buf: goes here
 * @ct: the flow
 */
void ctnetlink_put_flow(struct nl_buf *buf, const struct nf_conn *ct)
{
	ctnetlink_put_tuples(buf, ct);
	nla_put_be32(buf, CTA_STATUS, cpu_to_be32(ct->status));
	nla_put_be32(buf, CTA_MARK, cpu_to_be32(ct->mark));
	nla_put_be32(buf, CTA_ID, cpu_to_be32(ct->id));
	nla_put_be32(buf, CTA_USE, cpu_to_be32(ct->refs));
	ctnetlink_put_timeout(buf, ct, 1, false);
	if (ct->acct)
		ctnetlink_put_acct(buf, ct);
	if (ct->timestamp)
		ctnetlink_put_timestamp(buf, ct);
	if (ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.protonum == IPPROTO_TCP)
		ctnetlink_put_tcp(buf, &ct->proto.tcp, false);
}

/**
 * ctnetlink_put_event - Writes what happened to a flow
 * @buf: goes here
 * @ct: the flow
 * @events: bits of enum ip_conntrack_events
 */
void ctnetlink_put_event(struct nl_buf *buf, const struct nf_conn *ct, uint32_t events)
{
	bool destroy = events & 1U << IPCT_DESTROY;
	bool tcp = ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.protonum == IPPROTO_TCP;

	ctnetlink_put_tuples(buf, ct);
	nla_put_be32(buf, CTA_ID, cpu_to_be32(ct->id));
	nla_put_be32(buf, CTA_STATUS, cpu_to_be32(ct->status));
	ctnetlink_put_timeout(buf, ct, TICK_NSEC, destroy);
	if (destroy && ct->acct)
		ctnetlink_put_acct(buf, ct);
	if (destroy && ct->timestamp)
		ctnetlink_put_timestamp(buf, ct);
	if (tcp && (destroy || (events & 1U << IPCT_PROTOINFO)))
		ctnetlink_put_tcp(buf, &ct->proto.tcp, destroy);
	if (ct->mark || (events & 1U << IPCT_MARK))
		nla_put_be32(buf, CTA_MARK, cpu_to_be32(ct->mark));
}

static int ctnetlink_parse_tuple_proto(const struct nlattr *nla, struct nf_conntrack_tuple *tuple)
{
	const struct nlattr *tb[CTA_PROTO_MAX + 1];
	struct nf_conntrack_tuple answer;
	uint8_t type_code[2];

	if (nla_parse_nested(tb, CTA_PROTO_MAX, nla) < 0 || !tb[CTA_PROTO_NUM])
		return -EINVAL;
	tuple->protonum = nla_get_u8(tb[CTA_PROTO_NUM]);
	switch (tuple->protonum) {
	case IPPROTO_ICMP:
		if (!tb[CTA_PROTO_ICMP_TYPE] || !tb[CTA_PROTO_ICMP_CODE] || !tb[CTA_PROTO_ICMP_ID])
			return -EINVAL;
		type_code[0] = nla_get_u8(tb[CTA_PROTO_ICMP_TYPE]);
		type_code[1] = nla_get_u8(tb[CTA_PROTO_ICMP_CODE]);
		memcpy(&tuple->dst_all, type_code, sizeof(type_code));
		tuple->src_all = nla_get_be16(tb[CTA_PROTO_ICMP_ID]);
		if (!icmp_invert_tuple(&answer, tuple)) /* no query, as icmp_nlattr_to_tuple() */
			return -EINVAL;
		break;
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		if (!tb[CTA_PROTO_SRC_PORT] || !tb[CTA_PROTO_DST_PORT])
			return -EINVAL;
		tuple->src_all = nla_get_be16(tb[CTA_PROTO_SRC_PORT]);
		tuple->dst_all = nla_get_be16(tb[CTA_PROTO_DST_PORT]);
		break;
	default:
		break;
	}
	return 0;
}

/**
 * ctnetlink_parse_tuple - Reads CTA_TUPLE_ORIG or CTA_TUPLE_REPLY
 * @nla: the attribute
 * @tuple: filled in
 * @family: of the message
 *
 * Return: 0, -EINVAL, -EOPNOTSUPP for another family than IPv4.
 */
int ctnetlink_parse_tuple(const struct nlattr *nla, struct nf_conntrack_tuple *tuple,
			  uint8_t family)
{
	const struct nlattr *tb[CTA_TUPLE_MAX + 1];
	const struct nlattr *ip[CTA_IP_MAX + 1];

	memset(tuple, 0, sizeof(*tuple));
	if (nla_parse_nested(tb, CTA_TUPLE_MAX, nla) < 0)
		return -EINVAL;
	if (family != NFPROTO_IPV4)
		return -EOPNOTSUPP;
	if (!tb[CTA_TUPLE_IP] || !tb[CTA_TUPLE_PROTO] ||
	    nla_parse_nested(ip, CTA_IP_MAX, tb[CTA_TUPLE_IP]) < 0)
		return -EINVAL;
	if (!ip[CTA_IP_V4_SRC] || !ip[CTA_IP_V4_DST])
		return -EINVAL;
	tuple->src = nla_get_be32(ip[CTA_IP_V4_SRC]);
	tuple->dst = nla_get_be32(ip[CTA_IP_V4_DST]);
	return ctnetlink_parse_tuple_proto(tb[CTA_TUPLE_PROTO], tuple);
}

/**
 * ctnetlink_change_status - Sets status bits
 * @ct: the flow
 * @status: as it shall be; what user space may not change stays
 *
 * Return: 0, -EBUSY when a bit shall be changed that cannot.
 */
int ctnetlink_change_status(struct nf_conn *ct, uint32_t status)
{
	const uint32_t fixed = IPS_EXPECTED | IPS_CONFIRMED | IPS_DYING;
	const uint32_t settable = IPS_SEEN_REPLY | IPS_ASSURED | IPS_FIXED_TIMEOUT;
	uint32_t diff = ct->status ^ status;

	if (nf_ct_is_confirmed(ct) && (diff & fixed))
		return -EBUSY;
	/* once seen, always seen */
	if ((diff & IPS_SEEN_REPLY) && !(status & IPS_SEEN_REPLY))
		return -EBUSY;
	if ((diff & IPS_ASSURED) && !(status & IPS_ASSURED))
		return -EBUSY;
	ct->status |= status & settable;
	return 0;
}

/**
 * ctnetlink_change_protoinfo - Sets the state of a TCP flow
 * @ct: the flow
 * @nla: CTA_PROTOINFO
 *
 * Return: 0, -EINVAL, -ERANGE.
 */
int ctnetlink_change_protoinfo(struct nf_conn *ct, const struct nlattr *nla)
{
	const struct nlattr *tb[CTA_PROTOINFO_MAX + 1];
	const struct nlattr *tcp[CTA_PROTOINFO_TCP_MAX + 1];
	struct nf_ct_tcp_flags flags;
	unsigned int dir;

	if (nla_parse_nested(tb, CTA_PROTOINFO_MAX, nla) < 0)
		return -EINVAL;
	if (!tb[CTA_PROTOINFO_TCP] ||
	    ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.protonum != IPPROTO_TCP)
		return 0;
	if (nla_parse_nested(tcp, CTA_PROTOINFO_TCP_MAX, tb[CTA_PROTOINFO_TCP]) < 0)
		return -EINVAL;
	if (tcp[CTA_PROTOINFO_TCP_STATE]) {
		if (nla_get_u8(tcp[CTA_PROTOINFO_TCP_STATE]) > TCP_CONNTRACK_SYN_SENT2)
			return -ERANGE;
		ct->proto.tcp.state = nla_get_u8(tcp[CTA_PROTOINFO_TCP_STATE]);
	}
	for (dir = 0; dir < IP_CT_DIR_MAX; dir++) {
		const struct nlattr *a = tcp[CTA_PROTOINFO_TCP_FLAGS_ORIGINAL + dir];

		if (!a || nla_len(a) < sizeof(flags))
			continue;
		memcpy(&flags, nla_data(a), sizeof(flags));
		ct->proto.tcp.seen[dir].flags &= (uint8_t)~flags.mask;
		ct->proto.tcp.seen[dir].flags |= flags.flags & flags.mask;
	}
	for (dir = 0; dir < IP_CT_DIR_MAX; dir++) {
		const struct nlattr *a = tcp[CTA_PROTOINFO_TCP_WSCALE_ORIGINAL + dir];

		if (a && nla_get_u8(a) <= TCP_MAX_WSCALE)
			ct->proto.tcp.seen[dir].td_scale = nla_get_u8(a);
	}
	return 0;
}
