/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * genetlink.c - NETLINK_GENERIC: which families there are, and the way to them
 *
 * mirrors net/netlink/genetlink.c
 *
 * The families are nlctrl, which lists them, and ethtool.
 *
 * CONTROL
 */
#include <errno.h>
#include <string.h>

#include "ethtool/ethtool.h"
#include "netlink/genetlink.h"
#include "netlink/nlattr.h"

static int ctrl_doit(struct nl_request *req, const struct genlmsghdr *ghdr);

static const struct genl_op ctrl_ops[] = {
	{ CTRL_CMD_GETFAMILY, GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP | GENL_CMD_CAP_HASPOL },
	{ CTRL_CMD_GETPOLICY, GENL_CMD_CAP_DUMP | GENL_CMD_CAP_HASPOL },
};

static const struct genl_family genl_ctrl = {
	.id = GENL_ID_CTRL,
	.name = "nlctrl",
	.version = 2,
	.maxattr = CTRL_ATTR_OP,
	.ops = ctrl_ops,
	.nr_ops = sizeof(ctrl_ops) / sizeof(ctrl_ops[0]),
	.group = "notify",
	.group_id = GENL_ID_CTRL,
	.doit = ctrl_doit,
};

static const struct genl_family *const families[] = { &genl_ctrl, &ethtool_genl_family };

enum { NR_FAMILIES = sizeof(families) / sizeof(families[0]) };

static void fill_family(struct nl_request *req, const struct genl_family *f)
{
	struct nl_buf *b = &req->reply;
	size_t all, one;

	genl_reply_begin(req, &genl_ctrl, CTRL_CMD_NEWFAMILY);
	nla_put_string(b, CTRL_ATTR_FAMILY_NAME, f->name);
	nla_put_u16(b, CTRL_ATTR_FAMILY_ID, f->id);
	nla_put_u32(b, CTRL_ATTR_VERSION, f->version);
	nla_put_u32(b, CTRL_ATTR_HDRSIZE, 0);
	nla_put_u32(b, CTRL_ATTR_MAXATTR, f->maxattr);
	all = nla_nest_start(b, CTRL_ATTR_OPS);
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		one = nla_nest_start(b, (uint16_t)(i + 1));
		nla_put_u32(b, CTRL_ATTR_OP_ID, f->ops[i].cmd);
		nla_put_u32(b, CTRL_ATTR_OP_FLAGS, f->ops[i].flags);
		nla_nest_end(b, one);
	}
	nla_nest_end(b, all);
	if (f->group) {
		all = nla_nest_start(b, CTRL_ATTR_MCAST_GROUPS);
		one = nla_nest_start(b, 1);
		nla_put_u32(b, CTRL_ATTR_MCAST_GRP_ID, f->group_id);
		nla_put_string(b, CTRL_ATTR_MCAST_GRP_NAME, f->group);
		nla_nest_end(b, one);
		nla_nest_end(b, all);
	}
	nlmsg_end(b);
}

static const struct genl_family *by_id(uint16_t id)
{
	for (size_t i = 0; i < NR_FAMILIES; i++) {
		if (families[i]->id == id)
			return families[i];
	}
	return NULL;
}

static const struct genl_family *by_name(const char *name)
{
	for (size_t i = 0; i < NR_FAMILIES; i++) {
		if (!strcmp(families[i]->name, name))
			return families[i];
	}
	return NULL;
}

static int ctrl_doit(struct nl_request *req, const struct genlmsghdr *ghdr)
{
	static const struct nla_policy policy[CTRL_ATTR_FAMILY_NAME + 1] = {
		[CTRL_ATTR_FAMILY_ID] = { .type = NLA_U16 },
		[CTRL_ATTR_FAMILY_NAME] = { .type = NLA_NUL_STRING, .len = GENL_NAMSIZ - 1 },
	};
	const struct nlattr *tb[CTRL_ATTR_FAMILY_NAME + 1];
	const struct genl_family *f = NULL;
	char name[GENL_NAMSIZ];
	int err;

	if (ghdr->cmd != CTRL_CMD_GETFAMILY)
		return -EOPNOTSUPP;
	if (req->dump) {
		for (size_t i = 0; i < NR_FAMILIES; i++)
			fill_family(req, families[i]);
		return 0;
	}
	err = nlmsg_parse_deprecated(req->nlh, GENL_HDRLEN, tb, CTRL_ATTR_FAMILY_NAME, policy,
				     req->extack);
	if (err)
		return err;
	if (!tb[CTRL_ATTR_FAMILY_ID] && !tb[CTRL_ATTR_FAMILY_NAME])
		return -EINVAL;
	if (tb[CTRL_ATTR_FAMILY_ID])
		f = by_id(nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]));
	if (tb[CTRL_ATTR_FAMILY_NAME]) {
		nla_strscpy(name, tb[CTRL_ATTR_FAMILY_NAME], sizeof(name));
		f = by_name(name);
	}
	if (!f)
		return -ENOENT;
	fill_family(req, f);
	return 0;
}

static int genl_rcv_msg(struct nl_request *req)
{
	const struct genl_family *f = by_id(req->nlh->nlmsg_type);
	const struct genlmsghdr *ghdr = NLMSG_DATA(req->nlh);

	if (!f)
		return -ENOENT;
	if (req->nlh->nlmsg_len < NLMSG_LENGTH(GENL_HDRLEN))
		return -EINVAL;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		if (f->ops[i].cmd == ghdr->cmd)
			return f->doit(req, ghdr);
	}
	return -EOPNOTSUPP;
}

/**
 * genl_rcv() - One message to NETLINK_GENERIC
 * @req: filled but for what netlink_answer() fills
 */
void genl_rcv(struct nl_request *req)
{
	netlink_answer(req, genl_rcv_msg);
}
