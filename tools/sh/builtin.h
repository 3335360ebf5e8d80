/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * builtin.h - the builtins: one function each, and what they share
 */
#ifndef TOOLS_SH_BUILTIN_H
#define TOOLS_SH_BUILTIN_H

#include "sh.h"

#define SH_STATUS_USAGE 2

/* "sh: line 1: NAME: WHAT" */
__attribute__((format(printf, 3, 4))) int sh_builtin_error(struct sh *sh, const char *name,
							   const char *fmt, ...);
/* "NAME: usage: TEXT", without a prefix. Returns SH_STATUS_USAGE. */
int sh_usage(struct sh *sh, const char *name);

/* Options of builtins: letters, ':' behind one that takes an argument. */
struct sh_opts {
	int at; /* the word looked at; the first operand at the end */
	int pos;
	const char *arg;
};

/* The next letter, 0 at the end, '?' after an error that was said. */
int sh_option(struct sh *sh, struct sh_opts *o, int argc, char **argv, const char *letters);

/* flow.c */
int sh_bi_break(struct sh *sh, int argc, char **argv);
int sh_bi_eval(struct sh *sh, int argc, char **argv);
int sh_bi_exec(struct sh *sh, int argc, char **argv);
int sh_bi_exit(struct sh *sh, int argc, char **argv);
int sh_bi_return(struct sh *sh, int argc, char **argv);
int sh_bi_source(struct sh *sh, int argc, char **argv);
/* cd.c */
int sh_bi_cd(struct sh *sh, int argc, char **argv);
int sh_bi_pwd(struct sh *sh, int argc, char **argv);
/* dirs.c */
int sh_bi_dirs(struct sh *sh, int argc, char **argv);
int sh_bi_popd(struct sh *sh, int argc, char **argv);
int sh_bi_pushd(struct sh *sh, int argc, char **argv);
/* calls.c */
int sh_bi_caller(struct sh *sh, int argc, char **argv);
/* trap.c */
int sh_bi_trap(struct sh *sh, int argc, char **argv);
void sh_trap_set(struct sh *sh, int sig, const char *action);
int sh_signal_number(const char *name);
const char *sh_signal_name(int sig);
int sh_list_signals(struct sh *sh, int argc, char **argv);
/* jobs.c */
int sh_bi_disown(struct sh *sh, int argc, char **argv);
int sh_bi_jobs(struct sh *sh, int argc, char **argv);
int sh_bi_kill(struct sh *sh, int argc, char **argv);
bool sh_wait_job(struct sh *sh, struct sh_job *job, int *ret_status);
int sh_bi_wait(struct sh *sh, int argc, char **argv);
/* setvar.c */
int sh_bi_declare(struct sh *sh, int argc, char **argv);
int sh_bi_export(struct sh *sh, int argc, char **argv);
int sh_bi_local(struct sh *sh, int argc, char **argv);
int sh_bi_unset(struct sh *sh, int argc, char **argv);
/* set.c */
int sh_bi_getopts(struct sh *sh, int argc, char **argv);
int sh_bi_set(struct sh *sh, int argc, char **argv);
int sh_bi_shift(struct sh *sh, int argc, char **argv);
bool sh_set_letter(struct sh *sh, char letter, bool on);
int sh_set_named(struct sh *sh, const char *name, bool on);
/* read.c */
int sh_bi_mapfile(struct sh *sh, int argc, char **argv);
int sh_bi_read(struct sh *sh, int argc, char **argv);
/* misc.c */
int sh_bi_command(struct sh *sh, int argc, char **argv);
int sh_bi_echo(struct sh *sh, int argc, char **argv);
int sh_bi_let(struct sh *sh, int argc, char **argv);
int sh_bi_printf(struct sh *sh, int argc, char **argv);
int sh_bi_test(struct sh *sh, int argc, char **argv);
int sh_bi_times(struct sh *sh, int argc, char **argv);
int sh_bi_type(struct sh *sh, int argc, char **argv);
int sh_bi_alias(struct sh *sh, int argc, char **argv);
int sh_bi_shopt(struct sh *sh, int argc, char **argv);
int sh_bi_unalias(struct sh *sh, int argc, char **argv);
int sh_bi_umask(struct sh *sh, int argc, char **argv);

#endif
