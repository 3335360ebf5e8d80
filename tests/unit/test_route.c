/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_route.c - which way, from which address, and what ICMP taught */
#include "ipv4_fixture.h"

static void test_ip_route_output_flow_chooses_way_and_source(void **state)
{
	static const struct {
		const char *what;
		uint8_t dst[4];
		int want_err;
		uint8_t want_src[4], want_via[4];
	} cases[] = {
		{ "on the link", { 192, 0, 2, 9 }, 0, { 192, 0, 2, 1 }, { 0 } },
		{ "on the other link", { 198, 51, 100, 9 }, 0, { 198, 51, 100, 1 }, { 0 } },
		{ "through a gateway", { 10, 1, 2, 3 }, 0, { 192, 0, 2, 1 }, { 192, 0, 2, 2 } },
		{ "the longer prefix",
		  { 10, 9, 2, 3 },
		  0,
		  { 198, 51, 100, 1 },
		  { 198, 51, 100, 2 } },
		{ "ourselves", { 198, 51, 100, 1 }, 0, { 198, 51, 100, 1 }, { 0 } },
		{ "all of 127/8", { 127, 9, 9, 9 }, 0, { 127, 0, 0, 1 }, { 0 } },
		{ "nowhere", { 203, 0, 113, 1 }, -ENETUNREACH, { 0 }, { 0 } },
		{ "broadcast", { 192, 0, 2, 255 }, 0, { 192, 0, 2, 1 }, { 0 } },
		{ "0.0.0.0 is ourselves", { 0, 0, 0, 0 }, 0, { 127, 0, 0, 1 }, { 0 } },
	};
	struct host h = host_new(state);

	assert_int_equal(host_route(&h, RTN_UNICAST, ip4(10, 0, 0, 0), 8, E0_PEER, 0), 0);
	assert_int_equal(host_route(&h, RTN_UNICAST, ip4(10, 9, 0, 0), 16, E1_PEER, 0), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		__be32 dst, src = 0, via = 0;

		memcpy(&dst, cases[i].dst, 4);
		if (host_lookup(&h, dst, &src, &via) != cases[i].want_err ||
		    memcmp(&src, cases[i].want_src, 4) || memcmp(&via, cases[i].want_via, 4))
			fail_msg("%s", cases[i].what);
	}
}

static void test_route_requests_are_refused_in_the_kernels_words(void **state)
{
	static const struct {
		const char *what;
		uint8_t type, dst[4], plen, gw[4];
		int oif; /* 0 none, 1 e0, 99 unknown */
		int want_err;
		const char *want_msg;
	} cases[] = {
		{ "gateway beyond reach",
		  RTN_UNICAST,
		  { 10, 0, 0, 0 },
		  8,
		  { 203, 0, 113, 1 },
		  0,
		  -ENETUNREACH,
		  "Nexthop has invalid gateway" },
		{ "gateway is a broadcast",
		  RTN_UNICAST,
		  { 10, 0, 0, 0 },
		  8,
		  { 192, 0, 2, 255 },
		  0,
		  -EINVAL,
		  "Nexthop has invalid gateway" },
		{ "host bits",
		  RTN_UNICAST,
		  { 10, 0, 0, 1 },
		  8,
		  { 192, 0, 2, 2 },
		  0,
		  -EINVAL,
		  "Invalid prefix for given prefix length" },
		{ "prefix of 33",
		  RTN_UNICAST,
		  { 10, 0, 0, 0 },
		  33,
		  { 192, 0, 2, 2 },
		  0,
		  -EINVAL,
		  "Invalid prefix length" },
		{ "no way at all", RTN_UNICAST, { 10, 0, 0, 0 }, 8, { 0 }, 0, -ENODEV, NULL },
		{ "unknown device", RTN_UNICAST, { 10, 0, 0, 0 }, 8, { 0 }, 99, -ENODEV, NULL },
		{ "blackhole with a device",
		  RTN_BLACKHOLE,
		  { 10, 0, 0, 0 },
		  8,
		  { 0 },
		  1,
		  -EINVAL,
		  "Gateway, device and multipath can not be specified for this route type" },
		{ "unknown type", 13, { 10, 0, 0, 0 }, 8, { 0 }, 1, -EINVAL, "Invalid route type" },
	};
	struct host h = host_new(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		__be32 dst, gw;
		int err;

		memcpy(&dst, cases[i].dst, 4);
		memcpy(&gw, cases[i].gw, 4);
		err = host_route(&h, cases[i].type, dst, cases[i].plen, gw,
				 cases[i].oif == 1 ? h.e0->ifindex : cases[i].oif);
		if (err != cases[i].want_err || !h.f->extack.msg != !cases[i].want_msg ||
		    (cases[i].want_msg && strcmp(h.f->extack.msg, cases[i].want_msg)))
			fail_msg("%s: %d %s", cases[i].what, err,
				 h.f->extack.msg ? h.f->extack.msg : "-");
	}
}

/* "fragmentation needed" or a redirect about a packet of ours to @dst */
static void learn(struct host *h, uint8_t type, uint8_t code, uint32_t info, __be32 dst)
{
	_Alignas(8) uint8_t quote[36] = { 0 };
	struct icmphdr *icmph = (struct icmphdr *)(void *)quote;
	struct iphdr *iph = (struct iphdr *)(void *)(quote + 8);
	struct packet p = {
		.src = E0_PEER, .dst = E0_ME, .proto = IPPROTO_ICMP, .payload = quote, .len = 36
	};

	icmph->type = type;
	icmph->code = code;
	icmph->un.gateway = cpu_to_be32(info);
	*iph = (struct iphdr){
		.version = 4, .ihl = 5, .protocol = IPPROTO_ICMP, .saddr = E0_ME, .daddr = dst
	};
	icmph->checksum = ip_compute_csum(quote, sizeof(quote));
	host_in(h->e0, &p);
}

static uint32_t mtu_to(struct host *h, __be32 dst)
{
	struct flowi4 fl4 = { .daddr = dst };
	struct rtable *rt;
	uint32_t mtu;

	assert_int_equal(ip_route_output_flow(h->f->net, &fl4, NULL, &rt), 0);
	mtu = ip_dst_mtu(rt, false);
	dst_release(&rt->dst);
	return mtu;
}

static void test_a_learned_pmtu_holds_for_one_destination_and_ten_minutes(void **state)
{
	struct host h = host_new(state);
	__be32 dst = ip4(10, 0, 0, 1), other = ip4(10, 0, 0, 2);

	assert_int_equal(host_route(&h, RTN_UNICAST, ip4(10, 0, 0, 0), 8, E0_PEER, 0), 0);
	assert_int_equal(mtu_to(&h, dst), 1500);
	learn(&h, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, 1200, dst);
	assert_int_equal(mtu_to(&h, dst), 1200);
	assert_int_equal(mtu_to(&h, other), 1500);
	learn(&h, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, 1400, dst); /* larger: not believed */
	assert_int_equal(mtu_to(&h, dst), 1200);
	fixture_wait(h.f, 599 * NSEC_PER_SEC);
	assert_int_equal(mtu_to(&h, dst), 1200);
	fixture_wait(h.f, 2 * NSEC_PER_SEC);
	assert_int_equal(mtu_to(&h, dst), 1500);
	learn(&h, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, 100, dst); /* below min_pmtu */
	assert_int_equal(mtu_to(&h, dst), 552);
}

static void test_a_redirect_from_the_gateway_is_followed(void **state)
{
	struct host h = host_new(state);
	__be32 dst = ip4(10, 0, 0, 1), src, via;

	assert_int_equal(host_route(&h, RTN_UNICAST, ip4(10, 0, 0, 0), 8, E0_PEER, 0), 0);
	host_neigh(h.e0, ip4(192, 0, 2, 3), 3);
	IPV4_DEVCONF(h.e0->ip_ptr->cnf, ACCEPT_REDIRECTS) = 0;
	IPV4_DEVCONF(h.f->net->ipv4->devconf_all, ACCEPT_REDIRECTS) = 0;
	learn(&h, ICMP_REDIRECT, ICMP_REDIR_HOST, 0xc0000203, dst);
	assert_int_equal(host_lookup(&h, dst, &src, &via), 0);
	assert_true(via == E0_PEER);
	IPV4_DEVCONF(h.e0->ip_ptr->cnf, ACCEPT_REDIRECTS) = 1;
	learn(&h, ICMP_REDIRECT, ICMP_REDIR_HOST, 0xc0000203, dst);
	assert_int_equal(host_lookup(&h, dst, &src, &via), 0);
	assert_true(via == ip4(192, 0, 2, 3));
	fixture_wait(h.f, 301 * NSEC_PER_SEC);
	assert_int_equal(host_lookup(&h, dst, &src, &via), 0);
	assert_true(via == E0_PEER);
}

static void test_ip_forward_sends_redirects_with_growing_pauses(void **state)
{
	struct host h = host_new(state);
	struct packet p = {
		.src = ip4(192, 0, 2, 7), .dst = ip4(10, 0, 0, 1), .proto = IPPROTO_UDP, .len = 8
	};
	int redirects = 0;

	host_forward(&h);
	host_neigh(h.e0, ip4(192, 0, 2, 7), 7);
	assert_int_equal(host_route(&h, RTN_UNICAST, ip4(10, 0, 0, 0), 8, E0_PEER, 0), 0);
	for (int i = 0; i < 30; i++) {
		h.f->nr_sent = 0;
		host_in(h.e0, &p);
		assert_int_equal(sent_ip(&h, h.f->nr_sent - 1)->protocol,
				 IPPROTO_UDP); /* forwarded all the same */
		redirects += h.f->nr_sent == 2;
	}
	assert_int_equal(redirects, 1);
	fixture_wait(h.f, NSEC_PER_SEC);
	h.f->nr_sent = 0;
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 2);
	assert_int_equal(sent_icmp(&h, 0)->type, ICMP_REDIRECT);
	assert_true(sent_icmp(&h, 0)->un.gateway == E0_PEER);
}

static void test_remembered_routes_die_with_their_device(void **state)
{
	struct host h = host_new(state);
	struct flowi4 fl4 = { .daddr = E1_PEER };
	struct rtable *rt;

	assert_int_equal(ip_route_output_flow(h.f->net, &fl4, NULL, &rt), 0);
	unregister_netdevice(h.e1);
	assert_true(rt->dst.dev != h.e1);
	assert_int_equal(rt->dst.output, DST_DISCARD);
	dst_release(&rt->dst);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_ip_route_output_flow_chooses_way_and_source),
		fixture_test(test_route_requests_are_refused_in_the_kernels_words),
		fixture_test(test_a_learned_pmtu_holds_for_one_destination_and_ten_minutes),
		fixture_test(test_a_redirect_from_the_gateway_is_followed),
		fixture_test(test_ip_forward_sends_redirects_with_growing_pauses),
		fixture_test(test_remembered_routes_die_with_their_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
