/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink_parse.c - the words that describe a link, into a request
 *
 * mirrors iplink_parse() of iproute2's ip/iplink.c
 */
#include "ip_common.h"

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

static uint16_t req_flags(const struct nl_buf *b)
{
	return ((const struct nlmsghdr *)(const void *)b->data)->nlmsg_flags;
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
