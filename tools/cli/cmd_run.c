/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_run.c - netglass run: replays a script as `sh SCRIPT` would, or a tutorial as somebody types it
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../texts/texts.h"
#include "../trace/tracejson.h"
#include "captures.h"
#include "cli.h"
#include "machine.h"
#include "replay.h"
#include "scene.h"

#define DEFAULT_PINGS 3

struct run_options {
	char *pcap;
	char *pcapng;
	gboolean names;
	int64_t seed;
	int pings;
	gboolean transcript;
	gboolean plain;
	gboolean stop;
	gboolean keep_going;
	gboolean json;
	int64_t json_limit; /* events; 0: none */
	gboolean schema;
};

/* --json: lines on standard output */
struct json_lines {
	struct ng_world *world;
	int64_t limit, events; /* steps that may be told, that were */
	bool failed;
};

static void put_line(struct json_lines *j, char *line)
{
	if (fputs(line, stdout) < 0 || fputc('\n', stdout) < 0)
		j->failed = true;
	g_free(line);
}

static void on_event(void *arg, const struct ng_trace_event *ev)
{
	struct json_lines *j = arg;

	if (!j->limit || j->events < j->limit)
		put_line(j, trace_event_to_json(ev));
	else if (j->events == j->limit)
		put_line(j, trace_cut_to_json(ev->t_ns, j->limit));
	j->events++;
}

static void on_output(void *arg, int stream, const char *buf, size_t len)
{
	struct json_lines *j = arg;

	put_line(j, trace_output_to_json(ng_world_now(j->world), stream, buf, len));
}

static int print_schema(void)
{
	g_autofree char *schema = trace_schema_json();

	puts(schema);
	return CLI_OK;
}

static int run_script(const struct run_options *o, const struct pcapng_source *source, int argc,
		      char **argv)
{
	struct machine_options options = { .seed = (uint64_t)o->seed, .pings = o->pings };
	struct machine *m = machine_new(&options);
	struct json_lines json = { .world = m->world, .limit = o->json_limit };
	struct captures captures = { .pcap = o->pcap, .pcapng = o->pcapng, .source = *source };
	int status = captures_begin(&captures, m);

	if (status) {
		captures_end(&captures, m);
		machine_free(m);
		captures_free(&captures);
		return status;
	}
	if (o->json) {
		ng_world_trace(m->world, on_event, &json);
		m->console = on_output;
		m->console_arg = &json;
	}
	m->script.text = source->text;
	m->script.len = source->len;
	m->script.argc = argc;
	m->script.argv = argv;
	status = machine_run(m);
	if (captures_end(&captures, m))
		status = CLI_FAILED;
	if (json.limit && json.events > json.limit)
		cli_error("run: more than %" G_GINT64_FORMAT " steps: the rest is not told "
			  "(--json-limit)",
			  json.limit);
	if (m->console_failed || json.failed)
		status = CLI_FAILED;
	machine_free(m);
	captures_free(&captures);
	return status;
}

/* Everything behind the first failure goes. */
static void cut_at_failure(struct script *s, const struct replay_options *o)
{
	struct replay *r = replay_run((void *)(uintptr_t)o, s);

	for (unsigned int i = 0; i < s->stmts->len; i++) {
		if (outcome_failed(s, g_ptr_array_index(s->stmts, i), replay_at(r, i)))
			g_ptr_array_set_size(s->stmts, (int)i + 1);
	}
	replay_free(r);
}

static bool can_repair(const struct causes *c)
{
	for (unsigned int i = 0; i < c->list->len; i++) {
		if (((struct cause *)g_ptr_array_index(c->list, i))->repair)
			return true;
	}
	return false;
}

static int transcript(const struct replay_options *o, const struct script *s, const char *path)
{
	const struct script_runner runner = { .arg = (void *)(uintptr_t)o, .run = replay_run };
	struct replay *captured;
	struct causes *c;
	int status;

	captured = replay_run_captured(o, s, &status);
	if (!captured)
		return status;
	c = causes_find(s, &runner);
	transcript_print(s, c);
	summary_print(stdout, s, c, false);
	if (can_repair(c))
		printf("Repaired copy: netglass lint --fix %s -o FILE\n", path);
	if (!status && captured->status == CLI_NOT_MODELLED)
		status = CLI_NOT_MODELLED;
	else if (!status)
		status = s->typed ? (c->list->len ? CLI_FAILED : CLI_OK) : captured->status;
	replay_free(captured);
	causes_free(c);
	return status;
}

/* A tutorial typed without transcript: what the tools say, nothing else. */
static int run_plain(const struct run_options *o, const struct script *s, const char *path)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree char *text = script_render(s, lines);
	const struct rendered where = { s, lines };
	const struct pcapng_source source = {
		.name = path,
		.text = text,
		.len = strlen(text),
		.seed = (uint64_t)o->seed,
		.names = o->names,
		.line_of = rendered_line,
		.line_arg = &where,
	};

	return run_script(o, &source, 0, NULL);
}

/* As bash tells: a NUL in the first line, not far behind its beginning. */
static bool is_binary(const char *text, size_t len)
{
	const char *end = memchr(text, '\n', len);

	if (end)
		len = (size_t)(end - text);
	return memchr(text, '\0', len < 80 ? len : 80);
}

static int run_file(const struct run_options *o, const char *path, int argc, char **argv)
{
	size_t len = 0;
	g_autofree char *text = cli_read_file(path, &len);
	struct replay_options options = {
		.seed = (uint64_t)o->seed,
		.pings = o->pings,
		.pcap = o->pcap,
		.pcapng = o->pcapng,
		.pcap_names = o->names,
		.argc = argc,
		.argv = argv,
	};
	const struct pcapng_source source = {
		.name = path,
		.text = text,
		.len = len,
		.seed = (uint64_t)o->seed,
		.names = o->names,
	};
	bool tutorial = text && text_is_tutorial(path);
	bool tell = !o->plain && !o->json && (o->transcript || tutorial || isatty(STDOUT_FILENO));
	struct script *s;
	int status;

	if (!text)
		return CLI_USAGE;
	if (!tutorial && is_binary(text, len)) {
		fprintf(stderr, "sh: %s: cannot execute binary file\n", path);
		return 126;
	}
	if (!tutorial && !tell && !o->stop)
		return run_script(o, &source, argc, argv);
	s = cli_load(path, text, len);
	if (!s)
		return CLI_USAGE;
	if (o->stop)
		cut_at_failure(s, &options);
	status = tell ? transcript(&options, s, path) : run_plain(o, s, path);
	script_free(s);
	return status;
}

/**
 * cmd_run() - The verb
 * @argc: argument count
 * @argv: "run", options, the script or tutorial, a script's arguments
 *
 * Return: the script's exit status, 2 usage, 3 not modelled; of a tutorial 0, or 1 when commands failed.
 */
int cmd_run(int argc, char **argv)
{
	struct run_options o = { .pings = DEFAULT_PINGS, .json_limit = 300000 };
	const GOptionEntry entries[] = {
		{ "pcap", 0, 0, G_OPTION_ARG_FILENAME, &o.pcap,
		  "Write DIR/NS-IFNAME.pcap for each interface", "DIR" },
		{ "pcapng", 0, 0, G_OPTION_ARG_FILENAME, &o.pcapng,
		  "Write every frame of every interface, with its story, to one file", "FILE" },
		{ "pcap-names", 0, 0, G_OPTION_ARG_NONE, &o.names,
		  "Names of addresses in it: the namespaces that have them", NULL },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &o.pings, "What ping without -c sends (3)",
		  "N" },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &o.seed,
		  "Another set of MAC addresses, ids and ports", "N" },
		{ "transcript", 0, 0, G_OPTION_ARG_NONE, &o.transcript,
		  "Commands, output and causes of failures (a terminal, a tutorial)", NULL },
		{ "plain", 0, 0, G_OPTION_ARG_NONE, &o.plain, "Only what the tools print", NULL },
		{ "keep-going", 0, 0, G_OPTION_ARG_NONE, &o.keep_going,
		  "After a failure, go on (the default)", NULL },
		{ "stop-on-error", 0, 0, G_OPTION_ARG_NONE, &o.stop, "After a failure, stop",
		  NULL },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &o.json,
		  "What happens inside, one JSON object a line", NULL },
		{ "json-limit", 0, 0, G_OPTION_ARG_INT64, &o.json_limit,
		  "Tell at most N steps (300000); 0: all of them", "N" },
		{ "json-schema", 0, 0, G_OPTION_ARG_NONE, &o.schema,
		  "Print the schema of these lines and exit", NULL },
		{ 0 },
	};
	const struct cli_verb *verb = cli_verb_find("run");
	int status;

	if (!cli_parse(verb, entries, &argc, &argv))
		return CLI_USAGE;
	if (o.schema) {
		status = print_schema();
	} else if (argc < 2) {
		cli_error("run: which script? (see netglass run --help)");
		status = CLI_USAGE;
	} else {
		status = run_file(&o, argv[1], argc - 2, argv + 2);
	}
	g_free(o.pcap);
	g_free(o.pcapng);
	return status;
}
