/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sim.c - virtual time: the run queue and the timer heap
 *
 * Nothing here knows what a packet is. A binary heap holds the timers: few are
 * pending in a ping (a wheel would cost more), and entries that age by the
 * thousand (fdb, conntrack) keep a time stamp instead of a timer.
 */
#include "sim.h"

#include <stdlib.h>

/**
 * sim_init() - Starts a clock at 0 with nothing to do
 * @sim: zeroed memory or garbage
 */
void sim_init(struct sim *sim)
{
	*sim = (struct sim){ .next_due_ns = INT64_MAX };
	sim->tail = &sim->head;
}

/**
 * sim_fini() - Frees the heap; timers still pending become idle
 * @sim: the simulator
 */
void sim_fini(struct sim *sim)
{
	size_t i;

	for (i = 0; i < sim->nr_timers; i++)
		sim->heap[i]->slot = 0;
	free(sim->heap);
	sim->heap = NULL;
	sim->next_due_ns = INT64_MAX;
	sim->nr_timers = 0;
	sim->cap_timers = 0;
}

/* Counts an event towards the storm guard; false when work has made work for too long. */
static bool count_event(struct sim *sim)
{
	sim->nr_events++;
	/* one less than no limit is the largest number there is */
	if (sim->busy_events++ > sim->max_busy_events - 1)
		sim->storm = true;
	return !sim->storm;
}

/**
 * sim_queue() - Something to do now, after all that is queued already
 * @sim: the simulator
 * @work: not queued; its owner keeps it alive until it has run
 */
void sim_queue(struct sim *sim, struct sim_work *work)
{
	work->next = NULL;
	*sim->tail = work;
	sim->tail = &work->next;
}

#define FIRST_SET (UINT64_C(1) << 63)

static bool timer_before(const struct sim_timer *a, const struct sim_timer *b)
{
	return a->due_ns != b->due_ns ? a->due_ns < b->due_ns : a->seq < b->seq;
}

static void heap_set(struct sim *sim, size_t at, struct sim_timer *timer)
{
	sim->heap[at] = timer;
	timer->slot = at + 1;
	if (at == 0)
		sim->next_due_ns = timer->due_ns;
}

static void heap_up(struct sim *sim, size_t at, struct sim_timer *timer)
{
	while (at > 0) {
		size_t parent = (at - 1) / 2;

		if (!timer_before(timer, sim->heap[parent]))
			break;
		heap_set(sim, at, sim->heap[parent]);
		at = parent;
	}
	heap_set(sim, at, timer);
}

static void heap_down(struct sim *sim, size_t at, struct sim_timer *timer)
{
	for (;;) {
		size_t child = at * 2 + 1;

		if (child >= sim->nr_timers)
			break;
		if (child + 1 < sim->nr_timers &&
		    timer_before(sim->heap[child + 1], sim->heap[child]))
			child++;
		if (!timer_before(sim->heap[child], timer))
			break;
		heap_set(sim, at, sim->heap[child]);
		at = child;
	}
	heap_set(sim, at, timer);
}

static void heap_place(struct sim *sim, size_t at, struct sim_timer *timer)
{
	heap_up(sim, at, timer);
	heap_down(sim, timer->slot - 1, timer);
}

/**
 * sim_timer_del() - Forgets a timer; one that is idle already stays so
 * @sim: the simulator
 * @timer: the timer
 */
void sim_timer_del(struct sim *sim, struct sim_timer *timer)
{
	size_t at = timer->slot - 1;
	struct sim_timer *last;

	if (!timer->slot)
		return;
	timer->slot = 0;
	last = sim->heap[--sim->nr_timers];
	if (last != timer)
		heap_place(sim, at, last);
	else if (at == 0)
		sim->next_due_ns = INT64_MAX;
}

static void timer_set(struct sim *sim, struct sim_timer *timer, int64_t due_ns, uint64_t seq)
{
	timer->due_ns = due_ns;
	timer->seq = seq;
	if (timer->slot) {
		heap_place(sim, timer->slot - 1, timer);
		return;
	}
	if (sim->nr_timers == sim->cap_timers) {
		size_t cap = sim->cap_timers ? sim->cap_timers * 2 : 64;
		struct sim_timer **heap = realloc(sim->heap, cap * sizeof(*heap));

		if (!heap)
			abort();
		sim->heap = heap;
		sim->cap_timers = cap;
	}
	heap_up(sim, sim->nr_timers++, timer);
}

/**
 * sim_timer_mod() - Sets when a timer fires, pending or not
 * @sim: the simulator
 * @timer: its fn is set
 * @due_ns: virtual time; in the past means as soon as the clock is looked at
 *
 * A timer set again goes behind all others of the same time.
 */
void sim_timer_mod(struct sim *sim, struct sim_timer *timer, int64_t due_ns)
{
	timer_set(sim, timer, due_ns, FIRST_SET + ++sim->seq);
}

/**
 * sim_timer_mod_newest() - Sets when a timer fires, as a wheel's bucket has it
 * @sim: the simulator
 * @timer: its fn is set
 * @due_ns: virtual time
 *
 * Of timers set so that fall due together the one set last goes first.
 */
void sim_timer_mod_newest(struct sim *sim, struct sim_timer *timer, int64_t due_ns)
{
	timer_set(sim, timer, due_ns, FIRST_SET - ++sim->seq);
}

static void fire_first(struct sim *sim)
{
	struct sim_timer *timer = sim->heap[0];

	sim_timer_del(sim, timer);
	timer->fn(timer);
}

/**
 * __sim_run_queue() - sim_run_queue() when there is something to do
 * @sim: the simulator
 *
 * Each element moves the clock by SIM_HOP_NS first. Does nothing when called
 * from inside itself. Stops early when the storm guard trips.
 */
void __sim_run_queue(struct sim *sim)
{
	if (sim->in_queue || sim->storm || sim->stopped || sim->frozen)
		return;
	sim->in_queue = true;
	sim->busy_events = 0;
	for (;;) {
		struct sim_work *work;

		while (sim_timer_due(sim) && !sim->stopped && count_event(sim))
			fire_first(sim);
		work = sim->head;
		if (!work || sim->stopped)
			break;
		sim->now_ns += SIM_HOP_NS;
		if (!count_event(sim))
			break;
		sim->head = work->next;
		if (!sim->head)
			sim->tail = &sim->head;
		work->fn(work);
	}
	sim->in_queue = false;
}

/**
 * sim_advance() - Lets time pass because something was done
 * @sim: the simulator
 * @cost_ns: how long it took
 *
 * Timers that fall due fire at the next sim_run_queue().
 */
void sim_advance(struct sim *sim, int64_t cost_ns)
{
	if (!sim->frozen)
		sim->now_ns += cost_ns;
}

/**
 * sim_run_timer() - Jumps to the next timer and fires it
 * @sim: the simulator; its run queue is empty
 * @limit_ns: no further than this; the clock is left there when nothing is due before
 *
 * Return: false when no timer was due by @limit_ns.
 */
bool sim_run_timer(struct sim *sim, int64_t limit_ns)
{
	if (!sim->nr_timers || sim->next_due_ns > limit_ns) {
		if (limit_ns != INT64_MAX && sim->now_ns < limit_ns)
			sim->now_ns = limit_ns;
		return false;
	}
	if (!sim_timer_due(sim))
		sim->now_ns = sim->next_due_ns;
	sim->busy_events = 0;
	count_event(sim);
	fire_first(sim);
	return true;
}
