/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_syscall.c - files, pipes, processes and waiting, through the door */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "core/world.h"
#include "world.h"

static int setup(void **state)
{
	*state = test_world_new(NULL);
	return 0;
}

static int teardown(void **state)
{
	test_world_free(*state);
	return 0;
}

/* Inside a task a failed assertion must not jump off its stack: it is reported by its line. */
#define expect(what)                               \
	do {                                       \
		if (!(what))                       \
			return __LINE__ % 250 + 1; \
	} while (0)

static void run(void **state, world_fn fn)
{
	int status = test_world_call(*state, fn, NULL);

	if (status)
		fail_msg("an expectation near line %d (modulo 250) does not hold", status - 1);
}

static int files(struct ng_task *task, void *arg)
{
	char buf[32];
	struct ng_stat st;
	int fd = ng_sys_open(task, "/tmp/f", O_RDWR | O_CREAT | O_EXCL, 0644);

	(void)arg;
	expect(fd >= 0);
	expect(ng_sys_open(task, "/tmp/f", O_RDWR | O_CREAT | O_EXCL, 0644) == -EEXIST);
	expect(ng_sys_write(task, fd, "hello world", 11) == 11);
	expect(ng_sys_lseek(task, fd, 6, SEEK_SET) == 6);
	expect(ng_sys_read(task, fd, buf, sizeof(buf)) == 5 && !memcmp(buf, "world", 5));
	expect(ng_sys_read(task, fd, buf, sizeof(buf)) == 0);
	expect(ng_sys_fstat(task, fd, &st) == 0 && st.size == 11 && S_ISREG(st.mode));
	expect(ng_sys_close(task, fd) == 0);
	expect(ng_sys_close(task, fd) == -EBADF);
	expect(ng_sys_read(task, fd, buf, 1) == -EBADF);
	fd = ng_sys_open(task, "/tmp/f", O_WRONLY | O_APPEND, 0);
	expect(ng_sys_write(task, fd, "!", 1) == 1);
	ng_sys_close(task, fd);
	expect(ng_sys_stat(task, "/tmp/f", &st) == 0 && st.size == 12);
	fd = ng_sys_open(task, "/tmp/f", O_WRONLY | O_TRUNC, 0);
	expect(ng_sys_fstat(task, fd, &st) == 0 && st.size == 0);
	expect(ng_sys_unlink(task, "/tmp/f") == 0);
	expect(ng_sys_write(task, fd, "still there", 11) == 11);
	ng_sys_close(task, fd);
	expect(ng_sys_stat(task, "/tmp/f", &st) == -ENOENT);
	return 0;
}

static void test_files_are_made_read_written_and_removed(void **state)
{
	run(state, files);
}

static int names(struct ng_task *task, void *arg)
{
	struct ng_stat st;
	char cwd[64];

	(void)arg;
	expect(ng_sys_mkdir(task, "/tmp/a", 0755) == 0);
	expect(ng_sys_mkdir(task, "/tmp/a", 0755) == -EEXIST);
	expect(ng_sys_mkdir(task, "/nowhere/a", 0755) == -ENOENT);
	expect(ng_sys_mkdir(task, "/tmp/a/b", 0755) == 0);
	expect(ng_sys_rmdir(task, "/tmp/a") == -ENOTEMPTY);
	expect(ng_sys_chdir(task, "/tmp//a/./b/../b") == 0);
	expect(ng_sys_getcwd(task, cwd, sizeof(cwd)) >= 0 && !strcmp(cwd, "/tmp/a/b"));
	expect(ng_sys_stat(task, "../../../..", &st) == 0 && S_ISDIR(st.mode));
	expect(ng_sys_chdir(task, "nowhere") == -ENOENT);
	expect(ng_sys_close(task, ng_sys_open(task, "f", O_CREAT | O_WRONLY, 0600)) == 0);
	expect(ng_sys_chdir(task, "f") == -ENOTDIR);
	expect(ng_sys_stat(task, "f/g", &st) == -ENOTDIR);
	expect(ng_sys_stat(task, "", &st) == -ENOENT);
	expect(ng_sys_rmdir(task, "f") == -ENOTDIR);
	expect(ng_sys_unlink(task, "/tmp/a/b/f") == 0);
	expect(ng_sys_stat(task, "/bin/sh", &st) == 0); /* /bin is a link to usr/bin */
	return 0;
}

static void test_paths_are_walked_as_linux_walks_them(void **state)
{
	run(state, names);
}

static int pipes(struct ng_task *task, void *arg)
{
	struct pollfd p;
	char buf[16];
	int fd[2];

	(void)arg;
	expect(ng_sys_pipe(task, fd) == 0);
	p = (struct pollfd){ .fd = fd[0], .events = POLLIN };
	expect(ng_sys_poll(task, &p, 1, 0) == 0);
	expect(ng_sys_write(task, fd[1], "abc", 3) == 3);
	expect(ng_sys_poll(task, &p, 1, -1) == 1 && p.revents == POLLIN);
	expect(ng_sys_read(task, fd[0], buf, 2) == 2);
	expect(ng_sys_read(task, fd[0], buf, 16) == 1);
	expect(ng_sys_close(task, fd[1]) == 0);
	expect(ng_sys_read(task, fd[0], buf, 16) == 0);
	expect(ng_sys_poll(task, &p, 1, -1) == 1 && (p.revents & POLLHUP));
	ng_sys_close(task, fd[0]);
	return 0;
}

static void test_pipe_keeps_order_and_ends_when_its_writers_close(void **state)
{
	run(state, pipes);
}

static int writer(struct ng_task *task, void *arg)
{
	static const char block[4096];
	int fd = *(int *)arg;

	ng_sys_sigaction(task, SIGPIPE, 1);
	for (int i = 0; i < 100; i++) {
		if (ng_sys_write(task, fd, block, sizeof(block)) != sizeof(block))
			return 1;
	}
	return 7;
}

static int full_pipe(struct ng_task *task, void *arg)
{
	char buf[4096];
	size_t all = 0;
	int fd[2], status, pid;
	ssize_t n;

	(void)arg;
	expect(ng_sys_pipe(task, fd) == 0);
	pid = ng_sys_clone(task, writer, &fd[1], NULL);
	expect(pid > 0);
	ng_sys_close(task, fd[1]);
	ng_sys_nanosleep(task, NSEC_PER_SEC);
	expect(ng_sys_wait4(task, pid, &status, NG_WNOHANG) == 0); /* it waits for room */
	while ((n = ng_sys_read(task, fd[0], buf, sizeof(buf))) > 0)
		all += (size_t)n;
	expect(all == 100 * 4096);
	expect(ng_sys_wait4(task, pid, &status, 0) == pid && status == 7 << 8);
	expect(ng_sys_wait4(task, -1, &status, 0) == -ECHILD);
	return 0;
}

static void test_writer_of_a_full_pipe_waits_for_the_reader(void **state)
{
	run(state, full_pipe);
}

static int sleeper(struct ng_task *task, void *arg)
{
	if (arg)
		ng_sys_sigaction(task, SIGINT, 1);
	ng_sys_nanosleep(task, 100 * NSEC_PER_SEC);
	return ng_sys_sigpending(task) == SIGINT ? 5 : 6;
}

static int kills(struct ng_task *task, void *arg)
{
	int handled = 1;
	int pid, status;

	(void)arg;
	pid = ng_sys_clone(task, sleeper, NULL, NULL);
	ng_sys_nanosleep(task, NSEC_PER_MSEC);
	expect(ng_sys_kill(task, pid, 0) == 0);
	expect(ng_sys_kill(task, pid, SIGTERM) == 0);
	expect(ng_sys_wait4(task, pid, &status, 0) == pid && status == SIGTERM);
	expect(ng_sys_kill(task, pid, SIGTERM) == -ESRCH);
	pid = ng_sys_clone(task, sleeper, &handled, NULL);
	ng_sys_nanosleep(task, NSEC_PER_MSEC);
	expect(ng_sys_kill(task, pid, SIGINT) == 0);
	expect(ng_sys_wait4(task, pid, &status, 0) == pid && status == 5 << 8);
	expect(ng_sys_clock_monotonic(task) < NSEC_PER_SEC);
	return 0;
}

static void test_signals_end_or_interrupt_a_sleeper(void **state)
{
	run(state, kills);
}

static int polls(struct ng_task *task, void *arg)
{
	int64_t t = ng_sys_clock_monotonic(task);
	struct pollfd p = { .fd = 99, .events = POLLIN };

	(void)arg;
	expect(ng_sys_poll(task, NULL, 0, 250 * NSEC_PER_MSEC) == 0);
	t = ng_sys_clock_monotonic(task) - t;
	expect(t >= 250 * NSEC_PER_MSEC && t < 251 * NSEC_PER_MSEC);
	expect(ng_sys_poll(task, &p, 1, 0) == 1 && p.revents == POLLNVAL);
	return 0;
}

static void test_poll_waits_in_virtual_time(void **state)
{
	run(state, polls);
}

/* an interval of ping that nothing answers: a timer of the wheel, which fires every 32 ms that far away */
static int receives(struct ng_task *task, void *arg)
{
	struct timeval tv = { .tv_sec = 1 };
	struct msghdr msg = { 0 };
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	int64_t t = ng_sys_clock_monotonic(task);

	(void)arg;
	expect(fd >= 0);
	expect(ng_sys_setsockopt(task, fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) == 0);
	expect(ng_sys_recvmsg(task, fd, &msg, 0) == -EAGAIN);
	t = ng_sys_clock_monotonic(task) - t;
	expect(t > 1004 * NSEC_PER_MSEC && t <= 1037 * NSEC_PER_MSEC);
	t = ng_sys_clock_monotonic(task);
	expect(ng_sys_recvmsg(task, fd, &msg, 0) == -EAGAIN);
	t = ng_sys_clock_monotonic(task) - t;
	expect(t / NSEC_PER_MSEC == 1023 || t / NSEC_PER_MSEC == 1024);
	return 0;
}

static void test_receive_timeout_ends_at_a_tick_of_the_wheel(void **state)
{
	run(state, receives);
}

static int alarms(struct ng_task *task, void *arg)
{
	struct msghdr msg = { 0 };
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	int64_t t;

	(void)arg;
	ng_sys_sigaction(task, SIGALRM, 1);
	expect(ng_sys_setitimer(task, -1) == -EINVAL);
	expect(ng_sys_setitimer(task, 1000) == 0);
	expect(ng_sys_setitimer(task, 3 * NSEC_PER_SEC) == 0);
	t = ng_sys_clock_monotonic(task);
	expect(ng_sys_recvmsg(task, fd, &msg, 0) == -EINTR);
	expect(ng_sys_clock_monotonic(task) - t < 3001 * NSEC_PER_MSEC);
	expect(ng_sys_sigpending(task) == SIGALRM);
	expect(ng_sys_setitimer(task, NSEC_PER_SEC) == 0);
	expect(ng_sys_setitimer(task, 0) == 0);
	expect(ng_sys_nanosleep(task, 2 * NSEC_PER_SEC) == 0);
	return 0;
}

static void test_alarm_interrupts_a_receiver_unless_taken_back(void **state)
{
	run(state, alarms);
}

static int for_ever(struct ng_task *task, void *arg)
{
	(void)arg;
	return ng_sys_poll(task, NULL, 0, -1);
}

static void test_task_that_waits_for_nothing_is_a_deadlock(void **state)
{
	struct test_world *w = *state;

	assert_int_equal(test_world_call(w, for_ever, NULL), -1);
	assert_int_equal(w->stop, NG_STOP_DEADLOCK);
}

static int busy(struct ng_task *task, void *arg)
{
	struct ng_stat st;

	(void)arg;
	while (ng_sys_stat(task, "/nowhere", &st) == -ENOENT)
		;
	return 0;
}

static void test_task_that_never_waits_is_stopped(void **state)
{
	const struct ng_world_config limits = { .seed = 1, .max_busy_calls = 10000 };
	struct test_world *w = test_world_new(&limits);

	(void)state;
	assert_int_equal(test_world_call(w, busy, NULL), -1);
	assert_int_equal(w->stop, NG_STOP_ENDLESS);
	test_world_free(w);
}

static int sysctls(struct ng_task *task, void *arg)
{
	int fd = ng_sys_open(task, "/proc/sys/net/ipv4/ip_forward", O_RDWR, 0);
	char buf[8];

	(void)arg;
	expect(fd >= 0);
	expect(ng_sys_read(task, fd, buf, sizeof(buf)) == 2 && !memcmp(buf, "0\n", 2));
	expect(ng_sys_read(task, fd, buf, sizeof(buf)) == 0);
	expect(ng_sys_lseek(task, fd, 0, SEEK_SET) == 0);
	expect(ng_sys_write(task, fd, "x", 1) == -EINVAL);
	expect(ng_sys_lseek(task, fd, 0, SEEK_SET) == 0);
	expect(ng_sys_write(task, fd, " 1 \n", 4) == 4);
	ng_sys_close(task, fd);
	expect(ng_sys_open(task, "/proc/sys/net/ipv4/nosuch", O_WRONLY | O_CREAT, 0644) < 0);
	fd = ng_sys_open(task, "/proc/sys/net/ipv4/ip_forward", O_RDONLY, 0);
	expect(ng_sys_read(task, fd, buf, sizeof(buf)) == 2 && buf[0] == '1');
	return 0;
}

static void test_sysctl_files_take_numbers_only(void **state)
{
	run(state, sysctls);
}

static int namespaces(struct ng_task *task, void *arg)
{
	int home = ng_sys_open(task, "/proc/self/ns/net", O_RDONLY, 0);
	struct ng_stat a, b, c;

	(void)arg;
	expect(home >= 0 && ng_sys_fstat(task, home, &a) == 0);
	expect(ng_sys_unshare(task, CLONE_NEWNET) == 0);
	expect(ng_sys_stat(task, "/proc/self/ns/net", &b) == 0 && b.ino != a.ino);
	expect(ng_sys_setns(task, home, CLONE_NEWNET) == 0);
	expect(ng_sys_stat(task, "/proc/self/ns/net", &c) == 0 && c.ino == a.ino);
	expect(ng_sys_setns(task, 77, CLONE_NEWNET) == -EBADF);
	expect(ng_sys_setns(task, 0, CLONE_NEWNET) == -EINVAL);
	return 0;
}

static void test_namespaces_are_left_and_entered(void **state)
{
	run(state, namespaces);
}

static void test_namespace_lives_as_long_as_somebody_holds_it(void **state)
{
	struct test_world *w = *state;

	assert_int_equal(
		test_world_sh(w, "ip netns add a; ip link add v type veth peer name w netns a\n"
				 "ip netns exec a sleep 5 & sleep 0.1; ip netns del a; sleep 1; ip "
				 "-o link | wc -l\n"
				 "wait; sleep 1; ip -o link | wc -l\n"),
		0);
	assert_string_equal(w->out->str, "2\n1\n");
}

static unsigned int nr_plain_namespaces(const struct test_world *w)
{
	const struct list_head *at;
	unsigned int n = 0;

	for (at = w->world->ns_plain_list.next; at != &w->world->ns_plain_list; at = at->next)
		n++;
	return n;
}

static void test_mount_namespace_goes_with_its_last_user(void **state)
{
	struct test_world *w = *state;
	unsigned int before;

	assert_int_equal(test_world_sh(w, "ip netns add red\n"), 0);
	before = nr_plain_namespaces(w);
	assert_int_equal(test_world_sh(w, "for i in 1 2 3; do ip netns exec red true; done\n"), 0);
	assert_int_equal(nr_plain_namespaces(w), before);
	assert_int_equal(test_world_sh(w, "touch /tmp/uts\n"
					  "unshare -u mount --bind /proc/self/ns/uts /tmp/uts\n"),
			 0);
	assert_int_equal(nr_plain_namespaces(w), before + 1);
	assert_int_equal(test_world_sh(w, "umount /tmp/uts\n"), 0);
	assert_int_equal(nr_plain_namespaces(w), before);
}

static void test_ids_of_namespaces_are_given_once(void **state)
{
	struct test_world *w = *state;

	assert_int_equal(test_world_sh(w, "ip netns add a; ip netns add b; ip netns set b 7; ip "
					  "netns set a 7; ip netns\n"),
			 0);
	assert_string_equal(w->out->str, "b (id: 7)\na\n");
}

static void test_link_comes_up_when_link_watch_has_run(void **state)
{
	struct test_world *w = *state;

	assert_int_equal(
		test_world_sh(w, "ip link add v type veth peer name w; ip link set v up; ip -br "
				 "link show v\n"
				 "ip link set w up; sleep 1.2; cat /sys/class/net/v/operstate\n"
				 "ip link set w down; sleep 1.2; cat /sys/class/net/v/operstate\n"),
		0);
	assert_non_null(strstr(w->out->str, "NO-CARRIER"));
	assert_non_null(strstr(w->out->str, "\nup\n"));
	assert_non_null(strstr(w->out->str, "\nlowerlayerdown\n"));
}

#define syscall_test(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		syscall_test(test_files_are_made_read_written_and_removed),
		syscall_test(test_paths_are_walked_as_linux_walks_them),
		syscall_test(test_pipe_keeps_order_and_ends_when_its_writers_close),
		syscall_test(test_writer_of_a_full_pipe_waits_for_the_reader),
		syscall_test(test_signals_end_or_interrupt_a_sleeper),
		syscall_test(test_poll_waits_in_virtual_time),
		syscall_test(test_receive_timeout_ends_at_a_tick_of_the_wheel),
		syscall_test(test_alarm_interrupts_a_receiver_unless_taken_back),
		syscall_test(test_task_that_waits_for_nothing_is_a_deadlock),
		syscall_test(test_task_that_never_waits_is_stopped),
		syscall_test(test_sysctl_files_take_numbers_only),
		syscall_test(test_namespaces_are_left_and_entered),
		syscall_test(test_namespace_lives_as_long_as_somebody_holds_it),
		syscall_test(test_mount_namespace_goes_with_its_last_user),
		syscall_test(test_ids_of_namespaces_are_given_once),
		syscall_test(test_link_comes_up_when_link_watch_has_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
