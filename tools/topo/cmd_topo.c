/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_topo.c - netglass topo: the network a script made, as a picture
 */
#include <stdio.h>
#include <string.h>

#include "../cli/cli.h"
#include "../cli/scene.h"
#include "../cli/term.h"
#include "topo.h"

struct topo_options {
	struct scene scene;
	struct moment when;
	char *format;
	char *out;
	char *colour;
};

static const char *const formats[] = { "ascii", "dot", "mermaid", "svg", "json", NULL };

/**
 * topo_draw() - One of the forms
 * @t: arranged
 * @format: its name
 * @width: columns, for ascii
 * @colour: for ascii
 *
 * Return: to be freed; NULL: no such form.
 */
char *topo_draw(const struct topo *t, const char *format, unsigned int width, bool colour)
{
	if (!strcmp(format, "ascii"))
		return topo_ascii(t, width, colour);
	if (!strcmp(format, "dot"))
		return topo_dot(t);
	if (!strcmp(format, "mermaid"))
		return topo_mermaid(t);
	if (!strcmp(format, "svg"))
		return topo_svg(t);
	return strcmp(format, "json") ? NULL : topo_json(t);
}

static char *title_of(const struct topo_options *o)
{
	g_autofree char *name = g_path_get_basename(o->scene.path);

	if (o->when.at)
		return g_strdup_printf("%s, at step %" G_GUINT64_FORMAT, name, o->when.at);
	if (o->when.line)
		return g_strdup_printf("%s, after line %u", name, o->when.line);
	return g_strdup_printf("%s, at the end", name);
}

static int draw(struct topo_options *o)
{
	g_autofree char *title = title_of(o);
	g_autofree char *text = NULL;
	struct topo *t = topo_new(title);
	int status = scene_look(&o->scene, &o->when, topo_read, t, NULL);
	bool to_stdout = !o->out || !strcmp(o->out, "-");

	if (!status) {
		text = topo_draw(t, o->format ? o->format : "ascii",
				 to_stdout ? term_width() : TERM_WIDTH,
				 to_stdout && term_colour(o->colour));
		status = cli_write_file(o->out, text);
	}
	topo_free(t);
	return status;
}

/**
 * cmd_topo() - The verb
 * @argc: argument count
 * @argv: "topo", options, the script or tutorial
 *
 * Return: 0, 1 when the picture could not be written, 2 usage.
 */
int cmd_topo(int argc, char **argv)
{
	struct topo_options o = { .scene.pings = 3 };
	int64_t at = 0, seed = 0;
	int line = 0;
	const GOptionEntry entries[] = {
		{ "format", 'f', 0, G_OPTION_ARG_STRING, &o.format,
		  "ascii (the default), dot, mermaid, svg, json", "FORMAT" },
		{ "at", 0, 0, G_OPTION_ARG_INT64, &at, "At step N of the trace", "N" },
		{ "line", 0, 0, G_OPTION_ARG_INT, &line, "After the command on line N", "N" },
		{ "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, "Write it there", "FILE" },
		{ "color", 0, 0, G_OPTION_ARG_STRING, &o.colour,
		  "auto (the default), always, never", "WHEN" },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &o.scene.pings, "What ping without -c sends (3)",
		  "N" },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &seed,
		  "Another set of MAC addresses, ids and ports", "N" },
		{ 0 },
	};
	int status = CLI_USAGE;

	if (!cli_parse(cli_verb_find("topo"), entries, &argc, &argv))
		return CLI_USAGE;
	o.when = (struct moment){ .at = (uint64_t)MAX(at, 0), .line = (unsigned int)MAX(line, 0) };
	o.scene.seed = (uint64_t)seed;
	if (argc != 2)
		cli_error("topo: which script? (see netglass topo --help)");
	else if (at < 0 || line < 0 || (at && line))
		cli_error("topo: --at N or --line N, and N is 1 or more");
	else if (o.format && !g_strv_contains(formats, o.format))
		cli_error("topo: no format \"%s\": ascii, dot, mermaid, svg or json", o.format);
	else if (o.colour && !term_colour_word(o.colour))
		cli_error("topo: --color is auto, always or never");
	else if (!scene_load(&o.scene, argv[1]))
		status = draw(&o);
	scene_free(&o.scene);
	g_free(o.format);
	g_free(o.out);
	g_free(o.colour);
	return status;
}
