/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nfnetlink.c - netfilter's netlink: single messages, and batches that take effect as a whole
 *
 * mirrors net/netfilter/nfnetlink.c
 * CONTROL
 *
 * A datagram that begins with NFNL_MSG_BATCH_BEGIN is a batch: each message is
 * tried, errors are kept, and only after the last one either all is committed
 * or all is taken back; then the errors are sent, in the order of their messages.
 */
#include <errno.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "core/task.h"
#include "core/xalloc.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/nf_tables.h"
#include "netlink/af_netlink.h"

/* new in 6.2 */
#ifndef NFT_MSG_GETRULE_RESET
#define NFT_MSG_GETRULE_RESET 25
#endif

typedef int (*nfnl_handler)(struct nl_request *req);

struct nfnl_err {
	struct list_head list;
	const struct nlmsghdr *nlh;
	int err;
	struct ng_extack extack;
};

enum {
	NFNL_BATCH_FAILURE = 1,
	NFNL_BATCH_DONE = 2,
};

static nfnl_handler nft_batch_handler(unsigned int msg)
{
	switch (msg) {
	case NFT_MSG_NEWTABLE:
		return nf_tables_newtable;
	case NFT_MSG_DELTABLE:
		return nf_tables_deltable;
	case NFT_MSG_NEWCHAIN:
		return nf_tables_newchain;
	case NFT_MSG_DELCHAIN:
		return nf_tables_delchain;
	case NFT_MSG_NEWRULE:
		return nf_tables_newrule;
	case NFT_MSG_DELRULE:
		return nf_tables_delrule;
	default:
		return NULL;
	}
}

static nfnl_handler nft_get_handler(unsigned int msg)
{
	switch (msg) {
	case NFT_MSG_GETTABLE:
		return nf_tables_gettable;
	case NFT_MSG_GETCHAIN:
		return nf_tables_getchain;
	case NFT_MSG_GETRULE:
		return nf_tables_getrule;
	case NFT_MSG_GETRULE_RESET:
		return nf_tables_getrule_reset;
	case NFT_MSG_GETSET:
		return nf_tables_getset;
	case NFT_MSG_GETOBJ:
		return nf_tables_getobj;
	case NFT_MSG_GETGEN:
		return nf_tables_getgen;
	default:
		return NULL;
	}
}

/* Between two system calls no packet is under way: no flow is half made or half gone. */
static int ctnl_no_flows(struct nl_request *req)
{
	return req->dump ? 0 : -EOPNOTSUPP;
}

static nfnl_handler ctnl_handler(unsigned int msg)
{
	switch (msg) {
	case IPCTNL_MSG_CT_GET:
	case IPCTNL_MSG_CT_GET_CTRZERO:
		return ctnetlink_get_conntrack;
	case IPCTNL_MSG_CT_DELETE:
		return ctnetlink_del_conntrack;
	case IPCTNL_MSG_CT_NEW:
		return ctnetlink_new_conntrack;
	case IPCTNL_MSG_CT_GET_DYING:
	case IPCTNL_MSG_CT_GET_UNCONFIRMED:
		return ctnl_no_flows;
	case IPCTNL_MSG_CT_GET_STATS:
		return ctnetlink_stat_ct;
	case IPCTNL_MSG_CT_GET_STATS_CPU:
		return ctnetlink_stat_ct_cpu;
	default:
		return NULL;
	}
}

static int ctnl_exp_get(struct nl_request *req)
{
	/* no helper expects anything */
	return req->dump ? 0 : -ENOENT;
}

/* All of them may go; one that is named is not there. */
static int ctnl_exp_del(struct nl_request *req)
{
	const struct nlattr *tb[CTA_EXPECT_MAX + 1];

	if (nlmsg_parse(req->nlh, sizeof(struct nfgenmsg), tb, CTA_EXPECT_MAX) < 0)
		return -EINVAL;
	return tb[CTA_EXPECT_TUPLE] || tb[CTA_EXPECT_MASTER] ? -ENOENT : 0;
}

static int ctnl_exp_stat_cpu(struct nl_request *req)
{
	static const uint16_t rows[] = { CTA_STATS_EXP_NEW, CTA_STATS_EXP_CREATE,
					 CTA_STATS_EXP_DELETE };
	unsigned int i;

	if (!req->dump)
		return 0;
	nl_reply_begin(req, NFNL_SUBSYS_CTNETLINK_EXP << 8 | IPCTNL_MSG_EXP_GET_STATS_CPU, 0,
		       sizeof(struct nfgenmsg));
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		nla_put_be32(&req->reply, rows[i], 0);
	nlmsg_end(&req->reply);
	return 0;
}

static nfnl_handler ctnl_exp_handler(unsigned int msg)
{
	switch (msg) {
	case IPCTNL_MSG_EXP_GET:
		return ctnl_exp_get;
	case IPCTNL_MSG_EXP_DELETE:
		return ctnl_exp_del;
	case IPCTNL_MSG_EXP_GET_STATS_CPU:
		return ctnl_exp_stat_cpu;
	default:
		return NULL;
	}
}

static int nfnl_bad_message(struct nl_request *req)
{
	(void)req;
	return -EINVAL;
}

static nfnl_handler nfnl_find_handler(uint16_t type)
{
	unsigned int msg = NFNL_MSG_TYPE(type);

	switch (NFNL_SUBSYS_ID(type)) {
	case NFNL_SUBSYS_NFTABLES:
		return nft_get_handler(msg);
	case NFNL_SUBSYS_NFT_COMPAT:
		return msg == NFNL_MSG_COMPAT_GET ? nfnl_compat_get : NULL;
	case NFNL_SUBSYS_CTNETLINK:
		return ctnl_handler(msg);
	case NFNL_SUBSYS_CTNETLINK_EXP:
		return ctnl_exp_handler(msg);
	default:
		return NULL;
	}
}

static void nfnl_request_init(struct nl_request *req, struct netlink_sock *nlk,
			      struct ng_task *task, const struct nlmsghdr *nlh,
			      struct ng_extack *extack)
{
	memset(extack, 0, sizeof(*extack));
	*req = (struct nl_request){
		.task = task,
		.net = nlk->sk.net,
		.nlk = nlk,
		.nlh = nlh,
		.extack = extack,
		.dump = nlh->nlmsg_flags & NLM_F_DUMP,
	};
	if (task)
		req->origin = task->origin;
}

/* One message outside a batch, as nfnetlink_rcv_msg(). */
static void nfnl_rcv_msg(struct netlink_sock *nlk, struct ng_task *task, const struct nlmsghdr *nlh)
{
	struct ng_extack extack;
	struct nl_request req;
	nfnl_handler handler;

	if (!(nlh->nlmsg_flags & NLM_F_REQUEST) || nlh->nlmsg_type < NLMSG_MIN_TYPE) {
		if (nlh->nlmsg_flags & NLM_F_ACK)
			netlink_ack(nlk, nlh, 0, NULL);
		return;
	}
	if (nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(struct nfgenmsg)) {
		if (nlh->nlmsg_flags & NLM_F_ACK)
			netlink_ack(nlk, nlh, 0, NULL);
		return;
	}
	handler = nfnl_find_handler(nlh->nlmsg_type);
	nfnl_request_init(&req, nlk, task, nlh, &extack);
	netlink_answer(&req, handler ? handler : nfnl_bad_message);
}

static void nfnl_err_add(struct list_head *errs, const struct nlmsghdr *nlh, int err,
			 const struct ng_extack *extack)
{
	struct nfnl_err *e = xzalloc(sizeof(*e));

	e->nlh = nlh;
	e->err = err;
	e->extack = *extack;
	if (extack->msg == extack->buf)
		e->extack.msg = e->extack.buf;
	list_add_tail(&e->list, errs);
}

static void nfnl_err_reset(struct list_head *errs)
{
	struct nfnl_err *e, *next;

	list_for_each_entry_safe(e, next, errs, list) {
		list_del(&e->list);
		free(e);
	}
}

static void nfnl_err_deliver(struct netlink_sock *nlk, struct list_head *errs)
{
	struct nfnl_err *e;

	list_for_each_entry(e, errs, list)
		netlink_ack(nlk, e->nlh, e->err, &e->extack);
	nfnl_err_reset(errs);
}

static const struct nlmsghdr *nfnl_msg_at(const uint8_t *data, size_t len)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)(const void *)data;

	if (len < NLMSG_HDRLEN + sizeof(struct nfgenmsg))
		return NULL;
	if (nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(struct nfgenmsg) || nlh->nlmsg_len > len)
		return NULL;
	return nlh;
}

static int nfnl_batch_msg(struct netlink_sock *nlk, struct ng_task *task,
			  const struct nlmsghdr *nlh, struct ng_extack *extack)
{
	struct nl_request req;
	nfnl_handler handler;

	memset(extack, 0, sizeof(*extack));
	if (!(nlh->nlmsg_flags & NLM_F_REQUEST) ||
	    NFNL_SUBSYS_ID(nlh->nlmsg_type) != NFNL_SUBSYS_NFTABLES)
		return -EINVAL;
	handler = nft_batch_handler(NFNL_MSG_TYPE(nlh->nlmsg_type));
	if (!handler)
		return -EINVAL;
	nfnl_request_init(&req, nlk, task, nlh, extack);
	req.dump = false;
	return handler(&req);
}

/* The messages after BATCH_BEGIN, once. Return: NFNL_BATCH_* bits. */
static unsigned int nfnl_batch_run(struct netlink_sock *nlk, struct ng_task *task,
				   const uint8_t *data, size_t len, struct list_head *errs)
{
	unsigned int status = 0;

	while (len >= NLMSG_HDRLEN) {
		const struct nlmsghdr *nlh = nfnl_msg_at(data, len);
		struct ng_extack extack;
		size_t step;
		int err;

		if (!nlh || nlh->nlmsg_type == NFNL_MSG_BATCH_BEGIN) {
			nfnl_err_reset(errs);
			return status | NFNL_BATCH_FAILURE;
		}
		if ((nlh->nlmsg_flags & NLM_F_REQUEST) && nlh->nlmsg_type == NFNL_MSG_BATCH_END)
			return status | NFNL_BATCH_DONE;
		err = nfnl_batch_msg(nlk, task, nlh, &extack);
		if (err || (nlh->nlmsg_flags & NLM_F_ACK))
			nfnl_err_add(errs, nlh, err, &extack);
		if (err)
			status |= NFNL_BATCH_FAILURE;
		step = NLMSG_ALIGN(nlh->nlmsg_len);
		if (step > len)
			step = len;
		data += step;
		len -= step;
	}
	return status;
}

/*
 * As nfnetlink_rcv_batch(). When commit finds a rule set that must not be, the batch runs a
 * second time and
 * each new rule is checked at once, so that the error names the message to blame.
 */
static void nfnl_rcv_batch(struct netlink_sock *nlk, struct ng_task *task,
			   const struct nlmsghdr *begin, const uint8_t *data, size_t len,
			   uint32_t genid)
{
	struct net *net = nlk->sk.net;
	struct list_head errs;
	unsigned int tries = 0;
	unsigned int status;

	INIT_LIST_HEAD(&errs);
	if (!nf_tables_valid_genid(net, genid)) {
		netlink_ack(nlk, begin, -ERESTART, NULL);
		return;
	}
	for (;;) {
		status = nfnl_batch_run(nlk, task, data, len, &errs);
		if (status != NFNL_BATCH_DONE) {
			nf_tables_abort(net);
			break;
		}
		if (nf_tables_commit(net) == 0)
			break;
		nf_tables_abort(net);
		if (++tries == 2)
			break;
		nfnl_err_reset(&errs);
	}
	nft_pernet(net)->validate_state = NFT_VALIDATE_SKIP;
	nfnl_err_deliver(nlk, &errs);
}

static void nfnl_rcv_batch_begin(struct netlink_sock *nlk, struct ng_task *task,
				 const uint8_t *data, size_t len)
{
	const struct nlmsghdr *nlh = nfnl_msg_at(data, len);
	const struct nlattr *tb[NFNL_BATCH_MAX + 1];
	const struct nfgenmsg *nfmsg;
	uint32_t genid = 0;
	uint16_t subsys;
	size_t step;

	if (!nlh)
		return;
	if (nlmsg_parse(nlh, sizeof(*nfmsg), tb, NFNL_BATCH_MAX) < 0) {
		netlink_ack(nlk, nlh, -EINVAL, NULL);
		return;
	}
	if (tb[NFNL_BATCH_GENID])
		genid = be32_to_cpu(nla_get_be32(tb[NFNL_BATCH_GENID]));
	nfmsg = nlmsg_data(nlh);
	subsys = be16_to_cpu(nfmsg->res_id);
	/* old nft wrote it in host order */
	if (subsys != NFNL_SUBSYS_NFTABLES && subsys != NFNL_SUBSYS_NFTABLES << 8) {
		netlink_ack(nlk, nlh, subsys >= NFNL_SUBSYS_COUNT ? -EINVAL : -EOPNOTSUPP, NULL);
		return;
	}
	step = NLMSG_ALIGN(nlh->nlmsg_len);
	if (step > len)
		step = len;
	nfnl_rcv_batch(nlk, task, nlh, data + step, len - step, genid);
}

/**
 * nfnetlink_rcv - Takes a datagram sent to NETLINK_NETFILTER
 * @nlk: socket it came from; answers go there
 * @task: who sent it, may be NULL
 * @data: the datagram
 * @len: its bytes
 */
void nfnetlink_rcv(struct netlink_sock *nlk, struct ng_task *task, const void *data, size_t len)
{
	const uint8_t *p = data;

	while (len >= NLMSG_HDRLEN) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(const void *)p;
		size_t step;

		if (nlh->nlmsg_len < NLMSG_HDRLEN || nlh->nlmsg_len > len)
			return;
		if (p == (const uint8_t *)data && nlh->nlmsg_type == NFNL_MSG_BATCH_BEGIN) {
			nfnl_rcv_batch_begin(nlk, task, p, len);
			return;
		}
		nfnl_rcv_msg(nlk, task, nlh);
		step = NLMSG_ALIGN(nlh->nlmsg_len);
		if (step > len)
			step = len;
		p += step;
		len -= step;
	}
}
