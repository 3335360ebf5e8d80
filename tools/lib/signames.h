/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * signames.h - names of signals without SIG, by number; the shell has its own, which says IO for POLL
 */
#ifndef TOOLS_LIB_SIGNAMES_H
#define TOOLS_LIB_SIGNAMES_H

#define NR_SIGNAL_NAMES 32

extern const char *const signal_names[NR_SIGNAL_NAMES]; /* 0: EXIT */

#endif
