/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sched.h - who runs
 */
#ifndef STACK_CORE_SCHED_H
#define STACK_CORE_SCHED_H

#include <stddef.h>

struct ng_task;
struct ng_world;

#define SYSCALL_COST_NS INT64_C(1000) /* a trap and back */
#define EXEC_COST_NS INT64_C(1000000) /* loading a program: `ip` was measured at 1.2 to 2 ms */

#define TIMER_SLACK_NS \
	INT64_C(50000) /* how late a task lets its own timers be: current->timer_slack_ns */

void sched_init(struct ng_world *world); /* makes init */
void sched_fini(struct ng_world *world);
/* Parks the running task until task_wake(); its wait state is the caller's business. */
void schedule(struct ng_task *task);
/* Ends the running task with a wait(2) status. */
_Noreturn void do_exit(struct ng_task *task, int status);
void task_made_progress(struct ng_task *task);
void task_worked(struct ng_task *task, size_t work);
/* Lets a runnable task run until it parks or ends. */
void run_task(struct ng_world *world, struct ng_task *task);
/* Makes a new task runnable on a fiber of its own. */
void sched_start(struct ng_task *task);
/* Starts the task's program again from the top of a new fiber. */
_Noreturn void sched_restart(struct ng_task *task);

/* task.c and task_mem.c, for sched.c */
struct ng_task *task_new(struct ng_world *world, struct ng_task *parent);
void task_free(struct ng_task *task);
void task_free_mem(struct ng_task *task);
void task_arenas_fini(struct ng_world *world);
void task_close_files(struct ng_task *task);
void task_reap_children(struct ng_task *task);

#endif
