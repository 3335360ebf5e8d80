/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_br_stp.c - messages, states and times of the spanning tree
 */
#include "br_fixture.h"

static const uint8_t bridge_group[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0, 0, 0 };

static void test_port_listens_learns_and_forwards(void **state)
{
	struct fixture *f = *state;
	struct net_bridge_port *p = br_port_get(f->port[1]);

	dev_close(f->brdev);
	br_stp_set_enabled(f->br, true);
	assert_int_equal(dev_open(f->brdev, NULL), 0);
	assert_int_equal(p->state, BR_STATE_LISTENING);
	assert_false(netif_carrier_ok(f->brdev));
	fixture_wait(f, 14 * NSEC_PER_SEC);
	assert_int_equal(p->state, BR_STATE_LISTENING);
	fixture_wait(f, 3 * NSEC_PER_SEC);
	assert_int_equal(p->state, BR_STATE_LEARNING);
	fixture_wait(f, 17 * NSEC_PER_SEC);
	assert_int_equal(p->state, BR_STATE_FORWARDING);
	assert_true(netif_carrier_ok(f->brdev));
}

static void test_br_send_config_bpdu_writes_what_802_1d_says(void **state)
{
	/* after Ethernet addresses and length: LLC, then 802.1D, 9.3.1 */
	static const uint8_t want[] = {
		0x42, 0x42, 0x03,	/* LLC: spanning tree, unnumbered */
		0x00, 0x00, 0x00, 0x00, /* protocol, version, type: configuration */
		0x00,			/* flags */
		0x80, 0x00, 0x02, 0,	0,    0,    0,	  1,   /* root */
		0x00, 0x00, 0x00, 0x00,			       /* cost */
		0x80, 0x00, 0x02, 0,	0,    0,    0,	  1,   /* bridge */
		0x80, 0x01,				       /* port */
		0x00, 0x00, 0x14, 0x00, 0x02, 0x00, 0x0f, 0x00 /* age 0, 20 s, 2 s, 15 s */
	};
	struct fixture *f = *state;

	br_stp_set_enabled(f->br, true);
	br_transmit_config(br_port_get(f->port[1]));
	assert_int_equal(f->nr_sent, 1);
	assert_memory_equal(f->sent[0].dest, bridge_group, ETH_ALEN);
	assert_memory_equal(f->sent[0].source, f->port[1]->dev_addr, ETH_ALEN);
	assert_int_equal(f->sent[0].proto, sizeof(want));
	assert_memory_equal(f->sent[0].bytes + ETH_HLEN, want, sizeof(want));
	/* a second within a second has to wait */
	br_transmit_config(br_port_get(f->port[1]));
	assert_int_equal(f->nr_sent, 1);
	assert_true(br_port_get(f->port[1])->config_pending);
	fixture_wait(f, 2 * NSEC_PER_SEC);
	assert_true(f->nr_sent >= 2);
}

/* A configuration message of another bridge comes in on port @n. */
static void hear(struct fixture *f, int n, const struct br_config_bpdu *bpdu)
{
	uint8_t source[ETH_ALEN];
	struct sk_buff *skb;
	uint8_t *p;

	station(source, 0x80);
	skb = fixture_frame(f, bridge_group, source, 38, 38);
	p = skb->data + ETH_HLEN;
	p[0] = p[1] = 0x42;
	p[2] = 0x03;
	memcpy(p + 8, &bpdu->root, 8);
	p[19] = (uint8_t)bpdu->root_path_cost;
	memcpy(p + 20, &bpdu->bridge_id, 8);
	p[28] = (uint8_t)(bpdu->port_id >> 8);
	p[29] = (uint8_t)bpdu->port_id;
	p[32] = 20;
	p[34] = 2;
	p[36] = 15;
	fixture_receive(f, n, skb);
}

static void test_br_received_config_bpdu_chooses_the_way_to_the_root(void **state)
{
	static const struct br_config_bpdu near = {
		.root = { { 0x10, 0 }, { 2, 9, 9, 9, 9, 1 } },
		.root_path_cost = 4,
		.bridge_id = { { 0x80, 0 }, { 2, 9, 9, 9, 9, 2 } },
		.port_id = 0x8001,
	};
	struct br_config_bpdu far = near;
	struct fixture *f = *state;

	far.root_path_cost = 9;
	far.bridge_id.addr[5] = 3;
	br_stp_set_enabled(f->br, true);
	hear(f, 1, &far);
	assert_int_equal(f->br->root_port, 1);
	assert_int_equal(f->br->root_path_cost, 9 + 100);
	hear(f, 2, &near);
	assert_int_equal(f->br->root_port, 2);
	assert_int_equal(f->br->root_path_cost, 4 + 100);
	assert_memory_equal(&f->br->designated_root, &near.root, 8);
	assert_int_equal(br_port_get(f->port[1])->state, BR_STATE_BLOCKING);
	assert_int_equal(br_port_get(f->port[2])->state, BR_STATE_FORWARDING);
	/* nothing heard for max_age: the bridge is root again */
	fixture_wait(f, 25 * NSEC_PER_SEC);
	assert_int_equal(f->br->root_port, 0);
	assert_true(br_is_root_bridge(f->br));
}

static void test_bpdu_guard_and_root_block(void **state)
{
	static const struct br_config_bpdu better = {
		.root = { { 0x10, 0 }, { 2, 9, 9, 9, 9, 1 } },
		.bridge_id = { { 0x10, 0 }, { 2, 9, 9, 9, 9, 1 } },
		.port_id = 0x8001,
	};
	struct fixture *f = *state;

	br_stp_set_enabled(f->br, true);
	br_port_get(f->port[1])->flags |= BR_ROOT_BLOCK;
	hear(f, 1, &better);
	assert_true(br_is_root_bridge(f->br));
	br_port_get(f->port[2])->flags |= BR_BPDU_GUARD;
	hear(f, 2, &better);
	assert_int_equal(br_port_get(f->port[2])->state, BR_STATE_DISABLED);
}

static void test_stp_parameters_have_limits(void **state)
{
	struct fixture *f = *state;
	struct net_bridge_port *p = br_port_get(f->port[1]);

	assert_int_equal(br_set_hello_time(f->br, 99), -ERANGE);
	assert_int_equal(br_set_hello_time(f->br, 100), 0);
	assert_int_equal(br_set_hello_time(f->br, 1001), -ERANGE);
	assert_int_equal(br_set_max_age(f->br, 599), -ERANGE);
	assert_int_equal(br_set_max_age(f->br, 4000), 0);
	assert_int_equal(br_set_forward_delay(f->br, 0), 0);
	br_stp_set_enabled(f->br, true);
	assert_int_equal(f->br->forward_delay, BR_MIN_FORWARD_DELAY);
	assert_int_equal(br_set_forward_delay(f->br, 199), -ERANGE);
	assert_int_equal(br_set_forward_delay(f->br, 3000), 0);
	assert_int_equal(br_stp_set_path_cost(p, 0), -ERANGE);
	assert_int_equal(br_stp_set_path_cost(p, 65536), -ERANGE);
	assert_int_equal(br_stp_set_path_cost(p, 65535), 0);
	assert_int_equal(br_stp_set_port_priority(p, 64), -ERANGE);
	assert_int_equal(br_stp_set_port_priority(p, 1), 0);
	assert_int_equal(p->port_id, 1 << BR_PORT_BITS | 1);
}

/* ---- two bridges, two cables between them ---- */

static struct net_device *cable_end[4];

static int cable_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct net_device *peer = NULL;

	for (int i = 0; i < 4; i++) {
		if (cable_end[i] == dev)
			peer = cable_end[i ^ 1];
	}
	skb_reset_for_netns(skb);
	skb->protocol = eth_type_trans(skb, peer);
	netif_rx(skb);
	return NET_XMIT_SUCCESS;
}

static const struct net_device_ops cable_ops = { .ndo_start_xmit = cable_xmit };

static void test_two_bridges_with_two_cables_block_one_port(void **state)
{
	static const struct ng_origin nobody;
	struct fixture *f = *state;
	struct net_device *br1;
	struct net_bridge_port *low, *high;

	br_stp_set_enabled(f->br, true);
	assert_int_equal(br_add_bridge(f->net, "br1", &nobody), 0);
	br1 = dev_get_by_name(f->net, "br1");
	br_stp_set_enabled(br_priv(br1), true);
	for (int i = 0; i < 4; i++) {
		const uint8_t addr[ETH_ALEN] = { 0x02, 0, 0, 1, 0, (uint8_t)i };

		cable_end[i] = alloc_netdev(f->net, "c%d", 0);
		ether_setup(cable_end[i]);
		cable_end[i]->ops = &cable_ops;
		memcpy(cable_end[i]->dev_addr, addr, ETH_ALEN);
		assert_int_equal(register_netdevice(cable_end[i]), 0);
		assert_int_equal(dev_open(cable_end[i], NULL), 0);
		assert_int_equal(br_add_if(i & 1 ? br1 : f->brdev, cable_end[i], NULL), 0);
	}
	assert_int_equal(dev_open(br1, NULL), 0);
	fixture_wait(f, 40 * NSEC_PER_SEC);

	assert_true(br_is_root_bridge(f->br));
	low = br_port_get(cable_end[1]);
	high = br_port_get(cable_end[3]);
	assert_int_equal(br_priv(br1)->root_port, low->port_no);
	assert_int_equal(low->state, BR_STATE_FORWARDING);
	assert_int_equal(high->state, BR_STATE_BLOCKING);

	/* the cable in use breaks: the other takes over */
	dev_close(cable_end[0]);
	dev_close(cable_end[1]);
	fixture_wait(f, 55 * NSEC_PER_SEC);
	assert_int_equal(br_priv(br1)->root_port, high->port_no);
	assert_int_equal(high->state, BR_STATE_FORWARDING);

	br_dev_delete(br1);
	sim_run_queue(&f->world->sim);
	for (int i = 0; i < 4; i++)
		unregister_netdevice(cable_end[i]);
}

static void test_of_timers_of_one_tick_the_last_set_goes_first(void **state)
{
	struct fixture *f = *state;
	struct net_bridge_port *first = br_port_get(f->port[1]);
	struct net_bridge_port *second = br_port_get(f->port[2]);

	br_stp_set_enabled(f->br, true);
	br_timer_del(f->br, &f->br->hello_timer);
	first->config_pending = second->config_pending = true;
	br_timer_mod(f->br, &first->hold_timer, BR_HZ);
	br_timer_mod(f->br, &second->hold_timer, BR_HZ);
	br_timer_mod(f->br, &first->hold_timer, BR_HZ); /* the same time: it stays where it is */
	fixture_wait(f, 2 * NSEC_PER_SEC);
	assert_int_equal(f->nr_sent, 2);
	assert_memory_equal(f->sent[0].source, f->port[2]->dev_addr, ETH_ALEN);
	assert_memory_equal(f->sent[1].source, f->port[1]->dev_addr, ETH_ALEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_port_listens_learns_and_forwards),
		fixture_test(test_br_send_config_bpdu_writes_what_802_1d_says),
		fixture_test(test_br_received_config_bpdu_chooses_the_way_to_the_root),
		fixture_test(test_bpdu_guard_and_root_block),
		fixture_test(test_stp_parameters_have_limits),
		fixture_test(test_two_bridges_with_two_cables_block_one_port),
		fixture_test(test_of_timers_of_one_tick_the_last_set_goes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
