/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kmsg.h - the kernel's log
 */
#ifndef STACK_CORE_KMSG_H
#define STACK_CORE_KMSG_H

#include "core/file.h"
#include "core/world.h"

/* /dev/kmsg: one record a read, "6,SEQ,USEC,-;TEXT\n" */
extern const struct file_operations kmsg_file_ops;
void kmsg_free(struct ng_world *world);
/* makes it, for an open file's priv */
struct kmsg *kmsg_get(struct ng_world *world);

#endif
