/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fork.c - subshells, pipelines and background commands
 *
 * sh_exec_pipe(), sh_exec_background(), sh_exec_subshell()
 *   sh_fork()
 *     child_main()          in the child
 */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* What a child is given. Owned by the child once it runs. */
struct start {
	struct sh *sh;
	struct sh_node *node;
	char *text;
	bool err;
	bool background;
	bool async;  /* SIGINT and SIGQUIT do not reach it: no terminal's job control */
	bool simple; /* a command of its own: the parent runs its traps of DEBUG and ERR */
};

static void free_start(void *arg)
{
	struct start *s = arg;

	sh_free(s->sh);
	free(s->text);
	free(s);
}

/*
 * The child takes what it was given when it begins to run. When it is killed
 * before that, the parent finds it still there as it reaps the child.
 */
struct sh_ticket {
	struct sh_ticket *next;
	int pid;
	bool made;   /* the child is there */
	bool orphan; /* the parent is gone: the child frees the ticket */
	struct start *start;
};

/**
 * sh_tickets_free() - The shell ends: its children are on their own
 * @sh: the shell
 */
void sh_tickets_free(struct sh *sh)
{
	struct sh_ticket *t;

	while ((t = sh->tickets) != NULL) {
		sh->tickets = t->next;
		t->orphan = true;
		if (!t->made)
			free_start(t->start);
		if (!t->made || !t->start)
			free(t);
	}
}

/**
 * sh_wait4() - wait4() for the children of sh_fork() and others
 * @sh: the shell
 * @pid: which, or -1
 * @ret_status: how it ended
 * @options: NG_WNOHANG
 *
 * Return: as ng_sys_wait4().
 */
int sh_wait4(struct sh *sh, int pid, int *ret_status, int options)
{
	int got = ng_sys_wait4(sh->task, pid, ret_status, options);

	if (got == -EINTR)
		sh_take_signals(sh);
	for (struct sh_ticket **at = &sh->tickets; got > 0 && *at; at = &(*at)->next) {
		struct sh_ticket *t = *at;

		if (t->pid != got)
			continue;
		*at = t->next;
		if (t->start)
			free_start(t->start);
		free(t);
		break;
	}
	return got;
}

/* The child is the subshell that ( ) asks for. */
static int exec_body(struct sh *sh, struct sh_node *node)
{
	struct sh_undo *undo = NULL;

	sh_set_line(sh, node);
	sh_remember_command(sh, node);
	if (!sh_redirect(sh, node->redirs, &undo))
		return sh_redirect_status(sh);
	sh->exec_last = true;
	return sh_exec(sh, node->a);
}

static int child_main(struct ng_task *task, void *arg)
{
	struct sh_ticket *ticket = arg;
	struct start *s = ticket->start;
	struct sh *sh = s->sh;
	int status, fd;

	ticket->start = NULL;
	if (ticket->orphan)
		free(ticket);
	ng_task_defer(task, free_start, s);
	sh->task = task;
	sh->out = ng_stdout(task);
	ng_set_goes_on(task);
	sh->err = ng_stderr(task);
	sh->stack = (uintptr_t)__builtin_frame_address(0);
	if (s->err)
		ng_sys_dup2(task, 1, 2);
	if (s->async) {
		ng_sys_sigaction(task, SIGINT, NG_SIG_IGNORE);
		ng_sys_sigaction(task, SIGQUIT, NG_SIG_IGNORE);
	}
	if (s->background && !(sh->open_fds & 1)) {
		fd = ng_sys_open(task, "/dev/null", O_RDONLY, 0);
		if (fd > 0) {
			ng_sys_dup2(task, fd, 0);
			ng_sys_close(task, fd);
		}
		sh->open_fds |= 1;
	}
	if (s->node) {
		sh->exec_last = true;
		status = s->simple			? sh_exec_simple(sh, s->node)
			 : s->node->type == SH_SUBSHELL ? exec_body(sh, s->node)
							: sh_exec(sh, s->node);
		if (sh->jump == SH_JUMP_NONE || sh->jump == SH_JUMP_DISCARD)
			sh->status = !sh->jump ? status : sh->dash ? 2 : 1;
	} else {
		sh_run_text(sh, s->text, "command substitution");
	}
	status = sh_finish(sh);
	ng_flush(sh->out);
	return status;
}

static unsigned int child_fds(struct sh *sh, const struct sh_fork *how, struct ng_fd_map *map)
{
	unsigned int n = sh_fd_map(sh, map, SH_FD_KEEP), k = 0;

	for (unsigned int i = 0; i < n; i++) {
		if ((map[i].to == 0 && (how->in >= 0 || how->background)) ||
		    (map[i].to == 1 && how->out >= 0))
			continue;
		map[k++] = map[i];
	}
	if (how->in >= 0)
		map[k++] = (struct ng_fd_map){ how->in, 0 };
	if (how->out >= 0)
		map[k++] = (struct ng_fd_map){ how->out, 1 };
	return k;
}

/**
 * sh_fork() - Starts a copy of the shell
 * @sh: the shell
 * @how: what the copy runs, and between which pipes
 *
 * Return: its pid, or -errno after an error was said.
 */
int sh_fork(struct sh *sh, const struct sh_fork *how)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct ng_fd_map *map = sh_pool_alloc(&sh->pool, (SH_FD_KEEP + 2) * sizeof(*map));
	struct ng_spawn spawn = { .fds = map, .nfds = child_fds(sh, how, map), .pgid = -1 };
	struct sh_ticket *ticket;
	struct start *s;
	int pid;

	ng_flush(sh->out);
	s = sh_xalloc(sizeof(*s));
	s->sh = sh_copy(sh);
	s->sh->nested |= how->nested || (how->node && how->node->type == SH_SUBSHELL);
	s->node = how->node;
	s->simple = how->node && how->node->type == SH_SIMPLE && !how->nested;
	s->sh->subshell_depth += !s->simple;
	s->text = sh_xstrdup(how->text);
	s->err = how->err;
	s->background = how->background && how->in < 0;
	s->async = how->background && !sh->interactive;
	if (s->background)
		s->sh->open_fds &= ~UINT64_C(1);
	if (how->in >= 0)
		s->sh->open_fds |= 1;
	if (how->out >= 0)
		s->sh->open_fds |= 2;
	ticket = sh_xalloc(sizeof(*ticket));
	ticket->start = s;
	ticket->next = sh->tickets;
	sh->tickets = ticket;
	spawn.ret_made = &ticket->made;
	pid = ng_sys_clone(sh->task, child_main, ticket, &spawn);
	ticket->pid = pid;
	sh_pool_release(&sh->pool, mark);
	if (pid < 0) {
		sh->tickets = ticket->next;
		free(ticket);
		free_start(s);
		sh_error(sh, "fork: %s", ng_strerror(-pid));
	}
	return pid;
}

/* Starts the commands of a pipeline; their pids, or NULL after an error. */
static int *start_pipe(struct sh *sh, const struct sh_node *pipe, bool background, int *ret_n)
{
	int *pids, n = 0, in = -1, fds[2];

	for (const struct sh_node *node = pipe->a; node; node = node->next)
		n++;
	pids = sh_pool_alloc(&sh->pool, (size_t)n * sizeof(*pids));
	*ret_n = 0;
	for (struct sh_node *node = pipe->a; node; node = node->next) {
		struct sh_fork how = { .node = node,
				       .in = in,
				       .out = -1,
				       .err = node->pipe_err,
				       .background = background };

		if (node->next) {
			int err = ng_sys_pipe(sh->task, fds);

			if (err < 0) {
				sh_error(sh, "pipe: %s", ng_strerror(-err));
				return NULL;
			}
			how.out = fds[1];
		}
		if (node->type == SH_SIMPLE)
			sh_before_command(sh, node);
		pids[*ret_n] = sh_fork(sh, &how);
		if (in >= 0)
			ng_sys_close(sh->task, in);
		if (how.out >= 0)
			ng_sys_close(sh->task, how.out);
		in = node->next ? fds[0] : -1;
		if (pids[*ret_n] < 0) {
			if (in >= 0)
				ng_sys_close(sh->task, in);
			return NULL;
		}
		(*ret_n)++;
	}
	return pids;
}

static int pipe_status(struct sh *sh, const int *status, int n)
{
	int last = status[n - 1];

	if (!sh->pipefail)
		return last;
	for (int i = n; i-- > 0;) {
		if (status[i])
			return status[i];
	}
	return 0;
}

static int run_pipe(struct sh *sh, struct sh_node *node)
{
	int n, *pids = start_pipe(sh, node, false, &n), *status;

	if (!pids)
		return 1;
	status = sh_pool_alloc(&sh->pool, (size_t)n * sizeof(*status));
	for (int i = 0; i < n; i++) {
		int st = sh_wait_pid(sh, pids[i]);

		status[i] = sh_status_code(st);
		if (i == n - 1 || sh->dash)
			sh_tell_signal(sh, pids[i], st, NULL);
	}
	if (sh->dash)
		return status[n - 1];
	sh_elem_set(sh, "PIPESTATUS", 0, "0", false);
	sh_array_clear(sh_var_find(sh, "PIPESTATUS"));
	for (int i = 0; i < n; i++)
		sh_elem_set(sh, "PIPESTATUS", i, sh_pool_printf(&sh->pool, "%d", status[i]), false);
	return pipe_status(sh, status, n);
}

static void tell_time(struct sh *sh, int64_t start_ns, bool posix)
{
	int64_t ms =
		(ng_sys_clock_monotonic(sh->task) - start_ns + NSEC_PER_MSEC / 2) / NSEC_PER_MSEC;

	ng_flush(sh->out);
	if (posix) {
		ng_printf(sh->err, "real %lld.%02lld\nuser 0.00\nsys 0.00\n",
			  (long long)(ms / 1000), (long long)(ms / 10 % 100));
		return;
	}
	ng_printf(sh->err, "\nreal\t%lldm%lld.%03llds\nuser\t0m0.000s\nsys\t0m0.000s\n",
		  (long long)(ms / 60000), (long long)(ms / 1000 % 60), (long long)(ms % 1000));
}

/**
 * sh_exec_pipe() - Runs a pipeline, or a command behind ! or time
 * @sh: the shell
 * @node: the pipeline
 *
 * Return: the status.
 */
int sh_exec_pipe(struct sh *sh, struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	int64_t start_ns = node->timed ? ng_sys_clock_monotonic(sh->task) : 0;
	int status = 0;

	sh->no_errexit += node->bang;
	if (node->a && node->a->next)
		status = run_pipe(sh, node);
	else if (node->a)
		status = sh_exec(sh, node->a);
	sh->no_errexit -= node->bang;
	if (node->timed)
		tell_time(sh, start_ns, node->time_posix);
	if (node->bang && !sh->jump)
		status = !status;
	sh_pool_release(&sh->pool, mark);
	return status;
}

/**
 * sh_exec_background() - command &
 * @sh: the shell
 * @node: the command
 *
 * Return: 0; the job is noted and $! set.
 */
int sh_exec_background(struct sh *sh, struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_buf text = { .pool = &sh->pool };
	struct sh_fork how = { .node = node, .in = -1, .out = -1, .background = true };
	int n = 1, *pids, pid;

	sh_set_line(sh, node);
	if (node->type == SH_SIMPLE)
		sh_before_command(sh, node);
	sh_print_node(&text, node);
	if (node->type == SH_PIPE && node->a && node->a->next && !node->bang && !node->timed) {
		pids = start_pipe(sh, node, true, &n);
	} else {
		pid = sh_fork(sh, &how);
		pids = pid < 0 ? NULL : &pid;
	}
	if (pids) {
		const struct sh_job *job = sh_job_add(sh, pids, n, sh_buf_str(&text));

		sh->last_bg = pids[n - 1];
		if (sh->interactive && !sh->subshell)
			ng_printf(sh->err, "[%d] %d\n", job->id, sh->last_bg);
	}
	sh_pool_release(&sh->pool, mark);
	return pids ? 0 : 1;
}

/**
 * sh_exec_subshell() - ( list )
 * @sh: the shell
 * @node: the subshell
 *
 * Return: the status.
 */
int sh_exec_subshell(struct sh *sh, struct sh_node *node)
{
	struct sh_fork how = { .node = node->a, .in = -1, .out = -1, .nested = true };
	int pid = sh_fork(sh, &how), st;

	if (pid < 0)
		return 254;
	st = sh_wait_pid(sh, pid);
	if (WIFSIGNALED(st)) {
		struct sh_mark mark = sh_pool_mark(&sh->pool);
		struct sh_buf text = { .pool = &sh->pool };

		sh_print_node(&text, node);
		sh_tell_signal(sh, pid, st, sh_buf_str(&text));
		sh_pool_release(&sh->pool, mark);
	}
	return sh_status_code(st);
}
