/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames.h - between frames.c (one frame), streams.c (its place among others)
 */
#ifndef TOOLS_VALIDATE_FRAMES_H
#define TOOLS_VALIDATE_FRAMES_H

#include "compare.h"

/* What is known on one interface while its frames are put into words. */
struct vl_ctx {
	struct vl_domain *d;
	const struct vl_names *names;
	GHashTable *flows; /* "proto a.port b.port" -> which ports are random: 1 first, 2 second */
	GHashTable *isn;   /* direction -> first sequence number */
	bool inner;	   /* quoted in an ICMP error */
	bool partial;	   /* the checksum was left to the hardware */
	bool tcp;	   /* out: it is a TCP segment, not a quoted one */
	bool bare_ack;	   /* out: and carries nothing */
};

unsigned int vl_get16(const uint8_t *p);
uint32_t vl_get32(const uint8_t *p);
/* Ones' complement sum, folded to 16 bits. */
uint32_t vl_sum(uint32_t sum, const uint8_t *p, size_t n);
void vl_put_data(GString *out, const uint8_t *p, size_t n);
void vl_put_ip(GString *out, struct vl_ctx *c, const uint8_t *p, size_t n);
void vl_put_frame(GString *out, struct vl_ctx *c, const uint8_t *p, size_t n);
/* streams.c */
void vl_put_ports(GString *out, struct vl_ctx *c, unsigned int proto, const uint8_t *ip,
		  const uint8_t *l4);
void vl_put_tcp(GString *out, struct vl_ctx *c, const uint8_t *ip, const uint8_t *p, size_t n);

#endif
