/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.h - results of scenarios, between processes and for people
 */
#ifndef TOOLS_VALIDATE_REPORT_H
#define TOOLS_VALIDATE_REPORT_H

#include <json-glib/json-glib.h>

#include "compare.h"

enum vl_format {
	VL_FORMAT_TEXT,
	VL_FORMAT_JSON,
	VL_FORMAT_TAP,
};

/* scenario.c: one scenario, both sides, compared. The JSON object is what the report is made of. */
JsonNode *vl_scenario(const struct vl_script *s, const struct vl_options *o, int self);
/* An object that says only why there is no comparison. */
JsonNode *vl_scenario_cannot(const char *name, const char *path, const char *verdict,
			     const char *why);

/* jobs.c: calls @done in the order of @scripts; @jobs processes side by side */
typedef void (*vl_done_fn)(void *arg, JsonNode *result);
void vl_jobs_run(GPtrArray *scripts, const struct vl_options *o, int self, unsigned int jobs,
		 bool progress, vl_done_fn done, void *arg);

/* report.c: text goes to standard output */
void vl_report_header(enum vl_format format, unsigned int count, int self,
		      const GPtrArray *host_notes);
void vl_report_result(enum vl_format format, unsigned int index, JsonNode *result);
/* Returns the exit status of all. */
int vl_report_end(enum vl_format format, JsonArray *results);

#endif
