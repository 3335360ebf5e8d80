/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * methods.c - probes of UDP and ICMP
 *
 * mirrors mod-udp.c and mod-icmp.c of traceroute 2.1.2
 */
#include "traceroute.h"

#include <errno.h>
#include <linux/icmp.h>
#include <netglass/syscall.h>
#include <string.h>

static void udp_init(struct tr *t)
{
	t->fd = -1;
	t->seq = (uint16_t)(t->have_port ? t->port : TR_PORT);
}

static void udp_const_init(struct tr *t)
{
	t->fd = -1;
	t->seq = (uint16_t)(t->have_port ? t->port : 53);
}

static void udp_send_to(struct tr *t, struct tr_probe *p, int ttl)
{
	int fd = tr_socket(t, SOCK_DGRAM, IPPROTO_UDP);

	if (fd < 0)
		tr_error(t, "socket", -fd);
	tr_set_ttl(t, fd, ttl);
	tr_connect(t, fd, t->seq);
	p->send_us = tr_now_us(t);
	if (!tr_transmit(t, fd, t->data, t->data_len)) {
		ng_sys_close(t->task, fd);
		p->send_us = 0;
		return;
	}
	p->fd = fd;
	p->seq = t->seq;
}

static void udp_send(struct tr *t, struct tr_probe *p, int ttl)
{
	udp_send_to(t, p, ttl);
	if (p->send_us)
		t->seq++;
}

static struct tr_probe *udp_check(struct tr *t, int fd, bool err, const struct sockaddr_in *from,
				  const uint8_t *data, size_t len)
{
	struct tr_probe *p = tr_probe_by_fd(t, fd);

	(void)err;
	(void)data;
	(void)len;
	return p && p->seq == be16_to_cpu(from->sin_port) ? p : NULL;
}

static void icmp_init(struct tr *t)
{
	if (t->icmp_dgram) {
		t->fd = tr_socket(t, SOCK_DGRAM, IPPROTO_ICMP);
	} else {
		t->fd = tr_socket(t, SOCK_RAW, IPPROTO_ICMP);
		t->ident = (uint16_t)ng_sys_getpid(t->task);
	}
	if (t->fd < 0)
		tr_error(t, "socket", -t->fd);
	tr_connect(t, t->fd, 0);
	t->seq = (uint16_t)(t->have_port ? t->port : 1);
}

static void icmp_send(struct tr *t, struct tr_probe *p, int ttl)
{
	uint8_t *d = t->data;
	uint16_t sum;

	if (ttl != t->last_ttl)
		tr_set_ttl(t, t->fd, ttl);
	t->last_ttl = ttl;
	d[0] = ICMP_ECHO;
	d[1] = d[2] = d[3] = 0;
	d[4] = (uint8_t)(t->ident >> 8);
	d[5] = (uint8_t)t->ident;
	d[6] = (uint8_t)(t->seq >> 8);
	d[7] = (uint8_t)t->seq;
	sum = tr_checksum(0, d, t->data_len);
	d[2] = (uint8_t)(sum >> 8);
	d[3] = (uint8_t)sum;
	p->send_us = tr_now_us(t);
	if (!tr_transmit(t, t->fd, d, t->data_len)) {
		p->send_us = 0;
		return;
	}
	p->seq = t->seq++;
}

static struct tr_probe *icmp_check(struct tr *t, int fd, bool err, const struct sockaddr_in *from,
				   const uint8_t *data, size_t len)
{
	(void)fd;
	(void)from;
	if (len < 8 || data[0] != (err ? ICMP_ECHO : ICMP_ECHOREPLY) || data[1] != 0)
		return NULL;
	if (t->ident && (data[4] << 8 | data[5]) != t->ident)
		return NULL;
	return tr_probe_by_seq(t, (unsigned int)(data[6] << 8 | data[7]));
}

/* Any protocol: what comes back belongs to the probe sent last. */
static void raw_init(struct tr *t)
{
	if (t->have_port)
		t->protocol = t->port;
	t->fd = tr_socket(t, SOCK_RAW, (int)t->protocol);
	if (t->fd < 0)
		tr_error(t, "socket", -t->fd);
	tr_connect(t, t->fd, 0);
}

static void raw_send(struct tr *t, struct tr_probe *p, int ttl)
{
	if (ttl != t->last_ttl)
		tr_set_ttl(t, t->fd, ttl);
	t->last_ttl = ttl;
	p->send_us = tr_now_us(t);
	if (tr_transmit(t, t->fd, t->data, t->data_len))
		p->seq = ++t->seq;
	else
		p->send_us = 0;
}

static struct tr_probe *raw_check(struct tr *t, int fd, bool err, const struct sockaddr_in *from,
				  const uint8_t *data, size_t len)
{
	(void)fd;
	(void)err;
	(void)data;
	(void)len;
	return from->sin_addr.s_addr == t->dst ? tr_probe_by_seq(t, t->seq) : NULL;
}

static const struct tr_method raw = { .name = "raw",
				      .header_len = TR_IPHDR,
				      .raw_reply = true,
				      .one_per_time = true,
				      .init = raw_init,
				      .send = raw_send,
				      .check = raw_check };
static const struct tr_method udp_default = { .name = "default",
					      .header_len = TR_IPHDR + 8,
					      .init = udp_init,
					      .send = udp_send,
					      .check = udp_check };
static const struct tr_method udp_const = { .name = "udp",
					    .header_len = TR_IPHDR + 8,
					    .init = udp_const_init,
					    .send = udp_send_to,
					    .check = udp_check };
static const struct tr_method icmp = { .name = "icmp",
				       .header_len = TR_IPHDR,
				       .min_len = 8,
				       .raw_reply = true,
				       .init = icmp_init,
				       .send = icmp_send,
				       .check = icmp_check };

/* By its name; NULL: there is no such method. */
const struct tr_method *tr_method(const char *name)
{
	const struct tr_method *const all[] = { &udp_default, &udp_const, &icmp, &tr_tcp, &raw };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!strcmp(all[i]->name, name))
			return all[i];
	}
	return NULL;
}
