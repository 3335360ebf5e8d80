/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_fib_trie.c - longest prefix match, and what may stand beside what */
#include "ipv4/fib_trie.h"
#include "ipv4_fixture.h"

#define NR_RANDOM 400

static struct fib_config route_config(struct host *h, uint32_t key, uint8_t plen, uint16_t nlflags)
{
	return (struct fib_config){ .fc_dst = cpu_to_be32(key),
				    .fc_dst_len = plen,
				    .fc_type = RTN_UNICAST,
				    .fc_scope = RT_SCOPE_LINK,
				    .fc_oif = h->e0->ifindex,
				    .fc_table = 100,
				    .fc_nlflags = nlflags,
				    .net = h->f->net };
}

static uint32_t mask_of(unsigned int plen)
{
	return plen ? ~UINT32_C(0) << (32 - plen) : 0;
}

static unsigned int nr_routes(const struct fib_table *tb)
{
	struct fib_walk at = { 0 };
	unsigned int n = 0;

	while (fib_table_next(tb, &at))
		n++;
	return n;
}

static void test_fib_table_lookup_finds_the_longest_prefix(void **state)
{
	struct host h = host_new(state);
	struct fib_table *tb = fib_new_table(h.f->net, 100);
	struct {
		uint32_t key;
		uint8_t plen;
	} model[NR_RANDOM];
	int nr = 0;

	for (unsigned int i = 0; i < NR_RANDOM; i++) {
		uint64_t r = rng_hash(1, RNG_HASH, 1, i);
		uint8_t plen = (uint8_t)(r % 33);
		/* few different bits, so that prefixes nest */
		uint32_t key = ((uint32_t)(r >> 32) & 0xf0f00003) & mask_of(plen);
		struct fib_config cfg = route_config(&h, key, plen, NLM_F_CREATE | NLM_F_EXCL);

		if (fib_table_insert(tb, &cfg, NULL) == 0) {
			model[nr].key = key;
			model[nr++].plen = plen;
		}
	}
	for (unsigned int i = 0; i < 4 * NR_RANDOM; i++) {
		uint32_t addr = (uint32_t)(rng_hash(1, RNG_HASH, 2, i) >> 32) & 0xf0f00007;
		struct flowi4 fl4 = { .daddr = cpu_to_be32(addr) };
		struct fib_result res;
		int want = -1, err;

		for (int m = 0; m < nr; m++)
			if ((addr & mask_of(model[m].plen)) == model[m].key && model[m].plen > want)
				want = model[m].plen;
		err = fib_table_lookup(tb, &fl4, &res, 0);
		assert_int_equal(err, want < 0 ? -EAGAIN : 0);
		if (want >= 0)
			assert_int_equal(res.prefixlen, want);
	}
}

static void test_fib_table_next_goes_up_and_the_longer_prefix_comes_first(void **state)
{
	static const struct {
		uint32_t key;
		uint8_t plen;
	} in[] = {
		{ 0x0a010000, 16 }, { 0x0a000000, 8 }, { 0, 0 },
		{ 0x0a010000, 24 }, { 0x09000000, 8 },
	};
	static const struct {
		uint32_t key;
		uint8_t plen;
	} want[] = {
		{ 0, 0 },	    { 0x09000000, 8 },	{ 0x0a000000, 8 },
		{ 0x0a010000, 24 }, { 0x0a010000, 16 },
	};
	struct host h = host_new(state);
	struct fib_table *tb = fib_new_table(h.f->net, 100);
	struct fib_walk at = { 0 };

	for (size_t i = 0; i < 5; i++) {
		struct fib_config cfg = route_config(&h, in[i].key, in[i].plen, NLM_F_CREATE);

		assert_int_equal(fib_table_insert(tb, &cfg, NULL), 0);
	}
	for (size_t i = 0; i < 5; i++) {
		assert_true(fib_table_next(tb, &at));
		assert_int_equal(at.key, want[i].key);
		assert_int_equal(at.prefixlen, want[i].plen);
	}
	assert_false(fib_table_next(tb, &at));
}

static void test_fib_table_insert_obeys_the_flags_of_the_request(void **state)
{
	static const struct {
		const char *what;
		uint16_t nlflags;
		uint8_t scope; /* tells routes apart */
		uint32_t priority;
		int want_err;
		const char *want; /* scopes of the routes of the prefix afterwards */
	} steps[] = {
		{ "add", NLM_F_CREATE | NLM_F_EXCL, 'a', 0, 0, "a" },
		{ "add again", NLM_F_CREATE | NLM_F_EXCL, 'b', 0, -EEXIST, "a" },
		{ "append", NLM_F_CREATE | NLM_F_APPEND, 'b', 0, 0, "ab" },
		{ "append the same", NLM_F_CREATE | NLM_F_APPEND, 'b', 0, -EEXIST, "ab" },
		{ "prepend", NLM_F_CREATE, 'c', 0, 0, "cab" },
		{ "larger metric", NLM_F_CREATE | NLM_F_EXCL, 'd', 9, 0, "cabd" },
		{ "metric between", NLM_F_CREATE | NLM_F_EXCL, 'e', 5, 0, "cabed" },
		{ "change takes the first", NLM_F_REPLACE, 'f', 0, 0, "fabed" },
		{ "replace by itself", NLM_F_CREATE | NLM_F_REPLACE, 'f', 0, 0, "fabed" },
		{ "replace by the second", NLM_F_CREATE | NLM_F_REPLACE, 'a', 0, -EEXIST, "fabed" },
		{ "change what is not there", NLM_F_REPLACE, 'g', 77, -ENOENT, "fabed" },
	};
	struct host h = host_new(state);
	struct fib_table *tb = fib_new_table(h.f->net, 100);

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct fib_config cfg = route_config(&h, 0x0a000000, 8, steps[i].nlflags);
		struct fib_walk at = { 0 };
		char got[16] = "";
		size_t n = 0;

		cfg.fc_protocol = steps[i].scope;
		cfg.fc_priority = steps[i].priority;
		assert_int_equal(fib_table_insert(tb, &cfg, NULL), steps[i].want_err);
		while (fib_table_next(tb, &at))
			got[n++] = (char)at.fa->fa_info->fib_protocol;
		assert_string_equal(got, steps[i].want);
	}
}

static void test_fib_table_delete_takes_the_first_that_matches(void **state)
{
	struct host h = host_new(state);
	struct fib_table *tb = fib_new_table(h.f->net, 100);
	struct fib_config cfg = route_config(&h, 0x0a000000, 8, NLM_F_CREATE | NLM_F_APPEND);
	struct fib_walk at = { 0 };

	cfg.fc_protocol = RTPROT_BOOT;
	assert_int_equal(fib_table_insert(tb, &cfg, NULL), 0);
	cfg.fc_protocol = RTPROT_STATIC;
	assert_int_equal(fib_table_insert(tb, &cfg, NULL), 0);
	cfg.fc_scope = RT_SCOPE_NOWHERE;
	cfg.fc_oif = h.e1->ifindex;
	assert_int_equal(fib_table_delete(tb, &cfg, NULL), -ESRCH);
	cfg.fc_oif = 0;
	assert_int_equal(fib_table_delete(tb, &cfg, NULL), 0);
	assert_true(fib_table_next(tb, &at));
	assert_int_equal(at.fa->fa_info->fib_protocol, RTPROT_BOOT);
	cfg.fc_protocol = 0;
	assert_int_equal(fib_table_delete(tb, &cfg, NULL), 0);
	assert_int_equal(nr_routes(tb), 0);
	assert_int_equal(fib_table_delete(tb, &cfg, NULL), -ESRCH);
}

static void test_routes_of_a_device_go_when_it_goes_down(void **state)
{
	struct host h = host_new(state);
	unsigned int before = nr_routes(h.f->net->ipv4->fib_main);

	assert_int_equal(host_route(&h, RTN_UNICAST, ip4(10, 0, 0, 0), 8, E0_PEER, 0), 0);
	assert_int_equal(nr_routes(h.f->net->ipv4->fib_main), before + 1);
	dev_close(h.e0);
	assert_int_equal(nr_routes(h.f->net->ipv4->fib_main), before - 1);
	assert_int_equal(dev_open(h.e0, NULL), 0);
	assert_int_equal(nr_routes(h.f->net->ipv4->fib_main), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_fib_table_lookup_finds_the_longest_prefix),
		fixture_test(test_fib_table_next_goes_up_and_the_longer_prefix_comes_first),
		fixture_test(test_fib_table_insert_obeys_the_flags_of_the_request),
		fixture_test(test_fib_table_delete_takes_the_first_that_matches),
		fixture_test(test_routes_of_a_device_go_when_it_goes_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
