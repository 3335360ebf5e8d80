/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_conntrack.c - -m conntrack and its alias -m state
 *
 * Mirrors iptables/extensions/libxt_conntrack.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/xt_conntrack.h>
#include <strings.h>

enum {
	O_STATE,
	O_PROTO,
	O_ORIGSRC,
	O_ORIGDST,
	O_REPLSRC,
	O_REPLDST,
	O_ORIGSRC_PORT,
	O_ORIGDST_PORT,
	O_REPLSRC_PORT,
	O_REPLDST_PORT,
	O_STATUS,
	O_EXPIRE,
	O_DIR,
};

#define OPT(n, i, t)                                               \
	{                                                          \
		.name = n, .id = i, .type = t, .flags = XTO_INVERT \
	}

static const struct xt_opt opts[] = {
	OPT("ctstate", O_STATE, XTT_STRING),
	OPT("ctproto", O_PROTO, XTT_PROTOCOL),
	OPT("ctorigsrc", O_ORIGSRC, XTT_HOSTMASK),
	OPT("ctorigdst", O_ORIGDST, XTT_HOSTMASK),
	OPT("ctreplsrc", O_REPLSRC, XTT_HOSTMASK),
	OPT("ctrepldst", O_REPLDST, XTT_HOSTMASK),
	OPT("ctorigsrcport", O_ORIGSRC_PORT, XTT_PORTRC),
	OPT("ctorigdstport", O_ORIGDST_PORT, XTT_PORTRC),
	OPT("ctreplsrcport", O_REPLSRC_PORT, XTT_PORTRC),
	OPT("ctrepldstport", O_REPLDST_PORT, XTT_PORTRC),
	OPT("ctstatus", O_STATUS, XTT_STRING),
	OPT("ctexpire", O_EXPIRE, XTT_U32RC),
	{ .name = "ctdir", .id = O_DIR, .type = XTT_STRING },
	{ .name = NULL },
};

static const struct xt_opt state_opts[] = {
	{ .name = "state", .id = O_STATE, .type = XTT_STRING, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

struct word {
	const char *name;
	uint16_t bit;
};

static const struct word states[] = {
	{ "INVALID", XT_CONNTRACK_STATE_INVALID },
	{ "NEW", XT_CONNTRACK_STATE_BIT(IP_CT_NEW) },
	{ "RELATED", XT_CONNTRACK_STATE_BIT(IP_CT_RELATED) },
	{ "ESTABLISHED", XT_CONNTRACK_STATE_BIT(IP_CT_ESTABLISHED) },
	{ "UNTRACKED", XT_CONNTRACK_STATE_UNTRACKED },
	{ "SNAT", XT_CONNTRACK_STATE_SNAT },
	{ "DNAT", XT_CONNTRACK_STATE_DNAT },
	{ NULL, 0 },
};

static const struct word statuses[] = {
	{ "EXPECTED", IPS_EXPECTED },
	{ "SEEN_REPLY", IPS_SEEN_REPLY },
	{ "ASSURED", IPS_ASSURED },
	{ "CONFIRMED", IPS_CONFIRMED },
	{ NULL, 0 },
};

/* A comma list, any beginning of a word. */
static uint16_t parse_words(struct xt_call *c, const struct word *words, const char *what)
{
	const char *s = c->arg;
	uint16_t mask = 0;

	for (;;) {
		size_t n = strcspn(s, ",");
		const struct word *w;

		if (!*s && words == states)
			xt_error(c->x, PARAMETER_PROBLEM,
				 "\"--%s\" requires a list of states with no spaces, e.g. "
				 "ESTABLISHED,RELATED",
				 what);
		for (w = words; w->name && (!n || strncasecmp(w->name, s, n)); w++)
			;
		if (!w->name && !(words == statuses && n && !strncasecmp("NONE", s, n)))
			xt_error(c->x, PARAMETER_PROBLEM, "Bad %s \"%s\"", what, s);
		mask |= w->bit;
		if (!s[n])
			return mask;
		s += n + 1;
	}
}

static void set_addr(struct xt_call *c, union nf_inet_addr *addr, union nf_inet_addr *mask)
{
	addr->ip = c->val.host.addr;
	memset(mask, 0xff, sizeof(*mask));
	mask->ip = c->val.host.mask;
	if (mask->ip != cpu_to_be32(UINT32_MAX))
		memset(&mask->all[1], 0, 12);
}

static void set_ports(struct xt_call *c, __u16 *lo, __u16 *hi)
{
	*lo = c->val.u16r[0];
	*hi = c->val.u16r[1];
}

static void parse_dir(struct xt_call *c, struct xt_conntrack_mtinfo3 *info)
{
	if (!strcasecmp(c->arg, "ORIGINAL"))
		info->invert_flags &= (uint16_t)~XT_CONNTRACK_DIRECTION;
	else if (!strcasecmp(c->arg, "REPLY"))
		info->invert_flags |= XT_CONNTRACK_DIRECTION;
	else
		xt_error(c->x, PARAMETER_PROBLEM, "conntrack: Bad value for \"%s\" option: \"%s\"",
			 "--ctdir", c->arg);
}

static void parse_value(struct xt_call *c, struct xt_conntrack_mtinfo3 *info)
{
	switch (c->opt->id) {
	case O_STATE:
		info->state_mask = parse_words(c, states, "ctstate");
		break;
	case O_PROTO:
		info->l4proto = (uint16_t)c->val.u;
		if (info->l4proto == 0 && c->invert)
			xt_error(c->x, PARAMETER_PROBLEM,
				 "conntrack: rule would never match protocol");
		break;
	case O_ORIGSRC:
		set_addr(c, &info->origsrc_addr, &info->origsrc_mask);
		break;
	case O_ORIGDST:
		set_addr(c, &info->origdst_addr, &info->origdst_mask);
		break;
	case O_REPLSRC:
		set_addr(c, &info->replsrc_addr, &info->replsrc_mask);
		break;
	case O_REPLDST:
		set_addr(c, &info->repldst_addr, &info->repldst_mask);
		break;
	case O_ORIGSRC_PORT:
		set_ports(c, &info->origsrc_port, &info->origsrc_port_high);
		break;
	case O_ORIGDST_PORT:
		set_ports(c, &info->origdst_port, &info->origdst_port_high);
		break;
	case O_REPLSRC_PORT:
		set_ports(c, &info->replsrc_port, &info->replsrc_port_high);
		break;
	case O_REPLDST_PORT:
		set_ports(c, &info->repldst_port, &info->repldst_port_high);
		break;
	case O_STATUS:
		info->status_mask = parse_words(c, statuses, "ctstatus");
		break;
	case O_EXPIRE:
		info->expires_min = c->val.u32r[0];
		info->expires_max = c->val.u32r[1];
		break;
	default:
		parse_dir(c, info);
		break;
	}
}

/* the bit of each option, by id */
static const uint16_t bits[] = {
	XT_CONNTRACK_STATE,	   XT_CONNTRACK_PROTO,	      XT_CONNTRACK_ORIGSRC,
	XT_CONNTRACK_ORIGDST,	   XT_CONNTRACK_REPLSRC,      XT_CONNTRACK_REPLDST,
	XT_CONNTRACK_ORIGSRC_PORT, XT_CONNTRACK_ORIGDST_PORT, XT_CONNTRACK_REPLSRC_PORT,
	XT_CONNTRACK_REPLDST_PORT, XT_CONNTRACK_STATUS,	      XT_CONNTRACK_EXPIRES,
	XT_CONNTRACK_DIRECTION,
};

static void parse(struct xt_call *c)
{
	struct xt_conntrack_mtinfo3 *info = c->info;

	xt_option_parse(c);
	parse_value(c, info);
	info->match_flags |= bits[c->opt->id];
	if (c->invert)
		info->invert_flags |= bits[c->opt->id];
}

static void state_parse(struct xt_call *c)
{
	struct xt_conntrack_mtinfo3 *info = c->info;

	xt_option_parse(c);
	info->state_mask = parse_words(c, states, "state");
	info->match_flags |= XT_CONNTRACK_STATE | XT_CONNTRACK_STATE_ALIAS;
	if (c->invert)
		info->invert_flags |= XT_CONNTRACK_STATE;
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM, "conntrack: At least one option is required");
}

static void put_words(struct ng_out *out, const struct word *words, uint16_t mask, const char *none)
{
	const char *sep = " ";

	for (; words->name; words++) {
		if (mask & words->bit) {
			ng_printf(out, "%s%s", sep, words->name);
			sep = ",";
		}
	}
	if (*sep == ' ')
		ng_puts(out, none);
}

static void put_addr(struct xt_show *s, const union nf_inet_addr *a, const union nf_inet_addr *m)
{
	char num[20];
	char mask[20];

	if (m->ip == 0 && !s->numeric)
		ng_puts(s->out, " anywhere");
	else
		ng_printf(s->out, " %s%s",
			  s->numeric ? xt_addr_text(a->ip, num)
				     : xt_anyname(s->x, a->ip, num, sizeof(num)),
			  xt_mask_text(m->ip, mask));
}

struct shown {
	struct xt_show *s;
	const struct xt_conntrack_mtinfo3 *info;
	const char *prefix;
};

/* Whether the rule has the option; its name is printed then. */
static bool name(const struct shown *o, uint16_t bit, const char *word)
{
	if (!(o->info->match_flags & bit))
		return false;
	ng_printf(o->s->out, "%s %s%s", (o->info->invert_flags & bit) ? " !" : "", o->prefix, word);
	return true;
}

static void put_port(const struct shown *o, uint16_t bit, const char *word, uint16_t lo,
		     uint16_t hi)
{
	if (!name(o, bit, word))
		return;
	ng_printf(o->s->out, " %u", lo);
	if (hi != lo)
		ng_printf(o->s->out, ":%u", hi);
}

static void put_rest(const struct shown *o)
{
	const struct xt_conntrack_mtinfo3 *info = o->info;

	put_port(o, XT_CONNTRACK_ORIGSRC_PORT, "ctorigsrcport", info->origsrc_port,
		 info->origsrc_port_high);
	put_port(o, XT_CONNTRACK_ORIGDST_PORT, "ctorigdstport", info->origdst_port,
		 info->origdst_port_high);
	put_port(o, XT_CONNTRACK_REPLSRC_PORT, "ctreplsrcport", info->replsrc_port,
		 info->replsrc_port_high);
	put_port(o, XT_CONNTRACK_REPLDST_PORT, "ctrepldstport", info->repldst_port,
		 info->repldst_port_high);
	if (name(o, XT_CONNTRACK_STATUS, "ctstatus"))
		put_words(o->s->out, statuses, info->status_mask, " NONE");
	if (name(o, XT_CONNTRACK_EXPIRES, "ctexpire")) {
		ng_printf(o->s->out, " %u", info->expires_min);
		if (info->expires_max != info->expires_min)
			ng_printf(o->s->out, ":%u", info->expires_max);
	}
	if (info->match_flags & XT_CONNTRACK_DIRECTION)
		ng_printf(o->s->out, " %sctdir %s", o->prefix,
			  (info->invert_flags & XT_CONNTRACK_DIRECTION) ? "REPLY" : "ORIGINAL");
}

static void put(struct xt_show *s, const char *prefix)
{
	const struct shown o = { s, s->info, prefix };
	const struct xt_conntrack_mtinfo3 *info = s->info;

	if (name(&o, XT_CONNTRACK_STATE,
		 (info->match_flags & XT_CONNTRACK_STATE_ALIAS) ? "state" : "ctstate"))
		put_words(s->out, states, info->state_mask, "");
	if (name(&o, XT_CONNTRACK_PROTO, "ctproto"))
		ng_printf(s->out, " %u", info->l4proto);
	if (name(&o, XT_CONNTRACK_ORIGSRC, "ctorigsrc"))
		put_addr(s, &info->origsrc_addr, &info->origsrc_mask);
	if (name(&o, XT_CONNTRACK_ORIGDST, "ctorigdst"))
		put_addr(s, &info->origdst_addr, &info->origdst_mask);
	if (name(&o, XT_CONNTRACK_REPLSRC, "ctreplsrc"))
		put_addr(s, &info->replsrc_addr, &info->replsrc_mask);
	if (name(&o, XT_CONNTRACK_REPLDST, "ctrepldst"))
		put_addr(s, &info->repldst_addr, &info->repldst_mask);
	put_rest(&o);
}

static void print(struct xt_show *s)
{
	put(s, "");
}

static void save(struct xt_show *s)
{
	put(s, "--");
}

static const char *alias(const void *data)
{
	const struct xt_conntrack_mtinfo3 *info = data;

	return (info->match_flags & XT_CONNTRACK_STATE_ALIAS) ? "state" : "conntrack";
}

const struct xt_ext libxt_conntrack = {
	.name = "conntrack",
	.rev = 3,
	.size = sizeof(struct xt_conntrack_mtinfo3),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
	.alias = alias,
};

const struct xt_ext libxt_state = {
	.name = "state",
	.kernel = "conntrack",
	.rev = 3,
	.size = sizeof(struct xt_conntrack_mtinfo3),
	.opts = state_opts,
	.parse = state_parse,
	.print = print,
	.save = save,
	.alias = alias,
};
