/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_br_multicast.c - what IGMP messages teach a bridge, and where a group's frames go then
 */
#include <linux/igmp.h>
#include <linux/in.h>
#include <linux/ip.h>

#include "br_fixture.h"

#define GROUP 0xef010101U /* 239.1.1.1 */
#define SOURCE_1 0x0a000001U
#define SOURCE_2 0x0a000002U
#define ALL_HOSTS 0xe0000001U
#define IGMP_AT (ETH_HLEN + sizeof(struct iphdr))

/* An IPv4 packet of station @n, with @len bytes of payload; comes in on port @n. */
static void ip_in(struct fixture *f, int n, uint32_t src, uint32_t dst, uint8_t protocol,
		  const void *payload, size_t len)
{
	const uint8_t dest[ETH_ALEN] = {
		0x01, 0x00, 0x5e, (dst >> 16) & 0x7f, (uint8_t)(dst >> 8), (uint8_t)dst
	};
	uint8_t source[ETH_ALEN];
	struct sk_buff *skb;
	struct iphdr *iph;

	station(source, n);
	skb = fixture_frame(f, dest, source, ETH_P_IP, (uint32_t)(sizeof(*iph) + len));
	iph = (struct iphdr *)(void *)(skb->data + ETH_HLEN);
	iph->version = 4;
	iph->ihl = 5;
	iph->ttl = 1;
	iph->protocol = protocol;
	iph->tot_len = cpu_to_be16((uint16_t)(sizeof(*iph) + len));
	iph->saddr = cpu_to_be32(src);
	iph->daddr = cpu_to_be32(dst);
	iph->check = ip_fast_csum(iph, iph->ihl);
	memcpy(iph + 1, payload, len);
	fixture_receive(f, n, skb);
	sim_run_queue(&f->world->sim);
}

static void igmp_in(struct fixture *f, int n, uint8_t type, uint8_t code, uint32_t group,
		    uint32_t dst)
{
	struct igmphdr ih = { .type = type, .code = code, .group = cpu_to_be32(group) };

	ih.csum = ip_compute_csum(&ih, sizeof(ih));
	ip_in(f, n, SOURCE_1 + 100 + (uint32_t)n, dst, IPPROTO_IGMP, &ih, sizeof(ih));
}

/* An IGMPv3 report of one record. */
static void report3_in(struct fixture *f, int n, uint8_t type, uint32_t src)
{
	uint8_t m[20] = { IGMPV3_HOST_MEMBERSHIP_REPORT, [7] = 1, type, 0, 0, src != 0 };
	__be32 group = cpu_to_be32(GROUP);
	__be32 addr = cpu_to_be32(src);
	size_t len = src ? 20 : 16;
	__sum16 sum;

	memcpy(m + 12, &group, sizeof(group));
	memcpy(m + 16, &addr, sizeof(addr));
	sum = ip_compute_csum(m, len);
	memcpy(m + 2, &sum, sizeof(sum));
	ip_in(f, n, SOURCE_1 + 100 + (uint32_t)n, 0xe0000016, IPPROTO_IGMP, m, len);
}

static const char *data_goes_to(struct fixture *f, int n, uint32_t src, uint32_t group)
{
	static const uint8_t udp[8];

	fixture_sent_ports(f);
	ip_in(f, n, src, group, IPPROTO_UDP, udp, sizeof(udp));
	return fixture_sent_ports(f);
}

static void pass(struct fixture *f, int64_t seconds)
{
	fixture_wait(f, seconds * NSEC_PER_SEC);
}

/* Somebody asks on port 3, and the answers are in. */
static void querier_on_3(struct fixture *f)
{
	igmp_in(f, 3, IGMP_HOST_MEMBERSHIP_QUERY, 10, 0, ALL_HOSTS);
	pass(f, 2);
}

static void test_a_group_is_flooded_until_somebody_asks(void **state)
{
	struct fixture *f = *state;

	igmp_in(f, 2, IGMPV2_HOST_MEMBERSHIP_REPORT, 0, GROUP, GROUP);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "32");
	querier_on_3(f);
	br_port_get(f->port[3])->multicast_router = MDB_RTR_TYPE_DISABLED;
	br_multicast_del_router(br_port_get(f->port[3]), true);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "2");
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP + 1), "");
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, 0xe0000005), "32");
}

static void test_a_querier_and_a_pim_hello_make_a_router_port(void **state)
{
	static const uint8_t hello[4] = { 0x20 };
	struct fixture *f = *state;

	querier_on_3(f);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "3");
	ip_in(f, 2, SOURCE_2, 0xe000000d, 103, hello, sizeof(hello));
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "32");
	pass(f, 255 + 17);
	assert_false(br_port_get(f->port[2])->multicast_ctx.ip4_router);
}

static void test_a_membership_ends_after_260_seconds(void **state)
{
	struct fixture *f = *state;

	igmp_in(f, 2, IGMP_HOST_MEMBERSHIP_REPORT, 0, GROUP, GROUP);
	pass(f, 259);
	assert_int_equal(br_port_get(f->port[2])->multicast_ctx.n_groups, 1);
	pass(f, 18); /* the timer wheel is up to 16 seconds late */
	assert_int_equal(br_port_get(f->port[2])->multicast_ctx.n_groups, 0);
	assert_int_equal(f->br->mcast.mdb_count, 0);
}

static void test_a_leave_is_asked_about_and_then_counts(void **state)
{
	const uint8_t query[8] = { 0x11, 10, 0xfe, 0xf2, 239, 1, 1, 1 };
	struct fixture *f = *state;

	br_multicast_set_querier(f->br, true);
	pass(f, 12);
	igmp_in(f, 2, IGMPV2_HOST_MEMBERSHIP_REPORT, 0, GROUP, GROUP);
	fixture_sent_ports(f);
	igmp_in(f, 2, IGMP_HOST_LEAVE_MESSAGE, 0, GROUP, 0xe0000002);
	assert_int_equal(f->sent[0].port, 2);
	assert_memory_equal(f->sent[0].bytes + IGMP_AT + 4, query, sizeof(query));
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "2");
	pass(f, 3);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "");
}

static void test_a_fast_leave_counts_at_once(void **state)
{
	struct fixture *f = *state;

	br_port_get(f->port[2])->flags |= BR_MULTICAST_FAST_LEAVE;
	igmp_in(f, 2, IGMPV2_HOST_MEMBERSHIP_REPORT, 0, GROUP, GROUP);
	assert_int_equal(br_port_get(f->port[2])->multicast_ctx.n_groups, 1);
	igmp_in(f, 2, IGMP_HOST_LEAVE_MESSAGE, 0, GROUP, 0xe0000002);
	assert_int_equal(br_port_get(f->port[2])->multicast_ctx.n_groups, 0);
}

static void test_igmp3_sends_a_source_to_those_who_want_it(void **state)
{
	struct fixture *f = *state;

	br_multicast_set_igmp_version(f->br, 3);
	br_multicast_set_querier(f->br, true);
	pass(f, 12);
	report3_in(f, 2, IGMPV3_ALLOW_NEW_SOURCES, SOURCE_1);
	report3_in(f, 3, IGMPV3_CHANGE_TO_EXCLUDE, SOURCE_2);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "32");
	assert_string_equal(data_goes_to(f, 1, SOURCE_2, GROUP), "");
	assert_string_equal(data_goes_to(f, 1, SOURCE_2 + 1, GROUP), "3");
	report3_in(f, 2, IGMPV3_BLOCK_OLD_SOURCES, SOURCE_1);
	pass(f, 4);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "3");
	report3_in(f, 3, IGMPV3_CHANGE_TO_INCLUDE, 0);
	pass(f, 4);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "");
}

static void test_igmp3_on_a_fast_leave_port_waits_for_the_last_station(void **state)
{
	struct fixture *f = *state;

	br_multicast_set_igmp_version(f->br, 3);
	br_port_get(f->port[2])->flags |= BR_MULTICAST_FAST_LEAVE;
	report3_in(f, 2, IGMPV3_CHANGE_TO_EXCLUDE, 0);
	report3_in(f, 2, IGMPV3_ALLOW_NEW_SOURCES, SOURCE_1);
	assert_int_equal(br_port_get(f->port[2])->multicast_ctx.n_eht_hosts, 1);
	report3_in(f, 2, IGMPV3_CHANGE_TO_INCLUDE, 0);
	assert_int_equal(br_port_get(f->port[2])->multicast_ctx.n_eht_hosts, 0);
	assert_int_equal(br_port_get(f->port[2])->multicast_ctx.n_groups, 0);
}

static void test_a_full_table_ends_snooping(void **state)
{
	struct fixture *f = *state;

	f->br->hash_max = 1;
	igmp_in(f, 2, IGMPV2_HOST_MEMBERSHIP_REPORT, 0, GROUP, GROUP);
	igmp_in(f, 2, IGMPV2_HOST_MEMBERSHIP_REPORT, 0, GROUP + 1, GROUP + 1);
	assert_false(f->br->multicast_enabled);
	assert_string_equal(data_goes_to(f, 1, SOURCE_1, GROUP), "32");
}

static void test_broken_igmp_is_dropped(void **state)
{
	static const struct {
		const char *what;
		uint8_t bytes[12];
		size_t len;
	} cases[] = {
		{ "sum", { 0x16, 0, 0, 1, 239, 1, 1, 1 }, 8 },
		{ "short", { 0x16, 0, 0xe9, 0xff }, 4 },
		{ "a query of ten bytes", { 0x11, 10, 0xee, 0xf5 }, 10 },
		{ "a report that says more than it has", { 0x22, 0, 0xdd, 0xfe, 0, 0, 0, 1 }, 8 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t dropped = f->world->nr_skbs_dropped;

		fixture_sent_ports(f);
		ip_in(f, 1, SOURCE_1, 0xe0000016, IPPROTO_IGMP, cases[i].bytes, cases[i].len);
		assert_string_equal(fixture_sent_ports(f), "");
		assert_int_equal(f->world->nr_skbs_dropped, dropped + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_a_group_is_flooded_until_somebody_asks),
		fixture_test(test_a_querier_and_a_pim_hello_make_a_router_port),
		fixture_test(test_a_membership_ends_after_260_seconds),
		fixture_test(test_a_leave_is_asked_about_and_then_counts),
		fixture_test(test_a_fast_leave_counts_at_once),
		fixture_test(test_igmp3_sends_a_source_to_those_who_want_it),
		fixture_test(test_igmp3_on_a_fast_leave_port_waits_for_the_last_station),
		fixture_test(test_a_full_table_ends_snooping),
		fixture_test(test_broken_igmp_is_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
