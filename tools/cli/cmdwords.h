/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmdwords.h - words of ip, bridge, iptables and friends, for Tab
 */
#ifndef TOOLS_CLI_CMDWORDS_H
#define TOOLS_CLI_CMDWORDS_H

#include <glib.h>

/* Adds what the last word of @line, a command up to the cursor, may become; char *, g_free() them. */
void cmdwords_offer(GPtrArray *words, const char *line);

#endif
