/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracejson.h - an event as JSON
 */
#ifndef TOOLS_TRACE_TRACEJSON_H
#define TOOLS_TRACE_TRACEJSON_H

#include <json-glib/json-glib.h>
#include <netglass/trace.h>
#include <stdio.h>

/* Adds the event as an object to @b. */
void trace_event_build(JsonBuilder *b, const struct ng_trace_event *ev);
/* One line without its newline. g_free() it. */
char *trace_event_to_json(const struct ng_trace_event *ev);
/* The steps behind this one are left out (a storm): kind "cut". */
char *trace_cut_to_json(int64_t t_ns, int64_t events);
/* What a program printed: kind "output". Bytes that are not UTF-8 become U+FFFD. */
char *trace_output_to_json(int64_t t_ns, int stream, const char *text, size_t len);
/* The text of what was built; characters a browser or terminal could act on are escaped. */
char *trace_json_finish(JsonBuilder *b, bool pretty);
/* The JSON schema of such a line, made from the same lists. g_free() it. */
char *trace_schema_json(void);

#endif
