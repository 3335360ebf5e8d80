/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workload.c - the measured loops, written once over the door
 *
 * Linked with the simulated kernel and, through tests/hostsys, with the real
 * one: the same code, the same system calls, two kernels.
 */
#include "workload.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/icmp.h>
#include <linux/in.h>
#include <linux/sched.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DST UINT32_C(0xc0a80f02) /* 192.168.15.2 */
#define UDP_PORT 9000
#define BURST 64

static int64_t cpu_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

/**
 * enter() - Moves the task into a named network namespace, or ends it all
 * @task: the running one
 * @ns: its name
 */
void enter(struct ng_task *task, const char *ns)
{
	char path[64] = "/run/netns/";
	int fd;

	strncat(path, ns, sizeof(path) - sizeof("/run/netns/"));
	fd = ng_sys_open(task, path, O_RDONLY, 0);
	if (fd < 0 || ng_sys_setns(task, fd, CLONE_NEWNET) < 0)
		abort();
	ng_sys_close(task, fd);
}

static struct sockaddr_in address(uint32_t addr, uint16_t port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = cpu_to_be16(port),
				     .sin_addr.s_addr = cpu_to_be32(addr) };
}

static uint16_t sum16(const void *data, size_t len)
{
	const uint8_t *p = data;
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += (uint32_t)p[i] << 8 | p[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

/* W1: echo pairs from red to blue, 56 bytes, one at a time */
static uint64_t ping_pairs(struct ng_task *task, uint64_t n)
{
	struct sockaddr_in to = address(DST, 0);
	uint8_t out[64] = { ICMP_ECHO };
	uint8_t in[256];
	uint64_t got = 0;
	uint64_t i;
	int fd;

	enter(task, "red");
	fd = ng_sys_socket(task, AF_INET, SOCK_RAW, IPPROTO_ICMP);
	if (fd < 0 || ng_sys_connect(task, fd, &to, sizeof(to)) < 0)
		abort();
	out[5] = 7;
	for (i = 0; i < n; i++) {
		uint16_t sum;

		out[2] = out[3] = 0;
		out[6] = (uint8_t)(i >> 8);
		out[7] = (uint8_t)i;
		sum = sum16(out, sizeof(out));
		out[2] = (uint8_t)(sum >> 8);
		out[3] = (uint8_t)sum;
		if (ng_sys_sendto(task, fd, out, sizeof(out), 0, NULL, 0) < 0)
			abort();
		got += ng_sys_recvfrom(task, fd, in, sizeof(in), 0, NULL, NULL) > 0;
	}
	return got;
}

/* W2: datagrams from red to blue, read in bursts */
static uint64_t datagrams(struct ng_task *task, uint64_t n, size_t size)
{
	struct sockaddr_in to = address(DST, UDP_PORT);
	struct sockaddr_in any = address(0, UDP_PORT);
	static const uint8_t out[1500];
	uint8_t in[2048];
	int rcvbuf = 1 << 20;
	uint64_t got = 0;
	uint64_t i;
	int tx, rx;

	enter(task, "blue");
	rx = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	if (rx < 0 || ng_sys_bind(task, rx, &any, sizeof(any)) < 0)
		abort();
	ng_sys_setsockopt(task, rx, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof(rcvbuf));
	enter(task, "red");
	tx = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	if (tx < 0 || ng_sys_connect(task, tx, &to, sizeof(to)) < 0)
		abort();
	for (i = 0; i < n; i++) {
		if (ng_sys_sendto(task, tx, out, size, 0, NULL, 0) < 0)
			abort();
		if (i % BURST != BURST - 1 && i != n - 1)
			continue;
		while (ng_sys_recvfrom(task, rx, in, sizeof(in), MSG_DONTWAIT, NULL, NULL) >= 0)
			got++;
	}
	return got;
}

static uint64_t run(struct ng_task *task, const char *what, uint64_t n, uint64_t *ret_rounds)
{
	uint64_t got;

	*ret_rounds = n;
	if (!strcmp(what, "w1"))
		return ping_pairs(task, n);
	if (!strcmp(what, "w2"))
		return datagrams(task, n, 64);
	if (!strcmp(what, "w2-1400"))
		return datagrams(task, n, 1400);
	if (flows_run(task, what, n, &got))
		return got;
	if (streams_run(task, what, n, &got))
		return got;
	if (scale_run(task, what, n, ret_rounds, &got))
		return got;
	abort();
}

/**
 * workload_main() - workload WHAT N: runs N rounds and prints CPU nanoseconds per round
 * @task: the running one
 * @argc: 3
 * @argv: w1, w2, w2-1400 or a loop of flows.c, streams.c or scale.c; the number
 *
 * Return: 0 when every round was answered.
 */
int workload_main(struct ng_task *task, int argc, char **argv)
{
	uint64_t n, rounds, got;
	int64_t begin, end;

	if (argc != 3)
		return 2;
	n = strtoull(argv[2], NULL, 10);
	if (!strcmp(argv[1], "w1"))
		run(task, argv[1], 100, &rounds); /* a warm-up */
	begin = cpu_ns();
	got = run(task, argv[1], n, &rounds);
	end = cpu_ns();
	ng_printf(ng_stdout(task), "%s %llu rounds %llu answered %.1f ns CPU each\n", argv[1],
		  (unsigned long long)rounds, (unsigned long long)got,
		  (double)(end - begin) / (double)rounds);
	return got != rounds;
}
