/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sh.h - the interpreter's state, and what its files offer each other
 */
#ifndef TOOLS_SH_SH_H
#define TOOLS_SH_SH_H

#include "ast.h"
#include "mem.h"
#include "parse.h"
#include "run.h"

#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>

/* Limits: a hostile script ends with words, never with a crash. */
#define SH_FUNC_MAX 100			 /* functions inside each other */
#define SH_EXEC_MAX 600			 /* commands inside each other */
#define SH_EXPAND_MAX (16 * 1024 * 1024) /* bytes one expansion may make */
#define SH_SOURCE_MAX 50		 /* eval, . and traps inside each other */
#define SH_FD_KEEP 64			 /* saved descriptors live from here */
#define SH_NSIG 65

/* What trap knows besides signals: indices of sh->traps. */
enum sh_trap {
	SH_TRAP_DEBUG = SH_NSIG,
	SH_TRAP_ERR,
	SH_TRAP_RETURN,
	SH_NTRAPS,
};

enum sh_var_flag {
	SH_VAR_EXPORT = 1,
	SH_VAR_READONLY = 2,
	SH_VAR_INTEGER = 4,
	SH_VAR_ARRAY = 8,
	SH_VAR_ASSOC = 16, /* with SH_VAR_ARRAY: elements have keys */
};

struct sh_elem {
	int64_t index; /* with a key: its place in bash's hash table */
	char *key;     /* NULL: the index is all */
	char *value;
};

struct sh_var {
	char *name;
	char *value; /* NULL: declared without a value */
	unsigned int flags;
	struct sh_elem *elems; /* SH_VAR_ARRAY: sorted by index */
	size_t nelems;
	uint32_t nr_keys; /* ever made */
};

/* What a variable was before `local x` or `x=1 command`. */
struct sh_saved {
	char *name;	    /* NULL: a scope begins here */
	struct sh_var *var; /* NULL: there was none */
	struct sh_saved *next;
};

struct sh_alias {
	char *name, *value;
	struct sh_alias *next;
};

/* What pushd has left. */
struct sh_dir {
	struct sh_dir *below;
	char *path;
};

struct sh_func {
	char *name;
	char *source; /* the name its errors begin with */
	struct sh_node *body;
	struct sh_tree *tree; /* a reference */
	struct sh_func *next;
};

/* $1...: one per function call or sourced file with arguments. */
struct sh_params {
	struct sh_params *below;
	int n;
	char **v;	/* one block: pointers, then text */
	int getopts_at; /* position inside a word of grouped options */
};

struct sh_job {
	struct sh_job *next;
	int id; /* %1; 0 when it is no job any more but its status is still known */
	int npids;
	int *pids;
	int *status;	/* wait status; -1: runs */
	bool told;	/* it was said that it is done */
	bool waited;	/* dash: `wait` has told its end: its number is free */
	bool inherited; /* of the parent: `jobs` shows it, wait does not know it */
	char *text;
};

enum sh_jump {
	SH_JUMP_NONE,
	SH_JUMP_BREAK,
	SH_JUMP_CONTINUE,
	SH_JUMP_RETURN,
	SH_JUMP_DISCARD, /* an expansion failed: the complete command is over */
	SH_JUMP_EXIT,
};

/* What is being run: freed with the shell when it is killed meanwhile. */
struct sh_frame {
	struct sh_frame *below;
	struct sh_parser *parser;
	struct sh_tree *tree;
};

struct sh {
	struct ng_task *task;
	struct ng_out *out;
	struct ng_out *err;
	struct sh_pool pool;
	/* names */
	char *arg0;	   /* $0 */
	char *cwd;	   /* where it is, by the name it went there with; NULL: unknown */
	const char *name;  /* what messages begin with */
	char *own_name;	   /* a subshell's copy of it */
	const char *label; /* "-c", "eval": put behind it for syntax errors; NULL */
	unsigned int line;
	int line_shift;		      /* inside $(...): bash counts from the command around it */
	const struct sh_node *simple; /* the command at hand */
	/* dash */
	bool dash;	       /* started as sh: dash's grammar, builtins and words */
	bool in_builtin;       /* one runs that runs no commands itself */
	bool raised;	       /* and an error has ended it */
	bool ends_by_error;    /* so does the shell */
	unsigned int dash_set; /* options that are only noted, by their place in the table */
	const char *doing;     /* the builtin or sourced file its messages name; NULL */
	char *own_doing;       /* a subshell's copy of it */
	/* provenance */
	uint32_t script; /* 0: children keep the origin the shell was started with */
	uint32_t command;
	const struct ng_sh_hooks *hooks;
	/* what can be named */
	struct sh_var **vars; /* sorted by name */
	size_t nvars;
	struct sh_func *funcs;
	struct sh_dir *dirs;
	struct sh_alias *aliases;				 /* by name */
	bool expand_aliases, nullglob, extglob, inherit_errexit; /* shopt */
	struct sh_params *params;
	struct sh_saved *saved; /* a stack: locals of functions, variables before a command */
	bool in_function;
	bool in_source;
	/* options */
	bool errexit, nounset, xtrace, noglob, pipefail, noexec, verbose, allexport, noclobber;
	bool errtrace, functrace;
	bool from_c;	  /* sh -c */
	bool interactive; /* at a terminal: goes on after a syntax error, says no lines */
	bool nested;	  /* of ( ) or $( ): a bad expansion ends it with 1, after -c too */
	uint32_t fatal;	  /* signals that end it, and have the trap of EXIT run first */
	struct sh_undo *command_undo; /* redirections of the command at hand, not the shell's */
	uint32_t came;		      /* signals whose trap is to run */
	uint32_t hard_ignored; /* signals the shell began with as ignored: no trap changes them */
	bool exec_last; /* nothing follows the command at hand: it may take the shell's place */
	/* state */
	unsigned int nr_commands; /* complete commands begun */
	int status;
	int subst_status; /* of the last command substitution, -1: none */
	enum sh_jump jump;
	int discard_status; /* $? after SH_JUMP_DISCARD; 0: 1 */
	bool assigning;	    /* the value of name=value is being expanded */
	bool redirecting;   /* a redirection's target is being expanded */
	int before_return;  /* $? when `return` was reached */
	int jump_levels;    /* loops still to leave */
	int loops;
	int no_errexit; /* > 0: a failure is being tested */
	int func_depth;
	int nr_calls; /* functions and sourced files inside each other */
	int exec_depth;
	int source_depth;
	int trace_depth;
	uintptr_t stack;
	int out_moved; /* redirections of descriptor 1 in force: what is written there may be refused */
	uint64_t open_fds;	 /* descriptors 0..63 the script knows */
	uint64_t process_fds;	 /* those of <(...), closed when the command is over */
	bool redir_not_modelled; /* why the last redirection failed */
	int pid;		 /* $$ */
	int last_bg;		 /* $!, 0: none */
	bool subshell;
	int subshell_depth; /* $BASH_SUBSHELL */
	/* children */
	struct sh_job *jobs;
	struct sh_ticket *tickets; /* of children that are not waited for yet */
	char *traps[SH_NTRAPS];	   /* 0: EXIT; "": ignored */
	bool any_trap;		   /* one was set at some time */
	int before_trap;	   /* $? when the trap that runs began, when `exit` wants it; -1 */
	bool in_trap;
	int trap_depth[SH_NTRAPS - SH_NSIG]; /* functions inside each other where it was set */
	unsigned int in_pseudo;		     /* a bit for each of these that runs */
	char *trap_command;		     /* $BASH_COMMAND in a trap; NULL: none yet */
	/* owned while something runs */
	struct sh_frame *frames;
	unsigned int random;
	bool random_set;
	int64_t start_ns; /* $SECONDS */
};

/* state.c */
struct sh *sh_new(struct ng_task *task, const char *arg0, bool dash);
void sh_free(struct sh *sh);
/* main.c */
int sh_run_parser(struct sh *sh, struct sh_parser *p, bool top);
int sh_run_text(struct sh *sh, const char *text, const char *label);
int sh_run_fd(struct sh *sh, int fd);
/* terminal.c */
int sh_run_terminal(struct sh *sh);
int sh_finish(struct sh *sh);
__attribute__((format(printf, 2, 3))) void sh_error(struct sh *sh, const char *fmt, ...);
/* Too deep: says so, makes the shell exit, returns false. */
bool sh_room(struct sh *sh);
void sh_set_line(struct sh *sh, const struct sh_node *node);

/* var.c */
struct sh_var *sh_var_find(const struct sh *sh, const char *name);
struct sh_var *sh_var_make(struct sh *sh, const char *name);
const char *sh_var_get(const struct sh *sh, const char *name);
const char *sh_var_value(const struct sh_var *var);
bool sh_var_set(struct sh *sh, const char *name, const char *value);
bool sh_var_append(struct sh *sh, const char *name, const char *value);
bool sh_var_unset(struct sh *sh, const char *name);
bool sh_var_writable(struct sh *sh, const struct sh_var *var);
void sh_var_free(struct sh_var *var);
struct sh_var *sh_var_copy(const struct sh_var *var);
void sh_scope_enter(struct sh *sh);
void sh_scope_leave(struct sh *sh);
bool sh_var_save(struct sh *sh, const char *name);
bool sh_is_name(const char *s);
char **sh_environ(struct sh *sh);
const char *sh_var_special(struct sh *sh, const char *name, struct sh_pool *pool);

/* array.c */
const char *sh_elem_get(const struct sh_var *var, int64_t index);
bool sh_elem_set(struct sh *sh, const char *name, int64_t index, const char *value, bool append);
void sh_elem_unset(struct sh_var *var, int64_t index);
const char *sh_elem_key(struct sh *sh, const struct sh_elem *e);
bool sh_subscript(struct sh *sh, const char *name, const char *text, bool make, int64_t *ret);
void sh_array_clear(struct sh_var *var);
bool sh_array_assign(struct sh *sh, const char *name, const struct sh_word *elems, bool append);
void sh_params_push(struct sh *sh, int n, char *const *v);
void sh_params_set(struct sh *sh, int n, char *const *v);
void sh_params_pop(struct sh *sh);

/* alias.c */
const char *sh_alias_value(void *arg, const char *name);
void sh_alias_set(struct sh *sh, const char *name, const char *value);
bool sh_alias_unset(struct sh *sh, const char *name);
void sh_aliases_copy(struct sh *to, const struct sh *from);
void sh_aliases_free(struct sh *sh);

/* func.c */
struct sh_func *sh_func_find(const struct sh *sh, const char *name);
void sh_func_define(struct sh *sh, const char *name, struct sh_node *body, struct sh_tree *tree,
		    const char *source);
void sh_func_unset(struct sh *sh, const char *name);
void sh_func_free(struct sh_func *f);
int sh_func_call(struct sh *sh, struct sh_func *f, int argc, char **argv);

/* cd.c */
void sh_cwd_begin(struct sh *sh);

/* dirs.c */
void sh_dirs_free(struct sh *sh);
void sh_dirs_copy(struct sh *to, const struct sh *from);

/* calls.c */
void sh_calls_begin(struct sh *sh, const char *source);
void sh_calls_push(struct sh *sh, const char *name, const char *source);
void sh_calls_pop(struct sh *sh);
bool sh_calls_hidden(const struct sh *sh, const char *name);

/* expand.c */
/* Text being expanded: each byte with a flag. */
enum sh_xflag {
	SH_X_PLAIN = 0,
	SH_X_QUOTED = 1,
	SH_X_SPLIT = 2, /* from an expansion: fields are cut here */
	SH_X_BREAK = 4, /* a field ends; the byte does not count */
	SH_X_EMPTY = 8, /* "" was here; the byte does not count */
};

struct sh_xbuf {
	struct sh_buf s;
	struct sh_buf f;
	bool joined; /* no splitting follows: "$@" is put together with spaces */
};

bool sh_expand_command(struct sh *sh, const struct sh_word *words, struct sh_args *args);
bool sh_expand_words(struct sh *sh, const struct sh_word *words, struct sh_args *args);
char *sh_expand_string(struct sh *sh, const struct sh_word *word);
char *sh_expand_pattern(struct sh *sh, const struct sh_word *word, bool regex);
char *sh_expand_assign(struct sh *sh, const struct sh_word *word, char **ret_left);
void sh_expand_parts(struct sh *sh, const struct sh_part *part, struct sh_xbuf *x);
void sh_x_put(struct sh *sh, struct sh_xbuf *x, const char *s, size_t n, enum sh_xflag flag);
void sh_x_value(struct sh *sh, struct sh_xbuf *x, const char *s, bool quoted);

/* param.c */
void sh_expand_param(struct sh *sh, const struct sh_part *part, struct sh_xbuf *x);
/* values.c */
struct sh_values {
	struct sh_args list;
	bool set;
	bool many; /* $@ $* ${a[@]} */
	bool star; /* $* ${a[*]} */
};
bool sh_values_get(struct sh *sh, const struct sh_part *part, struct sh_values *ret);
char *sh_param_edit(struct sh *sh, const struct sh_part *part, const char *value);
char *sh_quote(struct sh_pool *pool, const char *s, bool always);

/* subst.c */
char *sh_command_subst(struct sh *sh, const struct sh_part *part);
/* process.c */
char *sh_process_subst(struct sh *sh, const struct sh_part *part);
void sh_process_close(struct sh *sh, uint64_t keep);
/* net.c: /dev/tcp/HOST/PORT; false: the name is an ordinary one */
bool sh_net_open(struct sh *sh, const char *name, int *ret_fd);

/* extglob.c */
bool sh_has_group(const char *pattern);
bool sh_match_ext(struct sh *sh, const char *pattern, const char *s, size_t n);
bool sh_match(struct sh *sh, const char *pattern, const char *s, size_t n);

/* pattern.c, glob.c, brace.c */
bool sh_match_one(const char *pattern, unsigned char c);
const char *sh_bracket_end(const char *p);
bool sh_match_n(const char *pattern, const char *s, size_t n);
bool sh_has_glob(const char *pattern);
char *sh_unescape(struct sh_pool *pool, const char *pattern);
int sh_glob(struct sh *sh, const char *pattern, struct sh_args *args);
struct sh_word *sh_brace_expand(struct sh *sh, const struct sh_word *word);

/* arith.c */
bool sh_arith(struct sh *sh, const char *text, const char *who, int64_t *ret);

/* exec.c */
int sh_exec(struct sh *sh, struct sh_node *node);
int sh_exec_tree(struct sh *sh, struct sh_tree *tree, struct sh_node *node);
int sh_exec_list(struct sh *sh, struct sh_node *node);
void sh_check_errexit(struct sh *sh, int status);
int sh_run_traps(struct sh *sh);
void sh_take_signals(struct sh *sh);

/* pseudo.c */
bool sh_trap_seen(const struct sh *sh, int sig);
void sh_remember_command(struct sh *sh, const struct sh_node *node);
void sh_before_command(struct sh *sh, const struct sh_node *node);
void sh_before_expression(struct sh *sh, const char *text);
void sh_run_pseudo(struct sh *sh, int sig, int status);
int sh_returned(struct sh *sh, int status);
void sh_pseudo_leave(struct sh *sh);

/* compound.c */
int sh_exec_compound(struct sh *sh, struct sh_node *node);
bool sh_loop_goes_on(struct sh *sh);
/* select.c */
int sh_exec_select(struct sh *sh, struct sh_node *node, const struct sh_args *args);
/* cond.c */
int sh_exec_cond(struct sh *sh, const struct sh_node *node);

/* simple.c */
int sh_exec_simple(struct sh *sh, struct sh_node *node);
int sh_exec_args(struct sh *sh, int argc, char **argv, bool functions);
bool sh_assign_word(struct sh *sh, const struct sh_word *word);
bool sh_any_trap(const struct sh *sh);

/* trace.c */
char *sh_expand_text(struct sh *sh, const char *text);
void sh_trace(struct sh *sh, const char *text);
void sh_trace_args(struct sh *sh, int argc, char **argv);
void sh_trace_assign(struct sh *sh, const char *left, const char *value);

/* path.c */
char *sh_find_program(struct sh *sh, const char *name);
int sh_run_program(struct sh *sh, char **argv);
int sh_exec_program(struct sh *sh, char **argv, const char *who);

/* redir.c */
struct sh_undo {
	int fd;
	int saved; /* -1: was closed */
	struct sh_undo *next;
};
bool sh_redirect(struct sh *sh, const struct sh_redir *r, struct sh_undo **undo);
int sh_redirect_status(struct sh *sh);
void sh_redirect_undo(struct sh *sh, struct sh_undo *undo);
unsigned int sh_fd_map(struct sh *sh, struct ng_fd_map *map, unsigned int max);

/* fork.c */
struct sh_fork {
	struct sh_node *node; /* to run, or */
	const char *text;     /* to parse and run */
	int in, out;	      /* -1: as they are */
	bool err;	      /* 2 goes where 1 goes */
	bool background;
	bool nested; /* ( ) or $( ) */
};
int sh_fork(struct sh *sh, const struct sh_fork *how);
int sh_wait4(struct sh *sh, int pid, int *ret_status, int options);
void sh_tickets_free(struct sh *sh);
int sh_exec_pipe(struct sh *sh, struct sh_node *node);
int sh_exec_background(struct sh *sh, struct sh_node *node);
int sh_exec_subshell(struct sh *sh, struct sh_node *node);

/* copy.c */
struct sh *sh_copy(const struct sh *sh);

/* job.c */
int sh_wait_pid(struct sh *sh, int pid);
int sh_status_code(int wait_status);
void sh_tell_signal(struct sh *sh, int pid, int wait_status, const char *text);
struct sh_job *sh_job_add(struct sh *sh, const int *pids, int npids, const char *text);
struct sh_job *sh_job_find(struct sh *sh, const char *spec);
struct sh_job *sh_job_by_pid(struct sh *sh, int pid);
void sh_job_free(struct sh_job *job);
bool sh_job_done(const struct sh_job *job);
void sh_job_words(const struct sh_job *job, bool dash, char *buf, size_t size);
int sh_job_wait(struct sh *sh, struct sh_job *job);
void sh_reap(struct sh *sh);
void sh_jobs_forget(struct sh *sh);
const char *sh_signal_words(int sig);

/* print.c */
void sh_print_head(struct sh_buf *b, const struct sh_node *node);
void sh_print_node(struct sh_buf *b, const struct sh_node *node);
void sh_print_function(struct sh_buf *b, const char *name, const struct sh_node *body);

/* builtin.c */
typedef int (*sh_builtin_fn)(struct sh *sh, int argc, char **argv);
struct sh_builtin {
	const char *name;
	sh_builtin_fn fn;
};
const struct sh_builtin *sh_builtin_find(const struct sh *sh, const char *name);
bool sh_number(const char *s, int64_t *ret);

#endif
