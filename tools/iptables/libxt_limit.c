/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_limit.c - -m limit: so many packets per time
 *
 * Mirrors iptables/extensions/libxt_limit.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_limit.h>
#include <stdlib.h>
#include <strings.h>

#define DEFAULT_BURST 5

enum { O_LIMIT, O_BURST };

static const struct xt_opt opts[] = {
	{ .name = "limit", .id = O_LIMIT, .type = XTT_STRING },
	{ .name = "limit-burst",
	  .id = O_BURST,
	  .type = XTT_U32,
	  .flags = XTO_PUT,
	  .off = offsetof(struct xt_rateinfo, burst),
	  .size = 4,
	  .max = 10000 },
	{ .name = NULL },
};

static const struct {
	const char *name;
	const char *shown;
	uint32_t seconds;
} units[] = {
	{ "day", "day", 24 * 60 * 60 },
	{ "hour", "hour", 60 * 60 },
	{ "minute", "min", 60 },
	{ "second", "sec", 1 },
};

static void init(void *info)
{
	struct xt_rateinfo *r = info;

	r->avg = XT_LIMIT_SCALE * 60 * 60 / 3;
	r->burst = DEFAULT_BURST;
}

/* "5/minute", the unit cut short as one likes */
static bool parse_rate(struct xt_call *c, uint32_t *ret)
{
	const char *slash = strchr(c->arg, '/');
	uint32_t mult = 1;
	uint32_t r;
	int i;

	if (slash) {
		if (!slash[1])
			return false;
		for (i = 3; i >= 0 && strncasecmp(slash + 1, units[i].name, strlen(slash + 1)); i--)
			;
		if (i < 0)
			return false;
		mult = units[i].seconds;
	}
	r = (uint32_t)atoi(c->arg);
	if (!r)
		return false;
	if (r / mult > XT_LIMIT_SCALE)
		xt_error(c->x, PARAMETER_PROBLEM, "Rate too fast \"%s\"", c->arg);
	*ret = XT_LIMIT_SCALE * mult / r;
	return true;
}

static void parse(struct xt_call *c)
{
	struct xt_rateinfo *r = c->info;

	xt_option_parse(c);
	if (c->opt->id == O_LIMIT && !parse_rate(c, &r->avg))
		xt_error(c->x, PARAMETER_PROBLEM, "bad rate \"%s\"'", c->arg);
}

static void put_rate(struct ng_out *out, uint32_t period)
{
	unsigned int i;

	if (!period) {
		ng_puts(out, " inf");
		return;
	}
	for (i = 1; i < 4; i++) {
		uint32_t mult = units[i].seconds * XT_LIMIT_SCALE;

		if (period > mult || mult / period < mult % period)
			break;
	}
	ng_printf(out, " %u/%s", units[i - 1].seconds * XT_LIMIT_SCALE / period,
		  units[i - 1].shown);
}

static void print(struct xt_show *s)
{
	const struct xt_rateinfo *r = s->info;

	ng_puts(s->out, " limit: avg");
	put_rate(s->out, r->avg);
	ng_printf(s->out, " burst %u", r->burst);
}

static void save(struct xt_show *s)
{
	const struct xt_rateinfo *r = s->info;

	ng_puts(s->out, " --limit");
	put_rate(s->out, r->avg);
	if (r->burst != DEFAULT_BURST)
		ng_printf(s->out, " --limit-burst %u", r->burst);
}

const struct xt_ext libxt_limit = {
	.name = "limit",
	.size = sizeof(struct xt_rateinfo),
	.user_size = offsetof(struct xt_rateinfo, prev),
	.opts = opts,
	.init = init,
	.parse = parse,
	.print = print,
	.save = save,
};
