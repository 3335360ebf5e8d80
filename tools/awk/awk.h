/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * awk.h - what the parts of awk share
 *
 * Text becomes tokens (lex.c), tokens a tree (parse.c, expr.c), the tree is walked (exec.c, eval.c).
 */
#ifndef TOOLS_AWK_AWK_H
#define TOOLS_AWK_AWK_H

#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <regex.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/prog.h"
#include "../lib/program.h"
#include "lex.h"

#define AWK_FIELD_MAX 32767
#define AWK_STRING_MAX (64 * 1024 * 1024)
#define AWK_STACK_MAX (144 * 1024) /* of a program's 256 KiB */
#define AWK_NEST_MAX 200	   /* depth of a program's text */
#define AWK_PARAM_MAX 64
#define AWK_REGEX_CACHE 32

/* A string: counted, never changed once it is shared. */
struct awk_str {
	uint32_t refs;
	uint32_t len;
	char s[];
};

enum awk_type {
	AWK_NOINIT,
	AWK_NUM,
	AWK_STR,
	AWK_FIELD, /* text from outside: a number when it looks like one */
};

struct awk_val {
	enum awk_type type;
	double d;
	struct awk_str *s; /* AWK_STR, AWK_FIELD */
};

/* An array's element; see array.c for the two lists. */
struct awk_elem {
	struct awk_str *key; /* NULL: only its number is known */
	uint32_t hash;
	int ival;
	bool has_ival;
	struct awk_elem *snext, *inext;
	struct awk_val v;
};

struct awk_bucket {
	struct awk_elem *s, *i;
};

struct awk_array {
	struct awk_bucket *table;
	uint32_t mask;
	uint32_t size, limit;
	bool by_string, by_int;
	struct awk_elem **split; /* still as split() made it: size elements */
};

struct awk_regex {
	regex_t re;
	bool compiled;
	char *text; /* as awk has it */
	size_t len;
	char *translated; /* while it is compiled */
};

enum awk_op {
	AWK_CONST, /* val */
	AWK_REGEX,
	AWK_VAR,   /* n */
	AWK_LOCAL, /* n */
	AWK_INDEX, /* array b, subscripts a */
	AWK_DOLLAR,
	AWK_GROUP, /* list a */
	AWK_ASSIGN,
	AWK_OPASSIGN, /* sub: a binary operator */
	AWK_COND,
	AWK_AND,
	AWK_OR,
	AWK_NOT,
	AWK_NEG,
	AWK_UPLUS,
	AWK_ADD,
	AWK_SUB,
	AWK_MUL,
	AWK_DIV,
	AWK_MOD,
	AWK_POW,
	AWK_CONCAT,
	AWK_LT,
	AWK_LE,
	AWK_EQ,
	AWK_NE,
	AWK_GE,
	AWK_GT,
	AWK_MATCH,
	AWK_NOMATCH,
	AWK_IN, /* subscripts a, array b */
	AWK_PREINC,
	AWK_PREDEC,
	AWK_POSTINC,
	AWK_POSTDEC,
	AWK_CALL,    /* fn, arguments a */
	AWK_BUILTIN, /* sub: enum awk_builtin, arguments a */
	AWK_GETLINE, /* sub: 0, '<', '|'; lvalue a, source b */
	/* statements */
	AWK_EXPR,
	AWK_PRINT, /* list a, sub: 0 '>' 'A' '|', target b */
	AWK_PRINTF,
	AWK_IF,
	AWK_WHILE,
	AWK_DO,
	AWK_FOR,
	AWK_FORIN, /* lvalue a, array b, body c */
	AWK_BLOCK, /* list a */
	AWK_NEXT,
	AWK_NEXTFILE,
	AWK_EXIT,
	AWK_RETURN,
	AWK_BREAK,
	AWK_CONTINUE,
	AWK_DELETE, /* array b, subscripts a or NULL: all */
};

struct awk_node {
	enum awk_op op;
	int sub, n;
	struct awk_node *a, *b, *c, *d;
	struct awk_node *next; /* in a list */
	struct awk_val val;
	struct awk_regex *re;
	struct awk_func *fn;
};

struct awk_sym {
	const char *name;
	bool array, scalar;
};

struct awk_func {
	const char *name;
	bool defined;
	struct awk_sym params[AWK_PARAM_MAX];
	int nparams;
	struct awk_node *body;
	struct awk_func *next;
};

struct awk_rule {
	struct awk_node *from, *to, *body; /* any may be NULL */
	bool inside;
	struct awk_rule *next;
};

/* A variable, or a parameter in a call. */
struct awk_slot {
	struct awk_val v;
	struct awk_array *arr;
	bool borrowed; /* arr is the caller's */
};

/* Variables with a place of their own, in this order. */
enum awk_special {
	AWK_V_NF,
	AWK_V_NR,
	AWK_V_FNR,
	AWK_V_FS,
	AWK_V_OFS,
	AWK_V_RS,
	AWK_V_ORS,
	AWK_V_FILENAME,
	AWK_V_SUBSEP,
	AWK_V_RSTART,
	AWK_V_RLENGTH,
	AWK_V_CONVFMT,
	AWK_V_OFMT,
	AWK_V_ENVIRON,
	AWK_V_ARGC,
	AWK_V_ARGV,
	AWK_V_MAX,
};

/* An input read by records. */
struct awk_input {
	int fd;
	char *buf;
	size_t start, end, cap;
	bool eof;
};

/* A file or a command that is open, by its name. */
struct awk_stream {
	char *name;
	int kind; /* '>' a file written, '|' a command written, '<' a file read, 'r' a command read */
	int pid;
	struct awk_input in;
	bool std; /* standard output */
	char *obuf;
	size_t olen;
	struct awk_stream *next;
};

struct awk {
	struct ng_task *task;
	const char *name; /* "awk" in messages */
	struct ng_out *out;
	/* the program */
	struct awk_rule *begin, *main, *end;
	struct awk_func *funcs;
	struct awk_sym *syms;
	int nsyms, syms_cap;
	/* running */
	struct awk_slot *globals;
	struct awk_slot *frame;
	struct awk_val retval;
	jmp_buf jump; /* next, exit */
	bool in_end;
	int status;
	const char *stack_base;
	/* the record */
	struct awk_str *record;
	bool record_stale, split_done;
	struct awk_val *fields; /* 1 .. nf */
	int nf, fields_cap;
	/* inputs and outputs */
	struct awk_input in;
	bool in_open, in_over;
	int argi;
	struct awk_stream *streams;
	struct awk_stream *print_to; /* of the printf that is under way; NULL: standard output */
	struct awk_regex *cache[AWK_REGEX_CACHE];
	int cache_next;
	/* rand() */
	struct random_data *rand;
	char *rand_state;
	struct awk_val seed;
};

/* what a statement asks of what is around it */
enum awk_flow { AWK_GO, AWK_FLOW_BREAK, AWK_FLOW_CONTINUE, AWK_FLOW_RETURN };
/* what comes through awk.jump */
enum { AWK_JUMP_NEXT = 1, AWK_JUMP_NEXTFILE, AWK_JUMP_EXIT };

/* value.c */
struct awk_str *awk_str_new(struct awk *a, const char *s, size_t len);
struct awk_str *awk_str_room(struct awk *a, size_t len);
void awk_str_put(struct awk *a, struct awk_str *s);
struct awk_val awk_val_num(double d);
struct awk_val awk_val_str(struct awk_str *s);
struct awk_val awk_val_text(struct awk *a, const char *s);
struct awk_val awk_val_field(struct awk *a, const char *s, size_t len);
struct awk_val awk_val_dup(struct awk_val v);
void awk_val_free(struct awk *a, struct awk_val *v);
void awk_val_set(struct awk *a, struct awk_val *to, struct awk_val v);
double awk_to_num(const struct awk_val *v);
struct awk_str *awk_to_str(struct awk *a, const struct awk_val *v, enum awk_special format);
bool awk_is_true(const struct awk_val *v);
int awk_compare(struct awk *a, const struct awk_val *x, const struct awk_val *y);
int awk_to_int(double d);

/* array.c */
struct awk_array *awk_array_new(struct awk *a);
void awk_array_clear(struct awk *a, struct awk_array *t);
struct awk_elem *awk_array_find(struct awk *a, struct awk_array *t, const struct awk_val *key,
				bool create);
void awk_array_delete(struct awk *a, struct awk_array *t, const struct awk_val *key);
void awk_array_split(struct awk *a, struct awk_array *t, struct awk_val *vals, int n);
struct awk_str **awk_array_keys(struct awk *a, struct awk_array *t, uint32_t *ret_n);

/* regex.c */
struct awk_regex *awk_regex_compile(struct awk *a, const char *text, size_t len, int line);
struct awk_regex *awk_regex_of(struct awk *a, const struct awk_val *v);
bool awk_regex_find(struct awk *a, struct awk_regex *r, const char *s, size_t len, size_t from,
		    regmatch_t *ret_m);

/* field.c */
void awk_set_record(struct awk *a, const char *s, size_t len);
struct awk_val awk_get_field(struct awk *a, double n);
void awk_set_field(struct awk *a, double n, struct awk_val v);
int awk_get_nf(struct awk *a);
void awk_set_nf(struct awk *a, double n);
struct awk_str *awk_get_record(struct awk *a);
int awk_split(struct awk *a, const char *s, size_t len, struct awk_val *fs,
	      void (*emit)(void *arg, const char *s, size_t len), void *arg);

/* input.c */
int awk_input_open(struct awk *a, struct awk_input *in, const char *path);
bool awk_record_next(struct awk *a, struct awk_input *in, const char **ret_s, size_t *ret_len);
bool awk_main_next(struct awk *a, const char **ret_s, size_t *ret_len);
void awk_input_close(struct awk *a, struct awk_input *in);
void awk_skip_file(struct awk *a);
void awk_arg_assign(struct awk *a, const char *text, size_t name_len);
bool awk_is_assignment(const char *s, size_t *ret_name_len);

/* stream.c */
struct awk_stream *awk_stream_out(struct awk *a, const char *name, int kind);
struct awk_stream *awk_stream_in(struct awk *a, const char *name, int kind);
void awk_stream_write(struct awk *a, struct awk_stream *st, const char *s, size_t len);
void awk_stream_flush(struct awk *a, struct awk_stream *st);
void awk_flush_all(struct awk *a);
int awk_stream_close(struct awk *a, const char *name);
void awk_close_all(struct awk *a);
int awk_system(struct awk *a, const char *command);

/* format.c */
struct awk_str *awk_sprintf(struct awk *a, const char *who, const struct awk_val *v, int n);

/* builtin.c */
struct awk_val awk_builtin(struct awk *a, const struct awk_node *e);

/* eval.c, lvalue.c */
struct awk_val awk_eval(struct awk *a, const struct awk_node *e);
struct awk_array *awk_array_of(struct awk *a, const struct awk_node *e);
struct awk_val awk_subscript(struct awk *a, const struct awk_node *list);
void awk_assign(struct awk *a, const struct awk_node *lvalue, struct awk_val v);
struct awk_val awk_var_get(struct awk *a, int n);
void awk_var_set(struct awk *a, int n, struct awk_val v);
struct awk_val awk_getline(struct awk *a, const struct awk_node *e);
struct awk_val awk_call(struct awk *a, const struct awk_node *e);

/* exec.c */
enum awk_flow awk_exec(struct awk *a, const struct awk_node *s);
int awk_run(struct awk *a);

/* parse.c, expr.c */
void awk_parse(struct awk *a, const char *text, size_t len);

/* "awk: TEXT" on standard error, past what standard output still holds, as mawk's stdio does it */
__attribute__((format(printf, 2, 3))) void awk_say(struct awk *a, const char *fmt, ...);
/* "awk: run time error: ..." and the place in the input; ends the program with status 2 */
__attribute__((format(printf, 2, 3))) _Noreturn void awk_fatal(struct awk *a, const char *fmt, ...);
/* Ends the program with a word about a bound of ours when the stack is deep. */
void awk_check_stack(struct awk *a);

#endif
