/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rng.h - chance without a sequence: hash(seed, stream, key, n)
 *
 * Every user of chance has a stream of its own, so that a new user never
 * changes an old value.
 */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include <stdint.h>

enum rng_stream {
	RNG_MAC = 1,
	RNG_IP_ID,
	RNG_PORT,
	RNG_ISN,
	RNG_NAT,
	RNG_NEIGH,
	RNG_PROXY,
	RNG_HASH,
	RNG_TASK,
	RNG_STATISTIC,
	RNG_ICMP,
	RNG_BRIDGE,
	RNG_NETEM,
	RNG_IGMP,
};

uint64_t rng_hash(uint64_t seed, enum rng_stream stream, uint64_t key, uint64_t n);

/* a number in [0, limit) */
static inline uint32_t rng_below(uint64_t seed, enum rng_stream stream, uint64_t key, uint64_t n,
				 uint32_t limit)
{
	return (uint32_t)(((rng_hash(seed, stream, key, n) >> 32) * limit) >> 32);
}

#endif
