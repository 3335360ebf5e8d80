/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shell.h - a prompt in a simulated world
 */
#ifndef TOOLS_SHELL_SHELL_H
#define TOOLS_SHELL_SHELL_H

#include <glib.h>

#include "../cli/machine.h"
#include "../cli/scene.h"

/* A line that was typed. */
struct typed {
	char *text;
	int reader;   /* pid of the program that read it */
	bool command; /* it begins one: at the shell's first prompt */
	bool end;     /* ^D: no text */
};

struct shell {
	struct scene scene; /* what ran first; text "" without one */
	struct machine *m;
	int pid;
	GPtrArray *typed; /* struct typed: the whole session, to be done again */
	GString *tail;	  /* printed without a newline: the prompt */
	bool muted;	  /* the session is being done again */
	bool plain;	  /* -c: no prompts */
	bool tutor;
	unsigned int noted; /* lines typed when the last note was given */
	bool colour;
	bool over;
	int status; /* when it is over */
};

/* session.c */
void shell_begin(struct shell *s);
void shell_end(struct shell *s);
void shell_catch_interrupt(void);
/* Runs until somebody must type; false: the shell is over. */
bool shell_run(struct shell *s);
/* A line is typed (NULL: ^D). */
void shell_type(struct shell *s, const char *line);
/* Does the session again without its last @n commands. The first one undone, g_free() it; NULL: none. */
char *shell_back(struct shell *s, unsigned int n);
unsigned int shell_commands(const struct shell *s);
/* Is the shell itself asking for a command? */
bool shell_asks(const struct shell *s);

/* save.c: the session as a script, g_free() it */
char *shell_script(const struct shell *s);
/* The same in one shell, as far as it can be told: "ip netns exec red CMD" for what was typed in red's. */
char *shell_flat_script(const struct shell *s);

/* dot.c: ".help" and the like; false: it is none of them */
bool shell_dot(struct shell *s, const char *line);
char **shell_complete(void *arg, const char *line);
/* tutor.c: what to say after a command */
void shell_note(struct shell *s);

#endif
