/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ct_event.c - conntrack -E: what happens to flows, as it happens; conntrack -S: how often what happened
 *
 * Mirrors conntrack-tools 1.4.7, src/conntrack.c (event_cb, nfct_stats_cb). CONTROL.
 */
#include "ct.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter/nfnetlink.h>
#include <signal.h>
#include <stdio.h>

#define RCVBUF 32768
#define MAX_LINE 512

static const uint32_t groups[] = { NFNLGRP_CONNTRACK_NEW, NFNLGRP_CONNTRACK_UPDATE,
				   NFNLGRP_CONNTRACK_DESTROY };

/* The name of the program a port belongs to, while it lives: ports are process numbers first. */
static bool program_of(struct ct *c, uint32_t portid, char *buf, size_t cap)
{
	char path[32];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%u/comm", portid);
	fd = ng_sys_open(c->task, path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0)
		return false;
	n = ng_sys_read(c->task, fd, buf, cap - 1);
	ng_sys_close(c->task, fd);
	buf[n > 0 ? n : 0] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return n > 0;
}

static void on_event(struct ct *c, const struct nlmsghdr *nlh)
{
	bool destroy = (nlh->nlmsg_type & 0xff) == IPCTNL_MSG_CT_DELETE;
	char text[MAX_LINE], name[32];
	struct ct_flow f;
	int64_t now;

	if (c->ipv6 || !ct_parse(nlh, &f) || !ct_matches(&c->f, &f))
		return;
	now = ng_sys_clock_realtime(c->task);
	if (c->how & CT_SHOW_TIME)
		ng_printf(c->out, "[%-8lld.%-6lld]\t", (long long)(now / NSEC_PER_SEC),
			  (long long)(now % NSEC_PER_SEC / 1000));
	ng_puts(c->out, destroy						   ? "[DESTROY] "
			: (nlh->nlmsg_flags & (NLM_F_CREATE | NLM_F_EXCL)) ? "    [NEW] "
									   : " [UPDATE] ");
	ct_line(text, sizeof(text), &f, c->how, now);
	text[strcspn(text, "\n")] = '\0';
	ng_puts(c->out, text);
	if (nlh->nlmsg_pid) {
		ng_printf(c->out, " [USERSPACE] portid=%u", nlh->nlmsg_pid);
		if (program_of(c, nlh->nlmsg_pid, name, sizeof(name)))
			ng_printf(c->out, " progname=%s", name);
	}
	ng_putc(c->out, '\n');
	ng_flush(c->out);
	c->count++;
}

/**
 * ct_run_events() - conntrack -E: until a signal comes
 * @c: the program
 *
 * Return: the exit status.
 */
int ct_run_events(struct ct *c)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };
	uint8_t *buf = ng_task_alloc(c->task, RCVBUF);
	unsigned int i;
	int fd;

	for (i = 0; i < 3; i++) {
		if (!c->events || (c->events & 1u << i))
			sa.nl_groups |= 1u << (groups[i] - 1);
	}
	fd = ng_sys_socket(c->task, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
	if (fd < 0 || ng_sys_bind(c->task, fd, &sa, sizeof(sa)) < 0)
		return 1;
	ng_sys_sigaction(c->task, SIGINT, 1);
	ng_sys_sigaction(c->task, SIGTERM, 1);
	for (;;) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)buf;
		ssize_t n = ng_sys_recvfrom(c->task, fd, buf, RCVBUF, 0, NULL, NULL);
		size_t left = n > 0 ? (size_t)n : 0;

		if (n == -EINTR)
			break;
		if (n < 0 && n != -ENOBUFS)
			return ct_failed(c, (int)n);
		for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left))
			on_event(c, nlh);
	}
	ng_flush(c->out);
	ng_printf(c->err, "conntrack %s: %u flow events have been shown.\n", CT_VERSION, c->count);
	return 0;
}

struct row {
	uint16_t attr;
	const char *name;
};

/* A line for a CPU: each counter that was told. */
static void put_cpu(struct ct *c, const struct nlmsghdr *nlh, const struct row *rows)
{
	const struct nfgenmsg *nfg = NLMSG_DATA(nlh);
	const struct nlattr *tb[CTA_STATS_MAX + 1];

	if (nlmsg_parse(nlh, sizeof(*nfg), tb, CTA_STATS_MAX))
		return;
	ng_printf(c->out, "cpu=%-4u\t", be16_to_cpu(nfg->res_id));
	for (; rows->name; rows++) {
		if (tb[rows->attr])
			ng_printf(c->out, "%s=%u ", rows->name,
				  be32_to_cpu(nla_get_be32(tb[rows->attr])));
	}
	ng_putc(c->out, '\n');
}

static void on_cpu(struct ct *c, const struct nlmsghdr *nlh)
{
	static const struct row rows[] = { { CTA_STATS_FOUND, "found" },
					   { CTA_STATS_INVALID, "invalid" },
					   { CTA_STATS_INSERT, "insert" },
					   { CTA_STATS_INSERT_FAILED, "insert_failed" },
					   { CTA_STATS_DROP, "drop" },
					   { CTA_STATS_EARLY_DROP, "early_drop" },
					   { CTA_STATS_ERROR, "error" },
					   { CTA_STATS_SEARCH_RESTART, "search_restart" },
					   { CTA_STATS_CLASH_RESOLVE, "clash_resolve" },
					   { CTA_STATS_CHAIN_TOOLONG, "chaintoolong" },
					   { 0, NULL } };

	put_cpu(c, nlh, rows);
}

static void on_expect_cpu(struct ct *c, const struct nlmsghdr *nlh)
{
	static const struct row rows[] = { { CTA_STATS_EXP_NEW, "expect_new" },
					   { CTA_STATS_EXP_CREATE, "expect_create" },
					   { CTA_STATS_EXP_DELETE, "expect_delete" },
					   { 0, NULL } };

	put_cpu(c, nlh, rows);
}

/**
 * ct_run_stats() - conntrack -S
 * @c: the program
 *
 * Return: the exit status.
 */
int ct_run_stats(struct ct *c)
{
	struct nl_buf b = { 0 };

	if (c->expect) {
		nlmsg_put(&b, 0, ++c->seq,
			  NFNL_SUBSYS_CTNETLINK_EXP << 8 | IPCTNL_MSG_EXP_GET_STATS_CPU,
			  NLM_F_REQUEST | NLM_F_DUMP, sizeof(struct nfgenmsg));
		ct_talk(c, &b, on_expect_cpu);
		return 0;
	}
	ct_begin(c, &b, IPCTNL_MSG_CT_GET_STATS_CPU, NLM_F_DUMP, AF_UNSPEC);
	ct_talk(c, &b, on_cpu);
	return 0;
}
