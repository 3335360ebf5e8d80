/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * savefile.c - packets from and to a file of the world
 *
 * The classic format of libpcap: microseconds, written little-endian, read either way.
 */
#include "tcpdump.h"

#include <errno.h>
#include <fcntl.h>
#include <netglass/syscall.h>
#include <string.h>

#define MAGIC 0xa1b2c3d4U
#define MAGIC_NS 0xa1b23c4dU

enum { FILE_HLEN = 24, RECORD_HLEN = 16, PACKET_MAX = 262144 };

static uint32_t get32(const uint8_t *p, bool swapped)
{
	uint32_t v = (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];

	return swapped ? td_u32(p) : v;
}

static void put32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

/* fewer only at the end of the file */
static size_t read_all(struct td *d, void *buf, size_t len)
{
	size_t n = 0;

	while (n < len) {
		ssize_t got = ng_sys_read(d->task, d->fd, (uint8_t *)buf + n, len - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	return n;
}

static void write_all(struct td *d, const void *buf, size_t len)
{
	size_t n = 0;

	while (n < len) {
		ssize_t put = ng_sys_write(d->task, d->out_fd, (const uint8_t *)buf + n, len - n);

		if (put <= 0)
			return;
		n += (size_t)put;
	}
}

/**
 * td_open_read() - Opens the file of -r
 * @d: the run
 */
void td_open_read(struct td *d)
{
	uint8_t h[FILE_HLEN];
	size_t n;
	uint32_t magic;

	d->fd = strcmp(d->read_from, "-") ? ng_sys_open(d->task, d->read_from, O_RDONLY, 0) : 0;
	if (d->fd < 0)
		td_error(d, "%s: %s", d->read_from, ng_strerror(-d->fd));
	n = read_all(d, h, sizeof(h));
	if (n < sizeof(h))
		td_error(d,
			 n < 4 ? "truncated dump file; tried to read 4 file header bytes, only got "
				 "%zu"
			       : "truncated dump file; tried to read 24 file header bytes, only "
				 "got %zu",
			 n);
	magic = get32(h, false);
	d->swapped = magic != MAGIC && magic != MAGIC_NS;
	magic = get32(h, d->swapped);
	if (magic != MAGIC && magic != MAGIC_NS)
		td_error(d, "unknown file format");
	d->nano = magic == MAGIC_NS;
	d->snaplen = get32(h + 16, d->swapped);
	d->linktype = (int)(get32(h + 20, d->swapped) & 0xffff);
	if (d->linktype != TD_LINKTYPE_EN10MB && d->linktype != TD_LINKTYPE_SLL2)
		td_error(d, "unsupported link-layer type %d", d->linktype);
}

/**
 * td_loop_read() - All packets of the file, or as many as -c says
 * @d: the run
 */
void td_loop_read(struct td *d)
{
	uint8_t *buf = ng_task_alloc(d->task, PACKET_MAX), h[RECORD_HLEN];
	size_t n;

	while ((n = read_all(d, h, sizeof(h))) == sizeof(h)) {
		struct td_packet p = { .data = buf,
				       .caplen = get32(h + 8, d->swapped),
				       .len = get32(h + 12, d->swapped) };
		int64_t frac = get32(h + 4, d->swapped);

		p.when_ns = (int64_t)get32(h, d->swapped) * NSEC_PER_SEC +
			    (d->nano ? frac : frac * 1000);
		if (p.caplen > PACKET_MAX)
			td_error(d, "invalid packet capture length %u, bigger than maximum of %d",
				 p.caplen, PACKET_MAX);
		n = read_all(d, buf, p.caplen);
		if (n < p.caplen)
			td_error(d,
				 "truncated dump file; tried to read %u captured bytes, only got "
				 "%zu",
				 p.caplen, n);
		if (td_match(d, &p) && !td_handle(d, &p))
			return;
	}
	if (n)
		td_error(d, "truncated dump file; tried to read 16 header bytes, only got %zu", n);
}

/**
 * td_open_write() - Begins the file of -w
 * @d: the run
 */
void td_open_write(struct td *d)
{
	uint8_t h[FILE_HLEN] = { 0 };

	d->out_fd = strcmp(d->write_to, "-")
			    ? ng_sys_open(d->task, d->write_to, O_WRONLY | O_CREAT | O_TRUNC, 0644)
			    : 1;
	if (d->out_fd < 0)
		td_error(d, "%s: %s", d->write_to, ng_strerror(-d->out_fd));
	put32(h, MAGIC);
	h[4] = 2;
	h[6] = 4;
	put32(h + 16, d->snaplen);
	put32(h + 20, (uint32_t)d->linktype);
	write_all(d, h, sizeof(h));
}

/**
 * td_write() - Adds a packet to the file of -w
 * @d: the run
 * @p: the packet
 */
void td_write(struct td *d, const struct td_packet *p)
{
	uint8_t h[RECORD_HLEN];

	put32(h, (uint32_t)(p->when_ns / NSEC_PER_SEC));
	put32(h + 4, (uint32_t)(p->when_ns % NSEC_PER_SEC / 1000));
	put32(h + 8, p->caplen);
	put32(h + 12, p->len);
	write_all(d, h, sizeof(h));
	write_all(d, p->data, p->caplen);
}
