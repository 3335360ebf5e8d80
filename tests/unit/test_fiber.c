/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_fiber.c - stacks of their own; built twice, the second time with ucontext */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fiber.h"

#define FIBERS 100
#define SWITCHES 200

static struct fiber *main_fiber;

struct job {
	struct fiber *fiber;
	int number;
	int rounds;
	long sum;
	double real;
};

static void work(void *arg)
{
	struct job *j = arg;
	volatile char deep[20000]; /* touches its stack */
	double real = j->number;

	memset((char *)(uintptr_t)deep, j->number, sizeof(deep));
	for (int i = 0; i < SWITCHES; i++) {
		j->sum += j->number * i;
		real = real * 1.5 + i;
		j->rounds++;
		fiber_switch(j->fiber, main_fiber);
		assert_int_equal(deep[i * 90], (char)j->number);
	}
	j->real = real;
	fiber_exit_to(j->fiber, main_fiber);
}

static void test_fibers_keep_their_stacks_over_thousands_of_switches(void **state)
{
	static struct job jobs[FIBERS];

	(void)state;
	main_fiber = fiber_main_new();
	for (int i = 0; i < FIBERS; i++) {
		jobs[i] = (struct job){ .number = i };
		jobs[i].fiber = fiber_new(work, &jobs[i]);
	}
	for (int r = 0; r <= SWITCHES; r++) {
		for (int i = 0; i < FIBERS; i++)
			fiber_switch(main_fiber, jobs[i].fiber);
	}
	for (int i = 0; i < FIBERS; i++) {
		double real = i;

		for (int k = 0; k < SWITCHES; k++)
			real = real * 1.5 + k;
		assert_int_equal(jobs[i].rounds, SWITCHES);
		assert_int_equal(jobs[i].sum, (long)i * SWITCHES * (SWITCHES - 1) / 2);
		assert_true(jobs[i].real == real);
		fiber_free(jobs[i].fiber);
	}
	fiber_free(main_fiber);
}

static void end_at_once(void *arg)
{
	struct job *j = arg;

	j->rounds++;
	fiber_exit_to(j->fiber, main_fiber);
}

static void test_fibers_come_and_go_by_the_thousand(void **state)
{
	struct job j = { 0 };

	(void)state;
	main_fiber = fiber_main_new();
	for (int i = 0; i < 5000; i++) {
		j.fiber = fiber_new(end_at_once, &j);
		fiber_switch(main_fiber, j.fiber);
		fiber_free(j.fiber);
	}
	assert_int_equal(j.rounds, 5000);
	fiber_free(main_fiber);
}

static void test_fiber_that_ended_or_never_ran_lends_its_stack_to_the_next(void **state)
{
	struct job j = { 0 };
	struct job k = { .number = 7 };

	(void)state;
	main_fiber = fiber_main_new();
	j.fiber = fiber_new(work, &k);
	for (int i = 0; i < 1000; i++) {
		fiber_renew(j.fiber, end_at_once, &j);
		fiber_switch(main_fiber, j.fiber);
	}
	assert_int_equal(j.rounds, 1000);
	k.fiber = j.fiber;
	fiber_renew(k.fiber, work, &k);
	for (int r = 0; r <= SWITCHES; r++)
		fiber_switch(main_fiber, k.fiber);
	assert_int_equal(k.rounds, SWITCHES);
	fiber_free(k.fiber);
	fiber_free(main_fiber);
}

static void test_fiber_that_never_ran_or_stopped_midway_can_be_freed(void **state)
{
	struct job j = { .number = 1 };

	(void)state;
	main_fiber = fiber_main_new();
	j.fiber = fiber_new(work, &j);
	fiber_free(j.fiber);
	j.fiber = fiber_new(work, &j);
	fiber_switch(main_fiber, j.fiber);
	fiber_free(j.fiber);
	fiber_free(NULL);
	fiber_free(main_fiber);
	assert_int_equal(j.rounds, 1);
}

static struct job ring[3];

static void pass_on(void *arg)
{
	struct job *j = arg;
	struct job *next = &ring[(j->number + 1) % 3];

	while (j->rounds < 1000) {
		j->rounds++;
		fiber_switch(j->fiber, next->fiber);
	}
	fiber_exit_to(j->fiber, main_fiber);
}

static void test_fibers_switch_to_each_other_without_the_main_one(void **state)
{
	(void)state;
	main_fiber = fiber_main_new();
	for (int i = 0; i < 3; i++) {
		ring[i] = (struct job){ .number = i };
		ring[i].fiber = fiber_new(pass_on, &ring[i]);
	}
	fiber_switch(main_fiber, ring[0].fiber);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ring[i].rounds, 1000);
		fiber_free(ring[i].fiber);
	}
	fiber_free(main_fiber);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fibers_keep_their_stacks_over_thousands_of_switches),
		cmocka_unit_test(test_fibers_come_and_go_by_the_thousand),
		cmocka_unit_test(test_fiber_that_ended_or_never_ran_lends_its_stack_to_the_next),
		cmocka_unit_test(test_fiber_that_never_ran_or_stopped_midway_can_be_freed),
		cmocka_unit_test(test_fibers_switch_to_each_other_without_the_main_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
