/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * link.c - the object "link": ports of bridges
 *
 * mirrors iproute2's bridge/link.c
 */
#include "br_common.h"
#include "usage.h"

#include <linux/if_bridge.h>
#include <linux/if_link.h>

static const char *const port_states[] = { "disabled", "listening", "learning", "forwarding",
					   "blocking" };
static const char *const hw_modes[] = { "VEB", "VEPA" };

struct link_show {
	struct ipr *c;
	unsigned int filter;
};

static _Noreturn void link_usage(struct ipr *c)
{
	br_usage_exit(c, bridge_link_usage);
}

static void print_number(struct ipr *c, const struct nlattr *nla, const char *name)
{
	if (nla)
		print_uint(c, PRINT_ANY, name, ipr_strf(c, "%s %%u ", name),
			   (unsigned int)nla_get_raw(nla, nla_len(nla)));
}

static void print_switch(struct ipr *c, const struct nlattr *nla, const char *name)
{
	if (nla)
		print_on_off(c, PRINT_ANY, name, ipr_strf(c, "%s %%s ", name), nla_get_u8(nla));
}

static void print_portstate(struct ipr *c, const struct nlattr *nla)
{
	uint8_t state;

	if (!nla)
		return;
	state = nla_get_u8(nla);
	if (state < 5)
		print_string(c, PRINT_ANY, "state", "state %s ", port_states[state]);
	else
		print_uint(c, PRINT_ANY, "state", "state (%d) ", state);
}

static void print_port_details(struct ipr *c, const struct nlattr *const *tb)
{
	print_string(c, PRINT_FP, NULL, "%s    ", c->sl);
	print_switch(c, tb[IFLA_BRPORT_MODE], "hairpin");
	print_switch(c, tb[IFLA_BRPORT_GUARD], "guard");
	print_switch(c, tb[IFLA_BRPORT_PROTECT], "root_block");
	print_switch(c, tb[IFLA_BRPORT_FAST_LEAVE], "fastleave");
	print_switch(c, tb[IFLA_BRPORT_LEARNING], "learning");
	print_switch(c, tb[IFLA_BRPORT_LEARNING_SYNC], "learning_sync");
	print_switch(c, tb[IFLA_BRPORT_UNICAST_FLOOD], "flood");
	print_switch(c, tb[IFLA_BRPORT_MCAST_FLOOD], "mcast_flood");
	print_switch(c, tb[IFLA_BRPORT_BCAST_FLOOD], "bcast_flood");
	print_number(c, tb[IFLA_BRPORT_MULTICAST_ROUTER], "mcast_router");
	print_switch(c, tb[IFLA_BRPORT_MCAST_TO_UCAST], "mcast_to_unicast");
	print_switch(c, tb[IFLA_BRPORT_NEIGH_SUPPRESS], "neigh_suppress");
	print_switch(c, tb[IFLA_BRPORT_VLAN_TUNNEL], "vlan_tunnel");
	if (tb[IFLA_BRPORT_BACKUP_PORT])
		print_string(c, PRINT_ANY, "backup_port", "backup_port %s ",
			     ll_index_to_name(c, nla_get_u32(tb[IFLA_BRPORT_BACKUP_PORT])));
	print_switch(c, tb[IFLA_BRPORT_ISOLATED], "isolated");
	print_switch(c, tb[IFLA_BRPORT_LOCKED], "locked");
}

static void print_protinfo(struct ipr *c, const struct nlattr *nla)
{
	const struct nlattr *tb[IFLA_BRPORT_MAX + 1];

	if (!(nla->nla_type & NLA_F_NESTED)) {
		print_portstate(c, nla);
		return;
	}
	nla_parse_nested(tb, IFLA_BRPORT_MAX, nla);
	print_portstate(c, tb[IFLA_BRPORT_STATE]);
	print_number(c, tb[IFLA_BRPORT_PRIORITY], "priority");
	print_number(c, tb[IFLA_BRPORT_COST], "cost");
	if (c->details)
		print_port_details(c, tb);
}

static void print_hwmode(struct ipr *c, const struct nlattr *af_spec)
{
	const struct nlattr *tb[IFLA_BRIDGE_MAX + 1];
	uint16_t mode;

	nla_parse_nested(tb, IFLA_BRIDGE_MAX, af_spec);
	if (!tb[IFLA_BRIDGE_MODE])
		return;
	mode = nla_get_u16(tb[IFLA_BRIDGE_MODE]);
	if (mode < 2)
		print_string(c, PRINT_ANY, "hwmode", "hwmode %s ", hw_modes[mode]);
	else
		print_0xhex(c, PRINT_ANY, "hwmode", "hwmode %#llx ", mode);
}

static int print_link(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[IFLA_MAX + 1];
	const struct ifinfomsg *ifi = nlmsg_data(n);
	struct link_show *s = arg;
	struct ipr *c = s->c;
	const char *name;
	bool m_down;

	if (nlmsg_parse(n, sizeof(*ifi), tb, IFLA_MAX) < 0 && !tb[IFLA_IFNAME]) {
		ng_printf(c->err, "Message too short!\n");
		return -1;
	}
	if (ifi->ifi_family != AF_BRIDGE && ifi->ifi_family != AF_UNSPEC)
		return 0;
	if ((s->filter && (int)s->filter != ifi->ifi_index) || !tb[IFLA_IFNAME])
		return 0;
	name = ng_task_strndup(c->task, nla_data(tb[IFLA_IFNAME]), nla_len(tb[IFLA_IFNAME]));
	open_json_object(c, NULL);
	if (n->nlmsg_type == RTM_DELLINK)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	print_int(c, PRINT_ANY, "ifindex", "%d: ", ifi->ifi_index);
	m_down = print_name_and_link(c, "%s: ", name, tb);
	print_link_flags(c, ifi->ifi_flags, m_down);
	if (tb[IFLA_MTU])
		print_int(c, PRINT_ANY, "mtu", "mtu %u ", (int)nla_get_u32(tb[IFLA_MTU]));
	if (tb[IFLA_MASTER])
		print_string(c, PRINT_ANY, "master", "master %s ",
			     ll_index_to_name(c, nla_get_u32(tb[IFLA_MASTER])));
	if (tb[IFLA_PROTINFO])
		print_protinfo(c, tb[IFLA_PROTINFO]);
	if (tb[IFLA_AF_SPEC])
		print_hwmode(c, tb[IFLA_AF_SPEC]);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
	return 0;
}

/**
 * br_link_monitor() - Prints a port the kernel speaks of
 * @c: the run
 * @n: RTM_NEWLINK or RTM_DELLINK
 */
void br_link_monitor(struct ipr *c, const struct nlmsghdr *n)
{
	struct link_show s = { .c = c };

	ll_remember_index(n, c);
	print_link(n, &s);
}

static int link_show(struct ipr *c)
{
	struct link_show s = { .c = c };
	const char *dev = NULL;
	struct ifinfomsg *ifi;
	struct nl_buf b;
	int rc;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (!is_word(c->argv[0], "dev"))
			continue;
		next_arg(c);
		if (dev)
			duparg(c, "dev", c->argv[0]);
		dev = c->argv[0];
	}
	if (dev) {
		s.filter = ll_name_to_index(c, dev);
		if (!s.filter)
			return nodev(c, dev);
	}
	ifi = rtnl_req(c->task, &b, RTM_GETLINK, 0, sizeof(*ifi));
	ifi->ifi_family = AF_BRIDGE;
	rc = rtnl_dump_request(&c->rth, &b);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	new_json_obj(c);
	if (rtnl_dump_filter(&c->rth, print_link, &s) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
	delete_json_obj(c);
	return 0;
}

/* In the order of the request. kind: 0 a switch, 1 a byte, 4 and 2 numbers as atoi(3) reads them */
static const struct {
	const char *word;
	uint16_t attr;
	int kind;
} port_opts[] = {
	{ "guard", IFLA_BRPORT_GUARD, 0 },
	{ "hairpin", IFLA_BRPORT_MODE, 0 },
	{ "fastleave", IFLA_BRPORT_FAST_LEAVE, 0 },
	{ "root_block", IFLA_BRPORT_PROTECT, 0 },
	{ "flood", IFLA_BRPORT_UNICAST_FLOOD, 0 },
	{ "mcast_router", IFLA_BRPORT_MULTICAST_ROUTER, 1 },
	{ "mcast_flood", IFLA_BRPORT_MCAST_FLOOD, 0 },
	{ "bcast_flood", IFLA_BRPORT_BCAST_FLOOD, 0 },
	{ "mcast_to_unicast", IFLA_BRPORT_MCAST_TO_UCAST, 0 },
	{ "learning", IFLA_BRPORT_LEARNING, 0 },
	{ "learning_sync", IFLA_BRPORT_LEARNING_SYNC, 0 },
	{ "cost", IFLA_BRPORT_COST, 4 },
	{ "priority", IFLA_BRPORT_PRIORITY, 2 },
	{ "state", IFLA_BRPORT_STATE, 1 },
	{ "neigh_suppress", IFLA_BRPORT_NEIGH_SUPPRESS, 0 },
	{ "vlan_tunnel", IFLA_BRPORT_VLAN_TUNNEL, 0 },
	{ "isolated", IFLA_BRPORT_ISOLATED, 0 },
	{ "locked", IFLA_BRPORT_LOCKED, 0 },
	{ "backup_port", IFLA_BRPORT_BACKUP_PORT, 5 },
};

#define N_PORT_OPTS (sizeof(port_opts) / sizeof(port_opts[0]))

struct port_args {
	const char *dev;
	int vals[N_PORT_OPTS]; /* -1: not given */
	int mode;
	uint16_t flags;
};

static int parse_state(struct ipr *c, int *ret_val)
{
	const char *arg = c->argv[0];
	char *end;
	int i;

	*ret_val = (int)strtol(arg, &end, 10);
	if (*arg && !*end)
		return 0;
	for (i = 0; i < 5 && strcasecmp(arg, port_states[i]) != 0; i++)
		;
	if (i == 5) {
		ng_printf(c->err, "Error: invalid STP port state\n");
		return -1;
	}
	*ret_val = i;
	return 0;
}

static int parse_value(struct ipr *c, size_t i, int *ret_val)
{
	static const char *const off_on[] = { "off", "on" };
	uint8_t v8;

	next_arg(c);
	switch (port_opts[i].attr) {
	case IFLA_BRPORT_STATE:
		return parse_state(c, ret_val);
	case IFLA_BRPORT_COST:
	case IFLA_BRPORT_PRIORITY:
		*ret_val = atoi(c->argv[0]);
		return 0;
	case IFLA_BRPORT_MULTICAST_ROUTER:
		if (get_u8(&v8, c->argv[0], 0))
			invarg(c, "invalid mcast_router", c->argv[0]);
		*ret_val = v8;
		return 0;
	case IFLA_BRPORT_BACKUP_PORT:
		*ret_val = (int)ll_name_to_index(c, c->argv[0]);
		if (!*ret_val) {
			ng_printf(c->err, "Error: device %s does not exist\n", c->argv[0]);
			return -1;
		}
		return 0;
	default:
		*ret_val = parse_one_of(c, port_opts[i].word, c->argv[0], off_on, 2);
		return *ret_val < 0 ? -22 : 0;
	}
}

static int parse_word(struct ipr *c, struct port_args *a)
{
	const char *w = c->argv[0];
	size_t i;

	if (is_word(w, "dev")) {
		a->dev = next_arg(c);
		return 0;
	}
	for (i = 0; i < N_PORT_OPTS; i++) {
		if (is_word(w, port_opts[i].word))
			return parse_value(c, i, &a->vals[i]);
	}
	if (is_word(w, "hwmode")) {
		next_arg(c);
		if (!is_word(c->argv[0], "vepa") && !is_word(c->argv[0], "veb")) {
			ng_printf(c->err, "Mode argument must be \"vepa\" or \"veb\".\n");
			ipr_exit(c, 255);
		}
		a->flags = BRIDGE_FLAGS_SELF;
		a->mode = is_word(c->argv[0], "vepa") ? BRIDGE_MODE_VEPA : BRIDGE_MODE_VEB;
	} else if (is_word(w, "self")) {
		a->flags |= BRIDGE_FLAGS_SELF;
	} else if (is_word(w, "master")) {
		a->flags |= BRIDGE_FLAGS_MASTER;
	} else if (is_word(w, "nobackup_port")) {
		a->vals[N_PORT_OPTS - 1] = 0;
	} else {
		link_usage(c);
	}
	return 0;
}

static void add_values(struct nl_buf *b, const struct port_args *a)
{
	size_t nest = nla_nest_start(b, IFLA_PROTINFO | NLA_F_NESTED);
	size_t i;

	for (i = 0; i < N_PORT_OPTS; i++) {
		if (a->vals[i] < 0 || (port_opts[i].attr == IFLA_BRPORT_COST && a->vals[i] == 0))
			continue;
		if (port_opts[i].kind >= 4)
			addattr32(b, port_opts[i].attr, (uint32_t)a->vals[i]);
		else if (port_opts[i].kind == 2)
			addattr16(b, port_opts[i].attr, (uint16_t)a->vals[i]);
		else
			addattr8(b, port_opts[i].attr, (uint8_t)a->vals[i]);
	}
	nla_nest_end(b, nest);
	if (a->mode < 0 && !a->flags)
		return;
	nest = nla_nest_start(b, IFLA_AF_SPEC);
	if (a->flags)
		addattr16(b, IFLA_BRIDGE_FLAGS, a->flags);
	if (a->mode >= 0)
		addattr16(b, IFLA_BRIDGE_MODE, (uint16_t)a->mode);
	nla_nest_end(b, nest);
}

static int link_modify(struct ipr *c)
{
	struct port_args a = { .mode = -1 };
	struct ifinfomsg *ifi;
	struct nl_buf b;
	int rc;

	memset(a.vals, -1, sizeof(a.vals));
	for (; c->argc > 0; next_arg_fwd(c)) {
		rc = parse_word(c, &a);
		if (rc)
			return rc;
	}
	if (!a.dev) {
		ng_printf(c->err, "Device is a required argument.\n");
		return -1;
	}
	ifi = rtnl_req(c->task, &b, RTM_SETLINK, NLM_F_REQUEST, sizeof(*ifi));
	ifi->ifi_family = AF_BRIDGE;
	ifi->ifi_index = (int)ll_name_to_index(c, a.dev);
	if (!ifi->ifi_index) {
		ng_printf(c->err, "Cannot find bridge device \"%s\"\n", a.dev);
		return -1;
	}
	add_values(&b, &a);
	return rtnl_talk(&c->rth, &b, NULL) < 0 ? -1 : 0;
}

/**
 * do_link() - The object "link"
 * @c: the run
 *
 * Return: exit status, -1 is 255.
 */
int do_link(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	ll_init_map(c);
	if (c->argc > 0)
		next_arg_fwd(c);
	if (matches(w, "set") || matches(w, "change"))
		return link_modify(c);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return link_show(c);
	if (matches(w, "help"))
		link_usage(c);
	prev_arg(c);
	br_unknown_command(c, "link");
}
