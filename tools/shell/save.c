/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * save.c - the session as a script that does the same
 *
 * Lines another program read (a shell started by `ip netns exec red bash`, cat)
 * become the here-document of the command that started it.
 */
#include <string.h>

#include "shell.h"

static const struct typed *line_at(const struct shell *s, unsigned int i)
{
	return i < s->typed->len ? g_ptr_array_index(s->typed, i) : NULL;
}

static bool is_a_line(const struct shell *s, const char *word)
{
	for (unsigned int i = 0; i < s->typed->len; i++) {
		if (!strcmp(line_at(s, i)->text, word))
			return true;
	}
	return false;
}

/* A word that is no line of these. */
static char *delimiter(const struct shell *s, unsigned int depth)
{
	char *word = depth ? g_strdup_printf("END%u", depth + 1) : g_strdup("END");

	while (is_a_line(s, word)) {
		g_autofree char *old = word;

		word = g_strconcat(old, "_", NULL);
	}
	return word;
}

static bool is_simple(const char *text)
{
	return !strpbrk(text, ";|&#(){}<>\n\\`$");
}

/* From line @i on, what @reader read; returns the first line that is not its or below it. */
static unsigned int put_lines(const struct shell *s, GString *out, unsigned int i, int reader,
			      unsigned int depth)
{
	while (i < s->typed->len) {
		const struct typed *t = line_at(s, i);
		const struct typed *next = line_at(s, i + 1);
		g_autofree char *end = NULL;

		/* pids count up: a smaller one is the shell that started this one */
		if (t->reader < reader)
			return i;
		i++;
		if (t->end)
			return i;
		if (!next || next->reader <= reader) {
			g_string_append_printf(out, "%s\n", t->text);
			continue;
		}
		end = delimiter(s, depth);
		if (is_simple(t->text))
			g_string_append_printf(out, "%s <<'%s'\n", t->text, end);
		else
			g_string_append_printf(out, "{\n%s\n} <<'%s'\n", t->text, end);
		i = put_lines(s, out, i, next->reader, depth + 1);
		g_string_append_printf(out, "%s\n", end);
	}
	return i;
}

/**
 * shell_script() - The session as a script
 * @s: the session
 *
 * Return: the text, to be freed.
 */
char *shell_script(const struct shell *s)
{
	GString *out = g_string_new(NULL);
	bool has_head = s->scene.len > 2 && !strncmp(s->scene.text, "#!", 2);

	if (!has_head)
		g_string_append(out, "#!/bin/bash\n");
	if (s->scene.len) {
		g_string_append_len(out, s->scene.text, (gssize)s->scene.len);
		if (s->scene.text[s->scene.len - 1] != '\n')
			g_string_append_c(out, '\n');
	}
	for (unsigned int i = 0; i < s->typed->len;)
		i = put_lines(s, out, i, line_at(s, i)->reader, 0);
	return g_string_free(out, FALSE);
}

/* "ip netns exec red " of "ip netns exec red bash": what starts a program where that shell is; NULL */
static char *prefix_of(const char *text)
{
	static const char *const shells[] = { "bash", "sh", "/bin/bash", "/bin/sh" };
	g_autofree char *line = g_strstrip(g_strdup(text));

	for (size_t i = 0; is_simple(line) && i < G_N_ELEMENTS(shells); i++) {
		size_t len = strlen(line), tail = strlen(shells[i]);

		if (len >= tail && !strcmp(line + len - tail, shells[i]) &&
		    (len == tail || line[len - tail - 1] == ' '))
			return g_strndup(line, len - tail);
	}
	return NULL;
}

static void put_flat(GString *out, const char *prefix, const char *text)
{
	g_autofree char *quoted = NULL;

	if (!*prefix || !is_simple(text)) {
		quoted = *prefix ? g_shell_quote(text) : NULL;
		g_string_append_printf(out, quoted ? "%ssh -c %s\n" : "%s%s\n", prefix,
				       quoted ? quoted : text);
		return;
	}
	g_string_append_printf(out, "%s%s\n", prefix, text);
}

/**
 * shell_flat_script() - The session in one shell
 * @s: the session
 *
 * Lines that were read by a program that is no shell are left out.
 *
 * Return: the text, to be freed.
 */
char *shell_flat_script(const struct shell *s)
{
	g_autoptr(GArray) readers = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GPtrArray) prefixes = g_ptr_array_new_with_free_func(g_free);
	GString *out = g_string_new_len(s->scene.text ? s->scene.text : "", (gssize)s->scene.len);

	for (unsigned int i = 0; i < s->typed->len; i++) {
		const struct typed *t = line_at(s, i), *next = line_at(s, i + 1);
		const char *prefix;

		while (readers->len && g_array_index(readers, int, readers->len - 1) > t->reader) {
			g_array_set_size(readers, readers->len - 1);
			g_ptr_array_set_size(prefixes, (int)readers->len);
		}
		if (!readers->len || g_array_index(readers, int, readers->len - 1) < t->reader) {
			char *more = i && readers->len ? prefix_of(line_at(s, i - 1)->text)
						       : g_strdup("");
			const char *before =
				prefixes->len ? g_ptr_array_index(prefixes, prefixes->len - 1) : "";

			g_array_append_val(readers, t->reader);
			g_ptr_array_add(prefixes,
					more && before ? g_strconcat(before, more, NULL) : NULL);
			g_free(more);
		}
		prefix = g_ptr_array_index(prefixes, prefixes->len - 1);
		/* what starts a shell, and what ends one, have no place in a single one */
		if (t->end || !prefix || (readers->len > 1 && !strcmp(t->text, "exit")) ||
		    (next && next->reader > t->reader))
			continue;
		put_flat(out, prefix, t->text);
	}
	return g_string_free(out, FALSE);
}
