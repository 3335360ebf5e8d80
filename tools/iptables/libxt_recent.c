/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_recent.c - -m recent: addresses seen before, in a named list
 *
 * Mirrors iptables/extensions/libxt_recent.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_recent.h>

enum {
	O_SET,
	O_RCHECK,
	O_UPDATE,
	O_REMOVE,
	O_SECONDS,
	O_REAP,
	O_HITCOUNT,
	O_RTTL,
	O_NAME,
	O_RSOURCE,
	O_RDEST,
	O_MASK,
};

#define F_OP (1u << O_SET | 1u << O_RCHECK | 1u << O_UPDATE | 1u << O_REMOVE)

#define OPERATION(word, i)                                                    \
	{                                                                     \
		.name = word, .id = i, .type = XTT_NONE, .flags = XTO_INVERT, \
		.excl = F_OP & ~(1u << (i))                                   \
	}

static const struct xt_opt opts[] = {
	OPERATION("set", O_SET),
	OPERATION("rcheck", O_RCHECK),
	OPERATION("update", O_UPDATE),
	OPERATION("remove", O_REMOVE),
	{ .name = "seconds",
	  .id = O_SECONDS,
	  .type = XTT_U32,
	  .flags = XTO_PUT,
	  .off = offsetof(struct xt_recent_mtinfo_v1, seconds),
	  .size = 4,
	  .min = 1 },
	{ .name = "reap", .id = O_REAP, .type = XTT_NONE, .also = 1u << O_SECONDS },
	{ .name = "hitcount",
	  .id = O_HITCOUNT,
	  .type = XTT_U32,
	  .flags = XTO_PUT,
	  .off = offsetof(struct xt_recent_mtinfo_v1, hit_count),
	  .size = 4 },
	{ .name = "rttl", .id = O_RTTL, .type = XTT_NONE, .excl = 1u << O_SET | 1u << O_REMOVE },
	{ .name = "name",
	  .id = O_NAME,
	  .type = XTT_STRING,
	  .flags = XTO_PUT,
	  .off = offsetof(struct xt_recent_mtinfo_v1, name),
	  .size = XT_RECENT_NAME_LEN },
	{ .name = "rsource", .id = O_RSOURCE, .type = XTT_NONE },
	{ .name = "rdest", .id = O_RDEST, .type = XTT_NONE },
	{ .name = "mask", .id = O_MASK, .type = XTT_HOST },
	{ .name = NULL },
};

static void init(void *data)
{
	struct xt_recent_mtinfo_v1 *info = data;

	memcpy(info->name, "DEFAULT", sizeof("DEFAULT"));
	info->side = XT_RECENT_SOURCE;
	memset(&info->mask, 0xff, sizeof(info->mask));
}

static void parse(struct xt_call *c)
{
	static const uint8_t bits[] = {
		[O_SET] = XT_RECENT_SET,
		[O_RCHECK] = XT_RECENT_CHECK,
		[O_UPDATE] = XT_RECENT_UPDATE,
		[O_REMOVE] = XT_RECENT_REMOVE,
		[O_REAP] = XT_RECENT_REAP,
		[O_RTTL] = XT_RECENT_TTL,
		[O_MASK] = 0,
	};
	struct xt_recent_mtinfo_v1 *info = c->info;

	xt_option_parse(c);
	info->check_set |= bits[c->opt->id];
	if (c->opt->id <= O_REMOVE)
		info->invert = c->invert;
	if (c->opt->id == O_RSOURCE)
		info->side = XT_RECENT_SOURCE;
	if (c->opt->id == O_RDEST)
		info->side = XT_RECENT_DEST;
	if (c->opt->id == O_MASK) {
		memset(&info->mask, 0, sizeof(info->mask));
		info->mask.ip = c->val.host.addr;
	}
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & F_OP))
		xt_error(x, PARAMETER_PROBLEM,
			 "recent: you must specify one of `--set', `--rcheck' `--update' or "
			 "`--remove'");
}

static void print(struct xt_show *s)
{
	const struct xt_recent_mtinfo_v1 *info = s->info;

	ng_printf(s->out, "%s recent:", info->invert ? " !" : "");
	if (info->check_set & XT_RECENT_SET)
		ng_puts(s->out, " SET");
	if (info->check_set & XT_RECENT_CHECK)
		ng_puts(s->out, " CHECK");
	if (info->check_set & XT_RECENT_UPDATE)
		ng_puts(s->out, " UPDATE");
	if (info->check_set & XT_RECENT_REMOVE)
		ng_puts(s->out, " REMOVE");
	if (info->seconds)
		ng_printf(s->out, " seconds: %d", (int)info->seconds);
	if (info->check_set & XT_RECENT_REAP)
		ng_puts(s->out, " reap");
	if (info->hit_count)
		ng_printf(s->out, " hit_count: %d", (int)info->hit_count);
	if (info->check_set & XT_RECENT_TTL)
		ng_puts(s->out, " TTL-Match");
	ng_printf(s->out, " name: %s side: %s mask: ", info->name,
		  info->side == XT_RECENT_DEST ? "dest" : "source");
	xt_print_addr(s->out, info->mask.ip);
}

static void save(struct xt_show *s)
{
	const struct xt_recent_mtinfo_v1 *info = s->info;

	ng_puts(s->out, info->invert ? " !" : "");
	if (info->check_set & XT_RECENT_SET)
		ng_puts(s->out, " --set");
	if (info->check_set & XT_RECENT_CHECK)
		ng_puts(s->out, " --rcheck");
	if (info->check_set & XT_RECENT_UPDATE)
		ng_puts(s->out, " --update");
	if (info->check_set & XT_RECENT_REMOVE)
		ng_puts(s->out, " --remove");
	if (info->seconds)
		ng_printf(s->out, " --seconds %u", info->seconds);
	if (info->check_set & XT_RECENT_REAP)
		ng_puts(s->out, " --reap");
	if (info->hit_count)
		ng_printf(s->out, " --hitcount %u", info->hit_count);
	if (info->check_set & XT_RECENT_TTL)
		ng_puts(s->out, " --rttl");
	ng_printf(s->out, " --name %s --mask ", info->name);
	xt_print_addr(s->out, info->mask.ip);
	ng_puts(s->out, info->side == XT_RECENT_DEST ? " --rdest" : " --rsource");
}

const struct xt_ext libxt_recent = {
	.name = "recent",
	.rev = 1,
	.size = sizeof(struct xt_recent_mtinfo_v1),
	.opts = opts,
	.init = init,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
