/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * subst.c - command substitution: the output of a subshell
 */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static bool put_output(struct sh *sh, struct sh_buf *out, const char *buf, size_t n, bool *nul)
{
	if (out->len + n > SH_EXPAND_MAX) {
		sh_error(sh, "command substitution: output is longer than %d bytes", SH_EXPAND_MAX);
		sh->jump = SH_JUMP_DISCARD;
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (buf[i])
			sh_buf_putc(out, buf[i]);
		else
			*nul = true;
	}
	return true;
}

static void read_all(struct sh *sh, int fd, struct sh_buf *out)
{
	char buf[512];
	bool nul = false;
	ssize_t n;

	for (;;) {
		n = ng_sys_read(sh->task, fd, buf, sizeof(buf));
		if (n == -EINTR) {
			sh_take_signals(sh);
			continue;
		}
		if (n <= 0 || !put_output(sh, out, buf, (size_t)n, &nul))
			break;
	}
	if (nul && !sh->dash)
		sh_error(sh, "warning: command substitution: ignored null byte in input");
	while (out->len && out->s[out->len - 1] == '\n')
		out->s[--out->len] = '\0';
}

/* $(< file) */
static bool read_file(struct sh *sh, const struct sh_node *node, struct sh_buf *out)
{
	struct sh_undo *undo = NULL;
	bool ok;

	if (sh->dash || node->type != SH_SIMPLE || node->words || node->assigns || !node->redirs ||
	    node->redirs->next || node->redirs->op != SH_REDIR_IN || node->redirs->fd > 0)
		return false;
	ok = sh_redirect(sh, node->redirs, &undo);
	if (ok)
		read_all(sh, 0, out);
	sh_redirect_undo(sh, undo);
	sh->subst_status = ok ? 0 : sh_redirect_status(sh);
	return true;
}

static unsigned int first_line(const struct sh_node *node)
{
	while (node->a &&
	       (node->type == SH_LIST || node->type == SH_ANDOR || node->type == SH_PIPE))
		node = node->a;
	return node->line;
}

/**
 * sh_command_subst() - The output of $(...) or `...`
 * @sh: the shell
 * @part: the substitution
 *
 * The trailing newlines and all NUL bytes are gone; the status is noted.
 *
 * Return: the output; check sh->jump.
 */
char *sh_command_subst(struct sh *sh, const struct sh_part *part)
{
	struct sh_buf out = { .pool = &sh->pool };
	struct sh_fork how = { .node = part->node,
			       .text = part->type == SH_PART_BQUOTE ? part->text : NULL,
			       .in = -1,
			       .nested = true };
	bool errexit = sh->errexit;
	int shift = sh->line_shift;
	int fds[2], pid, err;

	sh->subst_status = 0;
	if (!how.node && !how.text)
		return sh_buf_str(&out);
	if (how.node && read_file(sh, how.node, &out))
		return sh_buf_str(&out);
	err = ng_sys_pipe(sh->task, fds);
	if (err < 0) {
		sh_error(sh, "cannot make pipe for command substitution: %s", ng_strerror(-err));
		sh->jump = SH_JUMP_DISCARD;
		return sh_buf_str(&out);
	}
	how.out = fds[1];
	/* As bash: a substitution does not inherit set -e, unless shopt says so. */
	sh->errexit &= sh->inherit_errexit || sh->dash;
	sh->trace_depth++;
	if (how.node && !sh->dash)
		sh->line_shift = (int)sh->line - (int)first_line(how.node);
	pid = sh_fork(sh, &how);
	sh->line_shift = shift;
	sh->trace_depth--;
	sh->errexit = errexit;
	ng_sys_close(sh->task, fds[1]);
	if (pid >= 0)
		read_all(sh, fds[0], &out);
	ng_sys_close(sh->task, fds[0]);
	sh->subst_status = pid < 0 ? 1 : sh_status_code(sh_wait_pid(sh, pid));
	sh->status = sh->subst_status;
	return sh_buf_str(&out);
}
