/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * escape.c - names and texts from strangers, safe to print in each format
 */
#include "escape.h"

#include <string.h>

static char *printable(const char *s, const char *backslash)
{
	GString *out = g_string_new(NULL);

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '\\')
			g_string_append(out, backslash);
		else if (c >= ' ' && c < 0x7f)
			g_string_append_c(out, (char)c);
		else
			g_string_append_printf(out, "\\x%02x", c);
	}
	return g_string_free(out, FALSE);
}

/**
 * text_escape() - One line of printable ASCII
 * @s: any bytes
 *
 * Return: to be freed.
 */
char *text_escape(const char *s)
{
	return printable(s, "\\\\");
}

/**
 * text_printable() - The same, with backslashes as they are
 * @s: any bytes
 *
 * Return: to be freed.
 */
char *text_printable(const char *s)
{
	return printable(s, "\\");
}

/* Characters of @special as @fmt (a number) makes them. */
static char *escape_as(const char *s, const char *special, const char *before, const char *after)
{
	g_autofree char *plain = text_escape(s);
	GString *out = g_string_new(NULL);

	for (const char *p = plain; *p; p++) {
		if (strchr(special, *p))
			g_string_append_printf(out, "%s%d%s", before, *p, after);
		else
			g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}

/**
 * text_escape_xml() - For text and attributes of XML
 * @s: any bytes
 *
 * Return: to be freed.
 */
char *text_escape_xml(const char *s)
{
	return escape_as(s, "&<>\"'", "&#", ";");
}

/**
 * text_escape_mermaid() - For a quoted text of Mermaid, which has entities of its own
 * @s: any bytes
 *
 * Return: to be freed.
 */
char *text_escape_mermaid(const char *s)
{
	return escape_as(s, "&<>\"'#;`\\[](){}|", "#", ";");
}

/**
 * text_escape_dot() - For a quoted text of Graphviz
 * @s: any bytes
 *
 * Return: to be freed.
 */
char *text_escape_dot(const char *s)
{
	g_autofree char *plain = text_escape(s);
	GString *out = g_string_new(NULL);

	for (const char *p = plain; *p; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}
