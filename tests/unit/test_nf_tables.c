/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_nf_tables.c - rules: where they stand, what may not be, what a packet meets */
#include <linux/netfilter/nf_nat.h>
#include <stdio.h>

#include "nf_fixture.h"

#define OUTPUT_CHAIN "out"

static void make_filter(struct nf_fixture *f)
{
	struct nl_buf b = { 0 };

	nft_put_table(f, &b, "filter");
	nft_put_chain(f, &b, "filter", OUTPUT_CHAIN, NF_INET_LOCAL_OUT, "filter");
	nft_put_chain(f, &b, "filter", "u", -1, NULL);
	nft_put_chain(f, &b, "filter", "v", -1, NULL);
	assert_int_equal(nf_commit(f, &b), 0);
}

/* a rule that gives a verdict and nothing else: 0 or the error */
static int add_verdict(struct nf_fixture *f, const char *chain, int code, const char *to)
{
	struct nl_buf b = { 0 };
	size_t exprs = nft_rule_begin(f, &b, "filter", chain, NLM_F_CREATE | NLM_F_APPEND);

	nft_put_verdict(&b, code, to);
	nft_rule_end(&b, exprs);
	return nf_commit(f, &b);
}

static int delete_chain(struct nf_fixture *f, const char *chain)
{
	struct nl_buf b = { 0 };

	nf_msg(f, &b, NFT(NFT_MSG_DELCHAIN), NLM_F_NONREC);
	nla_put_string(&b, NFTA_CHAIN_TABLE, "filter");
	nla_put_string(&b, NFTA_CHAIN_NAME, chain);
	nlmsg_end(&b);
	return nf_commit(f, &b);
}

static unsigned int run_chain(struct nf_fixture *f, const struct nf_packet *p)
{
	struct nf_hook_state st = nf_state(f, NF_INET_LOCAL_OUT);
	struct sk_buff *skb = nf_packet(f, p);
	unsigned int verdict;

	verdict = nft_do_chain_ipv4(nft_chain_named(f, "filter", OUTPUT_CHAIN), skb, &st);
	consume_skb(skb);
	return verdict;
}

static const struct nf_packet udp = {
	.src = 0, .dst = 0, .protocol = IPPROTO_UDP, .sport = 1000, .dport = 53
};

static void handles(const struct nf_fixture *f, char *text, size_t size)
{
	const struct nft_rule *rule;
	size_t n = 0;

	text[0] = '\0';
	list_for_each_entry(rule, &nft_chain_named(f, "filter", "u")->rules, list)
		n += (size_t)snprintf(text + n, size - n, "%s%u", n ? " " : "",
				      (unsigned int)rule->handle);
}

static void put_rule(struct nf_fixture *f, uint16_t flags, uint16_t at_type, uint64_t at)
{
	struct nl_buf b = { 0 };
	size_t exprs = nft_rule_begin(f, &b, "filter", "u", flags);

	nft_put_verdict(&b, NF_ACCEPT, NULL);
	nla_nest_end(&b, exprs);
	if (at_type)
		nla_put_be64(&b, at_type, cpu_to_be64(at));
	nlmsg_end(&b);
	assert_int_equal(nf_commit(f, &b), 0);
}

static void test_newrule_puts_rules_where_asked(void **state)
{
	struct nf_fixture *f = *state;
	char text[64];

	make_filter(f);					  /* handles 1 to 3 are the chains */
	put_rule(f, NLM_F_CREATE | NLM_F_APPEND, 0, 0);	  /* 4 */
	put_rule(f, NLM_F_CREATE | NLM_F_APPEND, 0, 0);	  /* 5 */
	put_rule(f, NLM_F_CREATE, 0, 0);		  /* 6: in front */
	put_rule(f, NLM_F_CREATE, NFTA_RULE_POSITION, 5); /* 7: before 5 */
	put_rule(f, NLM_F_CREATE | NLM_F_APPEND, NFTA_RULE_POSITION, 4); /* 8: after 4 */
	handles(f, text, sizeof(text));
	assert_string_equal(text, "6 4 8 7 5");
	put_rule(f, NLM_F_REPLACE, NFTA_RULE_HANDLE, 4);
	handles(f, text, sizeof(text));
	assert_string_equal(text, "6 4 8 7 5");
}

static void test_delchain_refuses_chains_in_use(void **state)
{
	struct nf_fixture *f = *state;

	make_filter(f);
	assert_int_equal(add_verdict(f, "u", NFT_JUMP, "v"), 0);
	assert_int_equal(delete_chain(f, "v"), -EBUSY);
	assert_int_equal(delete_chain(f, "u"), -EBUSY);
	assert_int_equal(nft_chain_named(f, "filter", "v")->use, 1);
}

static void test_loop_is_refused_only_when_packets_can_reach_it(void **state)
{
	struct nf_fixture *f = *state;
	uint32_t seq;

	make_filter(f);
	assert_int_equal(add_verdict(f, "u", NFT_JUMP, "v"), 0);
	assert_int_equal(add_verdict(f, "v", NFT_JUMP, "u"), 0);
	assert_int_equal(add_verdict(f, OUTPUT_CHAIN, NFT_JUMP, "u"), -EMLINK);
	seq = nf_got(f, 0)->nlmsg_seq;
	assert_int_equal(seq, f->seq - 2); /* rule, begin, end were numbered in this order */
	assert_int_equal(nft_chain_named(f, "filter", "u")->use, 2);
}

static void test_jump_to_a_base_chain_is_refused(void **state)
{
	struct nf_fixture *f = *state;

	make_filter(f);
	assert_int_equal(add_verdict(f, "u", NFT_JUMP, OUTPUT_CHAIN), -EOPNOTSUPP);
	assert_int_equal(add_verdict(f, "u", NFT_JUMP, "nosuch"), -ENOENT);
}

/* @size of options, all zero but a count of ranges where 0 asks for the right ones of MASQUERADE */
static int add_target(struct nf_fixture *f, const char *table, const char *chain, const char *name,
		      size_t size)
{
	uint8_t info[64] = { 0 };
	struct nf_nat_ipv4_multi_range_compat mr = { .rangesize = 1 };
	struct nl_buf b = { 0 };
	size_t exprs = nft_rule_begin(f, &b, table, chain, NLM_F_CREATE | NLM_F_APPEND);

	if (!size) {
		memcpy(info, &mr, sizeof(mr));
		size = (sizeof(mr) + 7) & ~(size_t)7;
	}
	nft_put_xt(&b, "target", name, 0, info, size);
	nft_rule_end(&b, exprs);
	return nf_commit(f, &b);
}

static int add_jump(struct nf_fixture *f, const char *table, const char *chain, const char *to)
{
	struct nl_buf b = { 0 };
	size_t exprs = nft_rule_begin(f, &b, table, chain, NLM_F_CREATE | NLM_F_APPEND);

	nft_put_verdict(&b, NFT_JUMP, to);
	nft_rule_end(&b, exprs);
	return nf_commit(f, &b);
}

static void test_targets_are_refused_where_they_make_no_sense(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };

	make_filter(f);
	nft_put_table(f, &b, "nat");
	nft_put_chain(f, &b, "nat", "post", NF_INET_POST_ROUTING, "nat");
	nft_put_chain(f, &b, "nat", "in", NF_INET_LOCAL_IN, "nat");
	nft_put_chain(f, &b, "nat", "user", -1, NULL);
	assert_int_equal(nf_commit(f, &b), 0);
	assert_int_equal(add_target(f, "filter", "u", "MASQUERADE", 0), -EINVAL);
	assert_int_equal(add_target(f, "nat", "in", "MASQUERADE", 0), -EINVAL);
	assert_int_equal(add_target(f, "nat", "post", "MASQUERADE", 8), -EINVAL);
	assert_int_equal(add_target(f, "nat", "post", "NOSUCH", 8), -ENOENT);
	assert_int_equal(add_target(f, "nat", "post", "MASQUERADE", 0), 0);
	/* in a user's chain it is refused when a wrong hook can reach it */
	assert_int_equal(add_target(f, "nat", "user", "MASQUERADE", 0), 0);
	assert_int_equal(add_jump(f, "nat", "in", "user"), -EINVAL);
	assert_int_equal(add_jump(f, "nat", "post", "user"), 0);
}

static void test_cmp_orders_bytes_as_the_wire_does(void **state)
{
	static const struct {
		const char *what;
		uint32_t op;
		uint8_t want[4];
		bool match;
	} cases[] = {
		{ "equal", NFT_CMP_EQ, { 10, 0, 0, 1 }, true },
		{ "equal to another", NFT_CMP_EQ, { 10, 0, 0, 2 }, false },
		{ "unequal", NFT_CMP_NEQ, { 10, 0, 0, 2 }, true },
		{ "unequal to itself", NFT_CMP_NEQ, { 10, 0, 0, 1 }, false },
		{ "less", NFT_CMP_LT, { 10, 0, 1, 0 }, true },
		{ "less than itself", NFT_CMP_LT, { 10, 0, 0, 1 }, false },
		{ "less or equal", NFT_CMP_LTE, { 10, 0, 0, 1 }, true },
		{ "greater", NFT_CMP_GT, { 9, 255, 255, 255 }, true },
		{ "greater or equal", NFT_CMP_GTE, { 10, 0, 0, 2 }, false },
	};
	struct nf_fixture *f = *state;
	struct nf_packet p = udp;
	size_t i;

	p.src = IP4(10, 0, 0, 1);
	make_filter(f);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nl_buf b = { 0 };
		size_t exprs;

		nf_msg(f, &b, NFT(NFT_MSG_DELRULE), 0);
		nla_put_string(&b, NFTA_RULE_TABLE, "filter");
		nlmsg_end(&b);
		exprs = nft_rule_begin(f, &b, "filter", OUTPUT_CHAIN, NLM_F_CREATE | NLM_F_APPEND);
		nft_put_cmp(&b, offsetof(struct iphdr, saddr), 4, cases[i].op, cases[i].want);
		nft_put_verdict(&b, NF_DROP, NULL);
		nft_rule_end(&b, exprs);
		assert_int_equal(nf_commit(f, &b), 0);
		if (run_chain(f, &p) != (cases[i].match ? NF_DROP : NF_ACCEPT))
			fail_msg("%s", cases[i].what);
	}
}

static void test_do_chain_returns_and_goes_as_told(void **state)
{
	static const struct {
		const char *what;
		int in_out, in_u, in_v;
		unsigned int verdict;
	} cases[] = {
		{ "jump and fall back", NFT_JUMP, NFT_CONTINUE, NFT_CONTINUE, NF_DROP },
		{ "goto leaves the caller behind", NFT_GOTO, NFT_CONTINUE, NFT_CONTINUE,
		  NF_ACCEPT },
		{ "return from a jump", NFT_JUMP, NFT_RETURN, NFT_CONTINUE, NF_DROP },
		{ "accept deep down", NFT_JUMP, NFT_JUMP, NF_ACCEPT, NF_ACCEPT },
		{ "drop deep down after goto", NFT_GOTO, NFT_GOTO, NF_DROP, NF_DROP },
		{ "goto in a jump returns to the jump's caller", NFT_JUMP, NFT_GOTO, NFT_RETURN,
		  NF_DROP },
	};
	struct nf_fixture *f = *state;
	size_t i;

	make_filter(f);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nl_buf b = { 0 };

		nf_msg(f, &b, NFT(NFT_MSG_DELRULE), 0);
		nla_put_string(&b, NFTA_RULE_TABLE, "filter");
		nlmsg_end(&b);
		assert_int_equal(nf_commit(f, &b), 0);
		add_verdict(f, OUTPUT_CHAIN, cases[i].in_out, "u");
		add_verdict(f, OUTPUT_CHAIN, NF_DROP, NULL);
		add_verdict(f, "u", cases[i].in_u,
			    cases[i].in_u == NFT_JUMP || cases[i].in_u == NFT_GOTO ? "v" : NULL);
		add_verdict(f, "v", cases[i].in_v, NULL);
		if (run_chain(f, &udp) != cases[i].verdict)
			fail_msg("%s", cases[i].what);
	}
}

static void test_policy_counts_only_what_no_rule_decided(void **state)
{
	struct nf_fixture *f = *state;
	struct nft_chain *chain;
	struct nl_buf b = { 0 };
	uint8_t other[4] = { 192, 0, 2, 1 };
	struct nf_packet p = udp;
	size_t nest, exprs;

	make_filter(f);
	nf_msg(f, &b, NFT(NFT_MSG_NEWCHAIN), 0);
	nla_put_string(&b, NFTA_CHAIN_TABLE, "filter");
	nla_put_string(&b, NFTA_CHAIN_NAME, OUTPUT_CHAIN);
	nla_put_be32(&b, NFTA_CHAIN_POLICY, cpu_to_be32(NF_DROP));
	nest = nla_nest_start(&b, NFTA_CHAIN_COUNTERS);
	nla_put_be64(&b, NFTA_COUNTER_PACKETS, cpu_to_be64(5));
	nla_put_be64(&b, NFTA_COUNTER_BYTES, cpu_to_be64(50));
	nla_nest_end(&b, nest);
	nlmsg_end(&b);
	exprs = nft_rule_begin(f, &b, "filter", OUTPUT_CHAIN, NLM_F_CREATE | NLM_F_APPEND);
	nft_put_cmp(&b, offsetof(struct iphdr, saddr), 4, NFT_CMP_EQ, other);
	nft_put_verdict(&b, NF_ACCEPT, NULL);
	nft_rule_end(&b, exprs);
	assert_int_equal(nf_commit(f, &b), 0);
	assert_int_equal(run_chain(f, &p), NF_DROP);
	p.src = IP4(192, 0, 2, 1);
	assert_int_equal(run_chain(f, &p), NF_ACCEPT);
	chain = nft_chain_named(f, "filter", OUTPUT_CHAIN);
	assert_int_equal(chain->pkts, 6);
	assert_int_equal(chain->bytes, 78);
}

static void test_unknown_family_and_missing_table(void **state)
{
	struct nf_fixture *f = *state;
	struct nfgenmsg *nfmsg;
	struct nl_buf b = { 0 };

	nfmsg = nlmsg_put(&b, 0, ++f->seq, NFT(NFT_MSG_NEWTABLE), NLM_F_REQUEST | NLM_F_CREATE,
			  sizeof(*nfmsg));
	nfmsg->nfgen_family = NFPROTO_IPV6;
	nla_put_string(&b, NFTA_TABLE_NAME, "filter");
	nlmsg_end(&b);
	assert_int_equal(nf_commit(f, &b), -EOPNOTSUPP);
	nf_msg(f, &b, NFT(NFT_MSG_GETCHAIN), NLM_F_ACK);
	nla_put_string(&b, NFTA_CHAIN_TABLE, "filter");
	nla_put_string(&b, NFTA_CHAIN_NAME, "INPUT");
	nlmsg_end(&b);
	nf_send(f, &b);
	assert_int_equal(nf_got_error(f, 0), -ENOENT);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, nf_setup, nf_teardown)
	const struct CMUnitTest tests[] = {
		T(test_newrule_puts_rules_where_asked),
		T(test_delchain_refuses_chains_in_use),
		T(test_loop_is_refused_only_when_packets_can_reach_it),
		T(test_jump_to_a_base_chain_is_refused),
		T(test_targets_are_refused_where_they_make_no_sense),
		T(test_cmp_orders_bytes_as_the_wire_does),
		T(test_do_chain_returns_and_goes_as_told),
		T(test_policy_counts_only_what_no_rule_decided),
		T(test_unknown_family_and_missing_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
