/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink_bridge_slave.c - options of a bridge port, written and printed
 *
 * mirrors iproute2's ip/iplink_bridge_slave.c
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/if_bridge.h>

const char *const bridge_port_states[5] = { "disabled", "listening", "learning", "forwarding",
					    "blocking" };

static const char *const fwd_mask_tbl[16] = {
	[0] = "stp",
	[2] = "lacp",
	[14] = "lldp",
};

/* In the order in which an abbreviation is tried. */
static const struct {
	const char *name;
	uint16_t attr;
} switches[] = {
	{ "hairpin", IFLA_BRPORT_MODE },
	{ "guard", IFLA_BRPORT_GUARD },
	{ "root_block", IFLA_BRPORT_PROTECT },
	{ "fastleave", IFLA_BRPORT_FAST_LEAVE },
	{ "learning", IFLA_BRPORT_LEARNING },
	{ "flood", IFLA_BRPORT_UNICAST_FLOOD },
	{ "mcast_flood", IFLA_BRPORT_MCAST_FLOOD },
	{ "bcast_flood", IFLA_BRPORT_BCAST_FLOOD },
	{ "mcast_to_unicast", IFLA_BRPORT_MCAST_TO_UCAST },
	{ "proxy_arp", IFLA_BRPORT_PROXYARP },
	{ "proxy_arp_wifi", IFLA_BRPORT_PROXYARP_WIFI },
	{ "mcast_fast_leave", IFLA_BRPORT_FAST_LEAVE },
	{ "neigh_suppress", IFLA_BRPORT_NEIGH_SUPPRESS },
	{ "vlan_tunnel", IFLA_BRPORT_VLAN_TUNNEL },
	{ "isolated", IFLA_BRPORT_ISOLATED },
	{ "locked", IFLA_BRPORT_LOCKED },
};

/* 1: taken, 0: none of these, -1: a bad value */
static int parse_switch(struct ipr *c, struct nl_buf *b)
{
	static const char *const off_on[] = { "off", "on" };
	size_t i;
	int v;

	for (i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		if (!matches(c->argv[0], switches[i].name))
			continue;
		v = parse_one_of(c, switches[i].name, next_arg(c), off_on, 2);
		if (v < 0)
			return -1;
		addattr8(b, switches[i].attr, (uint8_t)v);
		return 1;
	}
	return 0;
}

static bool parse_number(struct ipr *c, struct nl_buf *b)
{
	uint32_t v32;
	uint16_t v16;
	uint8_t v8;

	if (matches(c->argv[0], "state")) {
		if (get_u8(&v8, next_arg(c), 0))
			invarg(c, "state is invalid", c->argv[0]);
		addattr8(b, IFLA_BRPORT_STATE, v8);
	} else if (matches(c->argv[0], "priority")) {
		if (get_u16(&v16, next_arg(c), 0))
			invarg(c, "priority is invalid", c->argv[0]);
		addattr16(b, IFLA_BRPORT_PRIORITY, v16);
	} else if (matches(c->argv[0], "cost")) {
		if (get_u32(&v32, next_arg(c), 0))
			invarg(c, "cost is invalid", c->argv[0]);
		addattr32(b, IFLA_BRPORT_COST, v32);
	} else if (matches(c->argv[0], "mcast_router")) {
		if (get_u8(&v8, next_arg(c), 0))
			invarg(c, "invalid mcast_router", c->argv[0]);
		addattr8(b, IFLA_BRPORT_MULTICAST_ROUTER, v8);
	} else if (matches(c->argv[0], "group_fwd_mask")) {
		if (get_u16(&v16, next_arg(c), 0))
			invarg(c, "invalid group_fwd_mask", c->argv[0]);
		addattr16(b, IFLA_BRPORT_GROUP_FWD_MASK, v16);
	} else {
		return false;
	}
	return true;
}

/**
 * bridge_slave_parse_opt() - Reads the options of a bridge port
 * @c: the run
 * @b: the request, inside IFLA_INFO_SLAVE_DATA
 *
 * Return: 0, or -1 after a message.
 */
int bridge_slave_parse_opt(struct ipr *c, struct nl_buf *b)
{
	unsigned int idx;
	int rc;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (matches(c->argv[0], "fdb_flush")) {
			addattr_l(b, IFLA_BRPORT_FLUSH, NULL, 0);
			continue;
		}
		if (parse_number(c, b))
			continue;
		rc = parse_switch(c, b);
		if (rc < 0)
			return -1;
		if (rc)
			continue;
		if (matches(c->argv[0], "backup_port")) {
			idx = ll_name_to_index(c, next_arg(c));
			if (!idx)
				invarg(c, "Device does not exist\n", c->argv[0]);
			addattr32(b, IFLA_BRPORT_BACKUP_PORT, idx);
		} else if (matches(c->argv[0], "nobackup_port")) {
			addattr32(b, IFLA_BRPORT_BACKUP_PORT, 0);
		} else {
			if (!matches(c->argv[0], "help"))
				ng_printf(c->err, "bridge_slave: unknown option \"%s\"?\n",
					  c->argv[0]);
			ng_puts(c->err, ip_bridge_slave_usage);
			return -1;
		}
	}
	return 0;
}

static void print_switch(struct ipr *c, const struct nlattr *const *tb, uint16_t attr,
			 const char *name)
{
	if (tb[attr])
		print_on_off(c, PRINT_ANY, name, ipr_strf(c, "%s %%s ", name),
			     nla_get_u8(tb[attr]));
}

static void print_num(struct ipr *c, const struct nlattr *const *tb, uint16_t attr,
		      const char *name, const char *json)
{
	if (tb[attr])
		print_uint(c, PRINT_ANY, json ? json : name, ipr_strf(c, "%s %%u ", name),
			   (unsigned int)nla_get_raw(tb[attr], nla_len(tb[attr])));
}

static void print_hexnum(struct ipr *c, const struct nlattr *const *tb, uint16_t attr,
			 const char *name, const char *json)
{
	if (tb[attr])
		print_string(c, PRINT_ANY, json, ipr_strf(c, "%s %%s ", name),
			     ipr_strf(c, "0x%x", nla_get_u16(tb[attr])));
}

static void print_group_fwd_mask(struct ipr *c, uint16_t mask)
{
	const char *s = "";
	int i;

	print_string(c, PRINT_ANY, "group_fwd_mask", "group_fwd_mask %s ",
		     ipr_strf(c, "%#x", mask));
	if (!mask)
		s = "0x0";
	for (i = 0; i < 16; i++) {
		if (!(mask & (1U << i)))
			continue;
		s = ipr_strf(c, "%s%s%s", s, *s ? "," : "",
			     fwd_mask_tbl[i] ? fwd_mask_tbl[i] : ipr_strf(c, "0x%x", 1U << i));
	}
	print_string(c, PRINT_ANY, "group_fwd_mask_str", "group_fwd_mask_str %s ", s);
}

static void print_ids(struct ipr *c, const struct nlattr *const *tb)
{
	print_hexnum(c, tb, IFLA_BRPORT_ID, "port_id", "id");
	print_hexnum(c, tb, IFLA_BRPORT_NO, "port_no", "no");
	print_num(c, tb, IFLA_BRPORT_DESIGNATED_PORT, "designated_port", NULL);
	print_num(c, tb, IFLA_BRPORT_DESIGNATED_COST, "designated_cost", NULL);
	if (tb[IFLA_BRPORT_BRIDGE_ID])
		print_bridge_id(c, "bridge_id", "designated_bridge %s ", tb[IFLA_BRPORT_BRIDGE_ID]);
	if (tb[IFLA_BRPORT_ROOT_ID])
		print_bridge_id(c, "root_id", "designated_root %s ", tb[IFLA_BRPORT_ROOT_ID]);
	if (tb[IFLA_BRPORT_HOLD_TIMER])
		print_timer(c, "hold_timer", tb[IFLA_BRPORT_HOLD_TIMER]);
	if (tb[IFLA_BRPORT_MESSAGE_AGE_TIMER])
		print_timer(c, "message_age_timer", tb[IFLA_BRPORT_MESSAGE_AGE_TIMER]);
	if (tb[IFLA_BRPORT_FORWARD_DELAY_TIMER])
		print_timer(c, "forward_delay_timer", tb[IFLA_BRPORT_FORWARD_DELAY_TIMER]);
	print_num(c, tb, IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, "topology_change_ack", NULL);
	print_num(c, tb, IFLA_BRPORT_CONFIG_PENDING, "config_pending", NULL);
}

/**
 * bridge_slave_print_opt() - Prints the options of a bridge port
 * @c: the run
 * @data: IFLA_INFO_SLAVE_DATA
 */
void bridge_slave_print_opt(struct ipr *c, const struct nlattr *data)
{
	const struct nlattr *tb[IFLA_BRPORT_MAX + 1];
	unsigned int state;
	size_t i;

	nla_parse_nested(tb, IFLA_BRPORT_MAX, data);
	if (tb[IFLA_BRPORT_STATE]) {
		state = nla_get_u8(tb[IFLA_BRPORT_STATE]);
		if (state < 5)
			print_string(c, PRINT_ANY, "state", "state %s ", bridge_port_states[state]);
		else
			print_int(c, PRINT_ANY, "state_index", "state (%d) ", (int)state);
	}
	print_num(c, tb, IFLA_BRPORT_PRIORITY, "priority", NULL);
	print_num(c, tb, IFLA_BRPORT_COST, "cost", NULL);
	for (i = 0; i < 6; i++)
		print_switch(c, tb, switches[i].attr, switches[i].name);
	print_ids(c, tb);
	print_switch(c, tb, IFLA_BRPORT_PROXYARP, "proxy_arp");
	print_switch(c, tb, IFLA_BRPORT_PROXYARP_WIFI, "proxy_arp_wifi");
	print_num(c, tb, IFLA_BRPORT_MULTICAST_ROUTER, "mcast_router", "multicast_router");
	/* iproute2 leaves this one out of JSON: "fastleave" said it */
	if (tb[IFLA_BRPORT_FAST_LEAVE])
		print_on_off(c, PRINT_FP, "mcast_fast_leave", "mcast_fast_leave %s ",
			     nla_get_u8(tb[IFLA_BRPORT_FAST_LEAVE]));
	print_switch(c, tb, IFLA_BRPORT_MCAST_FLOOD, "mcast_flood");
	print_switch(c, tb, IFLA_BRPORT_BCAST_FLOOD, "bcast_flood");
	print_switch(c, tb, IFLA_BRPORT_MCAST_TO_UCAST, "mcast_to_unicast");
	print_switch(c, tb, IFLA_BRPORT_NEIGH_SUPPRESS, "neigh_suppress");
	if (tb[IFLA_BRPORT_GROUP_FWD_MASK])
		print_group_fwd_mask(c, nla_get_u16(tb[IFLA_BRPORT_GROUP_FWD_MASK]));
	print_switch(c, tb, IFLA_BRPORT_VLAN_TUNNEL, "vlan_tunnel");
	print_switch(c, tb, IFLA_BRPORT_ISOLATED, "isolated");
	print_switch(c, tb, IFLA_BRPORT_LOCKED, "locked");
	if (tb[IFLA_BRPORT_BACKUP_PORT])
		print_string(c, PRINT_ANY, "backup_port", "backup_port %s ",
			     ll_index_to_name(c, nla_get_u32(tb[IFLA_BRPORT_BACKUP_PORT])));
}
