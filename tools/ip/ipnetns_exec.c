/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipnetns_exec.c - ip netns exec, identify, pids
 *
 * mirrors iproute2's ip/ipnetns.c and lib/exec.c
 */
#include "ip_common.h"
#include "ipnetns.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <netglass/syscall.h>

static int try_exec(struct ipr *c, const char *path, char **argv)
{
	char *const *env = ng_task_environ(c->task);
	char **sh_argv;
	int argc;
	int rc;

	rc = ng_sys_execve(c->task, path, argv, env);
	if (rc != -ENOEXEC)
		return rc;
	/* a script without "#!" goes to the shell, as execvp(3) does */
	for (argc = 0; argv[argc]; argc++)
		;
	sh_argv = ng_task_alloc(c->task, ((size_t)argc + 2) * sizeof(*sh_argv));
	sh_argv[0] = ng_task_strdup(c->task, "/bin/sh");
	sh_argv[1] = ng_task_strdup(c->task, path);
	memcpy(sh_argv + 2, argv + 1, (size_t)argc * sizeof(*argv));
	return ng_sys_execve(c->task, "/bin/sh", sh_argv, env);
}

/* As execvp(3): returns -errno. */
static int exec_in_path(struct ipr *c, const char *file, char **argv)
{
	const char *path = ng_task_getenv(c->task, "PATH");
	bool denied = false;
	size_t n;
	int rc;

	if (!*file)
		return -ENOENT;
	if (strchr(file, '/'))
		return try_exec(c, file, argv);
	if (!path)
		path = "/bin:/usr/bin";
	for (;; path += n + 1) {
		n = strcspn(path, ":");
		rc = try_exec(c, n ? ipr_strf(c, "%.*s/%s", (int)n, path, file) : file, argv);
		if (rc == -EACCES)
			denied = true;
		else if (rc != -ENOENT && rc != -ENOTDIR)
			return rc;
		if (!path[n])
			return denied ? -EACCES : -ENOENT;
	}
}

struct exec_args {
	struct ipr *c;
	const char *name;
	char **argv;
};

/* Enters the namespace and becomes the command; -1 when the namespace cannot be entered. */
static int switch_and_exec(struct ipr *c, const char *name, char **argv)
{
	int rc;

	if (netns_switch(c, name))
		return -1;
	rc = exec_in_path(c, argv[0], argv);
	ng_printf(c->err, "exec of \"%s\" failed: %s\n", argv[0], ng_strerror(-rc));
	ipr_exit(c, 1);
}

static int exec_child(struct ng_task *task, void *arg)
{
	struct exec_args *a = arg;
	struct ipr c = *a->c;

	c.task = task;
	c.out = ng_stdout(task);
	c.err = ng_stderr(task);
	return switch_and_exec(&c, a->name, a->argv) ? 255 : 0;
}

/* The command in a child; its exit status. */
static int fork_exec(struct ipr *c, const char *name, char **argv)
{
	struct exec_args a = { c, name, argv };
	int status = 0;
	int pid;

	ng_flush(c->out);
	pid = ng_sys_clone(c->task, exec_child, &a, NULL);
	if (pid < 0) {
		ng_printf(c->err, "fork: %s\n", ng_strerror(-pid));
		ipr_exit(c, 1);
	}
	if (ng_sys_wait4(c->task, pid, &status, 0) < 0)
		ipr_exit(c, 1);
	return status & 0x7f ? 1 : (status >> 8) & 0xff;
}

static int on_netns_exec(struct ipr *c, const char *name, void *arg)
{
	ng_printf(c->out, "\nnetns: %s\n", name);
	fork_exec(c, name, arg);
	return 0;
}

/**
 * netns_exec() - ip netns exec NAME COMMAND...
 * @c: the run; the cursor is at NAME
 *
 * Return: what gives the command's status; does not return when the command starts.
 */
int netns_exec(struct ipr *c)
{
	if (c->argc < 1 && !c->all) {
		ng_printf(c->err, "No netns name specified\n");
		return -1;
	}
	if (c->argc < (c->all ? 1 : 2)) {
		ng_printf(c->err, "No command specified\n");
		return -1;
	}
	if (c->all)
		return netns_foreach(c, on_netns_exec, c->argv) < 0 ? -1 : 0;
	if (c->batch)
		return -fork_exec(c, c->argv[0], c->argv + 1);
	ng_flush(c->out);
	return -switch_and_exec(c, c->argv[0], c->argv + 1);
}

struct identify {
	struct ng_stat st;
	const char *name;
};

static int identify_one(struct ipr *c, const char *name, void *arg)
{
	struct identify *id = arg;
	struct ng_stat st;

	if (ng_sys_stat(c->task, netns_path(c, name), &st) < 0)
		return 0;
	if (st.dev == id->st.dev && st.ino == id->st.ino)
		id->name = ipr_strf(c, "%s", name);
	return 0;
}

static bool is_pid(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

/* Opens a namespace and says who it is; -1 after a message. */
static int stat_ns(struct ipr *c, const char *path, struct ng_stat *ret_st)
{
	int fd = ng_sys_open(c->task, path, O_RDONLY, 0);
	int rc;

	if (fd < 0) {
		ng_printf(c->err, "Cannot open network namespace: %s\n", ng_strerror(-fd));
		return -1;
	}
	rc = ng_sys_fstat(c->task, fd, ret_st);
	ng_sys_close(c->task, fd);
	if (rc < 0) {
		ng_printf(c->err, "Stat of netns failed: %s\n", ng_strerror(-rc));
		return -1;
	}
	return 0;
}

/**
 * netns_identify() - ip netns identify [PID]: the name of a process' namespace
 * @c: the run; the cursor is at PID
 *
 * Return: 0 or -1.
 */
int netns_identify(struct ipr *c)
{
	struct identify id = { .name = "" };
	const char *pid = "self";

	if (c->argc > 1) {
		ng_printf(c->err, "extra arguments specified\n");
		return -1;
	}
	if (c->argc == 1) {
		pid = c->argv[0];
		if (!is_pid(pid)) {
			ng_printf(c->err, "Specified string '%s' is not a pid\n", pid);
			return -1;
		}
	}
	if (stat_ns(c, ipr_strf(c, "/proc/%s/ns/net", pid), &id.st))
		return -1;
	netns_foreach(c, identify_one, &id);
	ng_printf(c->out, "%s\n", id.name);
	return 0;
}

/**
 * netns_pids() - ip netns pids NAME: the processes in a namespace
 * @c: the run; the cursor is at NAME
 *
 * Return: 0 or -1.
 */
int netns_pids(struct ipr *c)
{
	struct ng_dirent *ents;
	struct ng_stat netst;
	struct ng_stat st;
	int fd;
	int n;
	int i;

	if (c->argc < 1) {
		ng_printf(c->err, "No netns name specified\n");
		return -1;
	}
	if (c->argc > 1) {
		ng_printf(c->err, "extra arguments specified\n");
		return -1;
	}
	if (stat_ns(c, netns_path(c, c->argv[0]), &netst))
		return -1;
	fd = ng_sys_open(c->task, "/proc", O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0) {
		ng_printf(c->err, "Open of /proc failed: %s\n", ng_strerror(-fd));
		return -1;
	}
	ents = ng_task_alloc(c->task, 64 * sizeof(*ents));
	while ((n = ng_sys_getdents(c->task, fd, ents, 64)) > 0) {
		for (i = 0; i < n; i++) {
			if (!is_pid(ents[i].name) ||
			    ng_sys_stat(c->task, ipr_strf(c, "/proc/%s/ns/net", ents[i].name),
					&st) < 0)
				continue;
			if (st.dev == netst.dev && st.ino == netst.ino)
				ng_printf(c->out, "%s\n", ents[i].name);
		}
	}
	ng_sys_close(c->task, fd);
	return 0;
}
