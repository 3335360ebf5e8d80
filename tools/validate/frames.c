/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames.c - one frame, one line: what carries meaning, with names for what is random
 *
 * Frames come from a capture and are believed in nothing: every field is read after a look at
 * the length.
 */
#include <linux/if_ether.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "frames.h"

#define ECHO_CLOCK 16 /* ping's payload begins with a struct timeval */
#define TRACEPATH_HEADER 24

unsigned int vl_get16(const uint8_t *p)
{
	return (unsigned int)p[0] << 8 | p[1];
}

uint32_t vl_get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

uint32_t vl_sum(uint32_t sum, const uint8_t *p, size_t n)
{
	for (; n > 1; p += 2, n -= 2)
		sum += vl_get16(p);
	if (n)
		sum += (uint32_t)p[0] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

/**
 * vl_put_data() - Payload: short ones as they are, long ones by length and sum
 * @out: takes it
 * @p: the bytes
 * @n: how many
 */
void vl_put_data(GString *out, const uint8_t *p, size_t n)
{
	static const char *const dates[] = { "Date: ", "Last-Modified: " };
	g_autofree uint8_t *copy = g_memdup2(p, n);

	for (unsigned int d = 0; d < G_N_ELEMENTS(dates); d++) {
		uint8_t *at = n ? memmem(copy, n, dates[d], strlen(dates[d])) : NULL;

		for (at = at ? at + strlen(dates[d]) : NULL; at && at < copy + n && *at != '\r';
		     at++)
			*at = '#';
	}
	for (size_t i = 0; i < n && (n <= 48 || i < 16); i++)
		g_string_append_printf(out, "%02x", copy[i]);
	if (n > 48)
		g_string_append_printf(out, "..(%zu,%04x)", n, vl_sum(0, copy, n));
}

static const char *mac(struct vl_domain *d, const uint8_t *p)
{
	char s[18];

	g_snprintf(s, sizeof(s), "%02x:%02x:%02x:%02x:%02x:%02x", p[0], p[1], p[2], p[3], p[4],
		   p[5]);
	return vl_domain_mac(d, s);
}

static void put_ip4(GString *out, const uint8_t *p)
{
	g_string_append_printf(out, "%u.%u.%u.%u", p[0], p[1], p[2], p[3]);
}

static void put_arp(GString *out, struct vl_domain *d, const uint8_t *p)
{
	unsigned int op = vl_get16(p + 6);

	if (op == 1 || op == 2)
		g_string_append(out, op == 1 ? "ARP req" : "ARP reply");
	else
		g_string_append_printf(out, "ARP %u", op);
	if (vl_get16(p) != 1 || vl_get16(p + 2) != ETH_P_IP || p[4] != 6 || p[5] != 4)
		g_string_append_printf(out, " header=%u/%04x/%u/%u", vl_get16(p), vl_get16(p + 2),
				       p[4], p[5]);
	g_string_append_printf(out, " sha=%s spa=", mac(d, p + 8));
	put_ip4(out, p + 14);
	g_string_append_printf(out, " tha=%s tpa=", mac(d, p + 18));
	put_ip4(out, p + 24);
}

static void put_echo(GString *out, struct vl_ctx *c, const uint8_t *p, size_t n, bool part)
{
	unsigned int id = vl_get16(p + 4);
	g_autofree char *value = g_strdup_printf("%u", id);
	bool standard = true;

	if (vl_names_number(c->names, id) && id >= 256)
		g_string_append_printf(out, " id=%u", id);
	else
		g_string_append_printf(out, " id=%s", vl_domain_symbol(c->d, 'e', value));
	g_string_append_printf(out, " seq=%u", vl_get16(p + 6));
	if (part || n == 8)
		return;
	p += 8;
	n -= 8;
	if (n >= ECHO_CLOCK) {
		p += ECHO_CLOCK;
		n -= ECHO_CLOCK;
		for (size_t i = 0; i < n; i++)
			standard = standard && p[i] == (uint8_t)(i + ECHO_CLOCK);
		if (standard) {
			g_string_append_printf(out, " data=std%zu", n);
			return;
		}
	}
	g_string_append(out, " data=");
	vl_put_data(out, p, n);
}

static void put_icmp(GString *out, struct vl_ctx *c, const uint8_t *p, size_t n, bool part)
{
	static const char *const names[] = { "echo-reply",   NULL,	 NULL, "unreach",
					     "quench",	     "redirect", NULL, NULL,
					     "echo-req",     NULL,	 NULL, "time-exceeded",
					     "param-problem" };
	unsigned int type = p[0];
	struct vl_ctx quoted = *c;

	if (type < G_N_ELEMENTS(names) && names[type])
		g_string_append_printf(out, " ICMP %s", names[type]);
	else
		g_string_append_printf(out, " ICMP %u", type);
	if (type == 0 || type == 8) {
		put_echo(out, c, p, n, part);
		return;
	}
	g_string_append_printf(out, "/%u", p[1]);
	if (type == 3 && p[1] == 4)
		g_string_append_printf(out, " mtu=%u", vl_get16(p + 6));
	if (type == 5) {
		g_string_append(out, " gw=");
		put_ip4(out, p + 4);
	}
	if (n < 8 + 28)
		return;
	quoted.inner = true;
	g_string_append(out, " [");
	vl_put_ip(out, &quoted, p + 8, n - 8);
	g_string_append_printf(out, "] q=%zu", n - 8);
}

/*
 * tracepath's probe: its TTL (4 bytes, 4 unused), 16 bytes of clock (seconds, nanoseconds), then zeros. Not known by its
 * port, which NAT may change.
 */
static bool is_tracepath(const uint8_t *ip, const uint8_t *p, size_t n)
{
	if (n < 8 + TRACEPATH_HEADER || p[8] < ip[8] || p[8] > 64)
		return false;
	if (p[8 + 12] || p[8 + 19] > 0x3b || p[8 + 20])
		return false;
	for (size_t i = 8 + 1; i < n; i++) {
		if (p[i] && (i < 8 + 8 || i >= 8 + TRACEPATH_HEADER))
			return false;
	}
	return true;
}

static void put_udp(GString *out, struct vl_ctx *c, const uint8_t *ip, const uint8_t *p, size_t n,
		    bool part)
{
	size_t len = vl_get16(p + 4);

	vl_put_ports(out, c, 17, ip, p);
	g_string_append_printf(out, " len=%zu", len);
	if (c->inner || part)
		return;
	if (len <= n && is_tracepath(ip, p, len)) {
		g_string_append_printf(out, " tracepath ttl=%u", p[8]);
		return;
	}
	g_string_append(out, " data=");
	if (len > 8)
		vl_put_data(out, p + 8, MIN(len, n) - 8);
}

/* Is the checksum of an unfragmented ICMP, UDP or TCP packet wrong? */
static bool bad_l4(const uint8_t *ip, const uint8_t *p, size_t n, bool partial)
{
	unsigned int proto = ip[9];
	size_t off = proto == 6 ? 16 : 6;
	uint32_t pseudo = vl_sum(proto + (uint32_t)n, ip + 12, 8);

	if (proto == 1)
		return vl_sum(0, p, n) != 0xffff;
	if ((proto != 6 && proto != 17) || n < off + 2 || partial)
		return false;
	if (proto == 17 && !vl_get16(p + off))
		return false;
	/*
	 * the sum of the pseudo header alone: left to the hardware, in a capture that does not
	 * say so
	 */
	return vl_sum(pseudo, p, n) != 0xffff && vl_get16(p + off) != pseudo;
}

static void put_ip_flags(GString *out, struct vl_ctx *c, const uint8_t *p, size_t ihl)
{
	unsigned int frag = vl_get16(p + 6);
	unsigned int off = (frag & 0x1fff) * 8;

	if (p[1])
		g_string_append_printf(out, " tos=%#x", p[1]);
	if (ihl > 20) {
		g_string_append(out, " opts=");
		vl_put_data(out, p + 20, ihl - 20);
	}
	if (frag & 0x4000)
		g_string_append(out, " DF");
	if (off || frag & 0x2000) {
		g_autofree char *id = g_strdup_printf("%08x%08x%u.%u", vl_get32(p + 12),
						      vl_get32(p + 16), p[9], vl_get16(p + 4));

		g_string_append_printf(out, " frag=%s@%u%s", vl_domain_symbol(c->d, 'f', id), off,
				       frag & 0x2000 ? "+" : "");
	} else if (!vl_get16(p + 4)) {
		g_string_append(out, " id=0");
	}
	if (vl_sum(0, p, ihl) != 0xffff)
		g_string_append(out, " BADIPCSUM");
}

/**
 * vl_put_ip() - An IPv4 packet in words
 * @out: takes them
 * @c: names; inner: it is quoted in an ICMP error
 * @p: the packet
 * @n: bytes there are
 */
void vl_put_ip(GString *out, struct vl_ctx *c, const uint8_t *p, size_t n)
{
	size_t ihl = (size_t)(p[0] & 15) * 4;
	size_t tot = vl_get16(p + 2);
	unsigned int frag = vl_get16(p + 6);
	const uint8_t *l4;
	size_t len;

	g_string_append(out, "IP ");
	put_ip4(out, p + 12);
	g_string_append_c(out, '>');
	put_ip4(out, p + 16);
	g_string_append_printf(out, " ttl=%u len=%zu", p[8], tot);
	if (p[0] >> 4 != 4 || ihl < 20 || ihl > n || tot < ihl) {
		g_string_append_printf(out, " BADHEADER %02x", p[0]);
		return;
	}
	put_ip_flags(out, c, p, ihl);
	l4 = p + ihl;
	len = MIN(tot, n) - ihl;
	if (!c->inner && !(frag & 0x3fff) && tot <= n && bad_l4(p, l4, len, c->partial))
		g_string_append(out, " BADCSUM");
	if (!c->inner && tot < n)
		g_string_append_printf(out, " TRAILER(%zu)", n - tot);
	if (!c->inner && tot > n)
		g_string_append_printf(out, " CUT(%zu)", n);
	if (!(frag & 0x1fff) && p[9] == 1 && len >= 8) {
		put_icmp(out, c, l4, len, frag & 0x2000 || c->inner);
	} else if (!(frag & 0x1fff) && p[9] == 17 && len >= 8) {
		put_udp(out, c, p, l4, len, frag & 0x2000);
	} else if (!(frag & 0x1fff) && p[9] == 6 && len >= (c->inner ? 8U : 20U)) {
		vl_put_tcp(out, c, p, l4, len);
	} else {
		g_string_append_printf(out, " proto=%u data=", p[9]);
		vl_put_data(out, l4, len);
	}
}

/**
 * vl_put_frame() - An Ethernet frame in words
 * @out: takes them
 * @c: names
 * @p: the frame
 * @n: bytes there are
 */
void vl_put_frame(GString *out, struct vl_ctx *c, const uint8_t *p, size_t n)
{
	unsigned int type;

	if (n < 14) {
		g_string_append_printf(out, "runt of %zu bytes", n);
		return;
	}
	g_string_append_printf(out, "%s>", mac(c->d, p + 6));
	g_string_append_printf(out, "%s ", mac(c->d, p));
	type = vl_get16(p + 12);
	p += 14;
	n -= 14;
	if (type == ETH_P_8021Q && n >= 4) {
		g_string_append_printf(out, "vlan%u ", vl_get16(p) & 0xfff);
		type = vl_get16(p + 2);
		p += 4;
		n -= 4;
	}
	if (type == ETH_P_ARP && n >= 28) {
		put_arp(out, c->d, p);
		if (n > 28)
			g_string_append_printf(out, " TRAILER(%zu)", n - 28);
	} else if (type == ETH_P_IP && n >= 20) {
		vl_put_ip(out, c, p, n);
	} else if (type < 0x600 && n >= 7 && p[0] == 0x42 && p[1] == 0x42) {
		g_string_append_printf(out, "STP type=%02x", p[6]);
	} else {
		g_string_append_printf(out, "ethertype %04x len %zu data=", type, n);
		vl_put_data(out, p, n);
	}
}
