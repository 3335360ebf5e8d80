/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * types.h - byte order and small types shared by both sides of the door
 *
 * glibc's htons() is not annotated for sparse, so it is banned here; these
 * inline functions are the only way between network and host order.
 */
#ifndef NETGLASS_TYPES_H
#define NETGLASS_TYPES_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __CHECKER__
#define ng_force __attribute__((force))
#else
#define ng_force
#endif

static inline __be16 cpu_to_be16(uint16_t v)
{
	return (ng_force __be16)__builtin_bswap16(v);
}

static inline uint16_t be16_to_cpu(__be16 v)
{
	return __builtin_bswap16((ng_force uint16_t)v);
}

static inline __be32 cpu_to_be32(uint32_t v)
{
	return (ng_force __be32)__builtin_bswap32(v);
}

static inline uint32_t be32_to_cpu(__be32 v)
{
	return __builtin_bswap32((ng_force uint32_t)v);
}

static inline __be64 cpu_to_be64(uint64_t v)
{
	return (ng_force __be64)__builtin_bswap64(v);
}

static inline uint64_t be64_to_cpu(__be64 v)
{
	return __builtin_bswap64((ng_force uint64_t)v);
}

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "netglass is written for little-endian machines"
#endif

#define NSEC_PER_USEC INT64_C(1000)
#define NSEC_PER_MSEC INT64_C(1000000)
#define NSEC_PER_SEC INT64_C(1000000000)

#ifndef __printf_like
#define ng_printf_like(fmt, args) __attribute__((format(printf, fmt, args)))
#endif

/* Where a thing came from: the script line whose command made it. */
struct ng_origin {
	uint32_t script;  /* number of the script in the world, 0: none */
	uint32_t line;	  /* 1-based line of that script, 0: none */
	uint32_t command; /* ordinal of the simple command */
};

#endif
