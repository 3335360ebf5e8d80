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
	int64_t expires = (want_ns + TICK_NSEC - 1) / TICK_NSEC;
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

/* clock_t of the messages: hundredths of a second */
static inline uint32_t ns_to_clock_t(int64_t ns)
{
	return (uint32_t)(ns / (NSEC_PER_SEC / 100));
}

#endif
