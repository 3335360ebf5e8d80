/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_neighbour.c - the neighbour state machine */
#include "rtnl_fixture.h"

#define ME ip4(192, 0, 2, 1)
#define PEER ip4(192, 0, 2, 2)

static struct neighbour *peer(struct fixture *f)
{
	struct neighbour *n = neigh_lookup(f->dev, PEER);

	assert_non_null(n);
	neigh_release(n);
	return n;
}

static void configure(struct fixture *f)
{
	assert_int_equal(fixture_addr(f, RTM_NEWADDR, ME, 24, 0), 0);
	f->nr_sent = 0;
}

static void send_packet(struct fixture *f)
{
	neigh_output(f->dev, PEER, fixture_packet(f, ME, PEER));
}

static void test_neigh_output_asks_three_times_then_fails(void **state)
{
	struct fixture *f = *state;
	int64_t start;

	configure(f);
	start = world_now(f->world);
	send_packet(f);
	assert_int_equal(peer(f)->nud_state, NUD_INCOMPLETE);
	fixture_wait(f, 10 * NSEC_PER_SEC);
	assert_int_equal(peer(f)->nud_state, NUD_FAILED);
	assert_int_equal(f->nr_sent, 3);
	for (int i = 0; i < 3; i++) {
		int64_t at = f->sent[i].at_ns - start;

		assert_int_equal(sent_arp(f, i)->op, cpu_to_be16(ARPOP_REQUEST));
		assert_true(is_broadcast_ether_addr(sent_arp(f, i)->dest));
		assert_true(is_zero_ether_addr(sent_arp(f, i)->tha));
		assert_true(sent_arp(f, i)->sip == ME && sent_arp(f, i)->tip == PEER);
		assert_in_range(at, i * NSEC_PER_SEC, i * 1040 * NSEC_PER_MSEC);
	}
}

static void test_neigh_update_sends_what_waited_in_order(void **state)
{
	struct fixture *f = *state;

	configure(f);
	for (int i = 0; i < 5; i++)
		send_packet(f);
	assert_int_equal(f->nr_sent, 1);
	fixture_arp_in(f, ARPOP_REPLY, 2, PEER, ME, true);
	assert_int_equal(peer(f)->nud_state, NUD_REACHABLE);
	assert_int_equal(f->nr_sent, 6);
	for (int i = 1; i < 6; i++) {
		assert_int_equal(f->sent[i].bytes[12], 0x08);
		assert_int_equal(f->sent[i].bytes[13], 0x00);
		assert_memory_equal(f->sent[i].bytes, peer(f)->ha, ETH_ALEN);
	}
}

static void test_neigh_queue_drops_the_oldest_above_its_limit(void **state)
{
	struct fixture *f = *state;

	configure(f);
	for (int i = 0; i < 1000; i++)
		send_packet(f);
	assert_true(peer(f)->arp_queue_len_bytes <= 212992);
	assert_true(peer(f)->arp_queue.qlen > 200);
	assert_true(f->world->drops[SKB_DROP_REASON_NEIGH_QUEUEFULL] > 0);
}

static void test_stale_entry_is_used_then_probed_by_unicast(void **state)
{
	struct fixture *f = *state;
	int64_t start;

	configure(f);
	fixture_arp_in(f, ARPOP_REQUEST, 2, PEER, ME, false);
	assert_int_equal(peer(f)->nud_state, NUD_STALE);
	f->nr_sent = 0;
	start = world_now(f->world);
	send_packet(f);
	assert_int_equal(peer(f)->nud_state, NUD_DELAY);
	assert_int_equal(f->nr_sent, 1);
	fixture_wait(f, 9 * NSEC_PER_SEC);
	assert_int_equal(peer(f)->nud_state, NUD_FAILED);
	assert_int_equal(f->nr_sent, 4);
	assert_in_range(f->sent[1].at_ns - start, 5 * NSEC_PER_SEC, 5300 * NSEC_PER_MSEC);
	for (int i = 1; i < 4; i++)
		assert_memory_equal(sent_arp(f, i)->dest, peer(f)->ha, ETH_ALEN);
}

static void test_neigh_confirm_ends_delay_without_a_probe(void **state)
{
	struct fixture *f = *state;

	configure(f);
	fixture_arp_in(f, ARPOP_REQUEST, 2, PEER, ME, false);
	f->nr_sent = 0;
	send_packet(f);
	fixture_wait(f, NSEC_PER_SEC);
	neigh_confirm(f->dev, PEER);
	fixture_wait(f, 5 * NSEC_PER_SEC);
	assert_int_equal(peer(f)->nud_state, NUD_REACHABLE);
	assert_int_equal(f->nr_sent, 1);
}

static void test_reachable_becomes_stale_after_15_to_45_seconds(void **state)
{
	struct fixture *f = *state;

	configure(f);
	send_packet(f);
	fixture_arp_in(f, ARPOP_REPLY, 2, PEER, ME, true);
	fixture_wait(f, 14 * NSEC_PER_SEC);
	assert_int_equal(peer(f)->nud_state, NUD_REACHABLE);
	fixture_wait(f, 34 * NSEC_PER_SEC);
	assert_int_equal(peer(f)->nud_state, NUD_STALE);
}

static void test_locktime_keeps_the_first_of_two_answers(void **state)
{
	struct fixture *f = *state;

	configure(f);
	send_packet(f);
	fixture_arp_in(f, ARPOP_REPLY, 2, PEER, ME, true);
	fixture_arp_in(f, ARPOP_REPLY, 3, PEER, ME, true);
	assert_int_equal(peer(f)->ha[5], 2);
	fixture_wait(f, 1100 * NSEC_PER_MSEC);
	fixture_arp_in(f, ARPOP_REPLY, 3, PEER, ME, true);
	assert_int_equal(peer(f)->ha[5], 3);
}

static void test_neigh_carrier_down_spares_permanent_entries(void **state)
{
	static const uint8_t mac[ETH_ALEN] = { 2, 0, 0, 0, 1, 9 };
	struct fixture *f = *state;
	struct neighbour *n;

	configure(f);
	n = neigh_create(f->dev, ip4(192, 0, 2, 9));
	neigh_update(n, mac, NUD_PERMANENT, NEIGH_UPDATE_F_ADMIN, NULL);
	neigh_release(n);
	send_packet(f);
	neigh_carrier_down(f->dev);
	assert_null(neigh_lookup(f->dev, PEER));
	n = neigh_lookup(f->dev, ip4(192, 0, 2, 9));
	assert_non_null(n);
	neigh_release(n);
	neigh_ifdown(f->dev);
	assert_null(neigh_lookup(f->dev, ip4(192, 0, 2, 9)));
}

static void test_table_grows_and_refuses_above_its_threshold(void **state)
{
	struct fixture *f = *state;
	struct neighbour *n;
	int made = 0;

	configure(f);
	for (uint32_t i = 0; i < 1100; i++) {
		n = neigh_create(f->dev, cpu_to_be32(0x0a000000 + i));
		if (!n)
			break;
		neigh_release(n);
		made++;
	}
	assert_int_equal(made, 1024);
}

static void test_collector_takes_all_unused_entries_of_a_big_table(void **state)
{
	static const uint8_t mac[ETH_ALEN] = { 2, 0, 0, 0, 1, 9 };
	struct fixture *f = *state;
	struct neighbour *n;

	configure(f);
	for (uint32_t i = 0; i < 140; i++) {
		n = neigh_create(f->dev, cpu_to_be32(0x0a000000 + i));
		neigh_update(n, mac, i ? NUD_STALE : NUD_PERMANENT, NEIGH_UPDATE_F_ADMIN, NULL);
		neigh_release(n);
	}
	fixture_wait(f, 50 * NSEC_PER_SEC);
	assert_int_equal(f->net->world->arp_tbl->entries, 140);
	fixture_wait(f, 40 * NSEC_PER_SEC);
	assert_int_equal(f->net->world->arp_tbl->entries, 1);
}

static void test_thresholds_count_the_entries_of_all_namespaces(void **state)
{
	struct fixture *f = *state;
	struct net *other = copy_net_ns(f->world);
	struct neighbour *n;

	configure(f);
	f->world->arp_tbl->gc_thresh2 = f->world->arp_tbl->gc_thresh3 = 1;
	assert_int_equal(dev_open(other->loopback_dev, NULL), 0);
	n = neigh_create(other->loopback_dev, PEER);
	assert_non_null(n);
	assert_null(neigh_create(f->dev, PEER));
	neigh_release(n);
	/* used by nobody and NOARP: it goes for the new one */
	n = neigh_create(f->dev, PEER);
	assert_non_null(n);
	neigh_release(n);
	put_net(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_neigh_output_asks_three_times_then_fails),
		fixture_test(test_neigh_update_sends_what_waited_in_order),
		fixture_test(test_neigh_queue_drops_the_oldest_above_its_limit),
		fixture_test(test_stale_entry_is_used_then_probed_by_unicast),
		fixture_test(test_neigh_confirm_ends_delay_without_a_probe),
		fixture_test(test_reachable_becomes_stale_after_15_to_45_seconds),
		fixture_test(test_locktime_keeps_the_first_of_two_answers),
		fixture_test(test_neigh_carrier_down_spares_permanent_entries),
		fixture_test(test_table_grows_and_refuses_above_its_threshold),
		fixture_test(test_collector_takes_all_unused_entries_of_a_big_table),
		fixture_test(test_thresholds_count_the_entries_of_all_namespaces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
