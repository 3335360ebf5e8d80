/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp.c - probes that are TCP SYNs, never a connection
 *
 * mirrors mod-tcp.c of traceroute 2.1.2. A stream socket holds the source
 * port while the probe is on its way; the kernel's own reset ends what a
 * SYN+ACK would have opened.
 */
#include "traceroute.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <string.h>

enum {
	TCP_LEN = 40, /* header and options */
	TCP_SYN = 0x02,
	TCP_WINDOW = 5840, /* 4 * 1460 */
};

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

/* What no probe changes: the data begins with the addresses, for the checksum. */
static void tcp_init(struct tr *t)
{
	static const uint8_t options[] = { 2, 4, 0, 0, 4, 2, 8, 10, 0, 0,
					   0, 0, 0, 0, 0, 0, 1, 3,  3, 2 };
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
	t->data_len = TCP_LEN;
	memset(t->data, 0, TCP_LEN);
	memcpy(t->data + 20, options, sizeof(options));
	put16(t->data + 2, t->have_port ? t->port : 80);
	t->data[12] = TCP_LEN / 4 << 4;
	t->data[13] = TCP_SYN;
	put16(t->data + 14, TCP_WINDOW);
	put16(t->data + 22, (unsigned int)mtu - 40);
	ng_sys_getrandom(t->task, t->data + 28, 4);
}

static unsigned int hold_port(struct tr *t, struct tr_probe *p)
{
	struct sockaddr_in sin;
	uint32_t len = sizeof(sin);
	int err;

	p->fd = ng_sys_socket(t->task, AF_INET, SOCK_STREAM, 0);
	if (p->fd < 0)
		tr_error(t, "socket", -p->fd);
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
	pseudo[11] = TCP_LEN;
	put16(t->data + 16, 0);
	sum = (uint16_t)~tr_checksum(0, pseudo, sizeof(pseudo));
	put16(t->data + 16, tr_checksum(sum, t->data, TCP_LEN));
	p->send_us = tr_now_us(t);
	if (!tr_transmit(t, t->fd, t->data, TCP_LEN)) {
		ng_sys_close(t->task, p->fd);
		p->fd = -1;
		p->send_us = 0;
		return;
	}
	p->seq = (uint16_t)port;
}

static struct tr_probe *tcp_check(struct tr *t, int fd, bool err, const struct sockaddr_in *from,
				  const uint8_t *data, size_t len)
{
	unsigned int a, b;

	(void)fd;
	(void)from;
	if (len < 8)
		return NULL;
	a = (unsigned int)(data[0] << 8 | data[1]);
	b = (unsigned int)(data[2] << 8 | data[3]);
	if ((err ? b : a) != (unsigned int)(t->data[2] << 8 | t->data[3]))
		return NULL;
	return tr_probe_by_seq(t, err ? a : b);
}

const struct tr_method tr_tcp = { "tcp", TR_IPHDR, TCP_LEN, true, tcp_init, tcp_send, tcp_check };
