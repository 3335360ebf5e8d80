/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * step.h - a debugger over what a simulated kernel did
 *
 * The trace of one whole run is kept; to step is to move in it. State is never
 * kept: tables at a step are asked of a world that is run there again.
 */
#ifndef TOOLS_STEP_STEP_H
#define TOOLS_STEP_STEP_H

#include <glib.h>
#include <stdio.h>

#include "../cli/scene.h"
#include "../trace/traceline.h"
#include "../trace/tracelog.h"

struct rulewords;
struct step_expr;

struct step_break {
	unsigned int number;
	char *text;
	struct step_expr *expr;
};

/* A complete command of the script and what it printed. */
struct step_command {
	unsigned int first, last; /* lines of the text that runs */
	uint64_t from;		  /* step after which it began */
	int status;		  /* -1: it has not ended */
	GString *out;
	GArray *chunks; /* struct step_chunk */
};

/* What was printed up to a step. */
struct step_chunk {
	uint64_t step;
	size_t len; /* of all output then */
};

struct step_run {
	struct tracelog *log;
	GPtrArray *commands; /* struct step_command */
	struct step_command *now;
	struct ng_world *world; /* while it runs */
	int status;
	bool cut; /* more happened than is kept */
};

struct step {
	struct scene *scene;
	struct step_run *run;
	struct rulewords *rules;
	struct trace_words words;
	size_t pos;  /* steps done: 0 before the first */
	size_t seen; /* line last shown */
	GPtrArray *breaks;
	unsigned int next_break;
	char *last; /* command an empty line repeats */
	FILE *out;  /* with --json: the memory below */
	bool json;
	char *said; /* what would have been printed since the last line of JSON */
	size_t said_len;
	unsigned int width;
	bool failed; /* a command was wrong */
	bool quit;
};

/* run.c */
struct step_run *step_run_new(const struct scene *scene);
void step_run_free(struct step_run *r);
/* The command under way after step @pos; NULL: none yet. */
const struct step_command *step_command_at(const struct step_run *r, size_t pos);

static inline size_t step_count(const struct step_run *r)
{
	return tracelog_length(r->log);
}

/* The step just done; NULL at 0. */
static inline const struct ng_trace_event *step_event(const struct step_run *r, size_t pos)
{
	return pos ? tracelog_at(r->log, pos - 1) : NULL;
}

/* expr.c: "drop || hook==PREROUTING && ns==host"; NULL: *ret_why says why, g_free() it */
struct step_expr *step_expr_new(const char *text, char **ret_why);
void step_expr_free(struct step_expr *e);
bool step_expr_holds(const struct step_expr *e, const struct ng_trace_event *ev);

/* field.c: a field of an event by its name, as text: to be freed; NULL: it has none of that name */
char *step_field(const struct ng_trace_event *ev, const char *name);

/* show.c */
void step_show(struct step *s, size_t pos);
/* With --json: what was said since becomes a line of kind "output". */
void step_flush(struct step *s);
void step_show_packet(struct step *s);
void step_show_steps(struct step *s);
void step_show_list(struct step *s);
void step_show_here(struct step *s);
/* The packet looked at: of the step, or the last one before it. NULL: none. */
const struct ng_trace_event *step_packet_event(const struct step *s);

/* look.c */
void step_info(struct step *s, const char *what, const char *ns);
void step_shell(struct step *s, const char *command);
void step_topo(struct step *s);
/* what.c */
void step_what_if(struct step *s, const char *command);
/* command.c: one line of input */
void step_do(struct step *s, const char *line);
/* Commands and names for Tab: lineedit_complete; @arg is the struct step. */
char **step_complete(void *arg, const char *line);

G_GNUC_PRINTF(2, 3) void step_say(struct step *s, const char *fmt, ...);
/* The same when the command was wrong. */
G_GNUC_PRINTF(2, 3) void step_error(struct step *s, const char *fmt, ...);

#endif
