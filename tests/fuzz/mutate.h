/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mutate.h - changes to an input that is a byte and a row of records (kind, 16 bits of length, bytes)
 *
 * libFuzzer changes bytes; nearly all of its changes of a row end in records that begin at the wrong place. Here a
 * record stays one: it is changed, copied, dropped or moved as a whole. Each target knows what is inside.
 */
#ifndef TESTS_FUZZ_MUTATE_H
#define TESTS_FUZZ_MUTATE_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

/* libFuzzer's; not there when a corpus is replayed */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
__attribute__((visibility("default"))) size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

#define MUTATE_RECORDS 256
#define MUTATE_HEAD 3
#define MUTATE_FRESH 256

struct mutate {
	uint64_t state;
	uint8_t *out;
	size_t size, max;
};

/* Changes the @len bytes at @p, at most @max: the new length. *@kind may change. */
typedef size_t (*mutate_inside_fn)(struct mutate *m, uint8_t *kind, uint8_t *p, size_t len,
				   size_t max);

/* A sound record, drawn by lot, to @p: its kind and length, which is at most MUTATE_FRESH; 0: there is none */
typedef size_t (*mutate_fresh_fn)(struct mutate *m, uint8_t *kind, uint8_t *p);

static inline uint32_t mutate_below(struct mutate *m, size_t n)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return n ? (uint32_t)((m->state >> 11) % n) : 0;
}

/* What a length or count is worth trying at, when @was is sound */
static inline uint32_t mutate_length(struct mutate *m, uint32_t was)
{
	static const int near[] = { -1, 1, -4, 4, -2, 2, 8, -16, 16, 40, 200 };
	uint32_t how = mutate_below(m, 18);

	if (how < 11)
		return was + (uint32_t)near[how];
	if (how < 14)
		return how - 11; /* 0, 1, 2 */
	return how == 14 ? 0xffff : how == 15 ? 0xff : mutate_below(m, 256);
}

static inline void mutate_put(struct mutate *m, const void *p, size_t len)
{
	if (m->size + len > m->max)
		return;
	memcpy(m->out + m->size, p, len);
	m->size += len;
}

/* The record at @p (its bytes), changed inside */
static inline void mutate_record(struct mutate *m, const uint8_t *p, size_t len, size_t after,
				 mutate_inside_fn inside)
{
	uint8_t *head = m->out + m->size;
	size_t room = m->max - m->size;

	if (room < MUTATE_HEAD + len + after)
		return;
	room -= MUTATE_HEAD + after;
	memcpy(head, p - MUTATE_HEAD, MUTATE_HEAD + len);
	len = inside(m, head, head + MUTATE_HEAD, len, room < 0xffff ? room : 0xffff);
	head[1] = (uint8_t)len;
	head[2] = (uint8_t)(len >> 8);
	m->size += MUTATE_HEAD + len;
}

/* One change of the row of @n records that begin at @at (@at[n] is the end) */
static inline void mutate_row(struct mutate *m, const uint8_t *data, const size_t *at, uint32_t n,
			      mutate_inside_fn inside)
{
	uint32_t one = mutate_below(m, n), two = mutate_below(m, n), how = mutate_below(m, 16);

	mutate_put(m, data, 1);
	if (how == 15)
		m->out[0] = (uint8_t)(1U << mutate_below(m, 8) ^ m->out[0]);
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t *p = data + at[i];
		size_t len = at[i + 1] - at[i];

		if (i == one && how < 11) {
			mutate_record(m, p + MUTATE_HEAD, len - MUTATE_HEAD, at[n] - at[i + 1],
				      inside);
			continue;
		}
		if (i == one && how == 11) /* dropped */
			continue;
		if (i == one && how == 12) /* another one comes first */
			mutate_put(m, data + at[two], at[two + 1] - at[two]);
		mutate_put(m, p, len);
		if (i == one && how == 13) /* twice */
			mutate_put(m, p, len);
	}
}

/* Where the whole records of @data begin: how many; at[n] is where the last one ends */
static inline uint32_t mutate_parse(const uint8_t *data, size_t size, size_t *at)
{
	uint32_t n = 0;

	at[0] = 1;
	while (n < MUTATE_RECORDS && at[n] + MUTATE_HEAD <= size) {
		size_t next =
			at[n] + MUTATE_HEAD + (data[at[n] + 1] | (size_t)data[at[n] + 2] << 8);

		if (next > size)
			break;
		at[++n] = next;
	}
	return n;
}

/*
 * A sound record with one change, before the @n others or alone: however the corpus grows, what is nearly sound is
 * tried again and again.
 */
static inline size_t mutate_with_fresh(struct mutate *m, uint8_t *data, const size_t *at,
				       uint32_t n, mutate_inside_fn inside, mutate_fresh_fn fresh)
{
	uint8_t rec[MUTATE_HEAD + MUTATE_FRESH];
	size_t len = fresh(m, rec, rec + MUTATE_HEAD), where = at[mutate_below(m, n + 1)];

	len = inside(m, rec, rec + MUTATE_HEAD, len, MUTATE_FRESH);
	rec[1] = (uint8_t)len;
	rec[2] = (uint8_t)(len >> 8);
	m->size = 0;
	mutate_put(m, data, 1);
	if (mutate_below(m, 2) || at[n] + MUTATE_HEAD + len > m->max) {
		mutate_put(m, rec, MUTATE_HEAD + len);
	} else {
		mutate_put(m, data + 1, where - 1);
		mutate_put(m, rec, MUTATE_HEAD + len);
		mutate_put(m, data + where, at[n] - where);
	}
	memcpy(data, m->out, m->size);
	return m->size;
}

/* @fresh may be NULL. Return: the new size of @data. */
static inline size_t mutate(uint8_t *data, size_t size, size_t max, unsigned int seed,
			    mutate_inside_fn inside, mutate_fresh_fn fresh)
{
	struct mutate m = { .state = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15) };
	size_t at[MUTATE_RECORDS + 1];
	uint32_t n;

	if (mutate_below(&m, 16) == 0)
		return LLVMFuzzerMutate(data, size, max);
	m.out = malloc(max);
	m.max = max;
	n = mutate_parse(data, size, at);
	if (fresh && at[n] <= max && mutate_below(&m, 3) == 0) {
		size = mutate_with_fresh(&m, data, at, n, inside, fresh);
		free(m.out);
		return size;
	}
	for (uint32_t times = 1 + mutate_below(&m, 3); times; times--) {
		n = mutate_parse(data, size, at);
		if (!n || at[n] > max)
			break;
		m.size = 0;
		mutate_row(&m, data, at, n, inside);
		size = m.size;
		memcpy(data, m.out, size);
	}
	free(m.out);
	return n ? size : LLVMFuzzerMutate(data, size, max);
}

#endif
