/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * job.c - children: waiting for them, and the list of background jobs
 */
#include "sh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define RUNS (-1)
#define FORGET_AT 256 /* finished jobs whose status is still kept */

static const char *const words[] = {
	[SIGHUP] = "Hangup",
	[SIGINT] = "Interrupt",
	[SIGQUIT] = "Quit",
	[SIGILL] = "Illegal instruction",
	[SIGTRAP] = "Trace/breakpoint trap",
	[SIGABRT] = "Aborted",
	[SIGBUS] = "Bus error",
	[SIGFPE] = "Floating point exception",
	[SIGKILL] = "Killed",
	[SIGUSR1] = "User defined signal 1",
	[SIGSEGV] = "Segmentation fault",
	[SIGUSR2] = "User defined signal 2",
	[SIGPIPE] = "Broken pipe",
	[SIGALRM] = "Alarm clock",
	[SIGTERM] = "Terminated",
};

/**
 * sh_signal_words() - What bash calls a signal
 * @sig: its number
 *
 * Return: the text.
 */
const char *sh_signal_words(int sig)
{
	if (sig > 0 && sig < (int)(sizeof(words) / sizeof(words[0])) && words[sig])
		return words[sig];
	return "Unknown signal";
}

/**
 * sh_status_code() - $? for a wait status
 * @wait_status: from wait4
 *
 * Return: 0 to 255.
 */
int sh_status_code(int wait_status)
{
	if (WIFSIGNALED(wait_status))
		return 128 + WTERMSIG(wait_status);
	return WEXITSTATUS(wait_status);
}

static void note(struct sh *sh, int pid, int wait_status)
{
	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		for (int i = 0; i < job->npids; i++) {
			if (job->pids[i] == pid && job->status[i] == RUNS) {
				job->status[i] = wait_status;
				return;
			}
		}
	}
}

/**
 * sh_wait_pid() - Waits for one child
 * @sh: the shell
 * @pid: the child
 *
 * Return: its wait status; 127 << 8 when there is no such child.
 */
int sh_wait_pid(struct sh *sh, int pid)
{
	int st = 0, ret;

	do {
		ret = sh_wait4(sh, pid, &st, 0);
	} while (ret == -EINTR);
	if (ret < 0)
		return 127 << 8;
	note(sh, pid, st);
	return st;
}

/**
 * sh_tell_signal() - Says that a foreground command was killed, as bash does
 * @sh: the shell
 * @pid: the child
 * @wait_status: how it ended
 * @text: the command; NULL: only the short form is known
 */
void sh_tell_signal(struct sh *sh, int pid, int wait_status, const char *text)
{
	int sig = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;

	if (!sig || sig == SIGINT || sig == SIGPIPE)
		return;
	ng_flush(sh->out);
	if (sig == SIGTERM || !text || sh->dash)
		ng_printf(sh->err, "%s\n", sh_signal_words(sig));
	else
		sh_error(sh, "%5d %-23s %s", pid, sh_signal_words(sig), text);
}

/* The lowest number that no job has; one that was waited for gives it back. */
static void dash_number(struct sh *sh, struct sh_job *job)
{
	for (struct sh_job *j = sh->jobs; j;) {
		if (j->waited)
			j->id = 0;
		if (j->id != job->id) {
			j = j->next;
			continue;
		}
		job->id++;
		j = sh->jobs;
	}
}

/**
 * sh_job_add() - Notes a background job
 * @sh: the shell
 * @pids: its processes
 * @npids: how many
 * @text: the command
 *
 * Return: the job.
 */
struct sh_job *sh_job_add(struct sh *sh, const int *pids, int npids, const char *text)
{
	struct sh_job *job = sh_xalloc(sizeof(*job)), **at;

	sh_jobs_forget(sh);
	job->npids = npids;
	job->pids = sh_xalloc((size_t)npids * sizeof(*job->pids));
	job->status = sh_xalloc((size_t)npids * sizeof(*job->status));
	memcpy(job->pids, pids, (size_t)npids * sizeof(*pids));
	for (int i = 0; i < npids; i++)
		job->status[i] = RUNS;
	job->text = sh_xstrdup(text);
	job->id = 1;
	if (sh->dash)
		dash_number(sh, job);
	for (at = &sh->jobs; *at; at = &(*at)->next) {
		if ((*at)->id >= job->id && !sh->dash)
			job->id = (*at)->id + 1;
	}
	*at = job;
	return job;
}

/**
 * sh_job_free() - Ends a job that is in no list
 * @job: the job
 */
void sh_job_free(struct sh_job *job)
{
	free(job->pids);
	free(job->status);
	free(job->text);
	free(job);
}

/**
 * sh_job_done() - Have all processes of a job ended?
 * @job: the job
 *
 * Return: true when they have.
 */
bool sh_job_done(const struct sh_job *job)
{
	for (int i = 0; i < job->npids; i++) {
		if (job->status[i] == RUNS)
			return false;
	}
	return true;
}

/**
 * sh_jobs_forget() - Drops the oldest finished jobs
 * @sh: the shell
 */
void sh_jobs_forget(struct sh *sh)
{
	int n = 0;

	for (const struct sh_job *job = sh->jobs; job; job = job->next)
		n++;
	for (struct sh_job **at = &sh->jobs; *at && n > FORGET_AT;) {
		struct sh_job *job = *at;

		if (sh_job_done(job)) {
			*at = job->next;
			sh_job_free(job);
			n--;
		} else {
			at = &job->next;
		}
	}
}

static void tell_background(struct sh *sh, const struct sh_job *job)
{
	int st = job->status[job->npids - 1];
	int sig = WIFSIGNALED(st) ? WTERMSIG(st) : 0;

	if (!sig || sig == SIGINT || sig == SIGPIPE || sig == SIGTERM || sh->dash)
		return;
	ng_flush(sh->out);
	sh_error(sh, "%5d %-23s %s", job->pids[job->npids - 1], sh_signal_words(sig), job->text);
}

/* A finished job is no job any more; its status is kept for `wait PID`. */
static void settle(struct sh *sh)
{
	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		if (job->told || !sh_job_done(job))
			continue;
		job->told = true;
		tell_background(sh, job);
	}
}

/**
 * sh_reap() - Notes the children that have ended meanwhile
 * @sh: the shell
 */
void sh_reap(struct sh *sh)
{
	int st, pid;

	if (!sh->jobs)
		return;
	while ((pid = sh_wait4(sh, -1, &st, NG_WNOHANG)) > 0)
		note(sh, pid, st);
	settle(sh);
}

/**
 * sh_job_by_pid() - The job a child belongs to
 * @sh: the shell
 * @pid: the child
 *
 * Return: the job, or NULL.
 */
struct sh_job *sh_job_by_pid(struct sh *sh, int pid)
{
	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		for (int i = 0; i < job->npids; i++) {
			if (job->pids[i] == pid)
				return job;
		}
	}
	return NULL;
}

/**
 * sh_job_find() - A job by %N, %%, %+, %-, %text
 * @sh: the shell
 * @spec: with its %
 *
 * Return: the job, or NULL.
 */
struct sh_job *sh_job_find(struct sh *sh, const char *spec)
{
	struct sh_job *last = NULL, *before = NULL, *named = NULL;
	int64_t id = 0;
	bool number = sh_number(spec + 1, &id);

	for (struct sh_job *job = sh->jobs; job; job = job->next) {
		if (!job->id || job->told)
			continue;
		before = last;
		last = job;
		if (number && job->id == id)
			return job;
		if (!strncmp(job->text, spec + 1, strlen(spec + 1)))
			named = job;
	}
	if (!spec[1] || !strcmp(spec, "%%") || !strcmp(spec, "%+"))
		return last;
	if (!strcmp(spec, "%-"))
		return before ? before : last;
	return number ? NULL : named;
}

/**
 * sh_job_wait() - Waits for a job
 * @sh: the shell
 * @job: the job
 *
 * Return: the status of its last process; -EINTR when a trapped signal came first.
 */
int sh_job_wait(struct sh *sh, struct sh_job *job)
{
	for (int i = 0; i < job->npids; i++) {
		int st = 0, ret;

		if (job->status[i] != RUNS)
			continue;
		ret = sh_wait4(sh, job->pids[i], &st, 0);
		if (ret == -EINTR)
			return -EINTR;
		job->status[i] = ret < 0 ? 127 << 8 : st;
	}
	settle(sh);
	return sh_status_code(job->status[job->npids - 1]);
}
