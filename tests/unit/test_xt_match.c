/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_xt_match.c - matches of iptables that remember or compute: which packets they take */
#include "nf_fixture.h"

#include <linux/netfilter/xt_connlimit.h>
#include <linux/netfilter/xt_hashlimit.h>
#include <linux/netfilter/xt_owner.h>
#include <linux/netfilter/xt_recent.h>
#include <linux/netfilter/xt_time.h>
#include <linux/netfilter/xt_u32.h>

#include "core/vsprintf.h"
#include "netfilter/x_tables.h"

#define A ((ng_force __be32)0x010200c0)		     /* 192.0.2.1 */
#define B ((ng_force __be32)0x026433c6)		     /* 198.51.100.2 */
#define SATURDAY (INT64_C(946684800) * NSEC_PER_SEC) /* 2000-01-01, when the world begins */

/* a match in use, as in a rule */
struct use {
	struct nf_fixture *f;
	const struct xt_ext *ext;
	void *info;
	uint64_t state[8];
};

static int use_begin(struct use *u, void **state, const char *name, uint8_t rev, void *info)
{
	struct xt_check par;

	memset(u, 0, sizeof(*u));
	u->f = *state;
	u->ext = xt_find_match(name, rev);
	assert_non_null(u->ext);
	assert_true(u->ext->statesize <= sizeof(u->state));
	u->info = info;
	par = (struct xt_check){
		.net = u->f->net, .table = "filter", .info = info, .state = u->state
	};
	return xt_check(u->ext, &par, XT_ALIGN(u->ext->size));
}

static void use_end(struct use *u)
{
	struct xt_check par = { .net = u->f->net, .info = u->info, .state = u->state };

	if (u->ext->destroy)
		u->ext->destroy(&par);
}

static bool takes(struct use *u, const struct nf_packet *p)
{
	struct nf_hook_state hook = nf_state(u->f, NF_INET_LOCAL_IN);
	struct xt_action_param par = { .ext = u->ext,
				       .info = u->info,
				       .state = u->state,
				       .hook = &hook,
				       .thoff = sizeof(struct iphdr) };
	struct sk_buff *skb = nf_packet(u->f, p);
	bool ret;

	hook.out = NULL;
	skb->skb_iif = 1;
	ret = u->ext->match(skb, &par);
	assert_false(par.hotdrop);
	consume_skb(skb);
	return ret;
}

static void wait_ms(const struct use *u, int64_t ms)
{
	sim_advance(&u->f->world->sim, ms * NSEC_PER_MSEC);
}

static const struct nf_packet from_a = {
	.src = A, .dst = B, .protocol = IPPROTO_UDP, .sport = 1000, .dport = 53
};
static const struct nf_packet from_b = {
	.src = B, .dst = A, .protocol = IPPROTO_UDP, .sport = 1000, .dport = 53
};

static void test_u32_follows_offsets_into_the_packet(void **state)
{
	/* 0>>22&0x3C@0&0xFFFF=53:54, the port of the transport header */
	struct xt_u32 info = { .ntests = 1 };
	struct xt_u32_test *t = &info.tests[0];
	struct nf_packet p = from_a;
	struct use u;

	t->nnums = 5;
	t->location[1] = (struct xt_u32_location_element){ 22, XT_U32_RIGHTSH };
	t->location[2] = (struct xt_u32_location_element){ 0x3c, XT_U32_AND };
	t->location[3] = (struct xt_u32_location_element){ 0, XT_U32_AT };
	t->location[4] = (struct xt_u32_location_element){ 0xffff, XT_U32_AND };
	t->nvalues = 1;
	t->value[0] = (struct xt_u32_value_element){ 53, 54 };
	assert_int_equal(use_begin(&u, state, "u32", 0, &info), 0);
	assert_true(takes(&u, &p));
	p.dport = 55;
	assert_false(takes(&u, &p));
	/* behind the end nothing is equal */
	t->location[3].number = 60000;
	assert_false(takes(&u, &from_a));
	info.invert = 1;
	assert_true(takes(&u, &from_a));
	t->nnums = XT_U32_MAXSIZE + 2;
	assert_int_equal(use_begin(&u, state, "u32", 0, &info), -EINVAL);
}

static void test_time_knows_days_and_nights(void **state)
{
	struct xt_time_info info = { .date_stop = UINT32_MAX,
				     .daytime_stop = XT_TIME_MAX_DAYTIME,
				     .monthdays_match = XT_TIME_ALL_MONTHDAYS,
				     .weekdays_match = 1U << 6 };
	struct use u;

	assert_int_equal(use_begin(&u, state, "time", 0, &info), 0);
	u.f->world->config.epoch_ns = SATURDAY;
	assert_true(takes(&u, &from_a));
	info.monthdays_match = 1U << 2;
	assert_false(takes(&u, &from_a));
	wait_ms(&u, 86400 * 1000);
	info.weekdays_match = 1U << 7;
	assert_true(takes(&u, &from_a));
	/* 23:00 to 01:00 of Saturday is over at 00:00, or goes on until Sunday's 01:00 */
	info.monthdays_match = XT_TIME_ALL_MONTHDAYS;
	info.weekdays_match = 1U << 6;
	info.daytime_start = 23 * 3600;
	info.daytime_stop = 3600;
	assert_false(takes(&u, &from_a));
	info.flags = XT_TIME_CONTIGUOUS;
	assert_true(takes(&u, &from_a));
}

static void test_recent_counts_hits_within_seconds(void **state)
{
	struct xt_recent_mtinfo_v1 set = { .check_set = XT_RECENT_SET, .name = "x" };
	struct xt_recent_mtinfo_v1 hit = {
		.check_set = XT_RECENT_UPDATE, .seconds = 10, .hit_count = 3, .name = "x"
	};
	struct use s, h;
	int i;

	memset(&set.mask, 0xff, sizeof(set.mask));
	memset(&hit.mask, 0xff, sizeof(hit.mask));
	assert_int_equal(use_begin(&s, state, "recent", 1, &set), 0);
	assert_int_equal(use_begin(&h, state, "recent", 1, &hit), 0);
	for (i = 0; i < 2; i++) {
		assert_true(takes(&s, &from_a));
		assert_false(takes(&h, &from_a));
	}
	assert_true(takes(&s, &from_a));
	assert_true(takes(&h, &from_a));
	assert_false(takes(&h, &from_b));
	wait_ms(&h, 11 * 1000);
	assert_false(takes(&h, &from_a));
	assert_int_equal(xt_recent_store(h.f->net, "x", "-192.0.2.1\n", 11), 0);
	assert_int_equal(xt_recent_store(h.f->net, "x", "+192.0.2.300", 12), -EINVAL);
	use_end(&s);
	assert_int_equal(xt_recent_show(h.f->net, "x", NULL), 0);
	use_end(&h);
	assert_int_equal(xt_recent_show(h.f->net, "x", NULL), -ENOENT);
}

static void test_recent_refuses_what_linux_refuses(void **state)
{
	struct xt_recent_mtinfo_v1 info = { .check_set = XT_RECENT_SET | XT_RECENT_CHECK,
					    .name = "x" };
	struct use u;

	assert_int_equal(use_begin(&u, state, "recent", 1, &info), -EINVAL);
	info.check_set = XT_RECENT_SET;
	info.seconds = 5;
	assert_int_equal(use_begin(&u, state, "recent", 1, &info), -EINVAL);
	info.seconds = 0;
	info.name[0] = '/';
	assert_int_equal(use_begin(&u, state, "recent", 1, &info), -EINVAL);
	info.name[0] = '\0';
	assert_int_equal(use_begin(&u, state, "recent", 1, &info), -EINVAL);
}

static void test_hashlimit_gives_each_source_its_own_rate(void **state)
{
	/* one a second, three at once */
	struct xt_hashlimit_mtinfo3 info = { .name = "h",
					     .cfg = { .avg = XT_HASHLIMIT_SCALE_v2,
						      .burst = 3,
						      .mode = XT_HASHLIMIT_HASH_SIP,
						      .gc_interval = 1000,
						      .expire = 1000,
						      .srcmask = 32,
						      .dstmask = 32 } };
	struct use u;
	int i;

	assert_int_equal(use_begin(&u, state, "hashlimit", 3, &info), 0);
	for (i = 0; i < 3; i++)
		assert_true(takes(&u, &from_a));
	assert_false(takes(&u, &from_a));
	assert_true(takes(&u, &from_b));
	wait_ms(&u, 1000);
	assert_true(takes(&u, &from_a));
	assert_false(takes(&u, &from_a));
	use_end(&u);
	info.cfg.expire = 0;
	assert_int_equal(use_begin(&u, state, "hashlimit", 3, &info), -EINVAL);
}

static void track(struct nf_fixture *f, const struct nf_packet *p)
{
	struct sk_buff *skb = nf_packet(f, p);

	assert_int_equal(nf_track(f, skb), NF_ACCEPT);
	consume_skb(skb);
}

static void test_connlimit_forgets_flows_that_are_gone(void **state)
{
	struct xt_connlimit_info info = { .limit = 1 };
	struct nf_packet p = from_a;
	struct use u;

	info.v4_mask = cpu_to_be32(UINT32_MAX);
	assert_int_equal(use_begin(&u, state, "connlimit", 1, &info), 0);
	/* flows that never got into the table do not add up */
	assert_false(takes(&u, &p));
	p.sport++;
	assert_false(takes(&u, &p));
	p.sport++;
	track(u.f, &p);
	assert_false(takes(&u, &p));
	p.sport++;
	assert_true(takes(&u, &p));
	/* the other flow dies of age */
	wait_ms(&u, 31 * 1000);
	p.sport++;
	assert_false(takes(&u, &p));
	use_end(&u);
}

static void test_owner_knows_the_answers_of_kernel_and_listener(void **state)
{
	struct xt_owner_match_info info = { .match = XT_OWNER_SOCKET };
	struct nf_packet ping = { .src = A, .dst = B, .protocol = IPPROTO_ICMP };
	struct xt_action_param par;
	struct nf_hook_state hook;
	struct sk_buff *skb;
	struct use u;

	assert_int_equal(use_begin(&u, state, "owner", 1, &info), 0);
	hook = nf_state(u.f, NF_INET_LOCAL_OUT);
	par = (struct xt_action_param){ .ext = u.ext, .info = &info, .hook = &hook };
	skb = nf_packet(u.f, &ping);
	skb->owner = SKB_OWNER_KERNEL;
	assert_true(u.ext->match(skb, &par));
	info.match = XT_OWNER_UID;
	assert_false(u.ext->match(skb, &par));
	skb->owner = SKB_OWNER_LISTENER;
	assert_true(u.ext->match(skb, &par));
	/* a forwarded packet has no socket at all */
	skb->owner = SKB_OWNER_NONE;
	assert_false(u.ext->match(skb, &par));
	info.match = XT_OWNER_SOCKET;
	assert_false(u.ext->match(skb, &par));
	/* a TIME-WAIT is a socket without a program */
	skb->owner = SKB_OWNER_TIMEWAIT;
	assert_false(u.ext->match(skb, &par));
	consume_skb(skb);
}

#define nf_test(t) cmocka_unit_test_setup_teardown(t, nf_setup, nf_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		nf_test(test_u32_follows_offsets_into_the_packet),
		nf_test(test_time_knows_days_and_nights),
		nf_test(test_recent_counts_hits_within_seconds),
		nf_test(test_recent_refuses_what_linux_refuses),
		nf_test(test_hashlimit_gives_each_source_its_own_rate),
		nf_test(test_connlimit_forgets_flows_that_are_gone),
		nf_test(test_owner_knows_the_answers_of_kernel_and_listener),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
