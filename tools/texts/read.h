/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read.h - parts of reading a text
 */
#ifndef TOOLS_TEXTS_READ_H
#define TOOLS_TEXTS_READ_H

#include "texts.h"

enum prompt {
	PROMPT_NONE,
	PROMPT_HASH,   /* "# ": or a comment */
	PROMPT_STRONG, /* "$ ", "root@host:~# ", "red# " */
};

/* prompt.c */
/* Moves *@s behind a prompt. */
enum prompt prompt_skip(const char **s);
/* Bytes of "- ", "1. ", "> " and the blanks before them. */
size_t list_marker(const char *s);
/* Without sudo, a comment at the end and blanks around it. To be freed. */
char *command_strip(const char *text, bool *ret_sudo);
/* Without <pre>, <code> and their ends. To be freed. */
char *without_tags(const char *s);

/* fill.c: <name> becomes name where name is a real one, else the line is a placeholder */
void text_fill_in(struct text *t);

#endif
