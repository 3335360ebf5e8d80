/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_MARK.c - -j MARK and -j CONNMARK: set the packet's or the connection's mark
 *
 * Mirrors iptables/extensions/libxt_MARK.c and libxt_CONNMARK.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_CONNMARK.h>
#include <linux/netfilter/xt_MARK.h>

enum {
	O_XSET,
	O_SET,
	O_AND,
	O_OR,
	O_XOR,
	O_SAVE,
	O_RESTORE,
	O_CTMASK,
	O_NFMASK,
	O_MASK,
	O_LSHIFT,
	O_RSHIFT,
};

#define F_SETS (1u << O_XSET | 1u << O_SET | 1u << O_AND | 1u << O_OR | 1u << O_XOR)
#define F_ALL (F_SETS | 1u << O_SAVE | 1u << O_RESTORE)

#define SET(n, i, t, all)                                                   \
	{                                                                   \
		.name = n, .id = i, .type = t, .excl = (all) & ~(1u << (i)) \
	}

static const struct xt_opt opts[] = {
	SET("set-xmark", O_XSET, XTT_MARK, F_SETS), SET("set-mark", O_SET, XTT_MARK, F_SETS),
	SET("and-mark", O_AND, XTT_U32, F_SETS),    SET("or-mark", O_OR, XTT_U32, F_SETS),
	SET("xor-mark", O_XOR, XTT_U32, F_SETS),    { .name = NULL },
};

static const struct xt_opt conn_opts[] = {
	SET("set-xmark", O_XSET, XTT_MARK, F_ALL),
	SET("set-mark", O_SET, XTT_MARK, F_ALL),
	SET("and-mark", O_AND, XTT_U32, F_ALL),
	SET("or-mark", O_OR, XTT_U32, F_ALL),
	SET("xor-mark", O_XOR, XTT_U32, F_ALL),
	SET("save-mark", O_SAVE, XTT_NONE, F_ALL),
	SET("restore-mark", O_RESTORE, XTT_NONE, F_ALL),
	{ .name = "left-shift-mark", .id = O_LSHIFT, .type = XTT_U8, .max = 32 },
	{ .name = "right-shift-mark", .id = O_RSHIFT, .type = XTT_U8, .max = 32 },
	{ .name = "ctmask", .id = O_CTMASK, .type = XTT_U32, .excl = 1u << O_MASK },
	{ .name = "nfmask", .id = O_NFMASK, .type = XTT_U32, .excl = 1u << O_MASK },
	{ .name = "mask", .id = O_MASK, .type = XTT_U32, .excl = 1u << O_CTMASK | 1u << O_NFMASK },
	{ .name = NULL },
};

static void set(const struct xt_call *c, uint32_t *mark, uint32_t *mask)
{
	uint32_t v = (uint32_t)c->val.u;

	switch (c->opt->id) {
	case O_XSET:
		*mark = c->val.mark.value;
		*mask = c->val.mark.mask;
		break;
	case O_SET:
		*mark = c->val.mark.value;
		*mask = c->val.mark.value | c->val.mark.mask;
		break;
	case O_AND:
		*mark = 0;
		*mask = ~v;
		break;
	case O_OR:
		*mark = v;
		*mask = v;
		break;
	default:
		*mark = v;
		*mask = 0;
		break;
	}
}

static void parse(struct xt_call *c)
{
	struct xt_mark_tginfo2 *info = c->info;

	xt_option_parse(c);
	set(c, &info->mark, &info->mask);
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM,
			 "MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is "
			 "required");
}

static void put(struct ng_out *out, uint32_t mark, uint32_t mask)
{
	if (mark == 0)
		ng_printf(out, "and 0x%x", ~mask);
	else if (mark == mask)
		ng_printf(out, "or 0x%x", mark);
	else if (mask == 0)
		ng_printf(out, "xor 0x%x", mark);
	else if (mask == UINT32_MAX)
		ng_printf(out, "set 0x%x", mark);
	else
		ng_printf(out, "xset 0x%x/0x%x", mark, mask);
}

static void print(struct xt_show *s)
{
	const struct xt_mark_tginfo2 *info = s->info;

	ng_puts(s->out, " MARK ");
	put(s->out, info->mark, info->mask);
}

static void save(struct xt_show *s)
{
	const struct xt_mark_tginfo2 *info = s->info;

	ng_printf(s->out, " --set-xmark 0x%x/0x%x", info->mark, info->mask);
}

static void conn_init(void *data)
{
	struct xt_connmark_tginfo2 *info = data;

	info->ctmask = UINT32_MAX;
	info->nfmask = UINT32_MAX;
}

static void conn_parse(struct xt_call *c)
{
	struct xt_connmark_tginfo2 *info = c->info;

	xt_option_parse(c);
	switch (c->opt->id) {
	case O_SAVE:
		info->mode = XT_CONNMARK_SAVE;
		break;
	case O_RESTORE:
		info->mode = XT_CONNMARK_RESTORE;
		break;
	case O_CTMASK:
	case O_NFMASK:
	case O_MASK:
		if (c->opt->id != O_NFMASK)
			info->ctmask = (uint32_t)c->val.u;
		if (c->opt->id != O_CTMASK)
			info->nfmask = (uint32_t)c->val.u;
		break;
	case O_LSHIFT:
	case O_RSHIFT:
		info->shift_dir = c->opt->id == O_LSHIFT ? D_SHIFT_LEFT : D_SHIFT_RIGHT;
		info->shift_bits = (uint8_t)c->val.u;
		break;
	default:
		info->mode = XT_CONNMARK_SET;
		set(c, &info->ctmark, &info->ctmask);
		break;
	}
}

static void conn_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & F_ALL))
		xt_error(x, PARAMETER_PROBLEM, "CONNMARK target: No operation specified");
}

static void put_shift(const struct xt_show *s, const char *dashes)
{
	const struct xt_connmark_tginfo2 *info = s->info;

	if (info->shift_bits)
		ng_printf(s->out, " %s%s-shift-mark %u", dashes,
			  info->shift_dir == D_SHIFT_LEFT ? "left" : "right", info->shift_bits);
}

static void put_connmark(struct xt_show *s)
{
	const struct xt_connmark_tginfo2 *info = s->info;
	bool restore = info->mode == XT_CONNMARK_RESTORE;

	if (info->mode == XT_CONNMARK_SET) {
		ng_puts(s->out, " CONNMARK ");
		put(s->out, info->ctmark, info->ctmask);
		return;
	}
	ng_printf(s->out, " CONNMARK %s", restore ? "restore" : "save");
	if (info->nfmask == UINT32_MAX && info->ctmask == UINT32_MAX)
		return;
	if (info->nfmask == info->ctmask)
		ng_printf(s->out, " mask 0x%x", info->nfmask);
	else if (restore)
		ng_printf(s->out, " ctmask 0x%x nfmask ~0x%x", info->ctmask, info->nfmask);
	else
		ng_printf(s->out, " nfmask 0x%x ctmask ~0x%x", info->nfmask, info->ctmask);
}

static void conn_print(struct xt_show *s)
{
	put_connmark(s);
	put_shift(s, "");
}

static void conn_save(struct xt_show *s)
{
	const struct xt_connmark_tginfo2 *info = s->info;

	if (info->mode == XT_CONNMARK_SET)
		ng_printf(s->out, " --set-xmark 0x%x/0x%x", info->ctmark, info->ctmask);
	else
		ng_printf(s->out, " --%s-mark --nfmask 0x%x --ctmask 0x%x",
			  info->mode == XT_CONNMARK_SAVE ? "save" : "restore", info->nfmask,
			  info->ctmask);
	put_shift(s, "--");
}

const struct xt_ext libxt_MARK = {
	.name = "MARK",
	.rev = 2,
	.target = true,
	.size = sizeof(struct xt_mark_tginfo2),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};

const struct xt_ext libxt_CONNMARK = {
	.name = "CONNMARK",
	.rev = 2,
	.target = true,
	.size = sizeof(struct xt_connmark_tginfo2),
	.opts = conn_opts,
	.init = conn_init,
	.parse = conn_parse,
	.check = conn_check,
	.print = conn_print,
	.save = conn_save,
};
