/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * task.h - a simulated process, from the inside
 */
#ifndef STACK_CORE_TASK_H
#define STACK_CORE_TASK_H

#include <netglass/syscall.h>
#include <netglass/task.h>

#include "core/file.h"
#include "core/list.h"
#include "core/nsproxy.h"
#include "sim.h"

struct fiber;
struct net;
struct ng_world;

#define TASK_COMM_LEN 16
#define PID_LEVELS 4

struct pid_namespace {
	struct list_head list;
	struct pid_namespace *parent;
	uint32_t refs;
	uint32_t inum;
	int level;
	int last_pid;
	struct ng_task *child_reaper;
};

struct task_arena; /* memory of a program */
struct ng_task_deferred;

#define TASK_WAIT_MAX 64 /* things one poll() waits for */

enum task_state { TASK_RUNNING, TASK_PARKED, TASK_ZOMBIE };

struct ng_task {
	struct list_head list;	   /* world->tasks */
	struct list_head run_node; /* world->runnable */
	struct ng_world *world;
	struct ng_task *parent;
	enum task_state state;
	struct fiber *fiber;
	struct fiber *dead_fiber;	  /* to be freed once nobody stands on it */
	struct wait_queue_entry *waiting; /* entries on its stack, while parked */
	unsigned int nr_waiting;
	bool watched; /* ng_world_run() reads its status */

	/* numbers: nr[l] in the pid namespace of level l */
	struct pid_namespace *pid_ns;
	struct pid_namespace *pid_ns_for_children;
	int nr[PID_LEVELS];
	int pgid;

	char comm[TASK_COMM_LEN];
	char *cmdline; /* arguments, NUL-separated */
	size_t cmdline_len;
	const void *program;
	bool cloned; /* runs a function of its parent's program */
	int argc;
	char **argv; /* in task memory */
	char **envp;

	struct net *net;
	struct ns_plain *ns[NR_NS_KINDS]; /* but NS_NET and NS_PID; counted */
	char *cwd;
	struct ng_file **files; /* by descriptor */
	struct ng_file
		*busy_file; /* a reference, while it reads or writes: it may be killed there */
	uint8_t *cloexec;
	unsigned int nr_files;

	struct task_arena *arena; /* of what the program allocates; NULL: nothing yet */
	struct list_head mem;	  /* what is too large for it */
	struct ng_task_deferred *deferred;
	void *private;
	struct ng_origin origin;

	/* what it runs: a program, or fn(arg) */
	ng_task_fn fn;
	void *arg;

	/* waiting */
	struct wait_queue_head child_exit;
	struct sim_timer wait_timer;
	bool wait_timed_out;
	bool wait_woken;
	bool killed;
	int kill_sig;
	uint32_t sig_handled;	      /* bit per signal */
	uint32_t sig_ignored;	      /* stays over exec, children have it too */
	uint32_t sig_pending;	      /* what the program has not asked for yet */
	bool sig_interrupts;	      /* one came: the next call that waits ends */
	struct sim_timer itimer_real; /* sends SIGALRM */
	int exit_status;	      /* wait(2) format */
	int64_t start_ns;
	uint64_t nr_random; /* bytes of chance drawn */
};

/* the number @task has in @ns, 0 if it cannot be seen there */
static inline int task_pid_nr_ns(const struct ng_task *task, const struct pid_namespace *ns)
{
	return ns->level <= task->pid_ns->level ? task->nr[ns->level] : 0;
}

struct ng_task *find_task_by_vpid(struct ng_task *viewer, int pid);
struct ng_file *task_file(const struct ng_task *task, int fd); /* borrowed; NULL: bad descriptor */
int task_install_file(struct ng_task *task, struct ng_file *file, bool cloexec,
		      int min_fd);					  /* takes the reference */
struct sock *task_sock(const struct ng_task *task, int fd, int *ret_err); /* -EBADF, -ENOTSOCK */
void task_wake(struct ng_task *task);

/* sched.c */
void syscall_enter(struct ng_task *task); /* costs 1 us; dies here when killed */
/* drains the softirq queue; every system call passes here before it returns */
void syscall_exit(struct ng_task *task);

#endif
