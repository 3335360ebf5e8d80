/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ct_query.c - what conntrack asks the kernel: list, get, delete, count, flush
 *
 * Mirrors conntrack-tools 1.4.7, src/conntrack.c. CONTROL.
 */
#include "ct.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <stdlib.h>

#define RCVBUF 32768
#define MAX_LINE 512
#define BLOCK 4096 /* what a pipe's buffer of stdio holds */

/**
 * ct_begin() - Begins a message to ctnetlink
 * @c: the program
 * @b: where
 * @type: IPCTNL_MSG_CT_*
 * @flags: NLM_F_*, beside NLM_F_REQUEST
 * @family: AF_INET, or AF_UNSPEC
 *
 * Return: its header.
 */
struct nfgenmsg *ct_begin(struct ct *c, struct nl_buf *b, uint16_t type, uint16_t flags,
			  uint8_t family)
{
	struct nfgenmsg *nfg =
		nlmsg_put(b, 0, ++c->seq, (uint16_t)((NFNL_SUBSYS_CTNETLINK << 8) | type),
			  (uint16_t)(NLM_F_REQUEST | flags), sizeof(*nfg));

	nfg->nfgen_family = family;
	return nfg;
}

/**
 * ct_talk() - Sends a message and hears the answer
 * @c: the program
 * @b: the message; freed
 * @fn: called with each message that comes back
 *
 * Return: 0, or the kernel's error, below 0.
 */
int ct_talk(struct ct *c, struct nl_buf *b, ct_msg_fn fn)
{
	uint8_t *buf = ng_task_alloc(c->task, RCVBUF);
	bool more;
	int ret;

	nlmsg_end(b);
	more = ((const struct nlmsghdr *)(void *)b->data)->nlmsg_flags & (NLM_F_ACK | NLM_F_DUMP);
	ret = (int)ng_sys_sendto(c->task, c->fd, b->data, b->len, 0, NULL, 0);
	nl_buf_fini(b);
	if (ret < 0)
		return ret;
	do {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)buf;
		ssize_t n = ng_sys_recvfrom(c->task, c->fd, buf, RCVBUF, 0, NULL, NULL);
		size_t left = n > 0 ? (size_t)n : 0;

		if (n < 0)
			return (int)n;
		for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
			if (nlh->nlmsg_type == NLMSG_DONE)
				return 0;
			if (nlh->nlmsg_type == NLMSG_ERROR)
				return *(const int *)NLMSG_DATA(nlh);
			fn(c, nlh);
		}
	} while (more);
	return 0;
}

/**
 * ct_keep() - Keeps a flow that is asked for, to be shown later
 * @c: the program
 * @nlh: the message with it
 */
void ct_keep(struct ct *c, const struct nlmsghdr *nlh)
{
	struct ct_flow f;

	if (c->ipv6 || !ct_parse(nlh, &f) || !ct_matches(&c->f, &f))
		return;
	memcpy(nl_buf_put(&c->found, NLMSG_ALIGN(nlh->nlmsg_len)), nlh, nlh->nlmsg_len);
	c->count++;
}

/**
 * ct_dump() - Fetches the flows that are asked for
 * @c: the program
 * @type: which table
 */
void ct_dump(struct ct *c, uint16_t type)
{
	struct nl_buf b = { 0 };
	int err;

	ct_begin(c, &b, type, NLM_F_DUMP, c->ipv6 ? AF_INET6 : c->has_addr ? AF_INET : AF_UNSPEC);
	if (c->f.set & CT_MARK) {
		nla_put_be32(&b, CTA_MARK, cpu_to_be32(c->f.want.mark));
		nla_put_be32(&b, CTA_MARK_MASK, cpu_to_be32(c->f.mark_mask));
	}
	if (c->f.set & CT_STATUS) {
		nla_put_be32(&b, CTA_STATUS, cpu_to_be32(c->f.want.status));
		nla_put_be32(&b, CTA_STATUS_MASK, cpu_to_be32(c->f.status_mask));
	}
	err = ct_talk(c, &b, ct_keep);
	if (err < 0)
		ct_exit(c, ct_failed(c, err));
}

/**
 * ct_show() - Prints what was found and the line about it
 * @c: the program
 * @done: what was done with them
 *
 * Standard output is stdio's in the original: to a pipe or a
 * file its last, partly filled block comes after what is on standard error.
 */
void ct_show(struct ct *c, const char *done)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)c->found.data;
	bool tty = ng_sys_isatty(c->task, 1) > 0;
	size_t left = c->found.len;
	size_t cap = (c->count + 1) * MAX_LINE;
	char *text = ng_task_alloc(c->task, cap);
	int64_t now = ng_sys_clock_realtime(c->task);
	struct ct_flow f;
	size_t len = 0;
	size_t first;

	for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
		if (ct_parse(nlh, &f))
			len += ct_line(text + len, cap - len, &f, c->how, now);
	}
	first = tty ? len : len - len % BLOCK;
	ng_write(c->out, text, first);
	ng_printf(c->err, "conntrack %s: %u flow entries have been %s.\n", CT_VERSION, c->count,
		  done);
	ng_write(c->out, text + first, len - first);
}

static int run_list(struct ct *c)
{
	if (c->table && !strcmp(c->table, "dying"))
		ct_dump(c, IPCTNL_MSG_CT_GET_DYING);
	else if (c->table)
		ct_dump(c, IPCTNL_MSG_CT_GET_UNCONFIRMED);
	else
		ct_dump(c, c->zero ? IPCTNL_MSG_CT_GET_CTRZERO : IPCTNL_MSG_CT_GET);
	ct_show(c, "shown");
	return 0;
}

/* The state of a TCP flow goes back to the kernel as it came, in the library's order. */
static void put_protoinfo(struct nl_buf *b, const struct nlattr *nla)
{
	static const uint16_t order[] = { CTA_PROTOINFO_TCP_STATE, CTA_PROTOINFO_TCP_FLAGS_ORIGINAL,
					  CTA_PROTOINFO_TCP_FLAGS_REPLY,
					  CTA_PROTOINFO_TCP_WSCALE_ORIGINAL,
					  CTA_PROTOINFO_TCP_WSCALE_REPLY };
	const struct nlattr *tb[CTA_PROTOINFO_MAX + 1];
	const struct nlattr *tcp[CTA_PROTOINFO_TCP_MAX + 1];
	size_t nest;
	size_t in;
	size_t i;

	if (nla_parse_nested(tb, CTA_PROTOINFO_MAX, nla) || !tb[CTA_PROTOINFO_TCP] ||
	    nla_parse_nested(tcp, CTA_PROTOINFO_TCP_MAX, tb[CTA_PROTOINFO_TCP]))
		return;
	nest = nla_nest_start(b, CTA_PROTOINFO | NLA_F_NESTED);
	in = nla_nest_start(b, CTA_PROTOINFO_TCP | NLA_F_NESTED);
	for (i = 0; i < sizeof(order) / sizeof(*order); i++) {
		if (tcp[order[i]])
			nla_put(b, order[i], nla_len(tcp[order[i]]), nla_data(tcp[order[i]]));
	}
	nla_nest_end(b, in);
	nla_nest_end(b, nest);
}

static void nothing(struct ct *c, const struct nlmsghdr *nlh)
{
	(void)c;
	(void)nlh;
}

static int delete_one(struct ct *c, const struct ct_flow *f)
{
	const struct nlattr *tb[CTA_MAX + 1];
	struct nl_buf b = { 0 };

	nlmsg_parse(f->nlh, 4, tb, CTA_MAX);
	ct_begin(c, &b, IPCTNL_MSG_CT_DELETE, NLM_F_ACK, AF_INET);
	ct_put_tuple(&b, CTA_TUPLE_ORIG, &f->orig);
	ct_put_tuple(&b, CTA_TUPLE_REPLY, &f->reply);
	nla_put_be32(&b, CTA_STATUS, cpu_to_be32(f->status));
	if (f->has_timeout)
		nla_put_be32(&b, CTA_TIMEOUT, cpu_to_be32(f->timeout));
	if (f->has_mark)
		nla_put_be32(&b, CTA_MARK, cpu_to_be32(f->mark));
	if (tb[CTA_PROTOINFO])
		put_protoinfo(&b, tb[CTA_PROTOINFO]);
	if (tb[CTA_ZONE])
		nla_put_be16(&b, CTA_ZONE, cpu_to_be16(f->zone));
	return ct_talk(c, &b, nothing);
}

static int run_delete(struct ct *c)
{
	const struct nlmsghdr *nlh;
	struct ct_flow f;
	size_t left;

	ct_dump(c, IPCTNL_MSG_CT_GET);
	nlh = (const struct nlmsghdr *)(void *)c->found.data;
	for (left = c->found.len; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
		int err = ct_parse(nlh, &f) ? delete_one(c, &f) : 0;

		if (err < 0 && err != -ENOENT)
			return ct_failed(c, err);
	}
	ct_show(c, "deleted");
	return c->count == 0;
}

static int run_get(struct ct *c)
{
	struct nl_buf b = { 0 };
	int err;

	ct_begin(c, &b, IPCTNL_MSG_CT_GET, NLM_F_ACK, AF_INET);
	ct_put_tuple(&b, CTA_TUPLE_ORIG, &c->f.want.orig);
	ct_put_liberal(&b, c);
	err = ct_talk(c, &b, ct_keep);
	if (err < 0)
		return ct_failed(c, err);
	ct_show(c, "shown");
	return 0;
}

static void on_stats(struct ct *c, const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[CTA_STATS_GLOBAL_MAX + 1];

	if (nlmsg_parse(nlh, 4, tb, CTA_STATS_GLOBAL_MAX) == 0 && tb[CTA_STATS_GLOBAL_ENTRIES])
		c->count = be32_to_cpu(nla_get_be32(tb[CTA_STATS_GLOBAL_ENTRIES]));
}

static int run_count(struct ct *c)
{
	struct nl_buf b = { 0 };

	ct_begin(c, &b, IPCTNL_MSG_CT_GET_STATS, 0, AF_UNSPEC);
	ct_talk(c, &b, on_stats);
	ng_printf(c->out, "%u\n", c->count);
	return 0;
}

static int run_flush(struct ct *c)
{
	struct nl_buf b = { 0 };

	ct_begin(c, &b, IPCTNL_MSG_CT_DELETE, NLM_F_ACK, c->has_addr ? AF_INET : AF_UNSPEC);
	ct_talk(c, &b, nothing);
	ng_printf(c->err, "conntrack %s: connection tracking table has been emptied.\n",
		  CT_VERSION);
	return 0;
}

/**
 * ct_failed() - Says what the kernel refused
 * @c: the program
 * @err: its error, below 0
 *
 * Return: the exit status.
 */
int ct_failed(struct ct *c, int err)
{
	static const struct {
		int err;
		const char *cmds; /* NULL: all */
		const char *why;
	} table[] = {
		{ EINVAL, "LIUDGFCSE", "invalid parameters" },
		{ EEXIST, "I", "Such conntrack exists, try -U to update" },
		{ ENOENT, "IGD", "such conntrack doesn't exist" },
		{ ENOMEM, "IG", "not enough memory" },
		{ EAFNOSUPPORT, "G", "protocol not supported" },
		{ ETIME, "I", "conntrack has expired" },
		{ EPERM, NULL,
		  "sorry, you must be root or get CAP_NET_ADMIN capability to do this" },
	};
	const char *why = ng_strerror(-err);

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (err == -table[i].err && (!table[i].cmds || strchr(table[i].cmds, c->cmd)))
			why = table[i].why;
	}
	ng_printf(c->err, "conntrack %s: Operation failed: %s\n", CT_VERSION, why);
	return 1;
}

static void on_expect(struct ct *c, const struct nlmsghdr *nlh)
{
	(void)nlh;
	c->count++;
}

/* The table of expectations, on a socket of its own as in the original. */
static int run_expect(struct ct *c)
{
	static const struct {
		uint16_t type, flags;
	} asks[] = { ['L'] = { IPCTNL_MSG_EXP_GET, NLM_F_DUMP },
		     ['C'] = { IPCTNL_MSG_EXP_GET, NLM_F_DUMP },
		     ['F'] = { IPCTNL_MSG_EXP_DELETE, NLM_F_ACK } };
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };
	struct nl_buf b = { 0 };
	struct nfgenmsg *nfg;
	int err;

	c->fd = ng_sys_socket(c->task, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
	if (c->fd < 0 || ng_sys_bind(c->task, c->fd, &sa, sizeof(sa)) < 0)
		return 1;
	nfg = nlmsg_put(&b, 0, 0,
			(uint16_t)(NFNL_SUBSYS_CTNETLINK_EXP << 8 | asks[(int)c->cmd].type),
			(uint16_t)(NLM_F_REQUEST | asks[(int)c->cmd].flags), sizeof(*nfg));
	nfg->nfgen_family = AF_INET;
	err = ct_talk(c, &b, on_expect);
	if (err < 0)
		return ct_failed(c, err);
	if (c->cmd == 'C')
		ng_printf(c->out, "%u\n", c->count);
	else if (c->cmd == 'F')
		ng_printf(c->err, "conntrack %s: expectation table has been emptied.\n",
			  CT_VERSION);
	else
		ng_printf(c->err, "conntrack %s: %u expectations have been shown.\n", CT_VERSION,
			  c->count);
	return 0;
}

/**
 * ct_run() - The command
 * @c: the program, its words read
 *
 * Return: the exit status.
 */
int ct_run(struct ct *c)
{
	if (c->expect && c->cmd != 'S')
		return run_expect(c);
	switch (c->cmd) {
	case 'L':
		return run_list(c);
	case 'D':
		return run_delete(c);
	case 'G':
		return run_get(c);
	case 'I':
	case 'A':
		return ct_run_create(c);
	case 'U':
		return ct_run_update(c);
	case 'E':
		return ct_run_events(c);
	case 'S':
		return ct_run_stats(c);
	case 'C':
		return run_count(c);
	default:
		return run_flush(c);
	}
}
