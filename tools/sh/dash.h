/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dash.h - what differs when the shell was started as sh: on Debian that is dash
 */
#ifndef TOOLS_SH_DASH_H
#define TOOLS_SH_DASH_H

#include "sh.h"

/* dash.c: messages and how an error ends the shell */
__attribute__((format_arg(1))) const char *sh_dash_words(const char *fmt);
void sh_dash_raise(struct sh *sh);
int sh_dash_run(struct sh *sh, const struct sh_builtin *b, int argc, char **argv, bool special);
bool sh_dash_special(const char *name);
bool sh_dash_reserved(const char *word);
void sh_dash_open_error(struct sh *sh, const char *name, int err, bool create);
int sh_dash_exec_error(struct sh *sh, const char *name, int err);
char *sh_dash_quote(struct sh_pool *pool, const char *s);
bool sh_dash_number(struct sh *sh, const char *s, int64_t *ret);
void sh_dash_trace(struct sh *sh, const char *assigns, int argc, char **argv,
		   const struct sh_undo *undo);

/* dash_builtin.c */
const struct sh_builtin *sh_dash_builtin_find(const char *name);

/* dash_set.c */
void sh_dash_option_letters(const struct sh *sh, struct sh_buf *b);
bool sh_dash_set_letter(struct sh *sh, char letter, bool on);
int sh_dash_show_options(struct sh *sh, bool commands);
int sh_dash_set_named(struct sh *sh, const char *name, bool on);

/* dash_jobs.c */
int sh_dash_jobs(struct sh *sh, int argc, char **argv);
int sh_dash_kill(struct sh *sh, int argc, char **argv);
int sh_dash_wait(struct sh *sh, int argc, char **argv);
int sh_dash_fg(struct sh *sh, int argc, char **argv);
int sh_dash_trap(struct sh *sh, int argc, char **argv);

/* dash_test.c */
int sh_dash_test(struct sh *sh, int argc, char **argv);

#endif
