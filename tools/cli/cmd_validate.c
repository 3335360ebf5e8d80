/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_validate.c - netglass validate: do the simulated and the real kernel agree?
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../validate/report.h"
#include "cli.h"

#define TIMEOUT_S 180
#define RETRIES 2

struct validate {
	struct vl_options o;
	char *only;
	int self;
	int jobs;
	int timeout_s;
	int retries;
	int64_t seed;
	gboolean json;
	gboolean tap;
	gboolean list_rules;
	gboolean rules;
	enum vl_format format;
	unsigned int reported;
	JsonArray *results;
};

static bool parse_only(const char *text, unsigned int *ret)
{
	static const struct {
		const char *word;
		unsigned int bit;
	} words[] = {
		{ "output", VL_ONLY_OUTPUT },	{ "rc", VL_ONLY_RC },
		{ "packets", VL_ONLY_PACKETS }, { "tables", VL_ONLY_TABLES },
		{ "times", VL_ONLY_TIMES },
	};
	g_auto(GStrv) given = g_strsplit(text ? text : "", ",", -1);

	*ret = text ? 0 : VL_ONLY_ALL;
	for (char **g = given; *g; g++) {
		unsigned int bit = 0;

		for (unsigned int i = 0; i < G_N_ELEMENTS(words); i++)
			bit |= strcmp(*g, words[i].word) ? 0 : words[i].bit;
		if (!bit) {
			cli_error("validate: --only %s: the words are output, rc, packets, tables, "
				  "times",
				  *g);
			return false;
		}
		*ret |= bit;
	}
	return true;
}

static bool check(struct validate *v)
{
	if (v->self == 1 || v->self < 0 || v->jobs < 0 || v->timeout_s < 1 || v->retries < 0 ||
	    (v->json && v->tap)) {
		cli_error("validate: --self needs 2 and more, --timeout 1 and more; --json and "
			  "--tap exclude each other");
		return false;
	}
	v->o.timeout_s = v->timeout_s;
	v->o.retries = v->retries;
	v->o.seed = (uint64_t)v->seed;
	v->format = v->json ? VL_FORMAT_JSON : v->tap ? VL_FORMAT_TAP : VL_FORMAT_TEXT;
	if (!v->jobs)
		v->jobs = (int)g_get_num_processors();
	if (!parse_only(v->only, &v->o.only))
		return false;
	if (v->rules)
		v->o.only |= VL_ONLY_RULES;
	return true;
}

static void done(void *arg, JsonNode *result)
{
	struct validate *v = arg;

	vl_report_result(v->format, v->reported++, result);
	json_array_add_element(v->results, result);
}

static int validate_all(struct validate *v, int argc, char **argv)
{
	g_autoptr(GPtrArray) scripts =
		g_ptr_array_new_with_free_func((GDestroyNotify)vl_script_free);
	g_autoptr(GPtrArray) bad = g_ptr_array_new();
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *why = NULL;
	int status;

	for (int i = 1; i < argc; i++) {
		g_autofree char *error = NULL;
		struct vl_script *s = vl_script_read(argv[i], &error);

		if (s)
			g_ptr_array_add(scripts, s);
		else
			g_ptr_array_add(bad,
					vl_scenario_cannot(argv[i], argv[i], "unreadable", error));
	}
	v->o.host_notes = notes;
	why = scripts->len ? vl_real_check(notes) : NULL;
	if (why) {
		cli_error("validate: this machine cannot: %s", why);
		g_ptr_array_foreach(bad, (GFunc)(void (*)(void))json_node_unref, NULL);
		return CLI_CANNOT;
	}
	v->results = json_array_new();
	vl_report_header(v->format, scripts->len + bad->len, v->self, notes);
	for (unsigned int i = 0; i < bad->len; i++)
		done(v, bad->pdata[i]);
	vl_jobs_run(scripts, &v->o, v->self, (unsigned int)v->jobs, isatty(2), done, v);
	status = vl_report_end(v->format, v->results);
	json_array_unref(v->results);
	return status;
}

/**
 * cmd_validate() - The verb
 * @argc: argument count
 * @argv: "validate", options, scripts
 *
 * Return: 0 same, 1 different, 2 usage, 3 not modelled, 77 the machine cannot do it.
 */
int cmd_validate(int argc, char **argv)
{
	struct validate v = { .timeout_s = TIMEOUT_S, .retries = RETRIES };
	const GOptionEntry entries[] = {
		{ "self", 0, 0, G_OPTION_ARG_INT, &v.self,
		  "Compare N runs of the real kernel with each other", "N" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &v.jobs, "Scripts side by side (the CPUs)",
		  "N" },
		{ "only", 0, 0, G_OPTION_ARG_STRING, &v.only,
		  "Compare only: output,rc,packets,tables,times", "WORDS" },
		{ "timeout", 0, 0, G_OPTION_ARG_INT, &v.timeout_s,
		  "Seconds for a script, half for a command (180)", "S" },
		{ "retries", 0, 0, G_OPTION_ARG_INT, &v.retries,
		  "More real runs before a difference counts (2)", "N" },
		{ "keep-pcaps", 0, 0, G_OPTION_ARG_FILENAME, &v.o.keep, "Keep both sides' captures",
		  "DIR" },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &v.seed, "The simulation's seed", "N" },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &v.json, "Write JSON", NULL },
		{ "tap", 0, 0, G_OPTION_ARG_NONE, &v.tap, "Write TAP", NULL },
		{ "rules", 0, 0, G_OPTION_ARG_NONE, &v.rules,
		  "Compare which firewall rules each packet met, too", NULL },
		{ "list-rules", 0, 0, G_OPTION_ARG_NONE, &v.list_rules,
		  "List what is normalised, and why", NULL },
		{ 0 },
	};
	int status = CLI_USAGE;

	if (!cli_parse(cli_verb_find("validate"), entries, &argc, &argv))
		return CLI_USAGE;
	if (v.list_rules) {
		g_autofree char *text = vl_rules_text();

		fputs(text, stdout);
		status = CLI_OK;
	} else if (argc < 2) {
		cli_error("validate: which script? (see netglass validate --help)");
	} else if (check(&v)) {
		status = validate_all(&v, argc, argv);
	}
	g_free(v.only);
	g_free(v.o.keep);
	return status;
}
