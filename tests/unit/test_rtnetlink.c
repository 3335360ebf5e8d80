/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_rtnetlink.c - links and neighbours as messages: what is sent, what is refused */
#include <linux/veth.h>
#include <stdio.h>

#include "rtnl_fixture.h"

/* iproute2's `ip link add A type veth peer name B` */
static int add_veth(struct fixture *f, const char *a, const char *b_name, uint16_t flags)
{
	struct nl_buf b = { 0 };
	size_t linkinfo, data, peer;

	fixture_request(&b, RTM_NEWLINK, NLM_F_CREATE | flags, sizeof(struct ifinfomsg));
	nla_put(&b, IFLA_IFNAME, strlen(a), a);
	linkinfo = nla_nest_start(&b, IFLA_LINKINFO);
	nla_put(&b, IFLA_INFO_KIND, 4, "veth");
	data = nla_nest_start(&b, IFLA_INFO_DATA);
	peer = nla_nest_start(&b, VETH_INFO_PEER);
	nl_buf_put(&b, sizeof(struct ifinfomsg));
	nla_put(&b, IFLA_IFNAME, strlen(b_name), b_name);
	nla_nest_end(&b, peer);
	nla_nest_end(&b, data);
	nla_nest_end(&b, linkinfo);
	return fixture_rtnl(f, &b);
}

static int add_kind(struct fixture *f, const char *name, const char *kind)
{
	struct nl_buf b = { 0 };
	size_t linkinfo;

	fixture_request(&b, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, sizeof(struct ifinfomsg));
	nla_put(&b, IFLA_IFNAME, strlen(name), name);
	linkinfo = nla_nest_start(&b, IFLA_LINKINFO);
	nla_put(&b, IFLA_INFO_KIND, strlen(kind), kind);
	nla_nest_end(&b, linkinfo);
	return fixture_rtnl(f, &b);
}

static int set_attr(struct fixture *f, const char *name, uint16_t type, const void *data,
		    size_t len)
{
	const struct net_device *dev = dev_get_by_name(f->net, name);
	struct nl_buf b = { 0 };
	struct ifinfomsg *ifm = fixture_request(&b, RTM_NEWLINK, 0, sizeof(*ifm));

	ifm->ifi_index = dev ? dev->ifindex : 0;
	nla_put(&b, type, len, data);
	return fixture_rtnl(f, &b);
}

static int set_u32(struct fixture *f, const char *name, uint16_t type, uint32_t v)
{
	return set_attr(f, name, type, &v, sizeof(v));
}

static void getlink(struct fixture *f, const char *name)
{
	struct nl_buf b = { 0 };
	struct ifinfomsg *ifm = fixture_request(&b, RTM_GETLINK, 0, sizeof(*ifm));

	ifm->ifi_index = dev_get_by_name(f->net, name)->ifindex;
	assert_int_equal(fixture_rtnl(f, &b), 0);
}

/* "3:3 13:4": types and lengths of the first message's attributes */
static const char *attributes(const struct fixture *f, size_t hdrlen, bool lengths)
{
	static char buf[1024];
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)(const void *)f->req.reply.data;
	size_t off = NLMSG_HDRLEN + hdrlen, len = 0, left;
	const struct nlattr *a;

	buf[0] = '\0';
	nla_for_each(a, (const uint8_t *)nlh + off, nlh->nlmsg_len - off, left) {
		len += (size_t)snprintf(buf + len, sizeof(buf) - len, "%s%u", len ? " " : "",
					(unsigned int)nla_type(a));
		if (lengths)
			len += (size_t)snprintf(buf + len, sizeof(buf) - len, ":%zu", nla_len(a));
	}
	return buf;
}

/* recorded from Linux 6.18 */
#define LINK_HEAD                                                                              \
	"13:4 16:1 17:1 67:1 4:4 50:4 51:4 27:4 30:4 61:4 31:4 40:4 41:4 58:4 63:4 64:4 59:4 " \
	"60:4 66:4 32:4"
#define LINK_TAIL "33:1 35:4 47:4 48:4 68:2 69:2 39:1 1:6 2:6 23:200 7:96 43:8"

static void test_rtnl_getlink_sends_every_attribute_in_the_kernels_order(void **state)
{
	struct fixture *f = *state;

	getlink(f, "lo");
	assert_string_equal(attributes(f, sizeof(struct ifinfomsg), true),
			    "3:3 " LINK_HEAD " " LINK_TAIL " 6:8 26:444 14:32 62:0 65:0");
	assert_int_equal(add_veth(f, "v0", "v1", NLM_F_EXCL), 0);
	getlink(f, "v1");
	assert_string_equal(attributes(f, sizeof(struct ifinfomsg), true),
			    "3:3 " LINK_HEAD " " LINK_TAIL " 18:12 5:4 6:5 26:444 14:32 62:0 65:0");
	assert_int_equal(add_kind(f, "br0", "bridge"), 0);
	assert_int_equal(
		set_u32(f, "v0", IFLA_MASTER, (uint32_t)dev_get_by_name(f->net, "br0")->ifindex),
		0);
	getlink(f, "v0");
	assert_string_equal(attributes(f, sizeof(struct ifinfomsg), true),
			    "3:3 " LINK_HEAD " 10:4 " LINK_TAIL
			    " 18:360 5:4 6:5 26:444 14:32 62:0 65:0");
	getlink(f, "br0");
	assert_string_equal(attributes(f, sizeof(struct ifinfomsg), true),
			    "3:4 " LINK_HEAD " " LINK_TAIL " 18:408 6:5 26:444 14:32 62:0 65:0");
}

static void test_veth_peer_gets_the_lower_index(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(add_veth(f, "a", "b", NLM_F_EXCL), 0);
	assert_int_equal(dev_get_by_name(f->net, "b")->ifindex + 1,
			 dev_get_by_name(f->net, "a")->ifindex);
}

static void test_moved_device_shows_where_its_peer_is(void **state)
{
	struct fixture *f = *state;
	struct net *red = copy_net_ns(f->world);

	add_veth(f, "a", "b", NLM_F_EXCL);
	assert_int_equal(dev_change_net_namespace(dev_get_by_name(f->net, "b"), red, NULL, NULL),
			 0);
	getlink(f, "a");
	assert_non_null(strstr(attributes(f, sizeof(struct ifinfomsg), false), " 18 37 5 6 26"));
	assert_non_null(dev_get_by_name(red, "b")->ip_ptr);
	put_net(red);
}

static void test_rtnl_newlink_refuses_in_the_kernels_words(void **state)
{
	static const uint8_t group_mac[ETH_ALEN] = { 1 }, three[3] = { 2, 0, 0 };
	static const struct {
		const char *what, *dev;
		uint16_t type;
		const void *data;
		size_t len;
		int want;
		const char *text;
	} cases[] = {
		{ "mtu 67", "v0", IFLA_MTU, "\x43\0\0", 4, -EINVAL,
		  "mtu less than device minimum" },
		{ "mtu 65536", "v0", IFLA_MTU, "\0\0\1", 4, -EINVAL,
		  "mtu greater than device maximum" },
		{ "long name", "v0", IFLA_IFNAME, "abcdefghijklmnop", 17, -ERANGE,
		  "Attribute failed policy validation" },
		{ "name in use", "v0", IFLA_IFNAME, "v1", 3, -EEXIST, NULL },
		{ "bad name", "v0", IFLA_IFNAME, ".", 2, -EINVAL, NULL },
		{ "group address", "v0", IFLA_ADDRESS, group_mac, 6, -EADDRNOTAVAIL, NULL },
		{ "short address", "v0", IFLA_ADDRESS, three, 3, -EINVAL, NULL },
		{ "short broadcast", "v0", IFLA_BROADCAST, three, 3, -EINVAL, NULL },
		{ "no such master", "v0", IFLA_MASTER, "\x63\0\0", 4, -EINVAL, NULL },
		{ "lo as master", "v0", IFLA_MASTER, "\1\0\0", 4, -EOPNOTSUPP, NULL },
		{ "carrier", "v0", IFLA_CARRIER, "\1", 1, -EOPNOTSUPP, NULL },
		{ "protodown", "v0", IFLA_PROTO_DOWN, "\1", 1, -EOPNOTSUPP,
		  "Protodown not supported by device" },
		{ "permanent address", "v0", IFLA_PERM_ADDRESS, group_mac, 6, -EINVAL,
		  "Attribute failed policy validation" },
		{ "no such id", "v0", IFLA_TARGET_NETNSID, "\5\0\0", 4, -EINVAL, NULL },
		{ "no such device", "nosuch", IFLA_MTU, "\0\5\0", 4, -ENODEV, NULL },
	};
	struct fixture *f = *state;

	add_veth(f, "v0", "v1", NLM_F_EXCL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("# %s\n", cases[i].what);
		assert_int_equal(
			set_attr(f, cases[i].dev, cases[i].type, cases[i].data, cases[i].len),
			cases[i].want);
		if (cases[i].text)
			assert_string_equal(f->extack.msg, cases[i].text);
		else
			assert_null(f->extack.msg);
	}
	assert_int_equal(add_veth(f, "v0", "v2", NLM_F_EXCL), -EEXIST);
	assert_int_equal(add_veth(f, "v3", "v1", NLM_F_EXCL), -EEXIST);
	assert_null(dev_get_by_name(f->net, "v3"));
	assert_int_equal(add_kind(f, "x", "nosuch"), -EOPNOTSUPP);
	assert_string_equal(f->extack.msg, "Unknown device type");
}

static int bare_request(struct fixture *f, uint16_t type, uint16_t flags, int ifindex,
			const char *name)
{
	struct nl_buf b = { 0 };
	struct ifinfomsg *ifm = fixture_request(&b, type, flags, sizeof(*ifm));

	ifm->ifi_index = ifindex;
	if (name)
		nla_put_string(&b, IFLA_IFNAME, name);
	return fixture_rtnl(f, &b);
}

static void test_rtnetlink_rcv_msg_answers_bare_requests(void **state)
{
	static const struct {
		uint16_t type, flags;
		int ifindex;
		const char *name;
		int want;
	} cases[] = {
		{ RTM_NEWLINK, 0, 0, NULL, -ENODEV }, /* iproute2 tries this first */
		{ RTM_NEWLINK, NLM_F_CREATE, 0, NULL, -EOPNOTSUPP },
		{ RTM_NEWLINK, 0, -3, NULL, -EINVAL },
		{ RTM_NEWLINK, 0, 99, NULL, -ENODEV },
		{ RTM_NEWLINK, NLM_F_EXCL, 0, "lo", -EEXIST },
		{ RTM_NEWLINK, NLM_F_REPLACE, 0, "lo", -EOPNOTSUPP },
		{ RTM_SETLINK, 0, 0, NULL, -EINVAL },
		{ RTM_SETLINK, 0, 99, NULL, -ENODEV },
		{ RTM_DELLINK, 0, 0, NULL, -EINVAL },
		{ RTM_DELLINK, 0, 99, NULL, -ENODEV },
		{ RTM_DELLINK, 0, 0, "lo", -EOPNOTSUPP },
		{ RTM_GETLINK, 0, 0, NULL, -EINVAL },
		{ RTM_GETLINK, 0, 0, "nosuch", -ENODEV },
		{ RTM_GETLINK, 0, 1, NULL, 0 },
		{ 60, 0, 0, NULL, -EOPNOTSUPP },
		{ 200, 0, 0, NULL, -EOPNOTSUPP },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("# case %zu\n", i);
		assert_int_equal(bare_request(f, cases[i].type, cases[i].flags, cases[i].ifindex,
					      cases[i].name),
				 cases[i].want);
	}
}

static int neigh_request(struct fixture *f, uint16_t type, uint16_t flags, uint16_t nud,
			 const uint8_t *mac)
{
	struct nl_buf b = { 0 };
	struct ndmsg *ndm = fixture_request(&b, type, flags, sizeof(*ndm));

	ndm->ndm_family = AF_INET;
	ndm->ndm_ifindex = f->dev->ifindex;
	ndm->ndm_state = nud;
	nla_put_be32(&b, NDA_DST, ip4(192, 0, 2, 9));
	if (mac)
		nla_put(&b, NDA_LLADDR, ETH_ALEN, mac);
	return fixture_rtnl(f, &b);
}

static void test_neigh_add_get_delete(void **state)
{
	static const uint8_t mac[ETH_ALEN] = { 2, 0, 0, 0, 1, 9 };
	struct fixture *f = *state;

	assert_int_equal(neigh_request(f, RTM_NEWNEIGH, 0, NUD_PERMANENT, mac), -ENOENT);
	assert_int_equal(
		neigh_request(f, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, NUD_PERMANENT, NULL),
		-EINVAL);
	assert_string_equal(f->extack.msg, "No link layer address given");
	/* as in Linux, the refused request has left an empty entry behind */
	assert_int_equal(
		neigh_request(f, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, NUD_PERMANENT, mac),
		-EEXIST);
	assert_int_equal(
		neigh_request(f, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE, NUD_PERMANENT, mac),
		0);
	assert_int_equal(neigh_request(f, RTM_GETNEIGH, 0, 0, NULL), 0);
	assert_string_equal(attributes(f, sizeof(struct ndmsg), true), "1:4 2:6 4:4 3:16");
	assert_int_equal(neigh_request(f, RTM_DELNEIGH, 0, 0, NULL), 0);
	assert_int_equal(neigh_request(f, RTM_DELNEIGH, 0, 0, NULL), -ENOENT);
	assert_int_equal(neigh_request(f, RTM_GETNEIGH, 0, 0, NULL), -ENOENT);
	assert_string_equal(f->extack.msg, "Neighbour entry not found");
}

static void test_inet_dump_ifaddr_sends_the_kernels_attributes(void **state)
{
	struct fixture *f = *state;
	struct nl_buf b = { 0 };
	struct ifaddrmsg *ifm = fixture_request(&b, RTM_GETADDR, NLM_F_DUMP, sizeof(*ifm));

	assert_int_equal(fixture_rtnl(f, &b), 0);
	assert_string_equal(attributes(f, sizeof(struct ifaddrmsg), true), "1:4 2:4 3:3 8:4 6:16");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_rtnl_getlink_sends_every_attribute_in_the_kernels_order),
		fixture_test(test_veth_peer_gets_the_lower_index),
		fixture_test(test_moved_device_shows_where_its_peer_is),
		fixture_test(test_rtnl_newlink_refuses_in_the_kernels_words),
		fixture_test(test_rtnetlink_rcv_msg_answers_bare_requests),
		fixture_test(test_neigh_add_get_delete),
		fixture_test(test_inet_dump_ifaddr_sends_the_kernels_attributes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
