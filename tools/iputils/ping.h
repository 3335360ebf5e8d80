/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping.h - one run of ping
 */
#ifndef TOOLS_IPUTILS_PING_H
#define TOOLS_IPUTILS_PING_H

#include "../lib/netdb.h"

#include <linux/icmp.h>
#include <linux/in.h>
#include <netglass/out.h>
#include <netglass/types.h>
#include <sys/socket.h>

enum {
	PING_DATALEN = 56,
	PING_LINGER_MS = 10000, /* MAXWAIT */
	PING_MIN_INTERVAL = 10, /* ms; MININTERVAL */
	PING_OPTLEN = 40,	/* of the IP header's options, -R and -T */
	PING_HOPS = 9,		/* of a source route */
	PING_SEQS = 0x10000,	/* sequence numbers remembered, MAX_DUP_CHK */
	PING_TIMEVAL = 16,	/* bytes of struct timeval at the head of the data */
	PING_SCREEN = 0x7fff,	/* dots of -f are not cut unless on a terminal */
};

struct ping_options {
	bool adaptive, audible, connect_sk, flood, flood_poll, interval, latency, mark, noloop,
		numeric;
	bool outstanding, ptimeofday, quiet, so_debug, so_dontroute, strictsource, ttl, verbose;
	bool rroute, timestamp, sourceroute;
	bool default_count; /* no -c: the session's number of pings, then ^C */
};

struct ping {
	struct ng_task *task;
	struct ng_out *out;
	const char *name; /* argv[0] */
	struct ping_options opt;

	/* what is asked for */
	long npackets;
	int datalen;
	int interval; /* ms */
	int preload;
	int deadline;  /* s */
	int linger_ms; /* -W */
	int sndbuf;
	int ttl;
	int tos;
	uint8_t ts_type; /* of -T: IPOPT_TS_* */
	int optlen;	 /* of the IP header's options */
	int pmtudisc;	 /* -1: the kernel's default */
	int broadcast;
	uint32_t mark;
	const char *pattern;
	const char *device;
	int ident; /* network order as sent; -1: not chosen yet */

	/* where to */
	const char *target;
	const char *hostname;
	char canon[256];
	struct sockaddr_in whereto;
	struct sockaddr_in source;
	__be32 route[PING_HOPS]; /* the targets before the last */
	int nroute;
	bool multicast;
	int fd;
	int socktype;

	uint8_t *outpack; /* ICMP header and data */
	uint8_t *inpack;
	size_t inpack_len;

	/* what happened */
	long ntransmitted, nreceived, nrepeats, nchecksum, nerrors;
	uint16_t acked;
	int pipesize;
	bool exiting;
	bool filter_installed;
	bool timing;
	bool started;	  /* cur_ns is valid */
	int64_t start_ns; /* monotonic */
	int64_t cur_ns;	  /* of the last probe */
	unsigned long waittime_us;
	int tokens; /* ms of credit, pinger() */
	int oom_count;
	long tmin, tmax; /* us */
	double tsum, tsum2;
	uint64_t rtt; /* us times 8, exponentially weighted */
	long rtt_addend;
	uint64_t rcvd[PING_SEQS / 64];

	/* the route recorded last: its pointer and addresses */
	int old_rrlen;
	uint8_t old_rr[PING_OPTLEN];

	/* the address named last, ping_addr() */
	__be32 last_addr;
	bool last_valid;
	char addr_name[320];
};

/* ping4.c */
void ping4_create_sockets(struct ping *p, int family, int socktype);
void ping4_setup(struct ping *p);
int ping4_send_probe(struct ping *p);
int ping4_receive_error_msg(struct ping *p, int *err);
bool ping4_parse_reply(struct ping *p, const struct msghdr *msg, int cc, int64_t recv_us);
void ping4_install_filter(struct ping *p);
/* ping_options.c */
void ping_set_options(struct ping *p);
void ping_print_options(struct ping *p, const uint8_t *o, int len);
/* ping_source.c */
void ping4_choose_source(struct ping *p);
void ping_set_mark(struct ping *p, int fd);
/* ping_icmp.c */
const char *ping_addr(struct ping *p, __be32 addr);
void ping_print_icmp(struct ping *p, const struct icmphdr *head, uint32_t info,
		     const uint8_t *quote);
/* ping_common.c */
void ping_fill(struct ping *p);
void ping_setup(struct ping *p);
int ping_main_loop(struct ping *p);
bool ping_gather_statistics(struct ping *p, const uint8_t *icmp, int cc, int ttl, int64_t recv_us,
			    const char *from, bool wrong_source);
void ping_acknowledge(struct ping *p, uint16_t seq);
void ping_print_timestamp(struct ping *p);
int64_t ping_gettimeofday_us(struct ping *p);

#endif
