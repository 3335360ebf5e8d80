/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * find.h - between find.c and find_parse.c
 */
#ifndef TOOLS_COREUTILS_FIND_H
#define TOOLS_COREUTILS_FIND_H

#include "util.h"

enum find_type {
	FIND_AND,
	FIND_OR,
	FIND_NOT,
	FIND_TRUE,
	FIND_FALSE,
	FIND_NAME, /* text; fold: case does not count */
	FIND_PATH, /* the same */
	FIND_TYPE, /* text: letters */
	FIND_EMPTY,
	FIND_NEWER, /* n: ns */
	FIND_PRINT, /* text: behind the path */
	FIND_PRINTF,
	FIND_EXEC,
	FIND_DELETE,
	FIND_PRUNE,
	FIND_QUIT,
};

struct find_expr {
	enum find_type type;
	struct find_expr *a, *b;
	const char *text;
	bool fold;
	int64_t n;
	/* FIND_EXEC: the words up to ; or {} + */
	char **argv;
	int argc;
	bool many;    /* + */
	char **paths; /* gathered for it */
	size_t npaths;
};

struct find {
	struct ng_task *task;
	struct ng_out *out;
	char **argv; /* the cursor */
	int argc;
	struct find_expr *expr;
	bool action, depth_first, follow, quit, pruned, deep_said;
	int64_t min_depth, max_depth;
	int nesting, terms; /* of the expression */
	int status;
	/* what is looked at */
	const char *path;
	const char *start;
	int level;
	struct ng_stat st;
};

/* find_parse.c: the expression under the cursor; ends the program when it is wrong */
struct find_expr *find_parse(struct find *f);

#endif
