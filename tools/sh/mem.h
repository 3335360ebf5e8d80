/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mem.h - the shell's memory: pools, growing text, shared parse trees
 *
 * A pool is a stack of chunks: take a mark, allocate, release back to the
 * mark. Everything a command needs while it runs comes from a pool, so a loop
 * that runs for ever does not grow. Parse trees live in a pool of their own
 * with a reference count, because functions outlive the command that defined
 * them and subshells outlive their parents.
 */
#ifndef TOOLS_SH_MEM_H
#define TOOLS_SH_MEM_H

#include <stdbool.h>
#include <stddef.h>

struct sh_chunk;

struct sh_pool {
	struct sh_chunk *top;
};

struct sh_mark {
	struct sh_chunk *chunk;
	size_t used;
};

/* Zeroed, aligned for any object. Never NULL. */
void *sh_pool_alloc(struct sh_pool *pool, size_t size);
char *sh_pool_strdup(struct sh_pool *pool, const char *s);
char *sh_pool_join(struct sh_pool *pool, const char *a, const char *b, const char *c);
char *sh_pool_strndup(struct sh_pool *pool, const char *s, size_t n);
__attribute__((format(printf, 2, 3))) char *sh_pool_printf(struct sh_pool *pool, const char *fmt,
							   ...);
struct sh_mark sh_pool_mark(const struct sh_pool *pool);
void sh_pool_release(struct sh_pool *pool, struct sh_mark mark);
void sh_pool_fini(struct sh_pool *pool);

/* Text that grows in a pool; always ends in NUL once something was put. */
struct sh_buf {
	struct sh_pool *pool;
	char *s;
	size_t len;
	size_t cap;
};

void sh_buf_put(struct sh_buf *b, const char *s, size_t n);
void sh_buf_fill(struct sh_buf *b, char c, size_t n);
void sh_buf_puts(struct sh_buf *b, const char *s);
void sh_buf_putc(struct sh_buf *b, char c);
/* Never NULL: "" when nothing was put. */
char *sh_buf_str(struct sh_buf *b);

/* Words of a command line. */
struct sh_args {
	struct sh_pool *pool;
	char **v; /* NULL-terminated once something was added */
	int n;
	int cap;
};

void sh_args_add(struct sh_args *args, char *word);

/* The tree of one complete command. */
struct sh_tree {
	struct sh_pool pool;
	unsigned int refs;
};

struct sh_tree *sh_tree_new(void);
struct sh_tree *sh_tree_get(struct sh_tree *tree);
void sh_tree_put(struct sh_tree *tree);

/* malloc that aborts when memory is gone; the owner frees. Zeroed. */
void *sh_xalloc(size_t size);
void *sh_xrealloc(void *old, size_t size);
char *sh_xstrdup(const char *s);

#endif
