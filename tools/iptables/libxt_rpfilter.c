/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_rpfilter.c - -m rpfilter: does the way back lead out where the packet came in? And -j TRACE
 *
 * Mirrors iptables/extensions/libxt_rpfilter.c, libxt_TRACE.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_rpfilter.h>

static const struct {
	const char *word;
	uint8_t bit;
} words[] = {
	{ "loose", XT_RPFILTER_LOOSE },
	{ "validmark", XT_RPFILTER_VALID_MARK },
	{ "accept-local", XT_RPFILTER_ACCEPT_LOCAL },
	{ "invert", XT_RPFILTER_INVERT },
};

#define NWORDS (sizeof(words) / sizeof(*words))

static const struct xt_opt opts[] = {
	{ .name = "loose", .id = 0, .type = XTT_NONE },
	{ .name = "validmark", .id = 1, .type = XTT_NONE },
	{ .name = "accept-local", .id = 2, .type = XTT_NONE },
	{ .name = "invert", .id = 3, .type = XTT_NONE },
	{ .name = NULL },
};

static void parse(struct xt_call *c)
{
	struct xt_rpfilter_info *info = c->info;

	xt_option_parse(c);
	info->flags |= words[c->opt->id].bit;
}

static void put_words(struct xt_show *s, const char *before)
{
	const struct xt_rpfilter_info *info = s->info;
	size_t i;

	for (i = 0; i < NWORDS; i++) {
		if (info->flags & words[i].bit)
			ng_printf(s->out, " %s%s", before, words[i].word);
	}
}

static void print(struct xt_show *s)
{
	ng_puts(s->out, " rpfilter");
	put_words(s, "");
}

static void save(struct xt_show *s)
{
	put_words(s, "--");
}

const struct xt_ext libxt_rpfilter = {
	.name = "rpfilter",
	.size = sizeof(struct xt_rpfilter_info),
	.opts = opts,
	.parse = parse,
	.print = print,
	.save = save,
};

const struct xt_ext libxt_TRACE = {
	.name = "TRACE",
	.target = true,
};
