/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * script.c - a script as a list of statements
 */
#include "script.h"

#include <string.h>

#include "../sh/parse.h"
#include "words.h"

static void stmt_free(gpointer data)
{
	struct stmt *st = data;

	g_free(st->lead);
	g_free(st->text);
	g_free(st->note);
	g_free(st->near);
	g_free(st);
}

static struct script *script_new(const char *from)
{
	struct script *s = g_new0(struct script, 1);

	s->stmts = g_ptr_array_new_with_free_func(stmt_free);
	s->from = g_strdup(from);
	s->next_id = 1;
	return s;
}

/**
 * script_free() - Forgets a script
 * @s: or NULL
 */
void script_free(struct script *s)
{
	if (!s)
		return;
	g_ptr_array_unref(s->stmts);
	g_free(s->from);
	g_free(s);
}

/**
 * script_insert() - Puts a statement in
 * @s: the script
 * @index: before this one; stmts->len: at the end
 * @text: the statement
 *
 * Return: the statement.
 */
struct stmt *script_insert(struct script *s, unsigned int index, const char *text)
{
	struct stmt *st = g_new0(struct stmt, 1);

	st->id = s->next_id++;
	st->text = g_strdup(text);
	st->expect = -1;
	g_ptr_array_insert(s->stmts, (int)index, st);
	return st;
}

/**
 * script_copy() - The same once more
 * @s: the script
 */
struct script *script_copy(const struct script *s)
{
	struct script *copy = script_new(s->from);

	copy->typed = s->typed;
	copy->next_id = s->next_id;
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *from = g_ptr_array_index(s->stmts, i);
		struct stmt *st = g_new0(struct stmt, 1);

		*st = *from;
		st->lead = g_strdup(from->lead);
		st->text = g_strdup(from->text);
		st->note = g_strdup(from->note);
		st->near = g_strdup(from->near);
		g_ptr_array_add(copy->stmts, st);
	}
	return copy;
}

/**
 * script_find() - The statement with an id
 * @s: the script
 * @id: the id
 * @ret_index: where it is, or NULL
 *
 * Return: the statement, or NULL.
 */
struct stmt *script_find(const struct script *s, unsigned int id, unsigned int *ret_index)
{
	unsigned int n = s->stmts->len;
	unsigned int first = id && id <= n ? id - 1 : 0;

	/* ids count up: it is where its number says, or a little behind */
	for (unsigned int k = 0; k < n; k++) {
		unsigned int i = (first + k) % n;
		struct stmt *st = g_ptr_array_index(s->stmts, i);

		if (st->id == id) {
			if (ret_index)
				*ret_index = i;
			return st;
		}
	}
	return NULL;
}

/* "#@ ..." goes from the end of the text into a note of its own. */
static void take_note(struct stmt *st)
{
	char *note = strchr(st->text, '\n') ? NULL : strstr(st->text, "#@");
	const char *rc;

	if (!note)
		return;
	st->note = g_strdup(note);
	*note = '\0';
	g_strchomp(st->text);
	rc = strstr(st->note, "expect rc=");
	if (rc)
		st->expect = (int)g_ascii_strtoll(rc + strlen("expect rc="), NULL, 10);
}

/* The author's words: up to three lines behind, up to two in front, none of a neighbour command. */
static char *words_around(const struct text *t, unsigned int before, unsigned int line,
			  unsigned int after)
{
	GString *s = g_string_new(NULL);
	unsigned int n = 0;

	for (unsigned int i = line - 1; i > before && n < 2; i--) {
		const char *l = g_ptr_array_index(t->lines, i - 1);

		if (!*l && (i != line - 1 || i < 2 ||
			    !g_str_has_suffix(g_ptr_array_index(t->lines, i - 2), ":")))
			break;
		g_string_prepend(s, "\n");
		g_string_prepend(s, l);
		n++;
	}
	n = 0;
	for (unsigned int i = line; i < after && n < 3; i++) {
		const char *l = g_ptr_array_index(t->lines, i - 1);

		if (!*l)
			continue;
		g_string_append_printf(s, "%s\n", l);
		n++;
	}
	return g_string_free(s, FALSE);
}

/**
 * script_from_text() - The commands of a tutorial
 * @t: the text
 * @from: its name
 */
struct script *script_from_text(const struct text *t, const char *from)
{
	struct script *s = script_new(from);

	s->typed = true;
	for (unsigned int i = 0; i < t->commands->len; i++) {
		const struct text_command *c = g_ptr_array_index(t->commands, i);
		const struct text_command *before =
			i ? g_ptr_array_index(t->commands, i - 1) : NULL;
		const struct text_command *after =
			i + 1 < t->commands->len ? g_ptr_array_index(t->commands, i + 1) : NULL;
		struct stmt *st;

		if (c->placeholder || c->shell == SHELL_DONE)
			continue;
		st = script_insert(s, s->stmts->len, c->text);
		st->line = c->line;
		st->near = words_around(t, before ? before->line : 0, c->line,
					after ? after->line : t->lines->len + 1);
		take_note(st);
	}
	return s;
}

/* "# line 85" behind a command of an extracted script is where it came from. */
static void take_line(struct stmt *st, bool extracted)
{
	char *mark = g_strrstr(st->text, " # line ");
	char *end;
	guint64 line;

	if (!extracted || !mark)
		return;
	line = g_ascii_strtoull(mark + strlen(" # line "), &end, 10);
	if (!line || (*end && *end != '\n'))
		return;
	st->line = (unsigned int)line;
	memmove(mark, end, strlen(end) + 1);
	g_strchomp(st->text);
}

/* A command and the rest of its line: the comment behind it. */
static size_t with_comment(const char *buf, size_t end, size_t len)
{
	size_t n = end;

	while (n < len && strchr(" \t", buf[n]) && buf[n])
		n++;
	if (n == len || buf[n] != '#')
		return end;
	while (n < len && buf[n] != '\n')
		n++;
	return n;
}

/* Here-documents stand behind the command's own text, up to its last line. */
static size_t with_here_documents(const char *buf, const struct sh_command *cmd, size_t end,
				  size_t len)
{
	unsigned int line = cmd->first_line;
	const char *nl;

	for (size_t i = cmd->start; i < end; i++)
		line += buf[i] == '\n';
	while (line < cmd->last_line && end < len) {
		nl = memchr(buf + end + 1, '\n', len - end - 1);
		end = nl ? (size_t)(nl - buf) : len;
		line++;
	}
	return end;
}

/**
 * script_from_shell() - The complete commands of a script
 * @buf: its text
 * @len: bytes
 * @from: its name
 *
 * What the shell cannot read any more is one statement at the end.
 */
struct script *script_from_shell(const char *buf, size_t len, const char *from)
{
	struct script *s = script_new(from);
	struct sh_parser *p = sh_parser_new();
	bool extracted = g_strstr_len(buf, (gssize)MIN(len, 4096), "#@ from:") != NULL;
	size_t at = 0;
	struct sh_command cmd;
	struct stmt *st = NULL;

	sh_parser_text(p, buf, len);
	while (sh_parse_next(p, &cmd) == SH_PARSE_COMMAND) {
		g_autofree char *text = NULL;
		size_t end;

		sh_tree_put(cmd.tree);
		end = cmd.start + cmd.len;
		while (end > cmd.start && buf[end - 1] == '\n')
			end--;
		end = with_comment(buf, end, len);
		end = with_here_documents(buf, &cmd, end, len);
		text = g_strndup(buf + cmd.start, end - cmd.start);
		st = script_insert(s, s->stmts->len, text);
		st->line = cmd.first_line;
		st->lead = g_strndup(buf + at, cmd.start > at ? cmd.start - at : 0);
		take_line(st, extracted);
		take_note(st);
		at = end + (end < len && buf[end] == '\n');
		st->near = NULL;
	}
	if (sh_parser_error(p) && *sh_parser_error(p) && at < len) {
		g_autofree char *rest = g_strndup(buf + at, len - at);

		st = script_insert(s, s->stmts->len, rest);
		st->line = sh_parser_error_line(p);
	}
	sh_parser_free(p);
	for (unsigned int i = 0; i + 1 < s->stmts->len; i++) {
		struct stmt *now = g_ptr_array_index(s->stmts, i);
		const struct stmt *next = g_ptr_array_index(s->stmts, i + 1);

		now->near = g_strconcat(now->lead ? now->lead : "", next->lead, NULL);
	}
	return s;
}

static unsigned int count_lines(const char *s)
{
	unsigned int n = 0;

	while ((s = strchr(s, '\n'))) {
		s++;
		n++;
	}
	return n;
}

/* Somebody who types needs a second: links have come up by then. */
static bool wants_pause(const struct script *s, const struct stmt *st)
{
	return s->typed && !strstr(st->text, "$?") &&
	       (text_has_word(st->text, "ping") || text_has_word(st->text, "arping") ||
		text_has_word(st->text, "curl") || text_has_word(st->text, "traceroute"));
}

/**
 * script_render() - The text to run
 * @s: the script
 * @lines: of unsigned int; filled with the line of each statement, 0 for one that does not run
 *
 * Return: the text, to be freed.
 */
char *script_render(const struct script *s, GArray *lines)
{
	GString *out = g_string_new(NULL);
	unsigned int line = 1;

	g_array_set_size(lines, 0);
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);
		unsigned int none = 0;

		if (st->deleted) {
			g_array_append_val(lines, none);
			continue;
		}
		if (wants_pause(s, st)) {
			g_string_append(out, "sleep 1\n");
			line++;
		}
		g_array_append_val(lines, line);
		g_string_append_printf(out, "%s\n", st->text);
		line += count_lines(st->text) + 1;
	}
	return g_string_free(out, FALSE);
}

static void write_tail(GString *out, const struct script *s, const struct stmt *st)
{
	const char *nl = strchr(st->text, '\n');
	size_t head = nl && strstr(st->text, "<<") ? (size_t)(nl - st->text) : strlen(st->text);

	g_string_append_len(out, st->text, (gssize)head);
	if (st->note)
		g_string_append_printf(out, " %s", st->note);
	if (s->typed && st->line)
		g_string_append_printf(out, " # line %u", st->line);
	g_string_append_printf(out, "%s\n", st->text + head);
}

/**
 * script_write() - The text to keep
 * @s: the script
 *
 * Return: the text, to be freed.
 */
char *script_write(const struct script *s)
{
	GString *out = g_string_new(NULL);

	if (s->typed)
		g_string_append_printf(out, "#!/bin/sh\n#@ from: %s, repaired\n", s->from);
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);

		if (st->lead)
			g_string_append(out, st->lead);
		if (!st->deleted)
			write_tail(out, s, st);
	}
	return g_string_free(out, FALSE);
}

static void outcome_free(gpointer data)
{
	struct outcome *o = data;

	g_string_free(o->out, TRUE);
	g_string_free(o->err, TRUE);
	g_free(o);
}

/**
 * replay_new() - Room for what a run does
 * @s: the script that will run
 */
struct replay *replay_new(const struct script *s)
{
	struct replay *r = g_new0(struct replay, 1);

	r->outcomes = g_ptr_array_new_with_free_func(outcome_free);
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		struct outcome *o = g_new0(struct outcome, 1);

		o->out = g_string_new(NULL);
		o->err = g_string_new(NULL);
		g_ptr_array_add(r->outcomes, o);
	}
	return r;
}

/**
 * replay_free() - Forgets a run
 * @r: or NULL
 */
void replay_free(struct replay *r)
{
	if (!r)
		return;
	g_ptr_array_unref(r->outcomes);
	g_free(r);
}

/**
 * replay_at() - What a statement did
 * @r: the run
 * @index: of the statement
 */
const struct outcome *replay_at(const struct replay *r, unsigned int index)
{
	return g_ptr_array_index(r->outcomes, index);
}
