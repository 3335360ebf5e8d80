/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * procfs.c - /proc: processes, net, sys
 *
 * mirrors fs/proc/{root,base,array}.c, as far as they are needed
 * TABLE.
 */
#include <errno.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "fs/inode.h"

#define INIT_UPTIME_HZ 100 /* jiffies user space sees: USER_HZ */

static const struct pid_namespace *proc_pid_ns(const struct ng_task *task)
{
	return task->ns[NS_MNT]->proc_pid_ns;
}

static struct ng_task *proc_task(struct ng_task *viewer, const char *name, size_t len)
{
	const struct pid_namespace *ns = proc_pid_ns(viewer);
	struct ng_task *t;
	int pid = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		if (name[i] < '0' || name[i] > '9' || pid > 99999999)
			return NULL;
		pid = pid * 10 + (name[i] - '0');
	}
	list_for_each_entry(t, &viewer->world->tasks, list) {
		if (pid && task_pid_nr_ns(t, ns) == pid)
			return t;
	}
	return NULL;
}

static char state_letter(const struct ng_task *viewer, const struct ng_task *t)
{
	if (t->state == TASK_ZOMBIE)
		return 'Z';
	return t == viewer || t->state == TASK_RUNNING ? 'R' : 'S';
}

static struct ng_task *node_task(const struct dyn_node *node)
{
	return (struct ng_task *)(uintptr_t)node->entry;
}

static int visible_ppid(const struct ng_task *viewer, const struct ng_task *t)
{
	return t->parent ? task_pid_nr_ns(t->parent, proc_pid_ns(viewer)) : 0;
}

static int pid_stat_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ng_task *t = node_task(node);
	const struct pid_namespace *ns = proc_pid_ns(node->task);
	int i;

	seq_printf(
		m,
		"%d (%s) %c %d %d %d 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %lld 0 0 18446744073709551615",
		task_pid_nr_ns(t, ns), t->comm, state_letter(node->task, t),
		visible_ppid(node->task, t), task_pid_nr_ns(t, ns), task_pid_nr_ns(t, ns),
		(long long)(t->start_ns / (NSEC_PER_SEC / INIT_UPTIME_HZ)));
	for (i = 0; i < 27; i++)
		seq_printf(m, " 0");
	seq_printf(m, "\n");
	return 0;
}

static int pid_status_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ng_task *t = node_task(node);
	const struct pid_namespace *ns = proc_pid_ns(node->task);
	char c = state_letter(node->task, t);
	int level;

	seq_printf(m, "Name:\t%s\nUmask:\t0022\nState:\t%c (%s)\n", t->comm, c,
		   c == 'R'   ? "running"
		   : c == 'Z' ? "zombie"
			      : "sleeping");
	seq_printf(m, "Tgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n",
		   task_pid_nr_ns(t, ns), task_pid_nr_ns(t, ns), visible_ppid(node->task, t));
	seq_printf(m, "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nFDSize:\t256\nGroups:\t \nNStgid:");
	for (level = ns->level; level <= t->pid_ns->level; level++)
		seq_printf(m, "\t%d", t->nr[level]);
	seq_printf(m, "\nNSpid:");
	for (level = ns->level; level <= t->pid_ns->level; level++)
		seq_printf(m, "\t%d", t->nr[level]);
	seq_printf(m, "\nThreads:\t1\n");
	return 0;
}

static int pid_cmdline_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ng_task *t = node_task(node);

	if (t->cmdline_len)
		seq_write(m, t->cmdline, t->cmdline_len);
	return 0;
}

static int pid_comm_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%s\n", node_task(node)->comm);
	return 0;
}

/* The first user namespace maps every user to itself, others root alone. */
static int id_map_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ng_task *t = node_task(node);
	const struct ng_task *init = node->task->world->init_task;

	seq_printf(m, "%10u %10u %10u\n", 0U, 0U,
		   t->ns[NS_USER] == init->ns[NS_USER] ? UINT32_MAX : 1U);
	return 0;
}

static int id_map_store(struct dyn_node *node, const char *text, size_t len)
{
	const struct ng_task *init = node->task->world->init_task;

	if (node_task(node)->ns[NS_USER] == init->ns[NS_USER])
		return -EPERM;
	return len >= 5 && !memcmp(text, "0 0 1", 5) ? 0 : -EINVAL;
}

static int setgroups_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ng_task *init = node->task->world->init_task;

	seq_printf(m, "%s\n", node_task(node)->ns[NS_USER] == init->ns[NS_USER] ? "allow" : "deny");
	return 0;
}

static int setgroups_store(struct dyn_node *node, const char *text, size_t len)
{
	(void)node;
	return len >= 4 && !memcmp(text, "deny", 4) ? 0 : -EINVAL;
}

static const struct {
	const char *name;
	int (*show)(struct dyn_node *node, struct seq_file *m);
	int (*store)(struct dyn_node *node, const char *text, size_t len);
} pid_files[] = {
	{ "cmdline", pid_cmdline_show, NULL },	  { "comm", pid_comm_show, NULL },
	{ "gid_map", id_map_show, id_map_store }, { "setgroups", setgroups_show, setgroups_store },
	{ "stat", pid_stat_show, NULL },	  { "status", pid_status_show, NULL },
	{ "uid_map", id_map_show, id_map_store },
};

#define NR_PID_FILES (sizeof(pid_files) / sizeof(pid_files[0]))

static void pid_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	size_t i;

	(void)node;
	for (i = 0; i < NR_PID_FILES; i++)
		emit(arg, pid_files[i].name, S_IFREG | 0444);
	emit(arg, "cwd", S_IFLNK | 0777);
	emit(arg, "fd", S_IFDIR | 0500);
	emit(arg, "net", S_IFDIR | 0555);
	emit(arg, "ns", S_IFDIR | 0511);
	emit(arg, "root", S_IFLNK | 0777);
}

static void fd_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct ng_task *t = node_task(node);
	char name[16];

	for (unsigned int i = 0; i < t->nr_files; i++) {
		if (!t->files[i])
			continue;
		scnprintf(name, sizeof(name), "%u", i);
		emit(arg, name, S_IFLNK | 0700);
	}
}

static void inode_path(struct seq_file *m, const struct inode *inode)
{
	if (!inode->parent)
		return;
	inode_path(m, inode->parent);
	seq_printf(m, "/%s", inode->name);
}

static int fd_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ng_file *file = node->open_file;

	if (file->ops == &socket_file_ops)
		seq_printf(m, "socket:[%llu]", (unsigned long long)file->ino);
	else if (file_is_pipe(file))
		seq_printf(m, "pipe:[%llu]", (unsigned long long)file->ino);
	else if (file->inode)
		inode_path(m, file->inode);
	else
		seq_printf(m, "/dev/console");
	return 0;
}

/* REST: "fd" or "fd/N" */
static int fd_lookup(struct ng_task *of, const char *rest, struct dyn_node *ret_node)
{
	unsigned int fd = 0;

	if (!rest[2]) {
		dyn_dir(ret_node, fd_list);
		return 0;
	}
	for (rest += 3; *rest; rest++) {
		if (*rest < '0' || *rest > '9' || fd > 100000)
			return -ENOENT;
		fd = fd * 10 + (unsigned int)(*rest - '0');
	}
	if (fd >= of->nr_files || !of->files[fd])
		return -ENOENT;
	ret_node->open_file = of->files[fd];
	ret_node->mode = S_IFLNK | 0700;
	ret_node->show = fd_show;
	return 0;
}

static int cwd_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%s", node_task(node)->cwd);
	return 0;
}

static int root_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "/");
	return 0;
}

static void ns_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	(void)node;
	for (int kind = 0; kind < NR_NS_KINDS; kind++) {
		emit(arg, ns_names[kind], S_IFLNK | 0777);
		if (kind == NS_PID)
			emit(arg, "pid_for_children", S_IFLNK | 0777);
		if (kind == NS_TIME)
			emit(arg, "time_for_children", S_IFLNK | 0777);
	}
}

/* the file behind the link /proc/PID/ns/NAME */
static int ns_lookup(const struct ng_task *of, const char *name, struct dyn_node *ret_node)
{
	size_t len = strcspn(name, "_");
	bool children = !strcmp(name + len, "_for_children");

	if (of->state == TASK_ZOMBIE)
		return -ENOENT;
	for (int kind = 0; kind < NR_NS_KINDS; kind++) {
		if (strlen(ns_names[kind]) != len || memcmp(name, ns_names[kind], len) ||
		    (name[len] && !(children && (kind == NS_PID || kind == NS_TIME))))
			continue;
		ret_node->mode = S_IFREG | 0444;
		ret_node->ns = task_ns(of, kind, children);
		return 0;
	}
	return -ENOENT;
}

static int pid_lookup(struct ng_task *task, struct ng_task *of, const char *rest,
		      struct dyn_node *ret_node)
{
	size_t i;

	ret_node->entry = of;
	ret_node->ino = 1000 + (uint64_t)of->nr[0];
	if (!*rest) {
		dyn_dir(ret_node, pid_list);
		return 0;
	}
	if (!strncmp(rest, "fd", 2) && (!rest[2] || rest[2] == '/'))
		return fd_lookup(of, rest, ret_node);
	if (!strcmp(rest, "cwd") || !strcmp(rest, "root")) {
		ret_node->mode = S_IFLNK | 0777;
		ret_node->show = *rest == 'c' ? cwd_show : root_show;
		return 0;
	}
	if (!strcmp(rest, "ns")) {
		dyn_dir(ret_node, ns_list);
		return 0;
	}
	if (!strncmp(rest, "ns/", 3))
		return ns_lookup(of, rest + 3, ret_node);
	if (!strcmp(rest, "net") || !strncmp(rest, "net/", 4))
		return proc_net_lookup(task, of->net, rest[3] ? rest + 4 : "", ret_node);
	for (i = 0; i < NR_PID_FILES; i++) {
		if (strcmp(rest, pid_files[i].name))
			continue;
		ret_node->mode = S_IFREG | (pid_files[i].store ? 0644 : 0444);
		ret_node->show = pid_files[i].show;
		ret_node->store = pid_files[i].store;
		return 0;
	}
	return -ENOENT;
}

static int self_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "%d", task_pid_nr_ns(node->task, proc_pid_ns(node->task)));
	return 0;
}

static int net_link_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "self/net");
	return 0;
}

static int uptime_show(struct dyn_node *node, struct seq_file *m)
{
	int64_t cs = world_now(node->task->world) / (NSEC_PER_SEC / 100);

	seq_printf(m, "%lld.%02lld %lld.%02lld\n", (long long)(cs / 100), (long long)(cs % 100),
		   (long long)(cs / 100), (long long)(cs % 100));
	return 0;
}

static int version_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "Linux version 6.18.0 (netglass) #1 SMP PREEMPT_DYNAMIC\n");
	return 0;
}

/* enough for ps to know the machine's age and size */
static int stat_show(struct dyn_node *node, struct seq_file *m)
{
	seq_printf(m, "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\nbtime %lld\n",
		   (long long)(node->task->world->config.epoch_ns / NSEC_PER_SEC));
	return 0;
}

static int meminfo_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "MemTotal:        1048576 kB\nMemFree:         1048576 kB\n");
	return 0;
}

static const struct {
	const char *name;
	int (*show)(struct dyn_node *node, struct seq_file *m);
	uint32_t mode;
} root_files[] = {
	{ "meminfo", meminfo_show, S_IFREG | 0444 }, { "net", net_link_show, S_IFLNK | 0777 },
	{ "self", self_show, S_IFLNK | 0777 },	     { "stat", stat_show, S_IFREG | 0444 },
	{ "uptime", uptime_show, S_IFREG | 0444 },   { "version", version_show, S_IFREG | 0444 },
};

#define NR_ROOT_FILES (sizeof(root_files) / sizeof(root_files[0]))

static void root_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	const struct pid_namespace *ns = proc_pid_ns(node->task);
	const struct ng_task *t;
	char name[16];
	size_t i;

	list_for_each_entry(t, &node->task->world->tasks, list) {
		if (!task_pid_nr_ns(t, ns))
			continue;
		scnprintf(name, sizeof(name), "%d", task_pid_nr_ns(t, ns));
		emit(arg, name, S_IFDIR | 0555);
	}
	for (i = 0; i < NR_ROOT_FILES; i++)
		emit(arg, root_files[i].name, root_files[i].mode);
	emit(arg, "sys", S_IFDIR | 0555);
}

/**
 * proc_lookup() - What is at /proc/REST
 * @task: who looks
 * @rest: the path
 * @ret_node: filled
 *
 * Return: 0 or -ENOENT.
 */
int proc_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node)
{
	size_t len = strcspn(rest, "/");
	const char *below = rest[len] ? rest + len + 1 : "";
	struct ng_task *of;
	size_t i;

	ret_node->ino = 1;
	ret_node->create_err = -ENOENT;
	if (!*rest) {
		dyn_dir(ret_node, root_list);
		return 0;
	}
	if (len == 3 && !memcmp(rest, "sys", 3))
		return proc_sys_lookup(task, below, ret_node);
	if (len == 4 && !memcmp(rest, "self", 4) && *below)
		return pid_lookup(task, task, below, ret_node);
	if (len == 3 && !memcmp(rest, "net", 3) && *below)
		return proc_net_lookup(task, task->net, below, ret_node);
	of = proc_task(task, rest, len);
	if (of)
		return pid_lookup(task, of, below, ret_node);
	for (i = 0; i < NR_ROOT_FILES; i++) {
		if (strcmp(rest, root_files[i].name))
			continue;
		ret_node->mode = root_files[i].mode;
		ret_node->show = root_files[i].show;
		return 0;
	}
	return -ENOENT;
}
