/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_netlink.c - the helpers of include/netglass/netlink.h, on honest and hostile rows */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <netglass/netlink.h>

#define TYPES 7

static void test_row_written_is_the_row_read(void **state)
{
	struct nl_buf b = { 0 };
	const struct nlattr *tb[TYPES + 1];
	const struct nlattr *inner[TYPES + 1];
	const struct nlmsghdr *nlh;
	size_t nest;
	char name[8];

	(void)state;
	nlmsg_put(&b, 5, 6, 16, 1, 3);
	nla_put_u8(&b, 1, 0xab);
	nla_put_u16(&b, 2, 0xabcd);
	nla_put_u32(&b, 3, 0x12345678);
	nla_put_u64(&b, 4, UINT64_C(0x123456789abcdef0));
	nla_put_string(&b, 5, "veth-red-long");
	nest = nla_nest_start(&b, 6 | NLA_F_NESTED);
	nla_put_be32(&b, 1, cpu_to_be32(0xc0000201));
	nla_nest_end(&b, nest);
	nest = nla_nest_start(&b, 7);
	nla_put_u32(&b, 1, 1);
	nla_nest_cancel(&b, nest);
	nlmsg_end(&b);
	nlh = (const struct nlmsghdr *)(const void *)b.data;
	assert_int_equal(nlh->nlmsg_len, b.len);
	assert_int_equal(nlmsg_parse(nlh, 3, tb, TYPES), 0);
	assert_int_equal(nla_get_u8(tb[1]), 0xab);
	assert_int_equal(nla_get_u16(tb[2]), 0xabcd);
	assert_int_equal(nla_get_u32(tb[3]), 0x12345678);
	assert_true(nla_get_u64(tb[4]) == UINT64_C(0x123456789abcdef0));
	nla_strscpy(name, tb[5], sizeof(name));
	assert_string_equal(name, "veth-re");
	assert_int_equal(nla_parse_nested(inner, TYPES, tb[6]), 0);
	assert_true(nla_get_be32(inner[1]) == cpu_to_be32(0xc0000201));
	assert_null(tb[7]);
	nl_buf_fini(&b);
}

static void test_cancelled_message_leaves_those_before_it(void **state)
{
	struct nl_buf b = { 0 };
	size_t len;

	(void)state;
	nlmsg_put(&b, 0, 1, 16, 0, 16);
	nlmsg_end(&b);
	len = b.len;
	nlmsg_put(&b, 0, 2, 16, 0, 16);
	nla_put_string(&b, 1, "gone");
	nlmsg_cancel(&b);
	assert_int_equal(b.len, len);
	nl_buf_fini(&b);
}

static void test_parse_survives_every_length(void **state)
{
	static const struct {
		uint16_t len;
		size_t row;
		int want; /* of nla_parse */
		bool there;
	} cases[] = {
		{ 8, 8, 0, true },   { 4, 8, -1, true },      { 5, 8, 0, true },
		{ 7, 7, 0, true },   { 3, 8, -1, false },     { 0, 8, -1, false },
		{ 9, 8, -1, false }, { 65535, 8, -1, false }, { 8, 3, -1, false },
		{ 8, 0, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t *row =
			calloc(1, cases[i].row + 1); /* a heap block: reading past it is seen */
		const struct nlattr *tb[TYPES + 1];
		const struct nlattr nla = { cases[i].len, 2 };

		print_message("# length %u in %zu\n", cases[i].len, cases[i].row);
		memcpy(row, &nla, cases[i].row < sizeof(nla) ? cases[i].row : sizeof(nla));
		assert_int_equal(nla_parse(tb, TYPES, row, cases[i].row), cases[i].want);
		assert_int_equal(tb[2] != NULL, cases[i].there);
		free(row);
	}
}

static void test_short_numbers_are_read_as_far_as_they_go(void **state)
{
	static const uint8_t two[8] __attribute__((aligned(4))) = { 6, 0, 1, 0, 0x34, 0x12 };
	static const uint8_t none[4] __attribute__((aligned(4))) = { 4, 0, 1, 0 };

	(void)state;
	assert_int_equal(nla_get_u32((const struct nlattr *)(const void *)two), 0x1234);
	assert_int_equal(nla_get_u64((const struct nlattr *)(const void *)none), 0);
	assert_int_equal(nla_get_u8((const struct nlattr *)(const void *)none), 0);
}

static void test_strings_without_end_are_cut_and_ended(void **state)
{
	static const uint8_t row[8]
		__attribute__((aligned(4))) = { 8, 0, 1, 0, 'a', 'b', 'c', 'd' };
	char small[3], large[8];

	(void)state;
	nla_strscpy(small, (const struct nlattr *)(const void *)row, sizeof(small));
	assert_string_equal(small, "ab");
	nla_strscpy(large, (const struct nlattr *)(const void *)row, sizeof(large));
	assert_string_equal(large, "abcd");
}

static void test_message_shorter_than_its_header_is_refused(void **state)
{
	const struct nlattr *tb[TYPES + 1];
	struct nlmsghdr *nlh = calloc(1, 64);

	(void)state;
	nlh->nlmsg_len = NLMSG_HDRLEN + 15;
	assert_int_equal(nlmsg_parse(nlh, 16, tb, TYPES), -1);
	nlh->nlmsg_len = NLMSG_HDRLEN + 16;
	assert_int_equal(nlmsg_parse(nlh, 16, tb, TYPES), 0);
	nlh->nlmsg_len = NLMSG_HDRLEN + 13; /* the header is there, its padding is not */
	assert_int_equal(nlmsg_parse(nlh, 13, tb, TYPES), 0);
	free(nlh);
}

static void test_types_beyond_the_table_are_skipped_and_the_last_one_wins(void **state)
{
	struct nl_buf b = { 0 };
	const struct nlattr *tb[TYPES + 1];

	(void)state;
	nla_put_u32(&b, 1, 1);
	nla_put_u32(&b, 99, 2);
	nla_put_u32(&b, 1, 3);
	assert_int_equal(nla_parse(tb, TYPES, b.data, b.len), 0);
	assert_int_equal(nla_get_u32(tb[1]), 3);
	nl_buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_row_written_is_the_row_read),
		cmocka_unit_test(test_cancelled_message_leaves_those_before_it),
		cmocka_unit_test(test_parse_survives_every_length),
		cmocka_unit_test(test_short_numbers_are_read_as_far_as_they_go),
		cmocka_unit_test(test_strings_without_end_are_cut_and_ended),
		cmocka_unit_test(test_message_shorter_than_its_header_is_refused),
		cmocka_unit_test(test_types_beyond_the_table_are_skipped_and_the_last_one_wins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
