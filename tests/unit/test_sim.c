/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_sim.c - the order of what happens, and when */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "sim.h"

static struct sim sim;
static char story[512];

static void tell(char c)
{
	size_t n = strlen(story);

	if (n + 1 < sizeof(story)) {
		story[n] = c;
		story[n + 1] = '\0';
	}
}

struct piece {
	struct sim_work work; /* first */
	struct sim_timer timer;
	char name;
	struct piece *then; /* queued by this one */
};

static void run_piece(struct sim_work *work)
{
	struct piece *p = (struct piece *)(void *)work;

	tell(p->name);
	if (p->then)
		sim_queue(&sim, &p->then->work);
}

static void fire_piece(struct sim_timer *timer)
{
	struct piece *p = (struct piece *)(void *)((char *)timer - offsetof(struct piece, timer));

	tell(p->name);
	if (p->then)
		sim_queue(&sim, &p->then->work);
}

static struct piece piece(char name)
{
	return (struct piece){ .work.fn = run_piece, .timer.fn = fire_piece, .name = name };
}

static int setup(void **state)
{
	(void)state;
	sim_init(&sim);
	story[0] = '\0';
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	sim_fini(&sim);
	return 0;
}

static void test_work_runs_first_in_first_out_and_moves_the_clock(void **state)
{
	struct piece a = piece('a'), b = piece('b'), c = piece('c'), d = piece('d');

	(void)state;
	a.then = &d;
	sim_queue(&sim, &a.work);
	sim_queue(&sim, &b.work);
	sim_queue(&sim, &c.work);
	assert_false(sim_queue_empty(&sim));
	sim_run_queue(&sim);
	assert_string_equal(story, "abcd");
	assert_true(sim_queue_empty(&sim));
	assert_int_equal(sim_now(&sim), 4 * SIM_HOP_NS);
	assert_int_equal(sim.nr_events, 4);
}

static void test_timers_fire_by_time_then_by_order_of_setting(void **state)
{
	struct piece p[20];
	char want[21] = "";

	(void)state;
	for (int i = 0; i < 20; i++) {
		p[i] = piece((char)('a' + i));
		sim_timer_mod(&sim, &p[i].timer, 1000 * ((i * 7) % 5));
	}
	for (int t = 0, n = 0; t < 5; t++) {
		for (int i = 0; i < 20; i++) {
			if ((i * 7) % 5 == t)
				want[n++] = (char)('a' + i);
		}
	}
	while (sim_run_timer(&sim, INT64_MAX))
		;
	assert_string_equal(story, want);
	assert_int_equal(sim_now(&sim), 4000);
}

static void test_timer_set_again_goes_behind_those_of_the_same_time(void **state)
{
	struct piece a = piece('a'), b = piece('b'), c = piece('c');

	(void)state;
	sim_timer_mod(&sim, &a.timer, 10);
	sim_timer_mod(&sim, &b.timer, 10);
	sim_timer_mod(&sim, &c.timer, 99);
	sim_timer_mod(&sim, &a.timer, 10);
	sim_timer_mod(&sim, &c.timer, 5);
	while (sim_run_timer(&sim, INT64_MAX))
		;
	assert_string_equal(story, "cba");
}

static void test_timer_deleted_never_fires_and_may_be_deleted_again(void **state)
{
	struct piece p[50];

	(void)state;
	for (int i = 0; i < 50; i++) {
		p[i] = piece((char)('A' + i));
		sim_timer_mod(&sim, &p[i].timer, 1000 - i);
	}
	for (int i = 0; i < 50; i++) {
		if (i != 3 && i != 30)
			sim_timer_del(&sim, &p[i].timer);
	}
	sim_timer_del(&sim, &p[0].timer);
	assert_false(sim_timer_pending(&p[0].timer));
	assert_true(sim_timer_pending(&p[3].timer));
	while (sim_run_timer(&sim, INT64_MAX))
		;
	assert_string_equal(story, "_D");
	assert_false(sim_timer_pending(&p[3].timer));
}

static void test_timer_due_fires_between_two_pieces_of_work(void **state)
{
	struct piece a = piece('a'), b = piece('b'), t = piece('t'), c = piece('c');

	(void)state;
	t.then = &c;
	sim_timer_mod(&sim, &t.timer, SIM_HOP_NS);
	sim_queue(&sim, &a.work);
	sim_queue(&sim, &b.work);
	sim_run_queue(&sim);
	assert_string_equal(story, "atbc");
}

static void test_timer_in_the_past_does_not_turn_the_clock_back(void **state)
{
	struct piece t = piece('t');

	(void)state;
	sim_advance(&sim, 500);
	sim_timer_mod(&sim, &t.timer, 100);
	assert_true(sim_run_timer(&sim, INT64_MAX));
	assert_int_equal(sim_now(&sim), 500);
}

static void test_run_timer_stops_at_the_limit(void **state)
{
	struct piece t = piece('t');

	(void)state;
	sim_timer_mod(&sim, &t.timer, 1000);
	assert_false(sim_run_timer(&sim, 999));
	assert_int_equal(sim_now(&sim), 999);
	assert_true(sim_run_timer(&sim, 1000));
	assert_false(sim_run_timer(&sim, INT64_MAX));
	assert_int_equal(sim_now(&sim), 1000);
}

static struct piece nested;

static void run_nested(struct sim_work *work)
{
	(void)work;
	tell('(');
	sim_queue(&sim, &nested.work);
	sim_run_queue(&sim); /* does nothing: we are in it */
	tell(')');
}

static void test_run_queue_does_not_nest(void **state)
{
	struct piece outer = piece('o');

	(void)state;
	nested = piece('n');
	outer.work.fn = run_nested;
	sim_queue(&sim, &outer.work);
	sim_run_queue(&sim);
	assert_string_equal(story, "()n");
}

static void test_storm_guard_stops_work_that_makes_work(void **state)
{
	struct piece a = piece('a'), b = piece('b');

	(void)state;
	a.then = &b;
	b.then = &a;
	sim.max_busy_events = 100;
	sim_queue(&sim, &a.work);
	sim_run_queue(&sim);
	assert_true(sim.storm);
	assert_int_equal(strlen(story), 100);
	sim_run_queue(&sim);
	assert_int_equal(strlen(story), 100);
}

static void test_storm_guard_counts_anew_after_a_pause(void **state)
{
	struct piece a = piece('a');

	(void)state;
	sim.max_busy_events = 10;
	for (int i = 0; i < 100; i++) {
		sim_queue(&sim, &a.work);
		sim_run_queue(&sim);
	}
	assert_false(sim.storm);
}

static void test_fini_leaves_pending_timers_idle(void **state)
{
	struct piece t = piece('t');

	(void)state;
	sim_timer_mod(&sim, &t.timer, 1000);
	sim_fini(&sim);
	assert_false(sim_timer_pending(&t.timer));
}

#define sim_test(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		sim_test(test_work_runs_first_in_first_out_and_moves_the_clock),
		sim_test(test_timers_fire_by_time_then_by_order_of_setting),
		sim_test(test_timer_set_again_goes_behind_those_of_the_same_time),
		sim_test(test_timer_deleted_never_fires_and_may_be_deleted_again),
		sim_test(test_timer_due_fires_between_two_pieces_of_work),
		sim_test(test_timer_in_the_past_does_not_turn_the_clock_back),
		sim_test(test_run_timer_stops_at_the_limit),
		sim_test(test_run_queue_does_not_nest),
		sim_test(test_storm_guard_stops_work_that_makes_work),
		sim_test(test_storm_guard_counts_anew_after_a_pause),
		sim_test(test_fini_leaves_pending_timers_idle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
