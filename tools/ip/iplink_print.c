/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink_print.c - the lines of ip link show
 *
 * mirrors print_linkinfo() of iproute2's ip/ipaddress.c
 */
#include "ip_common.h"

#include <linux/if.h>
#include <linux/if_arp.h>

static const char *const oper_states[] = { "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN",
					   "TESTING", "DORMANT",    "UP" };

static void print_operstate(struct ipr *c, uint8_t state)
{
	if (state >= sizeof(oper_states) / sizeof(oper_states[0])) {
		if (is_json_context(c))
			print_uint(c, PRINT_JSON, "operstate_index", NULL, state);
		else
			print_0xhex(c, PRINT_FP, NULL, "state %#llx", state);
	} else if (c->brief) {
		print_color_string(c, PRINT_ANY, oper_state_color(state), "operstate", "%-14s ",
				   oper_states[state]);
	} else {
		print_string(c, PRINT_FP, NULL, "%s ", "state");
		print_color_string(c, PRINT_ANY, oper_state_color(state), "operstate", "%s ",
				   oper_states[state]);
	}
}

static bool kind_is(const struct nlattr *const *tb, const char *kind, uint16_t attr)
{
	const struct nlattr *info[IFLA_INFO_MAX + 1];
	char name[64] = "";

	if (!tb[IFLA_LINKINFO])
		return false;
	nla_parse_nested(info, IFLA_INFO_MAX, tb[IFLA_LINKINFO]);
	if (info[attr])
		nla_strscpy(name, info[attr], sizeof(name));
	return is_word(name, kind);
}

static bool link_wanted(const struct ifinfomsg *ifi, const struct nlattr *const *tb,
			const struct ip_filter *f)
{
	int master = tb[IFLA_MASTER] ? (int)nla_get_u32(tb[IFLA_MASTER]) : 0;

	if (f->ifindex && ifi->ifi_index != (int)f->ifindex)
		return false;
	if (f->up && !(ifi->ifi_flags & IFF_UP))
		return false;
	if (tb[IFLA_GROUP] && f->group != -1 && (int)nla_get_u32(tb[IFLA_GROUP]) != f->group)
		return false;
	if (f->master > 0 && master != f->master)
		return false;
	if (f->master < 0 && master)
		return false;
	if (f->kind && !kind_is(tb, f->kind, IFLA_INFO_KIND))
		return false;
	return !f->slave_kind || kind_is(tb, f->slave_kind, IFLA_INFO_SLAVE_KIND);
}

static void print_linktype(struct ipr *c, const struct nlattr *linkinfo)
{
	const struct nlattr *tb[IFLA_INFO_MAX + 1];
	const struct link_kind *kind;
	char name[64];

	nla_parse_nested(tb, IFLA_INFO_MAX, linkinfo);
	open_json_object(c, "linkinfo");
	if (tb[IFLA_INFO_KIND]) {
		nla_strscpy(name, tb[IFLA_INFO_KIND], sizeof(name));
		print_nl(c);
		print_string(c, PRINT_ANY, "info_kind", "    %s ", name);
		kind = get_link_kind(name);
		if (kind && kind->print_opt) {
			open_json_object(c, "info_data");
			if (tb[IFLA_INFO_DATA])
				kind->print_opt(c, tb[IFLA_INFO_DATA]);
			close_json_object(c);
		}
	}
	if (tb[IFLA_INFO_SLAVE_KIND]) {
		nla_strscpy(name, tb[IFLA_INFO_SLAVE_KIND], sizeof(name));
		print_nl(c);
		print_string(c, PRINT_ANY, "info_slave_kind", "    %s_slave ", name);
		kind = get_link_kind(ipr_strf(c, "%s_slave", name));
		if (kind && kind->print_opt) {
			open_json_object(c, "info_slave_data");
			if (tb[IFLA_INFO_SLAVE_DATA])
				kind->print_opt(c, tb[IFLA_INFO_SLAVE_DATA]);
			close_json_object(c);
		}
	}
	close_json_object(c);
}

static void print_af_spec(struct ipr *c, const struct nlattr *af_spec)
{
	static const char *const modes[] = { "eui64", "none", "stable_secret", "random" };
	const struct nlattr *tb[IFLA_INET6_MAX + 1];
	const struct nlattr *af;
	uint8_t mode;
	size_t left;

	nla_for_each_nested(af, af_spec, left) {
		if (nla_type(af) != AF_INET6)
			continue;
		nla_parse_nested(tb, IFLA_INET6_MAX, af);
		if (!tb[IFLA_INET6_ADDR_GEN_MODE])
			continue;
		mode = nla_get_u8(tb[IFLA_INET6_ADDR_GEN_MODE]);
		print_string(c, PRINT_ANY, "inet6_addr_gen_mode", "addrgenmode %s ",
			     mode < 4 ? modes[mode] : ipr_strf(c, "%#.2hhx", mode));
	}
}

static void print_uints(struct ipr *c, const struct nlattr *const *tb, unsigned int from,
			unsigned int to)
{
	static const struct {
		uint16_t attr;
		const char *key;
		const char *fmt;
	} rows[] = {
		{ IFLA_PROMISCUITY, "promiscuity", " promiscuity %u " },
		{ IFLA_ALLMULTI, "allmulti", " allmulti %u " },
		{ IFLA_MIN_MTU, "min_mtu", "minmtu %u " },
		{ IFLA_MAX_MTU, "max_mtu", "maxmtu %u " },
		{ IFLA_NUM_TX_QUEUES, "num_tx_queues", "numtxqueues %u " },
		{ IFLA_NUM_RX_QUEUES, "num_rx_queues", "numrxqueues %u " },
		{ IFLA_GSO_MAX_SIZE, "gso_max_size", "gso_max_size %u " },
		{ IFLA_GSO_MAX_SEGS, "gso_max_segs", "gso_max_segs %u " },
		{ IFLA_TSO_MAX_SIZE, "tso_max_size", "tso_max_size %u " },
		{ IFLA_TSO_MAX_SEGS, "tso_max_segs", "tso_max_segs %u " },
		{ IFLA_GRO_MAX_SIZE, "gro_max_size", "gro_max_size %u " },
	};
	unsigned int i;

	for (i = from; i < to; i++) {
		if (tb[rows[i].attr])
			print_uint(c, PRINT_ANY, rows[i].key, rows[i].fmt,
				   nla_get_u32(tb[rows[i].attr]));
	}
}

static void print_netnsid(struct ipr *c, int id)
{
	const char *name;

	if (is_json_context(c)) {
		print_int(c, PRINT_JSON, "link_netnsid", NULL, id);
		return;
	}
	name = id >= 0 ? get_name_from_nsid(c, id) : NULL;
	if (name)
		print_string(c, PRINT_FP, NULL, " link-netns %s", name);
	else if (id >= 0)
		print_int(c, PRINT_FP, NULL, " link-netnsid %d", id);
	else
		print_string(c, PRINT_FP, NULL, " link-netnsid %s", "unknown");
}

static void print_lladdr(struct ipr *c, const struct ifinfomsg *ifi, const struct nlattr *const *tb)
{
	print_nl(c);
	print_string(c, PRINT_ANY, "link_type", "    link/%s ", ll_type_n2a(c, ifi->ifi_type));
	if (tb[IFLA_ADDRESS])
		print_color_string(c, PRINT_ANY, COLOR_MAC, "address", "%s",
				   ll_addr_n2a(c, nla_data(tb[IFLA_ADDRESS]),
					       nla_len(tb[IFLA_ADDRESS]), ifi->ifi_type));
	if (tb[IFLA_BROADCAST]) {
		if (ifi->ifi_flags & IFF_POINTOPOINT) {
			print_string(c, PRINT_FP, NULL, " %s ", "peer");
			print_bool(c, PRINT_JSON, "link_pointtopoint", NULL, true);
		} else {
			print_string(c, PRINT_FP, NULL, " %s ", "brd");
		}
		print_color_string(c, PRINT_ANY, COLOR_MAC, "broadcast", "%s",
				   ll_addr_n2a(c, nla_data(tb[IFLA_BROADCAST]),
					       nla_len(tb[IFLA_BROADCAST]), ifi->ifi_type));
	}
}

static void print_str(struct ipr *c, const struct nlattr *nla, const char *key, const char *fmt)
{
	char s[300];

	if (!nla)
		return;
	nla_strscpy(s, nla, sizeof(s));
	print_string(c, PRINT_ANY, key, fmt, s);
}

static void print_event(struct ipr *c, uint32_t event)
{
	static const char *const events[] = { "NONE",		"REBOOT",
					      "FEATURE CHANGE", "BONDING FAILOVER",
					      "NOTIFY PEERS",	"RESEND IGMP",
					      "BONDING OPTION" };

	if (event < sizeof(events) / sizeof(events[0]))
		print_string(c, PRINT_ANY, "event", "event %s ", events[event]);
	else
		print_int(c, PRINT_ANY, "event", "event %d ", (int)event);
}

/* From "mtu" to the end of the first line. */
static void print_first_line(struct ipr *c, const struct nlattr *const *tb,
			     const struct ip_filter *f, bool do_link)
{
	uint8_t mode;

	if (tb[IFLA_MTU])
		print_int(c, PRINT_ANY, "mtu", "mtu %u ", (int)nla_get_u32(tb[IFLA_MTU]));
	print_str(c, tb[IFLA_QDISC], "qdisc", "qdisc %s ");
	if (tb[IFLA_MASTER])
		print_string(c, PRINT_ANY, "master", "master %s ",
			     ll_index_to_name(c, nla_get_u32(tb[IFLA_MASTER])));
	if (tb[IFLA_OPERSTATE])
		print_operstate(c, nla_get_u8(tb[IFLA_OPERSTATE]));
	if (do_link && tb[IFLA_LINKMODE]) {
		mode = nla_get_u8(tb[IFLA_LINKMODE]);
		if (mode > 1)
			print_int(c, PRINT_ANY, "linkmode_index", "mode %d ", mode);
		else
			print_string(c, PRINT_ANY, "linkmode", "mode %s ",
				     mode ? "DORMANT" : "DEFAULT");
	}
	if (tb[IFLA_GROUP])
		print_string(c, PRINT_ANY, "group", "group %s ",
			     rtnl_group_n2a(c, (int)nla_get_u32(tb[IFLA_GROUP])));
	if (tb[IFLA_EVENT])
		print_event(c, nla_get_u32(tb[IFLA_EVENT]));
	if (f->showqueue && tb[IFLA_TXQLEN] && nla_get_u32(tb[IFLA_TXQLEN]))
		print_int(c, PRINT_ANY, "txqlen", "qlen %d", (int)nla_get_u32(tb[IFLA_TXQLEN]));
}

static void print_details(struct ipr *c, const struct nlattr *const *tb, bool do_link)
{
	print_uints(c, tb, 0, 4);
	if (tb[IFLA_LINKINFO])
		print_linktype(c, tb[IFLA_LINKINFO]);
	if (do_link && tb[IFLA_AF_SPEC])
		print_af_spec(c, tb[IFLA_AF_SPEC]);
	print_uints(c, tb, 4, 11);
	print_str(c, tb[IFLA_PHYS_PORT_NAME], "phys_port_name", "portname %s ");
	if (tb[IFLA_PHYS_PORT_ID])
		print_string(c, PRINT_ANY, "phys_port_id", "portid %s ",
			     hexstring_n2a(c, nla_data(tb[IFLA_PHYS_PORT_ID]),
					   nla_len(tb[IFLA_PHYS_PORT_ID])));
	print_str(c, tb[IFLA_PARENT_DEV_BUS_NAME], "parentbus", "parentbus %s ");
	print_str(c, tb[IFLA_PARENT_DEV_NAME], "parentdev", "parentdev %s ");
}

static void print_altnames(struct ipr *c, const struct nlattr *list)
{
	const struct nlattr *nla;
	char name[128];
	size_t left;

	open_json_array(c, PRINT_JSON, "altnames");
	nla_for_each_nested(nla, list, left) {
		if (nla_type(nla) != IFLA_ALT_IFNAME)
			continue;
		nla_strscpy(name, nla, sizeof(name));
		print_nl(c);
		print_string(c, PRINT_ANY, NULL, "    altname %s", name);
	}
	close_json_array(c, PRINT_JSON, NULL);
}

static void print_new_netns(struct ipr *c, int id)
{
	const char *name = get_name_from_nsid(c, id);

	if (name)
		print_string(c, PRINT_ANY, "new_netns", " new-netns %s", name);
	else
		print_int(c, PRINT_ANY, "new_netnsid", " new-netnsid %d", id);
}

static int print_brief(struct ipr *c, const struct ifinfomsg *ifi, const struct nlattr *const *tb,
		       const char *name, const struct ip_filter *f)
{
	bool m_down = print_name_and_link(c, "%-16s ", name, tb);

	if (tb[IFLA_OPERSTATE])
		print_operstate(c, nla_get_u8(tb[IFLA_OPERSTATE]));
	if (f->family == AF_PACKET) {
		if (tb[IFLA_ADDRESS])
			print_color_string(c, PRINT_ANY, COLOR_MAC, "address", "%s ",
					   ll_addr_n2a(c, nla_data(tb[IFLA_ADDRESS]),
						       nla_len(tb[IFLA_ADDRESS]), ifi->ifi_type));
		print_link_flags(c, ifi->ifi_flags, m_down);
		print_string(c, PRINT_FP, NULL, "%s", "\n");
	}
	return 0;
}

/**
 * print_linkinfo() - One link
 * @c: the run
 * @n: RTM_NEWLINK
 * @f: the filter
 * @do_link: for ip link, not ip address
 *
 * Return: 1, 0 in brief form, -1 when the filter does not want it.
 */
int print_linkinfo(struct ipr *c, const struct nlmsghdr *n, const struct ip_filter *f, bool do_link)
{
	const struct ifinfomsg *ifi = nlmsg_data(n);
	const struct nlattr *tb[IFLA_MAX + 1];
	const char *name;
	bool m_down;

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(*ifi)))
		return -1;
	nlmsg_parse(n, sizeof(*ifi), tb, IFLA_MAX);
	if (!tb[IFLA_IFNAME])
		return -1;
	name = ng_task_strndup(c->task, nla_data(tb[IFLA_IFNAME]), nla_len(tb[IFLA_IFNAME]));
	if (!link_wanted(ifi, tb, f))
		return -1;
	if (f->label)
		return 0;
	if (n->nlmsg_type == RTM_DELLINK)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	if (c->brief)
		return print_brief(c, ifi, tb, name, f);
	print_int(c, PRINT_ANY, "ifindex", "%d: ", ifi->ifi_index);
	m_down = print_name_and_link(c, "%s: ", name, tb);
	print_link_flags(c, ifi->ifi_flags, m_down);
	print_first_line(c, tb, f, do_link);
	if (!f->family || f->family == AF_PACKET || c->details)
		print_lladdr(c, ifi, tb);
	if (tb[IFLA_LINK_NETNSID])
		print_netnsid(c, (int)nla_get_u32(tb[IFLA_LINK_NETNSID]));
	if (tb[IFLA_NEW_NETNSID])
		print_new_netns(c, (int)nla_get_u32(tb[IFLA_NEW_NETNSID]));
	if (tb[IFLA_NEW_IFINDEX])
		print_int(c, PRINT_FP, NULL, " new-ifindex %d",
			  (int)nla_get_u32(tb[IFLA_NEW_IFINDEX]));
	if (tb[IFLA_PROTO_DOWN] && nla_get_u8(tb[IFLA_PROTO_DOWN]))
		print_bool(c, PRINT_ANY, "proto_down", " protodown on ", true);
	if (c->details)
		print_details(c, tb, do_link);
	if ((do_link || c->details) && tb[IFLA_IFALIAS]) {
		print_nl(c);
		print_str(c, tb[IFLA_IFALIAS], "ifalias", "    alias %s");
	}
	if (do_link && c->stats) {
		print_nl(c);
		print_stats64(c, tb);
	}
	if (tb[IFLA_PROP_LIST])
		print_altnames(c, tb[IFLA_PROP_LIST]);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	return 1;
}
