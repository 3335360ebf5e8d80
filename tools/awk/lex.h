/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lex.h - tokens of awk and the parser's state
 */
#ifndef TOOLS_AWK_LEX_H
#define TOOLS_AWK_LEX_H

#include <stdbool.h>
#include <stddef.h>

struct awk;
struct awk_node;
struct awk_func;
struct awk_str;

/* Single characters stand for themselves. */
enum awk_token {
	T_EOF = 256,
	T_NUMBER,
	T_STRING,
	T_NAME,
	T_FUNC_NAME, /* a name with "(" right after it */
	T_BUILTIN,
	T_AND,
	T_OR,
	T_LE,
	T_EQ,
	T_NE,
	T_GE,
	T_NOMATCH,
	T_APPEND,
	T_INC,
	T_DEC,
	T_ADD_ASSIGN,
	T_SUB_ASSIGN,
	T_MUL_ASSIGN,
	T_DIV_ASSIGN,
	T_MOD_ASSIGN,
	T_POW_ASSIGN,
	T_BEGIN,
	T_END,
	T_FUNCTION,
	T_IF,
	T_ELSE,
	T_WHILE,
	T_FOR,
	T_DO,
	T_IN,
	T_BREAK,
	T_CONTINUE,
	T_NEXT,
	T_NEXTFILE,
	T_EXIT,
	T_RETURN,
	T_DELETE,
	T_GETLINE,
	T_PRINT,
	T_PRINTF,
};

enum awk_builtin {
	B_ATAN2,
	B_CLOSE,
	B_COS,
	B_EXP,
	B_FFLUSH,
	B_GSUB,
	B_INDEX,
	B_INT,
	B_LENGTH,
	B_LOG,
	B_MATCH,
	B_MKTIME,
	B_RAND,
	B_SIN,
	B_SPLIT,
	B_SPRINTF,
	B_SQRT,
	B_SRAND,
	B_STRFTIME,
	B_SUB,
	B_SUBSTR,
	B_SYSTEM,
	B_SYSTIME,
	B_TOLOWER,
	B_TOUPPER,
};

struct awk_parser {
	struct awk *a;
	const char *text, *end, *pos;
	int line;
	/* the token at hand */
	int tok;
	const char *start; /* its text */
	double number;
	struct awk_str *string;
	const char *name;
	int builtin;
	/* around it */
	int braces, parens;
	int depth, loops;
	bool no_in, no_gt;
	bool in_begin_end;
	struct awk_func *func;
	struct awk_call *calls;
};

/* A call, looked at again when all functions are known. */
struct awk_call {
	struct awk_node *node;
	struct awk_func *caller;
	int line;
	struct awk_call *next;
};

void awk_lex(struct awk_parser *p);
/* The token at hand is "/" or "/=": reads the expression between the slashes; the next token follows. */
struct awk_node *awk_lex_regex(struct awk_parser *p);
/* "mawk: line N: TEXT", more words for what follows; ends the program with status 2 */
_Noreturn void awk_syntax_error(struct awk_parser *p);
_Noreturn void awk_compile_error(struct awk_parser *p, const char *text);
/* Escapes of a string between quotes: its length in @to, which has room for @n. */
size_t awk_unescape(char *to, const char *from, size_t n);

struct awk_node *awk_node_new(struct awk_parser *p, int op);
struct awk_node *awk_node_binary(struct awk_parser *p, int op, struct awk_node *l,
				 struct awk_node *r);
struct awk_node *awk_parse_postfix(struct awk_parser *p, bool assign);
struct awk_node *awk_parse_getline(struct awk_parser *p, struct awk_node *command);
struct awk_node *awk_parse_expr(struct awk_parser *p);
struct awk_node *awk_parse_list(struct awk_parser *p);
struct awk_node *awk_parse_lvalue(struct awk_parser *p);
struct awk_node *awk_parse_symbol(struct awk_parser *p, const char *name, bool array);
struct awk_func *awk_find_func(struct awk_parser *p, const char *name, bool create);
void awk_skip_newlines(struct awk_parser *p);
void awk_expect(struct awk_parser *p, int tok);
void awk_enter(struct awk_parser *p);

#endif
