/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_ip_input.c - what comes in: what dies and why, what is delivered, what passes through */
#include "ipv4_fixture.h"

static void test_ip_rcv_drops_each_bad_packet_for_its_own_reason(void **state)
{
	static const struct {
		const char *what;
		int at; /* byte of the IP header that is changed, -1: none */
		uint8_t value;
		int fix_csum, cut;
		uint8_t src[4], dst[4];
		enum skb_drop_reason want;
	} cases[] = {
		{ "version 6",
		  0,
		  0x65,
		  1,
		  0,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_INHDR },
		{ "header of 16 bytes",
		  0,
		  0x44,
		  1,
		  0,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_INHDR },
		{ "ttl flipped",
		  8,
		  0x3f,
		  0,
		  0,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_CSUM },
		{ "cut short",
		  -1,
		  0,
		  1,
		  4,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_PKT_TOO_SMALL },
		{ "cut in the header",
		  -1,
		  0,
		  1,
		  12,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_INHDR },
		{ "from a group",
		  -1,
		  0,
		  1,
		  0,
		  { 224, 0, 0, 1 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_INVALID_SOURCE },
		{ "from 0.0.0.0",
		  -1,
		  0,
		  1,
		  0,
		  { 0, 0, 0, 0 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_INVALID_SOURCE },
		{ "to 0.0.0.0",
		  -1,
		  0,
		  1,
		  0,
		  { 192, 0, 2, 2 },
		  { 0, 0, 0, 0 },
		  SKB_DROP_REASON_IP_INVALID_DEST },
		{ "from ourselves",
		  -1,
		  0,
		  1,
		  0,
		  { 192, 0, 2, 1 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_LOCAL_SOURCE },
		{ "to 127.0.0.1",
		  -1,
		  0,
		  1,
		  0,
		  { 192, 0, 2, 2 },
		  { 127, 0, 0, 1 },
		  SKB_DROP_REASON_IP_LOCALNET },
		{ "for another",
		  -1,
		  0,
		  1,
		  0,
		  { 192, 0, 2, 2 },
		  { 203, 0, 113, 1 },
		  SKB_DROP_REASON_IP_INADDRERRORS },
		{ "group not joined",
		  -1,
		  0,
		  1,
		  0,
		  { 192, 0, 2, 2 },
		  { 239, 1, 1, 1 },
		  SKB_DROP_REASON_IP_INVALID_DEST },
		{ "protocol unknown",
		  9,
		  200,
		  1,
		  0,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  SKB_DROP_REASON_IP_NOPROTO },
	};
	struct host h = host_new(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct packet p = { .proto = IPPROTO_ICMP, .len = 8 };
		uint64_t before = h.f->world->drops[cases[i].want];
		struct sk_buff *skb;
		struct iphdr *iph;

		memcpy(&p.src, cases[i].src, 4);
		memcpy(&p.dst, cases[i].dst, 4);
		skb = host_frame(h.e0, &p);
		iph = (struct iphdr *)(void *)(skb->data + ETH_HLEN);
		if (cases[i].at >= 0)
			((uint8_t *)iph)[cases[i].at] = cases[i].value;
		if (cases[i].fix_csum)
			ip_send_check(iph);
		skb->tail -= cases[i].cut;
		host_rx(h.e0, skb);
		if (h.f->world->drops[cases[i].want] != before + 1)
			fail_msg("%s: not dropped for this reason", cases[i].what);
	}
}

static void test_ip_forward_takes_one_off_the_ttl_and_keeps_the_checksum_right(void **state)
{
	struct host h = host_new(state);
	struct packet p = {
		.src = E0_PEER, .dst = E1_PEER, .proto = IPPROTO_UDP, .ttl = 2, .len = 8
	};

	host_forward(&h);
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 1);
	assert_int_equal(sent_ip(&h, 0)->ttl, 1);
	assert_int_equal(ip_fast_csum(sent_ip(&h, 0), 5), 0);
	p.ttl = 1;
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 2);
	assert_int_equal(sent_icmp(&h, 1)->type, ICMP_TIME_EXCEEDED);
	assert_true(sent_ip(&h, 1)->saddr == E0_ME && sent_ip(&h, 1)->daddr == E0_PEER);
	assert_int_equal(sent_ip(&h, 1)->tos, 0xc0);
}

static void test_ip_forward_needs_the_input_device_to_forward(void **state)
{
	struct host h = host_new(state);
	struct packet p = { .src = E0_PEER, .dst = E1_PEER, .proto = IPPROTO_UDP, .len = 8 };

	IPV4_DEVCONF(h.e1->ip_ptr->cnf, FORWARDING) = 1;
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 0);
	IPV4_DEVCONF(h.e0->ip_ptr->cnf, FORWARDING) = 1;
	rt_cache_flush(h.f->net);
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 1);
}

static void test_rp_filter_decides_by_the_way_back(void **state)
{
	static const struct {
		const char *what;
		int rp_filter;
		uint8_t src[4];
		bool passes;
	} cases[] = {
		{ "off, from the other network", 0, { 198, 51, 100, 7 }, true },
		{ "strict, from the other network", 1, { 198, 51, 100, 7 }, false },
		{ "loose, from the other network", 2, { 198, 51, 100, 7 }, true },
		{ "loose, from nowhere", 2, { 203, 0, 113, 7 }, false },
		{ "off, from nowhere", 0, { 203, 0, 113, 7 }, true },
		{ "strict, from its own network", 1, { 192, 0, 2, 2 }, true },
	};
	struct host h = host_new(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct packet p = { .dst = E0_ME, .proto = IPPROTO_IGMP, .len = 8 };
		uint64_t before = h.f->world->drops[SKB_DROP_REASON_IP_RPFILTER];

		memcpy(&p.src, cases[i].src, 4);
		IPV4_DEVCONF(h.e0->ip_ptr->cnf, RP_FILTER) = cases[i].rp_filter;
		host_in(h.e0, &p);
		if ((h.f->world->drops[SKB_DROP_REASON_IP_RPFILTER] == before) != cases[i].passes)
			fail_msg("%s", cases[i].what);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_ip_rcv_drops_each_bad_packet_for_its_own_reason),
		fixture_test(test_ip_forward_takes_one_off_the_ttl_and_keeps_the_checksum_right),
		fixture_test(test_ip_forward_needs_the_input_device_to_forward),
		fixture_test(test_rp_filter_decides_by_the_way_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
