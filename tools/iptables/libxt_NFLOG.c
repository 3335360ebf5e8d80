/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_NFLOG.c - -j NFLOG: the packet to whoever listens to a group
 *
 * Mirrors iptables/extensions/libxt_NFLOG.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_NFLOG.h>

enum { O_GROUP, O_PREFIX, O_RANGE, O_SIZE, O_THRESHOLD };

#define FIELD(f) \
	.off = offsetof(struct xt_nflog_words, f), .size = sizeof(((struct xt_nflog_words *)0)->f)

static const struct xt_opt opts[] = {
	{ .name = "nflog-group",
	  .id = O_GROUP,
	  .type = XTT_U16,
	  .flags = XTO_PUT,
	  FIELD(info.group) },
	{ .name = "nflog-prefix",
	  .id = O_PREFIX,
	  .type = XTT_STRING,
	  .flags = XTO_PUT,
	  .min = 1,
	  FIELD(prefix) },
	{ .name = "nflog-range",
	  .id = O_RANGE,
	  .type = XTT_U32,
	  .flags = XTO_PUT,
	  .excl = 1u << O_SIZE,
	  FIELD(info.len) },
	{ .name = "nflog-size", .id = O_SIZE, .type = XTT_U32, .flags = XTO_PUT, FIELD(info.len) },
	{ .name = "nflog-threshold",
	  .id = O_THRESHOLD,
	  .type = XTT_U16,
	  .flags = XTO_PUT,
	  FIELD(info.threshold) },
	{ .name = NULL },
};

static void init(void *data)
{
	struct xt_nflog_words *words = data;

	words->info.threshold = XT_NFLOG_DEFAULT_THRESHOLD;
}

static void parse(struct xt_call *c)
{
	xt_option_parse(c);
	if (c->opt->id == O_PREFIX && strchr(c->arg, '\n'))
		xt_error(c->x, PARAMETER_PROBLEM, "Newlines not allowed in --log-prefix");
	if (c->opt->id == O_SIZE) {
		struct xt_nflog_words *words = c->info;

		words->info.flags |= XT_NFLOG_F_COPY_LEN;
	}
}

static void check(struct ipt *x, void *data, uint32_t flags)
{
	(void)data;
	if (flags & (1u << O_RANGE))
		ng_puts(x->err, "warn: --nflog-range has never worked and is no longer supported, "
				"please use --nflog-size instead\n");
}

static void put(struct xt_show *s, const char *dashes)
{
	const struct xt_nflog_words *words = s->info;
	const struct xt_nflog_info *info = &words->info;

	if (words->prefix[0]) {
		ng_printf(s->out, " %snflog-prefix", dashes);
		xt_save_string(s->out, words->prefix);
	}
	if (info->group)
		ng_printf(s->out, " %snflog-group %u", dashes, info->group);
	if (info->flags & XT_NFLOG_F_COPY_LEN)
		ng_printf(s->out, " %snflog-size %u", dashes, info->len);
	else if (info->len)
		ng_printf(s->out, " %snflog-range %u", dashes, info->len);
	if (info->threshold != XT_NFLOG_DEFAULT_THRESHOLD)
		ng_printf(s->out, " %snflog-threshold %u", dashes, info->threshold);
}

static void print(struct xt_show *s)
{
	put(s, "");
}

static void save(struct xt_show *s)
{
	put(s, "--");
}

const struct xt_ext libxt_NFLOG = {
	.name = "NFLOG",
	.target = true,
	.size = sizeof(struct xt_nflog_words),
	.opts = opts,
	.init = init,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
