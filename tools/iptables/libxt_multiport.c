/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_multiport.c - -m multiport: up to 15 ports or ranges
 *
 * Mirrors iptables/extensions/libxt_multiport.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_multiport.h>

enum { O_SRC, O_DST, O_ANY };

#define PORTS(n, i)                                                          \
	{                                                                    \
		.name = n, .id = i, .type = XTT_STRING, .flags = XTO_INVERT, \
		.excl = (1 << O_SRC | 1 << O_DST | 1 << O_ANY) & ~(1 << (i)) \
	}

static const struct xt_opt opts[] = {
	PORTS("source-ports", O_SRC), PORTS("sports", O_SRC), PORTS("destination-ports", O_DST),
	PORTS("dports", O_DST),	      PORTS("ports", O_ANY),  { .name = NULL },
};

static const char *proto_name(unsigned int proto)
{
	switch (proto) {
	case 6:
		return "tcp";
	case 17:
		return "udp";
	case 136:
		return "udplite";
	case 132:
		return "sctp";
	case 33:
		return "dccp";
	default:
		return NULL;
	}
}

static const char *check_proto(struct xt_call *c)
{
	const struct ipt_ip *ip = &c->rule->ip;
	const char *name = proto_name(ip->proto);

	if (!(ip->invflags & XT_INV_PROTO)) {
		if (name)
			return name;
		if (!ip->proto)
			xt_error(c->x, PARAMETER_PROBLEM,
				 "multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or "
				 "`-p dccp'");
	}
	xt_error(c->x, PARAMETER_PROBLEM,
		 "multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP");
}

static void parse(struct xt_call *c)
{
	struct xt_multiport_v1 *info = c->info;
	const char *proto = check_proto(c);
	char *s;
	unsigned int i;

	xt_option_parse(c);
	s = ng_task_strdup(c->x->task, c->arg);
	for (i = 0; s && i < XT_MULTI_PORTS; i++) {
		char *next = strchr(s, ',');
		char *range;

		if (next)
			*next++ = '\0';
		range = strchr(s, ':');
		if (range) {
			if (i == XT_MULTI_PORTS - 1)
				xt_error(c->x, PARAMETER_PROBLEM, "too many ports specified");
			*range++ = '\0';
		}
		info->ports[i] = xt_parse_port(c->x, s, proto);
		if (range) {
			info->pflags[i] = 1;
			info->ports[++i] = xt_parse_port(c->x, range, proto);
			if (info->ports[i - 1] >= info->ports[i])
				xt_error(c->x, PARAMETER_PROBLEM, "invalid portrange specified");
		}
		s = next;
	}
	if (s)
		xt_error(c->x, PARAMETER_PROBLEM, "too many ports specified");
	info->count = (uint8_t)i;
	info->flags = c->opt->id == O_SRC   ? XT_MULTIPORT_SOURCE
		      : c->opt->id == O_DST ? XT_MULTIPORT_DESTINATION
					    : XT_MULTIPORT_EITHER;
	info->invert = c->invert;
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM, "multiport expection an option");
}

static void put_port(struct xt_show *s, uint16_t port)
{
	const char *name =
		s->numeric ? NULL
			   : ng_service_by_port(s->x->task, port, proto_name(s->rule->ip.proto));

	if (name)
		ng_puts(s->out, name);
	else
		ng_printf(s->out, "%u", port);
}

static void put_ports(struct xt_show *s, const struct xt_multiport_v1 *info)
{
	unsigned int i;

	for (i = 0; i < info->count; i++) {
		if (i)
			ng_putc(s->out, ',');
		put_port(s, info->ports[i]);
		if (info->pflags[i]) {
			ng_putc(s->out, ':');
			put_port(s, info->ports[++i]);
		}
	}
}

static const char *word(const struct xt_multiport_v1 *info)
{
	return info->flags == XT_MULTIPORT_SOURCE	 ? "sports"
	       : info->flags == XT_MULTIPORT_DESTINATION ? "dports"
							 : "ports";
}

static void print(struct xt_show *s)
{
	const struct xt_multiport_v1 *info = s->info;

	ng_printf(s->out, " multiport %s %s", word(info), info->invert ? " !" : "");
	put_ports(s, info);
}

static void save(struct xt_show *s)
{
	const struct xt_multiport_v1 *info = s->info;

	ng_printf(s->out, "%s --%s ", info->invert ? " !" : "", word(info));
	put_ports(s, info);
}

const struct xt_ext libxt_multiport = {
	.name = "multiport",
	.rev = 1,
	.size = sizeof(struct xt_multiport_v1),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
