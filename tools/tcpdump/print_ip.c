/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print_ip.c - ARP, IPv4, UDP
 *
 * mirrors print-arp.c, print-ip.c, print-ip-demux.c and print-udp.c of tcpdump 4.99.3
 */
#include "../lib/netdb.h"
#include "tcpdump.h"

#include <linux/in.h>
#include <stdio.h>
#include <string.h>

enum { IP_HLEN = 20, UDP_HLEN = 8, ARP_LEN = 28, DNS_HLEN = 12, ROUTER_ALERT = 148 };

/**
 * td_print_host() - An address, by name when it has one
 * @d: the run
 * @addr: four bytes
 */
void td_print_host(struct td *d, const uint8_t *addr)
{
	char name[128];
	__be32 be;

	memcpy(&be, addr, sizeof(be));
	if (!d->n && ng_gethostbyaddr(d->task, be, name, sizeof(name)))
		ng_puts(d->out, name);
	else
		ng_printf(d->out, "%u.%u.%u.%u", addr[0], addr[1], addr[2], addr[3]);
}

/**
 * td_print_port() - A port, by name when it has one
 * @d: the run
 * @port: host order
 * @proto: "tcp" or "udp"
 */
void td_print_port(struct td *d, uint16_t port, const char *proto)
{
	char name[64];

	if (!d->n && ng_getservbyport(d->task, port, proto, name, sizeof(name)))
		ng_puts(d->out, name);
	else
		ng_printf(d->out, "%u", port);
}

static uint32_t sum16(const uint8_t *p, uint32_t len, uint32_t sum)
{
	for (uint32_t i = 0; i + 1 < len; i += 2)
		sum += td_u16(p + i);
	if (len & 1)
		sum += (uint32_t)p[len - 1] << 8;
	return sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/**
 * td_plain_checksum() - What is wrong with the checksum of a message that has no pseudo header
 * @p: the message
 * @len: its bytes
 *
 * Return: 0: right; else what the sum of everything makes.
 */
uint16_t td_plain_checksum(const uint8_t *p, uint32_t len)
{
	return (uint16_t)~fold(sum16(p, len, 0));
}

/**
 * td_checksum() - What is wrong with a checksum
 * @ip: the IP header
 * @p: the transport header and what follows
 * @len: its bytes
 * @proto: IPPROTO_*
 *
 * Return: 0: right; else what the sum of everything makes.
 */
uint16_t td_checksum(const uint8_t *ip, const uint8_t *p, uint32_t len, uint8_t proto)
{
	return (uint16_t)~fold(sum16(p, len, sum16(ip + 12, 8, proto + len)));
}

static void print_arp_mac(struct td *d, const uint8_t *mac)
{
	static const uint8_t none[6];

	if (!memcmp(mac, none, 6))
		return;
	ng_puts(d->out, " (");
	td_print_mac(d, mac);
	ng_putc(d->out, ')');
}

/**
 * td_print_arp() - ARP
 * @d: the run
 * @b: the packet
 */
void td_print_arp(struct td *d, struct td_bytes b)
{
	uint16_t op;

	if (b.cap < ARP_LEN) {
		ng_puts(d->out, "[|arp]");
		return;
	}
	op = td_u16(b.p + 6);
	if (d->v)
		ng_puts(d->out, "Ethernet (len 6), IPv4 (len 4), ");
	if (op == 1) {
		ng_puts(d->out, "Request who-has ");
		td_print_host(d, b.p + 24);
		print_arp_mac(d, b.p + 18);
		ng_puts(d->out, " tell ");
		td_print_host(d, b.p + 14);
	} else if (op == 2) {
		ng_puts(d->out, "Reply ");
		td_print_host(d, b.p + 14);
		ng_puts(d->out, " is-at ");
		td_print_mac(d, b.p + 8);
	} else {
		ng_printf(d->out, "Unknown (%u)", op);
	}
	ng_printf(d->out, ", length %u", b.len);
}

static void print_udp_checksum(struct td *d, const uint8_t *ip, struct td_bytes b)
{
	uint16_t sum = td_u16(b.p + 6), off;

	if (!sum) {
		ng_puts(d->out, "[no cksum] ");
		return;
	}
	if (b.cap < b.len)
		return;
	off = td_checksum(ip, b.p, b.len, IPPROTO_UDP);
	if (!off)
		ng_puts(d->out, "[udp sum ok] ");
	else
		ng_printf(d->out, "[bad udp cksum 0x%04x -> 0x%04x!] ", sum,
			  fold((uint32_t)sum + off));
}

static bool is_dns(uint16_t port)
{
	return port == 53 || port == 5353;
}

static void print_udp(struct td *d, const uint8_t *ip, struct td_bytes b)
{
	uint16_t sport, dport;
	uint32_t len;

	if (b.cap < UDP_HLEN) {
		td_print_host(d, ip + 12);
		ng_puts(d->out, " > ");
		td_print_host(d, ip + 16);
		ng_printf(d->out, ": [|udp]");
		return;
	}
	sport = td_u16(b.p);
	dport = td_u16(b.p + 2);
	td_print_host(d, ip + 12);
	ng_putc(d->out, '.');
	td_print_port(d, sport, "udp");
	ng_puts(d->out, " > ");
	td_print_host(d, ip + 16);
	ng_putc(d->out, '.');
	td_print_port(d, dport, "udp");
	ng_puts(d->out, ": ");
	len = td_u16(b.p + 4);
	len = len < UDP_HLEN ? b.len - UDP_HLEN : len - UDP_HLEN;
	if (d->q) {
		ng_printf(d->out, "UDP, length %u", len);
		return;
	}
	if (d->v > 1)
		print_udp_checksum(d, ip, b);
	if ((is_dns(sport) || is_dns(dport)) && len < DNS_HLEN)
		ng_printf(d->out, "domain [length %u < %d] (invalid)", len, DNS_HLEN);
	else
		ng_printf(d->out, "UDP, length %u", len);
}

static void print_protocol_name(struct td *d, uint8_t proto)
{
	char name[64];

	if (!d->n && ng_getprotobynumber(d->task, proto, name, sizeof(name)))
		ng_puts(d->out, name);
	else
		ng_printf(d->out, "ip-proto-%u", proto);
}

static const char *protocol_words(uint8_t proto)
{
	switch (proto) {
	case IPPROTO_ICMP:
		return "ICMP";
	case IPPROTO_IGMP:
		return "IGMP";
	case IPPROTO_TCP:
		return "TCP";
	case IPPROTO_UDP:
		return "UDP";
	case IPPROTO_IPIP:
		return "IPIP";
	case IPPROTO_GRE:
		return "GRE";
	}
	return "unknown";
}

static void print_verbose(struct td *d, struct td_bytes b, uint32_t hlen, uint32_t total)
{
	uint16_t off = td_u16(b.p + 6);
	const char *flags = "none";

	if (off & 0x2000)
		flags = off & 0x4000 ? "+, DF" : "+";
	else if (off & 0x4000)
		flags = "DF";
	ng_printf(d->out, "(tos 0x%x", b.p[1]);
	if ((b.p[1] & 3) == 3)
		ng_puts(d->out, ",CE");
	else if (b.p[1] & 3)
		ng_puts(d->out, (b.p[1] & 3) == 2 ? ",ECT(0)" : ",ECT(1)");
	if (b.p[8])
		ng_printf(d->out, ", ttl %u", b.p[8]);
	ng_printf(d->out, ", id %u, offset %u, flags [%s], proto %s (%u), length %u",
		  td_u16(b.p + 4), (unsigned int)(off & 0x1fff) * 8, flags, protocol_words(b.p[9]),
		  b.p[9], total);
	if (hlen > IP_HLEN)
		ng_printf(d->out, ", options (%s)",
			  hlen == IP_HLEN + 4 && b.cap >= hlen && b.p[IP_HLEN] == ROUTER_ALERT &&
					  !td_u16(b.p + IP_HLEN + 2)
				  ? "RA"
				  : "unknown");
	if (b.cap >= hlen) {
		uint16_t bad = (uint16_t)~fold(sum16(b.p, hlen, 0));

		if (bad)
			ng_printf(d->out, ", bad cksum %x (->%x)!", td_u16(b.p + 10),
				  fold((uint32_t)td_u16(b.p + 10) + bad));
	}
	ng_puts(d->out, ")\n    ");
}

/**
 * td_print_ip() - IPv4 and what it carries
 * @d: the run
 * @b: from the IP header on
 */
void td_print_ip(struct td *d, struct td_bytes b)
{
	uint32_t hlen, total;
	struct td_bytes up;
	uint8_t proto;

	if (b.cap < IP_HLEN) {
		ng_puts(d->out, "[|ip]");
		return;
	}
	hlen = (b.p[0] & 15U) * 4;
	total = td_u16(b.p + 2);
	proto = b.p[9];
	if (hlen < IP_HLEN || total < hlen) {
		ng_printf(d->out, "bad-hlen %u", hlen);
		return;
	}
	if (d->v)
		print_verbose(d, b, hlen, total);
	if (b.len > total) /* padding of short frames */
		b.len = total;
	if (b.cap > b.len)
		b.cap = b.len;
	up = td_skip(b, hlen);
	if (td_u16(b.p + 6) & 0x1fff) {
		td_print_host(d, b.p + 12);
		ng_puts(d->out, " > ");
		td_print_host(d, b.p + 16);
		ng_puts(d->out, ": ");
		print_protocol_name(d, proto);
		return;
	}
	if (proto == IPPROTO_UDP) {
		print_udp(d, b.p, up);
		return;
	}
	if (proto == IPPROTO_TCP) {
		td_print_tcp(d, b.p, up);
		return;
	}
	td_print_host(d, b.p + 12);
	ng_puts(d->out, " > ");
	td_print_host(d, b.p + 16);
	ng_puts(d->out, ": ");
	if (proto == IPPROTO_ICMP) {
		td_print_icmp(d, up);
	} else if (proto == IPPROTO_IGMP) {
		td_print_igmp(d, up);
	} else {
		print_protocol_name(d, proto);
		ng_printf(d->out, " %u", up.len);
	}
}
