/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_ip_fragment.c - cutting packets up and putting them together */
#include "ipv4_fixture.h"

#define LEN 3008U /* an echo request of 3000 bytes: three pieces at MTU 1500 */

static void send_piece(struct host *h, const uint8_t *whole, uint32_t from, uint32_t len,
		       uint32_t total)
{
	struct packet p = { .src = E0_PEER,
			    .dst = E0_ME,
			    .proto = IPPROTO_ICMP,
			    .id = 77,
			    .payload = whole + from,
			    .len = len };

	p.frag_off = (uint16_t)(from >> 3 | (from + len < total ? IP_MF : 0));
	host_in(h->e0, &p);
}

static void test_ip_defrag_takes_pieces_in_any_order(void **state)
{
	static const int orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 0, 2 },
					 { 2, 0, 1 }, { 0, 2, 1 }, { 1, 2, 0 } };
	struct host h = host_new(state);
	_Alignas(8) uint8_t whole[LEN];

	echo_request(whole, LEN - 8, E0_PEER, E0_ME);
	for (size_t i = 0; i < 6; i++) {
		h.f->nr_sent = 0;
		for (int k = 0; k < 3; k++) {
			uint32_t from = 1480U * (uint32_t)orders[i][k];

			assert_int_equal(h.f->nr_sent, 0);
			send_piece(&h, whole, from, LEN - from < 1480 ? LEN - from : 1480, LEN);
		}
		/* the reply is cut up the same way */
		assert_int_equal(h.f->nr_sent, 3);
		assert_int_equal(sent_icmp(&h, 0)->type, ICMP_ECHOREPLY);
		assert_int_equal(be16_to_cpu(sent_ip(&h, 0)->frag_off), IP_MF);
		assert_int_equal(be16_to_cpu(sent_ip(&h, 1)->frag_off), IP_MF | 185);
		assert_int_equal(be16_to_cpu(sent_ip(&h, 2)->frag_off), 370);
		assert_int_equal(be16_to_cpu(sent_ip(&h, 2)->tot_len), 20 + LEN - 2960);
		assert_true(sent_ip(&h, 0)->id && sent_ip(&h, 0)->id == sent_ip(&h, 2)->id);
	}
}

static void test_ip_defrag_ignores_copies_and_gives_up_on_overlap(void **state)
{
	struct host h = host_new(state);
	_Alignas(8) uint8_t whole[LEN];

	echo_request(whole, LEN - 8, E0_PEER, E0_ME);
	send_piece(&h, whole, 0, 1480, LEN);
	send_piece(&h, whole, 0, 1480, LEN); /* a copy */
	send_piece(&h, whole, 1480, 1480, LEN);
	send_piece(&h, whole, 2960, LEN - 2960, LEN);
	assert_int_equal(h.f->nr_sent, 3);
	h.f->nr_sent = 0;
	send_piece(&h, whole, 0, 1480, LEN);
	send_piece(&h, whole, 1472, 1480, LEN); /* overlaps: all is lost */
	send_piece(&h, whole, 1480, 1480, LEN);
	send_piece(&h, whole, 2960, LEN - 2960, LEN);
	assert_int_equal(h.f->nr_sent, 0);
}

static void test_ip_expire_tells_the_sender_after_30_s_if_the_first_piece_came(void **state)
{
	struct host h = host_new(state);
	_Alignas(8) uint8_t whole[LEN];

	echo_request(whole, LEN - 8, E0_PEER, E0_ME);
	send_piece(&h, whole, 1480, 1480, LEN);
	fixture_wait(h.f, 31 * NSEC_PER_SEC);
	assert_int_equal(h.f->nr_sent, 0);
	send_piece(&h, whole, 0, 1480, LEN);
	fixture_wait(h.f, 29 * NSEC_PER_SEC);
	assert_int_equal(h.f->nr_sent, 0);
	fixture_wait(h.f, 2 * NSEC_PER_SEC);
	assert_int_equal(h.f->nr_sent, 1);
	assert_int_equal(sent_icmp(&h, 0)->type, ICMP_TIME_EXCEEDED);
	assert_int_equal(sent_icmp(&h, 0)->code, ICMP_EXC_FRAGTIME);
	assert_int_equal(be16_to_cpu(sent_ip(&h, 0)->tot_len), 576);
}

static void test_forwarded_packets_are_cut_to_the_mtu_in_multiples_of_8(void **state)
{
	struct host h = host_new(state);
	_Alignas(8) uint8_t whole[1408];
	struct packet p = echo_request(whole, 1400, E0_PEER, E1_PEER);

	host_forward(&h);
	assert_int_equal(dev_set_mtu(h.e1, 1200, NULL), 0);
	h.f->nr_sent = 0;
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 2);
	assert_int_equal(be16_to_cpu(sent_ip(&h, 0)->tot_len), 1196);
	assert_int_equal(be16_to_cpu(sent_ip(&h, 1)->tot_len), 20 + 1408 - 1176);
	p.frag_off = IP_DF;
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 3);
	assert_int_equal(sent_icmp(&h, 2)->code, ICMP_FRAG_NEEDED);
	assert_int_equal(be16_to_cpu(sent_icmp(&h, 2)->un.frag.mtu), 1200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_ip_defrag_takes_pieces_in_any_order),
		fixture_test(test_ip_defrag_ignores_copies_and_gives_up_on_overlap),
		fixture_test(test_ip_expire_tells_the_sender_after_30_s_if_the_first_piece_came),
		fixture_test(test_forwarded_packets_are_cut_to_the_mtu_in_multiples_of_8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
