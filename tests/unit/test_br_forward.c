/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_br_forward.c - out of which ports, in which order
 */
#include "br_fixture.h"

static void test_br_flood_sends_newest_port_first_and_not_back(void **state)
{
	struct fixture *f = *state;

	fixture_send(f, 1, 1, 9);
	assert_string_equal(fixture_sent_ports(f), "32");
	fixture_send(f, 3, 3, 9);
	assert_string_equal(fixture_sent_ports(f), "21");
}

static void test_br_flood_gives_the_host_its_copy_of_a_broadcast(void **state)
{
	struct fixture *f = *state;
	uint8_t source[ETH_ALEN];

	station(source, 1);
	fixture_in(f, 1, fixture_broadcast, source);
	assert_string_equal(fixture_sent_ports(f), "32");
	assert_int_equal(f->brdev->stats.rx_packets, 1);
	assert_int_equal(f->brdev->stats.rx_bytes, 46);
	fixture_send(f, 1, 1, 9);
	assert_int_equal(f->brdev->stats.rx_packets, 1);
}

static void test_br_forward_uses_one_port_for_a_known_station(void **state)
{
	struct fixture *f = *state;

	fixture_send(f, 2, 2, 9);
	fixture_sent_ports(f);
	fixture_send(f, 1, 1, 2);
	assert_string_equal(fixture_sent_ports(f), "2");
}

static void test_br_forward_sends_back_only_through_a_hairpin_port(void **state)
{
	struct fixture *f = *state;

	fixture_send(f, 1, 1, 9);
	fixture_send(f, 1, 2, 9);
	fixture_sent_ports(f);
	fixture_send(f, 1, 1, 2);
	assert_string_equal(fixture_sent_ports(f), "");
	br_port_get(f->port[1])->flags |= BR_HAIRPIN_MODE;
	fixture_send(f, 1, 1, 2);
	assert_string_equal(fixture_sent_ports(f), "1");
}

static void test_br_flood_obeys_the_flags_of_each_port(void **state)
{
	static const struct {
		const char *what;
		uint32_t flag;
		bool set;
		int source_port;
		uint8_t dest[ETH_ALEN];
		const char *want;
	} cases[] = {
		{ "unicast flood off", BR_FLOOD, false, 1, { 2, 0, 0, 0, 1, 9 }, "3" },
		{ "unicast flood off, broadcast",
		  BR_FLOOD,
		  false,
		  1,
		  { 255, 255, 255, 255, 255, 255 },
		  "32" },
		{ "broadcast flood off",
		  BR_BCAST_FLOOD,
		  false,
		  1,
		  { 255, 255, 255, 255, 255, 255 },
		  "3" },
		{ "multicast flood off", BR_MCAST_FLOOD, false, 1, { 1, 0, 0x5e, 1, 1, 1 }, "3" },
		{ "multicast flood off, unicast",
		  BR_MCAST_FLOOD,
		  false,
		  1,
		  { 2, 0, 0, 0, 1, 9 },
		  "32" },
		{ "proxy ARP", BR_PROXYARP, true, 1, { 255, 255, 255, 255, 255, 255 }, "3" },
	};
	struct fixture *f = *state;
	struct net_bridge_port *p = br_port_get(f->port[2]);
	uint8_t source[ETH_ALEN];

	station(source, 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t old = p->flags;

		p->flags = cases[i].set ? old | cases[i].flag : old & ~cases[i].flag;
		fixture_in(f, cases[i].source_port, cases[i].dest, source);
		if (strcmp(cases[i].want, fixture_sent_ports(f)))
			fail_msg("%s", cases[i].what);
		p->flags = old;
	}
}

static void test_br_flood_keeps_isolated_ports_apart(void **state)
{
	struct fixture *f = *state;

	br_port_get(f->port[1])->flags |= BR_ISOLATED;
	br_port_get(f->port[2])->flags |= BR_ISOLATED;
	fixture_send(f, 1, 1, 9);
	assert_string_equal(fixture_sent_ports(f), "3");
	fixture_send(f, 3, 3, 9);
	assert_string_equal(fixture_sent_ports(f), "21");
}

static void test_br_dev_xmit_sends_the_hosts_frames(void **state)
{
	struct fixture *f = *state;
	uint8_t dest[ETH_ALEN];
	struct sk_buff *skb;

	station(dest, 2);
	fixture_send(f, 2, 2, 9);
	fixture_sent_ports(f);
	skb = fixture_frame(f, dest, f->brdev->dev_addr, ETH_P_TEST, 46);
	skb->dev = f->brdev;
	dev_queue_xmit(skb);
	assert_string_equal(fixture_sent_ports(f), "2");
	skb = fixture_frame(f, fixture_broadcast, f->brdev->dev_addr, ETH_P_TEST, 46);
	skb->dev = f->brdev;
	dev_queue_xmit(skb);
	assert_string_equal(fixture_sent_ports(f), "321");
	assert_int_equal(f->brdev->stats.tx_packets, 2);
	assert_int_equal(f->brdev->stats.tx_bytes, 2 * 60);
}

static void test_br_dev_queue_push_xmit_drops_what_the_port_cannot_take(void **state)
{
	struct fixture *f = *state;
	uint8_t dest[ETH_ALEN], source[ETH_ALEN];

	station(dest, 9);
	station(source, 1);
	f->port[2]->mtu = 1000;
	fixture_receive(f, 1, fixture_frame(f, dest, source, ETH_P_TEST, 1005));
	assert_string_equal(fixture_sent_ports(f), "3");
	assert_int_equal(f->world->drops[SKB_DROP_REASON_PKT_TOO_BIG], 1);
	fixture_receive(f, 1, fixture_frame(f, dest, source, ETH_P_TEST, 1004));
	assert_string_equal(fixture_sent_ports(f), "32");
}

static void test_br_forward_uses_the_backup_when_the_link_is_gone(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(nbp_backup_change(br_port_get(f->port[2]), f->port[3]), 0);
	fixture_send(f, 2, 2, 9);
	fixture_sent_ports(f);
	netif_carrier_off(f->port[2]);
	fixture_send(f, 1, 1, 2);
	assert_string_equal(fixture_sent_ports(f), "3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_br_flood_sends_newest_port_first_and_not_back),
		fixture_test(test_br_flood_gives_the_host_its_copy_of_a_broadcast),
		fixture_test(test_br_forward_uses_one_port_for_a_known_station),
		fixture_test(test_br_forward_sends_back_only_through_a_hairpin_port),
		fixture_test(test_br_flood_obeys_the_flags_of_each_port),
		fixture_test(test_br_flood_keeps_isolated_ports_apart),
		fixture_test(test_br_dev_xmit_sends_the_hosts_frames),
		fixture_test(test_br_dev_queue_push_xmit_drops_what_the_port_cannot_take),
		fixture_test(test_br_forward_uses_the_backup_when_the_link_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
