/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * script.h - a script as a list of statements that can be run, changed and run again
 */
#ifndef TOOLS_TEXTS_SCRIPT_H
#define TOOLS_TEXTS_SCRIPT_H

#include "texts.h"

struct stmt {
	unsigned int id;   /* stays with it when others come and go */
	unsigned int line; /* where it is written; 0: put in by a repair */
	char *lead;	   /* lines before it in the file: comments; may be NULL */
	char *text;
	char *note;   /* "#@ expect rc=2": comment for machines, or NULL */
	char *near;   /* what the author says around it, or NULL */
	int expect;   /* status it is declared to have; -1: none */
	bool deleted; /* by a repair: kept for its place */
};

struct script {
	GPtrArray *stmts;
	char *from;
	bool typed; /* out of a tutorial: somebody types it, and waits a second before a ping */
	unsigned int next_id;
};

/* What a statement did. */
struct outcome {
	bool ran;
	int status;
	GString *out; /* standard output and error, as they came */
	GString *err; /* standard error alone */
};

/* What a run did; outcomes[i] belongs to stmts[i]. */
struct replay {
	GPtrArray *outcomes;
	int status;
	uint64_t work; /* what it cost: ng_world_work() */
	bool stopped;  /* deadlock, storm, endless: the last statement that ran is to blame */
};

/* Runs a script on a new machine. */
struct script_runner {
	void *arg;
	struct replay *(*run)(void *arg, const struct script *s);
};

struct script *script_from_text(const struct text *t, const char *from);
struct script *script_from_shell(const char *buf, size_t len, const char *from);
struct script *script_copy(const struct script *s);
void script_free(struct script *s);
struct stmt *script_find(const struct script *s, unsigned int id, unsigned int *ret_index);
struct stmt *script_insert(struct script *s, unsigned int index, const char *text);
/* The text to run; lines[i] is the line on which stmts[i] begins (0: it does not). */
char *script_render(const struct script *s, GArray *lines);
/* The text to keep: comments, line numbers and declarations with it. */
char *script_write(const struct script *s);

struct replay *replay_new(const struct script *s);
void replay_free(struct replay *r);
const struct outcome *replay_at(const struct replay *r, unsigned int index);

/* Words of one simple command, quotes taken off; ended by NULL. g_strfreev() them. */
char **stmt_words(const char *text);
/* The namespace a command runs in: NULL for the machine's own. */
const char *words_namespace(char **words);
/* The text with @old replaced by @word wherever it is a whole word. To be freed. */
char *text_replace_word(const char *text, const char *old, const char *word);
bool text_has_word(const char *text, const char *word);
/* Is it about the network? */
bool stmt_is_net(const char *text);

#endif
