/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libipt_icmp.c - -m icmp: type and code
 *
 * Mirrors iptables/extensions/libipt_icmp.c. CONTROL.
 */
#include "xt.h"

#include <strings.h>

static const struct xt_opt opts[] = {
	{ .name = "icmp-type", .id = 0, .type = XTT_STRING, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static const struct {
	const char *name;
	uint8_t type;
	uint8_t lo;
	uint8_t hi;
} names[] = {
	{ "any", 0xff, 0, 0xff },
	{ "echo-reply", 0, 0, 0xff },
	{ "pong", 0, 0, 0xff },
	{ "destination-unreachable", 3, 0, 0xff },
	{ "network-unreachable", 3, 0, 0 },
	{ "host-unreachable", 3, 1, 1 },
	{ "protocol-unreachable", 3, 2, 2 },
	{ "port-unreachable", 3, 3, 3 },
	{ "fragmentation-needed", 3, 4, 4 },
	{ "source-route-failed", 3, 5, 5 },
	{ "network-unknown", 3, 6, 6 },
	{ "host-unknown", 3, 7, 7 },
	{ "network-prohibited", 3, 9, 9 },
	{ "host-prohibited", 3, 10, 10 },
	{ "TOS-network-unreachable", 3, 11, 11 },
	{ "TOS-host-unreachable", 3, 12, 12 },
	{ "communication-prohibited", 3, 13, 13 },
	{ "host-precedence-violation", 3, 14, 14 },
	{ "precedence-cutoff", 3, 15, 15 },
	{ "source-quench", 4, 0, 0xff },
	{ "redirect", 5, 0, 0xff },
	{ "network-redirect", 5, 0, 0 },
	{ "host-redirect", 5, 1, 1 },
	{ "TOS-network-redirect", 5, 2, 2 },
	{ "TOS-host-redirect", 5, 3, 3 },
	{ "echo-request", 8, 0, 0xff },
	{ "ping", 8, 0, 0xff },
	{ "router-advertisement", 9, 0, 0xff },
	{ "router-solicitation", 10, 0, 0xff },
	{ "time-exceeded", 11, 0, 0xff },
	{ "ttl-exceeded", 11, 0, 0xff },
	{ "ttl-zero-during-transit", 11, 0, 0 },
	{ "ttl-zero-during-reassembly", 11, 1, 1 },
	{ "parameter-problem", 12, 0, 0xff },
	{ "ip-header-bad", 12, 0, 0 },
	{ "required-option-missing", 12, 1, 1 },
	{ "timestamp-request", 13, 0, 0xff },
	{ "timestamp-reply", 14, 0, 0xff },
	{ "address-mask-request", 17, 0, 0xff },
	{ "address-mask-reply", 18, 0, 0xff },
};

#define NNAMES (sizeof(names) / sizeof(*names))

static void init(void *info)
{
	struct ipt_icmp *i = info;

	i->type = 0xff;
	i->code[1] = 0xff;
}

static void numeric(struct xt_call *c, struct ipt_icmp *info)
{
	char *s = ng_task_strdup(c->x->task, c->arg);
	char *slash = strchr(s, '/');
	uint64_t v;

	if (slash)
		*slash = '\0';
	if (!xt_strtoul(s, NULL, &v, 0, UINT8_MAX))
		xt_error(c->x, PARAMETER_PROBLEM, "Unknown %s type `%s'", "ICMP", s);
	info->type = (uint8_t)v;
	info->code[0] = 0;
	info->code[1] = 0xff;
	if (!slash)
		return;
	if (!xt_strtoul(slash + 1, NULL, &v, 0, UINT8_MAX))
		xt_error(c->x, PARAMETER_PROBLEM, "Unknown %s code `%s'", "ICMP", c->arg);
	info->code[0] = (uint8_t)v;
	info->code[1] = (uint8_t)v;
}

static void parse(struct xt_call *c)
{
	struct ipt_icmp *info = c->info;
	size_t found = NNAMES;
	size_t i;

	xt_option_parse(c);
	for (i = 0; i < NNAMES; i++) {
		if (strncasecmp(names[i].name, c->arg, strlen(c->arg)))
			continue;
		if (found != NNAMES)
			xt_error(c->x, PARAMETER_PROBLEM, "Ambiguous %s type `%s': `%s' or `%s'?",
				 "ICMP", c->arg, names[found].name, names[i].name);
		found = i;
	}
	if (found != NNAMES) {
		info->type = names[found].type;
		info->code[0] = names[found].lo;
		info->code[1] = names[found].hi;
	} else {
		numeric(c, info);
	}
	if (c->invert)
		info->invflags |= IPT_ICMP_INV;
}

static void print(struct xt_show *s)
{
	const struct ipt_icmp *info = s->info;
	bool inv = info->invflags & IPT_ICMP_INV;
	size_t i;

	ng_puts(s->out, " icmp");
	for (i = 0; i < NNAMES && !s->numeric; i++) {
		if (names[i].type == info->type && names[i].lo == info->code[0] &&
		    names[i].hi == info->code[1]) {
			ng_printf(s->out, " %s%s", inv ? "!" : "", names[i].name);
			return;
		}
	}
	ng_printf(s->out, "%stype %u", inv ? " !" : "", info->type);
	if (info->code[0] == info->code[1])
		ng_printf(s->out, " code %u", info->code[0]);
	else if (info->code[0] != 0 || info->code[1] != 0xff)
		ng_printf(s->out, " codes %u-%u", info->code[0], info->code[1]);
}

static void save(struct xt_show *s)
{
	const struct ipt_icmp *info = s->info;

	if (info->invflags & IPT_ICMP_INV)
		ng_puts(s->out, " !");
	if (info->type == 0xff) {
		ng_puts(s->out, " --icmp-type any");
		return;
	}
	ng_printf(s->out, " --icmp-type %u", info->type);
	if (info->code[0] != 0 || info->code[1] != 0xff)
		ng_printf(s->out, "/%u", info->code[0]);
}

const struct xt_ext libipt_icmp = {
	.name = "icmp",
	.size = sizeof(struct ipt_icmp),
	.opts = opts,
	.init = init,
	.parse = parse,
	.print = print,
	.save = save,
};
