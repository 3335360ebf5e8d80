/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * process.c - process substitution: <(...) and >(...) become /dev/fd/63
 */
#include "sh.h"

#include "../lib/program.h"

static int free_number(const struct sh *sh)
{
	for (int fd = SH_FD_KEEP - 1; fd > 9; fd--) {
		if (!(sh->open_fds >> fd & 1))
			return fd;
	}
	return -1;
}

/**
 * sh_process_subst() - Starts the commands and names the pipe to them
 * @sh: the shell
 * @part: the substitution
 *
 * The descriptor stays open until sh_process_close().
 *
 * Return: "/dev/fd/63"; check sh->jump.
 */
char *sh_process_subst(struct sh *sh, const struct sh_part *part)
{
	struct sh_fork how = {
		.node = part->node, .text = part->node ? NULL : "", .in = -1, .out = -1
	};
	int fd = free_number(sh), fds[2], err, pid;
	struct ng_stat st;
	char *name;

	err = fd < 0 ? -24 : ng_sys_pipe(sh->task, fds);
	if (err < 0) {
		sh_error(sh, "cannot make pipe for process substitution: %s", ng_strerror(-err));
		sh->jump = SH_JUMP_DISCARD;
		return sh_pool_strdup(&sh->pool, "");
	}
	if (part->output)
		how.in = fds[0];
	else
		how.out = fds[1];
	pid = sh_fork(sh, &how);
	ng_sys_dup2(sh->task, fds[part->output ? 1 : 0], fd);
	ng_sys_close(sh->task, fds[0]);
	ng_sys_close(sh->task, fds[1]);
	sh->open_fds |= UINT64_C(1) << fd;
	sh->process_fds |= UINT64_C(1) << fd;
	if (pid > 0)
		sh->last_bg = pid;
	name = sh_pool_printf(&sh->pool, "/dev/fd/%d", fd);
	if (!sh->redirecting && ng_sys_stat(sh->task, name, &st) < 0) {
		sh->discard_status = ng_not_modelled(sh->task, "sh: %c( ) as a file name",
						     part->output ? '>' : '<');
		sh->jump = SH_JUMP_DISCARD;
	}
	return name;
}

/**
 * sh_process_close() - Closes the pipes of a command that is over
 * @sh: the shell
 * @keep: those of the commands around it
 */
void sh_process_close(struct sh *sh, uint64_t keep)
{
	uint64_t gone = sh->process_fds & ~keep;

	for (int fd = 0; gone && fd < SH_FD_KEEP; fd++) {
		if (gone >> fd & 1)
			ng_sys_close(sh->task, fd);
	}
	sh->open_fds &= ~gone;
	sh->process_fds &= keep;
}
