/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * signal.c - a signal ends a process, or waits until its program looks
 *
 * mirrors kernel/signal.c and kernel/time/itimer.c, as far as they are needed
 * CONTROL.
 */
#include <errno.h>
#include <netglass/syscall.h>
#include <signal.h>

#include "core/sched.h"
#include "core/task.h"
#include "core/world.h"

static void send_signal(struct ng_task *target, int sig)
{
	uint32_t bit = UINT32_C(1) << sig;

	if (sig == 0 || sig == SIGCHLD || sig == SIGCONT || sig == SIGWINCH || sig == SIGURG)
		return;
	if (sig != SIGKILL && (target->sig_ignored & bit))
		return;
	if (sig != SIGKILL && (target->sig_handled & bit)) {
		target->sig_pending |= bit;
		target->sig_interrupts = true;
	} else {
		target->killed = true;
		target->kill_sig = sig;
	}
	task_wake(target);
}

/* Is @t one of those kill(@pid <= 0) of @task means? */
static bool is_meant(const struct ng_task *task, const struct ng_task *t, int pid)
{
	if (t->state == TASK_ZOMBIE || t == task->world->init_task)
		return false;
	if (pid == -1)
		return t != task && t->pid_ns == task->pid_ns;
	return t->pgid == (pid ? -pid : task->pgid);
}

/**
 * ng_sys_kill() - Sends a signal
 * @task: the sender
 * @pid: to whom; 0: its own group; -1: all but itself; < -1: every process of the group -pid
 * @sig: 0 only asks whether it exists
 *
 * Return: 0, -ESRCH, -EINVAL.
 */
int ng_sys_kill(struct ng_task *task, int pid, int sig)
{
	struct ng_task *t;
	int err = -ESRCH;

	syscall_enter(task);
	if (sig < 0 || sig > 31) {
		err = -EINVAL;
	} else if (pid > 0) {
		t = find_task_by_vpid(task, pid);
		err = t ? 0 : -ESRCH;
		/* init handles none: what it does not handle does not reach it (SIGNAL_UNKILLABLE) */
		if (t && t->state != TASK_ZOMBIE && t != task->world->init_task)
			send_signal(t, sig);
	} else {
		list_for_each_entry(t, &task->world->tasks, list) {
			if (!is_meant(task, t, pid))
				continue;
			send_signal(t, sig);
			err = 0;
		}
	}
	syscall_exit(task);
	return err;
}

/**
 * ng_sys_sigaction() - Says what a signal does to the program
 * @task: the running one
 * @sig: 1 to 31
 * @action: NG_SIG_DEFAULT, NG_SIG_CATCH or NG_SIG_IGNORE
 *
 * Return: 0 or -EINVAL.
 */
int ng_sys_sigaction(struct ng_task *task, int sig, int action)
{
	uint32_t bit = UINT32_C(1) << (sig & 31);

	if (sig < 1 || sig > 31 || sig == SIGKILL || sig == SIGSTOP)
		return -EINVAL;
	syscall_enter(task);
	task->sig_handled &= ~bit;
	task->sig_ignored &= ~bit;
	if (action == NG_SIG_CATCH)
		task->sig_handled |= bit;
	else if (action == NG_SIG_IGNORE)
		task->sig_ignored |= bit;
	syscall_exit(task);
	return 0;
}

/**
 * ng_sys_sigignored() - Asks whether a signal is ignored
 * @task: the running one
 * @sig: 1 to 31
 *
 * Return: whether it is.
 */
bool ng_sys_sigignored(const struct ng_task *task, int sig)
{
	return sig > 0 && sig < 32 && (task->sig_ignored & (UINT32_C(1) << sig));
}

/**
 * ng_sys_sigpending() - Takes the lowest handled signal that came
 * @task: the running one
 *
 * Return: the signal, 0: none.
 */
int ng_sys_sigpending(struct ng_task *task)
{
	int sig = task->sig_pending ? __builtin_ctz(task->sig_pending) : 0;

	task->sig_interrupts = false;
	task->sig_pending &= ~(UINT32_C(1) << sig);
	return sig;
}

static void it_real_fn(struct sim_timer *timer)
{
	send_signal(container_of(timer, struct ng_task, itimer_real), SIGALRM);
}

/**
 * ng_sys_setitimer() - Asks for one SIGALRM (ITIMER_REAL without an interval)
 * @task: the running one
 * @delay_ns: from now; 0: takes back what was asked for
 *
 * Return: 0 or -EINVAL.
 */
int ng_sys_setitimer(struct ng_task *task, int64_t delay_ns)
{
	struct sim *sim = &task->world->sim;

	if (delay_ns < 0)
		return -EINVAL;
	syscall_enter(task);
	task->itimer_real.fn = it_real_fn;
	if (delay_ns)
		sim_timer_mod(sim, &task->itimer_real, sim_now(sim) + delay_ns);
	else
		sim_timer_del(sim, &task->itimer_real);
	syscall_exit(task);
	return 0;
}
