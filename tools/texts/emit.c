/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * emit.c - the commands of a text as a script
 */
#include <string.h>

#include "texts.h"
#include "words.h"

static void put_command(GString *s, const struct text_command *c)
{
	const char *nl = strchr(c->text, '\n');
	size_t head = strlen(c->text);

	/* behind the last line, but behind the first one of a here-document */
	if (nl && strstr(c->text, "<<"))
		head = (size_t)(nl - c->text);
	g_string_append_len(s, c->text, (gssize)head);
	g_string_append_printf(s, " # line %u%s\n", c->line, c->text + head);
}

/**
 * text_script() - The commands as a shell script
 * @t: the text
 * @from: its name, for the head
 *
 * Return: the script, to be freed.
 */
char *text_script(const struct text *t, const char *from)
{
	GString *s = g_string_new("#!/bin/sh\n");

	g_string_append_printf(s, "#@ from: %s\n", from);
	for (unsigned int i = 0; i < t->commands->len; i++) {
		const struct text_command *c = g_ptr_array_index(t->commands, i);

		if (c->placeholder) {
			g_autofree char *flat = g_strdelimit(g_strdup(c->text), "\n", ' ');

			g_string_append_printf(s, "# line %u: placeholder, not run: %s\n", c->line,
					       flat);
		} else if (c->shell == SHELL_DONE) {
			g_string_append_printf(s, "# line %u: %s: what follows is typed there\n",
					       c->line, c->text);
		} else {
			put_command(s, c);
		}
	}
	return g_string_free(s, FALSE);
}

/**
 * text_is_tutorial() - Is a file a text with commands in it, or a script?
 * @path: its name: only the ending decides, so that a script is never taken for prose
 *
 * Return: true for a text.
 */
bool text_is_tutorial(const char *path)
{
	static const char *const endings[] = { ".txt",	".md",	 ".markdown", ".rst",
					       ".adoc", ".html", ".htm" };

	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		if (g_str_has_suffix(path, endings[i]))
			return true;
	}
	return false;
}
