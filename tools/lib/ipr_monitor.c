/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_monitor.c - listening to the kernel: what `ip monitor` and `bridge monitor` share
 *
 * mirrors rtnl_listen() of iproute2's lib/libnetlink.c and print_timestamp() of lib/utils.c
 */
#include "ipr.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <sys/socket.h>
#include <time.h>

#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif

/**
 * ipr_listen_open() - Opens a socket that hears groups
 * @c: the run; its socket is replaced
 * @groups: bit per group, the first is bit 0
 */
void ipr_listen_open(struct ipr *c, uint64_t groups)
{
	struct sockaddr_nl local = { .nl_family = AF_NETLINK, .nl_groups = (uint32_t)groups };

	rtnl_close(&c->rth);
	if (rtnl_open_groups(&c->rth, c->task, NETLINK_ROUTE, local.nl_groups) < 0)
		ipr_exit(c, 1);
	for (int group = 33; group <= 64; group++) {
		if (groups >> (group - 1) & 1)
			ng_sys_setsockopt(c->task, c->rth.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
					  &group, sizeof(group));
	}
}

/**
 * ipr_print_timestamp() - When something was heard, with -t or -ts
 * @c: the run
 */
void ipr_print_timestamp(struct ipr *c)
{
	int64_t ns = ng_sys_clock_realtime(c->task);
	time_t seconds = (time_t)(ns / NSEC_PER_SEC);
	long usec = (long)(ns % NSEC_PER_SEC / 1000);
	char text[64];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	if (c->timestamp_short) {
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
		ng_printf(c->out, "[%s.%06ld] ", text, usec);
	} else {
		strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm);
		ng_printf(c->out, "Timestamp: %s %ld usec\n", text, usec);
	}
}

/**
 * ipr_listen() - Hands over what the kernel says, for ever
 * @c: the run
 * @accept: gets each message; < 0 ends, IPR_LISTEN_BUFFERED does not flush
 *
 * Return: 0 or < 0.
 */
int ipr_listen(struct ipr *c, int (*accept)(struct ipr *c, const struct nlmsghdr *n))
{
	uint8_t *buf = ng_task_alloc_buffer(c->task, 16384);

	for (;;) {
		ssize_t len = ng_sys_recvfrom(c->task, c->rth.fd, buf, 16384, 0, NULL, NULL);
		const struct nlmsghdr *h = (const struct nlmsghdr *)(const void *)buf;

		if (len == -EINTR || len == -EAGAIN)
			continue;
		if (len == -ENOBUFS) {
			ng_printf(c->err, "netlink receive error %s (%d)\n", ng_strerror(ENOBUFS),
				  ENOBUFS);
			continue;
		}
		if (len <= 0)
			return -1;
		for (; NLMSG_OK(h, (size_t)len); h = NLMSG_NEXT(h, len)) {
			int rc = accept(c, h);

			if (rc != IPR_LISTEN_BUFFERED)
				ng_flush(c->out);
			if (rc < 0)
				return rc;
		}
	}
}
