/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sim.h - virtual time: a clock, a run queue for what happens now, a heap for what happens later
 *
 * Order is total: work queued for now runs first in, first out; each element
 * moves the clock by hop_ns. Timers run in the order (time, sequence), between
 * elements when they have fallen due. Nobody else moves the clock but
 * sim_advance() (the cost of a system call) and sim_run_timer() (the jump).
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIM_HOP_NS INT64_C(5000)

/* Something to do now; embedded in its owner, on at most one queue. */
struct sim_work {
	struct sim_work *next;
	void (*fn)(struct sim_work *work);
};

/* Something to do later; embedded in its owner. Zeroed memory is an idle timer. */
struct sim_timer {
	int64_t due_ns;
	uint64_t seq;
	void (*fn)(struct sim_timer *timer);
	size_t slot; /* place in the heap + 1; 0: idle */
};

struct sim {
	int64_t now_ns;
	uint64_t seq;
	struct sim_work *head;
	struct sim_work **tail;
	struct sim_timer **heap;
	int64_t next_due_ns; /* of heap[0]; INT64_MAX: no timer */
	size_t nr_timers;
	size_t cap_timers;
	bool in_queue;	    /* sim_run_queue() is at work: it does not nest */
	uint64_t nr_events; /* elements and timers run so far */
	/* storm guard: at most max_busy_events without the run queue ever becoming empty */
	uint64_t max_busy_events; /* 0: no limit */
	uint64_t busy_events;
	bool storm;
	bool stopped; /* nothing more is run until it is taken back */
	bool frozen;  /* the same, and the clock stands still */
};

void sim_init(struct sim *sim);
void sim_fini(struct sim *sim);

static inline int64_t sim_now(const struct sim *sim)
{
	return sim->now_ns;
}

void sim_queue(struct sim *sim, struct sim_work *work);
void __sim_run_queue(struct sim *sim);
static inline bool sim_queue_empty(const struct sim *sim)
{
	return !sim->head;
}

static inline bool sim_timer_due(const struct sim *sim)
{
	return sim->next_due_ns <= sim->now_ns;
}

/* Runs all that is queued, what that queues, and timers that fall due meanwhile. Does not nest. */
static inline void sim_run_queue(struct sim *sim)
{
	if (!sim_queue_empty(sim) || sim_timer_due(sim))
		__sim_run_queue(sim);
}

void sim_timer_mod(struct sim *sim, struct sim_timer *timer, int64_t due_ns);
void sim_timer_mod_newest(struct sim *sim, struct sim_timer *timer, int64_t due_ns);
void sim_timer_del(struct sim *sim, struct sim_timer *timer);
static inline bool sim_timer_pending(const struct sim_timer *timer)
{
	return timer->slot != 0;
}

void sim_advance(struct sim *sim, int64_t cost_ns);
bool sim_run_timer(struct sim *sim, int64_t limit_ns);

#endif
