/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * procs.c - kill, pgrep, pkill, pidof, killall: processes by number and by name
 *
 * mirrors procps 4.0.2 (kill, pgrep, pkill), sysvinit-utils 3.06 (pidof), psmisc 23.6 (killall)
 *
 * Not modelled: users, terminals, sessions, namespaces as what is looked for.
 */
#include "coreutils/util.h"
#include "lib/signames.h"
#include "lib/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define BATCH 64
#define CMDLINE 4096

int kill_main(struct ng_task *task, int argc, char **argv);
int killall_main(struct ng_task *task, int argc, char **argv);
int pgrep_main(struct ng_task *task, int argc, char **argv);
int pidof_main(struct ng_task *task, int argc, char **argv);
int pkill_main(struct ng_task *task, int argc, char **argv);

/* "9", "KILL", "SIGKILL": the signal, -1 when it is none */
static int signal_number(const char *s)
{
	uint64_t n;

	if (cu_number(s, &n))
		return n < 65 ? (int)n : -1;
	if (!strncmp(s, "SIG", 3))
		s += 3;
	for (int i = 1; i < NR_SIGNAL_NAMES; i++) {
		if (!strcmp(s, signal_names[i]))
			return i;
	}
	return -1;
}

struct proc {
	int pid, ppid;
	char state;
	char comm[64];
	char *cmdline; /* words separated by blanks; the name when there are none */
};

struct procs {
	struct ng_task *task;
	struct proc *p;
	size_t n;
};

static void read_proc(struct procs *ps, int pid)
{
	char path[64], text[1024], cmd[CMDLINE], *open, *close;
	struct proc p = { .pid = pid };
	int n;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (ng_read_file(ps->task, path, text, sizeof(text)) < 0)
		return;
	open = strchr(text, '(');
	close = strrchr(text, ')');
	if (!open || !close || strlen(close) < 5)
		return;
	snprintf(p.comm, sizeof(p.comm), "%.*s", (int)(close - open - 1), open + 1);
	p.state = close[2];
	p.ppid = (int)strtol(close + 4, NULL, 10);
	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	n = ng_read_file(ps->task, path, cmd, sizeof(cmd));
	while (n > 0 && !cmd[n - 1])
		n--;
	for (int i = 0; i < n; i++)
		cmd[i] = cmd[i] ? cmd[i] : ' ';
	p.cmdline = n > 0 ? ng_task_strndup(ps->task, cmd, (size_t)n)
			  : ng_task_strdup(ps->task, p.comm);
	ps->p = ng_task_realloc(ps->task, ps->p, ps->n * sizeof(p), (ps->n + 1) * sizeof(p));
	ps->p[ps->n++] = p;
}

static int by_pid(const void *a, const void *b)
{
	return ((const struct proc *)a)->pid - ((const struct proc *)b)->pid;
}

static void read_procs(struct procs *ps, struct ng_task *task)
{
	struct ng_dirent *ents = ng_task_alloc(task, BATCH * sizeof(*ents));
	int fd = ng_sys_open(task, "/proc", O_RDONLY | O_DIRECTORY, 0), n;

	*ps = (struct procs){ .task = task };
	while (fd >= 0 && (n = ng_sys_getdents(task, fd, ents, BATCH)) > 0) {
		for (int i = 0; i < n; i++) {
			if (ents[i].name[0] >= '1' && ents[i].name[0] <= '9')
				read_proc(ps, (int)strtol(ents[i].name, NULL, 10));
		}
	}
	if (fd >= 0)
		ng_sys_close(task, fd);
	if (ps->n)
		qsort(ps->p, ps->n, sizeof(*ps->p), by_pid);
}

/* ---- kill ---- */

static int kill_usage(struct ng_task *task)
{
	ng_puts(ng_stderr(task),
		"\nUsage:\n kill [options] <pid> [...]\n\nOptions:\n"
		" <pid> [...]            send signal to every <pid> listed\n"
		" -<signal>, -s, --signal <signal>\n"
		"                        specify the <signal> to be sent\n"
		" -q, --queue <value>    integer value to be sent with the signal\n"
		" -l, --list=[<signal>]  list all signal names, or convert one to a name\n"
		" -L, --table            list all signal names in a nice table\n\n"
		" -h, --help     display this help and exit\n"
		" -V, --version  output version information and exit\n\n"
		"For more details see kill(1).\n");
	return 1;
}

static int kill_list(struct ng_task *task, const char *arg)
{
	struct ng_out *out = ng_stdout(task);
	int sig;

	if (!arg) {
		size_t column = 0;

		for (int i = 1; i < NR_SIGNAL_NAMES; i++) {
			if (column + strlen(signal_names[i]) + 1 > 80) {
				ng_putc(out, '\n');
				column = 0;
			}
			ng_printf(out, "%s%s", column ? " " : "", signal_names[i]);
			column += strlen(signal_names[i]) + 1;
		}
		ng_putc(out, '\n');
		return 0;
	}
	sig = signal_number(arg);
	if (sig < 0 || sig >= NR_SIGNAL_NAMES) {
		ng_printf(ng_stderr(task), "kill: unknown signal name %s\n", arg);
		return 1;
	}
	if (*arg >= '0' && *arg <= '9')
		ng_printf(out, "%s\n", sig ? signal_names[sig] : "0");
	else
		ng_printf(out, "%d\n", sig);
	return 0;
}

/**
 * kill_main() - kill [-SIGNAL | -s SIGNAL] pid ..., kill -l
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int kill_main(struct ng_task *task, int argc, char **argv)
{
	int sig = SIGTERM, i = 1, status = 0;
	long pid;

	if (argc > 1 && (!strcmp(argv[1], "-l") || !strcmp(argv[1], "--list")))
		return kill_list(task, argc > 2 ? argv[2] : NULL);
	if (argc > 2 && (!strcmp(argv[1], "-s") || !strcmp(argv[1], "--signal"))) {
		sig = signal_number(argv[2]);
		i = 3;
	} else if (argc > 1 && argv[1][0] == '-' && argv[1][1] && strcmp(argv[1], "--") != 0) {
		sig = signal_number(argv[1] + 1);
		i = 2;
		if (sig < 0) {
			ng_printf(ng_stderr(task), "%s: invalid argument %c\n", argv[0],
				  argv[1][1]);
			return kill_usage(task);
		}
	}
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (sig < 0 || i >= argc)
		return kill_usage(task);
	for (; i < argc; i++) {
		int err;

		if (!prog_strtol(argv[i], 10, &pid)) {
			prog_error(task, argv[0], 0, "failed to parse argument: '%s'", argv[i]);
			return 1;
		}
		err = ng_sys_kill(task, (int)pid, sig);
		if (err) {
			prog_error(task, argv[0], -err, "(%ld)", pid);
			status = 1;
		}
	}
	return status;
}

/* ---- pgrep, pkill ---- */

struct pgrep {
	struct ng_task *task;
	const char *name;
	bool is_kill, full, exact, invert, count, list, list_all, newest, oldest, echo, ignore;
	const char *delim;
	int ppid; /* -1: any */
	int sig;
	bool has_pattern;
	regex_t re;
};

static void free_regex(void *re)
{
	regfree(re);
}

static bool wanted(const struct pgrep *g, const struct proc *p)
{
	regmatch_t m;
	const char *text = g->full ? p->cmdline : p->comm;
	bool match = true;

	if (p->pid == ng_sys_getpid(g->task))
		return false;
	if (g->ppid >= 0 && p->ppid != g->ppid)
		match = false;
	if (match && g->has_pattern) {
		match = !regexec(&g->re, text, 1, &m, 0);
		if (match && g->exact)
			match = m.rm_so == 0 && (size_t)m.rm_eo == strlen(text);
	}
	return match != g->invert;
}

static int matching_error(const struct pgrep *g, const char *text)
{
	ng_printf(ng_stderr(g->task), "%s: %s\nTry `%s --help' for more information.\n", g->name,
		  text, g->name);
	return 2;
}

static void act(const struct pgrep *g, const struct proc *p, bool first)
{
	struct ng_out *out = ng_stdout(g->task);
	int err;

	if (g->is_kill) {
		err = ng_sys_kill(g->task, p->pid, g->sig);
		if (err)
			prog_error(g->task, g->name, -err, "killing pid %d failed", p->pid);
		else if (g->echo)
			ng_printf(out, "%s killed (pid %d)\n", p->comm, p->pid);
		return;
	}
	if (!first)
		ng_puts(out, g->delim);
	ng_printf(out, "%d", p->pid);
	if (g->list || g->list_all)
		ng_printf(out, " %s", g->list_all ? p->cmdline : p->comm);
}

static int search(struct pgrep *g)
{
	const struct proc *only = NULL;
	struct procs ps;
	size_t n = 0;

	read_procs(&ps, g->task);
	for (size_t i = 0; i < ps.n; i++) {
		if (!wanted(g, &ps.p[i]))
			continue;
		if ((g->oldest || g->newest) && (!only || g->newest))
			only = &ps.p[i];
		if (!g->oldest && !g->newest && (!g->count || g->is_kill))
			act(g, &ps.p[i], !n);
		n++;
	}
	if (only) {
		n = 1;
		if (!g->count)
			act(g, only, true);
	}
	if (g->count)
		ng_printf(ng_stdout(g->task), "%zu\n", n);
	else if (n && !g->is_kill)
		ng_putc(ng_stdout(g->task), '\n');
	return n ? 0 : 1;
}

static bool take_option(struct pgrep *g, int c, const char *arg)
{
	uint64_t n;

	switch (c) {
	case 'P':
		g->ppid = cu_number(arg, &n) ? (int)n : 0;
		return true;
	case 'd':
		g->delim = arg;
		return true;
	case 's' + 256:
		g->sig = signal_number(arg);
		return g->sig >= 0;
	default:
		break;
	}
	g->full |= c == 'f';
	g->exact |= c == 'x';
	g->invert |= c == 'v';
	g->count |= c == 'c';
	g->list |= c == 'l';
	g->list_all |= c == 'a';
	g->newest |= c == 'n';
	g->oldest |= c == 'o';
	g->echo |= c == 'e';
	g->ignore |= c == 'i';
	return strchr("fxvclanoei", c) != NULL;
}

static int pgrep_run(struct ng_task *task, int argc, char **argv, bool is_kill)
{
	static const struct ng_option options[] = {
		{ "full", 0, 'f' },	   { "exact", 0, 'x' },	    { "count", 0, 'c' },
		{ "list-name", 0, 'l' },   { "list-full", 0, 'a' }, { "newest", 0, 'n' },
		{ "oldest", 0, 'o' },	   { "parent", 1, 'P' },    { "echo", 0, 'e' },
		{ "ignore-case", 0, 'i' }, { "inverse", 0, 'v' },   { "signal", 1, 's' + 256 },
		{ "delimiter", 1, 'd' },   { NULL, 0, 0 },
	};
	struct pgrep *g = ng_task_alloc(task, sizeof(*g));
	struct ng_getopt st = { .task = task };
	int c, from = 1;

	*g = (struct pgrep){ .task = task,
			     .name = is_kill ? "pkill" : "pgrep",
			     .is_kill = is_kill,
			     .delim = "\n",
			     .ppid = -1,
			     .sig = SIGTERM };
	/* -KILL, -9 */
	if (argc > 1 && argv[1][0] == '-' && argv[1][1] && signal_number(argv[1] + 1) >= 0 &&
	    is_kill) {
		g->sig = signal_number(argv[1] + 1);
		argv[1] = argv[0];
		from = 2;
	}
	while ((c = ng_getopt_long(&st, argc - from + 1, argv + from - 1,
				   "fxvclanoeiP:d:u:U:G:g:s:t:F:Lw", options)) != -1) {
		if (c == '?')
			return matching_error(g, "");
		if (!take_option(g, c, st.optarg))
			return ng_not_modelled(task, "%s -%c", g->name, c);
	}
	argv += from - 1 + st.optind;
	argc -= from - 1 + st.optind;
	if (argc > 1)
		return matching_error(g, "only one pattern can be provided");
	if (!argc && g->ppid < 0)
		return matching_error(g, "no matching criteria specified");
	if (argc) {
		if (regcomp(&g->re, argv[0], REG_EXTENDED | (g->ignore ? REG_ICASE : 0)))
			return matching_error(g, "invalid regular expression");
		ng_task_defer(task, free_regex, &g->re);
		g->has_pattern = true;
	}
	return search(g);
}

/**
 * pgrep_main() - pgrep [-acflnovx] [-P pid] [-d delimiter] pattern
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 when there is none, 2.
 */
int pgrep_main(struct ng_task *task, int argc, char **argv)
{
	return pgrep_run(task, argc, argv, false);
}

/**
 * pkill_main() - pkill [-SIGNAL] [-efnovx] [-P pid] pattern
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 when there is none, 2.
 */
int pkill_main(struct ng_task *task, int argc, char **argv)
{
	return pgrep_run(task, argc, argv, true);
}

/**
 * pidof_main() - pidof [-sxq] name ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 when there is none.
 */
int pidof_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_getopt st = { .task = task };
	bool single = false, quiet = false, any = false;
	struct procs ps;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "cnsxqo:d:z", NULL)) != -1) {
		if (c == '?')
			return 1;
		if (c == 'o' || c == 'd')
			return ng_not_modelled(task, "pidof -%c", c);
		single |= c == 's';
		quiet |= c == 'q';
	}
	read_procs(&ps, task);
	for (; st.optind < argc; st.optind++) {
		/* the youngest first */
		for (size_t i = ps.n; i-- > 0;) {
			const struct proc *p = &ps.p[i];

			if (strcmp(p->comm, argv[st.optind]) != 0 || p->state == 'Z' ||
			    p->pid == ng_sys_getpid(task) || (single && any))
				continue;
			if (!quiet)
				ng_printf(ng_stdout(task), "%s%d", any ? " " : "", p->pid);
			any = true;
		}
	}
	if (any && !quiet)
		ng_putc(ng_stdout(task), '\n');
	return any ? 0 : 1;
}

/**
 * killall_main() - killall [-SIGNAL | -s SIGNAL] [-qvw] name ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 when a name has no process.
 */
int killall_main(struct ng_task *task, int argc, char **argv)
{
	bool quiet = false, verbose = false;
	int sig = SIGTERM, i, status = 0;
	struct procs ps;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (!strcmp(argv[i], "-q") || !strcmp(argv[i], "--quiet"))
			quiet = true;
		else if (!strcmp(argv[i], "-v"))
			verbose = true;
		else if (!strcmp(argv[i], "-s") && i + 1 < argc)
			sig = signal_number(argv[++i]);
		else if (signal_number(argv[i] + 1) >= 0)
			sig = signal_number(argv[i] + 1);
		else
			return ng_not_modelled(task, "killall %s", argv[i]);
	}
	if (i == argc || sig < 0)
		return ng_not_modelled(task, "killall's usage page");
	read_procs(&ps, task);
	for (; i < argc; i++) {
		bool found = false;

		for (size_t k = 0; k < ps.n; k++) {
			const struct proc *p = &ps.p[k];

			if (strcmp(p->comm, argv[i]) != 0 || p->state == 'Z' ||
			    ng_sys_kill(task, p->pid, sig))
				continue;
			found = true;
			if (verbose)
				ng_printf(ng_stderr(task), "Killed %s(%d) with signal %d\n",
					  argv[i], p->pid, sig);
		}
		if (!found && !quiet)
			ng_printf(ng_stderr(task), "%s: no process found\n", argv[i]);
		status |= !found;
	}
	return status;
}
