/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * console.h - the way out of the world
 */
#ifndef STACK_CORE_CONSOLE_H
#define STACK_CORE_CONSOLE_H

#include "core/file.h"

/* priv: the stream, 0 (reads as empty), 1 or 2 */
extern const struct file_operations console_file_ops;

#endif
