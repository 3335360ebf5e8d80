/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * process.c - system calls on processes: spawn, exec, exit, wait, time
 *
 * mirrors kernel/{fork,exit}.c and fs/exec.c, as far as they are needed
 * CONTROL.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <signal.h>
#include <string.h>

#include "core/config_trace.h"
#include "core/console.h"
#include "core/net_namespace.h"
#include "core/sched.h"
#include "core/task.h"
#include "core/vsprintf.h"
#include "core/world.h"
#include "core/xalloc.h"

#define ARG_MAX_BYTES ((size_t)2 * 1024 * 1024) /* MAX_ARG_STRLEN and friends, roughly */

static size_t strings_size(char *const *strings)
{
	size_t size = 0;

	for (; strings && *strings; strings++)
		size += strlen(*strings) + 1;
	return size;
}

/*
 * A NULL-terminated row of strings, copied into the task's memory. The strings lie one behind the other, as on the
 * stack of a new program.
 */
static char **copy_strings(struct ng_task *task, char *const *from, int *ret_n)
{
	char **to, *text;
	int n = 0;
	int i;

	while (from && from[n])
		n++;
	to = ng_task_alloc_buffer(task, sizeof(*to) * (size_t)(n + 1));
	text = ng_task_alloc_buffer(task, strings_size(from));
	for (i = 0; i < n; i++) {
		size_t size = strlen(from[i]) + 1;

		to[i] = memcpy(text, from[i], size);
		text += size;
	}
	to[n] = NULL;
	if (ret_n)
		*ret_n = n;
	return to;
}

static void set_comm(struct ng_task *task, const char *path)
{
	const char *slash = strrchr(path, '/');

	scnprintf(task->comm, sizeof(task->comm), "%s", slash ? slash + 1 : path);
	free(task->cmdline);
	task->cmdline_len = strings_size(task->argv);
	/* the first argument and all behind it: copy_strings() */
	task->cmdline = xmemdup(task->argc ? task->argv[0] : "", task->cmdline_len);
	if (trace_on(task->world))
		trace_exec(task);
}

static void inherit_files(struct ng_task *child, const struct ng_task *parent,
			  const struct ng_spawn *how)
{
	unsigned int i;

	if (how && how->fds) {
		for (i = 0; i < how->nfds; i++) {
			struct ng_file *f = task_file(parent, how->fds[i].from);
			int to = how->fds[i].to;
			struct ng_file *old = task_file(child, to);

			if (!f || to < 0)
				continue;
			file_get(f);
			if (old) {
				child->files[to] = f;
				file_put(old);
			} else {
				task_install_file(child, f, false, to);
			}
		}
		return;
	}
	for (i = 0; i < parent->nr_files; i++) {
		if (parent->files[i])
			task_install_file(child, file_get(parent->files[i]), parent->cloexec[i],
					  (int)i);
	}
}

static void close_on_exec(struct ng_task *task)
{
	unsigned int i;

	for (i = 0; i < task->nr_files; i++) {
		struct ng_file *f = task->files[i];

		if (!f || !task->cloexec[i])
			continue;
		task->files[i] = NULL;
		file_put(f);
	}
}

static struct ng_task *make_child(struct ng_task *task, const struct ng_spawn *how)
{
	struct ng_task *child = task_new(task->world, task);

	inherit_files(child, task, how);
	if (!task->pid_ns_for_children->child_reaper)
		task->pid_ns_for_children->child_reaper = child;
	if (how && how->pgid >= 0)
		child->pgid = how->pgid ? how->pgid : child->nr[0];
	child->envp =
		copy_strings(child, how && how->envp ? how->envp : ng_task_environ(task), NULL);
	return child;
}

/**
 * ng_sys_spawn() - Starts a program as a child
 * @task: the parent
 * @path: of the program; no search
 * @argv: its arguments, copied
 * @how: files, environment, group; NULL: inherited
 *
 * Return: the child's pid, -ENOENT, -EACCES, -ENOEXEC, -ELOOP or -E2BIG.
 */
int ng_sys_spawn(struct ng_task *task, const char *path, char *const argv[],
		 const struct ng_spawn *how)
{
	struct exec_image image = { NULL };
	struct ng_task *child;
	int err;

	syscall_enter(task);
	err = exec_image_find(task, path, argv, &image);
	if (!err && strings_size(argv) > ARG_MAX_BYTES)
		err = -E2BIG;
	if (err) {
		exec_image_free(&image);
		syscall_exit(task);
		return err;
	}
	child = make_child(task, how);
	close_on_exec(child);
	child->program = image.program;
	child->argv = copy_strings(child, image.argv ? image.argv : argv, &child->argc);
	exec_image_free(&image);
	set_comm(child, path);
	sched_start(child);
	syscall_exit(task);
	return task_pid_nr_ns(child, task->pid_ns);
}

/**
 * ng_sys_clone() - A child that runs a function of the parent's program
 * @task: the parent
 * @fn: fn(child, arg) gives the exit status
 * @arg: must live until the child has copied what it needs
 * @how: as ng_sys_spawn()
 *
 * Return: the child's pid.
 */
int ng_sys_clone(struct ng_task *task, ng_task_fn fn, void *arg, const struct ng_spawn *how)
{
	struct ng_task *child;

	syscall_enter(task);
	child = make_child(task, how);
	child->program = task->program;
	child->cloned = true;
	child->argv = copy_strings(child, task->argv, &child->argc);
	child->cmdline = xmemdup(task->cmdline, task->cmdline_len);
	child->cmdline_len = task->cmdline_len;
	child->fn = fn;
	child->arg = arg;
	if (how && how->ret_made)
		*how->ret_made = true;
	sched_start(child);
	syscall_exit(task);
	return task_pid_nr_ns(child, task->pid_ns);
}

/**
 * ng_sys_execve() - Another program in the same process
 * @task: the running one
 * @path: of the program; no search
 * @argv: its arguments, copied
 * @envp: its environment, copied; NULL: as it is
 *
 * Return: -errno; on success it does not return.
 */
int ng_sys_execve(struct ng_task *task, const char *path, char *const argv[], char *const envp[])
{
	struct task_arena *arena = task->arena, *new_arena;
	struct list_head keep;
	char **new_argv, **new_envp;
	char *new_path;
	struct exec_image image = { NULL };
	int argc;
	int err;

	syscall_enter(task);
	err = exec_image_find(task, path, argv, &image);
	if (!err && strings_size(argv) > ARG_MAX_BYTES)
		err = -E2BIG;
	if (err) {
		exec_image_free(&image);
		syscall_exit(task);
		return err;
	}

	/* the new strings are made in a list of their own, so that they outlive the old program's memory */
	INIT_LIST_HEAD(&keep);
	list_swap(&keep, &task->mem);
	task->arena = NULL;
	new_argv = copy_strings(task, image.argv ? image.argv : argv, &argc);
	exec_image_free(&image);
	new_envp = copy_strings(task, envp ? envp : ng_task_environ(task), NULL);
	new_path = ng_task_strdup(task, path);
	list_swap(&keep, &task->mem); /* keep: the new strings; mem: the old program's */
	new_arena = task->arena;
	task->arena = arena;
	task_free_mem(task);
	list_swap(&keep, &task->mem);
	task->arena = new_arena;

	close_on_exec(task);
	task->program = image.program;
	task->cloned = false;
	task->argc = argc;
	task->argv = new_argv;
	task->envp = new_envp;
	task->sig_handled = 0;
	set_comm(task, new_path);
	sched_restart(task);
}

/**
 * ng_sys_exit() - Ends the program
 * @task: the running one
 * @status: its exit status, 0 to 255
 */
void ng_sys_exit(struct ng_task *task, int status)
{
	do_exit(task, (status & 0xff) << 8);
}

static struct ng_task *find_child(struct ng_task *task, int pid, bool zombie)
{
	struct ng_task *t;

	list_for_each_entry(t, &task->world->tasks, list) {
		if (t->parent != task || (zombie && t->state != TASK_ZOMBIE))
			continue;
		if (pid == -1 || task_pid_nr_ns(t, task->pid_ns) == pid)
			return t;
	}
	return NULL;
}

/**
 * ng_sys_wait4() - Waits for a child to end
 * @task: the parent
 * @pid: which; -1: any
 * @ret_status: as wait(2) has it; may be NULL
 * @options: NG_WNOHANG
 *
 * Return: the child's pid, 0 (NG_WNOHANG, none over), -ECHILD or -EINTR.
 */
int ng_sys_wait4(struct ng_task *task, int pid, int *ret_status, int options)
{
	struct ng_task *child;
	int err = 0;

	syscall_enter(task);
	for (;;) {
		child = find_child(task, pid, true);
		if (child || err)
			break;
		if (!find_child(task, pid, false)) {
			err = -ECHILD;
			break;
		}
		if (options & NG_WNOHANG)
			break;
		err = task_wait_on(task, &task->child_exit, -1);
	}
	if (child) {
		err = task_pid_nr_ns(child, task->pid_ns);
		if (ret_status)
			*ret_status = child->exit_status;
		task_free(child);
	}
	syscall_exit(task);
	return err;
}

/**
 * ng_sys_getpid() - The process's number in its own namespace
 * @task: the running one
 *
 * Return: the number.
 */
int ng_sys_getpid(struct ng_task *task)
{
	return task->nr[task->pid_ns->level];
}

/**
 * ng_sys_getppid() - The parent's number
 * @task: the running one
 *
 * Return: 0 when the parent cannot be seen.
 */
int ng_sys_getppid(struct ng_task *task)
{
	return task->parent ? task_pid_nr_ns(task->parent, task->pid_ns) : 0;
}

/**
 * ng_sys_clock_monotonic() - Time since the world began
 * @task: the running one
 *
 * Return: nanoseconds.
 */
int64_t ng_sys_clock_monotonic(struct ng_task *task)
{
	syscall_enter(task);
	return world_now(task->world);
}

/**
 * ng_sys_clock_realtime() - Time since 1970, UTC
 * @task: the running one
 *
 * Return: nanoseconds.
 */
int64_t ng_sys_clock_realtime(struct ng_task *task)
{
	syscall_enter(task);
	return world_realtime(task->world);
}

/**
 * ng_sys_nanosleep() - Waits
 * @task: the running one
 * @delay_ns: how long
 *
 * Return: 0 or -EINTR.
 */
int ng_sys_nanosleep(struct ng_task *task, int64_t delay_ns)
{
	int err;

	syscall_enter(task);
	err = task_wait_on(task, NULL, delay_ns + TIMER_SLACK_NS);
	syscall_exit(task);
	return err == -EAGAIN ? 0 : err;
}

/**
 * ng_sys_getrandom() - Chance, the same in every run
 * @task: the running one; its number is the key
 * @buf: where to
 * @len: bytes
 *
 * Return: @len.
 */
ssize_t ng_sys_getrandom(struct ng_task *task, void *buf, size_t len)
{
	uint8_t *p = buf;
	size_t i;

	syscall_enter(task);
	for (i = 0; i < len; i++) {
		p[i] = (uint8_t)rng_hash(task->world->config.seed, RNG_TASK, (uint64_t)task->nr[0],
					 task->nr_random++);
	}
	return (ssize_t)len;
}

/**
 * ng_world_spawn() - Starts the first task
 * @world: the world
 * @path: of its program
 * @argv: its arguments
 * @envp: its environment
 *
 * Return: its pid, for ng_world_run(), or -errno.
 */
int ng_world_spawn(struct ng_world *world, const char *path, char *const argv[], char *const envp[])
{
	struct ng_task *init = world->init_task;
	const void *program;
	struct ng_task *task;
	int err = vfs_program(init, path, &program);
	int fd;

	if (err)
		return err;
	task = task_new(world, init);
	for (fd = 0; fd < 3; fd++)
		task_install_file(task,
				  file_new(world, &console_file_ops, (void *)(intptr_t)fd, O_RDWR),
				  false, fd);
	task->watched = true;
	task->pgid = task->nr[0];
	task->program = program;
	task->argv = copy_strings(task, argv, &task->argc);
	task->envp = copy_strings(task, envp, NULL);
	free(task->cwd);
	task->cwd = xstrdup("/root");
	set_comm(task, path);
	sched_start(task);
	return task->nr[0];
}
