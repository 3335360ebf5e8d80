/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read.h - parts of reading a text
 */
#ifndef TOOLS_TEXTS_READ_H
#define TOOLS_TEXTS_READ_H

#include "texts.h"

#define LINE_LOOK 16384 /* a longer line is no command anybody types */

enum prompt {
	PROMPT_NONE,
	PROMPT_HASH,   /* "# ": or a comment */
	PROMPT_STRONG, /* "$ ", "root@host:~# ", "red# " */
};

/* A line as it is read: a line of a web page may be several. */
struct line {
	char *text;
	unsigned int number; /* in the text, 1 is the first */
	unsigned int block;  /* 0: blank */
	bool mark;	     /* ``` itself */
};

/* Lines with one habit: a fence, <pre>, an indented paragraph, or a paragraph of prose. */
struct block {
	bool code;    /* a code block, by its signs */
	bool prose;   /* prose may stand in it nevertheless */
	bool prompts; /* only prompted lines are commands */
	bool hash;    /* "# " is a prompt here */
	/* what there is in it */
	unsigned int strong_n, hash_n, comment_n;
	bool bare;
};

struct reader {
	struct text *t;
	GArray *lines;	       /* of struct line */
	GArray *blocks;	       /* of struct block; blocks[0] stands for all prose */
	GHashTable *functions; /* names the text gives a meaning to */
	size_t work;	       /* bytes looked at again for the lines they go on in */
};

#define READ_LINE(r, i) (&g_array_index((r)->lines, struct line, i))
#define READ_BLOCK(r, i) (&g_array_index((r)->blocks, struct block, i))

/* lines.c */
/* Cuts a text into lines, web pages too, and finds fences and <pre>. */
void lines_split(struct reader *r, const char *buf, size_t len);
/* blocks.c */
/* Makes blocks of the other lines, and finds out which blocks have prompts. */
void blocks_mark(struct reader *r);
/* prompt.c */
/* Moves *@s behind a prompt. */
enum prompt prompt_skip(const char **s);
/* Bytes of "- ", "1. ", "> " and the blanks before them. */
size_t list_marker(const char *s);
/* Without sudo, a comment at the end and blanks around it. To be freed. */
char *command_strip(const char *text, bool *ret_sudo);

/* read.c */
/* Takes a command that stands in line @at; NULL @prompt: it had none. */
struct text_command *read_add(struct reader *r, unsigned int at, const char *text,
			      const char *prompt);
/* spans.c */
/* Commands in `inline code`. */
void read_spans(struct reader *r, unsigned int at, const char *s);
/* Drops inline code that only names a command of the block beside it. */
void text_drop_mentions(struct text *t);
/* shells.c */
/* What a line does to the shell it is typed into. */
enum text_shell shell_effect(const char *text);
/* Lines typed into the shell of a namespace get its name in front. */
void text_enter_shells(struct text *t);
/* fill.c: <name> becomes name where name is a real one, else the line is a placeholder */
void text_fill_in(struct text *t);

#endif
