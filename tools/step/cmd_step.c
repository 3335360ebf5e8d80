/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_step.c - netglass step: a debugger over what a simulated kernel did, forward and back
 */
#include <string.h>

#include <stdlib.h>

#include "../cli/cli.h"
#include "../cli/lineedit.h"
#include "../cli/term.h"
#include "../trace/ruletext.h"
#include "step.h"

struct step_options {
	gboolean json;
	struct scene scene;
	int64_t at;
	char **breaks;
	char **commands;
	char *file;
};

static void break_free(void *p)
{
	struct step_break *b = p;

	step_expr_free(b->expr);
	g_free(b->text);
	g_free(b);
}

static char *prompt_of(const struct step *s)
{
	return g_strdup_printf("(ng %zu/%zu) ", s->pos, step_count(s->run));
}

/* One line after the other; what a file says is shown as if it were typed. */
static void read_commands(struct step *s, struct lineedit *le)
{
	while (!s->quit) {
		g_autofree char *prompt = prompt_of(s);
		g_autofree char *line = lineedit_read(le, prompt);

		if (!line)
			break;
		if (!lineedit_is_terminal(le) && !s->json)
			fprintf(s->out, "%s%s\n", prompt, line);
		step_do(s, line);
		step_flush(s);
	}
}

static unsigned int count_packets(const struct step_run *r)
{
	uint64_t last = 0;
	unsigned int n = 0;

	for (size_t pos = 1; pos <= step_count(r); pos++) {
		uint64_t id = step_event(r, pos)->packet.id;

		if (id > last) {
			last = id;
			n++;
		}
	}
	return n;
}

static void begin(struct step *s, const struct step_options *o)
{
	if (!s->json)
		step_say(s, "%zu steps, %u packets. \"help\" lists the commands, \"q\" quits.",
			 step_count(s->run), count_packets(s->run));
	if (s->run->cut)
		step_say(s, "More happened: only these first steps are kept.");
	for (char **b = o->breaks; b && *b; b++) {
		g_autofree char *line = g_strdup_printf("break %s", *b);

		step_do(s, line);
	}
	if (o->at) {
		g_autofree char *line = g_strdup_printf("goto %" G_GINT64_FORMAT, o->at);

		step_do(s, line);
	}
}

static int session(struct step_options *o)
{
	struct step s = { .scene = &o->scene, .out = stdout, .width = term_width() };
	FILE *from = o->file ? cli_open(o->file) : stdin;
	struct lineedit *le;

	if (!from)
		return CLI_USAGE;
	if (o->json) {
		s.json = true;
		s.out = open_memstream(&s.said, &s.said_len);
	}
	s.breaks = g_ptr_array_new_with_free_func(break_free);
	s.run = step_run_new(&o->scene);
	s.rules = trace_rules_new();
	s.words = (struct trace_words){ .line_of = scene_line,
					.line_arg = &o->scene,
					.rule = trace_rule_say,
					.rule_arg = s.rules };
	begin(&s, o);
	for (char **c = o->commands; c && *c && !s.quit; c++) {
		step_do(&s, *c);
		step_flush(&s);
	}
	if (!o->commands && !(s.failed && o->file)) {
		le = lineedit_new("netglass-step", from, step_complete, &s);
		s.failed = false;
		read_commands(&s, le);
		if (lineedit_is_terminal(le))
			s.failed = false;
		lineedit_free(le);
	}
	if (from != stdin)
		fclose(from);
	step_run_free(s.run);
	trace_rules_free(s.rules);
	g_ptr_array_unref(s.breaks);
	g_free(s.last);
	if (s.json) {
		fclose(s.out);
		free(s.said);
	}
	return s.failed ? CLI_FAILED : CLI_OK;
}

/**
 * cmd_step() - The verb
 * @argc: argument count
 * @argv: "step", options, the script or tutorial
 *
 * Return: 0, 1 when a command of a file was wrong, 2 usage.
 */
int cmd_step(int argc, char **argv)
{
	struct step_options o = { .scene.pings = 3 };
	int64_t seed = 0;
	const GOptionEntry entries[] = {
		{ "at", 0, 0, G_OPTION_ARG_INT64, &o.at, "Begin at step N", "N" },
		{ "break", 'b', 0, G_OPTION_ARG_STRING_ARRAY, &o.breaks,
		  "Stop there: 'drop || hook==FORWARD && ns==host'", "EXPR" },
		{ "execute", 'x', 0, G_OPTION_ARG_FILENAME, &o.file,
		  "Commands from a file, not from the terminal", "FILE" },
		{ "command", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &o.commands,
		  "One command; several are done in order", "CMD" },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &o.json,
		  "Steps as lines of run --json; all else as lines of kind output", NULL },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &o.scene.pings, "What ping without -c sends (3)",
		  "N" },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &seed,
		  "Another set of MAC addresses, ids and ports", "N" },
		{ 0 },
	};
	int status = CLI_USAGE;

	if (!cli_parse(cli_verb_find("step"), entries, &argc, &argv))
		return CLI_USAGE;
	o.scene.seed = (uint64_t)seed;
	if (argc != 2)
		cli_error("step: which script? (see netglass step --help)");
	else if (!scene_load(&o.scene, argv[1]))
		status = session(&o);
	scene_free(&o.scene);
	g_strfreev(o.breaks);
	g_strfreev(o.commands);
	g_free(o.file);
	return status;
}
