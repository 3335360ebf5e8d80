/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_lint.c - netglass lint: why commands of a tutorial or script fail, and how to repair them
 */
#include <stdio.h>
#include <string.h>

#include "../texts/texts.h"
#include "cli.h"
#include "replay.h"

struct lint_options {
	gboolean json;
	gboolean fix;
	char *out;
	char *only;
	int pings;
};

/**
 * cli_load() - The statements of a file
 * @path: its name
 * @buf: its bytes
 * @len: how many
 *
 * Return: the script, script_free() it; NULL: said why.
 */
struct script *cli_load(const char *path, const char *buf, size_t len)
{
	g_autofree char *name = g_path_get_basename(path);
	struct script *s;
	struct text *t;

	if (text_is_tutorial(path)) {
		t = cli_read_text(path, buf, len);
		if (!t)
			return NULL;
		s = script_from_text(t, name);
		text_free(t);
		return s;
	}
	if (memchr(buf, '\0', len)) {
		cli_error("%s: a binary file (it holds a NUL byte)", path);
		return NULL;
	}
	s = script_from_shell(buf, len, name);
	if (!s->stmts->len) {
		cli_error("%s: %s", path, len ? "no commands found in it" : "an empty file");
		script_free(s);
		return NULL;
	}
	return s;
}

static bool is_chosen(const struct lint_options *o, const struct cause *c)
{
	g_auto(GStrv) names = o->only ? g_strsplit(o->only, ",", -1) : NULL;

	return !names || g_strv_contains((const char *const *)names, c->name);
}

static int write_fixed(const struct lint_options *o, const struct script *s, const struct causes *c)
{
	struct script *fixed = script_copy(s);
	g_autofree char *text = NULL;
	bool all = true;

	for (unsigned int i = 0; i < c->list->len; i++) {
		const struct cause *cause = g_ptr_array_index(c->list, i);

		if (cause->repair && is_chosen(o, cause))
			repair_apply(cause->repair, fixed);
		else if (!cause->repair)
			all = false;
	}
	text = script_write(fixed);
	script_free(fixed);
	if (cli_write_file(o->out, text))
		return CLI_FAILED;
	return all ? CLI_OK : CLI_FAILED;
}

static int lint(const struct lint_options *o, const char *path)
{
	size_t len = 0;
	g_autofree char *buf = cli_read_file(path, &len);
	struct replay_options options = { .pings = o->pings };
	const struct script_runner runner = { .arg = &options, .run = replay_run };
	struct script *s = buf ? cli_load(path, buf, len) : NULL;
	struct causes *c;
	int status;

	if (!s)
		return CLI_USAGE;
	c = causes_find(s, &runner);
	status = c->list->len ? CLI_FAILED : CLI_OK;
	if (o->json) {
		g_autofree char *json = causes_json(s, c);

		puts(json);
	} else {
		summary_print(o->fix ? stderr : stdout, s, c, true);
	}
	if (o->fix)
		status = write_fixed(o, s, c);
	causes_free(c);
	script_free(s);
	return status;
}

/**
 * cmd_lint() - The verb
 * @argc: argument count
 * @argv: "lint", options, the file
 *
 * Return: 0 nothing fails (with --fix: everything was repaired), 1 something does, 2 usage.
 */
int cmd_lint(int argc, char **argv)
{
	struct lint_options o = { .pings = 3 };
	const GOptionEntry entries[] = {
		{ "fix", 0, 0, G_OPTION_ARG_NONE, &o.fix, "Write the repaired script", NULL },
		{ "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, "Write it there", "FILE" },
		{ "cause", 0, 0, G_OPTION_ARG_STRING, &o.only, "Repair only these causes: A,C",
		  "LETTERS" },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &o.json, "For machines", NULL },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &o.pings, "What ping without -c sends (3)",
		  "N" },
		{ 0 },
	};
	int status = CLI_USAGE;

	if (!cli_parse(cli_verb_find("lint"), entries, &argc, &argv))
		return CLI_USAGE;
	if (argc != 2)
		cli_error("lint: which file? (see netglass lint --help)");
	else if (o.json && o.fix && (!o.out || !strcmp(o.out, "-")))
		cli_error("lint: --json and --fix both write to standard output: give -o FILE");
	else
		status = lint(&o, argv[1]);
	g_free(o.out);
	g_free(o.only);
	return status;
}
