/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nsenter.c - run a program in the namespaces of other processes
 *
 * mirrors util-linux 2.38's sys-utils/nsenter.c
 *
 * Not modelled: other roots, users and security contexts.
 */
#include "lib/exec.h"
#include "lib/getopt.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NR_KINDS 8

int nsenter_main(struct ng_task *task, int argc, char **argv);

/* in the order they are entered; a user namespace would be first or last */
static const struct {
	int flag;
	char letter;
	const char *file;
} kinds[NR_KINDS] = {
	{ CLONE_NEWUSER, 'U', "ns/user" }, { CLONE_NEWCGROUP, 'C', "ns/cgroup" },
	{ CLONE_NEWIPC, 'i', "ns/ipc" },   { CLONE_NEWUTS, 'u', "ns/uts" },
	{ CLONE_NEWNET, 'n', "ns/net" },   { CLONE_NEWPID, 'p', "ns/pid" },
	{ CLONE_NEWNS, 'm', "ns/mnt" },	   { CLONE_NEWTIME, 'T', "ns/time" },
};

struct nsenter {
	struct ng_task *task;
	const char *name;
	int pid;
	bool wanted[NR_KINDS];
	const char *path[NR_KINDS]; /* NULL: of the target */
	int fd[NR_KINDS];	    /* 0: not to be entered */
	bool all, no_fork, to_wd;
	const char *wd, *wdns;
	char **argv;
	const char *not_modelled;
};

static const char usage_text[] =
	"\nUsage:\n"
	" nsenter [options] [<program> [<argument>...]]\n"
	"\nRun a program with namespaces of other processes.\n"
	"\nOptions:\n"
	" -a, --all              enter all namespaces\n"
	" -t, --target <pid>     target process to get namespaces from\n"
	" -m, --mount[=<file>]   enter mount namespace\n"
	" -u, --uts[=<file>]     enter UTS namespace (hostname etc)\n"
	" -i, --ipc[=<file>]     enter System V IPC namespace\n"
	" -n, --net[=<file>]     enter network namespace\n"
	" -p, --pid[=<file>]     enter pid namespace\n"
	" -C, --cgroup[=<file>]  enter cgroup namespace\n"
	" -U, --user[=<file>]    enter user namespace\n"
	" -T, --time[=<file>]    enter time namespace\n"
	" -S, --setuid <uid>     set uid in entered namespace\n"
	" -G, --setgid <gid>     set gid in entered namespace\n"
	"     --preserve-credentials do not touch uids or gids\n"
	" -r, --root[=<dir>]     set the root directory\n"
	" -w, --wd[=<dir>]       set the working directory\n"
	" -W. --wdns <dir>       set the working directory in namespace\n"
	" -F, --no-fork          do not fork before exec'ing <program>\n"
	" -Z, --follow-context   set SELinux context according to --target PID\n"
	"\n"
	" -h, --help             display this help\n"
	" -V, --version          display version\n"
	"\nFor more details see nsenter(1).\n";

enum { OPT_PRESERVE = 256 };

static const struct ng_option longopts[] = {
	{ "all", 0, 'a' },     { "target", 1, 't' },
	{ "mount", 2, 'm' },   { "uts", 2, 'u' },
	{ "ipc", 2, 'i' },     { "net", 2, 'n' },
	{ "pid", 2, 'p' },     { "cgroup", 2, 'C' },
	{ "user", 2, 'U' },    { "time", 2, 'T' },
	{ "setuid", 1, 'S' },  { "setgid", 1, 'G' },
	{ "root", 2, 'r' },    { "wd", 2, 'w' },
	{ "wdns", 1, 'W' },    { "no-fork", 0, 'F' },
	{ "help", 0, 'h' },    { "preserve-credentials", 0, OPT_PRESERVE },
	{ "version", 0, 'V' }, { "follow-context", 0, 'Z' },
	{ NULL, 0, 0 },
};

static void parse_option(struct nsenter *n, int ch, const char *arg)
{
	long pid;
	int i;

	for (i = 0; i < NR_KINDS; i++) {
		if (kinds[i].letter == ch) {
			n->wanted[i] = true;
			n->path[i] = arg;
			return;
		}
	}
	switch (ch) {
	case 'a':
		n->all = true;
		break;
	case 't':
		if (!prog_strtol(arg, 10, &pid) || pid < 1 || pid > INT32_MAX)
			prog_die(n->task, 1, n->name, 0, "failed to parse pid: '%s'", arg);
		n->pid = (int)pid;
		break;
	case 'F':
		n->no_fork = true;
		break;
	case 'w':
		n->to_wd = true;
		n->wd = arg;
		break;
	case 'W':
		n->wdns = arg;
		break;
	case 'r':
		if (arg && strcmp(arg, "/") != 0)
			n->not_modelled = "nsenter with another root";
		break;
	case 'S':
	case 'G':
		if (strcmp(arg, "0") != 0)
			n->not_modelled = "nsenter with another user";
		break;
	case OPT_PRESERVE:
		break;
	case 'Z':
		n->not_modelled = "nsenter -Z";
		break;
	case 'h':
		ng_puts(ng_stdout(n->task), usage_text);
		prog_exit(n->task, 0);
	case 'V':
		ng_printf(ng_stdout(n->task), "%s from util-linux 2.38.1\n", n->name);
		prog_exit(n->task, 0);
	default:
		ng_printf(ng_stderr(n->task), "Try '%s --help' for more information.\n", n->name);
		prog_exit(n->task, 1);
	}
}

static int open_target(struct nsenter *n, const char *path, const char *file)
{
	char buf[64];
	int fd;

	if (!path && !n->pid)
		prog_die(n->task, 1, n->name, 0, "neither filename nor target pid supplied for %s",
			 file);
	if (!path) {
		snprintf(buf, sizeof(buf), "/proc/%d/%s", n->pid, file);
		path = buf;
	}
	fd = ng_sys_open(n->task, path, O_RDONLY, 0);
	if (fd < 0)
		prog_die(n->task, 1, n->name, -fd, "cannot open %s", path);
	return fd;
}

/* --all leaves out what the program lives in already */
static bool is_own(const struct nsenter *n, const char *file)
{
	struct ng_stat own, other;
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/%s", file);
	if (ng_sys_stat(n->task, path, &own) < 0)
		return true;
	snprintf(path, sizeof(path), "/proc/%d/%s", n->pid, file);
	return ng_sys_stat(n->task, path, &other) < 0 || own.ino == other.ino;
}

static void open_namespaces(struct nsenter *n)
{
	int i;

	if (n->all && !n->pid)
		prog_die(n->task, 1, n->name, 0, "no target PID specified for --all");
	for (i = 0; i < NR_KINDS; i++) {
		if (n->wanted[i])
			n->fd[i] = open_target(n, n->path[i], kinds[i].file);
		else if (n->all && !is_own(n, kinds[i].file))
			n->fd[i] = open_target(n, NULL, kinds[i].file);
	}
}

static void enter(struct nsenter *n)
{
	int i, err;

	for (i = 0; i < NR_KINDS; i++) {
		if (!n->fd[i])
			continue;
		err = ng_sys_setns(n->task, n->fd[i], kinds[i].flag);
		if (err)
			prog_die(n->task, 1, n->name, -err, "reassociate to namespace '%s' failed",
				 kinds[i].file);
		ng_sys_close(n->task, n->fd[i]);
	}
}

static void change_folder(struct nsenter *n)
{
	const char *wd = n->wdns;
	char buf[64];
	int err;

	if (n->to_wd) {
		if (!n->wd && !n->pid)
			prog_die(n->task, 1, n->name, 0,
				 "neither filename nor target pid supplied for cwd");
		snprintf(buf, sizeof(buf), "/proc/%d/cwd", n->pid);
		wd = n->wd ? n->wd : buf;
	}
	err = wd ? ng_sys_chdir(n->task, wd) : 0;
	if (err)
		prog_die(n->task, 1, n->name, -err,
			 n->to_wd ? "cannot open %s" : "cannot open current working directory %s",
			 wd);
}

static int run(struct ng_task *task, void *arg)
{
	struct nsenter *n = arg;

	exec_or_shell(task, n->name, n->argv);
}

/**
 * nsenter_main() - The program nsenter
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status, or the program's.
 */
int nsenter_main(struct ng_task *task, int argc, char **argv)
{
	struct nsenter n = { .task = task, .name = argv[0] };
	struct ng_getopt opt = { .task = task };
	int ch, pid, status, sig;

	while ((ch = ng_getopt_long(&opt, argc, argv,
				    "+ahVt:m::u::i::n::p::C::U::T::S:G:r::w::W:FZ", longopts)) !=
	       -1)
		parse_option(&n, ch, opt.optarg);
	n.argv = argv + opt.optind;
	if (n.not_modelled)
		return ng_not_modelled(task, "%s", n.not_modelled);
	open_namespaces(&n);
	enter(&n);
	change_folder(&n);
	if (!n.fd[5] || n.no_fork)
		exec_or_shell(task, n.name, n.argv);
	/* only children live in the PID namespace */
	ng_flush(ng_stdout(task));
	pid = ng_sys_clone(task, run, &n, NULL);
	if (pid < 0)
		prog_die(task, 1, n.name, -pid, "fork failed");
	status = wait_child(task, n.name, pid, &sig);
	if (sig) {
		ng_sys_kill(task, ng_sys_getpid(task), sig);
		return 1;
	}
	return status;
}
