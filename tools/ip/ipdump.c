/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipdump.c - what save writes to standard output, and restore and showdump read
 *
 * mirrors rtnl_from_file() of iproute2's lib/libnetlink.c and what ip's objects do around it
 *
 * A file begins with a number that says of which object it is; netlink messages follow.
 */
#include "ip_common.h"

#include <errno.h>
#include <netglass/syscall.h>

#define MESSAGE_MAX 16384

/**
 * ip_dump_begin() - Begins a file on standard output
 * @c: the run
 * @magic: of which object it is
 *
 * Return: 0, or -1 on a terminal.
 */
int ip_dump_begin(struct ipr *c, uint32_t magic)
{
	if (ng_sys_isatty(c->task, 1) == 1) {
		ng_puts(c->err, "Not sending a binary stream to stdout\n");
		return -1;
	}
	ng_write(c->out, &magic, sizeof(magic));
	ng_flush(c->out);
	return 0;
}

/**
 * ip_dump_write() - Writes one message
 * @n: the message
 * @arg: the run
 *
 * Return: 0.
 */
int ip_dump_write(const struct nlmsghdr *n, void *arg)
{
	struct ipr *c = arg;

	ng_write(c->out, n, n->nlmsg_len);
	return 0;
}

/* As fread(): less than @len at the end. */
static size_t read_all(struct ipr *c, void *buf, size_t len)
{
	size_t got = 0;
	ssize_t n;

	while (got < len) {
		n = ng_sys_read(c->task, 0, (char *)buf + got, len - got);
		if (n == -EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	return got;
}

/**
 * ip_dump_check() - Reads the beginning of a file on standard input
 * @c: the run
 * @magic: of which object it must be
 * @what: "route"
 *
 * Return: 0, or -1 when it is none.
 */
int ip_dump_check(struct ipr *c, uint32_t magic, const char *what)
{
	uint32_t have = 0;
	size_t n;

	if (ng_sys_isatty(c->task, 0) == 1) {
		ng_printf(c->err, "Can't restore %s dump from a terminal\n", what);
		return -1;
	}
	n = read_all(c, &have, sizeof(have)) / sizeof(have);
	if (have == magic)
		return 0;
	ng_printf(c->err, "Magic mismatch (%d elems, %x magic)\n", (int)n, n ? have : 0);
	return -1;
}

/**
 * ip_dump_read() - Reads the messages
 * @c: the run
 * @fn: gets each of them; what is negative ends it
 * @arg: given to it
 *
 * Return: 0 at the end of the file, < 0 else.
 */
int ip_dump_read(struct ipr *c, int (*fn)(struct ipr *c, struct nlmsghdr *n, void *arg), void *arg)
{
	struct nlmsghdr *h = ng_task_alloc_buffer(c->task, MESSAGE_MAX);
	size_t got, rest, at = sizeof(uint32_t);
	int rc = 0;

	for (;;) {
		got = read_all(c, h, sizeof(*h));
		if (!got)
			break;
		at += got;
		if (got == sizeof(*h) &&
		    (h->nlmsg_len < sizeof(*h) || h->nlmsg_len > MESSAGE_MAX)) {
			ng_printf(c->err, "!!!malformed message: len=%d @%zu\n", (int)h->nlmsg_len,
				  at);
			rc = -1;
			break;
		}
		rest = h->nlmsg_len - sizeof(*h);
		got = got < sizeof(*h) ? 0 : read_all(c, nlmsg_data(h), NLMSG_ALIGN(rest));
		at += got;
		if (!got || got < rest) {
			ng_puts(c->err, "rtnl-from_file: truncated message\n");
			rc = -1;
			break;
		}
		rc = fn(c, h, arg);
		if (rc < 0)
			break;
	}
	ng_task_free(c->task, h);
	return rc;
}

/**
 * ip_restore_one() - Asks the kernel for what a message of a file says
 * @c: the run
 * @n: the message
 *
 * Return: 0, also when it is there already; -errno.
 */
int ip_restore_one(struct ipr *c, struct nlmsghdr *n)
{
	struct nl_buf b;
	int rc;

	rtnl_req(c->task, &b, n->nlmsg_type,
		 n->nlmsg_flags | NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK, 0);
	memcpy(nl_buf_put(&b, n->nlmsg_len - NLMSG_HDRLEN), nlmsg_data(n),
	       n->nlmsg_len - NLMSG_HDRLEN);
	((struct nlmsghdr *)(void *)b.data)->nlmsg_pid = n->nlmsg_pid;
	ll_init_map(c);
	rc = rtnl_talk(&c->rth, &b, NULL);
	return rc == -EEXIST ? 0 : rc;
}
