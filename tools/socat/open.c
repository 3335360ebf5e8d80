/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * open.c - opening an address: a socket, a file, a program
 *
 * mirrors xio-ip.c, xio-listen.c, xio-udp.c, xio-file.c and xio-progcall.c of socat 1.7.4
 *
 * A program stands behind two pipes: there are no Unix sockets.
 */
#include "socat.h"

#include "../lib/exec.h"
#include "../lib/netdb.h"
#include "../lib/prog.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BACKLOG = 5, WORDS_MAX = 256 };

static __be32 host_addr(struct socat *s, const struct so_addr *a, const char *host)
{
	char canon[256];
	__be32 addr;

	if (ng_inet_aton(host, &addr) ||
	    ng_gethostbyname(s->task, host, &addr, canon, sizeof(canon)))
		return addr;
	so_die(s, "getaddrinfo(\"%s\", \"NULL\", {1,0,%d,%d}, {}): Name or service not known", host,
	       a->udp ? 2 : 1, a->udp ? IPPROTO_UDP : IPPROTO_TCP);
}

static __be16 port_number(struct socat *s, const struct so_addr *a, const char *port)
{
	char *end;
	unsigned long n = strtoul(port, &end, 0);
	uint16_t number = (uint16_t)n;

	if ((end == port || *end) &&
	    !ng_getservbyname(s->task, port, a->udp ? "udp" : "tcp", &number))
		so_die(s,
		       "getaddrinfo(\"NULL\", \"%s\", {1,0,%d,%d}, {}): Servname not supported for "
		       "ai_socktype",
		       port, a->udp ? 2 : 1, a->udp ? IPPROTO_UDP : IPPROTO_TCP);
	return cpu_to_be16(number);
}

static const char *show(char buf[32], const struct sockaddr_in *sin)
{
	char addr[NG_ADDRSTRLEN];

	snprintf(buf, 32, "%s:%u", ng_inet_ntoa(addr, sin->sin_addr.s_addr),
		 be16_to_cpu(sin->sin_port));
	return buf;
}

static int new_socket(struct socat *s, const struct so_addr *a)
{
	int type = a->udp ? SOCK_DGRAM : SOCK_STREAM;
	int fd = ng_sys_socket(s->task, AF_INET, type | (a->connect_timeout_ns ? SOCK_NONBLOCK : 0),
			       a->udp ? IPPROTO_UDP : IPPROTO_TCP);
	int one = 1;

	if (fd < 0)
		so_die(s, "socket(2, %d, %d): %s", a->udp ? 2 : 1, a->udp ? 17 : 6,
		       ng_strerror(-fd));
	if (a->reuseaddr || (a->udp && a->kind == SO_LISTEN && a->fork))
		ng_sys_setsockopt(s->task, fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (a->broadcast)
		ng_sys_setsockopt(s->task, fd, SOL_SOCKET, SO_BROADCAST, &one, sizeof(one));
	return fd;
}

/* bind=ADDR[:PORT], sourceport=, or the port listened on */
static void bind_socket(struct socat *s, const struct so_addr *a, int fd, const char *port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	char text[32];
	int err;

	if (a->bind) {
		char *host = ng_task_strdup(s->task, a->bind), *colon = strchr(host, ':');

		if (colon) {
			*colon = '\0';
			port = colon + 1;
		}
		if (*host)
			sin.sin_addr.s_addr = host_addr(s, a, host);
	}
	if (a->sourceport)
		port = a->sourceport;
	if (port)
		sin.sin_port = port_number(s, a, port);
	if (!a->bind && !port)
		return;
	err = ng_sys_bind(s->task, fd, &sin, sizeof(sin));
	if (err)
		so_die(s, "bind(%d, {AF=2 %s}, 16): %s", fd, show(text, &sin), ng_strerror(-err));
}

static void connect_to(struct socat *s, const struct so_addr *a, int fd,
		       const struct sockaddr_in *sin)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	uint32_t len = sizeof(int);
	char text[32];
	int err = ng_sys_connect(s->task, fd, sin, sizeof(*sin));

	if (err == -EINPROGRESS) {
		if (ng_sys_poll(s->task, &p, 1, a->connect_timeout_ns) == 0)
			so_die(s, "connecting to AF=2 %s: %s", show(text, sin),
			       ng_strerror(ETIMEDOUT));
		ng_sys_getsockopt(s->task, fd, SOL_SOCKET, SO_ERROR, &err, &len);
		err = -err;
	}
	if (err)
		so_die(s, "connect(%d, AF=2 %s, 16): %s", fd, show(text, sin), ng_strerror(-err));
}

static void open_connect(struct socat *s, const struct so_addr *a, struct so_end *e)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };

	sin.sin_addr.s_addr = host_addr(s, a, a->p1);
	sin.sin_port = port_number(s, a, a->p2);
	e->in = e->out = new_socket(s, a);
	e->socket = true;
	bind_socket(s, a, e->in, NULL);
	if (a->kind == SO_CONNECT) {
		connect_to(s, a, e->in, &sin);
		return;
	}
	e->sendto = true;
	e->peer_addr = sin.sin_addr.s_addr;
	e->peer_port = sin.sin_port;
}

static int child_session(struct ng_task *task, void *arg);

/* The child knows the command line by itself: what it inherits is the descriptor. */
static void fork_session(struct socat *s, int fd)
{
	int pid = ng_sys_clone(s->task, child_session, (void *)(intptr_t)fd, NULL);

	if (pid < 0)
		so_die(s, "%s(): %s", "fork", ng_strerror(-pid));
}

static void reap(struct socat *s)
{
	int status;

	while (ng_sys_sigpending(s->task) > 0)
		continue;
	while (ng_sys_wait4(s->task, -1, &status, NG_WNOHANG) > 0)
		continue;
}

static void listen_tcp(struct socat *s, const struct so_addr *a, struct so_end *e)
{
	int fd = new_socket(s, a), got, err;

	bind_socket(s, a, fd, a->p1);
	err = ng_sys_listen(s->task, fd, BACKLOG);
	if (err)
		so_die(s, "listen(%d, %d): %s", fd, BACKLOG, ng_strerror(-err));
	if (a->fork)
		ng_sys_sigaction(s->task, SIGCHLD, 1);
	for (;;) {
		got = ng_sys_accept(s->task, fd, NULL, NULL);
		if (got == -EINTR) {
			reap(s);
			continue;
		}
		if (got < 0)
			so_die(s, "accept(%d): %s", fd, ng_strerror(-got));
		if (!a->fork)
			break;
		fork_session(s, got);
		ng_sys_close(s->task, got);
		reap(s);
	}
	ng_sys_close(s->task, fd);
	e->in = e->out = got;
	e->socket = true;
}

/* The first datagram says who the peer is, and stays to be read. */
static void listen_udp(struct socat *s, const struct so_addr *a, struct so_end *e)
{
	struct sockaddr_in from;
	uint32_t len;
	char byte;
	int fd;

	for (;;) {
		fd = new_socket(s, a);
		bind_socket(s, a, fd, a->p1);
		len = sizeof(from);
		if (ng_sys_recvfrom(s->task, fd, &byte, 1, MSG_PEEK, &from, &len) < 0)
			continue;
		connect_to(s, a, fd, &from);
		if (!a->fork)
			break;
		fork_session(s, fd);
		ng_sys_close(s->task, fd);
		reap(s);
	}
	e->in = e->out = fd;
	e->socket = true;
}

static void open_file(struct socat *s, const struct so_addr *a, struct so_end *e, int i)
{
	bool reads = i == 0 ? !s->left : !s->right, writes = i == 0 ? !s->right : !s->left;
	struct ng_stat st;
	int flags = reads && writes ? O_RDWR : writes ? O_WRONLY : O_RDONLY;
	int fd;

	flags |= (a->creat ? O_CREAT : 0) | (a->append ? O_APPEND : 0) | (a->trunc ? O_TRUNC : 0);
	if (a->generic && writes)
		flags |= O_APPEND | (ng_sys_stat(s->task, a->p1, &st) ? O_CREAT : 0);
	fd = ng_sys_open(s->task, a->p1, flags, 0666);
	if (fd < 0)
		so_die(s, "open(\"%s\", 0%o, 0666): %s", a->p1, (unsigned int)flags,
		       ng_strerror(-fd));
	e->in = reads ? fd : -1;
	e->out = writes ? fd : -1;
}

/* Words as socat cuts them: blanks, quotes, backslashes; no shell. */
static void cut_words(char *text, char **argv)
{
	char *to = text, quote = '\0';
	int n = 0;
	bool in = false;

	for (char *p = text; *p; p++) {
		if (!quote && *p == ' ') {
			if (in)
				*to++ = '\0';
			in = false;
			continue;
		}
		if (!in && n < WORDS_MAX)
			argv[n++] = to;
		in = true;
		if (*p == '\\' && p[1])
			*to++ = *++p;
		else if (quote ? *p == quote : *p == '"' || *p == '\'')
			quote = quote ? '\0' : *p;
		else
			*to++ = *p;
	}
	*to = '\0';
	argv[n] = NULL;
}

struct program {
	char **argv;
	const char *command;
	int in, out; /* ends of the pipes */
};

static int run_program(struct ng_task *task, void *arg)
{
	struct program *p = arg;
	struct socat s = { .task = task };
	int err;

	ng_sys_dup2(task, p->in, 0);
	ng_sys_dup2(task, p->out, 1);
	for (int fd = 3; fd < 16; fd++)
		ng_sys_close(task, fd);
	err = exec_path(task, p->argv[0], p->argv);
	so_die(&s, "execvp(\"%s\", \"%s\"): %s", p->argv[0], p->argv[0], ng_strerror(-err));
}

static void open_program(struct socat *s, const struct so_addr *a, struct so_end *e)
{
	char **argv = ng_task_alloc(s->task, (WORDS_MAX + 1) * sizeof(*argv));
	/* it lives as long as this program does, which outlives the child's beginning */
	struct program *p = ng_task_alloc(s->task, sizeof(*p));
	int to[2], from[2];

	if (a->kind == SO_SYSTEM) {
		argv[0] = (char *)(uintptr_t) "/bin/sh";
		argv[1] = (char *)(uintptr_t) "-c";
		argv[2] = a->p1;
		argv[3] = NULL;
	} else {
		cut_words(ng_task_strdup(s->task, a->p1), argv);
	}
	if (!argv[0] || ng_sys_pipe(s->task, to) || ng_sys_pipe(s->task, from))
		so_die(s, "socketpair(1, 1, 0): %s", ng_strerror(EMFILE));
	*p = (struct program){ .argv = argv, .in = to[0], .out = from[1] };
	if (ng_sys_clone(s->task, run_program, p, NULL) < 0)
		so_die(s, "%s(): %s", "fork", ng_strerror(EAGAIN));
	ng_sys_close(s->task, to[0]);
	ng_sys_close(s->task, from[1]);
	e->in = from[0];
	e->out = to[1];
}

/**
 * so_open() - Opens an address; one that forks comes back in the child only
 * @s: the run
 * @i: which: 0 or 1
 */
void so_open(struct socat *s, int i)
{
	const struct so_addr *a = &s->addr[i];
	struct so_end *e = &s->end[i];

	*e = (struct so_end){ .in = -1, .out = -1 };
	switch (a->kind) {
	case SO_STDIO:
		e->in = 0;
		e->out = 1;
		return;
	case SO_STDIN:
		e->in = 0;
		return;
	case SO_STDOUT:
		e->out = 1;
		return;
	case SO_STDERR:
		e->out = 2;
		return;
	case SO_FILE:
		open_file(s, a, e, i);
		return;
	case SO_RECV:
		e->in = new_socket(s, a);
		bind_socket(s, a, e->in, a->p1);
		return;
	case SO_LISTEN:
		if (a->udp)
			listen_udp(s, a, e);
		else
			listen_tcp(s, a, e);
		return;
	case SO_EXEC:
	case SO_SYSTEM:
		open_program(s, a, e);
		return;
	case SO_CONNECT:
	case SO_SENDTO:
	case SO_DATAGRAM:
		open_connect(s, a, e);
		return;
	}
}

/* A forked session: the same command line, its first address is what came in. */
static int child_session(struct ng_task *task, void *arg)
{
	for (int fd = 5; fd < 16; fd++) {
		if (fd != (int)(intptr_t)arg)
			ng_sys_close(task, fd);
	}
	return so_session(task, (int)(intptr_t)arg);
}
