/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp.c - probes that are TCP segments, SYNs unless -O says otherwise; never a connection
 *
 * mirrors mod-tcp.c of traceroute 2.1.2. A stream socket holds the source
 * port while the probe is on its way; the kernel's own reset ends what a
 * SYN+ACK would have opened.
 */
#include "traceroute.h"

#include <errno.h>
#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>

enum { TCP_HDR = 20, TCP_MAX = 60, TH_SYN = 0x02, TH_ACK = 0x10, TH_ECE_CWR = 0xc0 };

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

/* As traceroute: a first character of 1 is yes; tcp_ecn may be 2. */
static bool sysctl_is_1(struct tr *t, const char *name)
{
	char path[64], c = 0;
	int fd;

	snprintf(path, sizeof(path), "/proc/sys/net/ipv4/tcp_%s", name);
	fd = ng_sys_open(t->task, path, O_RDONLY, 0);
	if (fd < 0)
		return false;
	ng_sys_read(t->task, fd, &c, 1);
	ng_sys_close(t->task, fd);
	return c == '1';
}

static unsigned int choose_flags(struct tr *t)
{
	unsigned int flags = t->tcp.flags;

	if (!flags || t->tcp.sysctl) {
		flags |= sysctl_is_1(t, "ecn") ? TR_TCP_ECN : 0;
		flags |= sysctl_is_1(t, "sack") ? TR_TCP_SACK : 0;
		flags |= sysctl_is_1(t, "timestamps") ? TR_TCP_TSTAMP : 0;
		flags |= sysctl_is_1(t, "window_scaling") ? TR_TCP_WSCALE : 0;
	}
	if (!(flags & (TR_TCP_EXACT | 0xff)))
		flags |= TH_SYN | (flags & TR_TCP_ECN ? TH_ECE_CWR : 0);
	return flags;
}

static uint8_t *put_timestamps(struct tr *t, uint8_t *p, unsigned int flags)
{
	static const uint8_t sack[] = { 4, 2 }, nops[] = { 1, 1 };

	memcpy(p, flags & TR_TCP_SACK ? sack : nops, 2);
	p[2] = 8;
	p[3] = 10;
	ng_sys_getrandom(t->task, p + 4, 4);
	if (flags & TH_ACK)
		ng_sys_getrandom(t->task, p + 8, 4);
	return p + 12;
}

/* Return: bytes of header and options. */
static unsigned int put_options(struct tr *t, unsigned int flags, unsigned int mss)
{
	static const uint8_t sack[] = { 1, 1, 4, 2 }, wscale[] = { 1, 3, 3, 2 };
	uint8_t *p = t->data + TCP_HDR;

	if (flags & TH_SYN) {
		p[0] = 2;
		p[1] = 4;
		put16(p + 2, t->tcp.mss ? t->tcp.mss : mss);
		p += 4;
	}
	if (flags & TR_TCP_TSTAMP) {
		p = put_timestamps(t, p, flags);
	} else if (flags & TR_TCP_SACK) {
		memcpy(p, sack, sizeof(sack));
		p += sizeof(sack);
	}
	if (flags & TR_TCP_WSCALE) {
		memcpy(p, wscale, sizeof(wscale));
		p += sizeof(wscale);
	}
	return (unsigned int)(p - t->data);
}

/* What no probe changes of the segment. */
static void tcp_init(struct tr *t)
{
	unsigned int flags = choose_flags(t), mss;
	struct sockaddr_in sin;
	uint32_t len = sizeof(sin);
	int mtu = 0;
	int err;

	t->fd = tr_socket(t, SOCK_RAW, IPPROTO_TCP);
	if (t->fd < 0)
		tr_error(t, "socket", -t->fd);
	tr_connect(t, t->fd, 0);
	err = ng_sys_getsockname(t->task, t->fd, &sin, &len);
	if (err)
		tr_error(t, "getsockname", -err);
	t->src = sin.sin_addr.s_addr;
	len = sizeof(mtu);
	if (ng_sys_getsockopt(t->task, t->fd, IPPROTO_IP, IP_MTU, &mtu, &len) < 0 || mtu < 576)
		mtu = 576;
	mss = (unsigned int)mtu - 40;
	t->data = ng_task_alloc(t->task, TCP_MAX);
	t->data_len = put_options(t, flags, mss);
	put16(t->data + 2, t->have_port ? t->port : 80);
	t->data[12] = (uint8_t)(t->data_len / 4 << 4);
	t->data[13] = (uint8_t)flags;
	put16(t->data + 14, 4 * mss);
}

static unsigned int hold_port(struct tr *t, struct tr_probe *p)
{
	struct sockaddr_in sin;
	uint32_t len = sizeof(sin);
	int one = 1;
	int err;

	p->fd = ng_sys_socket(t->task, AF_INET, SOCK_STREAM, 0);
	if (p->fd < 0)
		tr_error(t, "socket", -p->fd);
	if (t->tcp.reuse)
		ng_sys_setsockopt(t->task, p->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	tr_bind(t, p->fd, t->sport);
	err = ng_sys_getsockname(t->task, p->fd, &sin, &len);
	if (err)
		tr_error(t, "getsockname", -err);
	return be16_to_cpu(sin.sin_port);
}

static void tcp_send(struct tr *t, struct tr_probe *p, int ttl)
{
	unsigned int port = hold_port(t, p);
	uint8_t pseudo[12] = { 0 };
	uint32_t sum;

	if (ttl != t->last_ttl)
		tr_set_ttl(t, t->fd, ttl);
	t->last_ttl = ttl;
	put16(t->data, port);
	ng_sys_getrandom(t->task, t->data + 4, 4);
	memcpy(pseudo, &t->src, 4);
	memcpy(pseudo + 4, &t->dst, 4);
	pseudo[9] = IPPROTO_TCP;
	pseudo[11] = (uint8_t)t->data_len;
	put16(t->data + 16, 0);
	sum = (uint16_t)~tr_checksum(0, pseudo, sizeof(pseudo));
	put16(t->data + 16, tr_checksum(sum, t->data, t->data_len));
	p->send_us = tr_now_us(t);
	if (!tr_transmit(t, t->fd, t->data, t->data_len)) {
		ng_sys_close(t->task, p->fd);
		p->fd = -1;
		p->send_us = 0;
		return;
	}
	p->seq = (uint16_t)port;
}

/* "rst,ack" */
static void name_flags(char ext[40], unsigned int flags)
{
	static const char names[][4] = { "fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr" };

	ext[0] = '\0';
	for (unsigned int i = 0; i < 8; i++) {
		if (!(flags & (1U << i)))
			continue;
		if (ext[0])
			strcat(ext, ",");
		strcat(ext, names[i]);
	}
}

static struct tr_probe *tcp_check(struct tr *t, int fd, bool err, const struct sockaddr_in *from,
				  const uint8_t *data, size_t len)
{
	struct tr_probe *p;
	unsigned int a, b;

	(void)fd;
	if (len < 8 || from->sin_addr.s_addr != t->dst)
		return NULL;
	a = (unsigned int)(data[0] << 8 | data[1]);
	b = (unsigned int)(data[2] << 8 | data[3]);
	if ((err ? b : a) != (unsigned int)(t->data[2] << 8 | t->data[3]))
		return NULL;
	p = tr_probe_by_seq(t, err ? a : b);
	if (p && !err && t->tcp.info && len >= TCP_HDR)
		name_flags(p->ext, data[13]);
	return p;
}

const struct tr_method tr_tcp = { .name = "tcp",
				  .header_len = TR_IPHDR,
				  .raw_reply = true,
				  .init = tcp_init,
				  .send = tcp_send,
				  .check = tcp_check };
