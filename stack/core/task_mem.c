/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * task_mem.c - the memory of a program, and what is to be done at its end
 *
 * TABLE
 */
#include <string.h>

#include "core/sched.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "poison.h"

/* what stands before each allocation */
struct ng_task_mem {
	_Alignas(16) uint32_t slot; /* of the arena's free lists; ARENA_NONE: a large one */
};

/* what such a piece is while it is free */
struct free_mem {
	struct free_mem *next;
};

struct large_mem {
	struct list_head list;
	struct ng_task_mem mem;
};

/*
 * A program's small allocations are cut from one block, which the next program uses again; what it frees
 * early goes to a list by size. An address sanitizer sees each allocation by itself.
 */
#define ARENA_SIZE ((size_t)120 * 1024)
#define ARENA_MAX ((size_t)48 * 1024)
#define ARENA_SLOTS 72U
#define ARENA_NONE UINT32_MAX
#ifdef SIM_POISON
#define ARENA_USED false
#else
#define ARENA_USED true
#endif

struct task_arena {
	size_t used;
	struct free_mem *free[ARENA_SLOTS];
	_Alignas(16) uint8_t bytes[ARENA_SIZE];
};

struct ng_task_deferred {
	struct ng_task_deferred *next;
	void (*fn)(void *arg);
	void *arg;
};

/**
 * ng_task_alloc() - Memory that ends with the program
 * @task: whose
 * @size: bytes
 *
 * Return: zeroed memory.
 */
void *ng_task_alloc(struct ng_task *task, size_t size)
{
	return memset(ng_task_alloc_buffer(task, size), 0, size);
}

/* Sizes are rounded to a quarter of a power of two: the free list of a size, and the rounded size. */
static uint32_t arena_slot(size_t *size)
{
	uint32_t top;

	if (*size <= 64) {
		*size = 64;
		return 0;
	}
	top = 63U - (uint32_t)__builtin_clzll(*size - 1);
	*size = (*size + (1U << (top - 2)) - 1) & ~(((size_t)1 << (top - 2)) - 1);
	top = 63U - (uint32_t)__builtin_clzll(*size);
	return (top - 6) * 4 + ((*size >> (top - 2)) & 3);
}

static struct ng_task_mem *arena_alloc(struct ng_task *task, size_t size)
{
	struct ng_world *world = task->world;
	struct task_arena *arena = task->arena;
	struct ng_task_mem *m;
	struct free_mem *f;
	uint32_t slot;

	size += sizeof(*m);
	if (!ARENA_USED || size > ARENA_MAX)
		return NULL;
	slot = arena_slot(&size);
	if (!arena) {
		arena = world->nr_spare_arenas ? world->spare_arenas[--world->nr_spare_arenas]
					       : xrealloc(NULL, sizeof(*arena));
		memset(arena->free, 0, sizeof(arena->free));
		arena->used = 0;
		task->arena = arena;
	}
	f = arena->free[slot];
	if (f) {
		arena->free[slot] = f->next;
		m = (struct ng_task_mem *)(void *)f;
	} else if (size <= ARENA_SIZE - arena->used) {
		m = (struct ng_task_mem *)(void *)(arena->bytes + arena->used);
		arena->used += size;
	} else {
		return NULL;
	}
	m->slot = slot;
	return m;
}

static void arena_free(struct ng_task *task)
{
	struct ng_world *world = task->world;

	if (task->arena && world->nr_spare_arenas < TASK_SPARE_ARENAS)
		world->spare_arenas[world->nr_spare_arenas++] = task->arena;
	else
		free(task->arena);
	task->arena = NULL;
}

/**
 * task_arenas_fini() - The world ends
 * @world: the world, its tasks gone
 */
void task_arenas_fini(struct ng_world *world)
{
	while (world->nr_spare_arenas)
		free(world->spare_arenas[--world->nr_spare_arenas]);
}

/**
 * ng_task_alloc_buffer() - Memory that ends with the program, to be filled by it
 * @task: whose
 * @size: bytes
 *
 * Return: memory with anything in it.
 */
void *ng_task_alloc_buffer(struct ng_task *task, size_t size)
{
	struct ng_task_mem *m = arena_alloc(task, size);
	struct large_mem *large;

	if (m)
		return m + 1;
	large = xrealloc(NULL, sizeof(*large) + size);
	large->mem.slot = ARENA_NONE;
	list_add(&large->list, &task->mem);
	return &large->mem + 1;
}

/**
 * ng_task_free() - Gives memory back early
 * @task: whose
 * @p: from ng_task_alloc(), or NULL
 */
void ng_task_free(struct ng_task *task, void *p)
{
	struct ng_task_mem *m;

	if (!p)
		return;
	m = (struct ng_task_mem *)p - 1;
	if (m->slot != ARENA_NONE) {
		struct free_mem **head = &task->arena->free[m->slot];
		struct free_mem *f = (struct free_mem *)(void *)m;

		f->next = *head;
		*head = f;
	} else {
		struct large_mem *large = container_of(m, struct large_mem, mem);

		list_del(&large->list);
		free(large);
	}
}

/**
 * ng_task_realloc() - More memory for the same thing
 * @task: whose
 * @old: from ng_task_alloc(), or NULL; freed
 * @old_size: how much of it is to be kept
 * @new_size: bytes
 *
 * Return: the memory, zeroed behind what was kept.
 */
void *ng_task_realloc(struct ng_task *task, void *old, size_t old_size, size_t new_size)
{
	void *p = ng_task_alloc(task, new_size);

	if (old)
		memcpy(p, old, old_size < new_size ? old_size : new_size);
	ng_task_free(task, old);
	return p;
}

/**
 * ng_task_strndup() - A copy of a string
 * @task: whose memory
 * @s: the string
 * @n: at most that many bytes of it
 *
 * Return: the copy.
 */
char *ng_task_strndup(struct ng_task *task, const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *p = ng_task_alloc_buffer(task, len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

/**
 * ng_task_strdup() - A copy of a string
 * @task: whose memory
 * @s: the string
 *
 * Return: the copy.
 */
char *ng_task_strdup(struct ng_task *task, const char *s)
{
	return ng_task_strndup(task, s, strlen(s));
}

/**
 * ng_task_defer() - Something to do when the program ends, however it ends
 * @task: whose program
 * @fn: called with @arg before its memory goes; last registered, first called
 * @arg: its argument
 */
void ng_task_defer(struct ng_task *task, void (*fn)(void *arg), void *arg)
{
	struct ng_task_deferred *d = xzalloc(sizeof(*d));

	d->fn = fn;
	d->arg = arg;
	d->next = task->deferred;
	task->deferred = d;
}

/**
 * task_free_mem() - The program is over
 * @task: whose
 */
void task_free_mem(struct ng_task *task)
{
	while (task->deferred) {
		struct ng_task_deferred *d = task->deferred;

		task->deferred = d->next;
		d->fn(d->arg);
		free(d);
	}
	while (!list_empty(&task->mem)) {
		struct large_mem *m = list_first_entry(&task->mem, struct large_mem, list);

		list_del(&m->list);
		free(m);
	}
	arena_free(task);
	task->private = NULL;
	task->argv = NULL;
	task->envp = NULL;
}
