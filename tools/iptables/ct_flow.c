/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ct_flow.c - flows from ctnetlink: reading, choosing, printing
 *
 * Prints as libnetfilter_conntrack's snprintf_default.c. CONTROL.
 */
#include "ct.h"

#include <linux/netfilter/nf_conntrack_common.h>
#include <stdarg.h>
#include <stdio.h>
#include <strings.h>
#include <time.h>

static const struct {
	const char *name;
	uint8_t num;
} protos[] = {
	{ "tcp", 6 },	{ "udp", 17 }, { "udplite", 136 }, { "sctp", 132 },
	{ "dccp", 33 }, { "icmp", 1 }, { "icmpv6", 58 },   { "gre", 47 },
};

#define NPROTOS (sizeof(protos) / sizeof(*protos))

static const char *const states[] = { "NONE",	  "SYN_SENT",	"SYN_RECV", "ESTABLISHED",
				      "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK", "TIME_WAIT",
				      "CLOSE",	  "SYN_SENT2" };

#define NSTATES (sizeof(states) / sizeof(*states))

/**
 * ct_proto_name() - The name conntrack prints for a protocol
 * @proto: its number
 *
 * Return: the name, "unknown" for most.
 */
const char *ct_proto_name(uint8_t proto)
{
	size_t i;

	for (i = 0; i < NPROTOS; i++) {
		if (protos[i].num == proto)
			return protos[i].name;
	}
	return "unknown";
}

/**
 * ct_proto_number() - The number of a protocol conntrack knows
 * @name: its name
 *
 * Return: the number, or -1.
 */
int ct_proto_number(const char *name)
{
	size_t i;

	for (i = 0; i < NPROTOS; i++) {
		if (!strcasecmp(protos[i].name, name))
			return protos[i].num;
	}
	return -1;
}

/**
 * ct_state_number() - The number of a TCP state
 * @name: its name
 *
 * Return: the number, or -1.
 */
int ct_state_number(const char *name)
{
	size_t i;

	for (i = 0; i < NSTATES; i++) {
		if (!strcmp(states[i], name))
			return (int)i;
	}
	/* what the last one was called before */
	return strcmp(name, "LISTEN") ? -1 : (int)NSTATES - 1;
}

static void get_ports(const struct nlattr *nla, struct ct_tuple *t)
{
	const struct nlattr *tb[CTA_PROTO_MAX + 1];

	if (nla_parse_nested(tb, CTA_PROTO_MAX, nla))
		return;
	if (tb[CTA_PROTO_NUM])
		t->proto = nla_get_u8(tb[CTA_PROTO_NUM]);
	if (tb[CTA_PROTO_SRC_PORT])
		t->sport = be16_to_cpu(nla_get_be16(tb[CTA_PROTO_SRC_PORT]));
	if (tb[CTA_PROTO_DST_PORT])
		t->dport = be16_to_cpu(nla_get_be16(tb[CTA_PROTO_DST_PORT]));
	if (tb[CTA_PROTO_ICMP_ID])
		t->sport = be16_to_cpu(nla_get_be16(tb[CTA_PROTO_ICMP_ID]));
	if (tb[CTA_PROTO_ICMP_TYPE])
		t->type = nla_get_u8(tb[CTA_PROTO_ICMP_TYPE]);
	if (tb[CTA_PROTO_ICMP_CODE])
		t->code = nla_get_u8(tb[CTA_PROTO_ICMP_CODE]);
}

static void get_tuple(const struct nlattr *nla, struct ct_tuple *t)
{
	const struct nlattr *tb[CTA_TUPLE_MAX + 1];
	const struct nlattr *ip[CTA_IP_MAX + 1];

	if (!nla || nla_parse_nested(tb, CTA_TUPLE_MAX, nla))
		return;
	if (tb[CTA_TUPLE_IP] && !nla_parse_nested(ip, CTA_IP_MAX, tb[CTA_TUPLE_IP])) {
		if (ip[CTA_IP_V4_SRC])
			t->src = nla_get_be32(ip[CTA_IP_V4_SRC]);
		if (ip[CTA_IP_V4_DST])
			t->dst = nla_get_be32(ip[CTA_IP_V4_DST]);
	}
	if (tb[CTA_TUPLE_ZONE])
		t->zone = be16_to_cpu(nla_get_be16(tb[CTA_TUPLE_ZONE]));
	if (tb[CTA_TUPLE_PROTO])
		get_ports(tb[CTA_TUPLE_PROTO], t);
}

static void get_counters(const struct nlattr *nla, struct ct_tuple *t)
{
	const struct nlattr *tb[CTA_COUNTERS_MAX + 1];

	if (!nla || nla_parse_nested(tb, CTA_COUNTERS_MAX, nla) || !tb[CTA_COUNTERS_PACKETS] ||
	    !tb[CTA_COUNTERS_BYTES])
		return;
	t->has_counters = true;
	t->packets = be64_to_cpu((ng_force __be64)nla_get_u64(tb[CTA_COUNTERS_PACKETS]));
	t->bytes = be64_to_cpu((ng_force __be64)nla_get_u64(tb[CTA_COUNTERS_BYTES]));
}

static void get_state(const struct nlattr *nla, struct ct_flow *f)
{
	const struct nlattr *tb[CTA_PROTOINFO_MAX + 1];
	const struct nlattr *tcp[CTA_PROTOINFO_TCP_MAX + 1];

	if (!nla || nla_parse_nested(tb, CTA_PROTOINFO_MAX, nla) || !tb[CTA_PROTOINFO_TCP] ||
	    nla_parse_nested(tcp, CTA_PROTOINFO_TCP_MAX, tb[CTA_PROTOINFO_TCP]) ||
	    !tcp[CTA_PROTOINFO_TCP_STATE])
		return;
	f->has_state = true;
	f->state = nla_get_u8(tcp[CTA_PROTOINFO_TCP_STATE]);
}

static void get_times(const struct nlattr *nla, struct ct_flow *f)
{
	const struct nlattr *tb[CTA_TIMESTAMP_MAX + 1];

	if (!nla || nla_parse_nested(tb, CTA_TIMESTAMP_MAX, nla))
		return;
	if (tb[CTA_TIMESTAMP_START])
		f->start = be64_to_cpu((ng_force __be64)nla_get_u64(tb[CTA_TIMESTAMP_START]));
	if (tb[CTA_TIMESTAMP_STOP])
		f->stop = be64_to_cpu((ng_force __be64)nla_get_u64(tb[CTA_TIMESTAMP_STOP]));
}

static uint32_t get_u32(const struct nlattr *nla)
{
	return nla ? be32_to_cpu(nla_get_be32(nla)) : 0;
}

/**
 * ct_parse() - Reads a flow
 * @nlh: the message; must outlive @f
 * @f: gets the flow
 *
 * Return: whether it is one.
 */
bool ct_parse(const struct nlmsghdr *nlh, struct ct_flow *f)
{
	const struct nlattr *tb[CTA_MAX + 1];

	memset(f, 0, sizeof(*f));
	if (nlmsg_parse(nlh, 4, tb, CTA_MAX) || !tb[CTA_TUPLE_ORIG])
		return false;
	f->nlh = nlh;
	get_tuple(tb[CTA_TUPLE_ORIG], &f->orig);
	get_tuple(tb[CTA_TUPLE_REPLY], &f->reply);
	get_counters(tb[CTA_COUNTERS_ORIG], &f->orig);
	get_counters(tb[CTA_COUNTERS_REPLY], &f->reply);
	get_state(tb[CTA_PROTOINFO], f);
	get_times(tb[CTA_TIMESTAMP], f);
	f->status = get_u32(tb[CTA_STATUS]);
	f->has_timeout = tb[CTA_TIMEOUT];
	f->timeout = get_u32(tb[CTA_TIMEOUT]);
	f->has_mark = tb[CTA_MARK];
	f->mark = get_u32(tb[CTA_MARK]);
	f->use = get_u32(tb[CTA_USE]);
	f->id = get_u32(tb[CTA_ID]);
	if (tb[CTA_ZONE])
		f->zone = be16_to_cpu(nla_get_be16(tb[CTA_ZONE]));
	return true;
}

/* The ports as one 16-bit number, as the library keeps them: the type and code of ICMP stand for the second. */
static uint16_t second(const struct ct_tuple *t)
{
	return t->proto == 1 ? (uint16_t)(t->type << 8 | t->code) : t->dport;
}

static uint16_t first_of_reply(const struct ct_flow *f)
{
	return f->reply.sport;
}

static bool nat_matches(const struct ct_filter *w, const struct ct_flow *f)
{
	bool snat_ip = (f->status & IPS_SRC_NAT_DONE) && f->reply.dst != f->orig.src;
	bool dnat_ip = (f->status & IPS_DST_NAT_DONE) && f->reply.src != f->orig.dst;
	bool src =
		snat_ip || ((f->status & IPS_SRC_NAT_DONE) && second(&f->reply) != f->orig.sport);
	bool dst = dnat_ip ||
		   ((f->status & IPS_DST_NAT_DONE) && first_of_reply(f) != second(&f->orig));

	if (w->snat)
		src = snat_ip && f->reply.dst == w->snat;
	if (w->dnat)
		dst = dnat_ip && f->reply.src == w->dnat;
	if (w->set & CT_ANY_NAT)
		return src || dst;
	return (!(w->set & CT_SRC_NAT) || src) && (!(w->set & CT_DST_NAT) || dst);
}

static bool ports_match(const struct ct_filter *w, const struct ct_flow *f)
{
	const struct ct_flow *c = &w->want;

	return (!(w->set & CT_SPORT) || c->orig.sport == f->orig.sport) &&
	       (!(w->set & CT_DPORT) || c->orig.dport == f->orig.dport) &&
	       (!(w->set & CT_REPLY_SPORT) || c->reply.sport == f->reply.sport) &&
	       (!(w->set & CT_REPLY_DPORT) || c->reply.dport == f->reply.dport) &&
	       (!(w->set & CT_TYPE) || c->orig.type == f->orig.type) &&
	       (!(w->set & CT_CODE) || c->orig.code == f->orig.code) &&
	       (!(w->set & CT_ICMP_ID) || c->orig.sport == f->orig.sport) &&
	       (!(w->set & CT_STATE) || (f->has_state && c->state == f->state));
}

/**
 * ct_matches() - Whether a flow is one of those asked for
 * @want: what was asked for
 * @f: the flow
 *
 * Return: true if it is.
 */
bool ct_matches(const struct ct_filter *want, const struct ct_flow *f)
{
	const struct ct_flow *c = &want->want;

	if ((want->set & CT_SRC) && c->orig.src != (f->orig.src & want->mask[0]))
		return false;
	if ((want->set & CT_DST) && c->orig.dst != (f->orig.dst & want->mask[1]))
		return false;
	if ((want->set & CT_REPLY_SRC) && c->reply.src != (f->reply.src & want->mask[2]))
		return false;
	if ((want->set & CT_REPLY_DST) && c->reply.dst != (f->reply.dst & want->mask[3]))
		return false;
	if ((want->set & CT_PROTO) && c->orig.proto != f->orig.proto)
		return false;
	if ((want->set & CT_MARK) && c->mark != (f->mark & want->mark_mask))
		return false;
	if ((want->set & CT_STATUS) && c->status != (f->status & want->status_mask))
		return false;
	if ((want->set & CT_ZONE) && c->zone != f->zone)
		return false;
	if ((want->set & CT_ZONE_ORIG) && c->orig.zone != f->orig.zone)
		return false;
	if ((want->set & CT_ZONE_REPLY) && c->reply.zone != f->reply.zone)
		return false;
	/* alone it does not choose, as in the original */
	if (c->has_timeout && want->set && c->timeout != f->timeout)
		return false;
	return ports_match(want, f) &&
	       (!(want->set & (CT_SRC_NAT | CT_DST_NAT | CT_ANY_NAT)) || nat_matches(want, f));
}

/* A line being made. */
struct line {
	char *buf;
	size_t len;
	size_t cap;
};

static __attribute__((format(printf, 2, 3))) void add(struct line *l, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(l->buf + l->len, l->cap - l->len, fmt, ap);
	va_end(ap);
	if (n > 0)
		l->len += (size_t)n < l->cap - l->len ? (size_t)n : l->cap - l->len - 1;
}

static void add_tuple(struct line *l, const struct ct_tuple *t, const char *zone)
{
	char src[16];
	char dst[16];

	add(l, "src=%s dst=%s", xt_addr_text(t->src, src), xt_addr_text(t->dst, dst));
	switch (t->proto) {
	case 1:
		add(l, " type=%u code=%u id=%u", t->type, t->code, t->sport);
		break;
	case 6:
	case 17:
	case 33:
	case 132:
	case 136:
		add(l, " sport=%u dport=%u", t->sport, t->dport);
		break;
	case 47:
		add(l, " srckey=0x%x dstkey=0x%x", t->sport, t->dport);
		break;
	default:
		break;
	}
	if (t->zone)
		add(l, " zone-%s=%u", zone, t->zone);
	if (t->has_counters)
		add(l, " packets=%llu bytes=%llu", (unsigned long long)t->packets,
		    (unsigned long long)t->bytes);
}

/* As ctime(3), in UTC. */
static void add_date(struct line *l, const char *word, uint64_t ns)
{
	time_t t = (time_t)(ns / NSEC_PER_SEC);
	struct tm tm;
	char text[32];

	gmtime_r(&t, &tm);
	strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm);
	add(l, " [%s=%s]", word, text);
}

static void add_times(struct line *l, const struct ct_flow *f, unsigned int how, int64_t now)
{
	uint64_t end = f->stop ? f->stop : (uint64_t)now;

	if (!f->start)
		return;
	add(l, " delta-time=%llu",
	    (unsigned long long)(end / NSEC_PER_SEC - f->start / NSEC_PER_SEC));
	if (!(how & CT_SHOW_KTIME))
		return;
	add_date(l, "start", f->start);
	if (f->stop)
		add_date(l, "stop", f->stop);
}

/**
 * ct_line() - Writes a flow as a line
 * @buf: gets the line with its newline
 * @cap: its size
 * @f: the flow
 * @how: CT_SHOW_ bits
 * @now: ns since 1970
 *
 * Return: the length.
 */
size_t ct_line(char *buf, size_t cap, const struct ct_flow *f, unsigned int how, int64_t now)
{
	struct line l = { buf, 0, cap };

	if (how & CT_SHOW_EXTENDED)
		add(&l, "%-8s %u ", "ipv4", 2);
	add(&l, "%-8s %u ", ct_proto_name(f->orig.proto), f->orig.proto);
	if (f->has_timeout)
		add(&l, "%u ", f->timeout);
	if (f->has_state)
		add(&l, "%s ", f->state < NSTATES ? states[f->state] : "NONE");
	add_tuple(&l, &f->orig, "orig");
	if (!(f->status & IPS_SEEN_REPLY))
		add(&l, " [UNREPLIED]");
	add(&l, " ");
	add_tuple(&l, &f->reply, "reply");
	if (f->status & IPS_ASSURED)
		add(&l, " [ASSURED]");
	if (f->has_mark)
		add(&l, " mark=%u", f->mark);
	if (f->zone)
		add(&l, " zone=%u", f->zone);
	add_times(&l, f, how, now);
	if (f->use)
		add(&l, " use=%u", f->use);
	if (how & CT_SHOW_ID)
		add(&l, " id=%u", f->id);
	add(&l, "\n");
	return l.len;
}

/**
 * ct_put_tuple() - Writes a tuple as ctnetlink wants it
 * @b: where
 * @type: CTA_TUPLE_ORIG or CTA_TUPLE_REPLY
 * @t: the tuple
 */
void ct_put_tuple(struct nl_buf *b, uint16_t type, const struct ct_tuple *t)
{
	size_t nest = nla_nest_start(b, type | NLA_F_NESTED);
	size_t in = nla_nest_start(b, CTA_TUPLE_IP | NLA_F_NESTED);

	nla_put_be32(b, CTA_IP_V4_SRC, t->src);
	nla_put_be32(b, CTA_IP_V4_DST, t->dst);
	nla_nest_end(b, in);
	in = nla_nest_start(b, CTA_TUPLE_PROTO | NLA_F_NESTED);
	nla_put_u8(b, CTA_PROTO_NUM, t->proto);
	if (t->proto == 1) {
		nla_put_u8(b, CTA_PROTO_ICMP_CODE, t->code);
		nla_put_u8(b, CTA_PROTO_ICMP_TYPE, t->type);
		nla_put_be16(b, CTA_PROTO_ICMP_ID, cpu_to_be16(t->sport));
	} else {
		nla_put_be16(b, CTA_PROTO_SRC_PORT, cpu_to_be16(t->sport));
		nla_put_be16(b, CTA_PROTO_DST_PORT, cpu_to_be16(t->dport));
	}
	nla_nest_end(b, in);
	if (t->zone)
		nla_put_be16(b, CTA_TUPLE_ZONE, cpu_to_be16(t->zone));
	nla_nest_end(b, nest);
}
