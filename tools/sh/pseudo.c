/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pseudo.c - the traps that are no signals: DEBUG, ERR and RETURN; $BASH_COMMAND
 *
 * A function sees the trap of its caller only after set -T (DEBUG, RETURN) or
 * set -E (ERR); what a function sets is there when it has returned.
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

/**
 * sh_trap_seen() - Is a trap one of the function or file that runs?
 * @sh: the shell
 * @sig: a signal, or SH_TRAP_DEBUG, SH_TRAP_ERR, SH_TRAP_RETURN
 *
 * Return: true when it is set and does not belong to a caller.
 */
bool sh_trap_seen(const struct sh *sh, int sig)
{
	if (!sh->traps[sig])
		return false;
	if (sig < SH_NSIG || sh->trap_depth[sig - SH_NSIG] == sh->func_depth)
		return true;
	return sig == SH_TRAP_ERR ? sh->errtrace : sh->functrace;
}

static void remember(struct sh *sh, const char *text)
{
	if (sh->in_trap || sh->in_pseudo)
		return;
	free(sh->trap_command);
	sh->trap_command = NULL;
	sh->trap_command = sh_xstrdup(text);
}

/**
 * sh_remember_command() - Notes what $BASH_COMMAND shows in a trap
 * @sh: the shell
 * @node: the command about to run
 */
void sh_remember_command(struct sh *sh, const struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_buf text = { .pool = &sh->pool };

	if (!sh->any_trap)
		return;
	sh_print_head(&text, node);
	remember(sh, sh_buf_str(&text));
	sh_pool_release(&sh->pool, mark);
}

/**
 * sh_run_pseudo() - Runs the trap of DEBUG, ERR or RETURN, if there is one
 * @sh: the shell
 * @sig: SH_TRAP_DEBUG, SH_TRAP_ERR or SH_TRAP_RETURN
 * @status: $? in it, and afterwards
 */
void sh_run_pseudo(struct sh *sh, int sig, int status)
{
	unsigned int bit = 1U << (sig - SH_NSIG), line = sh->line;
	const struct sh_node *simple = sh->simple;
	int subst_status = sh->subst_status;
	char *text;

	if (!sh_trap_seen(sh, sig) || !*sh->traps[sig] || sh->jump || sh->in_pseudo & bit)
		return;
	/* the trap may replace itself */
	text = sh_pool_strdup(&sh->pool, sh->traps[sig]);
	sh->in_pseudo |= bit;
	sh->status = status;
	sh_run_text(sh, text, NULL);
	sh->in_pseudo &= ~bit;
	sh->line = line;
	sh->simple = simple;
	sh->subst_status = subst_status;
	if (!sh->jump)
		sh->status = status;
}

/**
 * sh_before_command() - What bash does before a command: $BASH_COMMAND, the trap of DEBUG
 * @sh: the shell
 * @node: the command
 */
void sh_before_command(struct sh *sh, const struct sh_node *node)
{
	if (!sh->any_trap)
		return;
	sh_set_line(sh, node);
	sh_remember_command(sh, node);
	sh_run_pseudo(sh, SH_TRAP_DEBUG, sh->status);
}

/**
 * sh_before_expression() - sh_before_command() for one expression of for (( ))
 * @sh: the shell
 * @text: the expression
 */
void sh_before_expression(struct sh *sh, const char *text)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);

	if (!sh->any_trap)
		return;
	remember(sh, sh_pool_printf(&sh->pool, "((%s))", text));
	sh_run_pseudo(sh, SH_TRAP_DEBUG, sh->status);
	sh_pool_release(&sh->pool, mark);
}

/**
 * sh_returned() - A function or a sourced file is over: the trap of RETURN
 * @sh: the shell
 * @status: of its last command
 *
 * Return: its status: that of `return` when there was one.
 */
int sh_returned(struct sh *sh, int status)
{
	int shown = status;

	if (sh->jump == SH_JUMP_RETURN) {
		sh->jump = SH_JUMP_NONE;
		status = sh->status;
		shown = sh->before_return;
	}
	sh_run_pseudo(sh, SH_TRAP_RETURN, shown);
	return sh->jump == SH_JUMP_EXIT ? sh->status : status;
}

/**
 * sh_pseudo_leave() - A function has returned: what it has set is its caller's
 * @sh: the shell
 */
void sh_pseudo_leave(struct sh *sh)
{
	for (int i = 0; i < SH_NTRAPS - SH_NSIG; i++) {
		if (sh->trap_depth[i] > sh->func_depth)
			sh->trap_depth[i] = sh->func_depth;
	}
}
