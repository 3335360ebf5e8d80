/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipnetconf.c - the object "netconf": a device's settings as messages
 *
 * mirrors iproute2's ip/ipnetconf.c
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/netconf.h>

struct netconf_filter {
	int family;
	int ifindex;
};

static void print_onoff(struct ipr *c, const struct nlattr *nla, const char *key, const char *fmt)
{
	if (nla)
		print_on_off(c, PRINT_ANY, key, fmt, nla_get_u32(nla) != 0);
}

static void print_rp_filter(struct ipr *c, const struct nlattr *nla)
{
	static const char *const words[] = { "off", "strict", "loose" };
	uint32_t v;

	if (!nla)
		return;
	v = nla_get_u32(nla);
	print_string(c, PRINT_ANY, "rp_filter", "rp_filter %s ", v < 3 ? words[v] : "unknown");
}

static void print_device(struct ipr *c, int ifindex)
{
	const char *name;

	if (ifindex == NETCONFA_IFINDEX_ALL)
		name = "all";
	else if (ifindex == NETCONFA_IFINDEX_DEFAULT)
		name = "default";
	else
		name = ll_index_to_name(c, (unsigned int)ifindex);
	print_color_string(c, PRINT_ANY, COLOR_IFNAME, "interface", "%s ", name);
}

static int print_netconf(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[NETCONFA_MAX + 1];
	const struct netconfmsg *ncm = nlmsg_data(n);
	struct ipr *c = arg;
	const struct netconf_filter *f = c->filter;
	int ifindex = 0;

	if (n->nlmsg_type != RTM_NEWNETCONF && n->nlmsg_type != RTM_DELNETCONF)
		return 0;
	if (nlmsg_parse(n, sizeof(*ncm), tb, NETCONFA_MAX) < 0)
		return -1;
	if (f->family && f->family != ncm->ncm_family)
		return 0;
	if (tb[NETCONFA_IFINDEX])
		ifindex = (int)nla_get_u32(tb[NETCONFA_IFINDEX]);
	if (f->ifindex && f->ifindex != ifindex)
		return 0;
	open_json_object(c, NULL);
	if (n->nlmsg_type == RTM_DELNETCONF)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	print_string(c, PRINT_ANY, "family", "%s ", family_name(ncm->ncm_family));
	if (tb[NETCONFA_IFINDEX])
		print_device(c, ifindex);
	print_onoff(c, tb[NETCONFA_FORWARDING], "forwarding", "forwarding %s ");
	print_rp_filter(c, tb[NETCONFA_RP_FILTER]);
	print_onoff(c, tb[NETCONFA_MC_FORWARDING], "mc_forwarding", "mc_forwarding %s ");
	print_onoff(c, tb[NETCONFA_PROXY_NEIGH], "proxy_neigh", "proxy_neigh %s ");
	print_onoff(c, tb[NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN], "ignore_routes_with_linkdown",
		    "ignore_routes_with_linkdown %s ");
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
	return 0;
}

/**
 * ipnetconf_monitor() - Prints settings the kernel speaks of
 * @c: the run
 * @n: RTM_NEWNETCONF or RTM_DELNETCONF
 * @ifindex: of the only device that matters, or 0
 */
void ipnetconf_monitor(struct ipr *c, const struct nlmsghdr *n, unsigned int ifindex)
{
	struct netconf_filter f = { .ifindex = (int)ifindex };
	void *saved = c->filter;

	c->filter = &f;
	print_netconf(n, c);
	c->filter = saved;
}

/* One device of one family is asked for by itself, and printed as text even with -json. */
static int show_one(struct ipr *c, struct nl_buf *b, int ifindex)
{
	struct nlmsghdr *answer;

	addattr32(b, NETCONFA_IFINDEX, (uint32_t)ifindex);
	if (rtnl_talk(&c->rth, b, &answer) < 0 || !answer)
		return -2;
	return print_netconf(answer, c);
}

static int do_show(struct ipr *c)
{
	struct netconf_filter f = { .family = c->family };
	struct netconfmsg *ncm;
	struct nl_buf b;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (!is_word(c->argv[0], "dev"))
			continue;
		next_arg(c);
		f.ifindex = (int)ll_name_to_index(c, c->argv[0]);
		if (f.ifindex <= 0) {
			ng_printf(c->err, "Device \"%s\" does not exist.\n", c->argv[0]);
			return -1;
		}
	}
	ll_init_map(c);
	c->filter = &f;
	ncm = rtnl_req(c->task, &b, RTM_GETNETCONF, NLM_F_REQUEST | NLM_F_ACK, sizeof(*ncm));
	ncm->ncm_family = (uint8_t)f.family;
	if (f.ifindex && f.family)
		return show_one(c, &b, f.ifindex);
	new_json_obj(c);
	if (rtnl_dump_request(&c->rth, &b) < 0 || rtnl_dump_filter(&c->rth, print_netconf, c) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
	delete_json_obj(c);
	return 0;
}

/**
 * do_ipnetconf() - ip netconf ...
 * @c: the run
 *
 * Return: 0 or -1.
 */
int do_ipnetconf(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	if (matches(w, "show") || matches(w, "lst") || matches(w, "list")) {
		next_arg_fwd(c);
		return do_show(c);
	}
	if (matches(w, "help"))
		ip_usage_exit(c, ip_netconf_usage);
	ip_unknown_command(c, "netconf");
}
