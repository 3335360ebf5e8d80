/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.h - texts of traceroute's command line
 */
#ifndef TOOLS_TRACEROUTE_OPTIONS_H
#define TOOLS_TRACEROUTE_OPTIONS_H

extern const char *const tr_usage[]; /* ended by NULL */
extern const char tr_version[];

#endif
