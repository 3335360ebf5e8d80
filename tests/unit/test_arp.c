/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_arp.c - questions, answers, and what is learned from either */
#include "rtnl_fixture.h"

#define ME ip4(192, 0, 2, 1)
#define PEER ip4(192, 0, 2, 2)

static void configure(struct fixture *f)
{
	assert_int_equal(fixture_addr(f, RTM_NEWADDR, ME, 24, 0), 0);
	f->nr_sent = 0;
}

static void set_conf(struct fixture *f, int index, int value)
{
	f->dev->ip_ptr->cnf.data[index - 1] = value;
}

/* NUD_* of an address, 0 when there is no entry */
static int state_of(struct fixture *f, __be32 addr)
{
	struct neighbour *n = neigh_lookup(f->dev, addr);
	int state = 0;

	if (n) {
		state = n->nud_state;
		neigh_release(n);
	}
	return state;
}

static void test_arp_process_answers_and_learns(void **state)
{
	static const struct {
		const char *what;
		uint16_t op;
		uint8_t sip[4], tip[4];
		bool unicast;
		int conf, value;
		int want_sent, want_state; /* of the sender's address */
	} cases[] = {
		{ "request for us",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  false,
		  0,
		  0,
		  1,
		  NUD_STALE },
		{ "request for another",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 3 },
		  false,
		  0,
		  0,
		  0,
		  0 },
		{ "request for 127.0.0.1",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 127, 0, 0, 1 },
		  false,
		  0,
		  0,
		  0,
		  0 },
		{ "request for a group",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 224, 0, 0, 1 },
		  false,
		  0,
		  0,
		  0,
		  0 },
		{ "duplicate address probe",
		  ARPOP_REQUEST,
		  { 0, 0, 0, 0 },
		  { 192, 0, 2, 1 },
		  false,
		  0,
		  0,
		  1,
		  0 },
		{ "gratuitous request",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 2 },
		  false,
		  0,
		  0,
		  0,
		  0 },
		{ "the same, arp_accept",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 2 },
		  false,
		  IPV4_DEVCONF_ARP_ACCEPT,
		  1,
		  0,
		  NUD_STALE },
		{ "reply nobody asked for",
		  ARPOP_REPLY,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  true,
		  0,
		  0,
		  0,
		  0 },
		{ "the same, arp_accept",
		  ARPOP_REPLY,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  true,
		  IPV4_DEVCONF_ARP_ACCEPT,
		  1,
		  0,
		  NUD_REACHABLE },
		{ "arp_ignore 8",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  false,
		  IPV4_DEVCONF_ARP_IGNORE,
		  8,
		  0,
		  0 },
		{ "arp_ignore 2, same subnet",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 1 },
		  false,
		  IPV4_DEVCONF_ARP_IGNORE,
		  2,
		  1,
		  NUD_STALE },
		{ "arp_ignore 2, elsewhere",
		  ARPOP_REQUEST,
		  { 198, 51, 100, 2 },
		  { 192, 0, 2, 1 },
		  false,
		  IPV4_DEVCONF_ARP_IGNORE,
		  2,
		  0,
		  0 },
		{ "sender off the subnet",
		  ARPOP_REQUEST,
		  { 198, 51, 100, 2 },
		  { 192, 0, 2, 1 },
		  false,
		  0,
		  0,
		  1,
		  NUD_STALE },
		{ "drop_gratuitous_arp",
		  ARPOP_REQUEST,
		  { 192, 0, 2, 2 },
		  { 192, 0, 2, 2 },
		  false,
		  IPV4_DEVCONF_DROP_GRATUITOUS_ARP,
		  1,
		  0,
		  0 },
	};
	struct fixture *f = *state;

	configure(f);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		__be32 sip =
			ip4(cases[i].sip[0], cases[i].sip[1], cases[i].sip[2], cases[i].sip[3]);
		__be32 tip =
			ip4(cases[i].tip[0], cases[i].tip[1], cases[i].tip[2], cases[i].tip[3]);

		print_message("# %s\n", cases[i].what);
		neigh_ifdown(f->dev);
		f->nr_sent = 0;
		if (cases[i].conf)
			set_conf(f, cases[i].conf, cases[i].value);
		fixture_arp_in(f, cases[i].op, 2, sip, tip, cases[i].unicast);
		if (cases[i].conf)
			set_conf(f, cases[i].conf, 0);
		assert_int_equal(f->nr_sent, cases[i].want_sent);
		assert_int_equal(state_of(f, sip), cases[i].want_state);
	}
}

static void test_arp_reply_has_every_field_as_linux_sends_it(void **state)
{
	static const uint8_t peer_mac[ETH_ALEN] = { 0x02, 0, 0, 0, 1, 2 };
	struct fixture *f = *state;
	const struct arp_frame *a;

	configure(f);
	fixture_arp_in(f, ARPOP_REQUEST, 2, PEER, ME, false);
	a = sent_arp(f, 0);
	assert_int_equal(f->sent[0].len, 42);
	assert_memory_equal(a->dest, peer_mac, ETH_ALEN);
	assert_memory_equal(a->source, f->dev->dev_addr, ETH_ALEN);
	assert_int_equal(a->op, cpu_to_be16(ARPOP_REPLY));
	assert_memory_equal(a->sha, f->dev->dev_addr, ETH_ALEN);
	assert_true(a->sip == ME);
	assert_memory_equal(a->tha, peer_mac, ETH_ALEN);
	assert_true(a->tip == PEER);
}

static void test_arp_solicit_asks_with_the_packets_source(void **state)
{
	static const struct {
		int announce;
		__be32 want;
	} cases[] = { { 0, 0 }, { 1, 1 }, { 2, 1 } };
	struct fixture *f = *state;
	__be32 other = ip4(198, 51, 100, 1);

	configure(f);
	fixture_addr(f, RTM_NEWADDR, other, 32, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		neigh_ifdown(f->dev);
		f->nr_sent = 0;
		set_conf(f, IPV4_DEVCONF_ARP_ANNOUNCE, cases[i].announce);
		neigh_output(f->dev, PEER, fixture_packet(f, other, PEER));
		assert_int_equal(f->nr_sent, 1);
		assert_true(sent_arp(f, 0)->sip == (cases[i].want ? ME : other));
	}
}

static void test_proxied_address_is_answered_after_less_than_a_second(void **state)
{
	struct fixture *f = *state;
	struct net_device *e1 = fixture_add_dev(f, "e1", 2);
	struct net_device *e0 = f->dev;
	__be32 far_host = ip4(198, 51, 100, 9);
	int64_t start;

	configure(f);
	f->dev = e1;
	fixture_addr(f, RTM_NEWADDR, ip4(198, 51, 100, 1), 24, 0);
	f->dev = e0;
	f->nr_sent = 0;
	fixture_arp_in(f, ARPOP_REQUEST, 2, PEER, far_host, false);
	fixture_wait(f, NSEC_PER_SEC);
	assert_int_equal(f->nr_sent, 0);

	set_conf(f, IPV4_DEVCONF_PROXY_ARP, 1);
	set_conf(f, IPV4_DEVCONF_FORWARDING, 1);
	start = world_now(f->world);
	fixture_arp_in(f, ARPOP_REQUEST, 2, PEER, far_host, false);
	fixture_wait(f, NSEC_PER_SEC);
	assert_int_equal(f->nr_sent, 1);
	assert_in_range(f->sent[0].at_ns - start, 0, 850 * NSEC_PER_MSEC);
	assert_true(sent_arp(f, 0)->sip == far_host);
	assert_memory_equal(sent_arp(f, 0)->sha, e0->dev_addr, ETH_ALEN);
}

static void test_arp_rcv_ignores_what_is_for_others_or_broken(void **state)
{
	struct fixture *f = *state;
	struct sk_buff *skb;

	configure(f);
	skb = alloc_skb(f->world, SKB_HEADROOM, 20);
	memset(skb_put(skb, 20), 0, 20);
	skb->dev = f->dev;
	arp_rcv(skb);
	assert_int_equal(f->world->drops[SKB_DROP_REASON_PKT_TOO_SMALL], 1);
	f->dev->flags |= IFF_NOARP;
	fixture_arp_in(f, ARPOP_REQUEST, 2, PEER, ME, false);
	assert_int_equal(f->world->drops[SKB_DROP_REASON_ARP_IGNORED], 1);
	assert_int_equal(f->nr_sent, 0);
}

static void test_arp_notify_announces_addresses_when_the_link_comes_up(void **state)
{
	struct fixture *f = *state;

	configure(f);
	dev_close(f->dev);
	set_conf(f, IPV4_DEVCONF_ARP_NOTIFY, 1);
	dev_open(f->dev, NULL);
	sim_run_queue(&f->world->sim);
	assert_int_equal(f->nr_sent, 1);
	assert_true(sent_arp(f, 0)->sip == ME && sent_arp(f, 0)->tip == ME);
	assert_true(is_broadcast_ether_addr(sent_arp(f, 0)->dest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_arp_process_answers_and_learns),
		fixture_test(test_arp_reply_has_every_field_as_linux_sends_it),
		fixture_test(test_arp_solicit_asks_with_the_packets_source),
		fixture_test(test_proxied_address_is_answered_after_less_than_a_second),
		fixture_test(test_arp_rcv_ignores_what_is_for_others_or_broken),
		fixture_test(test_arp_notify_announces_addresses_when_the_link_comes_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
