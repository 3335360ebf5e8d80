/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * socket.c - traceroute's sockets: options, sending, what comes back
 *
 * mirrors the socket half of traceroute 2.1.2's traceroute.c
 */
#include "traceroute.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/net_tstamp.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/uio.h>

static void set_option(struct tr *t, int fd, int level, int name, int val, const char *what)
{
	int err = ng_sys_setsockopt(t->task, fd, level, name, &val, sizeof(val));

	if (err && what)
		tr_error(t, what, -err);
}

/**
 * tr_bind() - Give a socket its device and source address.
 * @t: the run
 * @fd: the socket
 * @port: source port, host order; 0: any
 */
void tr_bind(struct tr *t, int fd, unsigned int port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	int err;

	if (t->device) {
		err = ng_sys_setsockopt(t->task, fd, SOL_SOCKET, SO_BINDTODEVICE, t->device,
					(uint32_t)strlen(t->device) + 1);
		if (err)
			tr_error(t, "setsockopt SO_BINDTODEVICE", -err);
	}
	sin.sin_addr.s_addr = t->have_src ? t->src : 0;
	sin.sin_port = cpu_to_be16((uint16_t)port);
	err = ng_sys_bind(t->task, fd, &sin, sizeof(sin));
	if (err)
		tr_error(t, "bind", -err);
}

/**
 * tr_socket() - Open a socket and set what every probe needs.
 * @t: the run
 * @type: SOCK_DGRAM or SOCK_RAW
 * @protocol: IPPROTO_*
 *
 * Return: the descriptor, or -errno of socket(); other failures end the program.
 */
int tr_socket(struct tr *t, int type, int protocol)
{
	int fd = ng_sys_socket(t->task, AF_INET, type, protocol);

	if (fd < 0)
		return fd;
	if (t->debug)
		set_option(t, fd, SOL_SOCKET, SO_DEBUG, 1, "setsockopt SO_DEBUG");
	if (t->have_mark)
		set_option(t, fd, SOL_SOCKET, SO_MARK, (int)t->mark, "setsockopt SO_MARK");
	tr_bind(t, fd, protocol == IPPROTO_UDP ? t->sport : 0);
	set_option(t, fd, IPPROTO_IP, IP_MTU_DISCOVER,
		   t->dontfrag ? IP_PMTUDISC_PROBE : IP_PMTUDISC_DONT,
		   "setsockopt IP_MTU_DISCOVER");
	if (t->tos)
		set_option(t, fd, IPPROTO_IP, IP_TOS, (int)t->tos, "setsockopt IP_TOS");
	if (t->noroute)
		set_option(t, fd, SOL_SOCKET, SO_DONTROUTE, 1, "setsockopt SO_DONTROUTE");
	set_option(t, fd, SOL_SOCKET, SO_TIMESTAMP_OLD, 1, NULL);
	set_option(t, fd, IPPROTO_IP, IP_RECVTTL, 1, NULL);
	return fd;
}

void tr_set_ttl(struct tr *t, int fd, int ttl)
{
	set_option(t, fd, IPPROTO_IP, IP_TTL, ttl, "setsockopt IP_TTL");
}

/* Also asks for the error queue, so that ICMP errors arrive as data. */
void tr_connect(struct tr *t, int fd, unsigned int port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_addr.s_addr = t->dst };
	int err;

	sin.sin_port = cpu_to_be16((uint16_t)port);
	err = ng_sys_connect(t->task, fd, &sin, sizeof(sin));
	if (err)
		tr_error(t, "connect", -err);
	set_option(t, fd, IPPROTO_IP, IP_RECVERR, 1, "setsockopt IP_RECVERR");
}

/* Return: false: not now, try later. What an ICMP error will explain counts as sent. */
bool tr_transmit(struct tr *t, int fd, const void *data, size_t len)
{
	ssize_t n = ng_sys_sendto(t->task, fd, data, len, 0, NULL, 0);

	if (n >= 0 || n == -EMSGSIZE || n == -EHOSTUNREACH)
		return true;
	if (n == -ENOBUFS || n == -EAGAIN)
		return false;
	tr_error(t, "send", (int)-n);
}

/* The mark printed after a time. */
static void set_mark(struct tr_probe *p, int type, int code, uint32_t info)
{
	static const char marks[] = "NHP--SNHNXXNHXVC"; /* by code of DEST_UNREACH */

	p->final = true;
	if (type != ICMP_DEST_UNREACH)
		snprintf(p->err, sizeof(p->err), "!<%d-%d>", type, code);
	else if (code == ICMP_FRAG_NEEDED)
		snprintf(p->err, sizeof(p->err), "!F-%u", info);
	else if (code > 15)
		snprintf(p->err, sizeof(p->err), "!<%d>", code);
	else if (code != ICMP_PORT_UNREACH)
		snprintf(p->err, sizeof(p->err), "!%c", marks[code]);
}

/* --mtu: smaller packets from now on, and @p once more; what was learned stands behind its time */
static void shrink(struct tr *t, struct tr_probe *p, uint32_t mtu)
{
	t->data_len = mtu - t->method->header_len;
	tr_probe_done(t, p);
	*p = (struct tr_probe){ .fd = -1 };
	snprintf(p->err, sizeof(p->err), "F=%u", mtu);
}

/* Return: false: @p is to be sent again. */
static bool take_error(struct tr *t, struct tr_probe *p, const struct cmsghdr *c)
{
	struct sock_extended_err ee;
	struct sockaddr_in from;

	memcpy(&ee, CMSG_DATA(c), sizeof(ee));
	if (t->mtudisc && ee.ee_info >= t->method->header_len &&
	    ee.ee_info < t->method->header_len + t->data_len) {
		shrink(t, p, ee.ee_info);
		return false;
	}
	if (ee.ee_origin == SO_EE_ORIGIN_ICMP) {
		memcpy(&from, CMSG_DATA(c) + sizeof(ee), sizeof(from));
		p->from = from.sin_addr.s_addr;
		p->answered = true;
		if (ee.ee_type != ICMP_TIME_EXCEEDED || ee.ee_code != ICMP_EXC_TTL)
			set_mark(p, ee.ee_type, ee.ee_code, ee.ee_info);
	} else if (ee.ee_origin == SO_EE_ORIGIN_LOCAL && ee.ee_errno == EMSGSIZE && ee.ee_info) {
		snprintf(p->err, sizeof(p->err), "!F-%u", ee.ee_info);
		p->final = true;
	}
	return true;
}

static bool take_control(struct tr *t, struct tr_probe *p, struct msghdr *msg)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMP_OLD) {
			struct timeval tv;

			memcpy(&tv, CMSG_DATA(c), sizeof(tv));
			p->recv_us = tv.tv_sec * INT64_C(1000000) + tv.tv_usec;
		} else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL) {
			memcpy(&p->recv_ttl, CMSG_DATA(c), sizeof(int));
		} else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) {
			if (!take_error(t, p, c))
				return false;
		}
	}
	return true;
}

/**
 * tr_receive() - Read one answer and find the probe it belongs to.
 * @t: the run
 * @fd: the socket poll() named
 * @err: read the error queue
 */
void tr_receive(struct tr *t, int fd, bool err)
{
	_Alignas(struct cmsghdr) uint8_t control[1024];
	uint8_t buf[1280];
	struct sockaddr_in from = { .sin_family = AF_UNSPEC };
	struct iovec iov = { .iov_base = buf, .iov_len = sizeof(buf) };
	struct msghdr msg = { .msg_name = &from,
			      .msg_namelen = sizeof(from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = sizeof(control) };
	const uint8_t *data = buf;
	struct tr_probe *p;
	ssize_t n = ng_sys_recvmsg(t->task, fd, &msg, MSG_DONTWAIT | (err ? MSG_ERRQUEUE : 0));

	if (n < 0)
		return;
	if (!err && t->method->raw_reply && t->fd >= 0) {
		size_t hlen = n >= TR_IPHDR ? (buf[0] & 0xfU) * 4U : 0;

		if (hlen < TR_IPHDR || (size_t)n < hlen)
			return;
		data += hlen;
		n -= (ssize_t)hlen;
	}
	p = t->method->check(t, fd, err, &from, data, (size_t)n);
	if (!p && !n && err && t->dontfrag) /* our own kernel's "too long", about the first probe */
		p = &t->probes[(t->first_hop - 1) * t->per_hop];
	if (!p || p->done)
		return;
	if (!err) {
		p->from = from.sin_addr.s_addr;
		p->answered = true;
		p->final = true;
	}
	if (!take_control(t, p, &msg))
		return;
	if (!p->recv_us)
		p->recv_us = tr_now_us(t);
	tr_probe_done(t, p);
}

void tr_probe_done(struct tr *t, struct tr_probe *p)
{
	if (p->fd >= 0)
		ng_sys_close(t->task, p->fd);
	p->fd = -1;
	p->seq = 0;
	p->done = true;
}

struct tr_probe *tr_probe_by_fd(struct tr *t, int fd)
{
	unsigned int i;

	for (i = 0; i < t->num_probes; i++) {
		if (t->probes[i].fd == fd)
			return &t->probes[i];
	}
	return NULL;
}

struct tr_probe *tr_probe_by_seq(struct tr *t, unsigned int seq)
{
	unsigned int i;

	for (i = 0; seq && i < t->num_probes; i++) {
		if (t->probes[i].seq == seq && t->probes[i].send_us)
			return &t->probes[i];
	}
	return NULL;
}

int64_t tr_now_us(struct tr *t)
{
	return ng_sys_clock_realtime(t->task) / NSEC_PER_USEC;
}

/* The Internet checksum, as it goes into the header; @sum: what is added already. */
uint16_t tr_checksum(uint32_t sum, const uint8_t *p, size_t len)
{
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += (uint32_t)(p[i] << 8 | p[i + 1]);
	if (len % 2)
		sum += (uint32_t)p[len - 1] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}
