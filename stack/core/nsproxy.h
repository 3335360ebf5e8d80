/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nsproxy.h - the namespaces of a process, and what a namespace file names
 */
#ifndef STACK_CORE_NSPROXY_H
#define STACK_CORE_NSPROXY_H

#include <netglass/types.h>

#include "core/list.h"

struct net;
struct ng_task;
struct ng_world;
struct pid_namespace;

/* in the order of their names in /proc/PID/ns */
enum ns_kind { NS_CGROUP, NS_IPC, NS_MNT, NS_NET, NS_PID, NS_TIME, NS_USER, NS_UTS, NR_NS_KINDS };

/* All kinds but net and pid; counted by processes, open files and mounts. */
struct ns_plain {
	struct list_head list; /* world->ns_plain_list */
	uint32_t refs;
	uint32_t inum;
	char nodename[65];			 /* uts: the machine's name */
	const struct pid_namespace *proc_pid_ns; /* mnt: whose processes its /proc shows */
	struct list_head binds;			 /* mnt: struct mnt_bind, in fs/mount.c */
};

/* What a namespace file names. inum 0: nothing. */
struct ns_ref {
	enum ns_kind kind;
	uint32_t inum;
	struct net *net;
	struct pid_namespace *pid;
	struct ns_plain *plain;
};

/* ns_names[kind]: "net"; ns_flags[kind]: CLONE_NEWNET */
extern const char *const ns_names[NR_NS_KINDS];
extern const int ns_flags[NR_NS_KINDS];

struct ns_plain *ns_plain_new(struct ng_world *world, const struct ns_plain *from);
void ns_plain_put(struct ns_plain *ns);
void ns_plain_init(struct ng_world *world, struct ng_task *init);
void ns_plain_fini(struct ng_world *world);
/* the namespace of @kind @task lives in: borrowed; for_children: of its next children */
struct ns_ref task_ns(const struct ng_task *task, enum ns_kind kind, bool for_children);
void ns_ref_get(const struct ns_ref *ref);
void ns_ref_put(const struct ns_ref *ref);
int ns_install(struct ng_task *task, const struct ns_ref *ref);

#endif
