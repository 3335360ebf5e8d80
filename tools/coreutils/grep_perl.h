/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grep_perl.h - grep -P
 */
#ifndef TOOLS_COREUTILS_GREP_PERL_H
#define TOOLS_COREUTILS_GREP_PERL_H

#include <netglass/types.h>
#include <regex.h>

struct grep_perl;
struct ng_task;

struct grep_perl *grep_perl_compile(struct ng_task *task, const char *text, bool icase,
				    const char *before, const char *after);
bool grep_perl_match(const struct grep_perl *gp, const char *line, size_t len, size_t from,
		     regmatch_t *m);

#endif
