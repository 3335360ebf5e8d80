/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_devinet.c - addresses: order, primary and secondary, refusals, lifetimes */
#include "rtnl_fixture.h"

#define NET(h) ip4(192, 0, 2, h)

/* "1 2s 3": the last octets of e0's addresses, in order; s: secondary */
static const char *addresses(const struct fixture *f)
{
	static char buf[128];
	const struct in_ifaddr *ifa;
	size_t len = 0;

	buf[0] = '\0';
	list_for_each_entry(ifa, &f->dev->ip_ptr->ifa_list, list) {
		uint32_t last = be32_to_cpu(ifa->ifa_local) & 0xff;

		if (len)
			buf[len++] = ' ';
		if (last >= 10)
			buf[len++] = (char)('0' + last / 10);
		buf[len++] = (char)('0' + last % 10);
		if (ifa->ifa_flags & IFA_F_SECONDARY)
			buf[len++] = 's';
		buf[len] = '\0';
	}
	return buf;
}

static void test_inet_rtm_newaddr_refuses_in_the_kernels_words(void **state)
{
	static const struct {
		const char *what;
		uint8_t host, plen, scope, family;
		bool no_local;
		int ifindex; /* 0: e0 */
		int want;
		const char *text;
	} cases[] = {
		{ "first", 1, 24, 0, AF_INET, false, 0, 0, NULL },
		{ "again", 1, 24, 0, AF_INET, false, 0, -EEXIST, "ipv4: Address already assigned" },
		{ "other length", 1, 25, 0, AF_INET, false, 0, 0, NULL },
		{ "other scope", 2, 24, RT_SCOPE_LINK, AF_INET, false, 0, -EINVAL,
		  "ipv4: Invalid scope value" },
		{ "too long", 1, 33, 0, AF_INET, false, 0, -EINVAL, "ipv4: Invalid prefix length" },
		{ "no address", 1, 24, 0, AF_INET, true, 0, -EINVAL,
		  "ipv4: Local address is not supplied" },
		{ "no device", 1, 24, 0, AF_INET, false, 99, -ENODEV, "ipv4: Device not found" },
		{ "no family", 1, 24, 0, AF_UNSPEC, false, 0, -EOPNOTSUPP, NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nl_buf b = { 0 };
		struct ifaddrmsg *ifm =
			fixture_request(&b, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, sizeof(*ifm));

		ifm->ifa_family = cases[i].family;
		ifm->ifa_prefixlen = cases[i].plen;
		ifm->ifa_scope = cases[i].scope;
		ifm->ifa_index = (uint32_t)(cases[i].ifindex ? cases[i].ifindex : f->dev->ifindex);
		if (!cases[i].no_local)
			nla_put_be32(&b, IFA_LOCAL, NET(cases[i].host));
		print_message("# %s\n", cases[i].what);
		assert_int_equal(fixture_rtnl(f, &b), cases[i].want);
		if (cases[i].text)
			assert_string_equal(f->extack.msg, cases[i].text);
		else
			assert_null(f->extack.msg);
	}
}

static void test_second_address_of_a_subnet_is_secondary(void **state)
{
	struct fixture *f = *state;

	fixture_addr(f, RTM_NEWADDR, NET(1), 24, 0);
	fixture_addr(f, RTM_NEWADDR, NET(2), 24, 0);
	fixture_addr(f, RTM_NEWADDR, ip4(198, 51, 100, 3), 24, 0);
	fixture_addr(f, RTM_NEWADDR, NET(4), 24, 0);
	assert_string_equal(addresses(f), "1 3 2s 4s");
}

static void test_narrow_scope_comes_first(void **state)
{
	struct fixture *f = *state;

	fixture_addr(f, RTM_NEWADDR, NET(1), 24, 0);
	fixture_addr(f, RTM_NEWADDR, ip4(198, 51, 100, 2), 24, RT_SCOPE_HOST);
	assert_string_equal(addresses(f), "2 1");
}

static void test_deleting_the_primary_takes_its_secondaries_along(void **state)
{
	struct fixture *f = *state;

	fixture_addr(f, RTM_NEWADDR, NET(1), 24, 0);
	fixture_addr(f, RTM_NEWADDR, NET(2), 24, 0);
	fixture_addr(f, RTM_NEWADDR, ip4(198, 51, 100, 3), 24, 0);
	fixture_addr(f, RTM_NEWADDR, NET(4), 24, 0);
	assert_int_equal(fixture_addr(f, RTM_DELADDR, NET(1), 24, 0), 0);
	assert_string_equal(addresses(f), "3");
	assert_int_equal(fixture_addr(f, RTM_DELADDR, NET(1), 24, 0), -EADDRNOTAVAIL);
	assert_string_equal(f->extack.msg, "ipv4: Address not found");
}

static void test_promote_secondaries_promotes_the_first(void **state)
{
	struct fixture *f = *state;

	fixture_addr(f, RTM_NEWADDR, NET(1), 24, 0);
	fixture_addr(f, RTM_NEWADDR, NET(2), 24, 0);
	fixture_addr(f, RTM_NEWADDR, ip4(198, 51, 100, 3), 24, 0);
	fixture_addr(f, RTM_NEWADDR, NET(4), 24, 0);
	IPV4_DEVCONF(f->dev->ip_ptr->cnf, PROMOTE_SECONDARIES) = 1;
	assert_int_equal(fixture_addr(f, RTM_DELADDR, NET(1), 24, 0), 0);
	assert_string_equal(addresses(f), "3 2 4s");
	assert_int_equal(inet_addr_type(f->net, NET(1)), RTN_UNICAST);
	assert_int_equal(inet_addr_type(f->net, NET(2)), RTN_LOCAL);
}

static void test_lifetimes_deprecate_and_remove(void **state)
{
	struct fixture *f = *state;
	struct ifa_cacheinfo ci = { .ifa_valid = 20, .ifa_prefered = 10 };
	struct nl_buf b = { 0 };
	struct ifaddrmsg *ifm = fixture_request(&b, RTM_NEWADDR, NLM_F_CREATE, sizeof(*ifm));
	struct in_ifaddr *ifa;

	ifm->ifa_family = AF_INET;
	ifm->ifa_prefixlen = 24;
	ifm->ifa_index = (uint32_t)f->dev->ifindex;
	nla_put_be32(&b, IFA_LOCAL, NET(1));
	nla_put(&b, IFA_CACHEINFO, sizeof(ci), &ci);
	assert_int_equal(fixture_rtnl(f, &b), 0);
	ifa = list_first_entry(&f->dev->ip_ptr->ifa_list, struct in_ifaddr, list);
	assert_false(ifa->ifa_flags & (IFA_F_PERMANENT | IFA_F_DEPRECATED));
	fixture_wait(f, 11 * NSEC_PER_SEC);
	assert_true(ifa->ifa_flags & IFA_F_DEPRECATED);
	fixture_wait(f, 10 * NSEC_PER_SEC);
	assert_string_equal(addresses(f), "");
}

static void test_inet_select_addr_prefers_the_subnet(void **state)
{
	struct fixture *f = *state;

	fixture_addr(f, RTM_NEWADDR, NET(1), 24, 0);
	fixture_addr(f, RTM_NEWADDR, ip4(198, 51, 100, 2), 24, 0);
	assert_true(inet_select_addr(f->dev, ip4(198, 51, 100, 9), RT_SCOPE_LINK) ==
		    ip4(198, 51, 100, 2));
	assert_true(inet_select_addr(f->dev, ip4(203, 0, 113, 9), RT_SCOPE_LINK) == NET(1));
	assert_ptr_equal(ip_dev_find(f->net, NET(1)), f->dev);
	assert_null(ip_dev_find(f->net, NET(9)));
}

static void test_link_down_keeps_addresses_and_unregister_takes_them(void **state)
{
	struct fixture *f = *state;

	fixture_addr(f, RTM_NEWADDR, NET(1), 24, 0);
	dev_close(f->dev);
	assert_string_equal(addresses(f), "1");
	dev_set_mtu(f->dev, 68, NULL);
	assert_string_equal(addresses(f), "1");
	unregister_netdevice(f->dev);
	assert_null(ip_dev_find(f->net, NET(1)));
}

static void test_inetdev_up_joins_all_hosts(void **state)
{
	static const uint8_t all_hosts[ETH_ALEN] = { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 };
	struct fixture *f = *state;
	const struct netdev_hw_addr *ha;

	assert_false(list_empty(&f->dev->mc_list));
	ha = list_first_entry(&f->dev->mc_list, struct netdev_hw_addr, list);
	assert_memory_equal(ha->addr, all_hosts, ETH_ALEN);
	dev_close(f->dev);
	assert_true(list_empty(&f->dev->mc_list));
}

static void test_new_namespace_inherits_conf_of_the_first(void **state)
{
	struct fixture *f = *state;
	struct net *net;

	IPV4_DEVCONF(f->net->ipv4->devconf_all, FORWARDING) = 1;
	inet_forward_change(f->net);
	assert_true(IN_DEV_FORWARD(f->dev->ip_ptr));
	net = copy_net_ns(f->world);
	assert_int_equal(IPV4_DEVCONF(net->ipv4->devconf_all, FORWARDING), 1);
	assert_int_equal(IPV4_DEVCONF(net->ipv4->devconf_dflt, FORWARDING), 1);
	assert_int_equal(IPV4_DEVCONF(net->ipv4->devconf_all, ACCEPT_REDIRECTS), 0);
	put_net(net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_inet_rtm_newaddr_refuses_in_the_kernels_words),
		fixture_test(test_second_address_of_a_subnet_is_secondary),
		fixture_test(test_narrow_scope_comes_first),
		fixture_test(test_deleting_the_primary_takes_its_secondaries_along),
		fixture_test(test_promote_secondaries_promotes_the_first),
		fixture_test(test_lifetimes_deprecate_and_remove),
		fixture_test(test_inet_select_addr_prefers_the_subnet),
		fixture_test(test_link_down_keeps_addresses_and_unregister_takes_them),
		fixture_test(test_inetdev_up_joins_all_hosts),
		fixture_test(test_new_namespace_inherits_conf_of_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
