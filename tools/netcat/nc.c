/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nc.c - arbitrary TCP and UDP connections and listens
 *
 * mirrors main(), local_listen() and remote_connect() of Debian's netcat 1.219
 *
 * nc_main()
 *   nc_options()             options.c
 *   serve() / connect_all()
 *     nc_readwrite()         readwrite.c
 *
 * Not modelled: IPv6, Unix sockets, proxies, -F, -S, -Z.
 */
#include "nc.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int nc_main(struct ng_task *task, int argc, char **argv);

enum {
	UDP_SCAN_TIMEOUT = 3, /* s */
};

void nc_warn(struct nc *n, int errnum, const char *fmt, ...)
{
	struct ng_out *err = ng_stderr(n->task);
	va_list ap;

	ng_printf(err, "%s: ", n->name);
	va_start(ap, fmt);
	ng_vprintf(err, fmt, ap);
	va_end(ap);
	if (errnum)
		ng_printf(err, ": %s", ng_strerror(errnum));
	ng_puts(err, "\n");
}

static _Noreturn void say_errno(struct nc *n, int err)
{
	nc_warn(n, 0, "%s", ng_strerror(-err));
	prog_exit(n->task, 1);
}

/* An address of @host, or why there is none, as getaddrinfo() has it. */
bool nc_resolve(struct nc *n, const char *host, __be32 *ret_addr, const char **ret_why)
{
	char canon[256];

	*ret_why = "Name or service not known";
	if (ng_inet_aton(host, ret_addr))
		return true;
	return !n->numeric && ng_gethostbyname(n->task, host, ret_addr, canon, sizeof(canon));
}

/* A port as getaddrinfo() reads it: a number is cut to 16 bits. */
static bool service(struct nc *n, const char *s, uint16_t *ret_port)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10);

	if (end != s && !*end) {
		*ret_port = (uint16_t)v;
		return true;
	}
	return !n->numeric && ng_getservbyname(n->task, s, n->udp ? "udp" : "tcp", ret_port);
}

/* Fills in @sin; says what getaddrinfo() would say and ends the program when it cannot. */
static void local_address(struct nc *n, const char *host, const char *port, struct sockaddr_in *sin)
{
	const char *why;
	uint16_t number = 0;
	__be32 addr = 0;

	if (port && !service(n, port, &number))
		nc_die(n, 0, "getaddrinfo: Servname not supported for ai_socktype");
	if (host && !nc_resolve(n, host, &addr, &why))
		nc_die(n, 0, "getaddrinfo: %s", why);
	*sin = (struct sockaddr_in){ .sin_family = AF_INET };
	sin->sin_port = cpu_to_be16(number);
	sin->sin_addr.s_addr = addr;
}

static void common_options(struct nc *n, int fd)
{
	const struct {
		bool wanted;
		int level, name, value;
	} options[] = {
		{ n->broadcast, SOL_SOCKET, SO_BROADCAST, 1 },
		{ n->debug, SOL_SOCKET, SO_DEBUG, 1 },
		{ n->tos >= 0, IPPROTO_IP, IP_TOS, n->tos },
		{ n->rcvbuf > 0, SOL_SOCKET, SO_RCVBUF, n->rcvbuf },
		{ n->sndbuf > 0, SOL_SOCKET, SO_SNDBUF, n->sndbuf },
		{ n->ttl > 0, IPPROTO_IP, IP_TTL, n->ttl },
		{ n->min_ttl > 0, IPPROTO_IP, IP_MINTTL, n->min_ttl },
	};
	int err;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (!options[i].wanted)
			continue;
		err = ng_sys_setsockopt(n->task, fd, options[i].level, options[i].name,
					&options[i].value, sizeof(options[i].value));
		if (err)
			say_errno(n, err);
	}
}

/* "WHAT HOST PORT" */
static void report(struct nc *n, const char *what, const struct sockaddr_in *sin)
{
	char host[256];
	char port[64];
	uint16_t number = be16_to_cpu(sin->sin_port);

	if (n->numeric || !ng_gethostbyaddr(n->task, sin->sin_addr.s_addr, host, sizeof(host)))
		ng_inet_ntoa(host, sin->sin_addr.s_addr);
	snprintf(port, sizeof(port), "%u", number);
	ng_printf(ng_stderr(n->task), "%s %s %s\n", what, host, port);
}

static int local_listen(struct nc *n)
{
	struct sockaddr_in sin;
	uint32_t len = sizeof(sin);
	int one = 1;
	int fd, err;

	local_address(n, n->host, n->sport, &sin);
	fd = ng_sys_socket(n->task, AF_INET, n->udp ? SOCK_DGRAM : SOCK_STREAM,
			   n->udp ? IPPROTO_UDP : IPPROTO_TCP);
	if (fd < 0)
		say_errno(n, fd);
	ng_sys_setsockopt(n->task, fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	err = ng_sys_setsockopt(n->task, fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one));
	if (err)
		nc_warn(n, -err, "setsockopt SO_REUSEPORT");
	common_options(n, fd);
	err = ng_sys_bind(n->task, fd, &sin, sizeof(sin));
	if (!err && !n->udp) {
		err = ng_sys_listen(n->task, fd, 1);
		if (err)
			nc_die(n, -err, "listen");
	}
	if (err)
		say_errno(n, err);
	if (n->verbose && ng_sys_getsockname(n->task, fd, &sin, &len) == 0)
		report(n, n->udp ? "Bound on" : "Listening on", &sin);
	return fd;
}

/* One datagram's sender becomes the peer. */
static void serve_udp(struct nc *n, int fd)
{
	struct sockaddr_in from;
	uint32_t len = sizeof(from);
	uint8_t buf[2048];
	ssize_t got;
	int err;

	if (n->keep) {
		nc_readwrite(n, fd);
		return;
	}
	got = ng_sys_recvfrom(n->task, fd, buf, sizeof(buf), MSG_PEEK, &from, &len);
	if (got < 0)
		nc_die(n, (int)-got, "recvfrom");
	err = ng_sys_connect(n->task, fd, &from, len);
	if (err)
		nc_die(n, -err, "connect");
	if (n->verbose)
		report(n, "Connection received on", &from);
	nc_readwrite(n, fd);
}

static void serve_tcp(struct nc *n, int fd)
{
	struct sockaddr_in from;
	uint32_t len = sizeof(from);
	int conn = ng_sys_accept(n->task, fd, &from, &len);

	if (conn < 0)
		nc_die(n, -conn, "accept");
	if (n->verbose)
		report(n, "Connection received on", &from);
	nc_readwrite(n, conn);
	ng_sys_close(n->task, conn);
}

static int serve(struct nc *n)
{
	int fd = local_listen(n);

	do {
		if (n->udp)
			serve_udp(n, fd);
		else
			serve_tcp(n, fd);
	} while (n->keep);
	ng_sys_close(n->task, fd);
	return 0;
}

/* 0, or -errno; -EINPROGRESS: -w is over. */
static int timed_connect(struct nc *n, int fd, const struct sockaddr_in *sin)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	uint32_t len = sizeof(int);
	int value = 0;
	int err = ng_sys_connect(n->task, fd, sin, sizeof(*sin));

	if (err != -EINPROGRESS)
		return err;
	err = ng_sys_poll(n->task, &p, 1, n->timeout_ns);
	if (err == 0)
		return -EINPROGRESS;
	if (err < 0)
		nc_die(n, -err, "poll failed");
	err = ng_sys_getsockopt(n->task, fd, SOL_SOCKET, SO_ERROR, &value, &len);
	if (err < 0)
		nc_die(n, -err, "getsockopt");
	return -value;
}

static void say_failed(struct nc *n, const char *ip, unsigned int port, int err)
{
	const char *what = err == -EINPROGRESS ? "timed out" : "failed";
	const char *proto = n->udp ? "udp" : "tcp";

	if (n->numeric || !strcmp(n->host, ip))
		nc_warn(n, -err, "connect to %s port %u (%s) %s", n->host, port, proto, what);
	else
		nc_warn(n, -err, "connect to %s (%s) port %u (%s) %s", n->host, ip, port, proto,
			what);
}

/* Return: a connected socket, or -1. */
static int remote_connect(struct nc *n, unsigned int port, char ip[NG_ADDRSTRLEN])
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	struct sockaddr_in local;
	const char *why;
	__be32 addr;
	int fd, err;

	if (!nc_resolve(n, n->host, &addr, &why))
		nc_die(n, 0, "getaddrinfo for host \"%s\" port %u: %s", n->host, port, why);
	sin.sin_addr.s_addr = addr;
	sin.sin_port = cpu_to_be16((uint16_t)port);
	ng_inet_ntoa(ip, addr);
	fd = ng_sys_socket(n->task, AF_INET, (n->udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK,
			   n->udp ? IPPROTO_UDP : IPPROTO_TCP);
	if (fd < 0)
		return -1;
	if (n->source || n->sport) {
		local_address(n, n->source, n->sport, &local);
		err = ng_sys_bind(n->task, fd, &local, sizeof(local));
		if (err)
			nc_die(n, -err, "bind failed");
	}
	common_options(n, fd);
	err = timed_connect(n, fd, &sin);
	if (!err)
		return fd;
	if (n->verbose)
		say_failed(n, ip, port, err);
	ng_sys_close(n->task, fd);
	return -1;
}

/* Datagrams that an ICMP error would answer. Return: false: one did. */
static bool udp_answers(struct nc *n, int fd)
{
	int64_t seconds = n->timeout_ns < 0 ? UDP_SCAN_TIMEOUT : n->timeout_ns / NSEC_PER_SEC;
	int64_t i;

	if (ng_sys_sendto(n->task, fd, "X", 1, 0, NULL, 0) != 1 ||
	    ng_sys_sendto(n->task, fd, "X", 1, 0, NULL, 0) == -ECONNREFUSED)
		return false;
	for (i = 0; i < seconds; i++) {
		ng_sys_nanosleep(n->task, NSEC_PER_SEC);
		if (ng_sys_sendto(n->task, fd, "X", 1, 0, NULL, 0) == -ECONNREFUSED)
			return false;
	}
	return true;
}

static void say_connected(struct nc *n, const char *ip, unsigned int port)
{
	struct ng_out *err = ng_stderr(n->task);
	const char *proto = n->udp ? "udp" : "tcp";
	char name[64] = "*";

	if (!n->numeric && !ng_getservbyport(n->task, (uint16_t)port, proto, name, sizeof(name)))
		snprintf(name, sizeof(name), "*");
	ng_printf(err, "Connection to %s", n->host);
	if (!n->numeric && strcmp(n->host, ip) != 0)
		ng_printf(err, " (%s)", ip);
	ng_printf(err, " %u port [%s/%s] succeeded!\n", port, proto, name);
}

static int connect_all(struct nc *n)
{
	char ip[NG_ADDRSTRLEN];
	int status = 1;
	unsigned int i;

	for (i = 0; i < n->nlist; i++) {
		int fd = remote_connect(n, n->list[i], ip);

		if (fd < 0)
			continue;
		status = 0;
		if (n->udp && n->verbose && !udp_answers(n, fd)) {
			status = 1;
			ng_sys_close(n->task, fd);
			continue;
		}
		if (n->verbose)
			say_connected(n, ip, n->list[i]);
		if (!n->zero)
			nc_readwrite(n, fd);
		ng_sys_close(n->task, fd);
	}
	return status;
}

/**
 * nc_main() - The program nc.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int nc_main(struct ng_task *task, int argc, char **argv)
{
	struct nc *n = ng_task_alloc(task, sizeof(*n));
	const char *slash = strrchr(argv[0], '/');
	const char *missing;

	n->task = task;
	n->name = slash ? slash + 1 : argv[0];
	n->timeout_ns = -1;
	n->quit = -1;
	n->tos = -1;
	missing = nc_options(n, argc, argv);
	if (missing)
		return ng_not_modelled(task, "%s", missing);
	return n->listen ? serve(n) : connect_all(n);
}
