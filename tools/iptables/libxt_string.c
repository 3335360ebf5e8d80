/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_string.c - -m string: bytes anywhere in the packet
 *
 * Mirrors iptables/extensions/libxt_string.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_string.h>

enum { O_FROM, O_TO, O_ALGO, O_ICASE, O_STRING, O_HEX };

#define F_ANY (1u << O_STRING | 1u << O_HEX)

static const struct xt_opt opts[] = {
	{ .name = "from",
	  .id = O_FROM,
	  .type = XTT_U16,
	  .flags = XTO_PUT,
	  .off = offsetof(struct xt_string_info, from_offset),
	  .size = 2 },
	{ .name = "to",
	  .id = O_TO,
	  .type = XTT_U16,
	  .flags = XTO_PUT,
	  .off = offsetof(struct xt_string_info, to_offset),
	  .size = 2 },
	{ .name = "algo",
	  .id = O_ALGO,
	  .type = XTT_STRING,
	  .flags = XTO_MAND | XTO_PUT,
	  .off = offsetof(struct xt_string_info, algo),
	  .size = XT_STRING_MAX_ALGO_NAME_SIZE },
	{ .name = "string",
	  .id = O_STRING,
	  .type = XTT_STRING,
	  .flags = XTO_INVERT,
	  .excl = 1u << O_HEX },
	{ .name = "hex-string",
	  .id = O_HEX,
	  .type = XTT_STRING,
	  .flags = XTO_INVERT,
	  .excl = 1u << O_STRING },
	{ .name = "icase", .id = O_ICASE, .type = XTT_NONE },
	{ .name = NULL },
};

static void init(void *data)
{
	struct xt_string_info *info = data;

	info->to_offset = UINT16_MAX;
}

static void parse_text(struct xt_call *c, struct xt_string_info *info)
{
	size_t n = strlen(c->arg);

	if (n > XT_STRING_MAX_PATTERN_SIZE)
		xt_error(c->x, PARAMETER_PROBLEM, "STRING too long \"%s\"", c->arg);
	memcpy(info->pattern, c->arg, n);
	info->patlen = (uint8_t)n;
}

static int digit(struct xt_call *c, char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if ((ch | 32) >= 'a' && (ch | 32) <= 'f')
		return (ch | 32) - 'a' + 10;
	xt_error(c->x, PARAMETER_PROBLEM, "Invalid hex char '%c'", ch);
}

/* text with |hex digits| in it */
static void parse_hex(struct xt_call *c, struct xt_string_info *info)
{
	const char *s = c->arg;
	bool in = false, fresh = false;
	size_t n = 0;

	if (!*s)
		xt_error(c->x, PARAMETER_PROBLEM, "STRING must contain at least one char");
	while (*s) {
		if (*s == '\\' && !in) {
			if (!s[1])
				xt_error(c->x, PARAMETER_PROBLEM,
					 "Bad literal placement at end of string");
			s++;
			info->pattern[n++] = *s++;
		} else if (*s == '\\') {
			xt_error(c->x, PARAMETER_PROBLEM, "Cannot include literals in hex data");
		} else if (*s == '|' && !(in && fresh)) {
			in = !in;
			fresh = true; /* what follows at once is a digit, or meant to be */
			s++;
			while (in && *s == ' ')
				s++;
		} else if (in) {
			if (!s[1])
				xt_error(c->x, PARAMETER_PROBLEM, "Odd number of hex digits");
			if (!s[2])
				xt_error(c->x, PARAMETER_PROBLEM, "Invalid hex block");
			info->pattern[n++] = (char)(digit(c, s[0]) * 16 + digit(c, s[1]));
			s += 2;
			fresh = false;
			while (*s == ' ')
				s++;
		} else {
			info->pattern[n++] = *s++;
		}
		if (n > XT_STRING_MAX_PATTERN_SIZE - 1)
			xt_error(c->x, PARAMETER_PROBLEM, "STRING too long \"%s\"", c->arg);
	}
	info->patlen = (uint8_t)n;
}

static void parse(struct xt_call *c)
{
	struct xt_string_info *info = c->info;

	xt_option_parse(c);
	if (c->opt->id == O_ICASE)
		info->u.v1.flags |= XT_STRING_FLAG_IGNORECASE;
	if (c->opt->id != O_STRING && c->opt->id != O_HEX)
		return;
	if (c->opt->id == O_STRING)
		parse_text(c, info);
	else
		parse_hex(c, info);
	if (c->invert)
		info->u.v1.flags |= XT_STRING_FLAG_INVERT;
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & F_ANY))
		xt_error(x, PARAMETER_PROBLEM,
			 "STRING match: You must specify `--string' or `--hex-string'");
}

static bool is_hex(const struct xt_string_info *info)
{
	unsigned int i;

	for (i = 0; i < info->patlen; i++) {
		unsigned char ch = (unsigned char)info->pattern[i];

		if (ch < 32 || ch > 126)
			return true;
	}
	/* a lone backslash at the end would swallow the quote */
	return info->patlen && info->pattern[info->patlen - 1] == '\\';
}

static void put_pattern(struct ng_out *out, const struct xt_string_info *info)
{
	unsigned int i;

	ng_putc(out, '"');
	if (is_hex(info)) {
		ng_putc(out, '|');
		for (i = 0; i < info->patlen; i++)
			ng_printf(out, "%02x", (unsigned char)info->pattern[i]);
		ng_puts(out, "|\"");
		return;
	}
	for (i = 0; i < info->patlen; i++) {
		if (info->pattern[i] == '"' || info->pattern[i] == '\\')
			ng_putc(out, '\\');
		ng_putc(out, info->pattern[i]);
	}
	ng_putc(out, '"');
}

static void print(struct xt_show *s)
{
	const struct xt_string_info *info = s->info;

	ng_printf(s->out, " STRING match %s ",
		  (info->u.v1.flags & XT_STRING_FLAG_INVERT) ? "!" : "");
	put_pattern(s->out, info);
	ng_printf(s->out, " ALGO name %s", info->algo);
	if (info->from_offset)
		ng_printf(s->out, " FROM %u", info->from_offset);
	if (info->to_offset != UINT16_MAX)
		ng_printf(s->out, " TO %u", info->to_offset);
	if (info->u.v1.flags & XT_STRING_FLAG_IGNORECASE)
		ng_puts(s->out, " ICASE");
}

static void save(struct xt_show *s)
{
	const struct xt_string_info *info = s->info;

	ng_printf(s->out, "%s --%s ", (info->u.v1.flags & XT_STRING_FLAG_INVERT) ? " !" : "",
		  is_hex(info) ? "hex-string" : "string");
	put_pattern(s->out, info);
	ng_printf(s->out, " --algo %s", info->algo);
	if (info->from_offset)
		ng_printf(s->out, " --from %u", info->from_offset);
	if (info->to_offset != UINT16_MAX)
		ng_printf(s->out, " --to %u", info->to_offset);
	if (info->u.v1.flags & XT_STRING_FLAG_IGNORECASE)
		ng_puts(s->out, " --icase");
}

const struct xt_ext libxt_string = {
	.name = "string",
	.rev = 1,
	.size = sizeof(struct xt_string_info),
	.user_size = offsetof(struct xt_string_info, config),
	.opts = opts,
	.init = init,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
