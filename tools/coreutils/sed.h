/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sed.h - a sed script, between its parser (sed.c) and its interpreter (sed_run.c)
 */
#ifndef TOOLS_COREUTILS_SED_H
#define TOOLS_COREUTILS_SED_H

#include "util.h"

#include <regex.h>

enum sed_addr_type {
	SED_ADDR_NONE,
	SED_ADDR_LINE,
	SED_ADDR_LAST,
	SED_ADDR_REGEX,
	SED_ADDR_PLUS,
	SED_ADDR_STEP
};

struct sed_regex {
	regex_t re;
	bool empty;		/* // is the last one used */
	struct sed_regex *next; /* all of them, to be freed */
};

struct sed_addr {
	enum sed_addr_type type;
	uint64_t n, step;
	struct sed_regex *re;
};

struct sed_cmd {
	struct sed_addr a, b;
	bool negate;
	bool active; /* inside a range */
	uint64_t until;
	char name;
	/* s */
	struct sed_regex *re;
	char *with;
	bool global, print;
	uint64_t nth;
	/* y */
	unsigned char *map;
	/* a i c */
	char *text;
	int status;		   /* q Q */
	struct sed_cmd *block_end; /* { */
	struct sed_cmd *next;
};

struct sed {
	struct ng_task *task;
	struct ng_out *out;
	struct sed_cmd *first;
	struct sed_regex *all;
	struct sed_regex *last;
	bool quiet, extended;
	/* input */
	int nfiles;
	char **files;
	int at;
	bool open;
	struct cu_in in;
	struct cu_line ahead;
	bool have_ahead;
	char *ahead_text;
	int status;
	/* the line at hand */
	char *space;
	size_t len, cap;
	bool newline;
	char *hold;
	uint64_t line;
	char *append; /* after the line */
};

int sed_run(struct sed *s);

#endif
