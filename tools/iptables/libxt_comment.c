/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_comment.c - -m comment: words for the reader
 *
 * Mirrors iptables/extensions/libxt_comment.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_comment.h>

static const struct xt_opt opts[] = {
	{ .name = "comment",
	  .id = 0,
	  .type = XTT_STRING,
	  .flags = XTO_MAND | XTO_PUT,
	  .size = sizeof(struct xt_comment_info) }, /* a longer one is cut */
	{ .name = NULL },
};

static void print(struct xt_show *s)
{
	const struct xt_comment_info *info = s->info;

	ng_printf(s->out, " /* %.256s */", info->comment);
}

static void save(struct xt_show *s)
{
	const struct xt_comment_info *info = s->info;

	ng_puts(s->out, " --comment");
	xt_save_string(s->out, info->comment);
}

const struct xt_ext libxt_comment = {
	.name = "comment",
	.size = sizeof(struct xt_comment_info),
	.opts = opts,
	.print = print,
	.save = save,
};
