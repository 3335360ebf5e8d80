/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * streams.c - measured loops of TCP from red to blue over the bridge, written once over the door
 *
 * tcp: one connection, a round is a megabyte written and read; conn: a round is a
 * connection set up, used for a request and an answer, and closed by both.
 */
#include <errno.h>
#include <linux/in.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

#define SERVER UINT32_C(0xc0a80f02) /* 192.168.15.2 */
#define PORT 9020
#define CHUNK (1 << 16)
#define MEGABYTE 1000000
#define WAIT_NS (100 * INT64_C(1000000))

static const struct sockaddr_in *server(struct sockaddr_in *sin)
{
	*sin = (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = cpu_to_be16(PORT),
				     .sin_addr.s_addr = cpu_to_be32(SERVER) };
	return sin;
}

static int listen_in_blue(struct ng_task *task)
{
	struct sockaddr_in sin;
	int fd;

	enter(task, "blue");
	fd = ng_sys_socket(task, AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || ng_sys_bind(task, fd, server(&sin), sizeof(sin)) < 0 ||
	    ng_sys_listen(task, fd, 128) < 0)
		abort();
	enter(task, "red");
	return fd;
}

static void connect_from_red(struct ng_task *task, int listener, int *ret_client, int *ret_server)
{
	struct sockaddr_in sin;

	*ret_client = ng_sys_socket(task, AF_INET, SOCK_STREAM, 0);
	if (*ret_client < 0 || ng_sys_connect(task, *ret_client, server(&sin), sizeof(sin)) < 0)
		abort();
	*ret_server = ng_sys_accept(task, listener, NULL, NULL);
	if (*ret_server < 0)
		abort();
}

/* reads what is there; bytes */
static uint64_t drain(struct ng_task *task, int fd, uint8_t *in)
{
	uint64_t got = 0;
	ssize_t n;

	while ((n = ng_sys_recvfrom(task, fd, in, CHUNK, MSG_DONTWAIT, NULL, NULL)) > 0)
		got += (uint64_t)n;
	return got;
}

static uint64_t stream(struct ng_task *task, uint64_t megabytes)
{
	static const uint8_t out[CHUNK];
	uint64_t size = megabytes * MEGABYTE;
	uint64_t sent = 0;
	uint64_t got = 0;
	uint8_t *in = malloc(CHUNK);
	int listener = listen_in_blue(task);
	int tx, rx;

	if (!in)
		abort();
	connect_from_red(task, listener, &tx, &rx);
	while (got < size) {
		size_t len = size - sent < CHUNK ? size - sent : CHUNK;
		ssize_t n = len ? ng_sys_sendto(task, tx, out, len, MSG_DONTWAIT, NULL, 0) : 0;
		uint64_t here = drain(task, rx, in);
		struct pollfd wait = { .fd = rx, .events = POLLIN };

		if (n < 0 && n != -EAGAIN)
			abort();
		sent += n > 0 ? (uint64_t)n : 0;
		got += here;
		if (n <= 0 && !here && got < size)
			ng_sys_poll(task, &wait, 1, WAIT_NS);
	}
	ng_sys_close(task, tx);
	ng_sys_close(task, rx);
	ng_sys_close(task, listener);
	free(in);
	return got / MEGABYTE;
}

static uint64_t connections(struct ng_task *task, uint64_t n)
{
	static const uint8_t request[100], answer[1000];
	uint8_t in[sizeof(answer)];
	int listener = listen_in_blue(task);
	uint64_t used = 0;
	uint64_t i;
	int tx, rx;

	for (i = 0; i < n; i++) {
		connect_from_red(task, listener, &tx, &rx);
		ng_sys_sendto(task, tx, request, sizeof(request), 0, NULL, 0);
		if (ng_sys_recvfrom(task, rx, in, sizeof(in), 0, NULL, NULL) != sizeof(request))
			abort();
		ng_sys_sendto(task, rx, answer, sizeof(answer), 0, NULL, 0);
		if (ng_sys_recvfrom(task, tx, in, sizeof(in), 0, NULL, NULL) == sizeof(answer))
			used++;
		ng_sys_close(task, tx);
		ng_sys_close(task, rx);
	}
	ng_sys_close(task, listener);
	return used;
}

/**
 * streams_run() - Runs a loop of this file
 * @task: the running one
 * @what: its name
 * @n: megabytes, or connections
 * @ret_got: gets how many arrived
 *
 * Return: false when there is no such loop.
 */
bool streams_run(struct ng_task *task, const char *what, uint64_t n, uint64_t *ret_got)
{
	if (!strcmp(what, "tcp"))
		*ret_got = stream(task, n);
	else if (!strcmp(what, "conn"))
		*ret_got = connections(task, n);
	else
		return false;
	return true;
}
