/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fiber.c - context switch between the stacks of simulated processes
 *
 * On x86-64 and aarch64 a switch saves the callee-saved registers on the old
 * stack and restores them from the new one (System V ABI, AAPCS64); elsewhere
 * ucontext does it, at the price of a system call. AddressSanitizer is told of
 * every change of stack.
 */
#include "fiber.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#if !defined(SIM_FIBER_UCONTEXT) && !defined(__x86_64__) && !defined(__aarch64__)
#define SIM_FIBER_UCONTEXT 1
#endif

#ifdef SIM_FIBER_UCONTEXT
#include <ucontext.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define FIBER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_ASAN 1
#endif
#endif

#ifdef FIBER_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#define STACK_SIZE (FIBER_STACK_SIZE * 4) /* red zones make frames larger */
#else
#define STACK_SIZE FIBER_STACK_SIZE
#endif

struct fiber {
	void *sp;
	void (*fn)(void *arg);
	void *arg;
	uint8_t *map; /* guard page, then the stack; NULL: the thread's own */
	size_t map_size;
#ifdef SIM_FIBER_UCONTEXT
	ucontext_t uc;
#endif
#ifdef FIBER_ASAN
	void *fake_stack;
	const void *asan_bottom;
	size_t asan_size;
	struct fiber *came_from;
#endif
};

#ifdef FIBER_ASAN
static void asan_before(struct fiber *from, struct fiber *to, int leaving)
{
	to->came_from = from;
	__sanitizer_start_switch_fiber(leaving ? NULL : &from->fake_stack, to->asan_bottom,
				       to->asan_size);
}

static void asan_after(struct fiber *self)
{
	const void *bottom;
	size_t size;

	__sanitizer_finish_switch_fiber(self->fake_stack, &bottom, &size);
	if (self->came_from && !self->came_from->map) {
		self->came_from->asan_bottom = bottom;
		self->came_from->asan_size = size;
	}
}
#else
#define asan_before(from, to, leaving) ((void)0)
#define asan_after(self) ((void)0)
#endif

static void fiber_entry(struct fiber *self)
{
	asan_after(self);
	self->fn(self->arg);
	abort(); /* must have ended in fiber_exit_to() */
}

#ifndef SIM_FIBER_UCONTEXT
/* void fiber_swap(void **save_sp, void *load_sp) */
void fiber_swap(void **save_sp, void *load_sp);
void fiber_start(void);
void fiber_start_c(struct fiber *self);

/* Called by fiber_start with the fiber in the first argument register. */
void fiber_start_c(struct fiber *self)
{
	fiber_entry(self);
}

#if defined(__x86_64__)
__asm__(".text\n"
	".globl fiber_swap\n"
	".hidden fiber_swap\n"
	".type fiber_swap,@function\n"
	"fiber_swap:\n"
	"	pushq %rbp\n"
	"	pushq %rbx\n"
	"	pushq %r12\n"
	"	pushq %r13\n"
	"	pushq %r14\n"
	"	pushq %r15\n"
	"	movq %rsp, (%rdi)\n"
	"	movq %rsi, %rsp\n"
	"	popq %r15\n"
	"	popq %r14\n"
	"	popq %r13\n"
	"	popq %r12\n"
	"	popq %rbx\n"
	"	popq %rbp\n"
	"	ret\n"
	".size fiber_swap,.-fiber_swap\n"
	".globl fiber_start\n"
	".hidden fiber_start\n"
	".type fiber_start,@function\n"
	"fiber_start:\n"
	"	movq %rbx, %rdi\n"
	"	xorl %ebp, %ebp\n"
	"	call fiber_start_c\n"
	"	ud2\n"
	".size fiber_start,.-fiber_start\n");

static void prepare_stack(struct fiber *f)
{
	uintptr_t *sp = (uintptr_t *)(void *)(f->map + f->map_size);

	*--sp = 0; /* two words keep the stack aligned at the call in fiber_start */
	*--sp = 0;
	*--sp = (uintptr_t)fiber_start; /* where ret goes */
	*--sp = 0;			/* rbp */
	*--sp = (uintptr_t)f;		/* rbx */
	sp -= 4;			/* r12 to r15 */
	sp[0] = sp[1] = sp[2] = sp[3] = 0;
	f->sp = sp;
}
#elif defined(__aarch64__)
__asm__(".text\n"
	".globl fiber_swap\n"
	".hidden fiber_swap\n"
	".type fiber_swap,%function\n"
	"fiber_swap:\n"
	"	sub sp, sp, #160\n"
	"	stp x19, x20, [sp, #0]\n"
	"	stp x21, x22, [sp, #16]\n"
	"	stp x23, x24, [sp, #32]\n"
	"	stp x25, x26, [sp, #48]\n"
	"	stp x27, x28, [sp, #64]\n"
	"	stp x29, x30, [sp, #80]\n"
	"	stp d8, d9, [sp, #96]\n"
	"	stp d10, d11, [sp, #112]\n"
	"	stp d12, d13, [sp, #128]\n"
	"	stp d14, d15, [sp, #144]\n"
	"	mov x9, sp\n"
	"	str x9, [x0]\n"
	"	mov sp, x1\n"
	"	ldp x19, x20, [sp, #0]\n"
	"	ldp x21, x22, [sp, #16]\n"
	"	ldp x23, x24, [sp, #32]\n"
	"	ldp x25, x26, [sp, #48]\n"
	"	ldp x27, x28, [sp, #64]\n"
	"	ldp x29, x30, [sp, #80]\n"
	"	ldp d8, d9, [sp, #96]\n"
	"	ldp d10, d11, [sp, #112]\n"
	"	ldp d12, d13, [sp, #128]\n"
	"	ldp d14, d15, [sp, #144]\n"
	"	add sp, sp, #160\n"
	"	ret\n"
	".size fiber_swap,.-fiber_swap\n"
	".globl fiber_start\n"
	".hidden fiber_start\n"
	".type fiber_start,%function\n"
	"fiber_start:\n"
	"	mov x0, x19\n"
	"	mov x29, xzr\n"
	"	bl fiber_start_c\n"
	"	brk #1\n"
	".size fiber_start,.-fiber_start\n");

static void prepare_stack(struct fiber *f)
{
	uintptr_t *sp = (uintptr_t *)(void *)(f->map + f->map_size) - 20;
	int i;

	for (i = 0; i < 20; i++)
		sp[i] = 0;
	sp[0] = (uintptr_t)f;		 /* x19 */
	sp[11] = (uintptr_t)fiber_start; /* x30 */
	f->sp = sp;
}
#endif

static void swap(struct fiber *from, struct fiber *to)
{
	fiber_swap(&from->sp, to->sp);
}

#else /* SIM_FIBER_UCONTEXT */

static void uc_start(unsigned int hi, unsigned int lo)
{
	fiber_entry((struct fiber *)(((uintptr_t)hi << 16 << 16) | lo));
}

static void prepare_stack(struct fiber *f)
{
	uintptr_t p = (uintptr_t)f;

	getcontext(&f->uc);
	f->uc.uc_stack.ss_sp = f->map + (f->map_size - STACK_SIZE);
	f->uc.uc_stack.ss_size = STACK_SIZE;
	f->uc.uc_link = NULL;
	makecontext(&f->uc, (void (*)(void))uc_start, 2, (unsigned int)(p >> 16 >> 16),
		    (unsigned int)p);
}

static void swap(struct fiber *from, struct fiber *to)
{
	swapcontext(&from->uc, &to->uc);
}
#endif

static struct fiber *fiber_alloc(void)
{
	struct fiber *f = calloc(1, sizeof(*f));

	if (!f)
		abort();
	return f;
}

/**
 * fiber_new() - A stack that will run fn(arg) when first switched to
 * @fn: must not return
 * @arg: its argument
 *
 * Return: the fiber; aborts when there is no memory for its stack.
 */
struct fiber *fiber_new(void (*fn)(void *arg), void *arg)
{
	size_t guard = (size_t)sysconf(_SC_PAGESIZE);
	struct fiber *f = fiber_alloc();

	f->map_size = STACK_SIZE + guard;
	f->map = mmap(NULL, f->map_size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (f->map == MAP_FAILED || mprotect(f->map, guard, PROT_NONE))
		abort();
#ifdef FIBER_ASAN
	f->asan_bottom = f->map + guard;
	f->asan_size = STACK_SIZE;
#endif
	fiber_renew(f, fn, arg);
	return f;
}

/**
 * fiber_renew() - Uses the stack of a fiber that is over for another one
 * @fiber: has left by fiber_exit_to(), or never ran
 * @fn: as fiber_new()
 * @arg: its argument
 */
void fiber_renew(struct fiber *fiber, void (*fn)(void *arg), void *arg)
{
#ifdef FIBER_ASAN
	__asan_unpoison_memory_region(fiber->asan_bottom, fiber->asan_size);
	fiber->fake_stack = NULL;
#endif
	fiber->fn = fn;
	fiber->arg = arg;
	prepare_stack(fiber);
}

/**
 * fiber_main_new() - The fiber of the thread's own stack, to switch back to
 *
 * Return: the fiber.
 */
struct fiber *fiber_main_new(void)
{
	return fiber_alloc();
}

/**
 * fiber_free() - Frees a fiber that is not running, wherever it stopped
 * @fiber: or NULL
 */
void fiber_free(struct fiber *fiber)
{
	if (!fiber)
		return;
	if (fiber->map) {
#ifdef FIBER_ASAN
		__asan_unpoison_memory_region(fiber->asan_bottom, fiber->asan_size);
#endif
		munmap(fiber->map, fiber->map_size);
	}
	free(fiber);
}

/**
 * fiber_switch() - Goes on where @to stopped; returns when somebody switches back
 * @from: the fiber the caller is on
 * @to: another one
 */
void fiber_switch(struct fiber *from, struct fiber *to)
{
	asan_before(from, to, 0);
	swap(from, to);
	asan_after(from);
}

/**
 * fiber_exit_to() - Leaves for good; @from may then be freed
 * @from: the fiber the caller is on
 * @to: where to go on
 */
void fiber_exit_to(struct fiber *from, struct fiber *to)
{
	asan_before(from, to, 1);
	swap(from, to);
	abort();
}
