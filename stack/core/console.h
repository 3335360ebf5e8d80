/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * console.h - the terminal of the world
 */
#ifndef STACK_CORE_CONSOLE_H
#define STACK_CORE_CONSOLE_H

#include "core/file.h"

/* priv: the stream, 0, 1 or 2 */
extern const struct file_operations console_file_ops;

void console_init(struct ng_world *world);
void console_free(struct ng_world *world);
/* A task waits for a line: ng_world_run() returns for it. */
bool console_is_awaited(const struct ng_world *world);

#endif
