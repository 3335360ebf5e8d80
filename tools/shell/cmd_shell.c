/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_shell.c - netglass shell: type commands in a simulated world
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../cli/cli.h"
#include "../cli/lineedit.h"
#include "../cli/term.h"
#include "shell.h"

struct shell_options {
	char **commands;
	char *save;
};

static void greet(const struct shell *s)
{
	puts("netglass " NETGLASS_VERSION
	     ": a Linux network under glass. No root, nothing here touches your machine.\n"
	     "Type ip, iptables, ping, arp, route, bridge...   .help for netglass's own commands");
	if (s->scene.path)
		printf("%s has run.\n", s->scene.path);
}

/* What was asked for a line: the prompt, or what a program printed last. */
static char *take_prompt(const struct shell *s)
{
	return g_strdup(s->tail->str);
}

static void talk(struct shell *s, struct lineedit *le)
{
	while (shell_run(s)) {
		g_autofree char *prompt = NULL;
		g_autofree char *line = NULL;

		if (shell_asks(s))
			shell_note(s);
		prompt = take_prompt(s);
		line = lineedit_read(le, prompt);
		if (!lineedit_is_terminal(le)) {
			printf("%s%s\n", prompt, line ? line : "");
			fflush(stdout);
		}
		if (line && shell_asks(s) && shell_dot(s, line))
			continue;
		shell_type(s, line);
	}
}

static void run_commands(struct shell *s, char **commands)
{
	s->plain = true;
	for (char **c = commands; *c && shell_run(s); c++)
		shell_type(s, *c);
	shell_run(s);
	s->status = s->m->session.not_modelled ? CLI_NOT_MODELLED : s->m->session.status;
}

static int session(struct shell *s, const struct shell_options *o)
{
	struct lineedit *le = NULL;
	int status;

	shell_begin(s);
	if (o->commands) {
		run_commands(s, o->commands);
	} else {
		le = lineedit_new("netglass-shell", stdin, shell_complete, s);
		if (lineedit_is_terminal(le)) {
			shell_catch_interrupt();
			greet(s);
		}
		talk(s, le);
		lineedit_free(le);
	}
	status = s->status;
	if (o->save) {
		g_autofree char *text = shell_script(s);

		if (cli_write_file(o->save, text))
			status = CLI_FAILED;
	}
	shell_end(s);
	return status;
}

/**
 * cmd_shell() - The verb
 * @argc: argument count
 * @argv: "shell", options, perhaps a script that runs first
 *
 * Return: the status of the last command, 2 usage, 3 something was not modelled.
 */
int cmd_shell(int argc, char **argv)
{
	struct shell s = { .scene.pings = 3 };
	struct shell_options o = { 0 };
	gboolean tutor = FALSE;
	int64_t seed = 0;
	const GOptionEntry entries[] = {
		{ "command", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &o.commands,
		  "Not a prompt: this command; several are done in order", "CMD" },
		{ "save", 0, 0, G_OPTION_ARG_FILENAME, &o.save,
		  "At the end, write the session as a script", "FILE" },
		{ "tutor", 0, 0, G_OPTION_ARG_NONE, &tutor, "Say why something failed", NULL },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &s.scene.pings, "What ping without -c sends (3)",
		  "N" },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &seed,
		  "Another set of MAC addresses, ids and ports", "N" },
		{ 0 },
	};
	int status = CLI_USAGE;

	if (!cli_parse(cli_verb_find("shell"), entries, &argc, &argv))
		return CLI_USAGE;
	s.scene.seed = (uint64_t)seed;
	s.tutor = tutor;
	s.colour = term_colour(NULL);
	if (argc > 2)
		cli_error("shell: one script at most (see netglass shell --help)");
	else if (argc < 2 || !scene_load(&s.scene, argv[1]))
		status = session(&s, &o);
	scene_free(&s.scene);
	g_strfreev(o.commands);
	g_free(o.save);
	return status;
}
