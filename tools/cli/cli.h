/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cli.h - the netglass command: verbs, and what they share
 */
#ifndef TOOLS_CLI_CLI_H
#define TOOLS_CLI_CLI_H

#include <glib.h>
#include <netglass/types.h>
#include <stdio.h>

enum cli_status {
	CLI_OK = 0,
	CLI_FAILED = 1,
	CLI_USAGE = 2,
	CLI_NOT_MODELLED = 3,
	CLI_CANNOT = 77,
};

struct cli_verb {
	const char *name;
	const char *args;		   /* for the help: "SCRIPT" */
	const char *summary;		   /* one line */
	int (*run)(int argc, char **argv); /* argv[0] is the verb; returns the exit status */
};

struct text;

extern const struct cli_verb cli_verbs[]; /* ended by name NULL */

/* "netglass: TEXT" on standard error */
G_GNUC_PRINTF(1, 2) void cli_error(const char *fmt, ...);
/* The exit status of the command, whose verb ended with @status and may not have printed all. */
int cli_end(int status);
/* Parses @entries out of argv; false: an error was said, the verb returns CLI_USAGE. */
bool cli_parse(const struct cli_verb *verb, const GOptionEntry *entries, int *argc, char ***argv);
/* The whole of a file of the machine ("-": standard input); NULL: said why. */
char *cli_read_file(const char *path, size_t *ret_len);
/* A file of commands; NULL: said why. */
FILE *cli_open(const char *path);
const struct cli_verb *cli_verb_find(const char *name);
/* A tutorial with at least one command in it; NULL: said why. text_free() it. */
struct text *cli_read_text(const char *path, const char *buf, size_t len);
/* To a file, or to standard output (NULL, "-"). CLI_OK or CLI_FAILED. */
int cli_write_file(const char *path, const char *text);

/* netglass.c: the usage */
void cli_help(void);

/* the verbs, one per file */
int cmd_explain(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_help(int argc, char **argv);
int cmd_limits(int argc, char **argv);
int cmd_lint(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_profile(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_shell(int argc, char **argv);
int cmd_step(int argc, char **argv);
int cmd_topo(int argc, char **argv);
int cmd_validate(int argc, char **argv);
int cmd_why(int argc, char **argv);

#endif
