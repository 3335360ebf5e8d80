/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traceroute.h - one run of traceroute
 */
#ifndef TOOLS_TRACEROUTE_TRACEROUTE_H
#define TOOLS_TRACEROUTE_TRACEROUTE_H

#include "../lib/netdb.h"

#include <linux/in.h>
#include <netglass/out.h>
#include <netglass/types.h>
#include <sys/socket.h>

struct pollfd;

enum {
	TR_MAX_HOPS = 255,
	TR_MAX_PROBES = 10, /* per hop */
	TR_MAX_LEN = 65000, /* bytes of a packet */
	TR_MAX_POLL = 64,   /* descriptors waited for at once */
	TR_IPHDR = 20,
	TR_MAX_KEYWORDS = 15,
	TR_PORT = 33434, /* first destination port of the default method */
};

struct tr_probe {
	bool done;
	bool final;    /* nothing beyond this one */
	bool answered; /* @from is valid */
	__be32 from;
	int64_t send_us; /* since 1970; 0: not sent */
	int64_t recv_us; /* 0: no answer */
	int recv_ttl;	 /* 0: not known */
	int fd;		 /* -1: none of its own */
	uint16_t seq;	 /* what tells the answer apart, host order */
	char err[16];	 /* "!H" */
	char ext[40];	 /* "syn,ack" */
};

/* What -O asks of TCP probes. */
struct tr_tcp_options {
	unsigned int flags; /* of the header; above them TR_TCP_* */
	unsigned int mss;
	bool sysctl, reuse, info;
};

enum {
	TR_TCP_EXACT = 0x100, /* "flags=": no SYN of its own */
	TR_TCP_ECN = 0x200,
	TR_TCP_SACK = 0x400,
	TR_TCP_TSTAMP = 0x800,
	TR_TCP_WSCALE = 0x1000,
};

struct tr;

/* One way to send probes. */
struct tr_method {
	const char *name;
	unsigned int header_len; /* bytes of headers outside the data */
	unsigned int min_len;	 /* of the data */
	bool raw_reply;		 /* answers on a raw socket begin with the IP header */
	bool one_per_time;	 /* answers do not tell probes apart */
	void (*init)(struct tr *t);
	void (*send)(struct tr *t, struct tr_probe *p, int ttl);
	struct tr_probe *(*check)(struct tr *t, int fd, bool err, const struct sockaddr_in *from,
				  const uint8_t *data, size_t len);
};

struct tr {
	struct ng_task *task;
	struct ng_out *out;
	const struct tr_method *method;

	/* what is asked for */
	const char *host;
	__be32 dst;
	unsigned int first_hop, max_hops, per_hop, sim;
	unsigned int packet_len;
	bool have_packet_len;
	unsigned int port; /* with @have_port */
	bool have_port;
	unsigned int sport;
	unsigned int tos, mark;
	bool have_mark, numeric, debug, dontfrag, noroute, backward, mtudisc;
	double wait_secs, here_factor, near_factor, send_secs;
	const char *device;
	__be32 src;
	bool have_src;
	const char *not_modelled;
	const char *keywords[TR_MAX_KEYWORDS]; /* -O */
	unsigned int num_keywords;
	struct tr_tcp_options tcp;
	unsigned int protocol; /* of the method raw */
	bool icmp_dgram;

	/* the run */
	uint8_t *data; /* what a probe carries, @data_len bytes */
	unsigned int data_len;
	struct tr_probe *probes;
	unsigned int num_probes;
	struct pollfd *fds;
	int fd;		/* of a method with one socket */
	int last_ttl;	/* set on @fd */
	uint16_t ident; /* ICMP */
	uint16_t seq;	/* next port or sequence number */
};

/* options.c */
void tr_options(struct tr *t, int argc, char **argv);
/* keywords.c */
void tr_keywords_help(struct tr *t, const char *method);
void tr_keywords(struct tr *t);
/* methods.c, tcp.c */
const struct tr_method *tr_method(const char *name);
extern const struct tr_method tr_tcp;
/* socket.c */
int tr_socket(struct tr *t, int type, int protocol);
void tr_bind(struct tr *t, int fd, unsigned int port);
void tr_set_ttl(struct tr *t, int fd, int ttl);
void tr_connect(struct tr *t, int fd, unsigned int port);
bool tr_transmit(struct tr *t, int fd, const void *data, size_t len);
void tr_receive(struct tr *t, int fd, bool err);
void tr_probe_done(struct tr *t, struct tr_probe *p);
struct tr_probe *tr_probe_by_fd(struct tr *t, int fd);
struct tr_probe *tr_probe_by_seq(struct tr *t, unsigned int seq);
int64_t tr_now_us(struct tr *t);
/* traceroute.c */
_Noreturn void tr_error(struct tr *t, const char *what, int errnum);

uint16_t tr_checksum(uint32_t sum, const uint8_t *p, size_t len);

#endif
