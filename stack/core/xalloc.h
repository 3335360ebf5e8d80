/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xalloc.h - memory or nothing: aborts when there is none
 *
 * -ENOMEM exists in this kernel only where Linux reports it for a limit.
 */
#ifndef STACK_CORE_XALLOC_H
#define STACK_CORE_XALLOC_H

#include <stdlib.h>
#include <string.h>

/* what malloc() has a store of for each thread; calloc() of glibc 2.36 does not look there */
#define XZALLOC_SMALL 1024U

static inline void *xzalloc(size_t size)
{
	void *p;

	if (size > XZALLOC_SMALL) {
		p = calloc(1, size);
		if (!p)
			abort();
		return p;
	}
	p = malloc(size ? size : 1);
	if (!p)
		abort();
	__asm__("" : "+r"(p)); /* or gcc makes calloc() of it */
	return memset(p, 0, size);
}

/* not zeroed; @size is a multiple of @align */
static inline void *xalloc_aligned(size_t align, size_t size)
{
	void *p = aligned_alloc(align, size);

	if (!p)
		abort();
	return p;
}

static inline void *xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		abort();
	return p;
}

static inline void *xmemdup(const void *src, size_t size)
{
	void *p = xrealloc(NULL, size);

	if (size)
		memcpy(p, src, size);
	return p;
}

static inline char *xstrdup(const char *s)
{
	return xmemdup(s, strlen(s) + 1);
}

/* What must hold; the message says it. */
#define ng_assert(cond) ((cond) ? (void)0 : abort())

#endif
