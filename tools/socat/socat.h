/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * socat.h - what the files of socat share
 */
#ifndef TOOLS_SOCAT_SOCAT_H
#define TOOLS_SOCAT_SOCAT_H

#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <netglass/types.h>

enum so_kind {
	SO_STDIO,
	SO_STDIN,
	SO_STDOUT,
	SO_STDERR,
	SO_FILE,
	SO_CONNECT,
	SO_LISTEN,
	SO_RECV,     /* UDP-RECV: from anybody, no answer */
	SO_SENDTO,   /* UDP-SENDTO: answers of that peer only */
	SO_DATAGRAM, /* UDP-DATAGRAM: answers of anybody */
	SO_EXEC,
	SO_SYSTEM,
};

/* an address of the command line */
struct so_addr {
	enum so_kind kind;
	bool udp;
	char *p1, *p2;	  /* host and port, port, file or command */
	const char *bind; /* ADDR, ADDR:PORT or :PORT */
	const char *sourceport;
	bool generic; /* a file by its bare name: made or added to */
	bool fork, reuseaddr, broadcast, creat, append, trunc;
	int64_t connect_timeout_ns;
};

/* an address once it is open */
struct so_end {
	int in, out; /* -1: not this way */
	bool socket; /* in and out are one, and can be shut */
	bool sendto; /* datagrams go to @peer */
	__be32 peer_addr;
	__be16 peer_port;
};

struct socat {
	struct ng_task *task;
	bool right, left;   /* -u, -U: only one way */
	int64_t linger_ns;  /* -t */
	int64_t timeout_ns; /* -T; -1: none */
	struct so_addr addr[2];
	struct so_end end[2];
};

/* socat.c */
ng_printf_like(2, 3) _Noreturn void so_die(struct socat *s, const char *fmt, ...);

/* address.c */
void so_parse_addr(struct socat *s, struct so_addr *a, const char *text);

/* open.c */
void so_open(struct socat *s, int i);

/* socat.c */
int so_session(struct ng_task *task, int fd);

/* transfer.c */
void so_transfer(struct socat *s);

#endif
