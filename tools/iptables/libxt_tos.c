/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_tos.c - -m tos, -m dscp, -j TOS, -j DSCP: the type-of-service byte
 *
 * Mirrors iptables/extensions/libxt_{tos,dscp,TOS,DSCP}.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_DSCP.h>
#include <linux/netfilter/xt_dscp.h>
#include <strings.h>

static const struct xt_opt tos_opts[] = {
	{ .name = "tos", .id = 0, .type = XTT_TOS, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static void tos_parse(struct xt_call *c)
{
	struct xt_tos_match_info *info = c->info;

	xt_option_parse(c);
	info->tos_value = (uint8_t)c->val.mark.value;
	info->tos_mask = (uint8_t)c->val.mark.mask;
	info->invert = c->invert;
}

/* A value with the mask of the names, by name. */
static const char *named(const struct xt_show *s, uint8_t value, uint8_t mask)
{
	return !s->numeric && mask == 0x3f ? xt_tos_name(value) : NULL;
}

static void tos_print(struct xt_show *s)
{
	const struct xt_tos_match_info *info = s->info;
	const char *name = named(s, info->tos_value, info->tos_mask);

	ng_printf(s->out, " tos match%s", info->invert ? "!" : "");
	if (name)
		ng_printf(s->out, " %s", name);
	else
		ng_printf(s->out, "0x%02x/0x%02x", info->tos_value, info->tos_mask);
}

static void tos_save(struct xt_show *s)
{
	const struct xt_tos_match_info *info = s->info;

	ng_printf(s->out, "%s --tos 0x%02x/0x%02x", info->invert ? " !" : "", info->tos_value,
		  info->tos_mask);
}

const struct xt_ext libxt_tos = {
	.name = "tos",
	.rev = 1,
	.size = sizeof(struct xt_tos_match_info),
	.opts = tos_opts,
	.parse = tos_parse,
	.print = tos_print,
	.save = tos_save,
};

enum { O_VALUE, O_CLASS };

#define DSCP_OPTS(value, cls, f)           \
	{ .name = value,                   \
	  .id = O_VALUE,                   \
	  .type = XTT_U8,                  \
	  .flags = f,                      \
	  .max = 63,                       \
	  .excl = 1u << O_CLASS },         \
		{ .name = cls,             \
		  .id = O_CLASS,           \
		  .type = XTT_STRING,      \
		  .flags = f,              \
		  .excl = 1u << O_VALUE }, \
	{                                  \
		.name = NULL               \
	}

static const struct xt_opt dscp_opts[] = { DSCP_OPTS("dscp", "dscp-class", XTO_INVERT) };
static const struct xt_opt set_dscp_opts[] = { DSCP_OPTS("set-dscp", "set-dscp-class", 0) };

static uint8_t dscp_value(struct xt_call *c)
{
	static const struct {
		const char *name;
		uint8_t value;
	} classes[] = {
		{ "CS0", 0x00 },  { "CS1", 0x08 },  { "CS2", 0x10 },  { "CS3", 0x18 },
		{ "CS4", 0x20 },  { "CS5", 0x28 },  { "CS6", 0x30 },  { "CS7", 0x38 },
		{ "BE", 0x00 },	  { "AF11", 0x0a }, { "AF12", 0x0c }, { "AF13", 0x0e },
		{ "AF21", 0x12 }, { "AF22", 0x14 }, { "AF23", 0x16 }, { "AF31", 0x1a },
		{ "AF32", 0x1c }, { "AF33", 0x1e }, { "AF41", 0x22 }, { "AF42", 0x24 },
		{ "AF43", 0x26 }, { "EF", 0x2e },
	};
	size_t i;

	if (c->opt->id == O_VALUE)
		return (uint8_t)c->val.u;
	for (i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		if (!strcasecmp(classes[i].name, c->arg))
			return classes[i].value;
	}
	xt_error(c->x, PARAMETER_PROBLEM, "Invalid DSCP value `%s'", c->arg);
}

static void dscp_parse(struct xt_call *c)
{
	struct xt_dscp_info *info = c->info;

	xt_option_parse(c);
	info->dscp = dscp_value(c);
	info->invert = c->invert;
}

static void dscp_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM, "DSCP match: Parameter --dscp is required");
}

static void dscp_print(struct xt_show *s)
{
	const struct xt_dscp_info *info = s->info;

	ng_printf(s->out, " DSCP match %s0x%02x", info->invert ? "!" : "", info->dscp);
}

static void dscp_save(struct xt_show *s)
{
	const struct xt_dscp_info *info = s->info;

	ng_printf(s->out, "%s --dscp 0x%02x", info->invert ? " !" : "", info->dscp);
}

const struct xt_ext libxt_dscp = {
	.name = "dscp",
	.size = sizeof(struct xt_dscp_info),
	.opts = dscp_opts,
	.parse = dscp_parse,
	.check = dscp_check,
	.print = dscp_print,
	.save = dscp_save,
};

static void set_dscp_parse(struct xt_call *c)
{
	struct xt_DSCP_info *info = c->info;

	xt_option_parse(c);
	info->dscp = dscp_value(c);
}

static void set_dscp_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM, "DSCP target: Parameter --set-dscp is required");
}

static void set_dscp_print(struct xt_show *s)
{
	const struct xt_DSCP_info *info = s->info;

	ng_printf(s->out, " DSCP set 0x%02x", info->dscp);
}

static void set_dscp_save(struct xt_show *s)
{
	const struct xt_DSCP_info *info = s->info;

	ng_printf(s->out, " --set-dscp 0x%02x", info->dscp);
}

const struct xt_ext libxt_DSCP = {
	.name = "DSCP",
	.target = true,
	.size = sizeof(struct xt_DSCP_info),
	.opts = set_dscp_opts,
	.parse = set_dscp_parse,
	.check = set_dscp_check,
	.print = set_dscp_print,
	.save = set_dscp_save,
};

enum { O_SET, O_AND, O_OR, O_XOR };

#define F_ANY (1u << O_SET | 1u << O_AND | 1u << O_OR | 1u << O_XOR)

static const struct xt_opt set_tos_opts[] = {
	{ .name = "set-tos", .id = O_SET, .type = XTT_TOS, .excl = F_ANY & ~(1u << O_SET) },
	{ .name = "and-tos", .id = O_AND, .type = XTT_U8, .excl = F_ANY & ~(1u << O_AND) },
	{ .name = "or-tos", .id = O_OR, .type = XTT_U8, .excl = F_ANY & ~(1u << O_OR) },
	{ .name = "xor-tos", .id = O_XOR, .type = XTT_U8, .excl = F_ANY & ~(1u << O_XOR) },
	{ .name = NULL },
};

static void set_tos_parse(struct xt_call *c)
{
	struct xt_tos_target_info *info = c->info;
	uint8_t v;

	xt_option_parse(c);
	v = (uint8_t)c->val.u;
	switch (c->opt->id) {
	case O_SET:
		info->tos_value = (uint8_t)c->val.mark.value;
		info->tos_mask = (uint8_t)c->val.mark.mask;
		break;
	case O_AND:
		info->tos_value = 0;
		info->tos_mask = (uint8_t)~v;
		break;
	case O_OR:
		info->tos_value = v;
		info->tos_mask = v;
		break;
	default:
		info->tos_value = v;
		info->tos_mask = 0;
		break;
	}
}

static void set_tos_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & F_ANY))
		xt_error(x, PARAMETER_PROBLEM, "TOS: An action is required");
}

static void set_tos_print(struct xt_show *s)
{
	const struct xt_tos_target_info *info = s->info;
	const char *name = named(s, info->tos_value, info->tos_mask);

	if (s->numeric)
		ng_printf(s->out, " TOS set 0x%02x/0x%02x", info->tos_value, info->tos_mask);
	else if (name)
		ng_printf(s->out, "  TOS set%s", name);
	else if (info->tos_value == 0)
		ng_printf(s->out, " TOS and 0x%02x", (unsigned int)(uint8_t)~info->tos_mask);
	else if (info->tos_value == info->tos_mask)
		ng_printf(s->out, " TOS or 0x%02x", info->tos_value);
	else if (info->tos_mask == 0)
		ng_printf(s->out, " TOS xor 0x%02x", info->tos_value);
	else
		ng_printf(s->out, " TOS set 0x%02x/0x%02x", info->tos_value, info->tos_mask);
}

static void set_tos_save(struct xt_show *s)
{
	const struct xt_tos_target_info *info = s->info;

	ng_printf(s->out, " --set-tos 0x%02x/0x%02x", info->tos_value, info->tos_mask);
}

const struct xt_ext libxt_TOS = {
	.name = "TOS",
	.rev = 1,
	.target = true,
	.size = sizeof(struct xt_tos_target_info),
	.opts = set_tos_opts,
	.parse = set_tos_parse,
	.check = set_tos_check,
	.print = set_tos_print,
	.save = set_tos_save,
};
