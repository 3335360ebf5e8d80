/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_udp.c - what waits in the queues of UDP and raw sockets, through the door */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <asm/ioctls.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/in.h>
#include <linux/sockios.h>
#include <sys/socket.h>

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

/* What 1000 datagrams to a socket nobody reads leave, on the real kernel. */
static const struct queue_case {
	int type, protocol;
	size_t size;
	int waiting, first; /* how many; SIOCINQ */
} queue_cases[] = {
	{ SOCK_DGRAM, 0, 1, 256, 1 },	     { SOCK_DGRAM, 0, 1000, 92, 1000 },
	{ SOCK_DGRAM, 0, 16000, 12, 16000 }, { SOCK_RAW, 200, 1, 256, 21 },
	{ SOCK_RAW, 200, 1400, 93, 1420 },   { SOCK_RAW, 200, 3000, 49, 3020 },
	{ SOCK_RAW, 200, 16000, 13, 16020 },
};

struct queue_got {
	const struct queue_case *c;
	int waiting, first;
};

static int fill_queue(struct ng_task *task, void *arg)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_addr.s_addr = cpu_to_be32(0x7f000001) };
	struct queue_got *got = arg;
	const struct queue_case *c = got->c;
	uint8_t *buf = ng_task_alloc(task, c->size);
	int r = ng_sys_socket(task, AF_INET, c->type, c->protocol);
	int s = ng_sys_socket(task, AF_INET, c->type, c->protocol);

	if (c->type == SOCK_DGRAM)
		to.sin_port = cpu_to_be16(9001);
	if (r < 0 || s < 0 || ng_sys_bind(task, r, &to, sizeof(to)))
		return 1;
	if (c->type == SOCK_RAW) /* it hears what it sends; the other one only sends */
		ng_sys_shutdown(task, s, SHUT_RD);
	for (int i = 0; i < 1000; i++)
		if (ng_sys_sendto(task, s, buf, c->size, 0, &to, sizeof(to)) < 0)
			return 2;
	if (ng_sys_ioctl(task, r, SIOCINQ, &got->first))
		return 3;
	while (ng_sys_recvfrom(task, r, buf, c->size, MSG_DONTWAIT, NULL, NULL) >= 0)
		got->waiting++;
	return 0;
}

static int raw_icmp_lengths(struct ng_task *task, void *arg)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_addr.s_addr = cpu_to_be32(0x7f000001) };
	static const uint8_t echo[3] = { 8 };
	int *got = arg;
	int fd = ng_sys_socket(task, AF_INET, SOCK_RAW, IPPROTO_ICMP);

	for (int n = 0; n < 4; n++)
		got[n] = (int)ng_sys_sendto(task, fd, echo, (size_t)n, 0, &to, sizeof(to));
	return 0;
}

static void test_raw_icmp_message_must_have_type_and_code(void **state)
{
	static const int want[4] = { -EFAULT, -EFAULT, 2, 3 }; /* as the real kernel */
	int got[4] = { 0 };

	assert_int_equal(test_world_sh(*state, "ip link set lo up\n"), 0);
	assert_int_equal(test_world_call(*state, raw_icmp_lengths, got), 0);
	assert_memory_equal(got, want, sizeof(want));
}

static void test_udp_queue_holds_as_many_as_the_kernels(void **state)
{
	for (size_t i = 0; i < sizeof(queue_cases) / sizeof(queue_cases[0]); i++) {
		struct queue_got got = { .c = &queue_cases[i] };

		assert_int_equal(test_world_sh(*state, "ip link set lo up"), 0);
		assert_int_equal(test_world_call(*state, fill_queue, &got), 0);
		assert_int_equal(got.waiting, got.c->waiting);
		assert_int_equal(got.first, got.c->first);
	}
}

static void test_udp_rcv_counts_what_finds_no_room(void **state)
{
	struct queue_got got = { .c = &queue_cases[0] };
	struct test_world *w = *state;

	assert_int_equal(test_world_sh(w, "ip link set lo up"), 0);
	assert_int_equal(test_world_call(w, fill_queue, &got), 0);
	assert_int_equal(test_world_sh(w, "grep Udp: /proc/net/snmp"), 0);
	assert_non_null(strstr(w->out->str, "\nUdp: 256 0 744 1000 744 0 0 0 0\n"));
}

/* a filter that wants four bytes: the UDP header stays, and nothing of the payload */
static int filtered(struct ng_task *task, void *arg)
{
	struct sock_filter insn = BPF_STMT(BPF_RET | BPF_K, 4);
	struct sock_fprog prog = { .len = 1, .filter = &insn };
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = cpu_to_be16(9001),
				  .sin_addr.s_addr = cpu_to_be32(0x7f000001) };
	char buf[16];
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);

	(void)arg;
	if (ng_sys_bind(task, fd, &to, sizeof(to)) ||
	    ng_sys_setsockopt(task, fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog)) ||
	    ng_sys_sendto(task, fd, "payload", 7, 0, &to, sizeof(to)) != 7)
		return 1;
	return ng_sys_recvfrom(task, fd, buf, sizeof(buf), MSG_TRUNC, NULL, NULL) == 0 ? 0 : 2;
}

static void test_udp_filter_cannot_cut_the_header(void **state)
{
	assert_int_equal(test_world_sh(*state, "ip link set lo up"), 0);
	assert_int_equal(test_world_call(*state, filtered, NULL), 0);
}

#define udp_test(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		udp_test(test_raw_icmp_message_must_have_type_and_code),
		udp_test(test_udp_queue_holds_as_many_as_the_kernels),
		udp_test(test_udp_rcv_counts_what_finds_no_room),
		udp_test(test_udp_filter_cannot_cut_the_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
