/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.c - results for people, for TAP and for JSON
 */
#include "report.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define SHOWN_MAX 12 /* differences of one scenario in the text */

/* The first line a tool prints about itself. */
static char *version(const char *tool, const char *arg)
{
	const char *argv[] = { tool, arg, NULL };
	char *out = NULL;
	char *err = NULL;

	if (!g_spawn_sync(NULL, (char **)(uintptr_t)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
			  &out, &err, NULL, NULL))
		return g_strdup_printf("%s: none", tool);
	if (!*out) {
		g_free(out);
		out = err;
	} else {
		g_free(err);
	}
	out[strcspn(out, "\n")] = 0;
	return out;
}

static char *machine_value(const char *path)
{
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return g_strdup("none");
	return g_strdup(g_strstrip(text));
}

static char *header_text(int self)
{
	g_autofree char *ip = version("ip", "-V");
	g_autofree char *iptables = version("iptables", "-V");
	g_autofree char *ping = version("ping", "-V");
	g_autofree char *bash = version("bash", "--version");
	g_autofree char *nf = machine_value("/proc/sys/net/bridge/bridge-nf-call-iptables");
	g_autofree char *forward = machine_value("/proc/sys/net/ipv4/ip_forward");
	struct utsname u;

	uname(&u);
	return g_strdup_printf(
		"kernel %s %s, uid %u; user, network, mount and pid namespace of its own\n"
		"%s; %s; %s\n%s\n"
		"the machine: bridge-nf-call-iptables %s, ip_forward %s; in the namespaces: 1 and "
		"0\n"
		"compared: %s\n",
		u.release, u.machine, getuid(), ip, iptables, ping, bash, nf, forward,
		self ? "the real kernel with itself"
		     : "the real kernel (-) and the simulated one (+)");
}

/**
 * vl_report_header() - What it ran on
 * @format: how
 * @count: scenarios
 * @self: real runs compared with each other, or 0
 * @host_notes: what cannot be set here as it should be
 */
void vl_report_header(enum vl_format format, unsigned int count, int self,
		      const GPtrArray *host_notes)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (format == VL_FORMAT_JSON)
		return;
	text = header_text(self);
	lines = g_strsplit(g_strchomp(text), "\n", -1);
	if (format == VL_FORMAT_TAP)
		printf("TAP version 13\n1..%u\n", count);
	for (char **l = lines; *l; l++)
		printf("%s%s\n", format == VL_FORMAT_TAP ? "# " : "", *l);
	for (unsigned int i = 0; i < host_notes->len; i++)
		printf("%snot as it should be: %s\n", format == VL_FORMAT_TAP ? "# " : "",
		       (char *)host_notes->pdata[i]);
}

static const char *member(JsonObject *o, const char *name)
{
	return json_object_get_string_member_with_default(o, name, "");
}

static void print_counts(JsonObject *o)
{
	static const char *const names[] = { "commands", "interfaces", "frames", "tables",
					     "walks" };

	for (unsigned int i = 0; i < G_N_ELEMENTS(names); i++) {
		JsonArray *a = json_object_has_member(o, names[i])
				       ? json_object_get_array_member(o, names[i])
				       : NULL;

		if (a)
			printf("  %s %d/%d", names[i], (int)json_array_get_int_element(a, 0),
			       (int)json_array_get_int_element(a, 1));
	}
}

static void print_indented(const char *text, const char *lead)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **l = lines; *l; l++) {
		if (**l)
			printf("%s%s%s\n", lead, **l == ' ' ? "" : "    ", *l);
	}
}

static void print_differences(JsonObject *o, const char *lead)
{
	JsonArray *a = json_object_has_member(o, "differences")
			       ? json_object_get_array_member(o, "differences")
			       : NULL;
	unsigned int n = a ? json_array_get_length(a) : 0;

	for (unsigned int i = 0; i < MIN(n, SHOWN_MAX); i++) {
		JsonObject *d = json_array_get_object_element(a, i);
		int line = (int)json_object_get_int_member(d, "line");
		g_auto(GStrv) where = g_strsplit(member(d, "where"), "\n", 2);
		const char *first = where[0] ? where[0] : "";
		const char *more = where[0] && where[1] ? " ..." : "";

		if (line)
			printf("%s  %s, line %d: %s%s\n", lead, member(d, "kind"), line, first,
			       more);
		else
			printf("%s  %s: %s\n", lead, member(d, "kind"), first);
		print_indented(member(d, "text"), lead);
	}
	if (n > SHOWN_MAX)
		printf("%s  and %u differences more (--json has them all)\n", lead, n - SHOWN_MAX);
}

static void print_notes(JsonObject *o, const char *lead)
{
	JsonArray *a = json_object_has_member(o, "notes") ? json_object_get_array_member(o, "notes")
							  : NULL;

	for (unsigned int i = 0; a && i < json_array_get_length(a); i++)
		printf("%s  note: %s\n", lead, json_array_get_string_element(a, i));
}

/**
 * vl_report_result() - One scenario
 * @format: how
 * @index: its number, from 0
 * @result: what vl_scenario() made
 */
void vl_report_result(enum vl_format format, unsigned int index, JsonNode *result)
{
	JsonObject *o = json_node_get_object(result);
	const char *verdict = member(o, "verdict");
	bool ok = !strcmp(verdict, "same");
	const char *lead = format == VL_FORMAT_TAP ? "# " : "";

	if (format == VL_FORMAT_JSON)
		return;
	if (format == VL_FORMAT_TAP)
		printf("%sok %u - %s%s%s\n", ok || !strcmp(verdict, "cannot") ? "" : "not ",
		       index + 1, member(o, "name"), strcmp(verdict, "cannot") ? "" : " # SKIP ",
		       strcmp(verdict, "cannot") ? "" : member(o, "why"));
	printf("%s%-12s %s", lead, verdict, member(o, "name"));
	if (json_object_has_member(o, "why")) {
		printf(": %s\n", member(o, "why"));
	} else {
		print_counts(o);
		printf("  real %.1f s, other %.1f s", json_object_get_double_member(o, "real_s"),
		       json_object_get_double_member(o, "other_s"));
		if (json_object_get_int_member(o, "runs") > 1)
			printf(", %d real runs", (int)json_object_get_int_member(o, "runs"));
		printf("\n");
		print_notes(o, lead);
		print_differences(o, lead);
	}
	fflush(stdout);
}

/**
 * vl_report_end() - The last word
 * @format: how
 * @results: of all scenarios
 *
 * Return: 0 all same, 1 something differs, 2 something is no script, 3 something is not
 * modelled, 77 the machine cannot compare.
 */
int vl_report_end(enum vl_format format, JsonArray *results)
{
	static const struct {
		const char *verdict;
		int status;
	} order[] = { { "different", 1 },
		      { "unreadable", 2 },
		      { "not modelled", 3 },
		      { "cannot", 77 },
		      { "same", 0 } };
	unsigned int count[G_N_ELEMENTS(order)] = { 0 };
	int status = 0;

	for (unsigned int i = 0; i < json_array_get_length(results); i++) {
		const char *verdict = member(json_array_get_object_element(results, i), "verdict");

		for (unsigned int k = 0; k < G_N_ELEMENTS(order); k++)
			count[k] += !strcmp(verdict, order[k].verdict);
	}
	for (unsigned int k = G_N_ELEMENTS(order); k-- > 0;) {
		if (count[k] && order[k].status)
			status = order[k].status;
	}
	if (format == VL_FORMAT_JSON) {
		g_autoptr(JsonNode) node = json_node_new(JSON_NODE_ARRAY);
		g_autofree char *text = NULL;

		json_node_set_array(node, results);
		text = json_to_string(node, TRUE);
		printf("%s\n", text);
		return status;
	}
	printf("%s%u scenarios", format == VL_FORMAT_TAP ? "# " : "",
	       json_array_get_length(results));
	for (unsigned int k = G_N_ELEMENTS(order); k-- > 0;) {
		if (count[k])
			printf(", %u %s", count[k], order[k].verdict);
	}
	printf("\n");
	return status;
}
