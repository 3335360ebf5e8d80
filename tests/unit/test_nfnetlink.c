/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_nfnetlink.c - batches take effect as a whole or not at all, and errors name their message */
#include "nf_fixture.h"

static uint32_t genid(const struct nf_fixture *f)
{
	return nft_pernet(f->net)->base_seq;
}

static void test_batch_commits_all_and_says_nothing(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };
	uint32_t before = genid(f);

	nf_batch_begin(f, &b, before);
	nft_put_table(f, &b, "filter");
	nft_put_chain(f, &b, "filter", "x", -1, NULL);
	nf_batch_end(f, &b);
	nf_send(f, &b);
	assert_int_equal(f->got.len, 0);
	assert_non_null(nft_chain_named(f, "filter", "x"));
	assert_int_equal(genid(f), before + 1);
}

static void test_batch_with_one_bad_message_changes_nothing(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };
	uint32_t before = genid(f);
	uint32_t bad_seq;

	nf_batch_begin(f, &b, 0);
	nft_put_table(f, &b, "filter");
	nft_put_chain(f, &b, "nosuch", "x", -1, NULL);
	bad_seq = f->seq;
	nft_put_chain(f, &b, "filter", "y", -1, NULL);
	nf_batch_end(f, &b);
	nf_send(f, &b);
	assert_int_equal(nf_got_error(f, 0), -ENOENT);
	assert_int_equal(nf_got(f, 0)->nlmsg_seq, bad_seq);
	assert_null(nf_got(f, 1));
	assert_true(list_empty(&nft_pernet(f->net)->tables));
	assert_int_equal(genid(f), before);
}

static void test_batch_reports_every_bad_message_in_order(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };

	nf_batch_begin(f, &b, 0);
	nft_put_chain(f, &b, "a", "x", -1, NULL);
	nft_put_chain(f, &b, "b", "x", -1, NULL);
	nf_batch_end(f, &b);
	nf_send(f, &b);
	assert_int_equal(nf_got(f, 0)->nlmsg_seq, f->seq - 2);
	assert_int_equal(nf_got(f, 1)->nlmsg_seq, f->seq - 1);
}

static void test_batch_for_another_generation_is_refused(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };
	uint32_t begin_seq;

	nf_batch_begin(f, &b, genid(f) + 1);
	begin_seq = f->seq;
	nft_put_table(f, &b, "filter");
	nf_batch_end(f, &b);
	nf_send(f, &b);
	assert_int_equal(nf_got_error(f, 0), -ERESTART);
	assert_int_equal(nf_got(f, 0)->nlmsg_seq, begin_seq);
	assert_true(list_empty(&nft_pernet(f->net)->tables));
}

static void test_batch_without_end_changes_nothing(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };

	nf_batch_begin(f, &b, 0);
	nft_put_table(f, &b, "filter");
	nf_send(f, &b);
	assert_true(list_empty(&nft_pernet(f->net)->tables));
}

static void test_empty_batch_keeps_the_generation(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };
	uint32_t before = genid(f);

	nf_batch_begin(f, &b, 0);
	nf_batch_end(f, &b);
	nf_send(f, &b);
	assert_int_equal(f->got.len, 0);
	assert_int_equal(genid(f), before);
}

static void test_change_outside_a_batch_is_refused(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };

	nft_put_table(f, &b, "filter");
	nf_send(f, &b);
	assert_int_equal(nf_got_error(f, 0), -EINVAL);
}

static void test_ack_in_a_batch_is_sent(void **state)
{
	struct nf_fixture *f = *state;
	struct nl_buf b = { 0 };

	nf_batch_begin(f, &b, 0);
	nf_msg(f, &b, NFT(NFT_MSG_NEWTABLE), NLM_F_CREATE | NLM_F_ACK);
	nla_put_string(&b, NFTA_TABLE_NAME, "filter");
	nlmsg_end(&b);
	nf_batch_end(f, &b);
	nf_send(f, &b);
	assert_int_equal(nf_got_error(f, 0), 0);
	assert_int_equal(nf_got(f, 0)->nlmsg_seq, f->seq - 1);
}

static void test_broken_datagrams_do_no_harm(void **state)
{
	struct nf_fixture *f = *state;
	static const uint8_t junk[64] = { 0x14, 0, 0, 0, 0x10, 0, 1, 0, 1,  0, 0,
					  0,	0, 0, 0, 0,    0, 0, 0, 10, 5 };
	size_t len;

	for (len = 0; len <= sizeof(junk); len++)
		nfnetlink_rcv(f->nlk, NULL, junk, len);
	assert_true(list_empty(&nft_pernet(f->net)->tables));
	skb_queue_purge(&f->nlk->sk.receive_queue, SKB_DROP_REASON_PKT_CONSUMED);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, nf_setup, nf_teardown)
	const struct CMUnitTest tests[] = {
		T(test_batch_commits_all_and_says_nothing),
		T(test_batch_with_one_bad_message_changes_nothing),
		T(test_batch_reports_every_bad_message_in_order),
		T(test_batch_for_another_generation_is_refused),
		T(test_batch_without_end_changes_nothing),
		T(test_empty_batch_keeps_the_generation),
		T(test_change_outside_a_batch_is_refused),
		T(test_ack_in_a_batch_is_sent),
		T(test_broken_datagrams_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
