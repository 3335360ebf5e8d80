/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flows.c - measured loops through a router with rules, written once over the door
 *
 * The script w3.sh builds the network: red 10.1.0.2, a host that translates, server 10.2.0.2.
 */
#include <errno.h>
#include <linux/in.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

#define SERVER UINT32_C(0x0a020002) /* 10.2.0.2 */
#define PORT 9010
#define FIRST_PORT 10000
#define PORTS 32000 /* of the sender, for each port of the server */
#define SIZE 64
#define BURST 64

static struct sockaddr_in address(uint32_t addr, uint16_t port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = cpu_to_be16(port),
				     .sin_addr.s_addr = cpu_to_be32(addr) };
}

static int listen_at(struct ng_task *task, uint16_t port)
{
	struct sockaddr_in any = address(0, port);
	int rcvbuf = 1 << 20;
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ng_sys_bind(task, fd, &any, sizeof(any)) < 0)
		abort();
	ng_sys_setsockopt(task, fd, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof(rcvbuf));
	return fd;
}

static uint64_t drain(struct ng_task *task, int fd)
{
	uint8_t in[256];
	uint64_t got = 0;

	while (ng_sys_recvfrom(task, fd, in, sizeof(in), MSG_DONTWAIT, NULL, NULL) >= 0)
		got++;
	return got;
}

static int raw_socket(struct ng_task *task)
{
	struct sockaddr_in to = address(SERVER, 0);
	int fd = ng_sys_socket(task, AF_INET, SOCK_RAW, IPPROTO_UDP);

	if (fd < 0 || ng_sys_connect(task, fd, &to, sizeof(to)) < 0)
		abort();
	return fd;
}

static void put16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

/* W3: datagrams from red to the server, of one flow or each of its own */
static uint64_t datagrams(struct ng_task *task, uint64_t n, bool new_flows)
{
	uint8_t out[8 + SIZE] = { 0 };
	uint64_t got = 0;
	uint64_t i;
	int tx, rx;

	enter(task, "server");
	rx = listen_at(task, PORT);
	enter(task, "red");
	tx = raw_socket(task);
	put16(out, FIRST_PORT);
	put16(out + 2, PORT);
	put16(out + 4, sizeof(out));
	for (i = 0; i < n; i++) {
		if (new_flows) {
			put16(out, (uint16_t)(FIRST_PORT + i % PORTS));
			put16(out + 2, (uint16_t)(PORT + i / PORTS));
		}
		if (ng_sys_sendto(task, tx, out, sizeof(out), 0, NULL, 0) < 0)
			abort();
		if (i % BURST != BURST - 1 && i != n - 1)
			continue;
		got += drain(task, rx);
		if (new_flows && (i + 1) / PORTS != (i + 1 - BURST) / PORTS) {
			ng_sys_close(task, rx);
			enter(task, "server");
			rx = listen_at(task, (uint16_t)(PORT + (i + 1) / PORTS));
			enter(task, "red");
		}
	}
	ng_sys_close(task, tx);
	ng_sys_close(task, rx);
	return got;
}

/**
 * flows_run() - Runs a loop of this file
 * @task: the running one
 * @what: its name
 * @n: datagrams to send
 * @ret_got: gets how many arrived
 *
 * Return: false when there is no such loop.
 */
bool flows_run(struct ng_task *task, const char *what, uint64_t n, uint64_t *ret_got)
{
	if (strcmp(what, "w3-one") != 0 && strcmp(what, "w3-new") != 0)
		return false;
	*ret_got = datagrams(task, n, what[3] == 'n');
	return true;
}
