/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_vsprintf.c - the kernel side's formatting, beside libc's */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vsprintf.h"

#define same_as_libc(...)                                                         \
	do {                                                                      \
		char ours[64], libcs[64];                                         \
		size_t n = scnprintf(ours, sizeof(ours), __VA_ARGS__);            \
		assert_int_equal(n, snprintf(libcs, sizeof(libcs), __VA_ARGS__)); \
		assert_string_equal(ours, libcs);                                 \
	} while (0)

static void test_numbers_and_strings_come_out_as_libcs(void **state)
{
	(void)state;
	same_as_libc("%d %d %d %d", 0, 1, -1, INT32_MIN);
	same_as_libc("%u %u", 0U, UINT32_MAX);
	same_as_libc("%x %X %08x %4x|", 255U, 255U, 0xbeefU, 10U);
	same_as_libc("%ld %lu %lld %llu %zu", -5L, 5UL, -7LL, UINT64_MAX + 0ULL, (size_t)9);
	same_as_libc("[%5d] [%-5d] [%05d] [%*d]", 42, 42, 42, 7, 42);
	same_as_libc("[%s] [%10s] [%-10s] [%.3s] [%.*s]", "abc", "abc", "abc", "abcdef", 2,
		     "abcdef");
	same_as_libc("%c%c%%", 'o', 'k');
}

static void test_addresses_have_formats_of_their_own(void **state)
{
	static const uint8_t mac[6] = { 0x02, 0x00, 0xab, 0xcd, 0xef, 0xff };
	const __be32 addr = cpu_to_be32(0xc0a80f01);
	char buf[64];

	(void)state;
	scnprintf(buf, sizeof(buf), "%pI4 %pM", (const void *)&addr, (const void *)mac);
	assert_string_equal(buf, "192.168.15.1 02:00:ab:cd:ef:ff");
}

static void test_text_is_cut_and_always_ended(void **state)
{
	char buf[8];

	(void)state;
	memset(buf, 'x', sizeof(buf));
	assert_int_equal(scnprintf(buf, sizeof(buf), "%s", "0123456789"), 7);
	assert_string_equal(buf, "0123456");
	assert_int_equal(scnprintf(buf, 1, "%d", 12345), 0);
	assert_string_equal(buf, "");
	buf[0] = 'x';
	assert_int_equal(scnprintf(buf, 0, "abc"), 0);
	assert_int_equal(buf[0], 'x');
}

static void test_seq_file_grows_and_pads(void **state)
{
	struct seq_file m = { 0 };
	size_t start;

	(void)state;
	for (int i = 0; i < 5000; i++)
		seq_printf(&m, "%d\n", i);
	start = m.len;
	seq_printf(&m, "ab");
	seq_pad_to(&m, start, 6);
	seq_write(&m, "|", 1);
	assert_memory_equal(m.buf + start, "ab    |", 7);
	assert_memory_equal(m.buf, "0\n1\n2\n", 6);
	free(m.buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_and_strings_come_out_as_libcs),
		cmocka_unit_test(test_addresses_have_formats_of_their_own),
		cmocka_unit_test(test_text_is_cut_and_always_ended),
		cmocka_unit_test(test_seq_file_grows_and_pads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
