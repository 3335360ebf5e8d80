/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traceline.h - an event in one short line
 */
#ifndef TOOLS_TRACE_TRACELINE_H
#define TOOLS_TRACE_TRACELINE_H

#include <glib.h>
#include <netglass/trace.h>

/* Where the author wrote the script's line @line. */
typedef unsigned int (*trace_line_of)(const void *arg, unsigned int line);

/* A RULE's words, and in *ret_broke the condition that said no (NULL: none). Both g_free()d; NULL: not known. */
typedef char *(*trace_rule_words)(void *arg, const struct ng_trace_event *ev, char **ret_broke);

/* How things are called; NULL for what is not there. */
struct trace_words {
	trace_line_of line_of; /* NULL: lines are the script's own */
	const void *line_arg;
	trace_rule_words rule; /* NULL: rules are told by their numbers */
	void *rule_arg;
};

/*
 * What happened, without where: "nat PREROUTING rule 1: MATCH". Printable ASCII, one line. g_free() it.
 * @words may be NULL.
 */
char *trace_line(const struct ng_trace_event *ev, const struct trace_words *words);
/* "red/veth-red", "red", "": where it happened. g_free() it. */
char *trace_where(const struct ng_trace_event *ev);
/* Does the event change a header of its packet? */
bool trace_changes_packet(const struct ng_trace_event *ev);

#endif
