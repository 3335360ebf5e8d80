/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sched.c - one simulated CPU: a task runs until it blocks
 *
 * CONTROL. Runs the world: first what the softirq queue holds, then runnable
 * tasks in order, and when all wait, the clock jumps to the next timer.
 */
#include "core/sched.h"

#include <errno.h>
#include <signal.h>

#include "core/config_trace.h"
#include "core/console.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fiber.h"

/* No program began or ended for a day, and not because all sleep: nobody waits for that to end. */
#define WAIT_MAX_NS (24 * 3600 * NSEC_PER_SEC)
#define WAIT_MAX_WORK UINT64_C(100000)

/**
 * sched_init() - Makes init, which only reaps
 * @world: with its first network namespace
 */
void sched_init(struct ng_world *world)
{
	struct ng_task *init;

	world->main_fiber = fiber_main_new();
	world->init_pid_ns = xzalloc(sizeof(*world->init_pid_ns));
	world->init_pid_ns->refs = 1;
	world->init_pid_ns->inum = 0xeffffffcU; /* PROC_PID_INIT_INO */
	init = task_new(world, NULL);
	init->state = TASK_PARKED;
	memcpy(init->comm, "init", sizeof("init"));
	init->cmdline = xmemdup("/sbin/init", sizeof("/sbin/init"));
	init->cmdline_len = sizeof("/sbin/init");
	world->init_task = init;
	ns_plain_init(world, init);
	world->init_pid_ns->child_reaper = init;
}

/**
 * sched_fini() - Frees init; everybody else is gone
 * @world: the world
 */
void sched_fini(struct ng_world *world)
{
	struct pid_namespace *ns, *next_ns;
	struct ng_task *task, *n;

	list_for_each_entry_safe(task, n, &world->tasks, list) {
		if (task != world->init_task)
			task_free(task);
	}
	task_close_files(world->init_task);
	task_free(world->init_task);
	ns_plain_fini(world);
	free(world->init_pid_ns);
	list_for_each_entry_safe(ns, next_ns, &world->pid_ns_list, list)
		free(ns);
	while (world->nr_spare_fibers)
		fiber_free(world->spare_fibers[--world->nr_spare_fibers]);
	task_arenas_fini(world);
	fiber_free(world->main_fiber);
}

/**
 * task_wake() - A task may go on
 * @task: parked or not
 */
void task_wake(struct ng_task *task)
{
	if (task->state != TASK_PARKED || !task->fiber)
		return;
	task->state = TASK_RUNNING;
	list_add_tail(&task->run_node, &task->world->runnable);
}

/**
 * schedule() - Parks the running task
 * @task: the running one; comes back after task_wake()
 *
 * A task that was killed meanwhile does not come back.
 */
void schedule(struct ng_task *task)
{
	task->state = TASK_PARKED;
	fiber_switch(task->fiber, task->world->main_fiber);
	if (task->killed)
		do_exit(task, task->kill_sig);
}

static void wait_woken(struct wait_queue_entry *entry)
{
	struct ng_task *task = entry->arg;

	task->wait_woken = true;
	task_wake(task);
}

static void wait_timeout(struct sim_timer *timer)
{
	struct ng_task *task = container_of(timer, struct ng_task, wait_timer);

	task->wait_timed_out = true;
	task_wake(task);
}

static void stop_waiting(struct ng_task *task)
{
	unsigned int i;

	sim_timer_del(&task->world->sim, &task->wait_timer);
	for (i = 0; i < task->nr_waiting; i++)
		remove_wait_queue(&task->waiting[i]);
	task->waiting = NULL;
	task->nr_waiting = 0;
}

/**
 * task_wait_on_any() - Parks until something happens to one of several things
 * @task: the running one
 * @wqs: woken by what it waits for
 * @n: how many, at most TASK_WAIT_MAX
 * @timeout_ns: from now; < 0: never
 *
 * Return: 0 woken, -EAGAIN timed out, -EINTR a handled signal came.
 */
int task_wait_on_any(struct ng_task *task, struct wait_queue_head **wqs, unsigned int n,
		     int64_t timeout_ns)
{
	struct wait_queue_entry entries[TASK_WAIT_MAX];
	struct sim *sim = &task->world->sim;
	unsigned int i;

	task->wait_woken = false;
	task->wait_timed_out = false;
	if (task->sig_interrupts) {
		task->sig_interrupts = false;
		return -EINTR;
	}
	for (i = 0; i < n; i++) {
		entries[i] = (struct wait_queue_entry){ .func = wait_woken, .arg = task };
		add_wait_queue(wqs[i], &entries[i]);
	}
	task->waiting = entries;
	task->nr_waiting = n;
	task->wait_timer.fn = wait_timeout;
	if (timeout_ns >= 0)
		sim_timer_mod(sim, &task->wait_timer, sim_now(sim) + timeout_ns);
	schedule(task);
	stop_waiting(task);
	if (task->wait_woken)
		return 0;
	if (task->wait_timed_out)
		return -EAGAIN;
	task->sig_interrupts = false;
	return -EINTR;
}

/**
 * task_wait_on() - Parks until something happens
 * @task: the running one
 * @wq: woken by what it waits for; NULL: only time
 * @timeout_ns: from now; < 0: never
 *
 * Return: as task_wait_on_any().
 */
int task_wait_on(struct ng_task *task, struct wait_queue_head *wq, int64_t timeout_ns)
{
	return task_wait_on_any(task, &wq, wq ? 1 : 0, timeout_ns);
}

/* The world is about to stop: this task does nothing more until it is killed. */
static void halt(struct ng_task *task)
{
	task->state = TASK_PARKED;
	fiber_switch(task->fiber, task->world->main_fiber);
	do_exit(task, task->kill_sig);
}

/* Everybody waits: what was called so far was not endless. */
static void calls_are_over(struct ng_world *world)
{
	world->nr_calls += world->nr_busy_calls;
	world->nr_busy_calls = 0;
}

/**
 * ng_world_work() - How much was done so far
 * @world: the world
 *
 * Return: system calls and events, the same on every machine.
 */
uint64_t ng_world_work(const struct ng_world *world)
{
	return world->nr_calls + world->nr_busy_calls + world->sim.nr_events;
}

static void program_is_news(struct ng_world *world)
{
	world->program_ns = world_now(world);
	world->program_work = ng_world_work(world);
}

/* Everybody waits again and again (a progress meter, keepalives, hellos), and nothing comes of it. */
static bool waits_for_nothing(const struct ng_world *world)
{
	return world_now(world) - world->program_ns > WAIT_MAX_NS &&
	       ng_world_work(world) - world->program_work > WAIT_MAX_WORK;
}

/**
 * task_made_progress() - Counts what a program does, to notice one that never waits
 * @task: the running one; halted when it was too much
 */
void task_made_progress(struct ng_task *task)
{
	struct ng_world *world = task->world;

	if (++world->nr_busy_calls <= world->config.max_busy_calls)
		return;
	world->endless = true;
	halt(task);
}

/**
 * task_worked() - Counts work that one system call does besides
 * @task: the running one; its next system call is its last when it was too much
 * @work: as many system calls as it is worth
 */
void task_worked(struct ng_task *task, size_t work)
{
	task->world->nr_busy_calls += work;
}

/**
 * syscall_enter() - Every system call begins here
 * @task: the running one; ends here if it was killed
 */
void syscall_enter(struct ng_task *task)
{
	if (task->killed)
		do_exit(task, task->kill_sig);
	if (task->world->sim.stopped)
		halt(task);
	task_made_progress(task);
	sim_advance(&task->world->sim, SYSCALL_COST_NS);
}

/**
 * syscall_exit() - Every system call ends here: what it started runs first
 * @task: the running one
 *
 * A packet sent over idle cables has been answered when sendto() returns.
 */
void syscall_exit(struct ng_task *task)
{
	struct ng_world *world = task->world;

	sim_run_queue(&world->sim);
	if (world->sim.storm || world->sim.stopped)
		halt(task);
	if (task->killed)
		do_exit(task, task->kill_sig);
}

static void task_main(void *arg)
{
	struct ng_task *task = arg;
	struct ng_world *world = task->world;
	int status;

	/* a clone always begins, to take what it was handed; a killed one ends at its first system call */
	if (task->killed && !task->fn)
		do_exit(task, task->kill_sig);
	program_is_news(world);
	if (task->fn) {
		status = task->fn(task, task->arg);
	} else {
		if (++world->nr_programs > world->config.max_programs) {
			world->endless = true;
			halt(task);
		}
		sim_advance(&world->sim, EXEC_COST_NS);
		sim_run_queue(&world->sim);
		status = world->config.exec(task, task->program, task->argc, task->argv);
	}
	do_exit(task, (status & 0xff) << 8);
}

/* A few stacks are kept: most scripts run one program after the other. */
static struct fiber *take_fiber(struct ng_task *task)
{
	struct ng_world *world = task->world;
	struct fiber *fiber;

	if (!world->nr_spare_fibers)
		return fiber_new(task_main, task);
	fiber = world->spare_fibers[--world->nr_spare_fibers];
	fiber_renew(fiber, task_main, task);
	return fiber;
}

static void give_fiber(struct ng_world *world, struct fiber *fiber)
{
	if (world->nr_spare_fibers < SCHED_SPARE_FIBERS)
		world->spare_fibers[world->nr_spare_fibers++] = fiber;
	else
		fiber_free(fiber);
}

/**
 * sched_start() - A new task may run
 * @task: with its program or function set
 */
void sched_start(struct ng_task *task)
{
	task->fiber = take_fiber(task);
	task->state = TASK_PARKED;
	task_wake(task);
}

/**
 * sched_restart() - The task's new program begins on a fresh stack
 * @task: the running one; its old stack is given up
 */
void sched_restart(struct ng_task *task)
{
	struct ng_world *world = task->world;
	struct fiber *old = task->fiber;

	task->dead_fiber = old;
	task->fn = NULL;
	sched_start(task);
	fiber_exit_to(old, world->main_fiber);
}

/**
 * do_exit() - The running task ends
 * @task: the running one
 * @status: as wait(2) has it
 */
void do_exit(struct ng_task *task, int status)
{
	struct ng_world *world = task->world;

	task->killed = false;
	stop_waiting(task);
	sim_timer_del(&world->sim, &task->itimer_real);
	task_close_files(task);
	task_free_mem(task);
	task_reap_children(task);
	task->exit_status = status;
	program_is_news(world);
	if (trace_on(world))
		trace_exit(task, status);
	task->state = TASK_ZOMBIE;
	task->dead_fiber = task->fiber;
	task->fiber = NULL;
	if (task->parent)
		wake_up(&task->parent->child_exit);
	fiber_exit_to(task->dead_fiber, world->main_fiber);
}

/**
 * run_task() - Lets a task run until it parks or ends
 * @world: the world
 * @task: runnable
 */
void run_task(struct ng_world *world, struct ng_task *task)
{
	list_del(&task->run_node);
	world->current = task;
	fiber_switch(world->main_fiber, task->fiber);
	world->current = NULL;
	if (task->dead_fiber) {
		give_fiber(world, task->dead_fiber);
		task->dead_fiber = NULL;
	}
	/* init reaps at once; so do tasks whose parent is init */
	if (task->state == TASK_ZOMBIE && task->parent == world->init_task && !task->watched)
		task_free(task);
}

static enum ng_stop run(struct ng_world *world, const struct ng_task *until, int64_t limit_ns)
{
	while (!until || until->state != TASK_ZOMBIE) {
		sim_run_queue(&world->sim);
		if (world->sim.storm)
			return NG_STOP_STORM;
		if (world->endless)
			return NG_STOP_ENDLESS;
		if (world->sim.stopped)
			return NG_STOP_ASKED;
		if (!list_empty(&world->runnable)) {
			run_task(world,
				 list_first_entry(&world->runnable, struct ng_task, run_node));
			continue;
		}
		calls_are_over(world);
		if (console_is_awaited(world))
			return NG_STOP_INPUT;
		if (waits_for_nothing(world))
			return NG_STOP_ENDLESS;
		if (!sim_run_timer(&world->sim, limit_ns))
			return limit_ns == INT64_MAX ? NG_STOP_DEADLOCK : NG_STOP_TIME;
	}
	return NG_STOP_EXITED;
}

/**
 * ng_world_run() - Runs until a task has ended
 * @world: the world
 * @pid: of ng_world_spawn()
 * @ret_status: as wait(2) has it; set when the task ended
 *
 * Return: why it stopped.
 */
enum ng_stop ng_world_run(struct ng_world *world, int pid, int *ret_status)
{
	struct ng_task *task = find_task_by_vpid(world->init_task, pid);
	enum ng_stop stop;

	*ret_status = 0;
	if (!task)
		return NG_STOP_EXITED;
	stop = run(world, task, INT64_MAX);
	if (stop == NG_STOP_EXITED) {
		*ret_status = task->exit_status;
		task_free(task);
	}
	return stop;
}

/**
 * ng_world_run_for() - Lets time pass
 * @world: the world
 * @delay_ns: how much
 *
 * Return: NG_STOP_TIME, or NG_STOP_STORM.
 */
enum ng_stop ng_world_run_for(struct ng_world *world, int64_t delay_ns)
{
	return run(world, NULL, world_now(world) + delay_ns);
}

/**
 * ng_world_kill_all() - Ends every task but init
 * @world: the world, also one that a storm stopped
 */
void ng_world_kill_all(struct ng_world *world)
{
	struct ng_task *task;
	bool storm = world->sim.storm;

	world->sim.storm = false;
	world->sim.stopped = false;
	calls_are_over(world);
	list_for_each_entry(task, &world->tasks, list) {
		if (task->state == TASK_ZOMBIE || !task->fiber)
			continue;
		task->killed = true;
		task->kill_sig = SIGKILL;
		task_wake(task);
	}
	while (!list_empty(&world->runnable))
		run_task(world, list_first_entry(&world->runnable, struct ng_task, run_node));
	world->sim.storm = storm;
}

/**
 * ng_world_stuck_origin() - Which script line waits for ever
 * @world: after a deadlock or a storm
 *
 * Return: the origin of the youngest task that has one.
 */
struct ng_origin ng_world_stuck_origin(const struct ng_world *world)
{
	const struct ng_task *task;
	struct ng_origin origin = { 0 };

	list_for_each_entry(task, &world->tasks, list) {
		if (task->state != TASK_ZOMBIE && task->origin.line)
			origin = task->origin;
	}
	return origin;
}
