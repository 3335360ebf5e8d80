/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * redir.c - redirections, done and undone on the shell's own descriptors
 *
 * What a descriptor was is kept at SH_FD_KEEP and above; programs get only
 * the descriptors of sh->open_fds, so they never see those copies.
 */
#include "dash.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define PIPE_SIZE 4096 /* PIPE_BUF: what bash trusts a pipe with */

static void save_fd(struct sh *sh, int fd, struct sh_undo **undo)
{
	struct sh_undo *u;

	if (!undo)
		return;
	for (u = *undo; u; u = u->next) {
		if (u->fd == fd)
			return;
	}
	u = sh_pool_alloc(&sh->pool, sizeof(*u));
	u->fd = fd;
	u->saved = sh->open_fds >> fd & 1 ? ng_sys_dup(sh->task, fd, SH_FD_KEEP) : -1;
	u->next = *undo;
	*undo = u;
}

static void move_fd(struct sh *sh, int from, int to)
{
	if (from != to) {
		ng_sys_dup2(sh->task, from, to);
		ng_sys_close(sh->task, from);
	}
	sh->open_fds |= UINT64_C(1) << to;
}

static void close_fd(struct sh *sh, int fd)
{
	ng_sys_close(sh->task, fd);
	sh->open_fds &= ~(UINT64_C(1) << fd);
}

/* The one field a target stands for; NULL, said: none or several. */
static char *target_name(struct sh *sh, const struct sh_redir *r)
{
	struct sh_args args = { .pool = &sh->pool };
	struct sh_word one = *r->target;
	bool ok;

	one.next = NULL;
	if (sh->dash) {
		char *name = sh_expand_string(sh, r->target);

		return sh->jump ? NULL : name;
	}
	sh->redirecting = true;
	ok = sh_expand_words(sh, &one, &args);
	sh->redirecting = false;
	if (!ok)
		return NULL;
	if (args.n != 1) {
		sh_error(sh, "%s: ambiguous redirect", r->target->text);
		return NULL;
	}
	return args.v[0];
}

static int open_flags(enum sh_redir_op op)
{
	switch ((int)op) {
	case SH_REDIR_IN:
		return O_RDONLY;
	case SH_REDIR_RDWR:
		return O_RDWR | O_CREAT;
	case SH_REDIR_APPEND:
	case SH_REDIR_BOTH_APPEND:
		return O_WRONLY | O_CREAT | O_APPEND;
	default:
		return O_WRONLY | O_CREAT | O_TRUNC;
	}
}

/* < <(...): the pipe is there already */
static bool is_process_fd(const struct sh *sh, const char *name, int *ret_fd)
{
	int64_t fd;

	if (strncmp(name, "/dev/fd/", 8) || !sh_number(name + 8, &fd) || fd < 0 || fd >= SH_FD_KEEP)
		return false;
	*ret_fd = (int)fd;
	return sh->process_fds >> fd & 1;
}

static bool redirect_file(struct sh *sh, const struct sh_redir *r, int fd, struct sh_undo **undo)
{
	char *name = target_name(sh, r);
	struct ng_stat st;
	int got;

	if (!name)
		return false;
	if (sh->noclobber && (r->op == SH_REDIR_OUT || r->op == SH_REDIR_BOTH) &&
	    ng_sys_stat(sh->task, name, &st) >= 0 && (st.mode & 0170000) == 0100000) {
		if (sh->dash)
			sh_dash_open_error(sh, name, -EEXIST, true);
		else
			sh_error(sh, "%s: cannot overwrite existing file", name);
		return false;
	}
	if (sh->process_fds && is_process_fd(sh, name, &got))
		got = ng_sys_dup(sh->task, got, 3);
	else if (sh->dash || strncmp(name, "/dev/", 5) || !sh_net_open(sh, name, &got))
		got = ng_sys_open(sh->task, name, open_flags(r->op), 0666);
	if (got < 0) {
		/* of a connection or a file that is not modelled, that was said */
		sh->redir_not_modelled = got == -NG_ENOTMODELLED;
		if (sh->dash && !sh->redir_not_modelled)
			sh_dash_open_error(sh, name, got, r->op != SH_REDIR_IN);
		else if (got != -EOPNOTSUPP && !sh->redir_not_modelled)
			sh_error(sh, "%s: %s", name, ng_strerror(-got));
		return false;
	}
	if (got != fd)
		save_fd(sh, fd, undo);
	else if (undo) {
		struct sh_undo *u = sh_pool_alloc(&sh->pool, sizeof(*u));

		*u = (struct sh_undo){ fd, -1, *undo };
		*undo = u;
	}
	move_fd(sh, got, fd);
	if (r->op == SH_REDIR_BOTH || r->op == SH_REDIR_BOTH_APPEND) {
		save_fd(sh, 2, undo);
		ng_sys_dup2(sh->task, fd, 2);
		sh->open_fds |= 4;
	}
	return true;
}

/**
 * sh_redirect_status() - The status of a command whose redirections failed
 * @sh: the shell
 */
int sh_redirect_status(struct sh *sh)
{
	int status = sh->redir_not_modelled ? 3 : sh->dash ? 2 : 1;

	sh->redir_not_modelled = false;
	return status;
}

/* n>&m, n>&-, n>&m-; >&file is &>file */
static bool redirect_dup(struct sh *sh, const struct sh_redir *r, int fd, struct sh_undo **undo)
{
	char *name = target_name(sh, r);
	size_t digits;
	int from = 0, got;

	if (!name)
		return false;
	digits = strspn(name, "0123456789");
	if (!strcmp(name, "-")) {
		save_fd(sh, fd, undo);
		close_fd(sh, fd);
		return true;
	}
	if (sh->dash && (digits != 1 || name[1])) {
		sh_error(sh, "Syntax error: Bad fd number");
		sh_dash_raise(sh);
		return false;
	}
	if (!digits || digits > 4 || (name[digits] && strcmp(name + digits, "-"))) {
		struct sh_redir both = *r;

		if (r->op == SH_REDIR_DUP_OUT && r->fd < 0) {
			both.op = SH_REDIR_BOTH;
			return redirect_file(sh, &both, fd, undo);
		}
		sh_error(sh, "%s: ambiguous redirect", r->target->text);
		return false;
	}
	for (size_t i = 0; i < digits; i++)
		from = from * 10 + name[i] - '0';
	if (from == fd)
		return true;
	save_fd(sh, fd, undo);
	got = from < SH_FD_KEEP ? ng_sys_dup2(sh->task, from, fd) : -EBADF;
	if (got < 0) {
		sh_error(sh, "%d: %s", from, ng_strerror(-got));
		return false;
	}
	sh->open_fds |= UINT64_C(1) << fd;
	if (name[digits]) {
		save_fd(sh, from, undo);
		close_fd(sh, from);
	}
	return true;
}

static bool write_text(struct sh *sh, int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = ng_sys_write(sh->task, fd, text, len);

		if (n == -EINTR)
			continue;
		if (n <= 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

/* As bash: a here-document that fits in a pipe goes into one, a long one into a file without a name. */
static int here_fd(struct sh *sh, const char *text, size_t len)
{
	unsigned int x = 0;
	int fds[2], in, ret;
	char *name;

	if (len <= PIPE_SIZE) {
		ret = ng_sys_pipe(sh->task, fds);
		if (ret < 0)
			return ret;
		write_text(sh, fds[1], text, len);
		ng_sys_close(sh->task, fds[1]);
		return fds[0];
	}
	ng_sys_getrandom(sh->task, &x, sizeof(x));
	name = sh_pool_printf(&sh->pool, "/tmp/sh-thd.%08x", x);
	ret = ng_sys_open(sh->task, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (ret < 0)
		return ret;
	in = ng_sys_open(sh->task, name, O_RDONLY, 0);
	ng_sys_unlink(sh->task, name);
	write_text(sh, ret, text, len);
	ng_sys_close(sh->task, ret);
	return in;
}

static bool redirect_here(struct sh *sh, const struct sh_redir *r, int fd, struct sh_undo **undo)
{
	char *text;
	int got;

	text = sh_expand_string(sh, r->op == SH_REDIR_STRING ? r->target : r->body);
	if (sh->jump)
		return false;
	if (r->op == SH_REDIR_STRING)
		text = sh_pool_printf(&sh->pool, "%s\n", text);
	got = here_fd(sh, text, strlen(text));
	if (got < 0) {
		sh_error(sh, "cannot create temp file for here-document: %s", ng_strerror(-got));
		return false;
	}
	if (got != fd)
		save_fd(sh, fd, undo);
	move_fd(sh, got, fd);
	return true;
}

/* n>&-, of a descriptor that cannot be open */
static bool is_close(const struct sh_redir *r)
{
	return (r->op == SH_REDIR_DUP_IN || r->op == SH_REDIR_DUP_OUT) &&
	       !strcmp(r->target->text, "-");
}

/**
 * sh_redirect() - Does the redirections of a command
 * @sh: the shell
 * @r: the list
 * @undo: what to give to sh_redirect_undo(); NULL: they stay (exec)
 *
 * Return: false, said, when one failed; those before it are in @undo.
 */
bool sh_redirect(struct sh *sh, const struct sh_redir *r, struct sh_undo **undo)
{
	if (r)
		ng_flush(sh->out);
	for (; r; r = r->next) {
		bool input = r->op == SH_REDIR_IN || r->op == SH_REDIR_RDWR ||
			     r->op == SH_REDIR_DUP_IN || r->op == SH_REDIR_HERE ||
			     r->op == SH_REDIR_STRING;
		int fd = r->fd >= 0 ? r->fd : input ? 0 : 1;
		bool ok;

		if (fd >= SH_FD_KEEP && is_close(r))
			continue;
		if (fd >= SH_FD_KEEP) {
			sh_error(sh, "%d: Bad file descriptor", fd);
			return false;
		}
		if (r->op == SH_REDIR_DUP_IN || r->op == SH_REDIR_DUP_OUT)
			ok = redirect_dup(sh, r, fd, undo);
		else if (r->op == SH_REDIR_HERE || r->op == SH_REDIR_STRING)
			ok = redirect_here(sh, r, fd, undo);
		else
			ok = redirect_file(sh, r, fd, undo);
		if (!ok)
			return false;
		sh->out_moved += fd == 1;
	}
	return true;
}

/**
 * sh_redirect_undo() - Puts the descriptors back
 * @sh: the shell
 * @undo: from sh_redirect()
 */
void sh_redirect_undo(struct sh *sh, struct sh_undo *undo)
{
	if (undo) {
		ng_flush(sh->out);
		ng_out_clear_error(sh->out);
	}
	for (; undo; undo = undo->next) {
		if (undo->fd == 1 && sh->out_moved > 0)
			sh->out_moved--;
		if (undo->saved < 0) {
			close_fd(sh, undo->fd);
			continue;
		}
		ng_sys_dup2(sh->task, undo->saved, undo->fd);
		ng_sys_close(sh->task, undo->saved);
		sh->open_fds |= UINT64_C(1) << undo->fd;
	}
}

/**
 * sh_fd_map() - The descriptors a program gets
 * @sh: the shell
 * @map: at least @max entries
 * @max: 64 is enough
 *
 * Return: how many were set.
 */
unsigned int sh_fd_map(struct sh *sh, struct ng_fd_map *map, unsigned int max)
{
	unsigned int n = 0;

	for (uint64_t left = sh->open_fds; left && n < max; left &= left - 1) {
		int fd = __builtin_ctzll(left);

		if (fd < SH_FD_KEEP)
			map[n++] = (struct ng_fd_map){ fd, fd };
	}
	return n;
}
