/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ast.h - what the parser makes and the interpreter runs
 *
 * Nodes point to nothing outside the pool of their tree.
 */
#ifndef TOOLS_SH_AST_H
#define TOOLS_SH_AST_H

#include <stdbool.h>
#include <stddef.h>

struct sh_word;
struct sh_node;

enum sh_part_type {
	SH_PART_TEXT,	 /* text as it stands */
	SH_PART_TILDE,	 /* ~ or ~name at the start of a word: text is the name */
	SH_PART_PARAM,	 /* $x ${x...} */
	SH_PART_CMD,	 /* $(...): node */
	SH_PART_BQUOTE,	 /* `...`: text, parsed when it runs, as bash does */
	SH_PART_ARITH,	 /* $((...)): arg */
	SH_PART_PROCESS, /* <(...) and >(...): node */
	SH_PART_BAD,	 /* ${...} that nobody understands: text is all of it */
};

enum sh_param_op {
	SH_OP_NONE,
	SH_OP_LENGTH,	    /* ${#x} */
	SH_OP_MINUS,	    /* ${x-w} ${x:-w} */
	SH_OP_ASSIGN,	    /* = := */
	SH_OP_ERROR,	    /* ? :? */
	SH_OP_PLUS,	    /* + :+ */
	SH_OP_PREFIX,	    /* # */
	SH_OP_PREFIX_LONG,  /* ## */
	SH_OP_SUFFIX,	    /* % */
	SH_OP_SUFFIX_LONG,  /* %% */
	SH_OP_SUBSTRING,    /* ${x:a:b} */
	SH_OP_REPLACE,	    /* ${x/a/b} */
	SH_OP_REPLACE_ALL,  /* // */
	SH_OP_REPLACE_HEAD, /* /# */
	SH_OP_REPLACE_TAIL, /* /% */
	SH_OP_UPPER,	    /* ^ */
	SH_OP_UPPER_ALL,    /* ^^ */
	SH_OP_LOWER,	    /* , */
	SH_OP_LOWER_ALL,    /* ,, */
	SH_OP_QUOTE,	    /* @Q */
	SH_OP_AT_UPPER,	    /* @U */
	SH_OP_AT_UPPER_1,   /* @u */
	SH_OP_AT_LOWER,	    /* @L */
	SH_OP_KEYS,	    /* ${!a[@]} */
	SH_OP_NAMES,	    /* ${!prefix*} */
};

struct sh_part {
	enum sh_part_type type;
	bool quoted;   /* no splitting, no globbing */
	bool colon;    /* the op treats empty as unset; a ~ stands behind = or : */
	bool indirect; /* ${!x} */
	bool output;   /* >(...) */
	enum sh_param_op op;
	const char *text; /* TEXT; name of PARAM */
	size_t len;
	struct sh_word *index; /* ${x[index]} */
	struct sh_word *arg;
	struct sh_word *arg2;
	struct sh_node *node;
	struct sh_part *next;
};

struct sh_word {
	struct sh_part *parts;
	struct sh_word *next;
	struct sh_word *elems; /* name=(elems) */
	const char *text;      /* as written */
	unsigned int line;
	bool plain;  /* one unquoted text: may be a reserved word */
	bool brace;  /* has an unquoted { */
	bool array;  /* name=(...) */
	bool assign; /* looks like name=... */
};

enum sh_redir_op {
	SH_REDIR_IN,	      /* < */
	SH_REDIR_OUT,	      /* > */
	SH_REDIR_CLOBBER,     /* >| */
	SH_REDIR_APPEND,      /* >> */
	SH_REDIR_RDWR,	      /* <> */
	SH_REDIR_DUP_IN,      /* <& */
	SH_REDIR_DUP_OUT,     /* >& */
	SH_REDIR_BOTH,	      /* &> */
	SH_REDIR_BOTH_APPEND, /* &>> */
	SH_REDIR_HERE,	      /* << and <<-: body */
	SH_REDIR_STRING,      /* <<< */
};

struct sh_redir {
	enum sh_redir_op op;
	int fd; /* -1: the operator's own */
	unsigned int line;
	bool strip;		/* <<- */
	bool quoted;		/* here-document taken as it stands */
	struct sh_word *target; /* file, descriptor, delimiter */
	struct sh_word *body;	/* here-document */
	struct sh_redir *next;
	struct sh_redir *next_pending; /* parser: body still to be read */
};

enum sh_node_type {
	SH_SIMPLE,   /* assigns, words */
	SH_PIPE,     /* a: the commands, by next */
	SH_ANDOR,    /* a: the pipelines, by next; op of each joins it to the one before */
	SH_LIST,     /* a: by next; background */
	SH_SUBSHELL, /* a */
	SH_GROUP,    /* a */
	SH_IF,	     /* a then b else c */
	SH_FOR,	     /* name words a */
	SH_SELECT,   /* name words a */
	SH_ARITHFOR, /* words: three expressions; a */
	SH_WHILE,    /* a b */
	SH_UNTIL,    /* a b */
	SH_CASE,     /* words: subject; items */
	SH_FUNC,     /* name a */
	SH_COND,     /* [[ ]]: cond */
	SH_ARITH,    /* (( )): words: the expression */
};

enum sh_join { SH_JOIN_NONE, SH_JOIN_AND, SH_JOIN_OR };

enum sh_cond_type {
	SH_COND_AND,
	SH_COND_OR,
	SH_COND_NOT,
	SH_COND_PAREN,
	SH_COND_UNARY,
	SH_COND_BINARY
};

struct sh_cond {
	enum sh_cond_type type;
	const char *op;
	struct sh_cond *a, *b;
	struct sh_word *left, *right;
};

enum sh_case_end { SH_CASE_BREAK, SH_CASE_FALL, SH_CASE_NEXT };

struct sh_case {
	struct sh_word *patterns;
	struct sh_node *body; /* NULL: nothing */
	enum sh_case_end end;
	struct sh_case *next;
};

struct sh_node {
	enum sh_node_type type;
	enum sh_join join;
	bool background;
	bool bang;	 /* PIPE */
	bool timed;	 /* PIPE: time */
	bool time_posix; /* PIPE: time -p */
	bool pipe_err;	 /* |& after this command */
	bool has_in;	 /* FOR */
	unsigned int line;
	const char *name;
	struct sh_node *next;
	struct sh_node *a, *b, *c;
	struct sh_word *assigns;
	struct sh_word *words;
	struct sh_case *items;
	struct sh_cond *cond;
	struct sh_redir *redirs;
};

#endif
