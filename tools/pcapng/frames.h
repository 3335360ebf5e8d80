/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames.h - the frames of a run, each with what happened to its packet there
 */
#ifndef TOOLS_PCAPNG_FRAMES_H
#define TOOLS_PCAPNG_FRAMES_H

#include <glib.h>
#include <netglass/trace.h>

#include "../trace/traceline.h"
#include "../trace/tracelog.h"

struct frame {
	const struct ng_trace_event *ev; /* DEV_OUT or DEV_IN */
	GPtrArray *before;		 /* events of its packet before it was first seen; NULL */
	GPtrArray *then;		 /* what happened to it after this; NULL */
	unsigned int drops;
};

struct frames {
	GArray *list;	   /* struct frame, in order of time */
	GPtrArray *unseen; /* DROP events of packets no frame can tell about */
};

struct frames *frames_new(const struct tracelog *log);
void frames_free(struct frames *f);
/* Two comments: a sentence for people, a line for machines. g_free() each. */
char *frame_sentence(const struct frame *f, const struct trace_words *words);
char *frame_machine_line(const struct frame *f, const struct trace_words *words);

#endif
