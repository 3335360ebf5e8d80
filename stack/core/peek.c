/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * peek.c - looking at a world that stands still, and stopping it
 *
 * netglass's own. A look runs a task of its own on the stack of whoever was at
 * work, in the midst of what it did: the clock, the softirq queue, the timers
 * and all other tasks stand still meanwhile.
 * CONTROL.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "core/console.h"
#include "core/sched.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/world.h"
#include "core/xalloc.h"

/* What stands still, to go on as it was. */
struct still {
	struct list_head runnable;
	struct fiber *main_fiber;
	struct ng_task *current;
	uint64_t nr_busy_calls, nr_programs;
	bool frozen, stopped, storm;
};

static void move_list(struct list_head *from, struct list_head *to)
{
	INIT_LIST_HEAD(to);
	list_swap(from, to);
}

static void stand_still(struct ng_world *world, struct still *s)
{
	move_list(&world->runnable, &s->runnable);
	s->main_fiber = world->main_fiber;
	s->current = world->current;
	s->nr_busy_calls = world->nr_busy_calls;
	s->frozen = world->sim.frozen;
	s->stopped = world->sim.stopped;
	s->storm = world->sim.storm;
	s->nr_programs = world->nr_programs;
	if (world->trace)
		world->trace->muted = true;
	if (world->current)
		world->main_fiber = world->current->fiber; /* tasks come back to here */
	world->sim.frozen = true;
	world->sim.stopped = false;
	world->sim.storm = false; /* a world that is out of control can be looked at too */
	world->nr_busy_calls = 0;
	world->nr_programs = 0;
}

static void go_on(struct ng_world *world, struct still *s)
{
	move_list(&s->runnable, &world->runnable);
	world->main_fiber = s->main_fiber;
	world->current = s->current;
	world->nr_busy_calls = s->nr_busy_calls;
	world->sim.frozen = s->frozen;
	world->sim.stopped = s->stopped;
	world->sim.storm = s->storm;
	world->nr_programs = s->nr_programs;
	if (world->trace)
		world->trace->muted = false;
}

static void run_all(struct ng_world *world)
{
	while (!list_empty(&world->runnable))
		run_task(world, list_first_entry(&world->runnable, struct ng_task, run_node));
}

static struct ng_task *looker(struct ng_world *world, int (*fn)(struct ng_task *, void *),
			      void *arg)
{
	struct ng_task *task = task_new(world, world->init_task);

	for (int fd = 0; fd < 3; fd++)
		task_install_file(task,
				  file_new(world, &console_file_ops, (void *)(intptr_t)fd, O_RDWR),
				  false, fd);
	task->watched = true;
	task->pgid = task->nr[0];
	task->fn = fn;
	task->arg = arg;
	free(task->cwd);
	task->cwd = xstrdup("/root");
	return task;
}

/* Whoever was started since @first and waits for what cannot come. */
static void kill_since(struct ng_world *world, const struct ng_task *first)
{
	struct ng_task *task;

	list_for_each_entry(task, &world->tasks, list) {
		if (task->nr[0] < first->nr[0] || task->state == TASK_ZOMBIE || !task->fiber)
			continue;
		task->killed = true;
		task->kill_sig = SIGKILL;
		task_wake(task);
	}
	run_all(world);
}

/**
 * ng_world_peek() - Runs a function in the world while everything stands still
 * @world: between runs, or in a trace listener
 * @fn: runs in a task of its own, in the host's namespaces
 * @arg: its second argument
 *
 * What it changes stays changed. It must not be called from within itself.
 *
 * Return: what @fn returned, 128 + N when signal N ended it; -EAGAIN when it waited for something.
 */
int ng_world_peek(struct ng_world *world, int (*fn)(struct ng_task *task, void *arg), void *arg)
{
	struct ng_task *task;
	struct still still;
	int status;

	stand_still(world, &still);
	task = looker(world, fn, arg);
	sched_start(task);
	run_all(world);
	if (task->state == TASK_ZOMBIE) {
		status = task->exit_status & 0x7f ? 128 + (task->exit_status & 0x7f)
						  : task->exit_status >> 8;
	} else {
		status = -EAGAIN;
	}
	kill_since(world, task);
	task_free(task);
	go_on(world, &still);
	return status;
}

/**
 * ng_world_stop() - Nothing more happens
 * @world: in a trace listener; ng_world_run() returns NG_STOP_ASKED
 */
void ng_world_stop(struct ng_world *world)
{
	world->sim.stopped = true;
}
