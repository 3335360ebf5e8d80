/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kmsg.c - the kernel's log: what LOG rules write and dmesg reads
 *
 * mirrors kernel/printk/printk.c
 * TABLE. Keeps the last RECORDS_MAX records.
 */
#include "core/kmsg.h"

#include <errno.h>

#include "core/vsprintf.h"
#include "core/xalloc.h"

#define RECORDS_MAX 4096U

struct kmsg {
	char *text[RECORDS_MAX];
	int64_t time_ns[RECORDS_MAX];
	uint64_t next; /* number of the next record */
};

/**
 * kmsg_get() - The log of a world
 * @world: the world
 *
 * Return: the log, made on first use.
 */
struct kmsg *kmsg_get(struct ng_world *world)
{
	if (!world->kmsg)
		world->kmsg = xzalloc(sizeof(*world->kmsg));
	return world->kmsg;
}

/**
 * printk() - Adds a record to the log
 * @world: the world
 * @text: one line without its newline, copied
 */
void printk(struct ng_world *world, const char *text)
{
	struct kmsg *k = kmsg_get(world);
	size_t slot = k->next % RECORDS_MAX;

	free(k->text[slot]);
	k->text[slot] = xstrdup(text);
	k->time_ns[slot] = world_now(world);
	k->next++;
}

/**
 * kmsg_free() - Forgets the log
 * @world: the world
 */
void kmsg_free(struct ng_world *world)
{
	size_t i;

	if (!world->kmsg)
		return;
	for (i = 0; i < RECORDS_MAX; i++)
		free(world->kmsg->text[i]);
	free(world->kmsg);
	world->kmsg = NULL;
}

static ssize_t kmsg_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	const struct kmsg *k = file->priv;
	uint64_t n = (uint64_t)file->pos;
	size_t slot;

	(void)task;
	if (k->next > RECORDS_MAX && n < k->next - RECORDS_MAX)
		n = k->next - RECORDS_MAX;
	if (n >= k->next)
		return -EAGAIN;
	slot = n % RECORDS_MAX;
	file->pos = (int64_t)n + 1;
	return (ssize_t)scnprintf(buf, len, "4,%llu,%lld,-;%s\n", (unsigned long long)n,
				  (long long)(k->time_ns[slot] / NSEC_PER_USEC), k->text[slot]);
}

const struct file_operations kmsg_file_ops = {
	.read = kmsg_read,
};
