/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipaddress_restore.c - ip address restore, showdump
 *
 * mirrors iproute2's ip/ipaddress.c
 */
#include "ip_common.h"

static int restore_one(struct ipr *c, struct nlmsghdr *n, void *arg)
{
	(void)arg;
	return ip_restore_one(c, n);
}

/**
 * ipaddr_restore() - ip address restore
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int ipaddr_restore(struct ipr *c)
{
	if (ip_dump_check(c, ADDR_DUMP_MAGIC, "address"))
		ipr_exit(c, 255);
	ipr_exit(c, ip_dump_read(c, restore_one, NULL) & 0xff);
}

static int show_one(struct ipr *c, struct nlmsghdr *n, void *arg)
{
	const struct ifaddrmsg *ifa = nlmsg_data(n);
	struct ip_filter f = { .group = -1 };

	(void)arg;
	open_json_object(c, NULL);
	print_uint(c, PRINT_ANY, "index", ipr_strf(c, "if%%u:%s", c->sl), ifa->ifa_index);
	print_addrinfo(c, n, &f);
	close_json_object(c);
	return 0;
}

/**
 * ipaddr_showdump() - ip address showdump
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int ipaddr_showdump(struct ipr *c)
{
	int rc;

	if (ip_dump_check(c, ADDR_DUMP_MAGIC, "address"))
		ipr_exit(c, 255);
	new_json_obj(c);
	open_json_object(c, NULL);
	open_json_array(c, PRINT_JSON, "addr_info");
	rc = ip_dump_read(c, show_one, NULL);
	close_json_array(c, PRINT_JSON, NULL);
	close_json_object(c);
	delete_json_obj(c);
	ipr_exit(c, rc & 0xff);
}
