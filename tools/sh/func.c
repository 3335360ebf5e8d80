/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * func.c - functions
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

/**
 * sh_func_find() - Looks a function up
 * @sh: the shell
 * @name: its name
 *
 * Return: the function, or NULL.
 */
struct sh_func *sh_func_find(const struct sh *sh, const char *name)
{
	for (struct sh_func *f = sh->funcs; f; f = f->next) {
		if (!strcmp(f->name, name))
			return f;
	}
	return NULL;
}

/**
 * sh_func_free() - Ends a function that is in no list
 * @f: the function
 */
void sh_func_free(struct sh_func *f)
{
	sh_tree_put(f->tree);
	free(f->name);
	free(f->source);
	free(f);
}

/**
 * sh_func_unset() - Removes a function
 * @sh: the shell
 * @name: its name
 */
void sh_func_unset(struct sh *sh, const char *name)
{
	for (struct sh_func **f = &sh->funcs; *f; f = &(*f)->next) {
		struct sh_func *old = *f;

		if (strcmp(old->name, name))
			continue;
		*f = old->next;
		sh_func_free(old);
		return;
	}
}

/**
 * sh_func_define() - Makes a function, in place of one of that name
 * @sh: the shell
 * @name: its name
 * @body: the compound command
 * @tree: what the body lives in; a reference is taken
 * @source: what its messages begin with
 *
 * Kept sorted by name, as `set` and `declare -f` list them.
 */
void sh_func_define(struct sh *sh, const char *name, struct sh_node *body, struct sh_tree *tree,
		    const char *source)
{
	struct sh_func *f = sh_xalloc(sizeof(*f)), **at;

	f->name = sh_xstrdup(name);
	f->source = sh_xstrdup(source);
	f->body = body;
	f->tree = sh_tree_get(tree);
	sh_func_unset(sh, name);
	for (at = &sh->funcs; *at && strcmp((*at)->name, name) < 0; at = &(*at)->next)
		;
	f->next = *at;
	*at = f;
}

/**
 * sh_func_call() - Runs a function
 * @sh: the shell
 * @f: the function; it may be redefined meanwhile
 * @argc: number of words
 * @argv: its name and arguments
 *
 * Return: the status.
 */
int sh_func_call(struct sh *sh, struct sh_func *f, int argc, char **argv)
{
	bool in_function = sh->in_function;
	const char *name = sh->name;
	unsigned int line = sh->line;
	int shift = sh->line_shift;
	int loops = sh->loops, status;
	struct sh_node *body = f->body;

	if (sh->func_depth >= SH_FUNC_MAX) {
		sh_error(sh, "%s: maximum function nesting level exceeded (%d)", f->name,
			 SH_FUNC_MAX);
		sh->jump = SH_JUMP_DISCARD;
		return 1;
	}
	/* the tree stays as long as the shell runs it, even when the function unsets itself */
	f->tree->refs++;
	sh_params_push(sh, argc - 1, argv + 1);
	sh->name = sh_pool_strdup(&sh->pool, f->source);
	sh_calls_push(sh, f->name, f->source);
	sh_scope_enter(sh);
	sh->in_function = true;
	sh->line_shift = 0;
	sh->loops = 0;
	sh->func_depth++;
	sh_set_line(sh, body);
	sh_run_pseudo(sh, SH_TRAP_DEBUG, sh->status);
	status = sh_exec_tree(sh, f->tree, body);
	status = sh_returned(sh, status);
	sh->func_depth--;
	sh_pseudo_leave(sh);
	sh->loops = loops;
	sh->in_function = in_function;
	sh_scope_leave(sh);
	sh_calls_pop(sh);
	sh->name = name;
	sh->line = line;
	sh->line_shift = shift;
	sh_params_pop(sh);
	return status;
}
