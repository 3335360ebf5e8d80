/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tc_qdisc.c - tc qdisc
 *
 * mirrors tc/tc_qdisc.c of iproute2 6.1
 */
#include "tc.h"

#include "../lib/program.h"

#include <errno.h>
#include <linux/gen_stats.h>
#include <linux/if.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is(const char *word, const char *full)
{
	return *word && !strncmp(full, word, strlen(word));
}

static void device_name(struct tc *c, int ifindex, char name[IFNAMSIZ + 8])
{
	struct ifreq ifr = { .ifr_ifindex = ifindex };
	int fd = ng_sys_socket(c->task, AF_INET, SOCK_DGRAM, 0);

	snprintf(name, IFNAMSIZ + 8, "if%d", ifindex);
	if (!ng_sys_ioctl(c->task, fd, SIOCGIFNAME, &ifr))
		snprintf(name, IFNAMSIZ + 8, "%s", ifr.ifr_name);
	ng_sys_close(c->task, fd);
}

static void print_stats(struct tc *c, const struct nlattr *nla)
{
	const struct nlattr *tb[TCA_STATS_MAX + 1];
	struct gnet_stats_basic basic = { 0 };
	struct gnet_stats_queue queue = { 0 };

	if (!nla)
		return;
	nla_parse_nested(tb, TCA_STATS_MAX, nla);
	if (tb[TCA_STATS_BASIC])
		memcpy(&basic, nla_data(tb[TCA_STATS_BASIC]),
		       nla_len(tb[TCA_STATS_BASIC]) < sizeof(basic) ? nla_len(tb[TCA_STATS_BASIC])
								    : sizeof(basic));
	if (tb[TCA_STATS_QUEUE])
		memcpy(&queue, nla_data(tb[TCA_STATS_QUEUE]),
		       nla_len(tb[TCA_STATS_QUEUE]) < sizeof(queue) ? nla_len(tb[TCA_STATS_QUEUE])
								    : sizeof(queue));
	ng_printf(c->out, " Sent %llu bytes %u pkt (dropped %u, overlimits %u requeues %u) \n",
		  (unsigned long long)basic.bytes, basic.packets, queue.drops, queue.overlimits,
		  queue.requeues);
	ng_printf(c->out, " backlog %ub %up requeues %u\n", queue.backlog, queue.qlen,
		  queue.requeues);
}

static int print_qdisc(const struct nlmsghdr *n, void *arg)
{
	const struct tcmsg *t = nlmsg_data(n);
	const struct nlattr *tb[TCA_MAX + 1];
	struct tc *c = arg;
	char name[IFNAMSIZ + 8];
	const char *kind;

	if (nlmsg_parse(n, sizeof(*t), tb, TCA_MAX) || !tb[TCA_KIND])
		return -1;
	if (c->filter_ifindex && c->filter_ifindex != t->tcm_ifindex)
		return 0;
	kind = nla_data(tb[TCA_KIND]);
	ng_printf(c->out, "qdisc %s %x: ", kind, t->tcm_handle >> 16);
	if (!c->filter_ifindex) {
		device_name(c, t->tcm_ifindex, name);
		ng_printf(c->out, "dev %s ", name);
	}
	ng_puts(c->out, "root ");
	if (t->tcm_info != 1)
		ng_printf(c->out, "refcnt %u ", t->tcm_info);
	if (!strcmp(kind, "netem"))
		tc_netem_print(c, tb[TCA_OPTIONS]);
	ng_putc(c->out, '\n');
	if (c->stats)
		print_stats(c, tb[TCA_STATS2]);
	return 0;
}

static int list(struct tc *c)
{
	struct nl_buf b = { 0 };
	struct tcmsg *t;
	int ifindex = 0;

	while (c->argc > 0) {
		const char *word = tc_next(c);

		if (!strcmp(word, "dev")) {
			ifindex = tc_device(c, tc_next(c));
		} else if (is(word, "help")) {
			ng_puts(c->err, tc_qdisc_usage_text);
			return 255;
		} else if (strcmp(word, "root") && strcmp(word, "invisible")) {
			ng_printf(c->err, "What is \"%s\"? Try \"tc qdisc help\".\n", word);
			return 255;
		}
	}
	t = rtnl_req(c->task, &b, RTM_GETQDISC, NLM_F_REQUEST | NLM_F_DUMP, sizeof(*t));
	t->tcm_ifindex = ifindex;
	c->filter_ifindex = ifindex;
	if (rtnl_dump_request(&c->rth, &b) < 0)
		return 1;
	return rtnl_dump_filter(&c->rth, print_qdisc, c) < 0 ? 1 : 0;
}

static uint32_t parse_handle(struct tc *c, const char *word)
{
	char *end;
	unsigned long v = strtoul(word, &end, 16);

	if (end == word || v > 0xffff || (*end == ':' ? end[1] : *end)) {
		ng_printf(c->err, "Error: argument \"%s\" is wrong: invalid qdisc ID\n", word);
		tc_exit(c, 255);
	}
	return (uint32_t)v << 16;
}

/* "... KIND OPTIONS": the rest of the line */
static int parse_kind(struct tc *c, const char *kind, struct nl_buf *b)
{
	nla_put(b, TCA_KIND, strlen(kind) + 1, kind);
	if (!strcmp(kind, "netem"))
		return tc_netem_parse(c, b);
	if (strcmp(kind, "noqueue"))
		return ng_not_modelled(c->task, "tc qdisc %s", kind);
	if (c->argc > 0) {
		ng_printf(c->err, "Unknown qdisc \"noqueue\", hence option \"%s\" is unparsable\n",
			  *c->argv);
		return 1;
	}
	return 0;
}

static int modify(struct tc *c, int cmd, uint16_t flags)
{
	const char *dev = NULL, *kind = NULL;
	uint32_t parent = 0, handle = 0;
	struct nl_buf b = { 0 }, opt = { 0 };
	struct tcmsg *t;
	int ifindex, rc = 0;

	rtnl_req(c->task, &opt, 0, 0, sizeof(*t));
	while (c->argc > 0 && !kind) {
		const char *word = tc_next(c);

		if (!strcmp(word, "dev")) {
			dev = tc_next(c);
		} else if (!strcmp(word, "root")) {
			parent = TC_H_ROOT;
		} else if (!strcmp(word, "handle")) {
			handle = parse_handle(c, tc_next(c));
		} else if (!strcmp(word, "help")) {
			ng_puts(c->err, tc_qdisc_usage_text);
			return 255;
		} else if (!strcmp(word, "parent") || !strcmp(word, "ingress") ||
			   !strcmp(word, "clsact") || !strcmp(word, "stab") ||
			   !strcmp(word, "estimator")) {
			return ng_not_modelled(c->task, "tc qdisc ... %s", word);
		} else {
			kind = word;
			rc = parse_kind(c, kind, &opt);
			if (rc)
				return rc;
		}
	}
	ifindex = dev ? tc_device(c, dev) : 0;
	t = rtnl_req(c->task, &b, (uint16_t)cmd, NLM_F_REQUEST | flags, sizeof(*t));
	t->tcm_parent = parent;
	t->tcm_handle = handle;
	t->tcm_ifindex = ifindex;
	if (opt.len > NLMSG_LENGTH(sizeof(*t)))
		memcpy(nl_buf_put(&b, opt.len - NLMSG_LENGTH(sizeof(*t))),
		       opt.data + NLMSG_LENGTH(sizeof(*t)), opt.len - NLMSG_LENGTH(sizeof(*t)));
	return rtnl_talk(&c->rth, &b, NULL) < 0 ? 2 : 0;
}

/**
 * tc_do_qdisc() - tc qdisc ...
 * @c: the run; the cursor is behind "qdisc"
 *
 * Return: the exit status.
 */
int tc_do_qdisc(struct tc *c)
{
	const char *word;

	if (c->argc <= 0)
		return list(c);
	word = tc_next(c);
	if (is(word, "add"))
		return modify(c, RTM_NEWQDISC, NLM_F_EXCL | NLM_F_CREATE);
	if (is(word, "change"))
		return modify(c, RTM_NEWQDISC, 0);
	if (is(word, "replace"))
		return modify(c, RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE);
	if (is(word, "delete"))
		return modify(c, RTM_DELQDISC, 0);
	if (is(word, "list") || is(word, "show") || !strcmp(word, "lst"))
		return list(c);
	if (is(word, "help")) {
		ng_puts(c->err, tc_qdisc_usage_text);
		return 0;
	}
	ng_printf(c->err, "Command \"%s\" is unknown, try \"tc qdisc help\".\n", word);
	return 255;
}
