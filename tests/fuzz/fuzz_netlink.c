/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_netlink.c - any bytes as netlink requests
 *
 * The input is a row of datagrams, each with two bytes before it: its length, little endian; the top bit asks
 * for NETLINK_NETFILTER instead of NETLINK_ROUTE.
 */
#include "fuzz.h"

#include <linux/netlink.h>

#include "../unit/world.h"

#define DATAGRAMS_MAX 64

/* lo is 1, v1 2, v0 3, br0 4 */
static const char setup[] = "ip link add v0 type veth peer name v1\n"
			    "ip link add br0 type bridge\n"
			    "ip link set v0 master br0 up; ip link set v1 up; ip link set br0 up\n"
			    "ip addr add 10.0.0.1/24 dev v1\n"
			    "iptables -A INPUT -p tcp --dport 80 -j ACCEPT\n";

struct input {
	const uint8_t *data;
	size_t size;
};

static void read_answers(struct ng_task *task, int fd)
{
	char buf[8192];

	while (ng_sys_recvfrom(task, fd, buf, sizeof(buf), MSG_DONTWAIT, NULL, NULL) > 0)
		;
}

static int send_all(struct ng_task *task, void *arg)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct input *in = arg;
	int fd[2] = { ng_sys_socket(task, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE),
		      ng_sys_socket(task, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER) };

	for (int i = 0; i < DATAGRAMS_MAX && in->size >= 2; i++) {
		size_t len = in->data[0] | (size_t)(in->data[1] & 0x7f) << 8;
		int to = fd[in->data[1] >> 7];

		in->data += 2;
		in->size -= 2;
		len = len < in->size ? len : in->size;
		ng_sys_sendto(task, to, in->data, len, 0, &kernel, sizeof(kernel));
		read_answers(task, to);
		in->data += len;
		in->size -= len;
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ng_world_config limits = { .seed = 1,
						.max_busy_events = 20000,
						.max_busy_calls = 20000 };
	struct test_world *w = test_world_new(&limits);
	struct input in = { data, size };

	if (test_world_sh(w, setup) || w->err->len)
		__builtin_trap();
	test_world_call(w, send_all, &in);
	ng_world_run_for(w->world, NSEC_PER_SEC);
	test_world_free(w);
	return 0;
}
