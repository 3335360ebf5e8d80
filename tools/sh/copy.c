/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * copy.c - a shell for a subshell: everything fork() would have copied
 *
 * Simulated tasks share one address space, so the copy is made before the
 * child starts and nothing in it belongs to the parent but counted trees.
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

static void copy_vars(struct sh *to, const struct sh *from)
{
	if (!from->nvars)
		return;
	to->vars = sh_xalloc(from->nvars * sizeof(*to->vars));
	for (size_t i = 0; i < from->nvars; i++)
		to->vars[i] = sh_var_copy(from->vars[i]);
	to->nvars = from->nvars;
}

static void copy_funcs(struct sh *to, const struct sh *from)
{
	struct sh_func **tail = &to->funcs;

	for (const struct sh_func *f = from->funcs; f; f = f->next) {
		struct sh_func *copy = sh_xalloc(sizeof(*copy));

		copy->name = sh_xstrdup(f->name);
		copy->source = sh_xstrdup(f->source);
		copy->body = f->body;
		copy->tree = sh_tree_get(f->tree);
		*tail = copy;
		tail = &copy->next;
	}
}

static void copy_tree(struct sh *to, const struct sh *from)
{
	for (const struct sh_frame *f = from->frames; f; f = f->below) {
		if (!f->tree)
			continue;
		to->frames = sh_xalloc(sizeof(*to->frames));
		to->frames->tree = sh_tree_get(f->tree);
		return;
	}
}

/* So that `kill $(jobs -p)` works. */
static void copy_jobs(struct sh *to, const struct sh *from)
{
	struct sh_job **tail = &to->jobs;

	for (const struct sh_job *job = from->jobs; job; job = job->next) {
		struct sh_job *copy;

		if (!job->id || job->inherited)
			continue;
		copy = sh_xalloc(sizeof(*copy));
		*copy = *job;
		copy->next = NULL;
		copy->inherited = true;
		copy->pids = sh_xalloc((size_t)job->npids * sizeof(*job->pids));
		copy->status = sh_xalloc((size_t)job->npids * sizeof(*job->status));
		memcpy(copy->pids, job->pids, (size_t)job->npids * sizeof(*job->pids));
		memcpy(copy->status, job->status, (size_t)job->npids * sizeof(*job->status));
		copy->text = sh_xstrdup(job->text);
		*tail = copy;
		tail = &copy->next;
	}
}

/**
 * sh_copy() - A second shell like this one
 * @sh: the shell
 *
 * Traps (but those set -E and -T hand on) and what is being run stay behind; the tree at hand comes along.
 *
 * Return: the copy, without a task; sh_free() ends it.
 */
struct sh *sh_copy(const struct sh *sh)
{
	struct sh *copy = sh_xalloc(sizeof(*copy));

	*copy = *sh;
	copy->pool = (struct sh_pool){ NULL };
	copy->vars = NULL;
	copy->nvars = 0;
	copy->funcs = NULL;
	copy->params = NULL;
	copy->saved = NULL;
	copy->jobs = NULL;
	copy->tickets = NULL;
	copy->frames = NULL;
	memset(copy->traps, 0, sizeof(copy->traps));
	copy->fatal = 0;
	copy->came = 0;
	copy->command_undo = NULL;
	for (int i = 1; i < SH_NSIG; i++) {
		if (sh->traps[i] && !*sh->traps[i])
			copy->traps[i] = sh_xstrdup("");
	}
	for (int i = SH_NSIG; i < SH_NTRAPS; i++) {
		if (i == SH_TRAP_ERR ? sh->errtrace : sh->functrace)
			copy->traps[i] = sh_xstrdup(sh->traps[i]);
	}
	copy->trap_command = sh_xstrdup(sh->trap_command);
	copy->arg0 = sh_xstrdup(sh->arg0);
	copy->cwd = sh_xstrdup(sh->cwd);
	copy->own_name = sh_xstrdup(sh->name);
	copy->name = copy->own_name;
	copy->own_doing = sh_xstrdup(sh->doing);
	copy->doing = copy->own_doing;
	copy->in_builtin = copy->raised = copy->ends_by_error = false;
	copy->hooks = NULL;
	copy->subshell = true;
	copy->in_trap = false;
	copy->exec_last = false;
	copy_vars(copy, sh);
	copy_funcs(copy, sh);
	sh_aliases_copy(copy, sh);
	sh_dirs_copy(copy, sh);
	copy_tree(copy, sh);
	if (!sh->dash)
		copy_jobs(copy, sh);
	sh_params_push(copy, sh->params->n, sh->params->v);
	return copy;
}
