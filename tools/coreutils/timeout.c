/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * timeout.c - a command that is sent a signal when its time is up
 *
 * mirrors coreutils 9.1's timeout.c; the command, not timeout, leads the group.
 */
#include "util.h"

#include "../lib/signames.h"

#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

int timeout_main(struct ng_task *task, int argc, char **argv);

struct timeout {
	struct ng_task *task;
	const char *command;
	int64_t limit_ns, kill_ns;
	int sig;
	bool keep_status, foreground, verbose, timed_out;
	int pid;
};

static int by_name(const char *s)
{
	if (!strcasecmp(s, "IO"))
		return SIGIO;
	if (!strcasecmp(s, "CLD"))
		return SIGCHLD;
	for (int i = 0; i < NR_SIGNAL_NAMES; i++) {
		if (!strcasecmp(s, signal_names[i]))
			return i;
	}
	return -1;
}

/* "9", "KILL", "sigkill"; -1: none */
static int signal_number(const char *s)
{
	uint64_t n;
	int sig;

	if (isdigit((unsigned char)*s))
		return cu_number(s, &n) && (int)(n & (n >= 255 ? 255 : 127)) < NR_SIGNAL_NAMES
			       ? (int)(n & 127)
			       : -1;
	sig = by_name(s);
	return sig < 0 && !strncasecmp(s, "SIG", 3) ? by_name(s + 3) : sig;
}

/* A signal for the command: the time is up, or timeout itself was sent one. */
static void pass_on(struct timeout *t, int sig)
{
	struct ng_task *task = t->task;

	if (sig == SIGALRM) {
		t->timed_out = true;
		sig = t->sig;
	}
	if (t->kill_ns) {
		t->sig = SIGKILL;
		ng_sys_setitimer(task, t->kill_ns);
		t->kill_ns = 0;
	}
	if (t->verbose)
		prog_error(task, "timeout", 0, "sending signal %s to command '%s'",
			   signal_names[sig], t->command);
	ng_sys_kill(task, t->pid, sig);
	if (t->foreground)
		return;
	ng_sys_kill(task, -t->pid, sig);
	if (sig == SIGKILL) {
		/* timeout is of the group */
		ng_flush(ng_stdout(task));
		ng_sys_kill(task, ng_sys_getpid(task), SIGKILL);
	}
}

static int wait_for(struct timeout *t)
{
	int got, sig, st = 0;

	do {
		got = ng_sys_wait4(t->task, t->pid, &st, 0);
		while ((sig = ng_sys_sigpending(t->task)) != 0)
			pass_on(t, sig);
	} while (got != t->pid);
	return st;
}

static int timeout_run(struct timeout *t, char **argv)
{
	static const int caught[] = { SIGALRM, SIGINT, SIGQUIT, SIGHUP, SIGTERM };
	struct ng_spawn how = { .pgid = t->foreground ? -1 : 0 };
	char *path = cu_find_program(t->task, ng_task_getenv(t->task, "PATH"), argv[0]);
	int sig, st;

	/* before it starts: what is caught here is not ignored there */
	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		ng_sys_sigaction(t->task, caught[i], NG_SIG_CATCH);
	if (t->sig)
		ng_sys_sigaction(t->task, t->sig, NG_SIG_CATCH);
	t->command = argv[0];
	t->pid = ng_sys_spawn(t->task, path, argv, &how);
	if (t->pid < 0)
		return cu_exec_failed(t->task, "timeout", "failed to run command ", argv[0],
				      t->pid);
	ng_sys_setitimer(t->task, t->limit_ns);
	st = wait_for(t);
	if (WIFSIGNALED(st)) {
		sig = WTERMSIG(st);
		if (!t->timed_out) {
			/* it dies the same way, so that the shell says how */
			ng_flush(ng_stdout(t->task));
			ng_sys_sigaction(t->task, sig, NG_SIG_DEFAULT);
			ng_sys_kill(t->task, ng_sys_getpid(t->task), sig);
		}
		t->keep_status |= t->timed_out && sig == SIGKILL;
	}
	if (t->timed_out && !t->keep_status)
		return 124;
	return WIFSIGNALED(st) ? 128 + WTERMSIG(st) : WEXITSTATUS(st);
}

enum { OPT_HELP = 1000, OPT_VERSION, OPT_PRESERVE, OPT_FOREGROUND };

/* Return: false: a complaint was made. */
static bool set_option(struct timeout *t, int c, const char *arg)
{
	switch (c) {
	case 's':
		t->sig = signal_number(arg);
		if (t->sig >= 0)
			return true;
		prog_error(t->task, "timeout", 0, "'%s': invalid signal", arg);
		return false;
	case 'k':
		if (cu_duration(arg, &t->kill_ns))
			return true;
		prog_error(t->task, "timeout", 0, "invalid time interval '%s'", arg);
		return false;
	case 'v':
		t->verbose = true;
		return true;
	case OPT_PRESERVE:
		t->keep_status = true;
		return true;
	case OPT_FOREGROUND:
		t->foreground = true;
		return true;
	default:
		return false;
	}
}

/**
 * timeout_main() - timeout [-s signal] [-k time] [-v] [--preserve-status] [--foreground] time command
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 124 when the time was up, else the command's status.
 */
int timeout_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "signal", 1, 's' },
		{ "kill-after", 1, 'k' },
		{ "preserve-status", 0, OPT_PRESERVE },
		{ "foreground", 0, OPT_FOREGROUND },
		{ "verbose", 0, 'v' },
		{ "help", 0, OPT_HELP },
		{ "version", 0, OPT_VERSION },
		{ NULL, 0, 0 },
	};
	struct timeout t = { .task = task, .sig = SIGTERM };
	struct ng_getopt st = { .task = task };
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "+s:k:v", options)) != -1) {
		if (c == OPT_HELP || c == OPT_VERSION)
			return ng_not_modelled(task, "timeout %s", argv[st.optind - 1]);
		if (!set_option(&t, c, st.optarg))
			return cu_try_help(task, argv[0], 125);
	}
	if (argc - st.optind < 2)
		return cu_try_help(task, argv[0], 125);
	if (!cu_duration(argv[st.optind], &t.limit_ns)) {
		prog_error(task, "timeout", 0, "invalid time interval '%s'", argv[st.optind]);
		return cu_try_help(task, argv[0], 125);
	}
	return timeout_run(&t, argv + st.optind + 1);
}
