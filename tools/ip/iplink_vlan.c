/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink_vlan.c - the options of VLAN devices
 *
 * mirrors iproute2's ip/iplink_vlan.c
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <strings.h>

static const struct {
	const char *word, *name;
	uint32_t flag;
} vlan_flags[] = {
	{ "reorder_hdr", "REORDER_HDR", VLAN_FLAG_REORDER_HDR },
	{ "gvrp", "GVRP", VLAN_FLAG_GVRP },
	{ "mvrp", "MVRP", VLAN_FLAG_MVRP },
	{ "loose_binding", "LOOSE_BINDING", VLAN_FLAG_LOOSE_BINDING },
	{ "bridge_binding", "BRIDGE_BINDING", VLAN_FLAG_BRIDGE_BINDING },
};

#define NR_FLAGS (sizeof(vlan_flags) / sizeof(vlan_flags[0]))

static void parse_protocol(struct ipr *c, struct nl_buf *b)
{
	const char *arg = next_arg(c);
	uint16_t proto;
	uint8_t be[2];

	if (!strcasecmp(arg, "802.1q"))
		proto = ETH_P_8021Q;
	else if (!strcasecmp(arg, "802.1ad"))
		proto = ETH_P_8021AD;
	else if (get_u16(&proto, arg, 0))
		invarg(c, "protocol is invalid", arg);
	be[0] = (uint8_t)(proto >> 8);
	be[1] = (uint8_t)proto;
	addattr_l(b, IFLA_VLAN_PROTOCOL, be, sizeof(be));
}

/* FROM:TO words until one is neither */
static void parse_qos_map(struct ipr *c, struct nl_buf *b, uint16_t attr, const char *wrong)
{
	size_t nest = nla_nest_start(b, attr);

	next_arg(c);
	for (;;) {
		struct ifla_vlan_qos_mapping m;
		const char *colon = strchr(c->argv[0], ':');

		if (!colon)
			break;
		if (get_u32(&m.from, ipr_strf(c, "%.*s", (int)(colon - c->argv[0]), c->argv[0]),
			    0) ||
		    get_u32(&m.to, colon + 1, 0))
			invarg(c, wrong, c->argv[0]);
		addattr_l(b, IFLA_VLAN_QOS_MAPPING, &m, sizeof(m));
		next_arg_fwd(c);
		if (c->argc <= 0)
			break;
	}
	prev_arg(c);
	nla_nest_end(b, nest);
}

/* One of the switches; 0 none, 1 read, -1 after a message */
static int parse_flag(struct ipr *c, struct ifla_vlan_flags *flags)
{
	for (size_t i = 0; i < NR_FLAGS; i++) {
		const char *arg;

		if (!matches(c->argv[0], vlan_flags[i].word))
			continue;
		arg = next_arg(c);
		flags->mask |= vlan_flags[i].flag;
		if (is_word(arg, "on")) {
			flags->flags |= vlan_flags[i].flag;
		} else if (is_word(arg, "off")) {
			flags->flags &= ~vlan_flags[i].flag;
		} else {
			ng_printf(
				c->err,
				"Error: argument of \"%s\" must be \"on\" or \"off\", not \"%s\"\n",
				vlan_flags[i].word, arg);
			return -1;
		}
		return 1;
	}
	return 0;
}

/**
 * vlan_parse_opt() - id N and the other words of a VLAN device
 * @c: the run
 * @b: the request, inside IFLA_INFO_DATA
 *
 * Return: 0, or non-zero after a message.
 */
int vlan_parse_opt(struct ipr *c, struct nl_buf *b)
{
	struct ifla_vlan_flags flags = { 0 };

	for (; c->argc > 0; next_arg_fwd(c)) {
		const char *w = c->argv[0];
		uint16_t id;
		int rc;

		if (matches(w, "protocol")) {
			parse_protocol(c, b);
		} else if (matches(w, "id")) {
			if (get_u16(&id, next_arg(c), 0))
				invarg(c, "id is invalid", c->argv[0]);
			addattr_l(b, IFLA_VLAN_ID, &id, sizeof(id));
		} else if ((rc = parse_flag(c, &flags)) != 0) {
			if (rc < 0)
				return -1;
		} else if (matches(w, "ingress-qos-map")) {
			parse_qos_map(c, b, IFLA_VLAN_INGRESS_QOS, "invalid ingress-qos-map");
		} else if (matches(w, "egress-qos-map")) {
			parse_qos_map(c, b, IFLA_VLAN_EGRESS_QOS, "invalid egress-qos-map");
		} else {
			if (!matches(w, "help"))
				ng_printf(c->err, "vlan: unknown command \"%s\"?\n", w);
			ng_puts(c->err, ip_vlan_usage);
			return -1;
		}
	}
	if (flags.mask)
		addattr_l(b, IFLA_VLAN_FLAGS, &flags, sizeof(flags));
	return 0;
}

static void print_vlan_flags(struct ipr *c, uint32_t flags)
{
	open_json_array(c, PRINT_ANY, is_json_context(c) ? "flags" : "<");
	for (size_t i = 0; i < NR_FLAGS; i++) {
		if (!(flags & vlan_flags[i].flag))
			continue;
		flags &= ~vlan_flags[i].flag;
		print_string(c, PRINT_ANY, NULL, flags ? "%s," : "%s", vlan_flags[i].name);
	}
	close_json_array(c, PRINT_ANY, "> ");
}

static void print_map(struct ipr *c, const char *key, const char *name, const struct nlattr *map)
{
	const struct ifla_vlan_qos_mapping *m;
	const struct nlattr *nla;
	size_t left;

	open_json_array(c, PRINT_JSON, key);
	print_nl(c);
	print_string(c, PRINT_FP, NULL, "      %s { ", name);
	nla_for_each_nested(nla, map, left) {
		m = nla_data(nla);
		open_json_object(c, NULL);
		print_uint(c, PRINT_ANY, "from", "%u", m->from);
		print_uint(c, PRINT_ANY, "to", ":%u ", m->to);
		close_json_object(c);
	}
	close_json_array(c, PRINT_JSON, key);
	print_string(c, PRINT_FP, NULL, "%s ", "}");
}

/**
 * vlan_print_opt() - "protocol 802.1Q id 10 <REORDER_HDR>"
 * @c: the run
 * @data: IFLA_INFO_DATA
 */
void vlan_print_opt(struct ipr *c, const struct nlattr *data)
{
	const struct nlattr *tb[IFLA_VLAN_MAX + 1];
	const struct ifla_vlan_flags *flags;

	nla_parse_nested(tb, IFLA_VLAN_MAX, data);
	if (!tb[IFLA_VLAN_ID])
		return;
	if (tb[IFLA_VLAN_PROTOCOL]) {
		uint16_t proto = be16_to_cpu(nla_get_be16(tb[IFLA_VLAN_PROTOCOL]));

		print_string(c, PRINT_ANY, "protocol", "protocol %s ",
			     proto == ETH_P_8021AD ? "802.1ad" : "802.1Q");
	}
	print_uint(c, PRINT_ANY, "id", "id %u ", nla_get_u16(tb[IFLA_VLAN_ID]));
	if (tb[IFLA_VLAN_FLAGS]) {
		flags = nla_data(tb[IFLA_VLAN_FLAGS]);
		print_vlan_flags(c, flags->flags);
	}
	if (tb[IFLA_VLAN_INGRESS_QOS])
		print_map(c, "ingress_qos", "ingress-qos-map", tb[IFLA_VLAN_INGRESS_QOS]);
	if (tb[IFLA_VLAN_EGRESS_QOS])
		print_map(c, "egress_qos", "egress-qos-map", tb[IFLA_VLAN_EGRESS_QOS]);
}
