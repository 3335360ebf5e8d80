/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mem.c - the shell's memory (see mem.h)
 */
#include "mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE 4000
#define ALIGN 16

struct sh_chunk {
	struct sh_chunk *below;
	size_t size;
	size_t used;
	_Alignas(ALIGN) char data[];
};

/**
 * sh_xalloc() - Zeroed memory of the heap
 * @size: bytes
 *
 * Return: memory to be freed by its owner; aborts when there is none.
 */
void *sh_xalloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		abort();
	return p;
}

/**
 * sh_xrealloc() - Resizes memory of the heap
 * @old: what sh_xalloc() gave, or NULL
 * @size: bytes
 *
 * Return: the memory, its new part not zeroed; aborts when there is none.
 */
void *sh_xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		abort();
	return p;
}

/**
 * sh_xstrdup() - A copy of a string on the heap
 * @s: the string, or NULL
 *
 * Return: the copy, NULL for NULL.
 */
char *sh_xstrdup(const char *s)
{
	size_t n = s ? strlen(s) + 1 : 0;

	return s ? memcpy(sh_xalloc(n), s, n) : NULL;
}

/* Memory of a pool, with anything in it */
static void *pool_bytes(struct sh_pool *pool, size_t size)
{
	struct sh_chunk *c = pool->top;
	void *p;

	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (!c || c->size - c->used < size) {
		size_t n = size > CHUNK_SIZE ? size : CHUNK_SIZE;

		c = sh_xrealloc(NULL, sizeof(*c) + n);
		c->below = pool->top;
		c->size = n;
		c->used = 0;
		pool->top = c;
	}
	p = c->data + c->used;
	c->used += size;
	return p;
}

/**
 * sh_pool_alloc() - Memory of a pool
 * @pool: the pool
 * @size: bytes
 *
 * Return: zeroed memory, valid until the pool is released below it.
 */
void *sh_pool_alloc(struct sh_pool *pool, size_t size)
{
	return memset(pool_bytes(pool, size), 0, size);
}

/**
 * sh_pool_strndup() - A copy of some bytes, ended by NUL
 * @pool: the pool
 * @s: the bytes
 * @n: how many
 *
 * Return: the copy.
 */
char *sh_pool_strndup(struct sh_pool *pool, const char *s, size_t n)
{
	char *p = pool_bytes(pool, n + 1);

	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

/**
 * sh_pool_strdup() - A copy of a string
 * @pool: the pool
 * @s: the string
 *
 * Return: the copy.
 */
char *sh_pool_strdup(struct sh_pool *pool, const char *s)
{
	return sh_pool_strndup(pool, s, strlen(s));
}

/**
 * sh_pool_join() - Three strings, one after the other, in a pool
 * @pool: the pool
 * @a: the first
 * @b: the second
 * @c: the third
 *
 * Return: the string.
 */
char *sh_pool_join(struct sh_pool *pool, const char *a, const char *b, const char *c)
{
	size_t la = strlen(a), lb = strlen(b), lc = strlen(c);
	char *s = pool_bytes(pool, la + lb + lc + 1);

	memcpy(s, a, la);
	memcpy(s + la, b, lb);
	memcpy(s + la + lb, c, lc + 1);
	return s;
}

/**
 * sh_pool_printf() - A formatted string in a pool
 * @pool: the pool
 * @fmt: the format
 *
 * Return: the string.
 */
char *sh_pool_printf(struct sh_pool *pool, const char *fmt, ...)
{
	char text[256], *s;
	va_list ap;
	va_list aq;
	size_t n;

	va_start(ap, fmt);
	va_copy(aq, ap);
	n = (size_t)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	s = sh_pool_alloc(pool, n + 1);
	if (n < sizeof(text))
		memcpy(s, text, n + 1);
	else
		vsnprintf(s, n + 1, fmt, aq);
	va_end(aq);
	return s;
}

/**
 * sh_pool_mark() - Where a pool is now
 * @pool: the pool
 *
 * Return: the mark to give to sh_pool_release().
 */
struct sh_mark sh_pool_mark(const struct sh_pool *pool)
{
	return (struct sh_mark){ pool->top, pool->top ? pool->top->used : 0 };
}

/**
 * sh_pool_release() - Gives back what was allocated after a mark
 * @pool: the pool
 * @mark: from sh_pool_mark()
 */
void sh_pool_release(struct sh_pool *pool, struct sh_mark mark)
{
	while (pool->top != mark.chunk) {
		struct sh_chunk *c = pool->top;

		pool->top = c->below;
		free(c);
	}
	if (pool->top)
		pool->top->used = mark.used;
}

/**
 * sh_pool_fini() - Gives back everything
 * @pool: the pool
 */
void sh_pool_fini(struct sh_pool *pool)
{
	sh_pool_release(pool, (struct sh_mark){ NULL, 0 });
}

/* Room for @n more bytes and a NUL */
static void buf_grow(struct sh_buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap * 2 : 32;
	char *p;

	if (b->len + n + 1 <= b->cap)
		return;
	while (cap < b->len + n + 1)
		cap *= 2;
	p = pool_bytes(b->pool, cap);
	if (b->len)
		memcpy(p, b->s, b->len);
	b->s = p;
	b->cap = cap;
}

/**
 * sh_buf_put() - Adds bytes to a text
 * @b: the text
 * @s: the bytes
 * @n: how many
 */
void sh_buf_put(struct sh_buf *b, const char *s, size_t n)
{
	buf_grow(b, n);
	if (n)
		memcpy(b->s + b->len, s, n);
	b->len += n;
	b->s[b->len] = '\0';
}

/**
 * sh_buf_fill() - Adds a byte again and again
 * @b: the text
 * @c: the byte
 * @n: how often
 */
void sh_buf_fill(struct sh_buf *b, char c, size_t n)
{
	buf_grow(b, n);
	memset(b->s + b->len, c, n);
	b->len += n;
	b->s[b->len] = '\0';
}

/**
 * sh_buf_puts() - Adds a string to a text
 * @b: the text
 * @s: the string
 */
void sh_buf_puts(struct sh_buf *b, const char *s)
{
	sh_buf_put(b, s, strlen(s));
}

/**
 * sh_buf_putc() - Adds a byte to a text
 * @b: the text
 * @c: the byte
 */
void sh_buf_putc(struct sh_buf *b, char c)
{
	if (b->len + 2 > b->cap) {
		sh_buf_put(b, &c, 1);
		return;
	}
	b->s[b->len++] = c;
	b->s[b->len] = '\0';
}

/**
 * sh_buf_str() - The text as a string
 * @b: the text
 *
 * Return: never NULL.
 */
char *sh_buf_str(struct sh_buf *b)
{
	if (!b->s)
		sh_buf_put(b, "", 0);
	return b->s;
}

/**
 * sh_args_add() - Adds a word to a command line
 * @args: the words
 * @word: the new last one, not copied
 */
void sh_args_add(struct sh_args *args, char *word)
{
	if (args->n + 2 > args->cap) {
		int cap = args->cap ? args->cap * 2 : 16;
		char **v = sh_pool_alloc(args->pool, (size_t)cap * sizeof(*v));

		if (args->n)
			memcpy(v, args->v, (size_t)args->n * sizeof(*v));
		args->v = v;
		args->cap = cap;
	}
	args->v[args->n++] = word;
	args->v[args->n] = NULL;
}

/**
 * sh_tree_new() - An empty tree with one reference
 *
 * Return: the tree; sh_tree_put() ends it.
 */
struct sh_tree *sh_tree_new(void)
{
	struct sh_tree *tree = sh_xalloc(sizeof(*tree));

	tree->refs = 1;
	return tree;
}

/**
 * sh_tree_get() - Takes a reference
 * @tree: the tree, or NULL
 *
 * Return: @tree.
 */
struct sh_tree *sh_tree_get(struct sh_tree *tree)
{
	if (tree)
		tree->refs++;
	return tree;
}

/**
 * sh_tree_put() - Drops a reference; the last one frees the tree
 * @tree: the tree, or NULL
 */
void sh_tree_put(struct sh_tree *tree)
{
	if (!tree || --tree->refs)
		return;
	sh_pool_fini(&tree->pool);
	free(tree);
}
