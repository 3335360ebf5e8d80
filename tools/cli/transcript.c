/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * transcript.c - a run as somebody at a terminal would see it, and its failures by first cause
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "../lib/escape.h"
#include "replay.h"

struct count {
	unsigned int net;
	unsigned int ok;
	unsigned int failed;
	unsigned int other;
	unsigned int other_failed;
	unsigned int not_run;
	GString *others; /* the first few that are not about the network */
};

static void print_indented(const char *text, unsigned int line)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	printf("%4u host# %s\n", line, lines[0] ? lines[0] : "");
	for (char **l = lines[0] ? lines + 1 : lines; *l; l++)
		printf("        > %s\n", *l);
}

static void print_outcome(const struct outcome *o)
{
	fwrite(o->out->str, 1, o->out->len, stdout);
	if (o->out->len && o->out->str[o->out->len - 1] != '\n')
		putchar('\n');
}

/**
 * transcript_print() - Prints every command with what it said
 * @s: the script
 * @c: its causes
 */
void transcript_print(const struct script *s, const struct causes *c)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);
		const struct outcome *o = replay_at(c->first, i);
		const struct cause *cause = causes_of(c, st->id);

		if (!o->ran)
			continue;
		print_indented(st->text, st->line);
		print_outcome(o);
		if (cause)
			printf("     rc %-4d %s  %s\n", o->status, cause->name,
			       g_hash_table_add(seen, (gpointer)(uintptr_t)cause) ? cause->why
										  : "again");
		else if (o->status)
			printf("     rc %d%s\n", o->status,
			       st->expect == o->status ? "    as declared" : "");
	}
}

static void count_one(struct count *n, const struct stmt *st, const struct outcome *o, bool failed)
{
	if (!o->ran) {
		n->not_run++;
	} else if (stmt_is_net(st->text)) {
		n->net++;
		n->failed += failed;
		n->ok += !failed;
	} else {
		n->other++;
		n->other_failed += failed;
		if (n->other <= 3)
			g_string_append_printf(n->others, "%s%.*s", n->other > 1 ? ", " : "",
					       (int)MIN(strcspn(st->text, "\n"), 30), st->text);
		else if (n->other == 4)
			g_string_append(n->others, ", ...");
	}
}

static void print_others(FILE *to, const struct count *n)
{
	g_autofree char *names = text_printable(n->others->str);

	fprintf(to, "; %u not about the network (%s)", n->other, names);
}

static void print_count(FILE *to, const struct count *n, const struct causes *c)
{
	unsigned int causes = 0;

	for (unsigned int i = 0; i < c->list->len; i++)
		causes += !((struct cause *)g_ptr_array_index(c->list, i))->hidden;
	fprintf(to, "%u commands: %u ok, %u failed", n->net, n->ok, n->failed);
	if (causes)
		fprintf(to, " from %u cause%s", causes, causes == 1 ? "" : "s");
	if (n->other)
		print_others(to, n);
	if (n->other_failed)
		fprintf(to, ", %u of them failed", n->other_failed);
	if (n->not_run)
		fprintf(to, "; %u not reached", n->not_run);
	fputc('\n', to);
	if (c->out_of_budget)
		fprintf(to, "(the search for causes was stopped after %u runs)\n", c->runs);
}

/* What a terminal could act on is shown, not done; lines stay lines. */
static char *harmless(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

	for (char **l = lines; *l; l++) {
		char *safe = text_printable(*l);

		g_free(*l);
		*l = safe;
	}
	return g_strjoinv("\n", lines);
}

static void print_cause(FILE *to, const struct script *s, const struct cause *cause, bool lines)
{
	g_autofree char *why = harmless(cause->why);
	g_autofree char *what = cause->repair ? harmless(cause->repair->what) : NULL;

	if (cause->hidden)
		fprintf(to, "  %s     %s (seen only when the causes before it are repaired)\n",
			cause->name, why);
	else
		fprintf(to, "  %s x%-2u %s\n", cause->name, cause->lines->len, why);
	if (lines && cause->lines->len) {
		fprintf(to, "        line%s", cause->lines->len > 1 ? "s" : "");
		for (unsigned int k = 0; k < cause->lines->len; k++) {
			const struct stmt *st =
				script_find(s, g_array_index(cause->lines, unsigned int, k), NULL);

			fprintf(to, " %u", st->line);
		}
		fputc('\n', to);
	}
	if (cause->repair)
		fprintf(to, "        %s\n", what);
}

/**
 * summary_print() - Prints the figures and the causes
 * @to: where
 * @s: the script
 * @c: its causes
 * @lines: with the lines each cause makes fail
 *
 * Return: how many commands failed.
 */
unsigned int summary_print(FILE *to, const struct script *s, const struct causes *c, bool lines)
{
	g_autoptr(GString) others = g_string_new(NULL);
	struct count n = { .others = others };

	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);
		const struct outcome *o = replay_at(c->first, i);

		count_one(&n, st, o, outcome_failed(s, st, o));
	}
	print_count(to, &n, c);
	for (unsigned int i = 0; i < c->list->len; i++)
		print_cause(to, s, g_ptr_array_index(c->list, i), lines);
	return n.failed + n.other_failed;
}

/* What tools say is bytes; JSON is UTF-8. */
static void add_text(JsonBuilder *b, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	json_builder_add_string_value(b, valid);
}

static void json_cause(JsonBuilder *b, const struct script *s, const struct causes *c,
		       const struct cause *cause)
{
	json_builder_begin_object(b);
	json_builder_set_member_name(b, "cause");
	add_text(b, cause->name);
	json_builder_set_member_name(b, "why");
	add_text(b, cause->why);
	json_builder_set_member_name(b, "repair");
	if (cause->repair)
		add_text(b, cause->repair->what);
	else
		json_builder_add_null_value(b);
	json_builder_set_member_name(b, "meant");
	json_builder_add_boolean_value(b, cause->meant);
	json_builder_set_member_name(b, "hidden");
	json_builder_add_boolean_value(b, cause->hidden);
	json_builder_set_member_name(b, "failures");
	json_builder_begin_array(b);
	for (unsigned int k = 0; k < cause->lines->len; k++) {
		unsigned int i;
		const struct stmt *st =
			script_find(s, g_array_index(cause->lines, unsigned int, k), &i);

		json_builder_begin_object(b);
		json_builder_set_member_name(b, "line");
		json_builder_add_int_value(b, st->line);
		json_builder_set_member_name(b, "command");
		add_text(b, st->text);
		json_builder_set_member_name(b, "status");
		json_builder_add_int_value(b, replay_at(c->first, i)->status);
		json_builder_set_member_name(b, "said");
		add_text(b, replay_at(c->first, i)->out->str);
		json_builder_end_object(b);
	}
	json_builder_end_array(b);
	json_builder_end_object(b);
}

/**
 * causes_json() - The causes for machines
 * @s: the script
 * @c: its causes
 *
 * Return: one JSON object, to be freed.
 */
char *causes_json(const struct script *s, const struct causes *c)
{
	g_autoptr(JsonBuilder) b = json_builder_new();
	g_autoptr(JsonNode) root = NULL;

	json_builder_begin_object(b);
	json_builder_set_member_name(b, "v");
	json_builder_add_int_value(b, 1);
	json_builder_set_member_name(b, "file");
	add_text(b, s->from);
	json_builder_set_member_name(b, "causes");
	json_builder_begin_array(b);
	for (unsigned int i = 0; i < c->list->len; i++)
		json_cause(b, s, c, g_ptr_array_index(c->list, i));
	json_builder_end_array(b);
	json_builder_end_object(b);
	root = json_builder_get_root(b);
	return json_to_string(root, FALSE);
}
