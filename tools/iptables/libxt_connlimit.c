/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_connlimit.c - -m connlimit and -m connbytes: how many flows an address has, how much a flow moved
 *
 * Mirrors iptables/extensions/libxt_connlimit.c, libxt_connbytes.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_connbytes.h>
#include <linux/netfilter/xt_connlimit.h>
#include <stdlib.h>

enum { O_UPTO, O_ABOVE, O_MASK, O_SADDR, O_DADDR };

static const struct xt_opt limit_opts[] = {
	{ .name = "connlimit-upto",
	  .id = O_UPTO,
	  .type = XTT_U32,
	  .flags = XTO_INVERT,
	  .excl = 1u << O_ABOVE },
	{ .name = "connlimit-above",
	  .id = O_ABOVE,
	  .type = XTT_U32,
	  .flags = XTO_INVERT,
	  .excl = 1u << O_UPTO },
	{ .name = "connlimit-mask", .id = O_MASK, .type = XTT_PLENMASK },
	{ .name = "connlimit-saddr", .id = O_SADDR, .type = XTT_NONE, .excl = 1u << O_DADDR },
	{ .name = "connlimit-daddr", .id = O_DADDR, .type = XTT_NONE, .excl = 1u << O_SADDR },
	{ .name = NULL },
};

static void limit_init(void *data)
{
	struct xt_connlimit_info *info = data;

	memset(info->v6_mask, 0xff, sizeof(info->v6_mask));
}

static void limit_parse(struct xt_call *c)
{
	struct xt_connlimit_info *info = c->info;
	uint64_t len;

	xt_option_parse(c);
	switch (c->opt->id) {
	case O_ABOVE:
	case O_UPTO:
		info->limit = (unsigned int)c->val.u;
		if (c->invert != (c->opt->id == O_UPTO))
			info->flags |= XT_CONNLIMIT_INVERT;
		break;
	case O_MASK:
		/* a longer length than there is leaves the words of IPv6 full, too */
		if (!xt_strtoul(c->arg, NULL, &len, 33, 128))
			memset(info->v6_mask, 0, sizeof(info->v6_mask));
		info->v4_mask = c->val.host.mask;
		break;
	case O_SADDR:
		info->flags &= ~(uint32_t)XT_CONNLIMIT_DADDR;
		break;
	default:
		info->flags |= XT_CONNLIMIT_DADDR;
		break;
	}
}

static void limit_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & (1u << O_UPTO | 1u << O_ABOVE)))
		xt_error(x, PARAMETER_PROBLEM,
			 "You must specify \"--connlimit-above\" or \"--connlimit-upto\".");
}

static unsigned int mask_bits(__be32 mask)
{
	uint32_t m = ~be32_to_cpu(mask);
	unsigned int bits = 32;

	for (; m; m >>= 1)
		bits--;
	return bits;
}

static void limit_print(struct xt_show *s)
{
	const struct xt_connlimit_info *info = s->info;

	ng_printf(s->out, " #conn %s/%u %s %u", (info->flags & XT_CONNLIMIT_DADDR) ? "dst" : "src",
		  mask_bits(info->v4_mask), (info->flags & XT_CONNLIMIT_INVERT) ? "<=" : ">",
		  info->limit);
}

static void limit_save(struct xt_show *s)
{
	const struct xt_connlimit_info *info = s->info;

	ng_printf(s->out, " --connlimit-%s %u --connlimit-mask %u --connlimit-%s",
		  (info->flags & XT_CONNLIMIT_INVERT) ? "upto" : "above", info->limit,
		  mask_bits(info->v4_mask), (info->flags & XT_CONNLIMIT_DADDR) ? "daddr" : "saddr");
}

const struct xt_ext libxt_connlimit = {
	.name = "connlimit",
	.rev = 1,
	.size = sizeof(struct xt_connlimit_info),
	.user_size = offsetof(struct xt_connlimit_info, data),
	.opts = limit_opts,
	.init = limit_init,
	.parse = limit_parse,
	.check = limit_check,
	.print = limit_print,
	.save = limit_save,
};

enum { O_BYTES, O_DIR, O_MODE };

static const struct xt_opt bytes_opts[] = {
	{ .name = "connbytes", .id = O_BYTES, .type = XTT_U64RC, .flags = XTO_MAND | XTO_INVERT },
	{ .name = "connbytes-dir", .id = O_DIR, .type = XTT_STRING, .flags = XTO_MAND },
	{ .name = "connbytes-mode", .id = O_MODE, .type = XTT_STRING, .flags = XTO_MAND },
	{ .name = NULL },
};

static const char *const dirs[] = { "original", "reply", "both" };
static const char *const modes[] = { "packets", "bytes", "avgpkt" };

static uint8_t word_of(struct xt_call *c, const char *const *words)
{
	unsigned int i;

	for (i = 0; i < 3; i++) {
		if (!strcmp(c->arg, words[i]))
			return (uint8_t)i;
	}
	xt_error(c->x, PARAMETER_PROBLEM, "Unknown --%s `%s'", c->opt->name, c->arg);
}

static void bytes_parse(struct xt_call *c)
{
	struct xt_connbytes_info *info = c->info;
	uint64_t swap;

	xt_option_parse(c);
	if (c->opt->id == O_DIR) {
		info->direction = word_of(c, dirs);
		return;
	}
	if (c->opt->id == O_MODE) {
		info->what = word_of(c, modes);
		return;
	}
	info->count.from = c->val.u64r[0];
	info->count.to = c->nvals == 2 ? c->val.u64r[1] : UINT64_MAX;
	if (info->count.to < info->count.from)
		xt_error(c->x, PARAMETER_PROBLEM, "%llu should be less than %llu",
			 (unsigned long long)info->count.from, (unsigned long long)info->count.to);
	/* the ends swapped say: not between them */
	if (c->invert) {
		swap = info->count.from;
		info->count.from = info->count.to;
		info->count.to = swap;
	}
}

static void put_bytes(struct xt_show *s, const char *not_word, const char *word)
{
	const struct xt_connbytes_info *info = s->info;
	bool inv = info->count.from > info->count.to;
	uint64_t from = inv ? info->count.to : info->count.from;
	uint64_t to = inv ? info->count.from : info->count.to;

	ng_printf(s->out, "%s %s %llu", inv ? not_word : "", word, (unsigned long long)from);
	if (to && to < UINT64_MAX)
		ng_printf(s->out, ":%llu", (unsigned long long)to);
}

static void bytes_print(struct xt_show *s)
{
	const struct xt_connbytes_info *info = s->info;

	put_bytes(s, " !", "connbytes");
	ng_printf(s->out, " connbytes mode %s connbytes direction %s", modes[info->what % 3],
		  dirs[info->direction % 3]);
}

static void bytes_save(struct xt_show *s)
{
	const struct xt_connbytes_info *info = s->info;

	put_bytes(s, " !", "--connbytes");
	ng_printf(s->out, " --connbytes-mode %s --connbytes-dir %s", modes[info->what % 3],
		  dirs[info->direction % 3]);
}

const struct xt_ext libxt_connbytes = {
	.name = "connbytes",
	.size = sizeof(struct xt_connbytes_info),
	.opts = bytes_opts,
	.parse = bytes_parse,
	.print = bytes_print,
	.save = bytes_save,
};
