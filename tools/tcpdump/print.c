/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.c - a packet's line: time, link layer, and the bytes below it
 *
 * mirrors print.c, print-ether.c, print-sll.c, print-ascii.c and print-stp.c of tcpdump 4.99.3
 */
#include "tcpdump.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { HEX_ROW = 16 };

/**
 * td_linktype_name() - A link type in short
 * @linktype: LINKTYPE_*
 *
 * Return: its name.
 */
const char *td_linktype_name(int linktype)
{
	return linktype == TD_LINKTYPE_SLL2 ? "LINUX_SLL2" : "EN10MB";
}

/**
 * td_linktype_text() - A link type in words
 * @linktype: LINKTYPE_*
 *
 * Return: the words.
 */
const char *td_linktype_text(int linktype)
{
	return linktype == TD_LINKTYPE_SLL2 ? "Linux cooked v2" : "Ethernet";
}

static void print_time_of_day(struct td *d, int64_t ns, bool date)
{
	time_t sec = ns / NSEC_PER_SEC;
	struct tm tm;
	char buf[40];

	gmtime_r(&sec, &tm);
	strftime(buf, sizeof(buf), date ? "%Y-%m-%d %H:%M:%S" : "%H:%M:%S", &tm);
	ng_printf(d->out, "%s.%06lld ", buf, (long long)(ns % NSEC_PER_SEC / 1000));
}

static void print_time(struct td *d, int64_t ns)
{
	int64_t us = ns / 1000, base;

	if (!d->first_ns)
		d->first_ns = d->last_ns = ns;
	switch (d->t) {
	case 0:
		print_time_of_day(d, ns, false);
		break;
	case 1:
		break;
	case 2:
		ng_printf(d->out, "%lld.%06lld ", (long long)(us / 1000000),
			  (long long)(us % 1000000));
		break;
	case 4:
		print_time_of_day(d, ns, true);
		break;
	default:
		base = d->t == 3 ? d->last_ns : d->first_ns;
		us = ns / 1000 - base / 1000;
		ng_printf(d->out, "%s%02lld:%02lld:%02lld.%06lld ", us < 0 ? "-" : " ",
			  (long long)(us / 3600000000), (long long)(us / 60000000 % 60),
			  (long long)(us / 1000000 % 60), (long long)(us % 1000000));
	}
	d->last_ns = ns;
}

/**
 * td_print_mac() - A link-layer address
 * @d: the run
 * @mac: six bytes
 */
void td_print_mac(struct td *d, const uint8_t *mac)
{
	static const uint8_t broadcast[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

	if (!d->n && !memcmp(mac, broadcast, 6)) {
		ng_puts(d->out, "Broadcast");
		return;
	}
	ng_printf(d->out, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
		  mac[5]);
	if (!d->n)
		ng_puts(d->out, " (oui Unknown)");
}

static const char *ethertype_name(uint16_t type)
{
	switch (type) {
	case ETH_P_IP:
		return "IPv4";
	case ETH_P_ARP:
		return "ARP";
	case ETH_P_IPV6:
		return "IPv6";
	case ETH_P_8021Q:
		return "802.1Q";
	}
	return "Unknown";
}

static void print_hex(struct td *d, struct td_bytes b, bool ascii)
{
	for (uint32_t at = 0; at < b.cap; at += HEX_ROW) {
		uint32_t n = b.cap - at < HEX_ROW ? b.cap - at : HEX_ROW, used = 0;

		ng_printf(d->out, "\n\t0x%04x: ", at);
		for (uint32_t i = 0; i < n; i++) {
			ng_printf(d->out, i & 1 ? "%02x" : " %02x", b.p[at + i]);
			used += i & 1 ? 2 : 3;
		}
		if (!ascii)
			continue;
		ng_printf(d->out, "%*s  ", (int)(40 - used), "");
		for (uint32_t i = 0; i < n; i++)
			ng_putc(d->out,
				b.p[at + i] > 32 && b.p[at + i] < 127 ? (char)b.p[at + i] : '.');
	}
}

static void print_ascii(struct td *d, struct td_bytes b)
{
	ng_putc(d->out, '\n');
	for (uint32_t i = 0; i < b.cap; i++) {
		uint8_t c = b.p[i];

		if (c == '\r') {
			/* kept out when a newline follows */
			if (i + 1 < b.cap && b.p[i + 1] != '\n')
				ng_putc(d->out, '.');
		} else {
			ng_putc(d->out,
				(c >= 32 && c < 127) || c == '\t' || c == '\n' ? (char)c : '.');
		}
	}
}

/* -x -xx -X -XX -A: @whole is the frame, @payload what is above the link layer */
static void print_bytes(struct td *d, struct td_bytes whole, struct td_bytes payload)
{
	if (d->X)
		print_hex(d, d->X > 1 ? whole : payload, true);
	else if (d->x)
		print_hex(d, d->x > 1 ? whole : payload, false);
	else if (d->A)
		print_ascii(d, payload);
}

static void print_stp(struct td *d, struct td_bytes b)
{
	static const char *const ids[] = { "Config", "RST" };
	const uint8_t *p = b.p;

	if (b.cap < 4) {
		ng_puts(d->out, "[|stp]");
		return;
	}
	ng_printf(d->out, "STP 802.1%s", p[2] == 0 ? "d" : p[2] == 2 ? "w" : "s");
	if (p[3] == 0x80) {
		ng_puts(d->out, ", Topology Change");
		return;
	}
	if (b.cap < 35)
		return;
	ng_printf(d->out, ", %s, Flags [%s%s%s]", ids[p[3] == 2], p[4] & 1 ? "Topology change" : "",
		  (p[4] & 0x81) == 0x81 ? ", " : "",
		  p[4] & 0x80 ? "Topology change ACK"
		  : p[4] & 1  ? ""
			      : "none");
	ng_printf(d->out, ", bridge-id %02x%02x.%02x:%02x:%02x:%02x:%02x:%02x.%02x%02x, length %u",
		  p[17], p[18], p[19], p[20], p[21], p[22], p[23], p[24], p[25], p[26], b.len);
	if (!d->v)
		return;
	ng_printf(d->out,
		  "\n\tmessage-age %.2fs, max-age %.2fs, hello-time %.2fs, forwarding-delay %.2fs",
		  td_u16(p + 27) / 256.0, td_u16(p + 29) / 256.0, td_u16(p + 31) / 256.0,
		  td_u16(p + 33) / 256.0);
	ng_printf(d->out, "\n\troot-id %02x%02x.%02x:%02x:%02x:%02x:%02x:%02x, root-pathcost %u",
		  p[5], p[6], p[7], p[8], p[9], p[10], p[11], p[12], td_u32(p + 13));
}

/* IEEE 802.3: the type is a length */
static void print_llc(struct td *d, const uint8_t *mac, uint16_t length, struct td_bytes b)
{
	if (d->e) {
		td_print_mac(d, mac + 6);
		ng_puts(d->out, " > ");
		td_print_mac(d, mac);
		ng_printf(d->out, ", 802.3, length %u: ", length);
	}
	if (b.len > length) { /* padding */
		b.len = length;
		if (b.cap > length)
			b.cap = length;
	}
	if (b.cap >= 3 && b.p[0] == 0x42 && b.p[1] == 0x42) {
		if (d->e)
			ng_printf(d->out,
				  "LLC, dsap STP (0x42) Individual, ssap STP (0x42) Command, "
				  "ctrl 0x%02x: ",
				  b.p[2]);
		print_stp(d, td_skip(b, 3));
		return;
	}
	ng_printf(d->out, "LLC, length %u", b.len);
}

/* true: the type is known and printed */
static bool print_ethertype(struct td *d, uint16_t type, struct td_bytes b)
{
	switch (type) {
	case ETH_P_IP:
		if (!d->e)
			ng_puts(d->out, "IP ");
		td_print_ip(d, b);
		return true;
	case ETH_P_ARP:
		if (!d->e)
			ng_puts(d->out, "ARP, ");
		td_print_arp(d, b);
		return true;
	}
	return false;
}

static void print_ether(struct td *d, struct td_bytes whole)
{
	struct td_bytes b = td_skip(whole, ETH_HLEN);
	uint16_t type;

	if (whole.cap < ETH_HLEN) {
		ng_puts(d->out, " [|ether]");
		return;
	}
	type = td_u16(whole.p + 12);
	if (type <= 1500) {
		print_llc(d, whole.p, type, b);
		print_bytes(d, whole, b);
		return;
	}
	if (d->e || (type != ETH_P_IP && type != ETH_P_ARP && type != ETH_P_8021Q)) {
		td_print_mac(d, whole.p + 6);
		ng_puts(d->out, " > ");
		td_print_mac(d, whole.p);
		if (d->q)
			ng_printf(d->out, ", %s, length %u: ", ethertype_name(type), whole.len);
		else
			ng_printf(d->out,
				  ", ethertype %s (0x%04x), length %u: ", ethertype_name(type),
				  type, whole.len);
	}
	while (type == ETH_P_8021Q && b.cap >= 4) {
		uint16_t tci = td_u16(b.p);

		type = td_u16(b.p + 2);
		ng_printf(d->out, "vlan %u, p %u%s, ", tci & 0xfff, tci >> 13,
			  tci & 0x1000 ? ", DEI" : "");
		if (d->e)
			ng_printf(d->out, "ethertype %s (0x%04x), ", ethertype_name(type), type);
		b = td_skip(b, 4);
	}
	if (!print_ethertype(d, type, b) && !d->X && !d->x && !d->A)
		print_hex(d, b, true);
	print_bytes(d, whole, td_skip(whole, ETH_HLEN));
}

/* "any": which device, which way */
static void print_sll2(struct td *d, struct td_bytes whole)
{
	static const char *const ways[] = { "In", "B", "M", "P", "Out" };
	struct td_bytes b = td_skip(whole, TD_SLL2_LEN);
	char name[IFNAMSIZ + 8];
	uint16_t type;

	if (whole.cap < TD_SLL2_LEN) {
		ng_puts(d->out, " [|sll2]");
		return;
	}
	type = td_u16(whole.p);
	ng_printf(d->out, "%-5s %-3s ", td_device_name(d, (int)td_u32(whole.p + 4), name),
		  whole.p[10] < 5 ? ways[whole.p[10]] : "?");
	if (d->e) {
		ng_printf(d->out, "ifindex %u ", td_u32(whole.p + 4));
		if (whole.p[11] == 6) {
			td_print_mac(d, whole.p + 12);
			ng_putc(d->out, ' ');
		}
		if (!d->q)
			ng_printf(d->out, "ethertype %s (0x%04x), ", ethertype_name(type), type);
		ng_printf(d->out, "length %u: ", whole.len);
	}
	if (!print_ethertype(d, type, b)) {
		if (!d->e)
			ng_printf(d->out,
				  "ethertype %s (0x%04x), length %u: ", ethertype_name(type), type,
				  whole.len);
		if (!d->X && !d->x && !d->A)
			print_hex(d, b, true);
	}
	print_bytes(d, whole, b);
}

/**
 * td_print() - One packet
 * @d: the run
 * @p: the packet
 */
void td_print(struct td *d, const struct td_packet *p)
{
	struct td_bytes whole = { p->data, p->caplen, p->len };

	if (d->number)
		ng_printf(d->out, "%5llu  ", (unsigned long long)d->captured);
	print_time(d, p->when_ns);
	if (d->linktype == TD_LINKTYPE_SLL2)
		print_sll2(d, whole);
	else
		print_ether(d, whole);
	ng_putc(d->out, '\n');
}
