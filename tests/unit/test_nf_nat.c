/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_nf_nat.c - addresses and ports: chosen once per flow, written into each packet, taken back
 * from answers
 */
#include "netfilter/nf_nat.h"
#include "nf_fixture.h"

#define CLIENT IP4(192, 168, 15, 1)
#define CLIENT2 IP4(192, 168, 15, 2)
#define ROUTER IP4(203, 0, 113, 1)
#define SERVER IP4(198, 51, 100, 2)

static const struct nf_nat_range4 *what; /* the rule of the moment */
static enum nf_nat_manip_type how;

/* stands for a nat chain with one rule */
static unsigned int one_rule(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	(void)priv;
	if (HOOK2MANIP(state->hook) == how)
		nf_nat_setup_info(skb->nfct, what, how);
	return NF_ACCEPT;
}

static struct nf_hook_ops chains[2] = {
	{ .hook = one_rule, .pf = NFPROTO_IPV4, .hooknum = NF_INET_PRE_ROUTING, .priority = -100 },
	{ .hook = one_rule, .pf = NFPROTO_IPV4, .hooknum = NF_INET_POST_ROUTING, .priority = 100 },
};

static struct sk_buff *forwarded;

static int keep(struct sk_buff *skb)
{
	forwarded = skb;
	return 0;
}

/* PREROUTING and POSTROUTING with all their hooks; the packet as it leaves, NULL when dropped */
static struct sk_buff *forward(struct nf_fixture *f, struct sk_buff *skb)
{
	struct nf_hook_state st = nf_state(f, NF_INET_PRE_ROUTING);

	st.okfn = keep;
	forwarded = NULL;
	nf_hook_slow(skb, &st);
	if (!forwarded)
		return NULL;
	st = nf_state(f, NF_INET_POST_ROUTING);
	st.okfn = keep;
	skb = forwarded;
	forwarded = NULL;
	nf_hook_slow(skb, &st);
	return forwarded;
}

static void start(struct nf_fixture *f, const struct nf_nat_range4 *range,
		  enum nf_nat_manip_type manip)
{
	what = range;
	how = manip;
	nf_ct_netns_get(f->net);
	nf_nat_ipv4_register_fn(f->net, &chains[0]);
	nf_nat_ipv4_register_fn(f->net, &chains[1]);
}

static void stop(struct nf_fixture *f)
{
	nf_nat_ipv4_unregister_fn(f->net, &chains[0]);
	nf_nat_ipv4_unregister_fn(f->net, &chains[1]);
	nf_ct_netns_put(f->net);
}

static void assert_checksums(const struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);

	assert_int_equal(ip_fast_csum(iph, 5), 0);
	assert_true(nf_ip_checksum_ok(skb, 20, iph->protocol));
}

static const struct udphdr *udp_of(const struct sk_buff *skb)
{
	return (const struct udphdr *)(const void *)(ip_hdr(skb) + 1);
}

static const struct nf_nat_range4 to_router = { .flags = NF_NAT_RANGE_MAP_IPS };

static struct nf_nat_range4 router_range(void)
{
	struct nf_nat_range4 r = to_router;

	r.min_ip = ROUTER;
	r.max_ip = ROUTER;
	return r;
}

/* one datagram out: the source port it leaves with */
static uint16_t port_out(struct nf_fixture *f, __be32 src, uint16_t sport)
{
	struct nf_packet p = { .src = src,
			       .dst = SERVER,
			       .protocol = IPPROTO_UDP,
			       .sport = sport,
			       .dport = 53,
			       .payload = 7 };
	struct sk_buff *skb = forward(f, nf_packet(f, &p));
	uint16_t port;

	assert_non_null(skb);
	assert_int_equal(ip_hdr(skb)->saddr, ROUTER);
	assert_checksums(skb);
	port = be16_to_cpu(udp_of(skb)->source);
	consume_skb(skb);
	return port;
}

static void test_source_is_changed_and_given_back(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = router_range();
	struct nf_packet answer = { .src = SERVER,
				    .dst = ROUTER,
				    .protocol = IPPROTO_UDP,
				    .sport = 53,
				    .dport = 4000,
				    .payload = 3 };
	struct sk_buff *skb;

	start(f, &range, NF_NAT_MANIP_SRC);
	assert_int_equal(port_out(f, CLIENT, 4000), 4000);
	skb = forward(f, nf_packet(f, &answer));
	assert_int_equal(ip_hdr(skb)->daddr, CLIENT);
	assert_int_equal(ip_hdr(skb)->saddr, SERVER);
	assert_checksums(skb);
	consume_skb(skb);
	stop(f);
}

static void test_ports_stay_when_free_and_stay_in_their_class_when_not(void **state)
{
	static const struct {
		uint16_t port, low, high;
	} cases[] = {
		{ 123, 1, 511 },
		{ 700, 600, 1023 },
		{ 4000, 1024, 65535 },
	};
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = router_range();
	size_t i;

	start(f, &range, NF_NAT_MANIP_SRC);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint16_t other;

		assert_int_equal(port_out(f, CLIENT, cases[i].port), cases[i].port);
		other = port_out(f, CLIENT2, cases[i].port);
		assert_int_not_equal(other, cases[i].port);
		assert_in_range(other, cases[i].low, cases[i].high);
	}
	stop(f);
}

static void test_given_ports_are_used_and_nothing_else(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = router_range();
	uint16_t a, b;

	range.flags |= NF_NAT_RANGE_PROTO_SPECIFIED;
	range.min_all = cpu_to_be16(5000);
	range.max_all = cpu_to_be16(5001);
	start(f, &range, NF_NAT_MANIP_SRC);
	a = port_out(f, CLIENT, 4000);
	b = port_out(f, CLIENT2, 4000);
	assert_in_range(a, 5000, 5001);
	assert_in_range(b, 5000, 5001);
	assert_int_not_equal(a, b);
	stop(f);
}

static void test_destination_and_port_are_changed(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = { .flags = NF_NAT_RANGE_MAP_IPS |
						NF_NAT_RANGE_PROTO_SPECIFIED };
	struct nf_packet p = { .src = SERVER,
			       .dst = ROUTER,
			       .protocol = IPPROTO_TCP,
			       .sport = 40000,
			       .dport = 8080,
			       .flags = "S",
			       .seq = 1 };
	struct nf_packet answer = { .src = CLIENT,
				    .dst = SERVER,
				    .protocol = IPPROTO_TCP,
				    .sport = 80,
				    .dport = 40000,
				    .flags = "SA",
				    .seq = 9,
				    .ack = 2 };
	struct sk_buff *skb;

	range.min_ip = CLIENT;
	range.max_ip = CLIENT;
	range.min_all = cpu_to_be16(80);
	range.max_all = cpu_to_be16(80);
	start(f, &range, NF_NAT_MANIP_DST);
	skb = forward(f, nf_packet(f, &p));
	assert_int_equal(ip_hdr(skb)->daddr, CLIENT);
	assert_int_equal(be16_to_cpu(udp_of(skb)->dest), 80);
	assert_checksums(skb);
	consume_skb(skb);
	skb = forward(f, nf_packet(f, &answer));
	assert_int_equal(ip_hdr(skb)->saddr, ROUTER);
	assert_int_equal(be16_to_cpu(udp_of(skb)->source), 8080);
	assert_checksums(skb);
	consume_skb(skb);
	stop(f);
}

static void test_errors_are_translated_inside_and_outside(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = router_range();
	struct nf_packet seen = {
		.src = ROUTER, .dst = SERVER, .protocol = IPPROTO_UDP, .sport = 4000, .dport = 53
	};
	struct iphdr quoted;
	struct sk_buff *skb;

	start(f, &range, NF_NAT_MANIP_SRC);
	port_out(f, CLIENT, 4000);
	skb = nf_icmp_error(f, SERVER, ROUTER, ICMP_DEST_UNREACH << 8 | ICMP_PORT_UNREACH,
			    nf_packet(f, &seen));
	skb = forward(f, skb);
	assert_non_null(skb);
	assert_int_equal(ip_hdr(skb)->daddr, CLIENT);
	memcpy(&quoted, (uint8_t *)ip_hdr(skb) + 28, sizeof(quoted));
	assert_int_equal(quoted.saddr, CLIENT);
	assert_int_equal(quoted.daddr, SERVER);
	assert_int_equal(ip_fast_csum(&quoted, 5), 0);
	assert_checksums(skb);
	consume_skb(skb);
	stop(f);
}

static void test_udp_without_checksum_stays_without(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = router_range();
	struct nf_packet p = {
		.src = CLIENT, .dst = SERVER, .protocol = IPPROTO_UDP, .sport = 4000, .dport = 53
	};
	struct sk_buff *skb = nf_packet(f, &p);
	struct udphdr *uh = (struct udphdr *)(void *)(ip_hdr(skb) + 1);

	uh->check = 0;
	start(f, &range, NF_NAT_MANIP_SRC);
	skb = forward(f, skb);
	assert_int_equal(udp_of(skb)->check, 0);
	consume_skb(skb);
	stop(f);
}

static void test_only_the_first_packet_meets_the_rules(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = router_range();
	struct nf_nat_range4 later = range;

	later.min_ip = CLIENT2;
	later.max_ip = CLIENT2;
	start(f, &range, NF_NAT_MANIP_SRC);
	port_out(f, CLIENT, 4000);
	what = &later;
	/* port_out() asserts that the source is still the router's */
	assert_int_equal(port_out(f, CLIENT, 4000), 4000);
	stop(f);
}

static void test_without_conntrack_no_chain_is_walked(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_nat_range4 range = router_range();
	struct nf_packet p = {
		.src = CLIENT, .dst = SERVER, .protocol = IPPROTO_UDP, .sport = 4000, .dport = 53
	};
	struct sk_buff *skb;

	start(f, &range, NF_NAT_MANIP_SRC);
	nf_ct_netns_put(f->net);
	skb = forward(f, nf_packet(f, &p));
	assert_int_equal(ip_hdr(skb)->saddr, CLIENT);
	consume_skb(skb);
	nf_ct_netns_get(f->net);
	stop(f);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, nf_setup, nf_teardown)
	const struct CMUnitTest tests[] = {
		T(test_source_is_changed_and_given_back),
		T(test_ports_stay_when_free_and_stay_in_their_class_when_not),
		T(test_given_ports_are_used_and_nothing_else),
		T(test_destination_and_port_are_changed),
		T(test_errors_are_translated_inside_and_outside),
		T(test_udp_without_checksum_stays_without),
		T(test_only_the_first_packet_meets_the_rules),
		T(test_without_conntrack_no_chain_is_walked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
