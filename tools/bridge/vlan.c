/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vlan.c - the object "vlan": showing only
 *
 * mirrors iproute2's bridge/vlan.c
 */
#include "br_common.h"
#include "usage.h"

#include "../lib/program.h"

#include <linux/if_bridge.h>
#include <linux/if_link.h>

struct vlan_show {
	struct ipr *c;
	unsigned int filter;
	int vid;
};

static void print_vlan(struct ipr *c, const struct bridge_vlan_info *first, uint16_t last)
{
	open_json_object(c, NULL);
	print_uint(c, PRINT_ANY, "vlan", "%u", first->vid);
	if (last != first->vid)
		print_uint(c, PRINT_ANY, "vlanEnd", "-%u", last);
	if (first->flags & (BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED)) {
		open_json_array(c, PRINT_JSON, "flags");
		if (first->flags & BRIDGE_VLAN_INFO_PVID)
			print_string(c, PRINT_ANY, NULL, " %s", "PVID");
		if (first->flags & BRIDGE_VLAN_INFO_UNTAGGED)
			print_string(c, PRINT_ANY, NULL, " %s", "Egress Untagged");
		close_json_array(c, PRINT_JSON, NULL);
	}
	print_nl(c);
	close_json_object(c);
}

static int print_port(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[IFLA_MAX + 1];
	const struct ifinfomsg *ifi = nlmsg_data(n);
	struct bridge_vlan_info v;
	struct bridge_vlan_info first = { 0 };
	struct vlan_show *s = arg;
	const struct nlattr *nla;
	bool any = false;
	size_t left;

	if (nlmsg_parse(n, sizeof(*ifi), tb, IFLA_MAX) < 0 || !tb[IFLA_AF_SPEC])
		return 0;
	if (s->filter && (int)s->filter != ifi->ifi_index)
		return 0;
	nla_for_each_nested(nla, tb[IFLA_AF_SPEC], left) {
		if (nla_type(nla) != IFLA_BRIDGE_VLAN_INFO || nla_len(nla) < sizeof(v))
			continue;
		memcpy(&v, nla_data(nla), sizeof(v));
		if (!(v.flags & BRIDGE_VLAN_INFO_RANGE_END))
			first = v;
		if (v.flags & BRIDGE_VLAN_INFO_RANGE_BEGIN ||
		    (s->vid && (s->vid < first.vid || s->vid > v.vid)))
			continue;
		if (!any) {
			open_json_object(s->c, NULL);
			print_color_string(s->c, PRINT_ANY, COLOR_IFNAME, "ifname", "%-16s  ",
					   ll_index_to_name(s->c, (unsigned int)ifi->ifi_index));
			open_json_array(s->c, PRINT_JSON, "vlans");
		} else {
			print_string(s->c, PRINT_FP, NULL, "%-16s  ", "");
		}
		any = true;
		print_vlan(s->c, &first, v.vid);
	}
	if (any) {
		close_json_array(s->c, PRINT_JSON, NULL);
		close_json_object(s->c);
	}
	return 0;
}

static int vlan_show(struct ipr *c)
{
	struct vlan_show s = { .c = c };
	const char *dev = NULL;
	struct ifinfomsg *ifi;
	struct nl_buf b;
	int rc;

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
	if (c->stats || c->details)
		return ng_not_modelled(c->task, "bridge -%s vlan show",
				       c->stats ? "statistics" : "details");
	ifi = rtnl_req(c->task, &b, RTM_GETLINK, 0, sizeof(*ifi));
	ifi->ifi_family = AF_BRIDGE;
	addattr32(&b, IFLA_EXT_MASK,
		  c->compress_vlans ? RTEXT_FILTER_BRVLAN_COMPRESSED : RTEXT_FILTER_BRVLAN);
	rc = rtnl_dump_request(&c->rth, &b);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	new_json_obj(c);
	if (!is_json_context(c))
		ng_printf(c->out, "%-16s  %-9s\n", "port", "vlan-id");
	if (rtnl_dump_filter(&c->rth, print_port, &s) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
	delete_json_obj(c);
	return 0;
}

struct vlan_modify {
	const char *dev;
	int vid, vid_end;
	uint16_t flags; /* BRIDGE_FLAGS_SELF, _MASTER */
	uint16_t info;	/* BRIDGE_VLAN_INFO_* */
};

static void parse_modify(struct ipr *c, struct vlan_modify *m)
{
	for (; c->argc > 0; next_arg_fwd(c)) {
		const char *w = c->argv[0];

		if (is_word(w, "dev")) {
			m->dev = next_arg(c);
		} else if (is_word(w, "vid")) {
			const char *dash = strchr(next_arg(c), '-');

			m->vid = atoi(c->argv[0]);
			if (dash) {
				m->vid_end = atoi(dash + 1);
				m->info |= BRIDGE_VLAN_INFO_RANGE_BEGIN;
			}
		} else if (is_word(w, "self")) {
			m->flags |= BRIDGE_FLAGS_SELF;
		} else if (is_word(w, "master")) {
			m->flags |= BRIDGE_FLAGS_MASTER;
		} else if (is_word(w, "pvid")) {
			m->info |= BRIDGE_VLAN_INFO_PVID;
		} else if (is_word(w, "untagged")) {
			m->info |= BRIDGE_VLAN_INFO_UNTAGGED;
		} else if (is_word(w, "tunnel_info")) {
			ipr_exit(c, ng_not_modelled(c->task, "bridge vlan tunnel_info"));
		} else if (matches(w, "help")) {
			next_arg(c);
		}
	}
}

/* What is wrong with the numbers is said here; true: nothing. */
static bool check_modify(struct ipr *c, const struct vlan_modify *m)
{
	if (m->vid >= 4096) {
		ng_printf(c->err, "Invalid VLAN ID \"%hu\"\n", (unsigned short)m->vid);
		return false;
	}
	if (!(m->info & BRIDGE_VLAN_INFO_RANGE_BEGIN))
		return true;
	if (m->vid_end == -1 || m->vid_end >= 4096 || m->vid >= m->vid_end) {
		ng_printf(c->err, "Invalid VLAN range \"%hu-%hu\"\n", (unsigned short)m->vid,
			  (unsigned short)m->vid_end);
		return false;
	}
	if (m->info & BRIDGE_VLAN_INFO_PVID)
		ng_printf(c->err, "pvid cannot be configured for a vlan range\n");
	return !(m->info & BRIDGE_VLAN_INFO_PVID);
}

/* bridge vlan add, bridge vlan del */
static int vlan_modify(struct ipr *c, uint16_t cmd)
{
	struct vlan_modify m = { .vid = -1, .vid_end = -1 };
	struct bridge_vlan_info info;
	struct ifinfomsg *ifi;
	struct nl_buf b;
	size_t nest;

	parse_modify(c, &m);
	if (!m.dev || m.vid == -1) {
		ng_printf(c->err, "Device and VLAN ID are required arguments.\n");
		return -1;
	}
	ifi = rtnl_req(c->task, &b, cmd, NLM_F_REQUEST, sizeof(*ifi));
	ifi->ifi_family = AF_BRIDGE;
	ifi->ifi_index = (int)ll_name_to_index(c, m.dev);
	if (!ifi->ifi_index) {
		ng_printf(c->err, "Cannot find bridge device \"%s\"\n", m.dev);
		return -1;
	}
	if (!check_modify(c, &m))
		return -1;
	nest = nla_nest_start(&b, IFLA_AF_SPEC);
	if (m.flags)
		addattr16(&b, IFLA_BRIDGE_FLAGS, m.flags);
	info = (struct bridge_vlan_info){ .flags = m.info, .vid = (uint16_t)m.vid };
	addattr_l(&b, IFLA_BRIDGE_VLAN_INFO, &info, sizeof(info));
	if (m.info & BRIDGE_VLAN_INFO_RANGE_BEGIN) {
		info.flags ^= BRIDGE_VLAN_INFO_RANGE_BEGIN | BRIDGE_VLAN_INFO_RANGE_END;
		info.vid = (uint16_t)m.vid_end;
		addattr_l(&b, IFLA_BRIDGE_VLAN_INFO, &info, sizeof(info));
	}
	nla_nest_end(&b, nest);
	return rtnl_talk(&c->rth, &b, NULL) < 0 ? -1 : 0;
}

/**
 * do_vlan() - The object "vlan"
 * @c: the run
 *
 * Return: exit status, -1 is 255.
 */
int do_vlan(struct ipr *c)
{
	static const char *const planned[] = { "set", "tunnelshow", "global" };
	const char *w = c->argc > 0 ? c->argv[0] : "show";
	size_t i;

	ll_init_map(c);
	if (c->argc > 0)
		next_arg_fwd(c);
	if (matches(w, "add"))
		return vlan_modify(c, RTM_SETLINK);
	if (matches(w, "delete"))
		return vlan_modify(c, RTM_DELLINK);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return vlan_show(c);
	for (i = 0; i < sizeof(planned) / sizeof(planned[0]); i++) {
		if (matches(w, planned[i]))
			return ng_not_modelled(c->task, "bridge vlan %s", planned[i]);
	}
	if (matches(w, "help"))
		br_usage_exit(c, bridge_vlan_usage);
	prev_arg(c);
	br_unknown_command(c, "vlan");
}
