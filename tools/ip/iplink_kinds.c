/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink_kinds.c - the kinds of links and the options of veth
 *
 * mirrors get_link_kind() of iproute2's ip/iplink.c and link_veth.c
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/veth.h>

static const struct link_kind kinds[] = {
	{ "bridge", bridge_parse_opt, bridge_print_opt, ip_bridge_usage },
	{ "bridge_slave", bridge_slave_parse_opt, bridge_slave_print_opt, ip_bridge_slave_usage },
	{ "dummy", NULL, NULL, "Usage: ... dummy\n" },
	{ "veth", veth_parse_opt, NULL, ip_veth_usage },
	{ "vlan", vlan_parse_opt, vlan_print_opt, ip_vlan_usage },
};

/* clang-format off */
static const char *const planned[] = {
	"amt", "bareudp", "bond", "bond_slave", "dsa", "erspan", "geneve", "gre", "gretap",
	"gtp", "hsr", "ifb", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "ipoib",
	"ipvlan", "ipvtap", "macsec", "macvlan", "macvtap", "netdevsim", "nlmon", "rmnet",
	"sit", "team", "team_slave", "vcan", "virt_wifi", "vrf", "vti", "vti6",
	"vxcan", "vxlan", "wireguard", "wwan", "xfrm",
};
/* clang-format on */

/**
 * get_link_kind() - A kind of link with options of its own
 * @id: its name
 *
 * Return: the kind, NULL when there is none.
 */
const struct link_kind *get_link_kind(const char *id)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (is_word(kinds[i].id, id))
			return &kinds[i];
	}
	return NULL;
}

/**
 * link_kind_planned() - Does Linux know this kind, but not netglass?
 * @id: its name
 *
 * Return: true when so.
 */
bool link_kind_planned(const char *id)
{
	size_t i;

	for (i = 0; i < sizeof(planned) / sizeof(planned[0]); i++) {
		if (is_word(planned[i], id))
			return true;
	}
	return false;
}

/**
 * veth_parse_opt() - "peer" and the words of the other end
 * @c: the run
 * @b: the request, inside IFLA_INFO_DATA
 *
 * Return: 0, or non-zero after a message.
 */
int veth_parse_opt(struct ipr *c, struct nl_buf *b)
{
	struct ifinfomsg *ifi = nlmsg_data((struct nlmsghdr *)(void *)b->data);
	struct ifinfomsg saved = *ifi;
	struct ifinfomsg *peer;
	const char *type = NULL;
	size_t nest;
	int rc;

	if (!is_word(c->argv[0], "peer")) {
		ng_puts(c->out, ip_veth_usage);
		return -1;
	}
	/* iplink_parse() writes into the request's own header: lend it, then move the result */
	ifi->ifi_index = 0;
	ifi->ifi_flags = 0;
	ifi->ifi_change = 0;
	nest = nla_nest_start(b, VETH_INFO_PEER);
	nl_buf_put(b, sizeof(*peer));
	next_arg_fwd(c);
	rc = iplink_parse(c, b, &type);
	if (rc < 0)
		return rc;
	if (type)
		duparg(c, "type", type);
	peer = (struct ifinfomsg *)(void *)(b->data + nest + NLA_HDRLEN);
	peer->ifi_index = ifi->ifi_index;
	peer->ifi_flags = ifi->ifi_flags;
	peer->ifi_change = ifi->ifi_change;
	*ifi = saved;
	nla_nest_end(b, nest);
	return 0;
}
