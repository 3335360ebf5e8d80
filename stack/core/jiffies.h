/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jiffies.h - when a kernel timer really fires
 *
 * Linux's timer wheel (kernel/time/timer.c) is coarser the farther away a
 * timer lies, and always late: a timer of 1 s fires after 1.004 to 1.036 s
 * with HZ=250. Timeouts that people see (ARP retries) go through here.
 */
#ifndef STACK_CORE_JIFFIES_H
#define STACK_CORE_JIFFIES_H

#include <netglass/types.h>

#define HZ 250 /* CONFIG_HZ of the distributions' kernels */
#define TICK_NSEC (NSEC_PER_SEC / HZ)

/* LVL_CLK_SHIFT, LVL_START(1), LVL_DEPTH of kernel/time/timer.c */
#define TIMER_LVL_CLK_SHIFT 3
#define TIMER_LVL_START 63
#define TIMER_LVL_DEPTH 9

/**
 * timer_wheel_due() - When a timer set for a moment fires.
 * @now_ns: time now
 * @want_ns: the moment asked for; the past means the next tick
 *
 * Return: the time of the tick, > @now_ns.
 */
static inline int64_t timer_wheel_due(int64_t now_ns, int64_t want_ns)
{
	int64_t clk = now_ns / TICK_NSEC;
	int64_t expires = want_ns / TICK_NSEC; /* jiffies plus a number of them */
	int64_t start = TIMER_LVL_START;
	unsigned int shift = 0;

	if (expires < clk)
		expires = clk;
	for (unsigned int lvl = 1; lvl < TIMER_LVL_DEPTH && expires - clk >= start; lvl++) {
		start <<= TIMER_LVL_CLK_SHIFT;
		shift += TIMER_LVL_CLK_SHIFT;
	}
	expires = ((expires >> shift) + 1) << shift;
	return expires * TICK_NSEC;
}

/**
 * jiffies_deadline() - When a system call that may wait so long gives up
 * @now_ns: time now
 * @timeo_ns: how long; < 0: for ever
 *
 * Linux counts such a wait (SO_RCVTIMEO ...) in whole ticks, from the tick it begins in.
 *
 * Return: a tick, or -1: never.
 */
static inline int64_t jiffies_deadline(int64_t now_ns, int64_t timeo_ns)
{
	if (timeo_ns < 0)
		return -1;
	return (now_ns / TICK_NSEC + (timeo_ns + TICK_NSEC - 1) / TICK_NSEC) * TICK_NSEC;
}

/**
 * jiffies_left() - How long such a call sleeps if nothing wakes it; as schedule_timeout()
 * @now_ns: time now
 * @deadline_ns: of jiffies_deadline(), >= 0
 *
 * Return: nanoseconds until the timer of the wheel fires, 0: the time is up.
 */
static inline int64_t jiffies_left(int64_t now_ns, int64_t deadline_ns)
{
	return now_ns >= deadline_ns ? 0 : timer_wheel_due(now_ns, deadline_ns) - now_ns;
}

/* clock_t of the messages: hundredths of a second */
static inline uint32_t ns_to_clock_t(int64_t ns)
{
	return (uint32_t)(ns / (NSEC_PER_SEC / 100));
}

#endif
