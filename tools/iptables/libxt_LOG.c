/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_LOG.c - -j LOG: a line in the kernel's log
 *
 * Mirrors iptables/extensions/libxt_LOG.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_LOG.h>

#define DEFAULT_LEVEL 4

enum { O_LEVEL, O_PREFIX, O_SEQ, O_OPT, O_IPOPT, O_UID, O_MAC };

static const struct xt_opt opts[] = {
	{ .name = "log-level",
	  .id = O_LEVEL,
	  .type = XTT_SYSLOG,
	  .flags = XTO_PUT,
	  .off = offsetof(struct xt_log_info, level),
	  .size = 1 },
	{ .name = "log-prefix",
	  .id = O_PREFIX,
	  .type = XTT_STRING,
	  .flags = XTO_PUT,
	  .min = 1,
	  .off = offsetof(struct xt_log_info, prefix),
	  .size = sizeof(((struct xt_log_info *)0)->prefix) },
	{ .name = "log-tcp-sequence", .id = O_SEQ, .type = XTT_NONE },
	{ .name = "log-tcp-options", .id = O_OPT, .type = XTT_NONE },
	{ .name = "log-ip-options", .id = O_IPOPT, .type = XTT_NONE },
	{ .name = "log-uid", .id = O_UID, .type = XTT_NONE },
	{ .name = "log-macdecode", .id = O_MAC, .type = XTT_NONE },
	{ .name = NULL },
};

static const struct {
	uint8_t bit;
	uint8_t id;
	const char *print;
	const char *save;
} flags[] = {
	{ XT_LOG_TCPSEQ, O_SEQ, "tcp-sequence", "log-tcp-sequence" },
	{ XT_LOG_TCPOPT, O_OPT, "tcp-options", "log-tcp-options" },
	{ XT_LOG_IPOPT, O_IPOPT, "ip-options", "log-ip-options" },
	{ XT_LOG_UID, O_UID, "uid", "log-uid" },
	{ XT_LOG_MACDECODE, O_MAC, "macdecode", "log-macdecode" },
};

#define NFLAGS (sizeof(flags) / sizeof(*flags))

static void init(void *info)
{
	struct xt_log_info *l = info;

	l->level = DEFAULT_LEVEL;
}

static void parse(struct xt_call *c)
{
	struct xt_log_info *l = c->info;
	size_t i;

	xt_option_parse(c);
	if (c->opt->id == O_PREFIX && strchr(c->arg, '\n'))
		xt_error(c->x, PARAMETER_PROBLEM, "Newlines not allowed in --log-prefix");
	for (i = 0; i < NFLAGS; i++) {
		if (flags[i].id == c->opt->id)
			l->logflags |= flags[i].bit;
	}
}

static void print(struct xt_show *s)
{
	static const char *const names[] = { "emerg", "alert",	"crit", "err",
					     "warn",  "notice", "info", "debug" };
	const struct xt_log_info *l = s->info;
	size_t i;

	ng_puts(s->out, " LOG");
	if (s->numeric) {
		ng_printf(s->out, " flags %u level %u", l->logflags, l->level);
	} else {
		if (l->level < 8)
			ng_printf(s->out, " level %s", names[l->level]);
		else
			ng_printf(s->out, " UNKNOWN level %u", l->level);
		for (i = 0; i < NFLAGS; i++) {
			if (l->logflags & flags[i].bit)
				ng_printf(s->out, " %s", flags[i].print);
		}
	}
	if (l->prefix[0])
		ng_printf(s->out, " prefix \"%s\"", l->prefix);
}

static void save(struct xt_show *s)
{
	const struct xt_log_info *l = s->info;
	size_t i;

	if (l->prefix[0]) {
		ng_puts(s->out, " --log-prefix");
		xt_save_string(s->out, l->prefix);
	}
	if (l->level != DEFAULT_LEVEL)
		ng_printf(s->out, " --log-level %d", l->level);
	for (i = 0; i < NFLAGS; i++) {
		if (l->logflags & flags[i].bit)
			ng_printf(s->out, " --%s", flags[i].save);
	}
}

const struct xt_ext libxt_LOG = {
	.name = "LOG",
	.target = true,
	.size = sizeof(struct xt_log_info),
	.opts = opts,
	.init = init,
	.parse = parse,
	.print = print,
	.save = save,
};
