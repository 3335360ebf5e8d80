/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcapng.c - the pcapng file format, written
 *
 * Numbers are in the machine's own order, as the byte-order magic tells; every
 * block and option is padded to 32 bits.
 */
#include "pcapng.h"

#include <string.h>

enum {
	BLOCK_IDB = 1,
	BLOCK_NRB = 4,
	BLOCK_ISB = 5,
	BLOCK_EPB = 6,
	BLOCK_SHB = 0x0a0d0d0a,
};

enum {
	OPT_END = 0,
	OPT_COMMENT = 1,
	SHB_OS = 3,
	SHB_USERAPPL = 4,
	IF_NAME = 2,
	IF_DESCRIPTION = 3,
	IF_IPV4ADDR = 4,
	IF_MACADDR = 6,
	IF_TSRESOL = 9,
	IF_OS = 12,
	EPB_FLAGS = 2,
	EPB_PACKETID = 5,
	ISB_STARTTIME = 2,
	ISB_ENDTIME = 3,
	ISB_IFRECV = 4,
	ISB_IFDROP = 5,
	NRB_RECORD_END = 0,
	NRB_RECORD_IPV4 = 1,
};

#define LINKTYPE_ETHERNET 1
#define TSRESOL_NS 9
#define INBOUND 1U
#define OUTBOUND 2U
#define OPTION_MAX 65535

struct pcapng {
	GByteArray *bytes;
	unsigned int block; /* offset of the block being written */
};

static void put(struct pcapng *p, const void *data, size_t len)
{
	static const uint8_t zero[3];

	g_byte_array_append(p->bytes, data, (unsigned int)len);
	g_byte_array_append(p->bytes, zero, (unsigned int)(-len & 3));
}

static void put16(struct pcapng *p, uint16_t v)
{
	g_byte_array_append(p->bytes, (const uint8_t *)&v, sizeof(v));
}

static void put32(struct pcapng *p, uint32_t v)
{
	g_byte_array_append(p->bytes, (const uint8_t *)&v, sizeof(v));
}

static void put_time(struct pcapng *p, int64_t time_ns)
{
	put32(p, (uint32_t)((uint64_t)time_ns >> 32));
	put32(p, (uint32_t)time_ns);
}

static void option(struct pcapng *p, uint16_t code, const void *data, size_t len)
{
	if (len > OPTION_MAX)
		len = OPTION_MAX;
	put16(p, code);
	put16(p, (uint16_t)len);
	put(p, data, len);
}

static void option_text(struct pcapng *p, uint16_t code, const char *text)
{
	if (text)
		option(p, code, text, strlen(text));
}

static void option_time(struct pcapng *p, uint16_t code, int64_t time_ns)
{
	put16(p, code);
	put16(p, 8);
	put_time(p, time_ns);
}

static void begin(struct pcapng *p, uint32_t type)
{
	p->block = p->bytes->len;
	put32(p, type);
	put32(p, 0); /* its length, when it is known */
}

static void end(struct pcapng *p)
{
	uint32_t len = p->bytes->len - p->block + 4;

	memcpy(p->bytes->data + p->block + 4, &len, sizeof(len));
	put32(p, len);
}

static void end_options(struct pcapng *p)
{
	put16(p, OPT_END);
	put16(p, 0);
	end(p);
}

/**
 * pcapng_new() - Begins a file
 * @os: where it was captured
 * @program: what wrote it
 * @comments: NULL-terminated, or NULL
 *
 * Return: the file, to be ended with pcapng_finish().
 */
struct pcapng *pcapng_new(const char *os, const char *program, const char *const *comments)
{
	struct pcapng *p = g_new0(struct pcapng, 1);
	static const uint64_t unknown_length = UINT64_MAX;

	p->bytes = g_byte_array_new();
	begin(p, BLOCK_SHB);
	put32(p, 0x1a2b3c4d); /* byte-order magic */
	put16(p, 1);	      /* version 1.0 */
	put16(p, 0);
	put(p, &unknown_length, sizeof(unknown_length));
	for (; comments && *comments; comments++)
		option_text(p, OPT_COMMENT, *comments);
	option_text(p, SHB_OS, os);
	option_text(p, SHB_USERAPPL, program);
	end_options(p);
	return p;
}

/**
 * pcapng_interface() - One more interface; they count from 0
 * @p: the file
 * @i: what is known of it
 */
void pcapng_interface(struct pcapng *p, const struct pcapng_interface *i)
{
	static const uint8_t resolution = TSRESOL_NS;

	begin(p, BLOCK_IDB);
	put16(p, LINKTYPE_ETHERNET);
	put16(p, 0);
	put32(p, PCAPNG_SNAPLEN);
	option_text(p, IF_NAME, i->name);
	option_text(p, IF_DESCRIPTION, i->description);
	for (unsigned int n = 0; n < i->nr_addrs; n++) {
		uint8_t addr[8] = { 0 };
		unsigned int len = i->addrs[n * 5 + 4];
		uint32_t mask = len ? UINT32_MAX << (32 - len) : 0;

		memcpy(addr, i->addrs + n * 5, 4);
		for (unsigned int b = 0; b < 4; b++)
			addr[4 + b] = (uint8_t)(mask >> (24 - 8 * b));
		option(p, IF_IPV4ADDR, addr, sizeof(addr));
	}
	if (i->mac)
		option(p, IF_MACADDR, i->mac, 6);
	option(p, IF_TSRESOL, &resolution, 1);
	option_text(p, IF_OS, i->os);
	end_options(p);
}

/**
 * pcapng_packet() - One frame
 * @p: the file
 * @packet: the frame, and what is told of it
 */
void pcapng_packet(struct pcapng *p, const struct pcapng_packet *packet)
{
	uint32_t flags = packet->outbound ? OUTBOUND : INBOUND;
	uint32_t len = MIN(packet->len, PCAPNG_SNAPLEN);

	begin(p, BLOCK_EPB);
	put32(p, packet->interface);
	put_time(p, packet->time_ns);
	put32(p, len);
	put32(p, packet->len);
	put(p, packet->data, len);
	for (const char *const *c = packet->comments; c && *c; c++)
		option_text(p, OPT_COMMENT, *c);
	option(p, EPB_FLAGS, &flags, sizeof(flags));
	option(p, EPB_PACKETID, &packet->id, sizeof(packet->id));
	end_options(p);
}

/**
 * pcapng_statistics() - What an interface saw
 * @p: the file
 * @interface: its number
 * @start_ns: when capturing began
 * @time_ns: when it ended
 * @received: frames
 * @dropped: of those
 */
void pcapng_statistics(struct pcapng *p, uint32_t interface, int64_t start_ns, int64_t time_ns,
		       uint64_t received, uint64_t dropped)
{
	begin(p, BLOCK_ISB);
	put32(p, interface);
	put_time(p, time_ns);
	option_time(p, ISB_STARTTIME, start_ns);
	option_time(p, ISB_ENDTIME, time_ns);
	option(p, ISB_IFRECV, &received, sizeof(received));
	option(p, ISB_IFDROP, &dropped, sizeof(dropped));
	end_options(p);
}

/**
 * pcapng_names() - Names of addresses
 * @p: the file
 * @addrs: IPv4, 4 bytes each
 * @names: one for each
 * @n: how many
 */
void pcapng_names(struct pcapng *p, const uint8_t *addrs, const char *const *names, unsigned int n)
{
	begin(p, BLOCK_NRB);
	for (unsigned int i = 0; i < n; i++) {
		g_autoptr(GByteArray) record = g_byte_array_new();

		g_byte_array_append(record, addrs + i * 4, 4);
		g_byte_array_append(record, (const uint8_t *)names[i],
				    (unsigned int)strlen(names[i]) + 1);
		option(p, NRB_RECORD_IPV4, record->data, record->len);
	}
	put16(p, NRB_RECORD_END);
	put16(p, 0);
	end(p);
}

/**
 * pcapng_finish() - Ends the file
 * @p: the file, freed
 *
 * Return: its bytes, g_byte_array_unref() them.
 */
GByteArray *pcapng_finish(struct pcapng *p)
{
	GByteArray *bytes = p->bytes;

	g_free(p);
	return bytes;
}
