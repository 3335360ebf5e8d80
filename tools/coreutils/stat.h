/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat.h - words for a file's mode
 */
#ifndef TOOLS_COREUTILS_STAT_H
#define TOOLS_COREUTILS_STAT_H

#include <netglass/types.h>

void cu_mode_text(uint32_t mode, char ret[11]);

#endif
