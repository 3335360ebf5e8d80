/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fiber.h - a stack of its own for each simulated process
 *
 * Switching is a few instructions on x86-64 and aarch64, ucontext elsewhere
 * (or with -DSIM_FIBER_UCONTEXT). Stacks have a guard page.
 */
#ifndef SIM_FIBER_H
#define SIM_FIBER_H

#include <stddef.h>

#define FIBER_STACK_SIZE ((size_t)256 * 1024)

struct fiber;

/* fn(arg) starts on the first switch; it must end in fiber_exit_to(), never return */
struct fiber *fiber_new(void (*fn)(void *arg), void *arg);
/* Runs fn(arg) on the stack of a fiber that has ended or never ran: no system call, no fresh pages. */
void fiber_renew(struct fiber *fiber, void (*fn)(void *arg), void *arg);
/* not the running one */
void fiber_free(struct fiber *fiber);
/* The fiber the caller is on, when it has none yet: the thread's own stack. */
struct fiber *fiber_main_new(void);
void fiber_switch(struct fiber *from, struct fiber *to);
/* Leaves @from for good. */
_Noreturn void fiber_exit_to(struct fiber *from, struct fiber *to);

#endif
