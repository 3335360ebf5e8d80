/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ct_change.c - conntrack -I, -A and -U: flows made and changed by hand
 *
 * Mirrors conntrack-tools 1.4.7, src/conntrack.c (CT_CREATE, CT_ADD, update_cb). CONTROL.
 */
#include "ct.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>

/**
 * ct_put_liberal() - What the program says of a TCP flow: be lenient, and its state when it was given
 * @b: where
 * @c: the program
 */
void ct_put_liberal(struct nl_buf *b, const struct ct *c)
{
	static const uint8_t liberal[2] = { IP_CT_TCP_FLAG_BE_LIBERAL | IP_CT_TCP_FLAG_SACK_PERM,
					    IP_CT_TCP_FLAG_BE_LIBERAL | IP_CT_TCP_FLAG_SACK_PERM };
	size_t nest, in;

	if (c->f.want.orig.proto != 6)
		return;
	nest = nla_nest_start(b, CTA_PROTOINFO | NLA_F_NESTED);
	in = nla_nest_start(b, CTA_PROTOINFO_TCP | NLA_F_NESTED);
	if (c->f.set & CT_STATE)
		nla_put_u8(b, CTA_PROTOINFO_TCP_STATE, c->f.want.state);
	nla_put(b, CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, 2, liberal);
	nla_put(b, CTA_PROTOINFO_TCP_FLAGS_REPLY, 2, liberal);
	nla_nest_end(b, in);
	nla_nest_end(b, nest);
}

/* Who is to stand in for a side. The later address of the two in a range is left out, as there is one. */
static void put_nat(struct nl_buf *b, uint16_t type, __be32 ip, uint16_t port)
{
	size_t nest, in;

	if (!ip)
		return;
	nest = nla_nest_start(b, type | NLA_F_NESTED);
	nla_put_be32(b, CTA_NAT_V4_MINIP, ip);
	if (port) {
		in = nla_nest_start(b, CTA_NAT_PROTO | NLA_F_NESTED);
		nla_put_be16(b, CTA_PROTONAT_PORT_MIN, cpu_to_be16(port));
		nla_put_be16(b, CTA_PROTONAT_PORT_MAX, cpu_to_be16(port));
		nla_nest_end(b, in);
	}
	nla_nest_end(b, nest);
}

/* What shall be set, in the library's order; @status: bits that are set already. */
static void put_wishes(struct nl_buf *b, const struct ct *c, uint32_t status)
{
	const struct ct_flow *w = &c->f.want;

	if (c->f.set & CT_STATUS)
		nla_put_be32(b, CTA_STATUS, cpu_to_be32(w->status | status));
	if (w->has_timeout)
		nla_put_be32(b, CTA_TIMEOUT, cpu_to_be32(w->timeout));
	if (c->f.set & CT_MARK)
		nla_put_be32(b, CTA_MARK, cpu_to_be32(w->mark));
	ct_put_liberal(b, c);
}

#define CT_ORIG (CT_SRC | CT_DST)
#define CT_REPLY (CT_REPLY_SRC | CT_REPLY_DST)

/* Of the two directions one is given: the other is the other way round. */
static void fill_tuples(struct ct *c)
{
	struct ct_tuple *o = &c->f.want.orig, *r = &c->f.want.reply;
	struct ct_tuple *from = c->f.set & CT_ORIG ? o : r, *to = from == o ? r : o;
	static const uint8_t answers[19] = {
		[8] = 0 + 1,   [0] = 8 + 1,   [13] = 14 + 1, [14] = 13 + 1,
		[15] = 16 + 1, [16] = 15 + 1, [17] = 18 + 1, [18] = 17 + 1
	};

	if (!(c->f.set & CT_ORIG) || !(c->f.set & CT_REPLY)) {
		to->src = from->dst;
		to->dst = from->src;
		to->sport = from->dport;
		to->dport = from->sport;
	}
	if (o->proto == 1) {
		r->sport = o->sport;
		r->code = o->code;
		r->type = c->type_first ? UINT8_MAX
			  : o->type < sizeof(answers) && answers[o->type]
				  ? (uint8_t)(answers[o->type] - 1)
				  : o->type;
	}
}

/* The answer's tuple: beside the other direction only what words gave, and the kernel wants all. */
static void put_reply(struct nl_buf *b, const struct ct *c)
{
	const struct ct_tuple *r = &c->f.want.reply;
	size_t nest, in;

	if (!(c->f.set & CT_ORIG) || !(c->f.set & CT_REPLY) || r->proto == 1) {
		ct_put_tuple(b, CTA_TUPLE_REPLY, r);
		return;
	}
	nest = nla_nest_start(b, CTA_TUPLE_REPLY | NLA_F_NESTED);
	in = nla_nest_start(b, CTA_TUPLE_IP | NLA_F_NESTED);
	if (c->f.set & CT_REPLY_SRC)
		nla_put_be32(b, CTA_IP_V4_SRC, r->src);
	if (c->f.set & CT_REPLY_DST)
		nla_put_be32(b, CTA_IP_V4_DST, r->dst);
	nla_nest_end(b, in);
	in = nla_nest_start(b, CTA_TUPLE_PROTO | NLA_F_NESTED);
	nla_put_u8(b, CTA_PROTO_NUM, r->proto);
	if (c->f.set & CT_REPLY_SPORT)
		nla_put_be16(b, CTA_PROTO_SRC_PORT, cpu_to_be16(r->sport));
	if (c->f.set & CT_REPLY_DPORT)
		nla_put_be16(b, CTA_PROTO_DST_PORT, cpu_to_be16(r->dport));
	nla_nest_end(b, in);
	nla_nest_end(b, nest);
}

static void ignore(struct ct *c, const struct nlmsghdr *nlh)
{
	(void)c;
	(void)nlh;
}

/**
 * ct_run_create() - conntrack -I and -A
 * @c: the program
 *
 * Return: the exit status.
 */
int ct_run_create(struct ct *c)
{
	bool add = c->cmd == 'A';
	struct nl_buf b = { 0 };
	int err;

	fill_tuples(c);
	ct_begin(c, &b, IPCTNL_MSG_CT_NEW, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, AF_INET);
	ct_put_tuple(&b, CTA_TUPLE_ORIG, &c->f.want.orig);
	put_reply(&b, c);
	put_wishes(&b, c, IPS_CONFIRMED);
	put_nat(&b, CTA_NAT_SRC, c->f.snat, c->f.snat_port);
	put_nat(&b, CTA_NAT_DST, c->f.dnat, c->f.dnat_port);
	if (c->f.set & CT_ZONE)
		nla_put_be16(&b, CTA_ZONE, cpu_to_be16(c->f.want.zone));
	err = ct_talk(c, &b, ignore);
	if (err < 0 && !(add && err == -EEXIST))
		return ct_failed(c, err);
	ng_printf(c->err, "conntrack %s: %d flow entries have been %s.\n", CT_VERSION, err == 0,
		  add ? "added" : "created");
	return 0;
}

/* Would the flow be any different? */
static bool changes(const struct ct *c, const struct ct_flow *f)
{
	const struct ct_flow *w = &c->f.want;

	return ((c->f.set & CT_MARK) && w->mark != f->mark) ||
	       (w->has_timeout && w->timeout != f->timeout) ||
	       ((c->f.set & CT_STATUS) && (w->status & ~f->status)) ||
	       ((c->f.set & CT_STATE) && w->state != f->state);
}

static void first(struct ct *c, const struct nlmsghdr *nlh)
{
	memcpy(nl_buf_put(&c->found, NLMSG_ALIGN(nlh->nlmsg_len)), nlh, nlh->nlmsg_len);
}

static int update_one(struct ct *c, const struct ct_flow *f)
{
	uint8_t family = c->has_addr ? AF_INET : AF_UNSPEC;
	struct nl_buf b = { 0 };
	int err;

	ct_begin(c, &b, IPCTNL_MSG_CT_NEW, NLM_F_ACK, family);
	ct_put_tuple(&b, CTA_TUPLE_ORIG, &f->orig);
	put_wishes(&b, c, f->status);
	err = ct_talk(c, &b, ignore);
	if (err < 0 && err != -ENOENT)
		return err;
	/* it was seen a moment ago: in a zone, which is not said here */
	if (err < 0)
		ng_printf(c->err, "Operation failed: %s\n", ng_strerror(-err));
	ct_begin(c, &b, IPCTNL_MSG_CT_GET, NLM_F_ACK, family);
	ct_put_tuple(&b, CTA_TUPLE_ORIG, &f->orig);
	put_wishes(&b, c, f->status);
	if (err < 0) {
		ct_talk(c, &b, ignore);
		return 0;
	}
	return ct_talk(c, &b, c->count++ == 0 ? first : ignore);
}

/* A flow is chosen by what names it; what shall be set does not choose. */
static void choose(struct ct *c, struct ct_filter *wish)
{
	*wish = c->f;
	c->f.set &= ~(uint32_t)(CT_MARK | CT_STATUS | CT_STATE);
	c->f.want.has_timeout = false;
}

/**
 * ct_run_update() - conntrack -U
 * @c: the program
 *
 * As the original, it shows the first flow it changed.
 *
 * Return: the exit status.
 */
int ct_run_update(struct ct *c)
{
	const struct nlmsghdr *nlh;
	struct ct_filter wish;
	struct nl_buf all;
	struct ct_flow f;
	size_t left;
	int err = 0;

	choose(c, &wish);
	ct_dump(c, IPCTNL_MSG_CT_GET);
	all = c->found;
	memset(&c->found, 0, sizeof(c->found));
	c->f = wish;
	c->count = 0;
	nlh = (const struct nlmsghdr *)(void *)all.data;
	for (left = all.len; !err && NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
		if (ct_parse(nlh, &f) && changes(c, &f))
			err = update_one(c, &f);
	}
	nl_buf_fini(&all);
	if (err) {
		ng_printf(c->err, "Operation failed: %s\n", ng_strerror(-err));
		return ct_failed(c, err);
	}
	ct_show(c, "updated");
	return c->count == 0;
}
