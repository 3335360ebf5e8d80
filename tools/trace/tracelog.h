/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracelog.h - the events of a run, kept
 */
#ifndef TOOLS_TRACE_TRACELOG_H
#define TOOLS_TRACE_TRACELOG_H

#include <glib.h>
#include <netglass/trace.h>

/* Enough for a day of lessons; a broadcast storm must not eat the machine. */
#define TRACELOG_MAX 300000

struct tracelog {
	GPtrArray *events; /* const struct ng_trace_event *, in order: number nr at nr - 1 */
	bool full;	   /* there were more than TRACELOG_MAX: the first ones are here */
	/* private */
	GPtrArray *blocks; /* memory of events, frames and byte strings */
	size_t room;
	uint8_t *at;
	GStringChunk *texts;
	const uint8_t *last_frame;
	uint32_t last_len;
};

struct tracelog *tracelog_new(void);
void tracelog_free(struct tracelog *log);
/* A listener: ng_world_trace(world, tracelog_listen, log) */
void tracelog_listen(void *log, const struct ng_trace_event *ev);

static inline const struct ng_trace_event *tracelog_at(const struct tracelog *log, size_t i)
{
	return g_ptr_array_index(log->events, i);
}

static inline size_t tracelog_length(const struct tracelog *log)
{
	return log->events->len;
}

#endif
