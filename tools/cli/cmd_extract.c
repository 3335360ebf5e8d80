/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_extract.c - netglass extract: the commands of a tutorial as a script
 */
#include <stdio.h>
#include <string.h>

#include "../texts/texts.h"
#include "cli.h"

static void say_notes(const struct text *t)
{
	unsigned int sudo = 0, places = 0;

	for (unsigned int i = 0; i < t->commands->len; i++) {
		const struct text_command *c = g_ptr_array_index(t->commands, i);

		sudo += c->sudo;
		places += c->placeholder;
		if (c->placeholder)
			cli_error("line %u: placeholder, not run: %s", c->line, c->text);
		if (c->brackets)
			cli_error("line %u: <name> is a name used elsewhere: brackets dropped",
				  c->line);
	}
	if (sudo)
		cli_error("sudo dropped (%u lines): the simulated user is root", sudo);
	cli_error("%u commands, %u placeholders, %u lines", t->commands->len - places, places,
		  t->lines->len);
}

/**
 * cli_read_text() - Reads a tutorial
 * @path: its file
 * @buf: its bytes
 * @len: how many
 *
 * Return: the text with at least one command, text_free() it; NULL: said why.
 */
struct text *cli_read_text(const char *path, const char *buf, size_t len)
{
	const char *why = NULL;
	struct text *t = text_read(buf, len, &why);

	if (t) {
		for (unsigned int i = 0; i < t->commands->len; i++) {
			const struct text_command *c = g_ptr_array_index(t->commands, i);

			if (!c->placeholder)
				return t;
		}
		why = !len ? "an empty file" : "no commands found in it";
	}
	cli_error("%s: %s", path, why);
	text_free(t);
	return NULL;
}

/**
 * cli_write_file() - Writes what -o asks for
 * @path: the file; NULL or "-": standard output
 * @text: what to write
 *
 * Return: CLI_OK, or CLI_FAILED after an error was said.
 */
int cli_write_file(const char *path, const char *text)
{
	g_autoptr(GError) error = NULL;

	if (!path || !strcmp(path, "-")) {
		fputs(text, stdout);
		return CLI_OK;
	}
	if (!g_file_set_contents(path, text, -1, &error)) {
		cli_error("%s", error->message);
		return CLI_FAILED;
	}
	return CLI_OK;
}

static int extract(const char *path, const char *out, bool quiet)
{
	size_t len = 0;
	g_autofree char *buf = cli_read_file(path, &len);
	g_autofree char *name = g_path_get_basename(path);
	g_autofree char *script = NULL;
	struct text *t;

	t = buf ? cli_read_text(path, buf, len) : NULL;
	if (!t)
		return CLI_USAGE;
	if (!quiet)
		say_notes(t);
	script = text_script(t, name);
	text_free(t);
	return cli_write_file(out, script);
}

/**
 * cmd_extract() - The verb
 * @argc: argument count
 * @argv: "extract", options, the text
 *
 * Return: 0, 1 when the output cannot be written, 2 usage or no commands.
 */
int cmd_extract(int argc, char **argv)
{
	g_autofree char *out = NULL;
	gboolean quiet = FALSE;
	const GOptionEntry entries[] = {
		{ "output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Write the script there", "FILE" },
		{ "no-notes", 0, 0, G_OPTION_ARG_NONE, &quiet, "Say nothing about what was changed",
		  NULL },
		{ 0 },
	};

	if (!cli_parse(cli_verb_find("extract"), entries, &argc, &argv))
		return CLI_USAGE;
	if (argc != 2) {
		cli_error("extract: which text? (see netglass extract --help)");
		return CLI_USAGE;
	}
	return extract(argv[1], out, quiet);
}
