/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run.c - programs that run others, or wait: env sleep nohup
 */
#include "util.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

int env_main(struct ng_task *task, int argc, char **argv);
int nohup_main(struct ng_task *task, int argc, char **argv);
int sleep_main(struct ng_task *task, int argc, char **argv);

/**
 * cu_exec_failed() - Say that a command cannot be run.
 * @task: the program
 * @who: its name
 * @fmt_name: what stands before the command's name
 * @name: the command
 * @err: -errno
 *
 * Return: the status, 126 or 127.
 */
int cu_exec_failed(struct ng_task *task, const char *who, const char *fmt_name, const char *name,
		   int err)
{
	prog_error(task, who, -err, "%s'%s'", fmt_name, name);
	return err == -ENOENT ? 127 : 126;
}

/**
 * cu_duration() - Read 1.5, 2m, 1h, 3d, infinity.
 * @s: the text
 * @ret_ns: the time, at most CU_FOR_EVER
 *
 * Return: whether it is one.
 */
bool cu_duration(const char *s, int64_t *ret_ns)
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
	*ret_ns = v > (double)CU_FOR_EVER ? CU_FOR_EVER : (int64_t)v;
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
		if (!cu_duration(argv[at], &ns)) {
			prog_error(task, "sleep", 0, "invalid time interval '%s'", argv[at]);
			bad = true;
			continue;
		}
		total = total > INT64_MAX / 2 - ns ? INT64_MAX / 2 : total + ns;
	}
	if (bad)
		return cu_try_help(task, argv[0], 1);
	if (total >= CU_FOR_EVER)
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
	return cu_exec_failed(task, "env", "", argv[st.optind], err);
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
	ng_sys_sigaction(task, SIGHUP, NG_SIG_IGNORE);
	err = ng_sys_execve(task, cu_find_program(task, ng_task_getenv(task, "PATH"), argv[at]),
			    argv + at, NULL);
	return cu_exec_failed(task, "nohup", "failed to run command ", argv[at], err);
}
