/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * array.c - arrays of awk, in mawk's order
 *
 * What `for (k in a)` goes through is mawk's table, bucket by bucket, so the table is one like mawk's:
 * buckets by FNV-1a of the key, new and looked-up elements first, and a second list of buckets for keys that
 * were only ever whole numbers, whose texts are made when they are needed. What split() made is a vector until
 * something else than its own numbers is asked for.
 */
#include "awk.h"

#include <limits.h>
#include <stdio.h>

#define FIRST_SIZE 64
#define LIST_LENGTH 12 /* elements per bucket before the table doubles */

static uint32_t hash_of(const struct awk_str *s)
{
	uint32_t h = 2166136261U;

	for (uint32_t i = 0; i < s->len; i++)
		h = (h ^ (unsigned char)s->s[i]) * 16777619U;
	return h;
}

/**
 * awk_array_new() - An empty array
 * @a: the program
 *
 * Return: the array.
 */
struct awk_array *awk_array_new(struct awk *a)
{
	return ng_task_alloc(a->task, sizeof(struct awk_array));
}

static void free_elem(struct awk *a, struct awk_elem *e)
{
	awk_val_free(a, &e->v);
	awk_str_put(a, e->key);
	ng_task_free(a->task, e);
}

/**
 * awk_array_clear() - Takes everything out
 * @a: the program
 * @t: the array
 */
void awk_array_clear(struct awk *a, struct awk_array *t)
{
	for (uint32_t i = 0; t->split && i < t->size; i++)
		free_elem(a, t->split[i]);
	for (uint32_t i = 0; t->table && i <= t->mask; i++) {
		struct awk_elem *e, *next;

		/* those with a text first; what is left has a number only */
		for (e = t->table[i].i; e; e = next) {
			next = e->inext;
			if (!e->key)
				free_elem(a, e);
		}
		for (e = t->table[i].s; e; e = next) {
			next = e->snext;
			e->inext = NULL;
		}
	}
	for (uint32_t i = 0; t->table && i <= t->mask; i++) {
		struct awk_elem *next;

		for (struct awk_elem *e = t->table[i].s; e; e = next) {
			next = e->snext;
			free_elem(a, e);
		}
	}
	ng_task_free(a->task, t->split);
	ng_task_free(a->task, t->table);
	*t = (struct awk_array){ 0 };
}

static void make_table(struct awk *a, struct awk_array *t)
{
	t->mask = FIRST_SIZE - 1;
	t->limit = FIRST_SIZE * LIST_LENGTH;
	t->table = ng_task_alloc(a->task, FIRST_SIZE * sizeof(*t->table));
}

/* Elements of bucket @i whose hash has the new bit go to @j, in their order. */
static void divide(struct awk_bucket *table, uint32_t i, uint32_t j, uint32_t mask)
{
	struct awk_elem **from = &table[i].s, **to = &table[j].s, *e;

	while ((e = *from)) {
		if ((e->hash & mask) == i) {
			from = &e->snext;
			continue;
		}
		*from = e->snext;
		e->snext = NULL;
		*to = e;
		to = &e->snext;
	}
	from = &table[i].i;
	to = &table[j].i;
	while ((e = *from)) {
		if (((uint32_t)e->ival & mask) == i) {
			from = &e->inext;
			continue;
		}
		*from = e->inext;
		e->inext = NULL;
		*to = e;
		to = &e->inext;
	}
}

static void double_table(struct awk *a, struct awk_array *t)
{
	uint32_t old = t->mask + 1;

	if (old > (1U << 24))
		prog_exit(a->task, ng_not_modelled(a->task, "awk arrays this large"));
	t->table = ng_task_realloc(a->task, t->table, old * sizeof(*t->table),
				   2 * old * sizeof(*t->table));
	memset(t->table + old, 0, old * sizeof(*t->table));
	t->mask = 2 * old - 1;
	t->limit = 2 * old * LIST_LENGTH;
	for (uint32_t i = 0; i < old; i++)
		divide(t->table, i, i + old, t->mask);
}

static struct awk_elem *new_elem(struct awk *a, struct awk_array *t)
{
	struct awk_elem *e = ng_task_alloc(a->task, sizeof(*e));

	if (++t->size > t->limit)
		double_table(a, t);
	return e;
}

static void push_int(struct awk_array *t, struct awk_elem *e, int ival)
{
	struct awk_bucket *b = &t->table[(uint32_t)ival & t->mask];

	e->ival = ival;
	e->has_ival = true;
	e->inext = b->i;
	b->i = e;
}

static void push_str(struct awk_array *t, struct awk_elem *e)
{
	struct awk_bucket *b = &t->table[e->hash & t->mask];

	e->snext = b->s;
	b->s = e;
}

static struct awk_str *int_text(struct awk *a, int ival)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%d", ival);

	return awk_str_new(a, text, (size_t)n);
}

/* The vector of split() becomes a table. */
static void unsplit(struct awk *a, struct awk_array *t)
{
	struct awk_elem **vec = t->split;
	uint32_t n = t->size;

	t->split = NULL;
	t->size = 0;
	make_table(a, t);
	for (uint32_t i = 0; i < n; i++) {
		if (++t->size > t->limit)
			double_table(a, t);
		push_int(t, vec[i], (int)i + 1);
	}
	t->by_int = true;
	ng_task_free(a->task, vec);
}

/* Every element gets its text. */
static void add_texts(struct awk *a, struct awk_array *t)
{
	if (t->split)
		unsplit(a, t);
	for (uint32_t i = 0; t->by_int && i <= t->mask; i++) {
		for (struct awk_elem *e = t->table[i].i; e; e = e->inext) {
			if (e->key)
				continue;
			e->key = int_text(a, e->ival);
			e->hash = hash_of(e->key);
			push_str(t, e);
		}
	}
	t->by_string = true;
}

static struct awk_elem *find_str(struct awk *a, struct awk_array *t, struct awk_str *key,
				 bool create)
{
	uint32_t hash = hash_of(key);
	struct awk_elem **at, *e;

	if (!t->by_string)
		add_texts(a, t);
	if (!t->table)
		make_table(a, t);
	at = &t->table[hash & t->mask].s;
	while ((e = *at) &&
	       (e->hash != hash || e->key->len != key->len || memcmp(e->key->s, key->s, key->len)))
		at = &e->snext;
	if (e) {
		*at = e->snext;
	} else {
		if (!create)
			return NULL;
		e = new_elem(a, t);
		e->key = key;
		key->refs++;
		e->hash = hash;
	}
	push_str(t, e);
	return e;
}

static struct awk_elem *find_int(struct awk *a, struct awk_array *t, int ival, bool create)
{
	struct awk_elem **at, *e;

	if (t->split && ival >= 1 && (uint32_t)ival <= t->size)
		return t->split[ival - 1];
	if (t->split)
		unsplit(a, t);
	if (!t->table)
		make_table(a, t);
	at = &t->table[(uint32_t)ival & t->mask].i;
	while ((e = *at) && e->ival != ival)
		at = &e->inext;
	if (e) {
		*at = e->inext;
	} else if (t->by_string) {
		struct awk_str *key = int_text(a, ival);

		e = find_str(a, t, key, create);
		awk_str_put(a, key);
	} else if (create) {
		e = new_elem(a, t);
	}
	if (e) {
		push_int(t, e, ival);
		t->by_int = true;
	}
	return e;
}

/**
 * awk_array_find() - An element by its key
 * @a: the program
 * @t: the array
 * @key: the key
 * @create: make it when it is not there
 *
 * Return: the element, or NULL.
 */
struct awk_elem *awk_array_find(struct awk *a, struct awk_array *t, const struct awk_val *key,
				bool create)
{
	struct awk_elem *e;
	struct awk_str *s;

	if (!t->size && !create)
		return NULL;
	if (key->type == AWK_NUM && (double)awk_to_int(key->d) == key->d)
		return find_int(a, t, awk_to_int(key->d), create);
	s = awk_to_str(a, key, AWK_V_CONVFMT);
	e = find_str(a, t, s, create);
	awk_str_put(a, s);
	return e;
}

/**
 * awk_array_delete() - Takes one element out
 * @a: the program
 * @t: the array
 * @key: its key
 */
void awk_array_delete(struct awk *a, struct awk_array *t, const struct awk_val *key)
{
	struct awk_elem *e, **at;

	if (!t->size)
		return;
	if (t->split)
		unsplit(a, t);
	e = awk_array_find(a, t, key, false);
	if (!e)
		return;
	if (e->key) {
		at = &t->table[e->hash & t->mask].s;
		while (*at != e)
			at = &(*at)->snext;
		*at = e->snext;
	}
	if (e->has_ival) {
		at = &t->table[(uint32_t)e->ival & t->mask].i;
		while (*at != e)
			at = &(*at)->inext;
		*at = e->inext;
	}
	free_elem(a, e);
	if (!--t->size)
		awk_array_clear(a, t);
}

/**
 * awk_array_split() - Fills an array as split() does
 * @a: the program
 * @t: the array
 * @vals: the elements, which the array owns then
 * @n: how many
 */
void awk_array_split(struct awk *a, struct awk_array *t, struct awk_val *vals, int n)
{
	awk_array_clear(a, t);
	if (!n)
		return;
	t->split = ng_task_alloc(a->task, (size_t)n * sizeof(struct awk_elem *));
	t->size = (uint32_t)n;
	for (int i = 0; i < n; i++) {
		t->split[i] = ng_task_alloc(a->task, sizeof(struct awk_elem));
		t->split[i]->v = vals[i];
	}
}

/**
 * awk_array_keys() - All keys, in the order mawk goes through them
 * @a: the program
 * @t: the array
 * @ret_n: how many
 *
 * Return: the keys, a reference each, in memory of the task.
 */
struct awk_str **awk_array_keys(struct awk *a, struct awk_array *t, uint32_t *ret_n)
{
	struct awk_str **keys;
	uint32_t n = 0;

	if (t->size)
		add_texts(a, t);
	keys = ng_task_alloc(a->task, (t->size + 1) * sizeof(*keys));
	for (uint32_t i = 0; t->size && i <= t->mask; i++) {
		for (struct awk_elem *e = t->table[i].s; e; e = e->snext) {
			e->key->refs++;
			keys[n++] = e->key;
		}
	}
	*ret_n = n;
	return keys;
}
