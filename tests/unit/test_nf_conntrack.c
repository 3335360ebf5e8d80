/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_nf_conntrack.c - which flow a packet belongs to, and how long it lives */
#include "nf_fixture.h"

#include <linux/netfilter/nfnetlink_conntrack.h>

#define A ((ng_force __be32)0x010200c0) /* 192.0.2.1 */
#define B ((ng_force __be32)0x026433c6) /* 198.51.100.2 */

static struct nf_packet flipped(struct nf_packet p)
{
	struct nf_packet r = p;

	r.src = p.dst;
	r.dst = p.src;
	if (p.protocol != IPPROTO_ICMP) {
		r.sport = p.dport;
		r.dport = p.sport;
	}
	return r;
}

static const struct nf_packet query = {
	.src = A, .dst = B, .protocol = IPPROTO_UDP, .sport = 1000, .dport = 53
};

/* shows a packet to conntrack; its ctinfo, -1 when it got no flow */
static int see(struct nf_fixture *f, const struct nf_packet *p)
{
	struct sk_buff *skb = nf_packet(f, p);
	int ret;

	assert_int_equal(nf_track(f, skb), NF_ACCEPT);
	ret = skb->nfct ? skb->nfctinfo : -1;
	consume_skb(skb);
	return ret;
}

static struct nf_conn *only_flow(struct nf_fixture *f)
{
	assert_int_equal(f->net->ct->nr_confirmed, 1);
	return list_first_entry(&f->net->ct->all, struct nf_conn, list);
}

static int64_t seconds_left(struct nf_fixture *f)
{
	return (only_flow(f)->timeout_ns - world_now(f->world)) / NSEC_PER_SEC;
}

static void test_udp_flow_grows_up_to_a_stream(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_packet answer = flipped(query);

	assert_int_equal(see(f, &query), IP_CT_NEW);
	assert_int_equal(see(f, &query), IP_CT_NEW);
	assert_false(only_flow(f)->status & IPS_SEEN_REPLY);
	assert_int_equal(see(f, &answer), IP_CT_ESTABLISHED_REPLY);
	assert_int_equal(see(f, &query), IP_CT_ESTABLISHED);
	assert_int_equal(seconds_left(f), 30);
	sim_advance(&f->world->sim, 3 * NSEC_PER_SEC);
	see(f, &query);
	assert_true(only_flow(f)->status & IPS_ASSURED);
	assert_int_equal(seconds_left(f), 120);
}

static void test_flow_dies_when_its_time_is_over(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_packet answer = flipped(query);

	see(f, &query);
	sim_advance(&f->world->sim, 29 * NSEC_PER_SEC);
	assert_int_equal(see(f, &answer), IP_CT_ESTABLISHED_REPLY);
	sim_advance(&f->world->sim, 30 * NSEC_PER_SEC);
	/* nothing is left that knows the query: the answer begins a flow of its own */
	assert_int_equal(see(f, &answer), IP_CT_NEW);
	assert_int_equal(f->net->ct->nr_confirmed, 1);
}

static void test_icmp_query_and_answer_are_one_flow(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_packet ping = {
		.src = A, .dst = B, .protocol = IPPROTO_ICMP, .sport = ICMP_ECHO << 8, .dport = 77
	};
	struct nf_packet pong = flipped(ping);

	pong.sport = ICMP_ECHOREPLY << 8;
	assert_int_equal(see(f, &pong), -1);
	assert_int_equal(see(f, &ping), IP_CT_NEW);
	assert_int_equal(see(f, &pong), IP_CT_ESTABLISHED_REPLY);
	pong.dport = 78;
	assert_int_equal(see(f, &pong), -1);
	assert_int_equal(seconds_left(f), 30);
}

static void test_icmp_error_is_related_to_what_it_quotes(void **state)
{
	struct nf_fixture *f = *state;
	struct sk_buff *err;

	see(f, &query);
	err = nf_icmp_error(f, B, A, ICMP_DEST_UNREACH << 8 | ICMP_PORT_UNREACH,
			    nf_packet(f, &query));
	nf_track(f, err);
	assert_ptr_equal(err->nfct, only_flow(f));
	assert_int_equal(err->nfctinfo, IP_CT_RELATED_REPLY);
	consume_skb(err);
	/* for somebody who did not send the quoted packet */
	err = nf_icmp_error(f, B, IP4(203, 0, 113, 9), ICMP_DEST_UNREACH << 8,
			    nf_packet(f, &query));
	nf_track(f, err);
	assert_null(err->nfct);
	consume_skb(err);
}

static void test_tcp_states_follow_the_segments(void **state)
{
	/* c: from the client, s: from the server */
	static const struct {
		char from;
		const char *flags;
		uint32_t seq, ack;
		uint16_t payload;
		const char *state;
		int seconds;
	} steps[] = {
		{ 'c', "S", 100, 0, 0, "SYN_SENT", 120 },
		{ 's', "SA", 500, 101, 0, "SYN_RECV", 60 },
		{ 'c', "A", 101, 501, 0, "ESTABLISHED", 432000 },
		{ 'c', "PA", 101, 501, 10, "ESTABLISHED", 300 },
		{ 's', "A", 501, 111, 0, "ESTABLISHED", 432000 },
		{ 'c', "FA", 111, 501, 0, "FIN_WAIT", 120 },
		{ 's', "A", 501, 112, 0, "CLOSE_WAIT", 60 },
		{ 's', "FA", 501, 112, 0, "LAST_ACK", 30 },
		{ 'c', "A", 112, 502, 0, "TIME_WAIT", 120 },
	};
	struct nf_fixture *f = *state;
	struct nf_packet client = {
		.src = A, .dst = B, .protocol = IPPROTO_TCP, .sport = 40000, .dport = 80
	};
	struct nf_packet server = flipped(client);
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct nf_packet p = steps[i].from == 'c' ? client : server;

		p.flags = steps[i].flags;
		p.seq = steps[i].seq;
		p.ack = steps[i].ack;
		p.payload = steps[i].payload;
		assert_int_not_equal(see(f, &p), -1);
		assert_string_equal(nf_ct_tcp_state_name(only_flow(f)->proto.tcp.state),
				    steps[i].state);
		assert_int_equal(seconds_left(f), steps[i].seconds);
	}
	assert_true(only_flow(f)->status & IPS_ASSURED);
}

static void test_tcp_refuses_what_does_not_fit(void **state)
{
	static const struct {
		const char *what;
		char from;
		const char *flags;
		uint32_t seq, ack;
	} cases[] = {
		{ "data far beyond the window", 'c', "PA", 900000, 501 },
		{ "an acknowledgement of what was never sent", 's', "A", 501, 900000 },
		{ "SYN and FIN", 'c', "SF", 101, 501 },
		{ "no flags", 'c', "", 101, 501 },
	};
	struct nf_fixture *f = *state;
	struct nf_packet client = {
		.src = A, .dst = B, .protocol = IPPROTO_TCP, .sport = 40000, .dport = 80
	};
	struct nf_packet server = flipped(client);
	struct nf_packet p;
	size_t i;

	p = client, p.flags = "S", p.seq = 100;
	see(f, &p);
	p = server, p.flags = "SA", p.seq = 500, p.ack = 101;
	see(f, &p);
	p = client, p.flags = "A", p.seq = 101, p.ack = 501;
	see(f, &p);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		p = cases[i].from == 'c' ? client : server;
		p.flags = cases[i].flags;
		p.seq = cases[i].seq;
		p.ack = cases[i].ack;
		if (see(f, &p) != -1)
			fail_msg("%s", cases[i].what);
	}
}

static void test_refused_connection_leaves_nothing(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_packet p = { .src = A,
			       .dst = B,
			       .protocol = IPPROTO_TCP,
			       .sport = 40000,
			       .dport = 80,
			       .flags = "S",
			       .seq = 100 };
	struct nf_packet rst = flipped(p);

	rst.flags = "RA";
	rst.seq = 0;
	rst.ack = 101;
	see(f, &p);
	assert_int_equal(see(f, &rst), IP_CT_ESTABLISHED_REPLY);
	assert_int_equal(f->net->ct->nr_confirmed, 0);
}

static void test_wrong_checksum_gets_no_flow(void **state)
{
	struct nf_fixture *f = *state;
	struct sk_buff *skb = nf_packet(f, &query);

	skb->tail[-1] ^= 1;
	nf_track(f, skb);
	assert_null(skb->nfct);
	consume_skb(skb);
}

static void test_later_fragments_get_no_flow(void **state)
{
	struct nf_fixture *f = *state;
	struct sk_buff *skb = nf_packet(f, &query);

	ip_hdr(skb)->frag_off = cpu_to_be16(10);
	nf_track(f, skb);
	assert_null(skb->nfct);
	consume_skb(skb);
}

static void test_a_thousand_flows_are_all_found_and_listed_in_order(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_packet p = query;
	uint16_t port = 1000;
	struct nf_conn *ct;
	int i;

	for (i = 0; i < 1000; i++) {
		p.sport = (uint16_t)(1000 + i);
		assert_int_equal(see(f, &p), IP_CT_NEW);
	}
	for (i = 0; i < 1000; i++) {
		struct nf_packet answer;

		p.sport = (uint16_t)(1000 + i);
		answer = flipped(p);
		assert_int_equal(see(f, &answer), IP_CT_ESTABLISHED_REPLY);
	}
	list_for_each_entry(ct, &f->net->ct->all, list)
		assert_int_equal(be16_to_cpu(ct->tuplehash[0].tuple.src_all), port++);
}

static void test_hooks_are_there_while_a_rule_needs_them(void **state)
{
	struct nf_fixture *f = *state;

	nf_ct_netns_get(f->net);
	nf_ct_netns_get(f->net);
	assert_false(list_empty(&f->net->nf->hooks_ipv4[NF_INET_PRE_ROUTING]));
	nf_ct_netns_put(f->net);
	assert_false(list_empty(&f->net->nf->hooks_ipv4[NF_INET_PRE_ROUTING]));
	nf_ct_netns_put(f->net);
	assert_true(list_empty(&f->net->nf->hooks_ipv4[NF_INET_PRE_ROUTING]));
}

static void test_full_table_drops_new_flows_only(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_packet p = query;
	struct sk_buff *skb;

	see(f, &query);
	f->net->world->nf_conntrack_max = 1;
	p.sport++;
	skb = nf_packet(f, &p);
	assert_int_equal(nf_track(f, skb), NF_DROP);
	consume_skb(skb);
	assert_int_equal(see(f, &query), IP_CT_NEW);
}

static void test_zones_keep_equal_tuples_apart(void **state)
{
	struct nf_fixture *f = *state;
	struct sk_buff *skb = nf_packet(f, &query);
	struct nf_conn *first;

	assert_int_equal(see(f, &query), IP_CT_NEW);
	first = only_flow(f);
	skb->nf_zone_dir = 1U << IP_CT_DIR_ORIGINAL | 1U << IP_CT_DIR_REPLY;
	skb->nf_zone = 5;
	assert_int_equal(nf_track(f, skb), NF_ACCEPT);
	assert_ptr_not_equal(skb->nfct, first);
	assert_int_equal(skb->nfct->tuplehash[IP_CT_DIR_REPLY].tuple.zone, 5);
	assert_int_equal(f->net->ct->nr_confirmed, 2);
	consume_skb(skb);
}

static void test_zone_of_one_direction_is_answered_from_the_other(void **state)
{
	struct nf_fixture *f = *state;
	struct sk_buff *skb = nf_packet(f, &query);
	struct nf_packet answer = flipped(query);

	skb->nf_zone_dir = 1U << IP_CT_DIR_ORIGINAL;
	skb->nf_zone = 5;
	assert_int_equal(nf_track(f, skb), NF_ACCEPT);
	consume_skb(skb);
	assert_int_equal(see(f, &answer), IP_CT_ESTABLISHED_REPLY);
	assert_int_equal(f->net->ct->nr_confirmed, 1);
}

static void test_accounting_counts_each_direction(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_packet answer = flipped(query);

	nf_ct_pernet(f->net)->sysctl[NF_CT_SYSCTL_ACCT] = 1;
	see(f, &query);
	see(f, &query);
	see(f, &answer);
	assert_int_equal(only_flow(f)->counter[IP_CT_DIR_ORIGINAL].packets, 2);
	assert_int_equal(only_flow(f)->counter[IP_CT_DIR_ORIGINAL].bytes, 2 * 28);
	assert_int_equal(only_flow(f)->counter[IP_CT_DIR_REPLY].packets, 1);
}

static void test_two_first_datagrams_of_one_flow_share_it(void **state)
{
	struct nf_fixture *f = *state;
	struct nf_hook_state pre = nf_state(f, NF_INET_PRE_ROUTING);
	struct sk_buff *a = nf_packet(f, &query), *b = nf_packet(f, &query);

	assert_int_equal(nf_conntrack_in(a, &pre), NF_ACCEPT);
	assert_int_equal(nf_conntrack_in(b, &pre), NF_ACCEPT);
	assert_int_equal(nf_conntrack_confirm(a), NF_ACCEPT);
	assert_int_equal(nf_conntrack_confirm(b), NF_ACCEPT);
	assert_ptr_equal(a->nfct, b->nfct);
	assert_int_equal(f->net->ct->stats.clashres, 1);
	consume_skb(a);
	consume_skb(b);
}

static void test_listeners_hear_what_happens_to_flows_made_while_they_listen(void **state)
{
	static const uint8_t types[] = { IPCTNL_MSG_CT_NEW, IPCTNL_MSG_CT_NEW,
					 IPCTNL_MSG_CT_DELETE };
	struct nf_fixture *f = *state;
	struct nf_packet answer = flipped(query), silent = query;
	struct sk_buff *skb;
	unsigned int i;

	silent.sport = 7;
	see(f, &silent);
	f->nlk->groups = 7; /* new, update, destroy */
	see(f, &query);
	see(f, &query);
	see(f, &answer);
	nf_ct_delete(list_last_entry(&f->net->ct->all, struct nf_conn, list));
	nf_ct_delete(only_flow(f));
	for (i = 0; i < sizeof(types); i++) {
		const struct nlmsghdr *nlh;

		skb = skb_dequeue(&f->nlk->sk.receive_queue);
		assert_non_null(skb);
		nlh = (const struct nlmsghdr *)(const void *)skb->data;
		assert_int_equal(nlh->nlmsg_type, NFNL_SUBSYS_CTNETLINK << 8 | types[i]);
		assert_int_equal(!!(nlh->nlmsg_flags & NLM_F_CREATE), i == 0);
		consume_skb(skb);
	}
	assert_null(skb_dequeue(&f->nlk->sk.receive_queue));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, nf_setup, nf_teardown)
	const struct CMUnitTest tests[] = {
		T(test_zones_keep_equal_tuples_apart),
		T(test_zone_of_one_direction_is_answered_from_the_other),
		T(test_accounting_counts_each_direction),
		T(test_two_first_datagrams_of_one_flow_share_it),
		T(test_listeners_hear_what_happens_to_flows_made_while_they_listen),
		T(test_udp_flow_grows_up_to_a_stream),
		T(test_flow_dies_when_its_time_is_over),
		T(test_icmp_query_and_answer_are_one_flow),
		T(test_icmp_error_is_related_to_what_it_quotes),
		T(test_tcp_states_follow_the_segments),
		T(test_tcp_refuses_what_does_not_fit),
		T(test_refused_connection_leaves_nothing),
		T(test_wrong_checksum_gets_no_flow),
		T(test_later_fragments_get_no_flow),
		T(test_a_thousand_flows_are_all_found_and_listed_in_order),
		T(test_hooks_are_there_while_a_rule_needs_them),
		T(test_full_table_drops_new_flows_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
