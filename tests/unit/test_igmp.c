/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_igmp.c - the groups of sockets, through the door; answers measured on the real kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/in.h>
#include <string.h>
#include <sys/socket.h>

#include "world.h"

#define E0_INDEX 2
#define ME 0x0a000002	  /* 10.0.0.2 */
#define GROUP1 0xef010101 /* 239.1.1.1 */
#define GROUP2 0xef010102
#define PORT 5000

static int setup(void **state)
{
	*state = test_world_new(NULL);
	assert_int_equal(test_world_sh(*state,
				       "ip netns add far\n"
				       "ip link add e0 index 2 type veth peer name f0 netns far\n"
				       "ip -n far link set f0 up\n"
				       "ip link set e0 up\n"
				       "ip link set lo up\n"
				       "ip addr add 10.0.0.2/24 dev e0"),
			 0);
	return 0;
}

static int teardown(void **state)
{
	test_world_free(*state);
	return 0;
}

static const struct option_case {
	const char *what;
	int type, name;
	uint32_t group, addr;
	int ifindex;
	uint32_t len;
	int want;
} option_cases[] = {
	{ "no route", SOCK_DGRAM, IP_ADD_MEMBERSHIP, GROUP1, 0, 0, 8, -ENODEV },
	{ "no group", SOCK_DGRAM, IP_ADD_MEMBERSHIP, 0x0a000001, ME, 0, 8, -EINVAL },
	{ "nobody's address", SOCK_DGRAM, IP_ADD_MEMBERSHIP, GROUP1, 0x09090909, 0, 8, -ENODEV },
	{ "no such device", SOCK_DGRAM, IP_ADD_MEMBERSHIP, GROUP1, 0, 99, 12, -ENODEV },
	{ "short", SOCK_DGRAM, IP_ADD_MEMBERSHIP, GROUP1, ME, 0, 7, -EINVAL },
	{ "by address", SOCK_DGRAM, IP_ADD_MEMBERSHIP, GROUP1, ME, 0, 8, 0 },
	{ "again, by number", SOCK_DGRAM, IP_ADD_MEMBERSHIP, GROUP1, 0, E0_INDEX, 12, -EADDRINUSE },
	{ "leaves another", SOCK_DGRAM, IP_DROP_MEMBERSHIP, GROUP2, ME, 0, 8, -EADDRNOTAVAIL },
	{ "leaves, no route", SOCK_DGRAM, IP_DROP_MEMBERSHIP, GROUP1, 0, 0, 8, -ENODEV },
	{ "leaves, nobody's address", SOCK_DGRAM, IP_DROP_MEMBERSHIP, GROUP1, 0x09090909, 0, 8,
	  -EADDRNOTAVAIL },
	{ "leaves, no such device", SOCK_DGRAM, IP_DROP_MEMBERSHIP, GROUP1, 0, 99, 12,
	  -EADDRNOTAVAIL },
	{ "leaves", SOCK_DGRAM, IP_DROP_MEMBERSHIP, GROUP1, 0, E0_INDEX, 12, 0 },
	{ "leaves again", SOCK_DGRAM, IP_DROP_MEMBERSHIP, GROUP1, 0, E0_INDEX, 12, -EADDRNOTAVAIL },
	{ "a TCP socket", SOCK_STREAM, IP_ADD_MEMBERSHIP, GROUP1, 0, E0_INDEX, 12, -EPROTO },
	{ "way of a TCP socket", SOCK_STREAM, IP_MULTICAST_IF, 0, 0, E0_INDEX, 12, -EINVAL },
	{ "way, by number", SOCK_DGRAM, IP_MULTICAST_IF, 0, 0, E0_INDEX, 12, 0 },
	{ "way, nobody's address", SOCK_DGRAM, IP_MULTICAST_IF, 0, 0x09090909, 0, 8,
	  -EADDRNOTAVAIL },
};

static int set_options(struct ng_task *task, void *arg)
{
	int udp = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	int tcp = ng_sys_socket(task, AF_INET, SOCK_STREAM, 0);
	int *got = arg;

	for (size_t i = 0; i < sizeof(option_cases) / sizeof(option_cases[0]); i++) {
		const struct option_case *c = &option_cases[i];
		struct ip_mreqn mreq = { .imr_multiaddr.s_addr = cpu_to_be32(c->group),
					 .imr_address.s_addr = cpu_to_be32(c->addr),
					 .imr_ifindex = c->ifindex };

		got[i] = ng_sys_setsockopt(task, c->type == SOCK_STREAM ? tcp : udp, IPPROTO_IP,
					   c->name, &mreq, c->len);
	}
	return 0;
}

static void test_setsockopt_answers_as_the_kernel(void **state)
{
	int got[sizeof(option_cases) / sizeof(option_cases[0])];

	assert_int_equal(test_world_call(*state, set_options, got), 0);
	for (size_t i = 0; i < sizeof(option_cases) / sizeof(option_cases[0]); i++) {
		if (got[i] != option_cases[i].want)
			fail_msg("%s: %d, not %d", option_cases[i].what, got[i],
				 option_cases[i].want);
	}
}

static int set_numbers(struct ng_task *task, void *arg)
{
	static const struct {
		int name, value, want; /* < 0: refused; else what getsockopt() says */
	} cases[] = {
		{ IP_MULTICAST_TTL, -2, -EINVAL },  { IP_MULTICAST_TTL, -1, 1 },
		{ IP_MULTICAST_TTL, 0, 0 },	    { IP_MULTICAST_TTL, 255, 255 },
		{ IP_MULTICAST_TTL, 256, -EINVAL }, { IP_MULTICAST_LOOP, 0, 0 },
		{ IP_MULTICAST_LOOP, -1, 1 },	    { IP_MULTICAST_LOOP, 2, 1 },
		{ IP_MULTICAST_ALL, 0, 0 },	    { IP_MULTICAST_ALL, 1, 1 },
		{ IP_MULTICAST_ALL, -1, -EINVAL },  { IP_MULTICAST_ALL, 2, -EINVAL },
	};
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);

	(void)arg;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int v = -1;
		uint32_t len = sizeof(v);
		int err = ng_sys_setsockopt(task, fd, IPPROTO_IP, cases[i].name, &cases[i].value,
					    sizeof(int));

		if (!err)
			err = ng_sys_getsockopt(task, fd, IPPROTO_IP, cases[i].name, &v, &len);
		if ((err ? err : v) != cases[i].want)
			return (int)i + 1;
	}
	return 0;
}

static void test_setsockopt_takes_the_numbers_the_kernel_takes(void **state)
{
	assert_int_equal(test_world_call(*state, set_numbers, NULL), 0);
}

static int join_many(struct ng_task *task, void *arg)
{
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0), n = 0, err;

	do {
		struct ip_mreqn mreq = { .imr_multiaddr.s_addr = cpu_to_be32(GROUP1 + (uint32_t)n),
					 .imr_ifindex = E0_INDEX };

		err = ng_sys_setsockopt(task, fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &mreq,
					sizeof(mreq));
	} while (!err && ++n < 100);
	*(int *)arg = n;
	return err == -ENOBUFS ? 0 : 1;
}

static void test_ip_mc_join_group_ends_at_igmp_max_memberships_and_with_the_socket(void **state)
{
	struct test_world *w = *state;
	int n;

	assert_int_equal(test_world_call(w, join_many, &n), 0);
	assert_int_equal(n, 20);
	assert_int_equal(test_world_sh(w, "ip maddr show dev e0 | grep -c inet"), 0);
	assert_string_equal(w->out->str, "1\n");
}

/* who hears: A joined, B did not, C neither and wants no other's groups, D bound to the group, E not */
struct hear {
	int tx, fd[5];
};

static int hearer(struct ng_task *task, uint32_t addr)
{
	struct sockaddr_in sin = { .sin_family = AF_INET,
				   .sin_port = cpu_to_be16(PORT),
				   .sin_addr.s_addr = cpu_to_be32(addr) };
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0), one = 1;

	ng_sys_setsockopt(task, fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	return ng_sys_bind(task, fd, &sin, sizeof(sin)) ? -1 : fd;
}

static void send_and_hear(struct ng_task *task, struct hear *h, uint32_t group, char *to)
{
	struct sockaddr_in sin = { .sin_family = AF_INET,
				   .sin_port = cpu_to_be16(PORT),
				   .sin_addr.s_addr = cpu_to_be32(group) };
	char c;

	if (ng_sys_sendto(task, h->tx, "x", 1, 0, &sin, sizeof(sin)) != 1)
		*to++ = '!';
	for (int i = 0; i < 5; i++) {
		if (h->fd[i] >= 0 &&
		    ng_sys_recvfrom(task, h->fd[i], &c, 1, MSG_DONTWAIT, NULL, NULL) == 1)
			*to++ = (char)('a' + i);
	}
	*to = '\0';
}

static int deliver(struct ng_task *task, void *arg)
{
	struct ip_mreqn mreq = { .imr_multiaddr.s_addr = cpu_to_be32(GROUP1),
				 .imr_ifindex = E0_INDEX };
	char(*got)[8] = arg;
	int zero = 0, one = 1;
	struct hear h = { .tx = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0) };

	for (int i = 0; i < 5; i++)
		h.fd[i] = hearer(task, i == 3 ? GROUP1 : i == 4 ? ME : 0);
	ng_sys_setsockopt(task, h.fd[0], IPPROTO_IP, IP_ADD_MEMBERSHIP, &mreq, sizeof(mreq));
	ng_sys_setsockopt(task, h.fd[2], IPPROTO_IP, IP_MULTICAST_ALL, &zero, sizeof(zero));
	send_and_hear(task, &h, GROUP1, got[0]);
	ng_sys_setsockopt(task, h.tx, IPPROTO_IP, IP_MULTICAST_IF, &mreq, sizeof(mreq));
	send_and_hear(task, &h, GROUP1, got[1]);
	send_and_hear(task, &h, GROUP2, got[2]);
	ng_sys_setsockopt(task, h.tx, IPPROTO_IP, IP_MULTICAST_LOOP, &zero, sizeof(zero));
	send_and_hear(task, &h, GROUP1, got[3]);
	ng_sys_setsockopt(task, h.tx, IPPROTO_IP, IP_MULTICAST_LOOP, &one, sizeof(one));
	ng_sys_setsockopt(task, h.tx, IPPROTO_IP, IP_MULTICAST_TTL, &zero, sizeof(zero));
	send_and_hear(task, &h, GROUP1, got[4]);
	ng_sys_close(task, h.fd[0]);
	h.fd[0] = -1;
	send_and_hear(task, &h, GROUP1, got[5]);
	return 0;
}

static void test_udp_hears_the_groups_of_its_host(void **state)
{
	char got[6][8];

	assert_int_equal(test_world_call(*state, deliver, got), 0);
	assert_string_equal(got[0], "!");   /* no way there */
	assert_string_equal(got[1], "abd"); /* our own packets come back to us */
	assert_string_equal(got[2], "");    /* not joined */
	assert_string_equal(got[3], "");    /* IP_MULTICAST_LOOP 0 */
	assert_string_equal(got[4], "abd"); /* TTL 0: to us alone */
	assert_string_equal(got[5], "");    /* the last member has closed */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_setsockopt_answers_as_the_kernel, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_setsockopt_takes_the_numbers_the_kernel_takes,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_ip_mc_join_group_ends_at_igmp_max_memberships_and_with_the_socket,
			setup, teardown),
		cmocka_unit_test_setup_teardown(test_udp_hears_the_groups_of_its_host, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
