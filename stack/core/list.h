/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list.h - intrusive lists and hash chains, as in the kernel
 */
#ifndef STACK_CORE_LIST_H
#define STACK_CORE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#define container_of(ptr, type, member) ((type *)(void *)((char *)(ptr)-offsetof(type, member)))

struct list_head {
	struct list_head *next, *prev;
};

static inline void INIT_LIST_HEAD(struct list_head *h)
{
	h->next = h;
	h->prev = h;
}

static inline void list_insert_between(struct list_head *n, struct list_head *prev,
				       struct list_head *next)
{
	next->prev = n;
	n->next = next;
	n->prev = prev;
	prev->next = n;
}

static inline void list_add(struct list_head *n, struct list_head *h)
{
	list_insert_between(n, h, h->next);
}

static inline void list_add_tail(struct list_head *n, struct list_head *h)
{
	list_insert_between(n, h->prev, h);
}

static inline void list_del(struct list_head *n)
{
	n->prev->next = n->next;
	n->next->prev = n->prev;
	INIT_LIST_HEAD(n);
}

static inline bool list_empty(const struct list_head *h)
{
	return h->next == h;
}

static inline bool list_is_singular(const struct list_head *h)
{
	return !list_empty(h) && h->next == h->prev;
}

/* Exchanges the contents of two lists. */
static inline void list_swap(struct list_head *a, struct list_head *b)
{
	struct list_head mark;

	list_insert_between(&mark, a->prev, a);
	list_del(a);
	list_add(a, b);
	list_del(b);
	list_add(b, &mark);
	list_del(&mark);
}

#define list_entry(ptr, type, member) container_of(ptr, type, member)
#define list_first_entry(h, type, member) list_entry((h)->next, type, member)
#define list_last_entry(h, type, member) list_entry((h)->prev, type, member)
#define list_next_entry(pos, member) list_entry((pos)->member.next, __typeof__(*(pos)), member)
#define list_prev_entry(pos, member) list_entry((pos)->member.prev, __typeof__(*(pos)), member)

#define list_for_each_entry(pos, h, member)                                            \
	for (pos = list_first_entry(h, __typeof__(*pos), member); &pos->member != (h); \
	     pos = list_next_entry(pos, member))

#define list_for_each_entry_reverse(pos, h, member)                                   \
	for (pos = list_last_entry(h, __typeof__(*pos), member); &pos->member != (h); \
	     pos = list_prev_entry(pos, member))

/* the entry in hand may be deleted */
#define list_for_each_entry_safe(pos, n, h, member)               \
	for (pos = list_first_entry(h, __typeof__(*pos), member), \
	    n = list_next_entry(pos, member);                     \
	     &pos->member != (h); pos = n, n = list_next_entry(n, member))

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct hlist_head {
	struct hlist_node *first;
};

static inline void hlist_add_head(struct hlist_node *n, struct hlist_head *h)
{
	n->next = h->first;
	if (h->first)
		h->first->pprev = &n->next;
	h->first = n;
	n->pprev = &h->first;
}

static inline bool hlist_unhashed(const struct hlist_node *n)
{
	return !n->pprev;
}

static inline void hlist_del(struct hlist_node *n)
{
	if (!n->pprev)
		return;
	*n->pprev = n->next;
	if (n->next)
		n->next->pprev = n->pprev;
	n->next = NULL;
	n->pprev = NULL;
}

#define hlist_entry_or_null(ptr, type, member) ((ptr) ? container_of(ptr, type, member) : NULL)

#define hlist_for_each_entry(pos, h, member)                                       \
	for (pos = hlist_entry_or_null((h)->first, __typeof__(*pos), member); pos; \
	     pos = hlist_entry_or_null(pos->member.next, __typeof__(*pos), member))

#endif
