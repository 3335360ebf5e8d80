/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.h - what is known about words: programs, their keywords, English
 */
#ifndef TOOLS_TEXTS_WORDS_H
#define TOOLS_TEXTS_WORDS_H

#include <netglass/types.h>

enum word_flags {
	WORD_NET = 1 << 0,     /* about the network */
	WORD_BARE = 1 << 1,    /* means something without arguments */
	WORD_FREE = 1 << 2,    /* takes any words, as echo does */
	WORD_OPTION = 1 << 3,  /* useless without an option */
	WORD_HOST = 1 << 4,    /* takes one host and options */
	WORD_SETTING = 1 << 5, /* takes a.b.c or an option */
};

struct known_word {
	const char *name;
	unsigned int flags;
	const char *subs; /* what may come first, blank-separated; NULL: anything */
};

/* What the vocabulary says of a program; NULL: nothing. */
const struct known_word *word_program(const char *name);
/* A program of the machine (modelled or not). */
bool word_is_program(const char *name);
bool word_is_builtin(const char *name);
/* A command that is an ordinary word as well: "find". */
bool word_is_verb(const char *name);
/* A word with which the shell begins a compound command. */
bool word_is_keyword(const char *name);
/* A keyword of ip, bridge and the like: no name somebody gave. */
bool word_is_reserved(const char *word);
/* 2: hardly ever an argument ("the"); 1: sometimes one ("from"); 0: no stop word */
int word_english(const char *word);
/* Is @word, of @len bytes, in a blank-separated list? */
bool word_in(const char *list, const char *word, size_t len);
/* Letters to change, put in, take out or swap to make one of the other. */
int word_distance(const char *a, const char *b);
/* The nearest of a list, no further than @max and nearer than half of the word; NULL: none. Free it. */
char *word_nearest(const char *list, const char *word, int max);
/* A program nearest to a word that is none; NULL: none. */
const char *word_nearest_program(const char *word);

/* judge.c: does a piece of text look like a command, not like prose? */
enum judge_where {
	JUDGE_PROSE,  /* a plain line among prose */
	JUDGE_CODE,   /* a line of a code block without prompts, or inline code */
	JUDGE_PROMPT, /* it had a prompt in front */
};

enum judge {
	JUDGE_NO,
	JUDGE_YES,
	JUDGE_MORE, /* it may be one, but goes on in the next line */
};

enum judge judge_command(const char *text, enum judge_where where);

#endif
