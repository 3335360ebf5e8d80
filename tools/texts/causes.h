/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * causes.h - why commands fail: repairs that were tried, not rules that were looked up
 */
#ifndef TOOLS_TEXTS_CAUSES_H
#define TOOLS_TEXTS_CAUSES_H

#include "script.h"

enum edit_kind {
	EDIT_REPLACE, /* the text of statement @id */
	EDIT_INSERT,  /* a statement before @id */
	EDIT_MOVE,    /* statement @other to before @id */
	EDIT_DELETE,
	EDIT_EXPECT, /* declare status @status */
};

struct edit {
	enum edit_kind kind;
	unsigned int id;
	unsigned int other;
	int status;
	char *text;
};

struct repair {
	GPtrArray *edits;
	char *what; /* "line 142: veth -> veth-red" */
	char *why;  /* one sentence */
	bool weak;  /* good only if the command then succeeds */
};

struct cause {
	char name[8];	       /* "A" */
	struct repair *repair; /* NULL: not explained */
	char *why;
	bool meant;    /* the author says that it fails */
	bool hidden;   /* came to light only behind another cause */
	GArray *lines; /* of unsigned int: ids of the statements it is the first cause of */
};

struct causes {
	GPtrArray *list;      /* of struct cause * */
	GHashTable *by_id;    /* of each failing statement */
	struct script *fixed; /* with every repair */
	struct replay *first; /* what the script did as it is */
	unsigned int runs;
	uint64_t work; /* of all runs */
	bool out_of_budget;
};

struct causes *causes_find(const struct script *s, const struct script_runner *runner);
void causes_free(struct causes *c);
/* The cause of a statement of the script as it is; NULL: it does not fail. */
const struct cause *causes_of(const struct causes *c, unsigned int id);
/* Did this statement fail, as far as a reader cares? */
bool outcome_failed(const struct script *s, const struct stmt *st, const struct outcome *o);
/* Makes one repair in a script. */
void repair_apply(const struct repair *r, struct script *s);

/* repair.c: for those who think up repairs */
struct repair *repair_new(const char *why);
void repair_free(gpointer repair);
void repair_edit(struct repair *r, enum edit_kind kind, unsigned int id, const char *text);

/* The machine as it was before a statement. */
struct state_dev {
	char *ns; /* NULL: the machine's own namespace */
	char *name;
	bool up;
	bool bridge;
};

struct state {
	GPtrArray *namespaces; /* of char * */
	GPtrArray *devices;    /* of struct state_dev * */
};

/* What there is to go on. */
struct situation {
	const struct script *script;
	const struct replay *replay;
	unsigned int index; /* the statement that fails */
	const struct stmt *stmt;
	const struct outcome *outcome;
	char **words;
	const char *ns; /* where it runs; NULL: the machine's own */
	const struct state *state;
	GPtrArray *repairs; /* of struct repair *: the answer */
};

bool state_has_ns(const struct state *st, const char *name);
const struct state_dev *state_find(const struct state *st, const char *ns, const char *name,
				   bool any_ns);

/* The generators, one for each sort of mistake. */
void repairs_namespace(struct situation *at);
void repairs_device(struct situation *at);
void repairs_sibling(struct situation *at);
void repairs_address(struct situation *at);
void repairs_unreachable(struct situation *at);
void repairs_iptables(struct situation *at);
void repairs_words(struct situation *at);
void repairs_form(struct situation *at);
void repairs_order(struct situation *at);

#endif
