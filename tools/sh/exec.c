/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exec.c - running a tree
 *
 * sh_exec_tree()
 *   sh_exec()
 *     sh_exec_simple()        simple.c
 *     sh_exec_pipe()          fork.c
 *     exec_andor(), sh_exec_list()
 *     exec_redirected()
 *       sh_exec_compound()    compound.c
 *       sh_exec_subshell()    fork.c
 *
 * Nothing jumps: break, return, exit and failed expansions are noted in
 * sh->jump, and every loop looks at it.
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

/* The stack of a simulated program has 256 KiB, four times that where red zones make frames larger. */
#ifdef __SANITIZE_ADDRESS__
#define STACK_MAX (512 * 1024)
#else
#define STACK_MAX (128 * 1024)
#endif

/**
 * sh_room() - Is there room to go one level deeper?
 * @sh: the shell
 *
 * Return: false, with the shell about to exit, when commands are nested too deeply.
 */
bool sh_room(struct sh *sh)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	uintptr_t used = sh->stack > here ? sh->stack - here : here - sh->stack;

	if (sh->exec_depth < SH_EXEC_MAX && used < STACK_MAX)
		return true;
	sh_error(sh, "commands are nested too deeply");
	sh->jump = SH_JUMP_EXIT;
	sh->status = 2;
	return false;
}

/**
 * sh_set_line() - The command about to run is this one
 * @sh: the shell
 * @node: the command
 */
void sh_set_line(struct sh *sh, const struct sh_node *node)
{
	sh->line = (unsigned int)((int)node->line + sh->line_shift);
}

/**
 * sh_check_errexit() - The trap of ERR, and set -e
 * @sh: the shell
 * @status: of the command that has just ended
 */
void sh_check_errexit(struct sh *sh, int status)
{
	if (!status || sh->no_errexit || sh->jump)
		return;
	sh_run_pseudo(sh, SH_TRAP_ERR, status);
	if (sh->errexit && !sh->jump) {
		sh->jump = SH_JUMP_EXIT;
		sh->status = status;
	}
}

static int exec_andor(struct sh *sh, struct sh_node *node, bool exec_last)
{
	int status = 0;

	for (struct sh_node *n = node->a; n && !sh->jump; n = n->next) {
		bool last = !n->next;

		if ((n->join == SH_JOIN_AND && status) || (n->join == SH_JOIN_OR && !status))
			continue;
		sh->no_errexit += !last;
		sh->exec_last = last && exec_last;
		status = sh_exec(sh, n);
		sh->no_errexit -= !last;
		if (!sh->jump)
			sh->status = status;
	}
	return status;
}

/**
 * sh_exec_list() - Runs commands one after the other
 * @sh: the shell
 * @node: the first; the others by next
 *
 * Return: the status of the last.
 */
int sh_exec_list(struct sh *sh, struct sh_node *node)
{
	bool exec_last = sh->exec_last;
	int status = 0;

	for (; node && !sh->jump; node = node->next) {
		sh->exec_last = exec_last && !node->next;
		status = node->background ? sh_exec_background(sh, node) : sh_exec(sh, node);
		if (!sh->jump)
			sh->status = status;
	}
	return status;
}

static int exec_function_definition(struct sh *sh, const struct sh_node *node)
{
	const struct sh_frame *f = sh->frames;

	while (f && !f->tree)
		f = f->below;
	if (f)
		sh_func_define(sh, node->name, node->a, f->tree,
			       sh->from_c && !sh->func_depth ? "environment" : sh->name);
	return 0;
}

static int exec_redirected(struct sh *sh, struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_undo *undo = NULL;
	uint64_t process_fds = sh->process_fds;
	int status = 1;

	sh_set_line(sh, node);
	if (node->type == SH_SUBSHELL)
		sh_remember_command(sh, node);
	if (sh_redirect(sh, node->redirs, &undo))
		status = node->type == SH_SUBSHELL ? sh_exec_subshell(sh, node)
						   : sh_exec_compound(sh, node);
	else
		status = sh_redirect_status(sh);
	sh_redirect_undo(sh, undo);
	sh_process_close(sh, process_fds);
	sh_pool_release(&sh->pool, mark);
	return status;
}

/**
 * sh_exec() - Runs one command
 * @sh: the shell
 * @node: the command
 *
 * Return: its status; check sh->jump.
 */
int sh_exec(struct sh *sh, struct sh_node *node)
{
	bool exec_last = sh->exec_last;
	int status;

	sh->exec_last = false;
	if (!sh_room(sh))
		return sh->status;
	if (sh->noexec && !sh->interactive)
		return 0;
	sh->exec_depth++;
	switch (node->type) {
	case SH_SIMPLE:
		sh_before_command(sh, node);
		sh->exec_last = exec_last;
		status = sh_exec_simple(sh, node);
		sh_check_errexit(sh, status);
		break;
	case SH_PIPE:
		status = sh_exec_pipe(sh, node);
		if (!node->bang)
			sh_check_errexit(sh, status);
		break;
	case SH_ANDOR:
		status = exec_andor(sh, node, exec_last);
		break;
	case SH_LIST:
		sh->exec_last = exec_last;
		status = sh_exec_list(sh, node->a);
		break;
	case SH_FUNC:
		status = exec_function_definition(sh, node);
		break;
	case SH_SUBSHELL:
	case SH_COND:
	case SH_ARITH:
		status = exec_redirected(sh, node);
		sh_check_errexit(sh, status);
		break;
	default:
		status = node->redirs ? exec_redirected(sh, node) : sh_exec_compound(sh, node);
		break;
	}
	sh->exec_depth--;
	return sh->jump == SH_JUMP_EXIT ? sh->status : status;
}

/**
 * sh_exec_tree() - Runs a command of a tree that must stay meanwhile
 * @sh: the shell
 * @tree: the caller's reference, which is dropped
 * @node: the command
 *
 * Return: its status.
 */
int sh_exec_tree(struct sh *sh, struct sh_tree *tree, struct sh_node *node)
{
	struct sh_frame *f = sh_xalloc(sizeof(*f));
	int status;

	f->tree = tree;
	f->below = sh->frames;
	sh->frames = f;
	status = sh_exec(sh, node);
	sh->frames = f->below;
	sh_tree_put(f->tree);
	free(f);
	return status;
}
