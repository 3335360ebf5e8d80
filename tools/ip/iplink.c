/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink.c - ip link add, set, delete
 *
 * mirrors iproute2's ip/iplink.c. Showing is ipaddress.c's.
 */
#include "ip_common.h"
#include "usage.h"

#include <errno.h>
#include <linux/if.h>
#include <netglass/syscall.h>

/* What iplink_parse() has seen; kept apart for each use, the peer of a veth has its own. */
struct link_args {
	struct nl_buf *b;
	const char *name;
	const char *dev;
	const char *link;
	int qlen;
	int mtu;
	int netns;
	int group;
	int index;
	int addr_len;
	int numtxqueues;
	int numrxqueues;
	int link_netnsid;
	bool failed; /* a message was printed: give up with status 1 */
};

static struct ifinfomsg *req_ifi(struct nl_buf *b)
{
	return nlmsg_data((struct nlmsghdr *)(void *)b->data);
}

static uint16_t req_flags(const struct nl_buf *b)
{
	return ((const struct nlmsghdr *)(const void *)b->data)->nlmsg_flags;
}

/**
 * iplink_usage() - Prints the usage page of ip link and exits 255
 * @c: the run
 */
void iplink_usage(struct ipr *c)
{
	ng_puts(c->err, ip_link_usage);
	ip_usage_exit(c, ip_types_usage);
}

static void set_flag(struct nl_buf *b, unsigned int flag, bool on)
{
	struct ifinfomsg *ifi = req_ifi(b);

	ifi->ifi_change |= flag;
	if (on)
		ifi->ifi_flags |= flag;
	else
		ifi->ifi_flags &= ~flag;
}

/* Keywords that switch an interface flag with "on" or "off". */
static bool parse_flag(struct ipr *c, struct link_args *la)
{
	static const struct {
		const char *word;
		unsigned int flag;
		bool inverse;
	} words[] = {
		{ "multicast", IFF_MULTICAST, false },
		{ "allmulticast", IFF_ALLMULTI, false },
		{ "promisc", IFF_PROMISC, false },
		{ "trailers", IFF_NOTRAILERS, true },
		{ "arp", IFF_NOARP, true },
	};
	bool on;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!is_word(c->argv[0], words[i].word))
			continue;
		next_arg(c);
		on = parse_on_off(c, words[i].word, c->argv[0], &la->failed);
		set_flag(la->b, words[i].flag, on != words[i].inverse);
		return true;
	}
	return false;
}

static void parse_int_attr(struct ipr *c, struct link_args *la, int *val, const char *key,
			   uint16_t attr)
{
	const char *arg = next_arg(c);

	if (*val != -1)
		duparg(c, key, arg);
	if (get_integer(val, arg, 0))
		invarg(c, ipr_strf(c, "Invalid \"%s\" value\n", key), arg);
	addattr32(la->b, attr, (uint32_t)*val);
}

static void parse_u32_attr(struct ipr *c, struct link_args *la, const char *key, uint16_t attr)
{
	const char *arg = next_arg(c);
	unsigned int v;

	if (get_unsigned(&v, arg, 0))
		invarg(c, ipr_strf(c, "Invalid \"%s\" value\n", key), arg);
	addattr32(la->b, attr, v);
}

static void parse_netns(struct ipr *c, struct link_args *la)
{
	const char *arg = next_arg(c);

	if (la->netns != -1)
		duparg(c, "netns", arg);
	la->netns = netns_get_fd(c, arg);
	if (la->netns >= 0)
		addattr32(la->b, IFLA_NET_NS_FD, (uint32_t)la->netns);
	else if (get_integer(&la->netns, arg, 0) == 0)
		addattr32(la->b, IFLA_NET_NS_PID, (uint32_t)la->netns);
	else
		invarg(c, "Invalid \"netns\" value\n", arg);
}

static void parse_lladdr(struct ipr *c, struct link_args *la, uint16_t attr)
{
	uint8_t addr[32];
	int len = ll_addr_a2n(c, addr, sizeof(addr), next_arg(c));

	if (len < 0) {
		la->failed = true;
		return;
	}
	if (attr == IFLA_ADDRESS)
		la->addr_len = len;
	addattr_l(la->b, attr, addr, (size_t)len);
}

static void parse_master(struct ipr *c, struct link_args *la)
{
	const char *arg = next_arg(c);
	unsigned int idx = ll_name_to_index(c, arg);

	if (!idx)
		invarg(c, "Device does not exist\n", arg);
	addattr32(la->b, IFLA_MASTER, idx);
}

static void parse_group(struct ipr *c, struct link_args *la)
{
	const char *arg = next_arg(c);

	if (la->group != -1)
		duparg(c, "group", arg);
	if (rtnl_group_a2n(c, &la->group, arg))
		invarg(c, "Invalid \"group\" value\n", arg);
	addattr32(la->b, IFLA_GROUP, (uint32_t)la->group);
}

static void parse_linkmode(struct ipr *c, struct link_args *la)
{
	static const char *const modes[] = { "DEFAULT", "DORMANT" };
	const char *arg = next_arg(c);
	uint8_t i;

	for (i = 0; i < 2; i++) {
		if (!strcasecmp(arg, modes[i])) {
			addattr8(la->b, IFLA_LINKMODE, i);
			return;
		}
	}
	invarg(c, "Invalid link mode\n", arg);
}

static void parse_operstate(struct ipr *c, struct link_args *la)
{
	static const char *const states[] = { "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN",
					      "TESTING", "DORMANT",    "UP" };
	const char *arg = next_arg(c);
	uint8_t i;

	for (i = 0; i < 7; i++) {
		if (!strcasecmp(arg, states[i])) {
			addattr8(la->b, IFLA_OPERSTATE, i);
			return;
		}
	}
	invarg(c, "Invalid operstate\n", arg);
}

static void parse_addrgenmode(struct ipr *c, struct link_args *la)
{
	static const char *const modes[] = { "eui64", "none", "stable_secret", "random" };
	const char *arg = next_arg(c);
	size_t afs;
	size_t afs6;
	uint8_t i;

	for (i = 0; i < 4 && strcasecmp(arg, modes[i]) != 0; i++)
		;
	if (i == 4)
		invarg(c, "Invalid address generation mode\n", arg);
	afs = nla_nest_start(la->b, IFLA_AF_SPEC);
	afs6 = nla_nest_start(la->b, AF_INET6);
	addattr8(la->b, IFLA_INET6_ADDR_GEN_MODE, i);
	nla_nest_end(la->b, afs6);
	nla_nest_end(la->b, afs);
}

static void parse_link_netns(struct ipr *c, struct link_args *la)
{
	const char *arg = next_arg(c);

	if (la->link_netnsid != -1)
		duparg(c, "link-netns", arg);
	la->link_netnsid = get_netnsid_from_name(c, arg);
	if (la->link_netnsid < 0)
		invarg(c, "Invalid \"link-netns\" value\n", arg);
	addattr32(la->b, IFLA_LINK_NETNSID, (uint32_t)la->link_netnsid);
}

static void parse_bool8(struct ipr *c, struct link_args *la, const char *key, uint16_t attr)
{
	static const char *const off_on[] = { "off", "on" };
	int on = parse_one_of(c, key, next_arg(c), off_on, 2);

	if (on < 0)
		ipr_exit(c, EINVAL); /* 6.1 returns its -EINVAL as the status */
	addattr8(la->b, attr, (uint8_t)on);
}

static void parse_dev(struct ipr *c, struct link_args *la)
{
	if (matches(c->argv[0], "help"))
		iplink_usage(c);
	if (is_word(c->argv[0], "dev"))
		next_arg(c);
	if (la->dev != la->name)
		duparg2(c, "dev", c->argv[0]);
	if (check_altifname(c->argv[0]))
		invarg(c, "\"dev\" not a valid ifname", c->argv[0]);
	la->dev = c->argv[0];
}

static void parse_name(struct ipr *c, struct link_args *la)
{
	const char *arg = next_arg(c);

	if (la->name)
		duparg(c, "name", arg);
	if (check_ifname(arg))
		invarg(c, "\"name\" not a valid ifname", arg);
	la->name = arg;
	if (!la->dev)
		la->dev = arg;
}

static void parse_index(struct ipr *c, struct link_args *la)
{
	const char *arg = next_arg(c);

	if (la->index)
		duparg(c, "index", arg);
	la->index = atoi(arg);
	if (la->index <= 0)
		invarg(c, "Invalid \"index\" value", arg);
}

/* The rarer half of the keywords, in the order in which an abbreviation is tried. */
static void parse_word_more(struct ipr *c, struct link_args *la)
{
	const char *w = c->argv[0];

	if (is_word(w, "group"))
		parse_group(c, la);
	else if (is_word(w, "mode"))
		parse_linkmode(c, la);
	else if (is_word(w, "state"))
		parse_operstate(c, la);
	else if (matches(w, "numtxqueues"))
		parse_int_attr(c, la, &la->numtxqueues, "numtxqueues", IFLA_NUM_TX_QUEUES);
	else if (matches(w, "numrxqueues"))
		parse_int_attr(c, la, &la->numrxqueues, "numrxqueues", IFLA_NUM_RX_QUEUES);
	else if (matches(w, "addrgenmode"))
		parse_addrgenmode(c, la);
	else if (matches(w, "link-netns"))
		parse_link_netns(c, la);
	else if (matches(w, "link-netnsid"))
		parse_int_attr(c, la, &la->link_netnsid, "link-netnsid", IFLA_LINK_NETNSID);
	else if (is_word(w, "protodown"))
		parse_bool8(c, la, "protodown", IFLA_PROTO_DOWN);
	else if (is_word(w, "gso_max_size"))
		parse_u32_attr(c, la, "gso_max_size", IFLA_GSO_MAX_SIZE);
	else if (is_word(w, "gso_max_segs"))
		parse_u32_attr(c, la, "gso_max_segs", IFLA_GSO_MAX_SEGS);
	else if (is_word(w, "gro_max_size"))
		parse_u32_attr(c, la, "gro_max_size", IFLA_GRO_MAX_SIZE);
	else
		parse_dev(c, la);
}

static void parse_alias(struct ipr *c, struct link_args *la)
{
	const char *arg = next_arg(c);

	if (strlen(arg) >= 256)
		invarg(c, "alias too long\n", arg);
	addattr_l(la->b, IFLA_IFALIAS, arg, strlen(arg));
}

/* One keyword and its value, in iproute2's order (abbreviations); true: "type" was seen. */
static bool parse_word(struct ipr *c, struct link_args *la, const char **ret_type)
{
	const char *w = c->argv[0];

	if (is_word(w, "up") || is_word(w, "down"))
		set_flag(la->b, IFF_UP, is_word(w, "up"));
	else if (is_word(w, "name"))
		parse_name(c, la);
	else if (is_word(w, "index"))
		parse_index(c, la);
	else if (matches(w, "link"))
		la->link = next_arg(c);
	else if (matches(w, "address"))
		parse_lladdr(c, la, IFLA_ADDRESS);
	else if (matches(w, "broadcast") || is_word(w, "brd"))
		parse_lladdr(c, la, IFLA_BROADCAST);
	else if (matches(w, "txqueuelen") || is_word(w, "qlen") || matches(w, "txqlen"))
		parse_int_attr(c, la, &la->qlen, "txqueuelen", IFLA_TXQLEN);
	else if (is_word(w, "mtu"))
		parse_int_attr(c, la, &la->mtu, "mtu", IFLA_MTU);
	else if (is_word(w, "netns"))
		parse_netns(c, la);
	else if (parse_flag(c, la))
		return false;
	else if (is_word(w, "vrf"))
		invalid_vrf(c, "Not a valid VRF name\n", next_arg(c));
	else if (is_word(w, "vf") || is_word(w, "xdp") || is_word(w, "xdpgeneric") ||
		 is_word(w, "xdpdrv") || is_word(w, "xdpoffload"))
		ipr_exit(c, -ip_not_modelled(c, ipr_strf(c, "link set %s", w)));
	else if (is_word(w, "carrier"))
		parse_bool8(c, la, "carrier", IFLA_CARRIER);
	else if (matches(w, "master"))
		parse_master(c, la);
	else if (matches(w, "nomaster"))
		addattr32(la->b, IFLA_MASTER, 0);
	else if (matches(w, "dynamic")) {
		next_arg(c);
		set_flag(la->b, IFF_DYNAMIC, parse_on_off(c, "dynamic", c->argv[0], &la->failed));
	} else if (matches(w, "type")) {
		*ret_type = next_arg(c);
		return true;
	} else if (matches(w, "alias"))
		parse_alias(c, la);
	else
		parse_word_more(c, la);
	return false;
}

/* How long a link-layer address of this device is; -1: unknown. */
static int nl_get_ll_addr_len(struct ipr *c, unsigned int idx)
{
	const struct nlattr *tb[IFLA_MAX + 1];
	struct nlmsghdr *answer = NULL;
	struct ifinfomsg *ifi;
	struct nl_buf b;

	ifi = rtnl_req(c->task, &b, RTM_GETLINK, NLM_F_REQUEST, sizeof(*ifi));
	ifi->ifi_index = (int)idx;
	if (rtnl_talk(&c->rth, &b, &answer) < 0 || !answer)
		return -1;
	if (nlmsg_parse(answer, sizeof(struct ifinfomsg), tb, IFLA_MAX) < 0 || !tb[IFLA_ADDRESS])
		return -1;
	return (int)nla_len(tb[IFLA_ADDRESS]);
}

/* After the words: which device, and its new name. */
static int parse_finish(struct ipr *c, struct link_args *la)
{
	bool create = req_flags(la->b) & NLM_F_CREATE;
	unsigned int idx;
	int len;

	if (!la->name)
		la->name = la->dev;
	else if (!la->dev || is_word(la->name, la->dev))
		la->dev = la->name;
	idx = la->dev && la->addr_len && !create ? ll_name_to_index(c, la->dev) : 0;
	if (idx) {
		len = nl_get_ll_addr_len(c, idx);
		if (len >= 0 && len != la->addr_len) {
			ng_printf(c->err, "Invalid address length %d - must be %d bytes\n",
				  la->addr_len, len);
			return -1;
		}
	}
	if (!create && la->index && la->netns == -1) {
		ng_printf(c->err, "index can be used only when creating devices"
				  " or when moving device to another netns.\n");
		ipr_exit(c, 255);
	}
	if (la->group != -1 && !la->dev) {
		if (create) {
			ng_printf(c->err, "group cannot be used when creating devices.\n");
			ipr_exit(c, 255);
		}
		return 0;
	}
	if (!create) {
		if (!la->dev) {
			ng_printf(c->err,
				  "Not enough information: \"dev\" argument is required.\n");
			ipr_exit(c, 255);
		}
		idx = ll_name_to_index(c, la->dev);
		if (!idx)
			return nodev(c, la->dev);
		req_ifi(la->b)->ifi_index = (int)idx;
		if (la->name == la->dev)
			la->name = NULL;
	} else {
		if (la->name != la->dev) {
			ng_printf(c->err, "both \"name\" and \"dev\" cannot be used when creating "
					  "devices.\n");
			ipr_exit(c, 255);
		}
		if (la->link) {
			idx = ll_name_to_index(c, la->link);
			if (!idx)
				return nodev(c, la->link);
			addattr32(la->b, IFLA_LINK, idx);
		}
		req_ifi(la->b)->ifi_index = la->index;
	}
	if (la->name)
		addattr_l(la->b, IFLA_IFNAME, la->name, strlen(la->name) + 1);
	return 0;
}

/**
 * iplink_parse() - Reads the words that describe a link into a request
 * @c: the run; the cursor ends behind "type TYPE" or at the end
 * @b: the request
 * @ret_type: the type, when given
 *
 * Return: 0, or < 0 after a message.
 */
int iplink_parse(struct ipr *c, struct nl_buf *b, const char **ret_type)
{
	struct link_args la = {
		.b = b,
		.qlen = -1,
		.mtu = -1,
		.netns = -1,
		.group = -1,
		.numtxqueues = -1,
		.numrxqueues = -1,
		.link_netnsid = -1,
	};
	bool type = false;

	while (c->argc > 0 && !type) {
		type = parse_word(c, &la, ret_type);
		if (la.failed)
			return -1;
		next_arg_fwd(c);
	}
	return parse_finish(c, &la);
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
	if (rtnl_talk(&c->rth, &b, NULL) < 0)
		return -2;
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
