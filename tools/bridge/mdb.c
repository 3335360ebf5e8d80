/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mdb.c - the object "mdb": multicast groups behind ports
 *
 * mirrors iproute2's bridge/mdb.c
 */
#include "br_common.h"
#include "usage.h"

#include "../lib/netdb.h"
#include "../lib/program.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>

struct mdb_show {
	struct ipr *c;
	unsigned int filter;
	int vid;
};

static int entry_family(const struct br_mdb_entry *e)
{
	if (e->addr.proto == cpu_to_be16(ETH_P_IP))
		return AF_INET;
	return e->addr.proto == cpu_to_be16(ETH_P_IPV6) ? AF_INET6 : AF_PACKET;
}

static const char *group_n2a(struct ipr *c, const struct br_mdb_entry *e,
			     enum color_attr *ret_color)
{
	int family = entry_family(e);

	*ret_color = family == AF_PACKET ? COLOR_MAC : ifa_family_color(family);
	return format_host(c, family, family == AF_PACKET ? ETH_ALEN : 16, &e->addr.u);
}

static void print_source(struct ipr *c, const struct br_mdb_entry *e, const struct nlattr *src)
{
	int family = entry_family(e);

	if (src && family != AF_PACKET)
		print_color_string(c, PRINT_ANY, ifa_family_color(family), "src", " src %s",
				   format_host(c, family, (int)nla_len(src), nla_data(src)));
}

static const char *timer_text(struct ipr *c, const struct nlattr *timer)
{
	uint32_t t = nla_get_u32(timer);

	return ipr_strf(c, "%4u.%.2u", t / 100, t % 100);
}

static void print_src_list(struct ipr *c, const struct br_mdb_entry *e, const struct nlattr *list)
{
	const struct nlattr *tb[MDBA_MDB_SRCATTR_MAX + 1];
	const struct nlattr *one;
	const char *sep = " ";
	size_t left;

	open_json_array(c, PRINT_ANY, is_json_context(c) ? "source_list" : " source_list");
	nla_for_each_nested(one, list, left) {
		if (nla_parse_nested(tb, MDBA_MDB_SRCATTR_MAX, one) ||
		    !tb[MDBA_MDB_SRCATTR_ADDRESS])
			continue;
		open_json_object(c, NULL);
		print_string(c, PRINT_FP, NULL, "%s", sep);
		print_color_string(c, PRINT_ANY, ifa_family_color(entry_family(e)), "address", "%s",
				   format_host(c, entry_family(e),
					       (int)nla_len(tb[MDBA_MDB_SRCATTR_ADDRESS]),
					       nla_data(tb[MDBA_MDB_SRCATTR_ADDRESS])));
		if (tb[MDBA_MDB_SRCATTR_TIMER])
			print_string(c, PRINT_ANY, "timer", "/%s",
				     timer_text(c, tb[MDBA_MDB_SRCATTR_TIMER]));
		close_json_object(c);
		sep = ",";
	}
	close_json_array(c, PRINT_JSON, NULL);
}

static void print_details(struct ipr *c, const struct br_mdb_entry *e, const struct nlattr **tb)
{
	if (tb[MDBA_MDB_EATTR_GROUP_MODE])
		print_string(c, PRINT_ANY, "filter_mode", " filter_mode %s",
			     nla_get_u8(tb[MDBA_MDB_EATTR_GROUP_MODE]) == 1 ? "include"
									    : "exclude");
	if (tb[MDBA_MDB_EATTR_SRC_LIST])
		print_src_list(c, e, tb[MDBA_MDB_EATTR_SRC_LIST]);
	if (tb[MDBA_MDB_EATTR_RTPROT])
		print_string(c, PRINT_ANY, "protocol", " proto %s ",
			     rtnl_rtprot_n2a(c, nla_get_u8(tb[MDBA_MDB_EATTR_RTPROT])));
}

static void print_entry(struct mdb_show *s, unsigned int br, const struct nlattr *info)
{
	static const char *const flags[] = { "offload", "fast_leave", "added_by_star_ex",
					     "blocked" };
	const struct nlattr *tb[MDBA_MDB_EATTR_MAX + 1];
	size_t size = NLA_ALIGN(sizeof(struct br_mdb_entry));
	struct br_mdb_entry e;
	enum color_attr color;
	struct ipr *c = s->c;
	const char *grp;
	size_t i;

	if (nla_len(info) < sizeof(e))
		return;
	memcpy(&e, nla_data(info), sizeof(e));
	nla_parse(tb, MDBA_MDB_EATTR_MAX, (const uint8_t *)nla_data(info) + size,
		  nla_len(info) > size ? nla_len(info) - size : 0);
	if (s->vid && e.vid != s->vid)
		return;
	open_json_object(c, NULL);
	print_int(c, PRINT_JSON, "index", NULL, (int)br);
	print_color_string(c, PRINT_ANY, COLOR_IFNAME, "dev", "dev %s", ll_index_to_name(c, br));
	print_string(c, PRINT_ANY, "port", " port %s", ll_index_to_name(c, e.ifindex));
	grp = group_n2a(c, &e, &color);
	print_color_string(c, PRINT_ANY, color, "grp", " grp %s", grp);
	print_source(c, &e, tb[MDBA_MDB_EATTR_SOURCE]);
	print_string(c, PRINT_ANY, "state", " %s", e.state & MDB_PERMANENT ? "permanent" : "temp");
	if (c->details)
		print_details(c, &e, tb);
	open_json_array(c, PRINT_JSON, "flags");
	for (i = 0; i < 4; i++) {
		if (e.flags & (1U << i))
			print_string(c, PRINT_ANY, NULL, " %s", flags[i]);
	}
	close_json_array(c, PRINT_JSON, NULL);
	if (e.vid)
		print_uint(c, PRINT_ANY, "vid", " vid %u", e.vid);
	if (c->stats && tb[MDBA_MDB_EATTR_TIMER])
		print_string(c, PRINT_ANY, "timer", " %s", timer_text(c, tb[MDBA_MDB_EATTR_TIMER]));
	print_nl(c);
	close_json_object(c);
}

static bool mdb_parse(const struct nlmsghdr *n, struct mdb_show *s, const struct nlattr **tb)
{
	const struct br_port_msg *r = nlmsg_data(n);

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(*r)))
		return false;
	nlmsg_parse(n, sizeof(*r), tb, MDBA_MAX);
	return !s->filter || s->filter == r->ifindex;
}

static int print_mdbs(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[MDBA_MAX + 1];
	const struct br_port_msg *r = nlmsg_data(n);
	struct mdb_show *s = arg;
	const struct nlattr *entry;
	const struct nlattr *info;
	size_t left;
	size_t in;

	if (!mdb_parse(n, s, tb) || !tb[MDBA_MDB])
		return 0;
	nla_for_each_nested(entry, tb[MDBA_MDB], left) {
		nla_for_each_nested(info, entry, in)
			print_entry(s, r->ifindex, info);
	}
	return 0;
}

static void print_router_stats(struct ipr *c, const struct nlattr *port)
{
	static const char *const types[] = { "disabled", "temp_query", "permanent", "temp" };
	const struct nlattr *tb[MDBA_ROUTER_PATTR_MAX + 1];
	size_t skip = NLA_ALIGN(sizeof(uint32_t));

	if (nla_len(port) < skip)
		return;
	nla_parse(tb, MDBA_ROUTER_PATTR_MAX, (const uint8_t *)nla_data(port) + skip,
		  nla_len(port) - skip);
	if (tb[MDBA_ROUTER_PATTR_TIMER])
		print_string(c, PRINT_ANY, "timer", " %s",
			     timer_text(c, tb[MDBA_ROUTER_PATTR_TIMER]));
	if (tb[MDBA_ROUTER_PATTR_TYPE]) {
		uint8_t type = nla_get_u8(tb[MDBA_ROUTER_PATTR_TYPE]);

		print_string(c, PRINT_ANY, "type", " %s", type < 4 ? types[type] : "unknown");
	}
}

static void print_router_port(struct ipr *c, const struct nlattr *nla, const char *bridge)
{
	const char *port = ll_index_to_name(c, nla_get_u32(nla));

	if (is_json_context(c)) {
		open_json_object(c, NULL);
		print_string(c, PRINT_JSON, "port", NULL, port);
		if (c->stats)
			print_router_stats(c, nla);
		close_json_object(c);
	} else if (c->stats) {
		ng_printf(c->out, "router ports on %s: %s", bridge, port);
		print_router_stats(c, nla);
		ng_puts(c->out, "\n");
	} else {
		ng_printf(c->out, "%s ", port);
	}
}

static void print_router_ports(struct ipr *c, const struct nlattr *routers, unsigned int bridge)
{
	const char *name = ll_index_to_name(c, bridge);
	const struct nlattr *nla;
	size_t left;

	open_json_array(c, PRINT_JSON, name);
	if (!c->stats)
		print_string(c, PRINT_FP, NULL, "router ports on %s: ", name);
	nla_for_each_nested(nla, routers, left)
		print_router_port(c, nla, name);
	close_json_array(c, PRINT_JSON, NULL);
	if (!c->stats)
		print_nl(c);
}

static int print_routers(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[MDBA_MAX + 1];
	const struct br_port_msg *r = nlmsg_data(n);
	struct mdb_show *s = arg;

	if (mdb_parse(n, s, tb) && tb[MDBA_ROUTER] && s->c->details)
		print_router_ports(s->c, tb[MDBA_ROUTER], r->ifindex);
	return 0;
}

static int mdb_dump(struct mdb_show *s, rtnl_filter_t fn)
{
	struct ipr *c = s->c;
	struct br_port_msg *bpm;
	struct nl_buf b;
	int rc;

	bpm = rtnl_req(c->task, &b, RTM_GETMDB, 0, sizeof(*bpm));
	bpm->family = AF_BRIDGE;
	rc = rtnl_dump_request(&c->rth, &b);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		return -1;
	}
	if (rtnl_dump_filter(&c->rth, fn, s) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		return -1;
	}
	return 0;
}

static int mdb_show(struct ipr *c)
{
	struct mdb_show s = { .c = c };
	const char *dev = NULL;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "dev")) {
			next_arg(c);
			if (dev)
				duparg(c, "dev", c->argv[0]);
			dev = c->argv[0];
		} else if (is_word(c->argv[0], "vid")) {
			next_arg(c);
			if (s.vid)
				duparg(c, "vid", c->argv[0]);
			s.vid = atoi(c->argv[0]);
		}
	}
	if (dev) {
		s.filter = ll_name_to_index(c, dev);
		if (!s.filter)
			return nodev(c, dev);
	}
	new_json_obj(c);
	open_json_object(c, NULL);
	open_json_array(c, PRINT_JSON, "mdb");
	if (mdb_dump(&s, print_mdbs))
		return -1;
	close_json_array(c, PRINT_JSON, NULL);
	open_json_object(c, "router");
	if (mdb_dump(&s, print_routers))
		return -1;
	close_json_object(c);
	close_json_object(c);
	delete_json_obj(c);
	return 0;
}

/* ---- add, del ---- */

struct mdb_args {
	const char *dev, *port, *grp, *src;
	struct br_mdb_entry entry;
};

static int parse_grp(struct ipr *c, const char *grp, struct br_mdb_entry *e)
{
	struct in6_addr ip6;
	uint8_t *mac;
	__be32 ip4;

	if (ng_inet_pton4(grp, &ip4)) {
		e->addr.u.ip4 = ip4;
		e->addr.proto = cpu_to_be16(ETH_P_IP);
		return 0;
	}
	if (inet_pton(AF_INET6, grp, &ip6) > 0) {
		memcpy(&e->addr.u.ip6, &ip6, sizeof(ip6));
		e->addr.proto = cpu_to_be16(ETH_P_IPV6);
		return 0;
	}
	mac = e->addr.u.mac_addr;
	if (sscanf(grp, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", mac, mac + 1, mac + 2, mac + 3, mac + 4,
		   mac + 5) == 6)
		return 0;
	ng_printf(c->err, "Invalid address \"%s\"\n", grp);
	return -1;
}

static int add_source(struct ipr *c, struct nl_buf *b, const char *src)
{
	size_t nest = nla_nest_start(b, MDBA_SET_ENTRY_ATTRS | NLA_F_NESTED);
	struct in6_addr ip6;
	__be32 ip4;

	if (ng_inet_pton4(src, &ip4)) {
		addattr_l(b, MDBE_ATTR_SOURCE, &ip4, sizeof(ip4));
	} else if (inet_pton(AF_INET6, src, &ip6) > 0) {
		addattr_l(b, MDBE_ATTR_SOURCE, &ip6, sizeof(ip6));
	} else {
		ng_printf(c->err, "Invalid source address \"%s\"\n", src);
		return -1;
	}
	nla_nest_end(b, nest);
	return 0;
}

static void read_args(struct ipr *c, uint16_t cmd, struct mdb_args *a)
{
	for (; c->argc > 0; next_arg_fwd(c)) {
		const char *w = c->argv[0];

		if (is_word(w, "dev"))
			a->dev = next_arg(c);
		else if (is_word(w, "grp"))
			a->grp = next_arg(c);
		else if (is_word(w, "port"))
			a->port = next_arg(c);
		else if (is_word(w, "permanent"))
			a->entry.state = cmd == RTM_NEWMDB ? MDB_PERMANENT : a->entry.state;
		else if (is_word(w, "vid"))
			a->entry.vid = (uint16_t)atoi(next_arg(c));
		else if (is_word(w, "src"))
			a->src = next_arg(c);
		else if (!is_word(w, "temp") && matches(w, "help"))
			br_usage_exit(c, bridge_mdb_usage);
	}
}

static int mdb_modify(struct ipr *c, uint16_t cmd, uint16_t flags)
{
	struct mdb_args a = { 0 };
	struct br_port_msg *bpm;
	struct nl_buf b;

	bpm = rtnl_req(c->task, &b, cmd, (uint16_t)(NLM_F_REQUEST | flags), sizeof(*bpm));
	bpm->family = AF_BRIDGE;
	read_args(c, cmd, &a);
	if (!a.dev || !a.grp || !a.port) {
		ng_printf(c->err, "Device, group address and port name are required arguments.\n");
		return -1;
	}
	bpm->ifindex = ll_name_to_index(c, a.dev);
	if (!bpm->ifindex)
		return nodev(c, a.dev);
	a.entry.ifindex = ll_name_to_index(c, a.port);
	if (!a.entry.ifindex)
		return nodev(c, a.port);
	if (parse_grp(c, a.grp, &a.entry))
		return -1;
	addattr_l(&b, MDBA_SET_ENTRY, &a.entry, sizeof(a.entry));
	if (a.src && add_source(c, &b, a.src))
		return -1;
	return rtnl_talk(&c->rth, &b, NULL) < 0 ? -1 : 0;
}

/* ---- monitor ---- */

static void print_router_change(struct ipr *c, const struct nlattr *router, unsigned int bridge)
{
	const struct nlattr *port = nla_data(router);
	unsigned int ifindex;

	if (nla_len(router) < sizeof(*port) + sizeof(ifindex))
		return;
	ifindex = nla_get_u32(port);
	if (!is_json_context(c)) {
		ng_printf(c->out, "router port dev %s master %s\n", ll_index_to_name(c, ifindex),
			  ll_index_to_name(c, bridge));
		return;
	}
	open_json_array(c, PRINT_JSON, "router");
	open_json_object(c, NULL);
	print_string(c, PRINT_JSON, "port", NULL, ll_index_to_name(c, ifindex));
	close_json_object(c);
	close_json_array(c, PRINT_JSON, NULL);
}

/**
 * br_mdb_monitor() - One change that bridge monitor heard
 * @c: the run
 * @n: RTM_NEWMDB or RTM_DELMDB
 */
void br_mdb_monitor(struct ipr *c, const struct nlmsghdr *n)
{
	const struct nlattr *tb[MDBA_MAX + 1];
	const struct br_port_msg *r = nlmsg_data(n);
	struct mdb_show s = { .c = c };

	if (!mdb_parse(n, &s, tb))
		return;
	if (n->nlmsg_type == RTM_DELMDB)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	print_mdbs(n, &s);
	if (tb[MDBA_ROUTER])
		print_router_change(c, tb[MDBA_ROUTER], r->ifindex);
}

/**
 * do_mdb() - The object "mdb"
 * @c: the run
 *
 * Return: exit status, -1 is 255.
 */
int do_mdb(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	ll_init_map(c);
	if (c->argc > 0)
		next_arg_fwd(c);
	if (matches(w, "add"))
		return mdb_modify(c, RTM_NEWMDB, NLM_F_CREATE | NLM_F_EXCL);
	if (matches(w, "delete"))
		return mdb_modify(c, RTM_DELMDB, 0);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return mdb_show(c);
	if (matches(w, "help"))
		br_usage_exit(c, bridge_mdb_usage);
	prev_arg(c);
	br_unknown_command(c, "mdb");
}
