/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * genetlink.h - families that share NETLINK_GENERIC
 */
#ifndef STACK_NETLINK_GENETLINK_H
#define STACK_NETLINK_GENETLINK_H

#include <linux/genetlink.h>

#include "netlink/af_netlink.h"

struct genl_op {
	uint8_t cmd;
	uint8_t flags; /* GENL_CMD_CAP_*, GENL_*_PERM as the family's listing shows them */
};

struct genl_family {
	uint16_t id;
	const char *name;
	uint8_t version;
	uint32_t maxattr;
	const struct genl_op *ops;
	uint32_t nr_ops;
	const char *group; /* its multicast group; NULL: none */
	uint32_t group_id;
	/* an operation of the table */
	int (*doit)(struct nl_request *req, const struct genlmsghdr *ghdr);
};

void genl_rcv(struct nl_request *req);

/* Begins an answer of @family. */
static inline void genl_reply_begin(struct nl_request *req, const struct genl_family *family,
				    uint8_t cmd)
{
	struct genlmsghdr *ghdr = nl_reply_begin(req, family->id, 0, sizeof(*ghdr));

	ghdr->cmd = cmd;
	ghdr->version = family->version;
}

#endif
