/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink.c - ip link add, set, delete
 *
 * mirrors iproute2's ip/iplink.c. Showing is ipaddress.c's.
 */
#include "ip_common.h"
#include "usage.h"

#include <errno.h>

/**
 * iplink_usage() - Prints the usage page of ip link and exits 255
 * @c: the run
 */
void iplink_usage(struct ipr *c)
{
	ng_puts(c->err, ip_link_usage);
	ip_usage_exit(c, ip_types_usage);
}

static int add_kind(struct ipr *c, struct nl_buf *b, const char *type)
{
	const struct link_kind *kind = get_link_kind(type);
	const char *slave = strchr(type, '_');
	size_t linkinfo;
	size_t data;

	if (!kind && link_kind_planned(type))
		return ip_not_modelled(c, ipr_strf(c, "link type %s", type));
	linkinfo = nla_nest_start(b, IFLA_LINKINFO);
	addattr_l(b, IFLA_INFO_KIND, type, strlen(type));
	if (kind && c->argc > 0) {
		data = nla_nest_start(b, slave && is_word(slave, "_slave") ? IFLA_INFO_SLAVE_DATA
									   : IFLA_INFO_DATA);
		if (kind->parse_opt && kind->parse_opt(c, b))
			return -1;
		nla_nest_end(b, data);
	} else if (c->argc > 0) {
		if (matches(c->argv[0], "help"))
			iplink_usage(c);
		ng_printf(c->err,
			  "Garbage instead of arguments \"%s ...\". Try \"ip link help\".\n",
			  c->argv[0]);
		return -1;
	}
	nla_nest_end(b, linkinfo);
	return 0;
}

static void echo_link(struct ipr *c, const struct nlmsghdr *n)
{
	struct ip_filter f = { .group = -1 };

	print_linkinfo(c, n, &f, false);
}

static int iplink_modify(struct ipr *c, uint16_t cmd, uint16_t flags)
{
	const char *type = NULL;
	struct ifinfomsg *ifi;
	unsigned int index;
	struct nl_buf b;
	int rc;

	next_arg_fwd(c);
	ifi = rtnl_req(c->task, &b, cmd, (uint16_t)(NLM_F_REQUEST | flags), sizeof(*ifi));
	ifi->ifi_family = (uint8_t)c->family;
	rc = iplink_parse(c, &b, &type);
	if (rc < 0)
		return rc;
	if (type) {
		rc = add_kind(c, &b, type);
		if (rc)
			return rc;
	} else if (flags & NLM_F_CREATE) {
		ng_printf(c->err, "Not enough information: \"type\" argument is required\n");
		return -1;
	}
	index = (unsigned int)req_ifi(&b)->ifi_index;
	rc = ip_talk(c, &b, echo_link);
	if (rc)
		return rc;
	if (cmd == RTM_DELLINK)
		ll_drop_by_index(c, index);
	return 0;
}

/* ip asks once whether the kernel knows RTM_NEWLINK, by one without a device. */
static void probe_newlink(struct ipr *c)
{
	struct nl_buf b;

	if (c->have_newlink)
		return;
	rtnl_req(c->task, &b, RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, sizeof(struct ifinfomsg));
	if (rtnl_send(&c->rth, &b) < 0) {
		ng_printf(c->err, "request send failed: %s\n", ng_strerror(ENOBUFS));
		ipr_exit(c, 1);
	}
	rtnl_read_ack(&c->rth);
	c->have_newlink = true;
}

static int iplink_help(struct ipr *c)
{
	const struct link_kind *kind;

	next_arg_fwd(c);
	if (c->argc <= 0)
		iplink_usage(c);
	kind = get_link_kind(c->argv[0]);
	if (kind && kind->usage) {
		ng_puts(c->out, kind->usage);
		return 0;
	}
	if (link_kind_planned(c->argv[0]))
		return ip_not_modelled(c, ipr_strf(c, "link help %s", c->argv[0]));
	iplink_usage(c);
}

static int iplink_prop_mod(struct ipr *c, uint16_t cmd, uint16_t flags)
{
	const char *name = NULL;
	struct ifinfomsg *ifi;
	struct nl_buf b;
	unsigned int idx;
	size_t proplist;

	ifi = rtnl_req(c->task, &b, cmd, (uint16_t)(NLM_F_REQUEST | flags), sizeof(*ifi));
	ifi->ifi_family = (uint8_t)c->family;
	proplist = nla_nest_start(&b, IFLA_PROP_LIST | NLA_F_NESTED);
	for (next_arg_fwd(c); c->argc > 0; next_arg_fwd(c)) {
		if (matches(c->argv[0], "altname")) {
			next_arg(c);
			if (check_altifname(c->argv[0]))
				invarg(c, "not a valid altname", c->argv[0]);
			addattrstrz(&b, IFLA_ALT_IFNAME, c->argv[0]);
		} else if (matches(c->argv[0], "help")) {
			iplink_usage(c);
		} else {
			if (is_word(c->argv[0], "dev"))
				next_arg(c);
			if (name)
				duparg2(c, "dev", c->argv[0]);
			name = c->argv[0];
		}
	}
	nla_nest_end(&b, proplist);
	if (!name) {
		ng_printf(c->err, "Not enough of information: \"dev\" argument is required.\n");
		ipr_exit(c, 255);
	}
	idx = ll_name_to_index(c, name);
	if (!idx)
		return nodev(c, name);
	ifi = req_ifi(&b);
	ifi->ifi_index = (int)idx;
	return rtnl_talk(&c->rth, &b, NULL) < 0 ? -2 : 0;
}

static int iplink_prop(struct ipr *c)
{
	next_arg_fwd(c);
	if (c->argc <= 0)
		iplink_usage(c);
	if (matches(c->argv[0], "add"))
		return iplink_prop_mod(c, RTM_NEWLINKPROP,
				       NLM_F_EXCL | NLM_F_CREATE | NLM_F_APPEND);
	if (matches(c->argv[0], "del"))
		return iplink_prop_mod(c, RTM_DELLINKPROP, 0);
	if (matches(c->argv[0], "help"))
		iplink_usage(c);
	ng_printf(c->err, "Operator required\n");
	ipr_exit(c, 255);
}

/**
 * do_iplink() - The object "link"
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int do_iplink(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	if (c->argc < 1)
		return ipaddr_list_link(c);
	probe_newlink(c);
	if (matches(w, "add"))
		return iplink_modify(c, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	if (matches(w, "set") || matches(w, "change"))
		return iplink_modify(c, RTM_NEWLINK, 0);
	if (matches(w, "replace"))
		return iplink_modify(c, RTM_NEWLINK, NLM_F_CREATE | NLM_F_REPLACE);
	if (matches(w, "delete"))
		return iplink_modify(c, RTM_DELLINK, 0);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list")) {
		next_arg_fwd(c);
		return ipaddr_list_link(c);
	}
	if (matches(w, "xstats"))
		return ip_not_modelled(c, "link xstats");
	if (matches(w, "afstats"))
		return ip_not_modelled(c, "link afstats");
	if (matches(w, "property"))
		return iplink_prop(c);
	if (matches(w, "help"))
		return iplink_help(c);
	ip_unknown_command(c, "link");
}
