/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * task.c - processes: their files, numbers and family
 *
 * mirrors kernel/fork.c, kernel/pid.c and fs/file.c, as far as they are needed
 * TABLE.
 */
#include "core/task.h"

#include <errno.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/sched.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fiber.h"

#define TASK_FILES_MAX 1024U /* RLIMIT_NOFILE */

/* ---- small accessors of <netglass/task.h> */

/**
 * ng_task_private() - The runtime's pointer
 * @task: whose
 *
 * Return: what ng_task_set_private() left, NULL at first.
 */
void *ng_task_private(struct ng_task *task)
{
	return task->private;
}

/**
 * ng_task_set_private() - Leaves the runtime's pointer
 * @task: whose
 * @priv: kept until the program ends
 */
void ng_task_set_private(struct ng_task *task, void *priv)
{
	task->private = priv;
}

/**
 * ng_task_world() - The world a task lives in
 * @task: the task
 *
 * Return: the world.
 */
struct ng_world *ng_task_world(struct ng_task *task)
{
	return task->world;
}

/**
 * ng_task_session() - What the maker of the world left in it
 * @task: any task
 *
 * Return: config->session.
 */
void *ng_task_session(struct ng_task *task)
{
	return task->world->config.session;
}

/**
 * ng_task_environ() - The environment
 * @task: whose
 *
 * Return: "NAME=value" strings, NULL-terminated.
 */
char *const *ng_task_environ(struct ng_task *task)
{
	static char *const none[] = { NULL };

	return task->envp ? task->envp : none;
}

/**
 * ng_task_getenv() - A value from the environment
 * @task: whose
 * @name: the variable
 *
 * Return: its value, or NULL.
 */
const char *ng_task_getenv(struct ng_task *task, const char *name)
{
	size_t len = strlen(name);
	char *const *e;

	for (e = ng_task_environ(task); *e; e++) {
		if (!strncmp(*e, name, len) && (*e)[len] == '=')
			return *e + len + 1;
	}
	return NULL;
}

/**
 * ng_task_set_origin() - Which script line the task works for
 * @task: the running one
 * @origin: given on to children
 */
void ng_task_set_origin(struct ng_task *task, struct ng_origin origin)
{
	task->origin = origin;
	task_made_progress(task);
}

/**
 * ng_task_origin() - Which script line the task works for
 * @task: the task
 *
 * Return: the origin.
 */
struct ng_origin ng_task_origin(const struct ng_task *task)
{
	return task->origin;
}

/* ---- files */

/**
 * task_file() - The open file behind a descriptor
 * @task: whose
 * @fd: the descriptor
 *
 * Return: borrowed; NULL: not open.
 */
struct ng_file *task_file(const struct ng_task *task, int fd)
{
	return fd >= 0 && (unsigned int)fd < task->nr_files ? task->files[fd] : NULL;
}

static void grow_files(struct ng_task *task, unsigned int want)
{
	unsigned int n = task->nr_files ? task->nr_files : 8;

	while (n < want)
		n *= 2;
	if (n == task->nr_files)
		return;
	task->files = xrealloc(task->files, n * sizeof(*task->files));
	task->cloexec = xrealloc(task->cloexec, n);
	memset(task->files + task->nr_files, 0, (n - task->nr_files) * sizeof(*task->files));
	memset(task->cloexec + task->nr_files, 0, n - task->nr_files);
	task->nr_files = n;
}

/**
 * task_install_file() - Gives an open file the lowest free descriptor
 * @task: whose
 * @file: the reference is taken over, also on failure
 * @cloexec: closed by execve
 * @min_fd: no lower than this
 *
 * Return: the descriptor, or -EMFILE.
 */
int task_install_file(struct ng_task *task, struct ng_file *file, bool cloexec, int min_fd)
{
	unsigned int fd;

	for (fd = (unsigned int)min_fd; fd < task->nr_files && task->files[fd]; fd++)
		;
	if (fd >= TASK_FILES_MAX) {
		file_put(file);
		return -EMFILE;
	}
	grow_files(task, fd + 1);
	task->files[fd] = file;
	task->cloexec[fd] = cloexec;
	return (int)fd;
}

/**
 * task_close_files() - Closes all
 * @task: whose
 */
void task_close_files(struct ng_task *task)
{
	unsigned int i;

	if (task->busy_file)
		file_put(task->busy_file);
	task->busy_file = NULL;
	for (i = 0; i < task->nr_files; i++) {
		struct ng_file *f = task->files[i];

		task->files[i] = NULL;
		if (f)
			file_put(f);
	}
}

/* ---- numbers and family */

static bool nr_in_use(const struct ng_world *world, const struct pid_namespace *ns, int nr)
{
	const struct ng_task *t;

	list_for_each_entry(t, &world->tasks, list) {
		if (t->pid_ns == ns && t->nr[ns->level] == nr)
			return true;
	}
	return false;
}

static void alloc_pid(struct ng_task *task, struct pid_namespace *ns)
{
	task->pid_ns = ns;
	for (; ns; ns = ns->parent) {
		do
			ns->last_pid = ns->last_pid >= 32767 ? 300 : ns->last_pid + 1;
		while (nr_in_use(task->world, ns, ns->last_pid));
		task->nr[ns->level] = ns->last_pid;
	}
}

/**
 * task_new() - A process that shares what children share
 * @world: its world
 * @parent: NULL for init
 *
 * Namespaces, working folder and origin come from the parent; files do not.
 *
 * Return: the task, not started.
 */
struct ng_task *task_new(struct ng_world *world, struct ng_task *parent)
{
	struct ng_task *task = xzalloc(sizeof(*task));

	task->world = world;
	task->parent = parent;
	task->state = TASK_PARKED;
	task->start_ns = world_now(world);
	INIT_LIST_HEAD(&task->run_node);
	INIT_LIST_HEAD(&task->mem);
	init_waitqueue_head(&task->child_exit);
	task->net = get_net(parent ? parent->net : world->init_net);
	task->pid_ns_for_children = parent ? parent->pid_ns_for_children : world->init_pid_ns;
	alloc_pid(task, task->pid_ns_for_children);
	task->pgid = parent ? parent->pgid : task->nr[0];
	task->cwd = xstrdup(parent ? parent->cwd : "/");
	if (parent) {
		memcpy(task->comm, parent->comm, sizeof(task->comm));
		task->origin = parent->origin;
		task->sig_ignored = parent->sig_ignored;
		memcpy(task->ns, parent->ns, sizeof(task->ns));
		for (int kind = 0; kind < NR_NS_KINDS; kind++)
			if (task->ns[kind])
				task->ns[kind]->refs++;
	}
	list_add_tail(&task->list, &world->tasks);
	return task;
}

/**
 * task_free() - Forgets a process that is over
 * @task: a zombie, or init
 */
void task_free(struct ng_task *task)
{
	task_free_mem(task);
	list_del(&task->list);
	list_del(&task->run_node);
	if (task->net)
		put_net(task->net);
	for (int kind = 0; kind < NR_NS_KINDS; kind++)
		if (task->ns[kind])
			ns_plain_put(task->ns[kind]);
	fiber_free(task->fiber);
	fiber_free(task->dead_fiber);
	free(task->files);
	free(task->cloexec);
	free(task->cmdline);
	free(task->cwd);
	free(task);
}

/**
 * task_reap_children() - Children of a task that ends go to init, which waits for nobody
 * @task: the task
 */
void task_reap_children(struct ng_task *task)
{
	struct ng_task *t, *n;

	list_for_each_entry_safe(t, n, &task->world->tasks, list) {
		if (t->parent != task)
			continue;
		t->parent = task->world->init_task;
		if (t->state == TASK_ZOMBIE && !t->watched)
			task_free(t);
	}
}

/**
 * find_task_by_vpid() - The process that goes by a number
 * @viewer: whose view of numbers
 * @pid: the number
 *
 * Return: borrowed; NULL: none, or it is over and nobody waited for it yet.
 */
struct ng_task *find_task_by_vpid(struct ng_task *viewer, int pid)
{
	struct ng_task *t;

	list_for_each_entry(t, &viewer->world->tasks, list) {
		if (pid > 0 && task_pid_nr_ns(t, viewer->pid_ns) == pid)
			return t;
	}
	return NULL;
}
