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

/* net_ratelimit_state */
#define RATELIMIT_NS (5 * NSEC_PER_SEC)
#define RATELIMIT_BURST 10U

struct kmsg {
	char *text[RECORDS_MAX];
	int64_t time_ns[RECORDS_MAX];
	uint8_t level[RECORDS_MAX];
	uint64_t next; /* number of the next record */

	/* net_ratelimit() */
	int64_t begin_ns;
	unsigned int printed, missed;
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
 * @level: LOGLEVEL_*
 * @fmt: the text, without a newline at its end
 */
void printk(struct ng_world *world, unsigned int level, const char *fmt, ...)
{
	struct kmsg *k = kmsg_get(world);
	size_t slot = k->next % RECORDS_MAX;
	char text[1024];
	va_list ap;
	size_t len;

	va_start(ap, fmt);
	len = vscnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	free(k->text[slot]);
	k->text[slot] = xmemdup(text, len + 1);
	k->time_ns[slot] = world_now(world);
	k->level[slot] = (uint8_t)level;
	k->next++;
}

/**
 * net_ratelimit() - May one more line about packets be written?
 * @world: the world
 *
 * Return: false: it is counted instead, and the count is told later. As net_ratelimit().
 */
bool net_ratelimit(struct ng_world *world)
{
	struct kmsg *k = kmsg_get(world);
	int64_t now = world_now(world);

	if (!k->begin_ns || now > k->begin_ns + RATELIMIT_NS) {
		if (k->missed)
			printk(world, LOGLEVEL_WARNING, "net_ratelimit: %u callbacks suppressed",
			       k->missed);
		k->begin_ns = now;
		k->printed = 0;
		k->missed = 0;
	}
	if (k->printed++ < RATELIMIT_BURST)
		return true;
	k->missed++;
	return false;
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

/* what is not printable is written as \\xHH; as msg_add_ext_text() */
static size_t add_text(char *buf, size_t size, const char *text)
{
	size_t n = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		n += c < ' ' || c >= 127 || c == '\\' ? scnprintf(buf + n, size - n, "\\x%02x", c)
						      : scnprintf(buf + n, size - n, "%c", c);
	}
	return n;
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
	n = scnprintf(buf, len, "%u,%llu,%lld,-;", k->level[slot], (unsigned long long)n,
		      (long long)(k->time_ns[slot] / NSEC_PER_USEC));
	n += add_text((char *)buf + n, len - n, k->text[slot]);
	return (ssize_t)(n + scnprintf((char *)buf + n, len - n, "\n"));
}

const struct file_operations kmsg_file_ops = {
	.read = kmsg_read,
};
