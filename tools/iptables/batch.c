/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * batch.c - the transaction: its messages, sending it, what the kernel refused
 *
 * Mirrors iptables/nft.c (nft_action, mnl_batch_talk). CONTROL.
 */
#include "nft.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/uio.h>

static void batch_mark(struct nft_handle *h, uint16_t type, bool with_gen)
{
	struct nfgenmsg *nfg = nlmsg_put(&h->batch, 0, h->seq++, type, NLM_F_REQUEST, sizeof(*nfg));

	nfg->nfgen_family = AF_UNSPEC;
	nfg->res_id = cpu_to_be16(NFNL_SUBSYS_NFTABLES);
	if (with_gen)
		nla_put_be32(&h->batch, NFNL_BATCH_GENID, cpu_to_be32(h->genid));
	nlmsg_end(&h->batch);
}

/* Starts a message of the batch and remembers what it is about. */
static void begin(struct nft_handle *h, uint16_t type, uint16_t flags, const char *what)
{
	struct nft_obj *o = ng_task_alloc(h->x->task, sizeof(*o));

	if (h->batch.len == 0)
		batch_mark(h, NFNL_MSG_BATCH_BEGIN, true);
	o->seq = h->seq;
	o->what = what;
	o->line = h->cmd_line;
	*h->obj_tail = o;
	h->obj_tail = &o->next;
	nft_msg(h, &h->batch, type, flags, AF_INET);
}

static void about(struct nft_handle *h, const char *kind, const char *name)
{
	struct nft_obj *o =
		(struct nft_obj *)(void *)((char *)h->obj_tail - offsetof(struct nft_obj, next));

	o->kind = kind;
	o->name = ng_task_strdup(h->x->task, name);
}

/**
 * nft_batch_table() - Adds a message about a table
 * @h: the handle
 * @type: NFT_MSG_NEWTABLE or NFT_MSG_DELTABLE
 * @flags: NLM_F_
 * @table: its name
 */
void nft_batch_table(struct nft_handle *h, uint16_t type, uint16_t flags, const char *table)
{
	begin(h, type, flags, type == NFT_MSG_NEWTABLE ? "TABLE_ADD" : "TABLE_FLUSH");
	about(h, "table", table);
	nla_put_string(&h->batch, NFTA_TABLE_NAME, table);
	nlmsg_end(&h->batch);
	nft_debug_table(h, table);
}

static void put_be64(struct nl_buf *b, uint16_t type, uint64_t v)
{
	nla_put_be64(b, type, cpu_to_be64(v));
}

/**
 * nft_batch_chain() - Adds a message about a chain
 * @h: the handle
 * @what: its name when it fails
 * @type: NFT_MSG_NEWCHAIN or NFT_MSG_DELCHAIN
 * @flags: NLM_F_
 * @table: its table
 * @c: the chain: what is set in it is sent
 */
void nft_batch_chain(struct nft_handle *h, const char *what, uint16_t type, uint16_t flags,
		     const char *table, const struct nft_chain *c)
{
	struct nl_buf *b = &h->batch;
	size_t nest;

	begin(h, type, flags, what);
	about(h, "chain", c->name);
	nla_put_string(b, NFTA_CHAIN_TABLE, table);
	nla_put_string(b, NFTA_CHAIN_NAME, c->name);
	if (c->has_hook) {
		nest = nla_nest_start(b, NFTA_CHAIN_HOOK | NLA_F_NESTED);
		nla_put_be32(b, NFTA_HOOK_HOOKNUM, cpu_to_be32(c->hook));
		nla_put_be32(b, NFTA_HOOK_PRIORITY, cpu_to_be32((uint32_t)c->prio));
		nla_nest_end(b, nest);
	}
	if (c->has_policy)
		nla_put_be32(b, NFTA_CHAIN_POLICY, cpu_to_be32(c->policy));
	if (c->has_use)
		nla_put_be32(b, NFTA_CHAIN_USE, cpu_to_be32(c->use));
	if (c->has_counters) {
		nest = nla_nest_start(b, NFTA_CHAIN_COUNTERS | NLA_F_NESTED);
		put_be64(b, NFTA_COUNTER_PACKETS, c->cnt[0]);
		put_be64(b, NFTA_COUNTER_BYTES, c->cnt[1]);
		nla_nest_end(b, nest);
	}
	if (c->has_handle)
		put_be64(b, NFTA_CHAIN_HANDLE, c->handle);
	if (c->type[0])
		nla_put_string(b, NFTA_CHAIN_TYPE, c->type);
	if (c->has_flags)
		nla_put_be32(b, NFTA_CHAIN_FLAGS, cpu_to_be32(c->flags));
	nlmsg_end(b);
	nft_debug_chain(h, table, c);
}

static uint16_t rule_type(const char *what, uint16_t *ret_flags)
{
	if (!strcmp(what, "RULE_APPEND")) {
		*ret_flags = NLM_F_CREATE | NLM_F_APPEND;
		return NFT_MSG_NEWRULE;
	}
	if (!strcmp(what, "RULE_INSERT")) {
		*ret_flags = NLM_F_CREATE;
		return NFT_MSG_NEWRULE;
	}
	if (!strcmp(what, "RULE_REPLACE")) {
		*ret_flags = NLM_F_CREATE | NLM_F_REPLACE;
		return NFT_MSG_NEWRULE;
	}
	*ret_flags = 0;
	return NFT_MSG_DELRULE;
}

/**
 * nft_batch_rule() - Adds a message about a rule
 * @h: the handle
 * @what: RULE_APPEND, RULE_INSERT, RULE_REPLACE, RULE_DELETE or RULE_FLUSH
 * @table: its table
 * @chain: its chain; NULL: all chains
 * @r: the rule; NULL: all rules
 */
void nft_batch_rule(struct nft_handle *h, const char *what, const char *table, const char *chain,
		    const struct nft_rule *r)
{
	uint16_t flags;
	uint16_t type = rule_type(what, &flags);

	begin(h, type, flags, what);
	about(h, "rule in chain", chain ? chain : "(null)");
	nla_put_string(&h->batch, NFTA_RULE_TABLE, table);
	if (chain)
		nla_put_string(&h->batch, NFTA_RULE_CHAIN, chain);
	if (r)
		nft_put_rule(&h->batch, r);
	nlmsg_end(&h->batch);
	nft_debug_rule(h, table, chain, r);
}

/**
 * nft_batch_drop() - Throws the transaction away
 * @h: the handle
 */
void nft_batch_drop(struct nft_handle *h)
{
	h->batch.len = 0;
	h->notes = NULL;
	h->objs = NULL;
	h->obj_tail = &h->objs;
}

/* Reads the kernel's complaints. Returns -ERESTART when the rules changed meanwhile. */
static int hear(struct nft_handle *h)
{
	uint8_t *buf = ng_task_alloc(h->x->task, 32768);
	struct pollfd p = { .fd = h->fd, .events = POLLIN };
	int ret = 0;

	while (ng_sys_poll(h->x->task, &p, 1, 0) > 0) {
		ssize_t n = ng_sys_recvfrom(h->x->task, h->fd, buf, 32768, 0, NULL, NULL);
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)buf;
		size_t left = n > 0 ? (size_t)n : 0;
		struct nft_obj *o;

		if (n < 0)
			return (int)n;
		for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
			int err =
				nlh->nlmsg_type == NLMSG_ERROR ? *(const int *)NLMSG_DATA(nlh) : 0;

			if (err == -ERESTART)
				ret = -ERESTART;
			for (o = h->objs; o && err; o = o->next) {
				if (o->seq == nlh->nlmsg_seq && !o->err)
					o->err = -err;
			}
		}
	}
	return ret;
}

/* What went wrong, one piece per message; the first alone outside a restore file. */
static void complain(struct nft_handle *h)
{
	struct ng_out *err = h->x->err;
	const struct nft_obj *o;
	bool first = true;

	for (o = h->objs; o; o = o->next) {
		if (!o->err)
			continue;
		if (first)
			ng_printf(err, "%s v%s: ", h->x->prog, IPT_VERSION);
		first = false;
		if (o->line)
			ng_printf(err, "\nline %u: %s failed (%s)", o->line, o->what,
				  ng_strerror(o->err));
		else
			ng_printf(err, " %s failed (%s)", o->what, ng_strerror(o->err));
		ng_printf(err, ": %s %s", o->kind, o->name);
		if (!o->line)
			break;
	}
	if (first)
		return;
	ng_putc(err, '\n');
	xt_exit(h->x, RESOURCE_PROBLEM);
}

/**
 * nft_batch_send() - Sends the transaction
 * @h: the handle
 *
 * Does not return when the kernel refuses a message of it.
 *
 * Return: 0, or -ERESTART when the cache is out of date.
 */
int nft_batch_send(struct nft_handle *h)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };
	struct iovec iov;
	struct msghdr msg = {
		.msg_name = &sa, .msg_namelen = sizeof(sa), .msg_iov = &iov, .msg_iovlen = 1
	};
	int size;
	int ret;

	if (h->batch.len == 0)
		batch_mark(h, NFNL_MSG_BATCH_BEGIN, true);
	batch_mark(h, NFNL_MSG_BATCH_END, false);
	nft_debug_flush(h);
	size = (int)h->batch.len;
	ng_sys_setsockopt(h->x->task, h->fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size));
	size = 1 << 20;
	ng_sys_setsockopt(h->x->task, h->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	iov.iov_base = h->batch.data;
	iov.iov_len = h->batch.len;
	ret = (int)ng_sys_sendmsg(h->x->task, h->fd, &msg, 0);
	if (ret < 0)
		xt_error(h->x, RESOURCE_PROBLEM, "sendmsg() failed: %s", ng_strerror(-ret));
	ret = hear(h);
	if (ret == 0)
		complain(h);
	nft_batch_drop(h);
	return ret;
}
