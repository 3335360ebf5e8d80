/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libipt_REJECT.c - -j REJECT: drop, and say so
 *
 * Mirrors iptables/extensions/libipt_REJECT.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter_ipv4/ipt_REJECT.h>
#include <strings.h>

static const struct xt_opt opts[] = {
	{ .name = "reject-with", .id = 0, .type = XTT_STRING },
	{ .name = NULL },
};

static const struct {
	const char *name;
	const char *alias;
	enum ipt_reject_with with;
} types[] = {
	{ "icmp-net-unreachable", "net-unreach", IPT_ICMP_NET_UNREACHABLE },
	{ "icmp-host-unreachable", "host-unreach", IPT_ICMP_HOST_UNREACHABLE },
	{ "icmp-proto-unreachable", "proto-unreach", IPT_ICMP_PROT_UNREACHABLE },
	{ "icmp-port-unreachable", "port-unreach", IPT_ICMP_PORT_UNREACHABLE },
	{ "icmp-net-prohibited", "net-prohib", IPT_ICMP_NET_PROHIBITED },
	{ "icmp-host-prohibited", "host-prohib", IPT_ICMP_HOST_PROHIBITED },
	{ "tcp-reset", "tcp-rst", IPT_TCP_RESET },
	{ "icmp-admin-prohibited", "admin-prohib", IPT_ICMP_ADMIN_PROHIBITED },
};

#define NTYPES (sizeof(types) / sizeof(*types))

static void init(void *info)
{
	struct ipt_reject_info *r = info;

	r->with = IPT_ICMP_PORT_UNREACHABLE;
}

static void parse(struct xt_call *c)
{
	struct ipt_reject_info *r = c->info;
	size_t n;
	size_t i;

	xt_option_parse(c);
	n = strlen(c->arg);
	for (i = 0; i < NTYPES; i++) {
		if (!strncasecmp(types[i].name, c->arg, n) ||
		    !strncasecmp(types[i].alias, c->arg, n)) {
			r->with = types[i].with;
			return;
		}
	}
	if (!strncasecmp("echo-reply", c->arg, n) || !strncasecmp("echoreply", c->arg, n))
		ng_puts(c->x->err, "--reject-with echo-reply no longer supported\n");
	xt_error(c->x, PARAMETER_PROBLEM, "unknown reject type \"%s\"", c->arg);
}

static void put(struct xt_show *s, const char *words)
{
	const struct ipt_reject_info *r = s->info;
	size_t i;

	for (i = 0; i < NTYPES; i++) {
		if (types[i].with == r->with)
			ng_printf(s->out, " %s %s", words, types[i].name);
	}
}

static void print(struct xt_show *s)
{
	put(s, "reject-with");
}

static void save(struct xt_show *s)
{
	put(s, "--reject-with");
}

const struct xt_ext libipt_REJECT = {
	.name = "REJECT",
	.target = true,
	.size = sizeof(struct ipt_reject_info),
	.opts = opts,
	.init = init,
	.parse = parse,
	.print = print,
	.save = save,
};
