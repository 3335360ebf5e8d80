/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_br_input.c - what a port takes in, and what it does not
 */
#include <linux/ip.h>

#include "br_fixture.h"
#include "netfilter/netfilter.h"

static void test_br_handle_frame_drops_a_source_no_station_can_have(void **state)
{
	static const uint8_t sources[][ETH_ALEN] = { { 0 }, { 1, 0, 0, 0, 0, 1 } };
	struct fixture *f = *state;

	for (size_t i = 0; i < 2; i++)
		fixture_in(f, 1, fixture_broadcast, sources[i]);
	assert_string_equal(fixture_sent_ports(f), "");
	assert_int_equal(f->world->drops[SKB_DROP_REASON_MAC_INVALID_SOURCE], 2);
}

static void test_br_handle_frame_obeys_the_state_of_the_port(void **state)
{
	static const struct {
		uint8_t state;
		const char *want;
		bool learns;
	} cases[] = {
		{ BR_STATE_DISABLED, "", false }, { BR_STATE_LISTENING, "", false },
		{ BR_STATE_LEARNING, "", true },  { BR_STATE_FORWARDING, "32", true },
		{ BR_STATE_BLOCKING, "", false },
	};
	struct fixture *f = *state;
	struct net_bridge_port *p = br_port_get(f->port[1]);
	uint8_t addr[ETH_ALEN];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		br_set_state(p, cases[i].state);
		fixture_send(f, 1, 20 + (int)i, 9);
		assert_string_equal(fixture_sent_ports(f), cases[i].want);
		station(addr, 20 + (int)i);
		assert_int_equal(br_fdb_find(f->br, addr, 0) != NULL, cases[i].learns);
	}
}

static void test_br_handle_frame_passes_up_what_is_for_the_host(void **state)
{
	struct fixture *f = *state;
	uint8_t source[ETH_ALEN];

	station(source, 1);
	fixture_in(f, 2, f->brdev->dev_addr, source);
	fixture_in(f, 2, f->port[3]->dev_addr, source);
	assert_string_equal(fixture_sent_ports(f), "");
	assert_int_equal(f->brdev->stats.rx_packets, 2);
}

static void test_br_handle_frame_learns_nothing_when_told_so(void **state)
{
	struct fixture *f = *state;

	br_port_get(f->port[1])->flags &= ~BR_LEARNING;
	fixture_send(f, 1, 1, 9);
	assert_int_equal(f->br->fdb_n_learned, 0);
}

static void test_br_handle_frame_lets_only_known_stations_through_a_locked_port(void **state)
{
	struct fixture *f = *state;
	uint8_t addr[ETH_ALEN];

	br_port_get(f->port[1])->flags |= BR_PORT_LOCKED;
	fixture_send(f, 1, 1, 9);
	assert_string_equal(fixture_sent_ports(f), "");
	station(addr, 1);
	br_fdb_create(f->br, br_port_get(f->port[1]), addr, 0, BR_FDB_STATIC, NULL);
	fixture_send(f, 1, 1, 9);
	assert_string_equal(fixture_sent_ports(f), "32");
}

static void test_br_handle_frame_keeps_link_local_groups_on_the_link(void **state)
{
	static const struct {
		const char *what;
		uint8_t last;
		bool stp;
		uint16_t br_mask, port_mask;
		const char *want;
	} cases[] = {
		{ "bridge group, no STP: forwarded", 0x00, false, 0, 0, "32" },
		{ "bridge group, STP: ours", 0x00, true, 0, 0, "" },
		{ "pause: never", 0x01, false, 0xffff, 0xffff, "" },
		{ "802.1X", 0x03, false, 0, 0, "" },
		{ "802.1X, mask of the bridge", 0x03, false, 0x8, 0, "32" },
		{ "802.1X, mask of the port", 0x03, false, 0, 0x8, "32" },
		{ "LLDP", 0x0e, false, 0, 0, "" },
		{ "LLDP, mask", 0x0e, false, 0x4000, 0, "32" },
		{ "beyond the reserved ones", 0x10, false, 0, 0, "32" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const uint8_t dest[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0, 0, cases[i].last };
		uint8_t source[ETH_ALEN];

		station(source, 1);
		f->br->stp_enabled = cases[i].stp ? BR_KERNEL_STP : BR_NO_STP;
		f->br->group_fwd_mask = cases[i].br_mask;
		br_port_get(f->port[1])->group_fwd_mask = cases[i].port_mask;
		fixture_in(f, 1, dest, source);
		if (strcmp(fixture_sent_ports(f), cases[i].want))
			fail_msg("%s", cases[i].what);
	}
}

static void test_frame_that_stays_teaches_in_a_vlan_of_its_port(void **state)
{
	const uint8_t lldp[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0, 0, 0x0e };
	struct fixture *f = *state;
	struct bridge_vlan_info info = { .vid = 1 };
	uint8_t source[ETH_ALEN];

	br_vlan_filter_toggle(f->br, true);
	station(source, 1);
	fixture_in(f, 1, lldp, source);
	assert_null(br_fdb_find(f->br, source, 0));
	assert_non_null(br_fdb_find(f->br, source, 1));
	/* without a pvid an untagged frame is in none */
	br_vlan_info(f->br, br_port_get(f->port[1]), RTM_DELLINK, &info);
	station(source, 2);
	fixture_in(f, 1, lldp, source);
	assert_int_equal(f->br->fdb_n_learned, 0);
}

/* 802.1ad, on a bridge of 802.1Q: what is inside does not say the VLAN */
static void test_foreign_tag_is_payload(void **state)
{
	struct fixture *f = *state;
	struct sk_buff *skb = alloc_skb(f->world, 64, 64);
	struct bridge_vlan_info info = { .vid = 10 };

	br_vlan_filter_toggle(f->br, true);
	br_vlan_info(f->br, br_port_get(f->port[1]), RTM_SETLINK, &info);
	memset(skb_put(skb, 64), 0, 64);
	skb_reset_mac_header(skb);
	skb_pull(skb, ETH_HLEN);
	skb->vlan_present = true;
	skb->vlan_proto = cpu_to_be16(ETH_P_8021AD);
	skb->vlan_tci = 10;
	assert_true(br_allowed_ingress(f->br, br_port_get(f->port[1])->vlgrp, skb));
	assert_int_equal(BR_INPUT_SKB_CB(skb)->vid, 1);
	assert_true(skb->vlan_proto == cpu_to_be16(ETH_P_8021Q));
	assert_true(skb->protocol == cpu_to_be16(ETH_P_8021AD));
	assert_int_equal(skb->data[1], 10);
	consume_skb(skb);
}

static void test_promiscuous_bridge_sees_frames_between_ports(void **state)
{
	struct fixture *f = *state;

	fixture_send(f, 2, 2, 9);
	f->brdev->flags |= IFF_PROMISC;
	fixture_send(f, 1, 1, 2);
	assert_int_equal(f->brdev->stats.rx_packets, 1);
	f->brdev->flags &= ~(uint32_t)IFF_PROMISC;
}

/* ---- br_netfilter ---- */

struct seen {
	int hook[NF_INET_NUMHOOKS];
	int32_t in[NF_INET_NUMHOOKS], out[NF_INET_NUMHOOKS];
	struct net_device *physin, *physout;
	unsigned int verdict;
};

static unsigned int note_hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct seen *seen = priv;

	seen->hook[state->hook]++;
	seen->in[state->hook] = state->in ? state->in->ifindex : 0;
	seen->out[state->hook] = state->out ? state->out->ifindex : 0;
	if (skb->nf_bridge) {
		seen->physin = skb->nf_bridge->physindev;
		seen->physout = skb->nf_bridge->physoutdev;
	}
	if (seen->verdict == NF_DROP)
		kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
	return seen->verdict;
}

static struct sk_buff *ip_frame(struct fixture *f, const uint8_t *dest, const uint8_t *source,
				bool bad)
{
	struct sk_buff *skb = fixture_frame(f, dest, source, ETH_P_IP, 46);
	struct iphdr *iph = (struct iphdr *)(void *)(skb->data + ETH_HLEN);

	iph->version = 4;
	iph->ihl = 5;
	iph->ttl = 64;
	iph->protocol = 253;
	iph->tot_len = cpu_to_be16(40); /* the rest is padding */
	iph->saddr = cpu_to_be32(0xc0000201);
	iph->daddr = cpu_to_be32(0xc0000202);
	iph->check = ip_compute_csum(iph, sizeof(*iph));
	if (bad)
		iph->ttl = 63;
	return skb;
}

static void test_bridged_packets_meet_the_hooks_as_the_bridges(void **state)
{
	static const uint8_t points[] = { NF_INET_PRE_ROUTING, NF_INET_FORWARD,
					  NF_INET_POST_ROUTING };
	struct fixture *f = *state;
	struct seen seen = { .verdict = NF_ACCEPT };
	struct nf_hook_ops ops[3] = { 0 };
	uint8_t dest[ETH_ALEN], source[ETH_ALEN];

	for (int i = 0; i < 3; i++) {
		ops[i].hook = note_hook;
		ops[i].priv = &seen;
		ops[i].pf = NFPROTO_IPV4;
		ops[i].hooknum = points[i];
		nf_register_net_hook(f->net, &ops[i]);
	}
	station(dest, 2);
	station(source, 1);
	fixture_send(f, 2, 2, 9);
	fixture_sent_ports(f);

	fixture_receive(f, 1, ip_frame(f, dest, source, false));
	assert_int_equal(seen.hook[NF_INET_PRE_ROUTING], 1);
	assert_int_equal(seen.hook[NF_INET_FORWARD], 1);
	assert_int_equal(seen.hook[NF_INET_POST_ROUTING], 1);
	assert_int_equal(seen.in[NF_INET_PRE_ROUTING], f->brdev->ifindex);
	assert_int_equal(seen.in[NF_INET_FORWARD], f->brdev->ifindex);
	assert_int_equal(seen.out[NF_INET_FORWARD], f->brdev->ifindex);
	assert_int_equal(seen.out[NF_INET_POST_ROUTING], f->brdev->ifindex);
	assert_ptr_equal(seen.physin, f->port[1]);
	assert_ptr_equal(seen.physout, f->port[2]);
	assert_int_equal(f->sent[0].len, ETH_HLEN + 40);
	assert_string_equal(fixture_sent_ports(f), "2");

	/* a flood passes FORWARD once for each port */
	station(dest, 8);
	fixture_receive(f, 1, ip_frame(f, dest, source, false));
	assert_int_equal(seen.hook[NF_INET_PRE_ROUTING], 2);
	assert_int_equal(seen.hook[NF_INET_FORWARD], 3);
	assert_string_equal(fixture_sent_ports(f), "32");

	/* what ip_rcv() would refuse is refused here */
	fixture_receive(f, 1, ip_frame(f, dest, source, true));
	assert_string_equal(fixture_sent_ports(f), "");
	assert_int_equal(f->world->drops[SKB_DROP_REASON_IP_INHDR], 1);

	*brnf_sysctl(f->net, BRNF_CALL_IPTABLES) = 0;
	fixture_receive(f, 1, ip_frame(f, dest, source, false));
	assert_int_equal(seen.hook[NF_INET_PRE_ROUTING], 2);
	assert_string_equal(fixture_sent_ports(f), "32");
	*brnf_sysctl(f->net, BRNF_CALL_IPTABLES) = 1;
	for (int i = 0; i < 3; i++)
		nf_unregister_net_hook(f->net, &ops[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_br_handle_frame_drops_a_source_no_station_can_have),
		fixture_test(test_br_handle_frame_obeys_the_state_of_the_port),
		fixture_test(test_br_handle_frame_passes_up_what_is_for_the_host),
		fixture_test(test_br_handle_frame_learns_nothing_when_told_so),
		fixture_test(test_br_handle_frame_lets_only_known_stations_through_a_locked_port),
		fixture_test(test_br_handle_frame_keeps_link_local_groups_on_the_link),
		fixture_test(test_frame_that_stays_teaches_in_a_vlan_of_its_port),
		fixture_test(test_foreign_tag_is_payload),
		fixture_test(test_promiscuous_bridge_sees_frames_between_ports),
		fixture_test(test_bridged_packets_meet_the_hooks_as_the_bridges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
