/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term.c - what the terminal can show
 */
#include "term.h"

#include <glib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/**
 * term_width() - Columns of standard output
 *
 * Return: TERM_WIDTH when it is no terminal.
 */
unsigned int term_width(void)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return TERM_WIDTH;
	return size.ws_col;
}

/**
 * term_colour_word() - Is it one of the words of --color?
 * @when: the word
 */
bool term_colour_word(const char *when)
{
	return !strcmp(when, "auto") || !strcmp(when, "always") || !strcmp(when, "never");
}

/**
 * term_colour() - Are colours wanted?
 * @when: --color's word, or NULL
 */
bool term_colour(const char *when)
{
	const char *no = g_getenv("NO_COLOR"), *term = g_getenv("TERM");

	if (when && strcmp(when, "auto") != 0)
		return !strcmp(when, "always");
	return isatty(STDOUT_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}
