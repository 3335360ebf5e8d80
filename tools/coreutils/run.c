/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run.c - programs that run others, or wait: env timeout sleep nohup
 */
#include "util.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

int env_main(struct ng_task *task, int argc, char **argv);
int nohup_main(struct ng_task *task, int argc, char **argv);
int sleep_main(struct ng_task *task, int argc, char **argv);
int timeout_main(struct ng_task *task, int argc, char **argv);

static int exec_failed(struct ng_task *task, const char *who, const char *fmt_name,
		       const char *name, int err)
{
	prog_error(task, who, -err, "%s'%s'", fmt_name, name);
	return err == -ENOENT ? 127 : 126;
}

#define FOR_EVER INT64_C(900000000000000000) /* ns: 28 years and more, nothing will end it */

/* 1.5, 2m, 1h, 3d, infinity; false: it is none */
static bool duration(const char *s, int64_t *ret_ns)
{
	char *end;
	double v = strtod(s, &end), unit = 1;

	if (end == s || !(v >= 0))
		return false;
	if (*end && strchr("smhd", *end)) {
		unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : *end == 'd' ? 86400 : 1;
		end++;
	}
	if (*end)
		return false;
	v *= unit * (double)NSEC_PER_SEC;
	*ret_ns = v > (double)FOR_EVER ? FOR_EVER : (int64_t)v;
	return true;
}

/**
 * sleep_main() - sleep number[smhd] ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sleep_main(struct ng_task *task, int argc, char **argv)
{
	int at = cu_no_options(task, argc, argv, "");
	int64_t total = 0, ns;
	bool bad = false;

	if (at < 0)
		return -1 - at;
	if (at == argc) {
		prog_error(task, "sleep", 0, "missing operand");
		return cu_try_help(task, argv[0], 1);
	}
	for (; at < argc; at++) {
		if (!duration(argv[at], &ns)) {
			prog_error(task, "sleep", 0, "invalid time interval '%s'", argv[at]);
			bad = true;
			continue;
		}
		total = total > INT64_MAX / 2 - ns ? INT64_MAX / 2 : total + ns;
	}
	if (bad)
		return cu_try_help(task, argv[0], 1);
	if (total >= FOR_EVER)
		ng_sys_poll(task, NULL, 0, -1);
	else
		ng_sys_nanosleep(task, total);
	return 0;
}

static bool same_name(const char *a, const char *b)
{
	size_t n = strcspn(b, "=");

	return !strncmp(a, b, n) && a[n] == '=';
}

/* The environment with NAME=value words set and -u names gone. */
static char **new_environment(struct ng_task *task, bool empty, int n, char **words, int nunset,
			      char **unset)
{
	char *const *old = empty ? NULL : ng_task_environ(task);
	char **env;
	int count = 0, k = 0;

	while (old && old[count])
		count++;
	env = ng_task_alloc(task, (size_t)(count + n + 1) * sizeof(*env));
	for (int i = 0; i < count; i++) {
		bool gone = false;

		for (int j = 0; j < nunset; j++)
			gone |= same_name(old[i], unset[j]);
		if (!gone)
			env[k++] = old[i];
	}
	for (int i = 0; i < n; i++) {
		int at = 0;

		while (at < k && !same_name(env[at], words[i]))
			at++;
		env[at] = words[i];
		k += at == k;
	}
	return env;
}

/**
 * env_main() - env [-i] [-u name] [name=value ...] [command]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status; only on failure with a command.
 */
int env_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "ignore-environment", 0, 'i' },
						    { "unset", 1, 'u' },
						    { "help", 0, 1000 },
						    { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	char **env, **unset = ng_task_alloc(task, (size_t)argc * sizeof(*unset));
	int c, nunset = 0, first, err;
	const char *path = ng_task_getenv(task, "PATH");
	bool empty = false;

	while ((c = ng_getopt_long(&st, argc, argv, "+iu:0C:S:v", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 125);
		if (c == 'i')
			empty = true;
		else if (c == 'u')
			unset[nunset++] = ng_task_strdup(task, st.optarg);
		else
			return ng_not_modelled(task, "env %s", argv[st.optind - 1]);
	}
	if (st.optind < argc && !strcmp(argv[st.optind], "-")) {
		empty = true;
		st.optind++;
	}
	for (first = st.optind; st.optind < argc && strchr(argv[st.optind], '='); st.optind++)
		;
	env = new_environment(task, empty, st.optind - first, argv + first, nunset, unset);
	if (st.optind == argc) {
		for (; *env; env++)
			ng_printf(ng_stdout(task), "%s\n", *env);
		return 0;
	}
	for (char **e = env; *e; e++) {
		if (!strncmp(*e, "PATH=", 5))
			path = *e + 5;
	}
	err = ng_sys_execve(task, cu_find_program(task, path, argv[st.optind]), argv + st.optind,
			    env);
	return exec_failed(task, "env", "", argv[st.optind], err);
}

/**
 * nohup_main() - nohup command: no terminal hangs up here
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: only on failure.
 */
int nohup_main(struct ng_task *task, int argc, char **argv)
{
	int at = cu_no_options(task, argc, argv, "+"), err;

	if (at < 0)
		return at == -2 ? 125 : -1 - at;
	if (at == argc) {
		prog_error(task, "nohup", 0, "missing operand");
		return cu_try_help(task, argv[0], 125);
	}
	err = ng_sys_execve(task, cu_find_program(task, ng_task_getenv(task, "PATH"), argv[at]),
			    argv + at, NULL);
	return exec_failed(task, "nohup", "failed to run command ", argv[at], err);
}

static int signal_number(const char *s)
{
	static const struct {
		const char *name;
		int sig;
	} names[] = { { "HUP", SIGHUP },   { "INT", SIGINT },	{ "QUIT", SIGQUIT },
		      { "KILL", SIGKILL }, { "USR1", SIGUSR1 }, { "USR2", SIGUSR2 },
		      { "ALRM", SIGALRM }, { "TERM", SIGTERM } };
	uint64_t n;

	if (cu_number(s, &n))
		return n < 65 ? (int)n : -1;
	if (!strncmp(s, "SIG", 3))
		s += 3;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(s, names[i].name))
			return names[i].sig;
	}
	return -1;
}

struct timeout {
	struct ng_task *task;
	int64_t limit_ns, kill_ns;
	int sig;
	bool keep_status;
};

static int timer_main(struct ng_task *task, void *arg)
{
	ng_sys_nanosleep(task, (int64_t)(intptr_t)arg);
	return 0;
}

static int start_timer(struct timeout *t, int64_t delay_ns)
{
	struct ng_spawn how = { .fds = &(struct ng_fd_map){ 2, 2 }, .pgid = -1 };

	return ng_sys_clone(t->task, timer_main, (void *)(intptr_t)delay_ns, &how);
}

/* Which child ends first: the command, or a second one that only sleeps? True: the command. */
static bool wait_for(struct timeout *t, int pid, int64_t delay_ns, int *ret_status)
{
	int timer = delay_ns ? start_timer(t, delay_ns) : 0, got, st;

	do {
		got = ng_sys_wait4(t->task, -1, &st, 0);
	} while (got == -EINTR || (got > 0 && got != pid && got != timer));
	if (got != pid)
		return false;
	*ret_status = st;
	if (timer > 0) {
		ng_sys_kill(t->task, timer, SIGKILL);
		ng_sys_wait4(t->task, timer, &st, 0);
	}
	return true;
}

static int timeout_run(struct timeout *t, char **argv)
{
	struct ng_spawn how = { .pgid = 0 };
	char *path = cu_find_program(t->task, ng_task_getenv(t->task, "PATH"), argv[0]);
	int pid, st = 0;

	pid = ng_sys_spawn(t->task, path, argv, &how);
	if (pid < 0)
		return exec_failed(t->task, "timeout", "failed to run command ", argv[0], pid);
	if (wait_for(t, pid, t->limit_ns, &st))
		return WIFSIGNALED(st) ? 128 + WTERMSIG(st) : WEXITSTATUS(st);
	if (ng_sys_kill(t->task, -pid, t->sig) < 0)
		ng_sys_kill(t->task, pid, t->sig);
	if (!wait_for(t, pid, t->kill_ns, &st)) {
		if (ng_sys_kill(t->task, -pid, SIGKILL) < 0)
			ng_sys_kill(t->task, pid, SIGKILL);
		t->sig = SIGKILL;
		wait_for(t, pid, 0, &st);
	}
	if (t->sig == SIGKILL) {
		/* as coreutils: it dies the same way, so that the shell says Killed */
		ng_flush(ng_stdout(t->task));
		ng_sys_kill(t->task, ng_sys_getpid(t->task), SIGKILL);
		return 128 + SIGKILL;
	}
	if (t->keep_status)
		return WIFSIGNALED(st) ? 128 + WTERMSIG(st) : WEXITSTATUS(st);
	return 124;
}

/**
 * timeout_main() - timeout [-s signal] [-k time] [--preserve-status] time command
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 124 when the time was up, else the command's status.
 */
int timeout_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "signal", 1, 's' },		{ "kill-after", 1, 'k' },
		{ "preserve-status", 0, 1002 }, { "foreground", 0, 1003 },
		{ "verbose", 0, 'v' },		{ "help", 0, 1000 },
		{ "version", 0, 1001 },		{ NULL, 0, 0 }
	};
	struct timeout t = { .task = task, .sig = SIGTERM };
	struct ng_getopt st = { .task = task };
	const char *bad = NULL;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "+s:k:v", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 125);
		if (c == 's') {
			t.sig = signal_number(st.optarg);
			if (t.sig < 0) {
				prog_error(task, "timeout", 0, "%s: invalid signal", st.optarg);
				return cu_try_help(task, argv[0], 125);
			}
		} else if (c == 'k') {
			bad = duration(st.optarg, &t.kill_ns) ? bad : st.optarg;
		} else if (c == 1002) {
			t.keep_status = true;
		} else if (c != 1003) {
			return ng_not_modelled(task, "timeout %s", argv[st.optind - 1]);
		}
	}
	if (argc - st.optind < 2)
		return cu_try_help(task, argv[0], 125);
	if (!bad && !duration(argv[st.optind], &t.limit_ns))
		bad = argv[st.optind];
	if (bad) {
		prog_error(task, "timeout", 0, "invalid time interval '%s'", bad);
		return cu_try_help(task, argv[0], 125);
	}
	return timeout_run(&t, argv + st.optind + 1);
}
