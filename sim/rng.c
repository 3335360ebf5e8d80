/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rng.c - chance without a sequence
 */
#include "rng.h"

/* The finaliser of splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
static uint64_t mix(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/**
 * rng_hash() - 64 bits of chance
 * @seed: of the world
 * @stream: whose chance; each user has its own
 * @key: which of its objects
 * @n: the how-manieth draw for that object
 *
 * Return: always the same for the same arguments.
 */
uint64_t rng_hash(uint64_t seed, enum rng_stream stream, uint64_t key, uint64_t n)
{
	return mix(mix(mix(mix(seed) ^ (uint64_t)stream) ^ key) ^ n);
}
