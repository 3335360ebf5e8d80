/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mdb.c - the object "mdb": multicast groups behind ports, showing only
 *
 * mirrors iproute2's bridge/mdb.c
 */
#include "br_common.h"
#include "usage.h"

#include "../lib/program.h"

#include <linux/if_bridge.h>
#include <linux/if_ether.h>

struct mdb_show {
	struct ipr *c;
	unsigned int filter;
	int vid;
};

static const char *group_n2a(struct ipr *c, const struct br_mdb_entry *e,
			     enum color_attr *ret_color)
{
	int family = e->addr.proto == cpu_to_be16(ETH_P_IP)	? AF_INET
		     : e->addr.proto == cpu_to_be16(ETH_P_IPV6) ? AF_INET6
								: AF_PACKET;

	*ret_color = family == AF_PACKET ? COLOR_MAC : ifa_family_color(family);
	return format_host(c, family, family == AF_PACKET ? ETH_ALEN : 16, &e->addr.u);
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
	uint32_t t;
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
	print_string(c, PRINT_ANY, "state", " %s", e.state & MDB_PERMANENT ? "permanent" : "temp");
	if (c->details && tb[MDBA_MDB_EATTR_RTPROT])
		print_string(c, PRINT_ANY, "protocol", " proto %s ",
			     rtnl_rtprot_n2a(c, nla_get_u8(tb[MDBA_MDB_EATTR_RTPROT])));
	open_json_array(c, PRINT_JSON, "flags");
	for (i = 0; i < 4; i++) {
		if (e.flags & (1U << i))
			print_string(c, PRINT_ANY, NULL, " %s", flags[i]);
	}
	close_json_array(c, PRINT_JSON, NULL);
	if (e.vid)
		print_uint(c, PRINT_ANY, "vid", " vid %u", e.vid);
	if (c->stats && tb[MDBA_MDB_EATTR_TIMER]) {
		t = nla_get_u32(tb[MDBA_MDB_EATTR_TIMER]);
		print_string(c, PRINT_ANY, "timer", " %s",
			     ipr_strf(c, "%4u.%.2u", t / 100, t % 100));
	}
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

static int print_routers(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[MDBA_MAX + 1];
	const struct br_port_msg *r = nlmsg_data(n);
	struct mdb_show *s = arg;
	const struct nlattr *nla;
	struct ipr *c = s->c;
	const char *port;
	size_t left;

	if (!mdb_parse(n, s, tb) || !tb[MDBA_ROUTER] || !c->details)
		return 0;
	open_json_array(c, PRINT_JSON, ll_index_to_name(c, r->ifindex));
	print_string(c, PRINT_FP, NULL, "router ports on %s: ", ll_index_to_name(c, r->ifindex));
	nla_for_each_nested(nla, tb[MDBA_ROUTER], left) {
		port = ll_index_to_name(c, nla_get_u32(nla));
		open_json_object(c, NULL);
		print_string(c, PRINT_ANY, "port", "%s ", port);
		close_json_object(c);
	}
	close_json_array(c, PRINT_JSON, NULL);
	print_nl(c);
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
	if (matches(w, "add") || matches(w, "delete"))
		return ng_not_modelled(c->task, "bridge mdb %s", w);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return mdb_show(c);
	if (matches(w, "help"))
		br_usage_exit(c, bridge_mdb_usage);
	prev_arg(c);
	br_unknown_command(c, "mdb");
}
