/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_wire.c - frames, time and answers, in worlds of several kinds
 *
 * The first byte says what the host is (WORLD_*). Then a row of records, each with three bytes before it: its kind
 * (REC_*) and its length, little endian. A segment's ports and numbers are counted from what the host sent last, so
 * that connections are made, used and torn down without guessing.
 */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/sched.h>

#include "wire_mutate.h"
#include "wire_world.h"

#define RECORDS_MAX 128
#define SOCKS 6
#define FRAME_MAX 2048

enum {
	REC_CABLE,	/* a frame comes in over the cable, as it is */
	REC_PORT,	/* over the bridge's port */
	REC_TIME,	/* 16 bits of 10 ms */
	REC_CALL,	/* the host's program does something */
	REC_CABLE_SUMS, /* as REC_CABLE, checksums made right */
	REC_PORT_SUMS,
	REC_SEGMENT, /* flags, delta of seq, of ack, window, bytes of options, options, data */
	REC_SUMS_TOO, /* as REC_CABLE_SUMS, source and destination exchanged with the last frame seen */
	REC_ERROR, /* an ICMP error about the last frame seen: type, code, 4 bytes, bytes of quote */
	REC_COMMAND, /* a byte: a line of wire_commands */
	REC_KINDS
};

struct wire {
	const uint8_t *data;
	size_t size;
	struct ng_task *task;
	int cable[2];
	int sock[SOCKS]; /* 0 datagrams, 1 listens, 2 accepted, 3 connects, 4 raw, 5 any */
	/* of the segment the host sent last, as it came */
	uint8_t peer[12];	 /* addresses and ports */
	uint32_t snd_end, ack;	 /* where the next of each side begins */
	uint8_t last[FRAME_MAX]; /* the last frame seen */
	size_t last_len;
};

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

static uint32_t sum(const uint8_t *p, size_t len, uint32_t s)
{
	for (; len > 1; p += 2, len -= 2)
		s += (uint32_t)p[0] << 8 | p[1];
	if (len)
		s += (uint32_t)p[0] << 8;
	while (s >> 16)
		s = (s & 0xffff) + (s >> 16);
	return s;
}

static void put_sum(uint8_t *at, uint32_t s)
{
	at[0] = (uint8_t)(~s >> 8);
	at[1] = (uint8_t)~s;
}

/* IP header, then ICMP, UDP or TCP, as far as they are there */
static void make_sums(uint8_t *f, size_t len)
{
	uint8_t *ip = f + ETH_HLEN, *l4;
	size_t ihl, n;
	int at;

	if (len < ETH_HLEN + 20 || f[12] != 8 || f[13])
		return;
	ihl = (size_t)(ip[0] & 15) * 4;
	ihl = ihl < 20 ? 20 : ihl;
	if (ETH_HLEN + ihl > len)
		return;
	ip[10] = ip[11] = 0;
	put_sum(ip + 10, sum(ip, ihl, 0));
	l4 = ip + ihl;
	n = (size_t)ip[2] << 8 | ip[3];
	n = n < ihl || n > len - ETH_HLEN ? len - ETH_HLEN - ihl : n - ihl;
	at = ip[9] == IPPROTO_TCP ? 16 : ip[9] == IPPROTO_UDP ? 6 : ip[9] == IPPROTO_ICMP ? 2 : -1;
	if (at < 0 || n < (size_t)at + 2 || (ip[6] & 0x3f) || ip[7])
		return;
	l4[at] = l4[at + 1] = 0;
	put_sum(l4 + at,
		sum(l4, n, ip[9] == IPPROTO_ICMP ? 0 : sum(ip + 12, 8, ip[9] + (uint32_t)n)));
}

static void send_frame(struct wire *w, int cable, const uint8_t *p, size_t len, bool sums)
{
	uint8_t f[FRAME_MAX];

	len = len < sizeof(f) ? len : sizeof(f);
	memcpy(f, p, len);
	if (sums)
		make_sums(f, len);
	ng_sys_sendto(w->task, w->cable[cable], f, len, 0, NULL, 0);
}

static void send_back(struct wire *w, const uint8_t *p, size_t len)
{
	uint8_t f[FRAME_MAX];

	len = len < sizeof(f) ? len : sizeof(f);
	memcpy(f, p, len);
	if (w->last_len >= 34 && len >= 38) {
		memcpy(f + 26, w->last + 30, 4);
		memcpy(f + 30, w->last + 26, 4);
		if (len >= 38 && w->last_len >= 38) { /* ports, or an echo's id */
			memcpy(f + 34, w->last + 36, 2);
			memcpy(f + 36, w->last + 34, 2);
		}
	}
	make_sums(f, len);
	ng_sys_sendto(w->task, w->cable[0], f, len, 0, NULL, 0);
}

static void send_segment(struct wire *w, const uint8_t *p, size_t len)
{
	uint8_t f[FRAME_MAX] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0xf1, 8, 0, 0x45 };
	uint8_t *t = f + ETH_HLEN + 20;
	size_t opts, n;

	if (len < 6)
		return;
	opts = (size_t)(p[5] % 11) * 4;
	len -= 6;
	opts = opts < len ? opts : len & ~(size_t)3;
	n = 20 + 20 + (len < 1400 ? len : 1400);
	f[16] = (uint8_t)(n >> 8);
	f[17] = (uint8_t)n;
	f[22] = 64;
	f[23] = IPPROTO_TCP;
	memcpy(f + 26, w->peer + 4, 4);
	memcpy(f + 30, w->peer, 4);
	memcpy(t, w->peer + 10, 2);
	memcpy(t + 2, w->peer + 8, 2);
	put32(t + 4, w->ack + (uint32_t)(int8_t)p[1]);
	put32(t + 8, w->snd_end + (uint32_t)(int8_t)p[2]);
	t[12] = (uint8_t)((5 + opts / 4) << 4);
	t[13] = p[0];
	memcpy(t + 14, p + 3, 2);
	memcpy(t + 20, p + 6, n - 40);
	if ((t[13] & 0x22) == 0x22) /* SYN, URG: the pointer, too */
		t[19] = p[4];
	make_sums(f, ETH_HLEN + n);
	ng_sys_sendto(w->task, w->cable[0], f, ETH_HLEN + n, 0, NULL, 0);
}

/* Remembers what the host sent. */
static void listen_far(struct wire *w)
{
	struct sockaddr_ll from;
	uint32_t fromlen = sizeof(from);
	uint8_t f[FRAME_MAX];
	ssize_t n;

	while ((n = ng_sys_recvfrom(w->task, w->cable[0], f, sizeof(f), MSG_DONTWAIT, &from,
				    &fromlen)) > 0) {
		const uint8_t *t = f + 34;

		if (from.sll_pkttype == PACKET_OUTGOING || f[12] != 8 || f[13] || n < 34)
			continue;
		memcpy(w->last, f, (size_t)n);
		w->last_len = (size_t)n;
		if (f[23] != IPPROTO_TCP || f[14] != 0x45 || n < 54)
			continue;
		memcpy(w->peer, f + 26, 12);
		w->snd_end =
			be32(t + 4) + (uint32_t)n - 34 - (uint32_t)(t[12] >> 4) * 4 + !!(t[13] & 3);
		if (t[13] & 0x10)
			w->ack = be32(t + 8);
	}
	while (ng_sys_recvfrom(w->task, w->cable[1], f, sizeof(f), MSG_DONTWAIT, NULL, NULL) > 0)
		;
}

static struct sockaddr_in at(uint32_t addr, uint16_t port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = cpu_to_be16(port),
				     .sin_addr.s_addr = cpu_to_be32(addr) };
}

/* The host's program: reads what came; then what the record says */
static void call(struct wire *w, uint8_t what)
{
	struct sockaddr_in peer = at(0x0a000002, 80),
			   echo = at(what & 1 ? 0x0a000003 : 0x0a000002, 7);
	static const uint8_t ping[12] = { 8, 0, 0, 0, 1, 2, 0, 1 };
	uint8_t buf[1024] = { 0 };
	ssize_t n;

	for (int i = 0; i < SOCKS; i++) {
		if (w->sock[i] < 0 || i == 1)
			continue;
		n = ng_sys_recvfrom(w->task, w->sock[i], buf, sizeof(buf), MSG_DONTWAIT, NULL,
				    NULL);
		if (n > 0 && i == 2)
			ng_sys_sendto(w->task, w->sock[i], buf, (size_t)n, MSG_DONTWAIT, NULL, 0);
	}
	if (w->sock[2] < 0)
		w->sock[2] = ng_sys_accept(w->task, w->sock[1], NULL, NULL);
	switch (what % 8) {
	case 1:
		if (w->sock[3] < 0)
			w->sock[3] =
				ng_sys_socket(w->task, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		ng_sys_connect(w->task, w->sock[3], &peer, sizeof(peer));
		break;
	case 2:
		ng_sys_sendto(w->task, w->sock[3], buf, sizeof(buf), MSG_DONTWAIT, NULL, 0);
		break;
	case 3:
		ng_sys_shutdown(w->task, w->sock[2 + (what >> 3 & 1)], SHUT_WR);
		break;
	case 4:
		ng_sys_close(w->task, w->sock[2 + (what >> 3 & 1)]);
		w->sock[2 + (what >> 3 & 1)] = -1;
		break;
	case 5:
		ng_sys_sendto(w->task, w->sock[0], buf, what, MSG_DONTWAIT, &echo, sizeof(echo));
		break;
	case 6:
		ng_sys_sendto(w->task, w->sock[4], ping, sizeof(ping), MSG_DONTWAIT, &echo,
			      sizeof(echo));
		break;
	case 7:
		ng_sys_sendto(w->task, w->sock[2], buf, sizeof(buf), MSG_DONTWAIT, NULL, 0);
		break;
	default:
		break;
	}
}

/* An address of few: the peers, somebody silent, nobody, ourselves, all, a group, none */
static uint32_t pick(struct sockaddr_in *sin, uint8_t which, uint8_t port)
{
	static const uint32_t addrs[] = { 0x0a000002, 0x0a000003, 0x0a010002, 0xcb007101,
					  0x0a630001, 0x0a000001, 0x0a0000ff, 0xe0000001,
					  0,	      0x7f000001 };
	static const uint16_t ports[] = { 80, 7, 5000, 5001, 0, 4000 };

	*sin = at(addrs[which % 10], ports[port % 6]);
	if (which >= 0xf0)
		sin->sin_family = which & 1 ? AF_UNSPEC : AF_INET6;
	return which >= 0xe0 && which < 0xf0 ? which & 15 : sizeof(*sin);
}

static int new_socket(struct wire *w, uint8_t kind)
{
	static const struct {
		int type, protocol;
	} kinds[] = { { SOCK_DGRAM, 0 },
		      { SOCK_STREAM | SOCK_NONBLOCK, 0 },
		      { SOCK_DGRAM, IPPROTO_UDPLITE },
		      { SOCK_RAW, IPPROTO_ICMP },
		      { SOCK_RAW, IPPROTO_UDP },
		      { SOCK_RAW, IPPROTO_RAW },
		      { SOCK_DGRAM, IPPROTO_ICMP },
		      { SOCK_STREAM, 0 } };

	return ng_sys_socket(w->task, AF_INET, kinds[kind % 8].type, kinds[kind % 8].protocol);
}

static void receive(struct wire *w, int fd, int flags)
{
	uint8_t buf[256], control[256];
	struct sockaddr_in from;
	struct iovec iov = { buf, flags & 1 ? 5 : sizeof(buf) };
	struct msghdr msg = { .msg_name = &from,
			      .msg_namelen = sizeof(from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = sizeof(control) };

	ng_sys_recvmsg(w->task, fd, &msg,
		       MSG_DONTWAIT | (flags & 2 ? MSG_PEEK : 0) | (flags & 4 ? MSG_ERRQUEUE : 0) |
			       (flags & 8 ? MSG_TRUNC : 0));
}

/* What else a program may do: the call, the socket, then what it needs. */
static void call_more(struct wire *w, const uint8_t *p, size_t len)
{
	static const int levels[] = { SOL_SOCKET, IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, SOL_RAW };
	uint8_t b[10] = { 0 }, text[600] = { 0 };
	struct sockaddr_in sin;
	uint32_t n, opt = sizeof(int);
	int *fd;

	memcpy(b, p, len < sizeof(b) ? len : sizeof(b));
	fd = &w->sock[b[1] % SOCKS];
	n = pick(&sin, b[2], b[3]);
	switch (b[0] % 9) {
	case 0:
		ng_sys_setsockopt(w->task, *fd, levels[b[2] % 5], b[3], b + 4, opt);
		ng_sys_getsockopt(w->task, *fd, levels[b[2] % 5], b[3], b + 4, &opt);
		break;
	case 1:
		ng_sys_connect(w->task, *fd, &sin, n);
		break;
	case 2:
		receive(w, *fd, b[2]);
		break;
	case 3:
		ng_sys_listen(w->task, *fd, b[2]);
		break;
	case 4:
		ng_sys_close(w->task, *fd);
		*fd = new_socket(w, b[2]);
		break;
	case 5:
		ng_sys_bind(w->task, *fd, &sin, n);
		break;
	case 6:
		ng_sys_sendto(w->task, *fd, text, b[4] * 2U, MSG_DONTWAIT, n ? &sin : NULL, n);
		break;
	case 7:
		ng_sys_sendto(w->task, *fd, p, len, MSG_DONTWAIT | b[4], &sin, n);
		break;
	case 8:
		ng_sys_shutdown(w->task, *fd, b[2] % 4);
		break;
	}
}

/* An ICMP error about what the host sent last. */
static void send_error(struct wire *w, const uint8_t *p, size_t len)
{
	uint8_t f[FRAME_MAX] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0xf1, 8, 0, 0x45 };
	uint8_t *icmp = f + ETH_HLEN + 20;
	size_t quote;

	if (len < 7 || w->last_len < ETH_HLEN)
		return;
	quote = p[6] < w->last_len - ETH_HLEN ? p[6] : w->last_len - ETH_HLEN;
	f[17] = (uint8_t)(28 + quote);
	f[16] = (uint8_t)((28 + quote) >> 8);
	f[22] = 64;
	f[23] = IPPROTO_ICMP;
	put32(f + 26, 0x0a000002);
	memcpy(f + 30, w->last + 26, 4);
	icmp[0] = p[0];
	icmp[1] = p[1];
	memcpy(icmp + 4, p + 2, 4);
	memcpy(icmp + 8, w->last + ETH_HLEN, quote);
	make_sums(f, ETH_HLEN + 28 + quote);
	ng_sys_sendto(w->task, w->cable[0], f, ETH_HLEN + 28 + quote, 0, NULL, 0);
}

static void one_record(struct wire *w, uint8_t kind, const uint8_t *p, size_t len)
{
	switch (kind % REC_KINDS) {
	case REC_CABLE:
	case REC_PORT:
		send_frame(w, kind % REC_KINDS == REC_PORT, p, len, false);
		break;
	case REC_CABLE_SUMS:
	case REC_PORT_SUMS:
		send_frame(w, kind % REC_KINDS == REC_PORT_SUMS, p, len, true);
		break;
	case REC_TIME:
		if (len >= 2)
			ng_sys_nanosleep(w->task, (p[0] | p[1] << 8) * 10 * NSEC_PER_MSEC);
		break;
	case REC_CALL:
		if (len > 1)
			call_more(w, p, len);
		else if (len)
			call(w, p[0]);
		break;
	case REC_SEGMENT:
		send_segment(w, p, len);
		break;
	case REC_SUMS_TOO:
		send_back(w, p, len);
		break;
	case REC_ERROR:
		send_error(w, p, len);
		break;
	case REC_COMMAND:
		if (len)
			fuzz_shell(w->task, wire_commands[p[0] % (sizeof(wire_commands) /
								  sizeof(wire_commands[0]))]);
		break;
	}
	listen_far(w);
}

static int cable(struct wire *w, int ifindex)
{
	struct sockaddr_ll sll = { .sll_family = AF_PACKET,
				   .sll_protocol = cpu_to_be16(ETH_P_ALL),
				   .sll_ifindex = ifindex };
	int fd = ng_sys_socket(w->task, AF_PACKET, SOCK_RAW, 0);

	if (fd < 0 || ng_sys_bind(w->task, fd, &sll, sizeof(sll)))
		__builtin_trap();
	return fd;
}

static void open_sockets(struct wire *w)
{
	struct sockaddr_in any = at(0, 5000), listens = at(0, 5001);

	for (int i = 0; i < SOCKS; i++)
		w->sock[i] = -1;
	w->sock[0] = ng_sys_socket(w->task, AF_INET, SOCK_DGRAM, 0);
	w->sock[1] = ng_sys_socket(w->task, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	w->sock[4] = ng_sys_socket(w->task, AF_INET, SOCK_RAW, IPPROTO_ICMP);
	if (ng_sys_bind(w->task, w->sock[0], &any, sizeof(any)) ||
	    ng_sys_bind(w->task, w->sock[1], &listens, sizeof(listens)) ||
	    ng_sys_listen(w->task, w->sock[1], 8))
		__builtin_trap();
}

static int play(struct ng_task *task, void *arg)
{
	struct wire *w = arg;
	int home = ng_sys_open(task, "/proc/self/ns/net", O_RDONLY, 0);
	int far = ng_sys_open(task, "/run/netns/far", O_RDONLY, 0);

	w->task = task;
	if (home < 0 || far < 0 || ng_sys_setns(task, far, CLONE_NEWNET))
		return 1;
	w->cable[0] = cable(w, 2);
	w->cable[1] = cable(w, 3);
	if (ng_sys_setns(task, home, CLONE_NEWNET))
		return 1;
	open_sockets(w);
	for (int i = 0; i < RECORDS_MAX && w->size >= 3; i++) {
		size_t len = w->data[1] | (size_t)w->data[2] << 8;
		const uint8_t *p = w->data + 3;

		w->size -= 3;
		len = len < w->size ? len : w->size;
		one_record(w, w->data[0], p, len);
		w->data = p + len;
		w->size -= len;
	}
	return 0;
}

static size_t inside(struct mutate *m, uint8_t *kind, uint8_t *p, size_t len, size_t max)
{
	uint8_t k = *kind % REC_KINDS;

	if (len > 14 && (k == REC_CABLE || k == REC_CABLE_SUMS || k == REC_SUMS_TOO))
		return wire_mutate_frame(m, kind, k == REC_SUMS_TOO ? k : REC_CABLE_SUMS, p, len,
					 max);
	if (len > 14 && (k == REC_PORT || k == REC_PORT_SUMS))
		return wire_mutate_frame(m, kind, REC_PORT_SUMS, p, len, max);
	return LLVMFuzzerMutate(p, len, max);
}

static size_t fresh(struct mutate *m, uint8_t *kind, uint8_t *p)
{
	size_t len;
	bool port;

	len = wire_fresh_frame(m, p, &port);
	*kind = port ? REC_PORT_SUMS : REC_CABLE_SUMS;
	return len;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	return mutate(data, size, max, seed, inside, fresh);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct test_world *w;
	struct wire wire = { 0 };

	if (!size)
		return 0;
	wire.data = data + 1;
	wire.size = size - 1;
	w = fuzz_world_new(wire_setup, wire_kinds, sizeof(wire_kinds) / sizeof(wire_kinds[0]),
			   data[0]);
	ng_world_run_for(w->world, 2 * NSEC_PER_SEC);
	if (data[0] & WORLD_WATCHED)
		fuzz_world_watch(w);
	if (test_world_call(w, play, &wire) > 0)
		__builtin_trap();
	ng_world_run_for(w->world, 40 * NSEC_PER_SEC);
	test_world_free(w);
	return 0;
}
