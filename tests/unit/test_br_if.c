/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_br_if.c - ports join and leave; addresses, MTU, carrier
 */
#include "br_fixture.h"
#include "core/rtnetlink.h"

static void test_br_add_if_refuses_what_cannot_be_a_port(void **state)
{
	struct fixture *f = *state;
	struct ng_extack extack = { 0 };
	static const struct ng_origin nobody;

	assert_int_equal(br_add_if(f->brdev, f->net->loopback_dev, &extack), -EINVAL);
	assert_int_equal(br_add_if(f->brdev, f->port[1], &extack), -EBUSY);
	assert_null(extack.msg);
	assert_int_equal(br_add_bridge(f->net, "br1", &nobody), 0);
	assert_int_equal(br_add_if(f->brdev, dev_get_by_name(f->net, "br1"), &extack), -ELOOP);
	assert_string_equal(extack.msg, "Can not enslave a bridge to a bridge");
	assert_int_equal(br_del_if(dev_get_by_name(f->net, "br1"), f->port[1]), -EINVAL);
	assert_int_equal(br_del_bridge(f->net, "br1"), 0);
}

static void test_br_del_bridge_refuses_in_the_kernels_words(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(br_del_bridge(f->net, "nosuch"), -ENXIO);
	assert_int_equal(br_del_bridge(f->net, "p1"), -EPERM);
	assert_int_equal(br_del_bridge(f->net, "br0"), -EBUSY);
}

static void test_br_add_if_gives_out_the_lowest_free_number(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(br_del_if(f->brdev, f->port[2]), 0);
	assert_null(f->port[2]->master);
	assert_int_equal(f->port[2]->promiscuity, 0);
	assert_int_equal(br_add_if(f->brdev, f->port[2], NULL), 0);
	assert_int_equal(br_port_get(f->port[2])->port_no, 2);
	assert_int_equal(br_port_get(f->port[2])->port_id, 0x8002);
	assert_ptr_equal(f->port[2]->master, f->brdev);
	assert_int_equal(f->port[2]->promiscuity, 1);
	assert_int_equal(f->port[2]->allmulti, 1);
}

static void test_br_add_if_has_room_for_1023_ports(void **state)
{
	struct fixture *f = *state;
	struct net_device *dev[BR_MAX_PORTS];

	for (int i = FIXTURE_PORTS + 1; i < BR_MAX_PORTS; i++) {
		dev[i] = alloc_netdev(f->net, "x%d", 0);
		ether_setup(dev[i]);
		eth_hw_addr_random(dev[i]);
		dev[i]->ops = &fixture_ops;
		assert_int_equal(register_netdevice(dev[i]), 0);
		assert_int_equal(br_add_if(f->brdev, dev[i], NULL), 0);
	}
	assert_int_equal(br_del_if(f->brdev, f->port[1]), 0);
	assert_int_equal(br_add_if(f->brdev, f->port[1], NULL), 0);
	dev[0] = alloc_netdev(f->net, "y%d", 0);
	ether_setup(dev[0]);
	eth_hw_addr_random(dev[0]);
	dev[0]->ops = &fixture_ops;
	assert_int_equal(register_netdevice(dev[0]), 0);
	assert_int_equal(br_add_if(f->brdev, dev[0], NULL), -EXFULL);
	unregister_netdevice(dev[0]);
	for (int i = FIXTURE_PORTS + 1; i < BR_MAX_PORTS; i++)
		unregister_netdevice(dev[i]);
}

static void test_bridge_takes_the_lowest_address_of_its_ports(void **state)
{
	static const uint8_t lower[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 0 };
	static const uint8_t none[ETH_ALEN];
	struct fixture *f = *state;

	assert_memory_equal(f->brdev->dev_addr, f->port[1]->dev_addr, ETH_ALEN);
	br_del_if(f->brdev, f->port[1]);
	assert_memory_equal(f->brdev->dev_addr, f->port[2]->dev_addr, ETH_ALEN);
	memcpy(f->port[3]->dev_addr, lower, ETH_ALEN);
	call_netdevice_notifiers(NETDEV_CHANGEADDR, f->port[3]);
	assert_memory_equal(f->brdev->dev_addr, lower, ETH_ALEN);
	assert_ptr_equal(br_fdb_find(f->br, lower, 0)->dst, br_port_get(f->port[3]));
	br_del_if(f->brdev, f->port[2]);
	br_del_if(f->brdev, f->port[3]);
	assert_memory_equal(f->brdev->dev_addr, none, ETH_ALEN);
	assert_false(netif_carrier_ok(f->brdev));
}

static void test_bridge_keeps_the_address_a_user_gave_it(void **state)
{
	static const uint8_t chosen[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 0x77 };
	struct fixture *f = *state;

	assert_int_equal(dev_set_mac_address(f->brdev, chosen, NULL), 0);
	br_del_if(f->brdev, f->port[1]);
	assert_memory_equal(f->brdev->dev_addr, chosen, ETH_ALEN);
	assert_memory_equal(f->br->bridge_id.addr, chosen, ETH_ALEN);
	assert_true(br_fdb_find(f->br, chosen, 0)->flags & BR_FDB_LOCAL);
}

static void test_bridge_mtu_follows_its_ports_until_a_user_sets_it(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(dev_set_mtu(f->port[2], 1400, NULL), 0);
	assert_int_equal(f->brdev->mtu, 1400);
	assert_int_equal(dev_set_mtu(f->port[2], 1500, NULL), 0);
	assert_int_equal(f->brdev->mtu, 1500);
	assert_int_equal(dev_set_mtu(f->brdev, 1300, NULL), 0);
	assert_int_equal(dev_set_mtu(f->port[2], 1400, NULL), 0);
	assert_int_equal(f->brdev->mtu, 1300);
}

static void test_port_forwards_as_soon_as_it_has_a_link(void **state)
{
	struct fixture *f = *state;
	struct net_bridge_port *p = br_port_get(f->port[1]);

	assert_int_equal(p->state, BR_STATE_FORWARDING);
	dev_close(f->port[1]);
	assert_int_equal(p->state, BR_STATE_DISABLED);
	assert_true(netif_carrier_ok(f->brdev));
	dev_open(f->port[1], NULL);
	sim_run_queue(&f->world->sim);
	assert_int_equal(p->state, BR_STATE_FORWARDING);
	netif_carrier_off(f->port[1]);
	fixture_wait(f, 2 * NSEC_PER_SEC);
	assert_int_equal(p->state, BR_STATE_DISABLED);
}

static void test_bridge_down_disables_every_port(void **state)
{
	struct fixture *f = *state;

	fixture_send(f, 1, 1, 9);
	dev_close(f->brdev);
	for (int i = 1; i <= FIXTURE_PORTS; i++)
		assert_int_equal(br_port_get(f->port[i])->state, BR_STATE_DISABLED);
	assert_int_equal(f->br->fdb_n_learned, 0);
	fixture_sent_ports(f);
	fixture_send(f, 1, 1, 9);
	assert_string_equal(fixture_sent_ports(f), "");
	assert_int_equal(dev_open(f->brdev, NULL), 0);
	fixture_send(f, 1, 1, 9);
	assert_string_equal(fixture_sent_ports(f), "32");
}

static void test_br_fill_info_has_the_attributes_in_the_kernels_order(void **state)
{
	/* `ip -d link show type bridge` on 6.18, without VLAN filtering */
	static const uint16_t want[] = { 16, 17, 18, 19, 1,  2,	 3,  4,	 5,  6,	 7,  9,	 11, 10,
					 12, 13, 14, 15, 20, 46, 48, 49, 22, 23, 24, 25, 42, 26,
					 27, 28, 29, 43, 44, 30, 31, 32, 33, 34, 35, 36, 37, 38 };
	struct fixture *f = *state;
	struct nl_buf buf = { 0 };
	const struct nlattr *pos;
	size_t left, i = 0;

	br_fill_info(&buf, f->brdev);
	nla_for_each(pos, buf.data, buf.len, left)
		assert_int_equal(nla_type(pos), want[i++]);
	assert_int_equal(i, sizeof(want) / sizeof(want[0]));
	nl_buf_fini(&buf);
}

static void test_br_port_fill_slave_info_has_the_attributes_in_the_kernels_order(void **state)
{
	static const uint16_t want[] = { 1,  2,	 3,  4,	 5,  6,	 7,  28, 8,  9,	 27, 30, 10,
					 12, 13, 14, 15, 16, 17, 18, 19, 20, 29, 31, 32, 35,
					 36, 33, 39, 40, 43, 21, 22, 23, 25, 37, 38, 41, 42 };
	struct fixture *f = *state;
	struct nl_buf buf = { 0 };
	const struct nlattr *pos;
	size_t left, i = 0;

	br_port_fill_slave_info(&buf, f->brdev, f->port[1]);
	nla_for_each(pos, buf.data, buf.len, left)
		assert_int_equal(nla_type(pos), want[i++]);
	assert_int_equal(i, sizeof(want) / sizeof(want[0]));
	nl_buf_fini(&buf);
}

static void test_br_sysfs_reads_and_writes_the_files(void **state)
{
	static const struct {
		bool port;
		const char *name;
		const char *write; /* NULL: only read */
		int want_err;
		const char *want;
	} cases[] = {
		{ false, "ageing_time", NULL, 0, "30000\n" },
		{ false, "ageing_time", "101\n", 0, "100\n" },
		{ false, "bridge_id", NULL, 0, "8000.020000000001\n" },
		{ false, "group_fwd_mask", "8", 0, "0x8\n" },
		{ false, "group_fwd_mask", "1", -EINVAL, "0x8\n" },
		{ false, "stp_state", NULL, 0, "0\n" },
		{ false, "hello_time", "50", -ERANGE, "200\n" },
		{ false, "root_id", "1", -EACCES, "8000.020000000001\n" },
		{ false, "multicast_snooping", "0", 0, "0\n" },
		{ false, "priority", "x", -EINVAL, "32768\n" },
		{ true, "state", NULL, 0, "3\n" },
		{ true, "hairpin_mode", "1\n", 0, "1\n" },
		{ true, "port_id", NULL, 0, "0x8001\n" },
		{ true, "path_cost", "70000", -ERANGE, "100\n" },
		{ true, "path_cost", "7", 0, "7\n" },
		{ true, "designated_bridge", NULL, 0, "8000.020000000001\n" },
	};
	struct fixture *f = *state;
	char buf[64];
	uint32_t mode;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct net_device *dev = cases[i].port ? f->port[1] : f->brdev;
		size_t at = 0;

		while (strcmp(br_sysfs_attr(cases[i].port, at, &mode), cases[i].name))
			at++;
		if (cases[i].write)
			assert_int_equal(br_sysfs_store(dev, cases[i].port, at, cases[i].write),
					 cases[i].want_err);
		assert_true(br_sysfs_show(dev, cases[i].port, at, buf, sizeof(buf)) > 0);
		assert_string_equal(buf, cases[i].want);
	}
	assert_ptr_equal(br_port_by_index(f->brdev, 0), f->port[1]);
	assert_null(br_port_by_index(f->brdev, FIXTURE_PORTS));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_br_add_if_refuses_what_cannot_be_a_port),
		fixture_test(test_br_del_bridge_refuses_in_the_kernels_words),
		fixture_test(test_br_add_if_gives_out_the_lowest_free_number),
		fixture_test(test_br_add_if_has_room_for_1023_ports),
		fixture_test(test_bridge_takes_the_lowest_address_of_its_ports),
		fixture_test(test_bridge_keeps_the_address_a_user_gave_it),
		fixture_test(test_bridge_mtu_follows_its_ports_until_a_user_sets_it),
		fixture_test(test_port_forwards_as_soon_as_it_has_a_link),
		fixture_test(test_bridge_down_disables_every_port),
		fixture_test(test_br_fill_info_has_the_attributes_in_the_kernels_order),
		fixture_test(test_br_port_fill_slave_info_has_the_attributes_in_the_kernels_order),
		fixture_test(test_br_sysfs_reads_and_writes_the_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
