/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lineedit.h - reading commands: edited on a terminal, as they are from a file
 */
#ifndef TOOLS_CLI_LINEEDIT_H
#define TOOLS_CLI_LINEEDIT_H

#include <glib.h>
#include <netglass/types.h>
#include <stdio.h>

struct lineedit;

/*
 * What the word that @line ends in may become: whole words, NULL-terminated; NULL: nothing. g_strfreev()
 * is called on it.
 */
typedef char **(*lineedit_complete)(void *arg, const char *line);

/*
 * From the terminal, with history (kept in the user's data folder under @name) and completion, when
 * @from is stdin and that is one. Else line by line from @from.
 */
struct lineedit *lineedit_new(const char *name, FILE *from, lineedit_complete complete, void *arg);
void lineedit_free(struct lineedit *le);
bool lineedit_is_terminal(const struct lineedit *le);
/* One line without its newline, g_free() it; NULL at the end. */
char *lineedit_read(struct lineedit *le, const char *prompt);

#endif
