/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wire_mutate.h - changes inside a frame: a field that says how long something is, a cut, bytes behind
 *
 * A field changed behind a checksum is seen by nobody: such records are sent with their sums made right (REC_*_SUMS).
 */
#ifndef TESTS_FUZZ_WIRE_MUTATE_H
#define TESTS_FUZZ_WIRE_MUTATE_H

#include "mutate.h"

#define WIRE_FIELDS 96

struct wire_fields {
	uint16_t at[WIRE_FIELDS];
	uint8_t width[WIRE_FIELDS];
	uint32_t n;
};

static inline void wire_field(struct wire_fields *f, size_t len, size_t at, uint8_t width)
{
	if (f->n < WIRE_FIELDS && at + width <= len) {
		f->at[f->n] = (uint16_t)at;
		f->width[f->n++] = width;
	}
}

/* Of each option its kind, its length and what comes next (a pointer) */
static inline void wire_options(struct wire_fields *f, const uint8_t *p, size_t len, size_t at,
				size_t end)
{
	end = end < len ? end : len;
	while (at < end) {
		wire_field(f, len, at, 1);
		if (p[at] <= 1 || at + 1 >= end || p[at + 1] < 2) {
			at++;
			continue;
		}
		wire_field(f, len, at + 1, 1);
		wire_field(f, len, at + 2, 1);
		at += p[at + 1];
	}
}

/* From the IP header at @at; of what an ICMP error quotes, too */
static inline void wire_ip(struct wire_fields *f, const uint8_t *p, size_t len, size_t at,
			   bool quoted)
{
	static const uint8_t ip[][2] = { { 0, 1 }, { 2, 2 }, { 6, 2 }, { 8, 1 }, { 9, 1 } };
	size_t l4;

	if (at + 20 > len)
		return;
	for (size_t i = 0; i < sizeof(ip) / sizeof(ip[0]); i++)
		wire_field(f, len, at + ip[i][0], ip[i][1]);
	l4 = at + (size_t)(p[at] & 15) * 4;
	wire_options(f, p, len, at + 20, l4);
	switch (p[at + 9]) {
	case 1:
		wire_field(f, len, l4, 1);
		wire_field(f, len, l4 + 1, 1);
		wire_field(f, len, l4 + 4, 2);
		wire_field(f, len, l4 + 6, 2);
		if (!quoted && l4 < len && p[l4] != 0 && p[l4] != 8)
			wire_ip(f, p, len, l4 + 8, true);
		break;
	case 6:
		wire_field(f, len, l4 + 12, 1);
		wire_field(f, len, l4 + 13, 1);
		wire_field(f, len, l4 + 18, 2);
		if (l4 + 12 < len)
			wire_options(f, p, len, l4 + 20, l4 + (size_t)(p[l4 + 12] >> 4) * 4);
		break;
	case 17:
	case 136:
		wire_field(f, len, l4 + 2, 2);
		wire_field(f, len, l4 + 4, 2);
		break;
	}
}

static inline void wire_find_fields(struct wire_fields *f, const uint8_t *p, size_t len)
{
	uint32_t type = len >= 14 ? (uint32_t)p[12] << 8 | p[13] : 0;

	f->n = 0;
	wire_field(f, len, 12, 2);
	if (type == 0x0800) {
		wire_ip(f, p, len, 14, false);
		return;
	}
	for (uint8_t i = 14; i < 60; i++) /* ARP, BPDU, what is unknown: any byte may be one */
		wire_field(f, len, i, 1);
}

static inline void wire_set_field(struct mutate *m, uint8_t *p, const struct wire_fields *f)
{
	uint32_t i = mutate_below(m, f->n), v;
	uint8_t *at = p + f->at[i];

	v = f->width[i] == 1 ? *at : (uint32_t)at[0] << 8 | at[1];
	v = mutate_length(m, v);
	if (f->width[i] == 2)
		*at++ = (uint8_t)(v >> 8);
	*at = (uint8_t)v;
}

/* The frame ends earlier; most often the length it says follows. */
static inline size_t wire_cut(struct mutate *m, uint8_t *p, size_t len)
{
	len = 14 + mutate_below(m, len - 13);
	if (mutate_below(m, 4) == 0)
		return len;
	if (p[12] < 6) {
		p[12] = (uint8_t)((len - 14) >> 8);
		p[13] = (uint8_t)(len - 14);
	} else if (p[12] == 8 && p[13] == 0 && len >= 18) {
		p[16] = (uint8_t)((len - 14) >> 8);
		p[17] = (uint8_t)(len - 14);
	}
	return len;
}

#define TO_HOST "\2\0\0\0\0\1\2\0\0\0\0\xf1"
#define TO_BRIDGE "\2\0\0\0\0\2\2\0\0\0\0\xf2"
#define TO_ALL "\xff\xff\xff\xff\xff\xff\2\0\0\0\0\xf1"
#define IP_TO_HOST(ihl, proto) \
	"\x08\0" ihl "\0\0\0\x12\x34\0\0\x40" proto "\0\0\x0a\0\0\2\x0a\0\0\1"
/* a SYN's, without ports */
#define TCP_REST(doff) "\0\0\3\xe8\0\0\0\0" doff "\2\4\0\0\0\0\0"
#define BPDU                                                                                       \
	"\x42\x42\3\0\0\0\0\0\xff\xff\xee\xee\xee\xee\xee\xee\0\0\0\0\xff\xff\xee\xee\xee\xee\xee" \
	"\xee\x80\1\0\0\x14\0\2\0\x0f\0"
#define FRESH(text, port)                    \
	{                                    \
		text, sizeof(text) - 1, port \
	}

/* Sound frames; lengths in IP headers and checksums are filled in. */
static const struct {
	const char *bytes;
	size_t len;
	bool port;
} wire_fresh[] = {
	FRESH(TO_HOST IP_TO_HOST("\x45", "\1") "\x08\0\0\0\1\2\0\1data", false),
	FRESH(TO_HOST IP_TO_HOST("\x48", "\1") "\7\x0b\4\0\0\0\0\0\0\0\0\0\x08\0\0\0\1\2\0\1",
	      false),
	FRESH(TO_HOST IP_TO_HOST("\x48", "\1") "\x44\x0c\5\1\0\0\0\0\0\0\0\0\x08\0\0\0\1\2\0\1",
	      false),
	FRESH(TO_HOST IP_TO_HOST("\x47", "\1") "\x83\7\4\x0a\0\0\7\0\x08\0\0\0\1\2\0\1", false),
	FRESH(TO_HOST IP_TO_HOST("\x45", "\x11") "\x0f\xa0\x13\x88\0\x0c\0\0text", false),
	FRESH(TO_HOST IP_TO_HOST("\x45", "\x11") "\x0f\xa0\0\x09\0\x0c\0\0text", false),
	FRESH(TO_HOST IP_TO_HOST("\x45",
				 "\6") "\x0f\xa0\x13\x89" TCP_REST("\x70") "\2\4\5\xb4\1\1\4\2",
	      false),
	FRESH(TO_HOST IP_TO_HOST("\x45", "\6") "\x0f\xa1\x13\x89" TCP_REST(
		      "\xa0") "\2\4\5\xb4\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7",
	      false),
	FRESH(TO_HOST IP_TO_HOST("\x45", "\1") "\3\3\0\0\0\0\0\0\x45\0\0\x1c\0\0\0\0\x40\x11\0\0"
					       "\x0a\0\0\1\x0a\0\0\2\x13\x88\0\7\0\x08\0\0",
	      false),
	FRESH(TO_HOST IP_TO_HOST("\x45", "\1") "\5\1\0\0\x0a\0\0\3\x45\0\0\x1c\0\0\0\0\x40\1\0\0"
					       "\x0a\0\0\1\xcb\0\x71\1\x08\0\0\0\1\2\0\1",
	      false),
	FRESH(TO_ALL "\x08\6\0\1\x08\0\6\4\0\1\2\0\0\0\0\xf1\x0a\0\0\2\0\0\0\0\0\0\x0a\0\0\1",
	      false),
	FRESH("\1\x80\xc2\0\0\0\2\0\0\0\0\xf2\0\x26" BPDU, true),
	FRESH(TO_BRIDGE "\x81\0\0\5\x08\0\x45\0\0\x1c\0\1\0\0\x40\1\0\0\x0a\1\0\2\x0a\1\0\1\x08\0\0"
			"\0\1\2\0\1",
	      true),
	FRESH(TO_BRIDGE
	      "\x08\0\x45\0\0\0\0\1\0\0\x40\1\0\0\x0a\1\0\2\xcb\0\x71\1\x08\0\0\0\1\2\0\1",
	      true),
};

static inline size_t wire_fresh_frame(struct mutate *m, uint8_t *p, bool *ret_port)
{
	uint32_t i = mutate_below(m, sizeof(wire_fresh) / sizeof(wire_fresh[0]));
	size_t len = wire_fresh[i].len;

	memcpy(p, wire_fresh[i].bytes, len);
	if (p[12] == 8 && p[13] == 0) {
		p[16] = (uint8_t)((len - 14) >> 8);
		p[17] = (uint8_t)(len - 14);
	}
	*ret_port = wire_fresh[i].port;
	return len;
}

/* @sums: the kind of the same record with its sums made right */
static inline size_t wire_mutate_frame(struct mutate *m, uint8_t *kind, uint8_t sums, uint8_t *p,
				       size_t len, size_t max)
{
	struct wire_fields f;

	if (mutate_below(m, 4))
		*kind = sums;
	switch (mutate_below(m, 8)) {
	case 0:
		return LLVMFuzzerMutate(p, len, max);
	case 1:
	case 2:
	case 3:
		return wire_cut(m, p, len);
	default:
		wire_find_fields(&f, p, len);
		for (uint32_t n = 1 + mutate_below(m, 2); n && f.n; n--)
			wire_set_field(m, p, &f);
		return len;
	}
}

#endif
