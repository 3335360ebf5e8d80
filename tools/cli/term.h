/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term.h - what the terminal can show
 */
#ifndef TOOLS_CLI_TERM_H
#define TOOLS_CLI_TERM_H

#include <netglass/types.h>

#define TERM_WIDTH 80

/* Columns of standard output; TERM_WIDTH when it is no terminal. */
unsigned int term_width(void);
/* Is it auto, always or never? */
bool term_colour_word(const char *when);
/*
 * Colours on standard output? @when: --color's word, NULL: auto, that is on a terminal, unless NO_COLOR is
 * set or TERM is dumb.
 */
bool term_colour(const char *when);

#endif
