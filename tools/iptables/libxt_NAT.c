/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_NAT.c - -j SNAT, DNAT, MASQUERADE, REDIRECT: addresses and ports to map to
 *
 * Mirrors iptables/extensions/libxt_NAT.c. SNAT, MASQUERADE and REDIRECT carry
 * the old range of IPv4, DNAT revision 2 the newest one. CONTROL.
 *
 * parse()
 *   parse_to() -> parse_ports()
 *   set flags
 */
#include "xt.h"

#include <linux/netfilter/nf_nat.h>

enum { O_TO, O_PORTS, O_RANDOM, O_FULLY, O_PERSISTENT };

#define FLAG(n, i)                                   \
	{                                            \
		.name = n, .id = i, .type = XTT_NONE \
	}

static const struct xt_opt snat_opts[] = {
	{ .name = "to-source", .id = O_TO, .type = XTT_STRING, .flags = XTO_MAND },
	FLAG("random", O_RANDOM),
	FLAG("random-fully", O_FULLY),
	FLAG("persistent", O_PERSISTENT),
	{ .name = NULL },
};

static const struct xt_opt dnat_opts[] = {
	{ .name = "to-destination", .id = O_TO, .type = XTT_STRING, .flags = XTO_MAND },
	FLAG("random", O_RANDOM),
	FLAG("persistent", O_PERSISTENT),
	{ .name = NULL },
};

static const struct xt_opt masq_opts[] = {
	{ .name = "to-ports", .id = O_PORTS, .type = XTT_STRING },
	FLAG("random", O_RANDOM),
	FLAG("random-fully", O_FULLY),
	{ .name = NULL },
};

static const struct xt_opt redir_opts[] = {
	{ .name = "to-ports", .id = O_PORTS, .type = XTT_STRING },
	FLAG("random", O_RANDOM),
	{ .name = NULL },
};

/* what all four kinds of blob say */
struct range {
	uint32_t flags;
	__be32 min_ip;
	__be32 max_ip;
	uint16_t min;
	uint16_t max;
	uint16_t base;
};

static void load(const struct xt_ext *ext, const void *info, struct range *r)
{
	memset(r, 0, sizeof(*r));
	if (ext->rev == 2) {
		const struct nf_nat_range2 *n = info;

		r->flags = n->flags;
		r->min_ip = n->min_addr.ip;
		r->max_ip = n->max_addr.ip;
		r->min = be16_to_cpu(n->min_proto.all);
		r->max = be16_to_cpu(n->max_proto.all);
		r->base = be16_to_cpu(n->base_proto.all);
	} else {
		const struct nf_nat_ipv4_multi_range_compat *mr = info;

		r->flags = mr->range[0].flags;
		r->min_ip = mr->range[0].min_ip;
		r->max_ip = mr->range[0].max_ip;
		r->min = be16_to_cpu(mr->range[0].min.all);
		r->max = be16_to_cpu(mr->range[0].max.all);
	}
}

static void store(const struct xt_ext *ext, void *info, const struct range *r)
{
	if (ext->rev == 2) {
		struct nf_nat_range2 *n = info;

		n->flags = r->flags;
		n->min_addr.ip = r->min_ip;
		n->max_addr.ip = r->max_ip;
		n->min_proto.all = cpu_to_be16(r->min);
		n->max_proto.all = cpu_to_be16(r->max);
		n->base_proto.all = cpu_to_be16(r->base);
	} else {
		struct nf_nat_ipv4_multi_range_compat *mr = info;

		mr->rangesize = 1;
		mr->range[0].flags = r->flags;
		mr->range[0].min_ip = r->min_ip;
		mr->range[0].max_ip = r->max_ip;
		mr->range[0].min.all = cpu_to_be16(r->min);
		mr->range[0].max.all = cpu_to_be16(r->max);
	}
}

static void init(void *info)
{
	struct nf_nat_ipv4_multi_range_compat *mr = info;

	mr->rangesize = 1;
}

static void need_ports(struct xt_call *c)
{
	const struct ipt_ip *ip = &c->rule->ip;
	bool ok = ip->proto == 6 || ip->proto == 17 || ip->proto == 132 || ip->proto == 33 ||
		  ip->proto == 1;

	if (!ok || (ip->invflags & XT_INV_PROTO))
		xt_error(c->x, PARAMETER_PROBLEM,
			 "Need TCP, UDP, SCTP or DCCP with port specification");
}

/* One port at *@s by number or name; *@s moves behind it. */
static uint16_t one_port(struct xt_call *c, char **s)
{
	char *at = *s;
	uint64_t v;
	int n;

	if (xt_strtoul(at, s, &v, 0, UINT16_MAX))
		return (uint16_t)v;
	n = ng_service_by_name(c->x->task, at, NULL);
	if (n < 0)
		xt_error(c->x, PARAMETER_PROBLEM, "Port `%s' not valid", at);
	*s = at + strlen(at);
	return (uint16_t)n;
}

static void parse_ports(struct xt_call *c, char *s, struct range *r)
{
	char *second;

	r->flags |= NF_NAT_RANGE_PROTO_SPECIFIED;
	r->min = one_port(c, &s);
	r->max = r->min;
	if (*s == '\0')
		return;
	if (*s == ':')
		xt_error(c->x, PARAMETER_PROBLEM, "Invalid port:port syntax - use dash");
	if (*s != '-')
		xt_error(c->x, PARAMETER_PROBLEM, "Garbage after port value: `%s'", s);
	second = ++s;
	r->max = one_port(c, &s);
	if (r->max < r->min)
		xt_error(c->x, PARAMETER_PROBLEM, "Port range `%s' funky", second);
	if (*s == '\0')
		return;
	if (*s != '/')
		xt_error(c->x, PARAMETER_PROBLEM, "Garbage after port range: `%s'", s);
	s++;
	/* only DNAT's blob has room for it: the others say 0 */
	r->base = one_port(c, &s);
	r->flags |= NF_NAT_RANGE_PROTO_OFFSET;
	if (c->ext == &libxt_REDIRECT)
		xt_error(c->x, PARAMETER_PROBLEM,
			 "Shifted portmap ranges not supported with this kernel");
}

static __be32 one_addr(struct xt_call *c, const char *s)
{
	__be32 a;

	const char *d = strchr(s, '.');

	d = d ? strchr(d + 1, '.') : NULL;
	if (!d || !strchr(d + 1, '.') || !xt_numeric_addr(s, &a))
		xt_error(c->x, PARAMETER_PROBLEM, "Bad IP address \"%s\"", s);
	return a;
}

static void parse_to(struct xt_call *c, struct range *r)
{
	char *s = ng_task_strdup(c->x->task, c->arg);
	char *colon = strchr(s, ':');
	char *dash;

	if (strchr(s, '['))
		xt_error(c->x, PARAMETER_PROBLEM, "Invalid address format");
	/* two colons: it will be no good address */
	if (colon && strchr(colon + 1, ':'))
		colon = NULL;
	if (colon) {
		need_ports(c);
		parse_ports(c, colon + 1, r);
		if (colon == s)
			return;
		*colon = '\0';
	}
	r->flags |= NF_NAT_RANGE_MAP_IPS;
	dash = strchr(s, '-');
	if (dash)
		*dash = '\0';
	r->min_ip = one_addr(c, s);
	r->max_ip = dash ? one_addr(c, dash + 1) : r->min_ip;
}

static void parse(struct xt_call *c)
{
	struct range r;

	xt_option_parse(c);
	load(c->ext, c->info, &r);
	switch (c->opt->id) {
	case O_TO:
		parse_to(c, &r);
		break;
	case O_PORTS:
		need_ports(c);
		parse_ports(c, ng_task_strdup(c->x->task, c->arg), &r);
		break;
	case O_RANDOM:
		r.flags |= NF_NAT_RANGE_PROTO_RANDOM;
		break;
	case O_FULLY:
		r.flags |= NF_NAT_RANGE_PROTO_RANDOM_FULLY;
		break;
	default:
		r.flags |= NF_NAT_RANGE_PERSISTENT;
		break;
	}
	store(c->ext, c->info, &r);
}

static void put_ports(struct ng_out *out, const struct range *r)
{
	ng_printf(out, "%u", r->min);
	if (r->max != r->min)
		ng_printf(out, "-%u", r->max);
	if (r->flags & NF_NAT_RANGE_PROTO_OFFSET)
		ng_printf(out, "/%u", r->base);
}

static void put(struct xt_show *s, const struct xt_ext *ext, const char *before, const char *dashes)
{
	struct range r;

	load(ext, s->info, &r);
	if ((r.flags & (NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE_PROTO_SPECIFIED)) ||
	    ext->opts == snat_opts || ext->opts == dnat_opts)
		ng_puts(s->out, before);
	if (r.flags & NF_NAT_RANGE_MAP_IPS) {
		xt_print_addr(s->out, r.min_ip);
		if (r.max_ip != r.min_ip) {
			ng_putc(s->out, '-');
			xt_print_addr(s->out, r.max_ip);
		}
	}
	if (r.flags & NF_NAT_RANGE_PROTO_SPECIFIED) {
		if (ext->opts == snat_opts || ext->opts == dnat_opts)
			ng_putc(s->out, ':');
		put_ports(s->out, &r);
	}
	if (r.flags & NF_NAT_RANGE_PROTO_RANDOM)
		ng_printf(s->out, " %srandom", dashes);
	if (r.flags & NF_NAT_RANGE_PROTO_RANDOM_FULLY)
		ng_printf(s->out, " %srandom-fully", dashes);
	if (r.flags & NF_NAT_RANGE_PERSISTENT)
		ng_printf(s->out, " %spersistent", dashes);
}

static void snat_print(struct xt_show *s)
{
	put(s, &libxt_SNAT, " to:", "");
}

static void snat_save(struct xt_show *s)
{
	put(s, &libxt_SNAT, " --to-source ", "--");
}

static void dnat_print(struct xt_show *s)
{
	put(s, &libxt_DNAT, " to:", "");
}

static void dnat_save(struct xt_show *s)
{
	put(s, &libxt_DNAT, " --to-destination ", "--");
}

static void masq_print(struct xt_show *s)
{
	put(s, &libxt_MASQUERADE, " masq ports: ", "");
}

static void masq_save(struct xt_show *s)
{
	put(s, &libxt_MASQUERADE, " --to-ports ", "--");
}

static void redir_print(struct xt_show *s)
{
	put(s, &libxt_REDIRECT, " redir ports ", "");
}

static void redir_save(struct xt_show *s)
{
	put(s, &libxt_REDIRECT, " --to-ports ", "--");
}

const struct xt_ext libxt_SNAT = {
	.name = "SNAT",
	.target = true,
	.size = sizeof(struct nf_nat_ipv4_multi_range_compat),
	.opts = snat_opts,
	.init = init,
	.parse = parse,
	.print = snat_print,
	.save = snat_save,
};

const struct xt_ext libxt_DNAT = {
	.name = "DNAT",
	.rev = 2,
	.target = true,
	.size = sizeof(struct nf_nat_range2),
	.opts = dnat_opts,
	.parse = parse,
	.print = dnat_print,
	.save = dnat_save,
};

const struct xt_ext libxt_MASQUERADE = {
	.name = "MASQUERADE",
	.target = true,
	.size = sizeof(struct nf_nat_ipv4_multi_range_compat),
	.opts = masq_opts,
	.init = init,
	.parse = parse,
	.print = masq_print,
	.save = masq_save,
};

const struct xt_ext libxt_REDIRECT = {
	.name = "REDIRECT",
	.target = true,
	.size = sizeof(struct nf_nat_ipv4_multi_range_compat),
	.opts = redir_opts,
	.init = init,
	.parse = parse,
	.print = redir_print,
	.save = redir_save,
};
