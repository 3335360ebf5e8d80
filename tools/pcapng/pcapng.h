/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcapng.h - the pcapng file format, written
 *
 * One section, Ethernet interfaces, times in nanoseconds. libpcap cannot write
 * the format. Blocks and options: draft-ietf-opsawg-pcapng.
 */
#ifndef TOOLS_PCAPNG_PCAPNG_H
#define TOOLS_PCAPNG_PCAPNG_H

#include <glib.h>
#include <netglass/types.h>

#define PCAPNG_SNAPLEN 262144

struct pcapng; /* the bytes so far */

struct pcapng_interface {
	const char *name;
	const char *description; /* NULL: none */
	const char *os;		 /* NULL: none */
	const uint8_t *mac;	 /* 6 bytes; NULL: none */
	const uint8_t *addrs;	 /* 5 bytes each: IPv4 address, length of its prefix */
	unsigned int nr_addrs;
};

struct pcapng_packet {
	uint32_t interface; /* number, from 0 */
	int64_t time_ns;    /* since 1970, UTC */
	const void *data;
	uint32_t len;
	bool outbound;
	uint64_t id;		     /* epb_packetid */
	const char *const *comments; /* NULL-terminated; NULL: none */
};

struct pcapng *pcapng_new(const char *os, const char *program, const char *const *comments);
void pcapng_interface(struct pcapng *p, const struct pcapng_interface *i);
void pcapng_packet(struct pcapng *p, const struct pcapng_packet *packet);
/* Interface statistics: @received frames, @dropped of them later dropped, at @time_ns, from @start_ns. */
void pcapng_statistics(struct pcapng *p, uint32_t interface, int64_t start_ns, int64_t time_ns,
		       uint64_t received, uint64_t dropped);
/* Names of IPv4 addresses (4 bytes each): "blue" for 192.168.15.2. All in one block, before the first packet that needs it. */
void pcapng_names(struct pcapng *p, const uint8_t *addrs, const char *const *names, unsigned int n);
/* Ends it: the bytes, to be freed with g_byte_array_unref(). */
GByteArray *pcapng_finish(struct pcapng *p);

#endif
