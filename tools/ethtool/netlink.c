/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink.c - questions to the ethtool family and their answers
 *
 * mirrors netlink/nlsock.c, netlink.c and strset.c of ethtool 6.1
 */
#include "ethtool.h"

#include "../lib/program.h"

#include <errno.h>
#include <string.h>

enum { RECV_LEN = 65536 };

static int open_socket(struct et *e)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK };
	socklen_t len = sizeof(addr);
	int one = 1, err;

	e->fd = ng_sys_socket(e->task, AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	if (e->fd < 0)
		return e->fd;
	ng_sys_setsockopt(e->task, e->fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	err = ng_sys_bind(e->task, e->fd, (struct sockaddr *)&addr, sizeof(addr));
	if (!err)
		err = ng_sys_getsockname(e->task, e->fd, (struct sockaddr *)&addr, &len);
	e->pid = addr.nl_pid;
	e->seq = 0;
	return err;
}

static void *begin(struct et *e, struct nl_buf *b, uint16_t type, uint8_t cmd)
{
	struct genlmsghdr *ghdr =
		nlmsg_put(b, 0, ++e->seq, type, NLM_F_REQUEST | NLM_F_ACK, sizeof(*ghdr));

	ghdr->cmd = cmd;
	ghdr->version = type == GENL_ID_CTRL ? 1 : ETHTOOL_GENL_VERSION;
	return ghdr;
}

/**
 * et_begin() - Begins a question about the device
 * @e: the run
 * @b: the message; its header is put in
 * @cmd: ETHTOOL_MSG_*
 * @flags: ETHTOOL_FLAG_*; 0: none are sent
 *
 * Return: the message's family header.
 */
void *et_begin(struct et *e, struct nl_buf *b, uint8_t cmd, uint32_t flags)
{
	void *ghdr = begin(e, b, e->family, cmd);
	size_t nest = nla_nest_start(b, 1 | NLA_F_NESTED);

	nla_put_string(b, ETHTOOL_A_HEADER_DEV_NAME, e->dev);
	if (flags)
		nla_put_u32(b, ETHTOOL_A_HEADER_FLAGS, flags);
	nla_nest_end(b, nest);
	return ghdr;
}

/* The kernel's sentence, and where it points; then the errno's. */
static int complain(struct et *e, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *ack = NLMSG_DATA(nlh);
	const struct nlattr *tb[NLMSGERR_ATTR_MAX + 1];
	size_t quoted = nlh->nlmsg_flags & NLM_F_CAPPED ? 0 : ack->msg.nlmsg_len - NLMSG_HDRLEN;

	if (!ack->error || (e->quiet && ack->error == -EOPNOTSUPP))
		return ack->error;
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS &&
	    !nlmsg_parse(nlh, sizeof(*ack) + quoted, tb, NLMSGERR_ATTR_MAX) &&
	    tb[NLMSGERR_ATTR_MSG]) {
		ng_printf(e->err, "netlink error: %s",
			  (const char *)nla_data(tb[NLMSGERR_ATTR_MSG]));
		if (tb[NLMSGERR_ATTR_OFFS])
			ng_printf(e->err, " (offset %u)", nla_get_u32(tb[NLMSGERR_ATTR_OFFS]));
		ng_putc(e->err, '\n');
	}
	ng_printf(e->err, "netlink error: %s\n", ng_strerror(-ack->error));
	return ack->error;
}

/**
 * et_talk() - Sends a question and waits until it is answered
 * @e: the run
 * @b: the question; freed
 * @answer: sees each answer; may be NULL
 *
 * Return: 0 or -errno, which has been printed.
 */
int et_talk(struct et *e, struct nl_buf *b, et_answer_fn answer)
{
	uint8_t *buf = ng_task_alloc(e->task, RECV_LEN);
	ssize_t n;

	nlmsg_end(b);
	n = ng_sys_sendto(e->task, e->fd, b->data, b->len, 0, NULL, 0);
	nl_buf_fini(b);
	while (n >= 0) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)buf;

		n = ng_sys_recvfrom(e->task, e->fd, buf, RECV_LEN, 0, NULL, NULL);
		for (; n > 0 && NLMSG_OK(nlh, (size_t)n); nlh = NLMSG_NEXT(nlh, n)) {
			const struct genlmsghdr *ghdr = NLMSG_DATA(nlh);

			if (nlh->nlmsg_type == NLMSG_ERROR)
				return complain(e, nlh);
			if (answer)
				answer(e, ghdr->cmd, (const uint8_t *)ghdr + GENL_HDRLEN,
				       nlh->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN));
		}
	}
	ng_printf(e->err, "netlink error: %s\n", ng_strerror((int)-n));
	return (int)n;
}

static void family_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[CTRL_ATTR_FAMILY_NAME + 1];

	(void)cmd;
	if (!nla_parse(tb, CTRL_ATTR_FAMILY_NAME, attrs, len) && tb[CTRL_ATTR_FAMILY_ID])
		e->family = nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
}

/**
 * et_open() - Opens the way to the ethtool family
 * @e: the run
 *
 * Return: 0 or a status.
 */
int et_open(struct et *e)
{
	struct nl_buf b = { 0 };

	if (open_socket(e))
		return 1;
	begin(e, &b, GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
	nla_put_string(&b, CTRL_ATTR_FAMILY_NAME, ETHTOOL_GENL_NAME);
	return et_talk(e, &b, family_answer) ? 1 : 0;
}

/**
 * et_open_second() - Opens one more socket, for a question while another is open
 * @e: the run
 *
 * Return: 0 or -errno.
 */
int et_open_second(struct et *e)
{
	return open_socket(e);
}

/**
 * et_request() - A question that is only about the device
 * @e: the run
 * @cmd: ETHTOOL_MSG_*
 * @answer: sees each answer; may be NULL
 *
 * Return: 0 or -errno.
 */
int et_request(struct et *e, uint8_t cmd, et_answer_fn answer)
{
	struct nl_buf b = { 0 };

	et_begin(e, &b, cmd, 0);
	return et_talk(e, &b, answer);
}

static const void *nested(const void *attrs, size_t *len, uint16_t type)
{
	const struct nlattr *tb[16];
	const struct nlattr *in = NULL;

	if (!nla_parse(tb, 15, attrs, *len))
		in = tb[type];
	*len = in ? nla_len(in) : 0;
	return in ? nla_data(in) : NULL;
}

static void names_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_STRINGSET_MAX + 1];
	const uint8_t *p;
	size_t left;

	(void)cmd;
	attrs = nested(attrs, &len, ETHTOOL_A_STRSET_STRINGSETS);
	attrs = nested(attrs, &len, ETHTOOL_A_STRINGSETS_STRINGSET);
	if (!attrs || nla_parse(tb, ETHTOOL_A_STRINGSET_MAX, attrs, len) ||
	    !tb[ETHTOOL_A_STRINGSET_COUNT] || !tb[ETHTOOL_A_STRINGSET_STRINGS])
		return;
	e->nr_names = nla_get_u32(tb[ETHTOOL_A_STRINGSET_COUNT]);
	e->names = ng_task_alloc(e->task, e->nr_names * sizeof(*e->names));
	memset(e->names, 0, e->nr_names * sizeof(*e->names));
	p = nla_data(tb[ETHTOOL_A_STRINGSET_STRINGS]);
	left = nla_len(tb[ETHTOOL_A_STRINGSET_STRINGS]);
	while (left >= NLA_HDRLEN && nla_ok((const struct nlattr *)(const void *)p, left)) {
		const struct nlattr *nla = (const struct nlattr *)(const void *)p;
		const struct nlattr *s[ETHTOOL_A_STRING_MAX + 1];
		size_t step = NLA_ALIGN(nla->nla_len);

		if (!nla_parse_nested(s, ETHTOOL_A_STRING_MAX, nla) && s[ETHTOOL_A_STRING_INDEX] &&
		    s[ETHTOOL_A_STRING_VALUE] &&
		    nla_get_u32(s[ETHTOOL_A_STRING_INDEX]) < e->nr_names)
			nla_strscpy(e->names[nla_get_u32(s[ETHTOOL_A_STRING_INDEX])],
				    s[ETHTOOL_A_STRING_VALUE], ETH_GSTRING_LEN);
		step = step < left ? step : left;
		p += step;
		left -= step;
	}
}

/**
 * et_feature_names() - Learns the names of features
 * @e: the run; its names are set
 *
 * Return: 0 or -errno.
 */
int et_feature_names(struct et *e)
{
	struct nl_buf b = { 0 };
	size_t nest, sets, set;

	begin(e, &b, e->family, ETHTOOL_MSG_STRSET_GET);
	nest = nla_nest_start(&b, 1 | NLA_F_NESTED);
	nla_nest_end(&b, nest);
	sets = nla_nest_start(&b, ETHTOOL_A_STRSET_STRINGSETS | NLA_F_NESTED);
	set = nla_nest_start(&b, ETHTOOL_A_STRINGSETS_STRINGSET | NLA_F_NESTED);
	nla_put_u32(&b, ETHTOOL_A_STRINGSET_ID, ETH_SS_FEATURES);
	nla_nest_end(&b, set);
	nla_nest_end(&b, sets);
	return et_talk(e, &b, names_answer);
}
