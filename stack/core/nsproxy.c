/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nsproxy.c - the namespaces a process lives in; entering and leaving them
 *
 * mirrors kernel/{nsproxy,pid_namespace,utsname}.c and fs/nsfs.c, as far as they are needed
 * CONTROL. Network and PID namespaces have much in them; a UTS namespace has
 * the machine's name, a mount namespace says whose processes /proc shows. The
 * rest have a number, and are otherwise all alike.
 */
#include "core/nsproxy.h"

#include <errno.h>
#include <linux/sched.h>
#include <netglass/syscall.h>

#include "core/net_namespace.h"
#include "core/task.h"
#include "core/vsprintf.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"

#define NS_INUM_BASE 0xf0100000U /* of those made later; net and pid count elsewhere */

const char *const ns_names[NR_NS_KINDS] = {
	"cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts",
};

const int ns_flags[NR_NS_KINDS] = {
	CLONE_NEWCGROUP, CLONE_NEWIPC,	CLONE_NEWNS,   CLONE_NEWNET,
	CLONE_NEWPID,	 CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS,
};

/* PROC_*_INIT_INO of include/linux/proc_ns.h; the first mount namespace has no fixed number */
static const uint32_t init_inums[NR_NS_KINDS] = {
	[NS_CGROUP] = 0xeffffffbU, [NS_IPC] = 0xefffffffU,  [NS_MNT] = 0xf0000001U,
	[NS_TIME] = 0xeffffffaU,   [NS_USER] = 0xeffffffdU, [NS_UTS] = 0xeffffffeU,
};

static struct ns_plain *plain_new(struct ng_world *world, uint32_t inum)
{
	struct ns_plain *ns = xzalloc(sizeof(*ns));

	ns->inum = inum;
	ns->refs = 1;
	INIT_LIST_HEAD(&ns->binds);
	list_add_tail(&ns->list, &world->ns_plain_list);
	return ns;
}

/**
 * ns_plain_new() - A copy of a namespace, with a number of its own
 * @world: the world
 * @from: the namespace that is left
 *
 * Return: the new one, with one user.
 */
struct ns_plain *ns_plain_new(struct ng_world *world, const struct ns_plain *from)
{
	struct ns_plain *ns = plain_new(world, NS_INUM_BASE + world->nr_ns_plain++);

	memcpy(ns->nodename, from->nodename, sizeof(ns->nodename));
	ns->proc_pid_ns = from->proc_pid_ns;
	mnt_copy_binds(ns, from);
	return ns;
}

/**
 * ns_plain_put() - One user less
 * @ns: the namespace
 */
void ns_plain_put(struct ns_plain *ns)
{
	if (--ns->refs)
		return;
	list_del(&ns->list);
	mnt_free_binds(ns);
	free(ns);
}

/**
 * ns_plain_init() - The namespaces at power-on
 * @world: the world
 * @init: its first process
 */
void ns_plain_init(struct ng_world *world, struct ng_task *init)
{
	for (int kind = 0; kind < NR_NS_KINDS; kind++) {
		if (init_inums[kind])
			init->ns[kind] = plain_new(world, init_inums[kind]);
	}
	scnprintf(init->ns[NS_UTS]->nodename, sizeof(init->ns[NS_UTS]->nodename), "host");
	init->ns[NS_MNT]->proc_pid_ns = world->init_pid_ns;
}

/**
 * ns_plain_fini() - Forgets what is mounted, which may hold the namespace it is mounted in
 * @world: the world, its tasks gone
 */
void ns_plain_fini(struct ng_world *world)
{
	struct ns_plain *ns, *n;

	list_for_each_entry(ns, &world->ns_plain_list, list)
		ns->refs++;
	list_for_each_entry(ns, &world->ns_plain_list, list)
		mnt_free_binds(ns);
	list_for_each_entry_safe(ns, n, &world->ns_plain_list, list)
		ns_plain_put(ns);
}

/**
 * task_ns() - The namespace of a kind a process lives in
 * @task: the process; not a zombie
 * @kind: which
 * @for_children: of PID namespaces, the one its next children get
 *
 * Return: borrowed.
 */
struct ns_ref task_ns(const struct ng_task *task, enum ns_kind kind, bool for_children)
{
	struct ns_ref ref = { .kind = kind };

	if (kind == NS_NET) {
		ref.net = task->net;
		ref.inum = task->net->inum;
	} else if (kind == NS_PID) {
		ref.pid = for_children ? task->pid_ns_for_children : task->pid_ns;
		ref.inum = ref.pid->inum;
	} else {
		ref.plain = task->ns[kind];
		ref.inum = ref.plain->inum;
	}
	return ref;
}

/**
 * ns_ref_get() - One user more of what a namespace file names
 * @ref: the name
 */
void ns_ref_get(const struct ns_ref *ref)
{
	if (ref->net)
		get_net(ref->net);
	if (ref->plain)
		ref->plain->refs++;
}

/**
 * ns_ref_put() - One user less
 * @ref: the name
 */
void ns_ref_put(const struct ns_ref *ref)
{
	if (ref->net)
		put_net(ref->net);
	if (ref->plain)
		ns_plain_put(ref->plain);
}

/**
 * ns_install() - Puts a process into a namespace
 * @task: the process
 * @ref: the namespace
 *
 * Return: 0; -EINVAL for a PID namespace that is not below its own, or its own user namespace.
 */
int ns_install(struct ng_task *task, const struct ns_ref *ref)
{
	const struct pid_namespace *up;

	switch (ref->kind) {
	case NS_NET:
		get_net(ref->net);
		put_net(task->net);
		task->net = ref->net;
		return 0;
	case NS_PID:
		for (up = ref->pid; up && up != task->pid_ns; up = up->parent)
			;
		if (!up)
			return -EINVAL;
		task->pid_ns_for_children = ref->pid;
		return 0;
	case NS_USER:
		if (task->ns[NS_USER] == ref->plain)
			return -EINVAL;
		break;
	case NS_CGROUP:
	case NS_IPC:
	case NS_MNT:
	case NS_TIME:
	case NS_UTS:
	case NR_NS_KINDS:
		break;
	}
	ns_ref_get(ref);
	ns_plain_put(task->ns[ref->kind]);
	task->ns[ref->kind] = ref->plain;
	return 0;
}

/**
 * ng_sys_setns() - Enters a namespace
 * @task: the running one
 * @fd: of a namespace file
 * @nstype: CLONE_NEWNET and the like, or 0: any kind
 *
 * Return: 0, -EBADF or -EINVAL.
 */
int ng_sys_setns(struct ng_task *task, int fd, int nstype)
{
	const struct ng_file *file;
	const struct ns_ref *ref;
	int err;

	syscall_enter(task);
	file = task_file(task, fd);
	ref = file ? vfs_file_ns(file) : NULL;
	if (!file)
		err = -EBADF;
	else if (!ref || (nstype && nstype != ns_flags[ref->kind]))
		err = -EINVAL;
	else
		err = ns_install(task, ref);
	syscall_exit(task);
	return err;
}

static struct pid_namespace *new_pid_ns(struct ng_world *world, struct pid_namespace *parent)
{
	struct pid_namespace *ns = xzalloc(sizeof(*ns));

	ns->parent = parent;
	ns->level = parent->level + 1;
	ns->inum = 0xf1000000U + world->nr_pid_ns++;
	list_add_tail(&ns->list, &world->pid_ns_list);
	return ns;
}

/**
 * ng_sys_unshare() - Leaves shared namespaces for new ones
 * @task: the running one
 * @flags: CLONE_NEW*; CLONE_NEWPID is for its children
 *
 * Return: 0, -EINVAL, -ENOSPC (too deep).
 */
int ng_sys_unshare(struct ng_task *task, int flags)
{
	int known = 0;
	int kind;

	syscall_enter(task);
	/* not modelled: offsets of clocks */
	for (kind = 0; kind < NR_NS_KINDS; kind++)
		known |= kind == NS_TIME ? 0 : ns_flags[kind];
	if (flags & ~known ||
	    ((flags & CLONE_NEWPID) && task->pid_ns_for_children->level + 1 >= PID_LEVELS)) {
		syscall_exit(task);
		return flags & ~known ? -EINVAL : -ENOSPC;
	}
	for (kind = 0; kind < NR_NS_KINDS; kind++) {
		if (!(flags & ns_flags[kind]))
			continue;
		if (kind == NS_NET) {
			put_net(task->net);
			task->net = copy_net_ns(task->world);
		} else if (kind == NS_PID) {
			task->pid_ns_for_children =
				new_pid_ns(task->world, task->pid_ns_for_children);
		} else {
			struct ns_plain *old = task->ns[kind];

			task->ns[kind] = ns_plain_new(task->world, old);
			ns_plain_put(old);
		}
	}
	syscall_exit(task);
	return 0;
}

/**
 * ng_sys_gethostname() - The machine's name
 * @task: the running one
 * @buf: where to
 * @len: its size
 *
 * Return: 0 or -ENAMETOOLONG.
 */
int ng_sys_gethostname(struct ng_task *task, char *buf, size_t len)
{
	const char *name = task->ns[NS_UTS]->nodename;

	syscall_enter(task);
	if (strlen(name) >= len)
		return -ENAMETOOLONG;
	memcpy(buf, name, strlen(name) + 1);
	return 0;
}

/**
 * ng_sys_sethostname() - Renames the machine
 * @task: the running one
 * @name: at most 64 bytes
 *
 * Return: 0 or -EINVAL.
 */
int ng_sys_sethostname(struct ng_task *task, const char *name)
{
	struct ns_plain *uts = task->ns[NS_UTS];

	syscall_enter(task);
	if (strlen(name) >= sizeof(uts->nodename))
		return -EINVAL;
	scnprintf(uts->nodename, sizeof(uts->nodename), "%s", name);
	return 0;
}
