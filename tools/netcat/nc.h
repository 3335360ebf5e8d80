/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nc.h - one run of nc
 */
#ifndef TOOLS_NETCAT_NC_H
#define TOOLS_NETCAT_NC_H

#include "../lib/netdb.h"

#include <linux/in.h>
#include <netglass/out.h>
#include <netglass/types.h>
#include <sys/socket.h>

struct nc {
	struct ng_task *task;
	const char *name; /* argv[0] without its folder */

	/* what is asked for */
	const char *host;   /* NULL: any */
	const char *sport;  /* -p; the port to listen on */
	const char *source; /* -s */
	bool listen, udp, zero, keep, shut, verbose, numeric, no_stdin, broadcast;
	int64_t timeout_ns; /* -1: none */
	int quit;	    /* -q: seconds; < 0: not given */
	int interval;	    /* -i: seconds */
	int recv_limit;	    /* -W */
	int ttl;	    /* -M; 0: not given */
	int min_ttl;	    /* -m; 0: not given */
	int tos;	    /* -T; < 0: not given */
	int rcvbuf, sndbuf; /* -I, -O; 0: not given */
	bool crlf, random_ports, debug, telnet;

	uint16_t *list; /* ports to try, host order */
	unsigned int nlist;
	unsigned int received;
};

/* options.c */
const char *nc_options(struct nc *n, int argc, char **argv);
/* readwrite.c */
void nc_readwrite(struct nc *n, int fd);
/* nc.c */
bool nc_resolve(struct nc *n, const char *host, __be32 *ret_addr, const char **ret_why);

/* "nc: TEXT[: STRERROR]" */
ng_printf_like(3, 4) void nc_warn(struct nc *n, int errnum, const char *fmt, ...);
#define nc_die(n, errnum, ...)                   \
	do {                                     \
		nc_warn(n, errnum, __VA_ARGS__); \
		prog_exit((n)->task, 1);         \
	} while (0)

#endif
