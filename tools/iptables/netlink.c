/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink.c - talking to nfnetlink: one request, its answers
 *
 * CONTROL.
 */
#include "nft.h"

#include <errno.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <sys/socket.h>

#define RCVBUF 32768

static int open_socket(struct ng_task *task)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };
	int fd = ng_sys_socket(task, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);

	if (fd >= 0 && ng_sys_bind(task, fd, &sa, sizeof(sa)) < 0) {
		ng_sys_close(task, fd);
		return -1;
	}
	return fd;
}

/**
 * nft_msg() - Starts a message
 * @h: the handle
 * @b: where
 * @type: NFT_MSG_
 * @flags: NLM_F_ beside REQUEST
 * @family: AF_
 *
 * Return: its nfgenmsg.
 */
void *nft_msg(struct nft_handle *h, struct nl_buf *b, uint16_t type, uint16_t flags, uint8_t family)
{
	struct nfgenmsg *nfg =
		nlmsg_put(b, 0, h->seq++, (uint16_t)((NFNL_SUBSYS_NFTABLES << 8) | type),
			  (uint16_t)(NLM_F_REQUEST | flags), sizeof(*nfg));

	nfg->nfgen_family = family;
	return nfg;
}

static int send_all(struct ng_task *task, int fd, const struct nl_buf *b)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };

	return (int)ng_sys_sendto(task, fd, b->data, b->len, 0, &sa, sizeof(sa));
}

/**
 * nft_talk() - Sends one request and hears its answers out
 * @h: the handle
 * @req: the request; not freed
 * @fn: called for each message that is an answer, NULL: none
 * @arg: for @fn
 *
 * Return: 0 or -errno.
 */
int nft_talk(struct nft_handle *h, const struct nl_buf *req, nft_msg_fn fn, void *arg)
{
	const struct nlmsghdr *q = (const struct nlmsghdr *)(const void *)req->data;
	uint8_t *buf = ng_task_alloc(h->x->task, RCVBUF);
	bool more = q->nlmsg_flags & (NLM_F_ACK | NLM_F_DUMP);
	int ret = send_all(h->x->task, h->fd, req);

	if (ret < 0)
		return ret;
	do {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)buf;
		ssize_t n = ng_sys_recvfrom(h->x->task, h->fd, buf, RCVBUF, 0, NULL, NULL);
		size_t left = n > 0 ? (size_t)n : 0;

		if (n < 0)
			return (int)n;
		for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
			if (nlh->nlmsg_seq != q->nlmsg_seq)
				continue;
			if (nlh->nlmsg_type == NLMSG_DONE)
				return 0;
			if (nlh->nlmsg_type == NLMSG_ERROR)
				return *(const int *)NLMSG_DATA(nlh);
			if (fn)
				fn(h, nlh, arg);
		}
	} while (more);
	return 0;
}

/**
 * nft_compat_get() - Whether the kernel knows a match or target
 * @x: the program
 * @name: its kernel name
 * @rev: the revision
 * @target: a target, else a match
 *
 * Return: 0, or -errno.
 */
int nft_compat_get(struct ipt *x, const char *name, unsigned int rev, bool target)
{
	struct nl_buf b = { 0 };
	struct nfgenmsg *nfg;
	uint8_t buf[1024];
	int fd = open_socket(x->task);
	ssize_t n;
	int ret = 0;

	if (fd < 0)
		return -EPERM;
	nfg = nlmsg_put(&b, 0, (uint32_t)(ng_sys_clock_realtime(x->task) / NSEC_PER_SEC),
			(NFNL_SUBSYS_NFT_COMPAT << 8) | NFNL_MSG_COMPAT_GET,
			NLM_F_REQUEST | NLM_F_ACK, sizeof(*nfg));
	nfg->nfgen_family = AF_INET;
	nla_put_string(&b, NFTA_COMPAT_NAME, name);
	nla_put_be32(&b, NFTA_COMPAT_REV, cpu_to_be32(rev));
	nla_put_be32(&b, NFTA_COMPAT_TYPE, cpu_to_be32(target));
	nlmsg_end(&b);
	ret = send_all(x->task, fd, &b);
	nl_buf_fini(&b);
	if (ret >= 0) {
		n = ng_sys_recvfrom(x->task, fd, buf, sizeof(buf), 0, NULL, NULL);
		ret = n < 0 ? (int)n : 0;
		if (n >= (ssize_t)NLMSG_LENGTH(sizeof(int)) &&
		    ((const struct nlmsghdr *)(void *)buf)->nlmsg_type == NLMSG_ERROR)
			ret = *(const int *)(const void *)(buf + NLMSG_HDRLEN);
	}
	ng_sys_close(x->task, fd);
	return ret;
}

static void free_batch(void *arg)
{
	struct nft_handle *h = arg;

	nl_buf_fini(&h->batch);
}

/**
 * nft_open() - Opens the handle
 * @x: the program
 *
 * Return: the handle; does not return when there is no nfnetlink.
 */
struct nft_handle *nft_open(struct ipt *x)
{
	struct nft_handle *h = ng_task_alloc(x->task, sizeof(*h));
	unsigned int i;

	h->x = x;
	h->seq = (uint32_t)(ng_sys_clock_realtime(x->task) / NSEC_PER_SEC);
	h->fd = open_socket(x->task);
	if (h->fd < 0) {
		ng_printf(x->err, "%s/%s Failed to initialize nft: %s\n", x->prog, IPT_VERSION,
			  "Protocol not supported");
		xt_exit(x, 1);
	}
	for (i = 0; i < NFT_TABLES; i++)
		h->tables[i].builtin = &nft_builtin_tables[i];
	h->cmd_tail = &h->cmds;
	h->obj_tail = &h->objs;
	h->want_table = -2;
	ng_task_defer(x->task, free_batch, h);
	return h;
}

static void on_gen(struct nft_handle *h, const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *tb[NFTA_GEN_MAX + 1];

	(void)h;
	if (nlmsg_parse(nlh, sizeof(struct nfgenmsg), tb, NFTA_GEN_MAX) == 0 && tb[NFTA_GEN_ID])
		*(uint32_t *)arg = be32_to_cpu(nla_get_be32(tb[NFTA_GEN_ID]));
}

/**
 * nft_genid() - The generation of the rules the kernel has
 * @h: the handle
 *
 * Return: the number.
 */
uint32_t nft_genid(struct nft_handle *h)
{
	struct nl_buf b = { 0 };
	uint32_t id = 0;
	int err;

	nft_msg(h, &b, NFT_MSG_GETGEN, 0, AF_UNSPEC);
	nlmsg_end(&b);
	err = nft_talk(h, &b, on_gen, &id);
	nl_buf_fini(&b);
	if (err < 0) {
		ng_printf(h->x->err, "%s v%s: Could not fetch rule set generation id: %s\n",
			  h->x->prog, IPT_VERSION,
			  err == -EPERM ? "Permission denied (you must be root)"
					: ng_strerror(-err));
		xt_exit(h->x, RESOURCE_PROBLEM);
	}
	return id;
}
