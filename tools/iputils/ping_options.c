/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping_options.c - options of the IP header: ping -R, ping -T
 *
 * mirrors pr_options() and the part of ping4_run() that sets them, iputils' ping.c
 */
#include "ping.h"

#include "../lib/prog.h"

#include <errno.h>
#include <linux/ip.h>
#include <netglass/syscall.h>
#include <string.h>

#define die(p, ...) prog_die((p)->task, 2, (p)->name, __VA_ARGS__)

/**
 * ping_set_options() - Asks the kernel to send what -R or -T want
 * @p: the run; optlen is filled in
 */
void ping_set_options(struct ping *p)
{
	uint8_t space[PING_OPTLEN] = { 0 };
	socklen_t len = sizeof(space);
	int err;

	if (p->opt.sourceroute) /* the capability it takes is given up when ping begins */
		die(p, EPERM, "record route");
	if (!p->opt.rroute && !p->opt.timestamp)
		return;
	if (p->opt.rroute) {
		space[0] = IPOPT_NOP;
		space[1] = IPOPT_RR;
		space[2] = sizeof(space) - 1;
		space[3] = IPOPT_MINOFF;
	} else {
		len = p->ts_type == IPOPT_TS_TSONLY    ? 40
		      : p->ts_type == IPOPT_TS_PRESPEC ? 4 + (socklen_t)p->nroute * 8
						       : 36;
		space[0] = IPOPT_TIMESTAMP;
		space[1] = (uint8_t)len;
		space[2] = 5;
		space[3] = p->ts_type;
		for (int i = 0; i < p->nroute; i++)
			memcpy(space + 4 + i * 8, &p->route[i], sizeof(p->route[i]));
	}
	err = ng_sys_setsockopt(p->task, p->fd, IPPROTO_IP, IP_OPTIONS, space, len);
	if (err)
		die(p, -err, p->opt.rroute ? "record route" : "ts option");
	p->optlen = PING_OPTLEN;
}

static void print_address(struct ping *p, const uint8_t *at)
{
	__be32 addr;

	memcpy(&addr, at, sizeof(addr));
	ng_printf(p->out, "\t%s", addr ? ping_addr(p, addr) : "0.0.0.0");
}

static void print_rr(struct ping *p, const uint8_t *o)
{
	int left = (o[2] < o[1] ? o[2] : o[1]) - IPOPT_MINOFF;

	if (left <= 0)
		return;
	if (left == p->old_rrlen && !memcmp(o + 2, p->old_rr, (size_t)left) && !p->opt.flood) {
		ng_puts(p->out, "\t(same route)");
		return;
	}
	p->old_rrlen = left;
	memcpy(p->old_rr, o + 2, (size_t)left);
	ng_puts(p->out, "\nRR: ");
	for (o += 3; left > 0; o += 4, left -= 4) {
		print_address(p, o);
		ng_putc(p->out, '\n');
	}
}

static void print_stamp(struct ping *p, uint32_t v, uint32_t *std, uint32_t *nonstd)
{
	const uint32_t high = 0x80000000U;
	uint32_t *first = v & high ? nonstd : std;
	const char *what = v & high ? " not-standard" : "";

	v &= ~high;
	if (*first)
		ng_printf(p->out, "\t%ld%s", (long)v - (long)*first, what);
	else
		ng_printf(p->out, "\t%ld absolute%s", (long)v, what);
	*first = v;
}

static void print_ts(struct ping *p, const uint8_t *o)
{
	int left = (o[2] < o[1] ? o[2] : o[1]) - 5;
	uint32_t std = 0, nonstd = 0;
	uint8_t flags = o[3];

	if (left <= 0)
		return;
	ng_puts(p->out, "\nTS: ");
	for (o += 4; left > 0; o += 4, left -= 4) {
		if ((flags & 0xf) != IPOPT_TS_TSONLY) {
			print_address(p, o);
			o += 4;
			left -= 4;
			if (left <= 0)
				break;
		}
		print_stamp(
			p, (uint32_t)o[0] << 24 | (uint32_t)o[1] << 16 | (uint32_t)o[2] << 8 | o[3],
			&std, &nonstd);
		ng_putc(p->out, '\n');
	}
	if (flags >> 4)
		ng_printf(p->out, "Unrecorded hops: %d\n", flags >> 4);
}

/**
 * ping_print_options() - What an answer's header tells besides
 * @p: the run
 * @o: its options
 * @len: bytes of them
 */
void ping_print_options(struct ping *p, const uint8_t *o, int len)
{
	while (len > 0 && *o != IPOPT_EOL) {
		int olen = *o == IPOPT_NOP ? 1 : len < 2 ? 0 : o[1];

		if (*o == IPOPT_NOP)
			ng_puts(p->out, "\nNOP");
		else if (olen < 2 || olen > len)
			return;
		else if (*o == IPOPT_RR && olen >= 3)
			print_rr(p, o);
		else if (*o == IPOPT_TS && olen >= 4)
			print_ts(p, o);
		else
			ng_printf(p->out, "\nunknown option %x", *o);
		o += olen;
		len -= olen;
	}
}
