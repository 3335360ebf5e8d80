/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_peek.c - looking at a world that stands still, stopping it, typing at its console
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <netglass/trace.h>
#include <sys/socket.h>

#include "world.h"

static const char script[] = "ip netns add red\n"
			     "ip link add v type veth peer name w\n"
			     "ip link set w netns red\n"
			     "ip addr add 192.0.2.1/24 dev v; ip link set v up\n"
			     "ip -n red addr add 192.0.2.2/24 dev w; ip -n red link set w up\n"
			     "ping -c 2 -i 0.2 192.0.2.2\n"
			     "ip neigh; ip -n red neigh\n";

/* What a look at each step does. */
struct looker {
	struct ng_world *world;
	uint64_t at; /* 0: at every step */
	int (*fn)(struct ng_task *task, void *arg);
	uint64_t seen;
	int64_t last_ns;
	int status;
	bool looking;
	bool told_inside, moved;
	bool stop;
};

static void on_step(void *arg, const struct ng_trace_event *ev)
{
	struct looker *l = arg;

	l->told_inside |= l->looking;
	l->seen = ev->nr;
	if (l->at && ev->nr != l->at)
		return;
	l->looking = true;
	l->last_ns = ng_world_now(l->world);
	l->status = ng_world_peek(l->world, l->fn, l);
	l->moved |= l->last_ns != ng_world_now(l->world);
	l->looking = false;
	if (l->stop)
		ng_world_stop(l->world);
}

static int read_tables(struct ng_task *task, void *arg)
{
	int status = 0, pid;
	char *const argv[] = { (char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c",
			       (char *)(uintptr_t) "ip addr; ip route; ip neigh; bridge fdb",
			       NULL };

	(void)arg;
	pid = ng_sys_spawn(task, "/bin/sh", argv, NULL);
	if (pid < 0)
		return 99;
	ng_sys_wait4(task, pid, &status, 0);
	return status >> 8;
}

static struct test_world *run_with(struct looker *l)
{
	struct test_world *w = test_world_new(NULL);

	l->world = w->world;
	if (l->fn)
		ng_world_trace(w->world, on_step, l);
	test_world_sh(w, script);
	return w;
}

static void test_peek_reads_tables_in_the_midst_of_any_step(void **state)
{
	struct looker look = { .fn = read_tables };
	struct test_world *w = run_with(&look);

	(void)state;
	assert_true(look.seen > 50);
	assert_int_equal(look.status, 0);
	assert_int_equal(w->stop, NG_STOP_EXITED);
	test_world_free(w);
}

static void test_peek_lets_no_time_pass_and_tells_no_step(void **state)
{
	struct looker look = { .fn = read_tables };
	struct test_world *w = run_with(&look);

	(void)state;
	assert_false(look.moved);
	assert_false(look.told_inside);
	test_world_free(w);
}

static int exit_seven(struct ng_task *task, void *arg)
{
	(void)task;
	(void)arg;
	return 7;
}

static void test_peek_gives_the_status_and_the_run_goes_on_as_before(void **state)
{
	struct looker look = { .fn = exit_seven }, none = { 0 };
	struct test_world *a = run_with(&look), *b = run_with(&none);

	(void)state;
	assert_int_equal(look.status, 7);
	assert_non_null(strstr(a->out->str, "2 received"));
	assert_string_equal(a->err->str, b->err->str);
	test_world_free(a);
	test_world_free(b);
}

static int wait_for_ever(struct ng_task *task, void *arg)
{
	char byte;
	int fds[2];

	(void)arg;
	ng_sys_pipe(task, fds);
	ng_sys_read(task, fds[0], &byte, 1);
	return 0;
}

static void test_peek_ends_who_waits(void **state)
{
	struct looker look = { .fn = wait_for_ever, .at = 40 };
	struct test_world *w = run_with(&look);

	(void)state;
	assert_int_equal(look.status, -EAGAIN);
	assert_int_equal(w->stop, NG_STOP_EXITED);
	assert_non_null(strstr(w->out->str, "2 received"));
	test_world_free(w);
}

static void test_stop_lets_nothing_more_happen(void **state)
{
	struct looker look = { .fn = exit_seven, .at = 60, .stop = true };
	struct test_world *w = run_with(&look);

	(void)state;
	assert_int_equal(w->stop, NG_STOP_ASKED);
	/* what was under way at that very moment may say a word more */
	assert_in_range(look.seen, 60, 70);
	test_world_free(w); /* asserts that no packet is left */
}

static void test_console_gives_lines_and_an_end_to_whoever_reads(void **state)
{
	const struct ng_world_config config = { .seed = 1, .console_asks = true };
	struct test_world *w = test_world_new(&config);
	char *const argv[] = { (char *)(uintptr_t) "sh", NULL };
	int status, pid;

	(void)state;
	w->script.text = "read a; echo \"<$a>\"; cat; read b; echo \"<$b>\"";
	w->script.len = strlen(w->script.text);
	pid = ng_world_spawn(w->world, "/usr/lib/test/script", argv, NULL);
	assert_int_equal(ng_world_run(w->world, pid, &status), NG_STOP_INPUT);
	assert_int_equal(ng_world_reader(w->world), pid);
	ng_world_input(w->world, "one\ntwo\n", 8);
	assert_int_equal(ng_world_run(w->world, pid, &status), NG_STOP_INPUT);
	assert_true(ng_world_reader(w->world) > pid); /* cat */
	ng_world_input(w->world, NULL, 0);
	assert_int_equal(ng_world_run(w->world, pid, &status), NG_STOP_INPUT);
	ng_world_input(w->world, "three\n", 6);
	assert_int_equal(ng_world_run(w->world, pid, &status), NG_STOP_EXITED);
	assert_string_equal(w->out->str, "<one>\ntwo\n<three>\n");
	test_world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_peek_reads_tables_in_the_midst_of_any_step),
		cmocka_unit_test(test_peek_lets_no_time_pass_and_tells_no_step),
		cmocka_unit_test(test_peek_gives_the_status_and_the_run_goes_on_as_before),
		cmocka_unit_test(test_peek_ends_who_waits),
		cmocka_unit_test(test_stop_lets_nothing_more_happen),
		cmocka_unit_test(test_console_gives_lines_and_an_end_to_whoever_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
