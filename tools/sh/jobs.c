/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jobs.c - jobs, wait, kill, disown
 */
#include "builtin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * sh_job_words() - How a job is: Running, Done, or the signal that ended it
 * @job: the job
 * @dash: in dash's words
 * @buf: filled
 * @size: of it
 */
void sh_job_words(const struct sh_job *job, bool dash, char *buf, size_t size)
{
	int st = job->status[job->npids - 1];

	if (!sh_job_done(job))
		snprintf(buf, size, "Running");
	else if (WIFSIGNALED(st))
		snprintf(buf, size, "%s", sh_signal_words(WTERMSIG(st)));
	else if (!WEXITSTATUS(st))
		snprintf(buf, size, "Done");
	else
		snprintf(buf, size, dash ? "Done(%d)" : "Exit %d", WEXITSTATUS(st));
}

/* + marks the last job, - the one before */
static char mark_of(const struct sh *sh, const struct sh_job *job)
{
	const struct sh_job *last = NULL, *before = NULL;

	for (const struct sh_job *j = sh->jobs; j; j = j->next) {
		if (!j->id)
			continue;
		before = last;
		last = j;
	}
	return job == last ? '+' : job == before ? '-' : ' ';
}

static void show_job(struct sh *sh, const struct sh_job *job, int how)
{
	bool done = sh_job_done(job);
	char state[64];

	if (how == 'p') {
		ng_printf(sh->out, "%d\n", job->pids[0]);
		return;
	}
	sh_job_words(job, false, state, sizeof(state));
	ng_printf(sh->out, "[%d]%c  ", job->id, mark_of(sh, job));
	if (how == 'l')
		ng_printf(sh->out, "%5d ", job->pids[0]);
	ng_printf(sh->out, "%-23s %s%s\n", state, job->text, done ? "" : " &");
}

/**
 * sh_bi_jobs() - jobs [-lprs] [job ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_jobs(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, how = 0, status = 0, st, pid;
	bool running = false;

	while ((c = sh_option(sh, &o, argc, argv, "lnprs")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		running |= c == 'r';
		how = c;
	}
	while (sh->jobs && (pid = sh_wait4(sh, -1, &st, NG_WNOHANG)) > 0) {
		for (int i = 0; sh_job_by_pid(sh, pid) && i < sh_job_by_pid(sh, pid)->npids; i++) {
			if (sh_job_by_pid(sh, pid)->pids[i] == pid)
				sh_job_by_pid(sh, pid)->status[i] = st;
		}
	}
	for (int i = o.at; i < argc; i++) {
		struct sh_job *job = sh_job_find(sh, argv[i]);

		if (!job)
			status = sh_builtin_error(sh, argv[0], "%s: no such job", argv[i]);
		else
			show_job(sh, job, how);
	}
	if (o.at < argc)
		return status;
	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		if (job->id && !(running && sh_job_done(job)))
			show_job(sh, job, how);
	}
	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		if (sh_job_done(job) && !job->inherited) {
			job->told = true;
			job->id = 0;
		}
	}
	return 0;
}

/* A signal with a trap ends wait: the trap runs, and the status tells which it was; 0: none came. */
static int interrupted(struct sh *sh)
{
	int sig = sh_run_traps(sh);

	return sig ? 128 + sig : 0;
}

/**
 * sh_wait_job() - Waits for a job
 * @sh: the shell
 * @job: the job; it is none any more
 * @ret_status: its status
 *
 * Return: false: a signal came first, and *@ret_status is its.
 */
bool sh_wait_job(struct sh *sh, struct sh_job *job, int *ret_status)
{
	int sig;

	do {
		*ret_status = sh_job_wait(sh, job);
		sig = interrupted(sh);
	} while (!sig && *ret_status == -EINTR);
	if (sig) {
		*ret_status = sig;
		return false;
	}
	job->id = 0;
	return true;
}

/* wait without arguments */
static int wait_all(struct sh *sh)
{
	int status;

	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		if (!job->inherited && !sh_wait_job(sh, job, &status))
			return status;
	}
	return 0;
}

/* wait -n: the next job to end */
static int wait_next(struct sh *sh)
{
	int st, pid, status;

	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		if (job->id && !job->inherited && sh_job_done(job)) {
			job->id = 0;
			return sh_job_wait(sh, job);
		}
	}
	while ((pid = sh_wait4(sh, -1, &st, 0)) > 0) {
		struct sh_job *job = sh_job_by_pid(sh, pid);

		for (int i = 0; job && i < job->npids; i++) {
			if (job->pids[i] == pid)
				job->status[i] = st;
		}
		if (job && sh_job_done(job)) {
			job->id = 0;
			return sh_job_wait(sh, job);
		}
	}
	status = pid == -EINTR ? interrupted(sh) : 0;
	return status ? status : 127;
}

static int wait_one(struct sh *sh, const char *name, const char *spec)
{
	struct sh_job *job;
	int64_t pid;
	int status;

	if (*spec == '%') {
		job = sh_job_find(sh, spec);
		if (!job) {
			sh_builtin_error(sh, name, "%s: no such job", spec);
			return 127;
		}
	} else if (!sh_number(spec, &pid) || pid <= 0) {
		return sh_builtin_error(sh, name, "`%s': not a pid or valid job spec", spec);
	} else {
		job = sh_job_by_pid(sh, (int)pid);
		if (!job || job->inherited) {
			sh_builtin_error(sh, name, "pid %lld is not a child of this shell",
					 (long long)pid);
			return 127;
		}
	}
	sh_wait_job(sh, job, &status);
	return status;
}

/**
 * sh_bi_wait() - wait [-n] [id ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status of the last one waited for.
 */
int sh_bi_wait(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, status = 0;
	bool next = false;

	while ((c = sh_option(sh, &o, argc, argv, "fnp:")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		next |= c == 'n';
	}
	ng_flush(sh->out);
	if (next)
		return wait_next(sh);
	if (o.at >= argc)
		return wait_all(sh);
	for (; o.at < argc && !sh->jump; o.at++)
		status = wait_one(sh, argv[0], argv[o.at]);
	return status;
}

static int kill_one(struct sh *sh, const char *name, const char *spec, int sig)
{
	struct sh_job *job;
	int64_t pid;
	int err = 0;

	if (*spec == '%') {
		job = sh_job_find(sh, spec);
		if (!job)
			return sh_builtin_error(sh, name, "%s: no such job", spec);
		for (int i = 0; i < job->npids; i++)
			err = ng_sys_kill(sh->task, job->pids[i], sig);
		pid = job->pids[0];
	} else if (!sh_number(spec, &pid)) {
		return sh_builtin_error(sh, name, "%s: arguments must be process or job IDs", spec);
	} else {
		err = ng_sys_kill(sh->task, (int)pid, sig);
	}
	if (err < 0)
		return sh_builtin_error(sh, name, "(%lld) - %s", (long long)pid, ng_strerror(-err));
	return 0;
}

/**
 * sh_bi_kill() - kill [-s signal | -signal] id ..., kill -l
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 when at least one was reached.
 */
int sh_bi_kill(struct sh *sh, int argc, char **argv)
{
	const char *name = NULL;
	int at = 1, sig = SIGTERM, status = 1;

	if (argc > 1 && (!strcmp(argv[1], "-l") || !strcmp(argv[1], "-L")))
		return sh_list_signals(sh, argc - 2, argv + 2);
	if (argc > 1 && (!strcmp(argv[1], "-s") || !strcmp(argv[1], "-n"))) {
		if (argc == 2) {
			sh_builtin_error(sh, argv[0], "%s: option requires an argument", argv[1]);
			return 1;
		}
		name = argv[2];
		at = 3;
	} else if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--")) {
		name = argv[1] + 1;
		at = 2;
	}
	if (name)
		sig = sh_signal_number(name);
	if (sig < 0) {
		sh_builtin_error(sh, argv[0], "%s: invalid signal specification", name);
		if (at >= argc)
			return sh_usage(sh, argv[0]);
		return 1;
	}
	if (at < argc && !strcmp(argv[at], "--"))
		at++;
	if (at >= argc)
		return sh_usage(sh, argv[0]);
	ng_flush(sh->out);
	for (; at < argc; at++) {
		if (!kill_one(sh, argv[0], argv[at], sig))
			status = 0;
	}
	return status;
}

/**
 * sh_bi_disown() - disown [job ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_disown(struct sh *sh, int argc, char **argv)
{
	struct sh_job *job;
	int status = 0;

	for (int i = 1; i < argc || i == 1; i++) {
		const char *spec = i < argc ? argv[i] : "%%";

		job = *spec == '%' ? sh_job_find(sh, spec) : sh_job_by_pid(sh, atoi(spec));
		if (!job)
			status = sh_builtin_error(sh, argv[0], "%s: no such job",
						  i < argc ? spec : "current");
		else
			job->id = 0;
	}
	return status;
}
