/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * simple.c - simple commands: assignments, words, redirections
 *
 * sh_exec_simple()
 *   sh_expand_words()      expand.c
 *   sh_redirect()          redir.c
 *   assign_only()
 *   run_words()
 *     sh_exec_args()
 *       sh_func_call(), a builtin, sh_run_program()
 */
#include "builtin.h"
#include "dash.h"

#include "../lib/program.h"

#include <string.h>

/* name, name+ or name[index]: cuts the subscript off. False: it is no name. */
static bool split_left(struct sh *sh, char *left, bool *ret_append, char **ret_index)
{
	size_t n = strlen(left);
	char *open;

	*ret_append = n && left[n - 1] == '+';
	if (*ret_append)
		left[--n] = '\0';
	*ret_index = NULL;
	open = strchr(left, '[');
	if (open && left[n - 1] == ']') {
		left[n - 1] = '\0';
		*open = '\0';
		*ret_index = open + 1;
	}
	(void)sh;
	return sh_is_name(left);
}

static bool assign_failed(struct sh *sh)
{
	if (!sh->jump)
		sh->jump = SH_JUMP_DISCARD;
	return false;
}

static bool assign_array(struct sh *sh, const struct sh_word *word)
{
	size_t n = strcspn(word->text, "+=[");
	char *name = sh_pool_strndup(&sh->pool, word->text, n);

	if (sh->xtrace)
		sh_trace(sh, word->text);
	return sh_array_assign(sh, name, word->elems, word->text[n] == '+') || assign_failed(sh);
}

/**
 * sh_assign_word() - Does one assignment
 * @sh: the shell
 * @word: name=value, name+=value, name[i]=value or name=(...)
 *
 * Return: false after an error; sh->jump is set.
 */
bool sh_assign_word(struct sh *sh, const struct sh_word *word)
{
	char *left, *index, *value, *shown;
	bool append, ok;
	int64_t i;

	if (word->array)
		return assign_array(sh, word);
	value = sh_expand_assign(sh, word, &left);
	if (sh->jump)
		return false;
	shown = sh->xtrace ? sh_pool_strdup(&sh->pool, left) : NULL;
	if (!split_left(sh, left, &append, &index)) {
		sh_error(sh, "`%s': not a valid identifier", left);
		return assign_failed(sh);
	}
	if (shown)
		sh_trace_assign(sh, shown, value);
	if (index)
		ok = sh_subscript(sh, left, index, true, &i) &&
		     sh_elem_set(sh, left, i, value, append);
	else if (append)
		ok = sh_var_append(sh, left, value);
	else
		ok = sh_var_set(sh, left, value);
	return ok || assign_failed(sh);
}

/* x=1 command: the variables are there, exported, while the command runs. */
static bool assign_temporary(struct sh *sh, const struct sh_node *node)
{
	for (const struct sh_word *w = node->assigns; w; w = w->next) {
		size_t n = strcspn(w->text, "+=[");
		char *name = sh_pool_strndup(&sh->pool, w->text, n);
		const struct sh_var *old = sh_var_find(sh, name);
		struct sh_var *copy;

		if (!sh_var_writable(sh, old)) {
			assign_failed(sh);
			return false;
		}
		copy = old ? sh_var_copy(old) : NULL;
		if (!sh_var_save(sh, name)) {
			sh_var_free(copy);
		} else if (copy) {
			/* x+=1 and x=$x see the old value */
			struct sh_var *var = sh_var_make(sh, name);
			struct sh_var empty = *var;

			*var = *copy;
			*copy = empty;
			sh_var_free(copy);
		}
		if (!sh_assign_word(sh, w))
			return false;
		sh_var_make(sh, name)->flags |= SH_VAR_EXPORT;
	}
	return true;
}

/* What it has written must have arrived: bash looks after each builtin. */
static int run_builtin(struct sh *sh, const struct sh_builtin *b, int argc, char **argv)
{
	int status = b->fn(sh, argc, argv), err;

	ng_flush(sh->out);
	err = ng_out_error(sh->out);
	if (!err)
		return status;
	ng_out_clear_error(sh->out);
	if (!strcmp(argv[0], "command") || !strcmp(argv[0], "jobs") || !strcmp(argv[0], "kill"))
		return status; /* these do not look */
	if (err == -NG_ENOTSUPP)
		return ng_not_modelled(sh->task, "%s: this value for a file of the kernel",
				       argv[0]);
	if (!strcmp(argv[0], "pushd") || !strcmp(argv[0], "popd")) {
		sh_builtin_error(sh, argv[0], "write error: %s", ng_strerror(-err));
		return status;
	}
	return sh_builtin_error(sh, argv[0], "write error: %s", ng_strerror(-err));
}

/**
 * sh_any_trap() - Is a trap set?
 * @sh: the shell
 *
 * Return: true: the shell may not be replaced by its last command.
 */
bool sh_any_trap(const struct sh *sh)
{
	for (int i = 0; i < SH_NTRAPS; i++) {
		if (sh->traps[i] && *sh->traps[i])
			return true;
	}
	return false;
}

/**
 * sh_exec_args() - Runs a command line: function, builtin or program
 * @sh: the shell
 * @argc: at least 1
 * @argv: the words
 * @functions: functions count (not behind `command`)
 *
 * Return: the status.
 */
int sh_exec_args(struct sh *sh, int argc, char **argv, bool functions)
{
	struct sh_func *f = functions ? sh_func_find(sh, argv[0]) : NULL;
	const struct sh_builtin *b = f ? NULL : sh_builtin_find(sh, argv[0]);
	bool exec_last = sh->exec_last;

	sh->exec_last = false;
	if (f)
		return sh_func_call(sh, f, argc, argv);
	if (b && sh->dash)
		return sh_dash_run(sh, b, argc, argv, functions && sh_dash_special(argv[0]));
	if (b)
		return run_builtin(sh, b, argc, argv);
	if (exec_last)
		return sh_exec_program(sh, argv, NULL);
	return sh_run_program(sh, argv);
}

static bool is_special_exec(const struct sh_args *args)
{
	return args->n && !strcmp(args->v[0], "exec");
}

/* Behind a dash's special builtin the assignments stay. */
static bool assigns_stay(struct sh *sh, const struct sh_args *args)
{
	return sh->dash && sh_dash_special(args->v[0]) && !sh_func_find(sh, args->v[0]);
}

static void trace_words(struct sh *sh, const struct sh_node *node, const struct sh_args *args,
			const struct sh_undo *undo)
{
	struct sh_buf b = { .pool = &sh->pool };

	if (!sh->dash) {
		sh_trace_args(sh, args->n, args->v);
		return;
	}
	for (const struct sh_word *w = node->assigns; w; w = w->next) {
		char *name = sh_pool_strndup(&sh->pool, w->text, strcspn(w->text, "="));
		const char *value = sh_var_get(sh, name);

		sh_buf_puts(&b, sh_pool_printf(&sh->pool, "%s=%s ", name, value ? value : ""));
	}
	sh_dash_trace(sh, sh_buf_str(&b), args->n, args->v, undo);
}

static bool assign_all(struct sh *sh, const struct sh_node *node)
{
	for (const struct sh_word *w = node->assigns; w; w = w->next) {
		if (!sh_assign_word(sh, w))
			return false;
	}
	return true;
}

/* The redirections of a command failed. */
static int not_redirected(struct sh *sh, bool special)
{
	if (sh->dash && special && !sh->jump && !sh->redir_not_modelled)
		sh_dash_raise(sh);
	return sh_redirect_status(sh);
}

static int assign_only(struct sh *sh, const struct sh_node *node)
{
	const struct sh_args none = { 0 };
	struct sh_undo *undo = NULL;
	bool ok = sh_redirect(sh, node->redirs, &undo);

	sh_redirect_undo(sh, undo);
	if (!ok)
		return sh_redirect_status(sh);
	if (!assign_all(sh, node))
		return 1;
	if (sh->dash && sh->xtrace && node->assigns)
		trace_words(sh, node, &none, NULL);
	return sh->subst_status >= 0 ? sh->subst_status : 0;
}

static int run_words(struct sh *sh, const struct sh_node *node, struct sh_args *args)
{
	struct sh_undo *undo = NULL;
	bool keep = is_special_exec(args) && !sh_func_find(sh, "exec");
	struct sh_undo *outer = sh->command_undo;
	bool exec_last = sh->exec_last && !sh_any_trap(sh);
	bool stay = assigns_stay(sh, args);
	int status = 1;

	sh->exec_last = false;
	if (!sh_redirect(sh, node->redirs, keep || exec_last ? NULL : &undo)) {
		sh_redirect_undo(sh, undo);
		return not_redirected(sh, stay);
	}
	if (node->assigns && !stay)
		sh_scope_enter(sh);
	if (!node->assigns || (stay ? assign_all(sh, node) : assign_temporary(sh, node))) {
		if (sh->xtrace)
			trace_words(sh, node, args, undo);
		sh->exec_last = exec_last;
		sh->command_undo = undo;
		status = sh_exec_args(sh, args->n, args->v, true);
		sh->command_undo = outer;
		sh->exec_last = false;
		for (const struct sh_word *w = node->words; w && !sh->jump; w = w->next) {
			if (w->array && !assign_array(sh, w))
				status = 1;
		}
	}
	if (node->assigns && !stay)
		sh_scope_leave(sh);
	sh_redirect_undo(sh, undo);
	return status;
}

static void set_origin(struct sh *sh, unsigned int line)
{
	sh->command++;
	if (sh->script)
		ng_task_set_origin(sh->task, (struct ng_origin){ sh->script, line, sh->command });
}

static void tell_simple(struct sh *sh, const struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_buf text = { .pool = &sh->pool };

	sh_print_node(&text, node);
	ng_flush(sh->out);
	sh->hooks->simple(sh->hooks->arg, sh->line, sh_buf_str(&text));
	sh_pool_release(&sh->pool, mark);
}

/* Signals that came meanwhile; their traps see the status of the command. */
static void run_traps_after(struct sh *sh, int status)
{
	int old = sh->status;

	if (sh->jump || !sh->any_trap)
		return;
	sh->status = status;
	sh_run_traps(sh);
	if (!sh->jump)
		sh->status = old;
}

/**
 * sh_exec_simple() - Runs a simple command
 * @sh: the shell
 * @node: the command
 *
 * Return: its status; check sh->jump.
 */
int sh_exec_simple(struct sh *sh, struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_args args = { .pool = &sh->pool };
	uint64_t process_fds = sh->process_fds;
	int status = 1;

	sh_run_traps(sh);
	if (sh->jump)
		return sh->status;
	sh_set_line(sh, node);
	sh->simple = node;
	set_origin(sh, node->line);
	if (sh->hooks && sh->hooks->simple)
		tell_simple(sh, node);
	sh->subst_status = -1;
	if (sh_expand_command(sh, node->words, &args)) {
		if (args.n)
			status = run_words(sh, node, &args);
		else
			status = assign_only(sh, node);
	}
	sh_process_close(sh, process_fds);
	sh_reap(sh);
	run_traps_after(sh, status);
	if (sh->hooks && sh->hooks->simple_done) {
		ng_flush(sh->out);
		sh->hooks->simple_done(sh->hooks->arg, status);
	}
	sh_pool_release(&sh->pool, mark);
	return status;
}
