/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * texts.h - the commands of a tutorial
 *
 * A text is read line by line: Markdown fences, prompts, inline code and plain
 * lines are searched for commands; prose is left out. See README.md.
 */
#ifndef TOOLS_TEXTS_TEXTS_H
#define TOOLS_TEXTS_TEXTS_H

#include <glib.h>
#include <netglass/types.h>

enum text_shell {
	SHELL_SAME,
	SHELL_ENTER, /* "ip netns exec red bash": what follows is typed there */
	SHELL_DONE,  /* the same, and what follows has been given its namespace */
	SHELL_ROOT,  /* "sudo -i" */
	SHELL_OTHER, /* "ssh box" */
	SHELL_LEAVE, /* "exit" */
};

struct text_command {
	unsigned int line; /* of the text, 1 is the first */
	unsigned int block;
	enum text_shell shell;
	char *prompt;	  /* it had in front, or NULL */
	bool span;	  /* it was inline code */
	bool entered;	  /* a namespace was put in front of it */
	char *text;	  /* may hold newlines: a here-document, a loop */
	bool placeholder; /* holds a <name> nobody ever fills in: not to be run */
	bool sudo;	  /* sudo was in front */
	bool brackets;	  /* <name> was turned into name */
};

struct text {
	GPtrArray *lines;    /* of char *: the text, cleaned */
	GPtrArray *commands; /* of struct text_command *, in order */
};

/* Reads a text; NULL with *ret_why set when it is none (a binary file). */
struct text *text_read(const char *buf, size_t len, const char **ret_why);
void text_free(struct text *t);
/* Whether a file is a text with commands in it, not a script: by the ending of its name. */
bool text_is_tutorial(const char *path);
/* The commands as a shell script, each with its line as a comment behind it. */
char *text_script(const struct text *t, const char *from);

/* clean.c: one line with typographic signs, HTML entities and odd blanks made plain */
char *text_clean_line(const char *line, size_t len);

#endif
