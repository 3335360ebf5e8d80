/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scale.c - measured loops over many hosts and many routes, written once over the door
 *
 * The scripts w5.sh and w6.sh build the networks: hosts h0 h1 ... with 10.9.0.1, 10.9.0.2 ... on one
 * bridge; namespace red with routes 11.0.0.0/24, 11.0.1.0/24 ... via one gateway.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

#define HOSTS_NET UINT32_C(0x0a090000)	/* 10.9.0.0/16 */
#define ROUTES_NET UINT32_C(0x0b000000) /* 11.0.0.0 and on, /24 each */
#define PORT 9000
#define BURST 64

static struct sockaddr_in inet_address(uint32_t addr)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = cpu_to_be16(PORT),
				     .sin_addr.s_addr = cpu_to_be32(addr) };
}

static void enter_host(struct ng_task *task, uint64_t i)
{
	char name[24] = "h";
	char *p = name + sizeof(name) - 1;

	*p = '\0';
	do {
		*--p = (char)('0' + i % 10);
		i /= 10;
	} while (i);
	memmove(name + 1, p, strlen(p) + 1);
	enter(task, name);
}

/* W5: each of @k hosts sends one datagram to each later one, nobody knows anybody's address */
static uint64_t all_pairs(struct ng_task *task, uint64_t k)
{
	struct sockaddr_in any = inet_address(0);
	uint8_t buf[64] = { 0 };
	uint64_t got = 0;
	int *fds = ng_task_alloc(task, k * sizeof(*fds));
	uint64_t i, j;

	for (i = 0; i < k; i++) {
		enter_host(task, i);
		fds[i] = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
		if (fds[i] < 0 || ng_sys_bind(task, fds[i], &any, sizeof(any)) < 0)
			abort();
	}
	for (i = 0; i < k; i++) {
		for (j = i + 1; j < k; j++) {
			struct sockaddr_in to = inet_address(HOSTS_NET + (uint32_t)j + 1);

			if (ng_sys_sendto(task, fds[i], buf, sizeof(buf), 0, &to, sizeof(to)) < 0)
				abort();
			got += ng_sys_recvfrom(task, fds[j], buf, sizeof(buf), 0, NULL, NULL) > 0;
		}
	}
	return got;
}

/* W5 flood: @n broadcast frames of 64 bytes from h1 */
static uint64_t flood(struct ng_task *task, uint64_t n)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET };
	uint8_t frame[64];
	struct ifreq ifr = { 0 };
	uint64_t i;
	int fd;

	memset(frame, 0xff, 6);
	memset(frame + 6, 0, sizeof(frame) - 6);
	memcpy(frame + 6, "\x02\0\0\0\0\1", 6);
	frame[12] = 0x08;
	frame[13] = 0x06;
	enter_host(task, 1);
	fd = ng_sys_socket(task, AF_PACKET, SOCK_RAW, 0);
	memcpy(ifr.ifr_name, "eth0", 5);
	if (fd < 0 || ng_sys_ioctl(task, fd, SIOCGIFINDEX, &ifr) < 0)
		abort();
	to.sll_ifindex = ifr.ifr_ifindex;
	for (i = 0; i < n; i++) {
		if (ng_sys_sendto(task, fd, frame, sizeof(frame), 0, &to, sizeof(to)) < 0)
			abort();
	}
	return n;
}

/* W6: datagrams to one of @routes networks, chosen evenly, or always to the first */
static uint64_t routed(struct ng_task *task, uint64_t n, uint32_t routes)
{
	struct sockaddr_in to = inet_address(0);
	uint8_t buf[64] = { 0 };
	uint32_t x = 12345;
	uint64_t ok = 0;
	uint64_t i;
	int fd;

	enter(task, "red");
	fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	if (fd < 0)
		abort();
	for (i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		to.sin_addr.s_addr =
			cpu_to_be32(ROUTES_NET + ((uint32_t)((uint64_t)x * routes >> 32) << 8) + 7);
		ok += ng_sys_sendto(task, fd, buf, sizeof(buf), 0, &to, sizeof(to)) > 0;
	}
	return ok;
}

/**
 * scale_run() - Runs one of the loops of this file
 * @task: the running one
 * @what: pairs, flood, or routed-R with R networks
 * @n: rounds; hosts for pairs
 * @ret_rounds: how many it makes
 * @ret_got: how many were answered
 *
 * Return: false when @what is none of them.
 */
bool scale_run(struct ng_task *task, const char *what, uint64_t n, uint64_t *ret_rounds,
	       uint64_t *ret_got)
{
	*ret_rounds = n;
	if (!strcmp(what, "pairs")) {
		*ret_rounds = n * (n - 1) / 2;
		*ret_got = all_pairs(task, n);
	} else if (!strcmp(what, "flood")) {
		*ret_got = flood(task, n);
	} else if (!strncmp(what, "routed-", 7)) {
		*ret_got = routed(task, n, (uint32_t)strtoul(what + 7, NULL, 10));
	} else {
		return false;
	}
	return true;
}
