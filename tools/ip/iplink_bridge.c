/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink_bridge.c - options of a bridge, written and printed
 *
 * mirrors iproute2's ip/iplink_bridge.c
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <stdio.h>

enum opt_type { U8, U16, U32, U64, BOOLOPT };

/* In the order in which an abbreviation is tried. */
static const struct bridge_opt {
	const char *name;
	uint16_t attr; /* BOOLOPT: the bit */
	enum opt_type type;
} bridge_opts[] = {
	{ "forward_delay", IFLA_BR_FORWARD_DELAY, U32 },
	{ "hello_time", IFLA_BR_HELLO_TIME, U32 },
	{ "max_age", IFLA_BR_MAX_AGE, U32 },
	{ "ageing_time", IFLA_BR_AGEING_TIME, U32 },
	{ "stp_state", IFLA_BR_STP_STATE, U32 },
	{ "priority", IFLA_BR_PRIORITY, U16 },
	{ "vlan_filtering", IFLA_BR_VLAN_FILTERING, U8 },
	{ "group_fwd_mask", IFLA_BR_GROUP_FWD_MASK, U16 },
	{ "no_linklocal_learn", BR_BOOLOPT_NO_LL_LEARN, BOOLOPT },
	{ "vlan_default_pvid", IFLA_BR_VLAN_DEFAULT_PVID, U16 },
	{ "vlan_stats_enabled", IFLA_BR_VLAN_STATS_ENABLED, U8 },
	{ "vlan_stats_per_port", IFLA_BR_VLAN_STATS_PER_PORT, U8 },
	{ "mcast_router", IFLA_BR_MCAST_ROUTER, U8 },
	{ "mcast_snooping", IFLA_BR_MCAST_SNOOPING, U8 },
	{ "mcast_vlan_snooping", BR_BOOLOPT_MCAST_VLAN_SNOOPING, BOOLOPT },
	{ "mcast_query_use_ifaddr", IFLA_BR_MCAST_QUERY_USE_IFADDR, U8 },
	{ "mcast_querier", IFLA_BR_MCAST_QUERIER, U8 },
	{ "mcast_hash_elasticity", IFLA_BR_MCAST_HASH_ELASTICITY, U32 },
	{ "mcast_hash_max", IFLA_BR_MCAST_HASH_MAX, U32 },
	{ "mcast_last_member_count", IFLA_BR_MCAST_LAST_MEMBER_CNT, U32 },
	{ "mcast_startup_query_count", IFLA_BR_MCAST_STARTUP_QUERY_CNT, U32 },
	{ "mcast_last_member_interval", IFLA_BR_MCAST_LAST_MEMBER_INTVL, U64 },
	{ "mcast_membership_interval", IFLA_BR_MCAST_MEMBERSHIP_INTVL, U64 },
	{ "mcast_querier_interval", IFLA_BR_MCAST_QUERIER_INTVL, U64 },
	{ "mcast_query_interval", IFLA_BR_MCAST_QUERY_INTVL, U64 },
	{ "mcast_query_response_interval", IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, U64 },
	{ "mcast_startup_query_interval", IFLA_BR_MCAST_STARTUP_QUERY_INTVL, U64 },
	{ "mcast_stats_enabled", IFLA_BR_MCAST_STATS_ENABLED, U8 },
	{ "mcast_igmp_version", IFLA_BR_MCAST_IGMP_VERSION, U8 },
	{ "mcast_mld_version", IFLA_BR_MCAST_MLD_VERSION, U8 },
	{ "nf_call_iptables", IFLA_BR_NF_CALL_IPTABLES, U8 },
	{ "nf_call_ip6tables", IFLA_BR_NF_CALL_IP6TABLES, U8 },
	{ "nf_call_arptables", IFLA_BR_NF_CALL_ARPTABLES, U8 },
};

#define N_BRIDGE_OPTS (sizeof(bridge_opts) / sizeof(bridge_opts[0]))

static int get_opt(const struct bridge_opt *o, const char *arg, uint64_t *ret_val)
{
	uint32_t v32;
	uint16_t v16;
	uint8_t v8;
	int rc;

	switch (o->type) {
	case U64:
		return get_u64(ret_val, arg, 0);
	case U16:
		rc = get_u16(&v16, arg, 0);
		*ret_val = v16;
		return rc;
	case U8:
	case BOOLOPT:
		rc = get_u8(&v8, arg, 0);
		*ret_val = v8;
		return rc;
	case U32:
	default:
		rc = get_u32(&v32, arg, 0);
		*ret_val = v32;
		return rc;
	}
}

static bool parse_opt_word(struct ipr *c, struct nl_buf *b, struct br_boolopt_multi *bm)
{
	static const size_t sizes[] = { [U8] = 1, [U16] = 2, [U32] = 4, [U64] = 8 };
	const struct bridge_opt *o;
	uint64_t v;
	size_t i;

	for (i = 0; i < N_BRIDGE_OPTS; i++) {
		o = &bridge_opts[i];
		if (!matches(c->argv[0], o->name))
			continue;
		if (get_opt(o, next_arg(c), &v))
			invarg(c, ipr_strf(c, "invalid %s", o->name), c->argv[0]);
		if (o->type == BOOLOPT) {
			bm->optmask |= 1U << o->attr;
			bm->optval &= ~(1U << o->attr);
			if (v)
				bm->optval |= 1U << o->attr;
		} else {
			addattr_l(b, o->attr, &v, sizes[o->type]);
		}
		return true;
	}
	return false;
}

static void parse_vlan_protocol(struct ipr *c, struct nl_buf *b)
{
	const char *arg = next_arg(c);
	uint16_t proto;

	if (!strcasecmp(arg, "802.1Q"))
		proto = ETH_P_8021Q;
	else if (!strcasecmp(arg, "802.1ad"))
		proto = ETH_P_8021AD;
	else if (get_u16(&proto, arg, 0))
		invarg(c, "invalid vlan_protocol", arg);
	nla_put_be16(b, IFLA_BR_VLAN_PROTOCOL, cpu_to_be16(proto));
}

/**
 * bridge_parse_opt() - Reads the options of a bridge
 * @c: the run
 * @b: the request, inside IFLA_INFO_DATA
 *
 * Return: 0, or -1 after a message.
 */
int bridge_parse_opt(struct ipr *c, struct nl_buf *b)
{
	struct br_boolopt_multi bm = { 0 };
	uint8_t addr[32];
	int len;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (parse_opt_word(c, b, &bm))
			continue;
		if (matches(c->argv[0], "vlan_protocol")) {
			parse_vlan_protocol(c, b);
		} else if (matches(c->argv[0], "group_address")) {
			len = ll_addr_a2n(c, addr, sizeof(addr), next_arg(c));
			if (len < 0)
				return -1;
			addattr_l(b, IFLA_BR_GROUP_ADDR, addr, (size_t)len);
		} else if (matches(c->argv[0], "fdb_flush")) {
			addattr_l(b, IFLA_BR_FDB_FLUSH, NULL, 0);
		} else {
			if (!matches(c->argv[0], "help"))
				ng_printf(c->err, "bridge: unknown command \"%s\"?\n", c->argv[0]);
			ng_puts(c->err, ip_bridge_usage);
			return -1;
		}
	}
	if (bm.optmask)
		addattr_l(b, IFLA_BR_MULTI_BOOLOPT, &bm, sizeof(bm));
	return 0;
}

/**
 * print_bridge_id() - PRIORITY.MAC, the bytes without leading zeros
 * @c: the run
 * @key: JSON key
 * @fmt: text format with one %s
 * @nla: struct ifla_bridge_id
 */
void print_bridge_id(struct ipr *c, const char *key, const char *fmt, const struct nlattr *nla)
{
	const uint8_t *p = nla_data(nla);

	if (nla_len(nla) < 8)
		return;
	print_string(c, PRINT_ANY, key, fmt,
		     ipr_strf(c, "%.2x%.2x.%x:%x:%x:%x:%x:%x", p[0], p[1], p[2], p[3], p[4], p[5],
			      p[6], p[7]));
}

/**
 * print_timer() - A timer of the bridge, in seconds
 * @c: the run
 * @key: JSON key and word
 * @nla: hundredths of a second, 64 bits
 */
void print_timer(struct ipr *c, const char *key, const struct nlattr *nla)
{
	uint64_t v = nla_get_u64(nla);

	if (is_json_context(c)) {
		print_json_raw(c, key,
			       ipr_strf(c, "%llu.%.2llu", (unsigned long long)(v / 100),
					(unsigned long long)(v % 100)));
		return;
	}
	ng_printf(c->out, "%s %4llu.%.2llu ", key, (unsigned long long)(v / 100),
		  (unsigned long long)(v % 100));
}

/* What follows "priority" in a listing; NULL name: printed by hand. */
static const struct {
	uint16_t attr;
	enum opt_type type;
	const char *name;
	const char *json;
} print_opts[] = {
	{ IFLA_BR_VLAN_DEFAULT_PVID, U16, "vlan_default_pvid", NULL },
	{ IFLA_BR_VLAN_STATS_ENABLED, U8, "vlan_stats_enabled", NULL },
	{ IFLA_BR_VLAN_STATS_PER_PORT, U8, "vlan_stats_per_port", NULL },
	{ IFLA_BR_GROUP_FWD_MASK, U16, NULL, NULL },
	{ IFLA_BR_GROUP_ADDR, U64, NULL, NULL },
	{ IFLA_BR_MCAST_SNOOPING, U8, "mcast_snooping", NULL },
	{ IFLA_BR_MULTI_BOOLOPT, U64, NULL, NULL },
	{ IFLA_BR_MCAST_ROUTER, U8, "mcast_router", NULL },
	{ IFLA_BR_MCAST_QUERY_USE_IFADDR, U8, "mcast_query_use_ifaddr", NULL },
	{ IFLA_BR_MCAST_QUERIER, U8, "mcast_querier", NULL },
	{ IFLA_BR_MCAST_HASH_ELASTICITY, U32, "mcast_hash_elasticity", NULL },
	{ IFLA_BR_MCAST_HASH_MAX, U32, "mcast_hash_max", NULL },
	{ IFLA_BR_MCAST_LAST_MEMBER_CNT, U32, "mcast_last_member_count", "mcast_last_member_cnt" },
	{ IFLA_BR_MCAST_STARTUP_QUERY_CNT, U32, "mcast_startup_query_count",
	  "mcast_startup_query_cnt" },
	{ IFLA_BR_MCAST_LAST_MEMBER_INTVL, U64, "mcast_last_member_interval",
	  "mcast_last_member_intvl" },
	{ IFLA_BR_MCAST_MEMBERSHIP_INTVL, U64, "mcast_membership_interval",
	  "mcast_membership_intvl" },
	{ IFLA_BR_MCAST_QUERIER_INTVL, U64, "mcast_querier_interval", "mcast_querier_intvl" },
	{ IFLA_BR_MCAST_QUERY_INTVL, U64, "mcast_query_interval", "mcast_query_intvl" },
	{ IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, U64, "mcast_query_response_interval",
	  "mcast_query_response_intvl" },
	{ IFLA_BR_MCAST_STARTUP_QUERY_INTVL, U64, "mcast_startup_query_interval",
	  "mcast_startup_query_intvl" },
	{ IFLA_BR_MCAST_STATS_ENABLED, U8, "mcast_stats_enabled", NULL },
	{ IFLA_BR_MCAST_IGMP_VERSION, U8, "mcast_igmp_version", NULL },
	{ IFLA_BR_MCAST_MLD_VERSION, U8, "mcast_mld_version", NULL },
	{ IFLA_BR_NF_CALL_IPTABLES, U8, "nf_call_iptables", NULL },
	{ IFLA_BR_NF_CALL_IP6TABLES, U8, "nf_call_ip6tables", NULL },
	{ IFLA_BR_NF_CALL_ARPTABLES, U8, "nf_call_arptables", NULL },
};

static void print_number(struct ipr *c, const struct nlattr *nla, const char *name,
			 const char *json)
{
	print_u64(c, PRINT_ANY, json ? json : name, ipr_strf(c, "%s %%llu ", name),
		  nla_get_raw(nla, nla_len(nla)));
}

static void print_boolopts(struct ipr *c, const struct nlattr *nla)
{
	struct br_boolopt_multi bm = { 0 };

	memcpy(&bm, nla_data(nla), nla_len(nla) < sizeof(bm) ? nla_len(nla) : sizeof(bm));
	if (bm.optmask & (1U << BR_BOOLOPT_NO_LL_LEARN))
		print_uint(c, PRINT_ANY, "no_linklocal_learn", "no_linklocal_learn %u ",
			   !!(bm.optval & (1U << BR_BOOLOPT_NO_LL_LEARN)));
	if (bm.optmask & (1U << BR_BOOLOPT_MCAST_VLAN_SNOOPING))
		print_uint(c, PRINT_ANY, "mcast_vlan_snooping", "mcast_vlan_snooping %u ",
			   !!(bm.optval & (1U << BR_BOOLOPT_MCAST_VLAN_SNOOPING)));
}

static void print_special(struct ipr *c, uint16_t attr, const struct nlattr *nla)
{
	if (attr == IFLA_BR_GROUP_FWD_MASK)
		print_string(c, PRINT_ANY, "group_fwd_mask", "group_fwd_mask %s ",
			     ipr_strf(c, "%#x", nla_get_u16(nla)));
	else if (attr == IFLA_BR_GROUP_ADDR)
		print_string(c, PRINT_ANY, "group_addr", "group_address %s ",
			     ll_addr_n2a(c, nla_data(nla), nla_len(nla), 1));
	else
		print_boolopts(c, nla);
}

static void print_first(struct ipr *c, const struct nlattr *const *tb)
{
	static const struct {
		uint16_t attr;
		const char *name;
	} first[] = {
		{ IFLA_BR_FORWARD_DELAY, "forward_delay" },
		{ IFLA_BR_HELLO_TIME, "hello_time" },
		{ IFLA_BR_MAX_AGE, "max_age" },
		{ IFLA_BR_AGEING_TIME, "ageing_time" },
		{ IFLA_BR_STP_STATE, "stp_state" },
		{ IFLA_BR_PRIORITY, "priority" },
		{ IFLA_BR_VLAN_FILTERING, "vlan_filtering" },
	};
	uint16_t proto;
	size_t i;

	for (i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		if (tb[first[i].attr])
			print_number(c, tb[first[i].attr], first[i].name, NULL);
	}
	if (tb[IFLA_BR_VLAN_PROTOCOL]) {
		proto = be16_to_cpu(nla_get_be16(tb[IFLA_BR_VLAN_PROTOCOL]));
		print_string(c, PRINT_ANY, "vlan_protocol", "vlan_protocol %s ",
			     proto == ETH_P_8021Q    ? "802.1Q"
			     : proto == ETH_P_8021AD ? "802.1ad"
						     : ipr_strf(c, "[%d]", proto));
	}
}

/**
 * bridge_print_opt() - Prints the options of a bridge
 * @c: the run
 * @data: IFLA_INFO_DATA
 */
void bridge_print_opt(struct ipr *c, const struct nlattr *data)
{
	static const struct {
		uint16_t attr;
		const char *name;
	} state[] = {
		{ IFLA_BR_ROOT_PORT, "root_port" },
		{ IFLA_BR_ROOT_PATH_COST, "root_path_cost" },
		{ IFLA_BR_TOPOLOGY_CHANGE, "topology_change" },
		{ IFLA_BR_TOPOLOGY_CHANGE_DETECTED, "topology_change_detected" },
	}, timers[] = {
		{ IFLA_BR_HELLO_TIMER, "hello_timer" },
		{ IFLA_BR_TCN_TIMER, "tcn_timer" },
		{ IFLA_BR_TOPOLOGY_CHANGE_TIMER, "topology_change_timer" },
		{ IFLA_BR_GC_TIMER, "gc_timer" },
	};
	const struct nlattr *tb[IFLA_BR_MAX + 1];
	const struct nlattr *nla;
	size_t i;

	nla_parse_nested(tb, IFLA_BR_MAX, data);
	print_first(c, tb);
	if (tb[IFLA_BR_BRIDGE_ID])
		print_bridge_id(c, "bridge_id", "bridge_id %s ", tb[IFLA_BR_BRIDGE_ID]);
	/* 6.1 prints the bridge's own id in the root's place */
	if (tb[IFLA_BR_ROOT_ID] && tb[IFLA_BR_BRIDGE_ID])
		print_bridge_id(c, "root_id", "designated_root %s ", tb[IFLA_BR_BRIDGE_ID]);
	for (i = 0; i < 4; i++) {
		if (tb[state[i].attr])
			print_number(c, tb[state[i].attr], state[i].name, NULL);
	}
	for (i = 0; i < 4; i++) {
		if (tb[timers[i].attr])
			print_timer(c, timers[i].name, tb[timers[i].attr]);
	}
	for (i = 0; i < sizeof(print_opts) / sizeof(print_opts[0]); i++) {
		nla = tb[print_opts[i].attr];
		if (nla && print_opts[i].name)
			print_number(c, nla, print_opts[i].name, print_opts[i].json);
		else if (nla)
			print_special(c, print_opts[i].attr, nla);
	}
}
