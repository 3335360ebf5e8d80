/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parser.h - inside of the parser: shared by lex.c, lex_word.c, lex_param.c, parse.c and parse_cmd.c
 */
#ifndef TOOLS_SH_PARSER_H
#define TOOLS_SH_PARSER_H

#include "parse.h"

#include <stdint.h>

enum sh_tok {
	TOK_EOF,
	TOK_NEWLINE,
	TOK_WORD,
	TOK_IO_NUMBER,
	TOK_SEMI,      /* ; */
	TOK_AMP,       /* & */
	TOK_AND,       /* && */
	TOK_OR,	       /* || */
	TOK_PIPE,      /* | */
	TOK_PIPE_AMP,  /* |& */
	TOK_DSEMI,     /* ;; */
	TOK_SEMI_AMP,  /* ;& */
	TOK_DSEMI_AMP, /* ;;& */
	TOK_LPAREN,
	TOK_RPAREN,
	TOK_LESS,      /* < */
	TOK_GREAT,     /* > */
	TOK_DLESS,     /* << */
	TOK_DLESSDASH, /* <<- */
	TOK_TLESS,     /* <<< */
	TOK_DGREAT,    /* >> */
	TOK_LESSAND,   /* <& */
	TOK_GREATAND,  /* >& */
	TOK_LESSGREAT, /* <> */
	TOK_CLOBBER,   /* >| */
	TOK_AMPGREAT,  /* &> */
	TOK_AMPDGREAT, /* &>> */
};

struct sh_token {
	enum sh_tok type;
	struct sh_word *word; /* WORD */
	int number;	      /* IO_NUMBER */
	unsigned int line;
	size_t start;
};

#define SH_ALIAS_DEPTH 16 /* aliases inside each other */

struct sh_parser {
	/* input */
	const char *text;
	char *own; /* what the reader gave so far */
	size_t len;
	size_t cap;
	bool eof;
	sh_read_fn read;
	void *read_arg;
	size_t pos;
	size_t line_start;
	unsigned int line;
	/* the token looked at */
	struct sh_token tok;
	bool have_tok;
	bool dash;     /* dash's grammar and its words for mistakes */
	bool array_ok; /* name=( starts an array here */
	bool extglob;  /* shopt: @(a|b) belongs to a word */
	bool pattern;  /* and in the word at hand it does in any case */
	size_t tok_end;
	struct sh_redir *pending; /* here-documents to read after this line */
	struct sh_redir **pending_tail;
	struct sh_pool *pool;
	struct sh_tree *tree; /* being read: whoever reads it may be killed */
	unsigned int depth;
	uintptr_t stack; /* an address of the first frame: recursion is bounded in bytes too */
	/* aliases */
	const char *(*alias)(void *arg, const char *name); /* NULL: none */
	void *alias_arg;
	struct {
		char name[64];
		size_t end; /* of what it has put here */
	} aliases[SH_ALIAS_DEPTH];
	size_t naliases;
	bool alias_next;
	/* error */
	bool failed;
	struct sh_pool error_pool;
	unsigned int error_line;
	const char *error;
	const char *error_text;
	bool not_modelled;
	bool keeps_status;
	const char *here_word;
	unsigned int here_line;
	unsigned int here_end;
};

/* How a run of characters ends, and what is special in it. */
enum sh_mode {
	MODE_WORD,	 /* an unquoted word: ends at a blank or operator */
	MODE_DQUOTE,	 /* "...": ends at " */
	MODE_BRACE,	 /* ${x-...}: ends at } */
	MODE_BRACE_DQ,	 /* the same inside "..." */
	MODE_PATTERN,	 /* ${x/...: ends at / or } */
	MODE_OFFSET,	 /* ${x:...: ends at : or } */
	MODE_INDEX,	 /* ${x[...: ends at ] */
	MODE_ARITH,	 /* $((...)): ends at )) */
	MODE_ARITH_SEMI, /* for ((...;: ends at ; or )) */
	MODE_HERE,	 /* a here-document's body: ends with the text */
	MODE_REGEX,	 /* right side of =~: ( ) | are ordinary */
};

/* lex.c */
int sh_cur(struct sh_parser *p);
int sh_peek(struct sh_parser *p, size_t ahead);
void sh_adv(struct sh_parser *p);
void sh_skip_continuation(struct sh_parser *p);
bool sh_process_starts(struct sh_parser *p);
bool sh_enter(struct sh_parser *p);
void sh_leave(struct sh_parser *p);
struct sh_token *sh_token(struct sh_parser *p);
void sh_next_token(struct sh_parser *p);
bool sh_is_reserved(struct sh_parser *p, const char *word);
__attribute__((format(printf, 3, 4))) void sh_fail(struct sh_parser *p, unsigned int line,
						   const char *fmt, ...);
void sh_unexpected(struct sh_parser *p);
void sh_expected(struct sh_parser *p, const char *want);
void sh_fail_eof(struct sh_parser *p, unsigned int line, char want);
char *sh_raw(struct sh_parser *p, size_t start, size_t end);

/* lex_word.c */
struct sh_word *sh_read_word(struct sh_parser *p, enum sh_mode mode);
void sh_read_parts(struct sh_parser *p, struct sh_part ***tail, enum sh_mode mode, bool quoted);
struct sh_part *sh_add_part(struct sh_parser *p, struct sh_part ***tail, enum sh_part_type type,
			    bool quoted);
struct sh_word *sh_parse_here_body(struct sh_parser *p, const char *text, size_t len);

/* lex_param.c */
void sh_read_dollar(struct sh_parser *p, struct sh_part ***tail, enum sh_mode mode, bool quoted);
void sh_read_process(struct sh_parser *p, struct sh_part ***tail);
void sh_read_backquote(struct sh_parser *p, struct sh_part ***tail, bool quoted, bool in_dquote);
bool sh_name_start(int c);
bool sh_name_char(int c);

/* parse.c */
struct sh_node *sh_node_new(struct sh_parser *p, enum sh_node_type type);
struct sh_node *sh_parse_list(struct sh_parser *p, bool newlines);
struct sh_node *sh_parse_body(struct sh_parser *p, const char *end, const char *want);
bool sh_list_ends(struct sh_parser *p);
void sh_skip_newlines(struct sh_parser *p);
bool sh_parse_redir(struct sh_parser *p, struct sh_redir ***tail);

/* dash_parse.c */
bool sh_dash_reserved(const char *word);
bool sh_dash_special(const char *name);
const char *sh_dash_token(const struct sh_token *t);
const char *sh_dash_eof(char want);
bool sh_dash_misplaced(struct sh_parser *p);
void sh_dash_backquote(struct sh_parser *p, struct sh_part *part);

/* alias.c */
void sh_expand_alias(struct sh_parser *p);

/* parse_cmd.c */
struct sh_node *sh_parse_command(struct sh_parser *p);

/* parse_cond.c */
struct sh_node *sh_parse_cond(struct sh_parser *p);

#endif
