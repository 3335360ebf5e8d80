/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_netlink.c - flows as messages: what conntrack -L, -D, -F, -C and -S ask
 *
 * mirrors net/netfilter/nf_conntrack_netlink.c
 * CONTROL
 *
 * Dumps go oldest flow first; Linux goes by its hash.
 */
#include <errno.h>
#include <linux/in.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "core/world.h"
#include "netfilter/nf_ct_nlattr.h"
#include "netfilter/nf_nat.h"
#include "netlink/af_netlink.h"

static uint32_t nla_be32(const struct nlattr *nla)
{
	return be32_to_cpu(nla_get_be32(nla));
}

static void ctnetlink_msg_begin(struct nl_request *req, uint16_t msg, uint8_t family)
{
	struct nfgenmsg *nfmsg;

	nfmsg = nl_reply_begin(req, NFNL_SUBSYS_CTNETLINK << 8 | msg, req->dump ? 0 : NLM_F_MULTI,
			       sizeof(*nfmsg));
	nfmsg->nfgen_family = family;
	nfmsg->version = NFNETLINK_V0;
}

static void ctnetlink_fill_info(struct nl_request *req, const struct nf_conn *ct)
{
	ctnetlink_msg_begin(req, IPCTNL_MSG_CT_NEW, NFPROTO_IPV4);
	ctnetlink_put_flow(&req->reply, ct);
	nlmsg_end(&req->reply);
}

/* what a dump or a flush is narrowed to */
struct ctnetlink_filter {
	uint8_t family; /* 0: any */
	uint32_t mark, mark_mask;
	uint32_t status, status_mask;
};

static int ctnetlink_filter_parse(const struct nlattr *const cda[], uint8_t family,
				  struct ctnetlink_filter *f)
{
	*f = (struct ctnetlink_filter){ .family = family };
	/* Unlike Linux: no look at single parts of the tuple; conntrack(8) does that itself. */
	if (cda[CTA_FILTER])
		return -EOPNOTSUPP;
	if (cda[CTA_MARK]) {
		f->mark = nla_be32(cda[CTA_MARK]);
		f->mark_mask = cda[CTA_MARK_MASK] ? nla_be32(cda[CTA_MARK_MASK]) : UINT32_MAX;
	} else if (cda[CTA_MARK_MASK]) {
		return -EINVAL;
	}
	if (cda[CTA_STATUS]) {
		f->status = nla_be32(cda[CTA_STATUS]);
		f->status_mask = cda[CTA_STATUS_MASK] ? nla_be32(cda[CTA_STATUS_MASK]) : f->status;
		/* status == 0 matches everything */
		if (!f->status_mask)
			f->status_mask = f->status;
	}
	return 0;
}

static bool ctnetlink_filter_match(struct nf_conn *ct, void *arg)
{
	const struct ctnetlink_filter *f = arg;

	if (f->family && f->family != NFPROTO_IPV4)
		return false;
	if ((ct->mark & f->mark_mask) != f->mark)
		return false;
	return (ct->status & f->status_mask) == f->status;
}

static int ctnetlink_parse(const struct nl_request *req, const struct nlattr **cda)
{
	return nlmsg_parse(req->nlh, sizeof(struct nfgenmsg), cda, CTA_MAX) < 0 ? -EINVAL : 0;
}

static uint8_t ctnetlink_family(const struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);

	return nfmsg->nfgen_family;
}

static bool ctnetlink_zeroes(const struct nl_request *req)
{
	return NFNL_MSG_TYPE(req->nlh->nlmsg_type) == IPCTNL_MSG_CT_GET_CTRZERO;
}

static int ctnetlink_dump_table(struct nl_request *req, const struct nlattr *const cda[])
{
	struct ctnetlink_filter filter;
	struct nf_conn *ct;
	int err;

	err = ctnetlink_filter_parse(cda, ctnetlink_family(req), &filter);
	if (err)
		return err;
	req->dump_filtered = filter.family || cda[CTA_MARK] || cda[CTA_STATUS];
	if (!req->net->ct)
		return 0;
	nf_ct_gc(req->net->ct);
	list_for_each_entry(ct, &req->net->ct->all, list) {
		if (!ctnetlink_filter_match(ct, &filter))
			continue;
		ctnetlink_fill_info(req, ct);
		if (ctnetlink_zeroes(req))
			memset(ct->counter, 0, sizeof(ct->counter));
	}
	return 0;
}

/* The flow a message names by one of its tuples: NULL and *ret_err. */
static struct nf_conn *ctnetlink_find(const struct nl_request *req,
				      const struct nlattr *const cda[], int *ret_err)
{
	const struct nlattr *nla = cda[CTA_TUPLE_ORIG] ? cda[CTA_TUPLE_ORIG] : cda[CTA_TUPLE_REPLY];
	struct nf_conntrack_tuple_hash *h;
	struct nf_conntrack_tuple tuple;

	*ret_err = -EINVAL;
	if (!nla)
		return NULL;
	*ret_err = ctnetlink_parse_tuple(nla, &tuple, ctnetlink_family(req));
	if (*ret_err)
		return NULL;
	*ret_err = -ENOENT;
	if (cda[CTA_ZONE])
		tuple.zone = be16_to_cpu(nla_get_be16(cda[CTA_ZONE]));
	h = nf_conntrack_find(nf_ct_pernet(req->net), &tuple);
	return h ? nf_ct_tuplehash_to_ctrack(h) : NULL;
}

/**
 * ctnetlink_get_conntrack - IPCTNL_MSG_CT_GET: one flow, or all
 * @req: the message
 *
 * Return: 0, -ENOENT, -EINVAL, -EOPNOTSUPP.
 */
int ctnetlink_get_conntrack(struct nl_request *req)
{
	const struct nlattr *cda[CTA_MAX + 1];
	struct nf_conn *ct;
	int err = ctnetlink_parse(req, cda);

	if (err)
		return err;
	if (req->dump)
		return ctnetlink_dump_table(req, cda);
	ct = ctnetlink_find(req, cda, &err);
	if (!ct)
		return err;
	/* who asks holds it */
	nf_conntrack_get(ct);
	ctnetlink_fill_info(req, ct);
	nf_conntrack_put(ct);
	return 0;
}

/**
 * ctnetlink_del_conntrack - IPCTNL_MSG_CT_DELETE: one flow, or all
 * @req: the message
 *
 * Return: 0, -ENOENT, -EINVAL, -EOPNOTSUPP.
 */
int ctnetlink_del_conntrack(struct nl_request *req)
{
	const struct nfgenmsg *nfmsg = nlmsg_data(req->nlh);
	const struct nlattr *cda[CTA_MAX + 1];
	struct ctnetlink_filter filter;
	struct nf_conn *ct;
	int err = ctnetlink_parse(req, cda);

	if (err)
		return err;
	if (!cda[CTA_TUPLE_ORIG] && !cda[CTA_TUPLE_REPLY]) {
		err = ctnetlink_filter_parse(cda, nfmsg->version ? nfmsg->nfgen_family : 0,
					     &filter);
		if (err)
			return err;
		nf_ct_pernet(req->net)->event_portid = req->nlk->portid;
		nf_ct_iterate_cleanup(req->net, ctnetlink_filter_match, &filter);
		nf_ct_pernet(req->net)->event_portid = 0;
		return 0;
	}
	ct = ctnetlink_find(req, cda, &err);
	if (!ct)
		return err;
	if (cda[CTA_ID] && nla_be32(cda[CTA_ID]) != ct->id)
		return -ENOENT;
	ct->netct->event_portid = req->nlk->portid;
	nf_ct_delete(ct);
	nf_ct_pernet(req->net)->event_portid = 0;
	return 0;
}

static int ctnetlink_change_conntrack(struct nf_conn *ct, const struct nlattr *const cda[])
{
	int err = 0;

	if (cda[CTA_TIMEOUT])
		nf_ct_refresh(ct, nla_be32(cda[CTA_TIMEOUT]) * NSEC_PER_SEC);
	if (cda[CTA_STATUS])
		err = ctnetlink_change_status(ct, nla_be32(cda[CTA_STATUS]));
	if (!err && cda[CTA_PROTOINFO])
		err = ctnetlink_change_protoinfo(ct, cda[CTA_PROTOINFO]);
	if (!err && cda[CTA_MARK])
		ct->mark = nla_be32(cda[CTA_MARK]);
	return err;
}

/* what a program may have changed */
#define CTNETLINK_CHANGED                                                                 \
	(1U << IPCT_REPLY | 1U << IPCT_ASSURED | 1U << IPCT_PROTOINFO | 1U << IPCT_MARK | \
	 1U << IPCT_HELPER | 1U << IPCT_SEQADJ | 1U << IPCT_LABEL)

static void ctnetlink_tell(struct nl_request *req, const struct nf_conn *ct, uint32_t events)
{
	ct->netct->event_portid = req->nlk->portid;
	nf_ct_event(ct, events);
	ct->netct->event_portid = 0;
}

/* As nfnetlink_parse_nat_setup(). */
static int ctnetlink_setup_nat(struct nf_conn *ct, const struct nlattr *nla,
			       enum nf_nat_manip_type manip)
{
	const struct nlattr *tb[CTA_NAT_MAX + 1], *p[CTA_PROTONAT_MAX + 1];
	struct nf_nat_range4 range = { .flags = 0 };

	if (!nla)
		return 0;
	if (nla_parse_nested(tb, CTA_NAT_MAX, nla) < 0)
		return -EINVAL;
	if (tb[CTA_NAT_V4_MINIP]) {
		range.flags |= NF_NAT_RANGE_MAP_IPS;
		range.min_ip = nla_get_be32(tb[CTA_NAT_V4_MINIP]);
		range.max_ip =
			tb[CTA_NAT_V4_MAXIP] ? nla_get_be32(tb[CTA_NAT_V4_MAXIP]) : range.min_ip;
	}
	if (tb[CTA_NAT_PROTO] && nla_parse_nested(p, CTA_PROTONAT_MAX, tb[CTA_NAT_PROTO]) < 0)
		return -EINVAL;
	if (tb[CTA_NAT_PROTO] && p[CTA_PROTONAT_PORT_MIN]) {
		range.flags |= NF_NAT_RANGE_PROTO_SPECIFIED;
		range.min_all = nla_get_be16(p[CTA_PROTONAT_PORT_MIN]);
		range.max_all = p[CTA_PROTONAT_PORT_MAX] ? nla_get_be16(p[CTA_PROTONAT_PORT_MAX])
							 : range.min_all;
	}
	return nf_nat_setup_info(ct, &range, manip) == NF_ACCEPT ? 0 : -EINVAL;
}

static int ctnetlink_create_conntrack(struct nl_request *req, const struct nlattr *const cda[])
{
	struct nf_conntrack_tuple orig, repl;
	struct nf_conn *ct;
	int err;

	if (!cda[CTA_TUPLE_ORIG] || !cda[CTA_TUPLE_REPLY] || !cda[CTA_TIMEOUT])
		return -EINVAL;
	err = ctnetlink_parse_tuple(cda[CTA_TUPLE_ORIG], &orig, ctnetlink_family(req));
	if (!err)
		err = ctnetlink_parse_tuple(cda[CTA_TUPLE_REPLY], &repl, ctnetlink_family(req));
	if (err)
		return err;
	if (cda[CTA_ZONE])
		orig.zone = repl.zone = be16_to_cpu(nla_get_be16(cda[CTA_ZONE]));
	ct = nf_conntrack_alloc(req->net, &orig, &repl);
	if (!ct)
		return -ENOMEM;
	ct->origin = req->origin;
	err = ctnetlink_change_conntrack(ct, cda);
	if (!err)
		err = ctnetlink_setup_nat(ct, cda[CTA_NAT_DST], NF_NAT_MANIP_DST);
	if (!err)
		err = ctnetlink_setup_nat(ct, cda[CTA_NAT_SRC], NF_NAT_MANIP_SRC);
	if (!err && (nf_conntrack_find(ct->netct, &ct->tuplehash[0].tuple) ||
		     nf_conntrack_find(ct->netct, &ct->tuplehash[1].tuple)))
		err = -EEXIST;
	if (!err) {
		ct->timeout_ns += world_now(ct->netct->world);
		if (ct->timestamp)
			ct->start_ns = world_realtime(ct->netct->world);
		nf_conntrack_hash_insert(ct);
		ctnetlink_tell(req, ct, 1U << IPCT_NEW | CTNETLINK_CHANGED);
	}
	nf_conntrack_put(ct);
	return err;
}

/**
 * ctnetlink_new_conntrack - IPCTNL_MSG_CT_NEW: makes a flow, or changes one
 * @req: the message
 *
 * Return: 0, -ENOENT, -EEXIST, -EINVAL, -EBUSY, -EOPNOTSUPP.
 */
int ctnetlink_new_conntrack(struct nl_request *req)
{
	const struct nlattr *cda[CTA_MAX + 1];
	struct nf_conn *ct;
	int err = ctnetlink_parse(req, cda);

	if (err)
		return err;
	ct = ctnetlink_find(req, cda, &err);
	if (!ct) {
		if (err != -ENOENT || !(req->nlh->nlmsg_flags & NLM_F_CREATE))
			return err;
		return ctnetlink_create_conntrack(req, cda);
	}
	if (req->nlh->nlmsg_flags & NLM_F_EXCL)
		return -EEXIST;
	if (cda[CTA_NAT_SRC] || cda[CTA_NAT_DST])
		return -EOPNOTSUPP;
	err = ctnetlink_change_conntrack(ct, cda);
	if (!err)
		ctnetlink_tell(req, ct, CTNETLINK_CHANGED);
	return err;
}

/**
 * ctnetlink_stat_ct - IPCTNL_MSG_CT_GET_STATS: how many flows there are
 * @req: the message
 *
 * Return: 0.
 */
int ctnetlink_stat_ct(struct nl_request *req)
{
	struct netns_ct *netct = nf_ct_pernet(req->net);

	nf_ct_gc(netct);
	ctnetlink_msg_begin(req, IPCTNL_MSG_CT_GET_STATS, 0);
	nla_put_be32(&req->reply, CTA_STATS_GLOBAL_ENTRIES, cpu_to_be32(netct->nr_confirmed));
	nla_put_be32(&req->reply, CTA_STATS_GLOBAL_MAX_ENTRIES,
		     cpu_to_be32((uint32_t)req->net->world->nf_conntrack_max));
	nlmsg_end(&req->reply);
	return 0;
}

/**
 * ctnetlink_stat_ct_cpu - IPCTNL_MSG_CT_GET_STATS_CPU: what happened, by CPU; there is one
 * @req: the message
 *
 * Return: 0.
 */
int ctnetlink_stat_ct_cpu(struct nl_request *req)
{
	const struct nf_ct_stats *st = &nf_ct_pernet(req->net)->stats;
	const struct {
		uint16_t type;
		uint32_t value;
	} rows[] = {
		{ CTA_STATS_FOUND, st->found },
		{ CTA_STATS_INVALID, st->invalid },
		{ CTA_STATS_INSERT, st->insert },
		{ CTA_STATS_INSERT_FAILED, st->insert_failed },
		{ CTA_STATS_DROP, st->drop },
		{ CTA_STATS_EARLY_DROP, st->early_drop },
		{ CTA_STATS_ERROR, st->error },
		{ CTA_STATS_SEARCH_RESTART, st->search_restart },
		{ CTA_STATS_CLASH_RESOLVE, st->clashres },
		{ CTA_STATS_CHAIN_TOOLONG, 0 },
	};
	unsigned int i;

	if (!req->dump)
		return 0;
	ctnetlink_msg_begin(req, IPCTNL_MSG_CT_GET_STATS_CPU, 0);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		nla_put_be32(&req->reply, rows[i].type, cpu_to_be32(rows[i].value));
	nlmsg_end(&req->reply);
	return 0;
}
