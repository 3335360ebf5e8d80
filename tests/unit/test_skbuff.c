/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_skbuff.c - packets: shared bytes, room at the front, and the count that must balance */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/world.h"

static struct ng_world *world;

static int setup(void **state)
{
	static const struct ng_world_config config = { .seed = 1 };

	(void)state;
	world = ng_world_new(&config);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	assert_int_equal(world->nr_skbs_allocated,
			 world->nr_skbs_consumed + world->nr_skbs_dropped);
	ng_world_free(world);
	return 0;
}

static struct sk_buff *packet(const char *text)
{
	struct sk_buff *skb = alloc_skb(world, SKB_HEADROOM, (uint32_t)strlen(text));

	memcpy(skb_put(skb, (uint32_t)strlen(text)), text, strlen(text));
	return skb;
}

static bool holds(const struct sk_buff *skb, const char *text)
{
	return skb_len(skb) == strlen(text) && !memcmp(skb->data, text, strlen(text));
}

static void test_alloc_gives_room_at_both_ends(void **state)
{
	struct sk_buff *skb = alloc_skb(world, SKB_HEADROOM + NET_IP_ALIGN, 100);

	(void)state;
	assert_int_equal(skb_len(skb), 0);
	assert_true(skb_headroom(skb) >= SKB_HEADROOM);
	assert_true(skb_tailroom(skb) >= 100);
	assert_int_equal((uintptr_t)(skb->data + 14) % 4, 0); /* the IP header behind Ethernet */
	consume_skb(skb);
}

static void test_push_and_pull_move_the_front(void **state)
{
	struct sk_buff *skb = packet("payload");

	(void)state;
	memcpy(skb_push(skb, 4), "head", 4);
	assert_true(holds(skb, "headpayload"));
	assert_non_null(skb_pull(skb, 4));
	assert_null(skb_pull(skb, 8));
	assert_true(holds(skb, "payload"));
	assert_null(skb_peek_hdr(skb, 8));
	assert_ptr_equal(skb_peek_hdr(skb, 7), skb->data);
	assert_null(skb_peek_at(skb, 5, 3));
	assert_non_null(skb_peek_at(skb, 5, 2));
	skb_trim(skb, 3);
	assert_true(holds(skb, "pay"));
	consume_skb(skb);
}

static void test_clone_shares_bytes_until_one_side_writes(void **state)
{
	struct sk_buff *skb = packet("payload");
	struct sk_buff *clone = skb_clone(skb);

	(void)state;
	assert_ptr_equal(clone->data, skb->data);
	assert_int_equal(clone->id, skb->id);
	skb_ensure_writable(clone, 0);
	assert_ptr_not_equal(clone->data, skb->data);
	clone->data[0] = 'X';
	assert_true(holds(skb, "payload"));
	assert_true(holds(clone, "Xayload"));
	consume_skb(skb);
	assert_true(holds(clone, "Xayload"));
	kfree_skb_reason(clone, SKB_DROP_REASON_NOT_SPECIFIED);
}

static void test_sole_owner_writes_in_place(void **state)
{
	struct sk_buff *skb = packet("payload");
	const uint8_t *data = skb->data;

	(void)state;
	skb_ensure_writable(skb, 0);
	assert_ptr_equal(skb->data, data);
	consume_skb(skb);
}

static void test_ensure_writable_makes_headroom_and_keeps_the_headers(void **state)
{
	struct sk_buff *skb = packet("0123456789");

	(void)state;
	skb_reset_mac_header(skb);
	skb_pull(skb, 4);
	skb_reset_network_header(skb);
	skb_ensure_writable(skb, 500);
	assert_true(skb_headroom(skb) >= 500);
	assert_true(holds(skb, "456789"));
	assert_memory_equal(skb_network_header(skb), "4567", 4);
	assert_memory_equal(skb_mac_header(skb), "0123", 4);
	consume_skb(skb);
}

static void test_copy_shares_nothing(void **state)
{
	struct sk_buff *skb = packet("payload");
	struct sk_buff *copy = skb_copy(skb, SKB_HEADROOM);

	(void)state;
	assert_ptr_not_equal(copy->shared, skb->shared);
	assert_true(holds(copy, "payload"));
	consume_skb(skb);
	assert_true(holds(copy, "payload"));
	consume_skb(copy);
}

static void test_packets_beyond_the_pools_are_as_good(void **state)
{
	struct sk_buff *skb = alloc_skb(world, SKB_HEADROOM, 70000);

	(void)state;
	memset(skb_put(skb, 70000), 0x5a, 70000);
	assert_int_equal(skb_len(skb), 70000);
	consume_skb(skb);
}

static void test_queue_counts_packets_and_bytes(void **state)
{
	struct sk_buff_head q;
	struct sk_buff *first = packet("one");

	(void)state;
	skb_queue_head_init(&q);
	assert_null(skb_dequeue(&q));
	skb_queue_tail(&q, first);
	skb_queue_tail(&q, packet("four"));
	skb_queue_tail(&q, packet("fives"));
	assert_int_equal(q.qlen, 3);
	assert_int_equal(q.bytes, 12);
	assert_ptr_equal(skb_dequeue(&q), first);
	consume_skb(first);
	assert_int_equal(q.bytes, 9);
	skb_queue_purge(&q, SKB_DROP_REASON_NOT_SPECIFIED);
	assert_int_equal(q.qlen, 0);
	assert_int_equal(q.bytes, 0);
}

static void test_pool_gives_back_what_was_freed(void **state)
{
	uint64_t before = world->nr_skbs_allocated;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct sk_buff *skb = packet("again");

		assert_int_equal(skb->mark, 0);
		assert_null(skb->dev);
		skb->mark = 7;
		kfree_skb_reason(skb, SKB_DROP_REASON_NOT_SPECIFIED);
	}
	assert_int_equal(world->nr_skbs_allocated, before + 1000);
}

/* RFC 1071, 3: the sum of these bytes is ddf2 */
static void test_checksum_of_the_rfcs_example(void **state)
{
	static const uint8_t bytes[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7 };
	static const uint8_t header[20] = { 0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40,
					    0x00, 0x40, 0x11, 0xb8, 0x61, 0xc0, 0xa8,
					    0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7 };

	(void)state;
	assert_int_equal(be16_to_cpu((ng_force __be16)(uint16_t) ~(
				 ng_force uint16_t)ip_compute_csum(bytes, 8)),
			 0xddf2);
	assert_int_equal((ng_force uint16_t)ip_fast_csum(header, 5), 0);
}

static void test_ip_fast_csum_covers_options(void **state)
{
	uint8_t header[60];

	(void)state;
	for (size_t i = 0; i < sizeof(header); i++)
		header[i] = (uint8_t)(0xff - 7 * i);
	for (unsigned int ihl = 5; ihl <= 15; ihl++)
		assert_int_equal((ng_force uint16_t)ip_fast_csum(header, ihl),
				 (ng_force uint16_t)ip_compute_csum(header, (size_t)ihl * 4));
}

/* SIOCOUTQ of a datagram that waits for its neighbour, on the real kernel */
static void test_skb_truesize_is_the_kernels_buffer(void **state)
{
	static const struct {
		uint32_t payload, truesize;
	} cases[] = { { 1, 832 },	{ 197, 832 },	  { 198, 1280 },   { 640, 1280 },
		      { 660, 2304 },	{ 1600, 2304 },	  { 1700, 4352 },  { 8000, 16640 },
		      { 15990, 16640 }, { 16500, 17332 }, { 60000, 60832 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(skb_truesize(cases[i].payload + 28), cases[i].truesize);
}

static void test_checksum_in_pieces_is_the_checksum_of_the_whole(void **state)
{
	uint8_t bytes[301];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 37 + 11);
	for (size_t at = 0; at <= sizeof(bytes); at += 2) {
		uint32_t sum =
			csum_partial(bytes + at, sizeof(bytes) - at, csum_partial(bytes, at, 0));

		assert_int_equal((ng_force uint16_t)csum_fold(sum),
				 (ng_force uint16_t)ip_compute_csum(bytes, sizeof(bytes)));
	}
}

static void test_checksum_updated_is_the_checksum_anew(void **state)
{
	struct {
		__sum16 check;
		__be16 port;
		__be32 addr;
		uint8_t rest[12];
	} p = { .rest = "payload 123" };
	static const uint32_t addrs[] = { 0, 1, 0xffffffff, 0xc0a80f01, 0x00010000, 0x7f000001 };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		for (size_t k = 0; k < 6; k++) {
			__be32 addr = cpu_to_be32(addrs[k]);
			__be16 port = cpu_to_be16((uint16_t)addrs[k]);

			p.addr = cpu_to_be32(addrs[i]);
			p.port = cpu_to_be16(80);
			p.check = 0;
			p.check = ip_compute_csum(&p, sizeof(p));
			csum_replace4(&p.check, p.addr, addr);
			p.addr = addr;
			csum_replace2(&p.check, p.port, port);
			p.port = port;
			assert_int_equal((ng_force uint16_t)ip_compute_csum(&p, sizeof(p)), 0);
		}
	}
}

#define skb_test(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		skb_test(test_alloc_gives_room_at_both_ends),
		skb_test(test_push_and_pull_move_the_front),
		skb_test(test_clone_shares_bytes_until_one_side_writes),
		skb_test(test_sole_owner_writes_in_place),
		skb_test(test_ensure_writable_makes_headroom_and_keeps_the_headers),
		skb_test(test_copy_shares_nothing),
		skb_test(test_packets_beyond_the_pools_are_as_good),
		skb_test(test_queue_counts_packets_and_bytes),
		skb_test(test_pool_gives_back_what_was_freed),
		cmocka_unit_test(test_checksum_of_the_rfcs_example),
		cmocka_unit_test(test_ip_fast_csum_covers_options),
		cmocka_unit_test(test_skb_truesize_is_the_kernels_buffer),
		cmocka_unit_test(test_checksum_in_pieces_is_the_checksum_of_the_whole),
		cmocka_unit_test(test_checksum_updated_is_the_checksum_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
