/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unshare.c - run a program in new namespaces
 *
 * mirrors util-linux 2.38's sys-utils/unshare.c
 *
 * Not modelled: other roots and users (a user namespace is known as the one
 * that makes a person root of a new network namespace), time namespaces.
 */
#include "lib/exec.h"
#include "lib/getopt.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <errno.h>
#include <signal.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>

#define NR_KEPT 8

struct kept { /* --net=FILE */
	const char *kind, *path;
};

struct unshare {
	struct ng_task *task;
	const char *name;
	int flags;
	bool fork, map_root, keep_propagation;
	const char *proc_dir; /* --mount-proc */
	const char *dir;      /* -w */
	char **argv;
	struct kept kept[NR_KEPT];
	unsigned int nkept;
	const char *not_modelled;
};

int unshare_main(struct ng_task *task, int argc, char **argv);

static const char usage_text[] =
	"\nUsage:\n"
	" unshare [options] [<program> [<argument>...]]\n"
	"\nRun a program with some namespaces unshared from the parent.\n"
	"\nOptions:\n"
	" -m, --mount[=<file>]      unshare mounts namespace\n"
	" -u, --uts[=<file>]        unshare UTS namespace (hostname etc)\n"
	" -i, --ipc[=<file>]        unshare System V IPC namespace\n"
	" -n, --net[=<file>]        unshare network namespace\n"
	" -p, --pid[=<file>]        unshare pid namespace\n"
	" -U, --user[=<file>]       unshare user namespace\n"
	" -C, --cgroup[=<file>]     unshare cgroup namespace\n"
	" -T, --time[=<file>]       unshare time namespace\n"
	"\n"
	" -f, --fork                fork before launching <program>\n"
	" --map-user=<uid>|<name>   map current user to uid (implies --user)\n"
	" --map-group=<gid>|<name>  map current group to gid (implies --user)\n"
	" -r, --map-root-user       map current user to root (implies --user)\n"
	" -c, --map-current-user    map current user to itself (implies --user)\n"
	" --map-auto                map users and groups automatically (implies --user)\n"
	" --map-users=<outeruid>,<inneruid>,<count>\n"
	"                           map count users from outeruid to inneruid (implies --user)\n"
	" --map-groups=<outergid>,<innergid>,<count>\n"
	"                           map count groups from outergid to innergid (implies --user)\n"
	"\n"
	" --kill-child[=<signame>]  when dying, kill the forked child (implies --fork)\n"
	"                             defaults to SIGKILL\n"
	" --mount-proc[=<dir>]      mount proc filesystem first (implies --mount)\n"
	" --propagation slave|shared|private|unchanged\n"
	"                           modify mount propagation in mount namespace\n"
	" --setgroups allow|deny    control the setgroups syscall in user namespaces\n"
	" --keep-caps               retain capabilities granted in user namespaces\n"
	"\n"
	" -R, --root=<dir>          run the command with root directory set to <dir>\n"
	" -w, --wd=<dir>            change working directory to <dir>\n"
	" -S, --setuid <uid>        set uid in entered namespace\n"
	" -G, --setgid <gid>        set gid in entered namespace\n"
	" --monotonic <offset>      set clock monotonic offset (seconds) in time namespaces\n"
	" --boottime <offset>       set clock boottime offset (seconds) in time namespaces\n"
	"\n"
	" -h, --help                display this help\n"
	" -V, --version             display version\n"
	"\nFor more details see unshare(1).\n";

enum { OPT_MOUNT_PROC = 256, OPT_KILL_CHILD, OPT_PROPAGATION, OPT_OTHER };

static const struct ng_option longopts[] = {
	{ "mount", 2, 'm' },
	{ "uts", 2, 'u' },
	{ "ipc", 2, 'i' },
	{ "net", 2, 'n' },
	{ "pid", 2, 'p' },
	{ "user", 2, 'U' },
	{ "cgroup", 2, 'C' },
	{ "time", 2, 'T' },
	{ "fork", 0, 'f' },
	{ "map-user", 1, OPT_OTHER },
	{ "map-group", 1, OPT_OTHER },
	{ "map-root-user", 0, 'r' },
	{ "map-current-user", 0, 'c' },
	{ "map-auto", 0, OPT_OTHER },
	{ "map-users", 1, OPT_OTHER },
	{ "map-groups", 1, OPT_OTHER },
	{ "kill-child", 2, OPT_KILL_CHILD },
	{ "mount-proc", 2, OPT_MOUNT_PROC },
	{ "propagation", 1, OPT_PROPAGATION },
	{ "setgroups", 1, OPT_OTHER },
	{ "keep-caps", 0, OPT_OTHER },
	{ "root", 1, 'R' },
	{ "wd", 1, 'w' },
	{ "setuid", 1, 'S' },
	{ "setgid", 1, 'G' },
	{ "monotonic", 1, OPT_OTHER },
	{ "boottime", 1, OPT_OTHER },
	{ "help", 0, 'h' },
	{ "version", 0, 'V' },
	{ NULL, 0, 0 },
};

static int namespace_flag(int ch)
{
	switch (ch) {
	case 'm':
		return CLONE_NEWNS;
	case 'u':
		return CLONE_NEWUTS;
	case 'i':
		return CLONE_NEWIPC;
	case 'n':
		return CLONE_NEWNET;
	case 'p':
		return CLONE_NEWPID;
	case 'U':
		return CLONE_NEWUSER;
	case 'C':
		return CLONE_NEWCGROUP;
	case 'T':
		return CLONE_NEWTIME;
	default:
		return 0;
	}
}

static const char *kind_name(int ch)
{
	switch (ch) {
	case 'm':
		return "mnt";
	case 'u':
		return "uts";
	case 'i':
		return "ipc";
	case 'n':
		return "net";
	case 'p':
		return "pid_for_children";
	case 'U':
		return "user";
	case 'C':
		return "cgroup";
	default:
		return "time_for_children";
	}
}

static void parse_propagation(struct unshare *u, const char *arg)
{
	if (!strcmp(arg, "unchanged"))
		u->keep_propagation = true;
	else if (!strcmp(arg, "slave") || !strcmp(arg, "shared"))
		u->not_modelled = "unshare --propagation other than private";
	else if (strcmp(arg, "private") != 0)
		prog_die(u->task, 1, u->name, 0, "unsupported propagation mode: %s", arg);
}

static void parse_option(struct unshare *u, int ch, const char *arg)
{
	if (namespace_flag(ch)) {
		u->flags |= namespace_flag(ch);
		if (arg)
			u->kept[u->nkept++ % NR_KEPT] = (struct kept){ kind_name(ch), arg };
		return;
	}
	switch (ch) {
	case 'f':
	case OPT_KILL_CHILD:
		u->fork = true;
		break;
	case 'r':
		u->flags |= CLONE_NEWUSER;
		u->map_root = true;
		break;
	case OPT_MOUNT_PROC:
		u->flags |= CLONE_NEWNS;
		u->proc_dir = arg ? arg : "/proc";
		break;
	case OPT_PROPAGATION:
		parse_propagation(u, arg);
		break;
	case 'w':
		u->dir = arg;
		break;
	case 'S':
	case 'G':
		if (strcmp(arg, "0") != 0)
			u->not_modelled = "unshare with another user";
		break;
	case 'c':
	case 'R':
	case OPT_OTHER:
		u->not_modelled = "unshare with this option";
		break;
	case 'h':
		ng_puts(ng_stdout(u->task), usage_text);
		prog_exit(u->task, 0);
	case 'V':
		ng_printf(ng_stdout(u->task), "%s from util-linux 2.38.1\n", u->name);
		prog_exit(u->task, 0);
	default:
		ng_printf(ng_stderr(u->task), "Try '%s --help' for more information.\n", u->name);
		prog_exit(u->task, 1);
	}
}

/* A file of the process's own folder in /proc gets @text. */
static void write_proc(struct unshare *u, const char *path, const char *text)
{
	int fd = ng_sys_open(u->task, path, O_WRONLY, 0);
	ssize_t n = fd < 0 ? fd : ng_sys_write(u->task, fd, text, strlen(text));

	if (n < 0)
		prog_die(u->task, 1, u->name, (int)-n, "write failed %s", path);
	ng_sys_close(u->task, fd);
}

static void mount_proc(struct unshare *u)
{
	int err;

	err = ng_sys_mount(u->task, "none", u->proc_dir, NULL, MS_PRIVATE | MS_REC);
	if (err && err != -EINVAL)
		prog_die(u->task, 1, u->name, -err, "cannot change %s filesystem propagation",
			 u->proc_dir);
	err = ng_sys_mount(u->task, "proc", u->proc_dir, "proc", MS_NOSUID | MS_NOEXEC | MS_NODEV);
	if (err)
		prog_die(u->task, 1, u->name, -err, "mount %s failed", u->proc_dir);
}

/* The new namespaces get names: each is mounted over a file. */
static void keep_namespaces(struct unshare *u)
{
	char from[64];

	for (unsigned int i = 0; i < u->nkept && i < NR_KEPT; i++) {
		int err;

		snprintf(from, sizeof(from), "/proc/%d/ns/%s", ng_sys_getpid(u->task),
			 u->kept[i].kind);
		err = ng_sys_mount(u->task, from, u->kept[i].path, NULL, MS_BIND);
		if (err)
			prog_die(u->task, 1, u->name, -err, "mount %s on %s failed", from,
				 u->kept[i].path);
	}
}

/* In the process that becomes the program. */
static int run(struct ng_task *task, void *arg)
{
	struct unshare *u = arg;
	int err;

	u->task = task;
	if (u->proc_dir)
		mount_proc(u);
	if (u->dir) {
		err = ng_sys_chdir(task, u->dir);
		if (err)
			prog_die(task, 1, u->name, -err, "cannot chdir to '%s'", u->dir);
	}
	exec_or_shell(task, u->name, u->argv);
}

static int run_child(struct unshare *u)
{
	struct ng_task *task = u->task; /* @u is the child's from the clone on */
	struct ng_spawn how = { .pgid = -1 };
	int pid, status, sig;

	ng_flush(ng_stdout(task));
	pid = ng_sys_clone(task, run, u, &how);
	if (pid < 0)
		prog_die(task, 1, u->name, -pid, "fork failed");
	status = wait_child(task, u->name, pid, &sig);
	/* it dies of what its child died of, if that is a signal it can have */
	if (sig == SIGKILL)
		prog_die(task, 1, u->name, EINVAL, "sigprocmask unblock failed");
	if (sig)
		ng_sys_kill(task, ng_sys_getpid(task), sig);
	return status;
}

/**
 * unshare_main() - The program unshare.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status, or the program's.
 */
int unshare_main(struct ng_task *task, int argc, char **argv)
{
	struct unshare u = { .task = task, .name = argv[0] };
	struct ng_getopt opt = { .task = task };
	int ch, err;

	while ((ch = ng_getopt_long(&opt, argc, argv, "+fhVmuinpCTUrR:w:S:G:c", longopts)) != -1)
		parse_option(&u, ch, opt.optarg);
	u.argv = argv + opt.optind;
	if (u.not_modelled)
		return ng_not_modelled(task, "%s", u.not_modelled);
	if ((u.flags & CLONE_NEWUSER) && !(u.map_root && u.flags & CLONE_NEWNET))
		return ng_not_modelled(task, "unshare of a user namespace without -r and -n");
	err = ng_sys_unshare(task, u.flags);
	if (err == -EINVAL)
		return ng_not_modelled(task, "unshare of a time namespace");
	if (err)
		prog_die(task, 1, u.name, -err, "unshare failed");
	keep_namespaces(&u);
	if (u.map_root) {
		write_proc(&u, "/proc/self/setgroups", "deny");
		write_proc(&u, "/proc/self/uid_map", "0 0 1");
		write_proc(&u, "/proc/self/gid_map", "0 0 1");
	}
	if ((u.flags & CLONE_NEWNS) && !u.keep_propagation) {
		err = ng_sys_mount(task, "none", "/", NULL, MS_REC | MS_PRIVATE);
		if (err)
			prog_die(task, 1, u.name, -err,
				 "cannot change root filesystem propagation");
	}
	return u.fork ? run_child(&u) : run(task, &u);
}
