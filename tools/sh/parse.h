/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.h - text in, one complete command at a time out
 *
 * The interpreter, `netglass validate` and the transcript all cut a script
 * with this: where bash would stop reading and run, sh_parse_next() returns.
 *
 *	struct sh_parser *p = sh_parser_new();
 *	sh_parser_text(p, text, len);
 *	while (sh_parse_next(p, &cmd) == SH_PARSE_COMMAND) {
 *		... text + cmd.start, cmd.len, cmd.first_line, cmd.last_line ...
 *		sh_tree_put(cmd.tree);
 *	}
 *	sh_parser_free(p);
 */
#ifndef TOOLS_SH_PARSE_H
#define TOOLS_SH_PARSE_H

#include "ast.h"
#include "mem.h"

#include <sys/types.h>

struct sh_parser;

/* Limits: what is longer or deeper is refused with the file and line. */
#define SH_LINE_MAX (1024 * 1024)
#define SH_TEXT_MAX (16 * 1024 * 1024)
#define SH_NEST_MAX 200

enum sh_parse {
	SH_PARSE_COMMAND,
	SH_PARSE_END,
	SH_PARSE_ERROR,
};

struct sh_command {
	struct sh_tree *tree; /* the caller's reference */
	struct sh_node *node;
	size_t start; /* of the text in the input, without blank and comment lines before it */
	size_t len;
	unsigned int first_line;
	unsigned int last_line; /* with its here-documents */
};

/* Gives more input: up to @len bytes to @buf; 0 at the end. */
typedef ssize_t (*sh_read_fn)(void *arg, char *buf, size_t len);

struct sh_parser *sh_parser_new(void);
void sh_parser_free(struct sh_parser *p);
/* The input is this text (copied; NULs are skipped as bash does). */
void sh_parser_text(struct sh_parser *p, const char *text, size_t len);
/* The input comes from @read as it is needed. */
void sh_parser_reader(struct sh_parser *p, sh_read_fn read, void *arg);
/* Lines count from @line (1 at first). */
void sh_parser_set_line(struct sh_parser *p, unsigned int line);

/* From here on as dash reads. */
void sh_parser_dash(struct sh_parser *p);
/* Nothing follows the last command. */
bool sh_parser_at_end(struct sh_parser *p);
/* What a command's word stands for, or NULL. */
void sh_parser_extglob(struct sh_parser *p, bool on);
void sh_parser_aliases(struct sh_parser *p, const char *(*fn)(void *arg, const char *name),
		       void *arg);

enum sh_parse sh_parse_next(struct sh_parser *p, struct sh_command *ret);
/* After SH_PARSE_ERROR: bash's words, and the line to put before each of them. */
unsigned int sh_parser_error_line(const struct sh_parser *p);
const char *sh_parser_error(const struct sh_parser *p);
/* The words are a thing bash has and this shell has not. */
bool sh_parser_not_modelled(const struct sh_parser *p);
/* Mistakes inside [[ ]] leave $? alone, in bash. */
bool sh_parser_keeps_status(const struct sh_parser *p);
/* The line the error was met on, or NULL when bash does not print it. */
const char *sh_parser_error_text(const struct sh_parser *p);
/* A here-document ended by the end of the input: its line and delimiter; NULL: none since the last call. */
const char *sh_parser_heredoc_warning(struct sh_parser *p, unsigned int *ret_here,
				      unsigned int *ret_line);
/* Text of the input, for sh_command.start; valid until the next sh_parse_next(). */
const char *sh_parser_input(const struct sh_parser *p);

#endif
