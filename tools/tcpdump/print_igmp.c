/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print_igmp.c - IGMP: queries, reports and leaves
 *
 * mirrors print-igmp.c of tcpdump 4.99.3
 */
#include "tcpdump.h"

enum { IGMP_HLEN = 8, QUERY3_HLEN = 12, RECORD_HLEN = 8, DEFAULT_DELAY = 100 };

/* " { 10.0.0.1 10.0.0.2 }", or how many */
static void print_sources(struct td *d, const uint8_t *p, uint32_t n)
{
	if (d->v <= 1) {
		ng_printf(d->out, ", %u source(s)", n);
		return;
	}
	ng_puts(d->out, " {");
	for (uint32_t i = 0; i < n; i++) {
		ng_putc(d->out, ' ');
		td_print_host(d, p + i * 4);
	}
	ng_puts(d->out, " }");
}

static void print_query3(struct td *d, struct td_bytes b)
{
	uint32_t mrc = b.p[1], n = td_u16(b.p + 10);
	uint32_t mrt = mrc < 128 ? mrc : ((mrc & 15) | 16) << (((mrc >> 4) & 7) + 3);

	ng_puts(d->out, " v3");
	if (b.len & 3) {
		ng_printf(d->out, " [invalid len %u]", b.len);
		return;
	}
	if (mrc != DEFAULT_DELAY)
		ng_printf(d->out, " [max resp time %u.%us]", mrt / 10, mrt % 10);
	if (!td_u16(b.p + 4) && !td_u16(b.p + 6))
		return;
	ng_puts(d->out, " [gaddr ");
	td_print_host(d, b.p + 4);
	if (n && b.cap < QUERY3_HLEN + n * 4)
		ng_puts(d->out, " [invalid number of sources]");
	else if (n)
		print_sources(d, b.p + QUERY3_HLEN, n);
	ng_putc(d->out, ']');
}

static void print_query(struct td *d, struct td_bytes b)
{
	ng_puts(d->out, "igmp query");
	if (b.cap >= QUERY3_HLEN) {
		print_query3(d, b);
		return;
	}
	if (b.cap >= 2 && b.p[1]) {
		ng_puts(d->out, " v2");
		if (b.p[1] != DEFAULT_DELAY)
			ng_printf(d->out, " [max resp time %u]", b.p[1]);
	} else if (b.cap >= 2) {
		ng_puts(d->out, " v1");
	}
	if (b.cap < IGMP_HLEN) {
		ng_puts(d->out, " [|igmp]");
		return;
	}
	if (td_u16(b.p + 4) || td_u16(b.p + 6)) {
		ng_puts(d->out, " [gaddr ");
		td_print_host(d, b.p + 4);
		ng_putc(d->out, ']');
	}
	if (b.len != IGMP_HLEN)
		ng_printf(d->out, " [len %u]", b.len);
}

static void print_report3(struct td *d, struct td_bytes b)
{
	static const char *const types[] = { NULL,    "is_in", "is_ex", "to_in",
					     "to_ex", "allow", "block" };
	uint32_t groups, at = IGMP_HLEN;

	ng_puts(d->out, "igmp v3 report");
	if (b.len < 16 || b.len & 3) {
		ng_printf(d->out, " [invalid len %u]", b.len);
		return;
	}
	groups = td_u16(b.p + 6);
	ng_printf(d->out, ", %u group record(s)", groups);
	for (uint32_t i = 0; d->v && i < groups; i++) {
		uint32_t n;

		if (b.cap < at + RECORD_HLEN) {
			ng_puts(d->out, " [invalid number of groups]");
			return;
		}
		ng_puts(d->out, " [gaddr ");
		td_print_host(d, b.p + at + 4);
		if (b.p[at] >= 1 && b.p[at] <= 6)
			ng_printf(d->out, " %s", types[b.p[at]]);
		else
			ng_printf(d->out, "  [v3-report-#%u]", b.p[at]);
		n = td_u16(b.p + at + 2);
		if (b.cap < at + RECORD_HLEN + n * 4) {
			ng_printf(d->out, " [invalid number of sources %u]", n);
			return;
		}
		print_sources(d, b.p + at + RECORD_HLEN, n);
		ng_putc(d->out, ']');
		at += RECORD_HLEN + n * 4;
	}
}

static void print_group(struct td *d, const char *what, struct td_bytes b)
{
	ng_printf(d->out, "igmp %s", what);
	if (b.cap < IGMP_HLEN) {
		ng_puts(d->out, " [|igmp]");
		return;
	}
	ng_putc(d->out, ' ');
	td_print_host(d, b.p + 4);
	if (b.len != IGMP_HLEN)
		ng_printf(d->out, " [len %u]", b.len);
}

/**
 * td_print_igmp() - An IGMP message
 * @d: the run
 * @b: from its header on
 */
void td_print_igmp(struct td *d, struct td_bytes b)
{
	if (d->q) {
		ng_puts(d->out, "igmp");
		return;
	}
	if (!b.cap) {
		ng_puts(d->out, " [|igmp]");
		return;
	}
	if (b.p[0] == 0x11)
		print_query(d, b);
	else if (b.p[0] == 0x12)
		print_group(d, "v1 report", b);
	else if (b.p[0] == 0x16)
		print_group(d, "v2 report", b);
	else if (b.p[0] == 0x17)
		print_group(d, "leave", b);
	else if (b.p[0] == 0x22)
		print_report3(d, b);
	else
		ng_printf(d->out, "igmp-%u", b.p[0]);
	if (!d->v || b.len < IGMP_HLEN || b.cap < b.len)
		return;
	if (td_plain_checksum(b.p, b.len))
		ng_printf(d->out, " bad igmp cksum %x!", td_u16(b.p + 2));
}
