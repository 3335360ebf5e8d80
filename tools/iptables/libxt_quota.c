/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_quota.c - -m quota, -m tcpmss, -m cpu, -m realm, -m devgroup, -m helper
 *
 * Mirrors iptables/extensions/libxt_{quota,tcpmss,cpu,devgroup,helper}.c, libipt_realm.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_cpu.h>
#include <linux/netfilter/xt_devgroup.h>
#include <linux/netfilter/xt_helper.h>
#include <linux/netfilter/xt_quota.h>
#include <linux/netfilter/xt_realm.h>
#include <linux/netfilter/xt_tcpmss.h>

static const struct xt_opt quota_opts[] = {
	{ .name = "quota",
	  .id = 0,
	  .type = XTT_U64,
	  .flags = XTO_MAND | XTO_INVERT | XTO_PUT,
	  .off = offsetof(struct xt_quota_info, quota),
	  .size = 8 },
	{ .name = NULL },
};

static void quota_parse(struct xt_call *c)
{
	struct xt_quota_info *info = c->info;

	xt_option_parse(c);
	if (c->invert)
		info->flags |= XT_QUOTA_INVERT;
}

static void quota_print(struct xt_show *s)
{
	const struct xt_quota_info *info = s->info;

	ng_printf(s->out, " quota: %llu bytes", (unsigned long long)info->quota);
}

static void quota_save(struct xt_show *s)
{
	const struct xt_quota_info *info = s->info;

	ng_printf(s->out, "%s --quota %llu", (info->flags & XT_QUOTA_INVERT) ? " !" : "",
		  (unsigned long long)info->quota);
}

const struct xt_ext libxt_quota = {
	.name = "quota",
	.size = sizeof(struct xt_quota_info),
	/* as iptables has it: the quota is not compared */
	.user_size = offsetof(struct xt_quota_info, quota),
	.opts = quota_opts,
	.parse = quota_parse,
	.print = quota_print,
	.save = quota_save,
};

static const struct xt_opt mss_opts[] = {
	{ .name = "mss", .id = 0, .type = XTT_U16RC, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static void mss_parse(struct xt_call *c)
{
	struct xt_tcpmss_match_info *info = c->info;

	xt_option_parse(c);
	if (c->val.u16r[0] > c->val.u16r[1])
		xt_error(c->x, PARAMETER_PROBLEM, "tcpmss: invalid range given");
	info->mss_min = c->val.u16r[0];
	info->mss_max = c->val.u16r[1];
	info->invert = c->invert;
}

static void put_mss(struct xt_show *s, const char *word)
{
	const struct xt_tcpmss_match_info *info = s->info;

	ng_printf(s->out, "%s%u", word, info->mss_min);
	if (info->mss_min != info->mss_max)
		ng_printf(s->out, ":%u", info->mss_max);
}

static void mss_print(struct xt_show *s)
{
	const struct xt_tcpmss_match_info *info = s->info;

	put_mss(s, info->invert ? " tcpmss match !" : " tcpmss match ");
}

static void mss_save(struct xt_show *s)
{
	const struct xt_tcpmss_match_info *info = s->info;

	put_mss(s, info->invert ? " ! --mss " : " --mss ");
}

const struct xt_ext libxt_tcpmss = {
	.name = "tcpmss",
	.size = sizeof(struct xt_tcpmss_match_info),
	.opts = mss_opts,
	.parse = mss_parse,
	.print = mss_print,
	.save = mss_save,
};

static const struct xt_opt cpu_opts[] = {
	{ .name = "cpu",
	  .id = 0,
	  .type = XTT_U32,
	  .flags = XTO_MAND | XTO_INVERT | XTO_PUT,
	  .off = offsetof(struct xt_cpu_info, cpu),
	  .size = 4 },
	{ .name = NULL },
};

static void cpu_parse(struct xt_call *c)
{
	struct xt_cpu_info *info = c->info;

	xt_option_parse(c);
	info->invert = c->invert;
}

static void cpu_print(struct xt_show *s)
{
	const struct xt_cpu_info *info = s->info;

	ng_printf(s->out, " cpu %s%u", info->invert ? "! " : "", info->cpu);
}

static void cpu_save(struct xt_show *s)
{
	const struct xt_cpu_info *info = s->info;

	ng_printf(s->out, "%s --cpu %u", info->invert ? " !" : "", info->cpu);
}

const struct xt_ext libxt_cpu = {
	.name = "cpu",
	.size = sizeof(struct xt_cpu_info),
	.opts = cpu_opts,
	.parse = cpu_parse,
	.print = cpu_print,
	.save = cpu_save,
};

/* A number with a mask, or a name of a file. */
static void named_value(struct xt_call *c, const char *file)
{
	if (c->arg && (c->arg[0] < '0' || c->arg[0] > '9')) {
		int id = ng_map_by_name(c->x->task, file, c->arg);

		if (id < 0)
			xt_error(c->x, PARAMETER_PROBLEM,
				 "%s: could not map name %s to an integer value for option "
				 "\"--%s\".\n",
				 c->ext->name, c->arg, c->opt->name);
		*c->flags |= 1u << c->opt->id;
		c->val.mark.value = (uint32_t)id;
		c->val.mark.mask = UINT32_MAX;
		return;
	}
	xt_option_parse(c);
}

static void put_named(struct xt_show *s, const char *file, uint32_t id, uint32_t mask, bool numeric)
{
	const char *name;

	if (mask != UINT32_MAX) {
		ng_printf(s->out, " 0x%x/0x%x", id, mask);
		return;
	}
	name = numeric ? NULL : ng_map_by_id(s->x->task, file, (int)id);
	if (name)
		ng_printf(s->out, " %s", name);
	else
		ng_printf(s->out, " 0x%x", id);
}

#define REALMS "/etc/iproute2/rt_realms"
#define GROUPS "/etc/iproute2/group"

static const struct xt_opt realm_opts[] = {
	{ .name = "realm", .id = 0, .type = XTT_MARK, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static void realm_parse(struct xt_call *c)
{
	struct xt_realm_info *info = c->info;

	named_value(c, REALMS);
	info->id = c->val.mark.value;
	info->mask = c->val.mark.mask;
	info->invert = c->invert;
}

static void realm_print(struct xt_show *s)
{
	const struct xt_realm_info *info = s->info;

	ng_printf(s->out, "%s realm", info->invert ? " !" : "");
	put_named(s, REALMS, info->id, info->mask, s->numeric);
}

static void realm_save(struct xt_show *s)
{
	const struct xt_realm_info *info = s->info;

	ng_printf(s->out, "%s --realm", info->invert ? " !" : "");
	put_named(s, REALMS, info->id, info->mask, false);
}

const struct xt_ext libipt_realm = {
	.name = "realm",
	.size = sizeof(struct xt_realm_info),
	.opts = realm_opts,
	.parse = realm_parse,
	.print = realm_print,
	.save = realm_save,
};

enum { O_SRC_GROUP, O_DST_GROUP };

static const struct xt_opt group_opts[] = {
	{ .name = "src-group", .id = O_SRC_GROUP, .type = XTT_MARK, .flags = XTO_INVERT },
	{ .name = "dst-group", .id = O_DST_GROUP, .type = XTT_MARK, .flags = XTO_INVERT },
	{ .name = NULL },
};

static void group_parse(struct xt_call *c)
{
	struct xt_devgroup_info *info = c->info;

	named_value(c, GROUPS);
	if (c->opt->id == O_SRC_GROUP) {
		info->src_group = c->val.mark.value;
		info->src_mask = c->val.mark.mask;
		info->flags |= XT_DEVGROUP_MATCH_SRC;
		if (c->invert)
			info->flags |= XT_DEVGROUP_INVERT_SRC;
	} else {
		info->dst_group = c->val.mark.value;
		info->dst_mask = c->val.mark.mask;
		info->flags |= XT_DEVGROUP_MATCH_DST;
		if (c->invert)
			info->flags |= XT_DEVGROUP_INVERT_DST;
	}
}

static void group_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM,
			 "devgroup match: You must specify either '--src-group' or '--dst-group'");
}

static void put_groups(struct xt_show *s, const char *before, bool numeric)
{
	const struct xt_devgroup_info *info = s->info;

	if (info->flags & XT_DEVGROUP_MATCH_SRC) {
		ng_printf(s->out, "%s %ssrc-group",
			  (info->flags & XT_DEVGROUP_INVERT_SRC) ? " !" : "", before);
		put_named(s, GROUPS, info->src_group, info->src_mask, numeric);
	}
	if (info->flags & XT_DEVGROUP_MATCH_DST) {
		ng_printf(s->out, "%s %sdst-group",
			  (info->flags & XT_DEVGROUP_INVERT_DST) ? " !" : "", before);
		put_named(s, GROUPS, info->dst_group, info->dst_mask, numeric);
	}
}

static void group_print(struct xt_show *s)
{
	put_groups(s, "", s->numeric);
}

static void group_save(struct xt_show *s)
{
	put_groups(s, "--", false);
}

const struct xt_ext libxt_devgroup = {
	.name = "devgroup",
	.size = sizeof(struct xt_devgroup_info),
	.opts = group_opts,
	.parse = group_parse,
	.check = group_check,
	.print = group_print,
	.save = group_save,
};

static const struct xt_opt helper_opts[] = {
	{ .name = "helper",
	  .id = 0,
	  .type = XTT_STRING,
	  .flags = XTO_MAND | XTO_INVERT | XTO_PUT,
	  .off = offsetof(struct xt_helper_info, name),
	  .size = sizeof(((struct xt_helper_info *)0)->name) },
	{ .name = NULL },
};

static void helper_parse(struct xt_call *c)
{
	struct xt_helper_info *info = c->info;

	xt_option_parse(c);
	info->invert = c->invert;
}

static void helper_print(struct xt_show *s)
{
	const struct xt_helper_info *info = s->info;

	ng_printf(s->out, " helper match %s\"%s\"", info->invert ? "! " : "", info->name);
}

static void helper_save(struct xt_show *s)
{
	const struct xt_helper_info *info = s->info;

	ng_printf(s->out, "%s --helper", info->invert ? " !" : "");
	xt_save_string(s->out, info->name);
}

const struct xt_ext libxt_helper = {
	.name = "helper",
	.size = sizeof(struct xt_helper_info),
	.opts = helper_opts,
	.parse = helper_parse,
	.print = helper_print,
	.save = helper_save,
};
