/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_length.c - -m length, -m pkttype, -m mac: small looks at a packet
 *
 * Mirrors iptables/extensions/libxt_length.c, libxt_pkttype.c, libxt_mac.c. CONTROL.
 */
#include "xt.h"

#include <linux/if_packet.h>
#include <linux/netfilter/xt_length.h>
#include <linux/netfilter/xt_mac.h>
#include <linux/netfilter/xt_pkttype.h>
#include <strings.h>

static const struct xt_opt length_opts[] = {
	{ .name = "length", .id = 0, .type = XTT_U16RC, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static void length_parse(struct xt_call *c)
{
	struct xt_length_info *info = c->info;

	xt_option_parse(c);
	info->min = c->val.u16r[0];
	info->max = c->val.u16r[1];
	info->invert = c->invert;
}

static void put_length(struct ng_out *out, const struct xt_length_info *info)
{
	if (info->min == info->max)
		ng_printf(out, "%u", info->min);
	else
		ng_printf(out, "%u:%u", info->min, info->max);
}

static void length_print(struct xt_show *s)
{
	const struct xt_length_info *info = s->info;

	ng_printf(s->out, " length %s", info->invert ? "!" : "");
	put_length(s->out, info);
}

static void length_save(struct xt_show *s)
{
	const struct xt_length_info *info = s->info;

	ng_printf(s->out, "%s --length ", info->invert ? " !" : "");
	put_length(s->out, info);
}

const struct xt_ext libxt_length = {
	.name = "length",
	.size = sizeof(struct xt_length_info),
	.opts = length_opts,
	.parse = length_parse,
	.print = length_print,
	.save = length_save,
};

static const struct xt_opt pkttype_opts[] = {
	{ .name = "pkt-type", .id = 0, .type = XTT_STRING, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static const struct {
	const char *name;
	uint8_t type;
} types[] = {
	{ "unicast", PACKET_HOST },	   { "broadcast", PACKET_BROADCAST },
	{ "multicast", PACKET_MULTICAST }, { "bcast", PACKET_BROADCAST },
	{ "mcast", PACKET_MULTICAST },	   { "host", PACKET_HOST },
};

#define NTYPES (sizeof(types) / sizeof(*types))

static void pkttype_parse(struct xt_call *c)
{
	struct xt_pkttype_info *info = c->info;
	size_t i;

	xt_option_parse(c);
	for (i = 0; i < NTYPES && strcasecmp(types[i].name, c->arg); i++)
		;
	if (i == NTYPES)
		xt_error(c->x, PARAMETER_PROBLEM, "Bad packet type '%s'", c->arg);
	info->pkttype = types[i].type;
	info->invert = c->invert;
}

static void put_type(struct ng_out *out, const struct xt_pkttype_info *info)
{
	size_t i;

	for (i = 0; i < NTYPES; i++) {
		if (types[i].type == info->pkttype) {
			ng_puts(out, types[i].name);
			return;
		}
	}
	ng_printf(out, "%d", info->pkttype);
}

static void pkttype_print(struct xt_show *s)
{
	const struct xt_pkttype_info *info = s->info;

	ng_printf(s->out, " PKTTYPE %s= ", info->invert ? "!" : "");
	put_type(s->out, info);
}

static void pkttype_save(struct xt_show *s)
{
	const struct xt_pkttype_info *info = s->info;

	ng_printf(s->out, "%s --pkt-type ", info->invert ? " !" : "");
	put_type(s->out, info);
}

const struct xt_ext libxt_pkttype = {
	.name = "pkttype",
	.size = sizeof(struct xt_pkttype_info),
	.opts = pkttype_opts,
	.parse = pkttype_parse,
	.print = pkttype_print,
	.save = pkttype_save,
};

static const struct xt_opt mac_opts[] = {
	{ .name = "mac-source", .id = 0, .type = XTT_ETHERMAC, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

static void mac_parse(struct xt_call *c)
{
	struct xt_mac_info *info = c->info;

	xt_option_parse(c);
	memcpy(info->srcaddr, c->val.mac, 6);
	info->invert = c->invert;
}

static void put_mac(struct ng_out *out, const uint8_t *m)
{
	ng_printf(out, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
}

static void mac_print(struct xt_show *s)
{
	const struct xt_mac_info *info = s->info;

	ng_printf(s->out, " MAC%s ", info->invert ? " !" : "");
	put_mac(s->out, info->srcaddr);
}

static void mac_save(struct xt_show *s)
{
	const struct xt_mac_info *info = s->info;

	ng_printf(s->out, "%s --mac-source ", info->invert ? " !" : "");
	put_mac(s->out, info->srcaddr);
}

const struct xt_ext libxt_mac = {
	.name = "mac",
	.size = sizeof(struct xt_mac_info),
	.opts = mac_opts,
	.parse = mac_parse,
	.print = mac_print,
	.save = mac_save,
};
