/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iproute_restore.c - ip route restore, showdump
 *
 * mirrors iproute2's ip/iproute.c
 */
#include "ip_common.h"

#include <netglass/syscall.h>
#include <unistd.h>

/* In which of three rounds a route is restored: 0 own addresses, 1 own networks, 2 the others. */
static int round_of(const struct nlattr *const *tb)
{
	const struct nlattr *src = tb[RTA_PREFSRC], *dst = tb[RTA_DST];

	if (tb[RTA_GATEWAY])
		return 2;
	if (!src)
		return 0;
	return dst && nla_len(src) == nla_len(dst) &&
			       !memcmp(nla_data(src), nla_data(dst), nla_len(src))
		       ? 0
		       : 1;
}

static int restore_one(struct ipr *c, struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[RTA_MAX + 1];

	if (nlmsg_parse(n, sizeof(struct rtmsg), tb, RTA_MAX) < 0 || round_of(tb) != *(int *)arg)
		return 0;
	return ip_restore_one(c, n);
}

/**
 * iproute_restore() - ip route restore
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int iproute_restore(struct ipr *c)
{
	int64_t pos;

	if (ip_dump_check(c, ROUTE_DUMP_MAGIC, "route"))
		return -1;
	pos = ng_sys_lseek(c->task, 0, 0, SEEK_CUR);
	if (pos < 0) {
		ng_printf(c->err, "Failed to restore: ftell: %s\n", ng_strerror((int)-pos));
		return -1;
	}
	for (int round = 0; round < 3; round++) {
		if (ip_dump_read(c, restore_one, &round) < 0)
			return -2;
		ng_sys_lseek(c->task, 0, pos, SEEK_SET);
	}
	return 0;
}

static int show_one(struct ipr *c, struct nlmsghdr *n, void *arg)
{
	(void)arg;
	return print_route(c, n);
}

/**
 * iproute_showdump() - ip route showdump
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int iproute_showdump(struct ipr *c)
{
	struct route_filter f = { .tb = 0 };

	if (ip_dump_check(c, ROUTE_DUMP_MAGIC, "route"))
		return -1;
	c->filter = &f;
	return ip_dump_read(c, show_one, NULL) < 0 ? -2 : 0;
}
