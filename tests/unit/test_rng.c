/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_rng.c - chance never changes */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rng.h"

/* Values for all time: a new stream gets a new number, at the end. */
static void test_streams_keep_their_values(void **state)
{
	static const struct {
		enum rng_stream stream;
		uint64_t plain, other;
	} want[] = {
		{ RNG_MAC, UINT64_C(0xfaa6282a95da9f89), UINT64_C(0x2c434c2add5c1f60) },
		{ RNG_IP_ID, UINT64_C(0xbf0b34c6dfcea380), UINT64_C(0xd11735529d20c57b) },
		{ RNG_PORT, UINT64_C(0x488adf40ccce5151), UINT64_C(0x1b6ef3d34e390422) },
		{ RNG_ISN, UINT64_C(0x4e0a1977aed4cb63), UINT64_C(0xc8bf318755e93fb4) },
		{ RNG_NAT, UINT64_C(0x3597a68ca115e3ef), UINT64_C(0x6bdf95044dceb2b3) },
		{ RNG_NEIGH, UINT64_C(0x45676688dff741b0), UINT64_C(0x179fd80b4e1de17c) },
		{ RNG_PROXY, UINT64_C(0x53aa64655eca4975), UINT64_C(0xb55730dfd5d72231) },
		{ RNG_HASH, UINT64_C(0xa425b56427a33b5b), UINT64_C(0x21d9cc5fdf11720a) },
		{ RNG_TASK, UINT64_C(0x069bf4d9a484a8d2), UINT64_C(0x0d31ace1f33d9a9c) },
		{ RNG_STATISTIC, UINT64_C(0x101e86d0f9e38d7e), UINT64_C(0x717e671317a2b5e2) },
		{ RNG_ICMP, UINT64_C(0xa6d689988aac4994), UINT64_C(0x40504ef1cec2d786) },
		{ RNG_BRIDGE, UINT64_C(0x9495d104bcc28ac2), UINT64_C(0x604945f613db6ed3) },
		{ RNG_NETEM, UINT64_C(0x30f529056590d22e), UINT64_C(0x806072d6d9fbb4c6) },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_int_equal(want[i].stream, i + 1);
		assert_true(rng_hash(0, want[i].stream, 1, 0) == want[i].plain);
		assert_true(rng_hash(42, want[i].stream, 7, 3) == want[i].other);
	}
}

static void test_every_argument_matters(void **state)
{
	uint64_t h = rng_hash(1, RNG_MAC, 2, 3);

	(void)state;
	assert_true(h == rng_hash(1, RNG_MAC, 2, 3));
	assert_true(h != rng_hash(2, RNG_MAC, 2, 3));
	assert_true(h != rng_hash(1, RNG_PORT, 2, 3));
	assert_true(h != rng_hash(1, RNG_MAC, 3, 3));
	assert_true(h != rng_hash(1, RNG_MAC, 2, 4));
}

static void test_numbers_below_a_limit_are_spread_evenly(void **state)
{
	int seen[10] = { 0 };

	(void)state;
	for (uint64_t n = 0; n < 10000; n++)
		seen[rng_below(1, RNG_PORT, 5, n, 10)]++;
	for (int i = 0; i < 10; i++)
		assert_in_range(seen[i], 850, 1150);
	assert_int_equal(rng_below(1, RNG_PORT, 5, 1, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_streams_keep_their_values),
		cmocka_unit_test(test_every_argument_matters),
		cmocka_unit_test(test_numbers_below_a_limit_are_spread_evenly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
