/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_hashlimit.c - -m hashlimit: so many packets per time, for each address or port of its own
 *
 * Mirrors iptables/extensions/libxt_hashlimit.c, revision 3. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_hashlimit.h>
#include <stdlib.h>
#include <strings.h>

#define SCALE XT_HASHLIMIT_SCALE_v2
#define BURST 5
#define BURST_MAX 1000000
#define GC_INTERVAL 1000
#define BYTE_EXPIRE 15
#define BYTE_EXPIRE_BURST 60

enum {
	O_UPTO,
	O_ABOVE,
	O_SRCMASK,
	O_DSTMASK,
	O_BURST,
	O_SIZE,
	O_MAX,
	O_GCINTERVAL,
	O_EXPIRE,
	O_MODE,
	O_NAME,
	O_RATEMATCH,
	O_INTERVAL,
};

#define FIELD(f)                                                               \
	.flags = XTO_PUT, .off = offsetof(struct xt_hashlimit_mtinfo3, cfg.f), \
	.size = sizeof(((struct xt_hashlimit_mtinfo3 *)0)->cfg.f)

static const struct xt_opt opts[] = {
	{ .name = "hashlimit-upto",
	  .id = O_UPTO,
	  .type = XTT_STRING,
	  .flags = XTO_INVERT,
	  .excl = 1u << O_ABOVE },
	{ .name = "hashlimit-above",
	  .id = O_ABOVE,
	  .type = XTT_STRING,
	  .flags = XTO_INVERT,
	  .excl = 1u << O_UPTO },
	{ .name = "hashlimit", .id = O_UPTO, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = "hashlimit-srcmask", .id = O_SRCMASK, .type = XTT_PLEN, FIELD(srcmask) },
	{ .name = "hashlimit-dstmask", .id = O_DSTMASK, .type = XTT_PLEN, FIELD(dstmask) },
	{ .name = "hashlimit-burst", .id = O_BURST, .type = XTT_STRING },
	{ .name = "hashlimit-htable-size", .id = O_SIZE, .type = XTT_U32, FIELD(size) },
	{ .name = "hashlimit-htable-max", .id = O_MAX, .type = XTT_U32, FIELD(max) },
	{ .name = "hashlimit-htable-gcinterval",
	  .id = O_GCINTERVAL,
	  .type = XTT_U32,
	  FIELD(gc_interval) },
	{ .name = "hashlimit-htable-expire", .id = O_EXPIRE, .type = XTT_U32, FIELD(expire) },
	{ .name = "hashlimit-mode", .id = O_MODE, .type = XTT_STRING },
	{ .name = "hashlimit-name",
	  .id = O_NAME,
	  .type = XTT_STRING,
	  .flags = XTO_MAND | XTO_PUT,
	  .off = offsetof(struct xt_hashlimit_mtinfo3, name),
	  .size = sizeof(((struct xt_hashlimit_mtinfo3 *)0)->name),
	  .min = 1 },
	{ .name = "hashlimit-rate-match", .id = O_RATEMATCH, .type = XTT_NONE },
	{ .name = "hashlimit-rate-interval", .id = O_INTERVAL, .type = XTT_STRING },
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

static void init(void *data)
{
	struct xt_hashlimit_mtinfo3 *info = data;

	info->cfg.burst = BURST;
	info->cfg.gc_interval = GC_INTERVAL;
	info->cfg.srcmask = 32;
	info->cfg.dstmask = 32;
}

/* What 16 bytes cost at a rate, and back. */
static uint64_t bytes_to_cost(uint64_t bytes)
{
	return UINT32_MAX / ((bytes >> XT_HASHLIMIT_BYTE_SHIFT) + 1);
}

static uint64_t cost_to_bytes(uint64_t cost)
{
	uint64_t r = cost ? UINT32_MAX / cost : UINT32_MAX;

	return (r - 1) << XT_HASHLIMIT_BYTE_SHIFT;
}

/* "512kb/s" */
static bool parse_bytes(struct xt_call *c, struct xt_hashlimit_mtinfo3 *info)
{
	const char *unit = strstr(c->arg, "b/s");
	uint64_t rate = (uint64_t)atoll(c->arg);

	if (!unit || unit == c->arg || !rate)
		return false;
	if (unit[-1] == 'm')
		rate *= 1024 * 1024;
	else if (unit[-1] == 'k')
		rate *= 1024;
	info->cfg.avg = bytes_to_cost(rate);
	if (!info->cfg.avg)
		xt_error(c->x, PARAMETER_PROBLEM, "Rate too high \"%llu\"\n",
			 (unsigned long long)rate);
	info->cfg.mode |= XT_HASHLIMIT_BYTES;
	info->cfg.expire = BYTE_EXPIRE * 1000;
	return true;
}

/* "5/minute", the unit cut short as one likes */
static bool parse_rate(struct xt_call *c, struct xt_hashlimit_mtinfo3 *info)
{
	const char *slash = strchr(c->arg, '/');
	uint64_t rate = (uint64_t)atoll(c->arg);
	int i = 3;

	if (slash) {
		if (!slash[1])
			return false;
		while (i >= 0 && strncasecmp(slash + 1, units[i].name, strlen(slash + 1)) != 0)
			i--;
	}
	if (i < 0 || !rate)
		return false;
	if (rate / units[i].seconds > SCALE)
		xt_error(c->x, PARAMETER_PROBLEM, "Rate too fast \"%s\"", c->arg);
	info->cfg.avg = SCALE * units[i].seconds / rate;
	info->cfg.expire = units[i].seconds * 1000;
	/* the kernel's own place carries the unit as far as check() */
	info->hinfo = (void *)(uintptr_t)units[i].seconds;
	return true;
}

static void parse_limit(struct xt_call *c, struct xt_hashlimit_mtinfo3 *info)
{
	uint32_t expire = info->cfg.expire;
	bool set = *c->flags & (1u << O_EXPIRE);

	if (c->invert != (c->opt->id == O_ABOVE))
		info->cfg.mode |= XT_HASHLIMIT_INVERT;
	if (!parse_bytes(c, info) && !parse_rate(c, info))
		xt_bad_value(c->x, "hashlimit",
			     c->opt->id == O_ABOVE ? "--hashlimit-above" : "--hashlimit-upto",
			     c->arg);
	if (set)
		info->cfg.expire = expire;
}

static void parse_burst(struct xt_call *c, struct xt_hashlimit_mtinfo3 *info)
{
	uint64_t v;
	char *end;

	if (!xt_strtoul(c->arg, &end, &v, 1, BURST_MAX))
		xt_error(c->x, PARAMETER_PROBLEM,
			 "bad value for option \"--hashlimit-burst\", or out of range (1-%u).",
			 BURST_MAX);
	if (*end == 'k')
		v *= 1024;
	else if (*end == 'm')
		v *= 1024 * 1024;
	info->cfg.burst = v;
}

/* The bit of the word of @n letters at @s, 0: no such word. */
static uint32_t mode_bit(const char *s, size_t n)
{
	static const struct {
		const char *word;
		uint32_t bit;
	} modes[] = { { "dstip", XT_HASHLIMIT_HASH_DIP },
		      { "srcip", XT_HASHLIMIT_HASH_SIP },
		      { "srcport", XT_HASHLIMIT_HASH_SPT },
		      { "dstport", XT_HASHLIMIT_HASH_DPT } };
	size_t i;

	for (i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (strlen(modes[i].word) == n && !strncmp(modes[i].word, s, n))
			return modes[i].bit;
	}
	return 0;
}

static void parse_mode(struct xt_call *c, struct xt_hashlimit_mtinfo3 *info)
{
	const char *s = c->arg;

	for (s += strspn(s, ",|"); *s; s += strspn(s, ",|")) {
		size_t n = strcspn(s, ",|");
		uint32_t bit = mode_bit(s, n);

		if (!bit)
			xt_bad_value(c->x, "hashlimit", "--hashlimit-mode", c->arg);
		info->cfg.mode |= bit;
		s += n;
	}
}

static void parse(struct xt_call *c)
{
	struct xt_hashlimit_mtinfo3 *info = c->info;

	xt_option_parse(c);
	switch (c->opt->id) {
	case O_UPTO:
	case O_ABOVE:
		parse_limit(c, info);
		break;
	case O_BURST:
		parse_burst(c, info);
		break;
	case O_MODE:
		parse_mode(c, info);
		break;
	case O_RATEMATCH:
		info->cfg.mode |= XT_HASHLIMIT_RATE_MATCH;
		break;
	case O_INTERVAL:
		info->cfg.interval = (uint32_t)atoi(c->arg);
		break;
	default:
		break;
	}
}

/* Bursts of bytes are kept as a multiple of the rate. */
static void check_bytes(struct ipt *x, struct xt_hashlimit_mtinfo3 *info, uint32_t flags)
{
	uint64_t rate = cost_to_bytes(info->cfg.avg);
	/* 32 bits in the original */
	uint32_t burst = 0;

	if (flags & (1u << O_BURST)) {
		if (info->cfg.burst < rate)
			xt_error(x, PARAMETER_PROBLEM, "burst cannot be smaller than %llub",
				 (unsigned long long)rate);
		burst = rate ? (uint32_t)((uint32_t)info->cfg.burst / rate) : 0;
		if (rate && info->cfg.burst % rate)
			burst++;
		if (!(flags & (1u << O_EXPIRE)))
			info->cfg.expire = BYTE_EXPIRE_BURST * 1000;
	}
	info->cfg.burst = burst;
}

static void check(struct ipt *x, void *data, uint32_t flags)
{
	struct xt_hashlimit_mtinfo3 *info = data;
	uint32_t unit = (uint32_t)(uintptr_t)info->hinfo;
	uint32_t interval;

	info->hinfo = NULL;
	if (!(flags & (1u << O_UPTO | 1u << O_ABOVE)))
		xt_error(x, PARAMETER_PROBLEM, "You have to specify --hashlimit");
	if (info->cfg.mode & XT_HASHLIMIT_BYTES)
		check_bytes(x, info, flags);
	else if (info->cfg.burst > BURST_MAX)
		xt_error(x, PARAMETER_PROBLEM,
			 "bad value for option \"--hashlimit-burst\", or out of range (1-%u).",
			 BURST_MAX);
	if (!(info->cfg.mode & XT_HASHLIMIT_RATE_MATCH))
		return;
	/* packets count per interval, whatever the unit of their rate was */
	interval = (info->cfg.mode & XT_HASHLIMIT_BYTES) ? 1 : unit;
	info->cfg.avg /= interval;
	if (!(flags & (1u << O_INTERVAL)))
		info->cfg.interval = interval;
}

/* @whole: only units that divide it. */
static void put_scaled(struct ng_out *out, uint64_t bytes, bool whole, const char *after)
{
	const uint64_t m = 1024 * 1024, k = 1024;

	if (bytes >= m && (!whole || bytes % m == 0))
		ng_printf(out, "%llumb%s", (unsigned long long)(bytes / m), after);
	else if (bytes >= k && (!whole || bytes % k == 0))
		ng_printf(out, "%llukb%s", (unsigned long long)(bytes / k), after);
	else
		ng_printf(out, "%llub%s", (unsigned long long)bytes, after);
}

/* The rate. Returns the lifetime of an entry that goes without saying, in milliseconds. */
static uint32_t put_rate(struct ng_out *out, uint64_t period)
{
	unsigned int i;

	if (!period) {
		ng_puts(out, " inf");
		return 1000;
	}
	for (i = 1; i < 4; i++) {
		uint64_t mult = units[i].seconds * SCALE;

		if (period > mult || mult / period < mult % period)
			break;
	}
	ng_printf(out, " %llu/%s", (unsigned long long)(units[i - 1].seconds * SCALE / period),
		  units[i - 1].shown);
	return units[i - 1].seconds * 1000;
}

static uint32_t put_limit(struct xt_show *s, const char *burst, uint64_t period)
{
	const struct xt_hashlimit_mtinfo3 *info = s->info;
	uint64_t rate;
	uint32_t quantum;

	if (!(info->cfg.mode & XT_HASHLIMIT_BYTES)) {
		quantum = put_rate(s->out, period);
		ng_printf(s->out, " %s %llu", burst, (unsigned long long)info->cfg.burst);
		return quantum;
	}
	rate = cost_to_bytes(info->cfg.avg);
	ng_putc(s->out, ' ');
	put_scaled(s->out, rate, true, "/s");
	if (!info->cfg.burst)
		return BYTE_EXPIRE * 1000;
	ng_printf(s->out, " %s ", burst);
	put_scaled(s->out, rate * info->cfg.burst, false, "");
	return BYTE_EXPIRE_BURST * 1000;
}

static void put_mode(struct ng_out *out, const char *word, uint32_t mode, char between)
{
	static const struct {
		uint32_t bit;
		const char *word;
	} modes[] = { { XT_HASHLIMIT_HASH_SIP, "srcip" },
		      { XT_HASHLIMIT_HASH_SPT, "srcport" },
		      { XT_HASHLIMIT_HASH_DIP, "dstip" },
		      { XT_HASHLIMIT_HASH_DPT, "dstport" } };
	bool first = true;
	size_t i;

	for (i = 0; i < 4; i++) {
		if (!(mode & modes[i].bit))
			continue;
		if (first)
			ng_printf(out, " %s ", word);
		else
			ng_putc(out, between);
		ng_puts(out, modes[i].word);
		first = false;
	}
}

static void put_table(struct xt_show *s, const char *before, uint32_t quantum)
{
	const struct hashlimit_cfg3 *cfg = &((const struct xt_hashlimit_mtinfo3 *)s->info)->cfg;

	if (cfg->size)
		ng_printf(s->out, " %shtable-size %u", before, cfg->size);
	if (cfg->max)
		ng_printf(s->out, " %shtable-max %u", before, cfg->max);
	if (cfg->gc_interval != GC_INTERVAL)
		ng_printf(s->out, " %shtable-gcinterval %u", before, cfg->gc_interval);
	if (cfg->expire != quantum)
		ng_printf(s->out, " %shtable-expire %u", before, cfg->expire);
	if (cfg->srcmask != 32)
		ng_printf(s->out, " %ssrcmask %u", before, cfg->srcmask);
	if (cfg->dstmask != 32)
		ng_printf(s->out, " %sdstmask %u", before, cfg->dstmask);
	if (!(cfg->mode & XT_HASHLIMIT_RATE_MATCH))
		return;
	ng_printf(s->out, " %srate-match", before);
	if (!(cfg->mode & XT_HASHLIMIT_BYTES) && cfg->interval != 1)
		ng_printf(s->out, " %srate-interval %u", before, cfg->interval);
}

static void print(struct xt_show *s)
{
	const struct xt_hashlimit_mtinfo3 *info = s->info;
	uint64_t period = info->cfg.avg * (info->cfg.interval ? info->cfg.interval : 1);
	uint32_t quantum;

	ng_puts(s->out, (info->cfg.mode & XT_HASHLIMIT_INVERT) ? " limit: above" : " limit: up to");
	quantum = put_limit(s, "burst", period);
	put_mode(s->out, "mode", info->cfg.mode, '-');
	put_table(s, "", quantum);
}

static void save(struct xt_show *s)
{
	const struct xt_hashlimit_mtinfo3 *info = s->info;
	uint32_t quantum;

	ng_puts(s->out, (info->cfg.mode & XT_HASHLIMIT_INVERT) ? " --hashlimit-above"
							       : " --hashlimit-upto");
	quantum = put_limit(s, "--hashlimit-burst", info->cfg.avg);
	put_mode(s->out, "--hashlimit-mode", info->cfg.mode, ',');
	ng_printf(s->out, " --hashlimit-name %s", info->name);
	put_table(s, "--hashlimit-", quantum);
}

const struct xt_ext libxt_hashlimit = {
	.name = "hashlimit",
	.rev = 3,
	.size = sizeof(struct xt_hashlimit_mtinfo3),
	.user_size = offsetof(struct xt_hashlimit_mtinfo3, hinfo),
	.opts = opts,
	.init = init,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
