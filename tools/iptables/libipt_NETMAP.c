/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libipt_NETMAP.c - -j NETMAP, -j TCPMSS, -j CLASSIFY, -j CT and -j NOTRACK
 *
 * Mirrors iptables/extensions/libipt_NETMAP.c, libxt_{TCPMSS,CLASSIFY,CT}.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/xt_CLASSIFY.h>
#include <linux/netfilter/xt_CT.h>
#include <linux/netfilter/xt_TCPMSS.h>
#include <stdio.h>
#include <stdlib.h>

static const struct xt_opt netmap_opts[] = {
	{ .name = "to", .id = 0, .type = XTT_HOSTMASK, .flags = XTO_MAND },
	{ .name = NULL },
};

static void netmap_init(void *info)
{
	struct nf_nat_ipv4_multi_range_compat *mr = info;

	mr->rangesize = 1;
}

static void netmap_parse(struct xt_call *c)
{
	struct nf_nat_ipv4_multi_range_compat *mr = c->info;

	xt_option_parse(c);
	mr->range[0].flags |= NF_NAT_RANGE_MAP_IPS;
	mr->range[0].min_ip = c->val.host.addr & c->val.host.mask;
	mr->range[0].max_ip = mr->range[0].min_ip | ~c->val.host.mask;
}

static void put_net(struct xt_show *s, const char *word)
{
	const struct nf_nat_ipv4_multi_range_compat *mr = s->info;
	__be32 mask = ~(mr->range[0].min_ip ^ mr->range[0].max_ip);
	char buf[20];

	ng_puts(s->out, word);
	xt_print_addr(s->out, mr->range[0].min_ip);
	ng_puts(s->out, mask == cpu_to_be32(UINT32_MAX) ? "/32" : xt_mask_text(mask, buf));
}

static void netmap_print(struct xt_show *s)
{
	put_net(s, " to:");
}

static void netmap_save(struct xt_show *s)
{
	put_net(s, " --to ");
}

const struct xt_ext libipt_NETMAP = {
	.name = "NETMAP",
	.target = true,
	.size = sizeof(struct nf_nat_ipv4_multi_range_compat),
	.opts = netmap_opts,
	.init = netmap_init,
	.parse = netmap_parse,
	.print = netmap_print,
	.save = netmap_save,
};

enum { O_SET_MSS, O_CLAMP };

static const struct xt_opt mss_opts[] = {
	{ .name = "set-mss",
	  .id = O_SET_MSS,
	  .type = XTT_U16,
	  .flags = XTO_PUT,
	  .size = 2,
	  .max = UINT16_MAX - 20 },
	{ .name = "clamp-mss-to-pmtu", .id = O_CLAMP, .type = XTT_NONE },
	{ .name = NULL },
};

static void mss_parse(struct xt_call *c)
{
	struct xt_tcpmss_info *info = c->info;

	xt_option_parse(c);
	if (c->opt->id == O_CLAMP)
		info->mss = XT_TCPMSS_CLAMP_PMTU;
}

static void mss_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM, "TCPMSS target: At least one parameter is required");
}

static void mss_print(struct xt_show *s)
{
	const struct xt_tcpmss_info *info = s->info;

	if (info->mss == XT_TCPMSS_CLAMP_PMTU)
		ng_puts(s->out, " TCPMSS clamp to PMTU");
	else
		ng_printf(s->out, " TCPMSS set %u", info->mss);
}

static void mss_save(struct xt_show *s)
{
	const struct xt_tcpmss_info *info = s->info;

	if (info->mss == XT_TCPMSS_CLAMP_PMTU)
		ng_puts(s->out, " --clamp-mss-to-pmtu");
	else
		ng_printf(s->out, " --set-mss %u", info->mss);
}

const struct xt_ext libxt_TCPMSS = {
	.name = "TCPMSS",
	.target = true,
	.size = sizeof(struct xt_tcpmss_info),
	.opts = mss_opts,
	.parse = mss_parse,
	.check = mss_check,
	.print = mss_print,
	.save = mss_save,
};

static const struct xt_opt class_opts[] = {
	{ .name = "set-class", .id = 0, .type = XTT_STRING, .flags = XTO_MAND },
	{ .name = NULL },
};

static void class_parse(struct xt_call *c)
{
	struct xt_classify_target_info *info = c->info;
	char *end, *rest = NULL;
	unsigned long major;
	unsigned long minor = 0;

	xt_option_parse(c);
	major = strtoul(c->arg, &end, 16);
	if (end != c->arg && *end == ':')
		minor = strtoul(end + 1, &rest, 16);
	if (!rest || rest == end + 1)
		xt_error(c->x, PARAMETER_PROBLEM, "Bad class value \"%s\"", c->arg);
	info->priority = (uint32_t)(major << 16 | (minor & 0xffff));
}

static void class_print(struct xt_show *s)
{
	const struct xt_classify_target_info *info = s->info;

	ng_printf(s->out, " CLASSIFY set %x:%x", info->priority >> 16, info->priority & 0xffff);
}

static void class_save(struct xt_show *s)
{
	const struct xt_classify_target_info *info = s->info;

	ng_printf(s->out, " --set-class %.4x:%.4x", info->priority >> 16, info->priority & 0xffff);
}

const struct xt_ext libxt_CLASSIFY = {
	.name = "CLASSIFY",
	.target = true,
	.size = sizeof(struct xt_classify_target_info),
	.opts = class_opts,
	.parse = class_parse,
	.print = class_print,
	.save = class_save,
};

enum {
	O_NOTRACK,
	O_HELPER,
	O_TIMEOUT,
	O_CTEVENTS,
	O_EXPEVENTS,
	O_ZONE,
	O_ZONE_ORIG,
	O_ZONE_REPLY,
};

static const struct xt_opt ct_opts[] = {
	{ .name = "notrack", .id = O_NOTRACK, .type = XTT_NONE },
	{ .name = "helper", .id = O_HELPER, .type = XTT_STRING },
	{ .name = "timeout", .id = O_TIMEOUT, .type = XTT_STRING },
	{ .name = "ctevents", .id = O_CTEVENTS, .type = XTT_STRING },
	{ .name = "expevents", .id = O_EXPEVENTS, .type = XTT_STRING },
	{ .name = "zone-orig", .id = O_ZONE_ORIG, .type = XTT_STRING },
	{ .name = "zone-reply", .id = O_ZONE_REPLY, .type = XTT_STRING },
	{ .name = "zone", .id = O_ZONE, .type = XTT_STRING },
	{ .name = NULL },
};

static const struct ct_event {
	const char *name;
	uint8_t bit;
} ct_events[] = {
	{ "new", IPCT_NEW },	     { "related", IPCT_RELATED },     { "destroy", IPCT_DESTROY },
	{ "reply", IPCT_REPLY },     { "assured", IPCT_ASSURED },     { "protoinfo", IPCT_PROTOINFO },
	{ "helper", IPCT_HELPER },   { "mark", IPCT_MARK },	      { "natseqinfo", IPCT_NATSEQADJ },
	{ "secmark", IPCT_SECMARK }, { NULL, 0 },
}, exp_events[] = { { "new", IPEXP_NEW }, { NULL, 0 } };

static uint32_t parse_events(struct xt_call *c, const struct ct_event *events)
{
	char *list = ng_task_strdup(c->x->task, c->arg);
	uint32_t mask = 0;

	while (list) {
		char *comma = strchr(list, ',');
		const struct ct_event *e = events;

		if (comma)
			*comma = '\0';
		while (e->name && strcmp(e->name, list) != 0)
			e++;
		if (!e->name)
			xt_error(c->x, PARAMETER_PROBLEM, "Unknown event type \"%s\"", list);
		mask |= 1u << e->bit;
		list = comma ? comma + 1 : NULL;
	}
	return mask;
}

static void parse_zone(struct xt_call *c, struct xt_ct_target_info_v1 *info)
{
	uint64_t zone;

	if (c->opt->id == O_ZONE_ORIG)
		info->flags |= XT_CT_ZONE_DIR_ORIG;
	if (c->opt->id == O_ZONE_REPLY)
		info->flags |= XT_CT_ZONE_DIR_REPL;
	if (!strcmp(c->arg, "mark")) {
		info->flags |= XT_CT_ZONE_MARK;
		return;
	}
	if (!xt_strtoul(c->arg, NULL, &zone, 0, UINT16_MAX))
		xt_error(c->x, PARAMETER_PROBLEM, "Cannot parse %s as a zone ID", c->arg);
	info->zone = (uint16_t)zone;
}

static void ct_parse(struct xt_call *c)
{
	struct xt_ct_target_info_v1 *info = c->info;

	xt_option_parse(c);
	switch (c->opt->id) {
	case O_NOTRACK:
		info->flags |= XT_CT_NOTRACK;
		break;
	case O_CTEVENTS:
		info->ct_events = parse_events(c, ct_events);
		break;
	case O_EXPEVENTS:
		info->exp_events = parse_events(c, exp_events);
		break;
	case O_HELPER:
	case O_TIMEOUT:
		xt_exit(c->x, ng_not_modelled(c->x->task, "iptables -j CT --%s", c->opt->name));
	default:
		parse_zone(c, info);
		break;
	}
}

static void put_events(struct ng_out *out, const char *word, uint32_t mask,
		       const struct ct_event *events)
{
	char before = ' ';

	if (!mask)
		return;
	ng_puts(out, word);
	for (; events->name; events++) {
		if (mask & 1u << events->bit) {
			ng_printf(out, "%c%s", before, events->name);
			before = ',';
		}
	}
}

static void put_ct(struct xt_show *s, const char *dashes)
{
	const struct xt_ct_target_info_v1 *info = s->info;
	const unsigned int dirs = info->flags & (XT_CT_ZONE_DIR_ORIG | XT_CT_ZONE_DIR_REPL);
	const char *dir = dirs == XT_CT_ZONE_DIR_ORIG	? "-orig"
			  : dirs == XT_CT_ZONE_DIR_REPL ? "-reply"
							: "";
	char word[32];

	if (info->flags & XT_CT_NOTRACK)
		ng_printf(s->out, " %snotrack", dashes);
	snprintf(word, sizeof(word), " %sctevents", dashes);
	put_events(s->out, word, info->ct_events, ct_events);
	snprintf(word, sizeof(word), " %sexpevents", dashes);
	put_events(s->out, word, info->exp_events, exp_events);
	if (info->flags & XT_CT_ZONE_MARK)
		ng_printf(s->out, " %szone%s mark", dashes, dir);
	else if (info->zone)
		ng_printf(s->out, " %szone%s %u", dashes, dir, info->zone);
}

static void ct_print(struct xt_show *s)
{
	const struct xt_ct_target_info_v1 *info = s->info;

	if (info->flags & XT_CT_NOTRACK_ALIAS) {
		ng_puts(s->out, " NOTRACK");
		return;
	}
	ng_puts(s->out, " CT");
	put_ct(s, "");
}

static void ct_save(struct xt_show *s)
{
	const struct xt_ct_target_info_v1 *info = s->info;

	if (!(info->flags & XT_CT_NOTRACK_ALIAS))
		put_ct(s, "--");
}

static const char *ct_alias(const void *data)
{
	const struct xt_ct_target_info_v1 *info = data;

	return (info->flags & XT_CT_NOTRACK_ALIAS) ? "NOTRACK" : "CT";
}

const struct xt_ext libxt_CT = {
	.name = "CT",
	.rev = 2,
	.target = true,
	.size = sizeof(struct xt_ct_target_info_v1),
	.user_size = offsetof(struct xt_ct_target_info_v1, ct),
	.opts = ct_opts,
	.parse = ct_parse,
	.print = ct_print,
	.save = ct_save,
	.alias = ct_alias,
};

static void notrack_init(void *data)
{
	struct xt_ct_target_info_v1 *info = data;

	info->flags = XT_CT_NOTRACK | XT_CT_NOTRACK_ALIAS;
}

const struct xt_ext libxt_NOTRACK = {
	.name = "NOTRACK",
	.kernel = "CT",
	.rev = 2,
	.target = true,
	.size = sizeof(struct xt_ct_target_info_v1),
	.user_size = offsetof(struct xt_ct_target_info_v1, ct),
	.init = notrack_init,
	.print = ct_print,
	.save = ct_save,
	.alias = ct_alias,
};
