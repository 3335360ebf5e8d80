/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dash_jobs.c - dash's jobs, fg, bg, wait, kill and trap
 *
 * Without a terminal dash has no job control: a job's text is not kept, and no
 * process has a group of its own, so `kill %1` finds nobody.
 */
#include "builtin.h"
#include "dash.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define STATE_COLUMN 33 /* the commands begin behind it */

static void show_job(struct sh *sh, const struct sh_job *job, char mark, int how)
{
	char state[64], head[96];

	if (how == 'p') {
		ng_printf(sh->out, "%d\n", job->pids[0]);
		return;
	}
	sh_job_words(job, true, state, sizeof(state));
	if (how == 'l')
		snprintf(head, sizeof(head), "[%d] %c %d %s", job->id, mark, job->pids[0], state);
	else
		snprintf(head, sizeof(head), "[%d] %c %s", job->id, mark, state);
	ng_printf(sh->out, "%-*s", STATE_COLUMN, head);
	for (int i = 1; i < job->npids; i++) {
		if (how == 'l')
			ng_printf(sh->out, " |\n%*s%d%*s", 6, "", job->pids[i], STATE_COLUMN - 10,
				  "");
		else
			ng_puts(sh->out, " | ");
	}
	ng_putc(sh->out, '\n');
}

/* The newest job that is still listed, or the one before it. */
static struct sh_job *newest(const struct sh *sh, const struct sh_job *before)
{
	struct sh_job *last = NULL;

	for (struct sh_job *job = sh->jobs; job && job != before; job = job->next) {
		if (job->id)
			last = job;
	}
	return last;
}

/* %1, %%, %+, %-, or a pid. NULL, raised: there is none. */
static struct sh_job *find(struct sh *sh, const char *name, const char *spec)
{
	struct sh_job *found = NULL;
	int64_t n;

	if (*spec != '%') {
		if (!sh_dash_number(sh, spec, &n))
			return NULL;
		found = sh_job_by_pid(sh, (int)n);
	} else if (!spec[1] || !strcmp(spec, "%%") || !strcmp(spec, "%+")) {
		found = newest(sh, NULL);
		if (!found)
			sh_builtin_error(sh, name, "No current job");
	} else if (!strcmp(spec, "%-")) {
		found = newest(sh, newest(sh, NULL));
		if (!found)
			sh_builtin_error(sh, name, "No previous job");
	} else if (sh_number(spec + 1, &n)) {
		for (struct sh_job *job = sh->jobs; job; job = job->next) {
			if (job->id == n)
				found = job;
		}
	}
	if (!found && !sh->raised)
		sh_builtin_error(sh, name, "No such job: %s", spec);
	return found;
}

/* Shown once, a finished job is forgotten. */
static void show_and_forget(struct sh *sh, struct sh_job *job, int how)
{
	struct sh_job *last = newest(sh, NULL);

	show_job(sh, job, job == last ? '+' : job == newest(sh, last) ? '-' : ' ', how);
	if (sh_job_done(job))
		job->id = 0;
}

/**
 * sh_dash_jobs() - jobs [-lp] [job ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_dash_jobs(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	struct sh_job *job, *next;
	int c, how = 0;

	while ((c = sh_option(sh, &o, argc, argv, "lp")) != 0) {
		if (c == '?')
			return 2;
		how = c;
	}
	sh_reap(sh);
	for (int i = o.at; i < argc; i++) {
		job = find(sh, argv[0], argv[i]);
		if (!job)
			return 2;
		show_and_forget(sh, job, how);
	}
	for (job = o.at < argc ? NULL : newest(sh, NULL); job; job = next) {
		next = newest(sh, job);
		show_and_forget(sh, job, how);
	}
	return 0;
}

/**
 * sh_dash_fg() - fg and bg: without job control they only refuse
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 2.
 */
int sh_dash_fg(struct sh *sh, int argc, char **argv)
{
	const char *spec = argc > 1 ? argv[1] : NULL;

	if (find(sh, argv[0], spec ? spec : "%%"))
		sh_builtin_error(sh, argv[0], "job %s not created under job control",
				 spec ? spec : "(null)");
	return 2;
}

/* One job, which stays in the list until it is shown. Returns its status. */
static int wait_job(struct sh *sh, struct sh_job *job)
{
	int id = job->id, status;

	if (!sh_wait_job(sh, job, &status))
		return status;
	job->id = id;
	for (int i = 0; i < job->npids && !job->waited; i++)
		sh_tell_signal(sh, job->pids[i], job->status[i], NULL);
	job->waited = true;
	return status;
}

static int wait_all(struct sh *sh)
{
	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		int id = job->id, status;

		if (!sh_wait_job(sh, job, &status))
			return status;
		job->id = id;
		job->waited = true;
	}
	return 0;
}

/**
 * sh_dash_wait() - wait [id ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status of the last one; 127 for a process that is no child.
 */
int sh_dash_wait(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	struct sh_job *job;
	int status = 0;
	int64_t pid;

	if (sh_option(sh, &o, argc, argv, ""))
		return 2;
	if (o.at >= argc)
		return wait_all(sh);
	for (; o.at < argc && !sh->jump; o.at++) {
		if (*argv[o.at] == '%') {
			job = find(sh, argv[0], argv[o.at]);
			if (!job)
				return 2;
		} else if (!sh_dash_number(sh, argv[o.at], &pid)) {
			return 2;
		} else {
			job = sh_job_by_pid(sh, (int)pid);
		}
		status = job ? wait_job(sh, job) : 127;
	}
	return status;
}

/* TERM, term or 15, without SIG; -1: none of these. */
static int signal_number(const char *name)
{
	return strncasecmp(name, "SIG", 3) ? sh_signal_number(name) : -1;
}

/* What kill -l and trap call a signal. */
static const char *signal_name(struct sh *sh, int sig)
{
	const char *name = sh_signal_name(sig);

	if (sig == SIGSTKFLT || sig == 32 || sig == 33)
		return sh_pool_printf(&sh->pool, "%d", sig);
	if (name)
		return strncmp(name, "SIG", 3) ? name : name + 3;
	if (sig == 34 || sig == 64)
		return sig == 34 ? "RTMIN" : "RTMAX";
	return sig < 50 ? sh_pool_printf(&sh->pool, "RTMIN+%d", sig - 34)
			: sh_pool_printf(&sh->pool, "RTMAX-%d", 64 - sig);
}

static int list_signals(struct sh *sh, const char *name, const char *arg)
{
	int64_t n;

	if (!arg) {
		ng_puts(sh->out, "0\n");
		for (int sig = 1; sig <= 64; sig++)
			ng_printf(sh->out, "%s\n", signal_name(sh, sig));
		return 0;
	}
	if (!sh_dash_number(sh, arg, &n))
		return 2;
	if (n > 128)
		n -= 128;
	if (n < 1 || n > 64)
		return sh_builtin_error(sh, name, "invalid signal number or exit status: %s", arg);
	ng_printf(sh->out, "%s\n", signal_name(sh, (int)n));
	return 0;
}

static int kill_usage(struct sh *sh, const char *name)
{
	return sh_builtin_error(sh, name,
				"Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\n"
				"kill -l [exitstatus]");
}

/* The signal of kill's options; -1: it is over, with *@ret. */
static int kill_options(struct sh *sh, struct sh_opts *o, int argc, char **argv, int *ret)
{
	int sig = SIGTERM, c;

	*ret = 2;
	if (argc > 1 && argv[1][0] == '-' && argv[1][1]) {
		sig = signal_number(argv[1] + 1);
		if (sig >= 0) {
			o->at = 2;
			return sig;
		}
		sig = SIGTERM;
	}
	while ((c = sh_option(sh, o, argc, argv, "ls:")) != 0) {
		if (c == '?')
			return -1;
		if (c == 'l') {
			*ret = list_signals(sh, argv[0], o->at < argc ? argv[o->at] : NULL);
			return -1;
		}
		sig = signal_number(o->arg);
		if (sig < 0) {
			sh_builtin_error(sh, argv[0], "invalid signal number or name: %s", o->arg);
			return -1;
		}
	}
	return sig;
}

/**
 * sh_dash_kill() - kill [-s signal | -signal] id ..., kill -l
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 when one was not reached.
 */
int sh_dash_kill(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int status, sig;

	if (argc < 2)
		return kill_usage(sh, argv[0]);
	sig = kill_options(sh, &o, argc, argv, &status);
	if (sig < 0)
		return status;
	if (o.at >= argc)
		return kill_usage(sh, argv[0]);
	ng_flush(sh->out);
	status = 0;
	for (; o.at < argc; o.at++) {
		const struct sh_job *job;
		bool group = *argv[o.at] == '-';
		int64_t pid;
		int err;

		if (*argv[o.at] == '%') {
			job = find(sh, argv[0], argv[o.at]);
			if (!job)
				return 2;
			pid = -job->pids[0];
		} else if (!sh_dash_number(sh, argv[o.at] + group, &pid)) {
			return 2;
		} else if (group) {
			pid = -pid;
		}
		err = ng_sys_kill(sh->task, (int)pid, sig);
		if (err < 0) {
			sh_error(sh, "%s\n", ng_strerror(-err));
			status = 1;
		}
	}
	return status;
}

static int show_traps(struct sh *sh)
{
	for (int sig = 0; sig < SH_NSIG; sig++) {
		if (sh->traps[sig])
			ng_printf(sh->out, "trap -- %s %s\n",
				  sh_dash_quote(&sh->pool, sh->traps[sig]), signal_name(sh, sig));
	}
	return 0;
}

/**
 * sh_dash_trap() - trap [[action] signal ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 for an unknown signal.
 */
int sh_dash_trap(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	const char *action = NULL;
	int64_t n;

	if (sh_option(sh, &o, argc, argv, ""))
		return 2;
	if (o.at >= argc)
		return show_traps(sh);
	if (o.at + 1 < argc && !(sh_number(argv[o.at], &n) && n >= 0 && n < SH_NSIG)) {
		action = argv[o.at++];
		if (!strcmp(action, "-"))
			action = NULL;
	}
	for (; o.at < argc; o.at++) {
		int sig = signal_number(argv[o.at]);

		if (sig < 0) {
			ng_flush(sh->out);
			ng_printf(sh->err, "trap: %s: bad trap\n", argv[o.at]);
			return 1;
		}
		sh_trap_set(sh, sig, action);
	}
	return 0;
}
